//! Pictures that have no words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::gap::is_gap;
use crate::diagnostic::Span;

/// Looks for them while a text is read.
#[derive(Default)]
pub(super) struct Finder {
    /// Those that have begun and not ended, and whether words were found in each.
    open: Vec<(Range<usize>, bool)>,
    found: Vec<Range<usize>>,
}

impl Finder {
    /// Notes a piece of the text.
    pub(super) fn see(&mut self, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.open.push((place.clone(), false)),
            Event::Text(text) | Event::Code(text) if !text.trim().is_empty() && !is_gap(text) => {
                self.open.iter_mut().for_each(|(_, has_words)| *has_words = true);
            }
            Event::End(TagEnd::Image) => {
                let ended = self.open.pop().filter(|(_, has_words)| !has_words);
                self.found.extend(ended.map(|(place, _)| place));
            }
            _ => {}
        }
    }

    /// What was found; `offset` is where the text begins in its file.
    pub(super) fn found(self, offset: usize) -> Vec<Span> {
        let span =
            |place: Range<usize>| Span { start: offset + place.start, end: offset + place.end };
        self.found.into_iter().map(span).collect()
    }
}
