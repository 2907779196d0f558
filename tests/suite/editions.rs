//! What an edition may not show is in none of its files, under any name.

use std::collections::BTreeMap;

use ayni::directory::edition::Drafts;
use ayni::quarantine;

use super::html::facts;
use super::site::{Folder, Site, pixel, rendered};

/// Two open coops, one of the network alone, one private, and a draft. Every word that begins with
/// `zn`, `zp`, `zd` or `zc` belongs to what the network's edition, no edition, an edition with drafts or
/// only the network's edition may show.
const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "title: Test\nlanguages: [en, es]\nbase_url: https://test.example/\n\
         facilitator: [{type: form, value: https://help.example/}, {type: email, value: zcfacilitator@help.example}]\n",
    ),
    ("content/topics.yaml", "grain: {label: {en: Grain}}\n"),
    (
        "content/coops/open.md",
        "---\ntitle: Open\ntopics: [grain]\naliases: [opened]\ncontact:\n- {type: email, value: zcmail@open.example, name: Zcname}\n\
         - {type: url, value: https://open.example/hello}\n- {type: url, value: https://zpsecret.example/, visibility: private}\n---\n\
         See [[znhid]], [[znhid|our friends]] and [[znalias]].\n",
    ),
    ("content/coops/open.es.md", "---\ntitle: Abierta\n---\nVer [[znhid|amigos]].\n"),
    ("content/coops/other.md", "---\ntitle: Other\n---\n"),
    (
        "content/coops/znhid.md",
        "---\ntitle: Zntitle\nsummary: Znsummary of all.\nvisibility: network\naliases: [znalias]\ntopics: [grain]\n\
         created: 2026-11-20\ncountry: KE\nform: hub\nwebsite: https://znsite.example/\nimage: {src: znimage.png, alt: Znalt}\n---\nZnbody [[open]] ![](znpicture.png).\n",
    ),
    ("content/coops/znhid.es.md", "---\ntitle: Znotro\n---\nZncuerpo.\n"),
    ("content/coops/secret.md", "---\ntitle: Zptitle\nvisibility: private\n---\nZpbody.\n"),
    ("content/coops/later.md", "---\ntitle: Zdtitle\ndraft: true\n---\nZdbody.\n"),
    (
        "content/needs/wheat.md",
        "---\ntitle: Wheat\ncoop: open\nkind: human\ntopics: [grain]\ncreated: 2026-11-18\n---\nHarvest of wheat.\n",
    ),
    (
        "content/needs/rye.md",
        "---\ntitle: Rye\ncoop: open\nkind: human\ntopics: [grain]\n---\nHarvest of rye.\n",
    ),
    (
        "content/offers/mill.md",
        "---\ntitle: Mill\ncoop: other\nkind: human\ntopics: [grain]\n---\nHarvest of wheat and rye.\n",
    ),
    (
        "content/needs/znneed.md",
        "---\ntitle: Znneed\ncoop: znhid\nkind: human\ntopics: [grain]\ncreated: 2026-11-19\n---\nZnwords harvest.\n",
    ),
    (
        "content/offers/znoffer.md",
        "---\ntitle: Znoffer\ncoop: znhid\nkind: human\ntopics: [grain]\n---\nHarvest of wheat.\n",
    ),
    (
        "content/needs/zpneed.md",
        "---\ntitle: Zpneed\ncoop: secret\nkind: human\ntopics: [grain]\n---\n",
    ),
    (
        "content/matches/wheat--znoffer.md",
        "---\nneed: wheat\noffer: znoffer\noutcome: Znoutcome\n---\n",
    ),
    (
        "content/matches/rye--mill.md",
        "---\nneed: rye\noffer: mill\nstatus: declined\noutcome: Zcdeclined\n---\nZcreason.\n",
    ),
    (
        "content/calls/2026-10.md",
        "---\ntitle: October\nstart: 2026-10-28T16:00\nstatus: held\n\
         facilitator: {name: Zpnobody}\nrecording: {url: https://zcvideo.example/, visibility: network}\n\
         turns:\n- {coop: open, needs: [wheat, rye], delegate: {name: Zpperson}}\n- {coop: znhid, about: Znabout, needs: [znneed], offers: [znoffer]}\n\
         - {coop: other, offers: [mill]}\n\
         matches:\n- {need: wheat, offer: znoffer, note: Znnote}\n- {need: rye, offer: mill, status: declined, note: Zcnote}\n---\nNotes.\n",
    ),
    (
        "content/calls/2026-12.md",
        "---\ntitle: Zncall\nstart: 2026-12-30T16:00\nvisibility: network\n---\n",
    ),
    (
        "content/pages/znpage.md",
        "---\ntitle: Znpage\nvisibility: network\n---\n[[open]] and [[nowhere of zn]].\n",
    ),
];

fn site() -> Site {
    let site = FILES.iter().fold(Site::new(&[]), |site, (path, text)| site.file(path, text));
    site.image("content/coops/znimage.png").image("content/coops/znpicture.png")
}

/// Where a word that begins so stands, among texts and names of files. Names of search files are hashes,
/// which say nothing; in a shard, only the first word with a letter is written out.
fn traces(built: &BTreeMap<String, String>, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in built {
        let name = if path.starts_with("search/") { "" } else { path.as_str() };
        let is_hashes = path.ends_with("/directory.js") || path.starts_with("assets/");
        // A search file begins with its own name.
        let text = if name.is_empty() { text.split_once(',').map_or("", |it| it.1) } else { text };
        for shown in [name, if is_hashes { "" } else { text }] {
            let lower = shown.to_lowercase();
            let mut words = lower.split(|c: char| !c.is_alphanumeric());
            if let Some(word) = words.find(|word| word.starts_with(start)) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    found
}

#[test]
fn the_public_edition_has_no_trace_of_what_is_withheld() {
    let built = site().built();
    for start in ["zn", "zp", "zd", "zc"] {
        assert_eq!(traces(&built, start), [""; 0], "{start}");
    }
    for path in
        ["coops/znhid", "coops/znalias", "coops/country/ke", "coops/form/hub", "matches/country/ke"]
    {
        let below: Vec<&String> = built.keys().filter(|it| it.contains(path)).collect();
        assert_eq!(below, Vec::<&String>::new());
    }
    // And it shows what it may.
    let page = facts(&built["coops/open/index.html"]);
    assert!(page.contains("See not public, our friends and not public."), "{page}");
    assert!(page.contains("(https://open.example/hello)"), "{page}");
    assert!(facts(&built["es/coops/open/index.html"]).contains("Ver amigos."));
    assert!(facts(&built["wanted/index.html"]).contains("no page is missing"));
    assert!(facts(&built["coops/index.html"]).contains("2 coops."));
    let call = facts(&built["calls/2026-10/index.html"]);
    assert!(call.contains("Open") && call.contains("Wheat") && !call.contains("Watch"), "{call}");
    assert!(!built["calls.ics"].contains("20261230"));
    // Of matches the only one left is a suggestion.
    for path in ["matches/", "matches/kind/human/", "matches/topic/grain/"] {
        let page = facts(&built[&format!("{path}index.html")]);
        assert!(page.contains("wheat--mill") && page.contains("1 match."), "{path}: {page}");
    }
    let new = facts(&built["matches/new/index.html"]);
    assert!(new.contains("18 November 2026") && !new.contains("19 November 2026"), "{new}");
    assert!(facts(&built["matches/waiting/index.html"]).contains("No introduction waits"));
    for feed in ["matches.atom", "matches/topic/grain.atom"] {
        assert_eq!(built[feed].matches("<entry>").count(), 1, "{feed}");
    }
}

#[test]
fn the_same_content_without_what_is_withheld_gives_the_same_site() {
    // With a label, so that the words are the same in both.
    let open = FILES[2].1.replace("[[znhid]], ", "").replace(" and [[znalias]]", "");
    let all = site().file("content/coops/open.md", &open);
    let mut without = all.clone();
    let withheld = ["znhid", "secret", "later", "/zn", "/zp", "--znoffer", "2026-12"];
    without.sources.texts.retain(|path, _| !withheld.iter().any(|name| path.contains(name)));
    without.sources.assets.clear();
    // What names it is rewritten by hand into what should be left.
    let open = open.replace("[[znhid|our friends]]", "our friends");
    let call = FILES[17].1;
    let lines = call.lines().filter(|line| !line.contains("zn") && !line.contains("znhid"));
    let call: String = lines.map(|line| format!("{line}\n")).collect();
    let without = without
        .file("content/coops/open.md", &open)
        .file("content/coops/open.es.md", "---\ntitle: Abierta\n---\nVer amigos.\n")
        .file("content/calls/2026-10.md", &call);
    assert_eq!(without.problems(), "");
    let (all, without) = (all.built(), without.built());
    for (path, text) in &all {
        let other = without.get(path).unwrap_or_else(|| panic!("{path} is not in both"));
        match path.ends_with(".html") {
            true => assert_eq!(facts(text), facts(other), "{path}"),
            false => assert_eq!(text, other, "{path}"),
        }
    }
    assert_eq!(all.len(), without.len());
}

#[test]
fn the_network_edition_shows_what_is_for_the_network() {
    let built = site().for_the_network().built();
    for start in ["zp", "zd"] {
        assert_eq!(traces(&built, start), [""; 0], "{start}");
    }
    for (path, words) in [
        ("coops/znhid/index.html", &["Zntitle", "Znsummary", "Znbody", "Znneed", "Znoffer"][..]),
        ("es/coops/znhid/index.html", &["Znotro", "Zncuerpo"]),
        ("coops/open/index.html", &["[Zntitle](../../coops/znhid/)", "zcmail@open.example"]),
        ("coops/znalias/index.html", &["znhid"]),
        ("matches/wheat--znoffer/index.html", &["Znoutcome", "Znnote"]),
        ("matches/rye--mill/index.html", &["declined", "Zcdeclined"]),
        ("calls/2026-10/index.html", &["Znabout", "Znnote", "zcvideo.example", "Zcnote"]),
        ("matches/new/index.html", &["19 November 2026", "znneed--mill"]),
        ("matches/waiting/index.html", &["wheat--znoffer", "28 October 2026"]),
        ("matches/country/ke/index.html", &["znneed--mill", "wheat--znoffer"]),
        ("matches.atom", &["Znneed"]),
        ("matches/country/ke.atom", &["Znneed"]),
        ("calls.ics", &["Zncall"]),
        ("coops.atom", &["Zntitle"]),
        ("coops/country/ke/index.html", &["Zntitle"]),
        ("robots.txt", &["Disallow: /\n"]),
    ] {
        let text = built.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        let shown = if path.ends_with(".html") { facts(text) } else { text.clone() };
        for word in words {
            assert!(shown.contains(word), "{path} lacks {word}: {shown}");
        }
    }
    assert!(
        built.contains_key("assets/coops/znimage.png")
            || built.keys().any(|it| it.contains("znimage"))
    );
    let home = super::html::text(&built["index.html"]);
    assert!(home.contains("This edition is for members of the network"), "{home}");
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let mut site = site();
    site.options.drafts = Drafts::Shown;
    let built = site.built();
    assert!(built["coops/later/index.html"].contains("Zdbody"));
    for start in ["zn", "zp", "zc"] {
        assert_eq!(traces(&built, start), [""; 0], "{start}");
    }
}

#[test]
fn a_declined_pair_is_not_suggested_again() {
    for site in [site(), site().for_the_network()] {
        let built = site.built();
        assert!(built.contains_key("matches/wheat--mill/index.html"), "the other need fits");
        for path in ["needs/rye/index.html", "offers/mill/index.html", "matches/index.html"] {
            let page = facts(&built[path]);
            let suggested = page.contains("rye--mill") && !page.contains("declined");
            assert!(!suggested, "{path}: {page}");
        }
    }
    assert!(!site().built().keys().any(|path| path.contains("rye--mill")));
}

#[test]
fn the_program_itself_writes_no_trace() {
    let folder = Folder::new(FILES);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(1), "pictures are missing: {}", run.stderr);
    folder.write("content/coops/znimage.png", pixel());
    folder.write("content/coops/znpicture.png", pixel());
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let files = folder.files("public").into_iter();
    let built =
        files.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect();
    for start in ["zn", "zp", "zd", "zc"] {
        assert_eq!(traces(&built, start), [""; 0], "{start}");
    }
    // What was public once is gone when it is withheld.
    let znhid = folder.read("content/coops/znhid.md");
    folder.write("content/coops/znhid.md", znhid.replace("visibility: network\n", ""));
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert!(folder.path("public/coops/znhid/index.html").is_file());
    folder.write("content/coops/znhid.md", znhid);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let files = folder.files("public").into_iter();
    let again: BTreeMap<String, String> =
        files.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect();
    assert_eq!(built, again);
    assert!(!folder.path("public/coops/znhid").exists());
}

#[test]
fn a_link_to_what_is_withheld_says_nothing_whatever_name_it_uses() {
    for name in ["znhid", "Zntitle", "zntitle", "znalias", "coops/znhid", "Znotro"] {
        let page =
            format!("---\ntitle: Linking\n---\nSee [[{name}]] and [[{name}#znheading|them]].\n");
        let site = site().file("content/pages/linking.md", &page);
        let built = site.built();
        let page = facts(&built["pages/linking/index.html"]);
        assert!(page.contains("See not public and them.") || name == "Znotro", "{name}: {page}");
        let of_page =
            |path: &String| path.starts_with("search/") || path.starts_with("pages/linking");
        let found = traces(&built, "zn");
        let found: Vec<&String> = found.iter().filter(|path| of_page(path)).collect();
        assert!(found.is_empty() || name == "Znotro", "{name}: {found:?}");
    }
}

#[test]
fn no_match_gives_a_withheld_name_as_its_reason() {
    let entry = |fields: &str| {
        format!("---\n{fields}kind: human\n---\nWith [[Zntitle]], [[znhid]] and [[znalias]].\n")
    };
    let site = site()
        .file("content/needs/wheat.md", &entry("title: Barley\ncoop: open\n"))
        .file("content/offers/mill.md", &entry("title: Barley\ncoop: other\n"));
    let built = site.built();
    assert!(built.contains_key("matches/wheat--mill/index.html"), "they fit by their words");
    assert_eq!(traces(&built, "zn"), [""; 0]);
}

#[test]
fn a_heading_that_names_what_is_withheld_gives_no_address() {
    let page = "---\ntitle: Linking\n---\n## About [[Zntitle]]\n\nA\n\n## With [[znalias]]\n\nB\n\n## More\n";
    let built = site().file("content/pages/linking.md", page).built();
    assert!(facts(&built["pages/linking/index.html"]).contains("## About not public"));
    assert_eq!(traces(&built, "zn"), [""; 0]);
}

#[test]
fn an_empty_visibility_or_draft_is_told_and_counts_as_the_strictest() {
    for (field, told) in [
        ("visibility:", "coop `a`: `visibility` is empty"),
        ("visibility: ~", "coop `a`: `visibility` is empty"),
        ("visibility: \"\"", "coop `a`: `visibility` is empty"),
        ("visibility: \" \"", "coop `a`: `visibility` is empty"),
        ("draft:", "coop `a`: `draft` is empty"),
        ("draft: \"\"", "coop `a`: `draft` is empty"),
        (
            "contact: [{type: email, value: a@b.example, visibility: }]",
            "`contact` of coop `a`: `visibility` is empty",
        ),
    ] {
        let coop = format!("---\ntitle: A\n{field}\n---\n");
        let site = Site::new(&[("content/coops/a.md", &coop)]);
        let problems = site.problems();
        assert!(problems.starts_with(&format!("error: {told}\n")), "{field}: {problems}");
        assert_eq!(problems.matches("error: ").count(), 1, "{field}: {problems}");
        let hint = "after the colon, or remove the line [unknown-choice]";
        assert!(problems.contains(hint), "{field}: {problems}");
        let quarantined = quarantine(site.prepare(), &site.options).expect("it has its place").0;
        assert!(!rendered(&quarantined).contains_key("coops/a/index.html"), "{field}");
    }
}
