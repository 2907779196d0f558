//! Odd files and odd names: too large, in other encodings, written in two ways, leading out.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use ayni::diagnostic::Code;

use super::site::{Folder, Site, check, codes, pixel, problems};

#[test]
fn a_file_of_100_megabytes_is_named_and_not_read() {
    let folder = Folder::new(&[("site.yaml", "title: Test\n"), ("content/pages/big.md", "")]);
    folder.write("content/pages/small.md", "---\ntitle: Small\n---\n");
    let big = fs::File::options().write(true).open(folder.path("content/pages/big.md"));
    big.and_then(|file| file.set_len(100 << 20)).expect("a file with a hole can be made");
    let prepared = folder.prepare();
    assert!(prepared.sources.text("content/pages/big.md").is_none());
    assert_eq!(
        problems(&prepared),
        "\
error: `content/pages/big.md` is 100 MB large
  --> content/pages/big.md
hint: keep texts below 4 MB; put large files into content/static/ [unreadable-file]
"
    );
    assert_eq!(prepared.plan.derived.directory.pages.len(), 1);
}

#[test]
fn a_large_file_of_settings_is_named_as_such() {
    let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
    let settings = fs::File::options().write(true).open(folder.path("site.yaml"));
    settings.and_then(|file| file.set_len(100 << 20)).expect("a file with a hole can be made");
    let found = problems(&folder.prepare());
    assert!(found.contains("error: `site.yaml` is 100 MB large"), "{found}");
}

#[test]
fn other_encodings_are_named_and_other_files_are_read() {
    let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
    folder.write("content/pages/latin.md", b"---\ntitle: Caf\xe9\n---\n");
    folder.write("content/pages/wide.md", b"\xff\xfe-\0-\0-\0\n\0");
    folder.write("content/pages/fine.md", "---\ntitle: Café\n---\n");
    let prepared = folder.prepare();
    assert_eq!(
        problems(&prepared),
        "\
error: `content/pages/latin.md` is not a text in UTF-8
  --> content/pages/latin.md
hint: save it again with the encoding UTF-8 [unreadable-file]

error: `content/pages/wide.md` is not a text in UTF-8
  --> content/pages/wide.md
hint: save it again with the encoding UTF-8 [unreadable-file]
"
    );
    assert_eq!(prepared.plan.derived.directory.pages[0].entry.title, "Café");
}

#[test]
fn a_name_that_is_not_unicode_is_a_problem_of_its_file() {
    for below in ["content/pages", "content/static"] {
        let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
        folder.write(&format!("{below}/fine.txt"), "fine");
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        fs::write(folder.path(below).join(name), "---\ntitle: A\n---\n").expect("it can be made");
        let run = folder.ayni(&["build"]);
        assert_eq!(run.code, Some(1), "{below}: {}", run.stderr);
    }
}

#[test]
fn accents_written_in_two_ways_are_one_name() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/cafe\u{301}.md", "---\ntitle: Café\nimage: {src: cafe\u{301}.png}\n---\n"),
        ("content/coops/b.md", "---\ntitle: B\npart_of: cafe\u{301}\n---\n"),
        (
            "content/pages/links.md",
            "---\ntitle: Links\n---\n[[cafe\u{301}]] [[caf\u{e9}]] [[coops/cafe\u{301}]] [[Cafe\u{301}|x]]\n\
             [by file](../coops/cafe\u{301}.md) [encoded](../coops/cafe%CC%81.md) \
             ![picture](../coops/caf%C3%A9.png)\n",
        ),
    ]);
    folder.write("content/coops/cafe\u{301}.png", pixel());
    let prepared = folder.prepare();
    assert!(!prepared.has_errors(), "{}", problems(&prepared));
    assert!(!problems(&prepared).contains("missing-link"), "{}", problems(&prepared));
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(folder.read("public/coops/caf\u{e9}/index.html").matches("<h1").count(), 1);
    assert!(folder.path("public/coops/caf\u{e9}.png").is_file());

    folder.write("content/coops/caf\u{e9}.md", "---\ntitle: Another\n---\n");
    let found = problems(&folder.prepare());
    assert!(
        found.contains("same name as another file once accents are written one way"),
        "{found}"
    );
}

#[test]
fn names_that_differ_only_by_case_do_not_get_in_each_others_way() {
    let coop = "---\ntitle: A\n---\n";
    let site = Site::new(&[("content/coops/agaric.md", coop), ("content/coops/Agaric.md", coop)]);
    let found = site.problems();
    assert_eq!(codes(&site), [Code::BadId], "{found}");
    let hint =
        "hint: `content/coops/agaric.md` is there already: put into it what it lacks, and remove";
    assert!(found.contains(hint), "{found}");

    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/static/Logo.svg", "<svg/>"),
        ("content/static/logo.svg", "<svg/>"),
    ]);
    let run = folder.ayni(&["build"]);
    assert_ne!(run.code, Some(0), "on many file systems these two are one: {}", run.stderr);
    assert!(run.stderr.contains("Logo.svg") && run.stderr.contains("logo.svg"), "{}", run.stderr);
}

#[test]
fn links_of_the_file_system_are_named_and_not_followed() {
    let outside = Folder::new(&[("secret.md", "---\ntitle: Secret\n---\n"), ("more/x.md", "x")]);
    symlink("nowhere", outside.path("more/dangling")).expect("a link can be made");
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/pages/inside.md", "---\ntitle: Inside\n---\n"),
        ("content/static/fine.txt", "fine"),
    ]);
    let link = |target: &std::path::Path, path: &str| {
        symlink(target, folder.path(path)).expect("a link can be made");
    };
    link(&outside.path("secret.md"), "content/pages/leak.md");
    link(&outside.path("secret.md"), "content/static/leak.txt");
    link(&outside.path(""), "content/pages/folder");
    link(&outside.path("more"), "content/static/folder");
    link(std::path::Path::new(".."), "content/pages/circle");
    link(std::path::Path::new("self.md"), "content/pages/self.md");
    link(std::path::Path::new("gone.md"), "content/pages/dangling.md");
    link(std::path::Path::new("inside.md"), "content/pages/alias.md");
    let prepared = folder.prepare();
    let mut expected = [
        "pages/alias.md",
        "pages/circle",
        "pages/dangling.md",
        "pages/folder",
        "pages/leak.md",
        "pages/self.md",
        "static/folder",
        "static/leak.txt",
    ]
    .map(|path| format!("`content/{path}` is a link"));
    let mut found: Vec<String> = prepared.problems().iter().map(|it| it.message.clone()).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert!(prepared.problems().iter().all(|problem| problem.code == Code::LinkOnDisk));
    let read: Vec<&str> = prepared.sources.texts.keys().map(|path| &**path).collect();
    assert_eq!(read, ["content/pages/inside.md", "site.yaml"]);
    let copied: Vec<&str> = prepared.sources.assets.keys().map(|path| &**path).collect();
    assert_eq!(copied, ["content/static/fine.txt"]);
}

#[test]
fn the_settings_are_not_read_through_a_link_either() {
    let outside = Folder::new(&[("secret", "title: Secret\n")]);
    let folder = Folder::new(&[("content/pages/a.md", "---\ntitle: A\n---\n")]);
    symlink(outside.path("secret"), folder.path("site.yaml")).expect("a link can be made");
    let found = problems(&folder.prepare());
    assert!(found.contains("`site.yaml` is a link\n"), "{found}");
    assert!(!found.contains("Secret"), "{found}");
}

#[test]
fn files_with_a_dot_are_published_from_the_folder_of_copies_unless_programs_left_them() {
    let published =
        [".htaccess", ".nojekyll", ".well-known/security.txt", ".domains", "a/.htaccess"];
    let left = [
        "list.html~",
        "x.swp",
        ".x.swp",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "._x",
        ".gitkeep",
        ".gitignore",
        ".git/config",
        ".ayni-staged/x",
        "#x#",
        ".#x",
        "x.orig",
        ".obsidian/a.json",
    ];
    let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
    for name in published.iter().chain(&left) {
        folder.write(&format!("content/static/{name}"), "x");
    }
    for path in ["content/coops/.htaccess", "content/.nojekyll", "content/coops/Thumbs.db"] {
        folder.write(path, "x");
    }
    assert_eq!(folder.ayni(&["check"]).stderr, "0 entries, no problems\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.files("public");
    for name in published {
        assert!(built.contains_key(name), "{name}");
    }
    for name in left {
        assert!(name == ".gitignore" || !built.contains_key(name), "{name}");
    }
    assert!(!built.keys().any(|path| path.starts_with("coops/") && !path.ends_with(".html")));
}

#[test]
fn files_of_passwords_and_copies_of_conflicts_are_not_published() {
    let folder = Folder::new(&[("site.yaml", "title: Test\n")]);
    for name in [".env", ".htpasswd", ".ssh/id", "a.sync-conflict-20261120-101500-ABCDEFG.css"] {
        folder.write(&format!("content/static/{name}"), "x");
    }
    let found = folder.ayni(&["check"]).stderr;
    for name in [".env", ".htpasswd", ".ssh/id"] {
        let message = format!(
            "warning: `content/static/{name}` is not published, since such files hold passwords or keys\n"
        );
        assert!(found.contains(&message), "{found}");
    }
    assert!(found.ends_with("[stray-copy]\n\n4 warnings\n"), "{found}");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.files("public");
    let is_there = |path: &String| path.starts_with('.') || path.contains("conflict");
    let found: Vec<_> = built.keys().filter(|path| is_there(path)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_readme_is_named_and_not_read() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/README.md", "# The coops\n"),
        ("content/needs/readme.es.md", "Aquí.\n"),
    ]);
    let said = "\
content/coops/README.md is no entry, as it has no fields; it is not read
content/needs/readme.es.md is no entry, as it has no fields; it is not read
0 entries, no problems
";
    check(&folder.ayni(&["check", "--deny", "warnings"]), 0, "", said);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_said() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/a.md", "---\ntitle: A\n---\n"),
    ]);
    let pipe = folder.path("content/coops/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().is_ok_and(|it| it.success()));
    let found = folder.ayni(&["check"]).stderr;
    let message = "warning: `content/coops/pipe.md` is no file but a pipe, a socket or a device\n";
    assert!(found.starts_with(message), "{found}");
}
