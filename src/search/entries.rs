//! What can be searched: an entry's words and facets in each language of the site.

use std::borrow::Cow;

use rayon::prelude::*;

use super::documents::{self, Document, Labels, Point};
use super::topic_words::TopicWords;
use crate::addresses::{self, SitePath, language_root};
use crate::content::markdown::plain;
use crate::content::record::EntryKind;
use crate::content::values::{Coordinates, NeedStatus, OfferStatus};
use crate::derived::facets::{self, Facet};
use crate::directory::ids::{CoopId, EntryId};
use crate::wording::Wording;

/// The facets of the search page that lists have, too, in its order.
const FACETS: [Facet; 5] =
    [Facet::Kind, Facet::Country, Facet::Sector, Facet::Topic, Facet::Language];

/// All entries as documents, in a language, with the labels of their facets.
pub(crate) fn documents<'a>(
    wording: &Wording<'a>,
    topics: &TopicWords<'_>,
) -> (Vec<Document<'a>>, Labels) {
    let entries = wording.directory.ids().filter(|id| id.kind() != EntryKind::Match);
    let ids: Vec<EntryId> = entries.collect();
    let documents: Vec<Document<'a>> =
        ids.into_par_iter().map(|id| document(wording, topics, id)).collect();
    let labels = labels(wording, &documents);
    (documents, labels)
}

fn document<'a>(wording: &Wording<'a>, topics: &TopicWords<'_>, id: EntryId) -> Document<'a> {
    let (directory, language) = (wording.directory, wording.language);
    let entry = &directory[id];
    let words = entry.words(language);
    let is_current = wording.derived.is_current(id);
    let mut values = vec![(documents::Facet::Type, id.kind().as_str().to_owned())];
    for facet in FACETS {
        let named = facets::values(wording.directory, id, facet);
        values.extend(named.into_iter().map(|value| (search_facet(facet), value)));
    }
    if let EntryId::Call(id) = id
        && let Some(day) = wording.directory[id].day()
    {
        values.push((documents::Facet::Year, day.year().to_string()));
    }
    if let Some(status) = status(wording, id) {
        values.push((documents::Facet::Status, status.to_owned()));
    }
    values.shrink_to_fit(); // Of many entries it counts.
    Document {
        language: words.language.as_str(),
        kind: id.kind().as_str(),
        id: entry.slug.as_str(),
        path: path(wording, id).as_str().to_owned(),
        created: entry.created.map(|date| date.to_string()),
        title: wording.title(id),
        summary: words.summary,
        text: text(wording, id),
        also: also(wording, id),
        besides: topics.of(wording, id) + &original(wording, id),
        facets: values,
        expired: !is_current,
        place: place(wording, id),
    }
}

/// The page of an entry in the language.
fn path(wording: &Wording<'_>, id: EntryId) -> SitePath {
    let root = language_root(&wording.directory.site, wording.language);
    root.join(&addresses::entry(id.kind(), &wording.directory[id].slug))
}

/// Its text, and of a call what it decided.
fn text<'a>(wording: &Wording<'a>, id: EntryId) -> Cow<'a, str> {
    let text = wording.directory[id].words(wording.language).text.plain();
    match id {
        EntryId::Call(id) => {
            let decisions = &wording.directory[id].decisions;
            let decisions = decisions.iter().map(|it| plain(it).into());
            std::iter::once(text).chain(decisions).collect::<Vec<_>>().join("\n").into()
        }
        _ => text,
    }
}

/// Where an entry is: of needs and offers, where their coop is.
fn place(wording: &Wording<'_>, id: EntryId) -> Option<Point> {
    let coop = match id {
        EntryId::Coop(id) => id,
        id => wording.directory.coop_of(id)?,
    };
    let Coordinates { latitude, longitude } = wording.directory[coop].coordinates?;
    let name = wording.coop_place(coop);
    (!name.is_empty()).then_some(Point { name, coordinates: [latitude, longitude] })
}

/// What else people would look for: whose a need is, where a coop is.
fn also(wording: &Wording<'_>, id: EntryId) -> String {
    match id {
        EntryId::Coop(id) => wording.coop_place(id),
        EntryId::Need(_) | EntryId::Offer(_) => {
            wording.directory.coop_of(id).map(|coop| whose(wording, coop)).unwrap_or_default()
        }
        EntryId::Call(id) => {
            let turns = wording.directory[id].turns.iter();
            turns.map(|turn| wording.title(EntryId::Coop(turn.coop))).collect::<Vec<_>>().join(". ")
        }
        EntryId::Match(_) | EntryId::Page(_) => String::new(),
    }
}

fn whose(wording: &Wording<'_>, coop: CoopId) -> String {
    let (name, place) = (wording.title(EntryId::Coop(coop)), wording.coop_place(coop));
    if place.is_empty() { name } else { format!("{name}. {place}") }
}

/// The words of an entry as it was written first, if no language of the site has them.
fn original(wording: &Wording<'_>, id: EntryId) -> String {
    let entry = &wording.directory[id];
    let is_shown = entry.words(wording.language).language == &entry.language;
    if is_shown || wording.directory.site.languages.contains(&entry.language) {
        return String::new();
    }
    format!(" {} {} {}", entry.title, entry.summary, entry.text.plain())
}

fn status(wording: &Wording<'_>, id: EntryId) -> Option<&'static str> {
    match id {
        EntryId::Coop(id) => Some(wording.directory[id].status.as_str()),
        EntryId::Need(id) => {
            Some(wording.need_status(id).map_or(NeedStatus::Open.as_str(), |it| it.id))
        }
        EntryId::Offer(id) => {
            Some(wording.offer_status(id).map_or(OfferStatus::Open.as_str(), |it| it.id))
        }
        EntryId::Call(id) => Some(wording.directory[id].status.as_str()),
        EntryId::Match(_) | EntryId::Page(_) => None,
    }
}

fn search_facet(facet: Facet) -> documents::Facet {
    match facet {
        Facet::Country => documents::Facet::Country,
        Facet::Sector => documents::Facet::Sector,
        Facet::Language => documents::Facet::Language,
        Facet::Kind => documents::Facet::Kind,
        Facet::Topic | Facet::Form | Facet::Mode => documents::Facet::Topic,
    }
}

fn labels(wording: &Wording<'_>, documents: &[Document<'_>]) -> Labels {
    let mut labels = Labels::new(wording.language.as_str());
    for (facet, value) in documents.iter().flat_map(|document| &document.facets) {
        let label = match facet {
            documents::Facet::Type => wording.words.text(&format!("type-{value}")).to_owned(),
            documents::Facet::Status => status_label(wording, value),
            documents::Facet::Year => value.clone(),
            documents::Facet::Country => wording.facet_label(Facet::Country, value),
            documents::Facet::Sector => wording.facet_label(Facet::Sector, value),
            documents::Facet::Kind => wording.facet_label(Facet::Kind, value),
            documents::Facet::Topic => wording.facet_label(Facet::Topic, value),
            documents::Facet::Language => wording.facet_label(Facet::Language, value),
        };
        labels.insert(*facet, value, &label);
    }
    labels
}

fn status_label(wording: &Wording<'_>, value: &str) -> String {
    let keys = ["status", "coop-status", "call-status"].map(|prefix| format!("{prefix}-{value}"));
    let key = keys.iter().find(|key| wording.words.has(key));
    key.map_or(value, |key| wording.words.text(key)).to_owned()
}
