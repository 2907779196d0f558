//! What builds the views of one page: facts, addresses and words, and links from that page.

use serde::Serialize;

use crate::addresses::{self, LinksFrom, Settings, SitePath};
use crate::content::values::Language;
use crate::derived::Derived;
use crate::directory::Directory;
use crate::directory::ids::{CoopId, EntryId};
use crate::directory::site_language::SiteLanguage;
use crate::wording::{Interface, Interfaces, Wording};

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub href: String,
    pub label: String,
    /// The language of the words, where it is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// How many things are behind it.
    pub count: Option<usize>,
    /// The kind of entry that it leads to, or empty.
    pub kind: &'static str,
}

/// A page, with what its view is made of.
#[derive(Clone)]
pub(super) struct Viewer<'a> {
    /// The facts in words of the page's language.
    pub wording: Wording<'a>,
    pub derived: &'a Derived,
    /// What the facts follow from.
    pub directory: &'a Directory,
    /// The place of the page's language among the site's.
    pub site_language: SiteLanguage,
    pub language: &'a Language,
    /// The words of the interface.
    pub words: &'a Interface,
    /// Those of all languages.
    pub interfaces: &'a Interfaces,
    /// The root of the page's language.
    pub root: SitePath,
    /// The page's own path.
    pub path: &'a SitePath,
    /// From where links are written.
    pub links: LinksFrom,
    /// How the site is published.
    pub settings: &'a Settings,
}

/// What all pages of a site are made of.
#[derive(Clone, Copy)]
pub(crate) struct OfSite<'a> {
    /// What pages show.
    pub derived: &'a Derived,
    /// How the site is published.
    pub settings: &'a Settings,
    /// The words of its languages.
    pub interfaces: &'a Interfaces,
}

impl<'a> Viewer<'a> {
    /// A viewer for the page at a path, with links that begin with this way to the root of the site.
    pub(super) fn new(
        site: OfSite<'a>,
        site_language: SiteLanguage,
        path: &'a SitePath,
        way_to_root: &str,
    ) -> Viewer<'a> {
        let OfSite { derived, settings, interfaces } = site;
        let directory = &*derived.directory;
        let words = &*interfaces[site_language];
        let language = &directory.site[site_language];
        Viewer {
            wording: Wording::new(derived, words),
            derived,
            directory,
            site_language,
            language,
            words,
            interfaces,
            root: addresses::language_root(&directory.site, language),
            path,
            links: LinksFrom::root_at(way_to_root, settings.style),
            settings,
        }
    }

    /// The same page in another language of the site.
    pub(super) fn in_language(&self, language: SiteLanguage) -> Viewer<'a> {
        let Viewer { derived, settings, interfaces, path, .. } = *self;
        let site = OfSite { derived, settings, interfaces };
        Viewer::new(site, language, path, self.links.root())
    }

    /// A path in the page's language.
    pub(super) fn local(&self, path: &str) -> SitePath {
        self.root.join(path)
    }

    /// A link to a path in the page's language.
    pub(super) fn href(&self, path: &str) -> String {
        self.links.below(&self.root, path)
    }

    /// A link with words of the interface or of the page's language.
    pub(super) fn link(&self, path: &str, label: impl Into<String>) -> Link {
        let (href, label) = (self.href(path), label.into());
        Link { href, label, lang: None, dir: None, count: None, kind: "" }
    }

    /// A link to a list with the number of things in it.
    pub(super) fn counted(&self, path: &str, label: impl Into<String>, count: usize) -> Link {
        Link { count: Some(count), ..self.link(path, label) }
    }

    /// A link to an entry, with its title.
    pub(super) fn entry_link(&self, id: EntryId) -> Link {
        let entry = &self.directory[id];
        let (lang, dir) = self.foreign(entry.words(self.language).language);
        let label = self.wording.title(id);
        let href = self.href(&addresses::page_of(self.directory, id));
        Link { href, label, lang, dir, count: None, kind: id.kind().as_str() }
    }

    /// A link to a coop.
    pub(super) fn coop_link(&self, id: CoopId) -> Link {
        self.entry_link(EntryId::Coop(id))
    }

    /// The language and direction of words that are not in the page's language.
    pub(super) fn foreign(&self, language: &Language) -> (Option<String>, Option<&'static str>) {
        match language == self.language {
            true => (None, None),
            false => (Some(language.to_string()), Some(direction(language))),
        }
    }
}

/// The direction in which a language is written.
pub(super) fn direction(language: &Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
