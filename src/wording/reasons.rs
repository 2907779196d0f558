//! Why a need and an offer fit, in words.

use serde::Serialize;

use super::Wording;
use super::statuses::Label;
use crate::content::values::Basis;
use crate::derived::matching::{Match, Reason, Shared};

/// One reason why a need and an offer fit.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonView {
    /// What kind of reason: `topics`. The message `reason-EVIDENCE` says it in words.
    pub evidence: &'static str,
    /// What the two share, in a row: "Security and Web applications".
    pub shared: String,
    /// How much it weighs, 0 to 100, beside the weightiest reason there can be.
    pub percent: u8,
}

impl Wording<'_> {
    /// The reasons of a match, the weightiest first.
    pub fn reasons(&self, found: &Match) -> Vec<ReasonView> {
        let reasons = by_weight(found);
        let most = reasons.first().map_or(1.0, |reason| reason.weight);
        reasons.iter().map(|reason| self.reason(reason, most)).collect()
    }

    /// The two weightiest reasons of a match that say something particular. A card shows no more, so
    /// no more are put into words for it.
    pub fn particular_reasons(&self, found: &Match) -> Vec<ReasonView> {
        let reasons = by_weight(found);
        let most = reasons.first().map_or(1.0, |reason| reason.weight);
        let is_particular = |reason: &&&Reason| reason.evidence.is_particular();
        let particular: Vec<&Reason> = reasons.iter().filter(is_particular).copied().collect();
        let shown = if particular.is_empty() { reasons } else { particular };
        shown.iter().take(2).map(|reason| self.reason(reason, most)).collect()
    }

    /// How well a score fits, in a word.
    pub fn fit(&self, score: f64) -> Label {
        self.label("fit", Fit::of(percent(score)).as_str())
    }

    fn reason(&self, reason: &Reason, most: f64) -> ReasonView {
        ReasonView {
            evidence: reason.evidence.as_str(),
            shared: self.shared(&reason.shared),
            percent: percent(reason.weight / most.max(f64::EPSILON)),
        }
    }

    /// A reason in words, as templates say it.
    pub fn reason_in_words(&self, reason: &ReasonView) -> String {
        let evidence = reason.evidence;
        if reason.shared.is_empty() {
            return self.words.text(&format!("reason-{evidence}-plain")).to_owned();
        }
        let shared = [("shared", reason.shared.clone().into())];
        self.words.with(&format!("reason-{evidence}"), shared)
    }

    fn shared(&self, shared: &Shared) -> String {
        match shared {
            Shared::Topics(pairs) => {
                let mut labels: Vec<String> = Vec::new();
                for (_, offered) in pairs {
                    let label = self.directory[*offered].label(self.language).to_owned();
                    if !labels.contains(&label) {
                        labels.push(label);
                    }
                }
                self.enumeration(&labels)
            }
            Shared::Words(words) => {
                let words: Vec<String> = words.iter().map(|it| it.needed.clone()).collect();
                self.enumeration(&words)
            }
            Shared::Languages(languages) => self.enumeration(&self.language_names(languages)),
            Shared::Kinds(need, offer) if need == offer => {
                self.words.text(&format!("kind-{}", need.as_str())).to_owned()
            }
            Shared::Kinds(need, offer) => {
                let labels = [need, offer].map(|kind| self.label("kind", kind.as_str()).label);
                self.enumeration(&labels)
            }
            Shared::Country(country) => self.words.country(country).to_owned(),
            Shared::Basis(basis) => {
                let label = |basis: &Basis| self.label("basis", basis.as_str()).label;
                self.enumeration(&basis.iter().map(label).collect::<Vec<_>>())
            }
            Shared::Dates { from, until } => self.period(*from, *until),
            Shared::Nothing => String::new(),
        }
    }
}

/// The reasons of a match, the weightiest first.
fn by_weight(found: &Match) -> Vec<&Reason> {
    let mut reasons: Vec<&Reason> = found.reasons.iter().collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    reasons
}

/// A part of one in hundredths.
pub(crate) fn percent(part: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0 to 100 just before"
    )]
    let percent = (part * 100.0).round().clamp(0.0, 100.0) as u8;
    percent
}

/// How well two or more fit.
#[derive(Clone, Copy)]
enum Fit {
    Strong,
    Good,
    Possible,
}

impl Fit {
    /// By a score in hundredths, as readers see it.
    fn of(percent: u8) -> Fit {
        match percent {
            70.. => Fit::Strong,
            45.. => Fit::Good,
            _ => Fit::Possible,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Fit::Strong => "strong",
            Fit::Good => "good",
            Fit::Possible => "possible",
        }
    }
}
