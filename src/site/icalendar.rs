//! Calls as a calendar (RFC 5545).

use std::collections::{BTreeMap, BTreeSet};

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::paths::{self, SitePath};
use super::plan::CalendarOf;
use super::views::Viewer;
use super::{SitePlan, time_zones};
use crate::content::record::EntryKind;
use crate::content::values::{CallStatus, Zone};
use crate::directory::call::Call;
use crate::directory::ids::{CallId, EntryId};
use crate::directory::site::Series;

/// The calendar of one call, of a series, or of all calls that have a date. Nothing in it depends on a clock, so that
/// an unchanged call stays the same file; but a series with neither calls nor `from` begins today.
pub fn calendar(plan: &SitePlan, of: CalendarOf) -> String {
    let path = SitePath::new("calls.ics");
    let viewer = Viewer::new(plan, 0, &path);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Ayni//calls//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let title = match of {
        CalendarOf::Call(_) => None,
        CalendarOf::Series(at) => Some(viewer.directory.site.series[at].title.clone()),
        CalendarOf::All => {
            let site = viewer.directory.site.title.clone();
            Some(viewer.words.with("calendar-name", [("site", site.into())]))
        }
    };
    if let Some(title) = title {
        calendar.append_property(("NAME", title.as_str()));
        calendar.append_property(("X-WR-CALNAME", title.as_str()));
    }
    let all = viewer.derived.calls().in_order.as_slice();
    let asked = match &of {
        CalendarOf::Call(call) => std::slice::from_ref(call),
        CalendarOf::All | CalendarOf::Series(_) => all,
    };
    for id in asked {
        let series = &viewer.directory[*id].series;
        let is_part = match of {
            CalendarOf::All | CalendarOf::Call(_) => true,
            CalendarOf::Series(at) => *series == Some(viewer.directory.site.series[at].id.clone()),
        };
        if is_part && let Some(event) = event(&viewer, *id) {
            calendar.push(event);
        }
    }
    let mut zones = BTreeMap::new();
    let series = viewer.directory.site.series.iter().enumerate();
    let series = series.filter(|(at, _)| match of {
        CalendarOf::All => true,
        CalendarOf::Series(only) => only == *at,
        CalendarOf::Call(_) => false,
    });
    for (_, series) in series {
        if let Some(Coming { event, zone, begin }) = coming(&viewer, series) {
            calendar.push(event);
            let earliest = zones.entry(zone.to_string()).or_insert((zone, begin));
            earliest.1 = earliest.1.min(begin);
        }
    }
    let zones = zones
        .into_iter()
        .map(|(name, (zone, begin))| time_zones::definition(&name, &zone.rules(), begin));
    // Zones stand before the events that name them; the crate has no components of this kind. No text
    // of an author begins a line.
    let with_zones = format!("\r\n{}BEGIN:VEVENT", zones.collect::<String>());
    calendar.to_string().replacen("\r\nBEGIN:VEVENT", &with_zones, 1)
}

/// The calls of a series that have no file yet.
struct Coming<'a> {
    event: Event,
    zone: &'a Zone,
    begin: Timestamp,
}

/// The rule of a series from its first call on that has no file, without those that have one: these are
/// events of their own, also where they were moved or cancelled.
fn coming<'a>(viewer: &Viewer<'a>, series: &'a Series) -> Option<Coming<'a>> {
    let (rule, time, zone) = (series.recurrence.as_ref()?, series.start?, series.zone.as_ref()?);
    let ends = |until: Date| {
        let last = until.at(23, 59, 59, 0).to_zoned(zone.rules()).ok()?;
        Some(utc(last.timestamp()))
    };
    let calls = || {
        let calls = viewer.directory.calls.iter();
        calls.filter(|call| call.series.as_ref() == Some(&series.id))
    };
    let days = calls().filter_map(|call| rule.stands_for(call.day()?));
    let taken: BTreeSet<Date> = days.collect();
    let held = calls().filter(|call| call.status == CallStatus::Held).filter_map(Call::day).max();
    let earliest = held.or(series.from).or(taken.first().copied());
    let mut first = series.next(earliest.unwrap_or(viewer.derived.today), held)?;
    while taken.contains(&first) {
        first = series.next(first, Some(first))?;
    }
    let begin = first.to_datetime(time).to_zoned(zone.rules()).ok()?.timestamp();
    let local = |day: Date| time_zones::local(day.to_datetime(time));
    let at = |name: &str, value: String| {
        Property::new(name, value).add_parameter("TZID", &zone.to_string()).done()
    };
    let changed = calls().filter_map(|call| call.entry.changed()).max();
    let mut event = Event::new();
    event.uid(&format!("series-{}@{}", series.first_id(), host(viewer)));
    event.add_property("DTSTAMP", midnight(changed.max(series.updated).unwrap_or(UNDATED)));
    event.append_property(at("DTSTART", local(first)));
    event.add_property("DURATION", format!("PT{}M", series.duration_minutes));
    let ends = series.until.and_then(ends).map(|end| format!(";UNTIL={end}"));
    event.add_property("RRULE", format!("{}{}", rule.as_str(), ends.unwrap_or_default()));
    for day in taken.range(first..) {
        event.append_multi_property(at("EXDATE", local(*day)));
    }
    event.summary(&series.title);
    if let Some(join) = &series.join {
        event.location(join.as_str());
    }
    event.add_property("STATUS", "CONFIRMED");
    event.add_property("SEQUENCE", sequence_of_series(series, calls().count()).to_string());
    Some(Coming { event, zone, begin })
}

/// What makes identifiers of this site its own.
fn host<'a>(viewer: &Viewer<'a>) -> &'a str {
    let site = viewer.settings.base_id.as_ref();
    site.and_then(|url| url.as_str().split('/').nth(2)).unwrap_or("ayni.invalid")
}

fn event(viewer: &Viewer<'_>, id: CallId) -> Option<Event> {
    let call = &viewer.directory[id];
    let start = call.starts_at()?;
    let site = viewer.settings.base_url.as_ref();
    let mut event = Event::new();
    event.uid(&format!("call-{}@{}", call.entry.first_id(), host(viewer)));
    event.add_property("DTSTAMP", midnight(call.entry.changed().unwrap_or(UNDATED)));
    event.add_property("DTSTART", utc(start));
    event.add_property("DURATION", format!("PT{}M", call.duration_minutes));
    event.summary(&viewer.title(EntryId::Call(id)));
    let words = call.entry.words(viewer.language);
    if !words.summary.is_empty() {
        event.description(words.summary);
    }
    if let Some(base) = site {
        let page = viewer.local(&paths::entry(EntryKind::Call, &call.entry.slug));
        event.add_property("URL", paths::absolute(base, &page));
    }
    if let Some(join) = call.join.as_ref().filter(|_| call.is_ahead(viewer.derived.today)) {
        event.location(join.as_str());
    }
    event.add_property(
        "STATUS",
        if call.status == CallStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" },
    );
    if let Some(updated) = call.entry.updated {
        event.add_property("LAST-MODIFIED", midnight(updated));
    }
    event.add_property("SEQUENCE", sequence(call).to_string());
    Some(event)
}

fn midnight(day: Date) -> String {
    format!("{}T000000Z", day.strftime("%Y%m%d"))
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The day of what has none, from which every day that is written later goes up.
const UNDATED: Date = date(1970, 1, 1);

/// The day from which revisions are counted.
const FIRST_REVISION: Date = date(2000, 1, 1);

/// The number of a revision: 0 at first, and never lower in a later one, by which calendars know
/// which of two is newer (RFC 5545 §3.8.7.4; of two with the same number the later `DTSTAMP` is,
/// RFC 5546 §2.1.5). Nothing counts revisions, so the day in `updated` stands for them. To cancel is one more, since that
/// may well be done on the day of another change; a call that takes place after all has a later day.
fn sequence(call: &Call) -> i32 {
    let cancelled = i32::from(call.status == CallStatus::Cancelled);
    revision(call.entry.updated).saturating_mul(2).saturating_add(cancelled)
}

/// The same of a series. It is another one with each call that gets a file, and no file goes away.
fn sequence_of_series(series: &Series, calls: usize) -> i32 {
    let calls = i32::try_from(calls).unwrap_or(i32::MAX);
    revision(series.updated).saturating_mul(CALLS_OF_A_SERIES).saturating_add(calls)
}

/// So many calls of a series can get a file before its number is that of the next day.
const CALLS_OF_A_SERIES: i32 = 10_000;

fn revision(updated: Option<Date>) -> i32 {
    updated.map_or(0, |day| (day - FIRST_REVISION).get_days().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    fn check(fields: &str, expected: i32) {
        let call = format!("---\nstart: 2026-11-25T16:00\n{fields}---\n");
        let directory = directory(&[("content/calls/2026-11.md", &call)]);
        assert_eq!(sequence(&directory[CallId(0)]), expected, "{fields}");
    }

    #[test]
    fn a_revision_has_a_higher_number_than_the_one_before() {
        check("", 0);
        check("created: 2026-01-30\n", 0);
        check("status: cancelled\n", 1);
        check("updated: 2000-01-02\n", 2);
        check("created: 2026-01-30\nupdated: 2026-01-30\n", 19_052);
        // Whether it is known when it was made changes nothing.
        check("updated: 2026-01-30\n", 19_052);
        check("updated: 2026-01-30\nstatus: cancelled\n", 19_053);
        check("updated: 2026-01-31\n", 19_054);
    }

    #[test]
    fn a_series_has_a_higher_number_with_each_call_and_each_change() {
        let settings = |more: &str| format!("title: T\ncalls: {{title: S{more}}}\n");
        let number = |more: &str, calls: usize| {
            let directory = directory(&[("site.yaml", &settings(more))]);
            sequence_of_series(&directory.site.series[0], calls)
        };
        assert_eq!([number("", 0), number("", 36)], [0, 36]);
        let (before, after) = (", updated: 2026-01-30", ", updated: 2026-01-31");
        assert_eq!([number(before, 36), number(after, 0)], [95_260_036, 95_270_000]);
    }
}
