//! `ayni build`: writes the site.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use super::context::{Context, Outcome, SiteArguments};
use super::progress::Progress;
use super::report;
use super::terminal::say;
use crate::addresses::LinkStyle;
use crate::diagnostic::Diagnostic;
use crate::directory::edition::Edition;
use crate::directory::quarantine::{LeftOut, Part};
use crate::edge::inputs::Inputs;
use crate::edge::target::Target;
use crate::edge::writer::{self, Alone, How, Written};
use crate::edge::{disk, home, told, tracked};
use crate::exchange::{announced, lunr};
use crate::publish::Content;
use crate::publishing::Publisher;
use crate::{Options, Prepared};

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to write, instead of public/ in the site's folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArguments,
    /// Leave out entries that have errors, and publish the rest
    #[arg(long)]
    quarantine: bool,
    /// Let more than half of the pages of the last build go, or all of content/
    #[arg(long)]
    remove_many: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

/// Writes the site, unless its content has errors: then nothing in the output folder changes, or, in
/// quarantine, what is broken is left out.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let options = arguments.site.options(context)?;
    let home = home::folder();
    let target = Target::find(&context.site, arguments.out.as_deref(), home.as_deref())?;
    tracked::refuse(&target)?;
    let alone = Alone::with(&target).with_context(|| writing(&target))?;
    if options.edition == Edition::Network {
        ensure_not_public(&target)?;
    }
    if !arguments.remove_many {
        ensure_content(context, &target)?;
    }
    let mut timings = Timings::start();
    let sources = disk::read(&context.site, None)?;
    timings.stage("read");
    let mut prepared = crate::prepare(sources, &options, None);
    if !prepared.has_errors() {
        let (_, unannounced) = compared(&target, &prepared, &options)?;
        prepared.add_problems(unannounced);
    }
    report::problems(&prepared);
    if prepared.has_errors() {
        let without = arguments.quarantine.then(|| crate::quarantine(prepared, &options));
        let Some((without, left_out)) = without.flatten() else {
            say!("nothing was written: {}", advice(arguments.quarantine));
            return Ok(Outcome::ContentErrors);
        };
        say_left_out(&left_out);
        prepared = without;
    }
    timings.stage("understand");
    let how = format!("{options:?} {}", arguments.quarantine);
    let inputs = Inputs::of(&target, &prepared.sources, &how)?;
    let already = inputs.already_written(&alone)?;
    timings.stage("compare inputs");
    let written = match already {
        Some(written) => written,
        None => {
            let edition = options.edition.as_str();
            let how = How { edition, remove_many: arguments.remove_many };
            let written = write(context, &prepared, (&alone, how), &mut timings)?;
            inputs.remember(&alone)?;
            timings.stage("note inputs");
            written
        }
    };
    told::keep(&alone, &compared(&target, &prepared, &options)?.0)?;
    say(&target, &written);
    if options.edition == Edition::Public && options.style == LinkStyle::Folder {
        warn_of_closed(&target, &written);
    }
    warn_of_large_indexes(&prepared);
    if arguments.timings {
        timings.print();
    }
    // The program ends here; taking a large directory apart piece by piece would only delay it.
    std::mem::forget(prepared);
    Ok(Outcome::Fine)
}

fn warn_of_large_indexes(prepared: &Prepared) {
    for (path, size) in prepared.plan.large_exports(lunr::LARGE) {
        let megabytes = size as f64 / 1e6;
        say!(
            "warning: {} has {} MB even when compressed, and whoever searches with it loads all of it",
            path,
            format!("{megabytes:.1}")
        );
    }
}

/// What calendars are told from now on, and changes that they would not take over.
fn compared(
    target: &Target,
    prepared: &Prepared,
    options: &Options,
) -> Result<(String, Vec<Diagnostic>)> {
    let before = told::read(target)?;
    let directory = &prepared.plan.derived.directory;
    Ok(announced::compare(before.as_deref(), directory, options.today))
}

/// What only the network may see goes into no folder that holds the public edition: a web server shows that
/// to everybody.
fn ensure_not_public(target: &Target) -> Result<()> {
    let public = Edition::Public.as_str();
    ensure!(
        writer::edition_there(target)?.as_deref() != Some(public),
        "{} holds the public edition. Build the network edition into a folder of its own, \
         `--out network-public`; or delete this one first",
        target.shown.display()
    );
    Ok(())
}

/// Stops where the entries are not there although a build has published some: a folder that was not mounted is
/// more likely than an end.
fn ensure_content(context: &Context, target: &Target) -> Result<()> {
    anyhow::ensure!(
        disk::has_content(&context.site)? || !writer::has_built(target)?,
        "the folder content/ is not there, and all pages of the last build would go. Nothing was changed. If that is \
         right, build with `--remove-many`"
    );
    Ok(())
}

/// Makes every page and file, and brings the output folder up to date.
fn write(
    context: &Context,
    prepared: &Prepared,
    (alone, how): (&Alone, How),
    timings: &mut Timings,
) -> Result<Written> {
    prepared.plan.derived.matches();
    timings.stage("match");
    let pages = prepared.plan.all();
    timings.stage("index for search");
    let publisher = Publisher::new(prepared)?;
    let progress = Progress::new("writing", pages.len());
    let render = |at: usize| {
        let (path, content) = publisher.render(&pages[at])?;
        let body = match content {
            Content::Bytes(bytes) => writer::Body::Bytes(bytes),
            Content::File(source) => writer::Body::File(source.as_ref().into()),
            Content::Attachment(source) => {
                let site = context.site.clone();
                writer::Body::Large(Box::new(move || super::context::attachment(&site, &source)))
            }
        };
        Ok(writer::Output { path, body })
    };
    let written = writer::write(alone, how, pages.len(), render, &|done| progress.set(done))
        .with_context(|| writing(alone.target()))?;
    progress.finish();
    timings.stage("render and write");
    Ok(written)
}

fn writing(target: &Target) -> String {
    format!("writing {}", target.shown.display())
}

fn advice(has_tried_quarantine: bool) -> &'static str {
    if has_tried_quarantine {
        "an error in the settings, the topics or the theme concerns every page; correct it and build again"
    } else {
        "correct the errors and build again"
    }
}

fn say_left_out(left_out: &BTreeSet<LeftOut>) {
    say!("left out until the errors are corrected:");
    for LeftOut { file, part } in left_out {
        let what = match part {
            Part::Broken => file.to_string(),
            Part::Dependent => format!("{file}, which has no error but belongs to one of these"),
            Part::Alias => format!("the alias in {file} that is taken"),
            Part::Mention { line, of } => format!("words in {file}:{line}, which {of} withholds"),
        };
        say!("  {}", what);
    }
}

/// So many files that were moved aside are named.
const MOVED: usize = 10;

fn say(target: &Target, written: &Written) {
    let files = report::plural(written.total, "file");
    let changed = written.created + written.changed + written.removed;
    let what = match changed {
        0 => "nothing had changed".to_owned(),
        _ => format!(
            "{} new, {} changed, {} removed, {} as before",
            written.created, written.changed, written.removed, written.unchanged
        ),
    };
    let folder = target.shown.display();
    say!("{}: {}, {} kB ({})", folder, files, written.bytes / 1000, what);
    if !written.strangers.is_empty() {
        let strangers = report::plural(written.strangers.len(), "file");
        say!("{} also holds {} that Ayni does not know and left alone", folder, strangers);
    }
    for (before, now) in written.replaced.iter().take(MOVED) {
        say!("warning: {} was not as Ayni had written it; it is now {}", before, now);
    }
    if written.replaced.len() > MOVED {
        let more = report::plural(written.replaced.len() - MOVED, "more file");
        say!("warning: {} were moved to .ayni/replaced as well", more);
    }
}

/// Says where a web server, which is another user as a rule, could not read what is for everybody.
fn warn_of_closed(target: &Target, written: &Written) {
    if written.closed > 0 {
        let folder = target.shown.display();
        let files = report::plural(written.closed, "file");
        say!(
            "warning: {} in {} cannot be read by other users of this computer, and a web server is one as a rule. \
             Run `chmod -R a+rX {}`, and build with `umask 022` from now on",
            files,
            folder,
            folder
        );
    }
}

/// How long each stage took.
struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    fn start() -> Timings {
        Timings { last: Instant::now(), stages: Vec::new() }
    }

    fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    fn print(&self) {
        let total: Duration = self.stages.iter().map(|(_, duration)| *duration).sum();
        for (name, duration) in self.stages.iter().chain(&[("total", total)]) {
            let time = format!("{:.1}", duration.as_secs_f64() * 1000.0);
            say!("{:>18}  {:>8} ms", name, time);
        }
    }
}
