//! The search index: everything a browser needs to search one language, as files that it loads one
//! by one.
//!
//! # The format
//!
//! Every file is a classic script that calls `ayni("name", data)` once, where `name` is the file's
//! name without `.js`. So it loads from any path, from `file://`, and under `default-src 'self'`.
//! All names but `directory.js` hold a hash of the content: a file never changes, and may be kept
//! for ever. The data is JSON with `<`, U+2028 and U+2029 escaped.
//!
//! *Entries* are numbered from 0 by `created` (undated first), kind and id, so a new entry normally
//! comes last. *Numbers* are written in 91 printable characters (`!` to `~` without `"`, `<` and
//! `\`). The first 59 end a number, the other 32 are followed by more: the value is the sum of each
//! character's place times 1, 32, 32² … . So up to 58 takes one character, up to 1,946 two, and
//! gzip writes the frequent ones in a few bits. *Ascending* numbers are written as the first, then
//! each one's distance from the one before, less one.
//!
//! | file | data |
//! |---|---|
//! | `directory` | `version`, `entries` (how many), `levels`, `terms {first, names, small}`, `spelling {length: hash}`, `columns {name: hash}`, `blocks {size, names, texts}`, `types` (labels by kind) |
//! | `terms-HASH` | `[terms, lists, rest, stems, others]`: one shard of the dictionary with its posting lists |
//! | `rest-HASH` | runs of a posting list too long for its shard |
//! | `spell-LENGTH-HASH` | words of so many UTF-16 units, by which typing errors are mended, written as `terms` are |
//! | `facet-NAME-HASH` | `[ids, labels, column]` |
//! | `expired-HASH` | ascending numbers of the expired entries |
//! | `title-HASH` | for each entry its place in the order of titles |
//! | `place-HASH` | `[names, latitudes, longitudes, column]`: for each entry 1 and the position of its place, or 0 |
//! | `entries-N-HASH` | the entries of block N, each `[kind, path, title, summary, excerpt, expired ("1"), language (if another)]` without trailing empty ones |
//! | `texts-N-HASH` | for each entry of block N the text that follows its excerpt, without the excerpt's last `…` |
//!
//! `terms.first` holds, separated by spaces, the shortest string that is not after a shard's first
//! term but after all terms of the shards before it; `terms.names`, `blocks.names` and `blocks.texts`
//! are hashes of 8, 6 and 6 characters without separator, hyphens where there is no file. Terms are
//! ordered by UTF-16, as JavaScript compares them. `terms.small` are the terms, separated by spaces, that say
//! nothing of what an entry is about: beside others they hardly count.
//!
//! In a shard, `terms` are separated by spaces, each written as a number (how many UTF-16 units it
//! shares with the term before) and what follows them; `lists` are separated by spaces, one a term.
//! A list is *runs*, best first: a number that is `levels × count + level`, then `count` ascending
//! numbers of entries. The level (0 to 9) says how well the term fits the entry: 6 and above if it
//! is in the title. `rest` maps a term's place to the hashes of the `rest` files which hold its
//! further runs.
//!
//! Terms that have one stem in the language in which most entries use them are a *group*. `stems` has a number
//! for each term: 8 times how many places before it the last term of its group stands in the same shard (or 0),
//! plus how many UTF-16 units the term has after what it and its stem begin with (at most 7). `others` maps a term's place to terms of its group that stand in other
//! shards, separated by spaces.
//!
//! In a column, each entry has its values' places in `ids`, written as `1 + 2 × place`, plus 1 if
//! more follow, or else 0.
//!
//! All indexes of a site number the same entries alike, so that the lists of several languages can be read
//! together.
//!
//! `version` changes when the format does.

mod postings;
mod spelling;
mod terms;

mod blocks;
mod columns;
mod documents;
mod entries;
mod script;
mod topic_words;

#[cfg(test)]
mod decoded;

pub(crate) use documents::{Document, Facet, Labels};
pub(crate) use entries::documents;
pub(crate) use script::File;
pub(crate) use topic_words::TopicWords;

use serde::Serialize;
use std::collections::BTreeMap;

const VERSION: u32 = 3;

#[derive(Serialize)]
struct Directory<'a> {
    version: u32,
    entries: usize,
    levels: u32,
    terms: terms::Shards,
    spelling: BTreeMap<usize, String>,
    columns: BTreeMap<&'static str, String>,
    blocks: blocks::Blocks,
    types: BTreeMap<&'static str, &'a str>,
}

/// All files of one language's index, by name, for a folder such as `search/en/`.
///
/// Depends on the documents and labels only, not on their order or on the number of threads. Words
/// are found in titles, summaries, texts, the labels of facets (but for the status) and what else an
/// entry is found by.
pub(crate) fn build(documents: &[Document<'_>], labels: &Labels) -> Vec<File> {
    let entries = numbered(documents);
    let mut files = Vec::new();
    let lists = postings::gather(&entries, labels);
    let groups = postings::group(&lists);
    let small = postings::small(&lists, &entries, labels);
    let terms = terms::write(&lists, &groups, small, &mut files);
    let spelling = spelling::write(&lists, &mut files);
    // Of a large site these take much memory.
    drop((lists, groups));
    let directory = Directory {
        version: VERSION,
        entries: entries.len(),
        levels: postings::LEVELS,
        terms,
        spelling,
        columns: columns::write(&entries, labels, &mut files),
        blocks: blocks::write(&entries, &labels.language, &mut files),
        types: entries
            .iter()
            .map(|entry| (entry.kind, labels.get(Facet::Type, entry.kind)))
            .collect(),
    };
    files.push(File::named("directory".to_owned(), &script::json(&directory)));
    files.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    files.dedup_by(|one, other| one.name == other.name);
    files
}

/// The documents in the order of their numbers.
fn numbered<'d, 'a>(documents: &'d [Document<'a>]) -> Vec<&'d Document<'a>> {
    let mut entries: Vec<_> = documents.iter().collect();
    entries.sort_unstable_by_key(|entry| (&entry.created, entry.kind, entry.id, &entry.path));
    entries
}

#[cfg(test)]
mod tests;
