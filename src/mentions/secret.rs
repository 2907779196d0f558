//! What is looked for of something that is withheld.

use super::normal::Normal;
use super::phone;
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
        Sort::Url => address(text).into_iter().collect(),
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
        Sort::Contact(ContactType::Email | ContactType::Form | ContactType::Url) => {
            address(text).into_iter().collect()
        }
    }
}

/// Every form that a text of any sort could have, however short.
pub fn any_form(text: &str) -> Vec<Form> {
    let phone = phone::digits(text).map(Form::Phone);
    let handle = forms(Sort::Contact(ContactType::Fediverse), text);
    [Some(words(text)), address(text), phone].into_iter().flatten().chain(handle).collect()
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
        let bare = |text: &str| forms(Sort::Url, text);
        assert_eq!(bare("HTTPS://www.Bread.example/"), [Form::Address("bread.example".to_owned())]);
        assert_eq!(bare("https://b.example/%61#x"), [Form::Address("b.example/a#x".to_owned())]);
        let contact = |kind, text: &str| forms(Sort::Contact(kind), text);
        assert_eq!(
            contact(ContactType::Email, "Ana@B.example"),
            [Form::Address("ana@b.example".to_owned())]
        );
        assert_eq!(contact(ContactType::Phone, "12345"), []);
        assert_eq!(contact(ContactType::Signal, "ana.01"), [Form::Address("ana.01".to_owned())]);
    }
}
