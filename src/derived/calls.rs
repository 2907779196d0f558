//! The calls in order: which is next, which came before and after, and who took part.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::content::values::{CallStatus, CoopStatus, Role, Slug};
use crate::directory::Directory;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, CoopId, NeedId, OfferId};
use crate::directory::site::Series;

/// The calls of a directory in the order of their starts; undated ones come first.
#[derive(Debug, Default, PartialEq)]
pub struct Calls {
    /// All calls, oldest first.
    pub in_order: Vec<CallId>,
    /// The next call that is planned.
    pub next: Option<CallId>,
    /// Every decision, those of the latest call first: the call, and the place among its decisions.
    pub decisions: Vec<(CallId, usize)>,
    /// By year, oldest first within a year.
    pub by_year: BTreeMap<i16, Vec<CallId>>,
    attended: BTreeMap<CoopId, Vec<CallId>>,
    said_in: BTreeMap<Said, Vec<CallId>>,
    neighbours: BTreeMap<CallId, Neighbours>,
}

/// The calls before and after a call.
type Neighbours = (Option<CallId>, Option<CallId>);

/// A need or an offer that was said in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// In the second round.
    Need(NeedId),
    /// In the third round.
    Offer(OfferId),
}

impl Calls {
    /// The calls that a coop took part in, oldest first.
    pub fn attended_by(&self, coop: CoopId) -> &[CallId] {
        self.attended.get(&coop).map_or(&[], Vec::as_slice)
    }

    /// The calls in which a need or an offer was said, oldest first.
    pub fn said_in(&self, said: Said) -> &[CallId] {
        self.said_in.get(&said).map_or(&[], Vec::as_slice)
    }

    /// How many coops took part in any call.
    pub fn attending_coops(&self) -> usize {
        self.attended.len()
    }

    /// Whether a call was the first that a coop took part in.
    pub fn is_first_of(&self, coop: CoopId, call: CallId) -> bool {
        self.attended_by(coop).first() == Some(&call)
    }

    /// Whether a coop is new in a call: it comes for the first time, or is starting.
    pub fn is_new_in(&self, directory: &Directory, coop: CoopId, call: CallId) -> bool {
        self.attended_by(coop).iter().all(|other| *other == call)
            || directory[coop].status == CoopStatus::Starting
    }

    /// The next call of a series that is planned.
    pub fn next_of(&self, directory: &Directory, series: &Slug, today: Date) -> Option<CallId> {
        let is_next = |id: &&CallId| {
            let call = &directory[**id];
            call.series.as_ref() == Some(series) && call.is_ahead(today) && call.start.is_some()
        };
        self.in_order.iter().find(is_next).copied()
    }

    /// The days to come of a series, by its rule, that no call of it stands for yet.
    pub fn coming<'d>(
        directory: &'d Directory,
        series: &'d Series,
        today: Date,
    ) -> impl Iterator<Item = Date> + use<'d> {
        let rule = series.recurrence.as_ref();
        let of_series =
            || directory.calls.iter().filter(|call| call.series.as_ref() == Some(&series.id));
        let taken: BTreeSet<Date> =
            of_series().filter_map(|call| rule?.stands_for(call.day()?)).collect();
        let last = of_series().filter_map(Call::day).filter(|day| *day < today).max();
        let first = series.from.map_or(today, |from| from.max(today));
        let first = series.next(first, last);
        let days =
            std::iter::successors(first, move |day| series.next(day.tomorrow().ok()?, Some(*day)));
        days.filter(move |day| !taken.contains(day))
    }

    /// The soonest day of all series, by their rules, that no call stands for yet: the series' place, and the day.
    pub fn soonest(directory: &Directory, today: Date) -> Option<(usize, Date)> {
        let series = directory.site.series.iter().enumerate();
        let days = series.filter_map(|(at, series)| {
            let has_time = series.start.is_some() && series.zone.is_some();
            Some((at, Calls::coming(directory, series, today).next().filter(|_| has_time)?))
        });
        days.min_by_key(|(at, day)| (*day, *at))
    }

    /// The day of the next call after one that is to come: that of its series which is planned, or the next by the
    /// series' rule.
    pub fn day_after(&self, directory: &Directory, call: CallId, today: Date) -> Option<Date> {
        let planned = self.neighbours(call).1.and_then(|id| directory[id].day());
        let this = directory[call].day()?;
        let series = directory.site.series(directory[call].series.as_ref()?.as_str());
        let by_rule = || Calls::coming(directory, series?, today).find(|day| *day > this);
        planned.or_else(by_rule)
    }

    /// The calls before and after a call, of its series.
    pub fn neighbours(&self, call: CallId) -> (Option<CallId>, Option<CallId>) {
        self.neighbours.get(&call).copied().unwrap_or_default()
    }
}

/// Of each call those before and after it in its series.
fn neighbours(directory: &Directory, in_order: &[CallId]) -> BTreeMap<CallId, Neighbours> {
    let mut neighbours: BTreeMap<CallId, Neighbours> = BTreeMap::new();
    let mut last_of = BTreeMap::new();
    for id in in_order {
        let series = &directory[*id].series;
        // Where there are series, who belongs to none is a call of its own.
        if series.is_none() && !directory.site.series.is_empty() {
            continue;
        }
        let before = last_of.insert(series, *id);
        neighbours.entry(*id).or_default().0 = before;
        if let Some(before) = before {
            neighbours.entry(before).or_default().1 = Some(*id);
        }
    }
    neighbours
}

/// Puts the calls of a directory in order.
pub(crate) fn arrange(directory: &Directory, today: Date) -> Calls {
    let mut calls = Calls::default();
    calls.in_order = CallId::all(directory.calls.len()).collect();
    calls.in_order.sort_by_key(|id| (directory[*id].starts_at(), *id));
    let decided = |id: &CallId| (0..directory[*id].decisions.len()).zip(std::iter::repeat(*id));
    let latest_first = calls.in_order.iter().rev();
    calls.decisions = latest_first.flat_map(decided).map(|(at, id)| (id, at)).collect();
    calls.neighbours = neighbours(directory, &calls.in_order);
    let ahead = |id: &&CallId| directory[**id].is_ahead(today) && directory[**id].start.is_some();
    calls.next = calls.in_order.iter().find(ahead).copied();
    for id in &calls.in_order {
        let call = &directory[*id];
        if let Some(day) = call.day() {
            calls.by_year.entry(day.year()).or_default().push(*id);
        }
        for coop in attendance(call) {
            calls.attended.entry(coop).or_default().push(*id);
        }
    }
    for id in &calls.in_order {
        for said in said(&directory[*id]) {
            let calls = calls.said_in.entry(said).or_default();
            if calls.last() != Some(id) {
                calls.push(*id);
            }
        }
    }
    calls
}

/// The coops that took part in a call: once it was held, each that has a turn, spoken, written or as an
/// observer, and not only an apology.
pub(crate) fn attendance(call: &Call) -> BTreeSet<CoopId> {
    let held = Some(call).filter(|call| call.status == CallStatus::Held);
    let turns = held.into_iter().flat_map(|call| &call.turns);
    turns.filter(|turn| turn.role != Role::Apology).map(|turn| turn.coop).collect()
}

/// The day for which a call is prepared: its own, or today where it is over or has none.
pub(crate) fn day_of(call: &Call, today: Date) -> Date {
    call.day().map_or(today, |day| day.max(today))
}

/// The coops that can say in a call what came of an introduction: those with a turn, but for apologies.
pub(crate) fn asked(call: &Call) -> BTreeSet<CoopId> {
    let turns = call.turns.iter().filter(|turn| turn.role != Role::Apology);
    turns.map(|turn| turn.coop).collect()
}

fn said(call: &Call) -> impl Iterator<Item = Said> {
    call.turns.iter().flat_map(|turn| {
        let needs = turn.needs.iter().map(|need| Said::Need(*need));
        needs.chain(turn.offers.iter().map(|offer| Said::Offer(*offer)))
    })
}
