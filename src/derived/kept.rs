//! The facts that a later run may take over, and how long they hold.

use jiff::civil::Date;

use super::matching::Matches;
use super::matching::reading::profiles::Profiles;
use super::matching::reading::tables::Tables;
use crate::directory::Directory;
use crate::directory::coop::Coop;
use crate::kept::Kept;

/// Facts that take long.
#[derive(Default)]
pub(super) struct KeptFacts {
    /// Labels as texts would write them.
    pub tables: Kept<Tables>,
    /// What needs and offers are about.
    pub profiles: Kept<Profiles>,
    /// Needs and offers that fit.
    pub matches: Kept<Matches>,
}

/// What facts follow from.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub directory: &'a Directory,
    pub today: Date,
}

impl KeptFacts {
    /// What an earlier run knew and still holds.
    pub(super) fn of(earlier: &KeptFacts, before: Basis<'_>, now: Basis<'_>) -> KeptFacts {
        let (old, new) = (before.directory, now.directory);
        let has_same_tables = old.topics == new.topics;
        let has_same_profiles =
            has_same_tables && old.needs == new.needs && old.offers == new.offers;
        let has_same_matches =
            has_same_profiles && before.today == now.today && finds_the_same(old, new);
        KeptFacts {
            tables: earlier.tables.taken_over(has_same_tables),
            profiles: earlier.profiles.taken_over(has_same_profiles),
            matches: earlier.matches.taken_over(has_same_matches),
        }
    }
}

/// Whether two directories with the same profiles have the same matches on the same day for sure. Of coops
/// all counts but what they write about themselves.
fn finds_the_same(one: &Directory, other: &Directory) -> bool {
    let is_alike = |(one, other): (&Coop, &Coop)| {
        one == other || {
            let mut like = one.clone();
            like.entry.text = other.entry.text.clone();
            like == *other
        }
    };
    one.site == other.site
        && one.calls == other.calls
        && one.decisions == other.decisions
        && one.declined == other.declined
        && one.coops.len() == other.coops.len()
        && one.coops.iter().zip(&other.coops).all(is_alike)
}
