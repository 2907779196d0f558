//! What templates may use: one view for each kind of page, made of plain texts and links. A theme
//! sees views and never the domain, so either can change alone. `themes/default/theme.md` lists
//! them for theme authors.

mod cards;
mod chrome;
mod marks;
mod parts;

mod agenda;
mod calls;
mod coop;
mod home;
mod list;
mod match_lists;
mod matches;
mod not_found;
mod page;
mod promises;
mod proposal;
mod rings;
mod statistics;
mod topics;
mod waiting;
mod wiki;

pub use agenda::agenda;
pub use calls::{call, calls};
pub use coop::coop;
pub use home::home;
pub use list::{List, archive, list, narrowing, pages_of};
pub use match_lists::{has_feed, match_list, new_matches};
pub use matches::{match_facts, match_page};
pub use not_found::not_found;
pub use page::page;
pub use promises::{OwnerKey, decisions, newest_actions, open_actions, open_by_owner};
pub use proposal::{need, offer};
pub use rings::{ring_list, ring_page};
pub use statistics::statistics;
pub use topics::{commons, topic, topics};
pub use waiting::waiting_matches;
pub use wiki::{Alphabet, a_to_z, a_to_z_pages, changes, footer, redirect, search, wanted};

use serde::Serialize;

use super::interface::Interface;
use super::paths::{self, LinksFrom, SitePath};
use super::{Settings, SitePlan};
use crate::content::record::EntryKind;
use crate::content::values::{Language, Slug};
use crate::derived::Derived;
use crate::directory::Directory;
use crate::directory::ids::{CoopId, EntryId};

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
    /// The language of the words, where it is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// How many things are behind it.
    pub count: Option<usize>,
    /// The kind of entry that it leads to, or empty.
    pub kind: &'static str,
}

/// A day for machines and for people.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// `2026-11-25`
    pub machine: String,
    /// "25 November 2026"
    pub human: String,
}

/// An id and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// The word in the content: `technical`.
    pub id: &'static str,
    /// The word for readers.
    pub label: String,
}

/// Builds the views of one page.
#[derive(Clone)]
pub struct Viewer<'a> {
    /// The plan that the page belongs to.
    pub plan: &'a SitePlan,
    /// The facts.
    pub derived: &'a Derived,
    /// What the facts follow from.
    pub directory: &'a Directory,
    /// The position of the page's language among the site's.
    pub language_index: usize,
    /// The page's language.
    pub language: &'a Language,
    /// The words of the interface.
    pub words: &'a Interface,
    /// The root of the page's language.
    pub root: SitePath,
    /// The page's own path.
    pub path: &'a SitePath,
    /// From where links are written.
    pub links: LinksFrom,
    /// How the site is built.
    pub settings: &'a Settings,
}

impl<'a> Viewer<'a> {
    /// A viewer for the page at a path.
    pub fn new(plan: &'a SitePlan, language_index: usize, path: &'a SitePath) -> Viewer<'a> {
        let directory = &*plan.derived.directory;
        let languages = &directory.site.languages;
        let style = plan.settings.style;
        let links = match path.as_str().ends_with("404.html") {
            true => LinksFrom::anywhere(plan.settings.base_url.as_ref(), style),
            false => LinksFrom::page(path, style),
        };
        Viewer {
            plan,
            derived: &plan.derived,
            directory,
            language_index,
            language: &languages[language_index],
            words: plan.theme.interface(language_index),
            root: paths::language_root(&languages[language_index], &languages[0]),
            path,
            links,
            settings: &plan.settings,
        }
    }

    /// A path in the page's language.
    pub fn local(&self, path: &str) -> SitePath {
        SitePath::new(format!("{}{path}", self.root.as_str()))
    }

    /// A link to a path in the page's language.
    pub fn href(&self, path: &str) -> String {
        self.links.below(&self.root, path)
    }

    /// A link with words of the interface or of the page's language.
    pub fn link(&self, path: &str, label: impl Into<String>) -> Link {
        let (href, label) = (self.href(path), label.into());
        Link { href, label, lang: None, dir: None, count: None, kind: "" }
    }

    /// A link to a list with the number of things in it.
    pub fn counted(&self, path: &str, label: impl Into<String>, count: usize) -> Link {
        Link { count: Some(count), ..self.link(path, label) }
    }

    /// The page of an entry, without its language. That of a match is called by the ids that its need and its
    /// offer have now, whatever its file is called.
    pub fn entry_path(&self, id: EntryId) -> String {
        match id {
            EntryId::Match(id) => {
                let decision = &self.directory[id];
                let (need, offer) =
                    (&self.directory[decision.need], &self.directory[decision.offer]);
                paths::entry(EntryKind::Match, &Slug::pair(&need.entry.slug, &offer.entry.slug))
            }
            _ => paths::entry(id.kind(), &self.directory[id].slug),
        }
    }

    /// A link to an entry, with its title.
    pub fn entry_link(&self, id: EntryId) -> Link {
        let entry = &self.directory[id];
        let words = entry.words(self.language);
        let label = self.title_in(id, words.title);
        let (lang, dir) = self.foreign(words.language);
        let path = self.entry_path(id);
        Link { href: self.href(&path), label, lang, dir, count: None, kind: id.kind().as_str() }
    }

    /// A link to a coop.
    pub fn coop_link(&self, id: CoopId) -> Link {
        self.entry_link(EntryId::Coop(id))
    }

    /// The title of an entry in the page's language, made up where it has none.
    pub fn title(&self, id: EntryId) -> String {
        self.title_in(id, self.directory[id].words(self.language).title)
    }

    /// The title that an entry has, or else one that is made up.
    fn title_in(&self, id: EntryId, title: &str) -> String {
        match id {
            _ if !title.is_empty() => title.to_owned(),
            EntryId::Call(id) => self.call_title(id),
            EntryId::Match(id) => {
                let decision = &self.directory[id];
                let title = |id: EntryId| self.directory[id].words(self.language).title;
                self.match_title(
                    title(EntryId::Need(decision.need)),
                    title(EntryId::Offer(decision.offer)),
                )
            }
            _ => self.directory[id].slug.to_string(),
        }
    }

    /// The title of a match, of those of its sides.
    pub fn match_title(&self, need: &str, offer: &str) -> String {
        let arguments = [("need", need.to_owned().into()), ("offer", offer.to_owned().into())];
        self.words.with("match-title", arguments)
    }

    /// The language and direction of words that are not in the page's language.
    pub fn foreign(&self, language: &Language) -> (Option<String>, Option<&'static str>) {
        match language == self.language {
            true => (None, None),
            false => (Some(language.to_string()), Some(direction(language))),
        }
    }

    /// A day for machines and for people.
    pub fn day(&self, date: jiff::civil::Date) -> Day {
        Day { machine: date.to_string(), human: self.words.date(date) }
    }

    /// A label of an id: the message `PREFIX-ID`.
    pub fn label(&self, prefix: &str, id: &'static str) -> Label {
        Label { id, label: self.words.text(&format!("{prefix}-{id}")).to_owned() }
    }
}

/// The direction in which a language is written.
pub fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
