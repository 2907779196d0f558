//! What `ayni check --fix` writes: mechanical advice, followed in the files of a site. Pure; the files stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::content::added_fields;
use crate::content::record::Record;
use crate::content::source::Sources;
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};
use crate::exchange::announced;
use crate::{Options, Prepared};

/// What following all mechanical advice makes of a site.
pub(crate) struct Fixed {
    /// The site as it would be.
    pub prepared: Prepared,
    /// The problems that are gone by it, in the order of their places, with the texts in which they stood.
    pub gone: Vec<(Sources, Vec<Diagnostic>)>,
    /// Each file that changes.
    pub files: BTreeSet<Arc<str>>,
}

/// One thing mended can show what else there is to mend; so often that is looked for.
const ROUNDS: usize = 4;

/// Follows the advice of a site's problems, and of those that are left by that. `told` is what calendars were told of its
/// calls before, see [`announced`].
pub(crate) fn fix(prepared: Prepared, options: &Options, told: Option<&str>) -> Fixed {
    let mut fixed = Fixed { prepared, gone: Vec::new(), files: BTreeSet::new() };
    for _ in 0..ROUNDS {
        let (texts, gone) = round(&fixed.prepared, told);
        if texts.is_empty() {
            break;
        }
        let mut sources = fixed.prepared.sources.clone();
        for (path, text) in texts {
            fixed.files.insert(path.clone());
            sources.texts.insert(path, text);
        }
        let next = crate::prepare_all(sources, options, Some(&fixed.prepared));
        fixed.gone.push((fixed.prepared.sources.clone(), gone));
        fixed.prepared = next;
    }
    fixed
}

/// Errors of a site that it did not have before, whose lines may have moved.
pub(crate) fn new_errors<'a>(
    before: &[Diagnostic],
    after: &'a [Diagnostic],
) -> Vec<&'a Diagnostic> {
    let errors = |problem: &&Diagnostic| problem.severity() == Severity::Error;
    let key = |problem: &Diagnostic| (problem.place.file.clone(), problem.message.clone());
    let known: BTreeSet<_> = before.iter().filter(errors).map(key).collect();
    after.iter().filter(errors).filter(|problem| !known.contains(&key(problem))).collect()
}

/// The files that change, and the problems that are mended by that.
fn round(
    prepared: &Prepared,
    told: Option<&str>,
) -> (BTreeMap<Arc<str>, Arc<str>>, Vec<Diagnostic>) {
    let moved = moved(prepared, told);
    let records: BTreeMap<&str, &Arc<Record>> =
        prepared.records.entries.iter().map(|record| (&*record.path, record)).collect();
    let (mut texts, mut gone) = (BTreeMap::new(), Vec::new());
    for problem in prepared.problems() {
        let path = &problem.place.file;
        if problem.code == Code::InheritedTime && moved.contains(path) {
            continue;
        }
        // A second piece of advice for the same file waits for the next round, since places have moved.
        let record = records.get(&**path).filter(|_| !texts.contains_key(path));
        let (Some(Fix::Fields(fields)), Some(record)) = (&problem.fix, record) else { continue };
        let Some(text) = prepared.sources.text(path) else { continue };
        let changed = added_fields::with_added(text, &record.front, "start", fields);
        if let Some(changed) = changed {
            texts.insert(path.clone(), Arc::from(changed));
            gone.push(problem.clone());
        }
    }
    (texts, gone)
}

/// Calls that are not as they were published. What a held one takes from its series now is hardly what it took then, so a
/// person has to say which of the two is right.
fn moved(prepared: &Prepared, told: Option<&str>) -> BTreeSet<Arc<str>> {
    let (plan, today) = (&prepared.plan, prepared.options.today);
    let (_, changes) = announced::compare(told, &plan.derived.directory, today);
    changes.into_iter().map(|change| change.place.file).collect()
}
