//! Ids of entries: numbers into the directory's lists, one type for each kind.

use crate::content::record::EntryKind;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the directory's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The ids of the directory's first entries, so many as `count`.
            pub fn all(count: usize) -> impl Iterator<Item = $name> + use<> {
                (0..).map($name).take(count)
            }

            /// What stands in the order of the directory's list, each with its id.
            pub fn each<I: IntoIterator>(items: I) -> impl Iterator<Item = ($name, I::Item)> {
                (0..).map($name).zip(items)
            }
        }
    )* };
}

ids! {
    /// A coop of the directory.
    CoopId;
    /// A need of the directory.
    NeedId;
    /// An offer of the directory.
    OfferId;
    /// A decision of people about a need and an offer.
    DecisionId;
    /// A call of the directory.
    CallId;
    /// A wiki page of the directory.
    PageId;
    /// A topic of the vocabulary.
    TopicId;
}

/// Any entry of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryId {
    /// Below `content/coops/`.
    Coop(CoopId),
    /// Below `content/needs/`.
    Need(NeedId),
    /// Below `content/offers/`.
    Offer(OfferId),
    /// A match that people decided on.
    Match(DecisionId),
    /// Below `content/calls/`.
    Call(CallId),
    /// Below `content/pages/`.
    Page(PageId),
}

impl EntryId {
    /// The entry of a kind at a position of its list.
    pub fn new(kind: EntryKind, index: usize) -> EntryId {
        let index = u32::try_from(index).expect("fewer than 2³² entries of a kind");
        match kind {
            EntryKind::Coop => EntryId::Coop(CoopId(index)),
            EntryKind::Need => EntryId::Need(NeedId(index)),
            EntryKind::Offer => EntryId::Offer(OfferId(index)),
            EntryKind::Match => EntryId::Match(DecisionId(index)),
            EntryKind::Call => EntryId::Call(CallId(index)),
            EntryKind::Page => EntryId::Page(PageId(index)),
        }
    }

    /// The position in the list of its kind.
    pub fn index(self) -> usize {
        match self {
            EntryId::Coop(CoopId(at))
            | EntryId::Need(NeedId(at))
            | EntryId::Offer(OfferId(at))
            | EntryId::Match(DecisionId(at))
            | EntryId::Call(CallId(at))
            | EntryId::Page(PageId(at)) => at as usize,
        }
    }

    /// The kind of the entry.
    pub fn kind(self) -> EntryKind {
        match self {
            EntryId::Coop(_) => EntryKind::Coop,
            EntryId::Need(_) => EntryKind::Need,
            EntryId::Offer(_) => EntryKind::Offer,
            EntryId::Match(_) => EntryKind::Match,
            EntryId::Call(_) => EntryKind::Call,
            EntryId::Page(_) => EntryKind::Page,
        }
    }
}
