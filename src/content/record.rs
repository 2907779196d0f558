//! A record: one Markdown file, read but not yet understood.

use std::borrow::Cow;
use std::sync::Arc;

use super::file_names::{self, CONTENT, LONGEST_MADE_ID};
use super::front_matter::{self, Fence};
use super::markdown::{self, Body};
use super::values::{Complaint, Language, Slug, slugify};
use super::yaml::{self, Node, Value};
use super::{conflict, second_look, yaml_words};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// The six kinds of entry, in the order in which they are read and listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// An organisation.
    Coop,
    /// What a coop looks for.
    Need,
    /// What a coop can give.
    Offer,
    /// A need and an offer that fit.
    Match,
    /// One meeting.
    Call,
    /// A free wiki page.
    Page,
}

impl EntryKind {
    /// In the order in which lists, feeds and data name them.
    pub const ALL: [EntryKind; 6] = [
        EntryKind::Coop,
        EntryKind::Need,
        EntryKind::Offer,
        EntryKind::Match,
        EntryKind::Call,
        EntryKind::Page,
    ];

    /// The word for one entry of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            EntryKind::Coop => "coop",
            EntryKind::Need => "need",
            EntryKind::Offer => "offer",
            EntryKind::Match => "match",
            EntryKind::Call => "call",
            EntryKind::Page => "page",
        }
    }

    /// The folder of the kind, in `content/` and in the site's addresses.
    pub fn folder(self) -> &'static str {
        match self {
            EntryKind::Coop => "coops",
            EntryKind::Need => "needs",
            EntryKind::Offer => "offers",
            EntryKind::Match => "matches",
            EntryKind::Call => "calls",
            EntryKind::Page => "pages",
        }
    }

    /// The path of a file of the kind, such as `content/coops/agaric.md`, by its path in the folder of the kind.
    pub fn file(self, rest: &str) -> String {
        file_names::in_folder_of(self.folder(), rest)
    }

    /// The kind of a folder's name.
    pub fn from_folder(folder: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// The kind and the id in a name with its folder: `needs/wheat`.
    pub fn in_name(name: &str) -> Option<(EntryKind, &str)> {
        let (folder, id) = name.split_once('/')?;
        Some((EntryKind::from_folder(folder)?, id))
    }
}

/// One Markdown file below `content/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The file, relative to the site.
    pub path: Arc<str>,
    /// Its kind, by its folder.
    pub kind: EntryKind,
    /// Its name, by its path, not yet checked: a page's may hold slashes, a match's is
    /// `NEED--OFFER`.
    pub id: String,
    /// The language of a translation (`agaric.es.md`).
    pub translation: Option<Language>,
    /// A mapping, or null where there is none.
    pub front: Node,
    /// What follows the front matter.
    pub body: Body,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
}

impl Record {
    /// Whether its front matter could be read as YAML.
    pub fn is_readable(&self) -> bool {
        let unreadable = |problem: &Diagnostic| match problem.code {
            Code::YamlSyntax | Code::YamlAlias | Code::WrongShape => true,
            Code::ConflictMarkers => self.front == Node::default(),
            _ => false,
        };
        !self.problems.iter().any(unreadable)
    }
}

/// Reads one file below `content/`; `None` when no entry is read from its place.
pub fn read(path: &Arc<str>, text: &Arc<str>) -> Option<Record> {
    let Named { kind, id, translation } = name(path)?;
    let parts = front_matter::split(text);
    let fields = &text[parts.front.start..parts.front.end];
    let fields = match parts.fence {
        Some(Fence::Toml(_)) => Cow::Owned(front_matter::from_toml(fields)),
        _ => Cow::Borrowed(fields),
    };
    let (front, problems) = yaml::parse(&fields, parts.front.start);
    let mut problems: Vec<Diagnostic> =
        problems.into_iter().map(|problem| diagnostic(path, problem)).collect();
    if let Some(fence) = parts.fence {
        let owner = format!("{} `{id}`", kind.as_str());
        let could_be_read = problems.is_empty();
        problems = vec![missing_fence(path, &owner, fence, could_be_read)];
    }
    let front = fields_or_nothing(path, front, &mut problems);
    let body = markdown::read(text, parts.body.start..parts.body.end);
    let conflict = conflict::find(text, code_of(text, parts.body.start));
    let is_in_fields = conflict.is_some_and(|(begins, _)| begins.start < parts.body.start)
        || conflict.is_some() && parts.fence.is_some();
    let front = if is_in_fields { Node::default() } else { front };
    if let Some(conflict) = conflict {
        // What stands between two versions is no YAML, and nobody needs to hear so.
        problems.retain(|_| !is_in_fields);
        problems.push(conflict::diagnostic(path, conflict));
    }
    problems.extend(second_look::at_fields(path, &front));
    problems.extend(second_look::at_text(path, text, parts.body, &body.wordless));
    Some(Record { path: path.clone(), kind, id, translation, front, body, problems })
}

/// Tells whether something stands in the code of a body that begins there.
fn code_of(text: &str, body: usize) -> impl Fn(usize) -> bool {
    let code = std::cell::OnceCell::new();
    move |at| {
        let code = code.get_or_init(|| markdown::code(&text[body..]));
        let inside = |at: usize| {
            let before = code.partition_point(|it: &std::ops::Range<usize>| it.start <= at);
            before.checked_sub(1).is_some_and(|last| at < code[last].end)
        };
        at.checked_sub(body).is_some_and(inside)
    }
}

/// `could_be_read` says whether what lies between the lines that stand there was understood.
fn missing_fence(path: &Arc<str>, owner: &str, fence: Fence, could_be_read: bool) -> Diagnostic {
    let (span, message, hint) = match fence {
        Fence::Toml(span) => {
            let message = format!("{owner} has its fields in TOML, as Hugo and Zola have them");
            let hint = "write `---` for both lines `+++`, and in each line a colon for the `=`";
            let place = place(path, span);
            let code = if could_be_read { Code::TomlFields } else { Code::YamlSyntax };
            return Diagnostic::new(code, place, message).hint(hint);
        }
        Fence::First(span) => (
            span,
            format!("{owner} does not begin with a line of three hyphens"),
            "write `---` on the very first line, and again below the last field",
        ),
        Fence::InCode(span) => (
            span,
            format!("{owner} begins with a line of code, so its fields are not read"),
            "take out this line, and the one that ends the code",
        ),
        Fence::Last(span) => (
            span,
            format!("{owner} has front matter that does not end"),
            "end it with a line of three hyphens: `---`",
        ),
    };
    Diagnostic::new(Code::YamlSyntax, place(path, span), message).hint(hint)
}

/// Reads a file that is YAML as a whole.
pub fn read_yaml(path: &Arc<str>, text: &str) -> (Node, Vec<Diagnostic>) {
    if let Some(conflict) = conflict::find(text, |_| false) {
        return (Node::default(), vec![conflict::diagnostic(path, conflict)]);
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (node, problems) = yaml::parse(&text[start..], start);
    let mut problems = problems.into_iter().map(|problem| diagnostic(path, problem)).collect();
    let node = fields_or_nothing(path, node, &mut problems);
    problems.extend(second_look::at_fields(path, &node));
    (node, problems)
}

/// A place in a file.
pub fn place(path: &Arc<str>, span: Span) -> Place {
    Place { file: path.clone(), span }
}

fn fields_or_nothing(path: &Arc<str>, node: Node, problems: &mut Vec<Diagnostic>) -> Node {
    match node.value {
        Value::Map(_) | Value::Null => node,
        Value::Text(_) | Value::List(_) => {
            let message = "this should be fields, one on a line, such as `title: …`";
            let place = place(path, node.beginning());
            let hint = match &node.value {
                Value::Text(text) => yaml_words::with_space(text),
                _ => None,
            };
            let hint = hint.unwrap_or_else(|| {
                "write the name of the field, a colon, a space and its value".to_owned()
            });
            problems.push(Diagnostic::new(Code::WrongShape, place, message).hint(hint));
            Node { span: node.span, value: Value::Null }
        }
    }
}

fn diagnostic(path: &Arc<str>, problem: yaml::Problem) -> Diagnostic {
    let diagnostic = Diagnostic::new(problem.code, place(path, problem.span), problem.message)
        .hint(problem.hint);
    match problem.also {
        Some(span) => diagnostic.also(place(path, span), "it stands here first"),
        None => diagnostic,
    }
}

/// What the path of a file says of its entry.
pub(crate) struct Named {
    pub kind: EntryKind,
    /// Not yet checked.
    pub id: String,
    /// The language, if it is a translation.
    pub translation: Option<Language>,
}

/// What a path says: `content/coops/agaric/index.es.md` is the Spanish of the coop `agaric`.
pub(crate) fn name(path: &str) -> Option<Named> {
    let (folder, rest) = path.strip_prefix(CONTENT)?.split_once('/')?;
    let kind = EntryKind::from_folder(folder)?;
    let stem = rest.strip_suffix(".md")?;
    let (parent, file) = stem.rsplit_once('/').unwrap_or(("", stem));
    let (file, translation) = match file.rsplit_once('.') {
        Some((file, suffix)) => match Language::parse(suffix) {
            Ok(language) => (file, Some(language)),
            Err(_) => (stem.rsplit('/').next().unwrap_or(stem), None),
        },
        None => (file, None),
    };
    let id = match (parent, file) {
        ("", file) => file.to_owned(),
        (parent, "index") => parent.to_owned(),
        (parent, file) if kind == EntryKind::Page => format!("{parent}/{file}"),
        _ => return None,
    };
    let nested = id.contains('/') && kind != EntryKind::Page;
    (!nested).then_some(Named { kind, id, translation })
}

/// Words of the site's own paths, which no entry of the kind can be called.
pub fn is_reserved(kind: EntryKind, id: &str) -> bool {
    let common = ["page", "index"].contains(&id);
    common
        || match kind {
            EntryKind::Coop => ["country", "sector", "form", "language"].contains(&id),
            EntryKind::Need | EntryKind::Offer => {
                ["kind", "country", "language", "mode", "topic", "archive"].contains(&id)
            }
            EntryKind::Call => {
                ["series", "open", "decisions"].contains(&id)
                    || (id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_digit()))
            }
            EntryKind::Match => false,
            EntryKind::Page => id.split('/').next() == Some("page"),
        }
}

/// An id for a new entry, made of words; cut so that every address can be made of it.
pub fn made_id(words: &str) -> String {
    file_names::cut(&slugify(words), LONGEST_MADE_ID).to_owned()
}

/// A made id with a number, for where others have it.
pub fn numbered_id(id: &str, number: usize) -> String {
    let number = format!("-{number}");
    format!("{}{number}", file_names::cut(id, LONGEST_MADE_ID - number.len()))
}

/// Whether an entry of a kind can be begun under an id: `has_file` tells which files there are. What
/// Windows keeps for devices is no name for what people on any system should be able to copy.
pub fn is_free(kind: EntryKind, id: &str, has_file: impl Fn(&str) -> bool) -> bool {
    let folder = kind.folder();
    !file_names::is_kept_by_windows(id)
        && !has_file(&format!("content/{folder}/{id}.md"))
        && !has_file(&format!("content/{folder}/{id}/index.md"))
}

/// Checks the id of a record other than a match.
pub fn check_id(kind: EntryKind, id: &str) -> Result<Slug, Complaint> {
    if is_reserved(kind, id) {
        let what = "which is a word of the site's own addresses";
        return Err(Complaint::new(
            Code::ReservedId,
            what,
            format!("give it another name, such as `{}`", numbered_id(id, 2)),
        ));
    }
    match kind {
        EntryKind::Page => Slug::parse_path(id),
        _ => Slug::parse(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str) -> Option<(EntryKind, String, Option<String>)> {
        name(path).map(|it| (it.kind, it.id, it.translation.map(|tag| tag.to_string())))
    }

    #[test]
    fn a_path_names_kind_id_and_language() {
        let some = |kind, id: &str, lang: Option<&str>| {
            Some((kind, id.to_owned(), lang.map(str::to_owned)))
        };
        assert_eq!(named("content/coops/agaric.md"), some(EntryKind::Coop, "agaric", None));
        assert_eq!(named("content/coops/agaric/index.md"), some(EntryKind::Coop, "agaric", None));
        assert_eq!(
            named("content/coops/agaric/index.es.md"),
            some(EntryKind::Coop, "agaric", Some("es"))
        );
        assert_eq!(named("content/coops/a.pt-BR.md"), some(EntryKind::Coop, "a", Some("pt-BR")));
        assert_eq!(named("content/calls/2026-11.md"), some(EntryKind::Call, "2026-11", None));
        assert_eq!(named("content/pages/a/b.md"), some(EntryKind::Page, "a/b", None));
        assert_eq!(named("content/pages/a/index.md"), some(EntryKind::Page, "a", None));
        assert_eq!(named("content/coops/a/notes.md"), None);
        assert_eq!(named("content/README.md"), None);
        assert_eq!(named("content/coops/a.v2.md"), some(EntryKind::Coop, "a.v2", None));
    }

    #[test]
    fn a_file_without_fields_is_a_record_all_the_same() {
        for text in ["", "---\n---\n", "Just text", "---\n\n---\nx"] {
            let record = read(&"content/pages/a.md".into(), &text.into()).expect("a record");
            assert_eq!(record.problems, [], "{text:?}");
        }
        let record =
            read(&"content/pages/a.md".into(), &"---\n- a\n---\n".into()).expect("a record");
        assert_eq!(record.problems[0].code, Code::WrongShape);
    }
}
