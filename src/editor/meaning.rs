//! What stands at a position: what a field is for, and what a value or a link leads to.

use std::ops::Range;
use std::sync::Arc;

use super::completion::{about, summary};
use super::document::{Document, Takes};
use super::spot::Slot;
use crate::content::file_names::{SITE_FILE, TOPICS_FILE};
use crate::content::record::EntryKind;
use crate::content::schema::Shape;
use crate::content::values;
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Span;
use crate::directory::Directory;
use crate::directory::entry::Reference;
use crate::directory::ids::EntryId;

/// What is known of something in a text.
#[derive(Debug)]
pub(crate) struct Meaning {
    /// Where it stands.
    pub place: Range<usize>,
    /// What it is, in Markdown; empty where there is only a place to go to.
    pub about: String,
    /// Where it is written.
    pub target: Option<Target>,
}

/// A place in a file of the site.
#[derive(Debug)]
pub(crate) struct Target {
    pub path: Arc<str>,
    pub span: Span,
}

impl Target {
    fn file(path: Arc<str>) -> Target {
        Target { path, span: Span::default() }
    }
}

impl Document<'_> {
    /// What stands at a byte of its text.
    pub(crate) fn meaning(&self, at: usize) -> Option<Meaning> {
        self.of_a_link(at).or_else(|| self.of_a_field(at)).or_else(|| self.of_a_written_link(at))
    }

    fn directory(&self) -> Option<&Directory> {
        self.site.map(|(prepared, _)| &*prepared.plan.derived.directory)
    }

    fn of_a_field(&self, at: usize) -> Option<Meaning> {
        let asked = self.asked(at)?;
        let place = asked.spot.typed.clone();
        let written = self.text[place.clone()].trim_matches(['"', '\'']);
        let meaning = |about: String, target| Some(Meaning { place: place.clone(), about, target });
        if asked.spot.slot == Slot::Name {
            return match asked.takes {
                Takes::Names(table) => meaning(about(table.find(written)?), None),
                Takes::Languages => meaning(self.language_name(written), None),
                Takes::Words(_) | Takes::Value(_) => None,
            };
        }
        let Takes::Value(shape) = asked.takes else { return None };
        match shape {
            _ if written.is_empty() => None,
            Shape::Entry(kind) => {
                let (about, target) = self.entry(self.found(&[kind], written)?)?;
                meaning(about, Some(target))
            }
            Shape::Person(_) => {
                let (about, target) = self.entry(self.found(&[EntryKind::Coop], written)?)?;
                meaning(about, Some(target))
            }
            Shape::Topic => {
                let directory = self.directory()?;
                let topic = &directory[directory.topics.find(written).ok()?];
                let labels: Vec<String> =
                    topic.labels.iter().map(|(tag, label)| format!("{tag}: {label}")).collect();
                meaning(labels.join("\n\n"), self.topic(topic.slug.as_str()))
            }
            Shape::Series => {
                let directory = self.directory()?;
                let mut all = directory.site.series.iter();
                let series = all.find(|it| {
                    it.id.as_str() == written || it.aliases.iter().any(|id| id.as_str() == written)
                })?;
                meaning(series.title.clone(), self.series_target(series.id.as_str()))
            }
            Shape::Picture => {
                let path = self.beside(written)?;
                meaning(path.to_string(), Some(Target::file(path.clone())))
            }
            Shape::Country => {
                let country = values::Country::parse(written).ok()?;
                meaning(self.country_name(country.as_str()), None)
            }
            Shape::Language => {
                let language = values::Language::parse(written).ok()?;
                meaning(self.language_name(language.as_str()), None)
            }
            Shape::Choice(_) => meaning(about(asked.field?), None),
            _ => None,
        }
    }

    /// The entry of one of these kinds that a text names.
    fn found(&self, kinds: &[EntryKind], text: &str) -> Option<EntryId> {
        self.directory()?.find_all(kinds, text).first().copied()
    }

    /// What is said of an entry, and its file.
    fn entry(&self, id: EntryId) -> Option<(String, Target)> {
        let directory = self.directory()?;
        let title = self.title(directory, id);
        let about = format!("**{title}**\n\n{}", summary(directory, id));
        let record = &directory[id].text.record;
        let span = record.front.field("title").map_or(Span::default(), |node| node.span);
        Some((about, Target { path: record.path.clone(), span }))
    }

    /// A link between double brackets.
    fn of_a_link(&self, at: usize) -> Option<Meaning> {
        let link = self.link(at)?;
        let name = self.text[link.place.clone()].trim().trim_end_matches('\\');
        let end = link.heading.as_ref().map_or(link.place.end, |(_, place)| place.end);
        let place = link.place.start..end;
        let (_, called) = self.site?;
        let id = match name {
            "" => called.in_file(self.path),
            name => self.found(&EntryKind::ALL, name),
        };
        let (about, mut target) = self.entry(id?)?;
        let whole = &self.text[place.clone()];
        if let Some((_, heading)) = whole.split_once('#') {
            let body = &self.directory()?[id?].text.record.body;
            let is_it = |id: &str| id == heading.trim();
            let found = body.headings.iter().find(|it| is_it(&it.id) || is_it(&it.text));
            target.span = found.and_then(|it| heading_span(body, &it.text)).unwrap_or(target.span);
        }
        Some(Meaning { place, about, target: Some(target) })
    }

    /// A link of Markdown, as the site was last read.
    fn of_a_written_link(&self, at: usize) -> Option<Meaning> {
        let (prepared, called) = self.site?;
        if prepared.sources.text(self.path)? != self.text {
            return None;
        }
        let directory = self.directory()?;
        let entry = &directory[called.in_file(self.path)?];
        let texts = [&entry.text].into_iter().chain(entry.translations.values().map(|it| &it.text));
        let text = texts.into_iter().find(|it| &*it.record.path == self.path)?;
        let (link, reference) =
            text.links().find(|(link, _)| (link.span.start..link.span.end).contains(&at))?;
        let place = link.span.start..link.span.end;
        let (about, target) = match reference {
            Reference::Entry(id, _) => {
                let (about, target) = self.entry(*id)?;
                (about, Some(target))
            }
            Reference::Asset(path) => (path.to_string(), Some(Target::file(path.clone()))),
            Reference::Fragment(_)
            | Reference::Site(_)
            | Reference::Web(_)
            | Reference::Missing(_)
            | Reference::Words
            | Reference::Withheld => return None,
        };
        Some(Meaning { place, about, target })
    }

    /// The file of a picture that is named from here.
    fn beside(&self, name: &str) -> Option<&Arc<str>> {
        let (prepared, _) = self.site?;
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match name.strip_prefix('/') {
            Some(rooted) => format!("content/static/{rooted}"),
            None => format!("{folder}/{}", name.trim_start_matches("./")),
        };
        prepared.sources.assets.get_key_value(path.as_str()).map(|(path, _)| path)
    }

    /// Where the site's own vocabulary has a topic.
    fn topic(&self, id: &str) -> Option<Target> {
        let (prepared, _) = self.site?;
        let Value::Map(entries) = &prepared.records.topics.value else { return None };
        let (key, _) = entries.iter().find(|(key, _)| key.name == id)?;
        Some(Target { path: TOPICS_FILE.into(), span: key.span })
    }

    /// Where the settings have a series.
    fn series_target(&self, id: &str) -> Option<Target> {
        let (prepared, _) = self.site?;
        let all = prepared.records.site.field("calls")?;
        let is_it = |node: &&Node| {
            let written = node.field("id").map(|node| &node.value);
            match written {
                Some(Value::Text(text)) => text == id,
                _ => true,
            }
        };
        let node = all.items().iter().find(is_it)?;
        Some(Target { path: SITE_FILE.into(), span: node.beginning() })
    }
}

/// Where a heading is written in its file.
fn heading_span(body: &crate::content::markdown::Body, heading: &str) -> Option<Span> {
    let markdown = body.markdown();
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let is_it = line.starts_with('#') && line.trim_matches(['#', ' ', '\n', '\r']) == heading;
        if is_it {
            return Some(body.span_of(at..at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}
