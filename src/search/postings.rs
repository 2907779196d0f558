//! Which word is in which entry, and how well it fits there.
//!
//! The fit is BM25F with constant average lengths: it depends on the entry alone, so that one edit
//! leaves all other entries' postings as they are. It is cut into levels, titles above all else.
//! How rare a word is, the browser knows from the length of its list.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::documents::{Document, Facet, Labels};
use super::script::{push_ascending, push_number};
use crate::language::stop_words::small_words;
use crate::language::{Stems, Tokenizer};

pub(super) const LEVELS: u32 = BODY_LEVELS + TITLE_LEVELS;
const BODY_LEVELS: u32 = 6;
const TITLE_LEVELS: u32 = 4;

/// How soon more of the same word stops to count.
const SATURATION: f32 = 1.2;
/// A chunk has so many entries that it shares most words, and so few that all processors have some to do.
const SMALLEST_CHUNK: usize = 200;
const LARGEST_CHUNK: usize = 2_048;

struct Field {
    weight: f32,
    /// How much a long field makes each of its words count less: 0 not at all, 1 in full.
    length_matters: f32,
    usual_length: f32,
}

const FIELDS: [Field; 5] = [
    Field { weight: 6.0, length_matters: 0.75, usual_length: 5.0 }, // title
    Field { weight: 2.5, length_matters: 0.5, usual_length: 20.0 }, // summary
    Field { weight: 1.0, length_matters: 0.5, usual_length: 150.0 }, // text
    Field { weight: 1.5, length_matters: 0.0, usual_length: 1.0 },  // labels
    Field { weight: 0.75, length_matters: 0.0, usual_length: 1.0 }, // besides
];

/// The place of the field whose words may be of another language than the entry's.
const BESIDES: usize = FIELDS.len() - 1;

/// An entry that shows a word says more of its language than one that is found by it besides, by so much.
const SHOWN: u16 = 10;

/// A term and its posting list, as runs from best to worst.
pub(super) struct List {
    pub term: String,
    pub runs: Vec<Run>,
    /// How many entries have it, and whether any has it in its title.
    pub entries: usize,
    pub is_in_title: bool,
    /// Its language and its stem there; where it stands in texts of several, that of most entries.
    stem: (Arc<str>, String),
}

impl List {
    /// How many UTF-16 units follow what the term and its stem begin with alike; 0 where they begin otherwise.
    pub(super) fn ending(&self) -> usize {
        let shared =
            self.term.chars().zip(self.stem.1.chars()).take_while(|(one, other)| one == other);
        match shared.count() {
            0 | 1 => 0,
            shared => self.term.chars().skip(shared).map(char::len_utf16).sum(),
        }
    }
}

/// The words, separated by spaces, that say nothing in one of the entries' languages; but for those that most entries
/// use in another, where they do: a French `comment` is none where most comments are English.
pub(super) fn small(lists: &[List], entries: &[&Document<'_>], labels: &Labels) -> String {
    let mut small = BTreeSet::new();
    for language in languages(entries, labels) {
        small.extend(small_words(&language));
    }
    let says_something = |word: &&str| {
        let found = lists.binary_search_by(|list| by_utf16(&list.term, word));
        found.is_ok_and(|at| !small_words(&lists[at].stem.0).any(|small| small == *word))
    };
    small.retain(|word| !says_something(word));
    small.into_iter().collect::<Vec<_>>().join(" ")
}

/// The places of the terms with which each term shares its stem, and its own; by place. Terms that stand
/// alone have none.
pub(super) fn group(lists: &[List]) -> Vec<Arc<[u32]>> {
    let mut by_stem: FxHashMap<&(Arc<str>, String), Vec<u32>> = FxHashMap::default();
    for (place, list) in (0..).zip(lists) {
        by_stem.entry(&list.stem).or_default().push(place);
    }
    let alone: Arc<[u32]> = Arc::default();
    let mut groups = vec![alone; lists.len()];
    for places in by_stem.into_values().filter(|places| places.len() > 1) {
        let places: Arc<[u32]> = places.into();
        places.iter().for_each(|place| groups[*place as usize] = places.clone());
    }
    groups
}

/// The entries which a term fits equally well, as written in a shard.
pub(super) struct Run(pub String);

/// All terms of the entries, in order.
pub(super) fn gather(entries: &[&Document<'_>], labels: &Labels) -> Vec<List> {
    let languages = languages(entries, labels);
    let chunk = (entries.len() / 8).clamp(SMALLEST_CHUNK, LARGEST_CHUNK);
    let chunks: Vec<Chunk> = entries
        .par_chunks(chunk)
        .enumerate()
        .map(|(index, entries)| Chunk::of(entries, index * chunk, labels, &languages))
        .collect();
    let mut terms: Vec<Part> = (0..)
        .zip(&chunks)
        .flat_map(|(index, chunk)| (0..chunk.words.len() as u32).map(move |place| (index, place)))
        .collect();
    let word = |part: &Part| chunks[part.0 as usize].words[part.1 as usize].as_ref();
    terms.par_sort_unstable_by(|one, other| by_utf16(word(one), word(other)).then(one.cmp(other)));
    let of_one_term: Vec<_> = terms.chunk_by(|one, other| word(one) == word(other)).collect();
    let stemmers = || languages.iter().map(|language| Stems::new(language)).collect::<Vec<_>>();
    of_one_term
        .into_par_iter()
        .map_init(stemmers, |stemmers, parts| list(parts, &chunks, &languages, stemmers))
        .collect()
}

/// A term in one chunk: which, and its place there.
type Part = (u32, u32);

/// The primary tags of all languages, the index's own first.
fn languages(entries: &[&Document<'_>], labels: &Labels) -> Vec<Arc<str>> {
    let of_entries: BTreeSet<&str> = entries.iter().map(|it| primary(it.language)).collect();
    let own = primary(&labels.language);
    let others = of_entries.into_iter().filter(|language| *language != own);
    std::iter::once(own).chain(others).map(Arc::from).collect()
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn list(parts: &[Part], chunks: &[Chunk], languages: &[Arc<str>], stemmers: &[Stems]) -> List {
    let of = |part: &Part| (&chunks[part.0 as usize], part.1 as usize);
    let (first, place) = of(&parts[0]);
    let term = &*first.words[place];
    let uses = |language: usize| -> u32 {
        let each = parts.iter().map(of).map(|(chunk, place)| chunk.uses_of(place)[language]);
        each.map(u32::from).sum()
    };
    // Of languages with as many entries, the first.
    let language = (0..languages.len()).rev().max_by_key(|it| uses(*it)).unwrap_or_default();
    let stem = (languages[language].clone(), stemmers[language].cut(term).into_owned());
    let postings = || parts.iter().map(of).flat_map(|(chunk, place)| chunk.postings_of(place));
    List {
        term: term.to_owned(),
        runs: runs(postings().copied()),
        entries: postings().count(),
        is_in_title: postings().any(|posting| posting % LEVELS >= BODY_LEVELS),
        stem,
    }
}

fn runs(postings: impl Iterator<Item = u32>) -> Vec<Run> {
    let mut entries_by_level = [const { Vec::new() }; LEVELS as usize];
    for posting in postings {
        entries_by_level[(posting % LEVELS) as usize].push(posting / LEVELS);
    }
    let levels = (0..LEVELS).rev().map(|level| (level, &entries_by_level[level as usize]));
    levels
        .flat_map(|(level, entries)| {
            entries.chunks(RUN).map(move |entries| Run::of(level, entries))
        })
        .collect()
}

/// A run may be split, so that each fits a file.
const RUN: usize = 7_500;

impl Run {
    fn of(level: u32, entries: &[u32]) -> Self {
        let mut text = String::with_capacity(entries.len() * 2 + 3);
        push_number(level + LEVELS * entries.len() as u32, &mut text);
        push_ascending(entries.iter().copied(), &mut text);
        Self(text)
    }
}

/// The order in which JavaScript compares strings, which differs from UTF-8's beyond the first
/// plane.
pub(super) fn by_utf16(one: &str, other: &str) -> Ordering {
    let differing = one.bytes().zip(other.bytes()).find(|(one, other)| one != other);
    match differing {
        Some((one, other)) if (one >= 0xf0) != (other >= 0xf0) && one.min(other) >= 0xee => {
            other.cmp(&one)
        }
        Some((one, other)) => one.cmp(&other),
        None => one.len().cmp(&other.len()),
    }
}

/// The postings of some entries in a row, by term; each is `entry × LEVELS + level`.
#[derive(Default)]
struct Chunk {
    /// Its terms, by place.
    words: Vec<Box<str>>,
    /// Where each term's postings end.
    ends: Vec<u32>,
    postings: Vec<u32>,
    /// By term, then by language: how much the entries use it.
    uses: Vec<u16>,
    languages: usize,
}

impl Chunk {
    fn of(
        entries: &[&Document<'_>],
        first: usize,
        labels: &Labels,
        languages: &[Arc<str>],
    ) -> Self {
        let mut places = FxHashMap::default();
        let mut counter = Counter::default();
        let mut found = Vec::new();
        let mut uses: Vec<u16> = Vec::new();
        for (number, entry) in (first as u32..).zip(entries) {
            counter.count(entry, labels, &mut places);
            uses.resize(places.len() * languages.len(), 0);
            let language = languages.iter().position(|it| **it == *primary(entry.language));
            let language = language.unwrap_or_default();
            counter.drain(|place, level, is_written| {
                found.push((place, number * LEVELS + level));
                uses[place as usize * languages.len() + language] +=
                    if is_written { SHOWN } else { 1 };
            });
        }
        let (ends, postings) = by_place(&found, places.len());
        let mut words = vec![Box::default(); places.len()];
        places.into_iter().for_each(|(word, place)| words[place as usize] = word);
        Self { words, ends, postings, uses, languages: languages.len() }
    }

    fn postings_of(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.postings[start as usize..self.ends[place] as usize]
    }

    fn uses_of(&self, place: usize) -> &[u16] {
        &self.uses[place * self.languages..(place + 1) * self.languages]
    }
}

/// Sorts by place without disturbing the order of each place's postings.
fn by_place(found: &[(u32, u32)], places: usize) -> (Vec<u32>, Vec<u32>) {
    let mut next = vec![0; places + 1];
    for &(place, _) in found {
        next[place as usize + 1] += 1;
    }
    for place in 0..places {
        next[place + 1] += next[place];
    }
    let mut postings = vec![0; found.len()];
    for &(place, posting) in found {
        postings[next[place as usize] as usize] = posting;
        next[place as usize] += 1;
    }
    next.truncate(places); // Each place's start has moved to its end.
    (next, postings)
}

/// Counts the words of one entry at a time.
#[derive(Default)]
struct Counter {
    tokenizer: Tokenizer,
    /// By a term's place, how often it is in each field.
    counts: Vec<[u16; FIELDS.len()]>,
    lengths: [u32; FIELDS.len()],
    seen: Vec<u32>,
}

impl Counter {
    fn count(
        &mut self,
        entry: &Document<'_>,
        labels: &Labels,
        places: &mut FxHashMap<Box<str>, u32>,
    ) {
        self.lengths = [0; FIELDS.len()];
        let Document { title, summary, text, also, besides, .. } = entry;
        let texts = [(0, title.as_str()), (1, summary), (2, text), (2, also), (BESIDES, besides)];
        texts.into_iter().for_each(|(field, text)| self.count_text(field, text, places));
        for (facet, id) in entry.facets.iter().filter(|(facet, _)| *facet != Facet::Status) {
            self.count_text(3, labels.get(*facet, id), places);
        }
    }

    fn count_text(&mut self, field: usize, text: &str, places: &mut FxHashMap<Box<str>, u32>) {
        let Self { tokenizer, counts, lengths, seen } = self;
        tokenizer.each(text, |word| {
            let place = places.get(word).copied().unwrap_or_else(|| {
                places.insert(word.into(), counts.len() as u32);
                counts.push([0; FIELDS.len()]);
                counts.len() as u32 - 1
            });
            let counts = &mut counts[place as usize];
            if *counts == [0; FIELDS.len()] {
                seen.push(place);
            }
            counts[field] = counts[field].saturating_add(1);
            lengths[field] += 1;
        });
    }

    /// Calls `each` with every word's place, its level and whether the entry shows it, and forgets them.
    fn drain(&mut self, mut each: impl FnMut(u32, u32, bool)) {
        for place in self.seen.drain(..) {
            let counts = std::mem::take(&mut self.counts[place as usize]);
            let is_written = counts[..BESIDES] != [0; BESIDES];
            each(place, level(counts, &self.lengths), is_written);
        }
    }
}

fn level(counts: [u16; FIELDS.len()], lengths: &[u32; FIELDS.len()]) -> u32 {
    let evidence: f32 = FIELDS
        .iter()
        .zip(counts)
        .zip(lengths)
        .map(|((field, count), &length)| {
            let longer = 1.0 - field.length_matters
                + field.length_matters * length as f32 / field.usual_length;
            if count == 0 { 0.0 } else { field.weight * f32::from(count) / longer }
        })
        .sum();
    let fit = evidence / (SATURATION + evidence);
    if counts[0] > 0 {
        // A title's words fit at 0.7 and better, but for very long titles.
        BODY_LEVELS + share((fit - 0.7) / 0.3, TITLE_LEVELS)
    } else {
        share(fit, BODY_LEVELS)
    }
}

fn share(fit: f32, levels: u32) -> u32 {
    ((fit.max(0.0) * levels as f32) as u32).min(levels - 1)
}
