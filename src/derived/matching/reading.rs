//! What matching takes from the texts of an entry: its words, by weight, and its topics, by trust.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::phrases::Phrases;
use super::stop_words::is_stop_word;
use super::text::{Word, has_content};
use super::weights;
use crate::directory::Entry;
use crate::directory::entry::Text;
use crate::directory::ids::TopicId;
use crate::search::Tokenizer;

/// An entry as read, before it is known how rare its words are.
#[derive(Debug)]
pub struct Reading {
    /// One for the original and one for each translation.
    texts: Vec<Counts>,
    /// Its topics in order, with the trust that it is about them: 1 for those the author chose.
    pub topics: Vec<(TopicId, f64)>,
}

#[derive(Debug)]
struct Counts {
    /// Each word once, in order, counted by where it stands.
    words: Vec<(Word, f64)>,
    length: f64,
}

/// Reads an entry in all its languages.
pub fn read(entry: &Entry, phrases: &Phrases, tokenizer: &mut Tokenizer) -> Reading {
    let mut topics: BTreeMap<TopicId, f64> = BTreeMap::new();
    let mut texts = Vec::new();
    for (language, fields) in texts_of(entry) {
        let mut counts = FxHashMap::default();
        let mut length = 0.0;
        for (text, worth, trust) in fields {
            let mut words = Vec::new();
            tokenizer.each(&text, |token| {
                let word = Word::of(token);
                let says_something = has_content(token) && !is_stop_word(language, token);
                words.push((word, says_something));
                if says_something {
                    *counts.entry(word).or_insert(0.0) += worth;
                    length += worth;
                }
            });
            phrases.each(&words, language, |topic| {
                let trusted = topics.entry(topic).or_insert(trust);
                *trusted = trusted.max(trust);
            });
        }
        let mut words: Vec<(Word, f64)> = counts.into_iter().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        texts.push(Counts { words, length });
    }
    topics.extend(entry.topics.iter().map(|topic| (*topic, 1.0)));
    Reading { texts, topics: topics.into_iter().collect() }
}

/// Title, summary and body in each language, with what a word there is worth and how far a topic
/// named there is trusted.
fn texts_of(entry: &Entry) -> impl Iterator<Item = (&str, [Field<'_>; 3])> {
    let own = fields(&entry.title, &entry.summary, &entry.text);
    let others = entry.translations.iter().map(|(language, other)| {
        (language.primary(), fields(&other.title, &other.summary, &other.text))
    });
    std::iter::once((entry.language.primary(), own)).chain(others)
}

/// A text, what a word in it is worth, and how far a topic named in it is trusted.
type Field<'a> = (Cow<'a, str>, f64, f64);

fn fields<'a>(title: &'a str, summary: &'a str, text: &'a Text) -> [Field<'a>; 3] {
    [
        (title.into(), weights::TITLE_WORD, weights::NAMED_IN_TITLE),
        (summary.into(), weights::SUMMARY_WORD, weights::NAMED_IN_TITLE),
        (text.plain(), 1.0, weights::NAMED_IN_BODY),
    ]
}

/// All texts of an entry, to find words as they are written.
pub fn written_texts(entry: &Entry) -> impl Iterator<Item = Cow<'_, str>> {
    texts_of(entry).flat_map(|(_, fields)| fields.map(|(text, ..)| text))
}

impl Reading {
    /// Every word of the entry, each once.
    pub fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> =
            self.texts.iter().flat_map(|text| &text.words).map(|(word, _)| *word).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// How long its texts are together, and how many they are.
    pub fn lengths(&self) -> (f64, f64) {
        (self.texts.iter().map(|text| text.length).sum(), self.texts.len() as f64)
    }

    /// How much the entry is about each word, from 0 to 1, as BM25 weighs it; the square root, since
    /// a shared word is weighed on both sides. The language that says it most strongly counts.
    pub fn weigh(&self, usual_length: f64) -> Vec<(Word, f64)> {
        let mut weighed = Vec::new();
        for text in &self.texts {
            let length = text.length / usual_length.max(1.0);
            let held_back = 1.0 - weights::LENGTH_PENALTY + weights::LENGTH_PENALTY * length;
            weighed.extend(text.words.iter().map(|(word, count)| {
                (*word, (count / (count + weights::SATURATION * held_back)).sqrt())
            }));
        }
        weighed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        weighed.dedup_by_key(|(word, _)| *word);
        weighed
    }
}
