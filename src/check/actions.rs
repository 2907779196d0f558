//! What calls say of their actions.

use super::Rule;
use crate::content::record;
use crate::derived::Derived;
use crate::derived::actions::Line;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::directory::Directory;
use crate::directory::call::{Action, Call};

pub(super) const RULES: &[Rule] = &[two_ends];

/// A call that says how an action ended.
struct Said<'a> {
    call: &'a Call,
    what: &'a str,
    /// `done` or `dropped`.
    end: &'static str,
    span: Span,
}

/// No action is both done and dropped. One problem for each that is, where it was said last, with the place of
/// the other.
fn two_ends(derived: &Derived) -> Vec<Diagnostic> {
    let problem = |lines: &[Line]| {
        let done = first(&derived.directory, lines, "done", |action| action.done)?;
        let dropped = first(&derived.directory, lines, "dropped", |action| action.dropped)?;
        let is_same = done.0 == dropped.0;
        match done.0 <= dropped.0 {
            true => Some(both_ends(&done.1, &dropped.1, is_same)),
            false => Some(both_ends(&dropped.1, &done.1, is_same)),
        }
    };
    derived.actions().list.iter().filter_map(|history| problem(&history.lines)).collect()
}

/// The first line that says how an action ended, with its number.
fn first<'a>(
    directory: &'a Directory,
    lines: &[Line],
    end: &'static str,
    place: impl Fn(&Action) -> Option<Span>,
) -> Option<(usize, Said<'a>)> {
    lines.iter().enumerate().find_map(|(number, (call, at))| {
        let call = &directory[*call];
        let action = &call.actions[*at];
        Some((number, Said { call, what: &action.what, end, span: place(action)? }))
    })
}

fn both_ends(first: &Said<'_>, last: &Said<'_>, is_same_line: bool) -> Diagnostic {
    let (slug, other, what) = (&last.call.entry.slug, &first.call.entry.slug, last.what);
    let message = match is_same_line {
        true => format!("call `{slug}` says that the action `{what}` is done and dropped"),
        false => format!(
            "call `{slug}` says that the action `{what}` is {}, and call `{other}` that it is {}",
            last.end, first.end
        ),
    };
    let place = |said: &Said<'_>| record::place(&said.call.entry.text.record.path, said.span);
    Diagnostic::new(Code::TwoEnds, place(last), message)
        .also(place(first), format!("here it is {}", first.end))
        .hint("keep the one that is right, and take the other out")
}
