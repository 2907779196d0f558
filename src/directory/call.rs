//! A call: one meeting, with the turns of its delegates and what it concluded.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::contact::{self, Person};
use super::entry::{self, Entry};
use super::ids::{CoopId, NeedId, OfferId};
use super::names::Reader;
use super::series::{self, NO_SERIES, Places, Rounds, SETTLED, Series};
use crate::content::fields::{Fields, Placed};
use crate::content::file_names;
use crate::content::record::Record;
use crate::content::values::{
    self, CallStatus, Complaint, Language, MatchStatus, Role, Slug, Url, Visibility, YesNo, Zone,
    day_too_many, slugify,
};
use crate::diagnostic::{Code, Span};

/// One meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What every entry has; the title may be empty.
    pub entry: Entry,
    /// The series that it belongs to.
    pub series: Option<Slug>,
    /// Its number within the series.
    pub number: Option<u32>,
    /// When it starts, by the clock of its zone.
    pub start: Option<DateTime>,
    pub zone: Zone,
    /// How long it is, in minutes.
    pub duration_minutes: u32,
    pub status: CallStatus,
    /// Where to join; removed where it may not be seen.
    pub join: Option<Url>,
    pub languages: Vec<Language>,
    /// Languages interpreted into.
    pub interpretation: Vec<Language>,
    /// Who leads it.
    pub facilitator: Option<Person>,
    /// Who writes it down.
    pub note_taker: Option<Person>,
    /// How long a delegate speaks.
    pub rounds: Rounds,
    /// What each coop said.
    pub turns: Vec<Turn>,
    /// Who was introduced to whom.
    pub matches: Vec<Introduction>,
    pub decisions: Vec<String>,
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Where it can be heard again; removed where it may not be seen.
    pub recording: Option<Recording>,
    /// Which of `series` and the fields that come from it are empty or not written.
    pub unsaid: Vec<&'static str>,
    /// Where some of its fields stand, or else where its file begins.
    pub places: Places,
}

/// What one delegate said in the three rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub coop: CoopId,
    pub delegate: Option<Person>,
    /// It was sent in writing.
    pub written: bool,
    /// As what they took part.
    pub role: Role,
    /// What the coop is about.
    pub about: String,
    pub needs: Vec<NeedId>,
    pub offers: Vec<OfferId>,
}

/// A need and an offer that were brought together in a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Introduction {
    /// What is looked for.
    pub need: NeedId,
    /// What can be given.
    pub offer: OfferId,
    /// Where it stood in that call.
    pub status: MatchStatus,
    /// What the note-taker wrote, or empty.
    pub note: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// By what it is known in all calls that name it, where its author says so.
    pub id: Option<Slug>,
    pub what: String,
    pub who: Option<Person>,
    /// Which coop goes on with it; unnamed where that is withheld.
    pub handed_to: Option<Person>,
    pub due: Option<Date>,
    /// Where it is said that it is done.
    pub done: Option<Span>,
    /// Where it is said that it is not to be done any more.
    pub dropped: Option<Span>,
}

/// A recording of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub url: Url,
    /// Who may see it.
    pub visibility: Visibility,
}

impl Action {
    pub fn is_done(&self) -> bool {
        self.done.is_some()
    }

    /// It is not to be done any more.
    pub fn is_dropped(&self) -> bool {
        self.dropped.is_some()
    }
}

impl Call {
    /// When it starts, for everybody.
    pub fn starts_at(&self) -> Option<Timestamp> {
        let start = self.start?.to_zoned(self.zone.rules()).ok()?;
        Some(start.timestamp())
    }

    /// What it may have taken from its series, as it writes that itself.
    pub fn settled(&self) -> [(&'static str, String); 3] {
        series::settled(&self.zone, self.duration_minutes, self.rounds)
    }

    /// The day it starts, by the clock of its zone.
    pub fn day(&self) -> Option<Date> {
        self.start.map(DateTime::date)
    }

    /// Whether it is still to come.
    pub fn is_ahead(&self, today: Date) -> bool {
        self.status == CallStatus::Planned && self.day().is_none_or(|day| day >= today)
    }
}

/// Reads a call. What it does not say, its series does.
pub(crate) fn read(
    record: &Arc<Record>,
    slug: Slug,
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
) -> Option<Call> {
    let entry = entry::read(record, slug, fields, reader);
    let series = match fields.value("series", |text| named_series(text, reader)) {
        Some(named) => named,
        None => reader.site.only_series(),
    };
    let series_zone = series.and_then(|series| series.zone.clone());
    let utc = || Zone::parse("UTC").expect("`UTC` is a time zone");
    let join_visibility = series.map_or(Visibility::Public, |series| series.visibility);
    let join = fields
        .value("join", Url::parse_web)
        .or_else(|| series.and_then(|series| series.join.clone()));
    let rounds = series::rounds(fields);
    let duration = fields.value("duration", values::minutes);
    let start = fields.placed("start", date_time);
    let zone = fields.value("time_zone", Zone::parse).or(series_zone).unwrap_or_else(utc);
    let call = Call {
        number: fields.value("number", values::whole_number),
        start: start.map(|start| on_the_clock(start, &zone, fields)),
        zone,
        duration_minutes: duration.or(series.map(|s| s.duration_minutes)).unwrap_or(90),
        status: fields.value("status", CallStatus::parse).unwrap_or(CallStatus::Planned),
        join: join.filter(|_| join_visibility != Visibility::Private),
        languages: fields.values("languages", Language::parse),
        interpretation: fields.values("interpretation", Language::parse),
        facilitator: contact::person(fields, "facilitator", reader),
        note_taker: contact::person(fields, "note_taker", reader),
        rounds: rounds.or(series.map(|s| s.rounds)).unwrap_or_default(),
        turns: fields.each("turns", |turn| read_turn(turn, reader)),
        matches: fields.each("matches", |introduction| read_introduction(introduction, reader)),
        decisions: fields.values("decisions", |text| Ok(words(reader, text))),
        actions: fields.each("actions", |action| read_action(action, reader)),
        recording: fields.fields("recording", read_recording),
        unsaid: ["series"]
            .into_iter()
            .chain(SETTLED)
            .filter(|name| fields.says_nothing(name))
            .collect(),
        places: Places::of(fields, Span::default()),
        series: series.map(|series| series.id.clone()),
        entry: entry?,
    };
    Some(call)
}

fn words(reader: &Reader<'_>, text: &str) -> String {
    reader.words(Some(text.to_owned()))
}

/// The series that a call names by its id or a former one; none where it says so.
fn named_series<'a>(text: &str, reader: &Reader<'a>) -> Result<Option<&'a Series>, Complaint> {
    if text == NO_SERIES {
        return Ok(None);
    }
    let named = reader.site.series(Slug::parse(text)?.as_str());
    if named.is_some() {
        return Ok(named);
    }
    let what = "which `site.yaml` does not name under `calls`";
    let hint = match series::advised(&reader.site.series, "") {
        None => "add it there, or leave `series` out".to_owned(),
        Some(ids) => format!(
            "write {ids}, or `none` for a call of its own; a former id of a series goes into its `aliases` there"
        ),
    };
    Err(Complaint { code: Code::UnknownSeries, what: what.into(), hint: Some(hint) })
}

fn date_time(text: &str) -> Result<DateTime, Complaint> {
    let shape = matches!(text.len(), 16 | 19) && !text.ends_with('Z');
    let read = if shape { text.replace(' ', "T").parse::<DateTime>().ok() } else { None };
    read.ok_or_else(|| match day_too_many(text) {
        Some((what, hint)) => Complaint::new(Code::BadDate, what, hint),
        None => {
            let hint = match values::date(text) {
                Ok(day) => format!("add the time of day: `{day}T…`, as in `16:00`"),
                Err(_) => {
                    "write the local date and time of the call, as in `2026-11-25T16:00`".to_owned()
                }
            };
            Complaint::new(Code::BadDate, "which is not a date with a time", hint)
        }
    })
}

/// A time that the clocks of a zone skip, in the night when summer time begins, is shown everywhere as
/// the one which they show instead.
fn on_the_clock(start: Placed<DateTime>, zone: &Zone, fields: &mut Fields<'_>) -> DateTime {
    let there = start.value.to_zoned(zone.rules()).map_or(start.value, |it| it.datetime());
    if there != start.value {
        let at = |time: DateTime| time.strftime("%Y-%m-%dT%H:%M").to_string();
        let what = format!("which the clocks of {} skip on that day", zone.as_str());
        let hint = format!("write `{}`, if that is meant", at(there));
        let complaint = Complaint::new(Code::SkippedTime, what, hint);
        fields.complain("start", &at(start.value), start.span, complaint);
    }
    there
}

fn read_turn(turn: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Turn> {
    let coop = turn.required("coop").and_then(|_| turn.value("coop", |text| reader.coop(text)));
    let delegate = contact::person(turn, "delegate", reader);
    let written = turn.value("written", YesNo::parse) == Some(YesNo::Yes);
    let role = turn.value("role", Role::parse).unwrap_or(Role::Delegate);
    let about = reader.words(turn.text("about"));
    let needs = turn.values("needs", |text| reader.need(text));
    let offers = turn.values("offers", |text| reader.offer(text));
    Some(Turn { coop: coop?, delegate, written, role, about, needs, offers })
}

fn read_introduction(fields: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Introduction> {
    let need = fields.required("need").and_then(|_| fields.value("need", |t| reader.need(t)));
    let offer = fields.required("offer").and_then(|_| fields.value("offer", |t| reader.offer(t)));
    let status = fields.value("status", MatchStatus::parse).unwrap_or(MatchStatus::Introduced);
    let note = reader.words(fields.text("note"));
    Some(Introduction { need: need?, offer: offer?, status, note })
}

fn read_action(action: &mut Fields<'_>, reader: &Reader<'_>) -> Option<Action> {
    let what = action.required("what");
    let [done, dropped] =
        [action.placed("done", YesNo::parse), action.placed("dropped", YesNo::parse)]
            .map(|said| said.filter(|it| it.value == YesNo::Yes).map(|it| it.span));
    let read = Action {
        id: action.value("id", Slug::parse),
        what: String::new(),
        who: contact::person(action, "who", reader),
        handed_to: action.value("handed_to", |text| reader.coop(text)).map(Person::Coop),
        due: action.value("due", values::date),
        done,
        dropped,
    };
    Some(Action { what: words(reader, &what?.value), ..read })
}

/// So many bytes of the words of an action stand in its id.
const LONGEST_WORDS: usize = 48;

/// The id of an action, made of its words and of the call that named it first.
pub(crate) fn action_id(words: &str, call: &str) -> String {
    let slug = slugify(words);
    match file_names::cut(&slug, LONGEST_WORDS) {
        "" => format!("action-{call}"),
        words => format!("{words}-{call}"),
    }
}

/// The same with a number where it is taken.
pub(crate) fn free_action_id(words: &str, call: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let id = action_id(words, call);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut all = std::iter::once(id.clone()).chain(numbered);
    all.find(|id| !is_taken(id)).unwrap_or(id)
}

fn read_recording(recording: &mut Fields<'_>) -> Option<Recording> {
    let written = recording.required("url").is_some();
    let url = recording.value("url", Url::parse_web);
    let visibility = recording.visibility("visibility").unwrap_or(Visibility::Public);
    Some(Recording { url: url.filter(|_| written)?, visibility })
}
