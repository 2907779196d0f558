//! Feeds about calls: the calls themselves, what they decided, and what is to be done.

use std::cmp::Reverse;

use atom_syndication::{Entry, Link, Text};
use jiff::civil::Date;

use super::atom::{instant, lasting_id};
use super::html;
use super::paths::{self, SitePath};
use super::views::{self, Viewer};
use crate::content::record::EntryKind;
use crate::content::values::{CallStatus, Slug};
use crate::derived::actions::History;
use crate::directory::call::Call;
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, EntryId};

/// The calls that changed last: one item a call, whose title says where it stands.
pub fn calls(
    viewer: &Viewer<'_>,
    most: usize,
    absolute: impl Fn(&SitePath) -> String,
) -> Vec<Entry> {
    let mut calls: Vec<(Option<Date>, CallId)> = (0..)
        .map(CallId)
        .zip(&viewer.directory.calls)
        .map(|(id, call)| (changed(call), id))
        .collect();
    calls.sort_by_key(|it| Reverse(*it));
    let item = |(changed, id): (Option<Date>, CallId)| {
        let call = &viewer.directory[id];
        let summary = call.entry.words(viewer.language).summary;
        Entry {
            title: Text::plain(state(viewer, id)),
            id: lasting_id(viewer, &page(viewer, call.entry.first_id())),
            updated: instant(changed),
            published: call.entry.created.map(|date| instant(Some(date))),
            links: vec![link(absolute(&page(viewer, &call.entry.slug)))],
            summary: (!summary.is_empty()).then(|| Text::plain(summary)),
            ..Entry::default()
        }
    };
    calls.into_iter().take(most).map(item).collect()
}

/// What the latest calls decided.
pub fn decisions(
    viewer: &Viewer<'_>,
    most: usize,
    absolute: impl Fn(&SitePath) -> String,
) -> Vec<Entry> {
    let item = |(id, at): (CallId, usize)| {
        let call = &viewer.directory[id];
        let text = html::plain(&call.decisions[at]);
        let mark = blake3::hash(call.decisions[at].as_bytes()).to_hex();
        let address = absolute(&page(viewer, &call.entry.slug));
        Entry {
            id: format!(
                "{}#{}",
                lasting_id(viewer, &page(viewer, call.entry.first_id())),
                &mark[..8]
            ),
            title: Text::plain(text),
            updated: instant(call.day()),
            links: vec![link(format!("{address}#Decisions"))],
            summary: Some(Text::plain(state(viewer, id))),
            ..Entry::default()
        }
    };
    viewer.derived.calls().decisions.iter().take(most).copied().map(item).collect()
}

/// What is open of the latest calls.
pub fn open_actions(
    viewer: &Viewer<'_>,
    most: usize,
    absolute: impl Fn(&SitePath) -> String,
) -> Vec<Entry> {
    let list = lasting_id(viewer, &viewer.local(paths::OPEN));
    let item = |history: &History| {
        let (first, (last, at)) = (&viewer.directory[history.first()], history.last());
        let address = absolute(&page(viewer, &viewer.directory[last].entry.slug));
        Entry {
            id: format!("{list}#{}", history.id),
            title: Text::plain(html::plain(&viewer.directory[last].actions[at].what)),
            updated: instant(first.day()),
            links: vec![link(format!("{address}#Actions"))],
            summary: Some(Text::plain(whose(viewer, history))),
            ..Entry::default()
        }
    };
    views::newest_actions(viewer.derived).into_iter().take(most).map(item).collect()
}

/// Whose an action is, until when, and since which call.
fn whose(viewer: &Viewer<'_>, history: &History) -> String {
    let unnamed = || {
        let is_unnamed = history.owner == Some(Person::Unnamed);
        is_unnamed.then(|| viewer.words.text("unnamed").to_owned())
    };
    let owner = viewer.owner_name(history).or_else(unnamed);
    viewer.action_notes(owner, history, None).join(viewer.words.text("enumeration-comma"))
}

/// Where a call stands, in a few words.
fn state(viewer: &Viewer<'_>, id: CallId) -> String {
    let call = &viewer.directory[id];
    let key = match call.status {
        CallStatus::Held => "feed-call-held",
        CallStatus::Cancelled => "feed-call-cancelled",
        CallStatus::Planned if is_moved(viewer, call) => "feed-call-moved",
        CallStatus::Planned => "feed-call-announced",
    };
    let date = call.day().map(|day| viewer.words.date(day)).unwrap_or_default();
    let title = viewer.title(EntryId::Call(id));
    viewer.words.with(key, [("call", title.into()), ("date", date.into())])
}

/// Whether a call is on another day than the rule of its series says.
fn is_moved(viewer: &Viewer<'_>, call: &Call) -> bool {
    let series = call.series.as_ref().and_then(|id| viewer.directory.site.series(id.as_str()));
    let rule = series.and_then(|series| series.recurrence.as_ref());
    let day = call.day();
    rule.zip(day).is_some_and(|(rule, day)| rule.stands_for(day).is_some_and(|own| own != day))
}

/// When readers of feeds see a call as changed.
fn changed(call: &Call) -> Option<Date> {
    call.entry.updated.or(call.entry.created).or(call.day())
}

fn page(viewer: &Viewer<'_>, slug: &Slug) -> SitePath {
    viewer.local(&paths::entry(EntryKind::Call, slug))
}

fn link(href: String) -> Link {
    Link { href, rel: "alternate".to_owned(), ..Link::default() }
}
