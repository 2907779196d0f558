//! The one table of evidence: what can speak for a match, how much it weighs, and how it is measured.
//!
//! A score is `about × fit`. `about` says how surely need and offer speak of the same thing: topics
//! and text each leave some doubt, and the doubts are multiplied. `fit` begins at 1 and loses the
//! weight of everything that does not fit.
//!
//! Each row stands for a weight that a site can set, and lists the evidence that its measure may find.
//! All else that a new row needs does not compile without it, or fails a test: ARCHITECTURE.md has the
//! recipe.

use super::fits::{self, Fit, Pair};
use super::reasons::Shared;
use crate::content::values::Weight;

/// What is known of a weight.
#[derive(Clone, Copy)]
pub struct Row {
    /// How much it weighs where a site does not set it, from 0 to 1.
    pub usual: f64,
    /// What it weighs.
    pub measure: Measure,
}

/// How it is found out whether something speaks for a match.
#[derive(Clone, Copy)]
pub enum Measure {
    /// By the topics that the two are about, in `score.rs`: they make the score.
    Topics,
    /// By the words of their texts, likewise.
    Text,
    /// By what all offers of a class have in common; what does not fit takes away from the score.
    OfClass(fn(&Pair<'_>) -> Fit),
    /// By looking at this need and this offer; likewise.
    OfPair(fn(&Pair<'_>) -> Fit),
}

/// How need and offer share a piece of evidence, to say it in words.
#[derive(Clone, Copy)]
enum Shares {
    /// What they share is found where their texts are compared, in `score.rs`.
    Texts,
    /// They share something that can be named.
    Named(fn(&Pair<'_>) -> Shared),
    /// Nothing could be named.
    Nothing,
}

macro_rules! evidence {
    ($(
        $weight:ident { usual: $usual:literal, measure: $measure:expr, finds: [$(
            $(#[$doc:meta])*
            $name:ident { id: $id:literal, is_particular: $is_particular:literal, shares: $shares:expr },
        )*] },
    )*) => {
        /// What can speak for a match.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Evidence { $($($(#[$doc])* $name,)*)* }

        impl Evidence {
            /// Every kind of evidence.
            pub const ALL: &[Evidence] = &[$($(Evidence::$name,)*)*];

            /// Its id, in data and in the texts of the interface.
            pub fn as_str(self) -> &'static str {
                match self { $($(Evidence::$name => $id,)*)* }
            }

            /// Whether it says something of this pair that is not true of very many.
            pub fn is_particular(self) -> bool {
                match self { $($(Evidence::$name => $is_particular,)*)* }
            }

            fn shares(self) -> Shares {
                match self { $($(Evidence::$name => $shares,)*)* }
            }
        }

        /// The row of a weight.
        pub const fn row(weight: Weight) -> Row {
            match weight { $(Weight::$weight => Row { usual: $usual, measure: $measure },)* }
        }
    };
}

evidence! {
    // Topics are chosen with care by the authors: they can make a match nearly sure.
    Topics { usual: 0.9, measure: Measure::Topics, finds: [
        /// Topics, chosen by the authors or named in their texts.
        Topics { id: "topics", is_particular: true, shares: Shares::Texts },
    ] },
    // Words are a weaker sign: the same word can stand for different things.
    Text { usual: 0.7, measure: Measure::Text, finds: [
        /// Words of title, summary and body.
        Text { id: "text", is_particular: true, shares: Shares::Texts },
    ] },
    // Advice is no loan and hands are no advice, yet authors draw these lines differently.
    Kind { usual: 0.25, measure: Measure::OfClass(fits::kind), finds: [
        /// The kind of help.
        Kind { id: "kind", is_particular: false, shares: Shares::Named(fits::both_kinds) },
    ] },
    // Without a common language all else is hard; an interpreter can help, so nothing is excluded.
    Language { usual: 0.2, measure: Measure::OfClass(fits::language), finds: [
        /// A common working language.
        Language { id: "language", is_particular: true, shares: Shares::Named(fits::common_languages) },
        /// A call at which each side is understood, by an interpreter.
        Interpretation {
            id: "interpretation", is_particular: true, shares: Shares::Named(fits::interpreted)
        },
    ] },
    // What must happen on the spot needs somebody near; most help travels by wire.
    Place { usual: 0.1, measure: Measure::OfPair(fits::place), finds: [
        /// The same country.
        Place { id: "place", is_particular: true, shares: Shares::Named(fits::common_country) },
        /// It can be done at a distance.
        Remote { id: "remote", is_particular: false, shares: Shares::Nothing },
    ] },
    // Dates that do not meet exclude a pair; a window of some days only makes it less likely.
    Dates { usual: 0.05, measure: Measure::OfPair(fits::dates), finds: [
        /// A time that suits both.
        Dates { id: "dates", is_particular: true, shares: Shares::Named(fits::common_time) },
    ] },
    // Who gives and who pays is often settled in the talk that follows.
    Basis { usual: 0.1, measure: Measure::OfPair(fits::basis), finds: [
        /// The same terms of giving.
        Basis { id: "basis", is_particular: true, shares: Shares::Named(fits::common_basis) },
    ] },
    // Part of what is sought is a beginning, and an amount is often a wish.
    Amount { usual: 0.1, measure: Measure::OfPair(fits::amount), finds: [
        /// As much money, or as many things, as are sought.
        Amount { id: "amount", is_particular: true, shares: Shares::Nothing },
    ] },
    // Who has just begun learns most from somebody who began long ago.
    Experience { usual: 0.05, measure: Measure::OfPair(fits::experience), finds: [
        /// A coop that begins, and one that has been at work for years.
        Experience { id: "experience", is_particular: true, shares: Shares::Nothing },
    ] },
}

impl Evidence {
    /// Whether it can be named what the two sides share by it.
    pub fn names_what_is_shared(self) -> bool {
        match self.shares() {
            Shares::Texts | Shares::Named(_) => true,
            Shares::Nothing => false,
        }
    }

    /// What the two sides of a pair share by it, but for their texts.
    pub fn shared(self, pair: &Pair<'_>) -> Shared {
        match self.shares() {
            Shares::Named(name) => name(pair),
            Shares::Texts | Shares::Nothing => Shared::Nothing,
        }
    }
}
