//! Odd files and odd names: too large, in other encodings, written in two ways, leading out.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use ayni::diagnostic::Code;

use super::site::{Folder, Site, codes, pixel, problems};

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
    assert!(found.contains("hint: call it `agaric`"), "{found}");

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
