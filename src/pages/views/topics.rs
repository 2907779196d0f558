//! The tree of topics, the page of one topic, and the commons.

use std::iter::Peekable;

use anyhow::Result;
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::content::values::LinkType;
use crate::derived::facets::Facet;
use crate::directory::ids::{EntryId, TopicId};
use crate::pages::parts::cards::Card;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::OutLink;
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Label;
use crate::wording::collation::collate;

/// The tree of topics.
#[derive(Debug, Serialize)]
pub(super) struct TopicsView {
    page: Chrome,
    topics: Vec<TopicNode>,
}

/// A topic and those below it that are used.
#[derive(Debug, Serialize)]
pub(crate) struct TopicNode {
    link: Link,
    narrower: Vec<TopicNode>,
}

/// The page of a topic.
#[derive(Debug, Serialize)]
pub(super) struct TopicView {
    page: Chrome,
    title: String,
    /// Its other names, in any language.
    also: Vec<String>,
    broader: Vec<Link>,
    narrower: Vec<Link>,
    /// Cards, as HTML, or empty; likewise the next two.
    needs_html: String,
    offers_html: String,
    coops_html: String,
    calls: Vec<Card>,
    pages: Vec<Card>,
    /// The matches about this very topic, where there are any.
    matches: Option<Link>,
    cut: Cuts,
}

/// What a topic's page leaves out, by kind; none where it shows everything.
#[derive(Debug, Serialize)]
pub(super) struct Cuts {
    needs: Option<Cut>,
    offers: Option<Cut>,
    coops: Option<Cut>,
    calls: Option<Cut>,
    pages: Option<Cut>,
}

/// How much of a list is shown, and where more of it stands.
#[derive(Debug, Serialize)]
pub(super) struct Cut {
    shown: usize,
    total: usize,
    /// The list of the entries with this very topic. It lacks those with a narrower one.
    list: Option<Link>,
}

/// How many entries of a kind a topic's page shows.
const SHOWN_PER_KIND: usize = 100;

/// So many topics above it a topic's page shows.
const CRUMBS: usize = 8;

/// So deep the tree of topics is drawn. What is deeper stands in its order at the last level.
const DEPTH: usize = 8;

/// Shared code and handbooks.
#[derive(Debug, Serialize)]
pub(super) struct CommonsView {
    page: Chrome,
    groups: Vec<CommonsGroup>,
}

/// Links of one type.
#[derive(Debug, Serialize)]
pub(super) struct CommonsGroup {
    label: Label,
    items: Vec<CommonsItem>,
}

/// Something that a coop shares.
#[derive(Debug, Serialize)]
pub(super) struct CommonsItem {
    link: OutLink,
    from: Link,
}

/// The view of the tree of topics.
pub(super) fn topics(viewer: &Viewer<'_>) -> TopicsView {
    let page = viewer.chrome(viewer.words.text("topics-title"), "");
    TopicsView {
        page: page.described(viewer.words.text("topics-about")),
        topics: viewer.topic_forest(),
    }
}

/// The view of a topic's page.
pub(super) fn topic(viewer: &Viewer<'_>, pieces: &Pieces, id: TopicId) -> Result<TopicView> {
    let topics = &viewer.directory.topics;
    let topic = &viewer.directory[id];
    let title = topic.label(viewer.language).to_owned();
    let feed = viewer.link(
        &addresses::topic_feed(&topic.slug),
        viewer.words.with("feed-topic", [("topic", title.clone().into())]),
    );
    let list = viewer.link(addresses::TOPICS, viewer.words.text("topics-title"));
    let mut also: Vec<String> =
        topic.labels.values().chain(topic.also.values().flatten()).cloned().collect();
    also.retain(|label| *label != title);
    also.sort_unstable();
    also.dedup();
    let mut broader: Vec<Link> =
        topics.lineage(id).skip(1).take(CRUMBS).map(|above| viewer.topic_link(above)).collect();
    broader.reverse();
    let about = viewer.derived.groups().about(id);
    let of_kind = |kind: EntryKind| about.iter().filter(move |id| id.kind() == kind);
    let shown = |kind| of_kind(kind).take(SHOWN_PER_KIND);
    let cards = |kind| shown(kind).map(|id| viewer.card(*id)).collect::<Vec<_>>();
    let cut = |kind| viewer.cut(id, kind, of_kind(kind).count());
    Ok(TopicView {
        page: viewer.chrome(&title, "").below(list).with_feed(feed),
        title,
        also,
        broader,
        narrower: topics
            .narrower(id)
            .iter()
            .copied()
            .filter(|id| viewer.derived.groups().is_alive(*id))
            .map(|id| viewer.counted_topic(id))
            .collect(),
        needs_html: pieces.cards(viewer, shown(EntryKind::Need), 3)?,
        offers_html: pieces.cards(viewer, shown(EntryKind::Offer), 3)?,
        coops_html: pieces.cards(viewer, shown(EntryKind::Coop), 3)?,
        calls: cards(EntryKind::Call),
        pages: cards(EntryKind::Page),
        matches: viewer.matches_about(id),
        cut: Cuts {
            needs: cut(EntryKind::Need),
            offers: cut(EntryKind::Offer),
            coops: cut(EntryKind::Coop),
            calls: cut(EntryKind::Call),
            pages: cut(EntryKind::Page),
        },
    })
}

/// The view of the commons: code and handbooks that entries link to.
pub(super) fn commons(viewer: &Viewer<'_>) -> CommonsView {
    let group = |link_type: LinkType| {
        let mut items = Vec::new();
        for id in viewer.directory.ids() {
            let shared =
                viewer.directory[id].links.iter().filter(|link| link.link_type == link_type);
            items.extend(shared.map(|link| CommonsItem {
                link: viewer.out_link(link),
                from: viewer.entry_link(id),
            }));
        }
        CommonsGroup { label: viewer.wording.label("link", link_type.as_str()), items }
    };
    let page = viewer.chrome(viewer.words.text("commons-title"), "");
    CommonsView {
        page: page.described(viewer.words.text("commons-about")),
        groups: [LinkType::Code, LinkType::Handbook].into_iter().map(group).collect(),
    }
}

impl Viewer<'_> {
    /// The broadest topics, each with those below it that are used.
    pub(crate) fn topic_forest(&self) -> Vec<TopicNode> {
        let topics = &self.directory.topics;
        let roots = topics.ids().filter(|id| self.directory[*id].broader.is_none());
        let mut in_order = Vec::new();
        let mut waiting = self.sorted_backwards(roots.collect(), 1);
        while let Some((id, depth)) = waiting.pop() {
            in_order.push((id, depth));
            let narrower = topics.narrower(id).to_vec();
            waiting.extend(self.sorted_backwards(narrower, (depth + 1).min(DEPTH)));
        }
        self.nested(&mut in_order.into_iter().peekable(), 1)
    }

    /// Those of some topics that are used, by their labels, the last first, each with its depth.
    fn sorted_backwards(&self, mut topics: Vec<TopicId>, depth: usize) -> Vec<(TopicId, usize)> {
        topics.retain(|id| self.derived.groups().is_alive(*id));
        let key = |id: &TopicId| collate(self.directory[*id].label(self.language));
        topics.sort_by_cached_key(key);
        topics.into_iter().rev().map(|id| (id, depth)).collect()
    }

    /// The topics that follow at this depth, each with those below it.
    fn nested(
        &self,
        topics: &mut Peekable<impl Iterator<Item = (TopicId, usize)>>,
        depth: usize,
    ) -> Vec<TopicNode> {
        let mut nodes = Vec::new();
        while let Some((id, _)) = topics.next_if(|(_, its)| *its == depth) {
            let narrower = self.nested(topics, depth + 1);
            nodes.push(TopicNode { link: self.counted_topic(id), narrower });
        }
        nodes
    }

    /// What the page of a topic leaves out of the entries of a kind.
    fn cut(&self, topic: TopicId, kind: EntryKind, total: usize) -> Option<Cut> {
        if total <= SHOWN_PER_KIND {
            return None;
        }
        let slug = &self.directory[topic].slug;
        let mut facets =
            Facet::of(kind).iter().filter(|it| matches!(it, Facet::Topic | Facet::Sector));
        let list = |facet: &Facet| {
            let count = self.derived.groups().with(kind, *facet, slug.as_str()).len();
            let value = self.wording.facet_label(*facet, slug.as_str());
            let key = format!("{}-by-{}", kind.folder(), facet.as_str());
            let title = self.words.with(&key, [("value", value.into())]);
            let path = addresses::facet(kind, *facet, slug.as_str(), 1);
            (count > 0).then(|| self.counted(&path, title, count))
        };
        Some(Cut { shown: SHOWN_PER_KIND, total, list: facets.find_map(list) })
    }

    /// The list of the matches about a topic, if there are any.
    fn matches_about(&self, topic: TopicId) -> Option<Link> {
        let slug = self.directory[topic].slug.as_str();
        let count = self.derived.match_lists().with(Facet::Topic, slug).len();
        let path = addresses::facet(EntryKind::Match, Facet::Topic, slug, 1);
        let label = || self.words.with("topic-matches", [("count", count.into())]);
        (count > 0).then(|| self.link(&path, label()))
    }

    fn counted_topic(&self, id: TopicId) -> Link {
        let topic = &self.directory[id];
        let count = self
            .derived
            .groups()
            .about(id)
            .iter()
            .filter(|id| !matches!(id, EntryId::Match(_)))
            .count();
        self.counted(&addresses::topic(&topic.slug), topic.label(self.language), count)
    }
}
