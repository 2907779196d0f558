//! `ayni match --explain NEED OFFER`: why a pair is suggested, or why not.

use anyhow::{Result, bail};
use serde_json::json;

use super::context::Outcome;
use super::matches::{in_words, reason_row, rounded};
use super::terminal::{self, data};
use super::{named, report};
use crate::derived::Derived;
use crate::derived::matching::eligibility::Obstacle;
use crate::derived::matching::explanation::{self, Explanation};

/// Prints everything that speaks for a pair and against it.
pub(super) fn run(derived: &Derived, pair: &[String], as_json: bool) -> Result<Outcome> {
    let directory = &derived.directory;
    let [need, offer] = pair else { bail!("say a need and an offer") };
    let (need, offer) = named::pair(directory, need, offer)?;
    let found = explanation::explain(directory, derived.profiles(), derived.today, need, offer);
    if as_json {
        let value = json!({
            "need": directory[need].entry.slug.as_str(),
            "offer": directory[offer].entry.slug.as_str(),
            "score": rounded(found.score),
            "suggested": found.obstacles.is_empty(),
            "obstacles": found.obstacles.iter().map(|it| why_not(*it)).collect::<Vec<_>>(),
            "reasons": found.reasons.iter().map(|it| reason_row(directory, it)).collect::<Vec<_>>(),
            "losses": found.losses.iter()
                .map(|(weight, lost)| json!({"evidence": weight.as_str(), "weight": rounded(*lost)}))
                .collect::<Vec<_>>(),
        });
        terminal::json(&value)?;
        return Ok(Outcome::Fine);
    }
    data!("need   {}: {}", directory[need].entry.slug, directory[need].entry.title);
    data!("offer  {}: {}", directory[offer].entry.slug, directory[offer].entry.title);
    print(derived, &found);
    Ok(Outcome::Fine)
}

fn print(derived: &Derived, found: &Explanation) {
    let hundredths = |part: f64| format!("{:>6.1}", part * 100.0);
    for reason in &found.reasons {
        data!("  +{}  {}", hundredths(reason.weight), in_words(&derived.directory, reason));
    }
    if found.reasons.is_empty() {
        data!("  they have no topic and no word in common");
    }
    data!("  ={}  of 100", hundredths(found.score));
    for (weight, lost) in &found.losses {
        let name = weight.as_str();
        data!("  -{}  lost since `{}` does not fit, or is not said", hundredths(*lost), name);
    }
    match found.obstacles.as_slice() {
        [] => data!("this pair is suggested"),
        obstacles => {
            data!("this pair is not suggested:");
            for obstacle in obstacles {
                data!("  {}", why_not(*obstacle));
            }
        }
    }
}

fn why_not(obstacle: Obstacle) -> String {
    let fixed = match obstacle {
        Obstacle::SameCoop => "need and offer are of the same coop",
        Obstacle::NeedIsNotOpen => "the need is not open, or has expired",
        Obstacle::OfferIsNotOpen => "the offer is not open, or has expired",
        Obstacle::CapacityIsTaken => "the offer's capacity is taken by what was agreed",
        Obstacle::NeedingCoopIsClosed => "the coop that needs it is closed",
        Obstacle::OfferingCoopIsClosed => "the coop that offers it is closed",
        Obstacle::MoneyOnOneSide => "money stands on one side only, and no chosen topic is shared",
        Obstacle::OtherPlaceOrTime => {
            "it is on the spot in another country, or the dates do not meet"
        }
        Obstacle::Decided(status) => {
            return format!("people have decided about it: {}", status.as_str());
        }
        Obstacle::BelowThreshold(threshold) => {
            return format!("the score is below the threshold of {:.0}", threshold * 100.0);
        }
        Obstacle::WeakBesideBetter => "the fit is weak, and another offer fits better",
        Obstacle::BetterOffers(limit) => {
            return format!(
                "the need has {} that fit better, which is the limit",
                report::plural(limit, "offer")
            );
        }
    };
    fixed.to_owned()
}
