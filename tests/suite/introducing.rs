//! Which need and which offer a line of a pad brings together.

use super::owners::{network, written};
use super::pads::record;

#[test]
fn an_introduction_is_proposed_by_the_words_of_its_line() {
    let offers = "## Offers\n- Chanterelle: Mushroom courses (knowledge)\n- Bolete:\n  - [x] A tractor\n\
                  - Cep: Credit Union:\n  - [x] Small loans\n## Needs\n- Agaric Bakery:\n  \
                  - [x] Hands for the wheat\n  - [x] A second oven\n  - Somebody who teaches mushrooms (knowledge)\n";
    for (line, need, offer, note) in [
        (
            "second oven <-> small loan: they speak on Monday",
            "oven",
            "loans",
            "they speak on Monday",
        ),
        (
            "teach mushrooms / the Mushrom course (agreed)",
            "somebody-who-teaches-mushrooms",
            "mushroom-courses",
            "",
        ),
        (
            "Bolete and Agaric Bakery, wheat (the tractor comes)",
            "wheat",
            "tractor",
            "the tractor comes",
        ),
        ("Agaric Bakery y Bolete: el lunes", "oven", "tractor", "el lunes"),
        ("ovens of the bakery / credit union", "oven", "loans", ""),
        ("wheat with tractor (not yet)", "wheat", "tractor", "not yet"),
        ("wheat with tractor (on Monday)", "wheat", "tractor", "on Monday"),
    ] {
        let pad = format!("{offers}## Introductions\n- [x] {line}\n");
        let (call, _) = written(&pad, &["1", "y"]);
        let (_, matches) = call.split_once("matches:\n").expect("they were introduced");
        let pair = format!("  - need: {need}\n    offer: {offer}\n");
        assert!(matches.starts_with(&pair), "{line}: {call}");
        let written = matches.lines().find_map(|it| it.trim().strip_prefix("note: "));
        assert_eq!(written.unwrap_or_default(), note, "{line}");
    }
    let pad = format!("{offers}## Introductions\n- [x] second oven <-> small loan\n");
    let folder = network();
    let run = record(&folder, &pad, "", &[]);
    let first = "   1  Agaric Bakery needs: A second oven; Cep: Credit Union offers: Small loans\n";
    assert!(run.stderr.contains(first), "{}", run.stderr);
    // An empty box says that nobody introduced them.
    let pad = pad.replace("[x] second", "[ ] second");
    let (call, _) = written(&pad, &["1", "y"]);
    assert!(!call.contains("matches:"), "{call}");
}

#[test]
fn what_both_said_stands_behind_two_titles_with_any_sign_or_none() {
    let titles = "Hands for the wheat → A tractor";
    for (said, status, note) in [
        (": agreed", "agreed", ""),
        (" (agreed)", "agreed", ""),
        (" – agreed", "agreed", ""),
        (" - agreed", "agreed", ""),
        (", agreed", "agreed", ""),
        (" agreed", "agreed", ""),
        (": Agreed.", "agreed", ""),
        (": agreed, they write this week", "agreed", "they write this week"),
        (" (agreed, they write this week)", "agreed", "they write this week"),
        (" agreed, they write to each other", "agreed", "they write to each other"),
        (" – declined: too far", "declined", "too far"),
        (": acordado, el lunes", "agreed", "el lunes"),
        (", recusado", "declined", ""),
        (": d'accord", "agreed", ""),
        (" – vereinbart, am Montag", "agreed", "am Montag"),
        (": rifiutato", "declined", ""),
        (": they speak on Monday", "introduced", "they speak on Monday"),
        (" (they speak on Monday)", "introduced", "they speak on Monday"),
        (": not yet", "introduced", "not yet"),
        (": maybe, in May", "introduced", "in May"),
    ] {
        let pad = format!("## Introductions\n- [x] {titles}{said}\n");
        let folder = network();
        let run = record(&folder, &pad, "", &["--yes"]);
        let call = folder.read("content/calls/2026-11.md");
        let matches = call.split_once("matches:\n").map_or("", |it| it.1);
        let expected = format!("  - need: wheat\n    offer: tractor\n    status: {status}\n");
        assert!(matches.starts_with(&expected), "{said}: {}", run.stderr);
        let written = matches.lines().find_map(|it| it.trim().strip_prefix("note: "));
        assert_eq!(written.unwrap_or_default(), note, "{said}: {call}");
    }
}

#[test]
fn what_may_be_more_than_a_note_of_an_introduction_is_asked() {
    for said in [
        "not now",
        "not agreed",
        "agreed?",
        "yes, but agreed on nothing",
        "nicht jetzt",
        "no, por ahora",
    ] {
        let pad = format!("## Introductions\n- [x] Hands for the wheat → A tractor: {said}\n");
        let folder = network();
        let run = record(&folder, &pad, "", &["--yes"]);
        assert!(!folder.read("content/calls/2026-11.md").contains("matches:"), "{said}");
        assert!(folder.read("pads/2026-11.left.md").contains(said), "{said}: {}", run.stderr);
        let without_sign = pad.replace("tractor: ", "tractor ");
        assert_eq!(
            written(&pad, &["declined", "leave", "y"]).0,
            written(&without_sign, &["declined", "leave", "y"]).0
        );
        let (call, _) = written(&pad, &["declined", "leave", "y"]);
        assert!(call.contains("offer: tractor\n    status: declined\n"), "{said}: {call}");
    }
}

#[test]
fn after_the_question_which_pair_their_names_are_no_part_of_the_note() {
    for (line, status, note) in [
        ("Hand for the wheats → A tractor, agreed, they write", "agreed", "they write"),
        ("Hand for the wheats → the tractor agreed", "agreed", ""),
        (
            "Hand for the wheats → the tractor they write on Monday",
            "introduced",
            "they write on Monday",
        ),
    ] {
        let pad = format!("## Introductions\n- [x] {line}\n");
        let (call, _) = written(&pad, &["wheat--tractor", "leave", "y"]);
        let expected = format!("  - need: wheat\n    offer: tractor\n    status: {status}\n");
        assert!(call.contains(&expected), "{line}: {call}");
        let written = call.lines().find_map(|it| it.trim().strip_prefix("note: "));
        assert_eq!(written.unwrap_or_default(), note, "{line}: {call}");
    }
}
