//! What a build does not take away: what somebody has edited by hand, most pages at once. And whose word it takes.

use std::fs;
use std::process::Command;

use super::site::{Folder, check};

/// A small directory without the starter vocabulary, so that many builds take little time.
fn directory() -> Folder {
    Folder::new(&[
        ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
        ("content/pages/home.md", "---\ntitle: Home\n---\nOf [[agaric]].\n"),
    ])
}

/// What is below `.ayni/replaced`, without the name that only tells bytes apart.
fn replaced(folder: &Folder) -> Vec<(String, String)> {
    let files = folder.files(".ayni/replaced").into_iter();
    let files = files.map(|(path, bytes)| {
        let (_, path) = path.split_once('/').expect("it is in a folder");
        (path.to_owned(), String::from_utf8(bytes).expect("it is text"))
    });
    files.collect()
}

fn pair(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

#[test]
fn what_was_edited_by_hand_is_moved_aside_and_named() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.read("public/index.html");
    folder.write("public/index.html", "compressed by hand");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(folder.read("public/index.html"), built);
    assert_eq!(replaced(&folder), [pair("index.html", "compressed by hand")]);
    let place = folder.files(".ayni/replaced").into_keys().next().expect("there is one");
    let warning = format!(
        "warning: ./public/index.html was not as Ayni had written it; it is now ./.ayni/replaced/{place}\n"
    );
    assert!(run.stderr.ends_with(&warning), "{}", run.stderr);
    // The same bytes every night are kept once; others are kept beside them.
    folder.write("public/index.html", "compressed by hand");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(replaced(&folder).len(), 1);
    folder.write("public/index.html", "compressed otherwise");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(replaced(&folder).len(), 2);
    assert_eq!(folder.read("public/index.html"), built);
}

#[test]
fn what_is_withdrawn_goes_even_if_it_was_edited() {
    let folder = directory();
    folder.write("content/pages/a.md", "---\ntitle: A\n---\nA secret.\n");
    folder.write("content/static/x.txt", "one");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    folder.write("public/pages/a/index.html", "edited, with a secret");
    // As large and as old as what was written: only its bytes tell.
    let file = folder.path("public/x.txt");
    let time = fs::metadata(&file).and_then(|it| it.modified()).expect("a time");
    fs::write(&file, "two").expect("it can be written");
    fs::File::options()
        .write(true)
        .open(&file)
        .expect("it is there")
        .set_modified(time)
        .expect("a time");
    folder.write("content/pages/a.md", "---\ntitle: A\nvisibility: private\n---\nA secret.\n");
    folder.remove("content/static/x.txt");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("public/pages/a").exists() && !file.exists());
    let mut kept = replaced(&folder);
    kept.sort();
    assert_eq!(kept, [pair("pages/a/index.html", "edited, with a secret"), pair("x.txt", "two")]);
    assert_eq!(run.stderr.matches("was not as Ayni had written it").count(), 2, "{}", run.stderr);
}

#[test]
fn what_ayni_wrote_is_replaced_and_removed_without_a_word() {
    let folder = directory();
    folder.write("content/pages/a.md", "---\ntitle: A\n---\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    folder.remove("content/pages/a.md");
    folder.write("content/coops/agaric.md", "---\ntitle: Agaric, changed\n---\n");
    let run = folder.ayni(&["build"]);
    assert!(run.code == Some(0) && !run.stderr.contains("warning"), "{}", run.stderr);
    assert!(!folder.path(".ayni/replaced").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_lies_on_another_file_system_is_moved_aside_too() {
    use std::os::unix::fs::MetadataExt;
    let folder = directory();
    let Ok(away) = tempfile::tempdir_in("/dev/shm") else { return };
    let device = |path: &std::path::Path| fs::metadata(path).expect("it is there").dev();
    if device(away.path()) == device(&folder.path("")) {
        return;
    }
    let out = away.path().join("public");
    let build = || folder.ayni(&["build", "--out", out.to_str().expect("a name in UTF-8")]);
    assert_eq!(build().code, Some(0));
    fs::write(out.join("index.html"), "by hand").expect("it can be written");
    std::os::unix::fs::symlink("x", out.join("y")).expect("a link can be made");
    fs::rename(out.join("y"), out.join("404.html")).expect("it can be moved");
    let run = build();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(replaced(&folder), [pair("index.html", "by hand")]);
    assert!(out.join("404.html").is_file() && !out.join("404.html").is_symlink());
}

/// A site with so many pages.
fn large(count: usize) -> Folder {
    let folder = Folder::new(&[("site.yaml", "title: Test\ntopics: {starter: false}\n")]);
    for number in 0..count {
        folder
            .write(&format!("content/pages/p{number}.md"), format!("---\ntitle: P{number}\n---\n"));
    }
    folder
}

fn remove_pages(folder: &Folder, numbers: std::ops::Range<usize>) {
    numbers.for_each(|number| folder.remove(&format!("content/pages/p{number}.md")));
}

#[test]
fn most_pages_do_not_go_without_being_asked() {
    let folder = large(120);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.files("public");
    let pages = built.keys().filter(|path| path.ends_with(".html")).count();
    remove_pages(&folder, 0..110);
    let run = folder.ayni(&["build"]);
    let message = format!(
        " of the {pages} pages of the last build would go. Nothing was changed. If that is right, build with `--remove-many`\n"
    );
    assert!(run.code == Some(2) && run.stderr.ends_with(&message), "{}", run.stderr);
    assert!(folder.files("public") == built, "something was changed");
    // Another edition, and another folder, have nothing to be compared with.
    assert_eq!(folder.ayni(&["build", "--out", "other"]).code, Some(0));
    assert_eq!(folder.ayni(&["build", "--remove-many"]).code, Some(0));
    assert!(!folder.path("public/pages/p0").exists() && folder.path("public/pages/p110").exists());
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
}

#[test]
fn builds_of_another_edition_are_not_compared() {
    let folder = large(120);
    for number in 0..110 {
        let text = format!("---\ntitle: P{number}\nvisibility: network\n---\n");
        folder.write(&format!("content/pages/p{number}.md"), text);
    }
    assert_eq!(folder.ayni(&["build", "--edition", "network"]).code, Some(0));
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("public/pages/p0").exists());
}

#[test]
fn few_pages_and_less_than_half_of_many_may_go() {
    let folder = large(40);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    remove_pages(&folder, 0..39);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let folder = large(160);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    remove_pages(&folder, 0..60);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
}

#[test]
fn without_its_entries_a_site_that_was_built_stays() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.files("public");
    fs::rename(folder.path("content"), folder.path("away")).expect("it can be moved");
    let message = "error: the folder content/ is not there, and all pages of the last build would go. \
                   Nothing was changed. If that is right, build with `--remove-many`\n";
    check(&folder.ayni(&["build"]), 2, "", message);
    assert!(folder.files("public") == built, "something was changed");
    // What was never built has nothing to lose.
    assert_eq!(folder.ayni(&["build", "--out", "other"]).code, Some(0));
    assert_eq!(folder.ayni(&["build", "--remove-many"]).code, Some(0));
    fs::rename(folder.path("away"), folder.path("content")).expect("it can be moved");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert!(folder.files("public") == built, "it is not as before");
}

#[test]
fn a_site_without_entries_can_be_built() {
    let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let folder = Folder::new(&[("site.yaml", "title: Test\n"), ("content/topics.yaml", "")]);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
}

fn git(folder: &Folder, below: &str, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=Test", "-c", "user.email=test@test.example"]).args(arguments);
    git.current_dir(folder.path(below))
        .env("HOME", folder.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().expect("Git can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn records_under_version_control_are_not_believed() {
    // The repository is the site, or has the site in a folder.
    for below in ["", "site"] {
        let folder = Folder::new(&[("x", "")]);
        let at =
            |path: &str| if below.is_empty() { path.to_owned() } else { format!("{below}/{path}") };
        for (path, bytes) in directory().files("") {
            folder.write(&at(&path), bytes);
        }
        let site = folder.path(below);
        let ayni = |arguments: &[&str]| {
            folder.ayni(&[arguments, &["--site", site.to_str().expect("a name in UTF-8")]].concat())
        };
        git(&folder, "", &["init", "-q"]);
        assert_eq!(ayni(&["build"]).code, Some(0));
        folder.write(&at("public/notes.txt"), "theirs");
        git(&folder, "", &["add", &at("content")]);
        assert_eq!(ayni(&["build"]).code, Some(0), "what Git does not track is believed");
        git(&folder, "", &["add", "-f", &at(".ayni/lock")]);
        let built = folder.files(&at("public"));
        let run = ayni(&["build"]);
        let message = "`.ayni/lock` is under version control, and only Ayni may write it";
        let remedy = "run `git rm -r --cached .ayni`, commit and push that, then delete `.ayni` and the output folder, and build again";
        assert_eq!((run.code, run.stderr), (Some(2), format!("error: {message}; {remedy}\n")));
        assert_eq!(folder.files(&at("public")), built);
        let text = format!(
            "error: {message}\n  --> .ayni/lock\nhint: {remedy} [tracked-work]\n\n1 error\n"
        );
        check(&ayni(&["check"]), 1, "", &text);
        git(&folder, "", &["rm", "-rq", "--cached", &at(".ayni")]);
        assert_eq!(ayni(&["build"]).code, Some(0));
        assert_eq!(ayni(&["check"]).code, Some(0));
    }
}

#[test]
fn asking_git_starts_nothing_that_its_settings_name() {
    let folder = directory();
    git(&folder, "", &["init", "-q"]);
    git(&folder, "", &["add", "content"]);
    let mark = folder.path("mark");
    let command = format!("touch '{}'; false", mark.display());
    for name in
        ["core.fsmonitor", "core.pager", "pager.ls-files", "alias.ls-files", "core.sshCommand"]
    {
        let command =
            if name.starts_with("alias") { format!("!{command}") } else { command.clone() };
        git(&folder, "", &["config", name, &command]);
    }
    assert_eq!(folder.ayni(&["check"]).code, Some(0));
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert!(!mark.exists());

    // A repository that was committed as plain files, around the site, is not asked.
    let outer =
        Folder::new(&[("HEAD", "ref: refs/heads/main\n"), ("refs/x", ""), ("objects/x", "")]);
    outer.write(
        "config",
        format!("[core]\n\tfsmonitor = \"{command}\"\n\tbare = false\n\tworktree = .\n"),
    );
    for (path, bytes) in directory().files("") {
        outer.write(&format!("site/{path}"), bytes);
    }
    assert_eq!(outer.ayni(&["build", "--site", "site"]).code, Some(0));
    assert!(!mark.exists());
}
