//! A coop: an organisation of the directory.

use std::sync::Arc;

use super::contact::{self, Contact};
use super::entry::{self, Entry};
use super::ids::{CoopId, TopicId};
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::record::Record;
use crate::content::schema;
use crate::content::values::{
    self, CoopStatus, Coordinates, Country, Form, Language, PartialDate, Precision, Slug, Url,
};
use crate::content::yaml::{Node, Value};
use crate::diagnostic::Code;

/// An organisation of the directory: a cooperative, a hub or a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Coop {
    /// What every entry has.
    pub entry: Entry,
    pub country: Option<Country>,
    /// The part of the country, or empty.
    pub region: String,
    /// The town, or empty.
    pub city: String,
    /// Where on Earth.
    pub coordinates: Option<Coordinates>,
    /// How exactly the coordinates may be shown.
    pub precision: Precision,
    pub form: Option<Form>,
    /// What it works in.
    pub sectors: Vec<TopicId>,
    /// Languages that it works in.
    pub languages: Vec<Language>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// How many members it has.
    pub members: Option<u32>,
    pub website: Option<Url>,
    /// Networks that it belongs to.
    pub part_of: Vec<CoopId>,
    /// How it can be reached.
    pub contact: Vec<Contact>,
    /// How much it is at work.
    pub status: CoopStatus,
}

pub(crate) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Coop> {
    let entry = entry::read(record, slug, fields, reader);
    let coop = Coop {
        country: fields.value("country", Country::parse),
        region: fields.text("region").unwrap_or_default(),
        city: fields.text("city").unwrap_or_default(),
        coordinates: coordinates(fields),
        precision: fields.value("precision", Precision::parse).unwrap_or(Precision::City),
        form: fields.value("form", Form::parse),
        sectors: entry::topics(fields, "sectors", reader),
        languages: fields.values("languages", Language::parse),
        founded: fields.value("founded", PartialDate::parse),
        members: fields.value("members", values::whole_number),
        website: fields.value("website", Url::parse_web),
        part_of: fields.values("part_of", |text| reader.coop(text)),
        contact: contact::contacts(fields, "contact", reader.site.contact_visibility),
        status: fields.value("status", CoopStatus::parse).unwrap_or(CoopStatus::Active),
        entry: entry?,
    };
    Some(coop)
}

fn coordinates(fields: &mut Fields<'_>) -> Option<Coordinates> {
    let node = fields.node("coordinates")?;
    let Value::List(items) = &node.value else {
        return not_two_numbers(fields, node);
    };
    let [latitude, longitude] = items.as_slice() else {
        return not_two_numbers(fields, node);
    };
    let latitude = fields.scalar("coordinates", latitude, &|text| values::degrees(text, 90.0));
    let longitude = fields.scalar("coordinates", longitude, &|text| values::degrees(text, 180.0));
    Some(Coordinates { latitude: latitude?.value, longitude: longitude?.value })
}

fn not_two_numbers(fields: &mut Fields<'_>, node: &Node) -> Option<Coordinates> {
    let message = format!("{}: `coordinates` should be two numbers", fields.owner());
    let hint = schema::two_numbers(node);
    fields.report(Code::BadCoordinates, node.span, message, Some(hint));
    None
}
