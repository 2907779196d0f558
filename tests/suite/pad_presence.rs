//! Who took part, as people write it: titles with a colon in them, remarks on when somebody came, and headings in
//! many words.

use super::owners::network;
use super::pads::record;
use super::site::{Folder, Run};

/// The call after a pad that is recorded without questions, what was told, and the folder.
#[track_caller]
fn recorded(pad: &str, answers: &str) -> (String, Run, Folder) {
    let folder = network();
    let run = record(&folder, pad, answers, if answers.is_empty() { &["--yes"] } else { &[] });
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read("content/calls/2026-11.md"), run, folder)
}

#[test]
fn the_longest_title_before_a_sign_is_whose_line_it_is() {
    for (line, expected) in [
        ("Example: Slow Signal, se disculpa", "  - coop: example-slow-signal\n    role: apology\n"),
        ("Example: Slow Signal, observer", "  - coop: example-slow-signal\n    role: observer\n"),
        (
            "Example: Slow Signal - por escrito",
            "  - coop: example-slow-signal\n    written: true\n",
        ),
        (
            "Example: Slow Signal, Example: Coral Mesh, observer",
            "  - coop: example-slow-signal\n  - coop: example-coral-mesh\n    role: observer\n",
        ),
        ("Chanterelle, se disculpa", "  - coop: chanterelle\n    role: apology\n"),
        (
            "Chanterelle, Ana Example, may be named",
            "  - coop: chanterelle\n    delegate: {name: Ana Example, consent: true}\n",
        ),
    ] {
        let (call, run, _) = recorded(&format!("## Who took part\n- {line}\n"), "");
        assert!(call.contains(expected), "{line}: {call}{}", run.stderr);
    }
}

#[test]
fn when_somebody_came_is_no_name() {
    for (remark, consent) in [
        ("- late", false),
        ("- left early", false),
        ("(llegó tarde)", false),
        (": chegou tarde", false),
        (", en retard", false),
        ("(10 min late)", false),
        ("- we talked about the weather", false),
        ("(Ana)", true),
        ("- Ana Example", true),
    ] {
        let (call, run, _) = recorded(&format!("## Who took part\n- Chanterelle {remark}\n"), "");
        assert!(call.contains("  - coop: chanterelle\n"), "{remark}: {call}");
        assert!(!call.contains("delegate"), "{remark}: {call}");
        let advice = "a name is written only with consent: add `(may be named)`";
        assert_eq!(run.stderr.contains(advice), consent, "{remark}: {}", run.stderr);
        assert!(run.stderr.contains("\nLeft out\n  line 2: - Chanterelle"), "{}", run.stderr);
    }
    // Beside a name with consent, it is no part of the name, and is not asked about.
    let (call, _, _) = recorded("## Who took part\n- Chanterelle (Ana, may be named, late)\n", "");
    assert!(call.contains("delegate: {name: Ana, consent: true}"), "{call}");
}

#[test]
fn a_line_that_says_who_took_part_begins_the_section() {
    for heading in [
        "Asistieron:",
        "Presentes:",
        "Participantes:",
        "Attendees:",
        "Présents:",
        "Anwesend:",
        "Partecipanti:",
    ] {
        let (call, run, _) =
            recorded(&format!("# Call\n\n{heading}\n- Chanterelle (observer)\n"), "");
        assert!(
            call.contains("  - coop: chanterelle\n    role: observer\n"),
            "{heading}: {}",
            run.stderr
        );
    }
    // Where nobody knows the word, it is asked, and what is answered holds for what stands below it.
    let pad = "# Call\n\nIn the room were:\n- Chanterelle (observer)\n- Bolete\n";
    let (call, run, _) = recorded(pad, "present\nrest\ny\n");
    assert!(call.contains("  - coop: chanterelle\n    role: observer\n"), "{}", run.stderr);
    assert!(!run.stderr.contains("Which coop is"), "{}", run.stderr);
}

#[test]
fn what_became_of_a_coop_stands_behind_its_name_without_a_sign_too() {
    for (line, expected) in [
        ("[ ] Chanterelle sends apologies", "  - coop: chanterelle\n    role: apology\n"),
        ("[x] Chanterelle left early", "  - coop: chanterelle\n"),
        ("Chanterelle joined late", "  - coop: chanterelle\n"),
        ("No pudo: Chanterelle", "  - coop: chanterelle\n    role: apology\n"),
        ("Not here: Chanterelle", "  - coop: chanterelle\n    role: apology\n"),
        ("Example: Slow Signal no vino", "  - coop: example-slow-signal\n    role: apology\n"),
    ] {
        let (call, run, _) = recorded(&format!("## Who took part\n- {line}\n"), "");
        assert!(call.contains(expected), "{line}: {call}{}", run.stderr);
        let is_excused = call.contains("  - coop: chanterelle\n    role: apology");
        assert!(!is_excused || expected.contains("apology"), "{line}: {call}");
    }
}
