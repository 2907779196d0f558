//! The note-taker's pad: what `ayni new call` writes, what `ayni call record` makes of it, and that
//! nothing is guessed.

use std::io::Write;
use std::process::Stdio;

use ayni::content::values::CallStatus;
use ayni::directory::contact::Person;

use super::site::{Folder, Run, check};

const SITE: &str = "\
title: Test
languages: [en, es]
calls:
  - id: monthly
    title: Monthly call
    rrule: FREQ=MONTHLY;BYDAY=-1WE
    start: \"16:00\"
    time_zone: Europe/London
";

/// What a call keeps of its series once it is held.
pub(crate) const SETTLED: &str =
    "time_zone: Europe/London\nduration: 90m\nminutes: {about: 2, needs: 2, offers: 2}\n";

pub(crate) const CALL: &str = "\
---
series: monthly
start: 2026-11-18T16:00
status: planned
created: 2026-11-01
facilitator:         # a coop
turns:
  - coop: agaric-bakery
    needs: [wheat]
  - coop: bolete
    # They write from a boat.
    written: true
    about: We mill.
    offers: [tractor]
  - coop: cep-credit
# Invite: chanterelle
actions:
  - what: Count the loaves
    who: bolete
    due: 2026-11-20
---
Come as you are.
";

/// Four coops, one of which writes; a call that was on Wednesday.
pub(crate) fn folder() -> Folder {
    Folder::new(&[
        ("site.yaml", SITE),
        ("content/coops/agaric-bakery.md", "---\ntitle: Agaric Bakery\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\naliases: [the-mill]\n---\n"),
        ("content/coops/cep-credit.md", "---\ntitle: \"Cep: Credit Union\"\n---\n"),
        ("content/coops/chanterelle.md", "---\ntitle: Chanterelle\n---\n"),
        (
            "content/needs/wheat.md",
            "---\ntitle: Hands for the wheat\ncoop: agaric-bakery\nkind: human\n---\nHarvest.\n",
        ),
        (
            "content/needs/oven.md",
            "---\ntitle: A second oven\ncoop: agaric-bakery\nkind: technical\n---\nBig.\n",
        ),
        (
            "content/offers/tractor.md",
            "---\ntitle: A tractor\ncoop: bolete\nkind: technical\n---\nWheat, harvest.\n",
        ),
        (
            "content/offers/loans.md",
            "---\ntitle: Small loans\ncoop: cep-credit\nkind: financial\n---\nFor ovens.\n",
        ),
        ("content/calls/2026-11.md", CALL),
    ])
}

/// Records a pad with answers typed, one on a line.
pub(crate) fn record(folder: &Folder, pad: &str, answers: &str, flags: &[&str]) -> Run {
    folder.write("pads/2026-11.md", pad);
    let arguments = [&["call", "record", "2026-11"], flags].concat();
    let mut command = folder.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    let mut stdin = child.stdin.take().expect("it has an input");
    // It may have ended before it read everything.
    let _ = stdin.write_all(answers.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

const CAREFUL: &str = "\
# November call

## Who took part
- Facilitated by: Chanterelle
- [x] Agaric Bakery: Ana Example (may be named)
- [ ] Cep: Credit Union (sends apologies)
- Chanterelle: Bea Example

## First round: who we are
- Agaric Bakery: Forty loaves more: than last month.
- Chanterelle: We are new,
  and few.

## Second round: what we need
- Agaric Bakery:
  - [x] Hands for the wheat
  - [ ] A second oven
  - Somebody who explains payroll (knowledge, until 2027-03-31)
    - in English
- Chanterelle: Traductora para el árabe (humano, es)

## Third round: what we offer
### Chanterelle
- Mushroom courses (knowledge)

## Introductions
- [x] Hands for the wheat → A tractor: they speak on Monday
- [ ] A second oven → Small loans
- A tractor -> Traductora para el árabe (declined)

## Decisions
- The next call is on 16 December.

## Actions
- [x] Count the loaves (Bolete, 2026-11-20)
- [ ] Write the minutes (Chanterelle, by 2026-12-01)

## Notes
It was loud.

### On needs
Nobody asked for money.
";

const RECORDED: &str = "\
---
series: monthly
start: 2026-11-18T16:00
status: held
created: 2026-11-01
facilitator: chanterelle         # a coop
turns:
  - coop: agaric-bakery
    needs: [wheat, somebody-who-explains-payroll]
    delegate: {name: Ana Example, consent: true}
    about: \"Forty loaves more: than last month.\"
  - coop: bolete
    # They write from a boat.
    written: true
    about: We mill.
    offers: [tractor]
  - coop: cep-credit
    role: apology
  - coop: chanterelle
    about: We are new, and few.
    needs: [traductora-para-el-árabe]
    offers: [mushroom-courses]
# Invite: chanterelle
actions:
  - what: Count the loaves
    who: bolete
    due: 2026-11-20
    done: true
  - id: write-the-minutes-2026-11
    what: Write the minutes
    who: chanterelle
    due: 2026-12-01
time_zone: Europe/London
duration: 90m
minutes: {about: 2, needs: 2, offers: 2}
matches:
  - need: wheat
    offer: tractor
    status: introduced
    note: they speak on Monday
  - need: traductora-para-el-árabe
    offer: tractor
    status: declined
decisions:
  - The next call is on 16 December.
updated: 2026-11-22
---
Come as you are.

It was loud.

### On needs
Nobody asked for money.
";

#[test]
fn a_pad_is_read_back_into_the_call() {
    let folder = folder();
    let run = record(&folder, CAREFUL, "y\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "pads/2026-11.answers.yaml\n\
         content/needs/somebody-who-explains-payroll.md\ncontent/needs/traductora-para-el-árabe.md\n\
         content/offers/mushroom-courses.md\ncontent/calls/2026-11.md\n\
         pads/2026-11.recorded.yaml\n"
    );
    assert_eq!(folder.read("content/calls/2026-11.md"), RECORDED);
    assert_eq!(
        folder.read("content/needs/somebody-who-explains-payroll.md"),
        "---\ntitle: Somebody who explains payroll\ncoop: agaric-bakery\nkind: knowledge\n\
         until: 2027-03-31\nraised_in: 2026-11\ncreated: 2026-11-22\n---\n- in English\n"
    );
    let need = folder.read("content/needs/traductora-para-el-árabe.md");
    assert!(need.contains("\nlang: es\n") && need.contains("\nkind: human\n"), "{need}");
    // Whoever did not agree to be named is not, and the note-taker learns it.
    assert!(run.stderr.contains(
        "line 7: - Chanterelle: Bea Example (a name is written only with consent: add `(may be named)`)"
    ));
    let directory = folder.prepare().plan.derived.directory.clone();
    assert_eq!(directory.calls[0].status, CallStatus::Held);
    assert_eq!(directory.calls[0].turns[0].delegate, Some(Person::Named("Ana Example".to_owned())));
    let checked = folder.ayni(&["check", "--deny", "warnings"]);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
}

#[test]
fn a_pad_that_is_recorded_twice_changes_nothing_more() {
    let folder = folder();
    assert_eq!(record(&folder, CAREFUL, "y\n", &[]).code, Some(0));
    let before = folder.files("");
    let run = record(&folder, CAREFUL, "y\n", &[]);
    check(&run, 0, "", "Everything in pads/2026-11.md is in the directory already.\n");
    assert_eq!(folder.files(""), before);
}

const CARELESS: &str = "\
Pad november!!

agaric - forty loaves more
Bollete: still milling

Necesidades
- Agaric Bakery
  - hands for wheat
  - payroll
- Credit Union: traductora para el árabe
- printer paper

OFFERS
The mill: tractor courses

Matches
Agaric Bakery and Bolete: they talk about the harvest

## Lunch
we liked the song
";

#[test]
fn a_careless_pad_is_asked_back_line_by_line() {
    let folder = folder();
    let before = folder.files("content");
    let run = record(&folder, CARELESS, "", &[]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, "");
    let open = "
Still open:
  pads/2026-11.md:1: What is this? (nobody's yet)
  pads/2026-11.md:3: What is this? (nobody's yet)
  pads/2026-11.md:4: Which coop is `Bollete`? (nobody's yet)
  pads/2026-11.md:8: Is this the need that there is already? (of Agaric Bakery)
  pads/2026-11.md:9: What kind of help is this new need about? (of Agaric Bakery)
  pads/2026-11.md:10: Which coop is `Credit Union`? (nobody's yet)
  pads/2026-11.md:11: Whose need is this? (nobody's yet)
  pads/2026-11.md:14: Is this the offer that there is already? (of Bolete)
  pads/2026-11.md:17: Which need and which offer does this bring together? (nobody's yet)
  pads/2026-11.md:19: What stands below the heading `Lunch`? (nobody's yet)
Nothing was written. Answer here, or change the lines; `rest` and `--yes` keep them beside the pad, unpublished.
";
    assert!(run.stderr.ends_with(open), "{}", run.stderr);
    assert_eq!(folder.files("content"), before);
    assert!(!folder.path("pads/2026-11.answers.yaml").exists());
}

#[test]
fn answers_place_what_was_not_clear() {
    let folder = folder();
    // In the order of the lines; some answers are not understood at first.
    let answers = [
        "drop",           // 1: the title
        "about",          // 3
        "bakers",         // … whose: nobody is called so
        "agaric-bakery",  // …
        "1",              // 4: Bollete is Bolete
        "about",          // … and what it says
        "wheat",          // 8: the need that there is
        "4",              // 9: payroll is knowledge
        "1",              // 10: Credit Union
        "human",          // … what kind of help
        "99",             // … in which language: no such choice
        "es",             // …
        "left",           // 11: printer paper
        "new",            // 14: tractor courses are no tractor
        "4",              // … what kind of help
        "wheat--tractor", // 17
        "notes",          // 19
        "y",
    ];
    let run = record(&folder, CARELESS, &(answers.join("\n") + "\n"), &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("No coop is called `bakers`."), "{}", run.stderr);
    assert!(run.stderr.contains("Answer with a number from 1 to 5."), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    for part in [
        "  - coop: agaric-bakery\n    needs: [wheat, payroll]\n    about: forty loaves more\n",
        "    about: We mill. still milling\n    offers: [tractor, tractor-courses]\n",
        "  - coop: cep-credit\n    needs: [traductora-para-el-árabe]\n",
        "note: they talk about the harvest\n",
        "---\nCome as you are.\n\n## Lunch\nwe liked the song\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert_eq!(
        folder.read("pads/2026-11.left.md"),
        "# From the pad, to be sorted\n\n> Nobody knew: Whose need is this?\n\n- printer paper\n"
    );
    assert!(run.stderr.contains("Left out\n  line 1: Pad november!! (as you said)\n"));
}

#[test]
fn a_pad_that_goes_coop_by_coop_is_understood() {
    let folder = folder();
    let pad = "Present: Agaric Bakery, Bolete and Chanterelle\n\nAGARIC BAKERY (Lyon)\nneeds: Payroll (knowledge)\n\
               offers: Bread (human)\n\nChanterelle:\nWe are new.\nOFFERS: Mushrooms (human)\n";
    // What `We are new.` is, and what became of the credit union.
    let run = record(&folder, pad, "about\nleave\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    for part in [
        "  - coop: agaric-bakery\n    needs: [wheat, payroll]\n    offers: [bread]\n",
        "  - coop: chanterelle\n    about: We are new.\n    offers: [mushrooms]\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
}

#[test]
fn those_who_took_part_can_stand_in_one_line() {
    let folder = folder();
    let pad = "## Who took part\n- agaric, Bolete (in writing, 3 pages) and Chanterelle (Ana, may be named), Zeppelin\n\
               - Apologies: Cep: Credit Union\n\nnotes: no recording\n\n## Decisions\n- Yes\n";
    let run = record(&folder, pad, "agaric-bakery\nleft\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    for part in [
        "  - coop: cep-credit\n    role: apology\n",
        "  - coop: chanterelle\n    delegate: {name: Ana, consent: true}\n",
        "\ndecisions: [Yes]\n",
        "---\nCome as you are.\n\nnotes: no recording\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(folder.read("pads/2026-11.left.md").contains(", Zeppelin\n"));
}

#[test]
fn notes_below_a_line_end_with_the_next_such_line() {
    let folder = folder();
    let pad = "Notes\nIt was loud.\n\nYes, loud.\n\nActions\n- Sing (Bolete)\n";
    let run = record(&folder, pad, "leave\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert!(call.ends_with("---\nCome as you are.\n\nIt was loud.\n\nYes, loud.\n"), "{call}");
    assert!(call.contains("  - id: sing-2026-11\n    what: Sing\n    who: bolete\n"), "{call}");
}

#[test]
fn what_is_left_over_is_kept_beside_the_pad_and_not_published() {
    for (answers, flags) in [("", &["--yes"][..]), ("rest\ny\n", &[])] {
        let folder = folder();
        let pad = format!("{CARELESS}\nAttending: Ana, Bernd\n");
        let run = record(&folder, &pad, answers, flags);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let left = folder.read("pads/2026-11.left.md");
        for line in [
            "# From the pad, to be sorted\n\n> Nobody knew: What is this?\n\nPad november!!\n",
            "agaric - forty loaves more\n\n> Nobody knew: Which coop is `Bollete`?\n\nBollete: still milling\n",
            "> Nobody knew: Is this the need that there is already? (of Agaric Bakery)\n\n  - hands for wheat\n",
            "\n## Lunch\nwe liked the song\nAttending: Ana, Bernd\n",
        ] {
            assert!(left.contains(line), "{line} is not in\n{left}");
        }
        let call = folder.read("content/calls/2026-11.md");
        let held = CALL.replace("status: planned", "status: held");
        assert_eq!(
            call,
            held.replace("---\nCome", &format!("{SETTLED}updated: 2026-11-22\n---\nCome"))
        );
        assert_eq!(folder.ayni(&["build", "--out", "public"]).code, Some(0));
        for (path, bytes) in folder.files("public") {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Bernd") && !text.contains("song"), "{path}");
        }
    }
}

#[test]
fn what_is_said_of_a_pair_that_nobody_introduced_is_left_over() {
    let folder = folder();
    let run =
        record(&folder, "## Matches\n- [ ] wheat -> tractor: after the harvest\n", "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(folder.read("pads/2026-11.left.md").contains("after the harvest"));
    let call = folder.read("content/calls/2026-11.md");
    assert!(!call.contains("matches:") && !call.contains("after the harvest"), "{call}");
}

#[test]
fn what_cannot_be_recorded_is_said() {
    let folder = folder();
    let run = folder.ayni(&["call", "record", "2026-11"]);
    let none =
        "error: there is no pad pads/2026-11.md; `ayni call pad 2026-11` prints an empty one\n";
    check(&run, 2, "", none);
    folder.write("pads/2026-11.md", b"## Actions\n- [ ] Escribir a la panader\xeda (Bolete)\n");
    for (arguments, name) in [
        (&["call", "record", "2026-11", "--yes"][..], "pads/2026-11.md"),
        (&["call", "record", "2026-11", "./pads/2026-11.md", "--yes"], "./pads/2026-11.md"),
    ] {
        let no_text = format!(
            "error: `{name}` is not a text in UTF-8; save it again with the encoding UTF-8\n"
        );
        check(&folder.ayni(arguments), 2, "", &no_text);
    }
    let run = folder.ayni(&["call", "record", "2026-12"]);
    check(&run, 2, "", "error: there is no call `2026-12`; did you mean `2026-11`?\n");
    folder.write("content/calls/2026-11.md", CALL.replace("status: planned", "status: cancelled"));
    let run = record(&folder, CAREFUL, "y\n", &[]);
    let cancelled = "error: the call `2026-11` was cancelled; set its `status` first\n";
    check(&run, 2, "", cancelled);
    folder.write("content/calls/2026-11.md", "---\n? start\n: 2026-11-18T16:00\n---\n");
    let run = record(&folder, CAREFUL, "y\n", &[]);
    let apart = "error: content/calls/2026-11.md cannot be changed: write each of its fields on a line of \
                its own\n";
    check(&run, 2, "", apart);
}

#[test]
fn what_became_of_an_introduction_may_stand_anywhere_in_its_line() {
    for line in [
        "A second oven → Small loans: too dear (declined)",
        "A second oven → Small loans (declined): too dear",
        "A second oven (declined) → Small loans: too dear",
    ] {
        let folder = folder();
        let run = record(&folder, &format!("## Introductions\n- {line}\n"), "rest\ny\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let call = folder.read("content/calls/2026-11.md");
        assert!(call.contains("status: declined\n"), "{line}: {call}");
        assert!(call.contains("note: too dear\n"), "{line}: {call}");
    }
}

#[test]
fn the_pad_of_a_new_call_says_what_is_known() {
    let folder = folder();
    let run = folder.ayni(&["new", "call", "--coop", "agaric-bakery", "--coop", "cep-credit"]);
    check(&run, 0, "content/calls/2026-12.md\npads/2026-12.md\n", "");
    let pad = folder.read("pads/2026-12.md");
    for part in [
        "# Monthly call, December 2026\n",
        "- Agaric Bakery:\n  - [ ] A second oven\n  - [ ] Hands for the wheat\n",
        "- Cep: Credit Union:\n  - [ ] Small loans\n",
        "- [ ] Count the loaves (Bolete, 2026-11-20)\n",
    ] {
        assert!(pad.contains(part), "{part} is not in\n{pad}");
    }
    let spanish = folder.ayni(&["call", "pad", "2026-12", "--lang", "es"]);
    assert!(spanish.stdout.contains("## Segunda ronda: qué necesitamos\n"), "{}", spanish.stdout);
    // A pad that was begun is not written over.
    folder.remove("content/calls/2026-12.md");
    folder.write("pads/2026-12.md", "mine\n");
    check(&folder.ayni(&["new", "call"]), 0, "content/calls/2026-12.md\n", "");
    assert_eq!(folder.read("pads/2026-12.md"), "mine\n");
}
