//! Links between entries: what they may be called, where they lead, and what links back.

use super::html::{self, facts};
use super::site::Site;

/// A coop, a need, and a page that links to them.
fn linked(body: &str) -> Site {
    Site::new(&[
        (
            "content/coops/agaric.md",
            "---\ntitle: Agaric Weavers\naliases: [old-agaric]\n---\n# Our looms\n\nTwo.\n",
        ),
        (
            "content/needs/translation.md",
            "---\ntitle: Words\ncoop: agaric\nkind: human\naliases: [words-wanted]\n---\n",
        ),
        ("content/pages/guide/start.md", "---\ntitle: First steps\naliases: [begin]\n---\n"),
        ("content/pages/a.md", &format!("---\ntitle: A\n---\n{body}\n")),
    ])
}

#[test]
fn links_find_entries_by_all_their_names() {
    for (link, shown) in [
        ("[[agaric]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[Agaric]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[Agaric Weavers]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[AGARIC weavers]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[old-agaric]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[coops/agaric]]", "[Agaric Weavers](../../coops/agaric/)"),
        ("[[agaric|our friends]]", "[our friends](../../coops/agaric/)"),
        ("[[agaric#our-looms|looms]]", "[looms](../../coops/agaric/#our-looms)"),
        ("[[needs/translation]]", "[Words](../../needs/translation/)"),
        ("[[needs/words-wanted]]", "[Words](../../needs/translation/)"),
        ("[[words]]", "[Words](../../needs/translation/)"),
        ("[[guide/start]]", "[First steps](../../pages/guide/start/)"),
        ("[[begin]]", "[First steps](../../pages/guide/start/)"),
        ("[weavers](../coops/agaric.md)", "[weavers](../../coops/agaric/)"),
        ("[looms](../coops/agaric.md#our-looms)", "[looms](../../coops/agaric/#our-looms)"),
        ("[steps](guide/start.md)", "[steps](../../pages/guide/start/)"),
        ("[calendar](/calls.ics)", "[calendar](../../calls.ics)"),
    ] {
        let site = linked(&format!("See {link}."));
        assert_eq!(site.problems(), "", "{link}");
        let page = facts(&site.built()["pages/a/index.html"]);
        assert!(page.contains(&format!("See {shown}.")), "{link} in\n{page}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_shown_and_wanted() {
    let site = linked("See [[Seed bank]] and [[seed bank|theirs]].");
    let built = site.built();
    let page = facts(&built["pages/a/index.html"]);
    assert!(page.contains("See Seed bank and theirs."), "no link: {page}");
    let wanted = facts(&built["wanted/index.html"]);
    assert!(wanted.contains("[A](../pages/a/)"), "{wanted}");
    assert_eq!(wanted.to_lowercase().matches("seed bank").count(), 1, "{wanted}");
    let built = linked("See [[agaric]].").built();
    assert!(facts(&built["wanted/index.html"]).contains("no page is missing"));
}

#[test]
fn every_page_shows_what_links_to_it() {
    let built = linked("See [[agaric]] and [words](../needs/translation.md).").built();
    for path in ["coops/agaric/index.html", "needs/translation/index.html"] {
        let page = facts(&built[path]);
        let (_, below) = page.split_once("What links here").expect("a heading");
        assert!(below.contains("[A](../../pages/a/)"), "{path}: {page}");
    }
    let built = linked("Nothing.").built();
    assert!(!facts(&built["coops/agaric/index.html"]).contains("What links here"));
}

#[test]
fn former_ids_lead_to_the_page() {
    let site = linked("").file("site.yaml", "title: Test\nlanguages: [en, es]\n");
    let built = site.built();
    for (alias, target) in [
        ("coops/old-agaric", "../../coops/agaric/"),
        ("needs/words-wanted", "../../needs/translation/"),
        ("pages/begin", "../../pages/guide/start/"),
        ("es/coops/old-agaric", "../../../es/coops/agaric/"),
    ] {
        let page = &built[&format!("{alias}/index.html")];
        let hrefs = html::attributes(page, "href");
        assert!(hrefs.iter().any(|href| href == target), "{alias}: {hrefs:?}");
        let refresh = html::attributes(page, "content");
        let leads = |it: &&String| it.starts_with("0") && it.ends_with(&format!("url={target}"));
        assert!(refresh.iter().find(leads).is_some(), "{alias}: {refresh:?}");
        assert!(refresh.iter().any(|it| it.contains("noindex")), "{alias}: {refresh:?}");
        assert!(facts(page).contains(&format!("]({target})")), "and without waiting: {page}");
    }
}

/// A coop with a translation, one without, and one in a third language.
fn in_two_languages() -> Site {
    Site::new(&[
        ("site.yaml", "title: Test\nlanguages: [en, es]\nbase_url: https://test.example/\n"),
        (
            "content/coops/agaric.md",
            "---\ntitle: Weavers\nsummary: We weave.\nupdated: 2026-11-20\ncountry: BR\n---\nWool.\n",
        ),
        (
            "content/coops/agaric.es.md",
            "---\ntitle: Tejedoras\nsummary: Tejemos.\nupdated: 2026-11-20\n---\nLana. [[bolete]]\n",
        ),
        ("content/coops/bolete.md", "---\ntitle: Bakers\n---\nBread.\n"),
        ("content/coops/cep.md", "---\ntitle: نجارون\nlang: ar\n---\nخشب\n"),
    ])
}

#[test]
fn a_translation_takes_the_place_of_the_original() {
    let built = in_two_languages().built();
    let english = facts(&built["coops/agaric/index.html"]);
    assert!(english.contains("# Weavers") && english.contains("Wool."), "{english}");
    let spanish = facts(&built["es/coops/agaric/index.html"]);
    assert!(spanish.contains("# Tejedoras") && spanish.contains("Lana."), "{spanish}");
    assert!(!spanish.contains("Wool") && !spanish.contains("We weave"), "{spanish}");
    assert!(spanish.contains("Brasil"), "countries have names: {spanish}");
    assert!(facts(&built["es/coops/index.html"]).contains("Tejedoras"));
    assert_eq!(html::attributes(&built["es/coops/agaric/index.html"], "lang")[0], "es");
    for page in ["coops/agaric/index.html", "es/coops/agaric/index.html"] {
        let languages = html::attributes(&built[page], "hreflang");
        assert!(languages.contains(&"en".to_owned()) && languages.contains(&"es".to_owned()));
    }
    assert!(html::text(&built["es/coops/agaric/index.html"]).contains("Cooperativas"));
}

#[test]
fn without_a_translation_the_original_is_marked_by_its_language() {
    let built = in_two_languages().built();
    let spanish = facts(&built["es/coops/bolete/index.html"]);
    assert!(spanish.contains("(en ltr) Bakers"), "{spanish}");
    assert!(spanish.contains("Nadie ha traducido"), "{spanish}");
    assert!(spanish.contains("Bread."), "{spanish}");
    let arabic = facts(&built["coops/cep/index.html"]);
    assert!(arabic.contains("(ar rtl) نجارون"), "{arabic}");
    for list in ["coops/index.html", "a-z/index.html"] {
        let list = facts(&built[list]);
        assert!(list.contains("(ar rtl)"), "{list}");
    }
    let english = facts(&built["coops/bolete/index.html"]);
    assert!(!english.contains("translated") && !english.contains("(en ltr)"), "{english}");
}

#[test]
fn a_translation_older_than_its_original_says_so() {
    let note = "El original ha cambiado";
    let site = in_two_languages();
    assert!(!facts(&site.built()["es/coops/agaric/index.html"]).contains(note));
    let older = "---\ntitle: Tejedoras\nupdated: 2026-11-19\n---\n";
    let site = site.file("content/coops/agaric.es.md", older);
    let page = facts(&site.built()["es/coops/agaric/index.html"]);
    assert!(page.contains(note), "{page}");
}
