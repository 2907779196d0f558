//! Blocks of entries, as results show them.

use rayon::prelude::*;
use serde::Serialize;

use super::documents::Document;
use super::script::{File, json};

/// Entries in one block.
pub(super) const SIZE: usize = 16;
/// Bytes of an entry's text that a block holds at most, so that a page of results stays light.
const EXCERPT: usize = 320;
/// Bytes of an entry's further text, in which only phrases are looked for.
const TEXT: usize = 20_000;
/// Only versions of the same block must differ.
const HASH: usize = 6;

/// What the directory says about the blocks.
#[derive(Serialize)]
pub(super) struct Blocks {
    size: usize,
    names: String,
    /// Of the further texts of each block; hyphens where there are none.
    texts: String,
}

/// Writes the blocks.
pub(super) fn write(entries: &[&Document<'_>], language: &str, files: &mut Vec<File>) -> Blocks {
    let blocks = entries.par_chunks(SIZE).enumerate().map(|(number, entries)| {
        let (rows, texts): (Vec<String>, Vec<String>) =
            entries.iter().map(|entry| row(entry, language)).unzip();
        let rows =
            File::hashed(&format!("entries-{number}"), HASH, &format!("[{}]", rows.join(",")));
        let has_more = texts.iter().any(|text| !text.is_empty());
        let texts = has_more.then(|| File::hashed(&format!("texts-{number}"), HASH, &json(&texts)));
        (rows, texts)
    });
    let blocks: Vec<_> = blocks.collect();
    let (mut names, mut text_names) = (String::new(), String::new());
    for ((file, hash), texts) in blocks {
        names += &hash;
        files.push(file);
        match texts {
            Some((file, hash)) => {
                text_names += &hash;
                files.push(file);
            }
            None => text_names += &"-".repeat(HASH),
        }
    }
    Blocks { size: SIZE, names, texts: text_names }
}

/// An entry as results show it, and the rest of its text.
fn row(entry: &Document<'_>, language: &str) -> (String, String) {
    let (excerpt, rest) = excerpt(entry.written());
    let expired = if entry.expired { "1" } else { "" };
    let language = if entry.language == language { "" } else { entry.language };
    let row = [entry.kind, &entry.path, &entry.title, entry.summary, &excerpt, expired, language];
    let length = row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    (json(&&row[..length]), rest)
}

/// The text's beginning, with single spaces, cut after a word and followed by `…`; and what follows.
fn excerpt<'t>(mut words: impl Iterator<Item = &'t str>) -> (String, String) {
    let mut excerpt = String::new();
    while let Some(word) = words.next() {
        excerpt.push_str(if excerpt.is_empty() { "" } else { " " });
        if excerpt.len() + word.len() > EXCERPT {
            let is_unspaced = word.len() > 60; // So long, it has no spaces to be cut at.
            let end =
                if is_unspaced { word.floor_char_boundary(EXCERPT - excerpt.len()) } else { 0 };
            let rest = std::iter::once(&word[end..]).chain(words);
            let mut rest = rest.collect::<Vec<_>>().join(" ");
            rest.truncate(rest.floor_char_boundary(TEXT));
            return (excerpt + &word[..end] + "…", rest);
        }
        excerpt += word;
    }
    (excerpt, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_with_a_word_or_where_it_must() {
        let excerpt = |text: &str| excerpt(text.split_whitespace());
        assert_eq!(excerpt(" A\n short  text. "), ("A short text.".to_owned(), String::new()));
        let text = "seven77 ".repeat(60);
        let (spaced, rest) = excerpt(&text);
        assert_eq!(spaced.replace('…', "") + &rest, text.trim());
        assert!(spaced.ends_with(" seven77 …") && spaced.len() <= EXCERPT + 4, "{spaced}");
        let text = "合作社".repeat(60);
        let (unspaced, rest) = excerpt(&text);
        assert_eq!(unspaced.replace('…', "") + &rest, text);
        assert!(unspaced.ends_with("…") && unspaced.chars().count() == 107, "{unspaced}");
    }
}
