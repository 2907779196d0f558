//! The archive of calls and the page of one call.

use jiff::civil::Date;
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::content::values::{MatchStatus, Role, Visibility};
use crate::derived::calls;
use crate::derived::introductions::made::looked_back_on;
use crate::derived::introductions::{self, Introductions};
use crate::derived::matching::Match;
use crate::directory::call::{Introduction, Turn};
use crate::directory::ids::{CallId, EntryId};
use crate::directory::site::{Rounds, Series};
use crate::pages::body;
use crate::pages::parts::actions::ActionView;
use crate::pages::parts::cards::{CallCard, MatchCard};
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::{ContactView, EntryPart, PersonView};
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Day, Label, When};

/// Which calls a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calls {
    All,
    Year(i16),
    /// By its place among the site's series.
    Series(usize),
}

/// The archive of calls, or of one year.
#[derive(Debug, Serialize)]
pub(super) struct CallsView {
    page: Chrome,
    title: String,
    /// The series that the page is about, where it is about one.
    of: Option<SeriesView>,
    /// The series of a site with several.
    series: Vec<Link>,
    /// The next call that is planned; else the soonest day by a rule.
    next: Option<CallCard>,
    /// The next days that have no call yet, by the rule of the series; of all calls, where there is one series.
    days: Vec<When>,
    /// By year, the latest first; within a year the latest first.
    years: Vec<Year>,
    /// The file of all calls for a calendar.
    calendar: String,
    /// How many actions of calls are open.
    open: usize,
    /// How many decisions calls have made.
    decided: usize,
}

/// A series of calls.
#[derive(Debug, Serialize)]
pub(super) struct SeriesView {
    /// Its last day, where it has one.
    until: Option<Day>,
    /// That day is over.
    has_ended: bool,
    /// In minutes.
    duration: u32,
    rounds: RoundsView,
    join: Option<String>,
}

/// The calls of a year.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    link: Link,
    calls: Vec<CallCard>,
}

/// The page of a call.
#[derive(Debug, Serialize)]
pub(super) struct CallView {
    page: Chrome,
    entry: EntryPart,
    when: Option<When>,
    status: Label,
    series: Option<Link>,
    number: Option<u32>,
    join: Option<String>,
    calendar: String,
    /// The agenda of a call that is still to come, or empty.
    agenda: String,
    languages: Vec<String>,
    interpretation: Vec<String>,
    facilitator: Option<PersonView>,
    note_taker: Option<PersonView>,
    rounds: RoundsView,
    turns: Vec<TurnView>,
    /// Any turn says something; before a call, most do not.
    shows_rounds: bool,
    observers: Vec<Link>,
    apologies: Vec<Link>,
    /// Whom to write to instead of coming.
    contacts: Vec<ContactView>,
    /// Of a call to come: whom to introduce to whom; where a match has no page, its address is empty.
    introductions: Vec<MatchCard>,
    /// In how many of these a coop takes part at most.
    introductions_limit: usize,
    /// Those whom it brought together.
    matches: Vec<IntroductionView>,
    /// Those on whom it looked back: an earlier call had introduced them.
    looked_back: Vec<IntroductionView>,
    /// As HTML.
    decisions: Vec<String>,
    actions: Vec<ActionView>,
    recording: Option<String>,
    recording_only_network: bool,
    previous: Option<Link>,
    next: Option<Link>,
    is_ahead: bool,
}

/// Minutes for each delegate in each round.
#[derive(Debug, Serialize)]
pub(super) struct RoundsView {
    about: u32,
    needs: u32,
    offers: u32,
}

/// What one delegate said.
#[derive(Debug, Serialize)]
pub(super) struct TurnView {
    coop: Link,
    place: String,
    delegate: Option<PersonView>,
    written: bool,
    /// It was the coop's first call.
    is_first: bool,
    /// As HTML.
    about_html: String,
    needs: Vec<Link>,
    offers: Vec<Link>,
    /// It is more than a name on the list of those who come.
    says_something: bool,
}

/// A match of which the call spoke.
#[derive(Debug, Serialize)]
pub(super) struct IntroductionView {
    href: String,
    need: Link,
    offer: Link,
    need_coop: Link,
    offer_coop: Link,
    /// Where it stood in that call.
    then: Label,
    /// Where it stands now, when that has changed.
    now: Option<Label>,
    /// The earlier call that introduced the two, if one did.
    introduced_in: Option<Link>,
    note: String,
}

/// The view of the archive of calls, of one year, or of a series.
pub(super) fn calls(viewer: &Viewer<'_>, of: Calls) -> CallsView {
    let (calls, site) = (viewer.derived.calls(), &viewer.directory.site);
    let series = match of {
        Calls::Series(at) => Some(&site.series[at]),
        Calls::All | Calls::Year(_) => None,
    };
    let title = match of {
        Calls::All => viewer.words.text("calls-title").to_owned(),
        Calls::Year(year) => {
            viewer.words.with("calls-of-year", [("year", year.to_string().into())])
        }
        Calls::Series(at) => site.series[at].title.clone(),
    };
    let page = match of {
        Calls::All => viewer.chrome(&title, EntryKind::Call.folder()),
        Calls::Year(_) | Calls::Series(_) => viewer.chrome_below(EntryKind::Call, &title),
    };
    let page = page.described(viewer.words.text("calls-about"));
    let is_part = |id: &CallId| {
        series.is_none_or(|series| viewer.directory[*id].series.as_ref() == Some(&series.id))
    };
    let next = match series {
        None if of == Calls::All => next_call(viewer),
        None => None,
        Some(series) => {
            let next = calls.next_of(viewer.directory, &series.id, viewer.derived.today);
            next.map(|id| viewer.call_card(id))
        }
    };
    // The card of the next call says the first day already.
    let shown = usize::from(of == Calls::All && calls.next.is_none());
    let coming = match of {
        Calls::All if site.series.len() == 1 => site.series.first(),
        _ => series,
    };
    let of_year = |(year, ids): (&i16, &Vec<CallId>)| Year {
        link: viewer.link(&addresses::calls_of_year(*year), year.to_string()),
        calls: ids.iter().rev().filter(|id| is_part(id)).map(|id| viewer.call_card(*id)).collect(),
    };
    let years = calls.by_year.iter().rev().filter(|(year, _)| match of {
        Calls::Year(only) => only == **year,
        Calls::All | Calls::Series(_) => true,
    });
    CallsView {
        page,
        title,
        of: series.map(|series| series_view(viewer, series)),
        series: site
            .several_series()
            .filter(|_| of == Calls::All || site.series.len() <= SERIES_EVERYWHERE)
            .map(|(_, series)| viewer.link(&addresses::series(&series.id), series.title.as_str()))
            .collect(),
        days: coming.into_iter().flat_map(|series| days_of(viewer, series)).skip(shown).collect(),
        next,
        years: years.map(of_year).filter(|year| !year.calls.is_empty()).collect(),
        calendar: viewer.links.to(&calendar_of(series)),
        open: viewer.derived.actions().open().count(),
        decided: viewer.directory.calls.iter().map(|call| call.decisions.len()).sum(),
    }
}

/// So many series are linked from the page of each year and series; more only from the archive.
const SERIES_EVERYWHERE: usize = 50;

/// So many days to come are shown of a series.
const DAYS: usize = 3;

fn series_view(viewer: &Viewer<'_>, series: &Series) -> SeriesView {
    let Rounds { about, needs, offers, review: _ } = series.rounds;
    SeriesView {
        until: series.until.map(|day| viewer.wording.day(day)),
        has_ended: series.until.is_some_and(|day| day < viewer.derived.today),
        duration: series.duration_minutes,
        rounds: RoundsView { about, needs, offers },
        join: series.join.as_ref().map(ToString::to_string),
    }
}

/// The calendar of a series that has its own, or of all calls.
fn calendar_of(series: Option<&Series>) -> addresses::SitePath {
    match series {
        None => addresses::SitePath::new("calls.ics"),
        Some(series) => addresses::series_calendar(&series.id),
    }
}

/// The next days of a series by its rule that have no call yet.
fn days_of<'v>(viewer: &'v Viewer<'_>, series: &'v Series) -> impl Iterator<Item = When> + use<'v> {
    let days = calls::Calls::coming(viewer.directory, series, viewer.derived.today);
    days.filter_map(|day| when_by_rule(viewer, series, day)).take(DAYS)
}

fn when_by_rule(viewer: &Viewer<'_>, series: &Series, day: Date) -> Option<When> {
    let (time, zone) = (series.start?, series.zone.as_ref()?);
    viewer.wording.when_at(day.to_datetime(time), zone, series.duration_minutes)
}

/// The next call that is planned; where none is, what the rules of the series say.
pub(super) fn next_call(viewer: &Viewer<'_>) -> Option<CallCard> {
    let (calls, site) = (viewer.derived.calls(), &viewer.directory.site);
    if let Some(planned) = calls.next {
        return Some(viewer.call_card(planned));
    }
    let (at, day) = calls::Calls::soonest(viewer.directory, viewer.derived.today)?;
    let series = &site.series[at];
    let page = addresses::page_of_series(site, series);
    let own = site.several_series().next().map(|_| series);
    Some(CallCard {
        href: viewer.link(&page, "").href,
        title: series.title.clone(),
        lang: None,
        dir: None,
        summary: String::new(),
        when: when_by_rule(viewer, series, day),
        status: viewer.wording.label("call-status", "announced"),
        coops: 0,
        matches: 0,
        join: series.join.as_ref().map(ToString::to_string),
        calendar: viewer.links.to(&calendar_of(own)),
    })
}

/// The view of a call's page.
pub(super) fn call(viewer: &Viewer<'_>, id: CallId) -> CallView {
    let call = &viewer.directory[id];
    let entry = viewer.entry_part(EntryId::Call(id));
    let (previous, next) = viewer.derived.calls().neighbours(id);
    let link = |id: Option<CallId>| id.map(|id| viewer.entry_link(EntryId::Call(id)));
    let with_role = |role: Role| call.turns.iter().filter(move |turn| turn.role == role);
    let coops = |role| with_role(role).map(|turn| viewer.coop_link(turn.coop)).collect();
    let series =
        call.series.as_ref().and_then(|series| viewer.directory.site.series(series.as_str()));
    let Rounds { about, needs, offers, review: _ } = call.rounds;
    let turns: Vec<TurnView> =
        with_role(Role::Delegate).map(|turn| turn_view(viewer, id, turn)).collect();
    let introductions = call.matches.iter().map(|it| introduction(viewer, id, it));
    let (looked_back, matches) = introductions.partition(|it| it.introduced_in.is_some());
    CallView {
        page: viewer.chrome_below(EntryKind::Call, &entry.title).described(&entry.summary),
        entry,
        when: viewer.wording.when(id),
        status: viewer.wording.call_status(id),
        series: series.map(|series| {
            let page = addresses::page_of_series(&viewer.directory.site, series);
            viewer.link(&page, series.title.as_str())
        }),
        number: call.number,
        join: call.join.as_ref().map(ToString::to_string),
        calendar: viewer.links.to(&addresses::call_calendar(&call.entry.slug)),
        agenda: match call.is_ahead(viewer.derived.today) {
            true => viewer.agenda_href(id),
            false => String::new(),
        },
        languages: viewer.wording.language_names(&call.languages),
        interpretation: viewer.wording.language_names(&call.interpretation),
        facilitator: call.facilitator.as_ref().map(|person| viewer.person(person)),
        note_taker: call.note_taker.as_ref().map(|person| viewer.person(person)),
        rounds: RoundsView { about, needs, offers },
        shows_rounds: turns.iter().any(|turn| turn.says_something),
        turns,
        observers: coops(Role::Observer),
        apologies: coops(Role::Apology),
        contacts: viewer.contacts(&viewer.directory.site.facilitator),
        introductions: suggested(viewer, id),
        introductions_limit: introductions::LIMIT,
        matches,
        looked_back,
        decisions: call.decisions.iter().map(|text| body::inline(text)).collect(),
        actions: (0..call.actions.len()).map(|at| viewer.action((id, at))).collect(),
        recording: call.recording.as_ref().map(|recording| recording.url.to_string()),
        recording_only_network: call
            .recording
            .as_ref()
            .is_some_and(|recording| recording.visibility == Visibility::Network),
        previous: link(previous),
        next: link(next),
        is_ahead: call.is_ahead(viewer.derived.today),
    }
}

fn turn_view(viewer: &Viewer<'_>, call: CallId, turn: &Turn) -> TurnView {
    let needs = turn.needs.iter().map(|id| viewer.entry_link(EntryId::Need(*id)));
    let offers = turn.offers.iter().map(|id| viewer.entry_link(EntryId::Offer(*id)));
    let is_ahead = viewer.directory[call].is_ahead(viewer.derived.today);
    let is_empty = turn.about.is_empty()
        && turn.needs.is_empty()
        && turn.offers.is_empty()
        && turn.delegate.is_none();
    TurnView {
        says_something: !is_ahead || turn.written || !is_empty,
        coop: viewer.coop_link(turn.coop),
        place: viewer.wording.coop_place(turn.coop),
        delegate: turn.delegate.as_ref().map(|person| viewer.person(person)),
        written: turn.written,
        is_first: viewer.derived.calls().is_first_of(turn.coop, call),
        about_html: body::inline(&turn.about),
        needs: needs.collect(),
        offers: offers.collect(),
    }
}

/// The fair choice of introductions in a call that is still to come.
pub(super) fn suggested(viewer: &Viewer<'_>, id: CallId) -> Vec<MatchCard> {
    let found = viewer.derived.introductions(id).into_iter().flat_map(Introductions::fair);
    let card = |it: &Match| {
        let card = viewer.match_card(it);
        let has_page = viewer.derived.matches().find(it.need, it.offer).is_some();
        MatchCard { href: if has_page { card.href } else { String::new() }, ..card }
    };
    found.map(card).collect()
}

fn introduction(viewer: &Viewer<'_>, call: CallId, it: &Introduction) -> IntroductionView {
    let directory = viewer.directory;
    let (need, offer) = (&directory[it.need], &directory[it.offer]);
    let now = viewer.derived.matches().find(it.need, it.offer).and_then(|found| found.status);
    let label = |status: MatchStatus| viewer.wording.label("match-status", status.as_str());
    let earlier = looked_back_on(viewer.derived, call, (it.need, it.offer));
    IntroductionView {
        href: viewer.href(&addresses::match_of(directory, it.need, it.offer)),
        need: viewer.entry_link(EntryId::Need(it.need)),
        offer: viewer.entry_link(EntryId::Offer(it.offer)),
        need_coop: viewer.coop_link(need.terms.coop),
        offer_coop: viewer.coop_link(offer.terms.coop),
        then: label(it.status),
        now: now.filter(|now| *now != it.status).map(label),
        introduced_in: earlier.map(|call| viewer.entry_link(EntryId::Call(call))),
        note: it.note.clone(),
    }
}
