//! A directory without the entries that have errors, so that one slip does not stop the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry::Entry;
use super::ids::{NeedId, OfferId};
use super::site::Site;
use super::whole::Directory;
use super::{decision, resolve_without};
use crate::content::file_names::CONTENT;
use crate::content::record::{self, EntryKind, Named};
use crate::content::source::Sources;
use crate::content::values::Language;
use crate::content::yaml::Value;
use crate::content::{Records, TOPICS_FILE};
use crate::diagnostic::{Code, Diagnostic, Lines, Severity, Span};

/// Something that a quarantine leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The file in which it stands.
    pub file: Arc<str>,
    /// What it is, and why.
    pub part: Part,
}

/// What a quarantine leaves out of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it: it has errors.
    Broken,
    /// All of it: it has none, but cannot be without something that has.
    Dependent,
    /// A former id that is taken by another entry.
    Alias,
    /// The words in this line that say what is withheld, and the file that withholds it.
    Mention {
        /// In which line they stand, from 1.
        line: usize,
        /// The file that withholds them.
        of: Arc<str>,
    },
}

/// Whether a problem concerns more than one entry, so that leaving it out is no help.
pub(crate) fn concerns_all(problem: &Diagnostic) -> bool {
    let file = &*problem.place.file;
    let is_entry = file.starts_with(CONTENT) && file != TOPICS_FILE;
    let can_be_left_out = is_entry || problem.code == Code::WithheldMention;
    problem.severity() == Severity::Error && !can_be_left_out
}

/// Reads a directory again without the entries that have errors, and says what that leaves out.
/// `whole` is the directory as it was read with them: what it knows to be declined stays declined,
/// also where the file that says so is left out.
pub(crate) fn resolve(
    records: &Records,
    sources: &Sources,
    problems: &[Diagnostic],
    whole: &Directory,
) -> (Directory, BTreeSet<LeftOut>) {
    let is_broken = |problem: &&Diagnostic| {
        problem.severity() == Severity::Error && problem.code != Code::WithheldMention
    };
    let errors = problems.iter().filter(is_broken);
    let left_out: BTreeSet<LeftOut> = errors.flat_map(of_problem).collect();
    let broken = left_out.iter().filter(|it| it.part == Part::Broken).map(|it| it.file.clone());
    let broken: BTreeSet<Arc<str>> = broken.collect();
    let mut assets = sources.assets.clone();
    // A file that is copied as it is cannot be changed.
    let mentions = problems.iter().filter(|problem| problem.code == Code::WithheldMention);
    let files = mentions.map(|problem| problem.place.file.clone());
    let copied: BTreeSet<Arc<str>> = files.filter(|file| assets.contains_key(file)).collect();
    assets.retain(|path, _| !broken.contains(path) && !copied.contains(path));
    let copied = copied.into_iter().map(|file| LeftOut { file, part: Part::Broken });
    let (mut directory, _) = resolve_without(&broken, records, &assets);
    let declined = declined(whole, &broken, &directory);
    directory.declined.extend(declined);
    let is_more = |it: &LeftOut| it.part != Part::Alias || !broken.contains(&it.file);
    let left_out = left_out.into_iter().filter(is_more).chain(copied);
    let left_out = left_out.chain(dependents(records, &broken, &directory)).collect();
    (directory, left_out)
}

/// Puts other words in the place of those that say what is withheld, in the language of their text, and
/// says where.
pub(crate) fn redact(
    sources: &mut Sources,
    (records, site): (&Records, &Site),
    problems: &[Diagnostic],
    not_public: &dyn Fn(&Language) -> String,
) -> Vec<LeftOut> {
    let mentions = problems.iter().filter(|problem| problem.code == Code::WithheldMention);
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Diagnostic>> = BTreeMap::new();
    mentions.for_each(|it| by_file.entry(&it.place.file).or_default().push(it));
    let mut left_out = Vec::new();
    for (file, mut mentions) in by_file {
        let Some(text) = sources.texts.get(file).cloned() else { continue };
        let words = not_public(&language(records, site, file));
        mentions.sort_by_key(|it| it.place.span);
        let (mut redacted, mut at) = (String::with_capacity(text.len()), 0);
        let mut lines = Lines::new(&text);
        for mention in mentions {
            let (line, _) = lines.locate(mention.place.span.start);
            let of =
                mention.also.as_ref().map_or_else(|| file.clone(), |(also, _)| also.file.clone());
            left_out.push(LeftOut { file: file.clone(), part: Part::Mention { line, of } });
            let Span { start, end } = mention.place.span;
            if start >= at {
                redacted.push_str(text.get(at..start).unwrap_or_default());
                redacted.push_str(&words);
            }
            at = at.max(end);
        }
        redacted.push_str(text.get(at..).unwrap_or_default());
        sources.texts.insert(file.clone(), redacted.into());
    }
    left_out
}

/// In which language a file is written, as far as it says so. The record is asked, since there may be no entry of it.
fn language(records: &Records, site: &Site, file: &Arc<str>) -> Language {
    let at = records.entries.binary_search_by(|record| record.path.cmp(file));
    let record = at.ok().map(|at| &records.entries[at]);
    let said = record.and_then(|record| {
        let written =
            record.front.field("lang").and_then(|node| Some(node.scalars().next()?.value.clone()));
        let written = written.and_then(|value| match value {
            Value::Text(text) => Language::parse(&text).ok(),
            _ => None,
        });
        record.translation.clone().or(written)
    });
    said.unwrap_or_else(|| site.default_language().clone())
}

/// A clash of files is about a file as a whole, one of aliases about a place in it.
fn of_problem(problem: &Diagnostic) -> impl Iterator<Item = LeftOut> {
    let is_alias = problem.code == Code::IdClash && problem.place.span != Span::default();
    let part = if is_alias { Part::Alias } else { Part::Broken };
    let places = std::iter::once(&problem.place).chain(&problem.more);
    places.map(move |place| LeftOut { file: place.file.clone(), part: part.clone() })
}

/// Files without errors of which no entry was made all the same.
fn dependents(
    records: &Records,
    broken: &BTreeSet<Arc<str>>,
    directory: &Directory,
) -> Vec<LeftOut> {
    let files = |entry: &Entry| -> Vec<Arc<str>> {
        entry.texts().map(|text| text.record.path.clone()).collect()
    };
    let read: BTreeSet<Arc<str>> = directory.ids().flat_map(|id| files(&directory[id])).collect();
    let entries = records.entries.iter().map(|record| &record.path);
    let missed = entries.filter(|path| !read.contains(*path) && !broken.contains(*path));
    missed.map(|path| LeftOut { file: path.clone(), part: Part::Dependent }).collect()
}

/// Pairs that must not be suggested: those that were declined, and those of broken files of
/// `matches/`, which may say so.
fn declined(
    whole: &Directory,
    broken: &BTreeSet<Arc<str>>,
    directory: &Directory,
) -> Vec<(NeedId, OfferId)> {
    let known = whole.declined.iter().filter_map(|(need, offer)| {
        let (need, offer) = (&whole[*need].entry.slug, &whole[*offer].entry.slug);
        let (need, _) = NeedId::each(&directory.needs).find(|(_, it)| it.entry.slug == *need)?;
        let (offer, _) =
            OfferId::each(&directory.offers).find(|(_, it)| it.entry.slug == *offer)?;
        Some((need, offer))
    });
    let unread = broken.iter().filter_map(|path| match record::name(path)? {
        Named { kind: EntryKind::Match, id, .. } => decision::sides(directory, &id),
        _ => None,
    });
    known.chain(unread).collect()
}
