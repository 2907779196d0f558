//! Files of the index: numbers in few characters, JSON that is safe in a script, names that hold a
//! hash.

use std::sync::Arc;

use serde::Serialize;

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name below the folder of its language's index.
    pub name: String,
    /// A classic script, in UTF-8.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// A script that registers `json` as `name`.
    pub fn named(name: String, json: &str) -> Self {
        let text = format!("ayni(\"{name}\",{json});\n");
        Self { name: name + ".js", bytes: text.into_bytes().into() }
    }

    /// The same, with the first `length` characters of the content's hash after `prefix`; and that
    /// hash.
    pub fn hashed(prefix: &str, length: usize, json: &str) -> (Self, String) {
        let hash = hash(json, length);
        (Self::named(format!("{prefix}-{hash}"), json), hash)
    }
}

/// Lower case only, since some file systems know no other difference.
fn hash(content: &str, length: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = blake3::hash(content.as_bytes());
    hash.as_bytes()[..length]
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect()
}

/// JSON in which nothing can end the script, or a line of it.
pub(super) fn json(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).expect("strings, numbers and arrays are always JSON");
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

const DIGITS: &[u8; 91] =
    b"!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const LAST_DIGITS: u32 = 59;
const OTHER_DIGITS: u32 = DIGITS.len() as u32 - LAST_DIGITS;

pub(super) fn push_number(number: u32, text: &mut String) {
    let mut rest = number;
    while rest >= LAST_DIGITS {
        let digit = LAST_DIGITS + (rest - LAST_DIGITS) % OTHER_DIGITS;
        text.push(char::from(DIGITS[digit as usize]));
        rest = (rest - digit) / OTHER_DIGITS;
    }
    text.push(char::from(DIGITS[rest as usize]));
}

pub(super) fn push_ascending(numbers: impl Iterator<Item = u32>, text: &mut String) {
    let mut least = 0;
    for number in numbers {
        push_number(number - least, text);
        least = number + 1;
    }
}

/// Reads what `push_number` wrote, as `search.js` does.
#[cfg(test)]
pub(super) fn numbers(text: &str) -> Vec<u32> {
    let (mut numbers, mut value, mut place) = (Vec::new(), 0, 1);
    for byte in text.bytes() {
        let digit =
            DIGITS.iter().position(|&digit| digit == byte).expect("only digits are written") as u32;
        value += digit * place;
        place *= OTHER_DIGITS;
        if digit < LAST_DIGITS {
            numbers.push(value);
            (value, place) = (0, 1);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_numbers_take_few_characters() {
        let length = |number| {
            let mut text = String::new();
            push_number(number, &mut text);
            text.len()
        };
        assert_eq!([0, 58, 59, 1946, 1947, 62_362, 62_363].map(length), [1, 1, 2, 2, 3, 3, 4]);
    }

    #[test]
    fn nothing_ends_the_script() {
        let json = json(&"</script><!--\u{2028}\u{2029}\"\\");
        assert_eq!(json, r#""\u003c/script>\u003c!--\u2028\u2029\"\\""#);
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_written(expected in proptest::collection::vec(0u32..100_000_000, 0..20)) {
            let mut text = String::new();
            expected.iter().for_each(|&number| push_number(number, &mut text));
            prop_assert_eq!(numbers(&text), expected);
        }
    }
}
