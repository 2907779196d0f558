//! Links from one place of a site to another.

use std::fmt::Write;

use super::SitePath;
use crate::content::values::Url;

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

    /// The address of a folder as browsers ask for it, however links to pages are written.
    pub fn folder(&self, folder: &SitePath) -> String {
        let mut href = self.root.clone();
        encode_into(&mut href, folder.as_str());
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

/// A text as a fragment, percent-encoded.
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
