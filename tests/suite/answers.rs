//! What `check` lets pass can be built, in every edition; what it does not can be built in quarantine.

use ayni::diagnostic::Severity;
use ayni::directory::edition::{Drafts, Edition};
use ayni::publishing::Publisher;
use ayni::{Options, Prepared, prepare_all, quarantine};
use proptest::prelude::*;

use super::site::{Site, options, problems};

/// Lines of front matter that change who may see an entry, or break it; first those that are always fine.
const FIELDS: &[&str] = &[
    "",
    "",
    "visibility: network\n",
    "visibility: private\n",
    "draft: true\n",
    "draft: true\nvisibility: network\n",
    "topics: [weaving]\n",
    "summary: What links to this page\n",
    "contact: {type: post, value: Skip to the content, visibility: private}\n",
    "contact: {type: url, value: \"https://cake.example/\", visibility: private}\n",
    "contact: {type: email, value: bob@cake.example}\n",
    "mushroom: 1\n",
    "country: ZZ\n",
    "aliases: [b, n1]\n",
    "summary: Ask [[a]], [[p1]] or [[m]] about mediation for our team in Porto\n",
    "contact: {type: email, value: ana@bread.example}\n",
    "contact: {type: url, value: \"https://bread.example/\", visibility: private}\n",
    "website: https://bread.example/\n",
    "links: [{label: L, url: \"https://test.example/dir/pages/p1/\"}]\n",
];

const TAME_FIELDS: usize = 11;

const BODIES: &[&str] = &[
    "",
    "[[a]], [[p1|them]] and [[nobody]]; [x](/pages/p1/), [z](../coops/a.md), ![p](/s.png).",
    "./pages/p1/ \"coops/a\" <b>stylesheet</b> viewport",
    "Write to ana@bread.example or see https://bread.example/.",
    "**Mediation** for our team in Porto, [[a]] and [[nobody]].",
    "[y](https://test.example/dir/coops/a/) https://test.example/dir/coops/a/",
    "Skip to the content. What links to this page.",
    "| a |\n|---|\n| ana@bread.example |\n\n[^1]: x",
];

const TAME_BODIES: usize = 3;

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

/// What the call says of others, in its own words.
const SAID: &str = "ana@bread.example";
const NOTED: &str = "mediation for our team in Porto";

const COPIES: &[(&str, &str)] = &[
    ("content/static/s.txt", "Mediation for our team in Porto"),
    ("content/static/coops", "x"),
    ("content/static/Coops/x.txt", "x"),
    ("content/static/pages/p1/index.html", "<p>x"),
    ("content/static/matches/x.txt", "ana@bread.example"),
];

/// An entry: whether it is there, its title, its fields, its body.
type Entry = (bool, usize, Vec<usize>, usize);

/// In a tame site, entries withhold things and mention nothing that others withhold.
fn site(entries: &[Entry], copies: &[usize], (base, is_wild): (bool, bool)) -> Site {
    let settings = if base { "base_url: https://test.example/dir/\n" } else { "" };
    let site = Site::new(&[
        ("site.yaml", &format!("title: T\n{settings}topics: {{starter: false}}\n")),
        ("content/topics.yaml", "weaving: {label: {en: Weaving}}\n"),
    ]);
    let mut site = site.copied("content/static/s.png", "x");
    for (path, text) in copies.iter().map(|at| COPIES[*at]).filter(|_| is_wild) {
        site = site.copied(path, text);
    }
    let tame =
        |at: usize, all: &[&str], tame: usize| if is_wild { at % all.len() } else { at % tame };
    for ((path, own), (is_there, title, fields, body)) in ENTRIES.iter().zip(entries) {
        let title = match path.contains("matches") {
            true => String::new(),
            false => format!("title: {}\n", TITLES[*title]),
        };
        let mut lines: Vec<&str> =
            fields.iter().map(|at| FIELDS[tame(*at, FIELDS, TAME_FIELDS)]).collect();
        lines.sort_unstable();
        lines.dedup_by_key(|line| line.split(':').next().map(str::to_owned));
        if *is_there {
            let body = BODIES[tame(*body, BODIES, TAME_BODIES)];
            let own = if is_wild { *own } else { &own.replace(SAID, "").replace(NOTED, "") };
            let text = format!("---\n{title}{own}{}---\n{body}\n", lines.concat());
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
                prop::bool::weighted(0.97),
                0..TITLES.len(),
                prop::collection::vec(0..FIELDS.len(), 0..3),
                0..BODIES.len(),
            ),
            ENTRIES.len(),
        ),
        copies in prop::collection::vec(0..COPIES.len(), 0..2),
        kind in any::<(bool, bool)>(),
    ) {
        let site = site(&entries, &copies, kind);
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
            let errors = prepared.problems().iter().filter(|it| it.severity() == Severity::Error);
            let messages: Vec<String> = errors.map(|it| it.message.clone()).collect();
            match quarantine(prepared, &options) {
                Some((without, _)) => assert_builds(&without),
                None => prop_assert!(false, "it has no way out: {messages:#?}"),
            }
        }
    }
}
