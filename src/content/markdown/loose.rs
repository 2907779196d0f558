//! What is nearly a link or a table, and is shown as it stands.

use std::ops::Range;

/// `[words][name]`, where nothing says what the name leads to. Digits alone count something, as `[1][2]` does.
pub(super) fn no_address(line: &str) -> Option<Range<usize>> {
    let mut middles = line.match_indices("][");
    middles.find_map(|(at, between)| {
        let start = line[..at].rfind(['[', ']'])?;
        let (before, words) = (&line[..start], line[start..at].strip_prefix('[')?);
        let inside = &line[at + between.len()..];
        let end = inside.find(['[', ']'])?;
        let name = inside[..end].trim();
        let is_apart = !before.ends_with(|it: char| it.is_alphanumeric() || "\\[]".contains(it));
        let is_named = inside[end..].starts_with(']') && !inside[end..].starts_with("]]");
        let is_word = |text: &str| !text.starts_with('^') && text.contains(char::is_alphanumeric);
        let is_long = words.chars().count() > 1 || name.chars().count() > 1;
        let are_words = words.contains(char::is_alphabetic) && is_word(words) && is_long;
        (is_apart && is_named && are_words && (name.is_empty() || is_word(name)))
            .then(|| start..at + between.len() + end + 1)
    })
}

/// `[[name]`, `[name]]`, or `[[ ]]` without a name.
pub(super) fn half_link(line: &str) -> Option<Range<usize>> {
    let opened = line.match_indices("[[").find_map(|(at, opening)| {
        let start = at + opening.len();
        let end = start + line[start..].find(['[', ']'])?;
        let (name, rest) = (&line[start..end], &line[end..]);
        if line[..at].ends_with(['\\', '[']) || !rest.starts_with(']') {
            return None;
        }
        if let Some(after) = rest.strip_prefix("]]") {
            let is_empty = name.split('|').next().is_some_and(|name| name.trim().is_empty());
            return (is_empty && !after.starts_with(['(', '['])).then_some(at..end + 2);
        }
        let is_left_open = !closes(rest[1..].chars(), '[', ']');
        (is_name(name) && is_left_open).then_some(at..end + 1)
    });
    let closed = || {
        line.match_indices("]]").find_map(|(at, closing)| {
            let start = line[..at].rfind(['[', ']'])?;
            let (before, end) = (&line[..start], at + closing.len());
            let name = line[start..at].strip_prefix('[')?;
            let is_apart = !before.ends_with(['\\', '[', '!']) && !line[end..].starts_with(']');
            let is_never_opened = !closes(before.chars().rev(), ']', '[');
            (is_apart && is_name(name) && is_never_opened).then_some(start..end)
        })
    };
    opened.or_else(closed)
}

fn is_name(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && !text.starts_with('^')
}

/// So far it is looked whether a bracket is closed.
const FARTHEST: usize = 1_024;

/// Whether what has been opened before these letters is closed among them, or could be far away.
fn closes(letters: impl Iterator<Item = char>, opening: char, closing: char) -> bool {
    let (mut depth, mut seen) = (1_i32, 0);
    for letter in letters.take(FARTHEST) {
        depth += i32::from(letter == opening) - i32::from(letter == closing);
        if depth == 0 {
            return true;
        }
        seen += 1;
    }
    seen == FARTHEST
}

/// The first line of what is no table: rows that follow each other, or a row over hyphens of another number.
pub(super) fn no_table(text: &str, tables: &[Range<usize>]) -> Option<Range<usize>> {
    let (mut at, mut above): (_, Option<(usize, &str)>) = (0, None);
    for line in text.split_inclusive('\n') {
        let row = line.trim_end().trim_start_matches([' ', '>']);
        let start = at + line.trim_end().len() - row.len();
        at += line.len();
        let is_row = row.contains('|') && !is_within(tables, start);
        if let Some((first, head)) = above.take().filter(|_| is_row) {
            let is_enclosed =
                |row: &str| row.len() > 1 && row.starts_with('|') && row.ends_with('|');
            if is_delimiter(row) || (is_enclosed(head) && is_enclosed(row)) {
                return Some(first..first + head.len());
            }
        }
        above = is_row.then_some((start, row));
    }
    None
}

fn is_within(places: &[Range<usize>], at: usize) -> bool {
    let after = places.partition_point(|place| place.start <= at);
    after.checked_sub(1).is_some_and(|last| at < places[last].end)
}

/// Whether a row is that of hyphens which makes a table of the line above it.
fn is_delimiter(row: &str) -> bool {
    row.contains('-') && row.chars().all(|letter| "|-: ".contains(letter))
}
