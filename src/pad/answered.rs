//! Answers that are kept beside a pad, so that the same line is not asked about twice.
//!
//! An answer belongs to the words of its line, not to its number: lines can be added before it, and a line
//! that is changed, or moved to another section, is asked anew. What a name means holds in all lines.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::asked::{Asked, DROP, HEADING, LEFT, NAME, NEW};
use super::lines::{self, Line};
use super::sections::{Section, Spot};
use super::words::fold;
use crate::characters;
use crate::content::values::YesNo;
use crate::content::yaml::{self, Node, Value};
use crate::content::yaml_text::{self, map, node, text};

/// An answer to a question about a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answered {
    /// The key of its question.
    pub asked: String,
    /// The line, as written, or empty.
    pub line: String,
    /// The section in which it stands, or empty.
    pub section: String,
    /// Which of the lines of its section with these words, from 1.
    pub nth: usize,
    /// What was chosen or typed.
    pub answer: String,
    /// Nothing was written since it was given, so that what follows from it is still to be done.
    pub is_pending: bool,
}

impl Answered {
    pub(super) fn new(asked: &Asked, line: Option<&Line>, answer: &str) -> Answered {
        let text = line.map_or("", |line| &line.raw.text);
        Answered {
            asked: asked.key(),
            line: characters::harmless(text).into_owned(),
            section: line.and_then(|it| it.section).map_or("", Section::as_str).to_owned(),
            nth: line.map_or(1, |line| line.nth),
            answer: characters::harmless(answer).into_owned(),
            is_pending: false,
        }
    }

    fn is_about(&self, other: &Answered) -> bool {
        self.about() == other.about()
    }

    /// What it is about.
    fn about(&self) -> (&str, &str, &str, usize) {
        let Answered { asked, line, section, nth, answer: _, is_pending: _ } = self;
        (asked, line, section, *nth)
    }

    /// Whether it says which entry a line is about, so that the line makes no other.
    pub fn names_entry(&self) -> bool {
        !self.is_pending && self.says_entry()
    }

    fn says_entry(&self) -> bool {
        self.asked == Asked::Same(Spot::default()).key() && !self.puts_away() && self.answer != NEW
    }

    /// Whether it puts a line away, and so counts for that line alone.
    fn puts_away(&self) -> bool {
        puts_away(&self.answer)
    }
}

/// Whether an answer puts the line away.
pub(super) fn puts_away(answer: &str) -> bool {
    matches!(answer, LEFT | DROP)
}

/// The kept answer to a question, perhaps from another line about the same name.
pub(super) fn find<'a>(
    kept: &'a [Answered],
    asked: &Asked,
    line: Option<&Line>,
) -> Option<&'a str> {
    let wanted = Answered::new(asked, line, "");
    let same = kept.iter().find(|it| it.is_about(&wanted));
    let is_general = matches!(asked, Asked::Name(_) | Asked::Heading(_));
    let general = || kept.iter().find(|it| it.asked == wanted.asked && !it.puts_away());
    let found = same.or_else(|| if is_general { general() } else { None });
    found.map(|it| it.answer.as_str())
}

/// The same, of those answers from which what follows is written.
pub(super) fn find_written<'a>(
    kept: &'a [Answered],
    asked: &Asked,
    line: Option<&Line>,
) -> Option<&'a str> {
    let wanted = Answered::new(asked, line, "");
    let same = kept.iter().find(|it| it.is_about(&wanted) && !it.is_pending);
    same.map(|it| it.answer.as_str())
}

/// Answers with others added, which count where both are about the same.
pub fn joined(old: &[Answered], new: &[Answered]) -> Vec<Answered> {
    let mut all = old.to_vec();
    let mut places = BTreeMap::new();
    for (at, it) in old.iter().chain(new).enumerate() {
        match places.entry(it.about()) {
            Entry::Vacant(place) if at < old.len() => drop(place.insert(at)),
            Entry::Vacant(place) => {
                place.insert(all.len());
                all.push(it.clone());
            }
            Entry::Occupied(place) if at >= old.len() => all[*place.get()].clone_from(it),
            Entry::Occupied(_) => {}
        }
    }
    all
}

/// Answers that others do not have.
pub fn taken_back(all: &[Answered], rest: &[Answered]) -> Vec<Answered> {
    all.iter().filter(|it| !rest.contains(it)).cloned().collect()
}

/// Answers with those added that were given, and of which nothing is written yet: a line that was left over, or that
/// is about an entry, is still to be compared and written the next time.
pub fn joined_unwritten(old: &[Answered], typed: &[Answered]) -> Vec<Answered> {
    let is_new =
        |it: &&Answered| !old.iter().any(|old| old.is_about(it) && old.answer == it.answer);
    let pending =
        |it: &Answered| Answered { is_pending: it.answer == LEFT || it.says_entry(), ..it.clone() };
    joined(old, &typed.iter().filter(is_new).map(pending).collect::<Vec<_>>())
}

/// Answers, once all that follows from them is written.
pub fn as_written(mut kept: Vec<Answered>) -> Vec<Answered> {
    kept.iter_mut().for_each(|it| it.is_pending = false);
    kept
}

/// Answers without those about a line, by its number or by some of its words; what was answered about a name
/// that it has counts in all lines, and goes with it.
pub fn without(kept: Vec<Answered>, pad: &str, which: &str) -> Vec<Answered> {
    let words = fold(which);
    let lines = lines::read(pad, |_| false);
    let number = which.trim().parse().ok().filter(|number| *number <= pad.lines().count());
    let line = lines.iter().rev().find(|line| Some(line.raw.line) <= number && number.is_some());
    let is_meant = |it: &Answered| match (number, line) {
        (Some(_), Some(line)) => {
            let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            let written = characters::harmless(&line.raw.text);
            !it.line.is_empty() && first(&it.line) == first(&written)
        }
        (Some(_), None) => false,
        (None, _) => {
            let all = [it.line.as_str(), &it.asked, &it.answer];
            !words.is_empty() && all.iter().any(|text| fold(text).contains(&words))
        }
    };
    let meant: Vec<String> =
        kept.iter().filter(|it| is_meant(it)).map(|it| it.asked.clone()).collect();
    let is_general = |it: &Answered| it.asked.starts_with(NAME) || it.asked.starts_with(HEADING);
    let goes = |it: &Answered| is_meant(it) || (is_general(it) && meant.contains(&it.asked));
    kept.into_iter().filter(|it| !goes(it)).collect()
}

const FIRST_LINES: &str = "\
# Answers about the notes of this call, kept by `ayni call record`, so that it asks only about what is new.
# This file is not published. Remove an answer, and you are asked again.
";

/// The file of answers.
pub fn write(kept: &[Answered]) -> String {
    let answer = |it: &Answered| {
        let line = (!it.line.is_empty()).then(|| ("line", text(&it.line)));
        let section = (!it.section.is_empty()).then(|| ("section", text(&it.section)));
        let nth = (it.nth > 1).then(|| ("nth", text(it.nth.to_string())));
        let asked = [("asked", text(&it.asked)), ("answer", text(&it.answer))];
        let written = it.is_pending.then(|| ("written", text(YesNo::No.as_str())));
        node(map(line.into_iter().chain(section).chain(nth).chain(asked).chain(written)))
    };
    let list = Value::List(kept.iter().map(answer).collect());
    format!("{FIRST_LINES}{}", yaml_text::field("answers", &list))
}

/// Reads a file of answers. What is no answer is left out: it is asked again.
pub fn read(file: &str) -> Vec<Answered> {
    let (root, _) = yaml::parse(file, 0);
    let answers = root.field("answers").map(Node::items).unwrap_or_default();
    let answer = |it: &Node| {
        let text = |name: &str| match &it.field(name)?.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        Some(Answered {
            asked: text("asked")?,
            line: text("line").unwrap_or_default(),
            section: text("section").unwrap_or_default(),
            nth: text("nth").and_then(|it| it.parse().ok()).unwrap_or(1),
            answer: text("answer")?,
            is_pending: text("written").is_some_and(|it| it == YesNo::No.as_str()),
        })
    };
    answers.iter().filter_map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_about_a_line_are_found_by_its_number_and_by_its_words() {
        let kept = |asked: &str, line: &str, answer: &str| Answered {
            asked: asked.to_owned(),
            line: line.to_owned(),
            section: String::new(),
            nth: 1,
            answer: answer.to_owned(),
            is_pending: false,
        };
        let pad = "# Call\n\n- Bollete: rye\n- Bollete: a mill\n  and 2027 bags\n- hats\n";
        let all = vec![
            kept("which coop is bollete", "- Bollete: rye", "bolete"),
            kept("which coop is bollete", "- Bollete: a mill\n  and 2027 bags", "bolete"),
            kept("kind of help", "- Bollete: a mill\n  and 2027 bags", "technical"),
            kept("whose", "- hats", "cep"),
        ];
        for (which, rest) in [
            ("3", vec![2, 3]),
            ("4", vec![3]),
            ("5", vec![3]),
            ("6", vec![0, 1, 2]),
            ("Hats", vec![0, 1, 2]),
            ("cep", vec![0, 1, 2]),
            ("a mill", vec![3]),
            ("2027", vec![3]),
            ("1", vec![0, 1, 2, 3]),
            ("99", vec![0, 1, 2, 3]),
            ("zebra", vec![0, 1, 2, 3]),
            ("", vec![0, 1, 2, 3]),
        ] {
            let rest: Vec<Answered> = rest.into_iter().map(|at: usize| all[at].clone()).collect();
            assert_eq!(without(all.clone(), pad, which), rest, "{which}");
        }
    }

    #[test]
    fn answers_are_read_as_they_were_written() {
        let kept = |asked: &str, line: &str, nth, answer: &str| Answered {
            asked: asked.to_owned(),
            line: line.to_owned(),
            section: "need".to_owned(),
            nth,
            answer: answer.to_owned(),
            is_pending: false,
        };
        let all = [
            kept("coop bollete", "Bollete: still milling", 1, "bolete"),
            kept("what", "  - \"a\": b # c\n    d\ttab", 2, "left"),
            kept("absent cep", "", 1, "leave"),
            kept("day until 3/12: 2026", "* x", 1, "2026-12-03"),
        ];
        assert_eq!(read(&write(&all)), all);
        let same = kept("same as", "* x", 1, "oven");
        let [left, named] = [&all[1], &same].map(|it| Answered { is_pending: true, ..it.clone() });
        let unwritten = joined_unwritten(&[], &[all[0].clone(), all[1].clone(), same]);
        assert_eq!(read(&write(&unwritten)), [all[0].clone(), left, named]);
        assert_eq!(joined_unwritten(&all, &all), all);
        assert_eq!(read(&write(&[])), []);
        assert_eq!(read("answers: [1, {asked: what}]"), []);
        assert_eq!(read("nothing: [of the kind"), []);
        let changed = kept("what", "* x", 1, "need");
        assert_eq!(joined(&all, std::slice::from_ref(&changed)).len(), 5);
        let again = kept("absent cep", "", 1, "came");
        assert_eq!(joined(&all, &[again])[2].answer, "came");
    }
}
