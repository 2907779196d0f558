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
//! With `--all-pairs` it also compares every need with every offer, which takes long, and stops if the
//! index has found anything else.
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
use ::ayni::derived::matching::{self, reading::profiles::Profiles};
use ::ayni::directory::{self, Directory};
use anyhow::{Context, Result, bail, ensure};
use rayon::prelude::*;

use network::{EntryKind, Network};

const USAGE: &str = "usage: generate [--entries N] [--seed N] [--ayni DIR] [--hugo DIR] \
                     [--matching ROUNDS [--all-pairs]]";

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
        measure_matching(&network, &arguments)?;
    }
    Ok(())
}

/// Finds all matches of the network some times over, and says how long that took.
fn measure_matching(network: &Network, arguments: &Arguments) -> Result<()> {
    let directory = directory_of(network);
    let today = jiff::civil::date(2026, 11, 22);
    let find = || matching::find(&directory, &Profiles::new(&directory), today);
    let size = format!("{} needs × {} offers", directory.needs.len(), directory.offers.len());
    let before = memory("VmRSS");
    // From here on, Linux counts the largest resident set anew; elsewhere there is no such file.
    let _ = fs::write("/proc/self/clear_refs", "5");
    for _ in 0..arguments.matching {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let found = find().list.len();
        let seconds = start.elapsed().as_secs_f64();
        let cpu = cpu_seconds() - cpu;
        eprintln!("{size}: {found} matches in {seconds:.2} s, {cpu:.2} s of CPU");
    }
    eprintln!("memory: {before} MB with the network read, {} MB at most", memory("VmHWM"));
    if arguments.all_pairs {
        let profiles = Profiles::new(&directory);
        let all_pairs = matching::all_pairs::find(&directory, &profiles, today);
        ensure!(find() == all_pairs, "the index finds other matches than comparing all pairs");
        eprintln!("{size}: comparing all pairs finds the same {} matches", all_pairs.list.len());
    }
    Ok(())
}

fn directory_of(network: &Network) -> Directory {
    let mut sources = Sources::default();
    sources.texts.insert("site.yaml".into(), ayni::settings(network).into());
    let files: Vec<(String, String)> = entries_of(network)
        .map(|(kind, number)| ayni::file(&entries::entry(network, kind, number)))
        .collect();
    sources.texts.extend(files.into_iter().map(|(path, text)| (path.into(), text.into())));
    let records = content::parse(&sources, None);
    directory::resolve(&records, &sources.assets).0
}

/// The CPU time of this process so far, where the system tells it in hundredths of a second, as Linux
/// does.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let times = after_name.split_whitespace().skip(11).take(2);
    times.filter_map(|time| time.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// A value of `/proc/self/status`, in megabytes; 0 where there is no such file.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.unwrap_or(0_usize) / 1024
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
    all_pairs: bool,
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Arguments> {
        let mut arguments = Arguments {
            entries: 10_000,
            seed: 1,
            ayni: None,
            hugo: None,
            matching: 0,
            all_pairs: false,
        };
        while let Some(name) = given.next() {
            // Cargo adds this to the arguments of every benchmark.
            if name == "--bench" {
                continue;
            }
            if name == "--all-pairs" {
                arguments.all_pairs = true;
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
