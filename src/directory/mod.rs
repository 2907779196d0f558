//! Records to the directory: every value checked, every reference real. Pure.

pub(crate) mod call;
pub(crate) mod coop;
pub(crate) mod decision;
pub(crate) mod entry;
mod need;
mod offer;
mod page;

pub mod contact;
mod contact_value;
pub(crate) mod terms;

mod recurrence;
pub(crate) mod series;
pub(crate) mod site;
pub(crate) mod site_language;
pub(crate) mod topics;

mod bodies;
mod calls_of_series;
#[cfg(test)]
mod every_field;
pub(crate) mod former;
mod hierarchy;
pub mod ids;
mod likely;
mod link_hints;
mod listing;
mod lookup;
mod names;
mod namesakes;
mod nearly_entries;
mod nearly_translations;
mod open_vocabulary;
mod relations;
mod renamed;
mod renamed_series;
mod spots;
pub(crate) mod texts;
mod topic_aliases;
mod topic_hints;
mod unlisted;
mod whole;
pub(crate) mod withheld;

pub(crate) mod quarantine;

pub mod edition;
pub(crate) mod editions;
pub(crate) mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::fields::Fields;
use crate::content::record::{EntryKind, Record};
use crate::content::schema;
use crate::content::source::Asset;
use crate::content::values::{Language, MatchStatus, Slug};
use crate::content::{Records, SITE_FILE};
use crate::diagnostic::{Code, Diagnostic};
use entry::Translation;
use listing::{Claim, Listing};
use names::{Names, Reader};

pub use entry::Entry;
pub use names::fold;
pub use whole::Directory;

/// Turns records into a directory, and reports everything that is wrong with them. Entries that
/// cannot exist (a need without a coop) are left out.
pub fn resolve(
    records: &Records,
    assets: &BTreeMap<Arc<str>, Asset>,
) -> (Directory, Vec<Diagnostic>) {
    resolve_without(&BTreeSet::new(), records, assets)
}

/// The same without some files from the beginning.
fn resolve_without(
    left_out: &BTreeSet<Arc<str>>,
    records: &Records,
    assets: &BTreeMap<Arc<str>, Asset>,
) -> (Directory, Vec<Diagnostic>) {
    let mut problems = records.problems.clone();
    problems.extend(records.entries.iter().flat_map(|record| record.problems.clone()));
    let site = site::read(records, assets, &mut problems);
    let topics = topics::resolve(records, site.topics_starter, site.topics_closed, &mut problems);
    let mut listing = Listing::new(records, &site.languages, &mut problems).without(left_out);
    let mut unheard = Vec::new();
    let mut heard = &mut problems;
    loop {
        let names = Names::new(&listing);
        let reader = Reader { site: &site, topics: &topics, names: &names, assets };
        match read_all(&listing, &reader, heard) {
            Ok(directory) => {
                relations::check(&listing, &reader, &directory, &mut problems);
                calls_of_series::check(&directory, &mut problems);
                namesakes::check(&listing, &names, &mut problems);
                renamed::check(records, &listing, &mut problems);
                let series: Vec<&str> = site.series.iter().map(|it| it.id.as_str()).collect();
                renamed_series::check(records, &series, &mut problems);
                nearly_entries::check(records, &listing, &directory, &mut problems);
                if !site::is_readable(records) {
                    problems
                        .retain(|it| *it.place.file == *SITE_FILE || !follows_settings(it.code));
                }
                problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
                problems.dedup();
                return (directory, problems);
            }
            // What names a broken entry is not itself at fault: later rounds report nothing.
            Err(broken) => {
                listing = listing.without(&broken);
                heard = &mut unheard;
            }
        }
    }
}

/// Whether such a problem depends on `site.yaml`: where that cannot be read, it may well be none.
fn follows_settings(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownSeries
            | Code::MissingSeries
            | Code::InheritedTime
            | Code::UnlistedLanguage
            | Code::UnknownTopic
    )
}

/// Reads every entry, or says which files cannot become one.
fn read_all(
    listing: &Listing,
    reader: &Reader<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Directory, BTreeSet<Arc<str>>> {
    let mut broken = BTreeSet::new();
    let mut readings = Readings { listing, reader, problems, broken: &mut broken };
    let mut directory = Directory {
        site: reader.site.clone(),
        topics: reader.topics.clone(),
        coops: readings.of(EntryKind::Coop, coop::read),
        needs: readings.of(EntryKind::Need, need::read),
        offers: readings.of(EntryKind::Offer, offer::read),
        decisions: readings.of(EntryKind::Match, decision::read),
        calls: readings.of(EntryKind::Call, call::read),
        pages: readings.of(EntryKind::Page, page::read),
        declined: BTreeSet::new(),
        holds_secrets: BTreeSet::new(),
        assets: reader.assets.clone(),
    };
    let translations = readings.translations();
    for record in listing.unlisted() {
        readings.problems.extend(unlisted::problems(record, reader));
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    for (id, claim) in listing.claims() {
        let own = claim.own_aliases();
        directory.entry_mut(id).aliases.retain(|alias| own.contains(alias));
    }
    for (id, language, translation) in translations {
        directory.entry_mut(id).translations.insert(language, translation);
    }
    let decided = history::collect(&directory).into_iter();
    let declined = decided.filter(|(_, decided)| decided.status == MatchStatus::Declined);
    directory.declined = declined.map(|(pair, _)| pair).collect();
    Ok(directory)
}

struct Readings<'a> {
    listing: &'a Listing,
    reader: &'a Reader<'a>,
    problems: &'a mut Vec<Diagnostic>,
    broken: &'a mut BTreeSet<Arc<str>>,
}

impl Readings<'_> {
    fn of<T: Send>(
        &mut self,
        kind: EntryKind,
        read: impl Fn(&Arc<Record>, Slug, &mut Fields<'_>, &Reader<'_>) -> Option<T> + Sync,
    ) -> Vec<T> {
        let reader = self.reader;
        let read_one = |claim: &Claim| {
            let mut problems = Vec::new();
            let owner = format!("{} `{}`", kind.as_str(), claim.slug);
            let record = &claim.record;
            let mut fields = Fields::new(
                &owner,
                &record.path,
                schema::of_kind(kind),
                &record.front,
                &mut problems,
            );
            let value = read(record, claim.slug.clone(), &mut fields, reader);
            fields.finish();
            (value, problems)
        };
        let claims = self.listing.of(kind);
        let results: Vec<_> = claims.par_iter().map(read_one).collect();
        let mut values = Vec::with_capacity(results.len());
        for ((value, problems), claim) in results.into_iter().zip(claims) {
            self.problems.extend(unlisted::worth_telling(&claim.record, problems));
            match value {
                Some(value) => values.push(value),
                None => {
                    self.broken.insert(claim.record.path.clone());
                }
            }
        }
        values
    }

    fn translations(&mut self) -> Vec<(ids::EntryId, Language, Translation)> {
        let mut translations = Vec::new();
        for (id, record) in self.listing.translations() {
            let Some(language) = record.translation.clone() else { continue };
            let owner = format!("the translation of {} `{}`", record.kind.as_str(), record.id);
            let mut fields = Fields::new(
                &owner,
                &record.path,
                schema::translation(record.kind),
                &record.front,
                self.problems,
            );
            match entry::read_translation(record, &mut fields, self.reader) {
                Some(translation) => translations.push((id, language, translation)),
                None => {
                    self.broken.insert(record.path.clone());
                }
            }
            fields.finish();
        }
        translations
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::content::{self, source::Sources};
    use crate::diagnostic::{Code, Severity};
    use jiff::civil::Date;

    /// A site with a few topics instead of the starter vocabulary, for tests that make many sites.
    pub(crate) const FEW_TOPICS: [(&str, &str); 2] = [
        ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
        (
            "content/topics.yaml",
            "technology: {label: {en: Technology}}\n\
             software: {label: {en: Software}, broader: technology}\n\
             databases: {label: {en: Databases}, broader: software}\n\
             web-development: {label: {en: Web development}, broader: software}\n\
             mobile-development: {label: {en: Mobile development}, broader: software}\n\
             finance: {label: {en: Finance}}\n\
             loans: {label: {en: Loans, es: Préstamos}, also: {en: loan}, broader: finance}\n\
             food: {label: {en: Food}}\n\
             seeds: {label: {en: Seeds}, broader: food}\n\
             training: {label: {en: Training}}\n",
        ),
    ];

    /// A directory of these files; the site has a title if they have no `site.yaml`.
    pub(crate) fn directory(files: &[(&str, &str)]) -> Directory {
        let mut sources = Sources::default();
        sources.texts.insert("site.yaml".into(), "title: Test\n".into());
        for (path, text) in files {
            sources.texts.insert(Arc::from(*path), Arc::from(*text));
        }
        let records = content::parse(&sources, None);
        let (directory, problems) = resolve(&records, &sources.assets);
        let is_error = |code: Code| code.severity() == Severity::Error;
        let errors: Vec<_> = problems.iter().filter(|problem| is_error(problem.code)).collect();
        assert!(errors.is_empty(), "{errors:?}");
        directory
    }

    pub(crate) fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }
}
