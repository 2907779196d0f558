//! Files that look like translations and are read as something else, and translations of nothing: which entry is
//! meant.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::likely;
use super::listing::{Claim, Listing};
use crate::content::nearly_translations::{path, readings};
use crate::content::record::{self, EntryKind, Record};
use crate::content::strays::already_there;
use crate::content::values::{Language, slugify};
use crate::diagnostic::{Code, Diagnostic, Span, Spellings};

/// The entries of which there can be translations.
pub(super) struct Originals<'a> {
    listing: &'a Listing,
    files: &'a BTreeSet<&'a str>,
    languages: &'a [Language],
    /// By their ids and former ids as people write them.
    by_name: OnceCell<FxHashMap<(EntryKind, String), &'a Claim>>,
    spellings: OnceCell<Spellings>,
}

impl<'a> Originals<'a> {
    /// Of entries whose ids are settled; `files` are the paths of all records.
    pub(super) fn new(
        listing: &'a Listing,
        files: &'a BTreeSet<&'a str>,
        languages: &'a [Language],
    ) -> Originals<'a> {
        let (by_name, spellings) = (OnceCell::new(), OnceCell::new());
        Originals { listing, files, languages, by_name, spellings }
    }

    pub(super) fn listing(&self) -> &Listing {
        self.listing
    }

    /// The entry and the language that the name of a file says, where no title of its own explains it: `Solar IT`
    /// is no Italian.
    pub(super) fn meant(&self, record: &Record) -> Option<(&'a Claim, Language)> {
        if record.translation.is_some() {
            return None;
        }
        let readings = readings(&record.id, self.languages).into_iter();
        let mut meant = readings.filter_map(|(name, language)| {
            Some((self.named(record.kind, &name)?, language))
                .filter(|(original, _)| original.record.path != record.path)
        });
        let meant = meant.next()?;
        let title = super::listing::title(record).map(|title| slugify(&title));
        (title != Some(slugify(&record.id))).then_some(meant)
    }

    /// What to do with a file that is meant as the translation of an entry.
    pub(super) fn advice(&self, (original, language): &(&Claim, Language)) -> String {
        match self.rename(&path(&original.record.path, language)) {
            (hint, true) => format!("{hint} A translation is called so, and holds only the words"),
            (hint, false) => hint,
        }
    }

    /// The same as a problem, for a file that is an entry of its own.
    pub(super) fn problem(&self, claim: &Claim) -> Option<Diagnostic> {
        let record = &claim.record;
        let hint = self.advice(&self.meant(record)?);
        let message = format!(
            "{} `{}` is called like a translation, and is an entry of its own",
            record.kind.as_str(),
            record.id
        );
        let place = record::place(&record.path, Span::default());
        Some(Diagnostic::new(Code::LikelyTranslation, place, message).hint(hint))
    }

    /// What to do with a translation of nothing.
    pub(super) fn advice_for_orphan(&self, record: &Record, language: &Language) -> String {
        let (kind, id) = (record.kind, &*record.id);
        let elsewhere =
            || EntryKind::ALL.into_iter().find_map(|other| self.exactly_named(other, id));
        if let Some(original) = self.named(kind, id).or_else(elsewhere) {
            return self.rename(&path(&original.record.path, language)).0;
        }
        // One that is only spelled nearly so, and is translated already, is another one.
        let near = self.nearest(kind, id);
        match near.map(|near| self.rename(&path(&near.record.path, language))) {
            Some((hint, true)) => hint,
            _ => {
                let kind = kind.as_str();
                format!("write the {kind} itself first, in the file without a language")
            }
        }
    }

    /// What to do for a file to be called so, and whether it can be.
    fn rename(&self, to: &str) -> (String, bool) {
        match self.files.contains(to) {
            true => (already_there(to), false),
            false => (format!("did you mean `{to}`?"), true),
        }
    }

    fn by_name(&self) -> &FxHashMap<(EntryKind, String), &'a Claim> {
        self.by_name.get_or_init(|| {
            let mut by_name = FxHashMap::default();
            for (id, claim) in self.listing.claims() {
                let slugs = std::iter::once(&claim.slug).chain(claim.own_aliases());
                for slug in slugs {
                    by_name.entry((id.kind(), likely::plain(slug.as_str()))).or_insert(claim);
                }
            }
            by_name
        })
    }

    fn named(&self, kind: EntryKind, name: &str) -> Option<&'a Claim> {
        self.by_name().get(&(kind, likely::plain(name))).copied()
    }

    fn exactly_named(&self, kind: EntryKind, name: &str) -> Option<&'a Claim> {
        self.named(kind, name).filter(|claim| claim.slug.as_str() == name)
    }

    fn nearest(&self, kind: EntryKind, name: &str) -> Option<&'a Claim> {
        // One list for all kinds, told apart by a first letter that no name has.
        let spelled = |kind: EntryKind, name: &str| format!("{}{name}", kind as usize);
        let spellings = self.spellings.get_or_init(|| {
            let names: Vec<String> =
                self.by_name().keys().map(|(kind, name)| spelled(*kind, name)).collect();
            Spellings::new(names.iter().map(String::as_str))
        });
        let near = spellings.nearest(&spelled(kind, &likely::plain(name)))?;
        let own = near.strip_prefix(&spelled(kind, ""))?;
        self.by_name().get(&(kind, own.to_owned())).copied()
    }
}
