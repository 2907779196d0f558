//! Why a need and an offer are suggested together, or why not.

use jiff::civil::Date;

use super::eligibility::{Eligibility, Limits, Obstacle};
use super::finding::find;
use super::reading::profiles::Profiles;
use super::reading::text::Cutter;
use super::scoring::reasons::Reason;
use super::scoring::score::Scoring;
use crate::content::values::Weight;
use crate::directory::Directory;
use crate::directory::history;
use crate::directory::ids::{NeedId, OfferId};

/// A pair with everything that speaks for and against it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Explanation {
    /// How well they fit, from 0 to 1, whether or not they are suggested.
    pub score: f64,
    /// What speaks for them, the weightiest first; the weights add up to the score.
    pub reasons: Vec<Reason>,
    /// What takes something away, by what, the most first.
    pub losses: Vec<(Weight, f64)>,
    /// Why they are not suggested; empty when they are.
    pub obstacles: Vec<Obstacle>,
}

pub(crate) fn explain(
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
    let mut losses: Vec<(Weight, f64)> = scoring
        .losses(&score)
        .map(|(weight, lost)| (weight, about * lost))
        .filter(|(_, lost)| *lost > 0.0)
        .collect();
    losses.sort_by(|a, b| b.1.total_cmp(&a.1));
    let decided = history::collect(directory);
    let rules = Eligibility::new(&scoring, &decided, today);
    let limits = Limits::of(&directory.site);
    let mut obstacles = rules.obstacles(need, offer);
    obstacles.extend(limits.too_low(score.total));
    if obstacles.is_empty() && find(directory, profiles, today).find(need, offer).is_none() {
        obstacles.push(limits.beaten(score.total));
    }
    Explanation { score: score.total, reasons, losses, obstacles }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::values::MatchStatus;
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
        assert!(found.losses.iter().all(|(_, lost)| *lost > 0.0));
    }
}
