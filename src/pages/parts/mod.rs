//! Parts of pages that several views share.

pub mod actions;
pub mod cards;
pub mod chrome;
pub mod entry;
pub mod facets;
pub mod marks;
pub mod pager;
pub mod terms;
