//! All needs and offers as matching compares them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::entry::{self, Reading};
use super::kinship::{Kin, Tie};
use super::near::near_words;
use super::phrases::Phrases;
use super::rarity::{is_common, rarity};
use super::tables::Tables;
use super::text::{Cutter, Word};
use super::trust::Trust;
use super::weights;
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;
use crate::directory::{Directory, Entry};

/// What an entry is about.
#[derive(Debug)]
pub struct Profile {
    /// Its topics in order, with the trust that it is about them.
    pub topics: Vec<(TopicId, Trust)>,
    /// Its words that another entry has too, in order, with their weights: places in
    /// `Profiles::words`.
    pub words: Vec<(u32, f64)>,
    /// See [`Reading::noticed`].
    pub noticed: Vec<Option<&'static str>>,
}

/// The profiles of a directory, and what is known of it as a whole.
pub struct Profiles {
    /// By need.
    pub needs: Vec<Profile>,
    /// By offer.
    pub offers: Vec<Profile>,
    /// The words that can be shared, in order, with how much each says.
    pub words: Vec<(Word, f64)>,
    /// By place in `words`: words of needs that are nearly the same.
    pub meant_by: FxHashMap<u32, Vec<Word>>,
    /// How near two topics are, and how much it says that both have them.
    pub kin: Kin,
}

impl Profiles {
    /// Reads all needs and offers. Each text is read once, in parallel.
    pub fn new(directory: &Directory) -> Profiles {
        Profiles::with(directory, &Tables::default())
    }

    /// The same, where tables of the directory's vocabulary may be there.
    pub(crate) fn with(directory: &Directory, tables: &Tables) -> Profiles {
        let topics = &directory.topics;
        let phrases = Phrases::new(topics, tables, entry::languages(directory).into_iter());
        let mut stems = FxHashMap::default();
        let mut read_all = |entries: Vec<&Entry>| -> Vec<Reading> {
            let read: Vec<(Vec<Reading>, Cutter)> = entries
                .par_chunks(CHUNK.max(entries.len() / CHUNKS))
                .map(|chunk| read_chunk(chunk, &phrases, topics))
                .collect();
            let mut readings = Vec::with_capacity(entries.len());
            for (chunk, cutter) in read {
                readings.extend(chunk);
                stems.extend(cutter.stems());
            }
            readings
        };
        let needs = read_all(directory.needs.iter().map(|need| &need.entry).collect());
        let offers = read_all(directory.offers.iter().map(|offer| &offer.entry).collect());
        let all = || needs.iter().chain(&offers);
        let lengths = all().map(Reading::lengths);
        let (length, texts) = lengths.fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
        let kin = Kin::new(&directory.topics, all());
        let shared = SharedWords::new(&needs, &offers, &stems);
        let usual_length = length / f64::max(texts, 1.0);
        let profiles = |readings: Vec<Reading>, near: &Near| -> Vec<Profile> {
            let profile = |reading| profile(reading, usual_length, &shared.places, near);
            readings.into_par_iter().map(profile).collect()
        };
        Profiles {
            needs: profiles(needs, &shared.near),
            offers: profiles(offers, &Near::default()),
            kin,
            meant_by: shared.meant_by(),
            words: shared.words,
        }
    }

    /// How much words say that weigh so much together, from 0 to 1.
    pub fn text_value(&self, shared: f64) -> f64 {
        shared / (shared + self.half_of_text())
    }

    /// What shared words weigh together that say half of what text can say.
    pub fn half_of_text(&self) -> f64 {
        let entries = (self.needs.len() + self.offers.len()) as f64;
        let half = weights::HALF_OF_TEXT + weights::HALF_OF_TEXT_AN_ENTRY * entries;
        half.min(weights::HALF_OF_TEXT_AT_MOST)
    }

    /// By offered topic: the topics of needs that it has to do with, how, and how much that says.
    pub fn needed_kin(&self) -> Vec<Vec<(TopicId, Tie)>> {
        let mut is_needed = vec![false; self.kin.count()];
        let topics = self.needs.iter().flat_map(|need| &need.topics);
        topics.for_each(|(topic, _)| is_needed[topic.index()] = true);
        let related = |offered: TopicId| {
            let needed = self.kin.of(offered).into_iter().filter(|topic| is_needed[topic.index()]);
            let between = |topic| Some((topic, self.kin.between(topic, offered)?));
            needed.filter_map(between).collect()
        };
        TopicId::all(self.kin.count()).map(related).collect()
    }

    /// How much a shared word says.
    pub fn rarity(&self, word: u32) -> f64 {
        self.words[word as usize].1
    }
}

/// So many entries at least are read by one thread in a row, which remembers the stems of their words…
const CHUNK: usize = 512;

/// … and more where there are more than so many times as many, so that few stems are found again.
const CHUNKS: usize = 16;

fn read_chunk(
    entries: &[&Entry],
    phrases: &Phrases<'_>,
    topics: &Topics,
) -> (Vec<Reading>, Cutter) {
    let mut cutter = Cutter::default();
    let read = |entry: &&Entry| entry::read(entry, phrases, topics, &mut cutter);
    (entries.iter().map(read).collect(), cutter)
}

/// By a word of needs: the places of offered words that are nearly the same, and how near.
type Near = FxHashMap<Word, Vec<(u32, f64)>>;

/// The offered words that needs have too, or nearly so.
struct SharedWords {
    words: Vec<(Word, f64)>,
    places: FxHashMap<Word, u32>,
    near: Near,
}

impl SharedWords {
    /// Leaves out words in so many entries that they say nothing.
    fn new(needs: &[Reading], offers: &[Reading], stems: &FxHashMap<Word, Box<str>>) -> Self {
        let entries = needs.len() + offers.len();
        let (needed, offered) = (count(needs), count(offers));
        let spelled = |(word, _): &(Word, usize)| stems.get(word).map_or("", |stem| &**stem);
        let (needed_stems, offered_stems): (Vec<&str>, Vec<&str>) =
            (needed.iter().map(spelled).collect(), offered.iter().map(spelled).collect());
        let near = near_words(&needed_stems, &offered_stems);
        // A word counts as rare as it is itself: those nearly the same do not make it commoner.
        let mut having: Vec<(usize, bool)> =
            offered.iter().map(|(_, count)| (*count, false)).collect();
        let at: FxHashMap<Word, usize> = offered.iter().map(|(word, _)| *word).zip(0..).collect();
        for ((word, count), near) in needed.iter().zip(&near) {
            near.iter().for_each(|(place, _)| having[*place].1 = true);
            if let Some(place) = at.get(word) {
                having[*place] = (having[*place].0 + count, true);
            }
        }
        let mut shared =
            SharedWords { words: Vec::new(), places: FxHashMap::default(), near: Near::default() };
        let mut place_of = vec![None; offered.len()];
        for (at, ((word, _), (having, is_shared))) in offered.iter().zip(having).enumerate() {
            let says = rarity(having, entries);
            if is_shared && !is_common(having, entries) && says > 0.0 {
                let place = u32::try_from(shared.words.len()).unwrap_or(u32::MAX);
                shared.words.push((*word, says));
                shared.places.insert(*word, place);
                place_of[at] = Some(place);
            }
        }
        for ((word, _), near) in needed.iter().zip(near) {
            let places = near
                .into_iter()
                .filter_map(|(at, nearness)| Some((place_of[at]?, nearness * weights::NEAR_WORD)));
            let places: Vec<(u32, f64)> = places.collect();
            if !places.is_empty() {
                shared.near.insert(*word, places);
            }
        }
        shared
    }

    /// By place: the words of needs that are nearly the same.
    fn meant_by(&self) -> FxHashMap<u32, Vec<Word>> {
        let mut meant_by: FxHashMap<u32, Vec<Word>> = FxHashMap::default();
        for (word, places) in &self.near {
            for (place, _) in places {
                meant_by.entry(*place).or_default().push(*word);
            }
        }
        meant_by.values_mut().for_each(|words| words.sort_unstable());
        meant_by
    }
}

/// Every word, in order, with how many entries have it.
fn count(readings: &[Reading]) -> Vec<(Word, usize)> {
    let mut words: Vec<Word> = readings.par_iter().flat_map_iter(Reading::words).collect();
    words.par_sort_unstable();
    words.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

fn profile(
    reading: Reading,
    usual_length: f64,
    places: &FxHashMap<Word, u32>,
    near: &Near,
) -> Profile {
    let mut words: Vec<(u32, f64)> = Vec::new();
    for (word, weight) in reading.weigh(usual_length) {
        words.extend(places.get(&word).map(|place| (*place, weight)));
        let near = near.get(&word).into_iter().flatten();
        words.extend(near.map(|(place, nearness)| (*place, weight * nearness)));
    }
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|(place, _)| *place);
    Profile { words, topics: reading.topics, noticed: reading.noticed }
}
