//! Telephone numbers, by their digits.

use std::ops::Range;

use jiff::civil::Date;

/// A number of fewer digits is not looked for.
const LEAST: usize = 7;

/// Two zeros and the code of a country.
const LONGEST_CODE: usize = 5;

/// So many signs may stand between two digits of a number.
const LONGEST_SEPARATOR: usize = 4;

/// Signs that people put between the digits of a number.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || " -.()/+_·:~|—–−‐‑".contains(letter)
}

/// The digits of a number without the code of its country and the zeros before it; `None` where the
/// text is no number, or a short one.
pub(super) fn digits(text: &str) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || "+-() ./\u{a0}".contains(c);
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    // A link of Signal holds a number after its last slash.
    let text = text.rsplit_once("#p/").map_or(text, |(_, number)| number).replace("(0)", "");
    // Of a number and other last digits, the first is the whole one.
    let whole = |part: &str| part.chars().filter(char::is_ascii_digit).count() >= LEAST;
    let text = text.split('/').find(|part| whole(part)).unwrap_or(&text);
    if !text.chars().all(is_number) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = match text.starts_with('+') {
        true => Some(digits.as_str()),
        false => digits.strip_prefix("00"),
    };
    let own = abroad.map_or(&*digits, |abroad| &abroad[country_code(abroad).min(abroad.len())..]);
    let own = own.trim_start_matches('0');
    // Where one dials 1 or 8 before a number of ten digits.
    let own = own.strip_prefix(['1', '8']).filter(|rest| rest.len() == 10).unwrap_or(own);
    (own.len() >= LEAST && !could_be_something_else(own)).then(|| own.to_owned())
}

/// How many digits the code of a country has (ITU-T E.164, list of assigned codes).
fn country_code(digits: &str) -> usize {
    const TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        _ if TWO.iter().any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    }
}

/// Digits that stand together in a text, with nothing between two of them but what people put into
/// numbers.
pub(super) struct Run {
    /// The digits alone.
    pub digits: String,
    /// Where each of them stands in the text.
    places: Vec<usize>,
}

impl Run {
    /// Every run that is long enough for a number.
    pub(super) fn all(text: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut run = Run { digits: String::new(), places: Vec::new() };
        let mut between = 0;
        for (at, c) in text.char_indices() {
            match c {
                '0'..='9' => {
                    run.digits.push(c);
                    run.places.push(at);
                    between = 0;
                }
                letter if between < LONGEST_SEPARATOR && is_between(letter) => between += 1,
                _ => run.end(&mut runs),
            }
        }
        run.end(&mut runs);
        runs
    }

    fn end(&mut self, runs: &mut Vec<Run>) {
        let run = std::mem::replace(self, Run { digits: String::new(), places: Vec::new() });
        if run.digits.len() >= LEAST {
            runs.push(run);
        }
    }

    /// Where these digits stand in the text as a number: alone, or after zeros and the code of a country.
    pub(super) fn place(&self, own: Range<usize>) -> Option<Range<usize>> {
        let group = (0..own.start)
            .rev()
            .take(LONGEST_CODE + 1)
            .take_while(|at| self.places[at + 1] == self.places[*at] + 1);
        let group = if own.start <= LONGEST_CODE { 0 } else { own.start - group.count() };
        let before = own.start - group;
        let ends =
            own.end == self.digits.len() || self.places[own.end] != self.places[own.end - 1] + 1;
        (before <= LONGEST_CODE && ends).then(|| self.places[group]..self.places[own.end - 1] + 1)
    }
}

/// Whether digits are as well a day or a round number, which stand in many texts.
fn could_be_something_else(digits: &str) -> bool {
    let number = |range: Range<usize>| digits[range].parse::<i16>().unwrap_or_default();
    let is_day = |year: Range<usize>, month: Range<usize>, day: Range<usize>| {
        let [month, day] = [month, day].map(|it| i8::try_from(number(it)).unwrap_or_default());
        (1900..2100).contains(&number(year.clone())) && Date::new(number(year), month, day).is_ok()
    };
    let is_date = digits.len() == 8
        && (is_day(0..4, 4..6, 6..8) || is_day(4..8, 2..4, 0..2) || is_day(4..8, 0..2, 2..4));
    is_date || digits.trim_end_matches('0').len() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_with_and_without_its_country() {
        for text in [
            "+353 21 123 4567",
            "00353211234567",
            "(021) 123-4567",
            "+353 (0)21 1234567",
            "tel:+353211234567",
        ] {
            assert_eq!(digits(text).as_deref(), Some("211234567"), "{text}");
        }
        assert_eq!(digits("+1 212 555 0100").as_deref(), Some("2125550100"));
        assert_eq!(digits("12 34 56"), None);
        for other in ["+353 2026 1130", "30 11 2026", "+353 1000000", "12 000 000"] {
            assert_eq!(digits(other), None, "{other}");
        }
        assert_eq!(digits("ana.01"), None);
    }

    #[test]
    fn a_number_is_found_in_a_text_however_it_is_cut() {
        let found = |text: &str| {
            let places = Run::all(text).into_iter().filter_map(|run| {
                let at = run.digits.find("211234567")?;
                run.place(at..at + 9)
            });
            places.map(|it| text[it].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("Call 021 123 45 67!"), ["021 123 45 67"]);
        assert_eq!(
            found("+353 21.123.4567, or 0035321/1234567"),
            ["353 21.123.4567", "0035321/1234567"]
        );
        assert_eq!(found("9999999211234567 or 2112345678"), [""; 0]);
    }
}
