//! Characters that command, turn round or hide: none gets into any file that is written, however it
//! was written itself.

use std::collections::BTreeMap;

use ayni::characters::is_harmful;
use proptest::prelude::*;

use super::harm::evil_in_quotes_and_bodies;
use super::site::Site;

/// Every harmful character that a text has, also those written as numbers: `&#8238;` of HTML and XML,
/// `\u202e` of JSON and scripts.
fn harmful_in(path: &str, text: &str) -> Vec<String> {
    let raw = text.chars().filter(|c| is_harmful(*c));
    let (start, end, radix) = match path.rsplit('.').next() {
        Some("html" | "atom" | "xml") => ("&#", ";", 10),
        // The scripts of the theme name what they leave out.
        Some("js" | "json" | "ndjson") if !path.starts_with("assets/") => ("\\u", "", 16),
        _ => return raw.map(|c| format!("{path}: {c:?}")).collect(),
    };
    let written = text.split(start).skip(1).filter_map(|rest| {
        let number = if end.is_empty() { rest.get(..4)? } else { rest.split_once(end)?.0 };
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, radix),
        };
        char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|c| is_harmful(*c))
    });
    raw.chain(written).map(|c| format!("{path}: {c:?}")).collect()
}

#[track_caller]
fn assert_clean(files: &BTreeMap<String, String>) {
    let faults: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| [harmful_in("a path", path), harmful_in(path, text)].concat())
        .collect();
    assert!(faults.is_empty(), "{}", faults[..faults.len().min(20)].join("\n"));
}

#[test]
fn what_is_harmful_is_found_however_it_is_written() {
    assert_eq!(harmful_in("a.html", "a &#x202e; &#1; &amp; &#39; \u{200f}").len(), 2);
    assert_eq!(harmful_in("a.js", "a \\u202e \\u00e9 \u{85}").len(), 2);
}

/// Ways to write one character: between double quotes in YAML, and in Markdown.
const PIECES: &[(&str, &str)] = &[
    ("word", "word"),
    (" ", " "),
    ("**", "**"),
    ("`", "`"),
    ("&#1;", "&#1;"),
    ("&#x202e;", "&#x202e;"),
    ("&#8297;", "&#8297;"),
    ("&#x9b;", "&#x9b;"),
    ("&#27;[2J", "&#27;[2J"),
    ("&#x2028;", "&#x2028;"),
    ("&#xfffe;", "&#xfffe;"),
    ("&#xe0041;", "&#xe0041;"),
    ("&amp;#1;", "&amp;#1;"),
    ("&#13;", "&#13;"),
    ("&Tab;", "&Tab;"),
    ("\\u202e", "\u{202e}"),
    ("\\u2066", "\u{2066}"),
    ("\\u0007", "\u{7}"),
    ("\\e]0;x", "\u{1b}]0;x"),
    ("\\u009b", "\u{9b}"),
    ("\\N", "\u{85}"),
    ("\\L", "\u{2028}"),
    ("\\P", "\u{2029}"),
    ("\\ufffe", "\u{fffe}"),
    ("\\U000e0041", "\u{e0041}"),
    ("\\u200f", "\u{200f}"),
    ("\\u200c", "\u{200c}"),
    ("é", "é"),
    ("שלום", "שלום"),
];

fn pieces() -> impl Strategy<Value = (String, String)> {
    let piece = (0..PIECES.len()).prop_map(|at| PIECES[at]);
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| {
        let (quoted, plain): (Vec<&str>, Vec<&str>) = pieces.into_iter().unzip();
        (format!("a {} z", quoted.concat()), format!("a {} z", plain.concat()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_text_brings_a_harmful_character_into_any_file((quoted, plain) in pieces()) {
        let site = evil_in_quotes_and_bodies(&quoted, &plain);
        assert_clean(&site.for_the_network().built());
    }
}

#[test]
fn each_piece_alone_is_harmless() {
    let all = |of: fn(&(&'static str, &'static str)) -> &'static str| {
        PIECES.iter().map(of).collect::<Vec<_>>().join(" x ")
    };
    let site = evil_in_quotes_and_bodies(&all(|it| it.0), &all(|it| it.1));
    assert_clean(&site.built());
}

#[test]
fn inline_fields_and_names_of_missing_links_are_cleaned() {
    let call = "---\nstart: 2026-10-28T16:00\nstatus: held\n\
        turns: [{coop: c, about: \"about &#1;&#x202e;.\"}]\n\
        decisions: [\"decided &#1;&#x202e;.\"]\nactions: [{what: \"what &#1;&#x202e;.\"}]\n---\n";
    let page = "---\ntitle: P\nimage: {src: /a.png, alt: A, caption: \"caption &#1;&#x202e;.\"}\n---\n\
        # hea&#1;&#x202e;ding\n\n[[no\u{202e}\u{1}body]] [x](https://a.example \"ti&#x202e;tle\") \
        `co\u{202e}de\u{1b}` ![al&#x202e;t](/a.png)\n\n    ta\tbs\u{7}\n";
    let site = Site::new(&[
        ("content/calls/2026-10.md", call),
        ("content/coops/c.md", "---\ntitle: C\n---\n"),
        ("content/pages/p.md", page),
    ]);
    let built = site.image("content/static/a.png").built();
    assert_clean(&built);
    let has = |path: &str, words: &[&str]| {
        for word in words {
            assert!(built[path].contains(word), "{path} does not show {word}");
        }
    };
    has("calls/2026-10/index.html", &["about .", "decided .", "what ."]);
    let shown = ["caption .", "heading", "nobody", "<code>code</code>", "alt=\"alt\"", "ta\tbs\n"];
    has("pages/p/index.html", &shown);
    has("wanted/index.html", &["nobody"]);
}

#[test]
fn joiners_and_marks_of_direction_stay() {
    let text = "می\u{200c}خواهم \u{200f}- \u{200e}x \u{1f469}\u{200d}\u{1f33e}";
    let page = format!("---\ntitle: \"{text}\"\nlang: fa\n---\n{text}\n");
    let built = Site::new(&[("content/pages/p.md", &page)]).built();
    assert!(built["pages/p/index.html"].matches(text).count() >= 2);
}
