//! The leak guard: searches what is about to be written for what an edition withholds.
//!
//! Withholding happens long before, between `resolve` and `derive`; this guard is there for the day
//! when somebody makes a mistake.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use anyhow::{Context, Result, bail};

use super::paths;
use crate::directory::edition::Withheld;

/// Looks for withheld texts as whole words, and for withheld addresses as paths, in one pass.
pub struct Guard {
    searcher: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
}

struct Pattern {
    kind: Kind,
    /// What is withheld, as its author wrote it.
    secret: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Path,
}

impl Guard {
    /// A guard for an edition.
    ///
    /// # Errors
    /// When there is more to look for than fits into memory.
    pub fn new(withheld: &Withheld) -> Result<Guard> {
        let mut forms: BTreeMap<String, Pattern> = BTreeMap::new();
        for secret in &withheld.texts {
            for form in forms_of(secret) {
                forms.insert(form, Pattern { kind: Kind::Words, secret: secret.clone() });
            }
        }
        for secret in &withheld.paths {
            for form in [secret.clone(), paths::encode(secret)] {
                forms.entry(form).or_insert(Pattern { kind: Kind::Path, secret: secret.clone() });
            }
        }
        let searcher = match forms.is_empty() {
            true => None,
            false => Some(AhoCorasick::new(forms.keys()).context("preparing the leak guard")?),
        };
        Ok(Guard { searcher, patterns: forms.into_values().collect() })
    }

    /// Checks one output and its path.
    ///
    /// # Errors
    /// Names the output and what was found in it. Nothing may be published then.
    pub fn check(&self, path: &str, bytes: &[u8]) -> Result<()> {
        match self.find(path.as_bytes()).or_else(|| self.find(bytes)) {
            None => Ok(()),
            Some(secret) => bail!(
                "`{secret}` is withheld from this edition, but would stand in {path}; nothing was \
                 written. This is a fault of Ayni or of a theme: please report it"
            ),
        }
    }

    fn find(&self, bytes: &[u8]) -> Option<&str> {
        let searcher = self.searcher.as_ref()?;
        let found = searcher.find_overlapping_iter(bytes).find(|found| {
            let (before, after) = (&bytes[..found.start()], &bytes[found.end()..]);
            match self.patterns[found.pattern().as_usize()].kind {
                Kind::Words => ends_outside(last_char(before)) && ends_outside(first_char(after)),
                Kind::Path => starts_a_path(last_char(before)) && ends_a_path(first_char(after)),
            }
        });
        found.map(|found| self.patterns[found.pattern().as_usize()].secret.as_str())
    }
}

/// A text as it stands in HTML, in JSON and in an address.
fn forms_of(text: &str) -> [String; 4] {
    let json = serde_json::to_string(text).unwrap_or_default();
    let json = json.trim_matches('"').to_owned();
    [text.to_owned(), super::html::escape(text), json, paths::encode(text)]
}

fn first_char(bytes: &[u8]) -> Option<char> {
    let start = &bytes[..bytes.len().min(4)];
    start.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next())
}

fn last_char(bytes: &[u8]) -> Option<char> {
    let end = &bytes[bytes.len().saturating_sub(4)..];
    end.utf8_chunks().last().and_then(|chunk| chunk.valid().chars().next_back())
}

/// Whether a word ends here: "secret" is not a part of "secretary".
fn ends_outside(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|neighbour| !neighbour.is_alphanumeric())
}

fn starts_a_path(before: Option<char>) -> bool {
    before.is_none_or(|it| matches!(it, '/' | '"' | '\'' | '(' | '>'))
}

fn ends_a_path(after: Option<char>) -> bool {
    after.is_none_or(|it| matches!(it, '/' | '"' | '\'' | '#' | '.' | ')' | '<'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn guard(texts: &[&str], paths: &[&str]) -> Guard {
        let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
        let withheld = Withheld { texts: owned(texts), paths: owned(paths) };
        Guard::new(&withheld).expect("a small guard")
    }

    #[test]
    fn whole_words_are_found_in_every_form() {
        let guard = guard(&["mail@secret.example", "R&D <plans>"], &["needs/hidden"]);
        for leak in [
            "write to mail@secret.example.",
            "R&amp;D &lt;plans&gt;",
            "<a href=\"../needs/hidden/\">",
        ] {
            assert!(guard.check("a/index.html", leak.as_bytes()).is_err(), "{leak}");
        }
        for fine in ["hotmail@secret.examples", "R&D", "needs/hidden-gem/", "the needs hidden"] {
            assert!(guard.check("a/index.html", fine.as_bytes()).is_ok(), "{fine}");
        }
        assert!(guard.check("needs/hidden/index.html", b"").is_err());
    }
}
