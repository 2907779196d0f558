//! The files of a theme: those of the built-in one, which are compiled into the program, and a site's own over them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Every file of the built-in theme, by its path below `themes/default/`, in order; `build.rs` lists them.
const BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

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
