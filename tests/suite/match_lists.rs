//! Matches come to readers: lists by facet, what is new, what waits for an answer, and feeds.

use super::html::{self, facts};
use super::lists::page;
use super::outputs::feed;
use super::site::Site;

/// Agaric in Brazil looks for something, Bolete in Kenya has an offer.
fn start() -> Site {
    Site::new(&[
        (
            "site.yaml",
            "title: Test\nlanguages: [en, es]\nbase_url: https://test.example/dir/\ntopics: {starter: false}\nmatching: {limit: 1}\n",
        ),
        (
            "content/topics.yaml",
            "grain: {label: {en: Grain}}\ntea: {label: {en: Tea}}\nmusic: {label: {en: Music}}\n",
        ),
        ("content/coops/agaric.md", "---\ntitle: Agaric\ncountry: BR\n---\n"),
        ("content/coops/bolete.md", "---\ntitle: Bolete\ncountry: KE\n---\n"),
        ("content/offers/mill.md", &offer("Mill")),
    ])
}

fn need(title: &str, fields: &str) -> String {
    format!("---\ntitle: {title}\ncoop: agaric\nkind: human\ntopics: [grain]\n{fields}---\n")
}

fn offer(title: &str) -> String {
    format!("---\ntitle: {title}\ncoop: bolete\nkind: human\ntopics: [grain]\n---\n")
}

/// Needs and offers from 1 to this number, each need a day older than the one before. Each has its
/// own words, so that the first need fits the first offer, and so on.
fn pairs(count: i32) -> Site {
    (1..=count).fold(start(), |site, number| {
        let day = super::site::TODAY - jiff::Span::new().days(number);
        let digits = format!("{number:03}");
        let syllable = |digit: char| {
            ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"][digit as usize - 48]
        };
        let word: String = digits.chars().map(syllable).collect();
        let title = format!("{word} mi{word}");
        site.file(
            &format!("content/needs/n{digits}.md"),
            &need(&title, &format!("created: {day}\n")),
        )
        .file(&format!("content/offers/o{digits}.md"), &offer(&title))
    })
}

/// One suggestion, and a pair in every state that people can decide on.
fn with_decisions() -> Site {
    let site = ["agreed", "declined", "fulfilled", "introduced", "lapsed"];
    let site = site.iter().fold(start(), |site, status| {
        let file = format!(
            "---\nneed: {status}\noffer: mill\nstatus: {status}\nupdated: 2026-11-0{}\n---\n",
            status.len() % 9 + 1
        );
        site.file(&format!("content/needs/{status}.md"), &need(&format!("Rye {status}"), ""))
            .file(&format!("content/matches/{status}--mill.md"), &file)
    });
    let mill = offer("Mill").replace("---\ntitle", "---\ncapacity: unlimited\ntitle");
    site.file("content/offers/mill.md", &mill)
        .file("content/needs/open.md", &need("Rye open", "created: 2026-11-20\n"))
}

#[track_caller]
fn assert_in_order(page: &str, words: &[&str]) {
    let mut rest = page;
    for word in words {
        let at =
            rest.find(word).unwrap_or_else(|| panic!("`{word}` is missing, or early, in\n{page}"));
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn matches_are_narrowed_by_kind_topic_and_country() {
    let site = start()
        .file("content/needs/rye.md", &need("Rye", ""))
        .file(
            "content/needs/pot.md",
            "---\ntitle: Pot\ncoop: agaric\nkind: technical\ntopics: [tea]\nplace: {country: ES}\nmode: remote\n---\n",
        )
        .file(
            "content/offers/kettle.md",
            "---\ntitle: Kettle\ncoop: bolete\nkind: knowledge\ntopics: [tea, music]\nmode: remote\n---\n",
        );
    let built = site.built();
    let (rye, pot) = ("rye--mill/", "pot--kettle/");
    for (path, shown, hidden, title) in [
        ("kind/human", rye, pot, "Matches by kind of help: Human"),
        ("kind/technical", pot, rye, "Matches by kind of help: Technical"),
        ("topic/grain", rye, pot, "Matches by topic: Grain"),
        ("topic/tea", pot, rye, "Matches by topic: Tea"),
        ("country/br", rye, pot, "Matches with a need or an offer in Brazil"),
        ("country/es", pot, rye, "Matches with a need or an offer in Spain"),
        ("country/ke", rye, "no other", "Matches with a need or an offer in Kenya"),
    ] {
        let page = facts(&built[&format!("matches/{path}/index.html")]);
        assert_in_order(&page, &[title, "match", shown]);
        assert!(!page.contains(hidden), "{path}: {page}");
        assert!(built.contains_key(&format!("es/matches/{path}/index.html")), "{path}");
        let all = html::attributes(&built["matches/index.html"], "href");
        assert!(all.contains(&format!("../matches/{path}/")), "{path}: {all:?}");
    }
    assert!(facts(&built["matches/country/ke/index.html"]).contains("2 matches."));
    let narrowing = facts(&built["matches/topic/tea/index.html"]);
    assert_in_order(
        &narrowing,
        &["Narrow down", "Kind of help", "Topic", "Country", "](../../../matches/country/ke/) 2"],
    );
    // No match is about music, of the kind of its offer, or in a country of neither side.
    for absent in ["topic/music", "kind/knowledge", "kind/financial", "country/fr", "mode/remote"] {
        assert!(!built.contains_key(&format!("matches/{absent}/index.html")), "{absent}");
    }
    // The page of a topic leads to its matches.
    assert!(facts(&built["topics/tea/index.html"]).contains("[1 match](../../matches/topic/tea/)"));
    assert!(!facts(&built["topics/music/index.html"]).contains("matches/topic/"));
}

#[test]
fn lists_of_matches_have_fifty_a_page() {
    let site = pairs(51);
    for list in ["matches/", "matches/kind/human/", "matches/topic/grain/", "matches/country/br/"] {
        let (first, second) = (page(&site, list), page(&site, &format!("{list}page/2/")));
        let cards = |page: &str| page.matches("class=\"card match\"").count();
        assert_eq!((cards(&first), cards(&second)), (50, 1), "{list}");
        assert!(facts(&first).contains("51 matches."), "{list}");
        assert!(second.contains("(page 2) ·"), "{list}");
        assert!(site.prepare().plan.find(&format!("{list}page/3/")).is_none(), "{list}");
    }
}

#[test]
fn new_suggestions_are_grouped_by_day() {
    let site = pairs(3)
        .file("content/needs/rye.md", &need("Rye for a mill", "created: 2026-11-20\n"))
        .file("content/needs/undated.md", &need("Undated mill", ""))
        .file("content/matches/n001--o001.md", "---\nneed: n001\noffer: o001\n---\n");
    let new = facts(&page(&site, "matches/new/"));
    let days =
        ["## 20 November 2026", "n002--o002", "rye--mill", "## 19 November 2026", "n003--o003"];
    assert_in_order(&new, &[&["# New suggestions"][..], &days].concat());
    assert!(!new.contains("n001--o001"), "people decided on it: {new}");
    assert!(!new.contains("Undated") && !new.contains("Only the last"), "{new}");
    for path in ["", "matches/"] {
        let href = html::attributes(&page(&site, path), "href");
        assert!(href.iter().any(|href| href.ends_with("matches/new/")), "{path}: {href:?}");
    }
    let old = site.clone().file(
        "content/offers/mill.md",
        &offer("Mill").replace("coop:", "created: 2026-11-10\nupdated: 2026-11-21\ncoop:"),
    );
    let old = facts(&page(&old, "matches/new/"));
    assert_in_order(&old, &["## 21 November 2026", "undated--mill", "## 20 November 2026"]);
    let empty = facts(&page(&start(), "matches/new/"));
    assert!(empty.contains("Nothing is new"), "{empty}");
}

#[test]
fn older_suggestions_are_left_out_and_it_is_said() {
    let note = "Only the last 100 suggestions are shown.";
    let shown = |count| facts(&page(&pairs(count), "matches/new/"));
    assert!(!shown(100).contains(note));
    let cut = shown(101);
    assert!(cut.contains(note) && cut.contains("n100--o100") && !cut.contains("n101--o101"));
    let spanish = facts(&page(&pairs(101), "es/matches/new/"));
    assert!(spanish.contains("Solo se muestran las últimas 100 sugerencias."), "{spanish}");
}

#[test]
fn introductions_wait_for_an_answer() {
    let call = |day: &str, said: &str| {
        format!("---\ntitle: Call of {day}\nstart: {day}T16:00\nmatches: [{said}]\n---\n")
    };
    let said = |need: &str, status: &str| {
        format!("{{need: {need}, offer: {}, status: {status}}}", need.replace('n', "o"))
    };
    let site = pairs(4)
        .file("content/calls/2026-09.md", &call("2026-09-30", &said("n002", "introduced")))
        .file(
            "content/calls/2026-10.md",
            &call("2026-10-28", &[said("n001", "introduced"), said("n003", "agreed")].join(", ")),
        )
        .file("content/calls/2026-12.md", &call("2026-12-30", &said("n004", "introduced")));
    let waiting = facts(&page(&site, "matches/waiting/"));
    assert_in_order(
        &waiting,
        &[
            "# Waiting for an answer",
            "2 matches.",
            "ayni match --waiting",
            "## 2026",
            "Since 28 October 2026. [Call of 2026-10-28](../../calls/2026-10/)",
            "n001--o001",
            "Since 30 September 2026. [Call of 2026-09-30](../../calls/2026-09/)",
            "n002--o002",
        ],
    );
    for other in ["n003--o003", "n004--o004"] {
        assert!(!waiting.contains(other), "{other}: {waiting}");
    }
    let all = facts(&page(&site, "matches/"));
    assert!(all.contains("[Waiting for an answer (2)](../matches/waiting/)"), "{all}");
    let answered = site.file(
        "content/matches/n002--o002.md",
        "---\nneed: n002\noffer: o002\nstatus: lapsed\n---\n",
    );
    assert!(!facts(&page(&answered, "matches/waiting/")).contains("n002--o002"));
    let empty = facts(&page(&start(), "matches/waiting/"));
    assert!(empty.contains("No introduction waits for an answer"), "{empty}");
}

#[test]
fn introductions_that_wait_stand_by_the_next_call_and_by_year() {
    let call = |day: &str, fields: &str| {
        format!("---\ntitle: Call of {day}\nstart: {day}T16:00\n{fields}---\n")
    };
    let said = |needs: std::ops::RangeInclusive<usize>| {
        let pair = |at| format!("{{need: n{at:03}, offer: o{at:03}}}");
        let pairs: Vec<String> = needs.map(pair).collect();
        format!("matches: [{}]\n", pairs.join(", "))
    };
    let met = "---\ntitle: N\ncoop: agaric\nkind: human\nstatus: met\n---\n";
    let files = |site: Site| {
        site.file("content/coops/cep.md", "---\ntitle: Cep\n---\n")
            .file("content/needs/n002.md", "---\ntitle: N\ncoop: cep\nkind: human\n---\n")
            .file("content/needs/n070.md", met)
            .file("content/calls/2025-10.md", &call("2025-10-29", &said(1..=10)))
            .file("content/calls/2026-09.md", &call("2026-09-30", &said(11..=70)))
            .file("content/matches/n071--o071.md", "---\nneed: n071\noffer: o071\n---\n")
    };
    let next = call("2026-12-30", "turns: [{coop: cep}]\n");
    let site = || files(pairs(71)).file("content/calls/2026-12.md", &next);
    let first = facts(&page(&site(), "matches/waiting/"));
    let ways = [
        "[In the next call (1)](../../matches/waiting/#Next)",
        "[2026 (59)](../../matches/waiting/#Y2026)",
        "[2025 (9)](../../matches/waiting/page/2/#Y2025)",
        "[Without a date (1)](../../matches/waiting/page/2/#Undated)",
        "[Over (1)](../../matches/waiting/page/2/#Over)",
    ];
    assert_in_order(&first, &ways);
    assert_in_order(
        &first,
        &[
            "## In the next call",
            "[Call of 2026-12-30](../../calls/2026-12/)",
            "29 October 2025",
            "n002--o002",
            "## 2026",
            "30 September 2026",
        ],
    );
    assert!(!first.contains("## 2025") && !first.contains("## Over"), "{first}");
    assert_eq!(first.matches("See the match").count(), 50, "{first}");
    let second = page(&site(), "matches/waiting/page/2/");
    for id in ["Y2026", "Y2025", "Undated", "Over"] {
        assert!(second.contains(&format!("<h2 id=\"{id}\">")), "{id}: {second}");
    }
    let second = facts(&second);
    let groups = ["## 2026", "## 2025", "## Without a date", "n071--o071", "## Over", "n070--o070"];
    assert_in_order(&second, &groups);
    assert_eq!(second.matches("See the match").count(), 20, "{second}");
    let spanish = facts(&page(&site(), "es/matches/waiting/"));
    assert_in_order(&spanish, &["[En la próxima reunión (1)]", "## En la próxima reunión"]);
    // Who has sent apologies cannot be asked.
    let away = call("2026-12-30", "turns: [{coop: cep, role: apology}]\n");
    let without = files(pairs(71)).file("content/calls/2026-12.md", &away);
    assert!(!facts(&page(&without, "matches/waiting/")).contains("In the next call ("));
}

#[test]
fn what_came_to_an_end_is_never_shown_as_a_suggestion() {
    let site = with_decisions().for_the_network();
    let built = site.built();
    for status in ["declined", "fulfilled", "lapsed"] {
        let own = facts(&built[&format!("needs/{status}/index.html")]);
        let (above, below) = own.split_once("Former matches").expect(&own);
        assert!(!above.contains(&format!("{status}--mill")), "{status}: {own}");
        assert_in_order(below, &[status, &format!("matches/{status}--mill/"), "Since "]);
        assert!(!below.contains("suggested") && !below.contains("of 100"), "{status}: {own}");
        let page = facts(&built[&format!("matches/{status}--mill/index.html")]);
        assert_in_order(&page, &[status, "Since ", " November 2026."]);
        assert!(!page.contains("uggested"), "{status}: {page}");
    }
    let offer = facts(&built["offers/mill/index.html"]);
    let (present, past) = offer.split_once("Former matches").expect(&offer);
    for status in ["agreed", "introduced", "open"] {
        assert!(present.contains(&format!("{status}--mill")), "{status}: {offer}");
    }
    for status in ["declined", "fulfilled", "lapsed"] {
        assert!(past.contains(&format!("{status}--mill")), "{status}: {offer}");
    }
    let suggestion = facts(&built["matches/open--mill/index.html"]);
    assert!(suggestion.contains("Suggested since 20 November 2026."), "{suggestion}");
    let (_, others) = suggestion.split_once("Other possibilities").expect(&suggestion);
    assert!(others.contains("(../../matches/agreed--mill/) for the same offer agreed"), "{others}");
    for status in ["declined", "fulfilled", "lapsed"] {
        assert!(!others.contains(&format!("{status}--mill")), "{others}");
    }
}

#[test]
fn suggestions_have_feeds() {
    let built = with_decisions().built();
    for path in ["matches", "matches/topic/grain", "matches/country/br", "matches/country/ke"] {
        let feed = feed(&built[&format!("{path}.atom")]);
        let ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        let of = |need: &str| format!("https://test.example/dir/matches/{need}--mill/");
        assert_eq!(ids.first(), Some(&of("open").as_str()), "{path}: the newest first");
        for decided in ["agreed", "declined", "fulfilled", "introduced", "lapsed"] {
            assert!(!ids.contains(&of(decided).as_str()), "{path}: {decided}");
        }
        let first = &feed.entries[0];
        assert_eq!(first.title.value, "Rye open – Mill");
        assert_eq!(first.updated.to_rfc3339(), "2026-11-20T00:00:00+00:00");
        let summary = first.summary.as_ref().map_or("", |summary| summary.value.as_str());
        assert_in_order(
            summary,
            &["Agaric looks for “Rye open”.", "Bolete offers “Mill”.", "Both are about Grain"],
        );
        // A page shows the feed to readers and to their programs.
        let page = &built[&format!("{path}/index.html")];
        assert!(facts(page).contains(&format!("{}.atom)", path.rsplit('/').next().unwrap_or(""))));
        let page = html::page(page);
        let feeds = html::select(&page, "head link[rel=alternate][type='application/atom+xml']");
        let mut addresses = feeds.iter().filter_map(|link| link.attr("href"));
        assert!(
            addresses.any(|href| href.ends_with(&format!("/{path}.atom"))),
            "{path}: {feeds:?}"
        );
    }
    assert_eq!(
        feed(&built["matches/topic/grain.atom"]).title.value,
        "Test – Feed of suggestions: Grain"
    );
    assert_eq!(feed(&built["es/matches.atom"]).lang.as_deref(), Some("es"));
    assert!(!built.contains_key("matches/kind/human.atom"));
    let home = html::page(&built["index.html"]);
    assert_eq!(html::select(&home, "footer a[href='./matches.atom']").len(), 1);
}

#[test]
fn feeds_of_suggestions_end_at_fifty_and_need_an_address() {
    let site = pairs(51);
    let all = feed(&page(&site, "matches.atom"));
    assert_eq!(all.entries.len(), 50);
    assert!(all.entries.iter().map(|entry| entry.updated).is_sorted_by(|a, b| a >= b));
    assert_eq!(feed(&page(&site, "matches/topic/grain.atom")).entries, all.entries);
    let settings = "title: Test\ntopics: {starter: false}\n";
    let built = site.file("site.yaml", settings).built();
    assert!(!built.keys().any(|path| path.ends_with(".atom")));
    assert!(!built["matches/index.html"].contains(".atom"));
}

#[test]
fn nothing_old_comes_into_a_feed_of_suggestions_when_something_newer_ends() {
    let whole = pairs(60);
    let text =
        |number: i32| whole.sources.texts[&*format!("content/needs/n{number:03}.md")].to_string();
    let ended = (1..=20).fold(whole.clone(), |site, number| {
        let over = text(number).replace("created:", "status: met\ncreated:");
        site.file(&format!("content/needs/n{number:03}.md"), &over)
    });
    for path in ["matches.atom", "matches/topic/grain.atom", "matches/country/br.atom"] {
        let ids = |site: &Site| -> Vec<String> {
            feed(&page(site, path)).entries.into_iter().map(|entry| entry.id).collect()
        };
        let (before, after) = (ids(&whole), ids(&ended));
        assert_eq!((before.len(), after.len()), (50, 30), "{path}");
        assert_eq!(after, before[20..], "{path}");
    }
}

#[test]
fn words_of_addresses_and_ids_of_matches_do_not_clash() {
    // The others may not be called so anyway, since lists of needs and offers use them too.
    let words = ["new", "waiting"];
    let site = words.iter().fold(start(), |site, word| {
        site.file(&format!("content/needs/{word}.md"), &need("Rye", ""))
            .file(&format!("content/offers/{word}s.md"), &offer("Mill"))
    });
    assert_eq!(site.problems(), "");
    let built = site.built();
    for word in words {
        let count =
            built.keys().filter(|path| path.starts_with(&format!("matches/{word}--"))).count();
        assert!(count > 0, "{word}");
    }
    assert!(facts(&built["matches/new/index.html"]).starts_with("- [Home]"));
    let taken = start().image("content/static/matches/new/index.html");
    assert!(taken.prepare().has_errors());
}
