//! The best offers for a need, found by an inverted index over topics and words: what shares
//! nothing with a need is never scored.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::eligibility::Limits;
use super::reading::kinship::Kinship;
use super::scoring::evidence;
use super::scoring::score::{Score, Scoring, certainty, topics_value};
use super::scoring::weights;
use crate::directory::ids::{NeedId, OfferId};

/// The offers that can be suggested, by topic and by word.
///
/// It adds up, for every offer at once, what topics and words say at most; then few are left that have
/// to be scored. All that is added up lies in a row, and offers that fit a need equally well in kind
/// and language stand together, so that going through all of them takes little time.
pub(crate) struct Index {
    /// By place: the offer.
    offers: Vec<OfferId>,
    /// The places of each class.
    classes: Vec<Range<usize>>,
    /// By needed topic: the offers with the same topic, or a wider or narrower one.
    near: Vec<ByStrength>,
    /// By needed topic: the offers whose authors chose one beside it.
    beside: Vec<ByStrength>,
    /// By word: where it is offered, and its weight there.
    words: Vec<Vec<(u32, f32)>>,
}

/// The places of offers by how much a topic of theirs says, in steps that are rounded up.
type ByStrength = Vec<Vec<u32>>;

/// The steps of what a topic says, from 0 to 1.
const STEPS: f64 = 64.0;

/// Sums in single precision in another order differ from scores by far less than this.
const MARGIN: f64 = 1e-4;

/// So many offers are looked at closely before the next are put in order.
const FIRST_BATCH: usize = 32;

impl Index {
    /// Indexes the offers for which `is_available` holds.
    pub(crate) fn new(scoring: &Scoring<'_>, is_available: impl Fn(OfferId) -> bool) -> Index {
        let profiles = &scoring.profiles;
        let (offers, classes) = by_class(scoring, is_available);
        let topics = profiles.kin.count();
        let mut index = Index {
            offers,
            classes,
            near: vec![Vec::new(); topics],
            beside: vec![Vec::new(); topics],
            words: vec![Vec::new(); profiles.words.len()],
        };
        index.add_topics(scoring);
        for (place, offer) in (0..).zip(&index.offers) {
            for (word, weight) in &profiles.offers[offer.index()].words {
                index.words[*word as usize].push((place, *weight as f32));
            }
        }
        index
    }

    /// Notes of every offer the most that its topics say of each needed topic.
    fn add_topics(&mut self, scoring: &Scoring<'_>) {
        let kin = scoring.profiles.needed_kin();
        let mut most = vec![[0.0_f64; 2]; kin.len()];
        for (place, offer) in (0..).zip(&self.offers) {
            let topics = &scoring.profiles.offers[offer.index()].topics;
            let related = || topics.iter().map(|(topic, trust)| (&kin[topic.index()], *trust));
            for (kin, trust) in related() {
                for (needed, tie) in kin {
                    let [near, beside] = &mut most[needed.index()];
                    match tie.kinship {
                        Kinship::Sibling if !trust.is_chosen() => {}
                        Kinship::Sibling => *beside = beside.max(tie.says),
                        Kinship::Equal | Kinship::Wider => {
                            *near = near.max(tie.says * trust.part());
                        }
                    }
                }
            }
            for needed in related().flat_map(|(kin, _)| kin).map(|(needed, _)| needed.index()) {
                let [near, beside] = std::mem::take(&mut most[needed]);
                note(&mut self.near[needed], place, near);
                if beside > near {
                    note(&mut self.beside[needed], place, beside);
                }
            }
        }
    }

    /// The offers of a choice, best first; the best one alone where none is good.
    ///
    /// What is added up bounds the score, so offers are looked at closely from the surest on, until none
    /// that follows can be among the best.
    pub(crate) fn best(
        &self,
        scoring: &Scoring<'_>,
        need: NeedId,
        choice: Choice<impl Fn(OfferId) -> bool>,
        sums: &mut Sums,
    ) -> Vec<(OfferId, Score)> {
        if choice.limits.most == 0 {
            return Vec::new();
        }
        sums.clear(self.offers.len());
        self.sum_topics(scoring, need, sums);
        self.sum_words(scoring, need, sums);
        let example = |class: &Range<usize>| scoring.class_fit(need, self.offers[class.start]);
        let fits = self.classes.iter().map(example).collect();
        let mut best = Best { index: self, scoring, need, choice, fits, list: Vec::new() };
        best.look_at_all(sums);
        let least = best.least();
        best.list.retain(|(_, score)| score.total >= least);
        best.list
    }

    /// Adds up how sure topics make of every offer. It is never less than what the score takes of them,
    /// since here one offered topic may serve several needed ones.
    fn sum_topics(&self, scoring: &Scoring<'_>, need: NeedId, sums: &mut Sums) {
        for (topic, trust) in &scoring.profiles.needs[need.index()].topics {
            let beside = Some(&self.beside[topic.index()]).filter(|_| trust.is_chosen());
            for list in std::iter::once(&self.near[topic.index()]).chain(beside) {
                for (step, places) in list.iter().enumerate().rev() {
                    let says = step as f64 / STEPS * trust.part();
                    if says < weights::LEAST_TOPIC {
                        break;
                    }
                    if !places.is_empty() {
                        let sure = certainty(says) as f32;
                        places.iter().for_each(|place| sums.topics[*place as usize] += sure);
                    }
                }
            }
        }
    }

    fn sum_words(&self, scoring: &Scoring<'_>, need: NeedId, sums: &mut Sums) {
        for (word, weight) in &scoring.profiles.needs[need.index()].words {
            let says = (weight * scoring.profiles.rarity(*word)) as f32;
            for (place, weight) in &self.words[*word as usize] {
                sums.text[*place as usize] += says * weight;
            }
        }
    }
}

fn note(list: &mut ByStrength, place: u32, says: f64) {
    if says >= weights::LEAST_TOPIC {
        let step = (says * STEPS).ceil() as usize;
        list.resize(list.len().max(step + 1), Vec::new());
        list[step].push(place);
    }
}

/// The offers that are available, those of a class together, and the places of each class.
fn by_class(
    scoring: &Scoring<'_>,
    is_available: impl Fn(OfferId) -> bool,
) -> (Vec<OfferId>, Vec<Range<usize>>) {
    let mut numbers = FxHashMap::default();
    let mut classes: Vec<Vec<OfferId>> = Vec::new();
    for (offer, side) in OfferId::each(&scoring.offers) {
        if is_available(offer) {
            let class = *numbers.entry(side.class()).or_insert(classes.len());
            classes.resize(classes.len().max(class + 1), Vec::new());
            classes[class].push(offer);
        }
    }
    let offers = classes.concat();
    let mut end = 0;
    let places = classes.iter().map(|class| {
        end += class.len();
        end - class.len()..end
    });
    (offers, places.collect())
}

/// Which offers to choose.
pub(crate) struct Choice<F: Fn(OfferId) -> bool> {
    /// What they have to score, and how many there are.
    pub limits: Limits,
    /// Which are possible at all.
    pub is_allowed: F,
}

/// The best offers so far.
struct Best<'a, F: Fn(OfferId) -> bool> {
    index: &'a Index,
    scoring: &'a Scoring<'a>,
    need: NeedId,
    choice: Choice<F>,
    /// By class: how well its offers fit the need, at most.
    fits: Vec<f64>,
    list: Vec<(OfferId, Score)>,
}

impl<F: Fn(OfferId) -> bool> Best<'_, F> {
    /// What a further offer has to score.
    fn least(&self) -> f64 {
        let score = |at: usize| self.list.get(at).map_or(0.0, |(_, score)| score.total);
        let limits = self.choice.limits;
        limits.least_beside(score(0)).max(score(limits.most - 1))
    }

    /// Looks at every offer that could be among the best: first at the surest, since the higher the best
    /// ones score, the fewer others there are to look at.
    fn look_at_all(&mut self, sums: &mut Sums) {
        for possible in self.surest(sums) {
            self.look_at(&possible);
            // What is no number reaches nothing: it is not looked at again.
            sums.topics[possible.place] = f32::NAN;
        }
        let mut offers = Vec::new();
        let least = self.least();
        self.each_possible(sums, least, |possible| {
            offers.push(possible);
            least
        });
        let (mut rest, mut size) = (offers.as_mut_slice(), FIRST_BATCH);
        while !rest.is_empty() {
            if size < rest.len() {
                rest.select_nth_unstable_by(size, surest_first);
            }
            let (batch, others) = rest.split_at_mut(size.min(rest.len()));
            batch.sort_unstable_by(surest_first);
            for possible in batch {
                if possible.score < self.least() {
                    return;
                }
                self.look_at(possible);
            }
            (rest, size) = (others, size * 2);
        }
    }

    /// The offers that could score most.
    fn surest(&self, sums: &Sums) -> Vec<Possible> {
        let mut surest: Vec<Possible> = Vec::with_capacity(8 * FIRST_BATCH);
        let mut least = self.least();
        self.each_possible(sums, least, |possible| {
            surest.push(possible);
            if surest.len() == surest.capacity() {
                surest.select_nth_unstable_by(FIRST_BATCH, surest_first);
                surest.truncate(FIRST_BATCH + 1);
                least = surest[FIRST_BATCH].score;
            }
            least
        });
        surest.sort_unstable_by(surest_first);
        surest.truncate(FIRST_BATCH);
        surest
    }

    /// Calls `each` with every offer that could score at least `least`; it says what the next ones have
    /// to score. Most offers could not, so a whole block of them is asked first.
    fn each_possible(&self, sums: &Sums, mut least: f64, mut each: impl FnMut(Possible) -> f64) {
        let scoring = self.scoring;
        for (class, fit) in self.index.classes.iter().zip(&self.fits) {
            let mut reaches = scoring.reaches(least / fit - MARGIN);
            for start in class.clone().step_by(BLOCK) {
                let block = start..class.end.min(start + BLOCK);
                let of_block = sums.topics[block.clone()].iter().zip(&sums.text[block]);
                if !of_block.clone().fold(false, |any, (sure, words)| any | reaches(*sure, *words))
                {
                    continue;
                }
                for (place, (sure, words)) in (start..).zip(of_block) {
                    if reaches(*sure, *words) {
                        let topics = topics_value(f64::from(*sure));
                        let text = scoring.profiles.text_value(f64::from(*words));
                        let about = scoring.about(topics, text) + MARGIN;
                        least = each(Possible { score: about * fit, about, place });
                        reaches = scoring.reaches(least / fit - MARGIN);
                    }
                }
            }
        }
    }

    /// Looks closely at one offer.
    fn look_at(&mut self, possible: &Possible) {
        let (scoring, need, least) = (self.scoring, self.need, self.least());
        let offer = self.index.offers[possible.place];
        if !(self.choice.is_allowed)(offer)
            || possible.about * scoring.fit(&evidence::fits(&scoring.pair(need, offer))) + MARGIN
                < least
        {
            return;
        }
        let score = scoring.score(need, offer);
        if score.total > 0.0 && score.total >= least {
            let is_better = |other: &(OfferId, Score)| {
                other.1.total > score.total || (other.1.total == score.total && other.0 < offer)
            };
            let place = self.list.partition_point(is_better);
            self.list.insert(place, (offer, score));
            self.list.truncate(self.choice.limits.most);
        }
    }
}

/// So many offers are asked together.
const BLOCK: usize = 64;

/// The place of an offer, with its score and how surely it is about the same as the need, at most.
struct Possible {
    score: f64,
    about: f64,
    place: usize,
}

fn surest_first(a: &Possible, b: &Possible) -> Ordering {
    b.score.total_cmp(&a.score)
}

/// Reusable space for adding up, by place.
#[derive(Default)]
pub(crate) struct Sums {
    /// How sure topics make.
    topics: Vec<f32>,
    text: Vec<f32>,
}

impl Sums {
    fn clear(&mut self, offers: usize) {
        for sums in [&mut self.topics, &mut self.text] {
            sums.clear();
            sums.resize(offers, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::reading::profiles::Profiles;
    use super::super::{all_pairs, find};
    use crate::directory::tests::{FEW_TOPICS, day, directory};

    fn entry() -> impl Strategy<Value = String> {
        let topics = ["databases", "software", "web-development", "loans", "seeds", "training"];
        let words =
            ["solar", "panels", "harvest", "bikes", "loan", "seeds", "map", "bread", "roof"];
        let fields = ["mode: onsite\n", "until: 2026-12-24\n", "from: 2027-01-01\n", "lang: es\n"];
        (
            (0..3_usize, prop::sample::select(vec!["human", "knowledge", "financial"])),
            prop::sample::subsequence(topics.to_vec(), 0..4),
            prop::sample::subsequence(words.to_vec(), 1..6),
            prop::sample::subsequence(words.to_vec(), 0..6),
            prop::sample::subsequence(fields.to_vec(), 0..2),
        )
            .prop_map(|((coop, kind), topics, title, body, fields)| {
                let (title, body, fields) = (title.join(" "), body.join(" "), fields.concat());
                let topics = topics.join(", ");
                format!("---\ntitle: {title}\ncoop: c{coop}\nkind: {kind}\ntopics: [{topics}]\n{fields}---\n{body}\n")
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_index_finds_what_comparing_all_pairs_finds(
            needs in prop::collection::vec(entry(), 1..8),
            offers in prop::collection::vec(entry(), 1..12),
        ) {
            let coop = |at: usize| format!("---\ntitle: C{at}\ncountry: {}\n---\n", ["KE", "KE", "CL"][at]);
            let mut files: Vec<(String, String)> =
                (0..3).map(|at| (format!("content/coops/c{at}.md"), coop(at))).collect();
            for (folder, entries) in [("needs", needs), ("offers", offers)] {
                let named = |(at, text)| (format!("content/{folder}/e{at}.md"), text);
                files.extend(entries.into_iter().enumerate().map(named));
            }
            files.extend(FEW_TOPICS.map(|(path, text)| (path.to_owned(), text.to_owned())));
            let files: Vec<(&str, &str)> =
                files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let directory = directory(&files);
            let (profiles, today) = (Profiles::new(&directory), day("2026-11-22"));
            let found = find(&directory, &profiles, today);
            prop_assert_eq!(found, all_pairs::find(&directory, &profiles, today));
        }
    }
}
