//! What always holds, tried on directories that nobody wrote: whatever the content, the threads, the
//! order of files and the edits.

use std::collections::BTreeMap;
use std::sync::Arc;

use ayni::content::source::Sources;
use ayni::publish::{self, Content};
use ayni::{Options, Prepared};
use proptest::prelude::*;
use proptest::sample::Index;
use rayon::prelude::*;

use super::site::{Folder, Site, options, problems};

/// Where the files of a made-up directory may lie: ids that others name, a clash, translations, and
/// names that cannot be.
const PATHS: &[&str] = &[
    "site.yaml",
    "content/topics.yaml",
    "content/coops/agaric.md",
    "content/coops/agaric.es.md",
    "content/coops/bolete.md",
    "content/coops/cep/index.md",
    "content/needs/wheat.md",
    "content/needs/rye.md",
    "content/needs/rye.es.md",
    "content/offers/tractor.md",
    "content/offers/mill.md",
    "content/calls/2026-10.md",
    "content/calls/2026-12.md",
    "content/matches/wheat--tractor.md",
    "content/matches/rye--mill.md",
    "content/pages/guide.md",
    "content/pages/guide/start.md",
    "content/pages/agaric.md",
    "content/pages/Not An Id.md",
    "content/stray.md",
];

const TITLES: &[&str] =
    &["title: Agaric\n", "title: Bolete\n", "title: Wheat, rye & more\n", "title: Ágaric\n", ""];

/// Fields that every entry can have, some of them wrong.
const ANY: &[&str] = &[
    "",
    "",
    "summary: Hands for the wheat harvest.\n",
    "aliases: [old-name]\n",
    "aliases: [bolete]\n",
    "topics: [grain]\n",
    "topics: [harvest, grain]\n",
    "created: 2026-11-01\n",
    "created: 2026-10-02\nupdated: 2026-11-03\n",
    "visibility: network\n",
    "visibility: private\n",
    "draft: true\n",
    "lang: es\n",
    "lang: ar\n",
    "links: {url: https://code.example/, type: code}\n",
    "title: Twice\n",
    "colour: red\n",
    "  indented: badly\n",
];

const BODIES: &[&str] = &[
    "",
    "Wheat harvest with a tractor.\n",
    "See [[agaric]], [[Bolete]] and [[needs/wheat|the wheat]].\n",
    "[[old-name]] [[nobody]] [[guide#Start]] [away](https://away.example/)\n\n# Start\n\nGo.\n",
    "[a file](../coops/agaric.md) ![none](none.png) [calls](/calls.ics) <b>no HTML</b>\n",
    "Mill[^1] for rye.\n\n[^1]: A note.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
];

const COOP: &[&str] = &[
    "country: NO\ncity: Oslo\nlanguages: [no, en]\n",
    "form: network\nsectors: [grain]\nfounded: 2019\n",
    "part_of: [bolete]\nstatus: starting\ncontact: {type: email, value: a@agaric.example}\n",
    "contact: {type: url, value: https://bolete.example/}\n",
    "country: Norway\n",
];

const TERMS: &[&str] = &[
    "coop: agaric\nkind: human\n",
    "coop: bolete\nkind: technical\nmode: remote\nlanguages: [es]\n",
    "coop: cep\nkind: knowledge\nuntil: 2026-11-21\n",
    "coop: bolete\nkind: human\nuntil: 2026-11-22\nstatus: parked\n",
    "coop: nobody\nkind: human\n",
];

const CALL: &[&str] = &[
    "start: 2026-10-28T16:00\nstatus: held\nturns: [{coop: agaric, needs: [wheat]}, {coop: bolete, offers: [tractor]}]\n\
     matches: [{need: wheat, offer: tractor, status: declined}]\nactions: [{what: Write}]\n",
    "start: 2026-12-30T16:00\ntime_zone: Europe/London\njoin: https://meet.example/\nturns: {coop: cep}\n",
    "start: 2026-12-30T16:00\nvisibility: network\nmatches: {need: rye, offer: mill, note: Yes}\n",
];

const MATCH: &[&str] = &[
    "need: wheat\noffer: tractor\n",
    "need: wheat\noffer: tractor\nstatus: declined\noutcome: No time\n",
    "need: rye\noffer: mill\nstatus: fulfilled\nintroduced_in: 2026-10\n",
];

const SETTINGS: &[&str] = &[
    "title: Test\ntopics: {starter: false}\nbase_url: https://test.example/dir/\n",
    "title: Test\ntopics: {starter: false, closed: false}\nlanguages: [en, es]\n",
    "title: Other\ntopics: {starter: false}\nmatching: {threshold: 0.1, limit: 1}\n",
    "title: Test\ntopics: {starter: false}\ncalls: {title: Monthly, rrule: FREQ=MONTHLY;BYDAY=-1WE}\n",
    "",
];

const TOPICS: &[&str] = &[
    "grain: {label: {en: Grain, es: Grano}}\nharvest: {broader: grain, also: {en: [Wheat]}}\n",
    "grain: {label: {en: Corn}}\n",
    "grain: {broader: harvest}\nharvest: {broader: grain}\n",
];

fn pick(index: &Index, list: &[&'static str]) -> &'static str {
    list[index.index(list.len())]
}

/// The text of a file, made up from choices.
fn text(path: &str, choices: &[Index; 6]) -> String {
    let [title, first, second, own, other, body] = choices;
    if path == "site.yaml" {
        return pick(own, SETTINGS).to_owned();
    }
    if path == "content/topics.yaml" {
        return pick(own, TOPICS).to_owned();
    }
    let fields = match path.split('/').nth(1) {
        Some("coops") => COOP,
        Some("needs" | "offers") => TERMS,
        Some("calls") => CALL,
        Some("matches") => MATCH,
        _ => ANY,
    };
    let fields = if path.ends_with(".es.md") { "" } else { pick(own, fields) };
    let other = if other.index(3) == 0 { pick(second, ANY) } else { "" };
    let [title, first, body] = [pick(title, TITLES), pick(first, ANY), pick(body, BODIES)];
    format!("---\n{title}{first}{other}{fields}---\n{body}")
}

fn choices() -> impl Strategy<Value = [Index; 6]> {
    any::<[Index; 6]>()
}

/// A directory of some of the files. Its settings are mostly there, and mostly right.
fn directory() -> impl Strategy<Value = Site> {
    let files = prop::collection::vec((any::<Index>(), choices()), 0..24);
    (files, any::<Index>(), any::<bool>()).prop_map(|(files, settings, for_the_network)| {
        let mut site = Site { sources: Sources::default(), options: options() };
        site = site.file("site.yaml", pick(&settings, &SETTINGS[..4]));
        site = site.file("content/topics.yaml", TOPICS[0]);
        for (path, choices) in &files {
            let path = pick(path, PATHS);
            site = site.file(path, &text(path, choices));
        }
        if for_the_network { site.for_the_network() } else { site }
    })
}

/// Everything that a site holds, in bytes; and its problems.
fn everything(prepared: &Prepared) -> (BTreeMap<String, Vec<u8>>, String) {
    let render = |planned: &publish::Planned| {
        let bytes =
            match publish::render(&prepared.plan, planned).expect("the page can be rendered") {
                Content::Bytes(bytes) => bytes,
                Content::File(source) | Content::Attachment(source) => {
                    format!("a copy of {source}").into_bytes()
                }
            };
        (planned.path.file(), bytes)
    };
    (prepared.plan.all().par_iter().map(render).collect(), problems(prepared))
}

/// The first file that two sites do not have in common, byte for byte.
#[track_caller]
fn assert_same(
    (left, of_left): &(BTreeMap<String, Vec<u8>>, String),
    (right, of_right): &(BTreeMap<String, Vec<u8>>, String),
) {
    assert_eq!(of_left, of_right, "the problems differ");
    let paths = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(left), paths(right), "the lists of files differ");
    for (path, bytes) in left {
        let [left, right] = [bytes, &right[path]].map(|bytes| String::from_utf8_lossy(bytes));
        assert_eq!(left, right, "{path} differs");
    }
}

/// As many cases as said here, or in the environment by `PROPTEST_CASES`.
fn config(cases: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let said = std::env::var("PROPTEST_CASES").is_ok();
    ProptestConfig { cases: if said { config.cases } else { cases }, ..config }
}

fn pool(threads: usize) -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be started")
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn two_builds_agree_whatever_the_number_of_threads(site in directory()) {
        let alone = pool(1).install(|| everything(&site.prepare()));
        let together = pool(4).install(|| everything(&site.prepare()));
        assert_same(&alone, &together);
    }

    #[test]
    fn every_planned_page_is_found_by_its_path(site in directory()) {
        let prepared = site.prepare();
        for planned in prepared.plan.all() {
            let found = prepared.plan.find(planned.path.as_str());
            prop_assert_eq!(found, Some(planned));
        }
    }
}

/// What somebody does to the files while the site is served.
#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, String),
    Touch(&'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Restyle(&'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = || any::<Index>().prop_map(|index| pick(&index, PATHS));
    prop_oneof![
        6 => (path(), choices()).prop_map(|(path, choices)| Edit::Write(path, text(path, &choices))),
        1 => path().prop_map(Edit::Touch),
        3 => path().prop_map(Edit::Remove),
        3 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => prop::sample::select(vec!["", "Moved elsewhere", "{{ nonsense", "{{ page.title }}"])
            .prop_map(Edit::Restyle),
    ]
}

impl Edit {
    fn apply(&self, sources: &mut Sources) {
        let texts = &mut sources.texts;
        match self {
            Edit::Write(path, text) => {
                texts.insert((*path).into(), text.as_str().into());
            }
            // Saved without a change: the same text, elsewhere in memory.
            Edit::Touch(path) => {
                if let Some(text) = texts.get_mut(*path) {
                    *text = Arc::from(text.to_string());
                }
            }
            Edit::Remove(path) => {
                texts.remove(*path);
            }
            Edit::Rename(from, to) => {
                if let Some(text) = texts.remove(*from) {
                    texts.insert((*to).into(), text);
                }
            }
            Edit::Restyle("") => sources.themes.clear(),
            Edit::Restyle(template) => {
                let path = "default/templates/redirect.html";
                sources.themes.insert(path.into(), template.as_bytes().into());
            }
        }
    }
}

/// A site after edits, made step by step from what was there before, as `serve` does it.
fn served(mut site: Site, edits: &[Edit]) -> (Prepared, Sources, Options) {
    let mut prepared = site.prepare();
    for edit in edits {
        edit.apply(&mut site.sources);
        // Somebody looks at a page in between, so facts have been worked out before they change.
        if let Some(planned) = prepared.plan.find("needs/") {
            drop(publish::render(&prepared.plan, &planned));
        }
        prepared = ayni::prepare(site.sources.clone(), &site.options, Some(&prepared));
    }
    (prepared, site.sources, site.options)
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn an_edited_site_equals_a_fresh_one(
        site in directory(),
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let (served, sources, options) = served(site, &edits);
        // Nothing of it shares memory with what was there before.
        let mut fresh = sources;
        for text in fresh.texts.values_mut() {
            *text = Arc::from(text.to_string());
        }
        let fresh = ayni::prepare(fresh, &options, None);
        if fresh.plan.theme().problems.is_empty() {
            assert_same(&everything(&served), &everything(&fresh));
        } else {
            prop_assert_eq!(problems(&served), problems(&fresh));
        }
    }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn the_order_of_files_does_not_matter(
        site in directory(),
        order in Just((0..PATHS.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let made = [(0..PATHS.len()).collect(), order].map(|order: Vec<usize>| {
            let folder = Folder::new(&[]);
            for path in order.into_iter().map(|at| PATHS[at]) {
                if let Some(text) = site.sources.text(path) {
                    folder.write(path, text);
                }
            }
            let sources = ayni::edge::disk::read(&folder.path(""), None).expect("it can be read");
            everything(&Site { sources, ..site.clone() }.prepare())
        });
        assert_same(&made[0], &made[1]);
    }
}

/// Letters at which readers of YAML, Markdown and wiki links stumble.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[-:\\[\\]{}|>&*!%@`\"'#,?~^<\\\\ \t\r\n()_=./a0é]{0,12}",
        1 => "\\PC{0,8}",
        1 => prop::sample::select(vec![
            "---", "[[", "]]", "\u{feff}", "\0", "\u{1b}", "\u{202e}", "🜁", "```", "{#", "[^", "%ff",
            "\r", "&#", "<!--", "- - - ", "? ", "|2-\n", "…\n---", "2026-02-30", "99999999999999999999",
        ]).prop_map(str::to_owned),
        1 => any::<Vec<u8>>().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

/// A change somewhere in a text: something put in, something taken out, or a piece written twice.
fn mutated(text: &str, changes: &[(Index, usize, String, u8)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, length, scrap, kind) in changes {
        let at = at.index(letters.len() + 1);
        let end = (at + length).min(letters.len());
        match kind % 3 {
            0 => drop(letters.splice(at..at, scrap.chars())),
            1 => drop(letters.splice(at..end, scrap.chars())),
            _ => {
                let piece: Vec<char> = letters[at..end].to_vec();
                letters.splice(at..at, piece);
            }
        }
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn nothing_written_into_files_makes_a_reader_panic(
        site in directory(),
        files in prop::collection::vec(
            (
                any::<Index>(),
                prop::collection::vec((any::<Index>(), 0..20_usize, scrap(), any::<u8>()), 1..6),
            ),
            1..6,
        ),
        junk in prop::collection::vec((any::<Index>(), prop::collection::vec(scrap(), 0..12)), 0..3),
    ) {
        let mut site = site;
        for (path, changes) in &files {
            let path = pick(path, PATHS);
            let before = site.sources.text(path).unwrap_or("---\ntitle: A\n---\n").to_owned();
            site = site.file(path, &mutated(&before, changes));
        }
        for (path, scraps) in &junk {
            site = site.file(pick(path, PATHS), &scraps.concat());
        }
        everything(&site.prepare());
    }
}
