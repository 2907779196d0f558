//! A problem in the content: where it is, what is wrong, and what its author can do.

use std::borrow::Cow;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

/// How much a problem weighs: an error stops a build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The content cannot be published as it is.
    Error,
    /// The content can be published, but somebody will want to know.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// The kinds of problem, each with a stable code that the handbook explains.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Whether this kind of problem stops a build.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A file is not UTF-8 or too large, or its name cannot be used.
    UnreadableFile = "unreadable-file", Error;
    /// A link of the file system where Ayni would read or write.
    LinkOnDisk = "link-on-disk", Error;
    /// What only Ayni may write is under version control.
    TrackedWork = "tracked-work", Error;
    /// A Markdown file lies where no entry is read from.
    MisplacedFile = "misplaced-file", Warning;
    /// The YAML cannot be read.
    YamlSyntax = "yaml-syntax", Error;
    /// The YAML uses anchors, aliases or tags.
    YamlAlias = "yaml-alias", Error;
    /// A key stands twice in one mapping.
    DuplicateKey = "duplicate-key", Error;
    /// A field that this kind of entry does not have.
    UnknownField = "unknown-field", Error;
    /// A required field is missing.
    MissingField = "missing-field", Error;
    /// A list where a text was expected, or the like.
    WrongShape = "wrong-shape", Error;
    /// A word that is not among those a field takes.
    UnknownChoice = "unknown-choice", Error;
    /// A country that is not in ISO 3166-1.
    UnknownCountry = "unknown-country", Error;
    /// A language that is not a BCP 47 tag.
    UnknownLanguage = "unknown-language", Error;
    /// A date that is not in the calendar or not written YYYY-MM-DD.
    BadDate = "bad-date", Error;
    /// A time or duration that cannot be read.
    BadTime = "bad-time", Error;
    /// Coordinates that are not on Earth.
    BadCoordinates = "bad-coordinates", Error;
    /// A currency that is not in ISO 4217.
    UnknownCurrency = "unknown-currency", Error;
    /// A time zone that is not in the IANA database.
    UnknownTimeZone = "unknown-time-zone", Error;
    /// A URL that is not complete or whose scheme is not allowed.
    BadUrl = "bad-url", Error;
    /// A contact whose value does not fit its type.
    BadContact = "bad-contact", Error;
    /// A number that cannot be read or is out of range.
    BadNumber = "bad-number", Error;
    /// A recurrence rule that cannot be read.
    BadRecurrence = "bad-recurrence", Error;
    /// A file name or alias that cannot be an id.
    BadId = "bad-id", Error;
    /// An id that is a word of the site's own paths.
    ReservedId = "reserved-id", Error;
    /// Two entries or aliases claim one address.
    IdClash = "id-clash", Error;
    /// A coop that is not in the directory.
    UnknownCoop = "unknown-coop", Error;
    /// A need that is not in the directory.
    UnknownNeed = "unknown-need", Error;
    /// An offer that is not in the directory.
    UnknownOffer = "unknown-offer", Error;
    /// A call that is not in the directory.
    UnknownCall = "unknown-call", Error;
    /// A topic that is not in the vocabulary.
    UnknownTopic = "unknown-topic", Error;
    /// A series of calls that `site.yaml` does not name.
    UnknownSeries = "unknown-series", Error;
    /// An image that is not beside the entry.
    UnknownImage = "unknown-image", Error;
    /// A coop is part of a coop that is not a network.
    NotANetwork = "not-a-network", Warning;
    /// A turn of a call names a need or an offer of another coop.
    OtherCoop = "other-coop", Warning;
    /// A match joins a need and an offer of the same coop.
    SameCoop = "same-coop", Warning;
    /// `until` lies before `from`, or the like.
    DatesReversed = "dates-reversed", Error;
    /// A file in `matches/` whose name does not say its need and offer.
    MatchName = "match-name", Error;
    /// A translation without the entry that it translates.
    OrphanTranslation = "orphan-translation", Error;
    /// A translation into a language that the site does not have.
    UnlistedLanguage = "unlisted-language", Warning;
    /// A topic that is, in the end, broader than itself.
    TopicCycle = "topic-cycle", Error;
    /// A wiki link that could mean several entries.
    AmbiguousLink = "ambiguous-link", Error;
    /// A link to an entry or file that does not exist.
    MissingLink = "missing-link", Warning;
    /// A picture on another site, which no page asks for.
    RemoteImage = "remote-image", Warning;
    /// Raw HTML in a body, which is shown as text.
    HtmlAsText = "html-as-text", Warning;
    /// A configured language without interface text.
    UntranslatedInterface = "untranslated-interface", Warning;
    /// A theme file that cannot be used.
    BadTheme = "bad-theme", Error;
}

/// Bytes from the start of a file, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A range of bytes in one file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the site, with forward slashes.
    pub file: Arc<str>,
    /// Where in it.
    pub span: Span,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// Who and what is wrong, in the author's words; makes sense alone.
    pub message: String,
    /// The smallest text that must change.
    pub place: Place,
    /// A second place, when two things clash, and what it is.
    pub also: Option<(Place, String)>,
    /// Something the author can do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A problem at a place, without a hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), place, also: None, hint: None }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a second place.
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also = Some((place, label.into()));
        self
    }

    /// Whether it stops a build.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The problem as text with an excerpt, as it is shown on a terminal.
    ///
    /// `text_of` gives a file's text; where it has none, only the place is named.
    pub fn render<'a>(&self, text_of: impl Fn(&str) -> Option<&'a str>, colour: bool) -> String {
        let level = match self.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let (message, file) = (printable(&self.message), printable(&self.place.file));
        let text = text_of(&self.place.file).map(printable);
        let mut group = level.primary_title(&*message).elements(
            text.iter()
                .map(|text| snippet(text, &file, &self.place, AnnotationKind::Primary, None)),
        );
        let also = self.also.as_ref().and_then(|(place, label)| {
            Some((place, printable(text_of(&place.file)?), printable(&place.file), label))
        });
        if let Some((place, text, file, label)) = &also {
            group = group.element(snippet(text, file, place, AnnotationKind::Context, Some(label)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        if text.is_none() {
            out.push_str(&format!("\n  --> {file}"));
        }
        let code = self.code.as_str();
        match &self.hint {
            Some(hint) => out.push_str(&format!("\nhint: {} [{code}]", printable(hint))),
            None => out.push_str(&format!("\n      [{code}]")),
        }
        out
    }

    /// The problem as data, for `--format json`.
    pub fn report(&self, text: &str) -> Report<'_> {
        let (line, column) = line_and_column(text, self.place.span.start);
        Report {
            severity: self.severity(),
            code: self.code.as_str(),
            message: &self.message,
            file: &self.place.file,
            line,
            column,
            hint: self.hint.as_deref(),
        }
    }
}

/// A problem as it stands in `ayni check --format json`.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    severity: Severity,
    code: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    hint: Option<&'a str>,
}

/// A text whose control characters cannot reach the terminal. What stands for them is as long, so
/// that places stay where they are.
fn printable(text: &str) -> Cow<'_, str> {
    let is_control = |letter: char| {
        let is_line = matches!(letter, '\n' | '\r' | '\t');
        let is_direction = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (letter.is_control() && !is_line) || is_direction
    };
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let shown = |letter: char| match letter {
        letter if !is_control(letter) => letter,
        letter if letter.len_utf8() == 1 => '?',
        letter if letter.len_utf8() == 2 => '\u{bf}',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(shown).collect())
}

fn snippet<'a>(
    text: &'a str,
    file: &'a str,
    place: &Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let start = floor_boundary(text, place.span.start);
    let end = floor_boundary(text, place.span.end).max(start);
    Snippet::source(text).path(file).fold(true).annotation(kind.span(start..end).label(label))
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// The line and the column of a byte, both from 1, the column in characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor_boundary(text, at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (line, column)
}

/// The candidate nearest to `word`, if at most a third of its letters differ.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed * 4)
        .map(|candidate| (edit_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, delete, replace or swap with a neighbour to turn one word into the other
/// (optimal string alignment distance).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_offered_only_when_it_is_near() {
        let candidates = ["velo-collective", "agaric"];
        assert_eq!(nearest("velo-colectiv", candidates), Some("velo-collective"));
        assert_eq!(nearest("agairc", candidates), Some("agaric"));
        assert_eq!(nearest("zebra", candidates), None);
    }

    #[test]
    fn columns_count_characters_and_ignore_a_byte_order_mark() {
        assert_eq!(line_and_column("\u{feff}título: x", 12), (1, 9));
        assert_eq!(line_and_column("a\nbé c", 5), (2, 3));
    }

    #[test]
    fn a_diagnostic_reads_as_promised() {
        let text = "---\ntitle: Bike repair\ncoop: velo-colectiv\n---\n";
        let file: Arc<str> = "content/needs/bike-repair.md".into();
        let diagnostic = Diagnostic::new(
            Code::UnknownCoop,
            Place { file, span: Span { start: 29, end: 42 } },
            "need `bike-repair` names the coop `velo-colectiv`, which is not in the directory",
        )
        .hint("did you mean `velo-collective`?");
        assert_eq!(
            diagnostic.render(|_| Some(text), false),
            "error: need `bike-repair` names the coop `velo-colectiv`, which is not in the directory
 --> content/needs/bike-repair.md:3:7
  |
3 | coop: velo-colectiv
  |       ^^^^^^^^^^^^^
hint: did you mean `velo-collective`? [unknown-coop]"
        );
    }
}
