//! What calendars have been told of each call and series, so that a change which they would not take over is noticed.
//!
//! A build keeps it beside its manifest, as lines of text. No page and no calendar is made of it: without it, nothing is
//! warned of, and that is all.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::calendar::{self, Revision};
use crate::content::SITE_FILE;
use crate::content::record;
use crate::content::values::{CallStatus, Slug};
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Directory;
use crate::directory::call::Call;
use crate::directory::series::Places;
use crate::directory::site::Series;

/// The first line; a text that begins otherwise is of another version.
const HEAD: &str = "ayni announced 1";

/// What calendars are told of one call or series.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Announced {
    revision: Revision,
    /// When it is, by which clock, and how long.
    when: String,
    /// Whether it takes place.
    status: String,
}

/// Everything by its name: `call 2026-11`, by the id that calendars know.
type ByName = BTreeMap<String, Announced>;

/// What a build has to keep, and the changes since the one before that calendars would not take over.
///
/// What is warned of is kept as it was, so that it is warned of until its revision is a later one.
pub(crate) fn compare(
    before: Option<&str>,
    directory: &Directory,
    today: Date,
) -> (String, Vec<Diagnostic>) {
    let before = before.map(read).unwrap_or_default();
    let (now, problems) = (ByName::new(), Vec::new());
    let mut comparing = Comparing { before: &before, today, now, problems };
    for call in directory.calls.iter().filter(|call| call.start.is_some()) {
        comparing.one(Subject {
            kind: "call",
            slug: &call.entry.slug,
            names: call.entry.ids().collect(),
            now: said_of_call(call),
            is_held: call.status == CallStatus::Held,
            file: &call.entry.text.record.path,
            places: call.places,
        });
    }
    let mut of_series: BTreeMap<&Slug, Vec<&Call>> = BTreeMap::new();
    for call in &directory.calls {
        if let Some(series) = &call.series {
            of_series.entry(series).or_default().push(call);
        }
    }
    let site_file: Arc<str> = SITE_FILE.into();
    for series in directory.site.series.iter().filter(|series| series.recurrence.is_some()) {
        let calls = of_series.get(&series.id).map_or(&[][..], Vec::as_slice);
        let names = std::iter::once(&series.id).chain(&series.aliases);
        comparing.one(Subject {
            kind: "series",
            slug: &series.id,
            names: names.collect(),
            now: said_of_series(series, calls),
            is_held: false,
            file: &site_file,
            places: series.places,
        });
    }
    (write(&comparing.now), comparing.problems)
}

/// What stands before the last day of a series.
const UNTIL: &str = ", until ";

fn said_of_call(call: &Call) -> Announced {
    let start = call.start.map(|start| start.strftime("%Y-%m-%dT%H:%M").to_string());
    let status = if call.status == CallStatus::Cancelled { "cancelled" } else { "confirmed" };
    let (start, zone) = (start.unwrap_or_default(), &call.zone);
    Announced {
        revision: calendar::revision_of_call(call),
        when: format!("{start} {zone}, {} minutes", call.duration_minutes),
        status: status.to_owned(),
    }
}

fn said_of_series(series: &Series, calls: &[&Call]) -> Announced {
    let start = series.start.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
    let zone = series.zone.as_ref().map(ToString::to_string).unwrap_or_default();
    let rule = series.recurrence.as_ref().map_or("", |rule| rule.as_str());
    let until = series.until.map(|day| format!("{UNTIL}{day}")).unwrap_or_default();
    Announced {
        revision: calendar::revision_of_series(series, calls.iter().copied()),
        when: format!("{rule} {start} {zone}, {} minutes{until}", series.duration_minutes),
        status: "confirmed".to_owned(),
    }
}

/// A call or a series that may have changed.
struct Subject<'a> {
    kind: &'static str,
    slug: &'a Slug,
    /// All its ids; of aliases, the first is the one that calendars know.
    names: Vec<&'a Slug>,
    now: Announced,
    /// It is over, and was as it was.
    is_held: bool,
    file: &'a Arc<str>,
    places: Places,
}

impl Subject<'_> {
    fn key(&self, name: &Slug) -> String {
        format!("{} {name}", self.kind)
    }
}

struct Comparing<'a> {
    before: &'a ByName,
    today: Date,
    now: ByName,
    problems: Vec<Diagnostic>,
}

impl Comparing<'_> {
    fn one(&mut self, subject: Subject<'_>) {
        let own = subject.names.get(1).map_or(subject.slug, |first| first);
        let key = subject.key(own);
        let kept = match self.before.get(&key) {
            Some(before) if is_unnoticed(before, &subject.now) => {
                self.problems.push(self.unannounced(before, &subject));
                before.clone()
            }
            Some(_) => subject.now,
            None => {
                self.problems.extend(self.otherwise_named(&subject));
                subject.now
            }
        };
        self.now.insert(key, kept);
    }

    fn unannounced(&self, before: &Announced, subject: &Subject<'_>) -> Diagnostic {
        let (kind, slug, now) = (subject.kind, subject.slug, &subject.now);
        let without_end = |when: &str| when.split(UNTIL).next().map(str::to_owned);
        let (span, then, now) = match before.when == now.when {
            true => (subject.places.status, &before.status, &now.status),
            false if without_end(&before.when) == without_end(&now.when) => {
                (subject.places.until, &before.when, &now.when)
            }
            false => (subject.places.start, &before.when, &now.when),
        };
        let message = format!(
            "{kind} `{slug}` was published as `{then}` and is `{now}`, but its `updated` is not later than then"
        );
        let updated = format!(
            "write `updated: {}`, so that calendars take it over; if that stands there already, the day after it",
            self.today
        );
        let hint = match subject.is_held {
            true => format!("if it was held as published, write that into it; if not, {updated}"),
            false => updated,
        };
        let place = record::place(subject.file, span);
        Diagnostic::new(Code::UnannouncedChange, place, message).hint(hint)
    }

    /// Calendars know it by another of its names.
    fn otherwise_named(&self, subject: &Subject<'_>) -> Option<Diagnostic> {
        let known =
            subject.names.iter().find(|name| self.before.contains_key(&subject.key(name)))?;
        let (kind, slug) = (subject.kind, subject.slug);
        let message = format!(
            "{kind} `{slug}` was published in calendars as `{known}`, and would be there a second time"
        );
        let hint = format!("write `{known}` first in its `aliases`");
        let place = record::place(subject.file, subject.places.aliases);
        Some(Diagnostic::new(Code::UnannouncedChange, place, message).hint(hint))
    }
}

/// Whether calendars that know the one would not take over the other.
fn is_unnoticed(before: &Announced, now: &Announced) -> bool {
    let is_changed = (&before.when, &before.status) != (&now.when, &now.status);
    is_changed && now.revision <= before.revision
}

fn write(now: &ByName) -> String {
    let line = |(name, it): (&String, &Announced)| {
        let Revision { sequence, stamp } = it.revision;
        format!("{name}\t{sequence}\t{stamp}\t{}\t{}\n", it.status, it.when)
    };
    format!("{HEAD}\n{}", now.iter().map(line).collect::<String>())
}

/// What an earlier build has kept; lines that cannot be read say nothing.
fn read(text: &str) -> ByName {
    let Some(lines) = text.strip_prefix(HEAD) else { return ByName::new() };
    let one = |line: &str| {
        let mut parts = line.splitn(5, '\t');
        let name = parts.next()?.to_owned();
        let sequence = parts.next()?.parse().ok()?;
        let stamp = parts.next()?.parse().ok()?;
        let (status, when) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some((name, Announced { revision: Revision { sequence, stamp }, when, status }))
    };
    lines.lines().filter_map(one).collect()
}
