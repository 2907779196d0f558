//! Something to be done, with what became of it.

use serde::Serialize;

use super::entry::PersonView;
use crate::derived::actions::{End, History, Line};
use crate::directory::ids::{CallId, EntryId};
use crate::pages::body;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Day;

/// Something to be done, as a call names it.
#[derive(Debug, Serialize)]
pub(crate) struct ActionView {
    /// As HTML.
    what_html: String,
    who: Option<PersonView>,
    /// To whom this call hands it over.
    handed_to: Option<PersonView>,
    due: Option<Day>,
    /// The day is over, and it is still open.
    is_late: bool,
    state: State,
    /// The call that says so, where it is another one.
    call: Option<Link>,
    /// On lists of what is open: the call that it dates from, where it is not this one.
    since: Option<Link>,
}

/// What became of an action, as far as one call says or a later one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Open,
    /// A later call names it again.
    Carried,
    Done,
    Dropped,
}

impl Viewer<'_> {
    /// What a line of a call is to be done, and what became of it.
    pub(crate) fn action(&self, line: Line) -> ActionView {
        let action = &self.directory[line.0].actions[line.1];
        let history = self.derived.actions().of(line);
        let call = |id: CallId| (id != line.0).then(|| self.entry_link(EntryId::Call(id)));
        let (state, call) = match history.end {
            Some((End::Done, id)) => (State::Done, call(id)),
            Some((End::Dropped, id)) => (State::Dropped, call(id)),
            None if history.last().0 != line.0 => (State::Carried, call(history.last().0)),
            None => (State::Open, None),
        };
        let who = action.who.as_ref().or(history.owner.as_ref());
        ActionView {
            what_html: body::inline(&action.what),
            who: who.map(|person| self.person(person)),
            handed_to: action.handed_to.as_ref().map(|person| self.person(person)),
            due: action.due.map(|date| self.wording.day(date)),
            is_late: state == State::Open && action.due.is_some_and(|due| due < self.derived.today),
            state,
            call,
            since: None,
        }
    }

    /// What an action is now, with the call that it dates from.
    pub(crate) fn open_action(&self, history: &History) -> ActionView {
        ActionView {
            who: history.owner.as_ref().map(|person| self.person(person)),
            handed_to: None,
            due: history.due.map(|date| self.wording.day(date)),
            is_late: history.due.is_some_and(|due| due < self.derived.today),
            since: Some(self.entry_link(EntryId::Call(history.first()))),
            ..self.action(history.last())
        }
    }

    /// The same on a page of a call, which need not say its own name.
    pub(crate) fn open_action_in(&self, line: Line, call: CallId) -> ActionView {
        let history = self.derived.actions().of(line);
        let open = self.open_action(history);
        ActionView { since: open.since.filter(|_| history.first() != call), ..open }
    }
}
