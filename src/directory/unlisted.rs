//! Files that are no entry for their names alone: what else is wrong in them is said in the same run.

use std::sync::Arc;

use super::names::Reader;
use super::{call, coop, decision, entry, need, offer, page};
use crate::content::fields::Fields;
use crate::content::record::{EntryKind, Record};
use crate::content::schema;
use crate::content::values::{Slug, slugify};
use crate::diagnostic::{Code, Diagnostic};

/// What is wrong in such a file, but for its name.
pub(super) fn problems(record: &Arc<Record>, reader: &Reader<'_>) -> Vec<Diagnostic> {
    let slug = Slug::parse(&slugify(&record.id));
    let slug = slug.or_else(|_| Slug::parse("unnamed")).expect("`unnamed` is a slug");
    let mut problems = Vec::new();
    let owner = match record.translation {
        Some(_) => format!("the translation of {} `{}`", record.kind.as_str(), record.id),
        None => format!("{} `{}`", record.kind.as_str(), record.id),
    };
    let table = match record.translation {
        Some(_) => schema::translation(record.kind),
        None => schema::of_kind(record.kind),
    };
    let mut fields = Fields::new(&owner, &record.path, table, &record.front, &mut problems);
    // What is read goes nowhere: no address leads there.
    match record.kind {
        _ if record.translation.is_some() => {
            drop(entry::read_translation(record, &mut fields, reader));
        }
        EntryKind::Coop => drop(coop::read(record, slug, &mut fields, reader)),
        EntryKind::Need => drop(need::read(record, slug, &mut fields, reader)),
        EntryKind::Offer => drop(offer::read(record, slug, &mut fields, reader)),
        EntryKind::Match => drop(decision::read(record, slug, &mut fields, reader)),
        EntryKind::Call => drop(call::read(record, slug, &mut fields, reader)),
        EntryKind::Page => drop(page::read(record, slug, &mut fields, reader)),
    }
    fields.finish();
    problems.retain(|problem| problem.code != Code::MatchName);
    worth_telling(record, problems).collect()
}

/// Fields of YAML that cannot be read are not missing, and that it cannot be read is reported; what is wrong
/// in the text below is told all the same.
pub(super) fn worth_telling(
    record: &Record,
    problems: Vec<Diagnostic>,
) -> impl Iterator<Item = Diagnostic> {
    let is_readable = record.is_readable();
    let body = record.body.span_of(0..0).start;
    problems
        .into_iter()
        .filter(move |problem| is_readable || (body > 0 && problem.place.span.start >= body))
}
