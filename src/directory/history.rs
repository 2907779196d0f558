//! What people decided about pairs, in calls and in files of `matches/`, put together.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ids::{CallId, DecisionId, NeedId, OfferId};
use super::whole::Directory;
use crate::content::values::{CallStatus, MatchStatus};

/// Something that people said about a need and an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Where it is written.
    pub origin: Origin,
    pub status: MatchStatus,
    /// When, if that is known.
    pub date: Option<Date>,
    /// The note of the call, or the outcome of the file; or empty.
    pub note: String,
}

/// Where a decision is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Among the matches of a call.
    Call(CallId),
    /// In a file of `matches/`.
    Decision(DecisionId),
}

impl Origin {
    /// The call, where it was said in one.
    pub fn call(self) -> Option<CallId> {
        match self {
            Origin::Call(call) => Some(call),
            Origin::Decision(_) => None,
        }
    }
}

/// All that people decided about one pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decided {
    pub status: MatchStatus,
    /// Since when it holds.
    pub since: Option<Date>,
    /// Its file, if it has one.
    pub decision: Option<DecisionId>,
    /// What led there, oldest first.
    pub history: Vec<Event>,
}

/// The decisions about every pair that people spoke of. Of a cancelled call only a no counts: what was
/// planned for it did not happen.
pub(crate) fn collect(directory: &Directory) -> BTreeMap<(NeedId, OfferId), Decided> {
    let events = events(directory).into_iter();
    events.map(|(pair, events)| (pair, decide(events))).collect()
}

/// Where every pair stood before a call, of which people had spoken by then. What files of `matches/` say
/// counts, unless they say that it was this call that introduced the two.
pub(crate) fn before(
    directory: &Directory,
    call: CallId,
) -> BTreeMap<(NeedId, OfferId), MatchStatus> {
    let start = directory[call].start;
    let is_before = |event: &Event| match event.origin {
        Origin::Call(other) => other != call && directory[other].start < start,
        Origin::Decision(file) => directory[file].introduced_in != Some(call),
    };
    let events = events(directory).into_iter().filter_map(|(pair, mut events)| {
        events.retain(is_before);
        (!events.is_empty()).then(|| (pair, decide(events).status))
    });
    events.collect()
}

fn events(directory: &Directory) -> BTreeMap<(NeedId, OfferId), Vec<Event>> {
    let mut events: BTreeMap<(NeedId, OfferId), Vec<Event>> = BTreeMap::new();
    for (id, call) in CallId::each(&directory.calls) {
        let cancelled = call.status == CallStatus::Cancelled;
        let counts = |status| !cancelled || status == MatchStatus::Declined;
        for said in call.matches.iter().filter(|said| counts(said.status)) {
            let (status, date, note) = (said.status, call.day(), said.note.clone());
            let event = Event { origin: Origin::Call(id), status, date, note };
            events.entry((said.need, said.offer)).or_default().push(event);
        }
    }
    for (id, decision) in DecisionId::each(&directory.decisions) {
        let events = events.entry((decision.need, decision.offer)).or_default();
        if let Some(call) = decision.introduced_in {
            let origin = Origin::Call(call);
            if !events.iter().any(|event| event.origin == origin) {
                let (status, date) = (MatchStatus::Introduced, directory[call].day());
                events.push(Event { origin, status, date, note: String::new() });
            }
        }
        let (status, date) = (decision.status, decision.entry.changed());
        let note = decision.outcome.clone();
        events.push(Event { origin: Origin::Decision(id), status, date, note });
    }
    events
}

fn decide(mut history: Vec<Event>) -> Decided {
    history.sort_by_key(order);
    let mut status = history[0].status;
    let mut since = history[0].date;
    for event in &history[1..] {
        let next = after(status, event.status);
        if next != status {
            (status, since) = (next, event.date);
        }
    }
    let file = |event: &Event| match event.origin {
        Origin::Decision(id) => Some(id),
        Origin::Call(_) => None,
    };
    let decision = history.iter().rev().find_map(file);
    Decided { status, since, decision, history }
}

/// Oldest first. A call without a date comes first; a file without one says what holds now, so it
/// comes last, and on the same day a file comes after the call that it followed.
fn order(event: &Event) -> (u8, Option<Date>, Origin) {
    let rank = match (event.origin, event.date) {
        (Origin::Call(_), None) => 0,
        (_, Some(_)) => 1,
        (Origin::Decision(_), None) => 2,
    };
    (rank, event.date, event.origin)
}

/// What holds after something was decided. Progress is not undone by a repeated introduction, and a
/// no only by a later yes.
fn after(before: MatchStatus, now: MatchStatus) -> MatchStatus {
    use MatchStatus::{Agreed, Declined, Fulfilled, Introduced, Lapsed};
    match (before, now) {
        (Declined, Introduced | Lapsed) => Declined,
        (Introduced | Agreed | Fulfilled, Introduced | Agreed | Fulfilled) => before.max(now),
        (Declined | Lapsed, _) | (_, Declined | Lapsed) => now,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::directory;
    use super::*;

    fn check(files: &[(&str, &str)], expected: MatchStatus, since: Option<&str>) {
        let mut all = vec![
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", "---\ntitle: N\ncoop: a\nkind: human\n---\n"),
            ("content/offers/o.md", "---\ntitle: O\ncoop: b\nkind: human\n---\n"),
        ];
        all.extend(files);
        let decided = collect(&directory(&all));
        let decided = &decided[&(NeedId(0), OfferId(0))];
        assert_eq!(decided.status, expected, "{:?}", decided.history);
        assert_eq!(decided.since.map(|date| date.to_string()).as_deref(), since);
        assert!(decided.history.is_sorted_by_key(order));
    }

    const CALL: &str = "content/calls/2026-09.md";
    const LATER_CALL: &str = "content/calls/2026-10.md";
    const FILE: &str = "content/matches/n--o.md";

    fn call(day: &str, status: &str) -> String {
        format!(
            "---\nstart: {day}T16:00\nstatus: held\nmatches:\n  - {{need: n, offer: o, status: {status}}}\n---\n"
        )
    }

    fn file(updated: &str, status: &str) -> String {
        format!("---\nneed: n\noffer: o\nstatus: {status}\n{updated}---\n")
    }

    #[test]
    fn the_strongest_step_holds() {
        let (first, again) = (call("2026-09-30", "agreed"), call("2026-10-28", "introduced"));
        check(&[(CALL, &first), (LATER_CALL, &again)], MatchStatus::Agreed, Some("2026-09-30"));
        let file = file("updated: 2026-11-01\n", "fulfilled");
        check(&[(CALL, &first), (FILE, &file)], MatchStatus::Fulfilled, Some("2026-11-01"));
    }

    #[test]
    fn a_no_is_undone_only_by_a_later_yes() {
        let (no, again) = (call("2026-09-30", "declined"), call("2026-10-28", "introduced"));
        check(&[(CALL, &no), (LATER_CALL, &again)], MatchStatus::Declined, Some("2026-09-30"));
        let yes = call("2026-10-28", "agreed");
        check(&[(CALL, &no), (LATER_CALL, &yes)], MatchStatus::Agreed, Some("2026-10-28"));
        let earlier = call("2026-08-26", "fulfilled");
        check(&[(LATER_CALL, &earlier), (CALL, &no)], MatchStatus::Declined, Some("2026-09-30"));
    }

    #[test]
    fn what_lapsed_can_begin_again() {
        let (lapsed, again) = (call("2026-09-30", "lapsed"), call("2026-10-28", "introduced"));
        check(
            &[(CALL, &lapsed), (LATER_CALL, &again)],
            MatchStatus::Introduced,
            Some("2026-10-28"),
        );
    }

    #[test]
    fn a_file_without_a_date_says_what_holds_now() {
        let (first, file) = (call("2026-09-30", "agreed"), file("", "declined"));
        check(&[(CALL, &first), (FILE, &file)], MatchStatus::Declined, None);
    }

    #[test]
    fn a_file_names_the_call_of_its_introduction() {
        let held = "---\nstart: 2026-09-30T16:00\nstatus: held\n---\n";
        let file = file("introduced_in: 2026-09\n", "introduced");
        check(&[(CALL, held), (FILE, &file)], MatchStatus::Introduced, Some("2026-09-30"));
    }

    #[test]
    fn of_a_cancelled_call_only_a_no_counts() {
        let planned = call("2026-09-30", "introduced").replace("held", "cancelled");
        let later = call("2026-10-28", "introduced");
        check(
            &[(CALL, &planned), (LATER_CALL, &later)],
            MatchStatus::Introduced,
            Some("2026-10-28"),
        );
        let no = call("2026-09-30", "declined").replace("held", "cancelled");
        check(&[(CALL, &no), (LATER_CALL, &later)], MatchStatus::Declined, Some("2026-09-30"));
    }
}
