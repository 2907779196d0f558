//! Rows of tables: what each cell says, by what its column holds and the section in which it stands.
//!
//! A row stands for itself: an empty cell does not mean the one above it. What has no place in its section is left
//! over with its row.

use super::lines::{Form, Line};
use super::naming::{Else, Named};
use super::parts;
use super::sections::{Column, Section};
use super::tables::Row;
use super::understanding::Reading;
use super::words::{self, Meaning};
use crate::content::values::MatchStatus;
use crate::directory::ids::CoopId;

/// What a row says, by what its columns hold.
#[derive(Default)]
struct Cells<'t> {
    who: Option<&'t str>,
    persons: Vec<&'t str>,
    /// What was said, and in which section.
    whats: Vec<(Section, &'t str)>,
    /// What could stand in brackets behind it.
    remarks: Vec<&'t str>,
    until: Option<&'t str>,
    notes: Vec<&'t str>,
    is_done: bool,
    may_be_named: bool,
    /// What says nothing that is known.
    rest: Vec<&'t str>,
}

const UNKNOWN: &str = "Nobody knows what its columns are: write above the table what they hold, such as What, Who and Until.";

impl Reading<'_> {
    /// A row of a table. What stands below it does not belong to whom it names.
    pub(super) fn row(&mut self, line: &Line, row: &Row) {
        self.last = None;
        let scopes = self.scopes.clone();
        let own = self.section_of(row);
        match own.filter(|_| self.holds().is_none_or(|holds| !holds.waits())) {
            Some(section) => self.row_in_section(line, row, section),
            None => self.text(line, &line.text),
        }
        self.scopes = scopes;
        self.last = None;
    }

    /// The section of a row that says it itself, or whose head does.
    fn section_of(&self, row: &Row) -> Option<Section> {
        let of_cell = row.filled().find_map(|(column, cell)| match column {
            Column::Kind => self.subject.words.meaning(cell, words::section),
            _ => None,
        });
        let of_head = row.columns.iter().find_map(|column| match column {
            Column::In(section) => Some(*section),
            _ => None,
        });
        let is_headed = !row.columns.is_empty();
        of_cell.or_else(|| self.section().filter(|_| is_headed)).or(of_head)
    }

    /// What a row says in a section.
    pub(super) fn row_in_section(&mut self, line: &Line, row: &Row, section: Section) {
        if row.cells.iter().all(String::is_empty) {
            return;
        }
        let line = &Line { row: None, section: Some(section), ..line.clone() };
        if section == Section::Notes || row.filled().next().is_none() {
            return self.in_section(line, &line.text, section);
        }
        if !row.is_of_table {
            let is_named = matches!(
                section,
                Section::Present | Section::About | Section::Needs | Section::Offers
            );
            let text = if is_named { line.text.clone() } else { row.words() };
            return self.in_section(line, &text, section);
        }
        let is_known = |column: &Column| !matches!(column, Column::Unknown | Column::Remark);
        match row.columns.iter().any(is_known) {
            true => self.by_columns(line, row, section),
            false => self.by_places(line, row, section),
        }
    }

    /// A row below no head that is known.
    fn by_places(&mut self, line: &Line, row: &Row, section: Section) {
        let filled: Vec<&str> = row.filled().map(|(_, cell)| cell).collect();
        match (section, filled.as_slice(), row.cells.as_slice()) {
            (Section::About | Section::Needs | Section::Offers, _, [who, what, rest @ ..]) => {
                let remarks = rest.iter().filter(|cell| !cell.is_empty()).map(String::as_str);
                let remarks: Vec<&str> = remarks.collect();
                match (who.is_empty(), what.is_empty()) {
                    (false, true) if !remarks.is_empty() => {
                        self.leave_over(line, UNKNOWN.to_owned());
                    }
                    (true, false) => self.of_nobody(line, &in_brackets(what, &remarks), section),
                    _ => self.in_section(line, &line.text, section),
                }
            }
            (Section::Introductions | Section::Review, [one, other, rest @ ..], _) => {
                let sign = if section == Section::Review { ": " } else { " (" };
                let end = if section == Section::Review { "" } else { ")" };
                let rest = match rest.is_empty() {
                    true => String::new(),
                    false => format!("{sign}{}{end}", rest.join(", ")),
                };
                self.in_section(line, &format!("{one} → {other}{rest}"), section);
            }
            (Section::Actions, [_, _, ..], _) => self.action_by_places(line, &filled),
            (Section::Decisions, [_, _, ..], _) => self.leave_over(line, UNKNOWN.to_owned()),
            _ => self.in_section(line, &line.text, section),
        }
    }

    /// An action whose cells say themselves what they are: a coop, a day, and what is to be done.
    fn action_by_places(&mut self, line: &Line, filled: &[&str]) {
        let is_coop = |cell: &&&str| self.subject.coops.named(cell).is_some();
        let is_day = |cell: &&&str| {
            let remarks = self.remarks(cell);
            remarks.day.is_some() || !remarks.days.is_empty()
        };
        let coops = filled.iter().filter(is_coop).count();
        let days = filled.iter().filter(is_day).count();
        let whats: Vec<&&str> = filled.iter().filter(|it| !is_coop(it) && !is_day(it)).collect();
        let [what] = whats.as_slice() else { return self.leave_over(line, UNKNOWN.to_owned()) };
        if coops > 1 || days > 1 {
            return self.leave_over(line, UNKNOWN.to_owned());
        }
        let others: Vec<&str> = filled.iter().copied().filter(|it| it != *what).collect();
        self.action(line, &in_brackets(what, &others));
    }

    /// A row below a head.
    fn by_columns(&mut self, line: &Line, row: &Row, section: Section) {
        let mut cells = self.cells(row, section);
        match section {
            Section::Introductions | Section::Review => {
                self.row_of_pair(line, row, section, &mut cells);
            }
            Section::Present if cells.whats.is_empty() => self.row_of_present(line, &cells),
            _ if cells.whats.is_empty() => {
                let why =
                    "Its row does not say what; its columns may be others than they are called.";
                return self.leave_over(line, why.to_owned());
            }
            _ => {
                let several = cells.whats.len() > 1;
                for (at, (section, what)) in (1..).zip(std::mem::take(&mut cells.whats)) {
                    let cell = if several { at } else { 0 };
                    let line = Line { section: Some(section), cell, ..line.clone() };
                    self.cell(&line, section, what, &mut cells);
                }
            }
        }
        if !cells.rest.is_empty() {
            cells.rest.dedup();
            let rest = cells.rest.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            self.leave_over(line, format!("Of its row, this is written nowhere: {rest}."));
        }
    }

    /// Sorts the cells of a row by what their columns hold.
    fn cells<'t>(&self, row: &'t Row, section: Section) -> Cells<'t> {
        let mut cells = Cells::default();
        let has_what = row.columns.iter().any(|it| matches!(it, Column::What | Column::In(_)));
        let is_round = matches!(section, Section::About | Section::Needs | Section::Offers);
        let has_who = row.columns.contains(&Column::Who);
        let unknown = row.columns.iter().filter(|it| **it == Column::Unknown).count();
        for (column, cell) in row.filled() {
            let is_section = |it: Section| cells.whats.iter().any(|(section, _)| *section == it);
            match column {
                Column::Who if cells.who.is_none() => cells.who = Some(cell),
                Column::Person if !has_who && cells.who.is_none() => cells.who = Some(cell),
                Column::Person if section == Section::Present => cells.persons.push(cell),
                Column::What if !is_section(section) => cells.whats.push((section, cell)),
                // The only column that nobody knows is that of what is sought.
                Column::Unknown if !has_what && unknown == 1 && is_round => {
                    cells.whats.push((section, cell));
                }
                Column::In(of) if !is_section(of) => cells.whats.push((of, cell)),
                Column::Kind if self.subject.words.meaning(cell, words::section).is_some() => {}
                Column::Kind if self.remarks(cell).help.is_some() => cells.remarks.push(cell),
                Column::Language if self.remarks(cell).language.is_some() => {
                    cells.remarks.push(cell);
                }
                Column::Until if self.is_day(cell) => cells.until = Some(cell),
                Column::Done if self.is_yes(cell) => cells.is_done = true,
                Column::Done if self.is_no(cell) => {}
                Column::Consent if self.is_yes(cell) => cells.may_be_named = true,
                Column::Consent if self.is_no(cell) => {}
                Column::Remark => cells.remarks.push(cell),
                Column::Note | Column::Status => cells.notes.push(cell),
                _ if section == Section::Present => cells.persons.push(cell),
                _ => cells.rest.push(cell),
            }
        }
        cells
    }

    fn is_day(&self, cell: &str) -> bool {
        let remarks = self.remarks(cell);
        remarks.day.is_some() || !remarks.days.is_empty()
    }

    fn is_yes(&self, cell: &str) -> bool {
        let is_yes = |it: Meaning| {
            let yes = [MatchStatus::Agreed, MatchStatus::Fulfilled].map(Meaning::Status);
            (yes.contains(&it) || it == Meaning::Consent).then_some(())
        };
        ["x", "X", "✓", "✔", "✅", "[x]"].contains(&cell)
            || self.subject.words.meaning(cell, is_yes).is_some()
    }

    fn is_no(&self, cell: &str) -> bool {
        let no = Meaning::Status(MatchStatus::Declined);
        ["-", "–", "—", "[ ]", "✗"].contains(&cell)
            || self.subject.words.meaning(cell, |it| (it == no).then_some(())).is_some()
    }

    /// What one cell says, with the others of its row.
    fn cell<'t>(&mut self, line: &Line, section: Section, what: &'t str, cells: &mut Cells<'t>) {
        match section {
            Section::Needs | Section::Offers => {
                let remarks: Vec<&str> = cells.remarks.iter().copied().chain(cells.until).collect();
                self.of_coop(line, cells.who, &in_brackets(what, &remarks), section);
                cells.rest.append(&mut cells.notes);
            }
            Section::About => {
                self.of_coop(line, cells.who, what, section);
                cells.rest.append(&mut cells.notes);
            }
            Section::Actions => {
                let is_one = |who: &&str| parts::between_commas(who).len() == 1;
                let who = cells.who.filter(is_one);
                cells.rest.extend(cells.who.filter(|who| !is_one(who)));
                cells.rest.append(&mut cells.notes);
                let remarks: Vec<&str> = who.into_iter().chain(cells.until).collect();
                let form = if cells.is_done { Form::Item(0, Some(true)) } else { line.form };
                let line = Line { form, ..line.clone() };
                self.action(&line, &in_brackets(what, &remarks));
            }
            _ => {
                self.in_section(line, what, section);
                let others = cells.who.into_iter().chain(cells.until);
                let others: Vec<&str> = others.chain(cells.remarks.iter().copied()).collect();
                cells.rest.extend(others);
                cells.rest.append(&mut cells.notes);
            }
        }
    }

    /// What a coop said that a cell names.
    fn of_coop(&mut self, line: &Line, who: Option<&str>, text: &str, section: Section) {
        let Some(who) = who else { return self.of_nobody(line, text, section) };
        let (name, inner) = parts::brackets(who);
        let Some(coop) = self.coop_of_cell(line, name) else { return };
        let remarks = self.remarks(inner.unwrap_or_default());
        if remarks.role.is_some() || remarks.written {
            let said = self.said(coop);
            said.role = remarks.role.or(said.role);
            said.written |= remarks.written;
        }
        self.say(coop, section, line, text);
    }

    /// What is of whoever the table stands below, or else is to be asked.
    fn of_nobody(&mut self, line: &Line, text: &str, section: Section) {
        match self.coop() {
            Some(coop) => self.say(coop, section, line, text),
            None => self.whose(line, text, section),
        }
    }

    fn coop_of_cell(&mut self, line: &Line, name: &str) -> Option<CoopId> {
        if let Some(coop) = self.subject.coops.named(name) {
            return Some(coop);
        }
        match self.answered_name(line, name, Else::Nothing) {
            Named::Coop(coop) => Some(coop),
            Named::Text | Named::Nobody | Named::Open | Named::Away(_) => None,
        }
    }

    fn row_of_present(&mut self, line: &Line, cells: &Cells<'_>) {
        let Some(who) = cells.who else {
            let why = "Its row does not name a coop.";
            return self.leave_over(line, why.to_owned());
        };
        let consent = cells.may_be_named.then_some("may be named");
        let others = cells.persons.iter().chain(&cells.remarks).chain(&cells.notes).copied();
        let others: Vec<&str> = others.chain(consent).collect();
        self.in_section(line, &in_brackets(who, &others), Section::Present);
    }

    /// Who was introduced to whom.
    fn row_of_pair<'t>(
        &mut self,
        line: &Line,
        row: &'t Row,
        section: Section,
        cells: &mut Cells<'t>,
    ) {
        let side = |of: Section| {
            cells.whats.iter().find(|(section, _)| *section == of).map(|(_, text)| *text)
        };
        let (Some(need), Some(offer)) = (side(Section::Needs), side(Section::Offers)) else {
            cells.rest.clear();
            return self.in_section(line, &row.as_line(), section);
        };
        let is_status = |note: &&str| self.remarks(note).status.is_some();
        let (known, notes): (Vec<&str>, Vec<&str>) =
            cells.notes.iter().copied().partition(is_status);
        let pair = format!("{need} → {offer}");
        let (pair, notes) = match section {
            Section::Review => (pair, [known, notes].concat()),
            _ => (in_brackets(&pair, &known), notes),
        };
        let text = match notes.is_empty() {
            true => pair,
            false => format!("{pair}: {}", notes.join(", ")),
        };
        cells.rest.extend(cells.who.into_iter().chain(cells.until));
        cells.rest.extend(cells.remarks.iter().copied());
        self.in_section(line, &text, section);
    }
}

/// A text with remarks in brackets behind it.
fn in_brackets(text: &str, remarks: &[&str]) -> String {
    match remarks.is_empty() {
        true => text.to_owned(),
        false => format!("{text} ({})", remarks.join(", ")),
    }
}
