//! Everything that a site has, ready to render.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::output::{File, Output, Planned};
use super::plan::{self, Outputs};
use super::search_files::{self, SearchFiles};
use super::sitemap;
use crate::addresses::{self, Settings, SitePath};
use crate::content::record::EntryKind;
use crate::derived::Derived;
use crate::diagnostic::Diagnostic;
use crate::directory::site_language::SiteLanguage;
use crate::exchange::lunr;
use crate::pages::Printer;
use crate::pages::theme::Theme;
use crate::wording::{Interfaces, Wording};

/// Every page and file of a site, ready to render. What follows from facts that take long to work out is planned when it is
/// first asked for.
pub struct SitePlan {
    /// The facts that pages show.
    pub derived: Arc<Derived>,
    /// How the site is published.
    pub settings: Settings,
    pub(super) printer: Printer,
    outputs: Outputs,
    matches: OnceLock<Outputs>,
    rings: OnceLock<Outputs>,
    search: OnceLock<SearchFiles>,
}

/// Lists all pages and files of a site, and says which claim the same path.
pub fn plan(
    derived: Arc<Derived>,
    theme: Arc<Theme>,
    settings: Settings,
) -> (SitePlan, Vec<Diagnostic>) {
    let (outputs, problems) = plan::plan(&derived, &settings, &theme.published());
    let printer = Printer::new(theme, &derived.directory);
    let plan = SitePlan {
        derived,
        settings,
        printer,
        outputs,
        matches: OnceLock::new(),
        rings: OnceLock::new(),
        search: OnceLock::new(),
    };
    (plan, problems)
}

impl SitePlan {
    /// The theme that pages are printed with.
    pub fn theme(&self) -> &Arc<Theme> {
        self.printer.theme()
    }

    /// The words of the site's languages.
    pub fn interfaces(&self) -> &Interfaces {
        &self.theme().interfaces
    }

    /// Its facts in words of one of its languages.
    pub fn wording(&self, language: SiteLanguage) -> Wording<'_> {
        Wording::new(&self.derived, &self.interfaces()[language])
    }

    /// What is planned at a path.
    pub fn find(&self, path: &str) -> Option<Planned> {
        let path = SitePath::new(path);
        if let Some(planned) = self.outputs.get(&path) {
            return Some(planned.clone());
        }
        let segments = || path.as_str().split('/').take(2);
        if segments().any(|segment| segment == EntryKind::Match.folder()) {
            return self.matches().get(&path).cloned();
        }
        if segments().any(|segment| segment == addresses::RINGS.trim_end_matches('/')) {
            return self.rings().get(&path).cloned();
        }
        if addresses::is_sitemap_part(path.as_str()) {
            return self.sitemap_parts().find(|planned| planned.path == path);
        }
        let is_search = path.as_str().starts_with(addresses::SEARCH);
        let found = is_search && self.search().contains_key(&path);
        found.then(|| once(path, File::Search))
    }

    /// Everything that is planned, by path.
    pub fn all(&self) -> Vec<Planned> {
        let mut all: Vec<Planned> = self.planned().cloned().collect();
        all.extend(self.search().keys().map(|path| once(path.clone(), File::Search)));
        all.extend(self.sitemap_parts());
        all
    }

    /// The parts of the list of pages for search engines; none when one file holds it.
    fn sitemap_parts(&self) -> impl Iterator<Item = Planned> {
        let parts = match self.settings.base_url {
            Some(_) => sitemap::parts(self.listed().count()),
            None => 0,
        };
        (1..=parts).map(|part| once(addresses::sitemap_part(part), File::Sitemap(part)))
    }

    /// The paths of pages for search engines, in order.
    pub(super) fn listed(&self) -> impl Iterator<Item = &SitePath> + Clone {
        let is_listed = |planned: &&Planned| match &planned.output {
            Output::Page(page) => page.is_listed(),
            Output::File(_) => false,
        };
        self.planned().filter(is_listed).map(|planned| &planned.path)
    }

    /// Everything but the search index and the parts of the list for search engines, by path.
    fn planned(&self) -> impl Iterator<Item = &Planned> + Clone {
        self.outputs.values().chain(self.matches().values()).chain(self.rings().values())
    }

    fn matches(&self) -> &Outputs {
        let plan = || plan::matches(&self.derived, self.interfaces(), &self.settings);
        self.matches.get_or_init(plan)
    }

    fn rings(&self) -> &Outputs {
        self.rings.get_or_init(|| plan::rings(&self.derived, self.interfaces()))
    }

    pub(super) fn search(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        self.search.get_or_init(|| search_files::index(&self.derived, self.interfaces()))
    }

    /// The indexes for other tools that have more than `most` bytes when compressed: their paths, and how many.
    pub fn large_exports(&self, most: usize) -> Vec<(String, usize)> {
        let exported = self.search().iter().filter(|(path, _)| path.as_str().ends_with(lunr::NAME));
        let sizes = exported.map(|(path, bytes)| (path.file(), lunr::compressed(bytes)));
        sizes.filter(|(_, size)| *size > most).collect()
    }
}

/// What there is once for all languages.
fn once(path: SitePath, file: File) -> Planned {
    Planned { path, language: SiteLanguage::FIRST, output: Output::File(file) }
}
