//! Places, languages, numbers and spans of time in words.

use fluent_bundle::FluentValue;
use jiff::civil::Date;

use super::Wording;
use crate::content::values::{Country, Language};
use crate::directory::ids::{CoopId, OfferId};

impl Wording<'_> {
    /// "Recife, Brazil", as far as it is known.
    pub fn place(&self, city: &str, country: Option<&Country>) -> String {
        let country = country.map(|country| self.words.country(country));
        match (city, country) {
            ("", country) => country.unwrap_or_default().to_owned(),
            (city, None) => city.to_owned(),
            (city, Some(country)) => self.words.with(
                "place",
                [("city", city.to_owned().into()), ("country", country.to_owned().into())],
            ),
        }
    }

    /// Where a coop is.
    pub fn coop_place(&self, coop: CoopId) -> String {
        let coop = &self.directory[coop];
        self.place(&coop.city, coop.country.as_ref())
    }

    /// Names of languages in a row.
    pub fn language_names(&self, languages: &[Language]) -> Vec<String> {
        languages.iter().map(|language| self.words.language_name(language).to_owned()).collect()
    }

    /// Words in a row: "a, b and c".
    pub fn enumeration(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [word] => word.clone(),
            [first @ .., last] => self.words.with(
                "enumeration",
                [
                    ("first", FluentValue::from(first.join(self.words.text("enumeration-comma")))),
                    ("last", FluentValue::from(last.clone())),
                ],
            ),
        }
    }

    /// A number with its thousands apart, as the language writes it.
    pub fn number(&self, number: f64) -> String {
        let text = number.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                grouped.push_str(self.words.text("number-group"));
            }
            grouped.push(digit);
        }
        if !part.is_empty() {
            grouped.push_str(self.words.text("number-decimal"));
            grouped.push_str(part);
        }
        grouped
    }

    /// How many an offer can serve at once.
    pub fn capacity(&self, id: OfferId) -> String {
        match self.directory[id].capacity {
            None => self.words.text("capacity-unlimited").to_owned(),
            Some(1) => String::new(),
            Some(capacity) => capacity.to_string(),
        }
    }

    /// A span of time: "from … to …", as far as its ends are known.
    pub(super) fn period(&self, from: Option<Date>, until: Option<Date>) -> String {
        let day = |date: Date| self.words.date(date).into();
        match (from, until) {
            (Some(from), Some(until)) => {
                self.words.with("period", [("from", day(from)), ("until", day(until))])
            }
            (Some(from), None) => self.words.with("period-from", [("from", day(from))]),
            (None, Some(until)) => self.words.with("period-until", [("until", day(until))]),
            (None, None) => String::new(),
        }
    }
}
