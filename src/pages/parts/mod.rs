//! Parts of pages that several views share.

pub(crate) mod actions;
pub(crate) mod cards;
pub(crate) mod chrome;
pub(crate) mod entry;
pub(crate) mod facets;
pub(crate) mod marks;
pub(crate) mod pager;
pub(crate) mod terms;
