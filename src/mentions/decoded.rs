//! Letters that are written by their numbers or names, as copied files and finished pages have them.

use std::borrow::Cow;

use pulldown_cmark::Event;

use crate::content::markdown;

/// The words of a page, as far as mentions go, with `between` in the place of each tag: some tags part words,
/// others do not.
pub(super) fn without_tags(page: &str, between: &str) -> String {
    let mut words = String::with_capacity(page.len());
    for (at, part) in page.split('<').enumerate() {
        let is_tag = at > 0 && part.contains('>');
        words.push_str(if is_tag { between } else { "" });
        words.push_str(part.split_once('>').filter(|_| is_tag).map_or(part, |(_, words)| words));
    }
    words
}

/// A text of a file in which letters may be written by their numbers or names (`&#64;` and `&eacute;` in pages,
/// `\u0040` in JSON, `\x40` in scripts, `\40` in style sheets, `\'40` in RTF), and lines be folded, as in
/// calendars.
pub(crate) fn decoded(text: &str) -> String {
    let text = text.replace("\r\n ", "").replace("\n ", "");
    let text = text.replace("<![CDATA[", "").replace("]]>", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let read = if rest.starts_with('&') { entity(rest) } else { escape(rest) };
        match read {
            Some((letters, length)) => {
                out.push_str(&letters);
                rest = &rest[length..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The longest name of an entity of HTML has so many bytes, and so have numbers that mean something.
const LONGEST_ENTITY: usize = 33;

/// The letters of an entity of HTML at the beginning, and how long it is. Browsers need no semicolon after a
/// number.
fn entity(text: &str) -> Option<(Cow<'_, str>, usize)> {
    if let Some(rest) = text.strip_prefix("&#") {
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (rest, 10),
        };
        let length = digits.bytes().take(LONGEST_ENTITY);
        let length = length.take_while(|it| char::from(*it).is_digit(radix)).count();
        let number = u32::from_str_radix(digits[..length].trim_start_matches('0'), radix).ok()?;
        let before = text.len() - digits.len();
        let end = usize::from(digits[length..].starts_with(';'));
        return Some((char::from_u32(number)?.to_string().into(), before + length + end));
    }
    let name = text.as_bytes().iter().take(LONGEST_ENTITY).position(|it| *it == b';')?;
    let written = text.get(..=name)?;
    let named = |(event, _): (Event<'_>, _)| match event {
        Event::Text(letters) if *letters != *written => Some(letters.to_string()),
        _ => None,
    };
    let letters: Vec<String> = markdown::events(written).filter_map(named).collect();
    (!letters.is_empty()).then(|| (letters.concat().into(), written.len()))
}

/// What a backslash at the beginning means with what follows, and how long that is.
fn escape(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let rest = &text[1..];
    let hexadecimal = |digits: Option<&str>| u32::from_str_radix(digits?, 16).ok();
    let letter = |number: u32, length| Some((char::from_u32(number)?.to_string().into(), length));
    match *rest.as_bytes().first()? {
        b'/' => Some(("/".into(), 2)),
        b'n' | b't' | b'r' => Some((" ".into(), 2)),
        b'x' => letter(hexadecimal(rest.get(1..3))?, 4),
        // A byte of a document in RTF.
        b'\'' => letter(hexadecimal(rest.get(1..3))?, 4),
        b'u' => json(rest).or_else(|| rtf(rest)),
        b'0'..=b'9' => {
            let length = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            let space = usize::from(rest[length..].starts_with(' '));
            letter(hexadecimal(rest.get(..length))?, 1 + length + space)
        }
        _ => None,
    }
}

/// A letter of JSON, `u0040`, also one that takes two of them.
fn json(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let unit = |at: usize| u16::from_str_radix(rest.get(at..at + 4)?, 16).ok();
    let first = unit(1)?;
    let is_pair = (0xd800..0xdc00).contains(&first) && rest.get(5..7) == Some("\\u");
    let units = [Some(first), if is_pair { unit(7) } else { None }];
    let letters = String::from_utf16_lossy(&units.into_iter().flatten().collect::<Vec<_>>());
    Some((letters.into(), if units[1].is_some() { 12 } else { 6 }))
}

/// A letter of a document in RTF, `u64?`, with the one that older programs show.
fn rtf(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let length = rest[1..].bytes().take(7).take_while(u8::is_ascii_digit).count();
    let number = rest[1..=length].parse().ok()?;
    let shown = usize::from(rest[length + 1..].starts_with('?'));
    Some((char::from_u32(number)?.to_string().into(), 2 + length + shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_however_a_file_writes_them() {
        for text in [
            "a&#64;b.example",
            "a&#64b.example",
            "a&#x40;b.example",
            "a&#x00000040;b.example",
            "a&commat;b&period;example",
            r"a\u0040b.example",
            r"a\u64?b.example",
            r"a\'40b.example",
            r"a\x40b.example",
            r"a\40 b.example",
            "a@b.ex\r\n ample",
            "a@b.ex\n ample",
        ] {
            assert_eq!(decoded(text), "a@b.example", "{text}");
        }
        assert_eq!(decoded(r#""https:\/\/a.example\/b\nc""#), "\"https://a.example/b c\"");
        assert_eq!(decoded(r"\ud83d\ude00"), "😀");
        assert_eq!(decoded("M&eacute;diation&nbsp;x"), "Médiation\u{a0}x");
        for plain in [r"C:\Users \u \'", "&", "a & b; &nothing;", "&#;", "&#x;", r"\"] {
            assert_eq!(decoded(plain), plain);
        }
    }

    #[test]
    fn tags_may_part_words_or_not() {
        assert_eq!(without_tags("a<br>b <i>c</i>d", " "), "a b  c d");
        assert_eq!(without_tags("a<br>b <i>c</i>d", ""), "ab cd");
        assert_eq!(without_tags("1 < 2", " "), "1  2");
    }
}
