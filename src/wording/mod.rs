//! Facts in words: what things are called, and where they stand, in one language of a site. Pages, feeds, search and texts
//! for other programs all say it alike.

mod actions;
mod amounts;
pub(crate) mod collation;
mod interface;
mod reasons;
mod statuses;
mod times;
mod titles;

pub(crate) use interface::{BadInterface, Interface};
pub(crate) use reasons::{ReasonView, percent};
pub(crate) use statuses::Label;
pub(crate) use times::{Clock, Day, When};

use std::sync::Arc;

use crate::content::values::Language;
use crate::derived::Derived;
use crate::directory::Directory;
use crate::directory::site_language::PerLanguage;

/// The words of each language of a site.
pub(crate) type Interfaces = PerLanguage<Arc<Interface>>;

/// The facts of a site, to be said in one of its languages.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// What is to be said.
    pub derived: &'a Derived,
    /// What the facts follow from.
    pub directory: &'a Directory,
    /// In which language.
    pub language: &'a Language,
    /// The words for it.
    pub words: &'a Interface,
}

impl<'a> Wording<'a> {
    /// Facts with the words of a language, which is that of the interface.
    pub fn new(derived: &'a Derived, words: &'a Interface) -> Wording<'a> {
        Wording { derived, directory: &derived.directory, language: &words.language, words }
    }
}
