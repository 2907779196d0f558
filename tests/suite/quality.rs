//! How good suggestions are, on the judged needs and offers of `tests/evaluation`.

use std::path::Path;
use std::process::Command;

use ayni::derived::matching::{all_pairs, find};
use ayni::edge::disk;
use serde_json::Value;

use crate::site;

fn figures() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evaluation");
    let output = Command::new(env!("CARGO_BIN_EXE_ayni"))
        .args(["--site", folder, "--today", "2026-11-22", "match", "--json", "--evaluate"])
        .arg(format!("{folder}/judgements.yaml"))
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("an array")
}

fn figure(table: &[Value], method: &str, group: &str, measure: &str) -> f64 {
    let row = table.iter().find(|row| row["method"] == method && row["group"] == group);
    row.and_then(|row| row[measure].as_f64()).expect("a number")
}

#[test]
fn suggestions_are_well_ahead_of_words_alone_and_reach_across_languages() {
    let table = figures();
    let gain = |group| {
        figure(&table, "ayni", group, "ndcg_at_10")
            - figure(&table, "plain BM25", group, "ndcg_at_10")
    };
    assert!(gain("all") >= 0.15, "{table:#?}");
    assert!(gain("in one language") >= 0.15, "{table:#?}");
    assert!(gain("without topics") >= 0.15, "{table:#?}");
    assert!(figure(&table, "ayni", "across languages", "success_at_5") >= 0.8, "{table:#?}");
    for method in ["plain BM25", "topics alone"] {
        let whole = figure(&table, "ayni", "all", "ndcg_at_10");
        assert!(whole > figure(&table, method, "all", "ndcg_at_10"), "{table:#?}");
    }
}

#[test]
fn most_needs_get_a_suggestion_that_fits_and_most_suggestions_fit() {
    let table = figures();
    for group in ["all", "across languages"] {
        let of = |measure| figure(&table, "suggested", group, measure);
        assert!(of("with_a_fit") >= 2.0 / 3.0 * of("needs"), "{table:#?}");
        assert!(of("that_fit") >= 2.0 / 3.0 * of("pairs"), "{table:#?}");
        assert!(of("with_any") >= of("with_a_fit") && of("pairs") >= of("with_any"));
    }
}

#[test]
fn the_index_finds_what_comparing_all_pairs_finds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation");
    let sources = disk::read(&folder, None).expect("the evaluation set is there");
    let derived = ayni::prepare(sources, &site::options(), None).plan.derived;
    let (directory, profiles) = (&derived.directory, derived.profiles());
    let found = find(directory, profiles, site::TODAY);
    assert!(found.list.len() > 90, "{}", found.list.len());
    assert_eq!(found, all_pairs::find(directory, profiles, site::TODAY));
}
