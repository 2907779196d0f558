//! Why a need and an offer fit: data, which a theme puts into words.

use jiff::civil::Date;

use super::evidence::Evidence;
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
