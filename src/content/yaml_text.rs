//! Writes YAML: the fields that a command adds to a file, as a person would have written them.
//!
//! What is written reads back as the same tree (see [`super::yaml`]).

use super::front_matter;
use super::record::Record;
use super::yaml::{Node, Value};
use crate::characters;
use crate::diagnostic::Span;

/// Longer texts are folded, and longer lists get a line for each item.
const WIDTH: usize = 100;

/// One field with its value, as lines of their own.
pub fn field(name: &str, value: &Value) -> String {
    let mut text = String::new();
    write_field(name, value, 0, &mut text);
    text
}

/// A text.
pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

/// A list of texts.
pub fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Value {
    Value::List(texts.into_iter().map(|it| node(text(it))).collect())
}

/// A mapping.
pub fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let key = |name: &str| super::yaml::Key { span: Span::default(), name: name.to_owned() };
    Value::Map(fields.into_iter().map(|(name, value)| (key(name), node(value))).collect())
}

/// A value that stands nowhere yet.
pub fn node(value: Value) -> Node {
    Node { span: Span::default(), value }
}

/// The file of a record with other values for some of its fields; fields that are not there yet come
/// last. All other lines stay as they are, comments too. `None` where a field does not begin a line.
pub fn with_fields(file: &str, record: &Record, changes: &[(&str, Value)]) -> Option<String> {
    let front = front_matter::split(file).front;
    let fields = match &record.front.value {
        Value::Map(fields) => fields.as_slice(),
        _ => &[],
    };
    let mut out = String::with_capacity(file.len() * 2);
    let mut at = front.start;
    out.push_str(&file[..at]);
    for (position, (key, value)) in fields.iter().enumerate() {
        if !file[..key.span.start].ends_with('\n') {
            return None;
        }
        out.push_str(&file[at..key.span.start]);
        at = fields.get(position + 1).map_or(front.end, |(next, _)| next.span.start);
        let written = &file[key.span.start..at];
        match changes.iter().find(|(name, _)| *name == key.name) {
            None => out.push_str(written),
            Some((name, new)) => {
                let (comments, rest) = comments(written, key.span.start, value);
                out.push_str(&comments);
                out.push_str(&field(name, new));
                out.push_str(rest);
            }
        }
    }
    out.push_str(&file[at..front.end]);
    for (name, value) in changes {
        if !fields.iter().any(|(key, _)| key.name == *name) {
            out.push_str(&field(name, value));
        }
    }
    out.push_str(&file[front.end..]);
    Some(out)
}

/// The comments among the lines of a field, and those below its last line, which belong to what follows.
fn comments<'a>(written: &'a str, start: usize, value: &Node) -> (String, &'a str) {
    let is_comment = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let mut tail = written.len();
    for line in written.split_inclusive('\n').collect::<Vec<_>>().into_iter().rev() {
        if tail <= last_text(value).saturating_sub(start) || !is_comment(line) {
            break;
        }
        tail -= line.len();
    }
    let mut found = String::new();
    let mut at = 0;
    for line in written[..tail].split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with('#') && !is_in_text(value, start + at + line.len() - trimmed.len()) {
            found.push_str(trimmed);
        }
        at += line.len();
    }
    (found, &written[tail..])
}

/// Where the last text of a value ends. Lists and mappings end only where something else begins.
fn last_text(node: &Node) -> usize {
    match &node.value {
        Value::Text(_) => node.span.end,
        Value::List(items) => items.last().map_or(node.span.start, last_text),
        Value::Map(fields) => fields.last().map_or(node.span.start, |(_, value)| last_text(value)),
        Value::Null => node.span.start,
    }
}

/// Whether a byte of a file belongs to a text, so that a `#` there begins no comment.
fn is_in_text(node: &Node, at: usize) -> bool {
    match &node.value {
        Value::Text(_) => (node.span.start..node.span.end).contains(&at),
        Value::List(items) => items.iter().any(|item| is_in_text(item, at)),
        Value::Map(fields) => fields.iter().any(|(_, value)| is_in_text(value, at)),
        Value::Null => false,
    }
}

fn write_field(name: &str, value: &Value, indent: usize, out: &mut String) {
    out.push_str(&scalar(name, true));
    out.push(':');
    match value {
        Value::Null => out.push('\n'),
        Value::Text(text) => write_text(text, indent + 2, out),
        Value::List(_) | Value::Map(_) => match in_one_line(value) {
            Some(line) if indent + name.len() + line.len() < WIDTH => {
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
pub fn in_line(text: &str) -> String {
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
        false => serde_json::to_string(text).expect("a text is always JSON, and JSON is YAML"),
    }
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
    use crate::content::{record, yaml};

    fn bare(node: &Node) -> Value {
        match &node.value {
            Value::List(items) => {
                Value::List(items.iter().map(|it| self::node(bare(it))).collect())
            }
            Value::Map(fields) => {
                let fields = fields.iter().map(|(key, value)| {
                    let key = yaml::Key { span: Span::default(), name: key.name.clone() };
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
            ("needs", texts(["wheat", "rye"])),
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

    fn changed(file: &str, changes: &[(&str, Value)]) -> Option<String> {
        let record = record::read(&"content/calls/a.md".into(), &file.into()).expect("a record");
        with_fields(file, &record, changes)
    }

    #[test]
    fn only_what_changes_is_written_anew() {
        let file = "---\n# Above.\nstatus: planned # soon\nturns:\n  # Who comes:\n  - coop: a\n    about: |\n      \
                    # no comment\n\n# Invite:\n#   b\nactions: []\n---\nBody\n";
        let changes =
            [("status", text("held")), ("turns", texts(["x"])), ("updated", text("2026-11-26"))];
        let expected = "---\n# Above.\nstatus: held\n# Who comes:\nturns: [x]\n# Invite:\n#   b\nactions: []\n\
                        updated: 2026-11-26\n---\nBody\n";
        assert_eq!(changed(file, &changes).as_deref(), Some(expected));
        assert_eq!(changed("---\n{status: planned, turns: []}\n---\n", &changes), None);
        assert_eq!(
            changed("---\n---\nx", &changes[..1]).as_deref(),
            Some("---\nstatus: held\n---\nx")
        );
    }
}
