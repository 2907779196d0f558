//! One build of a site at a time, in folders without the remains of others.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::super::root::{File, Root, TryLockError};
use super::super::target::{Target, WORK};
use super::staging;

/// The two folders of a build while no other build of the site is running.
pub struct Alone<'a> {
    target: &'a Target,
    /// The system lets go of it when the process dies.
    _lock: File,
}

impl<'a> Alone<'a> {
    /// Keeps other builds out, and removes what one that was killed has left behind. To be done before
    /// anything is compared: what another build is about to change must not be taken for what is there.
    ///
    /// # Errors
    /// When another build is running, or the folders cannot be written to.
    pub fn with(target: &'a Target) -> Result<Alone<'a>> {
        let lock = lock(&target.site)?;
        staging::clear(target).context("cannot remove what an interrupted build left behind")?;
        Ok(Alone { target, _lock: lock })
    }

    /// The folders of which it is the only writer.
    pub fn target(&self) -> &'a Target {
        self.target
    }
}

fn lock(site: &Root) -> Result<File> {
    let path = Path::new(WORK).join("lock");
    let shown = site.show(&path);
    let file = site.make_folders(WORK).and_then(|_| site.open_lock(&path));
    let file = file.with_context(|| format!("cannot open {shown}"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another build of this site is running (it holds {shown}). \
             Wait until it has finished, or stop it, then build again"
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {shown}"))
        }
    }
}
