//! Why a need and an offer fit: data, which a theme puts into words.

use jiff::civil::Date;

use crate::content::values::{Basis, Country, Kind, Language};
use crate::directory::ids::TopicId;

/// One reason for a match.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What speaks for it.
    pub evidence: Evidence,
    /// Its part of the score; the parts of all reasons add up to the score at most.
    pub weight: f64,
    /// What the two sides have in common.
    pub shared: Shared,
}

/// What can speak for a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Topics, chosen by the authors or named in their texts.
    Topics,
    /// Words of title, summary and body.
    Text,
    /// The kind of help.
    Kind,
    /// A common working language.
    Language,
    /// A call at which each side is understood, by an interpreter.
    Interpretation,
    /// The same country.
    Place,
    /// It can be done at a distance.
    Remote,
    /// A time that suits both.
    Dates,
    /// The same terms of giving.
    Basis,
    /// As much money, or as many things, as are sought.
    Amount,
    /// A coop that begins, and one that has been at work for years.
    Experience,
}

impl Evidence {
    /// Every kind of evidence.
    pub const ALL: [Evidence; 11] = [
        Evidence::Topics,
        Evidence::Text,
        Evidence::Kind,
        Evidence::Language,
        Evidence::Interpretation,
        Evidence::Place,
        Evidence::Remote,
        Evidence::Dates,
        Evidence::Basis,
        Evidence::Amount,
        Evidence::Experience,
    ];

    /// Its id, in data and in the texts of the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Evidence::Topics => "topics",
            Evidence::Text => "text",
            Evidence::Kind => "kind",
            Evidence::Language => "language",
            Evidence::Interpretation => "interpretation",
            Evidence::Place => "place",
            Evidence::Remote => "remote",
            Evidence::Dates => "dates",
            Evidence::Basis => "basis",
            Evidence::Amount => "amount",
            Evidence::Experience => "experience",
        }
    }
}

/// What need and offer have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Shared {
    /// Pairs of a needed topic and the offered one nearest to it, the strongest first.
    Topics(Vec<(TopicId, TopicId)>),
    /// Words that both have, the strongest first.
    Words(Vec<SharedWord>),
    /// Languages that both work in.
    Languages(Vec<Language>),
    /// The kind needed and the kind offered.
    Kinds(Kind, Kind),
    /// The country that both are in.
    Country(Country),
    /// The time that suits both; an end that neither names is open.
    Dates {
        /// The first day.
        from: Option<Date>,
        /// The last day.
        until: Option<Date>,
    },
    /// The terms of giving that both name, or that can be settled between them.
    Basis(Vec<Basis>),
    /// Nothing that could be named.
    Nothing,
}

/// A word that both sides have, or nearly so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWord {
    /// As the need writes it.
    pub needed: String,
    /// As the offer writes it.
    pub offered: String,
}
