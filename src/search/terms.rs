//! Shards of the dictionary: terms in order, each with its posting list.
//!
//! Where one shard ends and the next begins depends on the terms around the cut, not on all before
//! it: after an edit most shards are as they were.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::postings::{List, Run, by_utf16};
use super::script::{File, json, push_number};

/// No file is larger.
pub(super) const LARGEST: usize = 32_000;
/// A shard is not cut below this size, …
const SMALLEST_SHARD: usize = 5_000;
/// … is cut above this one, …
const LARGEST_SHARD: usize = 12_000;
/// … and between them once in so many bytes.
const CUT: u64 = 3_000;
/// What a list may take in its shard; further runs go into `rest` files.
const LONGEST_LIST: usize = 2_500;
const HASH: usize = 8;
/// So many terms in other shards are named with a term of the same stem.
const MOST_ELSEWHERE: usize = 6;

/// Endings are so long at most, less one: of a longer one, that much.
const ENDINGS: u32 = 8;

/// What the directory says about the shards.
#[derive(Serialize)]
pub(super) struct Shards {
    first: String,
    names: String,
    small: String,
}

struct Shard {
    file: File,
    hash: String,
    rest: Vec<File>,
}

/// Writes the shards and the `rest` files; `small` words go into the directory.
pub(super) fn write(
    lists: &[List],
    groups: &[Arc<[u32]>],
    small: String,
    files: &mut Vec<File>,
) -> Shards {
    let shards = cut(lists);
    let first: Vec<&str> = shards
        .iter()
        .enumerate()
        .map(|(index, shard)| match index {
            0 => "",
            _ => shortest_between(&lists[shard.start - 1].term, &lists[shard.start].term),
        })
        .collect();
    let first = first.join(" ");
    let mut names = String::new();
    let shards: Vec<Shard> =
        shards.into_par_iter().map(|range| shard(lists, groups, range)).collect();
    for shard in shards {
        names += &shard.hash;
        files.push(shard.file);
        files.extend(shard.rest);
    }
    Shards { first, names, small }
}

/// Where each shard begins and ends.
fn cut(lists: &[List]) -> Vec<Range<usize>> {
    let (mut shards, mut start, mut size) = (Vec::new(), 0, 0);
    for (index, list) in lists.iter().enumerate() {
        let grown = size_of(list);
        if size + grown > LARGEST_SHARD
            || size > SMALLEST_SHARD && is_cut(&list.term, size_of(&lists[index - 1]))
        {
            shards.push(start..index);
            (start, size) = (index, 0);
        }
        size += grown;
    }
    shards.extend((start < lists.len()).then_some(start..lists.len()));
    shards
}

fn size_of(list: &List) -> usize {
    let (inline, rest) = split(&list.runs);
    let named = if rest.is_empty() { 0 } else { 10 + rest.len() * HASH };
    3 + list.term.len() + inline.iter().map(|run| run.0.len()).sum::<usize>() + named
}

/// Whether to cut before a term: by its own hash, as often as what stands before it is large.
fn is_cut(term: &str, size_before: usize) -> bool {
    let hash = blake3::hash(term.as_bytes());
    let hash = u32::from_le_bytes(hash.as_bytes()[..4].try_into().expect("a hash has 32 bytes"));
    u64::from(hash) * CUT < (size_before as u64) << 32
}

/// The shortest beginning of `first` that comes after `last`.
fn shortest_between<'a>(last: &str, first: &'a str) -> &'a str {
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| &first[..end])
        .find(|beginning| by_utf16(beginning, last).is_gt())
        .unwrap_or(first)
}

/// The runs that stay in the shard, and the others.
fn split(runs: &[Run]) -> (&[Run], &[Run]) {
    let mut size = 0;
    let inline = runs.iter().take_while(|run| {
        size += run.0.len();
        size <= LONGEST_LIST
    });
    runs.split_at(inline.count())
}

fn shard(lists: &[List], groups: &[Arc<[u32]>], range: Range<usize>) -> Shard {
    let (mut terms, mut inline, mut rest, mut rest_files) =
        (String::new(), Vec::new(), BTreeMap::new(), Vec::new());
    let (mut stems, mut others) = (String::new(), BTreeMap::new());
    let mut before = "";
    for (place, at) in range.clone().enumerate() {
        let list = &lists[at];
        push_stem(list, &groups[at], at, &range, &mut stems);
        let elsewhere = elsewhere(lists, &groups[at], &range);
        if !elsewhere.is_empty() {
            others.insert(place, elsewhere);
        }
        push_term(before, &list.term, &mut terms);
        before = &list.term;
        let (short, long) = split(&list.runs);
        inline.push(short.iter().map(|run| run.0.as_str()).collect::<String>());
        if !long.is_empty() {
            rest.insert(place, write_rest(long, &mut rest_files));
        }
    }
    let data = json(&(terms, inline.join(" "), rest, stems, others));
    let (file, hash) = File::hashed("terms", HASH, &data);
    Shard { file, hash, rest: rest_files }
}

/// How far before a term the last term of its group stands in its shard, 0 where there is none; and how long
/// its ending is.
fn push_stem(list: &List, group: &[u32], at: usize, range: &Range<usize>, stems: &mut String) {
    let before = group.iter().rev().map(|it| *it as usize).find(|it| *it < at);
    let distance = before.filter(|it| range.contains(it)).map_or(0, |it| at - it);
    let ending = list.ending().min(ENDINGS as usize - 1);
    push_number(distance as u32 * ENDINGS + ending as u32, stems);
}

/// The terms of a group that stand in other shards; a few of them, where they are many.
fn elsewhere(lists: &[List], group: &[u32], range: &Range<usize>) -> String {
    let others = group.iter().map(|it| *it as usize).filter(|it| !range.contains(it));
    let others: Vec<&str> = others.take(MOST_ELSEWHERE).map(|it| &*lists[it].term).collect();
    others.join(" ")
}

/// A term after another: how many UTF-16 units they share, and what follows them.
pub(super) fn push_term(before: &str, term: &str, terms: &mut String) {
    let shared = before.chars().zip(term.chars()).take_while(|(one, other)| one == other);
    let (bytes, units) =
        shared.fold((0, 0), |(bytes, units), (c, _)| (bytes + c.len_utf8(), units + c.len_utf16()));
    if !terms.is_empty() {
        terms.push(' ');
    }
    push_number(units as u32, terms);
    *terms += &term[bytes..];
}

/// Writes runs to as few files as hold them; their hashes.
fn write_rest(runs: &[Run], files: &mut Vec<File>) -> String {
    let (mut hashes, mut text) = (String::new(), String::new());
    let mut runs = runs.iter().peekable();
    while let Some(run) = runs.next() {
        text += &run.0;
        if runs.peek().is_none_or(|next| text.len() + next.0.len() > LARGEST - 100) {
            let (file, hash) = File::hashed("rest", HASH, &json(&text));
            hashes += &hash;
            files.push(file);
            text.clear();
        }
    }
    hashes
}
