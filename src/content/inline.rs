//! Wiki links in the texts of fields, such as a summary or a decision.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::markdown;

/// The fields whose texts are read as Markdown: what stands in a line, without blocks.
pub(crate) const IN_MARKDOWN: [&str; 7] =
    ["summary", "caption", "outcome", "about", "note", "decisions", "what"];

/// A wiki link in the text of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldLink {
    /// Where it stands in the text.
    pub place: Range<usize>,
    pub target: String,
    /// Its own words, if it has any.
    pub words: Option<String>,
}

/// The text with something else in the place of each link.
pub(crate) fn replace(text: &str, mut other: impl FnMut(FieldLink) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    for link in links(text) {
        let Range { start, end } = link.place.clone();
        if start >= at {
            replaced.push_str(&text[at..start]);
            replaced.push_str(&other(link));
            at = end;
        }
    }
    replaced.push_str(&text[at..]);
    replaced
}

fn links(text: &str) -> Vec<FieldLink> {
    if !text.contains("[[") {
        return Vec::new();
    }
    let links = markdown::events(text).filter_map(|(event, place)| match event {
        Event::Start(Tag::Link {
            link_type: LinkType::WikiLink { has_pothole }, dest_url, ..
        }) => {
            let inside = text[place.clone()].trim_start_matches('[').trim_end_matches(']');
            let words = inside.split_once('|').filter(|_| has_pothole);
            let words = words.map(|(_, words)| words.to_owned()).filter(|it| !it.trim().is_empty());
            Some(FieldLink { place, target: dest_url.into_string(), words })
        }
        _ => None,
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_replaced_where_they_stand() {
        let show = |text: &str| {
            replace(text, |link| format!("<{}:{}>", link.target, link.words.unwrap_or_default()))
        };
        assert_eq!(
            show("Ask [[agaric]] and [[b c|our *friends*]]."),
            "Ask <agaric:> and <b c:our *friends*>."
        );
        assert_eq!(show("`[[agaric]]` [[]] [x](y) [[a"), "`[[agaric]]` [[]] [x](y) [[a");
        assert_eq!(show("- [[a|]]"), "- <a:>");
    }
}
