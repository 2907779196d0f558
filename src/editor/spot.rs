//! Where in YAML a position is, also while somebody is still typing there and the whole cannot be read yet.
//!
//! It goes through the lines as far as they are needed to know under which names a position stands. What can be read at
//! all, it reads as [`crate::content::yaml`] does: a test compares the two.

use std::ops::Range;

use super::flow::Flow;

/// A position in YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The names under which it stands, from the outermost.
    pub path: Vec<String>,
    pub slot: Slot,
    /// What is written there, in bytes of the text.
    pub typed: Range<usize>,
    /// The names that stand beside it already, where it can be a name.
    pub beside: Vec<String>,
}

/// What can stand at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A name, before its colon.
    Name,
    /// A value, after a colon or in a list.
    Value,
    /// A name or a value: that depends on what the list or the name above takes.
    Either,
}

/// What is open around a line.
#[derive(Clone, Debug)]
struct Open {
    column: usize,
    /// `None` for an item of a list.
    name: Option<String>,
}

/// The spot at a byte of a text; `None` in comments, and where nothing is meant to be written.
pub(super) fn at(text: &str, at: usize) -> Option<Spot> {
    let mut open: Vec<Open> = Vec::new();
    // The column of the name whose text goes on over the lines below it.
    let mut block: Option<usize> = None;
    let mut start = 0;
    while start <= text.len() {
        let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line = text[start..end].trim_end_matches('\r');
        let is_here = at <= end;
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[indent..];
        let is_in_block = block.is_some_and(|column| rest.is_empty() || indent > column);
        if is_in_block {
            if is_here {
                let (path, typed) = (names(&open), start + indent..start + line.len());
                return (indent > 0).then_some(Spot {
                    path,
                    slot: Slot::Value,
                    typed,
                    beside: Vec::new(),
                });
            }
        } else if rest.is_empty() || rest.starts_with('#') {
            if is_here {
                let column = (at - start).min(indent);
                return rest.is_empty().then(|| on_an_empty_line(text, start, column, open))?;
            }
        } else {
            let read = Line { text, start, line, position: at, at: is_here.then_some(at) };
            match read.read(&mut open) {
                Read::Found(spot) => return spot,
                Read::Over { next, is_block } => {
                    let column = open.last().map_or(0, |it| it.column);
                    block = is_block.then_some(column);
                    if next > end {
                        start = next;
                        continue;
                    }
                }
            }
        }
        start = end + 1;
    }
    None
}

/// The names among what is open.
fn names(open: &[Open]) -> Vec<String> {
    open.iter().filter_map(|it| it.name.clone()).collect()
}

fn on_an_empty_line(text: &str, start: usize, column: usize, mut open: Vec<Open>) -> Option<Spot> {
    let is_beside_items = open.iter().any(|it| it.name.is_none() && it.column == column);
    open.retain(|it| it.column < column);
    let place = start + column..start + column;
    let beside = beside(text, start, column);
    // Where other items begin, only a hyphen can stand.
    (!is_beside_items || column == 0).then(|| Spot {
        path: names(&open),
        slot: Slot::Either,
        typed: place,
        beside,
    })
}

/// The names that begin in the same column as one on a line, in the same mapping.
fn beside(text: &str, line: usize, column: usize) -> Vec<String> {
    let mut found = Vec::new();
    // A name and whether the mapping goes on beyond its line.
    let mut see = |line: &str, is_above: bool| {
        let hyphens = line.len() - line.trim_start_matches([' ', '-']).len();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[hyphens..];
        if rest.trim().is_empty() || rest.starts_with('#') {
            return true;
        }
        let begins_item = hyphens > spaces;
        if begins_item && spaces < column && !is_above {
            return false;
        }
        if hyphens == column
            && let Some((name, _)) = name_in(rest)
        {
            found.push(name);
        }
        spaces >= column
    };
    let begins_item = text[line..].bytes().take(column).any(|byte| byte == b'-');
    for line in text[..line].lines().rev().take_while(|_| !begins_item) {
        if !see(line, true) {
            break;
        }
    }
    let below = text[line..].split_once('\n').map_or("", |(_, below)| below);
    for line in below.lines() {
        if !see(line, false) {
            break;
        }
    }
    found
}

/// The name before a colon at the beginning of a text, and how many bytes it takes with the colon.
fn name_in(text: &str) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    if let quote @ ('"' | '\'') = first {
        let end = text[1..].find(quote)? + 1;
        let after = text[end + 1..].trim_start_matches(' ');
        let is_name = after.starts_with(':');
        return is_name.then(|| (text[1..end].to_owned(), text.len() - after.len() + 1));
    }
    if matches!(first, '[' | '{' | '#' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`') {
        return None;
    }
    let colons = text.match_indices(':').map(|(at, _)| at);
    let ends = |at: &usize| {
        let after = text[at + 1..].chars().next();
        after.is_none_or(char::is_whitespace)
    };
    let colon = colons.filter(ends).find(|at| !text[..*at].contains(" #"))?;
    Some((text[..colon].trim_end().to_owned(), colon + 1))
}

struct Line<'a> {
    text: &'a str,
    /// Where it begins in the text.
    start: usize,
    line: &'a str,
    position: usize,
    /// The position, if it is in this line.
    at: Option<usize>,
}

enum Read {
    Found(Option<Spot>),
    /// The position is further on; where to go on, and whether a text of several lines begins.
    Over {
        next: usize,
        is_block: bool,
    },
}

impl Line<'_> {
    fn read(&self, open: &mut Vec<Open>) -> Read {
        let mut column = self.line.len() - self.line.trim_start_matches(' ').len();
        if self.at.is_some_and(|at| at < self.start + column) {
            return Read::Found(None);
        }
        loop {
            let rest = &self.line[column..];
            if rest != "-" && !rest.starts_with("- ") {
                break;
            }
            open.retain(|it| it.column < column || it.column == column && it.name.is_some());
            open.push(Open { column, name: None });
            let hyphen = self.start + column;
            if self.at.is_some_and(|at| at <= hyphen) {
                return Read::Found(None);
            }
            let inner = rest[1..].trim_start_matches(' ');
            if inner.is_empty() {
                let end = self.start + self.line.len();
                return match self.at {
                    Some(at) => Read::Found(Some(self.spot(open, Slot::Either, at..at))),
                    None => Read::Over { next: end + 1, is_block: false },
                };
            }
            column = self.line.len() - inner.len();
        }
        self.after_hyphens(open, column)
    }

    fn after_hyphens(&self, open: &mut Vec<Open>, column: usize) -> Read {
        let rest = &self.line[column..];
        let begin = self.start + column;
        let Some((name, length)) = name_in(rest) else {
            return self.value(open, column, Slot::Either);
        };
        if self.at.is_some_and(|at| at < begin + length) {
            open.retain(|it| it.column < column);
            let typed = begin..begin + rest[..length - 1].trim_end().len();
            let mut spot = self.spot(open, Slot::Name, typed);
            spot.beside = beside(self.text, self.start, column);
            return Read::Found(Some(spot));
        }
        open.retain(|it| it.column < column);
        open.push(Open { column, name: Some(name) });
        let gap = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
        self.value(open, column + length + gap, Slot::Value)
    }

    /// What stands after a colon, or alone in its line.
    fn value(&self, open: &mut Vec<Open>, column: usize, slot: Slot) -> Read {
        let rest = &self.line[column..];
        let begin = self.start + column;
        match rest.chars().next() {
            Some('[' | '{') => return self.flow(open, begin),
            Some('|' | '>') => {
                return match self.at {
                    Some(_) => Read::Found(None),
                    None => Read::Over { next: begin, is_block: true },
                };
            }
            _ => {}
        }
        let written = without_comment(rest);
        let typed = begin..begin + written.len();
        match self.at {
            None => Read::Over { next: begin, is_block: false },
            // In a comment, or between the colon and the value.
            Some(at) if at > typed.end => {
                let is_empty = self.text[begin..at.max(begin)].trim().is_empty();
                Read::Found(is_empty.then(|| self.spot(open, slot, at..at)))
            }
            Some(at) if at < begin => Read::Found(Some(self.spot(open, slot, at..at))),
            Some(_) => {
                let mut spot = self.spot(open, slot, typed);
                if slot == Slot::Either {
                    open.retain(|it| it.column < column);
                    spot.path = names(open);
                    spot.beside = beside(self.text, self.start, column);
                }
                Read::Found(Some(spot))
            }
        }
    }

    fn spot(&self, open: &[Open], slot: Slot, typed: Range<usize>) -> Spot {
        let is_item = slot == Slot::Either && typed.is_empty();
        let column = typed.start - self.start;
        let beside = if is_item { beside(self.text, self.start, column) } else { Vec::new() };
        Spot { path: names(open), slot, typed, beside }
    }

    /// Brackets, which may go on over several lines.
    fn flow(&self, open: &[Open], begin: usize) -> Read {
        let (found, next) = Flow::read(self.text, begin, self.position, names(open));
        if let Some(spot) = found {
            return Read::Found(Some(spot));
        }
        if self.position < next || self.at.is_some() {
            return Read::Found(None);
        }
        // The position may be on a line below which the brackets reach.
        let end = self.text[next..].find('\n').map_or(self.text.len(), |it| next + it);
        Read::Over { next: end + 1, is_block: false }
    }
}

/// A value without what follows it in its line.
fn without_comment(rest: &str) -> &str {
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''));
    let end = match quote.and_then(|quote| rest[1..].find(quote)) {
        Some(end) => end + 2,
        None => rest.find(" #").unwrap_or(rest.len()),
    };
    rest[..end].trim_end()
}

#[cfg(test)]
mod tests;
