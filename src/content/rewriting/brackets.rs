//! Lists and mappings in brackets, with other items and fields.

use std::ops::Range;

use super::{Rewriting, place};
use crate::content::yaml::{Key, Node, Value, same};
use crate::content::yaml_text;

impl Rewriting<'_> {
    pub(super) fn flow_list(&mut self, list: &Node, old: &[Node], new: &[Node]) -> Option<()> {
        let parts: Vec<Range<usize>> = old.iter().map(|it| it.span.start..it.span.end).collect();
        let mut kept = vec![false; old.len()];
        let mut added: Vec<(Option<usize>, String)> = Vec::new();
        let mut last = None;
        for node in new {
            match old.iter().position(|it| place(node) == place(it)) {
                Some(at) if last.is_none_or(|last| last < at) => {
                    (kept[at], last) = (true, Some(at));
                    self.flow_value(&old[at], node, old[at].span.start)?;
                }
                Some(_) => return None,
                None => added.push((last, yaml_text::in_brackets(&node.value))),
            }
        }
        match last {
            Some(_) => self.flow_parts(list, &parts, &kept, added),
            None => self.brackets(list, &Value::List(new.to_vec())),
        }
    }

    pub(super) fn flow_map(
        &mut self,
        map: &Node,
        old: &[(Key, Node)],
        new: &[(Key, Node)],
    ) -> Option<()> {
        let is_kept = |key: &Key| new.iter().any(|(other, _)| other.name == key.name);
        let kept: Vec<bool> = old.iter().map(|(key, _)| is_kept(key)).collect();
        if !kept.contains(&true) {
            return self.brackets(map, &Value::Map(new.to_vec()));
        }
        let mut parts = Vec::new();
        for (key, node) in old {
            let from = self.after_colon(key)?;
            parts.push(key.span.start..from.max(node.span.end));
            if let Some((_, new)) = new.iter().find(|(other, _)| other.name == key.name) {
                self.flow_value(node, new, from)?;
            }
        }
        let is_new = |key: &Key| !old.iter().any(|(other, _)| other.name == key.name);
        let added = new.iter().filter(|(key, _)| is_new(key));
        let last = kept.iter().rposition(|it| *it);
        let added = added.map(|(key, node)| {
            let name = yaml_text::in_line(&key.name);
            (last, format!("{name}: {}", yaml_text::in_brackets(&node.value)))
        });
        self.flow_parts(map, &parts, &kept, added.collect())
    }

    /// Writes brackets of which nothing is kept.
    fn brackets(&mut self, old: &Node, new: &Value) -> Option<()> {
        self.edits.replace(old.span.start, old.span.end, yaml_text::in_brackets(new));
        Some(())
    }

    /// Takes out parts between brackets that are not kept, and adds others behind those that are.
    fn flow_parts(
        &mut self,
        all: &Node,
        parts: &[Range<usize>],
        kept: &[bool],
        added: Vec<(Option<usize>, String)>,
    ) -> Option<()> {
        if !self.file[all.span.start..].starts_with(['[', '{']) {
            return None;
        }
        let last = kept.iter().rposition(|it| *it)?;
        for (at, part) in parts.iter().enumerate().take(last).filter(|(at, _)| !kept[*at]) {
            self.edits.remove(part.start, parts[at + 1].start);
        }
        for (behind, text) in added {
            match behind {
                Some(at) => self.edits.insert(parts[at].end, format!(", {text}")),
                None => self.edits.insert(all.span.start + 1, format!("{text}, ")),
            }
        }
        if last + 1 < parts.len() {
            self.edits.remove(parts[last].end, parts[parts.len() - 1].end);
        }
        Some(())
    }

    fn flow_value(&mut self, old: &Node, new: &Node, from: usize) -> Option<()> {
        if same(old, new) {
            return Some(());
        }
        let is_flow = self.is_flow(old);
        match (&old.value, &new.value) {
            (Value::List(before), Value::List(after)) if is_flow => {
                self.flow_list(old, before, after)
            }
            (Value::Map(before), Value::Map(after)) if is_flow => self.flow_map(old, before, after),
            (Value::Null, new) if old.span.start == old.span.end => {
                self.edits.insert(from, format!(" {}", yaml_text::in_brackets(new)));
                Some(())
            }
            (_, new) => {
                let text = self.in_quotes_of(old, new);
                let text = text.unwrap_or_else(|| yaml_text::in_brackets(new));
                self.edits.replace(old.span.start, old.span.end, text);
                Some(())
            }
        }
    }
}
