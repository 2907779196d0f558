//! Cards, and the facts of needs and offers, as HTML. The same ones stand on many pages, so each is
//! made once for a language, with marks where pages differ.

use std::sync::OnceLock;

use anyhow::Result;
use memchr::memchr2;
use serde::Serialize;
use tera::Value;

use super::paths::LinksFrom;
use super::theme::Shared;
use super::views::{self, Viewer};
use crate::derived::matching::Match;
use crate::directory::Directory;
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;

/// Stands for the way from a page to the root of the site. No text of an author holds it, since
/// control characters are taken out of all of them.
const ROOT: char = '\u{1}';

/// Stands for the level of a card's heading.
const LEVEL: char = '\u{2}';

/// The cards of one language, each made when a page first shows it.
pub struct Cards {
    entries: OfEntries,
    /// The facts of needs and offers, as pages of their matches show them.
    facts: OfEntries,
    /// By position in the list of all matches.
    matches: OnceLock<Vec<Made>>,
}

/// A piece of HTML, once it is made.
type Made = OnceLock<Box<str>>;

/// By kind of entry and position.
type OfEntries = [Vec<Made>; 6];

/// What a card's template sees.
#[derive(Serialize)]
struct CardView<T> {
    card: T,
    level: char,
}

impl Cards {
    /// No card is made yet.
    pub fn new(directory: &Directory) -> Cards {
        let mut entries = OfEntries::default();
        for id in directory.ids() {
            entries[id.kind() as usize].push(Made::new());
        }
        Cards { facts: entries.clone(), entries, matches: OnceLock::new() }
    }
}

impl Viewer<'_> {
    /// Cards of entries, as items of a list in HTML, with headings of this level.
    ///
    /// # Errors
    /// When the template `card.html` asks for what a card does not have.
    pub fn cards_html<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a EntryId>,
        level: u8,
    ) -> Result<String> {
        let mut html = String::new();
        for id in ids {
            let made = &self.cards().entries[id.kind() as usize][id.index()];
            let card = made_once(made, || {
                let viewer = self.anywhere();
                viewer.made_from("card.html", &CardView { card: viewer.card(*id), level: LEVEL })
            })?;
            self.put(&mut html, card, level);
        }
        Ok(html)
    }

    /// Cards of matches, likewise.
    ///
    /// # Errors
    /// When the template `match_card.html` asks for what the card of a match does not have.
    pub fn match_cards_html<'a>(
        &self,
        matches: impl IntoIterator<Item = &'a Match>,
        level: u8,
    ) -> Result<String> {
        let all = self.derived.matches();
        let made = self.cards().matches.get_or_init(|| vec![Made::new(); all.list.len()]);
        let mut html = String::new();
        for found in matches {
            let make = || {
                let viewer = self.anywhere();
                let card = viewer.match_card(found);
                viewer.made_from("match_card.html", &CardView { card, level: LEVEL })
            };
            match all.position(found) {
                Some(at) => self.put(&mut html, made_once(&made[at], make)?, level),
                None => self.put(&mut html, &make()?, level),
            }
        }
        Ok(html)
    }

    /// The facts of a need or an offer, as HTML for the page of a match.
    ///
    /// # Errors
    /// When the template `match_facts.html` asks for what its view does not have.
    pub fn facts_html(&self, id: EntryId, terms: &Terms) -> Result<String> {
        let made = &self.cards().facts[id.kind() as usize][id.index()];
        let facts = made_once(made, || {
            let viewer = self.anywhere();
            viewer.made_from("match_facts.html", &views::match_facts(&viewer, id, terms))
        })?;
        let mut html = String::with_capacity(facts.len());
        self.put(&mut html, facts, 0);
        Ok(html)
    }

    fn cards(&self) -> &Cards {
        &self.plan.cards[self.language_index]
    }

    /// The same viewer on no page in particular.
    fn anywhere(&self) -> Viewer<'_> {
        Viewer { links: LinksFrom::root_at(ROOT, self.settings.style), ..self.clone() }
    }

    fn made_from(&self, template: &str, view: &impl Serialize) -> Result<Box<str>> {
        let shared = Shared { links: Value::none(), footer: Value::none() };
        let html = self.plan.theme.render(self.language_index, template, view, &shared)?;
        Ok(html.into())
    }

    /// Puts a piece of HTML on this page.
    fn put(&self, html: &mut String, card: &str, level: u8) {
        let mut rest = card;
        while let Some(at) = memchr2(ROOT as u8, LEVEL as u8, rest.as_bytes()) {
            html.push_str(&rest[..at]);
            match rest.as_bytes()[at] == ROOT as u8 {
                true => html.push_str(self.links.root()),
                false => html.push(char::from(b'0' + level)),
            }
            rest = &rest[at + 1..];
        }
        html.push_str(rest);
    }
}

/// What a cell holds, made if it is empty.
fn made_once(cell: &Made, make: impl FnOnce() -> Result<Box<str>>) -> Result<&str> {
    match cell.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
    }
}
