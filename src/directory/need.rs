//! A need: what a coop looks for.

use std::sync::Arc;

use jiff::civil::Date;

use super::entry::{self, Entry};
use super::names::Reader;
use super::terms::{self, Terms};
use crate::content::fields::Fields;
use crate::content::record::Record;
use crate::content::values::{NeedStatus, Slug};

/// What a coop looks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// What every entry has.
    pub entry: Entry,
    /// Whose it is, what kind of help, where, when, on what terms.
    pub terms: Terms,
    /// What became of it.
    pub status: NeedStatus,
}

impl Need {
    /// Whether it says that help is still looked for; what its coop says counts in [`Directory::is_open`].
    ///
    /// [`Directory::is_open`]: super::whole::Directory::is_open
    pub fn says_open(&self, today: Date) -> bool {
        let wanted = matches!(self.status, NeedStatus::Open | NeedStatus::PartlyMet);
        wanted && !self.terms.has_expired(today)
    }
}

pub(super) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Need> {
    let entry = entry::read(record, slug, fields, reader);
    let terms = terms::read(fields, reader);
    let status = fields.value("status", NeedStatus::parse).unwrap_or(NeedStatus::Open);
    Some(Need { entry: entry?, terms: terms?, status })
}
