//! Every link of every page leads somewhere, however the site is published.

use std::collections::{BTreeMap, BTreeSet};

use ayni::addresses::LinkStyle;
use ayni::directory::edition::Drafts;
use scraper::Html;

use super::html;
use super::site::{Site, rendered};

/// The element of a sitemap that holds an address.
const LOC: (&str, &str) = ("http://www.sitemaps.org/schemas/sitemap/0.9", "loc");

/// One of everything that can be linked to, in three languages, some of it in other scripts.
fn site() -> Site {
    let site = Site::new(&[
        (
            "site.yaml",
            "title: Test\nlanguages: [en, es, fr]\nbase_url: https://test.example/dir/\nlicence: CC0\n\
             brand: {logo: logo.png, colours: {warp: '#123456'}}\ncalls: {title: Monthly, rrule: FREQ=MONTHLY;BYDAY=-1WE}\n\
             edit: {repository: https://git.example/x}\n",
        ),
        ("content/topics.yaml", "grain: {label: {en: Grain}}\nrye: {broader: grain}\n"),
        (
            "content/coops/agaric/index.md",
            "---\ntitle: Agaric\naliases: [old]\ncountry: BR\nform: worker\nsectors: [grain]\nlanguages: [pt]\npart_of: bolete\n\
             image: {src: a b.png, alt: Field}\nlinks: {label: Code, url: https://code.example/, type: code}\ntopics: [rye]\ncreated: 2026-11-01\n---\n\
             [[wheat]] ![](a%20b.png) [[guide/start#one]] [[пример]] [calls](/calls.ics) [[nowhere]]\n",
        ),
        (
            "content/coops/agaric/index.es.md",
            "---\ntitle: Agárico\n---\n[[wheat]] ![](a%20b.png)\n",
        ),
        ("content/coops/bolete.md", "---\ntitle: Bolete\nform: network\n---\n[[agaric]]\n"),
        ("content/coops/пример.md", "---\ntitle: Пример\nlang: ru\n---\n[[agaric]]\n"),
        (
            "content/needs/wheat.md",
            "---\ntitle: Wheat\ncoop: agaric\nkind: human\nmode: remote\ntopics: [rye]\n---\nHarvest.\n",
        ),
        (
            "content/needs/over.md",
            "---\ntitle: Over\ncoop: пример\nkind: human\nuntil: 2026-01-01\n---\n",
        ),
        (
            "content/offers/mill.md",
            "---\ntitle: Mill\ncoop: bolete\nkind: human\ntopics: [rye]\nraised_in: 2025-10\n---\nWheat harvest.\n",
        ),
        (
            "content/offers/жатва.md",
            "---\ntitle: Жатва\ncoop: пример\nkind: human\ntopics: [rye]\n---\nWheat harvest.\n",
        ),
        (
            "content/matches/wheat--mill.md",
            "---\nneed: wheat\noffer: mill\nintroduced_in: 2025-10\n---\n",
        ),
        (
            "content/calls/2025-10.md",
            "---\nstart: 2025-10-29T16:00\nstatus: held\nturns: [{coop: agaric, needs: [wheat]}, {coop: bolete, offers: [mill]}]\n\
             matches: [{need: wheat, offer: mill}]\nactions: [{what: '[[agaric]] writes', who: agaric}]\n---\n[[mill]]\n",
        ),
        ("content/calls/2026-12.md", "---\nstart: 2026-12-30T16:00\n---\n"),
        (
            "content/pages/guide.md",
            "---\ntitle: Guide\n---\n# One\n\n[below](#one) [start](guide/start.md#one) [matches](/matches/) [search](/search/)\n\nNote.[^1]\n\n[^1]: Here.\n",
        ),
        (
            "content/pages/guide/start.md",
            "---\ntitle: Start\n---\n# One\n\n[up](../guide.md) [coop](../../coops/agaric/index.md)\n",
        ),
    ]);
    let site = (1..=51).fold(site, |site, number| {
        site.file(
            &format!("content/pages/p{number}.md"),
            &format!("---\ntitle: Page {number}\n---\n"),
        )
    });
    site.image("content/coops/agaric/a b.png").image("content/static/logo.png")
}

/// All addresses in a page: of elements, and of its redirect.
fn addresses(page: &Html) -> Vec<String> {
    let of = |name| html::values(page, name);
    let refresh = of("content").into_iter();
    let refresh = refresh.filter_map(|it| Some(it.split_once("url=")?.1.to_owned()));
    let sets = of("srcset").into_iter().flat_map(|set| {
        let each = set.split(',').filter_map(|it| it.split_whitespace().next().map(str::to_owned));
        each.collect::<Vec<_>>()
    });
    let indexes = of("data-index").into_iter();
    let index = indexes.flat_map(|folders| {
        let each = folders.split(' ').map(|folder| format!("{folder}directory.js"));
        each.collect::<Vec<_>>()
    });
    let named = ["href", "src", "action"].into_iter().flat_map(of);
    named.chain(refresh).chain(sets).chain(index).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits: String = if byte == b'%' {
            rest.by_ref().take(2).map(char::from).collect()
        } else {
            String::new()
        };
        bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(byte));
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}

/// The path that an address leads to from a file, without what is after `#` or `?`.
fn resolved(from: &str, address: &str) -> Option<String> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let mut path = parts.join("/");
    if address.split(['#', '?']).next().is_some_and(|path| path.ends_with(['/', '.'])) {
        path = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
    }
    Some(decoded(&path))
}

/// The pages of a site by their paths.
fn pages(built: &BTreeMap<String, String>) -> BTreeMap<&str, Html> {
    let pages = built.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, page)| (path.as_str(), html::page(page))).collect()
}

/// What is wrong with the links of a site, of which files are opened by their own names or by a
/// server that knows of `index.html`.
fn broken(built: &BTreeMap<String, String>, is_portable: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let pages = pages(built);
    let ids: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, page)| (*path, html::values(page, "id").into_iter().collect()))
        .collect();
    for (from, page) in &pages {
        for address in addresses(page) {
            let is_away =
                ["https:", "http:", "mailto:", "tel:"].iter().any(|it| address.starts_with(it));
            // Served at any depth, it links from the root.
            let local = match (*from, address.strip_prefix("/dir/")) {
                ("404.html", Some(rest)) => format!("./{rest}"),
                ("404.html", None) if !address.starts_with('#') && !is_away => {
                    faults.push(format!("{from}: {address} does not begin with the site's path"));
                    continue;
                }
                _ => address.clone(),
            };
            if is_away {
                let is_own = address.strip_prefix("https://test.example/dir/");
                let Some(rest) = is_own else { continue };
                let file = resolved("index.html", &format!("./{rest}")).unwrap_or_default();
                if !built.contains_key(&file) {
                    faults.push(format!("{from}: {address} does not exist"));
                }
                continue;
            }
            let Some(target) = resolved(from, &local) else {
                faults.push(format!("{from}: {address} leads out of the site"));
                continue;
            };
            if !built.contains_key(&target) {
                faults.push(format!("{from}: {address} leads to {target}, which does not exist"));
            } else if local.starts_with('/') {
                faults.push(format!("{from}: {address} is not relative"));
            } else if is_portable
                && target.ends_with("index.html")
                && !local.contains("index.html")
                && !local.starts_with('#')
            {
                faults.push(format!("{from}: {address} does not say index.html"));
            }
            if let Some((_, id)) = address.split_once('#')
                && target.ends_with(".html")
                && !id.is_empty()
                && ids.get(&*target).is_some_and(|ids| !ids.contains(&decoded(id)))
            {
                faults.push(format!("{from}: {address} leads to no id"));
            }
        }
    }
    faults
}

#[track_caller]
fn assert_whole(site: &Site) -> BTreeMap<String, String> {
    let prepared = site.prepare();
    let errors = prepared.has_errors();
    assert!(!errors, "{}", super::site::problems(&prepared));
    let built = rendered(&prepared);
    let faults = broken(&built, site.options.style == LinkStyle::Portable);
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(30)].join("\n")
    );
    built
}

#[test]
fn every_link_leads_somewhere() {
    let built = assert_whole(&site());
    assert!(built.len() > 300, "only {} files", built.len());
    let links: usize = pages(&built).values().map(|page| html::values(page, "href").len()).sum();
    assert!(links > 5000, "only {links} links");
}

#[test]
fn every_page_leads_on_from_its_foot() {
    let built = site().built();
    for (path, page) in pages(&built) {
        if !html::select(&page, "meta[http-equiv=refresh]").is_empty() {
            continue;
        }
        let [foot] = html::select(&page, "body > footer")[..] else { panic!("{path} has no foot") };
        let links = html::select(&page, "body > footer a");
        let links: Vec<&str> = links.iter().filter_map(|link| link.attr("href")).collect();
        for end in ["topics/", "a-z/", "changes/", "needs/archive/", "calls.ics"] {
            assert!(links.iter().any(|link| link.ends_with(end)), "{path} does not lead to {end}");
        }
        assert!(foot.html().contains("CC0"), "{path} does not say the licence");
    }
}

#[test]
fn every_link_of_other_editions_leads_somewhere() {
    let mut site = site().for_the_network();
    site.options.drafts = Drafts::Shown;
    assert_whole(&site);
}

#[test]
fn every_link_of_a_portable_site_names_a_file() {
    let mut site = site();
    site.options.style = LinkStyle::Portable;
    let built = assert_whole(&site);
    let home = html::attributes(&built["index.html"], "href");
    assert!(home.contains(&"./coops/index.html".to_owned()), "{home:?}");
}

#[test]
fn the_same_pages_work_without_an_address() {
    let site = site();
    let settings = site.sources.text("site.yaml").expect("it is there");
    let settings = settings.replace("base_url: https://test.example/dir/\n", "");
    let built = site.file("site.yaml", &settings).built();
    let faults = broken(&built, false);
    let faults: Vec<&String> = faults.iter().filter(|it| !it.starts_with("404.html")).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(!built.contains_key("coops.atom") && !built.contains_key("sitemap.xml"));
    let not_found = html::attributes(&built["404.html"], "href");
    let is_rooted =
        |href: &&String| href.starts_with('/') || href.starts_with('#') || href.contains(':');
    assert_eq!(not_found.iter().find(|href| !is_rooted(href)), None);
    for (path, page) in pages(&built) {
        let away = addresses(&page).into_iter().find(|it| it.contains("test.example"));
        assert_eq!(away, None, "{path}");
    }
}

#[test]
fn the_sitemap_lists_every_page_and_nothing_else() {
    let built = site().built();
    let sitemap = roxmltree::Document::parse(&built["sitemap.xml"]).expect("it is XML");
    let listed = sitemap.descendants().filter(|node| node.has_tag_name(LOC));
    let listed = listed.filter_map(|node| node.text());
    let files = listed.map(|url| {
        let path = url.strip_prefix("https://test.example/dir/").expect("an address of the site");
        decoded(&format!("{path}index.html"))
    });
    let listed: BTreeSet<String> = files.collect();
    let is_hidden = |page: &Html| {
        let mut said = html::values(page, "content").into_iter();
        said.any(|it| it.contains("noindex") || it.starts_with("0; url="))
    };
    let pages = pages(&built).into_iter().filter(|(_, page)| !is_hidden(page));
    let pages: BTreeSet<String> = pages.map(|(path, _)| path.to_owned()).collect();
    let differing: Vec<&String> = pages.symmetric_difference(&listed).collect();
    assert_eq!(differing, Vec::<&String>::new());
    assert!(built["robots.txt"].contains("Sitemap: https://test.example/dir/sitemap.xml\n"));
}
