//! A Markdown body to HTML: links resolved, raw HTML shown as text, headings with addresses.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::paths::{self, LinksFrom, SitePath};
use crate::content::markdown::{self, Heading};
use crate::directory::Directory;
use crate::directory::entry::{Reference, Text};
use crate::directory::ids::EntryId;

/// What rendering a body needs to know of the page that it stands on.
pub struct BodyContext<'a> {
    /// The directory, for titles and addresses of entries.
    pub directory: &'a Directory,
    /// From where links are written.
    pub links: &'a LinksFrom,
    /// The path of an entry's page, in the page's language.
    pub entry_path: &'a dyn Fn(EntryId) -> SitePath,
    /// The title of an entry, in the page's language, for links without words of their own.
    pub title: &'a dyn Fn(EntryId) -> String,
    /// Words for a link to something that this edition does not show.
    pub not_public: &'a str,
    /// Words behind a link to a page that nobody has written.
    pub missing: &'a str,
    /// Words for a task that is done.
    pub done: &'a str,
    /// Words for a task that is not done.
    pub to_do: &'a str,
}

/// Renders a body.
pub fn body(text: &Text, context: &BodyContext<'_>) -> String {
    let body = text.body();
    let headings = text.headings();
    let mut rendering = Rendering {
        text,
        context,
        next_link: 0,
        next_heading: 0,
        highest: headings.iter().map(|heading| heading.level).min().unwrap_or(1),
        headings,
        end: "",
        has_own_words: true,
        has_table: false,
        footnotes: BTreeMap::new(),
    };
    let mut events = Vec::with_capacity(body.markdown().len() / 12);
    let mut alternative: Option<Picture> = None;
    for (event, _) in markdown::events(body.markdown()) {
        match (event, &mut alternative) {
            (Event::End(TagEnd::Image), Some(_)) => {
                events.extend(alternative.take().map(Picture::finish));
            }
            (event, Some(picture)) => picture.add(&event),
            (Event::Start(Tag::Image { dest_url, title, .. }), None) => {
                alternative = Some(rendering.picture(&dest_url, &title));
            }
            (event, None) => rendering.event(event, &mut events),
        }
    }
    let mut html = String::with_capacity(body.markdown().len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    if rendering.has_table { without_inline_styles(&html) } else { html }
}

/// The renderer aligns cells by `style`, which a strict policy forbids. Text is escaped, so these
/// tags are the renderer's own.
fn without_inline_styles(html: &str) -> String {
    let mut html = html.to_owned();
    for (side, class) in [("left", "start"), ("center", "middle"), ("right", "end")] {
        for cell in ["td", "th"] {
            let styled = format!("<{cell} style=\"text-align: {side}\">");
            html = html.replace(&styled, &format!("<{cell} class=\"{class}\">"));
        }
    }
    html
}

/// Renders one line of Markdown without a paragraph around it; links in it are not resolved.
pub fn inline(markdown: &str) -> String {
    let mut html = String::new();
    let events = markdown::events(markdown).filter_map(|(event, _)| match event {
        Event::Start(Tag::Emphasis | Tag::Strong)
        | Event::End(TagEnd::Emphasis | TagEnd::Strong) => Some(event),
        Event::Text(_) | Event::Code(_) => Some(event),
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::SoftBreak | Event::HardBreak => Some(Event::SoftBreak),
        _ => None,
    });
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

struct Rendering<'a> {
    text: &'a Text,
    context: &'a BodyContext<'a>,
    next_link: usize,
    next_heading: usize,
    headings: Cow<'a, [Heading]>,
    /// The level with which its author began, wherever in the body.
    highest: u8,
    /// How the open link ends; links do not nest.
    end: &'static str,
    /// The open link's text is shown. That of `[[agaric]]` is not: the title of the entry is, and
    /// of one that is withheld not even its name.
    has_own_words: bool,
    has_table: bool,
    footnotes: BTreeMap<String, usize>,
}

impl<'a> Rendering<'a> {
    fn event(&mut self, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::End(TagEnd::Link) => {
                self.has_own_words = true;
                out.push(Event::InlineHtml(std::mem::take(&mut self.end).into()));
            }
            _ if !self.has_own_words => {}
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => out.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { level, .. }) => out.push(self.heading(level)),
            Event::End(TagEnd::Heading(level)) => {
                out.push(Event::Html(format!("</h{}>\n", self.level(level)).into()));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let (start, end) = self.link(link_type, &dest_url);
                self.end = end;
                out.push(Event::InlineHtml(start.into()));
            }
            Event::TaskListMarker(done) => {
                let words = escape(if done { self.context.done } else { self.context.to_do });
                let checked = if done { " checked" } else { "" };
                let input =
                    format!("<input type=\"checkbox\" disabled aria-label=\"{words}\"{checked}>");
                out.push(Event::InlineHtml(input.into()));
            }
            Event::Start(Tag::CodeBlock(_)) => {
                out.push(Event::Html("<pre tabindex=\"0\"><code>".into()));
            }
            Event::End(TagEnd::CodeBlock) => out.push(Event::Html("</code></pre>\n".into())),
            Event::Start(Tag::Table(alignments)) => {
                self.has_table = true;
                out.push(Event::Html("<div class=\"scroll\" tabindex=\"0\">".into()));
                out.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                out.push(event);
                out.push(Event::Html("</div>\n".into()));
            }
            Event::FootnoteReference(name) => {
                out.push(Event::FootnoteReference(self.footnote(&name)));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                out.push(Event::Start(Tag::FootnoteDefinition(self.footnote(&name))));
            }
            event => out.push(event),
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Event<'a> {
        let heading = self.headings.get(self.next_heading);
        self.next_heading += 1;
        let id = heading.map_or("section", |heading| heading.id.as_str());
        Event::Html(format!("<h{} id=\"{}\">", self.level(level), escape(id)).into())
    }

    /// The page's title is its first-level heading, so those of the body begin at the second,
    /// whichever level their author began with.
    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8 + 2).saturating_sub(self.highest).min(6)
    }

    /// Footnotes are numbered, with a mark before the number that no heading's address can have.
    fn footnote(&mut self, name: &CowStr<'_>) -> CowStr<'static> {
        let next = self.footnotes.len() + 1;
        let number = self.footnotes.entry(name.to_string()).or_insert(next);
        format!("_note-{number}").into()
    }

    fn reference(&mut self) -> Option<&'a Reference> {
        let reference = self.text.references.get(self.next_link);
        self.next_link += 1;
        reference
    }

    fn link(&mut self, link_type: LinkType, target: &str) -> (String, &'static str) {
        let context = self.context;
        let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let anchor = |href: &str| format!("<a href=\"{}\">", escape(href));
        match self.reference() {
            Some(Reference::Entry(id, fragment)) => {
                let mut href = context.links.to(&(context.entry_path)(*id));
                if let Some(fragment) = fragment {
                    href = format!("{href}#{}", paths::encode(fragment));
                }
                self.has_own_words = !bare;
                let words = if bare { escape(&(context.title)(*id)) } else { String::new() };
                (format!("{}{words}", anchor(&href)), "</a>")
            }
            Some(Reference::Asset(path)) => (anchor(&context.links.to(&asset(path))), "</a>"),
            Some(Reference::Site(path)) => {
                let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
                let fragment =
                    if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
                let href = context.links.to(&SitePath::new(path));
                (anchor(&format!("{href}{fragment}")), "</a>")
            }
            Some(Reference::Fragment(id)) => (anchor(&format!("#{}", paths::encode(id))), "</a>"),
            Some(Reference::Web(url)) => (
                format!("<a class=\"away\" rel=\"noopener\" href=\"{}\">", escape(url.as_str())),
                "</a>",
            ),
            Some(Reference::Missing(name)) => {
                let title = format!("{} ({})", context.missing, name);
                (format!("<span class=\"missing\" title=\"{}\">", escape(&title)), "</span>")
            }
            Some(Reference::Withheld) if bare => {
                self.has_own_words = false;
                (format!("<span class=\"withheld\">{}", escape(context.not_public)), "</span>")
            }
            Some(Reference::Withheld) => ("<span class=\"withheld\">".to_owned(), "</span>"),
            None => (format!("<span class=\"missing\" title=\"{}\">", escape(target)), "</span>"),
        }
    }

    fn picture(&mut self, target: &str, title: &str) -> Picture {
        let context = self.context;
        let (src, size) = match self.reference() {
            Some(Reference::Asset(path)) => {
                let size = context.directory.assets.get(path).and_then(|asset| asset.size);
                (Some(context.links.to(&asset(path))), size)
            }
            Some(Reference::Withheld) => {
                return Picture {
                    withheld: Some(context.not_public.to_owned()),
                    ..Picture::default()
                };
            }
            _ => (None, None),
        };
        Picture {
            withheld: None,
            src,
            size,
            title: title.to_owned(),
            target: target.to_owned(),
            alt: String::new(),
        }
    }
}

/// An image; one that is not part of the site is shown by its words alone, so that no page asks a
/// third party for anything.
#[derive(Default)]
struct Picture {
    /// What stands for a picture that this edition does not show.
    withheld: Option<String>,
    src: Option<String>,
    size: Option<(u32, u32)>,
    title: String,
    target: String,
    alt: String,
}

impl Picture {
    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
    }

    fn finish(self) -> Event<'static> {
        if let Some(words) = &self.withheld {
            let words = escape(words);
            return Event::InlineHtml(format!("<span class=\"withheld\">{words}</span>").into());
        }
        let alt = escape(&self.alt);
        let Some(src) = self.src else {
            let title = escape(&self.target);
            return Event::InlineHtml(
                format!("<span class=\"missing\" title=\"{title}\">{alt}</span>").into(),
            );
        };
        let size =
            self.size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        let title = match self.title.is_empty() {
            true => String::new(),
            false => format!(" title=\"{}\"", escape(&self.title)),
        };
        let (src, size) = (escape(&src), size.unwrap_or_default());
        Event::InlineHtml(
            format!("<img src=\"{src}\" alt=\"{alt}\"{size}{title} loading=\"lazy\">").into(),
        )
    }
}

/// Where a file below `content/` is published: `content/static/` at the root, others as they lie.
pub fn asset(path: &str) -> SitePath {
    let below = path.strip_prefix("content/").unwrap_or(path);
    SitePath::new(below.strip_prefix("static/").unwrap_or(below))
}

/// Escapes text for HTML, in content and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}
