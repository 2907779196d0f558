//! Calls as a calendar (RFC 5545).

use icalendar::{Calendar, Component, Event, EventLike};
use jiff::civil::Date;

use super::SitePlan;
use super::paths::{self, SitePath};
use super::views::Viewer;
use crate::content::record::EntryKind;
use crate::content::values::CallStatus;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, EntryId};

/// The calendar of one call, or of all that have a date. Nothing in it depends on a clock, so that
/// an unchanged call stays the same file.
pub fn calendar(plan: &SitePlan, only: Option<CallId>) -> String {
    let path = SitePath::new("calls.ics");
    let viewer = Viewer::new(plan, 0, &path);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Ayni//calls//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    if only.is_none() {
        let title = viewer
            .words
            .with("calendar-name", [("site", viewer.directory.site.title.clone().into())]);
        calendar.append_property(("NAME", title.as_str()));
        calendar.append_property(("X-WR-CALNAME", title.as_str()));
    }
    for id in &viewer.derived.calls().in_order {
        if only.is_none_or(|only| only == *id)
            && let Some(event) = event(&viewer, *id)
        {
            calendar.push(event);
        }
    }
    calendar.to_string()
}

fn event(viewer: &Viewer<'_>, id: CallId) -> Option<Event> {
    let call = &viewer.directory[id];
    let start = call.starts_at()?;
    let utc = |instant: jiff::Timestamp| instant.strftime("%Y%m%dT%H%M%SZ").to_string();
    let site = viewer.settings.base_url.as_ref();
    let host = site.and_then(|url| url.as_str().split('/').nth(2)).unwrap_or("ayni.invalid");
    let last_changed = call.entry.changed().or(call.day()).unwrap_or(Date::MIN);
    let mut event = Event::new();
    event.uid(&format!("call-{}@{host}", call.entry.slug));
    event.add_property("DTSTAMP", midnight(last_changed));
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

/// The number of a revision: 0 at first, and never lower in a later one, by which calendars know
/// which of two is newer (RFC 5545 §3.8.7.4; of two with the same number the later `DTSTAMP` is,
/// RFC 5546 §2.1.5). Nothing counts revisions, so the days from `created` to `updated` stand for
/// them. To cancel is one more, since that may well be done on the day of another change.
fn sequence(call: &Call) -> i32 {
    let days = match (call.entry.created, call.entry.updated) {
        (Some(created), Some(updated)) => (updated - created).get_days().max(0),
        _ => 0,
    };
    days + i32::from(call.status == CallStatus::Cancelled)
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
        check("updated: 2026-11-20\n", 0);
        check("created: 2026-01-30\nupdated: 2026-01-30\n", 0);
        check("created: 2026-01-30\nupdated: 2026-03-01\n", 30);
        check("created: 2026-01-30\nupdated: 2026-03-01\nstatus: cancelled\n", 31);
        check("created: 2025-11-20\nupdated: 2026-11-20\n", 365);
        check("created: 2026-11-20\nupdated: 2026-11-01\n", 0);
        check("status: cancelled\n", 1);
    }
}
