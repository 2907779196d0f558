//! `ayni check`: reports everything that is wrong with the content.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{Context, Outcome, report};
use crate::directory::edition::{Drafts, Edition};

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

/// Reports the problems of all content, drafts and withheld entries too.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let mut options = context.options()?;
    options.drafts = Drafts::Shown;
    options.edition = Edition::Network;
    let prepared = context.prepare(&options)?;
    match arguments.format {
        Format::Human => {
            report::problems(&prepared);
            if prepared.problems.is_empty() {
                let directory = &prepared.plan.derived.directory;
                let entries = report::plural(directory.ids().count(), "entry");
                anstream::eprintln!("{entries}, no problems");
            }
        }
        Format::Json => {
            let reports = report::data(&prepared.sources, &prepared.problems);
            anstream::println!("{}", serde_json::to_string_pretty(&reports)?);
        }
    }
    let denied = arguments.deny.is_some() && !prepared.problems.is_empty();
    Ok(if prepared.has_errors() || denied { Outcome::ContentErrors } else { Outcome::Fine })
}
