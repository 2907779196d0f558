//! Tables in a pad: a head names the columns and is never something that was said, an empty cell keeps its place,
//! and what is not understood is left over.

use super::owners::network;
use super::pads::record;
use super::site::Folder;

const CALL: &str = "content/calls/2026-11.md";
const LEFT: &str = "pads/2026-11.left.md";

/// The call after a pad that is recorded without questions, what is left over, and the folder.
#[track_caller]
fn recorded(pad: &str) -> (String, String, Folder) {
    let folder = network();
    let run = record(&folder, pad, "", &["--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let left = if folder.path(LEFT).exists() { folder.read(LEFT) } else { String::new() };
    (folder.read(CALL), left, folder)
}

/// The lines of a list of the call, from its name on.
fn list(call: &str, name: &str) -> String {
    let lines = call.lines().skip_while(|line| *line != format!("{name}:")).skip(1);
    let lines = lines.take_while(|line| line.starts_with(' '));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The same table with lines between its cells, with none at its ends, and as it is copied from a spreadsheet.
fn forms(rows: &[&[&str]]) -> [String; 3] {
    let ruled = |row: &[&str]| format!("| {} |\n", row.join(" | "));
    // An empty cell at an end needs its sign.
    let bare = |row: &[&str]| match (row[0].trim(), row[row.len() - 1].trim()) {
        ("", _) | (_, "") => ruled(row),
        _ => format!("{}\n", row.join(" | ")),
    };
    let tabs = |row: &[&str]| format!("{}\n", row.join("\t"));
    let rule = |row: &[&str]| vec!["---"; row.len()];
    let with_rule = |write: &dyn Fn(&[&str]) -> String| {
        let rest: String = rows[1..].iter().map(|row| write(row)).collect();
        format!("{}{}{rest}", write(rows[0]), write(&rule(rows[0])))
    };
    [with_rule(&ruled), with_rule(&bare), rows.iter().map(|row| tabs(row)).collect()]
}

#[test]
fn a_head_is_no_decision_and_who_is_no_part_of_one() {
    for head in [["What", "Who"], ["Decisión", "Quién"], ["Decisão", "Quem"], ["Décision", "Qui"]]
    {
        let rows: [&[&str]; 3] =
            [&head, &["We meet at 17:00", "Agaric Bakery"], &["We sing", "  "]];
        for table in forms(&rows) {
            let (call, left, _) = recorded(&format!("## Decisions\n\n{table}"));
            assert_eq!(list(&call, "decisions"), "  - We meet at 17:00\n  - We sing\n", "{table}");
            let why = "> Of its row, this is written nowhere: `Agaric Bakery`.\n";
            assert!(left.contains(why), "{left}");
            assert!(!left.contains("We sing") && !left.contains(head[1]), "{left}");
        }
    }
}

#[test]
fn the_columns_of_actions_may_come_in_any_order() {
    for (rows, expected) in [
        (
            [
                ["What", "Who", "Until", "Done"],
                ["Bake (rye)", "Bolete", "2026-12-01", "x"],
                ["Sing", "", "", "no"],
            ],
            "    what: Bake (rye)\n    who: bolete\n    due: 2026-12-01\n    done: true\n",
        ),
        (
            [
                ["Responsable", "Fecha", "Tarea", "Hecho"],
                ["Bolete", "2026-12-01", "Bake (rye)", "sí"],
                ["", "", "Sing", ""],
            ],
            "    what: Bake (rye)\n    who: bolete\n    due: 2026-12-01\n    done: true\n",
        ),
    ] {
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
        for table in forms(&rows) {
            let (call, left, _) = recorded(&format!("## Actions\n{table}"));
            let actions = list(&call, "actions");
            assert!(actions.contains(expected), "{table}{actions}");
            assert!(actions.ends_with("    what: Sing\n"), "{table}{actions}");
            assert_eq!(left, "", "{table}");
        }
    }
}

#[test]
fn needs_and_offers_of_one_table_go_to_their_coops() {
    let rows: [&[&str]; 4] = [
        &["Coop", "Need", "Offer", "Kind", "Until"],
        &["Agaric Bakery", "An apple press", "Rye bread", "technical", "2027-03-31"],
        &["Chanterelle", "", "Mushroom spores", "technical", ""],
        &["", "Hats", "", "human", ""],
    ];
    for table in forms(&rows) {
        let (call, left, folder) = recorded(&table);
        assert!(call.contains("    needs: [wheat, an-apple-press]\n"), "{table}{call}");
        assert!(call.contains("    offers: [rye-bread]\n"), "{call}");
        assert!(
            call.contains("  - coop: chanterelle\n    offers: [mushroom-spores]\n"),
            "{table}{call}"
        );
        let press = folder.read("content/needs/an-apple-press.md");
        assert!(press.contains("\nkind: technical\nuntil: 2027-03-31\n"), "{press}");
        // A row without a coop is not that of the coop above it.
        assert!(
            left.contains("Nobody knew: Whose need is this?") && left.contains("Hats"),
            "{left}"
        );
        assert!(!folder.path("content/needs/hats.md").exists());
        assert!(!call.contains("Coop") && !left.contains("Coop"), "{call}{left}");
    }
}

#[test]
fn an_answer_about_one_cell_is_none_about_another() {
    let pad = "| Coop | Need | Offer |\n|---|---|---|\n| Chanterelle | Hats | Spores |\n";
    let folder = network();
    let run = record(&folder, pad, "human\ntechnical\nrest\ny\n", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(folder.read("content/needs/hats.md").contains("\nkind: human\n"));
    assert!(folder.read("content/offers/spores.md").contains("\nkind: technical\n"));
    let run = record(&folder, pad, "", &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn an_empty_cell_does_not_shift_the_others() {
    for pad in [
        "## Needs\n| Agaric Bakery | | technical |\n| Bolete | Flour | technical |\n",
        "## Needs\n| Coop | What | Kind |\n|---|---|---|\n| Agaric Bakery | | technical |\n| Bolete | Flour | technical |\n",
        "## Needs\nAgaric Bakery\t\ttechnical\nBolete\tFlour\ttechnical\n",
    ] {
        let (call, left, folder) = recorded(pad);
        assert!(call.contains("    needs: [flour]\n"), "{pad}{call}");
        assert!(!folder.path("content/needs/technical.md").exists());
        assert!(left.contains("Agaric Bakery") && !left.contains("Flour"), "{left}");
    }
}

#[test]
fn rows_whose_columns_nobody_knows_are_left_over() {
    for pad in [
        "## Decisions\n| We meet at 17:00 | Agaric Bakery |\n",
        "## Decisions\n| Was | Wer |\n|---|---|\n| We meet at 17:00 | Agaric Bakery |\n",
        "## Decisions\nWe meet at 17:00\tAgaric Bakery\t2026-12-01\n",
        "## Decisions\nWe meet at 17:00\tAgaric Bakery\nWe sing\tBolete\n",
        "## Actions\n| Meet at 17:00 | Sing |\n",
        "## Actions\n| Meet at 17:00 | Agaric Bakery | Bolete |\n",
    ] {
        let (call, left, _) = recorded(pad);
        assert!(!call.contains("17:00") && !call.contains("Was"), "{pad}{call}");
        assert!(left.contains("> Nobody knows what its columns are: write above"), "{left}");
        assert!(left.contains("17:00"), "{left}");
    }
    // A coop and a day say themselves what they are.
    let (call, _, _) = recorded("## Actions\n| Bolete | Meet at 17:00 | 2026-12-01 |\n");
    let expected = "    what: Meet at 17:00\n    who: bolete\n    due: 2026-12-01\n";
    assert!(call.contains(expected), "{call}");
}

#[test]
fn a_tab_in_a_line_is_a_space() {
    let pad = "## Decisions\n- We meet\tat 17:00.\n\nWe sing\tat noon.\n\n## Needs\nBolete\tFlour (technical)\n";
    let (call, _, _) = recorded(pad);
    assert!(call.contains("  - We meet at 17:00.\n"), "{call}");
    assert!(call.contains("    needs: [flour]\n"), "{call}");
    let (call, _, _) = recorded("## Decisions\nWe sing\tat noon.\n");
    assert_eq!(list(&call, "decisions"), "  - We sing at noon.\n");
}

#[test]
fn a_table_of_introductions_and_one_of_who_was_there() {
    let pad = "## Who took part\n| Coop | Name | Consent | Role |\n|---|---|---|---|\n\
               | Agaric Bakery | Ana | yes | |\n| Bolete | Carla | | |\n| Chanterelle | | | observer |\n\n\
               ## Introductions\n| Need | Offer | Status | Comment |\n|---|---|---|---|\n\
               | Hands for the wheat | A tractor | agreed | on Monday |\n";
    let (call, left, _) = recorded(pad);
    assert!(call.contains("delegate: {name: Ana, consent: true}"), "{call}");
    assert!(!call.contains("Carla") && call.contains("    role: observer\n"), "{call}");
    let pair = "  - need: wheat\n    offer: tractor\n    status: agreed\n    note: on Monday\n";
    assert!(call.contains(pair), "{call}");
    assert_eq!(left, "");
}

#[test]
fn a_table_below_notes_stays_as_it_is() {
    let table = "| What | Who |\n|---|---|\n| Tea | Agaric |\n";
    let (call, _, _) = recorded(&format!("## Notes\n{table}"));
    assert!(call.ends_with(&format!("\n{table}")), "{call}");
}

#[test]
fn a_row_of_a_spreadsheet_may_have_one_cell_wherever_it_stands() {
    let pad = "## Actions\nWho\tWhat\tUntil\nBolete\t\t\n\tSing\n\t\t2026-12-01\nBolete\tDance\t\n";
    let (call, left, _) = recorded(pad);
    let actions = list(&call, "actions");
    assert!(
        actions.contains("    what: Sing\n") && actions.contains("    what: Dance\n"),
        "{call}"
    );
    assert!(!actions.contains("what: Bolete") && !actions.contains("2026-12-01"), "{call}");
    assert!(left.ends_with("\n\nBolete\n\t\t2026-12-01\n"), "{left}");
    // Without a head, a tab at the beginning only moves a line to the right.
    let (call, _, _) = recorded("## Needs\nBolete\n\tFlour (technical)\n\tSalt (technical)\n");
    assert!(call.contains("    needs: [flour, salt]\n"), "{call}");
}

#[test]
fn a_row_without_words_says_nothing() {
    for section in ["Needs", "Actions", "Decisions", "Who took part"] {
        let pad = format!("## {section}\n\n| Who | What |\n|---|---|\n|  |  |\n| | |\n");
        let folder = network();
        let run = record(&folder, &pad, "", &[]);
        assert!(!run.stderr.contains("(nobody's yet)"), "{section}: {}", run.stderr);
        let (_, left, _) = recorded(&pad);
        assert_eq!(left, "", "{section}");
    }
}
