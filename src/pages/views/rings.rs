//! The list of rings and the page of one ring, with each of its steps in words.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::derived::rings::Ring;
use crate::directory::ids::CoopId;
use crate::pages::parts::cards::MatchCard;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::pager::{PER_PAGE, Pager};
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Label, percent};

/// The list of rings.
#[derive(Debug, Serialize)]
pub(super) struct RingListView {
    page: Chrome,
    rings: Vec<RingCard>,
    total: usize,
    pager: Option<Pager>,
}

/// The page of one ring.
#[derive(Debug, Serialize)]
pub(super) struct RingView {
    page: Chrome,
    ring: RingCard,
    /// Other rings of its coops.
    others: Vec<Link>,
}

/// A ring in a list.
#[derive(Debug, Serialize)]
pub(crate) struct RingCard {
    /// Its page, with the names of its coops.
    pub link: Link,
    /// How many coops it has.
    pub size: usize,
    /// How well its weakest step fits, 0 to 100.
    pub score: u8,
    /// `strong`, `good` or `possible`.
    pub fit: Label,
    /// What each gives to the next.
    pub steps: Vec<StepView>,
}

/// What one coop gives to the next.
#[derive(Debug, Serialize)]
pub(crate) struct StepView {
    giver: Link,
    taker: Link,
    /// The step as a sentence, in pieces.
    sentence: Vec<Piece>,
    /// The match that it is.
    found: MatchCard,
}

/// A piece of a sentence: a link, or a text between links.
#[derive(Debug, Serialize)]
pub(super) struct Piece {
    link: Option<Link>,
    text: String,
}

/// How many other rings the page of a ring names.
const OTHERS: usize = 6;

/// The view of one page of the list of rings; `number` starts from 1.
pub(super) fn ring_list(viewer: &Viewer<'_>, number: usize) -> RingListView {
    let all = &viewer.derived.rings().list;
    let shown = all.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
    let page = viewer.chrome_below(EntryKind::Match, viewer.words.text("rings-title"));
    RingListView {
        page: page.described(viewer.words.text("rings-about")),
        rings: shown.map(|ring| viewer.ring_card(ring)).collect(),
        total: all.len(),
        pager: Pager::new(viewer, addresses::RINGS, number, all.len()),
    }
}

/// The view of a ring's page.
pub(super) fn ring_page(viewer: &Viewer<'_>, place: usize) -> Result<RingView> {
    let ring = viewer.derived.rings().list.get(place);
    let ring = ring.context("a ring was planned that does not exist")?;
    let names = viewer.ring_link(ring).label;
    let title = viewer.words.with("ring-title", [("coops", names.into())]);
    let rings = viewer.derived.rings();
    let mut others: Vec<&Ring> = Vec::new();
    for other in ring.coops.iter().flat_map(|coop| rings.of_coop(*coop).take(OTHERS + 1)) {
        if other != ring && !others.contains(&other) {
            others.push(other);
        }
    }
    let list = viewer.link(addresses::RINGS, viewer.words.text("nav-rings"));
    Ok(RingView {
        page: viewer.chrome_below(EntryKind::Match, &title).below(list).described(title.as_str()),
        ring: viewer.ring_card(ring),
        others: others.into_iter().take(OTHERS).map(|it| viewer.ring_link(it)).collect(),
    })
}

impl Viewer<'_> {
    /// A link to a ring, with the names of its coops.
    pub(crate) fn ring_link(&self, ring: &Ring) -> Link {
        let slugs = ring.coops.iter().map(|coop| &self.directory[*coop].entry.slug);
        self.link(&addresses::ring(slugs), self.wording.coops_of(ring))
    }

    /// A ring in a list.
    pub(crate) fn ring_card(&self, ring: &Ring) -> RingCard {
        let steps = ring.pairs().zip(&ring.steps).filter_map(|((giver, taker), (need, offer))| {
            let found = self.match_card(self.derived.matches().find(*need, *offer)?);
            Some(self.step(giver, taker, found))
        });
        RingCard {
            link: self.ring_link(ring),
            size: ring.coops.len(),
            score: percent(ring.score),
            fit: self.wording.fit(ring.score),
            steps: steps.collect(),
        }
    }

    fn step(&self, giver: CoopId, taker: CoopId, found: MatchCard) -> StepView {
        let (giver, taker) = (self.coop_link(giver), self.coop_link(taker));
        let links = [&giver, &found.offer, &taker, &found.need].map(Link::clone);
        let marks = ["{giver}", "{offer}", "{taker}", "{need}"];
        let [of_giver, of_offer, of_taker, of_need] = marks.map(Into::into);
        let sentence = self.words.with(
            "ring-step",
            [("giver", of_giver), ("offer", of_offer), ("taker", of_taker), ("need", of_need)],
        );
        let sentence = pieces(&sentence, &marks, links);
        StepView { giver, taker, sentence, found }
    }
}

/// Cuts a sentence at its marks, and puts a link in the place of each. A translation has them in the
/// order of its language.
fn pieces(sentence: &str, marks: &[&str], links: [Link; 4]) -> Vec<Piece> {
    let mut found: Vec<(usize, &str, Link)> = marks
        .iter()
        .zip(links)
        .filter_map(|(mark, link)| Some((sentence.find(mark)?, *mark, link)))
        .collect();
    found.sort_by_key(|(at, _, _)| *at);
    let (mut pieces, mut end) = (Vec::new(), 0);
    for (at, mark, link) in found {
        pieces.push(Piece { link: None, text: sentence[end..at].to_owned() });
        pieces.push(Piece { link: Some(link), text: String::new() });
        end = at + mark.len();
    }
    pieces.push(Piece { link: None, text: sentence[end..].to_owned() });
    pieces
}
