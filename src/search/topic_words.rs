//! The words by which entries are found besides their own: those of the topics that they are about. So a
//! need in one language answers a question in another, and a bookkeeper one for accounts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::content::values::Language;
use crate::directory::Directory;
use crate::directory::ids::{EntryId, TopicId};
use crate::directory::topics::Topic;
use crate::language::Tokenizer;
use crate::language::stop_words::is_stop_word;
use crate::wording::Wording;

/// So sure matching must be that a text tells of a topic, from 0 to 1.
const LEAST_TRUST: f64 = 0.6;

/// What topics are called, by language and by topic.
pub(crate) struct TopicWords<'a>(BTreeMap<&'a Language, Vec<Vec<String>>>);

impl<'a> TopicWords<'a> {
    /// In the languages of the site and of its entries.
    pub(crate) fn new(directory: &'a Directory) -> Self {
        let own = directory.ids().map(|id| &directory[id].language);
        let languages: BTreeSet<&Language> = own.chain(&directory.site.languages).collect();
        let languages: Vec<&Language> = languages.into_iter().collect();
        let topics = &directory.topics.list;
        let words = languages.into_par_iter().map(|language| {
            let mut tokenizer = Tokenizer::default();
            let of = topics.iter().map(|topic| words(topic, language, &mut tokenizer));
            (language, of.collect())
        });
        Self(words.collect())
    }

    /// The words for what an entry is about, in the language and in its own: of the topics that
    /// its author chose, and of those that its text tells of.
    pub(crate) fn of(&self, wording: &Wording<'_>, id: EntryId) -> String {
        let entry = &wording.directory[id];
        let profiles = wording.derived.profiles();
        let read = match id {
            EntryId::Need(id) => &*profiles.needs[id.index()].topics,
            EntryId::Offer(id) => &*profiles.offers[id.index()].topics,
            _ => &[],
        };
        let read =
            read.iter().filter(|(_, trust)| trust.part() >= LEAST_TRUST).map(|(topic, _)| topic);
        let topics: BTreeSet<TopicId> = entry.topics.iter().chain(read).copied().collect();
        let languages = [wording.language, entry.words(wording.language).language];
        let words: BTreeSet<&str> = languages
            .into_iter()
            .filter_map(|language| self.0.get(language))
            .flat_map(|of| topics.iter().flat_map(|topic| &of[topic.index()]))
            .map(String::as_str)
            .collect();
        words.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// The words of a topic's label and of what else it is called, each once, without small ones.
fn words(topic: &Topic, language: &Language, tokenizer: &mut Tokenizer) -> Vec<String> {
    let mut words = BTreeSet::new();
    let also = topic.also.get(language).into_iter().flatten().map(String::as_str);
    let also = also.filter(|name| !name.contains(' '));
    for name in also.chain([topic.label(language)]) {
        tokenizer.each(name, |word| {
            if !is_stop_word(language.primary(), word) {
                words.insert(word.to_owned());
            }
        });
    }
    words.into_iter().collect()
}
