//! YAML as it is written: a tree of texts, lists and mappings, each with its place in the file.
//!
//! Scalars stay text, so `country: NO`, `version: 1.10` and `title: 123` lose nothing; their field
//! decides what they mean. Anchors, aliases and tags are refused: nobody needs them here, and
//! without them a small file cannot unfold into a large one.

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as ParserSpan};
use rustc_hash::FxHashMap;

use super::yaml_words::{self, in_plain_words};
use crate::diagnostic::{Code, Span};

/// The nesting that no honest file needs more of.
const DEPTH_LIMIT: usize = 32;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

impl Node {
    /// The place to point to: a text as a whole; of lists and mappings the first letter, since they
    /// can be long.
    pub fn beginning(&self) -> Span {
        match self.value {
            Value::Text(_) | Value::Null => self.span,
            Value::List(_) | Value::Map(_) => {
                Span { start: self.span.start, end: self.span.end.min(self.span.start + 1) }
            }
        }
    }

    /// The field of a mapping.
    pub fn field(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => {
                entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
            }
            Value::Text(_) | Value::Null | Value::List(_) => None,
        }
    }

    /// Whether it is empty, so that it can be filled in.
    pub fn says_nothing(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(_) | Value::Map(_) => false,
        }
    }

    /// Whether nothing is said in it at all, as in what the forms of editors leave: `""`, `[""]`, `{type: "", value: ""}`.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Null | Value::Text(_) => self.says_nothing(),
            Value::List(items) => items.iter().all(Node::is_blank),
            Value::Map(entries) => {
                !entries.is_empty() && entries.iter().all(|(_, node)| node.is_blank())
            }
        }
    }

    /// The items of a list; anything else is its only item.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Text(_) | Value::Null | Value::Map(_) => std::slice::from_ref(self),
        }
    }

    /// Every text in it, in the order written.
    pub fn scalars(&self) -> Box<dyn Iterator<Item = &Node> + '_> {
        match &self.value {
            Value::Null => Box::new(std::iter::empty()),
            Value::Text(_) => Box::new(std::iter::once(self)),
            Value::List(items) => Box::new(items.iter().flat_map(Node::scalars)),
            Value::Map(entries) => Box::new(entries.iter().flat_map(|(_, node)| node.scalars())),
        }
    }
}

/// What can stand in YAML.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Nothing, `~` or `null`.
    #[default]
    Null,
    /// A scalar, whatever it looks like.
    Text(String),
    List(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub span: Span,
    pub name: String,
}

/// Whether two nodes say the same, wherever they stand.
pub(crate) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            let is_same = |((key, one), (name, other)): (&(Key, Node), &(Key, Node))| {
                key.name == name.name && same(one, other)
            };
            one.len() == other.len() && one.iter().zip(other).all(is_same)
        }
        (one, other) => one == other,
    }
}

/// What is wrong with a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub code: Code,
    pub span: Span,
    pub message: String,
    /// The first place of a key that stands twice.
    pub also: Option<Span>,
    pub hint: String,
}

/// Reads one YAML document that starts at byte `offset` of its file.
///
/// A text that cannot be read gives an empty node and one problem; keys that stand twice give one
/// problem each, and the first one counts.
pub(crate) fn parse(text: &str, offset: usize) -> (Node, Vec<Problem>) {
    let (parser, problems) = (Parser::new_from_str(text), Vec::new());
    let mut builder = Builder { parser, text, offset, is_of_words: false, problems };
    match builder.document() {
        Ok(node) => (node, builder.problems),
        Err(problem) => {
            builder.problems.push(*problem);
            (Node::default(), builder.problems)
        }
    }
}

/// A line of a text that could not be read.
struct Line<'a> {
    /// Where it begins.
    start: usize,
    line: &'a str,
    /// The last one before it that is not empty.
    above: &'a str,
}

struct Builder<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    text: &'a str,
    offset: usize,
    /// Whether it reads a field of free words.
    is_of_words: bool,
    problems: Vec<Problem>,
}

/// What to do with a comment that looks like a part of a value.
const AFTER_A_SPACE: &str = "; if it is a comment, put a space after the `#`";

/// The same in a field of free words.
const OWN_LINE: &str = "; if it is a comment, put it on a line of its own";

type Step<T> = Result<T, Box<Problem>>;

impl<'a> Builder<'a> {
    fn document(&mut self) -> Step<Node> {
        let mut root = Node::default();
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root),
                (Event::StreamStart | Event::DocumentEnd | Event::DocumentStart(..), _) => {}
                (event, span) if root.value == Value::Null => root = self.node(event, span, 0)?,
                (_, span) => return Err(self.syntax(span, "a second document begins here")),
            }
        }
    }

    fn next(&mut self) -> Step<(Event<'a>, Span)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.span(&span))),
            Some(Err(error)) => Err(self.scan_error(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Step<Node> {
        if depth > DEPTH_LIMIT {
            return Err(self.syntax(span, "this is nested too deeply"));
        }
        match event {
            Event::Scalar(text, style, 0, None) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if !is_block && !text.is_empty() {
                    let is_plain = style == ScalarStyle::Plain;
                    self.notice_comment(span, self.is_of_words && is_plain);
                }
                Ok(Node { span, value: scalar(&text, style) })
            }
            Event::SequenceStart(_, 0, None) => self.list(span, depth),
            Event::MappingStart(_, 0, None) => self.map(span, depth),
            Event::Alias(_) | Event::Scalar(..) => Err(self.refused(span)),
            Event::SequenceStart(..) | Event::MappingStart(..) => Err(self.refused(span)),
            _ => Err(self.syntax(span, "a value was expected here")),
        }
    }

    fn list(&mut self, span: Span, depth: usize) -> Step<Node> {
        let mut items = Vec::new();
        loop {
            let (event, here) = self.next()?;
            if event == Event::SequenceEnd {
                items.shrink_to_fit();
                let span = join(span, here);
                if self.text[..span.end - self.offset].ends_with(']') {
                    self.notice_comment(span, false);
                }
                return Ok(Node { span, value: Value::List(items) });
            }
            items.push(self.node(event, here, depth + 1)?);
        }
    }

    fn map(&mut self, span: Span, depth: usize) -> Step<Node> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut places: FxHashMap<String, Span> = FxHashMap::default();
        loop {
            let (event, here) = self.next()?;
            if event == Event::MappingEnd {
                entries.shrink_to_fit();
                let span = join(span, here);
                if self.text[..span.end - self.offset].ends_with('}') {
                    self.notice_comment(span, false);
                }
                return Ok(Node { span, value: Value::Map(entries) });
            }
            let key = self.key(event, here)?;
            let (event, here) = self.next()?;
            let around = self.is_of_words;
            self.is_of_words = around || yaml_words::are_free_words(&key.name);
            let value = self.node(event, here, depth + 1)?;
            self.is_of_words = around;
            if value.value == Value::Null {
                self.notice_comment_for(&key);
            }
            match places.get(&key.name) {
                None => {
                    places.insert(key.name.clone(), key.span);
                    entries.push((key, value));
                }
                Some(earlier) => self.problems.push(Problem {
                    code: Code::DuplicateKey,
                    span: key.span,
                    message: format!("`{}` stands here a second time", key.name),
                    also: Some(*earlier),
                    hint: "keep one of the two".to_owned(),
                }),
            }
        }
    }

    fn key(&self, event: Event<'a>, span: Span) -> Step<Key> {
        match event {
            Event::Scalar(name, _, 0, None) => Ok(Key { span, name: name.into_owned() }),
            Event::Scalar(..) | Event::Alias(_) => Err(self.refused(span)),
            _ => Err(self.syntax(span, "the name of a field was expected here")),
        }
    }

    fn span(&self, span: &ParserSpan) -> Span {
        let byte = |marker: &granit_parser::Marker| {
            self.offset + marker.byte_offset().unwrap_or(0).min(self.text.len())
        };
        Span { start: byte(&span.start), end: byte(&span.end) }
    }

    /// Says what a sign that begins a comment cuts off a value, where it looks like a part of the value: a
    /// letter or a digit follows at once; in free words, also after a space.
    fn notice_comment(&mut self, value: Span, is_of_words: bool) {
        let (start, end) = (value.start - self.offset, value.end - self.offset);
        let cut = yaml_words::cut_off(self.text, start..end);
        let of_words = || yaml_words::cut_off_words(self.text, start..end);
        let Some(cut) = cut.or_else(|| of_words().filter(|_| is_of_words)) else { return };
        let is_same_line = !self.text[end..cut.start].contains('\n');
        let hint = match yaml_words::quoted(&self.text[start..cut.end]) {
            Some(quoted) if is_same_line => format!("write `{quoted}` if it belongs to the value"),
            _ => "put the whole text in quotes, on one line, if it belongs to the value".to_owned(),
        };
        let start = if is_same_line { start } else { cut.start };
        let other = if is_of_words { OWN_LINE } else { AFTER_A_SPACE };
        self.problems.push(self.comment(start, cut, hint + other));
    }

    /// The same for a field whose value is cut off as a whole.
    fn notice_comment_for(&mut self, key: &Key) {
        let after = key.span.end - self.offset;
        let Some(colon) = self.text[after..].find(':').map(|at| after + at + 1) else { return };
        let Some(cut) = yaml_words::cut_off_in_line(self.text, colon) else { return };
        let hint = match yaml_words::quoted(&self.text[cut.clone()]) {
            Some(quoted) => format!("write `{quoted}` if it is the value"),
            None => "put the text in quotes if it is the value".to_owned(),
        };
        self.problems.push(self.comment(cut.start, cut, hint + AFTER_A_SPACE));
    }

    fn comment(&self, start: usize, cut: std::ops::Range<usize>, hint: String) -> Problem {
        let written = &self.text[cut.clone()];
        Problem {
            code: Code::CommentInValue,
            span: Span { start: self.offset + start, end: self.offset + cut.end },
            message: format!("`{written}` is left out, since `#` after a space begins a comment"),
            also: None,
            hint,
        }
    }

    fn scan_error(&self, error: &ScanError) -> Box<Problem> {
        let marker = error.marker();
        let at = self.offset + marker.byte_offset().unwrap_or(0).min(self.text.len());
        let span = Span { start: at, end: at };
        let sign = self.text[at - self.offset..].chars().next();
        if yaml_words::is_about_signs(&error.info()) || sign.is_some_and(|it| "&*!".contains(it)) {
            return self.refused(span);
        }
        match self.tab_near(at - self.offset, &error.info()) {
            Some(tab) => {
                let (start, end) = (self.offset + tab, self.offset + tab + 1);
                Box::new(Problem {
                    code: Code::YamlSyntax,
                    span: Span { start, end },
                    message: format!("the fields cannot be read here: {}", yaml_words::TAB),
                    also: None,
                    hint: yaml_words::NO_TABS.to_owned(),
                })
            }
            None => self.syntax(span, &error.info()),
        }
    }

    /// The tab before a line that made the parser stop. It does so at the text above, or only below.
    fn tab_near(&self, at: usize, found: &str) -> Option<usize> {
        let Line { start, line, above } = self.line_at(at);
        let begins_block = line.trim_end().ends_with(['>', '|']);
        let mut next = start;
        for line in self.text[start..].split_inclusive('\n') {
            let is_meant = next == start || found.contains("tab") || begins_block;
            if let Some(tab) = yaml_words::tab_before(line).filter(|_| is_meant) {
                return Some(next + tab);
            }
            next += line.len();
        }
        let tab = yaml_words::tab_before(above)?;
        Some(self.text[..start].rfind(above)? + tab)
    }

    fn syntax(&self, span: Span, found: &str) -> Box<Problem> {
        let at = span.start.saturating_sub(self.offset);
        let Line { start, line, above } = self.line_at(at);
        // A field without a space after its colon is noticed only at the next one.
        let (span, line, above) =
            match yaml_words::lacks_space(above) && !yaml_words::lacks_space(line) {
                true => {
                    let start = self.offset + self.text[..start].rfind(above).unwrap_or(0);
                    (Span { start, end: start + above.trim_end().len() }, above, "")
                }
                false => (span, line, above),
            };
        let sign = self.text[at..].chars().next();
        Box::new(Problem {
            code: Code::YamlSyntax,
            span,
            message: format!("the fields cannot be read here: {}", in_plain_words(found, sign)),
            also: None,
            hint: yaml_words::how_to_mend(line, above),
        })
    }

    /// The line of a place.
    fn line_at(&self, at: usize) -> Line<'a> {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let above = self.text[..start].lines().rev().find(|line| !line.trim().is_empty());
        Line { start, line, above: above.unwrap_or_default() }
    }

    fn refused(&self, span: Span) -> Box<Problem> {
        let at = span.start.saturating_sub(self.offset);
        let Line { line, .. } = self.line_at(at);
        let (sign, hint) = yaml_words::of_sign(line);
        Box::new(Problem {
            code: Code::YamlAlias,
            span,
            message: format!("a text cannot begin with `{sign}`, which is a sign of YAML"),
            also: None,
            hint,
        })
    }
}

fn join(start: Span, end: Span) -> Span {
    Span { start: start.start, end: end.end.max(start.end) }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    match (style, text) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Value::Null,
        _ => Value::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(yaml: &str, key: &str) -> String {
        let (node, problems) = parse(yaml, 0);
        assert_eq!(problems, []);
        let Value::Map(entries) = node.value else { panic!("not a mapping") };
        let (_, node) = entries.into_iter().find(|(found, _)| found.name == key).expect("the key");
        match node.value {
            Value::Text(text) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn scalars_stay_as_written() {
        for value in ["NO", "no", "1.10", "0o17", "2026-01-02", "1_000", "on", "12e3"] {
            assert_eq!(text_of(&format!("k: {value}"), "k"), value);
        }
        assert_eq!(text_of("k: 'it''s'", "k"), "it's");
        assert_eq!(text_of("k: >\n  two\n  lines\n", "k"), "two lines\n");
    }

    #[test]
    fn spans_are_bytes_of_the_file() {
        let (node, _) = parse("título: día\nb: [x, 'y']\n", 100);
        let Value::Map(entries) = node.value else { panic!("not a mapping") };
        assert_eq!(entries[0].0.span, Span { start: 100, end: 107 });
        assert_eq!(entries[0].1.span, Span { start: 109, end: 113 });
        let Value::List(items) = &entries[1].1.value else { panic!("not a list") };
        assert_eq!(items[1].span, Span { start: 121, end: 124 });
    }

    #[test]
    fn problems_are_found_and_named() {
        let codes = |yaml: &str| parse(yaml, 0).1.iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes("a: 1\na: 2\nb: 1\nb: 3"), [Code::DuplicateKey; 2]);
        assert_eq!(codes("a: &x 1\nb: *x"), [Code::YamlAlias]);
        assert_eq!(codes("a: !!str 1"), [Code::YamlAlias]);
        assert_eq!(codes("title: One: two"), [Code::YamlSyntax]);
        assert_eq!(codes("a:\n\tb: 1"), [Code::YamlSyntax]);
        for yaml in [
            "a:\n  - b: c\n\td: e",
            "a:\n  b: c\n\n\td: e\nf: g",
            "a:\n\n# x\n\tb: c",
            "a: A\n\tb: c\nd: e",
            "\ta: b\nc: d",
            "a:\n  - x\n\t- y",
            "a: >\n\tb\nc: d",
            "a: b\n\tc\nd: e",
            "a:\n  b: c\n \td: e",
        ] {
            let (_, problems) = parse(yaml, 0);
            let tab = yaml.find('\t').expect("a tab");
            let places: Vec<Span> = problems.iter().map(|it| it.span).collect();
            assert_eq!(places, [Span { start: tab, end: tab + 1 }], "{yaml:?}");
            assert_eq!(problems[0].hint, yaml_words::NO_TABS);
        }
        assert_eq!(codes(&"[".repeat(10_000)), [Code::YamlSyntax]);
        assert_eq!(codes(""), []);
        assert_eq!(codes("# only a comment"), []);
    }
}
