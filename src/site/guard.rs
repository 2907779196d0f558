//! The leak guard: searches what is about to be written for what an edition withholds.
//!
//! Withholding happens long before, between `resolve` and `derive`; this guard is there for the day
//! when somebody makes a mistake.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use anyhow::{Context, Result, bail};

use super::{SitePlan, paths};
use crate::directory::edition::Withheld;
use crate::directory::entry::{Reference, Text};

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
    /// A guard for an edition. What stands in `shown` by right is not looked for.
    ///
    /// # Errors
    /// When there is more to look for than fits into memory.
    pub fn new<'a>(
        withheld: &Withheld,
        shown: impl Iterator<Item = Cow<'a, str>>,
    ) -> Result<Guard> {
        let mut guard = Guard::looking_for(withheld)?;
        let mut by_right: BTreeSet<String> = BTreeSet::new();
        for text in shown {
            by_right.extend(guard.all(text.as_bytes()).map(str::to_owned));
        }
        if !by_right.is_empty() {
            let mut withheld = withheld.clone();
            withheld.texts.retain(|text| !by_right.contains(text));
            guard = Guard::looking_for(&withheld)?;
        }
        Ok(guard)
    }

    fn looking_for(withheld: &Withheld) -> Result<Guard> {
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
        let unfolded = path.ends_with(".ics").then(|| unfold(bytes));
        let bytes = unfolded.as_deref().unwrap_or(bytes);
        match self.all(path.as_bytes()).next().or_else(|| self.all(bytes).next()) {
            None => Ok(()),
            Some(secret) => bail!(
                "`{secret}` is withheld from this edition, but would stand in {path}, so nothing \
                 was written. If somebody wrote it there, take it out; else please report this as a \
                 fault of Ayni"
            ),
        }
    }

    /// Every secret in these bytes.
    fn all<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = &'a str> {
        let found =
            self.searcher.iter().flat_map(move |searcher| searcher.find_overlapping_iter(bytes));
        let leaks = found.filter(move |found| {
            let (before, after) = (&bytes[..found.start()], &bytes[found.end()..]);
            match self.patterns[found.pattern().as_usize()].kind {
                Kind::Words => ends_outside(last_char(before)) && ends_outside(first_char(after)),
                Kind::Path => starts_a_path(last_char(before)) && ends_a_path(first_char(after)),
            }
        });
        leaks.map(|found| self.patterns[found.pattern().as_usize()].secret.as_str())
    }
}

/// Texts that an edition shows by right: words of the interface, labels of topics, and what stands
/// in entries that are shown.
pub fn shown(plan: &SitePlan) -> impl Iterator<Item = Cow<'_, str>> {
    let directory = &plan.derived.directory;
    let interfaces = (0..directory.site.languages.len()).map(|at| plan.theme.interface(at));
    let of_interface = interfaces.flat_map(|interface| interface.all_texts());
    let topics = directory.topics.list.iter();
    let labels = topics.flat_map(|it| it.labels.values().chain(it.also.values().flatten()));
    let coops = directory.coops.iter().flat_map(|coop| [&coop.city, &coop.region]);
    let entries = directory.ids().flat_map(|id| {
        let entry = &directory[id];
        let translated = entry.translations.values();
        let words = translated.flat_map(|it| [it.title.as_str(), it.summary.as_str()]);
        words.chain([entry.title.as_str(), entry.summary.as_str()])
    });
    let site = [directory.site.title.as_str(), directory.site.summary.as_str()];
    let short =
        of_interface.chain(labels.chain(coops).map(String::as_str)).chain(entries).chain(site);
    let bodies = directory.ids().flat_map(|id| directory[id].texts().flat_map(shown_of_body));
    short.map(Cow::Borrowed).chain(bodies)
}

/// What a body shows: all of it, or without the names of what is withheld.
fn shown_of_body(text: &Text) -> Vec<Cow<'_, str>> {
    if !text.has_withheld() {
        return vec![Cow::Borrowed(text.body().markdown())];
    }
    let urls = text.references.iter().filter_map(|reference| match reference {
        Reference::Web(url) => Some(Cow::Borrowed(url.as_str())),
        _ => None,
    });
    urls.chain([text.plain()]).collect()
}

/// Long lines of a calendar are folded: the next line begins with a space.
fn unfold(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace("\r\n ", "").into_bytes()
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
        Guard::new(&withheld, ["Topic: Accounting".into()].into_iter()).expect("a small guard")
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
        let accounting = self::guard(&["Accounting"], &[]);
        assert!(accounting.check("a/index.html", b"Accounting").is_ok(), "it is shown by right");
        for fine in ["hotmail@secret.examples", "R&D", "needs/hidden-gem/", "the needs hidden"] {
            assert!(guard.check("a/index.html", fine.as_bytes()).is_ok(), "{fine}");
        }
        assert!(guard.check("needs/hidden/index.html", b"").is_err());
    }
}
