//! What is to be done, through all the calls that name it: since when, whose it is, and how it ended.
//!
//! A call repeats what earlier ones left open, so one action stands in several files. Lines are one
//! action when they have the same id. A line without an id has that of an action with the same words
//! and owner in the call before, and else begins an action of its own; then its id is made of its
//! words and that call, as `ayni new call` writes it down.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::calls::Calls;
use crate::content::values::{CallStatus, Slug};
use crate::directory::Directory;
use crate::directory::call::{Action, Call, action_id, free_action_id};
use crate::directory::contact::Person;
use crate::directory::fold;
use crate::directory::ids::{CallId, CoopId};

/// A line of a call: which call, and the place among its actions.
pub(crate) type Line = (CallId, usize);

/// How an action ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    /// It is not to be done any more.
    Dropped,
}

/// Something to be done, through all the calls that name it.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// By what it is known.
    pub id: String,
    /// The series of the last call that names it.
    pub series: Option<Slug>,
    /// The lines that name it, oldest first; never empty.
    pub lines: Vec<Line>,
    /// How it ended, and the first call that says so.
    pub end: Option<(End, CallId)>,
    /// Whose it is, if anybody said so.
    pub owner: Option<Person>,
    /// Until when it is to be done.
    pub due: Option<Date>,
}

impl History {
    /// The call that it dates from.
    pub fn first(&self) -> CallId {
        self.lines[0].0
    }

    /// The line that names it last.
    pub fn last(&self) -> Line {
        self.lines[self.lines.len() - 1]
    }

    /// Whether a call names it.
    pub fn is_named_in(&self, call: CallId) -> bool {
        self.lines.iter().any(|(other, _)| *other == call)
    }
}

/// Every action of the calls of a directory.
#[derive(Debug, Default, PartialEq)]
pub struct Actions {
    /// In the order in which they were first named.
    pub list: Vec<History>,
    of_line: FxHashMap<Line, usize>,
}

impl Actions {
    /// The action that a line names; every line of a call has one.
    pub fn of(&self, line: Line) -> &History {
        &self.list[self.of_line[&line]]
    }

    /// Those that have not ended, the oldest first.
    pub fn open(&self) -> impl Iterator<Item = &History> {
        self.list.iter().filter(|history| history.end.is_none())
    }

    /// Those of a coop that have not ended, the oldest first.
    pub fn open_of(&self, coop: CoopId) -> impl Iterator<Item = &History> {
        self.open().filter(move |history| history.owner == Some(Person::Coop(coop)))
    }
}

/// Puts the lines of all calls together.
pub(crate) fn collect(directory: &Directory, calls: &Calls) -> Actions {
    let mut collecting = Collecting::new(directory);
    for id in &calls.in_order {
        collecting.call(*id);
    }
    collecting.actions
}

/// What a line without an id is recognised by.
type Key = (String, Owner);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Owner {
    Coop(CoopId),
    Named(String),
    /// Nobody is said.
    Nobody,
}

struct Collecting<'a> {
    directory: &'a Directory,
    actions: Actions,
    by_id: FxHashMap<String, usize>,
    /// By series: what the next call may go on with.
    continued: FxHashMap<Option<&'a Slug>, FxHashMap<Key, Vec<usize>>>,
}

impl<'a> Collecting<'a> {
    fn new(directory: &'a Directory) -> Self {
        let (actions, by_id) = (Actions::default(), FxHashMap::default());
        Collecting { directory, actions, by_id, continued: FxHashMap::default() }
    }

    fn call(&mut self, id: CallId) {
        let directory = self.directory;
        let call = &directory[id];
        let mut before = self.continued.remove(&call.series.as_ref()).unwrap_or_default();
        let mut named: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (place, action) in call.actions.iter().enumerate() {
            let at = match &action.id {
                Some(id) => self.by_id.get(id.as_str()).copied(),
                None => self.continues(action, &mut before),
            };
            let at = at.unwrap_or_else(|| self.begin(call, action));
            self.add((id, place), at, action);
            let owner = match &self.actions.list[at].owner {
                Some(Person::Coop(coop)) => Owner::Coop(*coop),
                Some(Person::Named(name)) => Owner::Named(fold(name)),
                Some(Person::Unnamed) | None => Owner::Nobody,
            };
            named.entry((fold(&action.what), owner)).or_default().push(at);
        }
        // Only a call that was held can leave out what it does not go on with.
        if call.status != CallStatus::Held {
            before.into_iter().for_each(|(key, each)| named.entry(key).or_default().extend(each));
        }
        self.continued.insert(call.series.as_ref(), named);
    }

    /// The action of an earlier call that a line without an id goes on with. What is done and has another
    /// day now is to be done again.
    fn continues(&self, action: &Action, before: &mut FxHashMap<Key, Vec<usize>>) -> Option<usize> {
        let owner = match &action.who {
            Some(Person::Coop(coop)) => Owner::Coop(*coop),
            Some(Person::Named(name)) => Owner::Named(fold(name)),
            // Nobody knows whether two who are not named are the same.
            Some(Person::Unnamed) => return None,
            None => Owner::Nobody,
        };
        let candidates = before.get_mut(&(fold(&action.what), owner))?;
        let is_again = |at: &usize| {
            let history = &self.actions.list[*at];
            history.end.is_some() && action.due.is_some() && action.due != history.due
        };
        let found = candidates.iter().position(|at| !is_again(at))?;
        Some(candidates.remove(found))
    }

    fn begin(&mut self, call: &Call, action: &Action) -> usize {
        let at = self.actions.list.len();
        let id = match &action.id {
            Some(id) => id.as_str().to_owned(),
            None => self.made_id(call, action),
        };
        self.by_id.insert(id.clone(), at);
        if action.id.is_none() {
            // Whoever wrote it down under another name of the call meant the same.
            let others = call.entry.aliases.iter().skip(1).chain([&call.entry.slug]);
            for name in others {
                self.by_id.entry(action_id(&action.what, name.as_str())).or_insert(at);
            }
        }
        let series = call.series.clone();
        let history = History { id, series, lines: Vec::new(), end: None, owner: None, due: None };
        self.actions.list.push(history);
        at
    }

    fn made_id(&self, call: &Call, action: &Action) -> String {
        let call = call.entry.first_id().as_str();
        free_action_id(&action.what, call, |id| self.by_id.contains_key(id))
    }

    fn add(&mut self, line: Line, at: usize, action: &Action) {
        let history = &mut self.actions.list[at];
        history.lines.push(line);
        history.series.clone_from(&self.directory[line.0].series);
        let owner = action.handed_to.as_ref().or(action.who.as_ref());
        history.owner = owner.or(history.owner.as_ref()).cloned();
        history.due = action.due.or(history.due);
        let end = match (action.is_done(), action.is_dropped()) {
            (true, _) => Some(End::Done),
            (false, true) => Some(End::Dropped),
            (false, false) => None,
        };
        history.end = history.end.or(end.map(|end| (end, line.0)));
        self.actions.of_line.insert(line, at);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::derived::derive;
    use crate::directory::tests::{day, directory};

    /// What is known of each action: its id, in which months it is named, and how it ended.
    fn histories(calls: &[(&str, &str)]) -> Vec<String> {
        let call = |(month, fields): &(&str, &str)| {
            let or = |key: &str, line| if fields.contains(key) { "" } else { line };
            let series = or("series:", "series: m\n");
            let status = or("status:", "status: held\n");
            let text = format!("---\n{series}start: 2026-{month}-20T16:00\n{status}{fields}---\n");
            (format!("content/calls/2026-{month}.md"), text)
        };
        let calls: Vec<(String, String)> = calls.iter().map(call).collect();
        let mut files = vec![
            ("site.yaml", "title: T\ncalls: [{id: m, title: M}, {id: n, title: N}]\n"),
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
        ];
        files.extend(calls.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let derived = derive(Arc::new(directory(&files)), day("2026-11-30"), None);
        let month = |id: CallId| derived.directory[id].entry.slug.as_str()[5..].to_owned();
        let told = |history: &History| {
            let lines: Vec<String> = history.lines.iter().map(|line| month(line.0)).collect();
            let end = history.end.map(|(end, call)| format!(", {end:?} in {}", month(call)));
            format!("{} {}{}", history.id, lines.join("+"), end.unwrap_or_default())
        };
        derived.actions().list.iter().map(told).collect()
    }

    #[test]
    fn the_same_words_and_owner_in_calls_that_follow_are_one_action() {
        let photos = "actions: [{what: Send photos, who: a}, {what: Send photos, who: b}]\n";
        let again = "actions: [{what: ' send  Photos', who: b}]\n";
        assert_eq!(
            histories(&[("01", photos), ("02", again)]),
            ["send-photos-2026-01 01", "send-photos-2026-01-2 01+02"]
        );
    }

    #[test]
    fn what_is_done_in_any_call_is_done_in_all() {
        let open = "actions: [{what: Sing, who: a}]\n";
        let done = "actions: [{what: Sing, who: a, done: true}]\n";
        let dropped = "actions: [{what: Sing, who: a, dropped: true}]\n";
        assert_eq!(histories(&[("01", done), ("02", open)]), ["sing-2026-01 01+02, Done in 01"]);
        assert_eq!(
            histories(&[("01", open), ("02", open), ("03", done)]),
            ["sing-2026-01 01+02+03, Done in 03"]
        );
        assert_eq!(
            histories(&[("01", open), ("02", dropped)]),
            ["sing-2026-01 01+02, Dropped in 02"]
        );
    }

    #[test]
    fn after_a_call_that_does_not_name_it_an_action_is_a_new_one() {
        let sing = "actions: [{what: Sing, who: a}]\n";
        assert_eq!(
            histories(&[("01", sing), ("02", ""), ("03", sing)]),
            ["sing-2026-01 01", "sing-2026-03 03"]
        );
        // A call that was not held leaves nothing out.
        for status in ["status: cancelled\n", "status: planned\n"] {
            assert_eq!(
                histories(&[("01", sing), ("02", status), ("03", sing)]),
                ["sing-2026-01 01+03"]
            );
        }
        let other = "series: n\nactions: [{what: Sing, who: a}]\n";
        assert_eq!(histories(&[("01", sing), ("02", other)]).len(), 2);
    }

    #[test]
    fn what_is_done_and_has_another_day_is_to_be_done_again() {
        let with = |fields: &str| format!("actions: [{{what: Sing, who: a{fields}}}]\n");
        let (done, again) = (with(", due: 2026-01-31, done: true"), with(", due: 2026-02-28"));
        assert_eq!(
            histories(&[("01", &done), ("02", &again)]),
            ["sing-2026-01 01, Done in 01", "sing-2026-02 02"]
        );
        let later = with(", due: 2026-01-31");
        assert_eq!(histories(&[("01", &later), ("02", &again)]), ["sing-2026-01 01+02"]);
    }

    #[test]
    fn an_id_makes_lines_one_whatever_else_they_say() {
        let first = "actions: [{what: Sing, who: a}]\n";
        // As the next call writes it down.
        let next = "actions: [{id: sing-2026-01, what: Sing louder, who: b}]\n";
        let last = "actions: [{id: sing-2026-01, what: Sing, done: true}]\n";
        assert_eq!(
            histories(&[("01", first), ("02", ""), ("03", next), ("04", last)]),
            ["sing-2026-01 01+03+04, Done in 04"]
        );
    }

    #[test]
    fn two_who_are_not_named_are_never_one() {
        let unnamed = "actions: [{what: Sing, who: {name: X}}]\n";
        let named = "actions: [{what: Sing, who: {name: X, consent: true}}]\n";
        let nobody = "actions: [{what: Sing}]\n";
        assert_eq!(histories(&[("01", unnamed), ("02", unnamed)]).len(), 2);
        assert_eq!(histories(&[("01", named), ("02", named)]).len(), 1);
        assert_eq!(histories(&[("01", unnamed), ("02", named)]).len(), 2);
        // A line that says nothing of its owner says nothing new.
        assert_eq!(histories(&[("01", unnamed), ("02", nobody)]).len(), 1);
        assert_eq!(histories(&[("01", nobody), ("02", nobody)]).len(), 1);
    }

    #[test]
    fn what_is_handed_on_stays_one() {
        let handed = "actions: [{what: Sing, who: a, handed_to: b}]\n";
        let next = "actions: [{what: Sing, who: b}]\n";
        assert_eq!(histories(&[("01", handed), ("02", next)]), ["sing-2026-01 01+02"]);
    }

    #[test]
    fn ids_are_made_of_words_in_any_script_and_never_too_long() {
        let long =
            format!("actions: [{{what: '{}'}}, {{what: '???'}}]\n", "नमस्ते दुनिया ".repeat(20));
        let ids = histories(&[("01", &long)]);
        assert!(ids[0].len() < 80 && ids[0].starts_with("नमस्ते-दुनिया"), "{}", ids[0]);
        assert_eq!(ids[1], "action-2026-01 01");
    }
}
