//! Entries of one name: to which of them a link leads, and who is told.

use super::html::facts;
use super::site::{Folder, Site};

const AGARIC: (&str, &str) =
    ("content/coops/agaric.md", "---\ntitle: The loaf\ncreated: 2026-01-05\n---\n");

/// To where `[[target]]` leads in the page of a link, in the public edition.
fn leads(site: &Site, target: &str) -> String {
    let page = format!("---\ntitle: Links\n---\nSee [[{target}|here]].\n");
    let built = site.clone().file("content/pages/links.md", &page).built();
    let facts = facts(&built["pages/links/index.html"]);
    let (_, after) = facts.split_once("See ").expect("the text");
    after.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_newcomer_takes_no_link_away() {
    let newcomer = "---\ntitle: The Loaf\ncreated: 2026-02-01\n---\n";
    let link = ("content/pages/link.md", "---\ntitle: Link\n---\nSee [[the loaf]].\n");
    let site = Site::new(&[AGARIC, link, ("content/coops/aaa.md", newcomer)]);
    assert_eq!(
        site.problems(),
        "\
warning: coop `aaa` has the same name as coop `agaric`, to which `[[the loaf]]` leads
 --> content/coops/aaa.md:2:8
  |
2 | title: The Loaf
  |        ^^^^^^^^
hint: give one of them another name, or write `[[coops/aaa]]` where this one is meant [ambiguous-link]
"
    );
    let page = facts(&site.built()["pages/link/index.html"]);
    assert!(page.contains("[The loaf](../../coops/agaric/)"), "{page}");
    // Nobody is troubled by a name that no link uses.
    let site = Site::new(&[AGARIC, ("content/pages/aaa.md", newcomer)]);
    assert_eq!(site.problems(), "");
}

#[test]
fn the_order_of_namesakes_is_by_day_kind_and_id() {
    let page = |id: &str, fields: &str| {
        (format!("content/pages/{id}.md"), format!("---\ntitle: The loaf\n{fields}---\n"))
    };
    let lead = |files: &[(String, String)], target: &str| {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        leads(&Site::new(&files), target)
    };
    let coop = (AGARIC.0.to_owned(), AGARIC.1.to_owned());
    let undated = ("content/coops/undated.md".to_owned(), "---\ntitle: The loaf\n---\n".to_owned());
    let same_day = page("same", "created: 2026-01-05\n");
    let earlier = page("earlier", "created: 2026-01-04\n");
    let to = |path: &str| format!("[here](../../{path}/).");
    assert_eq!(lead(&[coop.clone(), undated.clone()], "The loaf"), to("coops/agaric"));
    assert_eq!(lead(&[coop.clone(), same_day.clone()], "The loaf"), to("coops/agaric"));
    assert_eq!(lead(&[coop.clone(), same_day, earlier], "The loaf"), to("pages/earlier"));
    assert_eq!(lead(&[page("b", ""), page("a", ""), undated], "The loaf"), to("coops/undated"));
    assert_eq!(lead(&[page("b", ""), page("a", "")], "The loaf"), to("pages/a"));
    // An id before a former id, and that before a title, whatever their days.
    let titled = |id: &str, fields: &str| {
        (format!("content/pages/{id}.md"), format!("---\n{fields}created: 2025-01-01\n---\n"))
    };
    let by_title = titled("x", "title: agaric\n");
    let by_alias = titled("y", "title: Y\naliases: [agaric]\n");
    let by_id = titled("agaric", "title: Z\n");
    assert_eq!(
        lead(&[coop.clone(), by_title.clone(), by_alias.clone()], "Agaric"),
        to("coops/agaric")
    );
    assert_eq!(lead(&[coop, by_id], "agaric"), to("pages/agaric"));
    assert_eq!(lead(&[by_title, by_alias], "agaric"), to("pages/y"));
}

#[test]
fn a_warning_stands_where_the_later_one_says_its_name() {
    let link = "---\ntitle: Link\n---\nSee [[agaric]], [[Pan]] and [[Pan]].\n";
    let site = Site::new(&[
        ("site.yaml", "title: T\nlanguages: [en, es]\n"),
        AGARIC,
        ("content/coops/agaric.es.md", "---\ntitle: Pan\n---\n"),
        ("content/pages/agaric.md", "---\ntitle: A\n---\n"),
        ("content/offers/bread.md", "---\ntitle: Pan\ncoop: agaric\nkind: human\n---\n"),
        ("content/needs/oven.md", "---\ntitle: Oven\ncoop: agaric\nkind: human\n---\n"),
        ("content/needs/oven.es.md", "---\nsummary: X\ntitle: pan\n---\n"),
        ("content/pages/link.md", link),
    ]);
    let problems = site.prepare().problems().to_vec();
    let lines: Vec<String> = problems
        .iter()
        .map(|it| {
            let text = site.sources.text(&it.place.file).expect("a file");
            let (line, _) = ayni::diagnostic::line_and_column(text, it.place.span.start);
            format!("{}:{line} {}", it.place.file, it.code.as_str())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "content/needs/oven.es.md:3 ambiguous-link",
            "content/offers/bread.md:2 ambiguous-link",
            "content/pages/agaric.md:1 ambiguous-link",
        ]
    );
}

#[test]
fn what_is_withheld_takes_no_link_from_what_is_shown() {
    let earlier = "title: The loaf\ncreated: 2025-01-01\n";
    let hidden = "---\ntitle: Hidden\nvisibility: private\n---\n";
    for (path, fields) in [
        ("content/pages/x.md", format!("{earlier}visibility: private\n")),
        ("content/pages/x.md", format!("{earlier}visibility: network\n")),
        ("content/coops/x.md", format!("{earlier}draft: true\n")),
        ("content/needs/x.md", format!("{earlier}coop: hidden\nkind: human\n")),
        // Not even by its id.
        ("content/pages/the-loaf.md", "title: X\nvisibility: private\n".to_owned()),
    ] {
        let site = Site::new(&[AGARIC, ("content/coops/hidden.md", hidden)]);
        let agaric = "---\ntitle: The-loaf\naliases: []\n---\n";
        let site = if path.contains("the-loaf") { site.file(AGARIC.0, agaric) } else { site };
        let site = site.file(path, &format!("---\n{fields}---\n"));
        let target = if path.contains("the-loaf") { "the-loaf" } else { "The loaf" };
        assert_eq!(leads(&site, target), "[here](../../coops/agaric/).", "{path}: {fields}");
        assert_eq!(leads(&site.clone().for_the_network(), target), "[here](../../coops/agaric/).");
        // Where there is nothing else, the link is to what is withheld.
        let mut alone = site.clone();
        alone.sources.texts.remove(AGARIC.0);
        assert!(!leads(&alone, target).contains("]("), "{path}: {fields}");
    }
}

#[test]
fn many_of_one_name_are_told_once_each() {
    let count = 2000;
    let mut site = Site::new(&[]);
    for at in 0..count {
        let text = "---\ntitle: P\n---\n[[P]] [[p]] [[P]]\n";
        site = site.file(&format!("content/pages/p-{at:04}.md"), text);
    }
    let prepared = site.prepare();
    assert_eq!(prepared.problems().len(), count - 1);
    let longest = prepared.problems().iter().map(|it| it.message.len()).max();
    assert!(longest < Some(100), "{longest:?}");
}

#[test]
fn in_quarantine_a_newcomer_harms_nobody() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        AGARIC,
        ("content/pages/link.md", "---\ntitle: Link\n---\nSee [[The loaf]].\n"),
        ("content/pages/x.md", "---\ntitle: The loaf\nmushroom: 1\n---\n"),
    ]);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("corrected:\n  content/pages/x.md\n"), "{}", run.stderr);
    let page = facts(&folder.read("public/pages/link/index.html"));
    assert!(page.contains("[The loaf](../../coops/agaric/)"), "{page}");
}
