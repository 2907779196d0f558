//! Finds what an argument names: in every command by id, former id or title.

use anyhow::{Error, Result};

use crate::Prepared;
use crate::content::record::{self, EntryKind};
use crate::directory::Directory;
use crate::directory::ids::{CallId, NeedId, OfferId};

/// The need that a person names.
pub(super) fn need(directory: &Directory, text: &str) -> Result<NeedId> {
    number(directory, EntryKind::Need, text).map(NeedId)
}

/// The offer that a person names.
pub(super) fn offer(directory: &Directory, text: &str) -> Result<OfferId> {
    number(directory, EntryKind::Offer, text).map(OfferId)
}

/// The need and the offer that a person names, in either order.
pub(super) fn pair(directory: &Directory, one: &str, other: &str) -> Result<(NeedId, OfferId)> {
    let read = |first, second| Ok((need(directory, first)?, offer(directory, second)?));
    // What is said of the order that was meant helps more than what is said of the other.
    read(one, other).or_else(|why: Error| read(other, one).map_err(|_: Error| why))
}

/// The call that a person names.
pub(super) fn call(directory: &Directory, text: &str) -> Result<CallId> {
    number(directory, EntryKind::Call, text).map(CallId)
}

/// The file of an entry of these kinds that is there, and has an error: it is written, and cannot be found.
pub(super) fn unread(prepared: &Prepared, kinds: &[EntryKind], text: &str) -> Option<String> {
    let directory = &*prepared.plan.derived.directory;
    let id = record::made_id(text);
    let mut paths =
        kinds.iter().filter(|kind| directory.find(&[**kind], text).is_err()).flat_map(|kind| {
            let folder = kind.folder();
            [format!("content/{folder}/{id}.md"), format!("content/{folder}/{id}/index.md")]
        });
    paths.find(|path| prepared.sources.texts.contains_key(path.as_str()))
}

fn number(directory: &Directory, kind: EntryKind, text: &str) -> Result<u32> {
    Ok(directory.find(&[kind], text)?.index() as u32)
}
