//! `build --quarantine`: what is broken is left out, and nothing else.

use super::site::Folder;

const NEED: &str = "---\ntitle: Wheat\ncoop: agaric\nkind: human\n---\n";

/// A directory with a coop that has an error, and others that refer to it.
fn broken() -> Folder {
    Folder::new(&[
        ("site.yaml", "title: Test\nbase_url: https://test.example/\n"),
        (
            "content/coops/agaric.md",
            "---\ntitle: Agaric\n---\nWith [[bolete]] and [[Bolete|them]].\n",
        ),
        (
            "content/coops/bolete.md",
            "---\ntitle: Bolete\nfavourite_mushroom: itself\naliases: [penny-bun]\n---\n",
        ),
        ("content/coops/bolete.es.md", "---\ntitle: Boleto\n---\n"),
        ("content/needs/wheat.md", NEED),
        ("content/offers/tractor.md", "---\ntitle: A tractor\ncoop: bolete\nkind: human\n---\n"),
        ("content/matches/wheat--tractor.md", "---\nneed: wheat\noffer: tractor\n---\n"),
        (
            "content/calls/2026-10.md",
            "---\ntitle: October\nstart: 2026-10-28T16:00\nstatus: held\nturns:\n  - coop: agaric\n\
             \x20 - coop: bolete\n    offers: [tractor]\n\
             matches: [{need: wheat, offer: tractor}]\n---\nSee [[penny-bun]] and [[nobody]].\n",
        ),
    ])
}

#[test]
fn one_slip_does_not_stop_the_others() {
    let folder = broken();
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let (problems, rest) = run.stderr.split_once("left out until").expect("it says so");
    assert!(problems.contains("coop `bolete` has the unknown field `favourite_mushroom`"));
    assert!(problems.ends_with("\n1 error and 2 warnings\n"), "{problems}");
    let list = " the errors are corrected:
  content/coops/bolete.es.md, which has no error but belongs to one of these
  content/coops/bolete.md
  content/matches/wheat--tractor.md, which has no error but belongs to one of these
  content/offers/tractor.md, which has no error but belongs to one of these
";
    assert!(rest.starts_with(list), "{rest}");
    let files = folder.files("public");
    let pages = files.keys().filter(|path| path.ends_with("index.html")).cloned();
    let pages: Vec<String> = pages.collect();
    for kept in ["coops/agaric", "needs/wheat", "calls/2026-10"] {
        assert!(pages.contains(&format!("{kept}/index.html")), "{kept} is not in {pages:?}");
    }
    for gone in ["bolete", "penny-bun", "tractor"] {
        let named = pages.iter().find(|path| path.contains(gone));
        assert_eq!(named, None, "{gone} is left out");
    }
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for gone in ["bolete", "boleto", "penny-bun", "tractor"] {
            assert!(!text.contains(gone), "{path} speaks of {gone}");
        }
    }
    assert!(folder.read("public/coops/agaric/index.html").contains(">them</span>"));
    assert!(folder.read("public/wanted/index.html").contains("nobody"));
}

#[test]
fn without_errors_it_changes_nothing() {
    let folder = broken();
    folder.write("content/coops/bolete.md", "---\ntitle: Bolete\naliases: [penny-bun]\n---\n");
    assert_eq!(folder.ayni(&["build", "--out", "as-usual"]).code, Some(0));
    let run = folder.ayni(&["build", "--out", "in-quarantine", "--quarantine"]);
    assert_eq!(run.code, Some(0));
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
    assert_eq!(folder.files("as-usual"), folder.files("in-quarantine"));
}

#[test]
fn in_a_clash_an_alias_gives_way_and_then_the_later_path() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/agaric.md", "---\ntitle: By file\n---\n"),
        ("content/coops/agaric/index.md", "---\ntitle: By folder\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\naliases: [agaric, cep]\n---\n"),
        ("content/coops/chanterelle.md", "---\ntitle: Chanterelle\naliases: [cep]\n---\n"),
    ]);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let list = "
left out until the errors are corrected:
  content/coops/agaric/index.md
  the alias in content/coops/bolete.md that is taken
  the alias in content/coops/chanterelle.md that is taken
";
    assert!(run.stderr.contains(list), "{}", run.stderr);
    assert!(folder.read("public/coops/agaric/index.html").contains("By file"));
    assert!(folder.read("public/coops/cep/index.html").contains("coops/bolete/"));
    assert!(folder.path("public/coops/chanterelle/index.html").is_file());
}

#[test]
fn what_concerns_every_page_still_stops_it() {
    for (path, text) in [
        ("site.yaml", "title: Test\nlanguages: [xx]\n"),
        ("content/topics.yaml", "weaving: {labels: {en: Weaving}}\n"),
        ("themes/own/templates/coop.html", "{% if %}"),
    ] {
        let folder = broken();
        if path.starts_with("themes/") {
            folder.write("site.yaml", "title: Test\ntheme: own\n");
        }
        folder.write(path, text);
        let run = folder.ayni(&["build", "--quarantine"]);
        assert_eq!(run.code, Some(1), "{path}: {}", run.stderr);
        let text = "nothing was written: an error in the settings, the topics or the theme concerns \
                    every page; correct it and build again\n";
        assert!(run.stderr.ends_with(text), "{}", run.stderr);
        assert!(!folder.path("public").exists());
    }
}

#[test]
fn files_that_cannot_be_read_are_left_out() {
    let folder = broken();
    folder.write("content/coops/bolete.md", "---\ntitle: \"Bolete\n---\n");
    std::fs::write(folder.path("content/needs/wheat.md"), [0xff, 0xfe]).expect("it can be written");
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("\n  content/coops/bolete.md\n"), "{}", run.stderr);
    assert!(run.stderr.contains("\n  content/needs/wheat.md\n"), "{}", run.stderr);
    assert!(folder.path("public/coops/agaric/index.html").is_file());
    assert!(!folder.path("public/coops/bolete/index.html").exists());
}

#[test]
fn what_is_broken_and_withheld_stays_withheld() {
    let folder = broken();
    let secret = "---\ntitle: The very quiet coop\nvisibility: private\nmushroom: 1\n---\n";
    folder.write("content/coops/bolete.md", secret);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    folder.write(
        "content/calls/2026-11.md",
        "---\nstart: 2026-11-25T16:00\nturns: [{coop: agaric, about: Ask The very quiet coop}]\n---\n",
    );
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line = "words in content/calls/2026-11.md:3, which content/coops/bolete.md withholds\n";
    assert!(run.stderr.contains(line), "its title is known: {}", run.stderr);
    assert!(folder.read("public/calls/2026-11/index.html").contains("Ask not public"));
}

#[test]
fn a_pair_that_was_declined_is_not_suggested_meanwhile() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\n---\n"),
        ("content/needs/wheat.md", NEED),
        (
            "content/offers/wheat.md",
            "---\ntitle: Wheat harvest wheat\ncoop: bolete\nkind: human\n---\nWheat harvest.\n",
        ),
        ("content/needs/harvest.md", "---\ntitle: Wheat harvest\ncoop: agaric\nkind: human\n---\n"),
    ]);
    let suggested = |flag: &[&str]| {
        let run = folder.ayni(&[&["build"], flag].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        folder.path("public/matches/harvest--wheat/index.html").is_file()
    };
    assert!(suggested(&[]));
    folder.write(
        "content/matches/harvest--wheat.md",
        "---\nneed: harvest\noffer: wheat\nstatus: declind\n---\n",
    );
    assert!(!suggested(&["--quarantine"]), "its file may say that it was declined");
    folder.remove("content/matches/harvest--wheat.md");
    folder.write(
        "content/calls/2026-10.md",
        "---\nstart: 2026-10-28T16:00\nstatus: held\nmushroom: 1\n\
         matches: [{need: harvest, offer: wheat, status: declined}]\n---\n",
    );
    assert!(!suggested(&["--quarantine"]), "the call is left out, what it knows is not");
}
