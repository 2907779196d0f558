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
//! Only bytes that a manifest records are ever replaced or removed. What else is in the place of a file that
//! Ayni has made, because somebody has edited or compressed it, is moved to `.ayni/replaced`, and
//! [`Written::replaced`] names both places.
//!
//! No link is followed, in the output folder or in `.ayni`: see [`root`](super::root).
//!
//! Without a manifest no file is known to be Ayni's. A file with the very bytes that would be
//! written is taken over; another file on a planned path is an error; all others stay, and
//! [`Written::strangers`] names them, since they may be pages of an earlier build.

mod alone;
mod aside;
mod moving;
mod plan;
mod staging;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::manifest::{self, Manifest, Record, There, check_path, hash_file, kept_for_others};
use super::root::{Facts, Kind, is_absent};
use super::target::{Out, Target};
pub use alone::Alone;
use moving::{move_into_place, remove_file};
use plan::{Plan, Planned, Staged, State, Step};
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
    /// Made already.
    Bytes(Vec<u8>),
    /// The bytes of this file below the site's folder, copied as they are.
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
    /// Files in the place of those that Ayni made, with bytes that it did not write, and where they are now.
    pub replaced: Vec<(String, String)>,
    /// Files of the site that not every user of this machine may read, such as the web server.
    pub closed: usize,
}

impl Written {
    /// Counts the files that not everybody may read: so many by themselves, or all, if their folder is closed.
    pub(super) fn count_closed(&mut self, out: &Out, files: usize) -> Result<()> {
        let is_open = manifest::facts(&out.root, &out.below)?.is_none_or(|facts| facts.for_all);
        self.closed = if is_open { files } else { self.total };
        Ok(())
    }
}

/// What a build is allowed, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// The edition in one word. Only builds of the same one are compared.
    pub edition: &'a str,
    /// Whether most pages of the last build may go.
    pub remove_many: bool,
}

/// Brings `count` outputs into the output folder, where `render(i)` gives output `i`.
///
/// Outputs are rendered in parallel and none is kept; `progress` is told how many are done, from any thread. An
/// error of `render` stops the build.
pub fn write(
    alone: &Alone,
    how: How,
    count: usize,
    render: impl Fn(usize) -> Result<Output> + Sync,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Written> {
    let build = Build::start(alone, how)?;
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
    let mut replaced = Vec::new();
    for step in &plan.steps {
        let moved = build.take(step).map_err(|error| match replaced.len() {
            0 => error,
            some => error.context(format!("{some} files were moved to .ayni/replaced")),
        });
        replaced.extend(moved?);
    }
    build.close(&plan, replaced)
}

/// Whether an earlier build has written anything to the output folder.
///
/// # Errors
/// When its manifest cannot be read.
pub fn has_built(target: &Target) -> Result<bool> {
    let manifest = Manifest::load(&target.site, &manifest::file_for(target))?;
    Ok(manifest.paths().next().is_some())
}

/// The edition that an output folder holds, where something was built there and its manifest says so.
///
/// # Errors
/// When its manifest cannot be read.
pub fn edition_there(target: &Target) -> Result<Option<String>> {
    let manifest = Manifest::load(&target.site, &manifest::file_for(target))?;
    let is_there = manifest.paths().next().is_some() && target.out.is_there()?;
    Ok(manifest.edition.filter(|_| is_there))
}

/// A build under way.
struct Build<'a> {
    target: &'a Target,
    how: How<'a>,
    manifest_file: PathBuf,
    old: Manifest,
    staging: Staging<'a>,
    /// Whose turn it is to have a large body in memory.
    turn: Mutex<()>,
    /// How many files not everybody may read.
    closed: AtomicUsize,
}

impl<'a> Build<'a> {
    fn start(alone: &'a Alone, how: How<'a>) -> Result<Build<'a>> {
        let target = alone.target();
        let staging = Staging::new(target)?;
        let manifest_file = manifest::file_for(target);
        let old = Manifest::load(&target.site, &manifest_file)?;
        let (turn, closed) = (Mutex::default(), AtomicUsize::new(0));
        Ok(Build { target, how, manifest_file, old, staging, turn, closed })
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
            Ready::File(source) => hash_file(&self.target.site, source)?,
        };
        let there = match self.staging.out_was_there {
            true => self.old.look(&self.target.out, &path, hash, size)?,
            false => There::Nothing,
        };
        if let There::Same(facts) = there {
            let record = self.record(hash, facts);
            return Ok(Planned { path, record, state: State::Same });
        }
        if let There::Foreign(facts) = there {
            let record = Record::new(hash, facts);
            return Ok(Planned { path, record, state: State::Foreign });
        }
        let (root, folder) = self.staging.folder()?;
        let preparing = || format!("cannot prepare `{path}` in {}", root.show(folder));
        let stage = |at: &Path| {
            let (hash, facts) = write_staged((root, at), &self.target.site, &body, hash)?;
            Ok(self.record(hash, facts))
        };
        let nothing = matches!(there, There::Nothing);
        if nothing && !self.has_folder_of(&path)? {
            match stage(&folder.join(TREE).join(&*path)) {
                // A file where another output needs a folder; the plan finds them both.
                Err(error) if is_collision(&error) => {}
                record => {
                    let record = record.with_context(preparing)?;
                    return Ok(Planned { path, record, state: State::CreatedInFolder });
                }
            }
        }
        let record = stage(&folder.join(number.to_string())).with_context(preparing)?;
        let state = if nothing { State::Created(number) } else { State::Changed(number) };
        Ok(Planned { path, record, state })
    }

    /// The record of a file, which is counted if it is closed to others.
    fn record(&self, hash: blake3::Hash, facts: Facts) -> Record {
        self.closed.fetch_add(usize::from(!facts.for_all), Ordering::Relaxed);
        Record::new(hash, facts)
    }

    /// Whether the output folder has the folder in which this file is to lie.
    fn has_folder_of(&self, path: &str) -> Result<bool> {
        let out = &self.target.out;
        let here = out.at(path);
        let folder = here.parent().unwrap_or(&here);
        let is_folder = |facts: Facts| facts.kind == Kind::Folder;
        Ok(self.staging.out_was_there && manifest::facts(&out.root, folder)?.is_some_and(is_folder))
    }

    /// Declares the files of the old and of the new site ours, before the first step.
    fn open(&self, plan: &Plan) -> Result<()> {
        let mut both: Vec<_> = self.old.records().chain(plan.records()).collect();
        both.sort_by_key(|(path, _)| *path);
        let each = both.chunk_by(|(one, _), (other, _)| one == other).flat_map(|same| {
            (0..same.len()).filter(|at| !same[..*at].contains(&same[*at])).map(|at| same[at])
        });
        self.save(manifest::State::Open, each)
    }

    fn save<'r>(
        &self,
        state: manifest::State,
        records: impl Iterator<Item = (&'r str, &'r Record)>,
    ) -> Result<()> {
        let file = (&self.target.site, &*self.manifest_file);
        manifest::save(file, state, self.how.edition, records)
    }

    /// Makes one change. Returns what was moved aside for it, and where to.
    fn take(&self, step: &Step) -> Result<Option<(String, String)>> {
        let out = &self.target.out;
        let file = out.at(step.path());
        match step {
            Step::Move { staged, path, is_new } => {
                let writing = || format!("cannot write {}", out.show(path));
                let aside =
                    if *is_new { None } else { self.make_way(path).with_context(writing)? };
                let (root, folder) = self.staging.folder()?;
                let staged = match staged {
                    Staged::Under(number) => folder.join(number.to_string()),
                    Staged::InTree => folder.join(TREE).join(path),
                };
                move_into_place((root, &staged), (&out.root, &file), *is_new)
                    .with_context(writing)?;
                Ok(aside)
            }
            Step::Remove { path } => {
                let removing = || format!("cannot remove {}", out.show(path));
                let aside = self.make_way(path).with_context(removing)?;
                remove_file(&out.root, &file, &out.below).with_context(removing)?;
                Ok(aside)
            }
        }
    }

    /// Moves aside what is under this path, if Ayni has not written it.
    fn make_way(&self, path: &str) -> Result<Option<(String, String)>> {
        let out = &self.target.out;
        let is_ours = |hash| self.old.knows(path, hash);
        let aside = aside::set_aside((&out.root, &out.at(path)), path, &self.target.site, is_ours)?;
        Ok(aside.map(|now| (out.show(path), self.target.site.show(now))))
    }

    /// Records that the output folder holds the new site.
    fn close(self, plan: &Plan, replaced: Vec<(String, String)>) -> Result<Written> {
        let (total, removed) = (plan.files.len(), plan.removed);
        let mut written = Written { total, removed, replaced, ..Written::default() };
        for Planned { record, state, .. } in &plan.files {
            match state {
                State::CreatedInFolder | State::Created(_) => written.created += 1,
                State::Changed(_) => written.changed += 1,
                State::Same | State::Foreign => written.unchanged += 1,
            }
            written.bytes += record.size;
        }
        written.count_closed(&self.target.out, self.closed.load(Ordering::Relaxed))?;
        if self.old.state.is_none() && self.staging.out_was_there {
            written.strangers = files_below(self.target, "")?;
            written.strangers.retain(|path| !plan.has(path) && !kept_for_others(path));
        }
        let is_closed = self.old.state == Some(manifest::State::Closed);
        let is_same = self.old.edition.as_deref() == Some(self.how.edition)
            && self.old.records().eq(plan.records());
        if !is_closed || !is_same {
            self.save(manifest::State::Closed, plan.records())?;
        }
        Ok(written)
    }
}

/// All that is not a folder below a folder of the output folder, as sorted paths. Links are named, not followed.
fn files_below(target: &Target, folder: &str) -> Result<Vec<String>> {
    let out = &target.out;
    let mut files = Vec::new();
    let mut folders = vec![out.at(folder)];
    while let Some(folder) = folders.pop() {
        let entries = match out.root.list(&folder) {
            Err(error) if is_absent(&error) => continue,
            entries => {
                entries.with_context(|| format!("cannot read {}", out.root.show(&folder)))?
            }
        };
        for (name, kind) in entries {
            let here = folder.join(name);
            if kind == Kind::Folder {
                folders.push(here);
            } else if let Ok(path) = here.strip_prefix(&out.below) {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
