//! What was published once leads on under every former name, for every kind of thing that has an address.

use std::collections::BTreeMap;

use atom_syndication::Feed;
use ayni::diagnostic::Code;

use super::html;
use super::site::{Folder, Site, codes, pixel};

const SETTINGS: &str = "title: Test\nbase_url: https://test.example/dir/\nlanguages: [en, es]\ntopics: {starter: false}\n";

/// Of each kind of thing that can be renamed what it is called before and afterwards. In each, the other name
/// comes elsewhere in the alphabet, by which rings begin.
const RENAMES: [(&str, &str, &str); 6] = [
    ("coops", "agaric", "zaragaric"),
    ("needs", "wheat", "rye"),
    ("offers", "mill", "stones"),
    ("pages", "guide/start", "first-steps"),
    ("calls", "2026-12", "winter"),
    ("calls", "2026-10", "harvest"),
];

/// The topic that is renamed, likewise.
const TOPIC: [&str; 2] = ["grain", "cereals"];

/// A directory with everything that has an address.
fn files() -> BTreeMap<String, String> {
    let entry = |fields: &str| format!("---\ntitle: T\n{fields}---\n");
    let side = |title: &str, coop: &str, fields: &str| {
        entry(&format!("coop: {coop}\nkind: human\ntopics: [grain]\ncreated: 2026-11-01\n{fields}"))
            .replace("title: T", &format!("title: {title}"))
            + "Grain and harvest.\n"
    };
    let mut files: Vec<(String, String)> = vec![
        ("site.yaml".into(), SETTINGS.into()),
        (
            "content/topics.yaml".into(),
            "food: {label: {en: Food}}\ngrain: {label: {en: Grain}, broader: food}\n\
             bread: {label: {en: Bread}, broader: grain}\n"
                .into(),
        ),
        (
            "content/coops/agaric/index.md".into(),
            entry("sectors: [grain]\nimage: {src: loom.png, alt: A loom}\n") + "[a](plan.txt)\n",
        ),
        ("content/coops/bolete.md".into(), entry("sectors: [bread]\n")),
        ("content/needs/wheat.md".into(), side("Wheat harvest", "agaric", "raised_in: 2026-10\n")),
        ("content/offers/mill.md".into(), side("Harvest of wheat", "bolete", "")),
        ("content/needs/oven.md".into(), side("Oven for loaves", "bolete", "")),
        ("content/offers/loaves.md".into(), side("Loaves of an oven", "agaric", "")),
        ("content/needs/wheel.md".into(), side("Millet harvest", "agaric", "")),
        (
            "content/matches/wheat--mill.md".into(),
            "---\nneed: wheat\noffer: mill\nstatus: agreed\n---\n".into(),
        ),
        (
            "content/pages/guide/start.md".into(),
            entry("") + "[[agaric]], [[matches/wheat--mill]]\n",
        ),
        (
            "content/calls/2026-10.md".into(),
            "---\nstart: 2026-10-28T16:00\nstatus: held\nturns: [{coop: agaric, needs: [wheat]}]\n\
             matches: [{need: wheel, offer: mill}]\n---\nNotes.\n"
                .into(),
        ),
        (
            "content/calls/2026-12.md".into(),
            "---\nstart: 2026-12-30T16:00\nturns: [{coop: agaric}, {coop: bolete}]\n---\n".into(),
        ),
    ];
    files
        .extend((0..60).map(|at| (format!("content/coops/c{at}.md"), entry("sectors: [grain]\n"))));
    files.into_iter().collect()
}

/// The path of a thing's file.
fn file_of(files: &BTreeMap<String, String>, folder: &str, id: &str) -> String {
    let names = [format!("content/{folder}/{id}.md"), format!("content/{folder}/{id}/index.md")];
    names.into_iter().find(|name| files.contains_key(name)).expect("it has a file")
}

/// Renames one thing: its file, and where it says what it was called. Nobody else is told.
fn rename(files: &mut BTreeMap<String, String>, folder: &str, old: &str, new: &str) {
    let path = file_of(files, folder, old);
    let text = files.remove(&path).expect("it was just found");
    let text = text.replacen("---\n", &format!("---\naliases: [{old}]\n"), 1);
    files.insert(path.replacen(&format!("/{old}"), &format!("/{new}"), 1), text);
}

fn rename_topic(files: &mut BTreeMap<String, String>) {
    let [old, new] = TOPIC;
    let topics = files.get_mut("content/topics.yaml").expect("it is there");
    let written = format!("{old}: {{label: {{en: Grain}}");
    assert!(topics.contains(&written));
    *topics = topics.replace(&written, &format!("{new}: {{label: {{en: Grain}}, aliases: [{old}]"));
}

/// The site of these files, with what lies beside the coop.
fn site(files: &BTreeMap<String, String>) -> Site {
    let texts: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let folder = file_of_coop(files);
    Site::new(&texts)
        .image(&format!("{folder}loom.png"))
        .copied(&format!("{folder}plan.txt"), "A plan.\n")
}

fn file_of_coop(files: &BTreeMap<String, String>) -> String {
    let index = files.keys().find(|path| path.ends_with("/index.md")).expect("one has a folder");
    index.trim_end_matches("index.md").to_owned()
}

/// The path of the page to which a redirect leads.
fn target(path: &str, page: &str) -> Option<String> {
    let refresh = html::attributes(page, "content");
    let to = refresh.iter().find_map(|content| content.strip_prefix("0; url="))?.to_owned();
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." | "" => {}
            ".." => _ = parts.pop().expect("within the site"),
            part => parts.push(part),
        }
    }
    parts.push("index.html");
    Some(parts.join("/"))
}

/// Whether whoever comes by an address that was there before finds something there, or is led to it at once.
/// The parts of the search index are no addresses: their names follow from what they hold.
fn former_addresses_lead_on(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    for path in before.keys().filter(|path| !path.starts_with("search/") || path.ends_with(".html"))
    {
        let Some(text) = after.get(path) else { panic!("/{path} has gone") };
        if path.ends_with(".html")
            && let Some(target) = target(path, text)
        {
            let there = after.get(&target).unwrap_or_else(|| panic!("/{path} leads to /{target}"));
            assert_eq!(self::target(&target, there), None, "/{path} leads to a redirect");
        }
    }
}

#[test]
fn each_kind_of_thing_is_found_by_its_former_name() {
    let before = site(&files()).built();
    for (folder, old, new) in RENAMES {
        let mut files = files();
        rename(&mut files, folder, old, new);
        let after = site(&files).built();
        former_addresses_lead_on(&before, &after);
        for root in ["", "es/"] {
            let page = &after[&format!("{root}{folder}/{old}/index.html")];
            let here = target(&format!("{root}{folder}/{old}/index.html"), page);
            assert_eq!(here, Some(format!("{root}{folder}/{new}/index.html")));
        }
    }
    let mut files = files();
    rename_topic(&mut files);
    former_addresses_lead_on(&before, &site(&files).built());
}

/// What stands at some addresses before, so that the test above is about something.
#[test]
fn everything_that_can_be_renamed_has_addresses_below_it() {
    let before = site(&files()).built();
    for path in [
        "coops/agaric/index.html",
        "coops/agaric/loom.png",
        "coops/agaric/plan.txt",
        "matches/wheat--mill/index.html",
        "matches/wheel--mill/index.html",
        "matches/oven--loaves/index.html",
        "rings/agaric--bolete/index.html",
        "calls/2026-12.ics",
        "calls/2026-12/agenda/index.html",
        "calls/2026-10/agenda/index.html",
        "topics/grain/index.html",
        "topics/grain.atom",
        "coops/sector/grain/page/2/index.html",
        "needs/topic/grain/index.html",
        "offers/topic/grain/index.html",
        "matches/topic/grain/index.html",
        "matches/topic/grain.atom",
    ] {
        assert!(before.contains_key(path), "{path}");
        let is_page = path.ends_with("html") || path.ends_with("atom");
        assert!(!is_page || before.contains_key(&format!("es/{path}")), "es/{path}");
    }
}

#[test]
fn all_at_once_and_twice_over_they_are_still_found() {
    let mut files = files();
    let before = site(&files).built();
    for (folder, old, new) in RENAMES {
        rename(&mut files, folder, old, new);
    }
    rename_topic(&mut files);
    let once = site(&files).built();
    former_addresses_lead_on(&before, &once);
    assert!(once.contains_key("rings/bolete--zaragaric/index.html"));
    assert_eq!(once["topics/grain.atom"], once["topics/cereals.atom"]);
    assert_eq!(once["matches/topic/grain.atom"], once["matches/topic/cereals.atom"]);
    assert_eq!(once["calls/2026-12.ics"], once["calls/winter.ics"]);
    for (folder, old, between) in RENAMES {
        let path = file_of(&files, folder, between);
        let text = files.remove(&path).expect("it was just found");
        let text = text.replace(&format!("[{old}]\n"), &format!("[{old}, {between}]\n"));
        files.insert(path.replacen(between, &format!("twice-{between}"), 1), text);
    }
    let twice = site(&files).built();
    former_addresses_lead_on(&before, &twice);
    former_addresses_lead_on(&once, &twice);
    // Also where the need was renamed again before the offer was.
    assert!(twice.contains_key("matches/rye--mill/index.html"));
}

#[test]
fn a_second_build_into_the_same_folder_keeps_every_former_address() {
    let mut files = files();
    let folder = Folder::new(&[]);
    let write = |files: &BTreeMap<String, String>| {
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder.write(&format!("{}loom.png", file_of_coop(files)), pixel());
        folder.write(&format!("{}plan.txt", file_of_coop(files)), "A plan.\n");
    };
    let build = |arguments: &[&str]| {
        let run = folder.ayni(arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    };
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let built = |out: &str| -> BTreeMap<String, String> {
        folder.files(out).iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect()
    };
    write(&files);
    let editions = [
        (&["build"][..], "public"),
        (&["build", "--edition", "network", "--out", "network-public"][..], "network-public"),
    ];
    let before = editions.map(|(arguments, out)| {
        build(arguments);
        built(out)
    });
    std::fs::remove_dir_all(folder.path("content")).expect("it can be removed");
    for (folder, old, new) in RENAMES {
        rename(&mut files, folder, old, new);
    }
    rename_topic(&mut files);
    write(&files);
    for ((arguments, out), before) in editions.into_iter().zip(before) {
        build(arguments);
        former_addresses_lead_on(&before, &built(out));
    }
}

#[test]
fn links_lead_to_a_match_by_its_former_name() {
    let mut files = files();
    rename(&mut files, "needs", "wheat", "rye");
    let link = "../../../matches/rye--mill/";
    let of_page = |files: &BTreeMap<String, String>| {
        let site = site(files);
        assert_eq!(codes(&site), [], "{}", site.problems());
        html::attributes(&site.built()["pages/guide/start/index.html"], "href")
    };
    // The file is still called by the former id, which the page names.
    assert!(of_page(&files).iter().any(|href| href == link));
    let text = files.remove("content/matches/wheat--mill.md").expect("it is there");
    files.insert("content/matches/rye--mill.md".into(), text.replace("need: wheat", "need: rye"));
    assert!(of_page(&files).iter().any(|href| href == link));
    let page = files.get_mut("content/pages/guide/start.md").expect("it is there");
    *page = page.replace("wheat--mill", "rye--mill");
    assert!(of_page(&files).iter().any(|href| href == link));
}

#[test]
fn a_match_needs_no_aliases() {
    let mut files = files();
    let file = files.get_mut("content/matches/wheat--mill.md").expect("it is there");
    *file = file.replacen("---\n", "---\naliases: [rye--mill]\n", 1);
    let problems = site(&files).problems();
    assert_eq!(
        problems,
        "error: match `wheat--mill` has the unknown field `aliases`
 --> content/matches/wheat--mill.md:2:1
  |
2 | aliases: [rye--mill]
  | ^^^^^^^
hint: take it out: the former addresses of a match follow from the `aliases` of its need and its offer [unknown-field]
"
    );
}

#[test]
fn what_is_withheld_has_no_former_address() {
    let mut files = files();
    for (folder, old, new) in RENAMES {
        rename(&mut files, folder, old, new);
        let path = file_of(&files, folder, new);
        let text = &files[&path];
        let text = text.replacen("---\n", "---\nvisibility: network\n", 1);
        files.insert(path, text);
    }
    let public = site(&files).built();
    let network = site(&files).for_the_network().built();
    for (folder, old, new) in RENAMES {
        for name in [old, new] {
            let is_of = |path: &&String| path.contains(&format!("{folder}/{name}"));
            assert_eq!(public.keys().find(is_of), None);
            assert!(network.keys().any(|path| is_of(&path)));
        }
    }
    let told = public.keys().find(|path| {
        ["wheat", "rye", "mill", "stones", "agaric"].iter().any(|name| path.contains(name))
    });
    assert_eq!(told, None);
}

#[test]
fn a_declined_pair_has_no_former_address() {
    let mut files = files();
    rename(&mut files, "needs", "wheat", "rye");
    let declined = files["content/matches/wheat--mill.md"].replace("agreed", "declined");
    files.insert("content/matches/wheat--mill.md".into(), declined);
    let is_told = |built: &BTreeMap<String, String>| {
        built.keys().any(|path| path.contains("wheat--mill") || path.contains("rye--mill"))
    };
    assert!(!is_told(&site(&files).built()));
    assert!(is_told(&site(&files).for_the_network().built()));
}

#[test]
fn of_a_pair_with_two_files_nothing_is_said_where_one_is_withheld() {
    let mut files = files();
    rename(&mut files, "needs", "wheat", "rye");
    let old = &files["content/matches/wheat--mill.md"];
    let new = old.replace("need: wheat", "need: rye");
    let hidden = old.replacen("---\n", "---\nvisibility: network\n", 1);
    files.insert("content/matches/rye--mill.md".into(), new);
    let both = site(&files).built();
    assert!(
        target("matches/wheat--mill/index.html", &both["matches/wheat--mill/index.html"]).is_some()
    );
    files.insert("content/matches/wheat--mill.md".into(), hidden);
    let public = site(&files).built();
    assert!(!public.keys().any(|path| path.contains("wheat--mill") || path.contains("rye--mill")));
    assert!(site(&files).for_the_network().built().contains_key("matches/rye--mill/index.html"));
}

#[test]
fn what_is_there_now_comes_before_what_was_there_once() {
    let mut files = files();
    rename(&mut files, "coops", "agaric", "zaragaric");
    let site = site(&files).copied("content/static/coops/agaric/plan.txt", "Mine.\n");
    let built = site.built();
    assert_eq!(built["coops/agaric/plan.txt"], "a copy of content/static/coops/agaric/plan.txt\n");
    assert_eq!(built["coops/agaric/loom.png"], "a copy of content/coops/zaragaric/loom.png\n");
}

#[test]
fn former_topics_are_understood_wherever_a_topic_is_named() {
    let topics = |more: &str| {
        format!(
            "cereals: {{label: {{en: Grain}}, aliases: [grain, corn]}}\nbread: {{broader: grain}}\n{more}"
        )
    };
    let coop = "---\ntitle: T\ntopics: [grain, cereals, bread]\nsectors: [Corn]\n---\n";
    let of = |settings: &str, more: &str| {
        Site::new(&[
            ("site.yaml", settings),
            ("content/topics.yaml", &topics(more)),
            ("content/coops/a.md", coop),
        ])
    };
    for closed in [true, false] {
        let settings = format!("title: T\ntopics: {{starter: false, closed: {closed}}}\n");
        let site = of(&settings, "");
        assert_eq!(codes(&site), [], "{}", site.problems());
        let built = site.built();
        let page = html::text(&built["coops/a/index.html"]);
        assert_eq!(
            page.matches("Grain").count(),
            2,
            "as a topic and as a sector, each once: {page}"
        );
        assert!(built.contains_key("coops/sector/cereals/index.html"));
        assert!(html::text(&built["topics/cereals/index.html"]).contains("bread"));
    }
    let settings = "title: T\ntopics: {starter: false}\n";
    let taken = of(settings, "maize: {aliases: [corn, bread]}\n");
    assert_eq!(codes(&taken), [Code::IdClash, Code::IdClash]);
    assert!(
        taken.problems().starts_with(
            "error: topic `maize` has the alias `corn`, which is taken by the topic `cereals`
 --> content/topics.yaml:3:19
  |
3 | maize: {aliases: [corn, bread]}
  |                   ^^^^
hint: remove the alias here [id-clash]
"
        ),
        "{}",
        taken.problems()
    );
    // A topic of the starter vocabulary is renamed by one of the site that has its id as an alias.
    let site = Site::new(&[
        (
            "content/topics.yaml",
            "beekeeping-and-honey: {label: {en: Bees}, aliases: [beekeeping]}\n",
        ),
        ("content/coops/a.md", "---\ntitle: T\ntopics: [beekeeping]\n---\n"),
    ]);
    assert_eq!(codes(&site), [], "{}", site.problems());
    assert!(site.built().contains_key("topics/beekeeping-and-honey/index.html"));
}

#[test]
fn what_was_renamed_is_not_new_to_readers_of_feeds() {
    let ids = |built: &BTreeMap<String, String>, path: &str| -> Vec<String> {
        let feed = Feed::read_from(built[path].as_bytes()).expect("a feed");
        let mut ids: Vec<String> = feed.entries.into_iter().map(|entry| entry.id).collect();
        ids.sort();
        ids
    };
    let mut files = files();
    let before = site(&files).built();
    for (folder, old, new) in RENAMES {
        rename(&mut files, folder, old, new);
    }
    let after = site(&files).built();
    for path in ["coops.atom", "needs.atom", "offers.atom", "es/matches.atom", "topics/grain.atom"]
    {
        assert!(!ids(&before, path).is_empty(), "{path}");
        assert_eq!(ids(&before, path), ids(&after, path), "{path}");
    }
}

#[test]
fn feeds_under_a_former_address_say_where_they_are_now() {
    let mut files = files();
    rename_topic(&mut files);
    let built = site(&files).built();
    let feed = Feed::read_from(built["es/topics/grain.atom"].as_bytes()).expect("a feed");
    assert_eq!(feed.links[0].href, "https://test.example/dir/es/topics/cereals.atom");
    assert!(!feed.entries.is_empty());
}

#[test]
fn the_page_for_addresses_that_lead_nowhere_speaks_of_what_has_ended() {
    let built = site(&files()).built();
    let page = &built["404.html"];
    let folders = html::attributes(page, "data-ended");
    assert_eq!(folders, ["/dir/matches/", "/dir/rings/", "/dir/es/matches/", "/dir/es/rings/"]);
    assert_eq!(html::attributes(page, "data-needs"), ["/dir/needs/", "/dir/es/needs/"]);
    // Which pairs and rings there were, it does not know, nor of whom.
    for name in ["wheat", "mill", "agaric", "--"] {
        assert!(!page.contains(name), "{name}");
    }
    let words = html::text(page);
    assert!(
        words.contains("Suggestions and rings that have ended have no page either."),
        "{words}"
    );
    // Without a script, no note is shown.
    assert_eq!(page.matches("<p class=\"note\" hidden data-ended=").count(), 4);
}
