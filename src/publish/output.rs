//! What stands at a path of the site.

use std::mem::discriminant;
use std::sync::Arc;

use crate::addresses::SitePath;
use crate::directory::site_language::SiteLanguage;
use crate::exchange::Export;
use crate::pages::Page;

/// A page or file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where it is published.
    pub path: SitePath,
    /// Its language; the first one's for what is there once.
    pub language: SiteLanguage,
    /// What is published there.
    pub(crate) output: Output,
}

/// What a page or file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// A page that is printed with the theme.
    Page(Page),
    /// Anything else.
    File(File),
}

/// A file that is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// For other programs.
    Export(Export),
    /// A part of the list of all pages, from 1; 0 is the whole or the list of parts.
    Sitemap(usize),
    /// What search engines may visit.
    Robots,
    /// The site's own colours and fonts.
    Brand,
    /// A file of the theme, by its path below it.
    Theme(String),
    /// A file of the site, by its path.
    Copy(Arc<str>),
    /// A file of the search index.
    Search,
}

impl Output {
    /// Whether another output is of the same sort.
    pub(crate) fn is_like(&self, other: &Output) -> bool {
        match (self, other) {
            (Output::Page(one), Output::Page(other)) => discriminant(one) == discriminant(other),
            (Output::File(one), Output::File(other)) => match (one, other) {
                (File::Export(one), File::Export(other)) => {
                    discriminant(one) == discriminant(other)
                }
                _ => discriminant(one) == discriminant(other),
            },
            _ => false,
        }
    }
}

impl From<Page> for Output {
    fn from(page: Page) -> Output {
        Output::Page(page)
    }
}

impl From<File> for Output {
    fn from(file: File) -> Output {
        Output::File(file)
    }
}

impl From<Export> for Output {
    fn from(export: Export) -> Output {
        Output::File(File::Export(export))
    }
}
