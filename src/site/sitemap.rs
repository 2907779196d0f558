//! The list of pages for search engines (sitemaps.org), and what they may visit.

use std::fmt::Write;

use super::SitePlan;
use super::paths::{self, SitePath};
use super::plan::SITEMAP_LIMIT;
use crate::directory::edition::Edition;

/// How many parts the list has beside its overview: none when one file holds it.
pub fn parts(plan: &SitePlan) -> usize {
    let listed = plan.listed().count();
    match plan.settings.base_url {
        Some(_) if listed > SITEMAP_LIMIT => listed.div_ceil(SITEMAP_LIMIT),
        _ => 0,
    }
}

/// A part of the list, from 1; 0 is the whole, or the overview of its parts.
pub fn sitemap(plan: &SitePlan, part: usize) -> String {
    let Some(base) = &plan.settings.base_url else { return String::new() };
    let parts = parts(plan);
    let (element, item) =
        if part == 0 && parts > 0 { ("sitemapindex", "sitemap") } else { ("urlset", "url") };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    let mut add = |path: &SitePath| {
        let url = paths::absolute(base, path);
        writeln!(xml, "<{item}><loc>{url}</loc></{item}>").expect("a String takes every text");
    };
    if part == 0 && parts > 0 {
        (1..=parts).for_each(|part| add(&SitePath::new(format!("sitemap-{part}.xml"))));
    } else {
        let skipped = part.saturating_sub(1) * SITEMAP_LIMIT;
        plan.listed().skip(skipped).take(SITEMAP_LIMIT).for_each(|planned| add(&planned.path));
    }
    writeln!(xml, "</{element}>").expect("a String takes every text");
    xml
}

/// What search engines may visit: everything, but nothing of a network's own edition.
pub fn robots(plan: &SitePlan) -> String {
    match (plan.settings.edition, &plan.settings.base_url) {
        (Edition::Network, _) => "User-agent: *\nDisallow: /\n".to_owned(),
        (Edition::Public, Some(base)) => {
            let sitemap = paths::absolute(base, &SitePath::new("sitemap.xml"));
            format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n")
        }
        (Edition::Public, None) => "User-agent: *\nAllow: /\n".to_owned(),
    }
}
