//! What matching takes from the texts of an entry: its words, by weight, and its topics, by trust.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::phrases::{self, Phrases};
use super::tables::{Named, Placed};
use super::text::{Cutter, Word};
use super::trust::Trust;
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
    /// Its topics in order, with the trust that it is about them.
    pub topics: Vec<(TopicId, Trust)>,
}

#[derive(Debug)]
struct Counts {
    /// Each word once, in order, counted by where it stands.
    words: Vec<(Word, f64)>,
    length: f64,
}

/// Reads an entry in all its languages.
pub(crate) fn read(
    entry: &Entry,
    phrases: &Phrases,
    vocabulary: &Topics,
    cutter: &mut Cutter,
) -> Reading {
    let mut topics: BTreeMap<TopicId, Trust> = BTreeMap::new();
    let mut unsure: Vec<Unsure> = Vec::new();
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
        for (tokens, field) in text.tokens.iter().zip(&fields) {
            let trust = field.trust;
            for Named { topic, unsure: word } in phrases.named_in(tokens, language) {
                match word {
                    Some(word) => unsure.push(Unsure { topic, word, trust }),
                    None => trust_topic(&mut topics, topic, Trust::Read(trust)),
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
    topics.extend(entry.topics.iter().map(|topic| (*topic, Trust::Chosen)));
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
    let tokens = fields.each_ref().map(|field| {
        phrases::tokens(&field.text, language, cutter, |token| {
            small += usize::from(token.is_small);
            small_in
                .iter_mut()
                .zip(token.is_small_in)
                .for_each(|(sum, is)| *sum += usize::from(is));
            if token.has_meaning {
                *counts.entry(token.word).or_insert(0.0) += field.worth;
                length += field.worth;
            }
        })
    });
    Cut { tokens, counts, length, small, small_in }
}

/// Trusts that an entry is about a topic as far as the surest sign of it says.
fn trust_topic(topics: &mut BTreeMap<TopicId, Trust>, topic: TopicId, trust: Trust) {
    let trusted = topics.entry(topic).or_insert(trust);
    *trusted = trusted.or_greater(trust);
}

/// A topic that a word names, which could also mean something else.
struct Unsure {
    topic: TopicId,
    word: Word,
    /// How far it would be trusted if the word were plain.
    trust: f64,
}

/// The topics of ambiguous words that the rest of the entry supports: it is about something near, or
/// another ambiguous word means something near too.
fn supported(
    unsure: &[Unsure],
    topics: &BTreeMap<TopicId, Trust>,
    vocabulary: &Topics,
) -> Vec<(TopicId, Trust)> {
    let is_supported = |named: &&Unsure| {
        let is_near = |topic: TopicId| vocabulary.are_near(named.topic, topic);
        topics.keys().any(|topic| is_near(*topic))
            || unsure.iter().any(|other| other.word != named.word && is_near(other.topic))
    };
    let supported = unsure.iter().filter(is_supported);
    let trust = |named: &Unsure| Trust::Read(named.trust * weights::AMBIGUOUS_WORD);
    supported.map(|named| (named.topic, trust(named))).collect()
}

/// The language that a text is plainly in by its small words, if it is not the declared one: somebody
/// forgot to say.
fn other_language(declared: &str, text: &Cut) -> Option<&'static str> {
    let (all, own) = (text.tokens.iter().map(Vec::len).sum::<usize>(), text.small);
    if own * USUAL_PART >= all {
        return None;
    }
    let (hits, language) =
        text.small_in.into_iter().zip(stop_words::LANGUAGES).max_by_key(|(hits, _)| *hits)?;
    let is_plain = hits >= 4 && hits > 2 * own && hits * 5 > all;
    Some(language).filter(|language| is_plain && *language != declared)
}

/// One in so many words of a text is small at least, as a rule.
const USUAL_PART: usize = 6;

/// Title, summary and body in each language.
fn texts_of(entry: &Entry) -> impl Iterator<Item = (&str, [Field<'_>; 3])> {
    let own = fields(&entry.title, &entry.summary, &entry.text);
    let others = entry.translations.iter().map(|(language, other)| {
        (language.primary(), fields(&other.title, &other.summary, &other.text))
    });
    std::iter::once((entry.language.primary(), own)).chain(others)
}

/// A text of an entry: its title, its summary or its body.
struct Field<'a> {
    text: Cow<'a, str>,
    /// What a word in it is worth.
    worth: f64,
    /// How far a topic is trusted that it names.
    trust: f64,
}

fn fields<'a>(title: &'a str, summary: &'a str, text: &'a Text) -> [Field<'a>; 3] {
    use weights::{NAMED_IN_BODY, NAMED_IN_TITLE, SUMMARY_WORD, TITLE_WORD};
    [
        Field { text: title.into(), worth: TITLE_WORD, trust: NAMED_IN_TITLE },
        Field { text: summary.into(), worth: SUMMARY_WORD, trust: NAMED_IN_TITLE },
        Field { text: text.plain(), worth: 1.0, trust: NAMED_IN_BODY },
    ]
}

/// All texts of an entry, to find words as they are written, with the languages that they were read in.
pub(crate) fn written_texts<'a>(
    entry: &'a Entry,
    noticed: &[Option<&'static str>],
) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let noticed = noticed.iter().copied().chain(std::iter::repeat(None));
    texts_of(entry).zip(noticed).flat_map(|((declared, fields), other)| {
        fields.map(|field| (other.unwrap_or(declared), field.text))
    })
}

/// The primary tags of all languages that texts of a directory are in.
pub(crate) fn languages(directory: &Directory) -> BTreeSet<String> {
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
