//! Pages that make the site a wiki: A–Z, recent changes, wanted pages, search, redirects.

use serde::Serialize;

use super::chrome::Chrome;
use super::list::Pager;
use super::{Day, Link, Viewer};
use crate::content::record::EntryKind;
use crate::derived::Derived;
use crate::derived::facets::Facet;
use crate::directory::ids::EntryId;
use crate::site::paths;

/// Every entry by the first letter of its title.
#[derive(Debug, Serialize)]
pub struct AToZView {
    page: Chrome,
    /// All letters, with links to where each begins.
    index: Vec<Link>,
    /// The letters of this page.
    letters: Vec<Letter>,
    pager: Option<Pager>,
}

/// The entries of a letter.
#[derive(Debug, Serialize)]
pub struct Letter {
    letter: String,
    /// Its address on the page.
    anchor: String,
    links: Vec<Link>,
}

/// What changed lately.
#[derive(Debug, Serialize)]
pub struct ChangesView {
    page: Chrome,
    days: Vec<ChangedDay>,
    /// How many changes are shown, where older ones are left out.
    shown: Option<usize>,
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
pub struct Tip {
    query: &'static str,
    meaning: String,
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

/// How many entries one page of the list from A to Z has.
const A_TO_Z_PER_PAGE: usize = 500;

/// How many pages the list from A to Z has.
pub fn a_to_z_pages(derived: &Derived) -> usize {
    let listed = derived.directory.ids().filter(|id| is_in_a_to_z(derived, *id));
    listed.count().div_ceil(A_TO_Z_PER_PAGE).max(1)
}

/// Whether an entry stands in the list from A to Z.
fn is_in_a_to_z(derived: &Derived, id: EntryId) -> bool {
    id.kind() != EntryKind::Match && derived.is_current(id)
}

/// All entries from A to Z.
pub struct Alphabet {
    /// The entries in order.
    ids: Vec<EntryId>,
    /// Each letter, and the position of its first entry.
    letters: Vec<(String, usize)>,
}

impl Alphabet {
    /// Puts all entries in order by their titles in the viewer's language. Those that begin with no
    /// letter come first.
    pub fn new(viewer: &Viewer<'_>) -> Alphabet {
        let derived = viewer.derived;
        let listed = derived.directory.ids().filter(|id| is_in_a_to_z(derived, *id));
        let mut keyed: Vec<(bool, String, EntryId)> = listed
            .map(|id| {
                let key = crate::site::collate(&viewer.title(id));
                (key.starts_with(char::is_alphabetic), key, id)
            })
            .collect();
        keyed.sort_unstable();
        let mut letters: Vec<(String, usize)> = Vec::new();
        for (at, (_, key, _)) in keyed.iter().enumerate() {
            let letter = letter(key);
            if letters.last().is_none_or(|(last, _)| *last != letter) {
                letters.push((letter, at));
            }
        }
        Alphabet { ids: keyed.into_iter().map(|(.., id)| id).collect(), letters }
    }
}

/// The view of a page of the list from A to Z; `number` starts from 1.
pub fn a_to_z(viewer: &Viewer<'_>, number: usize, alphabet: &Alphabet) -> AToZView {
    let Alphabet { ids, letters } = alphabet;
    let shown = (number - 1) * A_TO_Z_PER_PAGE..(number * A_TO_Z_PER_PAGE).min(ids.len());
    let link = |(letter, start): &(String, usize)| {
        let path = paths::numbered("a-z/".to_owned(), start / A_TO_Z_PER_PAGE + 1);
        let fragment = paths::encode(&anchor(letter));
        let page = if shown.contains(start) { String::new() } else { viewer.href(&path) };
        Link { href: format!("{page}#{fragment}"), ..viewer.link("a-z/", letter.clone()) }
    };
    let ends = letters.iter().skip(1).map(|(_, start)| *start).chain([ids.len()]);
    let on_page = letters.iter().zip(ends).filter_map(|((letter, start), end)| {
        let part = (*start).max(shown.start)..end.min(shown.end);
        let links: Vec<Link> = ids.get(part)?.iter().map(|id| viewer.entry_link(*id)).collect();
        (!links.is_empty()).then(|| Letter {
            letter: letter.clone(),
            anchor: anchor(letter),
            links,
        })
    });
    AToZView {
        page: viewer.chrome(viewer.words.text("a-z-title"), ""),
        index: letters.iter().map(link).collect(),
        letters: on_page.collect(),
        pager: Pager::among(viewer, "a-z/", number, ids.len().div_ceil(A_TO_Z_PER_PAGE)),
    }
}

/// The letter under which a title stands, by its key; `#` where it begins with none.
fn letter(key: &str) -> String {
    match key.chars().next() {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().to_string(),
        _ => "#".to_owned(),
    }
}

fn anchor(letter: &str) -> String {
    if letter == "#" { "Number".to_owned() } else { letter.to_owned() }
}

/// How many changes are shown.
const CHANGES_SHOWN: usize = 200;

/// The view of recent changes.
pub fn changes(viewer: &Viewer<'_>) -> ChangesView {
    let directory = viewer.directory;
    let dated = directory.ids().filter_map(|id| Some((directory[id].changed()?, id)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    let shown = (dated.len() > CHANGES_SHOWN).then_some(CHANGES_SHOWN);
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
    ChangesView { page: viewer.chrome(viewer.words.text("changes-title"), ""), days, shown }
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
        portable: viewer.links.style() == paths::LinkStyle::Portable,
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

/// The view of the foot of a page.
pub fn footer(viewer: &Viewer<'_>) -> PlainView {
    PlainView { page: viewer.chrome("", "") }
}

/// The view of a former address; `target` is a path in the page's language.
pub fn redirect(viewer: &Viewer<'_>, target: &str, title: &str) -> RedirectView {
    let mut page = viewer.chrome(title, "").hidden();
    let base = viewer.settings.base_url.as_ref();
    page.canonical = base.map(|base| paths::absolute(base, &viewer.local(target)));
    page.alternates.clear();
    RedirectView { page, target: viewer.href(target), title: title.to_owned() }
}
