//! Files that are copied: which of them have room beside the pages on every disk, and that whatever
//! would stop a build is said before.

use std::sync::Arc;

use ayni::content::file_names::LONGEST_NAME;
use ayni::content::source::Asset;
use ayni::diagnostic::{Code, Severity};
use ayni::edge::target::Target;
use ayni::edge::writer;
use ayni::{Prepared, quarantine};
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_normalization::UnicodeNormalization;

use super::html::facts;
use super::names::longest;
use super::site::{Site, codes, directory, files, options};

/// A small site with a file of this path.
fn with_file(path: &str) -> Site {
    let site = Site::new(&[
        ("site.yaml", "title: T\nbase_url: https://t.example/\nlanguages: [en, es]\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\naliases: [former]\n---\n"),
        ("content/pages/guide.md", "---\ntitle: Guide\n---\n"),
    ]);
    site.image(path)
}

/// Paths of files, and what of the site lies there.
const TAKEN: &[(&str, &str)] = &[
    ("coops/index.html", "coops/index.html"),
    ("index.html", "index.html"),
    ("Index.html", "index.html"),
    ("index.html/x", "index.html"),
    ("coops", "coops/"),
    ("Coops/x.txt", "coops/"),
    ("coops/Agaric/x.txt", "coops/agaric/"),
    ("coops/agaric", "coops/agaric/"),
    ("coops/former/index.html", "coops/former/index.html"),
    ("coops/former", "coops/former/"),
    ("calls.ics/x", "calls.ics"),
    ("CALLS.ICS", "calls.ics"),
    ("Robots.txt", "robots.txt"),
    ("ES/x.txt", "es/"),
    ("es", "es/"),
    ("es/index.html", "es/index.html"),
    ("matches/x.txt", "matches/"),
    ("Matches", "matches/"),
    ("es/rings/x.txt", "es/rings/"),
    ("search", "search/"),
    ("sitemap-1.xml", "sitemap-1.xml"),
    ("assets/style.css", "assets/style.css"),
    ("Assets/mine.css", "assets/"),
];

#[track_caller]
fn assert_is_said(path: &str, code: Code, words: &str) {
    let path = format!("content/static/{path}");
    let prepared = with_file(&path).prepare();
    let [problem] = prepared.problems() else {
        panic!("{path:?}: {:?}", prepared.problems());
    };
    assert_eq!((problem.code, &*problem.place.file), (code, &*path));
    assert!(problem.message.contains(words), "{path:?}: {}", problem.message);
    assert_writes(&without_errors(prepared), &path);
}

#[test]
fn a_file_without_room_is_said_by_check() {
    for (path, taken) in TAKEN {
        let words = format!("where the site has `/{taken}`");
        assert_is_said(path, Code::IdClash, &words);
    }
    for path in ["robots.txt", "assets/mine.css", "coops/agaric/photo.png", "es/x.txt"] {
        assert_has_room(path);
    }
    for path in ["docs/search/x.txt", "x.html/y", "sitemap-x.xml", "coops-of-ours/x", "a-z/x"] {
        assert_has_room(path);
    }
}

#[track_caller]
fn assert_has_room(path: &str) {
    let path = format!("content/static/{path}");
    let site = with_file(&path);
    assert_eq!(site.problems(), "", "{path}");
    assert_writes(&site.prepare(), &path);
}

#[test]
fn a_path_that_no_disk_takes_is_said_by_check() {
    for (path, words) in [
        ("a\\b.txt", "its path has a backslash"),
        ("a\u{7}b.txt", "its path has a backslash"),
        (".git/config", "is kept for git"),
        ("x/.GIT", "is kept for git"),
        (".ayni-staged/x", "Ayni's own work"),
        (".gitignore", "is kept for git"),
        (&"é".repeat(128), "longer than 255 bytes"),
        (&"abcdefg/".repeat(80), "has an empty part"),
        (&format!("{}x", "abcdefg/".repeat(80)), "longer than 640"),
    ] {
        assert_is_said(path, Code::BadPath, words);
    }
    for path in [".htaccess", ".well-known/x", &"a".repeat(LONGEST_NAME)] {
        assert_has_room(path);
    }
}

#[test]
fn the_words_of_a_path_that_cannot_be() {
    assert_eq!(
        with_file("content/static/a\\b.txt").problems(),
        "\
error: `content/static/a\\b.txt` cannot be published: its path has a backslash or a control character
  --> content/static/a\\b.txt
hint: rename it with letters, digits, points and hyphens, or keep it outside `content/` [bad-path]
"
    );
}

#[test]
fn of_two_files_that_a_disk_cannot_tell_apart_the_later_one_is_left_out() {
    for (first, second, words) in [
        ("A.txt", "a.txt", "differs only in capital letters or in how accents are encoded"),
        ("d/É.txt", "d/é.txt", "differs only in capital letters"),
        ("D/x.txt", "d/y.txt", "differs only in capital letters"),
        ("a/b", "A", "lies, as a file and not as a folder"),
        ("A/b", "a", "lies in a folder of this name"),
    ] {
        let [one, two] = [first, second].map(|path| format!("content/static/{path}"));
        let (kept, lost) = if one < two { (&one, &two) } else { (&two, &one) };
        let prepared = with_file(&one).image(&two).prepare();
        let [problem] = prepared.problems() else { panic!("{:?}", prepared.problems()) };
        assert_eq!((problem.code, &*problem.place.file), (Code::IdClash, lost.as_str()));
        assert!(problem.message.contains(&format!("where `{kept}` lies")), "{}", problem.message);
        assert!(problem.message.contains(words), "{}", problem.message);
        assert_writes(&without_errors(prepared), "two files");
    }
    // Beside an entry, too.
    let site = with_file("content/coops/agaric.png").image("content/static/Coops/a.png");
    assert_eq!(codes(&site), [Code::IdClash]);
}

#[test]
fn files_of_a_theme_keep_their_capitals_and_their_room() {
    let with_theme = |theme: &[&str], path: &str| {
        let mut site = Site::new(&[("site.yaml", "title: T\ntheme: own\n")]).image(path);
        for name in theme {
            let bytes: Arc<[u8]> = Arc::from(b"x".as_slice());
            site.sources.themes.insert(format!("own/assets/{name}").into(), bytes);
        }
        site
    };
    let site = with_theme(&["Font.woff2"], "content/static/x.txt");
    assert_eq!(site.problems(), "");
    assert_writes(&site.prepare(), "a theme");
    let site = with_theme(&["Font.woff2", "font.woff2"], "content/static/x.txt");
    assert_eq!(codes(&site), [Code::BadTheme]);
    let found = site.problems();
    let words =
        "`themes/own/assets/font.woff2` would lie where `themes/own/assets/Font.woff2` lies";
    assert!(found.contains(words), "{found}");
    for path in ["assets/Font.woff2", "assets/font.woff2", "assets/font.woff2/x"] {
        let site = with_theme(&["Font.woff2"], &format!("content/static/{path}"));
        assert_eq!(codes(&site), [Code::IdClash], "{path}");
        assert_writes(&without_errors(site.prepare()), path);
    }
}

#[test]
fn files_that_cannot_be_published_are_left_out_in_quarantine() {
    let folder = directory();
    for path in ["a\\b.txt", "Coops/x.txt", "matches/x.txt", "fine.txt", "A.txt", "a.txt"] {
        folder.write(&format!("content/static/{path}"), path);
    }
    folder.write(
        "content/pages/x.md",
        "---\ntitle: X\n---\n[one](../static/a.txt) [two](/fine.txt) [three](/a.txt)\n",
    );
    let run = folder.ayni(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let list = "left out until the errors are corrected:
  content/static/Coops/x.txt
  content/static/a.txt
  content/static/a\\b.txt
  content/static/matches/x.txt
";
    assert!(run.stderr.contains(list), "{}", run.stderr);
    let built = folder.files("public");
    assert_eq!(built.get("fine.txt").map(Vec::as_slice), Some(&b"fine.txt"[..]));
    assert_eq!(built.get("A.txt").map(Vec::as_slice), Some(&b"A.txt"[..]));
    assert!(!built.contains_key("a.txt") && built.contains_key("coops/agaric/index.html"));
    let page = facts(&folder.read("public/pages/x/index.html"));
    assert!(page.contains("[two](../../fine.txt)") && !page.contains("a.txt"), "{page}");
}

#[test]
fn names_that_differ_only_in_their_encoding_are_said() {
    let folder = directory();
    folder.write("content/static/caf\u{e9}.txt", "1");
    folder.write("content/static/cafe\u{301}.txt", "2");
    let run = folder.ayni(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let words = "has the same name as another file once accents are written one way";
    assert!(run.stderr.contains(words), "{}", run.stderr);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("corrected:\n  content/static/caf\u{e9}.txt\n"), "{}", run.stderr);
    assert!(!folder.path("public/caf\u{e9}.txt").exists());
}

/// The site as a quarantine leaves it, if it has errors.
fn without_errors(prepared: Prepared) -> Prepared {
    if !prepared.has_errors() {
        return prepared;
    }
    let errors: Vec<String> = prepared
        .problems()
        .iter()
        .filter(|it| it.severity() == Severity::Error)
        .map(|it| it.message.clone())
        .collect();
    let without = quarantine(prepared, &options());
    without.unwrap_or_else(|| panic!("it concerns all: {errors:?}")).0
}

/// All that is planned can be written into an empty folder. What it holds is not what is asked here.
#[track_caller]
fn assert_writes(prepared: &Prepared, what: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let planned = prepared.plan.all();
    let out = folder.path().join("public");
    let target = Target::find(folder.path(), None, None).expect("an output folder");
    let how = writer::How { edition: "public", remove_many: false };
    let output = |at: usize| {
        let path: String = planned[at].path.file();
        Ok(writer::Output { body: writer::Body::Bytes(path.clone().into_bytes()), path })
    };
    let alone = writer::Alone::with(&target).expect("no other build is running");
    let written = writer::write(&alone, how, planned.len(), output, &|_| {});
    let written = written.unwrap_or_else(|error| panic!("{what:?}: {error:#}"));
    assert_eq!(written.created, planned.len(), "{what:?}");
    assert_eq!(files(&out).len(), planned.len(), "{what:?}");
}

/// Parts of names that meet each other, or what the site has, in some way.
const PARTS: &[&str] = &[
    "a",
    "A",
    "b",
    "é",
    "É",
    "e\u{301}",
    "ß",
    "İ",
    "i\u{307}",
    "ς",
    "Σ",
    "कि",
    "coops",
    "Coops",
    "agaric",
    "Agaric",
    "former",
    "matches",
    "Rings",
    "search",
    "es",
    "ES",
    "topics",
    "index.html",
    "INDEX.html",
    "x.txt",
    "X.txt",
    "calls.ics",
    "404.html",
    "robots.txt",
    "sitemap.xml",
    "sitemap-1.xml",
    "assets",
    "style.css",
    "a\\b",
    "c\u{1}",
    ".git",
    ".gitignore",
    ".ayni-x",
    "page",
    "2",
    "agenda",
    "a--b",
    "LONG",
    "TOO-LONG",
    "con",
    "a.md",
    "a.atom",
];

fn part(index: &Index) -> String {
    match PARTS[index.index(PARTS.len())] {
        "LONG" => longest("", "合"),
        "TOO-LONG" => "é".repeat(128),
        part => part.to_owned(),
    }
}

/// A path of one to three parts, as files on disk are read: in NFC.
fn path(parts: &[Index]) -> String {
    parts.iter().map(part).collect::<Vec<_>>().join("/").nfc().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_check_lets_pass_can_be_written(
        copies in prop::collection::vec(prop::collection::vec(any::<Index>(), 1..4), 0..8),
        beside in prop::collection::vec(prop::collection::vec(any::<Index>(), 1..3), 0..3),
        entries in prop::collection::vec((0..6_usize, prop::collection::vec(any::<Index>(), 3)), 0..8),
        translated in any::<bool>(),
    ) {
        let languages = if translated { "[en, es]" } else { "[en]" };
        let settings = format!(
            "title: T\nlanguages: {languages}\nbase_url: https://t.example/\ntopics: {{closed: false, starter: false}}\n"
        );
        let mut site = Site::new(&[("site.yaml", &settings)]);
        for (kind, names) in &entries {
            let folder = ["coops", "needs", "offers", "calls", "matches", "pages"][*kind];
            let [id, alias, topic] = [0, 1, 2].map(|at| part(&names[at]));
            let quoted = |text: &str| serde_json::to_string(text).expect("JSON");
            let fields = match *kind {
                1 | 2 => "coop: agaric\nkind: human\n",
                _ => "",
            };
            let text = format!(
                "---\ntitle: T\naliases: [{}]\ntopics: [{}]\n{fields}---\nLooms.\n",
                quoted(&alias), quoted(&topic)
            );
            let id: String = id.nfc().collect();
            site = site.file(&format!("content/{folder}/{id}.md"), &text);
        }
        site = site.file("content/coops/agaric.md", "---\ntitle: Agaric\n---\n");
        let statics = copies.iter().map(|parts| format!("content/static/{}", path(parts)));
        let beside = beside.iter().map(|parts| format!("content/coops/{}.png", path(parts)));
        for file in statics.chain(beside).map(Arc::<str>::from) {
            site.sources.assets.insert(file.clone(), Asset::named(&file));
        }
        let prepared = site.prepare();
        if !prepared.has_errors() {
            assert_writes(&prepared, "without errors");
        }
        assert_writes(&without_errors(prepared), "in quarantine");
    }
}
