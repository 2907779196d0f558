//! A wiki page.

use serde::Serialize;

use super::chrome::Chrome;
use super::parts::EntryPart;
use super::{Link, Viewer};
use crate::content::record::EntryKind;
use crate::directory::ids::{EntryId, PageId};
use crate::site::paths;

/// A wiki page.
#[derive(Debug, Serialize)]
pub struct PageView {
    page: Chrome,
    entry: EntryPart,
    /// Pages directly below this one.
    below: Vec<Link>,
}

/// The view of a wiki page.
pub fn page(viewer: &Viewer<'_>, id: PageId) -> PageView {
    let directory = viewer.directory;
    let entry = viewer.entry_part(EntryId::Page(id));
    let slug = &directory[id].entry.slug;
    let all = || (0..).map(PageId).zip(&directory.pages);
    let list = viewer.link(&paths::list(EntryKind::Page, 1), viewer.words.text("nav-pages"));
    let mut chrome = viewer.chrome(&entry.title, "pages").below(list).described(&entry.summary);
    for (above, _) in all().filter(|(_, other)| is_below(slug.as_str(), other.entry.slug.as_str()))
    {
        chrome = chrome.below(viewer.entry_link(EntryId::Page(above)));
    }
    let is_child = |other: &str| {
        is_below(other, slug.as_str()) && !other[slug.as_str().len() + 1..].contains('/')
    };
    let below = all().filter(|(_, other)| is_child(other.entry.slug.as_str()));
    PageView {
        page: chrome,
        entry,
        below: below.map(|(id, _)| viewer.entry_link(EntryId::Page(id))).collect(),
    }
}

fn is_below(page: &str, above: &str) -> bool {
    page.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}
