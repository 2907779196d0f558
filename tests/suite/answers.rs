//! What `check` lets pass can be built, in every edition; what it does not can be built in quarantine.

use ayni::diagnostic::Severity;
use ayni::directory::edition::{Drafts, Edition};
use ayni::publishing::Publisher;
use ayni::{Options, Prepared, prepare_all, quarantine};
use proptest::prelude::*;

use super::site::{Site, options, problems};

/// Lines of front matter that change who may see an entry, or break it.
const FIELDS: &[&str] = &[
    "",
    "",
    "",
    "visibility: network\n",
    "visibility: private\n",
    "draft: true\n",
    "draft: true\nvisibility: network\n",
    "mushroom: 1\n",
    "country: ZZ\n",
    "aliases: [b, n1]\n",
    "topics: [weaving]\n",
    "summary: Ask [[a]], [[p1]] or [[m]] about mediation for our team in Porto\n",
    "summary: What links to this page\n",
    "contact: {type: email, value: ana@bread.example}\n",
    "contact: {type: post, value: Skip to the content, visibility: private}\n",
    "contact: {type: url, value: \"https://bread.example/\", visibility: private}\n",
    "website: https://bread.example/\n",
    "links: [{label: L, url: \"https://test.example/dir/pages/p1/\"}]\n",
];

const BODIES: &[&str] = &[
    "",
    "Nothing.",
    "Write to ana@bread.example or see https://bread.example/.",
    "**Mediation** for our team in Porto, [[a]] and [[nobody]].",
    "[x](/pages/p1/) [y](https://test.example/dir/coops/a/) [z](../coops/a.md) ![p](/s.png)",
    "./pages/p1/ \"coops/a\" <b>stylesheet</b> viewport",
    "Skip to the content. What links to this page.",
    "| a |\n|---|\n| ana@bread.example |\n\n[^1]: x",
];

const TITLES: &[&str] =
    &["A", "P", "Mediation for our team in Porto", "What links to this page", "November 2026"];

const ENTRIES: &[(&str, &str)] = &[
    ("content/coops/a.md", ""),
    ("content/coops/b.md", ""),
    ("content/needs/n1.md", "coop: a\nkind: human\n"),
    ("content/offers/o1.md", "coop: b\nkind: human\n"),
    ("content/matches/n1--o1.md", "need: n1\noffer: o1\n"),
    (
        "content/calls/2026-10.md",
        "start: 2026-10-28T16:00\nstatus: held\nturns: [{coop: a, about: \"Ask ana@bread.example\"}]\n\
         matches: [{need: n1, offer: o1, note: mediation for our team in Porto}]\n",
    ),
    ("content/pages/p1.md", ""),
    ("content/pages/p1/q.md", ""),
    ("content/pages/m.md", ""),
];

const COPIES: &[(&str, &str)] = &[
    ("content/static/s.txt", "Mediation for our team in Porto"),
    ("content/static/coops", "x"),
    ("content/static/Coops/x.txt", "x"),
    ("content/static/pages/p1/index.html", "<p>x"),
    ("content/static/matches/x.txt", "ana@bread.example"),
    ("content/static/s.png", "x"),
];

/// An entry: whether it is there, its title, its fields, its body.
type Entry = (bool, usize, Vec<usize>, usize);

fn site(entries: &[Entry], copies: &[usize], base: bool) -> Site {
    let settings = if base { "base_url: https://test.example/dir/\n" } else { "" };
    let site = Site::new(&[
        ("site.yaml", &format!("title: T\n{settings}topics: {{starter: false}}\n")),
        ("content/topics.yaml", "weaving: {label: {en: Weaving}}\n"),
    ]);
    let mut site = copies.iter().fold(site, |site, at| site.copied(COPIES[*at].0, COPIES[*at].1));
    for ((path, own), (is_there, title, fields, body)) in ENTRIES.iter().zip(entries) {
        let title = if path.contains("matches") {
            String::new()
        } else {
            format!("title: {}\n", TITLES[*title])
        };
        let mut lines: Vec<&str> = fields.iter().map(|at| FIELDS[*at]).collect();
        lines.sort_unstable();
        lines.dedup_by_key(|line| line.split(':').next().map(str::to_owned));
        if *is_there {
            let text = format!("---\n{title}{own}{}---\n{}\n", lines.concat(), BODIES[*body]);
            site = site.file(path, &text);
        }
    }
    site
}

fn all_options() -> Vec<Options> {
    let editions = [Edition::Public, Edition::Network].into_iter();
    let all = editions.flat_map(|edition| {
        [Drafts::Withheld, Drafts::Shown].map(|drafts| Options { edition, drafts, ..options() })
    });
    all.collect()
}

/// Every page and file can be made, and nothing withheld gets out.
fn assert_builds(prepared: &Prepared) {
    let publisher = Publisher::new(prepared).expect("a small guard");
    for planned in prepared.plan.all() {
        if let Err(error) = publisher.render(&planned) {
            panic!("{error:#}\n{}", problems(prepared));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_check_lets_pass_builds_in_every_edition_and_the_rest_in_quarantine(
        entries in prop::collection::vec(
            (
                prop::bool::weighted(0.85),
                0..TITLES.len(),
                prop::collection::vec(0..FIELDS.len(), 0..3),
                0..BODIES.len(),
            ),
            ENTRIES.len(),
        ),
        copies in prop::collection::vec(0..COPIES.len(), 0..2),
        base in any::<bool>(),
    ) {
        let site = site(&entries, &copies, base);
        let earlier = Site::new(&[]).prepare();
        let checked = prepare_all(site.sources.clone(), &site.options, Some(&earlier));
        for options in all_options() {
            let prepared = ayni::prepare(site.sources.clone(), &options, Some(&earlier));
            if !checked.has_errors() {
                prop_assert!(!prepared.has_errors(), "{}", problems(&prepared));
            }
            if !prepared.has_errors() {
                assert_builds(&prepared);
                continue;
            }
            let errors = prepared.problems.iter().filter(|it| it.severity() == Severity::Error);
            let messages: Vec<String> = errors.map(|it| it.message.clone()).collect();
            match quarantine(prepared, &options) {
                Some((without, _)) => assert_builds(&without),
                None => prop_assert!(false, "it has no way out: {messages:#?}"),
            }
        }
    }
}
