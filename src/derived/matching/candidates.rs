//! The best offers for a need, found by an inverted index over topics and words: what shares
//! nothing with a need is never looked at.

use super::score::{Score, Scoring, topics_value};
use crate::directory::ids::{NeedId, OfferId};

/// The offers that can be suggested, by topic and by word.
pub struct Index {
    /// By topic: first the offers whose authors chose it.
    topics: Vec<Vec<Posting>>,
    words: Vec<Vec<Posting>>,
    /// By word: the greatest weight among its postings.
    most: Vec<f32>,
    offers: usize,
}

#[derive(Clone, Copy)]
struct Posting {
    offer: u32,
    weight: f32,
}

/// How far a bound in single precision may be below the score itself.
const MARGIN: f64 = 1e-4;

/// So many offers are looked at closely before the next are put in order.
const FIRST_BATCH: usize = 32;

impl Index {
    /// Indexes the offers for which `is_available` holds.
    pub fn new(scoring: &Scoring<'_>, is_available: impl Fn(OfferId) -> bool) -> Index {
        let profiles = &scoring.profiles;
        let mut index = Index {
            topics: vec![Vec::new(); scoring.directory.topics.list.len()],
            words: vec![Vec::new(); profiles.words.len()],
            most: vec![0.0; profiles.words.len()],
            offers: profiles.offers.len(),
        };
        for (offer, profile) in (0..).zip(&profiles.offers) {
            if !is_available(OfferId(offer)) {
                continue;
            }
            for (topic, trust) in &profile.topics {
                let posting = Posting { offer, weight: *trust as f32 };
                index.topics[topic.index()].push(posting);
            }
            for (word, weight) in &profile.words {
                let (at, weight) = (*word as usize, *weight as f32);
                index.words[at].push(Posting { offer, weight });
                index.most[at] = index.most[at].max(weight);
            }
        }
        for postings in &mut index.topics {
            postings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        index
    }

    /// The offers that score at least `least`, best first, at most `limit`.
    ///
    /// What an offer is about bounds its score, and is cheap to know; so offers are looked at closely
    /// from the surest on, until none that follows can be among the best.
    pub fn best(
        &self,
        scoring: &Scoring<'_>,
        need: NeedId,
        choice: Choice<impl Fn(OfferId) -> bool>,
        sums: &mut Sums,
    ) -> Vec<(OfferId, Score)> {
        let mut best: Vec<(OfferId, Score)> = Vec::new();
        if choice.limit == 0 {
            return best;
        }
        let mut candidates = self.candidates(scoring, need, &choice, sums);
        let (mut rest, mut size) = (candidates.as_mut_slice(), FIRST_BATCH);
        while !rest.is_empty() {
            let surest_first =
                |a: &(f64, OfferId), b: &(f64, OfferId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            if size < rest.len() {
                rest.select_nth_unstable_by(size, surest_first);
            }
            let (batch, others) = rest.split_at_mut(size.min(rest.len()));
            batch.sort_unstable_by(surest_first);
            for (bound, offer) in batch {
                let worst = best.get(choice.limit - 1).map_or(choice.least, |(_, it)| it.total);
                if *bound < worst {
                    return best;
                }
                if !(choice.is_allowed)(*offer)
                    || !scoring.can_meet(need, *offer)
                    || *bound * scoring.fit(&scoring.fits(need, *offer)) + MARGIN < worst
                {
                    continue;
                }
                let score = scoring.score(need, *offer);
                if score.total > 0.0 && score.total >= choice.least {
                    best.push((*offer, score));
                    best.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then(a.0.cmp(&b.0)));
                    best.truncate(choice.limit);
                }
            }
            (rest, size) = (others, size * 2);
        }
        best
    }

    /// The offers that could be among the best, each with how surely it is about the same as the need,
    /// at most.
    fn candidates(
        &self,
        scoring: &Scoring<'_>,
        need: NeedId,
        choice: &Choice<impl Fn(OfferId) -> bool>,
        sums: &mut Sums,
    ) -> Vec<(f64, OfferId)> {
        sums.make_room(self.offers);
        self.add_topics(scoring, need, sums);
        let least = choice.least.max(floor(scoring, need, choice, sums));
        let left_out = self.add_words(scoring, need, least, sums);
        let mut candidates = Vec::new();
        for offer in sums.touched.iter().map(|offer| OfferId(*offer)) {
            let bound = sums.about(offer, left_out, scoring) + MARGIN;
            if bound >= least {
                candidates.push((bound, offer));
            }
        }
        sums.clear();
        candidates
    }

    /// Adds up what topics say of every offer that shares any. It is never less than what the score
    /// takes of them, since here one offered topic may serve several needed ones.
    fn add_topics(&self, scoring: &Scoring<'_>, need: NeedId, sums: &mut Sums) {
        for needed in &scoring.profiles.needs[need.index()].topics {
            for kin in scoring.profiles.kin.of(needed.0) {
                let mut known = (1.0, scoring.topic_value(*needed, (kin, 1.0)));
                for posting in &self.topics[kin.index()] {
                    if posting.weight != known.0 {
                        // A little more than it is in single precision, for this is a bound.
                        let trust = f64::from(posting.weight) + 1e-6;
                        known = (posting.weight, scoring.topic_value(*needed, (kin, trust)));
                    }
                    let Some(says) = known.1 else { break };
                    sums.note_topic(posting.offer, says as f32);
                }
            }
            sums.end_topic();
        }
    }

    /// Adds up what words say, and returns the most that words left out could add to any offer.
    ///
    /// Long lists of common words are what would make matching slow, and what all of them can say
    /// together is often less than a match needs. Then they bring no offer in; they only count for
    /// those that rarer words or topics brought in. This is the `MaxScore` rule of H. Turtle and
    /// J. Flood, "Query evaluation: strategies and optimizations", 1995.
    fn add_words(&self, scoring: &Scoring<'_>, need: NeedId, least: f64, sums: &mut Sums) -> f32 {
        let words = &scoring.profiles.needs[need.index()].words;
        let says = |(word, weight): &(u32, f64)| {
            let says = (weight * scoring.profiles.rarity(*word)) as f32;
            (says * self.most[*word as usize], says, &self.words[*word as usize])
        };
        let mut words: Vec<(f32, f32, &Vec<Posting>)> = words.iter().map(says).collect();
        words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut ahead: f32 = words.iter().map(|word| word.0).sum();
        let (enough, mut left_out) = (scoring.words_for(least - MARGIN) as f32, 0.0);
        for (most, says, postings) in words {
            if ahead >= enough {
                postings.iter().for_each(|it| sums.add_word(it.offer, says * it.weight));
            } else if postings.len() <= 2 * sums.touched.len() {
                postings.iter().for_each(|it| sums.add_to_touched(it.offer, says * it.weight));
            } else {
                left_out += most;
            }
            ahead -= most;
        }
        left_out
    }
}

/// A score that the last of the best offers has at least: as many of those that topics bring in have
/// it. The higher it is, the fewer words can bring in further ones.
fn floor(
    scoring: &Scoring<'_>,
    need: NeedId,
    choice: &Choice<impl Fn(OfferId) -> bool>,
    sums: &Sums,
) -> f64 {
    let mut surest: Vec<(f32, OfferId)> =
        sums.touched.iter().map(|it| (sums.offers[*it as usize].doubt, OfferId(*it))).collect();
    if surest.len() < choice.limit {
        return 0.0;
    }
    if surest.len() > FIRST_BATCH {
        surest.select_nth_unstable_by(FIRST_BATCH, |a, b| a.0.total_cmp(&b.0));
        surest.truncate(FIRST_BATCH);
    }
    let can_be = |offer: &OfferId| (choice.is_allowed)(*offer) && scoring.can_meet(need, *offer);
    let possible = surest.into_iter().map(|(_, offer)| offer).filter(can_be);
    let mut scores: Vec<f64> = possible.map(|offer| scoring.score(need, offer).total).collect();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    scores.get(choice.limit - 1).copied().unwrap_or_default()
}

/// Which offers to choose.
pub struct Choice<F: Fn(OfferId) -> bool> {
    /// The least score.
    pub least: f64,
    /// How many at most.
    pub limit: usize,
    /// Which are possible at all.
    pub is_allowed: F,
}

/// Reusable space for adding up.
#[derive(Default)]
pub struct Sums {
    offers: Vec<Sum>,
    with_topic: Vec<u32>,
    touched: Vec<u32>,
}

/// How sure topics make that leave this doubt together; see [`super::score::certainty`].
fn certainty_of(doubt: f32) -> f64 {
    -f64::from(doubt).ln()
}

/// What was added up for one offer.
#[derive(Clone, Copy)]
struct Sum {
    text: f32,
    /// The doubt that topics leave.
    doubt: f32,
    /// What the nearest offered topic says to the needed one at hand.
    nearest: f32,
    is_touched: bool,
}

const NOTHING: Sum = Sum { text: 0.0, doubt: 1.0, nearest: 0.0, is_touched: false };

impl Sums {
    fn make_room(&mut self, offers: usize) {
        self.offers.resize(offers, NOTHING);
    }

    fn note_topic(&mut self, offer: u32, says: f32) {
        let sum = &mut self.offers[offer as usize];
        if !sum.is_touched {
            sum.is_touched = true;
            self.touched.push(offer);
        }
        if sum.nearest == 0.0 {
            self.with_topic.push(offer);
        }
        sum.nearest = sum.nearest.max(says);
    }

    fn end_topic(&mut self) {
        for offer in self.with_topic.drain(..) {
            let sum = &mut self.offers[offer as usize];
            sum.doubt *= 1.0 - sum.nearest;
            sum.nearest = 0.0;
        }
    }

    fn add_word(&mut self, offer: u32, says: f32) {
        let sum = &mut self.offers[offer as usize];
        if !sum.is_touched {
            sum.is_touched = true;
            self.touched.push(offer);
        }
        sum.text += says;
    }

    fn add_to_touched(&mut self, offer: u32, says: f32) {
        let sum = &mut self.offers[offer as usize];
        if sum.is_touched {
            sum.text += says;
        }
    }

    fn about(&self, offer: OfferId, left_out: f32, scoring: &Scoring<'_>) -> f64 {
        let sum = &self.offers[offer.index()];
        let topics = topics_value(certainty_of(sum.doubt));
        let text = scoring.profiles.text_value(f64::from(sum.text + left_out));
        scoring.about(topics, text)
    }

    fn clear(&mut self) {
        for offer in self.touched.drain(..) {
            self.offers[offer as usize] = NOTHING;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{find, weights};
    use super::*;
    use crate::directory::Directory;
    use crate::directory::tests::{FEW_TOPICS, day, directory};

    /// Suggestions as they are defined: every need with every offer.
    fn all_pairs(directory: &Directory) -> Vec<(NeedId, OfferId, f64)> {
        let today = day("2026-11-22");
        let scoring = Scoring::new(directory, today);
        let mut all = Vec::new();
        for need in (0..).map(NeedId).take(directory.needs.len()) {
            let of_others = |offer: &OfferId| {
                directory[need].terms.coop != directory[*offer].terms.coop
                    && directory[need].is_open(today)
                    && directory[*offer].is_open(today)
                    && scoring.can_meet(need, *offer)
            };
            let offers = (0..).map(OfferId).take(directory.offers.len()).filter(of_others);
            let scores = offers.map(|offer| (need, offer, scoring.score(need, offer).total));
            let mut best: Vec<_> = scores.filter(|pair| pair.2 >= weights::THRESHOLD).collect();
            best.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.cmp(&b.1)));
            all.extend(best.into_iter().take(weights::LIMIT));
        }
        all.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        all
    }

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
            let found: Vec<_> = find(&directory, day("2026-11-22"))
                .list
                .iter()
                .map(|found| (found.need, found.offer, found.score))
                .collect();
            prop_assert_eq!(found, all_pairs(&directory));
        }
    }
}
