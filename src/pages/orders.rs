//! The orders in which entries stand in long lists. Each is made once for a language, since a long list has many pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::content::record::EntryKind;
use crate::derived::Derived;
use crate::derived::actions::History;
use crate::derived::facets::{self, Facet};
use crate::directory::contact::Person;
use crate::directory::ids::EntryId;
use crate::wording::Wording;
use crate::wording::collation::collate;

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// The kind of entry.
    pub kind: EntryKind,
    /// Only those with this value of a facet.
    pub only: Option<(Facet, String)>,
    /// The page of the list, from 1.
    pub number: usize,
}

/// The orders of one language.
#[derive(Default)]
pub(super) struct Orders {
    lists: OnceLock<Lists>,
    archives: OnceLock<[Vec<EntryId>; 2]>,
    alphabet: OnceLock<Alphabet>,
    open: OnceLock<Vec<(OwnerKey, usize)>>,
}

impl Orders {
    /// The entries of a list.
    pub(super) fn list(&self, wording: &Wording<'_>, list: &List) -> &[EntryId] {
        let lists = self.lists.get_or_init(|| lists(wording));
        lists.get(&(list.kind, list.only.clone())).map_or(&[], Vec::as_slice)
    }

    /// Needs or offers that are over, the latest first.
    pub(super) fn archive(&self, wording: &Wording<'_>, kind: EntryKind) -> &[EntryId] {
        let kinds = [EntryKind::Need, EntryKind::Offer];
        let [needs, offers] = self.archives.get_or_init(|| kinds.map(|kind| over(wording, kind)));
        if kind == EntryKind::Need { needs } else { offers }
    }

    /// All entries from A to Z.
    pub(super) fn alphabet(&self, wording: &Wording<'_>) -> &Alphabet {
        self.alphabet.get_or_init(|| Alphabet::new(wording))
    }

    /// The actions that are open, by owner: their places among all actions.
    pub(super) fn open(&self, wording: &Wording<'_>) -> &[(OwnerKey, usize)] {
        self.open.get_or_init(|| open_by_owner(wording))
    }
}

/// The entries of every list, by kind and by the value of a facet, in order.
type Lists = BTreeMap<(EntryKind, Option<(Facet, String)>), Vec<EntryId>>;

/// Puts the entries of every list in order: needs and offers newest first, others by title. Done
/// once for a language, since a long list has many pages.
fn lists(wording: &Wording<'_>) -> Lists {
    let (derived, directory) = (wording.derived, wording.directory);
    let mut lists = Lists::new();
    for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page] {
        let in_order = match kind {
            EntryKind::Need | EntryKind::Offer => derived.newest(kind),
            _ => {
                let mut by_title: Vec<EntryId> = derived.current(kind).collect();
                by_title.sort_by_cached_key(|id| collate(&wording.title(*id)));
                by_title
            }
        };
        for facet in Facet::of(kind) {
            for id in &in_order {
                for value in facets::values(directory, *id, *facet) {
                    lists.entry((kind, Some((*facet, value)))).or_default().push(*id);
                }
            }
        }
        lists.insert((kind, None), in_order);
    }
    lists
}

/// The needs or offers that are over, the latest first.
fn over(wording: &Wording<'_>, kind: EntryKind) -> Vec<EntryId> {
    let (derived, directory) = (wording.derived, wording.directory);
    let mut ids: Vec<EntryId> = derived.former(kind).collect();
    ids.sort_by_key(|id| Reverse(directory[*id].changed()));
    ids
}

/// How many entries one page of the list from A to Z has.
pub(super) const A_TO_Z_PER_PAGE: usize = 500;

/// How many pages the list from A to Z has.
pub(crate) fn a_to_z_pages(derived: &Derived) -> usize {
    let listed = derived.directory.ids().filter(|id| is_in_a_to_z(derived, *id));
    listed.count().div_ceil(A_TO_Z_PER_PAGE).max(1)
}

/// Whether an entry stands in the list from A to Z.
fn is_in_a_to_z(derived: &Derived, id: EntryId) -> bool {
    id.kind() != EntryKind::Match && derived.is_current(id)
}

/// All entries from A to Z.
pub(super) struct Alphabet {
    /// The entries in order.
    pub ids: Vec<EntryId>,
    /// Each letter, and the position of its first entry.
    pub letters: Vec<(String, usize)>,
}

impl Alphabet {
    /// Puts all entries in order by their titles in the language. Those that begin with no
    /// letter come first.
    fn new(wording: &Wording<'_>) -> Alphabet {
        let derived = wording.derived;
        let listed = derived.directory.ids().filter(|id| is_in_a_to_z(derived, *id));
        let mut keyed: Vec<(bool, String, EntryId)> = listed
            .map(|id| {
                let key = collate(&wording.title(id));
                (key.starts_with(char::is_alphabetic), key, id)
            })
            .collect();
        keyed.sort_unstable();
        let mut letters: Vec<(String, usize)> = Vec::new();
        for (at, (_, key, _)) in keyed.iter().enumerate() {
            let letter = letter(key);
            if letters.last().is_none_or(|(last, _)| *last != letter) {
                letters.push((letter, at));
            }
        }
        Alphabet { ids: keyed.into_iter().map(|(.., id)| id).collect(), letters }
    }
}

/// By what owners are put in order: coops, then people with a name, then others.
pub(super) type OwnerKey = (u8, String, String);

/// What is open, by owner, and of each the oldest first: the places among all actions.
fn open_by_owner(wording: &Wording<'_>) -> Vec<(OwnerKey, usize)> {
    let actions = wording.derived.actions().list.iter().enumerate();
    let open = actions.filter(|(_, history)| history.end.is_none());
    let mut open: Vec<_> = open.map(|(at, history)| (owner_key(wording, history), at)).collect();
    open.sort();
    open
}

fn owner_key(wording: &Wording<'_>, history: &History) -> OwnerKey {
    match &history.owner {
        Some(Person::Coop(coop)) => {
            let title = wording.title(EntryId::Coop(*coop));
            (0, collate(&title), wording.directory[*coop].entry.slug.to_string())
        }
        Some(Person::Named(name)) => (1, collate(name), name.clone()),
        Some(Person::Unnamed) => (2, String::new(), String::new()),
        None => (3, String::new(), String::new()),
    }
}

/// The letter under which a title stands, by its key; `#` where it begins with none.
fn letter(key: &str) -> String {
    match key.chars().next() {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().to_string(),
        _ => "#".to_owned(),
    }
}
