//! The files of a theme: those of the built-in one, which are compiled into the program, and a site's own over them.

use std::collections::BTreeMap;
use std::sync::Arc;

macro_rules! built_in {
    ($($path:literal,)*) => {
        /// Every file of the built-in theme, by its path below `themes/default/`.
        pub(super) const BUILT_IN: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../../themes/default/", $path))),)*];
    };
}

built_in! {
    "assets/ended.js",
    "assets/mark.svg",
    "assets/search-index.js",
    "assets/search.js",
    "assets/site.js",
    "assets/style.css",
    "assets/suggest.js",
    "assets/timer.js",
    "i18n/en.ftl",
    "i18n/en.names.json",
    "i18n/es.ftl",
    "i18n/es.names.json",
    "icons.json",
    "templates/a_z.html",
    "templates/agenda.html",
    "templates/base.html",
    "templates/call.html",
    "templates/calls.html",
    "templates/card.html",
    "templates/changes.html",
    "templates/commons.html",
    "templates/coop.html",
    "templates/decisions.html",
    "templates/facets.html",
    "templates/footer.html",
    "templates/home.html",
    "templates/list.html",
    "templates/match.html",
    "templates/match_card.html",
    "templates/match_facts.html",
    "templates/match_list.html",
    "templates/match_new.html",
    "templates/match_waiting.html",
    "templates/not_found.html",
    "templates/open.html",
    "templates/page.html",
    "templates/parts/cards.html",
    "templates/parts/entry.html",
    "templates/parts/icons.html",
    "templates/parts/links.html",
    "templates/parts/lists.html",
    "templates/proposal.html",
    "templates/redirect.html",
    "templates/ring.html",
    "templates/ring_list.html",
    "templates/search.html",
    "templates/statistics.html",
    "templates/topic.html",
    "templates/topics.html",
    "templates/wanted.html",
}

/// The files of a theme: the site's own where it has one, else the built-in one.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    own: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl ThemeFiles {
    /// The built-in theme with a site's own files over it.
    pub fn new(own: BTreeMap<Arc<str>, Arc<[u8]>>) -> ThemeFiles {
        ThemeFiles { own }
    }

    /// A file of the theme.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        let built_in = || BUILT_IN.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes);
        self.own.get(path).map(|bytes| &**bytes).or_else(built_in)
    }

    /// A file of the theme as text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?).ok()
    }

    /// The built-in text and the site's own, the latter last, for files that add to each other.
    pub fn all_texts(&self, path: &str) -> impl Iterator<Item = &str> {
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes);
        let own = self.own.get(path).map(|bytes| &**bytes);
        built_in.into_iter().chain(own).filter_map(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The paths of all files below a folder, sorted.
    pub fn below(&self, folder: &str) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|(name, _)| *name);
        let names = built_in.chain(self.own.keys().map(|name| &**name));
        let mut names: Vec<&str> = names.filter(|name| name.starts_with(folder)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_built_in_files_is_complete() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&root).expect("below it").display().to_string())
            .filter(|name| !name.ends_with(".mjs") && !name.ends_with("theme.md"))
            .collect();
        found.sort();
        let listed: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }
}
