//! A problem in the content: where it is, what is wrong, and what its author can do.

mod fix;
mod lines;
mod spelling;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::characters::{printable, printable_in_line};
pub use fix::Fix;
pub use lines::{Lines, line_and_column};
pub use spelling::{Spellings, nearest};

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
    /// A conflict of versions that somebody has to settle.
    ConflictMarkers = "conflict-markers", Error;
    /// A file that a program made of another, or that somebody copied, beside that one.
    StrayCopy = "stray-copy", Warning;
    /// The YAML cannot be read.
    YamlSyntax = "yaml-syntax", Error;
    /// Fields that are written in TOML.
    TomlFields = "toml-fields", Error;
    /// The YAML uses anchors, aliases or tags.
    YamlAlias = "yaml-alias", Error;
    /// A part of a value that YAML takes for a comment.
    CommentInValue = "comment-in-value", Warning;
    /// A letter written as in HTML where no Markdown is read.
    EntityInValue = "entity-in-value", Warning;
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
    /// A language that is hardly ever meant by its tag.
    UnlikelyLanguage = "unlikely-language", Warning;
    /// A date that is not in the calendar or not written YYYY-MM-DD.
    BadDate = "bad-date", Error;
    /// A day in the future of something that has happened, or a change before the beginning.
    UnlikelyDate = "unlikely-date", Warning;
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
    /// Two entries, aliases or files claim one address.
    IdClash = "id-clash", Error;
    /// A file to be copied whose path no disk takes, or that is kept for others.
    BadPath = "bad-path", Error;
    /// A file of a name that Windows does not take.
    NotOnWindows = "not-on-windows", Warning;
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
    /// A call that does not say its series, where there are several.
    MissingSeries = "missing-series", Error;
    /// A call that was held, and would move with its series.
    InheritedTime = "inherited-time", Warning;
    /// A change of a call or series that calendars would not take over.
    UnannouncedChange = "unannounced-change", Warning;
    /// Two calls of a series that start at the same time.
    SameStart = "same-start", Warning;
    /// A planned call of a series that has ended before.
    EndedSeries = "ended-series", Warning;
    /// A planned call at the hour that its series had before.
    OtherHour = "other-hour", Warning;
    /// An action that is done and dropped.
    TwoEnds = "two-ends", Warning;
    /// An image that is not beside the entry.
    UnknownImage = "unknown-image", Error;
    /// A file beside an entry that could do more than hold something.
    ActiveFile = "active-file", Error;
    /// A picture that is none, is damaged, or says what cannot be taken out of it.
    BadPicture = "bad-picture", Error;
    /// A picture that says where it was taken.
    PicturePlace = "picture-place", Warning;
    /// A picture that is large for those who look at it.
    LargePicture = "large-picture", Warning;
    /// A coop is part of a coop that is not a network.
    NotANetwork = "not-a-network", Warning;
    /// A turn of a call names a need or an offer of another coop.
    OtherCoop = "other-coop", Warning;
    /// A call to come gives a turn to a coop that is closed.
    ClosedCoop = "closed-coop", Warning;
    /// A match joins a need and an offer of the same coop.
    SameCoop = "same-coop", Warning;
    /// A call names a coop, a pair or an action twice where one line says it.
    SaidTwice = "said-twice", Warning;
    /// A time that the clocks skip, in the night when summer time begins.
    SkippedTime = "skipped-time", Warning;
    /// `until` lies before `from`, or the like.
    DatesReversed = "dates-reversed", Error;
    /// A file in `matches/` whose name does not say its need and offer.
    MatchName = "match-name", Error;
    /// A translation without the entry that it translates.
    OrphanTranslation = "orphan-translation", Error;
    /// An entry whose name is that of another one with a language.
    LikelyTranslation = "likely-translation", Warning;
    /// A translation into a language that the site does not have.
    UnlistedLanguage = "unlisted-language", Warning;
    /// A topic that is, in the end, broader than itself.
    TopicCycle = "topic-cycle", Error;
    /// An entry that has the name of another one, to which a wiki link leads.
    AmbiguousLink = "ambiguous-link", Warning;
    /// A text says what is withheld elsewhere.
    WithheldMention = "withheld-mention", Error;
    /// A text of an entry says a contact of its own that has no visibility, and is left out.
    OwnContact = "own-contact", Warning;
    /// The admin lets something stand that nothing withholds.
    NeedlessAllowance = "needless-allowance", Warning;
    /// A link to an entry or file that does not exist.
    MissingLink = "missing-link", Warning;
    /// A link to a heading that is not on its page.
    MissingHeading = "missing-heading", Warning;
    /// A footnote that is called and has no text.
    MissingNote = "missing-note", Warning;
    /// A footnote that nothing calls.
    UncalledNote = "uncalled-note", Warning;
    /// A link or picture whose address has a space, and that is not there.
    SpaceInAddress = "space-in-address", Warning;
    /// A picture without words.
    MissingWords = "missing-words", Warning;
    /// Words by which `ayni new` asks for words.
    TemplateWords = "template-words", Warning;
    /// A picture on another site, which no page asks for.
    RemoteImage = "remote-image", Warning;
    /// Raw HTML in a body, which is shown as text.
    HtmlAsText = "html-as-text", Warning;
    /// A part of a text that no page shows, or not as it is written.
    NotShown = "not-shown", Warning;
    /// What means something to other programs, and is shown as text.
    OtherSign = "other-sign", Warning;
    /// A translation into the language in which its original is.
    OwnLanguage = "own-language", Warning;
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

impl Span {
    /// Whether nothing stands there.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A range of bytes in one file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the site, with forward slashes.
    pub file: Arc<str>,
    /// The bytes that are shown and underlined.
    pub span: Span,
}

/// Something that is wrong with the content or the theme, for those who write them.
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
    /// Where else the same is wrong, in order.
    pub more: Vec<Place>,
    /// Something the author can do.
    pub hint: Option<String>,
    /// What the program can do itself.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at a place, without a hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            place,
            also: None,
            more: Vec::new(),
            hint: None,
            fix: None,
        }
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

    /// The same with what the program can do itself.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
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
        let (message, file) =
            (printable_in_line(&self.message), printable_in_line(&self.place.file));
        let excerpt = text_of(&self.place.file).map(|text| Excerpt::new(text, self.place.span));
        let mut group = level.primary_title(&*message).elements(
            excerpt.iter().map(|excerpt| excerpt.snippet(&file, AnnotationKind::Primary, None)),
        );
        let also = self.also.as_ref().and_then(|(place, label)| {
            let excerpt = Excerpt::new(text_of(&place.file)?, place.span);
            Some((excerpt, printable_in_line(&place.file), printable_in_line(label)))
        });
        if let Some((excerpt, file, label)) = &also {
            group = group.element(excerpt.snippet(file, AnnotationKind::Context, Some(label)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        if excerpt.is_none() {
            out.push_str(&format!("\n  --> {file}"));
        }
        for place in self.more.iter().take(SHOWN) {
            out.push_str(&format!("\n  --> {}", located(place, &text_of)));
        }
        if let Some(left) = self.more.len().checked_sub(SHOWN).filter(|left| *left > 0) {
            out.push_str(&format!("\n  --> and {left} more"));
        }
        let code = self.code.as_str();
        match &self.hint {
            Some(hint) => out.push_str(&format!("\nhint: {} [{code}]", printable_in_line(hint))),
            None => out.push_str(&format!("\n      [{code}]")),
        }
        out
    }

    /// The problem as data, for `--format json`; `locate` says in which line and column a place begins.
    pub fn report(&self, mut locate: impl FnMut(&Place) -> (usize, usize)) -> Report<'_> {
        let (line, column) = locate(&self.place);
        let also = self.also.as_ref().map(|(place, message)| {
            let (line, column) = locate(place);
            Also { message, file: &place.file, line, column }
        });
        let more = self.more.iter().map(|place| {
            let (line, column) = locate(place);
            Elsewhere { file: &place.file, line, column }
        });
        let more = more.collect();
        Report {
            severity: self.severity(),
            code: self.code.as_str(),
            message: &self.message,
            file: &self.place.file,
            line,
            column,
            hint: self.hint.as_deref(),
            also,
            more,
            fix: self.fix.as_ref().map(Fix::lines).unwrap_or_default(),
            fixed: false,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    also: Option<Also<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<Elsewhere<'a>>,
    /// The lines that `ayni check --fix` writes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<String>,
    /// It has written them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
}

/// Another place at which the same is wrong.
#[derive(Debug, Serialize)]
struct Elsewhere<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// A second place, and what is there.
#[derive(Debug, Serialize)]
struct Also<'a> {
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
}

/// So many of the places where the same is wrong are named.
const SHOWN: usize = 3;

/// A place with its line and column, where its file is known.
fn located<'a>(place: &Place, text_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let file = printable_in_line(&place.file);
    let Some(text) = text_of(&place.file) else { return file.into_owned() };
    let (line, column) = line_and_column(text, place.span.start);
    format!("{file}:{line}:{column}")
}

/// The lines of a file around a place, so that nobody goes through the rest of it.
struct Excerpt<'a> {
    text: Cow<'a, str>,
    /// Which line of the file comes first.
    first_line: usize,
    /// The place, in the text.
    marked: Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn new(text: &'a str, place: Span) -> Excerpt<'a> {
        let (lines, place) = (lines::around(text, place), lines::within(text, place));
        let (first_line, _) = line_and_column(text, lines.start);
        let marked = place.start - lines.start..place.end - lines.start;
        Excerpt { text: printable(&text[lines]), first_line, marked }
    }

    fn snippet<'s>(
        &'s self,
        file: &'s str,
        kind: AnnotationKind,
        label: Option<&'s str>,
    ) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let annotation = kind.span(self.marked.clone()).label(label);
        let source = Snippet::source(&*self.text).line_start(self.first_line);
        source.path(file).fold(true).annotation(annotation)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    proptest! {
        #[test]
        fn an_excerpt_reads_as_if_the_whole_file_had_been_read(
            text in "(\u{feff})?[aé合 \t\r\u{1b}\n]{0,40}",
            start in 0..60_usize,
            length in 0..20_usize,
        ) {
            let span = Span { start, end: start + length };
            let place = Place { file: "f.md".into(), span };
            let found = Diagnostic::new(Code::BadId, place, "m").render(|_| Some(&text), false);
            let (text, marked) = (printable(&text), lines::within(&text, span));
            let whole = Snippet::source(&*text).path("f.md").fold(true);
            let whole = whole.annotation(AnnotationKind::Primary.span(marked));
            let group = Level::ERROR.primary_title("m").element(whole);
            let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
            prop_assert_eq!(found, renderer.render(&[group]) + "\n      [bad-id]");
        }
    }
}
