//! The tree of topics, the page of one topic, and the commons.

use serde::Serialize;

use super::cards::Card;
use super::chrome::Chrome;
use super::parts::OutLink;
use super::{Label, Link, Viewer};
use crate::content::values::LinkType;
use crate::directory::ids::{EntryId, TopicId};
use crate::site::paths;

/// The tree of topics.
#[derive(Debug, Serialize)]
pub struct TopicsView {
    page: Chrome,
    topics: Vec<TopicNode>,
}

/// A topic and those below it that are used.
#[derive(Debug, Serialize)]
pub struct TopicNode {
    link: Link,
    narrower: Vec<TopicNode>,
}

/// The page of a topic.
#[derive(Debug, Serialize)]
pub struct TopicView {
    page: Chrome,
    title: String,
    /// Its other names, in any language.
    also: Vec<String>,
    broader: Vec<Link>,
    narrower: Vec<Link>,
    needs: Vec<Card>,
    offers: Vec<Card>,
    coops: Vec<Card>,
    calls: Vec<Card>,
    pages: Vec<Card>,
}

/// Shared code and handbooks.
#[derive(Debug, Serialize)]
pub struct CommonsView {
    page: Chrome,
    groups: Vec<CommonsGroup>,
}

/// Links of one type.
#[derive(Debug, Serialize)]
pub struct CommonsGroup {
    label: Label,
    items: Vec<CommonsItem>,
}

/// Something that a coop shares.
#[derive(Debug, Serialize)]
pub struct CommonsItem {
    link: OutLink,
    from: Link,
}

/// The view of the tree of topics.
pub fn topics(viewer: &Viewer<'_>) -> TopicsView {
    let page = viewer.chrome(viewer.words.text("topics-title"), "");
    TopicsView {
        page: page.described(viewer.words.text("topics-about")),
        topics: viewer.topic_forest(),
    }
}

/// The view of a topic's page.
pub fn topic(viewer: &Viewer<'_>, id: TopicId) -> TopicView {
    let topics = &viewer.directory.topics;
    let topic = &viewer.directory[id];
    let title = topic.label(viewer.language).to_owned();
    let feed = viewer.link(
        &format!("topics/{}.atom", topic.slug),
        viewer.words.with("feed-topic", [("topic", title.clone().into())]),
    );
    let list = viewer.link("topics/", viewer.words.text("topics-title"));
    let mut also: Vec<String> =
        topic.labels.values().chain(topic.also.values().flatten()).cloned().collect();
    also.retain(|label| *label != title);
    also.sort_unstable();
    also.dedup();
    let mut broader: Vec<Link> =
        topics.lineage(id).skip(1).map(|above| viewer.topic_link(above)).collect();
    broader.reverse();
    let about = viewer.derived.groups().about(id);
    let cards = |kind: &str| {
        let of_kind = about.iter().filter(|id| id.kind().as_str() == kind);
        of_kind.take(100).map(|id| viewer.card(*id)).collect::<Vec<_>>()
    };
    TopicView {
        page: viewer.chrome(&title, "").below(list).with_feed(feed),
        title,
        also,
        broader,
        narrower: topics
            .narrower(id)
            .into_iter()
            .filter(|id| viewer.derived.groups().is_used(*id))
            .map(|id| viewer.counted_topic(id))
            .collect(),
        needs: cards("need"),
        offers: cards("offer"),
        coops: cards("coop"),
        calls: cards("call"),
        pages: cards("page"),
    }
}

/// The view of the commons: code and handbooks that entries link to.
pub fn commons(viewer: &Viewer<'_>) -> CommonsView {
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
        CommonsGroup { label: viewer.label("link", link_type.as_str()), items }
    };
    let page = viewer.chrome(viewer.words.text("commons-title"), "");
    CommonsView {
        page: page.described(viewer.words.text("commons-about")),
        groups: [LinkType::Code, LinkType::Handbook].into_iter().map(group).collect(),
    }
}

impl Viewer<'_> {
    /// The broadest topics, each with those below it that are used.
    pub fn topic_forest(&self) -> Vec<TopicNode> {
        let topics = &self.directory.topics;
        let roots = topics.ids().filter(|id| self.directory[*id].broader.is_none());
        sorted(roots.filter_map(|id| self.topic_node(id)).collect())
    }

    fn topic_node(&self, id: TopicId) -> Option<TopicNode> {
        if self.derived.groups().about(id).is_empty() {
            return None;
        }
        let narrower = self.directory.topics.narrower(id);
        let narrower = narrower.into_iter().filter_map(|id| self.topic_node(id)).collect();
        Some(TopicNode { link: self.counted_topic(id), narrower: sorted(narrower) })
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
        self.counted(&paths::topic(&topic.slug), topic.label(self.language), count)
    }
}

fn sorted(mut nodes: Vec<TopicNode>) -> Vec<TopicNode> {
    nodes.sort_by_cached_key(|node| crate::site::collate(&node.link.label));
    nodes
}
