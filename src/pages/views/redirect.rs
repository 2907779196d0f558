//! Former addresses, and the foot of every page.

use serde::Serialize;

use crate::addresses;
use crate::pages::parts::chrome::Chrome;
use crate::pages::viewer::Viewer;

/// A page that says no more than itself.
#[derive(Debug, Serialize)]
pub(crate) struct PlainView {
    page: Chrome,
}

/// A page that leads on to another.
#[derive(Debug, Serialize)]
pub(super) struct RedirectView {
    page: Chrome,
    target: String,
    title: String,
}

/// The view of the foot of a page.
pub(crate) fn footer(viewer: &Viewer<'_>) -> PlainView {
    PlainView { page: viewer.chrome("", "") }
}

/// The view of a former address; `target` is a path in the page's language.
pub(super) fn redirect(viewer: &Viewer<'_>, target: &str, title: &str) -> RedirectView {
    let mut page = viewer.chrome(title, "").hidden();
    let base = viewer.settings.base_url.as_ref();
    page.canonical = base.map(|base| addresses::absolute(base, &viewer.local(target)));
    page.alternates.clear();
    RedirectView { page, target: viewer.href(target), title: title.to_owned() }
}
