//! How well a need and an offer fit, from 0 to 1, and why.

pub(crate) mod score;

pub mod evidence;
pub(crate) mod reasons;

mod sides;
pub(crate) mod weights;
