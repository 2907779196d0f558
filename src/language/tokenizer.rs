//! Cuts text into the words that search compares, the same way as `search.js` does.
//!
//! The rules, in the order in which they apply. Both halves follow them to the letter, and both run
//! `vectors.json`.
//!
//! **Folding**, so that spellings which people do not tell apart become one:
//! 1. Compatibility decomposition (NFKD): `ﬁ` is `fi`, `Ａ` is `A`, `é` is `e` and an accent.
//! 2. Drop what `is_dropped` lists: accents, Arabic and Hebrew vowel points, tatweel, the
//!    Devanagari nukta, soft hyphens, joiners, direction marks and variation selectors. Vowel signs
//!    of other scripts stay: they are letters there.
//! 3. Lower case, character by character, without regard to language.
//! 4. Drop a middle dot between two `l`: Catalan `col·lectiu` is `collectiu`.
//! 5. Replace single characters by `LETTERS`: `ß` is `ss`, `ø` is `o`, `ı` is `i`, `ς` is `σ`; in
//!    Arabic, `ى` is `ي`, `ة` is `ه`, and so on. All apostrophes, and the middle dot, become `'`;
//!    all hyphens become `-`. Digits of other scripts become `0` to `9`.
//! 6. Canonical composition (NFC), which puts Hangul and kana together again.
//!
//! **Words.** A *run* begins with a letter or a number and goes on with letters, numbers and marks
//! (Unicode `Alphabetic`, `N` and `M`). A *compound* is runs joined by single hyphens and
//! apostrophes. Everything else, emoji too, separates.
//! 7. A compound `http` or `https` before `://`, or `www` before a dot, says nothing and is
//!    skipped.
//! 8. Hyphens cut a compound into parts, apostrophes cut a part into pieces. Pieces of one
//!    character are dropped (`l'eau` is `eau`, `coop's` is `coop`); where all are so short they are
//!    put together (`I'm` is `im`).
//! 9. Where the first of several parts is one or two characters, none of them a digit or of rule
//!    10, and the second part begins with none of these either, the first part and the second
//!    part's first piece also make a word together, after all others: `co-op` is `co`, `op` and
//!    `coop`. A query is content with either the word they make or all parts.
//! 10. In scripts written without spaces (`is_unspaced`), a piece becomes its overlapping pairs of
//!     characters; one that stands alone stays alone. Where scripts meet in a piece it is cut.
//! 11. A word longer than 40 characters is cut there.

use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const LONGEST: usize = 40;

/// Each character of rule 5, followed by what replaces it.
const LETTERS: [&str; 32] = [
    "ßss", "æae", "œoe", "øo", "đd", "ðd", "łl", "ħh", "ŧt", "þth", "ıi", "ςσ", "ىي", "یي", "ېي",
    "ةه", "ہه", "ھه", "ەه", "ٱا", "کك", "ڪك", "’'", "‘'", "‛'", "ʼ'", "ʻ'", "ʹ'", "׳'", "·'", "‐-",
    "−-",
];

/// Reusable space for cutting many texts.
#[derive(Default)]
pub(crate) struct Tokenizer {
    folded: String,
    joined: String,
}

impl Tokenizer {
    /// Calls `each` with every word of `text`, in order.
    pub(crate) fn each(&mut self, text: &str, mut each: impl FnMut(&str)) {
        let Self { folded, joined } = self;
        for chunk in text.split_ascii_whitespace() {
            fold(chunk, folded);
            each_compound(folded, |compound, after| {
                if !says_nothing(compound, after) {
                    each_word(compound, joined, &mut each);
                }
            });
        }
    }
}

/// Folds text without white space: rules 1 to 6.
fn fold(chunk: &str, folded: &mut String) {
    folded.clear();
    if chunk.is_ascii() {
        folded.push_str(chunk);
        folded.make_ascii_lowercase();
    } else if chunk.chars().all(|c| quick_index(c).is_some()) {
        let quick = quick_folds();
        folded.extend(chunk.chars().filter_map(quick_index).map(|index| quick[index].as_str()));
    } else {
        fold_any(chunk, folded);
    }
}

fn fold_any(chunk: &str, folded: &mut String) {
    let mut letters = String::with_capacity(chunk.len());
    for c in chunk.nfkd().filter(|&c| !is_dropped(c)).flat_map(char::to_lowercase) {
        letters.push(c);
    }
    let letters = letters.replace("l·l", "ll");
    folded.extend(letters.chars().flat_map(replacement).nfc());
}

/// Where a character stands among those that fold alike whatever stands around them: Latin, Greek,
/// Cyrillic, Armenian, Hebrew, Arabic and common punctuation.
fn quick_index(c: char) -> Option<usize> {
    match c as usize {
        0xb7 | 0x13f | 0x140 => None, // A middle dot, alone and with `l`: rule 4 looks at its neighbours.
        code @ 0..0x700 => Some(code),
        code @ 0x2000..0x2060 => Some(code - 0x2000 + 0x700),
        _ => None,
    }
}

fn quick_folds() -> &'static [String] {
    static FOLDS: OnceLock<Vec<String>> = OnceLock::new();
    FOLDS.get_or_init(|| {
        let fold_one = |c: char| {
            let mut folded = String::new();
            fold_any(c.encode_utf8(&mut [0; 4]), &mut folded);
            folded
        };
        ('\0'..'\u{700}').chain('\u{2000}'..'\u{2060}').map(fold_one).collect()
    })
}

/// Marks of scripts in which words are told apart without them, and characters that are not seen.
fn is_dropped(c: char) -> bool {
    !c.is_ascii()
        && matches!(c,
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
            | '\u{610}'..='\u{61a}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{6d6}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}' | '\u{93c}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}')
}

fn replacement(c: char) -> impl Iterator<Item = char> {
    let letters =
        if c.is_ascii() { None } else { LETTERS.iter().find_map(|pair| pair.strip_prefix(c)) };
    let itself = if letters.is_none() { Some(ascii_digit(c)) } else { None };
    letters.unwrap_or_default().chars().chain(itself)
}

/// A digit of any script as one of `0` to `9`; anything else as it is.
//
// They stand in tens; in the scripts of India they begin at a code ending in 6, elsewhere in 0.
pub(crate) fn ascii_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{d6f}' if matches!(c as u32 & 0x7f, 0x66..=0x6f) => {
            return char::from(b'0' + (c as u8 & 0xf) - 6);
        }
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ed0}'..='\u{ed9}' => '\u{ed0}',
        '\u{f20}'..='\u{f29}' => '\u{f20}',
        '\u{1040}'..='\u{1049}' => '\u{1040}',
        '\u{17e0}'..='\u{17e9}' => '\u{17e0}',
        _ => return c,
    };
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

/// Calls `each` with every compound and with what follows it.
fn each_compound(folded: &str, mut each: impl FnMut(&str, &str)) {
    let mut rest = folded;
    while let Some(start) = rest.find(is_letter) {
        let compound = &rest[start..];
        let length = compound_length(compound);
        rest = &compound[length..];
        each(&compound[..length], rest);
    }
}

fn compound_length(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let goes_on = match c {
            '-' | '\'' => characters.peek().is_some_and(|&(_, next)| is_letter(next)),
            _ => is_letter(c) || !c.is_ascii() && is_combining_mark(c),
        };
        if !goes_on {
            return at;
        }
    }
    text.len()
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric()
}

fn says_nothing(compound: &str, after: &str) -> bool {
    match compound {
        "http" | "https" => after.starts_with("://"),
        "www" => after.starts_with('.'),
        _ => false,
    }
}

/// Rules 8 to 11.
fn each_word(compound: &str, joined: &mut String, each: &mut impl FnMut(&str)) {
    if compound.is_ascii() && !compound.contains(['-', '\'']) {
        return each(&compound[..compound.len().min(LONGEST)]);
    }
    let mut parts = compound.split('-');
    let first = parts.next().unwrap_or_default();
    each_piece(first, joined, |piece| each_of_script(piece, each));
    let Some(second) = parts.next() else { return };
    let mut next = None;
    each_piece(second, joined, |piece| {
        next.get_or_insert_with(|| piece.to_owned());
        each_of_script(piece, each);
    });
    for part in parts {
        each_piece(part, joined, |piece| each_of_script(piece, each));
    }
    if let Some(next) = next.filter(|next| {
        first.chars().count() <= 2 && first.chars().all(joins) && next.starts_with(joins)
    }) {
        each_of_script(&format!("{first}{next}"), each);
    }
}

fn joins(c: char) -> bool {
    !c.is_ascii_digit() && c != '\'' && !is_unspaced(c)
}

fn each_piece(part: &str, joined: &mut String, mut each: impl FnMut(&str)) {
    let is_long = |piece: &&str| piece.chars().nth(1).is_some();
    if !part.contains('\'') {
        each(part);
    } else if part.split('\'').any(|piece| is_long(&piece)) {
        part.split('\'').filter(is_long).for_each(each);
    } else {
        joined.clear();
        joined.extend(part.split('\''));
        each(joined);
    }
}

fn each_of_script(piece: &str, each: &mut impl FnMut(&str)) {
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let length = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        let (same, other) = rest.split_at(length);
        if unspaced {
            each_pair(same, each);
        } else {
            each(first_characters(same));
        }
        rest = other;
    }
}

fn each_pair(text: &str, each: &mut impl FnMut(&str)) {
    let ends = || text.char_indices().map(|(at, c)| at + c.len_utf8());
    let starts = text.char_indices().map(|(at, _)| at);
    let mut alone = true;
    for (start, end) in starts.zip(ends().skip(1)) {
        alone = false;
        each(&text[start..end]);
    }
    if alone {
        each(text);
    }
}

fn first_characters(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// Thai, Lao, Burmese, Khmer, Hangul, kana, Bopomofo and Han.
pub(crate) fn is_unspaced(c: char) -> bool {
    !c.is_ascii()
        && matches!(c,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        Tokenizer::default().each(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn the_shared_vectors_hold() {
        let vectors: Vec<(String, String, Vec<String>)> =
            serde_json::from_str(include_str!("vectors.json")).expect("the vectors are JSON");
        assert!(vectors.len() >= 60);
        for (about, text, expected) in vectors {
            assert_eq!(words(&text), expected, "{about}: {text}");
        }
    }

    #[test]
    fn a_character_folds_alike_alone_and_in_any_text() {
        for c in ('\0'..='\u{2ffff}').filter(|&c| quick_index(c).is_some()) {
            let (mut quick, mut slow) = (String::new(), String::new());
            let text = format!("{c}\u{e9}");
            fold(&text, &mut quick);
            fold_any(&text, &mut slow);
            assert_eq!(quick, slow, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_folded_words(text in "\\PC{0,80}") {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.chars().count() <= LONGEST);
                prop_assert!(!word.contains(char::is_whitespace));
            }
        }

        #[test]
        fn quick_and_slow_folding_agree(text in "[a-zA-Z·ŀéßœŁıİςΣй'’ʼ\u{301}\u{654}אבّةىگ١-]{0,12}") {
            let (mut quick, mut slow) = (String::new(), String::new());
            fold(&text, &mut quick);
            fold_any(&text, &mut slow);
            prop_assert_eq!(quick, slow);
        }
    }
}
