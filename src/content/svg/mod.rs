//! Whether an SVG only draws.
//!
//! An SVG is a document: it can run scripts, ask other servers, and hold a whole page of HTML. So it is
//! read whole, and each element and attribute must be on a list of those that draw (`words.rs`), with
//! what editors add for themselves. What refers to something may refer to a place in the same
//! file, or hold a picture of pixels. Styles are texts in which anything can hide, so they have a list
//! of functions. What a browser could read otherwise than we do, is refused.

mod repetition;
mod style;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::picture;

/// Why an SVG is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// It is none, or cannot be read.
    Unreadable,
    /// It has this, which does more than draw.
    Active(String),
    /// A picture in it says where it was taken.
    Place,
}

/// No drawing is larger; a map of a city has a few megabytes.
const LIMIT_BYTES: usize = 8 << 20;

/// Of elements, texts and remarks together.
const LIMIT_NODES: u32 = 200_000;

/// In one element. Looking for attributes that stand twice takes the square of it.
const LIMIT_ATTRIBUTES: usize = 250;

/// Declared in one file. Each is carried along by the elements below it.
const LIMIT_NAMESPACES: usize = 1_000;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Looks at every part of an SVG.
///
/// # Errors
/// When it is none, or is more than a drawing.
pub(super) fn check(bytes: &[u8]) -> Result<(), Finding> {
    read(bytes).map(|_| ())
}

/// An SVG without what is not drawn: remarks, and what editors note of its making, such as names and the
/// folder in which it was saved. Titles and descriptions stay, since they are read aloud.
///
/// # Errors
/// As [`check`].
pub(super) fn drawn(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Finding> {
    let document = read(bytes)?;
    let mut undrawn: Vec<Range<usize>> = Vec::new();
    for node in document.descendants() {
        if is_undrawn(node) {
            undrawn.push(node.range());
        }
        let of_editors = node.attributes().filter(is_of_an_editor);
        undrawn.extend(of_editors.map(|attribute| attribute.range()));
    }
    if undrawn.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    undrawn.sort_by_key(|range| range.start);
    let (mut drawn, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for range in undrawn {
        // One may lie within the one before it.
        drawn.extend_from_slice(bytes.get(at..range.start).unwrap_or_default());
        at = at.max(range.end);
    }
    drawn.extend_from_slice(&bytes[at..]);
    Ok(Cow::Owned(drawn))
}

fn is_undrawn(node: Node<'_, '_>) -> bool {
    let is_of_svg = node.tag_name().namespace() == Some(SVG);
    let is_noted = node.is_element() && (!is_of_svg || node.has_tag_name((SVG, "metadata")));
    node.is_comment() || node.is_pi() || is_noted
}

fn is_of_an_editor(attribute: &Attribute<'_, '_>) -> bool {
    attribute.namespace().is_some_and(words::is_of_an_editor)
}

fn read(bytes: &[u8]) -> Result<Document<'_>, Finding> {
    if bytes.len() > LIMIT_BYTES {
        return Err(active("more than 8 MB"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Finding::Unreadable)?;
    markup(text)?;
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: LIMIT_NODES, entity_resolver: None };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => active("more than 200,000 parts"),
        _ => Finding::Unreadable,
    })?;
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err(Finding::Unreadable);
    }
    document.descendants().try_for_each(node)?;
    repetition::check(&document)?;
    Ok(document)
}

fn active(what: impl Into<String>) -> Finding {
    Finding::Active(what.into())
}

/// What has to be known before the text is parsed: that browsers read the same letters, that no
/// entities and no attributes are declared, and that there is not too much of anything.
fn markup(text: &str) -> Result<(), Finding> {
    encoding(text)?;
    for (at, _) in text.match_indices("<!") {
        let rest = &text[at..];
        if ["<!--", "<![CDATA["].iter().any(|start| rest.starts_with(start)) {
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if !rest.starts_with("<!DOCTYPE") || rest[..end].contains('[') {
            return Err(active("declarations of its own in `<!DOCTYPE`"));
        }
    }
    let most = text.split('<').map(|tag| tag.bytes().filter(|byte| *byte == b'=').count()).max();
    if most.is_some_and(|most| most > LIMIT_ATTRIBUTES) {
        return Err(active("an element with more than 250 attributes"));
    }
    if text.matches("xmlns").count() > LIMIT_NAMESPACES {
        return Err(active("more than 1,000 namespaces"));
    }
    Ok(())
}

/// Letters mean the same in these encodings, as far as they have a meaning for XML.
fn encoding(text: &str) -> Result<(), Finding> {
    let text = text.trim_start_matches('\u{feff}');
    let Some(declaration) = text.strip_prefix("<?xml") else { return Ok(()) };
    let declaration = declaration.split("?>").next().unwrap_or_default().to_ascii_lowercase();
    let Some((_, encoding)) = declaration.split_once("encoding") else { return Ok(()) };
    let encoding = encoding.split(['"', '\'']).nth(1).unwrap_or_default();
    match encoding {
        "utf-8" | "us-ascii" | "iso-8859-1" => Ok(()),
        other => Err(active(format!("the encoding `{other}` instead of UTF-8"))),
    }
}

fn node(node: Node<'_, '_>) -> Result<(), Finding> {
    match node.pi() {
        Some(instruction) if instruction.target != "xpacket" => {
            return Err(active(format!("the instruction `<?{}`", instruction.target)));
        }
        _ => {}
    }
    if !node.is_element() {
        return Ok(());
    }
    let tag = node.tag_name();
    let is_drawn = match tag.namespace() {
        Some(SVG) => words::is_element(tag.name()),
        Some(namespace) => words::is_of_an_editor(namespace),
        None => false,
    };
    if !is_drawn {
        return Err(active(format!("the element `{}`", tag.name())));
    }
    if node.has_tag_name((SVG, "style")) {
        let css: String = node.children().filter_map(|child| child.text()).collect();
        style::check(&css)?;
    }
    let is_of_svg = tag.namespace() == Some(SVG);
    node.attributes().try_for_each(|attribute| check_attribute(node, is_of_svg, &attribute))
}

fn check_attribute(
    node: Node<'_, '_>,
    is_of_svg: bool,
    attribute: &Attribute<'_, '_>,
) -> Result<(), Finding> {
    let (name, value) = (attribute.name(), attribute.value());
    let refused = || active(format!("the attribute `{name}`"));
    match attribute.namespace() {
        None if !is_of_svg => Ok(()),
        None if name == "href" => reference(node, value),
        None if name == "attributeName" => match words::is_animated(value.trim()) {
            true => Ok(()),
            false => Err(active(format!("an animation of `{value}`"))),
        },
        None if words::is_plain(name) => Ok(()),
        None if words::is_styled(name) => style::check(value),
        None => Err(refused()),
        Some(XLINK) if name == "href" => reference(node, value),
        Some(XLINK) => Ok(()),
        Some(XML) if name != "base" => Ok(()),
        Some(namespace) if words::is_of_an_editor(namespace) => Ok(()),
        Some(_) => Err(refused()),
    }
}

/// A reference leads to a place in the same file; only a picture may be data.
fn reference(node: Node<'_, '_>, value: &str) -> Result<(), Finding> {
    let takes_data = matches!(node.tag_name().name(), "image" | "feImage");
    match value.trim() {
        place if place.starts_with('#') || place.is_empty() => Ok(()),
        data if takes_data && is_data(data) => embedded(data),
        other => Err(outside(other)),
    }
}

fn outside(address: &str) -> Finding {
    let short: String = address.chars().take(40).collect();
    let more = if short.len() < address.len() { "…" } else { "" };
    active(format!("a reference to `{short}{more}`, outside itself"))
}

fn is_data(address: &str) -> bool {
    address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// A picture of pixels within an SVG.
fn embedded(data: &str) -> Result<(), Finding> {
    const TYPES: [&str; 6] =
        ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif"];
    let parts = data.get(5..).and_then(|data| data.split_once(','));
    let Some((head, letters)) = parts else { return Err(outside(data)) };
    let head = head.to_ascii_lowercase();
    let media_type = head.strip_suffix(";base64").map(|head| head.split(';').next());
    let is_picture = media_type.flatten().is_some_and(|media_type| TYPES.contains(&media_type));
    let bytes = base64(letters).filter(|_| is_picture);
    match bytes {
        Some(bytes) if picture::has_place(&bytes) => Err(Finding::Place),
        Some(_) => Ok(()),
        None => Err(active("data that is not a picture in Base64")),
    }
}

/// Bytes that were written as letters.
fn base64(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    let (mut held, mut count) = (0_u32, 0);
    let letters = letters.bytes().filter(|letter| !letter.is_ascii_whitespace());
    for letter in letters.take_while(|letter| *letter != b'=') {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0x00ff_ffff;
        count += 1;
        if count == 4 {
            bytes.extend_from_slice(&held.to_be_bytes()[1..]);
            count = 0;
        }
    }
    let rest = (held << (6 * (4 - count) % 24)).to_be_bytes();
    let more = [0, 0, 1, 2][count as usize % 4];
    bytes.extend_from_slice(&rest[1..][..more]);
    Some(bytes)
}

#[cfg(test)]
mod tests;
