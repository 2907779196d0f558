//! Finds what an argument names: in every command by id, former id or title.

use anyhow::Result;

use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::ids::{CallId, NeedId, OfferId};

/// The need that a person names.
pub fn need(directory: &Directory, text: &str) -> Result<NeedId> {
    number(directory, EntryKind::Need, text).map(NeedId)
}

/// The offer that a person names.
pub fn offer(directory: &Directory, text: &str) -> Result<OfferId> {
    number(directory, EntryKind::Offer, text).map(OfferId)
}

/// The call that a person names.
pub fn call(directory: &Directory, text: &str) -> Result<CallId> {
    number(directory, EntryKind::Call, text).map(CallId)
}

fn number(directory: &Directory, kind: EntryKind, text: &str) -> Result<u32> {
    Ok(directory.find(&[kind], text)?.index() as u32)
}
