//! Says how work grows with the size of a site: each kind of thing at two sizes, all else small.
//!
//! ```text
//! cargo bench --bench growth
//! cargo bench --bench growth -- headings delegates
//! ```
//!
//! Nothing is read from disk or written. A site is made in memory and prepared, all of its pages are
//! rendered, and all of its problems are put into words, as data too. Of several rounds the one with the
//! least CPU counts. An exponent of 1 is linear work, of 2 square; above 1.15 it is marked.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

mod names;
mod sites;

use std::fs;
use std::time::Instant;

use anyhow::{Result, ensure};
use ayni::addresses::LinkStyle;
use ayni::cli::report;
use ayni::content::source::Sources;
use ayni::directory::edition::{Drafts, Edition};
use ayni::{Options, Prepared};
use rayon::prelude::*;

use sites::{KINDS, Kind};

/// What grows faster is marked.
const MARKED: f64 = 1.15;

/// A site is measured at least so often, and more often while that takes less than this.
const ROUNDS: usize = 2;
const SECONDS: f64 = 1.0;

/// The stages of a row, in seconds of CPU.
const STAGES: [&str; 3] = ["understand", "render", "report"];

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let is_wanted = |kind: &&Kind| wanted.is_empty() || wanted.iter().any(|it| it == kind.name);
    let kinds: Vec<&Kind> = KINDS.iter().filter(is_wanted).collect();
    ensure!(!kinds.is_empty(), "there is no such kind");
    println!("| what | sizes | {} | all | exponent | |", STAGES.join(" | "));
    println!("|---|---|{}---|---|---|", "---|".repeat(STAGES.len()));
    for kind in kinds {
        let [small, large] = [kind.size, kind.size * kind.times].map(|size| measure(kind, size));
        let cells: Vec<String> =
            small.iter().zip(&large).map(|(one, other)| cell(*one, *other, kind.times)).collect();
        let [one, other] = [&small, &large].map(|stages| stages.iter().sum::<f64>());
        let exponent = exponent(one, other, kind.times);
        let mark = if exponent > MARKED { "**grows faster**" } else { "" };
        let sizes = format!("{} → {}", kind.size, kind.size * kind.times);
        println!(
            "| {} | {sizes} | {} | {one:.3} → {other:.3} s | {exponent:.2} | {mark} |",
            kind.name,
            cells.join(" | ")
        );
    }
    Ok(())
}

/// The times of a stage, and how they grow, where they are long enough to tell.
fn cell(small: f64, large: f64, times: usize) -> String {
    match small >= 0.02 {
        true => format!("{small:.3} → {large:.3} ({:.2})", exponent(small, large, times)),
        false => format!("{small:.3} → {large:.3}"),
    }
}

fn exponent(small: f64, large: f64, times: usize) -> f64 {
    (large / small.max(1e-6)).ln() / (times as f64).ln()
}

/// The least CPU that each stage takes.
fn measure(kind: &Kind, size: usize) -> [f64; 3] {
    let sources = (kind.site)(size);
    let (mut least, start) = ([f64::MAX; 3], Instant::now());
    let mut round = 0;
    while round < ROUNDS || start.elapsed().as_secs_f64() < SECONDS {
        let found = run(sources.clone());
        if found.iter().sum::<f64>() < least.iter().sum::<f64>() {
            least = found;
        }
        round += 1;
    }
    least
}

fn run(sources: Sources) -> [f64; 3] {
    let options = Options {
        base_url: None,
        style: LinkStyle::Folder,
        edition: Edition::Network,
        drafts: Drafts::Shown,
        today: jiff::civil::date(2026, 11, 30),
    };
    let (prepared, understand) = timed(|| ayni::prepare(sources, &options, None));
    let (pages, render) = timed(|| render(&prepared));
    let (text, report) = timed(|| words(&prepared));
    std::hint::black_box((pages, text));
    [understand, render, report]
}

/// How many bytes all pages and files have.
fn render(prepared: &Prepared) -> usize {
    let plan = &prepared.plan;
    let size = |planned| match ayni::publish::render(plan, planned) {
        Ok(ayni::publish::Content::Bytes(bytes)) => bytes.len(),
        Ok(ayni::publish::Content::File(_) | ayni::publish::Content::Attachment(_)) => 0,
        Err(error) => panic!("{error:#}"),
    };
    plan.all().par_iter().map(size).sum()
}

/// How many bytes all problems have, as text and as data.
fn words(prepared: &Prepared) -> usize {
    let text = report::text(&prepared.sources, prepared.problems(), false);
    text.into_text().len()
        + serde_json::to_string(&report::data(&prepared.sources, prepared.problems()))
            .map_or(0, |it| it.len())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (cpu, start) = (cpu_seconds(), Instant::now());
    let result = work();
    let seconds = match cpu {
        Some(before) => cpu_seconds().unwrap_or(before) - before,
        None => start.elapsed().as_secs_f64(),
    };
    (result, seconds)
}

/// The CPU time of all threads of this process, where the system tells it in nanoseconds, as Linux does.
fn cpu_seconds() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += text.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e9)
}
