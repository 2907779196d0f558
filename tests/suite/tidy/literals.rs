//! Addresses are made in one place: no other part of the program writes one by hand.

use super::source::sources;
use super::{Source, assert_none};

/// Words that paths of a site begin with, or have within.
const RESERVED: &[&str] = &[
    "a-z",
    "archive",
    "assets",
    "calls",
    "changes",
    "commons",
    "coops",
    "decisions",
    "matches",
    "needs",
    "offers",
    "open",
    "page",
    "pages",
    "rings",
    "search",
    "series",
    "statistics",
    "templates",
    "topics",
    "waiting",
    "wanted",
];

/// Files that may hold what looks like an address, and why.
const FILES: &[(&str, &str)] = &[
    ("src/addresses/", "where addresses are made"),
    ("src/content/file_names.rs", "the names of folders of content"),
    ("src/content/svg/words.rs", "names of XML that other programs have chosen"),
    ("src/directory/contact_value.rs", "addresses of other sites by which people are reached"),
    ("src/cli/init.rs", "the files of a new site, and what Git leaves out"),
    ("src/edge/", "paths of this computer, and no address of a site"),
    ("src/mentions/", "addresses as other people write them"),
    ("src/pages/theme/files.rs", "the list of built-in files, which the build makes"),
];

/// Texts that only look like an address, and why.
const TEXTS: &[(&str, &str)] = &[
    ("/", "parts of a path are joined with it"),
    ("//", "begins an address without a scheme"),
    ("://", "stands after a scheme"),
    ("./", "begins a path from here"),
    ("../", "goes a folder up"),
    ("http://", "a scheme"),
    ("https://", "a scheme"),
    ("</", "ends an element of HTML"),
    ("/*", "begins a comment of CSS"),
    ("-//Ayni//calls//EN", "the name of the program, as calendars ask for it (RFC 5545)"),
    ("https://x.invalid/", "an address that nobody has"),
];

#[test]
fn addresses_are_made_in_one_place() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !is_free(source)) {
        for (line, text) in source.texts.iter().filter(|(_, text)| looks_like_an_address(text)) {
            faults.push(format!("{}:{line} writes `{text}`: see src/addresses/", source.path));
        }
    }
    assert_none(faults);
}

fn is_free(source: &Source) -> bool {
    FILES.iter().any(|(path, _)| source.path.starts_with(path))
}

fn looks_like_an_address(text: &str) -> bool {
    // A sentence tells people of a path.
    if text.contains(char::is_whitespace) || TEXTS.iter().any(|(known, _)| *known == text) {
        return false;
    }
    let is_reserved = |word: &str| {
        let word = word.rsplit(['/', '`', '"', '}']).next().unwrap_or_default();
        RESERVED.contains(&word)
    };
    let holds_reserved = || text.match_indices('/').any(|(at, _)| is_reserved(&text[..at]));
    text.starts_with('/') || text.ends_with('/') || holds_reserved()
}

#[test]
fn what_an_address_looks_like() {
    for address in ["/coops", "calls/", "needs/archive/x", "{root}calls/{}", "../pages/x"] {
        assert!(looks_like_an_address(address), "{address}");
    }
    for other in ["and/or", "put it into content/pages/ or needs/", "text/html", "https://"] {
        assert!(!looks_like_an_address(other), "{other}");
    }
}

#[test]
fn nothing_is_free_without_need() {
    let looks = |source: &&Source| source.texts.iter().any(|(_, text)| looks_like_an_address(text));
    for (path, why) in FILES {
        let mut of_path = sources().iter().filter(|source| source.path.starts_with(path));
        assert!(of_path.any(|source| looks(&source)), "{path} ({why}) needs no place in the list");
    }
    for (text, why) in TEXTS {
        let mut all = sources().iter().flat_map(|source| &source.texts);
        assert!(all.any(|(_, it)| it == text), "`{text}` ({why}) needs no place in the list");
    }
}
