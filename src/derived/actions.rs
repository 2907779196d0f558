//! What is to be done, through all the calls that name it: since when, whose it is, and how it ended.
//!
//! A call repeats what earlier ones left open, so one action stands in several files. Lines are one
//! action when they have the same id. A line without an id has that of an action with the same words
//! and owner in the call before, and else begins an action of its own; then its id is made of its
//! words and that call, as `ayni new call` writes it down.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::calls::Calls;
use crate::content::file_names;
use crate::content::values::{CallStatus, Slug, slugify};
use crate::directory::Directory;
use crate::directory::call::{Action, Call};
use crate::directory::contact::Person;
use crate::directory::fold;
use crate::directory::ids::{CallId, CoopId};

/// A line of a call: which call, and the place among its actions.
pub type Line = (CallId, usize);

/// How an action ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was done.
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
pub fn collect(directory: &Directory, calls: &Calls) -> Actions {
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
            // Whoever wrote it down before the call was renamed meant the same.
            for alias in &call.entry.aliases {
                self.by_id.entry(made_of(&action.what, alias)).or_insert(at);
            }
        }
        let series = call.series.clone();
        let history = History { id, series, lines: Vec::new(), end: None, owner: None, due: None };
        self.actions.list.push(history);
        at
    }

    fn made_id(&self, call: &Call, action: &Action) -> String {
        let id = made_of(&action.what, &call.entry.slug);
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let mut free =
            std::iter::once(id.clone()).chain(numbered).filter(|id| !self.by_id.contains_key(id));
        free.next().unwrap_or_default()
    }

    fn add(&mut self, line: Line, at: usize, action: &Action) {
        let history = &mut self.actions.list[at];
        history.lines.push(line);
        history.series.clone_from(&self.directory[line.0].series);
        let owner = action.handed_to.as_ref().or(action.who.as_ref());
        history.owner = owner.or(history.owner.as_ref()).cloned();
        history.due = action.due.or(history.due);
        let end = match (action.done, action.dropped) {
            (true, _) => Some(End::Done),
            (false, true) => Some(End::Dropped),
            (false, false) => None,
        };
        history.end = history.end.or(end.map(|end| (end, line.0)));
        self.actions.of_line.insert(line, at);
    }
}

/// So many bytes of the words of an action stand in its id.
const LONGEST_WORDS: usize = 48;

fn made_of(words: &str, call: &Slug) -> String {
    let slug = slugify(words);
    match file_names::cut(&slug, LONGEST_WORDS) {
        "" => format!("action-{}", call.as_str()),
        words => format!("{words}-{}", call.as_str()),
    }
}
