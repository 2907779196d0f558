//! `ayni call`: what facilitators and note-takers do with a call.

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};

use super::context::{Context, Outcome};
use super::{named, record, terminal};
use crate::content::values::Language;
use crate::directory::Directory;
use crate::directory::site_language::SiteLanguage;
use crate::exchange::{self, Form};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the agenda of a call for a chat or a pad
    Agenda(AgendaArguments),
    /// Print an empty pad for the notes of a call
    Pad(PadArguments),
    /// Read the notes of a call into the directory
    Record(record::Arguments),
}

#[derive(Args)]
struct AgendaArguments {
    /// The call
    id: String,
    /// How it is written
    #[arg(long, value_enum, value_name = "F", default_value = "text")]
    format: FormArgument,
    /// In which of the site's languages, instead of the first
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Args)]
struct PadArguments {
    /// The call
    id: String,
    /// In which of the site's languages, instead of the first
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormArgument {
    /// For a chat
    Text,
    /// For a pad or a wiki
    Markdown,
}

/// Runs one of them.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    match &arguments.command {
        Command::Agenda(arguments) => print_agenda(context, arguments),
        Command::Pad(arguments) => print_pad(context, arguments),
        Command::Record(arguments) => record::run(context, arguments),
    }
}

fn print_agenda(context: &Context, arguments: &AgendaArguments) -> Result<Outcome> {
    let Some(prepared) = context.prepare_for_the_network()? else {
        return Ok(Outcome::ContentErrors);
    };
    let directory = &prepared.plan.derived.directory;
    let id = named::call(directory, &arguments.id)?;
    let language = language(directory, arguments.lang.as_deref())?;
    let form = match arguments.format {
        FormArgument::Text => Form::Text,
        FormArgument::Markdown => Form::Markdown,
    };
    let wording = prepared.plan.wording(language);
    let text = exchange::agenda(&wording, &prepared.plan.settings, id, form);
    terminal::text_for_pasting(&text);
    Ok(Outcome::Fine)
}

fn print_pad(context: &Context, arguments: &PadArguments) -> Result<Outcome> {
    let Some(prepared) = context.prepare_for_the_network()? else {
        return Ok(Outcome::ContentErrors);
    };
    let directory = &prepared.plan.derived.directory;
    let id = named::call(directory, &arguments.id)?;
    let language = language(directory, arguments.lang.as_deref())?;
    terminal::text_for_pasting(&exchange::pad(&prepared.plan.wording(language), id));
    Ok(Outcome::Fine)
}

/// One of the site's languages; the first where none is asked for.
fn language(directory: &Directory, tag: Option<&str>) -> Result<SiteLanguage> {
    let Some(tag) = tag else { return Ok(SiteLanguage::FIRST) };
    let found = directory.site.each_language().find(|(_, language)| language.as_str() == tag);
    match found {
        Some((place, _)) => Ok(place),
        None => {
            let known: Vec<&str> = directory.site.languages.iter().map(Language::as_str).collect();
            bail!("the site is not in `{tag}`; its languages are {}", known.join(", "));
        }
    }
}
