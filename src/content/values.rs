//! Values that can be wrong: each type's only constructor checks the text it is made from.

use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::codes::{CURRENCY_CODES, LANGUAGE_CODES};
use super::file_names::LONGEST_TAG;
use super::host::{self, can_be_host};
use super::{advice, numbers};
use crate::characters::is_harmful;
use crate::diagnostic::{Code, nearest};

pub use super::advice::{day_too_many, language as language_of};
pub use super::choices::*;
pub use super::slug::{Slug, in_small_letters, slugify};

/// Why a text is not a value: the end of a sentence that begins with the text, and advice.
#[derive(Debug, PartialEq)]
pub struct Complaint {
    /// The kind of problem.
    pub code: Code,
    /// "which is not …"
    pub what: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Complaint {
    /// A complaint with advice.
    pub fn new(code: Code, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Complaint { code, what: what.into(), hint: Some(hint.into()) }
    }
}

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// "`a`, `b` or `c`".
pub fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}

text_value! {
    /// A country by its two letters of ISO 3166-1, in capitals.
    Country
}

impl Country {
    /// Reads two letters, in either case.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let capitals = text.to_ascii_uppercase();
        // Kosovo has no code of ISO 3166-1; `XK` is the one that is in use for it.
        if capitals == KOSOVO || (text.len() == 2 && rust_iso3166::from_alpha2(&capitals).is_some())
        {
            return Ok(Country(capitals.into()));
        }
        let hint = match advice::country(text) {
            Some(code) => format!("write `{code}`"),
            None => "write the two letters of the country, such as `BR` for Brazil".to_owned(),
        };
        Err(Complaint::new(Code::UnknownCountry, "which is not a country code of ISO 3166-1", hint))
    }

    /// The country in small letters, as it stands in addresses.
    pub fn slug(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Every code of a country.
pub(crate) fn country_codes() -> Vec<&'static str> {
    rust_iso3166::ALL.iter().map(|country| country.alpha2).chain([KOSOVO]).collect()
}

/// The code of Kosovo, of those that ISO 3166-1 leaves to users; CLDR, the European Union and the
/// International Monetary Fund use it.
const KOSOVO: &str = "XK";

/// The names of all time zones, in order.
pub(crate) fn time_zones() -> Vec<String> {
    ZONES.available().map(|name| name.as_str().to_owned()).collect()
}

text_value! {
    /// A language by its BCP 47 tag, in canonical case (`pt-BR`, `zh-Hant`).
    Language
}

impl Language {
    /// Reads a tag; a primary language of two letters must be in ISO 639-1.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let complaint = || {
            let hint = match advice::language(text) {
                Some(tag) => format!("write `{tag}`"),
                None => "write a tag such as `en`, `es`, `pt-BR` or `quz`".to_owned(),
            };
            Complaint::new(Code::UnknownLanguage, "which is not a language tag of BCP 47", hint)
        };
        if text.len() > LONGEST_TAG {
            return Err(complaint());
        }
        let tag: unic_langid::LanguageIdentifier = text.parse().map_err(|_| complaint())?;
        let primary = tag.language.as_str();
        let known = match primary.len() {
            2 => LANGUAGE_CODES.contains(&primary),
            3 => primary != "und",
            _ => false,
        };
        if known { Ok(Language(tag.to_string().into())) } else { Err(complaint()) }
    }

    /// The language without script and region.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether it is written from right to left: in the script of its tag, else in the one that Unicode's
    /// CLDR finds most likely for the language and the region.
    pub fn is_right_to_left(&self) -> bool {
        let Ok(mut tag) = self.0.parse::<unic_langid::LanguageIdentifier>() else { return false };
        if tag.script.is_none() {
            tag.maximize();
        }
        tag.script.is_some_and(|script| RIGHT_TO_LEFT.contains(&script.as_str()))
    }
}

/// The scripts in use that are written from right to left (Unicode CLDR, `scriptMetadata.txt`).
const RIGHT_TO_LEFT: [&str; 11] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

text_value! {
    /// A currency by its three letters of ISO 4217.
    Currency
}

impl Currency {
    /// Reads three letters, in either case.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let capitals = text.to_ascii_uppercase();
        if CURRENCY_CODES.contains(&capitals.as_str()) {
            return Ok(Currency(capitals.into()));
        }
        let hint = "write three letters, such as `EUR`, `BRL` or `KES`";
        Err(Complaint::new(Code::UnknownCurrency, "which is not a currency of ISO 4217", hint))
    }
}

text_value! {
    /// A time zone by its name in the IANA database.
    Zone
}

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// Reads a name such as `Europe/London`; the database is the one built into the program.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        match ZONES.get(text) {
            Ok(zone) => Ok(Zone(zone.iana_name().unwrap_or(text).into())),
            Err(_) => {
                let names: Vec<String> = ZONES.available().map(|name| name.to_string()).collect();
                // `GMT+1` is near to `GMT+0`, which is another time.
                let near = nearest(text, names.iter().map(String::as_str));
                let hint = match near.filter(|_| !text.contains(['+', '-'])) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "write a name such as `Europe/London` or `America/Sao_Paulo`".into(),
                };
                let what = "which is not a time zone of the IANA database";
                Err(Complaint::new(Code::UnknownTimeZone, what, hint))
            }
        }
    }

    /// The zone with its rules.
    pub fn rules(&self) -> TimeZone {
        ZONES.get(&self.0).expect("a Zone is made only from a name in this database")
    }
}

text_value! {
    /// A complete URL whose scheme is allowed where it stands.
    Url
}

/// The schemes that links may use; `javascript:`, `data:` and their like are not among them.
pub const LINK_SCHEMES: &[&str] =
    &["https", "http", "mailto", "tel", "matrix", "xmpp", "irc", "ircs", "sip", "geo", "gemini"];

impl Url {
    /// Reads a web address.
    pub fn parse_web(text: &str) -> Result<Self, Complaint> {
        Url::parse(text, &["https", "http"])
    }

    /// Reads a URL with one of the given schemes.
    pub fn parse(text: &str, schemes: &[&str]) -> Result<Self, Complaint> {
        let complaint = |what: &str, hint: String| Err(Complaint::new(Code::BadUrl, what, hint));
        let Some((scheme, rest)) = text.split_once(':') else {
            return complaint("which is not a complete URL", advice::url(text));
        };
        let scheme = scheme.to_ascii_lowercase();
        if scheme.len() == 1 || scheme == "file" {
            let hint = "put a copy of the file beside the entry, and link to it by its name";
            return complaint("which is a file on one computer alone", hint.to_owned());
        }
        if !schemes.contains(&scheme.as_str()) {
            let hint = match advice::url_within(text) {
                Some(url) => format!("write `{url}`"),
                None => format!("begin it with {}", list(schemes)),
            };
            return complaint("whose scheme is not allowed here", hint);
        }
        let is_unclean = |c: char| c.is_whitespace() || is_harmful(c) || "<>\"`{}|\\^".contains(c);
        let authority = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
        // A name before the host hides where an address leads: `https://good.example@evil.example/`.
        let named = authority.and_then(|authority| authority.rsplit_once('@'));
        let complete = match authority {
            Some("http:" | "https:") => false,
            Some(_) if named.is_some() => true,
            Some(host) => can_be_host(host),
            None => !scheme.starts_with("http") && !rest.is_empty(),
        };
        if !complete || text.contains(is_unclean) {
            let hint = match advice::url_within(text).filter(|url| Url::parse(url, schemes).is_ok())
            {
                Some(url) => format!("write `{url}`"),
                None => "copy the address as the browser shows it".to_owned(),
            };
            return complaint("which is not a URL", hint);
        }
        match named {
            None => Ok(Url(text.into())),
            Some((name, host)) => {
                let hint = format!("leave out `{name}@`; without it the address leads to `{host}`");
                complaint("which has a name before its host", hint)
            }
        }
    }

    /// The same address in letters that every machine reads, with the host as it is registered.
    pub fn for_machines(&self) -> Url {
        let Some((scheme, rest)) = self.0.split_once("://") else { return self.clone() };
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let mut url = format!("{scheme}://{}", host::for_machines(host));
        for letter in path.chars() {
            let mut bytes = [0; 4];
            match letter.is_ascii() {
                true => url.push(letter),
                false => {
                    let encoded = letter.encode_utf8(&mut bytes).bytes();
                    url.extend(encoded.map(|byte| format!("%{byte:02X}")));
                }
            }
        }
        Url(url.into())
    }

    /// Reads an identifier of something elsewhere: a web address or a URN.
    pub fn parse_identifier(text: &str) -> Result<Self, Complaint> {
        Url::parse(text, &["https", "http", "urn", "did"])
    }
}

/// Reads a date written `YYYY-MM-DD`.
pub fn date(text: &str) -> Result<Date, Complaint> {
    let shape = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let read = if shape { text.parse::<Date>().ok() } else { None };
    read.ok_or_else(|| match day_too_many(text) {
        Some((what, hint)) => Complaint::new(Code::BadDate, what, hint),
        None => {
            let hint = advice::dates(text).unwrap_or_else(|| {
                "write year, month and day with leading zeros, such as `2026-03-09`".to_owned()
            });
            Complaint::new(Code::BadDate, "which is not a date", hint)
        }
    })
}

text_value! {
    /// A year, a month or a day: `2019`, `2019-05` or `2019-05-17`.
    PartialDate
}

impl PartialDate {
    /// By the Gregorian calendar; all shapes of a date have one.
    pub fn year(&self) -> i16 {
        self.0.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
    }

    /// Reads a date whose day, or month and day, may be unknown.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let full = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        match date(&full) {
            Ok(_) => Ok(PartialDate(text.into())),
            Err(_) => {
                let hint = numbers::year(text).unwrap_or_else(|| {
                    "write the year, the month or the day, such as `2019`, `2019-05` or `2019-05-17`"
                        .to_owned()
                });
                Err(Complaint::new(Code::BadDate, "which is not a year, month or day", hint))
            }
        }
    }
}

/// Reads a duration such as `90m`, `1h` or `1h30m`, in minutes (at most a day).
pub fn minutes(text: &str) -> Result<u32, Complaint> {
    let number =
        |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<u32>().ok() };
    let read = match text.split_once('h') {
        Some((hours, "")) if !hours.is_empty() => number(hours).and_then(|h| h.checked_mul(60)),
        Some((hours, rest)) if !hours.is_empty() => rest
            .strip_suffix('m')
            .and_then(|m| Some(number(hours)?.checked_mul(60)?.saturating_add(number(m)?))),
        _ => text.strip_suffix('m').filter(|m| !m.is_empty()).and_then(number),
    };
    read.filter(|minutes| (1..=1440).contains(minutes)).ok_or_else(|| {
        let hint = numbers::duration(text);
        Complaint::new(Code::BadTime, "which is not a duration", hint)
    })
}

/// Reads a number that is not negative.
pub fn number(text: &str) -> Result<f64, Complaint> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let read = if digits { text.parse::<f64>().ok() } else { None };
    read.filter(|number| number.is_finite()).ok_or_else(|| {
        let hint = "write digits, with a point before the decimals, as in `1250.50`";
        Complaint::new(Code::BadNumber, "which is not a number", hint)
    })
}

/// Reads how much of something there is: a number whose point cannot be taken for one between thousands.
pub fn how_much(text: &str) -> Result<f64, Complaint> {
    match numbers::two_readings(text) {
        Some(hint) => {
            Err(Complaint::new(Code::BadNumber, "which can be read as two numbers", hint))
        }
        None => number(text).map_err(|complaint| Complaint {
            hint: numbers::number(text).or(complaint.hint),
            ..complaint
        }),
    }
}

/// Reads a whole number that is not negative.
pub fn whole_number(text: &str) -> Result<u32, Complaint> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let read = if digits { text.parse::<u32>().ok() } else { None };
    read.ok_or_else(|| {
        let hint = numbers::whole_number(text).unwrap_or_else(|| "write digits only".to_owned());
        Complaint::new(Code::BadNumber, "which is not a whole number", hint)
    })
}

/// A point on Earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// Reads one of the two numbers of coordinates; `limit` is 90 or 180.
pub fn degrees(text: &str, limit: f64) -> Result<f64, Complaint> {
    let shape = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let read = if shape { text.parse::<f64>().ok() } else { None };
    read.filter(|degrees| degrees.abs() <= limit).ok_or_else(|| {
        let what = format!("which is not a number from -{limit} to {limit}");
        let hint = numbers::DEGREES;
        Complaint::new(Code::BadCoordinates, what, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_which_way_a_language_is_written() {
        let is = |tag: &str| Language::parse(tag).expect(tag).is_right_to_left();
        for tag in [
            "ar", "he", "fa", "ur", "ks", "sd", "ug", "ps", "dv", "yi", "ckb", "syr", "nqo",
            "az-Arab", "pa-PK", "pa-Arab", "ku-Arab", "uz-Arab", "ms-Arab", "ff-Adlm", "az-IR",
        ] {
            assert!(is(tag), "{tag}");
        }
        for tag in ["ks-Deva", "ar-Latn", "sd-Deva", "pa", "ku", "uz", "tr", "hi", "en", "zh", "ff"]
        {
            assert!(!is(tag), "{tag}");
        }
    }

    #[test]
    fn countries_and_languages_are_checked_not_guessed() {
        assert_eq!(Country::parse("no").expect("Norway").as_str(), "NO");
        assert_eq!(Country::parse("UK").unwrap_err().hint.as_deref(), Some("write `GB`"));
        assert_eq!(Country::parse("Brazil").unwrap_err().hint.as_deref(), Some("write `BR`"));
        assert_eq!(Language::parse("no").expect("Norwegian").as_str(), "no");
        assert_eq!(Language::parse("pt-br").expect("a tag").as_str(), "pt-BR");
        assert_eq!(Language::parse("quz").expect("Cusco Quechua").as_str(), "quz");
        assert!(Language::parse("xx").is_err());
        assert!(Language::parse("english").is_err());
        assert_eq!(Country::parse("xk").expect("Kosovo").as_str(), "XK");
        assert_eq!(Country::parse("Kosovo").unwrap_err().hint.as_deref(), Some("write `XK`"));
    }

    #[test]
    fn only_allowed_schemes_pass() {
        assert!(Url::parse_web("https://agaric.coop/").is_ok());
        for bad in ["javascript:alert(1)", "agaric.coop", "https:/x", "http://", "https://a b"] {
            assert!(Url::parse_web(bad).is_err(), "{bad}");
        }
        assert!(Url::parse("JAVASCRIPT:alert(1)", LINK_SCHEMES).is_err());
        assert!(Url::parse("mailto:a@b.example", LINK_SCHEMES).is_ok());
    }

    #[test]
    fn dates_times_and_numbers_are_exact() {
        assert!(date("2026-02-29").is_err());
        assert!(date("2024-02-29").is_ok());
        assert!(date("2026-1-5").is_err());
        assert!(PartialDate::parse("2019-05").is_ok());
        assert!(PartialDate::parse("2019-13").is_err());
        assert_eq!(minutes("90m"), Ok(90));
        assert_eq!(minutes("1h30m"), Ok(90));
        assert_eq!(minutes("2h"), Ok(120));
        for bad in ["", "m", "h", "90", "25h", "-1m", "1h30", "99999999999h"] {
            assert!(minutes(bad).is_err(), "{bad}");
        }
        assert!(number("1e3").is_err());
        assert!(number("1.2.3").is_err());
        assert!(degrees("90.1", 90.0).is_err());
        assert!(Zone::parse("Europe/London").is_ok());
        assert_eq!(
            Zone::parse("Europe/Londn").unwrap_err().hint.as_deref(),
            Some("did you mean `Europe/London`?")
        );
    }
}
