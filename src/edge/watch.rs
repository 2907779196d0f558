//! Watching: says which of a site's files and folders have changed on disk.
//!
//! What is watched need not exist yet, and may be deleted and come back: the nearest folder that
//! exists is watched for it. A file is watched by way of its folder, since editors save by putting
//! a new file in its place. Links inside a watched folder are not followed.
//!
//! Where the system has no more watches to give, the files are looked at every two seconds instead.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use anyhow::{Context, Result};
use notify_debouncer_full::notify::event::{AccessKind, AccessMode};
use notify_debouncer_full::notify::{
    self, Config, ErrorKind, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode,
};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer_opt,
};

use super::root::{is_folder, real_path};
use crate::content::strays::is_left_behind;

/// What a watcher has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// These paths were created, changed or removed. They begin as the watched paths were given; for
    /// a folder, everything below it may have changed. Sorted, none twice.
    Changed(Vec<PathBuf>),
    /// The system's watches are used up and files are now looked at instead; why, and what helps.
    Polling(String),
}

/// Watches until it is dropped.
pub(crate) struct Watcher {
    backend: Arc<Mutex<Option<Backend>>>,
}

/// Watches these files and folders, and all that is in the folders.
///
/// Nothing is said about what lies in one of the `ignored` folders (the output folder), in `.ayni`
/// or `.git`, nor about the files editors keep beside the one being edited. Changes are collected
/// until a file has been left alone for `debounce`. `on_event` is called from another thread.
pub(crate) fn watch(
    paths: &[PathBuf],
    ignored: &[PathBuf],
    debounce: Duration,
    on_event: impl FnMut(Event) + Send + 'static,
) -> Result<Watcher> {
    let places = paths.iter().map(|path| WatchedPath::new(path)).collect::<Result<_>>()?;
    let ignored = ignored.iter().map(|path| real_place(path)).collect::<Result<_>>()?;
    let on_event = Mutex::new(Box::new(on_event) as Box<dyn FnMut(Event) + Send>);
    let watched = Arc::new(Watched { places, ignored, debounce, on_event });
    let backend = Arc::default();
    let begun = watched.begin(&backend).or_else(|error| match is_limit(&error) {
        true => watched.begin_polling(&backend, &error),
        false => Err(error),
    });
    begun.context("cannot watch the site's files")?;
    Ok(Watcher { backend })
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // The thread that calls `on_event` sees this and ends.
        *lock(&self.backend) = None;
    }
}

/// A watched path as it was given, and where it is.
struct WatchedPath {
    given: PathBuf,
    real: PathBuf,
}

impl WatchedPath {
    fn new(path: &Path) -> Result<WatchedPath> {
        Ok(WatchedPath { given: path.to_owned(), real: real_place(path)? })
    }
}

/// Where a path is. If it is itself a link, that is watched, and not what is behind it.
fn real_place(path: &Path) -> Result<PathBuf> {
    let real = match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) => {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            real_path(above).map(|above| above.join(name))
        }
        _ => real_path(path),
    };
    real.with_context(|| format!("cannot find {}", path.display()))
}

enum Backend {
    System(Debouncer<RecommendedWatcher, RecommendedCache>),
    Polling(Debouncer<PollWatcher, RecommendedCache>),
}

impl Backend {
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self {
            Backend::System(debouncer) => debouncer.watch(path, mode),
            Backend::Polling(debouncer) => debouncer.watch(path, mode),
        }
    }
}

struct Watched {
    places: Vec<WatchedPath>,
    ignored: Vec<PathBuf>,
    debounce: Duration,
    on_event: Mutex<Box<dyn FnMut(Event) + Send>>,
}

impl Watched {
    /// Starts with what the system offers.
    fn begin(self: &Arc<Self>, backend: &Arc<Mutex<Option<Backend>>>) -> notify::Result<()> {
        let config = Config::default().with_follow_symlinks(false);
        let (cache, handler) = (RecommendedCache::new(), self.handler(backend));
        let system = new_debouncer_opt(self.debounce, None, handler, cache, config)?;
        self.put(backend, Backend::System(system))
    }

    /// Starts by looking at the files, and says so.
    fn begin_polling(
        self: &Arc<Self>,
        backend: &Arc<Mutex<Option<Backend>>>,
        why: &notify::Error,
    ) -> notify::Result<()> {
        // Contents are compared because times are compared by the second.
        let config = Config::default()
            .with_follow_symlinks(false)
            .with_poll_interval(Duration::from_secs(2))
            .with_compare_contents(true);
        let (cache, handler) = (RecommendedCache::new(), self.handler(backend));
        let polling = new_debouncer_opt(self.debounce, None, handler, cache, config)?;
        self.put(backend, Backend::Polling(polling))?;
        self.say(Event::Polling(explain(why)));
        Ok(())
    }

    fn put(&self, to: &Mutex<Option<Backend>>, mut backend: Backend) -> notify::Result<()> {
        self.spread(&mut backend)?;
        *lock(to) = Some(backend);
        Ok(())
    }

    /// Watches all places, or the nearest folders of those that are not there. May be called again.
    fn spread(&self, backend: &mut Backend) -> notify::Result<()> {
        let mut deep = BTreeSet::new();
        let mut flat = BTreeSet::new();
        for WatchedPath { real, .. } in &self.places {
            if is_folder(real) {
                deep.insert(real.as_path());
            }
            flat.extend(real.ancestors().skip(1).find(|folder| is_folder(folder)));
        }
        let covered = |path: &Path, deep: &BTreeSet<&Path>| {
            path.ancestors().skip(1).any(|above| deep.contains(above))
        };
        let deep: BTreeSet<&Path> =
            deep.iter().copied().filter(|path| !covered(path, &deep)).collect();
        for folder in flat {
            if !deep.contains(folder) && !covered(folder, &deep) {
                still_there(backend.watch(folder, RecursiveMode::NonRecursive))?;
            }
        }
        for folder in deep {
            still_there(backend.watch(folder, RecursiveMode::Recursive))?;
        }
        Ok(())
    }

    /// What the thread of a debouncer calls.
    fn handler(
        self: &Arc<Self>,
        backend: &Arc<Mutex<Option<Backend>>>,
    ) -> impl FnMut(DebounceEventResult) + Send + 'static {
        let (watched, backend) = (Arc::clone(self), Arc::downgrade(backend));
        move |result| match result {
            Ok(events) => watched.changed(&events, &backend),
            Err(errors) => {
                if let Some(error) = errors.iter().find(|error| is_limit(error)) {
                    watched.fall_back(&backend, error);
                }
                // Any other error is about one path; look at everything rather than miss something.
                watched.say(Event::Changed(watched.everything()));
            }
        }
    }

    fn changed(
        self: &Arc<Self>,
        events: &[DebouncedEvent],
        backend: &Weak<Mutex<Option<Backend>>>,
    ) {
        let mut changed = BTreeSet::new();
        let mut came_or_went = false;
        for event in events {
            if event.need_rescan() {
                changed.extend(self.everything());
            }
            if matches!(&event.kind, EventKind::Access(kind) if !is_written(kind)) {
                continue;
            }
            for path in &event.paths {
                came_or_went |= self.places.iter().any(|place| place.real.starts_with(path));
                changed.extend(self.as_given(path));
            }
        }
        if came_or_went && let Some(backend) = backend.upgrade() {
            let spread = lock(&backend).as_mut().map(|system| self.spread(system));
            if let Some(Err(error)) = spread
                && is_limit(&error)
            {
                self.fall_back(&Arc::downgrade(&backend), &error);
            }
        }
        if !changed.is_empty() {
            self.say(Event::Changed(changed.into_iter().collect()));
        }
    }

    /// The path in the words of the caller, unless it is nothing to speak of.
    fn as_given(&self, path: &Path) -> Vec<PathBuf> {
        if self.ignored.iter().any(|folder| path.starts_with(folder)) {
            return Vec::new();
        }
        let mut given = Vec::new();
        for place in &self.places {
            match path.strip_prefix(&place.real) {
                Ok(rest) if rest == Path::new("") => given.push(place.given.clone()),
                Ok(rest) if !is_ignored(rest) => given.push(place.given.join(rest)),
                Err(_) if place.real.starts_with(path) => given.push(place.given.clone()),
                _ => {}
            }
        }
        given
    }

    fn everything(&self) -> Vec<PathBuf> {
        let all: BTreeSet<&PathBuf> = self.places.iter().map(|place| &place.given).collect();
        all.into_iter().cloned().collect()
    }

    fn fall_back(self: &Arc<Self>, backend: &Weak<Mutex<Option<Backend>>>, why: &notify::Error) {
        let Some(backend) = backend.upgrade() else { return };
        if matches!(*lock(&backend), Some(Backend::System(_))) {
            // Looking at files needs nothing that could run out.
            let _ = self.begin_polling(&backend, why);
        }
    }

    fn say(&self, event: Event) {
        let mut on_event = self.on_event.lock().unwrap_or_else(PoisonError::into_inner);
        (*on_event)(event);
    }
}

fn lock(backend: &Mutex<Option<Backend>>) -> MutexGuard<'_, Option<Backend>> {
    backend.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder that has just gone is no error: what is above it is watched.
fn still_there(watched: notify::Result<()>) -> notify::Result<()> {
    match watched {
        Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
        watched => watched,
    }
}

fn is_written(kind: &AccessKind) -> bool {
    matches!(kind, AccessKind::Close(AccessMode::Write))
}

/// Whether the system has no more watches, or watchers, to give.
fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // EMFILE, ENFILE and ENOSPC, which have the same numbers on every Unix.
        ErrorKind::Io(error) if cfg!(unix) => matches!(error.raw_os_error(), Some(23 | 24 | 28)),
        _ => false,
    }
}

fn explain(why: &notify::Error) -> String {
    let (limit, setting) = match why.kind {
        ErrorKind::MaxFilesWatch => ("watched folders", "fs.inotify.max_user_watches=524288"),
        _ => ("programs that watch files", "fs.inotify.max_user_instances=512"),
    };
    let remedy = match cfg!(target_os = "linux") {
        true => format!("To raise it until the next start: sudo sysctl {setting}"),
        false => String::from("Close other programs that watch files, such as editors"),
    };
    format!(
        "this computer's limit on {limit} is reached, so changes are looked for every two \
         seconds instead of being noticed at once. {remedy}"
    )
}

/// Whether a path below a watched one belongs to a tool and not to the site.
fn is_ignored(path: &Path) -> bool {
    path.components().any(|part| is_left_behind(&part.as_os_str().to_string_lossy()))
}

#[cfg(test)]
mod tests;
