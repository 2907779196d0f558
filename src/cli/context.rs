//! What commands have in common: the site, the day, how they end, and arguments of those that make pages.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::report;
use crate::addresses::LinkStyle;
use crate::characters::printable_in_line;
use crate::content::attachment;
use crate::content::values::{self, Complaint, Url};
use crate::directory::edition::{Drafts, Edition};
use crate::directory::site;
use crate::edge::{clock, disk};
use crate::{Options, Prepared};

/// How a command ended, as its exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is fine.
    Fine,
    /// The content has errors.
    ContentErrors,
}

/// What every command works on.
pub(super) struct Context {
    /// The folder of the site.
    pub site: PathBuf,
    /// The day for which to work, instead of today.
    pub today: Option<Date>,
}

impl Context {
    pub(super) fn today(&self) -> Result<Date> {
        self.today.map_or_else(clock::today, Ok)
    }

    /// The options of a public build of today.
    pub(super) fn options(&self) -> Result<Options> {
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
    pub(super) fn prepare_for_the_network(&self) -> Result<Option<Prepared>> {
        let options = Options { edition: Edition::Network, ..self.options()? };
        let prepared = self.prepare(&options)?;
        if prepared.has_errors() {
            report::problems(&prepared);
            return Ok(None);
        }
        Ok(Some(prepared))
    }

    /// Reads the site and prepares it.
    pub(super) fn prepare(&self, options: &Options) -> Result<Prepared> {
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
pub(super) fn attachment(site: &Path, file: &str) -> Result<Vec<u8>> {
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
pub(super) struct SiteArguments {
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
    pub(super) fn options(&self, context: &Context) -> Result<Options> {
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

pub(super) fn date(text: &str) -> Result<Date, String> {
    values::date(text).map_err(in_words)
}

pub(super) fn base_url(text: &str) -> Result<Url, String> {
    site::base_url(text).map_err(in_words)
}

/// Reads a whole number that fits where it is asked for.
pub(super) fn number<T: FromStr>(text: &str) -> Result<T, String> {
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
