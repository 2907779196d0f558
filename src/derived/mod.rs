//! The directory to facts: what follows from it on a given day. Pure; nothing here is written by
//! authors, and nothing here knows of pages.

pub(crate) mod actions;
pub(crate) mod agenda;
pub(crate) mod calls;
pub(crate) mod facets;
pub(crate) mod introductions;
mod kept;
mod links;
pub(crate) mod match_lists;
pub mod matching;
mod networks;
mod proposals;
pub(crate) mod rings;
pub(crate) mod standing;
pub(crate) mod statistics;
pub(crate) mod waiting;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::content::record::EntryKind;
use crate::content::values::MatchStatus;
use crate::directory::former::Over;
use crate::directory::ids::{CallId, CoopId, EntryId, NeedId, OfferId};
use crate::directory::{Directory, history};
use actions::Actions;
use calls::Calls;
use facets::Groups;
use introductions::Introductions;
use kept::{Basis, KeptFacts};
use links::Links;
use match_lists::MatchLists;
use matching::reading::profiles::Profiles;
use matching::reading::tables::Tables;
use matching::{Match, Matches, eligibility};
use networks::Networks;
use proposals::Proposals;
use rings::Rings;
use standing::Standing;

/// The facts of a directory on one day. Each is worked out when it is first asked for.
pub struct Derived {
    /// What the facts follow from.
    pub directory: Arc<Directory>,
    /// The day for which they hold.
    pub today: Date,
    links: OnceLock<Links>,
    groups: OnceLock<Groups>,
    calls: OnceLock<Calls>,
    actions: OnceLock<Actions>,
    proposals: OnceLock<Proposals>,
    networks: OnceLock<Networks>,
    kept: KeptFacts,
    match_lists: OnceLock<MatchLists>,
    rings: OnceLock<Rings>,
    introductions: OnceLock<BTreeMap<CallId, Introductions>>,
    taken: OnceLock<Vec<u32>>,
}

/// Prepares the facts of a directory. Those that take longest are taken over from an `earlier` run where
/// they follow from the same.
pub fn derive(directory: Arc<Directory>, today: Date, earlier: Option<&Derived>) -> Derived {
    let now = Basis { directory: &directory, today };
    let kept = earlier.map(|earlier| KeptFacts::of(&earlier.kept, earlier.basis(), now));
    let kept = kept.unwrap_or_default();
    Derived {
        directory,
        today,
        links: OnceLock::new(),
        groups: OnceLock::new(),
        calls: OnceLock::new(),
        actions: OnceLock::new(),
        proposals: OnceLock::new(),
        networks: OnceLock::new(),
        kept,
        match_lists: OnceLock::new(),
        rings: OnceLock::new(),
        introductions: OnceLock::new(),
        taken: OnceLock::new(),
    }
}

impl Derived {
    fn basis(&self) -> Basis<'_> {
        Basis { directory: &self.directory, today: self.today }
    }

    /// What links to what, and what is wanted.
    pub fn links(&self) -> &Links {
        self.links.get_or_init(|| links::collect(&self.directory))
    }

    /// Entries by the values of their facets.
    pub fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| facets::group(&self.directory, self.today))
    }

    /// The calls in order, and who took part.
    pub fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| calls::arrange(&self.directory, self.today))
    }

    /// What is to be done, through all the calls that name it.
    pub fn actions(&self) -> &Actions {
        self.actions.get_or_init(|| actions::collect(&self.directory, self.calls()))
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
        let tables = || self.kept.tables.get_or_make(Tables::default);
        self.kept.profiles.get_or_make(|| Profiles::with(&self.directory, tables()))
    }

    /// Needs and offers that fit.
    pub fn matches(&self) -> &Matches {
        let find = || matching::find(&self.directory, self.profiles(), self.today);
        self.kept.matches.get_or_make(find)
    }

    /// Matches by the values of their facets, what is new among them, and what waits.
    pub fn match_lists(&self) -> &MatchLists {
        let arrange = || {
            let next = self.calls().next;
            match_lists::arrange(&self.directory, self.matches(), next, self.today)
        };
        self.match_lists.get_or_init(arrange)
    }

    /// Circles of coops in which each gives what the next needs.
    pub fn rings(&self) -> &Rings {
        self.rings.get_or_init(|| rings::find(self.matches(), &self.directory, self.today))
    }

    /// What could be introduced in a call that is still to come.
    pub fn introductions(&self, call: CallId) -> Option<&Introductions> {
        let all = self.introductions.get_or_init(|| {
            let ahead = CallId::each(&self.directory.calls);
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

    /// The day that counts for what a call brings together: its own, once that is to come.
    pub fn day_of(&self, call: CallId) -> Date {
        calls::day_of(&self.directory[call], self.today)
    }

    /// Whether a coop may be asked about an entry on a day: it is finished, and neither over nor given away.
    pub fn is_at_hand(&self, id: EntryId, day: Date) -> bool {
        let directory = &self.directory;
        let is_left = match id {
            EntryId::Offer(id) => directory[id].has_room(self.taken()[id.index()]),
            _ => true,
        };
        is_left && !directory.is_former(id, day) && !directory[id].draft
    }

    fn taken(&self) -> &[u32] {
        let count = || eligibility::taken(&self.directory, &history::collect(&self.directory));
        self.taken.get_or_init(count)
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

    /// Whether an entry belongs into lists: it is not over, met or withdrawn, and its coop has not closed.
    pub fn is_current(&self, id: EntryId) -> bool {
        !self.directory.is_former(id, self.today)
    }

    /// The entries of a kind that belong into lists, by id.
    pub fn current(&self, kind: EntryKind) -> impl Iterator<Item = EntryId> {
        self.directory.of_kind(kind).filter(|id| self.is_current(*id))
    }

    /// The same, newest first.
    pub fn newest(&self, kind: EntryKind) -> Vec<EntryId> {
        let mut ids: Vec<EntryId> = self.current(kind).collect();
        ids.sort_by_key(|id| std::cmp::Reverse(self.directory[*id].created));
        ids
    }

    /// The others of a kind: what is over.
    pub fn former(&self, kind: EntryKind) -> impl Iterator<Item = EntryId> {
        self.directory.of_kind(kind).filter(|id| !self.is_current(*id))
    }

    /// Where a match stands today; `None` of a suggestion.
    pub fn standing(&self, found: &Match) -> Option<Standing> {
        standing::standing(&self.directory, found, self.today)
    }

    /// Why the introduction of a match is over without an answer, if it is.
    pub fn over(&self, found: &Match) -> Option<Over> {
        match self.standing(found)? {
            Standing::Over(why) => Some(why),
            Standing::Ahead | Standing::Waiting | Standing::Answered => None,
        }
    }

    /// Whether a match has come to an end: it was fulfilled, nothing will come of it, or it is over.
    pub fn has_ended(&self, found: &Match) -> bool {
        use MatchStatus::{Agreed, Declined, Fulfilled, Introduced, Lapsed};
        match found.status {
            None | Some(Agreed) => false,
            Some(Introduced) => self.over(found).is_some(),
            Some(Fulfilled | Declined | Lapsed) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::{day, directory};

    const FILES: [(&str, &str); 8] = [
        ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
        ("content/topics.yaml", "tea: {label: {en: Tea}}\nmusic: {label: {en: Music}}\n"),
        ("content/coops/a.md", "---\ntitle: A\nlanguages: [en]\n---\nWe sing.\n"),
        ("content/coops/b.md", "---\ntitle: B\nlanguages: [en]\n---\n"),
        ("content/needs/n.md", "---\ntitle: N\ncoop: a\nkind: human\ntopics: [tea]\n---\nGreen.\n"),
        (
            "content/offers/o.md",
            "---\ntitle: O\ncoop: b\nkind: human\ntopics: [tea]\n---\nBlack.\n",
        ),
        ("content/offers/p.md", "---\ntitle: P\ncoop: b\nkind: human\ntopics: [music]\n---\n"),
        ("content/pages/z.md", "---\ntitle: Z\n---\n"),
    ];

    /// The facts after one file was changed, or added, with what was known before and without.
    fn changed(path: &str, text: &str) -> [Derived; 2] {
        let before = derive(Arc::new(directory(&FILES)), day("2026-11-22"), None);
        assert_eq!(before.matches().list.len(), 1);
        let mut files: Vec<_> = FILES.into_iter().filter(|(other, _)| *other != path).collect();
        files.push((path, text));
        let after = Arc::new(directory(&files));
        [Some(&before), None].map(|before| derive(after.clone(), day("2026-11-22"), before))
    }

    #[test]
    fn what_says_nothing_of_matches_leaves_them_as_they_are() {
        for (path, text) in [
            ("content/coops/a.md", "---\ntitle: A\nlanguages: [en]\n---\nWe drink [[z]].\n"),
            ("content/pages/z.md", "---\ntitle: Z\n---\nNew.\n"),
        ] {
            let [with, without] = changed(path, text);
            assert!(
                with.kept.profiles.made().is_some() && with.kept.matches.made().is_some(),
                "{path}"
            );
            assert_eq!(with.matches(), without.matches(), "{path}");
        }
    }

    #[test]
    fn what_changes_matches_is_never_missed() {
        let topics = "tea: {label: {en: Tea}}\nmusic: {label: {en: Music}, also: {en: [green]}}\n";
        let call = "---\ntitle: C\nstart: 2026-10-28T16:00\nstatus: held\nmatches:\n  - {need: n, offer: p, status: agreed}\n---\n";
        for (path, text) in [
            ("site.yaml", "title: Test\ntopics: {starter: false}\nmatching: {limit: 1}\n"),
            ("content/topics.yaml", topics),
            ("content/coops/b.md", "---\ntitle: B\nlanguages: [fr]\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\nlanguages: [en]\nstatus: closed\n---\n"),
            ("content/coops/c.md", "---\ntitle: C\n---\n"),
            ("content/needs/n.md", "---\ntitle: N\ncoop: a\nkind: human\ntopics: [music]\n---\n"),
            ("content/offers/o.md", "---\ntitle: O\ncoop: b\nkind: human\n---\nGreen.\n"),
            ("content/matches/n--o.md", "---\nneed: n\noffer: o\nstatus: declined\n---\n"),
            ("content/calls/2026-10.md", call),
        ] {
            let [with, without] = changed(path, text);
            assert!(with.kept.matches.made().is_none(), "{path}");
            assert_eq!(with.matches(), without.matches(), "{path}");
        }
    }

    #[test]
    fn another_day_has_its_own_matches() {
        let directory = Arc::new(directory(&FILES));
        let before = derive(directory.clone(), day("2026-11-22"), None);
        before.matches();
        let after = derive(directory, day("2026-11-23"), Some(&before));
        assert!(after.kept.profiles.made().is_some() && after.kept.matches.made().is_none());
    }
}
