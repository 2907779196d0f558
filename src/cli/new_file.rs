//! The file of a new entry: its fields, with a gap and a word of help for each that its author has to fill in.

use crate::content::gap::GAP;
use crate::content::record::EntryKind;
use crate::content::schema::{self, Field, Shape, words};
use crate::content::values::list;

/// So many words are named beside a gap.
const SHOWN: usize = 5;

/// The front matter of a new file: each field with its value; what has none is a gap.
pub(super) fn front(kind: EntryKind, fields: &[(&str, Option<&str>)]) -> String {
    let table = schema::of_kind(kind);
    let lines = fields.iter().map(|(name, value)| {
        let field = table.find(name).expect("a new file has only fields of its kind");
        line(field, *value)
    });
    format!("---\n{}---\n", lines.collect::<String>())
}

fn line(field: &Field, value: Option<&str>) -> String {
    let is_list = matches!(field.shape, Shape::List(_) | Shape::Items(_));
    let written = match value {
        Some(value) => format!("{}: {value}", field.name),
        None if is_list => format!("{}: []", field.name),
        None => format!("{}:", field.name),
    };
    let is_open = value.is_none_or(|value| value == GAP);
    match help(field) {
        help if help.is_empty() || !(is_open || matches!(field.shape, Shape::Choice(_))) => {
            format!("{written}\n")
        }
        help => format!("{written:<20} # {help}\n"),
    }
}

/// What goes into a field: what its table says, or else the words that it takes.
fn help(field: &Field) -> String {
    match field.shape {
        _ if !field.prompt.is_empty() => field.prompt.to_owned(),
        Shape::Choice(choices) if choices.len() > SHOWN + 1 => {
            format!("{}, …", words(&choices[..SHOWN]).join(", "))
        }
        Shape::Choice(choices) => list(&words(choices)).replace('`', ""),
        Shape::List(Shape::Choice(choices)) => words(choices).join(", "),
        _ => String::new(),
    }
}
