//! One site for each kind of thing: many of it, and little of everything else.

use std::fmt::Write;
use std::sync::Arc;

use super::names::{contacts, mentions, percent_signs, titles_alike};
use ayni::content::source::{Asset, Sources};

/// A kind of thing that a site can have many of.
pub(crate) struct Kind {
    /// What it is.
    pub name: &'static str,
    /// The smaller number.
    pub size: usize,
    /// How many times that is the larger number.
    pub times: usize,
    /// A site with so many.
    pub site: fn(usize) -> Sources,
}

const fn kind(name: &'static str, size: usize, site: fn(usize) -> Sources) -> Kind {
    Kind { name, size, times: 4, site }
}

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[
    kind("entries", 1_500, entries),
    kind("pages", 1_500, pages),
    kind("pages-in-folders", 1_500, pages_in_folders),
    kind("long-texts", 50_000, long_texts),
    kind("headings", 20_000, headings),
    kind("headings-of-withheld", 10_000, headings_of_withheld),
    kind("links", 20_000, links),
    kind("links-from-many", 1_500, links_from_many),
    kind("missing-links", 10_000, missing_links),
    kind("missing-links-among-many", 1_500, missing_links_among_many),
    kind("bad-addresses", 10_000, bad_addresses),
    kind("pictures", 10_000, pictures),
    kind("html", 10_000, html),
    kind("footnotes", 10_000, footnotes),
    kind("topics", 2_000, topics),
    kind("topics-in-one-entry", 2_000, topics_in_one_entry),
    kind("topics-in-a-chain", 1_000, topics_in_a_chain),
    kind("topics-with-one-label", 2_000, topics_with_one_label),
    kind("topics-of-an-open-vocabulary", 1_500, open_topics),
    kind("words-of-a-topic", 4_000, words_of_a_topic),
    kind("aliases", 4_000, aliases),
    kind("aliases-of-many", 1_500, aliases_of_many),
    kind("titles-alike", 1_500, titles_alike),
    kind("delegates", 400, delegates),
    kind("delegates-alike", 400, delegates_alike),
    kind("calls-ahead", 250, calls_ahead),
    kind("turns", 4_000, turns),
    kind("turns-of-many", 500, turns_of_many),
    kind("introductions", 500, introductions),
    kind("actions", 4_000, actions),
    kind("calls", 1_000, calls),
    kind("contacts", 2_000, contacts),
    kind("mentions", 2_000, mentions),
    kind("percent-signs", 10_000, percent_signs),
    kind("series", 200, series),
    kind("translations", 1_500, translations),
    kind("assets", 10_000, assets),
    kind("members-of-a-network", 1_500, members),
    kind("lists-in-fields", 10_000, lists_in_fields),
    kind("unknown-fields", 10_000, unknown_fields),
    kind("unknown-fields-of-lists", 10_000, unknown_fields_of_lists),
    kind("fields-twice", 10_000, fields_twice),
    kind("wrong-values", 10_000, wrong_values),
    kind("unknown-topics", 4_000, unknown_topics),
    kind("unknown-coops", 1_500, unknown_coops),
    kind("broken-entries", 2_000, broken_entries),
    kind("problems-of-many", 1_500, problems_of_many),
];

/// A site of these files.
pub(crate) fn site(files: impl IntoIterator<Item = (String, String)>) -> Sources {
    let mut sources = Sources::default();
    sources.texts.insert("site.yaml".into(), "title: Growth\n".into());
    let files = files.into_iter();
    sources.texts.extend(files.map(|(path, text)| (path.into(), Arc::from(text))));
    sources
}

/// A site of one page with this body.
fn page(body: String) -> Sources {
    site([file("pages/p", "title: P\ncreated: 2026-01-01", &body)])
}

pub(crate) fn file(name: &str, fields: &str, body: &str) -> (String, String) {
    (format!("content/{name}.md"), format!("---\n{fields}\n---\n{body}\n"))
}

/// So many texts, one after the other.
pub(crate) fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().concat()
}

/// A word that only this number has, of letters alone.
fn word(number: usize) -> String {
    const SOUNDS: [&str; 20] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "xi", "yo", "zu",
    ];
    let mut word = String::new();
    // Neighbours begin differently.
    let mut rest = number;
    for _ in 0..4 {
        word.push_str(SOUNDS[rest % SOUNDS.len()]);
        rest /= SOUNDS.len();
    }
    word
}

/// A sentence that differs from number to number, of words that others have as well.
fn sentence(number: usize, words: usize) -> String {
    let mut state = number as u64 + 1;
    let mut text = String::new();
    for _ in 0..words {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Low numbers more often than high ones.
        let uniform = (state >> 40) as f64 / (1_u64 << 24) as f64;
        let at = (uniform * uniform * uniform * 20_000.0) as usize;
        write!(text, "{} ", word(at)).expect("a String takes every text");
    }
    text
}

const TOPICS: [&str; 8] =
    ["software", "education", "energy", "food-and-land", "finance", "mobility", "culture", "craft"];

/// A coop, a need or an offer.
fn entry(number: usize) -> (String, String) {
    let topic = TOPICS[number / 3 % TOPICS.len()];
    let (title, text) = (sentence(number, 3), sentence(number + 1_000_000, 30));
    let day = format!("2026-{:02}-{:02}", number % 11 + 1, number % 28 + 1);
    let fields = format!("title: {title}\ntopics: [{topic}]\ncreated: {day}");
    let of_coop = |coop: usize| format!("{fields}\ncoop: c{coop}\nkind: technical");
    match number % 3 {
        0 => file(&format!("coops/c{number}"), &fields, &text),
        1 => file(&format!("needs/n{number}"), &of_coop(number - 1), &text),
        _ => file(&format!("offers/o{number}"), &of_coop(number - 2), &text),
    }
}

fn entries(count: usize) -> Sources {
    site((0..count).map(entry))
}

fn pages(count: usize) -> Sources {
    site((0..count).map(|at| {
        let fields = format!("title: {}\ncreated: 2026-01-01", word(at));
        file(&format!("pages/{}", word(at)), &fields, &sentence(at, 20))
    }))
}

fn headings(count: usize) -> Sources {
    page(each(count, |_| "## a\n".to_owned()))
}

fn headings_of_withheld(count: usize) -> Sources {
    let body = each(count, |at| format!("## About [[h]] {at}\n"));
    let mut sources = page(body);
    let (path, text) = file("pages/h", "title: H\nvisibility: private", "");
    sources.texts.insert(path.into(), text.into());
    sources
}

fn links(count: usize) -> Sources {
    let body = each(count, |at| match at % 4 {
        0 => "[[q]] ".to_owned(),
        1 => format!("[it](https://example.org/{at}) "),
        2 => "[it](q.md) ".to_owned(),
        _ => "[it](/calls.ics) ".to_owned(),
    });
    let mut sources = page(body);
    let (path, text) = file("pages/q", "title: Q", "");
    sources.texts.insert(path.into(), text.into());
    sources
}

fn links_from_many(count: usize) -> Sources {
    site((0..count).map(|at| {
        let body = format!("[[p0]] [[p{}]]", (at + 1) % count);
        file(&format!("pages/p{at}"), &format!("title: {}", word(at)), &body)
    }))
}

fn missing_links(count: usize) -> Sources {
    page(each(count, |at| format!("[[{}]] ", word(at))))
}

fn missing_links_among_many(count: usize) -> Sources {
    let mut all: Vec<_> = (0..count)
        .map(|at| file(&format!("pages/{}", word(at)), &format!("title: {at}"), ""))
        .collect();
    let body = each(count, |at| format!("[[{}x]] ", word(at)));
    all.push(file("pages/p", "title: P", &body));
    site(all)
}

fn bad_addresses(count: usize) -> Sources {
    page(each(count, |_| "[a](javascript:1) ".to_owned()))
}

fn pictures(count: usize) -> Sources {
    page(each(count, |at| format!("![a](picture{at}.jpg) ![b](https://example.org/{at}.jpg)\n")))
}

fn html(count: usize) -> Sources {
    page(each(count, |_| "<b>a</b> ".to_owned()))
}

fn footnotes(count: usize) -> Sources {
    page(each(count, |at| format!("a[^{at}]\n\n[^{at}]: b\n\n")))
}

/// The file of a vocabulary, and a page about everything in it.
fn vocabulary(count: usize, topic: impl Fn(usize) -> String) -> Sources {
    let all = each(count, |at| format!("{}, ", word(at)));
    let fields = format!("title: P\ntopics: [{all}]");
    let mut sources = site([file("pages/p", &fields, "")]);
    let lines = each(count, |at| format!("{}: {{{}}}\n", word(at), topic(at)));
    sources.texts.insert("content/topics.yaml".into(), lines.into());
    sources
}

fn topics(count: usize) -> Sources {
    vocabulary(count, |at| match at % 10 {
        0 => format!("label: {{en: Topic {at}}}"),
        _ => format!("label: {{en: Topic {at}}}, broader: {}", word(at - at % 10)),
    })
}

fn topics_in_one_entry(count: usize) -> Sources {
    vocabulary(count, |at| format!("label: {{en: Topic {at}}}"))
}

fn topics_in_a_chain(count: usize) -> Sources {
    let mut sources = vocabulary(count, |at| match at {
        0 => "label: {en: Topic 0}".to_owned(),
        _ => format!("label: {{en: Topic {at}}}, broader: {}", word(at - 1)),
    });
    let deepest = format!("title: D\ntopics: [{}]", word(count - 1));
    let (path, text) = file("pages/p", &deepest, "");
    sources.texts.insert(path.into(), text.into());
    sources
}

fn topics_with_one_label(count: usize) -> Sources {
    vocabulary(count, |_| "label: {en: Weaving}".to_owned())
}

fn words_of_a_topic(count: usize) -> Sources {
    let words = each(count, |at| format!("{}, ", word(at)));
    let mut sources = site([entry(0), entry(1), entry(2)]);
    let text = format!("weaving: {{label: {{en: Weaving}}, also: {{en: [{words}]}}}}\n");
    sources.texts.insert("content/topics.yaml".into(), text.into());
    sources
}

fn aliases(count: usize) -> Sources {
    let all = each(count, |at| format!("{}, ", word(at)));
    site([file("pages/p", &format!("title: P\naliases: [{all}]"), "")])
}

fn aliases_of_many(count: usize) -> Sources {
    site((0..count).map(|at| {
        let fields = format!("title: {at}\naliases: [{}, same]", word(at));
        file(&format!("pages/p{at}"), &fields, "")
    }))
}

/// A call of so many coops, each of which needs and offers something.
fn call(count: usize, topic: impl Fn(usize) -> String) -> Sources {
    let mut all = Vec::new();
    for at in 0..count {
        let fields = format!("title: {}\n{}", word(at), topic(at));
        all.push(file(&format!("coops/c{at}"), &fields, ""));
        let fields = format!("{fields}\ncoop: c{at}\nkind: human");
        all.push(file(&format!("needs/n{at}"), &fields, &sentence(at, 12)));
        all.push(file(&format!("offers/o{at}"), &fields, &sentence(at + 1_000_000, 12)));
    }
    let turns = each(count, |at| format!("  - {{coop: c{at}}}\n"));
    all.push(file("calls/c", &format!("start: 2026-12-09T16:00\nturns:\n{turns}"), ""));
    site(all)
}

fn delegates(count: usize) -> Sources {
    call(count, |at| format!("topics: [{}]", TOPICS[at % TOPICS.len()]))
}

fn delegates_alike(count: usize) -> Sources {
    let mut sources = call(count, |_| "topics: [software]".to_owned());
    for (path, text) in &mut sources.texts {
        if path.contains("/needs/") || path.contains("/offers/") {
            let (fields, _) = text.rsplit_once("---\n").unwrap_or_default();
            *text = format!("{fields}summary: We build a website\n---\n").into();
        }
    }
    sources
}

/// A need and an offer whose texts are long.
fn long_texts(count: usize) -> Sources {
    let text = sentence(1, count);
    let fields = "title: Weaving\ncoop: c0\nkind: technical";
    let offer = fields.replace("c0", "c3");
    let both = [file("needs/n", fields, &text), file("offers/o", &offer, &text)];
    site([entry(0), entry(3)].into_iter().chain(both))
}

fn calls_ahead(count: usize) -> Sources {
    let calls = (0..count).map(|at| {
        let (year, month, day) = (2027 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
        let fields =
            format!("start: {year}-{month:02}-{day:02}T16:00\nturns: [{{coop: c0}}, {{coop: c3}}]");
        file(&format!("calls/{}", word(at)), &fields, "")
    });
    site((0..6).map(entry).chain(calls))
}

fn pages_in_folders(count: usize) -> Sources {
    site((0..count).map(|at| {
        let (folder, name) = (word(at / 100), word(at));
        file(&format!("pages/{folder}x/{name}"), &format!("title: {name}"), "")
    }))
}

fn open_topics(count: usize) -> Sources {
    let mut sources = site((0..count).map(|at| {
        file(&format!("pages/p{at}"), &format!("title: {at}\ntopics: [{}]", word(at)), "")
    }));
    let text = "title: Growth\ntopics: {closed: false}\n";
    sources.texts.insert("site.yaml".into(), text.into());
    sources
}

fn turns(count: usize) -> Sources {
    let turns = each(count, |at| format!("  - {{coop: c0, about: {}, needs: [n1]}}\n", word(at)));
    let call = |start: &str| format!("start: {start}T16:00\nturns:\n{turns}");
    let held = format!("status: held\n{}", call("2026-10-28"));
    let calls = [file("calls/a", &held, ""), file("calls/b", &call("2026-12-09"), "")];
    site([entry(0), entry(1), entry(2)].into_iter().chain(calls))
}

fn turns_of_many(count: usize) -> Sources {
    let mut all: Vec<_> = (0..count * 3).map(entry).collect();
    let turn = |at| {
        let coop = at * 3;
        format!(
            "  - {{coop: c{coop}, about: Weaving, needs: [n{}], offers: [o{}]}}\n",
            coop + 1,
            coop + 2
        )
    };
    let fields = format!("start: 2026-10-28T16:00\nstatus: held\nturns:\n{}", each(count, turn));
    all.push(file("calls/c", &fields, ""));
    site(all)
}

fn introductions(count: usize) -> Sources {
    let mut all: Vec<_> = (0..count * 3).map(entry).collect();
    let pair = |at: usize| {
        format!("  - {{need: n{}, offer: o{}}}\n", at * 3 + 1, (at + 1) % count * 3 + 2)
    };
    let fields = format!("start: 2026-10-28T16:00\nstatus: held\nmatches:\n{}", each(count, pair));
    all.push(file("calls/c", &fields, ""));
    all.push(file("calls/d", "start: 2026-12-09T16:00", ""));
    site(all)
}

fn actions(count: usize) -> Sources {
    let actions = each(count, |at| format!("  - {{what: Write to {}}}\n", word(at)));
    let decisions = each(count, |at| format!("  - We meet {}.\n", word(at)));
    let call =
        |start: &str| format!("start: {start}T16:00\nactions:\n{actions}decisions:\n{decisions}");
    let held = format!("status: held\n{}", call("2026-10-28"));
    site([file("calls/a", &held, ""), file("calls/b", "start: 2026-12-09T16:00", "")])
}

fn calls(count: usize) -> Sources {
    let one = entry(0);
    let calls = (0..count).map(|at| {
        let (year, month, day) = (1980 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
        let fields = format!(
            "start: {year}-{month:02}-{day:02}T16:00\nstatus: held\nturns: [{{coop: c0}}]\nactions: [{{what: {}}}]",
            word(at)
        );
        file(&format!("calls/{}", word(at)), &fields, "")
    });
    site(std::iter::once(one).chain(calls))
}

fn series(count: usize) -> Sources {
    let mut sources = site([]);
    let each_series =
        each(count, |at| format!("  - {{id: {}, title: {at}, rrule: FREQ=MONTHLY}}\n", word(at)));
    let text = format!("title: Growth\ncalls:\n{each_series}");
    sources.texts.insert("site.yaml".into(), text.into());
    sources
}

fn translations(count: usize) -> Sources {
    let mut sources = site((0..count).map(|at| {
        let name = word(at / 2);
        let fields = format!("title: {name}");
        match at % 2 {
            0 => file(&format!("pages/{name}"), &fields, &sentence(at, 20)),
            _ => file(&format!("pages/{name}.es"), &fields, &sentence(at, 20)),
        }
    }));
    sources.texts.insert("site.yaml".into(), "title: Growth\nlanguages: [en, es]\n".into());
    sources
}

fn assets(count: usize) -> Sources {
    let body = each(count, |at| format!("![a](/{}.jpg)\n", word(at)));
    let mut sources = page(body);
    sources.assets.extend((0..count).map(|at| {
        let path: Arc<str> = format!("content/static/{}.jpg", word(at)).into();
        (path.clone(), Asset { size: Some((4, 3)), ..Asset::named(&path) })
    }));
    sources
}

fn members(count: usize) -> Sources {
    let network = file("coops/n", "title: N\nform: network", "");
    let members = (0..count)
        .map(|at| file(&format!("coops/c{at}"), &format!("title: {}\npart_of: [n]", word(at)), ""));
    site(std::iter::once(network).chain(members))
}

fn lists_in_fields(count: usize) -> Sources {
    let addresses = each(count, |at| format!("  - https://example.org/{at}\n"));
    let links = each(count, |at| format!("  - {{label: a, url: \"https://example.org/{at}\"}}\n"));
    let fields = format!("title: P\nsame_as:\n{addresses}links:\n{links}");
    site([file("pages/p", &fields, "")])
}

fn unknown_fields(count: usize) -> Sources {
    let fields = each(count, |at| format!("{}: x\n", word(at)));
    site([file("pages/p", &format!("title: P\n{fields}"), "")])
}

fn unknown_fields_of_lists(count: usize) -> Sources {
    let links = each(count, |at| format!("  - {{ur: a, {}: b}}\n", word(at)));
    site([file("pages/p", &format!("title: P\nlinks:\n{links}"), "")])
}

fn fields_twice(count: usize) -> Sources {
    let fields = each(count, |at| format!("{}: x\n", word(at / 2)));
    site([file("pages/p", &format!("title: P\n{fields}"), "")])
}

fn wrong_values(count: usize) -> Sources {
    let all = each(count, |at| format!("{}, ", word(at)));
    let fields = format!("title: C\nlanguages: [{all}]\nsame_as: [{all}]\naliases: [A, {all}]");
    site([file("coops/c", &fields, "")])
}

fn unknown_topics(count: usize) -> Sources {
    let all = each(count, |at| format!("{}, ", word(at)));
    site([file("pages/p", &format!("title: P\ntopics: [{all}]"), "")])
}

fn unknown_coops(count: usize) -> Sources {
    let mut all: Vec<_> = (0..count)
        .map(|at| file(&format!("coops/{}", word(at)), &format!("title: {at}"), ""))
        .collect();
    let turns = each(count, |at| format!("  - {{coop: {}x}}\n", word(at)));
    all.push(file("calls/c", &format!("start: 2026-12-09T16:00\nturns:\n{turns}"), ""));
    site(all)
}

fn broken_entries(count: usize) -> Sources {
    let all = (0..count).map(|at| match at % 2 {
        0 => file(
            &format!("coops/c{at}"),
            &format!("titel: {}", word(at)),
            &format!("[[{}]]", word(at + 2)),
        ),
        _ => {
            let fields = format!("title: {at}\ncoop: c{}\nkind: human", at - 1);
            file(&format!("needs/n{at}"), &fields, "")
        }
    });
    site(all)
}

fn problems_of_many(count: usize) -> Sources {
    site((0..count).map(|at| {
        let fields = format!("title: {}\ncolour: red\ntopics: [{}]", word(at), word(at));
        file(&format!("pages/p{at}"), &fields, &format!("[[{}x]]", word(at)))
    }))
}
