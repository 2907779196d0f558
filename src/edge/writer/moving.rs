//! Single steps in the output folder: moving a file into place, removing one.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::super::root::{Kind, Root, linked};

/// A place below a root.
type Place<'a> = (&'a Root, &'a Path);

/// Moves a file, or a folder that should not be there yet, into place; where it is new, nothing is replaced.
pub(super) fn move_into_place(staged: Place, to: Place, is_new: bool) -> io::Result<()> {
    let ((from, waiting), (root, place)) = (staged, to);
    let rename = || match is_new {
        true => from.rename_new(waiting, root, place),
        false => from.rename(waiting, root, place),
    };
    let moved = rename();
    match moved.as_ref() {
        Ok(()) => return moved,
        Err(error) if linked(error).is_some() => return moved,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            root.make_folders(place.parent().unwrap_or(place))?;
        }
        Err(_) if from.kind(waiting)? == Some(Kind::Folder) => {
            // The folder has come up meanwhile, or this file system cannot rename folders.
            root.make_folders(place)?;
            for (name, _) in from.list(waiting)? {
                let (inner, its) = (waiting.join(&name), place.join(&name));
                move_into_place((from, &inner), (root, &its), is_new)?;
            }
            return Ok(());
        }
        Err(_) if root.kind(place)? == Some(Kind::Folder) => remove_empty_folders(root, place)?,
        Err(_) => return moved,
    }
    rename()
}

/// Removes a file or link, and the folders above it that thereby become empty, but not `out`.
pub(super) fn remove_file(root: &Root, file: &Path, out: &Path) -> io::Result<()> {
    match root.kind(file) {
        Ok(Some(Kind::Folder)) => return Ok(()),
        Ok(Some(_)) => root.remove_file(file)?,
        Ok(None) => {}
        // What is behind a link is not ours, and the link is not in the way of what is gone.
        Err(error) if linked(&error).is_some() => return Ok(()),
        Err(error) => return Err(error),
    }
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != out) {
        match root.remove_folder(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => break,
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder in which there is nothing but folders.
fn remove_empty_folders(root: &Root, folder: &Path) -> io::Result<()> {
    for (name, _) in root.list(folder)? {
        remove_empty_folders(root, &folder.join(name))?;
    }
    root.remove_folder(folder)
}
