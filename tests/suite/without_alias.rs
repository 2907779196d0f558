//! What was renamed and does not say what it was called: told once, and nobody is guessed.

use ayni::diagnostic::Code;

use super::site::{Folder, Site, codes};

/// A directory in which so many needs, and a call, name the coop `old-mill` and others name the coop `old-mall`.
fn without_alias(count: usize, coops: &[(&str, &str)]) -> Site {
    let need = |coop: &str| format!("---\ntitle: N\ncoop: {coop}\nkind: human\n---\n");
    let site = Site::new(&[
        (
            "site.yaml",
            "title: Test\nbase_url: https://test.example/dir/\ntopics: {starter: false}\n",
        ),
        ("content/coops/old-mall.md", "---\ntitle: Old Mall\n---\n"),
        ("content/needs/z.md", &need("old-mall")),
    ]);
    let site = coops.iter().fold(site, |site, (id, title)| {
        site.file(&format!("content/coops/{id}.md"), &format!("---\ntitle: {title}\n---\n"))
    });
    (0..count)
        .fold(site, |site, at| site.file(&format!("content/needs/n{at}.md"), &need("old-mill")))
}

#[test]
fn what_was_renamed_without_an_alias_is_told_once() {
    let site = without_alias(35, &[("riverside-bakers", "Riverside Bakers at the old mill")]);
    let site = site
        .file(
            "content/calls/2026-11.md",
            "---\nturns: [{coop: old-mill}]\nactions: [{what: Bake, who: old-mill}]\n---\n",
        )
        .file(
            "content/pages/p.md",
            "---\ntitle: P\n---\n[[old-mill]] and [[coops/old-mill|they]]\n",
        );
    assert_eq!(
        site.problems(),
        "error: 36 entries name the coop `old-mill`, which is not in the directory
 --> content/calls/2026-11.md:2:16
  |
2 | turns: [{coop: old-mill}]
  |                ^^^^^^^^
  |
 ::: content/coops/riverside-bakers.md:2:8
  |
2 | title: Riverside Bakers at the old mill
  |        -------------------------------- nobody names this coop
  --> content/calls/2026-11.md:3:29
  --> content/needs/n0.md:3:7
  --> content/needs/n1.md:3:7
  --> and 33 more
hint: if `riverside-bakers` was called so before, write `aliases: [old-mill]` into content/coops/riverside-bakers.md; \
if there is none, write content/coops/old-mill.md or correct these entries [unknown-coop]
"
    );
    let aliases = "---\ntitle: R\naliases: [old-mill]\n---\n";
    let corrected = site.clone().file("content/coops/riverside-bakers.md", aliases);
    assert_eq!(codes(&corrected), [], "{}", corrected.problems());
    let more =
        site.file("content/coops/riverside-bakers.md", "---\ntitle: Old mill\naliases: [r]\n---\n");
    assert!(
        more.problems()
            .contains("add `old-mill` to `aliases` in content/coops/riverside-bakers.md;")
    );
}

#[test]
fn who_is_meant_is_never_guessed() {
    let hint = |count: usize, coops: &[(&str, &str)]| {
        let problems = without_alias(count, coops).problems();
        let hints: Vec<&str> =
            problems.lines().filter_map(|line| line.strip_prefix("hint: ")).collect();
        assert!(hints.iter().all(|it| it.ends_with("[unknown-coop]")), "{problems}");
        (hints.len(), hints[0].to_owned())
    };
    let nobody = "if it has another id now, add `old-mill` to `aliases` in its file in content/coops/; if there is none, \
                  write content/coops/old-mill.md or correct these entries [unknown-coop]";
    for coops in [
        // Nobody is called nearly so but one whom others name.
        &[][..],
        // Another of the same words that are not all of them.
        &[("old-forge", "Old Forge")],
        // A number apart.
        &[("old-mill-2", "Old 2"), ("mill-old-3", "Old 3")],
        // Two who could be meant.
        &[("the-old-mill", "M"), ("old-mill-bakers", "M")],
        // Words that many have.
        &[
            ("mill-a", "A"),
            ("mill-b", "B"),
            ("mill-c", "C"),
            ("old-d", "D"),
            ("old-e", "E"),
            ("old-f", "F"),
        ],
    ] {
        assert_eq!(hint(3, coops), (1, nobody.to_owned()), "{coops:?}");
    }
    // One or two may be slips; then what is spelt alike is worth a look.
    assert_eq!(hint(2, &[]), (2, "did you mean `old-mall`? [unknown-coop]".to_owned()));
    let (count, told) = hint(2, &[("bakers", "The old mill")]);
    assert_eq!(count, 1);
    assert!(
        told.starts_with("if `bakers` was called so before, write `aliases: [old-mill]`"),
        "{told}"
    );
    let (count, _) = hint(1, &[("bakers", "The old mill")]);
    assert_eq!(count, 1);
}

#[test]
fn needs_offers_and_calls_without_an_alias_are_told_once_too() {
    let entry = |fields: &str| format!("---\ntitle: T\n{fields}---\n");
    let side = entry("coop: agaric\nkind: human\n");
    let named = "turns: [{coop: agaric, needs: [wheat], offers: [mill]}]\n";
    let call = |start: &str| format!("---\nstart: {start}\nstatus: held\n{named}---\n");
    let raised = entry("coop: agaric\nkind: human\nraised_in: autumn-call\n");
    let site = Site::new(&[
        ("content/coops/agaric.md", &entry("")),
        ("content/needs/wheat-harvest.md", &side),
        ("content/offers/stone-mill.md", &side),
        ("content/calls/second-autumn-call.md", &call("2026-10-28T16:00")),
        ("content/calls/2026-09.md", &call("2026-09-30T16:00")),
        ("content/needs/a.md", &raised),
        ("content/needs/b.md", &raised),
    ]);
    let problems = site.problems();
    assert_eq!(
        codes(&site),
        [Code::UnknownNeed, Code::UnknownOffer, Code::UnknownCall],
        "{problems}"
    );
    for told in ["wheat-harvest", "stone-mill", "second-autumn-call"] {
        assert!(
            problems.contains(&format!("if `{told}` was called so before, write `aliases: [")),
            "{told}: {problems}"
        );
    }
}

#[test]
fn a_quarantine_leaves_out_all_that_name_what_is_not_there() {
    let folder = Folder::new(&[
        ("site.yaml", "title: T\n"),
        ("content/coops/the-old-mill.md", "---\ntitle: M\n---\n"),
        ("content/coops/agaric.md", "---\ntitle: A\n---\n"),
        ("content/needs/n.md", "---\ntitle: N\ncoop: old-mill\nkind: human\n---\n"),
        ("content/calls/2026-10.md", "---\nturns: [{coop: old-mill}, {coop: agaric}]\n---\n"),
        ("content/calls/2026-11.md", "---\nturns: [{coop: old-mill}, {coop: agaric}]\n---\n"),
    ]);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let left_out = "left out until the errors are corrected:\n  content/calls/2026-10.md\n  \
                    content/calls/2026-11.md\n  content/needs/n.md\n";
    assert!(run.stderr.contains(left_out), "{}", run.stderr);
    assert!(folder.path("public/coops/the-old-mill/index.html").is_file());
    let run = folder.ayni(&["check", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let more = &told[0]["more"];
    assert_eq!(more[0]["file"], "content/calls/2026-11.md");
    assert_eq!((&more[1]["line"], &more[1]["column"]), (&3.into(), &7.into()));
}
