//! The numbers of scoring: the weights that hold for a site, and how much each measure says, with
//! reasons.

use std::ops::Index;

use super::evidence::{Measure, row};
use crate::content::values::Weight;
use crate::directory::site::Site;

/// So many things can be weighed.
const COUNT: usize = Weight::ALL.len();

/// One of each weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByWeight<T>([T; COUNT]);

impl<T> ByWeight<T> {
    /// What a function says of each weight.
    pub fn of(each: impl Fn(Weight) -> T) -> ByWeight<T> {
        ByWeight(std::array::from_fn(|at| each(Weight::ALL[at])))
    }

    /// Each weight with what is known of it.
    pub fn iter(&self) -> impl Iterator<Item = (Weight, &T)> {
        Weight::ALL.iter().copied().zip(&self.0)
    }
}

impl<T> Index<Weight> for ByWeight<T> {
    type Output = T;

    fn index(&self, weight: Weight) -> &T {
        &self.0[weight as usize]
    }
}

/// The weights of a site, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weights {
    /// How much topics can say of what two are about.
    pub topics: f64,
    /// How much their words can say of it.
    pub text: f64,
    /// What is lost where something else does not fit.
    pub losses: ByWeight<f64>,
}

/// What all that does not fit takes away at most: what a pair is about counts most, whatever a site
/// sets.
const MOST_LOST: f64 = 0.8;

impl Weights {
    /// The weights of a site: its own where it sets them.
    pub(crate) fn of(site: &Site) -> Weights {
        let set = |weight: Weight| {
            site.matching.weights.get(&weight).copied().unwrap_or(row(weight).usual)
        };
        let mut losses = ByWeight::of(|weight| match row(weight).measure {
            Measure::Topics | Measure::Text => 0.0,
            Measure::OfClass(_) | Measure::OfPair(_) => set(weight),
        });
        let lost: f64 = losses.iter().map(|(_, loss)| loss).sum();
        if lost > MOST_LOST {
            let scale = MOST_LOST / lost;
            losses = ByWeight::of(|weight| losses[weight] * scale);
        }
        Weights { topics: set(Weight::Topics), text: set(Weight::Text), losses }
    }
}

/// Two topics that say less together are left out: of such hints long texts are full.
pub(crate) const LEAST_TOPIC: f64 = 0.05;

/// People, knowledge and technical work go over into each other.
pub(crate) const NEAR_KIND: f64 = 0.6;

/// An interpreter of the next calls speaks with both sides, but leaves after the call.
pub(crate) const INTERPRETED: f64 = 0.5;

/// Nobody said: half way between what fits and what does not.
pub(crate) const UNSAID: f64 = 0.5;

/// One side says that it can be done at a distance, the other says nothing.
pub(crate) const PERHAPS_REMOTE: f64 = 0.8;

/// One side wants it on the spot, the other at a distance.
pub(crate) const MODES_DIFFER: f64 = 0.2;

/// "Negotiable" meets a wish half way, and a gift is seldom refused.
pub(crate) const BASIS_TO_SETTLE: f64 = 0.8;

/// A coop has experience when it was founded this many years ago, or earlier.
pub(crate) const YEARS_OF_EXPERIENCE: i16 = 5;

/// A coop begins when its status says so, or when it was founded this many years ago at most.
pub(crate) const FIRST_YEARS: i16 = 1;

/// Days that both sides need to have in common; fewer are a hurry.
pub(crate) const ENOUGH_DAYS: i32 = 14;

/// What a shorter time in common says.
pub(crate) const FEW_DAYS: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn a_site_sets_any_weight_by_its_name() {
        for &set in Weight::ALL {
            let name = set.as_str();
            let site = format!("title: T\nmatching: {{weights: {{{name}: 0}}}}\n");
            let weights = Weights::of(&directory(&[("site.yaml", &site)]).site);
            for &weight in Weight::ALL {
                let value = match row(weight).measure {
                    Measure::Topics => weights.topics,
                    Measure::Text => weights.text,
                    Measure::OfClass(_) | Measure::OfPair(_) => weights.losses[weight],
                };
                assert_eq!(value == 0.0, weight == set, "{name} {}", weight.as_str());
            }
        }
    }

    #[test]
    fn what_does_not_fit_never_takes_all() {
        let site = "title: T\nmatching: {weights: {kind: 1, language: 1}}\n";
        let weights = Weights::of(&directory(&[("site.yaml", site)]).site);
        let lost: f64 = weights.losses.iter().map(|(_, loss)| loss).sum();
        assert!(lost <= MOST_LOST + 1e-12);
    }
}
