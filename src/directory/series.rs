//! A series of calls: when it comes again, and what its calls have in common.

use jiff::civil::{Date, DateTime, Time};

use super::recurrence::Recurrence;
use crate::content::fields::Fields;
use crate::content::values::{self, Complaint, Slug, Url, Visibility, Zone};
use crate::content::yaml::{Node, Value};
use crate::diagnostic::{Code, Span};

/// Minutes that each delegate has in each of the three rounds, and what looking back may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounds {
    /// What the coop is about.
    pub about: u32,
    pub needs: u32,
    pub offers: u32,
    /// For introductions that wait for an answer, one minute each.
    pub review: u32,
}

impl Default for Rounds {
    fn default() -> Self {
        Rounds { about: 2, needs: 2, offers: 2, review: 5 }
    }
}

/// Where the fields stand that calendars are told of, for those who look at them later. What is not written
/// has the place of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Places {
    /// Of its first minute.
    pub start: Span,
    /// Of its last day.
    pub until: Span,
    /// Of whether it takes place.
    pub status: Span,
    /// Of its former ids.
    pub aliases: Span,
}

impl Places {
    /// The places of a mapping.
    pub(super) fn of(fields: &Fields<'_>, all: Span) -> Places {
        let place = |name: &str| fields.place(name).unwrap_or(all);
        Places {
            start: place("start"),
            until: place("until"),
            status: place("status"),
            aliases: place("aliases"),
        }
    }
}

/// Calls that come again.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the files of calls.
    pub id: Slug,
    /// What it is called.
    pub title: String,
    /// When it comes again.
    pub recurrence: Option<Recurrence>,
    /// Its first day, where that is not its first call's.
    pub from: Option<Date>,
    /// Its last day; no call after it is announced.
    pub until: Option<Date>,
    /// Former ids, the oldest first.
    pub aliases: Vec<Slug>,
    /// The last day on which its rule, hour or zone changed.
    pub updated: Option<Date>,
    /// When it starts, by the clock of its zone.
    pub start: Option<Time>,
    pub zone: Option<Zone>,
    /// How long it is, in minutes.
    pub duration_minutes: u32,
    /// How long a delegate speaks.
    pub rounds: Rounds,
    /// It says its zone, its length or its minutes, so that its calls take them from it.
    pub says_time: bool,
    pub join: Option<Url>,
    /// Who may see where to join.
    pub visibility: Visibility,
    /// Where some of its fields stand in `site.yaml`, or else its title.
    pub places: Places,
}

impl Series {
    /// Whether this is its id or a former one.
    pub fn is_called(&self, name: &str) -> bool {
        self.id.as_str() == name || self.aliases.iter().any(|alias| alias.as_str() == name)
    }

    /// The first of its ids, which calendars go on using.
    pub fn first_id(&self) -> &Slug {
        self.aliases.first().unwrap_or(&self.id)
    }

    /// What a call of it says for itself, so that it stays as it was when the series changes.
    pub fn settled(&self) -> [(&'static str, String); 3] {
        let utc = || Zone::parse("UTC").expect("`UTC` is a time zone");
        let zone = self.zone.clone().unwrap_or_else(utc);
        settled(&zone, self.duration_minutes, self.rounds)
    }

    /// Whether a call of it could start so, by its own clock: at its hour, on a day by its rule.
    pub fn could_start(&self, start: DateTime) -> bool {
        let day = start.date();
        let is_by_rule =
            |rule: &Recurrence| rule.stands_for(day).is_some_and(|by_rule| by_rule == day);
        self.start == Some(start.time())
            && self.recurrence.as_ref().is_some_and(is_by_rule)
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// Its first day by its rule on or after `earliest` that it is still announced on; see
    /// [`Recurrence::next`].
    pub fn next(&self, earliest: Date, last: Option<Date>) -> Option<Date> {
        let day = self.recurrence.as_ref()?.next(earliest, last)?;
        self.until.is_none_or(|until| day <= until).then_some(day)
    }
}

/// The fields of a call that come from its series where the call does not say them.
pub(crate) const SETTLED: [&str; 3] = ["time_zone", "duration", "minutes"];

/// These fields as they are written.
pub(crate) fn settled(zone: &Zone, minutes: u32, rounds: Rounds) -> [(&'static str, String); 3] {
    // Looking back is over when a call has been held.
    let Rounds { about, needs, offers, review: _ } = rounds;
    let [time_zone, duration, in_rounds] = SETTLED;
    [
        (time_zone, zone.to_string()),
        (duration, format!("{minutes}m")),
        (in_rounds, format!("{{about: {about}, needs: {needs}, offers: {offers}}}")),
    ]
}

/// What to write for each of these series, as advice says it: the id with some words before it. Very many are not named.
pub(crate) fn advised(all: &[Series], before: &str) -> Option<String> {
    match all.len() {
        0 => None,
        1..=SHOWN => {
            let each = all.iter().map(|it| format!("`{before}{}`", it.id));
            Some(each.collect::<Vec<_>>().join(", "))
        }
        _ => Some(format!("`{before}ID` with one of the ids under `calls` in site.yaml")),
    }
}

/// So many series are named in advice.
const SHOWN: usize = 10;

/// Every former id of a series, with its place among them. One that is alone and was called otherwise may once have
/// been one of several: its own id is among them then.
pub(crate) fn former_names(all: &[Series]) -> impl Iterator<Item = (usize, &Slug)> {
    all.iter().enumerate().flat_map(move |(at, series)| {
        let own = (all.len() == 1 && !series.aliases.is_empty()).then_some(&series.id);
        series.aliases.iter().chain(own).map(move |name| (at, name))
    })
}

/// Reads every series of the settings, and settles which is called how.
pub(super) fn read_all(fields: &mut Fields<'_>) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for node in fields.items("calls") {
        let Some(mut series) = fields.inside("calls", node, read) else { continue };
        if all.iter().any(|earlier| earlier.is_called(series.id.as_str())) {
            let message = format!("{} has two series of calls `{}`", fields.owner(), series.id);
            let hint = "give each an `id` of its own".to_owned();
            fields.report(Code::IdClash, node.beginning(), message, Some(hint));
            continue;
        }
        let written = std::mem::take(&mut series.aliases);
        let aliases = node.field("aliases").map_or(&[][..], Node::items);
        for alias in written {
            let name = alias.as_str();
            if !series.is_called(name) && !all.iter().any(|earlier| earlier.is_called(name)) {
                series.aliases.push(alias);
                continue;
            }
            let is_it = |node: &&Node| matches!(&node.value, Value::Text(text) if *text == *name);
            let span = aliases.iter().find(is_it).map_or(node.beginning(), |node| node.span);
            let message = format!(
                "the former id `{alias}` of the series `{}` is an id of a series already",
                series.id
            );
            fields.report(Code::IdClash, span, message, Some("remove it here".to_owned()));
        }
        all.push(series);
    }
    all
}

/// What a call writes that belongs to no series.
pub(crate) const NO_SERIES: &str = "none";

fn series_id(text: &str) -> Result<Slug, Complaint> {
    if text == NO_SERIES {
        let what = "which says in the file of a call that it belongs to no series";
        return Err(Complaint::new(Code::ReservedId, what, "choose another name"));
    }
    Slug::parse(text)
}

fn read(series: &mut Fields<'_>) -> Option<Series> {
    let id = series.value("id", series_id);
    let title = series.required("title");
    let rounds = rounds(series).unwrap_or_default();
    let says_time = SETTLED.iter().any(|name| series.has(name));
    let (from, until) = (series.value("from", values::date), series.placed("until", values::date));
    if let (Some(from), Some(until)) = (from, &until)
        && until.value < from
    {
        let message = format!("{} ends before it begins", series.owner());
        let hint = "`until` is the last day, `from` the first".to_owned();
        series.report(Code::DatesReversed, until.span, message, Some(hint));
    }
    let read = Series {
        id: id.unwrap_or_else(|| Slug::parse("calls").expect("`calls` is a slug")),
        title: title.map(|title| title.value).unwrap_or_default(),
        recurrence: series.value("rrule", Recurrence::parse),
        from,
        until: until.map(|until| until.value),
        aliases: series.values("aliases", series_id),
        updated: series.value("updated", values::date),
        start: series.value("start", clock),
        zone: series.value("time_zone", Zone::parse),
        duration_minutes: series.value("duration", values::minutes).unwrap_or(90),
        rounds,
        says_time,
        join: series.value("join", Url::parse_web),
        places: Places::of(series, series.place("title").unwrap_or(series.span())),
        visibility: series.visibility("visibility").unwrap_or(Visibility::Public),
    };
    Some(read)
}

fn clock(text: &str) -> Result<Time, Complaint> {
    let shape = text.len() == 5 && text.as_bytes()[2] == b':';
    let read = if shape { text.parse::<Time>().ok() } else { None };
    read.ok_or_else(|| {
        Complaint::new(
            Code::BadTime,
            "which is not a time of day",
            "write hours and minutes, as in `16:00`",
        )
    })
}

/// Reads the minutes of the three rounds and of the review.
pub(crate) fn rounds(fields: &mut Fields<'_>) -> Option<Rounds> {
    fields.fields("minutes", |minutes| {
        let usual = Rounds::default();
        let mut of = |name| minutes.value(name, values::whole_number);
        Some(Rounds {
            about: of("about").unwrap_or(usual.about),
            needs: of("needs").unwrap_or(usual.needs),
            offers: of("offers").unwrap_or(usual.offers),
            review: of("review").unwrap_or(usual.review),
        })
    })
}
