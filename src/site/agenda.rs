//! The agenda of a call as a text for a chat or a pad.

use super::SitePlan;
use super::paths::{self, SitePath};
use super::views::Viewer;
use crate::content::record::EntryKind;
use crate::derived::actions::Line;
use crate::derived::agenda::{self, Part, Review, What};
use crate::derived::matching::introductions::Introductions;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, EntryId};

/// How the text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a chat.
    Text,
    /// For a pad or a wiki.
    Markdown,
}

/// The agenda of a call, in one of the site's languages by its position.
pub fn text(plan: &SitePlan, id: CallId, language: usize, form: Form) -> String {
    let path = SitePath::new("");
    let viewer = Viewer::new(plan, language, &path);
    let (call, agenda) = (&viewer.directory[id], agenda::of(viewer.derived, id));
    let mut sheet = Sheet { form, text: String::new() };
    sheet.heading(1, &viewer.title(EntryId::Call(id)));
    opening(&viewer, id, agenda.excess, &mut sheet);
    for part in &agenda.parts {
        let title = viewer.words.text(&format!("agenda-part-{}", part.what.as_str())).to_owned();
        sheet.heading(2, &format!("{}{title}", clock(&viewer, call, part.at)));
        match part.what {
            What::Opening => {
                let lines = agenda.actions.iter();
                let actions: Vec<String> =
                    lines.map(|line| action(&viewer, *line, id, &sheet)).collect();
                sheet.list_as_written(viewer.words.text("agenda-actions"), &actions);
                if agenda.review.pairs.is_empty() {
                    waiting(&viewer, agenda.review.others, &mut sheet);
                }
            }
            What::Review => {
                review(&viewer, call, (part, &agenda.review), &mut sheet);
                waiting(&viewer, agenda.review.others, &mut sheet);
            }
            What::About | What::Needs | What::Offers => {
                for (at, turn) in &part.turns {
                    let turn = &call.turns[*turn];
                    let coop = viewer.title(EntryId::Coop(turn.coop));
                    let is_new = viewer.derived.calls().is_new_in(viewer.directory, turn.coop, id);
                    let marks = [(is_new, "agenda-new"), (turn.written, "agenda-read-aloud")];
                    let marks = marks.iter().filter(|(is, _)| *is);
                    let marks: Vec<&str> = marks.map(|(_, key)| viewer.words.text(key)).collect();
                    let marks = match marks.is_empty() {
                        true => String::new(),
                        false => {
                            format!(" ({})", marks.join(viewer.words.text("enumeration-comma")))
                        }
                    };
                    sheet.item(0, &format!("{}{coop}{marks}", clock(&viewer, call, *at)));
                    for entry in agenda::said_or_open(viewer.derived, id, part.what, turn) {
                        sheet.item(1, &viewer.title(entry));
                    }
                }
            }
            What::Introductions => {
                let found = viewer.derived.introductions(id).into_iter();
                for it in found.flat_map(Introductions::fair) {
                    sheet.item(0, &pair(&viewer, EntryId::Need(it.need), EntryId::Offer(it.offer)));
                }
            }
            What::Closing => sheet.line(viewer.words.text("agenda-closing-how")),
        }
    }
    sheet.text
}

/// The introductions that are asked about, a minute each.
fn review(viewer: &Viewer<'_>, call: &Call, (part, review): (&Part, &Review), sheet: &mut Sheet) {
    for (at, place) in &part.turns {
        let found = &viewer.derived.matches().list[review.pairs[*place] as usize];
        let pair = pair(viewer, EntryId::Need(found.need), EntryId::Offer(found.offer));
        let since = viewer.since(found).map(|since| {
            let words = viewer.words.with("match-since", [("date", since.human.into())]);
            format!(" ({})", words.trim_end_matches('.'))
        });
        let since = since.unwrap_or_default();
        sheet.item(0, &format!("{}{pair}{since}", clock(viewer, call, *at)));
    }
}

/// How many introductions wait for an answer besides those that are named, and where they are.
fn waiting(viewer: &Viewer<'_>, count: usize, sheet: &mut Sheet) {
    if count == 0 {
        return;
    }
    let words = viewer.words.count("agenda-waiting", count);
    let page = viewer.settings.base_url.as_ref();
    let page = page.map(|base| paths::absolute(base, &viewer.local(paths::WAITING)));
    match page {
        Some(page) => sheet.item_with_address(&words, &page),
        None => sheet.item(0, &words),
    }
}

/// When and where, and the agenda's page.
fn opening(viewer: &Viewer<'_>, id: CallId, excess: u32, sheet: &mut Sheet) {
    let call = &viewer.directory[id];
    if let Some(when) = viewer.when(id) {
        let zone = when.zone.replace('_', " ");
        let arguments =
            [("date", when.date.into()), ("time", when.time.into()), ("zone", zone.into())];
        let minutes = viewer.words.count("minutes", when.duration as usize);
        let comma = viewer.words.text("enumeration-comma");
        sheet.line(&format!("{}{comma}{minutes}", viewer.words.with("when", arguments)));
    }
    if let Some(join) = &call.join {
        let address = [("address", join.to_string().into())];
        sheet.line(&viewer.words.with("agenda-join-at", address));
    }
    if let Some(base) = &viewer.settings.base_url {
        let page = match call.is_ahead(viewer.derived.today) {
            true => paths::agenda(&call.entry.slug),
            false => paths::entry(EntryKind::Call, &call.entry.slug),
        };
        let address = [("address", paths::absolute(base, &viewer.local(&page)).into())];
        sheet.line(&viewer.words.with("agenda-page-at", address));
    }
    if excess > 0 {
        sheet.line(&viewer.words.count("agenda-excess", excess as usize));
    }
}

/// "16:05 ", by the clock of the call, or nothing where it has none.
fn clock(viewer: &Viewer<'_>, call: &Call, minutes: u32) -> String {
    viewer.clock(call, minutes).map(|clock| format!("{} ", clock.human)).unwrap_or_default()
}

/// What is to be done, in its own Markdown, by whom until when, and since which call.
fn action(viewer: &Viewer<'_>, line: Line, id: CallId, sheet: &Sheet) -> String {
    let history = viewer.derived.actions().of(line);
    let notes = viewer.action_notes(viewer.owner_name(history), history, Some(id));
    let comma = viewer.words.text("enumeration-comma");
    let what = &viewer.directory[line.0].actions[line.1].what;
    match notes.is_empty() {
        true => what.clone(),
        false => format!("{what} ({})", sheet.plain(&notes.join(comma))),
    }
}

/// "A and B: what A needs / what B offers".
fn pair(viewer: &Viewer<'_>, need: EntryId, offer: EntryId) -> String {
    let coop = |id: EntryId| match id {
        EntryId::Need(id) => viewer.title(EntryId::Coop(viewer.directory[id].terms.coop)),
        EntryId::Offer(id) => viewer.title(EntryId::Coop(viewer.directory[id].terms.coop)),
        _ => String::new(),
    };
    let coops =
        viewer.words.with("match-of", [("need", coop(need).into()), ("offer", coop(offer).into())]);
    format!("{coops}: {} / {}", viewer.title(need), viewer.title(offer))
}

/// A text that is being written.
struct Sheet {
    form: Form,
    text: String,
}

impl Sheet {
    fn heading(&mut self, level: usize, text: &str) {
        let gap = if self.text.is_empty() { "" } else { "\n" };
        let text = self.plain(text);
        self.text += &match self.form {
            Form::Markdown => format!("{gap}{} {text}\n\n", "#".repeat(level)),
            Form::Text if level == 1 => format!("{gap}{}\n", text.to_uppercase()),
            Form::Text => format!("{gap}{text}\n"),
        };
    }

    fn line(&mut self, text: &str) {
        // In Markdown, two spaces keep what follows on a line of its own.
        self.text += text;
        self.text += if self.form == Form::Markdown { "  \n" } else { "\n" };
    }

    fn item(&mut self, depth: usize, text: &str) {
        let text = self.plain(text);
        self.text += &format!("{}- {text}\n", "  ".repeat(depth));
    }

    /// An item that ends with an address, which programs make a link.
    fn item_with_address(&mut self, text: &str, address: &str) {
        let text = self.plain(text);
        self.text += &format!("- {text} {address}\n");
    }

    /// A list with a word above it, unless it is empty; its items are Markdown.
    fn list_as_written(&mut self, title: &str, items: &[String]) {
        if !items.is_empty() {
            self.item(0, title);
            items.iter().for_each(|text| self.text += &format!("  - {text}\n"));
        }
    }

    /// A text that stays itself whatever is in it.
    fn plain(&self, text: &str) -> String {
        match self.form {
            Form::Text => text.to_owned(),
            Form::Markdown => text.chars().fold(String::new(), |mut plain, c| {
                plain.extend(Some('\\').filter(|_| "\\`*_[]<>#".contains(c)));
                plain.push(c);
                plain
            }),
        }
    }
}
