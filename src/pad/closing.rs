//! Who took part, and what comes after the rounds: introductions, decisions, actions.

use super::lines::{Form, Line};
use super::parts::{self, Remarks};
use super::questions::last_choices;
use super::said::names;
use super::understanding::Reading;
use super::words::{Meaning, fold};
use super::{Asked, Choice, Introduced, Open, Question, TO_NOTES, ToDo};
use crate::content::record::EntryKind;
use crate::content::values::MatchStatus;
use crate::directory::ids::CoopId;

/// What stands between the two sides of an introduction.
const ARROWS: [&str; 9] = ["<->", "->", "=>", "→", "↔", "⇄", " – ", " — ", " / "];

/// A name has at most so many words.
const LONGEST_NAME: usize = 5;

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
        if self.all_present(text) {
            return;
        }
        let (before, inner) = parts::brackets(text);
        let is_coop = |name: &str| self.coops.named(parts::brackets(name).0).is_some();
        let whole = (before, "");
        let (name, rest) = std::iter::once(whole)
            .chain(parts::labels(before))
            .find(|(name, _)| is_coop(name))
            .or_else(|| parts::label(before))
            .unwrap_or(whole);
        let (name, inner_of_name) = parts::brackets(name);
        if self.coops.named(name).is_none() && name.split_whitespace().count() > LONGEST_NAME {
            return self.without_section(line, text);
        }
        let said = format!("{rest}, {}, {}", inner_of_name.unwrap_or(""), inner.unwrap_or(""));
        let remarks = Remarks::read(&said, self.subject.words);
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        let coop = match self.coops.named(name) {
            Some(_) if is_unticked && remarks.role.is_none() && remarks.others.is_empty() => return,
            Some(coop) => coop,
            None => match self.answered_name(line, name, false) {
                Some(Some(coop)) => coop,
                _ => return,
            },
        };
        let person = remarks.others.join(", ");
        let said = self.said(coop);
        said.role = remarks.role.or(said.role);
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

    /// Several coops in one line, with commas between; whether it is that and nothing else.
    fn all_present(&mut self, text: &str) -> bool {
        let text = text.replace(" y ", ", ").replace(" and ", ", ").replace(" e ", ", ");
        let text = text.replace(" et ", ", ");
        let names = text.split([',', ';']).map(|name| parts::brackets(name.trim()).0);
        let coops: Option<Vec<CoopId>> = names.map(|name| self.coops.named(name)).collect();
        let Some(coops) = coops.filter(|coops| coops.len() > 1) else { return false };
        for coop in coops {
            self.said(coop);
        }
        true
    }

    fn office(&mut self, line: &Line, name: &str, office: Meaning) {
        if name.is_empty() {
            return;
        }
        let coop =
            self.coops.named(name).map(Some).or_else(|| self.answered_name(line, name, false));
        let id = coop.flatten().map(|coop| self.coops.slug(coop).to_owned());
        match office {
            Meaning::Facilitator => self.recording.facilitator = id,
            _ => self.recording.note_taker = id,
        }
    }

    /// Who was introduced to whom: `need → offer: note`, by ids or titles, in either order.
    pub(super) fn introduction(&mut self, line: &Line, text: &str) {
        let (whole, inner) = parts::brackets(text);
        let remarks = Remarks::read(inner.unwrap_or_default(), self.subject.words);
        let has_status = remarks.status.is_some() && remarks.others.is_empty();
        let pair = self.pair(text).map(|(need, offer, note)| (need, offer, note, None));
        let without_status = || {
            let (need, offer, note) = self.pair(whole).filter(|_| has_status)?;
            Some((need, offer, note, remarks.status))
        };
        if let Some((need, offer, note, status)) = pair.or_else(without_status) {
            let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
            if !is_unticked || status.is_some() {
                let status = status.unwrap_or(MatchStatus::Introduced);
                self.recording.introductions.push(Introduced { need, offer, status, note });
            } else if !note.is_empty() {
                // Nobody introduced them, but somebody had something to say about it.
                self.put_away(line, TO_NOTES);
            }
            return;
        }
        let asked = Asked::Pair(line.raw.line);
        match self.answers.get(&asked).cloned() {
            None => self.ask_for_pair(line, text, asked),
            Some(answer) => match self.pair_of_ids(&answer) {
                Some((need, offer)) => {
                    let status = remarks.status.unwrap_or(MatchStatus::Introduced);
                    let note = text.to_owned();
                    self.recording.introductions.push(Introduced { need, offer, status, note });
                }
                None => self.put_away(line, &answer),
            },
        }
    }

    fn ask_for_pair(&mut self, line: &Line, text: &str, asked: Asked) {
        let mut choices = self.pairs_between(&self.coops.within(text));
        choices.truncate(OFFERED);
        choices.extend(last_choices());
        self.ask(Question {
            asked,
            at: line.raw.clone(),
            text: "Which need and which offer does this bring together?".to_owned(),
            choices,
            open: Some(Open::Pair),
            safe: TO_NOTES,
        });
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
    fn pair_of_ids(&self, text: &str) -> Option<(String, String)> {
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
            let slug = self.coops.slug(*id);
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
        let mut action = ToDo { what: text.to_owned(), who: None, due: None, done };
        let (before, inner) = parts::brackets(text);
        let mut rest = Vec::new();
        for remark in
            inner.unwrap_or_default().split(',').map(str::trim).filter(|it| !it.is_empty())
        {
            let day = Remarks::read(remark, self.subject.words).day;
            let coop = self.coops.named(remark).or_else(|| self.misspelt_owner(line, remark));
            match (coop, day) {
                (Some(coop), _) => action.who = Some(self.coops.slug(coop).to_owned()),
                (None, Some(day)) => action.due = Some(day),
                (None, None) => rest.push(remark),
            }
        }
        if action.who.is_some() || action.due.is_some() {
            action.what = match rest.is_empty() {
                true => before.to_owned(),
                false => format!("{before} ({})", rest.join(", ")),
            };
        }
        if action.who.is_none()
            && let Some((name, what)) = parts::label(&action.what)
            && let Some(coop) = self.coops.named(name)
        {
            action.who = Some(self.coops.slug(coop).to_owned());
            action.what = String::from(what);
        }
        if !self.is_asked(line) {
            self.recording.actions.push(action);
        }
    }

    /// The coop that a misspelt remark means by an answer.
    fn misspelt_owner(&mut self, line: &Line, remark: &str) -> Option<CoopId> {
        self.coops.misspelt(remark)?;
        self.answered_name(line, remark, true).flatten()
    }
}
