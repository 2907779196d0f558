//! A Markdown body to HTML: links resolved, raw HTML shown as text, headings with addresses.

use std::borrow::Cow;

use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::footnotes::{Footnotes, Way, WayWords};
use crate::addresses::{self, LinksFrom, SitePath};
use crate::content::markdown::{self, Heading, IF_THERE, brackets, inline_events};
use crate::directory::Directory;
use crate::directory::entry::{Reference, Spot, Text};
use crate::directory::ids::EntryId;

/// What rendering a body needs to know of the page that it stands on.
pub(super) struct BodyContext<'a> {
    /// The directory, for titles and addresses of entries.
    pub directory: &'a Directory,
    /// From where links are written.
    pub links: &'a LinksFrom,
    /// The path of an entry's page, in the page's language.
    pub entry_path: &'a dyn Fn(EntryId) -> SitePath,
    /// The title of an entry, in the page's language, for links without words of their own.
    pub title: &'a dyn Fn(EntryId) -> String,
    /// The address of a place on the page of an entry, in the page's language.
    pub spot: &'a dyn Fn(EntryId, &Spot) -> Option<String>,
    /// The language and direction of the page, as attributes, where the body has others.
    pub page_language: &'a str,
    /// What a remark of a kind is called.
    pub alert: &'a dyn Fn(BlockQuoteKind) -> String,
    /// What the way to a footnote, and back from it, is called.
    pub way: &'a dyn Fn(Way) -> String,
    /// Words for a link to something that this edition does not show.
    pub not_public: &'a str,
    /// Words behind a link to a page that nobody has written.
    pub missing: &'a str,
    /// Words for a task that is done.
    pub done: &'a str,
    /// Words for a task that is not done.
    pub to_do: &'a str,
}

pub(super) fn body(text: &Text, context: &BodyContext<'_>) -> String {
    let body = text.body();
    let headings = text.headings();
    let mut rendering = Rendering {
        text,
        context,
        next_link: 0,
        next_heading: 0,
        highest: headings.iter().map(|heading| heading.level).min().unwrap_or(1),
        headings,
        end: Cow::Borrowed(""),
        is_empty: false,
        instead: String::new(),
        has_own_words: true,
        has_table: false,
        footnotes: Footnotes::new(&body.notes),
    };
    let mut events = Vec::with_capacity(body.markdown().len() / 12);
    let mut alternative: Option<Picture> = None;
    for (event, place) in markdown::events(body.markdown()) {
        match (event, &mut alternative) {
            (Event::End(TagEnd::Image), Some(picture)) if picture.inside == 0 => {
                events.extend(alternative.take().map(Picture::finish));
            }
            (event, Some(picture)) => {
                // Links within the words of a picture are words, and counted all the same.
                let is_link = matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }));
                rendering.next_link += usize::from(is_link);
                picture.add(&event);
            }
            (event, None) if rendering.is_words(&event) => {
                rendering.words(&body.markdown()[place], &mut events);
            }
            (Event::Start(Tag::Image { dest_url, title, .. }), None) => {
                rendering.is_empty = false;
                alternative = Some(rendering.picture(&dest_url, &title));
            }
            (event, None) => rendering.event(event, &mut events),
        }
    }
    let (ways, has_table) = (rendering.ways(), rendering.has_table);
    rendering.footnotes.finish(&ways, &mut events);
    let mut html = String::with_capacity(body.markdown().len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    if has_table { without_inline_styles(&html) } else { html }
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
pub(super) fn inline(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, inline_events(markdown).into_iter());
    html
}

/// The name of a kind of remark, for its looks and for its word in a language.
pub(super) fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
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
    end: Cow<'static, str>,
    /// A link has begun, and nothing of its words has followed yet.
    is_empty: bool,
    /// What is shown of a link that has no words.
    instead: String,
    /// The open link's text is shown. That of `[[agaric]]` is not: the title of the entry is, and
    /// of one that is withheld not even its name.
    has_own_words: bool,
    has_table: bool,
    footnotes: Footnotes<'a>,
}

impl<'a> Rendering<'a> {
    fn event(&mut self, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        if !matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) {
            self.is_empty = false;
        }
        match event {
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if std::mem::take(&mut self.is_empty) && self.has_own_words {
                    out.push(Event::Text(std::mem::take(&mut self.instead).into()));
                }
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
                self.end = end.into();
                self.is_empty = true;
                out.push(Event::InlineHtml(start.into()));
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => out.push(self.alert(kind)),
            Event::End(TagEnd::BlockQuote(Some(_))) => out.push(Event::Html("</div>\n".into())),
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
                let ways = self.ways();
                out.push(self.footnotes.call(&name, &ways));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => self.footnotes.begin(&name, out),
            Event::End(TagEnd::FootnoteDefinition) => self.footnotes.end(out),
            event => out.push(event),
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Event<'a> {
        let heading = self.headings.get(self.next_heading);
        self.next_heading += 1;
        let id = heading.map_or("section", |heading| heading.id.as_str());
        let other = heading.and_then(|heading| heading.other_id.as_ref());
        let other = other.map(|id| format!("<span id=\"{}\"></span>", escape(id)));
        let (level, other) = (self.level(level), other.unwrap_or_default());
        Event::Html(format!("<h{level} id=\"{}\">{other}", escape(id)).into())
    }

    /// A remark, with what kind of remark it is as its first line.
    fn alert(&self, kind: BlockQuoteKind) -> Event<'a> {
        let words = escape(&(self.context.alert)(kind));
        let name = alert_name(kind);
        let language = self.context.page_language;
        let title = format!("<p class=\"alert-title\"{language}>{words}</p>");
        Event::Html(format!("<div class=\"alert alert-{name}\" role=\"note\">{title}\n").into())
    }

    /// The page's title is its first-level heading, so those of the body begin at the second,
    /// whichever level their author began with.
    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8 + 2).saturating_sub(self.highest).min(6)
    }

    fn ways(&self) -> WayWords<'a> {
        WayWords { name: self.context.way, language: self.context.page_language }
    }

    /// Whether this begins what would be a link or a picture if its file were there.
    fn is_words(&self, event: &Event<'_>) -> bool {
        let is_if_there = match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                *link_type == IF_THERE
            }
            _ => false,
        };
        is_if_there && self.text.references.get(self.next_link) == Some(&Reference::Words)
    }

    /// Begins such words; `written` is all of them.
    fn words(&mut self, written: &'a str, out: &mut Vec<Event<'a>>) {
        self.next_link += 1;
        let (opening, closing) = brackets(written);
        self.end = escape(closing).into();
        self.is_empty = false;
        out.push(Event::Text(opening.into()));
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
        target.clone_into(&mut self.instead);
        match self.reference() {
            Some(Reference::Entry(id, spot)) => {
                let mut href = context.links.to(&(context.entry_path)(*id));
                if let Some(address) = spot.as_ref().and_then(|spot| (context.spot)(*id, spot)) {
                    href = format!("{href}#{}", addresses::encode(&address));
                }
                self.has_own_words = !bare;
                self.instead = (context.title)(*id);
                let words = if bare { escape(&self.instead) } else { String::new() };
                (format!("{}{words}", anchor(&href)), "</a>")
            }
            Some(Reference::Asset(path)) => {
                (anchor(&context.links.to(&addresses::copy_of(path))), "</a>")
            }
            Some(Reference::Site(path)) => {
                let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
                let fragment =
                    if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
                let href = context.links.to(&SitePath::new(path));
                (anchor(&format!("{href}{fragment}")), "</a>")
            }
            Some(Reference::Fragment(spot)) => {
                let id = match spot {
                    Spot::Written(address) => address,
                    Spot::Heading { number, .. } => {
                        self.headings.get(*number).map_or("", |heading| heading.id.as_str())
                    }
                };
                (anchor(&format!("#{}", addresses::encode(id))), "</a>")
            }
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
            Some(Reference::Words) | None => {
                (format!("<span class=\"missing\" title=\"{}\">", escape(target)), "</span>")
            }
        }
    }

    fn picture(&mut self, target: &str, title: &str) -> Picture {
        let context = self.context;
        let (src, size) = match self.reference() {
            Some(Reference::Asset(path)) => {
                let size = context.directory.assets.get(path).and_then(|asset| asset.size);
                (Some(context.links.to(&addresses::copy_of(path))), size)
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
            inside: 0,
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
    /// So many pictures in its words are open.
    inside: usize,
}

impl Picture {
    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            Event::Start(Tag::Image { .. }) => self.inside += 1,
            Event::End(TagEnd::Image) => self.inside -= 1,
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

/// Escapes text for HTML, in content and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
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
