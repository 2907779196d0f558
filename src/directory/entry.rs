//! What every entry has: title, summary, topics, dates, links, sources, body and translations.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::ids::{EntryId, TopicId};
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::markdown::{self, Body, Heading, WrittenLink};
use crate::content::record::{EntryKind, Record};
use crate::content::values::{self, Language, LinkType, Slug, Url, Visibility};
use crate::diagnostic::Code;

pub(crate) use super::spots::Spot;

/// The common part of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title; of calls and matches that say none it is empty.
    pub title: String,
    /// One sentence, or empty.
    pub summary: String,
    /// Former ids.
    pub aliases: Vec<Slug>,
    /// The language it is written in.
    pub language: Language,
    /// Its topics, in the order written, each once.
    pub topics: Vec<TopicId>,
    /// When it was first published.
    pub created: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// When somebody last checked that it is still right.
    pub reviewed: Option<Date>,
    /// Not to be published yet.
    pub draft: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// A picture beside the file, or below `content/static/`.
    pub image: Option<Image>,
    /// Where to read more.
    pub links: Vec<Link>,
    /// Where people talk about it.
    pub discussion: Option<Url>,
    /// Where its facts come from.
    pub sources: Vec<SourceNote>,
    /// The same thing elsewhere.
    pub same_as: Vec<Url>,
    /// What follows the front matter, with its links resolved.
    pub text: Text,
    /// The same in other languages.
    pub translations: BTreeMap<Language, Translation>,
}

/// A body and what its links lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The file as read; the Markdown is in its body.
    pub record: Arc<Record>,
    /// What each link of the body leads to, in the order of `record.body.links`.
    pub references: Vec<Reference>,
}

impl Text {
    /// The links of the body, and what each leads to.
    pub fn links(&self) -> impl Iterator<Item = (&WrittenLink, &Reference)> {
        self.record.body.links.iter().zip(&self.references)
    }

    /// The body as plain text. The names of entries that are withheld are not in it.
    pub fn plain(&self) -> Cow<'_, str> {
        self.without(&self.withheld_names(), 0..self.body().text.len())
    }

    /// Whether a link leads to an entry that this edition does not show.
    pub fn has_withheld(&self) -> bool {
        self.references.contains(&Reference::Withheld)
    }

    /// The headings of the body. The names of entries that are withheld are not in them.
    pub fn headings(&self) -> Cow<'_, [Heading]> {
        let headings = &self.body().headings;
        if !self.has_withheld() {
            return Cow::Borrowed(headings);
        }
        let names = self.withheld_names();
        let shown = headings.iter().map(|heading| {
            let text = self.without(&names, heading.span.clone()).trim().to_owned();
            (heading.level, text, heading.span.clone())
        });
        Cow::Owned(markdown::named(shown))
    }

    /// The words of all headings as the page shows them: `called` says what a link without words of its
    /// own shows, if that is not what is written.
    pub fn shown_headings(&self, called: impl Fn(&Reference) -> Option<String>) -> Vec<String> {
        let text = &self.body().text;
        let bare = self.links().filter_map(|(link, to)| Some((link.bare.as_ref()?, to)));
        let mut bare = bare.peekable();
        let shown = self.body().headings.iter().map(|heading| {
            let span = &heading.span;
            while bare.next_if(|(place, _)| place.start < span.start).is_some() {}
            let mut shown = String::with_capacity(span.len());
            let mut at = span.start;
            while let Some((place, to)) = bare.next_if(|(place, _)| place.end <= span.end) {
                if let Some(words) = called(to) {
                    shown.push_str(&text[at..place.start]);
                    shown.push_str(&words);
                    at = place.end;
                }
            }
            shown.push_str(&text[at..span.end]);
            shown.trim().to_owned()
        });
        shown.collect()
    }

    /// Where the names of entries that are withheld stand in the plain text, in order.
    fn withheld_names(&self) -> Vec<Range<usize>> {
        let withheld = self.links().filter(|(_, reference)| **reference == Reference::Withheld);
        withheld.filter_map(|(link, _)| link.bare.clone()).collect()
    }

    /// A part of the plain text without these names in it.
    fn without(&self, names: &[Range<usize>], part: Range<usize>) -> Cow<'_, str> {
        let text = &self.body().text;
        let first = names.partition_point(|name| name.start < part.start);
        let end = names.partition_point(|name| name.end <= part.end).max(first);
        let names = &names[first..end];
        if names.is_empty() {
            return Cow::Borrowed(&text[part]);
        }
        let mut shown = String::with_capacity(part.len());
        let mut at = part.start;
        for name in names {
            shown.push_str(&text[at..name.start]);
            at = name.end;
        }
        shown.push_str(&text[at..part.end]);
        Cow::Owned(shown)
    }

    /// The body as written.
    pub fn body(&self) -> &Body {
        &self.record.body
    }
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// An entry, and perhaps a place on its page.
    Entry(EntryId, Option<Spot>),
    /// A file below `content/` that is published as it is.
    Asset(Arc<str>),
    /// A path from the root of the site.
    Site(String),
    /// A place on the same page.
    Fragment(Spot),
    /// A complete URL of an allowed scheme.
    Web(Url),
    /// Nothing in the directory: the name that was looked for.
    Missing(String),
    /// No link: it would be one if a file of that name were there.
    Words,
    /// An entry that this edition does not show.
    Withheld,
}

/// An entry in another language: only its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    pub title: String,
    /// One sentence, or empty.
    pub summary: String,
    /// When the translation was last changed.
    pub updated: Option<Date>,
    pub text: Text,
}

/// A picture beside an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Its file, relative to the site.
    pub path: Arc<str>,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Inline Markdown below it.
    pub caption: String,
    /// On what terms it may be used.
    pub licence: String,
}

/// A link to somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its words; the URL where there are none.
    pub label: String,
    pub url: Url,
    pub link_type: LinkType,
    /// On what terms what is there may be used.
    pub licence: String,
}

/// Where facts come from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceNote {
    pub title: String,
    pub url: Option<Url>,
    /// On what terms it may be used.
    pub licence: String,
    /// When it was read.
    pub retrieved: Option<Date>,
}

impl Entry {
    /// When it last changed: `updated`, else `created`.
    pub fn changed(&self) -> Option<Date> {
        self.updated.max(self.created)
    }

    /// The id by which others have known it longest: the first of its former ones, or its own.
    pub fn first_id(&self) -> &Slug {
        self.aliases.first().unwrap_or(&self.slug)
    }

    /// Its id and its former ones.
    pub fn ids(&self) -> impl Iterator<Item = &Slug> {
        std::iter::once(&self.slug).chain(&self.aliases)
    }

    /// Whether this is its id or a former one.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids().any(|it| it.as_str() == id)
    }

    /// Its title, summary and text in a language, and the language they are really in.
    pub fn words(&self, language: &Language) -> Words<'_> {
        let translated = || self.translations.get_key_value(language);
        match if *language == self.language { None } else { translated() } {
            Some((language, translation)) => Words {
                language,
                title: &translation.title,
                summary: &translation.summary,
                text: &translation.text,
                is_stale: translation.updated.is_some() && translation.updated < self.updated,
            },
            None => Words {
                language: &self.language,
                title: &self.title,
                summary: &self.summary,
                text: &self.text,
                is_stale: false,
            },
        }
    }

    /// What it is called in a text in this language: its title, or its id where it has none.
    pub fn called(&self, language: &Language) -> &str {
        match self.words(language).title {
            "" => self.slug.as_str(),
            title => title,
        }
    }

    /// All its titles: the original's first, then those of its translations.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        let translated = self.translations.values().map(|it| it.title.as_str());
        std::iter::once(self.title.as_str()).chain(translated)
    }

    /// The address of a place on the page of this entry in a language. A heading of the original is that of
    /// the same number in a translation, where both have as many.
    pub fn address_of(&self, spot: &Spot, language: &Language) -> Option<String> {
        let (translation, number) = match spot {
            Spot::Written(address) => return Some(address.clone()),
            Spot::Heading { translation, number } => (translation, *number),
        };
        let named = match translation {
            None => &self.text,
            Some(language) => &self.translations.get(language)?.text,
        };
        let shown = self.words(language).text;
        let count = |text: &Text| text.body().headings.len();
        (count(named) == count(shown)).then_some(())?;
        shown.headings().get(number).map(|heading| heading.id.clone())
    }

    /// Every body, the original's first.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.text).chain(self.translations.values().map(|other| &other.text))
    }
}

/// An entry's words in the best language there is.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The language they are in.
    pub language: &'a Language,
    pub title: &'a str,
    /// One sentence, or empty.
    pub summary: &'a str,
    pub text: &'a Text,
    /// They translate an older form of the original.
    pub is_stale: bool,
}

/// Reads the common fields. `None` only when a required title is missing.
pub(crate) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Entry> {
    let title = title(fields);
    let language = fields
        .value("lang", Language::parse)
        .unwrap_or_else(|| reader.site.default_language().clone());
    Some(Entry {
        summary: reader.words(fields.text("summary")),
        aliases: aliases(record.kind, fields),
        topics: topics(fields, "topics", reader),
        created: fields.value("created", values::date),
        updated: fields.value("updated", values::date),
        reviewed: fields.value("reviewed", values::date),
        draft: fields.is_held_back("draft"),
        visibility: fields.visibility("visibility").unwrap_or(Visibility::Public),
        image: image(record, fields, reader),
        links: fields.each("links", link),
        discussion: fields.value("discussion", Url::parse_web),
        sources: fields.each("sources", source_note),
        same_as: fields.values("same_as", Url::parse_identifier),
        text: reader.text(record, fields),
        translations: BTreeMap::new(),
        title: title?,
        slug,
        language,
    })
}

/// Reads former ids. A match has none of its own: its name is made of those of its need and its offer.
fn aliases(kind: EntryKind, fields: &mut Fields<'_>) -> Vec<Slug> {
    match kind {
        EntryKind::Match => Vec::new(),
        _ => fields.values("aliases", |text| super::names::alias(kind, text)),
    }
}

/// Reads the title, or an empty one where none must be there. `None` where it is missing.
fn title(fields: &mut Fields<'_>) -> Option<String> {
    match fields.field("title").is_required {
        true => fields.required("title").map(|title| title.value),
        false => Some(fields.text("title").unwrap_or_default()),
    }
}

/// Reads the words of a translation.
pub(crate) fn read_translation(
    record: &Arc<Record>,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Translation> {
    let title = title(fields);
    let summary = reader.words(fields.text("summary"));
    let updated = fields.value("updated", values::date);
    let text = reader.text(record, fields);
    Some(Translation { title: title?, summary, updated, text })
}

/// Reads a list of topics, each once.
pub(crate) fn topics(
    fields: &mut Fields<'_>,
    name: &'static str,
    reader: &Reader<'_>,
) -> Vec<TopicId> {
    let mut topics = fields.values(name, |text| reader.topics.find(text));
    let mut seen = BTreeSet::new();
    topics.retain(|topic| seen.insert(*topic));
    topics
}

fn image(record: &Record, fields: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Image> {
    let found = fields.fields("image", |image| {
        let src = image.required("src");
        let alt = image.text("alt").unwrap_or_default();
        let caption = reader.words(image.text("caption"));
        let licence = image.text("licence").unwrap_or_default();
        src.map(|src| (src, alt, caption, licence))
    });
    let (src, alt, caption, licence) = found?;
    let (code, what, hint) = match reader.asset(&record.path, &src.value) {
        Some(path) => match reader.assets.get(&path).and_then(|file| file.fault(&path)) {
            Some(fault) => (fault.code, fault.what, fault.hint),
            None => return Some(Image { path, alt, caption, licence }),
        },
        None => {
            let hint = "put the file beside the entry, or into content/static/".to_owned();
            (Code::UnknownImage, "which does not exist".to_owned(), hint)
        }
    };
    let message = format!("{} has the image `{}`, {what}", fields.owner(), src.value);
    fields.report(code, src.span, message, Some(hint));
    None
}

fn link(link: &mut Fields<'_>) -> Option<Link> {
    let label = link.text("label");
    let is_written = link.required("url").is_some();
    let url = link.value("url", |text| Url::parse(text, values::LINK_SCHEMES));
    let link_type = link.value("type", LinkType::parse).unwrap_or(LinkType::Other);
    let licence = link.text("licence").unwrap_or_default();
    let url = url.filter(|_| is_written)?;
    Some(Link { label: label.unwrap_or_else(|| url.to_string()), url, link_type, licence })
}

fn source_note(source: &mut Fields<'_>) -> Option<SourceNote> {
    let title = source.required("title");
    let url = source.value("url", Url::parse_web);
    let licence = source.text("licence").unwrap_or_default();
    let retrieved = source.value("retrieved", values::date);
    Some(SourceNote { title: title?.value, url, licence, retrieved })
}
