//! The page of one match, with both sides and the reasons.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::derived::matching::{Match, Shared};
use crate::directory::history::{Event, Origin};
use crate::directory::ids::{EntryId, NeedId, OfferId};
use crate::directory::terms::Terms;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::EntryPart;
use crate::pages::parts::marks;
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Day, Label, ReasonView, percent};

/// The page of one match.
#[derive(Debug, Serialize)]
pub(super) struct MatchView {
    page: Chrome,
    need: Side,
    offer: Side,
    /// 0 to 100.
    score: u8,
    fit: Label,
    /// What people decided; none of a suggestion.
    status: Option<Label>,
    /// Why it is over, though nobody has said what came of it.
    over: Option<Label>,
    /// Since when the status holds, or both sides are there; none of what is still to come.
    since: Option<Day>,
    reasons: Vec<ReasonView>,
    /// What happened, oldest first.
    history: Vec<HistoryItem>,
    /// What came of it, or empty.
    outcome: String,
    /// The body of the file in which people recorded it.
    record: Option<EntryPart>,
    /// Other offers for the need and other needs for the offer, but not what came to an end.
    others: Vec<OtherMatch>,
}

/// One side of a match.
#[derive(Debug, Serialize)]
pub(super) struct Side {
    coop: Link,
    coop_place: String,
    title: Link,
    /// Its title as HTML, with the words marked that both sides share.
    title_html: String,
    /// Its summary, likewise, or empty.
    summary_html: String,
    /// Sentences of its body in which such words stand, when title and summary have none.
    excerpts_html: Vec<String>,
    lang: Option<String>,
    dir: Option<&'static str>,
    /// Its terms, topics and contacts, made by `match_facts.html`.
    facts_html: String,
    status: Option<Label>,
}

/// A match that shares a side with another.
#[derive(Debug, Serialize)]
pub(super) struct OtherMatch {
    href: String,
    /// The side that it does not share.
    to: Link,
    /// The need is the shared side.
    same_need: bool,
    /// What people decided; none of a suggestion.
    status: Option<Label>,
}

impl Viewer<'_> {
    fn other_match(&self, other: &Match, found: &Match) -> OtherMatch {
        let same_need = other.need == found.need;
        let to = if same_need { EntryId::Offer(other.offer) } else { EntryId::Need(other.need) };
        OtherMatch {
            href: self.href(&addresses::match_of(self.directory, other.need, other.offer)),
            to: self.entry_link(to),
            same_need,
            status: self.wording.match_status(other),
        }
    }
}

/// Something that happened to a match.
#[derive(Debug, Serialize)]
pub(super) struct HistoryItem {
    day: Option<Day>,
    status: Label,
    call: Option<Link>,
    note: String,
}

/// The view of a match's page.
pub(super) fn match_page(
    viewer: &Viewer<'_>,
    pieces: &Pieces,
    need: NeedId,
    offer: OfferId,
) -> Result<MatchView> {
    let found = viewer.derived.matches().find(need, offer);
    let found = found.context("a match was planned that does not exist")?;
    let directory = viewer.directory;
    let (need, offer) = (&directory[found.need], &directory[found.offer]);
    let title = viewer.wording.match_title(found.need, found.offer);
    let of_need = viewer.derived.matches().of_need(found.need);
    let of_offer = viewer.derived.matches().of_offer(found.offer);
    let others = of_need
        .chain(of_offer)
        .filter(|it| (it.need, it.offer) != (found.need, found.offer))
        .filter(|it| !viewer.derived.has_ended(it));
    let (needed, offered) = shared_words(found);
    let decision = found.decision.map(|id| &directory[id]);
    Ok(MatchView {
        page: viewer.chrome_below(EntryKind::Match, &title).described(title.as_str()),
        need: Side {
            status: viewer.wording.need_status(found.need),
            ..side(viewer, pieces, EntryId::Need(found.need), &need.terms, &needed)?
        },
        offer: Side {
            status: viewer.wording.offer_status(found.offer),
            ..side(viewer, pieces, EntryId::Offer(found.offer), &offer.terms, &offered)?
        },
        score: percent(found.score),
        fit: viewer.wording.fit(found.score),
        status: viewer.wording.match_status(found),
        over: viewer.wording.over(found),
        since: viewer.wording.since(found),
        reasons: viewer.wording.reasons(found),
        history: found.history.iter().map(|event| history_item(viewer, event)).collect(),
        outcome: decision.map(|it| it.outcome.clone()).unwrap_or_default(),
        record: found.decision.map(|id| viewer.entry_part(EntryId::Match(id))),
        others: others.take(6).map(|it| viewer.other_match(it, found)).collect(),
    })
}

/// The words that both sides share, as the need and as the offer writes them.
fn shared_words(found: &Match) -> (Vec<&str>, Vec<&str>) {
    let words = found.reasons.iter().flat_map(|reason| match &reason.shared {
        Shared::Words(words) => words.as_slice(),
        _ => &[],
    });
    words.map(|word| (word.needed.as_str(), word.offered.as_str())).unzip()
}

fn side(
    viewer: &Viewer<'_>,
    pieces: &Pieces,
    id: EntryId,
    terms: &Terms,
    shared: &[&str],
) -> Result<Side> {
    let entry = &viewer.directory[id];
    let words = entry.words(viewer.language);
    let (lang, dir) = viewer.foreign(words.language);
    let title_html = marks::marked(words.title, shared);
    let summary_html = marks::marked(words.summary, shared);
    Ok(Side {
        coop: viewer.coop_link(terms.coop),
        coop_place: viewer.wording.coop_place(terms.coop),
        title: viewer.entry_link(id),
        excerpts_html: match [&title_html, &summary_html].iter().any(|it| it.contains("<mark>")) {
            true => Vec::new(),
            false => marks::excerpts(&words.text.plain(), shared),
        },
        title_html,
        summary_html,
        lang,
        dir,
        facts_html: pieces.facts(viewer, id, terms)?,
        status: None,
    })
}

fn history_item(viewer: &Viewer<'_>, event: &Event) -> HistoryItem {
    HistoryItem {
        day: event.date.map(|date| viewer.wording.day(date)),
        status: viewer.wording.label("match-status", event.status.as_str()),
        call: match event.origin {
            Origin::Call(call) => Some(viewer.entry_link(EntryId::Call(call))),
            Origin::Decision(_) => None,
        },
        note: event.note.clone(),
    }
}
