//! One line of Markdown: emphasis and code alone; links in it are words.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::brackets::IF_THERE;
use super::events;

/// The words of a text in one line, without its marks.
pub(crate) fn plain(markdown: &str) -> String {
    let words = inline_events(markdown).into_iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak => Some(" ".into()),
        _ => None,
    });
    words.map(CowStr::into_string).collect()
}

/// What shows a line of Markdown.
pub(crate) fn inline_events(markdown: &str) -> Vec<Event<'_>> {
    // How each open link ends that is none.
    let mut ends = Vec::new();
    let events = events(markdown).filter_map(|(event, place)| match event {
        Event::Start(Tag::Emphasis | Tag::Strong)
        | Event::End(TagEnd::Emphasis | TagEnd::Strong) => Some(event),
        Event::Text(_) | Event::Code(_) => Some(event),
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::SoftBreak | Event::HardBreak => Some(Event::SoftBreak),
        Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
            let (start, end) = brackets(&markdown[place]);
            let is_none = link_type == IF_THERE;
            ends.push(if is_none { end } else { "" });
            is_none.then(|| Event::Text(start.into()))
        }
        Event::End(TagEnd::Link | TagEnd::Image) => {
            ends.pop().filter(|end| !end.is_empty()).map(|end| Event::Text(end.into()))
        }
        _ => None,
    });
    events.collect()
}

/// How a link that is none begins and ends.
pub(crate) fn brackets(written: &str) -> (&str, &str) {
    let start = if written.starts_with('!') { "![" } else { "[" };
    (start, written.rfind("](").map_or("", |at| &written[at..]))
}
