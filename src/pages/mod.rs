//! Facts to HTML: what each page shows, and its text. Pure.
//!
//! A view is what one page shows, as plain data; the printer puts it into a template.

mod body;
mod footnotes;
mod orders;
mod parts;
mod pieces;
mod printer;
pub(crate) mod theme;
mod viewer;
mod views;

pub(crate) use body::escape;
pub(crate) use orders::{List, a_to_z_pages};
pub(crate) use parts::pager::pages_of;
pub(crate) use printer::Printer;
pub(crate) use viewer::OfSite;
pub(crate) use views::{Calls, FIXED, Page};
