//! Ayni turns a folder of Markdown and YAML into the static wiki of a network of cooperatives.
//!
//! ```text
//! Sources → Records → Directory → Derived → SitePlan → bytes
//! text      as        typed       matches,   pages to   one page
//!           written   entries     backlinks  render     at a time
//! ```
//!
//! One plain data type each, one pure function between neighbours, called in order by [`prepare`].

pub mod characters;

pub mod diagnostic;

pub mod content;

pub mod directory;

pub mod derived;

pub mod pad;

pub mod search;

pub mod site;

pub mod edge;

pub mod cli;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use content::Records;
use content::source::Sources;
use content::values::Url;
use diagnostic::{Diagnostic, Severity};
use directory::Directory;
use directory::edition::{self, Drafts, Edition, Withheld};
use directory::quarantine::{self, LeftOut};
use site::paths::LinkStyle;
use site::theme::Theme;
use site::{Settings, SitePlan};

/// What the same content can be made into.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the site is published, where `site.yaml` is not to decide.
    pub base_url: Option<Url>,
    /// How links are written.
    pub style: LinkStyle,
    /// For whom the site is.
    pub edition: Edition,
    /// Whether drafts are part of it.
    pub drafts: Drafts,
    /// The day for which it is built.
    pub today: Date,
}

/// A site that is ready to render, and everything that is wrong with it.
pub struct Prepared {
    /// What it was made from.
    pub sources: Sources,
    /// The sources as read.
    pub records: Records,
    /// Every page and file.
    pub plan: SitePlan,
    /// What the edition leaves out.
    pub withheld: Withheld,
    /// Problems, by place.
    pub problems: Vec<Diagnostic>,
}

impl Prepared {
    /// Whether a problem stops a build.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }
}

/// Runs every stage but the last: rendering is done page by page, by whoever wants the page.
///
/// What did not change since an `earlier` run is not read again. The result is the same without it.
pub fn prepare(sources: Sources, options: &Options, earlier: Option<&Prepared>) -> Prepared {
    let records = content::parse(&sources, earlier.map(|it| (&it.sources, &it.records)));
    let (directory, problems) = directory::resolve(&records, &sources.assets);
    complete(sources, records, directory, problems, options, earlier)
}

/// Prepares a site again without the entries that have errors and all that refers to them, and says
/// what that leaves out. The problems stay. `None` where an error concerns more than one entry.
pub fn quarantine(prepared: Prepared, options: &Options) -> Option<(Prepared, BTreeSet<LeftOut>)> {
    if prepared.problems.iter().any(quarantine::concerns_all) {
        return None;
    }
    let whole = &prepared.plan.derived.directory;
    let (records, sources) = (prepared.records.clone(), prepared.sources.clone());
    let (directory, left_out) = quarantine::resolve(&records, &sources, &prepared.problems, whole);
    let mut without = complete(sources, records, directory, Vec::new(), options, Some(&prepared));
    // The guard goes on looking for what is withheld and broken at once.
    without.withheld.texts.extend(prepared.withheld.texts);
    without.withheld.paths.extend(prepared.withheld.paths);
    without.problems = prepared.problems;
    Some((without, left_out))
}

/// The stages after the directory.
fn complete(
    sources: Sources,
    records: Records,
    directory: Directory,
    mut problems: Vec<Diagnostic>,
    options: &Options,
    earlier: Option<&Prepared>,
) -> Prepared {
    let (directory, withheld) = edition::publish(directory, options.edition, options.drafts);
    let (theme, of_theme) = theme(&sources, &directory.site, earlier);
    let settings = Settings {
        base_url: options.base_url.clone().or_else(|| directory.site.base_url.clone()),
        style: options.style,
        edition: options.edition,
    };
    let earlier = earlier.map(|earlier| &*earlier.plan.derived);
    let derived = derived::derive(Arc::new(directory), options.today, earlier);
    let (plan, of_plan) = site::plan(Arc::new(derived), theme, settings);
    problems.extend(of_theme);
    problems.extend(of_plan);
    Prepared { sources, records, plan, withheld, problems }
}

/// Templates take longer to prepare than a page to render, so an unchanged theme is used again.
fn theme(
    sources: &Sources,
    site: &directory::site::Site,
    earlier: Option<&Prepared>,
) -> (Arc<Theme>, Vec<Diagnostic>) {
    let name = site.theme.as_deref().unwrap_or("default");
    let unchanged = earlier.filter(|earlier| {
        let before = &earlier.plan.derived.directory.site;
        earlier.sources.themes == sources.themes
            && (&before.theme, &before.languages) == (&site.theme, &site.languages)
            && earlier.plan.theme.problems.is_empty()
    });
    match unchanged {
        Some(earlier) => (earlier.plan.theme.clone(), Vec::new()),
        None => {
            let theme = Theme::new(&site.languages, sources, name);
            let problems = theme.problems.clone();
            (Arc::new(theme), problems)
        }
    }
}
