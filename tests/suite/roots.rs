//! Reads the source: within `src/edge/`, only the type that follows no links reaches files and folders.

use super::tidy::{Source, assert_none, sources};

/// What reaches files and folders by their paths, and so may follow links.
const BY_PATH: &[&str] = &[
    "std::fs",
    "fs::",
    "File::open",
    "File::create",
    "File::options",
    "OpenOptions",
    "walkdir",
    "WalkDir",
    "rustix",
    "tempfile",
    "canonicalize",
    "symlink_metadata",
    ".exists(",
    ".try_exists(",
    ".is_dir(",
    ".is_file(",
    ".is_symlink(",
    ".read_dir(",
    "imagesize::size(",
    "env::",
    "Command::new",
];

/// Who may all the same, what, and why.
const BY_PATH_ALL_THE_SAME: &[(&str, &str, &str)] = &[
    ("clock.rs", "env::", "the day, where a reproducible build sets it"),
    ("home.rs", "env::", "the home folder"),
    ("inputs.rs", "env::", "where the program itself is, whose hash is one of the inputs"),
    ("browser.rs", "env::", "what the system is called"),
    ("browser.rs", "Command::new", "opens a page"),
    ("tracked.rs", "Command::new", "asks Git"),
];

#[test]
fn only_a_root_reaches_files() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.part() == "edge") {
        let name = source.path.trim_start_matches("src/edge/");
        if name.starts_with("root/") {
            continue;
        }
        for call in BY_PATH.iter().filter(|call| source.shipped.contains(*call)) {
            let is_allowed = |(file, what, _): &(&str, &str, &str)| *file == name && what == call;
            if !BY_PATH_ALL_THE_SAME.iter().any(is_allowed) {
                faults.push(format!("{} has `{call}`; edge::root has what it needs", source.path));
            }
        }
    }
    for (file, what, _) in BY_PATH_ALL_THE_SAME {
        let path = format!("src/edge/{file}");
        let needs_it = |source: &Source| source.path == path && source.shipped.contains(what);
        if !sources().iter().any(needs_it) {
            faults.push(format!("{path} no longer needs `{what}`"));
        }
    }
    assert_none(faults);
}
