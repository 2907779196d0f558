//! Places on the pages of entries, to which links can lead: headings, and sections that a page has anyway.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::ids::EntryId;
use crate::content::markdown;
use crate::content::record::{EntryKind, Record};
use crate::content::values::Language;
use crate::diagnostic::Spellings;

/// A place on the page of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// A heading, by its number.
    Heading {
        /// In the translation into this language, or else in the original.
        translation: Option<Language>,
        /// From 0.
        number: usize,
    },
    /// An address, as it is written.
    Written(String),
}

/// The places on all pages.
#[derive(Default)]
pub(super) struct Spots(FxHashMap<EntryId, OnPage>);

/// The places on one page.
#[derive(Default)]
struct OnPage {
    /// The original, then its translations.
    records: Vec<Arc<Record>>,
    /// Where each can be found, made when somebody asks.
    index: OnceLock<Index>,
}

/// The headings of the texts of one entry, by their addresses and by their words.
#[derive(Default)]
struct Index {
    by_id: FxHashMap<String, (usize, usize)>,
    by_words: FxHashMap<String, (usize, usize)>,
    spellings: Spellings,
    /// The addresses of the first headings, as many as a hint names.
    first: Vec<String>,
    count: usize,
}

/// Why a link leads to no heading: what is there instead.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NoHeading<'a> {
    /// A heading whose words are nearly these, or have all of these among them.
    Nearly(&'a str),
    /// The addresses of the first headings, and how many more there are.
    Others(&'a [String], usize),
}

/// So many headings are named.
const NAMED: usize = 4;

impl Index {
    fn new<'r>(records: impl Iterator<Item = &'r Record>) -> Index {
        let mut index = Index::default();
        for (at, record) in records.enumerate() {
            for (number, heading) in record.body.headings.iter().enumerate() {
                let ids = [Some(&heading.id), heading.other_id.as_ref()];
                for id in ids.into_iter().flatten() {
                    index.by_id.entry(id.clone()).or_insert((at, number));
                }
                index.by_words.entry(markdown::key(&heading.text)).or_insert((at, number));
                index.count += 1;
                if index.first.len() < NAMED {
                    index.first.push(heading.id.clone());
                }
            }
        }
        index.spellings = Spellings::new(index.by_words.keys().map(String::as_str));
        index
    }

    fn find(&self, fragment: &str) -> Option<(usize, usize)> {
        let decoded = percent_decode(fragment);
        let by_id = self.by_id.get(&decoded).copied();
        by_id.or_else(|| self.by_words.get(&markdown::key(&decoded)).copied())
    }
}

impl Index {
    fn instead(&self, fragment: &str) -> NoHeading<'_> {
        let wanted = markdown::key(&percent_decode(fragment));
        if let Some(near) = self.spellings.nearest(&wanted) {
            return NoHeading::Nearly(near);
        }
        let has = |heading: &&String| {
            let words: Vec<&str> = heading.split('-').collect();
            !wanted.is_empty() && wanted.split('-').all(|word| words.contains(&word))
        };
        match self.first.iter().find(has) {
            Some(heading) => NoHeading::Nearly(heading),
            None => NoHeading::Others(&self.first, self.count - self.first.len()),
        }
    }
}

/// Places that the templates give to pages, with a capital letter, which no heading's address has.
const OF_PAGES: &[&str] = &["Main", "Contents"];

/// The same on pages of calls.
const OF_CALLS: &[&str] =
    &["Rounds", "Introductions", "Writing", "Matches", "Decisions", "Actions", "Notes"];

fn is_section(kind: EntryKind, fragment: &str) -> bool {
    OF_PAGES.contains(&fragment) || kind == EntryKind::Call && OF_CALLS.contains(&fragment)
}

impl Spots {
    /// Adds the text of an entry, the original first.
    pub(super) fn add(&mut self, id: EntryId, record: &Arc<Record>) {
        self.0.entry(id).or_default().records.push(record.clone());
    }

    /// The place on the page of an entry.
    ///
    /// # Errors
    /// With what is there instead, when there is none.
    pub(super) fn on(&self, id: EntryId, fragment: &str) -> Result<Option<Spot>, NoHeading<'_>> {
        let Some(page) = self.0.get(&id).filter(|_| !fragment.is_empty()) else { return Ok(None) };
        let index =
            page.index.get_or_init(|| Index::new(page.records.iter().map(|record| &**record)));
        match index.find(fragment) {
            Some((at, number)) => {
                let translation: Option<Language> = page.records[at].translation.clone();
                Ok(Some(Spot::Heading { translation, number }))
            }
            None if is_section(id.kind(), fragment) => Ok(Some(Spot::Written(fragment.to_owned()))),
            None => Err(index.instead(fragment)),
        }
    }
}

/// The places on the page on which a text itself stands.
pub(super) struct OwnSpots<'a> {
    record: &'a Record,
    index: OnceLock<Index>,
}

impl<'a> OwnSpots<'a> {
    /// Those of a text.
    pub(super) fn of(record: &'a Record) -> OwnSpots<'a> {
        OwnSpots { record, index: OnceLock::new() }
    }

    /// A place on the same page.
    ///
    /// # Errors
    /// With what is there instead, when there is none.
    pub(super) fn on(&self, fragment: &str) -> Result<Spot, NoHeading<'_>> {
        let index = self.index.get_or_init(|| Index::new(std::iter::once(self.record)));
        match index.find(fragment) {
            Some((_, number)) => {
                Ok(Spot::Heading { translation: self.record.translation.clone(), number })
            }
            None if fragment.is_empty() || is_section(self.record.kind, fragment) => {
                Ok(Spot::Written(fragment.to_owned()))
            }
            None => Err(index.instead(fragment)),
        }
    }
}

/// A text with what is percent-encoded in it decoded; as it is where that is no text.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
