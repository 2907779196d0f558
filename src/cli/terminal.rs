//! The one way to a terminal: everything foreign in a text is made printable, and stays in its line.
//!
//! `say!` and `prompt!` talk on stderr, `data!` prints a line of data on stdout, `printable!` makes a piece for
//! any of them. Their formats are ours, with the line breaks in them; their arguments are not.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::{Context as _, Result};
use clap::error::ContextValue;
use serde::Serialize;

use crate::characters::{self, is_harmful, printable, printable_in_line};
use crate::diagnostic::Diagnostic;

/// A text that may be printed as it is: of our own words, of printable pieces, with our own colours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printable(String);

impl Printable {
    /// A problem with its excerpt; `Diagnostic` cares for what is foreign in it.
    pub fn problem<'a>(
        problem: &Diagnostic,
        text_of: impl Fn(&str) -> Option<&'a str>,
        colour: bool,
    ) -> Printable {
        Printable(problem.render(text_of, colour))
    }

    pub fn push(&mut self, other: &Printable) {
        self.0.push_str(&other.0);
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

/// What can stand in a format: any text, made printable, and what is printable already.
pub(super) trait Piece {
    /// The text as it may be printed.
    fn shown(&self) -> String;
}

impl<T: fmt::Display + ?Sized> Piece for T {
    fn shown(&self) -> String {
        printable_in_line(&self.to_string()).into_owned()
    }
}

impl Piece for Printable {
    fn shown(&self) -> String {
        self.0.clone()
    }
}

/// An argument of a format.
pub(super) struct Shown(String);

impl Shown {
    /// Makes an argument printable.
    pub(super) fn new(piece: &(impl Piece + ?Sized)) -> Shown {
        Shown(piece.shown())
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a format names variables (`{name}`), which would not be seen as arguments.
pub(super) const fn names_variables(format: &str) -> bool {
    let bytes = format.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let next = bytes[at + 1];
        if bytes[at] == b'{' {
            if next != b'{' && next != b'}' && next != b':' {
                return true;
            }
            at += 1;
        }
        at += 1;
    }
    false
}

/// A `Printable` from a format and its arguments.
macro_rules! printable_text {
    ($format:literal $(, $piece:expr)* $(,)?) => {{
        const {
            assert!(
                !$crate::cli::terminal::names_variables($format),
                "pass each argument after the format, so that it is made printable"
            );
        }
        $crate::cli::terminal::made(
            format!($format $(, $crate::cli::terminal::Shown::new(&$piece))*)
        )
    }};
}

/// A line for people, on stderr.
macro_rules! say {
    ($($piece:tt)*) => {
        $crate::cli::terminal::say_line($crate::cli::terminal::printable!($($piece)*))
    };
}

/// The beginning of a line for people, on stderr, who will write its end.
macro_rules! prompt {
    ($($piece:tt)*) => {
        $crate::cli::terminal::say_text($crate::cli::terminal::printable!($($piece)*))
    };
}

/// A line of data, on stdout.
macro_rules! data {
    ($($piece:tt)*) => {
        $crate::cli::terminal::data_line($crate::cli::terminal::printable!($($piece)*))
    };
}

pub(super) use {data, printable_text as printable, prompt, say};

/// For `printable!` alone, which has made each argument printable.
pub(super) fn made(text: String) -> Printable {
    Printable(text)
}

/// Prints a line on stderr. Nobody can be told where that fails.
pub(super) fn say_line(Printable(text): Printable) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints a text on stderr.
pub(super) fn say_text(Printable(text): Printable) {
    let _ = write!(anstream::stderr(), "{text}");
}

/// Prints a line of data on stdout.
pub(super) fn data_line(Printable(text): Printable) {
    write_data(&format!("{text}\n"));
}

/// Prints a text for pasting: its lines and all its letters as they are, without what would act.
pub(super) fn text_for_pasting(text: &str) {
    write_data(&characters::harmless(&text.replace("\r\n", "\n").replace('\r', "\n")));
}

/// Prints data for programs. What would act on a terminal is written as JSON writes it (`\u202e`), so
/// that it is the same data.
pub(super) fn json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).context("writing JSON")?;
    write_data(&format!("{}\n", escaped(&text)));
    Ok(())
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        match is_harmful(letter) {
            true => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            false => out.push(letter),
        }
    }
    out
}

/// Why data could not be printed, the first time.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

fn write_data(text: &str) {
    let mut stdout = anstream::stdout();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    if let Err(error) = written {
        let mut failed = FAILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        failed.get_or_insert(error);
    }
}

/// Says at the end of a command whether all its data got out. The work was done all the same, and who
/// closes a pipe has read enough.
pub(super) fn finish() -> Result<()> {
    let failed = FAILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    match failed.filter(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        Some(error) => Err(error).context("writing to standard output"),
        None => Ok(()),
    }
}

/// Whether people read stderr, in colour.
pub(super) fn is_coloured() -> bool {
    io::IsTerminal::is_terminal(&io::stderr())
}

/// Prints what clap has to say about the arguments: help, or what is wrong with them.
pub(super) fn usage(mut error: clap::Error) -> ExitCode {
    super::tips::add(&mut error);
    let context: Vec<_> = error.context().map(|(kind, value)| (kind, value.clone())).collect();
    let shown = |text: &String| printable_in_line(text).into_owned();
    for (kind, value) in context {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(shown(&text)),
            ContextValue::Strings(texts) => {
                ContextValue::Strings(texts.iter().map(shown).collect())
            }
            ContextValue::StyledStrs(texts) => {
                let shown = texts.iter().map(|text| shown(&text.to_string()).into());
                ContextValue::StyledStrs(shown.collect())
            }
            value => value,
        };
        error.insert(kind, value);
    }
    let is_help = !error.use_stderr();
    let text = error.render().ansi().to_string();
    match is_help {
        true => write_data(&text),
        false => say_text(Printable(text)),
    }
    match finish() {
        Ok(()) if is_help => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(2),
        Err(error) => {
            super::report::error(&error);
            ExitCode::from(2)
        }
    }
}

/// A text of several lines from outside, each of which stays a line.
pub(super) fn lines(text: &str) -> Printable {
    Printable(printable(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_line_breaks_stay_and_foreign_ones_are_seen() {
        let name = "a\nerror: forged\u{1b}[2J";
        let found = printable!("\n{}:{}\n", name, 3);
        assert_eq!(found.0, "\na⏎error: forged?[2J:3\n");
        let whole = printable!("  {}|{:>4}|{:<3}|", found, 12, "é");
        assert_eq!(whole.0, "  \na⏎error: forged?[2J:3\n|  12|é  |");
    }

    #[test]
    fn a_variable_in_a_format_would_not_be_looked_at() {
        for good in ["", "a", "{}", "{:>4} {{name}}", "{{"] {
            assert!(!names_variables(good), "{good}");
        }
        for bad in ["{name}", "{name:>4}", "{} {0}", "{{{name}}}"] {
            assert!(names_variables(bad), "{bad}");
        }
    }

    #[test]
    fn json_stays_the_same_data() {
        let text = "a\u{202e}\u{9b}\u{e0041}\n\u{1b}é";
        let json = escaped(&serde_json::to_string(text).expect("JSON"));
        assert_eq!(json, "\"a\\u202e\\u009b\\udb40\\udc41\\n\\u001bé\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
