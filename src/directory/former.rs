//! What is over, and why: needs and offers that nobody can answer or take any more.

use jiff::civil::Date;

use super::ids::{CoopId, EntryId};
use super::whole::Directory;
use crate::content::values::{CoopStatus, NeedStatus, OfferStatus};

/// Why nobody can answer a need, or take an offer, any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    NeedMet,
    NeedWithdrawn,
    NeedExpired,
    NeedClosed,
    OfferExhausted,
    OfferWithdrawn,
    OfferExpired,
    OfferClosed,
}

impl Over {
    /// Its name among the messages of the interface, after `over-`.
    pub fn as_str(self) -> &'static str {
        match self {
            Over::NeedMet => "need-met",
            Over::NeedWithdrawn => "need-withdrawn",
            Over::NeedExpired => "need-expired",
            Over::NeedClosed => "need-closed",
            Over::OfferExhausted => "offer-exhausted",
            Over::OfferWithdrawn => "offer-withdrawn",
            Over::OfferExpired => "offer-expired",
            Over::OfferClosed => "offer-closed",
        }
    }

    /// The same in English, for a terminal.
    pub fn in_words(self) -> &'static str {
        match self {
            Over::NeedMet => "the need is met",
            Over::NeedWithdrawn => "the need was withdrawn",
            Over::NeedExpired => "the last day of the need is past",
            Over::NeedClosed => "the coop that needs it has closed",
            Over::OfferExhausted => "the offer is exhausted",
            Over::OfferWithdrawn => "the offer was withdrawn",
            Over::OfferExpired => "the last day of the offer is past",
            Over::OfferClosed => "the coop that offers it has closed",
        }
    }
}

impl Directory {
    /// Whether a coop has closed.
    pub fn is_closed(&self, coop: CoopId) -> bool {
        self[coop].status == CoopStatus::Closed
    }

    /// Whether an entry stands with the former ones on a day.
    pub fn is_former(&self, id: EntryId, day: Date) -> bool {
        self.over(id, day).is_some()
    }

    /// Why a need or an offer is over on a day, if it is. To be parked ends neither.
    pub fn over(&self, id: EntryId, day: Date) -> Option<Over> {
        let (settled, closed, expired) = match id {
            EntryId::Need(id) => {
                let settled = match self[id].status {
                    NeedStatus::Met => Some(Over::NeedMet),
                    NeedStatus::Withdrawn => Some(Over::NeedWithdrawn),
                    NeedStatus::Open | NeedStatus::Parked | NeedStatus::PartlyMet => None,
                };
                (settled, Over::NeedClosed, Over::NeedExpired)
            }
            EntryId::Offer(id) => {
                let settled = match self[id].status {
                    OfferStatus::Exhausted => Some(Over::OfferExhausted),
                    OfferStatus::Withdrawn => Some(Over::OfferWithdrawn),
                    OfferStatus::Open | OfferStatus::Parked => None,
                };
                (settled, Over::OfferClosed, Over::OfferExpired)
            }
            EntryId::Coop(_) | EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => {
                return None;
            }
        };
        let terms = self.terms(id)?;
        let is_closed = || self.is_closed(terms.coop).then_some(closed);
        let has_expired = || terms.has_expired(day).then_some(expired);
        settled.or_else(is_closed).or_else(has_expired)
    }

    /// Whether a need is still looked for on a day, or an offer can still be taken: it says so, and its coop is
    /// at work.
    pub fn is_open(&self, id: EntryId, day: Date) -> bool {
        let says_open = match id {
            EntryId::Need(id) => self[id].says_open(day),
            EntryId::Offer(id) => self[id].says_open(day),
            EntryId::Coop(_) | EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => false,
        };
        says_open && !self.coop_of(id).is_some_and(|coop| self.is_closed(coop))
    }
}
