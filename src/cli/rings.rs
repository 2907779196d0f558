//! `ayni match --rings`: shows the circles in which each coop gives what the next needs.

use anyhow::Result;
use serde::Serialize;

use super::context::Outcome;
use super::matches::{self, Arguments, Wanted};
use super::report;
use super::terminal::{self, data, say};
use crate::derived::Derived;
use crate::derived::matching::Match;
use crate::derived::rings::Ring;
use crate::directory::Directory;

/// Prints rings, best first. Of a call, those of which every step is among its coops; of an entry,
/// those that have it in a step.
pub(super) fn print(derived: &Derived, arguments: &Arguments, wanted: &Wanted) -> Result<Outcome> {
    let directory = &*derived.directory;
    let is_wanted = |ring: &&Ring| {
        let mut steps = steps(derived, ring).map(|step| wanted.includes(directory, step));
        match wanted.is_of_call() {
            true => steps.all(|is_included| is_included),
            false => steps.any(|is_included| is_included),
        }
    };
    let rings = derived.rings().list.iter().filter(is_wanted);
    let rings: Vec<&Ring> = rings.take(arguments.limit.unwrap_or(usize::MAX)).collect();
    if arguments.json {
        let rows: Vec<RingRow<'_>> = rings.iter().map(|ring| row(derived, ring)).collect();
        terminal::json(&rows)?;
    } else {
        table(derived, &rings);
    }
    Ok(Outcome::Fine)
}

fn steps<'a>(derived: &'a Derived, ring: &'a Ring) -> impl Iterator<Item = &'a Match> {
    ring.steps.iter().filter_map(|(need, offer)| derived.matches().find(*need, *offer))
}

#[derive(Serialize)]
struct RingRow<'a> {
    coops: Vec<&'a str>,
    score: f64,
    mean: f64,
    steps: Vec<matches::Row<'a>>,
}

fn row<'a>(derived: &'a Derived, ring: &'a Ring) -> RingRow<'a> {
    RingRow {
        coops: ids(&derived.directory, ring),
        score: matches::rounded(ring.score),
        mean: matches::rounded(ring.mean),
        steps: steps(derived, ring).map(|step| matches::row(&derived.directory, step)).collect(),
    }
}

fn ids<'a>(directory: &'a Directory, ring: &Ring) -> Vec<&'a str> {
    ring.coops.iter().map(|coop| directory[*coop].entry.slug.as_str()).collect()
}

fn table(derived: &Derived, rings: &[&Ring]) {
    if rings.is_empty() {
        say!("no rings");
        return;
    }
    let directory = &derived.directory;
    for ring in rings {
        let score = format!("{:3.0}", ring.score * 100.0);
        data!("{}  {}", score, ids(directory, ring).join(" → "));
        for (step, (giver, taker)) in steps(derived, ring).zip(ring.pairs()) {
            let [giver, taker] = [giver, taker].map(|coop| &directory[coop].entry.slug);
            let (need, offer) = (&directory[step.need].entry, &directory[step.offer].entry);
            let (need, offer) = (&need.slug, &offer.slug);
            data!("     {} offers {} to {}, who needs {}", giver, offer, taker, need);
        }
    }
    say!("{}", report::plural(rings.len(), "ring"));
}
