//! Feeds in the Atom Syndication Format (RFC 4287).

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

use super::call_feeds;
use super::paths::{self, SitePath};
use super::plan::FeedKind;
use super::views::Viewer;
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::derived::facets::Facet;
use crate::derived::match_lists;
use crate::derived::matching::Match;
use crate::directory::ids::EntryId;

/// How many entries a feed holds.
const ENTRIES: usize = 50;

/// How many reasons a suggestion in a feed names.
const REASONS: usize = 3;

/// A feed of the newest entries or suggestions; empty without a base URL, which its links need.
pub fn feed(viewer: &Viewer<'_>, kind: &FeedKind) -> String {
    let Some(base) = &viewer.settings.base_url else { return String::new() };
    let site = &viewer.directory.site;
    let (what, list) = subject(viewer, kind);
    let absolute = |path: &SitePath| paths::absolute(base, path);
    let entries: Vec<Entry> = match kind {
        FeedKind::Entries(_) | FeedKind::Topic(_) => {
            let newest = kind.entries(viewer.derived, ENTRIES);
            newest.into_iter().map(|id| entry(viewer, id, absolute)).collect()
        }
        FeedKind::Matches(only) => {
            let newest = suggestions(viewer, only.as_ref());
            newest.into_iter().map(|found| suggestion(viewer, found, absolute)).collect()
        }
        FeedKind::Calls => call_feeds::calls(viewer, ENTRIES, absolute),
        FeedKind::OpenActions => call_feeds::open_actions(viewer, ENTRIES, absolute),
        FeedKind::Decisions => call_feeds::decisions(viewer, ENTRIES, absolute),
    };
    let own = paths::absolute(base, viewer.path);
    let link = |rel: &str, href: String, mime_type: &str| Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    };
    let feed = Feed {
        title: Text::plain(format!("{} – {what}", site.title)),
        id: lasting_id(viewer, viewer.path),
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

/// The id of a page or a feed, which stays when the site moves to another address.
pub(super) fn lasting_id(viewer: &Viewer<'_>, path: &SitePath) -> String {
    viewer.settings.base_id.as_ref().map(|base| paths::absolute(base, path)).unwrap_or_default()
}

/// What a feed is called, and the path of the page that shows the same, without its language.
fn subject(viewer: &Viewer<'_>, kind: &FeedKind) -> (String, String) {
    let named = |title: &str, path: &str| (viewer.words.text(title).to_owned(), path.to_owned());
    match kind {
        FeedKind::Entries(kind) => {
            let what = viewer.words.text(&format!("feed-{}", kind.folder())).to_owned();
            (what, paths::list(*kind, 1))
        }
        FeedKind::Topic(topic) => {
            let label = viewer.directory[*topic].label(viewer.language).to_owned();
            let what = viewer.words.with("feed-topic", [("topic", label.into())]);
            (what, paths::topic(&viewer.directory[*topic].slug))
        }
        FeedKind::Calls => named("calls-title", "calls/"),
        FeedKind::OpenActions => named("open-title", paths::OPEN),
        FeedKind::Decisions => named("decisions-title", paths::DECISIONS),
        FeedKind::Matches(None) => (viewer.match_feed_title(None), "matches/new/".to_owned()),
        FeedKind::Matches(Some((facet, value))) => {
            let list = paths::facet(EntryKind::Match, *facet, value, 1);
            (viewer.match_feed_title(Some((*facet, value))), list)
        }
    }
}

/// The newest suggestions of a feed. As with entries, nothing old comes in when something newer ends.
fn suggestions<'a>(viewer: &Viewer<'a>, only: Option<&(Facet, String)>) -> Vec<&'a Match> {
    let (matches, lists) = (viewer.derived.matches(), viewer.derived.match_lists());
    let of_value;
    let newest = match only {
        None => lists.newest(),
        Some((facet, value)) => {
            of_value = lists.newest_with(matches, *facet, value);
            &of_value
        }
    };
    let only = only.map(|(facet, value)| (*facet, value.as_str()));
    let since = match_lists::news_since(viewer.directory, viewer.derived.groups(), only, ENTRIES);
    let newest = newest.iter().map(|at| &matches.list[*at as usize]);
    newest.take_while(|found| found.since >= since).take(ENTRIES).collect()
}

/// A suggestion: need and offer, whose they are, and why they fit.
fn suggestion(viewer: &Viewer<'_>, found: &Match, absolute: impl Fn(&SitePath) -> String) -> Entry {
    let url = absolute(&viewer.local(&viewer.match_path(found)));
    let (need, offer) = (&viewer.directory[found.need].entry, &viewer.directory[found.offer].entry);
    let first = Slug::pair(need.first_id(), offer.first_id());
    let card = viewer.match_card(found);
    let reasons: Vec<String> = viewer
        .reasons(found)
        .iter()
        .take(REASONS)
        .map(|reason| viewer.reason_in_words(reason))
        .collect();
    let summary = viewer.words.with(
        "feed-match-summary",
        [
            ("need", card.need.label.clone().into()),
            ("offer", card.offer.label.clone().into()),
            ("need_coop", card.need_coop.label.into()),
            ("offer_coop", card.offer_coop.label.into()),
            ("reasons", reasons.join(" ").into()),
        ],
    );
    Entry {
        title: Text::plain(viewer.match_title(&card.need.label, &card.offer.label)),
        id: lasting_id(viewer, &viewer.local(&paths::entry(EntryKind::Match, &first))),
        updated: instant(found.since),
        links: vec![Link { href: url, rel: "alternate".to_owned(), ..Link::default() }],
        summary: Some(Text::plain(summary)),
        ..Entry::default()
    }
}

fn entry(viewer: &Viewer<'_>, id: EntryId, absolute: impl Fn(&SitePath) -> String) -> Entry {
    let entry = &viewer.directory[id];
    let words = entry.words(viewer.language);
    let path = viewer.local(&paths::entry(id.kind(), &entry.slug));
    let url = absolute(&path);
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
        // One that has been renamed is not new to readers.
        id: lasting_id(viewer, &viewer.local(&paths::entry(id.kind(), entry.first_id()))),
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
pub(super) fn instant(date: Option<Date>) -> FixedDateTime {
    let text = date.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let instant = format!("{text}T00:00:00Z").parse::<FixedDateTime>();
    instant.expect("a Date prints as the first half of RFC 3339")
}
