//! The agenda of a call as a text for a chat or a pad.

use crate::addresses::{self, Settings, language_root};
use crate::content::record::EntryKind;
use crate::derived::actions::Line;
use crate::derived::agenda::{self, Part, Review, What};
use crate::derived::introductions::Introductions;
use crate::directory::call::Call;
use crate::directory::ids::{CallId, EntryId};
use crate::wording::Wording;

/// How the text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a chat.
    Text,
    /// For a pad or a wiki.
    Markdown,
}

/// The agenda of a call.
pub fn agenda(wording: &Wording<'_>, settings: &Settings, id: CallId, form: Form) -> String {
    let (call, agenda) = (&wording.directory[id], agenda::of(wording.derived, id));
    let mut sheet = Sheet { form, text: String::new() };
    sheet.heading(1, &wording.title(EntryId::Call(id)));
    opening(wording, settings, (id, agenda.excess), &mut sheet);
    for part in &agenda.parts {
        let title = wording.words.text(&format!("agenda-part-{}", part.what.as_str())).to_owned();
        sheet.heading(2, &format!("{}{title}", clock(wording, call, part.at)));
        match part.what {
            What::Opening => {
                let lines = agenda.actions.iter();
                let actions: Vec<String> =
                    lines.map(|line| action(wording, *line, id, &sheet)).collect();
                sheet.list_as_written(wording.words.text("agenda-actions"), &actions);
                if agenda.review.pairs.is_empty() {
                    waiting(wording, settings, agenda.review.others, &mut sheet);
                }
            }
            What::Review => {
                review(wording, call, (part, &agenda.review), &mut sheet);
                waiting(wording, settings, agenda.review.others, &mut sheet);
            }
            What::About | What::Needs | What::Offers => {
                for (at, turn) in &part.turns {
                    let turn = &call.turns[*turn];
                    let coop = wording.title(EntryId::Coop(turn.coop));
                    let is_new =
                        wording.derived.calls().is_new_in(wording.directory, turn.coop, id);
                    let marks = [(is_new, "agenda-new"), (turn.written, "agenda-read-aloud")];
                    let marks = marks.iter().filter(|(is, _)| *is);
                    let marks: Vec<&str> = marks.map(|(_, key)| wording.words.text(key)).collect();
                    let marks = match marks.is_empty() {
                        true => String::new(),
                        false => {
                            format!(" ({})", marks.join(wording.words.text("enumeration-comma")))
                        }
                    };
                    sheet.item(0, &format!("{}{coop}{marks}", clock(wording, call, *at)));
                    for entry in agenda::said_or_open(wording.derived, id, part.what, turn) {
                        sheet.item(1, &wording.title(entry));
                    }
                }
            }
            What::Introductions => {
                let found = wording.derived.introductions(id).into_iter();
                for it in found.flat_map(Introductions::fair) {
                    sheet.item(0, &pair(wording, EntryId::Need(it.need), EntryId::Offer(it.offer)));
                }
            }
            What::Closing => sheet.line(wording.words.text("agenda-closing-how")),
        }
    }
    sheet.text
}

/// The introductions that are asked about, a minute each.
fn review(wording: &Wording<'_>, call: &Call, (part, review): (&Part, &Review), sheet: &mut Sheet) {
    for (at, place) in &part.turns {
        let found = &wording.derived.matches().list[review.pairs[*place] as usize];
        let pair = pair(wording, EntryId::Need(found.need), EntryId::Offer(found.offer));
        let since = wording.since(found).map(|since| {
            let words = wording.words.with("match-since", [("date", since.human.into())]);
            format!(" ({})", words.trim_end_matches('.'))
        });
        let since = since.unwrap_or_default();
        sheet.item(0, &format!("{}{pair}{since}", clock(wording, call, *at)));
    }
}

/// How many introductions wait for an answer besides those that are named, and where they are.
fn waiting(wording: &Wording<'_>, settings: &Settings, count: usize, sheet: &mut Sheet) {
    if count == 0 {
        return;
    }
    let words = wording.words.count("agenda-waiting", count);
    match whole(wording, settings, addresses::WAITING) {
        Some(page) => sheet.item_with_address(&words, &page),
        None => sheet.item(0, &words),
    }
}

/// When and where, and the agenda's page.
fn opening(
    wording: &Wording<'_>,
    settings: &Settings,
    (id, excess): (CallId, u32),
    sheet: &mut Sheet,
) {
    let call = &wording.directory[id];
    if let Some(when) = wording.when(id) {
        let zone = when.zone.replace('_', " ");
        let arguments =
            [("date", when.date.into()), ("time", when.time.into()), ("zone", zone.into())];
        let minutes = wording.words.count("minutes", when.duration as usize);
        let comma = wording.words.text("enumeration-comma");
        sheet.line(&format!("{}{comma}{minutes}", wording.words.with("when", arguments)));
    }
    if let Some(join) = &call.join {
        let address = [("address", join.to_string().into())];
        sheet.line(&wording.words.with("agenda-join-at", address));
    }
    let page = match call.is_ahead(wording.derived.today) {
        true => addresses::agenda(&call.entry.slug),
        false => addresses::entry(EntryKind::Call, &call.entry.slug),
    };
    if let Some(address) = whole(wording, settings, &page) {
        sheet.line(&wording.words.with("agenda-page-at", [("address", address.into())]));
    }
    if excess > 0 {
        sheet.line(&wording.words.count("agenda-excess", excess as usize));
    }
}

/// The whole address of a page, where the site has one.
fn whole(wording: &Wording<'_>, settings: &Settings, page: &str) -> Option<String> {
    let base = settings.base_url.as_ref()?;
    let root = language_root(&wording.directory.site, wording.language);
    Some(addresses::absolute(base, &root.join(page)))
}

/// "16:05 ", by the clock of the call, or nothing where it has none.
fn clock(wording: &Wording<'_>, call: &Call, minutes: u32) -> String {
    wording.clock(call, minutes).map(|clock| format!("{} ", clock.human)).unwrap_or_default()
}

/// What is to be done, in its own Markdown, by whom until when, and since which call.
fn action(wording: &Wording<'_>, line: Line, id: CallId, sheet: &Sheet) -> String {
    let history = wording.derived.actions().of(line);
    let notes = wording.action_notes(wording.owner_name(history), history, Some(id));
    let comma = wording.words.text("enumeration-comma");
    let what = &wording.directory[line.0].actions[line.1].what;
    match notes.is_empty() {
        true => what.clone(),
        false => format!("{what} ({})", sheet.plain(&notes.join(comma))),
    }
}

/// "A and B: what A needs / what B offers".
fn pair(wording: &Wording<'_>, need: EntryId, offer: EntryId) -> String {
    let coop = |id: EntryId| {
        let coop = wording.directory.coop_of(id);
        coop.map(|coop| wording.title(EntryId::Coop(coop))).unwrap_or_default()
    };
    let coops = wording
        .words
        .with("match-of", [("need", coop(need).into()), ("offer", coop(offer).into())]);
    format!("{coops}: {} / {}", wording.title(need), wording.title(offer))
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
