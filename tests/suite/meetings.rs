//! Pages on which people meet: calls with their turns and what came of them, and matches.

use std::collections::BTreeMap;

use super::html::facts;
use super::site::{Folder, Site};

fn site() -> Site {
    Site::new(&FILES)
}

/// Two calls that were held, one to come, and what was said in them.
const FILES: [(&str, &str); 12] = [
    (
        "site.yaml",
        "title: Test\ncalls: {title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE}\n\
             facilitator: {type: form, value: https://help.example/}\n",
    ),
    ("content/topics.yaml", "grain: {label: {en: Grain}}\n"),
    (
        "content/coops/agaric.md",
        "---\ntitle: Agaric\ncountry: BR\ncity: Recife\nlanguages: [pt]\ncontact: {type: url, value: https://agaric.example/hello}\n---\n",
    ),
    (
        "content/coops/bolete.md",
        "---\ntitle: Bolete\nlanguages: [pt]\ncontact: {type: email, value: mail@bolete.example}\n---\n",
    ),
    ("content/coops/cep.md", "---\ntitle: Cep\n---\n"),
    (
        "content/needs/wheat.md",
        "---\ntitle: Hands for wheat\nsummary: A week in August.\ncoop: agaric\nkind: human\ntopics: [grain]\nraised_in: 2026-09\n---\nHarvest.\n",
    ),
    ("content/needs/rye.md", "---\ntitle: Rye\ncoop: agaric\nkind: technical\n---\n"),
    (
        "content/offers/tractor.md",
        "---\ntitle: A tractor\ncoop: bolete\nkind: human\ntopics: [grain]\n---\nWheat, harvest.\n",
    ),
    (
        "content/calls/2026-09.md",
        "---\nstart: 2026-09-30T16:00\nstatus: held\nturns: [{coop: agaric, needs: [wheat]}]\n---\n",
    ),
    (
        "content/calls/2026-10.md",
        "---\nnumber: 2\nstart: 2026-10-28T16:00\nstatus: held\nlanguages: [pt]\ninterpretation: [en]\n\
             facilitator: cep\nnote_taker: {name: Ana Example, consent: true}\n\
             turns:\n- {coop: agaric, about: 'We *grow*.', needs: [wheat, rye], delegate: {name: Rui Example, consent: true}}\n\
             - {coop: bolete, offers: [tractor], written: true, delegate: {name: Nobody Example}}\n\
             - {coop: cep, role: observer}\n\
             matches: [{need: wheat, offer: tractor, note: From August on}]\n\
             decisions: [We meet *earlier*.]\n\
             actions:\n- {what: Write it up, who: bolete, due: 2026-11-20}\n- {what: Ask, done: true}\n\
             recording: {url: https://video.example/10}\n---\nWe talked about [[wheat|grain]].\n",
    ),
    (
        "content/calls/2026-11.md",
        "---\nstart: 2026-11-25T16:00\ntime_zone: Europe/London\njoin: https://meet.example/room\nturns: [{coop: agaric}]\n---\n",
    ),
    (
        "content/matches/wheat--tractor.md",
        "---\nneed: wheat\noffer: tractor\nstatus: agreed\nintroduced_in: 2026-10\noutcome: Two weeks\ncreated: 2026-11-10\n---\n",
    ),
];

#[track_caller]
fn assert_in_order(page: &str, words: &[&str]) {
    let mut rest = page;
    for word in words {
        let Some(at) = rest.find(word) else {
            panic!("`{word}` is missing or out of order in\n{page}")
        };
        rest = &rest[at + word.len()..];
    }
}

fn built() -> BTreeMap<String, String> {
    let site = site();
    assert_eq!(site.problems(), "");
    site.built()
}

#[test]
fn the_page_of_a_call_keeps_all_that_was_said() {
    let page = facts(&built()["calls/2026-10/index.html"]);
    assert_in_order(
        &page,
        &[
            "# Monthly call, October 2026",
            "28 October 2026, 16:00 (UTC)",
            "Facilitated by",
            "[Cep](../../coops/cep/)",
            "Notes by",
            "Ana Example",
            "Portuguese",
            "English",
            "[Watch the recording](https://video.example/10)",
            "Who took part",
            "[Agaric](../../coops/agaric/)",
            "[Bolete](../../coops/bolete/) first time",
            "[Cep](../../coops/cep/) observer",
            "Three rounds",
            "[Agaric](../../coops/agaric/)",
            "Rui Example",
            "We grow.",
            "Looks for",
            "[Hands for wheat](../../needs/wheat/)",
            "[Rye](../../needs/rye/)",
            "[Bolete](../../coops/bolete/)",
            "in writing",
            "[A tractor](../../offers/tractor/)",
            "Matches made",
            "introduced",
            "now agreed",
            "[Agaric and Bolete](../../matches/wheat--tractor/)",
            "From August on",
            "Decisions",
            "We meet earlier.",
            "Actions",
            "Write it up",
            "[Bolete](../../coops/bolete/)",
            "was due on 20 November 2026",
            "Ask",
            "done",
            "Notes",
            "[grain](../../needs/wheat/)",
            "[Monthly call, September 2026](../../calls/2026-09/)",
            "[Monthly call, November 2026](../../calls/2026-11/)",
        ],
    );
    assert!(!page.contains("Nobody Example"), "without consent only the role is shown: {page}");
    assert!(!page.contains("Join"), "it is over");
}

#[test]
fn a_call_that_looks_back_does_not_claim_to_have_made_the_match() {
    let held = |matches: &str| {
        format!(
            "---\nstart: 2026-11-11T16:00\nstatus: held\nturns: [{{coop: agaric}}]\nmatches: [{matches}]\n---\n"
        )
    };
    let page = |matches: &str, path: &str| {
        let site = site().file("content/calls/2026-11-11.md", &held(matches));
        facts(&site.built()[&format!("{path}index.html")])
    };
    let back = "What became of earlier introductions";
    for (status, label) in [
        ("lapsed", "lapsed"),
        ("agreed", "agreed"),
        ("fulfilled", "fulfilled"),
        ("introduced", "introduced"),
    ] {
        let earlier =
            format!("{{need: wheat, offer: tractor, status: {status}, note: So it went}}");
        let shown = page(&earlier, "calls/2026-11-11/");
        assert!(!shown.contains("Matches made"), "{status}: {shown}");
        let link = "[Monthly call, October 2026](../../calls/2026-10/)";
        let pair = "[Agaric and Bolete](../../matches/wheat--tractor/)";
        assert_in_order(&shown, &[back, back, label, pair, "So it went", "Introduced in:", link]);
        let made = page(&earlier, "calls/2026-10/");
        assert_in_order(&made, &["Matches made", "Matches made", "introduced", pair]);
        assert!(!made.contains(back) && !made.contains("Introduced in:"), "{made}");
        // A new pair is made here all the same.
        let both = format!("{earlier}, {{need: rye, offer: tractor}}");
        let shown = page(&both, "calls/2026-11-11/");
        let rye = "(../../matches/rye--tractor/)";
        assert_in_order(&shown, &["Matches made", back, "Matches made", rye, back, pair]);
    }
    // After nothing had come of it, they were introduced again.
    let site = site()
        .file("content/calls/2026-11-11.md", &held("{need: wheat, offer: tractor, status: lapsed}"))
        .file(
            "content/calls/2026-11-18.md",
            &held("{need: wheat, offer: tractor}").replace("11-11T", "11-18T"),
        );
    let shown = facts(&site.built()["calls/2026-11-18/index.html"]);
    assert!(shown.contains("Matches made") && !shown.contains(back), "{shown}");
}

#[test]
fn a_call_to_come_says_when_and_how_to_join() {
    let built = built();
    let page = facts(&built["calls/2026-11/index.html"]);
    assert_in_order(
        &page,
        &[
            "25 November 2026, 16:00 (Europe/London)",
            "[Join the call](https://meet.example/room)",
            "[Add to calendar](../../calls/2026-11.ics)",
            "For each delegate 2 min.",
            "Who is expected",
            "Agaric",
        ],
    );
    assert_in_order(&facts(&built["index.html"]), &["Next call", "25 November 2026", "16:00"]);
    let list = facts(&built["calls/index.html"]);
    assert_in_order(&list, &["November 2026", "October 2026", "September 2026"]);
    let year = facts(&built["calls/2026/index.html"]);
    assert!(year.contains("Calls in 2026") && year.contains("(../../calls/2026-10/)"), "{year}");
}

#[test]
fn calls_are_linked_from_all_that_was_in_them() {
    let built = built();
    let october = "[Monthly call, October 2026](../../calls/2026-10/)";
    for (path, heading) in [
        ("coops/agaric/index.html", "Calls it took part in"),
        ("needs/wheat/index.html", "Calls in which it was mentioned"),
        ("offers/tractor/index.html", "Calls in which it was mentioned"),
        ("matches/wheat--tractor/index.html", "What has happened so far"),
    ] {
        assert_in_order(&facts(&built[path]), &[heading, october]);
    }
    let need = facts(&built["needs/wheat/index.html"]);
    assert_in_order(
        &need,
        &["First said in", "[Monthly call, September 2026](../../calls/2026-09/)"],
    );
}

#[test]
fn a_match_shows_both_sides_and_why_they_fit() {
    let page = facts(&built()["matches/wheat--tractor/index.html"]);
    assert_in_order(
        &page,
        &[
            "agreed",
            "# Agaric and Bolete",
            "They have agreed to do it.",
            "[Hands for wheat](../../needs/wheat/)",
            "[Agaric](../../coops/agaric/)",
            "Recife, Brazil",
            "A week in August.",
            "Human",
            "(https://agaric.example/hello)",
            "[A tractor](../../offers/tractor/)",
            "[Bolete](../../coops/bolete/)",
            "There is no public contact. The facilitator passes messages on:",
            "(https://help.example/)",
            "Why they fit",
            "The kind of help fits: Human.",
            "What has happened so far",
            "They were introduced.",
            "They agreed to do it.",
            "Two weeks",
        ],
    );
    for reason in ["Both are about Grain", "Both work in Portuguese.", "wheat"] {
        assert!(page.contains(reason), "{reason}: {page}");
    }
    assert!(!page.contains("mail@bolete.example"), "{page}");
}

#[test]
fn the_network_sees_both_contacts() {
    let page = facts(&site().for_the_network().built()["matches/wheat--tractor/index.html"]);
    assert!(page.contains("(mailto:mail@bolete.example)"), "{page}");
    assert!(page.contains("network only") && !page.contains("The facilitator passes"), "{page}");
}

#[test]
fn needs_and_offers_lead_to_each_other_by_their_match() {
    let site = site();
    for is_decided in [true, false] {
        let mut site = site.clone();
        if !is_decided {
            site.sources.texts.retain(|path, _| !path.contains("matches/"));
        }
        let built = site.built();
        for (path, side) in [("needs/wheat", "A tractor"), ("offers/tractor", "Hands for wheat")] {
            let page = facts(&built[&format!("{path}/index.html")]);
            assert!(page.contains("(../../matches/wheat--tractor/)"), "{path}: {page}");
            assert!(page.contains(side), "{path}: {page}");
        }
        assert!(facts(&built["matches/index.html"]).contains("(../matches/wheat--tractor/)"));
        assert!(facts(&built["matches/index.html"]).contains("1 match."));
    }
}

const TWO_SERIES: &str = "title: Test
calls:
  - {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '16:00', time_zone: Europe/London}
  - {id: early, title: Early call, rrule: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU, start: '09:30', time_zone: Asia/Kolkata,
     from: 2026-12-01, duration: 45m, join: https://meet.example/early, visibility: network}
";

#[test]
fn each_of_several_series_has_its_page_its_days_and_its_calendar() {
    let early = "---\nseries: early\nstart: 2026-12-15T09:30\n---\n";
    let files = site().file("site.yaml", TWO_SERIES).file("content/calls/early.md", early);
    let files = files.file(
        "content/calls/2026-10.md",
        "---\nseries: monthly\nstart: 2026-10-28T16:00\nstatus: held\nmatches: [{need: wheat, offer: tractor}]\n---\n",
    );
    // Where there are several, each call says which is its own.
    let files = FILES
        .iter()
        .filter(|(path, _)| ["calls/2026-09", "calls/2026-11"].iter().any(|it| path.contains(it)))
        .fold(files, |files, (path, text)| {
            files.file(path, &text.replacen("---\n", "---\nseries: monthly\n", 1))
        });
    let built = files.built();
    let page = &built["calls/series/early/index.html"];
    assert_in_order(
        page,
        &[
            "<h1>",
            "Early call",
            "datetime=\"2026-12-01T04:00:00Z\"",
            "Tuesday, 1 December 2026, 09:30 (Asia/Kolkata)",
            // The fifteenth has a call of its own.
            "datetime=\"2026-12-29T04:00:00Z\"",
            "href=\"../../../calls/series/early.ics\"",
            "Next call",
            "datetime=\"2026-12-15T04:00:00Z\"",
        ],
    );
    assert!(!page.contains("meet.example"), "the room is for the network");
    assert!(!page.contains("calls/2026-10/"), "a call of the other series");
    assert!(built["calls/series/monthly/index.html"].contains("href=\"../../../calls/2026-10/\""));
    assert!(built["calls/index.html"].contains("href=\"../calls/series/early/\""));
    assert!(built["calls/early/index.html"].contains("href=\"../../calls/series/early/\""));
    let calendar = &built["calls/series/early.ics"];
    assert!(calendar.contains("TZID=Asia/Kolkata") && !calendar.contains("Europe/London"));
    assert!(calendar.contains("UID:call-early@") && !calendar.contains("UID:call-2026-10@"));
    // One series alone is the archive itself.
    let built = site().built();
    assert!(!built.keys().any(|path| path.starts_with("calls/series/")));
    assert!(
        built["calls/2026-10/index.html"].contains("<a href=\"../../calls/\">Monthly call</a>")
    );
}

#[test]
fn statistics_name_the_topics_that_are_missed() {
    let lonely = "---\ntitle: A mill\ncoop: cep\nkind: technical\ntopics: [milling]\n---\n";
    let topics = "grain: {label: {en: Grain}}\nmilling: {label: {en: Milling}}\n";
    let files = site().file("content/needs/mill.md", lonely).file("content/topics.yaml", topics);
    let built = files.built();
    let rows = facts(&built["statistics/index.html"]);
    assert!(built["statistics/index.html"].contains(
        "<th scope=\"row\"><a href=\"../topics/milling/\">Milling</a></th><td>1</td><td>1</td><td>0</td><td>0</td>"
    ), "{rows:?}");
}

#[test]
fn statistics_count_what_came_of_it() {
    let page = facts(&built()["statistics/index.html"]);
    for line in ["Coops", "3", "Calls held", "2", "agreed"] {
        assert!(page.contains(line), "{line}: {page}");
    }
    // The latest call first: coops, those for the first time, introductions, those that agreed.
    assert_in_order(
        &page,
        &["[Monthly call, October 2026]", "3", "2", "1", "1", "[Monthly call, September 2026]"],
    );
    assert!(!page.contains("November 2026"), "it has not been held: {page}");
}

#[test]
fn a_call_to_come_suggests_introductions_among_its_delegates() {
    let turns = "turns: [{coop: agaric}, {coop: bolete}]\nstart: 2026-11-25T16:00\n";
    let call = format!("---\n{turns}---\n");
    let mut site = site().file("content/calls/2026-11.md", &call);
    let page = |site: &Site| facts(&site.built()["calls/2026-11/index.html"]);
    let nothing = "Nothing that is looked for and nothing that is offered";
    assert!(page(&site).contains(nothing), "people have decided on the pair: {}", page(&site));
    site.sources.texts.retain(|path, _| !path.contains("matches/") && !path.contains("2026-10"));
    assert_in_order(
        &page(&site),
        &[
            "[Suggested introductions](#Introductions)",
            "Suggested introductions",
            "none takes part in more than 2.",
            "[Agaric and Bolete](../../matches/wheat--tractor/)",
            "[Hands for wheat](../../needs/wheat/)",
            "[A tractor](../../offers/tractor/)",
            " of 100",
            "Both are about Grain",
        ],
    );
    let held = format!("---\n{turns}status: held\n---\n");
    let only = "---\nturns: [{coop: agaric}]\nstart: 2026-11-25T16:00\n---\n";
    for text in [held.as_str(), only] {
        let page = page(&site.clone().file("content/calls/2026-11.md", text));
        assert!(!page.contains("Suggested introductions"), "{page}");
    }
}

#[test]
fn an_introduction_without_a_page_leads_to_its_need_and_offer() {
    let site = site().file("content/calls/2026-10.md", "---\nstart: 2026-10-28T16:00\n---\n");
    let call = "---\nturns: [{coop: agaric}, {coop: bolete}]\nstart: 2026-11-25T16:00\n---\n";
    let mut site = site.file("content/calls/2026-11.md", call);
    site.sources.texts.retain(|path, _| !path.contains("matches/"));
    // The directory as a whole has a better offer, and shows one for each need.
    let settings = "title: Test\nmatching: {limit: 1}\n";
    let better = "---\ntitle: Hands for wheat\nsummary: A week in August.\ncoop: cep\nkind: human\n\
                  topics: [grain]\nlanguages: [pt]\nmode: remote\n---\nHarvest.\n";
    let site = site.file("site.yaml", settings).file("content/offers/hands.md", better);
    let built = site.built();
    assert!(!built.contains_key("matches/wheat--tractor/index.html"));
    let page = facts(&built["calls/2026-11/index.html"]);
    assert!(!page.contains("matches/wheat--tractor"), "{page}");
    assert_in_order(
        &page,
        &["### Agaric and Bolete", "(../../needs/wheat/)", "(../../offers/tractor/)"],
    );
}

#[test]
fn a_call_to_come_has_an_agenda_with_clock_times() {
    let built = site().built();
    let page = &built["calls/2026-11/agenda/index.html"];
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no `{text}` in\n{page}"));
    // Agaric has been there before, so nobody is new; the half hour is by the clock of London.
    let parts = ["16:00", "Welcome", "16:05", "First round", "16:07", "Second round", "16:09"];
    assert!(parts.windows(2).all(|two| at(two[0]) < at(two[1])), "{page}");
    assert!(page.contains("datetime=\"2026-11-25T16:05:00Z\""), "{page}");
    // Both of its needs are open, though the turn names none.
    assert!(
        at("Second round") < at("Hands for wheat") && at("Hands for wheat") < at("Third round")
    );
    assert!(page.contains("Write it up") && !page.contains("Ask</p>"), "{page}");
    // They have agreed, so that nobody has to be asked.
    assert!(!page.contains("matches/wheat--tractor/"), "{page}");
    assert!(built["calls/2026-11/index.html"].contains("calls/2026-11/agenda/\""));
    // What is over leads on.
    let former = &built["calls/2026-10/agenda/index.html"];
    assert!(former.contains("url=../"), "{former}");
}

#[test]
fn only_a_call_to_come_says_how_to_take_part_in_writing() {
    let built = site().built();
    let (ahead, held) = (&built["calls/2026-11/index.html"], &built["calls/2026-10/index.html"]);
    assert!(ahead.contains("Take part in writing"), "{ahead}");
    assert!(ahead.contains("https://help.example/"), "whom to write to");
    assert!(!held.contains("Take part in writing"), "{held}");
}

#[test]
fn an_agenda_is_printed_for_a_chat_or_a_pad() {
    let folder = Folder::new(&FILES);
    let run = folder.ayni(&["call", "agenda", "2026-11", "--today", "2026-11-22"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("MONTHLY CALL, NOVEMBER 2026\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\n16:07 Second round"), "{}", run.stdout);
    assert!(
        run.stdout.contains("\n- 16:07 Agaric\n  - Rye\n  - Hands for wheat\n"),
        "{}",
        run.stdout
    );
    let words = ["call", "agenda", "2026-11", "--format", "markdown", "--today", "2026-11-22"];
    let run = folder.ayni(&words);
    assert!(run.stdout.contains("\n## 16:07 Second round"), "{}", run.stdout);
    let run = folder.ayni(&["call", "agenda", "2026-11", "--lang", "xx"]);
    assert_eq!(run.stderr, "error: the site is not in `xx`; its languages are en\n");
    let run = folder.ayni(&["call", "agenda", "2026-1"]);
    assert!(run.stderr.contains("there is no call `2026-1`; did you mean"), "{}", run.stderr);
}

#[test]
fn a_time_that_the_clocks_skip_is_told_and_shown_as_one_hour_everywhere() {
    let call = |zone: &str, start: &str| {
        Site::new(&[
            ("site.yaml", "title: T\nbase_url: https://t.example/\n"),
            (
                "content/calls/2027-03.md",
                &format!("---\ntitle: C\ntime_zone: {zone}\nstart: {start}\n---\n"),
            ),
        ])
    };
    let site = call("Europe/Berlin", "2027-03-28T02:30");
    assert_eq!(
        site.problems(),
        "warning: call `2027-03`: `start` is `2027-03-28T02:30`, which the clocks of Europe/Berlin skip on that day
 --> content/calls/2027-03.md:4:8
  |
4 | start: 2027-03-28T02:30
  |        ^^^^^^^^^^^^^^^^
hint: write `2027-03-28T03:30`, if that is meant [skipped-time]
"
    );
    let built = site.built();
    assert!(built["calls/2027-03/index.html"].contains("03:30"));
    for (path, text) in &built {
        assert!(!text.contains("02:30") && !text.contains("T023000"), "{path}");
    }
    let event = "DTSTART:20270328T013000Z";
    assert!(built["calls.ics"].contains(event), "{}", built["calls.ics"]);
    for (zone, start) in [
        ("Europe/Berlin", "2027-03-28T03:30"),
        ("Europe/Berlin", "2026-10-25T02:30"),
        ("America/Lima", "2027-03-28T02:30"),
    ] {
        assert_eq!(call(zone, start).problems(), "", "{zone} {start}");
    }
}
