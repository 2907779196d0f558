//! The labels of a vocabulary as texts of one language would write them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::signs::Signs;
use super::text::{Cutter, Token, Word, has_content};
use crate::content::values::Language;
use crate::directory::ids::TopicId;
use crate::directory::topics::{Topic, Topics};
use crate::language::stop_words::{is_link_word, is_stop_word};

/// Tables of one vocabulary, by the primary tags of languages. Making one takes longer than reading many
/// texts, so a later run takes them over.
#[derive(Default)]
pub(crate) struct Tables(Mutex<BTreeMap<String, Arc<Table>>>);

impl Tables {
    /// The table of a language.
    pub(super) fn table(&self, topics: &Topics, language: &str) -> Arc<Table> {
        let tables = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables().get(language) {
            return table.clone();
        }
        // Others may read meanwhile.
        let table = Arc::new(Table::new(topics, language));
        tables().insert(language.to_owned(), table.clone());
        table
    }
}

/// A token in its place in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    /// The token.
    pub token: Token,
    /// It and the next one written as one word, both with their endings.
    pub with_next: Option<Word>,
}

/// A topic that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub topic: TopicId,
    /// By words that could also mean something else; the first of them.
    pub unsure: Option<Word>,
}

/// Labels as texts of one language would write them.
#[derive(Default)]
pub(crate) struct Table {
    by_first: FxHashMap<Word, Vec<Phrase>>,
    /// The words that go with topics.
    pub signs: Signs,
    /// Words of other languages that are in use far and wide, with their endings.
    foreign: FxHashMap<Word, TopicId>,
    /// Long words that some write as two: "book keeping".
    compounds: FxHashMap<Word, TopicId>,
}

struct Phrase {
    rest: Vec<Word>,
    topic: TopicId,
    /// It is a label in the text's own language.
    is_own: bool,
    /// Its two words stand in the other order: "repair of bikes" for "bike repair".
    is_turned: bool,
    is_unsure: bool,
}

/// A label with its language.
type Label<'a> = (&'a Language, &'a str);

/// Shorter words are too often two words by chance.
const COMPOUND_LETTERS: usize = 8;

impl Table {
    fn new(topics: &Topics, language: &str) -> Table {
        let mut cutter = Cutter::default();
        let mut table =
            Table { signs: Signs::new(topics, language, &mut cutter), ..Table::default() };
        let is_spoken = |topic: &Topic| topic.labels.keys().any(|tag| tag.primary() == language);
        let knows_language = topics.list.iter().any(is_spoken);
        let mut foreign: BTreeMap<String, Vec<(TopicId, &str)>> = BTreeMap::new();
        for id in topics.ids() {
            let topic = &topics.list[id.index()];
            for (tag, label) in sure_labels(topic) {
                if tag.primary() == language {
                    table.add_own(label, language, id, false, &mut cutter);
                } else {
                    foreign.entry(label.to_lowercase()).or_default().push((id, tag.primary()));
                }
            }
            for (tag, label) in with_language(&topic.ambiguous) {
                if tag.primary() == language {
                    table.add_own(label, language, id, true, &mut cutter);
                }
            }
        }
        for (label, meant) in foreign {
            let (topic, tag) = meant[0];
            let one_topic = meant.iter().all(|(other, _)| *other == topic);
            let is_shared = meant.iter().any(|(_, other)| *other != tag);
            let is_english_phrase =
                meant.iter().any(|(_, tag)| *tag == "en") && label.contains(' ');
            if one_topic && (is_shared || is_english_phrase || !knows_language) {
                table.add_foreign(&label, (language, tag), topic, &mut cutter);
            }
        }
        for sharing in table.by_first.values_mut() {
            sharing.sort_by_key(|phrase| {
                (std::cmp::Reverse(phrase.rest.len()), phrase.is_turned, phrase.topic)
            });
        }
        table
    }

    fn add_own(
        &mut self,
        label: &str,
        language: &str,
        topic: TopicId,
        is_unsure: bool,
        cutter: &mut Cutter,
    ) {
        let words = words_of(label, (language, language), cutter);
        self.add(&words, topic, true, is_unsure);
        if let Some((COMPOUND_LETTERS.., whole)) = whole_word(label, cutter).filter(|_| !is_unsure)
        {
            self.compounds.insert(whole, topic);
        }
    }

    /// A label of another language, which is in use far and wide: single words as they are written,
    /// since the endings of this language are not theirs.
    fn add_foreign(
        &mut self,
        label: &str,
        languages: (&str, &str),
        topic: TopicId,
        cutter: &mut Cutter,
    ) {
        let words = words_of(label, languages, cutter);
        match whole_word(label, cutter) {
            Some((length, whole)) if length > 2 && !words.is_empty() => {
                self.foreign.insert(whole, topic);
            }
            _ => self.add(&words, topic, false, false),
        }
    }

    fn add(&mut self, words: &[Word], topic: TopicId, is_own: bool, is_unsure: bool) {
        let mut add = |first: Word, rest: &[Word], is_turned: bool| {
            let rest = rest.to_vec();
            let phrase = Phrase { rest, topic, is_own, is_turned, is_unsure };
            self.by_first.entry(first).or_default().push(phrase);
        };
        let Some((first, rest)) = words.split_first() else { return };
        add(*first, rest, false);
        if let [second] = rest {
            add(*second, &[*first], true);
        }
    }

    /// Notes the topics that are named where these words begin, and returns how many words name them.
    pub(super) fn at(&self, words: &[Placed], named: &mut Vec<Named>) -> usize {
        let stands_here = |phrase: &&Phrase| {
            let following = words[1..].iter().map(|placed| &placed.token.word);
            following.take(phrase.rest.len()).eq(&phrase.rest)
        };
        let sharing = self.by_first.get(&words[0].token.word).map_or(&[][..], Vec::as_slice);
        let Some(longest) = sharing.iter().find(stands_here) else {
            return self.foreign_or_compound_at(words[0], named);
        };
        let (length, is_turned) = (longest.rest.len(), longest.is_turned);
        let is_as_long =
            |it: &&Phrase| it.rest.len() == length && it.is_turned == is_turned && stands_here(it);
        let here = || sharing.iter().filter(is_as_long);
        let has_own = here().any(|phrase| phrase.is_own);
        let has_sure = here().any(|phrase| phrase.is_own == has_own && !phrase.is_unsure);
        let meant =
            here().filter(|phrase| phrase.is_own == has_own && (!has_sure || !phrase.is_unsure));
        if has_own || length > 0 || words[0].token.has_meaning {
            for phrase in meant {
                let unsure = phrase.is_unsure.then_some(words[0].token.word);
                let new = Named { topic: phrase.topic, unsure };
                if named.last() != Some(&new) {
                    named.push(new);
                }
            }
        }
        length + 1
    }

    fn foreign_or_compound_at(&self, placed: Placed, named: &mut Vec<Named>) -> usize {
        let Placed { token, with_next } = placed;
        let foreign = self.foreign.get(&token.whole).filter(|_| token.has_meaning);
        let compound = || self.compounds.get(&with_next?);
        let Some((topic, length)) =
            foreign.map(|topic| (*topic, 1)).or_else(|| Some((*compound()?, 2)))
        else {
            return 0;
        };
        named.push(Named { topic, unsure: None });
        length
    }
}

fn sure_labels(topic: &Topic) -> impl Iterator<Item = Label<'_>> {
    let labels = topic.labels.iter().map(|(tag, label)| (tag, label.as_str()));
    labels.chain(with_language(&topic.also))
}

fn with_language(words: &BTreeMap<Language, Vec<String>>) -> impl Iterator<Item = Label<'_>> {
    words.iter().flat_map(|(tag, words)| words.iter().map(move |word| (tag, word.as_str())))
}

/// A label that is a single word: how long it is, and the word with its ending.
fn whole_word(label: &str, cutter: &mut Cutter) -> Option<(usize, Word)> {
    let mut tokens = Vec::new();
    cutter.tokens(label, |token| tokens.push((token.len(), Word::whole(token))));
    if let [single] = tokens.as_slice() { Some(*single) } else { None }
}

/// The words of a label but those that only link others, as a text in the first of the languages has
/// them; the label is in the second. None when it would mean nothing.
fn words_of(label: &str, (language, of_label): (&str, &str), cutter: &mut Cutter) -> Vec<Word> {
    let (mut words, mut has_meaning) = (Vec::new(), false);
    cutter.each(label, language, |letters, token| {
        if !is_link_word(of_label, letters) {
            words.push(token.word);
            has_meaning |= has_content(letters) && !is_stop_word(of_label, letters);
        }
    });
    if has_meaning { words } else { Vec::new() }
}
