//! Headings of a body, and their addresses within the page.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::content::values::slugify;

/// A heading and its address within the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its address, unique within the body.
    pub id: String,
    /// The address that GitHub gives it, where that is another one and nobody else's.
    pub other_id: Option<String>,
    /// Where its text stands in the plain text.
    pub span: Range<usize>,
}

/// The headings of a body, by their levels, texts and places, with an address for each.
pub(crate) fn named(
    headings: impl IntoIterator<Item = (u8, String, Range<usize>)>,
) -> Vec<Heading> {
    let mut ids = Ids::default();
    let own = headings.into_iter().map(|(level, text, span)| {
        let id = ids.next(slugify(&text), 1);
        Heading { level, text, id, other_id: None, span }
    });
    let mut named: Vec<Heading> = own.collect();
    let mut others = Ids::default();
    for heading in &mut named {
        let other = others.next(github_id(&heading.text), 0);
        // What begins with an underscore is the address of a footnote.
        if !other.starts_with('_') && ids.taken.insert(other.clone()) {
            heading.other_id = Some(other);
        }
    }
    named
}

/// The address of a heading at GitHub, before it is counted: spaces are hyphens, other signs are left out.
fn github_id(text: &str) -> String {
    let is_kept = |letter: &char| {
        letter.is_alphanumeric() || is_combining_mark(*letter) || matches!(letter, '-' | '_' | ' ')
    };
    let small = text.trim().nfc().flat_map(char::to_lowercase).filter(is_kept);
    small.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// Gives each heading of a body an address of its own.
#[derive(Default)]
struct Ids {
    taken: FxHashSet<String>,
    counts: FxHashMap<String, usize>,
}

impl Ids {
    /// The next address; the second of the same words is numbered by one more than `first`.
    fn next(&mut self, slug: String, first: usize) -> String {
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let count = self.counts.entry(slug.clone()).or_insert(first);
        loop {
            let id = if *count == first { slug.clone() } else { format!("{slug}-{count}") };
            *count += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// How a place on a page is looked for: by an address or by words.
pub(crate) fn key(fragment: &str) -> String {
    slugify(fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_two_addresses() {
        let ids = |texts: &[&str]| -> Vec<(String, Option<String>)> {
            let texts = texts.iter().map(|text| (2, (*text).to_owned(), 0..0));
            named(texts).into_iter().map(|it| (it.id, it.other_id)).collect()
        };
        let one = |id: &str, other: Option<&str>| (id.to_owned(), other.map(str::to_owned));
        assert_eq!(ids(&["How we work"]), [one("how-we-work", None)]);
        assert_eq!(
            ids(&["Volumes won't mount", "Food & drink", "__init__", "!"]),
            [
                one("volumes-won-t-mount", Some("volumes-wont-mount")),
                one("food-drink", Some("food--drink")),
                one("init", None),
                one("section", None),
            ]
        );
        assert_eq!(
            ids(&["Tea", "Tea", "Tea 1", "Tea"]),
            [
                one("tea", None),
                one("tea-2", None),
                one("tea-1", Some("tea-1-1")),
                one("tea-3", None)
            ],
            "what is another heading's address is not shared"
        );
        assert_eq!(ids(&["Tea", "Tea"])[1], one("tea-2", Some("tea-1")));
        assert_eq!(ids(&["¿Qué?  नमस्ते"])[0], one("qué-नमस्ते", Some("qué--नमस्ते")));
    }
}
