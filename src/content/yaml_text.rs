//! Writes YAML: fields and values that a command adds to a file, as a person would have written them.
//!
//! What is written reads back as the same tree (see [`super::yaml`]).

use super::yaml::{Key, Node, Value};
use crate::characters;
use crate::diagnostic::Span;

/// Longer texts are folded, and longer lists get a line for each item.
const WIDTH: usize = 100;

/// One field with its value, as lines of their own.
pub(crate) fn field(name: &str, value: &Value) -> String {
    let mut text = String::new();
    write_field(name, value, 0, &mut text);
    text
}

pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub(crate) fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let key = |name: &str| Key { span: Span::default(), name: name.to_owned() };
    Value::Map(fields.into_iter().map(|(name, value)| (key(name), node(value))).collect())
}

/// A value that stands nowhere yet.
pub(crate) fn node(value: Value) -> Node {
    Node { span: Span::default(), value }
}

/// The lines of a field whose name begins at a column.
pub(crate) fn field_at(name: &str, value: &Value, column: usize) -> String {
    let mut text = " ".repeat(column);
    write_field(name, value, column, &mut text);
    text
}

/// The lines of an item of a list whose hyphen stands in a column.
pub(crate) fn item_at(value: &Value, column: usize) -> String {
    format!("{}-{}", " ".repeat(column), after_hyphen(value, column))
}

/// What follows the colon of a field that begins at a column.
pub(crate) fn after_colon(value: &Value, column: usize) -> String {
    let mut text = String::new();
    write_value(value, column, column, &mut text);
    text
}

/// What follows a hyphen that stands in a column.
pub(crate) fn after_hyphen(value: &Value, column: usize) -> String {
    let mut text = String::new();
    write_item(value, column + 2, &mut text);
    text
}

/// A value in brackets or between them, however long it is.
pub(crate) fn in_brackets(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Text(text) => in_line(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|it| in_brackets(&it.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(fields) => {
            let field = |(key, it): &(Key, Node)| {
                format!("{}: {}", in_line(&key.name), in_brackets(&it.value))
            };
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a value in brackets that begin at a column is no longer than a line should be.
pub(crate) fn fits_in_line(value: &Value, column: usize) -> bool {
    column + in_brackets(value).chars().count() <= WIDTH
}

/// A text in quotes of a kind; `None` where it is too long for one line, or cannot stand in them.
pub(crate) fn in_quotes(text: &str, quote: char) -> Option<String> {
    let text = &*characters::harmless(text);
    let fits = text.chars().count() <= WIDTH && !text.contains(is_special);
    match quote {
        '"' if fits => Some(in_double_quotes(text)),
        '\'' if fits => Some(format!("'{}'", text.replace('\'', "''"))),
        _ => None,
    }
}

fn write_field(name: &str, value: &Value, indent: usize, out: &mut String) {
    out.push_str(&scalar(name, true));
    out.push(':');
    write_value(value, indent, indent + name.len(), out);
}

/// What follows the colon of a field, whose line has `taken` letters so far.
fn write_value(value: &Value, indent: usize, taken: usize, out: &mut String) {
    match value {
        Value::Null => out.push('\n'),
        Value::Text(text) => write_text(text, indent + 2, out),
        Value::List(_) | Value::Map(_) => match in_one_line(value) {
            Some(line) if taken + line.len() < WIDTH => {
                out.push_str(&format!(" {line}\n"));
            }
            _ => {
                out.push('\n');
                write_block(value, indent + 2, out);
            }
        },
    }
}

/// A list or a mapping that is not empty, on lines of its own.
fn write_block(value: &Value, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Value::Null | Value::Text(_) => {}
        Value::Map(fields) => {
            for (key, value) in fields {
                out.push_str(&margin);
                write_field(&key.name, &value.value, indent, out);
            }
        }
        Value::List(items) => {
            for item in items {
                out.push_str(&margin);
                out.push('-');
                write_item(&item.value, indent + 2, out);
            }
        }
    }
}

fn write_item(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str(" ~\n"),
        Value::Text(text) => write_text(text, indent, out),
        Value::Map(fields) if !fields.is_empty() => {
            let mut block = String::new();
            write_block(value, indent, &mut block);
            out.push_str(&format!(" {}", block.trim_start_matches(' ')));
        }
        Value::List(_) | Value::Map(_) => {
            let line = in_one_line(value);
            match line {
                Some(line) => out.push_str(&format!(" {line}\n")),
                None => {
                    out.push('\n');
                    write_block(value, indent, out);
                }
            }
        }
    }
}

/// What follows a colon or a hyphen: a text in its line, or folded below it.
fn write_text(text: &str, indent: usize, out: &mut String) {
    let lines = text.split('\n').collect::<Vec<_>>();
    let is_plain = |line: &&str| line.trim() == *line && !line.contains(is_special);
    let folds = lines.iter().all(|line| is_plain(line) && !line.contains("  "));
    let margin = " ".repeat(indent);
    if folds && lines.len() == 1 && indent + text.chars().count() > WIDTH && text.contains(' ') {
        out.push_str(" >-\n");
        for line in wrap(text, WIDTH.saturating_sub(indent).max(40)) {
            out.push_str(&format!("{margin}{line}\n"));
        }
    } else if folds && lines.len() > 1 && lines.iter().all(|line| !line.is_empty()) {
        out.push_str(" |-\n");
        lines.iter().for_each(|line| out.push_str(&format!("{margin}{line}\n")));
    } else {
        out.push_str(&format!(" {}\n", scalar(text, false)));
    }
}

/// Lines of at most so many characters, cut at spaces; longer words have a line of their own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `[a, b]`, where that is all single words, or `{a: b}`, where that is all short texts.
fn in_one_line(value: &Value) -> Option<String> {
    let short = |node: &Node| match &node.value {
        Value::Text(text) if text.len() <= 60 => Some(scalar(text, true)),
        _ => None,
    };
    let word = |node: &Node| short(node).filter(|it| !it.contains(' '));
    match value {
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(word).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Map(fields) => {
            let fields: Option<Vec<String>> = fields
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", scalar(&key.name, true), short(value)?)))
                .collect();
            Some(format!("{{{}}}", fields?.join(", ")))
        }
        Value::Null | Value::Text(_) => None,
    }
}

/// A text as it is written within brackets or braces.
pub(crate) fn in_line(text: &str) -> String {
    scalar(text, true)
}

/// A text in one line: as it is where YAML reads it so, else in quotes. In lists and mappings of one
/// line, some more signs need them.
fn scalar(text: &str, in_line: bool) -> String {
    let text = &*characters::harmless(text);
    let starts_well = text.starts_with(|c: char| c.is_alphanumeric());
    let ends_well = !text.ends_with([' ', ':']);
    let is_null = matches!(text, "null" | "Null" | "NULL");
    let breaks = text.contains(": ") || text.contains(" #") || text.contains(is_special);
    let breaks_lines = in_line && text.contains([',', '[', ']', '{', '}', ':', '"', '\'']);
    match starts_well && ends_well && !is_null && !breaks && !breaks_lines {
        true => text.to_owned(),
        false => in_double_quotes(text),
    }
}

fn in_double_quotes(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON, and JSON is YAML")
}

/// White space that YAML reads as something else, and characters that cannot stand in it as they are.
fn is_special(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::yaml;

    fn bare(node: &Node) -> Value {
        match &node.value {
            Value::List(items) => {
                Value::List(items.iter().map(|it| self::node(bare(it))).collect())
            }
            Value::Map(fields) => {
                let fields = fields.iter().map(|(key, value)| {
                    let key = Key { span: Span::default(), name: key.name.clone() };
                    (key, self::node(bare(value)))
                });
                Value::Map(fields.collect())
            }
            other => other.clone(),
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,9}( [a-z:#,'\"\\[\\]{}&*!|>%@`-]{1,9}){0,3}",
            "[ -~]{0,40}",
            "[a-zé \n]{0,300}",
            any::<String>(),
        ]
        .prop_map(|text| characters::harmless(&text).replace('\r', ""))
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![9 => any_text().prop_map(Value::Text), 1 => Just(Value::Null)];
        leaf.prop_recursive(3, 20, 5, |inner| {
            let list = prop::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| Value::List(items.into_iter().map(node).collect()));
            let fields = prop::collection::btree_map("[a-z_]{1,8}", inner, 0..5)
                .prop_map(|fields| map(fields.iter().map(|(k, v)| (k.as_str(), v.clone()))));
            prop_oneof![list, fields]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in any_value()) {
            let written = field("k", &value);
            let (read, problems) = yaml::parse(&written, 0);
            prop_assert_eq!(problems, vec![], "{}", written);
            let Value::Map(fields) = &read.value else { panic!("{written}") };
            // An empty mapping in one line is one that says nothing.
            prop_assert_eq!(bare(&fields[0].1), value, "{}", written);
        }
    }

    #[test]
    fn it_looks_as_if_a_person_had_written_it() {
        let turn = map([
            ("coop", text("agaric")),
            ("about", text("word ".repeat(30).trim())),
            ("needs", Value::List(["wheat", "rye"].map(|it| node(text(it))).into())),
            ("delegate", map([("name", text("Ana: Example")), ("consent", text("true"))])),
        ]);
        let written = field("turns", &Value::List(vec![node(turn)]));
        let line = |count: usize| vec!["word"; count].join(" ");
        let expected = format!(
            "turns:\n  - coop: agaric\n    about: >-\n      {}\n      {}\n    needs: [wheat, rye]\n    \
             delegate: {{name: \"Ana: Example\", consent: true}}\n",
            line(19),
            line(11)
        );
        assert_eq!(written, expected);
    }
}
