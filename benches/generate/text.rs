//! Sentences, paragraphs and bodies: content words by Zipf's law, some that belong to a topic, and
//! some names that hardly any other text has.

use crate::network::{EntryKind, Network};
use crate::random::Random;
use crate::topics::Topic;
use crate::words::Lexicon;

/// A part of a Markdown body. Links are kept apart, because the two sites write them differently.
pub(crate) enum Piece {
    Text(String),
    Link(Link),
}

/// A link to another entry.
pub(crate) struct Link {
    pub kind: EntryKind,
    pub slug: String,
    pub title: String,
    pub form: LinkForm,
}

/// How a wiki link is written.
pub(crate) enum LinkForm {
    /// `[[id]]`
    Id,
    /// `[[folder/id]]`
    FolderAndId,
    /// `[[id|words]]`
    Words,
    /// `[[Title]]`
    Title,
}

/// Writes the texts of one entry.
pub(crate) struct Author<'a> {
    pub network: &'a Network,
    pub lexicon: &'a Lexicon,
    pub topics: Vec<&'a Topic>,
    pub random: Random,
}

impl Author<'_> {
    /// One sentence without a link.
    pub(crate) fn line(&mut self, from: &[&str]) -> String {
        let pattern = self.random.pick(from);
        let mut pieces = Vec::new();
        self.fill(pattern, &mut pieces);
        let texts = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Link(link) => link.title,
        });
        capitalised(&texts.collect::<String>())
    }

    /// Paragraphs of so many sentences, of which two to four hold a link.
    pub(crate) fn paragraphs(&mut self, sentences: usize) -> Vec<Piece> {
        let links = self.random.between(2, 4).min(sentences);
        let mut pieces = Vec::new();
        let mut until_break = self.random.between(2, 5);
        for number in 0..sentences {
            // The links stand evenly among the sentences.
            let has_link = (number + 1) * links / sentences > number * links / sentences;
            let lexicon = self.lexicon;
            let patterns = if has_link { &lexicon.links } else { &lexicon.sentences };
            let pattern = self.random.pick(patterns);
            let first = pieces.len();
            self.fill(pattern, &mut pieces);
            if let Some(Piece::Text(text)) = pieces.get_mut(first) {
                *text = capitalised(text);
            }
            until_break -= 1;
            let is_last = number + 1 == sentences;
            let end = if until_break == 0 && !is_last { "\n\n" } else { " " };
            pieces.push(Piece::Text(if is_last { "\n".to_owned() } else { end.to_owned() }));
            if until_break == 0 {
                until_break = self.random.between(2, 5);
            }
        }
        pieces
    }

    /// Chapters with headings and lists.
    pub(crate) fn chapters(&mut self, count: usize) -> Vec<Piece> {
        let lexicon = self.lexicon;
        let sentences = self.random.between(4, 8);
        let mut pieces = self.paragraphs(sentences);
        for _ in 0..count {
            let heading = self.line(&lexicon.headings);
            pieces.push(Piece::Text(format!("\n## {heading}\n\n")));
            let sentences = self.random.between(4, 10);
            pieces.extend(self.paragraphs(sentences));
            if self.random.percent(50) {
                pieces.push(Piece::Text("\n".to_owned()));
                for _ in 0..self.random.between(3, 6) {
                    let item = self.line(&lexicon.summaries);
                    pieces.push(Piece::Text(format!("- {item}\n")));
                }
            }
        }
        pieces
    }

    /// Replaces the gaps of a sentence.
    fn fill(&mut self, pattern: &str, pieces: &mut Vec<Piece>) {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (gap, after) = after.split_once('}').expect("every gap of a sentence is closed");
            rest = after;
            if gap == "l" {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Link(self.link()));
            } else {
                text.push_str(&self.gap(gap));
            }
        }
        text.push_str(rest);
        pieces.push(Piece::Text(text));
    }

    fn gap(&mut self, gap: &str) -> String {
        let random = &mut self.random;
        match gap {
            "n" => self.thing(),
            "a" => self.lexicon.adjective(random).to_owned(),
            "A" => capitalised(self.lexicon.adjective(random)),
            "v" => self.lexicon.verb(random).to_owned(),
            "p" => self.network.names.one(random).to_owned(),
            "t" | "T" => self.topic(gap == "T"),
            _ => random.between(2, 90).to_string(),
        }
    }

    /// A word of the entry's topics, a name, or any word.
    fn thing(&mut self) -> String {
        let random = &mut self.random;
        match random.below(100) {
            0..35 if !self.topics.is_empty() => {
                let topic = self.topics[random.below(self.topics.len())];
                let own =
                    Random::of(0, &topic.id, random.below(12)).below(self.lexicon.nouns.len());
                self.lexicon.nouns[own].to_owned()
            }
            35..50 => {
                let noun = self.lexicon.noun(random);
                let name = self.network.names.one(random);
                if self.lexicon.language == "es" {
                    format!("{noun} de {name}")
                } else {
                    format!("{name} {noun}")
                }
            }
            _ => self.lexicon.noun(random).to_owned(),
        }
    }

    fn topic(&mut self, as_beginning: bool) -> String {
        let Some(topic) = self.topics.get(self.random.below(self.topics.len().max(1))) else {
            return self.thing();
        };
        let label = topic.label(self.lexicon.language);
        let is_word = label.chars().skip(1).all(|c| !c.is_uppercase());
        if is_word && !as_beginning { label.to_lowercase() } else { label.to_owned() }
    }

    fn link(&mut self) -> Link {
        let random = &mut self.random;
        let kind = match random.below(100) {
            0..60 => EntryKind::Coop,
            60..75 => EntryKind::Need,
            75..90 => EntryKind::Offer,
            90..98 => EntryKind::Page,
            _ => EntryKind::Call,
        };
        let kind = if self.network.names_of(kind).is_empty() { EntryKind::Coop } else { kind };
        let name = &self.network.names_of(kind)[random.skewed(self.network.names_of(kind).len())];
        let form = match (kind, random.below(10)) {
            (EntryKind::Coop, 0..4) => LinkForm::Id,
            (EntryKind::Coop, 4..6) => LinkForm::Title,
            (_, 6..8) => LinkForm::Words,
            _ => LinkForm::FolderAndId,
        };
        let (slug, title) = (name.slug.clone(), name.title.clone());
        let words = || self.lexicon.nouns[slug.len() % self.lexicon.nouns.len()].to_owned();
        let title = if matches!(form, LinkForm::Words) { words() } else { title };
        Link { kind, slug, title, form }
    }
}

/// The same with a capital at its beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
