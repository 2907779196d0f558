//! Reads the Markdown of a body once: its links, headings and plain text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use rustc_hash::{FxHashMap, FxHashSet};

use super::values::slugify;
use crate::characters;
use crate::diagnostic::Span;

/// Reads Markdown, with the place of each piece. The only reader of it: what comes out has been through
/// `characters::harmless`, since the names and numbers of characters (`&#8238;`) are read here.
pub fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(markdown, options())
        .into_offset_iter()
        .map(|(event, range)| (harmless_event(event), range))
}

fn harmless_event(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(harmless(text)),
        Event::Code(text) => Event::Code(harmless(text)),
        Event::Html(text) => Event::Html(harmless(text)),
        Event::InlineHtml(text) => Event::InlineHtml(harmless(text)),
        Event::InlineMath(text) => Event::InlineMath(harmless(text)),
        Event::DisplayMath(text) => Event::DisplayMath(harmless(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(harmless(name)),
        Event::Start(tag) => Event::Start(harmless_tag(tag)),
        Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => event,
    }
}

fn harmless_tag(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link { link_type, dest_url, title, id } => {
            let (dest_url, title, id) = (harmless(dest_url), harmless(title), harmless(id));
            Tag::Link { link_type, dest_url, title, id }
        }
        Tag::Image { link_type, dest_url, title, id } => {
            let (dest_url, title, id) = (harmless(dest_url), harmless(title), harmless(id));
            Tag::Image { link_type, dest_url, title, id }
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(name)) => {
            Tag::CodeBlock(CodeBlockKind::Fenced(harmless(name)))
        }
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(harmless(name)),
        tag => tag,
    }
}

fn harmless(text: CowStr<'_>) -> CowStr<'_> {
    match characters::harmless(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text.into(),
    }
}

/// The Markdown that entries may use. Raw HTML and heading attributes are not among it.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// A body as written, with what other stages need to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The file in which it stands.
    file: Arc<str>,
    /// Where in it.
    part: Range<usize>,
    /// Links and images, in the order written.
    pub links: Vec<WrittenLink>,
    /// Headings, in the order written.
    pub headings: Vec<Heading>,
    /// Where raw HTML begins, which is shown as text. An end tag counts with its start.
    pub html: Vec<Span>,
    /// The text alone, for search and matching.
    pub text: String,
}

impl Body {
    /// The Markdown.
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
}

/// A heading and its address within the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its address, unique within the body.
    pub id: String,
    /// Where its text stands in the plain text.
    pub span: Range<usize>,
}

/// Reads the body that stands in this part of its file.
pub fn read(file: &Arc<str>, part: Range<usize>) -> Body {
    let (markdown, offset) = (&file[part.clone()], part.start);
    let mut body = Body { file: file.clone(), part, ..Body::default() };
    let mut heading_start = None;
    let mut ids = HeadingIds::default();
    for (event, range) in events(markdown) {
        if starts_html(&event, &body) {
            body.html.push(first_line(markdown, &range, offset));
        }
        let span = Span { start: offset + range.start, end: offset + range.end };
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let form = match link_type {
                    LinkType::WikiLink { .. } => LinkForm::Wiki,
                    _ => LinkForm::Ordinary,
                };
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let bare = is_bare.then_some(body.text.len()..body.text.len());
                body.links.push(WrittenLink { target: dest_url.into_string(), form, span, bare });
            }
            Event::Start(Tag::Image { dest_url, .. }) => body.links.push(WrittenLink {
                target: dest_url.into_string(),
                form: LinkForm::Image,
                span,
                bare: None,
            }),
            Event::Start(Tag::Heading { .. }) => heading_start = Some(body.text.len()),
            Event::End(TagEnd::Heading(level)) => {
                let start = heading_start.take().unwrap_or(body.text.len());
                let text = body.text[start..].trim().to_owned();
                let id = ids.next(&text);
                let span = start..body.text.len();
                body.headings.push(Heading { level: level as u8, text, id, span });
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
    body.text.shrink_to_fit();
    body
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

/// Gives each heading of a body an address of its own.
#[derive(Default)]
pub struct HeadingIds {
    taken: FxHashSet<String>,
    counts: FxHashMap<String, usize>,
}

impl HeadingIds {
    /// The address of the next heading, by its text.
    pub fn next(&mut self, text: &str) -> String {
        let slug = match slugify(text) {
            slug if slug.is_empty() => "section".to_owned(),
            slug => slug,
        };
        let count = self.counts.entry(slug.clone()).or_insert(0);
        loop {
            *count += 1;
            let id = if *count == 1 { slug.clone() } else { format!("{slug}-{count}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
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
