//! What a disk can hold: how long a name may be, how one is cut, and which names cannot be at all or
//! not side by side.
//!
//! Names are counted in bytes, since disks count so: a letter takes one in Latin script, two in
//! Cyrillic, Greek or Arabic, three in most others. What stands around an id in the names of files:
//!
//! | name | what for | bytes more |
//! |---|---|---|
//! | `ID.md`, `ID.ics`, `ID.atom` | the entry, calendars, feeds | 3 to 5 |
//! | `ID.LANGUAGE.md` | a translation, the tag with up to [`LONGEST_TAG`] letters | 39 |
//! | `.ID.LANGUAGE.md.new` | the same while it is being replaced | 44 |
//! | the same with a number of 19 figures | where two writers must not meet | 63 |

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use crate::characters::composed;

/// The path of the site's own settings.
pub const SITE_FILE: &str = "site.yaml";

/// The path of the site's vocabulary.
pub const TOPICS_FILE: &str = "content/topics.yaml";

/// The folder of all entries.
pub const CONTENT: &str = "content/";

/// The folder of themes.
pub const THEMES: &str = "themes/";

/// The folder of files that are published as they are. Only admins should be able to change it.
pub const STATIC: &str = "content/static/";

/// The longest name of a file or folder that all file systems in use take, in bytes.
pub const LONGEST_NAME: usize = 255;

/// The longest id, alias, topic, or name joined of several ids: with what stands around it, it is a
/// name that every disk takes.
pub const LONGEST_ID: usize = LONGEST_NAME - 63;

/// The longest id that Ayni makes itself: a need and an offer that are called so have a match with the
/// name of both.
pub const LONGEST_MADE_ID: usize = (LONGEST_ID - 2) / 2;

/// The longest tag of a language; RFC 5646 (4.4.1) knows of none in use that is longer.
pub const LONGEST_TAG: usize = 35;

/// The longest path of a wiki page below `pages/`.
pub const LONGEST_PAGE: usize = 512;

/// The longest path below the output folder. macOS takes 1,024 bytes for a whole path, and the way to
/// the output folder is a part of that.
pub const LONGEST_PATH: usize = 640;

/// The path of a file in the folder of a kind of entry, as `content/coops/agaric.md`.
pub fn in_folder_of(kind: &str, rest: &str) -> String {
    format!("{CONTENT}{kind}/{rest}")
}

/// A folder, as paths name it that lie below it.
pub fn folder(name: &str) -> String {
    format!("{name}/")
}

/// The path below `content/static/` of a path that begins with `static/`, with or without `content/`.
pub fn in_static(path: &str) -> Option<&str> {
    path.strip_prefix(CONTENT).unwrap_or(path).strip_prefix("static/")
}

/// Cuts an id to so many bytes: after a whole word where one ends in the second half, else after a
/// whole letter with its marks.
pub fn cut(id: &str, most: usize) -> &str {
    if id.len() <= most {
        return id;
    }
    let room = &id[..id.floor_char_boundary(most)];
    let is_end = |at: &usize| *at >= most.div_ceil(2) && *at <= most;
    let after_word = id.match_indices('-').map(|(at, _)| at).take_while(|at| *at <= most);
    let after_letter = || (1..=room.len()).rev().find(|at| is_letter_end(id, *at));
    let end = after_word.filter(is_end).last().or_else(after_letter);
    id[..end.unwrap_or(room.len())].trim_end_matches('-')
}

/// Whether a letter with all its marks ends here: neither a mark follows, nor a consonant that is
/// written as one with the one before (after the sign that joins them, such as क्ष).
fn is_letter_end(text: &str, at: usize) -> bool {
    const VIRAMA: u8 = 9;
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let continues = is_combining_mark(next) || matches!(next, '\u{e33}' | '\u{eb3}');
    // Vowels of Thai and Lao that are written before their consonant.
    let begins = matches!(last, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}');
    !continues && !begins && canonical_combining_class(last) != VIRAMA
}

/// Whether Windows keeps a name for a device, whatever its ending, so that nobody there can have such a
/// file.
pub fn is_kept_by_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_figure = |rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']) || "¹²³".contains(rest);
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|rest| !rest.is_empty() && is_figure(rest))
}

/// Whether no disk of Windows takes a file of this name.
pub fn windows_cannot_have(name: &str) -> bool {
    is_kept_by_windows(name)
        || name.ends_with(['.', ' '])
        || name.contains(|c: char| "<>:\"|?*".contains(c))
}

/// Why a path below the output folder cannot be written; `None` where it can. What leads out of the
/// folder, or to what is not Ayni's to write, is among it.
pub fn fault(path: &str) -> Option<&'static str> {
    let segments = || path.split('/');
    if segments().any(str::is_empty) {
        Some("has an empty part")
    } else if segments().any(|segment| segment == "." || segment == "..") {
        Some("has a part that is `.` or `..`")
    } else if path.contains(|c: char| c == '\\' || c.is_control()) {
        Some("has a backslash or a control character")
    } else if is_kept_for_others(path) || segments().any(|part| part.eq_ignore_ascii_case(".git")) {
        Some("is kept for git or for Ayni's own work")
    } else if segments().any(|segment| segment.len() > LONGEST_NAME) {
        Some("has a part that is longer than 255 bytes")
    } else {
        None
    }
}

/// Whether this path of the output folder is never written, removed or reported.
pub fn is_kept_for_others(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path).to_ascii_lowercase();
    path.eq_ignore_ascii_case(".gitignore") || first == ".git" || first.starts_with(".ayni")
}

/// A path as a file system that ignores case and the encoding of accents sees it.
pub fn fold(path: &str) -> Cow<'_, str> {
    if !path.is_ascii() {
        return composed(&composed(path).to_lowercase()).into_owned().into();
    }
    match path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => path.to_ascii_lowercase().into(),
        false => path.into(),
    }
}

/// The folders on the way to a file: `a` and `a/b` for `a/b/c`.
pub fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::values::Slug;

    #[test]
    fn a_name_is_cut_after_a_whole_word_or_a_whole_letter() {
        for (id, most, expected) in [
            ("help-with-the-harvest", 30, "help-with-the-harvest"),
            ("help-with-the-harvest", 21, "help-with-the-harvest"),
            ("help-with-the-harvest", 20, "help-with-the"),
            ("help-with-the-harvest", 14, "help-with-the"),
            ("help-with-the-harvest", 13, "help-with-the"),
            ("a-verylongwordwithoutanend", 12, "a-verylongwo"),
            // Two bytes a letter, then three.
            ("помощьсурожаем", 11, "помощ"),
            ("合作社合作社", 10, "合作社"),
            // The vowel stays with its consonant, and two consonants stay together.
            ("किताब", 12, "किता"),
            ("किताब", 11, "कि"),
            ("किताब", 8, "कि"),
            ("अक्षर", 9, "अ"),
            // Neither is a Thai vowel torn from the letter before or after it.
            ("กกำลัง", 8, "ก"),
            ("กกเก", 9, "กก"),
        ] {
            assert_eq!(cut(id, most), expected, "{id} to {most}");
        }
        // What is no letter for any disk is cut all the same.
        assert_eq!(cut(&format!("a{}", "\u{301}".repeat(9)), 4).len(), 3);
    }

    #[test]
    fn a_made_id_leaves_room_for_another() {
        let id = Slug::parse(&"a".repeat(LONGEST_MADE_ID)).expect("it fits");
        assert_eq!(Slug::pair(&id, &id).as_str(), format!("{id}--{id}"));
        let around = "..new".len() + 1 + LONGEST_TAG + ".md".len() + u64::MAX.to_string().len() - 1;
        assert_eq!(LONGEST_ID + around, LONGEST_NAME);
    }

    #[test]
    fn devices_of_windows_are_known() {
        for name in ["con", "nul", "aux", "prn", "com1", "lpt9", "CON", "con.md", "com¹"] {
            assert!(is_kept_by_windows(name), "{name}");
        }
        for name in ["coop", "com", "com0", "com10", "contact", "null", "lpt", "com12"] {
            assert!(!is_kept_by_windows(name), "{name}");
        }
    }

    #[test]
    fn a_path_that_no_disk_takes_is_said() {
        for good in ["a", "a/b.txt", ".well-known/x", ".htaccess", "a/.gitignore", "é"] {
            assert_eq!(fault(good), None, "{good}");
        }
        let long = "é".repeat(128);
        for bad in [
            "",
            "/a",
            "a//b",
            "a/../b",
            ".",
            "a\\b",
            "a\nb",
            ".gitignore",
            ".GIT/x",
            "a/.git/x",
            ".ayni-x",
            &long,
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
    }
}
