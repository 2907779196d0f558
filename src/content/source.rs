//! What was read from disk, before anybody understands it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;

/// Everything a build starts from. Paths are relative to the site, with forward slashes, in NFC.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Text files by path: `site.yaml` and what lies below `content/` as `.md` or `.yaml`.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// Every other file below `content/`: images beside entries and `content/static/`.
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// Files of the site's own themes, by their path below `themes/`.
    pub themes: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// Files that could not be read as what they should be.
    pub problems: Vec<Diagnostic>,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file as it is called on disk, relative to the site.
    pub file: Arc<str>,
    /// Width and height in pixels, when it is an image.
    pub size: Option<(u32, u32)>,
}

impl Sources {
    /// The files of one of the site's own themes, by their path below its folder.
    pub fn theme(&self, name: &str) -> BTreeMap<Arc<str>, Arc<[u8]>> {
        let below = |path: &Arc<str>| Some(path.strip_prefix(name)?.strip_prefix('/')?.into());
        self.themes.iter().filter_map(|(path, bytes)| Some((below(path)?, bytes.clone()))).collect()
    }

    /// The text of a file, for excerpts in diagnostics; also of one of the site's own themes.
    pub fn text(&self, path: &str) -> Option<&str> {
        let of_theme = || self.themes.get(path.strip_prefix("themes/")?);
        let read = |bytes| std::str::from_utf8(bytes).ok();
        self.texts.get(path).map(|text| &**text).or_else(|| read(of_theme()?))
    }
}
