//! What of a text no page shows, or shows otherwise: cells beyond the head of a table, addresses that are
//! given a second time, words that read as one, numbers of a list that do not go up one by one.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use rustc_hash::FxHashSet;

use crate::diagnostic::Span;

/// What is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unshown {
    /// What stands in a row beyond the cells of the head.
    Cells,
    /// `[name]: address`, where an earlier line gives that name an address.
    SecondAddress,
    /// `[name]: word`, which reads as the address of links, and nothing uses that name.
    Word,
    /// The number of an item, with the one that is shown.
    Number(u64),
}

/// Looks for it while a text is read.
#[derive(Default)]
pub(crate) struct Finder {
    found: Vec<(Unshown, Range<usize>)>,
    /// Where paragraphs, headings, code, tables and the like are, in order; addresses stand between them.
    blocks: Vec<Range<usize>>,
    used: FxHashSet<String>,
    last_cell: usize,
    lists: Vec<List>,
}

/// A list that is open.
struct List {
    /// The number that the next item is shown with; none where dots are shown.
    next: Option<u64>,
    /// The number that the last one was written with.
    written: Option<u64>,
    is_told: bool,
}

impl Finder {
    /// Notes a piece of the text.
    pub(crate) fn see(&mut self, markdown: &str, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Table(_),
            ) => self.blocks.push(place.clone()),
            // The items of a tight list have no paragraphs.
            Event::Text(_) | Event::Code(_) => match self.blocks.last_mut() {
                Some(last) if place.start < last.end => {}
                _ => self.blocks.push(place.clone()),
            },
            Event::End(TagEnd::TableCell) => self.last_cell = place.end,
            Event::End(TagEnd::TableRow) => self.end_row(markdown, place),
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                let is_named = [LinkType::Reference, LinkType::Collapsed, LinkType::Shortcut];
                if is_named.contains(link_type) {
                    self.used.insert(key(id));
                }
            }
            Event::Start(Tag::List(first)) => {
                self.lists.push(List { next: *first, written: None, is_told: false });
            }
            Event::End(TagEnd::List(_)) => drop(self.lists.pop()),
            Event::Start(Tag::Item) => self.begin_item(markdown, place),
            _ => {}
        }
    }

    fn end_row(&mut self, markdown: &str, row: &Range<usize>) {
        let start = self.last_cell.clamp(row.start, row.end);
        let rest = markdown[start..row.end].trim_start_matches(['|', ' ', '\t']);
        let more = rest.trim_end().trim_end_matches('|').trim_end();
        if more.contains(|it: char| it != '|' && !it.is_whitespace()) {
            let start = row.end - rest.len();
            self.found.push((Unshown::Cells, start..start + more.len()));
        }
    }

    /// Numbers may stay the same, since every item is counted; what jumps or goes back is hardly meant so.
    fn begin_item(&mut self, markdown: &str, item: &Range<usize>) {
        let Some(list) = self.lists.last_mut() else { return };
        let Some(shown) = list.next else { return };
        list.next = Some(shown.saturating_add(1));
        let text = &markdown[item.clone()];
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(written) = text[..length].parse::<u64>() else { return };
        let before = list.written.replace(written);
        let goes_on = before.is_none_or(|before| (before..=before + 1).contains(&written));
        if !goes_on && written != shown && !list.is_told {
            list.is_told = true;
            let end = item.start + length + usize::from(length < text.len());
            self.found.push((Unshown::Number(shown), item.start..end));
        }
    }

    /// What was found, in order; `offset` is where the text begins in its file.
    pub(crate) fn found(mut self, markdown: &str, offset: usize) -> Vec<(Unshown, Span)> {
        if markdown.contains("]:") {
            self.find_addresses(markdown);
        }
        self.found.sort_by_key(|(_, place)| place.start);
        let span =
            |place: Range<usize>| Span { start: offset + place.start, end: offset + place.end };
        self.found.into_iter().map(|(what, place)| (what, span(place))).collect()
    }

    fn find_addresses(&mut self, markdown: &str) {
        self.blocks.sort_by_key(|block| block.start);
        let (mut at, mut named) = (0, FxHashSet::default());
        for line in markdown.split_inclusive('\n') {
            let text = line.trim_end().trim_start_matches([' ', '>']);
            let start = at + line.trim_end().len() - text.len();
            at += line.len();
            let Some((name, address)) = definition(text) else { continue };
            let after = self.blocks.partition_point(|block| block.start <= start);
            let is_within = |block: &Range<usize>| start < block.end;
            if after.checked_sub(1).is_some_and(|last| is_within(&self.blocks[last])) {
                continue;
            }
            let place = start..start + text.len();
            if is_remark(address) {
                continue;
            }
            let is_used = self.used.contains(&key(name));
            if !named.insert(key(name)) {
                self.found.push((Unshown::SecondAddress, place));
            } else if !is_used && is_word(address) {
                self.found.push((Unshown::Word, place));
            }
        }
    }
}

/// The name and the rest of a line `[name]: address`.
fn definition(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[').filter(|it| !it.starts_with('^'))?;
    let (name, address) = inside.split_once("]:")?;
    let is_name = !name.trim().is_empty() && !name.contains(['[', ']']);
    is_name.then(|| (name, address.trim()))
}

/// Whether an address leads nowhere, as in `[//]: # (a remark)`, which is written so that nobody sees it.
fn is_remark(address: &str) -> bool {
    address.split_whitespace().next().is_some_and(|it| ["#", "<>"].contains(&it))
}

/// Whether an address is hardly one. What is left over of links that are gone does no harm.
fn is_word(address: &str) -> bool {
    let first = address.split_whitespace().next().unwrap_or_default();
    !first.trim_end_matches(['.', ':']).contains([':', '/', '.', '#', '@'])
}

/// Names are compared without regard to case and the number of spaces.
fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;
    use super::Unshown;

    fn found(text: &str) -> Vec<(Unshown, String)> {
        let file: Arc<str> = text.into();
        let found = read(&file, 0..text.len()).unshown;
        found.into_iter().map(|(it, span)| (it, text[span.start..span.end].to_owned())).collect()
    }

    #[test]
    fn what_no_page_shows_is_found_where_it_stands() {
        let head = "| What | When |\n|---|---|\n";
        let row = |row: &str| found(&format!("{head}{row}\n"));
        let cells = |text: &str| vec![(Unshown::Cells, text.to_owned())];
        assert_eq!(row("| hats | May | call Bob first |"), cells("call Bob first"));
        assert_eq!(row("hats | May | call | Bob"), cells("call | Bob"));
        assert_eq!(row("| hats | a|b |"), cells("b"));
        let second = "[a] [b]\n\n[a]: https://one.example\n[A]: https://two.example\n\n> [b]: /b\n";
        let again = "[A]: https://two.example".to_owned();
        assert_eq!(found(second), [(Unshown::SecondAddress, again)]);
        let unused = "We bake.\n\n[Note]: important\n";
        assert_eq!(found(unused), [(Unshown::Word, "[Note]: important".to_owned())]);
        let number = |text: &str, shown| vec![(Unshown::Number(shown), text.to_owned())];
        assert_eq!(found("1. one\n5. five\n6. six\n"), number("5.", 2));
        assert_eq!(found("3) a\n2) b\n1) c\n"), number("2)", 4));
        assert_eq!(found("1. a\n2. b\n\n1. c\n2. d\n"), number("1.", 3));
    }

    #[test]
    fn what_is_shown_as_written_is_not() {
        for text in [
            "| a | b |\n|---|---|\n| c | d |\n| e |\n| f | g | |\n| h \\| i | j ||\n",
            "a | b\n--|--\nc | d\n",
            "1. a\n1. b\n1. c\n",
            "3. a\n4. b\n5. c\n",
            "1. a\n2. b\n2. c\n3. d\n",
            "1. a\n   1. b\n   2. c\n2. d\n",
            "1. a\n\n5) b\n",
            "- a\n- b\n",
            "[a]\n\n[a]: https://a.example \"A\"\n",
            "![x][A  b]\n\n[a b]: x.png\n",
            "[//]: # (a remark)\n[//]: # (another)\n",
            "We weave.\n\n[a]: https://a.example\n[b]: b.md\n[c]: #d\n",
            "We say:\n[a]: b\n",
            "- [a]: is a word\n",
            "```\n[a]: b\n```\n\n    [c]: d\n",
            "x[^1]\n\n[^1]: y\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
