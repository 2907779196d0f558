//! A wiki page.

use serde::Serialize;

use crate::content::file_names;
use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::ids::{EntryId, PageId};
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::EntryPart;
use crate::pages::viewer::{Link, Viewer};

#[derive(Debug, Serialize)]
pub(super) struct PageView {
    page: Chrome,
    entry: EntryPart,
    /// Pages directly below this one.
    below: Vec<Link>,
}

/// The view of a wiki page.
pub(super) fn page(viewer: &Viewer<'_>, id: PageId) -> PageView {
    let directory = viewer.directory;
    let entry = viewer.entry_part(EntryId::Page(id));
    let slug = &directory[id].entry.slug;
    let mut chrome = viewer.chrome_below(EntryKind::Page, &entry.title).described(&entry.summary);
    for above in above(directory, slug.as_str()) {
        chrome = chrome.below(viewer.entry_link(above));
    }
    let below = directly_below(directory, slug.as_str());
    PageView { page: chrome, entry, below: below.map(|id| viewer.entry_link(id)).collect() }
}

/// The pages in whose folders a page lies, from the outermost on.
fn above<'a>(directory: &'a Directory, slug: &'a str) -> impl Iterator<Item = EntryId> {
    let find = |slug: &str| directory.pages.binary_search_by(|it| it.entry.slug.as_str().cmp(slug));
    let folders = slug.match_indices('/').map(|(at, _)| &slug[..at]);
    folders.filter_map(move |folder| Some(EntryId::new(EntryKind::Page, find(folder).ok()?)))
}

/// The pages that lie directly in the folder of a page. Pages are in the order of their ids, so all that
/// lie in it stand together.
fn directly_below(directory: &Directory, slug: &str) -> impl Iterator<Item = EntryId> {
    let folder = file_names::folder(slug);
    let first = directory.pages.partition_point(|page| *page.entry.slug.as_str() < *folder);
    let names = directory.pages[first..].iter().enumerate().map_while(move |(at, page)| {
        let name = page.entry.slug.as_str().strip_prefix(&*folder)?;
        Some((first + at, name.contains('/')))
    });
    let direct = names.filter(|(_, is_deeper)| !is_deeper);
    direct.map(|(at, _)| EntryId::new(EntryKind::Page, at))
}
