//! `ayni new`: what it writes, and what it refuses to.

use super::site::{check, directory};

const SERIES: &str = "\
title: Test
calls:
  - id: monthly
    title: Monthly call
    rrule: FREQ=MONTHLY;BYDAY=-1WE
    start: \"16:00\"
    time_zone: Europe/London
";

#[test]
fn a_new_entry_of_each_kind_wants_words_and_nothing_else() {
    let folder = directory();
    folder.write("site.yaml", SERIES);
    for (arguments, path) in [
        (&["coop", "Chanterelle & Co"][..], "content/coops/chanterelle-co.md"),
        (
            &["need", "Help: \"more\" #1", "--coop", "agaric", "--kind", "human"],
            "content/needs/help-more-1.md",
        ),
        (
            &["offer", "С нами \\ always", "--coop", "bolete", "--kind", "technical"],
            "content/offers/с-нами-always.md",
        ),
        (&["page", "{How: we}, [meet]"], "content/pages/how-we-meet.md"),
        (&["match", "wheat--tractor", "--status", "agreed"], "content/matches/wheat--tractor.md"),
        (&["call"], "content/calls/2026-11.md"),
        (&["call", "monthly", "--coop", "agaric", "--coop", "bolete"], "content/calls/2026-12.md"),
    ] {
        let run = folder.ayni(&[&["new"], arguments].concat());
        let pad = path.replace("content/calls/", "pads/");
        let also = if pad == path { String::new() } else { format!("{pad}\n") };
        check(&run, 0, &format!("{path}\n{also}"), "");
        let text = folder.read(path);
        let asked = ["What we do, and for whom.", "Say more here."];
        let asked = asked.iter().find(|words| text.lines().any(|line| line == **words));
        assert_eq!(asked.is_some(), ["coop", "need", "offer"].contains(&arguments[0]), "{path}");
        if let Some(words) = asked {
            let checked = folder.ayni(&["check"]);
            let message =
                format!("warning: `{words}` is what `ayni new` wrote there\n --> {path}:");
            let said = checked.stderr.replace("  --> ", " --> ");
            assert!(said.contains(&message), "{path}: {said}");
            folder.write(path, text.replace(words, "We weave."));
        }
        let checked = folder.ayni(&["check", "--deny", "warnings"]);
        assert_eq!(checked.code, Some(0), "{path}: {}\n{}", checked.stderr, folder.read(path));
    }
    let directory = folder.prepare().plan.derived.directory.clone();
    let titles: Vec<&str> = directory.ids().map(|id| directory[id].title.as_str()).collect();
    for title in ["Chanterelle & Co", "Help: \"more\" #1", "С нами \\ always", "{How: we}, [meet]"]
    {
        assert!(titles.contains(&title), "{title} is not in {titles:?}");
    }
    let starts = directory.calls.iter().map(|call| call.start.expect("a start").to_string());
    let starts: Vec<String> = starts.collect();
    assert_eq!(starts, ["2026-11-25T16:00:00", "2026-12-30T16:00:00"]);
    assert_eq!(directory.calls.iter().map(|it| it.number).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(directory.calls[1].turns.len(), 2);
}

#[test]
fn what_nobody_said_is_left_to_be_filled_in_and_told() {
    let folder = directory();
    let run = folder.ayni(&["new", "need", "Ovens", "--coop", "agaric"]);
    let note = |field| format!("write its `{field}` in place of `…` before you build the site\n");
    check(&run, 0, "content/needs/ovens.md\n", &note("kind"));
    let text = folder.read("content/needs/ovens.md");
    let empty = ["summary:", "topics: []", "mode:", "basis: []", "until:"];
    for field in empty {
        let line = text.lines().find(|line| line.starts_with(field)).expect(field);
        let value = line.split('#').next().expect("a piece").trim();
        assert_eq!(value, field, "nobody chose it");
    }
    let of_a_need =
        "error: need `ovens`: `kind` is `…`, a gap to fill\n --> content/needs/ovens.md:5:7";
    let said = folder.ayni(&["check"]);
    assert!(said.stderr.contains(of_a_need), "{}", said.stderr);
    let run = folder.ayni(&["new", "match", "ovens--tractor"]);
    let unread = "error: content/needs/ovens.md has an error, so it cannot be in a match yet; `ayni check` \
                  says which\n";
    check(&run, 2, "", unread);
    folder.write("content/needs/ovens.md", text.replace("kind: …", "kind: human"));
    let run = folder.ayni(&["new", "match", "ovens--tractor"]);
    check(&run, 0, "content/matches/ovens--tractor.md\n", &note("status"));
    let of_a_match = "error: match `ovens--tractor`: `status` is `…`";
    let said = folder.ayni(&["check"]);
    assert!(said.stderr.contains(of_a_match), "{}", said.stderr);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(1), "nothing says that they were introduced: {}", run.stderr);
}

#[test]
fn a_match_has_its_need_first_and_two_coops() {
    let folder = directory();
    let run = folder.ayni(&["new", "match", "tractor--wheat", "--status", "agreed"]);
    check(&run, 0, "content/matches/wheat--tractor.md\n", "");
    let text = folder.read("content/matches/wheat--tractor.md");
    assert!(text.starts_with("---\nneed: wheat\noffer: tractor\nstatus: agreed "), "{text}");
    let explained = folder.ayni(&["match", "--explain", "tractor", "wheat"]);
    assert_eq!(explained.stdout, folder.ayni(&["match", "--explain", "wheat", "tractor"]).stdout);
    assert_eq!(explained.code, Some(0));
    folder.write("content/offers/own.md", "---\ntitle: Own\ncoop: agaric\nkind: human\n---\n");
    let run = folder.ayni(&["new", "match", "wheat--own", "--status", "introduced"]);
    let told =
        "warning: `wheat` and `own` are both of the coop `agaric`; a match is between two coops\n";
    check(&run, 0, "content/matches/wheat--own.md\n", told);
}

#[test]
fn the_next_call_names_who_has_waited_longest() {
    let folder = directory();
    folder.write("site.yaml", SERIES);
    folder.write("content/coops/cep.md", "---\ntitle: Cep, with nothing to say\n---\n");
    folder.write(
        "content/calls/2026-10.md",
        "---\nstart: 2026-10-28T16:00\nstatus: held\nturns: [{coop: agaric}]\n---\n",
    );
    // What has ended by the day of the call, or is not finished, is no reason to invite.
    for (id, fields) in [("short", "until: 2026-11-24"), ("unfinished", "draft: true")] {
        let offer = format!("---\ntitle: X\ncoop: bolete\nkind: human\n{fields}\n---\n");
        folder.write(&format!("content/offers/{id}.md"), offer);
    }
    check(&folder.ayni(&["new", "call"]), 0, "content/calls/2026-11.md\npads/2026-11.md\n", "");
    let text = folder.read("content/calls/2026-11.md");
    let invited: Vec<&str> = text.lines().filter(|line| line.starts_with("#   ")).collect();
    assert_eq!(
        invited,
        [
            "#   bolete: never in a call, 0 needs, 1 offer",
            "#   agaric: last on 2026-10-28, 1 need, 0 offers"
        ]
    );
    // Who comes needs no invitation.
    let run = folder.ayni(&["new", "call", "--coop", "bolete"]);
    check(&run, 0, "content/calls/2026-12.md\npads/2026-12.md\n", "");
    assert!(!folder.read("content/calls/2026-12.md").contains("#   bolete"));
}

#[test]
fn what_is_still_to_do_goes_into_the_next_call() {
    let folder = directory();
    folder.write("site.yaml", SERIES);
    folder.write(
        "content/calls/2026-10.md",
        "---\nstart: 2026-10-28T16:00\ntime_zone: Europe/London\nduration: 90m\n\
         minutes: {about: 2, needs: 2, offers: 2}\nstatus: held\nnumber: 7\nactions:\n\
         - {what: 'Write: \"it\" up', who: agaric, due: 2026-11-20}\n\
         - {what: Done already, done: true}\n\
         - {what: Ask, who: {name: Example Person}}\n---\n",
    );
    check(&folder.ayni(&["new", "call"]), 0, "content/calls/2026-11.md\npads/2026-11.md\n", "");
    check(&folder.ayni(&["check"]), 0, "", "6 entries, no problems\n");
    let directory = folder.prepare().plan.derived.directory.clone();
    let next = directory.calls.last().expect("there are two");
    let open: Vec<&str> = next.actions.iter().map(|action| action.what.as_str()).collect();
    assert_eq!(open, ["Write: \"it\" up", "Ask"]);
    assert_eq!(next.number, Some(8));
    assert!(!folder.read("content/calls/2026-11.md").contains("Example Person"), "no consent");
}

#[test]
fn an_entry_that_cannot_be_is_not_begun() {
    let folder = directory();
    let before = folder.files("");
    for (arguments, message) in [
        (&["coop"][..], "this needs a title: `ayni new coop \"Bread House\"`"),
        (
            &["offer", "--coop", "agaric"],
            "this needs a title: `ayni new offer \"Two looms to lend\" --coop ID`",
        ),
        (&["match"], "this needs its need and offer: `ayni new match NEED OFFER`"),
        (
            &["coop", "Country"],
            "`Country` gives the id `country`, which is a word of the site's own addresses; \
             give it another name, such as `country-2`",
        ),
        (
            &["coop", "!!!"],
            "`!!!` has no letter and no digit, of which an id could be made; add a word",
        ),
        (
            &["need", "🍞", "--coop", "agaric"],
            "`🍞` has no letter and no digit, of which an id could be made; add a word",
        ),
        (&["coop", "Agaric"], "./content/coops/agaric.md exists already; nothing was changed"),
        (&["need", "X"], "say whose it is: `--coop ID`, with the name of a file in content/coops/"),
        (
            &["need", "X", "--coop", "agarc"],
            "there is no coop `agarc`; did you mean `agaric`? If it is a new one, write it first: \
             `ayni new coop \"agarc\"`",
        ),
        (
            &["offer", "X", "--coop", "zebra"],
            "there is no coop `zebra`; write it first: `ayni new coop \"zebra\"`",
        ),
        (
            &["match", "wheat"],
            "a match is between a need and an offer: `ayni new match NEED OFFER`",
        ),
        (&["coop", "X", "--coop", "agaric"], "`--coop` goes with a need, an offer or a call"),
        (&["page", "X", "--kind", "human"], "`--kind` goes with a need or an offer"),
        (&["need", "X", "--coop", "agaric", "--status", "agreed"], "`--status` goes with a match"),
        (&["match", "rye--tractor"], "there is no need `rye`"),
        (&["match", "wheat--plough"], "there is no offer `plough`"),
        (&["match", "wheat", "plough"], "there is no offer `plough`"),
        (&["call"], "site.yaml names no series of calls; add one under `calls`"),
        (&["call", "x"], "site.yaml names no series of calls; add one under `calls`"),
    ] {
        let run = folder.ayni(&[&["new"], arguments].concat());
        check(&run, 2, "", &format!("error: {message}\n"));
    }
    assert_eq!(folder.files(""), before);
}

#[test]
fn a_call_of_no_series_is_not_begun() {
    let folder = directory();
    let before = folder.files("");
    folder.write("site.yaml", SERIES);
    let run = folder.ayni(&["new", "call", "x"]);
    let text = "error: there is no series of calls `x`; site.yaml has `monthly`\n";
    check(&run, 2, "", text);
    for name in ["montly", "monthly call"] {
        let text =
            format!("error: there is no series of calls `{name}`; did you mean `monthly`?\n");
        check(&folder.ayni(&["new", "call", name]), 2, "", &text);
    }
    let run = folder.ayni(&["new", "call", "--coop", "agarc"]);
    let text = "error: there is no coop `agarc`; did you mean `agaric`? If it is a new one, write it first: \
                `ayni new coop \"agarc\"`\n";
    check(&run, 2, "", text);
    folder.write("site.yaml", SERIES.replace("    start: \"16:00\"\n", ""));
    let text = "error: the series `monthly` has no `start` in site.yaml, so its hour is unknown\n";
    check(&folder.ayni(&["new", "call"]), 2, "", text);
    folder.write("site.yaml", &before["site.yaml"]);
    assert_eq!(folder.files(""), before);
}

#[test]
fn a_title_that_the_shell_has_cut_is_told_to_be_put_in_quotes() {
    let folder = directory();
    let before = folder.files("");
    for (arguments, message) in [
        (
            &["coop", "Bread", "House", "of", "Cork"][..],
            "`House` is one word too many; put a title of several words in quotes: \
             `ayni new coop \"Bread House of Cork\"`",
        ),
        (
            &["need", "Two", "$looms", "--coop", "agaric"],
            "`$looms` is one word too many; put a title of several words in quotes: \
             `ayni new need \"…\"`",
        ),
        (
            &["match", "wheat", "tractor", "plough"],
            "`plough` is one word too many; write its need and its offer only: \
             `ayni new match NEED OFFER`",
        ),
        (
            &["call", "monthly", "agaric"],
            "`agaric` is one word too many; write one series only: `ayni new call ID`",
        ),
    ] {
        let run = folder.ayni(&[&["new"], arguments].concat());
        check(&run, 2, "", &format!("error: {message}\n"));
    }
    assert_eq!(folder.files(""), before);
}

#[test]
fn a_part_of_a_name_is_told_who_has_it_and_no_second_coop_comes_of_it() {
    let folder = directory();
    folder.write("content/coops/tejedoras-ñandu.md", "---\ntitle: Las tejedoras del Ñandú\n---\n");
    folder.write("content/coops/radio-nandu.md", "---\ntitle: Radio\n---\n");
    folder.write(
        "content/needs/hilo.md",
        "---\ntitle: Hilo crudo\ncoop: radio-nandu\nkind: human\n---\n",
    );
    folder.write("content/calls/2026-11.md", "---\nstart: 2026-11-25T16:00\n---\n");
    let both = "did you mean `radio-nandu` or `tejedoras-ñandu`?";
    let one = "did you mean `tejedoras-ñandu`?";
    for (arguments, expected) in [
        (&["new", "need", "X", "--coop", "nandu"][..], both),
        (&["new", "offer", "X", "--coop", "Ñandú"], both),
        (&["new", "need", "X", "--coop", "tejedoras"], one),
        (&["new", "call", "--coop", "las tejedoras"], one),
        (&["match", "tejedoras"], one),
        (&["match", "--explain", "crudo", "tractor"], "did you mean `hilo`?"),
        (&["match", "--call", "2026"], "did you mean `2026-11`?"),
        (&["call", "agenda", "11"], "did you mean `2026-11`?"),
        (&["call", "pad", "2026"], "did you mean `2026-11`?"),
        (&["call", "record", "2026"], "did you mean `2026-11`?"),
        (&["new", "match", "crudo", "tractor"], "did you mean `hilo`?"),
    ] {
        let run = folder.ayni(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.stdout);
        let (said, rest) = run.stderr.split_once('?').unwrap_or((&run.stderr, ""));
        assert!(said.starts_with("error: there is no "), "{arguments:?}: {said}");
        assert!(format!("{said}?").ends_with(expected), "{arguments:?}: {said}");
        let is_new = arguments[0] == "new" && arguments[1] != "match";
        assert_eq!(rest.contains("`ayni new coop \""), is_new, "{arguments:?}: {rest}");
    }
}

#[test]
fn a_coop_that_cannot_be_read_is_not_said_to_be_missing() {
    let folder = directory();
    folder.write("content/coops/broken.md", "---\ntitle: [a\n---\n");
    let run = folder.ayni(&["new", "need", "X", "--coop", "Broken"]);
    let text = "error: content/coops/broken.md has an error, so it cannot be used yet; `ayni check` says which\n";
    check(&run, 2, "", text);
}

#[test]
fn a_second_entry_of_one_name_is_told() {
    let folder = directory();
    folder.write(
        "content/coops/tejedoras-ñandu.md",
        "---\ntitle: Tejedoras\naliases: [hilanderas]\n---\n",
    );
    let warning = |kind, id| format!("warning: there is the {kind} `{id}` of this name already\n");
    for (title, id) in [
        ("tejedoras", "tejedoras"),
        ("Hilanderas", "hilanderas"),
        ("Tejedoras Nandu", "tejedoras-nandu"),
    ] {
        let run = folder.ayni(&["new", "coop", title]);
        check(&run, 0, &format!("content/coops/{id}.md\n"), &warning("coop", "tejedoras-ñandu"));
        folder.remove(&format!("content/coops/{id}.md"));
    }
    let run = folder.ayni(&["new", "page", "Tejedoras"]);
    check(&run, 0, "content/pages/tejedoras.md\n", "");
}

#[test]
fn a_coop_is_found_by_any_of_its_names() {
    let folder = directory();
    folder.write("content/coops/cep.md", "---\ntitle: Cep Bakers\naliases: [old-cep]\n---\n");
    for (at, name) in ["cep", "CEP", "old-cep", "coops/cep", "cep bakers"].iter().enumerate() {
        let title = format!("Ovens {at}");
        let run = folder.ayni(&["new", "need", &title, "--coop", name]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let text = folder.read(&format!("content/needs/ovens-{at}.md"));
        assert!(text.contains("\ncoop: cep\n"), "{name}: {text}");
    }
    let run = folder.ayni(&["new", "need", "Ovens", "--coop", "cpe"]);
    assert!(run.stderr.starts_with("error: there is no coop `cpe`; did you mean `cep`? If"));
    let run = folder.ayni(&["new", "match", "Wheat--tractor"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout, "content/matches/wheat--tractor.md\n");
}

#[test]
fn a_match_is_called_by_two_names_or_by_its_own() {
    let folder = directory();
    for names in [&["wheat", "tractor"][..], &["tractor", "Wheat"], &["wheat--tractor"]] {
        let run = folder.ayni(&[&["new", "match"], names, &["--status", "agreed"]].concat());
        check(&run, 0, "content/matches/wheat--tractor.md\n", "");
        folder.remove("content/matches/wheat--tractor.md");
    }
}

#[test]
fn a_coop_that_is_said_twice_gets_one_turn_and_one_line_of_the_pad() {
    let folder = directory();
    folder.write("site.yaml", SERIES);
    let once = folder.ayni(&["new", "call", "--coop", "agaric", "--coop", "bolete"]);
    check(&once, 0, "content/calls/2026-11.md\npads/2026-11.md\n", "");
    let paths = ["content/calls/2026-11.md", "pads/2026-11.md"];
    let wanted = paths.map(|path| folder.read(path));
    paths.iter().for_each(|path| folder.remove(path));
    let names = ["agaric", "bolete", "coops/agaric", "BOLETE"];
    let said: Vec<&str> = names.iter().flat_map(|name| ["--coop", name]).collect();
    let run = folder.ayni(&[&["new", "call"], said.as_slice()].concat());
    check(&run, 0, "content/calls/2026-11.md\npads/2026-11.md\n", "");
    assert_eq!(paths.map(|path| folder.read(path)), wanted);
}

#[test]
fn nothing_is_written_where_no_directory_is() {
    let folder = directory();
    let before = folder.files("");
    let coops = folder.path("content/coops").display().to_string();
    let run = folder.ayni(&["new", "coop", "Here", "--site", &coops]);
    let root = std::fs::canonicalize(folder.path("")).expect("a folder").display().to_string();
    let text = format!(
        "error: {coops} is no directory: there is no `site.yaml`; go to {root}, or name it with `--site`\n"
    );
    check(&run, 2, "", &text);
    assert_eq!(folder.files(""), before);
    folder.remove("site.yaml");
    let run = folder.ayni(&["new", "coop", "Here"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.ends_with("or begin one: `ayni init DIR`\n"), "{}", run.stderr);
}

#[test]
fn a_kind_of_entry_is_known_in_the_plural_and_with_capitals() {
    let folder = directory();
    for (word, title, path) in [
        ("Coop", "A", "content/coops/a.md"),
        ("coops", "B", "content/coops/b.md"),
        ("organisation", "C", "content/coops/c.md"),
        ("PAGES", "D", "content/pages/d.md"),
    ] {
        check(&folder.ayni(&["new", word, title]), 0, &format!("{path}\n"), "");
    }
}
