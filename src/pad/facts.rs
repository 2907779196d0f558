//! What a call's file or a pad says, one fact at a time, so that what was said before, what is said now and what
//! stands in the file can be compared.
//!
//! The facts that a recording took from a pad are kept beside it. So the next one knows which words of the file
//! are those of the pad, which the pad may correct, and which somebody has changed there.

use std::collections::{BTreeMap, BTreeSet};

use super::doubled::Doubled;
use super::recording::{RecordedAction, RecordedIntroduction, RecordedTurn, Recording};
use super::words::{has_words, same};
use crate::characters;
use crate::content::values::{MatchStatus, Role};
use crate::content::yaml::{self, Node, Value};
use crate::content::yaml_text::{self, map, node, text};
use crate::directory::Directory;
use crate::directory::call::{Action, Call, Introduction, Turn};
use crate::directory::contact::Person;
use crate::directory::ids::CallId;

/// Of what a fact is, and what the words for it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Who led the call.
    Facilitator,
    /// Who wrote it down.
    NoteTaker,
    /// A coop has a turn.
    Turn,
    /// Who spoke for a coop.
    Delegate,
    /// As what a coop took part.
    Role,
    /// A coop wrote.
    Written,
    /// What a coop is about.
    About,
    /// A need that a coop named.
    Need,
    /// An offer that a coop named.
    Offer,
    /// What both said who were introduced.
    Introduction,
    /// What else was said of an introduction.
    Note,
    /// What all agreed on.
    Decision,
    /// What is to be done.
    Action,
    /// The coop that does an action.
    Doer,
    /// The last day of an action.
    Due,
    /// An action has been done.
    Done,
    /// It is not to be done any more.
    Dropped,
    /// Which coop goes on with it.
    HandedTo,
    /// The text of the call.
    Notes,
    /// The call had begun when the pad was recorded.
    Held,
}

impl What {
    const ALL: [(What, &'static str); 20] = [
        (What::Facilitator, "facilitator"),
        (What::NoteTaker, "note-taker"),
        (What::Turn, "turn"),
        (What::Delegate, "name"),
        (What::Role, "role"),
        (What::Written, "in writing"),
        (What::About, "about"),
        (What::Need, "need"),
        (What::Offer, "offer"),
        (What::Introduction, "introduction"),
        (What::Note, "note of introduction"),
        (What::Decision, "decision"),
        (What::Action, "action"),
        (What::Doer, "who does"),
        (What::Due, "due"),
        (What::Done, "done"),
        (What::Dropped, "dropped"),
        (What::HandedTo, "handed to"),
        (What::Notes, "notes"),
        (What::Held, "held"),
    ];

    pub(super) fn as_str(self) -> &'static str {
        What::ALL.iter().find(|(what, _)| *what == self).map_or("", |(_, word)| word)
    }
}

/// One thing that is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// Of what sort it is.
    pub what: What,
    /// Of whom or of what: a coop, `NEED--OFFER`, what is to be done; or empty.
    pub of: String,
    /// What is said; empty where the sort says it all.
    pub says: String,
}

/// How a need and an offer that are introduced are named together; however long their ids are, nothing is cut.
pub(super) fn pair(need: &str, offer: &str) -> String {
    format!("{need}--{offer}")
}

/// The need and the offer in such a name.
pub(super) fn sides(pair: &str) -> Option<(&str, &str)> {
    pair.split_once("--")
}

impl Fact {
    /// Without characters that would not be in the file either.
    pub(super) fn new(what: What, of: &str, says: &str) -> Fact {
        let [of, says] = [of, says].map(|text| characters::harmless(text.trim()).trim().to_owned());
        Fact { what, of, says }
    }

    /// That the call had begun when the pad was recorded.
    pub fn held() -> Fact {
        Fact::new(What::Held, "", "")
    }

    /// Each line of a text of several.
    fn lines(&self) -> Vec<Fact> {
        match self.what {
            What::Notes => {
                let lines = self.says.lines().filter(|line| !same(line).is_empty());
                lines.map(|line| Fact::new(What::Notes, "", line)).collect()
            }
            _ => vec![self.clone()],
        }
    }
}

/// What some facts say, so that each can be looked up.
struct Known(BTreeMap<(What, String), BTreeSet<String>>);

impl Known {
    fn new(facts: &[Fact]) -> Known {
        let mut known: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for fact in facts {
            let texts = known.entry((fact.what, same(&fact.of))).or_default();
            texts.insert(same(&fact.says));
            texts.extend(fact.lines().iter().map(|line| same(&line.says)));
        }
        Known(known)
    }

    /// Whether they say this. A text may have more in it, and a later hearing of an introduction more to say.
    fn has(&self, fact: &Fact) -> bool {
        let Some(texts) = self.0.get(&(fact.what, same(&fact.of))) else { return false };
        let is_text = matches!(fact.what, What::About | What::Note | What::Notes);
        let is_part = || is_text && texts.iter().any(|it| has_words(it, &fact.says));
        let is_introduced =
            || fact.what == What::Introduction && fact.says == MatchStatus::Introduced.as_str();
        texts.contains(&same(&fact.says)) || is_introduced() || is_part()
    }

    /// Whether they say exactly this.
    fn has_as_it_is(&self, fact: &Fact) -> bool {
        let texts = self.0.get(&(fact.what, same(&fact.of)));
        texts.is_some_and(|texts| texts.contains(&same(&fact.says)))
    }
}

/// What of some facts is not among others, line by line.
pub fn missing(of: &[Fact], among: &[Fact]) -> Vec<Fact> {
    let known = Known::new(among);
    of.iter().flat_map(Fact::lines).filter(|it| !known.has(it)).collect()
}

/// What of some facts is not among others as it is, so that a later hearing of an introduction is told.
pub fn replaced(before: &[Fact], after: &[Fact]) -> Vec<Fact> {
    let known = Known::new(after);
    let is_there = |it: &Fact| match it.what {
        What::Introduction => known.has_as_it_is(it),
        _ => known.has(it),
    };
    before.iter().flat_map(Fact::lines).filter(|it| !is_there(it)).collect()
}

/// What a call goes on with, and has still to do.
pub fn open_actions(directory: &Directory, id: CallId, doubled: &Doubled) -> Vec<Fact> {
    let open = directory[id]
        .actions
        .iter()
        .filter(|it| it.id.is_some() && !it.is_done() && !it.is_dropped());
    let name = |it: &Action| {
        let who = match &it.who {
            Some(Person::Coop(coop)) => Some(directory[*coop].entry.slug.as_str()),
            Some(Person::Named(name)) => Some(name.as_str()),
            Some(Person::Unnamed) | None => None,
        };
        doubled.name(&it.what, who)
    };
    open.map(|it| Fact::new(What::Action, "", &name(it))).collect()
}

/// What a pad no longer says, or never did as its empty boxes show, and what the file of the call says
/// nevertheless: recording takes nothing away but words that it puts others for.
pub fn staying(
    former: &[Fact],
    (recording, said): (&Recording, &[Fact]),
    file: &[Fact],
) -> Vec<Fact> {
    let known = Known::new(file);
    let mut staying = missing(&[former, &recording.unticked].concat(), said);
    staying.retain(|fact| match fact.what {
        What::Introduction => known.has_as_it_is(fact),
        _ => known.has(fact),
    });
    let mut told = BTreeSet::new();
    staying.retain(|fact| told.insert(fact.clone()));
    staying
}

/// What a recording says of the call. It takes apart all that a recording has, so that nothing is forgotten.
pub fn said(recording: &Recording, doubled: &Doubled) -> Vec<Fact> {
    let Recording {
        turns,
        introductions,
        decisions,
        actions,
        facilitator,
        note_taker,
        notes,
        // These are not written into the file of the call.
        new: _,
        left: _,
        left_out: _,
        absent: _,
        taken_out,
        answers: _,
        corrections: _,
        made: _,
        unticked: _,
    } = recording;
    let office = |what, coop: &Option<String>| coop.as_ref().map(|it| Fact::new(what, "", it));
    let mut facts: Vec<Fact> = office(What::Facilitator, facilitator)
        .into_iter()
        .chain(office(What::NoteTaker, note_taker))
        .collect();
    facts.extend(turns.iter().flat_map(of_said));
    facts.extend(taken_out.iter().cloned());
    for RecordedIntroduction { need, offer, status, note } in introductions {
        let pair = pair(need, offer);
        facts.push(Fact::new(What::Introduction, &pair, status.as_str()));
        facts.push(Fact::new(What::Note, &pair, note));
    }
    facts.extend(decisions.iter().map(|it| Fact::new(What::Decision, "", it)));
    facts.extend(actions.iter().flat_map(|it| of_action(it, doubled)));
    facts.push(Fact::new(What::Notes, "", notes));
    with_words(facts)
}

fn of_said(said: &RecordedTurn) -> Vec<Fact> {
    let RecordedTurn { coop, about, needs, offers, role, written, delegate } = said;
    let mut facts = vec![Fact::new(What::Turn, coop, "")];
    facts.extend(delegate.iter().map(|name| Fact::new(What::Delegate, coop, name)));
    facts.extend(role.and_then(|role| of_role(coop, role)));
    facts.extend(written.then(|| Fact::new(What::Written, coop, "")));
    facts.push(Fact::new(What::About, coop, about));
    facts.extend(needs.iter().map(|id| Fact::new(What::Need, coop, id)));
    facts.extend(offers.iter().map(|id| Fact::new(What::Offer, coop, id)));
    facts
}

fn of_action(action: &RecordedAction, doubled: &Doubled) -> Vec<Fact> {
    let RecordedAction { what, who, due, done, dropped, handed_to } = action;
    let what = &doubled.name(what, who.as_deref());
    let mut facts = vec![Fact::new(What::Action, "", what)];
    facts.extend(who.as_ref().map(|who| Fact::new(What::Doer, what, who)));
    facts.extend(due.map(|due| Fact::new(What::Due, what, &due.to_string())));
    facts.extend(done.then(|| Fact::new(What::Done, what, "")));
    facts.extend(dropped.then(|| Fact::new(What::Dropped, what, "")));
    facts.extend(handed_to.as_ref().map(|to| Fact::new(What::HandedTo, what, to)));
    facts
}

fn of_role(coop: &str, role: Role) -> Option<Fact> {
    (role != Role::Delegate).then(|| Fact::new(What::Role, coop, role.as_str()))
}

/// What the file of a call says, with its text. It takes apart all that a pad can write.
pub fn of_call(directory: &Directory, id: CallId, body: &str, doubled: &Doubled) -> Vec<Fact> {
    let Call {
        facilitator,
        note_taker,
        turns,
        matches,
        decisions,
        actions,
        // No pad says these.
        entry: _,
        series: _,
        number: _,
        start: _,
        zone: _,
        duration_minutes: _,
        status: _,
        join: _,
        languages: _,
        interpretation: _,
        rounds: _,
        recording: _,
        unsaid: _,
        places: _,
    } = &directory[id];
    let person = |person: &Option<Person>| match person {
        Some(Person::Coop(id)) => Some(directory[*id].entry.slug.to_string()),
        Some(Person::Named(name)) => Some(name.clone()),
        Some(Person::Unnamed) | None => None,
    };
    let office = |what, it| person(it).map(|it| Fact::new(what, "", &it));
    let mut facts: Vec<Fact> = office(What::Facilitator, facilitator)
        .into_iter()
        .chain(office(What::NoteTaker, note_taker))
        .collect();
    for Turn { coop, delegate, written, role, about, needs, offers } in turns {
        let said = RecordedTurn {
            coop: directory[*coop].entry.slug.to_string(),
            about: about.clone(),
            needs: needs.iter().map(|id| directory[*id].entry.slug.to_string()).collect(),
            offers: offers.iter().map(|id| directory[*id].entry.slug.to_string()).collect(),
            role: Some(*role),
            written: *written,
            delegate: person(delegate),
        };
        facts.extend(of_said(&said));
    }
    for Introduction { need, offer, status, note } in matches {
        let pair =
            pair(directory[*need].entry.slug.as_str(), directory[*offer].entry.slug.as_str());
        facts.push(Fact::new(What::Introduction, &pair, status.as_str()));
        facts.push(Fact::new(What::Note, &pair, note));
    }
    facts.extend(decisions.iter().map(|it| Fact::new(What::Decision, "", it)));
    // No pad says ids.
    for Action { what, who, due, done, id: _, handed_to, dropped } in actions {
        let (who, handed_to) = (person(who), person(handed_to));
        let (done, dropped) = (done.is_some(), dropped.is_some());
        let action =
            RecordedAction { what: what.clone(), who, due: *due, done, dropped, handed_to };
        facts.extend(of_action(&action, doubled));
    }
    facts.push(Fact::new(What::Notes, "", body));
    with_words(facts)
}

/// Without texts that are empty.
fn with_words(mut facts: Vec<Fact>) -> Vec<Fact> {
    let is_text = |what| matches!(what, What::About | What::Note | What::Notes);
    facts.retain(|fact| !is_text(fact.what) || !fact.says.is_empty());
    facts
}

/// What earlier recordings took from the pads of a call.
#[derive(Clone, Debug, Default)]
pub struct Recorded(BTreeMap<String, Vec<Fact>>);

const FIRST_LINES: &str = "\
# What `ayni call record` has read from the notes of this call, so that it knows later what was corrected.
# This file is not published.
";

impl Recorded {
    /// Reads the file. What is no fact is left out.
    pub fn read(file: &str) -> Recorded {
        let (root, _) = yaml::parse(file, 0);
        let mut recorded = Recorded::default();
        for it in root.field("recorded").map(Node::items).unwrap_or_default() {
            let text = |name: &str| match &it.field(name)?.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            };
            let what = text("fact")
                .and_then(|word| What::ALL.iter().find(|(_, it)| *it == word).map(|it| it.0));
            if let (Some(pad), Some(what)) = (text("pad"), what) {
                let [of, says] = ["of", "says"].map(|name| text(name).unwrap_or_default());
                recorded.0.entry(pad.to_owned()).or_default().push(Fact::new(what, of, says));
            }
        }
        recorded
    }

    /// The text of the file of answers for these facts.
    pub fn written(&self) -> String {
        let fact = |pad: &str, it: &Fact| {
            let of = (!it.of.is_empty()).then(|| ("of", text(&it.of)));
            let says = (!it.says.is_empty()).then(|| ("says", text(&it.says)));
            let first = [("pad", text(pad)), ("fact", text(it.what.as_str()))];
            node(map(first.into_iter().chain(of).chain(says)))
        };
        let all = self.0.iter().flat_map(|(pad, facts)| facts.iter().map(move |it| fact(pad, it)));
        format!("{FIRST_LINES}{}", yaml_text::field("recorded", &Value::List(all.collect())))
    }

    /// The facts of a pad. `former` has former ids with their folder, and what they are now.
    pub fn of(&self, pad: &str, former: &BTreeMap<String, String>) -> Vec<Fact> {
        let now = |folder: &str, id: &str| {
            former.get(&format!("{folder}/{id}")).map_or(id, String::as_str).to_owned()
        };
        let today = |fact @ Fact { what, of, says }: &Fact| match what {
            What::Need | What::Offer => {
                let folder = if *what == What::Need { "needs" } else { "offers" };
                Fact::new(*what, &now("coops", of), &now(folder, says))
            }
            What::Turn | What::Delegate | What::Role | What::Written | What::About => {
                Fact::new(*what, &now("coops", of), says)
            }
            What::Facilitator | What::NoteTaker | What::Doer | What::HandedTo => {
                Fact::new(*what, of, &now("coops", says))
            }
            What::Introduction | What::Note => {
                let both = |(need, offer)| pair(&now("needs", need), &now("offers", offer));
                Fact::new(*what, &sides(of).map_or(of.clone(), both), says)
            }
            What::Decision | What::Action | What::Due | What::Done | What::Dropped => fact.clone(),
            What::Notes | What::Held => fact.clone(),
        };
        self.0.get(pad).into_iter().flatten().map(today).collect()
    }

    /// The pads of which something was recorded.
    pub fn pads(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether something was recorded of a pad.
    pub fn has(&self, pad: &str) -> bool {
        self.0.contains_key(pad)
    }

    /// Without the facts of a pad.
    #[must_use]
    pub fn without(mut self, pad: &str) -> Recorded {
        self.0.remove(pad);
        self
    }

    /// With other facts of a pad.
    #[must_use]
    pub fn with(mut self, pad: &str, facts: Vec<Fact>) -> Recorded {
        self.0.insert(pad.to_owned(), facts);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_as_they_were_written() {
        let all: Vec<Fact> = What::ALL
            .iter()
            .map(|(what, _)| Fact::new(*what, "a: b", "c # d\n  e\n\"f\""))
            .collect();
        let recorded = Recorded::default().with("pads/a.md", all.clone());
        let read = Recorded::read(&recorded.written());
        assert_eq!(read.of("pads/a.md", &BTreeMap::new()), all);
        assert_eq!(read.of("pads/b.md", &BTreeMap::new()), []);
        assert!(Recorded::read("recorded: [1, {fact: none}]").0.is_empty());
    }

    #[test]
    fn what_is_missing_is_told_line_by_line() {
        let notes = |text: &str| Fact::new(What::Notes, "", text);
        let about = |text: &str| Fact::new(What::About, "a", text);
        assert_eq!(missing(&[notes("One.\n\nTwo.")], &[notes("Two, and more")]), [notes("One.")]);
        assert_eq!(missing(&[about("We mill")], &[about("So: we mill rye")]), []);
        assert_eq!(missing(&[about("We bake")], &[about("We mill")]), [about("We bake")]);
        let pair = |says: &str| Fact::new(What::Introduction, "a--b", says);
        assert_eq!(missing(&[pair("introduced")], &[pair("agreed")]), []);
        assert_eq!(missing(&[pair("agreed")], &[pair("introduced")]), [pair("agreed")]);
    }
}
