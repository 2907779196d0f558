//! Feeds in the Atom Syndication Format (RFC 4287).

use std::cmp::Reverse;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::civil::Date;

use super::call_feeds;
use crate::addresses::{self, Base, SitePath, language_root};
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::derived::facets::Facet;
use crate::derived::matching::Match;
use crate::derived::{Derived, match_lists};
use crate::directory::ids::{EntryId, TopicId};
use crate::wording::Wording;

/// How many entries a feed holds.
const ENTRIES: usize = 50;

/// How many reasons a suggestion in a feed names.
const REASONS: usize = 3;

/// What a feed is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FeedKind {
    Entries(EntryKind),
    Topic(TopicId),
    /// Suggestions, of all or of those with one value of a facet.
    Matches(Option<(Facet, String)>),
    Calls,
    OpenActions,
    Decisions,
}

/// What a feed is made of: facts in words, and addresses.
pub(super) struct Feeder<'a> {
    pub(super) wording: Wording<'a>,
    root: SitePath,
    base: Base<'a>,
}

impl Feeder<'_> {
    /// The whole address of a page in the feed's language.
    pub(super) fn url(&self, page: &str) -> String {
        addresses::absolute(self.base.url, &self.root.join(page))
    }

    /// The id of a page or a feed in the feed's language, which stays when the site moves to another address.
    pub(super) fn id(&self, page: &str) -> String {
        addresses::absolute(self.base.ids, &self.root.join(page))
    }
}

/// A feed of the newest entries or suggestions. Also under a former address it says where it is now.
pub(super) fn feed(wording: Wording<'_>, base: Base<'_>, kind: &FeedKind) -> String {
    let site = &wording.directory.site;
    let root = language_root(site, wording.language);
    let feeder = Feeder { wording, root, base };
    let entries: Vec<Entry> = match kind {
        FeedKind::Entries(_) | FeedKind::Topic(_) => {
            let newest = newest(wording.derived, kind);
            newest.into_iter().map(|id| entry(&feeder, id)).collect()
        }
        FeedKind::Matches(only) => {
            let newest = suggestions(wording, only.as_ref());
            newest.into_iter().map(|found| suggestion(&feeder, found)).collect()
        }
        FeedKind::Calls => call_feeds::calls(&feeder, ENTRIES),
        FeedKind::OpenActions => call_feeds::open_actions(&feeder, ENTRIES),
        FeedKind::Decisions => call_feeds::decisions(&feeder, ENTRIES),
    };
    let link = |rel: &str, href: String, mime_type: &str| Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    };
    let Subject { title, own, list } = subject(wording, kind);
    let feed = Feed {
        title: Text::plain(format!("{} – {title}", site.title)),
        id: feeder.id(&own),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_else(|| instant(None)),
        authors: vec![Person { name: site.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Ayni".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", feeder.url(&own), "application/atom+xml"),
            link("alternate", feeder.url(&list), "text/html"),
        ],
        lang: Some(wording.language.to_string()),
        entries,
        ..Feed::default()
    };
    feed.to_string()
}

/// What a feed is called, and where it and the page that shows the same are.
struct Subject {
    title: String,
    own: String,
    list: String,
}

fn subject(wording: Wording<'_>, kind: &FeedKind) -> Subject {
    let (words, directory) = (wording.words, wording.directory);
    let named = |title: &str, own: &str, list: &str| Subject {
        title: words.text(title).to_owned(),
        own: own.to_owned(),
        list: list.to_owned(),
    };
    match kind {
        FeedKind::Entries(kind) => {
            let title = format!("feed-{}", kind.folder());
            named(&title, &addresses::entry_feed(*kind), &addresses::list(*kind, 1))
        }
        FeedKind::Topic(topic) => {
            let label = directory[*topic].label(wording.language).to_owned();
            let slug = &directory[*topic].slug;
            Subject {
                title: words.with("feed-topic", [("topic", label.into())]),
                own: addresses::topic_feed(slug),
                list: addresses::topic(slug),
            }
        }
        FeedKind::Calls => named("calls-title", addresses::CALLS_FEED, addresses::CALLS),
        FeedKind::OpenActions => named("open-title", addresses::OPEN_FEED, addresses::OPEN),
        FeedKind::Decisions => {
            named("decisions-title", addresses::DECISIONS_FEED, addresses::DECISIONS)
        }
        FeedKind::Matches(only) => {
            let only = only.as_ref().map(|(facet, value)| (*facet, value.as_str()));
            Subject {
                title: wording.match_feed_title(only),
                own: addresses::match_feed(only),
                list: match only {
                    None => addresses::NEWEST.to_owned(),
                    Some((facet, value)) => addresses::facet(EntryKind::Match, facet, value, 1),
                },
            }
        }
    }
}

/// The newest entries of a feed. One that is over keeps its place among the newest and is left out: if an older one came in
/// instead, readers would be shown as new what is years old.
fn newest(derived: &Derived, kind: &FeedKind) -> Vec<EntryId> {
    let directory = &derived.directory;
    let mut ids: Vec<EntryId> = match kind {
        FeedKind::Entries(kind) => directory.of_kind(*kind).collect(),
        FeedKind::Topic(topic) => {
            let groups = derived.groups();
            [groups.about(*topic), groups.formerly_about(*topic)].concat()
        }
        FeedKind::Matches(_) | FeedKind::Calls | FeedKind::OpenActions | FeedKind::Decisions => {
            Vec::new()
        }
    };
    ids.sort_by_key(|id| {
        let entry = &directory[*id];
        // By the first id, since to be renamed is no news.
        (Reverse(entry.changed()), id.kind(), entry.first_id())
    });
    ids.truncate(ENTRIES);
    ids.retain(|id| derived.is_current(*id));
    ids
}

/// The newest suggestions of a feed. As with entries, nothing old comes in when something newer ends.
fn suggestions<'a>(wording: Wording<'a>, only: Option<&(Facet, String)>) -> Vec<&'a Match> {
    let (matches, lists) = (wording.derived.matches(), wording.derived.match_lists());
    let of_value;
    let newest = match only {
        None => lists.newest(),
        Some((facet, value)) => {
            of_value = lists.newest_with(matches, *facet, value);
            &of_value
        }
    };
    let only = only.map(|(facet, value)| (*facet, value.as_str()));
    let since = match_lists::news_since(wording.directory, wording.derived.groups(), only, ENTRIES);
    let newest = newest.iter().map(|at| &matches.list[*at as usize]);
    newest.take_while(|found| found.since >= since).take(ENTRIES).collect()
}

/// A suggestion: need and offer, whose they are, and why they fit.
fn suggestion(feeder: &Feeder<'_>, found: &Match) -> Entry {
    let wording = &feeder.wording;
    let directory = wording.directory;
    let (need, offer) = (&directory[found.need], &directory[found.offer]);
    let first = Slug::pair(need.entry.first_id(), offer.entry.first_id());
    let title = |id: EntryId| wording.title(id);
    let reasons: Vec<String> = wording
        .reasons(found)
        .iter()
        .take(REASONS)
        .map(|reason| wording.reason_in_words(reason))
        .collect();
    let summary = wording.words.with(
        "feed-match-summary",
        [
            ("need", title(EntryId::Need(found.need)).into()),
            ("offer", title(EntryId::Offer(found.offer)).into()),
            ("need_coop", title(EntryId::Coop(need.terms.coop)).into()),
            ("offer_coop", title(EntryId::Coop(offer.terms.coop)).into()),
            ("reasons", reasons.join(" ").into()),
        ],
    );
    let page = addresses::match_of(directory, found.need, found.offer);
    Entry {
        title: Text::plain(wording.match_title(found.need, found.offer)),
        id: feeder.id(&addresses::entry(EntryKind::Match, &first)),
        updated: instant(found.since),
        links: vec![alternate(feeder.url(&page))],
        summary: Some(Text::plain(summary)),
        ..Entry::default()
    }
}

fn entry(feeder: &Feeder<'_>, id: EntryId) -> Entry {
    let wording = &feeder.wording;
    let directory = wording.directory;
    let entry = &directory[id];
    let words = entry.words(wording.language);
    let author = directory.coop_of(id).map(|coop| wording.title(EntryId::Coop(coop)));
    let is_foreign = words.language != wording.language;
    let summary =
        Text { lang: is_foreign.then(|| words.language.to_string()), ..Text::plain(words.summary) };
    Entry {
        title: Text::plain(wording.title(id)),
        // One that has been renamed is not new to readers.
        id: feeder.id(&addresses::entry(id.kind(), entry.first_id())),
        updated: instant(entry.changed()),
        published: entry.created.map(|date| instant(Some(date))),
        authors: author.into_iter().map(|name| Person { name, ..Person::default() }).collect(),
        links: vec![alternate(feeder.url(&addresses::entry(id.kind(), &entry.slug)))],
        summary: (!words.summary.is_empty()).then_some(summary),
        content: (id.kind() == EntryKind::Call).then(Content::default),
        ..Entry::default()
    }
}

/// The link of an item to its page.
pub(super) fn alternate(href: String) -> Link {
    Link { href, rel: "alternate".to_owned(), ..Link::default() }
}

/// The start of a day; of undated entries the first day that computers count.
pub(super) fn instant(date: Option<Date>) -> FixedDateTime {
    let text = date.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let instant = format!("{text}T00:00:00Z").parse::<FixedDateTime>();
    instant.expect("a Date prints as the first half of RFC 3339")
}
