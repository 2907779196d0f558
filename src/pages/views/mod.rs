//! The pages that a site can have, and which view shows each.
//!
//! A view is what a template may use: plain texts and links. A theme sees views and never the domain, so either can change
//! alone. `themes/default/theme.md` lists them for theme authors.

mod a_z;
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
mod redirect;
mod rings;
mod search;
mod statistics;
mod topics;
mod waiting;
mod wiki;

pub(crate) use calls::Calls;
pub(super) use redirect::footer;

use anyhow::Result;
use serde::Serialize;

use super::orders::{List, Orders};
use super::pieces::Pieces;
use super::theme::{Shared, Theme};
use super::viewer::Viewer;
use crate::addresses;
use crate::content::record::EntryKind;
use crate::directory::ids::{CallId, CoopId, NeedId, OfferId, PageId, TopicId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    List(List),
    Archive(EntryKind, usize),
    Coop(CoopId),
    Need(NeedId),
    Offer(OfferId),
    Call(CallId),
    Agenda(CallId),
    Page(PageId),
    Calls(Calls),
    /// A page of the actions that are open, from 1.
    OpenActions(usize),
    /// A page of what calls decided, from 1.
    Decisions(usize),
    NewMatches,
    /// A page of the introductions that wait for an answer, from 1.
    WaitingMatches(usize),
    Match(NeedId, OfferId),
    RingList(usize),
    /// A ring, by its place among all.
    Ring(usize),
    Topics,
    Topic(TopicId),
    Commons,
    Statistics,
    AToZ(usize),
    Changes,
    Wanted,
    Search,
    NotFound,
    /// A former address: the path that it leads to, in the page's language, and its title.
    Redirect(String, String),
}

/// The pages that every site has once in each language, and where.
pub(crate) const FIXED: [(&str, Page); 8] = [
    (addresses::HOME, Page::Home),
    (addresses::CALLS, Page::Calls(Calls::All)),
    (addresses::TOPICS, Page::Topics),
    (addresses::COMMONS, Page::Commons),
    (addresses::STATISTICS, Page::Statistics),
    (addresses::CHANGES, Page::Changes),
    (addresses::WANTED, Page::Wanted),
    (addresses::SEARCH, Page::Search),
];

impl Page {
    /// Whether it belongs into the list of pages for search engines.
    pub(crate) fn is_listed(&self) -> bool {
        match self {
            Page::Home
            | Page::List(_)
            | Page::Archive(..)
            | Page::Coop(_)
            | Page::Need(_)
            | Page::Offer(_)
            | Page::Call(_)
            | Page::Agenda(_)
            | Page::Page(_)
            | Page::Calls(_)
            | Page::OpenActions(_)
            | Page::Decisions(_)
            | Page::NewMatches
            | Page::WaitingMatches(_)
            | Page::Match(..)
            | Page::RingList(_)
            | Page::Ring(_)
            | Page::Topics
            | Page::Topic(_)
            | Page::Commons
            | Page::Statistics
            | Page::AToZ(_)
            | Page::Changes
            | Page::Wanted => true,
            Page::Search | Page::NotFound | Page::Redirect(..) => false,
        }
    }
}

/// What a page is shown with.
pub(super) struct Show<'a> {
    /// The page's place, and what it can tell.
    pub viewer: &'a Viewer<'a>,
    /// What stands on many pages.
    pub pieces: &'a Pieces,
    /// The orders of long lists.
    pub orders: &'a Orders,
    pub theme: &'a Theme,
    /// What all pages of the language have in common.
    pub shared: &'a Shared,
}

impl Show<'_> {
    fn with(&self, template: &str, view: &impl Serialize) -> Result<String> {
        self.theme.render(self.viewer.site_language, template, view, self.shared)
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// When a template of the theme asks for what its view does not have.
    pub(super) fn page(&self, page: &Page) -> Result<String> {
        let Show { viewer, pieces, orders, .. } = *self;
        match page {
            Page::Home => self.with("home.html", &home::home(viewer, pieces)?),
            Page::List(list) if list.kind == EntryKind::Match => {
                self.with("match_list.html", &match_lists::match_list(viewer, pieces, list)?)
            }
            Page::List(list) => {
                let ids = orders.list(&viewer.wording, list);
                self.with("list.html", &list::list(viewer, pieces, list, ids)?)
            }
            Page::Archive(kind, number) => {
                let ids = orders.archive(&viewer.wording, *kind);
                self.with("list.html", &list::archive(viewer, pieces, (*kind, *number), ids)?)
            }
            Page::Coop(id) => self.with("coop.html", &coop::coop(viewer, pieces, *id)?),
            Page::Need(id) => self.with("proposal.html", &proposal::need(viewer, *id)),
            Page::Offer(id) => self.with("proposal.html", &proposal::offer(viewer, *id)),
            Page::Call(id) => self.with("call.html", &calls::call(viewer, *id)),
            Page::Agenda(id) => self.with("agenda.html", &agenda::agenda(viewer, *id)),
            Page::Page(id) => self.with("page.html", &page::page(viewer, *id)),
            Page::Calls(of) => self.with("calls.html", &calls::calls(viewer, *of)),
            Page::OpenActions(number) => {
                let open = orders.open(&viewer.wording);
                self.with("open.html", &promises::open_actions(viewer, *number, open))
            }
            Page::Decisions(number) => {
                self.with("decisions.html", &promises::decisions(viewer, *number))
            }
            Page::NewMatches => {
                self.with("match_new.html", &match_lists::new_matches(viewer, pieces)?)
            }
            Page::WaitingMatches(number) => {
                self.with("match_waiting.html", &waiting::waiting_matches(viewer, *number))
            }
            Page::Match(need, offer) => {
                let view = matches::match_page(viewer, pieces, *need, *offer)?;
                self.with("match.html", &view)
            }
            Page::RingList(number) => {
                self.with("ring_list.html", &rings::ring_list(viewer, *number))
            }
            Page::Ring(place) => self.with("ring.html", &rings::ring_page(viewer, *place)?),
            Page::Topics => self.with("topics.html", &topics::topics(viewer)),
            Page::Topic(id) => self.with("topic.html", &topics::topic(viewer, pieces, *id)?),
            Page::Commons => self.with("commons.html", &topics::commons(viewer)),
            Page::Statistics => self.with("statistics.html", &statistics::statistics(viewer)),
            Page::AToZ(number) => {
                let alphabet = orders.alphabet(&viewer.wording);
                self.with("a_z.html", &a_z::a_to_z(viewer, *number, alphabet))
            }
            Page::Changes => self.with("changes.html", &wiki::changes(viewer)),
            Page::Wanted => self.with("wanted.html", &wiki::wanted(viewer)),
            Page::Search => self.with("search.html", &search::search(viewer)),
            Page::NotFound => self.with("not_found.html", &not_found::not_found(viewer)),
            Page::Redirect(target, title) => {
                self.with("redirect.html", &redirect::redirect(viewer, target, title))
            }
        }
    }
}
