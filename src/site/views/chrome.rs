//! What every page has around its content: title, navigation, languages, feeds, footer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Day, Link, Viewer, direction};
use crate::content::values::Language;
use crate::site::interface::Interface;
use crate::site::paths::{self, SitePath};

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    /// The language of the page.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// The title of the page, without the site's.
    pub title: String,
    /// One sentence for search engines, or empty.
    pub description: String,
    /// The site's name.
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
pub struct Alternate {
    /// The language, or `x-default`.
    pub lang: String,
    /// The complete URL.
    pub href: String,
}

/// A language to switch to.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    /// Where.
    pub href: String,
    /// The language.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// Its name in itself.
    pub name: String,
    /// The page is in it.
    pub current: bool,
}

/// The named links: pages in the page's language.
const PAGES: &[(&str, &str)] = &[
    ("home", ""),
    ("coops", "coops/"),
    ("needs", "needs/"),
    ("offers", "offers/"),
    ("matches", "matches/"),
    ("matches_new", "matches/new/"),
    ("matches_waiting", paths::WAITING),
    ("rings", "rings/"),
    ("calls", "calls/"),
    ("calls_open", paths::OPEN),
    ("decisions", paths::DECISIONS),
    ("pages", "pages/"),
    ("topics", "topics/"),
    ("search", "search/"),
    ("changes", "changes/"),
    ("wanted", "wanted/"),
    ("statistics", "statistics/"),
    ("a_z", "a-z/"),
    ("commons", "commons/"),
    ("needs_archive", "needs/archive/"),
    ("offers_archive", "offers/archive/"),
    ("coops_feed", "coops.atom"),
    ("needs_feed", "needs.atom"),
    ("offers_feed", "offers.atom"),
    ("matches_feed", "matches.atom"),
    ("calls_feed", paths::CALLS_FEED),
];

/// The named links: files at the root, in one copy for all languages.
const FILES: &[(&str, &str)] = &[
    ("calendar", "calls.ics"),
    ("style", "assets/style.css"),
    ("brand", "assets/brand.css"),
    ("mark", "assets/mark.svg"),
    ("search_index", "assets/search-index.js"),
    ("search_script", "assets/search.js"),
    ("suggest_script", "assets/suggest.js"),
    ("site_script", "assets/site.js"),
    ("timer_script", "assets/timer.js"),
    ("ended_script", "assets/ended.js"),
];

impl Viewer<'_> {
    /// Links to the pages and files that every page may link to, by name.
    pub fn named_links(&self) -> BTreeMap<&'static str, String> {
        let pages = PAGES.iter().map(|(name, path)| (*name, self.href(path)));
        let files = FILES.iter().map(|(name, path)| {
            let version = self.plan.version(path);
            (*name, format!("{}{version}", self.links.to(&SitePath::new(path))))
        });
        let own = [
            ("search_folder", self.index_folder(self.language)),
            ("root", self.links.root().to_owned()),
        ];
        pages.chain(files).chain(own).collect()
    }

    /// The folder of the search index of a language.
    pub fn index_folder(&self, language: &Language) -> String {
        let language = language.as_str().to_ascii_lowercase();
        let file = self.links.to(&SitePath::new(format!("search/{language}/x")));
        file.trim_end_matches('x').to_owned()
    }

    /// What surrounds a page.
    pub fn chrome(&self, title: impl Into<String>, section: &'static str) -> Chrome {
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
            today: self.day(self.derived.today),
            canonical: base_url.map(|base| paths::absolute(base, self.path)),
            alternates: self.alternates(),
            languages: self.languages(),
            section,
            crumbs: vec![self.link("", self.words.text("nav-home"))],
            feed: None,
            hidden: false,
        }
    }

    fn in_language(&self, index: usize) -> SitePath {
        let languages = &self.directory.site.languages;
        let root = paths::language_root(&languages[index], &languages[0]);
        let local = self.path.as_str().strip_prefix(self.root.as_str()).unwrap_or_default();
        SitePath::new(format!("{}{local}", root.as_str()))
    }

    fn alternates(&self) -> Vec<Alternate> {
        let languages = &self.directory.site.languages;
        let Some(base) = self.settings.base_url.as_ref().filter(|_| languages.len() > 1) else {
            return Vec::new();
        };
        let url = |index| paths::absolute(base, &self.in_language(index));
        let each = (0..languages.len())
            .map(|index| Alternate { lang: languages[index].to_string(), href: url(index) });
        each.chain([Alternate { lang: "x-default".to_owned(), href: url(0) }]).collect()
    }

    fn languages(&self) -> Vec<LanguageLink> {
        let languages = &self.directory.site.languages;
        if languages.len() < 2 {
            return Vec::new();
        }
        let link = |(index, language): (usize, &Language)| {
            let own: &Interface = self.plan.theme.interface(index);
            LanguageLink {
                href: self.links.to(&self.in_language(index)),
                lang: language.to_string(),
                dir: direction(language),
                name: capitalised(own.language_name(language)),
                current: index == self.language_index,
            }
        };
        languages.iter().enumerate().map(link).collect()
    }
}

impl Chrome {
    /// The same with a page above it.
    pub fn below(mut self, link: Link) -> Chrome {
        self.crumbs.push(link);
        self
    }

    /// The same with a sentence for search engines.
    pub fn described(mut self, description: impl Into<String>) -> Chrome {
        self.description = description.into();
        self
    }

    /// The same with a feed.
    pub fn with_feed(mut self, feed: Link) -> Chrome {
        self.feed = Some(feed);
        self
    }

    /// The same, not to be listed by search engines.
    pub fn hidden(mut self) -> Chrome {
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
