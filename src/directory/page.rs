//! A page: a free wiki page.

use std::sync::Arc;

use super::entry::{self, Entry};
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::record::Record;
use crate::content::values::Slug;

/// A free wiki page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What every entry has; the slug is the path below `pages/`.
    pub entry: Entry,
}

pub(super) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Page> {
    Some(Page { entry: entry::read(record, slug, fields, reader)? })
}
