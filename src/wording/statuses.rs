//! Where entries and matches stand, in a word.

use serde::Serialize;

use super::Wording;
use crate::content::values::{CallStatus, CoopStatus, NeedStatus, OfferStatus};
use crate::derived::matching::Match;
use crate::derived::standing::OVER;
use crate::directory::ids::{CallId, CoopId, NeedId, OfferId};

/// Words that no author writes, beside those of the statuses: the coop of a need or an offer has closed.
const COOP_CLOSED: &str = "coop-closed";
/// The last day of a need or an offer is past.
const EXPIRED: &str = "expired";
/// Nobody has said what became of a call.
const UNRECORDED: &str = "unrecorded";

/// An id and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// The word in the content: `technical`.
    pub id: &'static str,
    /// The word for readers.
    pub label: String,
}

impl Wording<'_> {
    /// A label of an id: the message `PREFIX-ID`.
    pub fn label(&self, prefix: &str, id: &'static str) -> Label {
        Label { id, label: self.words.text(&format!("{prefix}-{id}")).to_owned() }
    }

    /// Where a need stands, unless it is simply open.
    pub fn need_status(&self, id: NeedId) -> Option<Label> {
        use NeedStatus::{Open, Parked, PartlyMet};
        let need = &self.directory[id];
        let status = match need.status {
            Open | PartlyMet | Parked if self.directory.is_closed(need.terms.coop) => COOP_CLOSED,
            Open | PartlyMet if need.terms.has_expired(self.derived.today) => EXPIRED,
            Open => return None,
            status => status.as_str(),
        };
        Some(self.label("status", status))
    }

    /// Where an offer stands, unless it is simply open.
    pub fn offer_status(&self, id: OfferId) -> Option<Label> {
        use OfferStatus::{Open, Parked};
        let offer = &self.directory[id];
        let status = match offer.status {
            Open | Parked if self.directory.is_closed(offer.terms.coop) => COOP_CLOSED,
            Open if offer.terms.has_expired(self.derived.today) => EXPIRED,
            Open => return None,
            status => status.as_str(),
        };
        Some(self.label("status", status))
    }

    /// How much a coop is at work, unless it simply is.
    pub fn coop_status(&self, id: CoopId) -> Option<Label> {
        let status = self.directory[id].status;
        (status != CoopStatus::Active).then(|| self.label("coop-status", status.as_str()))
    }

    /// Where a match stands, in a word; none of a suggestion.
    pub fn match_status(&self, found: &Match) -> Option<Label> {
        let status = if self.derived.over(found).is_some() { OVER } else { found.status?.as_str() };
        Some(self.label("match-status", status))
    }

    /// Why the introduction of a match is over without an answer, as a sentence.
    pub fn over(&self, found: &Match) -> Option<Label> {
        self.derived.over(found).map(|why| self.label("over", why.as_str()))
    }

    /// Where a call stands. One that was planned for a day that is over took place, or nobody has said
    /// yet that it did not.
    pub fn call_status(&self, id: CallId) -> Label {
        let call = &self.directory[id];
        let is_over = call.status == CallStatus::Planned && !call.is_ahead(self.derived.today);
        self.label("call-status", if is_over { UNRECORDED } else { call.status.as_str() })
    }
}
