//! What was understood, as files: the call with its turns filled in, and an entry for each new need and
//! offer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::words::fold;
use super::{Kept, LEFT, NewEntry, Recording, Said, ToDo};
use crate::content::front_matter;
use crate::content::record::Record;
use crate::content::values::{MatchStatus, Role};
use crate::content::yaml::{self, Node, Value};
use crate::content::yaml_text::{self, map, node, text, texts};

/// The file of a call that a pad is written into.
pub struct CallFile<'a> {
    /// As read.
    pub record: &'a Record,
    /// As written.
    pub text: &'a str,
    /// Its id.
    pub id: &'a str,
    /// It has begun, so that it counts as held.
    pub has_begun: bool,
    /// What it takes from its series, and keeps once it is held.
    pub settled: [(&'static str, String); 3],
    /// Former ids of needs and offers, with their folder, and what they are called now.
    pub former: BTreeMap<String, String>,
}

impl CallFile<'_> {
    /// Whether an id of the file is that of a need or an offer.
    fn is_same(&self, folder: &str, written: &str, id: &str) -> bool {
        let now = || self.former.get(&format!("{folder}/{written}"));
        written == id || now().is_some_and(|now| now == id)
    }
}

/// The files to write, by path: the call's, and those of new entries. What the call's file says already
/// stays; a pad that is written twice changes nothing more. `None` where the front matter cannot be changed line by line.
pub fn merge(
    call: &CallFile<'_>,
    recording: &Recording,
    today: Date,
) -> Option<BTreeMap<String, String>> {
    let mut files: BTreeMap<String, String> =
        recording.new.iter().map(|new| (path(new), entry(new, call.id, today))).collect();
    let mut changes = changes(call, recording);
    let old_body = &call.text[front_matter::split(call.text).body.start..];
    let body = body(old_body, recording);
    if body == old_body && changes.is_empty() {
        return Some(files);
    }
    changes.push(("updated", text(today.to_string())));
    let written = yaml_text::with_fields(call.text, call.record, &changes)?;
    let start = front_matter::split(&written).body.start;
    files.insert(call.record.path.to_string(), format!("{}{body}", &written[..start]));
    Some(files)
}

/// The file of a new entry.
pub fn path(new: &NewEntry) -> String {
    format!("content/{}/{}.md", new.kind.folder(), new.id)
}

fn entry(new: &NewEntry, call: &str, today: Date) -> String {
    let language = new.language.as_ref().map(|it| ("lang", it.to_string()));
    let until = new.until.map(|it| ("until", it.to_string()));
    let fields = [
        Some(("title", new.title.clone())),
        language,
        Some(("coop", new.coop.clone())),
        Some(("kind", new.help.as_str().to_owned())),
        until,
        Some(("raised_in", call.to_owned())),
        Some(("created", today.to_string())),
    ];
    let fields = fields.into_iter().flatten();
    let fields: String = fields.map(|(name, value)| yaml_text::field(name, &text(value))).collect();
    format!("---\n{fields}---\n{}", new.body)
}

/// The fields of the call that get another value.
fn changes(call: &CallFile<'_>, recording: &Recording) -> Vec<(&'static str, Value)> {
    let old = |name: &str| field(&call.record.front.value, name);
    let mut changes: Vec<(&'static str, Value)> = Vec::new();
    let status = old("status").and_then(text_of).unwrap_or_default();
    if call.has_begun && (status.is_empty() || status == "planned") {
        changes.push(("status", text("held")));
        let is_open = |name: &str| matches!(old(name), None | Some(Value::Null));
        let settled = call.settled.iter().filter(|(name, _)| is_open(name));
        changes.extend(settled.map(|(name, value)| (*name, bare(&yaml::parse(value, 0).0.value))));
    }
    for (name, coop) in
        [("facilitator", &recording.facilitator), ("note_taker", &recording.note_taker)]
    {
        if let Some(coop) = coop {
            changes.push((name, text(coop)));
        }
    }
    let matches = recording.introductions.iter().map(|it| {
        let pair = [("need", text(&it.need)), ("offer", text(&it.offer))];
        let status = [("status", text(it.status.as_str()))];
        let note = (!it.note.is_empty()).then(|| ("note", text(&it.note)));
        map(pair.into_iter().chain(status).chain(note))
    });
    let lists = [
        ("turns", turns(old("turns"), call, recording)),
        ("matches", added(old("matches"), matches.collect(), |a, b| same_pair(call, a, b))),
        (
            "decisions",
            added(old("decisions"), recording.decisions.iter().map(text).collect(), same_text),
        ),
        ("actions", actions(old("actions"), &recording.actions)),
    ];
    changes.extend(lists.into_iter().map(|(name, items)| (name, Value::List(items))));
    changes.retain(|(name, value)| match old(name) {
        None | Some(Value::Null) => *value != Value::List(Vec::new()),
        Some(old) => bare(old) != *value,
    });
    changes
}

/// The turns of the file with what was said added to them, and those that are new.
fn turns(old: Option<&Value>, call: &CallFile<'_>, recording: &Recording) -> Vec<Node> {
    let coop_of = |turn: &Node| field(&turn.value, "coop").and_then(text_of).unwrap_or_default();
    let mut turns = items(old);
    turns.retain(|turn| !recording.absent.contains(&coop_of(turn)));
    for said in &recording.turns {
        let at = turns.iter().position(|turn| coop_of(turn) == said.coop).unwrap_or_else(|| {
            turns.push(node(map([("coop", text(&said.coop))])));
            turns.len() - 1
        });
        add_to_turn(&mut turns[at].value, call, said);
    }
    turns
}

fn add_to_turn(turn: &mut Value, call: &CallFile<'_>, said: &Said) {
    if let Some(name) = &said.delegate {
        set(turn, "delegate", map([("name", text(name)), ("consent", text("true"))]));
    }
    if said.written {
        set(turn, "written", text("true"));
    }
    match said.role {
        Some(Role::Delegate) | None => {}
        Some(role) => set(turn, "role", text(role.as_str())),
    }
    let about = field(turn, "about").and_then(text_of).unwrap_or_default();
    if about.is_empty() && !said.about.is_empty() {
        set(turn, "about", text(&said.about));
    } else if !fold(&about).contains(&fold(&said.about)) {
        set(turn, "about", text(format!("{about} {}", said.about)));
    }
    for (name, new) in [("needs", &said.needs), ("offers", &said.offers)] {
        let mut all: Vec<String> =
            items(field(turn, name)).iter().filter_map(|item| text_of(&item.value)).collect();
        let count = all.len();
        let is_new = |id: &&String| !all.iter().any(|old| call.is_same(name, old, id));
        let new: Vec<String> = new.iter().filter(is_new).cloned().collect();
        all.extend(new);
        if all.len() > count {
            set(turn, name, texts(all));
        }
    }
}

/// The actions of the file: done where the pad says so, and those that are new.
fn actions(old: Option<&Value>, new: &[ToDo]) -> Vec<Node> {
    let mut actions = items(old);
    let what_of =
        |action: &Node| field(&action.value, "what").and_then(text_of).unwrap_or_default();
    for it in new {
        let at = actions.iter().position(|action| fold(&what_of(action)) == fold(&it.what));
        let at = at.unwrap_or_else(|| {
            actions.push(node(map([("what", text(&it.what))])));
            actions.len() - 1
        });
        let action = &mut actions[at].value;
        if let Some(who) = &it.who
            && field(action, "who").and_then(text_of).as_ref() != Some(who)
        {
            set(action, "who", text(who));
        }
        if let Some(due) = it.due {
            set(action, "due", text(due.to_string()));
        }
        if it.done {
            set(action, "done", text("true"));
        }
    }
    actions
}

/// A list with what is not in it yet.
fn added(old: Option<&Value>, new: Vec<Value>, same: impl Fn(&Value, &Value) -> bool) -> Vec<Node> {
    let mut all = items(old);
    for value in new {
        match all.iter_mut().find(|it| same(&it.value, &value)) {
            None => all.push(node(value)),
            // What a later hearing says of the same counts.
            Some(there) if is_later(&there.value, &value) => {
                let status = field(&value, "status").cloned().unwrap_or_default();
                set(&mut there.value, "status", status);
            }
            Some(_) => {}
        }
    }
    all
}

fn is_later(old: &Value, new: &Value) -> bool {
    let status = |value: &Value| {
        let text = field(value, "status").and_then(text_of)?;
        MatchStatus::parse(&text).ok()
    };
    status(new).is_some_and(|it| it != MatchStatus::Introduced) && status(new) != status(old)
}

fn same_pair(call: &CallFile<'_>, old: &Value, new: &Value) -> bool {
    let is_same = |(name, folder): (&str, &str)| {
        let [old, new] = [old, new].map(|it| field(it, name).and_then(text_of));
        old.zip(new).is_some_and(|(old, new)| call.is_same(folder, &old, &new))
    };
    [("need", "needs"), ("offer", "offers")].into_iter().all(is_same)
}

fn same_text(a: &Value, b: &Value) -> bool {
    fold(&text_of(a).unwrap_or_default()) == fold(&text_of(b).unwrap_or_default())
}

/// The text of the call with the notes of the pad.
fn body(old: &str, recording: &Recording) -> String {
    let (old_text, notes) = (old.trim_end(), recording.notes.trim());
    match notes.is_empty() || old_text.contains(notes) {
        true => old.to_owned(),
        false if old_text.is_empty() => format!("{notes}\n"),
        false => format!("{old_text}\n\n{notes}\n"),
    }
}

/// The file for what is left over, which is never published, with the lines that are not in it yet below
/// `heading`; `None` where nothing is to be added. Who has taken a line out of it does not find it there
/// again: `kept` are the answers of earlier recordings.
pub fn left_over(
    there: Option<&str>,
    recording: &Recording,
    kept: &[Kept],
    heading: &str,
) -> Option<String> {
    let lines: BTreeSet<&str> = there.into_iter().flat_map(str::lines).collect();
    let is_new = |text: &&str| {
        let was_left = || kept.iter().any(|it| it.answer == LEFT && it.line == *text);
        there.is_none() || !(text.lines().all(|line| lines.contains(line)) || was_left())
    };
    let new: Vec<&str> = recording.left.iter().map(|it| it.text.as_str()).filter(is_new).collect();
    let begun = match there {
        Some(there) => there.trim_end_matches('\n').to_owned(),
        None => format!("# {heading}\n"),
    };
    (!new.is_empty()).then(|| format!("{begun}\n{}\n", new.join("\n")))
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Map(fields) => {
            fields.iter().find(|(key, _)| key.name == name).map(|(_, it)| &it.value)
        }
        _ => None,
    }
}

fn set(value: &mut Value, name: &str, new: Value) {
    let Value::Map(fields) = value else { return };
    match fields.iter_mut().find(|(key, _)| key.name == name) {
        Some((_, old)) => old.value = new,
        None => {
            let Value::Map(added) = map([(name, new)]) else { return };
            fields.extend(added);
        }
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.trim_end().to_owned()),
        _ => None,
    }
}

/// The items of a list; a value that is no list is one item.
fn items(value: Option<&Value>) -> Vec<Node> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::List(items)) => items.iter().map(|it| node(bare(&it.value))).collect(),
        Some(one) => vec![node(bare(one))],
    }
}

/// A value without the places of its parts, which a changed file no longer has.
fn bare(value: &Value) -> Value {
    match value {
        Value::List(list) => Value::List(list.iter().map(|it| node(bare(&it.value))).collect()),
        Value::Map(fields) => {
            map(fields.iter().map(|(key, it)| (key.name.as_str(), bare(&it.value))))
        }
        other => other.clone(),
    }
}
