//! Tells that a line says in other words what a coop has already: by the words and numbers that few entries have.
//!
//! Two texts are compared by their words without those of grammar; a word weighs the more, the fewer titles have it.
//! They may mean the same where at least two words are in both, and these are more than half of the weight of one of
//! them. A large number is worth two words. That is enough for a question, not for an answer.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{is_near_word, is_small};
use super::words::fold;
use crate::directory::Directory;
use crate::directory::ids::EntryId;
use crate::language::stop_words;

/// So much of one of the texts has to be in the other.
const SHARED: f64 = 0.55;

/// So much weighs a word that every need and offer may have, beside one that a single title has.
const SMALL: f64 = 0.5;

/// So many words have to be the same.
const FEWEST: usize = 2;

/// How many titles of needs and offers have a word.
pub(super) struct Rarity {
    titles: usize,
    words: BTreeMap<String, usize>,
}

impl Rarity {
    pub(super) fn new(directory: &Directory) -> Rarity {
        let is_told = |id: &EntryId| matches!(id, EntryId::Need(_) | EntryId::Offer(_));
        let (mut count, mut words) = (0, BTreeMap::new());
        for id in directory.ids().filter(is_told) {
            count += 1;
            let of_entry: BTreeSet<String> = directory[id].titles().flat_map(telling).collect();
            for word in of_entry {
                *words.entry(word).or_default() += 1;
            }
        }
        Rarity { titles: count, words }
    }

    fn weight(&self, word: &str) -> f64 {
        let with_it = self.words.get(word).copied().unwrap_or_default().max(1);
        let rare = 1.0 + (self.titles.max(1) as f64 / with_it as f64).ln();
        if is_large(word) { 2.0 * rare } else { rare }
    }

    /// Whether two texts may say the same in other words.
    pub(super) fn may_be_one(&self, one: &str, other: &str) -> bool {
        let (one, other) = (sorted(one), sorted(other));
        let has = |all: &BTreeSet<String>, word: &str| {
            all.contains(word) || (!is_number(word) && all.iter().any(|it| is_same_word(it, word)))
        };
        let shared: Vec<&String> = one.0.iter().filter(|word| has(&other.0, word)).collect();
        let count: usize = shared.iter().map(|word| 1 + usize::from(is_large(word))).sum();
        let weight = |(words, small): &(BTreeSet<String>, usize)| {
            let of_small = *small as f64 * SMALL * self.weight("");
            of_small + words.iter().map(|it| self.weight(it)).sum::<f64>()
        };
        let of_shared: f64 = shared.iter().map(|word| self.weight(word)).sum();
        count >= FEWEST && of_shared >= SHARED * weight(&one).min(weight(&other))
    }
}

fn is_same_word(one: &str, other: &str) -> bool {
    !is_number(one) && is_near_word(one, other)
}

/// The words of a text that say something, with its numbers without the signs within them; and how many others it
/// has that do more than link these.
fn sorted(text: &str) -> (BTreeSet<String>, usize) {
    let folded = fold(&ungrouped(text));
    let is_link =
        |word: &&str| stop_words::LANGUAGES.iter().any(|it| stop_words::is_link_word(it, word));
    let words = folded.split(' ').filter(|word| !word.is_empty() && !is_link(word));
    let is_telling = |word: &&str| is_number(word) || (word.chars().count() > 2 && !is_small(word));
    let (telling, small): (Vec<&str>, Vec<&str>) = words.partition(is_telling);
    (telling.into_iter().map(str::to_owned).collect(), small.len())
}

fn telling(text: &str) -> BTreeSet<String> {
    sorted(text).0
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// A number that hardly comes twice; years do.
fn is_large(word: &str) -> bool {
    let number = if is_number(word) { word.parse::<u64>().ok() } else { None };
    number.is_some_and(|it| it >= 1000 && !(1900..2100).contains(&it))
}

/// With `8,000`, `8.000` and `8 000` as `8000`.
fn ungrouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let is_group = |at: usize| (1..4).all(|next| digit(at + next)) && !digit(at + 4);
    let is_sign = |c: char| matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let stays = |at: usize| !(is_sign(letters[at]) && at > 0 && digit(at - 1) && is_group(at));
    letters.iter().enumerate().filter(|(at, _)| stays(*at)).map(|(_, letter)| *letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn texts_that_share_their_rarer_words_or_numbers_may_be_one() {
        let need = |id: &str, title: &str| {
            (
                format!("content/needs/{id}.md"),
                format!("---\ntitle: \"{title}\"\ncoop: cart\nkind: human\n---\n"),
            )
        };
        let bikes = "8,000 euros for two cargo bikes";
        let rain = "We test our app while delivering, with rain and gloves";
        let statutes = "Help to write our first bylaws";
        let panels = "A loan to buy forty panels before the long rains";
        let others = "Help with the firmware of our battery monitors";
        let cart = ("content/coops/cart.md".to_owned(), "---\ntitle: Cart\n---\n".to_owned());
        let needs = [bikes, rain, statutes, panels, others];
        let needs = needs.iter().enumerate().map(|(at, title)| need(&format!("n{at}"), title));
        let files: Vec<(String, String)> = std::iter::once(cart).chain(needs).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        let rarity = Rarity::new(&directory(&files));
        for (line, title, expected) in [
            ("8000 euros para las bicis", bikes, true),
            ("8.000 para las bicis", bikes, true),
            ("8 000 € pour deux vélos", bikes, true),
            ("cargo bikes", bikes, true),
            ("test your app in the rain", rain, true),
            ("tests of apps in the rain", rain, true),
            ("a loan for the panels", panels, true),
            ("forty panels", panels, false),
            // One word, however rare, may be in anything.
            ("bikes", bikes, false),
            ("8 bikes of steel", bikes, false),
            ("an app for the bakery", rain, false),
            ("a loan", panels, false),
            ("a loan for the oven of the bakery", panels, false),
            ("2027 panels of glass", panels, false),
            // Words that are in every need.
            ("help to write a grant", statutes, false),
            ("help with the taxes", others, false),
            ("somebody to help us", statutes, false),
            ("two euros for each loaf of rye bread", bikes, false),
            ("", bikes, false),
        ] {
            assert_eq!(rarity.may_be_one(line, title), expected, "{line} / {title}");
        }
    }

    #[test]
    fn signs_between_groups_of_digits_are_no_words() {
        for (text, expected) in [
            ("8,000 or 8.000 or 8 000", "8000 or 8000 or 8000"),
            ("1.200.000", "1200000"),
            ("3.5 and 2026-11-30, 17:00", "3.5 and 2026-11-30, 17:00"),
            ("12, 13 and 1,2345", "12, 13 and 1,2345"),
        ] {
            assert_eq!(ungrouped(text), expected);
        }
    }
}
