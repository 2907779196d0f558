//! Matches by comparing every need with every offer: what they are by definition. It takes long, and
//! serves to test the index.

use jiff::civil::Date;

use super::profiles::Profiles;
use super::score::{Score, Scoring};
use super::{Matches, available_offers, choice, find_by, usual_limit, weights};
use crate::directory::Directory;
use crate::directory::history;
use crate::directory::ids::OfferId;

/// Finds the same as [`super::find`].
pub fn find(directory: &Directory, profiles: &Profiles, today: Date) -> Matches {
    let scoring = Scoring::new(directory, profiles, today);
    let decided = history::collect(directory);
    let is_available = available_offers(&scoring, &decided, today);
    find_by(&scoring, &decided, today, |need, of_need, _| {
        let choice = choice(&scoring, need, of_need, usual_limit(directory));
        let is_possible = |offer: &OfferId| {
            is_available(*offer) && (choice.is_allowed)(*offer) && scoring.can_meet(need, *offer)
        };
        let offers = (0..).map(OfferId).take(directory.offers.len()).filter(is_possible);
        let scores = offers.map(|offer| (offer, scoring.score(need, offer)));
        let is_enough = |(_, it): &(OfferId, Score)| it.total > 0.0 && it.total >= choice.least;
        let mut best: Vec<(OfferId, Score)> = scores.filter(is_enough).collect();
        best.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then(a.0.cmp(&b.0)));
        let least = best.first().map_or(0.0, |(_, it)| it.total.min(weights::GOOD_SCORE));
        best.retain(|(_, it)| it.total >= least);
        best.truncate(choice.limit);
        best
    })
}
