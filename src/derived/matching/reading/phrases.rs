//! Recognises topics in running text by their labels, in one pass over the words.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::tables::{Named, Placed, Table, Tables};
use super::text::{Cutter, Token, Word};
use super::trust::Trust;
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;

/// The labels of a vocabulary, ready to be found in texts of some languages.
pub(crate) struct Phrases<'a> {
    topics: &'a Topics,
    tables: &'a Tables,
    /// By primary tag; a table is made when the first text in its language is read.
    by_language: BTreeMap<String, OnceLock<Arc<Table>>>,
}

/// Cuts a text in a language into tokens, and tells of each.
pub(super) fn tokens(
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

impl<'a> Phrases<'a> {
    /// A vocabulary for texts in these languages, given by their primary tags.
    pub(crate) fn new(
        topics: &'a Topics,
        tables: &'a Tables,
        languages: impl Iterator<Item = String>,
    ) -> Phrases<'a> {
        let by_language = languages.map(|tag| (tag, OnceLock::new())).collect();
        Phrases { topics, tables, by_language }
    }

    /// The topics that words of a text in a language go with, each word given once, and how far each
    /// is trusted.
    pub(crate) fn signs_in(
        &self,
        words: impl Iterator<Item = Word>,
        language: &str,
    ) -> Vec<(TopicId, Trust)> {
        self.table(language).map_or_else(Vec::new, |table| table.signs.of(words))
    }

    fn table(&self, language: &str) -> Option<&Table> {
        let table = self.by_language.get(language)?;
        Some(table.get_or_init(|| self.tables.table(self.topics, language)))
    }

    /// The topics that a text in a language names, in order. The longest label wins; labels of the
    /// text's own language come first.
    pub(crate) fn named_in(&self, tokens: &[Placed], language: &str) -> Vec<Named> {
        let Some(table) = self.table(language) else { return Vec::new() };
        let words: Vec<Placed> =
            tokens.iter().filter(|placed| !placed.token.is_link).copied().collect();
        let mut named = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at += table.at(&words[at..], &mut named).max(1);
        }
        named
    }
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
        let tables = Tables::default();
        let phrases = Phrases::new(&directory.topics, &tables, languages);
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
