//! The entry that is meant by a part of its name, or by a former form of it: for hints alone.
//!
//! `tres lunas` is meant for "Panadería Tres Lunas", and so is `panaderia-tres-lunas`; accents do not count.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::ids::EntryId;

/// The names of entries, by their words.
#[derive(Default)]
pub(super) struct Likely {
    names: Vec<(EntryId, Vec<String>)>,
    /// In which names a word stands.
    by_word: FxHashMap<String, Vec<usize>>,
}

/// A word that more names have says too little.
const COMMON: usize = 50;

impl Likely {
    /// Of all ids and titles, in any order.
    pub(super) fn new<'a>(names: impl Iterator<Item = (EntryId, &'a str)>) -> Likely {
        let mut likely = Likely::default();
        for (id, name) in names {
            let words = words(name);
            for word in &words {
                likely.by_word.entry(word.clone()).or_default().push(likely.names.len());
            }
            likely.names.push((id, words));
        }
        likely
    }

    /// The only entry, among those that are asked for, whose name has all these words, or all whose words
    /// are among these.
    pub(super) fn find(&self, text: &str, is_asked: impl Fn(EntryId) -> bool) -> Option<EntryId> {
        let wanted = words(text);
        let lists = wanted.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            lists.filter(|list| list.len() <= COMMON).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let found = near.into_iter().map(|at| &self.names[at]).filter(|(id, _)| is_asked(*id));
        let found = found.filter_map(|(id, name)| Some((missing_words(&wanted, name)?, *id)));
        let mut found: Vec<(usize, EntryId)> = found.collect();
        found.sort_unstable();
        let (best, id) = *found.first()?;
        let is_rival = |(rest, other): &(usize, EntryId)| *rest == best && *other != id;
        (!found.iter().any(is_rival)).then_some(id)
    }
}

/// The entries of whose names a text is a part: its words begin words of the name, or it stands in the name as it
/// is. Those with the fewest other words come first.
pub(super) fn containing<'a>(
    text: &str,
    names: impl Iterator<Item = (EntryId, &'a str)>,
) -> Vec<EntryId> {
    let wanted = words(text);
    let whole = wanted.join("-");
    if whole.len() < 2 {
        return Vec::new();
    }
    let mut found: Vec<(usize, EntryId)> = names
        .filter_map(|(id, name)| {
            let name = words(name);
            let begins = |word: &String| name.iter().any(|own| own.starts_with(word.as_str()));
            let stands = || whole.len() >= 4 && name.join("-").contains(&whole);
            (wanted.iter().all(begins) || stands()).then_some((name.len(), id))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

/// How many words one of the two has that the other lacks, where the other says most of it.
fn missing_words(wanted: &[String], name: &[String]) -> Option<usize> {
    let (part, whole) = if wanted.len() <= name.len() { (wanted, name) } else { (name, wanted) };
    let is_part = part.iter().all(|word| whole.contains(word));
    let says_most = part.len() >= 2 || part.len() * 2 >= whole.len();
    (is_part && says_most).then_some(whole.len() - part.len())
}

/// A name as it is compared with others: its words in small letters, without accents.
pub(super) fn plain(name: &str) -> String {
    words(name).join("-")
}

/// The words of a name in small letters, without accents.
fn words(text: &str) -> Vec<String> {
    let is_accent = |letter: &char| matches!(letter, '\u{300}'..='\u{36f}');
    let plain: String = text.to_lowercase().nfd().filter(|letter| !is_accent(letter)).collect();
    let is_part =
        |it: char| it.is_alphanumeric() || unicode_normalization::char::is_combining_mark(it);
    let words = plain.split(|it: char| !is_part(it)).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ids::CoopId;

    #[test]
    fn a_part_of_a_name_means_the_only_one_that_has_it() {
        let names = [
            "Panadería Tres Lunas",
            "Bread House",
            "Bread Workers of Cork",
            "Café",
            "Tea House",
            "बुनकर संघ",
        ];
        let coop = |at: usize| EntryId::Coop(CoopId(at as u32));
        let likely = Likely::new(names.iter().enumerate().map(|(at, name)| (coop(at), *name)));
        for (text, expected) in [
            ("tres lunas", Some(0)),
            ("panaderia-tres-lunas", Some(0)),
            ("PANADERÍA TRES LUNAS", Some(0)),
            ("la panadería tres lunas", Some(0)),
            ("cafe", Some(3)),
            ("house", None),
            ("the tea house", Some(4)),
            ("bread", Some(1)),
            ("bread workers", Some(2)),
            ("cork", None),
            ("संघ", Some(5)),
            ("moons", None),
            ("", None),
        ] {
            assert_eq!(likely.find(text, |_| true), expected.map(coop), "{text}");
        }
        assert_eq!(likely.find("house", |id| id != coop(1)), Some(coop(4)));
    }
}
