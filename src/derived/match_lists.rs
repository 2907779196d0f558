//! Matches as lists: by the values of their facets, the newest suggestions, and introductions that
//! wait for an answer or are over without one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::facets::{self, Facet, Groups};
use super::matching::{Match, Matches, Shared};
use super::standing::{Standing, standing};
use super::waiting::{self, Waiting};
use crate::content::record::EntryKind;
use crate::directory::Directory;
use crate::directory::ids::{CallId, EntryId, TopicId};

/// The lists of matches. They hold positions in [`Matches::list`].
#[derive(Debug, Default, PartialEq)]
pub struct MatchLists {
    by_value: BTreeMap<Facet, BTreeMap<String, Vec<u32>>>,
    newest: Vec<u32>,
    waiting: Vec<u32>,
    groups: Vec<Waiting>,
    over: Vec<u32>,
}

/// Puts all matches into lists.
pub(crate) fn arrange(
    directory: &Directory,
    matches: &Matches,
    next_call: Option<CallId>,
    today: Date,
) -> MatchLists {
    let list = &matches.list;
    let mut lists = MatchLists::default();
    for (at, found) in (0..).zip(list) {
        for facet in Facet::of(EntryKind::Match) {
            for value in values(directory, found, *facet) {
                let by_value = lists.by_value.entry(*facet).or_default();
                by_value.entry(value).or_default().push(at);
            }
        }
        match standing(directory, found, today) {
            None => lists.newest.push(at),
            Some(Standing::Waiting) => lists.waiting.push(at),
            Some(Standing::Over(_)) => lists.over.push(at),
            Some(Standing::Ahead | Standing::Answered) => {}
        }
    }
    let since = |at: &u32| list[*at as usize].since;
    for list in [&mut lists.newest, &mut lists.waiting, &mut lists.over] {
        list.sort_by_key(|at| Reverse(since(at)));
    }
    lists.groups = waiting::arrange(directory, matches, next_call, &lists.waiting);
    lists
}

/// The values of a facet of a match, as they stand in addresses: the kind of its need, the countries
/// of both sides, and its topics.
fn values(directory: &Directory, found: &Match, facet: Facet) -> BTreeSet<String> {
    let of = |id| facets::values(directory, id, facet);
    match facet {
        Facet::Kind => of(EntryId::Need(found.need)),
        Facet::Topic => {
            let slug = |topic: TopicId| directory[topic].slug.to_string();
            topics(directory, found).into_iter().map(slug).collect()
        }
        _ => &of(EntryId::Need(found.need)) | &of(EntryId::Offer(found.offer)),
    }
}

/// What a match is about is told by so many pairs of topics, the strongest; more would put every match
/// under topics that only touch it.
const PAIRS: usize = 1;

/// What a match is about: the topics by which the two sides fit best, of both, since these may differ
/// when one stands above the other. Other topics of a side have nothing to do with the match; but
/// where no topic brought the two together, all that either chose count.
fn topics(directory: &Directory, found: &Match) -> BTreeSet<TopicId> {
    let pairs = found.reasons.iter().flat_map(|reason| match &reason.shared {
        Shared::Topics(pairs) => &pairs[..pairs.len().min(PAIRS)],
        _ => &[],
    });
    let shared: BTreeSet<TopicId> = pairs.flat_map(|(need, offer)| [*need, *offer]).collect();
    if !shared.is_empty() {
        return shared;
    }
    let (need, offer) = (&directory[found.need].entry, &directory[found.offer].entry);
    need.topics.iter().chain(&offer.topics).copied().collect()
}

/// The day of the last among so many of the newest needs and offers with a value, those that are over among
/// them: a suggestion that is older is news to nobody, whatever has ended since. None where there are fewer.
pub(crate) fn news_since(
    directory: &Directory,
    groups: &Groups,
    only: Option<(Facet, &str)>,
    most: usize,
) -> Option<Date> {
    let sides = [EntryKind::Need, EntryKind::Offer];
    let mut days: Vec<Option<Date>> = match only {
        None => {
            let ids = directory.ids().filter(|id| sides.contains(&id.kind()));
            ids.map(|id| directory[id].changed()).collect()
        }
        Some((facet, value)) => {
            let with = |kind| {
                let former = groups.formerly_with(kind, facet, value);
                groups.with(kind, facet, value).iter().chain(former)
            };
            sides.into_iter().flat_map(with).map(|id| directory[*id].changed()).collect()
        }
    };
    days.sort_unstable_by_key(|day| Reverse(*day));
    *days.get(most.checked_sub(1)?)?
}

impl MatchLists {
    /// The values of a facet, each with its matches, best first.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = (&str, &[u32])> {
        let values = self.by_value.get(&facet).into_iter().flatten();
        values.map(|(value, found)| (value.as_str(), found.as_slice()))
    }

    /// The matches with a value, best first.
    pub fn with(&self, facet: Facet, value: &str) -> &[u32] {
        let found = self.by_value.get(&facet).and_then(|values| values.get(value));
        found.map_or(&[], Vec::as_slice)
    }

    /// All suggestions, the newest first and those without a date last; then best first.
    pub fn newest(&self) -> &[u32] {
        &self.newest
    }

    /// The suggestions with a value, in the order of [`MatchLists::newest`].
    pub fn newest_with(&self, matches: &Matches, facet: Facet, value: &str) -> Vec<u32> {
        let found = |at: &u32| &matches.list[*at as usize];
        let all = self.with(facet, value).iter().copied();
        let mut suggested: Vec<u32> = all.filter(|at| found(at).status.is_none()).collect();
        suggested.sort_by_key(|at| Reverse(found(at).since));
        suggested
    }

    /// Introductions of which nobody has said yet what came of them, the newest first and those without a
    /// date last; then best first.
    pub fn waiting(&self) -> &[u32] {
        &self.waiting
    }

    /// The same in groups, those of the next call first.
    pub fn waiting_in_groups(&self) -> &[Waiting] {
        &self.groups
    }

    /// Introductions that are over without an answer, in the same order.
    pub fn over(&self) -> &[u32] {
        &self.over
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::derived::{Derived, derive};
    use crate::directory::tests::{day, directory};

    const TOPICS: &str = "craft: {label: {en: Craft}}\nweaving: {broader: craft}\ntea: {label: {en: Tea}}\nmusic: {label: {en: Music}}\n";

    /// The facts of two coops, and what else a case needs.
    fn derived(files: &[(&str, String)]) -> Derived {
        let mut all = vec![
            ("site.yaml", "title: Test\ntopics: {starter: false}\n"),
            ("content/topics.yaml", TOPICS),
            ("content/coops/a.md", "---\ntitle: A\ncountry: BR\n---\n"),
            ("content/coops/b.md", "---\ntitle: B\ncountry: KE\n---\n"),
        ];
        all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
        derive(Arc::new(directory(&all)), day("2026-11-22"), None)
    }

    fn side(coop: &str, title: &str, fields: &str) -> String {
        format!("---\ntitle: {title}\ncoop: {coop}\nkind: human\n{fields}---\n")
    }

    /// The values of a facet of the only match there is.
    fn values_of(facet: Facet, need: &str, offer: &str) -> Vec<String> {
        let derived = derived(&[
            ("content/needs/n.md", side("a", "Wheat harvest", need)),
            ("content/offers/o.md", side("b", "Harvest of wheat", offer)),
        ]);
        assert_eq!(derived.matches().list.len(), 1, "{need} {offer}");
        derived.match_lists().values(facet).map(|(value, _)| value.to_owned()).collect()
    }

    #[test]
    fn a_match_is_of_the_kind_of_its_need_and_of_both_countries() {
        let offer = "kind: technical\n";
        assert_eq!(values_of(Facet::Kind, "", ""), ["human"]);
        assert_eq!(values_of(Facet::Country, "", ""), ["br", "ke"]);
        let elsewhere = "place: {country: ES}\nmode: remote\n";
        assert_eq!(values_of(Facet::Country, elsewhere, "mode: remote\n"), ["es", "ke"]);
        let derived = derived(&[
            ("content/needs/n.md", side("a", "Wheat harvest", "")),
            (
                "content/offers/o.md",
                side("b", "Harvest of wheat", "").replace("kind: human\n", offer),
            ),
        ]);
        let kinds: Vec<&str> =
            derived.match_lists().values(Facet::Kind).map(|(value, _)| value).collect();
        assert_eq!(kinds, ["human"]);
    }

    #[test]
    fn a_match_is_about_what_brought_the_two_together() {
        let topics = |need, offer| values_of(Facet::Topic, need, offer);
        assert_eq!(topics("topics: [tea, music]\n", "topics: [tea]\n"), ["tea"]);
        assert_eq!(topics("topics: [weaving]\n", "topics: [craft, tea]\n"), ["craft", "weaving"]);
        assert_eq!(topics("topics: [music]\n", "topics: [tea]\n"), ["music", "tea"]);
        assert_eq!(topics("", ""), [""; 0]);
    }

    /// The slugs of needs of matches.
    fn needs(derived: &Derived, found: &[u32]) -> Vec<String> {
        let need = |at: &u32| derived.matches().list[*at as usize].need;
        found.iter().map(|at| derived.directory[need(at)].entry.slug.to_string()).collect()
    }

    #[test]
    fn suggestions_are_as_new_as_the_newer_side() {
        let dated = |date: &str| side("a", "Wheat harvest", &format!("created: {date}\n"));
        let tea = side("a", "Wheat harvest", "topics: [tea]\ncreated: 2026-11-02\n");
        let derived = derived(&[
            ("content/needs/first.md", dated("2026-09-01")),
            ("content/needs/second.md", dated("2026-11-01")),
            ("content/needs/tea.md", tea),
            ("content/needs/told.md", dated("2026-11-03")),
            ("content/needs/undated.md", side("a", "Wheat harvest", "")),
            ("content/offers/o.md", side("b", "Harvest of wheat", "created: 2026-10-01\n")),
            ("content/matches/told--o.md", "---\nneed: told\noffer: o\n---\n".to_owned()),
        ]);
        let lists = derived.match_lists();
        let newest = needs(&derived, lists.newest());
        assert_eq!(newest, ["tea", "second", "first", "undated"]);
        let dates: Vec<String> = lists
            .newest()
            .iter()
            .filter_map(|at| Some(derived.matches().list[*at as usize].since?.to_string()))
            .collect();
        assert_eq!(dates, ["2026-11-02", "2026-11-01", "2026-10-01", "2026-10-01"]);
        let human = lists.newest_with(derived.matches(), Facet::Kind, "human");
        assert_eq!(human, lists.newest());
        let tea = lists.newest_with(derived.matches(), Facet::Topic, "tea");
        assert_eq!(needs(&derived, &tea), ["tea"]);
    }

    #[test]
    fn an_introduction_waits_until_somebody_says_what_came_of_it() {
        let call = |day: &str, need: &str, status: &str| {
            format!(
                "---\nstart: {day}T16:00\nmatches: [{{need: {need}, offer: o, status: {status}}}]\n---\n"
            )
        };
        let need = || side("a", "Wheat harvest", "");
        let derived = derived(&[
            ("content/needs/late.md", need()),
            ("content/needs/early.md", need()),
            ("content/needs/done.md", need()),
            ("content/needs/ahead.md", need()),
            ("content/needs/quiet.md", need()),
            ("content/offers/o.md", side("b", "Harvest of wheat", "")),
            ("content/calls/2026-08.md", call("2026-08-26", "early", "introduced")),
            ("content/calls/2026-09.md", call("2026-09-30", "late", "introduced")),
            ("content/calls/2026-10.md", call("2026-10-28", "done", "introduced")),
            ("content/calls/2026-12.md", call("2026-12-30", "ahead", "introduced")),
            (
                "content/matches/done--o.md",
                "---\nneed: done\noffer: o\nstatus: lapsed\n---\n".to_owned(),
            ),
            ("content/matches/quiet--o.md", "---\nneed: quiet\noffer: o\n---\n".to_owned()),
        ]);
        let waiting = derived.match_lists().waiting();
        assert_eq!(needs(&derived, waiting), ["late", "early", "quiet"]);
        let found = |at: usize| &derived.matches().list[waiting[at] as usize];
        let call = |at: usize| {
            found(at).decided_in().map(|call| derived.directory[call].entry.slug.to_string())
        };
        assert_eq!([call(2), call(1)], [None, Some("2026-08".to_owned())]);
    }
}
