//! Whether an output folder holds already what a build would write.
//!
//! A site follows from its sources, from how it is built and from the program alone. So beside the
//! manifest stands a hash of these three, with one of the manifest itself. While both are the same and
//! every file looks as the manifest says, there is nothing to render. Nothing else is skipped, ever:
//! with the slightest change the whole site is made anew and compared.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::manifest::{self, Manifest, State, hash_file, is_absent, metadata};
use super::writer::{Written, real_path};
use crate::content::source::Sources;

/// A hash of everything that a site is made from.
pub struct Inputs(blake3::Hash);

impl Inputs {
    /// Of these sources, built so; `how` says in any words how that is.
    ///
    /// # Errors
    /// When a file that is published as it is, or the program, cannot be read.
    pub fn of(site: &Path, sources: &Sources, how: &str) -> Result<Inputs> {
        let program = std::env::current_exe().context("finding the program itself")?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(hash_file(&program)?.0.as_bytes());
        let mut add = |kind: &str, name: &str, bytes: &[u8]| {
            for part in [kind.as_bytes(), name.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        };
        add("how", "", how.as_bytes());
        sources.texts.iter().for_each(|(path, text)| add("text", path, text.as_bytes()));
        sources.themes.iter().for_each(|(path, bytes)| add("theme", path, bytes));
        for (path, asset) in &sources.assets {
            add("asset", path, hash_file(&site.join(&*asset.file))?.0.as_bytes());
        }
        Ok(Inputs(hasher.finalize()))
    }

    /// What a build would say that writes to the folder `out`, if that holds already what these inputs
    /// make. `work` is the site's folder `.ayni`.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn already_written(&self, out: &Path, work: &Path) -> Result<Option<Written>> {
        let Places { out, manifest, note } = places(out, work)?;
        let Some(now) = self.note(&manifest)? else { return Ok(None) };
        if fs::read_to_string(&note).ok().as_deref() != Some(&now) {
            return Ok(None);
        }
        let manifest = Manifest::load(&manifest)?;
        if manifest.state != Some(State::Closed) {
            return Ok(None);
        }
        let mut written = Written::default();
        for (path, record) in manifest.records() {
            match metadata(&out.join(path))? {
                Some(there) if there.is_file() && record.looks_like(&there) => {
                    written.bytes += record.size;
                    written.total += 1;
                }
                _ => return Ok(None),
            }
        }
        written.unchanged = written.total;
        Ok(Some(written))
    }

    /// Notes that the folder `out` holds what these inputs make.
    ///
    /// # Errors
    /// When the note cannot be written.
    pub fn remember(&self, out: &Path, work: &Path) -> Result<()> {
        let Places { manifest, note, .. } = places(out, work)?;
        let Some(now) = self.note(&manifest)? else { return Ok(()) };
        fs::write(&note, now).with_context(|| format!("writing {}", note.display()))
    }

    /// What is noted of these inputs beside a manifest, if there is one.
    fn note(&self, manifest: &Path) -> Result<Option<String>> {
        match fs::read(manifest) {
            Ok(bytes) => {
                Ok(Some(format!("{} {}\n", self.0.to_hex(), blake3::hash(&bytes).to_hex())))
            }
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", manifest.display())),
        }
    }
}

struct Places {
    out: PathBuf,
    manifest: PathBuf,
    /// Beside the manifest.
    note: PathBuf,
}

fn places(out: &Path, work: &Path) -> Result<Places> {
    let (out, work) = (real_path(out)?, real_path(work)?);
    let manifest = manifest::file_for(&out, &work);
    let note = manifest.with_extension("inputs");
    Ok(Places { out, manifest, note })
}
