//! Pages that make the site a wiki: A–Z, recent changes, wanted pages, search, not found, redirects.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chrome::Chrome;
use super::{Day, Link, Viewer};
use crate::content::record::EntryKind;
use crate::derived::facets::Facet;
use crate::site::paths::SitePath;

/// Every entry by the first letter of its title.
#[derive(Debug, Serialize)]
pub struct AToZView {
    page: Chrome,
    letters: Vec<Letter>,
}

/// The entries of a letter.
#[derive(Debug, Serialize)]
pub struct Letter {
    letter: String,
    links: Vec<Link>,
}

/// What changed lately.
#[derive(Debug, Serialize)]
pub struct ChangesView {
    page: Chrome,
    days: Vec<ChangedDay>,
}

/// What changed on a day.
#[derive(Debug, Serialize)]
pub struct ChangedDay {
    day: Day,
    links: Vec<ChangedLink>,
}

/// An entry that changed.
#[derive(Debug, Serialize)]
pub struct ChangedLink {
    link: Link,
    is_new: bool,
}

/// Pages that are linked to but not written.
#[derive(Debug, Serialize)]
pub struct WantedView {
    page: Chrome,
    wanted: Vec<Wanted>,
}

/// A page that is not written.
#[derive(Debug, Serialize)]
pub struct Wanted {
    name: String,
    from: Vec<Link>,
}

/// The search page.
#[derive(Debug, Serialize)]
pub struct SearchView {
    page: Chrome,
    /// The folder of the index.
    index: String,
    /// The way to the root of the site.
    site_root: String,
    /// Links to pages end with `index.html`.
    portable: bool,
    /// The facets, by id and label.
    facets: Vec<FacetLabel>,
}

/// A facet of the search page.
#[derive(Debug, Serialize)]
pub struct FacetLabel {
    id: &'static str,
    label: String,
}

/// A page that says no more than itself.
#[derive(Debug, Serialize)]
pub struct PlainView {
    page: Chrome,
}

/// A page that leads on to another.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    page: Chrome,
    target: String,
    title: String,
}

/// The view of the list of all entries from A to Z.
pub fn a_to_z(viewer: &Viewer<'_>) -> AToZView {
    let mut letters: BTreeMap<String, Vec<(String, Link)>> = BTreeMap::new();
    for id in viewer.directory.ids().filter(|id| viewer.derived.is_current(*id)) {
        if id.kind() == EntryKind::Match {
            continue;
        }
        let link = viewer.entry_link(id);
        let key = crate::site::collate(&link.label);
        let letter = match key.chars().next() {
            Some(letter) if letter.is_alphabetic() => letter.to_uppercase().to_string(),
            _ => "#".to_owned(),
        };
        letters.entry(letter).or_default().push((key, link));
    }
    let page = viewer.chrome(viewer.words.text("a-z-title"), "");
    let letters = letters.into_iter().map(|(letter, mut links)| {
        links.sort_by(|a, b| a.0.cmp(&b.0));
        Letter { letter, links: links.into_iter().map(|(_, link)| link).collect() }
    });
    AToZView { page, letters: letters.collect() }
}

/// How many changes are shown.
const CHANGES_SHOWN: usize = 200;

/// The view of recent changes.
pub fn changes(viewer: &Viewer<'_>) -> ChangesView {
    let directory = viewer.directory;
    let dated = directory.ids().filter_map(|id| Some((directory[id].changed()?, id)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    let mut days: Vec<ChangedDay> = Vec::new();
    for (date, id) in dated.into_iter().take(CHANGES_SHOWN) {
        let day = viewer.day(date);
        if days.last().is_none_or(|last| last.day.machine != day.machine) {
            days.push(ChangedDay { day, links: Vec::new() });
        }
        let is_new = directory[id].created == Some(date);
        if let Some(last) = days.last_mut() {
            last.links.push(ChangedLink { link: viewer.entry_link(id), is_new });
        }
    }
    ChangesView { page: viewer.chrome(viewer.words.text("changes-title"), ""), days }
}

/// The view of wanted pages.
pub fn wanted(viewer: &Viewer<'_>) -> WantedView {
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

/// The view of the search page.
pub fn search(viewer: &Viewer<'_>) -> SearchView {
    let language = viewer.language.as_str().to_ascii_lowercase();
    let facet = |facet: Facet| FacetLabel {
        id: facet.as_str(),
        label: viewer.words.text(&format!("facet-{}", facet.as_str())).to_owned(),
    };
    let own = |id: &'static str, key| FacetLabel { id, label: viewer.words.text(key).to_owned() };
    let title = viewer.words.text("search-title");
    SearchView {
        page: viewer.chrome(title, "search").hidden(),
        index: viewer
            .links
            .to(&SitePath::new(format!("search/{language}/x")))
            .trim_end_matches('x')
            .to_owned(),
        site_root: viewer.links.root().to_owned(),
        portable: viewer.links.style() == crate::site::paths::LinkStyle::Portable,
        facets: vec![
            own("type", "facet-type"),
            facet(Facet::Kind),
            facet(Facet::Country),
            facet(Facet::Sector),
            facet(Facet::Topic),
            facet(Facet::Language),
            own("status", "facet-status"),
        ],
    }
}

/// The view of the page for addresses that lead nowhere.
pub fn not_found(viewer: &Viewer<'_>) -> PlainView {
    PlainView { page: viewer.chrome(viewer.words.text("not-found-title"), "").hidden() }
}

/// The view of a former address; `target` is a path in the page's language.
pub fn redirect(viewer: &Viewer<'_>, target: &str, title: &str) -> RedirectView {
    let mut page = viewer.chrome(title, "").hidden();
    let base = viewer.settings.base_url.as_ref();
    page.canonical = base.map(|base| crate::site::paths::absolute(base, &viewer.local(target)));
    page.alternates.clear();
    RedirectView { page, target: viewer.href(target), title: title.to_owned() }
}
