//! What needs and offers have in common: whose they are, what kind of help, where, when, on what
//! terms.

use jiff::civil::Date;

use super::contact::{self, Contact};
use super::ids::{CallId, CoopId};
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::values::{self, Basis, Country, Currency, Kind, Language, Mode, Urgency};
use crate::diagnostic::Code;

/// The terms of a need or an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    pub coop: CoopId,
    /// What kind of help.
    pub kind: Kind,
    /// Languages in which the help can be given.
    pub languages: Vec<Language>,
    /// How the help can be given.
    pub mode: Option<Mode>,
    /// Where it can be given.
    pub place: Location,
    /// On what terms; any of them will do.
    pub basis: Vec<Basis>,
    pub amount: Option<Amount>,
    /// How much of something else.
    pub quantity: Option<Quantity>,
    /// How soon.
    pub urgency: Urgency,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The call in which it was first said.
    pub raised_in: Option<CallId>,
    /// How to reach those who ask or offer, where that is not the coop's own contact.
    pub contact: Vec<Contact>,
}

/// Where help is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    pub country: Option<Country>,
    /// The town, or empty.
    pub city: String,
}

/// A sum of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    pub value: f64,
    pub currency: Currency,
}

/// A number of things.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How many.
    pub value: f64,
    /// Of what, in the author's words.
    pub unit: String,
}

impl Terms {
    /// Whether its last day is over.
    pub fn has_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// Reads the terms; `None` when the coop or the kind is missing.
pub(crate) fn read(fields: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Terms> {
    let coop = fields.required("coop").and_then(|_| fields.value("coop", |text| reader.coop(text)));
    let kind = fields.required("kind").and_then(|_| fields.value("kind", Kind::parse));
    let from = fields.placed("from", values::date);
    let until = fields.placed("until", values::date);
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        let message = format!("{} ends before it begins", fields.owner());
        let hint = "`until` is the last day, `from` the first".to_owned();
        fields.report(Code::DatesReversed, until.span, message, Some(hint));
    }
    let terms = Terms {
        languages: fields.values("languages", Language::parse),
        mode: fields.value("mode", Mode::parse),
        place: fields.fields("place", place).unwrap_or_default(),
        basis: fields.values("basis", Basis::parse),
        amount: fields.fields("amount", amount),
        quantity: fields.fields("quantity", quantity),
        urgency: fields.value("urgency", Urgency::parse).unwrap_or(Urgency::Normal),
        from: from.map(|from| from.value),
        until: until.map(|until| until.value),
        raised_in: fields.value("raised_in", |text| reader.call(text)),
        contact: contact::contacts(fields, "contact", reader.site.contact_visibility),
        coop: coop?,
        kind: kind?,
    };
    Some(terms)
}

fn place(place: &mut Fields<'_>) -> Option<Location> {
    let country = place.value("country", Country::parse);
    Some(Location { country, city: place.text("city").unwrap_or_default() })
}

fn amount(amount: &mut Fields<'_>) -> Option<Amount> {
    let written = amount.required("value").is_some() & amount.required("currency").is_some();
    let value = amount.value("value", values::how_much);
    let currency = amount.value("currency", Currency::parse);
    Some(Amount { value: value.filter(|_| written)?, currency: currency? })
}

fn quantity(quantity: &mut Fields<'_>) -> Option<Quantity> {
    let written = quantity.required("value").is_some();
    let value = quantity.value("value", values::how_much);
    let unit = quantity.required("unit");
    Some(Quantity { value: value.filter(|_| written)?, unit: unit?.value })
}
