//! What is over: needs and offers that nobody can answer or take any more.

use jiff::civil::Date;

use super::ids::{CoopId, EntryId};
use super::whole::Directory;
use crate::content::values::CoopStatus;

impl Directory {
    /// Whether a coop has closed.
    pub fn is_closed(&self, coop: CoopId) -> bool {
        self[coop].status == CoopStatus::Closed
    }

    /// Whether an entry stands with the former ones on a day: a need or an offer that is over, met, given away
    /// or withdrawn, or whose coop has closed. What is parked does not.
    pub fn is_former(&self, id: EntryId, day: Date) -> bool {
        match id {
            EntryId::Need(id) => {
                let need = &self[id];
                need.is_over(day) || self.is_closed(need.terms.coop)
            }
            EntryId::Offer(id) => {
                let offer = &self[id];
                offer.is_over(day) || self.is_closed(offer.terms.coop)
            }
            EntryId::Coop(_) | EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => false,
        }
    }

    /// Whether a need is still looked for on a day, or an offer can still be taken: it says so, and its coop is
    /// at work.
    pub fn is_open(&self, id: EntryId, day: Date) -> bool {
        match id {
            EntryId::Need(id) => {
                let need = &self[id];
                need.says_open(day) && !self.is_closed(need.terms.coop)
            }
            EntryId::Offer(id) => {
                let offer = &self[id];
                offer.says_open(day) && !self.is_closed(offer.terms.coop)
            }
            EntryId::Coop(_) | EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => false,
        }
    }
}
