//! Recognises topics in running text by their labels, in one pass over the words.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::signs::Signs;
use super::text::{Cutter, Token, Word, has_content};
use crate::content::values::Language;
use crate::directory::ids::TopicId;
use crate::directory::topics::{Topic, Topics};
use crate::language::stop_words::{is_link_word, is_stop_word};

/// The labels of a vocabulary, ready to be found in texts of some languages.
pub struct Phrases<'a> {
    topics: &'a Topics,
    /// What the vocabulary says, as a number: tables are kept for the next time that it is the same.
    mark: u64,
    /// By primary tag; a table is made when the first text in its language is read.
    by_language: BTreeMap<String, OnceLock<Arc<Table>>>,
}

/// A token in its place in a text.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    token: Token,
    /// It and the next one written as one word, both with their endings.
    with_next: Option<Word>,
}

/// Cuts a text in a language into tokens, and tells of each.
pub fn tokens(
    text: &str,
    language: &str,
    cutter: &mut Cutter,
    mut each: impl FnMut(&Token),
) -> Vec<Placed> {
    let mut tokens: Vec<Placed> = Vec::new();
    cutter.each(text, language, |letters, token| {
        if let Some(last) = tokens.last_mut() {
            last.with_next = Some(last.token.whole.and(letters));
        }
        each(&token);
        tokens.push(Placed { token, with_next: None });
    });
    tokens
}

/// A topic that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub topic: TopicId,
    /// By words that could also mean something else; the first of them.
    pub unsure: Option<Word>,
}

/// Labels as texts of one language would write them.
#[derive(Default)]
struct Table {
    by_first: FxHashMap<Word, Vec<Phrase>>,
    signs: Signs,
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

impl<'a> Phrases<'a> {
    /// A vocabulary for texts in these languages, given by their primary tags.
    pub fn new(topics: &'a Topics, languages: impl Iterator<Item = String>) -> Phrases<'a> {
        let by_language = languages.map(|tag| (tag, OnceLock::new())).collect();
        Phrases { topics, mark: mark(topics), by_language }
    }

    /// The topics that words of a text in a language go with, each word given once, and how far each
    /// is trusted.
    pub fn signs_in(
        &self,
        words: impl Iterator<Item = Word>,
        language: &str,
    ) -> Vec<(TopicId, f64)> {
        self.table(language).map_or_else(Vec::new, |table| table.signs.of(words))
    }

    fn table(&self, language: &str) -> Option<&Table> {
        let table = self.by_language.get(language)?;
        Some(table.get_or_init(|| kept(self.topics, self.mark, language)))
    }

    /// The topics that a text in a language names, in order. The longest label wins; labels of the
    /// text's own language come first.
    pub fn named_in(&self, tokens: &[Placed], language: &str) -> Vec<Named> {
        let Some(table) = self.table(language) else { return Vec::new() };
        let words: Vec<Placed> = tokens.iter().filter(|it| !it.token.is_link).copied().collect();
        let mut named = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at += table.at(&words[at..], &mut named).max(1);
        }
        named
    }
}

/// Tables by vocabulary and language. Making one takes longer than reading many texts, and `serve`
/// reads them again after every change.
static TABLES: Mutex<BTreeMap<(u64, String), Arc<Table>>> = Mutex::new(BTreeMap::new());

/// More tables than a directory has languages are seldom of use.
const MOST_TABLES: usize = 16;

fn kept(topics: &Topics, mark: u64, language: &str) -> Arc<Table> {
    let tables = || TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (mark, language.to_owned());
    if let Some(table) = tables().get(&key) {
        return table.clone();
    }
    let table = Arc::new(Table::new(topics, language));
    let mut tables = tables();
    if tables.len() >= MOST_TABLES {
        tables.clear();
    }
    tables.insert(key, table.clone());
    table
}

/// A number that is another one as soon as any label of a vocabulary is.
fn mark(topics: &Topics) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for topic in &topics.list {
        topic.slug.as_str().hash(&mut hasher);
        topic.labels.hash(&mut hasher);
        [&topic.also, &topic.ambiguous, &topic.signs].hash(&mut hasher);
    }
    hasher.finish()
}

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
    fn at(&self, words: &[Placed], named: &mut Vec<Named>) -> usize {
        let stands_here = |phrase: &&Phrase| {
            let following = words[1..].iter().map(|it| &it.token.word);
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
        let meant = here().filter(|it| it.is_own == has_own && (!has_sure || !it.is_unsure));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn labels_are_recognised_in_running_text() {
        let topics = "content/topics.yaml";
        let yaml = "web: {label: {en: Web development, es: Desarrollo web}}\n\
                    growth: {label: {en: Development}}\n\
                    care: {label: {en: Care, fr: Soin, pt: Care}}\n\
                    books: {label: {en: Bookkeeping}}\n\
                    repair: {label: {es: Reparación de bicicletas}, also: {es: reparar bicicletas}}\n\
                    cart: {label: {en: Car, es: Carro}}\n\
                    why: {label: {fr: Car}}\n\
                    printing: {label: {en: Print shop}, ambiguous: {en: press}}\n";
        let site = ("site.yaml", "title: T\ntopics: {starter: false}\n");
        let directory = directory(&[site, (topics, yaml)]);
        let languages = ["en", "es", "fr", "sw"].map(str::to_owned).into_iter();
        let phrases = Phrases::new(&directory.topics, languages);
        let check = |language: &str, text: &str, expected: &[&str]| {
            let tokens = tokens(text, language, &mut Cutter::default(), |_| {});
            let named = phrases.named_in(&tokens, language);
            let slugs = named.iter().map(|it| {
                let unsure = if it.unsure.is_some() { "?" } else { "" };
                format!("{}{unsure}", directory[it.topic].slug)
            });
            assert_eq!(slugs.collect::<Vec<_>>(), expected, "{text}");
        };
        check("en", "Web developments and development", &["web", "growth"]);
        check("en", "development of the web", &["web"]);
        check("en", "book keeping", &["books"]);
        check("en", "a free press", &["printing?"]);
        check("es", "reparamos las bicicletas del barrio", &["repair"]);
        check("es", "bicicletas reparadas", &["repair"]);
        check("es", "web development", &["web"]);
        check("en", "desarrollo web", &[]);
        check("es", "con care", &["care"]);
        check("es", "bookkeeping", &[]);
        check("fr", "du soin", &["care"]);
        check("en", "a car", &["cart"]);
        check("fr", "car il vient", &[]);
        check("sw", "soin", &["care"]);
    }
}
