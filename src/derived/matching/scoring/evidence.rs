//! The one table of evidence: what can speak for a match, how much it weighs, and how it is measured.
//!
//! A score is `about × fit`. `about` says how surely need and offer speak of the same thing: topics
//! and text each leave some doubt, and the doubts are multiplied. `fit` begins at 1 and loses the
//! weight of everything that does not fit.
//!
//! Each row stands for a weight that a site can set, and lists the evidence that its measure may find.
//! All else that a new row needs does not compile without it, or fails a test: ARCHITECTURE.md has the
//! recipe.

use super::reasons::Shared;
use super::sides::{Pair, Side};
use super::weights::{self, ByWeight};
use crate::content::values::{Basis, Kind, Language, Mode, Weight};
use crate::derived::matching::reading::text::Word;

/// What is known of a weight.
#[derive(Clone, Copy)]
pub struct Row {
    /// How much it weighs where a site does not set it, from 0 to 1.
    pub usual: f64,
    /// How much of it a pair has.
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

/// How one piece of evidence fits: from 0 to 1, and what it is evidence of if anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// 1 when it fits, 0 when it does not.
    pub value: f64,
    /// What to call it among the reasons.
    pub evidence: Option<Evidence>,
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
    Kind { usual: 0.25, measure: Measure::OfClass(kind), finds: [
        /// The kind of help.
        Kind { id: "kind", is_particular: false, shares: Shares::Named(both_kinds) },
    ] },
    // Without a common language all else is hard; an interpreter can help, so nothing is excluded.
    Language { usual: 0.2, measure: Measure::OfClass(language), finds: [
        /// A common working language.
        Language { id: "language", is_particular: true, shares: Shares::Named(common_languages) },
        /// A call at which each side is understood, by an interpreter.
        Interpretation {
            id: "interpretation", is_particular: true, shares: Shares::Named(interpreted)
        },
    ] },
    // What must happen on the spot needs somebody near; most help travels by wire.
    Place { usual: 0.1, measure: Measure::OfPair(place), finds: [
        /// The same country.
        Place { id: "place", is_particular: true, shares: Shares::Named(common_country) },
        /// It can be done at a distance.
        Remote { id: "remote", is_particular: false, shares: Shares::Nothing },
    ] },
    // Dates that do not meet exclude a pair; a window of some days only makes it less likely.
    Dates { usual: 0.05, measure: Measure::OfPair(dates), finds: [
        /// A time that suits both.
        Dates { id: "dates", is_particular: true, shares: Shares::Named(common_time) },
    ] },
    // Who gives and who pays is often settled in the talk that follows.
    Basis { usual: 0.1, measure: Measure::OfPair(basis), finds: [
        /// The same terms of giving.
        Basis { id: "basis", is_particular: true, shares: Shares::Named(common_basis) },
    ] },
    // Part of what is sought is a beginning, and an amount is often a wish.
    Amount { usual: 0.1, measure: Measure::OfPair(amount), finds: [
        /// As much money, or as many things, as are sought.
        Amount { id: "amount", is_particular: true, shares: Shares::Nothing },
    ] },
    // Who has just begun learns most from somebody who began long ago.
    Experience { usual: 0.05, measure: Measure::OfPair(experience), finds: [
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

/// How the two sides of a pair fit, by each weight.
pub fn fits(pair: &Pair<'_>) -> ByWeight<Fit> {
    ByWeight::of(|weight| match row(weight).measure {
        Measure::Topics | Measure::Text => NOTHING_LOST,
        Measure::OfClass(measure) | Measure::OfPair(measure) => measure(pair),
    })
}

/// How well they fit in what all offers of a class have in common, where all else fits.
pub fn class_fits(pair: &Pair<'_>) -> ByWeight<Fit> {
    ByWeight::of(|weight| match row(weight).measure {
        Measure::Topics | Measure::Text | Measure::OfPair(_) => NOTHING_LOST,
        Measure::OfClass(measure) => measure(pair),
    })
}

/// As if all were well.
const NOTHING_LOST: Fit = Fit { value: 1.0, evidence: None };

/// The kind of help: the same, near, or money and no money.
fn kind(pair: &Pair<'_>) -> Fit {
    let value = match pair.need.terms.kind == pair.offer.terms.kind {
        true => 1.0,
        false if pair.kinds_clash() => 0.0,
        false => weights::NEAR_KIND,
    };
    Fit { value, evidence: Some(Evidence::Kind).filter(|_| value > 0.0) }
}

/// A language of both, or a call with an interpreter between them.
fn language(pair: &Pair<'_>) -> Fit {
    let Pair { need, offer, calls, .. } = pair;
    if need.spoken.iter().any(|language| offer.spoken.contains(language)) {
        return Fit { value: 1.0, evidence: Some(Evidence::Language) };
    }
    let understood = |languages: &Vec<Word>| {
        [need, offer]
            .iter()
            .all(|side| languages.iter().any(|language| side.spoken.contains(language)))
    };
    match calls.spoken.iter().any(understood) {
        true => Fit { value: weights::INTERPRETED, evidence: Some(Evidence::Interpretation) },
        false => Fit { value: 0.0, evidence: None },
    }
}

/// The same country, or help at a distance.
fn place(pair: &Pair<'_>) -> Fit {
    use Mode::{Either, Onsite, Remote};
    let Pair { need, offer, .. } = pair;
    let modes = [need.terms.mode, offer.terms.mode];
    let says = |mode: Mode| modes.contains(&Some(mode));
    let same_country = need.there.is_some() && need.there == offer.there;
    let unknown_country = need.there.is_none() || offer.there.is_none();
    let (value, evidence) = if says(Onsite) && says(Remote) {
        (weights::MODES_DIFFER, None)
    } else if same_country {
        (1.0, Some(Evidence::Place))
    } else if says(Onsite) {
        (if unknown_country { weights::UNSAID } else { 0.0 }, None)
    } else if says(Remote) || modes == [Some(Either), Some(Either)] {
        (1.0, Some(Evidence::Remote))
    } else if says(Either) {
        (weights::PERHAPS_REMOTE, Some(Evidence::Remote))
    } else {
        (weights::UNSAID, None)
    };
    Fit { value, evidence }
}

/// Enough days that suit both.
fn dates(pair: &Pair<'_>) -> Fit {
    let (from, until) = pair.common_dates();
    if from.is_none() && until.is_none() {
        return Fit { value: 1.0, evidence: None };
    }
    let start = from.map_or(pair.today, |from| from.max(pair.today));
    let days = until.map(|until| (until - start).get_days() + 1);
    let value = match days {
        Some(..=0) => 0.0,
        Some(1..weights::ENOUGH_DAYS) => weights::FEW_DAYS,
        _ => 1.0,
    };
    Fit { value, evidence: Some(Evidence::Dates).filter(|_| value > 0.0) }
}

/// Terms of giving that go together.
fn basis(pair: &Pair<'_>) -> Fit {
    let (needed, offered) = (&pair.need.terms.basis, &pair.offer.terms.basis);
    let value = match (needed.as_slice(), offered.as_slice()) {
        ([], _) | (_, []) => return Fit { value: weights::UNSAID, evidence: None },
        _ if needed.iter().any(|basis| offered.contains(basis)) => 1.0,
        _ if can_be_settled(needed, offered) => weights::BASIS_TO_SETTLE,
        _ => 0.0,
    };
    Fit { value, evidence: Some(Evidence::Basis).filter(|_| value > 0.0) }
}

fn can_be_settled(needed: &[Basis], offered: &[Basis]) -> bool {
    let negotiable = [needed, offered].iter().any(|basis| basis.contains(&Basis::Negotiable));
    negotiable || offered.contains(&Basis::Gift)
}

/// Whether as much is offered as is needed, where both say how much of the same.
fn amount(pair: &Pair<'_>) -> Fit {
    let (need, offer) = (pair.need.terms, pair.offer.terms);
    let money = need.amount.as_ref().zip(offer.amount.as_ref());
    let money = money.filter(|(needed, offered)| needed.currency == offered.currency);
    let things = need.quantity.as_ref().zip(offer.quantity.as_ref());
    let things =
        things.filter(|(need, offer)| need.unit.to_lowercase() == offer.unit.to_lowercase());
    let both = money.map(|(needed, offered)| (needed.value, offered.value));
    match both.or_else(|| things.map(|(needed, offered)| (needed.value, offered.value))) {
        Some((needed, offered)) if needed > 0.0 => {
            let value = (offered / needed).clamp(0.0, 1.0);
            Fit { value, evidence: Some(Evidence::Amount).filter(|_| value >= 1.0) }
        }
        _ => Fit { value: 1.0, evidence: None },
    }
}

/// Whether a coop that begins finds one that has done it for years, where advice or hands are sought.
fn experience(pair: &Pair<'_>) -> Fit {
    let Pair { need, offer, today, .. } = pair;
    let age = |side: &Side<'_>| side.founded.map(|founded| today.year() - founded);
    let begins = |side: &Side<'_>| {
        side.coop_is_starting || age(side).is_some_and(|age| age <= weights::FIRST_YEARS)
    };
    let is_learnt = matches!(need.terms.kind, Kind::Knowledge | Kind::Human);
    if !is_learnt || !begins(need) {
        return Fit { value: 1.0, evidence: None };
    }
    match age(offer) {
        Some(age) if age >= weights::YEARS_OF_EXPERIENCE => {
            Fit { value: 1.0, evidence: Some(Evidence::Experience) }
        }
        None if !begins(offer) => Fit { value: weights::UNSAID, evidence: None },
        _ => Fit { value: 0.0, evidence: None },
    }
}

/// The kinds of both.
fn both_kinds(pair: &Pair<'_>) -> Shared {
    Shared::Kinds(pair.need.terms.kind, pair.offer.terms.kind)
}

/// The languages of the need that the offer speaks too.
fn common_languages(pair: &Pair<'_>) -> Shared {
    let both = pair.need.languages.iter().filter(|language| pair.offer.speaks(language));
    Shared::Languages(both.cloned().collect())
}

/// The languages in which the next calls can be followed: one or more of each side.
fn interpreted(pair: &Pair<'_>) -> Shared {
    let in_calls = |own: &&Language| {
        let all = pair.calls.languages.iter().flatten();
        all.copied().any(|language| language.primary() == own.primary())
    };
    let both = pair.need.languages.iter().chain(pair.offer.languages).filter(in_calls);
    Shared::Languages(both.cloned().collect())
}

/// The country of both.
fn common_country(pair: &Pair<'_>) -> Shared {
    pair.need.country.cloned().map_or(Shared::Nothing, Shared::Country)
}

/// The time that suits both.
fn common_time(pair: &Pair<'_>) -> Shared {
    let (from, until) = pair.common_dates();
    Shared::Dates { from, until }
}

/// The terms of giving that both name, or those of the offer.
fn common_basis(pair: &Pair<'_>) -> Shared {
    let (needed, offered) = (&pair.need.terms.basis, &pair.offer.terms.basis);
    let both: Vec<Basis> = needed.iter().copied().filter(|basis| offered.contains(basis)).collect();
    Shared::Basis(if both.is_empty() { offered.clone() } else { both })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derived::matching::scoring::sides::CallLanguages;
    use crate::directory::ids::{NeedId, OfferId};
    use crate::directory::tests::{day, directory};

    /// Checks what is found of a need and an offer with these further fields.
    fn check(coops: [&str; 2], need: &str, offer: &str, evidence: Evidence, expected: Option<f64>) {
        with_pair(coops, need, offer, |pair| {
            let found = fits(pair);
            let fit = found.iter().find(|(_, fit)| fit.evidence == Some(evidence));
            assert_eq!(fit.map(|(_, fit)| fit.value), expected, "{found:?}");
        });
    }

    fn check_meeting(coops: [&str; 2], need: &str, offer: &str, expected: bool) {
        with_pair(coops, need, offer, |pair| {
            assert_eq!(!pair.cannot_meet(), expected, "{:?} {:?}", pair.need, pair.offer);
        });
    }

    fn with_pair(coops: [&str; 2], need: &str, offer: &str, test: impl Fn(&Pair<'_>)) {
        let kind = |fields: &str| if fields.contains("kind:") { "" } else { "kind: human\n" };
        let entry = |coop, text| format!("---\ntitle: T\ncoop: {coop}\n{}{text}---\n", kind(text));
        let directory = directory(&[
            ("content/coops/a.md", &format!("---\ntitle: A\n{}---\n", coops[0])),
            ("content/coops/b.md", &format!("---\ntitle: B\n{}---\n", coops[1])),
            ("content/needs/n.md", &entry("a", need)),
            ("content/offers/o.md", &entry("b", offer)),
        ]);
        let (fr, ar) = (Language::parse("fr").unwrap(), Language::parse("ar").unwrap());
        let (need, offer) = (&directory[NeedId(0)], &directory[OfferId(0)]);
        test(&Pair {
            need: &Side::new(&directory, &need.entry, &need.terms),
            offer: &Side::new(&directory, &offer.entry, &offer.terms),
            today: day("2026-11-22"),
            calls: &CallLanguages::new(vec![vec![&fr, &ar]]),
        });
    }

    #[test]
    fn kinds_are_equal_near_or_apart() {
        let check = |need, offer, expected| {
            let field = |kind| format!("kind: {kind}\n");
            check([""; 2], &field(need), &field(offer), Evidence::Kind, expected);
        };
        check("human", "human", Some(1.0));
        check("human", "knowledge", Some(weights::NEAR_KIND));
        check("technical", "knowledge", Some(weights::NEAR_KIND));
        check("financial", "technical", None);
        check("human", "financial", None);
    }

    #[test]
    fn a_common_language_is_the_entrys_its_coops_or_an_interpreters() {
        let common = |coops, need, offer| check(coops, need, offer, Evidence::Language, Some(1.0));
        let none = |coops, need, offer| check(coops, need, offer, Evidence::Language, None);
        common([""; 2], "", "");
        common([""; 2], "languages: [pt-BR, es]\n", "languages: [pt]\n");
        common(["languages: [es]\n"; 2], "", "");
        none(["languages: [es]\n", ""], "", "");
        common(["languages: [es]\n", ""], "languages: [en]\n", "");
        none([""; 2], "lang: es\n", "");
        let (fr, ar) = ("languages: [fr]\n", "languages: [ar]\n");
        check([""; 2], fr, ar, Evidence::Interpretation, Some(weights::INTERPRETED));
        check([""; 2], fr, "languages: [es]\n", Evidence::Interpretation, None);
    }

    #[test]
    fn help_on_the_spot_needs_one_country() {
        let (kenya, chile) = ("country: KE\n", "country: CL\n");
        let (onsite, remote, either) = ("mode: onsite\n", "mode: remote\n", "mode: either\n");
        check_meeting([kenya, chile], onsite, onsite, false);
        check_meeting([kenya, chile], onsite, "", false);
        check_meeting([kenya, chile], either, onsite, false);
        check_meeting([kenya, kenya], onsite, onsite, true);
        check_meeting([kenya, ""], onsite, onsite, true);
        check_meeting([kenya, chile], remote, remote, true);
        check_meeting([kenya, chile], onsite, "mode: onsite\nplace: {country: KE}\n", true);
        check([kenya, kenya], onsite, either, Evidence::Place, Some(1.0));
        check([kenya, chile], remote, "", Evidence::Remote, Some(1.0));
        check([kenya, chile], either, "", Evidence::Remote, Some(weights::PERHAPS_REMOTE));
        check([kenya, chile], "", "", Evidence::Remote, None);
    }

    #[test]
    fn dates_have_to_meet() {
        let (early, late) = ("until: 2026-12-31\n", "from: 2027-01-01\n");
        check_meeting([""; 2], early, late, false);
        check_meeting([""; 2], late, early, false);
        check_meeting([""; 2], early, "until: 2026-11-22\n", true);
        check_meeting([""; 2], early, "until: 2026-11-21\n", false);
        check_meeting([""; 2], late, "", true);
        check([""; 2], early, "", Evidence::Dates, Some(1.0));
        check([""; 2], "", "", Evidence::Dates, None);
        check([""; 2], early, "from: 2026-12-30\n", Evidence::Dates, Some(weights::FEW_DAYS));
    }

    #[test]
    fn enough_is_offered_or_not() {
        let money = |value| format!("amount: {{value: {value}, currency: EUR}}\n");
        let amount = |need: &str, offer: &str, value: Option<f64>| {
            check([""; 2], need, offer, Evidence::Amount, value);
        };
        amount(&money(500), &money(800), Some(1.0));
        amount(&money(500), &money(100), None);
        amount(&money(500), "amount: {value: 900, currency: USD}\n", None);
        let things = "quantity: {value: 3, unit: Looms}\n";
        amount(things, "quantity: {value: 3, unit: looms}\n", Some(1.0));
        amount(things, "", None);
    }

    #[test]
    fn who_begins_is_matched_with_experience() {
        let (new, old) = ("status: starting\n", "founded: 2012\n");
        let experience = |coops: [&str; 2], value: Option<f64>| {
            check(coops, "kind: knowledge\n", "kind: knowledge\n", Evidence::Experience, value);
        };
        experience([new, old], Some(1.0));
        experience(["founded: 2026-03\n", old], Some(1.0));
        experience([old, old], None);
        experience([new, new], None);
        experience([new, "founded: 2024\n"], None);
    }

    #[test]
    fn terms_of_giving_are_the_same_settled_or_unsaid() {
        let basis = |need, offer, value| check([""; 2], need, offer, Evidence::Basis, value);
        basis("basis: [gift, paid]\n", "basis: [paid]\n", Some(1.0));
        basis("basis: [paid]\n", "basis: [gift]\n", Some(weights::BASIS_TO_SETTLE));
        basis("basis: [gift]\n", "basis: [negotiable]\n", Some(weights::BASIS_TO_SETTLE));
        basis("basis: [gift]\n", "basis: [paid]\n", None);
        basis("basis: [gift]\n", "", None);
    }
}
