//! What can be searched: an entry's words and facets in each language of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::html;
use super::paths::SitePath;
use super::topic_words::TopicWords;
use super::views::Viewer;
use super::{SEARCH_FACETS, SitePlan, lunr_index, plan};
use crate::content::record::EntryKind;
use crate::content::values::{Coordinates, SearchExport};
use crate::derived::facets::{self, Facet};
use crate::directory::ids::{CoopId, EntryId};
use crate::search::{self, Document, Labels, Place};

/// The files of the search index of every language.
pub fn index(site: &SitePlan) -> BTreeMap<SitePath, Arc<[u8]>> {
    let directory = &*site.derived.directory;
    let languages = &directory.site.languages;
    let topics = TopicWords::new(directory);
    let of_language = |index: usize| {
        let language = &languages[index];
        let path = SitePath::new("");
        let viewer = Viewer::new(site, index, &path);
        let documents = documents(&viewer, &topics);
        let files = search::build(&documents, &labels(&viewer, &documents));
        let export = directory.site.search_export.map(|it| match it {
            SearchExport::Lunr => lunr_index::file(&documents, language.primary()),
        });
        files
            .into_iter()
            .chain(export)
            .map(|file| (plan::search_file(language, &file.name), file.bytes))
            .collect::<Vec<_>>()
    };
    (0..languages.len())
        .into_par_iter()
        .map(of_language)
        .collect::<Vec<_>>()
        .into_iter()
        .flatten()
        .collect()
}

fn documents<'a>(viewer: &Viewer<'a>, topics: &TopicWords<'_>) -> Vec<Document<'a>> {
    let ids: Vec<EntryId> =
        viewer.directory.ids().filter(|id| id.kind() != EntryKind::Match).collect();
    ids.into_par_iter().map(|id| document(viewer, topics, id)).collect()
}

fn document<'a>(viewer: &Viewer<'a>, topics: &TopicWords<'_>, id: EntryId) -> Document<'a> {
    let (directory, language) = (viewer.directory, viewer.language);
    let entry = &directory[id];
    let words = entry.words(language);
    let is_current = viewer.derived.is_current(id);
    let mut values = vec![(search::Facet::Type, id.kind().as_str().to_owned())];
    for facet in SEARCH_FACETS {
        let named = facets::values(viewer.directory, id, facet);
        values.extend(named.into_iter().map(|value| (search_facet(facet), value)));
    }
    if let EntryId::Call(id) = id
        && let Some(day) = viewer.directory[id].day()
    {
        values.push((search::Facet::Year, day.year().to_string()));
    }
    if let Some(status) = status(viewer, id) {
        values.push((search::Facet::Status, status.to_owned()));
    }
    values.shrink_to_fit(); // Of many entries it counts.
    Document {
        language: words.language.as_str(),
        kind: id.kind().as_str(),
        id: entry.slug.as_str(),
        path: viewer.local(&super::paths::entry(id.kind(), &entry.slug)).as_str().to_owned(),
        created: entry.created.map(|date| date.to_string()),
        title: viewer.title(id),
        summary: words.summary,
        text: text(viewer, id),
        also: also(viewer, id),
        besides: topics.of(viewer, id) + &original(viewer, id),
        facets: values,
        expired: !is_current,
        place: place(viewer, id),
    }
}

/// Its text, and of a call what it decided.
fn text<'a>(viewer: &Viewer<'a>, id: EntryId) -> Cow<'a, str> {
    let text = viewer.directory[id].words(viewer.language).text.plain();
    match id {
        EntryId::Call(id) => {
            let decisions = &viewer.directory[id].decisions;
            let decisions = decisions.iter().map(|it| html::plain(it).into());
            std::iter::once(text).chain(decisions).collect::<Vec<_>>().join("\n").into()
        }
        _ => text,
    }
}

/// Where an entry is: of needs and offers, where their coop is.
fn place(viewer: &Viewer<'_>, id: EntryId) -> Option<Place> {
    let coop = match id {
        EntryId::Coop(id) => id,
        EntryId::Need(id) => viewer.directory[id].terms.coop,
        EntryId::Offer(id) => viewer.directory[id].terms.coop,
        EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => return None,
    };
    let Coordinates { latitude, longitude } = viewer.directory[coop].coordinates?;
    let name = viewer.coop_place(coop);
    (!name.is_empty()).then_some(Place { name, coordinates: [latitude, longitude] })
}

/// What else people would look for: whose a need is, where a coop is.
fn also(viewer: &Viewer<'_>, id: EntryId) -> String {
    match id {
        EntryId::Coop(id) => viewer.coop_place(id),
        EntryId::Need(id) => whose(viewer, viewer.directory[id].terms.coop),
        EntryId::Offer(id) => whose(viewer, viewer.directory[id].terms.coop),
        EntryId::Call(id) => {
            let turns = viewer.directory[id].turns.iter();
            turns.map(|turn| viewer.coop_link(turn.coop).label).collect::<Vec<_>>().join(". ")
        }
        EntryId::Match(_) | EntryId::Page(_) => String::new(),
    }
}

fn whose(viewer: &Viewer<'_>, coop: CoopId) -> String {
    let (name, place) = (viewer.coop_link(coop).label, viewer.coop_place(coop));
    if place.is_empty() { name } else { format!("{name}. {place}") }
}

/// The words of an entry as it was written first, if no language of the site has them.
fn original(viewer: &Viewer<'_>, id: EntryId) -> String {
    let entry = &viewer.directory[id];
    let is_shown = entry.words(viewer.language).language == &entry.language;
    if is_shown || viewer.directory.site.languages.contains(&entry.language) {
        return String::new();
    }
    format!(" {} {} {}", entry.title, entry.summary, entry.text.plain())
}

fn status(viewer: &Viewer<'_>, id: EntryId) -> Option<&'static str> {
    match id {
        EntryId::Coop(id) => Some(viewer.directory[id].status.as_str()),
        EntryId::Need(id) => Some(viewer.need_status(id).map_or("open", |status| status.id)),
        EntryId::Offer(id) => Some(viewer.offer_status(id).map_or("open", |status| status.id)),
        EntryId::Call(id) => Some(viewer.directory[id].status.as_str()),
        EntryId::Match(_) | EntryId::Page(_) => None,
    }
}

fn search_facet(facet: Facet) -> search::Facet {
    match facet {
        Facet::Country => search::Facet::Country,
        Facet::Sector => search::Facet::Sector,
        Facet::Language => search::Facet::Language,
        Facet::Kind => search::Facet::Kind,
        Facet::Topic | Facet::Form | Facet::Mode => search::Facet::Topic,
    }
}

fn labels(viewer: &Viewer<'_>, documents: &[Document<'_>]) -> Labels {
    let mut labels = Labels::new(viewer.language.as_str());
    for (facet, value) in documents.iter().flat_map(|document| &document.facets) {
        let label = match facet {
            search::Facet::Type => viewer.words.text(&format!("type-{value}")).to_owned(),
            search::Facet::Status => status_label(viewer, value),
            search::Facet::Year => value.clone(),
            search::Facet::Country => viewer.facet_label(Facet::Country, value),
            search::Facet::Sector => viewer.facet_label(Facet::Sector, value),
            search::Facet::Kind => viewer.facet_label(Facet::Kind, value),
            search::Facet::Topic => viewer.facet_label(Facet::Topic, value),
            search::Facet::Language => viewer.facet_label(Facet::Language, value),
        };
        labels.insert(*facet, value, &label);
    }
    labels
}

fn status_label(viewer: &Viewer<'_>, value: &str) -> String {
    let keys = ["status", "coop-status", "call-status"].map(|prefix| format!("{prefix}-{value}"));
    let key = keys.iter().find(|key| viewer.words.has(key));
    key.map_or(value, |key| viewer.words.text(key)).to_owned()
}
