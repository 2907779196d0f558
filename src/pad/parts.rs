//! Parts of a line: the name before a colon, the remarks in brackets at its end.

use jiff::civil::Date;

use super::days::{self, Day};
use super::words::{Meaning, Words};
use crate::content::values::{Kind, Language, MatchStatus, Role};

/// What stands between the two sides of an introduction.
pub(super) const ARROWS: [&str; 9] = ["<->", "->", "=>", "→", "↔", "⇄", " – ", " — ", " / "];

/// A name has at most so many words.
const LONGEST_NAME: usize = 5;

/// `Agaric: hands` is `Agaric` and `hands`; also with a dash between. A colon within a word, as in an
/// address or a time, separates nothing.
pub(super) fn label(text: &str) -> Option<(&str, &str)> {
    labels(text).next()
}

/// Every way to take a line for a name and what follows it, the shortest name first.
pub(super) fn labels(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let dashes = [" – ", " — ", " - "]
        .into_iter()
        .flat_map(|sign| text.match_indices(sign).map(|(at, sign)| (at, at + sign.len())));
    let mut places: Vec<(usize, usize)> = colons(text).chain(dashes).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|place| cut(text, place))
}

/// `Name: something`: a few words that a colon ends, whoever they name.
pub(super) fn name_with_colon(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = colons(text).find_map(|place| cut(text, place))?;
    is_short(name).then_some((name, rest))
}

/// Whether a text is no longer than a name.
pub(super) fn is_short(name: &str) -> bool {
    name.contains(char::is_alphabetic) && name.split_whitespace().count() <= LONGEST_NAME
}

fn colons(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '*']);
    let all = text.match_indices([':', '：']).map(|(at, sign)| (at, at + sign.len()));
    all.filter(move |(at, end)| text[*at..].starts_with('：') || is_end(&text[*end..]))
}

fn cut(text: &str, (at, end): (usize, usize)) -> Option<(&str, &str)> {
    let name = text[..at].trim_matches([' ', '\t', '*', '_']);
    let rest = text[end..].trim_start_matches("**").trim();
    (!name.is_empty()).then_some((name, rest))
}

/// What the brackets at the end of a line say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Remarks {
    /// A kind of help.
    pub help: Option<Kind>,
    pub language: Option<Language>,
    pub day: Option<Date>,
    /// As what somebody took part.
    pub role: Option<Role>,
    /// In writing.
    pub written: bool,
    /// With consent to be named.
    pub consent: bool,
    /// When somebody came or left.
    pub attendance: Vec<String>,
    pub status: Option<MatchStatus>,
    /// What may be one of several days, or another.
    pub days: Vec<(String, Vec<Date>)>,
    /// What is none of these.
    pub others: Vec<String>,
}

impl Remarks {
    /// Reads remarks with commas between. Where a day has no year, it is one from `from` on.
    pub(super) fn read(text: &str, words: &Words, from: Option<Date>) -> Remarks {
        let mut remarks = Remarks::default();
        for remark in text.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()) {
            remarks.add(remark, words, from);
        }
        remarks
    }

    /// Whether they say something of somebody who took part, and nothing else.
    pub(super) fn tell_of_presence(&self) -> bool {
        let says =
            self.role.is_some() || self.written || self.consent || !self.attendance.is_empty();
        says && self.others.is_empty() && !self.describe()
    }

    /// Whether they say what a need or an offer is.
    pub(super) fn describe(&self) -> bool {
        let has_day = self.day.is_some() || !self.days.is_empty();
        self.help.is_some() || self.language.is_some() || has_day
    }

    fn add(&mut self, remark: &str, words: &Words, from: Option<Date>) {
        let meaning = |is: fn(&Meaning) -> bool| words.meaning(remark, |it| is(&it).then_some(it));
        let mut is_known = false;
        if let Some(Meaning::Help(help)) = meaning(|it| matches!(it, Meaning::Help(_))) {
            (self.help, is_known) = (Some(help), true);
        }
        if let Some(Meaning::Role(role)) = meaning(|it| matches!(it, Meaning::Role(_))) {
            (self.role, is_known) = (Some(role), true);
        }
        if let Some(Meaning::Status(status)) = meaning(|it| matches!(it, Meaning::Status(_))) {
            (self.status, is_known) = (Some(status), true);
        }
        for (of, said) in
            [(Meaning::Written, &mut self.written), (Meaning::Consent, &mut self.consent)]
        {
            if words.meaning(remark, |it| (it == of).then_some(())).is_some() {
                (*said, is_known) = (true, true);
            }
        }
        if !is_known {
            self.add_free(remark, from);
        }
    }

    /// A remark that is no known word.
    fn add_free(&mut self, remark: &str, from: Option<Date>) {
        match (language(remark), days::read(remark, from)) {
            (Some(language), _) => self.language = Some(language),
            // Nobody says in a call until when something was; it may be a slip.
            (None, Some(Day::Is(day))) if from.is_some_and(|from| day < from) => {
                self.days.push((remark.to_owned(), vec![day]));
            }
            (None, Some(Day::Is(day))) if self.day.is_none() => self.day = Some(day),
            (None, Some(Day::Is(day))) => self.days.push((remark.to_owned(), vec![day])),
            (None, Some(Day::MayBe(days))) => self.days.push((remark.to_owned(), days)),
            (None, None) => self.others.push(remark.to_owned()),
        }
    }
}

/// A tag such as `es` or `pt-BR`. Three letters may be a name: Ana is a language.
fn language(remark: &str) -> Option<Language> {
    let first = remark.split('-').next().unwrap_or_default();
    let is_tag = first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    Language::parse(remark).ok().filter(|_| is_tag)
}

/// The parts of a text between commas that stand in no brackets.
pub(super) fn between_commas(text: &str) -> Vec<&str> {
    let (mut depth, mut parts, mut from) = (0_usize, Vec::new(), 0);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '、' | '،' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Every way to take a line for a name that a comma ends, and what follows it, the shortest name first.
pub(super) fn at_commas(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let commas = text.match_indices([',', ';', '、', '،']);
    commas.map(|(at, sign)| (text[..at].trim(), text[at + sign.len()..].trim()))
}

/// A line without the brackets at its end, and what is in them.
pub(super) fn brackets(text: &str) -> (&str, Option<&str>) {
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
        assert_eq!(name_with_colon("Agaric – hands: two"), Some(("Agaric – hands", "two")));
        assert_eq!(name_with_colon("面包坊：烤箱"), Some(("面包坊", "烤箱")));
        assert_eq!(name_with_colon("We are many and we need this: an oven"), None);
        assert_eq!(name_with_colon("16: an oven"), None);
    }

    #[test]
    fn brackets_say_what_a_line_is() {
        let words = Words::new([]);
        let (text, inner) = brackets("A lawyer (for three days) (knowledge, es, until 2027-01-31)");
        assert_eq!(text, "A lawyer (for three days)");
        let remarks = Remarks::read(inner.unwrap_or_default(), &words, None);
        assert_eq!(remarks.help, Some(Kind::Knowledge));
        assert_eq!(remarks.language.map(|it| it.to_string()).as_deref(), Some("es"));
        assert_eq!(remarks.day.map(|it| it.to_string()).as_deref(), Some("2027-01-31"));
        assert_eq!(remarks.others, [""; 0]);
        let remarks = Remarks::read("por escrito, Ana, may be named", &words, None);
        assert!(remarks.written && remarks.consent);
        assert_eq!(remarks.others, ["Ana"]);
        assert_eq!(brackets("no brackets").1, None);
        let remarks = Remarks::read("financial, EN, until 31.03.2027, 3/12/2026", &words, None);
        let day = jiff::civil::date(2027, 3, 31);
        assert_eq!((remarks.help, remarks.day), (Some(Kind::Financial), Some(day)));
        assert_eq!(remarks.language.map(|it| it.to_string()).as_deref(), Some("en"));
        assert_eq!(remarks.days[0].0, "3/12/2026");
        assert_eq!(remarks.days[0].1.len(), 2);
    }
}
