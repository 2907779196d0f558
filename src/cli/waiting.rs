//! `ayni match --waiting`: introductions of which nobody has said what came of them, and letting old ones lapse.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use super::context::{Context, Outcome};
use super::matches::{Arguments, Wanted};
use super::terminal::{self, data, prompt, say};
use super::{asking, report};
use crate::Prepared;
use crate::content::record::EntryKind;
use crate::content::rewriting;
use crate::content::values::MatchStatus;
use crate::content::yaml::Value;
use crate::content::yaml_text::{self, text};
use crate::derived::matching::Match;
use crate::derived::standing::{OVER, Standing};
use crate::directory::former::Over;
use crate::directory::ids::CoopId;
use crate::edge::together::{self, Before, Change};

/// How long an introduction has waited, on the command line: `90d`, `6m`, `1y`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Age(Span);

/// Reads an age.
pub(super) fn age(text: &str) -> Result<Age, String> {
    let read = || {
        let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let number: i32 = digits.parse().ok().filter(|it| (1..=999).contains(it))?;
        let is_written_so = digits.bytes().all(|byte| byte.is_ascii_digit());
        let span = match unit {
            "d" => Span::new().days(number),
            "w" => Span::new().weeks(number),
            "m" => Span::new().months(number),
            "y" => Span::new().years(number),
            _ => return None,
        };
        is_written_so.then_some(Age(span))
    };
    read().ok_or_else(|| {
        "write days, weeks, months or years, as in `90d`, `26w`, `6m` or `1y`".to_owned()
    })
}

/// Prints them, or lets old ones lapse.
pub(super) fn run(
    context: &Context,
    arguments: &Arguments,
    prepared: &Prepared,
    wanted: &Wanted,
) -> Result<Outcome> {
    let derived = &*prepared.plan.derived;
    let lists = derived.match_lists();
    let found = |at: &u32| &derived.matches().list[*at as usize];
    let is_wanted = |it: &&Match| wanted.concerns(&derived.directory, it);
    let waiting: Vec<&Match> = lists.waiting().iter().map(found).filter(is_wanted).collect();
    let over = lists.over().iter().map(found).filter(is_wanted);
    if let Some(age) = arguments.lapse_after {
        tell_of_over(over.count());
        return let_lapse(context, prepared, &waiting, (age, arguments.yes));
    }
    let rows: Vec<Row<'_>> =
        waiting.iter().copied().chain(over).map(|it| row(prepared, it)).collect();
    if arguments.json {
        terminal::json(&rows)?;
        return Ok(Outcome::Fine);
    }
    rows.iter().for_each(print);
    let wait = if waiting.len() == 1 { "waits" } else { "wait" };
    let ended = rows.len() - waiting.len();
    let are = if ended == 1 { "is" } else { "are" };
    say!(
        "{} {} for an answer; {} {} over",
        report::plural(waiting.len(), "introduction"),
        wait,
        ended,
        are
    );
    Ok(Outcome::Fine)
}

/// What has ended for one side is in no list of those that wait, and so does not lapse either.
fn tell_of_over(count: usize) {
    let (are, them) = if count == 1 { ("is", "it") } else { ("are", "them") };
    if count > 0 {
        say!(
            "{} {} over, since one side has ended: nobody has to answer {}",
            report::plural(count, "introduction"),
            are,
            them
        );
    }
}

#[derive(Serialize)]
struct Row<'a> {
    need: &'a str,
    offer: &'a str,
    since: Option<String>,
    introduced_in: Option<&'a str>,
    /// `waiting` or `over`.
    standing: &'static str,
    /// Why it is over.
    why: Option<&'static str>,
    #[serde(skip)]
    sides: [String; 2],
    /// How to say what came of it.
    #[serde(skip)]
    how: Vec<String>,
}

fn row<'a>(prepared: &'a Prepared, found: &Match) -> Row<'a> {
    let derived = &prepared.plan.derived;
    let directory = &derived.directory;
    let (need, offer) = (&directory[found.need], &directory[found.offer]);
    let over = derived.over(found).map(Over::in_words);
    let coop = |id: CoopId| &directory[id].entry.title;
    let pair = directory.match_id(found.need, found.offer);
    let path = path(prepared, found);
    let introduced_in = found.introduced_in(derived.today);
    Row {
        need: need.entry.slug.as_str(),
        offer: offer.entry.slug.as_str(),
        since: found.since.map(|day| day.to_string()),
        introduced_in: introduced_in.map(|call| directory[call].entry.slug.as_str()),
        standing: match derived.standing(found) {
            Some(Standing::Over(_)) => OVER,
            _ => "waiting",
        },
        why: over,
        sides: [
            format!("{} needs: {}", coop(need.terms.coop), need.entry.title),
            format!("{} offers: {}", coop(offer.terms.coop), offer.entry.title),
        ],
        how: match prepared.sources.text(&path) {
            Some(_) => vec![format!("say what came of it in {path}")],
            None => [MatchStatus::Agreed, MatchStatus::Lapsed]
                .map(|status| format!("ayni new match {pair} --status {}", status.as_str()))
                .into(),
        },
    }
}

fn print(row: &Row<'_>) {
    let since = row.since.as_deref().unwrap_or("no day    ");
    data!("{}  {}--{}", since, row.need, row.offer);
    row.sides.iter().for_each(|side| data!("{:12}{}", "", side));
    match (row.why, row.introduced_in) {
        (Some(why), _) => data!("{:12}over: {}", "", why),
        (None, Some(call)) => data!("{:12}introduced in the call {}", "", call),
        (None, None) => {}
    }
    row.how.iter().for_each(|how| data!("{:12}{}", "", how));
}

/// Where what people decided about a pair is written.
fn path(prepared: &Prepared, found: &Match) -> String {
    let directory = &prepared.plan.derived.directory;
    match found.decision {
        Some(id) => directory[id].entry.text.record.path.to_string(),
        None => {
            let id = directory.match_id(found.need, found.offer);
            EntryKind::Match.file(&format!("{id}.md"))
        }
    }
}

/// The file in which an introduction lapses.
struct Lapse {
    path: String,
    text: String,
    /// What the file says so far, where it is there.
    old: Option<String>,
    /// Since when the two waited, and who they are.
    who: String,
    /// The lines that are new.
    lines: Vec<String>,
}

impl Lapse {
    fn change(&self) -> Change<'_> {
        let before = self.old.as_deref().map_or(Before::Nothing, Before::Text);
        Change { path: &self.path, text: &self.text, before }
    }
}

/// Writes of those that have waited for longer that nothing came of them: all, or none.
fn let_lapse(
    context: &Context,
    prepared: &Prepared,
    waiting: &[&Match],
    (age, yes): (Age, bool),
) -> Result<Outcome> {
    let today = prepared.plan.derived.today;
    let limit = today.checked_sub(age.0).context("that is before all calendars")?;
    let undated = waiting.iter().filter(|it| it.since.is_none()).count();
    if undated > 0 {
        say!(
            "{}: nobody knows since when; say what came of each yourself",
            report::plural(undated, "introduction")
        );
    }
    let old: Vec<&&Match> =
        waiting.iter().filter(|it| it.since.is_some_and(|since| since <= limit)).collect();
    let mut files: Vec<Lapse> = Vec::new();
    for found in &old {
        files.extend(lapse(prepared, found, today)?);
    }
    if files.is_empty() {
        say!("No introduction has waited since {} or longer; nothing to write.", limit);
        return Ok(Outcome::Fine);
    }
    files.iter().for_each(show);
    if !yes && !asking::can_ask() {
        say!(
            "Nothing was written: there is nobody to ask. Add `--yes` to write {}.",
            report::plural(files.len(), "file")
        );
        return Ok(Outcome::ContentErrors);
    }
    if !yes && !asking::confirm(files.len()) {
        say!("Nothing was written.");
        return Ok(Outcome::ContentErrors);
    }
    write(context, prepared, &files)
}

/// What is written, or what is there and says otherwise.
fn lapse(prepared: &Prepared, found: &Match, today: Date) -> Result<Option<Lapse>> {
    let directory = &prepared.plan.derived.directory;
    let path = path(prepared, found);
    let call = found.introduced_in(today).map(|call| directory[call].entry.slug.as_str());
    let who = row(prepared, found);
    let who =
        format!("since {}: {}; {}", who.since.unwrap_or_default(), who.sides[0], who.sides[1]);
    let status = ("status", text(MatchStatus::Lapsed.as_str()));
    let updated = ("updated", text(today.to_string()));
    let introduced = call.map(|call| ("introduced_in", text(call)));
    let there = prepared.sources.text(&path);
    let (old, text) = match (found.decision, there) {
        (Some(id), Some(there)) => {
            let record = &directory[id].entry.text.record;
            let says =
                record.front.field("introduced_in").is_some_and(|it| it.value != Value::Null);
            let introduced = introduced.filter(|_| !says);
            let changes: Vec<_> = [status, updated].into_iter().chain(introduced).collect();
            let changed = rewriting::with_fields(there, &record.front, &changes, &[]);
            let changed = changed.with_context(|| {
                format!("{path} cannot be changed: write each of its fields on a line of its own")
            })?;
            (Some(there.to_owned()), changed.text)
        }
        (None, Some(_)) => {
            say!("{} is there and not for the network; it stays as it is", path);
            return Ok(None);
        }
        (_, None) => {
            let (need, offer) = (&directory[found.need], &directory[found.offer]);
            let sides = [("need", need.entry.slug.as_str()), ("offer", offer.entry.slug.as_str())];
            let sides = sides.map(|(name, id)| (name, text(id)));
            let created = ("created", text(today.to_string()));
            let last = introduced.into_iter().chain([created, updated]);
            let fields = sides.into_iter().chain([status]).chain(last);
            let fields: String =
                fields.map(|(name, value)| yaml_text::field(name, &value)).collect();
            (None, format!("---\n{fields}---\n"))
        }
    };
    let known: BTreeSet<&str> = there.unwrap_or_default().lines().collect();
    let new = text.lines().filter(|line| *line != "---" && !known.contains(line));
    let lines = new.map(str::to_owned).collect();
    Ok(Some(Lapse { path, text, old, who, lines }))
}

fn show(file: &Lapse) {
    let what = if file.old.is_none() { "new" } else { "changed" };
    prompt!("{} ({}), {}\n", file.path, what, file.who);
    file.lines.iter().for_each(|line| prompt!("  | {}\n", line));
}

/// Writes them together, once it is known that the directory has no error with them.
fn write(context: &Context, prepared: &Prepared, files: &[Lapse]) -> Result<Outcome> {
    let mut sources = prepared.sources.clone();
    for file in files {
        sources.texts.insert(file.path.as_str().into(), file.text.as_str().into());
    }
    let after = crate::prepare(sources, &prepared.options, Some(prepared));
    if after.has_errors() {
        report::problems(&after);
        say!("Nothing was written.");
        return Ok(Outcome::ContentErrors);
    }
    let changes: Vec<Change<'_>> = files.iter().map(Lapse::change).collect();
    together::write(&context.site, &changes)?;
    files.iter().for_each(|file| data!("{}", file.path));
    Ok(Outcome::Fine)
}
