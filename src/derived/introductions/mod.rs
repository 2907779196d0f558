//! Introductions in a call that is still to come: a fair choice among the pairs that fit between the coops that take part.
//! `made.rs` has those that a call made.

mod fairness;
pub(crate) mod made;
mod pairing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::content::values::{MatchStatus, Role};
use crate::derived::calls::{Calls, day_of};
use crate::derived::matching::candidates::{Choice, Index, Sums};
use crate::derived::matching::eligibility::{Eligibility, Limits, is_good};
use crate::derived::matching::finding::{best_first, with_reasons};
use crate::derived::matching::matches::Match;
use crate::derived::matching::reading::profiles::Profiles;
use crate::derived::matching::reading::text::Cutter;
use crate::derived::matching::scoring::score::{Score, Scoring};
use crate::directory::Directory;
use crate::directory::call::Call;
use crate::directory::history;
use crate::directory::ids::{CallId, CoopId, NeedId, OfferId};
use fairness::{Guest, Meeting};

/// In how many introductions a coop takes part in one call, if nobody says otherwise.
pub(crate) const LIMIT: usize = 2;

/// What could be introduced in a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Introductions {
    /// The pairs among those who take part that fit and that nobody has decided on, best first: all of
    /// them, or among very many coops so many of each need that everybody finds somebody.
    pub pairs: Vec<Match>,
    /// The places of the fair choice among them.
    pub chosen: Vec<usize>,
}

impl Introductions {
    /// The fair choice, best first.
    pub fn fair(&self) -> impl Iterator<Item = &Match> {
        self.chosen.iter().map(|at| &self.pairs[*at])
    }
}

/// The coops that send a delegate to a call.
pub(crate) fn delegates(call: &Call) -> BTreeSet<CoopId> {
    let turns = call.turns.iter().filter(|turn| turn.role == Role::Delegate);
    turns.map(|turn| turn.coop).collect()
}

/// Chooses introductions for some calls, in each of which no coop takes part in more than `limit`.
pub(crate) fn find(
    directory: &Directory,
    profiles: &Profiles,
    arranged: &Calls,
    today: Date,
    calls: &[CallId],
    limit: usize,
) -> BTreeMap<CallId, Introductions> {
    let scoring = Scoring::new(directory, profiles, today);
    let decided = history::collect(directory);
    let of_call = |id: &CallId| {
        let present = delegates(&directory[*id]);
        let day = day_of(&directory[*id], today);
        let pairs = pairs_among(&Eligibility::new(&scoring, &decided, day), &present);
        let chosen = choose(directory, arranged, *id, &present, &pairs, limit);
        (*id, Introductions { pairs, chosen })
    };
    calls.iter().map(of_call).collect()
}

/// The pairs of these coops that fit and are at hand on the day, best first; nobody else's needs and
/// offers are looked at, and no drafts.
fn pairs_among(rules: &Eligibility<'_>, present: &BTreeSet<CoopId>) -> Vec<Match> {
    let directory = rules.scoring.directory;
    let index = Index::new(rules.scoring, |offer| {
        let is_finished = !directory[offer].entry.draft;
        let is_present = present.contains(&directory[offer].terms.coop);
        is_present && is_finished && rules.allows_offer(offer)
    });
    let is_wanted = |need: &NeedId| {
        let is_finished = !directory[*need].entry.draft;
        let is_present = present.contains(&directory[*need].terms.coop);
        is_present && is_finished && rules.allows_need(*need)
    };
    // A site that wants no suggestions says so by a limit of 0.
    let wants_any = directory.site.matching.limit != Some(0);
    let all = NeedId::all(directory.needs.len());
    let needs: Vec<NeedId> = all.filter(|need| wants_any && is_wanted(need)).collect();
    let scored = match present.len() <= ALL_PAIRS {
        true => all_of_each(rules, &index, needs),
        false => some_of_each(rules, &index, needs),
    };
    let found = scored.par_iter().map_init(Cutter::default, |cutter, (need, scored)| {
        with_reasons(rules, *need, scored, cutter)
    });
    let mut pairs: Vec<Match> = found.flatten_iter().collect();
    pairs.sort_by(best_first);
    pairs
}

/// Among so many coops, every pair that fits is looked at. Their number grows with the square.
const ALL_PAIRS: usize = 200;

/// Among more coops: so many of the best offers for each need, whoever else they are for,
const BEST_OF_EACH: usize = 3;

/// and the best that are not among those of so many needs yet, up to so many. So everybody finds somebody,
/// also where all have the same to offer.
const OF_EACH: usize = 24;

/// A need, and offers with their scores.
type Scored = (NeedId, Vec<(OfferId, Score)>);

fn all_of_each(rules: &Eligibility<'_>, index: &Index, needs: Vec<NeedId>) -> Vec<Scored> {
    let limits = Limits { most: usize::MAX, ..Limits::of(&rules.scoring.directory.site) };
    let found = needs.into_par_iter().map_init(Sums::default, |sums, need| {
        let is_allowed = |offer| rules.allows_pair(need, offer);
        (need, index.best(rules.scoring, need, Choice { limits, is_allowed }, sums))
    });
    found.collect()
}

fn some_of_each(rules: &Eligibility<'_>, index: &Index, needs: Vec<NeedId>) -> Vec<Scored> {
    let (scoring, usual) = (rules.scoring, Limits::of(&rules.scoring.directory.site));
    let mut sums = Sums::default();
    let mut taken = vec![0_usize; scoring.directory.offers.len()];
    let mut found = Vec::with_capacity(needs.len());
    for need in needs {
        let is_allowed = |offer| rules.allows_pair(need, offer);
        let best = Choice { limits: Limits { most: BEST_OF_EACH, ..usual }, is_allowed };
        let mut scored = index.best(scoring, need, best, &mut sums);
        let more = Choice {
            limits: Limits { most: OF_EACH, ..usual },
            is_allowed: |offer: OfferId| taken[offer.index()] < OF_EACH && is_allowed(offer),
        };
        let more = index.best(scoring, need, more, &mut sums).into_iter();
        let is_new = |offer: OfferId| scored.iter().all(|(best, _)| *best != offer);
        let more: Vec<(OfferId, Score)> = more.filter(|(offer, _)| is_new(*offer)).collect();
        scored.extend(more);
        scored.iter().for_each(|(offer, _)| taken[offer.index()] += 1);
        found.push((need, scored));
    }
    found
}

/// The fair choice: the coops that come for the first time, or that are starting, before others. What
/// has been noted for the call already counts.
fn choose(
    directory: &Directory,
    arranged: &Calls,
    id: CallId,
    present: &BTreeSet<CoopId>,
    found: &[Match],
    limit: usize,
) -> Vec<usize> {
    let call = &directory[id];
    let coops_of = |need: NeedId, offer: OfferId| {
        let [one, other] = directory.sides(need, offer);
        [one.min(other), one.max(other)]
    };
    let noted = call.matches.iter().filter(|noted| noted.status != MatchStatus::Declined);
    let mut met: BTreeSet<[CoopId; 2]> =
        noted.map(|noted| coops_of(noted.need, noted.offer)).collect();
    let mut noted_of: BTreeMap<CoopId, usize> = BTreeMap::new();
    for [one, other] in &met {
        *noted_of.entry(*one).or_default() += 1;
        if one != other {
            *noted_of.entry(*other).or_default() += 1;
        }
    }
    let guest = |coop: &CoopId| {
        let noted = noted_of.get(coop).copied().unwrap_or_default();
        let is_new = arranged.is_new_in(directory, *coop, id);
        Guest { is_new, is_served: noted > 0, room: limit.saturating_sub(noted) }
    };
    let guests: Vec<Guest> = present.iter().map(guest).collect();
    let places: BTreeMap<CoopId, usize> = present.iter().copied().zip(0..).collect();
    // The best come first, so the first of two coops is their best.
    let (mut pairs, mut places_of_pairs) = (Vec::new(), Vec::new());
    let mut has_better = BTreeSet::new();
    for (at, it) in found.iter().enumerate() {
        let coops = coops_of(it.need, it.offer);
        // What may be chance takes up nobody's minutes, unless it is the best that somebody has.
        let is_best_of_one = coops.map(|coop| has_better.insert(coop)).contains(&true);
        if (is_good(it.score) || is_best_of_one) && met.insert(coops) {
            pairs.push(Meeting { guests: coops.map(|coop| places[&coop]), score: it.score });
            places_of_pairs.push(at);
        }
    }
    let chosen = fairness::choose(&guests, &pairs).into_iter();
    chosen.map(|at| places_of_pairs[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derived::calls;
    use crate::directory::tests::{day, directory};

    const TODAY: &str = "2026-11-22";

    /// Coops with their needs and offers, each of some words; and a call to come of them all.
    fn files(coops: &[(&str, &[&str], &[&str])]) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut turns = Vec::new();
        for (coop, needs, offers) in coops {
            files.push((format!("content/coops/{coop}.md"), "---\ntitle: C\n---\n".to_owned()));
            for (folder, words) in [("needs", needs), ("offers", offers)] {
                for (at, words) in words.iter().enumerate() {
                    let text = format!(
                        "---\ntitle: {words}\ncoop: {coop}\nkind: human\ntopics: [food]\n---\n"
                    );
                    files.push((format!("content/{folder}/{coop}{at}.md"), text));
                }
            }
            turns.push(format!("{{coop: {coop}}}"));
        }
        let call = format!("---\nstart: 2026-11-25T16:00\nturns: [{}]\n---\n", turns.join(", "));
        files.push((CALL.to_owned(), call));
        files
    }

    const CALL: &str = "content/calls/2026-11.md";
    const HELD: &str = "content/calls/2026-10.md";

    fn found(files: &[(String, String)], more: &[(&str, &str)], limit: usize) -> Introductions {
        let mut all: BTreeMap<&str, &str> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        all.extend(more.iter().copied());
        let all: Vec<(&str, &str)> = all.into_iter().collect();
        let directory = directory(&all);
        let arranged = calls::arrange(&directory, day(TODAY));
        let ahead = CallId::each(&directory.calls).find(|(_, call)| call.is_ahead(day(TODAY)));
        let (call, _) = ahead.expect("a call to come");
        let mut found =
            find(&directory, &Profiles::new(&directory), &arranged, day(TODAY), &[call], limit);
        found.remove(&call).expect("the call was asked for")
    }

    /// The needs and offers of the fair choice.
    fn chosen(files: &[(String, String)], more: &[(&str, &str)], limit: usize) -> Vec<(u32, u32)> {
        found(files, more, limit).fair().map(|it| (it.need.0, it.offer.0)).collect()
    }

    const WHEAT: &str = "harvest wheat";

    #[test]
    fn only_those_who_take_part_are_looked_at_and_all_of_their_pairs() {
        let eight: Vec<String> = (0..8).map(|at| format!("c{at}")).collect();
        let mut coops: Vec<(&str, &[&str], &[&str])> = vec![("a", &[WHEAT], &[])];
        coops.extend(eight.iter().map(|coop| (coop.as_str(), &[][..], &[WHEAT][..])));
        let mut files = files(&coops);
        // More than the best few of the whole directory.
        assert_eq!(found(&files, &[], 2).pairs.len(), 8);
        let only = "---\nstart: 2026-11-25T16:00\nturns: [{coop: a}, {coop: c1}, {coop: c2, role: observer}]\n---\n";
        assert_eq!(found(&files, &[(CALL, only)], 2).pairs.len(), 1);
        files.retain(|(path, _)| path != CALL);
        assert_eq!(found(&files, &[(CALL, "---\nstart: 2026-11-25T16:00\n---\n")], 2).pairs, []);
    }

    #[test]
    fn nobody_gets_more_than_the_limit_and_a_pair_of_coops_meets_once() {
        let files = files(&[
            ("a", &[WHEAT, WHEAT], &[]),
            ("b", &[], &[WHEAT, WHEAT]),
            ("c", &[], &[WHEAT]),
            ("d", &[], &[WHEAT]),
        ]);
        let of_a = |limit| chosen(&files, &[], limit);
        assert_eq!([0, 1, 2, 3].map(|limit| of_a(limit).len()), [0, 1, 2, 3]);
    }

    #[test]
    fn among_very_many_not_all_pairs_are_kept_but_some_of_everybody() {
        const WORDS: [&[&str]; 5] = [
            &["harvest wheat fields"],
            &["paint wooden chairs"],
            &["concert piano evening"],
            &["bicycle wheel spokes"],
            &["beehive honey wax"],
        ];
        let count = ALL_PAIRS + 20;
        let names: Vec<String> = (0..count).map(|at| format!("c{at:03}")).collect();
        let words = |at: usize| WORDS[at % WORDS.len()];
        let coops: Vec<(&str, &[&str], &[&str])> =
            (0..count).map(|at| (names[at].as_str(), words(at), words(at))).collect();
        let all = found(&files(&coops), &[], 2);
        let of_all = count * (count / WORDS.len() - 1);
        assert!(all.pairs.len() < of_all * 3 / 4, "{} of {of_all}", all.pairs.len());
        let needs: BTreeSet<u32> = all.pairs.iter().map(|it| it.need.0).collect();
        let offers: BTreeSet<u32> = all.pairs.iter().map(|it| it.offer.0).collect();
        assert_eq!((needs.len(), offers.len()), (count, count), "everybody is in some pair");
    }

    #[test]
    fn a_weak_pair_is_chosen_only_where_it_is_the_best_that_one_of_both_has() {
        let files = files(&[
            ("a", &[WHEAT, "forty chairs"], &["paint"]),
            ("b", &["paint"], &[WHEAT]),
            ("c", &[], &["a bowl of soup"]),
            ("d", &["paint"], &["soap"]),
        ]);
        let all = found(&files, &[], 5);
        let weak = |it: &&Match| !is_good(it.score);
        assert_eq!(all.pairs.iter().filter(weak).count(), 3, "chairs from all others");
        // C has nothing else; all others have better.
        let weak: Vec<(u32, u32)> =
            all.fair().filter(weak).map(|it| (it.need.0, it.offer.0)).collect();
        assert_eq!(weak, [(1, 2)]);
    }

    #[test]
    fn who_comes_for_the_first_time_or_is_starting_counts_first() {
        let files = files(&[("a", &[WHEAT], &[]), ("b", &[], &[WHEAT]), ("c", &[], &[WHEAT])]);
        let held =
            "---\nstart: 2026-10-28T16:00\nstatus: held\nturns: [{coop: a}, {coop: b}]\n---\n";
        let both = held.replace("{coop: b}", "{coop: b}, {coop: c}");
        let starting = "---\ntitle: C\nstatus: starting\n---\n";
        assert_eq!(chosen(&files, &[], 1), [(0, 0)]);
        assert_eq!(chosen(&files, &[(HELD, held)], 1), [(0, 1)]);
        assert_eq!(chosen(&files, &[(HELD, &both)], 1), [(0, 0)]);
        let files_of_c = [(HELD, both.as_str()), ("content/coops/c.md", starting)];
        assert_eq!(chosen(&files, &files_of_c, 1), [(0, 1)]);
    }

    #[test]
    fn what_people_decided_is_left_out_and_counts_where_it_is_noted() {
        let files = files(&[("a", &[WHEAT], &[]), ("b", &[], &[WHEAT]), ("c", &[], &[WHEAT])]);
        for status in ["introduced", "agreed", "declined", "lapsed"] {
            let file = format!("---\nneed: a0\noffer: b0\nstatus: {status}\n---\n");
            let more = [("content/matches/a0--b0.md", file.as_str())];
            assert_eq!(chosen(&files, &more, 2), [(0, 1)], "{status}");
        }
        let noted = "---\nstart: 2026-11-25T16:00\nturns: [{coop: a}, {coop: b}, {coop: c}]\n\
                     matches: [{need: a0, offer: b0}]\n---\n";
        assert_eq!(chosen(&files, &[(CALL, noted)], 2), [(0, 1)]);
        assert_eq!(chosen(&files, &[(CALL, noted)], 1), [], "`a` has its introduction");
    }
}
