//! What is to be done to the output folder, in which order, and what stands in the way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow, bail};

use super::super::manifest::{Record, check_collisions, facts, fold, folders_of};
use super::super::root::Kind;
use super::{Build, files_below};

/// So many pages may always go at once.
const FEW: usize = 50;

/// One file of the site after rendering: what it holds, and what has to happen.
pub(super) struct Planned {
    pub path: Box<str>,
    pub record: Record,
    pub state: State,
}

pub(super) enum State {
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
pub(super) struct Plan {
    pub files: Vec<Planned>,
    pub steps: Vec<Step>,
    pub removed: usize,
}

impl Plan {
    /// What the output folder will hold, by path.
    pub(super) fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.files.iter().map(|file| (&*file.path, &file.record))
    }

    /// Whether a path is among the files.
    pub(super) fn has(&self, path: &str) -> bool {
        has(&self.files, path)
    }
}

/// Whether a path is among sorted files.
fn has(files: &[Planned], path: &str) -> bool {
    files.binary_search_by(|file| (*file.path).cmp(path)).is_ok()
}

/// One change to the output folder; each is whole or did not happen.
pub(super) enum Step {
    Move {
        staged: Staged,
        path: String,
        /// Whether nothing is there yet.
        is_new: bool,
    },
    Remove {
        path: String,
    },
}

/// Where in the staging folder something waits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Staged {
    Under(usize),
    /// In the tree, where it will be in the output folder.
    InTree,
}

impl Step {
    pub(super) fn path(&self) -> &str {
        let (Step::Move { path, .. } | Step::Remove { path }) = self;
        path
    }
}

impl Build<'_> {
    /// Checks that all files can be moved into place, and says in which order.
    pub(super) fn plan(&self, mut files: Vec<Planned>) -> Result<Plan> {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        check_collisions(files.iter().map(|file| &*file.path))?;
        let gone: Vec<&str> = self.old.paths().filter(|path| !has(&files, path)).collect();
        self.check_loss(&gone)?;
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
        let moves = moves.into_iter().map(|(_, changed, path, staged)| Step::Move {
            staged,
            path: path.to_owned(),
            is_new: !changed,
        });
        steps.extend(moves);
        steps.extend(last.iter().map(remove));
        let removed = gone.len();
        Ok(Plan { files, steps, removed })
    }

    /// Refuses to take most of the pages away: it is seldom meant, and often a folder that is not there.
    fn check_loss(&self, gone: &[&str]) -> Result<()> {
        let is_same = self.old.edition.as_deref().is_none_or(|edition| edition == self.how.edition);
        let is_page = |path: &&str| path.ends_with(".html");
        let (going, all) = (
            gone.iter().copied().filter(is_page).count(),
            self.old.paths().filter(is_page).count(),
        );
        if self.how.remove_many || !is_same || going <= FEW || going * 2 <= all {
            return Ok(());
        }
        bail!(
            "{going} of the {all} pages of the last build would go. Nothing was changed. If that is \
             right, build with `--remove-many`"
        )
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
            match file.state {
                State::Same => continue,
                State::Foreign => room.foreign.push(file.path.to_string()),
                State::Changed(_) if self.kind(&file.path)? == Some(Kind::Folder) => {
                    let found = files_below(self.target, &file.path)?;
                    found.iter().for_each(|found| room.clear(found));
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
                false => self.kind(folder)?,
            };
            match there {
                None => _ = absent.insert(folder),
                Some(Kind::Folder) => {}
                Some(there) if there == Kind::Link || folders.contains(folder) => {
                    room.clear(folder);
                }
                Some(_) => {}
            }
        }
        if room.foreign.is_empty() { Ok((room.way, absent)) } else { Err(self.clash(room.foreign)) }
    }

    fn kind(&self, path: &str) -> Result<Option<Kind>> {
        let out = &self.target.out;
        Ok(facts(&out.root, &out.at(path))?.map(|facts| facts.kind))
    }

    fn clash(&self, mut foreign: Vec<String>) -> anyhow::Error {
        foreign.sort();
        foreign.dedup();
        let mut message = String::from("the output folder holds what Ayni did not put there: ");
        let named = foreign.iter().take(10).map(|path| format!("`{}`", self.target.out.show(path)));
        message += &named.collect::<Vec<_>>().join(", ");
        if foreign.len() > 10 {
            message += &format!(" and {} more", foreign.len() - 10);
        }
        message += ". This build would have to replace it, or to write through it. ";
        message += "Nothing was changed. Move it away or delete it, then build again.";
        if self.old.state.is_none() {
            let out = self.target.shown.display();
            message += &format!(
                " There is no record of an earlier build. If {out} holds nothing but a built \
                 site, delete the whole folder."
            );
        }
        anyhow!(message)
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
