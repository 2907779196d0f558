//! Who was there: asked once for all whose box stays empty, and one fact for pages and numbers.

use super::pads::{self, folder, record};
use super::site::{Folder, Run};

/// Four coops have said that they come, and one of them in writing.
const CALL: &str = "---\nstart: 2026-11-20T16:00\nturns:\n- {coop: agaric-bakery}\n- {coop: bolete}\n- {coop: cep-credit}\n\
    - {coop: chanterelle, written: true, about: We are few.}\n---\n";

/// One box is ticked, one coop has a line in a round, and two boxes are empty.
const PAD: &str = "## Who took part\n- [x] Agaric Bakery\n- [ ] Bolete\n- [ ] Cep: Credit Union\n\n\
    ## First round\n- Agaric Bakery: We bake.\n";

fn called() -> Folder {
    let folder = folder();
    folder.write("content/calls/2026-11.md", CALL);
    folder
}

#[track_caller]
fn recorded(pad: &str, answers: &str, flags: &[&str]) -> (String, Run) {
    let folder = called();
    let run = record(&folder, pad, answers, flags);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read("content/calls/2026-11.md"), run)
}

const ASKED: &str = "pads/2026-11.md: These have a turn in the file of the call, and the pad does not say that they \
    were there: Bolete, Cep: Credit Union. Did they take part?\n";

#[test]
fn empty_boxes_are_asked_once_for_all() {
    let (call, run) = recorded(PAD, "apology\ny\n", &[]);
    assert_eq!(run.stderr.matches(ASKED).count(), 1, "{}", run.stderr);
    assert_eq!(call.matches("role: apology").count(), 2, "{call}");
    let (call, _) = recorded(PAD, "came\ny\n", &[]);
    assert_eq!(call.matches("coop: ").count(), 4, "{call}");
    assert!(!call.contains("apology"), "{call}");
    let (call, _) = recorded(PAD, "absent\ny\n", &[]);
    assert_eq!(call.matches("coop: ").count(), 2, "{call}");
    let (call, run) = recorded(PAD, "each\ncame\nabsent\ny\n", &[]);
    assert!(call.contains("bolete") && !call.contains("cep-credit"), "{call}");
    assert!(run.stderr.contains("Bolete has a turn in the file of the call"), "{}", run.stderr);
}

#[test]
fn who_is_not_asked_about_counts_as_an_apology_and_is_named() {
    let (call, run) = recorded(PAD, "", &["--yes"]);
    assert_eq!(call.matches("role: apology").count(), 2, "{call}");
    for name in ["Bolete (sent apologies)", "Cep: Credit Union (sent apologies)"] {
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    // What the file says stays.
    assert!(call.contains("coop: chanterelle") && call.contains("written: true"), "{call}");
}

#[test]
fn a_pad_that_names_nobody_says_nothing_about_anybody() {
    for pad in [
        "## Who took part\n- [ ] Agaric Bakery\n- [ ] Bolete\n- [ ] Cep: Credit Union\n",
        "## Decisions\n- We sing.\n",
    ] {
        let (call, _) = recorded(&format!("{pad}\n## Decisions\n- We dance.\n"), "", &["--yes"]);
        assert!(!call.contains("apology"), "{call}");
        assert_eq!(call.matches("coop: ").count(), 4, "{call}");
    }
}

#[test]
fn whoever_has_a_line_in_a_round_was_there() {
    let pad = PAD.replace("We bake.\n", "We bake.\n- Bolete: We mill.\n");
    let (call, _) = recorded(&pad, "", &["--yes"]);
    assert_eq!(call.matches("role: apology").count(), 1, "{call}");
}

#[test]
fn an_answer_about_all_is_kept_for_each() {
    let folder = called();
    let run = record(&folder, PAD, "apology\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let answers = folder.read("pads/2026-11.answers.yaml");
    assert!(
        answers.contains("absent bolete") && answers.contains("absent cep-credit"),
        "{answers}"
    );
    let before = folder.files("");
    let run = record(&folder, PAD, "", &[]);
    assert!(run.stderr.contains("is in the directory already"), "{}", run.stderr);
    assert_eq!(folder.files(""), before);
    // One of them was there after all.
    let ticked = PAD.replace("- [ ] Bolete", "- [x] Bolete");
    let run = record(&folder, &ticked, "y\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert_eq!(call.matches("role: apology").count(), 1, "{call}");
}

#[test]
fn nobody_is_asked_about_before_the_call_has_begun() {
    let folder = called();
    let ahead = CALL.replace("2026-11-20", "2026-11-25");
    folder.write("content/calls/2026-11.md", &ahead);
    let run = record(&folder, PAD, "y\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.read("content/calls/2026-11.md").contains("apology"));
}

#[test]
fn a_pad_that_nobody_filled_in_says_nothing() {
    for language in ["en", "es"] {
        let folder = folder();
        let pad = folder.ayni(&["call", "pad", "2026-11", "--lang", language]).stdout;
        // Two had announced a delegate, and no box is ticked.
        let run = record(&folder, &pad, "leave\ny\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = pads::CALL
            .replace("status: planned", "status: held")
            .replace("---\nCome", &format!("{}updated: 2026-11-22\n---\nCome", pads::SETTLED));
        assert_eq!(folder.read("content/calls/2026-11.md"), expected);
    }
}
