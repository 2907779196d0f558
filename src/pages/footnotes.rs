//! Footnotes at the end of a text, each with a way back to where it was called.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, TagEnd};
use rustc_hash::FxHashMap;

use super::body::escape;
use crate::content::markdown::notes::{Notes, key};

/// The footnotes of a text that is being rendered.
///
/// Their addresses begin with an underscore, which no heading's address does.
pub(super) struct Footnotes<'a> {
    /// By their names: from 1, in the order in which they are called.
    numbers: FxHashMap<&'a str, usize>,
    /// How often each has been called.
    calls: BTreeMap<usize, usize>,
    texts: BTreeMap<usize, Vec<Event<'a>>>,
    /// Notes that have begun and not ended, and what stands around each.
    open: Vec<(usize, Vec<Event<'a>>)>,
}

/// What a link to a note or back from it is called: the note's number, and which of its calls.
pub(super) enum Way {
    /// To a note.
    There(usize),
    /// Back to its only call.
    Back(usize),
    /// Back to one of several calls.
    BackAgain(usize, usize),
}

/// The words for a way, and the attributes of their language where the text has another.
pub(super) struct WayWords<'a> {
    /// What it is called.
    pub name: &'a dyn Fn(Way) -> String,
    /// ` lang="…" dir="…"`, or nothing.
    pub language: &'a str,
}

impl<'a> Footnotes<'a> {
    /// Those of a text, none of them seen yet.
    pub(super) fn new(notes: &'a Notes) -> Footnotes<'a> {
        let numbers = notes.order.iter().map(String::as_str).zip(1..).collect();
        let (calls, texts) = (BTreeMap::new(), BTreeMap::new());
        Footnotes { numbers, calls, texts, open: Vec::new() }
    }

    fn number(&self, name: &str) -> usize {
        self.numbers.get(&*key(name)).copied().unwrap_or_default()
    }

    /// The link to a note.
    pub(super) fn call(&mut self, name: &str, words: &WayWords<'_>) -> Event<'a> {
        let number = self.number(name);
        let calls = self.calls.entry(number).or_default();
        *calls += 1;
        let (id, language) = (call_id(number, *calls), words.language);
        let name = escape(&(words.name)(Way::There(number)));
        let link = format!(
            "<sup class=\"note-call\" id=\"{id}\"><a href=\"#_note-{number}\" role=\"doc-noteref\" \
             aria-label=\"{name}\"{language}>{number}</a></sup>"
        );
        Event::InlineHtml(link.into())
    }

    /// Begins the text of a note: what comes next is not put where it is written.
    pub(super) fn begin(&mut self, name: &str, out: &mut Vec<Event<'a>>) {
        self.open.push((self.number(name), std::mem::take(out)));
    }

    /// Ends it. A second text of the same note follows the first.
    pub(super) fn end(&mut self, out: &mut Vec<Event<'a>>) {
        let Some((number, around)) = self.open.pop() else { return };
        let text = std::mem::replace(out, around);
        self.texts.entry(number).or_default().extend(text);
    }

    /// Adds all notes, in their order.
    pub(super) fn finish(self, words: &WayWords<'_>, out: &mut Vec<Event<'a>>) {
        if self.texts.is_empty() {
            return;
        }
        let section = "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n";
        out.push(Event::Html(section.into()));
        for (number, mut text) in self.texts {
            let calls = self.calls.get(&number).copied().unwrap_or_default();
            let ways: Vec<String> =
                (1..=calls).map(|at| way_back(number, at, calls, words)).collect();
            let ways = ways.concat();
            out.push(Event::Html(
                format!("<li id=\"_note-{number}\" value=\"{number}\">\n").into(),
            ));
            // The way back stands in the last line of the note, or below what is no paragraph.
            match text.pop() {
                Some(last @ Event::End(TagEnd::Paragraph)) => {
                    out.extend(text);
                    out.push(Event::InlineHtml(ways.into()));
                    out.push(last);
                }
                last => {
                    out.extend(text.into_iter().chain(last));
                    if !ways.is_empty() {
                        out.push(Event::Html(format!("<p>{ways}</p>\n").into()));
                    }
                }
            }
            out.push(Event::Html("</li>\n".into()));
        }
        out.push(Event::Html("</ol>\n</section>\n".into()));
    }
}

fn call_id(number: usize, call: usize) -> String {
    match call {
        1 => format!("_call-{number}"),
        call => format!("_call-{number}-{call}"),
    }
}

fn way_back(number: usize, call: usize, calls: usize, words: &WayWords<'_>) -> String {
    let way = if calls == 1 { Way::Back(number) } else { Way::BackAgain(number, call) };
    let (name, language) = (escape(&(words.name)(way)), words.language);
    let count = if calls == 1 { String::new() } else { format!("<sup>{call}</sup>") };
    // The sign that follows the arrow keeps it a letter, where a phone would draw a picture.
    format!(
        " <a class=\"note-back\" href=\"#{}\" role=\"doc-backlink\" aria-label=\"{name}\"{language}>\
         <span>\u{21a9}\u{fe0e}</span>{count}</a>",
        call_id(number, call)
    )
}
