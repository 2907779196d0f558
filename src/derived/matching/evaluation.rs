//! How good suggestions are: rankings of offers beside what people judged, in the measures of
//! information retrieval.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::eligibility::{AllDecided, Eligibility};
use super::matches::Matches;
use super::reading::entry::written_texts;
use super::reading::profiles::Profiles;
use super::reading::text::Cutter;
use super::reading::weights;
use super::scoring::score::Scoring;
use crate::directory::Directory;
use crate::directory::ids::{NeedId, OfferId};

/// What people judged: by need, the offers that fit (2) or fit partly (1). All others do not fit.
pub(crate) type Judgements = BTreeMap<NeedId, BTreeMap<OfferId, u8>>;

/// A way to rank offers for a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Ayni,
    /// Words alone, as written, by BM25.
    Words,
    /// Topics alone, chosen and recognised.
    Topics,
}

impl Method {
    pub(crate) const ALL: [Method; 3] = [Method::Ayni, Method::Words, Method::Topics];

    /// What it is called in a table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Method::Ayni => "ayni",
            Method::Words => "plain BM25",
            Method::Topics => "topics alone",
        }
    }
}

/// Some of the judged needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    All,
    /// Needs for which an offer in their own language was judged to fit, if only partly.
    OneLanguage,
    /// Needs for which only offers in other languages fit.
    AcrossLanguages,
    /// Needs whose authors chose no topic.
    WithoutTopics,
}

impl Group {
    pub(crate) const ALL: [Group; 4] =
        [Group::All, Group::OneLanguage, Group::AcrossLanguages, Group::WithoutTopics];

    /// What it is called in a table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Group::All => "all",
            Group::OneLanguage => "in one language",
            Group::AcrossLanguages => "across languages",
            Group::WithoutTopics => "without topics",
        }
    }

    fn includes(self, directory: &Directory, need: NeedId, judged: &BTreeMap<OfferId, u8>) -> bool {
        let entry = &directory[need].entry;
        let own = entry.language.primary();
        let is_near = |offer: &OfferId| directory[*offer].entry.language.primary() == own;
        match self {
            Group::All => true,
            Group::OneLanguage => judged.keys().any(is_near),
            Group::AcrossLanguages => !judged.keys().any(is_near),
            Group::WithoutTopics => entry.topics.is_empty(),
        }
    }
}

/// The measures, each from 0 to 1, over some needs. An offer is relevant from grade 1 on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Quality {
    pub needs: usize,
    /// The part of the needs whose first offer is relevant.
    pub success_at_1: f64,
    /// The part of the needs with a relevant offer among the first five.
    pub success_at_5: f64,
    /// The mean of one divided by the rank of the first relevant offer.
    pub mean_reciprocal_rank: f64,
    /// Normalised discounted cumulative gain of the first ten, with gain 2^grade − 1 (K. Järvelin and
    /// J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002).
    pub ndcg_at_10: f64,
}

/// How well a method ranks offers for a group of needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    /// How offers were ranked.
    pub method: Method,
    pub group: Group,
    pub quality: Quality,
}

/// A need, what people judged of it, and the offers as a method ranks them.
struct Ranking<'a> {
    need: NeedId,
    judged: &'a BTreeMap<OfferId, u8>,
    offers: Vec<OfferId>,
}

/// The quality of every method for every group of needs. Needs for which nothing fits are left out.
pub(crate) fn evaluate(
    directory: &Directory,
    profiles: &Profiles,
    today: Date,
    judgements: &Judgements,
) -> Vec<Ranked> {
    let scoring = Scoring::new(directory, profiles, today);
    let decided = AllDecided::new();
    let rules = Eligibility::new(&scoring, &decided, today);
    let words = Words::new(directory);
    let mut table = Vec::new();
    for method in Method::ALL {
        let rank = |need| match method {
            Method::Ayni => ranking(&rules, need, |offer| scoring.score(need, offer).total),
            Method::Topics => ranking(&rules, need, |offer| scoring.score(need, offer).topics),
            Method::Words => {
                let scores = words.scores(directory, need);
                ranking(&rules, need, |offer| scores.get(&offer).copied().unwrap_or_default())
            }
        };
        let judged = judgements.iter().filter(|(_, judged)| !judged.is_empty());
        let rankings: Vec<Ranking<'_>> = judged
            .map(|(need, judged)| Ranking { need: *need, judged, offers: rank(*need) })
            .collect();
        for group in Group::ALL {
            let of_group = rankings
                .iter()
                .filter(|ranking| group.includes(directory, ranking.need, ranking.judged));
            let each: Vec<Quality> =
                of_group.map(|ranking| of_one(ranking.judged, &ranking.offers)).collect();
            table.push(Ranked { method, group, quality: mean(&each) });
        }
    }
    table
}

/// What readers see of all that: the suggestions, within the site's threshold and limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suggested {
    pub needs: usize,
    /// How many of them get a suggestion.
    pub with_any: usize,
    /// How many get one that is relevant.
    pub with_a_fit: usize,
    /// How many suggestions they get together.
    pub suggestions: usize,
    /// How many of those are relevant.
    pub that_fit: usize,
}

/// What is suggested for the judged needs, for every group of them.
pub(crate) fn suggested(
    directory: &Directory,
    matches: &Matches,
    judgements: &Judgements,
) -> Vec<(Group, Suggested)> {
    let of_group = |group: Group| {
        let mut sum = Suggested::default();
        for (need, judged) in judgements.iter().filter(|(_, judged)| !judged.is_empty()) {
            if !group.includes(directory, *need, judged) {
                continue;
            }
            let of_need = matches.of_need(*need).filter(|found| found.status.is_none());
            let fits: Vec<bool> = of_need.map(|found| judged.contains_key(&found.offer)).collect();
            let that_fit = fits.iter().filter(|fits| **fits).count();
            sum.needs += 1;
            sum.with_any += usize::from(!fits.is_empty());
            sum.with_a_fit += usize::from(that_fit > 0);
            sum.suggestions += fits.len();
            sum.that_fit += that_fit;
        }
        sum
    };
    Group::ALL.map(|group| (group, of_group(group))).to_vec()
}

/// The offers that could help a need and score anything, best first.
fn ranking(rules: &Eligibility<'_>, need: NeedId, score: impl Fn(OfferId) -> f64) -> Vec<OfferId> {
    let offers = OfferId::all(rules.scoring.directory.offers.len());
    let mut scored: Vec<(f64, OfferId)> = offers
        .filter(|offer| rules.can_help(need, *offer))
        .map(|offer| (score(offer), offer))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, offer)| offer).collect()
}

fn of_one(judged: &BTreeMap<OfferId, u8>, ranking: &[OfferId]) -> Quality {
    let grade = |offer: &OfferId| judged.get(offer).copied().unwrap_or_default();
    let first = ranking.iter().position(|offer| grade(offer) > 0);
    let within = |places: usize| if first.is_some_and(|first| first < places) { 1.0 } else { 0.0 };
    let gain = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
        let gains = grades.take(10).zip(2_u32..);
        gains.map(|(grade, at)| (f64::from(grade).exp2() - 1.0) / f64::from(at).log2()).sum()
    };
    let mut best: Vec<u8> = judged.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    Quality {
        needs: 1,
        success_at_1: within(1),
        success_at_5: within(5),
        mean_reciprocal_rank: first.map_or(0.0, |first| 1.0 / (first as f64 + 1.0)),
        ndcg_at_10: gain(&mut ranking.iter().map(grade))
            / gain(&mut best.into_iter()).max(f64::MIN_POSITIVE),
    }
}

fn mean(each: &[Quality]) -> Quality {
    let of = |measure: fn(&Quality) -> f64| {
        each.iter().map(measure).sum::<f64>() / f64::max(each.len() as f64, 1.0)
    };
    Quality {
        needs: each.len(),
        success_at_1: of(|quality| quality.success_at_1),
        success_at_5: of(|quality| quality.success_at_5),
        mean_reciprocal_rank: of(|quality| quality.mean_reciprocal_rank),
        ndcg_at_10: of(|quality| quality.ndcg_at_10),
    }
}

/// All offers as BM25 without anything else sees them: words as written, folded, none left out, none
/// cut (S. Robertson and H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009).
struct Words {
    postings: FxHashMap<String, BTreeMap<OfferId, f64>>,
    lengths: Vec<f64>,
    usual_length: f64,
}

impl Words {
    fn new(directory: &Directory) -> Words {
        let mut postings: FxHashMap<String, BTreeMap<OfferId, f64>> = FxHashMap::default();
        let mut lengths = Vec::new();
        for (offer, it) in OfferId::each(&directory.offers) {
            let words = words_of(&it.entry);
            lengths.push(words.len() as f64);
            for word in words {
                *postings.entry(word).or_default().entry(offer).or_insert(0.0) += 1.0;
            }
        }
        let usual_length = lengths.iter().sum::<f64>() / f64::max(lengths.len() as f64, 1.0);
        Words { postings, lengths, usual_length }
    }

    fn scores(&self, directory: &Directory, need: NeedId) -> BTreeMap<OfferId, f64> {
        let mut scores = BTreeMap::new();
        let all = self.lengths.len() as f64;
        for word in words_of(&directory[need].entry) {
            let Some(postings) = self.postings.get(&word) else { continue };
            let having = postings.len() as f64;
            let rarity = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            for (offer, count) in postings {
                let length = self.lengths[offer.index()] / self.usual_length;
                let penalty = 1.0 - weights::LENGTH_PENALTY + weights::LENGTH_PENALTY * length;
                let says =
                    count * (weights::SATURATION + 1.0) / (count + weights::SATURATION * penalty);
                *scores.entry(*offer).or_insert(0.0) += rarity * says;
            }
        }
        scores
    }
}

fn words_of(entry: &crate::directory::Entry) -> Vec<String> {
    let mut cutter = Cutter::default();
    let mut words = Vec::new();
    for (_, text) in written_texts(entry, &[]) {
        cutter.tokens(&text, |token| words.push(token.to_owned()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_those_of_the_literature() {
        let judged = BTreeMap::from([(OfferId(7), 2), (OfferId(8), 1)]);
        let quality = of_one(&judged, &[OfferId(1), OfferId(8), OfferId(7)]);
        assert_eq!((quality.success_at_1, quality.success_at_5), (0.0, 1.0));
        assert_eq!(quality.mean_reciprocal_rank, 0.5);
        let (found, best) = (1.0 / 3_f64.log2() + 3.0 / 4_f64.log2(), 3.0 + 1.0 / 3_f64.log2());
        assert!((quality.ndcg_at_10 - found / best).abs() < 1e-12);
        let perfect = of_one(&judged, &[OfferId(7), OfferId(8)]);
        assert!((perfect.ndcg_at_10 - 1.0).abs() < 1e-12);
        assert_eq!(of_one(&judged, &[]), Quality { needs: 1, ..Quality::default() });
    }
}
