//! How well one need and one offer fit, from 0 to 1, and why.

use jiff::civil::Date;

use super::evidence::{self, Evidence, Fit};
use super::reasons::{Reason, Shared, SharedWord};
use super::sides::{CallLanguages, Pair, Side};
use super::weights::{self, ByWeight, Weights};
use crate::content::values::Weight;
use crate::derived::matching::reading::entry;
use crate::derived::matching::reading::kinship::Kinship;
use crate::derived::matching::reading::profiles::{Profile, Profiles};
use crate::derived::matching::reading::text::{self, Cutter, Word};
use crate::derived::matching::reading::trust::Trust;
use crate::directory::Directory;
use crate::directory::ids::{NeedId, OfferId, TopicId};

/// Everything that is needed to compare any two.
pub(crate) struct Scoring<'a> {
    pub directory: &'a Directory,
    /// What needs and offers are about.
    pub profiles: &'a Profiles,
    /// By need.
    pub needs: Vec<Side<'a>>,
    /// By offer.
    pub offers: Vec<Side<'a>>,
    today: Date,
    weights: Weights,
    calls: CallLanguages<'a>,
}

/// A score and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Score {
    /// From 0 to 1.
    pub total: f64,
    /// What topics say, from 0 to 1.
    pub topics: f64,
    /// What words say, from 0 to 1.
    pub text: f64,
    fits: ByWeight<Fit>,
}

/// A needed and an offered topic, and how much they say together.
#[derive(Clone, Copy, Debug)]
struct TopicPair {
    needed: TopicId,
    offered: TopicId,
    says: f64,
}

/// A piece of evidence that was found, how much can be lost by it, and how well it fits.
struct Found {
    evidence: Evidence,
    loss: f64,
    value: f64,
}

/// Reasons name at most so many topics, the strongest, and none that says less than this part of what
/// the strongest says.
const TOPICS_NAMED: usize = 5;
const PART_OF_STRONGEST: f64 = 0.4;

/// Reasons name at most so many words, the strongest.
const WORDS_NAMED: usize = 6;

/// How sure one shared topic makes, as a number that can be added up: none at 0, without end at 1.
pub(crate) fn certainty(says: f64) -> f64 {
    -(1.0 - says).ln()
}

/// How much shared topics say that make so sure together, from 0 to 1. A few say much and many little
/// more, since long texts have many topics in common by chance.
pub(crate) fn topics_value(certainty: f64) -> f64 {
    let doubt = 1.0 / (1.0 + certainty / 2.0);
    1.0 - doubt * doubt
}

impl<'a> Scoring<'a> {
    /// Scores what was read.
    pub(crate) fn new(
        directory: &'a Directory,
        profiles: &'a Profiles,
        today: Date,
    ) -> Scoring<'a> {
        let (needs, offers) = (directory.needs.iter(), directory.offers.iter());
        let ahead = directory.calls.iter().filter(|call| call.is_ahead(today));
        let calls = ahead.map(|call| call.languages.iter().chain(&call.interpretation).collect());
        Scoring {
            directory,
            today,
            profiles,
            weights: Weights::of(&directory.site),
            needs: needs.map(|need| Side::new(directory, &need.entry, &need.terms)).collect(),
            offers: offers.map(|offer| Side::new(directory, &offer.entry, &offer.terms)).collect(),
            calls: CallLanguages::new(calls.collect()),
        }
    }

    /// The score of a pair, whether or not it can be suggested.
    pub(crate) fn score(&self, need: NeedId, offer: OfferId) -> Score {
        let (needed, offered) = self.profiles_of(need, offer);
        let pairs = self.topic_pairs(needed, offered).into_iter();
        let topics = topics_value(pairs.map(|pair| certainty(pair.says)).sum());
        let words = self.word_pairs(needed, offered).map(|(_, says)| says);
        let text = self.profiles.text_value(words.sum());
        let fits = evidence::fits(&self.pair(need, offer));
        Score { total: self.about(topics, text) * self.fit(&fits), topics, text, fits }
    }

    /// The two sides of a pair.
    pub(crate) fn pair(&self, need: NeedId, offer: OfferId) -> Pair<'_> {
        Pair {
            need: &self.needs[need.index()],
            offer: &self.offers[offer.index()],
            today: self.today,
            calls: &self.calls,
        }
    }

    /// Whether the authors of both chose the same topic.
    pub(crate) fn share_a_topic(&self, need: NeedId, offer: OfferId) -> bool {
        let offered = &self.directory[offer].entry.topics;
        self.directory[need].entry.topics.iter().any(|topic| offered.contains(topic))
    }

    /// How surely two texts are about the same: each piece of evidence leaves some doubt.
    pub(crate) fn about(&self, topics: f64, text: f64) -> f64 {
        1.0 - (1.0 - self.weights.topics * topics) * (1.0 - self.weights.text * text)
    }

    /// Whether topics that make so sure together, and words that weigh so much together, make it at
    /// least so sure that two texts are about the same. It is asked of nearly every pair, so it says
    /// what `about` says without dividing, and in single precision.
    pub(crate) fn reaches(&self, about: f64) -> impl Fn(f32, f32) -> bool + use<> {
        let (topics, text) = (self.weights.topics as f32, self.weights.text as f32);
        let (half, doubt) = (self.profiles.half_of_text() as f32, (1.0 - about) as f32);
        move |certainty, words| {
            let root = 1.0 + certainty / 2.0;
            let square = root * root;
            let left_by_topics = (1.0 - topics) * square + topics;
            let left_by_words = (1.0 - text) * words + half;
            left_by_topics * left_by_words <= doubt * square * (words + half)
        }
    }

    /// What is left of 1 after what does not fit.
    pub(crate) fn fit(&self, fits: &ByWeight<Fit>) -> f64 {
        let losses = self.weights.losses.iter();
        let lost: f64 = losses.map(|(weight, loss)| loss * (1.0 - fits[weight].value)).sum();
        (1.0 - lost).max(0.0)
    }

    /// What each thing that does not fit takes away.
    pub(crate) fn losses(&self, score: &Score) -> impl Iterator<Item = (Weight, f64)> {
        let losses = self.weights.losses.iter();
        losses.map(|(weight, loss)| (weight, loss * (1.0 - score.fits[weight].value)))
    }

    /// What is left of 1 at most: after what does not fit in kind and language, which is the same for
    /// all offers of a class.
    pub(crate) fn class_fit(&self, need: NeedId, offer: OfferId) -> f64 {
        self.fit(&evidence::class_fits(&self.pair(need, offer)))
    }

    fn profiles_of(&self, need: NeedId, offer: OfferId) -> (&Profile, &Profile) {
        (&self.profiles.needs[need.index()], &self.profiles.offers[offer.index()])
    }

    /// Needed topics with offered ones, the strongest pair first, each topic in one pair at most.
    fn topic_pairs(&self, needed: &Profile, offered: &Profile) -> Vec<TopicPair> {
        let all = needed.topics.iter().flat_map(|need| {
            offered.topics.iter().filter_map(move |offer| self.topic_pair(*need, *offer))
        });
        let mut pairs: Vec<TopicPair> = all.collect();
        pairs.sort_by(|a, b| {
            b.says.total_cmp(&a.says).then((a.needed, a.offered).cmp(&(b.needed, b.offered)))
        });
        let mut chosen: Vec<TopicPair> = Vec::new();
        for pair in pairs {
            let is_apart =
                |other: &TopicPair| other.needed != pair.needed && other.offered != pair.offered;
            if chosen.iter().all(is_apart) {
                chosen.push(pair);
            }
        }
        chosen
    }

    /// What two topics say together. That two are siblings says something only if both were chosen by
    /// the authors, and what says next to nothing is left out.
    fn topic_pair(
        &self,
        (needed, need_trust): (TopicId, Trust),
        (offered, offer_trust): (TopicId, Trust),
    ) -> Option<TopicPair> {
        let tie = self.profiles.kin.between(needed, offered)?;
        let are_chosen = need_trust.is_chosen() && offer_trust.is_chosen();
        let says = tie.says * need_trust.part() * offer_trust.part();
        let counts = tie.kinship != Kinship::Sibling || are_chosen;
        (counts && says >= weights::LEAST_TOPIC).then_some(TopicPair { needed, offered, says })
    }

    /// Each shared word and how much it says.
    fn word_pairs(&self, needed: &Profile, offered: &Profile) -> impl Iterator<Item = (u32, f64)> {
        let mut rest = offered.words.as_slice();
        needed.words.iter().filter_map(move |(word, weight)| {
            let at = rest.iter().position(|(other, _)| other >= word).unwrap_or(rest.len());
            rest = &rest[at..];
            let (_, other) = rest.first().filter(|(other, _)| other == word)?;
            Some((*word, weight * other * self.profiles.rarity(*word)))
        })
    }

    /// The reasons for some pairs of one need, strongest first.
    pub(crate) fn reasons(
        &self,
        need: NeedId,
        scored: &[(OfferId, Score)],
        cutter: &mut Cutter,
    ) -> Vec<Vec<Reason>> {
        let strongest: Vec<Vec<u32>> =
            scored.iter().map(|(offer, _)| self.strongest_words(need, *offer)).collect();
        let mut wanted: Vec<Word> =
            strongest.concat().into_iter().flat_map(|place| self.needed_words(place)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let noticed = &self.profiles.needs[need.index()].noticed;
        let texts = entry::written_texts(&self.directory[need].entry, noticed);
        let needed = text::as_written(texts, &wanted, cutter);
        let mut words = |offer: OfferId, places: &[u32]| -> Vec<SharedWord> {
            let wanted: Vec<Word> = places.iter().map(|place| self.offered_word(*place)).collect();
            let noticed = &self.profiles.offers[offer.index()].noticed;
            let texts = entry::written_texts(&self.directory[offer].entry, noticed);
            let offered = text::as_written(texts, &wanted, cutter);
            let both = |place: &u32| {
                Some(SharedWord {
                    needed: self
                        .needed_words(*place)
                        .find_map(|word| needed.get(&word).cloned())?,
                    offered: offered.get(&self.offered_word(*place))?.clone(),
                })
            };
            places.iter().filter_map(both).collect()
        };
        let each = scored.iter().zip(&strongest);
        each.map(|((offer, score), places)| self.why(need, *offer, score, words(*offer, places)))
            .collect()
    }

    /// The places of the shared words that say most.
    fn strongest_words(&self, need: NeedId, offer: OfferId) -> Vec<u32> {
        let (needed, offered) = self.profiles_of(need, offer);
        let mut words: Vec<(u32, f64)> = self.word_pairs(needed, offered).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.iter().take(WORDS_NAMED).map(|(place, _)| *place).collect()
    }

    fn offered_word(&self, place: u32) -> Word {
        self.profiles.words[place as usize].0
    }

    /// The words by which a need can share an offered word: itself, and those nearly the same.
    fn needed_words(&self, place: u32) -> impl Iterator<Item = Word> {
        let near = self.profiles.meant_by.get(&place).into_iter().flatten().copied();
        std::iter::once(self.offered_word(place)).chain(near)
    }

    fn why(
        &self,
        need: NeedId,
        offer: OfferId,
        score: &Score,
        words: Vec<SharedWord>,
    ) -> Vec<Reason> {
        let about = self.about(score.topics, score.text);
        let found = || {
            let losses = self.weights.losses.iter();
            losses.filter_map(|(weight, loss)| {
                let Fit { value, evidence } = score.fits[weight];
                Some(Found { evidence: evidence?, loss: *loss, value })
            })
        };
        let evident: f64 = found().map(|found| found.loss * found.value).sum();
        let sure = about * (self.fit(&score.fits) - evident).max(0.0);
        let doubts = [self.weights.topics * score.topics, self.weights.text * score.text]
            .map(|says| -(1.0 - says.min(0.999_999)).ln());
        let part = |doubt: f64| sure * doubt / f64::max(doubts[0] + doubts[1], f64::MIN_POSITIVE);
        let topics = Shared::Topics(self.strongest_topics(need, offer));
        let mut reasons = vec![
            Reason { evidence: Evidence::Topics, weight: part(doubts[0]), shared: topics },
            Reason {
                evidence: Evidence::Text,
                weight: part(doubts[1]),
                shared: Shared::Words(words),
            },
        ];
        let pair = self.pair(need, offer);
        for Found { evidence, loss, value } in found() {
            let shared = evidence.shared(&pair);
            reasons.push(Reason { evidence, weight: about * loss * value, shared });
        }
        reasons.retain(|reason| reason.weight > 0.0);
        reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.evidence.cmp(&b.evidence)));
        reasons
    }

    fn strongest_topics(&self, need: NeedId, offer: OfferId) -> Vec<(TopicId, TopicId)> {
        let (needed, offered) = self.profiles_of(need, offer);
        let pairs = self.topic_pairs(needed, offered);
        let least = pairs.first().map_or(0.0, |pair| pair.says * PART_OF_STRONGEST);
        let named = pairs.iter().filter(|pair| pair.says >= least).take(TOPICS_NAMED);
        named.map(|pair| (pair.needed, pair.offered)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::directory::tests::{FEW_TOPICS, day, directory};

    /// The score of a need and an offer with these fields, among others that make topics common.
    fn score(need: &str, offer: &str) -> f64 {
        let entry = |coop: &str, fields: &str| {
            format!("---\ntitle: T\ncoop: {coop}\nkind: human\n{fields}---\n")
        };
        let directory = directory(&[
            FEW_TOPICS[0],
            FEW_TOPICS[1],
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", &entry("a", need)),
            ("content/needs/z.md", &entry("a", "topics: [databases, software]\n")),
            ("content/offers/o.md", &entry("b", offer)),
        ]);
        let profiles = Profiles::new(&directory);
        Scoring::new(&directory, &profiles, day("2026-11-22")).score(NeedId(0), OfferId(0)).total
    }

    #[test]
    fn more_evidence_never_scores_less() {
        let steps = [
            ("", ""),
            ("topics: [databases]\n", "topics: [food]\n"),
            ("topics: [databases]\n", "topics: [web-development]\n"),
            ("topics: [databases]\n", "topics: [software]\n"),
            ("topics: [databases]\n", "topics: [databases]\n"),
            ("topics: [databases, loans]\n", "topics: [databases, loans]\n"),
            (
                "topics: [databases, loans]\nbasis: [gift]\n",
                "topics: [databases, loans]\nbasis: [gift]\n",
            ),
        ];
        let scores: Vec<f64> = steps.iter().map(|(need, offer)| score(need, offer)).collect();
        assert!(scores.is_sorted(), "{scores:?}");
        assert!(scores[0] == 0.0 && scores[1] == 0.0 && scores[2] > 0.0 && scores[6] < 1.0);
        assert!(scores.windows(2).skip(1).all(|pair| pair[0] < pair[1]), "{scores:?}");
    }

    #[test]
    fn rarer_topics_and_named_ones_count_for_what_they_are() {
        let both = |fields: &str| score(fields, fields);
        assert!(both("topics: [loans]\n") > both("topics: [databases]\n"));
        let named = score("summary: Prestamos\nlang: es\nlanguages: [en]\n", "topics: [loans]\n");
        assert!(named > 0.0 && named < both("topics: [loans]\n"), "{named}");
    }

    #[test]
    fn reasons_are_parts_of_the_score() {
        let directory = directory(&[
            ("content/coops/a.md", "---\ntitle: A\ncountry: KE\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\ncountry: KE\n---\n"),
            (
                "content/needs/n.md",
                "---\ntitle: Fresh Loaves\ncoop: a\nkind: human\ntopics: [food]\nuntil: 2027-01-01\nbasis: [gift]\n---\n",
            ),
            (
                "content/offers/o.md",
                "---\ntitle: Loaf and loaves, fresh\ncoop: b\nkind: human\ntopics: [food]\nbasis: [gift]\n---\n",
            ),
        ]);
        let profiles = Profiles::new(&directory);
        let scoring = Scoring::new(&directory, &profiles, day("2026-11-22"));
        let score = scoring.score(NeedId(0), OfferId(0));
        let reasons =
            scoring.reasons(NeedId(0), &[(OfferId(0), score)], &mut Cutter::default()).remove(0);
        let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
        assert!((sum - score.total).abs() < 1e-9, "{sum} {}", score.total);
        assert!(reasons.is_sorted_by(|a, b| a.weight >= b.weight));
        let shared =
            |evidence| reasons.iter().find(|it| it.evidence == evidence).map(|it| &it.shared);
        let food = directory.topics.find("food").expect("a topic");
        assert_eq!(shared(Evidence::Topics), Some(&Shared::Topics(vec![(food, food)])));
        let word = |needed: &str, offered: &str| SharedWord {
            needed: needed.to_owned(),
            offered: offered.to_owned(),
        };
        let words = vec![word("Loaves", "loaves"), word("Fresh", "fresh")];
        assert_eq!(shared(Evidence::Text), Some(&Shared::Words(words)));
        assert!(matches!(shared(Evidence::Place), Some(Shared::Country(_))));
        assert!(matches!(
            shared(Evidence::Dates),
            Some(Shared::Dates { from: None, until: Some(_) })
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_further_shared_topic_never_lowers_the_score(
            needed in prop::sample::subsequence(TOPICS.to_vec(), 0..6),
            offered in prop::sample::subsequence(TOPICS.to_vec(), 0..6),
            added in prop::sample::select(TOPICS.to_vec()),
            text in prop::sample::subsequence(vec!["Software", "Databases", "Loans", "Seeds"], 0..4),
        ) {
            let fields = |topics: &[&str]| {
                format!("topics: [{}]\nsummary: \"{}\"\n", topics.join(", "), text.join(", "))
            };
            let before = score(&fields(&needed), &fields(&offered));
            let after = score(&fields(&[&needed[..], &[added]].concat()), &fields(&[&offered[..], &[added]].concat()));
            prop_assert!(after >= before - 1e-12, "{} {}", before, after);
            prop_assert!((0.0..=1.0).contains(&after));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_unrelated_offer_hardly_changes_another_score(
            words in prop::sample::subsequence(vec!["marmots", "dusk", "gravel", "comet"], 1..4),
            topics in prop::sample::subsequence(TOPICS.to_vec(), 0..3),
            strange in prop::sample::subsequence(vec!["puzzle", "xylem", "quartz", "yonder"], 1..4),
        ) {
            let entry = |coop: &str, words: &[&str], topics: &[&str]| {
                let (words, topics) = (words.join(" "), topics.join(", "));
                format!("---\ntitle: {words}\ncoop: {coop}\nkind: human\ntopics: [{topics}]\n---\n")
            };
            let (need, offer) = (entry("a", &words, &topics), entry("b", &words, &topics));
            let unrelated = entry("b", &strange, &[]);
            let mut files = vec![
                FEW_TOPICS[0],
                FEW_TOPICS[1],
                ("content/coops/a.md", "---\ntitle: A\n---\n"),
                ("content/coops/b.md", "---\ntitle: B\n---\n"),
                ("content/needs/n.md", &need),
                ("content/offers/o.md", &offer),
            ];
            let score = |files: &[(&str, &str)]| {
                let directory = directory(files);
                let profiles = Profiles::new(&directory);
                Scoring::new(&directory, &profiles, day("2026-11-22")).score(NeedId(0), OfferId(0)).total
            };
            let before = score(&files);
            files.push(("content/offers/z.md", &unrelated));
            let change = score(&files) - before;
            // One more entry makes what the two share rarer, and more words are needed to say as much.
            prop_assert!(change.abs() < 0.04, "{}", change);
        }
    }

    const TOPICS: [&str; 9] = [
        "technology",
        "software",
        "databases",
        "web-development",
        "mobile-development",
        "loans",
        "finance",
        "seeds",
        "food",
    ];
}
