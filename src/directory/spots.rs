//! Places on the pages of entries, to which links can lead: headings, and sections that a page has anyway.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::entry::Spot;
use super::ids::EntryId;
use super::names::percent_decode;
use crate::content::markdown;
use crate::content::record::{EntryKind, Record};
use crate::content::values::Language;
use crate::diagnostic::Spellings;

/// The places on all pages.
#[derive(Default)]
pub struct Spots(FxHashMap<EntryId, OnPage>);

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
}

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
    pub fn add(&mut self, id: EntryId, record: &Arc<Record>) {
        self.0.entry(id).or_default().records.push(record.clone());
    }

    /// The place on the page of an entry.
    ///
    /// # Errors
    /// With the nearest heading, when there is none.
    pub fn on(&self, id: EntryId, fragment: &str) -> Result<Option<Spot>, Option<&str>> {
        let Some(page) = self.0.get(&id).filter(|_| !fragment.is_empty()) else { return Ok(None) };
        let index =
            page.index.get_or_init(|| Index::new(page.records.iter().map(|record| &**record)));
        match index.find(fragment) {
            Some((at, number)) => {
                let translation: Option<Language> = page.records[at].translation.clone();
                Ok(Some(Spot::Heading { translation, number }))
            }
            None if is_section(id.kind(), fragment) => Ok(Some(Spot::Written(fragment.to_owned()))),
            None => Err(index.spellings.nearest(&markdown::key(&percent_decode(fragment)))),
        }
    }
}

/// The places on the page on which a text itself stands.
pub struct OwnSpots<'a> {
    record: &'a Record,
    index: OnceLock<Index>,
}

impl<'a> OwnSpots<'a> {
    /// Those of a text.
    pub fn of(record: &'a Record) -> OwnSpots<'a> {
        OwnSpots { record, index: OnceLock::new() }
    }

    /// A place on the same page.
    ///
    /// # Errors
    /// With the nearest heading, when there is none.
    pub fn on(&self, fragment: &str) -> Result<Spot, Option<&str>> {
        let index = self.index.get_or_init(|| Index::new(std::iter::once(self.record)));
        match index.find(fragment) {
            Some((_, number)) => {
                Ok(Spot::Heading { translation: self.record.translation.clone(), number })
            }
            None if fragment.is_empty() || is_section(self.record.kind, fragment) => {
                Ok(Spot::Written(fragment.to_owned()))
            }
            None => Err(index.spellings.nearest(&markdown::key(&percent_decode(fragment)))),
        }
    }
}
