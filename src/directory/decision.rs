//! A match that people decided on: introduced, agreed, fulfilled, declined or lapsed.

use std::sync::Arc;

use super::contact::{self, Person};
use super::entry::{self, Entry};
use super::ids::{CallId, NeedId, OfferId};
use super::names::Reader;
use crate::content::fields::Fields;
use crate::content::record::{self, Record};
use crate::content::values::{MatchStatus, Slug};
use crate::diagnostic::{Code, Span};

/// What people decided about a need and an offer, from `matches/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What every entry has; its slug is `NEED--OFFER`.
    pub entry: Entry,
    /// What is looked for.
    pub need: NeedId,
    /// What can be given.
    pub offer: OfferId,
    /// Where it stands.
    pub status: MatchStatus,
    /// The call in which the two were introduced.
    pub introduced_in: Option<CallId>,
    /// Who introduced them.
    pub facilitator: Option<Person>,
    /// What came of it, or empty.
    pub outcome: String,
}

/// Reads a decision.
pub fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Decision> {
    let named = slug.clone();
    let entry = entry::read(record, slug, fields, reader);
    let written_need = fields.required("need").map(|need| need.value);
    let written_offer = fields.required("offer").map(|offer| offer.value);
    let need = fields.value("need", |text| reader.need(text));
    let offer = fields.value("offer", |text| reader.offer(text));
    if let (Some(need), Some(offer)) = (written_need, written_offer)
        && format!("{need}--{offer}") != named.as_str()
    {
        let message =
            format!("the match `{named}` joins the need `{need}` and the offer `{offer}`");
        let hint = format!("call the file `{need}--{offer}.md`, or correct its fields");
        let place = record::place(&record.path, Span { start: 0, end: 0 });
        fields.add(crate::diagnostic::Diagnostic::new(Code::MatchName, place, message).hint(hint));
    }
    let decision = Decision {
        status: fields.value("status", MatchStatus::parse).unwrap_or(MatchStatus::Introduced),
        introduced_in: fields.value("introduced_in", |text| reader.call(text)),
        facilitator: contact::person(fields, "facilitator", reader),
        outcome: reader.words(record.kind, fields.text("outcome")),
        entry: entry?,
        need: need?,
        offer: offer?,
    };
    Some(decision)
}
