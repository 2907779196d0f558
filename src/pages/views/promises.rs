//! What calls promised and decided: actions with what became of them, the lists of what is open and of
//! what was decided.

use jiff::civil::Date;
use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::content::values::CallStatus;
use crate::directory::ids::{CallId, EntryId};
use crate::pages::body;
use crate::pages::orders::OwnerKey;
use crate::pages::parts::actions::ActionView;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::PersonView;
use crate::pages::parts::pager::{PER_PAGE, Pager};
use crate::pages::viewer::{Link, Viewer};
use crate::wording::{Day, Label};

/// What is still to be done of all calls.
#[derive(Debug, Serialize)]
pub(super) struct OpenView {
    page: Chrome,
    /// By owner, coops first; within an owner the oldest first.
    owners: Vec<OwnerView>,
    total: usize,
    pager: Option<Pager>,
}

/// What one owner has to do.
#[derive(Debug, Serialize)]
pub(super) struct OwnerView {
    /// None where nobody was said.
    who: Option<PersonView>,
    actions: Vec<ActionView>,
}

/// What all calls decided.
#[derive(Debug, Serialize)]
pub(super) struct DecisionsView {
    page: Chrome,
    /// The latest first.
    years: Vec<DecidedYear>,
    total: usize,
    pager: Option<Pager>,
}

/// What the calls of a year decided.
#[derive(Debug, Serialize)]
pub(super) struct DecidedYear {
    /// None where a call has no day.
    year: Option<String>,
    calls: Vec<DecidedCall>,
}

/// What a call decided.
#[derive(Debug, Serialize)]
pub(super) struct DecidedCall {
    link: Link,
    day: Option<Day>,
    /// Where the call was not held.
    status: Option<Label>,
    /// As HTML, in their order.
    decisions: Vec<String>,
}

/// The view of a page of the actions that are open, from 1; `open` are all of them, by owner.
pub(super) fn open_actions(
    viewer: &Viewer<'_>,
    number: usize,
    open: &[(OwnerKey, usize)],
) -> OpenView {
    let list = &viewer.derived.actions().list;
    let shown: Vec<_> = open.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).collect();
    let owners = shown.chunk_by(|(one, _), (other, _)| one == other).map(|of_owner| OwnerView {
        who: list[of_owner[0].1].owner.as_ref().map(|person| viewer.person(person)),
        actions: of_owner.iter().map(|(_, at)| viewer.open_action(&list[*at])).collect(),
    });
    OpenView {
        page: viewer.page_of_calls("open-title", "open-about", addresses::OPEN_FEED),
        owners: owners.collect(),
        total: open.len(),
        pager: Pager::new(viewer, addresses::OPEN, number, open.len()),
    }
}

/// The view of a page of decisions, from 1.
pub(super) fn decisions(viewer: &Viewer<'_>, number: usize) -> DecisionsView {
    let all = &viewer.derived.calls().decisions;
    let first = (number - 1) * PER_PAGE;
    let shown = &all[first.min(all.len())..(first + PER_PAGE).min(all.len())];
    let by_call: Vec<&[(CallId, usize)]> = shown.chunk_by(|one, other| one.0 == other.0).collect();
    let year = |of_call: &&[(CallId, usize)]| viewer.directory[of_call[0].0].day().map(Date::year);
    let years = by_call.chunk_by(|one, other| year(one) == year(other)).map(|of_year| {
        let calls = of_year.iter().map(|of_call| decided_call(viewer, of_call));
        DecidedYear { year: year(&of_year[0]).map(|year| year.to_string()), calls: calls.collect() }
    });
    DecisionsView {
        page: viewer.page_of_calls("decisions-title", "decisions-about", addresses::DECISIONS_FEED),
        years: years.collect(),
        total: all.len(),
        pager: Pager::new(viewer, addresses::DECISIONS, number, all.len()),
    }
}

fn decided_call(viewer: &Viewer<'_>, of_call: &[(CallId, usize)]) -> DecidedCall {
    let id = of_call[0].0;
    let call = &viewer.directory[id];
    DecidedCall {
        link: viewer.entry_link(EntryId::Call(id)),
        day: call.day().map(|date| viewer.wording.day(date)),
        status: (call.status != CallStatus::Held).then(|| viewer.wording.call_status(id)),
        decisions: of_call.iter().map(|(_, at)| body::inline(&call.decisions[*at])).collect(),
    }
}

impl Viewer<'_> {
    fn page_of_calls(&self, title: &str, about: &str, feed: &str) -> Chrome {
        let page = self.chrome_below(EntryKind::Call, self.words.text(title));
        let feed =
            self.link(feed, self.words.with("feed-of", [("what", self.words.text(title).into())]));
        page.described(self.words.text(about)).with_feed(feed)
    }
}
