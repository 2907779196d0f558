//! Lists of entries: all of a kind, those with one value of a facet, the archive.

use anyhow::Result;
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::directory::ids::EntryId;
use crate::pages::orders::List;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::pager::{PER_PAGE, Pager};
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};

/// A page of a list.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    page: Chrome,
    /// `coop`, `need`, `offer` or `page`.
    kind: &'static str,
    title: String,
    /// The facet that narrows the list, or empty.
    facet: &'static str,
    /// Cards of its entries, as HTML, or empty.
    cards_html: String,
    /// How many entries the whole list has.
    total: usize,
    pager: Option<Pager>,
    /// Ways to narrow the list, as HTML, or empty.
    facets_html: String,
    /// The archive of needs or offers that are over.
    archive: Option<Link>,
}

/// The view of a page of a list; `ids` are all its entries in order.
pub(super) fn list(
    viewer: &Viewer<'_>,
    pieces: &Pieces,
    list: &List,
    ids: &[EntryId],
) -> Result<ListView> {
    let section = list.kind.folder();
    let ListFrame { title, path, page } = viewer.list_frame(list);
    let feed = match list.kind {
        EntryKind::Coop | EntryKind::Need | EntryKind::Offer => Some(viewer.link(
            &addresses::entry_feed(list.kind),
            viewer.words.text(&format!("feed-{section}")),
        )),
        _ => None,
    };
    let page = match feed {
        Some(feed) => page.with_feed(feed),
        None => page,
    };
    let shown = ids.iter().skip((list.number - 1) * PER_PAGE).take(PER_PAGE);
    let has_archive = matches!(list.kind, EntryKind::Need | EntryKind::Offer);
    Ok(ListView {
        page,
        kind: list.kind.as_str(),
        title,
        facet: list.only.as_ref().map_or("", |(facet, _)| facet.as_str()),
        cards_html: pieces.cards(viewer, shown, 2)?,
        total: ids.len(),
        pager: Pager::new(viewer, &path, list.number, ids.len()),
        facets_html: narrowing_of(viewer, pieces, list)?,
        archive: has_archive.then(|| {
            viewer.link(
                &addresses::archive(list.kind),
                viewer.words.text(&format!("{section}-archive")),
            )
        }),
    })
}

/// The view of the archive of needs or offers; `ids` are all its entries in order.
pub(super) fn archive(
    viewer: &Viewer<'_>,
    pieces: &Pieces,
    (kind, number): (EntryKind, usize),
    ids: &[EntryId],
) -> Result<ListView> {
    let section = kind.folder();
    let title = viewer.words.text(&format!("{section}-archive")).to_owned();
    let shown = ids.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
    Ok(ListView {
        page: viewer.chrome_below(kind, &title),
        kind: kind.as_str(),
        title,
        facet: "archive",
        cards_html: pieces.cards(viewer, shown, 2)?,
        total: ids.len(),
        pager: Pager::new(viewer, &addresses::archive(kind), number, ids.len()),
        facets_html: String::new(),
        archive: None,
    })
}

/// The ways to narrow a list, which stand on its first page.
pub(super) fn narrowing_of(viewer: &Viewer<'_>, pieces: &Pieces, list: &List) -> Result<String> {
    match list.number {
        1 => pieces.narrowing(viewer, list.kind),
        _ => Ok(String::new()),
    }
}

/// What a list has whatever its entries are.
pub(crate) struct ListFrame {
    pub title: String,
    /// The path of its first page, without its language.
    pub path: String,
    pub page: Chrome,
}

impl Viewer<'_> {
    /// The heading of a list, its path and what surrounds it.
    pub(crate) fn list_frame(&self, list: &List) -> ListFrame {
        let section = list.kind.folder();
        match &list.only {
            None => {
                let title = self.words.text(&format!("{section}-title")).to_owned();
                let about = self.words.text(&format!("{section}-about")).to_owned();
                let page = self.chrome(&title, section).described(about);
                ListFrame { title, path: addresses::list(list.kind, 1), page }
            }
            Some((facet, value)) => {
                let key = format!("{section}-by-{}", facet.as_str());
                let label = self.wording.facet_label(*facet, value);
                let title = self.words.with(&key, [("value", label.into())]);
                let page = self.chrome_below(list.kind, &title);
                ListFrame { title, path: addresses::facet(list.kind, *facet, value, 1), page }
            }
        }
    }
}
