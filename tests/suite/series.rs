//! Series of calls over the years: their keys, their former names, and what calendars keep of them.

use std::collections::BTreeMap;

use super::html::facts;
use super::site::{Folder, Site, check};

/// A site whose series has these fields beside its title, rule, hour and zone.
fn settings(more: &str) -> String {
    format!(
        "title: Test\nbase_url: https://test.example/dir/\n\
         calls: {{title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '16:00', time_zone: Europe/London{more}}}\n"
    )
}

/// A held call that says all for itself.
const HELD: &str = "---\nseries: monthly\nnumber: 1\nstart: 2026-10-28T16:00\ntime_zone: Europe/London\nduration: 90m\n\
                    minutes: {about: 2, needs: 2, offers: 2}\nstatus: held\ncreated: 2026-10-01\n---\n";

fn site(more: &str) -> Site {
    Site::new(&[("site.yaml", &settings(more)), ("content/calls/2026-10.md", HELD)])
}

fn calendar(site: &Site) -> String {
    site.built()["calls.ics"].replace("\r\n ", "").replace("\r\n", "\n")
}

/// The lines of a calendar that begin so.
fn lines<'a>(calendar: &'a str, start: &str) -> Vec<&'a str> {
    calendar.lines().filter(|line| line.starts_with(start)).collect()
}

#[test]
fn after_its_last_day_no_call_of_a_series_is_announced() {
    // The 30th of December is its next day but one.
    for (until, rule, days) in [
        ("2026-12-30", "RRULE:FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20261230T235959Z", 2),
        ("2026-12-29", "RRULE:FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20261229T235959Z", 1),
        ("2027-06-30", "RRULE:FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20270630T225959Z", 3),
    ] {
        let site = site(&format!(", id: monthly, until: {until}"));
        assert_eq!(site.problems(), "", "{until}");
        assert_eq!(lines(&calendar(&site), "RRULE:FREQ=MONTHLY"), [rule], "{until}");
        // With another one beside it, it has a page.
        let two = settings("").replace("calls: ", "calls:\n  - ").replace(
            "London}",
            &format!("London, id: monthly, until: {until}}}\n  - {{id: b, title: B}}"),
        );
        let page = &site.file("site.yaml", &two).built()["calls/series/monthly/index.html"];
        assert_eq!(page.matches("(Europe/London)").count(), days + 1, "{until}: {page}");
        assert!(facts(page).contains("It ends on"), "{page}");
    }
    let ended = site(", id: monthly, until: 2026-11-01");
    let calendar = calendar(&ended);
    assert_eq!(lines(&calendar, "RRULE"), [""; 0]);
    assert_eq!(lines(&calendar, "UID"), ["UID:call-2026-10@test.example"]);
}

#[test]
fn no_call_is_begun_of_a_series_that_has_ended() {
    let folder = Folder::new(&[
        ("site.yaml", &settings(", id: monthly, until: 2026-11-30, aliases: [calls]")),
        ("content/calls/2026-10.md", HELD),
    ]);
    let run = folder.ayni(&["new", "call", "calls"]);
    check(&run, 0, "content/calls/2026-11.md\npads/2026-11.md\n", "");
    assert!(folder.read("content/calls/2026-11.md").starts_with(
        "---\nseries: monthly\nnumber: 2\nstart: 2026-11-25T16:00\ntime_zone: Europe/London\nduration: 90m\n\
         minutes: {about: 2, needs: 2, offers: 2}\nstatus: planned\n"
    ));
    let message = "error: the series `monthly` has no further call: it ends on 2026-11-30, by `until` in site.yaml\n";
    check(&folder.ayni(&["new", "call"]), 2, "", message);
}

#[test]
fn a_series_that_is_renamed_keeps_its_place_and_its_addresses() {
    let monthly = "{id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '16:00', time_zone: Europe/London";
    let two = |first: &str| {
        let second = "{id: early, title: Early call, rrule: FREQ=WEEKLY;BYDAY=TU, start: '09:00', time_zone: UTC}";
        format!(
            "title: Test\nbase_url: https://test.example/dir/\ncalls:\n  - {first}}}\n  - {second}\n"
        )
    };
    let before = site("").file("site.yaml", &two(monthly)).built();
    let renamed = monthly.replace("id: monthly", "id: assembly, aliases: [monthly, plenary]");
    // The file of the call goes on naming it as before.
    let site = site("").file("site.yaml", &two(&renamed));
    assert_eq!(site.problems(), "");
    let after = site.built();
    for former in ["monthly", "plenary"] {
        let page = &after[&format!("calls/series/{former}/index.html")];
        assert!(page.contains("url=../../../calls/series/assembly/"), "{page}");
        assert_eq!(
            after[&format!("calls/series/{former}.ics")],
            after["calls/series/assembly.ics"]
        );
    }
    assert_eq!(before["calls.ics"], after["calls.ics"], "calendars see nothing of it");
    assert!(after["calls/series/assembly/index.html"].contains("calls/2026-10/"));
    assert!(after["calls.ics"].contains("UID:series-monthly@test.example"));
}

#[test]
fn where_only_one_series_is_left_the_addresses_of_all_lead_to_it() {
    let built = site(", id: monthly, aliases: [early]").built();
    for former in ["early", "monthly"] {
        let page = &built[&format!("calls/series/{former}/index.html")];
        assert!(page.contains("url=../../../calls/"), "{page}");
        assert!(built[&format!("calls/series/{former}.ics")].contains("UID:series-early@"));
    }
}

#[test]
fn a_call_that_is_renamed_keeps_its_place_in_calendars() {
    let before = site(", id: monthly").built();
    let mut site = site(", id: monthly");
    site.sources.texts.remove("content/calls/2026-10.md");
    let renamed = HELD.replace("created", "aliases: [2026-10, first-call]\ncreated");
    let after = site.file("content/calls/the-first.md", &renamed).built();
    let at = |calendar: &str| calendar.replace("calls/2026-10/", "calls/the-first/");
    assert_eq!(at(&before["calls.ics"]), after["calls.ics"]);
    for former in ["2026-10", "first-call"] {
        assert_eq!(after[&format!("calls/{former}.ics")], after["calls/the-first.ics"]);
    }
}

#[test]
fn the_names_of_series_are_settled() {
    let settings = "title: T\ncalls:\n  - {id: a, title: A, aliases: [b, a, c]}\n  - {id: c, title: C}\n  \
                    - {id: d, title: D, aliases: [b], from: 2026-10-01, until: 2026-09-30}\n  - {id: none, title: N}\n";
    assert_eq!(
        Site::new(&[("site.yaml", settings)]).problems(),
        "error: the former id `a` of the series `a` is an id of a series already
 --> site.yaml:3:36
  |
3 |   - {id: a, title: A, aliases: [b, a, c]}
  |                                    ^
hint: remove it here [id-clash]

error: the site has two series of calls `c`
 --> site.yaml:4:5
  |
4 |   - {id: c, title: C}
  |     ^
hint: give each an `id` of its own [id-clash]

error: the former id `b` of the series `d` is an id of a series already
 --> site.yaml:5:33
  |
5 |   - {id: d, title: D, aliases: [b], from: 2026-10-01, until: 2026-09-30}
  |                                 ^
hint: remove it here [id-clash]

error: `calls` of the site ends before it begins
 --> site.yaml:5:62
  |
5 |   - {id: d, title: D, aliases: [b], from: 2026-10-01, until: 2026-09-30}
  |                                                              ^^^^^^^^^^
hint: `until` is the last day, `from` the first [dates-reversed]

error: `calls` of the site: `id` is `none`, which says in the file of a call that it belongs to no series
 --> site.yaml:6:10
  |
6 |   - {id: none, title: N}
  |          ^^^^
hint: choose another name [reserved-id]
"
    );
}

/// Every id of a feed and of calendars.
fn ids(built: &BTreeMap<String, String>) -> Vec<String> {
    let feeds = built.iter().filter(|(path, _)| path.ends_with(".atom"));
    let of_feed = |text: &String| -> Vec<String> {
        text.split("<id>")
            .skip(1)
            .map(|id| id.split("</id>").next().unwrap_or("").to_owned())
            .collect()
    };
    let calendars = built.iter().filter(|(path, _)| path.ends_with(".ics"));
    let of_calendar = |text: &String| {
        text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect()
    };
    let feeds = feeds.flat_map(|(_, text)| of_feed(text));
    feeds
        .chain(calendars.flat_map(|(_, text): (_, &String)| -> Vec<String> { of_calendar(text) }))
        .collect()
}

#[test]
fn a_site_that_moves_keeps_its_ids_by_its_former_place() {
    let coop = ("content/coops/a.md", "---\ntitle: A\ncreated: 2026-11-01\n---\n");
    let built = |base: &str, more: &str| {
        let settings = settings(", id: monthly");
        let settings = settings.replace("https://test.example/dir/", base) + more;
        let site = site("").file("site.yaml", &settings).file(coop.0, coop.1);
        assert_eq!(site.problems(), "");
        site.built()
    };
    let before = built("https://old.example/dir/", "");
    let ids_before = ids(&before);
    assert!(ids_before.contains(&"https://old.example/dir/coops/a/".to_owned()), "{ids_before:?}");
    assert!(ids_before.contains(&"UID:series-monthly@old.example".to_owned()), "{ids_before:?}");
    assert_ne!(ids(&built("https://new.example/dir/", "")), ids_before);
    for (base, id) in [
        ("https://new.example/dir/", "old.example"),
        ("https://new.example/", "https://old.example/dir"),
    ] {
        let after = built(base, &format!("base_id: {id}\n"));
        assert_eq!(ids(&after), ids_before, "{id}");
        let feed = &after["coops.atom"];
        assert!(
            feed.contains(&format!("href=\"{base}coops/a/\"")),
            "links are to the new place: {feed}"
        );
        assert!(after["calls.ics"].contains(&format!("URL:{base}calls/2026-10/")));
    }
    let wrong = settings("") + "base_id: old.example/dir\n";
    assert!(
        Site::new(&[("site.yaml", &wrong)])
            .problems()
            .starts_with("error: the site: `base_id` is `old.example/dir`, which is not a host\n")
    );
}
