//! Texts that lie where entries do, are called otherwise, and are not published beside one: somebody may have
//! meant an entry.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::listing::Listing;
use super::whole::Directory;
use crate::content::{Records, attachment, record};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Types of files in which people write texts.
const TEXTS: [&str; 15] = [
    "txt", "text", "mdx", "mkd", "rmd", "qmd", "adoc", "org", "rst", "json", "doc", "docx", "odt",
    "rtf", "pages",
];

/// Says which they are. What entries say that are left out is not known, so a file that one of
/// them names is passed over.
pub(super) fn check(
    records: &Records,
    listing: &Listing,
    directory: &Directory,
    problems: &mut Vec<Diagnostic>,
) {
    let shown = directory.files_of_entries();
    let left_out = &listing.left_out().paths;
    let unknown: Vec<&str> = records
        .entries
        .iter()
        .filter(|record| left_out.contains(&record.path) || !record.is_readable())
        .map(|record| record.body.file())
        .collect();
    let told: BTreeSet<Arc<str>> =
        problems.iter().map(|problem| problem.place.file.clone()).collect();
    let assets = directory.assets.keys().filter(|path| attachment::is_beside_entries(path));
    for path in assets.filter(|path| could_be_an_entry(path) && !shown.contains(path)) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !told.contains(path) && !unknown.iter().any(|text| text.contains(name)) {
            problems.push(of(path));
        }
    }
}

/// Whether a file lies where an entry could, and holds a text.
fn could_be_an_entry(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_text = ending.is_empty() || TEXTS.contains(&ending.to_ascii_lowercase().as_str());
    is_text && record::name(&format!("{folder}/{stem}.md")).is_some()
}

fn of(path: &Arc<str>) -> Diagnostic {
    let place = record::place(path, Span::default());
    let message = format!("`{path}` is no entry, since its name does not end in `.md`");
    let write =
        "save it as a plain text that ends in `.md`, with its fields between two lines `---`";
    let hint = match attachment::check_name(path) {
        Ok(()) => format!("{write}; or link to it from an entry, to publish it beside that"),
        Err(_) => write.to_owned(),
    };
    Diagnostic::new(Code::MisplacedFile, place, message).hint(hint)
}
