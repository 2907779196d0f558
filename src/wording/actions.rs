//! Whose an action is, and since when, in words.

use super::Wording;
use crate::derived::actions::History;
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, EntryId};

impl Wording<'_> {
    /// Until when something is to be done, and since which call, where that is not `besides`, after its
    /// owner; for texts.
    pub fn action_notes(
        &self,
        owner: Option<String>,
        history: &History,
        besides: Option<CallId>,
    ) -> Vec<String> {
        let due =
            history.due.map(|due| self.words.with("due", [("date", self.words.date(due).into())]));
        let first = Some(history.first()).filter(|first| Some(*first) != besides);
        let since = first.map(|first| {
            self.words.with("action-since", [("call", self.title(EntryId::Call(first)).into())])
        });
        owner.into_iter().chain(due).chain(since).collect()
    }

    /// The name of an owner who may be named.
    pub fn owner_name(&self, history: &History) -> Option<String> {
        match &history.owner {
            Some(Person::Coop(coop)) => Some(self.title(EntryId::Coop(*coop))),
            Some(Person::Named(name)) => Some(name.clone()),
            Some(Person::Unnamed) | None => None,
        }
    }
}
