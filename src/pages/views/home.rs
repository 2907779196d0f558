//! The home page: the next call, what is new, and ways in.

use anyhow::Result;
use serde::Serialize;

use super::calls::next_call;
use super::topics::TopicNode;
use crate::content::record::EntryKind;
use crate::content::values::CallStatus;
use crate::derived::facets::Facet;
use crate::pages::parts::cards::CallCard;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::EntryPart;
use crate::pages::parts::facets::FacetGroup;
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};

#[derive(Debug, Serialize)]
pub(super) struct HomeView {
    page: Chrome,
    next_call: Option<CallCard>,
    /// The latest call that was held.
    last_call: Option<CallCard>,
    /// Cards of the newest ones, the newest first, as HTML, or empty.
    needs_html: String,
    /// Likewise.
    offers_html: String,
    /// Cards of the best ones, the best first, as HTML, or empty.
    matches_html: String,
    /// Countries, sectors and languages of coops, kinds of needs.
    ways: Vec<FacetGroup>,
    /// The broadest topics with how much is below each.
    topics: Vec<TopicNode>,
    counts: Counts,
    /// The page `about`, if there is one.
    about: Option<EntryPart>,
    about_link: Option<Link>,
}

/// How much there is.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    coops: usize,
    countries: usize,
    needs: usize,
    offers: usize,
    matches: usize,
    calls: usize,
    pages: usize,
}

/// The view of the home page.
pub(super) fn home(viewer: &Viewer<'_>, pieces: &Pieces) -> Result<HomeView> {
    let (directory, derived) = (viewer.directory, viewer.derived);
    let calls = derived.calls();
    let held = |id: &&crate::directory::ids::CallId| directory[**id].status == CallStatus::Held;
    let (needs, offers) = (derived.newest(EntryKind::Need), derived.newest(EntryKind::Offer));
    let matches = &derived.matches().list;
    let open = matches.iter().filter(|found| found.status.is_none());
    let about = directory.by_id(EntryKind::Page, "about");
    let countries = derived.groups().values(EntryKind::Coop, Facet::Country).count();
    let mut page = viewer.chrome("", "").described(&directory.site.summary);
    page.crumbs.clear();
    Ok(HomeView {
        page,
        next_call: next_call(viewer),
        last_call: calls.in_order.iter().rev().find(held).map(|id| viewer.call_card(*id)),
        needs_html: pieces.cards(viewer, needs.iter().take(6), 3)?,
        offers_html: pieces.cards(viewer, offers.iter().take(6), 3)?,
        matches_html: pieces.match_cards(viewer, open.take(4), 3)?,
        ways: vec![
            viewer.facet_group(EntryKind::Need, Facet::Kind, 4),
            viewer.facet_group(EntryKind::Coop, Facet::Country, 12),
            viewer.facet_group(EntryKind::Coop, Facet::Sector, 12),
            viewer.facet_group(EntryKind::Coop, Facet::Language, 8),
        ],
        topics: viewer.topic_forest(),
        counts: Counts {
            coops: directory.coops.len(),
            countries,
            needs: needs.len(),
            offers: offers.len(),
            matches: matches.len(),
            calls: directory.calls.len(),
            pages: directory.pages.len(),
        },
        about: about.map(|id| viewer.entry_part(id)),
        about_link: about.map(|id| viewer.entry_link(id)),
    })
}
