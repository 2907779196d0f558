//! What a call that is still to come has on its agenda: a run sheet with minutes for every part and
//! every turn, and what is still open from earlier calls.

use std::collections::BTreeSet;

use super::Derived;
use super::actions::{History, Line};
use super::calls;
use super::standing::{Standing, standing};
use jiff::civil::Date;

use crate::content::values::{CoopStatus, Role};
use crate::directory::call::Turn;
use crate::directory::history::{Event, Origin};
use crate::directory::ids::{CallId, CoopId, EntryId};

/// Minutes to welcome everybody and to say how it goes.
pub(crate) const OPENING: u32 = 5;

/// Minutes to repeat what was decided.
pub(crate) const CLOSING: u32 = 5;

/// A call that leaves fewer minutes for introductions than this is too full: they are what it is for.
pub(crate) const LEAST_FOR_INTRODUCTIONS: u32 = 10;

/// The agenda of one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agenda {
    /// In order; a part begins when the one before ends.
    pub parts: Vec<Part>,
    /// How many minutes it takes longer than the call.
    pub excess: u32,
    /// What is to be done and is not: first what this call names itself, then what earlier ones of its
    /// series left open, the oldest first, by the line that names it last.
    pub actions: Vec<Line>,
    /// What is asked of introductions that wait for an answer.
    pub review: Review,
}

/// Introductions that wait for an answer, as a call looks back on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// Those of its coops that fit into the minutes for them, one minute each, the newest first; by their
    /// positions in the list of all matches.
    pub pairs: Vec<u32>,
    /// How many others wait.
    pub others: usize,
}

/// A part of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// What happens in it.
    pub what: What,
    /// When it begins, in minutes after the start of the call.
    pub at: u32,
    /// How long it is.
    pub minutes: u32,
    /// In a round: when each turn begins, likewise, and its place among the turns of the call. In the review:
    /// when each pair is asked about, and its place among the pairs.
    pub turns: Vec<(u32, usize)>,
}

/// What happens in a part of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Opening,
    Review,
    About,
    Needs,
    Offers,
    Introductions,
    Closing,
}

impl What {
    /// Its name among the messages of the interface.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            What::Opening => "opening",
            What::Review => "review",
            What::About => "about",
            What::Needs => "needs",
            What::Offers => "offers",
            What::Introductions => "introductions",
            What::Closing => "closing",
        }
    }
}

/// The agenda of a call.
pub(crate) fn of(derived: &Derived, id: CallId) -> Agenda {
    let call = &derived.directory[id];
    let order = order(derived, id);
    let rounds = [
        (What::About, call.rounds.about),
        (What::Needs, call.rounds.needs),
        (What::Offers, call.rounds.offers),
    ];
    let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    let review = review(derived, id);
    let (turns, asked) = (count(order.len()), count(review.pairs.len()));
    let fixed = rounds.iter().fold((OPENING + CLOSING).saturating_add(asked), |sum, (_, each)| {
        sum.saturating_add(turns.saturating_mul(*each))
    });
    let left = call.duration_minutes.saturating_sub(fixed).max(LEAST_FOR_INTRODUCTIONS);
    let mut parts = Vec::new();
    let mut at = 0_u32;
    let pairs: Vec<usize> = (0..review.pairs.len()).collect();
    let mut add = |what: What, minutes: u32, each: Option<u32>| {
        let who = if what == What::Review { &pairs } else { &order };
        let turns = each.map_or_else(Vec::new, |each| {
            let starts = (0_u32..).map(|before| at.saturating_add(before.saturating_mul(each)));
            starts.zip(who.iter().copied()).collect()
        });
        parts.push(Part { what, at, minutes, turns });
        at = at.saturating_add(minutes);
    };
    add(What::Opening, OPENING, None);
    if asked > 0 {
        add(What::Review, asked, Some(1));
    }
    for (what, each) in rounds {
        add(what, turns.saturating_mul(each), Some(each));
    }
    add(What::Introductions, left, None);
    add(What::Closing, CLOSING, None);
    Agenda {
        parts,
        excess: at.saturating_sub(call.duration_minutes),
        actions: [own_open(derived, id), open_before(derived, id)].concat(),
        review,
    }
}

/// The places of the turns in the order in which they speak: who comes for the first time or is
/// starting, then the others, and last what was sent in writing and is read aloud.
fn order(derived: &Derived, id: CallId) -> Vec<usize> {
    let call = &derived.directory[id];
    let delegates = call.turns.iter().enumerate().filter(|(_, turn)| turn.role == Role::Delegate);
    let is_new = |coop| derived.calls().is_new_in(&derived.directory, coop, id);
    // A coop has one slot, however often its name was written down.
    let mut seen = BTreeSet::new();
    let delegates = delegates.filter(|(_, turn)| seen.insert(turn.coop));
    let mut order: Vec<usize> = delegates.map(|(at, _)| at).collect();
    order.sort_by_key(|at| (call.turns[*at].written, !is_new(call.turns[*at].coop)));
    order
}

/// What a coop needs, in the second round, or offers, in the third: first what its turn names, then
/// what else it has that is open on the day of the call.
pub(crate) fn said_or_open(
    derived: &Derived,
    id: CallId,
    round: What,
    turn: &Turn,
) -> Vec<EntryId> {
    let (said, open): (Vec<EntryId>, Vec<EntryId>) = match round {
        What::Needs => (
            turn.needs.iter().copied().map(EntryId::Need).collect(),
            derived.current_needs_of(turn.coop).map(EntryId::Need).collect(),
        ),
        What::Offers => (
            turn.offers.iter().copied().map(EntryId::Offer).collect(),
            derived.current_offers_of(turn.coop).map(EntryId::Offer).collect(),
        ),
        _ => (Vec::new(), Vec::new()),
    };
    let named: BTreeSet<EntryId> = said.iter().copied().collect();
    let day = derived.day_of(id);
    let is_other = |id: &EntryId| !named.contains(id) && derived.is_at_hand(*id, day);
    let others: Vec<EntryId> = open.into_iter().filter(is_other).collect();
    [said, others].concat()
}

/// What a call names itself and no call says that it ended.
fn own_open(derived: &Derived, id: CallId) -> Vec<Line> {
    let lines = (0..derived.directory[id].actions.len()).map(|at| (id, at));
    lines.filter(|line| derived.actions().of(*line).end.is_none()).collect()
}

/// What earlier calls of its series left open and this one does not name itself.
fn open_before(derived: &Derived, id: CallId) -> Vec<Line> {
    let (directory, own) = (&derived.directory, &derived.directory[id]);
    let is_earlier = |history: &&History| {
        history.series == own.series
            && directory[history.first()].start < own.start
            && !history.is_named_in(id)
    };
    derived.actions().open().filter(is_earlier).map(History::last).collect()
}

/// A coop that waits for a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub coop: CoopId,
    /// The day of the last call that it took part in.
    pub last: Option<Date>,
    /// How many open needs it has.
    pub needs: usize,
    /// How many open offers it has.
    pub offers: usize,
}

/// The coops with needs or offers at hand on the day of a call, by how long they have waited for a turn: first
/// those that never had one, as they joined.
pub(crate) fn waiting(derived: &Derived, day: Date) -> Vec<Waiting> {
    let directory = &derived.directory;
    let at_hand = |id: EntryId| derived.is_at_hand(id, day);
    let coops = CoopId::all(directory.coops.len());
    let mut waiting: Vec<Waiting> = coops
        .filter(|coop| directory[*coop].status != CoopStatus::Closed)
        .map(|coop| Waiting {
            coop,
            last: derived.calls().attended_by(coop).last().and_then(|it| directory[*it].day()),
            needs: derived.current_needs_of(coop).filter(|it| at_hand(EntryId::Need(*it))).count(),
            offers: derived
                .current_offers_of(coop)
                .filter(|it| at_hand(EntryId::Offer(*it)))
                .count(),
        })
        .filter(|it| it.needs + it.offers > 0)
        .collect();
    waiting.sort_by_key(|it| (it.last, directory[it.coop].entry.created, it.coop));
    waiting
}

/// The introductions made before a call of which nobody has said what came of them, and that are not over
/// on its day. It names those of coops that have a turn, and have not sent apologies.
pub(crate) fn review(derived: &Derived, id: CallId) -> Review {
    let (directory, day) = (&derived.directory, derived.day_of(id));
    let call = &directory[id];
    let coops = calls::asked(call);
    let found = |at: &u32| &derived.matches().list[*at as usize];
    let is_earlier = |event: &Event| match event.origin {
        Origin::Call(other) => other != id && directory[other].start < call.start,
        Origin::Decision(file) => directory[file].introduced_in != Some(id),
    };
    let is_waiting = |at: &u32| {
        standing(directory, found(at), day) == Some(Standing::Waiting)
            && found(at).history.iter().any(is_earlier)
    };
    let is_of_call = |at: &u32| {
        let sides = directory.sides(found(at).need, found(at).offer);
        sides.iter().any(|coop| coops.contains(coop))
    };
    let waiting: Vec<u32> =
        derived.match_lists().waiting().iter().copied().filter(is_waiting).collect();
    let named = waiting.iter().copied().filter(is_of_call).take(call.rounds.review as usize);
    let pairs: Vec<u32> = named.collect();
    Review { others: waiting.len() - pairs.len(), pairs }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::derived::derive;
    use crate::directory::tests::{day, directory};

    const COOPS: [(&str, &str); 3] = [
        ("content/coops/a.md", "---\ntitle: A\n---\n"),
        ("content/coops/b.md", "---\ntitle: B\n---\n"),
        ("content/coops/c.md", "---\ntitle: C\n---\n"),
    ];

    fn agenda(calls: &[(&str, &str)], call: usize) -> Agenda {
        let files: Vec<(&str, &str)> = COOPS.iter().chain(calls).copied().collect();
        let derived = derive(Arc::new(directory(&files)), day("2026-11-22"), None);
        let id = derived.calls().in_order[call];
        of(&derived, id)
    }

    const HELD: (&str, &str) = (
        "content/calls/2026-10.md",
        "---\nstart: 2026-10-28T16:00\nstatus: held\nturns: [{coop: a}]\nactions:\n\
         - {what: Write to the others}\n- {what: Count the loaves, done: true}\n- {what: Sing}\n---\n",
    );

    fn planned(fields: &str) -> String {
        format!(
            "---\nstart: 2026-11-25T16:00\nstatus: planned\nminutes: {{about: 1, needs: 2, offers: 3}}\n{fields}---\n"
        )
    }

    #[test]
    fn every_turn_has_its_minute_and_introductions_get_what_is_left() {
        let call = planned(
            "duration: 60m\nturns: [{coop: b, written: true}, {coop: a}, {coop: c}, {coop: a, role: apology}]\n",
        );
        let agenda = agenda(&[HELD, ("content/calls/2026-11.md", &call)], 1);
        let parts: Vec<_> = agenda.parts.iter().map(|it| (it.what, it.at, it.minutes)).collect();
        assert_eq!(
            parts,
            [
                (What::Opening, 0, 5),
                (What::About, 5, 3),
                (What::Needs, 8, 6),
                (What::Offers, 14, 9),
                (What::Introductions, 23, 32),
                (What::Closing, 55, 5),
            ]
        );
        // C comes for the first time, A has been there, and B is read aloud.
        assert_eq!(agenda.parts[2].turns, [(8, 2), (10, 1), (12, 0)]);
        assert_eq!(agenda.excess, 0);
    }

    #[test]
    fn a_call_that_is_too_full_says_by_how_much() {
        let call = planned("duration: 30m\nturns: [{coop: a}, {coop: b}, {coop: c}]\n");
        assert_eq!(agenda(&[("content/calls/2026-11.md", &call)], 0).excess, 5 + 18 + 10 + 5 - 30);
    }

    #[test]
    fn what_is_not_done_is_still_open_until_a_later_call_says_otherwise() {
        let between = "---\nstart: 2026-11-11T16:00\nstatus: held\nactions: [{what: Sing, done: true}]\n---\n";
        let call = planned("actions: [{what: Dance}]\n");
        let calls = [HELD, ("content/calls/b.md", between), ("content/calls/2026-11.md", &call)];
        let words = |calls: &[(&str, &str)], call: usize| {
            let files: Vec<(&str, &str)> = COOPS.iter().chain(calls).copied().collect();
            let derived = derive(Arc::new(directory(&files)), day("2026-11-22"), None);
            let agenda = of(&derived, derived.calls().in_order[call]);
            let what = |(id, at): &Line| derived.directory[*id].actions[*at].what.clone();
            agenda.actions.iter().map(what).collect::<Vec<_>>()
        };
        assert_eq!(words(&calls, 2), ["Dance", "Write to the others"]);
        let again = planned("actions: [{what: Write to the others}]\n");
        let calls = [HELD, ("content/calls/2026-11.md", &again)];
        assert_eq!(words(&calls, 1), ["Write to the others", "Sing"]);
    }

    #[test]
    fn looking_back_has_its_minutes_and_the_sum_stays_right() {
        let more = [
            ("content/needs/n.md", "---\ntitle: N\ncoop: a\nkind: human\n---\n"),
            ("content/needs/m.md", "---\ntitle: M\ncoop: c\nkind: human\n---\n"),
            ("content/offers/o.md", "---\ntitle: O\ncoop: b\nkind: human\n---\n"),
            (
                "content/calls/2026-09.md",
                "---\nstart: 2026-09-30T16:00\nstatus: held\nmatches: [{need: n, offer: o}, {need: m, offer: o}]\n---\n",
            ),
        ];
        let parts_of = |call: &str| {
            let files: Vec<(&str, &str)> =
                more.iter().copied().chain([("content/calls/2026-11.md", call)]).collect();
            let agenda = agenda(&files, 1);
            let parts: Vec<_> =
                agenda.parts.iter().map(|it| (it.what, it.at, it.minutes)).collect();
            assert!(parts.windows(2).all(|two| two[0].1 + two[0].2 == two[1].1), "{parts:?}");
            (parts, agenda.review, agenda.excess)
        };
        let call = planned("duration: 60m\nturns: [{coop: b}, {coop: c, role: apology}]\n");
        let (parts, review, excess) = parts_of(&call);
        assert_eq!(parts[..3], [(What::Opening, 0, 5), (What::Review, 5, 2), (What::About, 7, 1)]);
        assert_eq!((parts.last(), excess), (Some(&(What::Closing, 55, 5)), 0));
        assert_eq!((review.pairs.len(), review.others), (2, 0));
        let call = planned("duration: 60m\nturns: [{coop: a}]\n");
        let (parts, review, _) = parts_of(&call);
        assert_eq!((parts[1], review.pairs.len(), review.others), ((What::Review, 5, 1), 1, 1));
        // Nobody is there who could say it.
        let (parts, review, _) = parts_of(&planned(""));
        assert_eq!((parts[1].0, review.pairs.len(), review.others), (What::About, 0, 2));
    }
}
