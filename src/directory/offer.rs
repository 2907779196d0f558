//! An offer: what a coop can give.

use std::sync::Arc;

use jiff::civil::Date;

use super::entry::{self, Entry};
use super::names::Reader;
use super::terms::{self, Terms};
use crate::content::fields::Fields;
use crate::content::record::Record;
use crate::content::values::{self, Complaint, OfferStatus, Slug};
use crate::diagnostic::Code;

/// What a coop can give.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What every entry has.
    pub entry: Entry,
    /// Whose it is, what kind of help, where, when, on what terms.
    pub terms: Terms,
    /// How many it can serve at once; `None` is without limit.
    pub capacity: Option<u32>,
    /// What became of it.
    pub status: OfferStatus,
}

impl Offer {
    /// Whether it says that it can still be taken; what its coop says counts in [`Directory::is_open`].
    ///
    /// [`Directory::is_open`]: super::whole::Directory::is_open
    pub fn says_open(&self, today: Date) -> bool {
        self.status == OfferStatus::Open
            && self.capacity != Some(0)
            && !self.terms.has_expired(today)
    }

    /// Whether it can serve more than so many.
    pub fn has_room(&self, taken: u32) -> bool {
        self.capacity.is_none_or(|capacity| taken < capacity)
    }
}

pub(super) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Offer> {
    let entry = entry::read(record, slug, fields, reader);
    let terms = terms::read(fields, reader);
    let capacity = fields.value("capacity", capacity).unwrap_or(Some(1));
    let status = fields.value("status", OfferStatus::parse).unwrap_or(OfferStatus::Open);
    Some(Offer { entry: entry?, terms: terms?, capacity, status })
}

fn capacity(text: &str) -> Result<Option<u32>, Complaint> {
    match text {
        "unlimited" => Ok(None),
        text => values::whole_number(text).map(Some).map_err(|_| {
            let what = "which is neither a whole number nor `unlimited`";
            Complaint::new(Code::BadNumber, what, "write how many it can serve at once")
        }),
    }
}
