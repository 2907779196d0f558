//! Where the pages of a site are. What is there in each language is named without it: `coops/agaric/`.

use super::SitePath;
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::derived::facets::Facet;
use crate::directory::Directory;
use crate::directory::ids::{EntryId, NeedId, OfferId};
use crate::directory::site::{Series, Site};

/// The first page of a language.
pub const HOME: &str = "";

/// The archive of calls.
pub const CALLS: &str = "calls/";

/// The list of open actions.
pub const OPEN: &str = "calls/open/";

/// The list of decisions.
pub const DECISIONS: &str = "calls/decisions/";

/// The newest suggestions.
pub const NEWEST: &str = "matches/new/";

/// The introductions that wait for an answer.
pub const WAITING: &str = "matches/waiting/";

/// The list of rings.
pub const RINGS: &str = "rings/";

/// The tree of topics.
pub const TOPICS: &str = "topics/";

/// Shared code and handbooks.
pub const COMMONS: &str = "commons/";

/// Numbers about the directory.
pub const STATISTICS: &str = "statistics/";

/// All entries by their first letters.
pub const A_TO_Z: &str = "a-z/";

/// What changed lately.
pub const CHANGES: &str = "changes/";

/// Pages that are linked to but not written.
pub const WANTED: &str = "wanted/";

/// The page on which one searches, and the folder of its index.
pub const SEARCH: &str = "search/";

/// The page of an entry. That of a match is called by the ids that its need and its offer have now, whatever its
/// file is called.
pub fn page_of(directory: &Directory, id: EntryId) -> String {
    match id {
        EntryId::Match(id) => {
            let decision = &directory[id];
            match_of(directory, decision.need, decision.offer)
        }
        _ => entry(id.kind(), &directory[id].slug),
    }
}

/// The page of the match of a need and an offer.
pub fn match_of(directory: &Directory, need: NeedId, offer: OfferId) -> String {
    entry(EntryKind::Match, &directory.match_id(need, offer))
}

/// The page of an entry of a kind by its id.
pub fn entry(kind: EntryKind, slug: &Slug) -> String {
    format!("{}/{slug}/", kind.folder())
}

/// A page of the list of a kind of entry, from 1.
pub fn list(kind: EntryKind, number: usize) -> String {
    numbered(format!("{}/", kind.folder()), number)
}

/// The list of needs or offers that are over.
pub fn archive(kind: EntryKind) -> String {
    format!("{}/archive/", kind.folder())
}

/// A page of a list for one value of a facet, from 1.
pub fn facet(kind: EntryKind, facet: Facet, value: &str, number: usize) -> String {
    numbered(format!("{}/{}/{value}/", kind.folder(), facet.as_str()), number)
}

/// The page of a topic.
pub fn topic(slug: &Slug) -> String {
    format!("topics/{slug}/")
}

/// The page of a ring of these coops. No id has two hyphens together, so no two rings have one address.
pub fn ring<'a>(coops: impl Iterator<Item = &'a Slug>) -> String {
    format!("rings/{}/", Slug::joined(&coops.collect::<Vec<_>>()))
}

/// The calls of a year.
pub fn calls_of_year(year: i16) -> String {
    format!("calls/{year}/")
}

/// The page of a series of calls.
pub fn series(id: &Slug) -> String {
    format!("calls/series/{id}/")
}

/// Where a series is shown: one that is alone is the archive of calls.
pub fn page_of_series(site: &Site, of: &Series) -> String {
    match site.series.len() {
        1 => CALLS.to_owned(),
        _ => series(&of.id),
    }
}

/// The agenda of a call.
pub fn agenda(slug: &Slug) -> String {
    format!("calls/{slug}/agenda/")
}

/// The page with this number of a list; the first has no number.
pub fn numbered(list: impl Into<String>, number: usize) -> String {
    let list = list.into();
    if number <= 1 { list } else { format!("{list}page/{number}/") }
}

/// The folders of pages, and of files of the search index, that are planned only when they are asked for, in one
/// language.
pub fn planned_late(root: &SitePath) -> [SitePath; 3] {
    [list(EntryKind::Match, 1).as_str(), RINGS, SEARCH].map(|folder| root.join(folder))
}
