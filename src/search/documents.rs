//! What is searched: entries in one language, and what narrows a search.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// One searchable entry in one language.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The language its words are in, which may differ from the index's.
    pub language: &'a str,
    /// What it is: `coop`, `need`, `offer`, `match`, `call`, `page` or `topic`.
    pub kind: &'static str,
    /// What tells it apart from others of its kind.
    pub id: &'a str,
    /// Where its page is below the site's root, such as `coops/agaric/`.
    pub path: String,
    /// The day it was made, as `YYYY-MM-DD`.
    pub created: Option<String>,
    /// What results call it.
    pub title: String,
    /// What results say about it.
    pub summary: &'a str,
    /// Its body without markup.
    pub text: Cow<'a, str>,
    /// What else people look for, after the text.
    pub also: String,
    /// By what it is found as well, though it does not show it: what its topics are called, and the words
    /// of its original where the site has no index in that language.
    pub besides: String,
    /// The ids of its values; of `Facet::Type`, its kind.
    pub facets: Vec<(Facet, String)>,
    /// Whether it is found only by those who ask for what has expired.
    pub expired: bool,
    /// Of a coop, and of what it needs and offers.
    pub place: Option<Point>,
}

impl Document<'_> {
    /// The words of the text and of what follows it, as they are written.
    pub(super) fn written(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace().chain(self.also.split_whitespace())
    }
}

/// Where an entry is, as far as the site says.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What people call it: "Recife, Brazil".
    pub name: String,
    /// Latitude and longitude in degrees.
    pub coordinates: [f64; 2],
}

/// What narrows a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The entry's kind: coop, need, offer and so on.
    Type,
    /// A code of two letters, such as `KE`.
    Country,
    /// What a coop works in.
    Sector,
    /// Financial, human, technical or knowledge.
    Kind,
    /// What it is about.
    Topic,
    /// What language people work in.
    Language,
    /// Whether it is open, met, dormant and so on.
    Status,
    /// The year of a call.
    Year,
}

impl Facet {
    /// All facets, in the order in which a page offers them.
    pub const ALL: [Self; 8] = [
        Self::Type,
        Self::Country,
        Self::Sector,
        Self::Kind,
        Self::Topic,
        Self::Language,
        Self::Status,
        Self::Year,
    ];

    /// Its name in file names, URLs and the theme.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Country => "country",
            Self::Sector => "sector",
            Self::Kind => "kind",
            Self::Topic => "topic",
            Self::Language => "language",
            Self::Status => "status",
            Self::Year => "year",
        }
    }
}

/// What the values of facets are called in the index's language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    /// Its tag, such as `pt-BR`.
    pub language: String,
    labels: BTreeMap<Facet, BTreeMap<String, String>>,
}

impl Labels {
    /// No labels yet: every value is called by its id.
    pub(crate) fn new(language: &str) -> Self {
        Self { language: language.to_owned(), labels: BTreeMap::new() }
    }

    /// Calls a value by a label.
    pub(crate) fn insert(&mut self, facet: Facet, id: &str, label: &str) {
        self.labels.entry(facet).or_default().insert(id.to_owned(), label.to_owned());
    }

    /// The label of a value, or its id where it has none.
    pub(crate) fn get<'a>(&'a self, facet: Facet, id: &'a str) -> &'a str {
        self.labels.get(&facet).and_then(|labels| labels.get(id)).map_or(id, String::as_str)
    }
}
