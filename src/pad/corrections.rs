//! Words of a file that an earlier recording took from a pad, once the pad says others: the pad may correct its
//! own words, and nobody else's.

use std::collections::BTreeMap;

use super::alike::{ALIKE, likeness};
use super::words::{has_words, same};

/// A text of the file with what a pad says, which said `before` what it no longer says; `None` where nothing
/// changes, or where the words are those of somebody else.
pub(super) fn corrected(file: &str, before: Option<&str>, new: &str) -> Option<String> {
    if let Some(before) = before
        && before != new
        && let Some(text) = replaced(file, before, new)
    {
        return Some(text);
    }
    match (has_words(file, new), before) {
        _ if file.is_empty() => Some(new.to_owned()),
        (true, _) => None,
        // Somebody has changed what the pad said.
        (false, Some(_)) => None,
        // Nobody knows whose words are right.
        (false, None) if likeness(file, new) >= NEARLY => None,
        (false, None) => Some(format!("{file} {new}")),
    }
}

/// So much alike are texts of which one is the other with a correction.
const NEARLY: f64 = 0.85;

/// A text with other words for some that stand in it once, and as words of their own.
fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    let mut found = text.match_indices(old).filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + old.len()..].chars().next();
        !old.is_empty() && ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    });
    let (at, _) = found.next()?;
    let is_one = found.next().is_none();
    is_one.then(|| format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
}

/// Where a text stands in a list of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    There(usize),
    /// Here, as the pad had it before it was corrected.
    Corrected(usize),
    /// Somebody has changed there what the pad corrects.
    Changed,
    None,
}

/// The texts of a list, and where each stands.
pub(super) struct Listed {
    texts: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Listed {
    pub(super) fn new(texts: Vec<String>) -> Listed {
        let mut places = BTreeMap::new();
        for (at, text) in texts.iter().enumerate() {
            places.entry(same(text)).or_insert(at);
        }
        Listed { texts, places }
    }

    /// Puts a text at a place or at the end.
    pub(super) fn put(&mut self, at: usize, text: &str) {
        match self.texts.get_mut(at) {
            Some(there) => text.clone_into(there),
            None => self.texts.push(text.to_owned()),
        }
        self.places.entry(same(text)).or_insert(at);
    }

    /// Finds a text. `withdrawn` are texts that the pad had and no longer has; each makes room for one.
    pub(super) fn place(&self, new: &str, withdrawn: &mut Vec<&str>) -> Found {
        let alike = |it: &str| likeness(it, new);
        let list = &self.texts;
        if let Some(at) = self.places.get(&same(new)).copied() {
            // Perhaps with other signs between the words, as the pad had them.
            return match list[at] != new && withdrawn.contains(&list[at].as_str()) {
                true => Found::Corrected(at),
                false => Found::There(at),
            };
        }
        let nearest = withdrawn.iter().copied().filter(|it| alike(it) >= ALIKE);
        let Some(nearest) = nearest.max_by(|a, b| alike(a).total_cmp(&alike(b))) else {
            return Found::None;
        };
        withdrawn.retain(|it| *it != nearest);
        match list.iter().position(|text| text == nearest) {
            Some(at) => Found::Corrected(at),
            None if list.iter().any(|it| alike(it) >= ALIKE) => Found::Changed,
            None => Found::None,
        }
    }
}

/// The text of a call with the notes of a pad, which were others `before`; `None` where somebody has changed
/// what the pad corrects.
pub(super) fn notes(file: &str, before: Option<&str>, new: &str) -> Option<String> {
    let joined = |notes: &str| match file.is_empty() {
        true => notes.to_owned(),
        false => format!("{file}\n\n{notes}"),
    };
    let Some(before) = before.filter(|it| !it.is_empty()) else { return Some(joined(new)) };
    if let Some(text) = replaced(file, before, new) {
        return Some(text);
    }
    // Lines that are only added can be put below whatever became of the others.
    let has = |text: &str, line: &str| text.lines().any(|it| same(it) == same(line));
    let is_taken_back = before.lines().any(|line| !has(new, line));
    let added: Vec<&str> =
        new.lines().filter(|line| !has(before, line) && !has(file, line)).collect();
    (!is_taken_back && !added.is_empty()).then(|| joined(&added.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pad_corrects_its_own_words_and_nobody_elses() {
        for (file, before, new, expected) in [
            ("", None, "We mill.", Some("We mill.")),
            ("We mill.", None, "Two stones more.", Some("We mill. Two stones more.")),
            ("We mill.", None, "we mill", None),
            ("Forty loafs for the school", None, "Forty loaves for the school", None),
            ("Four ovens", Some("Four ovens"), "Five ovens", Some("Five ovens")),
            ("Four Ovens!", Some("Four Ovens!"), "Four ovens.", Some("Four ovens.")),
            ("We mill. Four ovens", Some("Four ovens"), "Five", Some("We mill. Five")),
            ("Forty ovens", Some("Four ovens"), "Five ovens", None),
            ("We mill ryes", Some("We mill rye"), "We mill wheat", None),
            ("a b a", Some("a"), "c", None),
        ] {
            let text = corrected(file, before, new);
            assert_eq!(text.as_deref(), expected, "{file} / {before:?} / {new}");
        }
    }

    #[test]
    fn a_text_of_a_list_takes_the_place_of_what_the_pad_had_for_it() {
        let list = |texts: &[&str]| Listed::new(texts.iter().map(|it| (*it).to_owned()).collect());
        let by_hand = list(&["We meet on Monday or so."]);
        let list = list(&["We meet at 17:00.", "Bread for all."]);
        let mut withdrawn = vec!["We meet at 17:00.", "We meet on Monday."];
        assert_eq!(list.place("We meet at 17:30.", &mut withdrawn), Found::Corrected(0));
        assert_eq!(withdrawn, ["We meet on Monday."]);
        assert_eq!(list.place("bread for all", &mut withdrawn), Found::There(1));
        assert_eq!(list.place("We meet on Sunday.", &mut withdrawn), Found::None);
        let mut withdrawn = vec!["We meet on Monday."];
        assert_eq!(by_hand.place("We meet on Sunday.", &mut withdrawn), Found::Changed);
        assert_eq!(list.place("Bread for all!", &mut vec!["Bread for all."]), Found::Corrected(1));
    }

    #[test]
    fn notes_are_corrected_where_they_are_the_pads_and_else_only_added_to() {
        for (file, before, new, expected) in [
            ("", None, "One.", Some("One.")),
            ("Come.", None, "One.", Some("Come.\n\nOne.")),
            ("Come.\n\nOne.\n\nTwo.", Some("One.\n\nTwo."), "One!", Some("Come.\n\nOne!")),
            ("# By hand\nOne.\n# More\nTwo.", Some("One.\nTwo."), "One.\nThree.", None),
            (
                "# By hand\nOne.\n# More\nTwo.",
                Some("One.\nTwo."),
                "One.\nTwo.\nThree.",
                Some("# By hand\nOne.\n# More\nTwo.\n\nThree."),
            ),
        ] {
            let text = notes(file, before, new);
            assert_eq!(text.as_deref(), expected, "{file} / {before:?} / {new}");
        }
    }
}
