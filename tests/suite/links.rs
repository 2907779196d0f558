//! Links on disk: nothing that Ayni reads, writes or removes below a site's folder lies behind one.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::site::{Folder, Run};

/// A small directory without the starter vocabulary, so that many builds take little time.
fn directory() -> Folder {
    Folder::new(&[
        ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
        ("content/pages/home.md", "---\ntitle: Home\n---\nOf [[agaric]].\n"),
    ])
}

/// Everything in a folder that must stay as it is: files with their bytes, and links with their targets.
fn everything(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder.path(""))
        .into_iter()
        .map(|entry| entry.expect("the test can do that"));
    let each = walk.map(|entry| {
        let bytes = match entry.file_type() {
            it if it.is_dir() => b"a folder".to_vec(),
            it if it.is_symlink() => fs::read_link(entry.path())
                .expect("the test can do that")
                .to_string_lossy()
                .into_owned()
                .into_bytes(),
            _ => fs::read(entry.path()).expect("the test can do that"),
        };
        (entry.path().display().to_string(), bytes)
    });
    each.collect()
}

/// A folder outside the site with what somebody would like to overwrite, read or remove.
fn victim() -> Folder {
    Folder::new(&[
        ("index.html", "theirs"),
        ("config", "theirs"),
        ("secret.md", "---\ntitle: A secret\n---\nNobody else's.\n"),
        ("coops/index.html", "theirs"),
        ("one.txt", "ayni manifest 1\nclosed\nend 0\n"),
    ])
}

fn link(target: impl AsRef<Path>, folder: &Folder, path: &str) {
    let place = folder.path(path);
    fs::create_dir_all(place.parent().expect("the test can do that"))
        .expect("the test can do that");
    symlink(target, place).expect("the test can do that");
}

/// Removes whatever is there, and puts a link in its place.
fn link_instead(target: impl AsRef<Path>, folder: &Folder, path: &str) {
    let place = folder.path(path);
    match fs::symlink_metadata(&place) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(&place).expect("the test can do that"),
        Ok(_) => fs::remove_file(&place).expect("the test can do that"),
        Err(_) => {}
    }
    link(target, folder, path);
}

#[track_caller]
fn assert_stops(run: &Run, code: i32, words: &str) {
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
}

/// That `check` names a link as an error at its place.
#[track_caller]
fn assert_checked(folder: &Folder, path: &str) {
    let run = folder.ayni(&["check", "--format", "json"]);
    assert_eq!(run.code, Some(1), "{path}: {}", run.stderr);
    let place = format!(
        "\"code\": \"link-on-disk\",\n    \"message\": \"`{path}` is a link\",\n    \"file\": \"{path}\""
    );
    assert!(run.stdout.contains(&place), "{path}: {}", run.stdout);
}

/// The place of the usual output folder's manifest.
fn manifest() -> String {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let names = folder.files(".ayni/manifests").into_keys();
    names.into_iter().find(|name| name.ends_with(".txt")).expect("the test can do that")
}

#[test]
fn a_commit_cannot_make_a_build_write_gits_settings() {
    let (home, origin) = (Folder::new(&[]), directory());
    let git = |folder: &Path, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@test.example"]);
        git.args(arguments).current_dir(folder);
        git.env("HOME", home.path("")).env("GIT_CONFIG_NOSYSTEM", "1");
        let output = git.output().expect("Git can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&origin.path(""), &["init", "-q", "-b", "main"]);
    git(&origin.path(""), &["add", "."]);
    git(&origin.path(""), &["commit", "-qm", "start"]);
    let admin = Folder::new(&[]);
    git(&admin.path(""), &["clone", "-q", origin.path("").to_str().unwrap(), "site"]);
    let settings = admin.read("site/.git/config");

    let mark = home.path("mark");
    let evil = format!("[core]\n\tfsmonitor = \"touch '{}'; false\"\n", mark.display());
    origin.write("content/static/config", evil + &settings);
    link(".git", &origin, "public");
    // As named by what builds into `.git`: the place in the site.
    let hash = "9e6d6e0b9958693c";
    let line = format!("{} 0 0 config", "0".repeat(64));
    let text = format!("ayni manifest 1\nclosed\n{line}\nend 1\n");
    origin.write(&format!(".ayni/manifests/{hash}.txt"), text);
    git(&origin.path(""), &["add", "-f", "."]);
    git(&origin.path(""), &["commit", "-qm", "a page"]);
    for _ in 0..2 {
        git(&admin.path("site"), &["pull", "-q"]);
        for arguments in
            [&["build"][..], &["build", "--out", "public"], &["build", "--out", ".git"]]
        {
            let mut command = admin.command(arguments);
            let output = command.current_dir(admin.path("site")).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        }
    }
    assert_eq!(admin.read("site/.git/config"), settings);
    assert!(!mark.exists(), "a command of the commit was run");
}

#[test]
fn no_output_folder_of_a_site_is_behind_a_link() {
    let (folder, victim) = (directory(), victim());
    let before = everything(&victim);
    let there = victim.path("").canonicalize().unwrap();
    link(&there, &folder, "public");
    link(&there, &folder, "sub/out");
    let (absolute, into) = (folder.path("public"), folder.path("sub/out/deeper"));
    for out in [
        "public",
        "./public",
        "public/",
        "public/sub",
        "content/../public",
        "public/../public",
        "sub/../public",
        "sub/out",
        absolute.to_str().unwrap(),
        into.to_str().unwrap(),
    ] {
        assert_stops(&folder.ayni(&["build", "--out", out]), 2, "is a link to");
        assert_eq!(everything(&victim), before, "{out}");
    }
    assert_checked(&folder, "public");
    // The folder itself may be named. What is there is not Ayni's, and stays.
    let run = folder.ayni(&["build", "--out", there.to_str().unwrap()]);
    assert_stops(&run, 2, "holds what Ayni did not put there");
    assert_eq!(everything(&victim), before);
}

#[test]
fn a_link_in_the_place_of_the_output_folder_says_what_to_do() {
    let (folder, away) = (directory(), Folder::new(&[("www/x", "")]));
    let there = away.path("").canonicalize().unwrap().join("www");
    let hidden = away.path(".keys");
    fs::create_dir(&hidden).unwrap();
    let advice = |target: &Path| {
        link_instead(target, &folder, "public");
        let run = folder.ayni(&["build"]);
        assert_eq!(run.code, Some(2));
        run.stderr.split_once("is followed; ").expect("an advice").1.trim().to_owned()
    };
    if !there.display().to_string().contains("/.") {
        assert_eq!(advice(&there), format!("use `--out {}` to write there", there.display()));
    }
    assert_eq!(
        advice(&hidden),
        "remove it; if it came with a commit, `git rm public`, commit and push"
    );
    assert_eq!(
        advice(Path::new("nowhere")),
        "remove it; if it came with a commit, `git rm public`, commit and push"
    );
    assert_eq!(
        advice(Path::new("content")),
        "remove it; if it came with a commit, `git rm public`, commit and push"
    );
    assert_eq!(
        advice(Path::new("public")),
        "remove it; if it came with a commit, `git rm public`, commit and push"
    );
}

#[test]
fn nothing_of_a_builds_own_folder_is_behind_a_link() {
    let name = manifest();
    let inputs = name.replace(".txt", ".inputs");
    for path in [
        ".ayni".to_owned(),
        ".ayni/manifests".to_owned(),
        format!(".ayni/manifests/{name}"),
        format!(".ayni/manifests/{inputs}"),
        ".ayni/staged".to_owned(),
        ".ayni/lock".to_owned(),
        ".ayni/replaced".to_owned(),
    ] {
        for is_first in [true, false] {
            let (folder, victim) = (directory(), victim());
            if !is_first {
                assert_eq!(folder.ayni(&["build"]).code, Some(0));
                folder.write("content/pages/new.md", "---\ntitle: New\n---\n");
            }
            let target = match path.rsplit('.').next() {
                Some("txt" | "inputs") => victim.path("one.txt"),
                _ if path.ends_with("lock") => victim.path("one.txt"),
                _ => victim.path(""),
            };
            // What the usual names would be behind the link.
            victim.write("manifests/x", "theirs");
            victim.write("staged/x", "theirs");
            let before = everything(&victim);
            link_instead(&target, &folder, &path);
            let published = folder.files("public");
            let run = folder.ayni(&["build"]);
            assert_eq!(everything(&victim), before, "{path}");
            if !path.ends_with("inputs") {
                assert_stops(&run, 2, &format!("`{path}` is a link to"));
                assert_eq!(folder.files("public"), published, "{path}");
            } else {
                assert_eq!(run.code, Some(2), "{path}: {}", run.stderr);
            }
            assert_checked(&folder, &path);
        }
    }
}

#[test]
fn no_source_is_read_through_a_link() {
    for path in ["content", "content/coops", "content/pages/new", "themes", "themes/x", "site.yaml"]
    {
        let (folder, victim) = (directory(), victim());
        victim.write("secret.css", "A secret");
        let target = if path == "site.yaml" { victim.path("config") } else { victim.path("") };
        link_instead(target, &folder, path);
        assert_eq!(folder.ayni(&["build"]).code, Some(1), "{path}");
        assert!(!folder.path("public").exists(), "{path}");
        assert_checked(&folder, path);
    }
}

#[test]
fn a_link_within_the_content_does_not_publish_what_is_withheld() {
    let folder = directory();
    folder.write("content/coops/private.md", "---\ntitle: Hidden\nvisibility: private\n---\n");
    folder.write("content/pages/fine.md", "---\ntitle: Fine\n---\n");
    for (target, path) in [
        ("../coops/private.md", "content/static/leak.txt"),
        ("../coops", "content/static/leak"),
        ("fine.md", "content/pages/other.md"),
        ("../../site.yaml", "content/static/settings.txt"),
        ("nowhere", "content/static/nowhere.txt"),
        ("..", "content/pages/circle"),
    ] {
        link(target, &folder, path);
        let run = folder.ayni(&["build"]);
        let words = format!(
            "error: `{path}` is a link\n  --> {path}\nhint: remove it; if you need what it leads to, put a copy here [link-on-disk]"
        );
        assert_stops(&run, 1, &words);
        assert!(!folder.path("public").exists());
        assert_checked(&folder, path);
        fs::remove_file(folder.path(path)).unwrap();
    }
    // Links that nobody reads are nobody's business.
    link("site.yaml", &folder, "notes");
    link("nowhere", &folder, "content/pages/.hidden");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(folder.ayni(&["check"]).code, Some(0));
}

#[test]
fn no_new_entry_is_written_through_a_link() {
    let settings = "title: Test\ntopics: {starter: false}\ncalls: {id: m, title: M, rrule: FREQ=MONTHLY;BYDAY=-1WE}\n";
    for (path, arguments) in [
        ("content/pages", &["new", "page", "New"][..]),
        ("content/pages/new.md", &["new", "page", "New"]),
        ("content/calls", &["new", "call"]),
        ("pads", &["new", "call"]),
        ("pads/2026-11.md", &["new", "call"]),
    ] {
        for target in ["there", "nowhere"] {
            let (folder, victim) = (directory(), Folder::new(&[("there/x", "theirs")]));
            folder.write("site.yaml", settings);
            let before = everything(&victim);
            link_instead(victim.path(target), &folder, path);
            let ours = everything(&folder);
            let run = folder.ayni(arguments);
            assert_eq!(run.code, Some(2), "{path}: {}", run.stderr);
            assert_eq!((everything(&victim), everything(&folder)), (before, ours), "{path}");
            assert_checked(&folder, path);
        }
    }
}

const PAD: &str = "# Call\n\n## Agaric\n\n- About: We bake.\n";

/// A directory with a call that can be recorded.
fn with_call() -> Folder {
    let folder = directory();
    let call = "---\nstart: 2026-11-18T16:00\nturns: [{coop: agaric}]\n---\n";
    folder.write("content/calls/2026-11.md", call);
    folder
}

#[test]
fn a_pad_of_the_site_is_not_read_through_a_link_and_one_that_is_named_is() {
    let (folder, elsewhere) = (with_call(), Folder::new(&[("pad.md", PAD)]));
    link(elsewhere.path("pad.md"), &folder, "pads/2026-11.md");
    let before = everything(&folder);
    let run = folder.ayni(&["call", "record", "2026-11", "--yes"]);
    assert_stops(&run, 2, "`pads/2026-11.md` is a link to");
    assert_eq!(everything(&folder), before);
    let run = folder.ayni(&["call", "record", "2026-11", "pads/2026-11.md", "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout, "content/calls/2026-11.md\npads/2026-11.recorded.yaml\n");
}

#[test]
fn a_call_is_recorded_past_links_under_the_names_of_files_that_wait() {
    let (folder, victim) = (with_call(), victim());
    folder.write("pads/2026-11.md", PAD);
    let before = everything(&victim);
    for name in [".2026-11.md.new", ".ayni-new-0", ".ayni-new-1"] {
        link(victim.path("config"), &folder, &format!("content/calls/{name}"));
    }
    let run = folder.ayni(&["call", "record", "2026-11", "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("content/calls/2026-11.md").is_symlink());
    assert_eq!(everything(&victim), before);
}

#[test]
fn a_link_on_a_planned_path_is_not_written_through() {
    for (path, is_error) in [("coops", true), ("coops/agaric", true), ("index.html", false)] {
        let (folder, victim) = (directory(), victim());
        victim.write("agaric/index.html", "theirs");
        assert_eq!(folder.ayni(&["build"]).code, Some(0));
        folder.write("content/coops/agaric.md", "---\ntitle: Agaric, changed\n---\n");
        let before = everything(&victim);
        let target = if is_error { victim.path("") } else { victim.path("index.html") };
        link_instead(target, &folder, &format!("public/{path}"));
        assert_checked(&folder, &format!("public/{path}"));
        let run = folder.ayni(&["build"]);
        assert_eq!(everything(&victim), before, "{path}");
        match is_error {
            true => assert_stops(&run, 2, &format!("public/{path}`")),
            // The link was in the place of a file that Ayni made, and is moved aside as any other would be.
            false => {
                assert_stops(&run, 0, "public/index.html was not as Ayni had written it");
                assert!(!folder.path("public/index.html").is_symlink());
            }
        }
    }
    let folder = directory();
    link("nowhere", &folder, "public/coops/agaric/index.html");
    assert_stops(&folder.ayni(&["build"]), 2, "public/coops/agaric/index.html`");
    assert!(!folder.path("public/nowhere").exists());
}

#[test]
fn what_is_withdrawn_is_not_removed_through_a_link() {
    let (folder, victim) = (directory(), victim());
    folder.write("content/pages/a.md", "---\ntitle: A\n---\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    folder.remove("content/pages/a.md");
    let page = folder.read("public/pages/a/index.html");
    victim.write("index.html", page);
    let before = everything(&victim);
    link_instead(victim.path(""), &folder, "public/pages/a");
    let run = folder.ayni(&["build"]);
    assert_eq!(everything(&victim), before);
    assert_stops(&run, 2, "public/pages/a`");
}

#[test]
fn links_of_others_in_the_output_folder_stay() {
    let (folder, elsewhere) = (directory(), Folder::new(&[("x", "theirs")]));
    link(elsewhere.path(""), &folder, "public/downloads");
    link("downloads/x", &folder, "public/latest");
    for _ in 0..2 {
        assert_eq!(folder.ayni(&["build"]).code, Some(0));
        folder.write("content/pages/new.md", "---\ntitle: New\n---\n");
    }
    assert_eq!(folder.ayni(&["check"]).code, Some(0));
    assert!(folder.path("public/downloads").is_symlink());
    assert_eq!(folder.read("public/latest"), "theirs");
}

#[test]
fn a_site_and_an_output_folder_elsewhere_may_be_reached_through_links() {
    let (folder, away) = (directory(), Folder::new(&[("real/x/y", "")]));
    link(folder.path(""), &away, "current");
    link("real", &away, "www");
    let run = away.ayni(&["check", "--site", "current"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(away.ayni(&["build", "--site", "current"]).code, Some(0));
    assert!(folder.path("public/index.html").is_file());
    for out in ["www/site", "www/x/../other"] {
        let run = away.ayni(&["build", "--site", "current", "--out", out]);
        assert_eq!(run.code, Some(0), "{out}: {}", run.stderr);
    }
    assert!(away.path("real/site/index.html").is_file());
    assert!(away.path("real/other/index.html").is_file());
    // Through a link outside, into the site: a place in the site as any other.
    link(folder.path("public"), &away, "into");
    let run = away.ayni(&["build", "--site", "current", "--out", "into"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    link("gone", &away, "dangling");
    for out in ["dangling", "dangling/deeper"] {
        let run = away.ayni(&["build", "--site", "current", "--out", out]);
        assert_stops(&run, 2, "is a link that leads nowhere");
    }
    assert!(!away.path("gone").exists());
}

#[test]
fn some_folders_are_never_an_output_folder() {
    let away = Folder::new(&[("home/x", ""), ("repository/.git/config", "theirs")]);
    let site = directory();
    for (path, bytes) in site.files("") {
        away.write(&format!("home/network/{path}"), bytes);
    }
    let before = everything(&away);
    link("repository", &away, "linked");
    for (out, message) in [
        ("/", "/ holds the site itself"),
        (".", ". holds the site itself"),
        ("home", "home is your home folder"),
        ("home/network/../../home", "is your home folder"),
        ("repository/.git", "repository/.git belongs to Git"),
        ("repository/.git/hooks", "belongs to Git"),
        ("linked/.GIT/x", "belongs to Git"),
        ("home/network", "holds what the site is made from"),
        ("home/network/Content/x", "holds what the site is made from"),
        ("home/network/.ayni/x", "holds what the site is made from"),
        ("home/network/pads", "holds what the site is made from"),
        ("home/network/x/.git", "belongs to Git"),
    ] {
        // A home folder above the site holds the site, too, so this one is asked for on its own.
        let home = if out.starts_with("home") { away.path("home") } else { away.path("none") };
        let mut command = away.command(&["build", "--site", "home/network", "--out", out]);
        let output = command.env("HOME", home).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{out}: {stderr}");
        assert!(stderr.contains(message), "{out}: {stderr}");
        fs::remove_file(away.path("linked")).unwrap();
        assert_eq!(everything(&away), before, "{out}");
        link("repository", &away, "linked");
    }
}
