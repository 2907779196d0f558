//! Names of entries: how long they may be in every script, and what the program makes of titles.

use std::collections::BTreeSet;

use ayni::content::file_names::{LONGEST_ID, LONGEST_MADE_ID};
use ayni::content::values::Slug;
use ayni::diagnostic::Code;
use proptest::prelude::*;

use super::html::facts;
use super::site::{Folder, Site, check, codes, directory};

/// A letter of each script, of one to four bytes, and of Hindi one with a vowel.
const LETTERS: [&str; 9] = ["a", "é", "ж", "ع", "कि", "合", "ก", "አ", "𐐨"];

/// The longest name of this letter, perhaps with other letters before it.
pub(crate) fn longest(start: &str, letter: &str) -> String {
    format!("{start}{}", letter.repeat((LONGEST_ID - start.len()) / letter.len()))
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap_or_else(|complaint| panic!("{text}: {complaint:?}"))
}

// How long names may be.

/// Coops that need what the others offer, with the longest names in all scripts.
fn long_names() -> Folder {
    let folder = Folder::new(&[]);
    let series = longest("s", "ж");
    let settings = format!(
        "title: Test\nbase_url: https://test.example/\nlanguages: [en, es]\n\
         topics: {{closed: false, starter: false}}\ncalls:\n  - {{id: {series}, title: One, rrule: FREQ=MONTHLY;BYDAY=-1WE, start: \"16:00\"}}\n  \
         - {{id: two, title: Two, rrule: FREQ=MONTHLY;BYDAY=1WE, start: \"16:00\"}}\n"
    );
    folder.write("site.yaml", settings);
    for letter in LETTERS {
        let [id, alias, topic] = ["i", "f", "t"].map(|start| longest(start, letter));
        let both = format!("title: {letter}\naliases: [{alias}]\ntopics: [{topic}, looms]\n");
        folder.write(&format!("content/coops/{id}.md"), format!("---\n{both}---\n"));
        let fields = format!("{both}coop: {id}\nkind: human\n");
        let text = format!("---\n{fields}---\nLooms and weaving for a course.\n");
        folder.write(&format!("content/needs/{id}.md"), &text);
        folder.write(&format!("content/offers/{id}.md"), &text);
        folder.write(&format!("content/pages/{id}/{id}.md"), format!("---\n{both}---\n"));
        folder.write(&format!("content/pages/{id}/{id}.es.md"), "---\ntitle: T\n---\n");
        let call = format!("---\nseries: {series}\nstart: 2026-10-28T16:00\n---\n");
        folder.write(&format!("content/calls/{id}.md"), call);
    }
    folder
}

#[test]
fn the_longest_names_of_every_script_build() {
    let folder = long_names();
    let run = folder.ayni(&["check"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let built = folder.files("public");
    let ids = LETTERS.map(|letter| longest("i", letter));
    for id in &ids {
        for path in
            ["coops/ID", "needs/ID", "offers/ID", "pages/ID/ID", "calls/ID", "calls/ID/agenda"]
        {
            let path = format!("{}/index.html", path.replace("ID", id));
            assert!(built.contains_key(&path), "{path}");
            assert!(built.contains_key(&format!("es/{path}")), "es/{path}");
        }
    }
    for letter in LETTERS {
        let [alias, topic] = ["f", "t"].map(|start| longest(start, letter));
        for path in [
            format!("needs/{alias}/index.html"),
            format!("topics/{topic}/index.html"),
            format!("topics/{topic}.atom"),
        ] {
            assert!(built.contains_key(&path), "{path}");
        }
    }
    let shortened = |folder: &str| {
        let names = built.keys().filter_map(|path| path.strip_prefix(folder)?.split('/').next());
        let names: BTreeSet<&str> = names.filter(|name| name.contains("---")).collect();
        assert!(!names.is_empty(), "{folder}");
        for name in &names {
            assert!(name.len() <= LONGEST_ID, "{name}");
        }
        names.len()
    };
    shortened("matches/");
    shortened("rings/");
    // What leads to a shortened address leads somewhere: every match of a need is linked from it.
    let need = facts(&folder.read(&format!("public/needs/{}/index.html", ids[0])));
    let offer = ids.iter().find(|id| {
        let pair = Slug::pair(&slug(&ids[0]), &slug(id));
        built.contains_key(&format!("matches/{pair}/index.html"))
    });
    let pair = Slug::pair(&slug(&ids[0]), &slug(offer.expect("a match")));
    let encoded: String = pair
        .as_str()
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    assert!(need.contains(&format!("../../matches/{encoded}/")), "{encoded} is not in {need}");
}

#[test]
fn one_letter_more_is_said_at_its_place() {
    for letter in LETTERS {
        let long = longest("", letter) + letter;
        let site = Site::new(&[(&format!("content/coops/{long}.md"), "---\ntitle: A\n---\n")]);
        assert_eq!(codes(&site), [Code::BadId], "{letter}");
        let found = site.problems();
        assert!(found.contains(&format!("hint: call it `{}`; ", longest("", letter))), "{found}");
    }
    let long = "a".repeat(LONGEST_ID + 1);
    let settings = "title: Test\ntopics: {closed: false, starter: false}\n";
    for (path, text, line) in [
        ("content/coops/a.md", format!("---\ntitle: A\naliases: [{long}]\n---\n"), "3:11"),
        ("content/pages/a.md", format!("---\ntitle: A\naliases:\n  - a/{long}\n---\n"), "4:5"),
        ("content/coops/a.md", format!("---\ntitle: A\ntopics: [{long}]\n---\n"), "3:10"),
        ("content/coops/a.md", format!("---\ntitle: A\nsectors: [{long}]\n---\n"), "3:11"),
        ("content/topics.yaml", format!("{long}: {{}}\n"), "1:1"),
        ("site.yaml", format!("title: A\ncalls: {{id: {long}, title: B}}\n"), "2:13"),
        (&format!("content/pages/a/{long}.md"), "---\ntitle: A\n---\n".to_owned(), "1:1"),
        (
            &format!("content/matches/{long}--a.md"),
            "---\nneed: a\noffer: a\n---\n".to_owned(),
            "1:1",
        ),
    ] {
        let site = Site::new(&[("site.yaml", settings)]).file(path, &text);
        let found = site.problems();
        assert!(found.contains("it takes 193 bytes, and 192 fit\n"), "{path}: {found}");
        assert!(found.contains(&format!("{path}:{line}\n")), "{path}: {found}");
        assert!(found.contains("[bad-id]"), "{found}");
    }
    let deep = vec!["abc"; 129].join("/");
    let found =
        Site::new(&[(&format!("content/pages/{deep}.md"), "---\ntitle: A\n---\n")]).problems();
    assert!(found.contains("it takes 515 bytes, and 512 fit"), "{found}");
    assert!(
        found.contains("hint: use shorter names, or fewer folders within each other"),
        "{found}"
    );
}

#[test]
fn a_decision_about_long_ids_has_a_file_and_a_page() {
    let folder = long_names();
    let (need, offer) = (longest("i", "कि"), longest("i", "合"));
    let name = Slug::pair(&slug(&need), &slug(&offer));
    let whole = format!("{need}--{offer}");
    assert!(name.as_str().len() <= LONGEST_ID && name.as_str().contains("---"), "{name}");
    let path = format!("content/matches/{name}.md");
    check(
        &folder.ayni(&["new", "match", &whole, "--status", "introduced"]),
        0,
        &format!("{path}\n"),
        "",
    );
    folder.remove(&path);
    check(
        &folder.ayni(&["new", "match", name.as_str(), "--status", "introduced"]),
        0,
        &format!("{path}\n"),
        "",
    );
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = format!("public/matches/{name}/index.html");
    assert!(facts(&folder.read(&page)).contains("introduced"), "{}", facts(&folder.read(&page)));

    let decision =
        |status: &str| format!("---\nneed: {need}\noffer: {offer}\nstatus: {status}\n---\n");
    for (status, flags) in [("declined", &["build"][..]), ("declind", &["build", "--quarantine"])] {
        folder.write(&path, decision(status));
        let run = folder.ayni(flags);
        assert_eq!(run.code, Some(0), "{status}: {}", run.stderr);
        assert!(!folder.path(&page).exists(), "{status}: it is not suggested");
    }
    // The file has this name and no other.
    folder.write(&path, decision("declined"));
    let other = format!("content/matches/{}.md", Slug::pair(&slug(&offer), &slug(&need)));
    folder.write(&other, decision("declined"));
    let run = folder.ayni(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let hint = format!("hint: call the file `{name}.md`, or correct its fields [match-name]");
    assert!(run.stderr.contains(&hint), "{}", run.stderr);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_name_that_stays_itself(
        one in "(\\PC|[ऀ-ॿก-๛a-zİΣ\u{300}-\u{345} ]){0,90}",
        other in "(\\PC|[가-힣ক-৿à-ÿ -]){0,90}",
    ) {
        let ids = [&one, &other].map(|text| ayni::content::record::made_id(text));
        for id in &ids {
            prop_assert!(id.is_empty() || Slug::parse(id).is_ok(), "{id:?}");
            prop_assert!(id.len() <= LONGEST_MADE_ID, "{id:?}");
        }
        let longest = [&one, &other].map(|text| ayni::content::values::slugify(&text.repeat(9)));
        let longest = longest.map(|id| ayni::content::file_names::cut(&id, LONGEST_ID).to_owned());
        if let [Ok(need), Ok(offer)] = longest.map(|id| Slug::parse(&id)) {
            let pair = Slug::pair(&need, &offer);
            prop_assert!(pair.as_str().len() <= LONGEST_ID, "{pair}");
            prop_assert_eq!(Slug::parse_pair(pair.as_str()), Ok(Some(pair)));
        }
    }
}

// Names that the program makes.

#[test]
fn a_long_title_makes_a_name_that_everything_can_be_made_of() {
    let folder = directory();
    let hindi = "बुनाई सिखाने के लिए पाँच करघे और दो अनुभवी बुनकर चाहिए जो तीन महीने साथ रहें";
    let russian = "нужна-помощь".repeat(11);
    let chinese = "合作社需要一位会计".repeat(9);
    let mut ids = Vec::new();
    for title in [hindi, hindi, &russian, &russian, &chinese, &chinese, &chinese] {
        for (kind, coop) in [("need", "agaric"), ("offer", "bolete")] {
            let run = folder.ayni(&["new", kind, title, "--coop", coop, "--kind", "human"]);
            assert_eq!(run.code, Some(0), "{title}: {}", run.stderr);
            let id = run.stdout.trim().strip_suffix(".md").expect("a file");
            ids.push(id.rsplit('/').next().expect("a name").to_owned());
        }
    }
    for id in &ids {
        assert!(id.len() <= LONGEST_MADE_ID, "{id} has {} bytes", id.len());
        assert_eq!(slug(id).as_str(), id);
    }
    let of_hindi = "बुनाई-सिखाने-के-लिए-पाँच-करघे";
    assert!(ids[0].starts_with(of_hindi), "{ids:?}");
    assert!(slugs(hindi).starts_with(&ids[0]) && slugs(hindi)[ids[0].len()..].starts_with('-'));
    assert!(ids[2].ends_with("-2") && ids[12].ends_with("-3"), "{ids:?}");
    let needs: BTreeSet<&String> = ids.iter().step_by(2).collect();
    assert_eq!(needs.len(), ids.len() / 2, "each has its own: {ids:?}");
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

fn slugs(title: &str) -> String {
    ayni::content::values::slugify(title)
}

#[test]
fn made_names_are_plain_and_can_be_copied_to_any_system() {
    let folder = directory();
    for (title, id) in [
        ("İstanbul", "istanbul"),
        ("Con", "con-2"),
        ("LPT9", "lpt9-2"),
        ("con", "con-3"),
        ("Contact", "contact"),
    ] {
        let known = "warning: there is the page `con-2` of this name already\n";
        let told = if title == "con" { known } else { "" };
        check(&folder.ayni(&["new", "page", title]), 0, &format!("content/pages/{id}.md\n"), told);
    }
    folder.write("content/pages/a.md", "---\ntitle: A\n---\nSee [[İstanbul]] and [[ISTANBUL]].\n");
    check(&folder.ayni(&["check"]), 0, "", "10 entries, no problems\n");
}

#[test]
fn recording_names_all_that_is_new() {
    let folder = super::pads::folder();
    let hindi = "बुनाई सिखाने के लिए पाँच करघे और दो अनुभवी बुनकर चाहिए जो तीन महीने साथ रहें";
    let pad = format!(
        "# November call\n\n## Second round: what we need\n- Agaric Bakery:\n  - {hindi} एक (human)\n  - {hindi} दो (human)\n"
    );
    folder.write("pads/2026-11.md", pad);
    let run = folder.ayni(&["call", "record", "2026-11", "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let needs = folder.files("content/needs");
    assert_eq!(needs.len(), 4, "{:?}\n{}", needs.keys(), run.stderr);
    for path in needs.keys() {
        let id = path.strip_suffix(".md").expect("a file");
        assert!(id.len() <= LONGEST_MADE_ID, "{id}");
    }
    assert_eq!(folder.ayni(&["check"]).code, Some(0));
}

#[test]
fn what_windows_cannot_have_is_told() {
    let told = |path: &str| Site::new(&[(path, "---\ntitle: A\n---\n")]).problems();
    let found = told("content/coops/con.md");
    assert!(found.contains("`content/coops/con.md` cannot exist on Windows"), "{found}");
    assert!(found.contains("[not-on-windows]"), "{found}");
    assert!(told("content/pages/aux/notes.md").contains("because of its part `aux`"));
    for fine in ["content/coops/conch.md", "content/coops/auxiliary.md", "content/pages/com/a.md"] {
        assert_eq!(told(fine), "", "{fine}");
    }
}
