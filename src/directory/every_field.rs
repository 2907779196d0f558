//! Puts something right and something wrong into every field of every table, so that a table says what reading does.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::record::EntryKind;
use crate::content::schema::{self, Field, Shape, Table};
use crate::content::source::{Asset, Sources};
use crate::content::{self, SITE_FILE, TOPICS_FILE};
use crate::diagnostic::Severity;

/// What the examples of the tables name.
const AROUND: [(&str, &str); 9] = [
    (SITE_FILE, "title: T\ntopics: {starter: false}\ncalls: {id: monthly, title: Monthly call}\n"),
    (TOPICS_FILE, "textiles: {label: {en: Textiles}}\ncraft: {label: {en: Craft}}\n"),
    ("content/coops/example-weavers.md", "---\ntitle: Example Weavers\n---\n"),
    ("content/coops/example-bakers.md", "---\ntitle: Example Bakers\n---\n"),
    ("content/coops/example-network.md", "---\ntitle: Example Network\nform: network\n---\n"),
    (
        "content/needs/looms-for-a-course.md",
        "---\ntitle: Looms\ncoop: example-bakers\nkind: human\n---\n",
    ),
    (
        "content/offers/looms-to-lend.md",
        "---\ntitle: Looms to lend\ncoop: example-weavers\nkind: human\n---\n",
    ),
    ("content/calls/2026-11.md", "---\nstart: 2026-11-25T16:00\n---\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\n"),
];

/// The errors in a file that says this.
fn errors(path: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    for (path, text) in AROUND.into_iter().chain([(path, text)]) {
        sources.texts.insert(path.into(), text.into());
    }
    let pictures = ["content/static/logo.svg", "content/coops/loom.jpg"].into_iter();
    let beside = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/loom.jpg"));
    let pictures = pictures.map(str::to_owned).chain(beside);
    let assets: BTreeMap<Arc<str>, Asset> =
        pictures.map(|path| (path.as_str().into(), Asset::named(&path))).collect();
    let records = content::parse(&sources, None);
    let (_, problems) = super::resolve(&records, &assets);
    let errors = problems.into_iter().filter(|it| it.severity() == Severity::Error);
    errors.map(|it| it.message).collect()
}

/// Fields in braces: those that must be there, and this one with a value.
fn braces(table: &Table, field: &Field, value: &str) -> String {
    format!("{{{}}}", lines(table, field, value).join(", "))
}

fn lines(table: &Table, field: &Field, value: &str) -> Vec<String> {
    let others = table.fields().filter(|it| it.is_required && it.name != field.name);
    let others = others.map(|it| format!("{}: {}", it.name, example(it)));
    others.chain([format!("{}: {value}", field.name)]).collect()
}

/// A value that a field takes.
fn example(field: &Field) -> String {
    match (field.example, field.shape.table()) {
        ("", Some(table)) => {
            let first = table.fields().find(|it| it.is_required).or(table.fields().next());
            let first = first.expect("a table has fields");
            braces(table, first, &example(first))
        }
        (example, _) if matches!(field.shape, Shape::List(_)) => example.to_owned(),
        // On one line with others a text needs quotes.
        (example, _) if example.starts_with(['{', '[', '"']) => example.to_owned(),
        (example, _) => format!("\"{example}\""),
    }
}

/// Looks at a field of a table, and at those within it. `whole` makes the text of a file of lines.
fn look(
    path: &str,
    table: &'static Table,
    field: &'static Field,
    whole: &dyn Fn(Vec<String>) -> String,
) {
    let file = |value: &str| whole(lines(table, field, value));
    let name = field.name;
    assert_eq!(errors(path, &file(&example(field))), [""; 0], "{path}: the example of `{name}`");
    let wrong = errors(path, &file("{nobody: [[knows, this], that]}"));
    assert!(!wrong.is_empty(), "{path}: nobody reads `{name}`");
    let Some(inner) = field.shape.table() else { return };
    for part in inner.fields() {
        let outer = |inside: Vec<String>| file(&format!("{{{}}}", inside.join(", ")));
        look(path, inner, part, &outer);
    }
}

#[test]
fn every_field_is_read_as_its_table_says() {
    for kind in EntryKind::ALL {
        let table = schema::of_kind(kind);
        let path = match kind {
            EntryKind::Match => "content/matches/looms-for-a-course--looms-to-lend.md".to_owned(),
            kind => format!("content/{}/case.md", kind.folder()),
        };
        let whole = |lines: Vec<String>| format!("---\n{}\n---\nSome words.\n", lines.join("\n"));
        for field in table.fields() {
            look(&path, table, field, &whole);
        }
    }
    let whole = |lines: Vec<String>| {
        let topics = "topics: {starter: false}".to_owned();
        let is_said = lines.iter().any(|line| line.starts_with("topics:"));
        let all = lines.into_iter().chain((!is_said).then_some(topics));
        all.collect::<Vec<_>>().join("\n")
    };
    for field in schema::SITE.fields() {
        look(SITE_FILE, &schema::SITE, field, &whole);
    }
    let whole = |lines: Vec<String>| {
        format!("textiles: {{}}\ncraft: {{}}\ncase: {{{}}}\n", lines.join(", "))
    };
    for field in schema::TOPIC.fields() {
        look(TOPICS_FILE, &schema::TOPIC, field, &whole);
    }
}
