//! Long lists and large numbers in messages, as people read them.

use super::values::list;

/// So many words of a long list are named.
const NAMED: usize = 5;

/// "`a`, `b` or `c`" of a few words; of many "`a`, `b`, `c`, `d`, `e` or 3,995 others".
pub fn list_of_some(words: &[&str]) -> String {
    let Some((named, [_, _, ..])) = words.split_at_checked(NAMED) else { return list(words) };
    let named: Vec<String> = named.iter().map(|word| format!("`{word}`")).collect();
    format!("{} or {} others", named.join(", "), thousands(words.len() - NAMED))
}

/// "19,950".
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_words_only_some_are_named() {
        let words = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let check = |count: usize, expected| assert_eq!(list_of_some(&words[..count]), expected);
        check(0, "");
        check(1, "`a`");
        check(2, "`a` or `b`");
        check(5, "`a`, `b`, `c`, `d` or `e`");
        check(6, "`a`, `b`, `c`, `d`, `e` or `f`");
        check(7, "`a`, `b`, `c`, `d`, `e` or 2 others");
        assert_eq!(list_of_some(&vec!["a"; 4_000]), "`a`, `a`, `a`, `a`, `a` or 3,995 others");
    }

    #[test]
    fn large_numbers_are_grouped() {
        let grouped = [0, 999, 1_000, 19_950, 1_234_567].map(thousands);
        assert_eq!(grouped, ["0", "999", "1,000", "19,950", "1,234,567"]);
    }
}
