//! What is made for other programs: calendars by RFC 5545, feeds by RFC 4287.

use std::collections::BTreeMap;

use atom_syndication::Feed;

use super::html;
use super::site::Site;

const LONG: &str = "A long title, with commas; semicolons \\ backslashes, ünïcödé and 長い名前の集まり that has to be folded more than once";

/// Calls of every kind, one with a long title.
fn site() -> Site {
    let call = |fields: &str| format!("---\n{fields}---\n");
    Site::new(&[
        ("content/topics.yaml", "grain: {label: {en: \"Grain & <bread>\"}}\n"),
        (
            "content/calls/2026-10.md",
            &call(
                "title: October\nstart: 2026-10-28T16:00\nstatus: held\ncreated: 2026-10-01\nupdated: 2026-10-29\n",
            ),
        ),
        (
            "content/calls/2026-11.md",
            &call(&format!(
                "title: '{LONG}'\nsummary: 'Two; lines, here'\nstart: 2026-11-25T16:00\ntime_zone: America/Sao_Paulo\nduration: 2h\njoin: https://meet.example/room\n"
            )),
        ),
        (
            "content/calls/2026-12.md",
            &call("title: December\nstart: 2026-12-30T16:00\nstatus: cancelled\n"),
        ),
        ("content/calls/someday.md", &call("title: Someday\n")),
        (
            "content/coops/agaric.md",
            "---\ntitle: \"Agaric & <b>Sons</b>\"\nsummary: \"Bread & \\\"wine\\\"\"\ntopics: [grain]\ncreated: 2026-11-02\n---\n",
        ),
        ("content/coops/undated.md", "---\ntitle: Undated\n---\n"),
        (
            "content/needs/wheat.md",
            "---\ntitle: Wheat\ncoop: agaric\nkind: human\ntopics: [grain]\ncreated: 2026-11-01\nupdated: 2026-11-20\n---\n",
        ),
    ])
}

/// The lines of a calendar as they were before they were folded, by their names.
fn unfolded(calendar: &str) -> Vec<(String, String)> {
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar:?}");
    assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count());
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.is_empty());
    }
    let text = calendar.replace("\r\n ", "").replace("\r\n\t", "");
    let lines = text.split_terminator("\r\n").map(|line| {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        (name.to_owned(), value.to_owned())
    });
    lines.collect()
}

/// The events of a calendar, by the end of their addresses.
fn events(calendar: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut events = BTreeMap::new();
    let mut event: Option<BTreeMap<String, String>> = None;
    for (name, value) in unfolded(calendar) {
        match (name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT") => event = Some(BTreeMap::new()),
            ("END", "VEVENT") => {
                let event = event.take().expect("it began");
                let id = event["UID"].clone();
                assert!(events.insert(id, event).is_none(), "a UID stands twice");
            }
            _ => {
                if let Some(event) = &mut event {
                    assert!(event.insert(name.clone(), value).is_none(), "{name} stands twice");
                }
            }
        }
    }
    events
}

/// A feed as other programs read it.
#[track_caller]
pub(crate) fn feed(text: &str) -> Feed {
    assert_eq!(html::xml_fault(text), None);
    Feed::read_from(text.as_bytes()).expect("a feed")
}

/// The ids of a feed and of its entries.
pub(crate) fn ids_of_feed(text: &str) -> Vec<String> {
    let feed = feed(text);
    std::iter::once(feed.id).chain(feed.entries.into_iter().map(|entry| entry.id)).collect()
}

#[test]
fn the_calendar_of_all_calls_is_valid() {
    let built = site().built();
    let calendar = &built["calls.ics"];
    let head = unfolded(calendar);
    let of = |name: &str| head.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
    assert_eq!((of("BEGIN"), of("VERSION")), (Some("VCALENDAR"), Some("2.0")));
    assert!(of("PRODID").is_some_and(|it| !it.is_empty()));
    let events = events(calendar);
    let ids: Vec<&str> = events.keys().map(String::as_str).collect();
    assert_eq!(
        ids,
        ["call-2026-10@test.example", "call-2026-11@test.example", "call-2026-12@test.example"],
        "a call without a day is not in it"
    );
    let november = &events["call-2026-11@test.example"];
    let escaped = LONG.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    for (name, value) in [
        ("SUMMARY", escaped.as_str()),
        ("DESCRIPTION", "Two\\; lines\\, here"),
        ("DTSTART", "20261125T190000Z"),
        ("DURATION", "PT120M"),
        ("URL", "https://test.example/dir/calls/2026-11/"),
        ("LOCATION", "https://meet.example/room"),
        ("STATUS", "CONFIRMED"),
        ("SEQUENCE", "0"),
    ] {
        assert_eq!(november.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(events["call-2026-12@test.example"]["STATUS"], "CANCELLED");
    assert_ne!(events["call-2026-12@test.example"]["SEQUENCE"], "0");
    for event in events.values() {
        let stamp = &event["DTSTAMP"];
        assert!(stamp.len() == 16 && stamp.ends_with('Z'), "{stamp}");
    }
}

#[test]
fn each_call_has_a_calendar_of_its_own() {
    let built = site().built();
    let all = events(&built["calls.ics"]);
    for id in ["2026-10", "2026-11", "2026-12"] {
        let own = events(&built[&format!("calls/{id}.ics")]);
        let uid = format!("call-{id}@test.example");
        assert_eq!(own.keys().collect::<Vec<_>>(), [&uid]);
        assert_eq!(own[&uid], all[&uid], "it says the same as that of all");
    }
    assert!(!built.contains_key("calls/someday.ics"));
}

#[test]
fn a_call_keeps_its_place_in_calendars_when_it_changes() {
    let before = events(&site().built()["calls.ics"]);
    let moved = "---\ntitle: Moved\nstart: 2026-11-26T17:00\ncreated: 2026-11-01\nupdated: 2026-11-22\n---\n";
    let mut site = site().file("content/calls/2026-11.md", moved);
    site.options.today = jiff::civil::date(2026, 11, 24);
    let after = events(&site.built()["calls.ics"]);
    assert!(before.keys().eq(after.keys()), "the same UIDs");
    let uid = "call-2026-11@test.example";
    assert_ne!(before[uid]["DTSTART"], after[uid]["DTSTART"]);
    assert_eq!(after[uid]["DTSTAMP"], "20261122T000000Z");
    assert_eq!(after[uid]["LAST-MODIFIED"], "20261122T000000Z");
    assert_eq!(before[uid].get("LAST-MODIFIED"), None, "nobody said when");
    assert_eq!((&*before[uid]["SEQUENCE"], &*after[uid]["SEQUENCE"]), ("0", "19644"));
    let other = "call-2026-12@test.example";
    assert_eq!(before[other], after[other], "nothing in it depends on the day");
}

#[test]
fn feeds_are_read_by_others() {
    let built = site().built();
    let feeds = built.iter().filter(|(path, _)| path.ends_with(".atom"));
    let mut count = 0;
    for (path, text) in feeds {
        assert_eq!(html::xml_fault(text), None, "{path}");
        let feed =
            Feed::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(feed.id, format!("https://test.example/dir/{path}"));
        assert!(!feed.title.value.is_empty() && !feed.authors.is_empty(), "{path}");
        assert!(feed.links.iter().any(|link| link.rel == "self" && link.href == feed.id), "{path}");
        let newest = feed.entries.iter().map(|entry| entry.updated).max();
        assert!(newest.is_none_or(|newest| feed.updated == newest), "{path}");
        for entry in &feed.entries {
            let file = entry.id.strip_prefix("https://test.example/dir/").expect("an own address");
            assert!(built.contains_key(&format!("{file}index.html")), "{path}: {}", entry.id);
            assert!(entry.links.iter().any(|link| link.href == entry.id), "{path}");
        }
        count += 1;
    }
    assert!(count >= 4, "only {count} feeds");
    for path in ["coops.atom", "needs.atom", "offers.atom", "matches.atom", "topics/grain.atom"] {
        assert!(built.contains_key(path), "{path}");
    }
}

#[test]
fn a_feed_has_the_newest_first_and_keeps_what_is_written() {
    let built = site().built();
    let feed = Feed::read_from(built["topics/grain.atom"].as_bytes()).expect("a feed");
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.value.as_str()).collect();
    assert_eq!(titles, ["Wheat", "Agaric & <b>Sons</b>"]);
    assert!(feed.title.value.contains("Grain & <bread>"), "{}", feed.title.value);
    let coop = &feed.entries[1];
    assert_eq!(coop.summary.as_ref().map(|it| it.value.as_str()), Some("Bread & \"wine\""));
    assert_eq!(coop.updated.to_rfc3339(), "2026-11-02T00:00:00+00:00");
    assert_eq!(
        feed.entries[0].published.map(|it| it.to_rfc3339()).as_deref(),
        Some("2026-11-01T00:00:00+00:00")
    );
    assert_eq!(feed.entries[0].updated.to_rfc3339(), "2026-11-20T00:00:00+00:00");
    let coops = Feed::read_from(built["coops.atom"].as_bytes()).expect("a feed");
    let titles: Vec<&str> = coops.entries.iter().map(|entry| entry.title.value.as_str()).collect();
    assert_eq!(titles, ["Agaric & <b>Sons</b>", "Undated"]);
}

/// So many needs of a year, a day apart; those of December are over.
fn dated_needs(of_december: &str) -> BTreeMap<String, String> {
    let need = |created: &str, fields: &str| {
        format!(
            "---\ntitle: N{created}\ncoop: agaric\nkind: human\ntopics: [grain]\ncreated: {created}\n{fields}---\n"
        )
    };
    let files = (1..=60).map(|at| {
        let (month, day) = if at <= 30 { (11, at) } else { (12, at - 30) };
        let created = format!("2025-{month}-{day:02}");
        let text = need(&created, if month == 12 { of_december } else { "" });
        (format!("content/needs/n{at}.md"), text)
    });
    let files: Vec<(String, String)> = files.collect();
    let mut all = vec![
        ("content/topics.yaml", "grain: {label: {en: Grain}}\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
    ];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    Site::new(&all).built()
}

#[test]
fn nothing_old_comes_into_a_feed_when_something_newer_ends() {
    let entries = |built: &BTreeMap<String, String>, path: &str| -> Vec<String> {
        let feed = Feed::read_from(built[path].as_bytes()).expect("a feed");
        feed.entries.iter().map(|entry| entry.title.value.clone()).collect()
    };
    let (open, ended) = (dated_needs(""), dated_needs("until: 2026-01-31\n"));
    for path in ["needs.atom", "topics/grain.atom"] {
        let before = entries(&open, path);
        assert_eq!(before.len(), 50);
        let after = entries(&ended, path);
        let still_open: Vec<&String> =
            before.iter().filter(|it| it.starts_with("N2025-11")).collect();
        assert_eq!(after.iter().collect::<Vec<_>>(), still_open, "{path}");
        assert_eq!(after.first().map(String::as_str), Some("N2025-11-30"), "{path}");
        assert_eq!(after.len(), 20, "{path}");
    }
}

#[test]
fn an_index_for_other_tools_is_written_where_a_site_asks_for_one() {
    let site = Site::new(&[
        ("site.yaml", "title: Test\nlanguages: [en, es]\nsearch: {export: lunr}\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\nsummary: Bakers\n---\nLoaves.\n"),
    ]);
    let built = site.built();
    for (language, path) in [("en", "coops/agaric/"), ("es", "es/coops/agaric/")] {
        let index: serde_json::Value =
            serde_json::from_str(&built[&format!("search/{language}/lunr.json")]).expect("JSON");
        assert_eq!(index["fields"], serde_json::json!(["title", "summary", "text"]));
        assert_eq!(index["documentStore"]["docs"][path]["title"], "Agaric");
    }
    let plan = site.prepare().plan;
    let large = plan.large_exports(100);
    assert!(
        large.iter().any(|(path, size)| path == "search/en/lunr.json" && *size > 100),
        "{large:?}"
    );
    assert_eq!(plan.large_exports(ayni::exchange::lunr::LARGE), []);
    let site = site.file("site.yaml", "title: Test\n");
    assert!(!site.built().contains_key("search/en/lunr.json"));
}
