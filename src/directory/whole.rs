//! The directory as a whole: everything that the content says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;
use std::sync::Arc;

use super::call::Call;
use super::coop::Coop;
use super::decision::Decision;
use super::entry::{Entry, Reference};
use super::ids::{CallId, CoopId, DecisionId, EntryId, NeedId, OfferId, PageId, TopicId};
use super::need::Need;
use super::offer::Offer;
use super::page::Page;
use super::site::Site;
use super::terms::Terms;
use super::topics::{Topic, Topics};
use crate::content::attachment;
use crate::content::record::EntryKind;
use crate::content::source::Asset;
use crate::content::values::{Country, Language, Slug};

/// Everything that the content says, typed and linked. Lists are sorted by id, and an id is a
/// position in its list.
#[derive(Clone, Debug)]
pub struct Directory {
    /// `site.yaml`, with what it leaves out filled in.
    pub site: Site,
    /// The starter vocabulary with the topics of `content/topics.yaml`.
    pub topics: Topics,
    /// By [`CoopId`].
    pub coops: Vec<Coop>,
    /// By [`NeedId`].
    pub needs: Vec<Need>,
    /// By [`OfferId`].
    pub offers: Vec<Offer>,
    /// What people decided about matches.
    pub decisions: Vec<Decision>,
    /// By [`CallId`].
    pub calls: Vec<Call>,
    /// By [`PageId`].
    pub pages: Vec<Page>,
    /// Pairs that were declined, and are never suggested again; also where the decision itself is
    /// withheld.
    pub declined: BTreeSet<(NeedId, OfferId)>,
    /// Files of entries from which an edition left something out; they are never linked to.
    pub holds_secrets: BTreeSet<Arc<str>>,
    /// Files that can be published as they are.
    pub assets: BTreeMap<Arc<str>, Asset>,
}

impl Directory {
    /// Every entry, by kind and id.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> + use<> {
        EntryKind::ALL.map(|kind| self.of_kind(kind)).into_iter().flatten()
    }

    /// The entries of a kind, by id.
    pub fn of_kind(&self, kind: EntryKind) -> impl Iterator<Item = EntryId> + use<> {
        (0..self.count(kind)).map(move |at| EntryId::new(kind, at))
    }

    /// How many entries of a kind there are.
    pub fn count(&self, kind: EntryKind) -> usize {
        match kind {
            EntryKind::Coop => self.coops.len(),
            EntryKind::Need => self.needs.len(),
            EntryKind::Offer => self.offers.len(),
            EntryKind::Match => self.decisions.len(),
            EntryKind::Call => self.calls.len(),
            EntryKind::Page => self.pages.len(),
        }
    }
}

macro_rules! entries_by_id {
    ($($id:ident: $entry:ident in $list:ident $(.$inner:ident)?;)*) => { $(
        impl Index<$id> for Directory {
            type Output = $entry;

            fn index(&self, id: $id) -> &$entry {
                &self.$list$(.$inner)?[id.index()]
            }
        }
    )* };
}

entries_by_id! {
    CoopId: Coop in coops;
    NeedId: Need in needs;
    OfferId: Offer in offers;
    DecisionId: Decision in decisions;
    CallId: Call in calls;
    PageId: Page in pages;
    TopicId: Topic in topics.list;
}

impl Index<EntryId> for Directory {
    type Output = Entry;

    fn index(&self, id: EntryId) -> &Entry {
        match id {
            EntryId::Coop(id) => &self[id].entry,
            EntryId::Need(id) => &self[id].entry,
            EntryId::Offer(id) => &self[id].entry,
            EntryId::Match(id) => &self[id].entry,
            EntryId::Call(id) => &self[id].entry,
            EntryId::Page(id) => &self[id].entry,
        }
    }
}

impl Directory {
    /// Every file that is published as it is: those of `content/static/`, and those of entries.
    pub fn copied_files(&self) -> BTreeSet<&Arc<str>> {
        let mut files = self.files_of_entries();
        files.extend(self.assets.keys().filter(|path| !attachment::is_beside_entries(path)));
        files
    }

    /// The files that an entry shows, or links to.
    pub fn files_of_entries(&self) -> BTreeSet<&Arc<str>> {
        let mut files = BTreeSet::new();
        for id in self.ids() {
            let entry = &self[id];
            files.extend(entry.image.iter().map(|image| &image.path));
            let references = entry.texts().flat_map(|text| &text.references);
            files.extend(references.filter_map(|reference| match reference {
                Reference::Asset(path) => Some(path),
                _ => None,
            }));
        }
        files
    }

    /// The entry that is named as `coops/agaric`.
    pub(super) fn named(&self, name: &str) -> Option<EntryId> {
        let (kind, slug) = EntryKind::in_name(name)?;
        self.by_id(kind, slug)
    }

    /// The entry of a kind with an id.
    pub fn by_id(&self, kind: EntryKind, slug: &str) -> Option<EntryId> {
        let id = |at| EntryId::new(kind, at);
        let (mut low, mut high) = (0, self.count(kind));
        while low < high {
            let middle = usize::midpoint(low, high);
            match self[id(middle)].slug.as_str().cmp(slug) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(id(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// What needs and offers have in common.
    pub fn terms(&self, id: EntryId) -> Option<&Terms> {
        match id {
            EntryId::Need(id) => Some(&self[id].terms),
            EntryId::Offer(id) => Some(&self[id].terms),
            EntryId::Coop(_) | EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => None,
        }
    }

    /// Whose a need or an offer is.
    pub fn coop_of(&self, id: EntryId) -> Option<CoopId> {
        self.terms(id).map(|terms| terms.coop)
    }

    /// In which languages help can be given: those that its terms say, else the coop's, else the one that the need
    /// or offer is written in.
    pub fn languages_of<'a>(
        &'a self,
        terms: &'a Terms,
        written_in: &'a Language,
    ) -> &'a [Language] {
        match (terms.languages.as_slice(), self[terms.coop].languages.as_slice()) {
            ([], []) => std::slice::from_ref(written_in),
            ([], of_coop) => of_coop,
            (own, _) => own,
        }
    }

    /// In which country help can be given: the one that is said, else the coop's.
    pub fn country_of<'a>(&'a self, terms: &'a Terms) -> Option<&'a Country> {
        terms.place.country.as_ref().or(self[terms.coop].country.as_ref())
    }

    /// The id of the match of a need and an offer.
    pub fn match_id(&self, need: NeedId, offer: OfferId) -> Slug {
        Slug::pair(&self[need].entry.slug, &self[offer].entry.slug)
    }

    /// The coops of a need and of an offer: who looks for something, and who gives it.
    pub fn sides(&self, need: NeedId, offer: OfferId) -> [CoopId; 2] {
        [self[need].terms.coop, self[offer].terms.coop]
    }

    /// The texts of an entry's fields in which there can be links, and the language of each.
    pub(super) fn field_texts_mut(&mut self, id: EntryId) -> Vec<(Language, &mut String)> {
        let mut texts: Vec<&mut String> = Vec::new();
        let entry = match id {
            EntryId::Coop(id) => &mut self.coops[id.index()].entry,
            EntryId::Need(id) => &mut self.needs[id.index()].entry,
            EntryId::Offer(id) => &mut self.offers[id.index()].entry,
            EntryId::Page(id) => &mut self.pages[id.index()].entry,
            EntryId::Match(id) => {
                let Decision { entry, outcome, .. } = &mut self.decisions[id.index()];
                texts.push(outcome);
                entry
            }
            EntryId::Call(id) => {
                let call = &mut self.calls[id.index()];
                texts.extend(call.turns.iter_mut().map(|turn| &mut turn.about));
                texts.extend(call.matches.iter_mut().map(|introduction| &mut introduction.note));
                texts.extend(&mut call.decisions);
                texts.extend(call.actions.iter_mut().map(|action| &mut action.what));
                &mut call.entry
            }
        };
        let language = entry.language.clone();
        texts.push(&mut entry.summary);
        texts.extend(entry.image.as_mut().map(|image| &mut image.caption));
        let texts = texts.into_iter().map(|text| (language.clone(), text));
        let translated = entry.translations.iter_mut();
        let translated = translated.map(|(language, it)| (language.clone(), &mut it.summary));
        texts.chain(translated).collect()
    }

    pub(super) fn entry_mut(&mut self, id: EntryId) -> &mut Entry {
        match id {
            EntryId::Coop(id) => &mut self.coops[id.index()].entry,
            EntryId::Need(id) => &mut self.needs[id.index()].entry,
            EntryId::Offer(id) => &mut self.offers[id.index()].entry,
            EntryId::Match(id) => &mut self.decisions[id.index()].entry,
            EntryId::Call(id) => &mut self.calls[id.index()].entry,
            EntryId::Page(id) => &mut self.pages[id.index()].entry,
        }
    }
}
