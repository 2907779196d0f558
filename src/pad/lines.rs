//! A pad as lines: headings, items and text, with their places.

use std::collections::BTreeMap;

use super::parts;
use super::sections::{Excerpt, Section, Spot};
use super::tables::Row;

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// As written, and where.
    pub raw: Excerpt,
    pub form: Form,
    /// What it says, without its bullet or hash signs.
    pub text: String,
    /// Which of the lines of its section with these words it is, from 1.
    pub nth: usize,
    /// The section in which it stands, once that is known.
    pub section: Option<Section>,
    /// It stands alone above lines or a list, as a heading does.
    pub heads: bool,
    /// Its cells, where it is cut into some.
    pub row: Option<Row>,
    /// Which of the cells of its row it is, from 1; 0 is the whole line.
    pub cell: usize,
}

impl Line {
    pub(super) fn spot(&self) -> Spot {
        Spot { line: self.raw.line, cell: self.cell }
    }

    /// How far it is indented, where it is an item.
    pub(super) fn indent_of_item(&self) -> Option<usize> {
        match self.form {
            Form::Item(indent, _) => Some(indent),
            _ => None,
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A heading, by its level.
    Heading(u32),
    /// An item of a list: how far it is indented, and whether its box is ticked.
    Item(usize, Option<bool>),
    /// Other text, by its indentation.
    Text(usize),
    /// What begins or ends a block of code.
    Fence,
    /// Within such a block.
    Code,
    /// An empty line, or one that is only drawn.
    Blank,
}

/// Cuts a pad into its lines. Comments are not part of it; a line that goes on with an item is put to it,
/// unless it begins with a name.
pub(super) fn read(pad: &str, begins_with_name: impl Fn(&str) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let pad = pad.trim_start_matches('\u{feff}');
    let (comments, fences) = (comments(pad), fences(pad));
    let (mut start, mut last_number) = (0, 0);
    for (number, whole) in (1..).zip(pad.split_inclusive('\n')) {
        let written = whole.trim_end_matches('\n').trim_end_matches('\r');
        let shown = without(written, start, &comments);
        start += whole.len();
        if shown.trim().is_empty() && !written.trim().is_empty() {
            continue;
        }
        let form = fences.get(&number).copied();
        let line = match form {
            Some(form) => in_code(number, shown.trim_end(), form),
            None => line(number, &shown, &mut last_number),
        };
        let goes_on = match (lines.last().map(|last| last.form), line.form) {
            (Some(Form::Item(item, _)), Form::Text(indent)) => {
                indent > item && line.row.is_none() && !begins_with_name(&line.text)
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
    find_heads(&mut lines);
    lines
}

/// Finds lines of text above which nothing goes on, and below which something stands.
fn find_heads(lines: &mut [Line]) {
    for at in 0..lines.len() {
        let form = |line: Option<&Line>| line.map_or(Form::Blank, |line| line.form);
        let above = form(at.checked_sub(1).map(|above| &lines[above]));
        let below = form(lines.get(at + 1));
        let next = lines[at + 1..].iter().find(|line| line.form != Form::Blank);
        let is_above_text = matches!(below, Form::Text(_));
        let is_above_list = matches!(form(next), Form::Item(..));
        let is_bold = lines[at].raw.text.trim_start().starts_with("**");
        lines[at].heads = lines[at].form == Form::Text(0)
            && lines[at].row.is_none()
            && (is_bold || matches!(above, Form::Blank | Form::Heading(_) | Form::Item(..)))
            && (is_above_list || (is_above_text && above_is_free(above, is_bold)));
    }
}

/// Below an item, a line of text may go on with it.
fn above_is_free(above: Form, is_bold: bool) -> bool {
    is_bold || !matches!(above, Form::Item(..))
}

/// The comments of a pad, by their places. What no sign ends before the next begins is text.
fn comments(pad: &str) -> Vec<(usize, usize)> {
    let mut signs: Vec<(usize, bool)> = pad.match_indices("<!--").map(|it| (it.0, true)).collect();
    signs.extend(pad.match_indices("-->").map(|it| (it.0, false)));
    signs.sort_unstable();
    let pairs = signs.windows(2).filter(|pair| pair[0].1 && !pair[1].1);
    pairs.map(|pair| (pair[0].0, pair[1].0 + "-->".len())).collect()
}

/// A line that begins at a place of the pad, without what is in comments.
fn without(line: &str, start: usize, comments: &[(usize, usize)]) -> String {
    let (mut shown, mut from) = (String::new(), 0);
    let first = comments.partition_point(|(_, end)| *end <= start);
    for (begin, end) in &comments[first..] {
        let begin = begin.saturating_sub(start);
        if begin >= line.len() {
            break;
        }
        shown.push_str(&line[from.min(begin)..begin]);
        from = (end - start).min(line.len());
    }
    shown.push_str(&line[from..]);
    shown
}

/// The lines of blocks of code, by their numbers. A sign that nothing ends begins none.
fn fences(pad: &str) -> BTreeMap<usize, Form> {
    let is_fence = |line: &str| ["```", "~~~"].into_iter().find(|it| line.trim().starts_with(it));
    let signs = (1..).zip(pad.lines()).filter_map(|(number, line)| Some((number, is_fence(line)?)));
    let (mut fences, mut open) = (BTreeMap::new(), None);
    for (number, sign) in signs {
        match open {
            None => open = Some((number, sign)),
            Some((first, begun)) if begun == sign => {
                fences.extend((first + 1..number).map(|within| (within, Form::Code)));
                fences.extend([(first, Form::Fence), (number, Form::Fence)]);
                open = None;
            }
            Some(_) => {}
        }
    }
    if let Some((first, _)) = open {
        fences.insert(first, Form::Blank);
    }
    fences
}

fn in_code(number: usize, written: &str, form: Form) -> Line {
    // A sign that begins no block would take in all that follows.
    let written = if form == Form::Blank { "" } else { written };
    let raw = Excerpt { line: number, text: written.to_owned() };
    let text = if form == Form::Code { written.trim().to_owned() } else { String::new() };
    Line { raw, form, text, nth: 1, section: None, heads: false, row: None, cell: 0 }
}

/// Whether a line is only drawn, such as `---` or `===`.
fn is_drawn(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    first.is_some_and(|it| "-*_=".contains(it))
        && text.chars().all(|c| c.is_whitespace() || Some(c) == first)
        && signs.count() >= 2
}

/// Without the signs of a quotation.
fn without_quote(text: &str) -> &str {
    match text.strip_prefix('>') {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '>']) => {
            without_quote(rest.trim_start())
        }
        _ => text,
    }
}

fn line(number: usize, shown: &str, last_number: &mut u32) -> Line {
    let written = shown.trim_end();
    let text = written.trim_start();
    let outside = [&written[..written.len() - text.len()], &shown[written.len()..]];
    // A tab is as wide as four spaces.
    let indent =
        written[..written.len() - text.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let text = without_quote(text);
    let hashes = text.chars().take_while(|c| *c == '#').count();
    let (form, text) = match bullet(text).filter(|_| is_next(text, last_number)) {
        _ if text.is_empty() || is_drawn(text) => (Form::Blank, ""),
        _ if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) => {
            (Form::Heading(hashes as u32), text[hashes..].trim().trim_end_matches('#').trim_end())
        }
        Some(rest) => {
            let (ticked, rest) = tick(rest.trim_start());
            (Form::Item(indent, ticked), rest)
        }
        // A box says that it is an item, also where the hyphen before it was forgotten.
        None => match tick(text) {
            (None, _) => (Form::Text(indent), text),
            (ticked, rest) => (Form::Item(indent, ticked), rest),
        },
    };
    let raw = Excerpt { line: number, text: written.to_owned() };
    let spoken = said_in_chat(text, form);
    let text = spoken.as_deref().unwrap_or_else(|| without_time(plain(text), form));
    let row = Row::read(text, form, outside.map(|it| it.matches('\t').count()));
    let text = row.as_ref().map_or_else(|| text.replace('\t', " "), Row::as_line);
    Line { raw, form, text, nth: 1, section: None, heads: false, row, cell: 0 }
}

/// Whether the number that an item begins with is one more than the last; another is a number of its text.
fn is_next(text: &str, last: &mut u32) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let Ok(number) = text[..digits].parse::<u32>() else { return true };
    let is_next = number == 1 || number == *last + 1;
    if is_next {
        *last = number;
    }
    is_next
}

/// Without the time that a chat writes before a name: `[20:03] Ana: …`, `28/01/2027, 20:03 - Ana: …`. Before
/// other words, and in an item without brackets, it is part of what is said.
fn without_time(text: &str, form: Form) -> &str {
    let rest = after_time(text, form).filter(|rest| parts::name_with_colon(rest).is_some());
    rest.unwrap_or(text)
}

/// `20:03 <Ana> …`, as other chats write it.
fn said_in_chat(text: &str, form: Form) -> Option<String> {
    let (name, said) = after_time(text, form)?.strip_prefix('<')?.split_once('>')?;
    parts::is_short(name).then(|| format!("{}: {}", name.trim(), said.trim_start()))
}

/// What stands behind the time that a chat writes before what is said.
pub(super) fn after_time(text: &str, form: Form) -> Option<&str> {
    let inner = text.strip_prefix('[').and_then(|it| it.split_once(']'));
    if let Some((time, rest)) = inner
        && is_time(time)
    {
        return Some(rest.trim_start());
    }
    let separated = [" - ", " – ", " "].iter().find_map(|sign| {
        let ends = text.match_indices(sign).map(|(at, sign)| (at, at + sign.len()));
        ends.take(3).filter(|(at, _)| is_time(&text[..*at])).last()
    });
    let (_, end) = separated.filter(|_| matches!(form, Form::Text(_)))?;
    Some(text[end..].trim_start_matches(['-', '–', ' ']))
}

/// Digits with a colon between, perhaps with a day before and `am` or `pm` behind.
fn is_time(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches("am").trim_end_matches("pm");
    let is_of_time = |c: char| c.is_ascii_digit() || ":./-, \u{202f}\u{a0}".contains(c);
    let mut digits = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    text.contains(':') && text.chars().all(is_of_time) && digits.all(|it| it.len() <= 4)
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
    fn what_no_sign_ends_is_text_and_what_is_only_drawn_is_not() {
        let texts = |pad: &str| {
            let lines = read(pad, |_| false).into_iter().filter(|it| it.form != Form::Blank);
            lines.map(|it| (it.form, it.text)).collect::<Vec<_>>()
        };
        let text = |text: &str| (Form::Text(0), text.to_owned());
        for (pad, expected) in [
            ("a <!-- b\nc", vec![text("a <!-- b"), text("c")]),
            ("a <!-- b\nc <!-- d --> e", vec![text("a <!-- b"), text("c  e")]),
            ("a <!-- b\n-->c<!-- d --> e", vec![text("a"), text("c e")]),
            ("a\n---\n* * *\n===\nb --> c", vec![text("a"), text("b --> c")]),
            ("> a\n> > b\n>c", vec![text("a"), text("b"), text(">c")]),
            ("```\na", vec![text("a")]),
            (
                "```\n# a\n```\nb",
                vec![
                    (Form::Fence, String::new()),
                    (Form::Code, "# a".to_owned()),
                    (Form::Fence, String::new()),
                    text("b"),
                ],
            ),
            ("24. December", vec![text("24. December")]),
            (
                "1. a\n\n2. b",
                [1, 2].map(|at| (Form::Item(0, None), "ab"[at - 1..at].to_owned())).to_vec(),
            ),
        ] {
            assert_eq!(texts(pad), expected, "{pad}");
        }
    }

    #[test]
    fn a_line_heads_what_stands_below_it() {
        let heads = |pad: &str| {
            let lines = read(pad, |_| false).into_iter().filter(|line| line.heads);
            lines.map(|line| line.text).collect::<Vec<_>>()
        };
        assert_eq!(heads("a\nb\n\nc\n\n- d\n\ne\n\nf\n"), ["a", "c"]);
        assert_eq!(heads("- a\nb\n- c\nd\ne\n**f**\ng\n"), ["b", "f"]);
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
            ("- 17:00 - we meet in the hall", "17:00 - we meet in the hall"),
            ("- 18:30 is the end: of all", "18:30 is the end: of all"),
            ("17:00 we meet", "17:00 we meet"),
            ("- [20:03] Ana: we bake", "Ana: we bake"),
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
            lines.into_iter().map(|it| it.text).collect::<Vec<_>>()
        };
        assert_eq!(
            texts("- Agaric: hands\n  for wheat\n  Bolete: a mill\n- Agaric: hands\n"),
            ["Agaric: hands for wheat", "Bolete: a mill", "Agaric: hands"]
        );
    }
}
