//! What would mend a problem, where its hint says just what to write.
//!
//! Hints say it in a few forms, which tests follow for every mistake that they know: "did you mean `…`?", "write `…`" and
//! "leave it out".

use std::cell::OnceCell;
use std::ops::Range;

use crate::content::added_fields;
use crate::content::front_matter;
use crate::content::gap::GAP;
use crate::content::record;
use crate::content::yaml::{Node, Value};
use crate::content::{SITE_FILE, TOPICS_FILE};
use crate::diagnostic::{Code, Diagnostic, Fix};

/// A change of one text that somebody can choose.
#[derive(Debug)]
pub(crate) struct Remedy {
    /// What it does.
    pub title: String,
    /// What it puts in the place of a part of the text.
    pub place: Range<usize>,
    pub new: String,
}

/// Forms of hints behind which the right text stands.
const FORMS: [&str; 3] = ["write `", "did you mean `", "in quotes: `"];

/// A file whose problems are to be mended. It is read once, however many there are.
pub(crate) struct Mending<'a> {
    path: &'a str,
    text: &'a str,
    fields: OnceCell<Option<(Range<usize>, Node)>>,
}

impl<'a> Mending<'a> {
    /// A file by its path and text.
    pub(crate) fn new(path: &'a str, text: &'a str) -> Mending<'a> {
        Mending { path, text, fields: OnceCell::new() }
    }

    /// Where its fields stand, and what is read there.
    fn fields(&self) -> Option<&(Range<usize>, Node)> {
        self.fields.get_or_init(|| fields(self.path, self.text)).as_ref()
    }

    /// What would mend a problem of this file; nothing where somebody has to think.
    pub(crate) fn remedies(&self, problem: &Diagnostic) -> Vec<Remedy> {
        remedies(problem, self)
    }
}

fn remedies(problem: &Diagnostic, file: &Mending<'_>) -> Vec<Remedy> {
    let text = file.text;
    if let Some(Fix::Fields(fields)) = &problem.fix {
        return added(problem, text, fields).into_iter().collect();
    }
    let Some(hint) = &problem.hint else { return Vec::new() };
    let span = problem.place.span;
    if span.is_empty() || span.end > text.len() || !text.is_char_boundary(span.start) {
        return Vec::new();
    }
    if hint.starts_with("leave it out") && problem.code == Code::UnknownField {
        return left_out(problem, file).into_iter().collect();
    }
    let form = FORMS.into_iter().find(|form| hint.starts_with(form));
    let Some(form) = form else { return Vec::new() };
    let told = &hint[form.len() - 1..];
    if let Some(two) = two_fields(told) {
        return both(problem, file, two).into_iter().collect();
    }
    let made = alternatives(told).into_iter().filter_map(|new| instead(problem, file, new));
    made.collect()
}

/// The texts between backticks of which one is to be chosen: `` `a`, `b` or `c` ``.
fn alternatives(told: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = told;
    while let Some(after) = rest.strip_prefix('`') {
        let Some((new, after)) = after.split_once('`') else { break };
        found.push(new);
        rest = match after.strip_prefix(", ").or_else(|| after.strip_prefix(" or ")) {
            Some(next) => next.trim_start_matches("or "),
            None => break,
        };
    }
    found
}

/// Two fields that stand for one together: `` `type: email` and `value: a@b.example` ``.
fn two_fields(told: &str) -> Option<(&str, &str)> {
    let (first, rest) = told.strip_prefix('`')?.split_once('`')?;
    let (second, _) = rest.strip_prefix(" and `")?.split_once('`')?;
    Some((first, second))
}

/// Two fields in the place of one, between its brackets or each on a line.
fn both(problem: &Diagnostic, file: &Mending<'_>, (first, second): (&str, &str)) -> Option<Remedy> {
    if second.contains(GAP) {
        return None;
    }
    let (text, (_, root)) = (file.text, file.fields()?);
    let at = problem.place.span.start;
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let between = match text[mapping_of(root, at)?.span.start..].starts_with('{') {
        true => ", ".to_owned(),
        false => format!("\n{}", " ".repeat(column)),
    };
    let new = format!("{first}{between}{second}");
    let place = in_fields(problem, text, root, first)?;
    Some(Remedy { title: format!("Write `{first}` and `{}`", shortened(second)), place, new })
}

/// The mapping in which a name begins at a byte.
fn mapping_of(node: &Node, at: usize) -> Option<&Node> {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(key, _)| key.span.start == at) => Some(node),
        Value::Map(entries) => entries.iter().find_map(|(_, value)| mapping_of(value, at)),
        Value::List(items) => items.iter().find_map(|item| mapping_of(item, at)),
        Value::Text(_) | Value::Null => None,
    }
}

/// A text in the place of what is wrong.
fn instead(problem: &Diagnostic, file: &Mending<'_>, new: &str) -> Option<Remedy> {
    if new.contains(GAP) || new == "---" {
        return None;
    }
    let (text, span) = (file.text, problem.place.span);
    let place = match file.fields() {
        Some((part, root)) if part.contains(&span.start) => in_fields(problem, text, root, new)?,
        _ => in_a_text(problem, text, new)?,
    };
    Some(Remedy { title: format!("Write `{}`", shortened(new)), place, new: new.to_owned() })
}

/// Where the fields of a file stand, and what is read there.
fn fields(path: &str, text: &str) -> Option<(Range<usize>, Node)> {
    if [SITE_FILE, TOPICS_FILE].contains(&path) {
        let (node, _) = record::read_yaml(&path.into(), text);
        return Some((0..text.len(), node));
    }
    let front = front_matter::split(text).front;
    let read = record::read(&path.into(), &text.into())?;
    Some((front.start..front.end, read.front))
}

/// What is replaced among fields: what is pointed to; a field that is written whole; a value of which only the first sign
/// is pointed to.
fn in_fields(problem: &Diagnostic, text: &str, root: &Node, new: &str) -> Option<Range<usize>> {
    let span = problem.place.span;
    let name = new.split_once(": ").map(|(name, _)| name);
    let is_name = |name: &str| name.chars().all(|it| it.is_ascii_lowercase() || it == '_');
    if name.is_some_and(is_name) {
        return whole_field(root, span.start).map(|(field, _)| field).filter(|field| {
            // A field of several lines is taken out by its author, who may have notes in it.
            !text[field.clone()].contains('\n')
        });
    }
    match &text[span.start..span.end] {
        "[" | "{" | "-" => node_at(root, span.start).map(|node| node.span.start..node.span.end),
        _ => Some(span.start..span.end),
    }
}

/// What is replaced in a text: the address of a link, or what is pointed to as a whole.
fn in_a_text(problem: &Diagnostic, text: &str, new: &str) -> Option<Range<usize>> {
    let span = problem.place.span;
    let pointed = &text[span.start..span.end];
    if new.starts_with("[[") || new.starts_with("[^") {
        return pointed.starts_with(&new[..2]).then_some(span.start..span.end).filter(|_| {
            // Words of its own would be lost.
            !pointed.contains('|')
        });
    }
    let target = problem.message.split('`').nth(3)?;
    let from = if new.starts_with('#') { target.find('#')? } else { 0 };
    let at = span.start + pointed.find(target)?;
    Some(at + from..at + target.len())
}

/// A field that the site has no use for, with the lines in which it stands.
fn left_out(problem: &Diagnostic, file: &Mending<'_>) -> Option<Remedy> {
    let (text, (_, root)) = (file.text, file.fields()?);
    let (field, is_in_lines) = whole_field(root, problem.place.span.start)?;
    if !is_in_lines {
        return None;
    }
    let start = text[..field.start].rfind('\n').map_or(0, |newline| newline + 1);
    if !text[start..field.start].trim().is_empty() {
        return None;
    }
    let end = match text[..field.end].ends_with('\n') {
        true => field.end,
        false => text[field.end..].find('\n').map_or(text.len(), |newline| field.end + newline + 1),
    };
    let title =
        format!("Leave out `{}`", shortened(text[field].lines().next().unwrap_or_default()));
    Some(Remedy { title, place: start..end, new: String::new() })
}

/// The field whose name begins at a byte, with its value, and whether it stands on lines of its own.
fn whole_field(node: &Node, at: usize) -> Option<(Range<usize>, bool)> {
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|(key, value)| {
            if key.span.start == at {
                let end = value.span.end.max(key.span.end);
                let end = if value.value == Value::Null { key.span.end + 1 } else { end };
                return Some((at..end, true));
            }
            whole_field(value, at)
        }),
        Value::List(items) => items.iter().find_map(|item| whole_field(item, at)),
        Value::Text(_) | Value::Null => None,
    }
}

/// The list or mapping that begins at a byte.
fn node_at(node: &Node, at: usize) -> Option<&Node> {
    if node.span.start == at && matches!(node.value, Value::List(_) | Value::Map(_)) {
        return Some(node);
    }
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|(_, value)| node_at(value, at)),
        Value::List(items) => items.iter().find_map(|item| node_at(item, at)),
        Value::Text(_) | Value::Null => None,
    }
}

/// Fields that the program can add itself, as the smallest change of the text.
fn added(problem: &Diagnostic, text: &str, fields: &[(&'static str, String)]) -> Option<Remedy> {
    let read = record::read(&problem.place.file, &text.into())?;
    let new = added_fields::with_added(text, &read.front, "start", fields)?;
    let same = |(one, other): &(char, char)| one == other;
    let first: usize =
        text.chars().zip(new.chars()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
    let (rest, new_rest) = (&text[first..], &new[first..]);
    let last = rest.chars().rev().zip(new_rest.chars().rev()).take_while(same);
    let last: usize = last.map(|(it, _)| it.len_utf8()).sum();
    let lines = problem.fix.as_ref().map(Fix::lines).unwrap_or_default();
    Some(Remedy {
        title: format!("Add `{}`", lines.join("`, `")),
        place: first..text.len() - last,
        new: new_rest[..new_rest.len() - last].to_owned(),
    })
}

/// So many letters of what is written stand in a title.
const SHOWN: usize = 60;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
