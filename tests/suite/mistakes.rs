//! Mistakes that newcomers make, in `tests/suite/mistakes/`: nothing that a person meant is lost or shown as
//! something else without a word, and what a hint says to write is right.
//!
//! A case begins with `== KIND what the mistake is` and ends with `-> ` and what is said of it: `fine`, or the codes
//! of problems in the order of their places, each with its line. KIND says what the lines between are:
//!
//! - `coop`, `need`, `match` and `call`: fields of such an entry. What it must have and has not is put before them; a
//!   line `---` begins its text;
//! - `text`: the text of a wiki page, with `oven.png` beside it and in `content/static/`;
//! - `site` and `topics`: the settings, and the vocabulary;
//! - `files`: files, each begun by `+ ` and its path, which stands before the line in what is said. `(picture)` is one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ayni::diagnostic::{Code, Diagnostic, Severity, line_and_column};
use ayni::edge::disk;
use rayon::prelude::*;

use super::editor::client::Editor;
use super::site::{Folder, Site, pixel};

/// One mistake, and what is said of it.
struct Case {
    name: String,
    kind: String,
    lines: Vec<String>,
    said: String,
}

/// The files of a site, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Every case, its files, and what is wrong with them, in the order of their places.
static CASES: LazyLock<Vec<(Case, Files, Vec<Diagnostic>)>> = LazyLock::new(|| {
    let read = |case: Case| {
        let files = files(&case);
        let problems = problems(&files);
        (case, files, problems)
    };
    cases().into_par_iter().map(read).collect()
});

/// The site in which each mistake is made, which has no problem of its own.
const BASE: [(&str, &str); 8] = [
    ("site.yaml", "title: T\ntopics: {starter: false}\n"),
    (
        "content/topics.yaml",
        "software: {label: {en: Software}}\ntranslation: {label: {en: Translation}}\n",
    ),
    ("content/coops/acme.md", "---\ntitle: Acme\n---\n## How we work\n\nWe weave.\n"),
    ("content/coops/bread-house.md", "---\ntitle: Bread House\n---\n"),
    ("content/needs/oven.md", "---\ntitle: An oven\ncoop: acme\nkind: technical\n---\n"),
    ("content/offers/looms.md", "---\ntitle: Looms\ncoop: bread-house\nkind: technical\n---\n"),
    ("content/calls/2026-10.md", "---\nstart: 2026-10-28T16:00\ntime_zone: Europe/London\n---\n"),
    ("content/pages/p.md", "---\ntitle: P\n---\n"),
];

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/mistakes");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()).collect();
    paths.sort();
    let mut cases: Vec<Case> = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a text");
        let mut lines = text.lines().map(str::to_owned);
        while let Some(line) = lines.next() {
            let Some(head) = line.strip_prefix("== ") else { continue };
            let (kind, name) = head.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            let (mut of_case, mut said) = (Vec::new(), None);
            for line in lines.by_ref() {
                match line.strip_prefix("-> ") {
                    Some(what) => {
                        said = Some(what.to_owned());
                        break;
                    }
                    None => of_case.push(line),
                }
            }
            let said = said.unwrap_or_else(|| panic!("{name}: nothing is said"));
            let (kind, name) = (kind.to_owned(), format!("{kind}: {name}"));
            cases.push(Case { name, kind, lines: of_case, said });
        }
    }
    cases
}

/// The path of the case's own file, and what is put before its lines.
fn own_file(case: &Case) -> Option<(&'static str, Vec<&'static str>)> {
    let (path, required): (_, &[&str]) = match case.kind.as_str() {
        "coop" => ("content/coops/case.md", &["title: Case"]),
        "need" => ("content/needs/case.md", &["title: Case", "coop: acme", "kind: technical"]),
        "match" => ("content/matches/oven--looms.md", &["need: oven", "offer: looms"]),
        "call" => {
            ("content/calls/2026-11.md", &["start: 2026-11-25T16:00", "time_zone: Europe/London"])
        }
        "text" => ("content/pages/p.md", &["title: P"]),
        "site" => return Some(("site.yaml", Vec::new())),
        "topics" => return Some(("content/topics.yaml", Vec::new())),
        "files" => return None,
        other => panic!("what is `{other}`?"),
    };
    let is_written = |field: &&&str| {
        let name = &field[..=field.find(':').expect("a field")];
        case.kind != "text" && case.lines.iter().any(|line| line.starts_with(name))
    };
    let missing = required.iter().filter(|field| !is_written(field)).copied();
    let mut before: Vec<&str> = std::iter::once("---").chain(missing).collect();
    if case.kind == "text" {
        before.push("---");
    }
    Some((path, before))
}

/// Every file of the site with the mistake.
fn files(case: &Case) -> Files {
    let mut files: Files =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    if case.kind != "files" {
        files.insert("content/static/oven.png".into(), pixel());
    }
    if case.kind == "text" {
        files.insert("content/static/oven.pdf".into(), b"%PDF".to_vec());
        if case.lines.iter().any(|line| line.contains("(oven.png")) {
            files.insert("content/pages/oven.png".into(), pixel());
        }
    }
    match own_file(case) {
        Some((path, before)) => {
            let before = before.iter().map(|line| format!("{line}\n"));
            let mut text: String = before.collect();
            case.lines.iter().for_each(|line| text += &format!("{line}\n"));
            let needs_fence = path.ends_with(".md") && text.matches("---\n").count() < 2;
            text += if needs_fence { "---\nText.\n" } else { "" };
            files.insert(path.to_owned(), text.into_bytes());
        }
        None => {
            let mut path = None;
            for line in &case.lines {
                match line.strip_prefix("+ ") {
                    Some(new) => {
                        path = Some(new.to_owned());
                        files.insert(new.to_owned(), Vec::new());
                    }
                    None => {
                        let path = path.as_ref().expect("a path stands before the lines");
                        let bytes = files.get_mut(path).expect("it is begun");
                        match line.as_str() {
                            "(picture)" => *bytes = pixel(),
                            "(picture of 3 MB)" => *bytes = large_picture(),
                            _ => bytes.extend(format!("{line}\n").bytes()),
                        }
                    }
                }
            }
        }
    }
    files
}

/// A pixel with a long note in it.
fn large_picture() -> Vec<u8> {
    let mut png = pixel();
    let end = png.len() - 12;
    let note = vec![b'a'; 3 << 20];
    let length = u32::try_from(note.len()).expect("it fits").to_be_bytes();
    let chunk = [&length[..], b"tEXt", &note, &[0; 4]].concat();
    png.splice(end..end, chunk);
    png
}

/// All problems of a site, by place.
fn problems(files: &Files) -> Vec<Diagnostic> {
    let folder = Folder::new(&[]);
    files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
    let sources = disk::read(&folder.path(""), None).expect("the site can be read");
    let mut problems = Site { sources, ..Site::new(&[]) }.prepare().problems().to_vec();
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    problems
}

/// What a table says of these problems.
fn said(case: &Case, files: &Files, problems: &[Diagnostic]) -> String {
    let own = own_file(case);
    let each = problems.iter().map(|problem| {
        let (file, code) = (&*problem.place.file, problem.code.as_str());
        let bytes = files.get(file).map_or(&[][..], Vec::as_slice);
        let text = String::from_utf8_lossy(bytes);
        let (line, _) = line_and_column(&text, problem.place.span.start.min(text.len()));
        match &own {
            Some((path, before)) if *path == file => {
                format!("{code} {}", line as isize - before.len() as isize)
            }
            _ => format!("{code} {file}:{line}"),
        }
    });
    let all: Vec<String> = each.collect();
    if all.is_empty() { "fine".to_owned() } else { all.join("; ") }
}

#[test]
fn nothing_is_lost_or_shown_as_something_else_without_a_word() {
    let mut faults = Vec::new();
    assert!(CASES.len() >= 150, "{} cases", CASES.len());
    for (case, files, problems) in CASES.iter() {
        let said = said(case, files, problems);
        if said != case.said {
            let each =
                problems.iter().map(|it| format!("\n    {}\n      {:?}", it.message, it.hint));
            let each: String = each.collect();
            faults.push(format!(
                "{}\n  should be {}\n  but is    {said}{each}",
                case.name, case.said
            ));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), CASES.len(), faults.join("\n"));
}

#[test]
fn what_a_hint_says_to_write_is_right() {
    let of_case = |(case, files, before): &(Case, Files, Vec<Diagnostic>)| {
        let mended = before.iter().filter_map(|problem| Some((problem, follow(files, problem)?)));
        let mut faults = Vec::new();
        let mended: Vec<_> = mended.collect();
        for (problem, files) in &mended {
            let after = problems(files);
            let same = after.iter().filter(|it| it.code == problem.code).count();
            let is_gone = same < before.iter().filter(|it| it.code == problem.code).count();
            // What a gap leaves to be written is told, and said to be a gap.
            let is_at_gap = |it: &Diagnostic| it.message.contains('…');
            let is_error = |it: &&Diagnostic| it.severity() == Severity::Error && !is_at_gap(it);
            let errors = |of: &[Diagnostic]| of.iter().filter(is_error).count();
            let is_silent = problem.hint.as_deref().is_some_and(|hint| hint.contains("each `…`"))
                && !after.iter().any(|it| is_at_gap(it) || it.code == Code::MissingField);
            let is_worse = errors(&after)
                > errors(before).saturating_sub(usize::from(problem.severity() == Severity::Error));
            if !is_gone || is_worse || is_silent {
                let after: String =
                    after.iter().map(|it| format!("\n    {}", it.message)).collect();
                let hint = problem.hint.as_deref().unwrap_or_default();
                faults.push(format!("{}: {}\n  {hint}{after}", case.name, problem.message));
            }
        }
        (mended.len(), faults)
    };
    let each: Vec<(usize, Vec<String>)> = CASES.par_iter().map(of_case).collect();
    let followed: usize = each.iter().map(|(count, _)| count).sum();
    let faults: Vec<String> = each.into_iter().flat_map(|(_, faults)| faults).collect();
    assert!(faults.is_empty(), "{} of {followed}:\n{}", faults.len(), faults.join("\n"));
    assert!(followed >= 60, "only {followed} hints could be followed");
}

/// What is chosen in an editor is written by nobody else, so each choice alone has to mend its problem.
#[test]
fn what_an_editor_offers_to_write_is_right() {
    let of_case = |(case, files, before): &(Case, Files, Vec<Diagnostic>)| {
        let says_what = |it: &Diagnostic| {
            let forms = ["write `", "did you mean `", "leave it out"];
            it.fix.is_some()
                || it.hint.as_ref().is_some_and(|hint| forms.iter().any(|it| hint.starts_with(it)))
        };
        let Some((path, _)) = own_file(case).filter(|_| before.iter().any(says_what)) else {
            return (0, Vec::new());
        };
        let folder = Folder::new(&[]);
        files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
        let mut editor = Editor::new(&folder);
        let text = String::from_utf8_lossy(&files[path]).into_owned();
        editor.open(path, &text);
        editor.problems(path);
        let offered = editor.remedies(path, &text);
        editor.end();
        let mut faults = Vec::new();
        for (title, text) in &offered {
            let mut files = files.clone();
            files.insert(path.to_owned(), text.clone().into_bytes());
            let after = problems(&files);
            let is_error = |it: &&Diagnostic| it.severity() == Severity::Error;
            let errors = |of: &[Diagnostic]| of.iter().filter(is_error).count();
            if after.len() >= before.len() || errors(&after) > errors(before) {
                let after: String =
                    after.iter().map(|it| format!("\n    {}", it.message)).collect();
                faults.push(format!("{}: {title}{after}", case.name));
            }
        }
        (offered.len(), faults)
    };
    let each: Vec<(usize, Vec<String>)> = CASES.par_iter().map(of_case).collect();
    let offered: usize = each.iter().map(|(count, _)| count).sum();
    let faults: Vec<String> = each.into_iter().flat_map(|(_, faults)| faults).collect();
    assert!(faults.is_empty(), "{} of {offered}:\n{}", faults.len(), faults.join("\n"));
    assert!(offered >= 60, "only {offered} are offered");
}

#[test]
fn a_hint_carries_no_value_that_nobody_wrote() {
    let mut followed = 0;
    for (case, files, problems) in CASES.iter() {
        let wrote = case.lines.join("\n").to_lowercase();
        let wrote = if case.kind == "files" { texts(files) } else { wrote };
        for problem in problems {
            let about_fields = [Code::UnknownField, Code::WrongShape, Code::MissingField];
            let hint = problem.hint.as_deref().filter(|_| about_fields.contains(&problem.code));
            let Some((_, after)) = hint.and_then(|hint| hint.split_once("write `")) else {
                continue;
            };
            followed += 1;
            let written = after.split('`').step_by(2).next().expect("a first piece");
            for word in written.split(|it: char| !it.is_alphanumeric() && it != '_') {
                let is_theirs = wrote.contains(&word.to_lowercase())
                    || (word == "IE" && wrote.contains("ireland"))
                    || OF_FIELDS.contains(&word);
                assert!(is_theirs, "{}: `{word}` in {hint:?}", case.name);
            }
        }
    }
    assert!(followed >= 40, "only {followed} hints say what to write");
}

/// Names of fields, and words that one of them takes by the looks of what was written.
const OF_FIELDS: &[&str] = &[
    "",
    "about",
    "allow",
    "alt",
    "amount",
    "brand",
    "city",
    "closed",
    "contact",
    "coop",
    "coordinates",
    "country",
    "currency",
    "email",
    "EUR",
    "image",
    "label",
    "limit",
    "links",
    "logo",
    "needs",
    "offers",
    "phone",
    "place",
    "reason",
    "src",
    "start",
    "title",
    "turns",
    "type",
    "unit",
    "url",
    "value",
    "visibility",
    "what",
    "repository",
    "need",
    "offer",
    "sources",
    "T",
];

fn texts(files: &Files) -> String {
    let texts: Vec<_> = files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    texts.concat().to_lowercase()
}

/// The files after somebody has done just what a hint says, where that is to write or to call something
/// otherwise.
fn follow(files: &Files, problem: &Diagnostic) -> Option<Files> {
    let hint = problem.hint.as_deref()?;
    let said = |before: &str| {
        let (_, after) = hint.split_once(before)?;
        Some(after.split_once('`')?.0)
    };
    let (file, span) = (&*problem.place.file, problem.place.span);
    let mut mended = files.clone();
    let bytes = mended.remove(file)?;
    if span.is_empty() && span.start == 0 {
        let (folder, _) = file.rsplit_once('/').unwrap_or(("", file));
        let named = said("call it `").map(|id| format!("{folder}/{id}.md"));
        let path = named.or_else(|| said("did you mean `").map(str::to_owned))?;
        let other = mended.insert(path.clone(), bytes);
        assert!(other.is_none(), "`{hint}` destroys {path}");
        return Some(mended);
    }
    let text = String::from_utf8(bytes).ok()?;
    let written = [
        "write `",
        "write it like `",
        "did you mean `",
        "call it `",
        "alone: `",
        "in quotes: `",
        "brackets: `",
    ];
    let written = written.iter().find_map(|before| said(before)).filter(|it| *it != "---")?;
    let (start, end) = place_of(&text, span.start, span.end, written, problem)?;
    let text = format!("{}{written}{}", &text[..start], &text[end..]);
    mended.insert(file.to_owned(), text.into_bytes());
    Some(mended)
}

/// What is replaced by what a hint says: what it points to; of a field that is written whole, its line; of a link,
/// its address.
fn place_of(
    text: &str,
    start: usize,
    end: usize,
    written: &str,
    problem: &Diagnostic,
) -> Option<(usize, usize)> {
    let pointed = &text[start..end];
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let name = written.split_once(": ").map(|(name, _)| name);
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let is_body = text[..start].matches("---\n").count() >= 2;
    if name.is_some_and(is_name) && !is_body {
        // Within brackets the field is cut out by hand; nothing here needs it.
        let line = &text[line_start..line_end];
        return (!line.contains('{') || line.starts_with(name?)).then_some((line_start, line_end));
    }
    if is_body {
        let target = problem.message.split('`').nth(3)?;
        let from = if written.starts_with('#') { target.find('#')? } else { 0 };
        let at = start + pointed.find(target)?;
        return Some((at + from, at + target.len()));
    }
    let whole = match pointed {
        "{" | "[" => &text[start..line_end],
        pointed => pointed,
    };
    Some((start, start + whole.len()))
}
