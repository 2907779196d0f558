//! Values and texts that a careless program would read wrongly, or for a very long time.

use std::sync::mpsc;
use std::time::Duration;

use ayni::diagnostic::Code;

use super::html;
use super::site::{Site, codes};

/// A coop of which only these fields are said.
fn coop(fields: &str) -> Site {
    Site::new(&[("content/coops/a.md", &format!("---\ntitle: A\n{fields}---\n"))])
}

// Values.

#[test]
fn norway_is_a_country_and_norwegian_a_language() {
    let site = coop("country: NO\nlang: no\nlanguages: [no]\n");
    let directory = &site.prepare().plan.derived.directory;
    let coop = &directory.coops[0];
    assert_eq!(coop.country.as_ref().map(|it| it.as_str()), Some("NO"));
    assert_eq!(coop.entry.language.as_str(), "no");
    assert_eq!(coop.languages[0].as_str(), "no");
    let built = site.built();
    assert!(html::facts(&built["coops/a/index.html"]).contains("Norway"));
    assert!(built.contains_key("coops/country/no/index.html"));
    assert!(built.contains_key("coops/language/no/index.html"));
}

#[test]
fn a_plain_value_is_what_its_field_says() {
    let texts = [
        "123",
        "1.10",
        "0o17",
        "0x1F",
        "1_000",
        "1e3",
        ".5",
        "on",
        "off",
        "yes",
        "no",
        "true",
        "NO",
        "2026-11-22",
        "2026-11-22T16:00",
        "12:30:45",
        "007",
        "=",
        "<<",
        "nan",
        "+1",
    ];
    for text in texts {
        let site = Site::new(&[("content/pages/a.md", &format!("---\ntitle: {text}\n---\n"))]);
        assert_eq!(site.problems(), "", "{text}");
        let directory = &site.prepare().plan.derived.directory;
        assert_eq!(directory.pages[0].entry.title, text);
        assert_eq!(directory.pages[0].entry.text.record.path.as_ref(), "content/pages/a.md");
    }
}

#[test]
fn dates_need_no_quotes_and_take_them() {
    for date in ["2026-11-20", "\"2026-11-20\"", "'2026-11-20'"] {
        let site = coop(&format!("created: {date}\nfounded: {date}\n"));
        assert_eq!(site.problems(), "", "{date}");
        let directory = &site.prepare().plan.derived.directory;
        let created = directory.coops[0].entry.created;
        assert_eq!(created.map(|it| it.to_string()).as_deref(), Some("2026-11-20"));
    }
    for (year, is_fine) in [("2019", true), ("2019-05", true), ("19", false), ("2019-5", false)] {
        let site = coop(&format!("founded: {year}\n"));
        assert_eq!(site.problems().is_empty(), is_fine, "{year}");
    }
    let call = "---\nstart: 2026-11-25T16:00\ntime_zone: Europe/London\n---\n";
    assert_eq!(Site::new(&[("content/calls/2026-11.md", call)]).problems(), "");
}

#[test]
fn a_tab_is_named_where_it_stands() {
    let page = "---\ntitle: A\nimage:\n\tsrc: a.png\n---\n";
    let found = Site::new(&[("content/pages/a.md", page)]).problems();
    assert!(found.contains("content/pages/a.md:4:"), "{found}");
    assert!(found.contains("hint: indent with spaces; YAML does not allow tabs"), "{found}");
    let around = "---\ntitle:\tA\t\n---\n\tcode\n";
    assert_eq!(Site::new(&[("content/pages/a.md", around)]).problems(), "");
}

#[test]
fn byte_order_marks_and_windows_line_ends_change_nothing() {
    let files = [
        ("site.yaml", "title: Test\nsummary: |\n  Two\n  lines.\n"),
        ("content/topics.yaml", "weaving:\n  label: {en: Weaving}\n"),
        (
            "content/coops/a.md",
            "---\ntitle: A\nsummary: >\n  One long\n  line.\ntopics:\n  - weaving\n---\n# One\n\n\
             Two\nlines.\n\n```\ncode\n  more\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        ),
    ];
    let plain = Site::new(&files).built();
    let windows = files.map(|(path, text)| (path, text.replace('\n', "\r\n")));
    let marked = windows.clone().map(|(path, text)| (path, format!("\u{feff}{text}")));
    for (name, files) in [("CRLF", windows), ("BOM and CRLF", marked)] {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, it)| (*path, &**it)).collect();
        let built = Site::new(&files).built();
        for (path, text) in &plain {
            assert_eq!(&built[path], text, "{path} with {name}");
        }
        assert_eq!(built.len(), plain.len());
    }
}

#[test]
fn a_file_without_fields_lacks_its_title_and_no_more() {
    for text in
        ["", "\n", "---\n---\n", "---\n\n---\n", "---\n# nothing\n---\n", "\u{feff}", "Text"]
    {
        let site = Site::new(&[("content/pages/a.md", text)]);
        assert_eq!(codes(&site), [Code::MissingField], "{text:?}");
        let site = Site::new(&[("content/calls/2026-11.md", text)]);
        assert_eq!(codes(&site), [], "{text:?}: a call needs no title");
    }
    for text in ["---", "---\n", "---\ntitle: A\n", "---\r\ntitle: A\r\n--\r\n"] {
        let found = Site::new(&[("content/pages/a.md", text)]).problems();
        assert!(found.contains("page `a` has front matter that does not end"), "{text:?}: {found}");
    }
}

#[test]
fn of_a_key_that_stands_twice_both_places_are_shown() {
    let page = "---\ntitle: A\nsummary: One\ntitle: B\n---\n";
    assert_eq!(
        Site::new(&[("content/pages/a.md", page)]).problems(),
        "\
error: `title` stands here a second time
 --> content/pages/a.md:4:1
  |
4 | title: B
  | ^^^^^
  |
 ::: content/pages/a.md:2:1
  |
2 | title: A
  | ----- it stands here first
hint: keep one of the two [duplicate-key]
"
    );
}

// What would keep a careless program busy for a very long time, or fill its memory.

/// Runs a job that must come to an end, and long before a reader would give up.
fn within_a_minute<T: Send + 'static>(what: &str, job: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    std::thread::spawn(move || done.send(job()));
    let wait = Duration::from_secs(60);
    result.recv_timeout(wait).unwrap_or_else(|_| panic!("{what}: no end in sight, or a panic"))
}

#[test]
fn a_small_yaml_file_cannot_become_a_large_one() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        let aliases = vec![format!("*{of}"); 9].join(", ");
        bomb.push_str(&format!("{name}: &{name} [{aliases}]\n"));
    }
    let page = format!("---\n{bomb}---\n");
    let site = Site::new(&[("content/pages/a.md", &page), ("content/topics.yaml", &bomb)]);
    let found = within_a_minute("an alias bomb", move || codes(&site));
    assert_eq!(found.iter().filter(|code| **code == Code::YamlAlias).count(), 2, "{found:?}");
}

#[test]
fn texts_made_to_be_slow_or_deep_are_read_like_others() {
    let times = |text: &str, count: usize| text.repeat(count);
    let numbered = |count: usize, line: &str| {
        (0..count).map(|at| line.replace('#', &at.to_string())).collect::<String>()
    };
    let fronts = [
        ("deep lists", format!("x: {}", times("[", 50_000))),
        ("deep fields", format!("x: {}", times("{a: ", 50_000))),
        ("deep indentation", (0..2000).map(|at| format!("{}a:\n", " ".repeat(at))).collect()),
        ("many fields", numbered(10_000, "k#: 1\n")),
        ("one field many times", times("k: 1\n", 10_000)),
        ("a long line", format!("title: {}", times("a", 1_000_000))),
        ("a long list", format!("title: A\naliases: [{}]", times("x, ", 20_000))),
    ];
    for (name, front) in fronts {
        let site = Site::new(&[("content/pages/a.md", &format!("---\n{front}\n---\n"))]);
        within_a_minute(name, move || codes(&site));
    }
    let bodies = [
        ("deep quotes", times("> ", 20_000)),
        ("deep lists", times("- ", 20_000)),
        ("open brackets", times("[", 50_000)),
        ("open images", times("![", 50_000)),
        ("open wiki links", times("[[", 50_000)),
        ("open emphasis", times("*a _b ", 20_000)),
        ("open code", (1..500).map(|at| format!("{} a ", times("`", at))).collect()),
        ("nested links", times("[a](", 20_000)),
        ("many footnotes", numbered(3000, "[^#]\n\n[^#]: note\n\n")),
        (
            "a wide table",
            format!("{}\n{}\n{}", times("|a", 5000), times("|-", 5000), times("|b\n", 500)),
        ),
        ("many links", numbered(5000, "[[nothing #]] ")),
        ("much raw HTML", times("<a <!--", 20_000)),
        ("many headings of one name", times("# a\n", 20_000)),
    ];
    for (name, body) in bodies {
        let site = Site::new(&[("content/pages/a.md", &format!("---\ntitle: A\n---\n{body}"))]);
        within_a_minute(name, move || site.built());
    }
}

#[test]
fn settings_that_cannot_be_read_are_the_only_thing_told_of_what_follows_from_them() {
    let call = "---\ntitle: C\nseries: monthly\n---\n";
    for settings in ["title: T\ncalls: [\n", ""] {
        let found = Site::new(&[
            ("site.yaml", settings),
            ("content/calls/2026-11.md", call),
            ("content/coops/a.md", "---\ntitle: A\nsectors: [frobnication]\n---\n"),
        ])
        .problems();
        assert_eq!(found.matches("error: ").count(), 1, "{found}");
        assert!(found.contains("site.yaml"), "{found}");
    }
}
