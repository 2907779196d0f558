//! Pieces of HTML that stand on many pages: cards, the facts of needs and offers, the ways to narrow a list. Each is
//! made once for a language, with marks where pages differ. Made anew for each page, a full build of 10,000 entries
//! takes a third more CPU and two thirds more memory.

use std::sync::{Arc, OnceLock};

use anyhow::Result;
use memchr::memmem;
use serde::Serialize;

use super::parts::{facets, terms};
use super::theme::{Shared, Theme};
use super::viewer::Viewer;
use crate::content::record::EntryKind;
use crate::derived::matching::Match;
use crate::directory::Directory;
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;

/// Stands for the way from a page to the root of the site. No text of an author holds it, since what is no character is
/// taken out of all of them.
pub(super) const ROOT: &str = "\u{fdd0}";

/// Stands for the level of a card's heading, likewise.
const LEVEL: &str = "\u{fdd1}";

/// Appends a text with something in the place of each mark.
pub(super) fn fill(html: &mut String, text: &str, mark: &str, value: &str) {
    let mut rest = 0;
    for at in memmem::find_iter(text.as_bytes(), mark.as_bytes()) {
        html.push_str(&text[rest..at]);
        html.push_str(value);
        rest = at + mark.len();
    }
    html.push_str(&text[rest..]);
}

/// The pieces of one language, each made when a page first shows it.
pub(super) struct Pieces {
    theme: Arc<Theme>,
    cards: OfEntries,
    /// The facts of needs and offers, as pages of their matches show them.
    facts: OfEntries,
    /// By position in the list of all matches.
    match_cards: OnceLock<Vec<Made>>,
    /// By kind of entry: the ways to narrow a list of it.
    narrowing: [Made; 6],
}

/// A piece of HTML, once it is made.
type Made = OnceLock<Box<str>>;

/// By kind of entry and position.
type OfEntries = [Vec<Made>; 6];

/// What a card's template sees.
#[derive(Serialize)]
struct CardView<T> {
    card: T,
    level: &'static str,
}

impl Pieces {
    /// No piece is made yet.
    pub(super) fn new(theme: Arc<Theme>, directory: &Directory) -> Pieces {
        let mut cards = OfEntries::default();
        for id in directory.ids() {
            cards[id.kind() as usize].push(Made::new());
        }
        let (facts, narrowing) = (cards.clone(), Default::default());
        Pieces { theme, cards, facts, match_cards: OnceLock::new(), narrowing }
    }

    /// Cards of entries, as items of a list in HTML, with headings of this level.
    ///
    /// # Errors
    /// When the template `card.html` asks for what a card does not have.
    pub(super) fn cards<'a>(
        &self,
        viewer: &Viewer<'_>,
        ids: impl IntoIterator<Item = &'a EntryId>,
        level: u8,
    ) -> Result<String> {
        let mut html = String::new();
        for id in ids {
            let card = made_once(&self.cards[id.kind() as usize][id.index()], || {
                let card = CardView { card: viewer.card(*id), level: LEVEL };
                self.made_from(viewer, "card.html", &card)
            })?;
            fill(&mut html, card, LEVEL, &level.to_string());
        }
        Ok(html)
    }

    /// Cards of matches, likewise.
    ///
    /// # Errors
    /// When the template `match_card.html` asks for what the card of a match does not have.
    pub(super) fn match_cards<'a>(
        &self,
        viewer: &Viewer<'_>,
        matches: impl IntoIterator<Item = &'a Match>,
        level: u8,
    ) -> Result<String> {
        let all = viewer.derived.matches();
        let made = self.match_cards.get_or_init(|| vec![Made::new(); all.list.len()]);
        let (mut html, level) = (String::new(), level.to_string());
        for found in matches {
            let make = || {
                let card = CardView { card: viewer.match_card(found), level: LEVEL };
                self.made_from(viewer, "match_card.html", &card)
            };
            match all.position(found) {
                Some(at) => fill(&mut html, made_once(&made[at], make)?, LEVEL, &level),
                None => fill(&mut html, &make()?, LEVEL, &level),
            }
        }
        Ok(html)
    }

    /// The facts of a need or an offer, as HTML for the page of a match.
    ///
    /// # Errors
    /// When the template `match_facts.html` asks for what its view does not have.
    pub(super) fn facts(&self, viewer: &Viewer<'_>, id: EntryId, terms: &Terms) -> Result<String> {
        let facts = made_once(&self.facts[id.kind() as usize][id.index()], || {
            self.made_from(viewer, "match_facts.html", &terms::match_facts(viewer, id, terms))
        });
        facts.map(str::to_owned)
    }

    /// The ways to narrow a list of a kind, as HTML: long, and the same on the first page of every list.
    ///
    /// # Errors
    /// When the template `facets.html` asks for what its view does not have.
    pub(super) fn narrowing(&self, viewer: &Viewer<'_>, kind: EntryKind) -> Result<String> {
        let html = made_once(&self.narrowing[kind as usize], || {
            self.made_from(viewer, "facets.html", &facets::narrowing(viewer, kind))
        });
        html.map(str::to_owned)
    }

    fn made_from(
        &self,
        viewer: &Viewer<'_>,
        template: &str,
        view: &impl Serialize,
    ) -> Result<Box<str>> {
        let html = self.theme.render(viewer.site_language, template, view, &Shared::default())?;
        Ok(html.into())
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
