//! Facts to pages: which pages there are, what each shows, and their bytes. Pure.

pub mod agenda;
pub mod announced;
mod atom;
mod call_feeds;
mod cards;
mod footnotes;
pub mod guard;
mod html;
mod icalendar;
pub mod interface;
pub mod lunr_index;
mod moved;
pub mod pad;
pub mod paths;
mod pictures;
pub mod plan;
mod room;
mod rooted_links;
mod searchable;
mod sitemap;
pub mod theme;
mod theme_files;
mod time_zones;
mod topic_words;
pub mod two_ends;
pub mod views;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result};
use serde::Serialize;
use tera::Value;
use unicode_normalization::UnicodeNormalization;

use crate::content::attachment;
use crate::content::record::EntryKind;
use crate::content::values::Url;
use crate::derived::Derived;
use crate::derived::facets::{self, Facet};
use crate::diagnostic::Diagnostic;
use crate::directory::edition::Edition;
use crate::directory::ids::EntryId;
use cards::Cards;
use paths::{LinkStyle, SitePath};
use plan::{FeedKind, Page, Planned};
use theme::{Shared, Theme};
use views::{Alphabet, List, OwnerKey, Viewer};

/// How a site is built.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it is published.
    pub base_url: Option<Url>,
    /// The address in the ids of its feeds and calendars.
    pub base_id: Option<Url>,
    /// How its links are written.
    pub style: LinkStyle,
    /// For whom it is.
    pub edition: Edition,
}

/// Every page and file of a site, ready to render.
pub struct SitePlan {
    /// The facts that pages show.
    pub derived: Arc<Derived>,
    /// The templates and words that they are made with.
    pub theme: Arc<Theme>,
    /// How the site is built.
    pub settings: Settings,
    pages: BTreeMap<SitePath, Planned>,
    /// The addresses of theme files with a mark of their content.
    versions: BTreeMap<String, String>,
    matches: OnceLock<BTreeMap<SitePath, Planned>>,
    rings: OnceLock<BTreeMap<SitePath, Planned>>,
    /// By language and depth: what pages have in common.
    shared: Vec<[OnceLock<Shared>; 6]>,
    /// By language, depth and kind of entry: the ways to narrow a list, as HTML.
    narrowing: Mutex<BTreeMap<(usize, usize, EntryKind), Arc<str>>>,
    /// By language: cards of entries and matches.
    cards: Vec<Cards>,
    /// By language: the entries of each list in order.
    lists: Vec<OnceLock<Lists>>,
    /// Needs and offers that are over, in order.
    archives: OnceLock<[Vec<EntryId>; 2]>,
    /// By language: all entries from A to Z.
    alphabet: Vec<OnceLock<Alphabet>>,
    /// By language: the actions that are open, by owner.
    open: Vec<OnceLock<Vec<(OwnerKey, usize)>>>,
    search: OnceLock<BTreeMap<SitePath, Arc<[u8]>>>,
}

/// What a page or file holds.
#[derive(Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site, by its path.
    File(Arc<str>),
    /// What [`attachment::published`] gives of a file of the site, by its path.
    Attachment(Arc<str>),
}

/// Plans a site.
pub fn plan(
    derived: Arc<Derived>,
    theme: Arc<Theme>,
    settings: Settings,
) -> (SitePlan, Vec<Diagnostic>) {
    let files = theme.files.below("assets/");
    let (pages, problems) = plan::plan(&derived, &settings, &files);
    let versions = files.iter().filter_map(|path| {
        let hash = blake3::hash(theme.files.bytes(path)?).to_hex();
        Some(((*path).to_owned(), format!("?v={}", &hash[..8])))
    });
    let versions = versions.collect();
    let languages = derived.directory.site.languages.len();
    let cards = (0..languages).map(|_| Cards::new(&derived.directory)).collect();
    let plan = SitePlan {
        derived,
        theme,
        settings,
        pages,
        versions,
        matches: OnceLock::new(),
        rings: OnceLock::new(),
        shared: (0..languages).map(|_| Default::default()).collect(),
        narrowing: Mutex::default(),
        cards,
        lists: (0..languages).map(|_| OnceLock::new()).collect(),
        archives: OnceLock::new(),
        alphabet: (0..languages).map(|_| OnceLock::new()).collect(),
        open: (0..languages).map(|_| OnceLock::new()).collect(),
        search: OnceLock::new(),
    };
    (plan, problems)
}

impl SitePlan {
    /// What is planned at a path.
    pub fn find(&self, path: &str) -> Option<Planned> {
        let path = SitePath::new(path);
        if let Some(planned) = self.pages.get(&path) {
            return Some(planned.clone());
        }
        let segments = || path.as_str().split('/').take(2);
        if segments().any(|segment| segment == EntryKind::Match.folder()) {
            return self.matches().get(&path).cloned();
        }
        if segments().any(|segment| segment == "rings") {
            return self.rings().get(&path).cloned();
        }
        if path.as_str().starts_with("sitemap-") {
            return self.sitemap_parts().find(|planned| planned.path == path);
        }
        let is_search = path.as_str().starts_with("search/") && path.as_str().ends_with(".js");
        let found = is_search && self.search().contains_key(&path);
        found.then(|| search_file(&path))
    }

    /// Everything that is planned, by path.
    pub fn all(&self) -> Vec<Planned> {
        let mut all: Vec<Planned> = self.planned().cloned().collect();
        all.extend(self.search().keys().map(search_file));
        all.extend(self.sitemap_parts());
        all
    }

    /// The parts of the list of pages for search engines; none when one file holds it.
    fn sitemap_parts(&self) -> impl Iterator<Item = Planned> {
        (1..=sitemap::parts(self)).map(|part| Planned {
            path: SitePath::new(format!("sitemap-{part}.xml")),
            language: 0,
            page: Page::Sitemap(part),
        })
    }

    /// Every page for search engines, by path.
    fn listed(&self) -> impl Iterator<Item = &Planned> {
        self.planned().filter(|planned| planned.page.is_listed())
    }

    /// Everything but the search index and the parts of the list for search engines, by path.
    fn planned(&self) -> impl Iterator<Item = &Planned> {
        self.pages.values().chain(self.matches().values()).chain(self.rings().values())
    }

    fn matches(&self) -> &BTreeMap<SitePath, Planned> {
        self.matches.get_or_init(|| self.plan_matches())
    }

    fn rings(&self) -> &BTreeMap<SitePath, Planned> {
        self.rings.get_or_init(|| self.plan_rings())
    }

    fn search(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        self.search.get_or_init(|| searchable::index(self))
    }

    /// All entries from A to Z.
    fn alphabet(&self, viewer: &Viewer<'_>) -> &Alphabet {
        self.alphabet[viewer.language_index].get_or_init(|| Alphabet::new(viewer))
    }

    /// The actions that are open, by owner.
    fn open_by_owner(&self, viewer: &Viewer<'_>) -> &[(OwnerKey, usize)] {
        self.open[viewer.language_index].get_or_init(|| views::open_by_owner(viewer))
    }

    /// The entries of a list in order.
    fn listed_entries(&self, viewer: &Viewer<'_>, list: &List) -> &[EntryId] {
        let lists = self.lists[viewer.language_index].get_or_init(|| lists(viewer));
        lists.get(&(list.kind, list.only.clone())).map_or(&[], Vec::as_slice)
    }

    /// Needs or offers that are over, the latest first.
    fn archived_entries(&self, kind: EntryKind) -> &[EntryId] {
        let (derived, directory) = (&self.derived, &self.derived.directory);
        let [needs, offers] = self.archives.get_or_init(|| {
            [EntryKind::Need, EntryKind::Offer].map(|kind| {
                let past =
                    directory.ids().filter(|id| id.kind() == kind && !derived.is_current(*id));
                let mut ids: Vec<EntryId> = past.collect();
                ids.sort_by_key(|id| std::cmp::Reverse(directory[*id].changed()));
                ids
            })
        });
        if kind == EntryKind::Need { needs } else { offers }
    }

    /// What pages have in common is made once for each language and depth.
    fn shared(&self, viewer: &Viewer<'_>) -> Result<Shared> {
        let known = self.shared[viewer.language_index]
            .get(viewer.path.depth())
            .filter(|_| viewer.path.is_page());
        if let Some(shared) = known.and_then(OnceLock::get) {
            return Ok(shared.clone());
        }
        let links = Value::from_serializable(&viewer.named_links());
        let bare = Shared { links, footer: Value::from("") };
        let view = views::footer(viewer);
        let footer = self.theme.render(viewer.language_index, "footer.html", &view, &bare)?;
        let shared = Shared { footer: Value::from(footer), ..bare };
        Ok(known
            .map_or_else(|| shared.clone(), |known| known.get_or_init(|| shared.clone()).clone()))
    }

    /// The ways to narrow a list, as HTML: long, and the same on the first page of every list of a
    /// kind that lies as deep, so it is made once for them.
    fn narrowing(&self, viewer: &Viewer<'_>, kind: EntryKind) -> Result<Arc<str>> {
        let key = (viewer.language_index, viewer.path.depth(), kind);
        let known = || self.narrowing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = known().get(&key) {
            return Ok(html.clone());
        }
        let html: Arc<str> = show(viewer, "facets.html", &views::narrowing(viewer, kind))?.into();
        known().insert(key, html.clone());
        Ok(html)
    }

    /// The mark of a theme file's content, to stand after its address; empty for other files.
    fn version(&self, path: &str) -> &str {
        self.versions.get(path).map_or("", String::as_str)
    }
}

fn search_file(path: &SitePath) -> Planned {
    Planned { path: path.clone(), language: 0, page: Page::SearchFile(path.as_str().to_owned()) }
}

/// The bytes of one page or file; a pure function of the plan.
///
/// # Errors
/// When a template of the theme asks for what its view does not have.
pub fn render(plan: &SitePlan, planned: &Planned) -> Result<Content> {
    let content = match &planned.page {
        Page::Copy(source) => {
            let asset = plan.derived.directory.assets.get(source);
            let file = asset.map_or_else(|| source.clone(), |asset| asset.file.clone());
            let is_attachment =
                attachment::is_beside_entries(source) && attachment::is_looked_into(source);
            return Ok(if is_attachment { Content::Attachment(file) } else { Content::File(file) });
        }
        Page::ThemeFile(path) => plan.theme.files.bytes(path).unwrap_or_default().to_vec(),
        Page::SearchFile(_) => {
            plan.search().get(&planned.path).map(|bytes| bytes.to_vec()).unwrap_or_default()
        }
        Page::Brand => brand(plan).into_bytes(),
        Page::Robots => sitemap::robots(plan).into_bytes(),
        Page::Sitemap(part) => sitemap::sitemap(plan, *part).into_bytes(),
        Page::Calendar(of) => icalendar::calendar(plan, *of).into_bytes(),
        Page::Feed(kind) => {
            // Also under a former address a feed says where it is now.
            let viewer = Viewer::new(plan, planned.language, &planned.path);
            let path = kind.path_of_now(&viewer).unwrap_or_else(|| planned.path.clone());
            atom::feed(&Viewer::new(plan, planned.language, &path), kind).into_bytes()
        }
        page => html_page(plan, planned, page)?.into_bytes(),
    };
    Ok(Content::Bytes(content))
}

fn html_page(plan: &SitePlan, planned: &Planned, page: &Page) -> Result<String> {
    let viewer = Viewer::new(plan, planned.language, &planned.path);
    let viewer = &viewer;
    let html = match page {
        Page::Home => show(viewer, "home.html", &views::home(viewer)?),
        Page::List(list) => list_page(viewer, list),
        Page::Archive(kind, number) => {
            let ids = plan.archived_entries(*kind);
            show(viewer, "list.html", &views::archive(viewer, *kind, *number, ids)?)
        }
        Page::Coop(id) => show(viewer, "coop.html", &views::coop(viewer, *id)?),
        Page::Need(id) => show(viewer, "proposal.html", &views::need(viewer, *id)),
        Page::Offer(id) => show(viewer, "proposal.html", &views::offer(viewer, *id)),
        Page::Call(id) => show(viewer, "call.html", &views::call(viewer, *id)),
        Page::Agenda(id) => show(viewer, "agenda.html", &views::agenda(viewer, *id)),
        Page::Page(id) => show(viewer, "page.html", &views::page(viewer, *id)),
        Page::Calls(of) => show(viewer, "calls.html", &views::calls(viewer, *of)),
        Page::OpenActions(at) => show(viewer, "open.html", &views::open_actions(viewer, *at)),
        Page::Decisions(at) => show(viewer, "decisions.html", &views::decisions(viewer, *at)),
        Page::NewMatches => show(viewer, "match_new.html", &views::new_matches(viewer)?),
        Page::WaitingMatches(number) => {
            show(viewer, "match_waiting.html", &views::waiting_matches(viewer, *number))
        }
        Page::Match(need, offer) => {
            let found = plan.derived.matches().find(*need, *offer);
            let found = found.context("a match was planned that does not exist")?;
            show(viewer, "match.html", &views::match_page(viewer, found)?)
        }
        Page::RingList(at) => show(viewer, "ring_list.html", &views::ring_list(viewer, *at)),
        Page::Ring(at) => {
            let ring = plan.derived.rings().list.get(*at);
            let ring = ring.context("a ring was planned that does not exist")?;
            show(viewer, "ring.html", &views::ring_page(viewer, ring))
        }
        Page::Topics => show(viewer, "topics.html", &views::topics(viewer)),
        Page::Topic(id) => show(viewer, "topic.html", &views::topic(viewer, *id)?),
        Page::Commons => show(viewer, "commons.html", &views::commons(viewer)),
        Page::Statistics => show(viewer, "statistics.html", &views::statistics(viewer)),
        Page::AToZ(number) => {
            show(viewer, "a_z.html", &views::a_to_z(viewer, *number, plan.alphabet(viewer)))
        }
        Page::Changes => show(viewer, "changes.html", &views::changes(viewer)),
        Page::Wanted => show(viewer, "wanted.html", &views::wanted(viewer)),
        Page::Search => show(viewer, "search.html", &views::search(viewer)),
        Page::NotFound => show(viewer, "not_found.html", &views::not_found(viewer)),
        Page::Redirect(target, title) => {
            show(viewer, "redirect.html", &views::redirect(viewer, target, title))
        }
        Page::Copy(_)
        | Page::ThemeFile(_)
        | Page::SearchFile(_)
        | Page::Brand
        | Page::Robots
        | Page::Sitemap(_)
        | Page::Calendar(_)
        | Page::Feed(_) => Ok(String::new()),
    };
    html.with_context(|| format!("making /{}", planned.path.as_str()))
}

fn list_page(viewer: &Viewer<'_>, list: &List) -> Result<String> {
    let plan = viewer.plan;
    let narrowing = match list.number {
        1 => plan.narrowing(viewer, list.kind)?,
        _ => Arc::default(),
    };
    if list.kind == EntryKind::Match {
        return show(viewer, "match_list.html", &views::match_list(viewer, list, &narrowing)?);
    }
    let view = views::list(viewer, list, plan.listed_entries(viewer, list), &narrowing)?;
    show(viewer, "list.html", &view)
}

fn show(viewer: &Viewer<'_>, template: &str, view: &impl Serialize) -> Result<String> {
    let plan = viewer.plan;
    plan.theme.render(viewer.language_index, template, view, &plan.shared(viewer)?)
}

/// The entries of every list, by kind and by the value of a facet, in order.
type Lists = BTreeMap<(EntryKind, Option<(Facet, String)>), Vec<EntryId>>;

/// Puts the entries of every list in order: needs and offers newest first, others by title. Done
/// once for a language, since a long list has many pages.
fn lists(viewer: &Viewer<'_>) -> Lists {
    let (derived, directory) = (viewer.derived, viewer.directory);
    let mut lists = Lists::new();
    for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page] {
        let current = directory.ids().filter(|id| id.kind() == kind && derived.is_current(*id));
        let mut in_order: Vec<EntryId> = current.collect();
        match kind {
            EntryKind::Need | EntryKind::Offer => {
                in_order.sort_by_key(|id| std::cmp::Reverse(directory[*id].created));
            }
            _ => in_order
                .sort_by_cached_key(|id| collate(directory[*id].words(viewer.language).title)),
        }
        for facet in Facet::of(kind) {
            for id in &in_order {
                for value in facets::values(directory, *id, *facet) {
                    lists.entry((kind, Some((*facet, value)))).or_default().push(*id);
                }
            }
        }
        lists.insert((kind, None), in_order);
    }
    lists
}

/// A key by which titles are sorted: without case and marks.
pub fn collate(title: &str) -> String {
    let letters = title.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect::<String>().trim_start().to_owned()
}

/// The site's own colours and fonts.
fn brand(plan: &SitePlan) -> String {
    let brand = &plan.derived.directory.site.brand;
    let values = brand.colours.iter().chain(&brand.fonts);
    let lines: Vec<String> =
        values.map(|(name, value)| format!("  --{name}: {value};\n")).collect();
    if lines.is_empty() { String::new() } else { format!(":root {{\n{}}}\n", lines.concat()) }
}

/// The facets of the search page, in its order.
const SEARCH_FACETS: [Facet; 5] =
    [Facet::Kind, Facet::Country, Facet::Sector, Facet::Topic, Facet::Language];

impl FeedKind {
    /// Where the feed is now, of those that had other addresses before.
    fn path_of_now(&self, viewer: &Viewer<'_>) -> Option<SitePath> {
        match self {
            FeedKind::Topic(topic) => {
                Some(viewer.local(&paths::topic_feed(&viewer.directory[*topic].slug)))
            }
            FeedKind::Matches(Some((facet, value))) => {
                Some(viewer.local(&paths::match_feed(Some((*facet, value)))))
            }
            _ => None,
        }
    }

    /// The newest entries of the feed. One that is over keeps its place among the newest and is left out: if an
    /// older one came in instead, readers would be shown as new what is years old.
    pub fn entries(&self, derived: &Derived, most: usize) -> Vec<EntryId> {
        let directory = &derived.directory;
        let mut ids: Vec<EntryId> = match self {
            FeedKind::Entries(kind) => directory.ids().filter(|id| id.kind() == *kind).collect(),
            FeedKind::Topic(topic) => {
                let groups = derived.groups();
                [groups.about(*topic), groups.formerly_about(*topic)].concat()
            }
            FeedKind::Matches(_)
            | FeedKind::Calls
            | FeedKind::OpenActions
            | FeedKind::Decisions => Vec::new(),
        };
        ids.sort_by_key(|id| {
            let entry = &directory[*id];
            // By the first id, since to be renamed is no news.
            (std::cmp::Reverse(entry.changed()), id.kind(), entry.first_id())
        });
        ids.truncate(most);
        ids.retain(|id| derived.is_current(*id));
        ids
    }
}
