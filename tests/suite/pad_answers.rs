//! Answers about a pad are kept beside it: recording again asks only what is new.

use super::pads::{folder, record};
use super::site::{Folder, Run, check};

const PAD: &str = "\
## Needs
- Agaric Bakery:
  - Payroll
- Bollete: flour (technical)
- printer paper

## Lunch
We sang.
";

const ANSWERS: &str = "\
# Answers about the notes of this call, kept by `ayni call record`, so that it asks only about what is new.
# This file is not published. Remove an answer, and you are asked again.
answers:
  - line: \"  - Payroll\"
    asked: kind of help
    answer: knowledge
  - line: \"- Bollete: flour (technical)\"
    asked: which coop is bollete
    answer: bolete
  - line: \"- printer paper\"
    asked: whose
    answer: left
  - line: \"## Lunch\"
    asked: what stands below lunch
    answer: notes
";

const DONE: &str = "Everything in pads/2026-11.md is in the directory already.\n";

/// Records a pad that may not ask anything.
#[track_caller]
fn again(folder: &Folder, pad: &str) -> Run {
    let run = record(folder, pad, "y\n", &[]);
    assert!(!run.stderr.contains("> "), "{}", run.stderr);
    run
}

#[track_caller]
fn recorded(folder: &Folder, pad: &str, answers: &[&str]) -> Run {
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let run = record(folder, pad, &answers, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run
}

const TYPED: [&str; 7] = ["knowledge", "1", "left", "notes", "apology", "y", ""];

#[test]
fn a_second_recording_asks_nothing_and_changes_nothing() {
    let folder = folder();
    let run = recorded(&folder, PAD, &TYPED);
    assert!(
        run.stdout.starts_with("pads/2026-11.answers.yaml\npads/2026-11.left.md\n"),
        "{}",
        run.stdout
    );
    let answers = folder.read("pads/2026-11.answers.yaml");
    assert!(answers.starts_with(ANSWERS), "{answers}");
    let before = folder.files("");
    check(&record(&folder, PAD, "", &[]), 0, "", DONE);
    assert_eq!(folder.files(""), before);
    // Nor when lines were added before, or the new entries were given better titles and other ids.
    let moved = format!("# Call\n\n{PAD}");
    check(&record(&folder, &moved, "", &[]), 0, "", DONE);
    let need = folder.read("content/needs/payroll.md");
    let need =
        need.replace("title: Payroll", "title: Somebody who teaches wages\naliases: [payroll]");
    folder.write("content/needs/wages.md", need);
    folder.remove("content/needs/payroll.md");
    check(&record(&folder, &moved, "", &[]), 0, "", DONE);
}

#[test]
fn a_changed_line_and_a_new_one_are_asked_and_no_other() {
    let folder = folder();
    recorded(&folder, PAD, &TYPED);
    let changed = PAD.replace("printer paper", "printer ink").replace(
        "flour (technical)",
        "flour (technical)\n- Bollete: salt (technical)\n- Zeppelin: ink",
    );
    let run = record(&folder, &changed, "", &[]);
    assert_eq!(run.code, Some(1));
    let open = "Still open:\n  pads/2026-11.md:6: Which coop is `Zeppelin`? (nobody's yet)\n  \
                pads/2026-11.md:7: Whose need is this? (nobody's yet)\nNothing was written.";
    assert!(run.stderr.contains(open), "{}", run.stderr);
    // What a name means is known in every line; that a line was left over counts for that line alone.
    let run = recorded(&folder, &changed, &["left", "bolete", "technical", "y"]);
    assert!(run.stdout.contains("content/needs/salt.md\n"), "{}", run.stdout);
    let more = format!("{changed}\n## Offers\n- Zeppelin: flights\n");
    let run = record(&folder, &more, "", &[]);
    assert!(run.stderr.contains(": Which coop is `Zeppelin`? (nobody's yet)"), "{}", run.stderr);
}

#[test]
fn answers_are_kept_where_nothing_is_written() {
    for (typed, last) in
        [("knowledge\n1\n", "Still open:"), ("knowledge\n1\nrest\nn\n", "Write 5 files?")]
    {
        let folder = folder();
        let before = folder.files("content");
        let run = record(&folder, PAD, typed, &[]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains(last), "{}", run.stderr);
        let kept =
            "Your answers are kept in pads/2026-11.answers.yaml; `--again` asks them again.\n";
        assert!(run.stderr.ends_with(kept), "{}", run.stderr);
        assert_eq!(folder.files("content"), before);
        let run = record(&folder, PAD, "", &[]);
        let open = "Still open:\n  pads/2026-11.md:5: Whose need is this? (nobody's yet)\n";
        assert!(run.stderr.contains(open), "{}", run.stderr);
        let run = record(&folder, PAD, "", &["--again"]);
        assert!(run.stderr.contains("pads/2026-11.md:3: What kind of help"), "{}", run.stderr);
    }
}

#[test]
fn what_is_left_over_without_questions_is_not_asked_later_unless_one_wants() {
    let folder = folder();
    let run = record(&folder, PAD, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let before = folder.files("");
    check(&again(&folder, PAD), 0, "", DONE);
    assert_eq!(folder.files(""), before);
    // Who has sorted a line takes it out of the file, and does not find it there again.
    let left = folder.read("pads/2026-11.left.md");
    folder.write("pads/2026-11.left.md", left.replace("- printer paper\n", ""));
    check(&again(&folder, PAD), 0, "", DONE);
    assert!(!folder.read("pads/2026-11.left.md").contains("printer"));
    let run = record(&folder, PAD, "knowledge\n", &["--again"]);
    assert!(run.stderr.contains("pads/2026-11.md:5: Whose need is this?"), "{}", run.stderr);
}

#[test]
fn answers_that_no_longer_fit_are_asked_again() {
    let folder = folder();
    recorded(&folder, PAD, &TYPED);
    folder.write(
        "pads/2026-11.answers.yaml",
        ANSWERS.replace("answer: bolete", "answer: zeppelin").replace("knowledge", "mushroom"),
    );
    let run = record(&folder, PAD, "", &[]);
    assert!(run.stderr.contains("pads/2026-11.md:4: Which coop is `Bollete`?"), "{}", run.stderr);
    // Payroll is there by its title; nothing is asked of it.
    assert!(!run.stderr.contains("What kind of help"), "{}", run.stderr);
    folder.write("pads/2026-11.answers.yaml", "answers: {not: [ours");
    let run = record(&folder, PAD, "", &[]);
    assert!(run.stderr.contains("pads/2026-11.md:4: Which coop is `Bollete`?"), "{}", run.stderr);
}

#[test]
fn two_pads_of_a_call_share_their_answers_and_lose_nothing() {
    let folder = folder();
    recorded(&folder, PAD, &TYPED);
    folder.write("other.md", "## Needs\n- Bollete: rye (technical)\n- somebody's hat\n");
    let run = folder.ayni(&["call", "record", "2026-11", "other.md", "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("content/needs/rye.md\n"), "{}", run.stdout);
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.ends_with("\n- printer paper\n- somebody's hat\n"), "{left}");
    check(&record(&folder, PAD, "", &[]), 0, "", DONE);
}

#[test]
fn what_a_corrected_pad_no_longer_says_is_told_before_anything_is_written() {
    let folder = folder();
    let pad = "## Who took part\n- Agaric Bakery (Ana Example, may be named)\n\n## First round\n\
               - Agaric Bakery: four ovens\n\n## Decisions\n- We meet at 17:00.\n";
    assert_eq!(record(&folder, pad, "rest\ny\n", &[]).code, Some(0));
    let call = folder.read("content/calls/2026-11.md");
    assert!(call.contains("Ana Example") && call.contains("We meet at 17:00."), "{call}");
    let again = record(&folder, pad, "rest\ny\n", &[]);
    assert!(!again.stderr.contains("Not in the pad"), "{}", again.stderr);
    let corrected = pad
        .replace(" (Ana Example, may be named)", "")
        .replace("four", "five")
        .replace("17:00", "17:30");
    let run = record(&folder, &corrected, "rest\nn\n", &[]);
    let told =
        "Not in the pad, and stays in content/calls/2026-11.md until somebody takes it out there
  agaric-bakery: the name Ana Example
  agaric-bakery: four ovens
  decision: We meet at 17:00.
";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}
