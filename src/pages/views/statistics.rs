//! Numbers about the directory.

use serde::Serialize;

use crate::content::record::EntryKind;
use crate::content::values::MatchStatus;
use crate::derived::facets::Facet;
use crate::derived::standing::OVER;
use crate::derived::statistics::{self, CallNumbers, Tally};
use crate::directory::ids::EntryId;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::facets::FacetGroup;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Label;

/// Numbers about the directory.
#[derive(Debug, Serialize)]
pub(super) struct StatisticsView {
    page: Chrome,
    coops: usize,
    countries: usize,
    open_needs: usize,
    open_offers: usize,
    calls_held: usize,
    delegates: usize,
    suggestions: usize,
    introductions: Vec<Count>,
    kinds: Vec<KindCount>,
    /// Topics of which some needs have no match, or some offers.
    topics: Vec<TopicCount>,
    /// The latest calls that were held, the last one first.
    calls: Vec<CallCount>,
    /// How many calls these are, where others were held before.
    calls_shown: Option<usize>,
    /// Countries, sectors, forms and languages of coops.
    facets: Vec<FacetGroup>,
}

/// How many of something.
#[derive(Debug, Serialize)]
pub(super) struct Count {
    label: Label,
    count: usize,
    /// Beside the greatest count, 0 to 100.
    percent: usize,
}

/// A call in numbers.
#[derive(Debug, Serialize)]
pub(super) struct CallCount {
    link: Link,
    coops: usize,
    first_time: usize,
    introductions: usize,
    agreed: usize,
}

/// So many calls are shown: two years of monthly ones.
const CALLS: usize = 24;

/// So many topics are shown.
const TOPICS: usize = 15;

/// Needs and offers of a kind.
#[derive(Debug, Serialize)]
pub(super) struct KindCount {
    label: Label,
    #[serde(flatten)]
    tally: TallyView,
}

/// Needs and offers of a topic.
#[derive(Debug, Serialize)]
pub(super) struct TopicCount {
    link: Link,
    #[serde(flatten)]
    tally: TallyView,
}

/// Open needs and offers, and those of them without a match.
#[derive(Debug, Serialize)]
pub(super) struct TallyView {
    needs: usize,
    offers: usize,
    unmet: usize,
    unclaimed: usize,
}

fn tally_view(tally: &Tally) -> TallyView {
    let Tally { needs, unmet, offers, unclaimed } = *tally;
    TallyView { needs, offers, unmet, unclaimed }
}

/// The view of the statistics page.
pub(super) fn statistics(viewer: &Viewer<'_>) -> StatisticsView {
    let numbers = statistics::count(viewer.derived);
    let kinds = numbers.by_kind.iter().map(|(kind, tally)| {
        let label = viewer.wording.label("kind", kind.as_str());
        KindCount { label, tally: tally_view(tally) }
    });
    let lacking = numbers.by_topic.iter().filter(|(_, it)| it.unmet + it.unclaimed > 0);
    let topics = lacking.take(TOPICS).map(|(topic, tally)| TopicCount {
        link: viewer.topic_link(*topic),
        tally: tally_view(tally),
    });
    let by_status = MatchStatus::ALL
        .iter()
        .filter_map(|status| Some((status.as_str(), *numbers.introductions.get(status)?)));
    let over = Some((OVER, numbers.over)).filter(|(_, count)| *count > 0);
    let by_status: Vec<(&str, usize)> = by_status.chain(over).collect();
    let most = by_status.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let introductions = by_status.iter().map(|(status, count)| Count {
        label: viewer.wording.label("match-status", status),
        count: *count,
        percent: count * 100 / most,
    });
    let call_count = |it: &CallNumbers| CallCount {
        link: viewer.entry_link(EntryId::Call(it.call)),
        coops: it.coops,
        first_time: it.first_time,
        introductions: it.introductions,
        agreed: it.agreed,
    };
    let facets = [Facet::Country, Facet::Sector, Facet::Form, Facet::Language];
    StatisticsView {
        page: viewer.chrome(viewer.words.text("statistics-title"), ""),
        coops: numbers.coops,
        countries: numbers.countries,
        open_needs: numbers.open_needs,
        open_offers: numbers.open_offers,
        calls_held: numbers.calls_held,
        delegates: numbers.delegates,
        suggestions: numbers.suggestions,
        introductions: introductions.collect(),
        kinds: kinds.collect(),
        topics: topics.collect(),
        calls: numbers.calls.iter().take(CALLS).map(call_count).collect(),
        calls_shown: (numbers.calls.len() > CALLS).then_some(CALLS),
        facets: facets
            .iter()
            .map(|facet| viewer.facet_group(EntryKind::Coop, *facet, 15))
            .collect(),
    }
}
