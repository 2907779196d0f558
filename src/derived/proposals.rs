//! The needs and offers of each coop.

use std::collections::BTreeMap;

use crate::directory::Directory;
use crate::directory::ids::{CoopId, NeedId, OfferId};

/// Needs and offers by coop, by id.
#[derive(Debug, Default, PartialEq)]
pub struct Proposals {
    needs: BTreeMap<CoopId, Vec<NeedId>>,
    offers: BTreeMap<CoopId, Vec<OfferId>>,
}

impl Proposals {
    /// The needs of a coop, open or not.
    pub fn needs_of(&self, coop: CoopId) -> &[NeedId] {
        self.needs.get(&coop).map_or(&[], Vec::as_slice)
    }

    /// The offers of a coop, open or not.
    pub fn offers_of(&self, coop: CoopId) -> &[OfferId] {
        self.offers.get(&coop).map_or(&[], Vec::as_slice)
    }
}

/// Collects the needs and offers of each coop.
pub(super) fn collect(directory: &Directory) -> Proposals {
    let mut proposals = Proposals::default();
    for (id, need) in NeedId::each(&directory.needs) {
        proposals.needs.entry(need.terms.coop).or_default().push(id);
    }
    for (id, offer) in OfferId::each(&directory.offers) {
        proposals.offers.entry(offer.terms.coop).or_default().push(id);
    }
    proposals
}
