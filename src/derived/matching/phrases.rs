//! Recognises topics in running text by their labels, in one pass over the words.

use rustc_hash::FxHashMap;

use super::stop_words::is_stop_word;
use super::text::{Word, has_content};
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;
use crate::search::Tokenizer;

/// Every label of every topic, by its first word.
pub struct Phrases {
    by_first: FxHashMap<Word, Vec<Phrase>>,
}

struct Phrase {
    rest: Vec<Word>,
    language: String,
    topic: TopicId,
}

impl Phrases {
    /// The labels of a vocabulary: `label` and `also`, in all languages.
    pub fn new(topics: &Topics) -> Phrases {
        let mut phrases = Phrases { by_first: FxHashMap::default() };
        let mut tokenizer = Tokenizer::default();
        for id in topics.ids() {
            let topic = &topics.list[id.index()];
            let also =
                topic.also.iter().flat_map(|(tag, words)| words.iter().map(move |w| (tag, w)));
            for (tag, label) in topic.labels.iter().chain(also) {
                phrases.add(label, tag.primary(), id, &mut tokenizer);
            }
        }
        for sharing in phrases.by_first.values_mut() {
            sharing.sort_by(|a, b| {
                let key = |phrase: &Phrase| (std::cmp::Reverse(phrase.rest.len()), phrase.topic);
                key(a).cmp(&key(b)).then_with(|| a.rest.cmp(&b.rest))
            });
        }
        phrases
    }

    fn add(&mut self, label: &str, language: &str, topic: TopicId, tokenizer: &mut Tokenizer) {
        let (mut words, mut has_meaning) = (Vec::new(), false);
        tokenizer.each(label, |token| {
            words.push(Word::of(token));
            has_meaning |= has_content(token) && !is_stop_word(language, token);
        });
        if let Some((first, rest)) = words.split_first().filter(|_| has_meaning) {
            let phrase = Phrase { rest: rest.to_vec(), language: language.to_owned(), topic };
            self.by_first.entry(*first).or_default().push(phrase);
        }
    }

    /// Calls `each` with the topics that a text in a language names. Of each word it is told whether
    /// it says something in that language. The longest label wins; labels of the text's own language
    /// come first, and those of others count where they all mean one topic.
    pub fn each(&self, words: &[(Word, bool)], language: &str, mut each: impl FnMut(TopicId)) {
        let mut at = 0;
        while at < words.len() {
            let step = self.at(&words[at..], language, &mut each);
            at += step.max(1);
        }
    }

    fn at(&self, words: &[(Word, bool)], language: &str, each: &mut impl FnMut(TopicId)) -> usize {
        let Some(sharing) = self.by_first.get(&words[0].0) else { return 0 };
        let stands_here = |phrase: &&Phrase| {
            let following = words[1..].iter().map(|(word, _)| word);
            following.take(phrase.rest.len()).eq(&phrase.rest)
        };
        let Some(longest) = sharing.iter().find(stands_here).map(|phrase| phrase.rest.len()) else {
            return 0;
        };
        let here = || sharing.iter().filter(|it| it.rest.len() == longest).filter(stands_here);
        if here().any(|phrase| phrase.language == language) {
            here().filter(|phrase| phrase.language == language).for_each(|it| each(it.topic));
        } else if longest > 0 || words[0].1 {
            let mut meant = here().map(|phrase| phrase.topic);
            let first = meant.next().expect("the longest phrase stands here");
            if meant.all(|other| other == first) {
                each(first);
            }
        }
        longest + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn labels_are_recognised_in_texts_of_any_language() {
        let topics = "content/topics.yaml";
        let yaml = "web: {label: {en: Web development, es: Desarrollo web}}\n\
                    growth: {label: {en: Development}}\n\
                    care: {label: {en: Care, fr: Soin}}\n\
                    cart: {label: {en: Car, es: Carro}}\n\
                    why: {label: {fr: Car}}\n";
        let site = ("site.yaml", "title: T\ntopics: {starter: false}\n");
        let directory = directory(&[site, (topics, yaml)]);
        let phrases = Phrases::new(&directory.topics);
        let check = |language: &str, text: &str, expected: &[&str]| {
            let mut words = Vec::new();
            Tokenizer::default().each(text, |token| {
                words.push((Word::of(token), !is_stop_word(language, token)));
            });
            let mut found = Vec::new();
            phrases.each(&words, language, |topic| found.push(directory[topic].slug.as_str()));
            assert_eq!(found, expected, "{text}");
        };
        check("en", "Web developments and development", &["web", "growth"]);
        check("en", "Desarrollo web con care", &["web", "care"]);
        check("fr", "du soin", &["care"]);
        check("en", "a car", &["cart"]);
        check("fr", "car il vient", &[]);
        check("sw", "desarrollo", &[]);
    }
}
