//! The page of a coop.

use anyhow::Result;
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::content::values::Language;
use crate::derived::facets::Facet;
use crate::derived::matching::Match;
use crate::directory::ids::{CoopId, EntryId, NeedId, OfferId};
use crate::pages::parts::actions::ActionView;
use crate::pages::parts::cards::{CallCard, Card};
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::{ContactView, EntryPart};
use crate::pages::pieces::Pieces;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Label;

/// The page of a coop.
#[derive(Debug, Serialize)]
pub(super) struct CoopView {
    page: Chrome,
    entry: EntryPart,
    /// "Recife, Brazil", or empty.
    place: String,
    region: String,
    country: Option<Link>,
    form: Option<Link>,
    status: Option<Label>,
    sectors: Vec<Link>,
    languages: Vec<Link>,
    founded: Option<String>,
    members: Option<u32>,
    website: Option<String>,
    /// Networks that it belongs to.
    networks: Vec<Link>,
    /// Coops that belong to it.
    part: Vec<Link>,
    contacts: Vec<ContactView>,
    /// Whom to ask where there is no contact.
    facilitator: Vec<ContactView>,
    needs: Vec<Card>,
    offers: Vec<Card>,
    /// Needs and offers that are over.
    past: Vec<Card>,
    /// Cards of its matches, the best first, as HTML, or empty.
    matches_html: String,
    /// Rings that it is in, best first.
    rings: Vec<Link>,
    /// What it has promised in calls and not done yet, the oldest first.
    actions: Vec<ActionView>,
    /// Calls that it took part in, latest first.
    calls: Vec<CallCard>,
}

/// The view of a coop's page.
pub(super) fn coop(viewer: &Viewer<'_>, pieces: &Pieces, id: CoopId) -> Result<CoopView> {
    let directory = viewer.directory;
    let coop = &directory[id];
    let entry = viewer.entry_part(EntryId::Coop(id));
    let page = viewer.chrome_below(EntryKind::Coop, &entry.title).described(&entry.summary);
    let (needs, past_needs): (Vec<EntryId>, Vec<EntryId>) =
        needs_of(viewer, id).partition(|id| viewer.derived.is_current(*id));
    let (offers, past_offers): (Vec<EntryId>, Vec<EntryId>) =
        offers_of(viewer, id).partition(|id| viewer.derived.is_current(*id));
    let cards = |ids: &[EntryId]| ids.iter().map(|id| viewer.card(*id)).collect::<Vec<_>>();
    let part = viewer.derived.networks().parts_of(id);
    Ok(CoopView {
        page,
        entry,
        place: viewer.wording.coop_place(id),
        region: coop.region.clone(),
        country: coop
            .country
            .as_ref()
            .map(|country| facet_link(viewer, Facet::Country, &country.slug())),
        form: coop.form.map(|form| facet_link(viewer, Facet::Form, form.as_str())),
        status: viewer.wording.coop_status(id),
        sectors: viewer.topic_links(&coop.sectors),
        languages: coop.languages.iter().map(|language| language_link(viewer, language)).collect(),
        founded: coop.founded.as_ref().map(ToString::to_string),
        members: coop.members,
        website: coop.website.as_ref().map(ToString::to_string),
        networks: coop.part_of.iter().map(|network| viewer.coop_link(*network)).collect(),
        part: part.iter().map(|other| viewer.coop_link(*other)).collect(),
        facilitator: match coop.contact.is_empty() {
            true => viewer.contacts(&directory.site.facilitator),
            false => Vec::new(),
        },
        contacts: viewer.contacts(&coop.contact),
        needs: cards(&needs),
        offers: cards(&offers),
        past: cards(&[past_needs, past_offers].concat()),
        matches_html: matches_of(viewer, pieces, id)?,
        rings: viewer.derived.rings().of_coop(id).map(|ring| viewer.ring_link(ring)).collect(),
        actions: viewer.derived.actions().open_of(id).map(|it| viewer.open_action(it)).collect(),
        calls: viewer
            .derived
            .calls()
            .attended_by(id)
            .iter()
            .rev()
            .map(|call| viewer.call_card(*call))
            .collect(),
    })
}

/// Cards of the best matches of a coop; what came to an end stands after the others.
fn matches_of(viewer: &Viewer<'_>, pieces: &Pieces, coop: CoopId) -> Result<String> {
    let all = || viewer.derived.matches().of_coop(coop);
    let has_ended = |it: &&Match| viewer.derived.has_ended(it);
    let in_order = all().filter(|it| !has_ended(it)).chain(all().filter(has_ended));
    pieces.match_cards(viewer, in_order.take(10), 3)
}

fn facet_link(viewer: &Viewer<'_>, facet: Facet, value: &str) -> Link {
    viewer.link(
        &addresses::facet(EntryKind::Coop, facet, value, 1),
        viewer.wording.facet_label(facet, value),
    )
}

fn language_link(viewer: &Viewer<'_>, language: &Language) -> Link {
    facet_link(viewer, Facet::Language, &language.as_str().to_ascii_lowercase())
}

fn needs_of<'a>(viewer: &'a Viewer<'_>, coop: CoopId) -> impl Iterator<Item = EntryId> + 'a {
    let needs = viewer.derived.proposals().needs_of(coop);
    needs.iter().map(|id: &NeedId| EntryId::Need(*id))
}

fn offers_of<'a>(viewer: &'a Viewer<'_>, coop: CoopId) -> impl Iterator<Item = EntryId> + 'a {
    let offers = viewer.derived.proposals().offers_of(coop);
    offers.iter().map(|id: &OfferId| EntryId::Offer(*id))
}
