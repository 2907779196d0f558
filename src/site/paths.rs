//! Addresses: the only place that makes URLs.

use std::fmt::Write;
use std::sync::Arc;

use crate::content::record::EntryKind;
use crate::content::values::{Language, Slug, Url};
use crate::derived::facets::Facet;
use crate::directory::site::{Series, Site};

/// A path of the site, from its root, without a slash before it: `coops/agaric/` for a page,
/// `calls.ics` for a file, an empty one for the home page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// A path that is already one.
    pub fn new(path: impl AsRef<str>) -> SitePath {
        SitePath(path.as_ref().trim_start_matches('/').into())
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

/// The root of a language: the first one has no folder of its own.
pub fn language_root(language: &Language, default: &Language) -> SitePath {
    match language == default {
        true => SitePath::new(""),
        false => SitePath::new(format!("{}/", language.as_str().to_ascii_lowercase())),
    }
}

/// The introductions that wait for an answer, without their language.
pub const WAITING: &str = "matches/waiting/";

/// The page of an entry, without its language.
pub fn entry(kind: EntryKind, slug: &Slug) -> String {
    format!("{}/{slug}/", kind.folder())
}

/// The list of a kind of entry, without its language.
pub fn list(kind: EntryKind, number: usize) -> String {
    numbered(format!("{}/", kind.folder()), number)
}

/// A page of a list for one value of a facet, without its language.
pub fn facet(kind: EntryKind, facet: Facet, value: &str, number: usize) -> String {
    numbered(format!("{}/{}/{value}/", kind.folder(), facet.as_str()), number)
}

/// The feed of suggested matches, of all or of those with one value of a facet, without its language.
pub fn match_feed(only: Option<(Facet, &str)>) -> String {
    match only {
        None => format!("{}.atom", EntryKind::Match.folder()),
        Some((facet, value)) => {
            format!("{}/{}/{value}.atom", EntryKind::Match.folder(), facet.as_str())
        }
    }
}

/// The page of a topic, without its language.
pub fn topic(slug: &Slug) -> String {
    format!("topics/{slug}/")
}

/// The feed of what is about a topic, without its language.
pub fn topic_feed(slug: &Slug) -> String {
    format!("topics/{slug}.atom")
}

/// The list of rings, without its language.
pub fn rings(number: usize) -> String {
    numbered("rings/".to_owned(), number)
}

/// The page of a ring of these coops, without its language. No id has two hyphens together, so no two
/// rings have one address.
pub fn ring<'a>(coops: impl Iterator<Item = &'a Slug>) -> String {
    format!("rings/{}/", Slug::joined(&coops.collect::<Vec<_>>()))
}

/// The calendar file of a call.
pub fn call_calendar(slug: &Slug) -> SitePath {
    SitePath::new(format!("calls/{slug}.ics"))
}

/// The page of a series of calls, without its language.
pub fn series(id: &Slug) -> String {
    format!("calls/series/{id}/")
}

/// Where a series is shown: one that is alone is the archive of calls.
pub fn page_of_series(site: &Site, of: &Series) -> String {
    match site.series.len() {
        1 => "calls/".to_owned(),
        _ => series(&of.id),
    }
}

/// The calendar file of a series of calls.
pub fn series_calendar(id: &Slug) -> SitePath {
    SitePath::new(format!("calls/series/{id}.ics"))
}

/// The agenda of a call, in any language.
pub fn agenda(slug: &Slug) -> String {
    format!("calls/{slug}/agenda/")
}

/// The list of open actions, without its language.
pub const OPEN: &str = "calls/open/";

/// The feed of open actions, likewise.
pub const OPEN_FEED: &str = "calls/open.atom";

/// The list of decisions, likewise.
pub const DECISIONS: &str = "calls/decisions/";

/// The feed of decisions, likewise.
pub const DECISIONS_FEED: &str = "calls/decisions.atom";

/// The feed of calls, likewise.
pub const CALLS_FEED: &str = "calls.atom";

/// The page with this number of a list; the first has no number.
pub fn numbered(list: String, number: usize) -> String {
    if number <= 1 { list } else { format!("{list}page/{number}/") }
}

/// How links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStyle {
    /// Pages are linked by their folder, for web servers.
    Folder,
    /// Pages are linked by their `index.html`, so that they open without a server.
    Portable,
}

/// From where links are written: a page links relatively, so that the site works under any path.
#[derive(Clone, Debug)]
pub struct LinksFrom {
    root: String,
    style: LinkStyle,
}

impl LinksFrom {
    /// Links on the page or in the file at `from`.
    pub fn page(from: &SitePath, style: LinkStyle) -> LinksFrom {
        let depth = from.depth();
        let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        LinksFrom { root, style }
    }

    /// Links with something else in place of the way to the root.
    pub fn root_at(root: impl Into<String>, style: LinkStyle) -> LinksFrom {
        LinksFrom { root: root.into(), style }
    }

    /// Links on a page that is served at any depth: they start with the path of the base URL.
    pub fn anywhere(base_url: Option<&Url>, style: LinkStyle) -> LinksFrom {
        let path = base_url.and_then(|url| url.as_str().splitn(4, '/').nth(3));
        LinksFrom { root: format!("/{}", path.unwrap_or_default()), style }
    }

    /// A link to a path, encoded.
    pub fn to(&self, path: &SitePath) -> String {
        self.below(&SitePath::new(""), path.as_str())
    }

    /// A link to a path below a folder, encoded.
    pub fn below(&self, folder: &SitePath, path: &str) -> String {
        const INDEX: &str = "index.html";
        let folder = folder.as_str();
        let length = self.root.len() + folder.len() + path.len() + INDEX.len();
        let mut href = String::with_capacity(length);
        href.push_str(&self.root);
        encode_into(&mut href, folder);
        encode_into(&mut href, path);
        if self.style == LinkStyle::Portable && (path.is_empty() || path.ends_with('/')) {
            href.push_str(INDEX);
        }
        href
    }

    /// The way to the root of the site, with a slash at its end.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// How links are written.
    pub fn style(&self) -> LinkStyle {
        self.style
    }
}

/// A complete URL of a path.
pub fn absolute(base_url: &Url, path: &SitePath) -> String {
    let mut url = base_url.as_str().to_owned();
    encode_into(&mut url, path.as_str());
    url
}

/// Percent-encodes what cannot stand in a URL's path; slashes stay.
fn encode_into(out: &mut String, path: &str) {
    let can_stand =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    if path.bytes().all(can_stand) {
        out.push_str(path);
        return;
    }
    for byte in path.bytes() {
        match can_stand(byte) {
            true => out.push(char::from(byte)),
            false => write!(out, "%{byte:02X}").expect("a String takes every text"),
        }
    }
}

/// Percent-encodes a fragment.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative() {
        let from = |path: &str| LinksFrom::page(&SitePath::new(path), LinkStyle::Folder);
        let agaric = SitePath::new("coops/agaric/");
        assert_eq!(from("").to(&agaric), "./coops/agaric/");
        assert_eq!(from("needs/x/").to(&agaric), "../../coops/agaric/");
        assert_eq!(from("coops/agaric/").to(&SitePath::new("")), "../../");
        assert_eq!(
            from("").to(&SitePath::new("coops/пример/")),
            "./coops/%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80/"
        );
        let portable = LinksFrom::page(&SitePath::new("search/"), LinkStyle::Portable);
        assert_eq!(portable.to(&SitePath::new("")), "../index.html");
        assert_eq!(portable.to(&SitePath::new("calls.ics")), "../calls.ics");
    }

    #[test]
    fn a_page_at_any_depth_links_from_the_base_path() {
        let base = Url::parse_web("https://example.org/dir/").expect("a URL");
        let links = LinksFrom::anywhere(Some(&base), LinkStyle::Folder);
        assert_eq!(links.to(&SitePath::new("coops/")), "/dir/coops/");
        assert_eq!(LinksFrom::anywhere(None, LinkStyle::Folder).to(&SitePath::new("")), "/");
    }
}
