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
    /// Names that links look for in vain, and the entries with such links.
    pub wanted: BTreeMap<String, BTreeSet<EntryId>>,
}

impl Links {
    /// The entries whose bodies link to an entry, by kind and id.
    pub fn to(&self, id: EntryId) -> &[EntryId] {
        self.backlinks.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Collects the links of all bodies.
pub fn collect(directory: &Directory) -> Links {
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
                    links.wanted.entry(name.clone()).or_default().insert(from);
                }
                _ => {}
            }
        }
    }
    links
}
