//! Reads a site from disk.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::manifest::MANIFESTS;
use super::root::{self, Facts, Kind, Root, is_absent, slashes};
use super::target::{USUAL, WORK};
use crate::content::source::{Asset, PICTURE_LIMIT_BYTES, Sources};
use crate::content::strays::already_there;
use crate::content::{SITE_FILE, strays};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// The folder of the entries.
const CONTENT: &str = "content";

/// The folder of what is published as it is.
const STATIC: &str = "content/static/";

/// No honest page is larger; what is, is not read into memory.
const TEXT_LIMIT_BYTES: u64 = 4 << 20;

const BESIDE: &str = "lies beside `site.yaml`, and is not read there";

const SAME_NAME: &str = "has the same name as another file once accents are written one way";

/// Reads everything below a site's folder that a build starts from. Texts of an `earlier` reading
/// are kept where they did not change, so that later stages can tell.
///
/// # Errors
/// When the folder or a file in it cannot be read. A file that can be read but not used is a
/// diagnostic in the result, and so is a link.
pub fn read(site: &Path, earlier: Option<&Sources>) -> Result<Sources> {
    let root = open(site)?;
    let mut reading = Reading { root: &root, earlier, sources: Sources::default() };
    match root.kind(SITE_FILE)? {
        Some(Kind::Link) => reading.link(SITE_FILE),
        Some(Kind::File) => reading.text(Path::new(SITE_FILE), SITE_FILE.into())?,
        _ => {}
    }
    reading.content()?;
    reading.beside()?;
    reading.themes()?;
    Ok(reading.sources)
}

/// Reads a site again of which only some files have changed. Anything but a changed text in
/// `content/` means reading everything.
///
/// # Errors
/// As [`read`].
pub fn read_again(site: &Path, earlier: &Sources, changed: &[PathBuf]) -> Result<Sources> {
    let root = open(site)?;
    let below = |path: &PathBuf| path.strip_prefix(site).unwrap_or(path).to_owned();
    let files: Vec<PathBuf> = changed.iter().map(below).collect();
    let is_known_text = |file: &PathBuf| {
        let is_file = || root.kind(file).is_ok_and(|kind| kind == Some(Kind::File));
        earlier.texts.contains_key(slashes(file).as_str()) && is_file()
    };
    let is_told = |file: &PathBuf| {
        let path = slashes(file);
        earlier.problems.iter().any(|problem| *problem.place.file == *path)
    };
    if files.is_empty() || files.iter().any(is_told) || !files.iter().all(is_known_text) {
        return read(site, Some(earlier));
    }
    let mut reading = Reading { root: &root, earlier: Some(earlier), sources: earlier.clone() };
    for file in files {
        let path = slashes(&file);
        reading.sources.texts.remove(path.as_str());
        reading.text(&file, path)?;
    }
    Ok(reading.sources)
}

/// The folder of a site.
pub(super) fn open(site: &Path) -> Result<Root> {
    match Root::open(site) {
        Err(error) if is_absent(&error) => bail!("{} is not a folder", site.display()),
        root => root.with_context(|| format!("opening {}", site.display())),
    }
}

/// The nearest folder above another one that holds a directory.
pub fn site_above(folder: &Path) -> Option<PathBuf> {
    let real = Root::open(folder).ok()?.real().to_owned();
    let has_site = |folder: &&Path| {
        let root = Root::open(folder);
        root.is_ok_and(|root| root.kind(SITE_FILE).is_ok_and(|kind| kind == Some(Kind::File)))
    };
    real.ancestors().skip(1).find(has_site).map(Path::to_owned)
}

/// The folder of the site in which a file or folder lies, which need not exist yet.
pub(crate) fn site_of(path: &Path) -> Option<PathBuf> {
    let has_site = |folder: &&Path| {
        let root = Root::open(folder);
        root.is_ok_and(|root| root.kind(SITE_FILE).is_ok_and(|kind| kind == Some(Kind::File)))
    };
    let path = root::real_path(path).ok()?;
    path.ancestors().find(has_site).map(Path::to_owned)
}

/// The path of a file below a site, with forward slashes; `None` where it is elsewhere.
pub(crate) fn path_in(site: &Path, file: &Path) -> Option<String> {
    let file = root::real_path(file).ok()?;
    file.strip_prefix(site).ok().map(slashes)
}

/// Whether a file is read as a text of the site by its path.
pub(crate) fn is_text(path: &str) -> bool {
    let lower = path.to_lowercase();
    let is_content = path.starts_with("content/") && !path.starts_with(STATIC);
    path == SITE_FILE
        || is_content
            && (lower.ends_with(".md") || lower.ends_with(".yaml"))
            && strays::is_meant(path)
}

struct Reading<'a> {
    root: &'a Root,
    earlier: Option<&'a Sources>,
    sources: Sources,
}

impl Reading<'_> {
    fn content(&mut self) -> Result<()> {
        let root = self.root;
        match root.kind(CONTENT)? {
            Some(Kind::Link) => self.link(CONTENT),
            Some(Kind::Folder) => {
                let found = root.walk(Path::new(CONTENT), |path| strays::is_meant(&slashes(path)));
                for (file, kind) in found.with_context(|| self.action(CONTENT))? {
                    let path = slashes(&file);
                    if kind == Kind::Link {
                        self.link(&path);
                    } else if file.to_str().is_none() {
                        self.problem(&path, "has a name that is not Unicode", "rename it");
                    } else if kind == Kind::Other {
                        self.misplaced(
                            &path,
                            "is no file but a pipe, a socket or a device",
                            "remove it",
                        );
                    } else if kind == Kind::File {
                        self.file(&file, path)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn themes(&mut self) -> Result<()> {
        let (root, themes) = (self.root, "themes");
        match root.kind(themes)? {
            Some(Kind::Link) => self.link(themes),
            Some(Kind::Folder) => {
                let found = root.walk(Path::new(themes), |_| true);
                for (file, kind) in found.with_context(|| self.action(themes))? {
                    let path = slashes(&file);
                    match kind {
                        Kind::Link => self.link(&path),
                        Kind::File => {
                            let bytes = root.read(&file).with_context(|| self.action(&path))?;
                            let path = path.strip_prefix("themes/").unwrap_or(&path);
                            self.sources.themes.insert(path.into(), bytes.into());
                        }
                        Kind::Folder | Kind::Other => {}
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn action(&self, path: &str) -> String {
        format!("reading {}", self.root.show(path))
    }

    fn link(&mut self, path: &str) {
        self.sources.problems.push(of_link(path));
    }

    fn file(&mut self, file: &Path, path: String) -> Result<()> {
        if is_text(&path) {
            return self.text(file, path);
        }
        if strays::is_conflict(&path) {
            self.sources.problems.push(strays::of_copy(&path.into(), None));
            return Ok(());
        }
        if path.split('/').any(strays::is_secret) {
            let hint =
                "remove it, from the history of the repository too, and change what it holds";
            self.misplaced(
                &path,
                "is not published, since such files hold passwords or keys",
                hint,
            );
            return Ok(());
        }
        let asset = self.asset(file, &path)?;
        if self.sources.assets.insert(path.as_str().into(), asset).is_some() {
            self.problem(&path, SAME_NAME, "rename one of the two files");
        }
        Ok(())
    }

    /// A file that is published. Pictures and texts are read; one that looks as it did is known already.
    fn asset(&self, file: &Path, path: &str) -> Result<Asset> {
        let (on_disk, is_picture) = (file.to_string_lossy(), Asset::is_looked_into(path));
        let open = self.root.open_file(file).and_then(|open| Ok((Facts::of(&open)?, open)));
        let (facts, mut open) = open.with_context(|| self.action(path))?;
        let seen = Some((facts.size, facts.modified));
        let earlier = self.earlier.and_then(|sources| sources.assets.get(path));
        if let Some(known) = earlier.filter(|known| known.seen == seen) {
            return Ok(known.clone());
        }
        match is_picture {
            true if facts.size > PICTURE_LIMIT_BYTES => {
                return Ok(Asset { seen, ..Asset::too_large(&on_disk) });
            }
            false if facts.size > TEXT_LIMIT_BYTES => {
                return Ok(Asset { seen, ..Asset::named(&on_disk) });
            }
            _ => {}
        }
        let mut bytes = Vec::with_capacity(facts.size as usize);
        open.read_to_end(&mut bytes).with_context(|| self.action(path))?;
        let mut asset = match is_picture {
            true => Asset::read(&on_disk, path, &bytes),
            false => Asset::named(&on_disk),
        };
        if !is_picture || path.to_lowercase().ends_with(".svg") {
            asset = asset.with_text(bytes);
        }
        Ok(Asset { seen, ..asset })
    }

    fn text(&mut self, file: &Path, path: String) -> Result<()> {
        let open = self.root.open_file(file).and_then(|open| Ok((Facts::of(&open)?.size, open)));
        let (size, mut open) = open.with_context(|| self.action(&path))?;
        if size > TEXT_LIMIT_BYTES {
            let what = format!("is {} MB large", size >> 20);
            self.problem(
                &path,
                &what,
                "keep texts below 4 MB; put large files into content/static/",
            );
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(size as usize);
        open.read_to_end(&mut bytes).with_context(|| self.action(&path))?;
        match String::from_utf8(bytes) {
            Ok(text) => self.keep(path, text),
            Err(_) => {
                self.problem(&path, NO_TEXT, SAVE_AS_UTF_8);
            }
        }
        Ok(())
    }

    fn keep(&mut self, path: String, text: String) {
        let earlier = self.earlier.and_then(|sources| sources.texts.get(path.as_str()));
        let text: Arc<str> = match earlier.filter(|earlier| ***earlier == *text) {
            Some(same) => same.clone(),
            None => text.into(),
        };
        let path: Arc<str> = path.into();
        if self.sources.texts.insert(path.clone(), text).is_some() {
            self.problem(&path, SAME_NAME, "rename one of the two files");
        }
    }

    fn problem(&mut self, path: &str, what: &str, hint: &str) {
        self.report(Code::UnreadableFile, path, what, hint);
    }

    fn misplaced(&mut self, path: &str, what: &str, hint: &str) {
        self.report(Code::MisplacedFile, path, what, hint);
    }

    fn report(&mut self, code: Code, path: &str, what: &str, hint: &str) {
        let place = Place { file: path.into(), span: Span::default() };
        let message = format!("`{path}` {what}");
        self.sources.problems.push(Diagnostic::new(code, place, message).hint(hint));
    }

    /// What lies beside `site.yaml` and is meant to lie in `content/`, or as `site.yaml`.
    fn beside(&mut self) -> Result<()> {
        let found = self.root.list("").with_context(|| self.action(""))?;
        let is_there = |path: &str| found.iter().any(|(name, _)| name == path);
        let has_site = is_there(SITE_FILE);
        let has_content = self.root.kind(CONTENT)? == Some(Kind::Folder);
        let has_static = has_content && self.root.kind(STATIC.trim_end_matches('/'))?.is_some();
        for (name, kind) in &found {
            let Some(name) = name.to_str() else { continue };
            if *kind == Kind::File && name.ends_with(".md") {
                self.text_beside(name)?;
            }
            let Some(home) = strays::home_of(name) else { continue };
            if home == SITE_FILE && *kind == Kind::File {
                let hint = match has_site {
                    true => already_there(SITE_FILE),
                    false => format!("call it `{SITE_FILE}`"),
                };
                self.misplaced(name, "is not read: the settings stand in `site.yaml`", &hint);
                continue;
            }
            let is_meant = match kind {
                Kind::File => home.contains('.'),
                Kind::Folder if home == CONTENT => name != CONTENT,
                Kind::Folder if home == "content/static" => !has_static,
                Kind::Folder => !home.contains('.') && self.has_entries(name)?,
                Kind::Link | Kind::Other => false,
            };
            if is_meant && has_site {
                let is_taken =
                    *kind == Kind::File && has_content && self.root.kind(&home)?.is_some();
                let hint = match is_taken {
                    true => already_there(&home),
                    false => format!("its place is `{home}`: move it there"),
                };
                self.misplaced(name, BESIDE, &hint);
            }
        }
        Ok(())
    }

    /// An entry beside `site.yaml`; texts about the repository have no front matter.
    fn text_beside(&mut self, name: &str) -> Result<()> {
        let mut begin = [0; 4];
        let open = self.root.open_file(name).and_then(|mut open| open.read_exact(&mut begin));
        let is_entry = open.is_ok() && [b"---\n", b"---\r"].contains(&&begin);
        if is_entry && !name.to_lowercase().starts_with("readme") {
            let hint = "put it into content/coops/, needs/, offers/, calls/, matches/ or pages/";
            self.misplaced(name, BESIDE, hint);
        }
        Ok(())
    }

    /// Whether a folder looks like one of entries.
    fn has_entries(&self, folder: &str) -> Result<bool> {
        let names = self.root.list(folder).with_context(|| self.action(folder))?;
        let is_entry =
            |name: &str| name.ends_with(".md") && !name.to_lowercase().starts_with("readme");
        Ok(names
            .iter()
            .any(|(name, kind)| *kind == Kind::File && name.to_str().is_some_and(is_entry)))
    }
}

/// The problem of a link where Ayni would read or write.
pub(super) fn of_link(path: &str) -> Diagnostic {
    let place = Place { file: path.into(), span: Span::default() };
    Diagnostic::new(Code::LinkOnDisk, place, format!("`{path}` is a link"))
        .hint("remove it; if you need what it leads to, put a copy here")
}

/// Where a site's folder is, without links and in full.
///
/// # Errors
/// When it is no folder.
pub fn real(site: &Path) -> Result<PathBuf> {
    Ok(open(site)?.real().to_owned())
}

/// Whether a site has its folder `content/`.
///
/// # Errors
/// When that cannot be looked at.
pub fn has_content(site: &Path) -> Result<bool> {
    let kind = open(site)?.kind(CONTENT).with_context(|| format!("reading {CONTENT}"))?;
    Ok(kind == Some(Kind::Folder))
}

/// Reads a text that a person has named, from where its name leads.
///
/// # Errors
/// When the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let action = || format!("reading {}", path.display());
    let bytes = root::read_named(path).with_context(action)?;
    as_text(bytes, || path.display().to_string())
}

const NO_TEXT: &str = "is not a text in UTF-8";
const SAVE_AS_UTF_8: &str = "save it again with the encoding UTF-8";

fn as_text(bytes: Vec<u8>, name: impl Fn() -> String) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| anyhow!("`{}` {NO_TEXT}; {SAVE_AS_UTF_8}", name()))
}

/// The same, unless there is none.
///
/// # Errors
/// As [`read_text`].
pub fn named_text(path: &Path) -> Result<Option<String>> {
    if root::is_there(path) { read_text(path).map(Some) } else { Ok(None) }
}

/// The text of a file of a site, unless there is none.
///
/// # Errors
/// When it cannot be read, is not UTF-8, or lies behind a link.
pub fn text_if_there(site: &Path, path: &str) -> Result<Option<String>> {
    let root = open(site)?;
    let action = || format!("reading {}", root.show(path));
    match root.read(path) {
        Err(error) if is_absent(&error) => Ok(None),
        bytes => as_text(bytes.with_context(action)?, || path.to_owned()).map(Some),
    }
}

/// Whether anything is at a place of a site.
///
/// # Errors
/// When a link is there, or on the way.
pub fn is_there(site: &Path, path: &str) -> Result<bool> {
    let root = open(site)?;
    if let Some(linked) = root.link_on_the_way(path)? {
        bail!("{linked}");
    }
    Ok(root.kind(path)?.is_some())
}

/// The bytes of a file of a site.
///
/// # Errors
/// When it cannot be read.
pub fn read_file(site: &Path, path: &str) -> Result<Vec<u8>> {
    let root = open(site)?;
    root.read(path).with_context(|| format!("reading {}", root.show(path)))
}

/// The links among what Ayni itself keeps in a site, which it would have to follow: its own folder, the pads,
/// the usual output folder. Nobody else's links are looked for.
///
/// # Errors
/// When a folder cannot be read.
pub fn links(site: &Path) -> Result<Vec<Diagnostic>> {
    let root = open(site)?;
    let mut found = Vec::new();
    for (place, hint) in [
        (
            USUAL,
            "remove it, by `git rm public` if it came with a commit; to write to where it leads, name that folder with `--out`",
        ),
        (WORK, "remove it; Ayni makes a folder there"),
        ("pads", "put a folder here"),
    ] {
        if root.kind(place)? == Some(Kind::Link) {
            found.push(of_link(place).hint(hint));
        }
    }
    for folder in [WORK, MANIFESTS, "pads"] {
        let is_link = root.link_on_the_way(folder)?.is_some();
        if is_link || root.kind(folder)? != Some(Kind::Folder) {
            continue;
        }
        let names = root.list(folder).with_context(|| format!("reading {}", root.show(folder)))?;
        let links = names.into_iter().filter(|(_, kind)| *kind == Kind::Link);
        found.extend(links.map(|(name, _)| of_link(&slashes(&Path::new(folder).join(name)))));
    }
    Ok(found)
}

/// The links below the usual output folder, by their paths in it. Those of others may stay there, unless
/// they are on a planned path.
///
/// # Errors
/// When the folder cannot be read.
pub fn links_in_output(site: &Path) -> Result<Vec<String>> {
    let root = open(site)?;
    if root.kind(USUAL)? != Some(Kind::Folder) {
        return Ok(Vec::new());
    }
    let found = root.walk(Path::new(USUAL), |_| true);
    let found = found.with_context(|| format!("reading {}", root.show(USUAL)))?;
    let links = found.into_iter().filter(|(_, kind)| *kind == Kind::Link);
    let below = |path: PathBuf| path.strip_prefix(USUAL).map(slashes).ok();
    Ok(links.filter_map(|(path, _)| below(path)).collect())
}

/// The problem of a link on a planned path of the usual output folder.
pub fn link_in_output(path: &str) -> Diagnostic {
    of_link(&format!("{USUAL}/{path}")).hint("remove it; a build writes there")
}
