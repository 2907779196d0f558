//! Where the pad of a call lies: what was recorded of one pad is none of another, and a renamed call finds its pad.

use super::pads::{folder, record};
use super::site::Folder;

const CALL: &str = "content/calls/2026-11.md";

#[track_caller]
fn recorded(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.ayni(&[&["call", "record"], arguments, &["--yes"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stderr
}

#[test]
fn two_pads_of_one_name_do_not_replace_what_the_other_said() {
    let folder = folder();
    folder.write("a/notes.md", "## Decisions\n- We meet at 17:00.\n\n## Notes\nIt was loud.\n");
    folder.write("b/notes.md", "## Decisions\n- We meet at 18:00.\n\n## Notes\nIt was quiet.\n");
    recorded(&folder, &["2026-11", "a/notes.md"]);
    let told = recorded(&folder, &["2026-11", "b/notes.md"]);
    let call = folder.read(CALL);
    for part in ["We meet at 17:00.", "We meet at 18:00.", "It was loud.", "It was quiet."] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(!told.contains("is replaced"), "{told}");
    // Each corrects its own words, also when it is named from another place.
    folder.write("a/notes.md", "## Decisions\n- We meet at 17:30.\n\n## Notes\nIt was loud.\n");
    recorded(&folder, &["2026-11", "./b/../a/notes.md"]);
    let call = folder.read(CALL);
    assert!(call.contains("17:30") && call.contains("18:00") && !call.contains("17:00"), "{call}");
}

#[test]
fn a_pad_that_was_moved_still_corrects_its_own_words() {
    let folder = folder();
    folder.write("downloads/2026-11.md", "## Decisions\n- We meet at 17:00.\n");
    recorded(&folder, &["2026-11", "downloads/2026-11.md"]);
    folder.remove("downloads/2026-11.md");
    let run = record(&folder, "## Decisions\n- We meet at 17:30.\n", "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("17:30") && !call.contains("17:00"), "{call}");
    // Pads were known by the name of their file before.
    let memory = folder.read("pads/2026-11.recorded.yaml").replace("pads/2026-11.md", "2026-11.md");
    folder.write("pads/2026-11.recorded.yaml", memory);
    let run = record(&folder, "## Decisions\n- We meet at 17:45.\n", "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("17:45") && !call.contains("17:30"), "{call}");
}

#[test]
fn a_call_that_is_called_otherwise_finds_its_pad_and_its_answers() {
    let folder = folder();
    let pad = "## Needs\n- Bolete:\n  - Payroll\n\n## Decisions\n- We meet at 17:00.\n";
    let run = record(&folder, pad, "knowledge\nrest\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call =
        folder.read(CALL).replace("series: monthly\n", "series: monthly\naliases: [2026-11]\n");
    folder.write("content/calls/november.md", call);
    folder.remove(CALL);
    let need = folder.read("content/needs/payroll.md").replace("2026-11\n", "november\n");
    folder.write("content/needs/payroll.md", need);
    for corrected in ["17:30", "17:45"] {
        folder.write("pads/2026-11.md", pad.replace("17:00", corrected));
        let before = folder.files("").len();
        let told = recorded(&folder, &["november"]);
        let call = folder.read("content/calls/november.md");
        assert!(call.contains(corrected) && !call.contains("17:00"), "{call}{told}");
        assert_eq!(folder.files("").len(), before, "{told}");
    }
    // Its pad may be renamed, too.
    folder.write("pads/november.md", pad.replace("17:00", "18:00"));
    folder.remove("pads/2026-11.md");
    recorded(&folder, &["november"]);
    let call = folder.read("content/calls/november.md");
    assert!(call.contains("18:00") && !call.contains("17:45"), "{call}");
    folder.remove("pads/november.md");
    let run = folder.ayni(&["call", "record", "november"]);
    let told = "error: there is no pad pads/november.md, and none at `pads/2026-11.md`, as the call was called before; \
                `ayni call pad november` prints an empty one\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), told));
}
