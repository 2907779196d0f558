//! Reads a site from disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use crate::content::SITE_FILE;
use crate::content::source::{Asset, PICTURE_LIMIT_BYTES, Sources};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// No honest page is larger; what is, is not read into memory.
const TEXT_LIMIT_BYTES: u64 = 4 << 20;

const SAME_NAME: &str = "has the same name as another file once accents are written one way";

/// Reads everything below a site's folder that a build starts from. Texts of an `earlier` reading
/// are kept where they did not change, so that later stages can tell.
///
/// # Errors
/// When the folder or a file in it cannot be read. A file that can be read but not used is a
/// diagnostic in the result.
pub fn read(site: &Path, earlier: Option<&Sources>) -> Result<Sources> {
    anyhow::ensure!(site.is_dir(), "{} is not a folder", site.display());
    let root = site.canonicalize().with_context(|| format!("opening {}", site.display()))?;
    let mut reading = Reading { site, earlier, sources: Sources::default() };
    let settings = site.join(SITE_FILE);
    if settings.is_symlink() && !stays_inside(&root, &settings) {
        reading.leads_out(SITE_FILE);
    } else if settings.is_file() {
        reading.text(&settings, SITE_FILE.into())?;
    }
    let content = site.join("content");
    if content.is_dir() {
        reading.folder(&content)?;
    }
    reading.themes()?;
    Ok(reading.sources)
}

/// Reads a site again of which only some files have changed. Anything but a changed text in
/// `content/` means reading everything.
///
/// # Errors
/// As [`read`].
pub fn read_again(site: &Path, earlier: &Sources, changed: &[PathBuf]) -> Result<Sources> {
    let paths: Vec<String> = changed.iter().map(|path| relative(site, path)).collect();
    let is_known_text = |(file, path): (&PathBuf, &String)| {
        earlier.texts.contains_key(path.as_str()) && file.is_file() && !file.is_symlink()
    };
    let told =
        earlier.problems.iter().any(|problem| paths.contains(&problem.place.file.to_string()));
    if changed.is_empty() || told || !changed.iter().zip(&paths).all(is_known_text) {
        return read(site, Some(earlier));
    }
    let mut reading = Reading { site, earlier: Some(earlier), sources: earlier.clone() };
    for (file, path) in changed.iter().zip(paths) {
        reading.sources.texts.remove(path.as_str());
        reading.text(file, path)?;
    }
    Ok(reading.sources)
}

struct Reading<'a> {
    site: &'a Path,
    earlier: Option<&'a Sources>,
    sources: Sources,
}

impl Reading<'_> {
    fn folder(&mut self, folder: &Path) -> Result<()> {
        let root =
            folder.canonicalize().with_context(|| format!("opening {}", folder.display()))?;
        let is_hidden = |name: &std::ffi::OsStr| {
            name.to_string_lossy().starts_with('.') && name != ".well-known"
        };
        let mut walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !is_hidden(entry.file_name()));
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(folder, &error)?;
                    continue;
                }
            };
            let path = relative(self.site, entry.path());
            if entry.path_is_symlink() && !stays_inside(&root, entry.path()) {
                self.leads_out(&path);
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            } else if entry.path().to_str().is_none() {
                self.problem(&path, "has a name that is not Unicode", "rename it");
            } else if entry.file_type().is_file() {
                self.file(entry.path(), path)?;
            }
        }
        Ok(())
    }

    fn leads_out(&mut self, path: &str) {
        let what = "is a link that leads out of the directory";
        self.problem(path, what, "put a copy of the file itself here");
    }

    fn themes(&mut self) -> Result<()> {
        let folder = self.site.join("themes");
        if !folder.is_dir() {
            return Ok(());
        }
        for entry in WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
            if entry.file_type().is_file() {
                let file = entry.path();
                let bytes =
                    fs::read(file).with_context(|| format!("reading {}", file.display()))?;
                self.sources.themes.insert(relative(&folder, file).into(), bytes.into());
            }
        }
        Ok(())
    }

    fn file(&mut self, file: &Path, path: String) -> Result<()> {
        let lower = path.to_lowercase();
        let is_text = lower.ends_with(".md") || lower.ends_with(".yaml");
        let is_static = path.starts_with("content/static/");
        if is_text && !is_static {
            return self.text(file, path);
        }
        let asset = self.asset(file, &path)?;
        if self.sources.assets.insert(path.as_str().into(), asset).is_some() {
            self.problem(&path, SAME_NAME, "rename one of the two files");
        }
        Ok(())
    }

    /// A file that is published. Only pictures are read; one that looks as it did is known already.
    fn asset(&self, file: &Path, path: &str) -> Result<Asset> {
        let on_disk = file.strip_prefix(self.site).unwrap_or(file).to_string_lossy();
        if !Asset::is_looked_into(path) {
            return Ok(Asset::named(&on_disk));
        }
        let action = || format!("reading {}", file.display());
        let metadata = fs::metadata(file).with_context(action)?;
        let seen = changed_at(&metadata).map(|at| (metadata.len(), at));
        let earlier = self.earlier.and_then(|sources| sources.assets.get(path));
        if let Some(known) = earlier.filter(|known| seen.is_some() && known.seen == seen) {
            return Ok(known.clone());
        }
        if metadata.len() > PICTURE_LIMIT_BYTES {
            return Ok(Asset { seen, ..Asset::too_large(&on_disk) });
        }
        let bytes = fs::read(file).with_context(action)?;
        Ok(Asset { seen, ..Asset::read(&on_disk, path, &bytes) })
    }

    fn text(&mut self, file: &Path, path: String) -> Result<()> {
        let action = || format!("reading {}", file.display());
        let size = fs::metadata(file).with_context(action)?.len();
        if size > TEXT_LIMIT_BYTES {
            let what = format!("is {} MB large", size >> 20);
            self.problem(
                &path,
                &what,
                "keep texts below 4 MB; put large files into content/static/",
            );
            return Ok(());
        }
        let bytes = fs::read(file).with_context(action)?;
        match String::from_utf8(bytes) {
            Ok(text) => self.keep(path, text),
            Err(_) => {
                let what = "is not a text in UTF-8";
                self.problem(&path, what, "save it again with the encoding UTF-8");
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

    /// A link in a circle is the author's; anything else is the machine's.
    fn unreadable(&mut self, folder: &Path, error: &walkdir::Error) -> Result<()> {
        let path = error.path().unwrap_or(folder);
        let what = if error.loop_ancestor().is_some() {
            "is a link that leads in a circle"
        } else if path.is_symlink() {
            "is a link that leads nowhere"
        } else {
            anyhow::bail!("reading {}: {error}", path.display());
        };
        self.problem(&relative(self.site, path), what, "remove the link");
        Ok(())
    }

    fn problem(&mut self, path: &str, what: &str, hint: &str) {
        let place = Place { file: path.into(), span: Span::default() };
        let message = format!("`{path}` {what}");
        self.sources
            .problems
            .push(Diagnostic::new(Code::UnreadableFile, place, message).hint(hint));
    }
}

/// When a file was last changed, in nanoseconds.
fn changed_at(metadata: &fs::Metadata) -> Option<i128> {
    let since = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i128::try_from(since.as_nanos()).ok()
}

fn stays_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

/// A path below a folder, with forward slashes and in NFC.
fn relative(folder: &Path, path: &Path) -> String {
    let below: PathBuf = path.strip_prefix(folder).unwrap_or(path).to_path_buf();
    let segments: Vec<String> =
        below.components().map(|part| part.as_os_str().to_string_lossy().nfc().collect()).collect();
    segments.join("/")
}

/// Makes sure that an output folder is not among the sources of the site: pages written there would
/// be taken for sources, and sources be published, withheld ones too.
///
/// # Errors
/// When it is the folder of the site, or within `content/` or `themes/`; or when it is a file.
pub fn ensure_apart(site: &Path, out: &Path) -> Result<()> {
    let (shown, out) = (out.display(), real(out)?);
    anyhow::ensure!(!out.is_file(), "{shown} is a file; name a folder to write to");
    let site = real(site)?;
    let is_source = out == site
        || ["content", "themes"].iter().any(|folder| out.starts_with(site.join(folder)));
    anyhow::ensure!(
        !is_source,
        "{shown} holds what the site is made from; name a folder of its own to write to"
    );
    Ok(())
}

/// A path without links and dots, whose last parts need not exist yet.
fn real(path: &Path) -> Result<PathBuf> {
    let action = || format!("finding {}", path.display());
    let whole = std::path::absolute(path).with_context(action)?;
    for folder in whole.ancestors() {
        if let Ok(found) = folder.canonicalize() {
            let rest = whole.strip_prefix(folder).ok().filter(|rest| !rest.as_os_str().is_empty());
            return Ok(rest.map_or(found.clone(), |rest| found.join(rest)));
        }
    }
    Ok(whole)
}

/// Makes the folder of a new site with these files.
///
/// # Errors
/// When the folder exists and is not empty, or cannot be written.
pub fn create_site(folder: &Path, files: &[(&str, &str)]) -> Result<()> {
    let is_used = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    anyhow::ensure!(!folder.is_file(), "{} is a file; choose a new folder", folder.display());
    anyhow::ensure!(!is_used, "{} is not empty; choose a new folder", folder.display());
    files.iter().try_for_each(|(path, text)| create(folder, path, text))
}

/// Writes a new file of a site; never replaces one.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn create(site: &Path, path: &str, text: &str) -> Result<()> {
    let file = site.join(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    anyhow::ensure!(!file.exists(), "{} exists already; nothing was changed", file.display());
    let mut new =
        fs::File::create_new(&file).with_context(|| format!("writing {}", file.display()))?;
    std::io::Write::write_all(&mut new, text.as_bytes())
        .with_context(|| format!("writing {}", file.display()))
}

/// Writes a file of a site in the place of an older one, as a whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn replace(site: &Path, path: &str, text: &str) -> Result<()> {
    let file = site.join(path);
    let action = || format!("writing {}", file.display());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Names that begin with a dot are no sources.
    let beside = file.with_file_name(format!(".{name}.new"));
    let write = || -> std::io::Result<()> {
        let mut new = fs::File::create(&beside)?;
        std::io::Write::write_all(&mut new, text.as_bytes())?;
        new.sync_all()?;
        fs::set_permissions(&beside, fs::metadata(&file)?.permissions())?;
        fs::rename(&beside, &file)
    };
    write().inspect_err(|_| drop(fs::remove_file(&beside))).with_context(action)
}

/// Reads a text from anywhere.
///
/// # Errors
/// When the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// The bytes of a file of a site.
///
/// # Errors
/// When it cannot be read.
pub fn read_file(site: &Path, path: &str) -> Result<Vec<u8>> {
    let file = site.join(path);
    fs::read(&file).with_context(|| format!("reading {}", file.display()))
}
