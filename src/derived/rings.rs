//! Rings: circles of two, three or four coops in which each gives what the next one needs.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::matching::{Match, Matches};
use crate::content::values::MatchStatus;
use crate::directory::Directory;
use crate::directory::ids::{CoopId, EntryId, NeedId, OfferId};

/// Every ring of a directory that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rings {
    /// Best first.
    pub list: Vec<Ring>,
    by_coop: Vec<(CoopId, u32)>,
}

/// A circle of coops in which each gives what the next needs, and the last what the first needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// In the order in which they give, the one with the smallest id first. None stands there twice.
    pub coops: Vec<CoopId>,
    /// What each gives to the next: the coop at the same position offers, the next one needs.
    pub steps: Vec<(NeedId, OfferId)>,
    /// How well the step that fits worst fits, from 0 to 1.
    pub score: f64,
    /// How well its steps fit on the average, from 0 to 1.
    pub mean: f64,
}

/// How many coops a ring has at most.
const LONGEST: usize = 4;

/// How far the search goes, and how much of what it finds is kept.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// To how many others a coop gives at most: those whose needs it meets best.
    ways: usize,
    /// How many rings are looked at that begin with the same coop.
    of_first: usize,
    /// In how many rings a coop is at most, so that a busy one does not fill the list.
    of_coop: usize,
    /// How many rings there are at most.
    all: usize,
}

/// From each coop the search takes at most 8 + 8² + 8³ steps and looks 8³ times for the way back, 1096
/// in all; so its work grows with the number of coops, and not with what connects them.
const LIMITS: Limits = Limits { ways: 8, of_first: 64, of_coop: 10, all: 500 };

/// Finds the best rings. Each step is a pair that is suggested, or that people introduced or agreed on.
pub(crate) fn find(matches: &Matches, directory: &Directory, today: Date) -> Rings {
    let ways = Ways::new(matches, directory, today, LIMITS.ways);
    let (candidates, _) = search(&ways, LIMITS);
    let list: Vec<Ring> =
        choose(candidates, LIMITS).iter().map(|candidate| ways.ring(candidate)).collect();
    let mut by_coop: Vec<(CoopId, u32)> = (0..)
        .zip(&list)
        .flat_map(|(at, ring)| ring.coops.iter().map(move |coop| (*coop, at)))
        .collect();
    by_coop.sort_unstable();
    Rings { list, by_coop }
}

impl Rings {
    /// The rings that a coop is in, best first.
    pub fn of_coop(&self, coop: CoopId) -> impl Iterator<Item = &Ring> {
        let start = self.by_coop.partition_point(|(other, _)| *other < coop);
        let same = self.by_coop[start..].iter().take_while(move |(other, _)| *other == coop);
        same.map(|(_, at)| &self.list[*at as usize])
    }
}

impl Ring {
    /// The coops of each step: who gives, and who takes.
    pub fn pairs(&self) -> impl Iterator<Item = (CoopId, CoopId)> {
        let takers = self.coops.iter().cycle().skip(1);
        self.coops.iter().copied().zip(takers.copied())
    }
}

/// The best way from one coop to another.
#[derive(Clone, Copy, Debug)]
struct Way {
    to: CoopId,
    need: NeedId,
    offer: OfferId,
    score: f64,
}

/// Who can give something to whom, and what.
struct Ways {
    /// By coop: to whom it can give, by the id of who takes.
    from: Vec<Vec<Way>>,
}

/// A ring as the search finds it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    coops: [CoopId; LONGEST],
    length: usize,
    weakest: f64,
    sum: f64,
}

impl Ways {
    fn new(matches: &Matches, directory: &Directory, today: Date, most: usize) -> Ways {
        let mut from = vec![Vec::<Way>::new(); directory.coops.len()];
        // The best come first, so the first between two coops is their best.
        for found in matches.list.iter().filter(|found| is_alive(found, directory, today)) {
            let (need, offer) = (&directory[found.need].terms, &directory[found.offer].terms);
            let of_giver = &mut from[offer.coop.index()];
            let is_known = of_giver.iter().any(|way| way.to == need.coop);
            if need.coop != offer.coop && of_giver.len() < most && !is_known {
                let (need, offer, to) = (found.need, found.offer, need.coop);
                of_giver.push(Way { to, need, offer, score: found.score });
            }
        }
        from.iter_mut().for_each(|ways| ways.sort_by_key(|way| way.to));
        Ways { from }
    }

    fn between(&self, giver: CoopId, taker: CoopId) -> Option<&Way> {
        let ways = &self.from[giver.index()];
        let at = ways.binary_search_by_key(&taker, |way| way.to).ok()?;
        Some(&ways[at])
    }

    fn ring(&self, candidate: &Candidate) -> Ring {
        let mut ring = Ring {
            coops: candidate.coops().to_vec(),
            steps: Vec::new(),
            score: candidate.weakest,
            mean: candidate.mean(),
        };
        let steps = ring.pairs().filter_map(|(giver, taker)| self.between(giver, taker));
        ring.steps = steps.map(|way| (way.need, way.offer)).collect();
        ring
    }
}

/// Whether something can still be given: nobody said no, it is not done, the need is not over, and both coops
/// are at work.
fn is_alive(found: &Match, directory: &Directory, today: Date) -> bool {
    match found.status {
        None => true,
        Some(MatchStatus::Introduced | MatchStatus::Agreed) => {
            !directory.is_former(EntryId::Need(found.need), today)
                && !directory.is_closed(directory[found.offer].terms.coop)
        }
        Some(MatchStatus::Fulfilled | MatchStatus::Declined | MatchStatus::Lapsed) => false,
    }
}

impl Candidate {
    fn coops(&self) -> &[CoopId] {
        &self.coops[..self.length]
    }

    fn with(mut self, way: &Way) -> Candidate {
        self.weakest = self.weakest.min(way.score);
        self.sum += way.score;
        self
    }

    fn mean(&self) -> f64 {
        self.sum / self.length as f64
    }

    /// Best first. A ring breaks where it is weakest, so that step counts before all; then how well
    /// its steps fit together. Where both are equal, fewer coops have less to agree on.
    fn compare(&self, other: &Candidate) -> Ordering {
        let (weakest, mean) = (other.weakest, other.mean());
        weakest
            .total_cmp(&self.weakest)
            .then(mean.total_cmp(&self.mean()))
            .then(self.length.cmp(&other.length))
            .then(self.coops().cmp(other.coops()))
    }
}

/// Every ring, each once: from its coop with the smallest id, over others with greater ones. Also says
/// how many steps that took.
fn search(ways: &Ways, limits: Limits) -> (Vec<Candidate>, usize) {
    let (mut all, mut steps) = (Vec::new(), 0);
    for first in CoopId::all(ways.from.len()) {
        let mut found = Vec::new();
        let coops = [first; LONGEST];
        let start = Candidate { coops, length: 1, weakest: f64::INFINITY, sum: 0.0 };
        steps += follow(ways, start, &mut found);
        found.sort_by(Candidate::compare);
        found.truncate(limits.of_first);
        all.append(&mut found);
    }
    (all, steps)
}

/// Goes on from the last coop of a path, and notes where it comes back to the first.
fn follow(ways: &Ways, path: Candidate, found: &mut Vec<Candidate>) -> usize {
    let (first, last) = (path.coops[0], path.coops[path.length - 1]);
    if path.length == LONGEST {
        found.extend(ways.between(last, first).map(|way| path.with(way)));
        return 1;
    }
    let mut steps = 0;
    for way in &ways.from[last.index()] {
        steps += 1;
        let mut next = path.with(way);
        if way.to == first {
            found.push(next);
        } else if way.to > first && !path.coops().contains(&way.to) {
            next.coops[path.length] = way.to;
            next.length += 1;
            steps += follow(ways, next, found);
        }
    }
    steps
}

/// The best, but of no coop more than its share.
fn choose(mut candidates: Vec<Candidate>, limits: Limits) -> Vec<Candidate> {
    candidates.sort_by(Candidate::compare);
    let mut taken: BTreeMap<CoopId, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for candidate in candidates {
        if chosen.len() == limits.all {
            break;
        }
        let of = |coop: &CoopId| taken.get(coop).copied().unwrap_or_default();
        if candidate.coops().iter().all(|coop| of(coop) < limits.of_coop) {
            candidate.coops().iter().for_each(|coop| *taken.entry(*coop).or_default() += 1);
            chosen.push(candidate);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::values::CoopStatus;
    use crate::directory::tests::{day, directory};

    const TODAY: &str = "2026-11-22";
    const NONE: Limits = Limits { ways: 99, of_first: 9999, of_coop: 9999, all: 9999 };

    /// Ways by giver and taker; where a score is 0, there is none.
    fn ways(scores: &[Vec<u8>]) -> Ways {
        let way = |(to, score): (u32, &u8)| {
            let (to, score) = (CoopId(to), f64::from(*score) / 10.0);
            (score > 0.0).then_some(Way { to, need: NeedId(0), offer: OfferId(0), score })
        };
        Ways { from: scores.iter().map(|of| (0..).zip(of).filter_map(way).collect()).collect() }
    }

    /// Every ring as it is defined: each order of two to four coops with the smallest first.
    fn all_orders(ways: &Ways) -> Vec<Candidate> {
        let mut orders: Vec<Vec<CoopId>> =
            CoopId::all(ways.from.len()).map(|first| vec![first]).collect();
        let mut all = Vec::new();
        for _ in 1..LONGEST {
            let longer = orders.iter().flat_map(|order| {
                let others = CoopId::all(ways.from.len());
                let others = others.filter(|it| *it > order[0] && !order.contains(it));
                others.map(|other| [order.as_slice(), &[other]].concat())
            });
            orders = longer.collect();
            all.extend(orders.iter().filter_map(|order| {
                let takers = order.iter().cycle().skip(1);
                let steps = order.iter().zip(takers).map(|(a, b)| ways.between(*a, *b));
                let steps: Vec<&Way> = steps.collect::<Option<_>>()?;
                let mut coops = [order[0]; LONGEST];
                coops[..order.len()].copy_from_slice(order);
                let weakest = steps.iter().map(|way| way.score).fold(f64::INFINITY, f64::min);
                let sum = steps.iter().map(|way| way.score).sum();
                Some(Candidate { coops, length: order.len(), weakest, sum })
            }));
        }
        all.sort_by(Candidate::compare);
        all
    }

    proptest! {
        #[test]
        fn every_ring_is_found_once(
            size in 1..7_usize,
            scores in prop::collection::vec(prop::collection::vec(0..4_u8, 7), 7),
        ) {
            let mut scores: Vec<Vec<u8>> =
                scores[..size].iter().map(|of| of[..size].to_vec()).collect();
            (0..size).for_each(|at| scores[at][at] = 0);
            let ways = ways(&scores);
            prop_assert_eq!(choose(search(&ways, NONE).0, NONE), all_orders(&ways));

            let limits = Limits { of_coop: 3, all: 5, ..NONE };
            let kept = choose(all_orders(&ways), limits);
            let count = |coop: &CoopId| kept.iter().filter(|it| it.coops().contains(coop)).count();
            prop_assert!(kept.len() <= 5 && (0..7).all(|coop| count(&CoopId(coop)) <= 3));
            for left_out in all_orders(&ways).iter().filter(|it| !kept.contains(it)) {
                let is_full = left_out.coops().iter().any(|coop| count(coop) == 3);
                prop_assert!(is_full || kept.len() == 5);
            }
        }
    }

    #[test]
    fn the_weakest_step_counts_first_then_the_mean_then_few_coops() {
        let ring = |length, weakest: f64, sum: f64| Candidate {
            coops: [CoopId(0); LONGEST],
            length,
            weakest,
            sum,
        };
        let in_order = [ring(3, 0.5, 1.5), ring(2, 0.4, 1.4), ring(2, 0.4, 1.2), ring(4, 0.4, 2.4)];
        assert!(in_order.is_sorted_by(|a, b| a.compare(b) == Ordering::Less));
    }

    fn suggestion(need: NeedId, offer: OfferId, score: f64) -> Match {
        let (status, decision, since) = (None, None, None);
        let (reasons, history) = (Vec::new(), Vec::new());
        Match { need, offer, score, status, reasons, history, decision, since }
    }

    /// So many coops, each with one need and one offer.
    fn coops(count: usize) -> Directory {
        let mut files = Vec::new();
        for at in 0..count {
            let of = format!("---\ntitle: T\ncoop: c{at:03}\nkind: human\n---\n");
            files.push((format!("content/coops/c{at:03}.md"), "---\ntitle: C\n---\n".to_owned()));
            files.push((format!("content/needs/n{at:03}.md"), of.clone()));
            files.push((format!("content/offers/o{at:03}.md"), of));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        directory(&files)
    }

    #[test]
    fn where_everybody_can_help_everybody_the_work_stays_bounded() {
        let count = 300;
        let directory = coops(count);
        let pairs = (0..300).flat_map(|need| (0..300).map(move |offer| (need, offer)));
        let score = |need: u32, offer: u32| {
            f64::from(need.wrapping_mul(0x9E37_79B9) ^ offer.wrapping_mul(0x85EB_CA6B))
                / f64::from(u32::MAX)
        };
        let mut list: Vec<Match> = pairs
            .map(|(need, offer)| suggestion(NeedId(need), OfferId(offer), score(need, offer)))
            .collect();
        list.sort_by(|a, b| b.score.total_cmp(&a.score));
        let matches = Matches::new(list, &directory);
        let (_, steps) = search(&Ways::new(&matches, &directory, day(TODAY), LIMITS.ways), LIMITS);
        assert!(steps <= count * 1096, "{steps} steps");
        let rings = find(&matches, &directory, day(TODAY));
        assert!(!rings.list.is_empty() && rings.list.len() <= LIMITS.all);
        for coop in CoopId::all(count) {
            assert!(rings.of_coop(coop).count() <= LIMITS.of_coop);
            assert!(rings.of_coop(coop).all(|ring| ring.coops.contains(&coop)));
        }
    }

    #[test]
    fn a_step_is_what_can_still_be_given() {
        let directory = coops(2);
        let count = |status: Option<MatchStatus>| {
            let back = Match { status, ..suggestion(NeedId(1), OfferId(0), 0.4) };
            let list = vec![suggestion(NeedId(0), OfferId(1), 0.6), back];
            find(&Matches::new(list, &directory), &directory, day(TODAY)).list.len()
        };
        assert_eq!(count(None), 1);
        for &status in MatchStatus::ALL {
            let is_alive = matches!(status, MatchStatus::Introduced | MatchStatus::Agreed);
            assert_eq!(count(Some(status)), usize::from(is_alive), "{status:?}");
        }
    }

    #[test]
    fn a_coop_that_has_closed_is_in_no_ring() {
        for closed in ["c000", "c001"] {
            let mut directory = coops(2);
            let coop = directory.coops.iter_mut().find(|coop| coop.entry.slug.as_str() == closed);
            coop.expect("one of the two").status = CoopStatus::Closed;
            let status = Some(MatchStatus::Agreed);
            let there = Match { status, ..suggestion(NeedId(0), OfferId(1), 0.6) };
            let back = Match { status, ..suggestion(NeedId(1), OfferId(0), 0.4) };
            let rings = find(&Matches::new(vec![there, back], &directory), &directory, day(TODAY));
            assert_eq!(rings.list, [], "{closed}");
        }
    }

    #[test]
    fn between_two_coops_the_best_match_counts() {
        let directory = directory(&[
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/na.md", "---\ntitle: N\ncoop: a\nkind: human\n---\n"),
            ("content/needs/nb.md", "---\ntitle: N\ncoop: b\nkind: human\n---\n"),
            ("content/offers/oa.md", "---\ntitle: O\ncoop: a\nkind: human\n---\n"),
            ("content/offers/ob.md", "---\ntitle: O\ncoop: b\nkind: human\n---\n"),
            ("content/offers/oc.md", "---\ntitle: O\ncoop: b\nkind: human\n---\n"),
        ]);
        let list = vec![
            suggestion(NeedId(1), OfferId(0), 0.8),
            suggestion(NeedId(0), OfferId(2), 0.6),
            suggestion(NeedId(0), OfferId(1), 0.5),
        ];
        let rings = find(&Matches::new(list, &directory), &directory, day(TODAY));
        let [ring] = rings.list.as_slice() else { panic!("one ring: {rings:?}") };
        assert_eq!(ring.coops, [CoopId(0), CoopId(1)]);
        assert_eq!(ring.steps, [(NeedId(1), OfferId(0)), (NeedId(0), OfferId(2))]);
        assert_eq!((ring.score, ring.mean), (0.6, 0.7));
    }
}
