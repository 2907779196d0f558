//! Writes an invented network of any size, as a site of Ayni and as a site of Hugo.
//!
//! ```text
//! cargo bench --bench generate -- --entries 10000 --ayni DIR --hugo DIR
//! ```
//!
//! The same number of entries and the same seed give the same files on every machine.

#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a program of its own")]

mod ayni;
mod entries;
mod hugo;
mod network;
mod random;
mod text;
mod topics;
mod words;
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use network::{EntryKind, Network};

const USAGE: &str = "usage: generate [--entries N] [--seed N] [--ayni DIR] [--hugo DIR]";

fn main() -> Result<()> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    if arguments.ayni.is_none() && arguments.hugo.is_none() {
        eprintln!("{USAGE}");
        return Ok(());
    }
    let network = Network::new(arguments.entries, arguments.seed);
    if let Some(site) = &arguments.ayni {
        write(site, "site.yaml", &ayni::settings(&network))?;
        entries_of(&network).try_for_each(|(kind, number)| {
            let (path, text) = ayni::file(&entries::entry(&network, kind, number));
            write(site, &path, &text)
        })?;
    }
    if let Some(site) = &arguments.hugo {
        write(site, "data/labels.yaml", &hugo::labels(&network))?;
        entries_of(&network).try_for_each(|(kind, number)| {
            let (path, text) = hugo::file(entries::entry(&network, kind, number));
            write(site, &path, &text)
        })?;
    }
    Ok(())
}

fn entries_of(network: &Network) -> impl ParallelIterator<Item = (EntryKind, usize)> {
    let numbers = |kind: &EntryKind| 0..network.names_of(*kind).len();
    let all: Vec<(EntryKind, usize)> = EntryKind::ALL
        .iter()
        .flat_map(|kind| numbers(kind).map(|number| (*kind, number)))
        .collect();
    all.into_par_iter()
}

fn write(site: &Path, path: &str, text: &str) -> Result<()> {
    let file = site.join(path);
    let folder = file.parent().unwrap_or(site);
    if !folder.is_dir() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

struct Arguments {
    entries: usize,
    seed: u64,
    ayni: Option<PathBuf>,
    hugo: Option<PathBuf>,
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Arguments> {
        let mut arguments = Arguments { entries: 10_000, seed: 1, ayni: None, hugo: None };
        while let Some(name) = given.next() {
            // Cargo adds this to the arguments of every benchmark.
            if name == "--bench" {
                continue;
            }
            let value = given.next().with_context(|| format!("{name} has no value; {USAGE}"))?;
            match name.as_str() {
                "--entries" => arguments.entries = value.parse().context(USAGE)?,
                "--seed" => arguments.seed = value.parse().context(USAGE)?,
                "--ayni" => arguments.ayni = Some(value.into()),
                "--hugo" => arguments.hugo = Some(value.into()),
                _ => bail!("{name} is unknown; {USAGE}"),
            }
        }
        Ok(arguments)
    }
}
