//! Cuts words to their stems, so that forms of a word are found together.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Cuts the words of one language. A language without an algorithm leaves them whole.
pub(crate) struct Stems {
    language: String,
    stemmer: Option<Stemmer>,
}

impl Stems {
    /// For a language by its primary tag, such as `pt`.
    pub(crate) fn new(language: &str) -> Stems {
        Stems { stemmer: algorithm(language).map(Stemmer::create), language: language.to_owned() }
    }

    /// The stem of a word, both folded. Short words and those with digits stay whole.
    ///
    /// Snowball expects accents that folding took away and that many do not type: the usual ones are
    /// put back, and what is left of them is folded again.
    pub(crate) fn cut<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let is_plain = word.chars().count() < 4 || word.bytes().any(|it| it.is_ascii_digit());
        let Some(stemmer) = self.stemmer.as_ref().filter(|_| !is_plain) else {
            return Cow::Borrowed(word);
        };
        let cut = |word: &str| -> String {
            let accented = with_accents(word, &self.language);
            stemmer.stem(&accented).chars().map(without_accent).collect()
        };
        // Snowball cuts "solares" to "solar", and "solar" to "sol": forms meet at the second cut.
        let stem = cut(&cut(word));
        if stem.chars().count() < 2 { Cow::Borrowed(word) } else { Cow::Owned(stem) }
    }
}

/// The Snowball algorithm of a language, if there is one.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// A folded token with the accent that its ending has in writing.
fn with_accents<'a>(token: &'a str, language: &str) -> Cow<'a, str> {
    let endings: &[(&str, &str)] = match language {
        "es" => &[("cion", "ción"), ("sion", "sión"), ("logia", "logía")],
        "pt" => &[
            ("cao", "ção"),
            ("coes", "ções"),
            ("sao", "são"),
            ("soes", "sões"),
            ("encia", "ência"),
            ("ancia", "ância"),
            ("avel", "ável"),
            ("ivel", "ível"),
            ("logia", "logía"),
        ],
        "fr" => &[("ite", "ité"), ("ites", "ités")],
        _ => &[],
    };
    let accented = endings.iter().find_map(|(plain, accented)| {
        let start = token.strip_suffix(plain).filter(|start| start.len() >= 3)?;
        Some(Cow::Owned(format!("{start}{accented}")))
    });
    accented.unwrap_or(Cow::Borrowed(token))
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'â' | 'ã' | 'à' => 'a',
        'é' | 'ê' | 'è' => 'e',
        'í' | 'î' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'û' => 'u',
        'ç' => 'c',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (language, words) in [
            ("en", &["cooperative", "cooperatives", "cooperating"][..]),
            ("es", &["organizacion", "organizaciones"]),
            ("pt", &["associacao", "associacoes"]),
            ("fr", &["cooperative", "cooperatives"]),
            ("de", &["genossenschaft", "genossenschaften"]),
        ] {
            let stems = Stems::new(language);
            let cut: Vec<_> = words.iter().map(|word| stems.cut(word)).collect();
            assert!(cut.iter().all(|stem| *stem == cut[0]), "{cut:?}");
        }
        assert_eq!(Stems::new("en").cut("esp32s"), "esp32s");
        assert_eq!(Stems::new("eu").cut("kooperatibak"), "kooperatibak");
    }
}
