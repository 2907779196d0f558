//! What a pad leaves open: questions, what they are about, and answers.

use super::sections::{Excerpt, Spot};

/// What a question is about. An answer counts for all that is about the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Which coop a name means.
    Name(String),
    /// What stands below a heading.
    Heading(String),
    /// What a line is.
    Place(Spot),
    /// Whose a line is.
    Whose(Spot),
    /// What kind of help a line is about.
    Help(Spot),
    /// Whether a line is an entry that there is.
    Same(Spot),
    /// What language a line is in.
    Language(Spot),
    /// Whether something new was said although the box before it is empty.
    Unticked(Spot),
    /// Which need and which offer a line brings together.
    Pair(Spot),
    /// What came of the introduction that a line is about.
    Outcome(Spot),
    /// What some words in the brackets of a line say.
    Remark(Spot, String),
    /// What became of a coop that had announced a delegate.
    Absent(String),
    /// The same of several; the answer is kept for each.
    AllAbsent(String),
}

/// How answers begin that count in all lines: what a name means, and what a heading.
pub(super) const NAME: &str = "which coop is ";
pub(super) const HEADING: &str = "what stands below ";

impl Asked {
    /// The same as a text, without the number of a line.
    pub(super) fn key(&self) -> String {
        match self {
            Asked::Name(name) => format!("{NAME}{name}"),
            Asked::Heading(heading) => format!("{HEADING}{heading}"),
            Asked::Place(_) => "what".to_owned(),
            Asked::Whose(_) => "whose".to_owned(),
            Asked::Help(_) => "kind of help".to_owned(),
            Asked::Same(_) => "same as".to_owned(),
            Asked::Language(_) => "language".to_owned(),
            Asked::Unticked(_) => "empty box".to_owned(),
            Asked::Pair(_) => "need and offer".to_owned(),
            Asked::Outcome(_) => "what came of it".to_owned(),
            Asked::Remark(_, remark) => format!("in brackets {remark}"),
            Asked::Absent(coop) | Asked::AllAbsent(coop) => format!("absent {coop}"),
        }
    }
}

/// Something that the pad leaves open.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What it is about.
    pub asked: Asked,
    /// The line that raises it; line 0 is none.
    pub at: Excerpt,
    /// Other lines that the answer decides on: what stands below the line, and where the same is asked.
    pub below: Vec<Excerpt>,
    /// The title of the coop that the line belongs to; `None` while it is nobody's.
    pub owner: Option<String>,
    /// What the note-taker reads.
    pub text: String,
    /// What can be answered.
    pub choices: Vec<Choice>,
    /// What is also understood, besides the choices.
    pub open: Option<Open>,
    /// The answer that guesses nothing.
    pub safe: String,
}

/// One answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub answer: String,
    pub label: String,
}

impl Choice {
    pub(super) fn new(answer: &str, label: impl Into<String>) -> Choice {
        Choice { answer: answer.to_owned(), label: label.into() }
    }
}

/// What can be typed where no choice fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A coop, by id or title.
    Coop,
    /// A need and an offer: `NEED--OFFER`.
    Pair,
    /// A tag such as `pt`.
    Language,
    /// A date: `2026-12-31`.
    Day,
}

/// Left over, word for word.
pub(super) const LEFT: &str = "left";
/// Not written at all.
pub(super) const DROP: &str = "drop";
/// The line is no entry that there is.
pub(super) const NEW: &str = "new";
/// The words in question belong to what was said.
pub(super) const WORDS: &str = "text";
/// The words in question say nothing.
pub(super) const NOTHING: &str = "nothing";
/// A name is that of somebody who is not to be named.
pub(super) const NOBODY: &str = "nobody";
/// More words belong to a name.
pub(super) const NAMED: &str = "name";
/// What is to be done is done.
pub(super) const DONE: &str = "done";
/// It is not to be done any more.
pub(super) const DROPPED: &str = "dropped";
/// Something was said although the box before it is empty.
pub(super) const SAID: &str = "said";
/// Each that a question is about is to be asked about.
pub(super) const EACH: &str = "each";

/// What can be answered about a coop that had announced a delegate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// It was there.
    Came,
    /// It sent apologies.
    Apology,
    /// It did not come.
    Absent,
    /// Its turn stays as it is.
    Leave,
}

impl Absence {
    const ALL: [Absence; 4] = [Absence::Came, Absence::Apology, Absence::Absent, Absence::Leave];

    /// The word of the answer.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Absence::Came => "came",
            Absence::Apology => "apology",
            Absence::Absent => "absent",
            Absence::Leave => "leave",
        }
    }

    pub(super) fn parse(answer: &str) -> Option<Absence> {
        Absence::ALL.into_iter().find(|it| it.as_str() == answer)
    }
}
