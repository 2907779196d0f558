//! Where entries and matches stand, in a word.

use serde::Serialize;

use super::Wording;
use crate::content::values::CallStatus;
use crate::derived::matching::Match;
use crate::directory::ids::{CallId, NeedId, OfferId};

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
        let need = &self.directory[id];
        match need.status.as_str() {
            "open" | "partly-met" | "parked" if self.directory.is_closed(need.terms.coop) => {
                Some(self.label("status", "coop-closed"))
            }
            "open" | "partly-met" if need.terms.has_expired(self.derived.today) => {
                Some(self.label("status", "expired"))
            }
            "open" => None,
            status => Some(self.label("status", status)),
        }
    }

    /// Where an offer stands, unless it is simply open.
    pub fn offer_status(&self, id: OfferId) -> Option<Label> {
        let offer = &self.directory[id];
        match offer.status.as_str() {
            "open" | "parked" if self.directory.is_closed(offer.terms.coop) => {
                Some(self.label("status", "coop-closed"))
            }
            "open" if offer.terms.has_expired(self.derived.today) => {
                Some(self.label("status", "expired"))
            }
            "open" => None,
            status => Some(self.label("status", status)),
        }
    }

    /// Where a match stands, in a word; none of a suggestion.
    pub fn match_status(&self, found: &Match) -> Option<Label> {
        let status =
            if self.derived.over(found).is_some() { "over" } else { found.status?.as_str() };
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
        self.label("call-status", if is_over { "unrecorded" } else { call.status.as_str() })
    }
}
