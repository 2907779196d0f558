//! Questions about a pad, and what was understood of it, for people at a terminal.

use std::io::{BufRead, IsTerminal};

use super::terminal::{Printable, printable, prompt, say};
use crate::content::record::EntryKind;
use crate::content::values::{self, Language, Role};
use crate::pad::{self, Excerpt, Open, Question, Recording, Subject, Titles};

/// "pads/2026-12.md:14: Which coop is `Kite Scool`? (nobody's yet)"
pub(super) fn headline(name: &str, question: &Question) -> String {
    match (question.at.line, &question.owner) {
        (0, _) => format!("{name}: {}", question.text),
        (line, Some(owner)) => format!("{name}:{line}: {} (of {owner})", question.text),
        (line, None) => format!("{name}:{line}: {} (nobody's yet)", question.text),
    }
}

/// The answer that nobody knows more: what is still open is left over.
pub(super) const REST: &str = "rest";

/// Asks until an answer is understood; `None` at the end of the input.
pub(super) fn ask(name: &str, question: &Question, subject: &Subject<'_>) -> Option<String> {
    say!("\n{}", headline(name, question));
    let shown = std::iter::once(&question.at).chain(&question.below);
    for line in shown.flat_map(|it| it.text.lines()) {
        say!("  | {}", line.trim_end());
    }
    for (number, choice) in (1..).zip(&question.choices) {
        say!("  {:>2}  {}", number, choice.label);
    }
    match question.open {
        Some(Open::Coop) => say!("      or the name of a coop"),
        Some(Open::Pair) => say!("      or two ids: NEED--OFFER"),
        Some(Open::Language) => say!("      or a tag, such as pt-BR"),
        Some(Open::Day) => say!("      or a day: YYYY-MM-DD"),
        None => {}
    }
    say!(
        "      or `{}`: this and all that is still open is kept beside the pad, unpublished",
        REST
    );
    loop {
        prompt!("> ");
        let typed = line()?;
        match answer(&typed, question, subject) {
            Ok(answer) => return Some(answer),
            Err(why) => say!("{}", why),
        }
    }
}

/// What was typed, as an answer: the number of a choice, its word, or what the question is open to.
fn answer(typed: &str, question: &Question, subject: &Subject<'_>) -> Result<String, String> {
    let typed = typed.trim();
    if typed == REST {
        return Ok(REST.to_owned());
    }
    let count = question.choices.len();
    let by_number =
        typed.parse::<usize>().ok().and_then(|it| question.choices.get(it.checked_sub(1)?));
    let by_word = || question.choices.iter().find(|choice| choice.answer == typed);
    if let Some(choice) = by_number.or_else(by_word) {
        return Ok(choice.answer.clone());
    }
    match question.open {
        Some(Open::Coop) if !typed.is_empty() => {
            let coops = subject.coops;
            coops.named(typed).map(|id| coops.slug(id).to_owned()).ok_or_else(|| {
                let alike = coops.alike(typed, &[]);
                let near: Vec<&str> = alike.iter().map(|id| coops.slug(*id)).collect();
                match near.is_empty() {
                    true => format!("No coop is called `{typed}`."),
                    false => {
                        format!("No coop is called `{typed}`; perhaps {}?", values::list(&near))
                    }
                }
            })
        }
        Some(Open::Pair) if typed.contains("--") => Ok(typed.to_owned()),
        Some(Open::Language) if Language::parse(typed).is_ok() => Ok(typed.to_owned()),
        Some(Open::Day) if values::date(typed).is_ok() => Ok(typed.to_owned()),
        _ => Err(format!("Answer with a number from 1 to {count}.")),
    }
}

/// Whether there is somebody to ask.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal()
}

/// Whether to write what was shown.
pub(super) fn confirm(files: usize) -> bool {
    prompt!("\nWrite {}? [y/N] ", super::report::plural(files, "file"));
    line().is_some_and(|typed| matches!(typed.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn line() -> Option<String> {
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed).ok()?;
    (read > 0).then_some(typed)
}

/// What was understood of a pad, and in which file the rest is kept.
pub(super) fn summary(
    (name, left): (&str, &str),
    recording: &Recording,
    titles: &Titles<'_>,
) -> Printable {
    let mut out = printable!("\n{}, as it is understood:\n", name);
    let offices = [("Facilitator", &recording.facilitator), ("Note-taker", &recording.note_taker)];
    for (office, coop) in offices {
        if let Some(coop) = coop {
            out.push(&printable!("\n{}: {}\n", office, titles.coop(coop)));
        }
    }
    for said in &recording.turns {
        out.push(&printable!("\n{}{}\n", titles.coop(&said.coop), took_part(said)));
        if !said.about.is_empty() {
            out.push(&printable!("  about  {}\n", said.about));
        }
        let needs = said.needs.iter().map(|id| (EntryKind::Need, id));
        let offers = said.offers.iter().map(|id| (EntryKind::Offer, id));
        for (kind, id) in needs.chain(offers) {
            let new = recording.new.iter().find(|new| new.kind == kind && new.id == *id);
            out.push(&printable!(
                "  {:<5}  {}\n",
                kind.as_str(),
                described(&titles.of(kind, id), new)
            ));
        }
    }
    for coop in &recording.absent {
        out.push(&printable!("\n{} did not come\n", titles.coop(coop)));
    }
    let introductions = recording.introductions.iter().map(|it| {
        let note = if it.note.is_empty() { String::new() } else { format!(": {}", it.note) };
        format!("{} ({}){note}", titles.pair(&it.need, &it.offer), it.status.as_str())
    });
    let actions = recording.actions.iter().map(|it| promised(it, titles));
    list(&mut out, "Introductions", introductions);
    list(&mut out, "Decisions", recording.decisions.iter().cloned());
    list(&mut out, "Actions", actions);
    list(&mut out, "Notes", recording.notes.trim().lines().map(str::to_owned));
    let place = |it: &Excerpt| format!("line {}: {}", it.line, it.text.trim());
    let left = format!("Left over, to be sorted, not published: {left}");
    list(&mut out, &left, recording.left.iter().map(|(at, why)| format!("{} ({why})", place(at))));
    let left_out = recording.left_out.iter().map(|(at, why)| format!("{} ({why})", place(at)));
    list(&mut out, "Left out", left_out);
    out
}

/// In what the file of a call and the pad differ, and what is no longer in the file.
pub(super) fn comparison(
    file: &str,
    [corrected, uncorrected, gone, staying, unwritten]: [&[String]; 5],
) -> Option<Printable> {
    let mut out = Printable::default();
    let uncorrected_title =
        "Answered anew, and not written: somebody has changed it since".to_owned();
    let lists = [
        (corrected, "Answered anew, and corrected".to_owned()),
        (uncorrected, uncorrected_title),
        (gone, format!("Was in {file}, and is replaced or taken out")),
        (staying, format!("Not in the pad, and stays in {file} until somebody takes it out there")),
        (unwritten, format!("In the pad, and not written into {file}, which says something else")),
    ];
    for (facts, title) in lists.iter().filter(|(facts, _)| !facts.is_empty()) {
        list(&mut out, title, facts.iter().cloned());
    }
    lists.iter().any(|(facts, _)| !facts.is_empty()).then_some(out)
}

fn took_part(said: &pad::RecordedTurn) -> String {
    let role = match said.role {
        Some(Role::Observer) => Some(Role::Observer.as_str().to_owned()),
        Some(Role::Apology) => Some("sent apologies".to_owned()),
        Some(Role::Delegate) | None => None,
    };
    let written = said.written.then(|| "in writing".to_owned());
    let remarks: Vec<String> =
        role.into_iter().chain(written).chain(said.delegate.clone()).collect();
    if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) }
}

/// Something to be done, with what became of it.
fn promised(it: &pad::RecordedAction, titles: &Titles<'_>) -> String {
    let who = it.who.as_ref().map_or("nobody named".to_owned(), |who| titles.coop(who));
    let due = it.due.map_or("no day".to_owned(), |due| format!("by {due}"));
    let handed = it.handed_to.as_ref().map(|to| format!("handed to {}", titles.coop(to)));
    let ends = [(it.done, "done"), (it.dropped, "dropped")];
    let ends = ends.into_iter().filter(|(ended, _)| *ended).map(|(_, word)| word.to_owned());
    let all: Vec<String> = [who, due].into_iter().chain(handed).chain(ends).collect();
    format!("{} ({})", it.what, all.join(", "))
}

fn described(title: &str, new: Option<&pad::NewEntry>) -> Printable {
    let Some(new) = new else { return printable!("{}", title) };
    let language = new.language.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
    let until = new.until.map(|it| format!(", until {it}")).unwrap_or_default();
    printable!(
        "new: {} ({}{}{})\n         {}",
        new.title,
        new.help.as_str(),
        language,
        until,
        pad::path(new)
    )
}

fn list(out: &mut Printable, title: &str, items: impl Iterator<Item = String>) {
    for (at, item) in items.enumerate() {
        if at == 0 {
            out.push(&printable!("\n{}\n", title));
        }
        out.push(&printable!("  {}\n", item));
    }
}
