//! What can be read and is hardly meant: days to come, letters of HTML in fields, the words of a template.
//!
//! All of it are warnings, and depend on one file alone.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use pulldown_cmark::{Event, Parser};

use super::inline::IN_MARKDOWN;
use super::record::{self, Record};
use super::yaml::{Node, Value};
use super::{front_matter, values};
use crate::diagnostic::{Code, Diagnostic, Span};

/// What `ayni new` writes into the text of a coop.
pub(crate) const OF_A_COOP: &str = "What we do, and for whom.";

/// What it writes into the text of a need or an offer.
pub(crate) const OF_A_PROPOSAL: &str = "Say more here.";

/// Looks once more at fields that could be read.
pub(crate) fn at_fields(path: &Arc<str>, front: &Node) -> Vec<Diagnostic> {
    let mut look = Look { path, problems: Vec::new() };
    look.at(front, "");
    look.at_order(front);
    look.problems
}

/// Looks once more at the text of a record: `wordless` is where it has pictures without words.
pub(crate) fn at_text(
    path: &Arc<str>,
    file: &str,
    body: Span,
    wordless: &[Span],
) -> Vec<Diagnostic> {
    let mut look = Look { path, problems: Vec::new() };
    for span in wordless {
        let message = "a picture without words, for those who do not see it";
        let written = &file[span.start..span.end];
        let end = written.find("](").map_or("](…)", |at| &written[at..]);
        let end = if end.contains(['`', '\n']) { "](…)" } else { end };
        let hint = format!("write what it shows in place of `…`: `![…{end}`");
        look.report(Code::MissingWords, *span, message.to_owned(), &hint);
    }
    // Without fields of its own, a file has none that could be the second ones.
    let has_fields = body.start > '\u{feff}'.len_utf8();
    let second = || front_matter::second(&file[body.start..body.end]);
    if let Some(second) = has_fields.then(second).flatten() {
        let start = body.start + second.start;
        let message = "a second block of fields, which is shown as text";
        let hint = "put its fields between the first two lines `---`, or remove it";
        look.report(Code::OtherSign, Span { start, end: start + 3 }, message.to_owned(), hint);
    }
    let mut at = body.start;
    for line in file[body.start..body.end].split_inclusive('\n') {
        if [OF_A_COOP, OF_A_PROPOSAL].contains(&line.trim()) {
            let span = Span { start: at, end: at + line.trim_end().len() };
            let message = format!("`{}` is what `ayni new` wrote there", line.trim());
            let hint = "write what you want to say in its place, or remove the line";
            look.report(Code::TemplateWords, span, message, hint);
        }
        at += line.len();
    }
    look.problems
}

/// The days in a record on which something happened that is still to come; one day's grace is for those
/// whose clocks are ahead.
pub(crate) fn at_days(record: &Record, today: Date) -> Vec<Diagnostic> {
    let mut look = Look { path: &record.path, problems: Vec::new() };
    let tomorrow = today.checked_add(1.day()).unwrap_or(today);
    let own = ["created", "updated", "reviewed"].map(|name| (name, record.front.field(name)));
    let sources = record.front.field("sources").map_or(&[][..], Node::items);
    let read = sources.iter().map(|source| ("retrieved", source.field("retrieved")));
    for (name, node) in own.into_iter().chain(read) {
        if let Some((day, span)) = day(node).filter(|(day, _)| *day > tomorrow) {
            let message = format!("`{name}` is {day}, a day to come: today is {today}");
            let hint = "write the day on which it happened";
            look.report(Code::UnlikelyDate, span, message, hint);
        }
    }
    look.problems
}

/// Two letters that are a language, and by which nearly everybody means another; what else can be written
/// for the one that they are.
const UNLIKELY: [(&str, &str, &str, &str, &str); 1] = [("kr", "Kanuri", "kau", "Korean", "ko")];

struct Look<'a> {
    path: &'a Arc<str>,
    problems: Vec<Diagnostic>,
}

impl Look<'_> {
    fn report(&mut self, code: Code, span: Span, message: String, hint: &str) {
        let place = record::place(self.path, span);
        self.problems.push(Diagnostic::new(code, place, message).hint(hint));
    }

    /// Looks at every text below a node; `name` is the field that it stands in.
    fn at(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Null => {}
            Value::List(items) => items.iter().for_each(|item| self.at(item, name)),
            Value::Map(entries) => entries.iter().for_each(|(key, node)| self.at(node, &key.name)),
            Value::Text(text) => {
                if !IN_MARKDOWN.contains(&name) {
                    self.at_entities(text, name, node.span);
                }
                if ["lang", "languages", "interpretation"].contains(&name) {
                    self.at_language(text.trim(), name, node.span);
                }
            }
        }
    }

    fn at_entities(&mut self, text: &str, name: &str, span: Span) {
        let Some((entity, letter)) = entities(text).next() else { return };
        let plain = entities(text)
            .fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, &letter));
        let message = format!("`{name}` has `{entity}`, which is shown as it stands");
        let hint = match plain.contains(['\n', '`', '"', ':', '#']) {
            true => format!("write the letter itself: {letter}"),
            false => format!("write `{plain}`"),
        };
        self.report(Code::EntityInValue, span, message, &hint);
    }

    fn at_language(&mut self, text: &str, name: &str, span: Span) {
        let found = UNLIKELY.iter().find(|(tag, ..)| text.eq_ignore_ascii_case(tag));
        if let Some((tag, language, longer, meant, right)) = found {
            let message = format!("`{name}` is `{tag}`, which is {language}");
            let hint = format!("write `{right}` for {meant}, or `{longer}` if {language} is meant");
            self.report(Code::UnlikelyLanguage, span, message, &hint);
        }
    }

    /// What is later is not written as earlier.
    fn at_order(&mut self, front: &Node) {
        let Some((created, place)) = day(front.field("created")) else { return };
        for name in ["updated", "reviewed"] {
            let Some((then, span)) = day(front.field(name)) else { continue };
            if then < created {
                let message = format!("`{name}` is {then}, before `created`, which is {created}");
                let here = record::place(self.path, span);
                let hint = format!("correct one of the two, or leave `{name}` out");
                self.problems.push(
                    Diagnostic::new(Code::UnlikelyDate, here, message)
                        .also(record::place(self.path, place), "it was created on this day")
                        .hint(hint),
                );
            }
        }
    }
}

/// The day that a field says, and where.
fn day(node: Option<&Node>) -> Option<(Date, Span)> {
    let Node { span, value: Value::Text(text) } = node? else { return None };
    Some((values::date(text.trim()).ok()?, *span))
}

/// Letters that are written as HTML has them, such as `&eacute;` or `&#233;`, each with the letter.
fn entities(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.match_indices('&').filter_map(|(at, _)| {
        let end = text[at..].bytes().take(LONGEST_ENTITY).position(|it| it == b';')?;
        let entity = &text[at..=at + end];
        let is_part = |it: char| it.is_ascii_alphanumeric() || it == '#';
        if !entity[1..entity.len() - 1].chars().all(is_part) {
            return None;
        }
        let letter = Parser::new(entity).find_map(|event| match event {
            Event::Text(letter) if *letter != *entity => Some(letter.into_string()),
            _ => None,
        });
        Some((entity, letter?))
    })
}

/// The longest name of a letter in HTML, with its signs.
const LONGEST_ENTITY: usize = 33;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_html_are_told_from_ampersands() {
        for (text, letters) in [
            ("Caf&eacute; &#233;&#xe9;", "ééé"),
            ("Bread &amp; Roses", "&"),
            ("Bread & Roses; R&D; &; &nothing;", ""),
            ("https://a.example/?a=1&b=2;", ""),
        ] {
            let found: String = entities(text).map(|(_, letter)| letter).collect();
            assert_eq!(found, letters, "{text}");
        }
    }
}
