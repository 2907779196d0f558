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
    section: need
    asked: kind of help
    answer: knowledge
  - line: \"- Bollete: flour (technical)\"
    section: need
    asked: which coop is bollete
    answer: bolete
  - line: \"- printer paper\"
    section: need
    asked: whose
    answer: left
  - line: \"## Lunch\"
    asked: what stands below lunch
    answer: notes
";

const WHERE: &str = "\
Your answers are kept in pads/2026-11.answers.yaml. To be asked again about a line, give its number or its words: \
`ayni call record 2026-11 --again LINE-OR-WORDS`; about all: `--again`.
";

const DONE: &str = "Everything in pads/2026-11.md is in the directory already.\n";

/// The same where lines are left over.
fn done(lines: &str) -> String {
    format!(
        "Everything in pads/2026-11.md is in the directory already, but for {lines} left over in \
         pads/2026-11.left.md; `--again` asks about all once more.\n"
    )
}

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
    check(&record(&folder, PAD, "", &[]), 0, "", &done("1 line"));
    assert_eq!(folder.files(""), before);
    // Nor when lines were added before, or the new entries were given better titles and other ids.
    let moved = format!("# Call\n\n{PAD}");
    check(&record(&folder, &moved, "", &[]), 0, "", &done("1 line"));
    let need = folder.read("content/needs/payroll.md");
    let need =
        need.replace("title: Payroll", "title: Somebody who teaches wages\naliases: [payroll]");
    folder.write("content/needs/wages.md", need);
    folder.remove("content/needs/payroll.md");
    check(&record(&folder, &moved, "", &[]), 0, "", &done("1 line"));
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
        [("knowledge\n1\n", "Still open:"), ("knowledge\n1\nrest\nn\n", "Write 6 files?")]
    {
        let folder = folder();
        let before = folder.files("content");
        let run = record(&folder, PAD, typed, &[]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains(last), "{}", run.stderr);
        assert!(run.stderr.ends_with(WHERE), "{}", run.stderr);
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
    check(&again(&folder, PAD), 0, "", &done("5 lines"));
    assert_eq!(folder.files(""), before);
    // Who has sorted a line takes it out of the file, and does not find it there again.
    let left = folder.read("pads/2026-11.left.md");
    folder.write("pads/2026-11.left.md", left.replace("- printer paper\n", ""));
    check(&again(&folder, PAD), 0, "", &done("4 lines"));
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
    check(&record(&folder, PAD, "", &[]), 0, "", &done("1 line"));
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
    let told = "
Was in content/calls/2026-11.md, and is replaced or taken out
  Agaric Bakery: four ovens
  decision: We meet at 17:00.

Not in the pad, and stays in content/calls/2026-11.md until somebody takes it out there
  Agaric Bakery: the name Ana Example
";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

const WHOLE: &str = "\
## Who took part
- Facilitated by: Chanterelle
- Notes by: Bolete
- [x] Agaric Bakery (Ana Example, may be named)
- Bolete
- Chanterelle (observer)
- Cep: Credit Union (sends apologies)

## First round
- Agaric Bakery: Forty loafs more than last month.
- Bolete: Two stones more.

## Second round
- Agaric Bakery:
  - [x] Hands for the wheat
  - Payroll (knowledge)

## Third round
- Bolete:
  - [x] A tractor

## Introductions
- [x] Hands for the wheat → A tractor (agreed): they speak on Monday
- [x] A second oven → Small loans

## Decisions
- We meet at 17:00.

## Actions
- [x] Count the loaves (Bolete, 2026-11-20)
- [ ] Write to the mill of the valey (Chanterelle, 2026-12-10)

## Notes
It was lowd.
";

/// The call after a pad, a corrected one, and what was told about the latter.
#[track_caller]
fn corrected(folder: &Folder, corrections: &[(&str, &str)]) -> (String, String) {
    let pad = corrections.iter().fold(WHOLE.to_owned(), |pad, (old, new)| {
        assert!(pad.contains(old), "{old}");
        pad.replace(old, new)
    });
    let run = record(folder, &pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read("content/calls/2026-11.md"), run.stderr)
}

#[test]
fn whatever_a_corrected_pad_no_longer_says_is_told() {
    let folder = folder();
    recorded(&folder, WHOLE, &["y"]);
    check(&record(&folder, WHOLE, "", &[]), 0, "", DONE);
    let corrections = [
        ("- Facilitated by: Chanterelle\n", ""),
        ("Notes by: Bolete", "Notes by: Agaric Bakery"),
        ("Chanterelle (observer)", "Chanterelle"),
        ("- Bolete: Two stones more.\n", ""),
        ("[x] Hands for the wheat\n", "[ ] Hands for the wheat\n"),
        ("  - Payroll (knowledge)\n", ""),
        ("  - [x] A tractor\n", ""),
        (" (agreed): they speak on Monday", ""),
        ("[x] A second oven", "[ ] A second oven"),
        ("- We meet at 17:00.\n", ""),
        ("[x] Count the loaves (Bolete, 2026-11-20)", "[ ] Count the loaves"),
        ("- [ ] Write to the mill of the valey (Chanterelle, 2026-12-10)\n", ""),
        ("It was lowd.\n", ""),
    ];
    let (call, told) = corrected(&folder, &corrections);
    let staying = "
Was in content/calls/2026-11.md, and is replaced or taken out
  note-taker: Bolete

Not in the pad, and stays in content/calls/2026-11.md until somebody takes it out there
  facilitator: Chanterelle
  Agaric Bakery: need Hands for the wheat
  Agaric Bakery: need Payroll (written to content/needs/payroll.md, which stays too)
  Bolete: Two stones more.
  Bolete: offer A tractor
  Chanterelle: observer
  introduction Hands for the wheat → A tractor: agreed
  introduction Hands for the wheat → A tractor, note: they speak on Monday
  introduction A second oven → Small loans: introduced
  decision: We meet at 17:00.
  action Count the loaves: Bolete does it
  action Count the loaves: by 2026-11-20
  action Count the loaves: done
  action: Write to the mill of the valey
  notes: It was lowd.
";
    assert!(told.contains(staying), "{told}");
    assert!(call.contains("\nnote_taker: agaric-bakery\n"), "{call}");
    // It is told until it is gone.
    let (_, again) = corrected(&folder, &corrections);
    assert!(again.contains("  decision: We meet at 17:00.\n"), "{again}");
    let without = call.replace("decisions:\n  - We meet at 17:00.\n", "");
    assert_ne!(without, call);
    folder.write("content/calls/2026-11.md", without);
    let (_, again) = corrected(&folder, &corrections);
    assert!(!again.contains("We meet") && again.contains("  notes: It was lowd.\n"), "{again}");
}

#[test]
fn corrected_words_take_the_place_of_those_that_were_recorded() {
    let folder = folder();
    recorded(&folder, WHOLE, &["y"]);
    let before = folder.read("content/calls/2026-11.md");
    let corrections = [
        ("Forty loafs", "Forty loaves"),
        ("Two stones more.", "Three stones more."),
        ("they speak on Monday", "they speak on Tuesday"),
        ("17:00", "17:30"),
        ("valey (Chanterelle, 2026-12-10)", "valley (Chanterelle, 2026-12-11)"),
        ("lowd", "loud"),
    ];
    let (call, told) = corrected(&folder, &corrections);
    let expected = corrections[..4].iter().fold(before, |call, (old, new)| call.replace(old, new));
    // An action keeps its id.
    let expected = expected
        .replace("mill of the valey", "mill of the valley")
        .replace("2026-12-10", "2026-12-11")
        .replace("lowd", "loud");
    assert_eq!(call, expected, "{told}");
    assert!(call.contains("    about: We mill. Three stones more.\n"), "{call}");
    assert!(told.contains("  notes: It was lowd.\n") && !told.contains("Not in the pad"), "{told}");
}

#[test]
fn words_that_somebody_changed_since_stay_and_are_told() {
    let folder = folder();
    recorded(&folder, WHOLE, &["y"]);
    let call = folder.read("content/calls/2026-11.md");
    let by_hand = [
        ("Forty loafs more than last month.", "Forty loaves more than in October."),
        ("We meet at 17:00.", "We meet at 17:00 in winter."),
        ("due: 2026-12-10", "due: 2026-12-20"),
        ("note: they speak on Monday", "note: They spoke."),
        ("It was lowd.", "## Of the evening\nA loud evening."),
    ];
    let by_hand = by_hand.iter().fold(call, |call, (old, new)| {
        assert!(call.contains(old), "{old} is not in {call}");
        call.replace(old, new)
    });
    folder.write("content/calls/2026-11.md", &by_hand);
    // The pad says nothing new.
    let run = record(&folder, WHOLE, "", &[]);
    let unwritten = "\
Nothing in pads/2026-11.md is new.

In the pad, and not written into content/calls/2026-11.md, which says something else
  Agaric Bakery: Forty loafs more than last month.
  introduction Hands for the wheat → A tractor, note: they speak on Monday
  decision: We meet at 17:00.
  action Write to the mill of the valey: by 2026-12-10
  notes: It was lowd.

";
    check(&run, 0, "", unwritten);
    let corrections = [
        ("Forty loafs", "Forty loaves"),
        ("they speak on Monday", "they speak on Tuesday"),
        ("17:00", "17:30"),
        ("2026-12-10", "2026-12-11"),
        ("lowd", "loud"),
    ];
    let (call, told) = corrected(&folder, &corrections);
    assert_eq!(call, by_hand);
    for line in [
        "Agaric Bakery: Forty loaves more than last month.",
        "introduction Hands for the wheat → A tractor, note: they speak on Tuesday",
        "decision: We meet at 17:30.",
        "action Write to the mill of the valey: by 2026-12-11",
        "notes: It was loud.",
    ] {
        assert!(told.contains(&format!("\n  {line}\n")), "{line} is not told in\n{told}");
    }
}

#[test]
fn a_recording_that_was_undone_is_made_anew() {
    let folder = folder();
    let before = folder.read("content/calls/2026-11.md");
    recorded(&folder, WHOLE, &["y"]);
    let after = folder.read("content/calls/2026-11.md");
    folder.write("content/calls/2026-11.md", before);
    recorded(&folder, WHOLE, &["y"]);
    assert_eq!(folder.read("content/calls/2026-11.md"), after);
}

#[test]
fn one_answer_can_be_taken_back() {
    let folder = folder();
    let run = recorded(&folder, PAD, &TYPED);
    assert!(run.stderr.ends_with(WHERE), "{}", run.stderr);
    let run = record(&folder, PAD, "", &["--again", "zebra"]);
    let none = "error: no answer is kept about `zebra`; pads/2026-11.answers.yaml has those that are, with \
                their lines\n";
    check(&run, 2, "", none);
    for which in ["4", "bollete: FLOUR", "bollete"] {
        let folder = self::folder();
        recorded(&folder, PAD, &TYPED);
        let run = record(&folder, PAD, "", &["--again", which]);
        let open =
            "\nStill open:\n  pads/2026-11.md:4: Which coop is `Bollete`? (nobody's yet)\nNothing";
        assert!(run.stderr.contains(open), "{which}: {}", run.stderr);
    }
    // What came of the wrong answer is told.
    let run = record(&folder, PAD, "chanterelle\ny\n", &["--again", "4"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let told = "  Bolete: need flour (written to content/needs/flour.md, which stays too)\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    let flour = folder.read("content/needs/flour-chanterelle.md");
    assert!(flour.contains("\ncoop: chanterelle\n"), "{flour}");
    check(
        &again(&folder, PAD),
        0,
        "",
        &format!(
            "{}\nNot in the pad, and stays in content/calls/2026-11.md until \
        somebody takes it out there\n  Bolete: its turn\n{told}\n",
            done("1 line")
        ),
    );
}

#[test]
fn a_turn_that_came_of_a_wrong_answer_can_be_taken_out() {
    let folder = folder();
    let pad = "## Needs\n- Bollete: flour (technical)\n";
    recorded(&folder, pad, &["chanterelle", "leave", "y"]);
    assert!(folder.read("content/calls/2026-11.md").contains("  - coop: chanterelle\n"));
    let run = record(&folder, pad, "bolete\n", &["--again", "2"]);
    let open = "pads/2026-11.md: Chanterelle has a turn in the file of the call, and the pad does not say that it \
                was there; did it take part?\n";
    assert!(run.stderr.contains(open), "{}", run.stderr);
    let run = recorded(&folder, pad, &["absent", "y"]);
    let told = "
Was in content/calls/2026-11.md, and is replaced or taken out
  Chanterelle: its turn
  Chanterelle: need flour (written to content/needs/flour.md, which stays too)
";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert!(!call.contains("  - coop: chanterelle\n") && call.contains("[flour-bolete]"), "{call}");
}
