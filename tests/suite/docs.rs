//! The handbook names everything that there is, and nothing that there is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ayni::content::values::Weight;
use ayni::derived::matching::scoring::evidence::row;
use ayni::diagnostic::{Code, Severity};

use super::site::Folder;
use super::tidy::{assert_none, sources};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn handbook(name: &str) -> String {
    read(&format!("content/pages/handbook/{name}.md"))
}

/// What stands in backticks, outside blocks of code.
fn spans(markdown: &str) -> Vec<String> {
    let mut is_block = false;
    let lines = markdown.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_block ^= is_fence;
        !is_block && !is_fence
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The part of a text below a heading, up to the next that is as high.
fn section<'a>(markdown: &'a str, heading: &str) -> &'a str {
    let level = heading.chars().take_while(|c| *c == '#').count();
    let start = markdown.find(&format!("\n{heading}"));
    let start = start.unwrap_or_else(|| panic!("there is no heading `{heading}`")) + 1;
    let after = &markdown[start..];
    let after = after.split_once('\n').map_or("", |(_, after)| after);
    // So that a heading right below is found, too.
    let after = &markdown[markdown.len() - after.len() - 1..];
    let mut ends = after.match_indices("\n#").map(|(at, _)| at);
    let is_as_high =
        |at: &usize| after[at + 1..].chars().take_while(|c| *c == '#').count() <= level;
    let end = ends.find(is_as_high).unwrap_or(after.len());
    &after[..end]
}

// Commands.

fn help(arguments: &[&str]) -> String {
    let run = Folder::new(&[]).ayni(arguments);
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
    run.stdout
}

/// The names of all commands, as help lists them; of those that have commands of their own, those
/// ("call agenda").
fn commands() -> Vec<String> {
    listed("")
        .into_iter()
        .flat_map(|name| {
            let own = listed(&name);
            if own.is_empty() { vec![name] } else { own }
        })
        .collect()
}

/// The commands of a command.
fn listed(above: &str) -> Vec<String> {
    let mut words: Vec<&str> = above.split_whitespace().collect();
    words.push("--help");
    let help = help(&words);
    let list = help.split_once("Commands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    let names = names.filter(|name| *name != "help");
    names.map(|name| format!("{above} {name}").trim().to_owned()).collect()
}

/// The flags that a help text lists, and the words that they and the arguments take.
fn flags_and_words(help: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut flags, mut words) = (BTreeSet::new(), BTreeSet::new());
    for line in help.lines().map(str::trim) {
        if line.starts_with('-')
            && let Some(at) = line.find("--")
        {
            let flag = line[at..].split([' ', ',']).next().unwrap_or_default();
            flags.insert(flag.to_owned());
        }
        if let Some(word) = line.strip_prefix("- ") {
            words.insert(word.split(':').next().unwrap_or_default().to_owned());
        }
        if let Some((_, listed)) = line.split_once("[possible values: ") {
            words.extend(listed.trim_end_matches(']').split(", ").map(str::to_owned));
        }
    }
    (flags, words)
}

/// The examples of `commands.md`, in their order.
fn examples() -> Vec<String> {
    let page = handbook("commands");
    let blocks = page.split("```\n").skip(1).step_by(2).flat_map(str::lines);
    blocks.filter(|line| line.starts_with("ayni ")).map(str::to_owned).collect()
}

/// The words of a command as a shell reads them.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn the_examples_of_commands_work_in_their_order() {
    let folder = Folder::new(&[]);
    let examples = examples();
    assert!(examples.len() >= 20, "{examples:?}");
    for example in examples {
        let arguments = words(&example);
        let arguments: Vec<&str> = arguments[1..].iter().map(String::as_str).collect();
        let mut command = folder.command(&arguments);
        if arguments[0] != "init" {
            command.current_dir(folder.path("our-directory"));
        }
        let output = command.output().expect("the program can be started");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{example}: {stderr}");
        if arguments[0] == "init" {
            let settings = folder.read("our-directory/site.yaml");
            let (before, calls) = settings.split_once("# calls:").expect("a series as a comment");
            let calls = calls.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
            let calls = calls.collect::<Vec<_>>().join("\n");
            folder.write("our-directory/site.yaml", format!("{before}calls:{calls}\n"));
            folder.write("our-directory/judgements.yaml", "two-looms: {looms-mended: 2}\n");
            folder.write("our-directory/notes-from-the-shared-pad.md", "");
        }
    }
}

#[test]
fn every_command_flag_and_choice_is_in_the_handbook() {
    let page = handbook("commands");
    let anywhere: Vec<String> = spans(section(&page, "## Anywhere"));
    let names = |spans: &[String], flag: &str| {
        spans.iter().any(|span| span.split([' ', '=']).any(|word| word == flag))
    };
    let mut faults = Vec::new();
    let mut all = BTreeSet::new();
    for command in commands() {
        let of_command = spans(section(&page, &format!("## `ayni {command}")));
        let (flags, words) =
            flags_and_words(&help(&command.split(' ').chain(["--help"]).collect::<Vec<_>>()));
        assert!(flags.contains("--site"), "the flags of {command} could not be read");
        for flag in &flags {
            if !names(&of_command, flag) && !names(&anywhere, flag) {
                faults.push(format!("commands.md does not name {flag} of `ayni {command}`"));
            }
        }
        for word in words {
            if !spans(&page).iter().any(|span| span.split(' ').any(|it| it == word)) {
                faults.push(format!("commands.md does not name {word} of `ayni {command}`"));
            }
        }
        all.extend(flags);
    }
    all.extend(flags_and_words(&help(&["help"])).0);
    // And the other way round.
    let named = spans(&page).into_iter().filter_map(|span| {
        span.split([' ', '=']).find(|word| word.starts_with("--")).map(str::to_owned)
    });
    faults.extend(named.filter(|it| !all.contains(it)).map(|it| format!("there is no flag {it}")));
    let headings = page.lines().filter_map(|line| line.strip_prefix("## `ayni "));
    let known = commands();
    let unknown = headings.filter(|it| !known.iter().any(|command| it.starts_with(command)));
    faults.extend(unknown.map(|it| format!("there is no command {it}")));
    assert_none(faults);
}

/// The words of a line of a shell, as far as the documentation goes.
fn words_of(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_line_that_is_shown_is_understood() {
    let folder = Folder::new(&[]);
    let mut pages: Vec<(String, String)> = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]
        .map(|path| (path.to_owned(), read(path)))
        .into();
    for entry in fs::read_dir(root().join("content/pages/handbook")).expect("it can be listed") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        pages.push((name.clone(), read(&format!("content/pages/handbook/{name}"))));
    }
    let mut count = 0;
    for (name, text) in pages {
        let lines = text.lines().map(str::trim).filter_map(|line| line.strip_prefix("ayni "));
        let lines = lines.map(str::to_owned);
        let in_text =
            spans(&text).into_iter().filter_map(|it| Some(it.strip_prefix("ayni ")?.to_owned()));
        // In the text, a name in capitals stands for what somebody chooses.
        for line in lines.chain(in_text).filter(|line| !line.contains("COMMAND") && line != "help")
        {
            let line = line.split(" #").next().unwrap_or_default().replace('\n', " ");
            let line = line.split(['|', '>', '&', ';']).next().unwrap_or_default().to_owned();
            let line = line.replace("WHAT", "coop").replace("ENTRY", "coop").replace("`", "");
            let mut words = words_of(&line);
            words.push("--help".to_owned());
            let run = folder.ayni(&words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(run.code, Some(0), "{name}: `ayni {line}`\n{}", run.stderr);
            count += 1;
        }
    }
    assert!(count > 30, "only {count} command lines were found");
}

#[test]
fn the_two_commands_of_the_readme_work() {
    let readme = read("README.md");
    let (_, block) = readme.split_once("```\n").expect("a block of commands");
    let (block, _) = block.split_once("```").expect("its end");
    let lines: Vec<&str> =
        block.lines().filter_map(|it| Some(it.split('#').next()?.trim())).collect();
    assert_eq!(lines, ["cargo run --release -- serve", "./tests/run"]);
    assert!(commands().contains(&"serve".to_owned()));
    let script = root().join("tests/run").metadata().expect("tests/run is there");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_ne!(script.permissions().mode() & 0o111, 0, "tests/run can be run");
    }
    assert!(script.is_file());
}

// Fields.

/// Where the fields that a file reads are described.
const SECTIONS: &[(&str, &[&str])] = &[
    ("entry", &["## Every entry"]),
    ("coop", &["## Coops"]),
    ("contact", &["## Contacts", "## How to write them", "## Calls"]),
    ("terms", &["## Needs and offers"]),
    ("need", &["## Needs and offers"]),
    ("offer", &["## Needs and offers"]),
    ("decision", &["## Matches"]),
    ("call", &["## Calls"]),
    ("page", &["## Pages"]),
    ("site", &["## The settings: `site.yaml`"]),
    ("series", &["## The settings: `site.yaml`"]),
    ("topics", &["## The vocabulary: `content/topics.yaml`"]),
];

/// Functions that read a field whose name they are given first or second.
const READERS: &[&str] = &[
    ".node(",
    ".text(",
    ".required(",
    ".value(",
    ".placed(",
    ".values(",
    ".all_placed(",
    ".items(",
    ".fields(",
    ".each(",
    ".inside(",
    ".visibility(",
    ".is_held_back(",
    "fields, ",
    "turn, ",
    "action, ",
    "brand, ",
    "matching, ",
    "minutes, ",
    "recording, ",
    "contact, ",
    "edit, ",
    " of(",
];

/// The names of fields that a file of `src/directory/` asks for.
fn fields_of(file: &str) -> BTreeSet<String> {
    let path = format!("src/directory/{file}.rs");
    let source = sources().iter().find(|source| source.path == path);
    let source = source.unwrap_or_else(|| panic!("there is no {path}"));
    let shipped: Vec<&str> = source.shipped.lines().collect();
    let mut names = BTreeSet::new();
    let mut before = String::new();
    for (line, shipped) in source.text.lines().zip(shipped) {
        if shipped.trim().is_empty() && !line.trim_start().starts_with('"') {
            continue;
        }
        let line = if shipped.trim().is_empty() && before.is_empty() { "" } else { line };
        let pieces: Vec<&str> = line.split('"').collect();
        for (at, name) in pieces.iter().enumerate().skip(1).step_by(2) {
            let above = if at == 1 {
                format!("{before}{}", pieces[0].trim_start())
            } else {
                pieces[at - 1].to_owned()
            };
            let is_name =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if is_name && READERS.iter().any(|reader| above.ends_with(reader)) {
                names.insert((*name).to_owned());
            }
        }
        before = line.trim_end().to_owned();
    }
    names
}

#[test]
fn every_field_is_in_the_handbook() {
    let page = handbook("fields");
    let mut faults = Vec::new();
    let mut count = 0;
    for (file, headings) in SECTIONS {
        let described: String = headings.iter().map(|heading| section(&page, heading)).collect();
        let described: BTreeSet<String> = spans(&described).into_iter().collect();
        for name in fields_of(file) {
            count += 1;
            // Written by itself, or with a value.
            let is_there = described.iter().any(|span| {
                *span == name
                    || span.contains(&format!("{name}: "))
                    || span.starts_with(&format!("{name}["))
            });
            if !is_there {
                faults.push(format!(
                    "fields.md does not name `{name}` of {file}.rs below {headings:?}"
                ));
            }
        }
    }
    assert!(count > 90, "only {count} fields were found");
    assert_none(faults);
}

#[test]
fn the_handbook_invents_no_field() {
    let known: BTreeSet<String> = SECTIONS.iter().flat_map(|(file, _)| fields_of(file)).collect();
    let statuses = ["open", "parked", "partly-met", "met", "withdrawn", "exhausted"];
    let page = handbook("fields");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let unknown = rows.filter(|name| !known.contains(*name) && !statuses.contains(name));
    assert_eq!(unknown.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_weight_of_matching_is_in_the_handbook() {
    let pages = handbook("matching") + &handbook("fields");
    let named = spans(&pages);
    for evidence in ayni::derived::matching::Evidence::ALL {
        assert!(named.iter().any(|it| it == evidence.as_str()), "{}", evidence.as_str());
    }
    let page = handbook("matching");
    let table = page.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let mut told: Vec<(&str, &str)> = table
        .filter_map(|row| Some((row.split_once('`')?.0, row.rsplit_once("| ")?.1)))
        .filter(|(_, usual)| usual.parse::<f64>().is_ok())
        .collect();
    let usual = |weight: &Weight| (weight.as_str(), row(*weight).usual.to_string());
    let weights: Vec<(&str, String)> = Weight::ALL.iter().map(usual).collect();
    let mut weights: Vec<(&str, &str)> =
        weights.iter().map(|(name, usual)| (*name, usual.as_str())).collect();
    told.sort_unstable();
    weights.sort_unstable();
    assert_eq!(told, weights, "the table in matching.md, and the table of evidence");
}

// Problems.

#[test]
fn every_problem_is_in_the_handbook() {
    let page = handbook("problems");
    let headings: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
    let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for code in Code::ALL {
        let text = section(&page, &format!("### `{}`", code.as_str()));
        let word = match code.severity() {
            Severity::Error => "Error. ",
            Severity::Warning => "Warning. ",
        };
        assert!(text.trim_start().starts_with(word), "`{}` is not called {word}", code.as_str());
    }
    let mut sorted = headings.clone();
    sorted.sort_unstable();
    codes.sort_unstable();
    assert_eq!(sorted, codes, "headings of problems.md, and the list of codes");
}

// Where things are.

#[test]
fn every_path_that_is_named_exists() {
    let mut faults = Vec::new();
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = read(name);
        // What will come is not there yet.
        let text = text.split("## What is not there yet").next().unwrap_or_default();
        let folders = ["src/", "content/", "themes/", "tests/", "benches/"];
        for span in spans(text).iter().filter(|span| folders.iter().any(|it| span.starts_with(it)))
        {
            let is_pattern =
                span.contains(['*', '{', '…', ' ']) || span.chars().any(char::is_uppercase);
            if !is_pattern && !root().join(span.split(':').next().unwrap_or_default()).exists() {
                faults.push(format!("{name} names {span}"));
            }
        }
        let links = text.split("](").skip(1).filter_map(|after| after.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#')) {
            if !root().join(link.split('#').next().unwrap_or_default()).exists() {
                faults.push(format!("{name} links to {link}"));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn the_map_of_the_code_names_every_folder_and_its_files() {
    let text = read("ARCHITECTURE.md");
    let folders = walkdir::WalkDir::new(root().join("src")).min_depth(1).max_depth(1);
    let folders = folders.into_iter().filter_map(Result::ok).filter(|it| it.file_type().is_dir());
    for folder in folders.map(|folder| folder.file_name().to_string_lossy().into_owned()) {
        // What a file has beside it is told with it.
        if root().join(format!("src/{folder}.rs")).exists() {
            continue;
        }
        let described = section(&text, &format!("### `src/{folder}/`"));
        for span in
            spans(described).iter().filter(|span| span.ends_with(".rs") && !span.contains('/'))
        {
            let below =
                walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok);
            let found = below.filter(|it| it.file_name().to_string_lossy() == *span).count();
            assert!(found > 0, "ARCHITECTURE.md names {span} below src/{folder}/");
        }
    }
}
