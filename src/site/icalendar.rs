//! Calls as a calendar (RFC 5545).

use icalendar::{Calendar, Component, Event, EventLike};

use super::SitePlan;
use super::paths::{self, SitePath};
use super::views::Viewer;
use crate::content::record::EntryKind;
use crate::content::values::CallStatus;
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
    let last_changed = call
        .entry
        .changed()
        .unwrap_or_else(|| call.start.map_or(jiff::civil::Date::MIN, jiff::civil::DateTime::date));
    let mut event = Event::new();
    event.uid(&format!("call-{}@{host}", call.entry.slug));
    event.add_property("DTSTAMP", format!("{}T000000Z", last_changed.strftime("%Y%m%d")));
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
    event.add_property("SEQUENCE", if call.status == CallStatus::Cancelled { "1" } else { "0" });
    Some(event)
}
