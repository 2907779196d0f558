//! Where the feeds and calendars of a site are. Feeds are there in each language, and named without it.

use super::SitePath;
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::derived::facets::Facet;

/// The feed of calls.
pub const CALLS_FEED: &str = "calls.atom";

/// The feed of open actions.
pub const OPEN_FEED: &str = "calls/open.atom";

/// The feed of decisions.
pub const DECISIONS_FEED: &str = "calls/decisions.atom";

/// The calendar of all calls.
pub const CALENDAR: &str = "calls.ics";

/// The feed of a kind of entry.
pub fn entry_feed(kind: EntryKind) -> String {
    format!("{}.atom", kind.folder())
}

/// Whether the values of a facet have feeds of suggestions: one can follow a topic or a country.
pub fn has_match_feed(facet: Facet) -> bool {
    matches!(facet, Facet::Topic | Facet::Country)
}

/// The feed of suggested matches, of all or of those with one value of a facet.
pub fn match_feed(only: Option<(Facet, &str)>) -> String {
    let folder = EntryKind::Match.folder();
    match only {
        None => entry_feed(EntryKind::Match),
        Some((facet, value)) => format!("{folder}/{}/{value}.atom", facet.as_str()),
    }
}

/// The feed of what is about a topic.
pub fn topic_feed(slug: &Slug) -> String {
    format!("topics/{slug}.atom")
}

/// The calendar of a call.
pub fn call_calendar(slug: &Slug) -> SitePath {
    SitePath::new(format!("calls/{slug}.ics"))
}

/// The calendar of a series of calls.
pub fn series_calendar(id: &Slug) -> SitePath {
    SitePath::new(format!("calls/series/{id}.ics"))
}
