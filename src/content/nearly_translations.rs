//! Names of files by which people mean the translation of an entry, and which do not say so: only a dot and a tag
//! before the ending do (`agaric.es.md`).

use super::file_names::CONTENT;
use super::record::{self, EntryKind};
use super::values::{Language, language_of};

/// Signs that people put between a name and a language.
const SIGNS: [char; 5] = ['.', '-', '_', ' ', '('];

/// What a name may say: the entry, and the language. A word of three letters is a language only where the site
/// has it: `bread-new` is in no language.
pub(crate) fn readings(name: &str, of_site: &[Language]) -> Vec<(String, Language)> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let in_folder = |rest: &str| match folder {
        "" => rest.to_owned(),
        folder => format!("{folder}/{rest}"),
    };
    // Of a name of many words only the ends are looked at: one word before, one or two behind.
    let first = file.match_indices(SIGNS).take(1).map(|(at, sign)| (at + sign.len(), at));
    let before = first.map(|(after, at)| (&file[after..], &file[..at]));
    let last = file.rmatch_indices(SIGNS).take(2);
    let behind = last.map(|(at, sign)| (&file[..at], &file[at + sign.len()..]));
    let behind: Vec<_> = behind.collect();
    let cuts = behind.into_iter().rev().chain(before);
    let mut found: Vec<(String, Language)> = cuts
        .filter_map(|(rest, tag)| {
            let rest = rest.trim_matches(|it| SIGNS.contains(&it) || it == ')');
            Some((in_folder(rest), language(tag, of_site)?)).filter(|_| !rest.is_empty())
        })
        .collect();
    // A folder may be called `it` for other reasons, unless the site is in Italian.
    let (first, rest) = name.split_once('/').unwrap_or_default();
    let of_folder = language(first, of_site).filter(|language| is_listed(language, of_site));
    found.extend(of_folder.map(|language| (rest.to_owned(), language)));
    found.dedup();
    found
}

/// The language that a part of a name says.
fn language(text: &str, of_site: &[Language]) -> Option<Language> {
    let text = text.trim_matches(|it: char| it == ')' || it.is_whitespace());
    // Codes of countries are for where a language is asked for; in a name, `us` is a word.
    let is_long = text.chars().count() > 2;
    let named = language_of(text).filter(|_| is_long).and_then(|tag| Language::parse(tag).ok());
    named.or_else(|| {
        let language = Language::parse(text).ok()?;
        (language.primary().len() == 2 || is_listed(&language, of_site)).then_some(language)
    })
}

fn is_listed(language: &Language, of_site: &[Language]) -> bool {
    of_site.iter().any(|listed| listed.primary() == language.primary())
}

/// The path of a translation, by that of its original.
pub(crate) fn path(original: &str, language: &Language) -> String {
    format!("{}.{language}.md", original.strip_suffix(".md").unwrap_or(original))
}

/// Where a file belongs that lies in a folder of a language, or is called by its language alone:
/// `content/coops/es/agaric.md` and `content/coops/agaric/es.md`.
pub(crate) fn home_of(file: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let inside = file.strip_prefix(CONTENT)?.strip_suffix(".md")?;
    let parts: Vec<&str> = inside.split('/').collect();
    for (at, part) in parts.iter().enumerate() {
        let Some(language) = language(part, &[]) else { continue };
        let others: Vec<&str> = [&parts[..at], &parts[at + 1..]].concat();
        let [folder, name] = others.as_slice() else { continue };
        let Some(kind) = EntryKind::from_folder(folder) else { continue };
        let name = name.strip_suffix(&format!(".{language}")).unwrap_or(name);
        let plain = format!("content/{}/{name}.md", kind.folder());
        let in_folder = format!("content/{}/{name}/index.md", kind.folder());
        let original = [&plain, &in_folder].into_iter().find(|path| is_there(path));
        let is_entry = at + 1 < parts.len() && record::check_id(kind, name).is_ok();
        match original {
            Some(original) => return Some(path(original, &language)),
            None if is_entry => return Some(plain),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_say_a_language_with_any_sign_before_or_after() {
        let of_site = [Language::parse("quz").expect("a tag")];
        let said = |name: &str| -> Vec<String> {
            let readings = readings(name, &of_site).into_iter();
            readings.map(|(rest, language)| format!("{rest} {language}")).collect()
        };
        for name in [
            "loom.es",
            "loom_es",
            "loom-es",
            "loom es",
            "loom (es)",
            "loom_(ES)",
            "loom-spanish",
            "loom.Español",
            "es.loom",
            "es_loom",
            "es-loom",
            "castellano - loom",
        ] {
            assert_eq!(said(name), ["loom es"], "{name}");
        }
        assert_eq!(said("the-loom-pt-br"), ["the-loom pt-BR", "the-loom-pt br"]);
        assert_eq!(said("loom_quz"), ["loom quz"]);
        assert_eq!(said("quz/loom"), ["loom quz"]);
        assert_eq!(said("it/loom"), [""; 0], "a page on computers");
        assert_eq!(said("guide/loom-fr"), ["guide/loom fr"]);
        for name in ["loom-new", "loom-us", "loom", "loom-2", "es", "looms-and-more"] {
            assert_eq!(said(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn a_folder_of_a_language_is_no_place() {
        let there =
            |path: &str| ["content/coops/loom.md", "content/coops/oven/index.md"].contains(&path);
        for (file, expected) in [
            ("content/coops/es/loom.md", Some("content/coops/loom.es.md")),
            ("content/es/coops/loom.md", Some("content/coops/loom.es.md")),
            ("content/es/coops/loom.es.md", Some("content/coops/loom.es.md")),
            ("content/coops/español/oven.md", Some("content/coops/oven/index.es.md")),
            ("content/coops/oven/es.md", Some("content/coops/oven/index.es.md")),
            ("content/coops/es/new.md", Some("content/coops/new.md")),
            ("content/coops/new/es.md", None),
            ("content/coops/other/loom.md", None),
        ] {
            assert_eq!(home_of(file, there).as_deref(), expected, "{file}");
        }
    }
}
