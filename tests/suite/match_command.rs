//! `ayni match`: which needs and offers fit, as a table and as data.

use serde_json::{Value, json};

use super::site::{Folder, check, directory};

fn matches(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let run = folder.ayni(&[&["match", "--json"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    serde_json::from_str(&run.stdout).expect("it is a JSON array")
}

fn pairs(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let pair = |it: &Value| {
        format!("{}--{}", it["need"].as_str().expect("an id"), it["offer"].as_str().expect("an id"))
    };
    matches(folder, arguments).iter().map(pair).collect()
}

#[test]
fn matches_are_printed_with_their_reasons() {
    let folder = directory();
    let run = folder.ayni(&["match"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "1 match\n"));
    let lines: Vec<&str> = run.stdout.lines().collect();
    let [first, second, third] = lines.as_slice() else { panic!("three lines: {lines:?}") };
    let (score, rest) = first.trim_start().split_once("  ").expect("a score first");
    assert!((1..=100).contains(&score.parse::<u32>().expect("a number")));
    assert_eq!((rest, second.trim_start()), ("suggested   wheat", "tractor"));
    assert!(third.trim_start().starts_with("because: "), "{third}");

    let found = matches(&folder, &[]);
    let [only] = found.as_slice() else { panic!("one match: {found:?}") };
    let keys: Vec<&String> = only.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["need", "offer", "reasons", "score", "status"]);
    assert_eq!((&only["need"], &only["offer"]), (&json!("wheat"), &json!("tractor")));
    assert_eq!(only["status"], "suggested");
    let score = only["score"].as_f64().expect("a number");
    assert!(score > 0.0 && score <= 1.0, "{score}");
    let reasons = only["reasons"].as_array().expect("an array");
    let evidence = |it: &Value| it["evidence"].as_str().expect("a word").to_owned();
    assert!(reasons.iter().map(evidence).any(|it| it == "topics"), "{reasons:?}");
    for reason in reasons {
        let keys: Vec<&String> = reason.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["evidence", "shared", "weight"]);
        assert!(reason["weight"].as_f64().is_some_and(|it| (0.0..=1.0).contains(&it)), "{reason}");
    }
    let topics = reasons.iter().find(|it| it["evidence"] == "topics").expect("it is there");
    assert_eq!(topics["shared"][0], json!(["agriculture", "agriculture"]));
}

#[test]
fn matches_can_be_narrowed() {
    let folder = directory();
    let offer = |coop: &str, more: &str| {
        format!(
            "---\ntitle: Hands\ncoop: {coop}\nkind: human\ntopics: [agriculture]\n---\nWheat, harvest. {more}\n"
        )
    };
    folder.write("content/coops/chanterelle.md", "---\ntitle: C\naliases: [cep]\n---\n");
    folder.write("content/offers/hands.md", offer("chanterelle", "Hands."));
    folder.write("content/needs/rye.md", offer("bolete", "Rye."));
    let call =
        "---\naliases: [nov]\ntitle: Harvest call\nturns: [{coop: agaric}, {coop: bolete}]\n---\n";
    folder.write("content/calls/2026-11.md", call);
    let all = pairs(&folder, &[]);
    assert_eq!(all.len(), 3, "{all:?}");
    let scores: Vec<f64> =
        matches(&folder, &[]).iter().filter_map(|it| it["score"].as_f64()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "best first: {scores:?}");
    let only =
        |what: fn(&str) -> bool| all.iter().filter(|it| what(it)).cloned().collect::<Vec<_>>();
    assert_eq!(pairs(&folder, &["wheat"]), only(|it| it.starts_with("wheat--")));
    assert_eq!(pairs(&folder, &["needs/wheat"]), only(|it| it.starts_with("wheat--")));
    assert_eq!(pairs(&folder, &["hands"]), only(|it| it.ends_with("--hands")));
    assert_eq!(pairs(&folder, &["chanterelle"]), only(|it| it.ends_with("--hands")));
    assert_eq!(pairs(&folder, &["cep"]), only(|it| it.ends_with("--hands")), "by a former id");
    for call in ["2026-11", "nov", "calls/2026-11", "content/calls/2026-11.md", "harvest call"] {
        assert_eq!(pairs(&folder, &["--call", call]), ["wheat--tractor"], "{call}");
        assert_eq!(pairs(&folder, &[call]), ["wheat--tractor"], "{call}");
    }
    assert_eq!(pairs(&folder, &["--limit", "1"]).len(), 2, "per need");
    assert_eq!(pairs(&folder, &["--limit", "0"]), [""; 0]);
    let of_wheat = only(|it| it.starts_with("wheat--"));
    assert_eq!(pairs(&folder, &["wheat", "--limit", "1"]), of_wheat[..1]);
    check(&folder.ayni(&["match", "--limit", "0"]), 0, "", "no matches\n");
}

#[test]
fn a_slip_in_an_id_is_answered_with_the_nearest() {
    let folder = directory();
    folder.write("content/calls/2026-11.md", "---\n---\n");
    for (arguments, message) in [
        (&["wheet"][..], "there is no need, offer, coop or call `wheet`; did you mean `wheat`?"),
        (&["zebra"], "there is no need, offer, coop or call `zebra`"),
        (&["--call", "2026-12"], "there is no call `2026-12`; did you mean `2026-11`?"),
        (&["--call", "zebra"], "there is no call `zebra`"),
    ] {
        let run = folder.ayni(&[&["match"], arguments].concat());
        check(&run, 2, "", &format!("error: {message}\n"));
    }
}

#[test]
fn drafts_and_private_entries_are_not_matched() {
    let folder = directory();
    for fields in ["draft: true", "visibility: private"] {
        let offer = format!(
            "---\ntitle: A tractor\ncoop: bolete\nkind: human\ntopics: [agriculture]\n{fields}\n---\n"
        );
        folder.write("content/offers/tractor.md", offer);
        assert_eq!(pairs(&folder, &[]), [""; 0], "{fields}");
    }
}

#[test]
fn for_a_call_a_fair_choice_is_printed() {
    let folder = directory();
    for coop in ["cep", "dapperling", "enoki"] {
        folder.write(&format!("content/coops/{coop}.md"), "---\ntitle: C\n---\n");
        let hands = format!(
            "---\ntitle: Hands\ncoop: {coop}\nkind: human\ntopics: [agriculture]\n---\nWheat, harvest.\n"
        );
        folder.write(&format!("content/offers/hands-of-{coop}.md"), hands);
    }
    let call = "---\nturns: [{coop: agaric}, {coop: bolete}, {coop: cep}, {coop: dapperling}, \
                {coop: enoki, role: observer}]\n---\n";
    folder.write("content/calls/2026-11.md", call);
    let decided = "---\nneed: wheat\noffer: hands-of-cep\nstatus: introduced\n---\n";
    folder.write("content/matches/wheat--hands-of-cep.md", decided);
    let of_call = |more: &[&str]| {
        let mut found = pairs(&folder, &[&["--call", "2026-11"], more].concat());
        found.sort();
        found
    };
    let two = ["wheat--hands-of-dapperling", "wheat--tractor"];
    assert_eq!(of_call(&[]), two, "those who take part, and what nobody decided on");
    assert_eq!(of_call(&["bolete"]), two[1..]);
    assert_eq!(of_call(&["--limit", "1"]).len(), 1, "per coop");
    assert_eq!(of_call(&["--limit", "0"]), [""; 0]);
    let all = ["wheat--hands-of-cep", "wheat--hands-of-dapperling", "wheat--tractor"];
    assert_eq!(of_call(&["--all"]), all);
    assert_eq!(of_call(&["--all", "--limit", "1"]).len(), 1, "per need");
    let run = folder.ayni(&["match", "--call", "2026-11"]);
    assert_eq!(run.stderr, "2 matches\n");
    assert!(run.stdout.contains("because: "), "{}", run.stdout);
    let message = "error: `--all` lists all matches among the coops of a call; say which call with \
                   `--call`\n";
    check(&folder.ayni(&["match", "--all"]), 2, "", message);
}

#[test]
fn a_pair_is_explained_also_when_it_is_not_suggested() {
    let folder = directory();
    let explain = |need: &str, offer: &str| folder.ayni(&["match", "--explain", need, offer]);
    let text = explain("wheat", "tractor").stdout;
    assert!(text.contains("topics (") && text.contains("this pair is suggested"), "{text}");
    folder.write(
        "content/needs/wheat.md",
        "---\ntitle: Wheat\ncoop: agaric\nkind: human\nstatus: parked\n---\n",
    );
    let text = explain("wheat", "tractor").stdout;
    assert!(text.contains("this pair is not suggested:\n  the need is not open"), "{text}");
    let run = explain("wheet", "tractor");
    check(&run, 2, "", "error: there is no need `wheet`; did you mean `wheat`?\n");
}

#[test]
fn a_slip_in_judgements_is_answered() {
    let folder = directory();
    let evaluate = |text: &str| {
        folder.write("judged.yaml", text);
        folder.ayni(&["match", "--evaluate", &folder.path("judged.yaml").to_string_lossy()])
    };
    let run = evaluate("wheat: {tractor: 2}\n");
    assert!(
        run.stdout.contains("success@5") && run.stdout.contains("plain BM25"),
        "{}",
        run.stdout
    );
    for (text, message) in [
        ("wheat: {tractr: 2}\n", "there is no offer `tractr`; did you mean `tractor`?"),
        ("wheat: {tractor: 3}\n", "the grade of `tractor` is not 0, 1 or 2"),
        ("wheat: 2\n", "write a line a need: `NEED: {OFFER: 2, OTHER: 1}`"),
    ] {
        let run = evaluate(text);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn a_limit_that_is_no_number_is_told_what_to_write() {
    let run = directory().ayni(&["match", "--limit", "many"]);
    assert_eq!(run.code, Some(2));
    let said = "it is no whole number that fits here; write digits only";
    assert!(run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn a_file_that_is_not_there_is_said_in_words() {
    let run = directory().ayni(&["match", "--evaluate", "nowhere.yaml"]);
    assert_eq!(run.code, Some(2));
    let said = "nowhere.yaml: there is no such file or folder\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
}

#[test]
fn no_argument_is_passed_over_in_silence() {
    let folder = directory();
    folder.write("judged.yaml", "wheat: {tractor: 2}\n");
    folder.write("content/calls/2026-11.md", "---\nstart: 2026-11-25T16:00\n---\n");
    let explain = ["--explain", "wheat", "tractor"];
    let evaluate = ["--evaluate", "judged.yaml"];
    for one in [&explain[..], &evaluate] {
        for more in [&["--rings"][..], &["--all"], &["--call", "2026-11"], &["--limit", "1"]] {
            let run = folder.ayni(&[&["match"], one, more].concat());
            let told = format!("'{}", more[0]);
            let is_told = run.stderr.contains(&told) && run.stderr.contains(one[0]);
            assert!(run.code == Some(2) && is_told, "{one:?} {more:?}: {}", run.stderr);
        }
        let run = folder.ayni(&[&["match"], one, &["agaric"]].concat());
        assert_eq!(run.code, Some(2), "{one:?}: {}", run.stdout);
    }
    assert_eq!(folder.ayni(&[&["match"], &explain[..], &evaluate].concat()).code, Some(2));
    let run = folder.ayni(&["match", "2026-11", "--call", "2026-11"]);
    check(&run, 2, "", "error: say the call once: as `--call ID`, or as `ayni match ID`\n");
}

#[test]
fn a_number_below_zero_is_told_as_a_number() {
    for arguments in [&["match", "--limit", "-1"], &["serve", "--port", "-1"]] {
        let run = directory().ayni(arguments);
        let told = format!("'-1' for '{} <N>': it is no whole number that fits here", arguments[1]);
        assert!(run.code == Some(2) && run.stderr.contains(&told), "{}", run.stderr);
    }
}
