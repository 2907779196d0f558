//! Days as people write them in a hurry: `until end of April`, `31.03.2027`, `3/12/2026`.

use jiff::civil::Date;

use super::words::fold;
use crate::content::values;

/// What a text says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Is(Date),
    /// A day, but not plainly which: one of these, or another.
    MayBe(Vec<Date>),
}

/// Names of the months in English, Spanish, Portuguese and French, and how they are shortened.
const MONTHS: [&str; 12] = [
    "january enero janeiro janvier jan ene janv",
    "february febrero fevereiro fevrier feb fev fevr",
    "march marzo marco mars mar",
    "april abril avril apr abr avr",
    "may mayo maio mai",
    "june junio junho juin jun",
    "july julio julho juillet jul juil",
    "august agosto aout aug ago",
    "september septiembre setembro septembre sep sept set",
    "october octubre outubro octobre oct out",
    "november noviembre novembro novembre nov",
    "december diciembre dezembro decembre dec dic dez",
];

/// Words that can stand beside a day and do not change it.
const AROUND: &str = "until till by before on to the of st nd rd th hasta antes de del dia el la los a al ate do da \
                      o jusqu jusque jusqu'au jusqu'en au le du en avant er bis zum vor am";

/// Words that name the last day of a month or a year.
const END: &str = "end fin final finales fim fins ende";

/// Reads a text that is a day and nothing else. Where the year is not said, it may be the first such day
/// from `from` on.
pub(super) fn read(text: &str, from: Option<Date>) -> Option<Day> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while let Some(first) = words.first()
        && is_among(AROUND, &fold(first))
        && words.len() > 1
    {
        words.remove(0);
    }
    match words.as_slice() {
        [one] if one.starts_with(|c: char| c.is_ascii_digit()) && one.contains(['.', '/', '-']) => {
            in_numbers(one, from)
        }
        _ => in_words(text, from),
    }
}

/// `2027-03-31`, `31.03.2027`, `3/12/2026`, `31.03.`
fn in_numbers(text: &str, from: Option<Date>) -> Option<Day> {
    if let Ok(day) = values::date(text) {
        return Some(Day::Is(day));
    }
    let sign = text.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = text.trim_end_matches('.').split(sign).collect();
    let numbers: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
    let has_year = |part: &str| part.len() == 4;
    if !matches!(sign, '.' | '/' | '-') {
        return None;
    }
    match numbers?.as_slice() {
        [year, month, day] if has_year(parts[0]) => Some(one_or_any([date(*year, *month, *day)])),
        [day, month, year] if has_year(parts[2]) && sign == '.' => {
            Some(one_or_any([date(*year, *month, *day)]))
        }
        [a, b, year] if has_year(parts[2]) => {
            Some(one_or_any([date(*year, *b, *a), date(*year, *a, *b)]))
        }
        [a, b, year] if parts[2].len() == 2 => {
            let days = [date(2000 + year, *b, *a), date(2000 + year, *a, *b)];
            Some(may_be(days.into_iter().take(if sign == '.' { 1 } else { 2 })))
        }
        [year, month] if has_year(parts[0]) => Some(may_be([last_of(*year, *month)])),
        [a, b] => {
            let next = |day: i16, month: i16| next(from?, |year| date(year, month, day));
            let days = [next(*a, *b), next(*b, *a)];
            Some(may_be(days.into_iter().take(if sign == '.' { 1 } else { 2 })))
        }
        _ => None,
    }
}

/// `end of April`, `31 de marzo de 2027`, `March 2027`.
fn in_words(text: &str, from: Option<Date>) -> Option<Day> {
    let (mut day, mut month, mut year, mut is_end) = (None, None, None, false);
    for word in fold(text).split(' ') {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: Option<i16> = word[..digits].parse().ok();
        match (number, &word[digits..]) {
            (Some(number), "") if digits == 4 && year.is_none() => year = Some(number),
            (Some(number), "" | "st" | "nd" | "rd" | "th" | "er")
                if digits < 3 && day.is_none() =>
            {
                day = Some(number);
            }
            (None, word) if month.is_none() && month_of(word).is_some() => month = month_of(word),
            (None, word) if is_among(END, word) => is_end = true,
            (None, word) if is_among(AROUND, word) => {}
            _ => return None,
        }
    }
    match (day, month, year) {
        (Some(day), Some(month), Some(year)) if !is_end => {
            Some(one_or_any([date(year, month, day)]))
        }
        (Some(day), Some(month), None) if !is_end => {
            Some(may_be([from.and_then(|from| next(from, |year| date(year, month, day)))]))
        }
        (None, Some(month), Some(year)) if is_end => Some(one_or_any([last_of(year, month)])),
        (None, Some(month), Some(year)) => Some(may_be([last_of(year, month)])),
        // What is short may be another word: `out`, `set`, `mar`.
        (None, Some(_), None) if !is_end && text.trim().chars().count() < 4 => None,
        (None, Some(month), None) => {
            Some(may_be([from.and_then(|from| next(from, |year| last_of(year, month)))]))
        }
        (None, None, Some(year)) if (2000..2100).contains(&year) => {
            Some(may_be([date(year, 12, 31)]))
        }
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i16> {
    let at = MONTHS.iter().position(|names| is_among(names, word))?;
    i16::try_from(at + 1).ok()
}

fn is_among(words: &str, word: &str) -> bool {
    words.split(' ').any(|it| it == word)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn last_of(year: i16, month: i16) -> Option<Date> {
    date(year, month, 1).map(Date::last_of_month)
}

/// The first of the days of each year that is not before `from`.
fn next(from: Date, of_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    (from.year()..from.year() + 5).filter_map(of_year).find(|day| *day >= from)
}

/// The day, where these are one; else all of them.
fn one_or_any(days: impl IntoIterator<Item = Option<Date>>) -> Day {
    match may_be(days) {
        Day::MayBe(days) if days.len() == 1 => Day::Is(days[0]),
        several => several,
    }
}

fn may_be(days: impl IntoIterator<Item = Option<Date>>) -> Day {
    let mut days: Vec<Date> = days.into_iter().flatten().collect();
    days.sort_unstable();
    days.dedup();
    Day::MayBe(days)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_read_where_it_is_one_and_else_offered() {
        let is = |year, month, day| Some(Day::Is(date(year, month, day)));
        let may_be = |days: &[(i16, i8, i8)]| {
            Some(Day::MayBe(days.iter().map(|(y, m, d)| date(*y, *m, *d)).collect()))
        };
        for (text, expected) in [
            ("2027-03-31", is(2027, 3, 31)),
            ("until 31.03.2027", is(2027, 3, 31)),
            ("by 31/03/2027", is(2027, 3, 31)),
            ("03/31/2027", is(2027, 3, 31)),
            ("3/3/2027", is(2027, 3, 3)),
            ("2027/3/31", is(2027, 3, 31)),
            ("hasta el 31 de marzo de 2027", is(2027, 3, 31)),
            ("até 31 de março de 2027", is(2027, 3, 31)),
            ("jusqu'au 1er avril 2027", is(2027, 4, 1)),
            ("April 2nd 2027", is(2027, 4, 2)),
            ("end of April 2027", is(2027, 4, 30)),
            ("3/12/2026", may_be(&[(2026, 3, 12), (2026, 12, 3)])),
            ("until end of April", may_be(&[(2027, 4, 30)])),
            ("fin de noviembre", may_be(&[(2026, 11, 30)])),
            ("15 January", may_be(&[(2027, 1, 15)])),
            ("31.03.", may_be(&[(2027, 3, 31)])),
            ("31.03.27", may_be(&[(2027, 3, 31)])),
            ("April 2027", may_be(&[(2027, 4, 30)])),
            ("31.02.2027", may_be(&[])),
            ("until 2028", may_be(&[(2028, 12, 31)])),
            ("June", may_be(&[(2027, 6, 30)])),
            ("out", None),
            ("Ana", None),
            ("two days", None),
            ("in April or so", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(read(text, Some(date(2026, 11, 18))), expected, "{text}");
        }
        assert_eq!(read("end of April", None), may_be(&[]));
    }
}
