//! The problems of all editions, as one list.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};

/// How the editions are called, in the order in which their problems are given.
const NAMES: [&str; 4] = [
    "the public edition",
    "the public edition with drafts",
    "the network edition",
    "the network edition with drafts",
];

/// The problems of the four editions, by place, each once. One that not all of them have says which have
/// it; a mention says it anyway.
pub(crate) fn union<'a>(of_editions: impl Iterator<Item = &'a [Diagnostic]>) -> Vec<Diagnostic> {
    let mut found: BTreeMap<Key<'a>, (&'a Diagnostic, BTreeSet<usize>)> = BTreeMap::new();
    for (edition, problems) in of_editions.enumerate() {
        for problem in problems {
            let (_, editions) = found.entry(key(problem)).or_insert((problem, BTreeSet::new()));
            editions.insert(edition);
        }
    }
    let said = |(problem, editions): (&Diagnostic, BTreeSet<usize>)| {
        let mut problem = problem.clone();
        let is_of_all = is_mention(problem.code) || problem.code == Code::NeedlessAllowance;
        if editions.len() < NAMES.len() && !is_of_all {
            let names: Vec<&str> = editions.into_iter().map(|at| NAMES[at]).collect();
            problem.message += &format!(" (in {})", names.join(", "));
        }
        problem
    };
    found.into_values().map(said).collect()
}

/// What makes two problems one. Editions tell of a mention in words of their own.
type Key<'a> = (&'a crate::diagnostic::Place, Code, &'a str, Option<&'a crate::diagnostic::Place>);

fn key(problem: &Diagnostic) -> Key<'_> {
    let message = if is_mention(problem.code) { "" } else { problem.message.as_str() };
    (&problem.place, problem.code, message, problem.also.as_ref().map(|(place, _)| place))
}

fn is_mention(code: Code) -> bool {
    matches!(code, Code::WithheldMention | Code::OwnContact)
}
