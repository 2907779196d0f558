//! Who took part, and what was decided.

use super::asked::{Asked, Choice, NAMED, NOTHING};
use super::facts::{Fact, What};
use super::lines::{Form, Line};
use super::naming::{Else, Named};
use super::parts::{self, Remarks};
use super::questions::Meant;
use super::sections::Section;
use super::understanding::Reading;
use super::words::{Meaning, same};
use crate::content::values::Role;

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
            Some(all) => all.iter().for_each(|one| self.one_present(line, one, role)),
            None => self.one_present(line, text, role),
        }
    }

    /// Who took part, as what, and with whom.
    fn one_present(&mut self, line: &Line, text: &str, role: Option<Role>) {
        if text.is_empty() {
            return;
        }
        let (before, inner) = parts::brackets(text);
        let (name, rest) = self.split_present(before);
        let (name, inner_of_name) = parts::brackets(name);
        if self.subject.coops.named(name).is_none() && !parts::is_short(name) {
            // Somebody may have said already that it tells who took part.
            let why = "It says who took part, and names nobody whom the directory knows.";
            return match self.is_answered(line, Section::Present) {
                true => self.leave_over(line, why.to_owned()),
                false => self.without_section(line, text),
            };
        }
        let said_of_them =
            format!("{rest}, {}, {}", inner_of_name.unwrap_or(""), inner.unwrap_or(""));
        let remarks = self.remarks_of_presence(&said_of_them);
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        let says_nothing =
            remarks.role.is_none() && remarks.others.is_empty() && remarks.attendance.is_empty();
        let coop = match self.subject.coops.named(name) {
            Some(coop) if is_unticked && says_nothing => {
                self.unticked.insert(coop);
                return;
            }
            Some(coop) => coop,
            None => match self.answered_name(line, name, Else::Nothing) {
                Named::Coop(coop) => coop,
                _ => return,
            },
        };
        self.names_present |= remarks.role != Some(Role::Apology) && role != Some(Role::Apology);
        let Some(person) = self.person(line, &remarks) else { return };
        if remarks.describe() {
            let why = "What is in brackets says nothing of somebody who took part.";
            self.leave_over(line, why.to_owned());
        }
        let said = self.said(coop);
        said.role = remarks.role.or(role).or(said.role);
        said.written |= remarks.written;
        match (person.is_empty(), remarks.consent) {
            (true, _) => {}
            (false, true) => said.delegate = Some(person),
            (false, false) => {
                let why = match (may_be_name(&person), self.has_consent(&said_of_them)) {
                    (true, true) => "write one name on a line, with `(may be named)` at its end",
                    (true, false) => "a name is written only with consent: add `(may be named)`",
                    (false, _) => "what it says besides is not written",
                };
                self.recording.left_out.push((line.raw.clone(), why));
            }
        }
        if !remarks.attendance.is_empty() {
            let why = "when somebody came or left is not written";
            self.recording.left_out.push((line.raw.clone(), why));
        }
    }

    /// The name that a line about who took part begins with, and what follows it: the longest title before a sign.
    fn split_present<'t>(&self, before: &'t str) -> (&'t str, &'t str) {
        let is_coop = |name: &str| self.subject.coops.named(parts::brackets(name).0).is_some();
        let whole = (before, "");
        // A title may have a colon in it, and a comma behind it.
        let mut named: Vec<(&str, &str)> = parts::labels(before)
            .chain(parts::at_commas(before))
            .filter(|it| is_coop(it.0))
            .collect();
        named.sort_by_key(|(name, _)| name.len());
        let exact = if is_coop(before) { Some(whole) } else { named.pop() };
        // Without a sign: `Bolete left early`.
        let told = || {
            let (name, rest) = self.subject.coops.beginning(before)?;
            (is_coop(name) && self.tells_of_presence(rest)).then_some((name, rest))
        };
        exact
            .or_else(told)
            .or_else(|| parts::label(before))
            .or_else(|| {
                parts::at_commas(before).next().filter(|(_, rest)| self.tells_of_presence(rest))
            })
            .unwrap_or(whole)
    }

    /// What stands beside the name of somebody who took part; when they came or left is no name.
    fn remarks_of_presence(&self, text: &str) -> Remarks {
        let mut remarks = self.remarks(text);
        let is_attendance = |it: &String| self.subject.words.is_attendance(it);
        let (attendance, others) =
            std::mem::take(&mut remarks.others).into_iter().partition(is_attendance);
        Remarks { attendance, others, ..remarks }
    }

    fn tells_of_presence(&self, text: &str) -> bool {
        self.remarks_of_presence(text).tell_of_presence()
    }

    /// The name of who may be named, or an empty one. What else stands beside it is asked; `None` while that is open.
    fn person(&mut self, line: &Line, remarks: &Remarks) -> Option<String> {
        let mut name = Vec::new();
        for (at, said) in remarks.others.iter().enumerate() {
            if at == 0 || !remarks.consent {
                name.push(said.as_str());
                continue;
            }
            let choices = vec![
                Choice::new(NAMED, format!("part of the name: {}, {said}", name.join(", "))),
                Choice::new(NOTHING, format!("nothing: leave `{said}` out")),
            ];
            let asked = Asked::Remark(line.spot(), said.clone());
            let question = self.question(line, asked, format!("What is `{said}`?"), choices);
            match self.settle(line, question)?.as_str() {
                NAMED => name.push(said),
                NOTHING => {}
                answer => {
                    self.put_away(line, answer);
                    return None;
                }
            }
        }
        Some(name.join(", "))
    }

    /// Whether somebody in a line agreed to be named.
    fn has_consent(&self, text: &str) -> bool {
        let mut parts = text.split(['(', ')', ',', ';']).map(str::trim);
        let is_consent = |it: Meaning| (it == Meaning::Consent).then_some(());
        parts.any(|part| self.subject.words.meaning(part, is_consent).is_some())
    }

    /// The parts of a line in which several coops stand, with commas or `and` between.
    fn several(&self, text: &str) -> Option<Vec<String>> {
        let coops = self.subject.coops;
        let is_coop = |one: &str| {
            let name = parts::brackets(one).0;
            let is_label = || parts::label(name).is_some();
            coops.named(name).is_some() || (!is_label() && !coops.likely(name).is_empty())
        };
        let mut all: Vec<String> = Vec::new();
        for one in parts::between_commas(text) {
            // A remark belongs to the coop before it.
            if let Some(last) = all.last_mut().filter(|_| self.tells_of_presence(one)) {
                last.push_str(&format!(", {one}"));
                continue;
            }
            let both = [" and ", " y ", " e ", " et "].iter().find_map(|and| one.split_once(and));
            match both {
                Some((first, second)) if !is_coop(one) && is_coop(first) && is_coop(second) => {
                    all.extend([first, second].map(str::to_owned));
                }
                _ => all.push(one.to_owned()),
            }
        }
        let first =
            |one: &str| parts::between_commas(one).first().copied().unwrap_or_default().to_owned();
        let is_coop = |one: &String| is_coop(&first(one));
        let are_names = all.iter().all(|one| parts::is_short(parts::brackets(&first(one)).0));
        let coops_named = all.iter().filter(|one| is_coop(one)).count();
        // Who agreed to be named stands behind their coop.
        let is_one = coops_named == 1 && all.first().is_some_and(is_coop) && self.has_consent(text);
        (all.len() > 1 && are_names && coops_named > 0 && !is_one).then_some(all)
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

    /// A decision, once.
    pub(super) fn decision(&mut self, line: &Line, text: &str) {
        let wanted = same(text);
        let is_there = || self.call().decisions.iter().any(|it| same(it) == wanted);
        if matches!(line.form, Form::Item(_, Some(false))) && is_there() {
            return self.recording.unticked.push(Fact::new(What::Decision, "", text));
        }
        if !matches!(self.is_meant(line), Meant::Yes) {
            return;
        }
        if !self.recording.decisions.iter().any(|it| it == text) {
            self.recording.decisions.push(text.to_owned());
        }
    }
}

/// Whether some words may be the name of a person.
fn may_be_name(text: &str) -> bool {
    let is_sentence =
        text.ends_with(['.', '!', '?', '…']) || text.contains(|c: char| c.is_ascii_digit());
    parts::is_short(text) && !text.starts_with(char::is_lowercase) && !is_sentence
}
