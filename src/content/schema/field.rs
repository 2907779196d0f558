//! A field, what a value of it looks like, and the table of a mapping's fields.

use super::braces;
use super::names;
use super::own_words::How;
use crate::characters::letters;
use crate::content::record::EntryKind;
use crate::content::values::Choice;
use crate::content::yaml::Node;

/// A field: all that is known of it but how its value is checked.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// What stands before the colon.
    pub name: &'static str,
    pub shape: Shape,
    /// It must be there.
    pub is_required: bool,
    /// An empty value is a problem and no absent one, since it may hold something back.
    pub is_never_empty: bool,
    /// What counts where it is not written; empty if that cannot be written down.
    pub default: &'static str,
    /// What it is for: half a sentence in Markdown.
    pub purpose: &'static str,
    /// A value in YAML, on one line; empty where one line cannot show it.
    pub example: &'static str,
    /// What is said beside it in a new file that has no value for it; empty where its name says enough.
    pub prompt: &'static str,
    /// What people call it elsewhere, with spaces between; see [`names`].
    pub called: &'static str,
    /// Names of what this field says in another form, and how it is written then.
    pub recast: &'static [(How, &'static str)],
}

/// What a value looks like.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A line of text.
    Text,
    /// A line of Markdown.
    Markdown,
    /// One of a few words.
    Choice(&'static [Choice]),
    YesNo,
    /// `2026-11-25`
    Day,
    /// A day, a month or a year.
    PartialDate,
    /// `2026-11-25T16:00`
    DateTime,
    /// `16:00`
    Clock,
    /// `1h30m`
    Duration,
    /// Not negative.
    Number,
    /// From 0 to 1.
    Fraction,
    /// Whole, and not negative.
    WholeNumber,
    /// A whole number, or `unlimited`.
    Capacity,
    /// Latitude and longitude.
    Coordinates,
    Country,
    Language,
    Currency,
    TimeZone,
    /// An address that begins with `https://` or `http://`.
    WebAddress,
    /// Where a link may lead.
    LinkTarget,
    /// A web address, a URN or a DID.
    Identifier,
    /// A host, or a web address.
    FormerAddress,
    /// An id that is given here.
    Id,
    /// The id of an entry.
    Entry(EntryKind),
    /// The id of a topic.
    Topic,
    /// The id of a series, or `none`.
    Series,
    /// A file beside the entry, or below `content/static/`.
    Picture,
    /// A rule of RFC 5545.
    Recurrence,
    /// The id of a coop, or a person's name with consent.
    Person(&'static Table),
    /// Several, or one without brackets.
    List(&'static Shape),
    /// Several with fields of their own, or one without brackets.
    Items(&'static Table),
    /// Fields of its own.
    Fields(&'static Table),
    /// A value for each language.
    ByLanguage(&'static Shape),
    /// A value for each of these names; for any name where there are none.
    ByName(&'static [Choice], &'static Shape),
}

/// The fields of a mapping.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    /// Its own fields first, then those that it shares with others.
    pub(super) groups: &'static [&'static [Field]],
    /// How one text in its place is written as fields: `{…}`.
    of_text: fn(&Node) -> String,
    /// Why it does not have a field of this name, where others do.
    left_out: fn(&str) -> Option<&'static str>,
}

/// What a name that is no field may mean.
pub(crate) enum Meant {
    /// These fields, under another name.
    Called(Vec<&'static Field>),
    /// A field that says it in another form.
    Recast(&'static Field, How),
}

/// The words of choices, as authors write them.
pub(crate) fn words(choices: &[Choice]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

impl Shape {
    /// The fields that a value of this shape has, or each of several.
    pub(crate) fn table(&self) -> Option<&'static Table> {
        match self {
            Shape::Fields(table) | Shape::Items(table) | Shape::Person(table) => Some(table),
            _ => None,
        }
    }

    /// What stands in the place of a mapping, as a mapping between braces.
    pub(crate) fn in_braces(&self, node: &Node) -> String {
        match self {
            Shape::ByLanguage(shape) | Shape::ByName(_, shape) => {
                braces::named(matches!(shape, Shape::List(_)), node)
            }
            _ => self.table().map_or(braces::unknown(node), |table| (table.of_text)(node)),
        }
    }
}

impl Field {
    pub(super) const fn new(
        name: &'static str,
        shape: Shape,
        example: &'static str,
        purpose: &'static str,
    ) -> Field {
        Field {
            name,
            shape,
            is_required: false,
            is_never_empty: false,
            default: "",
            purpose,
            example,
            prompt: "",
            called: "",
            recast: &[],
        }
    }

    pub(super) const fn required(self) -> Field {
        Field { is_required: true, ..self }
    }

    pub(super) const fn never_empty(self) -> Field {
        Field { is_never_empty: true, ..self }
    }

    /// What it is for, where nothing stands below.
    pub(crate) fn description(&self) -> &'static str {
        self.purpose.trim_end_matches("see below").trim_end_matches([';', ' '])
    }

    pub(super) const fn default(self, default: &'static str) -> Field {
        Field { default, ..self }
    }

    pub(super) const fn prompt(self, prompt: &'static str) -> Field {
        Field { prompt, ..self }
    }

    pub(super) const fn called(self, called: &'static str) -> Field {
        Field { called, ..self }
    }

    pub(super) const fn recast(self, recast: &'static [(How, &'static str)]) -> Field {
        Field { recast, ..self }
    }
}

impl Table {
    pub(super) const fn new(groups: &'static [&'static [Field]]) -> Table {
        Table { groups, of_text: braces::unknown, left_out: |_| None }
    }

    pub(super) const fn of_text(self, of_text: fn(&Node) -> String) -> Table {
        Table { of_text, ..self }
    }

    pub(super) const fn left_out(self, left_out: fn(&str) -> Option<&'static str>) -> Table {
        Table { left_out, ..self }
    }

    /// Why it does not have a field that others have, and that can be left out.
    pub(crate) fn why_not(&self, name: &str) -> Option<&'static str> {
        (self.left_out)(name)
    }

    /// Every field, its own first.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// The field of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }

    /// What a name means that is no field. Its own fields are asked before those that it shares.
    pub(crate) fn meant(&self, name: &str) -> Option<Meant> {
        let name = letters(name);
        let is_it = |names: &str| names::has(names, &name);
        self.groups.iter().find_map(|group| {
            let called = group.iter().filter(|field| is_it(field.called));
            let called: Vec<&Field> = called.collect();
            if !called.is_empty() {
                return Some(Meant::Called(called));
            }
            group.iter().find_map(|field| {
                let (how, _) = field.recast.iter().find(|(_, names)| is_it(names))?;
                Some(Meant::Recast(field, *how))
            })
        })
    }
}
