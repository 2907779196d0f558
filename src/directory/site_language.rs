//! Which language of a site: its place among them. What there is once for each language is found by it.

use std::ops::Index;

use super::site::Site;
use crate::content::values::Language;

/// One of the languages of a site, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteLanguage(usize);

impl SiteLanguage {
    /// The language at the root.
    pub const FIRST: SiteLanguage = SiteLanguage(0);
}

impl Site {
    /// Its languages, each with its place.
    pub fn each_language(&self) -> impl Iterator<Item = (SiteLanguage, &Language)> {
        self.languages.iter().enumerate().map(|(place, language)| (SiteLanguage(place), language))
    }
}

impl Index<SiteLanguage> for Site {
    type Output = Language;

    fn index(&self, language: SiteLanguage) -> &Language {
        &self.languages[language.0]
    }
}

/// Something for each language of a site, in their order.
#[derive(Clone, Debug)]
pub struct PerLanguage<T>(Vec<T>);

impl<T> PerLanguage<T> {
    /// Makes one for each of some languages.
    pub fn new(languages: &[Language], make: impl FnMut(&Language) -> T) -> PerLanguage<T> {
        PerLanguage(languages.iter().map(make).collect())
    }

    /// Makes one for each of some languages, and stops where that fails.
    pub fn try_new<E>(
        languages: &[Language],
        make: impl FnMut(&Language) -> Result<T, E>,
    ) -> Result<PerLanguage<T>, E> {
        languages.iter().map(make).collect::<Result<_, E>>().map(PerLanguage)
    }

    /// The same for what is made of each.
    pub fn try_map<U, E>(&self, make: impl FnMut(&T) -> Result<U, E>) -> Result<PerLanguage<U>, E> {
        self.0.iter().map(make).collect::<Result<_, E>>().map(PerLanguage)
    }

    /// All of them, in the order of the languages.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.0.iter()
    }
}

impl<T> Index<SiteLanguage> for PerLanguage<T> {
    type Output = T;

    fn index(&self, language: SiteLanguage) -> &T {
        &self.0[language.0]
    }
}
