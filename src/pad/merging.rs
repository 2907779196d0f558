//! What was understood, as files: the call with its turns filled in, and an entry for each new need and
//! offer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::answered::Answered;
use super::asked::LEFT;
use super::corrections::{self, Found, Listed, corrected};
use super::doubled::Doubled;
use super::facts::{self, Fact, What};
use super::recording::{NewEntry, RecordedAction, RecordedIntroduction, RecordedTurn, Recording};
use super::trees::{bare, field, is_same_list, items, remove, set, text_of, word_of};
use super::words::same;
use crate::content::record::Record;
use crate::content::values::{CallStatus, MatchStatus, Role, YesNo};
use crate::content::yaml::{self, Node, Value, same as same_tree};
use crate::content::yaml_text::{self, map, node, text};
use crate::content::{edits, front_matter, rewriting};
use crate::directory::call::free_action_id;

/// The file of a call that a pad is written into.
pub struct CallFile<'a> {
    /// As read.
    pub record: &'a Record,
    /// As written.
    pub text: &'a str,
    /// The name of its file, without `.md`.
    pub id: &'a str,
    /// It has begun, so that it counts as held.
    pub has_begun: bool,
    /// What it takes from its series, and keeps once it is held.
    pub settled: [(&'static str, String); 3],
    /// Former ids of coops, needs and offers, with their folder, and what they are called now.
    pub former: BTreeMap<String, String>,
    /// What earlier recordings took from this pad.
    pub recorded: BTreeSet<Fact>,
    /// Who does its actions and until when, as earlier calls say of the same.
    pub carried: BTreeSet<Fact>,
    /// What stands in several actions.
    pub doubled: Doubled,
    /// What was recorded before is written again, where it is no longer in the file.
    pub writes_again: bool,
}

impl CallFile<'_> {
    /// What an id of the file is called now.
    fn now(&self, folder: &str, written: String) -> String {
        self.former.get(&format!("{folder}/{written}")).cloned().unwrap_or(written)
    }

    /// The coop that a field of the file names.
    fn coop(&self, value: &Value, name: &str) -> Option<String> {
        Some(self.now("coops", field(value, name).and_then(word_of)?))
    }

    /// Whether the pad said the same before. Then the word of the file counts, whatever it is by now.
    fn was_said(&self, what: What, of: &str, says: &str) -> bool {
        !self.writes_again && self.recorded.contains(&Fact::new(what, of, says))
    }

    /// What the pad said before of the same.
    fn said_before(&self, what: What, of: &str) -> Option<&str> {
        let first = Fact::new(what, of, "");
        let said = self.recorded.range(&first..).next();
        said.filter(|it| it.what == what && it.of == first.of).map(|it| it.says.as_str())
    }

    /// Sets a text of the file to what the pad says, unless somebody changed it since the pad was recorded.
    fn set_text(&self, value: &mut Value, name: &str, what: What, (of, new): (&str, &str)) {
        let old = field(value, name).and_then(text_of).unwrap_or_default();
        let before = self.said_before(what, of);
        if !new.is_empty()
            && !self.was_said(what, of, new)
            && let Some(new) = corrected(&old, before, new)
        {
            set(value, name, text(new));
        }
    }

    /// The same for a value that is one word.
    fn set_word(&self, value: &mut Value, name: &str, what: What, (of, new): (&str, &str)) {
        let old = match what {
            What::Doer | What::HandedTo => self.coop(value, name),
            _ => field(value, name).and_then(word_of),
        };
        if self.may_set(&old.unwrap_or_default(), what, (of, new)) {
            set(value, name, text(new));
        }
    }

    /// Whether a word of the file gives way to that of the pad: one that somebody wrote does not, one of the pad or of
    /// an earlier call does.
    fn may_set(&self, old: &str, what: What, (of, new): (&str, &str)) -> bool {
        let is_of_pad = || self.said_before(what, of) == Some(old);
        let is_carried = || self.carried.contains(&Fact::new(what, of, old));
        let gives_way = old.is_empty() || is_of_pad() || is_carried();
        old != new && !self.was_said(what, of, new) && gives_way
    }

    /// Texts of a kind that earlier recordings wrote and the pad no longer says.
    fn withdrawn(&self, what: What, said: &BTreeSet<&str>) -> Vec<&str> {
        let is_said = |it: &&str| said.contains(it);
        let before = self.recorded.iter().filter(|it| it.what == what);
        before.map(|it| it.says.as_str()).filter(|it| !is_said(it)).collect()
    }
}

/// What is to be written.
pub struct Merged {
    /// The files, by path: the call's, and those of new entries.
    pub files: BTreeMap<String, String>,
    /// Comments of the call's file that stood at what is taken out.
    pub comments: Vec<String>,
}

/// The files to write. What the call's file says already stays, by whomever it was written, but for words that an earlier recording took from the pad and that the pad has corrected; a pad
/// that is written twice changes nothing more. `None` where the front matter cannot be changed line by line.
pub fn merge(call: &CallFile<'_>, recording: &Recording, today: Date) -> Option<Merged> {
    let mut files: BTreeMap<String, String> =
        recording.new.iter().map(|new| (path(new), entry(new, call.id, today))).collect();
    let mut changes = changes(call, recording);
    let old_body = &call.text[front_matter::split(call.text).body.start..];
    let body = body(old_body, call, recording);
    if body == old_body && changes.is_empty() {
        return Some(Merged { files, comments: Vec::new() });
    }
    changes.push(("updated", text(today.to_string())));
    let written = rewriting::with_fields(call.text, &call.record.front, &changes, &[])?;
    let fields = &written.text[..front_matter::split(&written.text).body.start];
    let fields = match fields.ends_with('\n') || body.is_empty() {
        true => fields.to_owned(),
        // The line of hyphens was the last of the file, without an end.
        false => format!("{fields}{}", edits::with_line_ends_of(call.text, "\n")),
    };
    files.insert(call.record.path.to_string(), fields + &body);
    Some(Merged { files, comments: written.lost })
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
    if call.has_begun && (status.is_empty() || status == CallStatus::Planned.as_str()) {
        changes.push(("status", text(CallStatus::Held.as_str())));
        let is_open = |name: &str| matches!(old(name), None | Some(Value::Null));
        let settled = call.settled.iter().filter(|(name, _)| is_open(name));
        changes.extend(settled.map(|(name, value)| (*name, bare(&yaml::parse(value, 0).0.value))));
    }
    for (name, what, coop) in [
        ("facilitator", What::Facilitator, &recording.facilitator),
        ("note_taker", What::NoteTaker, &recording.note_taker),
    ] {
        let there = call.coop(&call.record.front.value, name).unwrap_or_default();
        if let Some(coop) = coop
            && call.may_set(&there, what, ("", coop))
        {
            changes.push((name, text(coop)));
        }
    }
    let lists = [
        ("turns", turns(old("turns"), call, recording)),
        ("matches", matches(old("matches"), call, &recording.introductions)),
        ("decisions", decisions(old("decisions"), call, &recording.decisions)),
        ("actions", actions(old("actions"), call, &recording.actions)),
    ];
    changes.extend(lists.into_iter().map(|(name, items)| (name, Value::List(items))));
    changes.retain(|(name, value)| match (old(name), value) {
        (old, Value::List(new)) => !is_same_list(&items(old), new),
        (None, _) => true,
        (Some(old), new) => !same_tree(&node(old.clone()), &node(new.clone())),
    });
    changes
}

/// The turns of the file with what was said added to them, and those that are new.
fn turns(old: Option<&Value>, call: &CallFile<'_>, recording: &Recording) -> Vec<Node> {
    let coop_of = |turn: &Node| call.coop(&turn.value, "coop").unwrap_or_default();
    let mut turns = items(old);
    turns.retain(|turn| !recording.absent.contains(&coop_of(turn)));
    for said in &recording.turns {
        let at = turns.iter().position(|turn| coop_of(turn) == said.coop);
        if at.is_none() && call.was_said(What::Turn, &said.coop, "") {
            continue;
        }
        let at = at.unwrap_or_else(|| {
            turns.push(node(map([("coop", text(&said.coop))])));
            turns.len() - 1
        });
        add_to_turn(&mut turns[at].value, call, said);
    }
    turns
}

fn add_to_turn(turn: &mut Value, call: &CallFile<'_>, said: &RecordedTurn) {
    let coop = said.coop.as_str();
    let there = field(turn, "delegate").and_then(word_of).unwrap_or_default();
    if let Some(name) = &said.delegate
        && call.may_set(&there, What::Delegate, (coop, name))
    {
        set(turn, "delegate", map([("name", text(name)), ("consent", text(YesNo::Yes.as_str()))]));
    }
    if said.written && !call.was_said(What::Written, coop, "") {
        set(turn, "written", text(YesNo::Yes.as_str()));
    }
    match said.role {
        Some(role) if role != Role::Delegate => {
            call.set_word(turn, "role", What::Role, (coop, role.as_str()));
        }
        // Whoever was there after all sent no apology; one of which the pad never said stays.
        _ => {
            let apology = Some(Role::Apology.as_str());
            let is_of_pad = call.said_before(What::Role, coop) == apology;
            let role = field(turn, "role").and_then(text_of);
            if is_of_pad && role.as_deref() == apology {
                remove(turn, "role");
            }
        }
    }
    call.set_text(turn, "about", What::About, (coop, &said.about));
    for (name, what, new) in
        [("needs", What::Need, &said.needs), ("offers", What::Offer, &said.offers)]
    {
        let mut all = items(field(turn, name));
        let ids = all.iter().filter_map(|item| text_of(&item.value));
        let ids: BTreeSet<String> = ids.map(|id| call.now(name, id)).collect();
        let is_new = |id: &&String| !ids.contains(*id) && !call.was_said(what, coop, id);
        let new: Vec<Node> = new.iter().filter(is_new).map(|id| node(text(id))).collect();
        if !new.is_empty() {
            all.extend(new);
            set(turn, name, Value::List(all));
        }
    }
}

/// The actions of the file: done where the pad says so, and those that are new.
fn actions(old: Option<&Value>, call: &CallFile<'_>, new: &[RecordedAction]) -> Vec<Node> {
    let mut actions = items(old);
    let name = |it: &RecordedAction| call.doubled.name(&it.what, it.who.as_deref());
    let names: Vec<String> = new.iter().map(name).collect();
    let said: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut withdrawn = call.withdrawn(What::Action, &said);
    let mut listed = Listed::new(actions.iter().map(what_of).collect());
    let ids = actions.iter().filter_map(|it| field(&it.value, "id").and_then(text_of));
    let mut ids: BTreeSet<String> = ids.collect();
    for (it, of) in new.iter().zip(&names) {
        let place = match call.doubled.has(&it.what) {
            true => own_action(&actions, call, it).map_or(Found::None, Found::There),
            false => listed.place(&it.what, &mut withdrawn),
        };
        let mut of = of.clone();
        let at = match place {
            Found::There(at) => at,
            Found::Corrected(at) => {
                // What the pad said before of the same is kept under the words that it had.
                of = what_of(&actions[at]);
                set(&mut actions[at].value, "what", text(&it.what));
                listed.put(at, &it.what);
                at
            }
            Found::Changed => continue,
            Found::None if call.was_said(What::Action, "", &of) => continue,
            Found::None => {
                let id = free_action_id(&it.what, call.id, |id: &str| ids.contains(id));
                ids.insert(id.clone());
                listed.put(actions.len(), &it.what);
                actions.push(node(map([("id", text(&id)), ("what", text(&it.what))])));
                actions.len() - 1
            }
        };
        let action = &mut actions[at].value;
        if let Some(who) = &it.who {
            call.set_word(action, "who", What::Doer, (&of, who));
        }
        if let Some(due) = it.due {
            call.set_word(action, "due", What::Due, (&of, &due.to_string()));
        }
        if let Some(to) = &it.handed_to {
            call.set_word(action, "handed_to", What::HandedTo, (&of, to));
        }
        let has_ended = |name: &str| {
            field(action, name).and_then(text_of).as_deref() == Some(YesNo::Yes.as_str())
        };
        let (was_done, was_dropped) = (has_ended("done"), has_ended("dropped"));
        let ends = [
            ("done", it.done && !was_dropped, What::Done),
            ("dropped", it.dropped && !was_done, What::Dropped),
        ];
        for (name, ended, what) in ends {
            if ended && !call.was_said(what, &of, "") {
                set(action, name, text(YesNo::Yes.as_str()));
            }
        }
    }
    actions
}

fn what_of(action: &Node) -> String {
    field(&action.value, "what").and_then(text_of).unwrap_or_default()
}

/// Of several actions with the same words, that of the same coop, or else one that is nobody's yet.
fn own_action(actions: &[Node], call: &CallFile<'_>, it: &RecordedAction) -> Option<usize> {
    let find = |who: Option<&String>| {
        actions.iter().position(|action| {
            same(&what_of(action)) == same(&it.what)
                && call.coop(&action.value, "who").as_ref() == who
                && (who.is_some() || field(&action.value, "who").is_none())
        })
    };
    find(it.who.as_ref()).or_else(|| find(None))
}

/// The decisions of the file, and those that are new.
fn decisions(old: Option<&Value>, call: &CallFile<'_>, new: &[String]) -> Vec<Node> {
    let mut decisions = items(old);
    let said: BTreeSet<&str> = new.iter().map(String::as_str).collect();
    let mut withdrawn = call.withdrawn(What::Decision, &said);
    let texts = decisions.iter().map(|it| text_of(&it.value).unwrap_or_default());
    let mut listed = Listed::new(texts.collect());
    for it in new {
        match listed.place(it, &mut withdrawn) {
            Found::Corrected(at) => {
                decisions[at].value = text(it);
                listed.put(at, it);
            }
            Found::There(_) | Found::Changed => {}
            Found::None if call.was_said(What::Decision, "", it) => {}
            Found::None => {
                listed.put(decisions.len(), it);
                decisions.push(node(text(it)));
            }
        }
    }
    decisions
}

/// The introductions of the file, and those that are new.
fn matches(old: Option<&Value>, call: &CallFile<'_>, new: &[RecordedIntroduction]) -> Vec<Node> {
    let mut all = items(old);
    let status = |it: &Node| field(&it.value, "status").and_then(text_of).unwrap_or_default();
    let written: Vec<String> = all.iter().map(status).collect();
    for RecordedIntroduction { need, offer, status, note } in new {
        let pair = facts::pair(need, offer);
        let was_said = call.was_said(What::Introduction, &pair, status.as_str());
        let at = all.iter().position(|it| is_pair(call, &it.value, need, offer));
        if at.is_none() && was_said {
            continue;
        }
        let place = at.unwrap_or_else(|| {
            let fields = [("need", need), ("offer", offer)].map(|(name, id)| (name, text(id)));
            let status = [("status", text(status.as_str()))];
            all.push(node(map(fields.into_iter().chain(status))));
            all.len() - 1
        });
        let there = &mut all[place].value;
        // What a later hearing says of the same counts, but not against what somebody wrote.
        let written = at.and_then(|at| written.get(at)).map(String::as_str).unwrap_or_default();
        let gives_way = ["", MatchStatus::Introduced.as_str()].contains(&written)
            || call.said_before(What::Introduction, &pair) == Some(written);
        if *status != MatchStatus::Introduced && !was_said && gives_way {
            set(there, "status", text(status.as_str()));
        }
        call.set_text(there, "note", What::Note, (&pair, note));
    }
    all
}

fn is_pair(call: &CallFile<'_>, old: &Value, need: &str, offer: &str) -> bool {
    let is = |name: &str, folder: &str, id: &str| {
        let written = field(old, name).and_then(text_of);
        written.is_some_and(|written| call.now(folder, written) == id)
    };
    is("need", "needs", need) && is("offer", "offers", offer)
}

/// The text of the call with the notes of the pad.
fn body(old: &str, call: &CallFile<'_>, recording: &Recording) -> String {
    let plain = |text: &str| text.trim().replace("\r\n", "\n");
    let (notes, old_text) = (plain(&recording.notes), old.trim_end().replace("\r\n", "\n"));
    let has_lines = || format!("\n{old_text}\n").contains(&format!("\n{notes}\n"));
    if notes.is_empty() || call.was_said(What::Notes, "", &notes) || has_lines() {
        return old.to_owned();
    }
    match corrections::notes(&old_text, call.said_before(What::Notes, ""), &notes) {
        None => old.to_owned(),
        Some(text) => edits::with_lines_kept(old, &format!("{text}\n"), call.text),
    }
}

/// The file for what is left over, which is never published, with the lines that are not in it yet below
/// `heading`; `None` where nothing is to be added. Who has taken a line out of it does not find it there
/// again: `kept` are the answers of earlier recordings. Above lines stands why they are left over.
pub fn left_over(
    there: Option<&str>,
    recording: &Recording,
    kept: &[Answered],
    heading: &str,
) -> Option<String> {
    let lines: BTreeSet<&str> = there.into_iter().flat_map(str::lines).collect();
    let is_new = |text: &&str| {
        let was_left =
            || kept.iter().any(|it| it.answer == LEFT && !it.is_pending && it.line == *text);
        there.is_none() || !(text.lines().all(|line| lines.contains(line)) || was_left())
    };
    let left = recording.left.iter().map(|(it, why)| (it.text.as_str(), why));
    let new: Vec<(&str, &String)> = left.filter(|(text, _)| is_new(text)).collect();
    let begun = match there {
        Some(there) => format!("{}\n", there.trim_end_matches('\n')),
        None => format!("# {heading}\n"),
    };
    let mut text = begun;
    for (at, (line, why)) in new.iter().enumerate() {
        let above = match at.checked_sub(1) {
            Some(above) => Some(new[above].1.as_str()),
            None => there.and_then(|text| text.lines().rev().find_map(|it| it.strip_prefix("> "))),
        };
        if above != Some(why) {
            text.push_str(&format!("\n> {why}\n\n"));
        }
        text.push_str(&format!("{line}\n"));
    }
    let text = there.map_or(text.clone(), |there| edits::with_lines_kept(there, &text, there));
    (!new.is_empty()).then_some(text)
}
