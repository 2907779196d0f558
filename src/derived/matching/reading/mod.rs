//! What texts say: the words and topics of every need and offer, as matching compares them.

pub mod profiles;

pub(crate) mod entry;
pub(crate) mod trust;

mod phrases;
mod signs;
pub(crate) mod tables;
pub(crate) mod text;

pub(crate) mod kinship;
mod near;
mod rarity;

pub(crate) mod weights;
