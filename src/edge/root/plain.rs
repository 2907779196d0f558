//! Folders by their paths, for systems without handles to folders: every part of a way is looked at before it
//! is gone.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Facts, File, Kind, kind_of};

/// A folder that is known by its path.
pub(super) struct Handle {
    real: PathBuf,
}

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        match fs::metadata(path)?.is_dir() {
            true => Ok(Handle { real: path.to_owned() }),
            false => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn open_itself(&self) -> io::Result<File> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn open_file(&self, below: &Path) -> io::Result<File> {
        File::open(self.past_links(below)?)
    }

    pub(super) fn create_new(&self, below: &Path) -> io::Result<File> {
        File::create_new(self.past_links(below)?)
    }

    pub(super) fn open_lock(&self, below: &Path) -> io::Result<File> {
        OpenOptions::new().create(true).append(true).open(self.past_links(below)?)
    }

    pub(super) fn look(&self, below: &Path) -> io::Result<Facts> {
        let metadata = fs::symlink_metadata(self.past_folders(below)?)?;
        let modified = metadata.modified()?.duration_since(std::time::UNIX_EPOCH);
        let modified = modified.map_or(0, |time| time.as_nanos().try_into().unwrap_or(i64::MAX));
        let kind = kind_of(metadata.file_type());
        Ok(Facts { kind, size: metadata.len(), modified, for_all: true })
    }

    pub(super) fn is_for_all(_: Kind, _: &fs::Metadata) -> bool {
        true
    }

    pub(super) fn read_link(&self, below: &Path) -> io::Result<PathBuf> {
        fs::read_link(self.past_folders(below)?)
    }

    pub(super) fn make_link(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn make_folder(&self, below: &Path) -> io::Result<()> {
        fs::create_dir(self.past_folders(below)?)
    }

    pub(super) fn remove_file(&self, below: &Path) -> io::Result<()> {
        fs::remove_file(self.past_folders(below)?)
    }

    pub(super) fn remove_folder(&self, below: &Path) -> io::Result<()> {
        fs::remove_dir(self.past_folders(below)?)
    }

    pub(super) fn rename(&self, below: &Path, to: &Handle, place: &Path) -> io::Result<()> {
        fs::rename(self.past_folders(below)?, to.past_folders(place)?)
    }

    pub(super) fn rename_new(&self, below: &Path, to: &Handle, place: &Path) -> io::Result<()> {
        match to.look(place) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == ErrorKind::NotFound => self.rename(below, to, place),
            Err(error) => Err(error),
        }
    }

    pub(super) fn list(&self, below: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        let entries = fs::read_dir(self.past_links(below)?)?;
        let named = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), kind_of(entry.file_type()?)))
        };
        entries.map(named).collect()
    }

    pub(super) fn is_about_links(_: &io::Error) -> bool {
        false
    }

    /// Where something is, once its folders are known to be no links.
    fn past_folders(&self, below: &Path) -> io::Result<PathBuf> {
        self.past_links(below.parent().unwrap_or(Path::new("")))?;
        Ok(self.real.join(below))
    }

    /// The same, and that it is no link itself.
    fn past_links(&self, below: &Path) -> io::Result<PathBuf> {
        let mut way = self.real.clone();
        for part in below.components() {
            way.push(part);
            match fs::symlink_metadata(&way) {
                Ok(metadata) if metadata.file_type().is_symlink() => {
                    return Err(ErrorKind::NotADirectory.into());
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            }
        }
        Ok(self.real.join(below))
    }
}
