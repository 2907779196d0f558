//! Which record is which entry: checks ids and settles who owns an address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ids::EntryId;
use super::nearly_translations::Originals;
use crate::content::Records;
use crate::content::record::{self, EntryKind, Named, Record};
use crate::content::strays::already_there;
use crate::content::values::{Complaint, Language, Slug, language_of, slugify};
use crate::content::yaml::Value;
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// A record that owns its address.
#[derive(Clone)]
pub struct Claim {
    pub record: Arc<Record>,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title as written, for links by title.
    pub title: Option<String>,
    aliases: Vec<(Slug, Span)>,
}

impl Claim {
    /// The former ids that are its own, and not taken by another entry.
    pub fn own_aliases(&self) -> BTreeSet<&Slug> {
        self.aliases.iter().map(|(own, _)| own).collect()
    }

    /// Where a former id of it is written; the file itself for its id.
    pub fn place_of(&self, slug: &str) -> Place {
        let alias = self.aliases.iter().find(|(own, _)| own.as_str() == slug);
        record::place(&self.record.path, alias.map(|(_, span)| *span).unwrap_or_default())
    }
}

/// Every entry by kind, sorted by id; the position of a claim in its list is the entry's id.
#[derive(Clone, Default)]
pub struct Listing {
    claims: BTreeMap<EntryKind, Vec<Claim>>,
    translations: Vec<Arc<Record>>,
    /// What is no entry for its name alone.
    unlisted: Vec<Arc<Record>>,
    left_out: LeftOut,
}

/// How entries were called that are not listed since they are broken. A link to one of them is not
/// a link to a page that somebody should write.
#[derive(Clone, Default)]
pub struct LeftOut {
    /// Ids and former ids.
    pub slugs: BTreeSet<(EntryKind, String)>,
    /// Titles as written.
    pub titles: BTreeSet<String>,
    pub paths: BTreeSet<Arc<str>>,
}

impl Listing {
    /// Lists the records, and reports names that cannot be ids and addresses claimed twice.
    pub fn new(
        records: &Records,
        languages: &[Language],
        problems: &mut Vec<Diagnostic>,
    ) -> Listing {
        let mut listing = Listing::default();
        let mut unnamed = Vec::new();
        let files: BTreeSet<&str> = records.entries.iter().map(|record| &*record.path).collect();
        for record in &records.entries {
            if record.translation.is_some() {
                listing.translations.push(record.clone());
                continue;
            }
            match check_id(record) {
                Ok(slug) => {
                    listing.claims.entry(record.kind).or_default().push(claim(record, slug));
                }
                Err(complaint) => unnamed.push((record, complaint)),
            }
        }
        for claims in listing.claims.values_mut() {
            claims.sort_by(|a, b| (&a.slug, &a.record.path).cmp(&(&b.slug, &b.record.path)));
            listing.unlisted.extend(settle_ids(claims, problems));
            settle_aliases(claims, problems);
        }
        let translations = std::mem::take(&mut listing.translations);
        let originals = Originals::new(&listing, &files, languages);
        let unlisted: Vec<Arc<Record>> = unnamed
            .into_iter()
            .map(|(record, complaint)| {
                unnamed_file(record, complaint, &originals, &files, problems)
            })
            .collect();
        problems.extend(listing.claims().filter_map(|(_, claim)| originals.problem(claim)));
        let (translations, others) = settle_translations(translations, &originals, problems);
        listing.translations = translations;
        listing.unlisted.extend(unlisted.into_iter().chain(others));
        listing
    }

    /// The files that are no entry for their names alone.
    pub fn unlisted(&self) -> &[Arc<Record>] {
        &self.unlisted
    }

    /// Every claim with the id of its entry.
    pub fn claims(&self) -> impl Iterator<Item = (EntryId, &Claim)> {
        self.claims.iter().flat_map(|(kind, claims)| {
            claims.iter().enumerate().map(|(at, claim)| (EntryId::new(*kind, at), claim))
        })
    }

    /// The claims of one kind, in the order of their ids.
    pub fn of(&self, kind: EntryKind) -> &[Claim] {
        self.claims.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub fn aliases(&self) -> impl Iterator<Item = (EntryId, &Slug)> {
        self.claims().flat_map(|(id, claim)| claim.aliases.iter().map(move |(slug, _)| (id, slug)))
    }

    /// Every translation with the entry that it translates.
    pub fn translations(&self) -> impl Iterator<Item = (EntryId, &Arc<Record>)> {
        self.translations
            .iter()
            .filter_map(|record| Some((self.find(record.kind, &record.id)?, record)))
    }

    /// The same without the files in `broken`, and without translations of them.
    pub fn without(mut self, broken: &BTreeSet<Arc<str>>) -> Listing {
        for path in broken {
            self.left_out.paths.insert(path.clone());
            if let Some(Named { kind, id, translation: None }) = record::name(path) {
                self.left_out.slugs.insert((kind, id));
            }
        }
        for (kind, claims) in &mut self.claims {
            for claim in claims.extract_if(.., |claim| broken.contains(&claim.record.path)) {
                let aliases = claim.aliases.into_iter();
                self.left_out.slugs.extend(aliases.map(|(slug, _)| (*kind, slug.to_string())));
                self.left_out.titles.extend(claim.title);
            }
        }
        self.translations.retain(|record| !broken.contains(&record.path));
        self
    }

    /// How those are called that are not listed.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The entry of a kind with this id.
    pub fn find(&self, kind: EntryKind, id: &str) -> Option<EntryId> {
        let claims = self.claims.get(&kind)?;
        let at = claims.binary_search_by(|claim| claim.slug.as_str().cmp(id)).ok()?;
        Some(EntryId::new(kind, at))
    }
}

/// The translations, and those that are none: of nothing, or a second one into a language.
fn settle_translations(
    records: Vec<Arc<Record>>,
    originals: &Originals<'_>,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Record>>, Vec<Arc<Record>>) {
    let mut taken = BTreeMap::new();
    records.into_iter().partition(|record| {
        let Some(language) = &record.translation else { return false };
        let (kind, id) = (record.kind.as_str(), &record.id);
        let here = record::place(&record.path, Span::default());
        if originals.listing().find(record.kind, id).is_none() {
            let message =
                format!("`{}` translates the {kind} `{id}`, which does not exist", record.path);
            let hint = originals.advice_for_orphan(record, language);
            problems.push(Diagnostic::new(Code::OrphanTranslation, here, message).hint(hint));
            return false;
        }
        let key = (record.kind, record.id.clone(), language.clone());
        let Some(first) = taken.insert(key.clone(), record.path.clone()) else { return true };
        let message = format!("{kind} `{id}` is translated twice into the same language");
        let other = record::place(&first, Span::default());
        problems.push(
            Diagnostic::new(Code::IdClash, here, message)
                .also(other, "this is the other translation")
                .hint("keep one of the two files"),
        );
        taken.insert(key, first);
        false
    })
}

/// The id that a file's name is, or what is wrong with it.
fn check_id(record: &Record) -> Result<Slug, Complaint> {
    match record.kind {
        EntryKind::Match => Slug::parse_pair(&record.id).transpose().unwrap_or_else(|| {
            let hint = "name the file by the ids of its need and offer, with two hyphens between";
            Err(Complaint::new(Code::MatchName, "not NEED--OFFER", hint))
        }),
        kind => record::check_id(kind, &record.id),
    }
}

/// Reports a file whose name is no id, and says as what it is to be read.
fn unnamed_file(
    record: &Arc<Record>,
    complaint: Complaint,
    originals: &Originals<'_>,
    files: &BTreeSet<&str>,
    problems: &mut Vec<Diagnostic>,
) -> Arc<Record> {
    let (place, id) = (record::place(&record.path, Span::default()), &record.id);
    let meant = originals.meant(record);
    let (kind, path) = (record.kind.as_str(), &record.path);
    let (message, better) = match complaint.code {
        Code::MatchName => (format!("the match `{id}` is not called NEED--OFFER"), None),
        _ => (
            format!("the {kind} in `{path}` is called `{id}`, {}", complaint.what),
            better_name(record, files),
        ),
    };
    let better = meant.as_ref().map(|meant| originals.advice(meant)).or(better);
    let hint = better.or(complaint.hint);
    problems.push(Diagnostic { hint, ..Diagnostic::new(complaint.code, place, message) });
    match meant {
        // A translation lacks no field of an entry.
        Some((original, language)) => Arc::new(Record {
            id: original.slug.to_string(),
            translation: Some(language),
            ..(**record).clone()
        }),
        None => record.clone(),
    }
}

/// What to call a file whose name is no id: nothing that another file is called, and no second entry where a
/// translation is meant.
fn better_name(record: &Record, files: &BTreeSet<&str>) -> Option<String> {
    let (kind, folder) = (record.kind, record.kind.folder());
    if let Some((stem, suffix)) = record.id.rsplit_once('.')
        && let Some(language) = language_of(suffix)
        && record::check_id(kind, stem).is_ok()
    {
        return Some(format!(
            "call it `{stem}.{language}`, if it is the translation into that language"
        ));
    }
    if record.id.rsplit('/').next() == Some("index") {
        return Some(of_a_folder(kind, files));
    }
    let name = record.id.trim_end_matches(".md");
    let slugs = name.split('/').map(slugify).collect::<Vec<_>>();
    if slugs.iter().any(String::is_empty) || kind == EntryKind::Match {
        return None;
    }
    let id = slugs.join("/");
    let names = [format!("content/{folder}/{id}.md"), format!("content/{folder}/{id}/index.md")];
    if let Some(taken) =
        names.iter().find(|path| ***path != *record.path && files.contains(path.as_str()))
    {
        return Some(already_there(taken));
    }
    match record::check_id(kind, &id) {
        Err(complaint) if complaint.code == Code::ReservedId && id != record.id => {
            return Some("give it another name".to_owned());
        }
        Err(_) => return None,
        Ok(_) => {}
    }
    let is_in_folder =
        record.path.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
    Some(match is_in_folder {
        true => format!("call its folder `{id}`"),
        false => format!("call it `{id}`"),
    })
}

/// What to do with the page that a folder is meant to have.
fn of_a_folder(kind: EntryKind, files: &BTreeSet<&str>) -> String {
    let about = EntryKind::Page.file("about.md");
    match kind {
        EntryKind::Page if files.contains(about.as_str()) => already_there(&about),
        EntryKind::Page => "call it `about`: the home page shows that page".to_owned(),
        kind => format!(
            "Ayni makes the list of {} itself; write about it on a page in content/pages/",
            kind.folder()
        ),
    }
}

/// The title of a record, as written.
pub(super) fn title(record: &Record) -> Option<String> {
    text(record, "title").map(|(title, _)| title.to_owned())
}

/// A field of one text, not read any further, and where it stands.
pub(super) fn text<'a>(record: &'a Record, name: &str) -> Option<(&'a str, Span)> {
    let node = record.front.field(name)?;
    match &node.value {
        Value::Text(text) => Some((text, node.span)),
        _ => None,
    }
}

fn claim(record: &Arc<Record>, slug: Slug) -> Claim {
    let title = title(record);
    let has_aliases = record.kind != EntryKind::Match;
    let listed = record.front.field("aliases").filter(|_| has_aliases);
    let listed = listed.map_or(&[][..], |node| match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    });
    let aliases = listed.iter().filter_map(|node| match &node.value {
        Value::Text(text) => Some((record::check_id(record.kind, text.trim()).ok()?, node.span)),
        _ => None,
    });
    Claim { record: record.clone(), slug, title, aliases: aliases.collect() }
}

/// Of two files that claim one id the later path gives way, and is returned.
fn settle_ids(claims: &mut Vec<Claim>, problems: &mut Vec<Diagnostic>) -> Vec<Arc<Record>> {
    let mut given_way = Vec::new();
    let mut settled: Vec<Claim> = Vec::with_capacity(claims.len());
    for claim in claims.drain(..) {
        match settled.last().filter(|last| last.slug == claim.slug) {
            None => settled.push(claim),
            Some(first) => {
                let kind = claim.record.kind.as_str();
                let message = format!(
                    "two files are the {kind} `{}`: `{}` and `{}`",
                    claim.slug, first.record.path, claim.record.path
                );
                let here = record::place(&claim.record.path, Span::default());
                let other = record::place(&first.record.path, Span::default());
                problems.push(
                    Diagnostic::new(Code::IdClash, here, message)
                        .also(other, "this is the other file")
                        .hint("rename or remove one of them"),
                );
                given_way.push(claim.record);
            }
        }
    }
    *claims = settled;
    given_way
}

/// An alias gives way to an id, and to an alias of an earlier entry.
fn settle_aliases(claims: &mut [Claim], problems: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<Slug, Slug> =
        claims.iter().map(|claim| (claim.slug.clone(), claim.slug.clone())).collect();
    for claim in claims {
        let (kind, slug) = (claim.record.kind.as_str(), claim.slug.clone());
        claim.aliases.retain(|(alias, span)| {
            let Some(owner) = owners.insert(alias.clone(), slug.clone()) else { return true };
            owners.insert(alias.clone(), owner.clone());
            let message = format!(
                "{kind} `{slug}` has the alias `{alias}`, which is taken by the {kind} `{owner}`"
            );
            let place = record::place(&claim.record.path, *span);
            problems
                .push(Diagnostic::new(Code::IdClash, place, message).hint("remove the alias here"));
            false
        });
    }
}
