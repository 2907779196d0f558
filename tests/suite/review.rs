//! Introductions that end: what waits for an answer, what is over, and how it is asked, said and written.

use super::html::{attributes, facts};
use super::site::{Folder, Run, Site, check};

pub(crate) const TODAY: &str = "2026-11-22";

const SITE: &str = "title: Test\nlanguages: [en, es]\nbase_url: https://test.example/\ntopics: {starter: false}\n\
                    matching: {limit: 0}\ncalls: {title: Monthly call, minutes: {review: 2}}\n";

/// Four coops, what they need and offer, three calls in which some were introduced, and one to come.
fn files() -> Vec<(String, String)> {
    let mut files = vec![
        ("site.yaml".to_owned(), SITE.to_owned()),
        (
            "content/calls/2026-12.md".to_owned(),
            "---\ntitle: December\nstart: 2026-12-30T16:00\nturns: [{coop: agaric}, {coop: dapperling, role: apology}]\n---\n".to_owned(),
        ),
    ];
    for (coop, contact) in [
        ("agaric", "contact: {type: email, value: a@agaric.example, visibility: public}\n"),
        ("bolete", "contact: {type: email, value: b@bolete.example}\n"),
        ("cep", ""),
        ("dapperling", ""),
    ] {
        let title = format!("{}{}", coop[..1].to_uppercase(), &coop[1..]);
        files.push((
            format!("content/coops/{coop}.md"),
            format!("---\ntitle: {title}\n{contact}---\n"),
        ));
    }
    for (id, coop) in
        [("hands", "agaric"), ("rye", "agaric"), ("oven", "cep"), ("van", "dapperling")]
    {
        let text = format!("---\ntitle: Need {id}\ncoop: {coop}\nkind: human\n---\n");
        files.push((format!("content/needs/{id}.md"), text));
    }
    for (id, coop) in [("mill", "bolete"), ("loan", "cep"), ("room", "dapperling")] {
        let text = format!("---\ntitle: Offer {id}\ncoop: {coop}\nkind: human\n---\n");
        files.push((format!("content/offers/{id}.md"), text));
    }
    for (month, day, pairs) in [
        ("2026-03", 25, &[("van", "mill")][..]),
        ("2026-09", 30, &[("hands", "mill"), ("oven", "room")]),
        ("2026-10", 28, &[("rye", "loan"), ("hands", "room")]),
    ] {
        let pair = |(need, offer): &(&str, &str)| format!("{{need: {need}, offer: {offer}}}");
        let pairs: Vec<String> = pairs.iter().map(pair).collect();
        files.push((
            format!("content/calls/{month}.md"),
            format!(
                "---\ntitle: Call {month}\nstart: {month}-{day}T16:00\nstatus: held\nmatches: [{}]\n---\n",
                pairs.join(", ")
            ),
        ));
    }
    files
}

fn site() -> Site {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    Site::new(&files)
}

pub(crate) fn folder() -> Folder {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    Folder::new(&files)
}

pub(crate) fn ayni(folder: &Folder, arguments: &[&str]) -> Run {
    folder.ayni(&[arguments, &["--today", TODAY]].concat())
}

fn page(site: &Site, path: &str) -> String {
    site.built().remove(&format!("{path}index.html")).unwrap_or_else(|| panic!("no {path}"))
}

#[track_caller]
pub(crate) fn assert_in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        let Some(at) = rest.find(word) else {
            panic!("`{word}` is not there, or too early: {text}")
        };
        rest = &rest[at + word.len()..];
    }
}

/// How one side of an introduction can end: its file, its fields, and what is said of it.
const ENDS: [(&str, &str, &str); 9] = [
    (
        "content/needs/hands.md",
        "title: Need hands\ncoop: agaric\nkind: human\nstatus: met\n",
        "The need is met.",
    ),
    (
        "content/needs/hands.md",
        "title: Need hands\ncoop: agaric\nkind: human\nstatus: withdrawn\n",
        "The need was withdrawn.",
    ),
    (
        "content/needs/hands.md",
        "title: Need hands\ncoop: agaric\nkind: human\nuntil: 2026-11-21\n",
        "The last day of the need is past.",
    ),
    (
        "content/coops/agaric.md",
        "title: Agaric\nstatus: closed\n",
        "The coop that looked for it has closed.",
    ),
    (
        "content/offers/mill.md",
        "title: Offer mill\ncoop: bolete\nkind: human\nstatus: exhausted\n",
        "The offer is used up.",
    ),
    (
        "content/offers/mill.md",
        "title: Offer mill\ncoop: bolete\nkind: human\ncapacity: 0\n",
        "The offer is used up.",
    ),
    (
        "content/offers/mill.md",
        "title: Offer mill\ncoop: bolete\nkind: human\nstatus: withdrawn\n",
        "The offer was withdrawn.",
    ),
    (
        "content/offers/mill.md",
        "title: Offer mill\ncoop: bolete\nkind: human\nuntil: 2026-11-21\n",
        "The last day of the offer is past.",
    ),
    (
        "content/coops/bolete.md",
        "title: Bolete\nstatus: closed\n",
        "The coop that offered it has closed.",
    ),
];

#[test]
fn what_is_over_stands_apart_with_its_reason() {
    let site = || site();
    for (path, fields, reason) in ENDS {
        let built = site().file(path, &format!("---\n{fields}---\n")).built();
        let shown = |path: &str| facts(&built[path]);
        let list = shown("matches/waiting/index.html");
        let (waiting, over) =
            list.split_once("## Over").unwrap_or_else(|| panic!("{path}: {list}"));
        assert!(!waiting.contains("hands--mill") && over.contains("hands--mill"), "{path}: {list}");
        assert!(over.contains(&format!("{reason} Introduced on 30 September 2026.")), "{over}");
        let own = shown("matches/hands--mill/index.html");
        assert!(own.contains("Match over"), "{own}");
        assert!(own.contains(&format!("{reason} They had been introduced")), "{own}");
        for side in ["needs/hands/index.html", "offers/mill/index.html"] {
            let shown = shown(side);
            let (_, former) =
                shown.split_once("Former matches").unwrap_or_else(|| panic!("{shown}"));
            assert_in_order(former, &["over", "hands--mill", reason]);
        }
    }
    // What is parked, or runs until today, still waits; so does what nobody touched.
    for fields in ["status: parked\n", "until: 2026-11-22\n", ""] {
        let need = format!("---\ntitle: Need hands\ncoop: agaric\nkind: human\n{fields}---\n");
        let list = facts(&page(&site().file("content/needs/hands.md", &need), "matches/waiting/"));
        assert!(list.contains("hands--mill") && !list.contains("## Over"), "{fields}: {list}");
    }
    // An answer stays what it is, whatever becomes of the need.
    let met = "---\ntitle: Need hands\ncoop: agaric\nkind: human\nstatus: met\n---\n";
    let agreed = "---\nneed: hands\noffer: mill\nstatus: agreed\n---\n";
    let site =
        site().file("content/needs/hands.md", met).file("content/matches/hands--mill.md", agreed);
    assert!(!facts(&page(&site, "matches/waiting/")).contains("hands--mill"));
    assert!(facts(&page(&site, "matches/hands--mill/")).contains("Match agreed"));
}

#[test]
fn statistics_count_what_is_over_for_itself() {
    let rows = |site: &Site| {
        let page = facts(&page(site, "statistics/"));
        let (_, rows) =
            page.split_once("## What became of introductions").unwrap_or_else(|| panic!("{page}"));
        let rows = rows.split("##").next().unwrap_or_default();
        rows.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = rows(&site());
    assert!(all.contains("introduced 5") && !all.contains("over"), "{all}");
    let need = "---\ntitle: Need hands\ncoop: agaric\nkind: human\nstatus: met\n---\n";
    let some = rows(&site().file("content/needs/hands.md", need));
    assert_in_order(&some, &["introduced 3", "over 2"]);
}

#[test]
fn each_that_waits_has_a_mail_to_those_who_may_be_written_to() {
    let mails = |site: &Site, path: &str| {
        let hrefs = attributes(&page(site, path), "href");
        hrefs.into_iter().filter(|href| href.starts_with("mailto:")).collect::<Vec<_>>()
    };
    let public = mails(&site(), "matches/waiting/");
    // Bolete's address is for the network alone; Cep and Dapperling have none.
    assert_eq!(public.len(), 3, "{public:?}");
    assert!(
        public.iter().all(|it| it.starts_with("mailto:a@agaric.example?subject=")),
        "{public:?}"
    );
    let network = mails(&site().for_the_network(), "matches/waiting/");
    assert!(
        network.contains(
            &"mailto:a@agaric.example,b@bolete.example?subject=Agaric%20and%20Bolete%3A%20what%20came%20of%20it%3F\
              &body=Hello%2C%0A%0AAgaric%20looks%20for%20%E2%80%9CNeed%20hands%E2%80%9D%2C%20and%20Bolete%20offers%20\
              %E2%80%9COffer%20mill%E2%80%9D.%20You%20were%20introduced%20to%20each%20other.%0A%0AWhat%20came%20of%20it%3F%20\
              Have%20you%20agreed%20on%20something%2C%20is%20it%20done%2C%20or%20did%20nothing%20come%20of%20it%3F"
                .to_owned()
        ),
        "{network:?}"
    );
    let spanish = mails(&site(), "es/matches/waiting/");
    assert!(spanish[0].contains("?subject=Agaric%20y%20"), "{spanish:?}");
    // What is in a title is never more of the address.
    let title = "---\ntitle: 'Hands &bcc=x@y.example?#\"<'\ncoop: agaric\nkind: human\n---\n";
    let odd = mails(&site().file("content/needs/hands.md", title), "matches/waiting/");
    assert!(
        odd.iter().any(|it| it.contains("Hands%20%26bcc%3Dx%40y.example%3F%23%22%3C")),
        "{odd:?}"
    );
    // Where neither can be written to, whoever facilitates is.
    let settings = |contact: &str| format!("{SITE}facilitator: [{contact}]\n");
    let by_mail = settings("{type: email, value: f@hub.example, visibility: public}");
    let to_facilitator = mails(&site().file("site.yaml", &by_mail), "matches/waiting/");
    let count = to_facilitator.iter().filter(|it| it.starts_with("mailto:f@hub.example?")).count();
    assert_eq!(count, 2, "{to_facilitator:?}");
    let by_form = settings("{type: form, value: 'https://hub.example/write'}");
    let list = facts(&page(&site().file("site.yaml", &by_form), "matches/waiting/"));
    assert_eq!(list.matches("Tell the facilitator what came of it").count(), 2, "{list}");
}

#[test]
fn an_agenda_asks_of_its_own_coops_as_many_as_fit_and_counts_the_rest() {
    let agenda = |site: &Site| facts(&page(site, "calls/2026-12/agenda/"));
    let page = agenda(&site());
    // The newest first, two minutes for two; Dapperling has sent apologies.
    assert_in_order(
        &page,
        &[
            "16:00 Welcome 5 min",
            "16:05 Earlier introductions 2 min",
            "16:05",
            "[Agaric and",
            "16:06",
            "[Agaric and",
            "[3 more introductions wait for an answer](../../../matches/waiting/)",
            "16:07 First round",
        ],
    );
    let (_, part) = page.split_once("Earlier introductions").expect("it is there");
    let part = part.split("First round").next().unwrap_or_default();
    assert!(part.contains("rye--loan") && part.contains("hands--room"), "{part}");
    assert!(!part.contains("hands--mill") && !part.contains("van--mill"), "{part}");
    // The timer counts them like turns.
    let html = site().built().remove("calls/2026-12/agenda/index.html").expect("an agenda");
    assert_eq!(html.matches("data-seconds=\"60\" data-part=\"Earlier introductions\"").count(), 2);
    // More minutes, all of Agaric's; none, no part but the count.
    let minutes = |review: u32| {
        let call = format!(
            "---\ntitle: December\nstart: 2026-12-30T16:00\nduration: 20m\nminutes: {{review: {review}}}\nturns: [{{coop: agaric}}]\n---\n"
        );
        agenda(&site().file("content/calls/2026-12.md", &call))
    };
    let all = minutes(9);
    assert_in_order(
        &all,
        &[
            "9 minutes longer",
            "Earlier introductions 3 min",
            "hands--mill",
            "[2 more introductions",
        ],
    );
    let none = minutes(0);
    assert!(
        !none.contains("Earlier introductions") && none.contains("[5 more introductions"),
        "{none}"
    );
    // What will be over by the day of the call is not asked about.
    let need = "---\ntitle: Need rye\ncoop: agaric\nkind: human\nuntil: 2026-12-29\n---\n";
    let later = agenda(&site().file("content/needs/rye.md", need));
    assert!(!later.contains("rye--loan") && later.contains("[2 more introductions"), "{later}");
}

#[test]
fn the_agenda_as_text_and_the_pad_ask_the_same() {
    let folder = folder();
    let run = ayni(&folder, &["call", "agenda", "2026-12"]);
    assert_in_order(
        &run.stdout,
        &[
            "16:05 Earlier introductions\n- 16:05 Agaric and ",
            "(Since 28 October 2026)\n- 16:06 Agaric and ",
            "- 3 more introductions wait for an answer https://test.example/matches/waiting/\n",
            "16:07 First round",
        ],
    );
    let run = ayni(&folder, &["call", "pad", "2026-12"]);
    assert_in_order(
        &run.stdout,
        &[
            "## Who took part",
            "## Earlier introductions\n\n- Agaric and ",
            ":\n- Agaric and ",
            ":\n\n## First round",
        ],
    );
    let run = ayni(&folder, &["call", "pad", "2026-12", "--lang", "es"]);
    assert!(run.stdout.contains("## Presentaciones anteriores\n\n- Agaric y "), "{}", run.stdout);
    // Two pairs of the same two are told apart; where there is nothing to ask, there is no heading.
    folder.write(
        "content/matches/hands--loan.md",
        "---\nneed: hands\noffer: loan\nupdated: 2026-11-01\n---\n",
    );
    let run = ayni(&folder, &["call", "pad", "2026-12"]);
    assert!(
        run.stdout.contains("## Earlier introductions\n\n- Need hands → Offer loan:\n- "),
        "{}",
        run.stdout
    );
    folder.write(
        "content/offers/other.md",
        "---\ntitle: offer loan!\ncoop: bolete\nkind: human\n---\n",
    );
    let run = ayni(&folder, &["call", "pad", "2026-12"]);
    assert!(run.stdout.contains("\n- Need hands → loan:\n"), "{}", run.stdout);
    folder
        .write("content/calls/2026-12.md", "---\ntitle: December\nstart: 2026-12-30T16:00\n---\n");
    let run = ayni(&folder, &["call", "pad", "2026-12"]);
    assert!(!run.stdout.contains("Earlier introductions"), "{}", run.stdout);
}

#[test]
fn those_that_wait_are_printed_with_their_commands() {
    let folder = folder();
    folder.write(
        "content/needs/van.md",
        "---\ntitle: Need van\ncoop: dapperling\nkind: human\nstatus: met\n---\n",
    );
    folder.write(
        "content/matches/oven--room.md",
        "---\nneed: oven\noffer: room\nintroduced_in: 2026-09\n---\n",
    );
    let run = ayni(&folder, &["match", "--waiting"]);
    assert_eq!(run.stderr, "4 introductions wait for an answer; 1 is over\n");
    assert_in_order(
        &run.stdout,
        &[
            "2026-10-28  ",
            "2026-09-30  hands--mill\n            Agaric needs: Need hands\n            Bolete offers: Offer mill\n            \
             introduced in the call 2026-09\n            ayni new match hands--mill --status agreed\n            \
             ayni new match hands--mill --status lapsed\n",
            "2026-03-25  van--mill\n",
            "over: the need is met\n",
        ],
    );
    assert!(
        run.stdout.contains("say what came of it in content/matches/oven--room.md\n"),
        "{}",
        run.stdout
    );
    let of_call = ayni(&folder, &["match", "--waiting", "--call", "2026-12"]);
    assert_eq!(of_call.stderr, "3 introductions wait for an answer; 0 are over\n");
    assert!(!of_call.stdout.contains("oven--room"), "{}", of_call.stdout);
    let of_cep = ayni(&folder, &["match", "cep", "--waiting"]);
    assert_eq!(of_cep.stderr, "2 introductions wait for an answer; 0 are over\n");
    let run = ayni(&folder, &["match", "van", "--waiting", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let expected = serde_json::json!([{
        "need": "van", "offer": "mill", "since": "2026-03-25", "introduced_in": "2026-03",
        "standing": "over", "why": "the need is met"
    }]);
    assert_eq!(rows, expected);
    let run = ayni(&folder, &["match", "--lapse-after", "6m"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    // What is over lapses by itself.
    let run = ayni(&folder, &["match", "--waiting", "--lapse-after", "2y"]);
    let told = "1 introduction is over, since one side has ended: nobody has to answer it\n\
                No introduction has waited since 2024-11-22 or longer; nothing to write.\n";
    check(&run, 0, "", told);
    // A command that was printed can be given as it is.
    let command = ["new", "match", "hands--mill", "--status", "lapsed"];
    check(&ayni(&folder, &command), 0, "content/matches/hands--mill.md\n", "");
    assert_eq!(ayni(&folder, &["check"]).code, Some(0));
}

#[test]
fn a_new_match_says_which_call_introduced_the_two() {
    let folder = folder();
    check(
        &ayni(&folder, &["new", "match", "hands--mill", "--status", "agreed"]),
        0,
        "content/matches/hands--mill.md\n",
        "",
    );
    let file = folder.read("content/matches/hands--mill.md");
    assert!(file.contains("\nintroduced_in: 2026-09\n"), "{file}");
    check(
        &ayni(&folder, &["new", "match", "oven--mill", "--status", "agreed"]),
        0,
        "content/matches/oven--mill.md\n",
        "",
    );
    let file = folder.read("content/matches/oven--mill.md");
    assert!(file.contains("\nintroduced_in:       # a call, such as 2026-11\n"), "{file}");
}

#[test]
fn old_ones_lapse_together_after_asking() {
    let folder = folder();
    folder.write(
        "content/matches/hands--mill.md",
        "---\n# They speak in spring.\nneed: hands\noffer: mill\nstatus: introduced\noutcome: Not yet\n---\nA text.\n",
    );
    let before = folder.files("content");
    let lapse =
        |more: &[&str]| ayni(&folder, &[&["match", "--waiting", "--lapse-after"], more].concat());
    // Nobody can be asked here.
    let run = lapse(&["6m"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        (
            "",
            "content/matches/van--mill.md (new), since 2026-03-25: Dapperling needs: Need van; Bolete offers: Offer mill\n  \
             | need: van\n  | offer: mill\n  | status: lapsed\n  | introduced_in: 2026-03\n  | created: 2026-11-22\n  \
             | updated: 2026-11-22\nNothing was written: there is nobody to ask. Add `--yes` to write 1 file.\n"
        )
    );
    assert_eq!(folder.files("content"), before);
    let run = lapse(&["1m", "--yes"]);
    let written = "content/matches/hands--mill.md\ncontent/matches/oven--room.md\ncontent/matches/van--mill.md\n";
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), written), "{}", run.stderr);
    let kept = folder.read("content/matches/hands--mill.md");
    assert_eq!(
        kept,
        "---\n# They speak in spring.\nneed: hands\noffer: mill\nstatus: lapsed\noutcome: Not yet\n\
         updated: 2026-11-22\nintroduced_in: 2026-09\n---\nA text.\n"
    );
    assert_eq!(
        folder.read("content/matches/oven--room.md"),
        "---\nneed: oven\noffer: room\nstatus: lapsed\nintroduced_in: 2026-09\ncreated: 2026-11-22\nupdated: 2026-11-22\n---\n"
    );
    let run = ayni(&folder, &["match", "--waiting"]);
    assert_eq!(run.stderr, "2 introductions wait for an answer; 0 are over\n");
    let run = lapse(&["1m", "--yes"]);
    check(
        &run,
        0,
        "",
        "No introduction has waited since 2026-10-22 or longer; nothing to write.\n",
    );
}

#[test]
fn what_cannot_lapse_stays_and_nothing_is_written_by_halves() {
    let folder = folder();
    let lapse =
        |more: &[&str]| ayni(&folder, &[&["match", "--waiting", "--lapse-after"], more].concat());
    for age in ["6", "m", "0d", "-1m", "6x", "1000y", "+6m", ""] {
        let run = lapse(&[age, "--yes"]);
        assert_eq!(run.code, Some(2), "{age}");
        assert!(
            age == "-1m" || run.stderr.contains("as in `90d`, `26w`, `6m` or `1y`"),
            "{}",
            run.stderr
        );
    }
    // A file that cannot be changed line by line.
    folder.write("content/matches/van--mill.md", "---\n? need\n: van\n? offer\n: mill\n---\n");
    let before = folder.files("content");
    let run = lapse(&["30d", "--yes"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("content/matches/van--mill.md cannot be changed"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.files("content"), before);
    // One that the network does not see, and one without a day.
    folder.write(
        "content/matches/van--mill.md",
        "---\nneed: van\noffer: mill\nvisibility: private\n---\n",
    );
    folder.write("content/matches/oven--mill.md", "---\nneed: oven\noffer: mill\n---\n");
    let run = lapse(&["30d", "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("1 introduction: nobody knows since when"), "{}", run.stderr);
    assert!(!run.stderr.contains("van--mill"), "{}", run.stderr);
    assert_eq!(run.stdout, "content/matches/hands--mill.md\ncontent/matches/oven--room.md\n");
}
