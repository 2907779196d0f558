//! Columns: what each entry has in one facet, and which entries have expired.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::documents::{Document, Facet, Labels, Point};
use super::script::{File, json, push_ascending, push_number};
use crate::language::Tokenizer;

/// A column has one file whatever its size; the hash is long enough for all that ever were.
const HASH: usize = 8;

/// Writes a file for each facet that any entry has, one for what has expired, one for the order of titles
/// and one for where entries are; their hashes by name.
pub(super) fn write(
    entries: &[&Document<'_>],
    labels: &Labels,
    files: &mut Vec<File>,
) -> BTreeMap<&'static str, String> {
    let mut hashes = BTreeMap::new();
    let facets = Facet::ALL.into_par_iter().map(|facet| facet_column(facet, entries, labels));
    let facets: Vec<_> = facets.collect();
    let others = [expired(entries), titles(entries), places(entries)];
    let columns = facets.into_iter().chain(others).flatten();
    for (name, (file, hash)) in columns {
        hashes.insert(name, hash);
        files.push(file);
    }
    hashes
}

type Column = Option<(&'static str, (File, String))>;

fn facet_column(facet: Facet, entries: &[&Document<'_>], labels: &Labels) -> Column {
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

fn values_of<'d>(facet: Facet, entry: &'d Document<'_>) -> Vec<&'d str> {
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

fn expired(entries: &[&Document<'_>]) -> Column {
    let expired = (0..).zip(entries).filter(|(_, entry)| entry.expired).map(|(number, _)| number);
    let mut column = String::new();
    push_ascending(expired, &mut column);
    let name = "expired";
    (!column.is_empty()).then(|| (name, File::hashed(name, HASH, &json(&column))))
}

/// For each entry its place in the order of titles, as they are compared: by their words as search cuts them.
fn titles(entries: &[&Document<'_>]) -> Column {
    let key = |entry: &&Document<'_>| {
        let mut words = Vec::new();
        Tokenizer::default().each(&entry.title, |word| words.push(word.to_owned()));
        words.join(" ")
    };
    let mut order: Vec<(String, usize)> =
        entries.par_iter().map(key).zip(0..entries.len()).collect();
    order.par_sort_unstable();
    let mut ranks = vec![0; entries.len()];
    (0..).zip(order).for_each(|(rank, (_, entry))| ranks[entry] = rank);
    let mut column = String::new();
    ranks.into_iter().for_each(|rank| push_number(rank, &mut column));
    let name = "title";
    (!entries.is_empty()).then(|| (name, File::hashed(name, HASH, &json(&column))))
}

/// The places of entries, each once: their names, latitudes and longitudes; and for each entry 1 and its
/// place's position, or 0.
fn places(entries: &[&Document<'_>]) -> Column {
    // Hundredths of a degree, about a kilometre.
    let rounded = |degrees: f64| (degrees * 100.0).round() as i64;
    let key = |place: &Point| (place.name.clone(), place.coordinates.map(rounded));
    let all: BTreeSet<_> =
        entries.iter().filter_map(|entry| entry.place.as_ref()).map(key).collect();
    if all.is_empty() {
        return None;
    }
    let positions: BTreeMap<_, u32> = all.iter().zip(1..).collect();
    let mut column = String::new();
    for entry in entries {
        let place = entry.place.as_ref().map(key);
        push_number(place.map_or(0, |place| positions[&place]), &mut column);
    }
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let degrees =
        |at: usize| all.iter().map(move |(_, it)| it[at] as f64 / 100.0).collect::<Vec<_>>();
    let name = "place";
    Some((name, File::hashed(name, HASH, &json(&(names, degrees(0), degrees(1), column)))))
}
