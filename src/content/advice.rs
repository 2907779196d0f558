//! What to write instead of what people guess: words, countries, languages, dates and addresses.

use jiff::civil::Date;

use super::values::list;
use super::yaml_words::PRINTED_QUOTES;
use crate::characters;

/// Words for every form of cooperative, which therefore say nothing of a coop's own.
const ANY_FORM: [&str; 5] = ["coop", "cooperative", "cooperativa", "genossenschaft", "kooperative"];

/// A word that a field takes, and what people write for it, by its letters and digits.
pub(crate) type Choice = (&'static str, &'static [&'static str]);

/// The one of the `choices` that a text means, or all of them.
pub(super) fn choice(text: &str, choices: &[Choice]) -> String {
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let letters = characters::letters(text);
    let guess = guessed(&letters, choices);
    let small = text.to_lowercase().replace(['-', '_'], " ");
    let within = named(&small, &words);
    if within.len() > 1 {
        return format!("write one of {}", list(&within));
    }
    let near = || crate::diagnostic::nearest(text, words.iter().copied());
    match guess.or(within.first().copied()).or_else(near) {
        Some(word) => format!("did you mean `{word}`?"),
        None if ANY_FORM.contains(&letters.as_str()) && words.contains(&"worker") => {
            format!("say which form of cooperative: {}", list(&words))
        }
        None => format!("write one of {}", list(&words)),
    }
}

/// The one of the `choices` for which people write these letters.
pub(super) fn guessed(letters: &str, choices: &[Choice]) -> Option<&'static str> {
    let guess = choices.iter().find(|(_, also)| also.contains(&letters));
    guess.map(|(word, _)| *word)
}

/// Those of the `choices` that a text in small letters names as words; none that is a part of another.
fn named<'a>(text: &str, choices: &[&'a str]) -> Vec<&'a str> {
    let apart = |text: &str| {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let text = apart(text);
    let found = choices.iter().copied().filter(|choice| text.contains(&apart(choice)));
    let found: Vec<&str> = found.collect();
    let is_whole = |choice: &&str| {
        let rest =
            found.iter().fold(text.clone(), |rest, other| match other.len() > choice.len() {
                true => rest.replace(&apart(other), " "),
                false => rest,
            });
        rest.contains(&apart(choice))
    };
    found.iter().copied().filter(is_whole).collect()
}

/// Names of countries that are not those of ISO 3166-1.
const COUNTRIES: &[(&str, &str)] = &[
    ("uk", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("america", "US"),
    ("u.s.", "US"),
    ("u.s.a.", "US"),
    ("brasil", "BR"),
    ("españa", "ES"),
    ("méxico", "MX"),
    ("deutschland", "DE"),
    ("italia", "IT"),
    ("holland", "NL"),
    ("south korea", "KR"),
    ("russia", "RU"),
    ("turkey", "TR"),
    ("czech republic", "CZ"),
    ("ivory coast", "CI"),
    ("syria", "SY"),
    ("laos", "LA"),
    ("cape verde", "CV"),
    ("kosovo", "XK"),
    ("kosova", "XK"),
    ("косово", "XK"),
];

/// The two letters of the country that a text names.
pub(super) fn country(text: &str) -> Option<&'static str> {
    let folded = |name: &str| name.to_lowercase().replace(' ', "");
    let (plain, capitals) = (folded(text), text.to_uppercase());
    // "Bolivia (Plurinational State of)" is Bolivia, "United States of America" the United States.
    let is_named = |name: &str| {
        let short = name.split(" (").next().unwrap_or(name);
        let shorter = short.split(" of ").next().unwrap_or(short);
        [name, short].iter().any(|name| folded(name) == plain)
            || (shorter.contains(' ') && folded(shorter) == plain)
    };
    let other = COUNTRIES.iter().find(|(name, _)| folded(name) == plain).map(|(_, code)| *code);
    let mut all = rust_iso3166::ALL.iter();
    other.or_else(|| {
        let found = all.find(|country| country.alpha3 == capitals || is_named(country.name));
        found.map(|country| country.alpha2)
    })
}

/// The days that a text can mean which is a moment, or made of three numbers, as they should be written.
pub(super) fn dates(text: &str) -> Option<String> {
    // A day with a time of day, as other generators write it.
    if let Some((day, rest)) = text.split_at_checked(10)
        && rest.starts_with(['T', 't', ' '])
        && day.parse::<Date>().is_ok()
    {
        return Some(format!("write `{day}`"));
    }
    let numbers: Option<Vec<i16>> =
        text.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect();
    let [first, second, third] = numbers?.try_into().ok()?;
    let date = |year: i16, month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().filter(|_| year >= 1000)
    };
    let read = match first >= 1000 {
        true => [date(first, second, third), None],
        false => [date(third, second, first), date(third, first, second)],
    };
    match read {
        [Some(one), Some(other)] if one != other => {
            Some(format!("write `{one}` or `{other}`, whichever is meant"))
        }
        [one, other] => one.or(other).map(|date| format!("write `{date}`")),
    }
}

/// What is wrong with a day that its month does not have, and when that month ends; also of a date with a
/// time.
pub fn day_too_many(text: &str) -> Option<(String, String)> {
    let (date, time) = text.split_at_checked(10)?;
    let is_date = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let numbers: Vec<i16> = date.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = numbers.try_into().ok()?;
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let last = first.last_of_month();
    let is_too_many = is_date && day > i16::from(last.day());
    let what = format!("which is no day: {year}-{month:02} ends on {last}");
    is_too_many.then(|| (what, format!("write `{last}{time}`, or the day that is meant")))
}

/// A web address for a text that has no scheme.
pub(super) fn url(text: &str) -> String {
    let host = text.trim_start_matches('/');
    match host.contains('.') {
        true => format!("write `https://{host}`"),
        false => "write the address as the browser shows it, or leave the field out".to_owned(),
    }
}

/// The web address that stands in a text with signs around it, or whose own signs are too many or too few.
pub(super) fn url_within(text: &str) -> Option<String> {
    let start = ["https:", "http:"].iter().filter_map(|scheme| text.rfind(scheme)).max()?;
    let rest = text[start..].trim_end_matches(['>', ')', ']', '.', ',']);
    let (scheme, rest) = rest.split_once(':')?;
    let url = format!("{scheme}://{}", rest.trim_start_matches('/'));
    (url != text).then_some(url)
}

/// Codes of countries and names of languages that people write for a language, and its tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("gb", "en"),
    ("us", "en"),
    ("español", "es"),
    ("spanish", "es"),
    ("castellano", "es"),
    ("mx", "es"),
    ("português", "pt"),
    ("portuguese", "pt"),
    ("français", "fr"),
    ("french", "fr"),
    ("deutsch", "de"),
    ("german", "de"),
    ("italiano", "it"),
    ("italian", "it"),
    ("català", "ca"),
    ("catalan", "ca"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("cz", "cs"),
    ("czech", "cs"),
    ("čeština", "cs"),
    ("vn", "vi"),
    ("vietnamese", "vi"),
    ("jp", "ja"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("cn", "zh"),
    ("tw", "zh-Hant"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("dk", "da"),
    ("danish", "da"),
    ("gr", "el"),
    ("greek", "el"),
    ("ua", "uk"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("by", "be"),
    ("al", "sq"),
    ("rs", "sr"),
    ("il", "he"),
    ("ir", "fa"),
    ("kz", "kk"),
    ("np", "ne"),
    ("bd", "bn"),
    ("ph", "fil"),
    ("russian", "ru"),
    ("русский", "ru"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("hindi", "hi"),
    ("swahili", "sw"),
    ("quechua", "qu"),
];

/// The tag of the language that a text means, where that is no tag.
pub fn language(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    LANGUAGES.iter().find(|(name, _)| *name == text).map(|(_, tag)| *tag)
}

/// Whether a text stands in the quotes of printed texts, which YAML takes for letters.
pub(super) fn is_in_printed_quotes(text: &str) -> bool {
    text.starts_with(PRINTED_QUOTES) && text.ends_with(PRINTED_QUOTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_told_the_choice_that_is_meant() {
        let check = |text, words: &[&'static str], expected| {
            let choices: Vec<Choice> = words.iter().map(|word| (*word, &[][..])).collect();
            assert_eq!(choice(text, &choices), expected);
        };
        check("Worker cooperative", &["worker", "hub"], "did you mean `worker`?");
        check("Co-op", &["worker", "hub"], "say which form of cooperative: `worker` or `hub`");
        check("workr", &["worker", "hub"], "did you mean `worker`?");
        let several = "write one of `technical` or `human`";
        for text in ["technical, human", "Human/technical", "human and technical help"] {
            check(text, &["technical", "human", "knowledge"], several);
        }
        let forms = ["community-network", "network", "multi-stakeholder"];
        check("Community Network", &forms, "did you mean `community-network`?");
        check("a multi-stakeholder coop", &forms, "did you mean `multi-stakeholder`?");
        let both = "write one of `community-network` or `network`";
        check("network of a community network", &forms, both);
        check("zebra", &["worker", "hub"], "write one of `worker` or `hub`");
    }

    #[test]
    fn countries_are_known_by_their_names() {
        for (name, code) in [
            ("Brazil", "BR"),
            ("united states", "US"),
            ("United Kingdom", "GB"),
            ("USA", "US"),
            ("UK", "GB"),
            ("Bolivia", "BO"),
            ("Vietnam", "VN"),
            ("España", "ES"),
            ("Scotland", "GB"),
        ] {
            assert_eq!(country(name), Some(code), "{name}");
        }
        assert_eq!(country("United"), None);
        assert_eq!(country("Isle"), None);
    }

    #[test]
    fn days_are_written_out_and_both_where_two_are_possible() {
        let check = |text, expected: Option<&str>| assert_eq!(dates(text).as_deref(), expected);
        check("31.12.2026", Some("write `2026-12-31`"));
        check("12/31/2026", Some("write `2026-12-31`"));
        check("3/11/2026", Some("write `2026-11-03` or `2026-03-11`, whichever is meant"));
        check("4/4/2026", Some("write `2026-04-04`"));
        check("2026/1/5", Some("write `2026-01-05`"));
        check("2026-02-30", None);
        check("2026-11-01T08:30:00+01:00", Some("write `2026-11-01`"));
        check("3/11/26", None);
        check("soon", None);
        check("1-2-3-4", None);
    }
}
