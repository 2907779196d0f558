//! What a coop has already, in other words: it is asked whether a line means that.

use super::pads::{folder, record};
use super::site::Folder;

/// Bolete has needs and an offer.
fn mill() -> Folder {
    let folder = folder();
    for (path, title) in [
        ("needs/bikes", "8,000 euros for two cargo bikes"),
        ("needs/statutes", "Help to write our first bylaws"),
        ("offers/rain", "We test our app while delivering, with rain and gloves"),
    ] {
        let text = format!("---\ntitle: {title}\ncoop: bolete\nkind: financial\n---\n");
        folder.write(&format!("content/{path}.md"), text);
    }
    folder
}

const ASKED: &str = "that there is already? (of Bolete)\n";

#[test]
fn what_a_coop_has_in_other_words_is_asked() {
    for (section, line, id) in [
        ("Needs", "8000 euros para las bicis", "bikes"),
        ("Needs", "8.000 € for bikes", "bikes"),
        ("Needs", "two bikes for cargo", "bikes"),
        ("Offers", "test your app in the rain", "rain"),
    ] {
        let pad = format!("## {section}\n- Bolete: {line} (financial)\n");
        let folder = mill();
        let before = folder.files("content").len();
        let run = record(&folder, &pad, &format!("{id}\nrest\ny\n"), &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stderr.contains(ASKED), "{line}: {}", run.stderr);
        let call = folder.read("content/calls/2026-11.md");
        assert!(call.contains(id) && folder.files("content").len() == before, "{line}: {call}");
        // Whoever knows that it is new says so.
        let folder = mill();
        let run = record(&folder, &pad, "new\nrest\ny\n", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        // Without an answer, nothing is written twice, and nothing is lost.
        let folder = mill();
        let run = record(&folder, &pad, "", &["--yes"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(folder.files("content").len(), before, "{}", run.stderr);
        assert!(folder.read("pads/2026-11.left.md").contains(line));
    }
}

#[test]
fn other_needs_of_the_coop_are_not_asked() {
    for (section, line) in [
        ("Needs", "bikes"),
        ("Needs", "two euros for each loaf"),
        ("Needs", "somebody to help us"),
        // The kind, and the coop, are others.
        ("Offers", "8000 euros for bikes"),
        ("Offers", "an app for bakers"),
    ] {
        let folder = mill();
        let pad = format!("## {section}\n- Bolete: {line} (financial)\n");
        let run = record(&folder, &pad, "", &["--yes"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(!folder.path("pads/2026-11.left.md").exists(), "{line}: {}", run.stderr);
    }
}

/// Titles of the sample, each said by all the other coops: none of those has a need or an offer like it.
#[test]
fn plainly_different_needs_of_the_sample_are_not_asked() {
    let folder = folder();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (mut titles, mut coops) = (Vec::new(), std::collections::BTreeSet::new());
    for kind in ["needs", "offers"] {
        for entry in std::fs::read_dir(sample.join(kind)).expect("the sample is there") {
            let path = entry.expect("it can be read").path();
            let id = path.file_stem().and_then(|it| it.to_str()).unwrap_or_default().to_owned();
            let text = std::fs::read_to_string(&path).expect("it is text");
            let field = |name: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
                line.map(|it| it.trim_matches('"').to_owned())
            };
            if id.contains('.') {
                continue;
            }
            let (Some(title), Some(coop)) = (field("title"), field("coop")) else { continue };
            let file = format!("---\ntitle: \"{title}\"\ncoop: {coop}\nkind: human\n---\n");
            folder.write(&format!("content/{kind}/{id}.md"), file);
            coops.insert(coop.clone());
            titles.push((kind, coop, title));
        }
    }
    for coop in &coops {
        folder.write(&format!("content/coops/{coop}.md"), format!("---\ntitle: {coop}\n---\n"));
    }
    let mut pad = String::new();
    let mut lines = 0;
    for kind in ["needs", "offers"] {
        pad.push_str(&format!("## {kind}\n"));
        for coop in &coops {
            pad.push_str(&format!("### {coop}\n"));
            for (_, _, title) in titles.iter().filter(|it| it.0 == kind && it.1 != *coop) {
                pad.push_str(&format!("- {title} (human, en)\n"));
                lines += 1;
            }
        }
    }
    assert!(lines > 500, "{lines}");
    let other_words = "- 8000 euros para las bicis (financial, es)";
    pad.push_str(&format!("## Needs\n### example-first-cart\n{other_words}\n"));
    let run = record(&folder, &pad, "", &[]);
    let asked: Vec<&str> = run
        .stderr
        .lines()
        .filter(|it| it.starts_with("  pads/") && it.contains("is already?"))
        .collect();
    let at = |question: &&str| {
        let number = question.split(':').nth(1).and_then(|it| it.trim().parse::<usize>().ok());
        number.and_then(|number| pad.lines().nth(number - 1)).unwrap_or_default().to_owned()
    };
    let asked: Vec<String> = asked.iter().map(at).collect();
    assert_eq!(asked, [other_words], "of {lines}");
}
