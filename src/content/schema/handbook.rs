//! Holds the tables of the handbook's page of fields to the tables here. `UPDATE=1 cargo test` writes them anew.

#![expect(clippy::disallowed_methods, reason = "tests look at the handbook, and write it")]

use std::path::Path;

use super::field::{Field, Shape, Table, words};
use super::{SITE, TOPIC, of_kind};
use crate::content::record::EntryKind;
use crate::content::values::list;

const PAGE: &str = "content/pages/handbook/fields.md";

const EVERY_ENTRY: &str = "## Every entry";

/// The line below which each table stands, and its fields.
fn sections() -> Vec<(&'static str, Vec<&'static Field>)> {
    let all = |table: &'static Table| table.fields().collect::<Vec<_>>();
    let own = |kind| of_kind(kind).groups[0].iter().collect::<Vec<_>>();
    let within = |table: &'static Table, name: &str| {
        let field = table.find(name).expect("a field of that name");
        all(field.shape.table().expect("it has fields of its own"))
    };
    let (coop, call) = (of_kind(EntryKind::Coop), of_kind(EntryKind::Call));
    let need = of_kind(EntryKind::Need);
    let of_need = need.groups[1].iter().chain(need.groups[0]);
    let of_offer = own(EntryKind::Offer).into_iter().filter(|it| need.find(it.name).is_none());
    vec![
        (EVERY_ENTRY, all(of_kind(EntryKind::Page))),
        ("### In `image`", within(coop, "image")),
        ("### In `links`", within(coop, "links")),
        ("### In `sources`", within(coop, "sources")),
        ("## Coops", own(EntryKind::Coop)),
        ("## Contacts", within(coop, "contact")),
        ("## Needs and offers", of_need.collect()),
        ("An offer has one field more:", of_offer.collect()),
        ("## Matches", own(EntryKind::Match)),
        ("## Calls", own(EntryKind::Call)),
        ("### In `turns`", within(call, "turns")),
        ("### In `matches` of a call", within(call, "matches")),
        ("### In `actions`", within(call, "actions")),
        ("## The settings: `site.yaml`", all(&SITE)),
        ("### In `brand`", within(&SITE, "brand")),
        ("### In `edit`", within(&SITE, "edit")),
        ("### In `topics`", within(&SITE, "topics")),
        ("### In `guard`", within(&SITE, "guard")),
        ("### In `search`", within(&SITE, "search")),
        ("### In `matching`", within(&SITE, "matching")),
        ("### In `calls`", within(&SITE, "calls")),
        ("## The vocabulary: `content/topics.yaml`", all(&TOPIC)),
    ]
}

const HEAD: &str = "| field | what it is | example |\n|---|---|---|\n";

fn row(field: &Field, but_for: &str) -> String {
    let example = match field.example {
        "" => String::new(),
        example => format!("`{}: {example}` ", field.name),
    };
    format!("| `{}` | {} | {example}|\n", field.name, what(field, but_for))
}

/// What it is, the words that it takes, and whether it must be there; `but_for` these kinds it need not.
fn what(field: &Field, but_for: &str) -> String {
    let words = match field.shape {
        Shape::Choice(choices) | Shape::List(&Shape::Choice(choices)) => words(choices),
        _ => Vec::new(),
    };
    // What stands below the table, or is said by the purpose itself, is not said twice.
    let is_told = field.purpose.ends_with("see below") || field.purpose.contains("`lunr`");
    let with_default = |word: &&str| match *word == field.default {
        true => format!("`{word}` (if absent)"),
        false => format!("`{word}`"),
    };
    let words = match (field.default, words.as_slice()) {
        (_, []) => String::new(),
        _ if is_told => String::new(),
        ("", words) => list(words),
        (_, words) => words.iter().map(with_default).collect::<Vec<_>>().join(", "),
    };
    let default = match (words.as_str(), field.default) {
        ("", default) if !default.is_empty() && !is_told => format!("; `{default}` if absent"),
        _ => String::new(),
    };
    let colon = if words.is_empty() || field.purpose.is_empty() { "" } else { ": " };
    let what = format!("{}{colon}{words}{default}", field.purpose);
    let required = match (field.is_required, but_for) {
        (true, "") => "; **required**".to_owned(),
        (true, kinds) => format!("; **required**, but for {kinds}"),
        (false, _) => String::new(),
    };
    let whole = format!("{what}{required}");
    whole.trim_start_matches("; ").replace('|', "\\|")
}

/// The kinds of entry that need not have a field which others must have.
fn free(field: &Field) -> String {
    let is_free =
        |kind: &&EntryKind| of_kind(**kind).find(field.name).is_some_and(|it| !it.is_required);
    let names: Vec<&str> =
        EntryKind::ALL.iter().filter(is_free).map(|kind| kind.folder()).collect();
    names.join(" and ")
}

/// The page with each table as it should be.
fn written_anew(page: &str) -> String {
    let mut rest = page;
    let mut whole = String::new();
    for (line, fields) in sections() {
        let at = rest.find(&format!("\n{line}\n")).unwrap_or_else(|| panic!("{line} is missing"));
        let head = at + rest[at..].find(HEAD).expect("a table") + HEAD.len();
        let end = head + rest[head..].find("\n\n").map_or(rest.len() - head, |end| end + 1);
        whole.push_str(&rest[..head]);
        let is_of_all = line == EVERY_ENTRY;
        let but_for = |field: &Field| if is_of_all { free(field) } else { String::new() };
        whole.extend(fields.iter().map(|field| row(field, &but_for(field))));
        rest = &rest[end..];
    }
    whole + rest
}

#[test]
fn the_handbook_tells_of_every_field() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).expect("the handbook's page of fields");
    let expected = written_anew(&page);
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") && page != expected {
        return std::fs::write(&path, &expected).expect("the page can be written");
    }
    for (line, expected) in page.lines().zip(expected.lines()) {
        assert_eq!(line, expected, "`UPDATE=1 cargo test` writes the tables of {PAGE} anew");
    }
    assert_eq!(page.lines().count(), expected.lines().count());
}
