//! A year of calls, lived by the program's own commands: what pages say of it is counted again here, from
//! the files alone, by other code than the program's.

#[path = "years/network.rs"]
mod network;
#[path = "../../benches/generate/random.rs"]
#[expect(dead_code, reason = "it is shared with what makes large sites")]
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use tempfile::TempDir;

use super::html;
use network::Network;

const MONTHS: usize = 12;

/// What the file of a call says, line by line.
#[derive(Debug, Default)]
struct Counted {
    /// Coops with a turn, and whether it is an apology.
    turns: Vec<(String, bool)>,
    /// Needs, and offers.
    introductions: Vec<(String, String)>,
    decisions: usize,
    /// By id: whether it is done or dropped.
    actions: Vec<(String, bool)>,
}

/// Reads the lists of a call as `ayni` writes them, without its code.
fn counted(text: &str) -> Counted {
    let mut counted = Counted::default();
    let mut list = "";
    for line in text.split("\n---\n").next().unwrap_or_default().lines() {
        if !line.starts_with([' ', '#', '-']) {
            list = line.split(':').next().unwrap_or_default();
        }
        match (list, line) {
            ("turns", line) if line.starts_with("  - coop: ") => {
                counted.turns.push((line["  - coop: ".len()..].to_owned(), false));
            }
            ("turns", "    role: apology") => counted.turns.last_mut().expect("a turn").1 = true,
            ("matches", line) if line.starts_with("  - need: ") => {
                counted.introductions.push((line["  - need: ".len()..].to_owned(), String::new()));
            }
            ("matches", line) if line.starts_with("    offer: ") => {
                counted.introductions.last_mut().expect("a need").1 =
                    line["    offer: ".len()..].to_owned();
            }
            ("decisions", line) if line.starts_with("  - ") => counted.decisions += 1,
            ("actions", line) if line.starts_with("  - id: ") => {
                counted.actions.push((line["  - id: ".len()..].to_owned(), false));
            }
            ("actions", line) if line.starts_with("  - ") => panic!("no id in {line}"),
            ("actions", "    done: true" | "    dropped: true") => {
                counted.actions.last_mut().expect("an action").1 = true;
            }
            _ => {}
        }
    }
    counted
}

/// The words of the main part of a page, in one line.
fn words(network: &Network, path: &str) -> String {
    html::main_text(&network.read(&format!("public/{path}")))
}

#[test]
fn a_year_of_calls_is_remembered_as_its_files_say() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_ayni"));
    let mut network = Network::new(folder.path().to_owned(), program, 24, MONTHS);
    let calls: Vec<String> = (0..MONTHS).map(|month| network.live(month)).collect();
    let end = Network::end_of(MONTHS - 1);
    network.ayni(end, &["build"]);
    let files: BTreeMap<&str, Counted> = calls
        .iter()
        .map(|id| (id.as_str(), counted(&network.read(&format!("content/calls/{id}.md")))))
        .collect();

    // Attendance: statistics, pages of coops, the list of calls.
    let statistics = words(&network, "statistics/index.html");
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut attended: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, call) in &files {
        let there: BTreeSet<&str> =
            call.turns.iter().filter(|it| !it.1).map(|it| it.0.as_str()).collect();
        let first = there.iter().filter(|coop| seen.insert(coop)).count();
        there.iter().for_each(|coop| *attended.entry(coop).or_default() += 1);
        let month = html::text(&network.read(&format!("public/calls/{id}/index.html")));
        let title = month.split(" · ").next().unwrap_or_default().trim().to_owned();
        // Of pairs that were declined no public page says anything.
        let is_shown = |(need, offer): &&(String, String)| {
            let path = folder.path().join(format!("content/matches/{need}--{offer}.md"));
            !std::fs::read_to_string(path).is_ok_and(|text| text.contains("status: declined"))
        };
        let made = call.introductions.iter().filter(is_shown).count();
        let row = format!("{title} {} {first} {made} ", there.len());
        assert!(statistics.contains(&row), "{row:?} is not in {statistics}");
    }
    assert!(files.values().any(|call| call.turns.iter().any(|it| it.1)), "some did not come");
    for number in 0..24 {
        let id = format!("example-{number}");
        let page = words(&network, &format!("coops/{id}/index.html"));
        let listed = page.split("Calls it took part in").nth(1).unwrap_or_default();
        let rows = listed.matches("Monthly call, ").count();
        assert_eq!(rows, attended.get(id.as_str()).copied().unwrap_or_default(), "{id}: {page}");
    }

    // Actions: each is open or ended once, over all files that name it.
    let mut ended: BTreeMap<&str, bool> = BTreeMap::new();
    for (action, is_ended) in files.values().flat_map(|call| &call.actions) {
        *ended.entry(action).or_default() |= is_ended;
    }
    let open = ended.values().filter(|it| !**it).count();
    let listed = words(&network, "calls/open/index.html").matches("since: Monthly call, ").count();
    assert_eq!(listed, open, "{ended:?}");
    assert!(open > 0 && open < ended.len(), "{ended:?}");

    // Decisions: all of them.
    let decisions: usize = files.values().map(|call| call.decisions).sum();
    let listed = words(&network, "calls/decisions/index.html").matches("From 202").count();
    assert_eq!(listed, decisions);
    assert!(decisions > 0);
}
