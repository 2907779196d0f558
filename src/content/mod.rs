//! Text to records: front matter, fields, Markdown. Pure; reads no file.

pub mod source;

pub mod file_names;

pub(crate) mod strays;

pub(crate) mod nearly_translations;

mod misplaced;

mod slug;

pub mod attachment;

mod picture;

mod svg;

pub(crate) mod yaml;

mod yaml_words;

pub(crate) mod yaml_text;

pub(crate) mod edits;

mod comments;

pub(crate) mod rewriting;

pub(crate) mod added_fields;

pub(crate) mod front_matter;

mod conflict;

pub(crate) mod markdown;

pub(crate) mod inline;
pub(crate) mod shown;

pub mod record;

pub(crate) mod second_look;

pub(crate) mod schema;

pub(crate) mod fields;

pub(crate) mod host;

pub mod values;

mod choices;

pub(crate) mod codes;

mod advice;

mod numbers;

pub(crate) mod gap;

mod unknown_fields;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use record::Record;
use source::Sources;
use yaml::Node;

pub use file_names::{SITE_FILE, STATIC, TOPICS_FILE};

/// Every file, as written. Each record depends on its own file alone.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// `site.yaml`.
    pub site: Node,
    /// `content/topics.yaml`.
    pub topics: Node,
    /// The Markdown files, by path.
    pub entries: Vec<Arc<Record>>,
    /// Files that speak of their folder, and are no entries.
    pub readmes: Vec<Arc<str>>,
    /// What is wrong with files that are no record.
    pub problems: Vec<Diagnostic>,
}

/// Reads all sources; records of an `earlier` reading are kept where their text is the same.
pub fn parse(sources: &Sources, earlier: Option<(&Sources, &Records)>) -> Records {
    let mut records = Records { problems: sources.problems.clone(), ..Records::default() };
    records.site = yaml_file(sources, SITE_FILE, &mut records.problems);
    records.topics = yaml_file(sources, TOPICS_FILE, &mut records.problems);
    let is_stray = |path: &&Arc<str>| {
        path.to_lowercase().ends_with(".yaml") && ![SITE_FILE, TOPICS_FILE].contains(&&***path)
    };
    let misplaced = |path| misplaced::diagnostic(path, sources);
    records.problems.extend(sources.texts.keys().filter(is_stray).map(misplaced));
    let is_nearly_read = |path: &&Arc<str>| {
        let lower = path.to_lowercase();
        let is_static = path.starts_with(STATIC);
        !is_static && misplaced::NEARLY_READ.iter().any(|(ending, _)| lower.ends_with(ending))
    };
    records.problems.extend(sources.assets.keys().filter(is_nearly_read).map(misplaced));
    let paths = sources.texts.keys().chain(sources.assets.keys());
    records.problems.extend(paths.filter_map(windows_cannot_have));
    let mut markdown: Vec<_> =
        sources.texts.iter().filter(|(path, _)| path.to_lowercase().ends_with(".md")).collect();
    markdown.retain(|(path, text)| is_meant(path, text, sources, &mut records));
    let read: Vec<Result<Arc<Record>, &Arc<str>>> = markdown
        .into_par_iter()
        .map(|(path, text)| {
            let kept = earlier.and_then(|(sources, records)| records.kept(sources, path, text));
            kept.or_else(|| record::read(path, text).map(Arc::new)).ok_or(path)
        })
        .collect();
    for result in read {
        match result {
            Ok(record) => records.entries.push(record),
            Err(path) => records.problems.push(misplaced(path)),
        }
    }
    records
}

/// Whether a text is neither a copy of another nor what a folder says of itself.
fn is_meant(path: &Arc<str>, text: &str, sources: &Sources, records: &mut Records) -> bool {
    if strays::is_readme(path, text) {
        records.readmes.push(path.clone());
        return false;
    }
    let original = strays::original(path, |path| sources.texts.contains_key(path));
    match original {
        Some(original) => records.problems.push(strays::of_copy(path, Some(&original))),
        None if strays::is_conflict(path) => records.problems.push(strays::of_copy(path, None)),
        None => return true,
    }
    false
}

/// Who works on Windows cannot even get a copy of a repository with such a file.
fn windows_cannot_have(path: &Arc<str>) -> Option<Diagnostic> {
    let part = path.split('/').find(|part| file_names::windows_cannot_have(part))?;
    let place = Place { file: path.clone(), span: Span::default() };
    let message = format!("`{path}` cannot exist on Windows, because of its part `{part}`");
    let hint = "give it another name: who works on Windows cannot get a copy of the directory";
    Some(Diagnostic::new(Code::NotOnWindows, place, message).hint(hint))
}

impl Records {
    fn kept(&self, sources: &Sources, path: &Arc<str>, text: &Arc<str>) -> Option<Arc<Record>> {
        sources.texts.get(path).filter(|earlier| Arc::ptr_eq(earlier, text))?;
        let at = self.entries.binary_search_by(|record| record.path.cmp(path)).ok()?;
        Some(self.entries[at].clone())
    }
}

fn yaml_file(sources: &Sources, path: &str, problems: &mut Vec<Diagnostic>) -> Node {
    let Some((path, text)) = sources.texts.get_key_value(path) else { return Node::default() };
    let (node, found) = record::read_yaml(path, text);
    problems.extend(found);
    node
}
