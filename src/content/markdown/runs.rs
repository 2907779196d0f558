//! Words that stand together in a block, in which links are found that the parser does not know.

use std::collections::VecDeque;
use std::iter::Peekable;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::pieces::Piece;
use super::{autolinks, brackets};

/// The pieces of a text, with these links among them.
pub(super) struct Runs<'a, I: Iterator<Item = Piece<'a>>> {
    markdown: &'a str,
    pieces: Peekable<I>,
    ready: VecDeque<Piece<'a>>,
    is_code: bool,
}

impl<'a, I: Iterator<Item = Piece<'a>>> Runs<'a, I> {
    /// Goes through the pieces of a text.
    pub(super) fn new(markdown: &'a str, pieces: I) -> Runs<'a, I> {
        Runs { markdown, pieces: pieces.peekable(), ready: VecDeque::new(), is_code: false }
    }

    fn fill(&mut self) -> Option<()> {
        let first = self.pieces.next()?;
        match &first.0 {
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            _ => {}
        }
        let is_run = !self.is_code && is_inline(&first.0);
        self.ready.push_back(first);
        if is_run {
            while let Some(next) = self.pieces.next_if(|(event, _)| is_inline(event)) {
                self.ready.push_back(next);
            }
            for find in [brackets::links, autolinks::links] {
                if let Some(found) = find(self.markdown, &mut self.ready) {
                    self.ready = found;
                }
            }
        }
        Some(())
    }
}

impl<'a, I: Iterator<Item = Piece<'a>>> Iterator for Runs<'a, I> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.ready.is_empty() {
            self.fill()?;
        }
        self.ready.pop_front()
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::FootnoteReference(_) => true,
        Event::Start(tag) => is_inline_tag(&tag.to_end()),
        Event::End(end) => is_inline_tag(end),
        _ => false,
    }
}

fn is_inline_tag(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}
