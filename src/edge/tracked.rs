//! Whether Git tracks what only this machine may write.
//!
//! `.ayni/` says which files of the output folder are Ayni's to replace and to remove. If it came with the content,
//! its contributors would decide that. So nothing below it that Git tracks is believed.
//!
//! Git is asked what it tracks, in the one repository that a folder above the site belongs to by its `.git`: a search
//! of Git's own would also find a repository that was committed as plain files. Nothing that its settings name is
//! started: no monitor of files, no hook, no transport.

#![expect(clippy::disallowed_methods, reason = "the only place that asks Git")]

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use super::disk;
use super::root::{Root, is_there, slashes};
use super::target::{Target, WORK};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

const REMEDY: &str = "run `git rm -r --cached .ayni`, commit and push that, then delete `.ayni` and the output folder, and build again";

/// A problem for what Git tracks below `.ayni/` of this site. None where there is no repository or no Git.
///
/// # Errors
/// When the site's folder cannot be opened.
pub(crate) fn problem(site: &Path) -> Result<Option<Diagnostic>> {
    let site = disk::open(site)?;
    Ok(first(&site).map(|path| {
        let message = format!("`{path}` is under version control, and only Ayni may write it");
        let place = Place { file: path.into(), span: Span::default() };
        Diagnostic::new(Code::TrackedWork, place, message).hint(REMEDY)
    }))
}

/// Stops where Git tracks anything below `.ayni/` of this site.
///
/// # Errors
/// When it does.
pub(crate) fn refuse(target: &Target) -> Result<()> {
    match first(&target.site) {
        Some(path) => {
            bail!("`{path}` is under version control, and only Ayni may write it; {REMEDY}")
        }
        None => Ok(()),
    }
}

/// The first path below `.ayni/` that Git tracks.
fn first(site: &Root) -> Option<String> {
    let top = site.real().ancestors().find(|folder| is_there(&folder.join(".git")))?;
    let below = slashes(site.real().strip_prefix(top).ok()?);
    let work = if below.is_empty() { WORK.to_owned() } else { format!("{below}/{WORK}") };
    let mut git = Command::new("git");
    git.arg("--git-dir").arg(top.join(".git")).arg("--work-tree").arg(top);
    git.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    git.args(["--no-pager", "--no-optional-locks", "ls-files", "-z", "--"]);
    // A file system that ignores case makes `.ayni` of `.AYNI`.
    git.arg(format!(":(top,literal,icase){work}"));
    git.env("GIT_ALLOW_PROTOCOL", "").env("GIT_NO_LAZY_FETCH", "1");
    for name in ["GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS", "GIT_COMMON_DIR", "GIT_NAMESPACE"] {
        git.env_remove(name);
    }
    git.current_dir(top).stdin(Stdio::null()).stderr(Stdio::null());
    // Without Git, or in a folder that only looks like a repository, nothing is tracked.
    let output = git.output().ok().filter(|output| output.status.success())?;
    let path = output.stdout.split(|byte| *byte == 0).find(|path| !path.is_empty())?;
    let path = String::from_utf8_lossy(path).into_owned();
    let prefix = if below.is_empty() { 0 } else { below.len() + 1 };
    Some(path.get(prefix..).unwrap_or(&path).to_owned())
}
