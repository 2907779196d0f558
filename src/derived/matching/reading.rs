//! What matching takes from the texts of an entry: its words, by weight, and its topics, by trust.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::phrases::{self, Phrases, Placed};
use super::text::{Cutter, Word};
use super::weights;
use crate::directory::entry::Text;
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;
use crate::directory::{Directory, Entry};
use crate::language::stop_words;

/// An entry as read, before it is known how rare its words are.
#[derive(Debug)]
pub struct Reading {
    /// One for the original and one for each translation.
    texts: Vec<Counts>,
    /// By text: the language that it is plainly in, where another was declared; the last is one.
    pub noticed: Vec<Option<&'static str>>,
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
pub fn read(entry: &Entry, phrases: &Phrases, vocabulary: &Topics, cutter: &mut Cutter) -> Reading {
    let mut topics: BTreeMap<TopicId, f64> = BTreeMap::new();
    let mut unsure: Vec<(TopicId, Word, f64)> = Vec::new();
    let mut texts = Vec::new();
    let mut noticed = Vec::new();
    for (declared, fields) in texts_of(entry) {
        let mut text = cut(&fields, declared, cutter);
        let other = other_language(declared, &text);
        if let Some(other) = other {
            text = cut(&fields, other, cutter);
        }
        noticed.push(other);
        let language = other.unwrap_or(declared);
        for (tokens, (.., trust)) in text.tokens.iter().zip(&fields) {
            for named in phrases.named_in(tokens, language) {
                match named.unsure {
                    Some(word) => unsure.push((named.topic, word, *trust)),
                    None => trust_topic(&mut topics, named.topic, *trust),
                }
            }
        }
        let mut words: Vec<(Word, f64)> = text.counts.into_iter().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        for (topic, trust) in phrases.signs_in(words.iter().map(|(word, _)| *word), language) {
            trust_topic(&mut topics, topic, trust);
        }
        texts.push(Counts { words, length: text.length });
    }
    topics.extend(entry.topics.iter().map(|topic| (*topic, 1.0)));
    for (topic, trust) in supported(&unsure, &topics, vocabulary) {
        trust_topic(&mut topics, topic, trust);
    }
    noticed.truncate(noticed.iter().rposition(Option::is_some).map_or(0, |last| last + 1));
    Reading { texts, noticed, topics: topics.into_iter().collect() }
}

/// A text cut into tokens, and its words with what they are worth.
struct Cut {
    tokens: [Vec<Placed>; 3],
    counts: FxHashMap<Word, f64>,
    length: f64,
    /// How many of its tokens are small words of its language.
    small: usize,
    /// Likewise of each of the languages whose small words are known.
    small_in: [usize; stop_words::LANGUAGES.len()],
}

fn cut(fields: &[Field<'_>; 3], language: &str, cutter: &mut Cutter) -> Cut {
    let (mut counts, mut length) = (FxHashMap::default(), 0.0);
    let (mut small, mut small_in) = (0, [0; stop_words::LANGUAGES.len()]);
    let tokens = fields.each_ref().map(|(text, worth, _)| {
        phrases::tokens(text, language, cutter, |token| {
            small += usize::from(token.is_small);
            small_in
                .iter_mut()
                .zip(token.is_small_in)
                .for_each(|(sum, is)| *sum += usize::from(is));
            if token.has_meaning {
                *counts.entry(token.word).or_insert(0.0) += worth;
                length += worth;
            }
        })
    });
    Cut { tokens, counts, length, small, small_in }
}

/// Trusts that an entry is about a topic as far as the surest sign of it says.
fn trust_topic(topics: &mut BTreeMap<TopicId, f64>, topic: TopicId, trust: f64) {
    let trusted = topics.entry(topic).or_insert(trust);
    *trusted = trusted.max(trust);
}

/// The topics of ambiguous words that the rest of the entry supports: it is about something near, or
/// another ambiguous word means something near too.
fn supported(
    unsure: &[(TopicId, Word, f64)],
    topics: &BTreeMap<TopicId, f64>,
    vocabulary: &Topics,
) -> Vec<(TopicId, f64)> {
    let is_supported = |(topic, word, _): &&(TopicId, Word, f64)| {
        topics.keys().any(|other| vocabulary.are_near(*topic, *other))
            || unsure
                .iter()
                .any(|(other, another, _)| another != word && vocabulary.are_near(*topic, *other))
    };
    let supported = unsure.iter().filter(is_supported);
    supported.map(|(topic, _, trust)| (*topic, trust * weights::AMBIGUOUS_WORD)).collect()
}

/// The language that a text is plainly in by its small words, if it is not the declared one: somebody
/// forgot to say.
fn other_language(declared: &str, text: &Cut) -> Option<&'static str> {
    let (all, own) = (text.tokens.iter().map(Vec::len).sum::<usize>(), text.small);
    if own * USUAL_PART >= all {
        return None;
    }
    let (hits, language) =
        text.small_in.into_iter().zip(stop_words::LANGUAGES).max_by_key(|it| it.0)?;
    let is_plain = hits >= 4 && hits > 2 * own && hits * 5 > all;
    Some(language).filter(|language| is_plain && *language != declared)
}

/// One in so many words of a text is small at least, as a rule.
const USUAL_PART: usize = 6;

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

/// All texts of an entry, to find words as they are written, with the languages that they were read in.
pub fn written_texts<'a>(
    entry: &'a Entry,
    noticed: &[Option<&'static str>],
) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let noticed = noticed.iter().copied().chain(std::iter::repeat(None));
    texts_of(entry).zip(noticed).flat_map(|((declared, fields), other)| {
        fields.map(|(text, ..)| (other.unwrap_or(declared), text))
    })
}

/// The primary tags of all languages that texts of a directory are in.
pub fn languages(directory: &Directory) -> BTreeSet<String> {
    let entries = directory.needs.iter().map(|need| &need.entry);
    let entries = entries.chain(directory.offers.iter().map(|offer| &offer.entry));
    let tags =
        entries.flat_map(|entry| std::iter::once(&entry.language).chain(entry.translations.keys()));
    let declared = tags.map(|tag| tag.primary().to_owned());
    declared.chain(stop_words::LANGUAGES.map(str::to_owned)).collect()
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
