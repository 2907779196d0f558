//! How a field is written that somebody guessed: with the values that they wrote, and a gap for each that they did not.
//!
//! A hint is copied. So it holds no value that its author did not write, and none that could pass for one.

use super::values::{self, Currency};
use super::yaml::{Key, Node, Value};
use super::{advice, attachment, numbers, yaml_text};

/// Stands in a hint for a value that nobody has written yet. `check` tells of one that was left.
pub(crate) const GAP: &str = "…";

/// Whether a value is a gap that a hint or a template left.
pub(crate) fn is_gap(text: &str) -> bool {
    matches!(text.trim(), GAP | "...")
}

/// What an author wrote: the value of the field that is no field, and all fields beside it.
pub(crate) struct Own<'a> {
    /// What stands after the colon.
    pub node: &'a Node,
    /// Every field of the same mapping.
    pub beside: &'a [(Key, Node)],
}

/// How a field is written that is more than another name for the guess.
pub(crate) type How = fn(&Own<'_>) -> String;

impl<'a> Own<'a> {
    /// The text of a field of the same mapping.
    fn text(&self, name: &str) -> Option<&'a str> {
        let (_, node) = self.beside.iter().find(|(key, _)| key.name == name)?;
        plain(node)
    }

    /// The value itself, where it is one text.
    fn own(&self) -> Option<&'a str> {
        plain(self.node)
    }
}

/// `country: IE` and `city: Cork`, as fields of the entry.
pub(crate) fn town(own: &Own<'_>) -> String {
    let parts = match place_of(own.node) {
        parts if parts.is_empty() => vec![("country", GAP.to_owned()), ("city", GAP.to_owned())],
        parts => parts,
    };
    let lines: Vec<String> =
        parts.iter().map(|(name, value)| format!("{name}: {}", in_line(value))).collect();
    lines.join("` and `")
}

/// `place: {country: IE, city: Cork}`, of the fields that are written beside each other.
pub(crate) fn place(own: &Own<'_>) -> String {
    let mut parts: Vec<(&str, String)> = ["country", "city"]
        .into_iter()
        .filter_map(|name| Some((name, own.text(name)?.to_owned())))
        .collect();
    if parts.is_empty() {
        parts = place_of(own.node);
    }
    format!("place: {}", braces_of("place", &parts))
}

/// `coordinates: [51.9, -8.47]`
pub(crate) fn coordinates(own: &Own<'_>) -> String {
    let of = |names: [&str; 2]| names.iter().find_map(|name| own.text(name)).unwrap_or(GAP);
    let longitude = match of(["lon", "lng"]) {
        GAP => of(["longitude", "long"]),
        found => found,
    };
    format!("coordinates: [{}, {longitude}]", of(["lat", "latitude"]))
}

/// `contact: {type: email, value: name@example.org}`, or another type.
pub(crate) fn contact(own: &Own<'_>) -> String {
    format!("contact: {}", braces("contact", own.node))
}

/// `contact: {type: phone, value: …}`
pub(crate) fn phone(own: &Own<'_>) -> String {
    let value = own.own().unwrap_or(GAP);
    format!("contact: {{type: phone, value: {}}}", in_line(value))
}

/// `type: email` and `value: …`, within a contact.
pub(crate) fn email_value(own: &Own<'_>) -> String {
    format!("type: email` and `value: {}", in_line(own.own().unwrap_or(GAP)))
}

/// The same of a telephone.
pub(crate) fn phone_value(own: &Own<'_>) -> String {
    format!("type: phone` and `value: {}", in_line(own.own().unwrap_or(GAP)))
}

/// `links: {url: …}`
pub(crate) fn links(own: &Own<'_>) -> String {
    format!("links: {{url: {}}}", in_line(own.own().unwrap_or(GAP)))
}

/// `brand: {logo: …}`
pub(crate) fn brand(own: &Own<'_>) -> String {
    format!("brand: {{logo: {}}}", in_line(own.own().unwrap_or(GAP)))
}

/// `image: {src: …, alt: …}`
pub(crate) fn image(own: &Own<'_>) -> String {
    format!("image: {}", braces("image", own.node))
}

/// `start: 2026-11-25T16:00`, of a date and a time.
pub(crate) fn start(own: &Own<'_>) -> String {
    let date = own.text("date").filter(|date| values::date(date).is_ok()).unwrap_or(GAP);
    let is_time = |time: &&str| time.len() == 5 && time.as_bytes()[2] == b':';
    let time = own.text("time").filter(is_time).unwrap_or(GAP);
    match (date, time) {
        (GAP, GAP) => format!("start: {GAP}"),
        (date, time) => format!("start: {date}T{time}"),
    }
}

/// `amount: {value: 500, currency: EUR}`
pub(crate) fn amount(own: &Own<'_>) -> String {
    format!("amount: {}", braces("amount", own.node))
}

/// `turns: [{coop: …}]`
pub(crate) fn turns(own: &Own<'_>) -> String {
    let turns: Vec<String> = own.node.items().iter().map(|coop| braces("turns", coop)).collect();
    format!("turns: [{}]", turns.join(", "))
}

/// How a field is written that holds several fields: between braces, with what stands there instead.
pub(crate) fn braces(field: &str, node: &Node) -> String {
    let text = written(node);
    let text = text.as_deref().unwrap_or(GAP);
    let of = |name: &'static str| vec![(name, text.to_owned())];
    let gap = |name: &'static str| (name, GAP.to_owned());
    let is_url = text.contains("://");
    let is_picture = attachment::is_picture(text);
    let is_name = is_picture || text.chars().all(|it| it.is_alphanumeric() || "-_./…".contains(it));
    let parts = match field {
        "contact" | "facilitator" => contact_of(text),
        "image" if is_name => vec![of("src").remove(0), gap("alt")],
        "image" => vec![gap("src"), ("alt", text.to_owned())],
        "links" if is_url => of("url"),
        "links" => vec![("label", text.to_owned()), gap("url")],
        "sources" if is_url => vec![gap("title"), ("url", text.to_owned())],
        "sources" => of("title"),
        "place" => place_of(node),
        "amount" => amount_of(text),
        "quantity" => quantity_of(text),
        "turns" if is_name => of("coop"),
        "turns" => vec![gap("coop"), ("about", text.to_owned())],
        "matches" => match text.split_once("--") {
            Some((need, offer)) => vec![("need", need.to_owned()), ("offer", offer.to_owned())],
            None => vec![gap("need"), gap("offer")],
        },
        "actions" => of("what"),
        "recording" => of("url"),
        "minutes" => vec![gap("about"), gap("needs"), gap("offers")],
        "calls" => of("title"),
        "brand" => of("logo"),
        "edit" => of("repository"),
        "allow" => vec![("value", text.to_owned()), gap("reason")],
        "guard" => return format!("{{allow: [{}]}}", braces("allow", node)),
        "label" => return format!("{{{GAP}: {}}}", in_line(text)),
        "also" | "ambiguous" | "signs" => {
            let words: Vec<&str> = node.scalars().filter_map(plain).collect();
            let words: Vec<String> = words.iter().map(|word| in_line(word)).collect();
            return format!("{{{GAP}: [{}]}}", words.join(", "));
        }
        "topics" => vec![gap("closed")],
        "contacts" => of("visibility"),
        "matching" => vec![gap("limit")],
        _ => return format!("{{{GAP}: {GAP}}}"),
    };
    braces_of(field, &parts)
}

fn braces_of(field: &str, parts: &[(&str, String)]) -> String {
    if parts.is_empty() && field == "place" {
        return format!("{{country: {GAP}, city: {GAP}}}");
    }
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
fn plain(node: &Node) -> Option<&str> {
    let Value::Text(text) = &node.value else { return None };
    let text = text.trim();
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST;
    (is_short && !text.contains(['`', '\n', '\\', '"'])).then_some(text)
}

/// Longer texts are not repeated.
const LONGEST: usize = 80;

/// What is written in a node, also in a list of one value or in a wiki link.
fn written(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(_) => plain(node).map(str::to_owned),
        Value::List(items) => {
            let texts: Option<Vec<&str>> = node.scalars().map(plain).collect();
            let is_flat = items.iter().all(|item| matches!(item.value, Value::Text(_)));
            let texts = texts.filter(|texts| is_flat || texts.len() == 1)?;
            Some(texts.join(" ")).filter(|text| !text.is_empty())
        }
        Value::Null | Value::Map(_) => None,
    }
}

/// What a text, a list or a mapping says of a place.
fn place_of(node: &Node) -> Vec<(&'static str, String)> {
    let of = |name| node.field(name).and_then(plain).map(str::to_owned);
    if let Value::Map(_) = node.value {
        let parts = ["country", "city"].into_iter();
        return parts.filter_map(|name| Some((name, of(name)?))).collect();
    }
    let texts: Vec<&str> = node.scalars().filter_map(plain).collect();
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

/// What to write where two numbers are expected, and something else stands there.
pub(crate) fn two_numbers(node: &Node) -> String {
    let of = |names: [&str; 4]| names.iter().find_map(|name| node.field(name).and_then(plain));
    let both = match &node.value {
        Value::Map(_) => {
            of(["lat", "latitude", "Lat", "Latitude"]).zip(of(["lon", "lng", "long", "longitude"]))
        }
        Value::Text(text) => text.split_once(',').or_else(|| text.trim().split_once(' ')),
        Value::Null | Value::List(_) => None,
    };
    let both = both.map(|(latitude, longitude)| (latitude.trim(), longitude.trim()));
    let fits = |(latitude, longitude): &(&str, &str)| {
        values::degrees(latitude, 90.0).is_ok() && values::degrees(longitude, 180.0).is_ok()
    };
    match both.filter(fits) {
        Some((latitude, longitude)) => format!("write `[{latitude}, {longitude}]`"),
        None => numbers::DEGREES.to_owned(),
    }
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
        for (field, yaml, expected) in [
            ("place", "Cork, Ireland", "{country: IE, city: Cork}"),
            ("place", "BO", "{country: BO}"),
            ("place", "[BO, La Paz]", "{country: BO, city: La Paz}"),
            ("place", "Samaipata", "{city: Samaipata}"),
            ("place", "", "{country: …, city: …}"),
            ("amount", "500 EUR", "{value: 500, currency: EUR}"),
            ("amount", "[500, EUR]", "{value: 500, currency: EUR}"),
            ("amount", "€1200.50", "{value: 1200.50, currency: EUR}"),
            ("amount", "500", "{value: 500, currency: …}"),
            ("amount", "$500", "{value: 500, currency: …}"),
            ("amount", "2.500 EUR", "{value: …, currency: EUR}"),
            ("amount", "a bit", "{value: …, currency: …}"),
            ("quantity", "3 days", "{value: 3, unit: days}"),
            ("quantity", "3", "{value: 3, unit: …}"),
            ("quantity", "some days", "{value: …, unit: …}"),
            ("contact", "ana@acme.example", "{type: email, value: ana@acme.example}"),
            ("contact", "+591 3 000 0000", "{type: phone, value: \"+591 3 000 0000\"}"),
            ("contact", "https://a.example/", "{type: url, value: \"https://a.example/\"}"),
            ("contact", "'@ana@a.example'", "{type: fediverse, value: \"@ana@a.example\"}"),
            ("contact", "ask at the door", "{type: …, value: ask at the door}"),
            ("image", "oven.png", "{src: oven.png, alt: …}"),
            ("image", "Foto del telar.PNG", "{src: Foto del telar.PNG, alt: …}"),
            ("links", "https://a.example/", "{url: \"https://a.example/\"}"),
            ("links", "Our shop", "{label: Our shop, url: …}"),
            ("turns", "acme", "{coop: acme}"),
            ("turns", "[[acme]]", "{coop: acme}"),
            ("matches", "oven--looms", "{need: oven, offer: looms}"),
            ("matches", "oven and looms", "{need: …, offer: …}"),
            ("label", "Weben", "{…: Weben}"),
            ("allow", "the door", "{value: the door, reason: …}"),
            ("minutes", "30", "{about: …, needs: …, offers: …}"),
            ("elsewhere", "x", "{…: …}"),
        ] {
            assert_eq!(braces(field, &node(yaml)), expected, "{field}: {yaml}");
        }
    }

    #[test]
    fn fields_that_stand_beside_each_other_become_one() {
        let (map, _) =
            yaml::parse("country: BO\ncity: La Paz\nlat: -16.5\nlng: -68.1\ndate: 2027-01-27", 0);
        let Value::Map(beside) = &map.value else { panic!("a mapping") };
        let own = |name: &str| Own { node: map.field(name).expect("a field"), beside };
        assert_eq!(place(&own("city")), "place: {country: BO, city: La Paz}");
        assert_eq!(coordinates(&own("lat")), "coordinates: [-16.5, -68.1]");
        assert_eq!(start(&own("date")), "start: 2027-01-27T…");
        assert_eq!(town(&own("city")), "city: La Paz");
    }
}
