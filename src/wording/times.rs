//! Days and hours for machines and for people.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::Wording;
use crate::content::values::Zone;
use crate::derived::matching::Match;
use crate::directory::call::Call;
use crate::directory::ids::CallId;

/// A day for machines and for people.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// `2026-11-25`
    pub machine: String,
    /// "25 November 2026"
    pub human: String,
}

/// A moment, by the clock of its zone.
#[derive(Clone, Debug, Serialize)]
pub struct When {
    /// In UTC, for machines.
    pub machine: String,
    /// "Wednesday, 25 November 2026"
    pub date: String,
    /// "16:00"
    pub time: String,
    /// "Europe/London"
    pub zone: String,
    /// The day of the month.
    pub day: i8,
    /// "November"
    pub month: String,
    /// In minutes.
    pub duration: u32,
}

/// A moment within a call.
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    /// In UTC, for machines.
    machine: String,
    /// "16:05", by the clock of the call.
    pub human: String,
}

impl Wording<'_> {
    /// A day for machines and for people.
    pub fn day(&self, date: Date) -> Day {
        Day { machine: date.to_string(), human: self.words.date(date) }
    }

    /// Since when the status of a match holds, unless that is decided in a call still to come.
    pub fn since(&self, found: &Match) -> Option<Day> {
        let past = found.since.filter(|date| *date <= self.derived.today);
        past.map(|date| self.day(date))
    }

    /// When a call starts.
    pub fn when(&self, id: CallId) -> Option<When> {
        let call = &self.directory[id];
        self.when_at(call.start?, &call.zone, call.duration_minutes)
    }

    /// When something starts by the clock of a zone, and how many minutes it takes.
    pub fn when_at(&self, start: DateTime, zone: &Zone, duration: u32) -> Option<When> {
        Some(When {
            machine: start.to_zoned(zone.rules()).ok()?.timestamp().to_string(),
            date: self.words.full_date(start.date()),
            time: self.words.time(start),
            zone: zone.to_string(),
            day: start.day(),
            month: self.words.text(&format!("month-{}", start.month())).to_owned(),
            duration,
        })
    }

    /// So many minutes after the start of a call, by its clock.
    pub fn clock(&self, call: &Call, minutes: u32) -> Option<Clock> {
        let start = call.start?.to_zoned(call.zone.rules()).ok()?;
        let moment = start.checked_add(i64::from(minutes).minutes()).ok()?;
        Some(Clock {
            machine: moment.timestamp().to_string(),
            human: self.words.time(moment.datetime()),
        })
    }
}
