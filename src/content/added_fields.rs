//! Adds fields to a file that says nothing about them, and leaves every other byte as it is.

use super::edits::Edits;
use super::front_matter;
use super::yaml::{self, Key, Node, Value, same};

/// The text of a file with more fields in its front matter, below the line of the field `after`. Each value is YAML of one
/// line. `None` where that cannot be done so that all else still reads the same.
pub(crate) fn with_added(
    file: &str,
    front: &Node,
    after: &str,
    fields: &[(&str, String)],
) -> Option<String> {
    let Value::Map(entries) = &front.value else { return None };
    let mut adding = Adding { file, front, entries, edits: Edits::default() };
    let mut lines = Vec::new();
    for (name, value) in fields {
        match entries.iter().find(|(key, _)| key.name == *name) {
            Some((key, node)) => adding.fill(key, node, value)?,
            None => lines.push(format!("{name}: {value}")),
        }
    }
    if !lines.is_empty() {
        adding.insert(&lines, after)?;
    }
    let text = adding.edits.applied(file)?;
    reads_as_before(&text, entries, fields).then_some(text)
}

struct Adding<'a> {
    file: &'a str,
    front: &'a Node,
    entries: &'a [(Key, Node)],
    edits: Edits,
}

impl Adding<'_> {
    /// Gives a value to a field that is written and has none.
    fn fill(&mut self, key: &Key, node: &Node, value: &str) -> Option<()> {
        if !node.says_nothing() {
            return None;
        }
        let (start, end) = (node.span.start, node.span.end);
        if ["~", "null", "Null", "NULL", "\"\"", "''"].contains(&self.file.get(start..end)?) {
            self.edits.replace(start, end, value);
            return Some(());
        }
        let rest = self.file.get(key.span.end..)?;
        let colon = rest.find(':').filter(|at| rest[..*at].trim().is_empty())?;
        let at = key.span.end + colon + 1;
        self.edits.insert(at, format!(" {value}"));
        Some(())
    }

    /// Adds fields that are not written yet.
    fn insert(&mut self, lines: &[String], after: &str) -> Option<()> {
        let (first, _) = self.entries.first()?;
        let start = self.front.span.start;
        if self.file[start..].starts_with('{') {
            self.edits.insert(start + 1, lines.join(", ") + ", ");
            return Some(());
        }
        let begin = self.line_of(first.span.start);
        let indent = &self.file[begin..first.span.start];
        if !indent.chars().all(|it| it == ' ') {
            return None;
        }
        let above = self.entries.iter().find(|(key, _)| key.name == after);
        let at = above.and_then(|(key, value)| self.below(key, value)).unwrap_or(begin);
        let lines: Vec<String> = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
        self.edits.insert(at, lines.concat());
        Some(())
    }

    /// Where the line after a field of one line begins.
    fn below(&self, key: &Key, value: &Node) -> Option<usize> {
        let end = key.span.start + self.file[key.span.start..].find('\n')? + 1;
        let is_text = matches!(value.value, Value::Text(_));
        (is_text && value.span.end < end).then_some(end)
    }

    fn line_of(&self, at: usize) -> usize {
        self.file[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }
}

/// Whether a text has all fields of before with their values, and the new ones with theirs.
fn reads_as_before(text: &str, before: &[(Key, Node)], added: &[(&str, String)]) -> bool {
    let front = front_matter::split(text).front;
    let (now, problems) = yaml::parse(&text[front.start..front.end], front.start);
    let is_new = |name: &str| added.iter().any(|(new, _)| *new == name);
    let old = before.iter().filter(|(key, _)| !is_new(&key.name));
    let is_kept = |(key, node): &(Key, Node)| now.field(&key.name).is_some_and(|it| same(it, node));
    let reads = |(name, value): &(&str, String)| {
        now.field(name).is_some_and(|it| same(it, &yaml::parse(value, 0).0))
    };
    let count = match &now.value {
        Value::Map(entries) => entries.len(),
        _ => 0,
    };
    let all = old.clone().count() + added.len();
    problems.is_empty() && count == all && old.clone().all(is_kept) && added.iter().all(reads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(file: &str) -> Option<String> {
        let front = front_matter::split(file).front;
        let (node, _) = yaml::parse(&file[front.start..front.end], front.start);
        let fields = [("series", "monthly".to_owned()), ("minutes", "{about: 1}".to_owned())];
        with_added(file, &node, "start", &fields)
    }

    #[track_caller]
    fn check(file: &str, expected: &str) {
        assert_eq!(added(file).as_deref(), Some(expected));
    }

    #[test]
    fn fields_are_added_and_all_else_stays() {
        check(
            "---\n# A\nstart: x # b\n# C\nturns: []\n---\nBody\n",
            "---\n# A\nstart: x # b\nseries: monthly\nminutes: {about: 1}\n# C\nturns: []\n---\nBody\n",
        );
        check(
            "\u{feff}---\r\nstart: x\r\n---\r\nB\n",
            "\u{feff}---\r\nstart: x\r\nseries: monthly\r\nminutes: {about: 1}\r\n---\r\nB\n",
        );
        // Nothing, or more than a line, to write below of.
        check(
            "---\n# A\n  title: |\n    start: x\n---\n",
            "---\n# A\n  series: monthly\n  minutes: {about: 1}\n  title: |\n    start: x\n---\n",
        );
        check(
            "---\nstart: >\n  x\nz: 1\n---\n",
            "---\nseries: monthly\nminutes: {about: 1}\nstart: >\n  x\nz: 1\n---\n",
        );
        check(
            "---\n{start: x, z: 1}\n---\n",
            "---\n{series: monthly, minutes: {about: 1}, start: x, z: 1}\n---\n",
        );
    }

    #[test]
    fn a_field_without_a_value_gets_one() {
        check(
            "---\nseries:        # which?\nminutes: ~ # none\nstart: x\n---\n",
            "---\nseries: monthly        # which?\nminutes: {about: 1} # none\nstart: x\n---\n",
        );
        check(
            "---\nminutes:\nseries: \"\"\nstart: x\n---\n",
            "---\nminutes: {about: 1}\nseries: monthly\nstart: x\n---\n",
        );
        check(
            "---\n{series: , start: x}\n---\n",
            "---\n{minutes: {about: 1}, series: monthly , start: x}\n---\n",
        );
    }

    #[test]
    fn what_would_read_otherwise_is_left_alone() {
        for file in [
            "",
            "no fields\n",
            "---\n---\n",
            "---\n- a\n---\n",
            "---\nseries: weekly\nstart: x\n---\n",
            "---\n? start\n: x\n---\n",
            "---\nstart: x\nstart: y\n---\n",
        ] {
            assert_eq!(added(file), None, "{file}");
        }
    }
}
