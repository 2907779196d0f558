//! The fields of a topic in `content/topics.yaml`.

use super::field::{Field, Shape, Table};

/// A topic.
pub(crate) static TOPIC: Table = Table::new(&[&[
    Field::new(
        "label",
        Shape::ByLanguage(&Shape::Text),
        "{en: Hand weaving}",
        "what the topic is called, by language",
    )
    .called("labels name title preflabel etiqueta bezeichnung titulo"),
    Field::new(
        "also",
        Shape::ByLanguage(&Shape::List(&Shape::Text)),
        "{en: [loom work]}",
        "other words for it, by language, as a list or with commas between; matching recognises them in texts",
    )
    .called("synonyms synonym altlabel words tambien aussi auch anche"),
    Field::new(
        "ambiguous",
        Shape::ByLanguage(&Shape::List(&Shape::Text)),
        "{en: [warp]}",
        "words that mean it in some texts and something else in others; they count where a text also speaks of something near",
    ),
    Field::new(
        "signs",
        Shape::ByLanguage(&Shape::List(&Shape::Text)),
        "{en: \"thread, shuttle, cloth\"}",
        "words that go with it; several of them in one text point to it where it is not named",
    ),
    Field::new(
        "broader",
        Shape::Topic,
        "textiles",
        "the id of the topic above it; the page of a topic also shows what is about topics below it, down to 31 levels",
    )
    .called("parent up broaderterm category padre oberbegriff"),
    Field::new(
        "same_as",
        Shape::List(&Shape::Identifier),
        "[\"https://www.wikidata.org/wiki/Q4115189\"]",
        "web addresses, URNs or DIDs of the same idea elsewhere",
    )
    .called("wikidata exactmatch uri"),
    Field::new(
        "aliases",
        Shape::List(&Shape::Id),
        "[weaving]",
        "former ids of the topic; entries may go on naming them, and their old addresses lead here",
    )
    .called("alias formerids"),
]]);
