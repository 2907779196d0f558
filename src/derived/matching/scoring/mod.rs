//! How well a need and an offer fit, from 0 to 1, and why.

pub mod score;

pub mod evidence;
pub mod reasons;

pub mod sides;
pub mod weights;
