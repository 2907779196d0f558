//! What is remembered of a pad that was answered or recorded before, also when nothing was written, and when its
//! call is called otherwise now.

use super::pads::{folder, record};

#[test]
fn what_was_answered_and_not_written_is_still_to_be_written() {
    let folder = folder();
    let pad = "## Needs\n- Agaric Bakery:\n  - Hands for all the wheat (human, until 2027-01-31)\n";
    let refused = record(&folder, pad, "1\nleave\nn\n", &[]);
    assert!(refused.stderr.contains("Nothing was written."), "{}", refused.stderr);
    let written = record(&folder, pad, "y\n", &[]);
    assert_eq!(written.code, Some(0), "{}", written.stderr);
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.contains("it has no last day (the pad says `2027-01-31`)"), "{left}");
    let again = record(&folder, pad, "", &[]);
    assert!(again.stderr.contains("is in the directory already"), "{}", again.stderr);
    // The same of a line that nobody knew more about.
    let pad = format!("{pad}  - Somebody (soon)\n");
    record(&folder, &pad, "left\nn\n", &[]);
    record(&folder, &pad, "y\n", &[]);
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.contains("Somebody (soon)"), "{left}");
    // Whoever sorts it does not find it there again.
    folder.write("pads/2026-11.left.md", "# Sorted\n");
    record(&folder, &pad, "y\n", &[]);
    assert_eq!(folder.read("pads/2026-11.left.md"), "# Sorted\n");
}

#[test]
fn a_call_that_is_renamed_keeps_what_was_recorded_of_its_pad() {
    for renamed in [vec![], vec!["md"], vec!["md", "answers.yaml", "left.md", "recorded.yaml"]] {
        let folder = folder();
        let pad = "## Round 1\n- Agaric Bakery: quiet month\n## Actions\n- Send photos (Bolete)\n- Sing (Bolete)\n";
        record(&folder, pad, "", &["--yes"]);
        let call = folder.read("content/calls/2026-11.md");
        let (before, rest) =
            call.split_once("  - id: send-photos-2026-11\n").expect("it is to be done");
        let rest = rest.split_once("  - id: ").expect("there is another").1;
        let call = format!("{before}  - id: {rest}")
            .replace("---\nseries", "---\naliases: [2026-11]\nseries");
        folder.write("content/calls/autumn.md", call);
        folder.remove("content/calls/2026-11.md");
        for kind in &renamed {
            let old = format!("pads/2026-11.{kind}");
            if folder.path(&old).exists() {
                folder.write(&format!("pads/autumn.{kind}"), folder.read(&old));
                folder.remove(&old);
            }
        }
        let pad_path = if renamed.is_empty() { "pads/2026-11.md" } else { "pads/autumn.md" };
        folder.write(pad_path, pad.replace("quiet month", "very quiet month"));
        let run = folder.ayni(&["call", "record", "autumn", "--yes"]);
        assert_eq!(run.code, Some(0), "{renamed:?}: {}", run.stderr);
        let call = folder.read("content/calls/autumn.md");
        assert!(call.contains("about: very quiet month\n"), "{renamed:?}: {call}");
        assert!(
            !call.contains("Send photos") && call.contains("- id: sing-2026-11\n"),
            "{renamed:?}: {call}"
        );
        let again = folder.ayni(&["call", "record", "autumn", "--yes"]);
        assert!(again.stderr.starts_with("Nothing in pads/"), "{renamed:?}: {}", again.stderr);
        assert!(again.stderr.contains("  action: Send photos\n"), "{renamed:?}: {}", again.stderr);
    }
}
