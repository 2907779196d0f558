//! Reads the fields of a mapping into values, and says what is wrong with those it cannot read.

use std::sync::Arc;

use super::gap::is_gap;
use super::schema::{Field, Own, Table};
use super::unknown_fields;
use super::values::{Complaint, Visibility, YesNo};
use super::yaml::{Key, Node, Value};
use super::yaml_words::PRINTED_QUOTES;
use crate::characters;
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};

/// The fields of one mapping, being read. A field that its table does not have is reported when reading ends.
pub struct Fields<'a> {
    owner: &'a str,
    file: &'a Arc<str>,
    table: &'static Table,
    span: Span,
    entries: &'a [(Key, Node)],
    /// Fields under other names, which are read all the same, so that all that is wrong is said in one run.
    renamed: Vec<(&'static str, &'a (Key, Node))>,
    missing: Vec<&'static str>,
    problems: &'a mut Vec<Diagnostic>,
}

/// A value and where its text stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    pub value: T,
    /// Where its text stands in the file.
    pub span: Span,
}

impl<'a> Fields<'a> {
    /// Begins to read a mapping; anything else counts as one without fields. `owner` begins every
    /// message: "coop `agaric`".
    pub(crate) fn new(
        owner: &'a str,
        file: &'a Arc<str>,
        table: &'static Table,
        node: &'a Node,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let entries: &[(Key, Node)] = match &node.value {
            Value::Map(entries) => entries,
            _ => &[],
        };
        let meant = |entry: &'a (Key, Node)| {
            let own = Own { name: &entry.0.name, node: &entry.1, beside: entries };
            Some((unknown_fields::renamed(&own, table)?, entry))
        };
        let renamed = unknown(entries, table).filter_map(meant).collect();
        let (span, missing) = (node.span, Vec::new());
        let mut fields = Fields { owner, file, table, span, entries, renamed, missing, problems };
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            fields.wrong_shape(node);
        }
        fields
    }

    /// The node of a field, unless it is missing or nothing is said in it.
    pub fn node(&self, name: &str) -> Option<&'a Node> {
        let (_, node) = self.entry(name)?;
        (!node.is_blank()).then_some(node)
    }

    /// What the table says of a field.
    pub(crate) fn field(&self, name: &str) -> &'static Field {
        self.table.find(name).expect("only fields of the table are asked for")
    }

    /// A field as it is written, also an empty one, or one under another name.
    fn entry(&self, name: &str) -> Option<&'a (Key, Node)> {
        debug_assert!(self.table.find(name).is_some(), "`{name}` is not in the table");
        let own = self.entries.iter().find(|(key, _)| key.name == name);
        let renamed = || self.renamed.iter().find(|(field, _)| *field == name);
        own.or_else(|| renamed().map(|(_, entry)| *entry))
    }

    /// Where a field stands, also an empty one; `None` where the table has none of this name.
    pub fn place(&self, name: &str) -> Option<Span> {
        self.table.find(name).and_then(|_| self.entry(name)).map(|(_, node)| node.span)
    }

    /// A field of one text.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let found = self.placed(name, |text| Ok(text.to_owned()))?;
        if is_gap(&found.value) {
            let message = gap(self.owner, name, &found.value);
            let hint = "write what you want to say in its place, or remove the line";
            self.report(Code::TemplateWords, found.span, message, Some(hint.to_owned()));
            return None;
        }
        Some(found.value)
    }

    /// A field of one text that must be there; a missing or empty one is a problem.
    pub fn required(&mut self, name: &'static str) -> Option<Placed<String>> {
        let found = self.placed(name, |text| Ok(text.to_owned()));
        let is_empty =
            found.as_ref().is_some_and(|it| it.value.trim().is_empty() || is_gap(&it.value));
        if is_empty || (found.is_none() && !self.has(name)) {
            self.missing.push(name);
        }
        found.filter(|_| !is_empty)
    }

    /// A field of one checked value.
    pub fn value<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Complaint>,
    ) -> Option<T> {
        self.placed(name, read).map(|placed| placed.value)
    }

    /// A field of one checked value, and where it stands.
    pub fn placed<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Complaint>,
    ) -> Option<Placed<T>> {
        let node = self.node(name)?;
        self.scalar(name, node, &read)
    }

    /// A field that lists checked values; a single one needs no brackets.
    pub fn values<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Complaint>,
    ) -> Vec<T> {
        self.all_placed(name, read).into_iter().map(|placed| placed.value).collect()
    }

    /// The same with the place of each.
    pub fn all_placed<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, Complaint>,
    ) -> Vec<Placed<T>> {
        let nodes = self.items(name);
        let several = |text: &str| {
            read(text).map_err(|complaint| {
                let parts = parts(text).filter(|parts| parts.iter().all(|it| read(it).is_ok()));
                let text = match parts {
                    Some(parts) => parts.join(", "),
                    None if text.contains(',') => text.to_owned(),
                    None => return complaint,
                };
                let hint = Some(format!("write several in brackets: `{name}: [{text}]`"));
                Complaint { hint, ..complaint }
            })
        };
        nodes.filter_map(|node| self.scalar(name, node, &several)).collect()
    }

    /// The items of a list that say something; a single item needs no brackets.
    pub fn items(&self, name: &str) -> impl Iterator<Item = &'a Node> + use<'a> {
        let items = self.node(name).map_or(&[][..], Node::items);
        items.iter().filter(|item| !item.is_blank())
    }

    /// Reads the mapping in a field.
    pub fn fields<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(name)?;
        self.inside(name, node, read)
    }

    /// Reads each mapping in a list.
    pub fn each<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let nodes = self.items(name);
        nodes.filter_map(|node| self.inside(name, node, &mut read)).collect()
    }

    /// Reads a node of the field `name` as a mapping, and reports what it does not know in it.
    pub fn inside<T>(
        &mut self,
        name: &str,
        node: &Node,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            let hint = unknown_fields::filled(&self.field(name).shape.in_braces(node));
            self.wrong_shape_of(name, node, "written with fields of its own", hint);
        }
        let owner = format!("`{name}` of {}", self.owner);
        let Value::Map(_) = node.value else { return None };
        let table = self.field(name).shape.table().expect("it has fields of its own");
        let mut fields = Fields::new(&owner, self.file, table, node, self.problems);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// Reports every field that the table does not have, and those that must be there and are not. What is only
    /// called by another name is reported once, under that name.
    pub fn finish(mut self) {
        let (entries, table) = (self.entries, self.table);
        for name in std::mem::take(&mut self.missing) {
            let field = self.field(name);
            let is_near = |name: &str| {
                nearest(name, table.fields().map(|field| field.name)) == Some(field.name)
            };
            let is_it = |name: &str| unknown_fields::can_mean(name, field) || is_near(name);
            if !unknown(entries, table).any(|(key, _)| is_it(&key.name)) {
                self.report_missing(field);
            }
        }
        for (key, node) in unknown(entries, table) {
            let message = format!("{} has the unknown field `{}`", self.owner, key.name);
            let own = Own { name: &key.name, node, beside: entries };
            let hint = unknown_fields::hint(&own, table);
            self.report(Code::UnknownField, key.span, message, Some(hint));
        }
    }

    /// Whether the field is written at all, readable or not.
    pub fn has(&self, name: &str) -> bool {
        self.node(name).is_some()
    }

    /// Who may see something; `None` where the field is not written. What is empty or cannot be read is a
    /// problem, and counts as the strictest: who wrote it has hardly meant that all may see it.
    pub fn visibility(&mut self, name: &'static str) -> Option<Visibility> {
        let written = self.written(name)?;
        if written.says_nothing() {
            let hint = "write `public`, `network` or `private` after the colon, or remove the line";
            self.report_empty(name, written, hint);
            return Some(Visibility::Private);
        }
        Some(self.value(name, Visibility::parse).unwrap_or(Visibility::Private))
    }

    /// Whether something is so that not all may see it; also where the field is empty, which is a problem.
    pub fn is_held_back(&mut self, name: &'static str) -> bool {
        let Some(written) = self.written(name) else { return false };
        if written.says_nothing() {
            let hint = "write `true` or `false` after the colon, or remove the line";
            self.report_empty(name, written, hint);
            return true;
        }
        self.value(name, YesNo::parse) == Some(YesNo::Yes)
    }

    /// Whether a field is empty or not written.
    pub fn says_nothing(&self, name: &str) -> bool {
        self.entry(name).is_none_or(|(_, node)| node.says_nothing())
    }

    /// The node of a field, also of an empty one.
    fn written(&self, name: &str) -> Option<&'a Node> {
        self.entry(name).map(|(_, node)| node)
    }

    fn report_empty(&mut self, name: &str, node: &Node, hint: &str) {
        let message = format!("{}: `{name}` is empty", self.owner);
        let key = self.entry(name).map(|(key, _)| key.span);
        let span = Some(node.span).filter(|it| !it.is_empty()).or(key).unwrap_or_default();
        self.report(Code::UnknownChoice, span, message, Some(hint.to_owned()));
    }

    fn report_missing(&mut self, field: &'static Field) {
        let name = field.name;
        let mut message = format!("{} has no `{name}`", self.owner);
        let what = unknown_fields::what_it_is(field);
        let (span, hint) = match self.entry(name) {
            Some((_, Node { value: Value::Text(text), span })) if is_gap(text) => {
                message = gap(self.owner, name, text);
                (*span, format!("write it in place of the dots{what}"))
            }
            Some((key, _)) => {
                let hint = "write it after the colon, in quotes if it begins with `#`";
                (key.span, format!("{hint}{what}"))
            }
            None => {
                let hint = match self.entries.is_empty() && name == "title" {
                    true => {
                        "begin with a line `---`, a line `title: …`, and again `---`".to_owned()
                    }
                    false => unknown_fields::missing(field),
                };
                (Span { start: self.span.start, end: self.span.start }, hint)
            }
        };
        self.report(Code::MissingField, span, message, Some(hint));
    }

    /// Reports a value that cannot stand where it does.
    pub fn complain(&mut self, name: &str, text: &str, span: Span, complaint: Complaint) {
        let (owner, shown, what) = (self.owner, shorten(text), complaint.what);
        let message = match referent(complaint.code) {
            Some(noun) => format!("{owner} names the {noun} `{shown}`, {what}"),
            None => format!("{owner}: `{name}` is `{shown}`, {what}"),
        };
        let hint = match super::advice::is_in_printed_quotes(text.trim()) {
            true => {
                let text = text.trim().trim_matches(PRINTED_QUOTES);
                Some(format!("write it without quotes, or with straight ones: `\"{text}\"`"))
            }
            false => complaint.hint,
        };
        self.report(complaint.code, span, message, hint);
    }

    /// Reports any problem in this mapping.
    pub fn report(&mut self, code: Code, span: Span, message: String, hint: Option<String>) {
        let place = Place { file: self.file.clone(), span };
        let problem = Diagnostic::new(code, place, message);
        self.problems.push(Diagnostic { hint, ..problem });
    }

    /// Adds a problem that was found elsewhere.
    pub fn add(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Who is being read: "coop `agaric`".
    pub fn owner(&self) -> &'a str {
        self.owner
    }

    /// Where the mapping stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Reads one node as a checked value.
    pub fn scalar<T>(
        &mut self,
        name: &str,
        node: &Node,
        read: &impl Fn(&str) -> Result<T, Complaint>,
    ) -> Option<Placed<T>> {
        let Value::Text(text) = &node.value else {
            if !node.is_blank() {
                self.not_one_value(name, node);
            }
            return None;
        };
        if node.is_blank() {
            return None;
        }
        let is_told = || self.missing.contains(&name);
        if is_gap(text) && is_told() {
            return None;
        }
        match read(&one_line(text)) {
            Ok(value) => Some(Placed { value, span: node.span }),
            Err(complaint) => {
                self.complain(name, text, node.span, complaint);
                None
            }
        }
    }

    fn not_one_value(&mut self, name: &str, node: &Node) {
        let (what, hint) = match (linked(node), node.scalars().next().map(|it| &it.value)) {
            (Some(target), _) => (
                "one value, without brackets",
                format!("write `{target}`; in a text, a link needs quotes: `\"[[{target}]]\"`"),
            ),
            (None, Some(Value::Text(first))) if matches!(node.value, Value::List(_)) => {
                ("one value, without brackets", format!("write one: `{first}`"))
            }
            _ => ("one value", format!("write `{name}: …` on one line")),
        };
        let message = format!("{}: `{name}` should be {what}", self.owner);
        let is_flow = matches!(node.value, Value::List(_)) && linked(node).is_some();
        let span = if is_flow { node.span } else { node.beginning() };
        self.report(Code::WrongShape, span, message, Some(hint));
    }

    /// Reports a field that holds a value of another shape.
    pub fn wrong_shape_of(&mut self, name: &str, node: &Node, expected: &str, hint: String) {
        let message = format!("{}: `{name}` should be {expected}", self.owner);
        self.report(Code::WrongShape, node.beginning(), message, Some(hint));
    }

    fn wrong_shape(&mut self, node: &Node) {
        let message = format!("{} should be fields, such as `{{title: …}}`", self.owner);
        self.report(Code::WrongShape, node.beginning(), message, None);
    }
}

fn gap(owner: &str, name: &str, text: &str) -> String {
    format!("{owner}: `{name}` is `{}`, a gap to fill", text.trim())
}

/// What is written under a name that the table does not have.
fn unknown<'a>(
    entries: &'a [(Key, Node)],
    table: &'static Table,
) -> impl Iterator<Item = &'a (Key, Node)> {
    entries.iter().filter(|(key, _)| table.find(&key.name).is_none())
}

/// What a name that leads nowhere was meant to name.
fn referent(code: Code) -> Option<&'static str> {
    match code {
        Code::UnknownCoop => Some("coop"),
        Code::UnknownNeed => Some("need"),
        Code::UnknownOffer => Some("offer"),
        Code::UnknownCall => Some("call"),
        Code::UnknownTopic => Some("topic"),
        Code::UnknownSeries => Some("series"),
        _ => None,
    }
}

/// What a wiki link names that YAML has read as a list in a list.
fn linked(node: &Node) -> Option<&str> {
    let Value::List(outer) = &node.value else { return None };
    let [inner] = outer.as_slice() else { return None };
    let Value::List(inner) = &inner.value else { return None };
    let [Node { value: Value::Text(target), .. }] = inner.as_slice() else { return None };
    Some(target)
}

/// The parts of a text that names several things, as people write it.
fn parts(text: &str) -> Option<Vec<&str>> {
    let signs = [",", ";", "/", "+", "&", " and ", " or "];
    let mut parts = vec![text];
    for sign in signs {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// A value without line breaks, and without characters that show nothing.
pub(crate) fn one_line(text: &str) -> String {
    let lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
    characters::harmless(&lines.collect::<Vec<_>>().join(" ")).into_owned()
}

fn shorten(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::EntryKind;
    use super::super::schema::of_kind;
    use super::super::{values, yaml};
    use super::*;

    fn problems(yaml: &str) -> Vec<String> {
        let (node, _) = yaml::parse(yaml, 0);
        let mut problems = Vec::new();
        let file = "content/coops/a.md".into();
        let mut fields =
            Fields::new("coop `a`", &file, of_kind(EntryKind::Coop), &node, &mut problems);
        fields.required("title");
        fields.values("languages", values::Language::parse);
        fields.each("links", |link| link.required("url"));
        fields.finish();
        problems.into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn every_problem_is_reported_in_one_run() {
        assert_eq!(problems("title: 123\nlanguages: es\nlinks: [{url: x}]"), [""; 0]);
        assert_eq!(
            problems("titel: A\nlanguages: [en, xx]\nlinks: [y, {uri: x}]"),
            [
                "coop `a`: `languages` is `xx`, which is not a language tag of BCP 47",
                "coop `a`: `links` should be written with fields of its own",
                "`links` of coop `a` has the unknown field `uri`",
                "coop `a` has the unknown field `titel`",
            ]
        );
        assert_eq!(
            problems("title: [a]"),
            ["coop `a`: `title` should be one value, without brackets"]
        );
    }
}
