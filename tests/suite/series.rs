//! Series of calls over the years: their keys, their former names, and what calendars keep of them.

use std::collections::BTreeMap;

use super::html::facts;
use super::outputs::ids_of_feed;
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
    let calendars = built.iter().filter(|(path, _)| path.ends_with(".ics"));
    let of_calendar = |text: &String| {
        text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect()
    };
    let feeds = feeds.flat_map(|(_, text)| ids_of_feed(text));
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

/// Two series, as somebody writes them who adds a second one.
const TWO: &str = "title: Test\ncalls:\n  \
    - {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '16:00', time_zone: Europe/London}\n  \
    - {id: early, title: Early call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '08:00', time_zone: Europe/London, from: 2026-11-01}\n";

/// The problem of a call with these fields in a site of two series: its advice, or none.
fn advice(fields: &str) -> String {
    let call = format!("---\nstatus: planned\n{fields}\n---\n");
    let site = Site::new(&[("site.yaml", TWO), ("content/calls/a.md", &call)]);
    let prepared = site.prepare();
    let problems = prepared.problems();
    assert!(problems.len() < 2, "{}", site.problems());
    problems.first().map_or_else(String::new, |it| {
        assert_eq!(it.code.as_str(), "missing-series");
        it.hint.clone().expect("there is advice")
    })
}

#[test]
fn a_call_without_its_series_is_an_error_where_there_are_several() {
    let call = "---\nstart: 2026-11-25T16:00\n---\n";
    let site = Site::new(&[("site.yaml", TWO), ("content/calls/2026-11.md", call)]);
    assert_eq!(
        site.problems(),
        "error: call `2026-11` does not say to which series it belongs, and there are several
 --> content/calls/2026-11.md:2:8
  |
2 | start: 2026-11-25T16:00
  |        ^^^^^^^^^^^^^^^^
hint: write `series: monthly`, whose rule and hour fit, or `series: none` for a call of its own; `ayni check --fix` writes the former [missing-series]
"
    );
    let monthly = "write `series: monthly`, whose rule and hour fit, or `series: none` for a call of its own; `ayni check --fix` writes the former";
    let early = &monthly.replace("monthly", "early");
    let open = "write `series: monthly`, `series: early`, or `series: none` for a call of its own";
    for (fields, expected) in [
        ("start: 2026-11-25T16:00", monthly),
        ("start: 2026-11-25T08:00", early),
        // By another clock, the same moment.
        ("start: 2026-11-25T17:00\ntime_zone: Europe/Berlin", monthly),
        ("start: 2026-11-25T16:00\ntime_zone: Europe/Berlin", open),
        // Not on its day, not at an hour of any, before its first day, not known.
        ("start: 2026-11-24T16:00", open),
        ("start: 2026-11-25T12:00", open),
        ("start: 2026-10-28T08:00", open),
        ("title: Some day", open),
        ("start: 2026-11-25T16:00\nseries:", monthly),
        ("start: 2026-11-25T16:00\nseries: none", ""),
        ("start: 2026-11-25T16:00\nseries: early", ""),
    ] {
        assert_eq!(advice(fields), expected, "{fields}");
    }
}

#[test]
fn a_series_that_is_not_there_is_told_with_those_that_are() {
    let call = "---\nseries: weekly\nstart: 2026-11-25T16:00\n---\n";
    let site = Site::new(&[("site.yaml", TWO), ("content/calls/a.md", call)]);
    assert!(site.problems().ends_with(
        "hint: write `monthly`, `early`, or `none` for a call of its own; a former id of a series goes into its \
         `aliases` there [unknown-series]\n"
    ), "{}", site.problems());
}

#[test]
fn a_call_of_its_own_has_no_series() {
    let own = "---\nseries: none\nstart: 2026-11-05T10:00\ntitle: Assembly\n---\n";
    let site = site("").file("content/calls/assembly.md", own);
    let site = site.file("content/calls/other.md", &own.replace("05T", "06T"));
    let site = site.file("content/calls/2026-10.md", &HELD.replace("monthly", "calls"));
    assert_eq!(site.problems(), "");
    let built = site.built();
    let page = facts(&built["calls/assembly/index.html"]);
    assert!(!page.contains("Monthly call"), "{page}");
    assert!(
        !page.contains("../../calls/2026-10/") && !page.contains("../../calls/other/"),
        "{page}"
    );
    assert!(page.contains("10:00 (UTC)"), "nor its zone: {page}");
    // It stands for no day of the series.
    assert!(!built["calls.ics"].contains("EXDATE"), "{}", built["calls.ics"]);
}

#[test]
fn two_calls_of_a_series_at_one_time_are_told() {
    let call = "---\nseries: monthly\nstart: 2026-11-25T16:00\n---\n";
    let berlin = "---\nseries: monthly\nstart: 2026-11-25T17:00\ntime_zone: Europe/Berlin\n---\n";
    let files = [
        ("site.yaml", TWO),
        ("content/calls/2026-11-25.md", call),
        ("content/calls/2026-11.md", berlin),
    ];
    assert_eq!(
        Site::new(&files).problems(),
        "warning: call `2026-11-25` starts when call `2026-11` of the same series does
 --> content/calls/2026-11-25.md:3:8
  |
3 | start: 2026-11-25T16:00
  |        ^^^^^^^^^^^^^^^^
  |
 ::: content/calls/2026-11.md:3:8
  |
3 | start: 2026-11-25T17:00
  |        ---------------- the other call starts here
hint: keep one of the two files, with the id of the other among its `aliases`, or correct `start` [same-start]
"
    );
    let early = call.replace("monthly", "early");
    let other = Site::new(&files[..2]).file("content/calls/b.md", &early);
    assert_eq!(other.problems(), "", "another series may well");
}

#[test]
fn a_held_call_that_would_move_with_its_series_is_told() {
    let call = "---\nseries: monthly\nstart: 2026-10-28T16:00\nduration: 60m\nstatus: held\n---\n";
    let site = Site::new(&[("site.yaml", TWO), ("content/calls/2026-10.md", call)]);
    assert_eq!(
        site.problems(),
        "warning: call `2026-10` was held, and takes its `time_zone`, `minutes` from the series `monthly`, with which they would change
 --> content/calls/2026-10.md:3:8
  |
3 | start: 2026-10-28T16:00
  |        ^^^^^^^^^^^^^^^^
hint: write `time_zone: Europe/London`, `minutes: {about: 2, needs: 2, offers: 2}`; `ayni check --fix` does so in all such calls [inherited-time]
"
    );
    for silent in [
        &call.replace("held", "planned"),
        &call.replace("held", "cancelled"),
        &call.replace("monthly", "none"),
        &HELD.to_owned(),
    ] {
        assert_eq!(Site::new(&[("site.yaml", TWO), ("content/calls/a.md", silent)]).problems(), "");
    }
}

#[test]
fn a_series_with_another_id_is_one_problem() {
    let call = |month: u32| {
        let text = HELD.replace("2026-10-28", &format!("2026-{month:02}-15"));
        (format!("content/calls/2026-{month:02}.md"), text)
    };
    let calls: Vec<(String, String)> = (5..9).map(call).collect();
    let settings = settings(", id: solidarity");
    let mut files = vec![("site.yaml", settings.as_str())];
    files.extend(calls.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = Site::new(&files);
    let told = site.problems();
    assert_eq!(told.matches("error: ").count(), 1, "{told}");
    assert!(told.contains("4 calls are of the series `monthly`"), "{told}");
    assert!(
        told.contains("if `solidarity` was called so before, add `monthly` to its `aliases`"),
        "{told}"
    );
    let renamed = settings.replace("id: solidarity", "id: solidarity, aliases: [monthly]");
    assert_eq!(site.file("site.yaml", &renamed).problems(), "");
}

#[test]
fn between_two_calls_pages_say_when_the_next_one_is_by_the_rule() {
    let site = site(", id: monthly, join: 'https://meet.example/ayni'");
    let built = site.built();
    let home = facts(&built["index.html"]);
    assert!(home.contains("Wednesday, 25 November 2026, 16:00"), "{home}");
    assert!(built["index.html"].contains("https://meet.example/ayni"));
    let calls = facts(&built["calls/index.html"]);
    for day in ["25 November 2026", "30 December 2026", "27 January 2027"] {
        assert!(calls.contains(day), "{day}: {calls}");
    }
    let planned = "---\nseries: monthly\nstart: 2026-11-25T16:00\nturns: [{coop: a}]\n---\n";
    let site = site
        .file("content/calls/2026-11.md", planned)
        .file("content/coops/a.md", "---\ntitle: A\ncountry: IE\nlanguages: [en]\n---\n");
    let built = site.built();
    let home = facts(&built["index.html"]);
    assert!(home.contains("Monthly call, November 2026"), "{home}");
    let agenda = facts(&built["calls/2026-11/agenda/index.html"]);
    assert!(agenda.contains("The next call: 30 December 2026."), "{agenda}");
    // Who is only expected has said nothing yet.
    let page = &built["calls/2026-11/index.html"];
    assert!(!page.contains("Nothing this time") && !page.contains("id=\"Rounds\""), "{page}");
    let said = planned.replace("{coop: a}", "{coop: a, about: We sing.}");
    let page = site.file("content/calls/2026-11.md", &said).built();
    let page = &page["calls/2026-11/index.html"];
    assert!(page.contains("We sing.") && !page.contains("Nothing this time"), "{page}");
}
