//! How near two topics of the vocabulary are, and how much it says that they are shared.

use super::entry::Reading;
use super::rarity::rarity;
use super::weights;
use crate::directory::ids::TopicId;
use crate::directory::topics::Topics;

/// How a needed and an offered topic are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// They are one.
    Equal,
    /// One is above the other.
    Wider,
    /// Both stand directly below one topic.
    Sibling,
}

/// What a needed and an offered topic have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// How they are related.
    pub kinship: Kinship,
    /// How much that says, from 0 to 1.
    pub says: f64,
}

/// The vocabulary as matching uses it.
pub struct Kin {
    broader: Vec<Option<TopicId>>,
    /// The broadest topic above each: topics below different ones have nothing in common.
    broadest: Vec<TopicId>,
    narrower: Vec<Vec<TopicId>>,
    /// How much a topic says, by how few entries have it or a narrower one.
    strength: Vec<f64>,
}

impl Kin {
    /// Counts how rare each topic is among the entries that were read.
    pub fn new<'a>(topics: &Topics, readings: impl Iterator<Item = &'a Reading>) -> Kin {
        let mut counts = vec![0_usize; topics.list.len()];
        let mut entries = 0;
        for reading in readings {
            entries += 1;
            let own = reading.topics.iter().flat_map(|(topic, _)| topics.lineage(*topic));
            let mut all: Vec<TopicId> = own.collect();
            all.sort_unstable();
            all.dedup();
            all.iter().for_each(|topic| counts[topic.index()] += 1);
        }
        let strength = |count: &usize| {
            let rare = rarity(*count, entries);
            weights::COMMONEST_TOPIC + (1.0 - weights::COMMONEST_TOPIC) * rare
        };
        let mut narrower = vec![Vec::new(); topics.list.len()];
        for topic in topics.ids() {
            if let Some(above) = topics.lineage(topic).nth(1) {
                narrower[above.index()].push(topic);
            }
        }
        Kin {
            broader: topics.ids().map(|topic| topics.lineage(topic).nth(1)).collect(),
            broadest: topics.ids().map(|topic| topics.broadest(topic)).collect(),
            narrower,
            strength: counts.iter().map(strength).collect(),
        }
    }

    /// How many topics there are.
    pub fn count(&self) -> usize {
        self.broader.len()
    }

    /// What a needed and an offered topic have to do with each other, if anything.
    pub fn between(&self, needed: TopicId, offered: TopicId) -> Option<Tie> {
        let says = |topic: TopicId| self.strength[topic.index()];
        let tie = |kinship, says| Some(Tie { kinship, says });
        if needed == offered {
            return tie(Kinship::Equal, weights::EQUAL_TOPIC * says(needed));
        }
        if self.broadest[needed.index()] != self.broadest[offered.index()] {
            return None;
        }
        let mut above_needed = self.above(needed);
        let mut above_offered = self.above(offered);
        if above_needed.any(|topic| topic == offered) {
            return tie(Kinship::Wider, weights::WIDER_TOPIC * says(offered));
        }
        if above_offered.any(|topic| topic == needed) {
            return tie(Kinship::Wider, weights::WIDER_TOPIC * says(needed));
        }
        let parent = self.broader[needed.index()]?;
        match self.broader[offered.index()] == Some(parent) {
            true => tie(Kinship::Sibling, weights::SIBLING_TOPIC * says(parent)),
            false => None,
        }
    }

    /// Every topic that is related to one.
    pub fn of(&self, needed: TopicId) -> Vec<TopicId> {
        let mut kin = vec![needed];
        let mut level = 0..1;
        for _ in 1..Topics::LEVELS {
            for at in level.clone() {
                kin.extend(&self.narrower[kin[at].index()]);
            }
            level = level.end..kin.len();
        }
        kin.extend(self.above(needed));
        if let Some(parent) = self.broader[needed.index()] {
            kin.extend(self.narrower[parent.index()].iter().filter(|topic| **topic != needed));
        }
        kin
    }

    fn above(&self, topic: TopicId) -> impl Iterator<Item = TopicId> {
        let broader = |topic: &TopicId| self.broader[topic.index()];
        std::iter::successors(broader(&topic), broader).take(Topics::LEVELS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn the_kin_of_a_topic_are_those_it_has_something_in_common_with() {
        let directory = directory(&[]);
        let topics = &directory.topics;
        let kin = Kin::new(topics, std::iter::empty());
        for needed in topics.ids() {
            let mut listed = kin.of(needed);
            listed.sort_unstable();
            let related: Vec<TopicId> =
                topics.ids().filter(|other| kin.between(needed, *other).is_some()).collect();
            assert_eq!(listed, related, "{}", topics.list[needed.index()].slug);
        }
    }

    #[test]
    fn nearer_topics_say_more() {
        let directory = directory(&[]);
        let kin = Kin::new(&directory.topics, std::iter::empty());
        let find = |slug| directory.topics.find(slug).expect("a topic of the starter vocabulary");
        let says = |one, other| kin.between(find(one), find(other)).map_or(0.0, |tie| tie.says);
        assert!(says("databases", "databases") > says("databases", "software"));
        assert_eq!(says("databases", "software"), says("software", "databases"));
        assert!(says("databases", "software") > says("databases", "web-development"));
        assert!(says("databases", "web-development") > says("databases", "food"));
    }
}
