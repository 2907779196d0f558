//! Lists of entries: all of a kind, those with one value of a facet, the archive.

use anyhow::Result;
use serde::Serialize;

use super::chrome::Chrome;
use super::{Link, Viewer};
use crate::content::record::EntryKind;
use crate::derived::facets::Facet;
use crate::directory::ids::EntryId;
use crate::site::paths::{self, SitePath};

/// How many entries stand on one page of a list.
pub const PER_PAGE: usize = 50;

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The kind of entry.
    pub kind: EntryKind,
    /// Only those with this value of a facet.
    pub only: Option<(Facet, String)>,
    /// The page of the list, from 1.
    pub number: usize,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct ListView {
    page: Chrome,
    /// `coop`, `need`, `offer` or `page`.
    kind: &'static str,
    /// The heading.
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

/// The ways to narrow a list.
#[derive(Debug, Serialize)]
pub struct NarrowingView {
    facets: Vec<FacetGroup>,
}

/// The values of a facet, the fullest first.
#[derive(Debug, Serialize)]
pub struct FacetGroup {
    /// `country`
    pub facet: &'static str,
    /// What it is called.
    pub label: String,
    /// Its values with how many entries each has.
    pub values: Vec<Link>,
}

/// Where one is among the pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub count: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Pages near by, the first and the last.
    pub pages: Vec<PageLink>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct PageLink {
    /// Where.
    pub href: String,
    /// Its number.
    pub number: usize,
    /// It is this page.
    pub current: bool,
    /// Pages are left out before it.
    pub gap: bool,
}

impl Pager {
    /// The pages of a list of `total` entries; `None` when one page holds them all.
    pub fn new(viewer: &Viewer<'_>, list: &str, number: usize, total: usize) -> Option<Pager> {
        Pager::among(viewer, list, number, page_count(total))
    }

    /// The `count` pages of a list; `None` when there is but one.
    pub fn among(viewer: &Viewer<'_>, list: &str, number: usize, count: usize) -> Option<Pager> {
        if count <= 1 {
            return None;
        }
        let href = |number| viewer.href(&paths::numbered(list.to_owned(), number));
        let near = |page: &usize| *page == 1 || *page == count || page.abs_diff(number) <= 2;
        let mut pages: Vec<PageLink> = Vec::new();
        for page in (1..=count).filter(near) {
            let gap = pages.last().is_some_and(|last| last.number + 1 < page);
            pages.push(PageLink { href: href(page), number: page, current: page == number, gap });
        }
        Some(Pager {
            number,
            count,
            previous: (number > 1).then(|| href(number - 1)),
            next: (number < count).then(|| href(number + 1)),
            pages,
        })
    }
}

/// How many pages a list of this many entries has; an empty one has one too.
pub fn page_count(total: usize) -> usize {
    total.div_ceil(PER_PAGE).max(1)
}

/// The view of the ways to narrow a list of a kind.
pub fn narrowing(viewer: &Viewer<'_>, kind: EntryKind) -> NarrowingView {
    NarrowingView { facets: viewer.facet_groups(kind, 12) }
}

/// The view of a page of a list; `ids` are all its entries in order, `narrowing` the ways to narrow
/// it as HTML.
pub fn list(
    viewer: &Viewer<'_>,
    list: &List,
    ids: &[EntryId],
    narrowing: &str,
) -> Result<ListView> {
    let section = list.kind.folder();
    let ListFrame { title, path, page } = viewer.list_frame(list);
    let feed = match list.kind {
        EntryKind::Coop | EntryKind::Need | EntryKind::Offer => Some(
            viewer.link(&format!("{section}.atom"), viewer.words.text(&format!("feed-{section}"))),
        ),
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
        cards_html: viewer.cards_html(shown, 2)?,
        total: ids.len(),
        pager: Pager::new(viewer, &path, list.number, ids.len()),
        facets_html: narrowing.to_owned(),
        archive: has_archive.then(|| {
            viewer.link(
                &format!("{section}/archive/"),
                viewer.words.text(&format!("{section}-archive")),
            )
        }),
    })
}

/// The view of the archive of needs or offers; `ids` are all its entries in order.
pub fn archive(
    viewer: &Viewer<'_>,
    kind: EntryKind,
    number: usize,
    ids: &[EntryId],
) -> Result<ListView> {
    let section = kind.folder();
    let title = viewer.words.text(&format!("{section}-archive")).to_owned();
    let above = viewer.link(&paths::list(kind, 1), viewer.words.text(&format!("nav-{section}")));
    let shown = ids.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
    Ok(ListView {
        page: viewer.chrome(&title, section).below(above),
        kind: kind.as_str(),
        title,
        facet: "archive",
        cards_html: viewer.cards_html(shown, 2)?,
        total: ids.len(),
        pager: Pager::new(viewer, &format!("{section}/archive/"), number, ids.len()),
        facets_html: String::new(),
        archive: None,
    })
}

/// What a list has whatever its entries are.
pub struct ListFrame {
    /// The heading.
    pub title: String,
    /// The path of its first page, without its language.
    pub path: String,
    /// What surrounds it.
    pub page: Chrome,
}

impl Viewer<'_> {
    /// The heading of a list, its path and what surrounds it.
    pub fn list_frame(&self, list: &List) -> ListFrame {
        let section = list.kind.folder();
        let above = paths::list(list.kind, 1);
        match &list.only {
            None => {
                let title = self.words.text(&format!("{section}-title")).to_owned();
                let about = self.words.text(&format!("{section}-about")).to_owned();
                let page = self.chrome(&title, section).described(about);
                ListFrame { title, path: above, page }
            }
            Some((facet, value)) => {
                let key = format!("{section}-by-{}", facet.as_str());
                let label = self.facet_label(*facet, value);
                let title = self.words.with(&key, [("value", label.into())]);
                let all = self.link(&above, self.words.text(&format!("nav-{section}")));
                let page = self.chrome(&title, section).below(all);
                ListFrame { title, path: paths::facet(list.kind, *facet, value, 1), page }
            }
        }
    }

    /// The facets of a kind of entry, each with at most `most` values, the fullest first.
    pub fn facet_groups(&self, kind: EntryKind, most: usize) -> Vec<FacetGroup> {
        let group = |facet: &Facet| self.facet_group(kind, *facet, most);
        Facet::of(kind).iter().map(group).filter(|group| !group.values.is_empty()).collect()
    }

    /// One facet of a kind of entry.
    pub fn facet_group(&self, kind: EntryKind, facet: Facet, most: usize) -> FacetGroup {
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
            let path = paths::facet(kind, facet, value, 1);
            self.counted(&path, self.facet_label(facet, value), *count)
        };
        FacetGroup {
            facet: facet.as_str(),
            label: self.words.text(&format!("facet-{}", facet.as_str())).to_owned(),
            values: values.iter().take(most).map(link).collect(),
        }
    }
}

/// The paths of all pages of a list, without their language.
pub fn pages_of(list: String, total: usize) -> impl Iterator<Item = (usize, SitePath)> {
    (1..=page_count(total))
        .map(move |number| (number, SitePath::new(paths::numbered(list.clone(), number))))
}
