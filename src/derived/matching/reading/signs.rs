//! Tells what a text is about by words that go with a topic, where it is not named: "lightning",
//! "disk" and "recover" speak of backups.

use rustc_hash::FxHashMap;

use super::text::{Cutter, Word};
use super::trust::Trust;
use super::weights;
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;

/// The words that go with each topic, in one language: its signs, and the words of its labels.
#[derive(Default)]
pub(crate) struct Signs {
    by_word: FxHashMap<Word, Vec<TopicId>>,
    topics: usize,
}

impl Signs {
    /// The signs of a vocabulary in a language, given by its primary tag.
    pub(super) fn new(topics: &Topics, language: &str, cutter: &mut Cutter) -> Signs {
        let mut signs = Signs { by_word: FxHashMap::default(), topics: topics.list.len() };
        for id in topics.ids() {
            let topic = &topics.list[id.index()];
            let labels = topic.labels.iter();
            let lists = [&topic.also, &topic.ambiguous, &topic.signs];
            let words = lists.into_iter().flat_map(|list| {
                list.iter().flat_map(|(tag, words)| words.iter().map(move |word| (tag, word)))
            });
            for (_, text) in labels.chain(words).filter(|(tag, _)| tag.primary() == language) {
                cutter.each(text, language, |_, token| {
                    if token.has_meaning && !token.is_link {
                        let topics = signs.by_word.entry(token.word).or_default();
                        if topics.last() != Some(&id) {
                            topics.push(id);
                        }
                    }
                });
            }
        }
        signs
    }

    /// The topics that several of these words go with, each word given once, and how far each topic
    /// is trusted; the surest first. A word that goes with many topics says little of any.
    pub(super) fn of(&self, words: impl Iterator<Item = Word>) -> Vec<(TopicId, Trust)> {
        let mut found: FxHashMap<TopicId, (usize, f64)> = FxHashMap::default();
        for word in words {
            let Some(topics) = self.by_word.get(&word) else {
                continue;
            };
            let all = self.topics.max(2) as f64;
            let says = (all / topics.len() as f64).ln() / all.ln();
            for topic in topics {
                let (count, sum) = found.entry(*topic).or_insert((0, 0.0));
                *count += 1;
                *sum += says;
            }
        }
        let mut found: Vec<(TopicId, f64)> = found
            .into_iter()
            .filter(|(_, (count, _))| *count >= weights::SIGNS)
            .map(|(topic, (_, sum))| {
                (topic, weights::BY_SIGNS * (sum / weights::ENOUGH_SIGNS).min(1.0))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(weights::TOPICS_BY_SIGNS);
        found.into_iter().map(|(topic, trust)| (topic, Trust::Read(trust))).collect()
    }
}
