//! Honest sites are not stopped by what they withhold, and nobody can stop others by withholding.

use std::sync::Arc;

use ayni::diagnostic::Severity;
use ayni::directory::edition::Drafts;
use rayon::prelude::*;

use super::html::facts;
use super::mentions::site;
use super::site::Site;

#[test]
fn words_of_templates_are_never_findings() {
    // One site with all of them.
    let mut all = site("");
    let mut count = 0;
    let mut no_mentions = |text: &str| {
        count += 1;
        all = all.clone().file(&format!("content/pages/d{count}.md"), text);
    };
    for value in ["stylesheet", "viewport", "acme", "P"] {
        let text = format!("---\ntitle: {value}\nsummary: noindex\ndraft: true\n---\n");
        no_mentions(&text);
    }
    for title in ["November 2026", "What links to this page", "Needs and offers of Acme"] {
        let text = format!(
            "---\ntitle: {title}\nsummary: Skip to the main content\nvisibility: private\n---\n"
        );
        no_mentions(&text);
        no_mentions(&text.replace("visibility: private", "draft: true"));
    }
    // Any words of the site's own pages can be somebody's title.
    let built = site("").built();
    let texts = facts(&built["index.html"]) + &facts(&built["coops/acme/index.html"]);
    for line in texts.lines().map(|line| line.replace(['"', '\\', '[', ']'], " ")) {
        no_mentions(&format!(
            "---\ntitle: \"{line} x\"\nsummary: \"{line}\"\nvisibility: private\n---\n"
        ));
    }
}

#[test]
fn a_pair_whose_match_is_withheld_is_not_spoken_of() {
    let pair = |fields: &str| {
        site("")
            .file("content/coops/bolete.md", "---\ntitle: Bolete\n---\n")
            .file("content/needs/wheat.md", "---\ntitle: Hands for wheat\ncoop: acme\nkind: human\n---\nWheat harvest.\n")
            .file("content/offers/hands.md", "---\ntitle: Hands for wheat\ncoop: bolete\nkind: human\n---\nWheat harvest.\n")
            .file("content/matches/wheat--hands.md", &format!("---\nneed: wheat\noffer: hands\n{fields}---\n"))
            .file("content/calls/2026-10.md", "---\nstart: 2026-10-28T16:00\nstatus: held\nmatches: [{need: wheat, offer: hands, note: Zebra}]\n---\n")
    };
    assert!(pair("").built().contains_key("matches/wheat--hands/index.html"));
    for fields in ["visibility: network\n", "visibility: private\n", "draft: true\n"] {
        let built = pair(fields).built();
        for (path, text) in &built {
            let is_said = path.contains("wheat--hands")
                || text.contains("wheat--hands")
                || text.contains("Zebra");
            assert!(!is_said, "{fields}{path} tells of the pair");
        }
    }
    for fields in ["visibility: private\n", "draft: true\n"] {
        let built = pair(fields).for_the_network().built();
        assert!(!built.keys().any(|path| path.contains("wheat--hands")), "{fields}");
    }
}

#[test]
fn what_only_looks_like_something_withheld_is_fine() {
    let fine = |files: &[(&str, &str)]| {
        let site = files.iter().fold(site(""), |site, (path, text)| site.file(path, text));
        for drafts in [Drafts::Withheld, Drafts::Shown] {
            let mut site = site.clone();
            site.options.drafts = drafts;
            site.built();
            site.for_the_network().built();
        }
    };
    // A draft in a folder, with pages below that are none.
    fine(&[
        ("content/pages/guide/index.md", "---\ntitle: Guide\ndraft: true\n---\n"),
        (
            "content/pages/guide/first.md",
            "---\ntitle: First\n---\nSee [[guide/second]] and ./pages/guide/ or \"pages/guide\".\n",
        ),
        (
            "content/pages/guide/second.md",
            "---\ntitle: Second\n---\n[[guide]] https://wiki.example/pages/guide [w](https://wiki.example/pages/guide/)\n",
        ),
    ]);
    // An address of one sort within one of another.
    fine(&[
        (
            "content/coops/h.md",
            "---\ntitle: H\ncontact: [{type: email, value: hello@coop.example}, {type: fediverse, value: \"@hello@coop.example\"}]\n---\n",
        ),
        (
            "content/coops/i.md",
            "---\ntitle: I\nvisibility: private\nwebsite: https://forum.example/\n---\n",
        ),
        (
            "content/pages/q.md",
            "---\ntitle: Q\nlinks: [{label: Q, url: https://forum.example/t/45}]\n---\nhttps://forum.example/t/46 @hello@coop.example\n",
        ),
        (
            "content/needs/laptops.md",
            "---\ntitle: Laptops\ncoop: acme\nkind: technical\ndraft: true\n---\n",
        ),
        (
            "content/offers/l.md",
            "---\ntitle: L\ncoop: acme\nkind: technical\nquantity: {value: 3, unit: Laptops}\n---\n",
        ),
    ]);
}

#[test]
fn a_picture_of_a_withheld_entry_is_not_public() {
    let site = site("![A view](../coops/znhid/view.png) [the view](../coops/znhid/view.png)")
        .file("content/coops/znhid/index.md", "---\ntitle: H\nvisibility: private\n---\n")
        .file("content/pages/guide/index.md", "---\ntitle: G\ndraft: true\n---\n")
        .file("content/pages/guide/child/index.md", "---\ntitle: Child\n---\n![x](x.png)\n")
        .image("content/coops/znhid/view.png")
        .image("content/pages/guide/child/x.png");
    let built = site.built();
    let page = &built["pages/p/index.html"];
    assert!(
        page.contains(
            "<span class=\"withheld\">not public</span> <span class=\"withheld\">the view</span>"
        ),
        "{page}"
    );
    assert!(!built.iter().any(|(path, text)| path.contains("znhid") || text.contains("znhid")));
    assert!(built.contains_key("pages/guide/child/x.png"), "the folder of another entry");
}

/// The sample directory with one entry changed: the errors of `check` are only those that may be.
#[track_caller]
fn assert_honest(line: &str, may: impl Fn(&str, &str) -> bool + Sync) {
    let sources = ayni::edge::disk::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), None)
        .expect("it can be read");
    let earlier = ayni::prepare(sources.clone(), &Site::new(&[]).options, None);
    let files: Vec<_> =
        sources.texts.keys().filter(|path| path.ends_with(".md")).cloned().collect();
    let is_original = |path: &&Arc<str>| path.split('.').count() == 2;
    files.par_iter().filter(is_original).for_each(|file| {
        let mut sources = sources.clone();
        let text = sources.texts[file].clone();
        let Some(rest) = text.strip_prefix("---\n") else { return };
        let rest: String = rest
            .lines()
            .filter(|it| !it.starts_with("visibility:") && !it.starts_with("draft:"))
            .map(|it| format!("{it}\n"))
            .collect();
        sources.texts.insert(file.clone(), format!("---\n{line}\n{rest}").into());
        let prepared = ayni::prepare(sources, &earlier.options, Some(&earlier));
        let errors = prepared.problems().iter().filter(|it| it.severity() == Severity::Error);
        let wrong: Vec<_> = errors.filter(|it| !may(file, &it.message)).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:#?}");
    });
}

#[test]
fn a_draft_in_the_sample_stops_nobody_but_for_its_addresses() {
    assert_honest("draft: true", |file, message| {
        file == "content/coops/p2p-foundation.md"
            && (message.contains("mentions an address")
                || message.contains("mentions a contact (`url`)"))
    });
}

#[test]
fn a_private_entry_in_the_sample_stops_only_who_says_its_title_or_an_address() {
    assert_honest("visibility: private", |_, message| {
        message.contains("mentions an address")
            || message.contains("mentions a contact")
            || message.contains("mentions the title")
    });
}

#[test]
fn contacts_that_are_equal_or_written_in_blocks_stop_nobody() {
    let number = "  - {type: phone, value: \"+353 21 123 4567\"}\n  - {type: signal, value: \"+353 21 123 4567\"}\n";
    let blocks = "  - type: email\n    value: >-\n      ana@cake.example\n";
    site("")
        .file("content/pages/d.md", "---\ntitle: Skip to the content\nvisibility: private\n---\n")
        .file("content/coops/b.md", &format!("---\ntitle: B\ncontact:\n{number}{blocks}---\n"))
        .built();
}

#[test]
fn who_withholds_the_words_of_others_has_no_power_over_them() {
    let site = site("Write to us, and see what of the fields.")
        .file("site.yaml", "title: What we all need\nsummary: Who needs what in our town\n")
        .file("content/pages/q.md", "---\ntitle: Q\nsummary: We weave cloth for our town\n---\n");
    let hide = |fields: &str| {
        let page = format!("---\ntitle: B\nvisibility: private\n{fields}---\n");
        site.clone().file("content/coops/b.md", &page).built();
    };
    for words in
        ["of the", "What we all need", "Who needs what in our town", "We weave cloth for our town"]
    {
        hide(&format!("summary: {words}\n"));
    }
    hide("contact: {type: post, value: of the}\n");
    hide("contact: {type: post, value: What we}\n");
}
