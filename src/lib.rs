//! Ayni turns a folder of Markdown and YAML into the static wiki of a network of cooperatives.
//!
//! ```text
//! Sources → Records → Directory → Derived → SitePlan → bytes
//! text      as        typed       matches,   pages to   one page
//!           written   entries     backlinks  render     at a time
//! ```
//!
//! One plain data type each, one pure function between neighbours, called in order by [`prepare`].

// In the order of the pipeline; blank lines keep it.

pub mod characters;

mod kept;

pub mod diagnostic;

pub mod content;

mod language;

pub mod directory;

mod mentions;

pub mod derived;

pub mod pad;

mod search;

pub mod addresses;

mod wording;

mod check;

pub mod exchange;

mod pages;

pub mod publish;

pub mod publishing;

mod fixing;

mod editor;

pub mod edge;

pub mod cli;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use addresses::{LinkStyle, Settings};
use content::Records;
use content::second_look;
use content::source::Sources;
use content::values::{Language, Url};
use diagnostic::{Diagnostic, Severity};
use directory::Directory;
use directory::edition::{self, Drafts, Edition, Publishing};
use directory::editions;
use directory::quarantine::{self, LeftOut};
use directory::site::Site;
use directory::withheld::Withheld;
use kept::Kept;
use mentions::Mentions;
use pages::theme::Theme;
use publish::SitePlan;

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
    /// How it was made.
    pub options: Options,
    /// What it was made from.
    pub sources: Sources,
    /// The sources as read.
    pub records: Records,
    /// Every page and file.
    pub plan: SitePlan,
    /// What the edition leaves out.
    pub withheld: Withheld,
    /// What every stage has found to be wrong.
    of_stages: Vec<Diagnostic>,
    /// That, and where what is withheld is said; known when somebody asks.
    problems: OnceLock<Vec<Diagnostic>>,
    theme: Kept<Theme>,
    mentions: Kept<Mentions>,
    /// Those that an earlier site of the same content knew.
    known: Option<Arc<Mentions>>,
}

impl Prepared {
    /// What of the withheld nobody may say, and where it is said all the same. It is looked for when it is
    /// first asked for: a page can be shown before.
    pub fn mentions(&self) -> &Arc<Mentions> {
        self.mentions.get_or_make(|| {
            let published = &self.plan.derived.directory;
            let (edition, known) = (self.options.edition, self.known.as_deref());
            Mentions::new(&self.withheld, published, &self.records, edition, known)
        })
    }

    /// Everything that is wrong.
    pub fn problems(&self) -> &[Diagnostic] {
        self.problems.get_or_init(|| {
            let mut problems = self.of_stages.clone();
            let mentions = self.mentions();
            problems.extend(mentions.problems());
            problems.extend(check::problems(&self.plan.derived));
            // Other editions withhold less.
            if (self.options.edition, self.options.drafts) == (Edition::Public, Drafts::Withheld) {
                let settings = &self.records.site;
                problems.extend(mentions::needless_allowances(mentions.secrets(), settings));
            }
            problems
        })
    }

    /// Adds what else is wrong with the site.
    pub fn add_problems(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        let mut problems = self.problems().to_vec();
        problems.extend(more);
        self.problems = problems.into();
    }

    /// Whether a problem stops a build.
    pub fn has_errors(&self) -> bool {
        self.problems().iter().any(|problem| problem.severity() == Severity::Error)
    }

    /// The same site with other problems.
    fn with_problems(self, problems: Vec<Diagnostic>) -> Prepared {
        Prepared { problems: problems.into(), ..self }
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

/// Prepares a site for every edition, with and without drafts, and adds the problems of each to those of
/// the widest. A problem that not all of them have says which one has it.
pub fn prepare_all(sources: Sources, options: &Options, earlier: Option<&Prepared>) -> Prepared {
    let records = content::parse(&sources, earlier.map(|it| (&it.sources, &it.records)));
    let (directory, problems) = directory::resolve(&records, &sources.assets);
    let mut prepared: Vec<Prepared> = Vec::new();
    for edition in [Edition::Public, Edition::Network] {
        for drafts in [Drafts::Withheld, Drafts::Shown] {
            let options = Options { edition, drafts, ..options.clone() };
            let (sources, records, directory) =
                (sources.clone(), records.clone(), directory.clone());
            let next = complete(
                sources,
                records,
                directory,
                problems.clone(),
                &options,
                prepared.last().or(earlier),
            );
            prepared.push(next);
        }
    }
    let problems = editions::union(prepared.iter().map(Prepared::problems));
    let widest = prepared.pop().expect("there are four");
    widest.with_problems(problems)
}

/// Prepares a site again without the entries that have errors and all that refers to them, and without
/// what texts say of something withheld; says what that leaves out. The problems stay. `None` where an
/// error concerns more than one entry.
pub fn quarantine(prepared: Prepared, options: &Options) -> Option<(Prepared, BTreeSet<LeftOut>)> {
    if prepared.problems().iter().any(quarantine::concerns_all) {
        return None;
    }
    let mut problems = prepared.problems().to_vec();
    let mut left_out = BTreeSet::new();
    let mut sources = prepared.sources.clone();
    let mut without = None;
    // Whoever is left out may be withheld by that, and be mentioned by others: again, until nothing is new.
    for _ in 0..QUARANTINE_ROUNDS {
        let earlier = without.as_ref().unwrap_or(&prepared);
        let (theme, site) = (&prepared.plan.theme(), &prepared.plan.derived.directory.site);
        let not_public = |language: &Language| theme.word(language, "not-public").to_owned();
        left_out.extend(quarantine::redact(
            &mut sources,
            (&earlier.records, site),
            earlier.problems(),
            &not_public,
        ));
        let records = content::parse(&sources, Some((&earlier.sources, &earlier.records)));
        let whole = &prepared.plan.derived.directory;
        let (directory, more) = quarantine::resolve(&records, &sources, &problems, whole);
        left_out.extend(more);
        let mut next =
            complete(sources.clone(), records, directory, Vec::new(), options, Some(earlier));
        // The guard goes on looking for what is withheld and broken at once.
        next.withheld.extend(prepared.withheld.clone());
        next.of_stages = Vec::new();
        problems.extend_from_slice(next.problems());
        let is_done = !next.has_errors();
        without = Some(next);
        if is_done {
            break;
        }
    }
    let without = without.filter(|it| !it.has_errors())?;
    Some((without.with_problems(problems), left_out))
}

/// So often a quarantine looks for mentions again; each round takes out all that it finds.
const QUARANTINE_ROUNDS: usize = 16;

/// The stages after the directory.
fn complete(
    sources: Sources,
    records: Records,
    directory: Directory,
    mut problems: Vec<Diagnostic>,
    options: &Options,
    earlier: Option<&Prepared>,
) -> Prepared {
    let kept_theme = theme(&sources, &directory.site, earlier);
    let theme = kept_theme.get_or_make(|| {
        let name = directory.site.theme.as_deref().unwrap_or("default");
        Theme::new(&directory.site.languages, &sources, name)
    });
    let publishing = Publishing {
        edition: options.edition,
        drafts: options.drafts,
        settings: &records.site,
        not_public: &|language| theme.word(language, "not-public").to_owned(),
    };
    let (directory, withheld) = edition::publish(directory, publishing);
    let known = earlier.and_then(|it| it.mentions.made().or(it.known.as_ref())).cloned();
    let base_url = options.base_url.clone().or_else(|| directory.site.base_url.clone());
    let settings = Settings {
        base_id: directory.site.address_of_ids(base_url.as_ref()),
        base_url,
        style: options.style,
        edition: options.edition,
    };
    let earlier = earlier.map(|earlier| &*earlier.plan.derived);
    let derived = derived::derive(Arc::new(directory), options.today, earlier);
    let (plan, of_plan) = publish::plan(Arc::new(derived), theme.clone(), settings);
    problems.extend(theme.problems.iter().cloned());
    problems.extend(of_plan);
    let of_days = records.entries.iter();
    problems.extend(of_days.flat_map(|record| second_look::at_days(record, options.today)));
    Prepared {
        options: options.clone(),
        sources,
        records,
        plan,
        withheld,
        of_stages: problems,
        problems: OnceLock::new(),
        theme: kept_theme,
        mentions: Kept::default(),
        known,
    }
}

/// The theme of a site. Its templates take longer to prepare than a page to render.
fn theme(sources: &Sources, site: &Site, earlier: Option<&Prepared>) -> Kept<Theme> {
    let is_same = |earlier: &Prepared| {
        let before = &earlier.plan.derived.directory.site;
        earlier.sources.themes == sources.themes
            && (&before.theme, &before.languages) == (&site.theme, &site.languages)
    };
    earlier.map(|earlier| earlier.theme.taken_over(is_same(earlier))).unwrap_or_default()
}
