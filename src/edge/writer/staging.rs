//! Where changed files wait until all of the site is rendered.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use super::moving::nearest_existing;
use super::{Ready, Record, is_absent};

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

/// Writes a body whose hash is known; a file is hashed again, as it may have changed since.
pub(super) fn write_staged(staged: &Path, body: &Ready, hash: blake3::Hash) -> Result<Record> {
    let mut to = create(staged)?;
    let hash = match body {
        Ready::Bytes(bytes) => {
            to.write_all(bytes)?;
            hash
        }
        Ready::File(source) => {
            let reading = || format!("cannot read {}", source.display());
            copy_and_hash(File::open(source).with_context(reading)?, &to)?
        }
    };
    Ok(Record::new(hash, &to.metadata()?))
}

/// Makes a file, and the folders in which it lies. Most pages have a folder of their own, which is
/// not there yet.
fn create(file: &Path) -> io::Result<File> {
    let folder = file.parent().unwrap_or(file);
    let has_own_folder = file.file_name().is_some_and(|name| name == "index.html");
    if has_own_folder && fs::create_dir(folder).is_ok() {
        return File::create(file);
    }
    match File::create(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            File::create(file)
        }
        created => created,
    }
}

pub(super) fn is_collision(error: &anyhow::Error) -> bool {
    use ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    matches!(kind, Some(AlreadyExists | IsADirectory | NotADirectory))
}

fn copy_and_hash(mut from: File, mut to: &File) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(hasher.finalize());
        }
        hasher.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
    }
}
