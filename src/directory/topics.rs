//! The vocabulary: topics with labels in many languages and broader topics above them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::hierarchy::Hierarchy;
use super::ids::TopicId;
use super::open_vocabulary::{id_of_word, words_used};
use super::topic_aliases::Aliases;
use super::topic_hints::Hints;
use crate::content::fields::{Fields, Placed, one_line};
use crate::content::file_names::LONGEST_ID;
use crate::content::values::{Complaint, Language, Slug, Url};
use crate::content::yaml::{Key, Node, Value};
use crate::content::{Records, TOPICS_FILE, record, schema};
use crate::diagnostic::{Code, Diagnostic, Span};

/// A word of the vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Its name in addresses and front matter.
    pub slug: Slug,
    /// As the authors of an open vocabulary write it.
    pub written: Option<String>,
    /// What it is called, by language.
    pub labels: BTreeMap<Language, String>,
    /// What it is called as well, by language.
    pub also: BTreeMap<Language, Vec<String>>,
    /// Words that mean it in some texts and something else in others, by language: they count only
    /// where a text speaks of something near it as well.
    pub ambiguous: BTreeMap<Language, Vec<String>>,
    /// Words that go with it, by language: several of them together point to it.
    pub signs: BTreeMap<Language, Vec<String>>,
    /// The topic above it.
    pub broader: Option<TopicId>,
    /// The same concept elsewhere.
    pub same_as: Vec<Url>,
    /// Former ids.
    pub aliases: Vec<Slug>,
}

impl Topic {
    /// Its label in a language, else in English, else as it is written, else its id.
    pub fn label(&self, language: &Language) -> &str {
        let any = |primary: &str| self.labels.iter().find(|(tag, _)| tag.primary() == primary);
        self.labels
            .get(language)
            .or_else(|| any(language.primary()).map(|(_, label)| label))
            .or_else(|| any("en").map(|(_, label)| label))
            .or(self.written.as_ref())
            .map_or(self.slug.as_str(), String::as_str)
    }
}

/// All topics, sorted by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topics {
    /// The topics; a `TopicId` is a position here.
    pub list: Vec<Topic>,
    by_slug: FxHashMap<String, TopicId>,
    /// Words of an open vocabulary in small letters.
    by_word: FxHashMap<String, TopicId>,
    hierarchy: Hierarchy,
    hints: Hints,
}

/// The starter vocabulary, a file a broadest topic.
const STARTER_FILES: [&str; 16] = [
    include_str!("starter_topics/care-and-health.yaml"),
    include_str!("starter_topics/communication.yaml"),
    include_str!("starter_topics/culture.yaml"),
    include_str!("starter_topics/education.yaml"),
    include_str!("starter_topics/energy.yaml"),
    include_str!("starter_topics/environment.yaml"),
    include_str!("starter_topics/finance.yaml"),
    include_str!("starter_topics/food-and-land.yaml"),
    include_str!("starter_topics/law-and-governance.yaml"),
    include_str!("starter_topics/mobility.yaml"),
    include_str!("starter_topics/movements.yaml"),
    include_str!("starter_topics/people-and-skills.yaml"),
    include_str!("starter_topics/places-and-housing.yaml"),
    include_str!("starter_topics/resources.yaml"),
    include_str!("starter_topics/technology.yaml"),
    include_str!("starter_topics/work-and-trade.yaml"),
];

static STARTER: LazyLock<Vec<Node>> = LazyLock::new(|| {
    let path: Arc<str> = "the starter vocabulary".into();
    let read = |text: &&str| {
        let (node, problems) = record::read_yaml(&path, text);
        assert!(problems.is_empty(), "the built-in vocabulary is read by a test: {problems:?}");
        node
    };
    STARTER_FILES.par_iter().map(read).collect()
});

impl Topics {
    /// The topic with this id or former id; in an open vocabulary, the one that is written so.
    pub fn find(&self, text: &str) -> Result<TopicId, Complaint> {
        let word = text.trim().to_lowercase();
        let found = self.by_slug.get(&word).or_else(|| self.by_word.get(&word));
        found.copied().ok_or_else(|| {
            if text.len() > LONGEST_ID
                && let Err(too_long) = Slug::parse(text)
            {
                return too_long;
            }
            let hint = match self.hints.meant(&self.list, text) {
                Some(slug) => format!("did you mean `{slug}`?"),
                None => format!(
                    "choose one from the site's page of topics, or add this one to {TOPICS_FILE}"
                ),
            };
            Complaint::new(Code::UnknownTopic, "which is not in the vocabulary", hint)
        })
    }

    /// The topic and those above it, the nearest first; at most [`Topics::LEVELS`], so that what is made
    /// of each topic's lineage stays small however deep a vocabulary is.
    pub fn lineage(&self, topic: TopicId) -> impl Iterator<Item = TopicId> {
        let above = std::iter::successors(Some(topic), |topic| self.list[topic.index()].broader);
        above.take(Topics::LEVELS)
    }

    /// So many levels of topics count as about one another.
    pub const LEVELS: usize = 32;

    /// The broadest topic above a topic, however far; of one that has none above it, itself.
    pub fn broadest(&self, topic: TopicId) -> TopicId {
        self.hierarchy.broadest(topic)
    }

    /// Whether two topics are one, above and below each other, or share one above them that is not
    /// among the broadest.
    pub fn are_near(&self, one: TopicId, other: TopicId) -> bool {
        let above = |topic: TopicId| self.list[topic.index()].broader;
        let branch = self.hierarchy.branch(one);
        one == other
            || above(one) == Some(other)
            || above(other) == Some(one)
            || branch.is_some() && branch == self.hierarchy.branch(other)
    }

    /// The topics directly below a topic.
    pub fn narrower(&self, topic: TopicId) -> &[TopicId] {
        self.hierarchy.narrower(topic)
    }

    pub fn ids(&self) -> impl Iterator<Item = TopicId> + use<> {
        TopicId::all(self.list.len())
    }
}

/// Joins the starter vocabulary with the site's own, which wins where an id or a label is the same.
/// With an open vocabulary every word used as a topic becomes one.
pub(crate) fn resolve(
    records: &Records,
    with_starter: bool,
    closed: bool,
    problems: &mut Vec<Diagnostic>,
) -> Topics {
    let file: Arc<str> = TOPICS_FILE.into();
    let own = read(&file, &records.topics, problems);
    let starter = match with_starter {
        true => STARTER.iter().flat_map(|node| read(&file, node, &mut Vec::new())).collect(),
        false => Vec::new(),
    };
    let mut drafts: BTreeMap<Slug, Draft> = BTreeMap::new();
    let names: BTreeSet<Name> = own.iter().flat_map(Draft::names).collect();
    let says_the_same = |draft: &Draft| draft.names().any(|name| names.contains(&name));
    for draft in starter.into_iter().filter(|draft| !says_the_same(draft)) {
        drafts.insert(draft.topic.slug.clone(), draft);
    }
    for draft in own {
        drafts.insert(draft.topic.slug.clone(), draft);
    }
    let aliases = settle_aliases(&file, &mut drafts, problems);
    if closed {
        return link(drafts, problems);
    }
    let labels = labels(&drafts);
    let mut words: BTreeMap<String, Slug> = BTreeMap::new();
    for word in words_used(records) {
        let folded = word.to_lowercase();
        let Ok(id) = id_of_word(word) else { continue };
        let slug = match aliases.owner(&id) {
            Some(owner) => owner.clone(),
            None if drafts.contains_key(&id) => id,
            None => labels.get(&folded).cloned().unwrap_or(id),
        };
        let new = || Draft::written(slug.clone(), word);
        drafts.entry(slug.clone()).or_insert_with(new);
        words.insert(folded, slug);
    }
    let mut topics = link(drafts, problems);
    let known = words.into_iter().filter_map(|(word, slug)| {
        let id = topics.by_slug.get(slug.as_str())?;
        Some((word, *id))
    });
    topics.by_word = known.collect();
    topics
}

/// Gives each topic the former ids that are its own.
fn settle_aliases(
    file: &Arc<str>,
    drafts: &mut BTreeMap<Slug, Draft>,
    problems: &mut Vec<Diagnostic>,
) -> Aliases {
    let ids: BTreeSet<Slug> = drafts.keys().cloned().collect();
    let mut aliases = Aliases::default();
    for (slug, draft) in drafts {
        let claimed = std::mem::take(&mut draft.aliases);
        draft.topic.aliases = aliases.take(slug, claimed, |id| ids.contains(id), file, problems);
    }
    aliases
}

/// The topics by what they are called in any language, in small letters.
fn labels(drafts: &BTreeMap<Slug, Draft>) -> BTreeMap<String, Slug> {
    let called = |(slug, draft): (&Slug, &Draft)| -> Vec<(String, Slug)> {
        let topic = &draft.topic;
        let names = topic.labels.values().chain(topic.also.values().flatten());
        names.map(|name| (name.to_lowercase(), slug.clone())).collect()
    };
    drafts.iter().rev().flat_map(called).collect()
}

/// A topic whose broader topic is still a name.
struct Draft {
    topic: Topic,
    broader: Option<Broader>,
    /// The former ids that it claims.
    aliases: Vec<Placed<Slug>>,
}

/// The name of a broader topic, and where it is written.
struct Broader {
    name: String,
    file: Arc<str>,
    span: Span,
}

impl Draft {
    fn bare(slug: Slug) -> Draft {
        let topic = Topic {
            slug,
            written: None,
            labels: BTreeMap::new(),
            also: BTreeMap::new(),
            ambiguous: BTreeMap::new(),
            signs: BTreeMap::new(),
            broader: None,
            same_as: Vec::new(),
            aliases: Vec::new(),
        };
        Draft { topic, broader: None, aliases: Vec::new() }
    }

    /// A topic that only authors know.
    fn written(slug: Slug, word: &str) -> Draft {
        let mut draft = Draft::bare(slug);
        draft.topic.written = Some(one_line(word)).filter(|it| *it != draft.topic.slug.as_str());
        draft
    }

    /// Its ids, and its label in each language: two topics that share one of these are the same.
    fn names(&self) -> impl Iterator<Item = Name> {
        let labels = self.topic.labels.iter();
        let labels = labels.map(|(tag, label)| (Some(tag.clone()), label.to_ascii_lowercase()));
        let former = self.aliases.iter().map(|alias| (None, alias.value.to_string()));
        labels.chain([(None, self.topic.slug.to_string())]).chain(former)
    }
}

/// A label in a language, or an id.
type Name = (Option<Language>, String);

fn read(file: &Arc<str>, node: &Node, problems: &mut Vec<Diagnostic>) -> Vec<Draft> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    entries.iter().filter_map(|(key, node)| read_topic(file, key, node, problems)).collect()
}

fn read_topic(
    file: &Arc<str>,
    key: &Key,
    node: &Node,
    problems: &mut Vec<Diagnostic>,
) -> Option<Draft> {
    let owner = format!("topic `{}`", key.name);
    let mut fields = Fields::new(&owner, file, &schema::TOPIC, node, problems);
    let slug = match Slug::parse(&key.name) {
        Ok(slug) => Some(slug),
        Err(complaint) => {
            let hint = match id_of_word(&key.name) {
                Ok(id) => Some(format!("call it `{id}`, with a `label` that people read")),
                Err(_) => complaint.hint,
            };
            fields.complain("id", &key.name, key.span, Complaint { hint, ..complaint });
            // The rest is read all the same, so that what else is wrong is said.
            None
        }
    };
    let is_named = slug.is_some();
    let unnamed = || Slug::parse("unnamed").expect("`unnamed` is a slug");
    let mut draft = Draft::bare(slug.unwrap_or_else(unnamed));
    draft.topic.labels = by_language(&mut fields, "label", |fields, name, node| {
        fields.scalar(name, node, &|text| Ok(text.to_owned())).map(|label| label.value)
    });
    draft.topic.also = by_language(&mut fields, "also", words);
    draft.topic.ambiguous = by_language(&mut fields, "ambiguous", words);
    draft.topic.signs = by_language(&mut fields, "signs", words);
    let broader = fields.placed("broader", |text| Ok(text.to_owned()));
    draft.broader = broader.map(|it| Broader { name: it.value, file: file.clone(), span: it.span });
    draft.topic.same_as = fields.values("same_as", Url::parse_identifier);
    draft.aliases = fields.all_placed("aliases", Slug::parse);
    fields.finish();
    is_named.then_some(draft)
}

/// A list of words, or words with commas between.
fn words(fields: &mut Fields<'_>, name: &str, node: &Node) -> Option<Vec<String>> {
    let text = |fields: &mut Fields<'_>, node| fields.scalar(name, node, &|it| Ok(it.to_owned()));
    if let Value::List(items) = &node.value {
        let words = items.iter().filter_map(|item| text(fields, item));
        return Some(words.map(|word| word.value).collect());
    }
    let words = text(fields, node)?.value;
    Some(words.split(',').map(|word| word.trim().to_owned()).filter(|it| !it.is_empty()).collect())
}

fn by_language<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    read: impl Fn(&mut Fields<'_>, &str, &Node) -> Option<T>,
) -> BTreeMap<Language, T> {
    let mut found = BTreeMap::new();
    let Some(node) = fields.node(name) else { return found };
    let Value::Map(entries) = &node.value else {
        let written = fields.field(name).shape.in_braces(node);
        let hint =
            format!("write `{name}: {written}`, with a language such as `en` before the colon");
        fields.wrong_shape_of(name, node, "given by language", hint);
        return found;
    };
    for (key, node) in entries {
        match Language::parse(&key.name) {
            Ok(language) => {
                if let Some(value) = read(fields, name, node) {
                    found.insert(language, value);
                }
            }
            Err(complaint) => fields.complain(name, &key.name, key.span, complaint),
        }
    }
    found
}

/// Turns the names of broader topics into ids, and cuts circles.
fn link(drafts: BTreeMap<Slug, Draft>, problems: &mut Vec<Diagnostic>) -> Topics {
    let mut topics = Topics::default();
    for (topic, slug) in TopicId::each(drafts.keys()) {
        topics.by_slug.insert(slug.as_str().to_owned(), topic);
    }
    for (topic, draft) in TopicId::each(drafts.values()) {
        let aliases = draft.topic.aliases.iter().map(Slug::to_string);
        topics.by_slug.extend(aliases.map(|alias| (alias, topic)));
    }
    let mut wishes = Vec::new();
    for draft in drafts.into_values() {
        topics.list.push(draft.topic);
        wishes.push(draft.broader);
    }
    let named = |wish: &Option<Broader>| Some(topics.find(&wish.as_ref()?.name));
    let found: Vec<Option<Result<TopicId, Complaint>>> = wishes.iter().map(named).collect();
    let broader = found.iter().map(|found| found.as_ref()?.as_ref().ok().copied());
    let (hierarchy, cut) = Hierarchy::new(broader.collect());
    topics.hierarchy = hierarchy;
    for ((id, wish), found) in topics.ids().zip(wishes).zip(found) {
        topics.list[id.index()].broader = topics.hierarchy.broader(id);
        let (Some(Broader { name, file, span }), Some(found)) = (wish, found) else { continue };
        let complaint = match found {
            Ok(_) if cut.contains(&id) => {
                Complaint::new(Code::TopicCycle, "which makes a circle", "remove one `broader`")
            }
            Ok(_) => continue,
            Err(complaint) => complaint,
        };
        let owner = format!("topic `{}`", topics.list[id.index()].slug);
        let nothing = Node::default();
        Fields::new(&owner, &file, &schema::TOPIC, &nothing, problems)
            .complain("broader", &name, span, complaint);
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starter() -> Topics {
        let drafts = STARTER.iter().flat_map(|node| {
            let mut problems = Vec::new();
            let drafts = read(&"starter".into(), node, &mut problems);
            assert_eq!(problems, []);
            drafts
        });
        let mut problems = Vec::new();
        let drafts = drafts.map(|draft| (draft.topic.slug.clone(), draft)).collect();
        let topics = link(drafts, &mut problems);
        assert_eq!(problems, []);
        topics
    }

    /// A label as matching compares it: without case and marks.
    fn folded(label: &str) -> String {
        let mut words = Vec::new();
        crate::language::Tokenizer::default().each(label, |token| words.push(token.to_owned()));
        words.join(" ")
    }

    #[test]
    fn the_starter_vocabulary_is_whole() {
        let topics = starter();
        assert!(topics.list.len() >= 400, "{}", topics.list.len());
        let roots = topics.list.iter().filter(|topic| topic.broader.is_none()).count();
        assert_eq!(roots, STARTER_FILES.len(), "every other topic stands below one");
        for topic in &topics.list {
            for language in ["en", "es", "pt", "fr", "ar"] {
                let language = Language::parse(language).expect("a language");
                let label = topic.labels.get(&language).map_or("", String::as_str);
                assert!(!folded(label).is_empty(), "{} has no {language}", topic.slug);
            }
        }
    }

    #[test]
    fn no_label_of_the_starter_vocabulary_names_two_topics() {
        let topics = starter();
        let mut names: BTreeMap<(Language, String), Slug> = BTreeMap::new();
        for topic in &topics.list {
            let also =
                topic.also.iter().flat_map(|(tag, words)| words.iter().map(move |w| (tag, w)));
            for (language, label) in topic.labels.iter().chain(also) {
                let earlier = names.insert((language.clone(), folded(label)), topic.slug.clone());
                let is_free = earlier.as_ref().is_none_or(|earlier| *earlier == topic.slug);
                assert!(is_free, "`{label}` in {language} is {} and {earlier:?}", topic.slug);
            }
        }
        for topic in &topics.list {
            for (language, words) in &topic.ambiguous {
                for word in words {
                    let other = names.get(&(language.clone(), folded(word)));
                    assert_eq!(other, None, "`{word}` of {} in {language}", topic.slug);
                }
            }
        }
    }

    #[test]
    fn a_site_extends_and_corrects_the_starter_vocabulary() {
        let file: Arc<str> = TOPICS_FILE.into();
        let yaml = "weaving: {label: {en: Weaving}, broader: craft}\nloop: {broader: loop}\n";
        let (topics, _) = record::read_yaml(&file, yaml);
        let records = Records { topics, ..Records::default() };
        let mut problems = Vec::new();
        let topics = resolve(&records, true, true, &mut problems);
        let weaving = topics.find("weaving").expect("it was just added");
        assert_eq!(topics.lineage(weaving).count() >= 2, topics.find("craft").is_ok());
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&Code::TopicCycle), "{problems:?}");
    }
}
