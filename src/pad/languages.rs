//! Notices that a line is in another language than the site.

use super::words::fold;
use crate::language::stop_words;

/// The languages that a text may be in, other than one: those of which it has more small words than of
/// that one. It is enough for a question, not for an answer.
pub(super) fn of(text: &str, usual: &str) -> Vec<&'static str> {
    let folded = fold(text);
    let count = |language: &str| {
        folded.split(' ').filter(|word| stop_words::is_stop_word(language, word)).count()
    };
    let usual_count = count(usual);
    let mut found: Vec<(usize, &'static str)> = stop_words::LANGUAGES
        .into_iter()
        .filter(|language| *language != usual)
        .map(|language| (count(language), language))
        .filter(|(count, _)| *count > usual_count)
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    found.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_languages_apart() {
        assert_eq!(of("Traductora para los estatutos", "en"), ["es", "pt"]);
        assert_eq!(of("A translator for our statutes", "en"), [""; 0]);
        assert_eq!(of("Traductora para los estatutos", "es"), [""; 0]);
        assert_eq!(of("translator FR", "en"), [""; 0]);
        // `no` is a small word of Portuguese too.
        assert_eq!(of("Two microphones that we no longer use", "en"), [""; 0]);
        assert_eq!(of("No tenemos quien lleve las cuentas", "en").first(), Some(&"es"));
    }
}
