//! Gives other values to fields of a file that a person wrote, and leaves every other byte as it is.
//!
//! The fields as they are and as they are to be are compared as trees, and only where they differ is the text
//! changed. Nodes of the new tree that were there keep their spans, so that an item of a list is known again whatever
//! else became of it. What is not changed keeps its comments, quotes and line ends; the comment in the line of a value
//! that changes stays in that line; what stands beside or in an item that is taken out goes with it, and is told.

mod brackets;
mod places;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use places::Slot;

use super::comments::{self, comments};
use super::edits::Edits;
use super::front_matter;
use super::yaml::{self, Key, Node, Value, same};
use super::yaml_text;
use crate::characters;
use crate::diagnostic::{Code, Span};

/// A file with other values for some of its fields.
#[derive(Debug, PartialEq)]
pub(crate) struct Rewritten {
    pub text: String,
    /// Comments that stood at what was taken out, with their signs.
    pub lost: Vec<String>,
}

/// The text of a file with other values for some of its fields, and without some; fields that are not there yet come
/// last. Parts of the new values that have a span are those that stand there. `None` where that cannot be done so that all reads as meant.
pub(crate) fn with_fields(
    file: &str,
    front: &Node,
    changes: &[(&str, Value)],
    gone: &[&str],
) -> Option<Rewritten> {
    let goal = goal(front, changes, gone);
    let fine = || rewritten(file, front, &goal, false);
    let text = fine().or_else(|| rewritten(file, front, &goal, true))?;
    let now = comments(&text, &read(&text)?);
    let lost = comments::missing(comments(file, front), &now);
    Some(Rewritten { text, lost })
}

/// The front matter as it is to be.
fn goal(front: &Node, changes: &[(&str, Value)], gone: &[&str]) -> Node {
    let mut goal = front.clone();
    if !matches!(goal.value, Value::Map(_)) {
        goal.value = Value::Map(Vec::new());
    }
    let Value::Map(fields) = &mut goal.value else { return goal };
    fields.retain(|(key, _)| !gone.contains(&key.name.as_str()));
    for (name, value) in changes {
        match fields.iter_mut().find(|(key, _)| key.name == *name) {
            Some((_, node)) => node.value = value.clone(),
            None => {
                let key = Key { span: Span::default(), name: (*name).to_owned() };
                fields.push((key, yaml_text::node(value.clone())));
            }
        }
    }
    goal
}

fn rewritten(file: &str, front: &Node, goal: &Node, whole: bool) -> Option<String> {
    let parts = front_matter::split(file).front;
    let mut rewriting = Rewriting { file, end: parts.end, whole, edits: Edits::default() };
    rewriting.root(parts.start, front, goal)?;
    let text = rewriting.edits.applied(file)?;
    reads_as(&read(&text)?, goal).then_some(text)
}

/// The front matter of a text, if it can be read.
fn read(text: &str) -> Option<Node> {
    let front = front_matter::split(text).front;
    let (node, problems) = yaml::parse(&text[front.start..front.end], front.start);
    problems.iter().all(|it| it.code == Code::CommentInValue).then_some(node)
}

/// Whether a tree says what another one was to say: that but for signs that are never written.
fn reads_as(node: &Node, goal: &Node) -> bool {
    match (&node.value, &goal.value) {
        (Value::Text(text), Value::Text(goal)) => {
            text == goal || *text == *characters::harmless(goal)
        }
        (Value::List(items), Value::List(goals)) => {
            items.len() == goals.len()
                && items.iter().zip(goals).all(|(it, goal)| reads_as(it, goal))
        }
        (Value::Map(fields), Value::Map(goals)) => {
            let is_as = |((key, it), (name, goal)): (&(Key, Node), &(Key, Node))| {
                key.name == name.name && reads_as(it, goal)
            };
            fields.len() == goals.len() && fields.iter().zip(goals).all(is_as)
        }
        (value, goal) => value == goal,
    }
}

struct Rewriting<'a> {
    file: &'a str,
    /// Where the front matter ends.
    end: usize,
    /// Values of the first level are written anew as a whole.
    whole: bool,
    edits: Edits,
}

impl Rewriting<'_> {
    fn root(&mut self, start: usize, old: &Node, new: &Node) -> Option<()> {
        let Value::Map(fields) = &new.value else { return None };
        match &old.value {
            Value::Map(before) if self.is_flow(old) => self.flow_map(old, before, fields),
            Value::Map(before) => self.block_map(before, fields, None),
            _ => {
                let lines = fields.iter().map(|(key, it)| yaml_text::field(&key.name, &it.value));
                let lines: String = lines.collect();
                match self.file[..start].contains('-') {
                    true => self.insert_lines(self.end, lines),
                    false => {
                        self.edits.insert(start, format!("---\n{lines}---\n"));
                        Some(())
                    }
                }
            }
        }
    }

    fn value(&mut self, slot: Slot, old: &Node, new: &Node) -> Option<()> {
        if same(old, new) {
            return Some(());
        }
        let is_flow = self.is_flow(old);
        match (&old.value, &new.value) {
            _ if self.whole => self.replace(slot, old, &new.value),
            (Value::List(before), Value::List(after))
                if !before.is_empty() && !after.is_empty() =>
            {
                match is_flow {
                    true if self.outgrows_its_line(old, new) => self.replace(slot, old, &new.value),
                    true => self.flow_list(old, before, after),
                    false => self.block_list(slot.from, before, after),
                }
            }
            (Value::Map(before), Value::Map(after)) if !before.is_empty() && !after.is_empty() => {
                match is_flow {
                    true if self.outgrows_its_line(old, new) => self.replace(slot, old, &new.value),
                    true => self.flow_map(old, before, after),
                    false if has_no_field_of(after, before) => self.replace(slot, old, &new.value),
                    false => self.block_map(before, after, Some(slot)),
                }
            }
            _ => self.replace(slot, old, &new.value),
        }
    }

    /// Whether a list or a mapping stands in brackets. A list with its hyphens in the column of its key begins, as it
    /// is read, with its first item, which may have brackets of its own.
    fn is_flow(&self, node: &Node) -> bool {
        let begins = |sign: char| self.file[node.span.start..].starts_with(sign);
        match &node.value {
            Value::List(items) => {
                begins('[') && items.first().is_none_or(|it| it.span.start > node.span.start)
            }
            Value::Map(_) => begins('{'),
            Value::Null | Value::Text(_) => false,
        }
    }

    /// Whether brackets of one line would become too long for it.
    fn outgrows_its_line(&self, old: &Node, new: &Node) -> bool {
        let is_one_line = !self.file[old.span.start..old.span.end].contains('\n');
        is_one_line && !yaml_text::fits_in_line(&new.value, self.column_of(old.span.start))
    }
}

/// Lists and mappings of several lines.
impl Rewriting<'_> {
    /// `slot` is that of the mapping; the first level has none.
    fn block_map(
        &mut self,
        old: &[(Key, Node)],
        new: &[(Key, Node)],
        slot: Option<Slot>,
    ) -> Option<()> {
        let column = self.column_of(old.first()?.0.span.start);
        for (at, (key, node)) in old.iter().enumerate() {
            let slot = Slot { from: self.after_colon(key)?, column, is_item: false };
            match new.iter().find(|(other, _)| other.name == key.name) {
                Some((_, new)) => self.value(slot, node, new)?,
                None => self.remove_field(old, at, slot)?,
            }
        }
        let is_there = |name: &str| old.iter().any(|(key, _)| key.name == name);
        let added = new.iter().filter(|(key, _)| !is_there(&key.name));
        let lines = added.map(|(key, node)| yaml_text::field_at(&key.name, &node.value, column));
        let (key, node) = old.last()?;
        let at = match slot {
            Some(_) => self.extent(self.end_of(self.after_colon(key)?, node), column),
            None => self.end,
        };
        self.insert_lines(at, lines.collect())
    }

    /// Takes the field at a place out of a mapping that keeps another one.
    fn remove_field(&mut self, fields: &[(Key, Node)], at: usize, slot: Slot) -> Option<()> {
        let (key, node) = &fields[at];
        let end = self.extent(self.end_of(slot.from, node), slot.column + 1);
        let begin = self.line_start(key.span.start);
        if self.file[begin..key.span.start].trim().is_empty() {
            self.edits.remove(begin, end);
            return Some(());
        }
        // Behind a hyphen; what comes next takes its place there.
        let rest = &self.file[end..self.end];
        self.edits.remove(key.span.start, end + rest.len() - rest.trim_start().len());
        (at + 1 < fields.len()).then_some(())
    }

    fn block_list(&mut self, from: usize, old: &[Node], new: &[Node]) -> Option<()> {
        let slots = self.items(from, old)?;
        let first = slots.first()?.0;
        let there: BTreeSet<(usize, usize)> = old.iter().map(place).collect();
        let mut wanted = new.iter().peekable();
        let mut at = self.line_start(first.from);
        for (node, (slot, end)) in old.iter().zip(&slots) {
            let mut lines = String::new();
            while let Some(added) = wanted.next_if(|it| !there.contains(&place(it))) {
                lines += &yaml_text::item_at(&added.value, first.column);
            }
            self.insert_lines(at, lines)?;
            at = self.extent(*end, slot.column + 1);
            match wanted.next_if(|it| place(it) == place(node)) {
                Some(kept) => self.value(*slot, node, kept)?,
                None => {
                    let begin = self.line_start(slot.from);
                    let is_first = self.file[begin..slot.from].trim() == "-";
                    is_first.then(|| self.edits.remove(begin, at))?;
                }
            }
        }
        let lines = wanted.map(|it| yaml_text::item_at(&it.value, first.column));
        self.insert_lines(at, lines.collect())
    }

    /// The slot of each item, and where the item ends.
    fn items(&self, from: usize, items: &[Node]) -> Option<Vec<(Slot, usize)>> {
        let mut slots = Vec::with_capacity(items.len());
        let mut before = from;
        for item in items {
            let hyphen = self.next_sign(before);
            if !self.file[hyphen..].starts_with('-') {
                return None;
            }
            let column = self.column_of(hyphen);
            before = self.end_of(hyphen + 1, item);
            slots.push((Slot { from: hyphen + 1, column, is_item: true }, before));
        }
        Some(slots)
    }
}

/// A value as a whole.
impl Rewriting<'_> {
    /// Writes a value in the place of another one, whatever that is.
    fn replace(&mut self, slot: Slot, old: &Node, new: &Value) -> Option<()> {
        let written = match slot.is_item {
            true => yaml_text::after_hyphen(new, slot.column),
            false => yaml_text::after_colon(new, slot.column),
        };
        let first = self.next_sign(slot.from);
        let is_here = !self.file[slot.from..first].contains('\n');
        let end = self.end_of(slot.from, old);
        let is_block = matches!(old.value, Value::List(_) | Value::Map(_)) && !self.is_flow(old);
        let stop = match is_block {
            true => self.extent(end, slot.column + 1),
            false => self.line_end(end)?,
        };
        let is_folded = written.starts_with(" >") || written.starts_with(" |");
        let written = match is_folded && self.has_comment_below(stop, slot.column + 2) {
            // It would be read as a part of the text.
            true => format!(" {}\n", yaml_text::in_brackets(new)),
            false => written,
        };
        let (head, below) = written.split_once('\n')?;
        match &old.value {
            Value::Null if old.span.start == old.span.end => {
                self.edits.insert(slot.from, head);
                self.insert_lines(self.line_end(slot.from)?, below.to_owned())
            }
            Value::Text(_) if self.file[first..].starts_with(['|', '>']) => {
                let sign = &self.file[first..self.line_end(first)?];
                let sign = sign.find([' ', '\t', '\r', '\n'])?;
                self.head(slot.from, (first, first + sign), head);
                let start = self.line_end(first)?;
                self.edits.replace(start, stop.max(start), below);
                Some(())
            }
            _ if is_block && is_here => {
                self.edits.replace(first, stop, format!("{}\n{below}", head.trim_start()));
                Some(())
            }
            _ if is_block => {
                // Comments above a list stay, but cannot stand in a text of several lines.
                let start =
                    if is_folded { self.line_end(slot.from)? } else { self.line_start(first) };
                self.edits.insert(slot.from, head);
                self.edits.replace(start, stop, below);
                Some(())
            }
            _ => {
                let quoted = self.in_quotes_of(old, new).filter(|_| below.is_empty());
                let head = quoted.as_deref().unwrap_or(head);
                self.head(slot.from, (old.span.start, old.span.end), head);
                self.insert_lines(stop, below.to_owned())
            }
        }
    }

    /// Writes what stands in the line of a colon or a hyphen, behind the space that is there.
    fn head(&mut self, from: usize, (start, end): (usize, usize), head: &str) {
        let head = head.trim_start();
        match (head.is_empty(), self.file[from..start].trim().is_empty()) {
            (true, true) => self.edits.remove(from, end),
            _ => self.edits.replace(start, end, head),
        }
    }

    /// A text in the quotes of another one, if that has some.
    fn in_quotes_of(&self, old: &Node, new: &Value) -> Option<String> {
        let Value::Text(text) = new else { return None };
        let quote = self.file[old.span.start..old.span.end].chars().next()?;
        matches!(old.value, Value::Text(_)).then(|| yaml_text::in_quotes(text, quote))?
    }
}

fn has_no_field_of(fields: &[(Key, Node)], others: &[(Key, Node)]) -> bool {
    !fields.iter().any(|(key, _)| others.iter().any(|(other, _)| other.name == key.name))
}

/// By what a node of a new tree is known in the old one, though its value may be another.
fn place(node: &Node) -> (usize, usize) {
    (node.span.start, node.span.end)
}
