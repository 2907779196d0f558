//! Which pages and files a site has, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::html;
use super::moved;
use super::paths::{self, SitePath};
use super::pictures;
use super::room::Room;
use super::rooted_links;
use super::views::{self, List, Viewer, pages_of};

use super::{Settings, SitePlan};
use crate::content::record::EntryKind;
use crate::content::values::Language;
use crate::derived::Derived;
use crate::derived::facets::Facet;
use crate::diagnostic::Diagnostic;
use crate::directory::Directory;
use crate::directory::ids::{CallId, CoopId, EntryId, NeedId, OfferId, PageId, TopicId};
use crate::directory::series;
use crate::directory::site::{Series, Site};

/// A page or file of the site.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Where it is.
    pub path: SitePath,
    /// The position of its language among the site's.
    pub language: usize,
    /// What it is.
    pub page: Page,
}

/// What a page or file is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say what the view modules document")]
pub enum Page {
    Home,
    List(List),
    Archive(EntryKind, usize),
    Coop(CoopId),
    Need(NeedId),
    Offer(OfferId),
    Call(CallId),
    Agenda(CallId),
    Page(PageId),
    Calls(Calls),
    /// A page of the actions that are open, from 1.
    OpenActions(usize),
    /// A page of what calls decided, from 1.
    Decisions(usize),
    NewMatches,
    /// A page of the introductions that wait for an answer, from 1.
    WaitingMatches(usize),
    Match(NeedId, OfferId),
    RingList(usize),
    /// A ring, by its place among all.
    Ring(usize),
    Topics,
    Topic(TopicId),
    Commons,
    Statistics,
    AToZ(usize),
    Changes,
    Wanted,
    Search,
    NotFound,
    /// A former address: the path that it leads to, in the page's language, and its title.
    Redirect(String, String),
    Feed(FeedKind),
    Calendar(CalendarOf),
    /// A part of the list of all pages, from 1; 0 is the whole or the list of parts.
    Sitemap(usize),
    Robots,
    Brand,
    /// A file of the theme, by its path below it.
    ThemeFile(String),
    /// A file of the site, by its path.
    Copy(Arc<str>),
    /// A file of the search index, by its name.
    SearchFile(String),
}

/// Which calls a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Calls {
    All,
    Year(i16),
    /// By its place among the site's series.
    Series(usize),
}

/// Which calls a calendar is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CalendarOf {
    All,
    /// By its place among the site's series.
    Series(usize),
    Call(CallId),
}

/// What a feed is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FeedKind {
    Entries(EntryKind),
    Topic(TopicId),
    /// Suggestions, of all or of those with one value of a facet.
    Matches(Option<(Facet, String)>),
    Calls,
    OpenActions,
    Decisions,
}

impl Page {
    /// Whether it belongs into the list of pages for search engines.
    pub fn is_listed(&self) -> bool {
        !matches!(
            self,
            Page::Search
                | Page::NotFound
                | Page::Redirect(..)
                | Page::Feed(_)
                | Page::Calendar(_)
                | Page::Sitemap(_)
                | Page::Robots
                | Page::Brand
                | Page::ThemeFile(_)
                | Page::Copy(_)
                | Page::SearchFile(_)
        )
    }
}

/// Plans every page and file but those of matches, of rings and of the search index, which follow from facts
/// that take longer to work out.
pub fn plan(
    derived: &Derived,
    settings: &Settings,
    theme_files: &[&str],
) -> (BTreeMap<SitePath, Planned>, Vec<Diagnostic>) {
    let directory = &derived.directory;
    let mut planning = Planning::default();
    planning.in_each_language(directory, |of_language| of_language.everything(derived, settings));
    planning.root_files(directory, settings, theme_files);
    planning.copies(directory, theme_files);
    planning.problems.extend(rooted_links::check(directory, &planning.pages));
    (planning.pages, planning.problems)
}

/// The series that have a page of their own, with their places: one that is alone has the archive of calls.
pub fn several_series(site: &Site) -> impl Iterator<Item = (usize, &Series)> {
    let are_several = site.series.len() > 1;
    site.series.iter().enumerate().filter(move |_| are_several)
}

#[derive(Default)]
struct Planning {
    pages: BTreeMap<SitePath, Planned>,
    problems: Vec<Diagnostic>,
}

struct OfLanguage<'a> {
    planning: &'a mut Planning,
    index: usize,
    root: SitePath,
}

impl OfLanguage<'_> {
    fn add(&mut self, path: &str, page: Page) {
        let path = SitePath::new(format!("{}{path}", self.root.as_str()));
        self.planning.add(path, self.index, page);
    }

    fn everything(&mut self, derived: &Derived, settings: &Settings) {
        for (path, page) in [
            ("", Page::Home),
            ("calls/", Page::Calls(Calls::All)),
            ("topics/", Page::Topics),
            ("commons/", Page::Commons),
            ("statistics/", Page::Statistics),
            ("changes/", Page::Changes),
            ("wanted/", Page::Wanted),
            ("search/", Page::Search),
        ] {
            self.add(path, page);
        }
        for number in 1..=views::a_to_z_pages(derived) {
            self.add(&paths::numbered("a-z/".to_owned(), number), Page::AToZ(number));
        }
        for year in derived.calls().by_year.keys() {
            self.add(&format!("calls/{year}/"), Page::Calls(Calls::Year(*year)));
        }
        for (at, series) in several_series(&derived.directory.site) {
            self.add(&paths::series(&series.id), Page::Calls(Calls::Series(at)));
        }
        let open = derived.actions().open().count();
        for (number, path) in pages_of(paths::OPEN.to_owned(), open) {
            self.add(path.as_str(), Page::OpenActions(number));
        }
        let decisions = derived.calls().decisions.len();
        for (number, path) in pages_of(paths::DECISIONS.to_owned(), decisions) {
            self.add(path.as_str(), Page::Decisions(number));
        }
        let site = &derived.directory.site;
        for (at, former) in series::former_names(&site.series) {
            let series = &site.series[at];
            let page = paths::page_of_series(site, series);
            self.add(&paths::series(former), Page::Redirect(page, series.title.clone()));
        }
        self.lists(derived);
        self.entries(derived);
        if settings.base_url.is_some() {
            self.feeds(derived);
        }
        let language = &derived.directory.site.languages[self.index];
        self.former(moved::entries(derived, language));
        self.former(moved::topics(derived, language, settings.base_url.is_some()));
    }

    /// Adds former addresses, which take the place of nothing that there is now.
    fn former(&mut self, former: Vec<moved::Former>) {
        for (path, page) in former {
            let path = SitePath::new(format!("{}{path}", self.root.as_str()));
            self.planning.add_former(path, self.index, page);
        }
    }

    fn lists(&mut self, derived: &Derived) {
        let directory = &derived.directory;
        for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page] {
            let current = directory.ids().filter(|id| id.kind() == kind && derived.is_current(*id));
            self.list(List { kind, only: None, number: 1 }, current.count());
            for facet in Facet::of(kind) {
                let values = derived.groups().values(kind, *facet);
                let values: Vec<_> =
                    values.map(|(value, ids)| (value.to_owned(), ids.len())).collect();
                for (value, count) in values {
                    self.list(List { kind, only: Some((*facet, value)), number: 1 }, count);
                }
            }
        }
        for kind in [EntryKind::Need, EntryKind::Offer] {
            let past = directory.ids().filter(|id| id.kind() == kind && !derived.is_current(*id));
            for (number, path) in pages_of(format!("{}/archive/", kind.folder()), past.count()) {
                self.add(path.as_str(), Page::Archive(kind, number));
            }
        }
    }

    fn list(&mut self, list: List, count: usize) {
        let path = match &list.only {
            None => paths::list(list.kind, 1),
            Some((facet, value)) => paths::facet(list.kind, *facet, value, 1),
        };
        for (number, path) in pages_of(path, count) {
            self.add(path.as_str(), Page::List(List { number, ..list.clone() }));
        }
    }

    fn entries(&mut self, derived: &Derived) {
        let directory = &derived.directory;
        for id in directory.ids() {
            let entry = &directory[id];
            let path = paths::entry(id.kind(), &entry.slug);
            let page = match id {
                EntryId::Coop(id) => Page::Coop(id),
                EntryId::Need(id) => Page::Need(id),
                EntryId::Offer(id) => Page::Offer(id),
                EntryId::Call(id) => Page::Call(id),
                EntryId::Page(id) => Page::Page(id),
                EntryId::Match(_) => continue,
            };
            self.add(&path, page);
            if let EntryId::Call(id) = id {
                self.agenda(derived, id);
            }
        }
        for topic in directory.topics.ids().filter(|topic| derived.groups().is_used(*topic)) {
            self.add(&paths::topic(&directory[topic].slug), Page::Topic(topic));
        }
    }

    /// The agenda of a call to come. Afterwards its address leads to the call, since it was passed on.
    fn agenda(&mut self, derived: &Derived, id: CallId) {
        let call = &derived.directory[id];
        let page = match call.is_ahead(derived.today) {
            true => Page::Agenda(id),
            false => {
                let slug = &call.entry.slug;
                Page::Redirect(paths::entry(EntryKind::Call, slug), slug.to_string())
            }
        };
        self.add(&paths::agenda(&call.entry.slug), page);
    }

    fn feeds(&mut self, derived: &Derived) {
        let directory = &derived.directory;
        for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer] {
            self.add(&format!("{}.atom", kind.folder()), Page::Feed(FeedKind::Entries(kind)));
        }
        self.add(&paths::match_feed(None), Page::Feed(FeedKind::Matches(None)));
        self.add(paths::CALLS_FEED, Page::Feed(FeedKind::Calls));
        self.add(paths::OPEN_FEED, Page::Feed(FeedKind::OpenActions));
        self.add(paths::DECISIONS_FEED, Page::Feed(FeedKind::Decisions));
        for topic in directory.topics.ids().filter(|topic| derived.groups().is_used(*topic)) {
            let path = paths::topic_feed(&directory[topic].slug);
            self.add(&path, Page::Feed(FeedKind::Topic(topic)));
        }
    }

    fn match_lists(&mut self, derived: &Derived, settings: &Settings) {
        let (kind, lists) = (EntryKind::Match, derived.match_lists());
        self.list(List { kind, only: None, number: 1 }, derived.matches().list.len());
        for facet in Facet::of(kind) {
            for (value, found) in lists.values(*facet) {
                let only = Some((*facet, value.to_owned()));
                if settings.base_url.is_some() && views::has_feed(*facet) {
                    let feed = Page::Feed(FeedKind::Matches(only.clone()));
                    self.add(&paths::match_feed(Some((*facet, value))), feed);
                }
                self.list(List { kind, only, number: 1 }, found.len());
            }
        }
        self.add("matches/new/", Page::NewMatches);
        let asked = lists.waiting().len() + lists.over().len();
        for (number, path) in pages_of(paths::WAITING.to_owned(), asked) {
            self.add(path.as_str(), Page::WaitingMatches(number));
        }
    }
}

impl Planning {
    /// Plans the same in each language of the site.
    fn in_each_language(
        &mut self,
        directory: &Directory,
        mut plan: impl FnMut(&mut OfLanguage<'_>),
    ) {
        for (index, language) in directory.site.languages.iter().enumerate() {
            let root = paths::language_root(language, directory.site.default_language());
            plan(&mut OfLanguage { planning: self, index, root });
        }
    }

    fn add(&mut self, path: SitePath, language: usize, page: Page) {
        self.pages.insert(path.clone(), Planned { path, language, page });
    }

    fn add_former(&mut self, path: SitePath, language: usize, page: Page) {
        let planned = || Planned { path: path.clone(), language, page };
        self.pages.entry(path.clone()).or_insert_with(planned);
    }

    fn root_files(&mut self, directory: &Directory, settings: &Settings, theme_files: &[&str]) {
        self.add(SitePath::new("404.html"), 0, Page::NotFound);
        self.add(SitePath::new("calls.ics"), 0, Page::Calendar(CalendarOf::All));
        for (at, series) in several_series(&directory.site) {
            let page = Page::Calendar(CalendarOf::Series(at));
            self.add(paths::series_calendar(&series.id), 0, page);
        }
        // Who has subscribed to a calendar goes on asking for it under its former address.
        for (at, former) in series::former_names(&directory.site.series) {
            let page = Page::Calendar(CalendarOf::Series(at));
            self.add(paths::series_calendar(former), 0, page);
        }
        self.add(SitePath::new("robots.txt"), 0, Page::Robots);
        self.add(SitePath::new("assets/brand.css"), 0, Page::Brand);
        for (id, call) in (0..).map(CallId).zip(&directory.calls) {
            if call.start.is_some() {
                let page = Page::Calendar(CalendarOf::Call(id));
                self.add(paths::call_calendar(&call.entry.slug), 0, page);
            }
        }
        for (path, page) in moved::calendars(directory) {
            self.add_former(path, 0, page);
        }
        for file in theme_files {
            self.add(SitePath::new(file), 0, Page::ThemeFile((*file).to_owned()));
        }
        if settings.base_url.is_some() {
            self.add(SitePath::new("sitemap.xml"), 0, Page::Sitemap(0));
        }
    }

    /// Files of the site itself: those of `content/static/`, and those to which an entry refers.
    fn copies(&mut self, directory: &Directory, theme_files: &[&str]) {
        let shown = directory.copied_files();
        let mut room = Room::beside(&self.pages, &directory.site);
        let theme = directory.site.theme.as_deref().unwrap_or("default");
        let of_theme = theme_files.iter().filter_map(|file| room.take_for_theme(theme, file).err());
        self.problems.extend(of_theme.map(|problem| *problem));
        let mut copies = Vec::with_capacity(shown.len());
        let former = moved::files(directory, &shown);
        for source in shown {
            let path = html::asset(source);
            match room.take(source, path.as_str()) {
                Ok(()) => copies.push((path, source)),
                Err(problem) => self.problems.push(*problem),
            }
        }
        let has_room =
            |(path, source): &(SitePath, &Arc<str>)| room.take(source, path.as_str()).is_ok();
        let former: Vec<_> = former.into_iter().filter(has_room).collect();
        for (path, source) in former {
            self.add_former(path, 0, Page::Copy(source.clone()));
        }
        for (path, source) in copies {
            self.add(path, 0, Page::Copy(source.clone()));
            let Some(asset) = directory.assets.get(source) else { continue };
            if asset.has_place {
                self.problems.push(pictures::with_place(source));
            }
            if let Some(bytes) = asset.large_picture(source) {
                self.problems.push(pictures::large(source, bytes));
            }
        }
    }
}

impl SitePlan {
    /// Plans the pages of rings.
    pub(super) fn plan_rings(&self) -> BTreeMap<SitePath, Planned> {
        let directory = &self.derived.directory;
        let mut planning = Planning::default();
        let rings = &self.derived.rings().list;
        planning.in_each_language(directory, |of_language| {
            for (number, path) in pages_of(paths::rings(1), rings.len()) {
                of_language.add(path.as_str(), Page::RingList(number));
            }
            for (at, ring) in rings.iter().enumerate() {
                let slugs = ring.coops.iter().map(|coop| &directory[*coop].entry.slug);
                of_language.add(&paths::ring(slugs), Page::Ring(at));
            }
            let home = SitePath::new("");
            of_language.former(moved::rings(&Viewer::new(self, of_language.index, &home)));
        });
        planning.pages
    }

    /// Plans the pages and lists of matches, and the feeds of parts of them.
    pub(super) fn plan_matches(&self) -> BTreeMap<SitePath, Planned> {
        let directory = &self.derived.directory;
        let mut planning = Planning::default();
        let matches = &self.derived.matches().list;
        planning.in_each_language(directory, |of_language| {
            of_language.match_lists(&self.derived, &self.settings);
            let home = SitePath::new("");
            let viewer = Viewer::new(self, of_language.index, &home);
            for found in matches {
                let page = Page::Match(found.need, found.offer);
                of_language.add(&viewer.match_path(found), page);
            }
            of_language.former(moved::matches(&viewer));
            let has_feeds = self.settings.base_url.is_some();
            of_language.former(moved::match_topics(&self.derived, viewer.language, has_feeds));
        });
        planning.pages
    }
}

/// How many addresses a list for search engines may hold (sitemaps.org).
pub const SITEMAP_LIMIT: usize = 50_000;

/// The path of a file of the search index of a language.
pub fn search_file(language: &Language, name: &str) -> SitePath {
    SitePath::new(format!("search/{}/{name}", language.as_str().to_ascii_lowercase()))
}
