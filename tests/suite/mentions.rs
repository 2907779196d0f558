//! What is withheld, written by others: found with both places, and taken out by a quarantine.

use std::collections::{BTreeMap, BTreeSet};

use ayni::diagnostic::Code;
use ayni::{Prepared, quarantine};
use rayon::prelude::*;

use super::html::facts;
use super::site::{Folder, Site, problems, rendered};

/// Where each secret is withheld, and how it is written there. `SECRET` is the secret.
const HIDING: &[(&str, &str, &[&str])] = &[
    (
        "content/needs/hidden.md",
        "---\ntitle: \"SECRET\"\ncoop: acme\nkind: human\nvisibility: private\n---\n",
        &[
            "Mediation for our team in Porto",
            "波尔图团队内部调解",
            "ไกล่เกลี่ยทีมปอร์โต",
            "وساطة لفريقنا في بورتو",
            "हमारी टीम के लिए मध्यस्थता",
        ],
    ),
    (
        "content/pages/hidden.md",
        "---\ntitle: Hidden\nsummary: \"SECRET\"\nvisibility: network\n---\n",
        &["How we talk when nobody listens"],
    ),
    (
        "content/pages/hidden.es.md",
        "---\ntitle: \"SECRET\"\n---\n",
        &["Cómo hablamos cuando nadie escucha"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\nvisibility: private\nwebsite: \"SECRET\"\n---\n",
        &["https://quiet.example/us"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\nvisibility: network\nlinks: [{label: Us, url: \"SECRET\"}]\n---\n",
        &["https://quiet.example/code"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\nvisibility: network\ndiscussion: \"SECRET\"\n---\n",
        &["https://quiet.example/talk"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\nvisibility: network\nsources: [{title: S, url: \"SECRET\"}]\n---\n",
        &["https://quiet.example/source"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\nvisibility: network\nsame_as: [\"SECRET\"]\n---\n",
        &["https://quiet.example/same"],
    ),
    (
        "content/coops/hidden.md",
        "---\ntitle: Hidden\ndraft: true\nwebsite: \"SECRET\"\n---\n",
        &["https://quiet.example/draft"],
    ),
    (
        "content/calls/2026-12.md",
        "---\nstart: 2026-12-30T16:00\nvisibility: private\njoin: \"SECRET\"\n---\n",
        &["https://quiet.example/room"],
    ),
    (
        "content/calls/2026-09.md",
        "---\nstart: 2026-09-30T16:00\nstatus: held\nrecording: {url: \"SECRET\", visibility: network}\n---\n",
        &["https://quiet.example/video"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: email, value: \"SECRET\"}]\n---\n",
        &["ana@quiet.example"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: phone, value: \"SECRET\", visibility: private}]\n---\n",
        &["+353 21 123 4567"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: signal, value: \"SECRET\"}]\n---\n",
        &["quiet.01"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: matrix, value: \"SECRET\", visibility: network}]\n---\n",
        &["@ana:quiet.example"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: fediverse, value: \"SECRET\", visibility: network}]\n---\n",
        &["@ana@quiet.example"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: form, value: \"SECRET\", visibility: network}]\n---\n",
        &["https://quiet.example/form"],
    ),
    (
        "content/coops/quiet.md",
        "---\ntitle: Quiet\ncontact: [{type: post, value: \"SECRET\"}]\n---\n",
        &["Quiet Coop, 1 Quay Street, Cork"],
    ),
    (
        "content/needs/quiet.md",
        "---\ntitle: Quiet\ncoop: acme\nkind: human\ncontact: [{type: email, value: \"SECRET\"}]\n---\n",
        &["need@quiet.example"],
    ),
];

/// A site in which others write a text everywhere: each file, and how often.
fn saying(words: &str) -> (Site, Vec<(&'static str, usize)>) {
    let field = words.replace('"', "\\\"");
    let entry = format!(
        "summary: \"S {field}.\"\nimage: {{src: /a.png, alt: \"A {field}\", caption: \"C **{field}**\", licence: \"L {field}\"}}\n\
         links: [{{label: \"L {field}\", url: \"https://acme.example/l\", licence: \"L {field}\"}}]\n\
         sources: [{{title: \"T {field}\", licence: \"L {field}\"}}]\n"
    );
    let body = format!(
        "Text {words}.\n\n# H {words}\n\n- [a {words}](https://acme.example/)\n\n![b {words}](/a.png) `{words}`\n"
    );
    let site = Site::new(&[
        ("site.yaml", &format!("title: \"T {field}\"\nlanguages: [en, es]\nbase_url: https://test.example/\nlicence: \"L {field}\"\n")),
        ("content/topics.yaml", &format!("weaving: {{label: {{en: \"W {field}\"}}}}\n")),
        (
            "content/coops/acme.md",
            &format!(
                "---\ntitle: Acme\n{entry}region: \"R {field}\"\ncity: \"C {field}\"\n\
                 contact: [{{type: form, value: \"https://acme.example/f\", name: \"N {field}\"}}]\n---\n{body}"
            ),
        ),
        ("content/coops/acme.es.md", &format!("---\ntitle: \"Acme {field}\"\nsummary: \"S {field}\"\n---\n{body}")),
        (
            "content/offers/o.md",
            &format!(
                "---\ntitle: \"O {field}\"\ncoop: acme\nkind: human\nplace: {{city: \"C {field}\"}}\n\
                 quantity: {{value: 3, unit: \"U {field}\"}}\n---\n"
            ),
        ),
        ("content/needs/n.md", "---\ntitle: N\ncoop: acme\nkind: human\n---\n"),
        (
            "content/matches/n--o.md",
            &format!(
                "---\nneed: n\noffer: o\noutcome: \"O {field}\"\nfacilitator: {{name: \"F {field}\", consent: true}}\n---\n"
            ),
        ),
        (
            "content/calls/2026-10.md",
            &format!(
                "---\nstart: 2026-10-28T16:00\nstatus: held\nnote_taker: {{name: \"N {field}\", consent: true}}\n\
                 turns: [{{coop: acme, about: \"A {field}\", delegate: {{name: \"D {field}\", consent: true}}}}]\n\
                 matches: [{{need: n, offer: o, note: \"N {field}\"}}]\n\
                 decisions: [\"D {field}\", \"E *{field}*\"]\nactions: [{{what: \"W {field}\"}}]\n---\n{body}"
            ),
        ),
    ])
    .image("content/static/a.png");
    let counts = vec![
        ("content/calls/2026-10.md", 7 + 5),
        ("content/coops/acme.es.md", 2 + 5),
        ("content/coops/acme.md", 11 + 5),
        ("content/matches/n--o.md", 2),
        ("content/offers/o.md", 3),
        ("content/topics.yaml", 1),
        ("site.yaml", 2),
    ];
    (site, counts)
}

fn hide(site: Site, (file, text): (&str, &str), secret: &str) -> Site {
    let site = match file {
        "content/pages/hidden.es.md" => {
            site.file("content/pages/hidden.md", "---\ntitle: Hidden\nvisibility: private\n---\n")
        }
        _ => site,
    };
    site.file(file, &text.replace("SECRET", secret))
}

/// The files in which something is mentioned, with how often, and the files that withhold it.
pub(crate) fn mentions(prepared: &Prepared) -> (Vec<(String, usize)>, BTreeSet<String>) {
    let found = prepared.problems().iter().filter(|it| it.code == Code::WithheldMention);
    let mut places: Vec<(String, usize)> = Vec::new();
    let mut sources = BTreeSet::new();
    for problem in found {
        let file = problem.place.file.to_string();
        match places.iter_mut().find(|(known, _)| *known == file) {
            Some((_, count)) => *count += 1,
            None => places.push((file, 1)),
        }
        sources.extend(problem.also.as_ref().map(|(place, _)| place.file.to_string()));
    }
    places.sort();
    (places, sources)
}

#[test]
fn whoever_says_what_another_withholds_is_told_both_places_and_can_be_quarantined() {
    let cases = HIDING.par_iter();
    cases.for_each(|(file, text, secrets)| secrets.iter().for_each(|it| check(file, text, it)));
}

fn check(file: &str, text: &str, secret: &str) {
    let (site, counts) = saying(secret);
    let site = hide(site, (file, text), secret);
    let prepared = site.prepare();
    let (places, sources) = mentions(&prepared);
    let counts: Vec<(String, usize)> =
        counts.into_iter().map(|(file, count)| (file.to_owned(), count)).collect();
    assert_eq!(places, counts, "{secret} of {file}\n{}", problems(&prepared));
    assert_eq!(sources, BTreeSet::from([file.to_owned()]), "{secret}");
    // The words are taken out, and nobody is left out.
    let before = pages(&prepared);
    let (without, left_out) =
        quarantine(prepared, &site.options).expect("each error has its place");
    assert!(!left_out.is_empty());
    assert_eq!(before, pages(&without), "{secret}: every page is there");
    let built = rendered(&without);
    assert!(built["coops/acme/index.html"].contains("Text not public."), "{secret}");
    assert_no_trace(&built, secret);
}

fn pages(prepared: &Prepared) -> Vec<String> {
    let all = prepared.plan.all();
    let pages = all.iter().map(|it| it.path.file()).filter(|it| !it.starts_with("search/"));
    pages.collect()
}

/// No byte of a build holds a secret in any form.
#[track_caller]
fn assert_no_trace(built: &BTreeMap<String, String>, secret: &str) {
    let encoded: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let bare = secret.trim_start_matches("https://");
    let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
    let mut forms =
        vec![secret.to_lowercase(), encoded, bare.to_lowercase(), bare.replace('@', "%40")];
    forms.push(secret.replace('\'', "&#39;").replace('&', "&amp;"));
    forms.extend((digits.len() > 6).then_some(digits));
    for (path, text) in built {
        let text = text.to_lowercase();
        let unfolded = text.replace("\r\n ", "");
        for form in &forms {
            assert!(
                !text.contains(form.as_str()) && !unfolded.contains(form.as_str()),
                "{path} holds {form}"
            );
        }
    }
}

#[test]
fn without_the_mention_no_form_of_a_secret_is_in_any_byte() {
    for (file, text, secrets) in HIDING {
        for secret in *secrets {
            let (site, _) = saying("nothing of that");
            let prepared = hide(site, (file, text), secret).prepare();
            assert!(!prepared.has_errors(), "{}", problems(&prepared));
            assert_no_trace(&rendered(&prepared), secret);
        }
    }
}

pub(crate) const NEED: &str = "---\ntitle: Mediation for our team in Porto\ncoop: acme\nkind: human\nvisibility: private\n---\n";
const ACME: &str =
    "---\ntitle: Acme\ncontact: [{type: email, value: ana@bread.example}]\n---\n## How we work\n";

/// A private need, a coop with a contact that is kept to the network, and a page with this body.
pub(crate) fn site(page: &str) -> Site {
    Site::new(&[
        ("content/coops/acme.md", ACME),
        ("content/needs/mediation.md", NEED),
        ("content/pages/p.md", &format!("---\ntitle: P\n---\n{page}\n")),
    ])
}

#[test]
fn a_title_is_found_however_a_body_writes_it() {
    for body in [
        "mediation for our team in Porto",
        "**Mediation** for our team in Porto",
        "Medi**ation** for *our* team in `Porto`",
        "> Mediation for our\n> team in Porto",
        "Mediation&nbsp;for our te&#97;m in Porto",
        "[Mediation for](https://x.example) our team in Porto",
        "| Mediation for our team in Porto |\n|---|\n| x |",
        "[x](https://x.example \"Mediation for our team in Porto\")",
        "<b>Mediation for our team in Porto</b>",
        "<!-- Mediation for our team in Porto -->",
        "[[Mediation for our team in Porto|Mediation for our team in Porto]]",
        "Me\u{ad}diation for our team in Porto",
        "x[^1]\n\n[^1]: Mediation for our team in Porto",
        // The index of search puts blocks one after the other.
        "Mediation for our\n\nteam in Porto",
        "- Mediation for\n- our team in Porto",
        "[[p#Mediation for our team in Porto]]",
        "[x](mailto:ana&#64;bread.ex&#97;mple)",
        "[x](mailto:ana@bread.example?subject=Hi)",
        "[x](https://f.example/?to=ana@bread.example&y=1)",
        "~ana@bread.example_",
        "MEDIATION FOR OUR TEAM IN PORTO",
    ] {
        assert_eq!(
            mentions(&site(body).prepare()).0,
            [("content/pages/p.md".to_owned(), 1)],
            "{body}"
        );
    }
    for body in [
        "Mediation, and our team in Porto",
        "Remediation for our team in Porto",
        "[[Mediation for our team in Porto]] and [[mediation]]",
        "[them](../needs/mediation.md)",
    ] {
        assert_eq!(mentions(&site(body).prepare()).0, [], "{body}");
    }
}

#[test]
fn the_message_names_both_places() {
    let site = site("Write to **ana@bread.example** today.")
        .file("content/needs/mediation.md", "---\ntitle: M\ncoop: acme\nkind: human\n---\n");
    assert_eq!(
        site.problems(),
        "error: page `p` mentions a contact (`email`) of coop `acme`, which the public edition withholds, since it has no `visibility`
 --> content/pages/p.md:4:12
  |
4 | Write to **ana@bread.example** today.
  |            ^^^^^^^^^^^^^^^^^
  |
 ::: content/coops/acme.md:3:32
  |
3 | contact: [{type: email, value: ana@bread.example}]
  |                                ----------------- it is withheld here
hint: take the words out here, or write `visibility: public` at the contact if everybody may know it [withheld-mention]
"
    );
}

#[test]
fn who_writes_a_contact_twice_is_only_warned() {
    let own = |contact: &str| {
        Site::new(&[(
            "content/coops/acme.md",
            &format!("---\ntitle: Acme\ncontact: [{contact}]\n---\nWrite to ana@bread.example.\n"),
        )])
    };
    let site = own("{type: email, value: ana@bread.example}");
    assert_eq!(super::site::codes(&site), [Code::OwnContact]);
    let page = facts(&site.built()["coops/acme/index.html"]);
    assert!(page.contains("Write to [ana@bread.example](mailto:ana@bread.example)."), "{page}");
    let said = own("{type: email, value: ana@bread.example, visibility: network}");
    assert_eq!(super::site::codes(&said), [Code::WithheldMention]);
    assert_eq!(super::site::codes(&said.for_the_network()), []);
}

#[test]
fn a_text_gives_no_right_and_a_field_does() {
    let shown = |fields: &str| {
        let page = format!("---\ntitle: P\n{fields}---\nWrite to ana@bread.example.\n");
        site("").file("content/pages/p.md", &page)
    };
    assert_eq!(mentions(&shown("").prepare()).0.len(), 1);
    assert_eq!(
        mentions(&shown("summary: ana@bread.example\n").prepare()).0,
        [("content/pages/p.md".to_owned(), 2)]
    );
    let link = shown("links: [{label: ana@bread.example, url: \"mailto:ana@bread.example\"}]\n");
    assert_eq!(mentions(&link.prepare()).0, []);
    // Only a title gives the right to a title.
    let title = "---\ntitle: Mediation for our team in Porto\n---\n";
    let titled = site("Mediation for our team in Porto").file("content/pages/q.md", title);
    assert_eq!(mentions(&titled.prepare()).0, []);
}

#[test]
fn an_admin_can_let_one_value_stand() {
    let settings = "title: Test\nguard:\n  allow:\n    - {value: ana@bread.example, reason: It is on their own site.}\n";
    let site = site("Write to Ana@bread.example, or about mediation for our team in Porto")
        .file("site.yaml", settings);
    assert_eq!(mentions(&site.prepare()).0, [("content/pages/p.md".to_owned(), 1)]);
    let site = site.file("site.yaml", &settings.replace(", reason: It is on their own site.", ""));
    assert!(
        site.problems().contains("`allow` of `guard` of the site has no `reason`"),
        "{}",
        site.problems()
    );
    for empty in ["\"\"", "\" \""] {
        let site =
            site.clone().file("site.yaml", &settings.replace("It is on their own site.", empty));
        assert!(site.problems().contains("has no `reason`"), "{}", site.problems());
    }
}

#[test]
fn an_allowance_that_nothing_needs_is_told() {
    let told = |value: &str| {
        let settings = format!("title: T\nguard: {{allow: [{{value: {value}, reason: R}}]}}\n");
        let site = site("Nothing").file("site.yaml", &settings);
        site.prepare().problems().iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(told("ana@bread.example"), []);
    assert_eq!(told("anna@bread.example"), [Code::NeedlessAllowance]);
}

#[test]
fn check_answers_for_every_edition() {
    let folder = Folder::new(&[
        ("site.yaml", "title: Test\n"),
        (
            "content/coops/acme.md",
            "---\ntitle: Acme\nwebsite: https://acme.example/\ndraft: true\n---\n",
        ),
        (
            "content/coops/bolete.md",
            "---\ntitle: Bolete\nwebsite: https://bolete.example/\nvisibility: private\n---\n",
        ),
        (
            "content/pages/p.md",
            "---\ntitle: P\n---\nhttps://acme.example/ https://bolete.example/\n",
        ),
    ]);
    let run = folder.ayni(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("mentions an address (`website`) of coop `acme`, which is a draft\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("of coop `bolete`, which the public edition withholds\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("\n2 errors\n"), "each is told once: {}", run.stderr);
    let run = folder.ayni(&["build", "--drafts", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let list = "left out until the errors are corrected:\n  words in content/pages/p.md:4, which content/coops/bolete.md withholds\n";
    assert!(run.stderr.contains(list), "{}", run.stderr);
    let page = folder.read("public/pages/p/index.html");
    assert!(page.contains("https://acme.example/</a> not public"), "{page}");
}

#[test]
fn an_edit_is_searched_as_a_first_look_would() {
    let quiet = site("Nothing of that.").prepare();
    let said = site("Write to ana@bread.example.");
    let again = |site: &Site, earlier: &Prepared| {
        let after = ayni::prepare(site.sources.clone(), &site.options, Some(earlier));
        assert_eq!(problems(&after), site.problems());
        after
    };
    let after = again(&said, &quiet);
    let after = again(&site("Nothing of that."), &after);
    // Who else has the title, and what a link leads to, changes what another page says.
    let linked = site("[[ana@bread.example]]");
    let after = again(&linked, &after);
    let named = linked.file("content/pages/q.md", "---\ntitle: ana@bread.example\n---\n");
    let after = again(&named, &after);
    let public = ACME.replace("}]", ", visibility: public}]");
    again(&named.file("content/coops/acme.md", &public), &after);
}

#[test]
fn a_visibility_that_cannot_be_read_is_the_strictest() {
    let site = site("Mediation for our team in Porto")
        .file("content/needs/mediation.md", &NEED.replace("private", "privat"));
    let (without, _) = quarantine(site.prepare(), &site.options).expect("it has its place");
    assert_no_trace(&rendered(&without), "Mediation for our team in Porto");
}

#[test]
fn a_quarantine_ends_however_often_words_are_nested() {
    let title = NEED.replace("Mediation for our team in Porto", "alpha not public beta gamma");
    let body = format!("{}not public {}", "alpha ".repeat(7), "beta gamma ".repeat(7));
    let site = site(&body).file("content/needs/mediation.md", &title);
    assert!(quarantine(site.prepare(), &site.options).is_some());
}
