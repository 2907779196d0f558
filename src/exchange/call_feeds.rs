//! Feeds about calls: the calls themselves, what they decided, and what is to be done.

use std::cmp::Reverse;

use atom_syndication::{Entry, Text};
use jiff::civil::Date;

use super::feeds::{Feeder, alternate, instant};
use crate::addresses;
use crate::content::markdown::plain;
use crate::content::record::EntryKind;
use crate::content::values::{CallStatus, Slug};
use crate::derived::Derived;
use crate::derived::actions::History;
use crate::directory::call::Call;
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, EntryId};
use crate::wording::Wording;

/// The calls that changed last: one item a call, whose title says where it stands.
pub(super) fn calls(feeder: &Feeder<'_>, most: usize) -> Vec<Entry> {
    let wording = &feeder.wording;
    let directory = wording.directory;
    let mut calls: Vec<(Option<Date>, CallId)> =
        CallId::each(&directory.calls).map(|(id, call)| (changed(call), id)).collect();
    calls.sort_by_key(|it| Reverse(*it));
    let item = |(changed, id): (Option<Date>, CallId)| {
        let call = &directory[id];
        let summary = call.entry.words(wording.language).summary;
        Entry {
            title: Text::plain(state(wording, id)),
            id: feeder.id(&page(call.entry.first_id())),
            updated: instant(changed),
            published: call.entry.created.map(|date| instant(Some(date))),
            links: vec![alternate(feeder.url(&page(&call.entry.slug)))],
            summary: (!summary.is_empty()).then(|| Text::plain(summary)),
            ..Entry::default()
        }
    };
    calls.into_iter().take(most).map(item).collect()
}

/// What the latest calls decided.
pub(super) fn decisions(feeder: &Feeder<'_>, most: usize) -> Vec<Entry> {
    let wording = &feeder.wording;
    let directory = wording.directory;
    let item = |(id, at): (CallId, usize)| {
        let call = &directory[id];
        let text = plain(&call.decisions[at]);
        let mark = blake3::hash(call.decisions[at].as_bytes()).to_hex();
        let address = feeder.url(&page(&call.entry.slug));
        Entry {
            id: format!("{}#{}", feeder.id(&page(call.entry.first_id())), &mark[..8]),
            title: Text::plain(text),
            updated: instant(call.day()),
            links: vec![alternate(format!("{address}#Decisions"))],
            summary: Some(Text::plain(state(wording, id))),
            ..Entry::default()
        }
    };
    wording.derived.calls().decisions.iter().take(most).copied().map(item).collect()
}

/// What is open of the latest calls.
pub(super) fn open_actions(feeder: &Feeder<'_>, most: usize) -> Vec<Entry> {
    let wording = &feeder.wording;
    let directory = wording.directory;
    let list = feeder.id(addresses::OPEN);
    let item = |history: &History| {
        let (first, (last, at)) = (&directory[history.first()], history.last());
        let address = feeder.url(&page(&directory[last].entry.slug));
        Entry {
            id: format!("{list}#{}", history.id),
            title: Text::plain(plain(&directory[last].actions[at].what)),
            updated: instant(first.day()),
            links: vec![alternate(format!("{address}#Actions"))],
            summary: Some(Text::plain(whose(wording, history))),
            ..Entry::default()
        }
    };
    newest_actions(wording.derived).into_iter().take(most).map(item).collect()
}

/// Whose an action is, until when, and since which call.
fn whose(wording: &Wording<'_>, history: &History) -> String {
    let unnamed = || {
        let is_unnamed = history.owner == Some(Person::Unnamed);
        is_unnamed.then(|| wording.words.text("unnamed").to_owned())
    };
    let owner = wording.owner_name(history).or_else(unnamed);
    wording.action_notes(owner, history, None).join(wording.words.text("enumeration-comma"))
}

/// Where a call stands, in a few words.
fn state(wording: &Wording<'_>, id: CallId) -> String {
    let call = &wording.directory[id];
    let key = match call.status {
        CallStatus::Held => "feed-call-held",
        CallStatus::Cancelled => "feed-call-cancelled",
        CallStatus::Planned if is_moved(wording, call) => "feed-call-moved",
        CallStatus::Planned => "feed-call-announced",
    };
    let date = call.day().map(|day| wording.words.date(day)).unwrap_or_default();
    let title = wording.title(EntryId::Call(id));
    wording.words.with(key, [("call", title.into()), ("date", date.into())])
}

/// Whether a call is on another day than the rule of its series says.
fn is_moved(wording: &Wording<'_>, call: &Call) -> bool {
    let series = call.series.as_ref().and_then(|id| wording.directory.site.series(id.as_str()));
    let rule = series.and_then(|series| series.recurrence.as_ref());
    let day = call.day();
    rule.zip(day).is_some_and(|(rule, day)| rule.stands_for(day).is_some_and(|own| own != day))
}

/// When readers of feeds see a call as changed.
fn changed(call: &Call) -> Option<Date> {
    call.entry.updated.or(call.entry.created).or(call.day())
}

fn page(slug: &Slug) -> String {
    addresses::entry(EntryKind::Call, slug)
}

/// Open actions for a feed, those of the latest calls first.
fn newest_actions(derived: &Derived) -> Vec<&History> {
    let mut open: Vec<&History> = derived.actions().open().collect();
    open.sort_by_key(|it| Reverse(derived.directory[it.first()].start));
    open
}
