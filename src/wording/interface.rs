//! The words of the interface in one language, and names of countries and languages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::content::values::{Country, Language};

/// The interface in one language.
pub struct Interface {
    /// The language that it is for.
    pub language: Language,
    /// The language of its words: English where there are none in its own.
    pub spoken: Language,
    bundle: FluentBundle<FluentResource>,
    /// Messages without arguments, formatted once.
    plain: FxHashMap<String, String>,
    /// Messages that only put their arguments between words, which need no interpreter.
    simple: FxHashMap<String, Vec<Piece>>,
    names: Names,
}

/// A part of a simple message.
enum Piece {
    Text(String),
    Argument(String),
}

#[derive(Default, Deserialize)]
struct Names {
    countries: BTreeMap<String, String>,
    languages: BTreeMap<String, String>,
}

impl Interface {
    /// The interface in a language, from the theme's `i18n/` files; `texts_of` gives those of a path, the site's own
    /// last. English stands in for what is missing.
    ///
    /// # Errors
    /// Says which theme file cannot be read as Fluent, and why.
    pub fn new<'f>(
        language: &Language,
        texts_of: &dyn Fn(&str) -> Vec<&'f str>,
    ) -> Result<Interface, BadInterface> {
        let tags = [language.as_str(), language.primary()];
        let found = tags.into_iter().find(|tag| !texts_of(&format!("i18n/{tag}.ftl")).is_empty());
        let spoken = Language::parse(found.unwrap_or("en")).unwrap_or_else(|_| language.clone());
        let tag = spoken.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        let mut simple = FxHashMap::default();
        for name in ["i18n/en.ftl".to_owned(), format!("i18n/{spoken}.ftl")] {
            for text in texts_of(&name) {
                let resource = FluentResource::try_new(text.to_owned())
                    .map_err(|(_, errors)| BadInterface::new(&name, text, &errors))?;
                for message in resource.entries().filter_map(message) {
                    let key = message.id.name.to_owned();
                    // A later file may say something else than an earlier one.
                    simple.remove(&key);
                    simple.extend(pieces(message).map(|pieces| (key.clone(), pieces)));
                    keys.push(key);
                }
                bundle.add_resource_overriding(resource);
            }
        }
        let names = tags
            .iter()
            .chain(&["en"])
            .find_map(|tag| texts_of(&format!("i18n/{tag}.names.json")).pop());
        let names = names.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let mut interface = Interface {
            language: language.clone(),
            spoken,
            bundle,
            plain: FxHashMap::default(),
            simple,
            names,
        };
        for key in keys {
            let mut errors = Vec::new();
            let text = interface.format(&key, None, &mut errors).map(Cow::into_owned);
            if let Some(text) = text.filter(|_| errors.is_empty()) {
                interface.plain.insert(key, text);
            }
        }
        Ok(interface)
    }

    /// Whether its words are in its own language.
    pub fn is_translated(&self) -> bool {
        self.spoken.primary() == self.language.primary()
    }

    /// Whether a message exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A message that needs no arguments.
    pub fn constant(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    /// Every message without arguments, by its key.
    pub fn messages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.plain.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// A message without arguments. One that does not exist is its own key, so that it shows.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.constant(key).unwrap_or(key)
    }

    /// A message with arguments.
    pub fn with<'a>(
        &self,
        key: &str,
        arguments: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>,
    ) -> String {
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        if let Some(text) = self.simple.get(key).and_then(|pieces| join(pieces, &arguments)) {
            return text;
        }
        let text = self.format(key, Some(&arguments), &mut Vec::new());
        text.map_or_else(|| key.to_owned(), Cow::into_owned)
    }

    fn format<'b>(
        &'b self,
        key: &str,
        arguments: Option<&'b FluentArgs<'_>>,
        errors: &mut Vec<fluent_bundle::FluentError>,
    ) -> Option<Cow<'b, str>> {
        let pattern = self.bundle.get_message(key)?.value()?;
        Some(self.bundle.format_pattern(pattern, arguments, errors))
    }

    /// A number of things.
    pub fn count(&self, key: &str, count: usize) -> String {
        self.with(key, [("count", FluentValue::from(count))])
    }

    /// The name of a country.
    pub fn country<'a>(&'a self, country: &'a Country) -> &'a str {
        self.names.countries.get(country.as_str()).map_or(country.as_str(), String::as_str)
    }

    /// The name of a language.
    pub fn language_name<'a>(&'a self, language: &'a Language) -> &'a str {
        let names = &self.names.languages;
        let name = names.get(language.as_str()).or_else(|| names.get(language.primary()));
        name.map_or(language.as_str(), String::as_str)
    }

    /// A day, such as "25 November 2026".
    pub fn date(&self, date: Date) -> String {
        self.with("date", date_arguments(self, date))
    }

    /// A day with its weekday.
    pub fn full_date(&self, date: Date) -> String {
        let weekday = format!("weekday-{}", date.weekday().to_monday_one_offset());
        let weekday = FluentValue::from(self.text(&weekday).to_owned());
        self.with("date-full", date_arguments(self, date).into_iter().chain([("weekday", weekday)]))
    }

    /// A time of day, such as "16:00".
    pub fn time(&self, time: DateTime) -> String {
        let (hour, minute) = (format!("{:02}", time.hour()), format!("{:02}", time.minute()));
        self.with("time", [("hour", hour.into()), ("minute", minute.into())])
    }
}

fn date_arguments(interface: &Interface, date: Date) -> [(&'static str, FluentValue<'static>); 3] {
    let month = interface.text(&format!("month-{}", date.month())).to_owned();
    [
        ("day", date.day().to_string().into()),
        ("month", month.into()),
        ("year", date.year().to_string().into()),
    ]
}

fn message<'a>(entry: &'a ast::Entry<&'a str>) -> Option<&'a ast::Message<&'a str>> {
    match entry {
        ast::Entry::Message(message) => Some(message),
        _ => None,
    }
}

/// The parts of a message that has only words and arguments; `None` for any other.
fn pieces(message: &ast::Message<&str>) -> Option<Vec<Piece>> {
    let piece = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        ast::PatternElement::Placeable {
            expression: ast::Expression::Inline(ast::InlineExpression::VariableReference { id }),
        } => Some(Piece::Argument(id.name.to_owned())),
        ast::PatternElement::Placeable { .. } => None,
    };
    message.value.as_ref()?.elements.iter().map(piece).collect()
}

/// A simple message with its arguments; `None` where one is missing or not plain text, for the
/// interpreter to say what stands there.
fn join(pieces: &[Piece], arguments: &FluentArgs<'_>) -> Option<String> {
    let mut text = String::with_capacity(64);
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Argument(name) => match arguments.get(name)? {
                FluentValue::String(value) => text.push_str(value),
                _ => return None,
            },
        }
    }
    Some(text)
}

/// A file of interface words that cannot be read.
#[derive(Debug)]
pub struct BadInterface {
    /// The file, below the theme.
    pub file: String,
    /// The byte at which reading stopped.
    pub at: usize,
    /// What was found there.
    pub found: String,
}

impl BadInterface {
    fn new(file: &str, text: &str, errors: &[fluent_syntax::parser::ParserError]) -> BadInterface {
        let first = errors.first();
        BadInterface {
            file: file.to_owned(),
            at: first.map_or(0, |error| error.pos.start).min(text.len()),
            found: first.map_or_else(String::new, |error| error.kind.to_string()),
        }
    }
}
