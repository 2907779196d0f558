//! Reads the fields of a mapping into values, and says what is wrong with those it cannot read.

use std::sync::Arc;

use super::advice;
use super::own_words::{self, Own, is_gap};
use super::values::{Complaint, Visibility, YesNo};
use super::yaml::{Key, Node, Value};
use super::yaml_words::PRINTED_QUOTES;
use crate::characters;
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};

/// The fields of one mapping, being read. Every field that was asked for is known; what is left
/// over when reading ends is an unknown field.
pub struct Fields<'a> {
    owner: &'a str,
    file: &'a Arc<str>,
    span: Span,
    entries: &'a [(Key, Node)],
    known: Vec<&'static str>,
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
    pub fn new(
        owner: &'a str,
        file: &'a Arc<str>,
        node: &'a Node,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let entries: &[(Key, Node)] = match &node.value {
            Value::Map(entries) => entries,
            _ => &[],
        };
        let (known, missing) = (Vec::new(), Vec::new());
        let mut fields = Fields { owner, file, span: node.span, entries, known, missing, problems };
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            fields.wrong_shape(node);
        }
        fields
    }

    /// The node of a field, unless it is missing or empty.
    pub fn node(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        let (_, node) = self.entries.iter().find(|(key, _)| key.name == name)?;
        (node.value != Value::Null).then_some(node)
    }

    /// Where a field stands, also an empty one.
    pub fn place(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node.span)
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
        nodes.iter().filter_map(|node| self.scalar(name, node, &several)).collect()
    }

    /// The items of a list; a single item needs no brackets.
    pub fn items(&mut self, name: &'static str) -> &'a [Node] {
        match self.node(name) {
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => std::slice::from_ref(node),
            None => &[],
        }
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
        nodes.iter().filter_map(|node| self.inside(name, node, &mut read)).collect()
    }

    /// Reads a node of the field `name` as a mapping, and reports what it does not know in it.
    pub fn inside<T>(
        &mut self,
        name: &str,
        node: &Node,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            let hint = advice::filled(&own_words::braces(name, node));
            self.wrong_shape_of(name, node, "written with fields of its own", hint);
        }
        let owner = format!("`{name}` of {}", self.owner);
        let Value::Map(_) = node.value else { return None };
        let mut fields = Fields::new(&owner, self.file, node, self.problems);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// Reports every field that nobody asked for, and those that must be there and are not. What is
    /// only called by another name is reported once, under that name.
    pub fn finish(mut self) {
        let known = std::mem::take(&mut self.known);
        let is_unknown = |(key, _): &&(Key, Node)| !known.contains(&key.name.as_str());
        let unknown: Vec<&(Key, Node)> = self.entries.iter().filter(is_unknown).collect();
        for name in std::mem::take(&mut self.missing) {
            let near = |key: &Key| nearest(&key.name, known.iter().copied()) == Some(name);
            if !unknown.iter().any(|(key, _)| advice::can_mean(&key.name, name) || near(key)) {
                self.report_missing(name);
            }
        }
        for (key, node) in unknown {
            let message = format!("{} has the unknown field `{}`", self.owner, key.name);
            let near = || nearest(&key.name, known.iter().copied());
            let spelling = || Some(format!("did you mean `{}`?", near()?));
            let own = Own { node, beside: self.entries };
            let hint =
                advice::field(&key.name, &own, &known).or_else(spelling).unwrap_or_else(|| {
                    "the handbook lists the fields; other words go into the text".to_owned()
                });
            self.report(Code::UnknownField, key.span, message, Some(hint));
        }
    }

    /// Whether the field is written at all, readable or not.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, node)| key.name == name && node.value != Value::Null)
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
        let found = self.entries.iter().find(|(key, _)| key.name == name);
        found.is_none_or(|(_, node)| node.says_nothing())
    }

    /// The node of a field, also of an empty one.
    fn written(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    fn report_empty(&mut self, name: &str, node: &Node, hint: &str) {
        let message = format!("{}: `{name}` is empty", self.owner);
        let key = self.entries.iter().find(|(key, _)| key.name == name).map(|(key, _)| key.span);
        let span = Some(node.span).filter(|it| !it.is_empty()).or(key).unwrap_or_default();
        self.report(Code::UnknownChoice, span, message, Some(hint.to_owned()));
    }

    fn report_missing(&mut self, name: &str) {
        let mut message = format!("{} has no `{name}`", self.owner);
        let (span, hint) = match self.entries.iter().find(|(key, _)| key.name == name) {
            Some((_, Node { value: Value::Text(text), span })) if is_gap(text) => {
                message = gap(self.owner, name, text);
                (*span, format!("write it in place of the dots{}", advice::what_it_is(name)))
            }
            Some((key, _)) => {
                let what = advice::what_it_is(name);
                let hint = "write it after the colon, in quotes if it begins with `#`";
                (key.span, format!("{hint}{what}"))
            }
            None => {
                let hint = match self.entries.is_empty() && name == "title" {
                    true => {
                        "begin with a line `---`, a line `title: …`, and again `---`".to_owned()
                    }
                    false => advice::missing(name),
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
        let hint = match advice::is_in_printed_quotes(text.trim()) {
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
            if node.value != Value::Null {
                self.not_one_value(name, node);
            }
            return None;
        };
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
    use super::super::{values, yaml};
    use super::*;

    fn problems(yaml: &str) -> Vec<String> {
        let (node, _) = yaml::parse(yaml, 0);
        let mut problems = Vec::new();
        let file = "content/coops/a.md".into();
        let mut fields = Fields::new("coop `a`", &file, &node, &mut problems);
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
