//! What can stand at a position: names of fields, values, topics, ids and titles of entries.

use std::ops::Range;

use super::document::{Document, Takes};
use crate::characters::letters;
use crate::content::codes::{CURRENCY_CODES, LANGUAGE_CODES};
use crate::content::record::EntryKind;
use crate::content::schema::{Field, Shape, Table};
use crate::content::values::{self, Choice, Language};
use crate::directory::Directory;
use crate::directory::ids::EntryId;
use crate::directory::site_language::SiteLanguage;

/// One of the things that can stand there.
#[derive(Debug)]
pub(crate) struct Suggestion {
    /// What is chosen.
    pub label: String,
    /// What that is, in a few words.
    pub detail: String,
    /// More about it, in Markdown, or nothing.
    pub about: String,
    /// What is written, and what of the text it replaces.
    pub insert: String,
    pub place: Range<usize>,
    pub kind: Kind,
}

/// What sort of thing a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Field,
    Word,
    Entry,
    Topic,
    File,
    /// A whole file.
    Template,
}

/// So many are told at once; who types on is asked again.
const MOST: usize = 100;

/// A value that can be chosen, and what it means.
struct Offered {
    value: String,
    detail: String,
    about: String,
    kind: Kind,
}

impl Offered {
    fn word(value: impl Into<String>) -> Offered {
        Offered {
            value: value.into(),
            detail: String::new(),
            about: String::new(),
            kind: Kind::Word,
        }
    }

    fn called(value: &str, detail: &str) -> Offered {
        Offered { detail: detail.to_owned(), ..Offered::word(value) }
    }

    fn is_like(&self, typed: &str) -> Option<bool> {
        let names = [&self.value, &self.detail, &self.about].map(|it| letters(it));
        let begins = names.iter().any(|name| name.starts_with(typed));
        (begins || names.iter().any(|name| name.contains(typed))).then_some(begins)
    }
}

impl Document<'_> {
    /// What can stand at a byte of its text, the likeliest first; a hundred at most, so whoever types on has to ask again.
    pub(crate) fn suggestions(&self, at: usize) -> Vec<Suggestion> {
        if let Some(link) = self.link(at) {
            return self.of_link(&link);
        }
        let Some(asked) = self.asked(at) else { return self.of_a_new_file(at) };
        let place = asked.spot.typed.clone();
        let typed = &self.text[place.start..at.clamp(place.start, place.end)];
        match asked.takes {
            Takes::Names(table) => self.names(table, &asked.spot.beside, place, typed),
            Takes::Languages => {
                let languages = self.languages();
                let free = languages.iter().filter(|it| !asked.spot.beside.contains(it));
                let offered = free.map(|it| Offered::called(it, &self.language_name(it)));
                self.chosen(offered.collect(), (place, typed), ": ")
            }
            Takes::Words(words) => {
                let free = words
                    .iter()
                    .filter(|(word, _)| !asked.spot.beside.iter().any(|it| it.as_str() == *word));
                let offered = free.map(|(word, _)| Offered::word(*word)).collect();
                self.chosen(offered, (place, typed), ": ")
            }
            Takes::Value(Shape::Entry(kind)) => self.entries(Some(kind), (place, typed), ""),
            Takes::Value(Shape::Person(_)) => {
                self.entries(Some(EntryKind::Coop), (place, typed), "")
            }
            Takes::Value(shape) => {
                let typed = typed.trim_start_matches(['"', '\'']);
                self.chosen(self.values(&shape, asked.field), (place, typed), "")
            }
        }
    }

    /// The fields of a table that nobody has written yet.
    fn names(
        &self,
        table: &Table,
        beside: &[String],
        place: Range<usize>,
        typed: &str,
    ) -> Vec<Suggestion> {
        let is_written = |field: &Field| beside.iter().any(|it| it == field.name);
        let typed = letters(typed);
        let mut found: Vec<(bool, &Field)> = table
            .fields()
            .filter(|field| !is_written(field))
            .filter_map(|field| {
                let name = letters(field.name);
                let is_it = name.contains(&typed)
                    || field.called.split(' ').any(|it| !it.is_empty() && it.starts_with(&typed));
                is_it.then(|| (name.starts_with(&typed), field))
            })
            .collect();
        found.sort_by_key(|(begins, field)| (!begins, !field.is_required));
        let has_colon = self.text[place.end..].trim_start_matches(' ').starts_with(':');
        let space = self.space_before(place.start);
        let list = found.into_iter().map(|(_, field)| Suggestion {
            label: field.name.to_owned(),
            detail: if field.is_required { "must be there" } else { "" }.to_owned(),
            about: about(field),
            insert: format!("{space}{}{}", field.name, if has_colon { "" } else { ": " }),
            place: place.clone(),
            kind: Kind::Field,
        });
        list.collect()
    }

    /// Those of some values that fit what is typed.
    fn chosen(
        &self,
        offered: Vec<Offered>,
        (place, typed): (Range<usize>, &str),
        after: &str,
    ) -> Vec<Suggestion> {
        let typed = letters(typed);
        let mut found: Vec<(bool, Offered)> =
            offered.into_iter().filter_map(|it| Some((it.is_like(&typed)?, it))).collect();
        found.sort_by_key(|(begins, _)| !begins);
        let has_colon = self.text[place.end..].trim_start_matches(' ').starts_with(':');
        let after = if has_colon { "" } else { after };
        let space = self.space_before(place.start);
        let list = found.into_iter().take(MOST).map(|(_, it)| Suggestion {
            insert: format!("{space}{}{after}", it.value),
            label: it.value,
            detail: it.detail,
            about: it.about,
            place: place.clone(),
            kind: it.kind,
        });
        list.collect()
    }

    fn entries(
        &self,
        kind: Option<EntryKind>,
        (place, typed): (Range<usize>, &str),
        after: &str,
    ) -> Vec<Suggestion> {
        let Some((prepared, called)) = self.site else { return Vec::new() };
        let directory = &*prepared.plan.derived.directory;
        let own = called.in_file(self.path);
        let found: Vec<EntryId> =
            called.find(kind, typed).into_iter().filter(|id| Some(*id) != own).collect();
        let space = self.space_before(place.start);
        let list = found.into_iter().take(MOST).map(|id| {
            let entry = &directory[id];
            let name = match kind {
                Some(_) => entry.slug.to_string(),
                None => called.for_a_link(id, directory),
            };
            Suggestion {
                insert: format!("{space}{name}{after}"),
                label: name,
                detail: self.title(directory, id),
                about: summary(directory, id),
                place: place.clone(),
                kind: Kind::Entry,
            }
        });
        list.collect()
    }

    /// The space that has to stand at a byte before what is written there: `coop:x` is no field, and `-x` no item.
    fn space_before(&self, at: usize) -> &'static str {
        let before = &self.text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let is_hyphen = line.ends_with('-') && line.trim_matches(['-', ' ']).is_empty();
        if before.ends_with(':') || is_hyphen { " " } else { "" }
    }

    fn of_link(&self, link: &super::document::Link<'_>) -> Vec<Suggestion> {
        let close = if link.is_closed { "" } else { "]]" };
        let Some((typed, place)) = &link.heading else {
            return self.entries(None, (link.place.clone(), link.typed), close);
        };
        let Some((prepared, called)) = self.site else { return Vec::new() };
        let directory = &*prepared.plan.derived.directory;
        let name = &self.text[link.place.clone()];
        let id = match name.trim() {
            "" => called.in_file(self.path),
            name => directory.find_all(&EntryKind::ALL, name).first().copied(),
        };
        let Some(id) = id else { return Vec::new() };
        let headings = &directory[id].text.record.body.headings;
        let offered = headings.iter().map(|it| Offered::called(&it.id, &it.text)).collect();
        self.chosen(offered, (place.clone(), typed), close)
    }

    /// The values that a field of this shape takes, as far as they can be listed.
    fn values(&self, shape: &Shape, field: Option<&Field>) -> Vec<Offered> {
        let words = |words: &[&str]| words.iter().map(|it| Offered::word(*it)).collect();
        match shape {
            Shape::Choice(choices) => Self::words_of(choices, field),
            Shape::YesNo => words(&["true", "false"]),
            Shape::Capacity => words(&["unlimited"]),
            Shape::Country => {
                let all = values::country_codes().into_iter();
                all.map(|code| Offered::called(code, &self.country_name(code))).collect()
            }
            Shape::Language => {
                let own = self.languages();
                let others = LANGUAGE_CODES.iter().map(|it| (*it).to_owned());
                let others = others.filter(|it| !own.contains(it)).collect::<Vec<_>>();
                let all = own.iter().chain(&others);
                all.map(|it| Offered::called(it, &self.language_name(it))).collect()
            }
            Shape::Currency => words(CURRENCY_CODES),
            Shape::TimeZone => values::time_zones().into_iter().map(Offered::word).collect(),
            Shape::Topic => self.topics(),
            Shape::Series => self.series(),
            Shape::Picture => self.pictures(),
            Shape::Day | Shape::PartialDate => self.today(""),
            Shape::DateTime => self.today("T16:00"),
            _ => Vec::new(),
        }
    }

    fn words_of(choices: &[Choice], field: Option<&Field>) -> Vec<Offered> {
        let default = field.map_or("", |field| field.default);
        let detail = |word: &str| if word == default { "counts if nothing is written" } else { "" };
        choices.iter().map(|(word, _)| Offered::called(word, detail(word))).collect()
    }

    fn today(&self, time: &str) -> Vec<Offered> {
        let today = self.site.map(|(prepared, _)| prepared.options.today);
        today.map(|day| Offered::called(&format!("{day}{time}"), "today")).into_iter().collect()
    }

    fn topics(&self) -> Vec<Offered> {
        let Some((prepared, _)) = self.site else { return Vec::new() };
        let directory = &*prepared.plan.derived.directory;
        let language = directory.site.languages.first().cloned();
        let of = |topic: &crate::directory::topics::Topic| {
            let label = language.as_ref().map_or(topic.slug.as_str(), |it| topic.label(it));
            let labels: Vec<&str> = topic.labels.values().map(String::as_str).collect();
            let about = labels.join(" · ");
            Offered { about, kind: Kind::Topic, ..Offered::called(topic.slug.as_str(), label) }
        };
        directory.topics.list.iter().map(of).collect()
    }

    fn series(&self) -> Vec<Offered> {
        let Some((prepared, _)) = self.site else { return Vec::new() };
        let series = prepared.plan.derived.directory.site.series.iter();
        let series = series.map(|it| Offered::called(it.id.as_str(), &it.title));
        series.chain([Offered::called("none", "a call of its own")]).collect()
    }

    /// The files beside this one that can be shown.
    fn pictures(&self) -> Vec<Offered> {
        let Some((prepared, _)) = self.site else { return Vec::new() };
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = prepared.sources.assets.iter().filter_map(|(path, asset)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            (asset.size.is_some() || name.ends_with(".svg")).then_some(name)
        });
        let beside = beside.filter(|name| !name.contains('/'));
        beside.map(|name| Offered { kind: Kind::File, ..Offered::word(name) }).collect()
    }

    /// The beginning of a file in which nothing is yet.
    fn of_a_new_file(&self, at: usize) -> Vec<Suggestion> {
        let Some(named) =
            self.named().filter(|_| self.text.trim_matches(['-', ' ', '\n', '\r']).is_empty())
        else {
            return Vec::new();
        };
        let table = match named.translation {
            Some(_) => crate::content::schema::translation(named.kind),
            None => crate::content::schema::of_kind(named.kind),
        };
        let required = table.fields().filter(|field| field.is_required);
        let mut names: Vec<&str> = required.map(|field| field.name).collect();
        names.sort_by_key(|name| *name != "title");
        let lines = names.join(": \n");
        let kind = named.kind.as_str();
        vec![Suggestion {
            label: format!("--- a new {kind}"),
            detail: "the fields that it must have".to_owned(),
            about: names.join(", "),
            insert: format!("---\n{lines}: \n---\n"),
            place: 0..at.max(self.text.trim_end().len()),
            kind: Kind::Template,
        }]
    }

    fn languages(&self) -> Vec<String> {
        let Some((prepared, _)) = self.site else { return Vec::new() };
        let languages = &prepared.plan.derived.directory.site.languages;
        languages.iter().map(ToString::to_string).collect()
    }

    pub(super) fn country_name(&self, code: &str) -> String {
        let english = rust_iso3166::from_alpha2(code).map_or("", |country| country.name);
        let Some((prepared, _)) = self.site else { return english.to_owned() };
        let wording = prepared.plan.wording(SiteLanguage::FIRST);
        match values::Country::parse(code) {
            Ok(country) => wording.words.country(&country).to_owned(),
            Err(_) => english.to_owned(),
        }
    }

    pub(super) fn language_name(&self, tag: &str) -> String {
        let Some((prepared, _)) = self.site else { return String::new() };
        let wording = prepared.plan.wording(SiteLanguage::FIRST);
        Language::parse(tag).map_or(String::new(), |it| wording.words.language_name(&it).to_owned())
    }

    /// What an entry is called; of calls and matches that say no title, what pages call them.
    pub(super) fn title(&self, directory: &Directory, id: EntryId) -> String {
        let entry = &directory[id];
        match (entry.title.as_str(), self.site) {
            ("", Some((prepared, _))) => prepared.plan.wording(SiteLanguage::FIRST).title(id),
            (title, _) => title.to_owned(),
        }
    }
}

/// What is known of a field, in Markdown.
pub(super) fn about(field: &Field) -> String {
    let mut parts = vec![field.description().to_owned()];
    let choices = match field.shape {
        Shape::Choice(choices) => Some(choices),
        Shape::List(Shape::Choice(choices)) => Some(*choices),
        _ => None,
    };
    if let Some(choices) = choices {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        parts.push(format!("One of {}.", values::list(&words)));
    }
    if !field.default.is_empty() {
        parts.push(format!("`{}` if it is not there.", field.default));
    }
    if field.is_required {
        parts.push("It must be there.".to_owned());
    }
    if !field.example.is_empty() {
        parts.push(format!("```yaml\n{}: {}\n```", field.name, field.example));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What an entry is and says of itself, in Markdown.
pub(super) fn summary(directory: &Directory, id: EntryId) -> String {
    let kind = id.kind().as_str();
    let summary = &directory[id].summary;
    match summary.as_str() {
        "" => kind.to_owned(),
        summary => format!("{kind}: {summary}"),
    }
}
