//! Where changed files wait until all of the site is rendered.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use super::is_absent;
use super::moving::nearest_existing;

/// The folders that can be staged in.
pub(super) struct Staging {
    /// In the work folder; used when files can be renamed from there into the output folder.
    home: PathBuf,
    /// A hidden folder inside the output folder, for when that is on another file system.
    inside: PathBuf,
    chosen: Mutex<Option<PathBuf>>,
    pub(super) out_was_there: bool,
}

pub(super) const STAGED: &str = ".ayni-staged";

/// Within a staging folder, the files whose folders are missing in the output folder, as they will
/// lie there. The others lie beside it under their numbers.
pub(super) const TREE: &str = "tree";

impl Staging {
    pub(super) fn new(work: &Path, out: &Path) -> Result<Staging> {
        let staging = Staging {
            home: work.join("staged"),
            inside: out.join(STAGED),
            chosen: Mutex::new(None),
            out_was_there: out.exists(),
        };
        staging.clear().context("cannot remove what an interrupted build left behind")?;
        Ok(staging)
    }

    /// The folder to stage in; made when the first file needs it.
    pub(super) fn folder(&self) -> Result<PathBuf> {
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*chosen {
            return Ok(folder.clone());
        }
        let folder = self
            .choose()
            .with_context(|| format!("cannot write beside {}", self.inside.display()))?;
        Ok(chosen.insert(folder).clone())
    }

    /// Tries whether a file can be renamed from the work folder to where the output folder is.
    fn choose(&self) -> io::Result<PathBuf> {
        let probe = self.home.join("probe");
        let arrived = nearest_existing(&self.inside).join(STAGED);
        fs::create_dir_all(&self.home)?;
        File::create(&probe)?;
        match fs::rename(&probe, &arrived) {
            Ok(()) => fs::remove_file(&arrived).map(|()| self.home.clone()),
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                fs::create_dir_all(&self.inside).map(|()| self.inside.clone())
            }
            Err(error) => Err(error),
        }
    }

    fn clear(&self) -> io::Result<()> {
        for folder in [&self.home, &self.inside] {
            match fs::symlink_metadata(folder) {
                Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(folder)?,
                Ok(_) => fs::remove_file(folder)?,
                Err(error) if is_absent(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = self.clear();
        if !self.out_was_there {
            // Only an empty folder can be removed so.
            let _ = self.inside.parent().map(fs::remove_dir);
        }
    }
}
