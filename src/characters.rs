//! Characters that no reader sees and that still do something: command a terminal, turn text round, hide it.
//! And letters that can be written in more than one way.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text without characters that command, turn round or hide: fit for every file that is written.
///
/// Tabs and line ends stay, and so do joiners and direction marks (U+200B to U+200F, U+061C), which scripts
/// need. A separator of lines or paragraphs becomes a space.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            LINE_SEPARATOR | PARAGRAPH_SEPARATOR => out.push(' '),
            _ if is_tag(letter) && ends_in_a_flag(&out) => out.push(letter),
            _ if is_harmful(letter) => {}
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// A text in which each letter is written in one way, with its accents (Unicode's form NFC).
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// A text of several lines for a terminal: what would act there is seen instead.
///
/// What stands for a character is as long in UTF-8, so that places stay where they are.
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_plain(text) && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut letters, mut before) = (text.chars().peekable(), ' ');
    while let Some(letter) = letters.next() {
        let acts = match letter {
            '\r' => letters.peek() != Some(&'\n'),
            _ => is_harmful(letter) || hides(before, letter),
        };
        before = letter;
        match acts {
            true => out.push_str(stand_in(letter)),
            false => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// A text for a terminal in the middle of a line of ours: its line breaks are seen as signs.
pub fn printable_in_line(text: &str) -> Cow<'_, str> {
    let is_break = |letter| matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    let text = text.trim_end_matches(['\n', '\r']);
    if !text.contains(|letter| is_break(letter) || is_separator(letter)) {
        return printable(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            letter if is_break(letter) || is_separator(letter) => out.push('⏎'),
            letter => out.push(letter),
        }
    }
    Cow::Owned(printable(&out).into_owned())
}

/// Whether a character acts on a terminal, or would in a page.
pub fn is_harmful(letter: char) -> bool {
    let is_line = matches!(letter, '\n' | '\r' | '\t');
    let is_no_character =
        u32::from(letter) & 0xfffe == 0xfffe || matches!(letter, '\u{fdd0}'..='\u{fdef}');
    (letter.is_control() && !is_line)
        || is_separator(letter)
        || is_direction(letter)
        || is_no_character
        || is_tag(letter)
        // Marks of notes between lines, and directions that Unicode has given up.
        || matches!(letter, '\u{fff9}'..='\u{fffb}' | '\u{206a}'..='\u{206f}')
}

const LINE_SEPARATOR: char = '\u{2028}';
const PARAGRAPH_SEPARATOR: char = '\u{2029}';

fn is_separator(letter: char) -> bool {
    matches!(letter, LINE_SEPARATOR | PARAGRAPH_SEPARATOR)
}

/// Whether a character turns round what follows it, until another one ends that.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character repeats ASCII where nobody sees it. Flags of regions are written with them.
fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{e0000}'..='\u{e007f}')
}

fn ends_in_a_flag(text: &str) -> bool {
    text.trim_end_matches(is_tag).ends_with('\u{1f3f4}')
}

/// Whether a character that takes no room follows another: one has its use, several in a row hide
/// something. Pictures joined of several are written with two.
fn hides(before: char, letter: char) -> bool {
    let is_joined_picture = before == '\u{fe0f}' && letter == '\u{200d}';
    is_unseen(before) && is_unseen(letter) && !is_joined_picture
}

/// Whether a character takes no room.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

fn stand_in(letter: char) -> &'static str {
    match letter.len_utf8() {
        1 => "?",
        2 => "\u{bf}",
        3 => "\u{fffd}",
        _ => "\u{fffd}?",
    }
}

/// Whether a text is of ASCII that does nothing, as most are: bytes are looked at faster.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t'))
}

/// The letters and digits of a text alone, small and without accents: what a name is whatever signs are in it.
pub fn letters(text: &str) -> String {
    let is_part = |letter: &char| letter.is_alphanumeric() && !is_combining_mark(*letter);
    text.nfd().filter(is_part).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_left_out_and_what_scripts_need_stays() {
        let check = |text: &str, expected: &str| assert_eq!(harmless(text), expected, "{text:?}");
        check("a\tb\r\nc", "a\tb\r\nc");
        check("a\0b\u{8}c\u{1b}[2Jd\u{7f}e\u{85}f\u{9b}g", "abc[2Jdefg");
        check("a\u{202e}b\u{2066}c\u{2069}d\u{206a}e\u{fff9}f\u{fffe}g", "abcdefg");
        check("one\u{2028}two\u{2029}three", "one two three");
        check(
            "می\u{200c}خواهم ক\u{200d}ষ \u{200f}\u{200e}\u{61c}",
            "می\u{200c}خواهم ক\u{200d}ষ \u{200f}\u{200e}\u{61c}",
        );
        check("ไทย\u{200b}ไทย", "ไทย\u{200b}ไทย");
        check("👩\u{200d}🌾 ❤\u{fe0f}", "👩\u{200d}🌾 ❤\u{fe0f}");
        check("x\u{e0061}\u{e0062}", "x");
        let wales = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
        check(wales, wales);
    }

    #[test]
    fn what_acts_on_a_terminal_is_seen_there() {
        let check = |text: &str, expected: &str| {
            assert_eq!(printable(text), expected, "{text:?}");
            assert_eq!(printable(text).len(), text.len(), "{text:?} stays as long");
        };
        check("a\r\nb\n", "a\r\nb\n");
        check("hidden\rshown", "hidden?shown");
        check("\u{1b}]52;c;x\u{7}\u{9b}2J", "?]52;c;x?¿2J");
        check("a\u{202e}b\u{2028}c", "a\u{fffd}b\u{fffd}c");
        check("x\u{e0061}y", "x\u{fffd}?y");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥");
        check("a\u{fe00}\u{fe01}", "a\u{fe00}\u{fffd}");
        check("a\u{200b}\u{200b}\u{200d}b", "a\u{200b}\u{fffd}\u{fffd}b");
    }

    #[test]
    fn a_value_stays_in_its_line() {
        let check = |text: &str, expected: &str| assert_eq!(printable_in_line(text), expected);
        check("plain", "plain");
        check("a\nerror: forged", "a⏎error: forged");
        check("a\r\nb\rc\u{85}d\u{2028}e\u{b}f", "a⏎b⏎c⏎d⏎e⏎f");
        check("ends\n", "ends");
        check("\u{1b}[1A\nx", "?[1A⏎x");
    }
}
