//! The one table of weights: how much each piece of evidence says, and why.
//!
//! A score is `about × fit`. `about` says how surely need and offer speak of the same thing: topics
//! and text each leave some doubt, and the doubts are multiplied. `fit` begins at 1 and loses the
//! weight of everything that does not fit.

use crate::content::values::Weight;
use crate::directory::site::Site;

/// The weights that a site can set under `matching: {weights: …}`, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Topics are chosen with care by the authors: they can make a match nearly sure.
    pub topics: f64,
    /// Words are a weaker sign: the same word can stand for different things.
    pub text: f64,
    /// Advice is no loan and hands are no advice, yet authors draw these lines differently.
    pub kind: f64,
    /// Without a common language all else is hard; an interpreter can help, so nothing is excluded.
    pub language: f64,
    /// What must happen on the spot needs somebody near; most help travels by wire.
    pub place: f64,
    /// Dates that do not meet exclude a pair; a window of some days only makes it less likely.
    pub dates: f64,
    /// Who gives and who pays is often settled in the talk that follows.
    pub basis: f64,
    /// Part of what is sought is a beginning, and an amount is often a wish.
    pub amount: f64,
    /// Who has just begun learns most from somebody who began long ago.
    pub experience: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            topics: 0.9,
            text: 0.7,
            kind: 0.25,
            language: 0.2,
            place: 0.1,
            dates: 0.05,
            basis: 0.1,
            amount: 0.1,
            experience: 0.05,
        }
    }
}

/// What all that does not fit takes away at most: what a pair is about counts most, whatever a site
/// sets.
const MOST_LOST: f64 = 0.8;

impl Weights {
    /// The weights of a site: its own where it sets them.
    pub fn of(site: &Site) -> Weights {
        let usual = Weights::default();
        let set =
            |name: Weight, usual: f64| site.matching.weights.get(&name).copied().unwrap_or(usual);
        let mut weights = Weights {
            topics: set(Weight::Topics, usual.topics),
            text: set(Weight::Text, usual.text),
            kind: set(Weight::Kind, usual.kind),
            language: set(Weight::Language, usual.language),
            place: set(Weight::Place, usual.place),
            dates: set(Weight::Dates, usual.dates),
            basis: set(Weight::Basis, usual.basis),
            amount: set(Weight::Amount, usual.amount),
            experience: set(Weight::Experience, usual.experience),
        };
        let lost: f64 = weights.losses().iter().sum();
        if lost > MOST_LOST {
            let scale = MOST_LOST / lost;
            weights.kind *= scale;
            weights.language *= scale;
            weights.place *= scale;
            weights.dates *= scale;
            weights.basis *= scale;
            weights.amount *= scale;
            weights.experience *= scale;
        }
        weights
    }

    /// What is lost where kind, language, place, dates, basis, amount and experience do not fit.
    pub fn losses(&self) -> [f64; 7] {
        [self.kind, self.language, self.place, self.dates, self.basis, self.amount, self.experience]
    }
}

/// A suggestion scores at least this. One topic that both titles name reaches it; what lies below is
/// mostly chance. Where it lies trades needs that are helped for suggestions that are none:
/// see `tests/evaluation/README.md`.
pub const THRESHOLD: f64 = 0.25;

/// A good suggestion is one beside any other. What scores less may be chance, so it is suggested only
/// where no offer fits the need better.
pub const GOOD_SCORE: f64 = 0.4;

/// A need gets at most this many suggestions: more than a handful is not read.
pub const LIMIT: usize = 5;

/// What one shared topic says, when it is as rare as a shared topic can be.
pub const EQUAL_TOPIC: f64 = 0.68;

/// The offer's topic is narrower (a part of what is sought) or wider (may hold what is sought).
pub const WIDER_TOPIC: f64 = 0.4;

/// Two topics that say less together are left out: of such hints long texts are full.
pub const LEAST_TOPIC: f64 = 0.05;

/// Two topics below the same one: neighbours, who often know how to help.
pub const SIBLING_TOPIC: f64 = 0.2;

/// A topic that everybody has still says something, since somebody chose it.
pub const COMMONEST_TOPIC: f64 = 0.3;

/// How far a topic is trusted that the author did not choose, but a title or summary names. One such
/// topic on both sides has to reach the threshold: it is how a need finds an offer in another language.
pub const NAMED_IN_TITLE: f64 = 0.9;

/// The same for one that only the body names, perhaps in passing.
pub const NAMED_IN_BODY: f64 = 0.6;

/// How much of that trust remains where a word could also mean something else, and something near it
/// is named as well.
pub const AMBIGUOUS_WORD: f64 = 0.8;

/// So many different words that go with a topic point to it together; one alone proves nothing.
pub const SIGNS: usize = 2;

/// What such words say together when they say all they can: rare ones say 1 each at most.
pub const ENOUGH_SIGNS: f64 = 2.5;

/// How far a topic is trusted that a text does not name, but speaks of in such words.
pub const BY_SIGNS: f64 = 0.6;

/// At most so many topics are taken from such words: further ones are mostly chance.
pub const TOPICS_BY_SIGNS: usize = 6;

/// Two words are nearly the same when they share this part of their trigrams at least: below it, most
/// are strangers that look alike.
pub const LEAST_NEARNESS: f64 = 0.66;

/// What a word counts that is only nearly shared, beside one that is.
pub const NEAR_WORD: f64 = 0.7;

/// A word of the title counts as much as this many of the body: it says what it is about.
pub const TITLE_WORD: f64 = 3.0;

/// A word of the summary, likewise.
pub const SUMMARY_WORD: f64 = 2.0;

/// BM25's `k1`: how soon repeating a word adds nothing. The usual value.
pub const SATURATION: f64 = 1.2;

/// BM25's `b`: how much long texts are held back. The usual value.
pub const LENGTH_PENALTY: f64 = 0.75;

/// Shared words that weigh this much together say half of what text can say, where entries are few…
pub const HALF_OF_TEXT: f64 = 0.7;

/// … and this much more for each entry, since chance has more to choose from…
pub const HALF_OF_TEXT_AN_ENTRY: f64 = 0.025;

/// … up to this: longer texts do not share more words because there are more texts.
pub const HALF_OF_TEXT_AT_MOST: f64 = 2.2;

/// As if there were this many more entries that share no word: rarity is known from two entries on.
pub const BACKGROUND_ENTRIES: f64 = 30.0;

/// A word in more than a tenth of the entries, and in more than this many, says nothing.
pub const COMMON_WORD_ENTRIES: usize = 30;

/// People, knowledge and technical work go over into each other.
pub const NEAR_KIND: f64 = 0.6;

/// An interpreter of the next calls speaks with both sides, but leaves after the call.
pub const INTERPRETED: f64 = 0.5;

/// Nobody said: half way between what fits and what does not.
pub const UNSAID: f64 = 0.5;

/// One side says that it can be done at a distance, the other says nothing.
pub const PERHAPS_REMOTE: f64 = 0.8;

/// One side wants it on the spot, the other at a distance.
pub const MODES_DIFFER: f64 = 0.2;

/// "Negotiable" meets a wish half way, and a gift is seldom refused.
pub const BASIS_TO_SETTLE: f64 = 0.8;

/// A coop has experience when it was founded this many years ago, or earlier.
pub const YEARS_OF_EXPERIENCE: i16 = 5;

/// A coop begins when its status says so, or when it was founded this many years ago at most.
pub const FIRST_YEARS: i16 = 1;

/// Days that both sides need to have in common; fewer are a hurry.
pub const ENOUGH_DAYS: i32 = 14;

/// What a shorter time in common says.
pub const FEW_DAYS: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn a_site_sets_any_weight_by_its_name() {
        for (at, weight) in Weight::ALL.iter().enumerate() {
            let name = weight.as_str();
            let site = format!("title: T\nmatching: {{weights: {{{name}: 0}}}}\n");
            let weights = Weights::of(&directory(&[("site.yaml", &site)]).site);
            let all = [&[weights.topics, weights.text][..], &weights.losses()].concat();
            let zeros: Vec<usize> = (0..all.len()).filter(|at| all[*at] == 0.0).collect();
            assert_eq!(zeros, [at], "{name}");
        }
    }

    #[test]
    fn what_does_not_fit_never_takes_all() {
        let site = "title: T\nmatching: {weights: {kind: 1, language: 1}}\n";
        let weights = Weights::of(&directory(&[("site.yaml", site)]).site);
        assert!(weights.losses().iter().sum::<f64>() <= MOST_LOST + 1e-12);
    }
}
