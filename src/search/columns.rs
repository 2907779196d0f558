//! Columns: what each entry has in one facet, and which entries have expired.

use super::script::{File, json, push_ascending, push_number};
use super::{Document, Facet, Labels};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A column has one file whatever its size; the hash is long enough for all that ever were.
const HASH: usize = 8;

/// Writes a file for each facet that any entry has, and one for what has expired; their hashes by
/// name.
pub fn write(
    entries: &[&Document],
    labels: &Labels,
    files: &mut Vec<File>,
) -> BTreeMap<&'static str, String> {
    let mut hashes = BTreeMap::new();
    let facets = Facet::ALL.into_par_iter().map(|facet| facet_column(facet, entries, labels));
    let facets: Vec<_> = facets.collect();
    let columns = facets.into_iter().chain([expired(entries)]).flatten();
    for (name, (file, hash)) in columns {
        hashes.insert(name, hash);
        files.push(file);
    }
    hashes
}

type Column = Option<(&'static str, (File, String))>;

fn facet_column(facet: Facet, entries: &[&Document], labels: &Labels) -> Column {
    let values: Vec<Vec<&str>> = entries.iter().map(|entry| values_of(facet, entry)).collect();
    let ids = ids_by_use(&values);
    if ids.is_empty() {
        return None;
    }
    let places: BTreeMap<&str, u32> = ids.iter().copied().zip(0..).collect();
    let mut column = String::with_capacity(entries.len());
    for values in &values {
        let mut places: Vec<u32> = values.iter().map(|value| places[value]).collect();
        places.sort_unstable();
        push_places(&places, &mut column);
    }
    let labels: Vec<&str> = ids.iter().map(|id| labels.get(facet, id)).collect();
    Some((
        facet.name(),
        File::hashed(&format!("facet-{}", facet.name()), HASH, &json(&(ids, labels, column))),
    ))
}

fn values_of(facet: Facet, entry: &Document) -> Vec<&str> {
    let mut values: Vec<&str> =
        entry.facets.iter().filter(|(of, _)| *of == facet).map(|(_, id)| id.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The values in use, the most frequent first, since these then take one character.
fn ids_by_use<'a>(values: &[Vec<&'a str>]) -> Vec<&'a str> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    values.iter().flatten().for_each(|value| *uses.entry(value).or_default() += 1);
    let mut ids: Vec<_> = uses.into_iter().collect();
    ids.sort_unstable_by_key(|&(id, uses)| (Reverse(uses), id));
    ids.into_iter().map(|(id, _)| id).collect()
}

fn push_places(places: &[u32], column: &mut String) {
    let Some((last, others)) = places.split_last() else { return push_number(0, column) };
    others.iter().for_each(|place| push_number(2 + 2 * place, column));
    push_number(1 + 2 * last, column);
}

fn expired(entries: &[&Document]) -> Column {
    let expired = (0..).zip(entries).filter(|(_, entry)| entry.expired).map(|(number, _)| number);
    let mut column = String::new();
    push_ascending(expired, &mut column);
    let name = "expired";
    (!column.is_empty()).then(|| (name, File::hashed(name, HASH, &json(&column))))
}
