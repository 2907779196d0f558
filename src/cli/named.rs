//! Finds what an id on the command line names, and says what is near where nothing has it.

use anyhow::{Error, Result, anyhow};

use crate::diagnostic::nearest;
use crate::directory::ids::{CallId, NeedId, OfferId};
use crate::directory::{Directory, Entry};

/// The need with this id, or this former id.
pub fn need(directory: &Directory, id: &str) -> Result<NeedId> {
    position("need", id, directory.needs.iter().map(|need| &need.entry)).map(NeedId)
}

/// The offer with this id, or this former id.
pub fn offer(directory: &Directory, id: &str) -> Result<OfferId> {
    position("offer", id, directory.offers.iter().map(|offer| &offer.entry)).map(OfferId)
}

/// The call with this id, or this former id.
pub fn call(directory: &Directory, id: &str) -> Result<CallId> {
    position("call", id, directory.calls.iter().map(|call| &call.entry)).map(CallId)
}

/// That nothing has this id; `what` it should have been.
pub fn unknown<'a>(what: &str, id: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    match nearest(id, known) {
        Some(near) => anyhow!("there is no {what} `{id}`; did you mean `{near}`?"),
        None => anyhow!("there is no {what} `{id}`"),
    }
}

/// An id without the folder that may stand before it: `needs/wheat`.
pub fn bare(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

fn position<'a>(
    kind: &str,
    id: &str,
    entries: impl Iterator<Item = &'a Entry> + Clone,
) -> Result<u32> {
    let id = bare(id);
    let mut numbered = (0..).zip(entries.clone());
    let found = numbered.find(|(_, entry)| {
        entry.slug.as_str() == id || entry.aliases.iter().any(|alias| alias.as_str() == id)
    });
    let known = entries.map(|entry| entry.slug.as_str());
    found.map(|(at, _)| at).ok_or_else(|| unknown(kind, id, known))
}
