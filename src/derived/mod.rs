//! The directory to facts: what follows from it on a given day. Pure; nothing here is written by
//! authors, and nothing here knows of pages.

pub mod agenda;
pub mod calls;
pub mod facets;
pub mod links;
pub mod match_lists;
pub mod matching;
pub mod networks;
pub mod proposals;
pub mod statistics;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::directory::Directory;
use crate::directory::ids::{CallId, CoopId, EntryId, NeedId, OfferId};
use calls::Calls;
use facets::Groups;
use links::Links;
use match_lists::MatchLists;
use matching::introductions::{self, Introductions};
use matching::profiles::Profiles;
use matching::rings::Rings;
use matching::{Matches, rings};
use networks::Networks;
use proposals::Proposals;

/// The facts of a directory on one day. Each is worked out when it is first asked for.
pub struct Derived {
    /// What the facts follow from.
    pub directory: Arc<Directory>,
    /// The day for which they hold.
    pub today: Date,
    links: OnceLock<Links>,
    groups: OnceLock<Groups>,
    calls: OnceLock<Calls>,
    proposals: OnceLock<Proposals>,
    networks: OnceLock<Networks>,
    profiles: OnceLock<Profiles>,
    matches: OnceLock<Matches>,
    match_lists: OnceLock<MatchLists>,
    rings: OnceLock<Rings>,
    introductions: OnceLock<BTreeMap<CallId, Introductions>>,
}

/// Prepares the facts of a directory.
pub fn derive(directory: Arc<Directory>, today: Date) -> Derived {
    Derived {
        directory,
        today,
        links: OnceLock::new(),
        groups: OnceLock::new(),
        calls: OnceLock::new(),
        proposals: OnceLock::new(),
        networks: OnceLock::new(),
        profiles: OnceLock::new(),
        matches: OnceLock::new(),
        match_lists: OnceLock::new(),
        rings: OnceLock::new(),
        introductions: OnceLock::new(),
    }
}

impl Derived {
    /// What links to what, and what is wanted.
    pub fn links(&self) -> &Links {
        self.links.get_or_init(|| links::collect(&self.directory))
    }

    /// Entries by the values of their facets.
    pub fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| facets::group(self))
    }

    /// The calls in order, and who took part.
    pub fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| calls::arrange(&self.directory, self.today))
    }

    /// The needs and offers of each coop.
    pub fn proposals(&self) -> &Proposals {
        self.proposals.get_or_init(|| proposals::collect(&self.directory))
    }

    /// The coops of each network.
    pub fn networks(&self) -> &Networks {
        self.networks.get_or_init(|| networks::collect(&self.directory))
    }

    /// What needs and offers are about: all that matches and introductions read of texts.
    pub fn profiles(&self) -> &Profiles {
        self.profiles.get_or_init(|| Profiles::new(&self.directory))
    }

    /// Needs and offers that fit.
    pub fn matches(&self) -> &Matches {
        self.matches.get_or_init(|| matching::find(&self.directory, self.profiles(), self.today))
    }

    /// Matches by the values of their facets, what is new among them, and what waits.
    pub fn match_lists(&self) -> &MatchLists {
        self.match_lists.get_or_init(|| match_lists::arrange(self))
    }

    /// Circles of coops in which each gives what the next needs.
    pub fn rings(&self) -> &Rings {
        self.rings.get_or_init(|| rings::find(self.matches(), &self.directory, self.today))
    }

    /// What could be introduced in a call that is still to come.
    pub fn introductions(&self, call: CallId) -> Option<&Introductions> {
        let all = self.introductions.get_or_init(|| {
            let ahead = (0..).map(CallId).zip(&self.directory.calls);
            let ahead: Vec<CallId> =
                ahead.filter(|(_, call)| call.is_ahead(self.today)).map(|(id, _)| id).collect();
            self.introductions_of(&ahead, introductions::LIMIT)
        });
        all.get(&call)
    }

    /// What could be introduced in some calls, whenever they are, when no coop takes part in more than
    /// `limit` introductions.
    pub fn introductions_of(
        &self,
        calls: &[CallId],
        limit: usize,
    ) -> BTreeMap<CallId, Introductions> {
        if calls.is_empty() {
            return BTreeMap::new();
        }
        let profiles = self.profiles();
        introductions::find(&self.directory, profiles, self.calls(), self.today, calls, limit)
    }

    /// The needs of a coop that belong into lists.
    pub fn current_needs_of(&self, coop: CoopId) -> impl Iterator<Item = NeedId> {
        let needs = self.proposals().needs_of(coop).iter().copied();
        needs.filter(|id| self.is_current(EntryId::Need(*id)))
    }

    /// The offers of a coop that belong into lists.
    pub fn current_offers_of(&self, coop: CoopId) -> impl Iterator<Item = OfferId> {
        let offers = self.proposals().offers_of(coop).iter().copied();
        offers.filter(|id| self.is_current(EntryId::Offer(*id)))
    }

    /// Whether an entry belongs into lists: it is not over, met or withdrawn.
    pub fn is_current(&self, id: EntryId) -> bool {
        match id {
            EntryId::Need(id) => !self.directory[id].is_archived(self.today),
            EntryId::Offer(id) => !self.directory[id].is_archived(self.today),
            _ => true,
        }
    }

    /// The needs of lists, newest first.
    pub fn current_needs(&self) -> Vec<NeedId> {
        let needs = (0..).map(NeedId).zip(&self.directory.needs);
        let current = needs.filter(|(_, need)| !need.is_archived(self.today));
        let mut needs: Vec<NeedId> = current.map(|(id, _)| id).collect();
        needs.sort_by_key(|id| std::cmp::Reverse(self.directory[*id].entry.created));
        needs
    }

    /// The offers of lists, newest first.
    pub fn current_offers(&self) -> Vec<OfferId> {
        let offers = (0..).map(OfferId).zip(&self.directory.offers);
        let current = offers.filter(|(_, offer)| !offer.is_archived(self.today));
        let mut offers: Vec<OfferId> = current.map(|(id, _)| id).collect();
        offers.sort_by_key(|id| std::cmp::Reverse(self.directory[*id].entry.created));
        offers
    }
}
