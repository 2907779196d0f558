//! Finds all matches: what people decided, and of every open need the offers that fit it best.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::candidates::{Choice, Index, Sums};
use super::eligibility::{AllDecided, Eligibility, Limits};
use super::matches::{Match, Matches};
use super::reading::profiles::Profiles;
use super::reading::text::Cutter;
use super::scoring::reasons::Reason;
use super::scoring::score::{Score, Scoring};
use crate::directory::Directory;
use crate::directory::history::{self, Decided};
use crate::directory::ids::{NeedId, OfferId};

/// Finds all matches. Pairs that people decided on are always among them, declined ones too, and are
/// never suggested. The result is the same whatever the number of threads.
pub fn find(directory: &Directory, profiles: &Profiles, today: Date) -> Matches {
    let scoring = Scoring::new(directory, profiles, today);
    let decided = history::collect(directory);
    let rules = Eligibility::new(&scoring, &decided, today);
    let index = Index::new(&scoring, |offer| rules.allows_offer(offer));
    let limits = Limits::of(&directory.site);
    find_by(&rules, |need, sums| {
        let is_allowed = |offer| rules.allows_pair(need, offer);
        index.best(&scoring, need, Choice { limits, is_allowed }, sums)
    })
}

/// What people decided, and of every need for which something may be suggested what `suggest` finds.
pub(super) fn find_by(
    rules: &Eligibility<'_>,
    suggest: impl Fn(NeedId, &mut Sums) -> Vec<(OfferId, Score)> + Sync,
) -> Matches {
    let (scoring, directory) = (rules.scoring, rules.scoring.directory);
    let needs: Vec<NeedId> = NeedId::all(directory.needs.len()).collect();
    let needs = needs.par_iter().copied().with_min_len(directory.needs.len() / PARTS);
    let found = needs.map_init(<(Sums, Cutter)>::default, |(sums, cutter), need| {
        let of_need = decided_of(rules.decided, need);
        let mut scored: Vec<(OfferId, Score)> =
            of_need.keys().map(|offer| (*offer, scoring.score(need, *offer))).collect();
        if rules.allows_need(need) {
            scored.extend(suggest(need, sums));
        }
        with_reasons(rules, need, &scored, cutter)
    });
    let mut list: Vec<Match> = found.flatten_iter().collect();
    list.sort_by(best_first);
    Matches::new(list, directory)
}

/// A thread takes one of so many parts of all needs in a row, since with each it begins to learn anew how
/// words are cut.
const PARTS: usize = 32;

/// The order of a list of matches.
pub(crate) fn best_first(a: &Match, b: &Match) -> Ordering {
    b.score.total_cmp(&a.score).then((a.need, a.offer).cmp(&(b.need, b.offer)))
}

/// What people decided about a need, by offer.
fn decided_of(decided: &AllDecided, need: NeedId) -> BTreeMap<OfferId, &Decided> {
    let of_need = decided.range((need, OfferId(0))..=(need, OfferId(u32::MAX)));
    of_need.map(|((_, offer), decided)| (*offer, decided)).collect()
}

/// The matches of a need with these offers.
pub(crate) fn with_reasons(
    rules: &Eligibility<'_>,
    need: NeedId,
    scored: &[(OfferId, Score)],
    cutter: &mut Cutter,
) -> Vec<Match> {
    let directory = rules.scoring.directory;
    let reasons = rules.scoring.reasons(need, scored, cutter);
    let to_match = |((offer, score), reasons): (&(OfferId, Score), Vec<Reason>)| {
        let changed = directory[need].entry.changed().max(directory[*offer].entry.changed());
        let decided = rules.decided.get(&(need, *offer));
        Match {
            need,
            offer: *offer,
            score: score.total,
            reasons,
            status: decided.map(|decided| decided.status),
            history: decided.map_or_else(Vec::new, |decided| decided.history.clone()),
            decision: decided.and_then(|decided| decided.decision),
            since: decided.map_or(changed, |decided| decided.since),
        }
    };
    scored.iter().zip(reasons).map(to_match).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::values::MatchStatus;
    use crate::derived::matching::{Evidence, Shared};
    use crate::directory::ids::CoopId;
    use crate::directory::tests::{day, directory};

    const TODAY: &str = "2026-11-22";

    fn found(directory: &Directory) -> Matches {
        find(directory, &Profiles::new(directory), day(TODAY))
    }

    /// Two coops, a need and an offer that share two words, and what else a case needs.
    fn with(files: &[(&str, &str)]) -> (Directory, Matches) {
        let mut all = vec![
            ("content/coops/a.md", "---\ntitle: A\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\n---\n"),
            ("content/needs/n.md", "---\ntitle: Marmots\ncoop: a\nkind: human\n---\nto dusk\n"),
            (
                "content/offers/o.md",
                "---\ntitle: Lantern\ncoop: b\nkind: human\n---\nfor dusk of marmots\n",
            ),
        ];
        all.extend(files);
        let directory = directory(&all);
        let matches = found(&directory);
        (directory, matches)
    }

    /// What holds for the first need and the first offer; `None` when they are no match.
    fn status(files: &[(&str, &str)]) -> Option<Option<MatchStatus>> {
        with(files).1.find(NeedId(0), OfferId(0)).map(|found| found.status)
    }

    const SUGGESTED: Option<Option<MatchStatus>> = Some(None);

    fn need(fields: &str) -> String {
        format!("---\ntitle: Marmots\ncoop: a\nkind: human\n{fields}---\nto dusk\n")
    }

    fn offer(fields: &str) -> String {
        format!("---\ntitle: Lantern\ncoop: b\nkind: human\n{fields}---\nfor dusk of marmots\n")
    }

    const NEED: &str = "content/needs/n.md";
    const OFFER: &str = "content/offers/o.md";
    const FILE: &str = "content/matches/n--o.md";
    const CALL: &str = "content/calls/2026-10.md";

    #[test]
    fn the_same_kind_and_two_shared_words_suffice() {
        assert_eq!(status(&[]), SUGGESTED);
        let in_bodies = "---\ntitle: Hands\ncoop: a\nkind: human\n---\nfor marmots at dusk\n";
        assert_eq!(status(&[(NEED, in_bodies)]), SUGGESTED);
        let one_word = "---\ntitle: Hands\ncoop: a\nkind: human\n---\nfor marmots\n";
        assert_eq!(status(&[(NEED, one_word)]), None);
    }

    #[test]
    fn only_what_is_open_is_suggested() {
        for fields in ["status: parked\n", "status: withdrawn\n", "until: 2026-11-21\n"] {
            assert_eq!(status(&[(NEED, &need(fields))]), None, "{fields}");
            assert_eq!(status(&[(OFFER, &offer(fields))]), None, "{fields}");
        }
        assert_eq!(status(&[(NEED, &need("status: met\n"))]), None);
        assert_eq!(status(&[(NEED, &need("status: partly-met\n"))]), SUGGESTED);
        assert_eq!(status(&[(OFFER, &offer("status: exhausted\n"))]), None);
        assert_eq!(status(&[(OFFER, &offer("capacity: 0\n"))]), None);
        assert_eq!(status(&[(OFFER, &offer("until: 2026-11-22\n"))]), SUGGESTED);
    }

    #[test]
    fn a_coop_is_matched_with_others_that_are_at_work() {
        assert_eq!(status(&[(OFFER, &offer("").replace("coop: b", "coop: a"))]), None);
        for coop in ["content/coops/a.md", "content/coops/b.md"] {
            assert_eq!(status(&[(coop, "---\ntitle: X\nstatus: closed\n---\n")]), None);
            assert_eq!(status(&[(coop, "---\ntitle: X\nstatus: dormant\n---\n")]), SUGGESTED);
        }
    }

    #[test]
    fn money_is_matched_with_other_help_only_by_a_chosen_topic() {
        let money = |topics: &str| need(topics).replace("kind: human", "kind: financial");
        assert_eq!(status(&[(NEED, &money(""))]), None);
        let (needed, offered) = (money("topics: [food]\n"), offer("topics: [food]\n"));
        assert_eq!(status(&[(NEED, &needed), (OFFER, &offered)]), SUGGESTED);
    }

    #[test]
    fn an_unknown_language_lowers_and_does_not_exclude() {
        let score = |fields: &str| {
            let (needed, offered) =
                (need("topics: [food]\n"), offer(&format!("topics: [food]\n{fields}")));
            let (_, matches) = with(&[(NEED, &needed), (OFFER, &offered)]);
            matches.find(NeedId(0), OfferId(0)).map(|found| found.score)
        };
        assert!(score("languages: [fr]\n").is_some());
        assert!(score("languages: [fr]\n") < score(""));
    }

    #[test]
    fn a_need_finds_an_offer_in_another_language_by_the_names_of_topics() {
        let spanish = "---\ntitle: Préstamos\nlang: es\ncoop: a\nkind: financial\n\
                       topics: []\nlanguages: [en]\n---\n";
        let english = "---\ntitle: Loans for a year\ncoop: b\nkind: financial\n---\n";
        let (directory, matches) = with(&[(NEED, spanish), (OFFER, english)]);
        let found =
            matches.find(NeedId(0), OfferId(0)).expect("the topic `loans` is in both titles");
        let loans = directory.topics.find("loans").expect("a topic");
        let topics = found.reasons.iter().find(|reason| reason.evidence == Evidence::Topics);
        assert_eq!(topics.map(|it| &it.shared), Some(&Shared::Topics(vec![(loans, loans)])));
    }

    #[test]
    fn translations_are_read_too() {
        let swahili = "---\ntitle: Ngano\nlang: sw\ncoop: a\nkind: human\nlanguages: [en]\n---\n";
        assert_eq!(status(&[(NEED, swahili)]), None);
        let english = "---\ntitle: Marmots dusk\n---\n";
        assert_eq!(status(&[(NEED, swahili), ("content/needs/n.en.md", english)]), SUGGESTED);
    }

    #[test]
    fn people_decide() {
        let file = |status: &str| format!("---\nneed: n\noffer: o\nstatus: {status}\n---\n");
        for &decided in MatchStatus::ALL {
            let text = file(decided.as_str());
            assert_eq!(status(&[(FILE, &text)]), Some(Some(decided)));
            let closed = need("status: met\n");
            assert_eq!(status(&[(FILE, &text), (NEED, &closed)]), Some(Some(decided)));
            let in_call = format!(
                "---\nstart: 2026-10-28T16:00\nmatches: [{{need: n, offer: o, status: {}, note: So}}]\n---\n",
                decided.as_str()
            );
            let (_, matches) = with(&[(CALL, &in_call)]);
            let found = &matches.list[0];
            assert_eq!((matches.list.len(), found.status), (1, Some(decided)));
            assert_eq!((found.history[0].note.as_str(), found.decision), ("So", None));
            assert_eq!(found.since, Some(day("2026-10-28")));
            assert!(!found.reasons.is_empty());
        }
    }

    #[test]
    fn a_pair_declined_out_of_sight_is_not_suggested() {
        let (mut directory, matches) = with(&[]);
        assert_eq!(matches.list.len(), 1);
        directory.declined.extend([(NeedId(0), OfferId(0))]);
        assert_eq!(found(&directory).list, []);
    }

    #[test]
    fn what_was_agreed_takes_up_capacity() {
        let other = need("").replace("coop: a", "coop: c");
        let check = |capacity: &str, decided: &str, expected: Option<Option<MatchStatus>>| {
            let file = format!("---\nneed: m\noffer: o\nstatus: {decided}\n---\n");
            let files = [
                ("content/coops/c.md", "---\ntitle: C\n---\n"),
                ("content/needs/m.md", &other),
                ("content/matches/m--o.md", &file),
                (OFFER, &offer(capacity)),
            ];
            let (directory, matches) = with(&files);
            let mut needs = NeedId::each(&directory.needs);
            let found = needs.find(|(_, need)| need.entry.slug.as_str() == "n");
            let (id, _) = found.expect("the need is there");
            let found = matches.find(id, OfferId(0)).map(|found| found.status);
            assert_eq!(found, expected, "{capacity} {decided}");
        };
        check("", "introduced", SUGGESTED);
        check("", "agreed", None);
        check("", "fulfilled", None);
        check("", "declined", SUGGESTED);
        check("capacity: 2\n", "fulfilled", SUGGESTED);
        check("capacity: unlimited\n", "fulfilled", SUGGESTED);
    }

    #[test]
    fn a_site_sets_threshold_limit_and_weights() {
        let site = |matching: &str| format!("title: T\nmatching: {{{matching}}}\n");
        let count = |matching: &str| {
            let second = offer("");
            let files = [("site.yaml", site(matching)), ("content/offers/p.md", second)];
            let files: Vec<(&str, &str)> = files.iter().map(|it| (it.0, it.1.as_str())).collect();
            with(&files).1.list.len()
        };
        assert_eq!(count(""), 2);
        assert_eq!(count("limit: 1"), 1);
        assert_eq!(count("limit: 0"), 0);
        assert_eq!(count("threshold: 0.9"), 0);
        assert_eq!(count("weights: {text: 0.1}"), 0);
        assert_eq!(count("threshold: 0"), 2);
    }

    #[test]
    fn a_weak_fit_is_suggested_where_nothing_fits_better() {
        let needed = need("topics: [food]\n");
        let best = offer("topics: [food]\n");
        let (_, alone) = with(&[(NEED, &needed)]);
        let (_, beside) = with(&[(NEED, &needed), ("content/offers/p.md", &best)]);
        let offers = |matches: &Matches| -> Vec<OfferId> {
            matches.of_need(NeedId(0)).map(|found| found.offer).collect()
        };
        assert_eq!(offers(&alone), [OfferId(0)]);
        assert_eq!(offers(&beside), [OfferId(1)]);
    }

    #[test]
    fn a_suggestion_is_as_new_as_the_newer_side() {
        let needed = need("created: 2026-10-01\nupdated: 2026-10-20\n");
        let offered = offer("created: 2026-10-10\n");
        let (_, matches) = with(&[(NEED, &needed), (OFFER, &offered)]);
        assert_eq!(matches.list[0].since, Some(day("2026-10-20")));
    }

    #[test]
    fn matches_are_found_by_need_offer_and_coop() {
        let (first, second) =
            (offer("topics: [food]\nlanguages: [fr]\n"), offer("topics: [food]\n"));
        let files = [(OFFER, first.as_str()), ("content/offers/p.md", second.as_str())];
        let (_, matches) = with(&[files[0], files[1], (NEED, &need("topics: [food]\n"))]);
        assert!(matches.list.is_sorted_by(|a, b| a.score >= b.score));
        let offers: Vec<OfferId> = matches.of_need(NeedId(0)).map(|found| found.offer).collect();
        assert_eq!(offers, [OfferId(1), OfferId(0)]);
        assert_eq!(matches.of_offer(OfferId(1)).count(), 1);
        assert_eq!(matches.of_coop(CoopId(0)).count(), 2);
        assert_eq!(matches.of_coop(CoopId(1)).count(), 2);
        assert_eq!(matches.of_need(NeedId(7)).count(), 0);
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let words = ["marmots", "dusk", "solar", "roof", "bread", "maps", "seeds"];
        let mut files = vec![("content/coops/a.md".to_owned(), "---\ntitle: A\n---\n".to_owned())];
        files.push(("content/coops/b.md".to_owned(), "---\ntitle: B\n---\n".to_owned()));
        for at in 0..40_usize {
            let [one, two, three] = [at, at / 2, at / 3].map(|at| words[at % words.len()]);
            let topic = ["food", "seeds", "loans", "databases", "software"][at % 5];
            let text = |coop| {
                format!(
                    "---\ntitle: {one} {two}\ncoop: {coop}\nkind: human\ntopics: [{topic}]\n---\n{three}\n"
                )
            };
            files.push((format!("content/needs/n{at}.md"), text("a")));
            files.push((format!("content/offers/o{at}.md"), text("b")));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        let directory = directory(&files);
        let with_threads = |count| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("a pool");
            pool.install(|| found(&directory))
        };
        assert!(!with_threads(1).list.is_empty());
        assert_eq!(with_threads(1), with_threads(4));
    }
}
