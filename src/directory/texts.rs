//! Every text of the directory that an edition shows, with what sort of text it is.
//!
//! One table for two questions: what of a withheld entry nobody else may say, and where somebody
//! could have said it. Structs are taken apart without `..`, so that a new field does not compile
//! until somebody decides what it is.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::call::{Action, Call, Introduction, Recording, Turn};
use super::contact::{Contact, Person};
use super::coop::Coop;
use super::decision::Decision;
use super::entry::{Entry, Image, Link, SourceNote, Translation};
use super::ids::EntryId;
use super::need::Need;
use super::offer::Offer;
use super::page::Page;
use super::site::{Series, Site};
use super::terms::{Location, Quantity, Terms};
use super::whole::Directory;
use crate::content::fields;
use crate::content::record::Record;
use crate::content::values::{ContactType, Url};
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Span;

/// One text of an entry, other than a body.
#[derive(Clone, Debug)]
pub(crate) struct Shown<'a> {
    /// The file in which it stands.
    pub record: &'a Arc<Record>,
    /// The field of the front matter in which it stands.
    pub field: &'static str,
    pub sort: Sort,
    /// As it is shown.
    pub text: Cow<'a, str>,
}

/// Where a text stands in a field of some front matter, or else where the field does.
pub(crate) fn place_in(front: &Node, field: &str, text: &str) -> Span {
    let Some(node) = front.field(field) else { return Span::default() };
    let is_it = |node: &&Node| match &node.value {
        Value::Text(written) => written == text || fields::one_line(written) == text,
        _ => false,
    };
    node.scalars().find(is_it).map_or(node.beginning(), |node| node.span)
}

/// Where the texts of a field stand, for fields with many.
pub(crate) struct Places {
    whole: Span,
    by_text: FxHashMap<String, Span>,
}

impl Places {
    /// Those of a field of some front matter.
    pub(crate) fn new(front: &Node, field: &str) -> Places {
        let mut places = Places { whole: Span::default(), by_text: FxHashMap::default() };
        let Some(node) = front.field(field) else { return places };
        places.whole = node.beginning();
        for node in node.scalars() {
            let Value::Text(text) = &node.value else { continue };
            for text in [fields::one_line(text), text.clone()] {
                places.by_text.entry(text).or_insert(node.span);
            }
        }
        places
    }

    /// Where a text stands, or else where the field does.
    pub(crate) fn of(&self, text: &str) -> Span {
        self.by_text.get(text).copied().unwrap_or(self.whole)
    }
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// What an entry is called.
    Title,
    /// What it is, in one sentence.
    Summary,
    /// How somebody can be reached.
    Contact(ContactType),
    /// Where something is on the web.
    Url,
    /// Anything else that people have written.
    Words,
}

/// Every text of an entry but its bodies.
pub(crate) fn of_entry(directory: &Directory, id: EntryId) -> Vec<Shown<'_>> {
    let mut list = List { record: &directory[id].text.record, texts: Vec::new() };
    match id {
        EntryId::Coop(id) => list.coop(&directory[id]),
        EntryId::Need(id) => {
            let Need { entry, terms, status: _ } = &directory[id];
            list.entry(entry);
            list.terms(terms);
        }
        EntryId::Offer(id) => {
            let Offer { entry, terms, capacity: _, status: _ } = &directory[id];
            list.entry(entry);
            list.terms(terms);
        }
        EntryId::Match(id) => list.decision(&directory[id]),
        EntryId::Call(id) => list.call(&directory[id]),
        EntryId::Page(id) => {
            let Page { entry } = &directory[id];
            list.entry(entry);
        }
    }
    list.texts
}

/// The titles, summaries and addresses that `site.yaml` shows.
pub(crate) fn of_settings(site: &Site) -> Vec<(Sort, &str)> {
    let Site {
        title,
        summary,
        base_url,
        base_id: _,
        languages: _,
        theme: _,
        brand: _,
        facilitator,
        edit,
        contact_visibility: _,
        topics_closed: _,
        topics_starter: _,
        matching: _,
        series,
        licence: _,
        search_export: _,
        allowed: _,
    } = site;
    let contacts = facilitator.iter().map(|it| (Sort::Contact(it.contact_type), it.value.as_str()));
    let repository = edit.iter().filter_map(|edit| edit.repository.as_ref());
    let joins = series.iter().filter_map(|Series { join, .. }| join.as_ref());
    let urls = base_url.iter().chain(repository).chain(joins);
    let titles = series.iter().map(|Series { title, .. }| title).chain([title, summary]);
    let words = titles.flat_map(|it| [(Sort::Title, it.as_str()), (Sort::Summary, it.as_str())]);
    contacts.chain(urls.map(|url| (Sort::Url, url.as_str()))).chain(words).collect()
}

struct List<'a> {
    record: &'a Arc<Record>,
    texts: Vec<Shown<'a>>,
}

impl<'a> List<'a> {
    fn add(&mut self, field: &'static str, sort: Sort, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        if !text.is_empty() {
            self.texts.push(Shown { record: self.record, field, sort, text });
        }
    }

    fn words(&mut self, field: &'static str, texts: &[&'a str]) {
        texts.iter().for_each(|text| self.add(field, Sort::Words, *text));
    }

    fn urls(&mut self, field: &'static str, urls: impl IntoIterator<Item = &'a Url>) {
        urls.into_iter().for_each(|url| self.add(field, Sort::Url, url.as_str()));
    }

    fn entry(&mut self, entry: &'a Entry) {
        let Entry {
            slug: _,
            title,
            summary,
            aliases: _,
            language: _,
            topics: _,
            created: _,
            updated: _,
            reviewed: _,
            draft: _,
            visibility: _,
            image,
            links,
            discussion,
            sources,
            same_as,
            text: _,
            translations,
        } = entry;
        self.add("title", Sort::Title, title);
        self.add("summary", Sort::Summary, summary);
        if let Some(Image { path: _, alt, caption, licence }) = image {
            self.words("image", &[alt, caption, licence]);
        }
        for Link { label, url, link_type: _, licence } in links {
            // Without words of its own a link is called by its address.
            let label = if label == url.as_str() { "" } else { label };
            self.words("links", &[label, licence]);
            self.urls("links", [url]);
        }
        self.urls("discussion", discussion);
        for SourceNote { title, url, licence, retrieved: _ } in sources {
            self.words("sources", &[title, licence]);
            self.urls("sources", url);
        }
        self.urls("same_as", same_as);
        let original = self.record;
        for Translation { title, summary, updated: _, text } in translations.values() {
            self.record = &text.record;
            self.add("title", Sort::Title, title);
            self.add("summary", Sort::Summary, summary);
        }
        self.record = original;
    }

    fn contacts(&mut self, contacts: &'a [Contact]) {
        for Contact { contact_type, value, name, visibility: _, is_said: _ } in contacts {
            self.add("contact", Sort::Contact(*contact_type), value);
            self.words("contact", &[name]);
        }
    }

    fn person(&mut self, field: &'static str, person: Option<&'a Person>) {
        match person {
            Some(Person::Named(name)) => self.words(field, &[name]),
            Some(Person::Coop(_) | Person::Unnamed) | None => {}
        }
    }

    fn coop(&mut self, coop: &'a Coop) {
        let Coop {
            entry,
            country: _,
            region,
            city,
            coordinates: _,
            precision: _,
            form: _,
            sectors: _,
            languages: _,
            founded: _,
            members: _,
            website,
            part_of: _,
            contact,
            status: _,
        } = coop;
        self.entry(entry);
        self.words("region", &[region]);
        self.words("city", &[city]);
        self.urls("website", website);
        self.contacts(contact);
    }

    fn terms(&mut self, terms: &'a Terms) {
        let Terms {
            coop: _,
            kind: _,
            languages: _,
            mode: _,
            place: Location { country: _, city },
            basis: _,
            amount: _,
            quantity,
            urgency: _,
            from: _,
            until: _,
            raised_in: _,
            contact,
        } = terms;
        self.words("place", &[city]);
        if let Some(Quantity { value: _, unit }) = quantity {
            self.words("quantity", &[unit]);
        }
        self.contacts(contact);
    }

    fn decision(&mut self, decision: &'a Decision) {
        let Decision {
            entry,
            need: _,
            offer: _,
            status: _,
            introduced_in: _,
            facilitator,
            outcome,
        } = decision;
        self.entry(entry);
        self.person("facilitator", facilitator.as_ref());
        self.words("outcome", &[outcome]);
    }

    fn call(&mut self, call: &'a Call) {
        let Call {
            entry,
            series: _,
            number: _,
            start: _,
            zone: _,
            duration_minutes: _,
            status: _,
            join,
            languages: _,
            interpretation: _,
            facilitator,
            note_taker,
            rounds: _,
            turns,
            matches,
            decisions,
            actions,
            recording,
            unsaid: _,
            places: _,
        } = call;
        self.entry(entry);
        self.urls("join", join);
        self.person("facilitator", facilitator.as_ref());
        self.person("note_taker", note_taker.as_ref());
        for turn in turns {
            let Turn { coop: _, delegate, written: _, role: _, about, needs: _, offers: _ } = turn;
            self.person("turns", delegate.as_ref());
            self.words("turns", &[about]);
        }
        for Introduction { need: _, offer: _, status: _, note } in matches {
            self.words("matches", &[note]);
        }
        for decision in decisions {
            self.words("decisions", &[decision]);
        }
        for Action { id: _, what, who, handed_to, due: _, done: _, dropped: _ } in actions {
            self.words("actions", &[what]);
            self.person("actions", who.as_ref());
            self.person("actions", handed_to.as_ref());
        }
        if let Some(Recording { url, visibility: _ }) = recording {
            self.urls("recording", [url]);
        }
    }
}
