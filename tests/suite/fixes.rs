//! `ayni check --fix`: advice where nobody has to decide anything, followed in the files.

use super::site::{Folder, check};

const SETTINGS: &str = "title: Test\ncalls:\n  \
    - {id: monthly, title: Monthly call, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: '16:00', time_zone: Europe/London}\n  \
    - {id: early, title: Early call, rrule: FREQ=WEEKLY;BYDAY=TU, start: '08:00', time_zone: Asia/Kolkata, duration: 45m}\n";

/// Windows line ends, comments, an empty field, and a text that is not touched.
const HELD: &str = "---\r\n# Ours.\r\nstart: 2026-10-28T16:00   # in the evening\r\nstatus: held\r\nduration:     # as ever\r\n\
                    turns: []\r\n---\r\nNotes:  two spaces \r\n";

const FIXED: &str = "---\r\n# Ours.\r\nstart: 2026-10-28T16:00   # in the evening\r\ntime_zone: Europe/London\r\n\
                     minutes: {about: 2, needs: 2, offers: 2}\r\nseries: monthly\r\nstatus: held\r\nduration: 90m     # as ever\r\n\
                     turns: []\r\n---\r\nNotes:  two spaces \r\n";

fn folder() -> Folder {
    Folder::new(&[
        ("site.yaml", SETTINGS),
        ("content/calls/2026-10.md", HELD),
        ("content/calls/2026-11-24.md", "---\n{start: 2026-11-24T08:00}\n---\n"),
    ])
}

#[test]
fn what_nobody_has_to_decide_is_written_and_said() {
    let folder = folder();
    let before = folder.ayni(&["check"]);
    assert_eq!(before.code, Some(1));
    assert!(before.stderr.ends_with("2 errors\n"), "{}", before.stderr);
    let run = folder.ayni(&["check", "--fix"]);
    // What a call takes from its series is known once it says which that is.
    check(
        &run,
        0,
        "",
        "writing into 2 files:\n\
         \x20 content/calls/2026-10.md: series: monthly\n\
         \x20 content/calls/2026-10.md: time_zone: Europe/London\n\
         \x20 content/calls/2026-10.md: duration: 90m\n\
         \x20 content/calls/2026-10.md: minutes: {about: 2, needs: 2, offers: 2}\n\
         \x20 content/calls/2026-11-24.md: series: early\n\
         2 entries, no problems\n",
    );
    assert_eq!(folder.read("content/calls/2026-10.md"), FIXED);
    let other = "---\n{series: early, start: 2026-11-24T08:00}\n---\n";
    assert_eq!(folder.read("content/calls/2026-11-24.md"), other);
    let again = "nothing that `--fix` can write\n2 entries, no problems\n";
    check(&folder.ayni(&["check", "--fix"]), 0, "", again);
    assert_eq!(folder.read("content/calls/2026-10.md"), FIXED);
}

#[test]
fn what_a_person_has_to_decide_stays_and_is_told() {
    let folder = folder();
    let open = "---\nstart: 2026-11-26T16:00\n---\n";
    folder.write("content/calls/moved.md", open);
    let run = folder.ayni(&["check", "--fix"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.starts_with("writing into 2 files:\n"), "{}", run.stderr);
    assert!(run.stderr.ends_with("[missing-series]\n\n1 error\n"), "{}", run.stderr);
    assert_eq!(folder.read("content/calls/moved.md"), open);
    assert_eq!(folder.read("content/calls/2026-10.md"), FIXED);
}

#[test]
fn programs_read_what_is_mended_and_what_is_not() {
    let folder = folder();
    folder.remove("content/calls/2026-11-24.md");
    let json = |arguments: &[&str], code: i32| -> serde_json::Value {
        let run = folder.ayni(&[&["check", "--format", "json"], arguments].concat());
        assert_eq!(run.code, Some(code), "{}", run.stderr);
        serde_json::from_str(&run.stdout).expect("it is JSON")
    };
    let missing = serde_json::json!({
        "severity": "error",
        "code": "missing-series",
        "message": "call `2026-10` does not say to which series it belongs, and there are several",
        "file": "content/calls/2026-10.md",
        "line": 3,
        "column": 8,
        "hint": "write `series: monthly`, whose rule and hour fit, or `series: none` for a call of its own; `ayni check --fix` writes the former",
        "fix": ["series: monthly"],
    });
    assert_eq!(json(&[], 1), serde_json::json!([missing]));
    let fixed = json(&["--fix", "--deny", "warnings"], 0);
    let mut expected = missing;
    expected["fixed"] = true.into();
    assert_eq!(fixed[0], expected);
    assert_eq!(fixed[1]["code"], "inherited-time");
    assert_eq!(fixed[1]["fix"][1], "duration: 90m");
    assert_eq!(fixed[1]["fixed"], true);
    assert_eq!(fixed.as_array().map(Vec::len), Some(2));
    assert_eq!(json(&["--fix"], 0), serde_json::json!([]));
}

#[test]
fn a_file_whose_fields_cannot_be_added_to_stays_as_it_is() {
    let folder = folder();
    folder.remove("content/calls/2026-11-24.md");
    for text in
        ["---\n? start\n: 2026-10-28T16:00\n---\n", "---\nstart: 2026-10-28T16:00\nstart: x\n---\n"]
    {
        folder.write("content/calls/2026-10.md", text);
        let run = folder.ayni(&["check", "--fix"]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.starts_with("nothing that `--fix` can write\n"), "{}", run.stderr);
        assert_eq!(folder.read("content/calls/2026-10.md"), text);
    }
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let folder = folder();
    // Nobody can write into a folder of this name: it is a file.
    let second = "content/calls/2026-11-24.md";
    let text = folder.read(second);
    folder.remove(second);
    folder.write("content/calls/b/index.md", &text);
    let closed = folder.path("content/calls/b");
    let mut permissions = std::fs::metadata(&closed).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&closed, permissions.clone()).expect("it is ours");
    let run = folder.ayni(&["check", "--fix"]);
    #[allow(clippy::permissions_set_readonly_false, reason = "a folder of the test")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&closed, permissions).expect("it is ours");
    // Who may do everything, as in many containers, can write there.
    if run.code == Some(2) {
        assert_eq!(folder.read("content/calls/2026-10.md"), HELD);
        assert_eq!(folder.read("content/calls/b/index.md"), text);
    } else {
        assert_eq!(folder.read("content/calls/2026-10.md"), FIXED);
    }
}
