//! The page for addresses that lead nowhere. It knows what was asked for only in the browser, by a script: for
//! that it has a sentence for each folder in which pages come to an end, in each language.

use serde::Serialize;

use crate::addresses;
use crate::content::record::EntryKind;
use crate::pages::parts::chrome::Chrome;
use crate::pages::viewer::{Link, Viewer, direction};

/// The page for addresses that lead nowhere.
#[derive(Debug, Serialize)]
pub(super) struct NotFoundView {
    page: Chrome,
    endings: Vec<Ending>,
}

/// What is said of pages in a folder that have come to an end.
#[derive(Debug, Serialize)]
pub(super) struct Ending {
    /// The folder, as browsers ask for it.
    folder: String,
    /// The folder of the needs to which its names begin, or empty.
    needs: String,
    lang: String,
    dir: &'static str,
    words: String,
    /// What stands before a link to the need.
    need: String,
    /// Where others are.
    others: Link,
}

/// The view of the page for addresses that lead nowhere.
pub(super) fn not_found(viewer: &Viewer<'_>) -> NotFoundView {
    let endings = viewer.directory.site.each_language().flat_map(|(language, _)| {
        let viewer = &viewer.in_language(language);
        let folder = |path: &str| viewer.links.folder(&viewer.local(path));
        let ending = |path: &str, words: &str, others: Link| Ending {
            folder: folder(path),
            needs: String::new(),
            lang: viewer.language.to_string(),
            dir: direction(viewer.language),
            words: words.to_owned(),
            need: viewer.words.text("ended-need").to_owned(),
            others,
        };
        let [matches, needs] =
            [EntryKind::Match, EntryKind::Need].map(|kind| addresses::list(kind, 1));
        let suggestions = viewer.link(addresses::NEWEST, viewer.words.text("matches-new-title"));
        let suggestion = ending(&matches, viewer.words.text("ended-suggestion"), suggestions);
        let rings = viewer.link(addresses::RINGS, viewer.words.text("nav-rings"));
        let ring = ending(addresses::RINGS, viewer.words.text("ended-ring"), rings);
        [Ending { needs: folder(&needs), ..suggestion }, ring]
    });
    NotFoundView {
        page: viewer.chrome(viewer.words.text("not-found-title"), "").hidden(),
        endings: endings.collect(),
    }
}
