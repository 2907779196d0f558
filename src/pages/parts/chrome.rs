//! What every page has around its content: title, navigation, languages, feeds, footer.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::addresses::{self, SitePath};
use crate::content::record::EntryKind;
use crate::content::values::Language;
use crate::directory::site_language::SiteLanguage;
use crate::pages::theme::Theme;
use crate::pages::viewer::{Link, Viewer, direction};
use crate::wording::Day;

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chrome {
    /// The language of the page.
    pub lang: String,
    pub dir: &'static str,
    /// The title of the page, without the site's.
    pub title: String,
    /// One sentence for search engines, or empty.
    pub description: String,
    pub site_title: String,
    /// What the site is, or empty.
    pub site_summary: String,
    /// On what terms its content may be used, or empty.
    pub licence: String,
    /// The file of the logo below the root, where the site has one.
    pub logo: Option<String>,
    /// The site has colours or fonts of its own, in `brand.css`.
    pub has_brand: bool,
    /// `public` or `network`.
    pub edition: &'static str,
    /// The day of the build.
    pub today: Day,
    /// The page's complete URL.
    pub canonical: Option<String>,
    /// The page in other languages, with complete URLs.
    pub alternates: Vec<Alternate>,
    /// The languages of the site, with links to this page in each.
    pub languages: Vec<LanguageLink>,
    /// The section of the navigation that the page belongs to, or empty.
    pub section: &'static str,
    /// The pages above this one, the home page first.
    pub crumbs: Vec<Link>,
    /// The feed of what the page lists.
    pub feed: Option<Link>,
    /// Search engines should not list the page.
    pub hidden: bool,
}

/// The page in another language.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Alternate {
    /// The language, or `x-default`.
    pub lang: String,
    /// The complete URL.
    pub href: String,
}

/// A language to switch to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LanguageLink {
    pub href: String,
    pub lang: String,
    pub dir: &'static str,
    /// Its name in itself.
    pub name: String,
    /// The page is in it.
    pub current: bool,
}

/// The names of the pages that every page may link to. Lists of entries are called by the folder of their kind.
const PAGES: &[(&str, &str)] = &[
    ("home", addresses::HOME),
    ("matches_new", addresses::NEWEST),
    ("matches_waiting", addresses::WAITING),
    ("rings", addresses::RINGS),
    ("calls_open", addresses::OPEN),
    ("decisions", addresses::DECISIONS),
    ("topics", addresses::TOPICS),
    ("search", addresses::SEARCH),
    ("changes", addresses::CHANGES),
    ("wanted", addresses::WANTED),
    ("statistics", addresses::STATISTICS),
    ("a_z", addresses::A_TO_Z),
    ("commons", addresses::COMMONS),
    ("calls_feed", addresses::CALLS_FEED),
];

/// Links to the pages and files that every page may link to, by name.
pub(crate) fn named_links(viewer: &Viewer<'_>, theme: &Theme) -> BTreeMap<String, String> {
    let mut links = BTreeMap::new();
    for (name, path) in PAGES {
        links.insert((*name).to_owned(), viewer.href(path));
    }
    for kind in EntryKind::ALL {
        links.insert(kind.folder().to_owned(), viewer.href(&addresses::list(kind, 1)));
    }
    for kind in [EntryKind::Need, EntryKind::Offer] {
        let name = format!("{}_archive", kind.folder());
        links.insert(name, viewer.href(&addresses::archive(kind)));
    }
    for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Match] {
        let name = format!("{}_feed", kind.folder());
        links.insert(name, viewer.href(&addresses::entry_feed(kind)));
    }
    let file = |path: &str| viewer.links.to(&SitePath::new(path));
    for (name, path) in addresses::THEME_FILES {
        links.insert((*name).to_owned(), format!("{}{}", file(path), theme.version(path)));
    }
    links.insert("calendar".to_owned(), file(addresses::CALENDAR));
    links.insert("search_folder".to_owned(), viewer.index_folder(viewer.language));
    links.insert("root".to_owned(), viewer.links.root().to_owned());
    links
}

impl Viewer<'_> {
    /// The folder of the search index of a language.
    pub(crate) fn index_folder(&self, language: &Language) -> String {
        self.links.folder(&addresses::index_folder(language))
    }

    /// What surrounds a page.
    pub(crate) fn chrome(&self, title: impl Into<String>, section: &'static str) -> Chrome {
        let site = &self.directory.site;
        let base_url = self.settings.base_url.as_ref();
        let brand = &site.brand;
        Chrome {
            lang: self.language.to_string(),
            dir: direction(self.language),
            title: title.into(),
            description: String::new(),
            site_title: site.title.clone(),
            site_summary: site.summary.clone(),
            licence: site.licence.clone(),
            logo: brand.logo.as_ref().map(|logo| self.links.to(&SitePath::new(logo))),
            has_brand: !brand.colours.is_empty() || !brand.fonts.is_empty(),
            edition: self.settings.edition.as_str(),
            today: self.wording.day(self.derived.today),
            canonical: base_url.map(|base| addresses::absolute(base, self.path)),
            alternates: self.alternates(),
            languages: self.languages(),
            section,
            crumbs: vec![self.link(addresses::HOME, self.words.text("nav-home"))],
            feed: None,
            hidden: false,
        }
    }

    /// What surrounds a page that stands below the list of a kind.
    pub(crate) fn chrome_below(&self, kind: EntryKind, title: impl Into<String>) -> Chrome {
        let section = kind.folder();
        let list = addresses::list(kind, 1);
        let list = self.link(&list, self.words.text(&format!("nav-{section}")));
        self.chrome(title, section).below(list)
    }

    /// The path of this page in another language of the site.
    fn path_in(&self, language: &Language) -> SitePath {
        let root = addresses::language_root(&self.directory.site, language);
        let local = self.path.as_str().strip_prefix(self.root.as_str()).unwrap_or_default();
        root.join(local)
    }

    fn alternates(&self) -> Vec<Alternate> {
        let site = &self.directory.site;
        let base_url = self.settings.base_url.as_ref().filter(|_| site.languages.len() > 1);
        let Some(base) = base_url else { return Vec::new() };
        let url = |language: &Language| addresses::absolute(base, &self.path_in(language));
        let alternate =
            |language: &Language| Alternate { lang: language.to_string(), href: url(language) };
        let default =
            Alternate { lang: "x-default".to_owned(), href: url(site.default_language()) };
        site.languages.iter().map(alternate).chain([default]).collect()
    }

    fn languages(&self) -> Vec<LanguageLink> {
        let site = &self.directory.site;
        if site.languages.len() < 2 {
            return Vec::new();
        }
        let link = |(place, language): (SiteLanguage, &Language)| LanguageLink {
            href: self.links.to(&self.path_in(language)),
            lang: language.to_string(),
            dir: direction(language),
            name: capitalised(self.interfaces[place].language_name(language)),
            current: place == self.site_language,
        };
        site.each_language().map(link).collect()
    }
}

impl Chrome {
    /// The same with a page above it.
    pub(crate) fn below(mut self, link: Link) -> Chrome {
        self.crumbs.push(link);
        self
    }

    /// The same with a sentence for search engines.
    pub(crate) fn described(mut self, description: impl Into<String>) -> Chrome {
        self.description = description.into();
        self
    }

    /// The same with a feed.
    pub(crate) fn with_feed(mut self, feed: Link) -> Chrome {
        self.feed = Some(feed);
        self
    }

    /// The same, not to be listed by search engines.
    pub(crate) fn hidden(mut self) -> Chrome {
        self.hidden = true;
        self
    }
}

/// Names of languages begin with a capital where they stand alone.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
