//! Commands that write several files: all of them or none, and after an interruption the same command ends right.

use std::collections::BTreeMap;
use std::path::Path;

use super::pads;
use super::site::{Folder, Run};

type Files = BTreeMap<String, Vec<u8>>;

/// A folder with these files.
fn copy(files: &Files) -> Folder {
    let folder = Folder::new(&[]);
    files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
    folder
}

/// Interrupts a command after each of its files, and runs it again. Files that wait for their names are left
/// behind. `order` says in which order they are written.
#[track_caller]
fn check_interrupted(before: &Files, arguments: &[&str], order: fn(Vec<String>) -> Vec<String>) {
    let undisturbed = copy(before);
    let run = undisturbed.ayni(arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let after = undisturbed.files("");
    let written = order(run.stdout.lines().map(str::to_owned).collect());
    assert!(written.len() > 1, "{written:?}");
    for count in 0..written.len() {
        let folder = copy(before);
        written[..count].iter().for_each(|path| folder.write(path, &after[path]));
        for (number, path) in written[count..].iter().enumerate() {
            let above = Path::new(path).parent().expect("a folder").display();
            folder.write(&format!("{above}/.ayni-new-{number}"), "half");
        }
        let run = folder.ayni(arguments);
        assert_eq!(run.code, Some(0), "after {count} files: {}", run.stderr);
        let mut files = folder.files("");
        files.retain(|path, _| !path.contains(".ayni-new-"));
        let different = after.iter().find(|(path, bytes)| files.get(*path) != Some(*bytes));
        assert_eq!(different.map(|(path, _)| path), None, "after {count} files");
        assert_eq!(files.len(), after.len(), "after {count} files");
    }
}

/// Runs a command for which no file may become larger than so many blocks, and asserts that it changes nothing.
#[track_caller]
fn check_full(before: &Files, blocks: usize, arguments: &str) {
    let folder = copy(before);
    let program = env!("CARGO_BIN_EXE_ayni");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {arguments}");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).current_dir(folder.path(""));
    command.env("SOURCE_DATE_EPOCH", "1795305600");
    let output = command.output().expect("a shell can be started");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments}: {stderr}");
    assert!(stderr.contains("File too large"), "{arguments}: {stderr}");
    assert!(folder.files("") == *before, "{arguments}: something was changed");
    let is_folder = |path: &str| folder.path(path).is_dir();
    assert!(!is_folder("content/pages") && !is_folder("network"), "{arguments}: a folder stays");
}

/// A call whose pad brings new needs and offers.
fn call() -> Files {
    let folder = pads::folder();
    folder.write(
        "pads/2026-11.md",
        "# Monthly call\n\n## Who took part\n- [x] Agaric Bakery\n- Chanterelle\n\n\
         ## First round: who we are\n- Agaric Bakery: Forty loaves more.\n\n\
         ## Second round: what we need\n- Agaric Bakery:\n  - Somebody who explains payroll (knowledge)\n  \
         - A new roof (technical)\n\n\
         ## Third round: what we offer\n- Chanterelle:\n  - Mushroom courses (knowledge)\n",
    );
    folder.files("")
}

#[test]
fn a_recording_that_was_interrupted_ends_as_if_it_had_not_been() {
    check_interrupted(&call(), &["call", "record", "2026-11", "--yes"], |printed| printed);
}

#[test]
fn a_new_call_that_was_interrupted_is_not_followed_by_the_one_after_it() {
    let mut before = pads::folder().files("");
    before.retain(|path, _| !path.starts_with("pads/"));
    // The pad is written before the call.
    check_interrupted(&before, &["new", "call"], |printed| printed.into_iter().rev().collect());
}

#[test]
fn a_beginning_that_was_interrupted_is_completed() {
    let folder = Folder::new(&[]);
    let ayni = |folder: &Folder| -> Run { folder.ayni(&["init", "network"]) };
    assert_eq!(ayni(&folder).code, Some(0));
    let after = folder.files("network");
    let (settings, others): (Vec<_>, Vec<_>) =
        after.iter().partition(|(path, _)| *path == "site.yaml");
    assert_eq!(settings.len(), 1);
    for count in 0..=others.len() {
        let begun = Folder::new(&[("network/.ayni-new-0", "half")]);
        others[..count]
            .iter()
            .for_each(|(path, bytes)| begun.write(&format!("network/{path}"), bytes));
        let run = ayni(&begun);
        assert_eq!(run.code, Some(0), "after {count} files: {}", run.stderr);
        let mut files = begun.files("network");
        files.remove(".ayni-new-0");
        assert!(files == after, "after {count} files");
        // What is complete, or somebody else's, is not begun again.
        assert_eq!(ayni(&begun).code, Some(2));
        begun.remove("network/site.yaml");
        begun.write("network/content/coops/first-coop.md", "edited");
        assert_eq!(ayni(&begun).code, Some(2));
        assert_eq!(begun.read("network/content/coops/first-coop.md"), "edited");
    }
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let before = call();
    // The entries would still fit; the call does not.
    for blocks in [0, 1] {
        check_full(&before, blocks, "call record 2026-11 --yes");
    }
    check_full(&before, 0, "new page New");
    check_full(&before, 0, "new call");
    check_full(&before, 1, "new call");
    check_full(&before, 1, "init network");
    check_full(&before, 0, "init deep/network");
}

#[test]
fn a_folder_in_the_way_leaves_everything_as_it_was() {
    let folder = copy(&call());
    folder.write("content/pages", "a file where a folder is needed");
    let before = folder.files("");
    let run = folder.ayni(&["new", "page", "New"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`content/pages` is not a folder"), "{}", run.stderr);
    assert!(folder.files("") == before, "something was changed");
    let folder = copy(&call());
    std::fs::create_dir_all(folder.path("content/calls/2026-12.md/x")).expect("it can be made");
    let before = folder.files("");
    let run = folder.ayni(&["new", "call"]);
    assert_eq!(run.code, Some(2), "{}{}", run.stdout, run.stderr);
    assert!(folder.files("") == before && !folder.path("pads/2026-12.md").exists());
}
