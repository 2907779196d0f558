//! How a field is written that holds several fields: between braces, with what stands there instead.

use crate::content::gap::GAP;
use crate::content::values::{self, Currency};
use crate::content::yaml::{Node, Value};
use crate::content::{advice, attachment, yaml_text};

/// Fields of which nothing is known.
pub(crate) fn unknown(_: &Node) -> String {
    format!("{{{GAP}: {GAP}}}")
}

/// How a value by language or by name is written: between braces, with what stands there instead.
pub(crate) fn named(is_list: bool, node: &Node) -> String {
    if is_list {
        let words: Vec<String> = node.scalars().filter_map(plain_text).map(in_line).collect();
        return format!("{{{GAP}: [{}]}}", words.join(", "));
    }
    let text = written(node);
    format!("{{{GAP}: {}}}", text.as_deref().map_or(GAP.to_owned(), in_line))
}

macro_rules! braces {
    ($($(#[$doc:meta])* $name:ident($text:ident, $node:ident) = $parts:expr;)*) => { $(
        $(#[$doc])*
        pub(crate) fn $name($node: &Node) -> String {
            let text = written($node);
            let $text = text.as_deref().unwrap_or(GAP);
            of_parts(&$parts)
        }
    )* };
}

braces! {
    image(text, _node) = match is_file(text) {
        true => [of("src", text), gap("alt")],
        false => [gap("src"), of("alt", text)],
    };
    link(text, _node) = match text.contains("://") {
        true => vec![of("url", text)],
        false => vec![of("label", text), gap("url")],
    };
    source(text, _node) = match text.contains("://") {
        true => vec![gap("title"), of("url", text)],
        false => vec![of("title", text)],
    };
    contact(text, _node) = contact_of(text);
    amount(text, _node) = amount_of(text);
    quantity(text, _node) = quantity_of(text);
    turn(text, _node) = match is_name(text) {
        true => vec![of("coop", text)],
        false => vec![gap("coop"), of("about", text)],
    };
    pair(text, _node) = match text.split_once("--") {
        Some((need, offer)) => [of("need", need), of("offer", offer)],
        None => [gap("need"), gap("offer")],
    };
    action(text, _node) = [of("what", text)];
    recording(text, _node) = [of("url", text)];
    minutes(_text, _node) = [gap("about"), gap("needs"), gap("offers")];
    series(text, _node) = [of("title", text)];
    brand(text, _node) = [of("logo", text)];
    edit(text, _node) = [of("repository", text)];
    allow(text, _node) = [of("value", text), gap("reason")];
    topics(_text, _node) = [gap("closed")];
    contacts(text, _node) = [of("visibility", text)];
    matching(_text, _node) = [gap("limit")];
}

pub(crate) fn place(node: &Node) -> String {
    of_place(&place_of(node))
}

pub(crate) fn guard(node: &Node) -> String {
    format!("{{allow: [{}]}}", allow(node))
}

fn of(name: &'static str, text: &str) -> (&'static str, String) {
    (name, text.to_owned())
}

fn gap(name: &'static str) -> (&'static str, String) {
    (name, GAP.to_owned())
}

fn is_name(text: &str) -> bool {
    text.chars().all(|it| it.is_alphanumeric() || "-_./…".contains(it))
}

/// Whether a text can be the name of a file with a picture.
pub(crate) fn is_file(text: &str) -> bool {
    attachment::is_picture(text) || is_name(text)
}

pub(crate) fn of_place(parts: &[(&str, String)]) -> String {
    match parts {
        [] => format!("{{country: {GAP}, city: {GAP}}}"),
        parts => of_parts(parts),
    }
}

pub(crate) fn of_parts(parts: &[(&str, String)]) -> String {
    let parts: Vec<String> =
        parts.iter().map(|(name, value)| format!("{name}: {}", in_line(value))).collect();
    format!("{{{}}}", parts.join(", "))
}

/// A value within braces, in quotes where YAML wants them.
pub(crate) fn in_line(value: &str) -> String {
    match value {
        GAP => GAP.to_owned(),
        value if value.contains('`') || value.chars().count() > LONGEST => GAP.to_owned(),
        value => yaml_text::in_line(value),
    }
}

/// The text of a node that can be repeated in a hint.
pub(crate) fn plain_text(node: &Node) -> Option<&str> {
    let Value::Text(text) = &node.value else { return None };
    let text = text.trim();
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST;
    (is_short && !text.contains(['`', '\n', '\\', '"'])).then_some(text)
}

/// Longer texts are not repeated.
const LONGEST: usize = 80;

/// What is written in a node, also in a list of one value or in a wiki link.
pub(crate) fn written(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(_) => plain_text(node).map(str::to_owned),
        Value::List(items) => {
            let texts: Option<Vec<&str>> = node.scalars().map(plain_text).collect();
            let is_flat = items.iter().all(|item| matches!(item.value, Value::Text(_)));
            let texts = texts.filter(|texts| is_flat || texts.len() == 1)?;
            Some(texts.join(" ")).filter(|text| !text.is_empty())
        }
        Value::Null | Value::Map(_) => None,
    }
}

/// What a text, a list or a mapping says of a place.
pub(crate) fn place_of(node: &Node) -> Vec<(&'static str, String)> {
    let of = |name| node.field(name).and_then(plain_text).map(str::to_owned);
    if let Value::Map(_) = node.value {
        let parts = ["country", "city"].into_iter();
        return parts.filter_map(|name| Some((name, of(name)?))).collect();
    }
    let texts: Vec<&str> = node.scalars().filter_map(plain_text).collect();
    let pieces = texts.iter().flat_map(|text| text.split(',')).map(str::trim);
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty() && *piece != GAP).collect();
    let code = |text: &str| {
        let known = values::Country::parse(text).ok().map(|it| it.to_string());
        known.or_else(|| advice::country(text).map(str::to_owned))
    };
    let country = pieces.iter().rposition(|piece| code(piece).is_some());
    let town = pieces.iter().enumerate().find(|(at, _)| Some(*at) != country);
    let country = country.and_then(|at| code(pieces[at])).map(|code| ("country", code));
    country.into_iter().chain(town.map(|(_, town)| ("city", (*town).to_owned()))).collect()
}

/// The type that an address has by its looks.
fn contact_of(text: &str) -> Vec<(&'static str, String)> {
    let bare = text.strip_prefix("mailto:").or_else(|| text.strip_prefix("tel:")).unwrap_or(text);
    let is_number = bare.chars().all(|it| it.is_ascii_digit() || "+-() ./".contains(it));
    let kind = match bare {
        _ if bare.contains("://") => "url",
        _ if bare.starts_with('@') && bare[1..].contains('@') => "fediverse",
        _ if bare.starts_with(['@', '#', '!']) && bare.contains(':') => "matrix",
        _ if bare.contains('@') && !bare.starts_with('@') => "email",
        _ if is_number => "phone",
        _ => GAP,
    };
    vec![("type", kind.to_owned()), ("value", bare.to_owned())]
}

/// A sum and its currency. What can be read as two sums is left to its author.
fn amount_of(text: &str) -> Vec<(&'static str, String)> {
    let is_of_number = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | '\'');
    let number: String = text.chars().filter(|it| is_of_number(*it)).collect();
    let rest: String = text.chars().filter(|it| !is_of_number(*it)).collect();
    let sign = SIGNS.iter().find(|(sign, _)| *sign == rest.trim()).map(|(_, code)| *code);
    let currency = Currency::parse(rest.trim()).ok().map(|it| it.to_string());
    let currency = currency.or_else(|| sign.map(str::to_owned));
    let value = plain_number(&number).unwrap_or_else(|| GAP.to_owned());
    vec![("value", value), ("currency", currency.unwrap_or_else(|| GAP.to_owned()))]
}

/// Signs that one currency alone has.
const SIGNS: [(&str, &str); 4] = [("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("R$", "BRL")];

fn quantity_of(text: &str) -> Vec<(&'static str, String)> {
    let (value, unit) = text.split_once(' ').unwrap_or((text, GAP));
    match plain_number(value) {
        Some(value) => vec![("value", value), ("unit", unit.trim().to_owned())],
        None => vec![("value", GAP.to_owned()), ("unit", GAP.to_owned())],
    }
}

/// A number that everybody reads alike: digits, and at most two after a point.
fn plain_number(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && is_digits(whole) && is_digits(part) && part.len() <= 2;
    (fits && !text.ends_with('.')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml;

    fn node(yaml: &str) -> Node {
        let (node, problems) = yaml::parse(&format!("k: {yaml}"), 0);
        assert_eq!(problems, [], "{yaml}");
        node.field("k").cloned().unwrap_or_default()
    }

    #[test]
    fn what_is_written_is_taken_up_and_nothing_is_added() {
        type Braces = fn(&Node) -> String;
        let all: [(Braces, &str, &str); 32] = [
            (place, "Cork, Ireland", "{country: IE, city: Cork}"),
            (place, "BO", "{country: BO}"),
            (place, "[BO, La Paz]", "{country: BO, city: La Paz}"),
            (place, "Samaipata", "{city: Samaipata}"),
            (place, "", "{country: …, city: …}"),
            (amount, "500 EUR", "{value: 500, currency: EUR}"),
            (amount, "[500, EUR]", "{value: 500, currency: EUR}"),
            (amount, "€1200.50", "{value: 1200.50, currency: EUR}"),
            (amount, "500", "{value: 500, currency: …}"),
            (amount, "$500", "{value: 500, currency: …}"),
            (amount, "2.500 EUR", "{value: …, currency: EUR}"),
            (amount, "a bit", "{value: …, currency: …}"),
            (quantity, "3 days", "{value: 3, unit: days}"),
            (quantity, "3", "{value: 3, unit: …}"),
            (quantity, "some days", "{value: …, unit: …}"),
            (contact, "ana@acme.example", "{type: email, value: ana@acme.example}"),
            (contact, "+591 3 000 0000", "{type: phone, value: \"+591 3 000 0000\"}"),
            (contact, "https://a.example/", "{type: url, value: \"https://a.example/\"}"),
            (contact, "'@ana@a.example'", "{type: fediverse, value: \"@ana@a.example\"}"),
            (contact, "ask at the door", "{type: …, value: ask at the door}"),
            (image, "oven.png", "{src: oven.png, alt: …}"),
            (image, "Foto del telar.PNG", "{src: Foto del telar.PNG, alt: …}"),
            (link, "https://a.example/", "{url: \"https://a.example/\"}"),
            (link, "Our shop", "{label: Our shop, url: …}"),
            (turn, "acme", "{coop: acme}"),
            (turn, "[[acme]]", "{coop: acme}"),
            (pair, "oven--looms", "{need: oven, offer: looms}"),
            (pair, "oven and looms", "{need: …, offer: …}"),
            (|it| named(false, it), "Weben", "{…: Weben}"),
            (allow, "the door", "{value: the door, reason: …}"),
            (minutes, "30", "{about: …, needs: …, offers: …}"),
            (unknown, "x", "{…: …}"),
        ];
        for (braces, yaml, expected) in all {
            assert_eq!(braces(&node(yaml)), expected, "{yaml}");
        }
    }
}
