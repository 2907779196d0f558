//! Reads an index as `search-index.js` does, for tests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::script::{File, numbers};
use super::{Facet, postings::LEVELS};

pub(super) struct Decoded {
    files: BTreeMap<String, Value>,
    pub directory: Value,
    /// The entries that have a term, with their levels.
    pub postings: BTreeMap<String, BTreeMap<u32, u32>>,
    /// The terms that share each term's stem.
    pub forms: BTreeMap<String, BTreeSet<String>>,
    /// What each term ends in, after its stem.
    pub endings: BTreeMap<String, String>,
}

impl Decoded {
    pub(super) fn of(files: &[File]) -> Self {
        let files: BTreeMap<String, Value> = files.iter().map(registered).collect();
        let directory = files["directory"].clone();
        let (postings, forms, endings) = Default::default();
        let mut decoded = Self { files, directory, postings, forms, endings };
        decoded.postings = decoded.all_postings();
        decoded.forms = decoded.of_shards(forms_of);
        decoded.endings = decoded.of_shards(endings_of);
        decoded
    }

    pub(super) fn entries(&self) -> u32 {
        self.directory["entries"].as_u64().expect("a number") as u32
    }

    fn all_postings(&self) -> BTreeMap<String, BTreeMap<u32, u32>> {
        let first = text(&self.directory["terms"]["first"]).split(' ');
        let first: Vec<Vec<u16>> = first.map(|first| first.encode_utf16().collect()).collect();
        let hashes = text(&self.directory["terms"]["names"]).as_bytes().chunks(8);
        let mut postings = BTreeMap::new();
        for (number, hash) in hashes.enumerate() {
            let shard =
                self.shard(&self.files[&format!("terms-{}", String::from_utf8_lossy(hash))]);
            for term in shard.keys() {
                let units: Vec<u16> = term.encode_utf16().collect();
                let looked_up = first.partition_point(|first| *first <= units) - 1;
                assert_eq!(looked_up, number, "the directory leads elsewhere for {term}");
            }
            postings.extend(shard);
        }
        postings
    }

    fn shard(&self, data: &Value) -> BTreeMap<String, BTreeMap<u32, u32>> {
        let (terms, lists) = (terms_of(text(&data[0])), text(&data[1]).split(' '));
        assert_eq!(terms.len(), lists.clone().count());
        let lists = lists.enumerate().map(|(place, list)| {
            let rest = data[2].get(place.to_string()).map_or("", text).as_bytes().chunks(8);
            let rest = rest.map(|hash| format!("rest-{}", String::from_utf8_lossy(hash)));
            let rest = rest.map(|name| text(&self.files[&name]));
            std::iter::once(list).chain(rest).flat_map(entries_of).collect()
        });
        terms.into_iter().zip(lists).collect()
    }

    fn of_shards<T>(&self, of: impl Fn(&Value) -> Vec<(String, T)>) -> BTreeMap<String, T> {
        let shards = self.files.iter().filter(|(name, _)| name.starts_with("terms-"));
        shards.flat_map(|(_, data)| of(data)).collect()
    }

    /// The values of each entry.
    pub(super) fn column(&self, facet: Facet) -> Vec<Vec<String>> {
        let name = facet.name();
        let Some(hash) = self.directory["columns"].get(name) else { return Vec::new() };
        let data = &self.files[&format!("facet-{name}-{}", text(hash))];
        let (mut values, mut entry) = (Vec::new(), Vec::new());
        for number in numbers(text(&data[2])) {
            if number > 0 {
                entry.push(text(&data[0][(number as usize - 1) / 2]).to_owned());
            }
            if number % 2 == 1 || number == 0 {
                values.push(std::mem::take(&mut entry));
            }
        }
        values
    }

    pub(super) fn expired(&self) -> Vec<u32> {
        let hash = self.directory["columns"].get("expired");
        hash.map_or_else(Vec::new, |hash| {
            ascending(&numbers(text(&self.files[&format!("expired-{}", text(hash))])))
        })
    }

    /// What results show of an entry.
    pub(super) fn row(&self, entry: u32) -> &Value {
        let (block, row) = (entry as usize / 16, entry as usize % 16);
        let hash = &text(&self.directory["blocks"]["names"])[block * 6..block * 6 + 6];
        &self.files[&format!("entries-{block}-{hash}")][row]
    }
}

/// The other forms of each term of a shard, in it and elsewhere.
fn forms_of(data: &Value) -> Vec<(String, BTreeSet<String>)> {
    let terms = terms_of(text(&data[0]));
    let before = numbers(text(&data[3]));
    let mut groups: Vec<usize> = Vec::new();
    for at in 0..terms.len() {
        let distance = before[at] as usize / 8;
        groups.push(if distance > 0 { groups[at - distance] } else { at });
    }
    let forms = |at: usize| {
        let here = (0..terms.len()).filter(|other| *other != at && groups[*other] == groups[at]);
        let here = here.map(|other| terms[other].clone());
        let elsewhere = data[4].get(at.to_string()).map_or("", text).split_whitespace();
        here.chain(elsewhere.map(str::to_owned)).collect::<BTreeSet<String>>()
    };
    (0..terms.len()).map(|at| (terms[at].clone(), forms(at))).collect()
}

fn endings_of(data: &Value) -> Vec<(String, String)> {
    let ending = |(term, number): (String, u32)| {
        let units: Vec<u16> = term.encode_utf16().collect();
        let ending = &units[units.len() - number as usize % 8..];
        let ending = String::from_utf16(ending).expect("no character is cut");
        (term, ending)
    };
    terms_of(text(&data[0])).into_iter().zip(numbers(text(&data[3]))).map(ending).collect()
}

fn registered(file: &File) -> (String, Value) {
    let script = std::str::from_utf8(&file.bytes).expect("a script is UTF-8");
    let name = file.name.strip_suffix(".js").expect("every file is a script");
    let json = script
        .strip_prefix(&format!("ayni(\"{name}\","))
        .and_then(|rest| rest.strip_suffix(");\n"));
    (name.to_owned(), serde_json::from_str(json.expect("one call")).expect("its data is JSON"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn terms_of(written: &str) -> Vec<String> {
    let mut term: Vec<u16> = Vec::new();
    let next = |written: &str| {
        let length = (1..=written.len())
            .find(|&length| !numbers(&written[..length]).is_empty())
            .expect("a number is first");
        term.truncate(numbers(&written[..length])[0] as usize);
        term.extend(written[length..].encode_utf16());
        String::from_utf16(&term).expect("no character is cut")
    };
    written.split(' ').map(next).collect()
}

fn entries_of(runs: &str) -> Vec<(u32, u32)> {
    let numbers = numbers(runs);
    let (mut entries, mut rest) = (Vec::new(), numbers.as_slice());
    while let Some((head, after)) = rest.split_first() {
        let (run, next) = after.split_at((head / LEVELS) as usize);
        entries.extend(ascending(run).into_iter().map(|entry| (entry, head % LEVELS)));
        rest = next;
    }
    entries
}

fn ascending(gaps: &[u32]) -> Vec<u32> {
    let mut least = 0;
    let mut next = |gap: &u32| {
        least += gap + 1;
        least - 1
    };
    gaps.iter().map(&mut next).collect()
}
