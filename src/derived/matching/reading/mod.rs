//! What texts say: the words and topics of every need and offer, as matching compares them.

pub mod profiles;

pub mod entry;
pub mod trust;

pub mod phrases;
pub mod signs;
pub mod tables;
pub mod text;

pub mod kinship;
pub mod near;
pub mod rarity;

pub mod weights;
