//! Reads the Markdown of a body once: its links, headings and plain text.

mod autolinks;
mod brackets;
mod definitions;
mod events;
mod headings;
mod inline;
mod loose;
pub(crate) mod notes;
mod pieces;
mod runs;
mod signs;
pub(crate) mod unshown;
mod words;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::diagnostic::Span;

pub(crate) use brackets::IF_THERE;
pub(crate) use events::events;
pub(crate) use headings::{Heading, key, named};
pub(crate) use inline::{brackets, inline_events, plain};
pub(crate) use signs::Sign;

/// A body as written, with what other stages need to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The file in which it stands.
    file: Arc<str>,
    part: Range<usize>,
    /// Links and images, in the order written.
    pub links: Vec<WrittenLink>,
    /// Headings, in the order written.
    pub headings: Vec<Heading>,
    /// Where raw HTML begins, which is shown as text. An end tag counts with its start.
    pub html: Vec<Span>,
    /// Signs of other programs, each where it stands first.
    pub signs: Vec<(Sign, Span)>,
    /// What no page shows.
    pub unshown: Vec<(unshown::Unshown, Span)>,
    /// Pictures without words.
    pub wordless: Vec<Span>,
    pub notes: notes::Notes,
    /// The text alone, for search and matching.
    pub text: String,
}

impl Body {
    pub fn markdown(&self) -> &str {
        &self.file[self.part.clone()]
    }

    /// The whole file, front matter too.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where in the file a part of the Markdown stands.
    pub fn span_of(&self, part: Range<usize>) -> Span {
        Span { start: self.part.start + part.start, end: self.part.start + part.end }
    }
}

/// A link as its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenLink {
    /// Its target: `agaric#contact` of `[[agaric#contact]]`, or the URL of an ordinary link.
    pub target: String,
    /// How it is written.
    pub form: LinkForm,
    /// Where it stands in the file.
    pub span: Span,
    /// Where its target stands in the plain text, when it has no words of its own.
    pub bare: Option<Range<usize>>,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkForm {
    /// `[[agaric]]`
    Wiki,
    /// `[text](target)`
    Ordinary,
    /// `![text](target)`
    Image,
    /// `[text](a target)`: a link only if that file is there.
    OrdinaryIfThere,
    /// `![text](a target)`: a picture only if that file is there.
    ImageIfThere,
}

impl LinkForm {
    fn of_link(link_type: LinkType) -> LinkForm {
        match link_type {
            LinkType::WikiLink { .. } => LinkForm::Wiki,
            IF_THERE => LinkForm::OrdinaryIfThere,
            _ => LinkForm::Ordinary,
        }
    }

    /// Whether it is a link only if its file is there; else it is text.
    pub fn is_if_there(self) -> bool {
        matches!(self, LinkForm::OrdinaryIfThere | LinkForm::ImageIfThere)
    }
}

/// Reads the body that stands in this part of its file.
pub(crate) fn read(file: &Arc<str>, part: Range<usize>) -> Body {
    let (markdown, offset) = (&file[part.clone()], part.start);
    let mut body = Body { file: file.clone(), part, ..Body::default() };
    let mut heading_start = None;
    let mut headings = Vec::new();
    let mut signs = signs::Finder::new(markdown);
    let mut words = words::Finder::default();
    let mut notes = notes::Finder::default();
    let mut unshown = unshown::Finder::default();
    for (event, range) in events(markdown) {
        signs.see(&event, &range);
        words.see(&event, &range);
        notes.see(markdown, &event, &range);
        unshown.see(markdown, &event, &range);
        if starts_html(&event, &body) {
            body.html.push(first_line(markdown, &range, offset));
        }
        let span = Span { start: offset + range.start, end: offset + range.end };
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let bare = is_bare.then_some(body.text.len()..body.text.len());
                let form = LinkForm::of_link(link_type);
                body.links.push(WrittenLink { target: dest_url.into_string(), form, span, bare });
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                let form =
                    if link_type == IF_THERE { LinkForm::ImageIfThere } else { LinkForm::Image };
                let target = dest_url.into_string();
                body.links.push(WrittenLink { target, form, span, bare: None });
            }
            Event::Start(Tag::Heading { .. }) => heading_start = Some(body.text.len()),
            Event::End(TagEnd::Heading(level)) => {
                let start = heading_start.take().unwrap_or(body.text.len());
                let text = body.text[start..].trim().to_owned();
                headings.push((level as u8, text, start..body.text.len()));
                body.text.push('\n');
            }
            Event::Text(text) | Event::Code(text) => body.text.push_str(&text),
            Event::End(TagEnd::Link) => {
                let end = body.text.len();
                if let Some(bare) = body.links.last_mut().and_then(|link| link.bare.as_mut()) {
                    bare.end = end;
                }
            }
            Event::SoftBreak | Event::HardBreak => body.text.push(' '),
            Event::End(end) if ends_a_block(end) => body.text.push('\n'),
            _ => {}
        }
    }
    body.headings = named(headings);
    body.signs = signs.found(offset);
    body.wordless = words.found(offset);
    body.notes = notes.found(markdown, offset);
    body.unshown = unshown.found(markdown, offset);
    body.text.shrink_to_fit();
    body
}

/// Where code stands in Markdown, in order.
pub(crate) fn code(markdown: &str) -> Vec<Range<usize>> {
    let is_code =
        |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    events(markdown).filter(|(event, _)| is_code(event)).map(|(_, place)| place).collect()
}

fn starts_html(event: &Event<'_>, body: &Body) -> bool {
    match event {
        Event::Start(Tag::HtmlBlock) => true,
        Event::InlineHtml(tag) => !tag.starts_with("</") || body.html.is_empty(),
        _ => false,
    }
}

/// The first line of a part of a body, by its place in the file.
fn first_line(markdown: &str, part: &Range<usize>, offset: usize) -> Span {
    let text = &markdown[part.clone()];
    let start = offset + part.start + (text.len() - text.trim_start().len());
    let line = text.trim().lines().next().unwrap_or_default().trim_end();
    Span { start, end: start + line.len() }
}

fn ends_a_block(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a body that starts at this byte of its file.
    fn read_at(markdown: &str, offset: usize) -> Body {
        let file: Arc<str> = (" ".repeat(offset) + markdown).into();
        read(&file, offset..file.len())
    }

    #[test]
    fn links_are_found_with_their_places() {
        let text = "See [[agaric|our *friends*]], [this](../coops/x.md) and ![logo](logo.png).";
        let links = read_at(text, 10).links;
        let found: Vec<_> = links.iter().map(|link| (link.target.as_str(), link.form)).collect();
        assert_eq!(
            found,
            [
                ("agaric", LinkForm::Wiki),
                ("../coops/x.md", LinkForm::Ordinary),
                ("logo.png", LinkForm::Image)
            ]
        );
        assert_eq!(links[0].span, Span { start: 14, end: 38 });
    }

    #[test]
    fn a_link_in_code_is_no_link() {
        assert_eq!(read_at("`[[agaric]]`\n\n    [[agaric]]\n", 0).links, []);
    }

    #[test]
    fn raw_html_is_found_where_it_begins() {
        let found = |text: &str| -> Vec<String> {
            let spans = read_at(text, 100).html;
            spans.iter().map(|it| text[it.start - 100..it.end - 100].to_owned()).collect()
        };
        assert_eq!(found("One <b>bold</b>\n<br>"), ["<b>", "<br>"]);
        assert_eq!(found("> Quoted\n\n  <div class=a>\nText\n</div>\n"), ["<div class=a>"]);
        assert_eq!(found("</p>"), ["</p>"]);
        assert_eq!(found("x</i></i>"), ["</i>"]);
        assert_eq!(found("<!-- a\nb -->\n\nc <!-- d -->"), ["<!-- a", "<!-- d -->"]);
        assert_eq!(
            found("`<b>` 1 < 2 <https://a.example> <a@b.example> &lt;b>\n\n    <b>"),
            [""; 0]
        );
    }

    #[test]
    fn headings_get_distinct_ids() {
        let ids: Vec<String> = read_at("# Was tun?\n# Was tun\n## 合作社\n# !\n", 0)
            .headings
            .into_iter()
            .map(|h| h.id)
            .collect();
        assert_eq!(ids, ["was-tun", "was-tun-2", "合作社", "section"]);
    }

    #[test]
    fn plain_text_keeps_words_apart() {
        assert_eq!(
            read_at("# One\nTwo\n*three*four\n\n- a\n- b\n", 0).text,
            "One\nTwo threefour\na\nb\n\n"
        );
    }
}
