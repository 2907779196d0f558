//! Where mentions are looked for besides texts of entries, and what links to the withheld become.

use ayni::content::source::Asset;
use ayni::quarantine;

use super::html::facts;
use super::mentions::{NEED, mentions, site};
use super::site::{Site, problems, rendered};

#[test]
fn a_file_that_is_copied_is_searched_too() {
    for (text, place) in [
        ("One\nMediation for our team in Porto", "content/static/a.txt:2:1"),
        ("<p><b>Media</b>tion for our\nteam in Porto", "content/static/a.txt:1:1"),
        ("{\"mail\": \"ana@bread.example\"}", "content/static/a.txt:1:11"),
        ("{\"mail\": \"ana\\u0040bread.example\"}", "content/static/a.txt:1:1"),
        ("<text x=\"ana&#64;bread.ex&#x61;mple\">", "content/static/a.txt:1:1"),
        ("<![CDATA[ana@]]><![CDATA[bread.example]]>", "content/static/a.txt:1:1"),
        ("NOTE:ana@bread.\r\n example", "content/static/a.txt:1:1"),
    ] {
        let site = site("[x](/a.txt)").copied("content/static/a.txt", text);
        let prepared = site.prepare();
        assert_eq!(mentions(&prepared).0, [("content/static/a.txt".to_owned(), 1)], "{text}");
        assert!(problems(&prepared).contains(place), "{}", problems(&prepared));
        let (without, left_out) = quarantine(prepared, &site.options).expect("it has its place");
        assert_eq!(left_out.first().map(|it| &*it.file), Some("content/static/a.txt"));
        let built = rendered(&without);
        assert!(!built.contains_key("a.txt") && built.contains_key("pages/p/index.html"));
    }
    // What nobody publishes is nobody's business.
    let beside = site("").copied("content/pages/notes.txt", "Mediation for our team in Porto");
    assert_eq!(mentions(&beside.prepare()).0, []);
    let linked =
        site("[x](notes.txt)").copied("content/pages/notes.txt", "Mediation for our team in Porto");
    assert_eq!(mentions(&linked.prepare()).0, [("content/pages/notes.txt".to_owned(), 1)]);
}

#[test]
fn links_to_a_withheld_page_say_nothing_of_it() {
    for link in [
        "[them](/needs/mediation/)",
        "[them](/needs/mediation/#top)",
        "[them](https://test.example/dir/needs/mediation/)",
        "[them](../needs/mediation.md)",
        "[[mediation|them]]",
        "[them](../needs/mediation)",
        "[them](../needs/./mediation/index.html?x=1)",
        "[them](../needs/MEDIATION.md)",
        "[them](/needs//mediation/)",
        "[them](/en/x/../needs/mediation/)",
        "[them](https://TEST.example:443/dir/./needs/mediation)",
        "[them](http://test.example/dir/needs/mediation.md)",
    ] {
        let built = site(link).built();
        let page = &built["pages/p/index.html"];
        assert!(page.contains("<span class=\"withheld\">them</span>"), "{link}: {page}");
        assert!(!built.values().any(|text| text.contains("needs/mediation")), "{link}");
    }
    let bare = site("https://test.example/dir/needs/mediation/");
    assert_eq!(mentions(&bare.prepare()).0.len(), 1);
}

#[test]
fn links_in_fields_are_words() {
    let field = "Ask [[mediation]], [[mediation|our friends]], [[acme]] and [[nobody]]";
    let call = format!(
        "---\nstart: 2026-10-28T16:00\nstatus: held\nsummary: \"{field}\"\nturns: [{{coop: acme, about: \"{field}\"}}]\n\
         decisions: [\"{field}\"]\nactions: [{{what: \"{field}\"}}]\n---\n"
    );
    let site = site("").file("content/calls/2026-10.md", &call);
    let built = site.built();
    let words = "Ask not public, our friends, Acme and nobody";
    let page = facts(&built["calls/2026-10/index.html"]);
    assert_eq!(page.matches(words).count(), 4, "{page}");
    let calendar = built["calls.ics"].replace("\r\n ", "");
    assert!(calendar.contains(&words.replace(',', "\\,")), "{calendar}");
    for (path, text) in &built {
        assert!(!text.contains("[[acme") && !text.contains("[[mediation"), "{path}");
    }
    let network = site.file("content/needs/mediation.md", &NEED.replace("private", "network"));
    let page = facts(&network.for_the_network().built()["calls/2026-10/index.html"]);
    assert!(page.contains("Ask Mediation for our team in Porto, our friends"), "{page}");
}

// The program.

#[test]
fn files_in_other_encodings_and_their_names_are_searched() {
    let found = |path: &str, bytes: Vec<u8>| {
        let mut site = site("");
        let asset = Asset::named(path).with_text(bytes);
        site.sources.assets.insert(path.into(), asset);
        mentions(&site.prepare()).0
    };
    let text = "Caf\u{e9}, ana@bread.example";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    for bytes in [latin, wide.clone(), [vec![0xff, 0xfe], wide].concat()] {
        assert_eq!(found("content/static/a.txt", bytes).len(), 1);
    }
    for name in [
        "Mediation for our team in Porto.txt",
        "ana@bread.example",
        "mediation-for-our-team-in-porto/x.txt",
    ] {
        assert_eq!(found(&format!("content/static/{name}"), Vec::new()).len(), 1, "{name}");
    }
}

#[test]
fn what_is_no_text_is_not_read_as_one() {
    use ayni::content::source::Asset;
    let packed: Vec<u8> = (0..=255).cycle().take(4_000).collect();
    assert_eq!(Asset::named("a.zip").with_text(packed).text, None);
    let latin = b"Caf\xe9".repeat(100);
    assert!(Asset::named("a.txt").with_text(latin).text.is_some());
}

#[test]
fn every_part_of_the_name_of_a_file_is_searched() {
    let coop = "---\ntitle: A\nwebsite: https://hidden-coop.example/\nvisibility: private\n---\n";
    for path in [
        "content/static/hidden-coop.example",
        "content/static/www.hidden-coop.example.pdf",
        "content/static/hidden-coop.example/map.txt",
        "content/static/list of hidden-coop.example sites.pdf",
    ] {
        let mut site = Site::new(&[("content/coops/a.md", coop)]);
        site.sources.assets.insert(path.into(), Asset::named(path).with_text(b"nothing".to_vec()));
        let prepared = site.prepare();
        let [problem] = prepared.problems() else { panic!("{path}: {:?}", prepared.problems()) };
        assert_eq!(
            problem.message,
            format!(
                "the name of the file `{path}` mentions an address (`website`) of coop `a`, which the public edition withholds"
            )
        );
        assert_eq!(problem.hint.as_deref(), Some("give the file or its folder another name"));
    }
}

#[test]
fn a_flood_of_mentions_is_told_and_taken_out() {
    let decisions = |count: usize| "  - ask ana@bread.example\n".repeat(count);
    let call = |count: usize| {
        let fields = "title: C\nstart: 2026-01-01T10:00\ntime_zone: UTC";
        format!("---\n{fields}\ndecisions:\n{}---\n", decisions(count))
    };
    let flood = "ana@bread.example ".repeat(10_000);
    let with = |body: &str, count: usize| site(body).file("content/calls/2026-01.md", &call(count));
    let places = mentions(&with("Nothing", 17).prepare()).0;
    assert_eq!(places, [("content/calls/2026-01.md".to_owned(), 17)], "each at its place");
    for site in [with("Nothing", 17), with(&flood, 3_000)] {
        let prepared = site.prepare();
        assert!(prepared.problems().len() < 6_000, "{}", prepared.problems().len());
        let (prepared, _) = quarantine(prepared, &site.options).expect("each error has its place");
        let built = rendered(&prepared);
        assert!(built.values().all(|text| !text.contains("ana@bread.example")));
    }
}

#[test]
fn addresses_that_programs_write_are_nobodys_secret() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
    let coop = "---\ntitle: A\nvisibility: private\nlinks:\n  - {label: x, url: \"http://www.w3.org/2000/svg\"}\n  \
                - {label: y, url: \"https://dir.example/sitemap.xml\"}\n---\n";
    let mut site = Site::new(&[
        ("site.yaml", "title: T\nbase_url: https://dir.example/\n"),
        ("content/coops/a.md", coop),
    ]);
    for (path, text) in [
        ("content/static/map.svg", svg),
        ("content/static/robots.txt", "Sitemap: https://dir.example/sitemap.xml\n"),
    ] {
        site.sources.assets.insert(path.into(), Asset::named(path).with_text(text.into()));
    }
    assert_eq!(problems(&site.prepare()), "");
    site.built();
}

#[test]
fn files_are_read_as_programs_read_them() {
    let need = "---\ntitle: Mediation for our team in Porto\ncoop: a\nkind: human\nvisibility: private\n---\n";
    let coop = "---\ntitle: A\ncontact: [{type: email, value: ana@bread.example, visibility: private}]\n\
                links: []\n---\n";
    for (name, text) in [
        ("a.json", r#"{"a": "Mediation\nfor our team in Porto"}"#),
        ("a.json", r#"{"a": "ana\u0040bread.example"}"#),
        ("a.html", "Mediation&nbsp;for our team in Porto"),
        ("a.html", "Mediation<br>for our team in Porto"),
        ("a.html", "ana@bread&period;example"),
        ("a.html", "ana&#64bread.example"),
        ("a.svg", "<tspan>Mediation for</tspan><tspan>our team in Porto</tspan>"),
        ("a.js", r#"x = "ana\x40bread.example""#),
        ("a.css", r#"a::after { content: "ana\40 bread.example" }"#),
        ("a.ics", "DESCRIPTION:ana@bre\n ad.example"),
    ] {
        let path = format!("content/static/{name}");
        let mut site = Site::new(&[("content/coops/a.md", coop), ("content/needs/m.md", need)]);
        let asset = Asset::named(&path).with_text(text.into());
        site.sources.assets.insert(path.as_str().into(), asset);
        assert_eq!(mentions(&site.prepare()).0, [(path, 1)], "{text}");
    }
}

#[test]
fn a_drawing_in_the_field_of_the_image_is_searched_too() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>ana@bread.example</text></svg>";
    let page = "---\ntitle: Q\nimage: {src: map.svg, alt: A map}\n---\n";
    let mut site = site("Nothing").file("content/pages/q.md", page);
    let path = "content/pages/map.svg";
    site.sources.assets.insert(path.into(), Asset::named(path).with_text(svg.into()));
    assert_eq!(mentions(&site.prepare()).0, [(path.to_owned(), 1)]);
}

#[test]
fn ids_are_no_texts() {
    let id = "content/pages/mediation-for-our-team-in-porto.md";
    let site = site("Nothing").file(id, "---\ntitle: Q\n---\n");
    assert_eq!(mentions(&site.prepare()).0, []);
}
