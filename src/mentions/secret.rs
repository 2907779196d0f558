//! What is looked for of something that is withheld.

use std::collections::BTreeSet;

use super::normal::Normal;
use super::phone;
use super::web;
use crate::content::host;
use crate::content::values::ContactType;
use crate::directory::texts::Sort;
use crate::language::{Tokenizer, is_unspaced};

/// A title, a summary or a postal address of so many words is looked for; a letter of a script without spaces is half a
/// word. A shorter one may well stand somewhere by chance.
const LEAST_HALF_WORDS: usize = 8;

/// Addresses of fewer letters are not looked for.
const LEAST_ADDRESS: usize = 5;

/// Of long summaries the beginning is looked for, in bytes.
const LONGEST_BYTES: usize = 400;

/// How a secret would stand in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Words one after the other.
    Words(String),
    /// An address, as a whole.
    Address(String),
    /// The digits of a telephone number, without the code of its country.
    Phone(String),
    /// A place on the web, as browsers understand its address.
    Web(String),
}

/// Every form in which a text of this sort is looked for; none if it is too short.
pub(super) fn forms(sort: Sort, text: &str) -> Vec<Form> {
    match sort {
        Sort::Words => Vec::new(),
        Sort::Title | Sort::Summary | Sort::Contact(ContactType::Post) => {
            let is_long = half_words(text) >= LEAST_HALF_WORDS;
            is_long.then(|| words(text)).into_iter().collect()
        }
        Sort::Url => web_address(text),
        Sort::Contact(kind @ (ContactType::Phone | ContactType::Signal)) => {
            match phone::digits(text) {
                Some(digits) => vec![Form::Phone(digits)],
                // A short number stands in many texts by chance.
                None if kind == ContactType::Phone => Vec::new(),
                None => address(text).into_iter().collect(),
            }
        }
        Sort::Contact(ContactType::Matrix) => {
            let kind = if text.starts_with('#') { "r" } else { "u" };
            let bare = text.trim_start_matches(['#', '@']);
            let (name, host) = bare.rsplit_once(':').unwrap_or((bare, ""));
            let written = |host: String| {
                [
                    format!("{}{name}:{host}", &text[..text.len() - bare.len()]),
                    format!("matrix:{kind}/{name}:{host}"),
                ]
            };
            let all = hosts(host).into_iter().flat_map(written);
            all.filter_map(|text| address(&text)).collect()
        }
        Sort::Contact(ContactType::Fediverse) => {
            let handle = text.trim_start_matches('@');
            let (user, host) = handle.split_once('@').unwrap_or((handle, ""));
            let written = |host: String| [format!("@{user}@{host}"), format!("{host}/@{user}")];
            let all = hosts(host).into_iter().flat_map(written);
            all.filter_map(|text| address(&text)).collect()
        }
        Sort::Contact(ContactType::Email) => email(text),
        Sort::Contact(ContactType::Form | ContactType::Url) => web_address(text),
    }
}

/// Every form that a text of any sort could have, however short.
pub(super) fn any_form(text: &str) -> Vec<Form> {
    let phone = phone::digits(text).map(Form::Phone);
    let handle = forms(Sort::Contact(ContactType::Fediverse), text);
    let forms = [Some(words(text)), phone].into_iter().flatten().chain(web_address(text));
    forms.chain(email(text)).chain(handle).collect()
}

/// An address without what may stand before and after it: `HTTPS://A.example/` is `a.example`.
fn address(text: &str) -> Option<Form> {
    let normal = Normal::of(text.trim()).text;
    let scheme =
        ["mailto:", "tel:", "https://", "http://"].iter().find_map(|it| normal.strip_prefix(it));
    let bare = scheme.unwrap_or(&normal);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    (bare.chars().count() >= LEAST_ADDRESS).then(|| Form::Address(bare.to_owned()))
}

/// An address on the web: as browsers understand it, and as people write it without its scheme.
fn web_address(text: &str) -> Vec<Form> {
    let written = text.trim();
    let Some((_, authority)) = written.split_once("://") else { return email(text) };
    let Some(Form::Address(bare)) = address(text) else { return Vec::new() };
    let place = web::same_for_browsers(written).map(Form::Web);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let bare = bare.strip_suffix("/index.html").unwrap_or(&bare);
    let path = &bare[bare.find(['/', '?', '#']).unwrap_or(bare.len())..];
    let host =
        authority.strip_suffix(":443").or(authority.strip_suffix(":80")).unwrap_or(authority);
    let pages: &[&str] = if path.contains(['?', '#']) { &[""] } else { &["", "/index.html"] };
    let mut forms: Vec<Form> = place.into_iter().collect();
    for host in hosts(host) {
        for port in ["", ":443", ":80"] {
            let all = pages.iter().map(|page| format!("{host}{port}{path}{page}"));
            forms.extend(all.filter_map(|text| address(&text)));
        }
    }
    forms.dedup();
    forms
}

/// An address of email, however its host is written.
fn email(text: &str) -> Vec<Form> {
    match text.trim().rsplit_once('@') {
        Some((user, host)) => {
            let all = hosts(host).into_iter().map(|host| format!("{user}@{host}"));
            all.filter_map(|text| address(&text)).collect()
        }
        None => address(text).into_iter().collect(),
    }
}

/// A host as it is written, as people write it, and as machines do.
fn hosts(host: &str) -> BTreeSet<String> {
    let small = host.to_lowercase();
    [host::for_machines(&small), host::for_people(&small)].map(String::from).into()
}

fn words(text: &str) -> Form {
    let mut words = Normal::of(text).words().text;
    if words.len() > LONGEST_BYTES {
        let cut = words.floor_char_boundary(LONGEST_BYTES);
        words.truncate(words[..cut].rfind(' ').unwrap_or(cut));
    }
    Form::Words(words.trim_matches(' ').to_owned())
}

fn half_words(text: &str) -> usize {
    let mut count = text.chars().filter(|c| is_unspaced(*c)).count();
    Tokenizer::default().each(text, |word| count += if word.contains(is_unspaced) { 0 } else { 2 });
    count
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn short_titles_are_not_looked_for() {
        let is_looked_for = |title: &str| !forms(Sort::Title, title).is_empty();
        assert!(is_looked_for("Mediation for our team"));
        assert!(!is_looked_for("Mediation in Porto"));
        assert!(is_looked_for("波尔图团队内部调解"));
        assert!(!is_looked_for("波尔图调解"));
        assert!(is_looked_for("हमारी टीम के लिए"));
        assert!(!is_looked_for("November 2026"));
    }

    #[test]
    fn addresses_are_compared_without_scheme_and_case() {
        let is_written = |form: &Form| !matches!(form, Form::Web(_));
        let first = |sort, text: &str| forms(sort, text).into_iter().find(is_written);
        let bare = |text: &str| Some(Form::Address(text.to_owned()));
        assert_eq!(first(Sort::Url, "HTTPS://www.Bread.example/"), bare("bread.example"));
        assert_eq!(first(Sort::Url, "https://b.example/%61#x"), bare("b.example/a#x"));
        let contact = |kind, text: &str| first(Sort::Contact(kind), text);
        assert_eq!(contact(ContactType::Email, "Ana@B.example"), bare("ana@b.example"));
        assert_eq!(contact(ContactType::Phone, "12345"), None);
        assert_eq!(contact(ContactType::Signal, "ana.01"), bare("ana.01"));
    }

    #[test]
    fn hosts_are_the_same_with_their_port_and_for_machines() {
        let same = |sort, text: &str| forms(sort, text).into_iter().collect::<FxHashSet<_>>();
        for text in [
            "https://xn--bcher-kva.example/a/",
            "https://bücher.example:443/a",
            "http://Bücher.example:80/a/index.html",
        ] {
            assert_eq!(same(Sort::Url, text), same(Sort::Url, "https://bücher.example/a"));
        }
        let email = Sort::Contact(ContactType::Email);
        assert_eq!(same(email, "ana@xn--bcher-kva.example"), same(email, "ana@bücher.example"),);
    }
}
