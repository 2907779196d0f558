//! Numbers about a directory: how many of what, and what became of introductions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Derived;
use super::calls::attendance;
use super::introductions::made::brought_together;
use super::matching::Match;
use crate::content::values::{CallStatus, Kind, MatchStatus};
use crate::directory::ids::{CallId, EntryId, NeedId, OfferId, TopicId};

/// The numbers of a directory on one day.
#[derive(Debug, PartialEq)]
pub(crate) struct Statistics {
    pub coops: usize,
    /// Countries with a coop.
    pub countries: usize,
    /// Needs that are open.
    pub open_needs: usize,
    /// Offers that are open.
    pub open_offers: usize,
    /// Calls that were held.
    pub calls_held: usize,
    /// Coops that took part in a call.
    pub delegates: usize,
    /// Pairs that Ayni suggests.
    pub suggestions: usize,
    /// Pairs that people brought together, by what became of them, but for those that are over.
    pub introductions: BTreeMap<MatchStatus, usize>,
    /// Pairs that were introduced, and that are over without an answer.
    pub over: usize,
    /// Open needs and offers by kind; every kind is there.
    pub by_kind: BTreeMap<Kind, Tally>,
    /// The same by topic, those first that are missed or left over most.
    pub by_topic: Vec<(TopicId, Tally)>,
    /// The calls that were held, the latest first.
    pub calls: Vec<CallNumbers>,
}

/// Open needs and offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub needs: usize,
    /// Those of them that no offer fits, or for which nothing came of those that did.
    pub unmet: usize,
    pub offers: usize,
    /// Those of them that no need fits, or for which nothing came of those that did.
    pub unclaimed: usize,
}

/// The numbers of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CallNumbers {
    pub call: CallId,
    /// Coops that took part.
    pub coops: usize,
    /// Those of them that did for the first time.
    pub first_time: usize,
    /// Pairs that were brought together.
    pub introductions: usize,
    /// Those of them that have agreed on something since, or done it.
    pub agreed: usize,
}

pub(crate) fn count(derived: &Derived) -> Statistics {
    let (directory, today) = (&derived.directory, derived.today);
    let matches = derived.matches();
    let (mut matched_needs, mut matched_offers) = (BTreeSet::new(), BTreeSet::new());
    let mut introductions = BTreeMap::new();
    let (mut suggestions, mut over) = (0, 0);
    for found in &matches.list {
        match found.status {
            Some(_) if derived.over(found).is_some() => over += 1,
            Some(status) => *introductions.entry(status).or_default() += 1,
            None => suggestions += 1,
        }
        if can_come_to_something(derived, found, EntryId::Offer(found.offer)) {
            matched_needs.insert(found.need);
        }
        if can_come_to_something(derived, found, EntryId::Need(found.need)) {
            matched_offers.insert(found.offer);
        }
    }
    let mut by_kind: BTreeMap<Kind, Tally> =
        Kind::ALL.iter().map(|kind| (*kind, Tally::default())).collect();
    let mut by_topic: BTreeMap<TopicId, Tally> = BTreeMap::new();
    let mut add = |kind: Kind, topics: &[TopicId], count: &dyn Fn(&mut Tally)| {
        count(by_kind.entry(kind).or_default());
        topics.iter().for_each(|topic| count(by_topic.entry(*topic).or_default()));
    };
    let is_open = |id: EntryId| directory.is_open(id, today);
    let needs = NeedId::each(&directory.needs);
    for (id, need) in needs.filter(|(id, _)| is_open(EntryId::Need(*id))) {
        add(need.terms.kind, &need.entry.topics, &|tally| {
            tally.needs += 1;
            tally.unmet += usize::from(!matched_needs.contains(&id));
        });
    }
    let offers = OfferId::each(&directory.offers);
    for (id, offer) in offers.filter(|(id, _)| is_open(EntryId::Offer(*id))) {
        add(offer.terms.kind, &offer.entry.topics, &|tally| {
            tally.offers += 1;
            tally.unclaimed += usize::from(!matched_offers.contains(&id));
        });
    }
    let mut by_topic: Vec<(TopicId, Tally)> = by_topic.into_iter().collect();
    by_topic.sort_by_key(|(topic, it)| (Reverse((it.unmet + it.unclaimed, it.unmet)), *topic));
    let countries: BTreeSet<_> =
        directory.coops.iter().filter_map(|coop| coop.country.as_ref()).collect();
    let held = directory.calls.iter().filter(|call| call.status == CallStatus::Held);
    Statistics {
        coops: directory.coops.len(),
        countries: countries.len(),
        open_needs: by_kind.values().map(|it| it.needs).sum(),
        open_offers: by_kind.values().map(|it| it.offers).sum(),
        calls_held: held.count(),
        delegates: derived.calls().attending_coops(),
        suggestions,
        introductions,
        over,
        by_kind,
        by_topic,
        calls: calls(derived),
    }
}

/// Whether one side of a match has something of it, or can still have: it did not come to nothing, and what the
/// `other` side has is still to be had, or agreed on.
fn can_come_to_something(derived: &Derived, found: &Match, other: EntryId) -> bool {
    use MatchStatus::{Agreed, Declined, Fulfilled, Introduced, Lapsed};
    match found.status {
        None | Some(Introduced) => derived.is_current(other),
        Some(Agreed | Fulfilled) => true,
        Some(Declined | Lapsed) => false,
    }
}

fn calls(derived: &Derived) -> Vec<CallNumbers> {
    let (directory, arranged) = (&derived.directory, derived.calls());
    let held = arranged.in_order.iter().rev();
    let held = held.filter(|id| directory[**id].status == CallStatus::Held);
    held.map(|id| {
        let call = &directory[*id];
        let (coops, pairs) = (attendance(call), brought_together(derived, *id));
        let has_agreed = |(need, offer): &&(NeedId, OfferId)| {
            let found = derived.matches().find(*need, *offer).and_then(|found| found.status);
            matches!(found, Some(MatchStatus::Agreed | MatchStatus::Fulfilled))
        };
        CallNumbers {
            call: *id,
            coops: coops.len(),
            first_time: coops.iter().filter(|coop| arranged.is_first_of(**coop, *id)).count(),
            introductions: pairs.len(),
            agreed: pairs.iter().filter(has_agreed).count(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::derived::derive;
    use crate::directory::tests::{day, directory};

    /// Open needs, those of them without a match, open offers, those without: after these changes to two coops
    /// with a need and an offer that fit.
    fn tally(files: &[(&str, &str)]) -> [usize; 4] {
        let mut all = vec![
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", "---\ntitle: Wheat harvest\ncoop: a\nkind: human\n---\n"),
            ("content/offers/o.md", "---\ntitle: Harvest of wheat\ncoop: b\nkind: human\n---\n"),
        ];
        all.retain(|(path, _)| !files.iter().any(|(other, _)| other == path));
        all.extend(files);
        let derived = derive(Arc::new(directory(&all)), day("2026-11-22"), None);
        let Tally { needs, unmet, offers, unclaimed } = count(&derived).by_kind[&Kind::Human];
        [needs, unmet, offers, unclaimed]
    }

    #[test]
    fn a_match_of_which_nothing_came_is_none() {
        assert_eq!(tally(&[]), [1, 0, 1, 0]);
        for (status, without) in
            [("introduced", 0), ("agreed", 0), ("fulfilled", 0), ("declined", 1), ("lapsed", 1)]
        {
            let file = format!("---\nneed: n\noffer: o\nstatus: {status}\n---\n");
            let tally = tally(&[("content/matches/n--o.md", &file)]);
            assert_eq!(tally, [1, without, 1, without], "{status}");
        }
    }

    #[test]
    fn a_match_with_what_is_over_is_none() {
        let introduced =
            ("content/matches/n--o.md", "---\nneed: n\noffer: o\nstatus: introduced\n---\n");
        let over = "---\ntitle: Harvest of wheat\ncoop: b\nkind: human\nstatus: withdrawn\n---\n";
        assert_eq!(tally(&[introduced, ("content/offers/o.md", over)]), [1, 1, 0, 0]);
        let closed = ("content/coops/b.md", "---\ntitle: B\nstatus: closed\n---\n");
        assert_eq!(tally(&[introduced, closed]), [1, 1, 0, 0]);
        assert_eq!(
            tally(&[("content/coops/a.md", "---\ntitle: A\nstatus: closed\n---\n")])[..2],
            [0, 0]
        );
    }
}
