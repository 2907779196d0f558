//! Former addresses: at each name that something had before, what leads to where it is now.
//!
//! A server of files can send nobody on, so a page is in the place of a page, and what programs read is there
//! once more: feeds, calendars and what lies beside an entry.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::output::Output;
use crate::addresses::{self, SitePath};
use crate::content::record::EntryKind;
use crate::content::values::{Language, Slug};
use crate::derived::Derived;
use crate::derived::facets::Facet;
use crate::directory::Directory;
use crate::directory::entry::Entry;
use crate::directory::ids::{CallId, EntryId, TopicId};
use crate::exchange::{CalendarOf, Export, FeedKind};
use crate::pages::{Page, pages_of};
use crate::wording::Wording;

/// A former path, without its language, and what is there.
pub(super) type Former = (String, Output);

/// So many former addresses a match or a ring has at most. Each side that was renamed multiplies them; those
/// come first that the latest renames have left.
const MOST: usize = 100;

/// The former addresses of entries, and of the agendas of calls.
pub(super) fn entries(derived: &Derived, language: &Language) -> Vec<Former> {
    let directory = &derived.directory;
    let mut former = Vec::new();
    for id in directory.ids().filter(|id| !directory[*id].aliases.is_empty()) {
        let (kind, entry) = (id.kind(), &directory[id]);
        let (page, title) = (addresses::entry(kind, &entry.slug), entry.called(language));
        let lead_to = |path: &String| Page::Redirect(path.clone(), title.to_owned()).into();
        for alias in &entry.aliases {
            former.push((addresses::entry(kind, alias), lead_to(&page)));
            if let EntryId::Call(call) = id {
                let agenda = match directory[call].is_ahead(derived.today) {
                    true => &addresses::agenda(&entry.slug),
                    false => &page,
                };
                former.push((addresses::agenda(alias), lead_to(agenda)));
            }
        }
    }
    former
}

/// The former addresses of topics, of their feeds, and of lists of what is about them.
pub(super) fn topics(derived: &Derived, language: &Language, has_feeds: bool) -> Vec<Former> {
    let mut former = Vec::new();
    for (topic, alias) in former_topics(derived) {
        let (slug, label) = names_of(derived, topic, language);
        let page = Page::Redirect(addresses::topic(slug), label.to_owned());
        former.push((addresses::topic(alias), page.into()));
        if has_feeds {
            former
                .push((addresses::topic_feed(alias), Export::Feed(FeedKind::Topic(topic)).into()));
        }
        for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page] {
            for facet in Facet::of(kind).iter().copied().filter(|facet| facet.is_of_topics()) {
                if let Some(found) = derived.groups().find(kind, facet, slug.as_str()) {
                    let names = [alias.as_str(), slug.as_str()];
                    former.extend(list(kind, facet, names, found.len(), label));
                }
            }
        }
    }
    former
}

/// The former addresses of lists of matches about a topic, and of their feeds.
pub(super) fn match_topics(derived: &Derived, language: &Language, has_feeds: bool) -> Vec<Former> {
    let (kind, facet) = (EntryKind::Match, Facet::Topic);
    let mut former = Vec::new();
    for (topic, alias) in former_topics(derived) {
        let (slug, label) = names_of(derived, topic, language);
        let found = derived.match_lists().with(facet, slug.as_str());
        if found.is_empty() {
            continue;
        }
        former.extend(list(kind, facet, [alias.as_str(), slug.as_str()], found.len(), label));
        if has_feeds {
            let of_topic = FeedKind::Matches(Some((facet, slug.to_string())));
            former.push((
                addresses::match_feed(Some((facet, alias.as_str()))),
                Export::Feed(of_topic).into(),
            ));
        }
    }
    former
}

/// Topics that have pages, with each of their former ids.
fn former_topics(derived: &Derived) -> impl Iterator<Item = (TopicId, &Slug)> {
    let topics = &derived.directory.topics;
    let used = topics.ids().filter(|topic| derived.groups().is_used(*topic));
    used.flat_map(|topic| derived.directory[topic].aliases.iter().map(move |alias| (topic, alias)))
}

fn names_of<'a>(derived: &'a Derived, topic: TopicId, language: &Language) -> (&'a Slug, &'a str) {
    let topic = &derived.directory[topic];
    (&topic.slug, topic.label(language))
}

/// The pages of a list that was found under another value of its facet.
fn list(
    kind: EntryKind,
    facet: Facet,
    [before, now]: [&str; 2],
    count: usize,
    title: &str,
) -> impl Iterator<Item = Former> {
    let pages = pages_of(addresses::facet(kind, facet, now, 1), count);
    let pages: Vec<Former> = pages
        .map(|(number, path)| {
            let page = Page::Redirect(path.as_str().to_owned(), title.to_owned());
            (addresses::facet(kind, facet, before, number), page.into())
        })
        .collect();
    pages.into_iter()
}

/// The former addresses of matches: their names follow from those of their needs and offers.
pub(super) fn matches(wording: &Wording<'_>) -> Vec<Former> {
    let directory = wording.directory;
    let mut former = Vec::new();
    for found in &wording.derived.matches().list {
        let sides = [&directory[found.need].entry, &directory[found.offer].entry];
        if sides.iter().all(|entry| entry.aliases.is_empty()) {
            continue;
        }
        let page = Page::Redirect(
            addresses::match_of(directory, found.need, found.offer),
            wording.match_title(found.need, found.offer),
        );
        for names in combinations(&sides.map(names), MOST) {
            former.push((
                addresses::entry(EntryKind::Match, &Slug::joined(&names)),
                page.clone().into(),
            ));
        }
    }
    former
}

/// The former addresses of rings: a ring begins with the coop that comes first by its name at the time.
pub(super) fn rings(wording: &Wording<'_>) -> Vec<Former> {
    let directory = wording.directory;
    let mut former = Vec::new();
    for ring in &wording.derived.rings().list {
        let coops: Vec<&Entry> = ring.coops.iter().map(|coop| &directory[*coop].entry).collect();
        if coops.iter().all(|entry| entry.aliases.is_empty()) {
            continue;
        }
        let all: Vec<Vec<&Slug>> = coops.into_iter().map(names).collect();
        let page = Page::Redirect(
            addresses::ring(ring.coops.iter().map(|coop| &directory[*coop].entry.slug)),
            wording.coops_of(ring),
        );
        for mut coops in combinations(&all, MOST) {
            let first = (0..coops.len()).min_by_key(|at| coops[*at]).unwrap_or_default();
            coops.rotate_left(first);
            former.push((addresses::ring(coops.into_iter()), page.clone().into()));
        }
    }
    former
}

/// The files of calls for calendars under their former names: programs go on asking for them there.
pub(super) fn calendars(directory: &Directory) -> Vec<(SitePath, Export)> {
    let calls = CallId::each(&directory.calls);
    let dated = calls.filter(|(_, call)| call.start.is_some());
    let former = dated.flat_map(|(id, call)| {
        let page = move || Export::Calendar(CalendarOf::Call(id));
        call.entry.aliases.iter().map(move |alias| (addresses::call_calendar(alias), page()))
    });
    former.collect()
}

/// What lies in the folder of an entry, with its source, under the former names of the entry.
pub(super) fn files<'a>(
    directory: &Directory,
    shown: &BTreeSet<&'a Arc<str>>,
) -> Vec<(SitePath, &'a Arc<str>)> {
    let folder_of = |id: EntryId| directory[id].text.record.path.strip_suffix("index.md");
    let folders: BTreeSet<&str> = directory.ids().filter_map(folder_of).collect();
    let mut former = Vec::new();
    for id in directory.ids().filter(|id| !directory[*id].aliases.is_empty()) {
        let Some(folder) = folder_of(id) else { continue };
        let below = shown.range(Arc::<str>::from(folder)..);
        for source in below.take_while(|source| source.starts_with(folder)) {
            let mut above = source.match_indices('/').rev().map(|(at, _)| &source[..=at]);
            if above.find(|above| folders.contains(above)) != Some(folder) {
                continue;
            }
            for alias in &directory[id].aliases {
                let page = addresses::entry(id.kind(), alias);
                let below = source[folder.len()..].to_owned();
                former.push((addresses::beside(&page, &below), *source));
            }
        }
    }
    former
}

/// What an entry is and was called, the latest name first.
fn names(entry: &Entry) -> Vec<&Slug> {
    std::iter::once(&entry.slug).chain(entry.aliases.iter().rev()).collect()
}

/// Ways to take one name of each that are not all of now, at most so many: those first that lie the fewest
/// renames back.
fn combinations<'a>(names: &[Vec<&'a Slug>], most: usize) -> Vec<Vec<&'a Slug>> {
    let furthest = names.iter().map(|names| names.len() - 1).sum();
    let mut found = Vec::new();
    for back in 1..=furthest {
        go_back(names, back, &mut Vec::new(), &mut found, most);
        if found.len() >= most {
            break;
        }
    }
    found
}

/// Chooses the names after those `chosen` so that all together lie so many renames back.
fn go_back<'a>(
    names: &[Vec<&'a Slug>],
    back: usize,
    chosen: &mut Vec<&'a Slug>,
    found: &mut Vec<Vec<&'a Slug>>,
    most: usize,
) {
    let Some((first, others)) = names.split_first() else {
        found.push(chosen.clone());
        return;
    };
    let of_others: usize = others.iter().map(|names| names.len() - 1).sum();
    for (at, name) in first.iter().enumerate().take(back + 1).skip(back.saturating_sub(of_others)) {
        if found.len() >= most {
            return;
        }
        chosen.push(name);
        go_back(others, back - at, chosen, found, most);
        chosen.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs(letter: &str, count: usize) -> Vec<Slug> {
        (0..count).map(|at| Slug::parse(&format!("{letter}{at}")).expect("a slug")).collect()
    }

    fn taken(counts: &[usize], most: usize) -> Vec<String> {
        let all: Vec<Vec<Slug>> =
            ["a", "b", "c", "d"].iter().zip(counts).map(|(it, count)| slugs(it, *count)).collect();
        let all: Vec<Vec<&Slug>> = all.iter().map(|names| names.iter().collect()).collect();
        combinations(&all, most).iter().map(|names| Slug::joined(names).to_string()).collect()
    }

    #[test]
    fn every_combination_but_that_of_now_is_taken_once_the_latest_first() {
        assert_eq!(taken(&[1, 1], 100), [""; 0]);
        assert_eq!(taken(&[2, 2], 100), ["a0--b1", "a1--b0", "a1--b1"]);
        let all = taken(&[3, 1, 4, 2], 100);
        let different: BTreeSet<&String> = all.iter().collect();
        assert_eq!((all.len(), different.len()), (3 * 4 * 2 - 1, 3 * 4 * 2 - 1));
    }

    #[test]
    fn many_names_do_not_multiply_without_end() {
        let all = taken(&[5_000, 5_000, 5_000, 5_000], 100);
        assert_eq!(all.len(), 100);
        for latest in ["a1--b0--c0--d0", "a0--b1--c0--d0", "a0--b0--c1--d0", "a0--b0--c0--d1"] {
            assert!(all.iter().any(|it| it == latest), "{latest}");
        }
    }
}
