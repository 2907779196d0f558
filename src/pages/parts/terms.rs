//! The terms of a need or an offer, and whom to ask, in words.

use serde::Serialize;

use super::entry::ContactView;
use crate::addresses;
use crate::derived::facets::Facet;
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Day, Label};

/// The terms of a need or an offer, in words.
#[derive(Debug, Serialize)]
pub(crate) struct TermsView {
    pub coop: Link,
    /// Where help is given, or empty.
    pub place: String,
    /// What kind of help.
    pub help: Link,
    /// What kind of help, as it stands in the content.
    pub help_id: &'static str,
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

/// What the page of a match tells of one side, whatever the other is.
#[derive(Debug, Serialize)]
pub(crate) struct FactsView {
    terms: TermsView,
    topics: Vec<Link>,
    contacts: Vec<ContactView>,
    /// Whom to ask where there is no contact.
    facilitator: Vec<ContactView>,
}

/// The view of the facts of a need or an offer, as pages of its matches show them.
pub(crate) fn match_facts(viewer: &Viewer<'_>, id: EntryId, terms: &Terms) -> FactsView {
    let capacity = match id {
        EntryId::Offer(id) => viewer.wording.capacity(id),
        _ => String::new(),
    };
    FactsView {
        terms: TermsView { capacity, ..viewer.terms(id, terms) },
        topics: viewer.topic_links(&viewer.directory[id].topics),
        contacts: viewer.contacts_of(terms),
        facilitator: viewer.contacts(&viewer.directory.site.facilitator),
    }
}

impl Viewer<'_> {
    /// The contacts of a need or an offer: its own, else its coop's.
    pub(crate) fn contacts_of(&self, terms: &Terms) -> Vec<ContactView> {
        match terms.contact.as_slice() {
            [] => self.contacts(&self.directory[terms.coop].contact),
            own => self.contacts(own),
        }
    }

    /// Terms in words.
    pub(crate) fn terms(&self, id: EntryId, terms: &Terms) -> TermsView {
        let help = terms.kind.as_str();
        let help_path = addresses::facet(id.kind(), Facet::Kind, help, 1);
        let written_in = &self.directory[id].language;
        let languages = self.directory.languages_of(terms, written_in);
        TermsView {
            coop: self.coop_link(terms.coop),
            place: self.wording.place(&terms.place.city, terms.place.country.as_ref()),
            help: self.link(&help_path, self.words.text(&format!("kind-{help}"))),
            help_id: help,
            mode: terms.mode.map(|mode| self.wording.label("mode", mode.as_str())),
            languages: self.wording.language_names(languages),
            basis: terms
                .basis
                .iter()
                .map(|basis| self.wording.label("basis", basis.as_str()))
                .collect(),
            amount: terms
                .amount
                .as_ref()
                .map(|amount| format!("{} {}", self.wording.number(amount.value), amount.currency))
                .unwrap_or_default(),
            quantity: terms
                .quantity
                .as_ref()
                .map(|quantity| {
                    format!("{} {}", self.wording.number(quantity.value), quantity.unit)
                })
                .unwrap_or_default(),
            urgency: self.wording.label("urgency", terms.urgency.as_str()),
            from: terms.from.map(|date| self.wording.day(date)),
            until: terms.until.map(|date| self.wording.day(date)),
            capacity: String::new(),
            raised_in: terms.raised_in.map(|call| self.entry_link(EntryId::Call(call))),
        }
    }
}
