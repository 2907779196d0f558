//! Cuts texts into the words that matching compares, and finds again how they were written.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use crate::language::stop_words::{LANGUAGES, is_link_word, is_stop_word};
use crate::language::{Stems, Tokenizer};

/// A word without its ending, as a number: the FNV-1a hash of its letters. Two words that share a
/// number by chance would only show as one shared word too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u64);

impl Word {
    /// The word of exactly these letters.
    pub fn whole(letters: &str) -> Word {
        Word(EMPTY).and(letters)
    }

    /// The word that goes on with these letters.
    pub fn and(self, letters: &str) -> Word {
        Word(
            letters
                .bytes()
                .fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }
}

const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// A token of a text, as far as it is known without the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Without its ending.
    pub word: Word,
    /// With it.
    pub whole: Word,
    /// It says something in the language of the text.
    pub has_meaning: bool,
    /// It is one of the small words of that language.
    pub is_small: bool,
    /// Likewise for each of the languages whose small words are known.
    pub is_small_in: [bool; LANGUAGES.len()],
    /// It only links other words: "of the".
    pub is_link: bool,
}

/// Cuts texts of several languages into words, and remembers those that it met.
#[derive(Default)]
pub(crate) struct Cutter {
    tokenizer: Tokenizer,
    languages: Vec<Met>,
}

impl Cutter {
    /// Calls `each` with every folded token of a text in a language, in order, and what is known of it.
    pub(crate) fn each(&mut self, text: &str, language: &str, mut each: impl FnMut(&str, Token)) {
        let (tokenizer, stems) = self.for_language(language);
        tokenizer.each(text, |token| each(token, stems.token(token)));
    }

    fn for_language(&mut self, language: &str) -> (&mut Tokenizer, &mut Met) {
        let known = self.languages.iter().position(|stems| stems.language == language);
        let at = known.unwrap_or_else(|| {
            self.languages.push(Met::new(language));
            self.languages.len() - 1
        });
        (&mut self.tokenizer, &mut self.languages[at])
    }

    /// Calls `each` with every folded token of a text.
    pub(crate) fn tokens(&mut self, text: &str, each: impl FnMut(&str)) {
        self.tokenizer.each(text, each);
    }

    /// The letters of every word that was met, without its ending.
    pub(crate) fn stems(self) -> impl Iterator<Item = (Word, Box<str>)> {
        self.languages.into_iter().flat_map(|language| language.stems)
    }

    /// The word of one token.
    #[cfg(test)]
    pub(crate) fn word(&mut self, token: &str, language: &str) -> Word {
        let mut found = Word::whole(token);
        self.each(token, language, |_, token| found = token.word);
        found
    }
}

/// The words of one language that were met.
struct Met {
    language: String,
    stems_of: Stems,
    known: FxHashMap<Box<str>, Token>,
    stems: Vec<(Word, Box<str>)>,
}

impl Met {
    fn new(language: &str) -> Met {
        let (language, stems_of) = (language.to_owned(), Stems::new(language));
        Met { language, stems_of, known: FxHashMap::default(), stems: Vec::new() }
    }

    fn token(&mut self, token: &str) -> Token {
        if let Some(known) = self.known.get(token) {
            return *known;
        }
        let stem = self.cut(token);
        let is_small = is_stop_word(&self.language, token);
        let new = Token {
            word: Word::whole(&stem),
            whole: Word::whole(token),
            has_meaning: has_content(token) && !is_small,
            is_small,
            is_small_in: LANGUAGES.map(|language| is_stop_word(language, token)),
            is_link: is_link_word(&self.language, token),
        };
        self.known.insert(token.into(), new);
        self.stems.push((new.word, stem.into()));
        new
    }

    /// A word whose stem looks like one of the small words of its language stays whole: "queer" is no
    /// "que".
    fn cut(&self, token: &str) -> String {
        let stem = self.stems_of.cut(token);
        let is_small = is_stop_word(&self.language, &stem) && !is_stop_word(&self.language, token);
        if is_small { token.to_owned() } else { stem.into_owned() }
    }
}

/// Whether a folded token can say what a text is about: no bare number, no single letter.
pub(crate) fn has_content(token: &str) -> bool {
    let is_letter_alone = token.len() == 1;
    !is_letter_alone && !token.bytes().all(|byte| byte.is_ascii_digit())
}

/// How texts, each with its language, write each of the wanted words where they first use it.
pub(crate) fn as_written<'a>(
    texts: impl Iterator<Item = (&'a str, Cow<'a, str>)>,
    wanted: &[Word],
    cutter: &mut Cutter,
) -> FxHashMap<Word, String> {
    let mut written = FxHashMap::default();
    let mut found = Vec::new();
    for (language, text) in texts {
        let (tokenizer, stems) = cutter.for_language(language);
        for chunk in text.split_ascii_whitespace() {
            if written.len() == wanted.len() {
                return written;
            }
            tokenizer.each(chunk, |token| {
                let word = stems.token(token).word;
                if wanted.contains(&word) && !written.contains_key(&word) {
                    found.push((word, token.to_owned()));
                }
            });
            for (word, token) in found.drain(..) {
                let piece = piece_of(chunk, &token, tokenizer).unwrap_or(token);
                written.entry(word).or_insert(piece);
            }
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
        for (language, forms) in [
            ("en", &["bike", "bikes"][..]),
            ("en", &["train", "training", "trained"]),
            ("en", &["community", "communities"]),
            ("es", &["panel", "paneles"]),
            ("es", &["reparar", "reparamos", "reparacion", "reparaciones"]),
            ("es", &["solar", "solares"]),
            ("pt", &["traducao", "traducoes"]),
            ("pt", &["oficina", "oficinas"]),
            ("fr", &["logiciel", "logiciels"]),
            ("fr", &["reparer", "repares", "repare"]),
            ("sw", &["ngano"]),
        ] {
            let mut cutter = Cutter::default();
            let words: Vec<Word> = forms.iter().map(|form| cutter.word(form, language)).collect();
            assert!(words.iter().all(|word| *word == words[0]), "{forms:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        let mut cutter = Cutter::default();
        for (one, other) in [("bus", "bu"), ("合作", "合同"), ("wood", "words"), ("p2p", "p2")]
        {
            assert_ne!(cutter.word(one, "en"), cutter.word(other, "en"), "{one} {other}");
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
            let word = Cutter::default().word(token, "en");
            let written =
                as_written([("en", text.into())].into_iter(), &[word], &mut Cutter::default());
            assert_eq!(written.get(&word).map(String::as_str), Some(expected), "{text}");
        };
        check("We mend (Énergie!) things", "energie", "Énergie");
        check("An open-source tool", "source", "source");
        check("our co-op", "coop", "coop");
        check("合作社翻译", "翻译", "翻译");
        check("L'Énergie", "energie", "Énergie");
    }
}
