//! What changed lately, and which pages are wanted.

use serde::Serialize;

use crate::pages::parts::chrome::Chrome;
use crate::pages::viewer::{Link, Viewer};
use crate::wording::Day;

/// What changed lately.
#[derive(Debug, Serialize)]
pub(super) struct ChangesView {
    page: Chrome,
    days: Vec<ChangedDay>,
    /// How many changes are shown, where older ones are left out.
    shown: Option<usize>,
}

/// What changed on a day.
#[derive(Debug, Serialize)]
pub(super) struct ChangedDay {
    day: Day,
    links: Vec<ChangedLink>,
}

/// An entry that changed.
#[derive(Debug, Serialize)]
pub(super) struct ChangedLink {
    link: Link,
    is_new: bool,
}

/// Pages that are linked to but not written.
#[derive(Debug, Serialize)]
pub(super) struct WantedView {
    page: Chrome,
    wanted: Vec<Wanted>,
}

/// A page that is not written.
#[derive(Debug, Serialize)]
pub(super) struct Wanted {
    name: String,
    from: Vec<Link>,
}

/// How many changes are shown.
const CHANGES_SHOWN: usize = 200;

/// The view of recent changes.
pub(super) fn changes(viewer: &Viewer<'_>) -> ChangesView {
    let directory = viewer.directory;
    let dated = directory.ids().filter_map(|id| Some((directory[id].changed()?, id)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    let shown = (dated.len() > CHANGES_SHOWN).then_some(CHANGES_SHOWN);
    let mut days: Vec<ChangedDay> = Vec::new();
    for (date, id) in dated.into_iter().take(CHANGES_SHOWN) {
        let day = viewer.wording.day(date);
        if days.last().is_none_or(|last| last.day.machine != day.machine) {
            days.push(ChangedDay { day, links: Vec::new() });
        }
        let is_new = directory[id].created == Some(date);
        if let Some(last) = days.last_mut() {
            last.links.push(ChangedLink { link: viewer.entry_link(id), is_new });
        }
    }
    ChangesView { page: viewer.chrome(viewer.words.text("changes-title"), ""), days, shown }
}

/// The view of wanted pages.
pub(super) fn wanted(viewer: &Viewer<'_>) -> WantedView {
    let wanted = viewer.derived.links().wanted.values();
    let mut wanted: Vec<Wanted> = wanted
        .map(|wanted| Wanted {
            name: wanted.name.clone(),
            from: wanted.from.iter().map(|id| viewer.entry_link(*id)).collect(),
        })
        .collect();
    wanted.sort_by_key(|wanted| std::cmp::Reverse(wanted.from.len()));
    WantedView { page: viewer.chrome(viewer.words.text("wanted-title"), ""), wanted }
}
