//! Folders by their handles, as Unix has them.

use std::ffi::{OsStr, OsString};
use std::fs::Metadata;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{self, AtFlags, CWD, Dir, FileType, Mode, OFlags, RawMode};
use rustix::io::Errno;

use super::{Facts, File, Kind};

/// A folder that is open.
pub(super) struct Handle {
    fd: OwnedFd,
    /// Whether the system can refuse links on a whole way at once.
    whole: bool,
}

/// A folder that is only passed through.
#[cfg(any(target_os = "linux", target_os = "android"))]
const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

/// A pipe must not make the program wait, nor a terminal become its own.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        let fd = fs::openat(CWD, path, FOLDER, Mode::empty())?;
        let whole = on_the_whole_way(fd.as_fd(), Path::new("."), FOLDER, Mode::empty()).is_ok();
        Ok(Handle { fd, whole })
    }

    /// The same for a system that cannot refuse links on a whole way.
    #[cfg(test)]
    pub(super) fn by_parts(self) -> Handle {
        Handle { whole: false, ..self }
    }

    pub(super) fn open_itself(&self) -> io::Result<File> {
        Ok(self.enter(Path::new(""), OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?.into())
    }

    pub(super) fn open_file(&self, below: &Path) -> io::Result<File> {
        Ok(self.enter(below, READ, Mode::empty())?.into())
    }

    pub(super) fn create_new(&self, below: &Path) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        Ok(self.enter(below, flags, Mode::from_raw_mode(0o666))?.into())
    }

    pub(super) fn open_lock(&self, below: &Path) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NONBLOCK | OFlags::NOCTTY;
        Ok(self.enter(below, flags, Mode::from_raw_mode(0o666))?.into())
    }

    pub(super) fn look(&self, below: &Path) -> io::Result<Facts> {
        self.inside(below, |folder, name| {
            let stat = fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
            let kind = kind_of(FileType::from_raw_mode(stat.st_mode));
            let nanos = i128::from(stat.st_mtime) * 1_000_000_000 + i128::from(stat.st_mtime_nsec);
            let modified =
                i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX });
            let size = u64::try_from(stat.st_size).unwrap_or(0);
            let for_all = others_read(kind, Mode::from_raw_mode(stat.st_mode));
            Ok(Facts { kind, size, modified, for_all })
        })
    }

    pub(super) fn is_for_all(kind: Kind, metadata: &Metadata) -> bool {
        others_read(kind, Mode::from_raw_mode(metadata.mode() as RawMode))
    }

    pub(super) fn read_link(&self, below: &Path) -> io::Result<PathBuf> {
        let target = self.inside(below, |folder, name| fs::readlinkat(folder, name, Vec::new()))?;
        Ok(OsString::from_vec(target.into_bytes()).into())
    }

    pub(super) fn make_link(&self, target: &Path, below: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| fs::symlinkat(target, folder, name))
    }

    pub(super) fn make_folder(&self, below: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| fs::mkdirat(folder, name, Mode::from_raw_mode(0o777)))
    }

    pub(super) fn remove_file(&self, below: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| fs::unlinkat(folder, name, AtFlags::empty()))
    }

    pub(super) fn remove_folder(&self, below: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| fs::unlinkat(folder, name, AtFlags::REMOVEDIR))
    }

    pub(super) fn rename(&self, below: &Path, to: &Handle, place: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| {
            Ok(to.inside(place, |its, new| fs::renameat(folder, name, its, new)))
        })?
    }

    pub(super) fn rename_new(&self, below: &Path, to: &Handle, place: &Path) -> io::Result<()> {
        self.inside(below, |folder, name| {
            Ok(to.inside(place, |its, new| rename_new(folder, name, its, new)))
        })?
    }

    pub(super) fn list(&self, below: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        let folder = self.enter(below, OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty())?;
        let mut found = Vec::new();
        for entry in Dir::read_from(&folder)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => {
                    let stat = fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
                    kind_of(FileType::from_raw_mode(stat.st_mode))
                }
                known => kind_of(known),
            };
            found.push((name.to_owned(), kind));
        }
        Ok(found)
    }

    pub(super) fn is_about_links(error: &io::Error) -> bool {
        error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
    }

    /// Does something to a name in the folder that it lies in.
    fn inside<T>(
        &self,
        below: &Path,
        act: impl FnOnce(BorrowedFd<'_>, &OsStr) -> rustix::io::Result<T>,
    ) -> io::Result<T> {
        // Of the root itself nothing can be removed or renamed, but it can be looked at.
        let name = below.file_name().unwrap_or(OsStr::new("."));
        match below.parent() {
            Some(above) if !above.as_os_str().is_empty() => {
                let folder = self.enter(above, FOLDER, Mode::empty())?;
                Ok(act(folder.as_fd(), name)?)
            }
            _ => Ok(act(self.fd.as_fd(), name)?),
        }
    }

    /// Opens what is at a place.
    fn enter(&self, below: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        let below = if below.as_os_str().is_empty() { Path::new(".") } else { below };
        if self.whole {
            return Ok(on_the_whole_way(self.fd.as_fd(), below, flags, mode)?);
        }
        let mut folder: Option<OwnedFd> = None;
        let above = below.parent().unwrap_or(Path::new(""));
        for part in above.components() {
            let here = folder.as_ref().map_or(self.fd.as_fd(), AsFd::as_fd);
            let part = part.as_os_str();
            folder = Some(fs::openat(here, part, FOLDER | OFlags::NOFOLLOW, Mode::empty())?);
        }
        let here = folder.as_ref().map_or(self.fd.as_fd(), AsFd::as_fd);
        let name = below.file_name().unwrap_or(OsStr::new("."));
        Ok(fs::openat(here, name, flags | OFlags::NOFOLLOW | OFlags::CLOEXEC, mode)?)
    }
}

/// Opens a place, and lets the system refuse every link on the way. Old systems cannot, and some containers
/// forbid it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn on_the_whole_way(
    folder: BorrowedFd<'_>,
    below: &Path,
    flags: OFlags,
    mode: Mode,
) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::BENEATH;
    fs::openat2(folder, below, flags | OFlags::NOFOLLOW | OFlags::CLOEXEC, mode, resolve)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn on_the_whole_way(
    _: BorrowedFd<'_>,
    _: &Path,
    _: OFlags,
    _: Mode,
) -> rustix::io::Result<OwnedFd> {
    Err(Errno::NOSYS)
}

/// Renames where nothing may be in the new place. Where the system has no such act, a file gets a second name
/// and loses its first.
fn rename_new(
    folder: BorrowedFd<'_>,
    name: &OsStr,
    its: BorrowedFd<'_>,
    new: &OsStr,
) -> rustix::io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    match fs::renameat_with(folder, name, its, new, fs::RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
        done => return done,
    }
    match fs::linkat(folder, name, its, new, AtFlags::empty()) {
        Ok(()) => fs::unlinkat(folder, name, AtFlags::empty()),
        // Folders have no second names, and some file systems give none to files.
        Err(Errno::PERM | Errno::NOTSUP | Errno::ISDIR | Errno::MLINK) => {
            match fs::statat(its, new, AtFlags::SYMLINK_NOFOLLOW) {
                Err(Errno::NOENT) => fs::renameat(folder, name, its, new),
                Err(error) => Err(error),
                Ok(_) => Err(Errno::EXIST),
            }
        }
        Err(error) => Err(error),
    }
}

/// Whether users who are neither the owner nor of the group may read it.
fn others_read(kind: Kind, mode: Mode) -> bool {
    match kind {
        Kind::Folder => mode.contains(Mode::ROTH | Mode::XOTH),
        _ => mode.contains(Mode::ROTH),
    }
}

fn kind_of(file_type: FileType) -> Kind {
    match file_type {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}
