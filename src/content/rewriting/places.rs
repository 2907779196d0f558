//! Where values, their lines and their comments begin and end in the text.

use super::Rewriting;
use crate::content::yaml::{Key, Node, Value};

/// Where a value stands, or could.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// Just behind the colon or the hyphen; in brackets, where the item begins.
    pub(super) from: usize,
    /// The column of what it belongs to.
    pub(super) column: usize,
    /// What it belongs to is a hyphen.
    pub(super) is_item: bool,
}

impl Rewriting<'_> {
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.file[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Where the line after that of a place begins.
    pub(super) fn line_end(&self, at: usize) -> Option<usize> {
        Some(at + self.file[at..self.end].find('\n')? + 1)
    }

    pub(super) fn column_of(&self, at: usize) -> usize {
        self.file[self.line_start(at)..at].chars().count()
    }

    /// Behind the colon of a key.
    pub(super) fn after_colon(&self, key: &Key) -> Option<usize> {
        let rest = &self.file[key.span.end..self.end];
        let colon = rest.find(':').filter(|at| rest[..*at].trim().is_empty())?;
        Some(key.span.end + colon + 1)
    }

    /// The next sign that is neither a space nor in a comment.
    pub(super) fn next_sign(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = &self.file[at..self.end];
            let trimmed = rest.trim_start();
            at += rest.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return at;
            }
            at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    /// Where the last text of a value ends, which may begin at `from`.
    pub(super) fn end_of(&self, from: usize, node: &Node) -> usize {
        match &node.value {
            Value::List(items) if !self.is_flow(node) => {
                let slots = self.items(from, items).unwrap_or_default();
                slots.last().map_or(from, |(_, end)| *end)
            }
            Value::Map(fields) if !self.is_flow(node) => {
                let last = fields.last().and_then(|(key, it)| Some((self.after_colon(key)?, it)));
                last.map_or(from, |(from, it)| self.end_of(from, it))
            }
            Value::Null if node.span.start == node.span.end => from,
            // The span of a text of several lines has the empty lines below it, which are seldom a part of it, and
            // the space before what comes next.
            Value::Text(_) if self.keeps_empty_lines(from) => {
                self.file[..node.span.end].rfind('\n').map_or(from, |end| end.max(from))
            }
            _ => from.max(self.file[..node.span.end].trim_end().len()),
        }
    }

    fn keeps_empty_lines(&self, from: usize) -> bool {
        let sign = self.file[self.next_sign(from)..self.end].split_whitespace().next();
        sign.is_some_and(|it| it.starts_with(['|', '>']) && it.contains('+'))
    }

    /// Where the lines of a value end that ends here, with the comments right below it from a column on.
    pub(super) fn extent(&self, end: usize, column: usize) -> usize {
        let mut at = self.line_end(end).unwrap_or(self.end);
        for line in self.file[at..self.end].split_inclusive('\n') {
            let text = line.trim_start_matches(' ');
            if !text.starts_with('#') || line.len() - text.len() < column.max(1) {
                break;
            }
            at += line.len();
        }
        at
    }

    /// Whether the next line with words is a comment that begins at a column or behind it.
    pub(super) fn has_comment_below(&self, at: usize, column: usize) -> bool {
        let line = self.file[at..self.end].lines().find(|line| !line.trim().is_empty());
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        line.is_some_and(|line| line.trim_start().starts_with('#') && indent(line) >= column)
    }

    /// Writes lines where a line begins.
    pub(super) fn insert_lines(&mut self, at: usize, lines: String) -> Option<()> {
        if lines.is_empty() {
            return Some(());
        }
        self.edits.insert(at, lines);
        (at == 0 || self.file[..at].ends_with('\n')).then_some(())
    }
}
