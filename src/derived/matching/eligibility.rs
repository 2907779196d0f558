//! Which pairs may be suggested: the one list of rules. The search asks them, and an explanation reads
//! them aloud.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::scoring::score::Scoring;
use crate::content::values::MatchStatus;
use crate::directory::Directory;
use crate::directory::history::Decided;
use crate::directory::ids::{EntryId, NeedId, OfferId};
use crate::directory::site::Site;

/// Something for which a pair is not suggested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Obstacle {
    SameCoop,
    NeedIsNotOpen,
    OfferIsNotOpen,
    NeedingCoopIsClosed,
    OfferingCoopIsClosed,
    CapacityIsTaken,
    MoneyOnOneSide,
    OtherPlaceOrTime,
    /// People decided already.
    Decided(MatchStatus),
    /// The score is below this threshold.
    BelowThreshold(f64),
    /// The fit is weak, and another offer fits better.
    WeakBesideBetter,
    /// The need has as many better offers as it gets suggestions.
    BetterOffers(usize),
}

/// A rule: what it looks at, and what stands in the way where it is not kept.
enum Rule {
    /// At the need alone.
    Need(fn(&Eligibility<'_>, NeedId) -> Option<Obstacle>),
    /// At the offer alone.
    Offer(fn(&Eligibility<'_>, OfferId) -> Option<Obstacle>),
    /// At both, whatever people decide.
    Pair(fn(&Eligibility<'_>, NeedId, OfferId) -> Option<Obstacle>),
    /// At what people decided about them.
    Decision(fn(&Eligibility<'_>, NeedId, OfferId) -> Option<Obstacle>),
    /// At what was decided out of sight; it is kept, and never told.
    Secret(fn(&Eligibility<'_>, NeedId, OfferId) -> bool),
}

/// Every rule, in the order in which they are told. What a list may hold besides is in [`Limits`].
const RULES: [Rule; 10] = [
    Rule::Pair(of_one_coop),
    Rule::Need(need_is_not_open),
    Rule::Offer(offer_is_not_open),
    Rule::Need(needing_coop_is_closed),
    Rule::Offer(offering_coop_is_closed),
    Rule::Offer(capacity_is_taken),
    Rule::Pair(money_on_one_side),
    Rule::Pair(other_place_or_time),
    Rule::Decision(is_decided),
    Rule::Secret(is_declined_out_of_sight),
];

/// What people decided about pairs.
pub(crate) type AllDecided = BTreeMap<(NeedId, OfferId), Decided>;

/// The rules, with what they look at.
pub(crate) struct Eligibility<'a> {
    pub scoring: &'a Scoring<'a>,
    pub decided: &'a AllDecided,
    day: Date,
    /// By offer: how many have agreed on it.
    taken: Vec<u32>,
}

impl<'a> Eligibility<'a> {
    /// The rules for suggestions on a day.
    pub(crate) fn new(
        scoring: &'a Scoring<'a>,
        decided: &'a AllDecided,
        day: Date,
    ) -> Eligibility<'a> {
        Eligibility { scoring, decided, day, taken: taken(scoring.directory, decided) }
    }

    /// Whether offers may be suggested for a need.
    pub(crate) fn allows_need(&self, need: NeedId) -> bool {
        RULES.iter().all(|rule| match rule {
            Rule::Need(obstacle) => obstacle(self, need).is_none(),
            Rule::Offer(_) | Rule::Pair(_) | Rule::Decision(_) | Rule::Secret(_) => true,
        })
    }

    /// Whether an offer may be suggested for needs.
    pub(crate) fn allows_offer(&self, offer: OfferId) -> bool {
        RULES.iter().all(|rule| match rule {
            Rule::Offer(obstacle) => obstacle(self, offer).is_none(),
            Rule::Need(_) | Rule::Pair(_) | Rule::Decision(_) | Rule::Secret(_) => true,
        })
    }

    /// Whether a need and an offer may be suggested together that may be suggested each.
    pub(crate) fn allows_pair(&self, need: NeedId, offer: OfferId) -> bool {
        self.can_help(need, offer)
            && RULES.iter().all(|rule| match rule {
                Rule::Decision(obstacle) => obstacle(self, need, offer).is_none(),
                Rule::Secret(is_broken) => !is_broken(self, need, offer),
                Rule::Need(_) | Rule::Offer(_) | Rule::Pair(_) => true,
            })
    }

    /// Whether an offer could ever help a need, whatever they are about and people decide.
    pub(crate) fn can_help(&self, need: NeedId, offer: OfferId) -> bool {
        RULES.iter().all(|rule| match rule {
            Rule::Pair(obstacle) => obstacle(self, need, offer).is_none(),
            Rule::Need(_) | Rule::Offer(_) | Rule::Decision(_) | Rule::Secret(_) => true,
        })
    }

    /// All that stands in the way of a pair and may be told.
    pub(crate) fn obstacles(&self, need: NeedId, offer: OfferId) -> Vec<Obstacle> {
        let told = RULES.iter().filter_map(|rule| match rule {
            Rule::Need(obstacle) => obstacle(self, need),
            Rule::Offer(obstacle) => obstacle(self, offer),
            Rule::Pair(obstacle) | Rule::Decision(obstacle) => obstacle(self, need, offer),
            Rule::Secret(_) => None,
        });
        told.collect()
    }
}

fn of_one_coop(rules: &Eligibility<'_>, need: NeedId, offer: OfferId) -> Option<Obstacle> {
    let [needing, offering] = rules.scoring.directory.sides(need, offer);
    (needing == offering).then_some(Obstacle::SameCoop)
}

fn need_is_not_open(rules: &Eligibility<'_>, need: NeedId) -> Option<Obstacle> {
    let is_open = rules.scoring.directory[need].says_open(rules.day);
    (!is_open).then_some(Obstacle::NeedIsNotOpen)
}

fn offer_is_not_open(rules: &Eligibility<'_>, offer: OfferId) -> Option<Obstacle> {
    let is_open = rules.scoring.directory[offer].says_open(rules.day);
    (!is_open).then_some(Obstacle::OfferIsNotOpen)
}

fn needing_coop_is_closed(rules: &Eligibility<'_>, need: NeedId) -> Option<Obstacle> {
    let directory = rules.scoring.directory;
    directory.is_closed(directory[need].terms.coop).then_some(Obstacle::NeedingCoopIsClosed)
}

fn offering_coop_is_closed(rules: &Eligibility<'_>, offer: OfferId) -> Option<Obstacle> {
    let directory = rules.scoring.directory;
    directory.is_closed(directory[offer].terms.coop).then_some(Obstacle::OfferingCoopIsClosed)
}

/// It says something only of an offer that could be given otherwise.
fn capacity_is_taken(rules: &Eligibility<'_>, offer: OfferId) -> Option<Obstacle> {
    let directory = rules.scoring.directory;
    let is_taken = !directory[offer].has_room(rules.taken[offer.index()]);
    let is_open = directory.is_open(EntryId::Offer(offer), rules.day);
    (is_taken && is_open).then_some(Obstacle::CapacityIsTaken)
}

/// Money helps with something else, and something else with money, only where both authors say so.
fn money_on_one_side(rules: &Eligibility<'_>, need: NeedId, offer: OfferId) -> Option<Obstacle> {
    let clash = rules.scoring.pair(need, offer).kinds_clash();
    (clash && !rules.scoring.share_a_topic(need, offer)).then_some(Obstacle::MoneyOnOneSide)
}

fn other_place_or_time(rules: &Eligibility<'_>, need: NeedId, offer: OfferId) -> Option<Obstacle> {
    rules.scoring.pair(need, offer).cannot_meet().then_some(Obstacle::OtherPlaceOrTime)
}

fn is_decided(rules: &Eligibility<'_>, need: NeedId, offer: OfferId) -> Option<Obstacle> {
    rules.decided.get(&(need, offer)).map(|decided| Obstacle::Decided(decided.status))
}

fn is_declined_out_of_sight(rules: &Eligibility<'_>, need: NeedId, offer: OfferId) -> bool {
    let declined = &rules.scoring.directory.declined;
    !declined.is_empty() && declined.contains(&(need, offer))
}

/// How many have agreed on each offer.
pub(crate) fn taken(directory: &Directory, decided: &AllDecided) -> Vec<u32> {
    let mut taken = vec![0_u32; directory.offers.len()];
    for ((_, offer), decided) in decided {
        if matches!(decided.status, MatchStatus::Agreed | MatchStatus::Fulfilled) {
            taken[offer.index()] += 1;
        }
    }
    taken
}

/// What the suggestions of a need have to score, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    pub least: f64,
    /// How many at most.
    pub most: usize,
}

/// A suggestion scores at least this. One topic that both titles name reaches it; what lies below is
/// mostly chance. Where it lies trades needs that are helped for suggestions that are none:
/// see `tests/evaluation/README.md`.
const THRESHOLD: f64 = 0.25;

/// A good suggestion is one beside any other. What scores less may be chance, so it is suggested only
/// where no offer fits the need better.
const GOOD_SCORE: f64 = 0.4;

/// A need gets at most this many suggestions: more than a handful is not read.
const MOST: usize = 5;

/// Whether a fit is good enough to stand beside any other.
pub(crate) fn is_good(score: f64) -> bool {
    score >= GOOD_SCORE
}

impl Limits {
    /// Those of a site: its own where it sets them.
    pub(crate) fn of(site: &Site) -> Limits {
        Limits {
            least: site.matching.threshold.unwrap_or(THRESHOLD),
            most: site.matching.limit.unwrap_or(MOST),
        }
    }

    /// Whether a pair can be suggested with this score, if with any.
    pub(crate) fn allow(&self, score: f64) -> bool {
        score > 0.0 && score >= self.least
    }

    /// What an offer has to score beside the best one: what is weak stands alone.
    pub(crate) fn least_beside(&self, best: f64) -> f64 {
        self.least.max(best.min(GOOD_SCORE))
    }

    /// Why a score is too low for the list by itself.
    pub(crate) fn too_low(&self, score: f64) -> Option<Obstacle> {
        (score < self.least).then_some(Obstacle::BelowThreshold(self.least))
    }

    /// Why a pair is not in the list that may be suggested.
    pub(crate) fn beaten(&self, score: f64) -> Obstacle {
        match !is_good(score) && self.most > 0 {
            true => Obstacle::WeakBesideBetter,
            false => Obstacle::BetterOffers(self.most),
        }
    }
}
