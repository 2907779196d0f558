//! What is looked for of something that is withheld.

use std::collections::BTreeSet;

use super::normal::Normal;
use super::phone;
use crate::content::host;
use crate::content::values::ContactType;
use crate::directory::texts::Sort;
use crate::search::{Tokenizer, is_unspaced};

/// A title, a summary or a postal address of so many words is looked for; a letter of a script without spaces is half a
/// word. A shorter one may well stand somewhere by chance.
const LEAST_HALF_WORDS: usize = 8;

/// Addresses of fewer letters are not looked for.
const LEAST_ADDRESS: usize = 5;

/// Of long summaries the beginning is looked for, in bytes.
const LONGEST_BYTES: usize = 400;

/// How a secret would stand in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Words one after the other.
    Words(String),
    /// An address, as a whole.
    Address(String),
    /// The digits of a telephone number, without the code of its country.
    Phone(String),
}

/// Every form in which a text of this sort is looked for; none if it is too short.
pub fn forms(sort: Sort, text: &str) -> Vec<Form> {
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
            let elsewhere = address(&format!("https://matrix.to/#/{text}"));
            address(text).into_iter().chain(elsewhere).collect()
        }
        Sort::Contact(ContactType::Fediverse) => {
            let handle = text.trim_start_matches('@');
            let elsewhere =
                handle.split_once('@').and_then(|(user, host)| address(&format!("{host}/@{user}")));
            address(&format!("@{handle}")).into_iter().chain(elsewhere).collect()
        }
        Sort::Contact(ContactType::Email) => email(text),
        Sort::Contact(ContactType::Form | ContactType::Url) => web_address(text),
    }
}

/// Every form that a text of any sort could have, however short.
pub fn any_form(text: &str) -> Vec<Form> {
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

/// An address on the web, however its host, its port and the page of a folder are written.
fn web_address(text: &str) -> Vec<Form> {
    let Some(Form::Address(bare)) = address(text) else { return Vec::new() };
    let bare = bare.strip_suffix("/index.html").unwrap_or(&bare);
    let end = bare.find(['/', '?', '#']).unwrap_or(bare.len());
    let (host, path) = bare.split_at(end);
    let host = host.strip_suffix(":443").or(host.strip_suffix(":80")).unwrap_or(host);
    let is_folder = !path.contains(['?', '#', '.']);
    let pages: &[&str] = if is_folder { &["", "/index.html"] } else { &[""] };
    let mut forms = Vec::new();
    for host in hosts(host) {
        for port in ["", ":443", ":80"] {
            forms.extend(
                pages.iter().map(|page| Form::Address(format!("{host}{port}{path}{page}"))),
            );
        }
    }
    forms
}

/// An address of email, however its host is written.
fn email(text: &str) -> Vec<Form> {
    let Some(Form::Address(bare)) = address(text) else { return Vec::new() };
    match bare.rsplit_once('@') {
        Some((user, host)) => {
            hosts(host).into_iter().map(|host| Form::Address(format!("{user}@{host}"))).collect()
        }
        None => vec![Form::Address(bare)],
    }
}

/// A host as people write it, and as machines do.
fn hosts(host: &str) -> BTreeSet<String> {
    BTreeSet::from([host, &host::for_machines(host), &host::for_people(host)].map(str::to_owned))
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
        let first = |sort, text: &str| forms(sort, text).into_iter().next();
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
