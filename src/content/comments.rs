//! The comments of front matter.

use std::collections::BTreeMap;
use std::ops::Range;

use super::front_matter;
use super::yaml::{Node, Value};

/// The comments of a front matter, in the order written.
pub(super) fn comments<'a>(file: &'a str, front: &Node) -> Vec<&'a str> {
    let mut texts: Vec<Range<usize>> = Vec::new();
    spans(front, &mut texts);
    let whole = front_matter::split(file).front;
    let (mut found, mut at) = (Vec::new(), whole.start);
    let mut texts = texts.into_iter().peekable();
    while let Some(sign) = file[at..whole.end].find('#').map(|it| at + it) {
        while texts.next_if(|text| text.end <= sign).is_some() {}
        if texts.peek().is_some_and(|text| text.contains(&sign)) {
            at = texts.next().map_or(sign, |text| text.end);
            continue;
        }
        let line = file[sign..whole.end].lines().next().unwrap_or_default();
        if file[..sign].ends_with(char::is_whitespace) || sign == whole.start {
            found.push(line.trim_end());
            at = sign + line.len();
        } else {
            at = sign + 1;
        }
    }
    found
}

/// Where texts stand, in which a `#` begins no comment.
fn spans(node: &Node, all: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Null => {}
        Value::Text(_) => all.push(node.span.start..node.span.end),
        Value::List(items) => items.iter().for_each(|item| spans(item, all)),
        Value::Map(fields) => {
            for (key, value) in fields {
                all.push(key.span.start..key.span.end);
                spans(value, all);
            }
        }
    }
}

/// Comments that are not among others, each as often as it is missing.
pub(super) fn missing(list: Vec<&str>, other: &[&str]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for comment in other {
        *counts.entry((*comment).to_owned()).or_default() += 1;
    }
    let is_missing = |it: &&str| match counts.get_mut(*it) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    list.into_iter().filter(is_missing).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml;

    #[test]
    fn a_comment_begins_with_a_sign_behind_a_space_and_outside_of_texts() {
        let file = "\u{feff}---\r\n# One.\r\na: b#c # two \r\n\"#d\": '# e'   #three\r\nf: |\r\n  # g\r\n# four\r\n\
                    h: [i, # five # six\r\n  j]\r\nk: l # one\r\n---\r\n# Body\r\n";
        let front = front_matter::split(file).front;
        let (node, _) = yaml::parse(&file[front.start..front.end], front.start);
        let all = ["# One.", "# two", "#three", "# four", "# five # six", "# one"];
        assert_eq!(comments(file, &node), all);
        assert_eq!(missing(vec!["# a", "# a", "# b"], &["# a", "# c"]), ["# a", "# b"]);
    }
}
