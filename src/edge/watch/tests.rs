//! What watch promises.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests make files and look at them"
)]

use super::*;
use std::fs;
use std::sync::mpsc::{self, Receiver};

const SOON: Duration = Duration::from_millis(30);

struct Watching {
    folder: tempfile::TempDir,
    events: Receiver<Event>,
    _watcher: Watcher,
}

/// Watches `content`, `site.yaml` and `themes/own` in a new folder; `out` is ignored.
fn watching(prepare: impl Fn(&Path)) -> Watching {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let paths = ["content", "site.yaml", "themes/own"].map(|path| folder.path().join(path));
    let (sender, events) = mpsc::channel();
    let ignored = [folder.path().join("content/out")];
    let on_event = move |event| drop(sender.send(event));
    let watcher = watch(&paths, &ignored, SOON, on_event).unwrap();
    Watching { folder, events, _watcher: watcher }
}

impl Watching {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str) {
        put(self.folder.path(), path);
    }

    fn next(&self) -> Event {
        self.events.recv_timeout(Duration::from_secs(20)).expect("a change was not noticed")
    }

    /// All paths that are said to have changed, up to this one.
    fn until(&self, path: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        while !all.contains(path) {
            if let Event::Changed(paths) = self.next() {
                let paths = paths.iter().map(|path| path.strip_prefix(self.folder.path()));
                all.extend(paths.map(|path| path.unwrap().to_str().unwrap().to_owned()));
            }
        }
        all
    }
}

fn put(folder: &Path, path: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, path).unwrap();
}

fn usual(folder: &Path) {
    for path in ["content/coops/a.md", "site.yaml", "other.yaml"] {
        put(folder, path);
    }
}

#[test]
fn changes_in_folders_and_of_files_are_noticed() {
    let watching = watching(usual);
    for path in ["content/coops/a.md", "content/coops/b.md", "site.yaml"] {
        watching.put(path);
        watching.until(path);
    }
    fs::remove_file(watching.path("content/coops/a.md")).unwrap();
    watching.until("content/coops/a.md");
}

#[test]
fn a_file_saved_by_renaming_goes_on_being_watched() {
    let watching = watching(usual);
    for path in ["site.yaml", "content/coops/a.md"] {
        for _ in 0..3 {
            fs::rename(watching.path(path), watching.path(&format!("{path}~"))).unwrap();
            watching.put("other.tmp");
            fs::rename(watching.path("other.tmp"), watching.path(path)).unwrap();
            let seen = watching.until(path);
            assert!(seen.iter().all(|path| !path.ends_with('~')), "{seen:?}");
        }
    }
}

#[test]
fn folders_that_come_later_are_watched() {
    let watching = watching(usual);
    watching.put("content/pages/deep/down/one.md");
    watching.until("content/pages");
    watching.put("content/pages/deep/down/two.md");
    watching.until("content/pages/deep/down/two.md");
    watching.put("themes/own/theme.css");
    watching.until("themes/own");
    watching.put("themes/own/theme.css");
    watching.until("themes/own/theme.css");
}

#[test]
fn folders_that_go_and_come_back_are_watched() {
    let watching = watching(usual);
    fs::remove_dir_all(watching.path("content/coops")).unwrap();
    watching.until("content/coops");
    watching.put("content/coops/c.md");
    watching.until("content/coops");
    for _ in 0..3 {
        fs::remove_dir_all(watching.path("content")).unwrap();
        watching.until("content");
        fs::create_dir(watching.path("content")).unwrap();
        watching.until("content");
        watching.put("content/coops/d.md");
        watching.until("content/coops");
        watching.put("content/coops/d.md");
        watching.until("content/coops/d.md");
    }
    fs::rename(watching.path("content"), watching.path("away")).unwrap();
    watching.until("content");
    fs::rename(watching.path("away"), watching.path("content")).unwrap();
    watching.until("content");
    watching.put("content/coops/e.md");
    watching.until("content/coops/e.md");
}

#[test]
fn what_does_not_belong_to_the_site_is_not_spoken_of() {
    let watching = watching(usual);
    for path in [
        "content/.git/index",
        "content/.ayni/lock",
        "content/out/index.html",
        "other.yaml",
        "content/coops/a.md~",
        "content/coops/.a.md.swp",
        "content/coops/4913",
        "content/coops/.#a.md",
        "content/coops/#a.md#",
    ] {
        watching.put(path);
    }
    fs::read(watching.path("content/coops/a.md")).unwrap();
    watching.put("content/coops/last.md");
    assert_eq!(watching.until("content/coops/last.md"), ["content/coops/last.md".into()].into());
}

#[test]
fn nothing_is_said_after_the_watcher_is_gone() {
    let watching = watching(usual);
    watching.put("site.yaml");
    watching.until("site.yaml");
    let Watching { folder, events, _watcher: watcher } = watching;
    drop(watcher);
    put(folder.path(), "site.yaml");
    while let Ok(event) = events.recv_timeout(Duration::from_secs(20)) {
        assert_eq!(event, Event::Changed(vec![folder.path().join("site.yaml")]));
    }
    assert_eq!(events.recv(), Err(mpsc::RecvError), "the callback was not let go of");
}

#[test]
fn without_watches_files_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    usual(folder.path());
    let (sender, events) = mpsc::channel();
    let watched = Arc::new(Watched {
        places: vec![WatchedPath::new(&folder.path().join("content")).unwrap()],
        ignored: Vec::new(),
        debounce: SOON,
        on_event: Mutex::new(Box::new(move |event| drop(sender.send(event)))),
    });
    let backend = Arc::default();
    watched.begin(&backend).unwrap();
    let limit = notify::Error::new(ErrorKind::MaxFilesWatch);
    let (mut handler, _watcher) =
        (watched.handler(&backend), Watcher { backend: Arc::clone(&backend) });
    handler(Err(vec![limit]));
    let Event::Polling(message) = events.recv().unwrap() else { panic!("no word about it") };
    assert!(message.contains("limit on watched folders is reached"), "{message}");
    if cfg!(target_os = "linux") {
        assert!(message.ends_with("sudo sysctl fs.inotify.max_user_watches=524288"));
    }
    assert_eq!(events.recv().unwrap(), Event::Changed(vec![folder.path().join("content")]));
    put(folder.path(), "content/coops/new.md");
    let new = folder.path().join("content/coops/new.md");
    loop {
        match events.recv_timeout(Duration::from_secs(20)).unwrap() {
            Event::Changed(paths) if paths.contains(&new) => return,
            _ => {}
        }
    }
}
