//! Markdown as people know it: what CommonMark and GitHub read in a text, readers see. All examples of the
//! specification of CommonMark are read by `tests/browser/commonmark.test.mjs`.

use ayni::diagnostic::Code;

use super::html::{attributes, facts};
use super::site::{Site, codes};

fn site(body: &str) -> Site {
    Site::new(&[
        (
            "content/coops/acme.md",
            "---\ntitle: Acme Weavers\n---\n## How we work\n\n## Volumes won't mount\n\nText.\n",
        ),
        ("content/pages/guide/index.md", "---\ntitle: The guide\n---\n"),
        ("content/pages/guide/looms.md", "---\ntitle: Looms\n---\n"),
        ("content/pages/wool.md", "---\ntitle: Wool\n---\n"),
        ("content/pages/p.md", &format!("---\ntitle: P\n---\n{body}\n")),
    ])
}

/// What the body of a page shows, after "Begin" and before "End".
fn shown(body: &str) -> String {
    let site = site(&format!("Begin\n\n{body}\n\nEnd"));
    assert_eq!(site.problems(), "", "{body}");
    let page = facts(&site.built()["pages/p/index.html"]);
    between(&page).to_owned()
}

/// The HTML of a body.
fn markup(body: &str) -> String {
    let built = site(&format!("Begin\n\n{body}\n\nEnd")).built();
    between(&built["pages/p/index.html"]).to_owned()
}

fn between(page: &str) -> &str {
    let (_, after) = page.split_once("Begin").expect("a beginning");
    after.split_once("End").expect("an end").0.trim()
}

/// The links of a body: its words, and where each leads.
#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(shown(body), expected, "{body}");
}

#[test]
fn bare_addresses_are_links() {
    for (body, expected) in [
        ("www.coop.example", "[www.coop.example](http://www.coop.example)"),
        (
            "Visit www.coop.example/help for more.",
            "Visit [www.coop.example/help](http://www.coop.example/help) for more.",
        ),
        ("Visit www.coop.example.", "Visit [www.coop.example](http://www.coop.example)."),
        (
            "Visit www.coop.example/a.b.",
            "Visit [www.coop.example/a.b](http://www.coop.example/a.b).",
        ),
        (
            "www.coop.example/search?q=Wool+(carded)",
            "[www.coop.example/search?q=Wool+(carded)](http://www.coop.example/search?q=Wool+(carded))",
        ),
        (
            "(see https://coop.example/a_(b)))",
            "(see [https://coop.example/a_(b)](https://coop.example/a_(b))))",
        ),
        (
            "https://coop.example/search?q=(wool))+ok",
            "[https://coop.example/search?q=(wool))+ok](https://coop.example/search?q=(wool))+ok)",
        ),
        (
            "https://coop.example/?q=wool&hl=en",
            "[https://coop.example/?q=wool&hl=en](https://coop.example/?q=wool&hl=en)",
        ),
        (
            "https://coop.example/?q=wool&hl;",
            "[https://coop.example/?q=wool](https://coop.example/?q=wool)&hl;",
        ),
        (
            "https://coop.example/?q=wool&copy;",
            "[https://coop.example/?q=wool](https://coop.example/?q=wool)©",
        ),
        (
            "http://coop.example, HTTPS://COOP.example/A!",
            "[http://coop.example](http://coop.example), [HTTPS://COOP.example/A](HTTPS://COOP.example/A)!",
        ),
        (
            "https://coop.example/_next_/a_b*c*d/~ana",
            "[https://coop.example/_next_/a_b*c*d/~ana](https://coop.example/_next_/a_b*c*d/~ana)",
        ),
        ("**https://coop.example/**", "[https://coop.example/](https://coop.example/)"),
        ("*see https://coop.example/a*", "see [https://coop.example/a](https://coop.example/a)"),
        (
            "https://coop.example:8080/#top",
            "[https://coop.example:8080/#top](https://coop.example:8080/#top)",
        ),
        (
            "https://coop.example/{page}|b",
            "[https://coop.example/{page}|b](https://coop.example/%7Bpage%7D%7Cb)",
        ),
    ] {
        check(body, expected);
    }
}

#[test]
fn signs_of_other_alphabets_end_an_address() {
    for (body, expected) in [
        (
            "地址：https://coop.example/羊毛。谢谢",
            "地址：[https://coop.example/羊毛](https://coop.example/羊毛)。谢谢",
        ),
        ("انظر https://coop.example/a؟", "انظر [https://coop.example/a](https://coop.example/a)؟"),
    ] {
        check(body, expected);
    }
}

#[test]
fn bare_addresses_of_email_are_links() {
    for (body, expected) in [
        ("ana@coop.example", "[ana@coop.example](mailto:ana@coop.example)"),
        (
            "Write to hello+wool@mail.coop.example, or a.b-c_d@coop.example.",
            "Write to [hello+wool@mail.coop.example](mailto:hello+wool@mail.coop.example), or \
             [a.b-c_d@coop.example](mailto:a.b-c_d@coop.example).",
        ),
        ("mailto:ana@coop.example", "[mailto:ana@coop.example](mailto:ana@coop.example)"),
        ("<office@weavers.example>", "[office@weavers.example](mailto:office@weavers.example)"),
        ("邮箱：ana@coop.example。", "邮箱：[ana@coop.example](mailto:ana@coop.example)。"),
    ] {
        check(body, expected);
    }
}

#[test]
fn what_only_looks_like_an_address_is_text() {
    for body in [
        "a@b-",
        "ana@coop.example-",
        "ana@coop",
        "@ana@coop.example",
        "git@coop.example:wool/code",
        "http://localhost:3000/",
        "https://coop_wool.example/",
        "xwww.coop.example",
        "ahttps://coop.example/",
        "https://",
        "ftp://coop.example/",
        "javascript:alert(1)",
        "10:30 www. w@ @w",
    ] {
        check(body, body);
    }
    for (body, expected) in [
        ("`https://coop.example/` `ana@coop.example`", "https://coop.example/ ana@coop.example"),
        ("[see www.coop.example](wool.md)", "[see www.coop.example](../../pages/wool/)"),
    ] {
        check(body, expected);
    }
}

#[test]
fn a_bare_address_obeys_the_rules_of_all_links() {
    let refused = site("See https://good.example@evil.example/ here.");
    assert_eq!(codes(&refused), [Code::BadUrl]);
    assert!(refused.problems().contains("without it the address leads to `evil.example`"));
    let page = markup("See https://coop.example/.");
    assert!(
        page.contains("class=\"away\" rel=\"noopener\" href=\"https://coop.example/\""),
        "{page}"
    );
}

#[test]
fn a_remark_says_what_kind_it_is() {
    let body = "> [!WARNING]\n> Do not *wash*.\n>\n> - hot\n\n> [!tip]\n> Cold.";
    let page = markup(body);
    assert!(!page.contains("[!"), "{page}");
    let start =
        "<div class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p>";
    assert!(page.contains(start), "{page}");
    assert!(page.contains("<p class=\"alert-title\">Tip</p>"), "{page}");
    let settings = "title: Test\nlanguages: [es, en]\n";
    let spanish = Site::new(&[
        ("site.yaml", settings),
        ("content/pages/p.md", "---\ntitle: P\nlang: en\n---\n> [!WARNING]\n> Hot.\n"),
    ]);
    let page = &spanish.built()["pages/p/index.html"];
    assert!(
        page.contains("<p class=\"alert-title\" lang=\"es\" dir=\"ltr\">Advertencia</p>"),
        "{page}"
    );
    let page = facts(&site("> [!NOTE] Mind\n> A quotation").built()["pages/p/index.html"]);
    assert!(page.contains("[!NOTE] Mind A quotation"), "as GitHub has it: {page}");
}

#[test]
fn a_link_of_commonmark_comes_before_double_brackets() {
    for (body, expected) in [
        ("[[2]](https://x.example/s)", "[[2]](https://x.example/s)"),
        ("[[2]]\n\n[2]: https://x.example/s", "[[2](https://x.example/s)]"),
        ("[[wool]]", "[Wool](../../pages/wool/)"),
        ("[[wool|]] and [[wool| ]]", "[Wool](../../pages/wool/) and [Wool](../../pages/wool/)"),
        ("[[wool|a *b* [c]]]", "[a b [c]](../../pages/wool/)"),
        ("[[[wool]]]", "[[Wool](../../pages/wool/)]"),
        ("\\[[wool]] [[wool\\]] `[[wool]]`", "[[wool]] [[wool]] [[wool]]"),
        ("| a | b |\n|---|---|\n| [[wool\\|w]] | c |", "a\nb\n[w](../../pages/wool/)\nc"),
        (
            "[](wool.md) [](https://x.example/)",
            "[Wool](../../pages/wool/) [https://x.example/](https://x.example/)",
        ),
    ] {
        check(body, expected);
    }
    let page = facts(&site("Begin\n\n[[]] [[ ]]\n\nEnd").built()["pages/p/index.html"]);
    assert_eq!(between(&page), "[[]] [[ ]]", "nothing is named, which is told");
}

#[test]
fn only_a_colon_with_a_space_begins_a_definition() {
    assert_eq!(shown("Thank you all\n:-) see you"), "Thank you all :-) see you");
    let page = markup("Run `make\n: all` now\n:-)\n\nwarp\n: threads `a\n: b`\n: more");
    assert!(page.contains("<code>make : all</code> now\n:-)"), "{page}");
    assert!(page.contains("<dt>warp</dt>"), "{page}");
    assert!(page.contains("<dd>threads <code>a : b</code></dd>\n<dd>more</dd>"), "{page}");
    let page = markup("> a\n> :b\n\n```\n:c\n: d\n```\n\nwarp\n: threads");
    assert!(page.contains("a\n:b") && page.contains(":c\n: d\n</code>"), "{page}");
}

#[test]
fn footnotes_stand_at_the_end_and_lead_back() {
    let body = "[^z]: Three.\n\na[^x] b[^X] c[^y]\n\n> [^x]: One.\n\nd[^z]\n\n[^x]: Two.\n\n[^y]: - item\n\nEnd.\n\n[^never]: Four.";
    let page = &site(body).built()["pages/p/index.html"];
    let mut ids = attributes(page, "id");
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "each id once: {ids:?}");
    let call = |number: u32, id: &str| {
        format!(
            "<sup class=\"note-call\" id=\"{id}\"><a href=\"#_note-{number}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a></sup>"
        )
    };
    let text = format!(
        "<p>a{} b{} c{}</p>\n<blockquote>\n</blockquote>\n<p>d{}</p>\n<p>End.</p>\n<section class=\"footnotes\"",
        call(1, "_call-1"),
        call(1, "_call-1-2"),
        call(2, "_call-2"),
        call(3, "_call-3")
    );
    assert!(page.contains(&text), "{text}\n{page}");
    let back = |id: &str, name: &str, count: &str| {
        format!(
            " <a class=\"note-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"Back to note {name}\">\
             <span>\u{21a9}\u{fe0e}</span>{count}</a>"
        )
    };
    let notes = format!(
        "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
         <li id=\"_note-1\" value=\"1\">\n<p>One.</p>\n<p>Two.{}{}</p>\n</li>\n\
         <li id=\"_note-2\" value=\"2\">\n<ul>\n<li>item</li>\n</ul>\n<p>{}</p>\n</li>\n\
         <li id=\"_note-3\" value=\"3\">\n<p>Three.{}</p>\n</li>\n\
         <li id=\"_note-4\" value=\"4\">\n<p>Four.</p>\n</li>\n</ol>\n</section>\n",
        back("_call-1", "1 in the text, place 1", "<sup>1</sup>"),
        back("_call-1-2", "1 in the text, place 2", "<sup>2</sup>"),
        back("_call-2", "2 in the text", ""),
        back("_call-3", "3 in the text", ""),
    );
    assert!(page.contains(&notes), "{notes}\n{page}");
}

#[test]
fn the_way_back_from_a_footnote_is_called_in_the_language_of_the_page() {
    let site = site("a[^x]\n\n[^x]: One.").file("site.yaml", "title: T\nlanguages: [en, es]\n");
    let page = &site.built()["es/pages/p/index.html"];
    for name in ["Nota 1", "Volver a la nota 1 en el texto"] {
        assert!(
            page.contains(&format!("aria-label=\"{name}\" lang=\"es\" dir=\"ltr\"")),
            "{name}: {page}"
        );
    }
}

#[test]
fn a_heading_is_found_by_its_words_and_by_its_addresses() {
    let work = "../../coops/acme/#how-we-work";
    for (body, expected) in [
        ("[[acme#How we work]]", format!("[Acme Weavers]({work})")),
        ("[[acme#how-we-work|w]]", format!("[w]({work})")),
        ("[w](../coops/acme.md#How%20we%20work)", format!("[w]({work})")),
        ("[v](../coops/acme.md#volumes-wont-mount)", "[v](../../coops/acme/#volumes-won-t-mount)".to_owned()),
        ("## Local part\n\n[[#Local part]] [x](#local-part)", "## Local part\n[Local part](#local-part) [x](#local-part)".to_owned()),
        ("[g](guide/) [g](guide) [w](wool/) [c](../coops/)", "[g](../../pages/guide/) [g](../../pages/guide/) [w](../../pages/wool/) [c](../../coops/)".to_owned()),
    ] {
        check(body, &expected);
    }
    let page = &site("").built()["coops/acme/index.html"];
    for id in ["how-we-work", "volumes-won-t-mount", "volumes-wont-mount"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id} in {page}");
    }
}

#[test]
fn a_heading_of_a_translation_is_found_from_all_languages() {
    let site = Site::new(&[
        ("site.yaml", "title: Test\nlanguages: [en, es]\n"),
        ("content/coops/acme.md", "---\ntitle: Acme\n---\n## How we work\n\n## Wool\n"),
        ("content/coops/acme.es.md", "---\ntitle: Acme\n---\n## Cómo trabajamos\n\n## Lana\n"),
        ("content/pages/p.md", "---\ntitle: P\n---\n[[acme#How we work|a]] [[acme#Lana|b]]\n"),
    ]);
    assert_eq!(site.problems(), "");
    let built = site.built();
    let english = facts(&built["pages/p/index.html"]);
    assert!(
        english.contains("[a](../../coops/acme/#how-we-work) [b](../../coops/acme/#wool)"),
        "{english}"
    );
    let spanish = &built["es/pages/p/index.html"];
    let leads = |id: &str| spanish.contains(&format!("coops/acme/#{id}\""));
    assert!(leads("c%C3%B3mo-trabajamos") && leads("lana"), "{spanish}");
}

#[test]
fn the_contents_show_what_the_headings_show() {
    let site = site("## About [[acme]]\n\n## [[wool|Our wool]]\n\n## See [[Nobody]]\n");
    let page = facts(&site.built()["pages/p/index.html"]);
    for shown in
        ["[About Acme Weavers](#about-acme)", "[Our wool](#our-wool)", "[See Nobody](#see-nobody)"]
    {
        assert!(page.contains(shown), "{shown} in {page}");
    }
}

#[test]
fn a_file_with_a_space_in_its_name_is_shown_if_it_is_there() {
    let body = "![An *oven*](my oven (1).jpg) ![No oven](no oven.jpg \"Hot\") [plan](my plan.pdf), [x](a b)";
    let site = site(body).image("content/pages/my oven (1).jpg");
    let site = site.copied("content/pages/my plan.pdf", "plan");
    assert_eq!(codes(&site), [Code::SpaceInAddress]);
    let page = &site.built()["pages/p/index.html"];
    assert!(page.contains("src=\"../../pages/my%20oven%20%281%29.jpg\" alt=\"An oven\""), "{page}");
    assert!(page.contains("![No oven](no oven.jpg &quot;Hot&quot;)"), "{page}");
    assert!(page.contains("<a href=\"../../pages/my%20plan.pdf\">plan</a>, [x](a b)"), "{page}");
}

#[test]
fn a_conflict_of_git_stops_a_build_wherever_it_stands() {
    let conflict = "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n";
    for (path, text) in [
        ("site.yaml", conflict.to_owned()),
        ("content/topics.yaml", conflict.to_owned()),
        ("content/pages/p.md", conflict.to_owned()),
        ("content/pages/p.md", format!("---\n{conflict}---\nText")),
        (
            "content/pages/p.md",
            format!("---\r\ntitle: P\r\n---\r\n{}", conflict.replace('\n', "\r\n")),
        ),
        ("content/pages/p.es.md", format!("---\ntitle: P\n---\n{conflict}")),
        (
            "content/pages/p.md",
            "<<<<<<< HEAD\n---\ntitle: P\n---\n=======\n>>>>>>> other\n".to_owned(),
        ),
    ] {
        let site = Site::new(&[("content/pages/p.md", "---\ntitle: P\n---\n"), (path, &text)]);
        let found = codes(&site);
        assert!(found.contains(&Code::ConflictMarkers), "{path}: {text}\n{}", site.problems());
        assert!(!found.contains(&Code::YamlSyntax), "{}", site.problems());
    }
    for text in [
        "    <<<<<<< HEAD\n    >>>>>>> other",
        "a <<<<<<< HEAD\n>>>>>>> other",
        "<<<<<<< HEAD",
        ">>>>>>> a\n\n<<<<<<< b",
    ] {
        assert!(!codes(&site(text)).contains(&Code::ConflictMarkers), "{text}");
    }
}

#[test]
fn fields_show_addresses_as_words() {
    let summary = "Ask ana@coop.example or www.coop.example, [a](b c.pdf)";
    let local = ", see [[#Rounds]]";
    let site = Site::new(&[(
        "content/calls/c.md",
        &format!("---\nstart: 2026-12-30T16:00\ndecisions: [\"{summary}{local}\"]\n---\n"),
    )]);
    let page = facts(&site.built()["calls/c/index.html"]);
    assert!(page.contains(&format!("{summary}, see Rounds")), "{page}");
}

#[test]
fn pages_of_bare_addresses_are_searched_for_what_is_withheld() {
    let hidden = "---\ntitle: Quiet\ncontact: [{type: email, value: ana@quiet.example, visibility: network}]\n---\n";
    for body in ["Write to ana@quiet.example.", "<ana@quiet.example>", "mailto:ana@quiet.example"] {
        let site = site(body).file("content/coops/quiet.md", hidden);
        assert_eq!(codes(&site), [Code::WithheldMention], "{body}\n{}", site.problems());
    }
}
