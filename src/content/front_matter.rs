//! Splits a Markdown file into its front matter and its body.

use crate::diagnostic::Span;

/// Where the two parts of a file stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the two lines of three hyphens; empty where there is none.
    pub front: Span,
    /// The Markdown after it.
    pub body: Span,
    /// The front matter begins, but no line of three hyphens ends it.
    pub unclosed: bool,
}

/// Finds the front matter, which begins on the very first line. A byte order mark and Windows line
/// ends do not matter.
pub fn split(text: &str) -> Parts {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = Span { start, end: text.len() };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return Parts { front: Span { start, end: start }, body: whole, unclosed: false };
    };
    let front_start = start + first.len();
    let mut at = front_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let body = Span { start: at + line.len(), end: text.len() };
            return Parts { front: Span { start: front_start, end: at }, body, unclosed: false };
        }
        at += line.len();
    }
    Parts {
        front: Span { start: front_start, end: at },
        body: Span { start: at, end: at },
        unclosed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, front: &str, body: &str) {
        let parts = split(text);
        assert_eq!(&text[parts.front.start..parts.front.end], front, "front matter of {text:?}");
        assert_eq!(&text[parts.body.start..parts.body.end], body, "body of {text:?}");
    }

    #[test]
    fn finds_both_parts() {
        check("---\ntitle: A\n---\nBody\n", "title: A\n", "Body\n");
        check("\u{feff}---\r\ntitle: A\r\n---\r\nBody", "title: A\r\n", "Body");
        check("---\n---\n", "", "");
        check("--- \na: 1\n...\nx", "a: 1\n", "x");
        check("No front matter\n---\n", "", "No front matter\n---\n");
        check("", "", "");
    }

    #[test]
    fn an_end_that_is_missing_is_noticed() {
        assert!(split("---\ntitle: A\n").unclosed);
        assert!(!split("---\ntitle: A\n---").unclosed);
    }
}
