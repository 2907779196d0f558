//! Lines of a text: which one a byte is in, and those around a place.

use std::ops::Range;

use super::Span;

/// A text in which lines and columns are looked up one after the other: going forward costs no more
/// than the way from the place before.
pub struct Lines<'a> {
    text: &'a str,
    /// The place looked up last, and its line and column.
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub fn new(text: &'a str) -> Lines<'a> {
        Lines { text, at: 0, line: 1, column: 1 }
    }

    /// The line and the column of a byte, both from 1, the column in characters. A byte order mark at
    /// the beginning of a line counts for nothing.
    pub fn locate(&mut self, at: usize) -> (usize, usize) {
        let at = floor_boundary(self.text, at);
        if at < self.at {
            *self = Lines::new(self.text);
        }
        let way = &self.text[self.at..at];
        let mut in_line = way;
        if let Some(newline) = way.rfind('\n') {
            self.line += way.bytes().filter(|byte| *byte == b'\n').count();
            self.column = 1;
            in_line = &way[newline + 1..];
        }
        if self.column == 1 {
            in_line = in_line.trim_start_matches('\u{feff}');
        }
        self.column += in_line.chars().count();
        self.at = at;
        (self.line, self.column)
    }
}

/// The line and the column of a byte; see [`Lines::locate`].
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    Lines::new(text).locate(at)
}

/// The bytes of the whole lines that a place touches. Behind the last line, that is the last one.
pub(super) fn around(text: &str, place: Span) -> Range<usize> {
    let place = within(text, place);
    let before = match text.len() == place.start {
        true => text.strip_suffix('\n').unwrap_or(text),
        false => &text[..place.start],
    };
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[place.end..].find('\n').map_or(text.len(), |newline| place.end + newline + 1);
    start..end
}

/// A place as bytes that are there, from one letter to another.
pub(super) fn within(text: &str, place: Span) -> Range<usize> {
    let start = floor_boundary(text, place.start);
    start..floor_boundary(text, place.end).max(start)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_ignore_a_byte_order_mark() {
        assert_eq!(line_and_column("\u{feff}título: x", 12), (1, 9));
        assert_eq!(line_and_column("a\nbé c", 5), (2, 3));
        assert_eq!(line_and_column("a\nb", 100), (2, 2));
    }

    #[test]
    fn places_are_found_in_any_order() {
        let text = "\u{feff}one\n\ntwo and é\nthree\n";
        let mut lines = Lines::new(text);
        for at in [0, 1, 3, 4, 6, 7, 8, 12, 17, 9, 17, 2, 18, 19, 20, 24, 0, 99, 25] {
            assert_eq!(lines.locate(at), line_and_column(text, at), "{at}");
        }
    }

    #[test]
    fn a_place_stands_in_whole_lines() {
        let text = "one\ntwo\nthree";
        let of = |start, end| &text[around(text, Span { start, end })];
        assert_eq!(of(0, 1), "one\n");
        assert_eq!(of(5, 6), "two\n");
        assert_eq!(of(5, 9), "two\nthree");
        assert_eq!(of(99, 99), "three");
        assert_eq!(&"one\ntwo\n"[around("one\ntwo\n", Span { start: 8, end: 8 })], "two\n");
    }
}
