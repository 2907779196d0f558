//! How topics stand below one another: a forest, whatever its depth.

use std::collections::BTreeSet;

use super::ids::TopicId;

/// What stands above and below each topic. Every question is answered at once: a vocabulary may be
/// thousands of levels deep.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hierarchy {
    broader: Vec<Option<TopicId>>,
    narrower: Vec<Vec<TopicId>>,
    /// The two broadest of each topic's lineage: the very broadest, and the one below it, if any.
    highest: Vec<(TopicId, Option<TopicId>)>,
}

impl Hierarchy {
    /// Orders topics by the one above each. Of those that make a circle, the last loses what stands above
    /// it; these are returned as well.
    pub(super) fn new(mut broader: Vec<Option<TopicId>>) -> (Hierarchy, BTreeSet<TopicId>) {
        let cut = last_of_circles(&broader);
        for topic in &cut {
            broader[topic.index()] = None;
        }
        let mut narrower = vec![Vec::new(); broader.len()];
        for (topic, above) in TopicId::each(&broader) {
            if let Some(above) = above {
                narrower[above.index()].push(topic);
            }
        }
        let highest = highest(&broader, &narrower);
        (Hierarchy { broader, narrower, highest }, cut)
    }

    /// The topic above a topic.
    pub(super) fn broader(&self, topic: TopicId) -> Option<TopicId> {
        self.broader[topic.index()]
    }

    /// The topics directly below a topic.
    pub(super) fn narrower(&self, topic: TopicId) -> &[TopicId] {
        &self.narrower[topic.index()]
    }

    /// The broadest topic above a topic, or itself.
    pub(super) fn broadest(&self, topic: TopicId) -> TopicId {
        self.highest[topic.index()].0
    }

    /// The broadest topic above a topic, or itself, that has one above it.
    pub(super) fn branch(&self, topic: TopicId) -> Option<TopicId> {
        self.highest[topic.index()].1
    }
}

/// The last topic of every circle.
fn last_of_circles(broader: &[Option<TopicId>]) -> BTreeSet<TopicId> {
    let mut last = BTreeSet::new();
    // By topic: from where somebody came by on the way up.
    let mut visitor: Vec<Option<usize>> = vec![None; broader.len()];
    for start in 0..broader.len() {
        let mut at = start;
        while visitor[at].is_none() {
            visitor[at] = Some(start);
            match broader[at] {
                Some(above) => at = above.index(),
                None => break,
            }
        }
        if let Some(above) = broader[at].filter(|_| visitor[at] == Some(start)) {
            last.insert(last_of_circle(broader, above));
        }
    }
    last
}

/// The last topic of the circle that a topic is in.
fn last_of_circle(broader: &[Option<TopicId>], start: TopicId) -> TopicId {
    let above = |topic: &TopicId| broader[topic.index()].filter(|above| *above != start);
    std::iter::successors(Some(start), above).max().unwrap_or(start)
}

/// The two broadest of each topic's lineage, from the broadest downwards.
fn highest(
    broader: &[Option<TopicId>],
    narrower: &[Vec<TopicId>],
) -> Vec<(TopicId, Option<TopicId>)> {
    let mut highest: Vec<(TopicId, Option<TopicId>)> =
        TopicId::all(broader.len()).map(|topic| (topic, None)).collect();
    let roots = (0..broader.len()).filter(|at| broader[*at].is_none());
    let mut waiting: Vec<usize> = roots.collect();
    while let Some(at) = waiting.pop() {
        let (broadest, branch) = highest[at];
        for topic in &narrower[at] {
            highest[topic.index()] = (broadest, branch.or(Some(*topic)));
            waiting.push(topic.index());
        }
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hierarchy(broader: &[i64]) -> (Hierarchy, Vec<u32>) {
        let above = |above: &i64| u32::try_from(*above).ok().map(TopicId);
        let (hierarchy, cut) = Hierarchy::new(broader.iter().map(above).collect());
        (hierarchy, cut.into_iter().map(|topic| topic.0).collect())
    }

    #[test]
    fn the_broadest_and_the_one_below_it_are_known_at_any_depth() {
        let chain: Vec<i64> = (-1..99_999).collect();
        let (hierarchy, cut) = hierarchy(&chain);
        assert_eq!(cut, [0_u32; 0]);
        assert_eq!(hierarchy.broadest(TopicId(99_999)), TopicId(0));
        assert_eq!(hierarchy.branch(TopicId(99_999)), Some(TopicId(1)));
        assert_eq!(hierarchy.branch(TopicId(1)), Some(TopicId(1)));
        assert_eq!(hierarchy.branch(TopicId(0)), None);
        assert_eq!(hierarchy.narrower(TopicId(7)), [TopicId(8)]);
    }

    #[test]
    fn each_circle_is_cut_once_at_its_last_topic() {
        let check = |broader: &[i64], expected: &[u32]| {
            assert_eq!(hierarchy(broader).1, expected, "{broader:?}");
        };
        check(&[-1, 0, 1], &[]);
        check(&[0], &[0]);
        check(&[1, 0], &[1]);
        check(&[2, 0, 1], &[2]);
        // Topics below a circle are not in it.
        check(&[1, 2, 1, 0, 3], &[2]);
        check(&[3, 4, 0, 2, 1, 5], &[3, 4, 5]);
        check(&[1, -1, 0, 2], &[]);
    }
}
