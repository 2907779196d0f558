//! Which call introduced two coops to each other, where several speak of it.

use std::collections::BTreeSet;

use crate::content::values::MatchStatus;
use crate::derived::Derived;
use crate::directory::ids::{CallId, NeedId, OfferId};

/// The pairs that a call brought together, and that did not say no there. A call that looks back on what an
/// earlier one introduced did not bring it together.
pub(crate) fn brought_together(derived: &Derived, id: CallId) -> BTreeSet<(NeedId, OfferId)> {
    let call = &derived.directory[id];
    let made = call.matches.iter().filter(|it| it.status != MatchStatus::Declined);
    let pairs = made.map(|it| (it.need, it.offer));
    pairs.filter(|pair| looked_back_on(derived, id, *pair).is_none()).collect()
}

/// The earlier call that introduced a pair on which a call only looks back.
pub(crate) fn looked_back_on(
    derived: &Derived,
    id: CallId,
    (need, offer): (NeedId, OfferId),
) -> Option<CallId> {
    let found = derived.matches().find(need, offer)?;
    let day = derived.directory[id].day();
    let since = found.introduced_in(day?)?;
    (since != id && derived.directory[since].day() < day).then_some(since)
}
