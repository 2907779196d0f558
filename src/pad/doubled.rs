//! Actions with the same words, which are told apart by whose they are.

use std::collections::BTreeSet;

use super::recording::Recording;
use super::words::same;
use crate::directory::call::Call;

/// What stands in more than one of the actions of a pad or of a call: these are told apart by whose they are.
#[derive(Clone, Debug, Default)]
pub struct Doubled(BTreeSet<String>);

impl Doubled {
    /// Of the actions of a pad and those of a call.
    pub fn new(recording: &Recording, call: &Call) -> Doubled {
        let mut doubled = Doubled::default();
        doubled.add(recording.actions.iter().map(|it| it.what.as_str()));
        doubled.add(call.actions.iter().map(|it| it.what.as_str()));
        doubled
    }

    fn add<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        let again = texts.map(same).filter(|text| !seen.insert(text.clone()));
        self.0.extend(again.collect::<Vec<_>>());
    }

    /// Whether these are the words of several.
    pub(super) fn has(&self, what: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&same(what))
    }

    /// What an action is known by.
    pub(super) fn name(&self, what: &str, who: Option<&str>) -> String {
        match who.filter(|_| self.has(what)) {
            Some(who) => format!("{what} ({who})"),
            None => what.to_owned(),
        }
    }
}
