//! Sites in `tests/golden/`, each with what is expected of it.
//!
//! A case is a folder with `site.yaml`, `content/` and perhaps `options` (lines such as
//! `edition: network`; also `portable`, `drafts` and `today`). What is expected of it:
//!
//! - `problems.txt`: every problem as people read it; where it is missing there must be none;
//! - `files.txt`: every file of the site but those of the theme and of the search index;
//! - `expected/…`: chosen files of the site. Of a page only its facts are kept (its words, headings
//!   and links, see `html::facts`), under its name with `.txt` after it, so that a case outlives a
//!   change of looks; any other file is compared as it is.
//!
//! `UPDATE=1 cargo test` writes anew what is there already; to begin with a file, make it empty.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ayni::Options;
use ayni::diagnostic::Code;
use ayni::directory::edition::{Drafts, Edition};
use ayni::site::paths::LinkStyle;
use similar::TextDiff;

use super::html;
use super::site;

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*
        const CASES: &[&str] = &[$(stringify!($name),)*];
    };
}

cases! {
    problems_of_files
    problems_of_writing
    problems_of_guessing
    problems_of_word_processors
    problems_of_values
    problems_of_references
    problems_of_relations
    problems_of_series
    problems_of_planned_calls
    problems_of_links
    problems_of_markdown
    problems_of_mentions
    problems_of_attachments
    problems_of_settings
    problems_of_unreadable_settings
    problems_of_topics
    problems_of_templates
    problems_of_words
    problems_of_oversights
}

/// Codes that no case here can show, and where they are shown.
const ELSEWHERE: &[(Code, &str)] = &[
    (
        Code::UnreadableFile,
        "traps.rs: such files are too large for a repository, or not allowed in one",
    ),
    (Code::BadPath, "copies.rs: not every system can check out files of such names"),
    (Code::NotOnWindows, "names.rs: not every system can check out files of such names"),
    (Code::LargePicture, "attachments.rs: it is too large for a repository"),
    (Code::LinkOnDisk, "links.rs: not every system can check links out"),
    (Code::TrackedWork, "kept.rs: a repository of its own is needed"),
    (Code::UnannouncedChange, "announced.rs: something has to be published before"),
];

#[test]
fn every_case_is_run() {
    let names = fs::read_dir(folder("")).expect("the cases can be listed");
    let names = names.map(|entry| entry.expect("an entry can be read").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    let mut cases = CASES.to_vec();
    names.sort();
    cases.sort_unstable();
    assert_eq!(names, cases, "folders below tests/golden/, and the list of cases");
}

#[test]
fn the_full_text_of_every_problem_is_pinned() {
    let files = site::files(&folder(""));
    let pinned = files.iter().filter(|(path, _)| path.ends_with("/problems.txt"));
    let pinned: String = pinned.map(|(_, text)| String::from_utf8_lossy(text)).collect();
    for code in Code::ALL {
        let is_pinned = pinned.contains(&format!("[{}]", code.as_str()));
        let elsewhere = ELSEWHERE.iter().find(|(it, _)| it == code);
        assert_ne!(is_pinned, elsewhere.is_some(), "`{}`: {elsewhere:?}", code.as_str());
    }
}

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case)
}

fn check(case: &str) {
    let folder = folder(case);
    let sources = ayni::edge::disk::read(&folder, None).expect("the case can be read");
    let prepared = ayni::prepare(sources, &options(&folder), None);
    let problems = site::problems(&prepared);
    let mut comparison = Comparison::new(folder);
    comparison.file("problems.txt", &problems, !problems.is_empty());
    if prepared.has_errors() {
        comparison.no_more(&BTreeMap::new());
    } else {
        let built = site::rendered(&prepared);
        let listed = built.keys().filter(|path| !path.starts_with("assets/"));
        let listed = listed.filter(|path| !(path.starts_with("search/") && path.ends_with(".js")));
        let listed: String = listed.map(|path| format!("{path}\n")).collect();
        comparison.file("files.txt", &listed, false);
        let chosen = |(path, text): (String, String)| match path.ends_with(".html") {
            true => (format!("{path}.txt"), html::facts(&text)),
            false => (path, text),
        };
        comparison.no_more(&built.into_iter().map(chosen).collect());
    }
    comparison.finish();
}

fn options(folder: &Path) -> Options {
    let mut options = site::options();
    let Ok(text) = fs::read_to_string(folder.join("options")) else { return options };
    for line in text.lines() {
        match line.split_once(": ") {
            Some(("edition", "network")) => options.edition = Edition::Network,
            Some(("portable", "true")) => options.style = LinkStyle::Portable,
            Some(("drafts", "true")) => options.drafts = Drafts::Shown,
            Some(("today", day)) => options.today = day.parse().expect("a day"),
            _ => panic!("{}/options: what is `{line}`?", folder.display()),
        }
    }
    options
}

/// What is expected in a folder, compared with what was found.
struct Comparison {
    folder: PathBuf,
    updating: bool,
    differences: Vec<String>,
}

impl Comparison {
    fn new(folder: PathBuf) -> Comparison {
        let updating = std::env::var("UPDATE").is_ok_and(|value| value == "1");
        Comparison { folder, updating, differences: Vec::new() }
    }

    /// Compares one file; one that does not exist is only missed if it `must_be` there.
    fn file(&mut self, name: &str, found: &str, must_be: bool) {
        let path = self.folder.join(name);
        let expected = fs::read_to_string(&path).ok();
        if expected.as_deref() == Some(found) || (expected.is_none() && !must_be) {
            return;
        }
        match (self.updating, found.is_empty() && name == "problems.txt") {
            (true, true) => fs::remove_file(&path).expect("it can be removed"),
            (true, false) => fs::write(&path, found).expect("it can be written"),
            _ => {
                let difference = difference(&expected.unwrap_or_default(), found);
                self.differences.push(format!("{}\n{difference}", path.display()));
            }
        }
    }

    /// Compares the chosen files of the site; one that the site does not have is left over.
    fn no_more(&mut self, built: &BTreeMap<String, String>) {
        for name in site::files(&self.folder.join("expected")).into_keys() {
            let path = format!("expected/{name}");
            match built.get(&name) {
                Some(text) => self.file(&path, text, true),
                None if self.updating => {
                    fs::remove_file(self.folder.join(path)).expect("it can be removed");
                }
                None => self.differences.push(format!("{path} is left over")),
            }
        }
    }

    fn finish(self) {
        let hint = "`UPDATE=1 cargo test` takes over what was found";
        assert!(self.differences.is_empty(), "{}\n{hint}", self.differences.join("\n"));
    }
}

/// The lines that differ, with `-` before what was expected, `+` before what was found, and the
/// lines around them.
fn difference(expected: &str, found: &str) -> String {
    TextDiff::from_lines(expected, found).unified_diff().context_radius(1).to_string()
}

#[test]
fn a_difference_shows_what_changed_and_what_is_around_it() {
    assert_eq!(
        difference("a\nb\nc\nd\ne\nf\n", "a\nx\nc\nd\ne\nf\ng\n"),
        "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n@@ -6 +6,2 @@\n f\n+g\n"
    );
    assert_eq!(difference("a\n", "a"), "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
}
