//! A pad as lines: headings, items and text, with their places.

use std::collections::BTreeMap;

use super::Excerpt;

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As written, and where.
    pub raw: Excerpt,
    /// What it is.
    pub form: Form,
    /// What it says, without its bullet or hash signs.
    pub text: String,
    /// Which of the lines with these words it is, from 1.
    pub nth: usize,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A heading, by its level.
    Heading(u32),
    /// An item of a list: how far it is indented, and whether its box is ticked.
    Item(usize, Option<bool>),
    /// Other text, by its indentation.
    Text(usize),
    /// An empty line.
    Blank,
}

/// Cuts a pad into its lines. Comments are not part of it; a line that goes on with an item is put to it,
/// unless it begins with a name.
pub fn read(pad: &str, begins_with_name: impl Fn(&str) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut is_in_comment = false;
    for (number, written) in (1..).zip(pad.trim_start_matches('\u{feff}').lines()) {
        let shown = without_comments(written, &mut is_in_comment);
        if shown.trim().is_empty() && !written.trim().is_empty() {
            continue;
        }
        let line = line(number, shown.trim_end());
        let goes_on = match (lines.last().map(|last| last.form), line.form) {
            (Some(Form::Item(item, _)), Form::Text(indent)) => {
                indent > item && !begins_with_name(&line.text)
            }
            _ => false,
        };
        match lines.last_mut() {
            Some(last) if goes_on => {
                last.text.push(' ');
                last.text.push_str(&line.text);
                last.raw.text.push('\n');
                last.raw.text.push_str(&line.raw.text);
            }
            _ => lines.push(line),
        }
    }
    count(&mut lines);
    lines
}

fn count(lines: &mut [Line]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        let times = seen.entry(line.raw.text.clone()).or_default();
        *times += 1;
        line.nth = *times;
    }
}

fn without_comments(line: &str, is_in_comment: &mut bool) -> String {
    let mut shown = String::new();
    let mut rest = line;
    loop {
        let mark = if *is_in_comment { "-->" } else { "<!--" };
        match rest.split_once(mark) {
            Some((before, after)) => {
                shown.push_str(if *is_in_comment { "" } else { before });
                *is_in_comment = !*is_in_comment;
                rest = after;
            }
            None => {
                shown.push_str(if *is_in_comment { "" } else { rest });
                return shown;
            }
        }
    }
}

fn line(number: usize, written: &str) -> Line {
    let text = written.trim_start();
    // A tab is as wide as four spaces.
    let indent =
        written[..written.len() - text.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let hashes = text.chars().take_while(|c| *c == '#').count();
    let (form, text) = match bullet(text) {
        _ if text.is_empty() => (Form::Blank, text),
        _ if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) => {
            (Form::Heading(hashes as u32), text[hashes..].trim().trim_end_matches('#').trim_end())
        }
        Some(rest) => {
            let (ticked, rest) = tick(rest.trim_start());
            (Form::Item(indent, ticked), rest)
        }
        None => (Form::Text(indent), text),
    };
    let raw = Excerpt { line: number, text: written.to_owned() };
    Line { raw, form, text: cells(without_time(plain(text))), nth: 1 }
}

/// Without the time that a chat writes before a name: `[20:03] Ana: …`, `28/01/2027, 20:03 - Ana: …`.
fn without_time(text: &str) -> &str {
    let inner = text.strip_prefix('[').and_then(|it| it.split_once(']'));
    if let Some((time, rest)) = inner
        && is_time(time)
    {
        return rest.trim_start();
    }
    let separated = [" - ", " – ", " "].iter().find_map(|sign| {
        let ends = text.match_indices(sign).map(|(at, sign)| (at, at + sign.len()));
        ends.take(3).filter(|(at, _)| is_time(&text[..*at])).last()
    });
    separated.map_or(text, |(_, end)| text[end..].trim_start_matches(['-', '–', ' ']))
}

/// Digits with a colon between, perhaps with a day before and `am` or `pm` behind.
fn is_time(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches("am").trim_end_matches("pm");
    let is_of_time = |c: char| c.is_ascii_digit() || ":./-, \u{202f}\u{a0}".contains(c);
    let mut digits = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    text.contains(':') && text.chars().all(is_of_time) && digits.all(|it| it.len() <= 4)
}

/// A row of a table: the first cell is a name, the second what is said, the others remarks.
fn cells(text: &str) -> String {
    let is_ruled = text.len() > 2 && text.starts_with('|') && text.ends_with('|');
    let cells: Vec<&str> = match (is_ruled, text.contains('\t')) {
        (true, _) => text.trim_matches('|').split('|').map(str::trim).collect(),
        (false, true) => text.split('\t').map(str::trim).collect(),
        (false, false) => return text.to_owned(),
    };
    let is_line = |cell: &str| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':'));
    if is_ruled && cells.iter().all(|cell| is_line(cell)) {
        return String::new();
    }
    let filled = cells.into_iter().map(|cell| cell.trim_end_matches(':').trim_end());
    let mut filled = filled.filter(|cell| !cell.is_empty());
    match (filled.next(), filled.next(), filled.collect::<Vec<_>>()) {
        (Some(name), Some(said), remarks) if remarks.is_empty() => format!("{name}: {said}"),
        (Some(name), Some(said), remarks) => format!("{name}: {said} ({})", remarks.join(", ")),
        (name, ..) => name.unwrap_or_default().to_owned(),
    }
}

/// What follows `-`, `*`, `+`, `•` or `1.`.
fn bullet(text: &str) -> Option<&str> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let sign = match text[digits..].chars().next()? {
        sign @ ('-' | '*' | '+' | '•' | '–') if digits == 0 => sign,
        sign @ ('.' | ')') if (1..=3).contains(&digits) => sign,
        _ => return None,
    };
    let rest = &text[digits + sign.len_utf8()..];
    (rest.is_empty() || rest.starts_with([' ', '\t']) || sign == '•').then_some(rest)
}

fn tick(text: &str) -> (Option<bool>, &str) {
    let boxes = [("[ ]", false), ("[]", false), ("[x]", true), ("[X]", true)];
    let found = boxes.iter().find_map(|(mark, ticked)| Some((*ticked, text.strip_prefix(mark)?)));
    found.map_or((None, text), |(ticked, rest)| (Some(ticked), rest.trim_start()))
}

/// Without the signs that make the whole of it bold.
fn plain(text: &str) -> &str {
    let inner = text.strip_prefix("**").and_then(|it| it.strip_suffix("**"));
    inner.filter(|it| !it.contains("**")).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        let pad = "\u{feff}# Call\n\n<!-- Hints\nfor you --> x\n- one\n  goes on\n\t* [x] two\n1. three\n•four\n\
                   **Agaric**\n#hash\n-dash\n  - []\n";
        let read: Vec<(usize, Form, String)> =
            read(pad, |_| false).into_iter().map(|it| (it.raw.line, it.form, it.text)).collect();
        let expected = [
            (1, Form::Heading(1), "Call"),
            (2, Form::Blank, ""),
            (4, Form::Text(1), "x"),
            (5, Form::Item(0, None), "one goes on"),
            (7, Form::Item(4, Some(true)), "two"),
            (8, Form::Item(0, None), "three"),
            (9, Form::Item(0, None), "four"),
            (10, Form::Text(0), "Agaric"),
            (11, Form::Text(0), "#hash"),
            (12, Form::Text(0), "-dash"),
            (13, Form::Item(2, Some(false)), ""),
        ];
        assert_eq!(read, expected.map(|(line, form, text)| (line, form, text.to_owned())));
    }

    #[test]
    fn a_chat_and_a_table_are_lines_with_names() {
        for (written, text) in [
            ("[20:03] Ana: we bake", "Ana: we bake"),
            ("[28/01/2027, 20:03:11] Ana: we bake", "Ana: we bake"),
            ("28/01/2027, 20:03 - Ana: we bake", "Ana: we bake"),
            ("20:03 Ana: we bake", "Ana: we bake"),
            ("8:03 PM – Ana: we bake", "Ana: we bake"),
            ("20 loaves: two for you", "20 loaves: two for you"),
            ("[draft] Ana: we bake", "[draft] Ana: we bake"),
            ("Agaric\tan oven\ttechnical\t2027-03-31", "Agaric: an oven (technical, 2027-03-31)"),
            ("Agaric\tan oven", "Agaric: an oven"),
            ("Agaric\t\t", "Agaric"),
            ("| Agaric | an oven | technical |", "Agaric: an oven (technical)"),
            ("|---|:-:|---|", ""),
        ] {
            assert_eq!(read(written, |_| false)[0].text, text, "{written}");
        }
    }

    #[test]
    fn a_line_with_a_name_does_not_go_on_with_an_item() {
        let texts = |pad: &str| {
            let lines = read(pad, |text| text.starts_with("Bolete"));
            lines.into_iter().map(|it| (it.text, it.nth)).collect::<Vec<_>>()
        };
        let line = |text: &str, nth| (text.to_owned(), nth);
        assert_eq!(
            texts("- Agaric: hands\n  for wheat\n  Bolete: a mill\n- Agaric: hands\n"),
            [
                line("Agaric: hands for wheat", 1),
                line("Bolete: a mill", 1),
                line("Agaric: hands", 1)
            ]
        );
        assert_eq!(texts("a\nb\na\n"), [line("a", 1), line("b", 1), line("a", 2)]);
    }
}
