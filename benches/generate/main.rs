//! Writes an invented network of any size, as a site of Ayni and as a site of Hugo.
//!
//! ```text
//! cargo bench --bench generate -- --entries 10000 --ayni DIR --hugo DIR
//! ```
//!
//! Or keeps it in memory and says how long matching takes, without reading and writing:
//!
//! ```text
//! cargo bench --bench generate -- --entries 180000 --matching 1
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
use std::time::Instant;

use ::ayni::content::{self, source::Sources};
use ::ayni::derived::matching;
use ::ayni::directory;
use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use network::{EntryKind, Network};

const USAGE: &str =
    "usage: generate [--entries N] [--seed N] [--ayni DIR] [--hugo DIR] [--matching ROUNDS]";

fn main() -> Result<()> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    if arguments.ayni.is_none() && arguments.hugo.is_none() && arguments.matching == 0 {
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
    if arguments.matching > 0 {
        time_matching(&network, arguments.matching);
    }
    Ok(())
}

/// Finds all matches of the network some times over, and says how long that took.
fn time_matching(network: &Network, rounds: usize) {
    let mut sources = Sources::default();
    sources.texts.insert("site.yaml".into(), ayni::settings(network).into());
    let files: Vec<(String, String)> = entries_of(network)
        .map(|(kind, number)| ayni::file(&entries::entry(network, kind, number)))
        .collect();
    sources.texts.extend(files.into_iter().map(|(path, text)| (path.into(), text.into())));
    let records = content::parse(&sources, None);
    let (directory, _) = directory::resolve(&records, &sources.assets);
    let (needs, offers) = (directory.needs.len(), directory.offers.len());
    for _ in 0..rounds {
        let start = Instant::now();
        let found = matching::find(&directory, jiff::civil::date(2026, 11, 22)).list.len();
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{needs} needs × {offers} offers: {found} matches in {seconds:.2} s");
    }
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
    matching: usize,
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Arguments> {
        let mut arguments =
            Arguments { entries: 10_000, seed: 1, ayni: None, hugo: None, matching: 0 };
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
                "--matching" => arguments.matching = value.parse().context(USAGE)?,
                "--hugo" => arguments.hugo = Some(value.into()),
                _ => bail!("{name} is unknown; {USAGE}"),
            }
        }
        Ok(arguments)
    }
}
