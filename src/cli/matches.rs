//! `ayni match`: shows which needs and offers fit, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::context::{Context, Outcome};
use super::terminal::{self, data, say};
use super::{evaluate, explain, named, report, rings, waiting};
use crate::content::record::EntryKind;
use crate::content::values::MatchStatus;
use crate::derived::introductions::{self, Introductions};
use crate::derived::matching::{Match, Reason, Shared, SharedWord};
use crate::derived::{Derived, calls};
use crate::directory::Directory;
use crate::directory::ids::{CallId, CoopId, EntryId};

#[derive(Args)]
pub(super) struct Arguments {
    /// Only matches of this need, offer or coop; of a call, as with --call
    id: Option<String>,
    /// A fair choice of introductions among the coops that send a delegate to this call
    #[arg(long, value_name = "ID")]
    call: Option<String>,
    /// With --call: every match among those coops, also those that people decided on
    #[arg(long, conflicts_with = "rings")]
    all: bool,
    /// Circles of coops in which each gives what the next needs, instead of pairs
    #[arg(long)]
    rings: bool,
    /// At most this many offers for each need; with --call, introductions for each coop (if absent,
    /// 2); with --rings, rings
    #[arg(long, value_name = "N", value_parser = super::context::number::<usize>, allow_negative_numbers = true)]
    pub(super) limit: Option<usize>,
    /// Print an array for programs
    #[arg(long)]
    pub(super) json: bool,
    /// How well offers are ranked, beside what people judged: a file of `NEED: {OFFER: 2}`
    #[arg(long, value_name = "FILE", conflicts_with_all = OF_LISTS)]
    evaluate: Option<PathBuf>,
    /// Everything that speaks for a pair and against it, also for one that is not suggested
    #[arg(
        long,
        value_names = ["NEED", "OFFER"],
        num_args = 2,
        conflicts_with_all = OF_LISTS,
        conflicts_with = "evaluate"
    )]
    explain: Option<Vec<String>>,
    /// Introductions that wait for an answer, the newest first, with the command to say it; then those that
    /// are over
    #[arg(long, conflicts_with_all = ["rings", "all", "limit", "evaluate", "explain"])]
    waiting: bool,
    /// With --waiting: write that nothing came of those that have waited for so long, after asking: 90d, 6m
    /// or 1y
    #[arg(long, value_name = "AGE", requires = "waiting", conflicts_with = "json", value_parser = waiting::age)]
    pub(super) lapse_after: Option<waiting::Age>,
    /// With --lapse-after: write without asking
    #[arg(long, requires = "lapse_after")]
    pub(super) yes: bool,
}

/// Arguments that say something of a list, and nothing where none is printed.
const OF_LISTS: [&str; 5] = ["id", "call", "all", "rings", "limit"];

/// Prints matches, best first.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let Some(prepared) = context.prepare_for_the_network()? else {
        return Ok(Outcome::ContentErrors);
    };
    let derived = &prepared.plan.derived;
    let directory = &derived.directory;
    if let Some(file) = &arguments.evaluate {
        return evaluate::run(derived, file, arguments.json);
    }
    if let Some(pair) = &arguments.explain {
        return explain::run(derived, pair, arguments.json);
    }
    let wanted = Wanted::new(directory, arguments)?;
    if arguments.waiting {
        return waiting::run(context, arguments, &prepared, &wanted);
    }
    if arguments.rings {
        return rings::print(derived, arguments, &wanted);
    }
    if arguments.all && wanted.call.is_none() {
        bail!("`--all` lists all matches among the coops of a call; say which call with `--call`");
    }
    let introductions = match wanted.call {
        Some(call) => introductions(derived, call, arguments),
        None => Introductions::default(),
    };
    let mut found: Vec<&Match> = match (wanted.call, arguments.all) {
        (Some(_), false) => introductions.fair().collect(),
        (Some(_), true) => everything_among(derived, &introductions),
        (None, _) => derived.matches().list.iter().collect(),
    };
    found.retain(|it| wanted.includes(directory, it));
    let is_fair_choice = wanted.call.is_some() && !arguments.all;
    if let Some(limit) = arguments.limit.filter(|_| !is_fair_choice) {
        let mut taken = BTreeMap::new();
        found.retain(|it| {
            let count = taken.entry(it.need).or_insert(0);
            *count += 1;
            *count <= limit
        });
    }
    if arguments.json {
        let rows: Vec<Row<'_>> = found.iter().map(|it| row(directory, it)).collect();
        terminal::json(&rows)?;
    } else {
        table(derived, &found);
    }
    Ok(Outcome::Fine)
}

/// What was asked for on the command line.
pub(super) struct Wanted {
    /// Only pairs with one of these needs, offers and coops.
    named: Option<Vec<EntryId>>,
    /// Only pairs of the coops that send a delegate to this call.
    call: Option<CallId>,
    present: BTreeSet<CoopId>,
    /// Those that can say in the call what came of an introduction.
    asked: BTreeSet<CoopId>,
}

impl Wanted {
    fn new(directory: &Directory, arguments: &Arguments) -> Result<Wanted> {
        let named = arguments.id.as_deref().map(|text| pairs_named(directory, text)).transpose()?;
        let is_call = |id: &EntryId| match id {
            EntryId::Call(call) => Some(*call),
            _ => None,
        };
        let named_call = named.iter().flatten().find_map(is_call);
        let call =
            arguments.call.as_deref().map(|text| named::call(directory, text)).transpose()?;
        if call.is_some() && named_call.is_some() {
            bail!("say the call once: as `--call ID`, or as `ayni match ID`");
        }
        let call = call.or(named_call);
        Ok(Wanted {
            named: named.filter(|_| named_call.is_none()),
            call,
            present: call
                .map(|call| introductions::delegates(&directory[call]))
                .unwrap_or_default(),
            asked: call.map(|call| calls::asked(&directory[call])).unwrap_or_default(),
        })
    }

    pub(super) fn is_of_call(&self) -> bool {
        self.call.is_some()
    }

    pub(super) fn includes(&self, directory: &Directory, found: &Match) -> bool {
        let coops = directory.sides(found.need, found.offer);
        let is_present = |coop: &CoopId| self.call.is_none() || self.present.contains(coop);
        coops.iter().all(is_present) && self.names(coops, found)
    }

    /// The same, but that one of the two in the call is enough: it can say what came of it.
    pub(super) fn concerns(&self, directory: &Directory, found: &Match) -> bool {
        let coops = directory.sides(found.need, found.offer);
        let is_asked = self.call.is_none() || coops.iter().any(|coop| self.asked.contains(coop));
        is_asked && self.names(coops, found)
    }

    fn names(&self, coops: [CoopId; 2], found: &Match) -> bool {
        let is_named = |id: &EntryId| match id {
            EntryId::Need(id) => *id == found.need,
            EntryId::Offer(id) => *id == found.offer,
            EntryId::Coop(id) => coops.contains(id),
            EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => false,
        };
        let named = self.named.as_ref();
        named.is_none_or(|named| named.iter().any(is_named))
    }
}

/// What an argument names of which there are pairs; several entries may have one id or title.
fn pairs_named(directory: &Directory, text: &str) -> Result<Vec<EntryId>> {
    let kinds = [EntryKind::Need, EntryKind::Offer, EntryKind::Coop, EntryKind::Call];
    match directory.find_all(&kinds, text) {
        none if none.is_empty() => Ok(vec![directory.find(&kinds, text)?]),
        found => Ok(found),
    }
}

fn introductions(derived: &Derived, call: CallId, arguments: &Arguments) -> Introductions {
    let limit = arguments.limit.unwrap_or(introductions::LIMIT);
    derived.introductions_of(&[call], limit).remove(&call).unwrap_or_default()
}

/// Every pair that fits among those present, and every pair that people decided on; best first.
fn everything_among<'a>(derived: &'a Derived, introductions: &'a Introductions) -> Vec<&'a Match> {
    let decided = derived.matches().list.iter().filter(|it| it.status.is_some());
    let mut all: Vec<&Match> = introductions.pairs.iter().chain(decided).collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all
}

#[derive(Serialize)]
pub(super) struct Row<'a> {
    need: &'a str,
    offer: &'a str,
    score: f64,
    status: &'static str,
    reasons: Vec<ReasonRow>,
}

#[derive(Serialize)]
pub(super) struct ReasonRow {
    evidence: &'static str,
    weight: f64,
    shared: Value,
}

pub(super) fn row<'a>(directory: &'a Directory, found: &Match) -> Row<'a> {
    Row {
        need: directory[found.need].entry.slug.as_str(),
        offer: directory[found.offer].entry.slug.as_str(),
        score: rounded(found.score),
        status: status(found),
        reasons: found.reasons.iter().map(|it| reason_row(directory, it)).collect(),
    }
}

/// The status that people gave a match; without one it is suggested.
fn status(found: &Match) -> &'static str {
    found.status.map_or("suggested", MatchStatus::as_str)
}

/// A reason for programs.
pub(super) fn reason_row(directory: &Directory, reason: &Reason) -> ReasonRow {
    ReasonRow {
        evidence: reason.evidence.as_str(),
        weight: rounded(reason.weight),
        shared: shared(directory, &reason.shared),
    }
}

/// A number with three places.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// What two sides share, as plain ids.
fn shared(directory: &Directory, shared: &Shared) -> Value {
    match shared {
        Shared::Topics(pairs) => pairs
            .iter()
            .map(|(needed, offered)| {
                json!([directory[*needed].slug.as_str(), directory[*offered].slug.as_str()])
            })
            .collect(),
        Shared::Words(words) => {
            words.iter().map(|word| json!([word.needed, word.offered])).collect()
        }
        Shared::Languages(languages) => languages.iter().map(|it| json!(it.as_str())).collect(),
        Shared::Kinds(need, offer) => json!([need.as_str(), offer.as_str()]),
        Shared::Country(country) => json!(country.as_str()),
        Shared::Dates { from, until } => {
            json!({"from": from.map(|it| it.to_string()), "until": until.map(|it| it.to_string())})
        }
        Shared::Basis(basis) => basis.iter().map(|it| json!(it.as_str())).collect(),
        Shared::Nothing => Value::Null,
    }
}

fn table(derived: &Derived, found: &[&Match]) {
    if found.is_empty() {
        say!("no matches");
        return;
    }
    let directory = &derived.directory;
    for it in found {
        let (need, offer) = (&directory[it.need], &directory[it.offer]);
        let score = format!("{:3.0}", it.score * 100.0);
        data!("{}  {:<10}  {}", score, status(it), need.entry.slug);
        data!("{:17}{}", "", offer.entry.slug);
        let why: Vec<String> =
            it.reasons.iter().map(|reason| in_words(directory, reason)).collect();
        data!("{:17}because: {}", "", why.join("; "));
    }
    say!("{}", report::plural(found.len(), "match"));
}

/// A reason in one line.
pub(super) fn in_words(directory: &Directory, reason: &Reason) -> String {
    let shared = match &reason.shared {
        Shared::Topics(pairs) => {
            let topics: Vec<&str> =
                pairs.iter().map(|(_, offered)| directory[*offered].slug.as_str()).collect();
            topics.join(", ")
        }
        Shared::Words(words) => words.iter().map(one_or_both).collect::<Vec<_>>().join(", "),
        Shared::Languages(languages) => {
            languages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Shared::Kinds(need, offer) if need == offer => need.as_str().to_owned(),
        Shared::Kinds(need, offer) => format!("{} ~ {}", need.as_str(), offer.as_str()),
        Shared::Country(country) => country.to_string(),
        Shared::Dates { from, until } => {
            let day = |date: &Option<jiff::civil::Date>| {
                date.map(|it| it.to_string()).unwrap_or_default()
            };
            format!("{}…{}", day(from), day(until))
        }
        Shared::Basis(basis) => basis.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "),
        Shared::Nothing => String::new(),
    };
    let evidence = reason.evidence.as_str();
    if shared.is_empty() { evidence.to_owned() } else { format!("{evidence} ({shared})") }
}

/// A shared word once where both sides write it alike.
fn one_or_both(word: &SharedWord) -> String {
    match word.needed.to_lowercase() == word.offered.to_lowercase() {
        true => word.needed.clone(),
        false => format!("{} ~ {}", word.needed, word.offered),
    }
}
