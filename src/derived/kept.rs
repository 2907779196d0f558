//! What is kept from one run of the stages to the next. `serve` runs them after every change, and a few
//! facts take long: they are taken over where they follow from the same.
//!
//! | kept | as long as the same |
//! |---|---|
//! | profiles | vocabulary, needs and offers |
//! | matches | profiles, settings, calls, decisions, coops but for their texts, day |
//!
//! Profiles stand on tables of labels, by language. They depend on the vocabulary alone and are kept where
//! they are made (`matching/reading/tables.rs`), whoever runs the stages.
//!
//! With and without what is kept, facts are the same.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::matching::Matches;
use super::matching::reading::profiles::Profiles;
use crate::directory::Directory;
use crate::directory::coop::Coop;

/// Facts that a later run may take over.
#[derive(Default)]
pub(super) struct Kept {
    /// What needs and offers are about.
    pub profiles: OnceLock<Arc<Profiles>>,
    /// Needs and offers that fit.
    pub matches: OnceLock<Arc<Matches>>,
}

/// What facts follow from.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// The day.
    pub today: Date,
}

impl Kept {
    /// What an earlier run knew and still holds.
    pub(super) fn of(earlier: &Kept, before: Basis<'_>, now: Basis<'_>) -> Kept {
        let has_same_profiles = reads_the_same(now.directory, before.directory);
        let has_same_matches = has_same_profiles
            && now.today == before.today
            && finds_the_same(now.directory, before.directory);
        Kept {
            profiles: kept(&earlier.profiles, has_same_profiles),
            matches: kept(&earlier.matches, has_same_matches),
        }
    }
}

fn kept<T: Clone>(fact: &OnceLock<T>, is_same: bool) -> OnceLock<T> {
    if is_same { fact.clone() } else { OnceLock::new() }
}

/// Whether two directories have the same profiles for sure.
fn reads_the_same(one: &Directory, other: &Directory) -> bool {
    one.topics == other.topics && one.needs == other.needs && one.offers == other.offers
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
