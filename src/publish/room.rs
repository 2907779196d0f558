//! Whether a file that is copied has room beside the pages, and beside other copies, on every disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::Outputs;
use crate::addresses::{self, SitePath};
use crate::content::file_names::{self, LONGEST_PATH, fold, folder as folder_path, folders_of};
use crate::content::record;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::directory::site::Site;

/// What lies in the output folder already.
pub(super) struct Room<'a> {
    /// Whose paths are all in small letters, but for files of the theme.
    pages: &'a Outputs,
    families: Vec<SitePath>,
    /// Copies as a disk sees them that ignores case, each with its source.
    files: BTreeMap<String, Arc<str>>,
    /// Folders of copies, likewise: how they are written, and by which source.
    folders: BTreeMap<String, (String, Arc<str>)>,
}

/// Folders of pages that are planned only when they are asked for, as paths with a slash.
pub(super) fn families(site: &Site) -> Vec<SitePath> {
    let roots = site.languages.iter().map(|tag| addresses::language_root(site, tag));
    roots.flat_map(|root| addresses::planned_late(&root)).collect()
}

/// The first of these folders that a path lies in, or would have to be.
pub(super) fn family_of<'a>(families: &'a [SitePath], path: &str) -> Option<&'a str> {
    let is_in = |family: &&str| path.starts_with(*family) || Some(path) == family.strip_suffix('/');
    families.iter().map(SitePath::as_str).find(is_in)
}

impl<'a> Room<'a> {
    /// Room beside the pages of a site, and those that are planned later.
    pub(super) fn beside(pages: &'a Outputs, site: &Site) -> Room<'a> {
        Room { pages, families: families(site), files: BTreeMap::new(), folders: BTreeMap::new() }
    }

    /// Takes the path of a copy, or says why it cannot lie there.
    pub(super) fn take(&mut self, source: &Arc<str>, path: &str) -> Result<(), Box<Diagnostic>> {
        if let Some(fault) = file_names::fault(path) {
            return Err(cannot_be(source, fault));
        }
        if path.len() > LONGEST_PATH {
            return Err(cannot_be(source, "is longer than 640 bytes"));
        }
        let folded = fold(path);
        if let Some(taken) = self.taken_by_pages(path, &folded) {
            return Err(clash(source, &format!("where the site has `/{taken}`")));
        }
        self.take_beside_copies(source, path, &folded)
    }

    /// Takes the path of a file of the theme, which may have names with capitals.
    pub(super) fn take_for_theme(
        &mut self,
        theme: &str,
        path: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let source: Arc<str> = format!("themes/{theme}/{path}").into();
        let taken = match file_names::fault(path) {
            Some(fault) => Err(cannot_be(&source, fault)),
            None => self.take_beside_copies(&source, path, &fold(path)),
        };
        taken.map_err(|problem| Box::new(Diagnostic { code: Code::BadTheme, ..*problem }))
    }

    fn take_beside_copies(
        &mut self,
        source: &Arc<str>,
        path: &str,
        folded: &str,
    ) -> Result<(), Box<Diagnostic>> {
        if let Some((other, how)) = self.taken_by_copies(path, folded) {
            return Err(clash(source, &format!("where `{other}` lies{how}")));
        }
        for (spelling, folder) in folders_of(path).zip(folders_of(folded)) {
            let new = || (spelling.to_owned(), source.clone());
            self.folders.entry(folder.to_owned()).or_insert_with(new);
        }
        self.files.insert(folded.to_owned(), source.clone());
        Ok(())
    }

    /// The page or file of the site that is in the way: at the same path, as a file where a folder is
    /// needed or the reverse, or in a folder that differs only by case or by how accents are written.
    fn taken_by_pages(&self, path: &str, folded: &str) -> Option<String> {
        // The admin's own file takes the place of ours.
        if path == addresses::ROBOTS {
            return None;
        }
        if let Some(family) = family_of(&self.families, folded) {
            return Some(family.to_owned());
        }
        if let Some(taken) = [path, folded].into_iter().find(|it| self.has(it)) {
            return Some(taken.to_owned());
        }
        let has_sitemap = || self.pages.contains_key(&SitePath::new(addresses::SITEMAP));
        if addresses::is_sitemap_part(folded) && has_sitemap() {
            return Some(folded.to_owned());
        }
        if self.has_folder(folded) {
            return Some(folder_path(folded));
        }
        for (spelling, folder) in folders_of(path).zip(folders_of(folded)) {
            if self.has(folder) {
                return Some(folder.to_owned());
            }
            if spelling != folder && self.has_folder(folder) {
                return Some(folder_path(folder));
            }
        }
        None
    }

    /// Whether the site has this file, which may hold a page.
    fn has(&self, file: &str) -> bool {
        let page = file.strip_suffix("index.html");
        let page = page.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        self.pages.contains_key(&SitePath::new(page.unwrap_or(file)))
    }

    /// Whether pages lie in a folder.
    fn has_folder(&self, folder: &str) -> bool {
        let folder = SitePath::new(folder_path(folder));
        let mut below = self.pages.range(folder.clone()..);
        below.next().is_some_and(|(path, _)| path.as_str().starts_with(folder.as_str()))
    }

    /// The copy that is in the way, and in what it differs.
    fn taken_by_copies(&self, path: &str, folded: &str) -> Option<(Arc<str>, &'static str)> {
        const ALIKE: &str = ", and differs only in capital letters or in how accents are encoded";
        if let Some(other) = self.files.get(folded) {
            return Some((other.clone(), ALIKE));
        }
        if let Some((_, other)) = self.folders.get(folded) {
            return Some((other.clone(), " in a folder of this name"));
        }
        for (spelling, folder) in folders_of(path).zip(folders_of(folded)) {
            if let Some(other) = self.files.get(folder) {
                return Some((other.clone(), ", as a file and not as a folder"));
            }
            match self.folders.get(folder) {
                Some((other, source)) if other != spelling => return Some((source.clone(), ALIKE)),
                _ => {}
            }
        }
        None
    }
}

fn cannot_be(source: &Arc<str>, fault: &str) -> Box<Diagnostic> {
    let message = format!("`{source}` cannot be published: its path {fault}");
    let place = record::place(source, Span::default());
    let hint = "rename it with letters, digits, points and hyphens, or keep it outside `content/`";
    Box::new(Diagnostic::new(Code::BadPath, place, message).hint(hint))
}

fn clash(source: &Arc<str>, what: &str) -> Box<Diagnostic> {
    let message = format!("`{source}` would lie {what}");
    let place = record::place(source, Span::default());
    let hint = "give the file, or the folder that it lies in, another name; capital letters do not tell two names apart";
    Box::new(Diagnostic::new(Code::IdClash, place, message).hint(hint))
}
