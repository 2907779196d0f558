//! Which lines that begin with a colon are definitions: `: ` with a space, and nothing open before it.
//!
//! The parser takes any colon for one, and looks at code only afterwards. So colons that are none are
//! hidden from it behind a letter that the text does not have.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::pieces::Piece;

/// How a text has to be read.
pub(super) enum Reading {
    /// It has no definitions.
    None,
    /// Every line that begins with a colon is one.
    AsWritten,
    /// This text, as long as the original, in which a letter stands for colons that are none.
    Hidden(String, char),
}

/// What can stand for a colon: signs first, since the letters beside them then mean the same.
const STAND_INS: &[char] = &['%', ';', '^', '?', '/', '\u{1}', '\u{2}', '\u{3}', '\u{4}'];

/// Finds out how to read a text; `plain` reads it without definitions.
pub(super) fn reading<'a, I: Iterator<Item = Piece<'a>>>(
    markdown: &str,
    plain: impl Fn() -> I,
) -> Reading {
    let colons = colons(markdown);
    if colons.is_empty() {
        return Reading::None;
    }
    let open = open(plain());
    let is_none = |at: &usize| {
        let has_space = markdown[at + 1..].starts_with([' ', '\t']);
        let before = open.partition_point(|it| it.start < *at);
        !has_space || before.checked_sub(1).is_some_and(|last| *at < open[last].end)
    };
    let hidden: Vec<usize> = colons.iter().copied().filter(is_none).collect();
    if hidden.is_empty() {
        return Reading::AsWritten;
    }
    // An entity could be the name of a sign.
    let is_free =
        |it: &&char| !markdown.contains(**it) && (it.is_control() || !markdown.contains('&'));
    let Some(stand_in) = STAND_INS.iter().find(is_free).filter(|_| hidden.len() < colons.len())
    else {
        return Reading::None;
    };
    let mut text = String::with_capacity(markdown.len());
    let mut from = 0;
    for at in hidden {
        text.push_str(&markdown[from..at]);
        text.push(*stand_in);
        from = at + 1;
    }
    text.push_str(&markdown[from..]);
    Reading::Hidden(text, *stand_in)
}

/// Where a line begins with a colon, also in a quotation.
fn colons(markdown: &str) -> Vec<usize> {
    let mut colons = Vec::new();
    let mut at = 0;
    for line in markdown.split_inclusive(['\n', '\r']) {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        if rest.starts_with(':') {
            colons.push(at + line.len() - rest.len());
        }
        at += line.len();
    }
    colons
}

/// Where words, links and code are that begin and end within a paragraph, in order and apart.
fn open<'a>(pieces: impl Iterator<Item = Piece<'a>>) -> Vec<Range<usize>> {
    let mut open: Vec<Range<usize>> = Vec::new();
    for (event, place) in pieces {
        let closes = matches!(
            event,
            Event::Code(_)
                | Event::InlineHtml(_)
                | Event::Start(
                    Tag::Emphasis
                        | Tag::Strong
                        | Tag::Strikethrough
                        | Tag::Link { .. }
                        | Tag::Image { .. }
                )
        );
        match open.last_mut() {
            _ if !closes => {}
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => open.push(place),
        }
    }
    open
}
