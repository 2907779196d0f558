//! Whose a line is: what it names itself, or what it stands below. A line that begins with a name, or with
//! what may be one, belongs to nobody else.

use super::asked::{Asked, Choice, DROP, NOBODY, Open, Question, WORDS};
use super::lines::{Form, Line};
use super::parts::{self, Remarks};
use super::recording::RecordedTurn;
use super::scopes::Holds;
use super::sections::Section;
use super::understanding::Reading;
use super::words::{self, fold};
use crate::directory::ids::CoopId;

/// How a line names its coop.
pub(super) enum Name<'a> {
    /// This one; what follows the name; what is in brackets behind it.
    Coop(CoopId, &'a str, Remarks),
    /// Not at all.
    None,
    /// It is still to be asked.
    Open,
    /// The line was put away, and so is what stands below it.
    Away(Holds),
}

/// What a name means by an answer.
pub(super) enum Named {
    Coop(CoopId),
    /// It is not a name.
    Text,
    /// It is a name that is not to be written.
    Nobody,
    /// It is still to be asked.
    Open,
    /// The line was put away.
    Away(Holds),
}

/// What a name can be besides a coop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Else {
    Nothing,
    /// Words of what was said.
    Text,
    /// The same, or the name of a person.
    Person,
}

impl Reading<'_> {
    /// Splits the coop's name from a line that stands in a round.
    pub(super) fn name_in_round<'t>(
        &mut self,
        line: &Line,
        text: &'t str,
        section: Section,
    ) -> Name<'t> {
        if let Some(exact) = self.exact_name(text) {
            return exact;
        }
        let likely = self.likely_name(text);
        let alone = || self.is_like_a_name(line, text).then_some((text, ""));
        let Some((name, rest)) = likely.or_else(alone) else {
            return self.name_in_brackets(line, text);
        };
        let (bare, inner) = parts::brackets(name);
        let remarks = self.remarks(inner.unwrap_or_default());
        let rest = self.without_verb(rest, section);
        // Nobody else can be meant than whom it stands below.
        if let Some(owner) = self.coop()
            && self.subject.coops.shortened(bare) == Some(owner)
        {
            return Name::Coop(owner, rest, remarks);
        }
        self.as_answered(line, bare, rest, remarks)
    }

    /// Whether a line begins with no name, or with that of this coop.
    pub(super) fn begins_with_nobody_else(&self, text: &str, coop: CoopId) -> bool {
        let is_own =
            |name: &str| self.subject.coops.shortened(parts::brackets(name).0) == Some(coop);
        self.likely_name(text).is_none_or(|(name, _)| is_own(name))
    }

    /// Whether a line on its own may be the name of a coop that nobody knows, where names stand so, or are bold.
    pub(super) fn is_like_a_name(&self, line: &Line, text: &str) -> bool {
        let name = parts::brackets(text).0;
        let is_name = parts::is_short(name)
            && !name.starts_with(char::is_lowercase)
            && !name.ends_with(['.', '!', '?', ',', ';', '…', '。', '！', '？', '؟']);
        let is_bold = line.raw.text.trim_start().starts_with("**");
        line.heads && is_name && self.coop().is_some() && (is_bold || self.is_below_a_line())
    }

    /// A line that begins with no name may have one in the brackets at its end.
    fn name_in_brackets<'t>(&mut self, line: &Line, text: &'t str) -> Name<'t> {
        let (before, inner) = parts::brackets(text);
        let coop = |name: &&str| self.subject.coops.shortened(name);
        match inner.filter(|name| coop(name).is_some() && coop(name) != self.coop()) {
            Some(name) => self.as_answered(line, name, before, Remarks::default()),
            None => Name::None,
        }
    }

    /// The same where it is not known yet what the line is: names that are nearly known are asked about, and
    /// where `whole` is set, words of a name that are the whole line.
    pub(super) fn name_at_all<'t>(&mut self, line: &Line, text: &'t str, whole: bool) -> Name<'t> {
        if let Some(exact) = self.exact_name(text) {
            return exact;
        }
        let (before, _) = parts::brackets(without_colon(text));
        let coops = self.subject.coops;
        let (name, rest) = match parts::label(text) {
            Some((name, rest)) if whole || coops.misspelt(parts::brackets(name).0).is_some() => {
                (name, rest)
            }
            None if whole || coops.misspelt(before).is_some() => (before, ""),
            _ => return Name::None,
        };
        let (name, inner) = parts::brackets(name);
        let remarks = self.remarks(inner.unwrap_or_default());
        self.as_answered(line, name, rest, remarks)
    }

    /// A line that is a coop's name, or has one before a colon or a dash.
    fn exact_name<'t>(&self, text: &'t str) -> Option<Name<'t>> {
        let whole = (without_colon(text), "");
        std::iter::once(whole).chain(parts::labels(text)).find_map(|(name, rest)| {
            let (name, inner) = parts::brackets(name);
            let coop = self.subject.coops.named(name)?;
            Some(Name::Coop(coop, rest, self.remarks(inner.unwrap_or_default())))
        })
    }

    /// What may be the name of a coop at the beginning of a line, known or not, and what follows it.
    fn likely_name<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let coops = self.subject.coops;
        let is_likely = |name: &str| !coops.likely(parts::brackets(name).0).is_empty();
        let is_word = |name: &str| self.subject.words.meaning(name, Some).is_some();
        let likely = parts::labels(text).find(|(name, _)| is_likely(name));
        let with_colon = || parts::name_with_colon(text).filter(|(name, _)| !is_word(name));
        let with_dash = || {
            let (name, rest) = parts::label(text)?;
            // Below a coop's item its own words may have a dash; a line beside it names somebody else.
            let is_beside = !self.is_in_item() && !name.starts_with(char::is_lowercase);
            let is_name = parts::is_short(name) && (self.coop().is_none() || is_beside);
            (is_name && !is_word(name)).then_some((name, rest))
        };
        let (whole, _) = parts::brackets(without_colon(text));
        let is_whole = || {
            let is_alike = || !coops.alike(whole, &self.in_call).is_empty();
            is_likely(whole) || (self.coop().is_none() && is_alike())
        };
        let whole = || is_whole().then_some((whole, ""));
        likely
            .or_else(with_colon)
            .or_else(with_dash)
            .or_else(whole)
            .or_else(|| coops.beginning(text))
    }

    fn as_answered<'t>(
        &mut self,
        line: &Line,
        name: &str,
        rest: &'t str,
        remarks: Remarks,
    ) -> Name<'t> {
        match self.answered_name(line, name, Else::Text) {
            Named::Coop(coop) => Name::Coop(coop, rest, remarks),
            Named::Text | Named::Nobody => Name::None,
            Named::Open => Name::Open,
            Named::Away(holds) => Name::Away(holds),
        }
    }

    /// Without the word that only says in which round it stands: `needs an oven`.
    fn without_verb<'t>(&self, rest: &'t str, section: Section) -> &'t str {
        let ends = rest.match_indices(' ').map(|(at, _)| at).take(3);
        let ends: Vec<usize> = ends.collect();
        let is_verb = |end: &usize| {
            self.subject.words.meaning(&rest[..*end], words::section) == Some(section)
        };
        let end = ends.into_iter().rev().find(is_verb);
        end.map_or(rest, |end| rest[end..].trim_start())
    }

    /// The coop that a name means by an answer.
    pub(super) fn answered_name(&mut self, line: &Line, name: &str, or: Else) -> Named {
        let mut choices = self.coop_choices(&self.subject.coops.alike(name, &self.in_call));
        let mut add = |answer: &str, label: String| {
            choices.push(Choice::new(answer, label));
        };
        if or != Else::Nothing {
            let said = self.coop().map(|coop| format!("what {} said", self.title_of(coop)));
            let said = said.unwrap_or_else(|| "what was said".to_owned());
            add(WORDS, format!("no coop: `{name}` belongs to {said}"));
        }
        if or == Else::Person {
            add(NOBODY, format!("somebody who is not to be named: leave `{name}` out"));
        }
        let text = format!("Which coop is `{name}`?");
        let question = Question {
            open: Some(Open::Coop),
            owner: None,
            ..self.question(line, Asked::Name(fold(name)), text, choices)
        };
        match self.settle(line, question).as_deref() {
            None => Named::Open,
            Some(WORDS) => Named::Text,
            Some(NOBODY) => Named::Nobody,
            Some(answer) => match self.subject.coops.named(answer) {
                Some(coop) => Named::Coop(coop),
                None => {
                    self.put_away(line, answer);
                    Named::Away(Holds::after(answer))
                }
            },
        }
    }

    /// Asks whose a line is that names nobody and stands below nobody, and says it of that coop.
    pub(super) fn whose(&mut self, line: &Line, text: &str, section: Section) {
        let question = match section {
            Section::Needs => "Whose need is this?",
            Section::Offers => "Whose offer is this?",
            _ => "Who said this?",
        };
        let choices = self.coop_choices(&self.in_call);
        let asked = Asked::Whose(line.spot());
        let question = Question {
            open: Some(Open::Coop),
            ..self.question(line, asked, question.to_owned(), choices)
        };
        let Some(answer) = self.settle(line, question) else { return };
        match self.subject.coops.named(&answer) {
            Some(coop) => self.say(coop, section, line, self.without_number(text, coop)),
            None => self.put_away(line, &answer),
        }
    }

    /// A line without the number before a colon that is part of its coop's name, as in `29: a quiet month`.
    fn without_number<'t>(&self, text: &'t str, coop: CoopId) -> &'t str {
        let Some((number, rest)) = parts::label(text) else { return text };
        let name = fold(self.subject.coops.title(coop));
        let is_of_name = name.split(' ').any(|word| word == fold(number));
        let is_number =
            number.chars().any(char::is_numeric) && !number.contains(char::is_alphabetic);
        if is_number && is_of_name && !rest.is_empty() { rest } else { text }
    }

    /// What stands below a name that is no heading: of an item, what is indented further; of a line of
    /// text, all that follows, or where more stands in that line, what follows without an empty line.
    pub(super) fn enter_name(&mut self, line: &Line, holds: Holds, is_alone: bool) {
        match line.form {
            Form::Item(indent, _) => {
                self.leave_lines_with_more();
                self.enter_item(indent, holds);
            }
            Form::Text(indent) if self.is_in_item() => self.enter_line_of_item(indent, holds),
            _ => self.enter_text(holds, is_alone),
        }
    }

    /// Does with a line what an answer says that fits every question.
    pub(super) fn put_away(&mut self, line: &Line, answer: &str) {
        let dropped = (line.raw.clone(), "as you said");
        match answer {
            DROP if self.recording.left_out.contains(&dropped) => {}
            DROP => self.recording.left_out.push(dropped),
            _ => self.leave_over(line, format!("Nobody knew: {}", self.answered)),
        }
    }

    /// Leaves a line over, and says why.
    pub(super) fn leave_over(&mut self, line: &Line, why: String) {
        let left = &mut self.recording.left;
        if !left.iter().any(|(there, _)| *there == line.raw) {
            left.push((line.raw.clone(), why));
        }
    }

    /// Leaves a line over that stands below one that is.
    pub(super) fn leave_with_the_last(&mut self, line: &Line) {
        let why = self.recording.left.last().map(|(_, why)| why.clone());
        self.leave_over(line, why.unwrap_or_default());
    }

    pub(super) fn said(&mut self, coop: CoopId) -> &mut RecordedTurn {
        let id = self.subject.coops.slug(coop);
        let turns = &mut self.recording.turns;
        let at = turns.iter().position(|it| it.coop == id).unwrap_or_else(|| {
            turns.push(RecordedTurn { coop: id.to_owned(), ..RecordedTurn::default() });
            turns.len() - 1
        });
        &mut turns[at]
    }
}

fn without_colon(text: &str) -> &str {
    text.trim_end_matches([':', '：']).trim_end()
}

/// Whether a line is a name and nothing else.
pub(super) fn is_alone(text: &str) -> bool {
    parts::label(text).is_none_or(|(_, rest)| rest.is_empty())
}

/// Whether a line of text begins with what may be a name, so that it does not go on with the item above it.
pub(super) fn begins_with_name(coops: &super::coops::Coops<'_>, text: &str) -> bool {
    // A colon after a word in small letters is more likely one in a sentence.
    let is_capital = |name: &str| !name.starts_with(|c: char| c.is_lowercase());
    let has_colon = parts::name_with_colon(text).is_some_and(|(name, _)| {
        is_capital(name) || !coops.likely(parts::brackets(name).0).is_empty()
    });
    let is_whole = || !coops.likely(without_colon(text)).is_empty();
    has_colon || is_whole() || coops.beginning(text).is_some()
}
