//! A path of a site.

use std::sync::Arc;

use crate::content::values::Language;
use crate::directory::site::Site;

/// A path of the site, from its root, without a slash before it: `coops/agaric/` for a page,
/// `calls.ics` for a file, an empty one for the home page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl AsRef<str> for SitePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl SitePath {
    /// A path that is already one.
    pub fn new(path: impl AsRef<str>) -> SitePath {
        SitePath(path.as_ref().trim_start_matches('/').into())
    }

    /// A path below this one, which is a folder: what is named without its language, below the root of one.
    pub fn join(&self, path: &str) -> SitePath {
        SitePath::new(format!("{}{path}", self.0))
    }

    /// The path as text, not encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a page is there, and not a file of another kind.
    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// How many folders it lies in.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The file that holds it.
    pub fn file(&self) -> String {
        if self.is_page() { format!("{}index.html", self.0) } else { self.0.to_string() }
    }
}

/// The root of one of a site's languages: the first one has no folder of its own.
pub fn language_root(site: &Site, language: &Language) -> SitePath {
    match language == site.default_language() {
        true => SitePath::new(""),
        false => SitePath::new(format!("{}/", language.as_str().to_ascii_lowercase())),
    }
}
