//! A file that is open in an editor, and what its parts are.

use std::ops::Range;

use super::names::Called;
use super::spot::{self, Slot, Spot};
use crate::Prepared;
use crate::content::file_names::{SITE_FILE, TOPICS_FILE};
use crate::content::front_matter;
use crate::content::record::{self, Named};
use crate::content::schema::{self, Field, Shape, Table};
use crate::content::values::Choice;

/// A file of a site as it stands in an editor.
#[derive(Clone, Copy)]
pub(crate) struct Document<'a> {
    /// Its path, relative to the site.
    pub path: &'a str,
    pub text: &'a str,
    /// The site as it was last read, and what its entries are called; `None` until then.
    pub site: Option<(&'a Prepared, &'a Called)>,
}

/// What the fields of a file are.
#[derive(Clone, Copy)]
pub(super) enum Fields {
    /// Of one table.
    Of(&'static Table),
    /// A mapping by ids, each with the fields of a table.
    ById(&'static Table),
}

/// What can stand at a position among fields.
pub(super) struct Asked {
    pub spot: Spot,
    /// The field in which it is, or whose name it is.
    pub field: Option<&'static Field>,
    pub takes: Takes,
}

/// What can be written there.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// Names of the fields of a table.
    Names(&'static Table),
    /// A language, before a colon.
    Languages,
    /// One of a few names, or any other where there are none.
    Words(&'static [Choice]),
    /// A value.
    Value(Shape),
}

/// What is being written between two double brackets.
pub(super) struct Link<'a> {
    /// The id or title, up to where the position is.
    pub typed: &'a str,
    /// What is written as the name, in bytes of the text.
    pub place: Range<usize>,
    /// The heading that is asked for behind a `#`, up to where the position is, and its place.
    pub heading: Option<(&'a str, Range<usize>)>,
    /// Its brackets are closed.
    pub is_closed: bool,
}

impl<'a> Document<'a> {
    /// The kind of entry that its path says, and its language if it is a translation.
    pub(super) fn named(&self) -> Option<Named> {
        record::name(self.path)
    }

    /// Where its fields stand, and which these are.
    pub(super) fn fields(&self) -> Option<(Range<usize>, Fields)> {
        match self.path {
            SITE_FILE => Some((0..self.text.len(), Fields::Of(&schema::SITE))),
            TOPICS_FILE => Some((0..self.text.len(), Fields::ById(&schema::TOPIC))),
            _ => {
                let Named { kind, translation, .. } = self.named()?;
                let front = front_matter::split(self.text).front;
                let table = match translation {
                    Some(_) => schema::translation(kind),
                    None => schema::of_kind(kind),
                };
                let has_front = self.text.trim_start_matches('\u{feff}').starts_with("---");
                has_front.then_some((front.start..front.end, Fields::Of(table)))
            }
        }
    }

    /// What can stand at a byte among its fields; `None` elsewhere.
    pub(super) fn asked(&self, at: usize) -> Option<Asked> {
        let (part, fields) = self.fields()?;
        if !(part.start..=part.end).contains(&at) {
            return None;
        }
        // On the line that ends the fields, nothing of them stands.
        if at == part.end && part.end < self.text.len() {
            return None;
        }
        let mut spot = spot::at(&self.text[part.clone()], at - part.start)?;
        spot.typed = spot.typed.start + part.start..spot.typed.end + part.start;
        let (field, takes) = fields.at(&spot)?;
        Some(Asked { spot, field, takes })
    }

    /// The link between double brackets in which a byte is.
    pub(super) fn link(&self, at: usize) -> Option<Link<'a>> {
        let text = self.text;
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        let start = line + text[line..at].rfind("[[")? + 2;
        let typed = &text[start..at];
        if typed.contains("]]") {
            return None;
        }
        let rest = &text[start..line_end];
        let end = start + rest.find(['|', ']', '[', '\r']).unwrap_or(at - start).max(at - start);
        let is_closed = text[end..line_end].starts_with(['|', ']']);
        if typed.contains('|') {
            return None;
        }
        let whole = &text[start..end];
        let hash = whole.find('#').map(|hash| start + hash);
        let heading = hash.filter(|hash| *hash < at);
        let heading = heading.map(|hash| (&text[hash + 1..at], hash + 1..end));
        let place = start..hash.unwrap_or(end);
        Some(Link { typed, place, heading, is_closed })
    }
}

impl Fields {
    fn at(self, spot: &Spot) -> Option<(Option<&'static Field>, Takes)> {
        let mut path = spot.path.as_slice();
        let mut shape = match self {
            Fields::Of(table) => Shape::Fields(table),
            Fields::ById(table) => {
                let (_, rest) = path.split_first()?;
                path = rest;
                Shape::Fields(table)
            }
        };
        let mut field = None;
        for name in path {
            (field, shape) = match within(shape) {
                Shape::Fields(table) | Shape::Items(table) | Shape::Person(table) => {
                    let found = table.find(name)?;
                    (Some(found), found.shape)
                }
                Shape::ByLanguage(shape) | Shape::ByName(_, shape) => (field, *shape),
                _ => return None,
            };
        }
        let takes = match (spot.slot, within(shape)) {
            (Slot::Name | Slot::Either, Shape::Fields(table) | Shape::Items(table)) => {
                Takes::Names(table)
            }
            (Slot::Name, Shape::Person(table)) => Takes::Names(table),
            (Slot::Name | Slot::Either, Shape::ByLanguage(_)) => Takes::Languages,
            (Slot::Name | Slot::Either, Shape::ByName(words, _)) => Takes::Words(words),
            (Slot::Name, _) => return None,
            (Slot::Value | Slot::Either, shape) => Takes::Value(shape),
        };
        Some((field, takes))
    }
}

/// The shape of each of several.
fn within(shape: Shape) -> Shape {
    match shape {
        Shape::List(item) => within(*item),
        shape => shape,
    }
}
