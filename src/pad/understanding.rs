//! Goes through the lines of a pad, and knows at each of them in which section it stands and for which
//! coop.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::answered::Answered;
use super::asked::{Asked, DROP, Question};
use super::coops::Coops;
use super::earlier::Earlier;
use super::facts::Fact;
use super::lines::{self, Form, Line};
use super::naming::{self, Name, is_alone};
use super::paraphrase::Rarity;
use super::parts::{self, Remarks};
use super::recording::Recording;
use super::scopes::{COOP_LINE, Holds, ROUND_OF_COOP_LINE, SECTION_LINE, Scope};
use super::sections::Section;
use super::tables;
use super::words::{self, Words, fold};
use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, CoopId};

/// Answers so far.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Those of now.
    pub typed: BTreeMap<Asked, String>,
    /// Those of earlier recordings.
    pub kept: Vec<Answered>,
    /// Those of earlier recordings that do not count any more.
    pub taken_back: Vec<Answered>,
    /// What those recordings took from the pad, as far as it counts.
    pub recorded: Vec<Fact>,
}

/// What a pad is about.
pub struct Subject<'a> {
    /// All entries, drafts and those of the network too.
    pub directory: &'a Directory,
    /// Their coops, by name.
    pub coops: &'a Coops<'a>,
    /// The call that it took notes of.
    pub call: CallId,
    /// The title of that call.
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
        in_call,
        scopes: Vec::new(),
        is_after_blank: false,
        listed: None,
        last: None,
        recording: Recording::default(),
        questions: Vec::new(),
        earlier: OnceCell::new(),
        rarity: OnceCell::new(),
        answered: String::new(),
        open: 0,
        names_present: false,
        unticked: BTreeSet::new(),
        seen: BTreeMap::new(),
        names: super::alike::Names::new(subject.directory),
    };
    let mut lines = lines::read(pad, |text| naming::begins_with_name(subject.coops, text));
    tables::find(&mut lines, subject.words);
    let first = lines.iter().find(|line| line.form != Form::Blank).map(|line| line.raw.line);
    for line in &mut lines {
        let is_first = Some(line.raw.line) == first;
        reading.line(line, is_first);
    }
    reading.absent();
    (reading.recording, reading.questions)
}

pub(super) struct Reading<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) answers: &'a Answers,
    /// The coops that have a turn in the file.
    pub(super) in_call: Vec<CoopId>,
    pub(super) scopes: Vec<Scope>,
    is_after_blank: bool,
    /// The section of the last item of a list.
    listed: Option<Section>,
    /// The need or offer of the line before.
    pub(super) last: Option<Last>,
    pub(super) recording: Recording,
    pub(super) questions: Vec<Question>,
    /// Introductions that were made before the call, once they are asked for.
    pub(super) earlier: OnceCell<Vec<Earlier>>,
    /// Which words few entries have, once it is asked for.
    pub(super) rarity: OnceCell<Rarity>,
    /// The text of the last question that was answered, and the place of the last one that was not.
    pub(super) answered: String,
    pub(super) open: usize,
    /// The pad says of somebody that they were there, so that an empty box says something too.
    pub(super) names_present: bool,
    /// Coops before whose names there is an empty box.
    pub(super) unticked: BTreeSet<CoopId>,
    /// How often the words of a line stood in a section so far.
    seen: BTreeMap<(Option<Section>, String), usize>,
    pub(super) names: super::alike::Names,
}

/// The need or offer of a line, so that lines below it can belong to it.
pub(super) struct Last {
    pub(super) indent: usize,
    pub(super) kind: EntryKind,
    pub(super) id: String,
    /// Its place among the new ones, where it is new.
    pub(super) new: Option<usize>,
}

impl Reading<'_> {
    pub(super) fn call(&self) -> &Call {
        &self.subject.directory[self.subject.call]
    }

    /// The day from which days without a year are counted.
    pub(super) fn day(&self) -> Option<Date> {
        self.call().day()
    }

    pub(super) fn remarks(&self, text: &str) -> Remarks {
        Remarks::read(text, self.subject.words, self.day())
    }

    /// Says in which section a line stands, and which of those with its words it is there.
    fn placed(&mut self, line: &mut Line) {
        line.section = self.section();
        let times = self.seen.entry((line.section, line.raw.text.clone())).or_default();
        *times += 1;
        line.nth = *times;
    }

    fn line(&mut self, line: &mut Line, is_first: bool) {
        match line.form {
            Form::Blank => {
                self.scopes.retain(|scope| !scope.until_blank);
                if self.section() == Some(Section::Notes) {
                    self.note(&line.raw.text);
                }
                self.is_after_blank = true;
                return;
            }
            Form::Fence | Form::Code => {
                self.placed(line);
                return match self.section() {
                    Some(Section::Notes) => self.note(&line.raw.text),
                    _ => self.text(line, &line.text),
                };
            }
            Form::Heading(level) => {
                let notes =
                    self.scopes.iter().rev().find(|it| it.holds == Holds::Section(Section::Notes));
                if notes.is_some_and(|notes| level * 10 > notes.level) {
                    return self.note(&line.raw.text);
                }
                self.leave(level * 10);
                self.last = None;
                self.placed(line);
                self.heading(line, level, is_first);
            }
            Form::Item(indent, _) | Form::Text(indent) => {
                self.scopes.retain(|scope| scope.within.is_none_or(|within| indent > within));
                let indent = if matches!(line.form, Form::Item(..)) { indent } else { 0 };
                if self.last.as_ref().is_some_and(|last| indent <= last.indent) {
                    self.last = None;
                }
                if self.section() == Some(Section::Notes) && !self.ends_notes(line) {
                    self.is_after_blank = false;
                    return self.note(&line.raw.text);
                }
                self.placed(line);
                match &line.row {
                    Some(row) if row.is_of_table => self.row(line, row),
                    _ => self.text(line, &line.text),
                }
            }
        }
        self.is_after_blank = false;
    }

    /// Notes below a line, and not below a heading, end with the next such line.
    fn ends_notes(&self, line: &Line) -> bool {
        let notes = self.scopes.iter().rev().find(|it| it.holds == Holds::Section(Section::Notes));
        let is_below_line = notes.is_some_and(|scope| scope.level >= SECTION_LINE);
        let text = line.text.trim_end_matches(':');
        let is_alone = self.is_after_blank && line.form == Form::Text(0);
        is_below_line && is_alone && self.subject.words.meaning(text, words::section).is_some()
    }

    pub(super) fn note(&mut self, text: &str) {
        let notes = &mut self.recording.notes;
        if !(notes.is_empty() && text.is_empty()) {
            notes.push_str(text);
            notes.push('\n');
        }
    }

    fn heading(&mut self, line: &Line, level: u32, is_first: bool) {
        let (at, text) = (level * 10, line.text.trim_end_matches(':'));
        let section = self.subject.words.section(text);
        let within = self.subject.coops.within(text);
        if let Some(coop) = self.subject.coops.named(text) {
            return self.enter(at, None, Holds::Coop(coop));
        }
        match (section, within.as_slice()) {
            (Some(section), [coop]) if self.begins_with_no_other(text, *coop) => {
                self.enter(at, None, Holds::Coop(*coop));
                return self.scopes.push(Scope::new(at, None, Holds::Section(section)));
            }
            (Some(section), []) if !self.may_name_a_coop(text) => {
                return self.enter(at, None, Holds::Section(section));
            }
            _ => {}
        }
        if level == 1 && (is_first || fold(text) == fold(self.subject.title)) {
            return self.enter(at, None, Holds::Title);
        }
        let question = self.about_heading(line, text);
        let holds = match self.settle(line, question).as_deref() {
            None => Holds::Unclear(self.open),
            Some(answer) => match (Section::parse(answer), self.subject.coops.named(answer)) {
                (Some(Section::Notes), _) => {
                    self.note(&line.raw.text);
                    Holds::Section(Section::Notes)
                }
                (Some(section), _) => Holds::Section(section),
                (None, Some(coop)) => Holds::Coop(coop),
                (None, None) => {
                    self.put_away(line, answer);
                    Holds::after(answer)
                }
            },
        };
        self.enter(at, None, holds);
    }

    /// Whether a heading with words of a section begins with what may be the name of a coop.
    fn may_name_a_coop(&self, text: &str) -> bool {
        let is_section = self.subject.words.meaning(text, words::section).is_some();
        !is_section && self.subject.coops.beginning(text).is_some()
    }

    fn begins_with_no_other(&self, text: &str, coop: CoopId) -> bool {
        let coops = self.subject.coops;
        coops.beginning(text).is_none_or(|(name, _)| coops.shortened(name) == Some(coop))
    }

    /// A line that is no heading, or what is left of it.
    pub(super) fn text(&mut self, line: &Line, text: &str) {
        if text.is_empty() {
            return;
        }
        // A chat writes its time before a heading, too.
        let is_word = |rest: &&str| {
            self.subject.words.meaning(rest.trim_end_matches(':'), words::section).is_some()
        };
        let timed = lines::after_time(text, line.form).filter(is_word);
        if let Some(section) = timed {
            self.is_after_blank = true;
            let line = &Line { form: Form::Text(0), ..line.clone() };
            return self.text(line, section);
        }
        self.leave_at_a_section(line, text);
        self.leave_at_a_name(text);
        if let Some(Holds::Unclear(at)) = self.holds() {
            return self.questions[at].below.push(line.raw.clone());
        }
        match self.holds() {
            Some(Holds::Skipped) => return self.put_away(line, DROP),
            Some(Holds::Left) => return self.leave_with_the_last(line),
            _ => {}
        }
        let section_of = |text: &str| self.subject.words.meaning(text, words::section);
        let label = parts::label(text).and_then(|(name, rest)| Some((section_of(name)?, rest)));
        let label = label.or_else(|| Some((section_of(text)?, "")));
        if let Some((section, rest)) = label
            && self.may_be_words(line, section, rest)
        {
            return self.what_is_it(line, text, (section, rest));
        }
        if let Some((section, rest)) = label {
            let stands_alone =
                rest.is_empty() && self.is_after_blank && matches!(line.form, Form::Text(0));
            let is_round = self.coop().is_some() && !stands_alone;
            self.enter_line(
                line,
                if is_round { ROUND_OF_COOP_LINE } else { SECTION_LINE },
                section,
            );
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

    /// Below a coop, an item that begins with a word for a section may be what that coop said; below another
    /// section, it may be anything, such as a person who takes the notes.
    fn may_be_words(&self, line: &Line, section: Section, rest: &str) -> bool {
        let is_round = matches!(section, Section::About | Section::Needs | Section::Offers);
        let is_of_round = || {
            let round = self.scopes.iter().find(|it| matches!(it.holds, Holds::Section(_)));
            round.is_some_and(|it| it.level < SECTION_LINE && it.holds != Holds::Section(section))
        };
        let is_item = matches!(line.form, Form::Item(..)) && self.last.is_none();
        let may_be = match self.coop() {
            Some(_) => !is_round || is_of_round(),
            None => self.section().is_some_and(|it| it != section),
        };
        is_item && !rest.is_empty() && may_be
    }

    /// A word for a section on a line of its own, after an empty one, ends what stands below a name that is still
    /// to be asked or was put away, as it does below a coop.
    fn leave_at_a_section(&mut self, line: &Line, text: &str) {
        let word =
            parts::label(text).map_or(text, |(name, rest)| if rest.is_empty() { name } else { "" });
        let stands_alone = self.is_after_blank && line.form == Form::Text(0);
        let waits = |scope: &Scope| scope.level >= SECTION_LINE && scope.holds.waits();
        if stands_alone
            && self.scopes.last().is_some_and(waits)
            && self.subject.words.meaning(word, words::section).is_some()
        {
            self.leave(SECTION_LINE);
        }
    }

    /// What follows a line of text that waits or was put away goes with it, until a line has a name of its own.
    fn leave_at_a_name(&mut self, text: &str) {
        let is_away = |scope: &Scope| scope.level == COOP_LINE && scope.holds.waits();
        if self.scopes.last().is_some_and(is_away)
            && naming::begins_with_name(self.subject.coops, text)
        {
            self.scopes.pop();
        }
    }

    /// A line of text below the items of a list that is closed, such as of actions, may be anything.
    fn is_stray(&mut self, line: &Line, section: Section) -> bool {
        let is_list = matches!(
            section,
            Section::Review | Section::Introductions | Section::Decisions | Section::Actions
        );
        let is_item = line.indent_of_item().is_some() || line.row.is_some();
        if is_item {
            self.listed = Some(section);
        }
        !is_item && is_list && self.listed == Some(section)
    }

    pub(super) fn in_section(&mut self, line: &Line, text: &str, section: Section) {
        if let Some(row) = line.row.as_ref().filter(|_| line.text == text) {
            return self.row_in_section(line, row, section);
        }
        match section {
            Section::Present => self.present(line, text),
            Section::Review => self.earlier_introduction(line, text),
            Section::About | Section::Needs | Section::Offers => self.in_round(line, text, section),
            Section::Introductions => self.introduction(line, text),
            Section::Decisions => self.decision(line, text),
            Section::Actions => self.action(line, text),
            Section::Notes => self.note(&line.raw.text),
        }
    }

    pub(super) fn in_round(&mut self, line: &Line, text: &str, section: Section) {
        // What its coop has already may have any title.
        if let Some(owner) = self.coop()
            && self.is_there(owner, section, text)
        {
            return self.say(owner, section, line, text);
        }
        match self.name_in_round(line, text, section) {
            // What stands below a name waits until it is known whose it is.
            Name::Open => self.enter_name(line, Holds::Unclear(self.open), is_alone(text)),
            Name::Away(holds) => self.enter_name(line, holds, is_alone(text)),
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
}
