//! Links that start from the root of the site, such as `/calls.ics`: whether something is there is known only
//! when all pages are.

use super::plan::Outputs;
use super::room;
use crate::addresses::SitePath;
use crate::content::record;
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Directory;
use crate::directory::entry::Reference;

/// Says which of them lead nowhere.
pub(super) fn check(directory: &Directory, pages: &Outputs) -> Vec<Diagnostic> {
    let families = room::families(&directory.site);
    let mut problems = Vec::new();
    for id in directory.ids() {
        for text in directory[id].texts() {
            let rooted = text.links().filter_map(|(link, reference)| match reference {
                Reference::Site(path) => Some((link, path)),
                _ => None,
            });
            for (link, path) in rooted {
                let path = path.split('#').next().unwrap_or_default();
                let is_planned_later = room::family_of(&families, path).is_some();
                if is_planned_later || pages.contains_key(&SitePath::new(path)) {
                    continue;
                }
                let (kind, slug) = (id.kind().as_str(), &directory[id].slug);
                let message = format!(
                    "{kind} `{slug}` links to `{}`, which the site does not have",
                    link.target
                );
                let place = record::place(&text.record.path, link.span);
                let hint = "addresses of pages end with a slash; `[[…]]` is safer";
                problems.push(Diagnostic::new(Code::MissingLink, place, message).hint(hint));
            }
        }
    }
    problems
}
