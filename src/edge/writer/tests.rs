//! What writer promises.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use super::staging::STAGED;
use super::*;

const HOW: How = How { edition: "public", remove_many: false };

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

    fn target(&self) -> Target {
        self.target_at(&self.out()).unwrap()
    }

    fn target_at(&self, out: &Path) -> Result<Target> {
        Target::find(self.folder.path(), Some(out), None)
    }

    fn manifest(&self) -> PathBuf {
        self.folder.path().join(manifest::file_for(&self.target()))
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written> {
        self.build_as(HOW, files)
    }

    fn build_as(&self, how: How, files: &[(&str, &str)]) -> Result<Written> {
        write(&Alone::with(&self.target())?, how, files.len(), |i| output(files[i]), &|_| {})
    }

    fn error(&self, files: &[(&str, &str)]) -> String {
        format!("{:#}", self.build(files).unwrap_err())
    }

    /// Does a build up to and including its first `steps` changes, then dies.
    fn die_after(&self, steps: usize, files: &[(&str, &str)]) -> bool {
        let target = self.target();
        let alone = Alone::with(&target).unwrap();
        let build = Build::start(&alone, HOW).unwrap();
        let planned = files.iter().enumerate().map(|(i, file)| build.stage(i, output(*file)?));
        let plan = build.plan(planned.collect::<Result<_>>().unwrap()).unwrap();
        build.open(&plan).unwrap();
        plan.steps.iter().take(steps).for_each(|step| drop(build.take(step).unwrap()));
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
            let path = |path: &Path| path.strip_prefix(self.out()).unwrap().display().to_string();
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
const SECOND: &[(&str, &str)] =
    &[("index.html", "new home"), ("coops/a/index.html", "a"), ("style.css", "x"), ("n/i", "y")];

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
    let (times, manifest) = (site.times(), site.manifest());
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
    let file = fs::File::options().append(true).open(site.out().join("index.html")).unwrap();
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
            |_| Ok(Output { path: "static/logo.png".into(), body: Body::File("logo.png".into()) });
        write(&Alone::with(&site.target()).unwrap(), HOW, 1, output, &|_| {})
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
            false => anyhow::bail!("a withheld name was found"),
        };
        let error = write(&Alone::with(&site.target()).unwrap(), HOW, 4, render, &|_| {});
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
    write(&Alone::with(&site.target()).unwrap(), HOW, 4, |i| output(SECOND[i]), &progress).unwrap();
    seen.lock().unwrap().sort_unstable();
    assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4]);
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
    let target = site.target();
    let alone = Alone::with(&target).unwrap();
    let build = Build::start(&alone, HOW).unwrap();
    let planned = ["a.html", "b.html", "z.css", "z.new.css"].iter().enumerate();
    let planned = planned.map(|(at, path)| build.stage(at, output((path, "2"))?));
    let plan = build.plan(planned.collect::<Result<_>>().unwrap()).unwrap();
    let order = ["z.new.css", "z.css", "b.html", "a.html", "gone.html"];
    assert_eq!(plan.steps.iter().map(Step::path).collect::<Vec<_>>(), order);
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
    assert!(message.contains(&format!("`{}`", site.out().join("index.html").display())));
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
    let target = site.target();
    let running = Alone::with(&target).unwrap();
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
    let other = site.target_at(&site.folder.path().join("elsewhere/preview")).unwrap();
    write(&Alone::with(&other).unwrap(), HOW, 4, |i| output(SECOND[i]), &|_| {}).unwrap();
    assert_eq!(counts(&site.build(SECOND).unwrap()), [4, 2, 1, 1, 1]);
    let inside = site.target_at(&site.work().join("public"));
    assert!(inside.err().unwrap().to_string().contains("holds what the site is made from"));
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
    fs::write(site.manifest(), "ayni manifest 1\nclosed\n").unwrap();
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
            true => anyhow::bail!("failed"),
            false => output(files[i]),
        };
        write(&Alone::with(&site.target_at(&out)?)?, HOW, files.len(), render, &|_| {})
    };
    build(FIRST, true).unwrap_err();
    assert!(!out.exists());
    assert_eq!(counts(&build(FIRST, false).unwrap()), [3, 3, 0, 0, 0]);
    build(SECOND, true).unwrap_err();
    assert_eq!(counts(&build(SECOND, false).unwrap()), [4, 2, 1, 1, 1]);
    assert!(!out.join(STAGED).exists());
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "new home");
}
