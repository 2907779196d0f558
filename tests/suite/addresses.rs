//! Addresses in fields, contacts and links: each leads where a reader thinks it does, or is refused.

use ayni::diagnostic::Code;

use super::html;
use super::site::{Site, codes, rendered};

#[test]
fn fields_refuse_addresses_of_other_schemes_and_with_names_before_their_hosts() {
    for evil in ["javascript:alert(1)//@a.example", "https://good.example@evil.example/"] {
        fields_refuse(evil);
    }
}

fn fields_refuse(evil: &str) {
    for (path, field, code) in [
        ("content/coops/a.md", "website: EVIL", Code::BadUrl),
        ("content/coops/a.md", "links: {url: EVIL}", Code::BadUrl),
        ("content/coops/a.md", "discussion: EVIL", Code::BadUrl),
        ("content/coops/a.md", "sources: {title: A, url: EVIL}", Code::BadUrl),
        ("content/coops/a.md", "same_as: EVIL", Code::BadUrl),
        ("content/coops/a.md", "contact: {type: url, value: EVIL}", Code::BadUrl),
        ("content/coops/a.md", "contact: {type: form, value: EVIL}", Code::BadUrl),
        ("content/coops/a.md", "contact: {type: phone, value: EVIL}", Code::BadContact),
        ("content/coops/a.md", "contact: {type: matrix, value: EVIL}", Code::BadContact),
        ("content/coops/a.md", "image: {src: EVIL}", Code::UnknownImage),
        ("content/calls/2026-11.md", "join: EVIL", Code::BadUrl),
        ("content/calls/2026-11.md", "recording: {url: EVIL}", Code::BadUrl),
        ("site.yaml", "base_url: EVIL", Code::BadUrl),
        ("site.yaml", "edit: {repository: EVIL}", Code::BadUrl),
        ("site.yaml", "edit: {url: EVIL}", Code::BadUrl),
        ("site.yaml", "calls: {title: A, join: EVIL}", Code::BadUrl),
        ("site.yaml", "brand: {colours: {warp: 'url(EVIL)'}}", Code::UnknownChoice),
        ("site.yaml", "brand: {colours: {warp: 'red; } * { display: none'}}", Code::UnknownChoice),
        ("content/topics.yaml", "same_as: EVIL", Code::BadUrl),
    ] {
        let field = field.replace("EVIL", &format!("\"{evil}\""));
        let text = match path {
            "site.yaml" => format!("title: A\n{field}\n"),
            "content/topics.yaml" => format!("a: {{{field}}}\n"),
            _ => format!("---\ntitle: A\n{field}\n---\n"),
        };
        assert_eq!(codes(&Site::new(&[(path, &text)])), [code], "{field}");
    }
}

#[test]
fn contacts_lead_where_they_say() {
    // An email address may look odd; it leads to a mail program and nowhere else.
    for value in ["javascript:alert(1)@a.example", "x?bcc=all@a.example", "a@b.example%0d%0aBcc:x"]
    {
        let contact = format!("contact: {{type: email, value: \"{value}\", visibility: public}}\n");
        let site = Site::new(&[("content/coops/a.md", &format!("---\ntitle: A\n{contact}---\n"))]);
        if !site.prepare().has_errors() {
            let page = &site.built()["coops/a/index.html"];
            let hrefs = html::attributes(page, "href");
            let mail = hrefs.iter().find(|href| href.starts_with("mailto:"));
            let mail = mail.expect("a public address can be clicked");
            assert!(!mail.contains(['?', '\n']) && !mail.contains("%0"), "{mail}");
        }
    }
    for (contact_type, value) in [
        ("fediverse", "@bank@good.example@evil.example"),
        ("signal", "stylesheet"),
        ("signal", "https://signal.me@evil.example/"),
        ("post", "noindex"),
    ] {
        let contact = format!("contact: {{type: {contact_type}, value: \"{value}\"}}\n");
        let site = Site::new(&[("content/coops/a.md", &format!("---\ntitle: A\n{contact}---\n"))]);
        assert_eq!(codes(&site), [Code::BadContact], "{value}");
    }
}

#[test]
fn links_of_a_body_have_no_name_before_their_host() {
    let evil = "https://good.example@evil.example/";
    let body = format!(
        "[a]({evil}) <{evil}> [b][r] [c](https://good.example%40evil.example/)\n\n[r]: {evil}\n"
    );
    let site = Site::new(&[("content/pages/a.md", &format!("---\ntitle: A\n---\n{body}"))]);
    let prepared = site.prepare();
    let found: Vec<Code> = prepared.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(found, [Code::BadUrl; 4]);
    let page = &rendered(&prepared)["pages/a/index.html"];
    assert!(!html::attributes(page, "href").iter().any(|href| href.contains("evil.example")));
}

#[test]
fn machines_read_the_address_of_the_site_as_it_is_registered() {
    let built = Site::new(&[
        ("site.yaml", "title: T\nbase_url: https://bücher.example/wiki ü\n"),
        ("content/coops/a.md", "---\ntitle: A\n---\n"),
    ]);
    assert!(built.problems().contains("which is not a URL"), "{}", built.problems());
    let site = built.file("site.yaml", "title: T\nbase_url: https://Bücher.example/münchen\n");
    let built = site.built();
    for (path, text) in &built {
        let own = text.contains("ücher.example") || text.contains("münchen");
        assert!(!own, "{path}");
    }
    assert!(built["sitemap.xml"].contains("https://xn--bcher-kva.example/m%C3%BCnchen/coops/a/"));
}

#[test]
fn what_is_withheld_is_no_link_however_its_host_is_written() {
    let link = |url: &str| {
        Site::new(&[
            ("site.yaml", "title: T\nbase_url: https://bücher.example/\n"),
            ("content/coops/secret.md", "---\ntitle: H\nvisibility: private\n---\n"),
            ("content/coops/a.md", &format!("---\ntitle: A\n---\n[x]({url})\n")),
        ])
    };
    for url in
        ["https://bücher.example/coops/secret/", "https://xn--bcher-kva.example/coops/secret/"]
    {
        assert!(!link(url).built()["coops/a/index.html"].contains("secret"), "{url}");
    }
}
