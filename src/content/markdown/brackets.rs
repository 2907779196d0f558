//! Links between brackets that the parser takes for words: `[[agaric]]`, and files with a space in their
//! names.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::pieces::{Piece, harmless};
use crate::content::attachment;

/// How a link is marked whose address has a space: it is one only if that file is there. The parser makes
/// none of this type.
pub(crate) const IF_THERE: LinkType = LinkType::ReferenceUnknown;

/// Where a link leads, as events say it.
struct Target<'a> {
    link_type: LinkType,
    dest_url: CowStr<'a>,
    title: CowStr<'a>,
}

#[derive(Clone, Copy)]
struct Opening {
    /// Which piece it is.
    at: usize,
    start: usize,
    end: usize,
    level: usize,
    is_picture: bool,
}

struct Reader<'a> {
    markdown: &'a str,
    out: Vec<Piece<'a>>,
    open: Vec<Opening>,
    /// The pair that has just been closed, and where it ended.
    closed: Option<(Opening, usize)>,
    level: usize,
    /// Links and pictures that are open: there are no others in them.
    inside: usize,
    /// A link ended before this piece; none contains it.
    last_link: usize,
}

/// Finds the links in words that stand together; `None` where there are none.
pub(super) fn links<'a>(
    markdown: &'a str,
    run: &mut VecDeque<Piece<'a>>,
) -> Option<VecDeque<Piece<'a>>> {
    if !run.iter().any(|(event, _)| matches!(event, Event::Text(text) if &**text == "]")) {
        return None;
    }
    let mut reader = Reader {
        markdown,
        out: Vec::with_capacity(run.len()),
        open: Vec::new(),
        closed: None,
        level: 0,
        inside: 0,
        last_link: 0,
    };
    let mut before = usize::MAX;
    while let Some((event, place)) = run.pop_front() {
        let end = place.end;
        let is_escaped = place.start != before && markdown[..place.start].ends_with('\\');
        match &event {
            Event::Text(text) if &**text == "]" && reader.inside == 0 && !is_escaped => {
                reader.close(place, run);
            }
            _ => reader.add(event, place, is_escaped),
        }
        before = end;
    }
    Some(reader.out.into())
}

impl<'a> Reader<'a> {
    fn add(&mut self, event: Event<'a>, place: Range<usize>, is_escaped: bool) {
        let is_link = |end: &TagEnd| matches!(end, TagEnd::Link | TagEnd::Image);
        match &event {
            Event::Text(text)
                if matches!(&**text, "[" | "![") && self.inside == 0 && !is_escaped =>
            {
                let (start, end) = (place.start, place.end);
                let (at, is_picture) = (self.out.len(), &**text == "![");
                self.open.push(Opening { at, start, end, level: self.level, is_picture });
            }
            Event::Start(tag) => {
                self.level += 1;
                self.inside += usize::from(is_link(&tag.to_end()));
            }
            Event::End(end) => {
                self.level = self.level.saturating_sub(1);
                while self.open.pop_if(|it| it.level > self.level).is_some() {}
                self.inside = self.inside.saturating_sub(usize::from(is_link(end)));
                if *end == TagEnd::Link {
                    self.last_link = self.out.len() + 1;
                }
            }
            _ => {}
        }
        self.out.push((event, place));
    }

    /// A closing bracket stands here, and this follows.
    fn close(&mut self, place: Range<usize>, rest: &mut VecDeque<Piece<'a>>) {
        let inner = self.closed.take().filter(|(_, end)| *end == place.start);
        let level = self.level;
        let opening = self.open.pop_if(|it| it.level == level);
        self.out.push((Event::Text("]".into()), place.clone()));
        let Some(opening) = opening.filter(|it| it.at >= self.last_link) else { return };
        let doubled = inner.filter(|(inner, _)| inner.start == opening.end);
        if let Some((inner, _)) = doubled.filter(|(inner, _)| !inner.is_picture) {
            let made = self.wiki(opening, inner.end..place.start - 1, opening.start..place.end);
            if made.is_some() {
                return;
            }
        }
        if self.with_space(opening, &place, rest).is_none() {
            self.closed = Some((opening, place.end));
        }
    }

    /// Makes a link of what stands between two pairs of brackets.
    fn wiki(&mut self, opening: Opening, inside: Range<usize>, whole: Range<usize>) -> Option<()> {
        let markdown = self.markdown;
        let ends = self.out.len() - 2;
        let pieces = &self.out[opening.at + 2..ends];
        let bar = bar(markdown, pieces);
        let target_end = bar.map_or(inside.end, |(_, at)| at);
        let is_target = |(_, place): &&Piece<'_>| place.start < target_end;
        let target = match &markdown[inside.start..target_end] {
            target if !target.contains(['\n', '\r']) => CowStr::Borrowed(target),
            _ => words(pieces.iter().take_while(is_target)).into(),
        };
        let target = harmless(target);
        let target = match target.trim().trim_end_matches('\\').trim() {
            "" => return None,
            name if name.len() == target.len() => target,
            name => name.to_owned().into(),
        };
        let own = bar.map(|(number, at)| (number, at + 1));
        let has_pothole = own.is_some_and(|(number, at)| {
            let rest = pieces[number].1.end;
            let first = markdown.get(at..rest).unwrap_or_default();
            !first.trim().is_empty() || !words(&pieces[number + 1..]).trim().is_empty()
        });
        let number = if has_pothole { own.map_or(0, |(number, _)| number) } else { pieces.len() };
        let mut shown: Vec<Piece<'a>> = self.out.drain(opening.at + 2 + number..).collect();
        shown.truncate(shown.len() - 2);
        self.out.truncate(opening.at);
        match own.filter(|_| has_pothole) {
            Some((_, at)) => {
                if let Some((Event::Text(text), place)) = shown.first_mut() {
                    *text = harmless(markdown[at..place.end].into());
                    place.start = at;
                }
                shown.retain(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty()));
            }
            None => {
                let name = target.strip_prefix('#').filter(|name| !name.is_empty());
                let name = name.map_or_else(|| target.clone(), |name| name.to_owned().into());
                let start = inside.start + markdown[inside.clone()].find(&*name).unwrap_or(0);
                let end = (start + name.len()).min(inside.end);
                shown.push((Event::Text(name), start..end));
            }
        }
        let link_type = LinkType::WikiLink { has_pothole };
        let target = Target { link_type, dest_url: target, title: "".into() };
        self.link(opening, target, shown, whole);
        Some(())
    }

    /// Makes a link of `[words](my file.pdf)`.
    fn with_space(
        &mut self,
        opening: Opening,
        close: &Range<usize>,
        rest: &mut VecDeque<Piece<'a>>,
    ) -> Option<()> {
        let markdown = self.markdown;
        let address = Address::read(markdown, close.end)?;
        let is_inside = |(_, place): &&Piece<'_>| place.start < address.end;
        let as_written = |(event, place): &Piece<'_>| match event {
            Event::Text(text) => markdown[place.clone()] == **text,
            _ => false,
        };
        let is_text = rest.iter().take_while(is_inside).all(as_written);
        if !is_text || rest.front().is_none_or(|(_, place)| place.start != close.end) {
            return None;
        }
        while let Some((_, place)) = rest.front().filter(|it| is_inside(it)) {
            let end = place.end;
            rest.pop_front();
            if end > address.end {
                let after = address.end..end;
                rest.push_front((Event::Text(markdown[after.clone()].into()), after));
            }
        }
        let mut shown: Vec<Piece<'a>> = self.out.drain(opening.at..).collect();
        shown.pop();
        shown.remove(0);
        let (dest_url, title) = (harmless(address.target.into()), harmless(address.title.into()));
        let target = Target { link_type: IF_THERE, dest_url, title };
        self.link(opening, target, shown, opening.start..address.end);
        Some(())
    }

    fn link(
        &mut self,
        opening: Opening,
        target: Target<'a>,
        shown: Vec<Piece<'a>>,
        whole: Range<usize>,
    ) {
        let Target { link_type, dest_url, title } = target;
        let id = CowStr::Borrowed("");
        let (tag, end) = match opening.is_picture {
            true => (Tag::Image { link_type, dest_url, title, id }, TagEnd::Image),
            false => (Tag::Link { link_type, dest_url, title, id }, TagEnd::Link),
        };
        self.out.push((Event::Start(tag), whole.clone()));
        self.out.extend(shown);
        self.out.push((Event::End(end), whole));
        if !opening.is_picture {
            self.last_link = self.out.len();
        }
    }
}

/// Which piece has the bar that ends a name, and where the bar stands.
fn bar(markdown: &str, pieces: &[Piece<'_>]) -> Option<(usize, usize)> {
    let mut level = 0_usize;
    for (number, (event, place)) in pieces.iter().enumerate() {
        match event {
            Event::Start(_) => level += 1,
            Event::End(_) => level = level.saturating_sub(1),
            Event::Text(_) if level == 0 => {
                if let Some(at) = markdown[place.clone()].find('|') {
                    return Some((number, place.start + at));
                }
            }
            _ => {}
        }
    }
    None
}

/// The words of pieces.
fn words<'p, 'a: 'p>(pieces: impl IntoIterator<Item = &'p Piece<'a>>) -> String {
    let mut words = String::new();
    for (event, _) in pieces {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words += text,
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// `(my file.pdf "A title")`
struct Address<'a> {
    target: &'a str,
    title: &'a str,
    end: usize,
}

/// No address of a file is longer.
const LONGEST: usize = 1_024;

impl<'a> Address<'a> {
    /// Reads an address with a space in it, of a file that a site could have.
    fn read(markdown: &'a str, start: usize) -> Option<Address<'a>> {
        let inside = markdown[start..].strip_prefix('(')?;
        let mut depth = 1;
        let closes = |letter: char| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0 || letter == '\n' || letter == '\r'
        };
        let near = inside.get(..inside.floor_char_boundary(LONGEST))?;
        let end = near.find(closes)?;
        inside[end..].starts_with(')').then_some(())?;
        let (target, title) = match inside[..end].trim().strip_suffix('"') {
            Some(both) => both.split_once(" \"")?,
            None => (inside[..end].trim(), ""),
        };
        let target = target.trim_end();
        let path = target.split('#').next().unwrap_or_default();
        let is_file = path.ends_with(".md") || attachment::check_name(path).is_ok();
        let is_one = target.contains([' ', '\t']) && is_file && !target.contains(['<', ':']);
        is_one.then_some(Address { target, title, end: start + end + "()".len() })
    }
}
