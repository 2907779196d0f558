//! Commands, one file each. The only folder that prints: data to stdout, talk to stderr.

mod build;
mod call;
mod check;
mod evaluate;
mod explain;
mod init;
mod lsp;
mod matches;
mod new;
mod record;
mod rings;
mod schema;
mod serve;

mod asking;
mod checked;
mod context;
mod named;
mod new_call;
mod new_file;
mod pad_file;
mod progress;
pub mod report;
mod terminal;
mod tips;
mod waiting;

pub use context::Outcome;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use context::{Context, date};

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
    /// Print what can be written into a file, as JSON Schema
    Schema(schema::Arguments),
    /// Help an editor while you write: complete, explain and check
    Lsp(lsp::Arguments),
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
        Command::Schema(arguments) => schema::run(&context, arguments),
        Command::Lsp(arguments) => lsp::run(&context, arguments),
    }
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
