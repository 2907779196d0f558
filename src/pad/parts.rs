//! Parts of a line: the name before a colon, the remarks in brackets at its end.

use jiff::civil::Date;

use super::words::{Meaning, Words};
use crate::content::values::{self, Kind, Language, MatchStatus, Role};

/// `Agaric: hands` is `Agaric` and `hands`; also with a dash between. A colon within a word, as in an
/// address or a time, separates nothing.
pub fn label(text: &str) -> Option<(&str, &str)> {
    labels(text).next()
}

/// Every way to take a line for a name and what follows it, the shortest name first.
pub fn labels(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let colons = text.match_indices(':').map(|(at, sign)| (at, at + sign.len()));
    let colons = colons
        .filter(|(_, end)| text[*end..].is_empty() || text[*end..].starts_with([' ', '\t', '*']));
    let dashes = [" – ", " — ", " - "]
        .into_iter()
        .flat_map(|sign| text.match_indices(sign).map(|(at, sign)| (at, at + sign.len())));
    let mut places: Vec<(usize, usize)> = colons.chain(dashes).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|(at, end)| {
        let name = text[..at].trim_matches([' ', '\t', '*', '_']);
        let rest = text[end..].trim_start_matches("**").trim();
        (!name.is_empty()).then_some((name, rest))
    })
}

/// What the brackets at the end of a line say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// A kind of help.
    pub help: Option<Kind>,
    /// A language.
    pub language: Option<Language>,
    /// A day.
    pub day: Option<Date>,
    /// As what somebody took part.
    pub role: Option<Role>,
    /// In writing.
    pub written: bool,
    /// With consent to be named.
    pub consent: bool,
    /// What both said.
    pub status: Option<MatchStatus>,
    /// What is none of these.
    pub others: Vec<String>,
}

impl Remarks {
    /// Reads remarks with commas between.
    pub fn read(text: &str, words: &Words) -> Remarks {
        let mut remarks = Remarks::default();
        for remark in text.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()) {
            remarks.add(remark, words);
        }
        remarks
    }

    fn add(&mut self, remark: &str, words: &Words) {
        let last_word = remark.rsplit(' ').next().unwrap_or_default();
        let day = values::date(last_word).ok();
        if let Some(day) = day.filter(|_| remark.split(' ').count() <= 3) {
            self.day = Some(day);
            return;
        }
        let mut known = false;
        let mut note = |found: bool| known |= found;
        let help = words.meaning(remark, |it| match it {
            Meaning::Help(help) => Some(help),
            _ => None,
        });
        let role = words.meaning(remark, |it| match it {
            Meaning::Role(role) => Some(role),
            _ => None,
        });
        let status = words.meaning(remark, |it| match it {
            Meaning::Status(status) => Some(status),
            _ => None,
        });
        let has = |what: Meaning| words.meaning(remark, |it| (it == what).then_some(())).is_some();
        let (written, consent) = (has(Meaning::Written), has(Meaning::Consent));
        // Three letters may be a name: Ana is a language.
        let is_tag = remark
            .split('-')
            .next()
            .is_some_and(|it| it.len() == 2 && it.chars().all(|c| c.is_ascii_lowercase()));
        let tag = || Language::parse(remark).ok().filter(|_| is_tag);
        let language =
            if help.is_none() && role.is_none() && status.is_none() { tag() } else { None };
        note(help.is_some() || role.is_some() || status.is_some() || language.is_some());
        note(written || consent);
        self.help = help.or(self.help);
        self.role = role.or(self.role);
        self.status = status.or(self.status);
        self.language = language.or(self.language.take());
        self.written |= written;
        self.consent |= consent;
        if !known {
            self.others.push(remark.to_owned());
        }
    }
}

/// A line without the brackets at its end, and what is in them.
pub fn brackets(text: &str) -> (&str, Option<&str>) {
    let split = || {
        let inner = text.strip_suffix(')')?;
        let at = inner.rfind('(')?;
        Some((text[..at].trim_end(), Some(&inner[at + 1..])))
    };
    split().unwrap_or((text, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_before_a_colon_or_a_dash() {
        assert_eq!(label("Agaric: hands"), Some(("Agaric", "hands")));
        assert_eq!(label("**Agaric:** hands"), Some(("Agaric", "hands")));
        assert_eq!(label("**Agaric**: hands"), Some(("Agaric", "hands")));
        assert_eq!(label("Agaric – hands: two"), Some(("Agaric", "hands: two")));
        assert_eq!(label("Agaric:"), Some(("Agaric", "")));
        assert_eq!(label("see https://agaric.example at 16:00"), None);
        assert_eq!(label(": hands"), None);
    }

    #[test]
    fn brackets_say_what_a_line_is() {
        let words = Words::new([]);
        let (text, inner) = brackets("A lawyer (for three days) (knowledge, es, until 2027-01-31)");
        assert_eq!(text, "A lawyer (for three days)");
        let remarks = Remarks::read(inner.unwrap_or_default(), &words);
        assert_eq!(remarks.help, Some(Kind::Knowledge));
        assert_eq!(remarks.language.map(|it| it.to_string()).as_deref(), Some("es"));
        assert_eq!(remarks.day.map(|it| it.to_string()).as_deref(), Some("2027-01-31"));
        assert_eq!(remarks.others, [""; 0]);
        let remarks = Remarks::read("por escrito, Ana, may be named", &words);
        assert!(remarks.written && remarks.consent);
        assert_eq!(remarks.others, ["Ana"]);
        assert_eq!(brackets("no brackets").1, None);
    }
}
