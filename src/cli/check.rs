//! `ayni check`: reports everything that is wrong with the content.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::context::{Context, Outcome};
use super::report;
use super::terminal::{self, say};
use crate::content::file_names::folder;
use crate::content::source::Sources;
use crate::diagnostic::{Diagnostic, Fix};
use crate::edge::target::Target;
use crate::edge::together::{self, Before, Change};
use crate::edge::{disk, home, told, tracked};
use crate::exchange::announced;
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
    let mut gone = Vec::new();
    if arguments.fix {
        (prepared, gone) = fixed(context, prepared, &options)?;
    }
    prepared.add_problems(disk::links(&context.site)?);
    let on_the_way = links_on_planned_paths(context, &prepared)?;
    prepared.add_problems(on_the_way);
    prepared.add_problems(tracked::problem(&context.site)?);
    let unannounced = unannounced(context, &prepared, &options)?;
    prepared.add_problems(unannounced);
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
fn fixed(context: &Context, before: Prepared, options: &Options) -> Result<(Prepared, Gone)> {
    let (sources, problems) = (before.sources.clone(), before.problems().to_vec());
    let told = told(context)?;
    let Fixed { prepared, gone, files } = fixing::fix(before, options, told.as_deref());
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

/// Changes of calls since the last build into the usual folder that calendars would not take over.
fn unannounced(
    context: &Context,
    prepared: &Prepared,
    options: &Options,
) -> Result<Vec<Diagnostic>> {
    // A call that does not say its series, or the like, is at another time only until that is mended.
    if prepared.has_errors() {
        return Ok(Vec::new());
    }
    let before = told(context)?;
    let directory = &prepared.plan.derived.directory;
    Ok(announced::compare(before.as_deref(), directory, options.today).1)
}

/// What the last build into the usual folder has told calendars.
fn told(context: &Context) -> Result<Option<String>> {
    match Target::find(&context.site, None, home::folder().as_deref()) {
        Ok(target) => told::read(&target),
        // A folder in which nothing can be built has told nobody anything.
        Err(_) => Ok(None),
    }
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
        let below = folder(link);
        let first = planned.range(below.clone()..).next();
        planned.contains(*link) || first.is_some_and(|path| path.starts_with(&below))
    };
    Ok(links.iter().filter(is_planned).map(|link| disk::link_in_output(link)).collect())
}
