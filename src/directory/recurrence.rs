//! When a series of calls comes again: the part of RFC 5545's RRULE that meetings use.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::content::values::Complaint;
use crate::diagnostic::Code;

/// "Every month on the last Wednesday", "every two weeks on Tuesday".
#[derive(Clone, Debug, PartialEq)]
pub struct Recurrence {
    rule: String,
    every: i32,
    day: Day,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Day {
    /// `FREQ=MONTHLY;BYDAY=-1WE`
    NthWeekdayOfMonth(i8, Weekday),
    /// `FREQ=MONTHLY;BYMONTHDAY=15`
    DayOfMonth(i8),
    /// `FREQ=WEEKLY;BYDAY=TU`
    Weekday(Weekday),
}

impl Recurrence {
    /// Reads `FREQ=MONTHLY` with `BYDAY=-1WE` or `BYMONTHDAY=15`, or `FREQ=WEEKLY` with
    /// `BYDAY=TU`; either with `INTERVAL=n`.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        Recurrence::read(text).ok_or_else(|| {
            let what = "which is not a rule that calls can follow";
            let hint = "write a rule as in `FREQ=MONTHLY;BYDAY=-1WE` for the last Wednesday of each month, or \
                        `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU` for every second Tuesday";
            Complaint::new(Code::BadRecurrence, what, hint)
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (mut frequency, mut every, mut by_day, mut by_month_day) = (None, 1, None, None);
        for part in text.split(';').filter(|part| !part.is_empty()) {
            match part.split_once('=')? {
                ("FREQ", value) => frequency = Some(value),
                ("INTERVAL", value) => {
                    every = value.parse().ok().filter(|n| (1..=24).contains(n))?;
                }
                ("BYDAY", value) => by_day = Some(nth_weekday(value)?),
                ("BYMONTHDAY", value) => {
                    by_month_day = Some(value.parse().ok().filter(|n| (1..=28).contains(n))?);
                }
                _ => return None,
            }
        }
        let day = match (frequency?, by_day, by_month_day) {
            ("MONTHLY", Some((Some(nth), weekday)), None) => Day::NthWeekdayOfMonth(nth, weekday),
            ("MONTHLY", None, Some(day)) => Day::DayOfMonth(day),
            ("WEEKLY", Some((None, weekday)), None) => Day::Weekday(weekday),
            _ => return None,
        };
        Some(Recurrence { rule: text.to_owned(), every, day })
    }

    /// The rule as written.
    pub fn as_str(&self) -> &str {
        &self.rule
    }

    /// The first day on or after `earliest`. Intervals are counted from `last`, the latest known
    /// day of the series, when there is one: where that was moved, from the day that it stands for.
    pub fn next(&self, earliest: Date, last: Option<Date>) -> Option<Date> {
        let mut period = match last {
            Some(last) => self.following(self.period_of(last)?)?,
            None => self.period_start(earliest),
        };
        for _ in 0..10_000 {
            let day = self.day_in(period)?;
            if day >= earliest && last.is_none_or(|last| day > last) {
                return Some(day);
            }
            period = self.following(period)?;
        }
        None
    }

    /// The day by the rule that a call of the series stands for: the nearest.
    pub fn stands_for(&self, day: Date) -> Option<Date> {
        self.day_in(self.period_of(day)?)
    }

    /// The month or week whose own day is nearest to a day.
    fn period_of(&self, day: Date) -> Option<Date> {
        let here = self.period_start(day);
        let unit = match self.day {
            Day::Weekday(_) => 1.week(),
            _ => 1.month(),
        };
        let around = [here.checked_sub(unit).ok()?, here, here.checked_add(unit).ok()?];
        let distance = |period: &Date| {
            self.day_in(*period).map_or(i32::MAX, |own| (own - day).get_days().abs())
        };
        around.into_iter().min_by_key(distance)
    }

    fn period_start(&self, day: Date) -> Date {
        match self.day {
            Day::Weekday(_) => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(since_monday.days()).unwrap_or(day)
            }
            _ => day.first_of_month(),
        }
    }

    fn following(&self, period: Date) -> Option<Date> {
        let step = match self.day {
            Day::Weekday(_) => self.every.weeks(),
            _ => self.every.months(),
        };
        period.checked_add(step).ok()
    }

    fn day_in(&self, period: Date) -> Option<Date> {
        match self.day {
            Day::NthWeekdayOfMonth(nth, weekday) => period.nth_weekday_of_month(nth, weekday).ok(),
            Day::DayOfMonth(day) => Date::new(period.year(), period.month(), day).ok(),
            Day::Weekday(weekday) => {
                period.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok()
            }
        }
    }
}

/// `-1WE`, `2TU` or `FR`.
fn nth_weekday(text: &str) -> Option<(Option<i8>, Weekday)> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match day {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    match nth {
        "" => Some((None, weekday)),
        nth => {
            nth.parse().ok().filter(|n| (-1..=4).contains(n) && *n != 0).map(|n| (Some(n), weekday))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, earliest: &str, last: Option<&str>, expected: &str) {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        let rule = Recurrence::parse(rule).expect("a rule");
        assert_eq!(rule.next(day(earliest), last.map(day)), Some(day(expected)));
    }

    #[test]
    fn the_next_day_follows_the_rule() {
        check("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-22", None, "2026-11-25");
        check("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-26", None, "2026-12-30");
        check("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-22", Some("2026-11-25"), "2026-12-30");
        check("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "2026-11-22", Some("2026-11-02"), "2027-01-04");
        check("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-22", Some("2026-11-17"), "2026-12-01");
        check("FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-22", None, "2026-12-15");
    }

    #[test]
    fn a_day_that_was_moved_stands_for_the_nearest_by_the_rule() {
        let rule = "FREQ=MONTHLY;BYDAY=-1WE";
        check(rule, "2026-11-26", Some("2026-12-16"), "2027-01-27");
        check(rule, "2026-10-02", Some("2026-10-01"), "2026-10-28");
        check("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-22", Some("2026-11-19"), "2026-12-01");
        check("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-22", Some("2026-11-22"), "2026-12-07");
    }

    #[test]
    fn other_rules_are_refused() {
        for rule in ["", "FREQ=DAILY", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=9WE", "BYDAY=é"] {
            assert!(Recurrence::parse(rule).is_err(), "{rule}");
        }
    }
}
