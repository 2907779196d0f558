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

pub use body::escape;
pub use orders::{List, a_to_z_pages};
pub use parts::pager::pages_of;
pub use printer::Printer;
pub use viewer::OfSite;
pub use views::{Calls, FIXED, Page};
