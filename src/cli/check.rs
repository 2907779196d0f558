//! `ayni check`: reports everything that is wrong with the content.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::checked::Around;
use super::context::{Context, Outcome};
use super::report;
use super::terminal::{self, say};
use crate::content::source::Sources;
use crate::diagnostic::{Diagnostic, Fix};
use crate::edge::disk;
use crate::edge::together::{self, Before, Change};
use crate::fixing::{self, Fixed};
use crate::{Options, Prepared};

#[derive(Args)]
pub(super) struct Arguments {
    /// How to report
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// First write what the advice says where nobody has to decide anything
    #[arg(long)]
    fix: bool,
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

/// Reports the problems of all content, in every edition, with and without drafts; first it mends those that it can,
/// if it is asked to.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let sources = disk::read(&context.site, None)?;
    let options = context.options()?;
    let mut prepared = crate::prepare_all(sources, &options, None);
    let around = Around::look(&context.site)?;
    let mut gone = Vec::new();
    if arguments.fix {
        (prepared, gone) = fixed(context, prepared, &options, around.told.as_deref())?;
    }
    around.add_to(&mut prepared);
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
            let mut data = Vec::new();
            for (sources, problems) in &gone {
                data.extend(report::data(sources, problems));
            }
            data.iter_mut().for_each(|problem| problem.fixed = true);
            data.extend(report::data(&prepared.sources, prepared.problems()));
            terminal::json(&data)?;
        }
    }
    let denied = arguments.deny.is_some() && !prepared.problems().is_empty();
    Ok(if prepared.has_errors() || denied { Outcome::ContentErrors } else { Outcome::Fine })
}

/// Problems that are mended, with the texts in which they stood.
type Gone = Vec<(Sources, Vec<Diagnostic>)>;

/// Follows all mechanical advice: says what that writes, and writes it, unless a file has changed meanwhile.
fn fixed(
    context: &Context,
    before: Prepared,
    options: &Options,
    told: Option<&str>,
) -> Result<(Prepared, Gone)> {
    let (sources, problems) = (before.sources.clone(), before.problems().to_vec());
    let Fixed { prepared, gone, files } = fixing::fix(before, options, told);
    if files.is_empty() {
        say!("nothing that `--fix` can write");
        return Ok((prepared, gone));
    }
    let errors = fixing::new_errors(&problems, prepared.problems());
    if let Some(error) = errors.first() {
        bail!(
            "what `--fix` would write leads to another error ({}); nothing was written",
            error.message
        );
    }
    say!("writing into {}:", report::plural(files.len(), "file"));
    for path in &files {
        let here = gone.iter().flat_map(|(_, problems)| problems);
        let here = here.filter(|problem| problem.place.file == *path);
        for line in here.filter_map(|problem| problem.fix.as_ref()).flat_map(Fix::lines) {
            say!("  {}: {}", path, line);
        }
    }
    let change = |path| {
        let (before, text) = (sources.text(path)?, prepared.sources.text(path)?);
        Some(Change { path, text, before: Before::Text(before) })
    };
    let changes: Vec<Change> = files.iter().filter_map(|path| change(path)).collect();
    together::write(&context.site, &changes)?;
    Ok((prepared, gone))
}
