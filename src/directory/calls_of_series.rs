//! How calls stand to their series: which it is, what they take from it, and that no two are the same.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::call::Call;
use super::series::{self, Series};
use super::site::Site;
use super::whole::Directory;
use crate::content::record;
use crate::content::values::{CallStatus, Slug};
use crate::diagnostic::{Code, Diagnostic, Fix, Place};

/// Says which calls do not name their series, would move with it, or are there twice.
pub(super) fn check(directory: &Directory, problems: &mut Vec<Diagnostic>) {
    let mut starts: BTreeMap<(&Slug, Timestamp), &Call> = BTreeMap::new();
    for call in directory.calls.iter().filter(|call| call.entry.text.record.is_readable()) {
        problems.extend(without_series(call, &directory.site));
        problems.extend(inherited(call, &directory.site));
        problems.extend(after_end(call, &directory.site));
        problems.extend(at_former_hour(call, &directory.site));
        let Some(key) = call.series.as_ref().zip(call.starts_at()) else { continue };
        match starts.get(&key) {
            Some(other) => problems.push(same_start(call, other)),
            None => drop(starts.insert(key, call)),
        }
    }
}

/// Where a call says when it starts, or else the beginning of its file.
fn start_of(call: &Call) -> Place {
    record::place(&call.entry.text.record.path, call.places.start)
}

/// Where there are several series, nobody can know which one is meant.
fn without_series(call: &Call, site: &Site) -> Option<Diagnostic> {
    let is_missing = call.series.is_none() && call.unsaid.contains(&"series");
    if !is_missing || site.series.len() < 2 {
        return None;
    }
    let message = format!(
        "call `{}` does not say to which series it belongs, and there are several",
        call.entry.slug
    );
    let problem = Diagnostic::new(Code::MissingSeries, start_of(call), message);
    let fitting: Vec<&Series> = site.series.iter().filter(|series| fits(call, series)).collect();
    Some(match fitting.as_slice() {
        [only] => {
            let id = only.id.to_string();
            let hint = format!(
                "write `series: {id}`, whose rule and hour fit, or `series: none` for a call of its own; \
                 `ayni check --fix` writes the former"
            );
            problem.hint(hint).fix(Fix::Fields(vec![("series", id)]))
        }
        _ => {
            let advised = series::advised(&site.series, "series: ").unwrap_or_default();
            problem.hint(format!("write {advised}, or `series: none` for a call of its own"))
        }
    })
}

/// Whether a call starts as those of a series do, by the clock of that series. A call that says no zone is
/// meant by it.
fn fits(call: &Call, series: &Series) -> bool {
    let own_zone = !call.unsaid.contains(&"time_zone");
    let there = match (&series.zone, call.starts_at()) {
        (Some(zone), Some(start)) if own_zone => Some(start.to_zoned(zone.rules()).datetime()),
        _ => call.start,
    };
    there.is_some_and(|start| series.could_start(start))
}

/// What a call takes from its series changes with it, also years later. Where a series says nothing that it could take,
/// whoever writes that down corrects what was shown of old calls, too.
fn inherited(call: &Call, site: &Site) -> Option<Diagnostic> {
    let series = call.series.as_ref().filter(|_| call.status == CallStatus::Held)?;
    if call.start.is_none() || !site.series(series.as_str())?.says_time {
        return None;
    }
    let taken = call.settled().into_iter();
    let taken: Vec<(&'static str, String)> =
        taken.filter(|(name, _)| call.unsaid.contains(name)).collect();
    if taken.is_empty() {
        return None;
    }
    let names: Vec<String> = taken.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!(
        "call `{}` was held, and takes its {} from the series `{series}`, with which they would change",
        call.entry.slug,
        names.join(", "),
    );
    let fix = Fix::Fields(taken);
    let hint = format!(
        "write `{}`; `ayni check --fix` does so in all such calls",
        fix.lines().join("`, `")
    );
    let problem = Diagnostic::new(Code::InheritedTime, start_of(call), message);
    Some(problem.hint(hint).fix(fix))
}

/// A planned call after the last day of its series. One that was moved stands for a day by the rule, which may be before.
fn after_end(call: &Call, site: &Site) -> Option<Diagnostic> {
    let series = site.series(call.series.as_ref()?.as_str())?;
    let (until, day) = (series.until?, call.day()?);
    let by_rule = series.recurrence.as_ref().and_then(|rule| rule.stands_for(day)).unwrap_or(day);
    if call.status != CallStatus::Planned || day <= until || by_rule <= until {
        return None;
    }
    let message = format!(
        "call `{}` is planned for {day}, and its series `{}` ends on {until}, by `until` in site.yaml",
        call.entry.slug, series.id
    );
    let hint = "if it takes place, write a later `until` there, or `series: none` here; if not, `status: cancelled`";
    Some(Diagnostic::new(Code::EndedSeries, start_of(call), message).hint(hint))
}

/// A planned call at another hour than its series, at which nobody has looked since that was changed.
fn at_former_hour(call: &Call, site: &Site) -> Option<Diagnostic> {
    let series = site.series(call.series.as_ref()?.as_str())?;
    let (hour, changed) = (series.start?, series.updated?);
    let start = call.starts_at()?;
    let here = start.to_zoned(series.zone.as_ref().unwrap_or(&call.zone).rules()).datetime();
    let looked = call.entry.updated.max(call.entry.created);
    let is_seen = looked.is_some_and(|day| day >= changed);
    let is_to_come = call.status == CallStatus::Planned && here.date() >= changed;
    if is_seen || !is_to_come || here.time() == hour {
        return None;
    }
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let message = format!(
        "call `{}` is planned for {}, and its series `{}`, changed on {changed}, starts at {}",
        call.entry.slug,
        clock(here.time()),
        series.id,
        clock(hour)
    );
    let hint =
        "write the hour that is meant into `start`, and the day on which you do so into `updated`";
    Some(Diagnostic::new(Code::OtherHour, start_of(call), message).hint(hint))
}

fn same_start(call: &Call, other: &Call) -> Diagnostic {
    let message = format!(
        "call `{}` starts when call `{}` of the same series does",
        call.entry.slug, other.entry.slug
    );
    Diagnostic::new(Code::SameStart, start_of(call), message)
        .also(start_of(other), "the other call starts here")
        .hint("keep one of the two files, with the id of the other among its `aliases`, or correct `start`")
}
