//! What a site has very many of: it is still right, and nobody is drowned in messages.

use super::html::{self, facts};
use super::site::{Folder, Site, check};

/// So many texts, one after the other.
fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

/// A page with this body, in a folder.
fn page(fields: &str, body: &str) -> Folder {
    let text = format!("---\ntitle: P\n{fields}---\n{body}\n");
    Folder::new(&[("site.yaml", "title: Test\n"), ("content/pages/p.md", &text)])
}

/// How many messages a command printed.
fn shown(stderr: &str) -> usize {
    stderr
        .lines()
        .filter(|line| line.starts_with("error: ") | line.starts_with("warning: "))
        .count()
}

#[test]
fn a_terminal_shows_fifty_messages_of_a_file_and_says_how_many_more_there_are() {
    let folder = page("", &each(1_234, |at| format!("[[missing-{at}]] ")));
    let run = folder.ayni(&["check"]);
    assert_eq!(shown(&run.stderr), 50);
    assert!(run.stderr.contains("page `p` links to `missing-49`, which is not in the directory"));
    let end = "\n\nand 1,184 more in this file: content/pages/p.md\n\n1234 warnings\n";
    assert!(run.stderr.ends_with(end), "{}", &run.stderr[run.stderr.len() - 300..]);
}

#[test]
fn fifty_messages_of_a_file_are_all_shown() {
    let folder = page("", &each(50, |at| format!("[[missing-{at}]] ")));
    let run = folder.ayni(&["check"]);
    assert_eq!(shown(&run.stderr), 50);
    assert!(run.stderr.ends_with("[missing-link]\n\n50 warnings\n"), "{}", run.stderr);
}

#[test]
fn errors_are_shown_before_warnings() {
    let fields = each(40, |at| format!("colour-{at}: red\n"));
    let folder = page(&fields, &each(40, |at| format!("[[missing-{at}]] ")));
    let run = folder.ayni(&["check"]);
    assert_eq!(run.stderr.matches("[unknown-field]").count(), 40);
    assert_eq!(run.stderr.matches("[missing-link]").count(), 10);
    let end = "\n\nand 30 more in this file: content/pages/p.md\n\n40 errors and 40 warnings\n";
    assert!(run.stderr.ends_with(end), "{}", run.stderr);

    let folder = page(&each(60, |at| format!("colour-{at}: red\n")), "[[missing]]");
    let run = folder.ayni(&["check"]);
    assert_eq!(run.stderr.matches("[unknown-field]").count(), 50);
    assert_eq!(run.stderr.matches("[missing-link]").count(), 0);
    assert!(run.stderr.contains("\n\nand 11 more in this file: content/pages/p.md\n"));
}

#[test]
fn each_file_has_its_own_fifty_messages() {
    let many = each(60, |at| format!("[[missing-{at}]] "));
    let folder = page("", &many);
    folder.write("content/pages/q.md", format!("---\ntitle: Q\n---\n{many}\n"));
    folder.write("content/pages/r.md", "---\ntitle: R\n---\n[[missing]]\n");
    let run = folder.ayni(&["check"]);
    assert_eq!(shown(&run.stderr), 101);
    for file in ["p", "q"] {
        let line = format!("\n\nand 10 more in this file: content/pages/{file}.md\n\n");
        assert_eq!(run.stderr.matches(&line).count(), 1, "{}", run.stderr);
    }
    assert!(run.stderr.ends_with("\n\n121 warnings\n"));
}

#[test]
fn data_has_all_messages_with_their_places() {
    let folder = page("", &each(200, |at| format!("[[é{at:03}]]{}", ["\n", " "][at % 2])));
    let run = folder.ayni(&["check", "--format", "json"]);
    let problems: Vec<serde_json::Value> =
        serde_json::from_str(&run.stdout).expect("an array of problems");
    assert_eq!(problems.len(), 200);
    for (at, problem) in problems.iter().enumerate() {
        // The body begins at the fourth line, and each line but the first has two links.
        let (line, column) = (4 + at.div_ceil(2), if at > 0 && at % 2 == 0 { 10 } else { 1 });
        let message = format!("page `p` links to `é{at:03}`, which is not in the directory");
        let found = (&problem["line"], &problem["column"], &problem["message"]);
        assert_eq!(found, (&line.into(), &column.into(), &message.into()));
    }
}

#[test]
fn a_build_that_stops_shows_no_more_than_a_check() {
    let folder = page(&each(60, |at| format!("colour-{at}: red\n")), "");
    let run = folder.ayni(&["build"]);
    assert_eq!((run.code, shown(&run.stderr)), (Some(1), 50));
    assert!(run.stderr.contains("\n\nand 10 more in this file: content/pages/p.md\n\n60 errors\n"));
}

#[test]
fn a_slip_in_a_large_directory_is_told_what_is_meant() {
    let mut site = Site::new(&[
        ("content/coops/velo-collective.md", "---\ntitle: Velo\n---\n"),
        ("content/pages/p.md", "---\ntitle: P\n---\n[[velo-colective]] [[vleo-collective]]\n"),
    ]);
    for at in 0..400 {
        let path = format!("content/coops/velo-{at}-collective.md");
        site = site.file(&path, &format!("---\ntitle: {at}\n---\n"));
    }
    let problems = site.problems();
    assert_eq!(
        problems.matches("hint: did you mean `[[velo-collective]]`?").count(),
        2,
        "{problems}"
    );
}

#[test]
fn the_first_level_of_headings_is_found_wherever_it_stands() {
    let many = "### deep\n## middle\n".repeat(2_000);
    let levels = |body: &str| {
        let text = format!("---\ntitle: P\n---\n{body}");
        let built = Site::new(&[("content/pages/p.md", &text)]).built();
        let page = html::page(&built["pages/p/index.html"]);
        let count = |level| html::select(&page, &format!("div[class=body] h{level}[id]")).len();
        (2..=6).map(count).collect::<Vec<_>>()
    };
    assert_eq!(levels(&format!("{many}# top\n")), [1, 2_000, 2_000, 0, 0]);
    assert_eq!(levels(&format!("# top\n{many}")), [1, 2_000, 2_000, 0, 0]);
    assert_eq!(levels(&many), [2_000, 2_000, 0, 0, 0]);
    assert_eq!(levels(&format!("{many}###### small\n")), [2_000, 2_000, 0, 0, 1]);
}

/// A vocabulary in which each topic is broader than the next, and an entry about the narrowest.
fn chain(depth: usize) -> Site {
    let topics = each(depth, |at| match at {
        0 => "level-0: {label: {en: Level 0}}\n".to_owned(),
        _ => format!("level-{at}: {{label: {{en: Level {at}}}, broader: level-{}}}\n", at - 1),
    });
    let page = format!("---\ntitle: P\ntopics: [level-{}]\n---\n", depth - 1);
    Site::new(&[
        ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
        ("content/topics.yaml", &topics),
        ("content/pages/p.md", &page),
    ])
}

#[test]
fn a_vocabulary_may_be_of_any_depth() {
    for depth in [1, 8, 9, 20, 5_000] {
        let site = chain(depth);
        assert_eq!(site.problems(), "");
        let built = site.built();
        let tree = &built["topics/index.html"];
        let page = html::page(tree);
        let lists = html::select(&page, "main ul[class=counts]");
        assert_eq!(lists.len(), depth.min(8) - 1, "{depth}");
        let tree = facts(tree);
        let mut rest = tree.as_str();
        for at in 0..depth {
            let link = format!("[Level {at}](../topics/level-{at}/)");
            rest = rest
                .split_once(&link)
                .unwrap_or_else(|| {
                    panic!("no {link} of {depth} in {}", &rest[..rest.len().min(900)])
                })
                .1;
        }
        // The entry stands on the pages of its topic and of those not too far above it.
        let has_entry = |at: usize| {
            facts(&built[&format!("topics/level-{at}/index.html")]).contains("[P](../../pages/p/)")
        };
        assert!(has_entry(depth - 1));
        assert!(has_entry(depth.saturating_sub(32)));
        assert!(depth < 33 || !has_entry(depth - 33));
    }
}

#[test]
fn every_level_of_a_deep_vocabulary_can_be_reached_from_the_one_above() {
    let built = chain(100).built();
    for at in 0..99 {
        let page = facts(&built[&format!("topics/level-{at}/index.html")]);
        assert!(page.contains(&format!("](../../topics/level-{}/)", at + 1)), "{page}");
    }
}

#[test]
fn a_clean_site_says_nothing_of_messages() {
    let folder = page("", "");
    check(&folder.ayni(&["check"]), 0, "", "1 entry, no problems\n");
}
