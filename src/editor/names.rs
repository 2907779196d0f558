//! What entries are called, for finding them by a part of a name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::characters::letters;
use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::ids::EntryId;

/// The names of all entries, by which they are found while somebody types.
pub(crate) struct Called {
    all: Vec<Name>,
    by_path: FxHashMap<Arc<str>, EntryId>,
    /// How many entries have an id.
    namesakes: FxHashMap<String, usize>,
}

struct Name {
    id: EntryId,
    slug: String,
    /// Its title in each language, by its letters.
    titles: Vec<String>,
}

impl Called {
    /// The names of a directory.
    pub(crate) fn new(directory: &Directory) -> Called {
        let mut called = Called {
            all: Vec::new(),
            by_path: FxHashMap::default(),
            namesakes: FxHashMap::default(),
        };
        for id in directory.ids() {
            let entry = &directory[id];
            let titles = entry.titles().map(letters).collect();
            called.all.push(Name { id, slug: letters(entry.slug.as_str()), titles });
            *called.namesakes.entry(entry.slug.to_string()).or_default() += 1;
            called.by_path.insert(entry.text.record.path.clone(), id);
            for translation in entry.translations.values() {
                called.by_path.insert(translation.text.record.path.clone(), id);
            }
        }
        called
    }

    /// The entry that is written in a file.
    pub(super) fn in_file(&self, path: &str) -> Option<EntryId> {
        self.by_path.get(path).copied()
    }

    /// How a link names an entry: by its id, with its folder where others have the same.
    pub(super) fn for_a_link(&self, id: EntryId, directory: &Directory) -> String {
        let slug = &directory[id].slug;
        match self.namesakes.get(slug.as_str()) {
            Some(1) => slug.to_string(),
            _ => format!("{}/{slug}", id.kind().folder()),
        }
    }

    /// The entries of a kind, or of any, in whose names a text is: first those that begin with it.
    pub(super) fn find(&self, kind: Option<EntryKind>, text: &str) -> Vec<EntryId> {
        let (of_name, text) = match EntryKind::in_name(text) {
            Some((of_name, rest)) => (Some(of_name), rest),
            None => (None, text),
        };
        let text = letters(text);
        let is_asked = |id: EntryId| {
            kind.is_none_or(|kind| kind == id.kind()) && of_name.is_none_or(|it| it == id.kind())
        };
        let (mut first, mut later) = (Vec::new(), Vec::new());
        for name in self.all.iter().filter(|name| is_asked(name.id)) {
            let all = || std::iter::once(&name.slug).chain(&name.titles);
            if all().any(|it| it.starts_with(&text)) {
                first.push(name.id);
            } else if all().any(|it| it.contains(&text)) {
                later.push(name.id);
            }
        }
        first.extend(later);
        first
    }
}
