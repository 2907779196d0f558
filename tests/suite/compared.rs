//! What a pad says is compared with what is there by its words and signs, and by whose it is.

use super::pads::{folder, record};
use super::site::Folder;

const CALL: &str = "content/calls/2026-11.md";

/// The call after a pad that is recorded without questions, and what was told.
#[track_caller]
fn recorded(folder: &Folder, pad: &str) -> (String, String) {
    let run = record(folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read(CALL), run.stderr)
}

#[test]
fn texts_that_differ_in_a_sign_are_two() {
    let folder = folder();
    let pad = "## Needs\n- Bolete:\n  - Loan of 100 € (financial)\n  - Loan of 100 $ (financial)\n\n\
               ## Decisions\n- We use C\n- We use C++\n- The fee is 10 €.\n- The fee is 10 $.\n\n\
               ## Actions\n- Pay 100 € (Bolete, 2026-12-05)\n- Pay 100 $ (Chanterelle, 2026-12-06)\n";
    let (call, _) = recorded(&folder, pad);
    for part in [
        "  - We use C\n  - We use C++\n  - The fee is 10 €.\n  - The fee is 10 $.\n",
        "    what: Pay 100 €\n    who: bolete\n    due: 2026-12-05\n",
        "    what: Pay 100 $\n    who: chanterelle\n    due: 2026-12-06\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(call.contains("needs: [loan-of-100, loan-of-100-bolete]\n"), "{call}");
    // What is only much like a need that there is is asked.
    let needs = "---\ntitle: Teach us C\ncoop: chanterelle\nkind: knowledge\n---\n";
    folder.write("content/needs/c.md", needs);
    let run = record(&folder, "## Needs\n- Chanterelle: Teach us C++ (knowledge)\n", "", &[]);
    let asked = "Is this the need that there is already? (of Chanterelle)";
    assert!(run.stderr.contains(asked), "{}", run.stderr);
}

#[test]
fn actions_with_the_same_words_are_told_apart_by_whose_they_are() {
    let folder = folder();
    let pad = "## Actions\n- Write to the bank (Bolete, 2026-12-01)\n- Write to the bank (Chanterelle, 2026-12-02)\n";
    let (call, _) = recorded(&folder, pad);
    let first = "  - id: write-to-the-bank-2026-11\n    what: Write to the bank\n    who: bolete\n    \
                 due: 2026-12-01\n";
    assert!(call.contains(first), "{call}");
    assert!(call.contains("    who: chanterelle\n    due: 2026-12-02\n"), "{call}");
    let ticked = pad.replace("- Write to the bank (Ch", "- [x] Write to the bank (Ch");
    let (call, told) = recorded(&folder, &ticked.replace("2026-12-01", "2026-12-03"));
    assert!(call.contains("    who: bolete\n    due: 2026-12-03\n"), "{call}");
    assert!(call.contains("    who: chanterelle\n    due: 2026-12-02\n    done: true\n"), "{call}");
    assert_eq!(call.matches("Write to the bank").count(), 2, "{call}");
    assert!(!told.contains("Not in the pad"), "{told}");
}

#[test]
fn a_text_is_there_already_only_by_whole_words() {
    let folder = folder();
    let about = |text: &str| folder.read(CALL).replace("about: We mill.", text);
    folder.write(CALL, about("about: We employ 120 people"));
    let need = "---\ntitle: Flour\ncoop: bolete\nkind: technical\n---\n120 bags.\n";
    folder.write("content/needs/flour.md", need);
    let pad = "## First round\n- Bolete: We employ 12\n\n## Needs\n- Bolete:\n  - Flour\n    - 12\n    - 🍞\n\n\
               ## Notes\nCo\n";
    let (call, told) = recorded(&folder, pad);
    assert!(call.ends_with("---\nCome as you are.\n\nCo\n"), "{call}");
    assert!(call.contains("about: We employ 120 people We employ 12\n"), "{call}\n{told}");
    let left = folder.read("pads/2026-11.left.md");
    for line in ["    - 12\n", "    - 🍞\n"] {
        assert!(left.contains(line), "{left}");
    }
}

#[test]
fn a_coop_is_the_same_under_a_former_id() {
    let folder = folder();
    folder.write(CALL, folder.read(CALL).replace("coop: bolete", "coop: the-mill"));
    let pad = "## Who took part\n- Facilitated by: Cep: Credit Union\n- Bolete\n- Cep: Credit Union\n\n\
               ## First round\n- Bolete: Four ovens\n- Cep: Credit Union: We lend rice.\n";
    let (call, _) = recorded(&folder, pad);
    assert!(call.contains("coop: the-mill") && !call.contains("coop: bolete"), "{call}");
    assert!(call.contains("    about: We mill. Four ovens\n"), "{call}");
    // A coop gets another id between two recordings.
    let cep = folder.read("content/coops/cep-credit.md");
    folder.remove("content/coops/cep-credit.md");
    folder.write(
        "content/coops/cep-bank.md",
        cep.replace("Union\"\n", "Union\"\naliases: [cep-credit]\n"),
    );
    let loans = folder.read("content/offers/loans.md");
    folder.write("content/offers/loans.md", loans.replace("cep-credit", "cep-bank"));
    let (call, told) = recorded(&folder, &pad.replace("We lend rice.", "We lend money."));
    assert!(call.contains("  - coop: cep-credit\n    about: We lend money.\n"), "{call}");
    assert!(call.contains("facilitator: cep-credit  "), "{call}");
    assert!(!call.contains("cep-bank") && !told.contains("Not in the pad"), "{call}\n{told}");
    assert!(told.contains("  Cep: Credit Union: We lend rice.\n"), "{told}");
}

#[test]
fn a_turn_under_a_former_id_can_be_taken_out() {
    let folder = folder();
    folder.write(CALL, folder.read(CALL).replace("coop: bolete\n    # They write from a boat.\n    written: true\n    about: We mill.\n    offers: [tractor]\n", "coop: the-mill\n"));
    let run = record(&folder, "## First round\n- Agaric Bakery: We bake.\n", "absent\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(!call.contains("coop: the-mill") && !call.contains("coop: cep-credit"), "{call}");
}

#[test]
fn what_was_recorded_before_the_call_began_is_corrected_and_not_doubled() {
    let folder = folder();
    let begins =
        |day: &str| folder.read(CALL).replace("start: 2026-11-18", &format!("start: {day}"));
    folder.write(CALL, begins("2026-11-25"));
    let pad = "## First round\n- Agaric Bakery: Four ovens\n\n## Decisions\n- We meet at 17:00.\n\n## Notes\nIt is lowd.\n";
    let (call, _) = recorded(&folder, pad);
    assert!(call.contains("status: planned") && call.contains("Four ovens"), "{call}");
    folder.write(CALL, folder.read(CALL).replace("start: 2026-11-25", "start: 2026-11-18"));
    let corrected = pad.replace("Four", "Five").replace("17:00", "17:30").replace("lowd", "loud");
    let (call, _) = recorded(&folder, &corrected);
    assert!(call.contains("status: held") && call.contains("about: Five ovens\n"), "{call}");
    assert!(
        call.contains("decisions: [\"We meet at 17:30.\"]")
            || call.contains("- We meet at 17:30.\n"),
        "{call}"
    );
    for old in ["Four", "17:00", "lowd"] {
        assert!(!call.contains(old), "{old} is in\n{call}");
    }
}

#[test]
fn two_notes_of_one_introduction_are_both_there() {
    let folder = folder();
    let pad = "## Introductions\n- wheat → tractor: they talk on Monday\n- wheat → tractor: about the harvest\n";
    let (call, told) = recorded(&folder, pad);
    assert!(call.contains("note: they talk on Monday about the harvest\n"), "{call}");
    assert!(!told.contains("not written"), "{told}");
}

#[test]
fn what_is_replaced_and_what_stays_is_told_by_titles() {
    let folder = folder();
    let call = folder.read(CALL);
    folder.write(CALL, call.replace("  - what: Count", "  - id: count-2026-10\n    what: Count"));
    let pad = "## Introductions\n- Hands for the wheat → A tractor\n## Actions\n- [ ] Count the loaves (Bolete)\n";
    let first = record(&folder, pad, "", &["--yes"]);
    let shown = "Introductions\n  Hands for the wheat → A tractor (introduced)\n";
    assert!(first.stderr.contains(shown), "{}", first.stderr);
    assert!(first.stderr.contains("Count the loaves (Bolete, no day)\n"), "{}", first.stderr);
    let pad = "## Introductions\n- Hands for the wheat → A tractor: agreed\n";
    let second = record(&folder, pad, "", &["--yes"]);
    let replaced = "Was in content/calls/2026-11.md, and is replaced or taken out\n  \
                    introduction Hands for the wheat → A tractor: introduced\n";
    assert!(second.stderr.contains(replaced), "{}", second.stderr);
    let stays = "until somebody takes it out there\n  action: Count the loaves\n";
    assert!(second.stderr.contains(stays), "{}", second.stderr);
    // An action that the pad never had, and that is done, needs no word.
    let call = folder.read("content/calls/2026-11.md");
    folder.write("content/calls/2026-11.md", call.replace("due: 2026-11-20", "done: true"));
    folder.remove("pads/2026-11.recorded.yaml");
    let third = record(&folder, pad, "", &["--yes"]);
    assert!(!third.stderr.contains("Count the loaves"), "{}", third.stderr);
    // Where two have the same title, their ids tell them apart.
    let twin = "---\ntitle: A tractor\ncoop: chanterelle\nkind: technical\n---\n";
    folder.write("content/offers/tractor-2.md", twin);
    let pad = "## Introductions\n- wheat → tractor: declined\n";
    let told = record(&folder, pad, "", &["--yes"]).stderr;
    assert!(told.contains("Hands for the wheat → A tractor (tractor) (declined)\n"), "{told}");
}
