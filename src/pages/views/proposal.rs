//! The page of a need or an offer.

use serde::Serialize;

use crate::derived::calls::Said;
use crate::derived::matching::Match;
use crate::directory::ids::{CallId, EntryId, NeedId, OfferId};
use crate::directory::terms::Terms;
use crate::pages::parts::cards::{CallCard, MatchCard};
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::{ContactView, EntryPart};
use crate::pages::parts::terms::TermsView;
use crate::pages::viewer::Viewer;
use crate::wording::Label;

/// The page of a need or an offer.
#[derive(Debug, Serialize)]
pub(super) struct ProposalView {
    page: Chrome,
    entry: EntryPart,
    terms: TermsView,
    /// Where it stands, unless it is simply open.
    status: Option<Label>,
    /// Matches are still looked for.
    is_open: bool,
    contacts: Vec<ContactView>,
    /// Whom to ask where there is no contact.
    facilitator: Vec<ContactView>,
    /// The best first: suggestions, and what is on its way.
    matches: Vec<MatchCard>,
    /// Matches that came to an end: fulfilled, declined or lapsed.
    past_matches: Vec<MatchCard>,
    /// Calls in which it was said, latest first.
    calls: Vec<CallCard>,
}

/// The view of a need's page.
pub(super) fn need(viewer: &Viewer<'_>, id: NeedId) -> ProposalView {
    let need = &viewer.directory[id];
    let matches = viewer.derived.matches().of_need(id);
    let parts = Parts {
        id: EntryId::Need(id),
        terms: &need.terms,
        capacity: String::new(),
        status: viewer.wording.need_status(id),
        is_open: viewer.directory.is_open(EntryId::Need(id), viewer.derived.today),
        calls: viewer.derived.calls().said_in(Said::Need(id)),
    };
    proposal(viewer, parts, matches)
}

/// The view of an offer's page.
pub(super) fn offer(viewer: &Viewer<'_>, id: OfferId) -> ProposalView {
    let offer = &viewer.directory[id];
    let matches = viewer.derived.matches().of_offer(id);
    let parts = Parts {
        id: EntryId::Offer(id),
        terms: &offer.terms,
        capacity: viewer.wording.capacity(id),
        status: viewer.wording.offer_status(id),
        is_open: viewer.directory.is_open(EntryId::Offer(id), viewer.derived.today),
        calls: viewer.derived.calls().said_in(Said::Offer(id)),
    };
    proposal(viewer, parts, matches)
}

struct Parts<'a> {
    id: EntryId,
    terms: &'a Terms,
    capacity: String,
    status: Option<Label>,
    is_open: bool,
    calls: &'a [CallId],
}

fn proposal<'a>(
    viewer: &Viewer<'_>,
    parts: Parts<'_>,
    matches: impl Iterator<Item = &'a Match>,
) -> ProposalView {
    let (past, present): (Vec<&Match>, Vec<&Match>) =
        matches.partition(|found| viewer.derived.has_ended(found));
    let cards = |found: &[&Match]| found.iter().map(|it| viewer.match_card(it)).collect();
    let kind = parts.id.kind();
    let entry = viewer.entry_part(parts.id);
    let page = viewer.chrome_below(kind, &entry.title).described(&entry.summary);
    let contacts = viewer.contacts_of(parts.terms);
    let facilitator = match contacts.is_empty() {
        true => viewer.contacts(&viewer.directory.site.facilitator),
        false => Vec::new(),
    };
    ProposalView {
        page,
        entry,
        terms: TermsView { capacity: parts.capacity, ..viewer.terms(parts.id, parts.terms) },
        status: parts.status,
        is_open: parts.is_open,
        contacts,
        facilitator,
        matches: cards(&present),
        past_matches: cards(&past),
        calls: parts.calls.iter().rev().map(|call| viewer.call_card(*call)).collect(),
    }
}
