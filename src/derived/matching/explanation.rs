//! Why a need and an offer are suggested together, or why not.

use jiff::civil::Date;

use super::fits;
use super::profiles::Profiles;
use super::reasons::Reason;
use super::score::Scoring;
use super::text::Cutter;
use super::weights;
use super::{available_offers, decided_of, find};
use crate::content::values::MatchStatus;
use crate::directory::Directory;
use crate::directory::history;
use crate::directory::ids::{NeedId, OfferId};

/// A pair with everything that speaks for and against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// How well they fit, from 0 to 1, whether or not they are suggested.
    pub score: f64,
    /// What speaks for them, the weightiest first; the weights add up to the score.
    pub reasons: Vec<Reason>,
    /// What takes something away, by what, the most first.
    pub losses: Vec<(&'static str, f64)>,
    /// Why they are not suggested; empty when they are.
    pub obstacles: Vec<Obstacle>,
}

/// Something for which a pair is not suggested.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Obstacle {
    SameCoop,
    NeedIsNotOpen,
    OfferIsNotOpen,
    CapacityIsTaken,
    NeedingCoopIsClosed,
    OfferingCoopIsClosed,
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

/// Explains a pair.
pub fn explain(
    directory: &Directory,
    profiles: &Profiles,
    today: Date,
    need: NeedId,
    offer: OfferId,
) -> Explanation {
    let scoring = Scoring::new(directory, profiles, today);
    let score = scoring.score(need, offer);
    let reasons = scoring.reasons(need, &[(offer, score)], &mut Cutter::default()).remove(0);
    let about = scoring.about(score.topics, score.text);
    let mut losses: Vec<(&'static str, f64)> = scoring
        .losses(&score)
        .map(|(name, lost)| (name, about * lost))
        .filter(|(_, lost)| *lost > 0.0)
        .collect();
    losses.sort_by(|a, b| b.1.total_cmp(&a.1));
    let obstacles = obstacles(&scoring, today, need, offer, score.total);
    Explanation { score: score.total, reasons, losses, obstacles }
}

fn obstacles(
    scoring: &Scoring<'_>,
    today: Date,
    need: NeedId,
    offer: OfferId,
    score: f64,
) -> Vec<Obstacle> {
    let directory = scoring.directory;
    let (needed, offered) = (&directory[need], &directory[offer]);
    let (need_side, offer_side) = (&scoring.needs[need.index()], &scoring.offers[offer.index()]);
    let decided = history::collect(directory);
    let is_available = available_offers(scoring, &decided, today)(offer);
    let clash = fits::kinds_clash(need_side, offer_side) && !scoring.share_a_topic(need, offer);
    let settings = &directory.site.matching;
    let threshold = settings.threshold.unwrap_or(weights::THRESHOLD);
    let mut obstacles = Vec::new();
    let mut note = |holds: bool, obstacle: Obstacle| {
        if holds {
            obstacles.push(obstacle);
        }
    };
    note(needed.terms.coop == offered.terms.coop, Obstacle::SameCoop);
    note(!needed.says_open(today), Obstacle::NeedIsNotOpen);
    note(!offered.says_open(today), Obstacle::OfferIsNotOpen);
    note(need_side.coop_is_closed, Obstacle::NeedingCoopIsClosed);
    note(offer_side.coop_is_closed, Obstacle::OfferingCoopIsClosed);
    let has_room = is_available || !offered.says_open(today) || offer_side.coop_is_closed;
    note(!has_room, Obstacle::CapacityIsTaken);
    note(clash, Obstacle::MoneyOnOneSide);
    note(fits::cannot_meet(need_side, offer_side, today), Obstacle::OtherPlaceOrTime);
    if let Some(decided) = decided_of(&decided, need).get(&offer) {
        note(true, Obstacle::Decided(decided.status));
    }
    note(score < threshold, Obstacle::BelowThreshold(threshold));
    if obstacles.is_empty() && find(directory, scoring.profiles, today).find(need, offer).is_none()
    {
        let limit = settings.limit.unwrap_or(weights::LIMIT);
        let is_weak = score < weights::GOOD_SCORE && limit > 0;
        let better = Obstacle::BetterOffers(limit);
        obstacles.push(if is_weak { Obstacle::WeakBesideBetter } else { better });
    }
    obstacles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::{day, directory};

    fn explained(directory: &Directory) -> Explanation {
        let profiles = Profiles::new(directory);
        explain(directory, &profiles, day("2026-11-22"), NeedId(0), OfferId(0))
    }

    fn obstacles_of(need: &str, offer: &str, more: &[(&str, &str)]) -> Vec<Obstacle> {
        let entry = |coop: &str, fields: &str| {
            let kind = if fields.contains("kind:") { "" } else { "kind: human\n" };
            format!("---\ntitle: Marmots at dusk\ncoop: {coop}\n{kind}{fields}---\n")
        };
        let (need, offer) = (entry("a", need), entry("b", offer));
        let mut files = vec![
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", need.as_str()),
            ("content/offers/o.md", offer.as_str()),
        ];
        files.extend(more);
        explained(&directory(&files)).obstacles
    }

    #[test]
    fn a_pair_that_is_not_suggested_says_why() {
        assert_eq!(obstacles_of("", "", &[]), []);
        assert_eq!(obstacles_of("status: parked\n", "", &[]), [Obstacle::NeedIsNotOpen]);
        assert_eq!(obstacles_of("", "until: 2026-11-01\n", &[])[0], Obstacle::OfferIsNotOpen);
        let other = "---\ntitle: M\ncoop: a\nkind: human\n---\n";
        let taken = [
            ("content/needs/z.md", other),
            ("content/matches/z--o.md", "---\nneed: z\noffer: o\nstatus: agreed\n---\n"),
        ];
        assert_eq!(obstacles_of("", "", &taken), [Obstacle::CapacityIsTaken]);
        assert_eq!(obstacles_of("kind: financial\n", "", &[])[0], Obstacle::MoneyOnOneSide);
        let closed = ("content/coops/b.md", "---\ntitle: B\nstatus: closed\n---\n");
        assert_eq!(obstacles_of("", "", &[closed]), [Obstacle::OfferingCoopIsClosed]);
        let decided =
            ("content/matches/n--o.md", "---\nneed: n\noffer: o\nstatus: introduced\n---\n");
        let introduced = Obstacle::Decided(MatchStatus::Introduced);
        assert_eq!(obstacles_of("", "", &[decided]), [introduced]);
        let site = ("site.yaml", "title: T\nmatching: {threshold: 0.99}\n");
        assert_eq!(obstacles_of("", "", &[site]), [Obstacle::BelowThreshold(0.99)]);
        let site = ("site.yaml", "title: T\nmatching: {limit: 0}\n");
        assert_eq!(obstacles_of("", "", &[site]), [Obstacle::BetterOffers(0)]);
        let better = "---\ntitle: Marmots at dusk\ncoop: b\nkind: human\ntopics: [food]\n---\n";
        let better = ("content/offers/p.md", better);
        let found = obstacles_of("topics: [food]\n", "", &[better]);
        assert_eq!(found, [Obstacle::WeakBesideBetter]);
    }

    #[test]
    fn reasons_add_up_to_the_score() {
        let files = [
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", "---\ntitle: Bread\ncoop: a\nkind: human\n---\n"),
            (
                "content/offers/o.md",
                "---\ntitle: Loaves\ncoop: b\nkind: technical\nlang: es\n---\n",
            ),
        ];
        let found = explained(&directory(&files));
        let sum: f64 = found.reasons.iter().map(|reason| reason.weight).sum();
        assert!((sum - found.score).abs() < 1e-9, "{found:?}");
        assert!(found.losses.iter().all(|(name, lost)| *lost > 0.0 && !name.is_empty()));
    }
}
