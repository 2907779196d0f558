//! The coops that belong to each network.

use std::collections::BTreeMap;

use crate::directory::Directory;
use crate::directory::ids::CoopId;

/// Coops by the network that they are part of, by id.
#[derive(Debug, Default, PartialEq)]
pub struct Networks {
    parts: BTreeMap<CoopId, Vec<CoopId>>,
}

impl Networks {
    /// The coops that are part of a network.
    pub fn parts_of(&self, network: CoopId) -> &[CoopId] {
        self.parts.get(&network).map_or(&[], Vec::as_slice)
    }
}

/// Collects the coops of each network.
pub(super) fn collect(directory: &Directory) -> Networks {
    let mut networks = Networks::default();
    for (id, coop) in CoopId::each(&directory.coops) {
        for network in &coop.part_of {
            networks.parts.entry(*network).or_default().push(id);
        }
    }
    networks
}
