//! Many calls of a series that `site.yaml` does not name: it has another id now, and its `aliases` do not say so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::content::Records;
use crate::content::record::{EntryKind, Record};
use crate::content::values::in_small_letters;
use crate::content::yaml::Value;
use crate::diagnostic::{Code, Diagnostic};

/// So many calls that name the same are no slip.
const NO_SLIP: usize = 3;

/// Makes one problem of all that are about the same series, and says how to tell what it is called now. `ids` are those
/// of the series that there are.
pub(super) fn check(records: &Records, ids: &[&str], problems: &mut Vec<Diagnostic>) {
    let record_of = |problem: &Diagnostic| {
        let of_path = |record: &Arc<Record>| record.path.cmp(&problem.place.file);
        records.entries.binary_search_by(of_path).ok().map(|at| &records.entries[at])
    };
    let mut by_name: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    let unknown = problems.extract_if(.., |it| it.code == Code::UnknownSeries);
    for problem in unknown.collect::<Vec<_>>() {
        let span = &problem.place.span;
        let written =
            record_of(&problem).and_then(|record| record.body.file().get(span.start..span.end));
        let name = written.unwrap_or_default().trim().trim_matches(['"', '\'']);
        by_name.entry(in_small_letters(name)).or_default().push(problem);
    }
    if by_name.is_empty() {
        return;
    }
    // As written, since calls that cannot be read name a series, too.
    let calls = records.entries.iter().filter(|record| record.kind == EntryKind::Call);
    let named = calls.filter_map(|record| match &record.front.field("series")?.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let named: BTreeSet<&str> = named.collect();
    let alone: Vec<&str> = ids.iter().copied().filter(|id| !named.contains(id)).collect();
    for (name, mut of_name) in by_name {
        if name.is_empty() || of_name.len() < NO_SLIP || ids.is_empty() {
            problems.append(&mut of_name);
            continue;
        }
        of_name.sort_by(|one, other| one.place.cmp(&other.place));
        let count = of_name.len();
        let mut places = of_name.into_iter().map(|problem| problem.place);
        let Some(first) = places.next() else { continue };
        let message = format!(
            "{count} calls are of the series `{name}`, which `site.yaml` does not name under `calls`"
        );
        let called = match alone.as_slice() {
            [only] => format!("`{only}`"),
            _ => "a series".to_owned(),
        };
        let hint = format!(
            "if {called} was called so before, add `{name}` to its `aliases` there; otherwise name the series there, or \
             correct these calls"
        );
        let problem = Diagnostic {
            more: places.collect(),
            ..Diagnostic::new(Code::UnknownSeries, first, message)
        };
        problems.push(problem.hint(hint));
    }
}
