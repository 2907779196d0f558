//! What a pad does not say plainly is asked, and without an answer left over: names on lines of their own, empty
//! boxes, words that may be labels, and signs that are more than text.

use super::pads::{folder, record};
use super::site::Folder;

const CALL: &str = "content/calls/2026-11.md";

/// The call after a pad that is recorded without questions, what is left over, and the folder.
#[track_caller]
fn recorded(pad: &str) -> (String, String, Folder) {
    let folder = folder();
    let run = record(&folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let path = folder.path("pads/2026-11.left.md");
    let left = if path.exists() { folder.read("pads/2026-11.left.md") } else { String::new() };
    (folder.read(CALL), left, folder)
}

/// The call after a pad and the answers to its questions.
#[track_caller]
fn answered(pad: &str, answers: &[&str]) -> (String, Folder) {
    let folder = folder();
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let run = record(&folder, pad, &answers, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read(CALL), folder)
}

#[test]
fn an_unknown_name_on_a_line_of_its_own_is_not_of_the_coop_above() {
    for name in ["Moonrakers", "**Moonrakers**", "Moonrakers (Lyon)"] {
        let pad = format!("## First round\nAgaric Bakery\nWe bake.\n\n{name}\nWe sail.\n");
        let (call, left, _) = recorded(&pad);
        assert!(call.contains("    about: We bake.\n"), "{call}");
        assert!(left.ends_with(&format!("\n{name}\nWe sail.\n")), "{left}");
        let (call, _) = answered(&pad, &["chanterelle", "rest", "y"]);
        assert!(call.contains("  - coop: chanterelle\n    about: We sail.\n"), "{call}");
        let (call, _) = answered(&pad, &["text", "rest", "y"]);
        assert!(call.contains("    about: We bake. "), "{call}");
    }
    for pad in [
        "## Needs\nAgaric Bakery\n- Hats (human)\n\nMoonrakers\n- Flour (technical)\n",
        "## Needs\nAgaric Bakery\n- Hats (human)\nMoonrakers\n\n- Flour (technical)\n",
        "AGARIC BAKERY\nneeds: Hats (human)\n\nMoonrakers\nneeds: Flour (technical)\n",
    ] {
        let (call, left, folder) = recorded(pad);
        assert!(call.contains("    needs: [wheat, hats]\n"), "{call}");
        assert!(left.contains("Moonrakers\n") && left.contains("Flour (technical)\n"), "{left}");
        assert!(!folder.path("content/needs/flour.md").exists());
    }
}

#[test]
fn an_empty_box_on_something_new_is_asked() {
    let pad = "## Needs\n- Bolete:\n  - [ ] Hats (human)\n\n## Introductions\n- wheat → tractor (declined)\n\
               - [ ] wheat → tractor (agreed)\n\n## Decisions\n- [ ] We ban coffee.\n";
    let (call, left, folder) = recorded(pad);
    assert!(
        !call.contains("coffee") && !call.contains("hats") && !call.contains("agreed"),
        "{call}"
    );
    assert!(call.contains("status: declined"), "{call}");
    assert!(!folder.path("content/needs/hats.md").exists());
    for line in
        ["  - [ ] Hats (human)\n", "- [ ] wheat → tractor (agreed)\n", "- [ ] We ban coffee.\n"]
    {
        assert!(left.contains(line), "{left}");
    }
    let (call, _) = answered(pad, &["said", "drop", "said", "rest", "y"]);
    assert!(call.contains("    needs: [hats]\n") && call.contains("We ban coffee."), "{call}");
}

#[test]
fn what_an_earlier_recording_made_and_somebody_took_out_is_not_made_again() {
    let folder = folder();
    let pad = "## Needs\n- Agaric Bakery:\n  - Hats for all (human)\n    - big ones\n";
    assert_eq!(record(&folder, pad, "", &["--yes"]).code, Some(0));
    folder.remove("content/needs/hats-for-all.md");
    let without = folder.read(CALL).replace(", hats-for-all", "");
    folder.write(CALL, without);
    let run = record(&folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("content/needs/hats-for-all.md").exists(), "{}", run.stderr);
    assert!(run.stderr.contains("  Agaric Bakery: need hats-for-all\n"), "{}", run.stderr);
    assert!(folder.read("pads/2026-11.left.md").contains("    - big ones\n"));
    // Whoever wants it again says so.
    let run = record(&folder, pad, "rest\ny\n", &["--again"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(folder.path("content/needs/hats-for-all.md").exists(), "{}", run.stderr);
}

#[test]
fn an_answer_belongs_to_a_line_of_its_section() {
    let folder = folder();
    let pad = "## Needs\n- an apple press (technical)\n\n## Offers\n- an apple press (technical)\n";
    let run = record(&folder, pad, "agaric-bakery\nchanterelle\nrest\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let without = pad.replacen("- an apple press (technical)\n", "", 1);
    let run = record(&folder, &without, "rest\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read(CALL);
    assert!(call.contains("  - coop: chanterelle\n    offers: [an-apple-press]\n"), "{call}");
    assert!(!folder.path("content/offers/an-apple-press-agaric-bakery.md").exists());
}

#[test]
fn the_same_words_with_other_remarks_are_left_over() {
    let pad = "## Offers\n- Bolete:\n  - Oven gloves (technical)\n  - Oven gloves (knowledge, until 2027-01-01)\n";
    let (call, left, folder) = recorded(pad);
    assert!(call.contains("offers: [tractor, oven-gloves]\n"), "{call}");
    assert!(folder.read("content/offers/oven-gloves.md").contains("\nkind: technical\n"));
    let why = "> A line above has the same words and other remarks, and makes content/offers/oven-gloves.md; change \
               it there if these are right.\n\n  - Oven gloves (knowledge, until 2027-01-01)\n";
    assert!(left.ends_with(why), "{left}");
}

#[test]
fn times_and_numbers_of_what_was_said_stay() {
    let pad = "## Decisions\n- 17:00 - we meet in the hall\n- 18:30 is the end of each call\n\n\
               ## Actions\n- 08:00 call the bank (Bolete)\n";
    let (call, _, _) = recorded(pad);
    for part in
        ["17:00 - we meet in the hall", "18:30 is the end of each call", "08:00 call the bank"]
    {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
}

#[test]
fn a_comment_that_nothing_ends_is_text() {
    let pad = "## First round\n- Agaric Bakery: We bake <!-- ask again\n\n## Decisions\n- We sing.\n<!-- a hint -->\n";
    let (call, _, _) = recorded(pad);
    assert!(call.contains("    about: We bake <!-- ask again\n"), "{call}");
    assert!(call.contains("We sing.") && !call.contains("hint"), "{call}");
}

#[test]
fn signs_that_only_draw_are_no_words() {
    let pad = "## First round\nAgaric Bakery\n------\nWe bake.\n---\n\nChanterelle\n> We grow\n> mushrooms ***\n***\n\n\
               ## Actions\n- Sing (Bolete)\n---\n";
    let (call, _, _) = recorded(pad);
    assert!(
        call.contains("    about: We bake.\n") && call.contains("about: We grow mushrooms"),
        "{call}"
    );
    assert!(!call.contains("---\"") && !call.contains("what: \"-"), "{call}");
}

#[test]
fn a_block_of_code_is_not_read_as_a_pad() {
    let pad =
        "## Notes\nLook:\n```\n# Decisions\n- x\n```\nThat was it.\n\n## Decisions\n- We sing.\n";
    let (call, _, _) = recorded(pad);
    assert!(call.ends_with("\nLook:\n```\n# Decisions\n- x\n```\nThat was it.\n"), "{call}");
    assert!(call.contains("We sing.") && !call.contains("- x\nupdated"), "{call}");
    let pad = "## First round\nAgaric Bakery\n```\nWe bake.\n```\n\n## Notes\n```\nIt was loud.\n";
    let (call, _, _) = recorded(pad);
    assert!(call.contains("    about: We bake.\n"), "{call}");
    assert!(call.ends_with("---\nCome as you are.\n\nIt was loud.\n"), "{call}");
}

#[test]
fn words_for_sections_below_a_coop_are_asked() {
    let pad = "## Third round\n### Bolete\n- Decisions: we help you decide (knowledge)\n- Notes: we take them (human)\n\
               - Needs: we find out what you need (knowledge)\n";
    let (call, left, _) = recorded(pad);
    assert!(
        !call.contains("decide") && !call.contains("take them") && !call.contains("find"),
        "{call}"
    );
    assert!(
        left.contains("- Decisions: we help") && left.contains("- Notes: we take them"),
        "{left}"
    );
    let (call, folder) = answered(pad, &["offer", "decision", "offer", "rest", "y"]);
    let offer = folder.read("content/offers/decisions-we-help-you-decide.md");
    assert!(offer.contains("\ntitle: \"Decisions: we help you decide\"\n"), "{offer}");
    assert!(call.contains("Notes: we take them (human)"), "{call}");
}

#[test]
fn what_stands_beside_a_name_is_asked() {
    let pad = "## Who took part\n- Chanterelle (Ana, may be named, of the hills)\n- Bolete: Carla (may be named), Dora\n";
    let (call, left, _) = recorded(pad);
    assert!(
        !call.contains("Ana") && !call.contains("Carla") && left.contains("of the hills"),
        "{call}"
    );
    let folder = folder();
    let run = record(&folder, pad, "nothing\nrest\ny\n", &[]);
    assert!(folder.read(CALL).contains("delegate: {name: Ana, consent: true}"), "{}", run.stderr);
    let hint = "(write one name on a line, with `(may be named)` at its end)";
    assert!(run.stderr.contains(hint), "{}", run.stderr);
}

#[test]
fn lines_below_a_need_with_its_coop_are_its_text() {
    let pad = "## Needs\n- Bolete: Flour (technical)\n  - 50 bags\n  - Salt (technical)\n";
    let (call, _, folder) = recorded(pad);
    assert!(folder.read("content/needs/flour.md").ends_with("---\n- 50 bags\n"));
    assert!(call.contains("    needs: [flour, salt]\n"), "{call}");
}

#[test]
fn words_for_sections_below_another_section_are_asked() {
    let pad = "## Who took part\n- [x] Bolete\n- notas: Lucía\n- Notes: Lucía\n\n## Actions\n- Notes: Marta, 600 123 123\n";
    let (call, left, _) = recorded(pad);
    assert!(!call.contains("Lucía") && !call.contains("600 123"), "{call}");
    assert!(left.contains("notas: Lucía") && left.contains("600 123 123"), "{left}");
}

#[test]
fn without_an_answer_a_text_is_in_the_first_language_of_its_coop() {
    let pad = "## Needs\n- Chanterelle: Traductora para los estatutos (knowledge)\n";
    for (languages, expected) in
        [("[es, ca]", "\nlang: es\n"), ("[ca, es]", "\nlang: ca\n"), ("[en, es]", "")]
    {
        let folder = folder();
        let coop = format!("---\ntitle: Chanterelle\nlanguages: {languages}\n---\n");
        folder.write("content/coops/chanterelle.md", coop);
        let run = record(&folder, pad, "", &["--yes"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let need = folder.read("content/needs/traductora-para-los-estatutos.md");
        assert!(need.contains(expected) && need.contains("lang:") != expected.is_empty(), "{need}");
        // Whoever is there is asked, and the coop's languages come first.
        let run = record(
            &folder,
            &pad.replace("Traductora para los estatutos", "Quien lleve las cuentas de la feria"),
            "",
            &[],
        );
        let first = format!("   1  {}\n   2  {}\n", &languages[1..3], &languages[5..7]);
        assert!(run.stderr.contains(&first), "{}", run.stderr);
    }
    // A coop that says nothing of its languages is not guessed about.
    let (_, left, folder) = recorded(pad);
    assert!(left.contains("Nobody knew: What language is this in?"), "{left}");
    assert!(!folder.path("content/needs/traductora-para-los-estatutos.md").exists());
}

#[test]
fn a_coop_that_has_nothing_to_say_says_no_need() {
    for nothing in [
        "nothing right now",
        "Nothing.",
        "none",
        "nada por ahora",
        "rien pour l'instant",
        "nichts",
        "niente",
        "nada",
    ] {
        let folder = folder();
        let run = record(
            &folder,
            &format!("## Needs\n- Agaric Bakery: {nothing}\n## Offers\n- Bolete:\n  - {nothing}\n"),
            "",
            &["--yes"],
        );
        assert_eq!(
            run.stderr.matches("(it says that there is nothing)").count(),
            2,
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("Left over"), "{}", run.stderr);
        assert!(
            !run.stdout.contains("content/needs") && !run.stdout.contains("content/offers"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn a_number_before_a_colon_that_names_the_coop_is_not_published() {
    let folder = folder();
    folder.write("content/coops/coop-29.md", "---\ntitle: Example Coop 29\n---\n");
    let answers = "coop-29\nbolete\nleave\ny\n";
    let pad = "## Round 1\n- 29: quiet month\n- 12: loaves a day\n";
    let run = record(&folder, pad, answers, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert!(call.contains("    about: quiet month\n"), "{call}");
    assert!(
        call.contains("about: \"We mill. 12: loaves a day\"\n")
            || call.contains("about: 'We mill. 12: loaves a day'\n"),
        "{call}"
    );
}

#[test]
fn a_box_without_a_hyphen_is_a_box() {
    let (call, left, folder) = recorded(
        "## Who took part\n[x] Agaric Bakery\n[ ] Bolete\n\n## Needs\nChanterelle:\n[x] a ladder (technical)\n\n\
         ## Actions\n[x] Weigh the flour (Bolete, 2026-12-10)\n",
    );
    assert_eq!(left, "", "{left}");
    assert!(call.contains("what: Weigh the flour") && call.contains("done: true"), "{call}");
    assert!(call.contains("coop: agaric-bakery"), "{call}");
    assert!(folder.read("content/needs/a-ladder.md").contains("title: a ladder"));
}

#[test]
fn who_led_the_call_or_took_notes_was_there() {
    let folder = folder();
    folder.write(
        "content/calls/2026-11.md",
        "---\nstart: 2026-11-18T16:00\nturns: [{coop: agaric-bakery}, {coop: bolete}, {coop: chanterelle}]\n---\n",
    );
    let pad = "## Who took part\n- Facilitated by: Agaric Bakery\n- Notes by: Bolete\n- [ ] Chanterelle\n- [x] Cep: Credit Union\n";
    let run = record(&folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert_eq!(call.matches("apology").count(), 1, "{call}");
    assert!(
        call.contains("facilitator: agaric-bakery") && call.contains("note_taker: bolete"),
        "{call}"
    );
}

#[test]
fn a_chat_writes_names_and_headings_in_its_own_ways() {
    let pad = "[28/11/2026, 16:00:00] First round\n16:05 <Agaric Bakery> We bake.\n16:09 <Bolete> We mill.\n\
               16:10 <Moonrakers> We sail.\n16:20 Needs\n16:21 <Bolete> A sieve (technical)\n";
    let (call, left, folder) = recorded(pad);
    assert!(call.contains("    about: We bake.\n"), "{call}");
    assert!(call.contains("    about: We mill.\n") && !call.contains("sail"), "{call}");
    assert!(left.contains("<Moonrakers> We sail."), "{left}");
    assert!(folder.read("content/needs/a-sieve.md").contains("coop: bolete"), "{call}");
}
