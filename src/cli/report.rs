//! Prints problems and errors, for people on stderr.

use super::terminal::{self, Printable, printable, say};
use crate::Prepared;
use crate::content::source::Sources;
use crate::diagnostic::{Diagnostic, Severity};

/// Prints every problem with its excerpt, and how many there are.
pub fn problems(prepared: &Prepared) {
    let text = text(&prepared.sources, &prepared.problems, terminal::is_coloured());
    if !text.is_empty() {
        say!("{}", text);
    }
}

/// Every problem with its excerpt, errors last so that they stand next to the prompt.
pub fn text(sources: &Sources, problems: &[Diagnostic], colour: bool) -> Printable {
    let mut out = Printable::default();
    for severity in [Severity::Warning, Severity::Error] {
        for problem in problems.iter().filter(|problem| problem.severity() == severity) {
            let rendered = Printable::problem(problem, |file| sources.text(file), colour);
            out.push(&printable!("{}\n\n", rendered));
        }
    }
    if !problems.is_empty() {
        out.push(&printable!("{}", summary(problems)));
    }
    out
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
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    say!("error: {}", causes.join(": "));
}
