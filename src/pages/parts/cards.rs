//! Cards: entries and matches as they stand in lists.

use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::content::values::{Mode, Urgency};
use crate::derived::calls::attendance;
use crate::derived::introductions::made::brought_together;
use crate::derived::matching::Match;
use crate::directory::ids::{CallId, CoopId, EntryId};
use crate::directory::terms::Terms;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Day, Label, ReasonView, When, percent};

/// An entry in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    /// Its kind: `coop`.
    pub kind: &'static str,
    pub href: String,
    pub title: String,
    /// The language of its words, where that is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// One sentence, or empty.
    pub summary: String,
    /// Whose it is, of a need or an offer.
    pub coop: Option<Link>,
    /// Where it is, or empty.
    pub place: String,
    /// What kind of help, of a need or an offer.
    pub help: Option<Label>,
    /// How help can be given.
    pub mode: Option<Label>,
    /// Its form, of a coop.
    pub form: Option<Label>,
    /// Its topics or sectors.
    pub topics: Vec<Link>,
    /// Where it stands, when that is not the usual.
    pub status: Option<Label>,
    pub urgent: bool,
    /// When it was first published.
    pub created: Option<Day>,
    /// Its last day.
    pub until: Option<Day>,
}

/// A match in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MatchCard {
    pub href: String,
    /// What is looked for.
    pub need: Link,
    /// What can be given.
    pub offer: Link,
    /// Who looks for it.
    pub need_coop: Link,
    pub offer_coop: Link,
    /// What kind of help is looked for.
    pub help: Label,
    /// How well they fit, 0 to 100.
    pub score: u8,
    /// `strong`, `good` or `possible`.
    pub fit: Label,
    /// What people decided; none of a suggestion.
    pub status: Option<Label>,
    /// Why they fit: the two weightiest reasons that say something particular.
    pub reasons: Vec<ReasonView>,
    /// Since when its status holds, or both sides are there; none of what is still to come.
    pub since: Option<Day>,
    /// The call in which its status came to hold.
    pub call: Option<Link>,
    /// It came to an end: it was fulfilled, declined or lapsed, or is over.
    pub is_over: bool,
    /// Why it is over, though nobody has said what came of it: one side is met, past, withdrawn or closed.
    pub over: Option<Label>,
    /// The need and the offer as commands name them: `NEED--OFFER`.
    pub id: String,
}

/// A call in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CallCard {
    pub href: String,
    pub title: String,
    /// The language of its words, where that is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// One sentence, or empty.
    pub summary: String,
    pub when: Option<When>,
    pub status: Label,
    /// How many coops took part.
    pub coops: usize,
    /// How many matches were made.
    pub matches: usize,
    pub join: Option<String>,
    /// Its file for a calendar.
    pub calendar: String,
}

impl Viewer<'_> {
    /// A card of an entry.
    pub(crate) fn card(&self, id: EntryId) -> Card {
        let entry = &self.directory[id];
        let words = entry.words(self.language);
        let (lang, dir) = self.foreign(words.language);
        let card = Card {
            kind: id.kind().as_str(),
            href: self.href(&addresses::page_of(self.directory, id)),
            title: self.wording.title(id),
            lang,
            dir,
            summary: words.summary.to_owned(),
            coop: None,
            place: String::new(),
            help: None,
            mode: None,
            form: None,
            topics: self.topic_links(entry.topics.get(..3).unwrap_or(&entry.topics)),
            status: None,
            urgent: false,
            created: entry.created.map(|date| self.wording.day(date)),
            until: None,
        };
        match id {
            EntryId::Coop(id) => self.coop_card(card, id),
            EntryId::Need(id) => {
                let need = &self.directory[id];
                let card = self.terms_card(card, &need.terms);
                Card { status: self.wording.need_status(id), ..card }
            }
            EntryId::Offer(id) => {
                let offer = &self.directory[id];
                let card = self.terms_card(card, &offer.terms);
                Card { status: self.wording.offer_status(id), ..card }
            }
            EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => card,
        }
    }

    fn coop_card(&self, card: Card, id: CoopId) -> Card {
        let coop = &self.directory[id];
        let sectors = if coop.sectors.is_empty() { &coop.entry.topics } else { &coop.sectors };
        Card {
            place: self.wording.coop_place(id),
            form: coop.form.map(|form| self.wording.label("form", form.as_str())),
            topics: self.topic_links(sectors.get(..3).unwrap_or(sectors)),
            status: self.wording.coop_status(id),
            ..card
        }
    }

    fn terms_card(&self, card: Card, terms: &Terms) -> Card {
        let place = match terms.place.country {
            Some(_) => self.wording.place(&terms.place.city, terms.place.country.as_ref()),
            None => self.wording.coop_place(terms.coop),
        };
        Card {
            coop: Some(self.coop_link(terms.coop)),
            place,
            help: Some(self.wording.label("kind", terms.kind.as_str())),
            mode: terms
                .mode
                .filter(|mode| *mode != Mode::Either)
                .map(|mode| self.wording.label("mode", mode.as_str())),
            urgent: terms.urgency == Urgency::High,
            until: terms.until.map(|date| self.wording.day(date)),
            ..card
        }
    }

    /// A card of a match.
    pub(crate) fn match_card(&self, found: &Match) -> MatchCard {
        let (need, offer) = (&self.directory[found.need], &self.directory[found.offer]);
        MatchCard {
            href: self.href(&addresses::match_of(self.directory, found.need, found.offer)),
            need: self.entry_link(EntryId::Need(found.need)),
            offer: self.entry_link(EntryId::Offer(found.offer)),
            need_coop: self.coop_link(need.terms.coop),
            offer_coop: self.coop_link(offer.terms.coop),
            help: self.wording.label("kind", need.terms.kind.as_str()),
            score: percent(found.score),
            fit: self.wording.fit(found.score),
            status: self.wording.match_status(found),
            reasons: self.wording.particular_reasons(found),
            since: self.wording.since(found),
            call: found.decided_in().map(|call| self.entry_link(EntryId::Call(call))),
            is_over: self.derived.has_ended(found),
            over: self.wording.over(found),
            id: self.directory.match_id(found.need, found.offer).to_string(),
        }
    }

    /// A call in a list.
    pub(crate) fn call_card(&self, id: CallId) -> CallCard {
        let call = &self.directory[id];
        let words = call.entry.words(self.language);
        let (lang, dir) = self.foreign(words.language);
        CallCard {
            lang,
            dir,
            href: self.href(&addresses::entry(EntryKind::Call, &call.entry.slug)),
            title: self.wording.title(EntryId::Call(id)),
            summary: words.summary.to_owned(),
            when: self.wording.when(id),
            status: self.wording.call_status(id),
            coops: attendance(call).len(),
            matches: brought_together(self.derived, id).len(),
            join: call.join.as_ref().map(ToString::to_string),
            calendar: self.links.to(&addresses::call_calendar(&call.entry.slug)),
        }
    }
}
