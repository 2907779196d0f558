//! What links to what, and which pages are wanted but not written.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::markdown::LinkForm;
use crate::directory::Directory;
use crate::directory::entry::{Reference, Text};
use crate::directory::ids::EntryId;

/// Links between the bodies of entries.
#[derive(Debug, Default, PartialEq)]
pub struct Links {
    backlinks: BTreeMap<EntryId, Vec<EntryId>>,
    /// Names that links look for in vain, by the name in small letters.
    pub wanted: BTreeMap<String, Wanted>,
}

/// A page that is linked to but not written.
#[derive(Debug, Default, PartialEq)]
pub struct Wanted {
    /// Its name, as it was written first.
    pub name: String,
    /// The entries that link to it.
    pub from: BTreeSet<EntryId>,
}

impl Links {
    /// The entries whose bodies link to an entry, by kind and id.
    pub fn to(&self, id: EntryId) -> &[EntryId] {
        self.backlinks.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Collects the links of all bodies.
pub(super) fn collect(directory: &Directory) -> Links {
    let mut links = Links::default();
    for from in directory.ids() {
        let written = directory[from].texts().flat_map(Text::links);
        for (link, reference) in written {
            match reference {
                Reference::Entry(to, _) if *to != from => {
                    let backlinks = links.backlinks.entry(*to).or_default();
                    if backlinks.last() != Some(&from) {
                        backlinks.push(from);
                    }
                }
                Reference::Missing(name) if link.form == LinkForm::Wiki => {
                    let wanted = links.wanted.entry(name.to_lowercase()).or_default();
                    if wanted.name.is_empty() {
                        wanted.name.clone_from(name);
                    }
                    wanted.from.insert(from);
                }
                _ => {}
            }
        }
    }
    links
}
