//! Where changed files wait until all of the site is rendered.

use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use super::super::root::{Facts, File, Root};
use super::super::target::{Target, WORK};
use super::Ready;

/// The folders that can be staged in.
pub(super) struct Staging<'a> {
    target: &'a Target,
    /// In the work folder.
    home: PathBuf,
    /// In the output folder.
    inside: PathBuf,
    chosen: Mutex<Option<Where>>,
    pub(super) out_was_there: bool,
}

#[derive(Clone, Copy)]
enum Where {
    /// In the work folder; used when files can be renamed from there into the output folder.
    Home,
    /// In a hidden folder inside the output folder, for when that is on another file system.
    Inside,
}

pub(super) const STAGED: &str = ".ayni-staged";

/// Within a staging folder, the files whose folders are missing in the output folder, as they will
/// lie there. The others lie beside it under their numbers.
pub(super) const TREE: &str = "tree";

/// Where a site has its own.
fn home() -> PathBuf {
    Path::new(WORK).join("staged")
}

/// Removes what a build that was killed has staged.
pub(super) fn clear(Target { site, out, .. }: &Target) -> io::Result<()> {
    site.remove_all(home())?;
    out.root.remove_all(out.at(STAGED))
}

impl<'a> Staging<'a> {
    pub(super) fn new(target: &'a Target) -> Result<Staging<'a>> {
        let out_was_there = target.out.is_there()?;
        let (home, inside) = (home(), target.out.at(STAGED));
        let chosen = Mutex::new(None);
        Ok(Staging { target, home, inside, chosen, out_was_there })
    }

    /// The folder to stage in, below a root; made when the first file needs it.
    pub(super) fn folder(&self) -> Result<(&Root, &Path)> {
        let Target { site, out, .. } = self.target;
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        let place = match *chosen {
            Some(place) => place,
            None => {
                let beside = || format!("cannot write beside {}", out.show(""));
                *chosen.insert(self.choose().with_context(beside)?)
            }
        };
        Ok(match place {
            Where::Home => (site, &self.home),
            Where::Inside => (&out.root, &self.inside),
        })
    }

    /// Tries whether a file can be renamed from the work folder to where the output folder is.
    fn choose(&self) -> io::Result<Where> {
        let Target { site, out, .. } = self.target;
        let (probe, root) = (self.home.join("probe"), &out.root);
        let mut nearest = &*out.below;
        while root.kind(nearest)?.is_none() {
            nearest = nearest.parent().unwrap_or(Path::new(""));
        }
        let arrived = nearest.join(STAGED);
        site.make_folders(&self.home)?;
        site.create_new(&probe)?;
        match site.rename(&probe, root, &arrived) {
            Ok(()) => root.remove_file(&arrived).map(|()| Where::Home),
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                root.make_folders(&self.inside).map(|_| Where::Inside)
            }
            Err(error) => Err(error),
        }
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = clear(self.target);
        if !self.out_was_there {
            // Only an empty folder can be removed so.
            let out = &self.target.out;
            let _ = out.root.remove_folder(&out.below);
        }
    }
}

/// Writes a body whose hash is known; a file of the site is hashed again, as it may have changed since.
pub(super) fn write_staged(
    (root, staged): (&Root, &Path),
    site: &Root,
    body: &Ready,
    hash: blake3::Hash,
) -> Result<(blake3::Hash, Facts)> {
    let mut to = create(root, staged)?;
    let hash = match body {
        Ready::Bytes(bytes) => {
            to.write_all(bytes)?;
            hash
        }
        Ready::File(source) => {
            let reading = || format!("cannot read {}", site.show(source));
            copy_and_hash(site.open_file(source).with_context(reading)?, &to)?
        }
    };
    Ok((hash, Facts::of(&to)?))
}

/// Makes a file, and the folders in which it lies. Most pages have a folder of their own, which is
/// not there yet.
fn create(root: &Root, file: &Path) -> io::Result<File> {
    let folder = file.parent().unwrap_or(file);
    let has_own_folder = file.file_name().is_some_and(|name| name == "index.html");
    if has_own_folder && root.make_folder(folder).is_ok() {
        return root.create_new(file);
    }
    match root.create_new(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            root.make_folders(folder)?;
            root.create_new(file)
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
