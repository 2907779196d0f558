//! Reads the source, and holds it to the rules of ARCHITECTURE.md and CONTRIBUTING.md that no lint
//! knows: who may use whom, where the world is touched, how long things are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each part of the program may use, beside itself; a path stands for all below it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("characters", &[]),
    ("diagnostic", &["characters"]),
    ("content", &["characters", "diagnostic"]),
    ("directory", &["characters", "content", "diagnostic"]),
    (
        "mentions",
        &[
            "content",
            "directory",
            "diagnostic",
            "search::Tokenizer",
            "search::is_unspaced",
            "search::ascii_digit",
        ],
    ),
    // What a word is, and what it is worth, all parts mean alike.
    (
        "derived",
        &["content", "directory", "search::Tokenizer", "search::Stems", "search::stop_words"],
    ),
    ("fixing", &["content", "diagnostic", "site::announced", "Options", "Prepared", "prepare_all"]),
    ("pad", PAD),
    ("search", &[]),
    ("site", &["content", "directory", "mentions", "derived", "pad", "search", "diagnostic"]),
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

const PAD: &[&str] = &["characters", "content", "diagnostic", "directory", "search"];

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

/// A file of the program.
pub struct Source {
    /// Below the checkout, with forward slashes.
    pub path: String,
    /// As written.
    pub text: String,
    /// Without comments and without what is in quotes; lines and columns are the same.
    code: String,
    /// The same without tests; empty in files that are tests as a whole.
    pub shipped: String,
}

impl Source {
    fn new(path: String, text: String) -> Source {
        let code = code(&text);
        let shipped = without_tests(&code);
        Source { path, text, code, shipped }
    }

    /// The part of the program that it belongs to: `content` of `src/content/values.rs`.
    pub fn part(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split(['/', '.']).next().unwrap_or_default()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// All files with this ending in a folder.
pub fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let files = files(folder).into_iter().filter(|(path, _)| path.ends_with(ending));
    let read = |(path, bytes)| {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
        (path, text)
    };
    files.map(read).collect()
}

/// Everything in a folder but what others have written, by its path below the checkout.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let ours = walk.filter_entry(|entry| entry.file_name() != "node_modules");
    let files = ours.map(|entry| entry.expect("the checkout can be read"));
    let files = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(root()).expect("it is below");
        let path = path.to_str().expect("a name in UTF-8").replace('\\', "/");
        (path, fs::read(entry.path()).expect("a file can be read"))
    });
    files.collect()
}

/// The source of the program.
pub fn sources() -> Vec<Source> {
    let files = texts("src", ".rs").into_iter().map(|(path, text)| Source::new(path, text));
    let mut sources: Vec<Source> = files.collect();
    let of_tests: BTreeSet<String> = sources.iter().flat_map(modules_of_tests).collect();
    for source in &mut sources {
        if of_tests.contains(&source.path) {
            source.shipped = String::new();
        }
    }
    assert!(sources.len() > 50, "the source is not where it is looked for");
    sources
}

/// Source with comments and the insides of quotes blanked.
fn code(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is = |at: usize, wanted: &str| {
        wanted.chars().enumerate().all(|(i, c)| letters.get(at + i) == Some(&c))
    };
    let is_word = |at: usize| {
        at.checked_sub(1).is_some_and(|at| letters[at].is_alphanumeric() || letters[at] == '_')
    };
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let end = if is(at, "//") {
            (at..letters.len()).find(|at| letters[*at] == '\n').unwrap_or(letters.len())
        } else if is(at, "/*") {
            (at..letters.len()).find(|at| is(*at, "*/")).map_or(letters.len(), |at| at + 2)
        } else if letters[at] == 'r' && !is_word(at) && (is(at + 1, "\"") || is(at + 1, "#")) {
            let hashes = letters[at + 1..].iter().take_while(|c| **c == '#').count();
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = at + hashes + 2;
            match is(at + 1 + hashes, "\"") {
                true => {
                    let end = (inside..letters.len()).find(|at| is(*at, &close));
                    end.map_or(letters.len(), |end| end + close.len())
                }
                false => at,
            }
        } else if letters[at] == '"' {
            let mut end = at + 1;
            while end < letters.len() && letters[end] != '"' {
                end += if letters[end] == '\\' { 2 } else { 1 };
            }
            end + 1
        } else if letters[at] == '\'' && is(at + 1, "\\") {
            (at + 3..letters.len()).find(|at| letters[*at] == '\'').map_or(at, |end| end + 1)
        } else if letters[at] == '\'' && is(at + 2, "'") {
            at + 3
        } else {
            at
        };
        if end == at {
            out.push(letters[at]);
            at += 1;
            continue;
        }
        let end = end.min(letters.len());
        out.extend(letters[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

#[test]
fn comments_and_quotes_are_no_code() {
    let text = "a // b\n\"c\\\"{\" d r#\"e\"\"# 'f' '\\'' &'g h /* i\n */ r\"j\" for \"k\nl\"";
    let expected = "a     \n       d                       &'g h     \n           for   \n  ";
    let found = code(text);
    assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["a", "d", "&'g", "h", "for"]);
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// The end of the block that begins at the first brace after a place; of an item without a block,
/// its semicolon.
fn end_of_item(code: &str, from: usize) -> usize {
    let mut depth = 0_i32;
    for (at, c) in code[from..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 && c == '}' {
                    return from + at + 1;
                }
            }
            ';' if depth == 0 => return from + at + 1,
            _ => {}
        }
    }
    code.len()
}

fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    for mark in ["#[cfg(test)]", "#[test]"] {
        while let Some(start) = out.find(mark) {
            let end = end_of_item(&out, start + mark.len());
            let blank: String =
                out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            out.replace_range(start..end, &blank);
        }
    }
    out
}

/// The files of modules that are compiled for tests only.
fn modules_of_tests(source: &Source) -> Vec<String> {
    let folder = match source.path.strip_suffix("/mod.rs") {
        Some(folder) => folder,
        None => source.path.trim_end_matches(".rs"),
    };
    let after = source.code.split("#[cfg(test)]").skip(1);
    let names = after.filter_map(|after| {
        let (item, _) = after.split_once([';', '{'])?;
        Some(item.trim().rsplit_once("mod ")?.1.trim())
    });
    names.map(|name| format!("{folder}/{name}.rs")).collect()
}

/// Every path that begins with a word, with those in braces written out: `use crate::{a, b::c}`
/// gives `a` and `b::c` for `crate`.
fn paths(code: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(start) {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            && let Some(rest) = code[at + start.len()..].strip_prefix("::")
        {
            tree(rest, "", &mut found);
        }
    }
    found
}

/// Reads a tree of `use`, and gives what stands after it.
fn tree<'a>(text: &'a str, above: &str, found: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        while let Some(c) = rest.trim_start().chars().next() {
            rest = rest.trim_start();
            match c {
                '}' => return &rest[1..],
                ',' => rest = &rest[1..],
                _ => {
                    let after = tree(rest, above, found);
                    let after = after.strip_prefix(" as ").map_or(after, |renamed| {
                        renamed.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
                    });
                    rest = if after.len() == rest.len() { &rest[c.len_utf8()..] } else { after };
                }
            }
        }
        return rest;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let path = format!("{above}{}", &text[..end]);
    match text[end..].strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c == '{' || c == '_' || c.is_alphabetic()) => {
            tree(rest, &format!("{path}::"), found)
        }
        _ => {
            if end > 0 {
                found.push(path);
            }
            &text[end..]
        }
    }
}

#[test]
fn paths_in_braces_are_written_out() {
    let code = "use crate::{a, b::{self, c}, d as e}; crate::f::g(); mycrate::h; crate::i::<j>()";
    assert_eq!(paths(code, "crate"), ["a", "b::self", "b::c", "d", "f::g", "i"]);
}

fn is_below(path: &str, above: &str) -> bool {
    path == above || path.strip_prefix(above).is_some_and(|rest| rest.starts_with("::"))
}

/// Lists what is wrong.
#[track_caller]
pub fn assert_none(faults: Vec<String>) {
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
        for path in paths(&source.shipped, "crate").iter().chain(&paths(&source.shipped, "ayni")) {
            let is_allowed = is_below(path, part) || allowed.iter().any(|it| is_below(path, it));
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
        let used = paths(&source.shipped, "std").into_iter().map(|path| format!("std::{path}"));
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
    let readers: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.shipped.contains("Parser::new_ext"))
        .map(|source| source.path)
        .collect();
    assert_eq!(readers, ["src/content/markdown/events.rs"]);
}

/// The source of the program, its tests and its benchmarks.
fn all_rust() -> Vec<Source> {
    let others = ["tests", "benches"].into_iter().flat_map(|folder| texts(folder, ".rs"));
    let others = others.map(|(path, text)| Source::new(path, text));
    sources().into_iter().chain(others).collect()
}

#[test]
fn every_file_says_what_it_is() {
    let all = all_rust();
    // A file that is a piece of another cannot have a comment of its own as a module.
    let is_piece = |source: &Source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        all.iter().any(|other| other.text.contains(&format!("include!(\"{name}\")")))
    };
    let is_silent = |source: &&Source| {
        let begins = |start| source.text.starts_with(start);
        !begins("//! ") && (!begins("// ") || !is_piece(source))
    };
    let silent = all.iter().filter(is_silent);
    assert_none(silent.map(|it| format!("{} does not begin with what it is", it.path)).collect());
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let length = |source: &Source| source.text.lines().count();
    let long = all_rust().into_iter().filter(|source| length(source) > 500);
    assert_none(long.map(|it| format!("{}: {} lines", it.path, length(&it))).collect());
}

/// The name and the lines of each function: without comments, empty lines, its head and its end.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let is_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let name = code[at + 3..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
        let Some(name) = name.filter(|name| !is_word && !name.is_empty()) else { continue };
        let end = end_of_item(code, at);
        let whole = &code[at..end];
        if let Some((_, body)) = whole.split_once('{').filter(|_| whole.ends_with('}')) {
            let body = &body[..body.len() - 1];
            let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
            found.push((name.to_owned(), lines));
        }
    }
    found
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let example = "fn a() {\n    b();\n\n    if c {\n    }\n}\nfn d(e: impl Fn(f) -> [g; 2]);\n";
    assert_eq!(functions(example), [("a".to_owned(), 3)]);
    let mut faults = Vec::new();
    for source in all_rust() {
        for (name, lines) in functions(&source.code) {
            if lines > 60 {
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
