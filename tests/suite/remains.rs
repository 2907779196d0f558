//! What a build leaves for others: files that a web server may read, nothing of a build that was killed, and
//! no word about a site that another build is changing.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::site::{Folder, Run, directory};

/// Runs the program by a shell that has done something before.
fn after(before: &str, folder: &Folder, arguments: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{before}; exec \"$0\" \"$@\""));
    command.arg(env!("CARGO_BIN_EXE_ayni")).args(arguments).current_dir(folder.path(""));
    for (name, value) in folder.command(&[]).get_envs() {
        command.env(name, value.expect("it is set"));
    }
    let output = command.output().expect("a shell can be started");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn mode(folder: &Folder, path: &str) -> u32 {
    folder.path(path).metadata().expect("it is there").permissions().mode() & 0o777
}

fn chmod(folder: &Folder, path: &str, mode: u32) {
    fs::set_permissions(folder.path(path), fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// How many files a build warns of.
fn closed(run: &Run) -> Option<&str> {
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line = run.stderr.lines().find(|line| line.contains("cannot be read by other users"))?;
    assert!(line.contains("Run `chmod -R a+rX ./public`, and build with `umask 022`"), "{line}");
    line.strip_prefix("warning: ")?.split(' ').next()
}

#[test]
fn files_follow_the_umask_and_those_that_a_web_server_cannot_read_are_said() {
    let folder = directory();
    folder.write("content/static/secret.txt", "Published.");
    chmod(&folder, "content/static/secret.txt", 0o600);
    for (umask, file, inner, warns) in [
        ("077", 0o600, 0o700, true),
        ("027", 0o640, 0o750, true),
        ("022", 0o644, 0o755, false),
        ("002", 0o664, 0o775, false),
    ] {
        drop(fs::remove_dir_all(folder.path("public")));
        drop(fs::remove_dir_all(folder.path(".ayni")));
        let run = after(&format!("umask {umask}"), &folder, &["build"]);
        assert_eq!(mode(&folder, "public/index.html"), file, "{umask}");
        assert_eq!(mode(&folder, "public/secret.txt"), file, "{umask}");
        assert_eq!(mode(&folder, "public/coops"), inner, "{umask}");
        assert_eq!(closed(&run).is_some(), warns, "{umask}: {}", run.stderr);
    }
}

#[test]
fn files_stay_said_until_others_can_read_them() {
    let folder = directory();
    let all = folder.files("content").len();
    assert!(closed(&after("umask 077", &folder, &["build"])).is_some());
    let total = folder.files("public").len().to_string();
    assert!(total.parse::<usize>().expect("a number") > all);
    // Nothing to do, and a page to make anew: those that stay are closed as before.
    assert_eq!(closed(&folder.ayni(&["build"])), Some(&*total));
    assert_eq!(mode(&folder, "public"), 0o700);
    chmod(&folder, "public", 0o755);
    folder.write("content/pages/new.md", "---\ntitle: New\n---\nNew.\n");
    let some = folder.ayni(&["build"]);
    let some: usize = closed(&some).expect("some are closed").parse().expect("a number");
    assert!(some > 0 && some < folder.files("public").len(), "{some}");
    let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(folder.path("public")).status();
    assert!(opened.expect("chmod can be started").success());
    assert_eq!(closed(&folder.ayni(&["build"])), None);
    // The folder alone, and one file alone.
    chmod(&folder, "public", 0o711);
    assert_eq!(closed(&folder.ayni(&["build"])), Some(&*folder.files("public").len().to_string()));
    chmod(&folder, "public", 0o755);
    chmod(&folder, "public/index.html", 0o640);
    assert_eq!(closed(&folder.ayni(&["build"])), Some("1"));
}

#[test]
fn what_is_not_for_a_web_server_of_everybody_brings_no_such_warning() {
    let folder = directory();
    for options in [&["--edition", "network", "--out", "members"][..], &["--portable"]] {
        let run = after("umask 077", &folder, &[&["build"], options].concat());
        assert_eq!(closed(&run), None, "{options:?}: {}", run.stderr);
    }
}

#[test]
fn what_a_killed_build_has_staged_is_gone_after_the_next_whatever_becomes_of_it() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let leave = || {
        folder.write("public/.ayni-staged/tree/coops/new/index.html", "half");
        folder.write(".ayni/staged/7", "half");
    };
    let is_clean =
        || !folder.path("public/.ayni-staged").exists() && !folder.path(".ayni/staged").exists();
    leave();
    assert!(folder.ayni(&["build"]).stderr.contains("nothing had changed"));
    assert!(is_clean(), "after a build with nothing to do");
    folder.write("content/pages/broken.md", "---\ntitle: [\n---\n");
    leave();
    assert_eq!(folder.ayni(&["build"]).code, Some(1));
    assert!(is_clean(), "after a build that was stopped by an error in the content");
    folder.remove("content/pages/broken.md");
    folder.write("content/pages/new.md", "---\ntitle: New\n---\n");
    folder.write("public/pages/new/index.html", "foreign");
    leave();
    assert_eq!(folder.ayni(&["build"]).code, Some(2));
    assert!(is_clean(), "after a build that was stopped by a foreign file");
    fs::rename(folder.path("content"), folder.path("away")).expect("it can be moved");
    leave();
    assert_eq!(folder.ayni(&["build"]).code, Some(2));
    assert!(is_clean(), "after a build that was stopped because content/ is missing");
    fs::rename(folder.path("away"), folder.path("content")).expect("it can be moved");
    // The place where it was tried whether files can be moved there.
    folder.write("public/.ayni-staged", "");
    folder.remove("public/pages/new/index.html");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert!(is_clean(), "after a build that was not stopped");
}

#[test]
fn while_another_build_is_running_nothing_is_said_about_what_has_changed() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let lock = fs::File::options().write(true).open(folder.path(".ayni/lock")).expect("a lock");
    lock.try_lock().expect("no build is running");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("another build of this site is running"), "{}", run.stderr);
    assert!(!run.stderr.contains("nothing had changed"), "{}", run.stderr);
    lock.unlock().expect("it was locked");
    assert!(folder.ayni(&["build"]).stderr.contains("nothing had changed"));
}

#[test]
fn a_manifest_that_is_no_text_says_how_to_go_on() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let before = folder.files("public");
    let name = folder.files(".ayni/manifests").into_keys().find(|name| name.ends_with(".txt"));
    folder.write(
        &format!(".ayni/manifests/{}", name.expect("a manifest")),
        b"ayni manifest 1\n\xff\n",
    );
    folder.write("content/pages/new.md", "---\ntitle: New\n---\n");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let advice = "To start afresh, delete this manifest together with the output folder";
    assert!(run.stderr.contains(advice), "{}", run.stderr);
    assert!(folder.files("public") == before);
}
