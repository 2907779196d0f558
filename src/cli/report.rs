//! Prints problems and errors, for people on stderr.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::terminal::{self, Printable, printable, say};
use crate::Prepared;
use crate::content::source::Sources;
use crate::diagnostic::{Diagnostic, Lines, Place, Report, Severity};

/// Prints every problem with its excerpt, and how many there are.
pub fn problems(prepared: &Prepared) {
    let text = text(&prepared.sources, prepared.problems(), terminal::is_coloured());
    if !text.is_empty() {
        say!("{}", text);
    }
}

/// So many problems of one file are shown on a terminal; who has more has one slip many times, or
/// mends these first.
const SHOWN: usize = 50;

/// The problems with their excerpts, errors last so that they stand next to the prompt. Of a file with
/// very many only some are shown, errors before warnings, and then how many more there are; all of them
/// count in the sum.
pub fn text(sources: &Sources, problems: &[Diagnostic], colour: bool) -> Printable {
    let mut out = Printable::default();
    let mut left = shown(problems);
    for severity in [Severity::Warning, Severity::Error] {
        for problem in problems.iter().filter(|problem| problem.severity() == severity) {
            let Some(left) = left.get_mut(&*problem.place.file) else { continue };
            let Some(rest) = left.shown[severity as usize].checked_sub(1) else { continue };
            left.shown[severity as usize] = rest;
            let rendered = Printable::problem(problem, |file| sources.text(file), colour);
            out.push(&printable!("{}\n\n", rendered));
            if left.shown == [0, 0] && left.others > 0 {
                let (others, file) = (thousands(left.others), &problem.place.file);
                out.push(&printable!("and {} more in this file: {}\n\n", others, file));
            }
        }
    }
    if !problems.is_empty() {
        out.push(&printable!("{}", summary(problems)));
    }
    out
}

/// How many problems of a file are still to be shown, by severity, and how many others it has.
#[derive(Default)]
struct Left {
    shown: [usize; 2],
    others: usize,
}

/// What is shown of each file: errors before warnings.
fn shown(problems: &[Diagnostic]) -> FxHashMap<&str, Left> {
    let mut files: FxHashMap<&str, Left> = FxHashMap::default();
    for problem in problems {
        let left = files.entry(&problem.place.file).or_default();
        left.shown[problem.severity() as usize] += 1;
    }
    for left in files.values_mut() {
        let all = left.shown;
        let errors = all[Severity::Error as usize].min(SHOWN);
        let warnings = all[Severity::Warning as usize].min(SHOWN - errors);
        left.shown = [errors, warnings];
        left.others = all.iter().sum::<usize>() - errors - warnings;
    }
    files
}

/// Every problem as data.
pub fn data<'a>(sources: &'a Sources, problems: &'a [Diagnostic]) -> Vec<Report<'a>> {
    let mut files: FxHashMap<Arc<str>, Lines<'_>> = FxHashMap::default();
    let mut locate = |place: &Place| {
        let lines = || Lines::new(sources.text(&place.file).unwrap_or_default());
        files.entry(place.file.clone()).or_insert_with(lines).locate(place.span.start)
    };
    problems.iter().map(|problem| problem.report(&mut locate)).collect()
}

/// "2 errors and 1 warning".
pub fn summary(problems: &[Diagnostic]) -> String {
    let count = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => {
            format!("{} and {}", plural(errors, "error"), plural(warnings, "warning"))
        }
    }
}

/// "19,950".
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 page", "2 pages".
pub fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y'), noun.strip_suffix("ch")) {
        (1, ..) => format!("1 {noun}"),
        (_, Some(stem), _) => format!("{count} {stem}ies"),
        (_, _, Some(_)) => format!("{count} {noun}es"),
        _ => format!("{count} {noun}s"),
    }
}

/// Prints why the machine is in the way.
pub fn error(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(|cause| in_words(&cause.to_string())).collect();
    say!("error: {}", causes.join(": "));
}

/// What a system says, without its number, and in words that say what is not there.
fn in_words(cause: &str) -> String {
    let said = cause.split_once(" (os error ").map_or(cause, |(said, _)| said);
    match said {
        "No such file or directory" => "there is no such file or folder".to_owned(),
        said => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_system_says_is_said_in_words() {
        let said =
            ["No such file or directory (os error 2)", "Permission denied (os error 13)", "x"];
        let words = ["there is no such file or folder", "Permission denied", "x"];
        assert_eq!(said.map(in_words), words);
    }

    #[test]
    fn large_numbers_are_grouped() {
        let grouped = [0, 999, 1_000, 19_950, 1_234_567].map(thousands);
        assert_eq!(grouped, ["0", "999", "1,000", "19,950", "1,234,567"]);
    }
}
