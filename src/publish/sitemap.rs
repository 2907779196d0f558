//! The list of pages for search engines (sitemaps.org), and what they may visit.

use std::fmt::Write;

use crate::addresses::{self, SitePath};
use crate::content::values::Url;
use crate::directory::edition::Edition;

/// How many addresses a list may hold (sitemaps.org).
const LIMIT: usize = 50_000;

/// How many parts a list of so many pages has beside its overview: none when one file holds it.
pub(super) fn parts(listed: usize) -> usize {
    if listed > LIMIT { listed.div_ceil(LIMIT) } else { 0 }
}

/// A part of the list, from 1; 0 is the whole, or the overview of its parts.
pub(super) fn sitemap<'a>(
    base: &Url,
    listed: impl Iterator<Item = &'a SitePath> + Clone,
    part: usize,
) -> String {
    let parts = parts(listed.clone().count());
    let (element, item) =
        if part == 0 && parts > 0 { ("sitemapindex", "sitemap") } else { ("urlset", "url") };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    let mut add = |path: &SitePath| {
        let url = addresses::absolute(base, path);
        writeln!(xml, "<{item}><loc>{url}</loc></{item}>").expect("a String takes every text");
    };
    if part == 0 && parts > 0 {
        (1..=parts).for_each(|part| add(&addresses::sitemap_part(part)));
    } else {
        let skipped = part.saturating_sub(1) * LIMIT;
        listed.skip(skipped).take(LIMIT).for_each(add);
    }
    writeln!(xml, "</{element}>").expect("a String takes every text");
    xml
}

/// What search engines may visit: everything, but nothing of a network's own edition.
pub(super) fn robots(edition: Edition, base: Option<&Url>) -> String {
    match (edition, base) {
        (Edition::Network, _) => "User-agent: *\nDisallow: /\n".to_owned(),
        (Edition::Public, Some(base)) => {
            let sitemap = addresses::absolute(base, &SitePath::new(addresses::SITEMAP));
            format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n")
        }
        (Edition::Public, None) => "User-agent: *\nAllow: /\n".to_owned(),
    }
}
