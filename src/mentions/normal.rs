//! Texts as mentions are compared: without regard to case, white space, signs, and ways to write a
//! letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Span;
use crate::language::{ascii_digit, is_unspaced};

/// A text in another form, and where each part of it comes from.
pub(super) struct Normal {
    /// The other form.
    pub text: String,
    /// For each byte of it, the first byte of what it comes from, and the byte after.
    from: Vec<(u32, u32)>,
}

impl Normal {
    /// A text as addresses are compared in it: compatibility forms, capitals, digits of other scripts
    /// and percent-encoding are resolved, what is not seen is gone.
    pub(super) fn of(text: &str) -> Normal {
        let mut normal = Normal {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len()),
        };
        let mut at = 0;
        loop {
            let plain = plain_bytes(&text[at..]);
            normal.plain(&text[at..at + plain], at);
            at += plain;
            let Some(first) = text[at..].chars().next() else { break };
            if let Some((decoded, length)) = percent_decoded(&text[at..]) {
                normal.cluster(&decoded, at, at + length);
                at += length;
                continue;
            }
            let rest = &text[at + first.len_utf8()..];
            let more = rest.find(|c| !belongs_to_the_letter_before(c)).unwrap_or(rest.len());
            let end = at + first.len_utf8() + more;
            normal.cluster(&text[at..end], at, end);
            at = end;
        }
        normal
    }

    /// Adds letters of which each stands for itself.
    fn plain(&mut self, letters: &str, start: usize) {
        self.text.extend(letters.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.from.extend((start..start + letters.len()).map(|at| (place(at), place(at + 1))));
    }

    /// Adds one letter with its marks.
    fn cluster(&mut self, cluster: &str, start: usize, end: usize) {
        let from =
            (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        if cluster.is_ascii() {
            self.text.extend(cluster.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            let letters = cluster.nfkc().flat_map(char::to_lowercase).filter(|c| !is_unseen(*c));
            letters.nfc().map(ascii_digit).for_each(|letter| match letter {
                // Letters whose capitals are those of others.
                'ß' => self.text.push_str("ss"),
                'ς' => self.text.push('σ'),
                'ı' => self.text.push('i'),
                // Browsers read it as the dot of a host.
                '。' => self.text.push('.'),
                letter => self.text.push(letter),
            });
        }
        self.from.resize(self.text.len(), from);
    }

    /// The words alone, as titles and summaries are compared: one space between two words, none in
    /// scripts that are written without.
    pub(super) fn words(&self) -> Normal {
        let mut words = Normal {
            text: String::with_capacity(self.text.len()),
            from: Vec::with_capacity(self.text.len()),
        };
        for (at, letter) in self.text.char_indices() {
            if letter.is_alphanumeric() || is_combining_mark(letter) {
                words.letter(letter, self.from[at]);
            } else if !words.text.is_empty() && !words.text.ends_with(' ') {
                words.push(' ', self.from[at]);
            }
        }
        words
    }

    fn letter(&mut self, letter: char, from: (u32, u32)) {
        let before = || self.text.trim_end_matches(' ').chars().next_back();
        if self.text.ends_with(' ') && is_unspaced(letter) && before().is_some_and(is_unspaced) {
            self.text.pop();
            self.from.pop();
        }
        self.push(letter, from);
    }

    fn push(&mut self, letter: char, from: (u32, u32)) {
        self.text.push(letter);
        self.from.resize(self.text.len(), from);
    }

    /// Where a part that is not empty comes from.
    pub(super) fn origin(&self, start: usize, end: usize) -> Span {
        let first = self.from.get(start).map_or(0, |it| it.0 as usize);
        let last =
            end.checked_sub(1).and_then(|at| self.from.get(at)).map_or(first, |it| it.1 as usize);
        Span { start: first, end: last.max(first) }
    }
}

/// How many bytes at the beginning stand for themselves: neither percent-encoded, nor before a mark.
fn plain_bytes(text: &str) -> usize {
    match text.bytes().position(|byte| !byte.is_ascii() || byte == b'%') {
        None => text.len(),
        Some(end) if text.as_bytes()[end] == b'%' => end,
        Some(end) => end.saturating_sub(1),
    }
}

/// What a run of percent-encoded bytes at the beginning says, and how long it is.
fn percent_decoded(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [b'%', high, low, tail @ ..] = rest {
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { break };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
        rest = tail;
    }
    let length = bytes.len() * 3;
    (length > 0).then(|| (String::from_utf8_lossy(&bytes).into_owned(), length))
}

/// Whether a character changes the letter before it: accents, vowel signs, the parts of a Hangul
/// syllable, and what is not seen.
fn belongs_to_the_letter_before(c: char) -> bool {
    // Half-width kana have their marks beside them.
    let is_mark = matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}');
    !c.is_ascii() && (is_mark || is_combining_mark(c) || is_unseen(c))
}

/// Characters that nobody sees, such as joiners and soft hyphens, and marks of Arabic that may be left out.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{307}' | '\u{34f}' | '\u{610}'..='\u{61a}' | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}'
            | '\u{670}' | '\u{115f}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_signs_case_and_ways_to_write_them() {
        let words = |text: &str| Normal::of(text).words().text;
        assert_eq!(words("  «Mediation»,\tfor OUR\n\nteam"), "mediation for our team");
        assert_eq!(words("**Medi**ation"), "medi ation");
        assert_eq!(words("Ｍｅｄｉａｔｉｏｎ me\u{ad}di\u{200b}a"), "mediation media");
        assert_eq!(words("Cafe\u{301} CAFÉ"), "café café");
        assert_eq!(words("我们 波尔图、团队 ok 调解"), "我们波尔图团队 ok 调解");
        assert_eq!(words("हमारी टीम"), "हमारी टीम");
        assert_eq!(Normal::of("Ana%40bread.EXAMPLE %zz ٠١").text, "ana@bread.example %zz 01");
    }

    #[test]
    fn every_part_knows_where_it_comes_from() {
        let text = "An ＡＢ%41\u{301} cafe\u{301}!";
        let normal = Normal::of(text);
        let at = normal.text.find("café").expect("it is there");
        let from = |place: Span| &text[place.start..place.end];
        assert_eq!(from(normal.origin(at, at + "café".len())), "cafe\u{301}");
        let words = normal.words();
        let at = words.text.find("ab").expect("it is there");
        assert_eq!(from(words.origin(at, at + 2)), "ＡＢ");
    }
}
