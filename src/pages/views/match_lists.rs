//! Lists of matches: all or those with one value of a facet, and the newest suggestions.

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use super::list::{ListFrame, narrowing_of};
use crate::addresses;
use crate::content::record::EntryKind;
use crate::derived::facets::Facet;
use crate::derived::matching::Match;
use crate::pages::orders::List;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::pager::{PER_PAGE, Pager};
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Day;

/// A page of a list of matches.
#[derive(Debug, Serialize)]
pub(super) struct MatchListView {
    page: Chrome,
    /// The facet that narrows the list, or empty.
    facet: &'static str,
    /// Cards, the best first, as HTML, or empty.
    matches_html: String,
    /// How many matches the whole list has.
    total: usize,
    pager: Option<Pager>,
    /// Ways to narrow the list, as HTML, or empty.
    facets_html: String,
    /// How many introductions wait for an answer.
    waiting: usize,
}

/// The newest suggestions.
#[derive(Debug, Serialize)]
pub(super) struct NewMatchesView {
    page: Chrome,
    /// The latest first.
    days: Vec<MatchDay>,
    /// How many suggestions are shown, where older ones are left out.
    shown: Option<usize>,
}

/// Suggestions that stand since the same day.
#[derive(Debug, Serialize)]
pub(super) struct MatchDay {
    day: Day,
    /// Cards, the best first, as HTML.
    matches_html: String,
}

/// How many suggestions the page of the newest ones shows.
const NEWEST: usize = 100;

/// The view of a page of a list of matches.
pub(super) fn match_list(
    viewer: &Viewer<'_>,
    pieces: &Pieces,
    list: &List,
) -> Result<MatchListView> {
    let ListFrame { title: _, path, page } = viewer.list_frame(list);
    let (all, lists) = (&viewer.derived.matches().list, viewer.derived.match_lists());
    let skipped = (list.number - 1) * PER_PAGE;
    let (matches_html, total) = match &list.only {
        None => {
            let shown = all.iter().skip(skipped).take(PER_PAGE);
            (pieces.match_cards(viewer, shown, 2)?, all.len())
        }
        Some((facet, value)) => {
            let found = lists.with(*facet, value);
            (cards(viewer, pieces, found.get(skipped..).unwrap_or_default())?, found.len())
        }
    };
    let only = list.only.as_ref().map(|(facet, value)| (*facet, value.as_str()));
    Ok(MatchListView {
        page: page.with_feed(
            viewer.match_feed(only.filter(|(facet, _)| addresses::has_match_feed(*facet))),
        ),
        facet: only.map_or("", |(facet, _)| facet.as_str()),
        matches_html,
        total,
        pager: Pager::new(viewer, &path, list.number, total),
        facets_html: narrowing_of(viewer, pieces, list)?,
        waiting: lists.waiting().len(),
    })
}

/// The view of the newest suggestions. Those without a date are not among them, since nobody knows
/// how new they are.
pub(super) fn new_matches(viewer: &Viewer<'_>, pieces: &Pieces) -> Result<NewMatchesView> {
    let all = &viewer.derived.matches().list;
    let found = viewer.derived.match_lists().newest().iter().map(|at| &all[*at as usize]);
    let dated: Vec<(Date, &Match)> =
        found.map_while(|found| Some((found.since?, found))).take(NEWEST + 1).collect();
    let shown = &dated[..dated.len().min(NEWEST)];
    let days = shown.chunk_by(|(day, _), (next, _)| day == next).map(|of_day| {
        let matches = of_day.iter().map(|(_, found)| *found);
        let matches_html = pieces.match_cards(viewer, matches, 3)?;
        Ok(MatchDay { day: viewer.wording.day(of_day[0].0), matches_html })
    });
    let page = viewer.matches_page("matches-new-title");
    Ok(NewMatchesView {
        page: page.described(viewer.words.text("matches-new-about")),
        days: days.collect::<Result<_>>()?,
        shown: (dated.len() > NEWEST).then_some(NEWEST),
    })
}

/// Cards of as many of these matches as one page shows.
fn cards(viewer: &Viewer<'_>, pieces: &Pieces, found: &[u32]) -> Result<String> {
    let all = &viewer.derived.matches().list;
    pieces.match_cards(viewer, found.iter().take(PER_PAGE).map(|at| &all[*at as usize]), 2)
}

impl Viewer<'_> {
    /// What surrounds a page below the list of matches.
    pub(super) fn matches_page(&self, title: &str) -> Chrome {
        let page = self.chrome_below(EntryKind::Match, self.words.text(title));
        page.with_feed(self.match_feed(None))
    }

    /// The feed of suggestions, of all or of those with one value of a facet.
    pub(crate) fn match_feed(&self, only: Option<(Facet, &str)>) -> Link {
        self.link(&addresses::match_feed(only), self.wording.match_feed_title(only))
    }
}
