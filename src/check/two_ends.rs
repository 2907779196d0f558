//! Actions that calls say different things of: that they are done, and that they are dropped.

use crate::content::record;
use crate::content::yaml::Node;
use crate::derived::Derived;
use crate::derived::actions::Line;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::directory::Directory;

/// One problem for each such action, where it was said last, with the place of the other.
pub(super) fn problems(derived: &Derived) -> Vec<Diagnostic> {
    let directory = &*derived.directory;
    let of = |line: &Line| &directory[line.0].actions[line.1];
    let problem = |lines: &[Line]| {
        let done = lines.iter().position(|line| of(line).done)?;
        let dropped = lines.iter().position(|line| of(line).dropped)?;
        let (first, last) = match done <= dropped {
            true => ((done, "done"), (dropped, "dropped")),
            false => ((dropped, "dropped"), (done, "done")),
        };
        let (call, what) = (&directory[lines[last.0].0], &of(&lines[last.0]).what);
        let other = &directory[lines[first.0].0].entry.slug;
        let slug = &call.entry.slug;
        let message = match lines[first.0] == lines[last.0] {
            true => format!("call `{slug}` says that the action `{what}` is done and dropped"),
            false => format!(
                "call `{slug}` says that the action `{what}` is {}, and call `{other}` that it is {}",
                last.1, first.1
            ),
        };
        let there = place(directory, lines[first.0], first.1);
        let here = place(directory, lines[last.0], last.1);
        let problem = Diagnostic::new(Code::TwoEnds, here, message);
        let problem = problem.also(there, format!("here it is {}", first.1));
        Some(problem.hint("keep the one that is right, and take the other out"))
    };
    derived.actions().list.iter().filter_map(|history| problem(&history.lines)).collect()
}

/// Where a field of an action is written, or else where its call begins.
fn place(directory: &Directory, (call, at): Line, field: &str) -> Place {
    let record = &directory[call].entry.text.record;
    let actions = record.front.field("actions");
    let action = actions.and_then(|actions| actions.items().get(at));
    let node = action.and_then(|action| action.field(field).or(Some(action)));
    record::place(&record.path, node.map(Node::beginning).unwrap_or_default())
}
