//! Addresses on the web in one form, however browsers let people write them.

use std::borrow::Cow;

use super::normal::Normal;
use crate::content::host;
use crate::directory::withheld;

/// What may follow an address in a sentence and is no part of it.
const AFTER: &[char] =
    &['.', ',', ';', ':', '!', '?', ')', ']', '}', '*', '_', '~', '/', '。', '、'];

/// Addresses are decoded so often: a browser does it once, and a server perhaps again.
const DECODED: usize = 3;

/// Where browsers find the same: without scheme, user, usual port, empty and dotted parts, the page of a
/// folder and what is called on the page; `None` of what is no address on the web.
pub(super) fn same_for_browsers(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) {
        return None;
    }
    let rest = rest.trim_start_matches('/');
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let port = port.trim_start_matches('0');
    let host = decoded(host).to_lowercase();
    let host = host::for_machines(host.trim_end_matches(['.', '。'])).into_owned();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut same = host.to_owned();
    if !matches!(port, "" | "80" | "443") {
        same.push_str(&format!(":{port}"));
    }
    for part in parts_to_the_page(&decoded(path)) {
        same.push_str(&format!("/{part}"));
    }
    let query = query.trim_end_matches(AFTER);
    if !query.is_empty() {
        same.push_str(&format!("?{query}"));
    }
    Some(Normal::of(&same).text.trim_end_matches(AFTER).to_owned())
}

/// Every address in a text that begins with its scheme, with where it stands.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("://").map(|(at, _)| {
        let before = &text.as_bytes()[..at];
        let scheme = before.iter().rev().take(8).take_while(|it| it.is_ascii_alphabetic()).count();
        let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`|\\".contains(c);
        let end = text[at..].find(ends).map_or(text.len(), |length| at + length);
        let start = at - scheme;
        (start, text[start..end].trim_end_matches(AFTER))
    })
}

fn decoded(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..DECODED {
        if !text.contains('%') {
            break;
        }
        text = Cow::Owned(Normal::of(&text).text);
    }
    text
}

fn parts_to_the_page(path: &str) -> Vec<&str> {
    let mut parts = withheld::parts(path);
    let is_page = |part: &&&str| part.trim_end_matches(AFTER).eq_ignore_ascii_case("index.html");
    if parts.last().as_ref().is_some_and(is_page) {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_form() {
        for url in [
            "https://pad.example/a/secret",
            "HTTP://www.Pad.example:80/a/secret/",
            "https://x@pad.example/a/secret",
            "https://pad.example./a/secret",
            "https://pad.example:/a/secret",
            "https://pad.example:0443//a/./b/../secret/index.html#top",
            "https://pad.example/%61/secret?",
            "https://pad.example/%2561/secret.",
            "https:///pad.example/a/secret",
        ] {
            assert_eq!(same_for_browsers(url).as_deref(), Some("pad.example/a/secret"), "{url}");
        }
        for other in [
            "https://pad.example/a",
            "https://pad.example:8443/a/secret",
            "https://pad.example/a/secret?page=1",
            "ftp://pad.example/a/secret",
            "pad.example/a/secret",
        ] {
            assert_ne!(
                same_for_browsers(other).as_deref(),
                Some("pad.example/a/secret"),
                "{other}"
            );
        }
        let same = |one: &str, other: &str| {
            assert_eq!(same_for_browsers(one), same_for_browsers(other), "{one}");
        };
        same("https://straße.example/a", "https://xn--strae-oqa.example/a");
        same("https://bücher。example/a", "https://xn--bcher-kva.example/a");
    }

    #[test]
    fn addresses_end_where_a_sentence_goes_on() {
        let found = |text| addresses(text).map(|(_, it)| it).collect::<Vec<_>>();
        assert_eq!(found("See (https://a.example/b)."), ["https://a.example/b"]);
        assert_eq!(found("<http://a.example>, x:// y"), ["http://a.example", "x"]);
    }
}
