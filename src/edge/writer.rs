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

mod moving;
mod staging;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;

use super::manifest::{
    self, Manifest, Record, There, check_collisions, check_path, fold, folders_of, hash_file,
    is_absent, kept_for_others, metadata,
};
use moving::{is_folder, move_into_place, nearest_existing, remove_file};
use staging::{Staging, TREE, is_collision, write_staged};

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
    /// So many bytes that they are made when it is their turn, one such body after the other.
    Large(Box<dyn FnOnce() -> Result<Vec<u8>> + Send>),
}

/// A body that can be written.
enum Ready {
    Bytes(Vec<u8>),
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
    build.close(&plan)
}

/// A build under way, alone in its work folder.
struct Build {
    out: PathBuf,
    manifest_file: PathBuf,
    old: Manifest,
    staging: Staging,
    /// Whose turn it is to have a large body in memory.
    turn: Mutex<()>,
    /// Held until the build is dropped; the system lets go of it when the process dies.
    _lock: File,
}

/// One file of the site after rendering: what it holds, and what has to happen.
struct Planned {
    path: Box<str>,
    record: Record,
    state: State,
}

enum State {
    /// The right bytes are there.
    Same,
    /// The right bytes are staged in the tree, and nothing is there, not even the folder.
    CreatedInFolder,
    /// The right bytes are staged under this number, and nothing is there.
    Created(usize),
    /// The right bytes are staged under this number, and something else of ours is there.
    Changed(usize),
    /// A file that Ayni did not make is there.
    Foreign,
}

/// What is to be done to the output folder, in order.
struct Plan {
    files: Vec<Planned>,
    steps: Vec<Step>,
    removed: usize,
}

impl Plan {
    /// What the output folder will hold, by path.
    fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.files.iter().map(|file| (&*file.path, &file.record))
    }
}

/// Whether a path is among sorted files.
fn has(files: &[Planned], path: &str) -> bool {
    files.binary_search_by(|file| (*file.path).cmp(path)).is_ok()
}

/// One change to the output folder; each is whole or did not happen.
enum Step {
    Move { staged: Staged, path: String },
    Remove { path: String },
}

/// Where in the staging folder something waits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Staged {
    Under(usize),
    /// In the tree, where it will be in the output folder.
    InTree,
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
        Ok(Build { out, manifest_file, old, staging, turn: Mutex::new(()), _lock: lock })
    }

    /// Compares one output with what is there, and stages it if that differs.
    fn stage(&self, number: usize, output: Output) -> Result<Planned> {
        let Output { path, body } = output;
        let path = path.into_boxed_str();
        check_path(&path)?;
        let is_large = matches!(body, Body::Large(_));
        let _turn = is_large.then(|| self.turn.lock().unwrap_or_else(PoisonError::into_inner));
        let body = match body {
            Body::Bytes(bytes) => Ready::Bytes(bytes),
            Body::File(source) => Ready::File(source),
            Body::Large(make) => Ready::Bytes(make()?),
        };
        let (hash, size) = match &body {
            Ready::Bytes(bytes) => (blake3::hash(bytes), bytes.len() as u64),
            Ready::File(source) => hash_file(source)?,
        };
        let there = match self.staging.out_was_there {
            true => self.old.look(&self.out.join(&*path), &path, hash, size)?,
            false => There::Nothing,
        };
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
        if nothing && !self.has_folder_of(&path) {
            match write_staged(&folder.join(TREE).join(&*path), &body, hash) {
                // A file where another output needs a folder; the plan finds them both.
                Err(error) if is_collision(&error) => {}
                record => {
                    let record = record.with_context(preparing)?;
                    return Ok(Planned { path, record, state: State::CreatedInFolder });
                }
            }
        }
        let staged = folder.join(number.to_string());
        let record = write_staged(&staged, &body, hash).with_context(preparing)?;
        let state = if nothing { State::Created(number) } else { State::Changed(number) };
        Ok(Planned { path, record, state })
    }

    /// Whether the output folder has the folder in which this file is to lie.
    fn has_folder_of(&self, path: &str) -> bool {
        self.staging.out_was_there && self.out.join(path).parent().is_some_and(Path::is_dir)
    }

    /// Checks that all files can be moved into place, and says in which order.
    fn plan(&self, mut files: Vec<Planned>) -> Result<Plan> {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        check_collisions(files.iter().map(|file| &*file.path))?;
        let gone: Vec<&str> = self.old.paths().filter(|path| !has(&files, path)).collect();
        let (in_the_way, absent) = self.check_room(&files, &gone)?;

        // By what is moved: whether a page is in it, whether it replaces something, from where.
        let mut moves: BTreeMap<&str, (bool, bool, Staged)> = BTreeMap::new();
        for Planned { path, state, .. } in &files {
            let page = path.ends_with(".html");
            let (what, changed, staged) = match *state {
                State::Same | State::Foreign => continue,
                State::Created(number) => (&**path, false, Staged::Under(number)),
                State::Changed(number) => (&**path, true, Staged::Under(number)),
                State::CreatedInFolder => {
                    let folder = folders_of(path).find(|folder| absent.contains(folder));
                    (folder.unwrap_or(path), false, Staged::InTree)
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
            let here = self.out.join(&*file.path);
            match file.state {
                State::Same => continue,
                State::Foreign => room.foreign.push(file.path.to_string()),
                State::Changed(_) if is_folder(&here) => {
                    files_below(&self.out, &here)?.iter().for_each(|found| room.clear(found));
                }
                State::CreatedInFolder | State::Created(_) | State::Changed(_) => {}
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
        let mut both: Vec<_> = self.old.records().chain(plan.records()).collect();
        both.sort_by_key(|(path, _)| *path);
        let each = both.chunk_by(|(one, _), (other, _)| one == other).flat_map(|same| {
            (0..same.len()).filter(|at| !same[..*at].contains(&same[*at])).map(|at| same[at])
        });
        manifest::save(&self.manifest_file, manifest::State::Open, each)
    }

    fn take(&self, step: &Step) -> Result<()> {
        let file = self.out.join(step.path());
        match step {
            Step::Move { staged, path } => {
                let folder = self.staging.folder()?;
                let staged = match staged {
                    Staged::Under(number) => folder.join(number.to_string()),
                    Staged::InTree => folder.join(TREE).join(path),
                };
                move_into_place(&staged, &file)
                    .with_context(|| format!("cannot write {}", file.display()))
            }
            Step::Remove { .. } => remove_file(&file, &self.out)
                .with_context(|| format!("cannot remove {}", file.display())),
        }
    }

    /// Records that the output folder holds the new site.
    fn close(self, plan: &Plan) -> Result<Written> {
        let mut written =
            Written { total: plan.files.len(), removed: plan.removed, ..Written::default() };
        for Planned { record, state, .. } in &plan.files {
            match state {
                State::CreatedInFolder | State::Created(_) => written.created += 1,
                State::Changed(_) => written.changed += 1,
                State::Same | State::Foreign => written.unchanged += 1,
            }
            written.bytes += record.size;
        }
        if self.old.state.is_none() && self.staging.out_was_there {
            written.strangers = files_below(&self.out, &self.out)?;
            written.strangers.retain(|path| !has(&plan.files, path) && !kept_for_others(path));
        }
        let is_closed = self.old.state == Some(manifest::State::Closed);
        if !is_closed || !self.old.records().eq(plan.records()) {
            manifest::save(&self.manifest_file, manifest::State::Closed, plan.records())?;
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

#[cfg(test)]
mod tests;
