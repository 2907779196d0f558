//! Names and words of fields as people write them elsewhere: in other languages, and for other generators. All that is
//! wrong is said in one run, and whoever does what each hint says has a file without errors.

use ayni::diagnostic::{Code, Diagnostic, Severity, line_and_column};

use super::site::Site;

const AROUND: [(&str, &str); 5] = [
    ("site.yaml", "title: T\ntopics: {starter: false}\n"),
    ("content/topics.yaml", "software: {label: {en: Software}}\ncraft: {label: {en: Craft}}\n"),
    ("content/coops/acme.md", "---\ntitle: Acme\n---\n"),
    ("content/needs/oven.md", "---\ntitle: An oven\ncoop: acme\nkind: technical\n---\n"),
    ("content/coops/oven.png", ""),
];

/// The file, what somebody wrote into it, and what it is when every hint has been followed at once.
const CASES: &[(&str, &str, &str)] = &[
    (
        "content/coops/es.md",
        "título: Panadería La Miga
resumen: Pan de masa madre
país: España
ciudad: Sevilla
tipo: trabajo asociado
temas: [software]
idiomas: [español, en]
fundación: 2019
miembros: 9
web: https://lamiga.example
correo: hola@lamiga.example
estado: activa
fecha: 2026-11-01
borrador: no
",
        "title: Panadería La Miga
summary: Pan de masa madre
country: ES
city: Sevilla
form: worker
topics: [software]
languages: [es, en]
founded: 2019
members: 9
website: https://lamiga.example
contact: {type: email, value: hola@lamiga.example}
status: active
created: 2026-11-01
draft: false
",
    ),
    (
        "content/coops/state.md",
        "título: Telar
estado: Jalisco
",
        "title: Telar
region: Jalisco
",
    ),
    (
        "content/needs/pt.md",
        "título: Ajuda com as contas
cooperativa: acme
tipo: conhecimento
modalidade: remoto
base: [doação, troca]
urgência: alta
prazo: 31.03.2027
telefone: +55 11 0000 0000
",
        "title: Ajuda com as contas
coop: acme
kind: knowledge
mode: remote
basis: [gift, exchange]
urgency: high
until: 2027-03-31
contact: {type: phone, value: \"+55 11 0000 0000\"}
",
    ),
    (
        "content/offers/fr.md",
        "titre: Deux fours
coopérative: acme
type: technique
langues: [français]
modalité: présentiel
prix: 500 EUR
jusqu'au: 2027-03-31
statut: ouvert
capacité: 3
mots-clés: craft
",
        "title: Deux fours
coop: acme
kind: technical
languages: [fr]
mode: onsite
amount: {value: 500, currency: EUR}
until: 2027-03-31
status: open
capacity: 3
topics: craft
",
    ),
    (
        "content/calls/de.md",
        "Titel: Novembertreffen
Datum: 2026-11-25
Uhrzeit: 16:00
Zeitzone: Europe/Berlin
Dauer: 90m
Stand: geplant
Sprachen: [deutsch]
Moderation: acme
Beschlüsse: [Wir treffen uns monatlich.]
Teilnehmende: [acme]
",
        "title: Novembertreffen
start: 2026-11-25T16:00
time_zone: Europe/Berlin
duration: 90m
status: planned
languages: [de]
facilitator: acme
decisions: [Wir treffen uns monatlich.]
turns: [{coop: acme}]
",
    ),
    (
        "content/needs/it.md",
        "titolo: Un forno
sommario: Per il pane
cooperativa: acme
categoria: tecnico
luogo: Torino, Italia
scadenza: 2027-03-31
lingue: [italiano]
stato: aperto
etichette: craft
",
        "title: Un forno
summary: Per il pane
coop: acme
kind: technical
place: {country: IT, city: Torino}
until: 2027-03-31
languages: [it]
status: open
topics: craft
",
    ),
    (
        "content/coops/en.md",
        "name: Example Weavers
description: We weave
tags: [craft]
url: https://weavers.example
employees: 9
location: Cork, Ireland
email: office@weavers.example
type: Worker cooperative
year: 2019
",
        "title: Example Weavers
summary: We weave
topics: [craft]
website: https://weavers.example
members: 9
country: IE
city: Cork
contact: {type: email, value: office@weavers.example}
form: worker
founded: 2019
",
    ),
    // Hugo, as its page of front matter has it.
    (
        "content/coops/hugo.md",
        "title: How we decide
date: 2026-11-01T08:30:00+01:00
lastmod: 2026-11-20
publishDate: 2026-11-01
draft: false
weight: 10
slug: decide
author: Somebody
linkTitle: Deciding
isCJKLanguage: false
keywords: [software]
featureImage: oven.png
featureImageAlt: A bread oven
featureImageCaption: \"Our <em>oldest</em> oven\"
params: {a: b}
",
        "title: How we decide
created: 2026-11-01
updated: 2026-11-20
draft: false
topics: [software]
image: {src: oven.png, alt: A bread oven, caption: Our oldest oven}
",
    ),
    // Jekyll.
    (
        "content/pages/jekyll.md",
        "layout: post
title: How we decide
permalink: /decide/
published: false
categories: [software]
excerpt: By consent
last_modified_at: 2026-11-20
redirect_from: [old-decide]
nav_order: 3
toc: true
",
        "title: How we decide
draft: true
topics: [software]
summary: By consent
updated: 2026-11-20
aliases: [old-decide]
",
    ),
    // Zola, whose front matter may be YAML.
    (
        "content/pages/zola.md",
        "title: How we decide
description: By consent
date: 2026-11-01
updated: 2026-11-20
weight: 1
path: decide
template: page.html
in_search_index: true
taxonomies: {tags: [software], categories: [craft]}
extra: {a: b}
",
        "title: How we decide
summary: By consent
created: 2026-11-01
updated: 2026-11-20
topics: [software, craft]
",
    ),
    // Eleventy.
    (
        "content/pages/eleventy.md",
        "title: How we decide
layout: base.njk
permalink: /decide/
date: 2026-11-01
tags: software
eleventyExcludeFromCollections: true
eleventyNavigation: {key: Decide, order: 3}
templateEngineOverride: md
",
        "title: How we decide
created: 2026-11-01
topics: software
",
    ),
    // Obsidian.
    (
        "content/pages/obsidian.md",
        "title: How we decide
alias: [deciding]
tags: [software]
cssclasses: [wide]
publish: true
created: 2026-11-01
modified: 2026-11-20
kanban-plugin: board
",
        "title: How we decide
aliases: [deciding]
topics: [software]
draft: false
created: 2026-11-01
updated: 2026-11-20
",
    ),
];

fn problems(path: &str, fields: &str) -> Vec<Diagnostic> {
    let text = format!("---\n{fields}---\nSome words.\n");
    let files: Vec<(&str, &str)> = AROUND.into_iter().chain([(path, text.as_str())]).collect();
    let problems = Site::new(&files).prepare().problems().to_vec();
    problems.into_iter().filter(|it| &*it.place.file == path).collect()
}

/// The fields after somebody has done what every hint says, from the last to the first.
fn mended(fields: &str, problems: &[Diagnostic]) -> String {
    let mut lines: Vec<String> = fields.lines().map(str::to_owned).collect();
    let mut in_order: Vec<&Diagnostic> = problems.iter().collect();
    in_order.sort_by_key(|it| std::cmp::Reverse(it.place.span.start));
    let before = "---\n".len();
    for problem in in_order {
        let at = problem.place.span.start - before;
        let number = fields[..at].matches('\n').count();
        let start = at - fields[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = start + problem.place.span.end - problem.place.span.start;
        let hint = problem.hint.as_deref().expect("every problem has a hint");
        let said = |words: &str| Some(hint.strip_prefix(words)?.split_once('`')?.0.to_owned());
        let line = &mut lines[number];
        let is_too_much = ["leave it out", "take out of it"].iter().any(|it| hint.starts_with(it));
        if is_too_much || hint.ends_with("keep one of the two") {
            line.clear();
        } else if problem.code == Code::UnknownField
            && let Some(written) = hint.strip_prefix("write `")
        {
            let written = written.split("`, with").next().expect("a first part");
            *line = written.trim_end_matches('`').replace("` and `", "\n");
        } else if let Some(word) = said("did you mean `").or(said("write `")) {
            line.replace_range(start..end, &word);
        } else {
            panic!("nobody can follow {hint:?}: {}", problem.message);
        }
    }
    // Fields that become one field together say the same in their hints.
    lines.dedup();
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    lines.map(|line| line + "\n").collect()
}

#[test]
fn all_that_is_wrong_is_said_in_one_run_with_the_right_field() {
    for (path, fields, expected) in CASES {
        let found = problems(path, fields);
        assert_eq!(mended(fields, &found), *expected, "{path}");
        let left: Vec<String> = problems(path, expected)
            .into_iter()
            .filter(|it| it.severity() == Severity::Error && it.code != Code::UnknownImage)
            .map(|it| it.message)
            .collect();
        assert_eq!(left, [""; 0], "{path}");
    }
}

#[test]
fn fields_in_toml_are_told_so_and_what_is_wrong_with_each_in_the_same_run() {
    let text = "+++
title = \"How we decide\"
date = 2026-11-01T10:00:00Z
description = \"By consent\"
tags = [
  \"software\",
  \"nonsense\",
]
draft =false
weight = 10 # first
image = {src = \"a=b.png\"}
[params]
featured = true
[[cascade]]
  title = \"Other\"
+++
Some words.
";
    let path = "content/pages/toml.md";
    let files: Vec<(&str, &str)> = AROUND.into_iter().chain([(path, text)]).collect();
    let prepared = Site::new(&files).prepare();
    let said = |it: &Diagnostic| {
        let (line, column) = line_and_column(text, it.place.span.start);
        let message = it.message.trim_start_matches("page `toml`");
        format!("{line}:{column} {}: {message}", it.code.as_str())
    };
    let mut found: Vec<&Diagnostic> =
        prepared.problems().iter().filter(|it| &*it.place.file == path).collect();
    found.sort_by_key(|it| it.place.span.start);
    let found: Vec<String> = found.into_iter().map(said).collect();
    assert_eq!(
        found,
        [
            "1:1 toml-fields:  has its fields in TOML, as Hugo and Zola have them",
            "3:1 unknown-field:  has the unknown field `date`",
            "3:8 bad-date: : `created` is `2026-11-01T10:00:00Z`, which is not a date",
            "4:1 unknown-field:  has the unknown field `description`",
            "5:1 unknown-field:  has the unknown field `tags`",
            "7:3 unknown-topic:  names the topic `nonsense`, which is not in the vocabulary",
            "10:1 unknown-field:  has the unknown field `weight`",
            "11:16 unknown-image:  has the image `a=b.png`, which does not exist",
            "12:1 unknown-field:  has the unknown field `params`",
            "14:1 unknown-field:  has the unknown field `cascade`",
        ]
    );
}
