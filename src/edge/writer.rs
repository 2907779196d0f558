//! The writer: brings a rendered site into the output folder without ever showing half a file.
//!
//! Three parts, and only the last one changes the output folder:
//!
//! 1. **Render.** Every output is rendered, hashed and compared with the manifest of the last
//!    build; what differs is staged under `.ayni/staged`. Nothing else is kept in memory or on disk.
//! 2. **Plan.** Paths that clash with each other or with files Ayni did not make are errors.
//! 3. **Move.** A manifest that names old and new files together is written; then one file after
//!    the other is renamed into place (a folder that is not there yet, as a whole), new ones before
//!    changed ones and assets before the pages that use them; then what is no longer part of the
//!    site is removed, with the folders that become empty; then the manifest is closed.
//!
//! An error in the first two parts leaves the output folder as it was. After an interruption of the
//! third (even `kill -9`) every file is whole, old or new, and the next build completes the rest,
//! because the open manifest says which files are Ayni's. Nothing here asks the disk to flush, so a
//! power cut is not covered: delete the output folder and `.ayni`, and build again.
//!
//! A file counts as unchanged when its size and time are as recorded, or else when its bytes are.
//! So what somebody edits or deletes by hand in the output folder is put right, and a file whose
//! time alone changed (a copied folder, a restored cache) is not written again.
//!
//! Without a manifest no file is known to be Ayni's. A file with the very bytes that would be
//! written is taken over; another file on a planned path is an error; all others stay, and
//! [`Written::strangers`] names them, since they may be pages of an earlier build.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;

use super::manifest::{
    self, Made, Manifest, Record, There, check_collisions, check_path, fold, folders_of, hash_file,
    is_absent, kept_for_others, metadata,
};

/// One file of the site.
pub struct Output {
    /// Path below the output folder with forward slashes, such as `coops/agaric/index.html`.
    pub path: String,
    /// What the file holds.
    pub body: Body,
}

/// What an output holds.
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file, copied as they are.
    File(PathBuf),
}

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// All files of the site.
    pub total: usize,
    /// Files that were not there before.
    pub created: usize,
    /// Files that now hold something else.
    pub changed: usize,
    /// Files that were not touched.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
    /// Size of all files of the site.
    pub bytes: u64,
    /// Files in the output folder that this build did not make, when there was no manifest to tell
    /// whether an earlier one did. Sorted; empty otherwise.
    pub strangers: Vec<String>,
}

/// Brings `count` outputs into the folder `out`, where `render(i)` gives output `i`.
///
/// `work` is the site's folder `.ayni`. Outputs are rendered in parallel and none is kept;
/// `progress` is told how many are done, from any thread. An error of `render` stops the build.
pub fn write(
    out: &Path,
    work: &Path,
    count: usize,
    render: impl Fn(usize) -> Result<Output> + Sync,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Written> {
    let build = Build::start(out, work)?;
    let done = AtomicUsize::new(0);
    let files = (0..count).into_par_iter().map(|number| {
        let file = build.stage(number, render(number)?)?;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        Ok(file)
    });
    let plan = build.plan(files.collect::<Result<Vec<_>>>()?)?;
    if !plan.steps.is_empty() {
        build.open(&plan)?;
    }
    for step in &plan.steps {
        build.take(step)?;
    }
    build.close(plan)
}

/// A build under way, alone in its work folder.
struct Build {
    out: PathBuf,
    manifest_file: PathBuf,
    old: Manifest,
    staging: Staging,
    /// Held until the build is dropped; the system lets go of it when the process dies.
    _lock: File,
}

/// One file of the site after rendering: what it holds, and what has to happen.
struct Planned {
    path: String,
    record: Record,
    state: State,
}

enum State {
    /// The right bytes are there.
    Same,
    /// The right bytes are staged in this file, and nothing is there, not even the folder.
    CreatedInFolder(PathBuf),
    /// The right bytes are staged in this file, and nothing is there.
    Created(PathBuf),
    /// The right bytes are staged in this file, and something else of ours is there.
    Changed(PathBuf),
    /// A file that Ayni did not make is there.
    Foreign,
}

/// What is to be done to the output folder, in order.
struct Plan {
    files: Vec<Planned>,
    steps: Vec<Step>,
    removed: usize,
}

/// One change to the output folder; each is whole or did not happen.
enum Step {
    Move { staged: PathBuf, path: String },
    Remove { path: String },
}

impl Step {
    fn path(&self) -> &str {
        let (Step::Move { path, .. } | Step::Remove { path }) = self;
        path
    }
}

impl Build {
    fn start(out: &Path, work: &Path) -> Result<Build> {
        let (out, work) = (real_path(out)?, real_path(work)?);
        if out.starts_with(&work) {
            bail!("the output folder {} must not be inside {}", out.display(), work.display());
        }
        let lock = lock(&work)?;
        let staging = Staging::new(&work, &out)?;
        let manifest_file = manifest::file_for(&out, &work);
        let old = Manifest::load(&manifest_file)?;
        Ok(Build { out, manifest_file, old, staging, _lock: lock })
    }

    /// Compares one output with what is there, and stages it if that differs.
    fn stage(&self, number: usize, output: Output) -> Result<Planned> {
        let Output { path, body } = output;
        check_path(&path)?;
        let (hash, size) = match &body {
            Body::Bytes(bytes) => (blake3::hash(bytes), bytes.len() as u64),
            Body::File(source) => hash_file(source)?,
        };
        let there = self.old.look(&self.out.join(&path), &path, hash, size)?;
        if let There::Same(record) = there {
            return Ok(Planned { path, record, state: State::Same });
        }
        if let There::Foreign(metadata) = there {
            let record = Record::new(hash, &metadata);
            return Ok(Planned { path, record, state: State::Foreign });
        }
        let folder = self.staging.folder()?;
        let preparing = || format!("cannot prepare `{path}` in {}", folder.display());
        let nothing = matches!(there, There::Nothing);
        if nothing && !self.out.join(&path).parent().is_some_and(Path::is_dir) {
            let staged = folder.join(TREE).join(&path);
            match write_staged(&staged, &body, hash) {
                // A file where another output needs a folder; the plan finds them both.
                Err(error) if is_collision(&error) => {}
                record => {
                    let (record, state) =
                        (record.with_context(preparing)?, State::CreatedInFolder(staged));
                    return Ok(Planned { path, record, state });
                }
            }
        }
        let staged = folder.join(number.to_string());
        let record = write_staged(&staged, &body, hash).with_context(preparing)?;
        let state = if nothing { State::Created(staged) } else { State::Changed(staged) };
        Ok(Planned { path, record, state })
    }

    /// Checks that all files can be moved into place, and says in which order.
    fn plan(&self, mut files: Vec<Planned>) -> Result<Plan> {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        check_collisions(files.iter().map(|file| file.path.as_str()))?;
        let planned: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let gone: Vec<&str> = self
            .old
            .made
            .keys()
            .map(String::as_str)
            .filter(|path| !planned.contains(path))
            .collect();
        let (in_the_way, absent) = self.check_room(&files, &gone)?;

        // By what is moved: whether a page is in it, whether it replaces something, from where.
        let mut moves: BTreeMap<&str, (bool, bool, PathBuf)> = BTreeMap::new();
        for Planned { path, state, .. } in &files {
            let page = path.ends_with(".html");
            let (what, changed, staged) = match state {
                State::Same | State::Foreign => continue,
                State::Created(staged) => (path.as_str(), false, staged.clone()),
                State::Changed(staged) => (path.as_str(), true, staged.clone()),
                State::CreatedInFolder(staged) => {
                    let folder = folders_of(path).find(|folder| absent.contains(folder));
                    let what = folder.unwrap_or(path);
                    let up = path[what.len()..].matches('/').count();
                    (what, false, staged.ancestors().nth(up).unwrap_or(staged).to_owned())
                }
            };
            moves.entry(what).or_insert((false, changed, staged)).0 |= page;
        }
        let mut moves: Vec<_> = moves
            .into_iter()
            .map(|(path, (page, changed, staged))| (page, changed, path, staged))
            .collect();
        moves.sort_unstable();
        let remove = |path: &&str| Step::Remove { path: (*path).to_owned() };
        let (first, last): (Vec<&str>, Vec<&str>) =
            gone.iter().partition(|path| in_the_way.contains(**path));
        let mut steps: Vec<Step> = first.iter().map(remove).collect();
        steps.extend(
            moves
                .into_iter()
                .map(|(_, _, path, staged)| Step::Move { staged, path: path.to_owned() }),
        );
        steps.extend(last.iter().map(remove));
        let removed = gone.len();
        Ok(Plan { files, steps, removed })
    }

    /// Looks for what stands in the way of the moves. Returns files of ours that have to make way
    /// first, and the folders that are missing; anything else in the way is an error.
    fn check_room<'a>(
        &self,
        files: &'a [Planned],
        gone: &'a [&'a str],
    ) -> Result<(BTreeSet<&'a str>, BTreeSet<&'a str>)> {
        let mut room = Room { gone, way: BTreeSet::new(), foreign: Vec::new() };
        let spellings: BTreeMap<Cow<'a, str>, &'a str> =
            gone.iter().map(|path| (fold(path), *path)).collect();
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for file in files {
            let here = self.out.join(&file.path);
            match file.state {
                State::Same => continue,
                State::Foreign => room.foreign.push(file.path.clone()),
                State::Changed(_) if is_folder(&here) => {
                    files_below(&self.out, &here)?.iter().for_each(|found| room.clear(found));
                }
                State::CreatedInFolder(_) | State::Created(_) | State::Changed(_) => {}
            }
            room.way.extend(spellings.get(&fold(&file.path)));
            folders.extend(folders_of(&file.path));
        }
        let old_folders: BTreeSet<&str> = gone.iter().flat_map(|path| folders_of(path)).collect();
        let mut absent = BTreeSet::new();
        for &folder in folders.union(&old_folders) {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let there = match absent.contains(above) {
                true => None,
                false => metadata(&self.out.join(folder))?,
            };
            match there {
                None => _ = absent.insert(folder),
                Some(there) if there.is_dir() => {}
                Some(there) if there.is_symlink() || folders.contains(folder) => room.clear(folder),
                Some(_) => {}
            }
        }
        if room.foreign.is_empty() { Ok((room.way, absent)) } else { Err(self.clash(room.foreign)) }
    }

    fn clash(&self, mut foreign: Vec<String>) -> anyhow::Error {
        foreign.sort();
        foreign.dedup();
        let mut message = String::from("the output folder holds what Ayni did not put there:");
        for path in foreign.iter().take(10) {
            message += &format!("\n  {}", self.out.join(path).display());
        }
        if foreign.len() > 10 {
            message += &format!("\n  and {} more", foreign.len() - 10);
        }
        message += "\nThis build would have to replace it, or to write through it. ";
        message += "Nothing was changed. Move it away or delete it, then build again.";
        if self.old.state.is_none() {
            let out = self.out.display();
            message += &format!(
                "\nThere is no record of an earlier build. If {out} holds nothing but a built \
                 site, delete the whole folder."
            );
        }
        anyhow!(message)
    }

    /// Declares the files of the old and of the new site ours, before the first step.
    fn open(&self, plan: &Plan) -> Result<()> {
        let mut made = self.old.made.clone();
        for Planned { path, record, .. } in &plan.files {
            let records = made.entry(path.clone()).or_default();
            if !records.contains(record) {
                records.push(record.clone());
            }
        }
        manifest::save(&self.manifest_file, manifest::State::Open, &made)
    }

    fn take(&self, step: &Step) -> Result<()> {
        let file = self.out.join(step.path());
        match step {
            Step::Move { staged, .. } => move_into_place(staged, &file)
                .with_context(|| format!("cannot write {}", file.display())),
            Step::Remove { .. } => remove_file(&file, &self.out)
                .with_context(|| format!("cannot remove {}", file.display())),
        }
    }

    /// Records that the output folder holds the new site.
    fn close(self, plan: Plan) -> Result<Written> {
        let mut written =
            Written { total: plan.files.len(), removed: plan.removed, ..Written::default() };
        let mut made = Made::new();
        for Planned { path, record, state } in plan.files {
            match state {
                State::CreatedInFolder(_) | State::Created(_) => written.created += 1,
                State::Changed(_) => written.changed += 1,
                State::Same | State::Foreign => written.unchanged += 1,
            }
            written.bytes += record.size;
            made.insert(path, vec![record]);
        }
        if self.old.state.is_none() && self.staging.out_was_there {
            written.strangers = files_below(&self.out, &self.out)?;
            written.strangers.retain(|path| !made.contains_key(path) && !kept_for_others(path));
        }
        if self.old.state != Some(manifest::State::Closed) || self.old.made != made {
            manifest::save(&self.manifest_file, manifest::State::Closed, &made)?;
        }
        Ok(written)
    }
}

/// What stands in the way of the moves.
struct Room<'a> {
    /// Files of ours that are no longer part of the site, sorted.
    gone: &'a [&'a str],
    /// Those of them that have to be removed before the moves.
    way: BTreeSet<&'a str>,
    foreign: Vec<String>,
}

impl Room<'_> {
    /// Asks for this path to be free.
    fn clear(&mut self, path: &str) {
        match self.gone.binary_search(&path) {
            Ok(at) => _ = self.way.insert(self.gone[at]),
            Err(_) => self.foreign.push(path.to_owned()),
        }
    }
}

/// Where changed files wait until all of the site is rendered.
struct Staging {
    /// In the work folder; used when files can be renamed from there into the output folder.
    home: PathBuf,
    /// A hidden folder inside the output folder, for when that is on another file system.
    inside: PathBuf,
    chosen: Mutex<Option<PathBuf>>,
    out_was_there: bool,
}

const STAGED: &str = ".ayni-staged";

/// Within a staging folder, the files whose folders are missing in the output folder, as they will
/// lie there. The others lie beside it under their numbers.
const TREE: &str = "tree";

impl Staging {
    fn new(work: &Path, out: &Path) -> Result<Staging> {
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
    fn folder(&self) -> Result<PathBuf> {
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

fn lock(work: &Path) -> Result<File> {
    let path = work.join("lock");
    let file = fs::create_dir_all(work)
        .and_then(|()| File::options().create(true).append(true).open(&path))
        .with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another build of this site is running (it holds {}). \
             Wait until it has finished, or stop it, then build again",
            path.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// All that is not a folder below `folder`, as sorted paths relative to `out`. Links are named, not
/// followed.
fn files_below(out: &Path, folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let reading = || format!("cannot read the folder {}", folder.display());
        let entries = match fs::read_dir(&folder) {
            Err(error) if is_absent(&error) => continue,
            entries => entries.with_context(reading)?,
        };
        for entry in entries {
            let entry = entry.with_context(reading)?;
            if entry.file_type().with_context(reading)?.is_dir() {
                folders.push(entry.path());
            } else if let Ok(path) = entry.path().strip_prefix(out) {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether this is a folder and not a link to one.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// Writes a body whose hash is known; a file is hashed again, as it may have changed since.
fn write_staged(staged: &Path, body: &Body, hash: blake3::Hash) -> Result<Record> {
    let mut to = match File::create(staged) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(staged.parent().unwrap_or(staged))?;
            File::create(staged)?
        }
        to => to?,
    };
    let hash = match body {
        Body::Bytes(bytes) => {
            to.write_all(bytes)?;
            hash
        }
        Body::File(source) => {
            let reading = || format!("cannot read {}", source.display());
            copy_and_hash(File::open(source).with_context(reading)?, &to)?
        }
    };
    Ok(Record::new(hash, &to.metadata()?))
}

fn is_collision(error: &anyhow::Error) -> bool {
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

/// Moves a file, or a folder that should not be there yet, into place.
fn move_into_place(staged: &Path, to: &Path) -> io::Result<()> {
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
fn remove_file(file: &Path, out: &Path) -> io::Result<()> {
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

/// The path with every link on the way to it resolved; its last parts need not exist yet.
pub(super) fn real_path(path: &Path) -> Result<PathBuf> {
    let resolve = |path: &Path| -> io::Result<PathBuf> {
        let path = std::path::absolute(path)?;
        let there = nearest_existing(&path);
        let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
        Ok(there.canonicalize()?.components().chain(rest.components()).collect())
    };
    resolve(path).with_context(|| format!("cannot find {}", path.display()))
}

fn nearest_existing(path: &Path) -> &Path {
    path.ancestors().find(|folder| folder.exists()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    /// A site of small files in a folder of its own.
    struct Site {
        folder: tempfile::TempDir,
    }

    impl Site {
        fn new() -> Site {
            Site { folder: tempfile::tempdir().unwrap() }
        }

        fn out(&self) -> PathBuf {
            self.folder.path().canonicalize().unwrap().join("public")
        }

        fn work(&self) -> PathBuf {
            self.folder.path().join(".ayni")
        }

        fn build(&self, files: &[(&str, &str)]) -> Result<Written> {
            write(&self.out(), &self.work(), files.len(), |i| output(files[i]), &|_| {})
        }

        fn error(&self, files: &[(&str, &str)]) -> String {
            format!("{:#}", self.build(files).unwrap_err())
        }

        /// Does a build up to and including its first `steps` changes, then dies.
        fn die_after(&self, steps: usize, files: &[(&str, &str)]) -> bool {
            let build = Build::start(&self.out(), &self.work()).unwrap();
            let planned = files.iter().enumerate();
            let planned = planned.map(|(i, file)| build.stage(i, output(*file)?));
            let plan = build.plan(planned.collect::<Result<_>>().unwrap()).unwrap();
            build.open(&plan).unwrap();
            plan.steps.iter().take(steps).for_each(|step| build.take(step).unwrap());
            std::mem::forget(build.staging);
            steps < plan.steps.len()
        }

        fn put(&self, path: &str, text: &str) {
            let file = self.out().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }

        /// Every file of the output folder with its text, and every empty folder with a slash.
        fn holds(&self) -> BTreeMap<String, String> {
            let mut holds = BTreeMap::new();
            let mut folders = vec![self.out()];
            while let Some(folder) = folders.pop() {
                let entries: Vec<_> = fs::read_dir(&folder).into_iter().flatten().collect();
                let path =
                    |path: &Path| path.strip_prefix(self.out()).unwrap().display().to_string();
                if entries.is_empty() {
                    holds.insert(path(&folder) + "/", String::new());
                }
                for entry in entries.into_iter().map(Result::unwrap) {
                    match entry.file_type().unwrap().is_dir() {
                        true => folders.push(entry.path()),
                        false => {
                            let text = fs::read_to_string(entry.path()).unwrap();
                            holds.insert(path(&entry.path()), text);
                        }
                    }
                }
            }
            holds
        }

        fn check(&self, expected: &[(&str, &str)]) {
            assert_eq!(self.holds(), map(expected));
            assert!(!self.work().join("staged").exists(), "staged files were left behind");
        }

        fn times(&self) -> BTreeMap<String, SystemTime> {
            let time = |path| fs::metadata(self.out().join(path)).unwrap().modified().unwrap();
            self.holds().keys().map(|path| (path.clone(), time(path))).collect()
        }
    }

    fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn output((path, text): (&str, &str)) -> Result<Output> {
        Ok(Output { path: path.to_owned(), body: Body::Bytes(text.into()) })
    }

    /// total, created, changed, unchanged, removed
    fn counts(written: &Written) -> [usize; 5] {
        let Written { total, created, changed, unchanged, removed, .. } = *written;
        [total, created, changed, unchanged, removed]
    }

    const FIRST: &[(&str, &str)] =
        &[("index.html", "home"), ("coops/a/index.html", "a"), ("coops/b/index.html", "b")];
    const SECOND: &[(&str, &str)] = &[
        ("index.html", "new home"),
        ("coops/a/index.html", "a"),
        ("style.css", "x"),
        ("n/i", "y"),
    ];

    #[test]
    fn a_build_writes_what_differs_and_removes_what_is_gone() {
        let site = Site::new();
        let first = site.build(FIRST).unwrap();
        assert_eq!((counts(&first), first.bytes), ([3, 3, 0, 0, 0], 6));
        site.check(FIRST);
        assert_eq!(counts(&site.build(SECOND).unwrap()), [4, 2, 1, 1, 1]);
        site.check(SECOND);
        assert_eq!(counts(&site.build(&[]).unwrap()), [0, 0, 0, 0, 4]);
        site.check(&[("/", "")]);
    }

    #[test]
    fn an_unchanged_site_is_not_touched() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        let folder = fs::metadata(site.out()).unwrap().modified().unwrap();
        let (times, manifest) = (site.times(), manifest::file_for(&site.out(), &site.work()));
        let noted = fs::metadata(&manifest).unwrap().modified().unwrap();
        assert_eq!(counts(&site.build(FIRST).unwrap()), [3, 0, 0, 3, 0]);
        assert_eq!(site.times(), times);
        assert_eq!(fs::metadata(site.out()).unwrap().modified().unwrap(), folder);
        assert_eq!(fs::metadata(&manifest).unwrap().modified().unwrap(), noted);
        site.build(SECOND).unwrap();
        assert_eq!(site.times()["coops/a/index.html"], times["coops/a/index.html"]);
    }

    #[test]
    fn what_was_changed_or_deleted_by_hand_is_put_right() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        site.put("index.html", "scribble");
        fs::remove_dir_all(site.out().join("coops/a")).unwrap();
        assert_eq!(counts(&site.build(FIRST).unwrap()), [3, 1, 1, 1, 0]);
        site.check(FIRST);
    }

    #[test]
    fn a_file_whose_time_alone_changed_is_not_written_again() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        let file = File::options().append(true).open(site.out().join("index.html")).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(9)).unwrap();
        let times = site.times();
        assert_eq!(counts(&site.build(FIRST).unwrap()), [3, 0, 0, 3, 0]);
        assert_eq!(site.times(), times);
    }

    #[test]
    fn a_file_is_copied_as_it_is() {
        let site = Site::new();
        let source = site.folder.path().join("logo.png");
        let build = || {
            let output =
                |_| Ok(Output { path: "static/logo.png".into(), body: Body::File(source.clone()) });
            write(&site.out(), &site.work(), 1, output, &|_| {})
        };
        for (text, expected) in
            [("one", [1, 1, 0, 0, 0]), ("one", [1, 0, 0, 1, 0]), ("two", [1, 0, 1, 0, 0])]
        {
            fs::write(&source, text).unwrap();
            assert_eq!(counts(&build().unwrap()), expected);
            site.check(&[("static/logo.png", text)]);
        }
        fs::remove_file(&source).unwrap();
        assert!(format!("{:#}", build().unwrap_err()).contains("logo.png"));
        site.check(&[("static/logo.png", "two")]);
    }

    #[test]
    fn an_error_while_rendering_changes_nothing() {
        let site = Site::new();
        let fail = |site: &Site, from: usize| {
            let render = |i| match i < from {
                true => output(SECOND[i]),
                false => bail!("a withheld name was found"),
            };
            let error = write(&site.out(), &site.work(), SECOND.len(), render, &|_| {});
            assert_eq!(error.unwrap_err().to_string(), "a withheld name was found");
        };
        fail(&site, 3);
        assert!(!site.out().exists());
        site.build(FIRST).unwrap();
        let times = site.times();
        fail(&site, 3);
        site.check(FIRST);
        assert_eq!(site.times(), times);
        site.build(SECOND).unwrap();
    }

    #[test]
    fn progress_counts_every_output_once() {
        let site = Site::new();
        let seen = Mutex::new(Vec::new());
        let progress = |done| seen.lock().unwrap().push(done);
        write(&site.out(), &site.work(), 4, |i| output(SECOND[i]), &progress).unwrap();
        let mut seen = seen.into_inner().unwrap();
        seen.sort_unstable();
        assert_eq!(seen, [1, 2, 3, 4]);
    }

    #[test]
    fn after_an_interruption_every_file_is_whole_and_the_next_build_completes_the_rest() {
        const THIRD: &[(&str, &str)] = &[("index.html", "third"), ("coops/b/index.html", "b")];
        let (old, new) = (map(FIRST), map(SECOND));
        for next in [SECOND, FIRST, THIRD] {
            let mut steps = 0;
            loop {
                let site = Site::new();
                site.build(FIRST).unwrap();
                let more = site.die_after(steps, SECOND);
                for (path, text) in site.holds() {
                    if path.ends_with('/') {
                        continue;
                    }
                    let versions = [old.get(&path), new.get(&path)];
                    assert!(versions.contains(&Some(&text)), "{path} is {text} after {steps}");
                }
                site.build(next).unwrap();
                site.check(next);
                assert_eq!(counts(&site.build(next).unwrap())[3], next.len());
                if !more {
                    break;
                }
                steps += 1;
            }
            assert!(steps > 3);
        }
    }

    #[test]
    fn a_second_interruption_is_survived_too() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        site.die_after(2, SECOND);
        site.die_after(1, FIRST);
        site.put("coops/b/index.html", "by hand");
        site.build(SECOND).unwrap();
        site.check(SECOND);
    }

    #[test]
    fn assets_are_moved_before_pages_and_new_files_before_changed_ones() {
        let site = Site::new();
        site.build(&[("a.html", "1"), ("z.css", "1"), ("gone.html", "1")]).unwrap();
        let build = Build::start(&site.out(), &site.work()).unwrap();
        let files = [("a.html", "2"), ("b.html", "2"), ("z.css", "2"), ("z.new.css", "2")];
        let planned = files.iter().map(|file| build.stage(file.0.len(), output(*file)?));
        let plan = build.plan(planned.collect::<Result<_>>().unwrap()).unwrap();
        let order: Vec<&str> = plan.steps.iter().map(Step::path).collect();
        assert_eq!(order, ["z.new.css", "z.css", "b.html", "a.html", "gone.html"]);
    }

    #[test]
    fn files_of_others_are_never_touched() {
        let site = Site::new();
        let others = [(".gitignore", "*"), ("CNAME", "coops.example"), ("coops/notes.txt", "mine")];
        others.iter().for_each(|(path, text)| site.put(path, text));
        let written = site.build(FIRST).unwrap();
        assert_eq!(written.strangers, ["CNAME", "coops/notes.txt"]);
        assert_eq!(site.build(SECOND).unwrap().strangers, [""; 0]);
        site.check(&[SECOND, &others].concat());
        site.build(&[]).unwrap();
        site.check(&others);
    }

    #[test]
    fn a_file_of_others_on_a_planned_path_is_an_error() {
        let site = Site::new();
        site.put("index.html", "by hand");
        site.put("coops/b/index.html", "b");
        let message = site.error(FIRST);
        assert!(message.contains(&format!("\n  {}\n", site.out().join("index.html").display())));
        assert!(message.contains("Move it away or delete it, then build again."), "{message}");
        assert!(message.contains("There is no record of an earlier build."), "{message}");
        site.check(&[("index.html", "by hand"), ("coops/b/index.html", "b")]);
        site.put("index.html", "home");
        assert_eq!(counts(&site.build(FIRST).unwrap()), [3, 1, 0, 2, 0]);
        site.put("style.css", "by hand");
        assert!(!site.error(SECOND).contains("no record"));
        site.check(&[FIRST, &[("style.css", "by hand")]].concat());
    }

    #[test]
    fn a_file_gives_way_to_a_folder_and_back() {
        let [file, folder] = [&[("a", "1"), ("b", "1")], &[("a/b/c", "1"), ("b", "1")]];
        for (from, to) in [(file, folder), (folder, file)] {
            for steps in 0..6 {
                let site = Site::new();
                site.build(from).unwrap();
                site.die_after(steps, to);
                site.build(to).unwrap();
                site.check(to);
            }
        }
    }

    #[test]
    fn what_others_put_in_place_of_a_folder_is_an_error() {
        let site = Site::new();
        site.put("coops", "a file");
        assert!(site.error(FIRST).contains(&site.out().join("coops").display().to_string()));
        site.check(&[("coops", "a file")]);
        let site = Site::new();
        site.build(&[("a/b", "1")]).unwrap();
        site.put("a/theirs", "2");
        assert!(site.error(&[("a", "1")]).contains("theirs"));
        fs::rename(site.out().join("a/theirs"), site.out().join("theirs")).unwrap();
        fs::create_dir_all(site.out().join("a/empty/folders")).unwrap();
        site.build(&[("a", "1")]).unwrap();
        site.check(&[("a", "1"), ("theirs", "2")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_output_folder_are_not_written_through() {
        use std::os::unix::fs::symlink;
        let site = Site::new();
        let elsewhere = site.folder.path().join("elsewhere");
        fs::create_dir_all(elsewhere.join("a")).unwrap();
        fs::write(elsewhere.join("a/index.html"), "theirs").unwrap();
        fs::create_dir(site.out()).unwrap();
        symlink(&elsewhere, site.out().join("coops")).unwrap();
        assert!(site.error(FIRST).contains("coops"));
        fs::remove_file(site.out().join("coops")).unwrap();

        site.build(FIRST).unwrap();
        fs::remove_dir_all(site.out().join("coops")).unwrap();
        symlink(&elsewhere, site.out().join("coops")).unwrap();
        assert!(site.error(SECOND).contains("coops"));
        assert!(site.error(&FIRST[..1]).contains("coops"));
        fs::remove_file(site.out().join("coops")).unwrap();

        fs::remove_file(site.out().join("index.html")).unwrap();
        symlink(elsewhere.join("a/index.html"), site.out().join("index.html")).unwrap();
        site.build(FIRST).unwrap();
        site.check(FIRST);
        assert_eq!(fs::read_to_string(elsewhere.join("a/index.html")).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn the_output_folder_itself_may_be_a_link() {
        let site = Site::new();
        let real = site.folder.path().join("real");
        fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, site.out()).unwrap();
        site.build(FIRST).unwrap();
        assert_eq!(fs::read_to_string(real.join("coops/a/index.html")).unwrap(), "a");
        assert_eq!(counts(&site.build(FIRST).unwrap()), [3, 0, 0, 3, 0]);
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let site = Site::new();
        for path in [
            "",
            "/",
            "/etc/passwd",
            "a//b",
            "a/",
            "..",
            "../a",
            "a/../b",
            "a/..",
            "./a",
            "a/./b",
            "a\\b",
            "a\0b",
            "a\nb",
            ".gitignore",
            ".git/config",
            "a/.git/config",
            ".ayni/lock",
            ".ayni-staged/0",
            ".GitIgnore",
        ] {
            let message = site.error(&[("fine", ""), (path, "")]);
            assert!(message.contains("the path `"), "{path:?}: {message}");
        }
        assert!(!site.out().exists());
        site.build(&[("a/.gitignore", ""), (".well-known/x", ""), ("a..b/ü ñ.html", "")]).unwrap();
    }

    #[test]
    fn outputs_that_some_system_cannot_hold_side_by_side_are_refused() {
        let site = Site::new();
        for (one, other, expected) in [
            ("a/b", "a/b", "two outputs have the same path"),
            ("a/B", "a/b", "differ only in upper and lower case"),
            ("A/c", "a/C", "differ only in upper and lower case"),
            ("caf\u{e9}", "cafe\u{301}", "how accents are encoded"),
            ("a", "a/b/c", "`a` stands where `a/b/c` needs a folder"),
            ("A/b", "a/b/c", "needs a folder"),
        ] {
            let message = site.error(&[("a-b", ""), (one, "1"), (other, "2"), ("a.b", "")]);
            assert!(message.contains(expected), "{message}");
        }
        assert!(!site.out().exists());
    }

    #[test]
    fn a_path_may_change_its_case() {
        let [upper, lower] = [&[("Coops/A.html", "1")], &[("coops/a.html", "1")]];
        for steps in 0..4 {
            let site = Site::new();
            site.build(upper).unwrap();
            site.die_after(steps, lower);
            site.build(lower).unwrap();
            site.check(lower);
        }
    }

    #[test]
    fn two_builds_at_once_do_not_mix() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        let running = Build::start(&site.out(), &site.work()).unwrap();
        assert!(site.error(SECOND).contains("another build of this site is running"));
        site.check(FIRST);
        drop(running);
        assert!(site.work().join("lock").exists(), "a lock file that nobody holds is no obstacle");
        site.build(SECOND).unwrap();
    }

    #[test]
    fn each_output_folder_has_its_own_manifest() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        let other = site.folder.path().join("elsewhere/preview");
        write(&other, &site.work(), 4, |i| output(SECOND[i]), &|_| {}).unwrap();
        assert_eq!(counts(&site.build(SECOND).unwrap()), [4, 2, 1, 1, 1]);
        let inside =
            write(&site.work().join("public"), &site.work(), 0, |_| unreachable!(), &|_| {});
        assert!(inside.unwrap_err().to_string().contains("must not be inside"));
    }

    #[test]
    fn a_site_that_was_moved_knows_its_files() {
        let mut site = Site::new();
        site.build(FIRST).unwrap();
        let moved = tempfile::tempdir().unwrap();
        for folder in ["public", ".ayni"] {
            fs::rename(site.folder.path().join(folder), moved.path().join(folder)).unwrap();
        }
        site.folder = moved;
        assert_eq!(counts(&site.build(SECOND).unwrap()), [4, 2, 1, 1, 1]);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_stops_the_build() {
        let site = Site::new();
        site.build(FIRST).unwrap();
        let manifest = manifest::file_for(&site.out(), &site.work().canonicalize().unwrap());
        fs::write(manifest, "ayni manifest 1\nclosed\n").unwrap();
        assert!(site.error(SECOND).contains("its end is missing"));
        site.check(FIRST);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_output_folder_on_another_file_system_is_staged_inside_it() {
        use std::os::unix::fs::MetadataExt;
        let site = Site::new();
        let Ok(away) = tempfile::tempdir_in("/dev/shm") else { return };
        if away.path().metadata().unwrap().dev() == site.folder.path().metadata().unwrap().dev() {
            return;
        }
        let out = away.path().join("public");
        let build = |files: &[(&str, &str)], fail: bool| {
            let render = |i: usize| match fail && i == 2 {
                true => bail!("failed"),
                false => output(files[i]),
            };
            write(&out, &site.work(), files.len(), render, &|_| {})
        };
        build(FIRST, true).unwrap_err();
        assert!(!out.exists());
        assert_eq!(counts(&build(FIRST, false).unwrap()), [3, 3, 0, 0, 0]);
        build(SECOND, true).unwrap_err();
        assert_eq!(counts(&build(SECOND, false).unwrap()), [4, 2, 1, 1, 1]);
        assert!(!out.join(STAGED).exists());
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "new home");
    }
}
