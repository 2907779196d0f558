//! Goes through the lines of a pad, and knows at each of them in which section it stands and for which
//! coop.

use std::collections::BTreeSet;

use super::coops::Coops;
use super::lines::{self, Form, Line};
use super::parts::{self, Remarks};
use super::questions::{last_choices, section_choices};
use super::words::{self, Words, fold};
use super::{Answers, Asked, Choice, Open, Question, Recording, Said, Section, TO_NOTES};
use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, CoopId};

/// What a pad is about.
pub struct Subject<'a> {
    /// All entries, drafts and those of the network too.
    pub directory: &'a Directory,
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: &'a str,
    /// It has begun, so that who is not named did not come.
    pub has_begun: bool,
    /// The words that pads are read with.
    pub words: &'a Words,
    /// The files that there are.
    pub taken: &'a BTreeSet<String>,
}

/// Reads a pad with the answers so far, and says what it leaves open. What a question is about is not
/// part of the recording.
pub fn understand(
    pad: &str,
    subject: &Subject<'_>,
    answers: &Answers,
) -> (Recording, Vec<Question>) {
    let call = &subject.directory[subject.call];
    let mut in_call: Vec<CoopId> = call.turns.iter().map(|turn| turn.coop).collect();
    in_call.dedup();
    let mut reading = Reading {
        subject,
        answers,
        coops: Coops::new(subject.directory),
        in_call,
        scopes: Vec::new(),
        is_after_blank: false,
        listed: None,
        last: None,
        recording: Recording::default(),
        questions: Vec::new(),
    };
    let lines = lines::read(pad);
    let first = lines.iter().find(|line| line.form != Form::Blank).map(|line| line.raw.line);
    for line in &lines {
        reading.line(line, Some(line.raw.line) == first);
    }
    reading.absent();
    (reading.recording, reading.questions)
}

pub(super) struct Reading<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) answers: &'a Answers,
    pub(super) coops: Coops<'a>,
    /// The coops that have a turn in the file.
    pub(super) in_call: Vec<CoopId>,
    scopes: Vec<Scope>,
    is_after_blank: bool,
    /// The section of the last item of a list.
    listed: Option<Section>,
    /// The need or offer of the line before.
    pub(super) last: Option<Last>,
    pub(super) recording: Recording,
    pub(super) questions: Vec<Question>,
}

/// The need or offer of a line, so that lines below it can belong to it.
pub(super) struct Last {
    pub(super) indent: usize,
    pub(super) kind: EntryKind,
    pub(super) id: String,
    /// Its place among the new ones, where it is new.
    pub(super) new: Option<usize>,
}

/// What lines stand below.
struct Scope {
    /// The tens of a heading's level; lines of text that are a name count as lower headings.
    level: u32,
    /// It ends with a line that is indented no further.
    within: Option<usize>,
    /// It ends with a line that is empty.
    until_blank: bool,
    holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Holds {
    Section(Section),
    Coop(CoopId),
    /// A heading that says nothing of what stands below.
    Title,
    /// A heading that has to be asked about.
    Unclear,
    /// What stands below is left out.
    Skipped,
}

const SECTION_LINE: u32 = 65;
const COOP_LINE: u32 = 70;
const ROUND_OF_COOP_LINE: u32 = 80;

/// How a line names its coop.
enum Name<'a> {
    Coop(CoopId, &'a str, Remarks),
    None,
    Settled,
}

impl Reading<'_> {
    pub(super) fn call(&self) -> &Call {
        &self.subject.directory[self.subject.call]
    }

    fn line(&mut self, line: &Line, is_first: bool) {
        match line.form {
            Form::Blank if self.section() == Some(Section::Notes) => self.note(""),
            Form::Blank => {
                self.scopes.retain(|scope| !scope.until_blank);
                self.is_after_blank = true;
                return;
            }
            Form::Heading(level) => {
                let notes =
                    self.scopes.iter().rev().find(|it| it.holds == Holds::Section(Section::Notes));
                if notes.is_some_and(|notes| level * 10 > notes.level) {
                    return self.note(&line.raw.text);
                }
                self.leave(level * 10);
                self.last = None;
                self.heading(line, level, is_first);
            }
            Form::Item(indent, _) | Form::Text(indent) => {
                self.scopes.retain(|scope| scope.within.is_none_or(|within| indent > within));
                if self.section() == Some(Section::Notes) {
                    return self.note(&line.raw.text);
                }
                self.text(line, &line.text);
            }
        }
        self.is_after_blank = false;
    }

    fn note(&mut self, text: &str) {
        let notes = &mut self.recording.notes;
        if !(notes.is_empty() && text.is_empty()) {
            notes.push_str(text);
            notes.push('\n');
        }
    }

    fn leave(&mut self, level: u32) {
        self.scopes.retain(|scope| scope.level < level);
    }

    fn enter(&mut self, level: u32, within: Option<usize>, holds: Holds) {
        self.leave(level);
        self.scopes.push(Scope { level, within, until_blank: false, holds });
    }

    fn holds(&self) -> Option<Holds> {
        self.scopes.last().map(|scope| scope.holds)
    }

    fn section(&self) -> Option<Section> {
        self.scopes.iter().rev().find_map(|scope| match scope.holds {
            Holds::Section(section) => Some(section),
            _ => None,
        })
    }

    fn coop(&self) -> Option<CoopId> {
        self.scopes.iter().rev().find_map(|scope| match scope.holds {
            Holds::Coop(coop) => Some(coop),
            _ => None,
        })
    }

    fn heading(&mut self, line: &Line, level: u32, is_first: bool) {
        let (at, text) = (level * 10, line.text.trim_end_matches(':'));
        let section = self.subject.words.section(text);
        let within = self.coops.within(text);
        if let Some(coop) = self.coops.named(text) {
            return self.enter(at, None, Holds::Coop(coop));
        }
        match (section, within.as_slice()) {
            (Some(section), [coop]) => {
                self.enter(at, None, Holds::Coop(*coop));
                let holds = Holds::Section(section);
                return self.scopes.push(Scope {
                    level: at,
                    within: None,
                    until_blank: false,
                    holds,
                });
            }
            (Some(section), _) => return self.enter(at, None, Holds::Section(section)),
            (None, _) => {}
        }
        if level == 1 && (is_first || fold(text) == fold(self.subject.title)) {
            return self.enter(at, None, Holds::Title);
        }
        let holds = match self.answers.get(&Asked::Heading(fold(text))).map(String::as_str) {
            None => {
                self.ask_about_heading(line, text);
                Holds::Unclear
            }
            Some("drop") => {
                self.recording.left_out.push((line.raw.clone(), "as you said"));
                Holds::Skipped
            }
            Some(TO_NOTES) => {
                self.note(&line.raw.text);
                Holds::Section(Section::Notes)
            }
            Some(answer) => match (Section::parse(answer), self.coops.named(answer)) {
                (Some(section), _) => Holds::Section(section),
                (None, Some(coop)) => Holds::Coop(coop),
                (None, None) => Holds::Unclear,
            },
        };
        self.enter(at, None, holds);
    }

    /// A line that is no heading, or what is left of it.
    fn text(&mut self, line: &Line, text: &str) {
        if text.is_empty() || self.holds() == Some(Holds::Unclear) {
            return;
        }
        if self.holds() == Some(Holds::Skipped) {
            return self.recording.left_out.push((line.raw.clone(), "as you said"));
        }
        let section_of = |text: &str| self.subject.words.meaning(text, words::section);
        let label = parts::label(text).and_then(|(name, rest)| Some((section_of(name)?, rest)));
        let label = label.or_else(|| Some((section_of(text)?, "")));
        if let Some((section, rest)) = label {
            let stands_alone =
                rest.is_empty() && self.is_after_blank && matches!(line.form, Form::Text(0));
            let level = match self.coop().is_some() && !stands_alone {
                true => ROUND_OF_COOP_LINE,
                false => SECTION_LINE,
            };
            let within = match line.form {
                Form::Item(indent, _) => Some(indent),
                _ => None,
            };
            self.enter(level, within, Holds::Section(section));
            if let Some(scope) = self.scopes.last_mut() {
                scope.until_blank = !rest.is_empty();
            }
            return self.text(line, rest);
        }
        match self.section() {
            Some(section) if !self.is_stray(line, section) => self.in_section(line, text, section),
            _ => self.without_section(line, text),
        }
    }

    /// A line of text below the items of a list that is closed, such as of actions, may be anything.
    fn is_stray(&mut self, line: &Line, section: Section) -> bool {
        let is_list =
            matches!(section, Section::Introductions | Section::Decisions | Section::Actions);
        match line.form {
            Form::Item(..) => {
                self.listed = Some(section);
                false
            }
            _ => is_list && self.listed == Some(section),
        }
    }

    /// A line below no heading that says what it is.
    pub(super) fn without_section(&mut self, line: &Line, text: &str) {
        let before = parts::brackets(text.trim_end_matches(':').trim_end()).0;
        let is_like_a_coop = !self.coops.alike(before, &self.in_call).is_empty();
        match self.name(line, text, is_like_a_coop) {
            // What stands below a name waits until it is known whose it is.
            Name::Settled if self.is_asked(line) => {
                return self.enter_name(line, Holds::Unclear, is_alone(text));
            }
            Name::Settled => return,
            Name::Coop(coop, "", _) => return self.enter_name(line, Holds::Coop(coop), true),
            Name::Coop(..) | Name::None => {}
        }
        let asked = Asked::Place(line.raw.line);
        match self.answers.get(&asked).map(String::as_str) {
            None => {
                let choices = section_choices();
                let text = "What is this?".to_owned();
                let at = line.raw.clone();
                self.ask(Question { asked, at, text, choices, open: None, safe: TO_NOTES });
            }
            Some(answer) => match Section::parse(answer) {
                Some(Section::Notes) => self.recording.unsorted.push(line.raw.clone()),
                Some(section) => self.in_section(line, text, section),
                None => self.recording.left_out.push((line.raw.clone(), "as you said")),
            },
        }
    }

    fn in_section(&mut self, line: &Line, text: &str, section: Section) {
        match section {
            Section::Present => self.present(line, text),
            Section::About | Section::Needs | Section::Offers => self.in_round(line, text, section),
            Section::Introductions => self.introduction(line, text),
            Section::Decisions => self.decision(text),
            Section::Actions => self.action(line, text),
            Section::Notes => self.note(&line.raw.text),
        }
    }

    fn in_round(&mut self, line: &Line, text: &str, section: Section) {
        match self.name(line, text, self.coop().is_none()) {
            // What stands below a name waits until it is known whose it is.
            Name::Settled if self.is_asked(line) => {
                self.enter_name(line, Holds::Unclear, is_alone(text));
            }
            Name::Settled => {}
            Name::Coop(coop, rest, remarks) => {
                self.last = None;
                if remarks.role.is_some() || remarks.written {
                    let said = self.said(coop);
                    said.role = remarks.role.or(said.role);
                    said.written |= remarks.written;
                }
                self.enter_name(line, Holds::Coop(coop), rest.is_empty());
                if !rest.is_empty() {
                    self.say(coop, section, line, rest);
                }
            }
            Name::None => match self.coop() {
                Some(coop) => self.say(coop, section, line, text),
                None => self.whose(line, text, section),
            },
        }
    }

    /// What stands below a name that is no heading: of an item, what is indented further; of a line of
    /// text, all that follows, or where more stands in that line, what follows without an empty line.
    fn enter_name(&mut self, line: &Line, holds: Holds, is_alone: bool) {
        match line.form {
            Form::Item(indent, _) => self.enter(COOP_LINE + 1, Some(indent), holds),
            _ => {
                self.enter(COOP_LINE, None, holds);
                let scope = self.scopes.last_mut().expect("it was entered in the line above");
                scope.until_blank = !is_alone;
            }
        }
    }

    /// Whether something about a line is still to be asked.
    pub(super) fn is_asked(&self, line: &Line) -> bool {
        self.questions.iter().any(|question| question.at.line == line.raw.line)
    }

    fn whose(&mut self, line: &Line, text: &str, section: Section) {
        let asked = Asked::Whose(line.raw.line);
        match self.answers.get(&asked).map(String::as_str) {
            None => {
                let question = "Whose is this?".to_owned();
                let mut choices = self.coop_choices(&self.in_call);
                choices.extend(last_choices());
                let at = line.raw.clone();
                let open = Some(Open::Coop);
                self.ask(Question { asked, at, text: question, choices, open, safe: TO_NOTES });
            }
            Some(answer) => match self.coops.named(answer) {
                Some(coop) => self.say(coop, section, line, text),
                None => self.put_away(line, answer),
            },
        }
    }

    /// Splits the coop's name from a line. A name that no coop has is asked about where `must` is set
    /// and it looks like a name, or where it nearly is one.
    fn name<'t>(&mut self, line: &Line, text: &'t str, must: bool) -> Name<'t> {
        let (whole, inner) = parts::brackets(text.trim_end_matches(':').trim_end());
        if let Some(coop) = self.coops.named(whole) {
            let remarks = Remarks::read(inner.unwrap_or_default(), self.subject.words);
            return Name::Coop(coop, "", remarks);
        }
        for (name, rest) in parts::labels(text) {
            let (name, inner) = parts::brackets(name);
            if let Some(coop) = self.coops.named(name) {
                let remarks = Remarks::read(inner.unwrap_or_default(), self.subject.words);
                return Name::Coop(coop, rest, remarks);
            }
        }
        let (name, rest) = match parts::label(text) {
            Some((name, rest)) => (name, rest),
            None if self.coops.misspelt(whole).is_some() => (whole, ""),
            None if must && !self.coops.alike(whole, &self.in_call).is_empty() => (whole, ""),
            None => return Name::None,
        };
        let (name, inner) = parts::brackets(name);
        let is_like_a_name = must && name.split_whitespace().count() <= 5;
        if !is_like_a_name && self.coops.misspelt(name).is_none() {
            return Name::None;
        }
        match self.answered_name(line, name, true) {
            Some(Some(coop)) => {
                let remarks = Remarks::read(inner.unwrap_or_default(), self.subject.words);
                Name::Coop(coop, rest, remarks)
            }
            Some(None) => Name::None,
            None => Name::Settled,
        }
    }

    /// The coop that a name means by an answer; `Some(None)` where it is not a name; `None` where it is
    /// still to be asked, or the line is put away.
    pub(super) fn answered_name(
        &mut self,
        line: &Line,
        name: &str,
        can_be_text: bool,
    ) -> Option<Option<CoopId>> {
        let asked = Asked::Name(fold(name));
        let Some(answer) = self.answers.get(&asked).cloned() else {
            let mut choices = self.coop_choices(&self.coops.alike(name, &self.in_call));
            if can_be_text {
                let label = format!("nobody: `{name}` belongs to what was said");
                choices.push(Choice { answer: "text".to_owned(), label });
            }
            choices.extend(last_choices());
            let text = format!("Which coop is `{name}`?");
            let (at, open) = (line.raw.clone(), Some(Open::Coop));
            self.ask(Question { asked, at, text, choices, open, safe: TO_NOTES });
            return None;
        };
        match self.coops.named(&answer) {
            Some(coop) => Some(Some(coop)),
            None if answer == "text" => Some(None),
            None => {
                self.put_away(line, &answer);
                None
            }
        }
    }

    /// Does with a line what an answer says that fits every question.
    pub(super) fn put_away(&mut self, line: &Line, answer: &str) {
        match answer {
            "drop" => self.recording.left_out.push((line.raw.clone(), "as you said")),
            _ => self.recording.unsorted.push(line.raw.clone()),
        }
    }

    pub(super) fn said(&mut self, coop: CoopId) -> &mut Said {
        let id = self.coops.slug(coop);
        let turns = &mut self.recording.turns;
        let at = turns.iter().position(|it| it.coop == id).unwrap_or_else(|| {
            turns.push(Said { coop: id.to_owned(), ..Said::default() });
            turns.len() - 1
        });
        &mut turns[at]
    }
}

/// Whether a line is a name and nothing else.
fn is_alone(text: &str) -> bool {
    parts::label(text).is_none_or(|(_, rest)| rest.is_empty())
}
