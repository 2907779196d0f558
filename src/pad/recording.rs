//! What a pad says, as far as it is understood.

use jiff::civil::Date;

use super::answered::Answered;
use super::facts::Fact;
use super::sections::Excerpt;
use super::trees::{field, text_of};
use crate::content::record::{EntryKind, Record};
use crate::content::values::{Kind, Language, MatchStatus, Role};

/// What a pad says, as far as it is understood. Entries are named by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// What each coop said, in the order of the pad.
    pub turns: Vec<RecordedTurn>,
    /// Needs and offers that have no file yet.
    pub new: Vec<NewEntry>,
    /// Who was introduced to whom.
    pub introductions: Vec<RecordedIntroduction>,
    /// Decisions, in the words of the pad.
    pub decisions: Vec<String>,
    /// What is to be done, or has been done.
    pub actions: Vec<RecordedAction>,
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
    pub answers: Vec<Answered>,
    /// What answers that were taken back had written, and what is answered now.
    pub corrections: Vec<Correction>,
    /// Which lines are now new entries, as answers to whether they are entries that there are.
    pub made: Vec<Answered>,
}

/// What was said for one coop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedTurn {
    /// The id of the coop.
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
    /// The name of its file, made of its title.
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

/// Two that were brought together in the call, or of whom it said what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedIntroduction {
    /// The id of what is looked for.
    pub need: String,
    /// The id of what can be given.
    pub offer: String,
    pub status: MatchStatus,
    /// What else the pad says, or empty.
    pub note: String,
}

/// An action of the call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedAction {
    /// In the words of the pad.
    pub what: String,
    /// The id of the coop that does it.
    pub who: Option<String>,
    /// The last day for it.
    pub due: Option<Date>,
    /// It was done before, or in the call.
    pub done: bool,
    /// It is not to be done any more.
    pub dropped: bool,
    /// The id of the coop that goes on with it.
    pub handed_to: Option<String>,
}

/// A field of an entry that an answer had given a value, and another gives a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The file of the entry.
    pub path: String,
    /// The name of the field.
    pub field: &'static str,
    /// What was recorded; `None` where the field was not written.
    pub before: Option<String>,
    /// What is answered now.
    pub now: Option<String>,
}

impl Correction {
    /// "content/needs/payroll.md: kind is `knowledge`, and was `technical`"
    pub fn told(&self) -> String {
        let Correction { path, field, before, now } = self;
        let value = |it: &Option<String>| match it {
            Some(value) => format!("`{value}`"),
            None => "nothing".to_owned(),
        };
        format!("{path}: {field} is {}, and was {}", value(now), value(before))
    }

    /// Whether the file still says what was recorded.
    pub fn fits(&self, record: &Record) -> bool {
        field(&record.front.value, self.field).and_then(text_of) == self.before
    }
}
