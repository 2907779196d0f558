//! Marks that Git leaves in a file where two versions of it clash.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// How one version begins, and how the other ends.
const BEGINS: &str = "<<<<<<< ";
const ENDS: &str = ">>>>>>> ";

/// The lines between which the first conflict of a text stands, if there is one. What `is_code` says to be
/// code is none.
pub(super) fn find(text: &str, is_code: impl Fn(usize) -> bool) -> Option<(Span, Span)> {
    let line_of = |mark: &str, from: usize| {
        let starts = text[from..].match_indices(mark).map(|(at, _)| from + at);
        let mut starts = starts.filter(|at| *at == 0 || is_start_of_line(text, *at));
        let start = starts.find(|at| !is_code(*at))?;
        let length = text[start..].lines().next().unwrap_or_default().trim_end().len();
        Some(Span { start, end: start + length })
    };
    let begins = line_of(BEGINS, 0)?;
    Some((begins, line_of(ENDS, begins.end)?))
}

fn is_start_of_line(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.ends_with(['\n', '\r', '\u{feff}'])
}

/// Says that a file holds a conflict.
pub(super) fn diagnostic(path: &Arc<str>, (begins, ends): (Span, Span)) -> Diagnostic {
    let place = |span| Place { file: path.clone(), span };
    let message =
        format!("`{path}` holds two versions of the same lines, which Git could not merge");
    let hint = "keep what is right of both, and remove the three lines that begin with `<<<<<<<`, `=======` and \
                `>>>>>>>`";
    Diagnostic::new(Code::ConflictMarkers, place(begins), message)
        .also(place(ends), "the second version ends here")
        .hint(hint)
}
