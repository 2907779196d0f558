//! The page for addresses that lead nowhere. It knows what was asked for only in the browser, by a script: for
//! that it has a sentence for each folder in which pages come to an end, in each language.

use serde::Serialize;

use super::chrome::Chrome;
use super::{Link, Viewer, direction};
use crate::content::record::EntryKind;
use crate::site::paths::{self, SitePath};

/// The page for addresses that lead nowhere.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    page: Chrome,
    endings: Vec<Ending>,
}

/// What is said of pages in a folder that have come to an end.
#[derive(Debug, Serialize)]
pub struct Ending {
    /// The folder, as browsers ask for it.
    folder: String,
    /// The folder of the needs to which its names begin, or empty.
    needs: String,
    lang: String,
    dir: &'static str,
    /// What is said.
    words: String,
    /// What stands before a link to the need.
    need: String,
    /// Where others are.
    others: Link,
}

/// The view of the page for addresses that lead nowhere.
pub fn not_found(viewer: &Viewer<'_>) -> NotFoundView {
    let endings = (0..viewer.directory.site.languages.len()).flat_map(|index| {
        // The page is at no place of its own, and its links are as it writes them.
        let links = viewer.links.clone();
        let viewer = &Viewer { links, ..Viewer::new(viewer.plan, index, viewer.path) };
        let ending = |folder: &str, words: &str, others: Link| Ending {
            folder: viewer.folder(folder),
            needs: String::new(),
            lang: viewer.language.to_string(),
            dir: direction(viewer.language),
            words: words.to_owned(),
            need: viewer.words.text("ended-need").to_owned(),
            others,
        };
        let suggestions = viewer.link("matches/new/", viewer.words.text("matches-new-title"));
        let rings = viewer.link(&paths::rings(1), viewer.words.text("nav-rings"));
        let has_ended = viewer.words.text("ended-suggestion");
        let matches = ending(EntryKind::Match.folder(), has_ended, suggestions);
        let needs = viewer.folder(EntryKind::Need.folder());
        [Ending { needs, ..matches }, ending("rings", viewer.words.text("ended-ring"), rings)]
    });
    NotFoundView {
        page: viewer.chrome(viewer.words.text("not-found-title"), "").hidden(),
        endings: endings.collect(),
    }
}

impl Viewer<'_> {
    /// A folder of the page's language as browsers ask for it, however links to pages are written.
    fn folder(&self, name: &str) -> String {
        let file = self.links.to(&SitePath::new(format!("{}{name}/x", self.root.as_str())));
        file.trim_end_matches('x').to_owned()
    }
}
