//! What stands in a contact, checked by its type: a reader who follows it gets where it says.

use crate::content::host::is_host_name;
use crate::content::values::{Complaint, ContactType, Url};
use crate::diagnostic::Code;

/// Reads the value of a contact.
pub(super) fn check(contact_type: ContactType, text: &str) -> Result<String, Complaint> {
    let fault = match contact_type {
        ContactType::Email => email(text),
        ContactType::Phone => phone(text),
        ContactType::Matrix => matrix(text),
        ContactType::Fediverse => fediverse(text),
        ContactType::Signal => signal(text),
        ContactType::Post => post(text),
        ContactType::Form | ContactType::Url => return Ok(Url::parse_web(text)?.to_string()),
    };
    match fault {
        None => Ok(text.to_owned()),
        Some(Fault { what, hint }) => {
            let what = what.unwrap_or_else(|| {
                format!("which is not an address of the type `{}`", contact_type.as_str())
            });
            Err(Complaint::new(Code::BadContact, what, hint))
        }
    }
}

/// What is wrong, where more can be said than that it does not fit, and what to write.
struct Fault {
    what: Option<String>,
    hint: String,
}

/// What has another form; what is written between dots is to be filled in.
fn unlike(form: &str) -> Fault {
    Fault { what: None, hint: format!("write it in the form `{form}`") }
}

fn fault(what: &str, hint: String) -> Fault {
    Fault { what: Some(what.to_owned()), hint }
}

/// One address alone, without what some programs put around it.
fn email(text: &str) -> Option<Fault> {
    const FORM: &str = "…@…";
    if is_email(text) {
        return None;
    }
    if let Some(address) = without_prefix(text, "mailto:") {
        let address = address.split('?').next().unwrap_or_default();
        let shown = if is_email(address) { address } else { FORM };
        return Some(fault(
            "which begins with `mailto:`",
            format!("write the address alone: `{shown}`"),
        ));
    }
    if let Some((name, address)) = text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        let name = name.trim().trim_matches('"');
        if is_email(address) {
            let hint = match name {
                "" => format!("write the address alone: `{address}`"),
                name => {
                    format!("write the address alone: `{address}`, and `name: {name}` beside it")
                }
            };
            return Some(fault("which is more than the address", hint));
        }
    }
    let spelled = AT.iter().fold(text.to_lowercase(), |text, at| text.replace(at, "@"));
    if is_email(&spelled) {
        return Some(fault("which is spelled out", format!("write `{spelled}`")));
    }
    let pieces = text.split([',', ';', ' ', '/']).filter(|piece| is_email(piece));
    match pieces.count() {
        0 | 1 => Some(unlike(FORM)),
        _ => Some(fault("which is more than one address", "write a contact for each".to_owned())),
    }
}

/// How people write the sign of an address so that programs do not find it.
const AT: [&str; 5] = [" (at) ", "(at)", " [at] ", "[at]", " at "];

/// Whether a text is one address of email.
pub(super) fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let is_part = |c: char| c.is_alphanumeric() || "._+-'=~".contains(c);
    let has_gaps = user.starts_with('.') || user.ends_with('.') || user.contains("..");
    !user.is_empty() && user.chars().all(is_part) && !has_gaps && is_host_name(host)
}

fn phone(text: &str) -> Option<Fault> {
    const FORM: &str = "+… …";
    if is_phone(text) {
        return None;
    }
    let Some(number) = without_prefix(text, "tel:") else { return Some(unlike(FORM)) };
    let shown = if is_phone(number) { number } else { FORM };
    Some(fault("which begins with `tel:`", format!("write the number alone: `{shown}`")))
}

/// A number as people write it. The longest have fifteen digits, and a nought in brackets.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let after_plus = text.strip_prefix('+').unwrap_or(text);
    let only = after_plus.chars().all(|c| c.is_ascii_digit() || "-() ./".contains(c));
    (5..=17).contains(&digits) && only
}

fn matrix(text: &str) -> Option<Fault> {
    const FORM: &str = "@…:…";
    if is_matrix(text) {
        return None;
    }
    let link =
        text.split_once("matrix.to/#/").map(|(_, name)| name.split('?').next().unwrap_or(name));
    match link {
        Some(name) => {
            let name = name.replace("%40", "@").replace("%23", "#").replace("%3A", ":");
            let shown = if is_matrix(&name) { name.as_str() } else { FORM };
            Some(fault("which is a link", format!("write what it names: `{shown}`")))
        }
        None => Some(unlike(FORM)),
    }
}

/// `@user:host`, `#room:host` or `!room:host`; the newest ids of rooms have no host.
fn is_matrix(text: &str) -> bool {
    let is_part = |c: char| !c.is_whitespace() && !"?&%/\\<>\"'@:#`".contains(c);
    let Some(rest) = text.strip_prefix(['@', '#', '!']) else { return false };
    match rest.split_once(':') {
        Some((name, host)) => {
            let (host, port) = host.split_once(':').unwrap_or((host, "0"));
            let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            !name.is_empty() && name.chars().all(is_part) && is_host_name(host) && has_port
        }
        None => {
            let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            text.starts_with('!') && rest.len() >= 40 && rest.chars().all(is_id)
        }
    }
}

fn fediverse(text: &str) -> Option<Fault> {
    const FORM: &str = "@…@…";
    if is_fediverse(text) {
        return None;
    }
    let with_sign = format!("@{text}");
    if is_fediverse(&with_sign) {
        return Some(fault("which lacks the first `@`", format!("write `{with_sign}`")));
    }
    let link = text.strip_prefix("https://").and_then(|link| link.split_once("/@"));
    let named = link.map(|(host, user)| format!("@{}@{host}", user.trim_end_matches('/')));
    match named.filter(|named| is_fediverse(named)) {
        Some(named) => Some(fault("which is a link", format!("write what it names: `{named}`"))),
        None => Some(unlike(FORM)),
    }
}

fn is_fediverse(text: &str) -> bool {
    let Some((user, host)) = text.strip_prefix('@').and_then(|text| text.split_once('@')) else {
        return false;
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    !user.is_empty() && user.chars().all(is_part) && is_host_name(host)
}

fn signal(text: &str) -> Option<Fault> {
    if is_phone(text) || is_signal_name(text) || is_signal_link(text) {
        return None;
    }
    let hint = "write a number (`+… …`), a user name that ends in digits (`….01`) or a link that begins with \
                `https://signal.me/` or `https://signal.group/`";
    Some(fault("which is no telephone number, no user name and no link of Signal", hint.to_owned()))
}

/// A name of letters, digits and underscores, a point, and two digits or more.
fn is_signal_name(text: &str) -> bool {
    let Some((name, number)) = text.split_once('.') else { return false };
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (3..=32).contains(&name.len())
        && name.chars().all(is_part)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && (2..=9).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_signal_link(text: &str) -> bool {
    let starts = ["https://signal.me/", "https://signal.group/"];
    let rest = starts.iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| !rest.is_empty()) && Url::parse_web(text).is_ok()
}

/// An address for letters has a name and a place at least.
fn post(text: &str) -> Option<Fault> {
    let pieces = text.split(|c: char| c.is_whitespace() || c == ',');
    let words = pieces.filter(|piece| piece.contains(char::is_alphanumeric));
    // Some scripts have no spaces between words.
    let count: usize = words.map(|word| if is_unspaced(word) { 2 } else { 1 }).sum();
    let hint = "write the whole address: the name, the street and the town";
    (count < 2).then(|| fault("which is one word", hint.to_owned()))
}

fn is_unspaced(word: &str) -> bool {
    let is_of_them = |c: &char| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
    };
    word.chars().filter(is_of_them).count() > 3
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fits(contact_type: ContactType, texts: &[&str]) {
        for text in texts {
            assert_eq!(check(contact_type, text).as_deref(), Ok(*text));
        }
    }

    /// What is said of each, and the hint.
    #[track_caller]
    fn refused(contact_type: ContactType, cases: &[(&str, &str, &str)]) {
        for (text, what, hint) in cases {
            let complaint = check(contact_type, text).expect_err(text);
            let said = (complaint.what.as_str(), complaint.hint.as_deref());
            assert_eq!(said, (*what, Some(*hint)), "{text}");
        }
    }

    #[test]
    fn email_is_one_address() {
        use ContactType::Email;
        let unlike = "which is not an address of the type `email`";
        let like = "write it in the form `…@…`";
        fits(
            Email,
            &["a@b.example", "first.last+tag@b-c.coop", "o'brien@b.example", "josé@bücher.example"],
        );
        refused(
            Email,
            &[
                ("a at b.example", "which is spelled out", "write `a@b.example`"),
                ("Ana(at)b.example", "which is spelled out", "write `ana@b.example`"),
                ("a at the door", unlike, like),
                ("stylesheet", unlike, like),
                ("a@b", unlike, like),
                ("a@b@c.example", unlike, like),
                ("a@b.example?bcc=x@y.example", unlike, like),
                ("a@b.example%0ax", unlike, like),
                ("..@b.example", unlike, like),
                (
                    "mailto:a@b.example",
                    "which begins with `mailto:`",
                    "write the address alone: `a@b.example`",
                ),
                (
                    "Mailto:a@b.example?subject=Hi",
                    "which begins with `mailto:`",
                    "write the address alone: `a@b.example`",
                ),
                (
                    "Ana <a@b.example>",
                    "which is more than the address",
                    "write the address alone: `a@b.example`, and `name: Ana` beside it",
                ),
                (
                    "<a@b.example>",
                    "which is more than the address",
                    "write the address alone: `a@b.example`",
                ),
                (
                    "a@b.example, c@d.example",
                    "which is more than one address",
                    "write a contact for each",
                ),
            ],
        );
    }

    #[test]
    fn a_telephone_number_has_its_digits() {
        use ContactType::Phone;
        let unlike = "which is not an address of the type `phone`";
        let like = "write it in the form `+… …`";
        fits(
            Phone,
            &["+353 (21) 000-0000", "021 000 0000", "+49 (0)341/000000", "00353 21 000 00"],
        );
        refused(
            Phone,
            &[
                ("call me", unlike, like),
                ("1234", unlike, like),
                ("12+34567", unlike, like),
                ("+353 21 000 0000, +353 21 000 0001", unlike, like),
                (
                    "tel:+353210000000",
                    "which begins with `tel:`",
                    "write the number alone: `+353210000000`",
                ),
            ],
        );
    }

    #[test]
    fn matrix_and_fediverse_name_somebody_at_a_host() {
        use ContactType::{Fediverse, Matrix};
        let unlike = "which is not an address of the type `matrix`";
        let like = "write it in the form `@…:…`";
        let room = format!("!{}", "aB3_-".repeat(9));
        fits(
            Matrix,
            &["#room:example.org", "@a:b.example:8448", "!x:b.example", "#café:b.example", &room],
        );
        refused(
            Matrix,
            &[
                ("room:example.org", unlike, like),
                ("#room", unlike, like),
                ("@a:b", unlike, like),
                ("#a/b:c.example", unlike, like),
                (
                    "https://matrix.to/#/%23room:example.org?via=example.org",
                    "which is a link",
                    "write what it names: `#room:example.org`",
                ),
            ],
        );
        let unlike = "which is not an address of the type `fediverse`";
        let like = "write it in the form `@…@…`";
        fits(Fediverse, &["@a@b.example", "@a.b-c_1@bücher.example"]);
        refused(
            Fediverse,
            &[
                ("@bank@good.example@evil.invalid", unlike, like),
                ("@@a@b.example", unlike, like),
                ("@a", unlike, like),
                ("@a@b", unlike, like),
                ("@a@b.example/x", unlike, like),
                ("a@b.example", "which lacks the first `@`", "write `@a@b.example`"),
                ("https://b.example/@a", "which is a link", "write what it names: `@a@b.example`"),
            ],
        );
    }

    #[test]
    fn signal_has_numbers_names_and_links() {
        use ContactType::Signal;
        let what = "which is no telephone number, no user name and no link of Signal";
        let hint = "write a number (`+… …`), a user name that ends in digits (`….01`) or a link that begins with \
                    `https://signal.me/` or `https://signal.group/`";
        fits(
            Signal,
            &[
                "+353 21 000 0000",
                "name.01",
                "solar_quilt.1234",
                "https://signal.me/#eu/abc-DEF_1",
                "https://signal.group/#CjQKIAbc",
            ],
        );
        let bad = [
            "stylesheet",
            "name",
            "name.1",
            "1name.01",
            "na.01",
            "name.0x",
            "a b.01",
            "https://signal.me/",
            "https://signal.me.evil.invalid/#x",
            "http://signal.me/#x",
            "https://signal.me@evil.invalid/",
        ];
        refused(Signal, &bad.map(|text| (text, what, hint)));
    }

    #[test]
    fn post_is_an_address_and_not_a_word() {
        use ContactType::Post;
        let what = "which is one word";
        let hint = "write the whole address: the name, the street and the town";
        fits(Post, &["PO Box 000, Kyoto", "東京都千代田区", "ул. Ленина, 1"]);
        refused(Post, &[("stylesheet", what, hint), ("utf-8", what, hint), ("- x -", what, hint)]);
    }

    #[test]
    fn forms_and_urls_are_urls() {
        for kind in [ContactType::Url, ContactType::Form] {
            fits(kind, &["https://a.example/form"]);
            for bad in ["javascript:alert(1)", "a.example", "https://good.example@evil.invalid/"] {
                assert!(check(kind, bad).is_err(), "{bad}");
            }
        }
    }
}
