//! Time zones as calendars describe them (RFC 5545 §3.6.5).

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::{Dst, Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Changes of the clock are written out for so many years where no rule says all of them.
const YEARS: i16 = 10;

/// A change of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Onset {
    /// When, by the clock before the change.
    at: DateTime,
    from: Offset,
    to: Offset,
    is_summer: bool,
}

/// The definition of a zone (`VTIMEZONE`) for events that begin at this moment or later, in lines that
/// end as RFC 5545 asks.
pub(super) fn definition(name: &str, rules: &TimeZone, begin: Timestamp) -> String {
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n");
    let onsets = onsets(rules, begin);
    // Changes from the same to the same make one part each.
    let mut parts: BTreeMap<(bool, i32, i32), Vec<Onset>> = BTreeMap::new();
    for onset in &onsets {
        let key = (onset.is_summer, onset.from.seconds(), onset.to.seconds());
        parts.entry(key).or_default().push(*onset);
    }
    for ((is_summer, ..), of_part) in &parts {
        let kind = if *is_summer { "DAYLIGHT" } else { "STANDARD" };
        let first = of_part[0];
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n",
            local(first.at),
            offset(first.from),
            offset(first.to)
        );
        match yearly(of_part, onsets.last()) {
            Some(rule) => text += &format!("RRULE:{rule}\r\n"),
            // Some programs forget the first where others follow, so it is said again.
            None if of_part.len() > 1 => {
                text.extend(of_part.iter().map(|it| format!("RDATE:{}\r\n", local(it.at))));
            }
            None => {}
        }
        text += &format!("END:{kind}\r\n");
    }
    text + "END:VTIMEZONE\r\n"
}

/// The change of the clock that holds at a moment, and those of the years after it.
fn onsets(rules: &TimeZone, begin: Timestamp) -> Vec<Onset> {
    let onset = |at: Timestamp, to: Offset, dst: Dst| {
        let before = at.checked_sub(1.second()).unwrap_or(at);
        let from = rules.to_offset(before);
        Onset { at: from.to_datetime(at), from, to, is_summer: dst.is_dst() }
    };
    let end = Offset::UTC.to_datetime(begin).year().saturating_add(YEARS);
    let before = rules.preceding(begin).next();
    let before = before.map(|it| onset(it.timestamp(), it.offset(), it.dst()));
    let always = || {
        let to = rules.to_offset(begin);
        Onset { at: DateTime::constant(1970, 1, 1, 0, 0, 0, 0), from: to, to, is_summer: false }
    };
    let after = rules.following(begin).map(|it| onset(it.timestamp(), it.offset(), it.dst()));
    let after = after.take_while(|onset| onset.at.year() <= end);
    std::iter::once(before.unwrap_or_else(always)).chain(after).collect()
}

/// The rule of changes that come every year on the same weekday of a month at the same time, up to the
/// last year that is looked at.
fn yearly(onsets: &[Onset], last: Option<&Onset>) -> Option<String> {
    let [first, .., end] = onsets else { return None };
    let day = |it: &Onset| (it.at.month(), it.at.weekday(), it.at.time());
    let is_steady = onsets.len() > 2
        && last.is_some_and(|last| end.at.year() + 1 >= last.at.year())
        && onsets.iter().all(|it| day(it) == day(first))
        && onsets.windows(2).all(|two| two[0].at.year() + 1 == two[1].at.year());
    let nth = |it: &Onset| (it.at.day() - 1) / 7 + 1;
    let which = if onsets.iter().all(|it| it.at.day() + 7 > it.at.days_in_month()) {
        -1
    } else {
        Some(nth(first)).filter(|which| onsets.iter().all(|it| nth(it) == *which))?
    };
    let weekday = two_letters(first.at.weekday());
    let rule = format!("FREQ=YEARLY;BYMONTH={};BYDAY={which}{weekday}", first.at.month());
    is_steady.then_some(rule)
}

fn two_letters(weekday: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday.to_monday_zero_offset() as usize]
}

/// A moment by the clock on the wall: `20261125T160000`.
pub(super) fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// `+0130`; with seconds where a zone has them.
fn offset(offset: Offset) -> String {
    let (sign, seconds) = (if offset.is_negative() { '-' } else { '+' }, offset.seconds().abs());
    let text = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { text } else { format!("{text}{:02}", seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(name: &str, begin: &str) -> Vec<String> {
        let rules = TimeZone::get(name).expect("a zone");
        let text = definition(name, &rules, begin.parse().expect("a moment"));
        text.split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_zone_with_a_rule_has_a_rule() {
        assert_eq!(
            lines("Europe/London", "2026-11-25T16:00:00Z"),
            [
                "BEGIN:VTIMEZONE",
                "TZID:Europe/London",
                "BEGIN:STANDARD",
                "DTSTART:20261025T020000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
                "BEGIN:DAYLIGHT",
                "DTSTART:20270328T010000",
                "TZOFFSETFROM:+0000",
                "TZOFFSETTO:+0100",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "END:DAYLIGHT",
                "END:VTIMEZONE",
            ]
        );
        let new_york = lines("America/New_York", "2026-11-25T16:00:00Z");
        assert!(new_york.contains(&"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU".to_owned()));
    }

    #[test]
    fn a_zone_without_changes_has_one_offset() {
        for (name, offset) in
            [("UTC", "+0000"), ("Asia/Kolkata", "+0530"), ("America/Bogota", "-0500")]
        {
            let lines = lines(name, "2026-11-25T16:00:00Z");
            assert_eq!(lines.iter().filter(|it| it.starts_with("BEGIN:")).count(), 2, "{lines:?}");
            assert!(lines.contains(&format!("TZOFFSETTO:{offset}")), "{lines:?}");
        }
    }

    #[test]
    fn changes_without_a_rule_are_written_out() {
        // Chile changes on the Sunday after the first Saturday, which no rule for a Sunday says.
        let lines = lines("America/Santiago", "2026-11-25T16:00:00Z");
        assert!(lines.iter().filter(|it| it.starts_with("RDATE:")).count() > 10, "{lines:?}");
        assert!(!lines.iter().any(|it| it.starts_with("RRULE")), "{lines:?}");
    }
}
