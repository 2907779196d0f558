//! What is meant by a link that leads to no file.

use std::ops::Bound;

use super::contact_value::is_email;
use super::names::{Reader, join};
use crate::content::host::is_host_name;
use crate::content::record::Record;
use crate::content::values::slugify;
use crate::content::{attachment, file_names};
use crate::diagnostic::nearest;

/// What to write instead, in a hint.
pub(super) fn of_file(reader: &Reader<'_>, record: &Record, target: &str) -> String {
    elsewhere(target)
        .or_else(|| file_meant(reader, record, target))
        .unwrap_or_else(|| {
            "a link to a file starts from the folder of the file it stands in; one to a website begins with `https://`"
                .to_owned()
        })
}

/// An address of email, or of the web, that lacks its beginning.
fn elsewhere(target: &str) -> Option<String> {
    if is_email(target) {
        return Some(format!("write `mailto:{target}`"));
    }
    let host = target.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_file = attachment::check_name(host).is_ok() || FILES.contains(&ending.as_str());
    let is_web = is_host_name(host) && (host.starts_with("www.") || !is_file);
    is_web.then(|| format!("write `https://{target}`"))
}

/// Endings of names of files that are also written for pages.
const FILES: [&str; 8] = ["md", "markdown", "html", "htm", "php", "doc", "xls", "heic"];

/// The file that is meant: in another folder, with another ending or other letters.
fn file_meant(reader: &Reader<'_>, record: &Record, target: &str) -> Option<String> {
    if let Some(rooted) = in_static(target) {
        let is_there = reader.assets.contains_key(format!("content/static/{rooted}").as_str());
        if is_there {
            return Some(format!(
                "write `/{rooted}`: what lies in content/static/ is published there"
            ));
        }
    }
    let rooted = target.strip_prefix('/');
    let from_root = rooted.into_iter().flat_map(|it| [it.to_owned(), format!("content/{it}")]);
    let paths = join(&record.path, target.trim_start_matches('/')).into_iter().chain(from_root);
    for path in paths {
        if let Some(found) = spellings(&path).into_iter().find(|it| is_there(reader, it)) {
            return Some(format!("did you mean `{}`?", relative(&record.path, &found)));
        }
    }
    if let Some(file) = reader.names.file_named(target) {
        return Some(format!("did you mean `{}`?", relative(&record.path, &file)));
    }
    let path = join(&record.path, target)?;
    let folder = &path[..=path.rfind('/')?];
    let from = (Bound::Included(folder), Bound::Unbounded);
    let beside = reader.assets.range::<str, _>(from).map(|(path, _)| &**path);
    let beside = beside.take_while(|it| it.starts_with(folder)).take(NEIGHBOURS);
    let found = nearest(&path[folder.len()..], beside.filter_map(|it| it.strip_prefix(folder)))?;
    Some(format!("did you mean `{}`?", relative(&record.path, &format!("{folder}{found}"))))
}

/// So many files beside an entry are compared; more would take long for each of many links.
const NEIGHBOURS: usize = 50;

/// The path below `content/static/` that a target names with that folder.
fn in_static(target: &str) -> Option<&str> {
    let target = target.trim_start_matches('/').trim_start_matches("../");
    file_names::in_static(target)
}

/// Whether an entry or a file has this path.
fn is_there(reader: &Reader<'_>, path: &str) -> bool {
    reader.names.by_path.contains_key(path) || reader.assets.contains_key(path)
}

/// The path itself, and what it is where its ending is left out or another, or its letters are not small.
fn spellings(path: &str) -> [String; 5] {
    let bare = path.trim_end_matches('/');
    let (folder, name) = bare.rsplit_once('/').unwrap_or(("", bare));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    [
        bare.to_owned(),
        format!("{bare}.md"),
        format!("{folder}/{stem}.md"),
        format!("{folder}/{}.md", slugify(stem)),
        format!("{folder}/{}/index.md", slugify(stem)),
    ]
}

/// A path as seen from a file.
fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(from.len() - common);
    format!("{up}{}", to[common..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_files() {
        for (target, hint) in [
            ("www.acme.example", Some("write `https://www.acme.example`")),
            ("acme.coop/shop", Some("write `https://acme.coop/shop`")),
            ("ana@acme.example", Some("write `mailto:ana@acme.example`")),
            ("oven.jpg", None),
            ("acme.html", None),
            ("../coops/acme.md", None),
            ("acme", None),
        ] {
            assert_eq!(elsewhere(target).as_deref(), hint, "{target}");
        }
    }

    #[test]
    fn paths_are_seen_from_a_file() {
        assert_eq!(relative("content/pages/a/b.md", "content/coops/x.md"), "../../coops/x.md");
        assert_eq!(relative("content/pages/a.md", "content/pages/b.md"), "b.md");
    }
}
