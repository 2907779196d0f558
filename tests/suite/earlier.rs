//! What a pad says of introductions that were made before its call.

use super::html::facts;
use super::review::{TODAY, assert_in_order, ayni, folder};
use super::site::{Folder, Run};

/// A call that was held today.
fn held() -> Folder {
    let folder = folder();
    folder.write(
        "content/calls/2026-11.md",
        "---\ntitle: November\nstart: 2026-11-22T16:00\nturns: [{coop: agaric, about: Us.}]\n---\n",
    );
    folder
}

fn record(folder: &Folder, pad: &str, flags: &[&str]) -> Run {
    folder.write("pads/2026-11.md", pad);
    ayni(folder, &[&["call", "record", "2026-11"], flags].concat())
}

fn matches_of(folder: &Folder) -> String {
    let call = folder.read("content/calls/2026-11.md");
    call.split_once("matches:\n")
        .map(|(_, rest)| rest.split("updated:").next().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

#[test]
fn a_pad_says_what_became_of_earlier_introductions() {
    for (line, status, note) in [
        ("Agaric and Bolete: agreed", "agreed", ""),
        ("[x] Agaric and Bolete: agreed", "agreed", ""),
        ("[ ] Bolete and Agaric: Agreed.", "agreed", ""),
        ("Agaric and Bolete (agreed)", "agreed", ""),
        ("Agaric and Bolete: agreed, they meet on Monday", "agreed", "they meet on Monday"),
        ("Agaric and Bolete: agreed (they meet on Monday)", "agreed", "they meet on Monday"),
        ("Need hands → Offer mill (agreed)", "agreed", ""),
        ("Need hands → Offer mill, agreed", "agreed", ""),
        ("Need hands → Offer mill – agreed: they meet", "agreed", "they meet"),
        ("Need hands → Offer mill agreed, they meet", "agreed", "they meet"),
        ("Agaric and Bolete, agreed", "agreed", ""),
        ("Agaric and Bolete agreed", "agreed", ""),
        ("Agaric und Bolete: vereinbart", "agreed", ""),
        ("Agaric and Bolete: non se n'è fatto nulla", "lapsed", ""),
        ("Agaric – Bolete: yes", "agreed", ""),
        ("Agaric / Bolete: it is done", "fulfilled", ""),
        ("Agaric, Bolete: nothing came of it", "lapsed", ""),
        (
            "Agaric and Bolete: nothing came of it: the mill is too far",
            "lapsed",
            "the mill is too far",
        ),
        ("Agaric → Bolete: they decided against it", "declined", ""),
        ("Need hands → Offer mill: agreed", "agreed", ""),
        ("hands -> mill: nothing came of it", "lapsed", ""),
        ("Agaric y Bolete: acordado", "agreed", ""),
        ("Agaric y Bolete: al final no salió nada", "lapsed", ""),
        ("Agaric y Bolete: quedó en nada", "lapsed", ""),
        ("Agaric e Bolete: não deu em nada", "lapsed", ""),
        ("Agaric e Bolete: está feito", "fulfilled", ""),
        ("Agaric et Bolete: ça n'a rien donné", "lapsed", ""),
        ("Agaric et Bolete: d'accord", "agreed", ""),
        ("Agaric and Bolete: still waiting, they meet in May", "introduced", "they meet in May"),
    ] {
        let folder = held();
        let run = record(&folder, &format!("## Earlier introductions\n- {line}\n"), &["--yes"]);
        assert_eq!(run.code, Some(0), "{line}: {}", run.stderr);
        let note = if note.is_empty() { String::new() } else { format!("    note: {note}\n") };
        let expected = format!("  - need: hands\n    offer: mill\n    status: {status}\n{note}");
        assert_eq!(matches_of(&folder), expected, "{line}: {}", run.stderr);
        // Twice is once.
        let again = record(&folder, &format!("## Earlier introductions\n- {line}\n"), &["--yes"]);
        assert!(again.stderr.contains("is in the directory already"), "{line}: {}", again.stderr);
    }
    for heading in [
        "Presentaciones anteriores",
        "Apresentações anteriores",
        "Mises en relation précédentes",
        "2. Earlier introductions (5 min.)",
    ] {
        let folder = held();
        record(&folder, &format!("## {heading}\n- Agaric and Bolete: agreed\n"), &["--yes"]);
        assert!(matches_of(&folder).contains("status: agreed"), "{heading}");
    }
}

#[test]
fn what_a_pad_does_not_say_plainly_of_an_introduction_is_left_over_or_nothing() {
    for line in [
        "Agaric and Bolete: not agreed",
        "Agaric and Bolete: agreed?",
        "Agaric and Bolete: yes, but not now",
        "Agaric and Bolete: agreed, but then nothing came of it",
        "Agaric and Bolete: a good talk",
        "[x] Agaric and Bolete:",
        "Agaric and Cepp: agreed",
        "the mill: agreed",
        // Two who were never introduced, by coops and by ids.
        "Bolete and Cep: agreed",
        "oven -> mill: agreed",
    ] {
        let folder = held();
        let run = record(&folder, &format!("## Earlier introductions\n- {line}\n"), &["--yes"]);
        assert_eq!(matches_of(&folder), "", "{line}: {}", run.stderr);
        let left = folder.read("pads/2026-11.left.md");
        assert!(left.contains(line), "{line}: {left}");
    }
    for line in [
        "Agaric and Bolete:",
        "[ ] Agaric and Bolete:",
        "[ ] Agaric and Bolete",
        "Need hands → Offer mill:",
    ] {
        let folder = held();
        let run = record(&folder, &format!("## Earlier introductions\n- {line}\n"), &["--yes"]);
        assert_eq!(matches_of(&folder), "", "{line}");
        assert!(!run.stderr.contains("Left over"), "{line}: {}", run.stderr);
    }
    let folder = held();
    let run =
        record(&folder, "## Earlier introductions\n- Agaric and Bolete: not yet\n", &["--yes"]);
    assert_eq!(matches_of(&folder), "");
    assert!(run.stderr.contains("it goes on waiting for an answer"), "{}", run.stderr);
}

#[test]
fn no_may_mean_two_things_of_an_earlier_introduction_and_is_asked() {
    for said in ["no", "No.", "não", "non", "nein", "(no)"] {
        let pad = format!("## Earlier introductions\n- Agaric and Bolete: {said}\n");
        let folder = held();
        let run = record(&folder, &pad, &["--yes"]);
        assert_eq!(matches_of(&folder), "", "{said}: {}", run.stderr);
        assert!(folder.read("pads/2026-11.left.md").contains(said), "{said}");
        let folder = held();
        let run = super::pads::record(&folder, &pad, "4\ny\n", &["--today", TODAY]);
        assert_in_order(&run.stderr, &["What came of the introduction", "4  nothing came of it"]);
        let expected = "  - need: hands\n    offer: mill\n    status: lapsed\n";
        assert_eq!(matches_of(&folder), expected, "{said}: {}", run.stderr);
    }
}

#[test]
fn where_two_coops_have_several_pairs_it_is_asked() {
    let folder = held();
    folder.write(
        "content/matches/rye--mill.md",
        "---\nneed: rye\noffer: mill\nupdated: 2026-10-01\n---\n",
    );
    let pad = "## Earlier introductions\n- Agaric and Bolete: agreed\n";
    let typed = |answers: &str| super::pads::record(&folder, pad, answers, &["--today", TODAY]);
    let run = typed("");
    assert_in_order(
        &run.stderr,
        &[
            "Which earlier introduction is this about?",
            "1  Agaric needs: Need hands; Bolete offers: Offer mill (introduced)",
            "2  Agaric needs: Need rye; Bolete offers: Offer mill (introduced)",
        ],
    );
    let run = typed("2\ny\n");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(matches_of(&folder), "  - need: rye\n    offer: mill\n    status: agreed\n");
    // The answer is kept, and counts when the other has ended, too.
    folder.write(
        "content/matches/hands--mill.md",
        "---\nneed: hands\noffer: mill\nstatus: lapsed\n---\n",
    );
    let run = typed("");
    assert!(run.stderr.contains("is in the directory already"), "{}", run.stderr);
    // With its need and offer nothing is to be asked.
    let folder = held();
    folder.write(
        "content/matches/rye--mill.md",
        "---\nneed: rye\noffer: mill\nupdated: 2026-10-01\n---\n",
    );
    record(&folder, "## Earlier introductions\n- Need rye → Offer mill: it is done\n", &["--yes"]);
    assert_eq!(matches_of(&folder), "  - need: rye\n    offer: mill\n    status: fulfilled\n");
}

#[test]
fn a_call_that_looks_back_did_not_introduce_them() {
    let folder = held();
    record(&folder, "## Earlier introductions\n- Agaric and Bolete: agreed\n", &["--yes"]);
    let built = super::site::rendered(&folder.prepare());
    let page = facts(&built["statistics/index.html"]);
    let row = |call: &str| {
        let (_, rest) = page.split_once(call).unwrap_or_else(|| panic!("no {call}: {page}"));
        rest.split('[')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    };
    // Coops, for the first time, introductions, agreed.
    assert!(row("[November]").starts_with("1 1 0 0"), "{page}");
    assert!(row("[Call 2026-09]").starts_with("0 0 2 1"), "{page}");
    let waiting = facts(&built["matches/waiting/index.html"]);
    assert!(!waiting.contains("hands--mill"), "{waiting}");
    let own = facts(&built["matches/hands--mill/index.html"]);
    assert_in_order(
        &own,
        &["Call 2026-09", "They were introduced.", "November", "They agreed to do it."],
    );
}
