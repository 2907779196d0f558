//! Lines and columns as editors count them: from 0, columns in the units that were agreed on.

use std::cell::Cell;
use std::ops::Range;

use gen_lsp_types::{Position, Range as Part};

use crate::diagnostic::Span;

/// In what columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits, of which some letters have two: what every editor knows.
    Utf16,
    /// Characters.
    Utf32,
}

/// A text and where its lines begin.
pub(crate) struct Positions<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
    /// The place that was looked up last: the start of its line, its byte, and its column. Going forward in a line costs no
    /// more than the way from there.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> Positions<'a> {
    /// The lines of a text. A byte order mark is none of it for editors.
    pub(crate) fn new(text: &'a str, encoding: Encoding) -> Positions<'a> {
        let first = text.len() - text.trim_start_matches('\u{feff}').len();
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(first).chain(newlines).collect();
        Positions { text, starts, encoding, last: Cell::default() }
    }

    /// In what columns are counted.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The byte at a position; the nearest one in the text where there is none.
    pub(crate) fn byte(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let next = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..next].trim_end_matches('\r');
        let mut column = 0;
        for (at, letter) in line.char_indices() {
            if column >= position.character as usize {
                return start + at;
            }
            column += self.width(letter);
        }
        start + line.len()
    }

    /// The position of a byte.
    pub(crate) fn of(&self, at: usize) -> Position {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts[line].min(at);
        let (from, column) = match self.last.get() {
            (same, from, column) if same == start && from <= at => (from.max(start), column),
            _ => (start, 0),
        };
        let way = self.text[from..at].chars().map(|it| self.width(it));
        let column = column + way.sum::<usize>();
        self.last.set((start, at, column));
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(column) }
    }

    /// The positions of a part of the text.
    pub(crate) fn part(&self, part: Range<usize>) -> Part {
        Part { start: self.of(part.start), end: self.of(part.end) }
    }

    /// The positions of a place.
    pub(crate) fn place(&self, span: Span) -> Part {
        self.part(span.start..span.end)
    }

    fn width(&self, letter: char) -> usize {
        match self.encoding {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_counted_in_what_was_agreed_on() {
        let text = "\u{feff}a\r\nñ😀合x\n";
        let at = text.find('x').expect("it is there");
        for (encoding, column) in [(Encoding::Utf8, 9), (Encoding::Utf16, 4), (Encoding::Utf32, 3)]
        {
            let positions = Positions::new(text, encoding);
            let position = Position { line: 1, character: column };
            assert_eq!(positions.of(at), position);
            assert_eq!(positions.byte(position), at);
            assert_eq!(positions.of(3), Position { line: 0, character: 0 });
            assert_eq!(positions.byte(Position { line: 0, character: 99 }), 4);
            assert_eq!(positions.byte(Position { line: 9, character: 0 }), text.len());
        }
    }

    proptest! {
        #[test]
        fn every_letter_is_found_again(text in "[aé合😀\r\n]{0,40}") {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let positions = Positions::new(&text, encoding);
                for (at, letter) in text.char_indices().filter(|(_, it)| !"\r\n".contains(*it)) {
                    prop_assert_eq!(positions.byte(positions.of(at)), at, "{}", letter);
                }
                // In any order they are the same.
                for at in (0..=text.len()).chain((0..=text.len()).rev()) {
                    prop_assert_eq!(positions.of(at), Positions::new(&text, encoding).of(at));
                }
            }
        }
    }
}
