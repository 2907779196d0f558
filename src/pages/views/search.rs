//! The search page.

use serde::Serialize;

use crate::addresses;
use crate::derived::facets::Facet;
use crate::pages::parts::chrome::Chrome;
use crate::pages::viewer::Viewer;

#[derive(Debug, Serialize)]
pub(super) struct SearchView {
    page: Chrome,
    /// The folders of the indexes of all languages, the page's first, with spaces between.
    index: String,
    several_languages: bool,
    tips: Vec<Tip>,
    /// The way to the root of the site.
    site_root: String,
    /// Links to pages end with `index.html`.
    portable: bool,
    /// The facets, by id and label.
    facets: Vec<FacetLabel>,
}

/// A way to ask more precisely.
#[derive(Debug, Serialize)]
pub(super) struct Tip {
    query: &'static str,
    meaning: String,
}

/// A facet of the search page.
#[derive(Debug, Serialize)]
pub(super) struct FacetLabel {
    id: &'static str,
    label: String,
}

/// The view of the search page.
pub(super) fn search(viewer: &Viewer<'_>) -> SearchView {
    let facet = |facet: Facet| FacetLabel {
        id: facet.as_str(),
        label: viewer.words.text(&format!("facet-{}", facet.as_str())).to_owned(),
    };
    let own = |id: &'static str, key| FacetLabel { id, label: viewer.words.text(key).to_owned() };
    let title = viewer.words.text("search-title");
    SearchView {
        page: viewer.chrome(title, "search").hidden(),
        index: indexes(viewer).join(" "),
        several_languages: viewer.directory.site.languages.len() > 1,
        tips: tips(viewer),
        site_root: viewer.links.root().to_owned(),
        portable: viewer.links.style() == addresses::LinkStyle::Portable,
        facets: vec![
            own("type", "facet-type"),
            facet(Facet::Kind),
            facet(Facet::Country),
            facet(Facet::Sector),
            facet(Facet::Topic),
            facet(Facet::Language),
            own("status", "facet-status"),
            own("year", "facet-year"),
        ],
    }
}

/// The folders of the indexes of all languages, the page's first.
fn indexes(viewer: &Viewer<'_>) -> Vec<String> {
    let own = viewer.language;
    let others = viewer.directory.site.languages.iter().filter(|language| *language != own);
    std::iter::once(own).chain(others).map(|language| viewer.index_folder(language)).collect()
}

/// Ways to say more precisely what one looks for.
fn tips(viewer: &Viewer<'_>) -> Vec<Tip> {
    let words = viewer.words;
    [
        ("+solar -water", words.text("search-tip-must")),
        ("\"solar power\"", words.text("search-tip-phrase")),
        ("title:solar", words.text("search-tip-title")),
        ("summary:solar", words.text("search-tip-summary")),
        ("country:br", words.text("search-tip-facet")),
        ("*solar", words.text("search-tip-wild")),
        ("solar~2 power^3", words.text("search-tip-fuzzy")),
    ]
    .map(|(query, meaning)| Tip { query, meaning: meaning.to_owned() })
    .into()
}
