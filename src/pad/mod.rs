//! The note-taker's pad: Markdown that is written in a hurry, read back into the file of a call.
//!
//! A pad has headings for the three rounds and for what follows them, in any order and in any language
//! of [`words`]. Below the round's heading, a line names its coop (`- Agaric: hands for the harvest`), or
//! lines stand below a line or a heading that is a coop's name. It may as well be written by coop, with
//! the rounds below each.
//!
//! ```text
//! text ─ reading ─▶ lines ─ understanding ─▶ what was said, and questions ─ merging ─▶ files
//! ```
//!
//! Nothing is guessed: what does not say plainly whose it is, or what, becomes a [`Question`] with its
//! line. [`understand`] is a pure function of the pad and the [`Answers`] so far; it is called again with
//! each answer, until nothing is left to ask. Nothing is lost: what nobody can place is left over, word for
//! word, and kept where it is not published.

pub mod coops;
pub mod words;

mod closing;
mod corrections;
mod days;
mod doing;
mod doubled;
mod earlier;
mod entries;
mod facts;
mod introducing;
mod kept;
mod languages;
mod lines;
mod merging;
mod naming;
mod outcomes;
mod paraphrase;
mod parts;
mod questions;
mod retaken;
mod rows;
mod said;
mod scopes;
mod tables;
mod telling;
mod trees;
mod understanding;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::record::EntryKind;
use crate::content::values::{Kind, Language, MatchStatus, Role};
pub use doubled::Doubled;
pub use facts::{Fact, Recorded, What, missing, of_call, open_actions, replaced, said, staying};
pub use kept::{
    Kept, as_written, joined, joined_unwritten, read as read_answers, taken_back,
    without as without_answers, write as write_answers,
};
pub use merging::{CallFile, Merged, left_over, merge, path};
pub use retaken::{Correction, corrected};
pub use telling::{Titles, told};
pub use understanding::{Subject, understand};

/// A part of a pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Who took part.
    Present,
    /// What became of introductions of earlier calls.
    Review,
    /// First round.
    About,
    /// Second round.
    Needs,
    /// Third round.
    Offers,
    /// Who was introduced to whom.
    Introductions,
    /// What was decided.
    Decisions,
    /// What is to be done.
    Actions,
    /// Everything else.
    Notes,
}

impl Section {
    /// Every section, in the order of a pad.
    pub const ALL: [Section; 9] = [
        Section::Present,
        Section::Review,
        Section::About,
        Section::Needs,
        Section::Offers,
        Section::Introductions,
        Section::Decisions,
        Section::Actions,
        Section::Notes,
    ];

    /// The word for it in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Section::Present => "present",
            Section::Review => "review",
            Section::About => "about",
            Section::Needs => "need",
            Section::Offers => "offer",
            Section::Introductions => "introduction",
            Section::Decisions => "decision",
            Section::Actions => "action",
            Section::Notes => "notes",
        }
    }

    fn parse(text: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.as_str() == text)
    }
}

/// What a pad says, as far as it is understood. Entries are named by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// What each coop said, in the order of the pad.
    pub turns: Vec<Said>,
    /// Needs and offers that have no file yet.
    pub new: Vec<NewEntry>,
    /// Who was introduced to whom.
    pub introductions: Vec<Introduced>,
    /// What was decided.
    pub decisions: Vec<String>,
    /// What is to be done, or has been done.
    pub actions: Vec<ToDo>,
    /// A coop that facilitated.
    pub facilitator: Option<String>,
    /// A coop that took notes.
    pub note_taker: Option<String>,
    /// Markdown for the text of the call.
    pub notes: String,
    /// What nobody could place, word for word, and why. It is not published.
    pub left: Vec<(Excerpt, String)>,
    /// What is not written, and why.
    pub left_out: Vec<(Excerpt, &'static str)>,
    /// What is there already, and of which the pad says by an empty box that it was not so.
    pub unticked: Vec<Fact>,
    /// Needs and offers that an earlier recording made of the pad, and that somebody took out since.
    pub taken_out: Vec<Fact>,
    /// Coops that had announced a delegate and did not come.
    pub absent: Vec<String>,
    /// The answers that all this rests on.
    pub answers: Vec<Kept>,
    /// What answers that were taken back had written, and what is answered now.
    pub corrections: Vec<Correction>,
    /// Which lines are now new entries, as answers to whether they are entries that there are.
    pub made: Vec<Kept>,
}

/// What was said for one coop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Its id.
    pub coop: String,
    /// What it is about, or empty.
    pub about: String,
    /// Needs named, by id.
    pub needs: Vec<String>,
    /// Offers named, by id.
    pub offers: Vec<String>,
    /// As what it took part, where the pad says so.
    pub role: Option<Role>,
    /// It was sent in writing.
    pub written: bool,
    /// Who spoke, with consent to be named.
    pub delegate: Option<String>,
}

/// A need or an offer that is new.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    /// A need or an offer.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
    /// Its title, in the words of the pad.
    pub title: String,
    /// What else the pad says of it, or empty.
    pub body: String,
    /// The id of its coop.
    pub coop: String,
    /// What kind of help.
    pub help: Kind,
    /// Its language, where that is not the site's first.
    pub language: Option<Language>,
    /// Its last day.
    pub until: Option<Date>,
}

/// An introduction.
#[derive(Clone, Debug, PartialEq)]
pub struct Introduced {
    /// The id of what is looked for.
    pub need: String,
    /// The id of what can be given.
    pub offer: String,
    /// What both said.
    pub status: MatchStatus,
    /// What else the pad says, or empty.
    pub note: String,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToDo {
    /// What.
    pub what: String,
    /// The id of the coop that does it.
    pub who: Option<String>,
    /// Until when.
    pub due: Option<Date>,
    /// It is done.
    pub done: bool,
    /// It is not to be done any more.
    pub dropped: bool,
    /// The id of the coop that goes on with it.
    pub handed_to: Option<String>,
}

/// A line of a pad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its number, from 1.
    pub line: usize,
    /// As written.
    pub text: String,
}

/// A line, by its number; of a row of a table, also which of its cells says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    line: usize,
    cell: usize,
}

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
const NAME: &str = "which coop is ";
const HEADING: &str = "what stands below ";

impl Asked {
    /// The same as a text, without the number of a line.
    fn key(&self) -> String {
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
    /// The question.
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
    /// The answer.
    pub answer: String,
    /// What it means.
    pub label: String,
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
    /// A day.
    Day,
}

/// Left over, word for word.
pub const LEFT: &str = "left";

/// Answers so far.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Those of now.
    pub typed: BTreeMap<Asked, String>,
    /// Those of earlier recordings.
    pub kept: Vec<Kept>,
    /// Those of earlier recordings that do not count any more.
    pub taken_back: Vec<Kept>,
    /// What those recordings took from the pad, as far as it counts.
    pub recorded: Vec<Fact>,
}
