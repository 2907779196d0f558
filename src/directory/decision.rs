//! A match that people decided on: introduced, agreed, fulfilled, declined or lapsed.

use std::sync::Arc;

use super::contact::{self, Person};
use super::entry::{self, Entry};
use super::ids::{CallId, NeedId, OfferId};
use super::names::Reader;
use super::whole::Directory;
use crate::content::fields::Fields;
use crate::content::record::{self, Record};
use crate::content::values::{MatchStatus, Slug};
use crate::diagnostic::{Code, Span};

/// What people decided about a need and an offer, from `matches/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What every entry has; its slug is `NEED--OFFER`, or what is short for it.
    pub entry: Entry,
    /// What is looked for.
    pub need: NeedId,
    /// What can be given.
    pub offer: OfferId,
    pub status: MatchStatus,
    /// The call in which the two were introduced.
    pub introduced_in: Option<CallId>,
    pub facilitator: Option<Person>,
    /// What came of it, or empty.
    pub outcome: String,
}

pub(crate) fn read(
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
        && let name = name(&need, &offer)
        && name != named.as_str()
    {
        let message =
            format!("the match `{named}` joins the need `{need}` and the offer `{offer}`");
        let hint = format!("call the file `{name}.md`, or correct its fields");
        let place = record::place(&record.path, Span { start: 0, end: 0 });
        fields.add(crate::diagnostic::Diagnostic::new(Code::MatchName, place, message).hint(hint));
    }
    let decision = Decision {
        status: fields.value("status", MatchStatus::parse).unwrap_or(MatchStatus::Introduced),
        introduced_in: fields.value("introduced_in", |text| reader.call(text)),
        facilitator: contact::person(fields, "facilitator", reader),
        outcome: reader.words(fields.text("outcome")),
        entry: entry?,
        need: need?,
        offer: offer?,
    };
    Some(decision)
}

/// How the file is called, by what its fields say.
fn name(need: &str, offer: &str) -> String {
    match (Slug::parse(need), Slug::parse(offer)) {
        (Ok(need), Ok(offer)) => Slug::pair(&need, &offer).to_string(),
        _ => format!("{need}--{offer}"),
    }
}

/// The need and the offer that the name of a match means, also one that is shortened or made of former ids.
pub(crate) fn sides(directory: &Directory, name: &str) -> Option<(NeedId, OfferId)> {
    let needs = || NeedId::each(&directory.needs).map(|(id, it)| (id, &it.entry.slug));
    let offers = || OfferId::each(&directory.offers).map(|(id, it)| (id, &it.entry.slug));
    let Some((names, _)) = name.split_once("---") else {
        let (need, offer) = name.split_once("--")?;
        let (need, _) = NeedId::each(&directory.needs).find(|(_, it)| it.entry.has_id(need))?;
        let (offer, _) = OfferId::each(&directory.offers).find(|(_, it)| it.entry.has_id(offer))?;
        return Some((need, offer));
    };
    let (need, offer) = names.split_once("--")?;
    let needs = needs().filter(|(_, slug)| slug.part_of(2) == need);
    let offers: Vec<_> = offers().filter(|(_, slug)| slug.part_of(2) == offer).collect();
    let mut pairs = needs.flat_map(|need| offers.iter().map(move |offer| (need, *offer)));
    let found = pairs.find(|((_, need), (_, offer))| Slug::pair(need, offer).as_str() == name);
    found.map(|((need, _), (offer, _))| (need, offer))
}
