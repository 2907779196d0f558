//! The topic that is meant by a word that is none.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::topics::Topic;
use crate::diagnostic::Spellings;

/// What topics are called, to be looked up many times; made when it is first asked for. It follows from
/// the topics beside which it is kept, so it makes no two lists of topics unequal.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints(OnceLock<Index>);

#[derive(Clone, Debug)]
struct Index {
    /// By label as it is compared: the place of the first topic that is called so.
    by_label: FxHashMap<String, usize>,
    slugs: Spellings,
}

impl PartialEq for Hints {
    fn eq(&self, _: &Hints) -> bool {
        true
    }
}

impl Hints {
    /// The id of the topic that is called so in any language, else of the one that is spelt most like it.
    pub(super) fn meant<'a>(&'a self, topics: &'a [Topic], text: &str) -> Option<&'a str> {
        let index = self.0.get_or_init(|| Index::new(topics));
        match index.by_label.get(&compared(text)) {
            Some(at) => Some(topics[*at].slug.as_str()),
            None => index.slugs.nearest(text),
        }
    }
}

impl Index {
    fn new(topics: &[Topic]) -> Index {
        let mut by_label = FxHashMap::default();
        for (at, topic) in topics.iter().enumerate() {
            for label in topic.labels.values().chain(topic.also.values().flatten()) {
                by_label.entry(compared(label)).or_insert(at);
            }
        }
        Index { by_label, slugs: Spellings::new(topics.iter().map(|topic| topic.slug.as_str())) }
    }
}

/// Labels are compared without case, and in the plural as in the singular.
fn compared(label: &str) -> String {
    let label = label.to_lowercase();
    let singular = label.strip_suffix('s').filter(|it| it.len() > 2);
    singular.map(str::to_owned).unwrap_or(label)
}
