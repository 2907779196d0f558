//! Content that means harm: pieces of HTML, addresses that run something, paths that lead out.

use std::collections::BTreeSet;

use ayni::diagnostic::Code;

use scraper::Node;

use super::html;
use super::site::{Folder, Site, codes, rendered};

/// Elements that pages are made of, beside `html::BLOCKS`. None of them runs anything or loads
/// anything from elsewhere; `script` and `link` are looked at closely.
const ELEMENTS: &[&str] = &[
    "a", "b", "bdi", "body", "br", "button", "cite", "code", "del", "em", "g", "head", "hr",
    "html", "i", "img", "input", "label", "link", "mark", "meta", "noscript", "option", "output",
    "path", "script", "search", "select", "small", "span", "strong", "sub", "sup", "svg",
    "template", "tfoot", "time", "title", "use",
];

/// Says what on a page could do harm.
fn dangers(page: &str) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let read = html::read(page);
    let mut dangers: Vec<String> = read.errors.iter().map(|error| error.to_string()).collect();
    if !page.starts_with("<!doctype html>") {
        dangers.push("another beginning than <!doctype html>".to_owned());
    }
    for node in read.tree.root().descendants() {
        let parent = node.parent().and_then(|parent| parent.value().as_element());
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                if !ELEMENTS.iter().chain(html::BLOCKS).any(|it| *it == name) {
                    dangers.push(format!("the element <{name}>"));
                }
                if name == "script" && element.attr("src").is_none() {
                    dangers.push("a script in the page".to_owned());
                }
                for (attribute, value) in html::attributes_of(element) {
                    dangers.extend(danger_of(name, &attribute, value));
                    if attribute == "id" && !ids.insert(value.to_owned()) {
                        dangers.push(format!("the id {value:?} twice"));
                    }
                }
            }
            Node::Text(text) => {
                let is_apart = parent.is_some_and(|it| ["bdi", "title"].contains(&it.name()));
                if !is_apart && opens_a_direction(text) {
                    dangers.push(format!("a direction that does not end in {text:?}"));
                }
            }
            Node::Comment(comment) => dangers.push(format!("{comment:?}")),
            Node::ProcessingInstruction(instruction) => dangers.push(format!("{instruction:?}")),
            Node::Document | Node::Fragment | Node::Doctype(_) => {}
        }
    }
    dangers
}

/// Whether characters that turn text round have an effect after it.
fn opens_a_direction(text: &str) -> bool {
    let opened = text.chars().filter(|c| "\u{202a}\u{202b}\u{202d}\u{202e}".contains(*c));
    let closed = text.chars().filter(|c| *c == '\u{202c}');
    opened.count() > closed.count()
}

#[test]
fn every_danger_is_seen() {
    let page = |part: &str| {
        format!(
            "<!doctype html><html lang=en><head><title>A</title></head><body>{part}</body></html>"
        )
    };
    assert_eq!(dangers(&page("<p id=a>A <a href=./b/>b</a> <bdi>\u{202e}</bdi>")), [""; 0]);
    for (part, danger) in [
        ("<iframe></iframe>", "the element <iframe>"),
        ("<noscript><object></object></noscript>", "the element <object>"),
        ("<template><video></video></template>", "the element <video>"),
        ("<script>x</script>", "a script in the page"),
        ("<script src=//x></script>", "<script src=\"//x\">"),
        ("<p onclick=x></p>", "<p onclick=\"x\">"),
        ("<p style=x></p>", "<p style=\"x\">"),
        ("<p a.b=x></p>", "<p a.b=\"x\">"),
        ("<svg><use xlink:href=x /></svg>", "<use xlink:href=\"x\">"),
        ("<a href=javascript:x>a</a>", "<a href=\"javascript:x\">"),
        ("<img alt=a src=https://x.example/>", "<img src=\"https://x.example/\">"),
        ("<p id=a></p><p id=a></p>", "the id \"a\" twice"),
        ("<p>\u{202e}a</p>", "a direction that does not end in \"\\u{202e}a\""),
        ("<!-- a -->", "<!-- \" a \" -->"),
        ("<p class=a class=b></p>", "Duplicate attribute"),
    ] {
        assert_eq!(dangers(&page(part)), [danger], "{part}");
    }
    let capital = page("").replace("doctype", "DOCTYPE");
    assert_eq!(dangers(&capital), ["another beginning than <!doctype html>"]);
}

fn danger_of(element: &str, attribute: &str, value: &str) -> Option<String> {
    let danger = || Some(format!("<{element} {attribute}={value:?}>"));
    let is_name = attribute.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ':');
    if !is_name && attribute != "viewbox" && !attribute.starts_with("data-") {
        return danger();
    }
    let has_scheme = value.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    let is_relative = !has_scheme && !value.starts_with("//") && !value.starts_with('\\');
    match attribute {
        "style" | "srcdoc" | "srcset" | "formaction" | "background" | "xlink:href" => danger(),
        _ if attribute.starts_with("on") => danger(),
        "href" if element == "a" => {
            let fine = ["https:", "http:", "mailto:", "tel:", "matrix:", "./", "../", "/", "#"];
            let starts = |start: &&str| value.to_lowercase().starts_with(*start);
            let clean = !value.contains(char::is_control);
            if fine.iter().any(starts) && clean { None } else { danger() }
        }
        "href" | "src" | "action" if is_relative => None,
        "href" if element == "link" && value.starts_with("https://test.example/dir/") => None,
        "href" | "src" | "action" | "data" | "poster" | "ping" => danger(),
        _ => None,
    }
}

/// Fails when a file of a built site could do harm to somebody who opens it.
#[track_caller]
fn assert_harmless(site: &Site) {
    let faults: Vec<String> =
        site.built().iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn faults(path: &str, text: &str) -> Vec<String> {
    let found = match path.rsplit('.').next() {
        Some("html") => dangers(text),
        Some("atom" | "xml") => html::xml_fault(text).into_iter().collect(),
        Some("ics") => {
            let is_bad = |line: &&str| {
                let is_alarm = line.starts_with("BEGIN:VALARM") || line.starts_with("ATTACH");
                line.len() > 75 || line.contains(char::is_control) || is_alarm
            };
            text.split("\r\n").filter(is_bad).map(|line| format!("the line {line:?}")).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().map(|fault| format!("{path}: {fault}")).collect()
}

const EVIL: &str = "<img src=x onerror=alert(1)>\\\"'><script>alert(2)</script>&lt;b&gt;</title>";

/// A site in which every text that an author can write is a piece of HTML.
fn evil_everywhere(evil: &str) -> Site {
    evil_in_quotes_and_bodies(evil, &evil.replace("\\\"", "\""))
}

/// The same, as it is written between double quotes in YAML, and in Markdown.
pub(crate) fn evil_in_quotes_and_bodies(evil: &str, body: &str) -> Site {
    let entry = |fields: &str| {
        format!(
            "---\ntitle: \"T {evil}\"\nsummary: \"S {evil}\"\ncreated: 2026-11-01\ntopics: [evil]\n\
             links: [{{label: \"L {evil}\", url: \"https://a.example/?a=1&b='\", licence: \"{evil}\", type: code}}]\n\
             sources: [{{title: \"{evil}\", url: \"https://b.example/\", licence: \"{evil}\"}}]\n\
             image: {{src: /a.png, alt: \"{evil}\", caption: \"{evil}\", licence: \"{evil}\"}}\n{fields}---\n\
             Text {body}\n\n{body}\n\n# H {body}\n\n# H {body}\n\n- {body}\n\n[a {body}](https://c.example \"{body}\")\n\n\
             ![{body}](/a.png) [[b|{body}]] [[nothing {body}]] `{body}`\n\n```{body}\n{body}\n```\n\n\
             | {body} |\n|---|\n| {body} |\n\nA[^1]\n\n[^1]: {body}\n"
        )
    };
    let contact = format!(
        "contact: {{type: post, value: \"{evil}\", name: \"{evil}\", visibility: public}}\n"
    );
    let coop = format!(
        "region: \"{evil}\"\ncity: \"{evil}\"\ncountry: NO\nsectors: [evil]\nform: network\npart_of: b\n\
         website: \"https://d.example/?'&\"\n{contact}"
    );
    let terms = format!(
        "coop: a\nkind: technical\nplace: {{country: NO, city: \"{evil}\"}}\nquantity: {{value: 3, unit: \"{evil}\"}}\n{contact}"
    );
    let person = format!("{{name: \"{evil}\", consent: true}}");
    let call = format!(
        "start: 2026-10-28T16:00\nstatus: held\nfacilitator: {person}\nnote_taker: {person}\n\
         turns: [{{coop: a, delegate: {person}, about: \"{evil}\", needs: [n], offers: [o]}}]\n\
         matches: [{{need: n, offer: o, note: \"{evil}\"}}]\ndecisions: [\"{evil}\"]\n\
         actions: [{{what: \"{evil}\", who: {person}}}]\n"
    );
    let offer = terms.replace("coop: a", "coop: b");
    let decision = format!("need: n\noffer: o\nfacilitator: {person}\noutcome: \"{evil}\"\n");
    let next =
        format!("---\ntitle: \"{evil}\"\nsummary: \"{evil}\"\nstart: 2026-12-30T16:00\n---\n");
    let settings = format!(
        "title: \"{evil}\"\nsummary: \"{evil}\"\nlicence: \"{evil}\"\nbase_url: https://test.example/dir/\n\
         languages: [en, es]\nfacilitator: {{type: post, value: \"{evil}\", visibility: public}}\n\
         edit: {{repository: https://git.example/x, branch: \"{evil}\"}}\n\
         calls: {{title: \"{evil}\", rrule: FREQ=MONTHLY;BYDAY=-1WE}}\n"
    );
    let topics = format!("evil: {{label: {{en: \"{evil}\"}}, also: {{en: [\"{evil}\"]}}}}\n");
    Site::new(&[
        ("site.yaml", &settings),
        ("content/topics.yaml", &topics),
        ("content/coops/a.md", &entry(&coop)),
        ("content/coops/b.md", &entry(&coop.replace("part_of: b", "part_of: a"))),
        ("content/needs/n.md", &entry(&terms)),
        ("content/offers/o.md", &entry(&offer)),
        ("content/needs/past.md", &entry(&format!("{terms}until: 2026-01-01\n"))),
        ("content/matches/n--o.md", &entry(&decision)),
        ("content/calls/2026-10.md", &entry(&call)),
        ("content/calls/2026-12.md", &next),
        ("content/pages/p.md", &entry("aliases: [q]\n")),
        (
            "content/pages/p.es.md",
            &format!("---\ntitle: \"{evil}\"\nsummary: \"{evil}\"\n---\n{body}\n"),
        ),
    ])
    .image("content/static/a.png")
}

#[test]
fn no_text_of_an_author_becomes_html() {
    let site = evil_everywhere(EVIL);
    assert_harmless(&site);
    assert_harmless(&site.clone().for_the_network());
    let mut portable = site.clone();
    portable.options.style = ayni::addresses::LinkStyle::Portable;
    assert_harmless(&portable);
    let built = site.built();
    for page in ["index", "coops/a/index", "needs/n/index", "offers/o/index", "es/pages/p/index"] {
        let text = html::text(&built[&format!("{page}.html")]);
        assert!(text.contains("<img src=x onerror=alert(1)>"), "{page} does not show it: {text}");
    }
}

#[test]
fn control_characters_and_directions_stay_in_their_place() {
    let calendar = "x\\r\\nBEGIN:VALARM\\nATTACH:x\\nEND:VALARM\\n, ; \\\\n";
    let evils = ["a\\0b", "a\\bb\\e[31mc\\u000b\\ufffe", "a \\u202e drawkcab", calendar];
    let faults = evils.iter().flat_map(|evil| {
        let prepared = evil_everywhere(evil).prepare();
        if prepared.has_errors() {
            return vec![];
        }
        let built = rendered(&prepared);
        let of_evil = built.iter().flat_map(|(path, text)| faults(path, text));
        of_evil.map(|fault| format!("{evil}: {fault}")).collect::<Vec<_>>()
    });
    let faults: Vec<String> = faults.collect();
    assert!(
        faults.is_empty(),
        "{} faults, such as\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}

#[test]
fn what_is_printed_cannot_steer_a_terminal() {
    let evil = "\\e]0;title\\a\\e[2J\\u202e\\u009b";
    let page = format!(
        "---\ntitle: \"{evil}\"\nlang: \"{evil}\"\nvisibility: \"{evil}\"\n\"{evil}\": 1\n---\n[[\u{202e}x\u{1b}[2J]]\n"
    );
    let site =
        Site::new(&[("content/pages/a.md", &page), ("content/pages/b\u{202e}\u{1b}.md", "")]);
    let found = site.problems();
    assert!(found.matches("error: ").count() >= 4, "{found}");
    let is_steering =
        |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    let line = found.lines().find(|line| line.contains(is_steering));
    assert_eq!(line, None, "a line that steers");
}

#[test]
fn only_addresses_of_allowed_schemes_can_be_clicked() {
    let evils = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "&#32;javascript:alert(1)",
        "javascript%3Aalert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:text/html;base64,PHg+",
        "file:///etc/passwd",
        "blob:x",
        "//evil.example/x",
        "\\\\\\\\evil.example/x",
        "/\\\\evil.example",
        "\\\\/evil.example",
        "javascript://example.org/%0aalert(1)",
        "feed:javascript:alert(1)",
        "about:blank",
        "x:y",
        "javascript:alert(1)#https://a.example",
        "#javascript:alert(1)",
        "?javascript:alert(1)",
    ];
    for evil in evils {
        let body = format!(
            "[a]({evil}) [a](<{evil}>) [a](< {evil}>) ![a]({evil}) <{evil}> [a][r] ![a][r] [r]\n\
             [[{evil}]] [[{evil}|a]] ![[{evil}]] [![a]({evil})]({evil}) [a]({evil} \"t\") [^1]\n\n\
             [^1]: [a]({evil})\n\n| [a]({evil}) |\n|---|\n\n# [a]({evil})\n\n[r]: {evil}\n"
        );
        let page = format!(
            "---\ntitle: A\nlang: fr\nimage: {{src: /a.png, caption: '[a]({evil})'}}\n---\n{body}"
        );
        let call = format!(
            "---\ntitle: A\nturns: [{{coop: c, about: '[a]({evil}) <{evil}>'}}]\ndecisions: ['[a]({evil})']\n\
             actions: [{{what: '[a]({evil})'}}]\n---\n"
        );
        let site = Site::new(&[
            ("content/pages/a.md", &page),
            ("content/calls/2026-11.md", &call),
            ("content/coops/c.md", "---\ntitle: C\n---\n"),
        ])
        .image("content/static/a.png");
        let prepared = site.prepare();
        let built = rendered(&prepared);
        for path in ["pages/a/index.html", "calls/2026-11/index.html"] {
            assert_eq!(dangers(&built[path]), [""; 0], "{evil:?} in {path}");
            let away: Vec<String> = html::attributes(&built[path], "href");
            let leads_there =
                |href: &&String| href.contains("evil.example") && !href.contains("%5C");
            assert_eq!(away.iter().find(leads_there), None, "{evil:?} in {path}");
        }
    }
}

#[test]
fn attributes_of_headings_are_text() {
    let body =
        "# One {onclick=alert(1)}\n\n## Two {#_main .hidden style=\"x\"}\n\nThree {#a}\n=====\n";
    let site = Site::new(&[("content/pages/a.md", &format!("---\ntitle: A\n---\n{body}"))]);
    assert_harmless(&site);
    let page = &site.built()["pages/a/index.html"];
    assert!(html::facts(page).contains("## One {onclick=alert(1)}"), "{}", html::facts(page));
}

#[test]
fn no_id_stands_twice_on_a_page() {
    let body = "# Note 1\n\n# note-1\n\n# Main\n\n# main\n\n# \n\n# !\n\n# section\n\n# Section 2\n\n\
                # Links\n\n# Facts\n\nA[^1] B[^1] C[^a b] D[^a-b] E[^!] F[^?] G[^A B]\n\n\
                [^1]: one\n[^a b]: two\n[^a-b]: three\n[^!]: four\n[^?]: five\n[^A B]: six\n";
    let page = format!("---\ntitle: A\nlinks: {{url: https://a.example/}}\n---\n{body}");
    let coop =
        page.replace("title: A", "title: A\ncontact: {type: url, value: https://a.example/}");
    let site = Site::new(&[("content/pages/a.md", &page), ("content/coops/a.md", &coop)]);
    assert_harmless(&site);
    let page = &site.built()["pages/a/index.html"];
    let ids = html::attributes(page, "id");
    for href in html::attributes(page, "href") {
        if let Some(id) = href.strip_prefix('#').filter(|id| !id.is_empty()) {
            assert!(
                ids.iter().any(|it| it == id),
                "a link to #{id} leads nowhere; there is {ids:?}"
            );
        }
    }
    for footnote in ["one", "two", "three", "four", "five", "six"] {
        assert!(html::text(page).contains(footnote), "the footnote {footnote}");
    }
}

#[test]
fn a_link_in_the_words_of_an_image_leaves_other_links_as_they_are() {
    let body = "![see [[b]] and ![x](/b.png)](/a.png) then [c](../coops/c.md) and [out](https://out.example/)\n";
    let site = Site::new(&[
        ("content/pages/a.md", &format!("---\ntitle: A\n---\n{body}")),
        ("content/coops/b.md", "---\ntitle: B\n---\n"),
        ("content/coops/c.md", "---\ntitle: C\n---\n"),
    ])
    .image("content/static/a.png")
    .image("content/static/b.png");
    let facts = html::facts(&site.built()["pages/a/index.html"]);
    assert!(facts.contains("![see [[b]] and x](../../a.png) then"), "{facts}");
    assert!(facts.contains("[c](../../coops/c/)"), "{facts}");
    assert!(facts.contains("[out](https://out.example/)"), "{facts}");
}

#[test]
fn an_image_comes_from_the_directory_or_not_at_all() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        ("secret.png", "secret"),
        ("content/topics.yaml", "weaving: {label: {en: Weaving}}\n"),
        ("content/pages/other.md", "---\ntitle: Other\ndraft: true\n---\nsecret\n"),
    ]);
    let tricks = [
        "../../secret.png",
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "/../../secret.png",
        "%2e%2e/%2e%2e/secret.png",
        "..%2f..%2fsecret.png",
        "..\\..\\secret.png",
        "....//....//secret.png",
        "file:///etc/passwd",
        "https://evil.example/x.png",
        "../topics.yaml",
        "./other.md",
        "/site.yaml",
        "",
        ".",
        "..",
        "/",
        "\0",
        "%00",
        "%",
        "#",
        "?x",
    ];
    for trick in tricks {
        let quoted = trick.replace('\\', "\\\\").replace('\0', "\\0");
        folder.write(
            "content/pages/a.md",
            format!("---\ntitle: A\nimage: {{src: \"{quoted}\"}}\n---\n![words](<{trick}>) [words](<{trick}>)\n"),
        );
        let prepared = folder.prepare();
        let built = rendered(&prepared);
        let page = &built["pages/a/index.html"];
        let images = html::attributes(page, "src");
        assert!(images.iter().all(|src| src.contains("assets/")), "{trick:?}: {images:?}");
        let copies: Vec<&String> =
            built.values().filter(|it| it.starts_with("a copy of")).collect();
        assert!(copies.is_empty(), "{trick:?}: {copies:?}");
        assert!(!built.values().any(|text| text.contains("secret\n")), "{trick:?}");
        assert!(prepared.has_errors() || trick.is_empty(), "{trick:?} is no error");
    }
}

#[test]
fn a_theme_is_a_name_and_no_path() {
    for theme in ["..", "../..", "/etc", "a/b", "a\\\\b", "."] {
        let settings = format!("title: A\ntheme: \"{theme}\"\n");
        assert_eq!(codes(&Site::new(&[("site.yaml", &settings)])), [Code::BadId], "{theme}");
    }
}
