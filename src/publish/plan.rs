//! Which pages and files a site has, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::output::{File, Output, Planned};
use super::room::Room;
use super::{former, pictures, rooted_links};
use crate::addresses::{self, Settings, SitePath};
use crate::content::record::EntryKind;
use crate::derived::Derived;
use crate::derived::facets::Facet;
use crate::diagnostic::Diagnostic;
use crate::directory::ids::{CallId, EntryId};
use crate::directory::site_language::SiteLanguage;
use crate::directory::{Directory, series};
use crate::exchange::{self, CalendarOf, Export, FeedKind};
use crate::pages::{self, Calls, List, Page, pages_of};
use crate::wording::{Interfaces, Wording};

/// What is planned, by its path.
pub(super) type Outputs = BTreeMap<SitePath, Planned>;

/// Plans every page and file but those of matches, of rings and of the search index, which follow from facts
/// that take longer to work out.
pub(super) fn plan(
    derived: &Derived,
    settings: &Settings,
    theme_files: &[&str],
) -> (Outputs, Vec<Diagnostic>) {
    let directory = &derived.directory;
    let mut planning = Planning::default();
    planning.in_each_language(directory, |of_language| of_language.everything(derived, settings));
    planning.root_files(directory, settings, theme_files);
    planning.copies(directory, theme_files);
    planning.problems.extend(rooted_links::check(directory, &planning.pages));
    (planning.pages, planning.problems)
}

#[derive(Default)]
struct Planning {
    pages: Outputs,
    problems: Vec<Diagnostic>,
}

struct OfLanguage<'a> {
    planning: &'a mut Planning,
    language: SiteLanguage,
    root: SitePath,
}

impl OfLanguage<'_> {
    fn add(&mut self, path: &str, output: impl Into<Output>) {
        self.planning.add(self.root.join(path), self.language, output);
    }

    fn everything(&mut self, derived: &Derived, settings: &Settings) {
        for (path, page) in pages::FIXED {
            self.add(path, page);
        }
        for number in 1..=pages::a_to_z_pages(derived) {
            self.add(&addresses::numbered(addresses::A_TO_Z, number), Page::AToZ(number));
        }
        for year in derived.calls().by_year.keys() {
            self.add(&addresses::calls_of_year(*year), Page::Calls(Calls::Year(*year)));
        }
        for (at, series) in derived.directory.site.several_series() {
            self.add(&addresses::series(&series.id), Page::Calls(Calls::Series(at)));
        }
        let open = derived.actions().open().count();
        for (number, path) in pages_of(addresses::OPEN, open) {
            self.add(path.as_str(), Page::OpenActions(number));
        }
        let decisions = derived.calls().decisions.len();
        for (number, path) in pages_of(addresses::DECISIONS, decisions) {
            self.add(path.as_str(), Page::Decisions(number));
        }
        let site = &derived.directory.site;
        for (at, former) in series::former_names(&site.series) {
            let series = &site.series[at];
            let page = addresses::page_of_series(site, series);
            self.add(&addresses::series(former), Page::Redirect(page, series.title.clone()));
        }
        self.lists(derived);
        self.entries(derived);
        if settings.base_url.is_some() {
            self.feeds(derived);
        }
        let language = &derived.directory.site[self.language];
        self.former(former::entries(derived, language));
        self.former(former::topics(derived, language, settings.base_url.is_some()));
    }

    /// Adds former addresses, which take the place of nothing that there is now.
    fn former(&mut self, former: Vec<former::Former>) {
        for (path, output) in former {
            self.planning.add_former(self.root.join(&path), self.language, output);
        }
    }

    fn lists(&mut self, derived: &Derived) {
        for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page] {
            self.list(List { kind, only: None, number: 1 }, derived.current(kind).count());
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
            for (number, path) in pages_of(addresses::archive(kind), derived.former(kind).count()) {
                self.add(path.as_str(), Page::Archive(kind, number));
            }
        }
    }

    fn list(&mut self, list: List, count: usize) {
        let path = match &list.only {
            None => addresses::list(list.kind, 1),
            Some((facet, value)) => addresses::facet(list.kind, *facet, value, 1),
        };
        for (number, path) in pages_of(path, count) {
            self.add(path.as_str(), Page::List(List { number, ..list.clone() }));
        }
    }

    fn entries(&mut self, derived: &Derived) {
        let directory = &derived.directory;
        for id in directory.ids() {
            let entry = &directory[id];
            let path = addresses::entry(id.kind(), &entry.slug);
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
            self.add(&addresses::topic(&directory[topic].slug), Page::Topic(topic));
        }
    }

    /// The agenda of a call to come. Afterwards its address leads to the call, since it was passed on.
    fn agenda(&mut self, derived: &Derived, id: CallId) {
        let call = &derived.directory[id];
        let page = match call.is_ahead(derived.today) {
            true => Page::Agenda(id),
            false => {
                let slug = &call.entry.slug;
                Page::Redirect(addresses::entry(EntryKind::Call, slug), slug.to_string())
            }
        };
        self.add(&addresses::agenda(&call.entry.slug), page);
    }

    fn feeds(&mut self, derived: &Derived) {
        let directory = &derived.directory;
        for kind in [EntryKind::Coop, EntryKind::Need, EntryKind::Offer] {
            self.add(&addresses::entry_feed(kind), Export::Feed(FeedKind::Entries(kind)));
        }
        self.add(&addresses::match_feed(None), Export::Feed(FeedKind::Matches(None)));
        self.add(addresses::CALLS_FEED, Export::Feed(FeedKind::Calls));
        self.add(addresses::OPEN_FEED, Export::Feed(FeedKind::OpenActions));
        self.add(addresses::DECISIONS_FEED, Export::Feed(FeedKind::Decisions));
        for topic in directory.topics.ids().filter(|topic| derived.groups().is_used(*topic)) {
            let path = addresses::topic_feed(&directory[topic].slug);
            self.add(&path, Export::Feed(FeedKind::Topic(topic)));
        }
    }

    fn match_lists(&mut self, derived: &Derived, settings: &Settings) {
        let (kind, lists) = (EntryKind::Match, derived.match_lists());
        self.list(List { kind, only: None, number: 1 }, derived.matches().list.len());
        for facet in Facet::of(kind) {
            for (value, found) in lists.values(*facet) {
                let only = Some((*facet, value.to_owned()));
                if settings.base_url.is_some() && addresses::has_match_feed(*facet) {
                    let feed = Export::Feed(FeedKind::Matches(only.clone()));
                    self.add(&addresses::match_feed(Some((*facet, value))), feed);
                }
                self.list(List { kind, only, number: 1 }, found.len());
            }
        }
        self.add(addresses::NEWEST, Page::NewMatches);
        let asked = lists.waiting().len() + lists.over().len();
        for (number, path) in pages_of(addresses::WAITING, asked) {
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
        for (language, tag) in directory.site.each_language() {
            let root = addresses::language_root(&directory.site, tag);
            plan(&mut OfLanguage { planning: self, language, root });
        }
    }

    fn add(&mut self, path: SitePath, language: SiteLanguage, output: impl Into<Output>) {
        let output = output.into();
        self.pages.insert(path.clone(), Planned { path, language, output });
    }

    /// Adds what there is once for all languages.
    fn add_once(&mut self, path: impl AsRef<str>, output: impl Into<Output>) {
        self.add(SitePath::new(path), SiteLanguage::FIRST, output);
    }

    fn add_former(&mut self, path: SitePath, language: SiteLanguage, output: impl Into<Output>) {
        let output = output.into();
        let planned = || Planned { path: path.clone(), language, output };
        self.pages.entry(path.clone()).or_insert_with(planned);
    }

    fn root_files(&mut self, directory: &Directory, settings: &Settings, theme_files: &[&str]) {
        self.add_once(addresses::NOT_FOUND, Page::NotFound);
        for (path, export) in exchange::ONCE {
            self.add_once(path, export);
        }
        for (at, series) in directory.site.several_series() {
            let page = Export::Calendar(CalendarOf::Series(at));
            self.add_once(addresses::series_calendar(&series.id), page);
        }
        // Who has subscribed to a calendar goes on asking for it under its former address.
        for (at, former) in series::former_names(&directory.site.series) {
            let page = Export::Calendar(CalendarOf::Series(at));
            self.add_once(addresses::series_calendar(former), page);
        }
        self.add_once(addresses::ROBOTS, File::Robots);
        self.add_once(addresses::BRAND, File::Brand);
        for (id, call) in CallId::each(&directory.calls) {
            if call.start.is_some() {
                let page = Export::Calendar(CalendarOf::Call(id));
                self.add_once(addresses::call_calendar(&call.entry.slug), page);
            }
        }
        for (path, export) in former::calendars(directory) {
            self.add_former(path, SiteLanguage::FIRST, export);
        }
        for file in theme_files {
            self.add_once(file, File::Theme((*file).to_owned()));
        }
        if settings.base_url.is_some() {
            self.add_once(addresses::SITEMAP, File::Sitemap(0));
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
        let former = former::files(directory, &shown);
        for source in shown {
            let path = addresses::copy_of(source);
            match room.take(source, path.as_str()) {
                Ok(()) => copies.push((path, source)),
                Err(problem) => self.problems.push(*problem),
            }
        }
        let has_room =
            |(path, source): &(SitePath, &Arc<str>)| room.take(source, path.as_str()).is_ok();
        let former: Vec<_> = former.into_iter().filter(has_room).collect();
        for (path, source) in former {
            self.add_former(path, SiteLanguage::FIRST, File::Copy(source.clone()));
        }
        for (path, source) in copies {
            self.add_once(path.as_str(), File::Copy(source.clone()));
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

/// Plans the pages of rings.
pub(super) fn rings(derived: &Derived, interfaces: &Interfaces) -> Outputs {
    let directory = &derived.directory;
    let mut planning = Planning::default();
    let rings = &derived.rings().list;
    planning.in_each_language(directory, |of_language| {
        for (number, path) in pages_of(addresses::RINGS, rings.len()) {
            of_language.add(path.as_str(), Page::RingList(number));
        }
        for (place, ring) in rings.iter().enumerate() {
            let slugs = ring.coops.iter().map(|coop| &directory[*coop].entry.slug);
            of_language.add(&addresses::ring(slugs), Page::Ring(place));
        }
        let wording = Wording::new(derived, &interfaces[of_language.language]);
        of_language.former(former::rings(&wording));
    });
    planning.pages
}

/// Plans the pages and lists of matches, and the feeds of parts of them.
pub(super) fn matches(derived: &Derived, interfaces: &Interfaces, settings: &Settings) -> Outputs {
    let directory = &derived.directory;
    let mut planning = Planning::default();
    planning.in_each_language(directory, |of_language| {
        of_language.match_lists(derived, settings);
        for found in &derived.matches().list {
            let path = addresses::match_of(directory, found.need, found.offer);
            of_language.add(&path, Page::Match(found.need, found.offer));
        }
        let wording = Wording::new(derived, &interfaces[of_language.language]);
        of_language.former(former::matches(&wording));
        let has_feeds = settings.base_url.is_some();
        of_language.former(former::match_topics(derived, wording.language, has_feeds));
    });
    planning.pages
}
