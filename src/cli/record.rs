//! `ayni call record`: the note-taker's pad, read back into the directory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::terminal::{data, prompt, say};
use super::{Context, Outcome, asking, named, report};
use crate::content::values::CallStatus;
use crate::directory::edition::{Drafts, Edition};
use crate::directory::ids::{CallId, EntryId};
use crate::edge::disk;
use crate::edge::together::{self, Before, Change};
use crate::pad::{self, Answers, CallFile, Question, Recording, Subject};
use crate::site::pad as template;
use crate::site::paths::SitePath;
use crate::site::views::Viewer;
use crate::{Options, Prepared};

#[derive(Args)]
pub struct Arguments {
    /// The call
    id: String,
    /// The pad, instead of pads/ID.md
    #[arg(value_name = "FILE")]
    pad: Option<PathBuf>,
    /// Write what is understood without asking; the rest goes to the notes, word for word
    #[arg(long)]
    yes: bool,
}

/// Reads a pad, asks about what it leaves open, shows what is understood, and writes it.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let options =
        Options { edition: Edition::Network, drafts: Drafts::Shown, ..context.options()? };
    let prepared = context.prepare(&options)?;
    if prepared.has_errors() {
        report::problems(&prepared);
        return Ok(Outcome::ContentErrors);
    }
    let id = named::call(&prepared.plan.derived.directory, &arguments.id)?;
    let call = &prepared.plan.derived.directory[id];
    if call.status == CallStatus::Cancelled {
        bail!("the call `{}` was cancelled; set its `status` first", call.entry.slug);
    }
    let slug = &call.entry.slug;
    let usual = template::path(slug.as_str());
    let (text, name) = match &arguments.pad {
        Some(path) => (disk::named_text(path)?, path.display().to_string()),
        None => (disk::text_if_there(&context.site, &usual)?, usual),
    };
    let Some(text) = text else {
        bail!("there is no pad {name}; `ayni call pad {slug}` prints an empty one");
    };
    let Some(recording) = understood(&prepared, id, &text, &name, arguments.yes) else {
        return Ok(Outcome::ContentErrors);
    };
    let files = files(&prepared, &options, id, &recording)?;
    if files.is_empty() {
        say!("Everything in {} is in the directory already.", name);
        return Ok(Outcome::Fine);
    }
    prompt!("{}", asking::summary(&name, &recording));
    if !arguments.yes && !asking::confirm(files.len()) {
        say!("Nothing was written.");
        return Ok(Outcome::ContentErrors);
    }
    write(context, &prepared, &files)?;
    Ok(Outcome::Fine)
}

/// The recording once nothing is left to ask; `None` where nobody answers any more.
fn understood(
    prepared: &Prepared,
    id: CallId,
    text: &str,
    name: &str,
    safe: bool,
) -> Option<Recording> {
    let plan = &prepared.plan;
    let words = template::words(plan);
    let root = SitePath::new("");
    let title = Viewer::new(plan, 0, &root).title(EntryId::Call(id));
    let taken: BTreeSet<String> = prepared.sources.texts.keys().map(ToString::to_string).collect();
    let subject = Subject {
        directory: &plan.derived.directory,
        call: id,
        title: &title,
        has_begun: has_begun(prepared, id),
        words: &words,
        taken: &taken,
    };
    let mut answers = Answers::new();
    let mut safe = safe;
    loop {
        let (recording, questions) = pad::understand(text, &subject, &answers);
        let Some(question) = questions.first() else { return Some(recording) };
        let answer = match safe {
            true => Some(question.safe.to_owned()),
            false => asking::ask(name, question, &subject),
        };
        let answer = match answer.as_deref() {
            Some(asking::REST) => {
                safe = true;
                Some(question.safe.to_owned())
            }
            _ => answer,
        };
        match answer {
            Some(answer) => answers.insert(question.asked.clone(), answer),
            None => {
                unanswered(name, &questions);
                return None;
            }
        };
    }
}

fn unanswered(name: &str, questions: &[Question]) {
    say!("\nStill open:");
    for question in questions {
        say!("  {}", asking::headline(name, question));
    }
    say!(
        "Nothing was written. Answer here, or change the lines; `rest` and `--yes` put them into the notes."
    );
}

fn has_begun(prepared: &Prepared, id: CallId) -> bool {
    let derived = &prepared.plan.derived;
    derived.directory[id].day().is_none_or(|day| day <= derived.today)
}

/// What is to be written, checked as if it were there already.
fn files(
    prepared: &Prepared,
    options: &Options,
    id: CallId,
    recording: &Recording,
) -> Result<BTreeMap<String, String>> {
    let entry = &prepared.plan.derived.directory[id].entry;
    let path = &entry.text.record.path;
    let record = prepared.records.entries.iter().find(|record| record.path == *path);
    let call = CallFile {
        record: record.context("the call has a file")?,
        text: prepared.sources.text(path).context("the call has a text")?,
        id: entry.slug.as_str(),
        has_begun: has_begun(prepared, id),
    };
    let unsorted = template::unsorted(&prepared.plan);
    let files = pad::merge(&call, recording, unsorted, options.today).with_context(|| {
        format!("{path} cannot be changed: write each of its fields on a line of its own")
    })?;
    let mut sources = prepared.sources.clone();
    for (path, text) in &files {
        sources.texts.insert(Arc::from(path.as_str()), Arc::from(text.as_str()));
    }
    let after = crate::prepare(sources, options, Some(prepared));
    if after.has_errors() {
        report::problems(&after);
        bail!("what the pad says does not fit the directory; nothing was written");
    }
    Ok(files)
}

/// New entries first: a call that names them is then never without them.
fn write(context: &Context, prepared: &Prepared, files: &BTreeMap<String, String>) -> Result<()> {
    let before = |path: &str| match prepared.sources.text(path) {
        None => Before::Nothing,
        Some(_) => Before::File,
    };
    let changes = files.iter().map(|(path, text)| Change { path, text, before: before(path) });
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(|change| change.before == Before::File);
    together::write(&context.site, &changes)?;
    changes.iter().for_each(|change| data!("{}", change.path));
    Ok(())
}
