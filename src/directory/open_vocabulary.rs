//! Topics that only authors know: the words that entries have as topics, and the ids of these.

use crate::content::Records;
use crate::content::values::{Complaint, Slug, slugify};
use crate::content::yaml::Value;

/// The id of a topic that is written so: signs that tell it from others are spelt out, so that `C`, `C++` and
/// `C#` stay three.
///
/// # Errors
/// When it is too long for an address, or nothing of it can stand in one.
pub(super) fn id_of_word(word: &str) -> Result<Slug, Complaint> {
    const SPELT: [(char, &str); 6] =
        [('+', "plus"), ('#', "sharp"), ('&', "and"), ('@', "at"), ('%', "percent"), ('*', "star")];
    let mut spelt = String::with_capacity(word.len());
    for letter in word.trim().chars() {
        match SPELT.iter().find(|(sign, _)| *sign == letter) {
            Some((_, name)) => spelt.push_str(&format!(" {name} ")),
            None if letter == '.' && spelt.is_empty() => spelt.push_str("dot "),
            None => spelt.push(letter),
        }
    }
    Slug::parse(&slugify(&spelt))
}

/// Every word that an entry has as a topic, in the order of the files. Entries are read only when topics are known.
pub(super) fn words_used(records: &Records) -> Vec<&str> {
    let mut used = Vec::new();
    for record in &records.entries {
        let Value::Map(entries) = &record.front.value else { continue };
        let lists =
            entries.iter().filter(|(key, _)| matches!(key.name.as_str(), "topics" | "sectors"));
        for (_, node) in lists {
            let items = match &node.value {
                Value::List(items) => items.as_slice(),
                _ => std::slice::from_ref(node),
            };
            used.extend(items.iter().filter_map(|item| match &item.value {
                Value::Text(text) => Some(text.trim()).filter(|it| !it.is_empty()),
                _ => None,
            }));
        }
    }
    used
}
