//! Sites in `tests/golden/`, each with what is expected of it.
//!
//! A case is a folder with `site.yaml`, `content/` and perhaps `options` (lines such as
//! `edition: network`; also `portable`, `drafts` and `today`). What is expected of it:
//!
//! - `problems.txt`: every problem as people read it; where it is missing there must be none;
//! - `files.txt`: every file of the site but those of the theme and of the search index;
//! - `expected/…`: chosen files of the site, as they are, without the versions of theme files. A
//!   page under its name with `.txt` after it is compared by its facts alone (its words, headings
//!   and links, see `html::facts`), so that a case outlives a change of looks;
//! - `commands/…`: on the first line a command, such as `$ ayni call pad 2026-11`, and then what it
//!   prints.
//!
//! `UPDATE=1 cargo test` writes anew what is there already; to begin with a file, make it empty, and
//! with a command, write its line.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ayni::Options;
use ayni::addresses::LinkStyle;
use ayni::diagnostic::Code;
use ayni::directory::edition::{Drafts, Edition};
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
    pages
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
        comparison.no_more(&built);
    }
    comparison.commands();
    comparison.finish();
}

/// What a file in `expected/` is compared with, if the site has such a file.
fn chosen(name: &str, built: &BTreeMap<String, String>) -> Option<String> {
    match built.get(name) {
        Some(text) => Some(without_versions(text)),
        None => {
            let page = name.strip_suffix(".txt").filter(|page| page.ends_with(".html"))?;
            built.get(page).map(|page| html::facts(page))
        }
    }
}

/// A page with `?v=…` for the version of each file of the theme, so that a change of such a file
/// does not change every page.
fn without_versions(page: &str) -> String {
    let mut parts = page.split("?v=");
    let start = parts.next().unwrap_or_default().to_owned();
    let is_version = |c: char| c.is_ascii_hexdigit();
    parts.fold(start, |text, part| text + "?v=…" + part.trim_start_matches(is_version))
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
            match chosen(&name, built) {
                Some(text) => self.file(&path, &text, true),
                None if self.updating => {
                    fs::remove_file(self.folder.join(path)).expect("it can be removed");
                }
                None => self.differences.push(format!("{path} is left over")),
            }
        }
    }

    /// Compares what commands print on the day of the case.
    fn commands(&mut self) {
        for (name, text) in site::files(&self.folder.join("commands")) {
            let text = String::from_utf8(text).expect("UTF-8");
            let line = text.lines().next().unwrap_or_default();
            let arguments = line.strip_prefix("$ ayni ").expect("a command on the first line");
            let mut command = Command::new(env!("CARGO_BIN_EXE_ayni"));
            command.args(["--today", &options(&self.folder).today.to_string()]);
            command.args(arguments.split(' ')).current_dir(&self.folder);
            let output = command.output().expect("the program can be started");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            self.file(&format!("commands/{name}"), &format!("{line}\n{printed}"), true);
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

#[test]
fn versions_of_theme_files_are_left_out() {
    let page = "<link href=\"a.css?v=20d6c043\"><p data-scripts=\"b.js?v=706d236c c.js?v=1\">?w=1";
    let kept = "<link href=\"a.css?v=…\"><p data-scripts=\"b.js?v=… c.js?v=…\">?w=1";
    assert_eq!(without_versions(page), kept);
}

#[test]
fn a_page_is_compared_whole_or_by_its_facts() {
    let page = "<!doctype html><html lang=en><title>A</title><main class=b><p>C</p></main>";
    let built = BTreeMap::from([("a.html".to_owned(), page.to_owned())]);
    assert_eq!(chosen("a.html", &built).as_deref(), Some(page));
    assert_eq!(chosen("a.html.txt", &built).as_deref(), Some("C\n"));
    assert_eq!(chosen("b.html", &built), None);
    assert_eq!(chosen("b.txt", &built), None);
}
