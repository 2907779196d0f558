//! The page of a need or an offer.

use serde::Serialize;

use super::cards::{CallCard, MatchCard};
use super::chrome::Chrome;
use super::parts::{ContactView, EntryPart};
use super::{Day, Label, Link, Viewer};
use crate::derived::calls::Said;
use crate::derived::facets::{self, Facet};
use crate::derived::matching::Match;
use crate::directory::ids::{CallId, EntryId, NeedId, OfferId};
use crate::directory::terms::Terms;
use crate::site::paths;

/// The page of a need or an offer.
#[derive(Debug, Serialize)]
pub struct ProposalView {
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

/// The terms of a need or an offer, in words.
#[derive(Debug, Serialize)]
pub struct TermsView {
    /// Whose it is.
    pub coop: Link,
    /// Where help is given, or empty.
    pub place: String,
    /// What kind of help.
    pub help: Link,
    /// What kind of help, as it stands in the content.
    pub help_id: &'static str,
    /// How.
    pub mode: Option<Label>,
    /// Languages in which help can be given.
    pub languages: Vec<String>,
    /// On what terms.
    pub basis: Vec<Label>,
    /// "2400 EUR", or empty.
    pub amount: String,
    /// "40 panels", or empty.
    pub quantity: String,
    /// How soon.
    pub urgency: Label,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
    /// How many it can serve at once, of an offer: "3", or "unlimited".
    pub capacity: String,
    /// The call in which it was first said.
    pub raised_in: Option<Link>,
}

/// The view of a need's page.
pub fn need(viewer: &Viewer<'_>, id: NeedId) -> ProposalView {
    let need = &viewer.directory[id];
    let matches = viewer.derived.matches().of_need(id);
    let parts = Parts {
        id: EntryId::Need(id),
        terms: &need.terms,
        capacity: String::new(),
        status: viewer.need_status(id),
        is_open: viewer.directory.is_open(EntryId::Need(id), viewer.derived.today),
        calls: viewer.derived.calls().said_in(Said::Need(id)),
    };
    proposal(viewer, parts, matches)
}

/// The view of an offer's page.
pub fn offer(viewer: &Viewer<'_>, id: OfferId) -> ProposalView {
    let offer = &viewer.directory[id];
    let matches = viewer.derived.matches().of_offer(id);
    let parts = Parts {
        id: EntryId::Offer(id),
        terms: &offer.terms,
        capacity: viewer.capacity(id),
        status: viewer.offer_status(id),
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
    let section = kind.folder();
    let list = viewer.link(&paths::list(kind, 1), viewer.words.text(&format!("nav-{section}")));
    let page = viewer.chrome(&entry.title, section).below(list).described(&entry.summary);
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

impl Viewer<'_> {
    /// The contacts of a need or an offer: its own, else its coop's.
    pub fn contacts_of(&self, terms: &Terms) -> Vec<ContactView> {
        match terms.contact.as_slice() {
            [] => self.contacts(&self.directory[terms.coop].contact),
            own => self.contacts(own),
        }
    }

    /// How many an offer can serve at once.
    pub fn capacity(&self, id: OfferId) -> String {
        match self.directory[id].capacity {
            None => self.words.text("capacity-unlimited").to_owned(),
            Some(1) => String::new(),
            Some(capacity) => capacity.to_string(),
        }
    }

    /// Terms in words.
    pub fn terms(&self, id: EntryId, terms: &Terms) -> TermsView {
        let help = terms.kind.as_str();
        let help_path = paths::facet(id.kind(), Facet::Kind, help, 1);
        let written_in = &self.directory[id].language;
        let languages = facets::working_languages(self.directory, terms, written_in);
        let place = match terms.place.country {
            Some(_) => self.place(&terms.place.city, terms.place.country.as_ref()),
            None => terms.place.city.clone(),
        };
        TermsView {
            coop: self.coop_link(terms.coop),
            place,
            help: self.link(&help_path, self.words.text(&format!("kind-{help}"))),
            help_id: help,
            mode: terms.mode.map(|mode| self.label("mode", mode.as_str())),
            languages: self.language_names(languages),
            basis: terms.basis.iter().map(|basis| self.label("basis", basis.as_str())).collect(),
            amount: terms
                .amount
                .as_ref()
                .map(|amount| format!("{} {}", self.number(amount.value), amount.currency))
                .unwrap_or_default(),
            quantity: terms
                .quantity
                .as_ref()
                .map(|quantity| format!("{} {}", self.number(quantity.value), quantity.unit))
                .unwrap_or_default(),
            urgency: self.label("urgency", terms.urgency.as_str()),
            from: terms.from.map(|date| self.day(date)),
            until: terms.until.map(|date| self.day(date)),
            capacity: String::new(),
            raised_in: terms.raised_in.map(|call| self.entry_link(EntryId::Call(call))),
        }
    }

    /// A number with its thousands apart, as the language writes it.
    pub fn number(&self, number: f64) -> String {
        let text = number.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                grouped.push_str(self.words.text("number-group"));
            }
            grouped.push(digit);
        }
        if !part.is_empty() {
            grouped.push_str(self.words.text("number-decimal"));
            grouped.push_str(part);
        }
        grouped
    }
}
