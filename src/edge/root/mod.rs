//! A place below a folder, reached without following any link: the only way to files and folders.
//!
//! A [`Root`] is a folder that a person has chosen: that of the site, or an output folder elsewhere. It may itself
//! be reached through links (`--site /srv/current`). Nothing below it is. Content comes from many hands by way of a
//! repository, and a repository can hold links: followed, `public -> .git` makes a build write Git's own settings.
//!
//! Every act opens the folder in which it happens anew, part by part or with a flag of the system that does the same,
//! and then names one thing in it. So a link that is put there between looking and acting is not followed either.
//! Links that stay within the root are not followed any more than others.
//!
//! What a person names on the command line is read where the name leads: [`read_named`].

#![expect(
    clippy::disallowed_methods,
    reason = "the only place from which files and folders are reached"
)]

mod named;
#[cfg(not(unix))]
mod plain;
#[cfg(unix)]
mod unix;

use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;

pub(super) use named::{is_folder, is_there, open_named, read_named, real_path};
#[cfg(not(unix))]
use plain::Handle;
#[cfg(unix)]
use unix::Handle;

use crate::characters::composed;

/// A file that is open. It comes from a [`Root`], or was named by a person.
pub(super) use std::fs::{File, TryLockError};

/// A folder below which no link is followed.
#[derive(Clone)]
pub(super) struct Root {
    /// As a person gave it, for messages.
    shown: PathBuf,
    /// Without links.
    real: PathBuf,
    handle: Arc<Handle>,
}

/// What something in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An ordinary file.
    File,
    Folder,
    /// A link, wherever it leads.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What can be seen of something without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified: i64,
    /// Whether every user of this machine may read it; true where the system does not say.
    pub for_all: bool,
}

/// The error where a link is in the way.
#[derive(Debug)]
pub(super) struct Linked {
    /// The link, below its root.
    pub path: PathBuf,
    pub target: PathBuf,
}

impl fmt::Display for Linked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Linked { path, target } = self;
        write!(
            f,
            "`{}` is a link to {}, and links are not followed",
            slashes(path),
            target.display()
        )
    }
}

impl std::error::Error for Linked {}

/// The link that an error is about, if it is about one.
pub(super) fn linked(error: &io::Error) -> Option<&Linked> {
    error.get_ref()?.downcast_ref()
}

/// Whether an error says that nothing is there.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

impl Root {
    /// The folder to which this path leads.
    ///
    /// # Errors
    /// When it is no folder, or cannot be opened.
    pub(super) fn open(path: &Path) -> io::Result<Root> {
        let real = path.canonicalize()?;
        let handle = Arc::new(Handle::open(&real)?);
        Ok(Root { shown: path.to_owned(), real, handle })
    }

    /// Where it is, without links.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// The folder that it is in.
    pub(super) fn real_parent(&self) -> PathBuf {
        self.real.parent().unwrap_or(&self.real).to_owned()
    }

    /// A place below it in the words of the person who named it, for messages.
    pub(super) fn show(&self, below: impl AsRef<Path>) -> String {
        self.shown.join(below).display().to_string()
    }

    /// What is at a place, if anything is.
    ///
    /// # Errors
    /// When a link is on the way to it, or it cannot be looked at. A link at the place itself is a fact.
    pub(super) fn look(&self, below: impl AsRef<Path>) -> io::Result<Option<Facts>> {
        self.at(below.as_ref(), |handle, below| match handle.look(below) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            facts => facts.map(Some),
        })
        .or_else(|error| if is_absent(&error) { Ok(None) } else { Err(error) })
    }

    /// What kind of thing is at a place, if anything is.
    ///
    /// # Errors
    /// As [`Root::look`].
    pub(super) fn kind(&self, below: impl AsRef<Path>) -> io::Result<Option<Kind>> {
        Ok(self.look(below)?.map(|facts| facts.kind))
    }

    /// The first link on the way to a place, that at its end included.
    ///
    /// # Errors
    /// When the way cannot be looked at.
    pub(super) fn link_on_the_way(&self, below: impl AsRef<Path>) -> io::Result<Option<Linked>> {
        let below = check(below.as_ref())?;
        let mut way = PathBuf::new();
        for part in below.components() {
            way.push(part);
            match self.handle.look(&way) {
                Ok(facts) if facts.kind == Kind::Link => {
                    let target = self.handle.read_link(&way)?;
                    return Ok(Some(Linked { path: way, target }));
                }
                Ok(_) => {}
                Err(error) if is_absent(&error) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// When it is not an ordinary file that can be read.
    pub(super) fn open_file(&self, below: impl AsRef<Path>) -> io::Result<File> {
        let file = self.at(below.as_ref(), Handle::open_file)?;
        match file.metadata()?.is_file() {
            true => Ok(file),
            false => Err(io::Error::other("it is not a file")),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// As [`Root::open_file`].
    pub(super) fn read(&self, below: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(below)?;
        let mut bytes = Vec::with_capacity(file.metadata()?.len().try_into().unwrap_or(0));
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The target of a link.
    ///
    /// # Errors
    /// When it is no link.
    pub(super) fn read_link(&self, below: impl AsRef<Path>) -> io::Result<PathBuf> {
        self.at(below.as_ref(), Handle::read_link)
    }

    /// Makes a file that is not there yet.
    ///
    /// # Errors
    /// When anything is there, a link too.
    pub(super) fn create_new(&self, below: impl AsRef<Path>) -> io::Result<File> {
        self.at(below.as_ref(), Handle::create_new)
    }

    /// Opens a file to hold a lock on, and makes it if need be.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) fn open_lock(&self, below: impl AsRef<Path>) -> io::Result<File> {
        self.at(below.as_ref(), Handle::open_lock)
    }

    /// Keeps others out who do the same, until the file is dropped. Where the system cannot do that with a
    /// folder, nobody is kept out.
    pub(super) fn hold(&self) -> Option<File> {
        let file = self.handle.open_itself().ok()?;
        file.lock().ok()?;
        Some(file)
    }

    /// Makes a link.
    ///
    /// # Errors
    /// When anything is there.
    pub(super) fn make_link(&self, target: &Path, below: impl AsRef<Path>) -> io::Result<()> {
        self.at(below.as_ref(), |handle, below| handle.make_link(target, below))
    }

    /// Makes one folder, in one that is there.
    ///
    /// # Errors
    /// When anything is there.
    pub(super) fn make_folder(&self, below: impl AsRef<Path>) -> io::Result<()> {
        self.at(below.as_ref(), Handle::make_folder)
    }

    /// Makes a folder and those above it, unless they are there. Returns those that were not.
    ///
    /// # Errors
    /// When something else than a folder is in the way.
    pub(super) fn make_folders(&self, below: impl AsRef<Path>) -> io::Result<Vec<PathBuf>> {
        let below = below.as_ref();
        let mut made = Vec::new();
        let mut missing = Vec::new();
        for folder in below.ancestors().filter(|folder| !folder.as_os_str().is_empty()) {
            match self.kind(folder)? {
                Some(Kind::Folder) => break,
                None => missing.push(folder.to_owned()),
                Some(Kind::Link) => {
                    return Err(self.explain(folder, ErrorKind::NotADirectory.into()));
                }
                Some(_) => {
                    let what = format!("`{}` is not a folder", slashes(folder));
                    return Err(io::Error::new(ErrorKind::NotADirectory, what));
                }
            }
        }
        for folder in missing.into_iter().rev() {
            match self.make_folder(&folder) {
                Ok(()) => made.push(folder),
                // Another thread was faster; what it made shows itself at the next step.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    made.iter().rev().for_each(|folder| drop(self.remove_folder(folder)));
                    return Err(error);
                }
            }
        }
        Ok(made)
    }

    /// Moves a file or a folder to a place below another root, in the place of a file there.
    ///
    /// # Errors
    /// When it cannot be moved; not to another file system.
    pub(super) fn rename(
        &self,
        below: impl AsRef<Path>,
        to: &Root,
        place: impl AsRef<Path>,
    ) -> io::Result<()> {
        let (below, place) = (below.as_ref(), place.as_ref());
        self.both(below, to, place, Handle::rename)
    }

    /// The same where nothing may be in that place.
    ///
    /// # Errors
    /// When anything is there.
    pub(super) fn rename_new(
        &self,
        below: impl AsRef<Path>,
        to: &Root,
        place: impl AsRef<Path>,
    ) -> io::Result<()> {
        let (below, place) = (below.as_ref(), place.as_ref());
        self.both(below, to, place, Handle::rename_new)
    }

    /// Removes a file or a link.
    ///
    /// # Errors
    /// When there is none, or it cannot be removed.
    pub(super) fn remove_file(&self, below: impl AsRef<Path>) -> io::Result<()> {
        self.at(below.as_ref(), Handle::remove_file)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// When there is none, or something is in it.
    pub(super) fn remove_folder(&self, below: impl AsRef<Path>) -> io::Result<()> {
        self.at(below.as_ref(), Handle::remove_folder)
    }

    /// Removes a folder and all that is in it; links in it are removed themselves. Nothing may be there.
    ///
    /// # Errors
    /// When a link is there instead, or something cannot be removed.
    pub(super) fn remove_all(&self, below: impl AsRef<Path>) -> io::Result<()> {
        let below = below.as_ref();
        match self.kind(below)? {
            None => Ok(()),
            Some(Kind::Link) => Err(self.explain(below, ErrorKind::NotADirectory.into())),
            Some(Kind::Folder) => {
                for (name, kind) in self.list(below)? {
                    let inner = below.join(name);
                    match kind {
                        Kind::Folder => self.remove_all(&inner)?,
                        _ => self.remove_file(&inner)?,
                    }
                }
                self.remove_folder(below)
            }
            Some(_) => self.remove_file(below),
        }
    }

    /// The names in a folder and what they are, sorted.
    ///
    /// # Errors
    /// When it is no folder, or cannot be read.
    pub(super) fn list(&self, below: impl AsRef<Path>) -> io::Result<Vec<(OsString, Kind)>> {
        let mut names = self.at(below.as_ref(), Handle::list)?;
        names.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(names)
    }

    /// Everything below a folder, each folder's own sorted by name; folders that `enter` refuses by their path, and
    /// files so, are left out. Links are named, not followed.
    ///
    /// # Errors
    /// When it is no folder, or one of those in it cannot be read.
    pub(super) fn walk(
        &self,
        below: &Path,
        enter: impl Fn(&Path) -> bool,
    ) -> io::Result<Vec<(PathBuf, Kind)>> {
        if let Some(linked) = self.link_on_the_way(below)? {
            return Err(io::Error::other(linked));
        }
        // Names alone are found so. They are opened as all others are, so a folder that becomes a link meanwhile
        // shows nothing of what is behind it.
        let walk = WalkDir::new(self.real.join(below)).min_depth(1).follow_root_links(false);
        let walk = walk.sort_by_file_name().into_iter();
        let below =
            |path: &Path| path.strip_prefix(&self.real).map(Path::to_owned).unwrap_or_default();
        let walk = walk.filter_entry(|entry| entry.depth() == 0 || enter(&below(entry.path())));
        walk.map(|entry| {
            let entry = entry?;
            let below = entry.path().strip_prefix(&self.real).unwrap_or(entry.path());
            Ok((below.to_owned(), kind_of(entry.file_type())))
        })
        .collect()
    }

    fn at<T>(
        &self,
        below: &Path,
        act: impl FnOnce(&Handle, &Path) -> io::Result<T>,
    ) -> io::Result<T> {
        let below = check(below)?;
        act(&self.handle, below).map_err(|error| self.explain(below, error))
    }

    fn both(
        &self,
        below: &Path,
        to: &Root,
        place: &Path,
        act: fn(&Handle, &Path, &Handle, &Path) -> io::Result<()>,
    ) -> io::Result<()> {
        let (below, place) = (check(below)?, check(place)?);
        let done = act(&self.handle, below, &to.handle, place);
        done.map_err(|error| to.explain(place, self.explain(below, error)))
    }

    /// Says which link is in the way, where that is why something could not be done.
    fn explain(&self, below: &Path, error: io::Error) -> io::Error {
        if error.kind() != ErrorKind::NotADirectory && !Handle::is_about_links(&error) {
            return error;
        }
        match self.link_on_the_way(below) {
            Ok(Some(linked)) => io::Error::other(linked),
            _ => error,
        }
    }
}

/// Refuses what could lead out of a root: places are below it, by plain names.
fn check(below: &Path) -> io::Result<&Path> {
    let is_plain = |part| matches!(part, Component::Normal(_));
    match below.components().all(is_plain) {
        true => Ok(below),
        false => {
            let what = format!("`{}` is not a place below a folder", below.display());
            Err(io::Error::new(ErrorKind::InvalidInput, what))
        }
    }
}

impl Facts {
    /// Of a file that is open.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(super) fn of(file: &File) -> io::Result<Facts> {
        let metadata = file.metadata()?;
        let modified = match metadata.modified()?.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos)
            }
        };
        let kind = kind_of(metadata.file_type());
        let for_all = Handle::is_for_all(kind, &metadata);
        Ok(Facts { kind, size: metadata.len(), modified, for_all })
    }
}

fn kind_of(file_type: std::fs::FileType) -> Kind {
    match file_type {
        it if it.is_symlink() => Kind::Link,
        it if it.is_dir() => Kind::Folder,
        it if it.is_file() => Kind::File,
        _ => Kind::Other,
    }
}

/// A path below a folder as texts have it: with forward slashes, and accents written in one way.
pub(super) fn slashes(below: &Path) -> String {
    let parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    parts.map(|part| composed(&part).into_owned()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
