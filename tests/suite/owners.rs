//! Whose a line of a pad is: what it names itself, or what it stands below, and nobody else's.

use super::pads::{folder, record};
use super::site::Folder;

/// The folder with three more coops.
pub(crate) fn network() -> Folder {
    let folder = folder();
    for (id, title) in [
        ("example-kite-school", "Example: Kite School"),
        ("example-slow-signal", "Example: Slow Signal"),
        ("example-coral-mesh", "Example: Coral Mesh"),
        ("la-miga", "Panadería La Miga"),
        ("mianbao", "面包坊"),
    ] {
        let text = format!("---\ntitle: \"{title}\"\n---\n");
        folder.write(&format!("content/coops/{id}.md"), text);
    }
    folder
}

/// What is still open when all the answers are given.
#[track_caller]
fn open(pad: &str, answers: &[&str], expected: &[&str]) {
    let folder = network();
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let run = record(&folder, pad, &answers, &[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let (_, open) = run.stderr.split_once("Still open:\n").expect("something is open");
    let (open, _) = open.split_once("Nothing was written.").expect("nothing is written");
    let open: Vec<&str> =
        open.lines().map(|line| line.trim().trim_start_matches("pads/2026-11.md:")).collect();
    assert_eq!(open, expected, "{}", run.stderr);
}

/// The call, and what is written besides, when all the answers are given.
#[track_caller]
pub(crate) fn written(pad: &str, answers: &[&str]) -> (String, Folder) {
    let folder = network();
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let run = record(&folder, pad, &answers, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    (folder.read("content/calls/2026-11.md"), folder)
}

/// Answers about those that had announced a delegate, and that it may be written.
const REST_AND_YES: [&str; 2] = ["rest", "y"];

#[test]
fn a_line_with_a_name_does_not_go_on_with_what_another_coop_said() {
    let pad = "## First round\nExample: Slow Signal: four journalists\nNew Coop: we are new here\n";
    open(pad, &[], &["3: Which coop is `New Coop`? (nobody's yet)"]);
    let short = pad.replace("Example: ", "");
    // What stands below a name waits for it, until a line has a name of its own.
    let questions = [
        "2: Which coop is `Slow Signal`? (nobody's yet)",
        "3: Which coop is `New Coop`? (nobody's yet)",
    ];
    open(&short.replace("New Coop: we", "and we"), &[], &questions[..1]);
    open(&short, &[], &questions);
    open(&short, &["1"], &questions[1..]);
    let (call, folder) = written(&short, &["example-slow-signal", "rest", "y"]);
    assert!(call.contains("- coop: example-slow-signal\n    about: four journalists\n"), "{call}");
    assert!(!call.contains("we are new here"), "{call}");
    assert!(folder.read("pads/2026-11.left.md").contains("\nNew Coop: we are new here\n"));
}

#[test]
fn a_need_that_names_another_coop_is_not_of_the_one_above() {
    let pad = "## What we need\nkite school: laptops (technical)\n\
               - Coral Mesh needs money for petrol (financial)\n- Panadería La Migaja: an oven (technical)\n";
    let questions = [
        "2: Which coop is `kite school`? (nobody's yet)",
        "3: Which coop is `Coral Mesh`? (nobody's yet)",
        "4: Which coop is `Panadería La Migaja`? (nobody's yet)",
    ];
    open(pad, &[], &questions);
    open(pad, &["example-kite-school"], &questions[1..]);
    let answers = ["example-kite-school", "1", "1"];
    let (call, folder) = written(pad, &[&answers[..], &REST_AND_YES].concat());
    for part in [
        "  - coop: example-kite-school\n    needs: [laptops]\n",
        "  - coop: example-coral-mesh\n    needs: [money-for-petrol]\n",
        "  - coop: la-miga\n    needs: [an-oven]\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(
        folder.read("content/needs/money-for-petrol.md").contains("\ntitle: money for petrol\n")
    );
}

#[test]
fn likely_forms_of_a_name_inherit_no_other_coop() {
    for name in [
        "example-coral-mesh needs",
        "CORAL MESH needs",
        "Corall Mesh needs",
        "Coral needs",
        "panaderia la miga busca",
        "La Miga, again,",
        "面包坊需要",
    ] {
        let pad = format!(
            "## Needs\n### Example: Kite School\n- ink (technical)\n- {name} an oven (technical)\n"
        );
        let folder = network();
        let run = record(&folder, &pad, "", &[]);
        assert_eq!(run.code, Some(1), "{name}: {}", run.stderr);
        assert!(
            run.stderr.contains("pads/2026-11.md:4: Which coop is `"),
            "{name}: {}",
            run.stderr
        );
    }
    // Its own name, shortened, is no other's.
    let pad = "## Needs\n### Example: Kite School\n- Kite School needs ink (technical)\n";
    let (call, _) = written(pad, &REST_AND_YES);
    assert!(call.contains("  - coop: example-kite-school\n    needs: [ink]\n"), "{call}");
}

#[test]
fn a_name_with_a_colon_is_asked_wherever_it_stands() {
    for pad in [
        "## Needs\n### Bolete\n- Zeppelin: an oven (technical)\n",
        "## Needs\n- Bolete:\n  - Zeppelin: an oven (technical)\n",
        "## Needs\n- Bolete: flour (technical)\n  Zeppelin: an oven (technical)\n",
        "## Needs\n- Bolete:\n  - flour (technical)\n    - Zeppelin: an oven (technical)\n",
        "Bolete\nneeds: flour (technical)\nZeppelin: an oven (technical)\n",
        "## First round\nBolete: we mill\nZeppelin：烤箱\n",
    ] {
        let folder = network();
        let run = record(&folder, pad, "", &["--yes"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(folder.read("pads/2026-11.left.md").contains("Zeppelin"), "{pad}{}", run.stderr);
        for (path, bytes) in folder.files("content") {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains("Zeppelin") && !text.contains("oven (technical)"),
                "{path}\n{pad}"
            );
        }
    }
    // Words before a colon can belong to what was said; then they do so in every line.
    let pad = "## Offers\n### Chanterelle\n- Mushroom: courses (knowledge)\n- Mushroom: spores (technical)\n";
    let (call, folder) = written(pad, &["text", "rest", "y"]);
    assert!(call.contains("    offers: [mushroom-courses, mushroom-spores]\n"), "{call}");
    let offer = folder.read("content/offers/mushroom-courses.md");
    assert!(offer.contains("\ntitle: \"Mushroom: courses\"\n"), "{offer}");
}

#[test]
fn a_line_with_a_name_is_not_put_away_with_the_one_above_it() {
    let pad = "## First round\nZeppelin: hello\nand more of us\nBolete: we mill rye\n";
    let (call, folder) = written(pad, &REST_AND_YES);
    assert!(call.contains("    about: We mill. we mill rye\n"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.ends_with("\nZeppelin: hello\nand more of us\n"), "{left}");
}

#[test]
fn a_heading_that_may_name_a_coop_is_asked() {
    for heading in [
        "Agarik Bakery needs",
        "Coral Mesh: needs",
        "Agaric Bakery and Bolete: needs",
        "Zeppelin needs",
    ] {
        let pad = format!("# Call\n## Bolete\n### {heading}\n- an oven (technical)\n");
        let folder = network();
        let run = record(&folder, &pad, "", &[]);
        let asked = format!("pads/2026-11.md:3: What stands below the heading `{heading}`?");
        // A name of nobody that no colon ends cannot be told from other words.
        assert_eq!(run.stderr.contains(&asked), heading != "Zeppelin needs", "{}", run.stderr);
    }
}

#[test]
fn a_list_below_a_line_with_a_name_goes_on_until_one_of_its_lines_names_another() {
    let pad = "## Needs\nBolete: flour (technical)\n- salt (technical)\n- Chanterelle: rye (technical)\n\
               - pepper (technical)\n";
    open(pad, &[], &["5: Whose need is this? (nobody's yet)"]);
    let (call, _) = written(pad, &REST_AND_YES);
    assert!(call.contains("    needs: [flour, salt]\n"), "{call}");
}

#[test]
fn a_chat_and_a_table_have_lines_of_whom_they_name() {
    let chat = "[16:06] Bolete: flour (technical)\n[16:07] Kite School: ink (technical)\n[16:08] Ana: hello\n";
    let questions = ["2: What is this? (nobody's yet)", "3: What is this? (nobody's yet)"];
    open(chat, &["need"], &questions);
    let (call, folder) = written(chat, &["need", "need", "1", "about", "left", "rest", "y"]);
    for part in [
        "    about: We mill.\n    offers: [tractor]\n    needs: [flour]\n",
        "  - coop: example-kite-school\n    needs: [ink]\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(folder.read("pads/2026-11.left.md").ends_with("\n[16:08] Ana: hello\n"));
    let table = "## Needs\nCoop\tNeed\tKind\tUntil\nBolete\tflour\ttechnical\t2027-03-31\n\
                 kite school\tink\t\t\nLa Miga\tun horno\ttechnical\t3/12/2026\n";
    let answers = ["1", "technical", "1", "2026-12-03", "es", "rest", "y"];
    let (call, folder) = written(table, &answers);
    for part in ["    needs: [flour]\n", "  - coop: la-miga\n    needs: [un-horno]\n"] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    let flour = folder.read("content/needs/flour.md");
    assert!(flour.contains("\nkind: technical\nuntil: 2027-03-31\n"), "{flour}");
    let oven = folder.read("content/needs/un-horno.md");
    assert!(oven.contains("\nlang: es\n") && oven.contains("\nuntil: 2026-12-03\n"), "{oven}");
}

#[test]
fn a_coop_in_the_brackets_of_a_line_is_asked() {
    let pad = "## Needs\n### Bolete\n- an oven (Coral Mesh)\n- salt (technical, Bolete)\n";
    open(
        pad,
        &[],
        &["3: Which coop is `Coral Mesh`? (nobody's yet)", "4: What is `Bolete`? (of Bolete)"],
    );
    let (call, _) = written(pad, &["1", "technical", "rest", "y"]);
    assert!(call.contains("  - coop: example-coral-mesh\n    needs: [an-oven]\n"), "{call}");
}

#[test]
fn what_stands_below_a_line_that_is_put_away_is_put_away_with_it() {
    let pad = "## Needs\n### Bolete\n- flour (technical)\n- Zeppelin:\n  - an oven (technical)\n- salt (technical)\n";
    let (call, folder) = written(pad, &["left", "rest", "y"]);
    assert!(call.contains("    needs: [flour, salt]\n"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.ends_with("\n- Zeppelin:\n  - an oven (technical)\n"), "{left}");
    let (call, folder) = written(pad, &["drop", "rest", "y"]);
    assert!(call.contains("    needs: [flour, salt]\n"), "{call}");
    assert!(!folder.path("pads/2026-11.left.md").exists());
}

#[test]
fn brackets_give_kind_language_and_day_or_are_asked() {
    let pad = "## Needs\n- Bolete:\n  - Payroll help (knowledge, until end of April)\n  \
               - A loan (financial, es, until 31.03.2027)\n  - A press (for cider) (technical, rather soon)\n";
    open(
        pad,
        &[],
        &[
            "3: Which day is `until end of April`? (of Bolete)",
            "5: What is `rather soon`? (of Bolete)",
        ],
    );
    let (_, folder) = written(pad, &["1", "text", "rest", "y"]);
    let need = |id: &str| folder.read(&format!("content/needs/{id}.md"));
    let (help, loan) = (need("payroll-help"), need("a-loan"));
    assert!(help.contains("\nkind: knowledge\nuntil: 2027-04-30\n"), "{help}");
    assert!(loan.contains("\nlang: es\n"), "{loan}");
    assert!(loan.contains("\nkind: financial\nuntil: 2027-03-31\n"), "{loan}");
    let press = need("a-press-for-cider-rather-soon");
    assert!(press.contains("\ntitle: A press (for cider) (rather soon)\n"), "{press}");
    assert!(press.contains("\nkind: technical\n") && !press.contains("until:"), "{press}");
}

#[test]
fn a_day_and_a_name_in_the_brackets_of_an_action_are_asked() {
    let pad = "## Actions\n- [ ] Send photos (Coral Mesh, 3/12/2026)\n- [ ] Print them (Bolete, Ana)\n\
               - Ana: write the minutes\n- [ ] Count the loaves (Bolete, 2026-11-20)\n";
    open(
        pad,
        &[],
        &[
            "2: Which coop is `Coral Mesh`? (nobody's yet)",
            "3: Which coop is `Ana`? (nobody's yet)",
        ],
    );
    let answers = ["example-coral-mesh", "2026-12-03", "nobody"];
    let (call, _) = written(pad, &[&answers[..], &REST_AND_YES].concat());
    for part in [
        "    what: Send photos\n    who: example-coral-mesh\n    due: 2026-12-03\n",
        "    what: Print them\n    who: bolete\n",
        "    what: write the minutes\n",
    ] {
        assert!(call.contains(part), "{part} is not in\n{call}");
    }
    assert!(!call.contains("Ana") && call.matches("Count the loaves").count() == 1, "{call}");
}

#[test]
fn what_a_line_says_besides_of_an_entry_that_there_is_is_not_dropped() {
    let pad = "## Needs\n- Agaric Bakery:\n  - [x] A second oven (technical)\n  \
               - [x] Hands for the wheat (human, until 2027-08-01)\n";
    let (call, folder) = written(pad, &REST_AND_YES);
    assert!(call.contains("    needs: [wheat, oven]\n"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.contains("until 2027-08-01") && !left.contains("oven"), "{left}");
}

#[test]
fn what_goes_on_below_a_name_within_an_item_is_not_of_the_one_above() {
    let pad = "## First round\n- Example: Coral Mesh: We had a storm.\n  Pilar: she was ill\n  and Juan too\n  \
               Example: Slow Signal: four journalists\n  and a cat\n";
    let folder = network();
    let run = record(&folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert!(call.contains("example-coral-mesh\n    about: We had a storm.\n"), "{call}");
    assert!(
        call.contains("example-slow-signal\n    about: four journalists and a cat\n"),
        "{call}"
    );
    let left = folder.read("pads/2026-11.left.md");
    for line in ["  Pilar: she was ill\n", "  and Juan too\n"] {
        assert!(left.contains(line), "{left}");
    }
}

/// What is shown below a question.
#[track_caller]
fn shown(pad: &str, question: &str, lines: &[&str]) {
    let folder = network();
    let run = record(&folder, pad, "", &[]);
    let (_, after) = run.stderr.split_once(question).expect("it is asked");
    let shown: Vec<&str> =
        after.lines().skip(1).map_while(|line| line.strip_prefix("  | ")).collect();
    assert_eq!(shown, lines, "{}", run.stderr);
}

#[test]
fn a_question_shows_all_the_words_that_it_decides_on() {
    shown(
        "## First round\nZeppelin: hello\nand more of us\n\nBolete: we mill\n",
        "Which coop is `Zeppelin`?",
        &["Zeppelin: hello", "and more of us"],
    );
    shown(
        "## Needs\n- Zeppelin:\n  - an oven (technical)\n    - a big one\n- Bolete: salt (technical)\n",
        "Which coop is `Zeppelin`?",
        &["- Zeppelin:", "  - an oven (technical)", "    - a big one"],
    );
    shown(
        "## Needs\n### Bolete\n- payroll\n  - in English,\n    and soon\n- salt (technical)\n",
        "What kind of help is this new need about?",
        &["- payroll", "  - in English,", "    and soon"],
    );
    shown(
        "## Lunch\nWe sang.\n\n- Twice\n## Needs\n",
        "What stands below",
        &["## Lunch", "We sang.", "- Twice"],
    );
    // What a name means is asked once for all lines.
    shown(
        "## Needs\n- Zeppelin: an oven (technical)\n- Zeppelin: salt (technical)\n",
        "Which coop is `Zeppelin`?",
        &["- Zeppelin: an oven (technical)", "- Zeppelin: salt (technical)"],
    );
}

#[test]
fn what_stands_below_a_need_waits_for_it_or_goes_with_it() {
    let pad = "## Needs\n### Bolete\n- payroll\n  - in English\n- salt (technical)\n";
    open(pad, &[], &["3: What kind of help is this new need about? (of Bolete)"]);
    let (_, folder) = written(pad, &["knowledge", "rest", "y"]);
    let need = folder.read("content/needs/payroll.md");
    assert!(need.ends_with("---\n- in English\n"), "{need}");
    let (_, folder) = written(pad, &["left", "rest", "y"]);
    let left = folder.read("pads/2026-11.left.md");
    let why = "\n> Nobody knew: What kind of help is this new need about? (of Bolete)\n\n";
    assert!(left.ends_with(&format!("{why}- payroll\n  - in English\n")), "{left}");
    let (_, folder) = written(pad, &["drop", "rest", "y"]);
    assert!(!folder.path("pads/2026-11.left.md").exists());
    // Below what was not said, too.
    let pad = "## Needs\n### Agaric Bakery\n- [ ] A second oven\n  - with a chimney\n";
    let (call, folder) = written(pad, &REST_AND_YES);
    assert!(!call.contains("oven"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    let why =
        "\n> content/needs/oven.md does not say this; write it there.\n\n  - with a chimney\n";
    assert!(left.ends_with(why), "{left}");
}

#[test]
fn a_day_before_the_call_is_asked() {
    let pad = "## Needs\n- Bolete: flour (technical, until 2026-03-31)\n\n## Actions\n\
               - [ ] Write the minutes (Bolete, 1.11.2026)\n- [ ] Count the loaves (Bolete, 2026-11-18)\n";
    open(
        pad,
        &[],
        &[
            "2: `until 2026-03-31` is before the day of the call; which day is it? (of Bolete)",
            "5: `1.11.2026` is before the day of the call; which day is it? (nobody's yet)",
        ],
    );
    let (call, folder) = written(pad, &["2027-03-31", "1", "rest", "y"]);
    assert!(
        call.contains("    what: Write the minutes\n    who: bolete\n    due: 2026-11-01\n"),
        "{call}"
    );
    assert!(folder.read("content/needs/flour.md").contains("\nuntil: 2027-03-31\n"));
}

#[test]
fn an_action_that_was_due_before_the_call_is_known() {
    let folder = network();
    let call =
        folder.read("content/calls/2026-11.md").replace("due: 2026-11-20", "due: 2026-10-20");
    folder.write("content/calls/2026-11.md", call);
    let run = record(
        &folder,
        "## Actions\n- [x] Count the loaves (Bolete, 2026-10-20)\n",
        "rest\ny\n",
        &[],
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let call = folder.read("content/calls/2026-11.md");
    assert!(call.contains("    due: 2026-10-20\n    done: true\n"), "{call}");
}

#[test]
fn what_is_left_over_says_what_the_directory_has_instead() {
    let pad = "## Needs\n- Agaric Bakery:\n  - [x] A second oven (human, es, until 2027-08-01)\n  \
               - [x] Hands for the wheat (until end of June, or so)\n- Bolete: Flour (technical)\n";
    let (_, folder) = written(pad, &["rest", "y"]);
    let left = folder.read("pads/2026-11.left.md");
    let expected = "
> In content/needs/oven.md, its kind is `technical` (the pad says `human`), its language is `en` (the pad says `es`), it has \
no last day (the pad says `2027-08-01`); change it there if the pad is right.

  - [x] A second oven (human, es, until 2027-08-01)

> In content/needs/wheat.md, it has no last day (the pad says `until end of June`), nothing says `or so`; change it \
there if the pad is right.

  - [x] Hands for the wheat (until end of June, or so)
";
    assert!(left.ends_with(expected), "{left}");
    // What a call made can be corrected in its pad, with any other words.
    let pad = pad.replace("Flour (technical)", "Flours (technical, until 2027-01-31)");
    let run = record(&folder, &pad, "flour\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let left = folder.read("pads/2026-11.left.md");
    let expected = "
> In content/needs/flour.md, its title is `Flour` (the pad says `Flours`), it has no last day (the pad says `2027-01-31`); \
change it there if the pad is right.

- Bolete: Flours (technical, until 2027-01-31)
";
    assert!(left.ends_with(expected), "{left}");
}

#[test]
fn a_section_on_a_line_of_its_own_does_not_wait_for_a_name_above_it() {
    let pad = "O que precisamos\nZeppelin:\n- gas (technical)\n\nO que oferecemos\n\
               Bolete: rye (technical)\n\nPróximos passos\n- Sing (Bolete)\n";
    shown(pad, "Which coop is `Zeppelin`?", &["Zeppelin:", "- gas (technical)"]);
    for answer in ["left", "drop"] {
        let (call, _) = written(pad, &[answer, "rest", "y"]);
        assert!(call.contains("    offers: [tractor, rye]\n"), "{call}");
        assert!(call.contains("  - id: sing-2026-11\n    what: Sing\n    who: bolete\n"), "{call}");
        assert!(!call.contains("needs: [rye]") && !call.contains("gas"), "{call}");
    }
}

#[test]
fn a_long_line_about_who_took_part_names_nobody() {
    let pad = "## Who took part\n- The people of the bakery did not come and send apologies\n";
    let (call, folder) = written(pad, &["present", "leave", "y"]);
    assert!(!call.contains("apology"), "{call}");
    let left = folder.read("pads/2026-11.left.md");
    assert!(left.contains("names nobody whom the directory knows"), "{left}");
}

#[test]
fn an_unknown_name_with_a_dash_is_asked_and_never_taken_for_the_one_above() {
    let pad = "## Offers\nBolete: rope ladders (technical)\nZeppelin Bakery - bread (technical)\n";
    shown(pad, "Which coop is `Zeppelin Bakery`?", &["Zeppelin Bakery - bread (technical)"]);
}
