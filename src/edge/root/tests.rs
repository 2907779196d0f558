//! What a root promises, both ways in which a system can refuse links.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;

use super::*;

/// A root with a folder and a file, beside what nobody may touch.
struct Case {
    folder: tempfile::TempDir,
    root: Root,
}

impl Case {
    fn both() -> [Case; 2] {
        [Case::new(|handle| handle), Case::new(Handle::by_parts)]
    }

    fn new(change: fn(Handle) -> Handle) -> Case {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("site/a/b")).unwrap();
        fs::write(folder.path().join("site/a/file"), "inside").unwrap();
        fs::create_dir(folder.path().join("victim")).unwrap();
        fs::write(folder.path().join("victim/file"), "outside").unwrap();
        let real = folder.path().canonicalize().unwrap().join("site");
        let handle = Arc::new(change(Handle::open(&real).unwrap()));
        let root = Root { shown: "site".into(), real, handle };
        Case { folder, root }
    }

    fn link(&self, target: &str, path: &str) {
        symlink(target, self.folder.path().join("site").join(path)).unwrap();
    }

    fn victims(&self) -> Vec<(String, String)> {
        let names = fs::read_dir(self.folder.path().join("victim")).unwrap();
        let read = |entry: fs::DirEntry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().to_string_lossy().into_owned(), text)
        };
        names.map(|entry| read(entry.unwrap())).collect()
    }
}

/// Every act that opens or makes something at this place.
fn openings(root: &Root, at: &str) -> Vec<(&'static str, io::Result<()>)> {
    vec![
        ("open", root.open_file(at).map(drop)),
        ("read", root.read(at).map(drop)),
        ("create", root.create_new(at).map(drop)),
        ("lock", root.open_lock(at).map(drop)),
        ("folder", root.make_folder(at)),
        ("folders", root.make_folders(at).map(drop)),
        ("list", root.list(at).map(drop)),
        ("walk", root.walk(Path::new(at), |_| true).map(drop)),
    ]
}

/// The same, and every other.
fn acts(root: &Root, at: &str) -> Vec<(&'static str, io::Result<()>)> {
    let mut acts = openings(root, at);
    acts.extend([
        ("link", root.make_link(Path::new("x"), at)),
        ("rename to", root.rename("a/file", root, at)),
        ("rename to a new", root.rename_new("a/file", root, at)),
        ("rename from", root.rename(at, root, "a/moved")),
        ("remove", root.remove_file(at)),
        ("remove folder", root.remove_folder(at)),
        ("remove all", root.remove_all(at)),
    ]);
    acts
}

#[test]
fn nothing_is_done_behind_a_link() {
    for case in Case::both() {
        case.link("../victim", "out");
        case.link("a", "in");
        case.link("nowhere", "dangling");
        for at in ["out/file", "out/new", "in/file", "in/b/x", "dangling/x", "out/x/y"] {
            let link = at.split('/').next().unwrap();
            assert!(linked(&case.root.look(at).unwrap_err()).is_some(), "look at {at}");
            for (act, done) in acts(&case.root, at) {
                let error = done.expect_err(act);
                let found = linked(&error).unwrap_or_else(|| panic!("{act} {at}: {error}"));
                assert_eq!(found.path, Path::new(link), "{act} {at}");
            }
        }
        assert_eq!(case.victims(), [("file".to_owned(), "outside".to_owned())]);
        assert_eq!(fs::read_to_string(case.root.real().join("a/file")).unwrap(), "inside");
    }
}

#[test]
fn a_link_itself_can_be_seen_moved_and_removed_but_not_opened() {
    for case in Case::both() {
        case.link("../victim/file", "link");
        let root = &case.root;
        assert_eq!(root.kind("link").unwrap(), Some(Kind::Link));
        for (act, done) in openings(root, "link") {
            let error = done.expect_err(act);
            let is_there = error.kind() == ErrorKind::AlreadyExists;
            assert!(linked(&error).is_some() || is_there, "{act}: {error}");
        }
        root.rename("link", root, "moved").unwrap();
        assert_eq!(root.read_link("moved").unwrap(), Path::new("../victim/file"));
        root.remove_file("moved").unwrap();
        assert_eq!(root.kind("moved").unwrap(), None);
        assert_eq!(case.victims(), [("file".to_owned(), "outside".to_owned())]);
    }
}

#[test]
fn what_is_below_is_done() {
    for case in Case::both() {
        let root = &case.root;
        assert_eq!(root.make_folders("x/y").unwrap(), [Path::new("x"), Path::new("x/y")]);
        assert_eq!(root.make_folders("x/y").unwrap(), [""; 0].map(PathBuf::from));
        root.create_new("x/y/z").unwrap().write_all(b"text").unwrap();
        assert_eq!(root.read("x/y/z").unwrap(), b"text");
        let error = root.rename_new("x/y/z", root, "a/file").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        root.rename("x/y/z", root, "a/file").unwrap();
        assert_eq!(root.look("a/file").unwrap().unwrap().size, 4);
        root.remove_folder("x/y").unwrap();
        let names = root.walk(Path::new(""), |path| path != Path::new("x")).unwrap();
        let names: Vec<_> = names.iter().map(|(path, _)| path.to_str().unwrap()).collect();
        assert_eq!(names, ["a", "a/b", "a/file"]);
        root.remove_all("a").unwrap();
        assert_eq!(root.list("").unwrap(), [("x".into(), Kind::Folder)]);
    }
}

#[test]
fn folders_are_removed_with_the_links_in_them_and_not_with_what_is_behind() {
    for case in Case::both() {
        case.link("../../victim", "a/link");
        case.root.remove_all("a").unwrap();
        assert_eq!(case.root.kind("a").unwrap(), None);
        assert_eq!(case.victims(), [("file".to_owned(), "outside".to_owned())]);
    }
}

#[test]
fn what_could_lead_out_is_no_place() {
    for case in Case::both() {
        for at in ["..", "../victim/file", "a/../../victim/file", "/etc/passwd", "./a/../.."] {
            for (act, done) in acts(&case.root, at) {
                let kind = done.expect_err(act).kind();
                assert_eq!(kind, ErrorKind::InvalidInput, "{act} {at}");
            }
        }
    }
}

#[test]
fn a_pipe_is_no_file_and_nobody_waits_for_it() {
    for case in Case::both() {
        let pipe = case.root.real().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert!(case.root.read("pipe").is_err());
    }
}
