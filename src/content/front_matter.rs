//! Splits a Markdown file into its front matter and its body.

use crate::diagnostic::Span;

/// Where the two parts of a file stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The YAML between the two lines of three hyphens; empty where there is none.
    pub front: Span,
    /// The Markdown after it.
    pub body: Span,
    /// What stands where a line of three hyphens should begin or end the front matter.
    pub fence: Option<Fence>,
}

/// A line of three hyphens that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fence {
    /// The one at the beginning; this stands there.
    First(Span),
    /// The one at the beginning, above which this line begins code.
    InCode(Span),
    /// The one at the end; this looks as if it were meant, or else the whole is not ended.
    Last(Span),
    /// Both, where three plus signs stand: what lies between is TOML.
    Toml(Span),
}

/// A line that begins and ends front matter in TOML, as Hugo and Zola have it.
const OF_TOML: &str = "+++";

/// Finds the front matter, which begins on the very first line. A byte order mark and Windows line
/// ends do not matter.
pub(crate) fn split(text: &str) -> Parts {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if let Some(parts) = in_toml(text, start) {
        return parts;
    }
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        let body = Span { start, end: text.len() };
        return Parts { front: Span { start, end: start }, body, fence: unopened(text, start) };
    };
    let front_start = start + first.len();
    let mut at = front_start;
    let mut meant = Span { start: 0, end: "---".len().min(text.len()) };
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let body = Span { start: at + line.len(), end: text.len() };
            return Parts { front: Span { start: front_start, end: at }, body, fence: None };
        }
        if is_dashes(line) && meant.start == 0 {
            meant = Span { start: at, end: at + line.trim_end().len() };
        }
        at += line.len();
    }
    Parts {
        front: Span { start: front_start, end: at },
        body: Span { start: at, end: at },
        fence: Some(Fence::Last(meant)),
    }
}

fn in_toml(text: &str, start: usize) -> Option<Parts> {
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == OF_TOML)?;
    let fence = Some(Fence::Toml(Span { start, end: start + OF_TOML.len() }));
    let mut at = start + first.len();
    let front_start = at;
    for line in lines {
        if line.trim_end() == OF_TOML {
            let body = Span { start: at + line.len(), end: text.len() };
            return Some(Parts { front: Span { start: front_start, end: at }, body, fence });
        }
        at += line.len();
    }
    None
}

/// TOML as YAML in which everything stands at its place, as far as the two are alike: `name = value`. A `[section]` is a
/// field without a value, and the lines below it are comments.
pub(crate) fn from_toml(fields: &str) -> String {
    let (mut is_in_section, mut open) = (false, 0);
    let mut lines = String::with_capacity(fields.len());
    for line in fields.split_inclusive('\n') {
        let is_section = open == 0 && line.starts_with('[');
        is_in_section |= is_section;
        if is_section {
            lines.push_str(&section(line));
        } else if is_in_section && !line.trim().is_empty() {
            lines.extend([
                "#",
                &" ".repeat(line.trim_end().len() - 1),
                &line[line.trim_end().len()..],
            ]);
        } else {
            lines.push_str(&pairs(line, &mut open));
        }
    }
    lines
}

/// `[section]` as `section :`; of `[[section]]`, two signs more are spaces.
fn section(line: &str) -> String {
    let bare = line.trim_end();
    let name = bare.trim_start_matches('[').trim_end_matches(']');
    let rest = " ".repeat(bare.len().saturating_sub(name.len() + 2));
    format!("{name} :{rest}{}", &line[bare.len()..])
}

/// A line whose `=` are `:`, outside of quotes; `open` counts the brackets that are open.
fn pairs(line: &str, open: &mut usize) -> String {
    let mut written: Vec<char> = line.chars().collect();
    let (mut quote, mut has_name) = (None, *open > 0);
    let mut braces = 0_usize;
    for at in 0..written.len() {
        match (written[at], quote) {
            (sign, Some(own)) if sign == own => quote = None,
            (_, Some(_)) => {}
            (sign @ ('"' | '\''), None) => quote = Some(sign),
            ('#', None) => break,
            ('[', None) => *open += 1,
            (']', None) => *open = open.saturating_sub(1),
            ('{', None) => braces += 1,
            ('}', None) => braces = braces.saturating_sub(1),
            ('=', None) if !has_name || braces > 0 => {
                has_name = true;
                written[at] = ':';
                // `name ="value"` needs its space behind the colon.
                let is_before = at > 0 && written[at - 1] == ' ';
                if is_before && written.get(at + 1).is_some_and(|sign| *sign != ' ') {
                    written.swap(at - 1, at);
                }
            }
            _ => {}
        }
    }
    written.into_iter().collect()
}

/// The first line that is not empty, if it looks as if it, or what follows, were front matter.
fn unopened(text: &str, start: usize) -> Option<Fence> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if !line.trim().is_empty() {
            let end = at + line.trim_end().len();
            let span = Span { start: at, end };
            if is_code(line) && unopened(text, at + line.len()).is_some() {
                return Some(Fence::InCode(span));
            }
            return (is_dashes(line) || is_field(line)).then_some(Fence::First(span));
        }
        at += line.len();
    }
    None
}

/// Hyphens, or what word processors make of them.
fn is_dashes(line: &str) -> bool {
    let line = line.trim();
    let is_one_long = matches!(line, "–" | "—" | "―");
    is_one_long
        || line.chars().count() >= 2 && line.chars().all(|letter| "-‐‑‒–—―−".contains(letter))
}

/// The beginning of code, as front matter has it where somebody copied it out of an instruction.
fn is_code(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

/// What looks like front matter at the beginning of a body, without what follows it.
pub(crate) fn second(body: &str) -> Option<Span> {
    let blank = body.len() - body.trim_start().len();
    let rest = &body[blank..];
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = first.len();
    for (fields, line) in lines.enumerate() {
        end += line.len();
        if line.trim_end() == "---" {
            return (fields > 0).then_some(Span { start: blank, end: blank + end });
        }
        if !(is_field(line) || line.starts_with([' ', '-', '#'])) {
            return None;
        }
    }
    None
}

fn is_field(line: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
    line.split_once(':').is_some_and(|(name, value)| {
        !name.is_empty() && name.chars().all(is_part) && value.starts_with([' ', '\r', '\n'])
    })
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
        let check =
            |text, expected: Option<Fence>| assert_eq!(split(text).fence, expected, "{text}");
        check("---\ntitle: A\n---", None);
        check("---\ntitle: A\n", Some(Fence::Last(Span { start: 0, end: 3 })));
        check("---\nt: A\n———\nText", Some(Fence::Last(Span { start: 9, end: 18 })));
    }

    #[test]
    fn a_beginning_that_is_missing_is_noticed() {
        let check =
            |text, expected: Option<Fence>| assert_eq!(split(text).fence, expected, "{text}");
        let first = |start, end| Some(Fence::First(Span { start, end }));
        check("", None);
        check("Just text: nothing else", None);
        check("# A heading\n---\n", None);
        check("\n\n---\ntitle: A\n---\n", first(2, 5));
        check("—-\ntitle: A\n", first(0, 4));
        check("—\ntitle: A\n", first(0, 3));
        check("title: A\n", first(0, 8));
        check("```yaml\n---\ntitle: A\n", Some(Fence::InCode(Span { start: 0, end: 7 })));
        check("```\nSome code\n```\n", None);
    }
}
