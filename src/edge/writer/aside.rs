//! Moves aside what stands in the place of a file of ours and is not what Ayni wrote: somebody has edited it, or
//! compressed it. It may be the only copy, so it is never destroyed; but it does not stay either, since what is
//! withheld now could be in it.
//!
//! It goes to `.ayni/replaced/HASH/PATH`, so that the same bytes, moved aside every night, are kept once.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::super::manifest::hash_of;
use super::super::root::{Kind, Root, is_absent, linked};
use super::super::target::WORK;

fn replaced() -> PathBuf {
    Path::new(WORK).join("replaced")
}

/// Moves away what is at this place of the output folder, unless it is a file with a hash that is known. Says
/// where in the site it is then.
pub(super) fn set_aside(
    (root, file): (&Root, &Path),
    path: &str,
    site: &Root,
    is_ours: impl Fn(blake3::Hash) -> bool,
) -> Result<Option<PathBuf>> {
    let hash = match root.kind(file) {
        Ok(None | Some(Kind::Folder)) => return Ok(None),
        Ok(Some(Kind::File)) => {
            let hash = root.open_file(file).and_then(hash_of)?.0;
            if is_ours(hash) {
                return Ok(None);
            }
            hash
        }
        Ok(Some(Kind::Link)) => blake3::hash(root.read_link(file)?.to_string_lossy().as_bytes()),
        Ok(Some(Kind::Other)) => blake3::hash(path.as_bytes()),
        Err(error) if linked(&error).is_some() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let hash = hash.to_hex();
    let mut number = 0_usize;
    loop {
        let folder = match number {
            0 => hash[..16].to_owned(),
            number => format!("{}-{number}", &hash[..16]),
        };
        let aside = replaced().join(folder).join(path);
        let moving = || format!("cannot move it aside to {}", site.show(&aside));
        if site.kind(&aside).with_context(moving)?.is_none() {
            move_to((root, file), (site, &aside)).with_context(moving)?;
            return Ok(Some(aside));
        }
        if is_same((root, file), (site, &aside)).with_context(moving)? {
            root.remove_file(file)?;
            return Ok(Some(aside));
        }
        number += 1;
    }
}

/// Whether two places hold the same.
fn is_same(one: (&Root, &Path), other: (&Root, &Path)) -> io::Result<bool> {
    let what = |(root, file): (&Root, &Path)| match root.kind(file)? {
        Some(Kind::File) => Ok(Some((true, root.open_file(file).and_then(hash_of)?.0))),
        Some(Kind::Link) => {
            let target = root.read_link(file)?;
            Ok::<_, io::Error>(Some((false, blake3::hash(target.as_os_str().as_encoded_bytes()))))
        }
        _ => Ok(None),
    };
    let (one, other) = (what(one)?, what(other)?);
    Ok(one.is_some() && one == other)
}

/// Moves a file or a link, also to another file system.
fn move_to((root, file): (&Root, &Path), (site, aside): (&Root, &Path)) -> io::Result<()> {
    site.make_folders(aside.parent().unwrap_or(aside))?;
    match root.rename_new(file, site, aside) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
        moved => return moved,
    }
    match root.kind(file)? {
        Some(Kind::Link) => site.make_link(&root.read_link(file)?, aside)?,
        _ => {
            let mut from = root.open_file(file)?;
            let copied = site
                .create_new(aside)
                .and_then(|mut to| io::copy(&mut from, &mut to).and_then(|_| to.sync_all()));
            if copied.is_err() {
                // Half a copy is none; the whole is still where it was.
                let _ = site.remove_file(aside);
            }
            copied?;
        }
    }
    match root.remove_file(file) {
        Err(error) if is_absent(&error) => Ok(()),
        removed => removed,
    }
}
