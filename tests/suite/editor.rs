//! What an editor is told: `ayni lsp` is spoken with as editors do, over its standard input and output.

#[path = "editor/client.rs"]
pub(crate) mod client;
#[path = "editor/offered.rs"]
mod offered;
#[path = "editor/slips.rs"]
mod slips;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ayni::edge::disk;
use serde_json::{Value, json};

use super::site::{Folder, files, pixel};
use client::Editor;
use offered::OFFERED;
use slips::SLIPS;

/// A small site in which each kind of name is there.
fn site() -> Folder {
    let folder = Folder::new(&[
        (
            "site.yaml",
            "title: T\nlanguages: [en, es]\ncalls:\n  - id: monthly\n    title: Monthly call\n    rrule: FREQ=MONTHLY;BYDAY=-1WE\n    start: \"16:00\"\n    time_zone: Europe/London\n",
        ),
        ("content/topics.yaml", "looms:\n  label: {en: Looms, es: Telares}\n"),
        (
            "content/coops/ñandu.md",
            "---\ntitle: Las tejedoras de Ñandú\nsummary: We weave.\ncountry: PY\n---\n## How we work\n\nWe weave.\n",
        ),
        ("content/coops/bread-house.md", "---\ntitle: Bread House\naliases: [bakery]\n---\n"),
        ("content/coops/bread-house.es.md", "---\ntitle: La casa del pan\n---\n"),
        ("content/needs/oven.md", "---\ntitle: An oven\ncoop: bread-house\nkind: technical\n---\n"),
        (
            "content/offers/oven.md",
            "---\ntitle: Ovens to lend\ncoop: ñandu\nkind: technical\n---\n",
        ),
        (
            "content/calls/2026-10.md",
            "---\nstart: 2026-10-28T16:00\ntime_zone: Europe/London\nseries: monthly\nminutes: {about: 2, needs: 2, offers: 2, review: 5}\nduration: 90m\n---\n",
        ),
        ("content/pages/p.md", "---\ntitle: P\n---\n"),
    ]);
    folder.write("content/coops/loom.png", pixel());
    folder
}

#[test]
fn no_valid_file_of_the_sample_has_a_problem_and_nothing_is_written() {
    let folder = Folder::new(&[]);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.write("site.yaml", fs::read(sample.join("site.yaml")).expect("it is there"));
    for (path, bytes) in files(&sample.join("content")) {
        folder.write(&format!("content/{path}"), bytes);
    }
    let before = folder.files("");
    let mut editor = Editor::new(&folder);
    let texts: BTreeMap<&String, String> = before
        .iter()
        .filter(|(path, _)| disk_text(path))
        .map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).expect("UTF-8")))
        .collect();
    assert!(texts.len() > 80, "{} texts", texts.len());
    for (path, text) in &texts {
        editor.open(path, text);
    }
    let (last, _) = texts.last_key_value().expect("there are some");
    assert_eq!(editor.problems(last), Vec::<Value>::new());
    for told in &editor.told {
        assert_eq!(told.method, "textDocument/publishDiagnostics", "{told:?}");
        assert_eq!(told.params["diagnostics"], json!([]), "{told:?}");
    }
    // Every letter of some files is asked about: nothing is wrong with any answer, and nothing ends the program.
    for (path, text) in texts.iter().filter(|(path, _)| path.contains("site.yaml")) {
        for (line, letters) in text.lines().enumerate().step_by(3) {
            for column in (0..=letters.len()).step_by(2) {
                let position = json!({"line": line, "character": column});
                let params =
                    json!({"textDocument": {"uri": editor.uri(path)}, "position": position});
                for method in ["completion", "hover", "definition"] {
                    editor.ask(&format!("textDocument/{method}"), params.clone());
                }
            }
        }
    }
    editor.end();
    assert_eq!(folder.files(""), before);
}

fn disk_text(path: &str) -> bool {
    let is_content = path.starts_with("content/") && !path.starts_with("content/static/");
    path == "site.yaml" || is_content && (path.ends_with(".md") || path == "content/topics.yaml")
}

#[test]
fn each_slip_is_told_where_it_is_while_nothing_is_saved() {
    let folder = site();
    let before = folder.files("");
    let mut editor = Editor::new(&folder);
    let mut faults = Vec::new();
    for (path, text, expected) in SLIPS {
        editor.open(path, text);
        let problems = editor.problems(path);
        editor.close(path);
        let place = |problem: &Value| {
            let start = &problem["range"]["start"];
            let line_number = start["line"].as_u64().expect("a number");
            let line = text.lines().nth(line_number as usize).unwrap_or_default();
            let bytes = start["character"].as_u64().expect("a number") as usize;
            let column = line[..bytes].chars().count() + 1;
            format!("{} {}:{column}", problem["code"].as_str().expect("a code"), line_number + 1)
        };
        let found: Vec<String> = problems.iter().map(place).collect();
        if !found.iter().any(|it| it == expected) {
            faults.push(format!("{path} {text:?}: {expected}, but {found:?}"));
        }
    }
    editor.end();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(SLIPS.len() >= 30);
    assert_eq!(folder.files(""), before);
}

#[test]
fn what_can_be_written_is_offered() {
    let folder = site();
    let mut editor = Editor::new(&folder);
    editor.wait("content/pages/p.md", "---\ntitle: P\n---\n");
    let mut faults = Vec::new();
    for (path, marked, label, expected) in OFFERED {
        let offered = editor.offered(path, marked);
        let found = offered.iter().find(|(it, _, _)| it == label).map(|(_, _, text)| text.as_str());
        if found != *expected {
            let labels: Vec<&String> = offered.iter().map(|(label, _, _)| label).take(12).collect();
            faults.push(format!("{path} {marked:?}: {label} gives {found:?}; offered {labels:?}"));
        }
    }
    // A text where nobody asked for a name offers nothing.
    assert_eq!(editor.offered("content/pages/a.md", "---\ntitle: A\n---\nSee | it.\n"), []);
    assert_eq!(editor.offered("content/pages/a.md", "---\ntitle: A|\n---\n"), []);
    assert_eq!(editor.offered("README.md", "x|"), []);
    editor.end();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A file with a mark, a part of what is said of what stands there, and the file and line where it is written.
const MEANINGS: &[(&str, &str, &str, Target)] = &[
    (NEED, "---\nti|tle: A\n---\n", "It must be there.", None),
    (NEED, "---\nurg|ency: high\n---\n", "how soon", None),
    (NEED, "---\nurgency: hi|gh\n---\n", "how soon", None),
    (NEED, "---\ncoop: ña|ndu\n---\n", "**Las tejedoras de Ñandú**", NANDU),
    (NEED, "---\ncoop: bake|ry\n---\n", "Bread House", BREAD),
    (NEED, "---\ntopics: [loo|ms]\n---\n", "es: Telares", Some(("content/topics.yaml", 1))),
    (NEED, "---\nplace: {country: P|Y}\n---\n", "Paraguay", None),
    (NEED, "---\nlanguages: [e|s]\n---\n", "Spanish", None),
    (COOP, "---\nimage: {src: loo|m.png}\n---\n", "loom.png", Some(("content/coops/loom.png", 1))),
    (CALL, "---\nseries: mon|thly\n---\n", "Monthly call", Some(("site.yaml", 4))),
    (PAGE, "---\ntitle: A\n---\n[[La casa del p|an]]\n", "Bread House", BREAD),
    (
        PAGE,
        "---\ntitle: A\n---\n[[ñandu#how-we-w|ork]]\n",
        "We weave.",
        Some(("content/coops/%C3%B1andu.md", 6)),
    ),
    (PAGE, "---\ntitle: A\n---\n[us](../coops/bread-h|ouse.md)\n", "Bread House", BREAD),
    (PAGE, "---\ntitle: A\n---\nNo|thing.\n", "", None),
];

/// A file and a line.
type Target = Option<(&'static str, u64)>;

const NEED: &str = "content/needs/a.md";
const COOP: &str = "content/coops/a.md";
const CALL: &str = "content/calls/2026-11.md";
const PAGE: &str = "content/pages/a.md";
const NANDU: Target = Some(("content/coops/%C3%B1andu.md", 2));
const BREAD: Target = Some(("content/coops/bread-house.md", 2));

#[test]
fn what_stands_somewhere_is_explained_and_found() {
    let folder = site();
    let mut editor = Editor::new(&folder);
    for (path, marked, said, target) in MEANINGS {
        let (found, place) = editor.meaning(path, marked);
        assert!(found.contains(said), "{path} {marked}: {found:?}");
        let place = place.as_ref().map(|(path, line)| (path.as_str(), *line));
        assert_eq!(place, *target, "{path} {marked}");
    }
    editor.end();
}

#[test]
fn columns_are_those_that_the_editor_counts() {
    let folder = site();
    for (units, column) in [("utf-8", 9), ("utf-16", 6), ("utf-32", 5)] {
        let mut editor = Editor::counting(&folder, units);
        editor.open("content/pages/a.md", "---\ntitle: A\n---\n😀 ñu [[nobody]]\n");
        let problems = editor.problems("content/pages/a.md");
        let start = problems[0]["range"]["start"]["character"].as_u64();
        assert_eq!(start, Some(column), "{units}");
        editor.end();
    }
}

#[test]
fn what_mends_a_problem_can_be_chosen() {
    let folder = site();
    let mut editor = Editor::new(&folder);
    let check = |editor: &mut Editor<'_>, path, text: &str, expected: &[(&str, &str)]| {
        editor.open(path, text);
        editor.problems(path);
        let found = editor.remedies(path, text);
        editor.close(path);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected, "{path}");
    };
    check(
        &mut editor,
        "content/coops/a.md",
        "---\ntítulo: A\nlayout: page\ncountry: UK\nform: workr\n---\n",
        &[
            ("Write `title`", "---\ntitle: A\nlayout: page\ncountry: UK\nform: workr\n---\n"),
            ("Leave out `layout: page`", "---\ntítulo: A\ncountry: UK\nform: workr\n---\n"),
            ("Write `GB`", "---\ntítulo: A\nlayout: page\ncountry: GB\nform: workr\n---\n"),
            ("Write `worker`", "---\ntítulo: A\nlayout: page\ncountry: UK\nform: worker\n---\n"),
        ],
    );
    check(
        &mut editor,
        "content/needs/a.md",
        "---\ntitle: A\ncoop: nandu\nkind: human\nuntil: 3/4/2027\n---\nSee [[bred-house]].\n",
        &[
            (
                "Write `ñandu`",
                "---\ntitle: A\ncoop: ñandu\nkind: human\nuntil: 3/4/2027\n---\nSee [[bred-house]].\n",
            ),
            (
                "Write `2027-04-03`",
                "---\ntitle: A\ncoop: nandu\nkind: human\nuntil: 2027-04-03\n---\nSee [[bred-house]].\n",
            ),
            (
                "Write `2027-03-04`",
                "---\ntitle: A\ncoop: nandu\nkind: human\nuntil: 2027-03-04\n---\nSee [[bred-house]].\n",
            ),
            (
                "Write `[[bread-house]]`",
                "---\ntitle: A\ncoop: nandu\nkind: human\nuntil: 3/4/2027\n---\nSee [[bread-house]].\n",
            ),
        ],
    );
    let block = "---\ntitle: A\ncontact:\n  - email: a@b.example\n    visibility: public\n---\n";
    let mended = block.replace("email: a@", "type: email\n    value: a@");
    let title = "Write `type: email` and `value: a@b.example`";
    check(&mut editor, "content/coops/a.md", block, &[(title, &mended)]);
    check(&mut editor, "content/pages/a.md", "---\ntitle: A\n---\nFine.\n", &[]);
    editor.end();
}

#[test]
fn what_changes_on_disk_is_told() {
    let folder = site();
    let mut editor = Editor::new(&folder);
    editor.wait("content/pages/p.md", "---\ntitle: P\n---\nSee [[ñandu]].\n");
    folder.remove("content/coops/ñandu.md");
    let version = editor.number;
    loop {
        let problems = editor.problems("content/pages/p.md");
        assert_eq!(editor.number, version);
        if problems.iter().any(|it| it["code"] == "missing-link") {
            break;
        }
    }
    editor.end();
}

#[test]
fn whoever_is_no_editor_is_told_what_this_is() {
    let folder = site();
    let run = folder.ayni(&["lsp"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("this speaks with an editor"), "{}", run.stderr);
    assert!(disk::read(&folder.path(""), None).is_ok());
}

/// The first hour of a contributor: an entry from nothing, three slips that are mended, a link, and another name.
#[test]
fn a_contributor_writes_an_entry_with_its_help() {
    let folder = site();
    let mut editor = Editor::new(&folder);
    let path = "content/coops/first.md";
    let new = editor.offered(path, "|");
    let (label, _, text) = &new[0];
    assert_eq!(label, "--- a new coop");
    let text = text
        .replace("title: \n", "title: First Coop\ncity: Pune\npaís: India\nform: cooperative\n");
    editor.open(path, &text);
    let problems = editor.problems(path);
    let codes: Vec<&str> = problems.iter().filter_map(|it| it["code"].as_str()).collect();
    assert_eq!(codes, ["unknown-field", "unknown-country", "unknown-choice"], "{problems:?}");
    let mended = editor.remedies(path, &text);
    let (title, text) = &mended[0];
    assert_eq!(title, "Write `country`");
    editor.change(path, text);
    assert_eq!(editor.problems(path).len(), 2);
    let (title, text) = &editor.remedies(path, text)[0];
    assert_eq!(title, "Write `IN`");
    let text = text.replace("form: cooperative\n", "form: worker\n") + "We know [[bread-house]].\n";
    editor.change(path, &text);
    assert_eq!(editor.problems(path), Vec::<Value>::new());
    // Saved under another name: the old one is known no more, and the link to it is told.
    folder.write("content/coops/first-coop.md", &text);
    editor.close(path);
    editor.open("content/pages/p.md", "---\ntitle: P\n---\nSee [[first-coop]] and [[first]].\n");
    let problems = editor.problems("content/pages/p.md");
    let problems = match problems
        .iter()
        .any(|it| it["message"].as_str().unwrap_or_default().contains("`first-coop`"))
    {
        // The file may not have been read yet.
        true => editor.problems("content/pages/p.md"),
        false => problems,
    };
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0]["code"], "missing-link");
    println!("{}", editor.end().join("\n"));
}
