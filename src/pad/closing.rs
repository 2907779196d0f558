//! Who took part, and what was decided.

use super::facts::{Fact, What};
use super::lines::{Form, Line};
use super::naming::{Else, Named};
use super::parts::{self, Remarks};
use super::questions::Meant;
use super::understanding::Reading;
use super::words::{Meaning, same};
use super::{Asked, Choice, Section};
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
            // Somebody may have said already that it tells who took part.
            let why = "It says who took part, and names nobody whom the directory knows.";
            return match self.is_answered(line, Section::Present) {
                true => self.leave_over(line, why.to_owned()),
                false => self.without_section(line, text),
            };
        }
        let said_of_them =
            format!("{rest}, {}, {}", inner_of_name.unwrap_or(""), inner.unwrap_or(""));
        let remarks = self.remarks(&said_of_them);
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        let coop = match self.subject.coops.named(name) {
            Some(coop) if is_unticked && remarks.role.is_none() && remarks.others.is_empty() => {
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
                let why = match self.has_consent(&said_of_them) {
                    true => "write one name on a line, with `(may be named)` at its end",
                    false => "a name is written only with consent: add `(may be named)`",
                };
                self.recording.left_out.push((line.raw.clone(), why));
            }
        }
    }

    /// The name of who may be named, or an empty one. What else stands beside it is asked; `None` while that is open.
    fn person(&mut self, line: &Line, remarks: &Remarks) -> Option<String> {
        let mut name = Vec::new();
        for (at, said) in remarks.others.iter().enumerate() {
            if at == 0 || !remarks.consent {
                name.push(said.as_str());
                continue;
            }
            let choice = |answer: &str, label: String| Choice { answer: answer.to_owned(), label };
            let choices = vec![
                choice("name", format!("part of the name: {}, {said}", name.join(", "))),
                choice("nothing", format!("nothing: leave `{said}` out")),
            ];
            let asked = Asked::Remark(line.raw.line, said.clone());
            let question = self.question(line, asked, format!("What is `{said}`?"), choices);
            match self.settle(line, question)?.as_str() {
                "name" => name.push(said),
                "nothing" => {}
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
