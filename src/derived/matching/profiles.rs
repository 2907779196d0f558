//! All needs and offers as matching compares them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::kinship::Kin;
use super::phrases::Phrases;
use super::rarity::{is_common, rarity};
use super::reading::{self, Reading};
use super::text::Word;
use super::weights;
use crate::directory::ids::TopicId;
use crate::directory::{Directory, Entry};
use crate::search::Tokenizer;

/// What an entry is about.
#[derive(Debug)]
pub struct Profile {
    /// Its topics in order, with the trust that it is about them.
    pub topics: Vec<(TopicId, f64)>,
    /// Its words that another entry has too, in order, with their weights: places in
    /// `Profiles::words`.
    pub words: Vec<(u32, f64)>,
}

/// The profiles of a directory, and what is known of it as a whole.
pub struct Profiles {
    /// By need.
    pub needs: Vec<Profile>,
    /// By offer.
    pub offers: Vec<Profile>,
    /// The words that can be shared, in order, with how much each says.
    pub words: Vec<(Word, f64)>,
    /// The vocabulary.
    pub kin: Kin,
}

impl Profiles {
    /// Reads all needs and offers. Each text is read once, in parallel.
    pub fn new(directory: &Directory) -> Profiles {
        let phrases = Phrases::new(&directory.topics);
        let needs = read_all(directory.needs.iter().map(|need| &need.entry).collect(), &phrases);
        let offers =
            read_all(directory.offers.iter().map(|offer| &offer.entry).collect(), &phrases);
        let all = || needs.iter().chain(&offers);
        let lengths = all().map(Reading::lengths);
        let (length, texts) = lengths.fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        let kin = Kin::new(&directory.topics, all());
        let words = shared_words(&needs, &offers);
        let places: FxHashMap<Word, u32> = words.iter().map(|(word, _)| *word).zip(0..).collect();
        let usual_length = length / f64::max(texts, 1.0);
        let profiles = |readings: Vec<Reading>| -> Vec<Profile> {
            readings.into_par_iter().map(|it| profile(it, usual_length, &places)).collect()
        };
        Profiles { needs: profiles(needs), offers: profiles(offers), kin, words }
    }

    /// How much words say that weigh so much together, from 0 to 1.
    pub fn text_value(&self, shared: f64) -> f64 {
        shared / (shared + self.half_of_text())
    }

    /// The inverse of `text_value`: infinite for a value that no words have.
    pub fn words_for(&self, value: f64) -> f64 {
        if value < 1.0 { self.half_of_text() * value / (1.0 - value) } else { f64::INFINITY }
    }

    fn half_of_text(&self) -> f64 {
        let entries = (self.needs.len() + self.offers.len()) as f64;
        let half = weights::HALF_OF_TEXT + weights::HALF_OF_TEXT_AN_ENTRY * entries;
        half.min(weights::HALF_OF_TEXT_AT_MOST)
    }

    /// How much a shared word says.
    pub fn rarity(&self, word: u32) -> f64 {
        self.words[word as usize].1
    }
}

fn read_all(entries: Vec<&Entry>, phrases: &Phrases) -> Vec<Reading> {
    entries
        .into_par_iter()
        .map_init(Tokenizer::default, |tokenizer, entry| reading::read(entry, phrases, tokenizer))
        .collect()
}

/// Every word that a need and an offer share, and that is not in too many entries to say anything.
fn shared_words(needs: &[Reading], offers: &[Reading]) -> Vec<(Word, f64)> {
    let count = |readings: &[Reading]| -> Vec<(Word, usize)> {
        let mut words: Vec<Word> = readings.par_iter().flat_map_iter(Reading::words).collect();
        words.par_sort_unstable();
        words.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
    };
    let offered: FxHashMap<Word, usize> = count(offers).into_iter().collect();
    let entries = needs.len() + offers.len();
    let shared = count(needs).into_iter().filter_map(|(word, needed)| {
        let having = needed + offered.get(&word)?;
        (!is_common(having, entries)).then(|| (word, rarity(having, entries)))
    });
    shared.filter(|(_, rarity)| *rarity > 0.0).collect()
}

fn profile(reading: Reading, usual_length: f64, places: &FxHashMap<Word, u32>) -> Profile {
    let weighed = reading.weigh(usual_length).into_iter();
    let words = weighed.filter_map(|(word, weight)| Some((*places.get(&word)?, weight)));
    Profile { words: words.collect(), topics: reading.topics }
}
