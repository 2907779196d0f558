//! Finds the coops that a pad names, also where it nearly does.

use std::collections::{BTreeMap, BTreeSet};

use super::words::fold;
use crate::content::file_names::folder;
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::diagnostic::Spellings;
use crate::directory::Directory;
use crate::directory::ids::CoopId;
use crate::language::{is_unspaced, stop_words};

/// So many coops are offered where a name is not understood.
const OFFERED: usize = 4;

/// A name at the beginning of a line has at most so many words, or letters where words are not spaced.
const LONGEST: usize = 12;

/// A word that stands in the names of more coops than this tells none of them.
const FEW: usize = 2;

/// A shorter word is not taken for a whole name that it is part of.
const TELLING: usize = 4;

/// Every name of every coop.
pub struct Coops<'a> {
    directory: &'a Directory,
    /// Folded names; one that two coops have names neither.
    names: BTreeMap<String, Option<CoopId>>,
    /// Folded names, and what is left of them when people shorten them.
    forms: BTreeMap<String, BTreeSet<CoopId>>,
    spelt: Spellings,
}

impl<'a> Coops<'a> {
    /// The names of all coops: ids, former ids and titles in every language.
    pub fn new(directory: &'a Directory) -> Coops<'a> {
        let mut names: BTreeMap<String, Option<CoopId>> = BTreeMap::new();
        let mut all: BTreeSet<(CoopId, String)> = BTreeSet::new();
        for (id, coop) in CoopId::each(&directory.coops) {
            let entry = &coop.entry;
            let ids = entry.ids().map(Slug::as_str);
            for name in ids.chain(entry.titles()) {
                let known = names.entry(fold(name)).or_insert(Some(id));
                *known = known.filter(|known| *known == id);
                all.insert((id, fold(name)));
            }
        }
        let forms = forms(&all);
        // A single word of a name is too easily another word.
        let is_spelt = |form: &&str| form.contains(' ') || names.contains_key(*form);
        let spelt = Spellings::new(forms.keys().map(String::as_str).filter(is_spelt));
        Coops { directory, names, forms, spelt }
    }

    /// The coop that the whole of a text names.
    pub fn named(&self, text: &str) -> Option<CoopId> {
        let text = text.trim().trim_start_matches("[[").trim_end_matches("]]");
        self.names
            .get(&fold(text.trim_start_matches(&folder(EntryKind::Coop.folder()))))
            .copied()
            .flatten()
    }

    /// The coop whose name a text nearly is.
    pub fn misspelt(&self, text: &str) -> Option<CoopId> {
        let near = crate::diagnostic::nearest(&fold(text), self.names.keys().map(String::as_str))?;
        self.names[near]
    }

    /// The only coop of which the whole of a text is the name, perhaps shortened.
    pub fn shortened(&self, text: &str) -> Option<CoopId> {
        let coops = self.forms.get(&fold(text))?;
        coops.first().copied().filter(|_| coops.len() == 1)
    }

    /// The coops of which the whole of a text may be the name: as it is, misspelt or shortened.
    pub fn likely(&self, text: &str) -> BTreeSet<CoopId> {
        let folded = fold(text);
        if let Some(coops) = self.forms.get(&folded) {
            return coops.clone();
        }
        self.misspelt(text).into_iter().chain(self.nearly(&folded)).collect()
    }

    /// The name that a text begins with, or a likely form of one, and what follows it.
    pub fn beginning<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let ends: Vec<usize> = ends_of_words(text).take(LONGEST).collect();
        let first = |is_name: &dyn Fn(&str) -> bool| {
            ends.iter().rev().find_map(|end| {
                let name = without_possessive(&text[..*end]);
                is_name(&fold(name)).then(|| (name, text[*end..].trim_start()))
            })
        };
        first(&|folded| self.forms.contains_key(folded))
            .or_else(|| first(&|folded| !self.nearly(folded).is_empty()))
    }

    /// The coops that have a form in which few letters are others.
    fn nearly(&self, folded: &str) -> BTreeSet<CoopId> {
        let letters = folded.chars().count();
        let near = self.spelt.nearest(folded).filter(|_| letters > 5);
        let is_near = |form: &&str| {
            let words = |text: &str| text.split(' ').count();
            words(form) == words(folded) && differing(folded, form) <= 2 * (letters / 6)
        };
        near.filter(is_near).map(|form| self.forms[form].clone()).unwrap_or_default()
    }

    /// Coops that a text may mean: nearly their name, or words of it; those of the call first.
    pub fn alike(&self, text: &str, in_call: &[CoopId]) -> Vec<CoopId> {
        let folded = fold(text);
        let has_words = |name: &str| {
            let mut words = folded.split(' ').filter(|word| word.chars().count() > 2).peekable();
            words.peek().is_some() && words.all(|word| name.split(' ').any(|it| it == word))
        };
        let partly = self.names.iter().filter(|(name, _)| has_words(name)).filter_map(|it| *it.1);
        let likely = self.misspelt(text).into_iter().chain(self.likely(text));
        let mut found: Vec<CoopId> = likely.chain(partly).collect();
        let first = found.first().copied();
        found.sort_by_key(|id| (Some(*id) != first, !in_call.contains(id), *id));
        found.dedup();
        found.truncate(OFFERED);
        found
    }

    /// The coops whose names stand in a text, in the order of their ids.
    pub fn within(&self, text: &str) -> Vec<CoopId> {
        let padded = format!(" {} ", fold(text));
        let names = self.names.iter().filter(|(name, _)| padded.contains(&format!(" {name} ")));
        let mut found: Vec<CoopId> = names.filter_map(|(_, id)| *id).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The id of a coop.
    pub fn slug(&self, id: CoopId) -> &'a str {
        self.directory[id].entry.slug.as_str()
    }

    /// The title of a coop.
    pub fn title(&self, id: CoopId) -> &'a str {
        &self.directory[id].entry.title
    }
}

fn without_possessive(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    ["'s", "’s"].iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name)
}

/// Where the words of a text end; where words are not spaced, where each letter does.
fn ends_of_words(text: &str) -> impl Iterator<Item = usize> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, letter) = letters.next()?;
            let after = letters.peek().map(|(_, next)| *next);
            let is_end = match after {
                None => true,
                Some(next) if next.is_whitespace() => !letter.is_whitespace(),
                Some(next) => {
                    is_unspaced(letter) || (is_unspaced(next) && letter.is_alphanumeric())
                }
            };
            if is_end {
                return Some(at + letter.len_utf8());
            }
        }
    })
}

/// How many pairs of letters that stand side by side are in one text only.
fn differing(one: &str, other: &str) -> usize {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters.windows(2).map(|it| (it[0], it[1])).collect::<BTreeSet<_>>()
    };
    pairs(one).difference(&pairs(other)).count()
}

/// What people call coops: their names, and of each name some words in a row, or the first word that tells
/// it from others.
fn forms(names: &BTreeSet<(CoopId, String)>) -> BTreeMap<String, BTreeSet<CoopId>> {
    let mut of_word: BTreeMap<&str, BTreeSet<CoopId>> = BTreeMap::new();
    for (coop, name) in names {
        for word in name.split(' ') {
            of_word.entry(word).or_default().insert(*coop);
        }
    }
    let is_small =
        |word: &str| stop_words::LANGUAGES.iter().any(|it| stop_words::is_stop_word(it, word));
    let tells = |word: &str| of_word[word].len() <= FEW && !is_small(word);
    let mut forms: BTreeMap<String, BTreeSet<CoopId>> = BTreeMap::new();
    let mut add = |form: String, coop: CoopId| forms.entry(form).or_default().insert(coop);
    for (coop, name) in names.iter().filter(|(_, name)| !name.is_empty()) {
        add(name.clone(), *coop);
        let words: Vec<&str> = name.split(' ').collect();
        for first in 0..words.len() {
            let ends = (first + 2..=words.len()).filter(|end| !is_small(words[end - 1]));
            for run in ends.map(|end| &words[first..end]) {
                if run.iter().any(|word| tells(word)) {
                    add(run.join(" "), *coop);
                }
            }
        }
        let is_telling =
            |word: &&&str| of_word[**word].len() == 1 && word.chars().count() >= TELLING;
        if let Some(word) = words.iter().find(|word| tells(word)).filter(is_telling) {
            add((*word).to_owned(), *coop);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn likely_forms_of_names_are_known_at_the_beginning_of_a_line() {
        let directory = directory(&[
            ("content/coops/example-coral-mesh.md", "---\ntitle: \"Example: Coral Mesh\"\n---\n"),
            ("content/coops/example-kite-school.md", "---\ntitle: \"Example: Kite School\"\n---\n"),
            ("content/coops/example-la-miga.md", "---\ntitle: Panadería La Miga\n---\n"),
            ("content/coops/example-bread.md", "---\ntitle: 面包坊\n---\n"),
        ]);
        let coops = Coops::new(&directory);
        for (text, expected) in [
            ("Coral Mesh needs money", Some(("Coral Mesh", "needs money"))),
            ("CORAL MESH, money", Some(("CORAL MESH", "money"))),
            ("Corall Mesh needs money", Some(("Corall Mesh", "needs money"))),
            ("Coral's boat", Some(("Coral", "boat"))),
            ("example-kite-school wants ink", Some(("example-kite-school", "wants ink"))),
            ("panaderia la miga un horno", Some(("panaderia la miga", "un horno"))),
            ("面包坊需要烤箱", Some(("面包坊", "需要烤箱"))),
            ("An oven for Coral Mesh", None),
            ("Example sentences", None),
            ("La Miga, again", Some(("La Miga", "again"))),
            ("La vida", None),
            ("Kites for forty children", None),
        ] {
            assert_eq!(coops.beginning(text), expected, "{text}");
        }
        assert_eq!(coops.likely("kite scool").len(), 1);
        assert_eq!(coops.likely("Zeppelin").len(), 0);
    }
}
