//! Marks the words that two entries share, so that readers see at a glance why they fit.

use std::borrow::Cow;

use crate::pages::body::escape;
use crate::wording::collation::collate;

/// A text as HTML in which forms of some words are marked.
pub(crate) fn marked(text: &str, words: &[&str]) -> String {
    if words.is_empty() {
        return escape(text);
    }
    let words: Vec<String> = words.iter().map(|word| collate(word)).collect();
    let mut html = String::with_capacity(text.len() + 32);
    for (piece, is_word) in pieces(text) {
        let is_marked = is_word && is_form_of_any(piece, &words);
        html.push_str(if is_marked { "<mark>" } else { "" });
        html.push_str(&escape(piece));
        html.push_str(if is_marked { "</mark>" } else { "" });
    }
    html
}

/// The first sentences of a text in which one of the words stands, marked; at most two.
pub(crate) fn excerpts(text: &str, words: &[&str]) -> Vec<String> {
    let folded: Vec<String> = words.iter().map(|word| collate(word)).collect();
    let has_word = |sentence: &&str| {
        pieces(sentence).any(|(piece, is_word)| is_word && is_form_of_any(piece, &folded))
    };
    let sentences = text.split_inclusive(['.', '!', '?', '\n', '。', '؟']);
    let sentences = sentences.map(str::trim).filter(|sentence| sentence.len() <= MOST_BYTES);
    sentences.filter(has_word).take(2).map(|sentence| marked(sentence, words)).collect()
}

/// A longer sentence is no glance.
const MOST_BYTES: usize = 400;

/// The words of a text and what stands between them, in order.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = rest.chars().next()?.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, is_word))
    })
}

/// Whether a piece is one of the words, or begins like it and ends otherwise.
fn is_form_of_any(piece: &str, words: &[String]) -> bool {
    const LETTERS: usize = 5;
    if words.is_empty() || (piece.is_ascii() && piece.len() < 2) {
        return false;
    }
    let piece = folded(piece);
    let starts_alike = |word: &String| {
        let same = piece.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        let longer = piece.chars().count().max(word.chars().count());
        same >= LETTERS && same + 4 > longer
    };
    words.iter().any(|word| *word == piece || starts_alike(word))
}

/// A piece without its accents and capitals; most have none.
fn folded(piece: &str) -> Cow<'_, str> {
    match piece.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        true => Cow::Borrowed(piece),
        false => Cow::Owned(collate(piece)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_are_marked_in_any_form() {
        let words = ["Traducción", "map"];
        assert_eq!(
            marked("Traducciones & mapas, map", &words),
            "<mark>Traducciones</mark> &amp; mapas, <mark>map</mark>"
        );
        assert_eq!(marked("<b>Map</b>", &["map"]), "&lt;b&gt;<mark>Map</mark>&lt;/b&gt;");
        assert_eq!(marked("nothing", &[]), "nothing");
    }

    #[test]
    fn excerpts_are_the_sentences_with_shared_words() {
        let text = "We bake. The oven is cold! Bread for all.\nNo bread today.";
        assert_eq!(
            excerpts(text, &["bread", "oven"]),
            ["The <mark>oven</mark> is cold!", "<mark>Bread</mark> for all."]
        );
        assert!(excerpts(text, &["stone"]).is_empty());
    }
}
