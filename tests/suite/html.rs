//! Reads pages as a browser does, to see what is in them.

use ego_tree::iter::Edge;
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::node::{Element, Text};
use scraper::{ElementRef, Html, HtmlTreeSink, Node, Selector};

/// Reads a page that may be broken; its `errors` say what is wrong with it. Scripts do not run, so
/// that what stands in `noscript` is a part of the page.
pub(crate) fn read(html: &str) -> Html {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let options = ParseOpts { tree_builder, ..Default::default() };
    parse_document(HtmlTreeSink::new(Html::new_document()), options).one(html)
}

/// Reads a page, which must keep the rules of the HTML standard.
#[track_caller]
pub(crate) fn page(html: &str) -> Html {
    let page = read(html);
    assert!(page.errors.is_empty(), "{:?} in {html}", page.errors);
    page
}

/// The elements of a page that a CSS selector means.
pub(crate) fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// The attributes of an element, by their whole names in small letters.
pub(crate) fn attributes_of(element: &Element) -> impl Iterator<Item = (String, &str)> {
    element.attrs.iter().map(|(name, value)| {
        let prefix = name.prefix.as_ref().map_or(String::new(), |prefix| format!("{prefix}:"));
        ((prefix + &name.local).to_ascii_lowercase(), &**value)
    })
}

/// Every value of an attribute in a page.
#[track_caller]
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    values(&page(html), name)
}

/// Every value of an attribute in a page that is read already.
pub(crate) fn values(page: &Html, name: &str) -> Vec<String> {
    let elements = page.tree.root().descendants().filter_map(|node| node.value().as_element());
    let all = elements.flat_map(attributes_of).filter(|(it, _)| it == name);
    all.map(|(_, value)| value.to_owned()).collect()
}

/// All text of a page, with the elements forgotten.
#[track_caller]
pub(crate) fn text(html: &str) -> String {
    let page = page(html);
    joined(page.tree.root().descendants().filter_map(|node| node.value().as_text()))
}

/// All text of the main part of a page.
#[track_caller]
pub(crate) fn main_text(html: &str) -> String {
    let page = page(html);
    let [main] = select(&page, "main")[..] else { panic!("not one main part in {html}") };
    joined(main.descendants().filter_map(|node| node.value().as_text()))
}

/// The words of texts between which tags stand, in one line.
fn joined<'a>(texts: impl Iterator<Item = &'a Text>) -> String {
    texts.flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// Elements that stand on lines of their own.
pub(crate) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "datalist",
    "dd",
    "details",
    "div",
    "dialog",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What a reader meets in the main part of a page: its words, headings and links, without how they
/// look. Written like Markdown, a line for each block.
#[track_caller]
pub(crate) fn facts(html: &str) -> String {
    let page = page(html);
    let mut lines: Vec<String> = vec![String::new()];
    for edge in select(&page, "main").iter().flat_map(|main| main.traverse().skip(1)) {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let mut around = node.ancestors().filter_map(|it| it.value().as_element());
        if around.any(|it| it.name() == "svg") {
            continue;
        }
        if node.value().as_element().is_some_and(|it| BLOCKS.contains(&it.name())) {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        match (node.value(), edge) {
            (Node::Text(text), Edge::Open(_)) => line.push_str(text),
            (Node::Element(element), Edge::Open(_)) => line.push_str(&before(element)),
            (Node::Element(element), Edge::Close(_)) if element.name() == "a" => {
                line.push_str(&format!("]({})", element.attr("href").unwrap_or_default()));
            }
            _ => {}
        }
    }
    let tidied = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let kept: Vec<String> = tidied.filter(|line| !matches!(line.as_str(), "" | "-")).collect();
    kept.join("\n") + "\n"
}

/// What stands for an element before its content.
fn before(element: &Element) -> String {
    let of = |name: &str| element.attr(name).unwrap_or_default();
    let mut mark = match element.name() {
        "a" => "[".to_owned(),
        "img" => format!("![{}]({})", of("alt"), of("src")),
        "input" => format!("<{} {}>", of("type"), of("name")),
        heading @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
            "#".repeat(heading[1..].parse().unwrap_or(1)) + " "
        }
        "li" => "- ".to_owned(),
        _ => String::new(),
    };
    if !of("lang").is_empty() {
        mark.push_str(&format!("({} {}) ", of("lang"), of("dir")));
    }
    mark
}

/// Says what in an XML file breaks its rules.
pub(crate) fn xml_fault(xml: &str) -> Option<String> {
    roxmltree::Document::parse(xml).err().map(|error| error.to_string())
}

#[test]
fn pages_are_read_as_browsers_do() {
    let html = "<!doctype html><html lang=en><head><title>1 &lt; 2</title></head><body>\
                <main class=a>1 > 2 &amp;&#39;<IMG alt=x src=\"/>\"/>\
                <svg viewBox='0'><use xlink:href=y /></svg><noscript><a href=z>b</a></noscript>\
                <template><a href=t>c</a></template></main></body></html>";
    assert_eq!(text(html), "1 < 2 1 > 2 &' b c");
    assert_eq!(main_text(html), "1 > 2 &' b c");
    assert_eq!(facts(html), "1 > 2 &'![x](/>)[b](z)[c](t)\n");
    assert_eq!(attributes(html, "href"), ["z", "t"]);
    for (name, value) in [("viewbox", "0"), ("xlink:href", "y"), ("src", "/>"), ("lang", "en")] {
        assert_eq!(attributes(html, name), [value], "{name}");
    }
}

#[test]
fn a_page_that_breaks_a_rule_is_not_read() {
    let around = |part: &str| format!("<!doctype html><html lang=en><title>A</title>{part}");
    assert!(read(&around("<p>a<p>b")).errors.is_empty());
    for broken in [
        "<a href=x href=y>twice</a>",
        "<a href=x><a href=y>within another</a></a>",
        "<div>without its end",
        "without its start</div>",
        "<b><i>crossed</b></i>",
        "<table><div>where it cannot be</div></table>",
        "<frame src=x>",
        "<html onclick=x>",
        "<!doctype html>",
        "<?php ?>",
        "<a href=",
    ] {
        assert_ne!(read(&around(broken)).errors, [""; 0], "{broken}");
    }
    assert_ne!(read("<p>without a doctype</p>").errors, [""; 0]);
}

#[test]
fn xml_that_breaks_a_rule_is_said() {
    assert_eq!(xml_fault("<a><b/>&amp;&#39;</a>"), None);
    for broken in [
        "<a>&nbsp;</a>",
        "<a>\u{b}</a>",
        "<a><b></a>",
        "<a><b>",
        "</a>",
        "<a",
        "<a>& b</a>",
        "<a b=c/>",
        "<a b='' b=''/>",
    ] {
        assert_ne!(xml_fault(broken), None, "{broken}");
    }
}
