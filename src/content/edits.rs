//! Replaces pieces of a text, and leaves every other byte of it as it is.

/// Pieces of a text, and what is to stand there instead.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    list: Vec<Edit>,
}

/// A piece of a text, in bytes, and what is to stand there instead.
#[derive(Debug)]
struct Edit {
    start: usize,
    end: usize,
    new: String,
}

impl Edits {
    /// Puts a text in the place of another one.
    pub(crate) fn replace(&mut self, start: usize, end: usize, new: impl Into<String>) {
        self.list.push(Edit { start, end, new: new.into() });
    }

    /// Puts a text somewhere; of several at one place, the later one comes last.
    pub(crate) fn insert(&mut self, at: usize, new: impl Into<String>) {
        self.replace(at, at, new);
    }

    /// Takes a text out.
    pub(crate) fn remove(&mut self, start: usize, end: usize) {
        self.replace(start, end, "");
    }

    /// The text with all of that; new lines end as those of the text do. `None` where two of them get in each other's way.
    pub(crate) fn applied(mut self, text: &str) -> Option<String> {
        self.list.sort_by_key(|edit| (edit.start, edit.end));
        let (mut out, mut at) = (String::with_capacity(text.len() + 100), 0);
        for Edit { start, end, new } in &self.list {
            out.push_str(text.get(at..*start)?);
            out.push_str(&with_line_ends_of(text, new));
            at = *end;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

/// A text whose lines end as the first line of another one.
pub(crate) fn with_line_ends_of(text: &str, new: &str) -> String {
    let is_crlf = text.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n"));
    match is_crlf {
        true => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => new.to_owned(),
    }
}

/// A changed text, in which each line that was there ends as it did. `new` is made of `old` with plain line ends.
pub(crate) fn with_lines_kept(old: &str, new: &str, of: &str) -> String {
    let plain = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
    let before: Vec<&str> = old.split_inclusive('\n').collect();
    let after: Vec<&str> = new.split_inclusive('\n').collect();
    let is_same = |(one, other): &(&&str, &&str)| plain(one) == plain(other);
    let first = before.iter().zip(&after).take_while(is_same).count();
    let rest = before.len().min(after.len()) - first;
    let last = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(is_same).count();
    let mut lines: Vec<String> = before[..first].iter().map(|line| (*line).to_owned()).collect();
    let middle = &after[first..after.len() - last];
    lines.extend(middle.iter().map(|line| with_line_ends_of(of, line)));
    lines.extend(before[before.len() - last..].iter().map(|line| (*line).to_owned()));
    let end = lines.len();
    for (at, line) in lines.iter_mut().enumerate() {
        if at + 1 < end && !line.ends_with('\n') {
            line.push_str(&with_line_ends_of(of, "\n"));
        }
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_replaced_in_the_order_of_their_places() {
        let mut edits = Edits::default();
        edits.remove(2, 4);
        edits.insert(2, "x\n");
        edits.insert(2, "y");
        edits.replace(0, 1, "A");
        assert_eq!(edits.applied("ab\r\n").as_deref(), Some("Abx\r\ny"));
        let mut edits = Edits::default();
        edits.remove(0, 2);
        edits.remove(1, 3);
        assert_eq!(edits.applied("abcd"), None);
    }

    #[test]
    fn lines_that_were_there_end_as_they_did() {
        for (old, new, expected) in [
            ("a\r\nb\nc", "a\nb\nc\nd\n", "a\r\nb\nc\r\nd\r\n"),
            ("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n"),
            ("a\r\na\r\n", "a\n", "a\r\n"),
            ("", "x\n", "x\r\n"),
            ("a\r\nb", "x\nb", "x\r\nb"),
        ] {
            assert_eq!(with_lines_kept(old, new, "---\r\n"), expected, "{old:?} {new:?}");
        }
        assert_eq!(with_lines_kept("a\nb", "a\nb\nc\n", "---\n"), "a\nb\nc\n");
    }
}
