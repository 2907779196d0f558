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

mod stems;
pub mod stop_words;
mod tokenizer;

mod postings;
mod spelling;
mod terms;

mod blocks;
mod columns;
mod script;

#[cfg(test)]
mod decoded;

pub use script::File;
pub use stems::Stems;
pub use tokenizer::{Tokenizer, ascii_digit, is_unspaced};

use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

const VERSION: u32 = 3;

/// One searchable entry in one language.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The language its words are in, which may differ from the index's.
    pub language: &'a str,
    /// What it is: `coop`, `need`, `offer`, `match`, `call`, `page` or `topic`.
    pub kind: &'static str,
    /// What tells it apart from others of its kind.
    pub id: &'a str,
    /// Where its page is below the site's root, such as `coops/agaric/`.
    pub path: String,
    /// The day it was made, as `YYYY-MM-DD`.
    pub created: Option<String>,
    /// What results call it.
    pub title: String,
    /// What results say about it.
    pub summary: &'a str,
    /// Its body without markup.
    pub text: Cow<'a, str>,
    /// What else people look for, after the text.
    pub also: String,
    /// By what it is found as well, though it does not show it: what its topics are called, and the words
    /// of its original where the site has no index in that language.
    pub besides: String,
    /// The ids of its values; of `Facet::Type`, its kind.
    pub facets: Vec<(Facet, String)>,
    /// Whether it is found only by those who ask for what has expired.
    pub expired: bool,
    /// Where it is.
    pub place: Option<Place>,
}

impl Document<'_> {
    /// The words of the text and of what follows it, as they are written.
    fn written(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace().chain(self.also.split_whitespace())
    }
}

/// Where an entry is, as far as the site says.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What people call it: "Recife, Brazil".
    pub name: String,
    /// Latitude and longitude in degrees.
    pub coordinates: [f64; 2],
}

/// What narrows a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The entry's kind: coop, need, offer and so on.
    Type,
    /// Where it is.
    Country,
    /// What a coop works in.
    Sector,
    /// Financial, human, technical or knowledge.
    Kind,
    /// What it is about.
    Topic,
    /// What language people work in.
    Language,
    /// Whether it is open, met, dormant and so on.
    Status,
    /// The year of a call.
    Year,
}

impl Facet {
    /// All facets, in the order in which a page offers them.
    pub const ALL: [Self; 8] = [
        Self::Type,
        Self::Country,
        Self::Sector,
        Self::Kind,
        Self::Topic,
        Self::Language,
        Self::Status,
        Self::Year,
    ];

    /// Its name in file names, URLs and the theme.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Country => "country",
            Self::Sector => "sector",
            Self::Kind => "kind",
            Self::Topic => "topic",
            Self::Language => "language",
            Self::Status => "status",
            Self::Year => "year",
        }
    }
}

/// What the values of facets are called in the index's language.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The index's language.
    pub language: String,
    labels: BTreeMap<Facet, BTreeMap<String, String>>,
}

impl Labels {
    /// No labels yet: every value is called by its id.
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), labels: BTreeMap::new() }
    }

    /// Calls a value by a label.
    pub fn insert(&mut self, facet: Facet, id: &str, label: &str) {
        self.labels.entry(facet).or_default().insert(id.to_owned(), label.to_owned());
    }

    /// The label of a value, or its id where it has none.
    pub fn get<'a>(&'a self, facet: Facet, id: &'a str) -> &'a str {
        self.labels.get(&facet).and_then(|labels| labels.get(id)).map_or(id, String::as_str)
    }
}

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
pub fn build(documents: &[Document<'_>], labels: &Labels) -> Vec<File> {
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
