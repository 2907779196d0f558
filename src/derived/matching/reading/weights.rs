//! The numbers of reading: how much each thing counts that a text says, and why.

/// What one shared topic says, when it is as rare as a shared topic can be.
pub(crate) const EQUAL_TOPIC: f64 = 0.68;

/// The offer's topic is narrower (a part of what is sought) or wider (may hold what is sought).
pub(crate) const WIDER_TOPIC: f64 = 0.4;

/// Two topics below the same one: neighbours, who often know how to help.
pub(crate) const SIBLING_TOPIC: f64 = 0.2;

/// A topic that everybody has still says something, since somebody chose it.
pub(crate) const COMMONEST_TOPIC: f64 = 0.3;

/// How far a topic is trusted that the author did not choose, but a title or summary names. One such
/// topic on both sides has to reach the threshold: it is how a need finds an offer in another language.
pub(crate) const NAMED_IN_TITLE: f64 = 0.9;

/// The same for one that only the body names, perhaps in passing.
pub(crate) const NAMED_IN_BODY: f64 = 0.6;

/// How much of that trust remains where a word could also mean something else, and something near it
/// is named as well.
pub(crate) const AMBIGUOUS_WORD: f64 = 0.8;

/// So many different words that go with a topic point to it together; one alone proves nothing.
pub(crate) const SIGNS: usize = 2;

/// What such words say together when they say all they can: rare ones say 1 each at most.
pub(crate) const ENOUGH_SIGNS: f64 = 2.5;

/// How far a topic is trusted that a text does not name, but speaks of in such words.
pub(crate) const BY_SIGNS: f64 = 0.6;

/// At most so many topics are taken from such words: further ones are mostly chance.
pub(crate) const TOPICS_BY_SIGNS: usize = 6;

/// Two words are nearly the same when they share this part of their trigrams at least: below it, most
/// are strangers that look alike.
pub(crate) const LEAST_NEARNESS: f64 = 0.66;

/// What a word counts that is only nearly shared, beside one that is.
pub(crate) const NEAR_WORD: f64 = 0.7;

/// A word of the title counts as much as this many of the body: it says what it is about.
pub(crate) const TITLE_WORD: f64 = 3.0;

/// A word of the summary, likewise.
pub(crate) const SUMMARY_WORD: f64 = 2.0;

/// BM25's `k1`: how soon repeating a word adds nothing. The usual value.
pub(crate) const SATURATION: f64 = 1.2;

/// BM25's `b`: how much long texts are held back. The usual value.
pub(crate) const LENGTH_PENALTY: f64 = 0.75;

/// Shared words that weigh this much together say half of what text can say, where entries are few…
pub(crate) const HALF_OF_TEXT: f64 = 0.7;

/// … and this much more for each entry, since chance has more to choose from…
pub(crate) const HALF_OF_TEXT_AN_ENTRY: f64 = 0.025;

/// … up to this: longer texts do not share more words because there are more texts.
pub(crate) const HALF_OF_TEXT_AT_MOST: f64 = 2.2;

/// As if there were this many more entries that share no word: rarity is known from two entries on.
pub(crate) const BACKGROUND_ENTRIES: f64 = 30.0;

/// A word in more than a tenth of the entries, and in more than this many, says nothing.
pub(crate) const COMMON_WORD_ENTRIES: usize = 30;
