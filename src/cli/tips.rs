//! What people mean by commands and arguments that there are not.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Commands of other programs, and what does the same here.
const COMMANDS: [(&[&str], &str); 9] = [
    (&["coop", "need", "offer", "page"], "`ayni new WHAT TITLE` writes a new entry"),
    (&["add", "create", "write"], "`ayni new WHAT TITLE` writes a new entry"),
    (&["preview", "start", "run", "dev", "server", "watch", "open"], "`ayni serve` shows the site"),
    (&["generate", "make", "publish", "deploy"], "`ayni build` writes the site to public/"),
    (
        &["test", "validate", "lint", "verify", "fix"],
        "`ayni check` reports what is wrong, and `ayni check --fix` corrects what it can",
    ),
    (
        &["edit", "rename", "move", "delete", "remove", "rm", "mv"],
        "entries are files below content/: edit, rename or remove the file",
    ),
    (&["list", "show", "search", "find"], "`ayni serve` shows the site, with its lists and search"),
    (&["agenda", "pad", "record"], "it is one of `ayni call`: `ayni call agenda ID`"),
    (&["version"], "`ayni --version` says it"),
];

/// Adds what may be meant to what clap says.
pub(super) fn add(error: &mut clap::Error) {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let tip = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            of_command(&text(ContextKind::InvalidSubcommand), &text(ContextKind::Usage))
        }
        ErrorKind::UnknownArgument => {
            of_argument(&text(ContextKind::InvalidArg), &text(ContextKind::Usage))
        }
        _ => None,
    };
    // The nearest stands last; others are hardly meant.
    if let Some(ContextValue::Strings(near)) = error.get(ContextKind::SuggestedSubcommand)
        && let Some(nearest) = near.last().cloned()
    {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::String(nearest));
    }
    if let Some(tip) = tip {
        let tips = vec![StyledStr::from(tip)];
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
}

fn of_command(command: &str, usage: &str) -> Option<String> {
    if usage.contains("ayni call") {
        return (command == "new").then(|| "`ayni new call` writes the next call".to_owned());
    }
    let small = command.to_lowercase();
    let known = COMMANDS.iter().find(|(words, _)| words.contains(&small.as_str()));
    known.map(|(_, tip)| (*tip).to_owned())
}

fn of_argument(argument: &str, usage: &str) -> Option<String> {
    if argument.starts_with('-') {
        return None;
    }
    let is = |command: &str| usage.contains(&format!("ayni {command}"));
    let is_number = argument.bytes().all(|byte| byte.is_ascii_digit());
    let tip = match () {
        () if is("serve") && is_number => format!("`--port {argument}` chooses the port"),
        () if is("serve") => "`--site DIR` names the folder of the site".to_owned(),
        () if is("build") => {
            "`--out DIR` names the folder to write to, `--site DIR` that of the site".to_owned()
        }
        () if is("check") => {
            "it looks at all files of a site, whose folder `--site DIR` names".to_owned()
        }
        () => return None,
    };
    Some(tip)
}
