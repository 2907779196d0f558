//! The commands as people type them: what they print, what they change, how they end.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::site::{Folder, Run, check, directory};

/// A directory in which something has an error.
const BROKEN: (&str, &str) =
    ("content/needs/rye.md", "---\ntitle: Rye\ncoop: agarc\nkind: human\n---\n");

const BROKEN_TEXT: &str = "\
error: need `rye` names the coop `agarc`, which is not in the directory
 --> content/needs/rye.md:3:7
  |
3 | coop: agarc
  |       ^^^^^
hint: did you mean `agaric`? [unknown-coop]

1 error
";

/// When each file below a folder was last changed.
fn times(folder: &Folder, below: &str) -> BTreeMap<String, SystemTime> {
    let modified = |path: &String| {
        let metadata = folder.path(below).join(path).metadata().expect("the file is there");
        metadata.modified().expect("files have times")
    };
    folder.files(below).into_keys().map(|path| (path.clone(), modified(&path))).collect()
}

#[test]
fn a_new_directory_is_without_problems() {
    let folder = Folder::new(&[]);
    let ready = "\
our-network is ready. Next:
  ayni serve --site our-network
  ayni new coop \"Our name\" --site our-network
";
    check(&folder.ayni(&["init", "our-network"]), 0, "", ready);
    let made: Vec<String> = folder.files("our-network").into_keys().collect();
    let expected = [
        ".gitignore",
        ".helix/languages.toml",
        "content/coops/first-coop.md",
        "content/offers/offer-websites.md",
        "public/.gitignore",
        "site.yaml",
    ];
    assert_eq!(made, expected);
    let site = ["--site", "our-network"];
    let checked = folder.ayni(&[&["check", "--deny", "warnings"][..], &site].concat());
    check(&checked, 0, "", "2 entries, no problems\n");
    assert_eq!(folder.ayni(&[&["build"][..], &site].concat()).code, Some(0));
    assert!(folder.path("our-network/public/coops/first-coop/index.html").is_file());
    assert_eq!(folder.read("our-network/public/.gitignore"), "*\n!.gitignore\n");
    let ignored = "/.ayni\n/pads/\n/network-public/\n/public/*\n!/public/.gitignore\n";
    assert_eq!(folder.read("our-network/.gitignore"), ignored);

    let before = folder.files("our-network");
    let again = folder.ayni(&["init", "our-network"]);
    check(&again, 2, "", "error: our-network is not empty; choose a new folder\n");
    assert_eq!(folder.files("our-network"), before);
}

#[test]
fn the_exit_code_says_whose_fault_it_is() {
    let folder = directory();
    for fine in
        [&["build"][..], &["check"], &["match"], &["--version"], &["help"], &["help", "new"]]
    {
        assert_eq!(folder.ayni(fine).code, Some(0), "{fine:?}");
    }
    folder.write("content/pages/warned.md", "---\ntitle: A\n---\n[[nobody]]\n");
    for command in ["build", "check"] {
        let run = folder.ayni(&[command]);
        assert_eq!(run.code, Some(0), "warnings alone do not fail: {}", run.stderr);
        assert!(run.stderr.contains("[missing-link]\n\n1 warning\n"), "{}", run.stderr);
    }
    assert_eq!(folder.ayni(&["check", "--deny", "warnings"]).code, Some(1));
    for wrong in [
        &[][..],
        &["bild"],
        &["build", "--nothing"],
        &["build", "--today", "yesterday"],
        &["build", "--edition", "private"],
        &["build", "--base-url", "example.org"],
        &["check", "--format", "xml"],
        &["match", "--limit", "many"],
        &["new", "thing"],
        &["match", "zebra"],
    ] {
        assert_eq!(folder.ayni(wrong).code, Some(2), "{wrong:?}");
    }
    folder.write(BROKEN.0, BROKEN.1);
    for command in ["build", "check", "match"] {
        assert_eq!(folder.ayni(&[command]).code, Some(1), "{command}");
    }
}

#[test]
fn a_folder_without_a_site_is_said_so() {
    let folder = Folder::new(&[]);
    let text = "\
error: there is no `site.yaml`, or it is empty
  --> site.yaml
hint: go to the folder of the directory, or name it with `--site`; in a new file a line `title: …` is enough [missing-field]

1 error
";
    check(&folder.ayni(&["check"]), 1, "", text);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(!folder.path("public").exists(), "nothing is written");
    let run = folder.ayni(&["check", "--site", "nowhere"]);
    check(&run, 2, "", "error: nowhere is not a folder\n");
}

#[test]
fn errors_leave_the_site_as_it_was() {
    let folder = directory();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let (before, were) = (folder.files("public"), times(&folder, "public"));
    folder.write(BROKEN.0, BROKEN.1);
    folder.write("content/coops/new.md", "---\ntitle: New\n---\n");
    let run = folder.ayni(&["build"]);
    let text = format!("{BROKEN_TEXT}nothing was written: correct the errors and build again\n");
    check(&run, 1, "", &text);
    assert_eq!(folder.files("public"), before);
    assert_eq!(times(&folder, "public"), were);

    folder.remove(BROKEN.0);
    folder.remove("content/coops/bolete.md");
    folder.remove("content/offers/tractor.md");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let after = folder.files("public");
    assert!(after.contains_key("coops/new/index.html"));
    assert!(!after.contains_key("coops/bolete/index.html"), "what is gone is removed");
}

#[test]
fn an_unchanged_site_is_not_written_again() {
    let folder = directory();
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0));
    let files = folder.files("public");
    let size = files.values().map(Vec::len).sum::<usize>() / 1000;
    let (count, were) = (files.len(), times(&folder, "public"));
    let text = format!(
        "./public: {count} files, {size} kB ({count} new, 0 changed, 0 removed, 0 as before)\n"
    );
    check(&run, 0, "", &text);
    let run = folder.ayni(&["build"]);
    check(&run, 0, "", &format!("./public: {count} files, {size} kB (nothing had changed)\n"));
    assert_eq!(times(&folder, "public"), were);

    folder.write("content/coops/agaric.md", "---\ntitle: Agaric\n---\nA word more.\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let now = times(&folder, "public");
    let is_touched = |(path, time): &(&String, &SystemTime)| were.get(*path) != Some(*time);
    let touched: Vec<&String> = now.iter().filter(is_touched).map(|(path, _)| path).collect();
    assert!(touched.contains(&&"coops/agaric/index.html".to_owned()), "{touched:?}");
    assert!(!touched.contains(&&"coops/bolete/index.html".to_owned()), "{touched:?}");
    assert!(!touched.contains(&&"coops/index.html".to_owned()), "{touched:?}");
}

/// Whether the last build made pages at all.
fn made_pages(run: &Run) -> bool {
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stderr.contains(" render and write  ")
}

#[test]
fn pages_are_made_only_when_something_has_changed() {
    let folder = directory();
    folder.write("content/static/notes.txt", "old");
    let build = || folder.ayni(&["build", "--timings"]);
    assert!(made_pages(&build()));
    assert!(!made_pages(&build()));

    folder.write("content/static/notes.txt", "new");
    assert!(made_pages(&build()));
    assert_eq!(folder.read("public/notes.txt"), "new");
    folder.write("themes/default/templates/wanted.html", "nothing is wanted");
    assert!(made_pages(&build()));
    assert_eq!(folder.read("public/wanted/index.html"), "nothing is wanted");
    for option in ["--today=2031-01-02", "--drafts", "--portable"] {
        assert!(made_pages(&folder.ayni(&["build", "--timings", option])), "{option}");
    }
    for option in ["--edition=network", "--edition=public"] {
        let run = folder.ayni(&["build", "--timings", "--out=members", option]);
        assert!(made_pages(&run), "{option}");
    }
    assert!(made_pages(&build()));

    let home = folder.read("public/index.html");
    folder.write("public/index.html", "by hand");
    assert!(made_pages(&build()));
    assert_eq!(folder.read("public/index.html"), home);
    folder.remove("public/robots.txt");
    assert!(made_pages(&build()));
    assert!(folder.path("public/robots.txt").is_file());
    assert!(!made_pages(&build()));
    let elsewhere = folder.ayni(&["build", "--timings", "--out", "elsewhere"]);
    assert!(made_pages(&elsewhere));
}

#[test]
fn files_of_others_are_left_alone() {
    let folder = directory();
    folder.write("public/coops/index.html", "mine");
    folder.write("public/notes.txt", "mine too");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("the output folder holds what Ayni did not put there:"));
    assert!(run.stderr.contains("public/coops/index.html"), "{}", run.stderr);
    assert_eq!(folder.files("public").len(), 2, "nothing was written");
    folder.remove("public/coops/index.html");
    let run = folder.ayni(&["build"]);
    let text = "./public also holds 1 file that Ayni does not know and left alone\n";
    assert_eq!((run.code, run.stderr.ends_with(text)), (Some(0), true), "{}", run.stderr);
    assert_eq!(folder.read("public/notes.txt"), "mine too");
}

#[test]
fn the_day_decides_what_is_over() {
    let folder = directory();
    let is_listed = |day: &str| {
        let run = folder.ayni(&["build", "--out", day, "--today", day]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let lists =
            |page: &str| folder.read(&format!("{day}/{page}/index.html")).contains("A tractor");
        let kept = folder.path(day).join("offers/tractor/index.html").is_file();
        let suggested = folder.path(day).join("matches/wheat--tractor/index.html").is_file();
        (lists("offers"), lists("offers/archive"), suggested, kept)
    };
    assert_eq!(is_listed("2026-12-24"), (true, false, true, true), "its last day");
    assert_eq!(is_listed("2026-12-25"), (false, true, false, true), "the day after");

    let on = |seconds: &str| {
        let run = folder.command(&["match"]).env("SOURCE_DATE_EPOCH", seconds).output();
        run.expect("it runs").status.code().map(|code| (code, seconds.len()))
    };
    assert_eq!(on("1798156800"), Some((0, 10)));
    let wrong =
        folder.command(&["match"]).env("SOURCE_DATE_EPOCH", "soon").output().expect("it runs");
    assert_eq!(
        String::from_utf8_lossy(&wrong.stderr),
        "error: SOURCE_DATE_EPOCH is `soon`, which is not a number of seconds\n"
    );
}

#[test]
fn editions_and_drafts_show_what_they_are_for() {
    let folder = directory();
    folder.write("content/coops/hidden.md", "---\ntitle: Hidden\nvisibility: network\n---\n");
    folder.write("content/coops/secret.md", "---\ntitle: Secret\nvisibility: private\n---\n");
    folder.write("content/coops/later.md", "---\ntitle: Later\ndraft: true\n---\n");
    let shown = |flags: &[&str]| {
        drop(fs::remove_dir_all(folder.path("out")));
        let run = folder.ayni(&[&["build", "--out", "out"], flags].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let is_there = |id: &&&str| folder.path("out/coops").join(id).is_dir();
        ["hidden", "secret", "later"].iter().filter(is_there).copied().collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), [""; 0]);
    assert_eq!(shown(&["--edition", "public"]), [""; 0]);
    assert_eq!(shown(&["--edition", "network"]), ["hidden"]);
    assert_eq!(shown(&["--drafts"]), ["later"]);
    assert_eq!(shown(&["--drafts", "--edition", "network"]), ["hidden", "later"]);
}

#[test]
fn where_a_site_is_built_and_published_can_be_said() {
    let folder = directory();
    let run = folder.ayni(&["build", "--out", "a/b", "--base-url", "https://x.example/wiki"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("public").exists());
    assert!(
        folder.read("a/b/sitemap.xml").contains("<loc>https://x.example/wiki/coops/agaric/</loc>")
    );
    assert_eq!(folder.ayni(&["build", "--out", "portable", "--portable"]).code, Some(0));
    assert!(folder.read("portable/index.html").contains("href=\"./coops/index.html\""));

    let elsewhere = Folder::new(&[]);
    let site = folder.path("");
    let site = site.to_str().expect("a path in UTF-8");
    let run = elsewhere.ayni(&["build", "--site", site, "--out", "here"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(elsewhere.path("here/index.html").is_file(), "--out is a path of where one is");
    assert_eq!(elsewhere.files("here"), {
        assert_eq!(folder.ayni(&["build"]).code, Some(0));
        folder.files("public")
    });
}

#[test]
fn sources_are_no_place_to_write_to() {
    let folder = directory();
    for (out, message) in [
        (".", ". holds what the site is made from; name a folder of its own to write to"),
        (
            "content",
            "content holds what the site is made from; name a folder of its own to write to",
        ),
        (
            "content/static/../new",
            "content/static/../new holds what the site is made from; name a folder of its own to write to",
        ),
        ("site.yaml", "site.yaml is a file; name a folder to write to"),
    ] {
        let run = folder.ayni(&["build", "--out", out]);
        check(&run, 2, "", &format!("error: {message}\n"));
    }
    let run = folder.ayni(&["init", "site.yaml"]);
    check(&run, 2, "", "error: site.yaml is a file; choose a new folder\n");
    let run = folder.ayni(&["build", "--base-url", "test.example"]);
    let text = "for '--base-url <URL>': it is not a complete URL; write `https://test.example`\n";
    assert!(run.stderr.contains(text), "{}", run.stderr);
}

#[test]
fn timings_are_said_on_request() {
    let folder = directory();
    let run = folder.ayni(&["build", "--timings"]);
    let stages = |run: &Run| -> Vec<String> {
        let lines = run.stderr.lines().filter_map(|line| line.trim().strip_suffix(" ms"));
        lines.filter_map(|line| Some(line.rsplit_once("  ")?.0.trim().to_owned())).collect()
    };
    let all = [
        "read",
        "understand",
        "compare inputs",
        "match",
        "index for search",
        "render and write",
        "note inputs",
        "total",
    ];
    assert_eq!(stages(&run), all);
    let again = folder.ayni(&["build", "--timings"]);
    assert_eq!(stages(&again), ["read", "understand", "compare inputs", "total"]);
    assert_eq!(run.stdout, "");
}

#[test]
fn problems_can_be_read_by_programs() {
    let folder = directory();
    folder.write(BROKEN.0, BROKEN.1);
    folder.write("content/pages/warned.md", "---\ntitle: A\n---\nÀ [[nobody]]\n");
    let run = folder.ayni(&["check", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let found: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(
        found,
        json!([
            {
                "severity": "error",
                "code": "unknown-coop",
                "message": "need `rye` names the coop `agarc`, which is not in the directory",
                "file": "content/needs/rye.md",
                "line": 3,
                "column": 7,
                "hint": "did you mean `agaric`?",
            },
            {
                "severity": "warning",
                "code": "missing-link",
                "message": "page `warned` links to `nobody`, which is not in the directory",
                "file": "content/pages/warned.md",
                "line": 4,
                "column": 3,
                "hint": "it will stand on the list of wanted pages until somebody writes it",
            },
        ])
    );
    folder.remove(BROKEN.0);
    folder.remove("content/pages/warned.md");
    check(&folder.ayni(&["check", "--format", "json"]), 0, "[]\n", "");
    check(&folder.ayni(&["check"]), 0, "", "4 entries, no problems\n");
}

#[test]
fn checking_looks_at_what_builds_leave_out() {
    let folder = directory();
    let broken = "---\ntitle: A\ndraft: true\nvisibility: private\ncoop: agarc\nkind: human\n---\n";
    folder.write("content/needs/hidden.md", broken);
    assert_eq!(folder.ayni(&["check"]).code, Some(1));
}

#[test]
fn the_network_edition_does_not_go_where_the_public_one_is() {
    let folder = directory();
    folder.write("content/coops/hidden.md", "---\ntitle: Hidden\nvisibility: network\n---\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let before = folder.files("public");
    let run = folder.ayni(&["build", "--edition", "network"]);
    let message = "error: ./public holds the public edition. Build the network edition into a folder of its own, \
        `--out network-public`; or delete this one first\n";
    check(&run, 2, "", message);
    assert!(folder.files("public") == before, "nothing was changed");
    assert_eq!(folder.ayni(&["build", "--edition", "network", "--out", "members"]).code, Some(0));
    // The other way round less is shown, and nothing lost.
    let run = folder.ayni(&["build", "--out", "members"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path("members/coops/hidden").exists());
}

#[test]
fn what_is_no_command_is_told_what_may_be_meant() {
    let folder = directory();
    for (arguments, tip) in [
        (&["coop", "new"][..], "`ayni new WHAT TITLE` writes a new entry"),
        (&["add", "coop", "X"], "`ayni new WHAT TITLE` writes a new entry"),
        (&["preview"], "`ayni serve` shows the site"),
        (&["publish"], "`ayni build` writes the site to public/"),
        (
            &["rename", "agaric", "x"],
            "entries are files below content/: edit, rename or remove the file",
        ),
        (&["agenda", "2026-11"], "it is one of `ayni call`: `ayni call agenda ID`"),
        (&["call", "new"], "`ayni new call` writes the next call"),
        (&["serve", "8080"], "`--port 8080` chooses the port"),
        (
            &["build", "out"],
            "`--out DIR` names the folder to write to, `--site DIR` that of the site",
        ),
        (
            &["check", "content/coops/agaric.md"],
            "it looks at all files of a site, whose folder `--site DIR` names",
        ),
        (&["chek"], "a similar subcommand exists: 'check'"),
    ] {
        let run = folder.ayni(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(&format!("\n  tip: {tip}\n")), "{}", run.stderr);
    }
    // What stood in an argument commands no terminal, in a tip either.
    let run = folder.ayni(&["new", "coop", "--\u{1b}[2Jx"]);
    assert!(run.stderr.contains("tip:") && !run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}
