//! Where things are: the only place that makes the addresses of a site, and the paths of what is made for it.

mod feeds;
mod files;
mod links;
mod pages;
mod path;
mod settings;

pub use feeds::*;
pub use files::*;
pub use links::*;
pub use pages::*;
pub use path::*;
pub use settings::*;
