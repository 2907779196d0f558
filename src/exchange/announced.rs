//! What calendars have been told of each call and series, so that a change which they would not take over is noticed.
//!
//! A build keeps it beside its manifest, as lines of text. No page and no calendar is made of it: without it, nothing is
//! warned of, and that is all.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::{self, Revision};
use crate::content::record::{self, Record};
use crate::content::values::{CallStatus, Slug};
use crate::content::yaml::{Node, Value};
use crate::content::{Records, SITE_FILE};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::directory::Directory;
use crate::directory::call::Call;
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
    records: &Records,
    today: Date,
) -> (String, Vec<Diagnostic>) {
    let before = before.map(read).unwrap_or_default();
    let (now, problems) = (ByName::new(), Vec::new());
    let mut comparing = Comparing { before: &before, today, now, problems };
    let of_path: BTreeMap<&str, &Record> =
        records.entries.iter().map(|record| (&*record.path, &**record)).collect();
    for call in directory.calls.iter().filter(|call| call.start.is_some()) {
        let path = &call.entry.text.record.path;
        let place = |field: &str| {
            let node = of_path.get(&**path).and_then(|record| record.front.field(field));
            record::place(path, span(node))
        };
        let names = std::iter::once(&call.entry.slug).chain(&call.entry.aliases);
        comparing.one(Subject {
            kind: "call",
            slug: &call.entry.slug,
            names: names.collect(),
            now: said_of_call(call),
            is_held: call.status == CallStatus::Held,
            place: &place,
        });
    }
    let mut of_series: BTreeMap<&Slug, Vec<&Call>> = BTreeMap::new();
    for call in &directory.calls {
        if let Some(series) = &call.series {
            of_series.entry(series).or_default().push(call);
        }
    }
    for series in directory.site.series.iter().filter(|series| series.recurrence.is_some()) {
        let calls = of_series.get(&series.id).map_or(&[][..], Vec::as_slice);
        let place = |field: &str| {
            let node = node_of(&records.site, series);
            let field = node.and_then(|node| node.field(field).or(node.field("title")));
            record::place(&SITE_FILE.into(), span(field.or(node)))
        };
        let names = std::iter::once(&series.id).chain(&series.aliases);
        comparing.one(Subject {
            kind: "series",
            slug: &series.id,
            names: names.collect(),
            now: said_of_series(series, calls),
            is_held: false,
            place: &place,
        });
    }
    (write(&comparing.now), comparing.problems)
}

/// What stands before the last day of a series.
const UNTIL: &str = ", until ";

fn span(node: Option<&Node>) -> Span {
    node.map_or_else(Span::default, |node| node.span)
}

/// The settings of a series.
fn node_of<'a>(settings: &'a Node, series: &Series) -> Option<&'a Node> {
    let all = settings.field("calls").map_or(&[][..], Node::items);
    let is_it = |node: &&Node| match node.field("id").map(|id| &id.value) {
        Some(Value::Text(id)) => id.trim() == series.id.as_str(),
        _ => series.id.as_str() == "calls",
    };
    all.iter().find(is_it)
}

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
    place: &'a dyn Fn(&str) -> Place,
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
        let (field, then, now) = match before.when == now.when {
            true => ("status", &before.status, &now.status),
            false if without_end(&before.when) == without_end(&now.when) => {
                ("until", &before.when, &now.when)
            }
            false => ("start", &before.when, &now.when),
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
        Diagnostic::new(Code::UnannouncedChange, (subject.place)(field), message).hint(hint)
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
        let place = (subject.place)("aliases");
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
