//! The text of a Markdown body as readers see it, with where each part of it stands.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown;

/// So many bold words or links within each other are kept whole. Who writes more has meant none.
const NESTED: usize = 4;

/// What readers see of a body or of the text of a field.
#[derive(Debug, Default)]
pub(crate) struct ShownText {
    /// The words, with a line end after each block.
    pub text: String,
    /// The words of links and pictures that are not among the text, their addresses and titles, each
    /// with the stretch of Markdown that makes the link.
    pub links: Vec<(String, Range<usize>)>,
    pieces: Vec<Piece>,
    /// What cannot be cut, such as bold words and links: by its start, and by its end.
    whole: [Vec<Range<usize>>; 2],
}

/// What readers see of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinkShows {
    /// Its words are those that its author wrote.
    pub words: bool,
    /// Its address, or what stands in the place of one.
    pub address: bool,
}

impl LinkShows {
    /// All of it.
    pub(crate) const ALL: LinkShows = LinkShows { words: true, address: true };
}

/// A part of the text that comes from one stretch of the Markdown.
#[derive(Debug)]
struct Piece {
    /// Where it begins in the text.
    start: usize,
    place: Range<usize>,
    /// It is written as it is shown, letter for letter; an entity is not.
    is_as_written: bool,
}

impl ShownText {
    /// Reads Markdown; `shows` says what is shown of each link and picture, by its number.
    pub(crate) fn of(markdown: &str, shows: impl Fn(usize) -> LinkShows) -> ShownText {
        let mut shown = ShownText::default();
        let (mut number, mut is_hidden) = (0, false);
        for (event, place) in markdown::events(markdown) {
            match event {
                Event::End(TagEnd::Link | TagEnd::Image) => is_hidden = false,
                _ if is_hidden => {}
                Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
                    shown.add(&words, &markdown[place.clone()], place);
                }
                Event::Code(words) => {
                    shown.whole[0].push(place.clone());
                    shown.add(&words, &markdown[place.clone()], place);
                }
                Event::SoftBreak | Event::HardBreak => shown.add(" ", "", place),
                Event::Start(
                    Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. },
                ) => {
                    let LinkShows { words, address } = shows(number);
                    number += 1;
                    is_hidden = !words;
                    let parts = [Some(dest_url).filter(|_| address), Some(title)];
                    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
                    shown.links.extend(parts.map(|part| (part.into_string(), place.clone())));
                    shown.whole[0].push(place);
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                    shown.whole[0].push(place);
                }
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
                Event::End(_) => shown.text.push('\n'),
                _ => {}
            }
        }
        let [by_start, by_end] = &mut shown.whole;
        by_end.clone_from(by_start);
        by_end.sort_unstable_by_key(|it| it.end);
        shown
    }

    fn add(&mut self, words: &str, written: &str, place: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(words);
        let inside = written.find(words).map(|at| place.start + at);
        self.pieces.push(match inside {
            Some(at) => Piece { start, place: at..at + words.len(), is_as_written: true },
            None => Piece { start, place, is_as_written: false },
        });
    }

    /// What of the Markdown shows this part of the text: never half of a link or of bold words.
    pub(crate) fn origin(&self, part: Range<usize>) -> Range<usize> {
        let start = self.letter(part.start).start;
        let mut origin = start..self.letter(part.end.max(part.start + 1) - 1).end.max(start);
        let [by_start, by_end] = &self.whole;
        for _ in 0..NESTED {
            let (start, end) = (origin.start, origin.end);
            let first = by_start.partition_point(|it| it.start < start);
            let begun = by_start[first..].iter().take_while(|it| it.start < end);
            let last = by_end.partition_point(|it| it.end <= start);
            let ended = by_end[last..].iter().take_while(|it| it.end < end);
            origin.end = begun.map(|it| it.end).fold(end, usize::max);
            origin.start = ended.map(|it| it.start).fold(start, usize::min);
            if (start, end) == (origin.start, origin.end) {
                break;
            }
        }
        origin
    }

    /// Where one byte of the text comes from.
    fn letter(&self, at: usize) -> Range<usize> {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        let Some(piece) = after.checked_sub(1).map(|index| &self.pieces[index]) else {
            return 0..0;
        };
        match piece.place.start + (at - piece.start) {
            from if piece.is_as_written && from < piece.place.end => from..from + 1,
            _ => piece.place.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, words: &str, origin: &str) {
        let shown = ShownText::of(markdown, |_| LinkShows::ALL);
        let at = shown.text.find(words).unwrap_or_else(|| panic!("{words} in {:?}", shown.text));
        assert_eq!(&markdown[shown.origin(at..at + words.len())], origin);
    }

    #[test]
    fn words_are_found_where_they_are_written() {
        check("One two *three* four", "two", "two");
        check("One **two** three", "two three", "**two** three");
        check("One *tw*o", "two", "*tw*o");
        check("One **two three** four", "two", "two");
        check("a [one two](x) three", "two three", "[one two](x) three");
        check("Caf&eacute; fran\\\ncais\n", "Café fran", "Caf&eacute; fran");
        check("- a\n- one\n  two\n", "one two", "one\n  two");
        check("<!-- one -->", "one", "one");
        check("`one` two", "one two", "`one` two");
        check("![one *two*](x)", "one two", "one *two*");
    }

    #[test]
    fn addresses_and_titles_of_links_are_kept_apart() {
        let shown = ShownText::of("[a](b \"c\") <d@e.example> ![f](g)", |_| LinkShows::ALL);
        let links: Vec<&str> = shown.links.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(links, ["b", "c", "mailto:d@e.example", "g"]);
        let first = |number| LinkShows { words: number > 0, address: number > 0 };
        let shown = ShownText::of("[[a]] and [[b|c]]", first);
        assert_eq!((shown.text.as_str(), shown.links.len()), (" and c\n", 1));
    }
}
