//! A site that an editor works on: its open files, and a thread that reads it again when something has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use gen_lsp_types::Uri;

use super::super::checked::Around;
use super::Event;
use crate::content::source::Sources;
use crate::edge::{disk, watch};
use crate::editor::Called;
use crate::{Options, Prepared};

/// A site as it was read, and what its entries are called.
#[derive(Clone)]
pub(super) struct Ready {
    pub prepared: Arc<Prepared>,
    pub called: Arc<Called>,
}

/// A file that is open in the editor.
pub(super) struct Open {
    pub uri: Uri,
    pub text: Arc<str>,
    pub version: i32,
}

/// A site.
pub(super) struct Site {
    /// Its folder, without links on the way to it.
    pub folder: PathBuf,
    /// Its open files, by path.
    pub open: BTreeMap<Arc<str>, Open>,
    /// The site as it was last read; `None` until then.
    pub ready: Option<Ready>,
    /// The files of which the editor was told problems, and how it calls them.
    pub told: BTreeMap<Arc<str>, Uri>,
    jobs: mpsc::Sender<Job>,
    _watcher: watch::Watcher,
}

/// What has changed.
enum Job {
    /// Files on disk; everything may have changed where none is named.
    OnDisk(Vec<PathBuf>),
    /// The texts of the open files.
    Open(BTreeMap<Arc<str>, Arc<str>>),
}

/// So long nothing must change before a site is read again: while somebody types, each key is a change.
const SETTLED: Duration = Duration::from_millis(100);

impl Site {
    /// Begins to read a site. What is found is told as events with its number.
    pub(super) fn open(
        folder: PathBuf,
        number: usize,
        options: &Options,
        events: mpsc::Sender<Event>,
    ) -> Result<Site> {
        let (jobs, receiver) = mpsc::channel();
        let changes = jobs.clone();
        let watched = ["content", "themes", "site.yaml"].map(|name| folder.join(name));
        let watcher = watch::watch(&watched, &[folder.join("public")], SETTLED, move |event| {
            let paths = match event {
                watch::Event::Changed(paths) => paths,
                watch::Event::Polling(_) => Vec::new(),
            };
            // The site may be gone.
            let _ = changes.send(Job::OnDisk(paths));
        })?;
        let (place, options) = (folder.clone(), options.clone());
        thread::spawn(move || {
            let mut reading = Reading { folder: place, options, disk: None, earlier: None };
            reading.go_on(&receiver, &|read| {
                let event = match read {
                    Ok(ready) => Event::Read(number, ready),
                    Err(error) => Event::Trouble(format!("{error:#}")),
                };
                events.send(event).is_ok()
            });
        });
        let _ = jobs.send(Job::OnDisk(Vec::new()));
        let (open, told) = (BTreeMap::new(), BTreeMap::new());
        Ok(Site { folder, open, ready: None, told, jobs, _watcher: watcher })
    }

    /// A file is open with this text and version, or not open any more.
    pub(super) fn set_text(&mut self, path: &str, uri: &Uri, text: Option<(String, i32)>) {
        match text {
            Some((text, version)) => {
                let open = Open { uri: uri.clone(), text: text.into(), version };
                self.open.insert(path.into(), open);
            }
            None => {
                self.open.remove(path);
            }
        }
        let texts = self.open.iter().filter(|(path, _)| disk::is_text(path));
        let texts = texts.map(|(path, open)| (path.clone(), open.text.clone())).collect();
        let _ = self.jobs.send(Job::Open(texts));
    }
}

struct Reading {
    folder: PathBuf,
    options: Options,
    /// What is on disk, without what is open.
    disk: Option<(Sources, Around)>,
    earlier: Option<Arc<Prepared>>,
}

impl Reading {
    /// Reads the site again after each change, until nobody is there to tell it.
    fn go_on(&mut self, jobs: &mpsc::Receiver<Job>, tell: &dyn Fn(Result<Ready>) -> bool) {
        let mut open = BTreeMap::new();
        while let Ok(job) = jobs.recv() {
            let mut changed: Option<BTreeSet<PathBuf>> = None;
            let mut next = Some(job);
            // The first time there is nothing to wait for.
            let wait = if self.disk.is_some() { SETTLED } else { Duration::ZERO };
            while let Some(job) = next {
                match job {
                    Job::Open(texts) => open = texts,
                    Job::OnDisk(paths) if paths.is_empty() => self.forget(&mut changed),
                    Job::OnDisk(paths) => changed.get_or_insert_default().extend(paths),
                }
                next = jobs.recv_timeout(wait).ok();
            }
            let ready = self.look(changed).and_then(|()| self.read(&open));
            if !tell(ready) {
                return;
            }
        }
    }

    /// Everything may have changed.
    fn forget(&mut self, changed: &mut Option<BTreeSet<PathBuf>>) {
        *changed = Some(BTreeSet::from([self.folder.clone()]));
    }

    /// Reads from disk what has changed there.
    fn look(&mut self, changed: Option<BTreeSet<PathBuf>>) -> Result<()> {
        let sources = match (&self.disk, changed) {
            (Some(_), None) => return Ok(()),
            (None, _) => disk::read(&self.folder, None)?,
            (Some((earlier, _)), Some(changed)) => {
                let changed: Vec<PathBuf> = changed.into_iter().collect();
                disk::read_again(&self.folder, earlier, &changed)?
            }
        };
        self.disk = Some((sources, Around::look(&self.folder)?));
        Ok(())
    }

    /// The site with the texts of the open files, as `check` sees it.
    fn read(&mut self, open: &BTreeMap<Arc<str>, Arc<str>>) -> Result<Ready> {
        let (on_disk, around) = self.disk.as_ref().expect("it was looked at before");
        let mut sources = on_disk.clone();
        for (path, text) in open {
            // A text that did not change is the same one, so that it is not read again.
            let is_same = sources.texts.get(path).is_some_and(|known| **known == **text);
            if !is_same {
                sources.texts.insert(path.clone(), text.clone());
            }
        }
        let mut prepared = crate::prepare_all(sources, &self.options, self.earlier.as_deref());
        around.add_to(&mut prepared);
        let called = Called::new(&prepared.plan.derived.directory);
        let prepared = Arc::new(prepared);
        self.earlier = Some(prepared.clone());
        Ok(Ready { prepared, called: Arc::new(called) })
    }
}

/// How the editor calls a file of a site.
pub(super) fn uri(folder: &Path, path: &str) -> Option<Uri> {
    Uri::from_file_path(folder.join(path)).ok()
}
