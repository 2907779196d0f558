//! Advice on what entries say together, one rule a file.

mod two_ends;

use crate::derived::Derived;
use crate::diagnostic::Diagnostic;

const RULES: [fn(&Derived) -> Vec<Diagnostic>; 1] = [two_ends::problems];

/// What all rules have to say.
pub fn problems(derived: &Derived) -> impl Iterator<Item = Diagnostic> {
    RULES.iter().flat_map(|rule| rule(derived))
}
