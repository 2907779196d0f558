//! Lists: how they are paged, narrowed and ordered, and where the entries that are over have gone.

use std::collections::BTreeMap;

use super::html::{self, facts};
use super::site::Site;

/// Coops from 1 to this number, each a day younger.
fn coops(count: usize) -> Site {
    (1..=count).fold(Site::new(&[]), |site, number| {
        let text = format!("---\ntitle: Coop {number:02}\ncountry: BR\n---\n");
        site.file(&format!("content/coops/c{number:02}.md"), &text)
    })
}

/// How many coops of `coops` a page lists.
fn listed(page: &str) -> usize {
    let links = html::attributes(page, "href").into_iter();
    let ids: std::collections::BTreeSet<String> = links
        .filter_map(|href| {
            let (_, id) = href.trim_end_matches('/').rsplit_once('/')?;
            let is_one = id.len() == 3 && id.starts_with('c') && id[1..].parse::<u8>().is_ok();
            is_one.then(|| id.to_owned())
        })
        .collect();
    ids.len()
}

#[test]
fn a_list_has_fifty_entries_a_page() {
    let built = coops(50).built();
    assert_eq!(listed(&built["coops/index.html"]), 50);
    assert!(!built.contains_key("coops/page/2/index.html"));

    let built = coops(51).built();
    for (first, second) in
        [("coops/", "coops/page/2/"), ("coops/country/br/", "coops/country/br/page/2/")]
    {
        let [first_page, second_page] =
            [first, second].map(|path| built[&format!("{path}index.html")].as_str());
        assert_eq!((listed(first_page), listed(second_page)), (50, 1), "{first}");
        assert!(facts(first_page).contains("51 coops."), "{first}");
        assert!(facts(second_page).contains("Coop 51"), "{second}");
        let to_second = html::attributes(first_page, "href");
        assert!(to_second.iter().any(|href| href.ends_with(second)), "{to_second:?}");
        let to_first = html::attributes(second_page, "href");
        assert!(to_first.iter().any(|href| href.ends_with(&format!("../{first}"))), "{to_first:?}");
        assert!(!built.contains_key(&format!("{first}page/1/index.html")));
        assert!(!built.contains_key(&format!("{first}page/3/index.html")));
    }
}

#[test]
fn a_long_list_from_a_to_z_has_pages_of_its_own() {
    let site = (1..=501).fold(Site::new(&[]), |site, number| {
        let letter = if number <= 300 { "Apple" } else { "Banana" };
        let text = format!("---\ntitle: {letter} {number:03}\n---\n");
        site.file(&format!("content/pages/p{number}.md"), &text)
    });
    let shown = |path: &str| page(&site, path);
    let (first, second) = (shown("a-z/"), shown("a-z/page/2/"));
    assert!(facts(&first).contains("Apple 001") && facts(&first).contains("Banana 500"));
    assert!(!facts(&first).contains("Banana 501") && facts(&second).contains("Banana 501"));
    assert!(html::attributes(&first, "href").contains(&"#B".to_owned()));
    let letters = html::attributes(&second, "href");
    assert!(letters.iter().any(|href| href.ends_with("a-z/#A")), "{letters:?}");
    assert!(site.prepare().plan.find("a-z/page/3/").is_none());
}

/// One page of a site that would take long to render as a whole.
pub(crate) fn page(site: &Site, path: &str) -> String {
    let prepared = site.prepare();
    let planned = prepared.plan.find(path).expect(path);
    match ayni::publish::render(&prepared.plan, &planned).expect(path) {
        ayni::publish::Content::Bytes(bytes) => String::from_utf8(bytes).expect("UTF-8"),
        ayni::publish::Content::File(_) | ayni::publish::Content::Attachment(_) => panic!("a page"),
    }
}

#[test]
fn the_page_of_a_topic_says_what_it_leaves_out() {
    let site = |count: usize| {
        let start = Site::new(&[
            ("site.yaml", "title: Test\nlanguages: [en, es]\ntopics: {starter: false}\n"),
            ("content/topics.yaml", "craft: {label: {en: Craft}}\nweaving: {broader: craft}\n"),
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
        ]);
        (1..=count).fold(start, |site, number| {
            let topic = if number == 1 { "weaving" } else { "craft" };
            let need = format!("---\ntitle: N\ncoop: a\nkind: human\ntopics: [{topic}]\n---\n");
            let text = format!("---\ntitle: P\ntopics: [{topic}]\n---\n");
            let coop = format!("---\ntitle: C\nsectors: [{topic}]\n---\n");
            site.file(&format!("content/needs/n{number}.md"), &need)
                .file(&format!("content/pages/p{number}.md"), &text)
                .file(&format!("content/coops/c{number}.md"), &coop)
        })
    };
    let whole = facts(&page(&site(100), "topics/craft/"));
    assert!(!whole.contains("shown here"), "{whole}");
    let cut = facts(&page(&site(101), "topics/craft/"));
    let shown = "101 are shown here.";
    for more in [
        format!("100 of {shown} [Needs by topic: Craft](../../needs/topic/craft/) (100)"),
        format!("100 of {shown} [Coops by sector: Craft](../../coops/sector/craft/) (100)"),
    ] {
        assert!(cut.contains(&more), "{more} in\n{cut}");
    }
    assert!(cut.ends_with(&format!("100 of {shown}\n")), "pages have no such list:\n{cut}");
    assert_eq!(cut.matches(shown).count(), 3, "{cut}");
    let spanish = facts(&page(&site(101), "es/topics/craft/"));
    assert!(spanish.contains("Aquí se muestran 100 de 101."), "{spanish}");
}

#[test]
fn changes_say_that_older_ones_are_left_out() {
    let site = |count: usize| {
        (1..=count).fold(Site::new(&[]), |site, number| {
            let text = "---\ntitle: P\ncreated: 2026-11-01\n---\n";
            site.file(&format!("content/pages/p{number}.md"), text)
        })
    };
    let note = "Only the last 200 changes are shown.";
    assert!(!facts(&page(&site(200), "changes/")).contains(note));
    assert!(facts(&page(&site(201), "changes/")).contains(note));
}

/// One coop, need and offer with every facet.
fn with_facets() -> Site {
    let coop = "---\ntitle: Agaric\ncountry: BR\nform: worker\nsectors: [textiles]\nlanguages: [pt, es]\n---\n";
    let terms = "kind: technical\nmode: remote\nlanguages: [fr]\nplace: {country: KE}\ntopics: [textiles]\n";
    Site::new(&[
        ("content/topics.yaml", "craft: {label: {en: Craft}}\ntextiles: {broader: craft}\n"),
        ("site.yaml", "title: Test\ntopics: {starter: false}\nlanguages: [en, es]\n"),
        ("content/coops/agaric.md", coop),
        ("content/coops/bolete.md", "---\ntitle: Bolete\n---\n"),
        ("content/needs/wheat.md", &format!("---\ntitle: Wheat\ncoop: agaric\n{terms}---\n")),
        ("content/offers/mill.md", &format!("---\ntitle: Mill\ncoop: bolete\n{terms}---\n")),
        ("content/offers/other.md", "---\ntitle: Other\ncoop: bolete\nkind: human\n---\n"),
    ])
}

#[test]
fn every_facet_has_its_pages() {
    let built = with_facets().built();
    for (page, shows, other) in [
        ("coops/country/br", "Agaric", "Bolete"),
        ("coops/sector/textiles", "Agaric", "Bolete"),
        ("coops/form/worker", "Agaric", "Bolete"),
        ("coops/language/pt", "Agaric", "Bolete"),
        ("coops/language/es", "Agaric", "Bolete"),
        ("needs/kind/technical", "Wheat", "Mill"),
        ("needs/country/ke", "Wheat", "Mill"),
        ("needs/language/fr", "Wheat", "Mill"),
        ("needs/mode/remote", "Wheat", "Mill"),
        ("needs/topic/textiles", "Wheat", "Mill"),
        ("offers/kind/technical", "Mill", "Other"),
        ("offers/country/ke", "Mill", "Other"),
        ("offers/language/fr", "Mill", "Other"),
        ("offers/mode/remote", "Mill", "Other"),
        ("offers/topic/textiles", "Mill", "Other"),
        ("topics/textiles", "Wheat", "Other"),
        ("topics/craft", "Mill", "Other"),
    ] {
        let [shows, other] = [shows, other].map(|title| format!("{title}]("));
        for language in ["", "es/"] {
            let path = format!("{language}{page}/index.html");
            let page = facts(built.get(&path).unwrap_or_else(|| panic!("there is no {path}")));
            assert!(page.contains(&shows) && !page.contains(&other), "{path}: {page}");
        }
        // One that the list leads to, by steps of one facet.
        let (kind, _) = page.split_once('/').expect("it has two parts");
        let list = html::attributes(&built[&format!("{kind}/index.html")], "href");
        assert!(list.contains(&format!("../{page}/")) || kind == "topics", "{page}: {list:?}");
    }
    let empty = ["coops/country/ke", "needs/kind/human", "offers/mode/onsite", "coops/form/hub"];
    for page in empty {
        assert!(!built.contains_key(&format!("{page}/index.html")), "{page} has nothing to show");
    }
}

#[test]
fn needs_are_listed_newest_first_and_coops_by_title() {
    let need = |title: &str, created: &str| {
        format!("---\ntitle: {title}\ncoop: a\nkind: human\n{created}---\n")
    };
    let built = Site::new(&[
        ("content/coops/a.md", "---\ntitle: zebra\n---\n"),
        ("content/coops/b.md", "---\ntitle: Área\n---\n"),
        ("content/coops/c.md", "---\ntitle: Bee\n---\n"),
        ("content/needs/old.md", &need("Old", "created: 2026-01-01\n")),
        ("content/needs/new.md", &need("New", "created: 2026-11-01\n")),
        ("content/needs/undated.md", &need("Undated", "")),
    ])
    .built();
    let order = |path: &str, names: [&str; 3]| {
        let page = facts(&built[path]);
        let at = names.map(|name| page.find(&format!("[{name}](")).expect("it is listed"));
        assert!(at.is_sorted(), "{path}: {page}");
    };
    order("needs/index.html", ["New", "Old", "Undated"]);
    order("coops/index.html", ["Área", "Bee", "zebra"]);
}

/// Needs and offers that are over in every way in which they can be, and one that is not.
fn with_the_past() -> BTreeMap<String, String> {
    let entry = |title: &str, coop: &str, fields: &str| {
        format!(
            "---\ntitle: {title}\ncoop: {coop}\nkind: human\ntopics: [grain]\ncreated: 2026-11-01\n{fields}---\nGrain and harvest.\n"
        )
    };
    let need = |title, fields| entry(title, "agaric", fields);
    let offer = |title, fields| entry(title, "bolete", fields);
    Site::new(&[
        ("content/topics.yaml", "grain: {label: {en: Grain}}\n"),
        ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\n---\n"),
        ("content/needs/zzcurrent.md", &need("Zzcurrent", "until: 2026-11-22\n")),
        ("content/needs/zzpast.md", &need("Zzpast", "until: 2026-11-21\n")),
        ("content/needs/zzmet.md", &need("Zzmet", "status: met\n")),
        ("content/needs/zzwithdrawn.md", &need("Zzwithdrawn", "status: withdrawn\n")),
        ("content/offers/zzoffer.md", &offer("Zzoffer", "")),
        ("content/offers/zzended.md", &offer("Zzended", "until: 2026-11-21\n")),
        ("content/offers/zzexhausted.md", &offer("Zzexhausted", "status: exhausted\n")),
        ("content/coops/former.md", "---\ntitle: Former\nstatus: closed\n---\n"),
        ("content/needs/zzleft.md", &entry("Zzleft", "former", "")),
        ("content/needs/zzparked.md", &entry("Zzparked", "former", "status: parked\n")),
        ("content/offers/zzremains.md", &entry("Zzremains", "former", "")),
    ])
    .built()
}

#[test]
fn what_is_over_is_on_its_own_page_and_in_the_archive() {
    let built = with_the_past();
    for (name, kind, is_over) in [
        ("Zzcurrent", "needs", false),
        ("Zzpast", "needs", true),
        ("Zzmet", "needs", true),
        ("Zzwithdrawn", "needs", true),
        ("Zzoffer", "offers", false),
        ("Zzended", "offers", true),
        ("Zzexhausted", "offers", true),
        ("Zzleft", "needs", true),
        ("Zzparked", "needs", true),
        ("Zzremains", "offers", true),
    ] {
        let id = name.to_lowercase();
        let shows = |path: &str| built[path].contains(name);
        assert!(shows(&format!("{kind}/{id}/index.html")), "{name} keeps its page");
        assert_eq!(shows(&format!("{kind}/archive/index.html")), is_over, "{name} in the archive");
        let current =
            ["", "/kind/human", "/topic/grain"].map(|below| format!("{kind}{below}/index.html"));
        let feeds = [format!("{kind}.atom"), "topics/grain.atom".to_owned()];
        let wide = ["index.html", "topics/grain/index.html"].map(str::to_owned);
        for path in current.iter().chain(&feeds).chain(&wide) {
            assert_eq!(shows(path), !is_over, "{name} in {path}");
        }
        let pairs = built.keys().filter(|path| path.starts_with("matches/") && path.contains(&id));
        assert_eq!(pairs.count() > 0, !is_over, "{name} among the matches");
    }
    let page = facts(&built["needs/zzpast/index.html"]);
    assert!(page.contains("expired") && page.contains("not open at the moment"), "{page}");
    let page = facts(&built["needs/zzleft/index.html"]);
    assert!(page.contains("coop closed") && page.contains("not open at the moment"), "{page}");
    let coop = facts(&built["coops/former/index.html"]);
    let (_, past) = coop.split_once("Former needs and offers").expect("those that are over");
    assert!(["Zzleft", "Zzparked", "Zzremains"].iter().all(|name| past.contains(name)), "{coop}");
}

#[test]
fn search_finds_what_is_over_only_when_asked() {
    let built = with_the_past();
    let expired: Vec<&String> =
        built.keys().filter(|path| path.starts_with("search/en/expired-")).collect();
    assert_eq!(expired.len(), 1, "the list of entries that are over");
    let blocks: String = built
        .iter()
        .filter(|(path, _)| path.starts_with("search/en/entries-"))
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(blocks.contains("Zzpast"), "it is there for those who ask");
    let (_, data) = blocks.split_once("[[").expect("a list of entries");
    let entries = data.split("],[");
    for entry in entries.filter(|entry| entry.contains("Zz")) {
        let is_over = [
            "Zzpast",
            "Zzmet",
            "Zzwithdrawn",
            "Zzended",
            "Zzexhausted",
            "Zzleft",
            "Zzparked",
            "Zzremains",
        ];
        let is_over = is_over.iter().any(|name| entry.contains(name) && !entry.contains("--"));
        assert_eq!(entry.contains("\"1\""), is_over, "{entry}");
    }
}
