//! `ayni check`: reports everything that is wrong with the content.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::terminal::{self, say};
use super::{Context, Outcome, report};
use crate::Prepared;
use crate::diagnostic::Diagnostic;
use crate::edge::{disk, tracked};

#[derive(Args)]
pub struct Arguments {
    /// How to report
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With excerpts, for people, on stderr
    Human,
    /// An array of problems, for programs, on stdout
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too make the command fail
    Warnings,
}

/// Reports the problems of all content, in every edition, with and without drafts.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let sources = disk::read(&context.site, None)?;
    let mut prepared = crate::prepare_all(sources, &context.options()?, None);
    prepared.add_problems(disk::links(&context.site)?);
    let on_the_way = links_on_planned_paths(context, &prepared)?;
    prepared.add_problems(on_the_way);
    prepared.add_problems(tracked::problem(&context.site)?);
    if !prepared.has_errors() && !disk::has_content(&context.site)? {
        say!("the folder content/ is not there, so there are no entries");
    }
    match arguments.format {
        Format::Human => {
            for path in &prepared.records.readmes {
                say!("{} is no entry, as it has no fields; it is not read", path);
            }
            report::problems(&prepared);
            if prepared.problems().is_empty() {
                let entries = prepared.records.entries.iter();
                let entries = entries.filter(|record| record.translation.is_none()).count();
                let entries = report::plural(entries, "entry");
                say!("{}, no problems", entries);
            }
        }
        Format::Json => {
            terminal::json(&report::data(&prepared.sources, prepared.problems()))?;
        }
    }
    let denied = arguments.deny.is_some() && !prepared.problems().is_empty();
    Ok(if prepared.has_errors() || denied { Outcome::ContentErrors } else { Outcome::Fine })
}

/// Links in the output folder that a build would have to write through.
fn links_on_planned_paths(context: &Context, prepared: &Prepared) -> Result<Vec<Diagnostic>> {
    let links = disk::links_in_output(&context.site)?;
    if links.is_empty() || prepared.has_errors() {
        return Ok(Vec::new());
    }
    let planned: BTreeSet<String> =
        prepared.plan.all().iter().map(|planned| planned.path.file()).collect();
    let is_planned = |link: &&String| {
        let below = format!("{link}/");
        let first = planned.range(below.clone()..).next();
        planned.contains(*link) || first.is_some_and(|path| path.starts_with(&below))
    };
    Ok(links.iter().filter(is_planned).map(|link| disk::link_in_output(link)).collect())
}
