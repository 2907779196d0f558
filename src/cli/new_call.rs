//! `ayni new call`: the file of the next call of a series.

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use super::new::quoted;
use super::report;
use crate::content::file_names;
use crate::content::record::EntryKind;
use crate::content::values::Slug;
use crate::derived::Derived;
use crate::derived::actions::History;
use crate::derived::agenda::{self, Waiting};
use crate::diagnostic::nearest;
use crate::directory::call::Call;
use crate::directory::contact::Person;
use crate::directory::site::Series;
use crate::directory::{Directory, fold};

/// So many of the coops that have waited longest are named.
const WAITING: usize = 10;

/// The path and the text of the next call. Its day comes from the rule of the series, what is not done
/// is carried over, and comments name the coops that have waited longest for a turn.
pub(super) fn draft(
    series: Option<&str>,
    coops: &[String],
    derived: &Derived,
) -> Result<(String, String)> {
    let (directory, today) = (&*derived.directory, derived.today);
    let series = find_series(series, directory)?;
    let of_series =
        || directory.calls.iter().filter(|call| call.series.as_ref() == Some(&series.id));
    let last = of_series().filter_map(Call::day).max();
    let day = next_day(series, last, today)?;
    let number = of_series().filter_map(|call| call.number).max().map_or(1, |number| number + 1);
    let start = series.start.with_context(|| {
        format!("the series `{}` has no `start` in site.yaml, so its hour is unknown", series.id)
    })?;
    let start = start.strftime("%H:%M");
    let turn =
        |coop: &String| format!("  - coop: {coop}\n    about:\n    needs: []\n    offers: []\n");
    let turns: String = match coops {
        [] => "turns: []\n".to_owned(),
        coops => format!("turns:\n{}", coops.iter().map(turn).collect::<String>()),
    };
    let text = format!(
        "---\nseries: {}\nnumber: {number}\nstart: {day}T{start}\n{}status: planned\ncreated: {today}\n\
         facilitator:         # a coop\nnote_taker:          # a coop\n{turns}{}matches: []\ndecisions: []\n\
         {}---\n",
        series.id,
        lines(&series.settled()),
        waiting(derived, coops, day),
        open_actions(derived, &series.id),
    );
    Ok((EntryKind::Call.file(&format!("{}.md", id(directory, series, day))), text))
}

/// The next day of a series by its rule, after its last call.
fn next_day(series: &Series, last: Option<Date>, today: Date) -> Result<Date> {
    let id = &series.id;
    if series.recurrence.is_none() {
        bail!("the series `{id}` has no `rrule` in site.yaml, so its next day is unknown");
    }
    let earliest = series.from.map_or(today, |from| from.max(today));
    match (series.next(earliest, last), series.until) {
        (Some(day), _) => Ok(day),
        (None, Some(until)) => bail!(
            "the series `{id}` has no further call: it ends on {until}, by `until` in site.yaml"
        ),
        (None, None) => bail!("the rule of the series has no further day"),
    }
}

/// Fields, each on a line.
fn lines(fields: &[(&str, String)]) -> String {
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    lines.concat()
}

fn find_series<'a>(named: Option<&str>, directory: &'a Directory) -> Result<&'a Series> {
    match (named, directory.site.series.as_slice()) {
        (_, []) => bail!("site.yaml names no series of calls; add one under `calls`"),
        (Some(id), _) => {
            directory.site.series(id).with_context(|| no_series(id, &directory.site.series))
        }
        (None, [series]) => Ok(series),
        (None, _) => bail!("say which series: `ayni new call ID`, one of `calls` in site.yaml"),
    }
}

fn no_series(id: &str, series: &[Series]) -> String {
    let ids = || series.iter().map(|series| series.id.as_str());
    let by_title = || series.iter().find(|it| fold(&it.title) == fold(id)).map(|it| it.id.as_str());
    let hint = match by_title().or_else(|| nearest(id, ids())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let ids: Vec<String> = ids().map(|id| format!("`{id}`")).collect();
            format!("site.yaml has {}", ids.join(", "))
        }
    };
    format!("there is no series of calls `{id}`; {hint}")
}

/// The month, with the series where there are several; the day where that is taken.
fn id(directory: &Directory, series: &Series, day: Date) -> String {
    let id = match directory.site.series.len() {
        1 => day.strftime("%Y-%m").to_string(),
        _ => {
            let series = file_names::cut(series.id.as_str(), file_names::LONGEST_MADE_ID);
            format!("{series}-{}", day.strftime("%Y-%m"))
        }
    };
    let taken = directory.calls.iter().any(|call| call.entry.slug.as_str() == id);
    if taken { day.strftime("%Y-%m-%d").to_string() } else { id }
}

/// Comments on whom to invite.
fn waiting(derived: &Derived, coming: &[String], day: Date) -> String {
    let slug = |it: &Waiting| derived.directory[it.coop].entry.slug.as_str();
    let line = |it: Waiting| {
        let since = it.last.map_or("never in a call".to_owned(), |day| format!("last on {day}"));
        let (needs, offers) =
            (report::plural(it.needs, "need"), report::plural(it.offers, "offer"));
        format!("#   {}: {since}, {needs}, {offers}\n", slug(&it))
    };
    let others = agenda::waiting(derived, day).into_iter();
    let others = others.filter(|it| !coming.iter().any(|coop| coop == slug(it)));
    let (never, long): (Vec<Waiting>, Vec<Waiting>) = others.partition(|it| it.last.is_none());
    // Of many who never came, none hide those who came once and stay away.
    let of_never = never.len().min(WAITING - long.len().min(WAITING / 2));
    let shown = never.into_iter().take(of_never).chain(long.into_iter().take(WAITING - of_never));
    let lines: Vec<String> = shown.map(line).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "# On {}, when this file was made, these had waited longest for a turn:\n{}",
            derived.today,
            lines.concat()
        ),
    }
}

/// What was not done since earlier calls, carried over.
fn open_actions(derived: &Derived, series: &Slug) -> String {
    let is_asked = |history: &&History| history.series.as_ref() == Some(series);
    let open = derived.actions().open().filter(is_asked);
    match open.map(|history| carried(&derived.directory, history)).collect::<String>() {
        none if none.is_empty() => "actions: []\n".to_owned(),
        actions => format!("actions:\n{actions}"),
    }
}

/// An action as the next call names it. Who agreed to be named in one call agreed to it here.
fn carried(directory: &Directory, history: &History) -> String {
    let (call, at) = history.last();
    let what = quoted(&directory[call].actions[at].what);
    let due = history.due.map(|due| format!("    due: {due}\n")).unwrap_or_default();
    let who = match &history.owner {
        Some(Person::Coop(coop)) => format!("    who: {}\n", directory[*coop].entry.slug),
        Some(Person::Named(name)) => {
            format!("    who: {{name: {}, consent: true}}\n", quoted(name))
        }
        Some(Person::Unnamed) | None => String::new(),
    };
    format!("  - id: {}\n    what: {what}\n{who}{due}", history.id)
}
