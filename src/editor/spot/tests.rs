//! Where positions are found in files that can be read, and in some that cannot yet.

#![expect(clippy::disallowed_methods, reason = "tests look at the sample")]

use std::path::Path;

use super::*;
use crate::content::front_matter;
use crate::content::yaml::{self, Node, Value};

/// Every name and every text in one line of a tree, with the names around it.
fn places(node: &Node, path: &[String], found: &mut Vec<(usize, Vec<String>, bool)>) {
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                found.push((key.span.start, path.to_vec(), true));
                let within = [path, std::slice::from_ref(&key.name)].concat();
                places(value, &within, found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| places(item, path, found)),
        Value::Text(_) => found.push((node.span.start, path.to_vec(), false)),
        Value::Null => {}
    }
}

#[test]
fn positions_are_where_the_parser_says_in_every_file_of_the_sample() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(sample.join("content")).into_iter().filter_map(Result::ok);
    let files = files.map(walkdir::DirEntry::into_path).chain([sample.join("site.yaml")]);
    let mut count = 0;
    for file in files.filter(|it| it.extension().is_some_and(|end| end == "md" || end == "yaml")) {
        let text = std::fs::read_to_string(&file).expect("a text");
        let is_yaml = file.extension().is_some_and(|end| end == "yaml");
        let part = front_matter::split(&text).front;
        let fields = if is_yaml { &*text } else { &text[part.start..part.end] };
        let (node, problems) = yaml::parse(fields, 0);
        assert!(problems.is_empty(), "{file:?}: {problems:?}");
        let mut expected = Vec::new();
        places(&node, &[], &mut expected);
        for (start, path, is_name) in expected {
            // The text of a block begins on its next line.
            if fields[start..].starts_with(['|', '>']) {
                continue;
            }
            let spot = at(fields, start);
            let near = &fields[start..fields.floor_char_boundary((start + 30).min(fields.len()))];
            let spot = spot.unwrap_or_else(|| panic!("{file:?}: nothing at {near:?}"));
            assert_eq!(spot.path, path, "{file:?}: {near:?} {spot:?}");
            assert_eq!(spot.slot == Slot::Name, is_name, "{file:?}: {near:?}");
            count += 1;
        }
    }
    assert!(count > 1000, "{count} positions");
}

#[test]
fn names_beside_are_those_of_the_same_mapping() {
    let check = |marked: &str, path: &[&str], beside: &[&str]| {
        let position = marked.find('|').expect("a mark");
        let spot = at(&marked.replacen('|', "", 1), position);
        let spot = spot.unwrap_or_else(|| panic!("nothing at {marked:?}"));
        assert_eq!(spot.path, path, "{marked}");
        let mut found = spot.beside;
        found.sort();
        assert_eq!(found, beside, "{marked}");
    };
    check("a: 1\nx|\nb: 2\n", &[], &["a", "b"]);
    check("a:\n  c: 1\n  x|\nb: 2\n", &["a"], &["c"]);
    check("a:\n  - c: 1\n    x|\n    d: 2\n  - e: 3\n", &["a"], &["c", "d"]);
    check("a:\n  - c: 1\n  - x|\n    d: 2\n", &["a"], &["d"]);
    check("a:\n- c: 1\n- x|\n  d: 2\nb: 2\n", &["a"], &["d"]);
    check("a: {c: 1, x|, d: {e: 2}}\n", &["a"], &["c", "d"]);
    check("a: {c: 1,\n  x|,\n  d: 2}\nb: 2\n", &["a"], &["c", "d"]);
    check("a: {c: [1, {x|\n", &["a", "c"], &[]);
    check("a: |\n", &["a"], &[]);
}
