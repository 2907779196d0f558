//! What calendars have been told by the last build, kept beside its manifest.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::manifest;
use super::root::is_absent;
use super::target::Target;
use super::writer::Alone;

/// What the last build into this folder has kept; none where it is not there, or is no text.
///
/// # Errors
/// When it is there and cannot be read.
pub(crate) fn read(target: &Target) -> Result<Option<String>> {
    let file = file_for(target);
    match target.site.read(&file) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", target.site.show(&file))),
    }
}

/// Keeps it for the next build.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn keep(alone: &Alone, text: &str) -> Result<()> {
    let target = alone.target();
    if read(target)?.as_deref() == Some(text) {
        return Ok(());
    }
    let file = file_for(target);
    let write = |mut to: &super::root::File| to.write_all(text.as_bytes());
    manifest::save_file(&target.site, &file, write)
        .with_context(|| format!("writing {}", target.site.show(&file)))
}

pub(super) fn file_for(target: &Target) -> PathBuf {
    manifest::file_for(target).with_extension("calls")
}
