//! Whether an output folder holds already what a build would write.
//!
//! A site follows from its sources, from how it is built and from the program alone. So beside the
//! manifest stands a hash of these three, with one of the manifest itself. While both are the same and
//! every file looks as the manifest says, there is nothing to render. Nothing else is skipped, ever:
//! with the slightest change the whole site is made anew and compared.

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::manifest::{self, Manifest, State, facts, hash_file, hash_of};
use super::root::{is_absent, open_named};
use super::target::Target;
use super::writer::{Alone, Written};
use crate::content::source::Sources;

/// A hash of everything that a site is made from.
pub(crate) struct Inputs(blake3::Hash);

impl Inputs {
    /// Of these sources, built so; `how` says in any words how that is.
    ///
    /// # Errors
    /// When a file that is published as it is, or the program, cannot be read.
    pub(crate) fn of(target: &Target, sources: &Sources, how: &str) -> Result<Inputs> {
        let program = std::env::current_exe().context("finding the program itself")?;
        let itself = open_named(&program).and_then(hash_of);
        let itself = itself.with_context(|| format!("cannot read {}", program.display()))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(itself.0.as_bytes());
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
            add("asset", path, hash_file(&target.site, asset.file.as_ref().as_ref())?.0.as_bytes());
        }
        Ok(Inputs(hasher.finalize()))
    }

    /// What a build would say, if its output folder holds already what these inputs make.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub(crate) fn already_written(&self, alone: &Alone) -> Result<Option<Written>> {
        let target = alone.target();
        let (site, out) = (&target.site, &target.out);
        let Some(now) = self.note(target)? else { return Ok(None) };
        let note = note_of(target);
        match site.read(&note) {
            Ok(noted) if noted == now.as_bytes() => {}
            Err(error) if !is_absent(&error) => {
                return Err(error).with_context(|| format!("reading {}", site.show(&note)));
            }
            _ => return Ok(None),
        }
        let manifest = Manifest::load(site, &manifest::file_for(target))?;
        if manifest.state != Some(State::Closed) {
            return Ok(None);
        }
        let (mut written, mut closed) = (Written::default(), 0);
        for (path, record) in manifest.records() {
            match facts(&out.root, &out.at(path))? {
                Some(there) if record.looks_like(there) => {
                    written.bytes += record.size;
                    written.total += 1;
                    closed += usize::from(!there.for_all);
                }
                _ => return Ok(None),
            }
        }
        written.unchanged = written.total;
        written.count_closed(out, closed)?;
        Ok(Some(written))
    }

    /// Notes that the output folder holds what these inputs make.
    ///
    /// # Errors
    /// When the note cannot be written.
    pub(crate) fn remember(&self, alone: &Alone) -> Result<()> {
        let target = alone.target();
        let Some(now) = self.note(target)? else { return Ok(()) };
        let note = note_of(target);
        let write = |mut to: &super::root::File| to.write_all(now.as_bytes());
        let written: io::Result<()> = manifest::save_file(&target.site, &note, write);
        written.with_context(|| format!("writing {}", target.site.show(&note)))
    }

    /// What is noted of these inputs beside a manifest, if there is one.
    fn note(&self, target: &Target) -> Result<Option<String>> {
        let manifest = manifest::file_for(target);
        match target.site.read(&manifest) {
            Ok(bytes) => {
                Ok(Some(format!("{} {}\n", self.0.to_hex(), blake3::hash(&bytes).to_hex())))
            }
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => {
                Err(error).with_context(|| format!("reading {}", target.site.show(&manifest)))
            }
        }
    }
}

/// Where that is noted.
fn note_of(target: &Target) -> PathBuf {
    manifest::file_for(target).with_extension("inputs")
}
