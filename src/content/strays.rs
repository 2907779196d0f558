//! Files that programs and people leave beside others: what editors keep, copies, and what a folder says of itself.

use std::sync::Arc;

use super::file_names::{SITE_FILE, STATIC, TOPICS_FILE};
use super::record::{self, EntryKind};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Names of what systems and editors leave, whole.
const LEFT_BEHIND: [&str; 10] = [
    ".ds_store",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".directory",
    ".localized",
    ".fseventsd",
    "__macosx",
    "4913",
    "$recycle.bin",
];

/// How such names begin: Git's and Ayni's own, macOS, Emacs, office programs, folders of editors.
const LEFT_BEHIND_BEGINS: [&str; 14] = [
    ".git",
    ".ayni",
    "._",
    ".#",
    "~$",
    ".~lock.",
    ".trash",
    ".spotlight-",
    ".goutputstream-",
    ".obsidian",
    ".vscode",
    ".idea",
    ".hg",
    ".svn",
];

/// How they end: copies before a change, and what is open or half loaded.
const LEFT_BEHIND_ENDS: [&str; 14] = [
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".kate-swp",
    ".bak",
    ".orig",
    ".rej",
    ".tmp",
    ".part",
    ".crdownload",
    ".un~",
    "___jb_tmp___",
    "___jb_old___",
];

/// Names of files that hold passwords and keys.
const SECRETS: [&str; 8] =
    [".env", ".htpasswd", ".netrc", ".npmrc", ".pgpass", ".ssh", ".gnupg", ".aws"];

/// Whether a file or folder is left by a system, an editor or Git, and meant by nobody.
pub(crate) fn is_left_behind(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    LEFT_BEHIND.contains(&&*name)
        || LEFT_BEHIND_BEGINS.iter().any(|begin| name.starts_with(begin))
        || LEFT_BEHIND_ENDS.iter().any(|end| name.ends_with(end))
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Whether a file or folder below `content/` is looked at: what begins with a dot only where it is published as
/// it is.
pub(crate) fn is_meant(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_hidden = name.starts_with('.') && !path.starts_with(STATIC);
    !is_hidden && !is_left_behind(name)
}

/// Where a file or folder belongs that lies beside `site.yaml`, by its name; a file's has a dot in it.
pub(crate) fn home_of(name: &str) -> Option<String> {
    let small = name.to_lowercase();
    match small.as_str() {
        "content" => Some("content".to_owned()),
        "static" => Some(STATIC.trim_end_matches('/').to_owned()),
        "topics.yaml" | "topics.yml" => Some(TOPICS_FILE.to_owned()),
        "site.yaml" | "site.yml" => (name != SITE_FILE).then(|| SITE_FILE.to_owned()),
        _ => {
            let is_it = |kind: &EntryKind| [kind.folder(), kind.as_str()].contains(&&*small);
            let kind = EntryKind::ALL.into_iter().find(is_it);
            kind.map(|kind| format!("content/{}", kind.folder()))
        }
    }
}

/// What to do with a file whose name should be one that another file has.
pub(crate) fn already_there(path: &str) -> String {
    format!("`{path}` is there already: put into it what it lacks, and remove this file")
}

/// Whether a file or folder holds passwords or keys, by its name.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|secret| name == *secret) || name.starts_with(".env.")
}

/// Whether a file is the README of its folder, for those who look at the files: without fields it is no entry.
pub(crate) fn is_readme(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem.eq_ignore_ascii_case("readme") && !text.trim_start_matches('\u{feff}').starts_with("---")
}

/// What programs write into the name of a copy that they make when a file was changed in two places.
const OF_CONFLICTS: [&str; 4] =
    [".sync-conflict-", "conflicted copy", "_conflict-", "(case conflict"];

/// Whether a program has made a file since another was changed in two places.
pub(crate) fn is_conflict(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    OF_CONFLICTS.iter().any(|mark| name.contains(mark))
}

/// What systems write at the end of the name of a copy, after a space or a hyphen, before a number.
const OF_COPIES: [&str; 8] =
    ["copy", "copia", "copie", "kopie", "kopia", "cópia", "còpia", "копия"];

/// The path of the file of which this one is a copy, where its name says so and `is_there` says that there
/// is such a file.
pub(crate) fn original(path: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let unnumbered = without_number(stem);
    let copied = OF_COPIES.iter().find_map(|word| {
        let small = unnumbered.to_lowercase();
        let rest = small.strip_suffix(word)?.trim_end().trim_end_matches(['-', '_']).trim_end();
        let is_apart = small.len() > rest.len() + word.len();
        is_apart.then(|| unnumbered.get(..rest.len())).flatten()
    });
    let first = OF_COPIES.iter().find_map(|word| {
        let rest = strip_start(stem, word)?;
        let rest = [" of ", " de ", " von ", " di "].iter().find_map(|of| strip_start(rest, of))?;
        Some(rest)
    });
    let numbered = (unnumbered != stem).then_some(unnumbered);
    let stems = [copied, first, numbered].into_iter().flatten();
    stems.map(|stem| format!("{folder}/{stem}.{ending}")).find(|path| is_there(path))
}

/// A stem without ` (2)` or ` 2` at its end.
fn without_number(stem: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let bracketed = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match bracketed.or_else(|| stem.rsplit_once(' ')) {
        Some((rest, number)) if is_number(number) => rest.trim_end(),
        _ => stem,
    }
}

fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    (begin.to_lowercase() == start).then_some(rest)
}

/// Says that a file is a copy, which is not read.
pub(crate) fn of_copy(path: &Arc<str>, original: Option<&str>) -> Diagnostic {
    let message = match original {
        Some(original) => format!("`{path}` is a copy of `{original}`, and is not read"),
        None => {
            format!(
                "`{path}` was made by a program when a file was changed in two places, and is not read"
            )
        }
    };
    let hint = "take what you need from it into the other file, and remove it";
    Diagnostic::new(Code::StrayCopy, record::place(path, Span::default()), message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_means_is_told_from_files() {
        for name in [
            "list.html~",
            "x.swp",
            "Thumbs.db",
            ".DS_Store",
            ".git",
            ".gitignore",
            ".gitkeep",
            ".ayni-staged",
            "#x#",
            ".#x",
            "~$x.docx",
            "._x.jpg",
            "x.orig",
            ".obsidian",
        ] {
            assert!(is_left_behind(name), "{name}");
        }
        for name in [".htaccess", ".nojekyll", ".well-known", ".domains", "x.db", "a#b", "~ana"] {
            assert!(!is_left_behind(name), "{name}");
        }
        assert!(is_secret(".env") && is_secret(".env.local") && is_secret(".htpasswd"));
        assert!(!is_secret(".htaccess") && !is_secret(".environment"));
    }

    #[test]
    fn copies_are_known_by_their_names() {
        let there = |path: &str| path == "a/oven.md";
        for name in [
            "oven - Copy",
            "oven - Copy (2)",
            "oven copy",
            "oven copy 2",
            "oven (1)",
            "oven 2",
            "oven - copia",
            "oven - Kopie",
            "Copy of oven",
            "Kopie von oven",
            "oven-copy",
            "oven - Cópia",
        ] {
            let path = format!("a/{name}.md");
            assert_eq!(original(&path, there).as_deref(), Some("a/oven.md"), "{name}");
        }
        for name in ["loom - Copy", "oven", "ovencopy", "my oven", "oven-2", "copy"] {
            assert_eq!(original(&format!("a/{name}.md"), there), None, "{name}");
        }
        assert!(is_conflict("a/x.sync-conflict-20261120-101500-ABCDEFG.md"));
        assert!(is_conflict("a/x (Ana's conflicted copy 2026-11-20).md"));
        assert!(!is_conflict("a/conflicts-we-had.md"));
    }
}
