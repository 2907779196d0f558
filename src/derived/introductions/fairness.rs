//! A fair choice among pairs: as many as possible take part, nobody too often, and then the best pairs.
//!
//! Who takes part at least once counts before all scores, and newcomers count double. That loses nobody:
//! the sets of guests that can all take part are those that some pairing covers, a matroid (J. Edmonds and
//! D. R. Fulkerson, "Transversals and matroid partition", 1965), and in a matroid the heaviest set is also
//! a largest one.

use super::pairing::{self, Edge};

/// Somebody who can take part in pairs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guest {
    /// Comes before others where not all can take part.
    pub is_new: bool,
    /// Takes part already, whatever is chosen.
    pub is_served: bool,
    /// In how many pairs at most.
    pub room: usize,
}

/// Two different guests, and how good it would be to bring them together. No two pairs have the same guests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    /// The guests, by their places.
    pub guests: [usize; 2],
    /// From 0 to 1.
    pub score: f64,
}

/// So many guests are chosen for exactly.
const GUESTS: usize = 200;

/// So many edges, in the graph of `exact`, are searched exactly: 200 guests with 4,000 pairs, of whom each
/// has room for two. More take too long.
const EDGES: usize = 20_000;

/// Scores are compared in millionths.
const UNIT: f64 = 1_000_000.0;

/// The places of the chosen pairs, in order. Exact up to a size, beyond it a good choice.
pub(super) fn choose(guests: &[Guest], pairs: &[Meeting]) -> Vec<usize> {
    let weights = Weights::new(guests, pairs);
    match guests.len() <= GUESTS && weights.edges() <= EDGES {
        true => exact(&weights, pairs),
        false => greedy(guests, &weights, pairs),
    }
}

/// What a choice is worth, in whole numbers.
struct Weights {
    /// By guest: in how many pairs at most, which is never more than there are.
    room: Vec<usize>,
    /// By guest: what it is worth that they take part at all.
    first: Vec<i64>,
    /// By pair.
    scores: Vec<i64>,
    /// By pair: the guests.
    guests: Vec<[usize; 2]>,
}

impl Weights {
    fn new(guests: &[Guest], pairs: &[Meeting]) -> Weights {
        let scores: Vec<i64> =
            pairs.iter().map(|pair| (pair.score * UNIT).round() as i64).collect();
        // More than all scores together.
        let one = scores.iter().sum::<i64>() + 1;
        let first = |guest: &Guest| match guest {
            Guest { is_served: true, .. } => 0,
            Guest { is_new: true, .. } => 2 * one,
            Guest { .. } => one,
        };
        let mut room = vec![0; guests.len()];
        for guest in pairs.iter().flat_map(|pair| pair.guests) {
            room[guest] = guests[guest].room.min(room[guest] + 1);
        }
        let first = guests.iter().map(first).collect();
        Weights { room, first, scores, guests: pairs.iter().map(|pair| pair.guests).collect() }
    }

    /// How many edges the graph of `exact` has.
    fn edges(&self) -> usize {
        self.guests.iter().map(|[one, other]| self.room[*one] + self.room[*other] + 1).sum()
    }
}

/// The best choice there is, as the heaviest pairing of a larger graph. Each guest has as many ends as
/// room, and taking part at all is worth something at the first of them. Each pair has two ends of its
/// own, one for each guest. Where these are paired with each other, the pair is not chosen; where each is
/// paired with an end of its guest, it is. That only one of them is never pays, since an edge between the
/// two weighs as much as any two others.
fn exact(weights: &Weights, pairs: &[Meeting]) -> Vec<usize> {
    let mut ends_of = Vec::new();
    let mut ends = 0;
    for room in &weights.room {
        ends_of.push(ends..ends + room);
        ends += room;
    }
    let most = |of: &[i64]| of.iter().copied().max().unwrap_or_default();
    let idle = most(&weights.scores) + 2 * most(&weights.first);
    let (start, mut edges) = (ends, Vec::<Edge>::new());
    for (pair, score) in pairs.iter().zip(&weights.scores) {
        for (side, guest) in pair.guests.into_iter().enumerate() {
            for (at, end) in ends_of[guest].clone().enumerate() {
                let first = if at == 0 { 2 * weights.first[guest] } else { 0 };
                let weight = idle + score + first;
                edges.push(Edge { one: end, other: ends + side, weight });
            }
        }
        edges.push(Edge { one: ends, other: ends + 1, weight: 2 * idle });
        ends += 2;
    }
    let partner = pairing::heaviest(ends, &edges);
    let is_chosen = |at: &usize| {
        let own = start + 2 * at;
        let [one, other] = [partner[own], partner[own + 1]];
        one.is_some_and(|end| end < start) && other.is_some_and(|end| end < start)
    };
    (0..pairs.len()).filter(is_chosen).collect()
}

/// A good choice: always the pair that is worth most by then, and after that, room is made for the guests who
/// were left out.
fn greedy(guests: &[Guest], weights: &Weights, pairs: &[Meeting]) -> Vec<usize> {
    let mut choice = Choice { taken: vec![false; pairs.len()], count: vec![0; guests.len()] };
    let mut by_worth: Vec<usize> = (0..pairs.len()).collect();
    by_worth.sort_by_key(|at| std::cmp::Reverse(weights.scores[*at]));
    // Pairs that two guests wait for, then those that one waits for, newcomers first; then the rest.
    for least in [4, 3, 2, 1, 0] {
        for at in &by_worth {
            let waiting = pairs[*at].guests.into_iter().filter(|guest| choice.count[*guest] == 0);
            let worth = waiting.map(|guest| match guests[guest] {
                Guest { is_served: true, .. } => 0,
                Guest { is_new: true, .. } => 2,
                Guest { .. } => 1,
            });
            if worth.sum::<i32>() >= least && choice.has_room(weights, pairs[*at].guests) {
                choice.take(pairs, *at);
            }
        }
        if least == 1 {
            make_room(guests, weights, pairs, &mut choice);
        }
    }
    (0..pairs.len()).filter(|at| choice.taken[*at]).collect()
}

/// Pairs that are taken, and in how many each guest is.
struct Choice {
    taken: Vec<bool>,
    count: Vec<usize>,
}

impl Choice {
    fn has_room(&self, weights: &Weights, guests: [usize; 2]) -> bool {
        guests.into_iter().all(|guest| self.count[guest] < weights.room[guest])
    }

    fn take(&mut self, pairs: &[Meeting], at: usize) {
        if !std::mem::replace(&mut self.taken[at], true) {
            pairs[at].guests.into_iter().for_each(|guest| self.count[guest] += 1);
        }
    }

    fn give_up(&mut self, pairs: &[Meeting], at: usize) {
        if std::mem::replace(&mut self.taken[at], false) {
            pairs[at].guests.into_iter().for_each(|guest| self.count[guest] -= 1);
        }
    }
}

/// Exchanges pairs so that guests who are left out take part, newcomers first.
fn make_room(guests: &[Guest], weights: &Weights, pairs: &[Meeting], choice: &mut Choice) {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); guests.len()];
    for (at, pair) in pairs.iter().enumerate() {
        pair.guests.into_iter().for_each(|guest| of[guest].push(at));
    }
    let mut waiting: Vec<usize> = (0..guests.len())
        .filter(|guest| choice.count[*guest] == 0 && weights.room[*guest] > 0)
        .filter(|guest| !guests[*guest].is_served)
        .collect();
    waiting.sort_by_key(|guest| !guests[*guest].is_new);
    let asked_by = vec![None; guests.len()];
    let mut exchange = Exchange { guests, weights, pairs, of, choice, asked_by, asking: 0 };
    for guest in waiting {
        // An exchange for somebody before may have served them.
        if exchange.choice.count[guest] == 0 {
            exchange.asking = guest;
            exchange.serve(guest);
        }
    }
}

/// A search for a place for one guest.
struct Exchange<'a> {
    guests: &'a [Guest],
    weights: &'a Weights,
    pairs: &'a [Meeting],
    /// By guest: the pairs.
    of: Vec<Vec<usize>>,
    choice: &'a mut Choice,
    /// By guest: for whom they were asked last.
    asked_by: Vec<Option<usize>>,
    /// For whom a place is looked for.
    asking: usize,
}

impl Exchange<'_> {
    /// Whether a guest without a pair can be given one. Whom they could meet gives up somebody, if need be,
    /// who has another pair, was served already, or can be given another place in the same way.
    fn serve(&mut self, guest: usize) -> bool {
        self.ask(guest);
        for wanted in self.of[guest].clone() {
            let host = self.other(wanted, guest);
            if self.choice.taken[wanted] || !self.ask(host) {
                continue;
            }
            if self.choice.has_room(self.weights, self.pairs[wanted].guests) {
                self.choice.take(self.pairs, wanted);
                return true;
            }
            let of_host = self.of[host].iter().copied();
            let given: Vec<usize> = of_host.filter(|at| self.choice.taken[*at]).collect();
            for given in given {
                let third = self.other(given, host);
                self.choice.give_up(self.pairs, given);
                self.choice.take(self.pairs, wanted);
                let stays = self.choice.count[third] > 0 || self.guests[third].is_served;
                if stays || (self.asked_by[third] != Some(self.asking) && self.serve(third)) {
                    return true;
                }
                self.choice.give_up(self.pairs, wanted);
                self.choice.take(self.pairs, given);
            }
        }
        false
    }

    /// Whether a guest had not been asked yet, and has been now.
    fn ask(&mut self, guest: usize) -> bool {
        self.asked_by[guest].replace(self.asking) != Some(self.asking)
    }

    fn other(&self, pair: usize, guest: usize) -> usize {
        let [one, other] = self.pairs[pair].guests;
        if one == guest { other } else { one }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How many newcomers and how many guests take part, and the sum of scores.
    fn worth(guests: &[Guest], pairs: &[Meeting], chosen: &[usize]) -> Option<(usize, usize, i64)> {
        let mut count = vec![0; guests.len()];
        for guest in chosen.iter().flat_map(|at| pairs[*at].guests) {
            count[guest] += 1;
        }
        if guests.iter().zip(&count).any(|(guest, count)| *count > guest.room) {
            return None;
        }
        let served = || guests.iter().zip(&count).filter(|(it, n)| it.is_served || **n > 0);
        let new = served().filter(|(guest, _)| guest.is_new).count();
        let score = chosen.iter().map(|at| (pairs[*at].score * UNIT).round() as i64).sum();
        Some((new, served().count(), score))
    }

    fn guests(count: usize) -> impl Strategy<Value = Vec<Guest>> {
        let guest = (any::<bool>(), 0..5_u8, 0..4_usize);
        let guest =
            guest.prop_map(|(is_new, served, room)| Guest { is_new, is_served: served == 0, room });
        prop::collection::vec(guest, count)
    }

    fn pairs(guests: usize, most: usize) -> impl Strategy<Value = Vec<Meeting>> {
        let pair = (0..guests, 0..guests, 1..=10_u8).prop_filter("one", |(a, b, _)| a != b);
        prop::collection::vec(pair, 0..most).prop_map(|pairs| {
            let pairs = pairs.into_iter().map(|(a, b, score)| ([a.min(b), a.max(b)], score));
            let pairs: std::collections::BTreeMap<_, _> = pairs.collect();
            let pair = |(guests, score)| Meeting { guests, score: f64::from(score) / 10.0 };
            pairs.into_iter().map(pair).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_choice_is_fairer(guests in guests(7), pairs in pairs(7, 12)) {
            let subsets = (0..1_u32 << pairs.len()).map(|bits| {
                let chosen = (0..pairs.len()).filter(|at| bits & (1 << at) != 0);
                chosen.collect::<Vec<usize>>()
            });
            let all: Vec<_> =
                subsets.filter_map(|chosen| worth(&guests, &pairs, &chosen)).collect();
            let found = worth(&guests, &pairs, &choose(&guests, &pairs));
            prop_assert_eq!(found, all.iter().max().copied());
            // Newcomers come first, and yet nobody is left out for that.
            let most = all.iter().map(|it| it.1).max();
            prop_assert_eq!(found.map(|it| it.1), most);

            let weights = Weights::new(&guests, &pairs);
            let greedy = worth(&guests, &pairs, &greedy(&guests, &weights, &pairs));
            prop_assert!(greedy.is_some() && greedy <= found);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn a_large_choice_keeps_to_the_rules_and_beats_a_quick_one(
            guests in guests(200),
            pairs in pairs(200, 1500),
        ) {
            let best = worth(&guests, &pairs, &choose(&guests, &pairs));
            let weights = Weights::new(&guests, &pairs);
            let quick = worth(&guests, &pairs, &greedy(&guests, &weights, &pairs));
            prop_assert!(quick.is_some() && quick <= best, "{quick:?} {best:?}");
            let (Some((_, served, _)), Some((_, most, _))) = (quick, best) else { return Ok(()) };
            prop_assert!(served * 100 >= most * 95, "{served} of {most} take part");
        }
    }

    #[test]
    fn beyond_the_exact_size_the_quick_choice_is_used() {
        let guest = Guest { is_new: false, is_served: false, room: 2 };
        let guests = vec![guest; 400];
        let pair = |one: usize, by: usize| Meeting { guests: [one, (one + by) % 400], score: 0.5 };
        let pairs: Vec<Meeting> =
            (1..10).flat_map(|by| (0..400).map(move |one| pair(one, by))).collect();
        let chosen = choose(&guests, &pairs);
        let (_, served, _) = worth(&guests, &pairs, &chosen).expect("nobody takes part too often");
        assert_eq!((served, chosen.len()), (400, 400));
    }
}
