//! The parts of a pad, and its lines by their numbers.

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
    /// What all agreed on.
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

    pub(super) fn parse(text: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.as_str() == text)
    }
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
    pub(super) line: usize,
    pub(super) cell: usize,
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A coop, or who does something.
    Who,
    Person,
    /// What the section is about.
    What,
    /// What stands in a section of its own.
    In(Section),
    /// A kind of help.
    Kind,
    Language,
    Until,
    /// Whether it is done.
    Done,
    /// What became of it.
    Status,
    /// Whether somebody may be named.
    Consent,
    /// What else is to be said.
    Note,
    /// What could as well stand in brackets.
    Remark,
    /// Nobody knows.
    Unknown,
}
