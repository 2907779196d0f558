//! `ayni check`: reports everything that is wrong with the content.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::terminal::{self, say};
use super::{Context, Outcome, report};

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
    let sources = crate::edge::disk::read(&context.site, None)?;
    let prepared = crate::prepare_all(sources, &context.options()?, None);
    match arguments.format {
        Format::Human => {
            report::problems(&prepared);
            if prepared.problems.is_empty() {
                let directory = &prepared.plan.derived.directory;
                let entries = report::plural(directory.ids().count(), "entry");
                say!("{}, no problems", entries);
            }
        }
        Format::Json => {
            terminal::json(&report::data(&prepared.sources, &prepared.problems))?;
        }
    }
    let denied = arguments.deny.is_some() && !prepared.problems.is_empty();
    Ok(if prepared.has_errors() || denied { Outcome::ContentErrors } else { Outcome::Fine })
}
