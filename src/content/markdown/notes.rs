//! Footnotes: in which order a text calls them, and which of them lack a text or a call.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use crate::diagnostic::Span;

/// The footnotes of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Their names, as they are compared, in the order in which the text calls them; then those that nothing
    /// calls.
    pub order: Vec<String>,
    /// Calls of notes that have no text, by their names as written.
    pub missing: Vec<(String, Span)>,
    /// Notes that nothing calls.
    pub uncalled: Vec<(String, Span)>,
}

/// Names of notes are compared without regard to case.
pub(crate) fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Looks for them while a text is read.
#[derive(Default)]
pub(crate) struct Finder<'a> {
    called: Vec<String>,
    /// Each with where its first text begins.
    defined: Vec<(String, Range<usize>)>,
    missing: Vec<(&'a str, Range<usize>)>,
    /// Words that stand together, in the source.
    run: Range<usize>,
    is_code: bool,
}

impl<'a> Finder<'a> {
    /// Notes a piece of the text.
    pub(crate) fn see(&mut self, markdown: &'a str, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Text(_) if self.is_code => {}
            Event::Text(_) if place.start == self.run.end => self.run.end = place.end,
            event => {
                self.end_run(markdown);
                match event {
                    Event::Text(_) => self.run = place.clone(),
                    Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
                    Event::End(TagEnd::CodeBlock) => self.is_code = false,
                    Event::FootnoteReference(name) => self.called.push(key(name)),
                    Event::Start(Tag::FootnoteDefinition(name)) => {
                        let end = place.start + name.len() + "[^]:".len();
                        self.defined.push((key(name), place.start..end.min(place.end)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// What looks like a call and is none, since nothing is its text.
    fn end_run(&mut self, markdown: &'a str) {
        let run = std::mem::take(&mut self.run);
        let Some(text) = markdown.get(run.clone()) else { return };
        let mut from = 0;
        while let Some(start) = text[from..].find("[^").map(|at| from + at) {
            from = start + 2;
            let Some(end) = text[from..].find(']').map(|at| from + at) else { return };
            let name = &text[from..end];
            let is_name = !name.is_empty()
                && !name.contains(|it: char| it.is_whitespace() || matches!(it, '[' | '^'));
            let is_escaped = markdown[..run.start + start].ends_with('\\');
            if is_name && !is_escaped {
                self.missing.push((name, run.start + start..run.start + end + 1));
            }
        }
    }

    /// What was found; `offset` is where the text begins in its file.
    pub(crate) fn found(mut self, markdown: &'a str, offset: usize) -> Notes {
        self.end_run(markdown);
        let span =
            |place: Range<usize>| Span { start: offset + place.start, end: offset + place.end };
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let mut notes = Notes::default();
        for name in self.called {
            if numbers.insert(name.clone(), notes.order.len()).is_none() {
                notes.order.push(name);
            }
        }
        for (name, place) in self.defined {
            if numbers.insert(name.clone(), notes.order.len()).is_none() {
                notes.order.push(name.clone());
                notes.uncalled.push((name, span(place)));
            }
        }
        let missing = self.missing.into_iter();
        notes.missing = missing.map(|(name, place)| (name.to_owned(), span(place))).collect();
        notes
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;

    #[test]
    fn notes_are_numbered_as_they_are_called() {
        let text = "[^late]: Two.\n\na[^first] b[^LATE] c[^first] d[^gone] \\[^no] `[^no]` [^ no]\n\n\
                    \n    [^no]\n\n[^first]: One.\n\n[^never]: Three.\n";
        let file: Arc<str> = text.into();
        let notes = read(&file, 0..file.len()).notes;
        assert_eq!(notes.order, ["first", "late", "never"]);
        let of = |found: &[(String, crate::diagnostic::Span)]| -> Vec<String> {
            found.iter().map(|(_, span)| text[span.start..span.end].to_owned()).collect()
        };
        assert_eq!(of(&notes.missing), ["[^gone]"]);
        assert_eq!(of(&notes.uncalled), ["[^never]:"]);
    }
}
