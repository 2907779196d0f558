//! Writes several files of a site together: all of them, or none.
//!
//! All are written under other names beside their places first, so that a full disk or a folder in the way is
//! noticed before anything has changed. Then each is renamed into place, in the order given. When that fails for
//! one, those before it are taken back. A program that is killed in between leaves every file whole; the order is
//! chosen so that the same command completes the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::root::{Kind, Root, is_there, real_path};

/// One file to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    /// Where, below the site's folder, with forward slashes.
    pub path: &'a str,
    /// What it will hold.
    pub text: &'a str,
    /// What is there before.
    pub before: Before<'a>,
}

/// What is in a file's place before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before<'a> {
    Nothing,
    /// A file, whatever it holds.
    File,
    /// A file that holds exactly this.
    Text(&'a str),
}

/// Files that wait for their names are called so, with a number. Names that begin with a dot are no sources.
const WAITING: &str = ".ayni-new-";

/// Writes all these files of a site in this order, or none.
///
/// # Errors
/// When a file that should be new exists, or anything cannot be written. Nothing has changed then.
pub(crate) fn write(site: &Path, changes: &[Change]) -> Result<()> {
    let root = super::disk::open(site)?;
    write_in(&root, changes, &mut |_| Ok(()))
}

/// Makes the folder of a new site with these files; the last of them is the one by which a site is known. What
/// an earlier attempt has left there is completed.
///
/// # Errors
/// When the folder holds anything else, or cannot be written.
pub(crate) fn write_site(folder: &Path, files: &[(&str, &str)]) -> Result<()> {
    let shown = folder.display();
    let real = real_path(folder).with_context(|| format!("finding {shown}"))?;
    let there = real.ancestors().find(|path| is_there(path)).unwrap_or(&real);
    let making = || format!("making {shown}");
    let made = match Root::open(there) {
        Ok(above) => {
            let below = real.strip_prefix(there).unwrap_or(Path::new(""));
            let made = above.make_folders(below).with_context(making)?;
            Some((above, made))
        }
        Err(_) if there == real => bail!("{shown} is a file; choose a new folder"),
        Err(error) => return Err(error).with_context(making),
    };
    let written = Root::open(folder).with_context(making).and_then(|root| {
        ensure!(is_free(&root, files)?, "{shown} is not empty; choose a new folder");
        let mut changes = Vec::new();
        for (path, text) in files {
            if root.kind(path)?.is_none() {
                changes.push(Change { path, text, before: Before::Nothing });
            }
        }
        write_in(&root, &changes, &mut |_| Ok(()))
    });
    if let (Err(_), Some((above, made))) = (&written, made) {
        made.iter().rev().for_each(|folder| drop(above.remove_folder(folder)));
    }
    written
}

/// Whether a folder holds nothing but what an interrupted beginning may have left.
fn is_free(root: &Root, files: &[(&str, &str)]) -> Result<bool> {
    if let Some((mark, _)) = files.last()
        && root.kind(mark)?.is_some()
    {
        return Ok(false);
    }
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for (name, kind) in root.list(&folder)? {
            let is_waiting = name.to_string_lossy().starts_with(WAITING);
            let below = folder.join(name);
            let is_on_the_way =
                || files.iter().any(|(path, _)| Path::new(path).starts_with(&below));
            let is_same = || {
                let planned = files.iter().find(|(path, _)| Path::new(path) == below);
                planned.is_some_and(|(_, text)| {
                    root.read(&below).is_ok_and(|bytes| bytes == text.as_bytes())
                })
            };
            match kind {
                Kind::Folder if is_on_the_way() => folders.push(below),
                Kind::File if is_waiting || is_same() => {}
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
}

/// Does the work; `before` is asked before every rename, and can stop it.
fn write_in(
    root: &Root,
    changes: &[Change],
    before: &mut dyn FnMut(usize) -> Result<(), Stop>,
) -> Result<()> {
    // Two commands at once would take each other's waiting files for those of one that was killed.
    let _alone = root.hold();
    let mut work = Work {
        root,
        folders: Vec::new(),
        own: BTreeSet::new(),
        numbers: BTreeMap::new(),
        waiting: Vec::new(),
        done: Vec::new(),
    };
    let written = work.prepare(changes).and_then(|()| work.commit(changes, before));
    match written {
        Ok(()) => {
            work.clear();
            Ok(())
        }
        Err(Stop::Failed(error)) => {
            work.undo(changes);
            Err(error)
        }
        #[cfg(test)]
        Err(Stop::Killed) => Err(anyhow!("killed")),
    }
}

/// Why writing stops.
#[derive(Debug)]
enum Stop {
    Failed(anyhow::Error),
    /// As if the program had been killed: nothing more is done.
    #[cfg(test)]
    Killed,
}

/// What has been made so far.
struct Work<'a> {
    root: &'a Root,
    /// Folders that were not there before.
    folders: Vec<PathBuf>,
    /// Every name under which something waits.
    own: BTreeSet<PathBuf>,
    /// The next number for such a name, by folder.
    numbers: BTreeMap<PathBuf, usize>,
    /// For each change, its text under another name, and, where it takes the place of a file, that file's.
    waiting: Vec<(PathBuf, Option<PathBuf>)>,
    /// The changes that are in place.
    done: Vec<usize>,
}

impl Work<'_> {
    fn prepare(&mut self, changes: &[Change]) -> Result<(), Stop> {
        changes.iter().try_for_each(|change| self.prepare_one(change)).map_err(Stop::Failed)
    }

    fn prepare_one(&mut self, change: &Change) -> Result<()> {
        let (root, path) = (self.root, Path::new(change.path));
        let writing = || format!("writing {}", root.show(path));
        let kind = root.kind(path).with_context(writing)?;
        match (change.before, kind) {
            (Before::Nothing, None) | (Before::File | Before::Text(_), Some(Kind::File)) => {}
            (Before::Nothing, Some(_)) => return Err(exists(root, path)),
            (Before::File | Before::Text(_), _) => {
                bail!("{} is not a file; nothing was changed", root.show(path))
            }
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        self.folders.extend(root.make_folders(folder).with_context(writing)?);
        let old = match change.before {
            Before::Nothing => None,
            Before::File | Before::Text(_) => {
                let old = root.read(path).with_context(writing)?;
                ensure_as_read(root, change, &old)?;
                Some((old, root.open_file(path).and_then(|file| file.metadata())))
            }
        };
        let mut write = |bytes: &[u8]| -> io::Result<PathBuf> {
            let (name, mut file) = self.wait(folder)?;
            file.write_all(bytes)?;
            if let Some((_, Ok(before))) = &old {
                file.set_permissions(before.permissions())?;
            }
            file.sync_all()?;
            Ok(name)
        };
        let new = write(change.text.as_bytes()).with_context(writing)?;
        let old = old.as_ref().map(|(bytes, _)| write(bytes)).transpose().with_context(writing)?;
        self.waiting.push((new, old));
        Ok(())
    }

    /// A new file in this folder under a name that no source has. A file that a killed command has left under
    /// such a name is removed; what else is there stays, and another number is taken.
    fn wait(&mut self, folder: &Path) -> io::Result<(PathBuf, super::root::File)> {
        loop {
            let number = self.numbers.entry(folder.to_owned()).or_default();
            let name = folder.join(format!("{WAITING}{number}"));
            *number += 1;
            match self.root.kind(&name)? {
                None => {}
                Some(Kind::File) if !self.own.contains(&name) => self.root.remove_file(&name)?,
                Some(_) => continue,
            }
            match self.root.create_new(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    self.own.insert(name.clone());
                    return Ok((name, file));
                }
            }
        }
    }

    fn commit(
        &mut self,
        changes: &[Change],
        before: &mut dyn FnMut(usize) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        for (at, change) in changes.iter().enumerate() {
            before(at)?;
            let (new, path) = (&self.waiting[at].0, Path::new(change.path));
            if let Before::Text(_) = change.before {
                // Somebody may have saved it while the others were written.
                let now = self.root.read(path).map_err(|error| self.failure(path, error));
                let same = now.and_then(|now| ensure_as_read(self.root, change, &now));
                same.map_err(Stop::Failed)?;
            }
            let renamed = match change.before {
                Before::Nothing => self.root.rename_new(new, self.root, path),
                Before::File | Before::Text(_) => self.root.rename(new, self.root, path),
            };
            renamed.map_err(|error| Stop::Failed(self.failure(path, error)))?;
            self.done.push(at);
        }
        Ok(())
    }

    fn failure(&self, path: &Path, error: io::Error) -> anyhow::Error {
        match error.kind() {
            io::ErrorKind::AlreadyExists => exists(self.root, path),
            _ => anyhow!(error).context(format!("writing {}", self.root.show(path))),
        }
    }

    /// Takes back what is in place. What fails here has no better remedy, and the first error counts.
    fn undo(&mut self, changes: &[Change]) {
        for at in self.done.drain(..).rev() {
            let path = Path::new(changes[at].path);
            let _ = match &self.waiting[at].1 {
                Some(old) => self.root.rename(old, self.root, path),
                None => self.root.remove_file(path),
            };
        }
        self.clear();
        for folder in self.folders.drain(..).rev() {
            let _ = self.root.remove_folder(folder);
        }
    }

    /// Removes what still waits under another name.
    fn clear(&mut self) {
        for name in std::mem::take(&mut self.own) {
            if self.root.kind(&name).is_ok_and(|kind| kind.is_some()) {
                let _ = self.root.remove_file(name);
            }
        }
    }
}

/// Stops where a file does not hold any more what its change is made from.
fn ensure_as_read(root: &Root, change: &Change, now: &[u8]) -> Result<()> {
    let is_other = matches!(change.before, Before::Text(text) if text.as_bytes() != now);
    ensure!(
        !is_other,
        "{} has changed since it was read; nothing was changed. Run the command again",
        root.show(change.path)
    );
    Ok(())
}

fn exists(root: &Root, path: &Path) -> anyhow::Error {
    anyhow!("{} exists already; nothing was changed", root.show(path))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests make files and look at them")]
mod tests {
    use std::fs;

    use super::*;

    const CHANGES: [Change; 3] = [
        Change { path: "a/new.md", text: "new", before: Before::Nothing },
        Change { path: "b/c/new.md", text: "newer", before: Before::Nothing },
        Change { path: "old.md", text: "changed", before: Before::File },
    ];

    /// Every file with its text, and every folder with a slash.
    fn holds(folder: &Path) -> BTreeMap<String, String> {
        let root = Root::open(folder).unwrap();
        let each = root.walk(Path::new(""), |_| true).unwrap().into_iter();
        let each = each.map(|(path, kind)| match kind {
            Kind::Folder => (format!("{}/", path.display()), String::new()),
            _ => (path.display().to_string(), String::from_utf8(root.read(path).unwrap()).unwrap()),
        });
        each.collect()
    }

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old.md"), "old").unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        folder
    }

    fn stop_at(step: usize, folder: &Path, stop: fn() -> Stop) -> String {
        let root = Root::open(folder).unwrap();
        let mut before = |at| if at == step { Err(stop()) } else { Ok(()) };
        format!("{:#}", write_in(&root, &CHANGES, &mut before).unwrap_err())
    }

    #[test]
    fn where_one_cannot_be_written_nothing_changes() {
        for step in 0..CHANGES.len() {
            let site = site();
            let before = holds(site.path());
            let error = stop_at(step, site.path(), || Stop::Failed(anyhow!("no room")));
            assert_eq!((error.as_str(), holds(site.path())), ("no room", before));
        }
        // The last to be renamed is not the only one that can have had a file in its place.
        let site = site();
        let before = holds(site.path());
        let root = Root::open(site.path()).unwrap();
        let [one, other, last] = CHANGES;
        let mut fail = |at| if at == 1 { Err(Stop::Failed(anyhow!("no room"))) } else { Ok(()) };
        write_in(&root, &[last, one, other], &mut fail).unwrap_err();
        assert_eq!(holds(site.path()), before);
    }

    #[test]
    fn a_killed_write_leaves_every_file_whole_and_the_rest_can_be_written() {
        let written = site();
        write(written.path(), &CHANGES).unwrap();
        for step in 0..CHANGES.len() {
            let site = site();
            let before = holds(site.path());
            stop_at(step, site.path(), || Stop::Killed);
            let after = holds(site.path());
            for (at, change) in CHANGES.iter().enumerate() {
                let expected = if at < step { Some(change.text) } else { None };
                let expected = expected.or(before.get(change.path).map(String::as_str));
                assert_eq!(after.get(change.path).map(String::as_str), expected, "{step}");
            }
            write(site.path(), &CHANGES[step..]).unwrap();
            assert_eq!(holds(site.path()), holds(written.path()));
        }
    }

    #[test]
    fn a_file_that_has_changed_since_it_was_read_stops_all() {
        let changes = |text| {
            let [one, other, last] = CHANGES;
            [one, other, Change { before: Before::Text(text), ..last }]
        };
        let message =
            "old.md has changed since it was read; nothing was changed. Run the command again";
        let site = site();
        let before = holds(site.path());
        let error = write(site.path(), &changes("older")).unwrap_err();
        assert!(format!("{error:#}").ends_with(message), "{error:#}");
        assert_eq!(holds(site.path()), before);
        // Also where that happens while the others are put into place.
        let root = Root::open(site.path()).unwrap();
        let mut save = |at| {
            if at == 2 {
                fs::write(site.path().join("old.md"), "theirs").unwrap();
            }
            Ok(())
        };
        let error = write_in(&root, &changes("old"), &mut save).unwrap_err();
        assert!(format!("{error:#}").ends_with(message), "{error:#}");
        let theirs = ("old.md".to_owned(), "theirs".to_owned());
        assert_eq!(holds(site.path()), BTreeMap::from([("a/".to_owned(), String::new()), theirs]));
        fs::write(site.path().join("old.md"), "old").unwrap();
        write(site.path(), &changes("old")).unwrap();
        assert_eq!(fs::read_to_string(site.path().join("old.md")).unwrap(), "changed");
    }

    #[test]
    fn what_is_there_is_not_replaced_and_what_is_not_there_is_not_changed() {
        let site = site();
        let before = holds(site.path());
        for (path, kind, message) in [
            ("old.md", Before::Nothing, "old.md exists already; nothing was changed"),
            ("a", Before::Nothing, "a exists already"),
            ("none.md", Before::File, "none.md is not a file; nothing was changed"),
            ("old.md/x.md", Before::Nothing, "`old.md` is not a folder"),
            ("../x.md", Before::Nothing, "not a place below a folder"),
        ] {
            let error = write(site.path(), &[CHANGES[0], Change { path, text: "x", before: kind }]);
            let error = format!("{:#}", error.unwrap_err());
            assert!(error.contains(message), "{error}");
            assert_eq!(holds(site.path()), before, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_under_a_waiting_name_is_neither_followed_nor_in_the_way() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let site = site();
        let victim = tempfile::tempdir().unwrap();
        fs::write(victim.path().join("file"), "theirs").unwrap();
        symlink(victim.path().join("file"), site.path().join(".ayni-new-0")).unwrap();
        fs::create_dir(site.path().join(".ayni-new-1")).unwrap();
        fs::write(site.path().join(".ayni-new-2"), "left by a killed command").unwrap();
        let file = site.path().join("old.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        write(site.path(), &CHANGES).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "changed");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(holds(victim.path()), BTreeMap::from([("file".into(), "theirs".into())]));
        assert!(site.path().join(".ayni-new-0").is_symlink());
        assert!(!site.path().join(".ayni-new-2").exists());
    }
}
