//! Commands, one file each. The only folder that prints: data to stdout, talk to stderr.

mod build;
mod call;
mod check;
mod evaluate;
mod explain;
mod init;
mod matches;
mod new;
mod record;
mod rings;
mod serve;

mod asking;
mod named;
mod new_call;
mod pad_files;
mod progress;
pub mod report;
mod terminal;
mod waiting;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Result, anyhow};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::characters::printable_in_line;
use crate::content::attachment;
use crate::content::values::{self, Complaint, Url};
use crate::directory::edition::{Drafts, Edition};
use crate::directory::site;
use crate::edge::{clock, disk};
use crate::site::paths::LinkStyle;
use crate::{Options, Prepared};

/// The published directory of a network of cooperatives, from a folder of Markdown.
#[derive(Parser)]
#[command(name = "ayni", version, max_term_width = 100)]
struct Cli {
    /// The folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The day for which to work, instead of today
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a new directory, ready to serve
    Init(init::Arguments),
    /// Write a new entry
    New(new::Arguments),
    /// Show the site on this machine while you edit it
    Serve(serve::Arguments),
    /// Write the site to public/
    Build(build::Arguments),
    /// Report everything that is wrong with the content
    Check(check::Arguments),
    /// Show which needs and offers fit
    Match(matches::Arguments),
    /// Prepare a call, and record it
    Call(call::Arguments),
}

/// How a command ended, as its exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is fine.
    Fine,
    /// The content has errors.
    ContentErrors,
}

/// Runs the program with the arguments that it was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal::usage(error),
    };
    let outcome = dispatch(&cli).and_then(|outcome| terminal::finish().map(|()| outcome));
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::from(1),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: &Cli) -> Result<Outcome> {
    let context = Context { site: cli.site.clone(), today: cli.today };
    match &cli.command {
        Command::Init(arguments) => init::run(arguments),
        Command::New(arguments) => new::run(&context, arguments),
        Command::Serve(arguments) => serve::run(&context, arguments),
        Command::Build(arguments) => build::run(&context, arguments),
        Command::Check(arguments) => check::run(&context, arguments),
        Command::Match(arguments) => matches::run(&context, arguments),
        Command::Call(arguments) => call::run(&context, arguments),
    }
}

/// What every command works on.
struct Context {
    site: PathBuf,
    today: Option<Date>,
}

impl Context {
    fn today(&self) -> Result<Date> {
        self.today.map_or_else(clock::today, Ok)
    }

    /// The options of a public build of today.
    fn options(&self) -> Result<Options> {
        Ok(Options {
            base_url: None,
            style: LinkStyle::Folder,
            edition: Edition::Public,
            drafts: Drafts::Withheld,
            today: self.today()?,
        })
    }

    /// Prepares the site as the network sees it, for commands that answer members; `None` where it has
    /// errors, which are then reported.
    fn prepare_for_the_network(&self) -> Result<Option<Prepared>> {
        let options = Options { edition: Edition::Network, ..self.options()? };
        let prepared = self.prepare(&options)?;
        if prepared.has_errors() {
            report::problems(&prepared);
            return Ok(None);
        }
        Ok(Some(prepared))
    }

    /// Reads the site and prepares it.
    fn prepare(&self, options: &Options) -> Result<Prepared> {
        let sources = disk::read(&self.site, None)?;
        Ok(crate::prepare(sources, options, None))
    }
}

/// What an edition may show, on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum EditionArgument {
    /// For everybody
    Public,
    /// For the network, behind its own access control
    Network,
}

/// What `build` writes and `serve` shows of a file beside an entry. The file is looked at again, since
/// it may have changed after it was first read.
fn attachment(site: &Path, file: &str) -> Result<Vec<u8>> {
    let bytes = disk::read_file(site, file)?;
    let published = attachment::published(file, &bytes)
        .map_err(|fault| anyhow!("{file} has just become a file {}", fault.what))?;
    let without = match published {
        Cow::Borrowed(_) => None,
        Cow::Owned(without) => Some(without),
    };
    Ok(without.unwrap_or(bytes))
}

/// Arguments of commands that make pages.
#[derive(Args)]
struct SiteArguments {
    /// Where the site is published, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
    /// For whom the site is
    #[arg(long, value_enum, default_value = "public", value_name = "E")]
    edition: EditionArgument,
    /// Link to index.html files, so that the site opens without a server
    #[arg(long)]
    portable: bool,
    /// Show drafts as if they were finished
    #[arg(long)]
    drafts: bool,
}

impl SiteArguments {
    fn options(&self, context: &Context) -> Result<Options> {
        Ok(Options {
            base_url: self.base_url.clone(),
            style: if self.portable { LinkStyle::Portable } else { LinkStyle::Folder },
            edition: match self.edition {
                EditionArgument::Public => Edition::Public,
                EditionArgument::Network => Edition::Network,
            },
            drafts: if self.drafts { Drafts::Shown } else { Drafts::Withheld },
            today: context.today()?,
        })
    }
}

fn date(text: &str) -> Result<Date, String> {
    values::date(text).map_err(in_words)
}

fn base_url(text: &str) -> Result<Url, String> {
    site::base_url(text).map_err(in_words)
}

/// Reads a whole number that fits where it is asked for.
fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "it is no whole number that fits here; write digits only".to_owned())
}

fn in_words(complaint: Complaint) -> String {
    let what = complaint.what.replacen("which ", "it ", 1).replacen("whose ", "its ", 1);
    let words = match complaint.hint {
        Some(hint) => format!("{what}; {hint}"),
        None => what,
    };
    printable_in_line(&words).into_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
