//! The leak guard: searches what is about to be written for what an edition withholds.
//!
//! Withholding happens long before, between `resolve` and `derive`, and what people have written is
//! searched there, too. This guard is there for the day when somebody makes a mistake in the program.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use anyhow::{Context, Result};

use crate::addresses;
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::withheld::Withheld;
use crate::mentions::{self, Secrets};
use crate::pages::escape;

/// Looks for secrets as their authors wrote them, and for the paths of withheld entries, in one pass.
pub(crate) struct Guard<'a> {
    secrets: &'a Secrets,
    searcher: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
}

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    /// A secret, by its number.
    Secret(usize),
    /// The path of an entry.
    Path(String),
}

impl<'a> Guard<'a> {
    /// A guard for an edition. Of contacts that an entry shows in its own texts, which `problems` tell,
    /// nothing is looked for.
    ///
    /// # Errors
    /// When there is more to look for than fits into memory.
    pub(crate) fn new(
        secrets: &'a Secrets,
        withheld: &Withheld,
        problems: &[Diagnostic],
    ) -> Result<Guard<'a>> {
        let own = problems.iter().filter(|problem| problem.code == Code::OwnContact);
        let shown: BTreeSet<_> = own.filter_map(|it| Some(&it.also.as_ref()?.0)).collect();
        let mut forms: BTreeMap<String, Pattern> = BTreeMap::new();
        for (number, secret) in secrets.list().iter().enumerate() {
            if !shown.contains(&secret.place) {
                let forms_of = forms_of(&secret.text).into_iter();
                forms.extend(forms_of.map(|form| (form, Pattern::Secret(number))));
            }
        }
        for path in withheld.paths.keys() {
            for form in [path.clone(), addresses::encode(path)] {
                forms.entry(form).or_insert(Pattern::Path(path.clone()));
            }
        }
        let builder = AhoCorasick::builder().ascii_case_insensitive(true).build(forms.keys());
        let searcher = match forms.is_empty() {
            true => None,
            false => Some(builder.context("preparing the leak guard")?),
        };
        Ok(Guard { secrets, searcher, patterns: forms.into_values().collect() })
    }

    /// What could have leaked into one output, or into its path. Words of templates may happen to be a
    /// title that is withheld; what an output holds that knows of nothing withheld is no leak.
    pub(crate) fn suspicions(&self, path: &str, bytes: &[u8]) -> BTreeSet<&Pattern> {
        let unfolded = path.ends_with(".ics").then(|| unfold(bytes));
        let bytes = unfolded.as_deref().unwrap_or(bytes);
        self.all(path.as_bytes()).into_iter().chain(self.all(bytes)).collect()
    }

    /// Says what has leaked, and where.
    pub(crate) fn fault(&self, path: &str, found: &Pattern) -> String {
        let what = match found {
            Pattern::Secret(number) => self.secrets.list()[*number].what.clone(),
            Pattern::Path(path) => format!("the address `{path}`"),
        };
        format!(
            "{what} is withheld from this edition, but would stand in {path}, so nothing was written. This is a \
             fault of Ayni; please report it"
        )
    }

    /// Every pattern in these bytes.
    fn all(&self, bytes: &[u8]) -> Vec<&Pattern> {
        let searchers = self.searcher.iter();
        let found = searchers.flat_map(|searcher| searcher.find_overlapping_iter(bytes));
        let leaks = found.filter_map(|found| {
            let (before, after) = (&bytes[..found.start()], &bytes[found.end()..]);
            let pattern = &self.patterns[found.pattern().as_usize()];
            let is_leak = match pattern {
                Pattern::Secret(number) => {
                    let text = window(bytes, found.start(), found.end());
                    self.secrets.mentions(&text).iter().any(|it| it.secret == *number)
                }
                Pattern::Path(_) => starts_a_path(before) && ends_a_path(after),
            };
            is_leak.then_some(pattern)
        });
        leaks.collect()
    }
}

/// A part of a text with some letters around it, as readers see them.
fn window(bytes: &[u8], start: usize, end: usize) -> String {
    const AROUND: usize = 16;
    let part = &bytes[start.saturating_sub(AROUND)..(end + AROUND).min(bytes.len())];
    mentions::decoded(&String::from_utf8_lossy(part).replace(char::REPLACEMENT_CHARACTER, ""))
}

/// Long lines of a calendar are folded: the next line begins with a space.
fn unfold(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace("\r\n ", "").into_bytes()
}

/// A text as it stands in HTML, in JSON and in an address.
fn forms_of(text: &str) -> [String; 4] {
    let json = serde_json::to_string(text).unwrap_or_default();
    let json = json.trim_matches('"').to_owned();
    [text.to_owned(), escape(text), json, addresses::encode(text)]
}

/// Whether a path of this site begins here: one of another site does so after its host.
fn starts_a_path(before: &[u8]) -> bool {
    before.is_empty() || before.ends_with(b"./") || before.ends_with(b"\"")
}

/// Whether the path of a page ends here: what lies below it is another page.
fn ends_a_path(after: &[u8]) -> bool {
    let after = after.strip_prefix(b"/").unwrap_or(after);
    let after = after.strip_prefix(b"index.html").unwrap_or(after);
    after.first().is_none_or(|next| b"\"'#?<)&.".contains(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::values::ContactType;
    use crate::diagnostic::{Place, Span};
    use crate::directory::texts::Sort;
    use crate::directory::withheld::{Secret, Why};

    /// What a guard suspects in a page that withholds these.
    fn suspects(texts: &[(Sort, &str)], path: &str, page: &str) -> usize {
        let secret = |(sort, text): &(Sort, &str)| Secret {
            place: Place { file: "content/coops/a.md".into(), span: Span::default() },
            what: "a secret".to_owned(),
            sort: *sort,
            text: (*text).to_owned(),
            why: Why::Visibility,
        };
        let mut withheld =
            Withheld { secrets: texts.iter().map(secret).collect(), ..Withheld::default() };
        withheld.paths.insert("needs/hidden".to_owned(), "content/needs/hidden.md".into());
        let directory = crate::directory::tests::directory(&[]);
        let secrets = Secrets::new(&withheld, &directory, None);
        let guard = Guard::new(&secrets, &withheld, &[]).expect("a small guard");
        guard.suspicions(path, page.as_bytes()).len()
    }

    #[test]
    fn secrets_are_found_in_every_form() {
        let email = (Sort::Contact(ContactType::Email), "mail@secret.example");
        let title = (Sort::Title, "R&D <plans> of our network");
        for leak in [
            "write to Mail@secret.example.",
            "R&amp;D &lt;plans&gt; of our network",
            "mailto:mail%40secret.example\"",
            "<a href=\"../../needs/hidden/\">",
            "<a href=\"./needs/hidden/index.html\">",
            "[\"needs/hidden/\"]",
        ] {
            assert_eq!(suspects(&[email, title], "a/index.html", leak), 1, "{leak}");
        }
        for fine in [
            "hotmail@secret.example",
            "@mail@secret.example",
            "R&D",
            "./needs/hidden-gem/",
            "the needs/hidden",
            "https://wiki.example/needs/hidden/",
            "../needs/hidden/child/",
        ] {
            assert_eq!(suspects(&[email, title], "a/index.html", fine), 0, "{fine}");
        }
        assert_eq!(suspects(&[], "needs/hidden/index.html", ""), 1);
    }
}
