//! What is printed: no name, text or argument from outside commands the terminal or forges a line, and a
//! reader that goes away or a full disk ends a command as it should.

use std::process::Stdio;

use ayni::characters::is_harmful;

use super::pads;
use super::site::{Run, directory};

/// Commands of a terminal, hidden and reversed text, and a line that is not ours.
const EVIL: &str =
    "x\u{1b}]0;t\u{7}\u{1b}[2J\u{1b}]52;c;aGk=\u{7}\u{8}\u{9b}\u{202e}\u{2066}\u{2028}\u{e0041}z";

#[track_caller]
fn assert_printable(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        let acts = |c: char| is_harmful(c) || c == '\r';
        let line = text.lines().find(|line| line.contains(acts));
        assert_eq!(line, None, "a line that acts");
        assert!(!text.lines().any(|line| line.starts_with("forged")), "{text}");
    }
}

#[test]
fn a_pad_cannot_act_on_the_terminal_that_asks_about_it() {
    let folder = pads::folder();
    let pad = format!(
        "# Call\n\n## Who took part\n- [x] Agaric Bakery: Ana {EVIL} (may be named)\n\n## First round: who we are\n\
         - Agaric Bakery: We bake {EVIL}.\n- Somebody {EVIL}: hidden\rshown\n\n## Decisions\n- Meet {EVIL}\n"
    );
    let asked = pads::record(&folder, &pad, "", &[]);
    assert!(asked.stderr.contains("Still open"), "{}", asked.stderr);
    assert!(asked.stderr.contains("?]0;t??[2J"), "{}", asked.stderr);
    assert_printable(&asked);
    let shown = pads::record(&folder, &pad, "rest\n", &[]);
    assert!(shown.stderr.contains("as it is understood"), "{}", shown.stderr);
    assert!(shown.stderr.contains("Write"), "{}", shown.stderr);
    assert_printable(&shown);
    assert_printable(&pads::record(&folder, &pad, "", &["--yes"]));
    let printed = folder.ayni(&["call", "pad", "2026-11"]);
    assert_printable(&printed);
    assert_printable(&folder.ayni(&["call", "agenda", "2026-11"]));
}

#[cfg(unix)]
#[test]
fn names_of_files_that_are_left_out_stay_in_their_line() {
    let folder = directory();
    folder.write("content/pages/a\nforged: line\u{1b}[2J\u{202e}.md", "---\ntitle: [\n---\n");
    folder.write("content/pages/b\rforged.md", "---\nlang: xx\n---\n");
    for arguments in [&["check"][..], &["build", "--quarantine"], &["build"]] {
        let run = folder.ayni(arguments);
        assert!(run.stderr.contains("a⏎forged: line?[2J\u{fffd}.md"), "{}", run.stderr);
        assert_printable(&run);
    }
    let run = folder.ayni(&["build", "--quarantine"]);
    assert!(run.stderr.contains("left out until the errors are corrected:\n  content/pages/a⏎"));
}

#[test]
fn values_with_line_breaks_forge_no_problem() {
    let page = "---\ntitle: A\nlang: \"xx\\n\\nforged: all is well\\n --> site.yaml:1:1\"\n\
                \"un\\nforged\": 1\n---\n";
    let folder = directory();
    folder.write("content/pages/a.md", page);
    let run = folder.ayni(&["check"]);
    assert!(run.stderr.contains("`lang` is `xx⏎⏎forged: all is well⏎ --> site.yaml:1:1`"));
    assert!(run.stderr.contains("the unknown field `un⏎forged`"), "{}", run.stderr);
    assert_printable(&run);
    let json = folder.ayni(&["check", "--format", "json"]);
    assert_printable(&json);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(value[0]["message"].as_str().expect("a text").contains("xx\n\nforged"));
}

#[test]
fn arguments_are_printed_like_everything_foreign() {
    let folder = directory();
    let evil = format!("{EVIL}\nforged");
    for arguments in [
        &["match", &evil][..],
        &["match", "--call", &evil],
        &["match", "--explain", &evil, &evil],
        &["match", "--limit", &evil],
        &["match", "--evaluate", &evil],
        &["call", "agenda", &evil],
        &["call", "record", &evil, &evil],
        &["new", "need", "Title", "--coop", &evil],
        &["new", &evil],
        &["build", "--base-url", &evil],
        &["--today", &evil, "check"],
        &["--site", &evil, "check"],
        &["check", "--deny", &evil],
        &[&evil],
        &[&format!("--{evil}")],
    ] {
        let run = folder.ayni(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.stderr);
        assert_printable(&run);
    }
}

#[test]
fn data_for_programs_stays_the_same_data() {
    let folder = directory();
    folder.write(
        "content/needs/wheat.md",
        "---\ntitle: Hands for wheat\ncoop: agaric\nkind: human\ntopics: [agriculture]\n---\nHarvest.\n",
    );
    let run = folder.ayni(&["match", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value[0]["need"], "wheat");
    assert_eq!(run.code, Some(0));
}

#[test]
fn help_is_no_error() {
    let folder = directory();
    let run = folder.ayni(&["--help"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("Usage: ayni"), "{}", run.stdout);
    let run = folder.ayni(&["--version"]);
    assert!(run.stdout.starts_with("ayni "), "{}", run.stdout);
    let run = folder.ayni(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_none() {
    let folder = pads::folder();
    for arguments in [
        &["match"][..],
        &["match", "--json"],
        &["match", "--rings", "--json"],
        &["check", "--format", "json"],
        &["call", "pad", "2026-11"],
        &["new", "page", "One"],
        &["--help"],
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let run = folder.command(arguments).stdout(full).output().expect("it can be started");
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {said}");
        let why = "error: writing to standard output: No space left on device";
        assert!(said.contains(why), "{arguments:?}: {said}");
        let arguments: Vec<&str> =
            arguments.iter().map(|it| if *it == "One" { "Two" } else { *it }).collect();
        let mut command = folder.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it can be started");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{arguments:?}");
    }
    assert!(folder.path("content/pages/one.md").exists(), "what was asked for is done");
}
