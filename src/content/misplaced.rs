//! Files of text that lie where no entry is read from: where they belong, by their names.

use std::sync::Arc;

use super::file_names::{CONTENT, SITE_FILE, TOPICS_FILE};
use super::nearly_translations;
use super::record::{self, EntryKind, Named};
use super::slug::slugify;
use super::source::Sources;
use super::strays::{self, already_there};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};

/// Files that their authors take for entries or settings, by how their names end.
pub(super) const NEARLY_READ: [(&str, &str); 4] =
    [(".md.txt", ".md"), (".markdown", ".md"), (".mdown", ".md"), (".yml", ".yaml")];

/// What people call the folders of entries.
const FOLDERS: [(EntryKind, &[&str]); 6] = [
    (
        EntryKind::Coop,
        &[
            "cooperatives",
            "co-ops",
            "organisations",
            "organizations",
            "members",
            "cooperativas",
            "coopératives",
            "organizaciones",
            "miembros",
        ],
    ),
    (EntryKind::Need, &["requests", "wants", "necesidades", "necessidades", "besoins"]),
    (EntryKind::Offer, &["proposals", "ofertas", "offres"]),
    (EntryKind::Match, &["matchs", "encuentros", "encontros"]),
    (EntryKind::Call, &["meetings", "events", "minutes", "reuniones", "reuniões", "réunions"]),
    (
        EntryKind::Page,
        &["wiki", "docs", "handbook", "articles", "posts", "blog", "páginas", "paginas"],
    ),
];

/// Says where a file belongs.
pub(super) fn diagnostic(path: &Arc<str>, sources: &Sources) -> Diagnostic {
    if strays::is_conflict(path) {
        return strays::of_copy(path, None);
    }
    let message = format!("`{path}` lies where no entry is read from");
    let hint = match home(path, sources).map(with_an_id) {
        Some(name) if is_there(sources, &name) => already_there(&name),
        Some(name) => format!("did you mean `{name}`?"),
        None => without_home(path, sources),
    };
    Diagnostic::new(Code::MisplacedFile, record::place(path, Span::default()), message).hint(hint)
}

/// The kind that a folder is meant to hold.
pub(super) fn kind_of(folder: &str) -> Option<EntryKind> {
    let small = folder.to_lowercase();
    let named = FOLDERS.iter().find(|(_, words)| words.contains(&small.as_str()));
    let near = || {
        let near = nearest(&small, EntryKind::ALL.map(EntryKind::folder))?;
        EntryKind::from_folder(near)
    };
    named.map(|(kind, _)| *kind).or_else(near)
}

fn home(path: &str, sources: &Sources) -> Option<String> {
    settings(path)
        .or_else(|| ending(path))
        .or_else(|| nearly_translations::home_of(path, |path| is_there(sources, path)))
        .or_else(|| in_a_folder(path, sources))
}

/// The same with the ending that is read.
fn ending(path: &str) -> Option<String> {
    let lower = path.to_lowercase();
    let (stem, right) = NEARLY_READ
        .iter()
        .find_map(|(ending, right)| Some((&path[..lower.strip_suffix(ending)?.len()], *right)))?;
    let entry = format!("{stem}.md");
    if right == ".yaml" && record::name(&entry).is_some() {
        return Some(entry);
    }
    Some(format!("{stem}{right}"))
}

/// The place of the settings and of the vocabulary.
fn settings(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().filter(|_| path.starts_with(CONTENT))?;
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    let mut files = [SITE_FILE, TOPICS_FILE].into_iter();
    let is_it = |file: &&str| file.rsplit('/').next() == Some(&format!("{stem}.yaml"));
    files.find(is_it).map(str::to_owned)
}

/// The place of a file by its folders: one that is called otherwise, or one too deep.
fn in_a_folder(path: &str, sources: &Sources) -> Option<String> {
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD"));
    let md = stem.map(|stem| format!("{stem}.md"))?;
    if md != path && record::name(&md).is_some() {
        return Some(md);
    }
    let inside = md.strip_prefix(CONTENT)?;
    if inside == "index.md" {
        return Some(EntryKind::Page.file("about.md"));
    }
    let (folder, rest) = inside.split_once('/')?;
    let name = rest.rsplit('/').next()?;
    if folder == "pads" {
        return Some(inside.to_owned());
    }
    let Some(kind) = EntryKind::from_folder(folder) else {
        return Some(kind_of(folder)?.file(rest));
    };
    let (between, _) = rest.rsplit_once('/')?;
    let own = between.rsplit('/').next().unwrap_or(between);
    // `content/coops/agaric/needs/ovens.md`: the folder of a kind within the folder of a coop.
    if let Some(inner) = EntryKind::from_folder(own) {
        return Some(inner.file(name));
    }
    if name.eq_ignore_ascii_case("readme.md") || name == format!("{own}.md") {
        return Some(kind.file(&format!("{own}.md")));
    }
    let is_known = |kind| entry(kind, own).iter().any(|path| is_there(sources, path));
    if is_known(kind) {
        return None;
    }
    let plain = kind.file(name);
    // Two coops may have a need of one name.
    let is_taken = is_there(sources, &plain) && is_known(EntryKind::Coop);
    Some(if is_taken { kind.file(&format!("{own}-{name}")) } else { plain })
}

/// What to do with a file of which nothing tells where it belongs.
fn without_home(path: &str, sources: &Sources) -> String {
    let of_entry = || {
        let (folder, rest) = path.strip_prefix(CONTENT)?.split_once('/')?;
        let kind = EntryKind::from_folder(folder)?;
        let (own, _) = rest.split_once('/')?;
        entry(kind, own).into_iter().find(|path| is_there(sources, path))
    };
    let is_yaml = path.to_lowercase().ends_with(".yaml");
    if is_yaml && record::name(&format!("{}.md", &path[..path.len() - 5])).is_some() {
        return "an entry is a file that ends in `.md`, with its fields between two lines `---`"
            .to_owned();
    }
    match of_entry() {
        Some(entry) => {
            format!("write it into the text of `{entry}`, or make a page of it in content/pages/")
        }
        None => "put it into content/coops/, needs/, offers/, calls/, matches/ or pages/, or into \
                 content/static/ to publish it as it is"
            .to_owned(),
    }
}

/// Where an entry can lie.
fn entry(kind: EntryKind, id: &str) -> [String; 2] {
    [kind.file(&format!("{id}.md")), kind.file(&format!("{id}/index.md"))]
}

/// The path of an entry with a name that can be an id.
fn with_an_id(path: String) -> String {
    let Some(Named { kind, id, translation: None }) = record::name(&path) else { return path };
    let slug = slugify(&id);
    let is_plain = kind != EntryKind::Match && !id.contains('/') && !slug.is_empty();
    match path.strip_suffix(&format!("{id}.md")).filter(|_| is_plain) {
        Some(folder) => format!("{folder}{slug}.md"),
        None => path,
    }
}

/// Whether a text has this path.
fn is_there(sources: &Sources, path: &str) -> bool {
    sources.texts.contains_key(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_where_it_belongs() {
        let mut sources = Sources::default();
        for there in ["content/coops/acme.md", "content/needs/ink.md", "site.yaml"] {
            sources.texts.insert(there.into(), "".into());
        }
        for (path, expected) in [
            ("content/coop/loom.md", "did you mean `content/coops/loom.md`?"),
            ("content/Coops/loom.md", "did you mean `content/coops/loom.md`?"),
            ("content/Cooperatives/My Loom.md", "did you mean `content/coops/my-loom.md`?"),
            ("content/necesidades/horno.md", "did you mean `content/needs/horno.md`?"),
            ("content/meetings/2026-12.md", "did you mean `content/calls/2026-12.md`?"),
            ("content/wiki/a/b.md", "did you mean `content/pages/a/b.md`?"),
            ("content/coops/loom.MD", "did you mean `content/coops/loom.md`?"),
            ("content/coops/loom.yml", "did you mean `content/coops/loom.md`?"),
            ("content/coops/topics.yml", "did you mean `content/topics.yaml`?"),
            ("content/coops/loom/loom.md", "did you mean `content/coops/loom.md`?"),
            ("content/coops/loom/README.md", "did you mean `content/coops/loom.md`?"),
            ("content/needs/acme/oven.md", "did you mean `content/needs/oven.md`?"),
            ("content/needs/acme/ink.md", "did you mean `content/needs/acme-ink.md`?"),
            ("content/coops/acme/needs/oven.md", "did you mean `content/needs/oven.md`?"),
            ("content/calls/2026/december.md", "did you mean `content/calls/december.md`?"),
            ("content/pads/2026-12.md", "did you mean `pads/2026-12.md`?"),
            ("content/index.md", "did you mean `content/pages/about.md`?"),
            (
                "content/coops/acme/history.md",
                "write it into the text of `content/coops/acme.md`, or make a page of it in content/pages/",
            ),
            (
                "content/coop/acme.md",
                "`content/coops/acme.md` is there already: put into it what it lacks, and remove this file",
            ),
            (
                "content/site.yml",
                "`site.yaml` is there already: put into it what it lacks, and remove this file",
            ),
            (
                "content/coops/loom.yaml",
                "an entry is a file that ends in `.md`, with its fields between two lines `---`",
            ),
        ] {
            let hint = diagnostic(&path.into(), &sources).hint;
            assert_eq!(hint.as_deref(), Some(expected), "{path}");
        }
        let hint = diagnostic(&"content/loom.md".into(), &sources).hint.unwrap_or_default();
        assert!(hint.starts_with("put it into content/coops/, needs/"), "{hint}");
    }
}
