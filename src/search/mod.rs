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
//! | `directory` | `version`, `entries` (how many), `levels`, `terms {first, names}`, `spelling {length: hash}`, `columns {name: hash}`, `blocks {size, names, texts}`, `types` (labels by kind) |
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
//! ordered by UTF-16, as JavaScript compares them.
//!
//! In a shard, `terms` are separated by spaces, each written as a number (how many UTF-16 units it
//! shares with the term before) and what follows them; `lists` are separated by spaces, one a term.
//! A list is *runs*, best first: a number that is `levels × count + level`, then `count` ascending
//! numbers of entries. The level (0 to 9) says how well the term fits the entry: 6 and above if it
//! is in the title. `rest` maps a term's place to the hashes of the `rest` files which hold its
//! further runs.
//!
//! Terms that have one stem in the language in which most entries use them are a *group*. `stems` says for
//! each term how many places before it the last term of its group stands in the same shard, or 0;
//! zeros at the end are left out. `others` maps a term's place to terms of its group that stand in other
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
pub use tokenizer::Tokenizer;

use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

const VERSION: u32 = 2;

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
/// are found in titles, summaries, texts and the labels of facets (but for the status).
pub fn build(documents: &[Document<'_>], labels: &Labels) -> Vec<File> {
    let entries = numbered(documents);
    let mut files = Vec::new();
    let lists = postings::gather(&entries, labels);
    let groups = postings::group(&lists);
    let directory = Directory {
        version: VERSION,
        entries: entries.len(),
        levels: postings::LEVELS,
        terms: terms::write(&lists, &groups, &mut files),
        spelling: spelling::write(&lists, &mut files),
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
mod tests {
    use super::decoded::Decoded;
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn document(kind: &'static str, id: &str, title: &str, text: &str) -> Document<'static> {
        Document {
            language: "en",
            kind,
            // Tests are short, and so are their texts.
            id: id.to_owned().leak(),
            path: format!("{kind}s/{id}/"),
            created: None,
            title: title.to_owned(),
            summary: "",
            text: text.to_owned().into(),
            also: String::new(),
            facets: vec![(Facet::Type, kind.to_owned())],
            expired: false,
            place: None,
        }
    }

    /// Many entries whose words are as unevenly spread as people's.
    fn many(count: usize) -> Vec<Document<'static>> {
        let text = |number: usize| -> String {
            let words = (1..60usize)
                .map(|word| (number * 7919 + word * word * 104_729) % (word * word))
                .map(|word| format!("w{word}"));
            words.collect::<Vec<_>>().join(" ")
        };
        (0..count)
            .map(|number| {
                document("need", &format!("n{number:05}"), &format!("Need {number}"), &text(number))
            })
            .collect()
    }

    fn words(texts: &[&str]) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for text in texts {
            Tokenizer::default().each(text, |word| words.extend([word.to_owned()]));
        }
        words
    }

    fn names(files: &[File]) -> BTreeSet<&str> {
        files.iter().map(|file| file.name.as_str()).collect()
    }

    /// What a reader of the index finds, against a look at every document.
    fn check_finds_all(documents: &[Document<'_>], labels: &Labels) {
        let index = Decoded::of(&build(documents, labels));
        let entries = numbered(documents);
        assert_eq!(index.entries() as usize, entries.len());
        let mut expected: BTreeMap<String, BTreeMap<u32, bool>> = BTreeMap::new();
        for (number, entry) in (0..).zip(&entries) {
            let of_title = words(&[&entry.title]);
            let labelled = entry.facets.iter().filter(|(facet, _)| *facet != Facet::Status);
            let labelled: Vec<&str> = labelled.map(|(facet, id)| labels.get(*facet, id)).collect();
            let all = words(&[&labelled[..], &[&entry.title, entry.summary, &entry.text]].concat());
            for word in all {
                expected.entry(word.clone()).or_default().insert(number, of_title.contains(&word));
            }
        }
        let in_title = |levels: BTreeMap<u32, u32>| -> BTreeMap<u32, bool> {
            levels.into_iter().map(|(entry, level)| (entry, level >= 6)).collect()
        };
        let found: BTreeMap<String, BTreeMap<u32, bool>> = index
            .postings
            .iter()
            .map(|(term, levels)| (term.clone(), in_title(levels.clone())))
            .collect();
        assert_eq!(expected, found);
        check_columns(&index, &entries);
    }

    fn check_columns(index: &Decoded, entries: &[&Document<'_>]) {
        for facet in Facet::ALL {
            let of = |entry: &&Document<'_>| -> BTreeSet<String> {
                entry
                    .facets
                    .iter()
                    .filter(|(of, _)| *of == facet)
                    .map(|(_, id)| id.clone())
                    .collect()
            };
            let expected: Vec<_> = entries.iter().map(of).collect();
            let found: Vec<BTreeSet<String>> =
                index.column(facet).into_iter().map(|ids| ids.into_iter().collect()).collect();
            let is_empty = expected.iter().all(BTreeSet::is_empty);
            assert_eq!(if is_empty { Vec::new() } else { expected }, found);
        }
        let expired =
            (0..).zip(entries).filter(|(_, entry)| entry.expired).map(|(number, _)| number);
        assert_eq!(index.expired(), expired.collect::<Vec<_>>());
        for (number, entry) in (0..).zip(entries) {
            let row = index.row(number);
            let text = |at: usize| row.get(at).and_then(|text| text.as_str()).unwrap_or_default();
            assert_eq!((text(1), text(2)), (entry.path.as_str(), entry.title.as_str()));
            assert_eq!((text(3), text(5) == "1"), (entry.summary, entry.expired));
        }
    }

    fn any_document() -> impl Strategy<Value = Document<'static>> {
        let text = || {
            let word = prop_oneof![
                "[a-e]{1,3}",
                "[a-c]{1,2}-[a-c]{1,3}",
                "[東京﨎𠮷]{1,3}",
                "[éßİΣ'·]{1,4}",
                "[\u{fb1}\u{e000}\u{10400}a]{1,2}",
                "</script>|\u{2028}|\\\\\"",
            ];
            proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
        };
        let facet = proptest::sample::select(&Facet::ALL);
        let facets = proptest::collection::vec((facet, "[a-d]"), 0..5);
        let created = proptest::option::of("20[0-2][0-9]-0[1-9]-1[0-9]");
        let kind = proptest::sample::select(vec!["coop", "need"]);
        (kind, "[a-z]{6}", created, text(), text(), text(), facets, any::<bool>()).prop_map(
            |(kind, id, created, title, summary, text, facets, expired)| {
                let document = document(kind, &id, &title, &text);
                let summary = summary.leak();
                Document { created, summary, facets, expired, ..document }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_word_of_every_entry_is_found(documents in proptest::collection::vec(any_document(), 0..40)) {
            let mut labels = Labels::new("en");
            labels.insert(Facet::Country, "a", "Árbol <b>");
            check_finds_all(&documents, &labels);
        }

        #[test]
        fn order_and_threads_do_not_matter(documents in proptest::collection::vec(any_document(), 0..20).prop_shuffle()) {
            let mut others = documents.clone();
            others.reverse();
            let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
            let labels = Labels::new("en");
            prop_assert_eq!(build(&documents, &labels), one_thread.install(|| build(&others, &labels)));
        }
    }

    #[test]
    fn long_lists_are_found_whole_and_no_shard_is_large() {
        let documents = many(4_000);
        check_finds_all(&documents, &Labels::new("en"));
        let files = build(&documents, &Labels::new("en"));
        assert!(files.iter().any(|file| file.name.starts_with("rest-")));
        for file in files
            .iter()
            .filter(|file| file.name.starts_with("terms-") || file.name.starts_with("rest-"))
        {
            assert!(file.bytes.len() <= terms::LARGEST, "{}: {}", file.name, file.bytes.len());
        }
    }

    /// How many files of the second index are not in the first, of 100.
    fn changed_percent(before: &[File], after: &[File]) -> usize {
        let (before, after) = (names(before), names(after));
        // The directory has the same name, and always other hashes.
        (after.difference(&before).count() + 1) * 100 / after.len()
    }

    #[test]
    fn of_ten_thousand_entries_one_edit_changes_few_files_and_one_new_entry_not_many() {
        let mut documents = many(10_000);
        let labels = Labels::new("en");
        let before = build(&documents, &labels);
        documents[6_000].also += "zymurgy";
        let edited = build(&documents, &labels);
        assert!(changed_percent(&before, &edited) <= 3, "{}", changed_percent(&before, &edited));
        // The newest entry has words that others have.
        let text = documents[4_000].text.clone();
        let new = document("need", "new", "A need that is new today", &text);
        documents.push(Document { created: Some("2026-11-22".to_owned()), ..new });
        let after = build(&documents, &labels);
        assert!(changed_percent(&edited, &after) <= 15, "{}", changed_percent(&edited, &after));
    }

    #[test]
    fn undated_entries_come_first_then_by_day_kind_and_id() {
        let dated = |kind, id, created: Option<&str>| {
            let document = document(kind, id, id, "");
            Document { created: created.map(str::to_owned), ..document }
        };
        let documents = [
            dated("need", "d", Some("2026-01-02")),
            dated("need", "c", Some("2026-01-01")),
            dated("coop", "b", Some("2026-01-01")),
            dated("page", "a", None),
        ];
        let ids: Vec<_> = numbered(&documents).into_iter().map(|entry| entry.id).collect();
        assert_eq!(ids, ["a", "b", "c", "d"]);
    }

    #[test]
    fn nothing_an_author_writes_ends_a_script() {
        let title = "</script><script>alert(1)</script> <!-- \u{2028} \" \\";
        let mut hostile = document("coop", "evil", title, title);
        hostile.facets = vec![(Facet::Topic, "<!--".to_owned())];
        let mut labels = Labels::new("en");
        labels.insert(Facet::Topic, "<!--", title);
        let files = build(&[hostile], &labels);
        for file in &files {
            let script = String::from_utf8_lossy(&file.bytes);
            assert!(!script.contains(['<', '\u{2028}']), "{}", file.name);
        }
        assert_eq!(Decoded::of(&files).row(0)[2], title);
    }

    #[test]
    fn no_entries_make_an_empty_index() {
        let files = build(&[], &Labels::new("en"));
        assert_eq!(names(&files), BTreeSet::from(["directory.js"]));
        assert!(Decoded::of(&files).postings.is_empty());
    }

    #[test]
    fn a_row_ends_with_what_it_has() {
        let mut other = document("coop", "a", "A", "");
        let row = |other: &Document| {
            Decoded::of(&build(std::slice::from_ref(other), &Labels::new("en"))).row(0).to_string()
        };
        assert_eq!(row(&other), r#"["coop","coops/a/","A"]"#);
        other.expired = true;
        assert_eq!(row(&other), r#"["coop","coops/a/","A","","","1"]"#);
        other.language = "pt";
        assert_eq!(row(&other), r#"["coop","coops/a/","A","","","1","pt"]"#);
        other.title = "]\",0".to_owned();
        (other.language, other.expired) = ("en", false);
        assert_eq!(row(&other), r#"["coop","coops/a/","]\",0"]"#);
    }

    #[test]
    fn words_in_titles_come_before_all_others() {
        let title = "A very long title that has the word garden near the end of more than a dozen other words in it";
        let documents = [
            document("coop", "a", title, ""),
            document("coop", "b", "Garden", ""),
            document("coop", "c", "C", "garden garden garden"),
        ];
        let index = Decoded::of(&build(&documents, &Labels::new("en")));
        let levels = &index.postings["garden"];
        assert!(levels[&1] > levels[&0] && levels[&0] > levels[&2], "{levels:?}");
    }
}
