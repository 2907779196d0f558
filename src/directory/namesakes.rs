//! Entries of one name: which of them a wiki link means, and what the others are told.
//!
//! A link leads to the same entry in every edition that shows it, and what an edition withholds can
//! neither take a link away from what it shows nor be found out by that. So before anything else comes
//! who may see an entry: finished ones before drafts, public ones before those of the network and
//! these before private ones. Then an id comes before a former id, and that before a title; then what
//! was created first, with undated entries last; then kinds in their order, and ids.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::ids::EntryId;
use super::listing::{self, Claim, Listing};
use super::names::{self, Names};
use crate::content::markdown::LinkForm;
use crate::content::record::{self, EntryKind, Record};
use crate::content::values::{self, Visibility, YesNo, in_small_letters};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// By what an entry is called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Id,
    /// By a former id.
    Alias,
    /// By its title, in any language.
    Title,
}

/// From whom an entry is withheld: least for what all may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Reserve {
    is_draft: bool,
    visibility: u8,
}

#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    reserve: Reserve,
    created: Option<Date>,
}

/// What decides between entries of one name.
#[derive(Debug, Default)]
pub struct Standings(FxHashMap<EntryId, Standing>);

impl Standings {
    /// The place of an entry among others of one name; the least is meant.
    pub fn rank(&self, id: EntryId, name: Name) -> impl Ord + use<> {
        let Standing { reserve, created } = self.0.get(&id).copied().unwrap_or_default();
        (reserve, name, created.is_none(), created, id)
    }
}

/// Reads what decides between entries of one name. `names` knows the ids already.
pub(super) fn standings(listing: &Listing, names: &Names) -> Standings {
    let reserve = |record: &Record| Reserve {
        is_draft: listing::text(record, "draft")
            .is_some_and(|(text, _)| YesNo::parse(text) == Ok(YesNo::Yes)),
        visibility: match listing::text(record, "visibility").map(|it| Visibility::parse(it.0)) {
            Some(Ok(Visibility::Private)) => 2,
            Some(Ok(Visibility::Network)) => 1,
            // A match may be declined, in its file or in a call, and then no public edition shows it.
            _ => u8::from(record.kind == EntryKind::Match),
        },
    };
    // What belongs to a coop is withheld with it.
    let of_coop = |record: &Record| {
        let (coop, _) = listing::text(record, "coop")?;
        let coop = names.find(EntryKind::Coop, coop)?;
        listing.of(EntryKind::Coop).get(coop.index()).map(|claim| reserve(&claim.record))
    };
    let standing = |record: &Record| {
        let own = reserve(record);
        let of_coop = of_coop(record).unwrap_or_default();
        let created = listing::text(record, "created");
        let reserve = Reserve {
            is_draft: own.is_draft || of_coop.is_draft,
            visibility: own.visibility.max(of_coop.visibility),
        };
        Standing { reserve, created: created.and_then(|(text, _)| values::date(text).ok()) }
    };
    Standings(listing.claims().map(|(id, claim)| (id, standing(&claim.record))).collect())
}

/// Entries that are called the same.
pub struct Namesakes<'a> {
    /// By id and former id, one a kind.
    pub by_slug: Vec<(EntryId, Name)>,
    /// By title, the first one first.
    pub by_title: &'a [EntryId],
    /// What decides between them.
    pub standings: &'a Standings,
}

impl Namesakes<'_> {
    /// The one that a link means.
    pub fn meant(&self) -> Option<EntryId> {
        self.first().map(|(id, _)| id)
    }

    fn first(&self) -> Option<(EntryId, Name)> {
        let by_title = self.by_title.first().map(|id| (*id, Name::Title));
        let all = self.by_slug.iter().copied().chain(by_title);
        all.min_by_key(|(id, name)| self.standings.rank(*id, *name))
    }

    /// Those that might be meant as well: what has the name in the same way, or in a better one. An id
    /// is told of no title.
    fn others(&self, (first, by): (EntryId, Name)) -> Vec<(EntryId, Name)> {
        let by_title = self.by_title.iter().map(|id| (*id, Name::Title));
        let mut others: Vec<(EntryId, Name)> =
            self.by_slug.iter().copied().chain(by_title).collect();
        others.retain(|(id, name)| *id != first && *name <= by);
        others.sort();
        others.dedup_by_key(|(id, _)| *id);
        others
    }
}

/// Warns where a link could have meant another entry, at that entry: whoever comes later chooses
/// another name. A name that no link uses troubles nobody.
pub(super) fn check(listing: &Listing, names: &Names, problems: &mut Vec<Diagnostic>) {
    let translations = || listing.translations();
    let originals = listing.claims().map(|(_, claim)| &claim.record);
    let mut shared: BTreeMap<String, &str> = BTreeMap::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for record in originals.chain(translations().map(|(_, record)| record)) {
        for link in record.body.links.iter().filter(|link| link.form == LinkForm::Wiki) {
            let target = link.target.split('#').next().unwrap_or_default();
            let target = names::wiki_name(target);
            if !seen.insert(target) {
                continue;
            }
            let namesakes = names.namesakes(target);
            let is_shared = namesakes.by_slug.len() + namesakes.by_title.len() > 1;
            if is_shared && names.find_in_folder(target).is_none() {
                shared.entry(names::fold(target)).or_insert(target);
            }
        }
    }
    if shared.is_empty() {
        return;
    }
    let mut translated: BTreeMap<EntryId, Vec<&Record>> = BTreeMap::new();
    translations().for_each(|(id, record)| translated.entry(id).or_default().push(record));
    for target in shared.into_values() {
        let namesakes = names.namesakes(target);
        let Some(first) = namesakes.first() else { continue };
        for (id, by) in namesakes.others(first) {
            let Some(claim) = listing.of(id.kind()).get(id.index()) else { continue };
            let translations = translated.get(&id).map_or(&[][..], Vec::as_slice);
            let place = place(claim, translations, target, by);
            problems.push(warning(names, place, target, first.0, id));
        }
    }
}

/// Where an entry says that it is called so.
fn place(claim: &Claim, translations: &[&Record], target: &str, by: Name) -> Place {
    if by != Name::Title {
        return claim.place_of(&in_small_letters(target));
    }
    let records = std::iter::once(&*claim.record).chain(translations.iter().copied());
    let mut titles = records.filter_map(|record| {
        let (title, span) = listing::text(record, "title")?;
        (names::fold(title) == names::fold(target)).then(|| record::place(&record.path, span))
    });
    titles.next().unwrap_or_else(|| record::place(&claim.record.path, Span::default()))
}

fn warning(
    names: &Names,
    place: Place,
    target: &str,
    first: EntryId,
    other: EntryId,
) -> Diagnostic {
    let slug = |id| names.full_name(id).split_once('/').map_or("", |(_, slug)| slug);
    let message = format!(
        "{} `{}` has the same name as {} `{}`, to which `[[{target}]]` leads",
        other.kind().as_str(),
        slug(other),
        first.kind().as_str(),
        slug(first)
    );
    let hint = format!(
        "give one of them another name, or write `[[{}]]` where this one is meant",
        names.full_name(other)
    );
    Diagnostic::new(Code::AmbiguousLink, place, message).hint(hint)
}
