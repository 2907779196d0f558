//! Matches: for every open need the offers that fit it best, with reasons, and every pair that
//! people decided on. A pure function of the directory and the day.
//!
//! It stands on two folders: `reading` says what texts are about, `scoring` how well two fit. An index
//! (`candidates`) finds the offers that could be among the best, the rules say which of them may be
//! suggested (`eligibility`), and `finding` makes the list of it. The others tell of that list.

pub(crate) mod matches;

pub(crate) mod finding;

pub(crate) mod eligibility;
pub(crate) mod explanation;

pub mod all_pairs;
pub(crate) mod candidates;

pub mod scoring;

pub mod reading;

pub(crate) mod evaluation;

pub use finding::find;
pub use matches::{Match, Matches};
pub use scoring::evidence::Evidence;
pub use scoring::reasons::{Reason, Shared, SharedWord};
