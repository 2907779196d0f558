//! Facts in other formats: functions of facts, addresses and words, one file a format.

mod agenda_text;
pub(crate) mod announced;
mod blank_pad;
mod calendar;
mod call_feeds;
mod feeds;
pub mod lunr;
mod time_zones;

pub use agenda_text::{Form, agenda};
pub use blank_pad::{pad, unsorted, words};
pub use calendar::CalendarOf;
pub use feeds::FeedKind;

use anyhow::{Context, Result};

use crate::addresses::{self, Settings};
use crate::wording::Wording;

/// A file for other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Export {
    /// For readers of feeds.
    Feed(FeedKind),
    /// For calendars.
    Calendar(CalendarOf),
}

/// The files that every site has once, and where.
pub(crate) const ONCE: [(&str, Export); 1] =
    [(addresses::CALENDAR, Export::Calendar(CalendarOf::All))];

impl Export {
    /// The file.
    ///
    /// # Errors
    /// When it needs an address of the site that there is not; then it should not have been planned.
    pub(crate) fn write(&self, wording: Wording<'_>, settings: &Settings) -> Result<Vec<u8>> {
        let text = match self {
            Export::Feed(kind) => {
                let base = settings.base().context("a feed was planned without a base URL")?;
                feeds::feed(wording, base, kind)
            }
            Export::Calendar(of) => calendar::calendar(wording, settings, *of),
        };
        Ok(text.into_bytes())
    }
}
