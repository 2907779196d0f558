//! The words by which typing errors are mended, by their length.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::postings::List;
use super::script::{File, json};
use super::terms::{LARGEST, push_term};

/// Shorter words are near too many others, longer ones are no words.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
const HASH: usize = 8;

/// Of so many words all are written.
const FEW: usize = 5_000;

/// Writes a file for each length that a word has; their hashes by length, in UTF-16 units. Where there are
/// many words, one is in it if a title has it, or two entries: others may be errors themselves. Where that
/// is too much for one file, the words of the most entries are.
pub(super) fn write(lists: &[List], files: &mut Vec<File>) -> BTreeMap<usize, String> {
    let mut by_length: BTreeMap<usize, Vec<&List>> = BTreeMap::new();
    let is_trusted = |list: &&List| lists.len() < FEW || list.is_in_title || list.entries > 1;
    for list in lists.iter().filter(is_trusted) {
        let length = list.term.encode_utf16().count();
        let is_word = list.term.chars().all(char::is_alphabetic);
        if is_word && LENGTHS.contains(&length) {
            by_length.entry(length).or_default().push(list);
        }
    }
    let file = |(length, words): (usize, Vec<&List>)| {
        let (file, hash) = File::hashed(&format!("spell-{length}"), HASH, &json(&fitting(words)));
        files.push(file);
        (length, hash)
    };
    by_length.into_iter().map(file).collect()
}

/// As many words as fit a file, in order.
fn fitting(mut words: Vec<&List>) -> String {
    let written = |words: &[&List]| {
        let (mut text, mut before) = (String::new(), "");
        for list in words {
            push_term(before, &list.term, &mut text);
            before = &list.term;
        }
        text
    };
    loop {
        let text = written(&words);
        if text.len() + 100 <= LARGEST {
            return text;
        }
        // Each round a tenth goes, from the rarest on.
        let mut by_use = words.clone();
        by_use.sort_by_key(|list| (Reverse(list.entries), &list.term));
        let least = by_use[words.len() * 9 / 10].entries;
        let kept = words.iter().copied().filter(|list| list.entries > least).collect::<Vec<_>>();
        words = if kept.is_empty() { words[..words.len() / 2].to_vec() } else { kept };
    }
}
