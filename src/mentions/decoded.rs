//! Letters that are written by their numbers or names, as copied files and finished pages have them.

/// The words of a page, as far as mentions go.
pub fn without_tags(page: &str) -> String {
    let mut words = String::with_capacity(page.len());
    for part in page.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    words
}

/// A text of a file in which letters may be written by their numbers (`&#64;` in pages, `\u0040` in JSON), and
/// lines be folded, as in calendars.
pub fn decoded(text: &str) -> String {
    let text = text.replace("\r\n ", "").replace("<![CDATA[", "").replace("]]>", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = letter_by_number(rest).unwrap_or((rest.chars().next(), 1));
        out.extend(letter);
        rest = &rest[length..];
    }
    out.push_str(rest);
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&commat;", "@"), ("&amp;", "&")];
    named.iter().fold(out, |text, (name, letter)| text.replace(name, letter))
}

/// The letter whose number stands at the beginning, and how long that is.
fn letter_by_number(text: &str) -> Option<(Option<char>, usize)> {
    if let Some(digits) = text.strip_prefix("\\u") {
        let letter = |digits: &str| u32::from_str_radix(digits, 16).ok().map(char::from_u32);
        return digits.get(..4).and_then(letter).map(|letter| (letter, 6)).or_else(|| rtf(text));
    }
    // A byte of a document in RTF.
    if let Some(digits) = text.strip_prefix("\\'") {
        let byte = u8::from_str_radix(digits.get(..2)?, 16).ok()?;
        return Some((Some(char::from(byte)), 4));
    }
    let (number, _) = text.strip_prefix("&#")?.split_once(';').filter(|(it, _)| it.len() < 9)?;
    let number_of = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    Some((char::from_u32(number_of.ok()?), number.len() + 3))
}

/// A letter of a document in RTF, `\u64?`, with the one that older programs show.
fn rtf(text: &str) -> Option<(Option<char>, usize)> {
    let digits = text.strip_prefix("\\u")?;
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits[..length].parse().ok()?;
    let shown = usize::from(digits[length..].starts_with('?'));
    Some((char::from_u32(number), "\\u".len() + length + shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_however_a_file_writes_them() {
        for text in [
            "a&#64;b.example",
            "a&#x40;b.example",
            "a&commat;b.example",
            r"a\u0040b.example",
            r"a\u64?b.example",
            r"a\'40b.example",
        ] {
            assert_eq!(decoded(text), "a@b.example", "{text}");
        }
        assert_eq!(decoded(r"C:\users \u \'"), r"C:\users \u \'");
    }
}
