//! The agenda of a call that is still to come: a run sheet for the facilitator.

use serde::Serialize;

use super::calls::suggested;
use crate::addresses;
use crate::content::record::EntryKind;
use crate::derived::agenda::{self, Agenda, Part, Review, What};
use crate::directory::call::Turn;
use crate::directory::ids::{CallId, EntryId};
use crate::pages::body;
use crate::pages::parts::actions::ActionView;
use crate::pages::parts::cards::MatchCard;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::PersonView;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Clock, Day, When};

/// The agenda of a call.
#[derive(Debug, Serialize)]
pub(super) struct AgendaView {
    page: Chrome,
    call: Link,
    when: Option<When>,
    join: Option<String>,
    facilitator: Option<PersonView>,
    note_taker: Option<PersonView>,
    languages: Vec<String>,
    interpretation: Vec<String>,
    /// How many minutes it takes longer than the call; 0 if it does not.
    excess: u32,
    parts: Vec<PartView>,
    /// Whom to introduce to whom; where a match has no page, its address is empty.
    introductions: Vec<MatchCard>,
    /// What was to be done since earlier calls: this call's own actions, and others.
    actions: Vec<ActionView>,
    /// How many introductions wait for an answer besides those that are named.
    waiting: usize,
    /// The day of the next call of the series.
    next: Option<Day>,
}

/// A part of a call: the welcome, looking back, a round, the introductions or the end.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    /// `opening`, `review`, `about`, `needs`, `offers`, `introductions` or `closing`.
    id: &'static str,
    /// When it begins; none where the call has no time.
    clock: Option<Clock>,
    minutes: u32,
    /// In a round, how long a turn is; in the review, how long each pair has.
    each: Option<u32>,
    slots: Vec<Slot>,
    /// In the review: introductions that wait for an answer.
    pairs: Vec<PairSlot>,
}

/// An introduction that is asked about.
#[derive(Debug, Serialize)]
pub(super) struct PairSlot {
    clock: Option<Clock>,
    card: MatchCard,
}

/// One turn in one round.
#[derive(Debug, Serialize)]
pub(super) struct Slot {
    clock: Option<Clock>,
    coop: Link,
    place: String,
    delegate: Option<PersonView>,
    written: bool,
    is_new: bool,
    /// In the first round: what it sent in writing, as HTML, or empty.
    about_html: String,
    /// In the second and the third round: what it needs or offers.
    entries: Vec<Link>,
}

/// The view of an agenda.
pub(super) fn agenda(viewer: &Viewer<'_>, id: CallId) -> AgendaView {
    let call = &viewer.directory[id];
    let Agenda { parts, excess, actions, review } = agenda::of(viewer.derived, id);
    let title = viewer
        .words
        .with("agenda-title", [("call", viewer.wording.title(EntryId::Call(id)).into())]);
    let link = viewer.entry_link(EntryId::Call(id));
    let to_do = actions.into_iter().map(|line| viewer.open_action_in(line, id));
    AgendaView {
        page: viewer
            .chrome_below(EntryKind::Call, &title)
            .below(link.clone())
            .described(viewer.words.text("agenda-about")),
        call: link,
        when: viewer.wording.when(id),
        join: call.join.as_ref().map(ToString::to_string),
        facilitator: call.facilitator.as_ref().map(|person| viewer.person(person)),
        note_taker: call.note_taker.as_ref().map(|person| viewer.person(person)),
        languages: viewer.wording.language_names(&call.languages),
        interpretation: viewer.wording.language_names(&call.interpretation),
        excess,
        parts: parts.iter().map(|part| part_view(viewer, id, part, &review)).collect(),
        introductions: suggested(viewer, id),
        actions: to_do.collect(),
        waiting: review.others,
        next: viewer
            .derived
            .calls()
            .day_after(viewer.directory, id, viewer.derived.today)
            .map(|day| viewer.wording.day(day)),
    }
}

fn part_view(viewer: &Viewer<'_>, id: CallId, part: &Part, review: &Review) -> PartView {
    let call = &viewer.directory[id];
    let slot = |(at, turn): &(u32, usize)| {
        slot(viewer, id, part.what, &call.turns[*turn], viewer.wording.clock(call, *at))
    };
    let all = &viewer.derived.matches().list;
    let pair = |(at, pair): &(u32, usize)| PairSlot {
        clock: viewer.wording.clock(call, *at),
        card: viewer.match_card(&all[review.pairs[*pair] as usize]),
    };
    let (slots, pairs) = match part.what {
        What::Review => (Vec::new(), part.turns.iter().map(pair).collect()),
        _ => (part.turns.iter().map(slot).collect(), Vec::new()),
    };
    PartView {
        id: part.what.as_str(),
        clock: viewer.wording.clock(call, part.at),
        minutes: part.minutes,
        each: match part.what {
            What::About => Some(call.rounds.about),
            What::Needs => Some(call.rounds.needs),
            What::Offers => Some(call.rounds.offers),
            What::Review => Some(1),
            What::Opening | What::Introductions | What::Closing => None,
        },
        slots,
        pairs,
    }
}

fn slot(viewer: &Viewer<'_>, id: CallId, what: What, turn: &Turn, clock: Option<Clock>) -> Slot {
    let entries = agenda::said_or_open(viewer.derived, id, what, turn);
    Slot {
        clock,
        coop: viewer.coop_link(turn.coop),
        place: viewer.wording.coop_place(turn.coop),
        delegate: turn.delegate.as_ref().map(|person| viewer.person(person)),
        written: turn.written,
        is_new: viewer.derived.calls().is_new_in(viewer.directory, turn.coop, id),
        about_html: match what {
            What::About => body::inline(&turn.about),
            _ => String::new(),
        },
        entries: entries.into_iter().map(|entry| viewer.entry_link(entry)).collect(),
    }
}

impl Viewer<'_> {
    /// A link to the agenda of a call, which it has until it is held.
    pub(crate) fn agenda_href(&self, call: CallId) -> String {
        self.href(&addresses::agenda(&self.directory[call].entry.slug))
    }
}
