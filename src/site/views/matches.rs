//! The list of matches and the page of one match, with both sides and the reasons.

use serde::Serialize;

use super::cards::{self, MatchCard, ReasonView};
use super::chrome::Chrome;
use super::list::Pager;
use super::parts::{ContactView, EntryPart};
use super::proposal::TermsView;
use super::{Day, Label, Link, Viewer};
use crate::content::record::EntryKind;
use crate::derived::matching::Match;
use crate::directory::history::{Event, Origin};
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;
use crate::site::paths;

/// The list of matches.
#[derive(Debug, Serialize)]
pub struct MatchListView {
    page: Chrome,
    matches: Vec<MatchCard>,
    total: usize,
    pager: Option<Pager>,
}

/// The page of one match.
#[derive(Debug, Serialize)]
pub struct MatchView {
    page: Chrome,
    need: Side,
    offer: Side,
    /// 0 to 100.
    score: u8,
    fit: Label,
    /// What people decided; none of a suggestion.
    status: Option<Label>,
    reasons: Vec<ReasonView>,
    /// What happened, oldest first.
    history: Vec<HistoryItem>,
    /// What came of it, or empty.
    outcome: String,
    /// The body of the file in which people recorded it.
    record: Option<EntryPart>,
    /// Other offers for the need and other needs for the offer.
    others: Vec<OtherMatch>,
    facilitator: Vec<ContactView>,
}

/// One side of a match.
#[derive(Debug, Serialize)]
pub struct Side {
    coop: Link,
    coop_place: String,
    title: Link,
    summary: String,
    lang: Option<String>,
    dir: Option<&'static str>,
    terms: TermsView,
    topics: Vec<Link>,
    contacts: Vec<ContactView>,
    status: Option<Label>,
}

/// A match that shares a side with another.
#[derive(Debug, Serialize)]
pub struct OtherMatch {
    href: String,
    /// The side that it does not share.
    to: Link,
    /// The need is the shared side.
    same_need: bool,
}

impl Viewer<'_> {
    fn other_match(&self, other: &Match, found: &Match) -> OtherMatch {
        let same_need = other.need == found.need;
        let to = if same_need { EntryId::Offer(other.offer) } else { EntryId::Need(other.need) };
        OtherMatch { href: self.href(&self.match_path(other)), to: self.entry_link(to), same_need }
    }
}

/// Something that happened to a match.
#[derive(Debug, Serialize)]
pub struct HistoryItem {
    day: Option<Day>,
    status: Label,
    call: Option<Link>,
    note: String,
}

/// How many entries stand on one page of a list.
pub const PER_PAGE: usize = 50;

/// The view of one page of the list of matches; `number` starts from 1.
pub fn match_list(viewer: &Viewer<'_>, number: usize) -> MatchListView {
    let title = viewer.words.text("matches-title");
    let all = &viewer.derived.matches().list;
    let shown = all.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
    MatchListView {
        page: viewer.chrome(title, "matches").described(viewer.words.text("matches-about")),
        matches: shown.map(|found| viewer.match_card(found)).collect(),
        total: all.len(),
        pager: Pager::new(viewer, &paths::list(EntryKind::Match, 1), number, all.len()),
    }
}

/// The view of a match's page.
pub fn match_page(viewer: &Viewer<'_>, found: &Match) -> MatchView {
    let directory = viewer.directory;
    let (need, offer) = (&directory[found.need], &directory[found.offer]);
    let title = viewer.match_title(
        need.entry.words(viewer.language).title,
        offer.entry.words(viewer.language).title,
    );
    let list = viewer.link("matches/", viewer.words.text("nav-matches"));
    let of_need = viewer.derived.matches().of_need(found.need);
    let of_offer = viewer.derived.matches().of_offer(found.offer);
    let others =
        of_need.chain(of_offer).filter(|it| (it.need, it.offer) != (found.need, found.offer));
    let decision = found.decision.map(|id| &directory[id]);
    let terms = viewer.terms(EntryId::Offer(found.offer), &offer.terms);
    MatchView {
        page: viewer.chrome(&title, "matches").below(list).described(title.as_str()),
        need: Side {
            status: viewer.need_status(found.need),
            ..side(viewer, EntryId::Need(found.need), &need.terms)
        },
        offer: Side {
            terms: TermsView { capacity: viewer.capacity(found.offer), ..terms },
            status: viewer.offer_status(found.offer),
            ..side(viewer, EntryId::Offer(found.offer), &offer.terms)
        },
        score: cards::percent(found.score),
        fit: viewer.label("fit", cards::fit(found.score)),
        status: found.status.map(|status| viewer.label("match-status", status.as_str())),
        reasons: viewer.reasons(found),
        history: found.history.iter().map(|event| history_item(viewer, event)).collect(),
        outcome: decision.map(|it| it.outcome.clone()).unwrap_or_default(),
        record: found.decision.map(|id| viewer.entry_part(EntryId::Match(id))),
        others: others.take(6).map(|it| viewer.other_match(it, found)).collect(),
        facilitator: viewer.contacts(&directory.site.facilitator),
    }
}

fn side(viewer: &Viewer<'_>, id: EntryId, terms: &Terms) -> Side {
    let entry = &viewer.directory[id];
    let words = entry.words(viewer.language);
    let (lang, dir) = viewer.foreign(words.language);
    Side {
        coop: viewer.coop_link(terms.coop),
        coop_place: viewer.coop_place(terms.coop),
        title: viewer.entry_link(id),
        summary: words.summary.to_owned(),
        lang,
        dir,
        terms: viewer.terms(id, terms),
        topics: viewer.topic_links(&entry.topics),
        contacts: viewer.contacts_of(terms),
        status: None,
    }
}

fn history_item(viewer: &Viewer<'_>, event: &Event) -> HistoryItem {
    HistoryItem {
        day: event.date.map(|date| viewer.day(date)),
        status: viewer.label("match-status", event.status.as_str()),
        call: match event.origin {
            Origin::Call(call) => Some(viewer.entry_link(EntryId::Call(call))),
            Origin::Decision(_) => None,
        },
        note: event.note.clone(),
    }
}
