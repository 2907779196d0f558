//! Introductions that wait for an answer in the order in which they are asked about: those of whom the next call can
//! ask somebody, then year by year.

use std::collections::BTreeSet;

use super::calls;
use super::matching::{Match, Matches};
use crate::directory::Directory;
use crate::directory::ids::{CallId, CoopId};

/// Why some introductions stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One of the two takes part in the next call.
    NextCall(CallId),
    /// They were introduced in a year.
    Year(i16),
    /// Nobody wrote down when they were introduced.
    Undated,
}

/// Introductions that stand together; positions in [`Matches::list`](super::matching::Matches::list).
#[derive(Debug, PartialEq)]
pub struct Waiting {
    pub group: Group,
    /// The newest first.
    pub matches: Vec<u32>,
}

/// Puts those that wait into groups; within each they stay in their order, which is by day.
pub(crate) fn arrange(
    directory: &Directory,
    matches: &Matches,
    next: Option<CallId>,
    waiting: &[u32],
) -> Vec<Waiting> {
    let asked: BTreeSet<CoopId> =
        next.map(|call| calls::asked(&directory[call])).unwrap_or_default();
    let is_asked = |found: &Match| {
        let sides = directory.sides(found.need, found.offer);
        sides.iter().any(|coop| asked.contains(coop))
    };
    let mut groups: Vec<Waiting> = Vec::new();
    let (first, rest): (Vec<u32>, Vec<u32>) =
        waiting.iter().partition(|at| is_asked(&matches.list[**at as usize]));
    if let Some(call) = next.filter(|_| !first.is_empty()) {
        groups.push(Waiting { group: Group::NextCall(call), matches: first });
    }
    for at in rest {
        let since = matches.list[at as usize].since;
        let group = since.map_or(Group::Undated, |since| Group::Year(since.year()));
        match groups.last_mut().filter(|last| last.group == group) {
            Some(last) => last.matches.push(at),
            None => groups.push(Waiting { group, matches: vec![at] }),
        }
    }
    groups
}
