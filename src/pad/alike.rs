//! How entries may be called, and how much two texts are alike.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{fold, same};
use crate::content::record::EntryKind;
use crate::directory::ids::CoopId;
use crate::directory::{Directory, Entry};
use crate::language::stop_words;

/// How much of two titles has to be the same for a question (Dice coefficient of letters by threes).
pub(super) const ALIKE: f64 = 0.5;

/// The ids of needs and offers, by their coop and how they may be called.
pub(super) struct Names {
    pub(super) there: BTreeMap<(EntryKind, CoopId, String), BTreeSet<String>>,
    /// The places of new ones by their titles.
    pub(super) new: BTreeMap<(EntryKind, CoopId, String), usize>,
    /// The ids of new ones.
    pub(super) new_ids: BTreeSet<(EntryKind, String)>,
}

impl Names {
    pub(super) fn new(directory: &Directory) -> Names {
        let mut all: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for id in directory.ids() {
            let Some(terms) = directory.terms(id) else { continue };
            for name in names(&directory[id]) {
                let key = (id.kind(), terms.coop, same(name));
                all.entry(key).or_default().insert(directory[id].slug.to_string());
            }
        }
        Names { there: all, new: BTreeMap::new(), new_ids: BTreeSet::new() }
    }
}

/// How an entry may be called: its id, and its titles in all languages.
pub(super) fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(entry.slug.as_str()).chain(entry.titles())
}

/// How much two texts are alike, from 0 to 1: the Dice coefficient of their letters by threes.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let threes = |text: &str| -> BTreeSet<[char; 3]> {
        let letters: Vec<char> = format!("  {} ", fold(text)).chars().collect();
        letters.windows(3).map(|it| [it[0], it[1], it[2]]).collect()
    };
    let (a, b) = (threes(a), threes(b));
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}

/// Whether a word is another one, or another form of it.
pub(super) fn is_near_word(word: &str, other: &str) -> bool {
    let is_form = || {
        let letters = word.chars().count().max(other.chars().count());
        let same = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        same >= 4 && 3 * same >= 2 * letters
    };
    let is_misspelt = || {
        let is_long = word.len() > 4 && other.len().abs_diff(word.len()) <= 2;
        is_long && likeness(word, other) >= 0.6
    };
    word == other || is_form() || is_misspelt()
}

pub(super) fn is_small(word: &str) -> bool {
    stop_words::LANGUAGES.iter().any(|it| stop_words::is_stop_word(it, word))
}
