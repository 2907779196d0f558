//! What calls promised and decided: one history an action, the lists of what is open and of what was
//! decided, and their feeds.

use super::html;
use super::outputs::{feed, ids_of_feed};
use super::site::{Folder, Site, codes};
use ayni::diagnostic::Code;

const SETTINGS: (&str, &str) = (
    "site.yaml",
    "title: Test\nbase_url: https://test.example/dir/\nlanguages: [en, es]\n\
     calls: {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: \"16:00\"}\n",
);

const COOPS: [(&str, &str); 3] = [
    ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
    ("content/coops/bolete.md", "---\ntitle: Bolete\n---\n"),
    ("content/coops/cep.md", "---\ntitle: Cep\nvisibility: network\n---\n"),
];

const SEPTEMBER: &str = "---\nstart: 2026-09-30T16:00\nstatus: held\ndecisions: ['We *sing*.', We write.]\n\
    actions:\n- {what: Send photos, who: agaric, due: 2026-10-10}\n- {what: Send photos, who: bolete}\n\
    - {what: Hire a hall, who: {name: Ana Example}}\n- {what: Paint, who: {name: Rui Example, consent: true}}\n\
    - {what: Tell the secret, who: cep}\n---\n";
const OCTOBER: &str = "---\nstart: 2026-10-28T16:00\nstatus: held\ndecisions: [We paint.]\n\
    actions:\n- {what: Send photos, who: agaric, due: 2026-10-10, done: false}\n- {what: Send photos, who: bolete, done: true}\n---\n";
const CANCELLED: &str =
    "---\nstart: 2026-08-26T16:00\nstatus: cancelled\ndecisions: [We meet in September.]\n---\n";
const NOVEMBER: &str =
    "---\nstart: 2026-11-25T16:00\nactions:\n- {id: send-photos-2026-09, what: Send photos}\n---\n";

fn site() -> Site {
    let calls = [
        ("content/calls/2026-08.md", CANCELLED),
        ("content/calls/2026-09.md", SEPTEMBER),
        ("content/calls/2026-10.md", OCTOBER),
        ("content/calls/2026-11.md", NOVEMBER),
    ];
    let all = COOPS.into_iter().chain(calls);
    all.fold(Site::new(&[SETTINGS]), |site, (path, text)| site.file(path, text))
}

/// The words of a page between two of its headings.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} is not in {page}"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[test]
fn pages_of_old_calls_say_what_became_of_their_actions() {
    let built = site().built();
    let words = html::main_text(&built["calls/2026-09/index.html"]);
    let actions = words;
    assert!(actions.contains("Send photos Agaric goes on in: Monthly call, November"), "{actions}");
    assert!(actions.contains("Send photos Bolete done, in: Monthly call, October"), "{actions}");
    assert!(actions.contains("Hire a hall One delegate to do"), "{actions}");
    let october = html::main_text(&built["calls/2026-10/index.html"]);
    assert!(october.contains("Send photos Bolete done"), "{october}");
}

#[test]
fn an_agenda_says_since_when_something_is_to_be_done() {
    let built = site().built();
    let words = html::main_text(&built["calls/2026-11/agenda/index.html"]);
    let actions = part(&words, "To be done since earlier calls", "First round");
    assert!(
        actions.contains(
            "Send photos Agaric was due on 10 October 2026 · since: Monthly call, September"
        ),
        "{actions}"
    );
    assert!(
        actions.contains("Hire a hall One delegate to do · since: Monthly call, September"),
        "{actions}"
    );
    assert!(!actions.contains("Bolete"), "{actions}");
}

#[test]
fn what_is_open_is_listed_by_owner_and_a_coop_lists_its_own() {
    let built = site().built();
    let words = html::main_text(&built["calls/open/index.html"]);
    let owners = ["Agaric", "Rui Example", "One delegate"].map(|name| {
        let list = part(&words, "the oldest first.", "Made with");
        list.find(name).unwrap_or_else(|| panic!("{name} is not in {list}"))
    });
    assert!(owners.is_sorted(), "{words}");
    assert!(!words.contains("Bolete") && !words.contains("Ana Example"), "{words}");
    assert!(
        html::main_text(&built["coops/agaric/index.html"])
            .contains("To be done since calls Send photos")
    );
    assert!(!html::main_text(&built["coops/bolete/index.html"]).contains("To be done"));
    assert!(built.contains_key("es/calls/open/index.html"));
    assert!(html::main_text(&built["calls/index.html"]).contains("4 things to be done"));
}

#[test]
fn an_owner_who_is_withheld_is_named_nowhere() {
    let built = site().built();
    for (path, text) in &built {
        assert!(!text.contains("Cep") && !text.contains("Ana Example"), "{path}");
    }
    let network = site().for_the_network().built();
    assert!(html::main_text(&network["calls/open/index.html"]).contains("Cep Tell the secret"));
}

#[test]
fn what_only_a_withheld_call_says_counts_only_where_that_is_shown() {
    let done = "---\nstart: 2026-11-11T16:00\nstatus: held\nvisibility: network\ndecisions: [We hide.]\n\
        actions: [{id: send-photos-2026-09, what: Send photos, done: true}, {what: Whisper}]\n---\n";
    let site = site().file("content/calls/2026-11b.md", done);
    let open = |site: &Site| html::main_text(&site.built()["calls/open/index.html"]);
    let public = open(&site);
    assert!(public.contains("Agaric Send photos") && !public.contains("Whisper"), "{public}");
    let network = open(&site.clone().for_the_network());
    assert!(!network.contains("Send photos") && network.contains("Whisper"), "{network}");
    let built = site.built();
    for path in ["calls/decisions/index.html", "calls/decisions.atom", "calls.atom"] {
        assert!(!built[path].contains("We hide") && !built[path].contains("2026-11b"), "{path}");
    }
}

#[test]
fn decisions_are_listed_with_their_calls_the_latest_first() {
    let built = site().built();
    let words = html::main_text(&built["calls/decisions/index.html"]);
    let list = part(&words, "the latest first.", "Made with");
    let places = ["We paint.", "We sing .", "We write.", "cancelled", "We meet in September."]
        .map(|it| list.find(it).unwrap_or_else(|| panic!("{it} is not in {list}")));
    assert!(places.is_sorted(), "{list}");
    assert!(built["calls/decisions/index.html"].contains("<li>We <em>sing</em>.</li>"));
}

#[test]
fn feeds_tell_of_calls_decisions_and_what_is_open() {
    let built = site().built();
    let titles = |path: &str| -> Vec<String> {
        feed(&built[path]).entries.into_iter().map(|entry| entry.title.value).collect()
    };
    assert_eq!(
        titles("calls/decisions.atom"),
        ["We paint.", "We sing.", "We write.", "We meet in September."]
    );
    assert_eq!(
        titles("calls/open.atom"),
        ["Send photos", "Hire a hall", "Paint", "Tell the secret"]
    );
    assert_eq!(
        titles("calls.atom"),
        [
            "Monthly call, November 2026, announced for 25 November 2026",
            "Monthly call, October 2026, the notes are there",
            "Monthly call, September 2026, the notes are there",
            "Monthly call, August 2026, cancelled"
        ]
    );
    let moved = site().file("content/calls/2026-11.md", "---\nstart: 2026-11-27T16:00\n---\n");
    let feed = &moved.built()["calls.atom"];
    assert!(feed.contains("moved to 27 November 2026"), "{feed}");
}

#[test]
fn a_call_keeps_its_item_in_feeds_when_it_is_renamed() {
    let before = site().built();
    let renamed = SEPTEMBER.replace("---\nstart", "---\naliases: [2026-09]\nstart");
    let mut site = site();
    site.sources.texts.remove("content/calls/2026-09.md");
    let after = site.file("content/calls/autumn.md", &renamed).built();
    for path in ["calls.atom", "calls/decisions.atom", "calls/open.atom"] {
        assert_eq!(ids_of_feed(&before[path]), ids_of_feed(&after[path]), "{path}");
    }
}

#[test]
fn words_of_the_pages_of_calls_are_no_names_of_calls() {
    for word in ["open", "decisions"] {
        let path = format!("content/calls/{word}.md");
        let site = Site::new(&[SETTINGS]).file(&path, "---\nstart: 2026-12-01T16:00\n---\n");
        assert_eq!(codes(&site), [Code::ReservedId]);
        let problems = site.problems();
        assert!(problems.contains(&format!("such as `{word}-2`")), "{problems}");
        let alias = format!("---\nstart: 2026-12-01T16:00\naliases: [{word}]\n---\n");
        let site = Site::new(&[SETTINGS]).file("content/calls/a.md", &alias);
        assert_eq!(codes(&site), [Code::ReservedId]);
    }
}

#[test]
fn long_lists_have_pages() {
    let actions: String =
        (0..60).map(|at| format!("- {{what: Thing {at}, who: agaric}}\n")).collect();
    let decisions: String = (0..60).map(|at| format!("- Decision {at}\n")).collect();
    let call = format!(
        "---\nstart: 2026-10-28T16:00\nstatus: held\nactions:\n{actions}decisions:\n{decisions}---\n"
    );
    let site = Site::new(&[SETTINGS, COOPS[0], ("content/calls/2026-10.md", &call)]);
    let built = site.built();
    assert!(html::main_text(&built["calls/open/page/2/index.html"]).contains("Thing 59"));
    assert!(html::main_text(&built["calls/decisions/page/2/index.html"]).contains("Decision 59"));
    assert!(!built.contains_key("calls/open/page/3/index.html"));
}

#[test]
fn the_next_call_carries_what_is_open_with_its_id_and_no_name_without_consent() {
    let folder = Folder::new(&[SETTINGS, COOPS[0], COOPS[1], COOPS[2]]);
    folder.write("content/calls/2026-09.md", SEPTEMBER);
    folder.write("content/calls/2026-10.md", OCTOBER);
    let run = folder.ayni(&["new", "call"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    let actions = part(&call, "actions:", "---");
    assert_eq!(
        actions,
        "actions:\n  - id: send-photos-2026-09\n    what: \"Send photos\"\n    who: agaric\n    due: 2026-10-10\n  \
         - id: hire-a-hall-2026-09\n    what: \"Hire a hall\"\n  - id: paint-2026-09\n    what: \"Paint\"\n    \
         who: {name: \"Rui Example\", consent: true}\n  - id: tell-the-secret-2026-09\n    what: \"Tell the secret\"\n    \
         who: cep\n"
    );
    // The copy and its original are one.
    let done = call.replace("\"Hire a hall\"\n", "\"Hire a hall\"\n    dropped: true\n");
    folder.write("content/calls/2026-11.md", &done);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let words = html::main_text(&folder.read("public/calls/2026-09/index.html"));
    assert!(words.contains("Hire a hall One delegate dropped, in: "), "{words}");
}

#[test]
fn what_a_call_says_twice_is_told_with_both_places() {
    let call = "---\nstart: 2026-11-25T16:00\nturns:\n- {coop: agaric}\n- {coop: Agaric, about: Again}\n\
        matches:\n- {need: n, offer: o}\n- {need: n, offer: o, status: agreed}\n\
        actions:\n- {id: sing, what: Sing}\n- {id: sing, what: Sing}\n---\n";
    let site = Site::new(&[SETTINGS, COOPS[0], COOPS[1]])
        .file("content/needs/n.md", "---\ntitle: N\ncoop: agaric\nkind: human\n---\n")
        .file("content/offers/o.md", "---\ntitle: O\ncoop: bolete\nkind: human\n---\n")
        .file("content/calls/2026-11.md", call);
    assert_eq!(codes(&site), [Code::SaidTwice; 3]);
    let problems = site.problems();
    for told in [
        "warning: `turns` of call `2026-11` have the coop `agaric` twice",
        "content/calls/2026-11.md:5:10",
        "warning: `matches` of call `2026-11` have the need `n` with the offer `o` twice",
        "content/calls/2026-11.md:8:20",
        "warning: `actions` of call `2026-11` have the id `sing` twice",
        "content/calls/2026-11.md:11:8",
        "it stands here first",
    ] {
        assert!(problems.contains(told), "{told} is not in {problems}");
    }
    let agenda = html::main_text(&site.built()["calls/2026-11/agenda/index.html"]);
    let round = part(&agenda, "First round", "Second round");
    assert_eq!(round.matches("Agaric").count(), 1, "{round}");
}

#[test]
fn lists_of_calls_and_statistics_count_the_same() {
    let call = "---\nstart: 2026-10-28T16:00\nstatus: held\nturns:\n- {coop: agaric}\n- {coop: agaric, written: true}\n\
        - {coop: bolete, role: apology}\n- {coop: cep, role: observer}\n---\n";
    let cep = "---\ntitle: Cep\n---\n";
    let site = Site::new(&[SETTINGS, COOPS[0], COOPS[1], ("content/coops/cep.md", cep)])
        .file("content/calls/2026-10.md", call);
    let built = site.built();
    assert!(
        html::main_text(&built["calls/index.html"]).contains("2 coops"),
        "{}",
        built["calls/index.html"]
    );
    let numbers = html::main_text(&built["statistics/index.html"]);
    assert!(numbers.contains("Monthly call, October 2026 2 2 0 0"), "{numbers}");
    assert!(!html::main_text(&built["coops/bolete/index.html"]).contains("October 2026"));
}

#[test]
fn what_was_decided_can_be_searched() {
    let built = site().built();
    let files = built.iter().filter(|(path, _)| path.starts_with("search/en/"));
    let texts: String = files.map(|(_, text)| text.as_str()).collect();
    assert!(texts.contains("We paint."), "decisions are in the texts of the search");
}

#[test]
fn a_call_that_hands_an_action_over_says_to_whom() {
    let handed = SEPTEMBER.replace(
        "who: agaric, due: 2026-10-10}",
        "who: agaric, due: 2026-10-10, handed_to: bolete}",
    );
    let site =
        COOPS.into_iter().fold(Site::new(&[SETTINGS]), |site, (path, text)| site.file(path, text));
    let built = site.file("content/calls/2026-09.md", &handed).built();
    let words = html::main_text(&built["calls/2026-09/index.html"]);
    assert!(
        words.contains("Send photos Agaric handed to Bolete was due on 10 October 2026"),
        "{words}"
    );
    let open = html::main_text(&built["calls/open/index.html"]);
    assert!(!open.contains("handed to") && open.contains("Bolete"), "{open}");
}
