//! The pages of a long list.

use serde::Serialize;

use crate::addresses::{self, SitePath};
use crate::pages::viewer::Viewer;

/// How many entries stand on one page of a list.
pub(crate) const PER_PAGE: usize = 50;

/// Where one is among the pages of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub count: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Pages near by, the first and the last.
    pub pages: Vec<PageLink>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct PageLink {
    pub href: String,
    pub number: usize,
    /// It is this page.
    pub current: bool,
    /// Pages are left out before it.
    pub gap: bool,
}

impl Pager {
    /// The pages of a list of `total` entries; `None` when one page holds them all.
    pub(crate) fn new(
        viewer: &Viewer<'_>,
        list: &str,
        number: usize,
        total: usize,
    ) -> Option<Pager> {
        Pager::among(viewer, list, number, page_count(total))
    }

    /// The `count` pages of a list; `None` when there is but one.
    pub(crate) fn among(
        viewer: &Viewer<'_>,
        list: &str,
        number: usize,
        count: usize,
    ) -> Option<Pager> {
        if count <= 1 {
            return None;
        }
        let href = |number| viewer.href(&addresses::numbered(list, number));
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
pub(crate) fn page_count(total: usize) -> usize {
    total.div_ceil(PER_PAGE).max(1)
}

/// The paths of all pages of a list, without their language.
pub(crate) fn pages_of(
    list: impl Into<String>,
    total: usize,
) -> impl Iterator<Item = (usize, SitePath)> {
    let list = list.into();
    (1..=page_count(total))
        .map(move |number| (number, SitePath::new(addresses::numbered(list.clone(), number))))
}
