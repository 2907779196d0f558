//! Matches by comparing every need with every offer: what they are by definition. It takes long, and
//! serves to test the index.

use jiff::civil::Date;

use super::eligibility::{Eligibility, Limits};
use super::finding::find_by;
use super::matches::Matches;
use super::reading::profiles::Profiles;
use super::scoring::score::{Score, Scoring};
use crate::directory::Directory;
use crate::directory::history;
use crate::directory::ids::OfferId;

/// Finds the same as [`super::find`].
pub fn find(directory: &Directory, profiles: &Profiles, today: Date) -> Matches {
    let scoring = Scoring::new(directory, profiles, today);
    let decided = history::collect(directory);
    let rules = Eligibility::new(&scoring, &decided, today);
    let limits = Limits::of(&directory.site);
    find_by(&rules, |need, _| {
        let is_allowed =
            |offer: &OfferId| rules.allows_offer(*offer) && rules.allows_pair(need, *offer);
        let offers = OfferId::all(directory.offers.len()).filter(is_allowed);
        let scored = offers.map(|offer| (offer, scoring.score(need, offer)));
        let mut best: Vec<(OfferId, Score)> =
            scored.filter(|(_, score)| limits.allow(score.total)).collect();
        best.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then(a.0.cmp(&b.0)));
        let least = limits.least_beside(best.first().map_or(0.0, |(_, score)| score.total));
        best.retain(|(_, score)| score.total >= least);
        best.truncate(limits.most);
        best
    })
}
