//! Where files are that are no pages: those at the root of a site, those of the theme and of the search index, copies, and
//! the pads that lie beside the content.

use super::SitePath;
use crate::content::file_names::{CONTENT, in_static};
use crate::content::values::Language;

/// The page for addresses that lead nowhere, as servers ask for it.
pub const NOT_FOUND: &str = "404.html";

/// What search engines may visit.
pub const ROBOTS: &str = "robots.txt";

/// The list of all pages for search engines, or of its parts.
pub const SITEMAP: &str = "sitemap.xml";

/// The folder of the theme, and of a site, for styles, scripts and drawings.
pub const ASSETS: &str = "assets/";

/// The folder of templates in a theme.
pub const TEMPLATES: &str = "templates/";

/// The site's own colours and fonts.
pub const BRAND: &str = "assets/brand.css";

/// Files of the built-in theme by the names that templates know.
pub const THEME_FILES: &[(&str, &str)] = &[
    ("style", "assets/style.css"),
    ("brand", BRAND),
    ("mark", "assets/mark.svg"),
    ("search_index", "assets/search-index.js"),
    ("search_script", "assets/search.js"),
    ("suggest_script", "assets/suggest.js"),
    ("site_script", "assets/site.js"),
    ("timer_script", "assets/timer.js"),
    ("ended_script", "assets/ended.js"),
];

/// A part of the list for search engines, from 1.
pub fn sitemap_part(number: usize) -> SitePath {
    SitePath::new(format!("sitemap-{number}.xml"))
}

/// Whether a path is that of such a part, whether or not there is one.
pub fn is_sitemap_part(path: &str) -> bool {
    let number = path.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|digit| digit.is_ascii_digit()))
}

/// The folder of the search index of a language.
pub fn index_folder(language: &Language) -> SitePath {
    SitePath::new(format!("search/{}/", language.as_str().to_ascii_lowercase()))
}

/// A file of the search index of a language, by its name.
pub fn search_file(language: &Language, name: &str) -> SitePath {
    index_folder(language).join(name)
}

/// Where a file below `content/` is published: `content/static/` at the root, others as they lie.
pub fn copy_of(source: &str) -> SitePath {
    let as_it_lies = || source.strip_prefix(CONTENT).unwrap_or(source);
    SitePath::new(in_static(source).unwrap_or_else(as_it_lies))
}

/// A file that lies in the folder of an entry, by its path there and the path of the entry's page: where it is published.
pub fn beside(page: &str, file: &str) -> SitePath {
    SitePath::new(format!("{page}{file}"))
}

/// Where the pad of a call lies in the folder of the site. It is no page.
pub fn pad(call: &str) -> String {
    format!("pads/{call}.md")
}

/// Where answers about the pad of a call are kept, beside it.
pub fn pad_answers(call: &str) -> String {
    format!("pads/{call}.answers.yaml")
}

/// Where it is kept what of the pad of a call was recorded, beside it.
pub fn pad_recorded(call: &str) -> String {
    format!("pads/{call}.recorded.yaml")
}

/// Where what nobody could place is kept, beside it.
pub fn pad_left(call: &str) -> String {
    format!("pads/{call}.left.md")
}

/// Whether a file of the site's folder lies where pads do.
pub fn is_of_pads(path: &str) -> bool {
    path.starts_with("pads/")
}
