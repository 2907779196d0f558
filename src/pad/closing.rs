//! Who took part, and what comes after the rounds: introductions, decisions, actions.

use jiff::civil::Date;

use super::lines::{Form, Line};
use super::naming::{Else, Named};
use super::parts;
use super::said::names;
use super::understanding::Reading;
use super::words::{Meaning, fold};
use super::{Asked, Choice, Introduced, LEFT, Open, Question, ToDo};
use crate::content::record::EntryKind;
use crate::content::values::{self, MatchStatus, Role};
use crate::directory::ids::CoopId;

/// What stands between the two sides of an introduction.
const ARROWS: [&str; 9] = ["<->", "->", "=>", "→", "↔", "⇄", " – ", " — ", " / "];

/// So many pairs are offered where a line does not say which one it means.
const OFFERED: usize = 9;

impl Reading<'_> {
    /// Who took part, as what, and who led or wrote.
    pub(super) fn present(&mut self, line: &Line, text: &str) {
        let office = |text: &str| {
            self.subject.words.meaning(text, |it| match it {
                Meaning::Facilitator | Meaning::NoteTaker => Some(it),
                _ => None,
            })
        };
        if let Some((name, rest)) = parts::label(text)
            && let Some(office) = office(name)
        {
            return self.office(line, rest, office);
        }
        let role = |text: &str| {
            self.subject.words.meaning(text, |it| match it {
                Meaning::Role(role) => Some(role),
                _ => None,
            })
        };
        let labelled = parts::label(text).and_then(|(name, rest)| Some((role(name)?, rest)));
        let (role, text) = labelled.map_or((None, text), |(role, rest)| (Some(role), rest));
        match self.several(text) {
            Some(all) => all.into_iter().for_each(|one| self.one_present(line, one, role)),
            None => self.one_present(line, text, role),
        }
    }

    /// Who took part, as what, and with whom.
    fn one_present(&mut self, line: &Line, text: &str, role: Option<Role>) {
        if text.is_empty() {
            return;
        }
        let (before, inner) = parts::brackets(text);
        let is_coop = |name: &str| self.subject.coops.named(parts::brackets(name).0).is_some();
        let whole = (before, "");
        let (name, rest) = std::iter::once(whole)
            .chain(parts::labels(before))
            .find(|(name, _)| is_coop(name))
            .or_else(|| parts::label(before))
            .unwrap_or(whole);
        let (name, inner_of_name) = parts::brackets(name);
        if self.subject.coops.named(name).is_none() && !parts::is_short(name) {
            return self.without_section(line, text);
        }
        let said = format!("{rest}, {}, {}", inner_of_name.unwrap_or(""), inner.unwrap_or(""));
        let remarks = self.remarks(&said);
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        let coop = match self.subject.coops.named(name) {
            Some(_) if is_unticked && remarks.role.is_none() && remarks.others.is_empty() => return,
            Some(coop) => coop,
            None => match self.answered_name(line, name, Else::Nothing) {
                Named::Coop(coop) => coop,
                _ => return,
            },
        };
        let person = remarks.others.join(", ");
        if remarks.describe() {
            self.put_away(line, LEFT);
        }
        let said = self.said(coop);
        said.role = remarks.role.or(role).or(said.role);
        said.written |= remarks.written;
        match (person.is_empty(), remarks.consent) {
            (true, _) => {}
            (false, true) => said.delegate = Some(person),
            (false, false) => {
                let why = "a name is written only with consent: add `(may be named)`";
                self.recording.left_out.push((line.raw.clone(), why));
            }
        }
    }

    /// The parts of a line in which several coops stand, with commas or `and` between.
    fn several<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let is_coop = |one: &str| {
            let name = parts::brackets(one).0;
            parts::label(name).is_none() && !self.subject.coops.likely(name).is_empty()
        };
        let mut all = Vec::new();
        for one in parts::between_commas(text) {
            let both = [" and ", " y ", " e ", " et "].iter().find_map(|and| one.split_once(and));
            match both {
                Some((first, second)) if !is_coop(one) && is_coop(first) && is_coop(second) => {
                    all.extend([first, second]);
                }
                _ => all.push(one),
            }
        }
        let are_names = all.iter().all(|one| parts::is_short(parts::brackets(one).0));
        (all.len() > 1 && are_names && all.iter().any(|one| is_coop(one))).then_some(all)
    }

    fn office(&mut self, line: &Line, name: &str, office: Meaning) {
        if name.is_empty() {
            return;
        }
        let coop = match self.subject.coops.named(name) {
            Some(coop) => Some(coop),
            None => match self.answered_name(line, name, Else::Nothing) {
                Named::Coop(coop) => Some(coop),
                _ => None,
            },
        };
        let id = coop.map(|coop| self.subject.coops.slug(coop).to_owned());
        match office {
            Meaning::Facilitator => self.recording.facilitator = id,
            _ => self.recording.note_taker = id,
        }
    }

    /// Who was introduced to whom: `need → offer: note`, by ids or titles, in either order.
    pub(super) fn introduction(&mut self, line: &Line, text: &str) {
        let (status, without) = match self.status_within(text) {
            Some((status, without)) => (Some(status), without),
            None => (None, text.to_owned()),
        };
        let has_no_status = |note: &str| note.is_empty() || self.status_within(note).is_none();
        // A title may have such a word in brackets, too.
        let exact = self.pair(text).filter(|(.., note)| has_no_status(note));
        let pair = exact.map(|(need, offer, note)| (need, offer, note, None));
        let with_status = || {
            let (need, offer, note) = self.pair(&without)?;
            Some((need, offer, note, status))
        };
        if let Some((need, offer, note, status)) = pair.or_else(with_status) {
            let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
            if !is_unticked || status.is_some() {
                let status = status.unwrap_or(MatchStatus::Introduced);
                self.recording.introductions.push(Introduced { need, offer, status, note });
            } else if !note.is_empty() {
                // Nobody introduced them, but somebody had something to say about it.
                self.put_away(line, LEFT);
            }
            return;
        }
        let mut choices = self.pairs_between(&self.subject.coops.within(text));
        choices.truncate(OFFERED);
        let question = "Which need and which offer does this bring together?".to_owned();
        let question = self.question(line, Asked::Pair(line.raw.line), question, choices);
        let question = Question { open: Some(Open::Pair), ..question };
        let Some(answer) = self.settle(line, question) else { return };
        match self.pair_of_ids(&answer) {
            Some((need, offer)) => {
                let status = status.unwrap_or(MatchStatus::Introduced);
                self.recording.introductions.push(Introduced {
                    need,
                    offer,
                    status,
                    note: without,
                });
            }
            None => self.put_away(line, &answer),
        }
    }

    /// What became of an introduction, in brackets anywhere in its line, and the line without that.
    fn status_within(&self, text: &str) -> Option<(MatchStatus, String)> {
        text.match_indices('(').find_map(|(open, _)| {
            let close = open + text[open..].find(')')?;
            let remarks = self.remarks(&text[open + 1..close]);
            let status = remarks.status.filter(|_| remarks.others.is_empty())?;
            let without = format!("{}{}", text[..open].trim_end(), &text[close + 1..]);
            Some((status, without.trim_end().to_owned()))
        })
    }

    /// The need, the offer and the note of a line that names both exactly.
    fn pair(&self, text: &str) -> Option<(String, String, String)> {
        let both = |a: &str, b: &str| {
            let either =
                |kind, other| Some((self.entry_named(kind, a)?, self.entry_named(other, b)?));
            either(EntryKind::Need, EntryKind::Offer).or_else(|| {
                either(EntryKind::Offer, EntryKind::Need).map(|(offer, need)| (need, offer))
            })
        };
        ARROWS.iter().filter_map(|arrow| text.split_once(arrow)).find_map(|(a, rest)| {
            let colons = rest.rmatch_indices(": ").map(|(at, _)| at);
            std::iter::once(rest.len()).chain(colons).find_map(|at| {
                let (need, offer) = both(a, &rest[..at])?;
                Some((need, offer, rest[at..].trim_start_matches(':').trim().to_owned()))
            })
        })
    }

    /// `NEED--OFFER`, where both are there or new.
    pub(super) fn pair_of_ids(&self, text: &str) -> Option<(String, String)> {
        let (need, offer) = text.split_once("--")?;
        Some((self.entry_named(EntryKind::Need, need)?, self.entry_named(EntryKind::Offer, offer)?))
    }

    /// The id of the only entry of a kind with this id or title.
    fn entry_named(&self, kind: EntryKind, text: &str) -> Option<String> {
        let folded = fold(text.trim_matches([' ', '`', '*', '[', ']']));
        let there = self.entries(kind).filter(|entry| names(entry).any(|it| fold(it) == folded));
        let there = there.map(|entry| entry.slug.to_string());
        let new = self.recording.new.iter().filter(|it| it.kind == kind);
        let new = new.filter(|it| fold(&it.title) == folded || fold(&it.id) == folded);
        let mut found = there.chain(new.map(|it| it.id.clone()));
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// What two of these coops could have been introduced for, of what was said.
    fn pairs_between(&self, coops: &[CoopId]) -> Vec<Choice> {
        let turns = |id: &CoopId| {
            let slug = self.subject.coops.slug(*id);
            self.recording.turns.iter().find(move |turn| turn.coop == slug)
        };
        let of_coops: Vec<_> = match coops.len() {
            0 | 1 => self.recording.turns.iter().collect(),
            _ => coops.iter().filter_map(turns).collect(),
        };
        let mut choices = Vec::new();
        for taker in &of_coops {
            for giver in of_coops.iter().filter(|giver| giver.coop != taker.coop) {
                for (need, offer) in taker
                    .needs
                    .iter()
                    .flat_map(|need| giver.offers.iter().map(move |it| (need, it)))
                {
                    let label =
                        format!("{} needs {need}; {} offers {offer}", taker.coop, giver.coop);
                    choices.push(Choice { answer: format!("{need}--{offer}"), label });
                }
            }
        }
        choices
    }

    /// A decision, once.
    pub(super) fn decision(&mut self, text: &str) {
        if !self.recording.decisions.iter().any(|it| it == text) {
            self.recording.decisions.push(text.to_owned());
        }
    }

    /// What is to be done: `what (who, by 2026-12-10)`, or `who: what`.
    pub(super) fn action(&mut self, line: &Line, text: &str) {
        let done = matches!(line.form, Form::Item(_, Some(true)));
        let (before, inner) = parts::brackets(text);
        let mut action = ToDo { what: before.to_owned(), who: None, due: None, done };
        // What the call has already is known with whatever it says.
        let is_known = |what: &str| {
            let folded = fold(what);
            self.call().actions.iter().any(|it| fold(&it.what) == folded)
        };
        if is_known(text) {
            text.clone_into(&mut action.what);
            return self.recording.actions.push(action);
        }
        let is_new = !is_known(before);
        let mut words = Vec::new();
        let remarks = inner.unwrap_or_default().split([',', ';']).map(str::trim);
        for remark in remarks.filter(|it| !it.is_empty()) {
            match self.remark_of_action(line, remark, &mut action) {
                Said::Taken => {}
                Said::Words => words.push(remark),
                Said::Open | Said::Away => return,
            }
        }
        if !words.is_empty() {
            action.what = format!("{before} ({})", words.join(", "));
        }
        if action.who.is_some() || !is_new || self.doer(line, &mut action) {
            self.recording.actions.push(action);
        }
    }

    /// Takes a remark of an action for its coop or its day, or asks what it is.
    fn remark_of_action(&mut self, line: &Line, remark: &str, action: &mut ToDo) -> Said {
        if let Some(coop) = self.subject.coops.named(remark) {
            action.who = Some(self.subject.coops.slug(coop).to_owned());
            return Said::Taken;
        }
        let read = self.remarks(remark);
        if let Some(day) = read.day {
            action.due = Some(day);
            return Said::Taken;
        }
        if let Some((said, days)) = read.days.first() {
            return self.day_of_action(line, said, days, action);
        }
        match self.answered_name(line, remark, Else::Person) {
            Named::Coop(coop) => {
                action.who = Some(self.subject.coops.slug(coop).to_owned());
                Said::Taken
            }
            Named::Nobody => Said::Taken,
            Named::Text => Said::Words,
            Named::Open => Said::Open,
            Named::Away(_) => Said::Away,
        }
    }

    fn day_of_action(&mut self, line: &Line, said: &str, days: &[Date], action: &mut ToDo) -> Said {
        let question = self.about_remark(line, said, days);
        match self.settle(line, question).as_deref() {
            None => Said::Open,
            Some("text") => Said::Words,
            Some("nothing") => Said::Taken,
            Some(answer) => match values::date(answer) {
                Ok(day) => {
                    action.due = Some(day);
                    Said::Taken
                }
                Err(_) => {
                    self.put_away(line, answer);
                    Said::Away
                }
            },
        }
    }

    /// Takes the name before a colon for the coop that does it; whether all is clear.
    fn doer(&mut self, line: &Line, action: &mut ToDo) -> bool {
        let exact = parts::labels(&action.what)
            .find_map(|(name, what)| Some((self.subject.coops.named(name)?, what.to_owned())));
        let (coop, what) = match exact {
            Some((coop, what)) => (coop, what),
            None => {
                let what = action.what.clone();
                let Some((name, what)) = parts::name_with_colon(&what) else { return true };
                match self.answered_name(line, name, Else::Person) {
                    Named::Coop(coop) => (coop, what.to_owned()),
                    Named::Nobody => {
                        what.clone_into(&mut action.what);
                        return true;
                    }
                    Named::Text => return true,
                    Named::Open | Named::Away(_) => return false,
                }
            }
        };
        action.who = Some(self.subject.coops.slug(coop).to_owned());
        action.what = what;
        true
    }
}

/// What became of a remark.
enum Said {
    /// It says who or when, or is left out.
    Taken,
    /// It belongs to what is to be done.
    Words,
    /// It is still to be asked.
    Open,
    /// The line was put away.
    Away,
}
