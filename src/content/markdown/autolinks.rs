//! Bare addresses in a text, which GitHub makes links of: `https://…`, `www.…`, addresses of email.
//!
//! The rules are those of "Autolinks (extension)" in GitHub's specification of Markdown, with three
//! additions. Signs that end a sentence in other alphabets are not part of an address; an address may
//! follow letters of a script that is written without spaces; and what is written like an address of
//! email, but is a name on the fediverse or a place on a server, is none.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::pieces::{MAILTO, Piece};
use crate::content::values::{LINK_SCHEMES, Url};

/// Finds the addresses in words that stand together; `None` where there are none.
pub(super) fn links<'a>(
    markdown: &'a str,
    run: &mut VecDeque<Piece<'a>>,
) -> Option<VecDeque<Piece<'a>>> {
    let could_be = |text: &str| text.contains('@') || text.contains(SLASHES) || text.contains(WWW);
    if !run.iter().any(|(event, _)| matches!(event, Event::Text(text) if could_be(text))) {
        return None;
    }
    let mut out = VecDeque::with_capacity(run.len());
    let mut stretch = Stretch::default();
    let mut inside = 0_usize;
    for (event, place) in run.drain(..) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => inside = inside.saturating_sub(1),
            Event::Text(_)
            | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
                if inside == 0 =>
            {
                stretch.add(markdown, event, place);
                continue;
            }
            _ => {}
        }
        let follows = !matches!(event, Event::SoftBreak | Event::HardBreak);
        stretch.finish(&mut out);
        stretch.follows = follows;
        out.push_back((event, place));
    }
    stretch.finish(&mut out);
    Some(out)
}

/// Words on a line, with what makes them bold and the like as it is written.
#[derive(Default)]
struct Stretch<'a> {
    text: String,
    parts: Vec<Part<'a>>,
    /// The parts that have begun bold words and the like.
    open: Vec<usize>,
    /// Something stands before it that is neither words nor the beginning of a line.
    follows: bool,
}

struct Part<'a> {
    start: usize,
    piece: Piece<'a>,
    /// The part that ends what this one begins, or begins what it ends.
    partner: Option<usize>,
    /// It is written as it is shown.
    is_as_written: bool,
}

/// An address that was found.
struct Found {
    place: Range<usize>,
    address: String,
}

impl<'a> Stretch<'a> {
    fn add(&mut self, markdown: &str, event: Event<'a>, place: Range<usize>) {
        let written = &markdown[place.clone()];
        let start = self.text.len();
        let number = self.parts.len();
        let mut partner = None;
        let mut is_as_written = true;
        match &event {
            Event::Text(text) => {
                is_as_written = **text == *written;
                self.text.push_str(text);
            }
            Event::Start(tag) => {
                self.open.push(number);
                self.text.push_str(&written[..marks(&tag.to_end(), written)]);
            }
            Event::End(end) => {
                partner = self.open.pop();
                if let Some(partner) = partner {
                    self.parts[partner].partner = Some(number);
                }
                self.text.push_str(&written[written.len() - marks(end, written)..]);
            }
            _ => {}
        }
        self.parts.push(Part { start, piece: (event, place), partner, is_as_written });
    }

    /// Hands over the pieces, with links in the place of addresses.
    fn finish(&mut self, out: &mut VecDeque<Piece<'a>>) {
        let Stretch { text, parts, follows, .. } = std::mem::take(self);
        let mut found = find(&text, &parts, follows).into_iter().peekable();
        let ends: Vec<usize> =
            parts.iter().skip(1).map(|part| part.start).chain([text.len()]).collect();
        let mut open: Option<(Found, usize)> = None;
        for (part, end) in parts.into_iter().zip(ends) {
            let Part { start, piece: (event, place), is_as_written, .. } = part;
            let (is_text, is_end) =
                (matches!(event, Event::Text(_)), matches!(event, Event::End(_)));
            let in_file = |at: usize| match is_as_written {
                _ if is_end => place.end - (end - at),
                true => place.start + (at - start),
                false => place.end,
            };
            let mut at = start;
            let mut whole = Some(event);
            loop {
                if let Some((link, from)) = open.take() {
                    if link.place.end > end {
                        open = Some((link, from));
                        whole = None;
                        break;
                    }
                    at = link.place.end;
                    whole = None;
                    push_link(&text, link, from..in_file(at), out);
                }
                let Some(next) = found.next_if(|next| next.place.start < end) else { break };
                if next.place.start > at {
                    let place = in_file(at)..in_file(next.place.start);
                    out.push_back((
                        Event::Text(text[at..next.place.start].to_owned().into()),
                        place,
                    ));
                }
                let from = in_file(next.place.start);
                open = Some((next, from));
            }
            match whole {
                Some(event) => out.push_back((event, place)),
                None if open.is_none() && at < end && is_text => {
                    let words = text[at..end].to_owned().into();
                    out.push_back((Event::Text(words), in_file(at)..place.end));
                }
                None => {}
            }
        }
    }
}

/// How many signs make words bold or the like.
fn marks(end: &TagEnd, written: &str) -> usize {
    match end {
        TagEnd::Strong => 2,
        TagEnd::Strikethrough if written.starts_with("~~") => 2,
        _ => 1,
    }
}

fn push_link(text: &str, found: Found, place: Range<usize>, out: &mut VecDeque<Piece<'_>>) {
    let link_type =
        if found.address.starts_with(MAILTO) { LinkType::Email } else { LinkType::Autolink };
    let nothing = CowStr::Borrowed("");
    let dest_url = found.address.into();
    let tag = Tag::Link { link_type, dest_url, title: nothing.clone(), id: nothing };
    out.push_back((Event::Start(tag), place.clone()));
    out.push_back((Event::Text(text[found.place].to_owned().into()), place.clone()));
    out.push_back((Event::End(TagEnd::Link), place));
}

/// Finds the addresses in a stretch, from left to right.
fn find(text: &str, parts: &[Part<'_>], follows: bool) -> Vec<Found> {
    let mut found = Vec::new();
    // Up to where a link has been made, and from where to look for the next one.
    let (mut done, mut from) = (0, 0);
    while let Some(at) = text[from..].find([':', '@', 'w']).map(|at| from + at) {
        let can_begin =
            |start: usize| text[..start].chars().next_back().map_or(!follows, can_stand_before);
        let (next, link) = match text.as_bytes()[at] {
            b'@' => email(text, parts, done, at),
            b'w' if text[at..].starts_with(WWW) && can_begin(at) => web(text, parts, at, at),
            b':' if text[at..].starts_with(SLASHES) => match scheme(&text[done..at]) {
                Some(length) if can_begin(at - length) => {
                    web(text, parts, at - length, at + SLASHES.len())
                }
                _ => (at + 1, None),
            },
            _ => (at + 1, None),
        };
        from = next;
        if let Some(link) = link {
            done = link.place.end;
            found.push(link);
        }
    }
    found
}

const WWW: &str = "www.";
const SLASHES: &str = "://";

/// How long the scheme is that stands at the end of a text.
fn scheme(before: &str) -> Option<usize> {
    let ends = |scheme: &str| {
        let start = before.len().checked_sub(scheme.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    ["https", "http"].into_iter().find(|scheme| ends(scheme)).map(str::len)
}

/// Reads an address of the web that begins at `start` and whose host begins at `host`; says where to go on.
fn web(text: &str, parts: &[Part<'_>], start: usize, host: usize) -> (usize, Option<Found>) {
    let rest = &text[host..];
    if !has_domain(rest) {
        return (host + usize::from(start == host), None);
    }
    let end = host + rest.find(ends_address).unwrap_or(rest.len());
    let mut place = start..end;
    loop {
        let length = trimmed(&text[place.clone()]);
        let trimmed = clipped(parts, place.start..place.start + length);
        if trimmed == place {
            break;
        }
        place = trimmed;
    }
    let words = &text[place.clone()];
    let address = match words.starts_with(WWW) {
        true => format!("http://{}", encoded(words)),
        false => encoded(words),
    };
    // A name before the host is told to its author, like that in any other link.
    let names_somebody =
        || address.split(['/', '?', '#']).nth(2).is_some_and(|host| host.contains('@'));
    let is_one =
        place.end > host && (Url::parse(&address, LINK_SCHEMES).is_ok() || names_somebody());
    (end, is_one.then_some(Found { place, address }))
}

/// Whether a text begins with a domain: at least one dot, and no underscore in its last two parts.
fn has_domain(text: &str) -> bool {
    let is_part =
        |letter: char| letter.is_alphanumeric() || is_mark(letter) || "-_.".contains(letter);
    let domain = &text[..text.find(|letter| !is_part(letter)).unwrap_or(text.len())];
    let mut parts = domain.trim_end_matches('.').rsplit('.');
    let last = parts.next().unwrap_or_default();
    let before = parts.next();
    let is_fine = |part: &str| !part.is_empty() && !part.contains('_');
    is_fine(last) && before.is_some_and(is_fine)
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Signs of Chinese and Japanese, which stand between words like a space.
fn is_wide_sign(letter: char) -> bool {
    matches!(letter, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}')
        || "！（），：；？［］｛｝｡｢｣､".contains(letter)
}

fn ends_address(letter: char) -> bool {
    letter.is_whitespace() || letter == '<' || is_wide_sign(letter)
}

/// Whether an address may follow this letter.
fn can_stand_before(letter: char) -> bool {
    let is_unspaced = matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}');
    let is_sign = !letter.is_ascii() && !letter.is_alphanumeric() && !is_mark(letter);
    letter.is_whitespace() || "*_~(".contains(letter) || is_unspaced || is_sign
}

/// How long an address is without the signs that belong to the sentence around it.
fn trimmed(address: &str) -> usize {
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let shorter = &rest[..rest.len() - last.len_utf8()];
        rest = match last {
            ')' if closed > opened => {
                closed -= 1;
                shorter
            }
            ';' => {
                let name = shorter.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric());
                let is_entity = name.len() < shorter.len() && name.ends_with('&');
                if is_entity { &name[..name.len() - 1] } else { shorter }
            }
            _ if "?!.,:*_~'\"".contains(last) || "…”’»،؛؟।۔".contains(last) => shorter,
            _ => break,
        };
    }
    rest.len()
}

/// A part of a stretch, up to where something begins or ends that does not also end or begin in it, and
/// without a letter at its end that is written by its name.
fn clipped(parts: &[Part<'_>], place: Range<usize>) -> Range<usize> {
    let first = parts.partition_point(|part| part.start < place.start);
    let mut end = place.end;
    for (number, part) in (first..).zip(&parts[first..]).take_while(|(_, it)| it.start < place.end)
    {
        let is_kept = match part.piece.0 {
            Event::Text(_) => true,
            Event::Start(_) => part.partner.is_some_and(|it| parts[it].start < place.end),
            _ => part.partner.is_some_and(|it| it >= first && it < number),
        };
        if !is_kept {
            end = part.start;
            break;
        }
    }
    let after = parts.partition_point(|part| part.start < end);
    let last = parts[..after].last().filter(|last| !last.is_as_written);
    let is_named = |last: &&Part<'_>| {
        let ends_here =
            matches!(&last.piece.0, Event::Text(text) if last.start + text.len() == end);
        ends_here && last.start > place.start
    };
    place.start..last.filter(is_named).map_or(end, |last| last.start)
}

/// An address with signs encoded that cannot stand in one.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for letter in address.chars() {
        match letter {
            '"' | '`' | '{' | '}' | '|' | '\\' | '^' | '>' => {
                encoded.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            letter => encoded.push(letter),
        }
    }
    encoded
}

/// Reads an address of email around the sign at `at`; says where to go on.
fn email(text: &str, parts: &[Part<'_>], done: usize, at: usize) -> (usize, Option<Found>) {
    let is_local = |letter: char| letter.is_ascii_alphanumeric() || "._+-".contains(letter);
    let start = done + text[done..at].trim_end_matches(is_local).len();
    let rest = &text[at + 1..];
    let is_domain =
        |letter: char| letter.is_alphanumeric() || is_mark(letter) || "-_.".contains(letter);
    let end = at + 1 + rest.find(|letter| !is_domain(letter)).unwrap_or(rest.len());
    let domain = text[at + 1..end].trim_end_matches('.');
    let (end, next) = (at + 1 + domain.len(), end);
    let before = &text[..start];
    // `@ana@coop.example` is a name on the fediverse, `git@coop.example:code` a place on a server.
    let is_longer = before.ends_with(['@', '/'])
        || before.ends_with(|letter: char| letter.is_alphanumeric() && letter.is_ascii());
    let leads_on = text[end..].strip_prefix([':', '@', '/']).is_some_and(|after| {
        after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '/')
    });
    let has_dot = domain.contains('.') && !domain.contains("..") && !domain.starts_with('.');
    let is_one = start < at && has_dot && !domain.ends_with(['-', '_']);
    if !is_one || is_longer || leads_on || cuts(before) {
        return (next, None);
    }
    let written = ["mailto:", "xmpp:"].into_iter().find(|scheme| {
        done + scheme.len() <= start && before.to_ascii_lowercase().ends_with(scheme)
    });
    let begins = start - written.map_or(0, str::len);
    let place = begins..end;
    if clipped(parts, place.clone()) != place {
        return (next, None);
    }
    let scheme = written.unwrap_or(MAILTO);
    let address = format!("{scheme}{}", &text[start..end]);
    let is_fine = Url::parse(&address, LINK_SCHEMES).is_ok();
    (next, is_fine.then_some(Found { place, address }))
}

/// Whether a word would be cut in two after this text: a letter that no address has stands before it.
fn cuts(before: &str) -> bool {
    before.ends_with(|letter: char| {
        !letter.is_ascii()
            && (letter.is_alphanumeric() || is_mark(letter))
            && !can_stand_before(letter)
    })
}
