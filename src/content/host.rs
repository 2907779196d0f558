//! The part of an address that says to which computer it leads.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a text can be the host of a URL, perhaps with a port. Browsers read some letters as others
/// (`＠` as `@`), so it is asked of what they would read.
pub(crate) fn can_be_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let is_part = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
        return address.contains(':') && address.chars().all(is_part) && is_port(port);
    }
    let (host, port) = match text.find(':') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let is_forbidden = |c: char| {
        c.is_control() || c.is_whitespace() || "\"#%&'()*+,/:;<=>?@[\\]^`{|}~!$".contains(c)
    };
    !host.is_empty() && is_port(port) && !host.nfkc().any(is_forbidden)
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':')
        .map_or(text.is_empty(), |port| port.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a text looks like the name of a host on the internet: `social.example`, `bücher.example`.
pub(crate) fn is_host_name(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '-';
    let is_label = |label: &str| {
        let length = label.chars().count();
        (1..=63).contains(&length)
            && label.chars().all(is_part)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    let is_top = last.chars().count() > 1 && last.chars().any(char::is_alphabetic);
    text.contains('.') && text.len() <= 253 && is_top && text.split('.').all(is_label)
}

/// A host as machines write it: `bücher.example` is `xn--bcher-kva.example` (Unicode Technical Standard 46).
/// A port stays as it is, and so does what is no name of a host.
pub(crate) fn for_machines(host: &str) -> Cow<'_, str> {
    translated(host, |name| idna::domain_to_ascii(name).ok())
}

/// A host as people write it: `xn--bcher-kva.example` is `bücher.example`.
pub(crate) fn for_people(host: &str) -> Cow<'_, str> {
    translated(host, |name| Some(idna::domain_to_unicode(name)).filter(|it| it.1.is_ok())?.0.into())
}

fn translated(host: &str, translate: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    let is_plain = host.is_ascii() && !host.contains("xn--");
    if is_plain || host.starts_with('[') {
        return Cow::Borrowed(host);
    }
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    match translate(name) {
        Some(name) => Cow::Owned(name + port),
        None => Cow::Borrowed(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::values::{LINK_SCHEMES, Url};

    #[test]
    fn hosts_of_urls_are_what_browsers_read_as_such() {
        for good in ["a.example", "localhost:8000", "bücher.example", "合作.example", "[::1]:80"]
        {
            assert!(can_be_host(good), "{good}");
        }
        for bad in [
            "",
            ":80",
            "a@b.example",
            "a%40b.example",
            "a＠b.example",
            "a／b",
            "a:b",
            "a:80:81",
            "[x]",
            "[::1",
        ] {
            assert!(!can_be_host(bad), "{bad}");
        }
    }

    #[test]
    fn machines_write_hosts_in_other_letters() {
        for (people, machines) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("bücher.example:8443", "xn--bcher-kva.example:8443"),
            ("مثال.example", "xn--mgbh0fb.example"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("a.example:80", "a.example:80"),
            ("[::1]:80", "[::1]:80"),
        ] {
            assert_eq!(for_machines(people), machines);
            assert_eq!(for_people(machines), people);
            assert_eq!(for_machines(machines), machines);
        }
        assert_eq!(for_machines("BÜCHER.example"), "xn--bcher-kva.example");
    }

    #[test]
    fn names_of_hosts_have_a_dot_and_a_top() {
        for good in ["social.example", "a-b.c.coop", "bücher.example", "xn--bcher-kva.example"] {
            assert!(is_host_name(good), "{good}");
        }
        for bad in [
            "",
            "localhost",
            ".example",
            "a..example",
            "-a.example",
            "a-.example",
            "a.b",
            "1.2.3.4",
            "a.example:80",
            "a@b.example",
            "a b.example",
            "a_b.example",
            "a.example.",
        ] {
            assert!(!is_host_name(bad), "{bad}");
        }
    }

    #[test]
    fn no_name_stands_before_the_host_of_an_address() {
        for bad in [
            "https://good.example@evil.invalid/",
            "https://good.example:443@evil.invalid",
            "http://a:b@evil.invalid/x",
            "https://good.example%2f@evil.invalid/",
            "https://good.example%40evil.invalid/",
            "https://good.example＠evil.invalid/",
            "https://good.example\\@evil.invalid/",
            "https:\\\\evil.invalid",
            "https:////evil.invalid/",
            "https://@evil.invalid/",
            "gemini://a@evil.invalid/",
            "irc://a@evil.invalid/x",
            "ssh://a@evil.invalid/",
        ] {
            assert!(Url::parse(bad, LINK_SCHEMES).is_err(), "{bad}");
        }
        for good in [
            "https://a.example/@name",
            "https://a.example/?to=a@b.example#a@b",
            "https://a.example:8443/x",
            "http://localhost:4300/",
            "https://bücher.example/",
            "mailto:a@b.example",
            "matrix:u/a:b.example",
            "sip:a@b.example",
            "xmpp:a@b.example",
            "tel:+353210000000",
            "irc://a.example/room",
        ] {
            assert!(Url::parse(good, LINK_SCHEMES).is_ok(), "{good}");
        }
        let complaint = Url::parse_web("https://good.example@evil.invalid/").unwrap_err();
        assert_eq!(complaint.what, "which has a name before its host");
        let hint = "leave out `good.example@`; without it the address leads to `evil.invalid`";
        assert_eq!(complaint.hint.as_deref(), Some(hint));
    }
}
