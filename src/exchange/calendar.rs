//! Calls as a calendar (RFC 5545).

use std::collections::{BTreeMap, BTreeSet};

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::time_zones;
use crate::addresses::{self, Settings, SitePath};
use crate::content::record::EntryKind;
use crate::content::values::{CallStatus, Zone};
use crate::directory::call::Call;
use crate::directory::ids::{CallId, EntryId};
use crate::directory::site::Series;
use crate::wording::Wording;

/// Which calls a calendar is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CalendarOf {
    All,
    /// By its place among the site's series.
    Series(usize),
    Call(CallId),
}

/// The calendar of one call, of a series, or of all calls that have a date, in the first language of the site. Nothing in it depends on a clock, so that
/// an unchanged call stays the same file; but a series with neither calls nor `from` begins today.
pub(super) fn calendar(wording: Wording<'_>, settings: &Settings, of: CalendarOf) -> String {
    let host = host(settings);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Ayni//calls//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    let title = match of {
        CalendarOf::Call(_) => None,
        CalendarOf::Series(at) => Some(wording.directory.site.series[at].title.clone()),
        CalendarOf::All => {
            let site = wording.directory.site.title.clone();
            Some(wording.words.with("calendar-name", [("site", site.into())]))
        }
    };
    if let Some(title) = title {
        calendar.append_property(("NAME", title.as_str()));
        calendar.append_property(("X-WR-CALNAME", title.as_str()));
    }
    let all = wording.derived.calls().in_order.as_slice();
    let asked = match &of {
        CalendarOf::Call(call) => std::slice::from_ref(call),
        CalendarOf::All | CalendarOf::Series(_) => all,
    };
    for id in asked {
        let series = &wording.directory[*id].series;
        let is_part = match of {
            CalendarOf::All | CalendarOf::Call(_) => true,
            CalendarOf::Series(at) => *series == Some(wording.directory.site.series[at].id.clone()),
        };
        if is_part && let Some(event) = event(wording, settings, *id) {
            calendar.push(event);
        }
    }
    let mut zones = BTreeMap::new();
    let series = wording.directory.site.series.iter().enumerate();
    let series = series.filter(|(at, _)| match of {
        CalendarOf::All => true,
        CalendarOf::Series(only) => only == *at,
        CalendarOf::Call(_) => false,
    });
    for (_, series) in series {
        if let Some(Coming { event, zone, begin }) = coming(wording, host, series) {
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
fn coming<'a>(wording: Wording<'a>, host: &str, series: &'a Series) -> Option<Coming<'a>> {
    let (rule, time, zone) = (series.recurrence.as_ref()?, series.start?, series.zone.as_ref()?);
    let ends = |until: Date| {
        let last = until.at(23, 59, 59, 0).to_zoned(zone.rules()).ok()?;
        Some(utc(last.timestamp()))
    };
    let calls = || {
        let calls = wording.directory.calls.iter();
        calls.filter(|call| call.series.as_ref() == Some(&series.id))
    };
    let days = calls().filter_map(|call| rule.stands_for(call.day()?));
    let taken: BTreeSet<Date> = days.collect();
    let held = calls().filter(|call| call.status == CallStatus::Held).filter_map(Call::day).max();
    let earliest = held.or(series.from).or(taken.first().copied());
    let mut first = series.next(earliest.unwrap_or(wording.derived.today), held)?;
    while taken.contains(&first) {
        first = series.next(first, Some(first))?;
    }
    let begin = first.to_datetime(time).to_zoned(zone.rules()).ok()?.timestamp();
    let local = |day: Date| time_zones::local(day.to_datetime(time));
    let at = |name: &str, value: String| {
        Property::new(name, value).add_parameter("TZID", &zone.to_string()).done()
    };
    let revision = revision_of_series(series, calls());
    let mut event = Event::new();
    event.uid(&format!("series-{}@{host}", series.first_id()));
    event.add_property("DTSTAMP", midnight(revision.stamp));
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
    event.add_property("SEQUENCE", revision.sequence.to_string());
    Some(Coming { event, zone, begin })
}

/// What makes identifiers of this site its own.
fn host(settings: &Settings) -> &str {
    let site = settings.base_id.as_ref();
    site.and_then(|url| url.as_str().split('/').nth(2)).unwrap_or("ayni.invalid")
}

fn event(wording: Wording<'_>, settings: &Settings, id: CallId) -> Option<Event> {
    let call = &wording.directory[id];
    let start = call.starts_at()?;
    let site = settings.base_url.as_ref();
    let revision = revision_of_call(call);
    let mut event = Event::new();
    event.uid(&format!("call-{}@{}", call.entry.first_id(), host(settings)));
    event.add_property("DTSTAMP", midnight(revision.stamp));
    event.add_property("DTSTART", utc(start));
    event.add_property("DURATION", format!("PT{}M", call.duration_minutes));
    event.summary(&wording.title(EntryId::Call(id)));
    let words = call.entry.words(wording.language);
    if !words.summary.is_empty() {
        event.description(words.summary);
    }
    if let Some(base) = site {
        let page = SitePath::new(addresses::entry(EntryKind::Call, &call.entry.slug));
        event.add_property("URL", addresses::absolute(base, &page));
    }
    if let Some(join) = call.join.as_ref().filter(|_| call.is_ahead(wording.derived.today)) {
        event.location(join.as_str());
    }
    event.add_property(
        "STATUS",
        if call.status == CallStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" },
    );
    if let Some(updated) = call.entry.updated {
        event.add_property("LAST-MODIFIED", midnight(updated));
    }
    event.add_property("SEQUENCE", revision.sequence.to_string());
    Some(event)
}

fn midnight(day: Date) -> String {
    format!("{}T000000Z", day.strftime("%Y%m%d"))
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What tells calendars which of two versions of a call is newer: the higher number (RFC 5545 §3.8.7.4), and of the same
/// number the later day (RFC 5546 §2.1.5). Both follow from what people write alone, and never fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Revision {
    /// `SEQUENCE`: 0 at first. Nothing counts revisions, so the day in `updated` stands for them.
    pub sequence: i32,
    /// `DTSTAMP`.
    pub stamp: Date,
}

/// The revision of a call. To cancel it is one more, since that may well be done on the day of another change; a call
/// that takes place after all has a later day.
pub(super) fn revision_of_call(call: &Call) -> Revision {
    let cancelled = i32::from(call.status == CallStatus::Cancelled);
    Revision {
        sequence: days(call.entry.updated).saturating_mul(2).saturating_add(cancelled),
        stamp: call.entry.changed().unwrap_or(UNDATED),
    }
}

/// The revision of a series. It is another one with each of its calls that gets a file, and no file goes away.
pub(super) fn revision_of_series<'a>(
    series: &Series,
    calls: impl Iterator<Item = &'a Call> + Clone,
) -> Revision {
    let changed = calls.clone().filter_map(|call| call.entry.changed()).max();
    let count = i32::try_from(calls.count()).unwrap_or(i32::MAX);
    Revision {
        sequence: days(series.updated).saturating_mul(CALLS_OF_A_SERIES).saturating_add(count),
        stamp: changed.max(series.updated).unwrap_or(UNDATED),
    }
}

/// The day of what has none, from which every day that is written later goes up.
const UNDATED: Date = date(1970, 1, 1);

/// The day from which revisions are counted.
const FIRST_REVISION: Date = date(2000, 1, 1);

/// So many calls of a series can get a file before its number is that of the next day.
const CALLS_OF_A_SERIES: i32 = 10_000;

fn days(updated: Option<Date>) -> i32 {
    updated.map_or(0, |day| (day - FIRST_REVISION).get_days().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    fn check(fields: &str, sequence: i32, stamp: &str) {
        let call = format!("---\nstart: 2026-11-25T16:00\n{fields}---\n");
        let directory = directory(&[("content/calls/2026-11.md", &call)]);
        let revision = revision_of_call(&directory[CallId(0)]);
        let found = (revision.sequence, revision.stamp.to_string());
        assert_eq!(found, (sequence, stamp.to_owned()), "{fields}");
    }

    #[test]
    fn a_revision_is_later_than_the_one_before() {
        check("", 0, "1970-01-01");
        check("created: 2026-01-30\n", 0, "2026-01-30");
        check("status: cancelled\n", 1, "1970-01-01");
        check("updated: 2000-01-02\n", 2, "2000-01-02");
        check("created: 2026-01-30\nupdated: 2026-01-30\n", 19_052, "2026-01-30");
        // Whether it is known when it was made changes nothing.
        check("updated: 2026-01-30\n", 19_052, "2026-01-30");
        check("updated: 2026-01-30\nstatus: cancelled\n", 19_053, "2026-01-30");
        check("updated: 2026-01-31\n", 19_054, "2026-01-31");
    }

    #[test]
    fn a_series_has_a_later_revision_with_each_call_and_each_change() {
        let revision = |more: &str, calls: &[&str]| {
            let settings = format!("title: T\ncalls: {{title: S{more}}}\n");
            let names: Vec<String> =
                (0..calls.len()).map(|at| format!("content/calls/a{at}.md")).collect();
            let mut files = vec![("site.yaml", settings.as_str())];
            files.extend(names.iter().map(String::as_str).zip(calls.iter().copied()));
            let directory = directory(&files);
            let found = revision_of_series(&directory.site.series[0], directory.calls.iter());
            (found.sequence, found.stamp.to_string())
        };
        let calls = ["---\ncreated: 2026-02-01\n---\n", "---\nupdated: 2026-01-02\n---\n"];
        assert_eq!(revision("", &[]), (0, "1970-01-01".to_owned()));
        assert_eq!(revision("", &calls), (2, "2026-02-01".to_owned()));
        let (before, after) = (", updated: 2026-01-30", ", updated: 2026-02-02");
        assert_eq!(revision(before, &calls), (95_260_002, "2026-02-01".to_owned()));
        assert_eq!(revision(after, &[]), (95_290_000, "2026-02-02".to_owned()));
    }
}
