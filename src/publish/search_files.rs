//! The files of the search index of every language.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::addresses::{self, SitePath};
use crate::content::values::SearchExport;
use crate::derived::Derived;
use crate::exchange::lunr;
use crate::search::{self, TopicWords};
use crate::wording::{Interface, Interfaces, Wording};

/// Files of the index by their paths.
pub(super) type SearchFiles = BTreeMap<SitePath, Arc<[u8]>>;

/// The files of all languages, and an index for other tools where the site asks for one.
pub(super) fn index(derived: &Derived, interfaces: &Interfaces) -> SearchFiles {
    let directory = &*derived.directory;
    let topics = TopicWords::new(directory);
    let of_language = |words: &Arc<Interface>| {
        let wording = Wording::new(derived, words);
        let (documents, labels) = search::documents(&wording, &topics);
        let files = search::build(&documents, &labels);
        let export = directory.site.search_export.map(|it| match it {
            SearchExport::Lunr => lunr::file(&documents, wording.language.primary()),
        });
        let named = files.into_iter().chain(export);
        let path = |name: &str| addresses::search_file(wording.language, name);
        named.map(|file| (path(&file.name), file.bytes)).collect::<Vec<_>>()
    };
    let languages: Vec<&Arc<Interface>> = interfaces.iter().collect();
    let of_all: Vec<Vec<_>> = languages.into_par_iter().map(of_language).collect();
    of_all.into_iter().flatten().collect()
}
