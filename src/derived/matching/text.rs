//! Cuts texts into the words that matching compares, and finds again how they were written.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

use crate::search::Tokenizer;

/// A word without its ending, as a number: the FNV-1a hash of its letters. Two words that share a
/// number by chance would only show as one shared word too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u64);

impl Word {
    /// The word of a folded token.
    pub fn of(token: &str) -> Word {
        let (stem, ending) = stem(token);
        let bytes = stem.bytes().chain(ending.bytes());
        Word(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }
}

/// A light cut that suits English, Spanish, Portuguese and French alike: plural endings, a final
/// `e`, and `y` for `i`. Words of other scripts stay whole.
fn stem(token: &str) -> (&str, &'static str) {
    if token.len() < 4 || !token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return (token, "");
    }
    if let Some(stem) = token.strip_suffix("oes") {
        return (stem, "ao");
    }
    let singular = match token.strip_suffix('s') {
        Some(singular) if !singular.ends_with(['s', 'u', 'i']) => singular,
        _ => token,
    };
    let is_long = singular.len() >= 4;
    let softened = singular.strip_suffix("ie").or_else(|| singular.strip_suffix('y'));
    if let Some(stem) = softened.filter(|_| is_long) {
        return (stem, "i");
    }
    match singular.strip_suffix('e') {
        Some(stem) if stem.len() >= 5 => (stem, ""),
        _ => (singular, ""),
    }
}

/// Whether a folded token can say what a text is about: no bare number, no single letter.
pub fn has_content(token: &str) -> bool {
    let is_letter_alone = token.len() == 1;
    !is_letter_alone && !token.bytes().all(|byte| byte.is_ascii_digit())
}

/// How texts write each of the wanted words where they first use it.
pub fn as_written<'a>(
    texts: impl Iterator<Item = Cow<'a, str>>,
    wanted: &[Word],
) -> FxHashMap<Word, String> {
    let mut tokenizer = Tokenizer::default();
    let mut written = FxHashMap::default();
    let texts: Vec<Cow<'a, str>> = texts.collect();
    for chunk in texts.iter().flat_map(|text| text.split_ascii_whitespace()) {
        if written.len() == wanted.len() {
            break;
        }
        let mut found = Vec::new();
        tokenizer.each(chunk, |token| {
            let word = Word::of(token);
            if wanted.contains(&word) && !written.contains_key(&word) {
                found.push((word, token.to_owned()));
            }
        });
        for (word, token) in found {
            let piece = piece_of(chunk, &token, &mut tokenizer).unwrap_or(token);
            written.entry(word).or_insert(piece);
        }
    }
    written
}

/// The piece of a chunk that is this token and nothing else.
fn piece_of(chunk: &str, token: &str, tokenizer: &mut Tokenizer) -> Option<String> {
    let in_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let piece = chunk.split(|c| !in_word(c)).find(|piece| {
        let (mut is_token, mut count) = (false, 0);
        tokenizer.each(piece, |other| {
            is_token = other == token;
            count += 1;
        });
        is_token && count == 1
    });
    piece.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_word() {
        for forms in [
            &["bike", "bikes"][..],
            &["house", "houses"],
            &["map", "maps"],
            &["city", "cities"],
            &["panel", "panels", "paneles"],
            &["community", "communities"],
            &["traduccion", "traducciones"],
            &["traducao", "traducoes"],
            &["solar", "solares"],
            &["logiciel", "logiciels"],
            &["interprete", "interpretes"],
        ] {
            let words: Vec<Word> = forms.iter().map(|form| Word::of(form)).collect();
            assert!(words.iter().all(|word| *word == words[0]), "{forms:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [
            ("plan", "plane"),
            ("bus", "bu"),
            ("class", "clas"),
            ("合作", "合同"),
            ("wood", "words"),
        ] {
            assert_ne!(Word::of(one), Word::of(other), "{one} {other}");
        }
    }

    #[test]
    fn bare_numbers_and_letters_have_no_content() {
        assert!(!has_content("2026"));
        assert!(!has_content("a"));
        assert!(has_content("p2p"));
        assert!(has_content("水"));
    }

    #[test]
    fn words_are_shown_as_written() {
        let check = |text: &str, token: &str, expected: &str| {
            let word = Word::of(token);
            let written = as_written([text.into()].into_iter(), &[word]);
            assert_eq!(written.get(&word).map(String::as_str), Some(expected), "{text}");
        };
        check("We mend (Énergie!) things", "energie", "Énergie");
        check("An open-source tool", "source", "source");
        check("our co-op", "coop", "coop");
        check("合作社翻译", "翻译", "翻译");
        check("L'Énergie", "energie", "Énergie");
    }
}
