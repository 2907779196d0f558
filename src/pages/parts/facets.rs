//! The values of a facet, as ways into lists.

use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::derived::facets::Facet;
use crate::pages::viewer::{Link, Viewer};

/// The ways to narrow a list.
#[derive(Debug, Serialize)]
pub(crate) struct NarrowingView {
    facets: Vec<FacetGroup>,
}

/// The view of the ways to narrow a list of a kind.
pub(in crate::pages) fn narrowing(viewer: &Viewer<'_>, kind: EntryKind) -> NarrowingView {
    NarrowingView { facets: viewer.facet_groups(kind, 12) }
}

/// The values of a facet, the fullest first.
#[derive(Debug, Serialize)]
pub(crate) struct FacetGroup {
    /// `country`
    pub facet: &'static str,
    /// What it is called.
    pub label: String,
    /// Its values with how many entries each has.
    pub values: Vec<Link>,
}

impl Viewer<'_> {
    /// The facets of a kind of entry, each with at most `most` values, the fullest first.
    pub(crate) fn facet_groups(&self, kind: EntryKind, most: usize) -> Vec<FacetGroup> {
        let group = |facet: &Facet| self.facet_group(kind, *facet, most);
        Facet::of(kind).iter().map(group).filter(|group| !group.values.is_empty()).collect()
    }

    /// One facet of a kind of entry.
    pub(crate) fn facet_group(&self, kind: EntryKind, facet: Facet, most: usize) -> FacetGroup {
        let derived = self.derived;
        let mut values: Vec<(&str, usize)> = match kind {
            EntryKind::Match => {
                let values = derived.match_lists().values(facet);
                values.map(|(value, found)| (value, found.len())).collect()
            }
            _ => {
                let values = derived.groups().values(kind, facet);
                values.map(|(value, ids)| (value, ids.len())).collect()
            }
        };
        values.retain(|(_, count)| *count > 0);
        values.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
        let link = |(value, count): &(&str, usize)| {
            let path = addresses::facet(kind, facet, value, 1);
            self.counted(&path, self.wording.facet_label(facet, value), *count)
        };
        FacetGroup {
            facet: facet.as_str(),
            label: self.words.text(&format!("facet-{}", facet.as_str())).to_owned(),
            values: values.iter().take(most).map(link).collect(),
        }
    }
}
