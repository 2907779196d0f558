//! What to write instead of what people guess: names of fields, their shapes, words and dates.

use jiff::civil::Date;

use super::own_words::{self, GAP, How, Own};
use super::values::list;
use super::yaml_words::PRINTED_QUOTES;

/// A name that people guess, the field that is meant, and how it is written where that is more than
/// another name. The first line whose field exists where the guess stands is the advice.
type Guess = (&'static str, &'static str, Option<How>);

const FIELDS: &[Guess] = &[
    ("name", "title", None),
    ("name", "label", None),
    ("heading", "title", None),
    ("title", "label", None),
    ("description", "summary", None),
    ("description", "alt", None),
    ("abstract", "summary", None),
    ("tagline", "summary", None),
    ("tags", "topics", None),
    ("keywords", "topics", None),
    ("categories", "topics", None),
    ("skills", "topics", None),
    ("industry", "sectors", None),
    ("location", "city", Some(own_words::town)),
    ("location", "place", Some(own_words::place)),
    ("place", "city", Some(own_words::town)),
    ("address", "city", Some(own_words::town)),
    ("address", "value", None),
    ("town", "city", None),
    ("country", "place", Some(own_words::place)),
    ("city", "place", Some(own_words::place)),
    ("state", "region", None),
    ("province", "region", None),
    ("lat", "coordinates", Some(own_words::coordinates)),
    ("lon", "coordinates", Some(own_words::coordinates)),
    ("lng", "coordinates", Some(own_words::coordinates)),
    ("latitude", "coordinates", Some(own_words::coordinates)),
    ("longitude", "coordinates", Some(own_words::coordinates)),
    ("email", "contact", Some(own_words::contact)),
    ("email", "value", Some(own_words::email_value)),
    ("email", "type", None),
    ("mail", "contact", Some(own_words::contact)),
    ("contact_email", "contact", Some(own_words::contact)),
    ("phone", "contact", Some(own_words::phone)),
    ("phone", "value", Some(own_words::phone_value)),
    ("phone", "type", None),
    ("telephone", "contact", Some(own_words::phone)),
    ("url", "base_url", None),
    ("url", "website", None),
    ("url", "links", Some(own_words::links)),
    ("url", "src", None),
    ("site", "website", None),
    ("homepage", "website", None),
    ("web", "website", None),
    ("website", "links", Some(own_words::links)),
    ("link", "url", None),
    ("href", "url", None),
    ("file", "src", None),
    ("logo", "brand", Some(own_words::brand)),
    ("logo", "image", Some(own_words::image)),
    ("photo", "image", Some(own_words::image)),
    ("picture", "image", Some(own_words::image)),
    ("date", "start", Some(own_words::start)),
    ("date", "retrieved", None),
    ("date", "created", None),
    ("published", "created", None),
    ("time", "start", Some(own_words::start)),
    ("modified", "updated", None),
    ("lastmod", "updated", None),
    ("since", "founded", None),
    ("established", "founded", None),
    ("year", "founded", None),
    ("size", "members", None),
    ("employees", "members", None),
    ("legal_form", "form", None),
    ("type", "form", None),
    ("type", "kind", None),
    ("category", "kind", None),
    ("network", "part_of", None),
    ("networks", "part_of", None),
    ("member_of", "part_of", None),
    ("language", "languages", None),
    ("language", "lang", None),
    ("organisation", "coop", None),
    ("organization", "coop", None),
    ("cooperative", "coop", None),
    ("owner", "coop", None),
    ("author", "coop", None),
    ("deadline", "until", None),
    ("deadline", "due", None),
    ("expires", "until", None),
    ("ends", "until", None),
    ("end", "until", None),
    ("starts", "from", None),
    ("start", "from", None),
    ("budget", "amount", Some(own_words::amount)),
    ("price", "amount", Some(own_words::amount)),
    ("cost", "amount", Some(own_words::amount)),
    ("participants", "turns", Some(own_words::turns)),
    ("delegates", "turns", Some(own_words::turns)),
    ("attendees", "turns", Some(own_words::turns)),
];

/// The field that a name means which is not one of the `known`, and how it is written.
pub(super) fn field(name: &str, own: &Own<'_>, known: &[&str]) -> Option<String> {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    let guess = FIELDS.iter().find(|(guess, field, _)| *guess == name && known.contains(field));
    let is_there = |field: &str| own.beside.iter().any(|(key, _)| key.name == field);
    guess.map(|(_, field, how)| match how {
        None => format!("did you mean `{field}`?"),
        Some(how) if is_there(field) => {
            format!("add it to the `{field}` that is there: `{}`", how(own))
        }
        Some(how) => filled(&how(own)),
    })
}

/// The hint that says to write this, and to fill its gaps.
pub(super) fn filled(written: &str) -> String {
    let more = if written.contains(GAP) { ", with a value in place of each `…`" } else { "" };
    format!("write `{written}`{more}")
}

/// Whether a name that is not a field can mean this one.
pub(super) fn can_mean(name: &str, field: &str) -> bool {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    FIELDS.iter().any(|(guess, meant, _)| *guess == name && *meant == field)
}

/// What to write where a field is missing that must be there.
pub(super) fn missing(field: &str) -> String {
    format!("add a line `{field}: …`{}", what_it_is(field))
}

/// What the value of such a field is, to be said after a hint.
pub(super) fn what_it_is(field: &str) -> &'static str {
    match field {
        "coop" => "; its value is the name of a file in content/coops/ without `.md`",
        "kind" => "; its value is `financial`, `human`, `technical` or `knowledge`",
        _ => "",
    }
}

/// Words that people guess where a field takes one of a few, and the word that is meant.
const WORDS: &[(&str, &str)] = &[
    ("online", "remote"),
    ("virtual", "remote"),
    ("in person", "onsite"),
    ("local", "onsite"),
    ("both", "either"),
    ("any", "either"),
    ("hybrid", "either"),
    ("free", "gift"),
    ("donation", "gift"),
    ("barter", "exchange"),
    ("swap", "exchange"),
    ("money", "paid"),
    ("money", "financial"),
    ("funding", "financial"),
    ("people", "human"),
    ("tech", "technical"),
    ("skills", "knowledge"),
    ("urgent", "high"),
    ("done", "met"),
    ("done", "held"),
    ("done", "fulfilled"),
    ("solved", "met"),
    ("inactive", "dormant"),
    ("new", "starting"),
    ("upcoming", "planned"),
    ("past", "held"),
    ("yes", "true"),
    ("no", "false"),
    ("members", "network"),
    ("internal", "network"),
    ("hidden", "private"),
    ("secret", "private"),
    ("mail", "email"),
    ("telephone", "phone"),
    ("mobile", "phone"),
    ("mastodon", "fediverse"),
    ("website", "url"),
    ("address", "post"),
    ("federation", "network"),
];

/// Words for every form of cooperative, which therefore say nothing of a coop's own.
const ANY_FORM: [&str; 5] = ["coop", "co op", "cooperative", "co operative", "cooperativa"];

/// The one of the `choices` that a text means, or all of them.
pub(super) fn choice(text: &str, choices: &[&str]) -> String {
    let plain = text.to_lowercase().replace(['-', '_'], " ");
    let guess = WORDS.iter().find(|(word, choice)| *word == plain && choices.contains(choice));
    let within = named(&plain, choices);
    if within.len() > 1 {
        return format!("write one of {}", list(&within));
    }
    let near = || crate::diagnostic::nearest(text, choices.iter().copied());
    match guess.map(|(_, choice)| *choice).or(within.first().copied()).or_else(near) {
        Some(choice) => format!("did you mean `{choice}`?"),
        None if ANY_FORM.contains(&plain.as_str()) && choices.contains(&"worker") => {
            format!("say which form of cooperative: {}", list(choices))
        }
        None => format!("write one of {}", list(choices)),
    }
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

/// The days that a text can mean which is made of three numbers, as they should be written.
pub(super) fn dates(text: &str) -> Option<String> {
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
    use super::super::yaml::{self, Value};
    use super::*;

    #[test]
    fn a_guess_is_told_the_field_that_exists_there() {
        let coop = ["title", "country", "city", "contact", "website", "topics", "form", "created"];
        let check = |name: &str, value: &str, known: &[&str], expected: Option<&str>| {
            let (map, _) = yaml::parse(&format!("{name}: {value}"), 0);
            let Value::Map(beside) = &map.value else { panic!("{name}") };
            let own = Own { node: &beside[0].1, beside };
            assert_eq!(field(name, &own, known).as_deref(), expected, "{name}");
        };
        check("name", "Acme", &coop, Some("did you mean `title`?"));
        check("Tags", "a", &coop, Some("did you mean `topics`?"));
        check("place", "Cork, IE", &coop, Some("write `country: IE` and `city: Cork`"));
        check("place", "Cork", &["title"], None);
        check("date", "2026-11-25", &coop, Some("did you mean `created`?"));
        let gap = ", with a value in place of each `…`";
        let start = format!("write `start: 2026-11-25T…`{gap}");
        check("date", "2026-11-25", &["created", "start"], Some(&start));
        let contact = "write `contact: {type: email, value: ana@acme.example}`";
        check("contact-email", "ana@acme.example", &coop, Some(contact));
        let empty = format!("write `contact: {{type: …, value: …}}`{gap}");
        check("contact-email", "", &coop, Some(&empty));
        check("favourite_mushroom", "", &coop, None);
    }

    #[test]
    fn a_word_is_told_the_choice_that_is_meant() {
        let check = |text, choices: &[&str], expected| assert_eq!(choice(text, choices), expected);
        check("online", &["remote", "onsite", "either"], "did you mean `remote`?");
        check("In-person", &["remote", "onsite", "either"], "did you mean `onsite`?");
        check("Worker cooperative", &["worker", "hub"], "did you mean `worker`?");
        check("Co-op", &["worker", "hub"], "say which form of cooperative: `worker` or `hub`");
        check("workr", &["worker", "hub"], "did you mean `worker`?");
        check("money", &["financial", "human"], "did you mean `financial`?");
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
        check("3/11/26", None);
        check("soon", None);
        check("1-2-3-4", None);
    }
}
