//! Reads the source, and holds it to the rules of ARCHITECTURE.md and CONTRIBUTING.md that no lint
//! knows: who may use whom, where the world is touched, how long things are.

#[path = "tidy/graph.rs"]
mod graph;
#[path = "tidy/literals.rs"]
mod literals;
#[path = "tidy/source.rs"]
mod source;

use source::{Named, all_rust, files, root};
pub(crate) use source::{Source, sources, texts};

/// What each part of the program may use, beside itself; a path stands for all below it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("characters", &[]),
    ("kept", &[]),
    ("diagnostic", &["characters"]),
    ("content", &["characters", "diagnostic"]),
    ("language", &[]),
    ("directory", &["characters", "content", "diagnostic"]),
    ("mentions", &["content", "directory", "diagnostic", "language"]),
    ("derived", &["content", "directory", "kept", "language"]),
    ("pad", &["characters", "content", "diagnostic", "directory", "language"]),
    ("addresses", &["content", "directory", "derived"]),
    ("wording", &["content", "directory", "derived"]),
    ("check", &["content", "directory", "derived", "diagnostic"]),
    ("search", &["content", "directory", "derived", "language", "addresses", "wording"]),
    ("exchange", EXCHANGE),
    ("pages", &["content", "directory", "derived", "addresses", "wording", "diagnostic"]),
    ("publish", PUBLISH),
    (
        "fixing",
        &["content", "diagnostic", "exchange::announced", "Options", "Prepared", "prepare_all"],
    ),
    ("editor", &["characters", "content", "directory", "diagnostic", "Prepared"]),
    (
        "edge",
        &[
            "characters",
            "content::source",
            "content::strays",
            "content::file_names",
            "content::SITE_FILE",
            "diagnostic",
        ],
    ),
];

const EXCHANGE: &[&str] =
    &["content", "directory", "derived", "pad", "addresses", "wording", "search", "diagnostic"];

const PUBLISH: &[&str] = &[
    "content",
    "directory",
    "derived",
    "mentions",
    "addresses",
    "wording",
    "search",
    "exchange",
    "pages",
    "diagnostic",
];

/// What only `edge/` may use.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process::Command",
    "std::time::SystemTime",
    "std::os",
    "walkdir",
    "tempfile",
    "tiny_http",
    "notify_debouncer_full",
    "lsp_server::Connection",
];

/// The same, however it was brought in.
const WORLD_CALLS: &[&str] = &[
    "Timestamp::now",
    "Zoned::now",
    "SystemTime::",
    "File::open",
    "File::create",
    "OpenOptions",
    "TcpListener",
    "TcpStream",
    "fs::",
    "env::var",
];

/// What only `cli/terminal.rs` may use: its macros look at each argument.
const PRINTING: &[&str] = &[
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "dbg!(",
    "anstream::",
    "stdout()",
    "stderr()",
    "Stdout",
    "Stderr",
    "terminal::made",
    "error.print()",
];

fn is_below(path: &str, above: &str) -> bool {
    path == above || path.strip_prefix(above).is_some_and(|rest| rest.starts_with("::"))
}

/// Lists what is wrong.
#[track_caller]
pub(crate) fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn each_part_uses_only_what_stands_before_it() {
    let mut faults = Vec::new();
    for source in sources() {
        let part = source.part();
        let rule = MAY_USE.iter().find(|(name, _)| *name == part);
        let Some((_, allowed)) = rule else {
            let is_above_all = ["lib", "main", "publishing", "cli"].contains(&part);
            assert!(is_above_all, "{}: say in MAY_USE what `{part}` may use", source.path);
            continue;
        };
        let below = |named: &Named| named.below("crate").or_else(|| named.below("ayni"));
        for path in source.paths.iter().filter_map(below) {
            let is_allowed = is_below(&path, part) || allowed.iter().any(|it| is_below(&path, it));
            if !is_allowed {
                faults.push(format!("{} uses {path}, which `{part}` may not", source.path));
            }
        }
        if source.path.matches('/').count() == 2 && source.shipped.contains("super::super") {
            faults.push(format!("{}: `super::super` hides which part it uses", source.path));
        }
    }
    assert_none(faults);
}

#[test]
fn only_the_edge_touches_the_world() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.part() != "edge") {
        let used = source.paths.iter().filter_map(|named| named.below("std"));
        let used = used.map(|path| format!("std::{path}"));
        let of_crates = WORLD.iter().filter(|name| !name.contains("::"));
        let crates = of_crates.filter(|name| source.shipped.contains(&format!("{name}::")));
        let used = used.chain(crates.map(|name| (*name).to_owned()));
        for path in used.filter(|path| WORLD.iter().any(|world| is_below(path, world))) {
            faults.push(format!("{} uses {path}", source.path));
        }
        for call in WORLD_CALLS.iter().filter(|call| source.shipped.contains(*call)) {
            faults.push(format!("{} has `{call}`", source.path));
        }
    }
    assert_none(faults);
}

#[test]
fn one_file_prints_and_makes_foreign_text_printable() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.path != "src/cli/terminal.rs") {
        for name in PRINTING.iter().filter(|name| source.shipped.contains(*name)) {
            faults.push(format!("{} has `{name}`", source.path));
        }
    }
    assert_none(faults);
}

/// What is read of Markdown is cleaned where it is read: see `markdown::events`.
#[test]
fn only_one_place_reads_markdown() {
    let readers: Vec<&str> = sources()
        .iter()
        .filter(|source| source.shipped.contains("Parser::new_ext"))
        .map(|source| source.path.as_str())
        .collect();
    assert_eq!(readers, ["src/content/markdown/events.rs"]);
}

#[test]
fn every_file_says_what_it_is() {
    let all: Vec<&Source> = all_rust().collect();
    // A file that is a piece of another cannot have a comment of its own as a module.
    let is_piece = |source: &Source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        all.iter().any(|other| other.text.contains(&format!("include!(\"{name}\")")))
    };
    let is_silent = |source: &&&Source| {
        let begins = |start| source.text.starts_with(start);
        !begins("//! ") && (!begins("// ") || !is_piece(source))
    };
    let silent = all.iter().filter(is_silent);
    assert_none(silent.map(|it| format!("{} does not begin with what it is", it.path)).collect());
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let length = |source: &Source| source.text.lines().count();
    let long = all_rust().filter(|source| length(source) > 500);
    assert_none(long.map(|it| format!("{}: {} lines", it.path, length(it))).collect());
}

#[test]
fn no_line_of_a_script_is_longer_than_120_columns() {
    let mut faults = Vec::new();
    for folder in ["benches", "src", "themes", "tests"] {
        let scripts = [".js", ".mjs", ".ts"].iter().flat_map(|ending| texts(folder, ending));
        for (path, text) in scripts {
            for (at, line) in text.lines().enumerate().filter(|(_, it)| it.chars().count() > 120) {
                faults.push(format!("{path}:{}: {} columns", at + 1, line.chars().count()));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let mut faults = Vec::new();
    for source in all_rust() {
        for (name, lines) in &source.functions {
            if *lines > 60 {
                faults.push(format!("{}: `{name}` has {lines} lines", source.path));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn what_cannot_fail_says_why_and_no_order_is_random() {
    let mut faults = Vec::new();
    for source in sources() {
        for word in [".unwrap()", "HashMap", "HashSet", "RandomState"] {
            for (at, _) in source.shipped.match_indices(word) {
                let is_fixed = source.shipped[..at].ends_with("Fx");
                if !is_fixed {
                    let line = source.shipped[..at].lines().count();
                    faults.push(format!("{}:{line} has `{word}`", source.path));
                }
            }
        }
    }
    assert_none(faults);
}

#[test]
fn no_file_knows_the_machine_that_it_was_written_on() {
    let here = root().display().to_string();
    let homes = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/t", "mp/"),
    ];
    let mut faults = Vec::new();
    for folder in ["src", "tests", "themes", "benches", "content"] {
        for (path, bytes) in files(folder) {
            let text = String::from_utf8_lossy(&bytes);
            for place in homes.iter().copied().chain([here.as_str()]) {
                if text.contains(place) {
                    faults.push(format!("{path} mentions {place}"));
                }
            }
        }
    }
    assert_none(faults);
}

/// So many files may need each other in a circle.
const LARGEST: usize = 4;

#[test]
fn files_need_each_other_in_small_circles_only() {
    let needs = graph::Modules::new(sources()).needs();
    let circles = graph::circles(&needs);
    let large: Vec<_> = circles.iter().filter(|circle| circle.len() > LARGEST).collect();
    assert!(large.is_empty(), "\n{large:#?}");
}

#[test]
fn folders_need_each_other_in_no_circle() {
    let needs = graph::Modules::new(sources()).needs();
    let circles = graph::circles_of_folders(&needs);
    assert!(circles.is_empty(), "\n{circles:#?}");
}

/// The fields that templates see, but for those that stand for the fields of another view.
fn fields_of_views(source: &Source) -> Vec<String> {
    let file = syn::parse_file(&source.text).expect("it was read before");
    let has = |attributes: &[syn::Attribute], name: &str, word: &str| {
        attributes.iter().any(|it| match &it.meta {
            syn::Meta::List(list) => {
                list.path.is_ident(name) && list.tokens.to_string().contains(word)
            }
            _ => false,
        })
    };
    let views = file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(view) if has(&view.attrs, "derive", "Serialize") => Some(view),
        _ => None,
    });
    let fields = views.flat_map(|view| &view.fields);
    let shown = fields.filter(|field| !has(&field.attrs, "serde", "flatten"));
    shown.filter_map(|field| Some(field.ident.as_ref()?.to_string())).collect()
}

#[test]
fn authors_of_themes_are_told_every_field_of_every_view() {
    let (_, told) = texts("themes/default", "theme.md").remove(0);
    let shown = ["src/pages/views/", "src/pages/parts/", "src/pages/viewer.rs", "src/wording/"];
    let is_shown = |source: &&Source| shown.iter().any(|it| source.path.starts_with(it));
    let views = sources().iter().filter(is_shown);
    let fields: Vec<(&str, String)> = views
        .flat_map(|view| fields_of_views(view).into_iter().map(|it| (view.path.as_str(), it)))
        .collect();
    assert!(fields.len() > 100, "the views are not where they are looked for");
    let silent = fields.iter().filter(|(_, field)| !told.contains(&format!("`{field}`")));
    assert_none(
        silent.map(|(path, field)| format!("theme.md lacks `{field}` of {path}")).collect(),
    );
}
