//! Words that are nearly the same: misspelt ones, and the cousins of a word in other languages.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::weights;

/// For each of some words, those of others that are nearly the same, with how near from 0 to 1; the
/// nearest first. Words are without their endings.
///
/// Nearness is the part of trigrams of letters that two words share (the Dice coefficient, as used for
/// cognates by C. Brew and D. McKelvie, "Word-pair extraction for lexicography", 1996).
pub(super) fn near_words(words: &[&str], others: &[&str]) -> Vec<Vec<(usize, f64)>> {
    let mut index: FxHashMap<[char; 3], Vec<u32>> = FxHashMap::default();
    let mut sizes = Vec::with_capacity(others.len());
    for (at, other) in (0_u32..).zip(others) {
        let trigrams = trigrams(other);
        sizes.push(trigrams.len());
        trigrams.into_iter().for_each(|trigram| index.entry(trigram).or_default().push(at));
    }
    let near = |counts: &mut Counts, word: &&str| {
        let own = trigrams(word);
        for trigram in &own {
            for other in index.get(trigram).map_or(&[][..], Vec::as_slice) {
                counts.add(*other);
            }
        }
        let nearness = |(other, shared): (u32, u32)| {
            let other = other as usize;
            (other, 2.0 * f64::from(shared) / (own.len() + sizes[other]).max(1) as f64)
        };
        let is_near = |(other, nearness): &(usize, f64)| {
            *nearness >= weights::LEAST_NEARNESS && others[*other] != *word
        };
        let mut near: Vec<(usize, f64)> = counts.take().map(nearness).filter(is_near).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(others[a.0].cmp(others[b.0])));
        near
    };
    let space = || Counts { by_word: vec![0; others.len()], counted: Vec::new() };
    words.par_iter().map_init(space, near).collect()
}

/// How many trigrams of a word others have too.
struct Counts {
    by_word: Vec<u32>,
    /// The words with a count.
    counted: Vec<u32>,
}

impl Counts {
    fn add(&mut self, word: u32) {
        let count = &mut self.by_word[word as usize];
        if *count == 0 {
            self.counted.push(word);
        }
        *count += 1;
    }

    /// Every word with its count, which begins again at 0.
    fn take(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let Self { by_word, counted } = self;
        counted.drain(..).map(|word| (word, std::mem::take(&mut by_word[word as usize])))
    }
}

/// Shorter words are too often near by chance.
const LEAST_LETTERS: usize = 5;

/// The trigrams of a word, its beginning marked, each once; none of a short one. The beginning weighs
/// more than the end, where languages and forms differ.
fn trigrams(word: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = ['^', '^'].into_iter().chain(word.chars()).collect();
    if letters.len() < LEAST_LETTERS + 2 || letters.iter().any(char::is_ascii_digit) {
        return Vec::new();
    }
    let mut trigrams: Vec<[char; 3]> =
        letters.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_words_and_cousins_are_near() {
        let near = |word: &str, other: &str| !near_words(&[word], &[other])[0].is_empty();
        assert!(near("accessib", "acessib"));
        assert!(near("traduccion", "traduct"));
        assert!(near("interpret", "interprete"));
        assert!(near("bookeep", "bookkeep"));
        assert!(!near("train", "grain"));
        assert!(!near("press", "dress"));
        assert!(!near("red", "rede"));
        assert!(!near("translat", "translat"), "the same word is not a near one");
    }
}
