//! Paths that a person has named, or that lead to a root: here links are followed.

use std::io;
use std::path::{Path, PathBuf};

use super::{File, is_absent};

/// Opens a file where its name leads, since a person has named it or it is the program itself.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn open_named(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The bytes of a file where its name leads, since a person has named it.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_named(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Whether this path, which a person has named, leads to anything, a link that leads nowhere included.
pub(crate) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether this path leads to a folder, and is not itself a link to one.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|there| there.is_dir())
}

/// The path with every link on the way to it resolved; its last parts need not exist yet.
///
/// # Errors
/// When it cannot be looked for, or a part that is not there is a link that leads nowhere.
pub(crate) fn real_path(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for there in path.ancestors() {
        match there.canonicalize() {
            Ok(real) => {
                let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
                return Ok(real.components().chain(rest.components()).collect());
            }
            Err(error) if is_absent(&error) && !is_there(there) => {}
            Err(error) if is_absent(&error) => {
                let what = format!("{} is a link that leads nowhere", there.display());
                return Err(io::Error::other(what));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(path)
}
