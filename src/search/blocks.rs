//! Blocks of entries, as results show them.

use super::Document;
use super::script::{File, json};
use rayon::prelude::*;
use serde::Serialize;

/// Entries in one block.
pub const SIZE: usize = 16;
/// Bytes of an entry's text that a block holds at most, so that a page of results stays light.
const EXCERPT: usize = 320;
/// Only versions of the same block must differ.
const HASH: usize = 6;

/// What the directory says about the blocks.
#[derive(Serialize)]
pub struct Blocks {
    size: usize,
    names: String,
}

/// Writes the blocks.
pub fn write(entries: &[&Document], language: &str, files: &mut Vec<File>) -> Blocks {
    let blocks = entries.par_chunks(SIZE).enumerate().map(|(number, entries)| {
        let rows: Vec<String> = entries.iter().map(|entry| row(entry, language)).collect();
        File::hashed(&format!("entries-{number}"), HASH, &format!("[{}]", rows.join(",")))
    });
    let blocks: Vec<_> = blocks.collect();
    let names = blocks.iter().map(|(_, hash)| hash.as_str()).collect();
    files.extend(blocks.into_iter().map(|(file, _)| file));
    Blocks { size: SIZE, names }
}

fn row(entry: &Document, language: &str) -> String {
    let excerpt = excerpt(&entry.text);
    let expired = if entry.expired { "1" } else { "" };
    let language = if entry.language == language { "" } else { &entry.language };
    let row = [entry.kind, &entry.path, &entry.title, &entry.summary, &excerpt, expired, language];
    let length = row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    json(&&row[..length])
}

/// The text's beginning, with single spaces, cut after a word.
fn excerpt(text: &str) -> String {
    let mut excerpt = String::new();
    for word in text.split_whitespace() {
        excerpt.push_str(if excerpt.is_empty() { "" } else { " " });
        if excerpt.len() + word.len() > EXCERPT {
            let is_unspaced = word.len() > 60; // So long, it has no spaces to be cut at.
            let end =
                if is_unspaced { word.floor_char_boundary(EXCERPT - excerpt.len()) } else { 0 };
            return excerpt + &word[..end] + "…";
        }
        excerpt += word;
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_with_a_word_or_where_it_must() {
        assert_eq!(excerpt(" A\n short  text. "), "A short text.");
        let spaced = excerpt(&"seven77 ".repeat(60));
        assert!(spaced.ends_with(" seven77 …") && spaced.len() <= EXCERPT + 4, "{spaced}");
        let unspaced = excerpt(&"合作社".repeat(60));
        assert!(unspaced.ends_with("…") && unspaced.chars().count() == 107, "{unspaced}");
    }
}
