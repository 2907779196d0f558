//! Finds the coops that a pad names.

use std::collections::BTreeMap;

use super::words::fold;
use crate::content::values::Slug;
use crate::diagnostic;
use crate::directory::Directory;
use crate::directory::ids::CoopId;

/// So many coops are offered where a name is not understood.
const OFFERED: usize = 4;

/// Every name of every coop.
pub struct Coops<'a> {
    directory: &'a Directory,
    /// Folded names; one that two coops have names neither.
    names: BTreeMap<String, Option<CoopId>>,
}

impl<'a> Coops<'a> {
    /// The names of all coops: ids, former ids and titles in every language.
    pub fn new(directory: &'a Directory) -> Coops<'a> {
        let mut names: BTreeMap<String, Option<CoopId>> = BTreeMap::new();
        for (at, coop) in (0..).zip(&directory.coops) {
            let entry = &coop.entry;
            let ids = std::iter::once(&entry.slug).chain(&entry.aliases).map(Slug::as_str);
            let titles = entry.translations.values().map(|it| it.title.as_str());
            for name in ids.chain(titles).chain([entry.title.as_str()]) {
                let known = names.entry(fold(name)).or_insert(Some(CoopId(at)));
                *known = known.filter(|id| *id == CoopId(at));
            }
        }
        Coops { directory, names }
    }

    /// The coop that the whole of a text names.
    pub fn named(&self, text: &str) -> Option<CoopId> {
        let text = text.trim().trim_start_matches("[[").trim_end_matches("]]");
        self.names.get(&fold(text.trim_start_matches("coops/"))).copied().flatten()
    }

    /// The coop whose name a text nearly is.
    pub fn misspelt(&self, text: &str) -> Option<CoopId> {
        let near = diagnostic::nearest(&fold(text), self.names.keys().map(String::as_str))?;
        self.names[near]
    }

    /// Coops that a text may mean: nearly their name, or words of it; those of the call first.
    pub fn alike(&self, text: &str, in_call: &[CoopId]) -> Vec<CoopId> {
        let folded = fold(text);
        let has_words = |name: &str| {
            let mut words = folded.split(' ').filter(|word| word.chars().count() > 2).peekable();
            words.peek().is_some() && words.all(|word| name.split(' ').any(|it| it == word))
        };
        let partly = self.names.iter().filter(|(name, _)| has_words(name)).filter_map(|it| *it.1);
        let mut found: Vec<CoopId> = self.misspelt(text).into_iter().chain(partly).collect();
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
