//! What a person wrote into a file stays as it is when a command writes into it.

use super::pads::{CALL as WRITTEN, SETTLED, folder, record};

const CALL: &str = "content/calls/2026-11.md";

/// A call full of remarks, with unusual quotes, empty lines, and texts and lists of every form.
const REMARKS: &str = "\
---
# November, by Ana.
series: monthly      # as ever
start: '2026-11-18T16:00'

status: planned   # by hand
facilitator:      # who?
created: \"2026-11-01\"  # made
turns:
  # Who comes:
  - coop: agaric-bakery   # comes late
    # wheat only
    needs: [wheat]    # one
  - coop: 'bolete'        # first time
    about: >-   # by phone
      We mill
      rye.
    offers:
      - tractor   # remark

  # the next one does not come
  - coop: cep-credit   # perhaps
    # on Monday
# Invite: chanterelle
decisions: ['Bread for all.', \"Rye too.\"]   # two
actions:
- what: |      # many
    Count the loaves
  who: bolete   # since May
  due: 2026-11-20
---

Come as you are.  


Bring bread.
";

const RECORDED: &str = "\
---
# November, by Ana.
series: monthly      # as ever
start: '2026-11-18T16:00'

status: held   # by hand
facilitator: chanterelle      # who?
created: \"2026-11-01\"  # made
turns:
  # Who comes:
  - coop: agaric-bakery   # comes late
    # wheat only
    needs: [wheat, oven]    # one
    about: We bake.
  - coop: 'bolete'        # first time
    about: We mill rye. Four ovens.   # by phone
    offers:
      - tractor   # remark

  # the next one does not come
# Invite: chanterelle
decisions: ['Bread for all.', \"Rye too.\", We meet at noon.]   # two
actions:
- what: |      # many
    Count the loaves
  who: bolete   # since May
  due: 2026-11-20
  done: true
time_zone: Europe/London
duration: 90m
minutes: {about: 2, needs: 2, offers: 2}
updated: 2026-11-22
---

Come as you are.  


Bring bread.

It was loud.
";

const PAD: &str = "## Who took part\n- [x] Agaric Bakery\n- [x] Bolete\n- Facilitator: Chanterelle\n\n\
                   ## First round\n- Agaric Bakery: We bake.\n- Bolete: Four ovens.\n\n\
                   ## Second round\n- Agaric Bakery: A second oven\n\n## Decisions\n- We meet at noon.\n\n\
                   ## Actions\n- [x] Count the loaves (Bolete, 2026-11-20)\n\n## Notes\nIt was loud.\n";

#[test]
fn remarks_stay_where_they_are_and_what_goes_with_a_turn_is_told() {
    for end in ["\n", "\r\n"] {
        for mark in ["", "\u{feff}"] {
            let as_written = |text: &str| format!("{mark}{}", text.replace('\n', end));
            let folder = folder();
            folder.write(CALL, as_written(REMARKS));
            let run = record(&folder, &as_written(PAD), "absent\ny\n", &[]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            assert_eq!(folder.read(CALL), as_written(RECORDED));
            let gone = "Was in content/calls/2026-11.md, and is replaced or taken out\n  Cep: Credit Union: its turn\n  \
                        comment: # perhaps\n  comment: # on Monday\n";
            assert!(run.stderr.contains(gone), "{}", run.stderr);
            let again = record(&folder, &as_written(PAD), "y\n", &[]);
            assert!(again.stderr.contains("is in the directory already"), "{}", again.stderr);
            assert_eq!(folder.read(CALL), as_written(RECORDED));
            // What the pad corrects changes, and nothing else.
            let pad = PAD.replace("We bake.", "We bake rye.").replace("at noon", "at one");
            let run = record(&folder, &as_written(&pad), "y\n", &[]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let corrected =
                RECORDED.replace("We bake.", "We bake rye.").replace("at noon", "at one");
            assert_eq!(folder.read(CALL), as_written(&corrected));
        }
    }
}

#[test]
fn notes_go_into_a_file_that_ends_as_it_did() {
    let pad = "## Notes\nIt was loud.\n\nVery.\n";
    let fields = "series: monthly\nstart: 2026-11-18T16:00\nstatus: held\nupdated: 2026-11-22\n";
    let after = format!("{fields}{SETTLED}");
    for (end, before, expected) in [
        ("\n", "---", "---\nIt was loud.\n\nVery.\n"),
        ("\r\n", "---", "---\nIt was loud.\n\nVery.\n"),
        ("\r\n", "---\nCome.", "---\nCome.\n\nIt was loud.\n\nVery.\n"),
        ("\r\n", "---\nOne.\n\nTwo.\n", "---\nOne.\n\nTwo.\n\nIt was loud.\n\nVery.\n"),
    ] {
        let folder = folder();
        let with = |text: &str| format!("---\n{after}{text}").replace('\n', end);
        folder.write(CALL, with(before));
        let run = record(&folder, pad, "y\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(folder.read(CALL), with(expected), "{before:?}");
        let again = record(&folder, pad, "y\n", &[]);
        assert!(again.stderr.contains("is in the directory already"), "{}", again.stderr);
        // Notes that the pad corrects are found again, whatever the line ends are.
        let run = record(&folder, &pad.replace("loud", "quiet"), "y\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(folder.read(CALL), with(&expected.replace("loud", "quiet")), "{before:?}");
    }
}

#[test]
fn a_call_without_fields_or_in_braces_can_be_recorded() {
    let pad = "## Decisions\n- Bread for all.\n";
    for (before, after) in [
        (
            "Come.\n",
            format!("---\nstatus: held\n{SETTLED}decisions:\n  - Bread for all.\nupdated: 2026-11-22\n---\nCome.\n"),
        ),
        (
            "---\n{series: monthly, start: 2026-11-18T16:00, status: held} # short\n---\n",
            "---\n{series: monthly, start: 2026-11-18T16:00, status: held, decisions: [Bread for all.], \
             updated: 2026-11-22} # short\n---\n"
                .to_owned(),
        ),
    ] {
        let folder = folder();
        folder.write(CALL, before);
        let run = record(&folder, pad, "y\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(folder.read(CALL), after);
    }
}

#[test]
fn what_is_left_over_is_added_with_the_line_ends_that_are_there() {
    let folder = folder();
    let pad = "## What we need\n- printer paper\n";
    assert_eq!(record(&folder, pad, "", &["--yes"]).code, Some(0));
    let left = "pads/2026-11.left.md";
    folder.write(left, folder.read(left).replace('\n', "\r\n"));
    assert_eq!(record(&folder, &format!("{pad}- a stapler\n"), "", &["--yes"]).code, Some(0));
    let text = folder.read(left);
    assert!(text.ends_with("- printer paper\r\n- a stapler\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    assert_ne!(folder.read(CALL), WRITTEN);
}

/// What somebody wrote of the call before any pad was recorded.
const BY_HAND: &str = "\
---
series: monthly
start: 2026-11-18T16:00
status: planned
facilitator: {name: Ana Example, consent: true}
note_taker: cep-credit
turns:
  - coop: agaric-bakery
    delegate: {name: Bea Example, consent: true}
    role: observer
  - coop: bolete
matches:
  - {need: oven, offer: loans, status: declined}
  - {need: wheat, offer: tractor, status: introduced}
actions:
  - {what: Count the loaves, who: cep-credit, due: 2026-11-30}
  - {what: Write to the bank, who: {name: Ana Example, consent: true}}
  - {what: Clean the oven, dropped: true}
  - {what: Buy flour}
---
";

/// What the pad says of the same.
const OTHERWISE: &str = "## Who took part\n- [x] Agaric Bakery (sent apologies)\n- Agaric Bakery: Cleo Example (may be named)\n\
                         - [x] Bolete: Dan Example (may be named)\n- Facilitator: Chanterelle\n- Note-taker: Bolete\n\n\
                         ## Introductions\n- A second oven → Small loans (agreed)\n\
                         - Hands for the wheat → A tractor (agreed)\n\n\
                         ## Actions\n- [x] Count the loaves (Bolete, 2026-12-05)\n- Write to the bank (Bolete)\n\
                         - [x] Clean the oven\n- Buy flour (Bolete, 2026-12-06)\n";

#[test]
fn what_somebody_wrote_before_the_first_recording_counts_and_the_pad_is_told_of() {
    let folder = folder();
    folder.write(CALL, BY_HAND);
    for _ in 0..2 {
        let run = record(&folder, OTHERWISE, "y\n", &["--yes"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let told = "In the pad, and not written into content/calls/2026-11.md, which says something else\n  \
                    facilitator: Chanterelle\n  note-taker: Bolete\n  Agaric Bakery: the name Cleo Example\n  \
                    Agaric Bakery: sent apologies\n  introduction A second oven → Small loans: agreed\n  \
                    action Count the loaves: Bolete does it\n  action Count the loaves: by 2026-12-05\n  \
                    action Write to the bank: Bolete does it\n  action Clean the oven: done\n";
        assert!(run.stderr.contains(told), "{}", run.stderr);
        let call = folder.read(CALL);
        let filled = BY_HAND
            .replace("planned", "held")
            .replace(
                "bolete\nmatches",
                "bolete\n    delegate: {name: Dan Example, consent: true}\nmatches",
            )
            .replace("status: introduced}", "status: agreed}")
            .replace("due: 2026-11-30}", "due: 2026-11-30, done: true}")
            .replace("{what: Buy flour}", "{what: Buy flour, who: bolete, due: 2026-12-06}")
            .replace("}\n---\n", &format!("}}\n{SETTLED}updated: 2026-11-22\n---\n"));
        assert_eq!(call, filled);
    }
}

#[test]
fn what_an_earlier_call_says_of_an_action_gives_way_to_the_pad() {
    let folder = folder();
    let count = "actions:\n  - {what: Count the loaves, who: bolete, due: 2026-11-20}\n";
    let held = format!(
        "---\nseries: monthly\nstart: 2026-10-28T16:00\nstatus: held\n{SETTLED}{count}---\n"
    );
    folder.write("content/calls/2026-10.md", held);
    let run = record(
        &folder,
        "## Actions\n- Count the loaves (Chanterelle, 2026-12-05)\n",
        "",
        &["--yes"],
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("    who: chanterelle\n    due: 2026-12-05\n"), "{call}\n{}", run.stderr);
}
