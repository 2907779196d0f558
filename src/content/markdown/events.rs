//! What a Markdown text consists of, piece by piece, as entries may use it.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::definitions::{self, Reading};
use super::pieces::{MAILTO, Piece, harmless};
use super::runs::Runs;

/// Reads Markdown, with the place of each piece. The only reader of it: what comes out has been through
/// `characters::harmless`, since the names and numbers of characters (`&#8238;`) are read here.
pub(crate) fn events(markdown: &str) -> impl Iterator<Item = Piece<'_>> {
    let plain = || Parser::new_ext(markdown, options()).into_offset_iter();
    let (direct, rewritten) = match definitions::reading(markdown, plain) {
        Reading::None => (Some(plain()), Vec::new()),
        Reading::AsWritten => {
            let options = options() | Options::ENABLE_DEFINITION_LIST;
            (Some(Parser::new_ext(markdown, options).into_offset_iter()), Vec::new())
        }
        Reading::Hidden(text, stand_in) => {
            let options = options() | Options::ENABLE_DEFINITION_LIST;
            let events = Parser::new_ext(&text, options).into_offset_iter();
            let shown = |text: CowStr<'static>| match text.contains(stand_in) {
                true => text.replace(stand_in, ":").into(),
                false => text,
            };
            let events =
                events.map(|(event, place)| (with_texts(event.into_static(), &shown), place));
            (None, events.collect())
        }
    };
    let pieces = direct.into_iter().flatten().chain(rewritten);
    Runs::new(markdown, pieces.map(|(event, place)| (with_texts(event, &harmless), place)))
}

/// The Markdown that entries may use. Raw HTML and heading attributes are not among it; links between
/// double brackets are found in what this makes of a text, so that the links of the standard come first.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// The same event with its texts changed.
fn with_texts<'a>(event: Event<'a>, change: &impl Fn(CowStr<'a>) -> CowStr<'a>) -> Event<'a> {
    match event {
        Event::Text(text) => Event::Text(change(text)),
        Event::Code(text) => Event::Code(change(text)),
        Event::Html(text) => Event::Html(change(text)),
        Event::InlineHtml(text) => Event::InlineHtml(change(text)),
        Event::InlineMath(text) => Event::InlineMath(change(text)),
        Event::DisplayMath(text) => Event::DisplayMath(change(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(change(name)),
        Event::Start(tag) => Event::Start(tag_with_texts(tag, change)),
        Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => event,
    }
}

fn tag_with_texts<'a>(tag: Tag<'a>, change: &impl Fn(CowStr<'a>) -> CowStr<'a>) -> Tag<'a> {
    match tag {
        Tag::Link { link_type, dest_url, title, id } => {
            let (dest_url, title, id) = (change(dest_url), change(title), change(id));
            let is_address = link_type == LinkType::Email && !dest_url.starts_with(MAILTO);
            let dest_url = if is_address { format!("{MAILTO}{dest_url}").into() } else { dest_url };
            Tag::Link { link_type, dest_url, title, id }
        }
        Tag::Image { link_type, dest_url, title, id } => {
            let (dest_url, title, id) = (change(dest_url), change(title), change(id));
            Tag::Image { link_type, dest_url, title, id }
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(name)) => {
            Tag::CodeBlock(CodeBlockKind::Fenced(change(name)))
        }
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(change(name)),
        tag => tag,
    }
}
