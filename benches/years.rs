//! How a network grows with its years: it is lived month by month by the program's own commands, and its
//! site is built at the end of some years.
//!
//! ```text
//! cargo bench --bench years                  ten years, 300 coops, 120 calls
//! cargo bench --bench years -- FOLDER 4 100   four years, 100 coops, kept in a folder that is not there yet
//! ```
//!
//! For each of these years: entries and calls, seconds of CPU and bytes of a build into an empty folder, and
//! how large some pages are. An exponent of 1 says that something grows as the entries do.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

#[path = "../tests/suite/years/network.rs"]
mod network;
#[path = "generate/random.rs"]
#[expect(dead_code, reason = "it is shared with what makes large sites")]
mod random;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use network::Network;

/// Pages whose size is told, with what they hold.
const PAGES: [(&str, &str); 8] = [
    ("home", "index.html"),
    ("calls", "calls/index.html"),
    ("open", "calls/open/index.html"),
    ("decisions", "calls/decisions/index.html"),
    ("waiting", "matches/waiting/index.html"),
    ("statistics", "statistics/index.html"),
    ("a coop", "coops/example-1/index.html"),
    ("agenda", "agenda"),
];

/// The CPU time of a build is the mean of so many, since the system tells it in hundredths of a second.
const BUILDS: usize = 5;

struct Year {
    number: usize,
    entries: usize,
    calls: usize,
    seconds: f64,
    files: usize,
    bytes: u64,
    pages: Vec<u64>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let kept = arguments.first().map(PathBuf::from);
    let number = |at: usize, or: usize| arguments.get(at).map_or(Ok(or), |it| it.parse());
    let (years, coops) = (number(1, 10)?, number(2, 300)?);
    let made = tempfile::tempdir()?;
    let folder = kept.unwrap_or_else(|| made.path().join("site"));
    ensure!(!folder.exists(), "{} is there already", folder.display());
    fs::create_dir_all(&folder)?;
    let program = PathBuf::from(env!("CARGO_BIN_EXE_ayni"));
    let mut network = Network::new(folder.clone(), program, coops, years * 12);
    let mut told: Vec<Year> = Vec::new();
    for month in 0..years * 12 {
        network.live(month);
        if (month + 1) % 12 == 0 {
            let year = built(&network, &folder, month)?;
            println!(
                "year {}: {} entries, {} calls, {:.2} s, {} files, {} kB",
                year.number,
                year.entries,
                year.calls,
                year.seconds,
                year.files,
                year.bytes / 1000
            );
            told.push(year);
        }
    }
    print_table(&told);
    Ok(())
}

/// Builds the site at the end of a month into an empty folder, with the next call begun, and takes that back.
fn built(network: &Network, folder: &Path, month: usize) -> Result<Year> {
    let day = Network::end_of(month);
    let call = network.ayni(day, &["new", "call", "--coop", "example-1", "--coop", "example-2"]);
    let call = call.lines().find_map(|it| it.strip_prefix("content/calls/")).context("a call")?;
    let call = call.trim_end_matches(".md").to_owned();
    let out = folder.join("public");
    let mut seconds = 0.0;
    for _ in 0..BUILDS {
        if out.exists() {
            fs::remove_dir_all(&out)?;
            fs::remove_dir_all(folder.join(".ayni"))?;
        }
        let start = cpu_of_children();
        network.ayni(day, &["build"]);
        seconds += (cpu_of_children() - start) / BUILDS as f64;
    }
    let agenda = format!("calls/{call}/agenda/index.html");
    let size = |(name, path): &(&str, &str)| {
        let path = if *name == "agenda" { agenda.as_str() } else { path };
        fs::metadata(out.join(path)).map_or(0, |it| it.len())
    };
    let pages = PAGES.iter().map(size).collect();
    let (files, bytes) = weighed(&out)?;
    let count =
        |kind: &str| fs::read_dir(folder.join("content").join(kind)).map_or(0, Iterator::count);
    let kinds = ["coops", "needs", "offers", "matches", "calls"];
    let year = Year {
        number: (month + 1) / 12,
        entries: kinds.iter().map(|kind| count(kind)).sum(),
        calls: count("calls"),
        seconds,
        files,
        bytes,
        pages,
    };
    fs::remove_file(folder.join(format!("content/calls/{call}.md")))?;
    fs::remove_file(folder.join(format!("pads/{call}.md")))?;
    Ok(year)
}

/// The CPU time of the programs that were run and have ended, as Linux tells it in `/proc/self/stat`.
fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let times = after_name.split_whitespace().skip(13).take(2);
    times.filter_map(|time| time.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn weighed(folder: &Path) -> Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files += 1;
            bytes += entry.metadata()?.len();
        }
    }
    Ok((files, bytes))
}

fn print_table(years: &[Year]) {
    let names: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
    println!("\n| year | entries | calls | s | files | kB | {} |", names.join(" | "));
    println!("|---|---|---|---|---|---|{}", "---|".repeat(names.len()));
    for year in years {
        let pages: Vec<String> = year.pages.iter().map(u64::to_string).collect();
        println!(
            "| {} | {} | {} | {:.2} | {} | {} | {} |",
            year.number,
            year.entries,
            year.calls,
            year.seconds,
            year.files,
            year.bytes / 1000,
            pages.join(" | ")
        );
    }
    let [.., before, last] = years else { return };
    let first = years.iter().find(|it| it.number == 2).unwrap_or(before);
    let grown = (last.entries as f64 / first.entries as f64).ln();
    let exponent = |from: f64, to: f64| (to / from).ln() / grown;
    println!(
        "\nFrom year {} to year {}: seconds {:.2}, bytes {:.2}",
        first.number,
        last.number,
        exponent(first.seconds, last.seconds),
        exponent(first.bytes as f64, last.bytes as f64)
    );
    for ((name, from), to) in names.iter().zip(&first.pages).zip(&last.pages) {
        println!("{name}: {:.2} times", *to as f64 / *from as f64);
    }
}
