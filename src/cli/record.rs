//! `ayni call record`: the note-taker's pad, read back into the directory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::civil::Date;

use super::context::{Context, Outcome};
use super::pad_file::Pad;
use super::terminal::{data, prompt, say};
use super::{asking, named, report};
use crate::content::front_matter;
use crate::content::values::{CallStatus, Slug};
use crate::directory::Directory;
use crate::directory::edition::{Drafts, Edition};
use crate::directory::ids::{CallId, EntryId};
use crate::directory::site_language::SiteLanguage;
use crate::edge::together::{self, Before, Change};
use crate::pad::coops::Coops;
use crate::pad::{
    self, Answered, Answers, CallFile, Doubled, Fact, Merged, Question, Recording, Subject, Titles,
    What,
};
use crate::{Options, Prepared, addresses, exchange};

#[derive(Args)]
pub(super) struct Arguments {
    /// The call
    id: String,
    /// The pad, instead of pads/ID.md
    #[arg(value_name = "FILE")]
    pad: Option<PathBuf>,
    /// Write what is understood without asking; the rest is kept beside the pad, unpublished
    #[arg(long)]
    yes: bool,
    /// Ask everything again, or only what was answered about a line: its number or some of its words
    #[arg(long, value_name = "LINE-OR-WORDS", num_args = 0..=1, default_missing_value = "")]
    again: Option<String>,
}

/// What is to be written, and what has to be said about it before.
struct Planned {
    files: BTreeMap<String, String>,
    /// Of new entries, what another answer corrects.
    corrected: Vec<String>,
    /// The same where somebody has changed it since.
    uncorrected: Vec<String>,
    /// What the file of the call said and says no longer.
    gone: Vec<String>,
    /// What it says although the pad does not.
    staying: Vec<String>,
    /// What the pad says and it does not.
    unwritten: Vec<String>,
    /// The directory with all that.
    after: Arc<Directory>,
}

/// Reads a pad, asks about what it leaves open, shows what is understood, and writes it.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
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
    let pad = Pad::read(
        &context.site,
        &call.entry,
        (arguments.pad.as_deref(), arguments.again.as_deref()),
    )?;
    let names = Coops::new(&prepared.plan.derived.directory);
    let (recording, typed) = understood(&prepared, id, &pad, &names, arguments.yes);
    let Some(recording) = recording else {
        keep_answers(context, &pad, &typed)?;
        return Ok(Outcome::ContentErrors);
    };
    let planned = planned(&prepared, &options, id, (&pad, &recording))?;
    let Planned { files, corrected, uncorrected, gone, staying, unwritten, after } = &planned;
    let path = &call.entry.text.record.path;
    let told = asking::comparison(path, [corrected, uncorrected, gone, staying, unwritten]);
    if files.is_empty() {
        match (unwritten.is_empty() && uncorrected.is_empty(), still_left(&pad, &recording)) {
            (true, 0) => say!("Everything in {} is in the directory already.", pad.name),
            (true, left) => say!(
                "Everything in {} is in the directory already, but for {} left over in {}; `--again` asks about all once more.",
                pad.name,
                report::plural(left, "line"),
                pad.paths.left
            ),
            (false, _) => say!("Nothing in {} is new.", pad.name),
        }
        if let Some(told) = told {
            say!("{}", told);
        }
        return Ok(Outcome::Fine);
    }
    prompt!("{}", asking::summary((&pad.name, &pad.paths.left), &recording, &Titles::new(after)));
    if let Some(told) = told {
        prompt!("{}\n", told);
    }
    if !arguments.yes && !asking::confirm(files.len()) {
        say!("Nothing was written.");
        keep_answers(context, &pad, &typed)?;
        return Ok(Outcome::ContentErrors);
    }
    write(context, &prepared, &pad, files)?;
    if !typed.is_empty() {
        say_where_answers_are(&pad);
    }
    Ok(Outcome::Fine)
}

/// How many lines of a pad are in the file of what is left over.
fn still_left(pad: &Pad, recording: &Recording) -> usize {
    let there: BTreeSet<&str> = pad.left.iter().flat_map(|it| it.lines()).collect();
    let is_there = |text: &str| text.lines().all(|line| there.contains(line));
    recording.left.iter().filter(|(at, _)| is_there(&at.text)).count()
}

fn say_where_answers_are(pad: &Pad) {
    say!(
        "Your answers are kept in {}. To be asked again about a line, give its number or its words: \
         `ayni call record {} --again LINE-OR-WORDS`; about all: `--again`.",
        pad.paths.answers,
        pad.call
    );
}

/// Keeps what was answered, also where nothing else is written.
fn keep_answers(context: &Context, pad: &Pad, typed: &[Answered]) -> Result<()> {
    let path = &pad.paths.answers;
    let text = pad::write_answers(&pad::joined_unwritten(&pad.kept, typed));
    if typed.is_empty() || pad.answers.as_ref() == Some(&text) {
        return Ok(());
    }
    let before = if pad.answers.is_some() { Before::File } else { Before::Nothing };
    together::write(&context.site, &[Change { path, text: &text, before }])?;
    say_where_answers_are(pad);
    Ok(())
}

/// The recording once nothing is left to ask, and what was answered; none where nobody answers any more.
fn understood(
    prepared: &Prepared,
    id: CallId,
    pad: &Pad,
    names: &Coops<'_>,
    mut safe: bool,
) -> (Option<Recording>, Vec<Answered>) {
    let plan = &prepared.plan;
    let words = exchange::words(plan.interfaces());
    let title = plan.wording(SiteLanguage::FIRST).title(EntryId::Call(id));
    let taken: BTreeSet<String> = prepared.sources.texts.keys().map(ToString::to_string).collect();
    let subject = Subject {
        directory: &plan.derived.directory,
        coops: names,
        call: id,
        title: &title,
        has_begun: has_begun(prepared, id),
        words: &words,
        taken: &taken,
    };
    let recorded = recorded_before(prepared, id, pad);
    let (kept, taken_back) = (pad.kept.clone(), pad.taken_back.clone());
    let mut answers = Answers { kept, taken_back, recorded, ..Answers::default() };
    // What a person has answered, at the last question that one did.
    let mut typed = Vec::new();
    loop {
        let (recording, questions) = pad::understand(&pad.text, &subject, &answers);
        if !safe {
            typed.clone_from(&recording.answers);
        }
        let Some(question) = questions.first() else { return (Some(recording), typed) };
        // What nobody answers gets the answers that guess nothing, all at once.
        if safe {
            let all = questions.into_iter().map(|it| (it.asked, it.safe));
            answers.typed.extend(all);
            continue;
        }
        let Some(answer) = asking::ask(&pad.name, question, &subject) else {
            unanswered(&pad.name, &questions);
            return (None, typed);
        };
        safe = answer == asking::REST;
        if !safe {
            answers.typed.insert(question.asked.clone(), answer);
        }
    }
}

fn unanswered(name: &str, questions: &[Question]) {
    say!("\nStill open:");
    for question in questions {
        say!("  {}", asking::headline(name, question));
    }
    say!(
        "Nothing was written. Answer here, or change the lines; `rest` and `--yes` keep them beside the pad, unpublished."
    );
}

fn has_begun(prepared: &Prepared, id: CallId) -> bool {
    let derived = &prepared.plan.derived;
    derived.directory[id].day().is_none_or(|day| day <= derived.today)
}

/// What is to be written, checked as if it were there already, and what differs from before.
fn planned(
    prepared: &Prepared,
    options: &Options,
    id: CallId,
    (pad, recording): (&Pad, &Recording),
) -> Result<Planned> {
    let directory = &prepared.plan.derived.directory;
    let entry = &directory[id].entry;
    let path = &entry.text.record.path;
    let text = prepared.sources.text(path).context("the call has a text")?;
    let doubled = Doubled::new(recording, &directory[id]);
    let before = pad::of_call(directory, id, body(text), &doubled);
    let former_ids = former(directory);
    let stored = pad.recorded.0.of(&pad.former_key, &former_ids);
    let recorded = still_there(prepared, id, &stored, &before);
    let record = prepared.records.entries.iter().find(|record| record.path == *path);
    let call = CallFile {
        record: record.context("the call has a file")?,
        text,
        id: entry.slug.as_str(),
        has_begun: has_begun(prepared, id),
        settled: directory[id].settled(),
        former: former_ids,
        recorded: recorded.iter().cloned().collect(),
        carried: carried(prepared, id, &doubled),
        doubled: doubled.clone(),
        writes_again: pad.writes_again,
    };
    let merged = pad::merge(&call, recording, options.today).with_context(|| {
        format!("{path} cannot be changed: write each of its fields on a line of its own")
    })?;
    let Merged { mut files, comments } = merged;
    let [corrected, uncorrected] = correct(prepared, recording, options.today, &mut files);
    let mut sources = prepared.sources.clone();
    for (path, text) in &files {
        sources.texts.insert(Arc::from(path.as_str()), Arc::from(text.as_str()));
    }
    let written = sources.text(path).map(|text| body(text).to_owned()).unwrap_or_default();
    let after = crate::prepare(sources, options, Some(prepared));
    if after.has_errors() {
        report::problems(&after);
        bail!("what the pad says does not fit the directory; nothing was written");
    }
    let new = after.plan.derived.directory.clone();
    let after = pad::of_call(&new, id, &written, &doubled);
    let (gone, said) = (pad::replaced(&before, &after), pad::said(recording, &doubled));
    let former = [recorded.clone(), pad::open_actions(&new, id, &doubled)].concat();
    let staying = pad::staying(&former, (recording, &said), &after);
    let unwritten = pad::missing(&said, &after);
    files.extend(beside(prepared, pad, recording));
    // What stays is told again until it is gone.
    let kept = staying.iter().filter(|fact| pad::missing(&[(*fact).clone()], &recorded).is_empty());
    let held = has_begun(prepared, id).then(Fact::held);
    let kept: Vec<Fact> = said.iter().chain(kept).cloned().chain(held).collect();
    let has_more = said.iter().any(|fact| !stored.contains(fact));
    let text = pad.recorded.0.clone().without(&pad.former_key).with(&pad.key, kept).written();
    if (has_more || !files.is_empty()) && pad.recorded.1.as_ref() != Some(&text) {
        files.insert(pad.paths.recorded.clone(), text);
    }
    let told = |facts: &[Fact]| pad::told(facts, &new, id);
    let (mut gone, staying, unwritten) = (told(&gone), told(&staying), told(&unwritten));
    gone.extend(comments.iter().map(|it| format!("comment: {it}")));
    Ok(Planned { files, corrected, uncorrected, gone, staying, unwritten, after: new })
}

/// Writes into entries what answers say otherwise by now; what is corrected, and what somebody has changed since.
fn correct(
    prepared: &Prepared,
    recording: &Recording,
    today: Date,
    files: &mut BTreeMap<String, String>,
) -> [Vec<String>; 2] {
    let mut told = [Vec::new(), Vec::new()];
    for record in &prepared.records.entries {
        let all = recording.corrections.iter().filter(|it| *it.path == *record.path);
        let (fitting, other): (Vec<_>, Vec<_>) = all.partition(|it| it.fits(record));
        let text = prepared.sources.text(&record.path).filter(|_| !fitting.is_empty());
        let text = text.and_then(|text| pad::corrected(text, record, &fitting, today));
        let is_unwritten = usize::from(text.is_none());
        files.extend(text.map(|text| (record.path.to_string(), text)));
        told[is_unwritten].extend(fitting.iter().map(|it| it.told()));
        told[1].extend(other.iter().map(|it| it.told()));
    }
    told
}

/// Who does the actions of a call and until when, as earlier calls say of the same.
fn carried(prepared: &Prepared, id: CallId, doubled: &Doubled) -> BTreeSet<Fact> {
    let derived = &prepared.plan.derived;
    let before = |at| {
        let history = derived.actions().of((id, at));
        history.lines.iter().take_while(|line| line.0 != id).last().map(|line| line.0)
    };
    let earlier: BTreeSet<CallId> =
        (0..derived.directory[id].actions.len()).filter_map(before).collect();
    let facts =
        earlier.into_iter().flat_map(|it| pad::of_call(&derived.directory, it, "", doubled));
    facts.filter(|fact| matches!(fact.what, What::Doer | What::Due)).collect()
}

/// What was recorded before, as far as it counts, where what is no longer there is not to be written again.
fn recorded_before(prepared: &Prepared, id: CallId, pad: &Pad) -> Vec<Fact> {
    let directory = &prepared.plan.derived.directory;
    let path = &directory[id].entry.text.record.path;
    let text = prepared.sources.text(path).filter(|_| !pad.writes_again).map(body);
    let doubled = Doubled::new(&Recording::default(), &directory[id]);
    let before = |text| pad::of_call(directory, id, text, &doubled);
    let stored = pad.recorded.0.of(&pad.former_key, &former(directory));
    text.map_or(Vec::new(), |text| still_there(prepared, id, &stored, &before(text)))
}

/// What was recorded before, as far as it counts: a call of whose recording nothing is left, or which was held and
/// is so no longer, is recorded as if for the first time.
fn still_there(prepared: &Prepared, id: CallId, stored: &[Fact], before: &[Fact]) -> Vec<Fact> {
    let (held, stored): (Vec<Fact>, Vec<Fact>) =
        stored.iter().cloned().partition(|fact| fact.what == What::Held);
    let status = prepared.plan.derived.directory[id].status;
    let is_undone = !held.is_empty() && status == CallStatus::Planned;
    let is_left = !is_undone && pad::missing(&stored, before).len() < stored.len();
    if is_left { stored } else { Vec::new() }
}

fn body(text: &str) -> &str {
    &text[front_matter::split(text).body.start..]
}

/// What coops, needs and offers were called before, with their folder, and their ids.
fn former(directory: &Directory) -> BTreeMap<String, String> {
    let is_of_call =
        |id: &EntryId| matches!(id, EntryId::Coop(_) | EntryId::Need(_) | EntryId::Offer(_));
    let names = directory.ids().filter(is_of_call).flat_map(|id| {
        let (entry, folder) = (&directory[id], id.kind().folder());
        let name = move |alias: &Slug| (format!("{folder}/{alias}"), entry.slug.to_string());
        entry.aliases.iter().map(name)
    });
    names.collect()
}

/// What is kept beside the pad: what is left over, and the answers.
fn beside(prepared: &Prepared, pad: &Pad, recording: &Recording) -> Vec<(String, String)> {
    let unsorted = exchange::unsorted(prepared.plan.wording(SiteLanguage::FIRST).words);
    let left = pad::left_over(pad.left.as_deref(), recording, &pad.kept, unsorted);
    let new = pad::joined(&recording.answers, &recording.made);
    let all = pad::as_written(pad::joined(&pad.kept, &new));
    let answers = pad::write_answers(&all);
    let is_new = all != pad.kept && pad.answers.as_ref() != Some(&answers);
    let left = left.map(|text| (pad.paths.left.clone(), text));
    let answers = is_new.then(|| (pad.paths.answers.clone(), answers));
    left.into_iter().chain(answers).collect()
}

/// In an order in which the same command completes what was interrupted: first what is kept beside the pad,
/// then new entries, since a call that names them is never to be without them; last that all this was recorded.
fn write(
    context: &Context,
    prepared: &Prepared,
    pad: &Pad,
    files: &BTreeMap<String, String>,
) -> Result<()> {
    let is_beside = |path: &str| addresses::is_of_pads(path);
    let before = |path: &str| {
        let is_there = match is_beside(path) {
            true if path == pad.paths.left => pad.left.is_some(),
            true if path == pad.paths.recorded => pad.recorded.1.is_some(),
            true => pad.answers.is_some(),
            false => prepared.sources.text(path).is_some(),
        };
        if is_there { Before::File } else { Before::Nothing }
    };
    let changes = files.iter().map(|(path, text)| Change { path, text, before: before(path) });
    let mut changes: Vec<Change> = changes.collect();
    let recorded = pad.paths.recorded.as_str();
    changes.sort_by_key(|change| {
        (change.path == recorded, !is_beside(change.path), change.before == Before::File)
    });
    together::write(&context.site, &changes)?;
    changes.iter().for_each(|change| data!("{}", change.path));
    Ok(())
}
