//! `ayni match`: shows which needs and offers fit, and why.

use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Context, Outcome, report};
use crate::content::values::{MatchStatus, Slug};
use crate::derived::Derived;
use crate::derived::matching::{Match, Reason, Shared};
use crate::directory::Directory;
use crate::directory::edition::{Drafts, Edition};
use crate::directory::ids::{CallId, CoopId};

#[derive(Args)]
pub struct Arguments {
    /// Only matches of this need, offer or coop, or among the coops of this call
    id: Option<String>,
    /// Only matches among the coops of this call
    #[arg(long, value_name = "ID")]
    call: Option<String>,
    /// At most this many for each need
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print an array for programs
    #[arg(long)]
    json: bool,
}

/// Prints matches, best first.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let mut options = context.options()?;
    options.edition = Edition::Network;
    options.drafts = Drafts::Withheld;
    let prepared = context.prepare(&options)?;
    if prepared.has_errors() {
        report::problems(&prepared);
        return Ok(Outcome::ContentErrors);
    }
    let derived = &prepared.plan.derived;
    let directory = &derived.directory;
    let mut found: Vec<&Match> = derived.matches().list.iter().collect();
    let is_call = |id: &&String| directory.calls.iter().any(|it| it.entry.slug.as_str() == **id);
    let id_of_call = arguments.id.as_ref().filter(is_call);
    if let Some(id) = arguments.id.as_ref().filter(|id| !is_call(id)) {
        let of_id = named(directory, id)?;
        found.retain(|it| of_id.includes(directory, it));
    }
    if let Some(id) = arguments.call.as_ref().or(id_of_call) {
        let present = delegates(directory, id)?;
        let is_present = |coop: CoopId| present.contains(&coop);
        found.retain(|it| {
            is_present(directory[it.need].terms.coop) && is_present(directory[it.offer].terms.coop)
        });
    }
    if let Some(limit) = arguments.limit {
        let mut taken = std::collections::BTreeMap::new();
        found.retain(|it| {
            let count = taken.entry(it.need).or_insert(0);
            *count += 1;
            *count <= limit
        });
    }
    if arguments.json {
        let rows: Vec<Row<'_>> = found.iter().map(|it| row(directory, it)).collect();
        anstream::println!("{}", serde_json::to_string_pretty(&rows)?);
    } else {
        table(derived, &found);
    }
    Ok(Outcome::Fine)
}

/// The entries that an id on the command line names; there may be one of each kind.
struct Named {
    id: String,
}

impl Named {
    fn includes(&self, directory: &Directory, found: &Match) -> bool {
        let (need, offer) = (&directory[found.need], &directory[found.offer]);
        let coops = [need.terms.coop, offer.terms.coop].map(|coop| &directory[coop].entry);
        [&need.entry, &offer.entry, coops[0], coops[1]].iter().any(|entry| {
            entry.slug.as_str() == self.id
                || entry.aliases.iter().any(|alias| alias.as_str() == self.id)
        })
    }
}

fn named(directory: &Directory, id: &str) -> Result<Named> {
    let id = id.rsplit('/').next().unwrap_or(id);
    let names = directory.ids().flat_map(|entry| {
        let entry = &directory[entry];
        std::iter::once(&entry.slug).chain(&entry.aliases)
    });
    let mut known: Vec<&str> = names.map(Slug::as_str).collect();
    known.sort_unstable();
    if !known.contains(&id) {
        match crate::diagnostic::nearest(id, known) {
            Some(near) => bail!("there is no need, offer or coop `{id}`; did you mean `{near}`?"),
            None => bail!("there is no need, offer or coop `{id}`"),
        }
    }
    Ok(Named { id: id.to_owned() })
}

fn delegates(directory: &Directory, id: &str) -> Result<Vec<CoopId>> {
    let calls = (0..).map(CallId).zip(&directory.calls);
    let Some((_, call)) = calls.into_iter().find(|(_, call)| call.entry.slug.as_str() == id) else {
        let known: Vec<&str> =
            directory.calls.iter().map(|call| call.entry.slug.as_str()).collect();
        match crate::diagnostic::nearest(id, known) {
            Some(near) => bail!("there is no call `{id}`; did you mean `{near}`?"),
            None => bail!("there is no call `{id}`"),
        }
    };
    Ok(call.turns.iter().map(|turn| turn.coop).collect())
}

#[derive(Serialize)]
struct Row<'a> {
    need: &'a str,
    offer: &'a str,
    score: f64,
    status: &'static str,
    reasons: Vec<ReasonRow>,
}

#[derive(Serialize)]
struct ReasonRow {
    evidence: &'static str,
    weight: f64,
    shared: Value,
}

fn row<'a>(directory: &'a Directory, found: &Match) -> Row<'a> {
    let reason = |reason: &Reason| ReasonRow {
        evidence: reason.evidence.as_str(),
        weight: rounded(reason.weight),
        shared: shared(directory, &reason.shared),
    };
    Row {
        need: directory[found.need].entry.slug.as_str(),
        offer: directory[found.offer].entry.slug.as_str(),
        score: rounded(found.score),
        status: found.status.map_or("suggested", MatchStatus::as_str),
        reasons: found.reasons.iter().map(reason).collect(),
    }
}

fn rounded(number: f64) -> f64 {
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
        Shared::Words(words) => json!(words),
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
        anstream::eprintln!("no matches");
        return;
    }
    let directory = &derived.directory;
    for it in found {
        let (need, offer) = (&directory[it.need], &directory[it.offer]);
        let status = it.status.map_or("suggested", |status| status.as_str());
        let score = format!("{:3.0}", it.score * 100.0);
        anstream::println!("{score}  {:<10}  {}", status, need.entry.slug);
        anstream::println!("{:17}{}", "", offer.entry.slug);
        let why: Vec<String> =
            it.reasons.iter().map(|reason| in_words(directory, reason)).collect();
        anstream::println!("{:17}because: {}", "", why.join("; "));
    }
    anstream::eprintln!("{}", report::plural(found.len(), "match"));
}

fn in_words(directory: &Directory, reason: &Reason) -> String {
    let shared = match &reason.shared {
        Shared::Topics(pairs) => {
            let topics: Vec<&str> =
                pairs.iter().map(|(_, offered)| directory[*offered].slug.as_str()).collect();
            topics.join(", ")
        }
        Shared::Words(words) => words.join(", "),
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
