//! What to write instead of numbers that are written otherwise.

/// How the two numbers of a place on Earth are written.
pub(super) const DEGREES: &str =
    "write latitude, then longitude, in degrees, as in `[51.9, -8.47]`";

/// The year that stands in a text, if it is the only one.
pub(super) fn year(text: &str) -> Option<String> {
    let runs = text.split(|it: char| !it.is_ascii_digit());
    let runs: Vec<&str> = runs.filter(|it| !it.is_empty()).collect();
    let [year] = runs.as_slice() else { return None };
    let is_year = year.len() == 4 && year.starts_with(['1', '2']);
    is_year.then(|| format!("write `{year}`"))
}

/// A duration as it is written, of a number alone or with other words for its unit.
pub(super) fn duration(text: &str) -> String {
    let (number, unit) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    let is_of = |units: &str| !unit.is_empty() && units.split(' ').any(|it| it == unit);
    match number.parse::<u32>() {
        Ok(1..=24) if unit.is_empty() => {
            format!("write `{number}m` or `{number}h`, whichever is meant")
        }
        Ok(25..=1440) if unit.is_empty() => format!("write `{number}m`"),
        Ok(1..=1440) if is_of(MINUTES) => format!("write `{number}m`"),
        Ok(1..=24) if is_of(HOURS) => format!("write `{number}h`"),
        _ => "write minutes, hours or both, as in `90m`, `1h` or `1h30m`".to_owned(),
    }
}

const MINUTES: &str = "min mins minute minutes minutos minuten minuti";
const HOURS: &str = "hour hours hr hrs hora horas heure heures stunde stunden ore";

/// What to write for a number whose only sign may stand before decimals or between thousands: `2.500`.
pub(super) fn two_readings(text: &str) -> Option<String> {
    let (whole, part) = text.split_once(['.', ','])?;
    let fits = (1..=3).contains(&whole.len()) && part.len() == 3 && whole != "0";
    (fits && is_digits(whole) && is_digits(part)).then(|| {
        let decimals = part.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        format!("write `{whole}{part}` or `{whole}{point}{decimals}`, whichever is meant")
    })
}

/// The number that stands in a text with signs between its thousands, or a comma before its decimals.
pub(super) fn number(text: &str) -> Option<String> {
    let at = text.rfind(['.', ',']).filter(|at| text.len() - at <= 3);
    let (whole, decimals) = text.split_at(at.unwrap_or(text.len()));
    let decimals = decimals.trim_start_matches(['.', ',']);
    let whole = digits(whole).filter(|_| is_digits(decimals))?;
    let point = if decimals.is_empty() { "" } else { "." };
    Some(format!("write `{whole}{point}{decimals}`"))
}

/// The whole number that stands in a text, if it is the only one; its thousands may stand apart.
pub(super) fn whole_number(text: &str) -> Option<String> {
    digits(text).map(|digits| format!("write `{digits}`"))
}

fn digits(text: &str) -> Option<String> {
    let is_word = |it: char| it.is_alphabetic() || it == ' ' || it == '~';
    let number = text.trim_matches(is_word);
    let groups: Vec<&str> = number.split([',', '.', '\'', ' ', '\u{a0}', '\u{202f}']).collect();
    let (first, others) = groups.split_first()?;
    let is_group = |group: &&str| group.len() == 3 && is_digits(group);
    let fits = !first.is_empty() && is_digits(first) && others.iter().all(is_group);
    (fits && (others.is_empty() || first.len() <= 3)).then(|| groups.concat())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hint: impl Fn(&str) -> Option<String>, cases: &[(&str, Option<&str>)]) {
        for (text, expected) in cases {
            let expected = expected.map(|it| format!("write {it}"));
            assert_eq!(hint(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_taken_up_as_they_are_meant() {
        check(
            whole_number,
            &[
                ("12 members", Some("`12`")),
                ("~ 1,200", Some("`1200`")),
                ("about 1.200.000", Some("`1200000`")),
                ("12.5", None),
                ("10-20", None),
                ("a dozen", None),
            ],
        );
        check(
            number,
            &[
                ("2.500,00", Some("`2500.00`")),
                ("1,250.5", Some("`1250.5`")),
                ("12,5", Some("`12.5`")),
                ("1 200", Some("`1200`")),
                ("2-3", None),
            ],
        );
        check(year, &[("since 2019", Some("`2019`")), ("2019/2020", None), ("19", None)]);
    }

    #[test]
    fn of_two_readings_both_are_said() {
        check(
            two_readings,
            &[
                ("2.500", Some("`2500` or `2.5`, whichever is meant")),
                ("2,000", Some("`2000` or `2`, whichever is meant")),
                ("0.125", None),
                ("2500", None),
                ("2.50", None),
            ],
        );
        let form = Some("minutes, hours or both, as in `90m`, `1h` or `1h30m`");
        check(
            |text| Some(duration(text)),
            &[
                ("90", Some("`90m`")),
                ("90 min.", Some("`90m`")),
                ("2", Some("`2m` or `2h`, whichever is meant")),
                ("2 hours", Some("`2h`")),
                ("1:30", form),
                ("long", form),
            ],
        );
    }
}
