//! Entries by the values of their facets: country, sector, form, language, kind, mode and topic.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::content::record::EntryKind;
use crate::content::values::{Country, Language};
use crate::directory::Directory;
use crate::directory::ids::{CoopId, EntryId, TopicId};
use crate::directory::terms::Terms;
use crate::directory::topics::Topics;

/// A property by which lists are narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The country of a coop, or where help is needed or given.
    Country,
    /// What a coop works in.
    Sector,
    /// The form of a coop.
    Form,
    Language,
    /// The kind of help.
    Kind,
    /// How help can be given.
    Mode,
    Topic,
}

impl Facet {
    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Country => "country",
            Facet::Sector => "sector",
            Facet::Form => "form",
            Facet::Language => "language",
            Facet::Kind => "kind",
            Facet::Mode => "mode",
            Facet::Topic => "topic",
        }
    }

    /// Whether its values are topics.
    pub fn is_of_topics(self) -> bool {
        match self {
            Facet::Sector | Facet::Topic => true,
            Facet::Country | Facet::Form | Facet::Language | Facet::Kind | Facet::Mode => false,
        }
    }

    /// The facets that have pages of their own for a kind of entry.
    pub fn of(kind: EntryKind) -> &'static [Facet] {
        match kind {
            EntryKind::Coop => &[Facet::Country, Facet::Sector, Facet::Form, Facet::Language],
            EntryKind::Need | EntryKind::Offer => {
                &[Facet::Kind, Facet::Country, Facet::Language, Facet::Mode, Facet::Topic]
            }
            EntryKind::Match => &[Facet::Kind, Facet::Topic, Facet::Country],
            EntryKind::Call | EntryKind::Page => &[],
        }
    }
}

/// Entries by facet and value; only those that belong into lists, and no matches: most of these have
/// no entry, so they have lists of their own. A value or topic that only others have is there too,
/// without entries, since their pages link to it.
#[derive(Debug, Default, PartialEq)]
pub struct Groups {
    by_value: BTreeMap<(EntryKind, Facet), BTreeMap<String, Vec<EntryId>>>,
    /// The same of those that do not belong into lists.
    former_by_value: BTreeMap<(EntryKind, Facet), BTreeMap<String, Vec<EntryId>>>,
    by_topic: BTreeMap<TopicId, Vec<EntryId>>,
    /// Those of them that do not belong into lists.
    former_by_topic: BTreeMap<TopicId, Vec<EntryId>>,
    /// Topics that an entry has, and all above these.
    used: BTreeSet<TopicId>,
    /// The same by entries that belong into lists.
    alive: BTreeSet<TopicId>,
}

impl Groups {
    /// The values of a facet, each with its entries by id; values are as they stand in addresses.
    pub fn values(
        &self,
        kind: EntryKind,
        facet: Facet,
    ) -> impl Iterator<Item = (&str, &[EntryId])> {
        let values = self.by_value.get(&(kind, facet)).into_iter().flatten();
        values.map(|(value, ids)| (value.as_str(), ids.as_slice()))
    }

    /// The entries with a value.
    pub fn with(&self, kind: EntryKind, facet: Facet, value: &str) -> &[EntryId] {
        self.find(kind, facet, value).unwrap_or_default()
    }

    /// The same, if the value has a page.
    pub fn find(&self, kind: EntryKind, facet: Facet, value: &str) -> Option<&[EntryId]> {
        self.by_value.get(&(kind, facet))?.get(value).map(Vec::as_slice)
    }

    /// The entries with a value that do not belong into lists any more.
    pub fn formerly_with(&self, kind: EntryKind, facet: Facet, value: &str) -> &[EntryId] {
        let values = self.former_by_value.get(&(kind, facet));
        values.and_then(|values| values.get(value)).map_or(&[], Vec::as_slice)
    }

    /// Whether any entry has a topic or one below it.
    pub fn is_used(&self, topic: TopicId) -> bool {
        self.used.contains(&topic)
    }

    /// Whether any entry that belongs into lists has a topic or one below it.
    pub fn is_alive(&self, topic: TopicId) -> bool {
        self.alive.contains(&topic)
    }

    /// Entries of any kind with a topic or one below it, by kind and id. Of a very deep vocabulary, only
    /// so many levels below count as [`Topics::LEVELS`] says.
    pub fn about(&self, topic: TopicId) -> &[EntryId] {
        self.by_topic.get(&topic).map_or(&[], Vec::as_slice)
    }

    /// The same of entries that do not belong into lists any more.
    pub fn formerly_about(&self, topic: TopicId) -> &[EntryId] {
        self.former_by_topic.get(&topic).map_or(&[], Vec::as_slice)
    }
}

/// The values of an entry's facet, as they stand in addresses.
pub(crate) fn values(directory: &Directory, id: EntryId, facet: Facet) -> BTreeSet<String> {
    match (id, facet) {
        (EntryId::Coop(id), _) => of_coop(directory, id, facet),
        (_, Facet::Topic) => topics(directory, &directory[id].topics),
        (EntryId::Need(need), _) => of_terms(directory, id, &directory[need].terms, facet),
        (EntryId::Offer(offer), _) => of_terms(directory, id, &directory[offer].terms, facet),
        (EntryId::Page(_), Facet::Language) => languages(&[directory[id].language.clone()]),
        (EntryId::Call(id), Facet::Language) => languages(&directory[id].languages),
        _ => BTreeSet::new(),
    }
}

fn of_coop(directory: &Directory, id: CoopId, facet: Facet) -> BTreeSet<String> {
    let coop = &directory[id];
    match facet {
        Facet::Country => coop.country.iter().map(Country::slug).collect(),
        Facet::Sector => topics(directory, &coop.sectors),
        Facet::Form => coop.form.iter().map(|form| form.as_str().to_owned()).collect(),
        Facet::Language => languages(&coop.languages),
        Facet::Topic => topics(directory, &coop.entry.topics),
        Facet::Kind | Facet::Mode => BTreeSet::new(),
    }
}

fn of_terms(directory: &Directory, id: EntryId, terms: &Terms, facet: Facet) -> BTreeSet<String> {
    match facet {
        Facet::Kind => BTreeSet::from([terms.kind.as_str().to_owned()]),
        Facet::Mode => terms.mode.iter().map(|mode| mode.as_str().to_owned()).collect(),
        Facet::Country => directory.country_of(terms).map(Country::slug).into_iter().collect(),
        Facet::Language => languages(directory.languages_of(terms, &directory[id].language)),
        Facet::Sector | Facet::Form | Facet::Topic => BTreeSet::new(),
    }
}

fn topics(directory: &Directory, topics: &[TopicId]) -> BTreeSet<String> {
    topics.iter().map(|topic| directory[*topic].slug.to_string()).collect()
}

fn languages(languages: &[Language]) -> BTreeSet<String> {
    languages.iter().map(|language| language.as_str().to_ascii_lowercase()).collect()
}

/// Marks a topic and all above it. What is above a marked one is marked already.
fn mark(marked: &mut BTreeSet<TopicId>, topic: TopicId, topics: &Topics) {
    let mut next = Some(topic);
    while let Some(topic) = next.filter(|topic| marked.insert(*topic)) {
        next = topics.list[topic.index()].broader;
    }
}

/// Groups every entry that belongs into lists.
pub(crate) fn group(directory: &Directory, today: Date) -> Groups {
    let mut groups = Groups::default();
    for id in directory.ids() {
        let listed = (!directory.is_former(id, today)).then_some(id);
        let of_kind = if id.kind() == EntryKind::Match { &[] } else { Facet::of(id.kind()) };
        for facet in of_kind {
            let by_value = groups.by_value.entry((id.kind(), *facet)).or_default();
            for value in values(directory, id, *facet) {
                if listed.is_none() {
                    let former = groups.former_by_value.entry((id.kind(), *facet)).or_default();
                    former.entry(value.clone()).or_default().push(id);
                }
                by_value.entry(value).or_default().extend(listed);
            }
        }
        let sectors = match id {
            EntryId::Coop(id) => directory[id].sectors.as_slice(),
            _ => &[],
        };
        let topics = directory[id].topics.iter().chain(sectors);
        for topic in topics.clone() {
            mark(&mut groups.used, *topic, &directory.topics);
            if listed.is_some() {
                mark(&mut groups.alive, *topic, &directory.topics);
            }
        }
        let lineages: BTreeSet<TopicId> =
            topics.flat_map(|topic| directory.topics.lineage(*topic)).collect();
        for topic in lineages {
            groups.by_topic.entry(topic).or_default().extend(listed);
            if listed.is_none() {
                groups.former_by_topic.entry(topic).or_default().push(id);
            }
        }
    }
    groups
}
