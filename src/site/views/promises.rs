//! What calls promised and decided: actions with what became of them, the lists of what is open and of
//! what was decided.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Serialize;

use super::chrome::Chrome;
use super::list::{PER_PAGE, Pager};
use super::parts::PersonView;
use super::{Day, Label, Link, Viewer};
use crate::content::values::CallStatus;
use crate::derived::Derived;
use crate::derived::actions::{End, History, Line};
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, EntryId};
use crate::site::{collate, html, paths};

/// Something to be done, as a call names it.
#[derive(Debug, Serialize)]
pub struct ActionView {
    /// As HTML.
    what_html: String,
    who: Option<PersonView>,
    /// To whom this call hands it over.
    handed_to: Option<PersonView>,
    due: Option<Day>,
    /// The day is over, and it is still open.
    is_late: bool,
    /// `open`, `carried` to a later call, `done` or `dropped`.
    state: &'static str,
    /// The call that says so, where it is another one.
    call: Option<Link>,
    /// On lists of what is open: the call that it dates from, where it is not this one.
    since: Option<Link>,
}

/// What is still to be done of all calls.
#[derive(Debug, Serialize)]
pub struct OpenView {
    page: Chrome,
    /// By owner, coops first; within an owner the oldest first.
    owners: Vec<OwnerView>,
    total: usize,
    pager: Option<Pager>,
}

/// What one owner has to do.
#[derive(Debug, Serialize)]
pub struct OwnerView {
    /// None where nobody was said.
    who: Option<PersonView>,
    actions: Vec<ActionView>,
}

/// What all calls decided.
#[derive(Debug, Serialize)]
pub struct DecisionsView {
    page: Chrome,
    /// The latest first.
    years: Vec<DecidedYear>,
    total: usize,
    pager: Option<Pager>,
}

/// What the calls of a year decided.
#[derive(Debug, Serialize)]
pub struct DecidedYear {
    /// None where a call has no day.
    year: Option<String>,
    calls: Vec<DecidedCall>,
}

/// What a call decided.
#[derive(Debug, Serialize)]
pub struct DecidedCall {
    link: Link,
    day: Option<Day>,
    /// Where the call was not held.
    status: Option<Label>,
    /// As HTML, in their order.
    decisions: Vec<String>,
}

/// The view of a page of the actions that are open, from 1.
pub fn open_actions(viewer: &Viewer<'_>, number: usize) -> OpenView {
    let list = &viewer.derived.actions().list;
    let open = viewer.plan.open_by_owner(viewer);
    let shown: Vec<_> = open.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).collect();
    let owners = shown.chunk_by(|(one, _), (other, _)| one == other).map(|of_owner| OwnerView {
        who: list[of_owner[0].1].owner.as_ref().map(|person| viewer.person(person)),
        actions: of_owner.iter().map(|(_, at)| viewer.open_action(&list[*at])).collect(),
    });
    OpenView {
        page: viewer.page_of_calls("open-title", "open-about", paths::OPEN_FEED),
        owners: owners.collect(),
        total: open.len(),
        pager: Pager::new(viewer, paths::OPEN, number, open.len()),
    }
}

/// By what owners are put in order: coops, then people with a name, then others.
pub type OwnerKey = (u8, String, String);

/// What is open, by owner, and of each the oldest first: the places among all actions.
pub fn open_by_owner(viewer: &Viewer<'_>) -> Vec<(OwnerKey, usize)> {
    let actions = viewer.derived.actions().list.iter().enumerate();
    let open = actions.filter(|(_, history)| history.end.is_none());
    let mut open: Vec<_> = open.map(|(at, history)| (owner_key(viewer, history), at)).collect();
    open.sort();
    open
}

fn owner_key(viewer: &Viewer<'_>, history: &History) -> OwnerKey {
    match &history.owner {
        Some(Person::Coop(coop)) => {
            let title = viewer.title(EntryId::Coop(*coop));
            (0, collate(&title), viewer.directory[*coop].entry.slug.to_string())
        }
        Some(Person::Named(name)) => (1, collate(name), name.clone()),
        Some(Person::Unnamed) => (2, String::new(), String::new()),
        None => (3, String::new(), String::new()),
    }
}

/// The view of a page of decisions, from 1.
pub fn decisions(viewer: &Viewer<'_>, number: usize) -> DecisionsView {
    let all = &viewer.derived.calls().decisions;
    let first = (number - 1) * PER_PAGE;
    let shown = &all[first.min(all.len())..(first + PER_PAGE).min(all.len())];
    let by_call: Vec<&[(CallId, usize)]> = shown.chunk_by(|one, other| one.0 == other.0).collect();
    let year = |of_call: &&[(CallId, usize)]| viewer.directory[of_call[0].0].day().map(Date::year);
    let years = by_call.chunk_by(|one, other| year(one) == year(other)).map(|of_year| {
        let calls = of_year.iter().map(|of_call| decided_call(viewer, of_call));
        DecidedYear { year: year(&of_year[0]).map(|year| year.to_string()), calls: calls.collect() }
    });
    DecisionsView {
        page: viewer.page_of_calls("decisions-title", "decisions-about", paths::DECISIONS_FEED),
        years: years.collect(),
        total: all.len(),
        pager: Pager::new(viewer, paths::DECISIONS, number, all.len()),
    }
}

fn decided_call(viewer: &Viewer<'_>, of_call: &[(CallId, usize)]) -> DecidedCall {
    let id = of_call[0].0;
    let call = &viewer.directory[id];
    DecidedCall {
        link: viewer.entry_link(EntryId::Call(id)),
        day: call.day().map(|date| viewer.day(date)),
        status: (call.status != CallStatus::Held).then(|| viewer.call_status(id)),
        decisions: of_call.iter().map(|(_, at)| html::inline(&call.decisions[*at])).collect(),
    }
}

impl Viewer<'_> {
    /// What a line of a call is to be done, and what became of it.
    pub fn action(&self, line: Line) -> ActionView {
        let action = &self.directory[line.0].actions[line.1];
        let history = self.derived.actions().of(line);
        let call = |id: CallId| (id != line.0).then(|| self.entry_link(EntryId::Call(id)));
        let (state, call) = match history.end {
            Some((End::Done, id)) => ("done", call(id)),
            Some((End::Dropped, id)) => ("dropped", call(id)),
            None if history.last().0 != line.0 => ("carried", call(history.last().0)),
            None => ("open", None),
        };
        let who = action.who.as_ref().or(history.owner.as_ref());
        ActionView {
            what_html: html::inline(&action.what),
            who: who.map(|person| self.person(person)),
            handed_to: action.handed_to.as_ref().map(|person| self.person(person)),
            due: action.due.map(|date| self.day(date)),
            is_late: state == "open" && action.due.is_some_and(|due| due < self.derived.today),
            state,
            call,
            since: None,
        }
    }

    /// What an action is now, with the call that it dates from.
    pub fn open_action(&self, history: &History) -> ActionView {
        ActionView {
            who: history.owner.as_ref().map(|person| self.person(person)),
            handed_to: None,
            due: history.due.map(|date| self.day(date)),
            is_late: history.due.is_some_and(|due| due < self.derived.today),
            since: Some(self.entry_link(EntryId::Call(history.first()))),
            ..self.action(history.last())
        }
    }

    /// The same on a page of a call, which need not say its own name.
    pub fn open_action_in(&self, line: Line, call: CallId) -> ActionView {
        let history = self.derived.actions().of(line);
        let open = self.open_action(history);
        ActionView { since: open.since.filter(|_| history.first() != call), ..open }
    }

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

    fn page_of_calls(&self, title: &str, about: &str, feed: &str) -> Chrome {
        let list = self.link("calls/", self.words.text("nav-calls"));
        let page = self.chrome(self.words.text(title), "calls").below(list);
        let feed =
            self.link(feed, self.words.with("feed-of", [("what", self.words.text(title).into())]));
        page.described(self.words.text(about)).with_feed(feed)
    }
}

/// Open actions for a feed, those of the latest calls first.
pub fn newest_actions(derived: &Derived) -> Vec<&History> {
    let mut open: Vec<&History> = derived.actions().open().collect();
    open.sort_by_key(|it| Reverse(derived.directory[it.first()].start));
    open
}
