//! The site: which pages and files there are, where they are, and their bytes. Pure.

mod former;
pub(crate) mod guard;
mod output;
mod pictures;
mod plan;
mod render;
mod room;
mod rooted_links;
mod search_files;
mod site_plan;
mod sitemap;

pub use output::Planned;
pub(crate) use output::{File, Output};
pub use render::{Content, render};
pub use site_plan::{SitePlan, plan};
