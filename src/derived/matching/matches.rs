//! A match, and every match of a directory, also by need, by offer and by coop.

use jiff::civil::Date;

use super::scoring::reasons::Reason;
use crate::content::values::MatchStatus;
use crate::directory::Directory;
use crate::directory::history::Event;
use crate::directory::ids::{CoopId, DecisionId, NeedId, OfferId};

/// A need and an offer that fit, or that people brought together.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// What is looked for.
    pub need: NeedId,
    /// What can be given.
    pub offer: OfferId,
    /// How well they fit, from 0 to 1.
    pub score: f64,
    /// What people decided; `None` is a suggestion.
    pub status: Option<MatchStatus>,
    /// Why they fit, the strongest reason first.
    pub reasons: Vec<Reason>,
    /// What people decided, oldest first.
    pub history: Vec<Event>,
    /// The file of the decision, if there is one.
    pub decision: Option<DecisionId>,
    /// Since when its status holds; a suggestion is as new as the newer of its two sides.
    pub since: Option<Date>,
}

/// Every match of a directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// Best first; then by need and offer.
    pub list: Vec<Match>,
    by_need: Vec<(NeedId, u32)>,
    by_offer: Vec<(OfferId, u32)>,
    by_coop: Vec<(CoopId, u32)>,
}

impl Matches {
    /// Puts matches that are in order into lists of their own by need, offer and coop.
    pub(in crate::derived) fn new(list: Vec<Match>, directory: &Directory) -> Matches {
        let mut matches = Matches { list, ..Matches::default() };
        for (at, found) in (0..).zip(&matches.list) {
            matches.by_need.push((found.need, at));
            matches.by_offer.push((found.offer, at));
            let [needing, offering] = directory.sides(found.need, found.offer);
            matches.by_coop.push((needing, at));
            if offering != needing {
                matches.by_coop.push((offering, at));
            }
        }
        matches.by_need.sort_unstable();
        matches.by_offer.sort_unstable();
        matches.by_coop.sort_unstable();
        matches
    }

    /// The matches of a need, best first.
    pub fn of_need(&self, need: NeedId) -> impl Iterator<Item = &Match> {
        self.of(&self.by_need, need)
    }

    /// The matches of an offer, best first.
    pub fn of_offer(&self, offer: OfferId) -> impl Iterator<Item = &Match> {
        self.of(&self.by_offer, offer)
    }

    /// The matches in which a coop needs or offers something, best first.
    pub fn of_coop(&self, coop: CoopId) -> impl Iterator<Item = &Match> {
        self.of(&self.by_coop, coop)
    }

    /// The match of a need and an offer.
    pub fn find(&self, need: NeedId, offer: OfferId) -> Option<&Match> {
        self.of_need(need).find(|found| found.offer == offer)
    }

    /// The position of a match in the list of all.
    pub fn position(&self, found: &Match) -> Option<usize> {
        positions(&self.by_need, found.need).find(|at| self.list[*at].offer == found.offer)
    }

    fn of<'a, Id: Copy + Ord>(
        &'a self,
        by: &'a [(Id, u32)],
        id: Id,
    ) -> impl Iterator<Item = &'a Match> {
        positions(by, id).map(|at| &self.list[at])
    }
}

fn positions<Id: Copy + Ord>(by: &[(Id, u32)], id: Id) -> impl Iterator<Item = usize> {
    let start = by.partition_point(|(other, _)| *other < id);
    let same = by[start..].iter().take_while(move |(other, _)| *other == id);
    same.map(|(_, at)| *at as usize)
}
