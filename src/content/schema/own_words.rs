//! How a field is written that somebody guessed: with the values that they wrote, and a gap for each that they did not.
//!
//! A hint is copied. So it holds no value that its author did not write, and none that could pass for one.

use super::braces::{self, in_line, place_of, plain_text, written};
use super::names::{CITY, COUNTRY, DATE, LATITUDE, LONGITUDE, TIME, has};
use crate::characters::letters;
use crate::content::gap::GAP;
use crate::content::numbers;
use crate::content::values::{self, YesNo};
use crate::content::yaml::{Key, Node, Value};

/// What an author wrote: the value of the field that is no field, and all fields beside it.
pub(crate) struct Own<'a> {
    /// The name before the colon.
    pub name: &'a str,
    /// What stands after it.
    pub node: &'a Node,
    /// Every field of the same mapping.
    pub beside: &'a [(Key, Node)],
}

/// How a field is written that is more than another name for the guess.
pub(crate) type How = fn(&Own<'_>) -> String;

impl<'a> Own<'a> {
    /// The text of the first field of the same mapping that has one of these names.
    fn text(&self, names: &str) -> Option<&'a str> {
        let mut texts = self.beside.iter().filter(|(key, _)| has(names, &letters(&key.name)));
        texts.find_map(|(_, node)| plain_text(node))
    }

    /// The value itself, where it is one text.
    fn own(&self) -> Option<&'a str> {
        plain_text(self.node)
    }

    /// Whether the value is a yes or a no.
    fn yes(&self) -> Option<bool> {
        YesNo::parse(self.own()?).ok().map(|it| it == YesNo::Yes)
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
    let beside = |name, names: &str| Some((name, own.text(names)?.to_owned()));
    let both = [beside("country", COUNTRY), beside("city", CITY)];
    let mut parts: Vec<(&str, String)> = both.into_iter().flatten().collect();
    if parts.is_empty() {
        parts = place_of(own.node);
    }
    format!("place: {}", braces::of_place(&parts))
}

/// `coordinates: [51.9, -8.47]`
pub(crate) fn coordinates(own: &Own<'_>) -> String {
    let of = |names| own.text(names).unwrap_or(GAP);
    format!("coordinates: [{}, {}]", of(LATITUDE), of(LONGITUDE))
}

/// `contact: {type: email, value: name@example.org}`, or another type.
pub(crate) fn contact(own: &Own<'_>) -> String {
    format!("contact: {}", braces::contact(own.node))
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

/// `sources: {title: …}`
pub(crate) fn sources(own: &Own<'_>) -> String {
    format!("sources: {}", braces::source(own.node))
}

/// `brand: {logo: …}`
pub(crate) fn brand(own: &Own<'_>) -> String {
    format!("brand: {}", braces::brand(own.node))
}

/// `edit: {repository: …}`
pub(crate) fn edit(own: &Own<'_>) -> String {
    format!("edit: {}", braces::edit(own.node))
}

/// `guard: {allow: [{value: …, reason: …}]}`
pub(crate) fn guard(own: &Own<'_>) -> String {
    format!("guard: {}", braces::guard(own.node))
}

/// `image: {src: …, alt: …, caption: …}`, of the fields that say so beside each other: `cover`, `coverAlt` and
/// `coverCaption`.
pub(crate) fn image(own: &Own<'_>) -> String {
    let name = letters(own.name);
    let stem = name.strip_suffix("alt").or_else(|| name.strip_suffix("caption"));
    let stem = stem.unwrap_or(&name);
    let of = |part: &str| {
        let whole = format!("{stem}{part}");
        let (_, node) = own.beside.iter().find(|(key, _)| letters(&key.name) == whole)?;
        written(node)
    };
    let (alt, caption) = (of("alt"), of("caption"));
    if alt.is_none() && caption.is_none() {
        return format!("image: {}", braces::image(own.node));
    }
    let or_gap = |text: Option<String>| text.unwrap_or_else(|| GAP.to_owned());
    let mut parts = vec![("src", or_gap(of(""))), ("alt", or_gap(alt))];
    parts.extend(caption.map(|caption| ("caption", without_tags(&caption))));
    format!("image: {}", braces::of_parts(&parts))
}

/// A text without tags of HTML: a caption is Markdown.
fn without_tags(text: &str) -> String {
    let mut pieces = text.split('<');
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('>') {
            Some((_, rest)) => bare.push_str(rest),
            None => bare.extend(["<", piece]),
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `start: 2026-11-25T16:00`, of a date and a time.
pub(crate) fn start(own: &Own<'_>) -> String {
    let date = own.text(DATE).filter(|date| values::date(date).is_ok()).unwrap_or(GAP);
    let is_time = |time: &&str| time.len() == 5 && time.as_bytes()[2] == b':';
    let time = own.text(TIME).filter(is_time).unwrap_or(GAP);
    match (date, time) {
        (GAP, GAP) => format!("start: {GAP}"),
        (date, time) => format!("start: {date}T{time}"),
    }
}

/// `amount: {value: 500, currency: EUR}`
pub(crate) fn amount(own: &Own<'_>) -> String {
    format!("amount: {}", braces::amount(own.node))
}

/// `quantity: {value: 3, unit: days}`
pub(crate) fn quantity(own: &Own<'_>) -> String {
    format!("quantity: {}", braces::quantity(own.node))
}

/// `turns: [{coop: …}]`
pub(crate) fn turns(own: &Own<'_>) -> String {
    let turns: Vec<String> = own.node.items().iter().map(braces::turn).collect();
    format!("turns: [{}]", turns.join(", "))
}

/// `recording: {url: …}`
pub(crate) fn recording(own: &Own<'_>) -> String {
    format!("recording: {}", braces::recording(own.node))
}

/// `topics: [a, b]`, of mappings that other generators have around them.
pub(crate) fn taxonomies(own: &Own<'_>) -> String {
    let Value::Map(kinds) = &own.node.value else { return format!("topics: [{GAP}]") };
    let words = kinds.iter().flat_map(|(_, node)| node.scalars()).filter_map(plain_text);
    let words: Vec<String> = words.map(in_line).collect();
    format!("topics: [{}]", if words.is_empty() { GAP.to_owned() } else { words.join(", ") })
}

/// `draft: true`, of what is not to be published; `created: …` of what says the day.
pub(crate) fn published(own: &Own<'_>) -> String {
    let is_hidden = letters(own.name) == "unlisted";
    match own.yes() {
        Some(yes) => format!("draft: {}", yes == is_hidden),
        None => format!("created: {}", in_line(own.own().unwrap_or(GAP))),
    }
}

/// `visibility: private`
pub(crate) fn private(own: &Own<'_>) -> String {
    let word = if own.yes() == Some(false) { "public" } else { "private" };
    format!("visibility: {word}")
}

/// `mode: remote`
pub(crate) fn remote(own: &Own<'_>) -> String {
    let word = if own.yes() == Some(false) { "onsite" } else { "remote" };
    format!("mode: {word}")
}

/// `urgency: high`
pub(crate) fn urgent(own: &Own<'_>) -> String {
    let word = if own.yes() == Some(false) { "normal" } else { "high" };
    format!("urgency: {word}")
}

/// What to write where two numbers are expected, and something else stands there.
pub(crate) fn two_numbers(node: &Node) -> String {
    let of = |names: [&str; 4]| names.iter().find_map(|name| node.field(name).and_then(plain_text));
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

    #[test]
    fn fields_that_stand_beside_each_other_become_one() {
        let (map, _) =
            yaml::parse("country: BO\ncity: La Paz\nlat: -16.5\nlng: -68.1\ndate: 2027-01-27", 0);
        let Value::Map(beside) = &map.value else { panic!("a mapping") };
        let own = |name| Own { name, node: map.field(name).expect("a field"), beside };
        assert_eq!(place(&own("city")), "place: {country: BO, city: La Paz}");
        assert_eq!(coordinates(&own("lat")), "coordinates: [-16.5, -68.1]");
        assert_eq!(start(&own("date")), "start: 2027-01-27T…");
        assert_eq!(town(&own("city")), "city: La Paz");
    }
}
