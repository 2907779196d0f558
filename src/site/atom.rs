//! Feeds in the Atom Syndication Format (RFC 4287).

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

use super::paths::{self, SitePath};
use super::plan::FeedKind;
use super::views::Viewer;
use crate::content::record::EntryKind;
use crate::directory::ids::EntryId;

/// How many entries a feed holds.
const ENTRIES: usize = 50;

/// A feed of the newest entries; empty without a base URL, which its links need.
pub fn feed(viewer: &Viewer<'_>, kind: &FeedKind) -> String {
    let Some(base) = &viewer.settings.base_url else { return String::new() };
    let site = &viewer.directory.site;
    let (what, list) = match kind {
        FeedKind::Entries(kind) => {
            let what = viewer.words.text(&format!("feed-{}", kind.folder())).to_owned();
            (what, paths::list(*kind, 1))
        }
        FeedKind::Topic(topic) => {
            let label = viewer.directory[*topic].label(viewer.language).to_owned();
            let what = viewer.words.with("feed-topic", [("topic", label.into())]);
            (what, paths::topic(&viewer.directory[*topic].slug))
        }
    };
    let entries: Vec<Entry> = kind
        .entries(viewer.derived, ENTRIES)
        .into_iter()
        .map(|id| entry(viewer, id, |path| paths::absolute(base, path)))
        .collect();
    let own = paths::absolute(base, viewer.path);
    let link = |rel: &str, href: String, mime_type: &str| Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    };
    let feed = Feed {
        title: Text::plain(format!("{} – {what}", site.title)),
        id: own.clone(),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_else(|| instant(None)),
        authors: vec![Person { name: site.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Ayni".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", own, "application/atom+xml"),
            link("alternate", paths::absolute(base, &viewer.local(&list)), "text/html"),
        ],
        lang: Some(viewer.language.to_string()),
        entries,
        ..Feed::default()
    };
    feed.to_string()
}

fn entry(viewer: &Viewer<'_>, id: EntryId, absolute: impl Fn(&SitePath) -> String) -> Entry {
    let entry = &viewer.directory[id];
    let words = entry.words(viewer.language);
    let url = absolute(&viewer.local(&paths::entry(id.kind(), &entry.slug)));
    let author = match id {
        EntryId::Need(id) => Some(viewer.coop_link(viewer.directory[id].terms.coop).label),
        EntryId::Offer(id) => Some(viewer.coop_link(viewer.directory[id].terms.coop).label),
        _ => None,
    };
    let is_foreign = words.language != viewer.language;
    let summary =
        Text { lang: is_foreign.then(|| words.language.to_string()), ..Text::plain(words.summary) };
    Entry {
        title: Text::plain(viewer.title(id)),
        id: url.clone(),
        updated: instant(entry.changed()),
        published: entry.created.map(|date| instant(Some(date))),
        authors: author.into_iter().map(|name| Person { name, ..Person::default() }).collect(),
        links: vec![Link { href: url, rel: "alternate".to_owned(), ..Link::default() }],
        summary: (!words.summary.is_empty()).then_some(summary),
        content: (id.kind() == EntryKind::Call).then(Content::default),
        ..Entry::default()
    }
}

/// The start of a day; of undated entries the first day that computers count.
fn instant(date: Option<Date>) -> FixedDateTime {
    let text = date.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let instant = format!("{text}T00:00:00Z").parse::<FixedDateTime>();
    instant.expect("a Date prints as the first half of RFC 3339")
}
