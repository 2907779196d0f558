//! Advice on what entries say together, one subject a file.

mod actions;

use crate::derived::Derived;
use crate::diagnostic::Diagnostic;

/// A rule: all places that do not keep it.
type Rule = fn(&Derived) -> Vec<Diagnostic>;

/// The rules of each subject.
const SUBJECTS: [&[Rule]; 1] = [actions::RULES];

/// What all rules have to say.
pub(crate) fn problems(derived: &Derived) -> impl Iterator<Item = Diagnostic> {
    SUBJECTS.iter().copied().flatten().flat_map(|rule| rule(derived))
}
