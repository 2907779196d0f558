//! An answer about a new need or offer that is taken back is asked anew, also when its file is written, and the new
//! answer is written there unless somebody has changed it since.

use super::pads::{folder, record};
use super::site::Folder;

const PAD: &str = "\
## Needs
- Chanterelle:
  - Payroll
  - Hats for all (human, soon)
  - Traductora para los estatutos (knowledge)
";

/// The folder after a first recording.
#[track_caller]
fn recorded(pad: &str, answers: &str) -> Folder {
    let folder = folder();
    let run = record(&folder, pad, answers, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    folder
}

const ANSWERS: &str = "technical\n2027-01-31\nes\nrest\ny\n";

fn need(folder: &Folder, id: &str) -> String {
    folder.read(&format!("content/needs/{id}.md"))
}

#[test]
fn kind_day_and_language_of_a_written_entry_are_asked_anew() {
    for (line, question, answer, id, [old, new]) in [
        (
            "Payroll",
            "3: What kind of help is this new need about? (of Chanterelle)",
            "knowledge",
            "payroll",
            ["\nkind: technical\n", "\nkind: knowledge\n"],
        ),
        (
            "4",
            "4: What is `soon`? (of Chanterelle)",
            "2027-03-31",
            "hats-for-all",
            ["\nuntil: 2027-01-31\n", "\nuntil: 2027-03-31\n"],
        ),
        (
            "4",
            "4: What is `soon`? (of Chanterelle)",
            "nothing",
            "hats-for-all",
            ["\nuntil: 2027-01-31\n", "\n"],
        ),
        (
            "Traductora",
            "5: What language is this in? (of Chanterelle)",
            "pt",
            "traductora-para-los-estatutos",
            ["\nlang: es\n", "\nlang: pt\n"],
        ),
        (
            "Traductora",
            "5: What language is this in? (of Chanterelle)",
            "en",
            "traductora-para-los-estatutos",
            ["\nlang: es\n", "\n"],
        ),
    ] {
        let folder = recorded(PAD, ANSWERS);
        let before = need(&folder, id);
        assert!(before.contains(old), "{before}");
        let run = record(&folder, PAD, &format!("{answer}\ny\n"), &["--again", line]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("pads/2026-11.md:{question}\n")), "{}", run.stderr);
        assert!(
            run.stderr.contains("\nAnswered anew, and corrected\n  content/needs/"),
            "{}",
            run.stderr
        );
        let after = need(&folder, id);
        let expected =
            before.replace(old, new).replace("11-22\n---", "11-22\nupdated: 2026-11-22\n---");
        assert_eq!(after, expected, "{}", run.stderr);
        // Nothing is asked later, and nothing more is written.
        let files = folder.files("");
        let run = record(&folder, PAD, "", &[]);
        assert_eq!((run.code, folder.files("") == files), (Some(0), true), "{}", run.stderr);
    }
}

#[test]
fn words_that_an_answer_put_into_a_title_are_taken_back() {
    let folder = recorded(PAD, &ANSWERS.replace("2027-01-31", "text"));
    let before = need(&folder, "hats-for-all-soon");
    assert!(before.contains("title: Hats for all (soon)\n"), "{before}");
    let run = record(&folder, PAD, "1\nnothing\ny\n", &["--again", "soon"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let after = need(&folder, "hats-for-all-soon");
    assert!(after.contains("title: Hats for all\n"), "{after}{}", run.stderr);
}

#[test]
fn what_a_person_has_changed_since_is_kept_and_told() {
    let folder = recorded(PAD, ANSWERS);
    let by_hand = need(&folder, "payroll").replace("kind: technical", "kind: human # by hand");
    folder.write("content/needs/payroll.md", &by_hand);
    let run = record(&folder, PAD, "knowledge\ny\n", &["--again", "3"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(need(&folder, "payroll"), by_hand);
    let told = "\nAnswered anew, and not written: somebody has changed it since\n  content/needs/payroll.md: kind is \
                `knowledge`, and was `technical`\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

#[test]
fn without_a_new_answer_the_old_one_stays() {
    let folder = recorded(PAD, ANSWERS);
    let before = folder.files("content");
    for again in ["Payroll", ""] {
        let run = record(&folder, PAD, "", &["--yes", "--again", again]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(folder.files("content"), before, "{}", run.stderr);
    }
}
