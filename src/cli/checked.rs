//! What `check` says beside what the content itself says: of links and Git on this disk, and of what calendars were told.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::Prepared;
use crate::content::file_names::folder;
use crate::diagnostic::Diagnostic;
use crate::edge::target::Target;
use crate::edge::{disk, home, told, tracked};
use crate::exchange::announced;

/// What was found on disk around a site.
pub(super) struct Around {
    problems: Vec<Diagnostic>,
    links_in_output: Vec<String>,
    /// What the last build into the usual folder has told calendars.
    pub told: Option<String>,
}

impl Around {
    /// Looks at the folder of a site.
    pub(super) fn look(site: &Path) -> Result<Around> {
        let mut problems = disk::links(site)?;
        problems.extend(tracked::problem(site)?);
        Ok(Around { problems, links_in_output: disk::links_in_output(site)?, told: told(site)? })
    }

    /// Adds to the problems of a site those that are around it.
    pub(super) fn add_to(&self, prepared: &mut Prepared) {
        prepared.add_problems(self.problems.clone());
        // What has errors is not planned yet; and a call that does not say its series, or the like, is at another time
        // only until that is mended.
        if prepared.has_errors() {
            return;
        }
        let on_the_way = self.links_on_planned_paths(prepared);
        let directory = &prepared.plan.derived.directory;
        let today = prepared.options.today;
        let unannounced = announced::compare(self.told.as_deref(), directory, today).1;
        prepared.add_problems(on_the_way.into_iter().chain(unannounced));
    }

    /// Links in the output folder that a build would have to write through.
    fn links_on_planned_paths(&self, prepared: &Prepared) -> Vec<Diagnostic> {
        if self.links_in_output.is_empty() {
            return Vec::new();
        }
        let planned: BTreeSet<String> =
            prepared.plan.all().iter().map(|planned| planned.path.file()).collect();
        let is_planned = |link: &&String| {
            let below = folder(link);
            let first = planned.range(below.clone()..).next();
            planned.contains(*link) || first.is_some_and(|path| path.starts_with(&below))
        };
        let links = self.links_in_output.iter().filter(is_planned);
        links.map(|link| disk::link_in_output(link)).collect()
    }
}

/// What the last build into the usual folder has told calendars.
fn told(site: &Path) -> Result<Option<String>> {
    match Target::find(site, None, home::folder().as_deref()) {
        Ok(target) => told::read(&target),
        // A folder in which nothing can be built has told nobody anything.
        Err(_) => Ok(None),
    }
}
