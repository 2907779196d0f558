//! Single steps in the output folder: moving a file into place, removing one.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::is_absent;

/// Moves a file, or a folder that should not be there yet, into place.
pub(super) fn move_into_place(staged: &Path, to: &Path) -> io::Result<()> {
    let moved = fs::rename(staged, to);
    match moved.as_ref().map_err(io::Error::kind) {
        Ok(()) => return moved,
        Err(ErrorKind::NotFound) => fs::create_dir_all(to.parent().unwrap_or(to))?,
        Err(_) if is_folder(staged) => {
            // The folder has come up meanwhile, or this file system cannot rename folders.
            fs::create_dir_all(to)?;
            for entry in fs::read_dir(staged)? {
                let entry = entry?;
                move_into_place(&entry.path(), &to.join(entry.file_name()))?;
            }
            return Ok(());
        }
        Err(_) if is_folder(to) => remove_empty_folders(to)?,
        Err(_) => return moved,
    }
    fs::rename(staged, to)
}

/// Removes a file or link, and the folders above it that thereby become empty.
pub(super) fn remove_file(file: &Path, out: &Path) -> io::Result<()> {
    match fs::symlink_metadata(file) {
        Ok(there) if there.is_dir() => return Ok(()),
        Ok(_) => fs::remove_file(file)?,
        Err(error) if is_absent(&error) => {}
        Err(error) => return Err(error),
    }
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != out) {
        match fs::remove_dir(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => break,
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder in which there is nothing but folders.
fn remove_empty_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        remove_empty_folders(&entry?.path())?;
    }
    fs::remove_dir(folder)
}

/// Whether this is a folder and not a link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

pub(super) fn nearest_existing(path: &Path) -> &Path {
    path.ancestors().find(|folder| folder.exists()).unwrap_or(path)
}
