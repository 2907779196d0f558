//! Where a build writes: an output folder that is nobody else's, and the site's own folder for its work.

use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::manifest;
use super::root::{Kind, Linked, Root, is_absent, is_there, real_path, slashes};

/// Where Ayni keeps what it needs between builds, in the site's folder.
pub(super) const WORK: &str = ".ayni";

/// The usual output folder, in the site's folder.
pub const USUAL: &str = "public";

/// Folders of a site that hold what it is made from, or what is nobody's to see.
const KEPT: [&str; 4] = ["content", "themes", "pads", WORK];

/// The two folders that a build works in.
pub struct Target {
    pub(super) site: Root,
    pub(super) out: Out,
    /// The output folder in the words of the person who named it.
    pub shown: PathBuf,
}

/// An output folder: in the site, where it is reached without links, or a root of its own.
pub(super) struct Out {
    pub root: Root,
    /// What has to be made below the root before it is there; all of it where it lies in the site.
    pub below: PathBuf,
    /// Without links; within the site, below that.
    pub place: PathBuf,
}

impl Out {
    /// A path of the site, below the root.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.below.join(path)
    }

    /// Whether it is there.
    pub(super) fn is_there(&self) -> io::Result<bool> {
        Ok(self.root.kind(&self.below)?.is_some())
    }

    /// A path of the site for messages.
    pub(super) fn show(&self, path: &str) -> String {
        self.root.show(self.at(path))
    }
}

impl Target {
    /// The folders of a build of the site in this folder that writes to `out`, or to the usual place.
    ///
    /// # Errors
    /// When the output folder holds something else: what the site is made from, a folder above it, a
    /// repository of Git, somebody's home; when it is a file; or when a link leads there from within the site.
    pub fn find(site: &Path, out: Option<&Path>, home: Option<&Path>) -> Result<Target> {
        let shown = out.map_or_else(|| site.join(USUAL), Path::to_owned);
        let site = Root::open(site).with_context(|| format!("opening {}", site.display()))?;
        let finding = || format!("finding {}", shown.display());
        let place = match out {
            Some(out) => locate(&site, &std::path::absolute(out).with_context(finding)?),
            None => Ok(Located::Inside(USUAL.into())),
        };
        let out = match place.with_context(finding)? {
            Located::Inside(below) => inside(&site, below, &shown, home)?,
            Located::Outside(real) => outside(&site, real, &shown, home)?,
        };
        let kind = out.root.kind(&out.below).with_context(finding)?;
        ensure!(
            matches!(kind, None | Some(Kind::Folder)),
            "{} is a file; name a folder to write to",
            shown.display()
        );
        let target = Target { site, out, shown };
        target.refuse_links()?;
        Ok(target)
    }

    /// Stops before anything is done where a link is in the place of something that a build keeps.
    fn refuse_links(&self) -> Result<()> {
        let manifest = manifest::file_for(self);
        let notes = ["inputs", "calls"].map(|kind| manifest.with_extension(kind));
        let kept = ["lock", "staged", "replaced"].map(|name| Path::new(WORK).join(name));
        for place in kept.into_iter().chain([manifest]).chain(notes) {
            if let Some(linked) = self.site.link_on_the_way(place)? {
                bail!("{linked}");
            }
        }
        Ok(())
    }
}

enum Located {
    /// Below the site's folder.
    Inside(PathBuf),
    /// Elsewhere, without links.
    Outside(PathBuf),
}

/// Follows a path as far as it lies outside the site. From where it comes into the site, the rest is a place
/// there.
fn locate(site: &Root, path: &Path) -> io::Result<Located> {
    let mut here = PathBuf::new();
    let mut below: Option<PathBuf> = None;
    for part in path.components() {
        below = match (below, part) {
            (Some(below), Component::Normal(name)) => Some(below.join(name)),
            (Some(mut below), Component::ParentDir) => match site.link_on_the_way(&below)? {
                // Where `..` leads from a link is not for its name to say.
                Some(linked) => return Err(io::Error::other(linked)),
                None if below.pop() => Some(below),
                None => {
                    here = site.real_parent();
                    None
                }
            },
            (Some(below), _) => Some(below),
            (None, part) => {
                here = step(&here, part)?;
                here.strip_prefix(site.real()).ok().map(Path::to_owned)
            }
        };
    }
    Ok(below.map_or(Located::Outside(here), Located::Inside))
}

/// One step on a way without links.
fn step(here: &Path, part: Component) -> io::Result<PathBuf> {
    match part {
        Component::ParentDir => Ok(here.parent().unwrap_or(here).to_owned()),
        Component::CurDir => Ok(here.to_owned()),
        part => real_path(&here.join(part)),
    }
}

fn inside(site: &Root, below: PathBuf, shown: &Path, home: Option<&Path>) -> Result<Out> {
    let first = below.components().next().map(|part| part.as_os_str().to_string_lossy());
    let is_kept = first.is_none_or(|first| KEPT.iter().any(|it| first.eq_ignore_ascii_case(it)));
    if is_kept {
        let shown = shown.display();
        bail!("{shown} holds what the site is made from; name a folder of its own to write to");
    }
    refuse(site, &site.real().join(&below), shown, home)?;
    if let Some(linked) = site.link_on_the_way(&below)? {
        bail!("{}", of_link(site, &linked, &below, home));
    }
    Ok(Out { root: site.clone(), place: below.clone(), below })
}

/// What to do about a link where the output folder is looked for.
fn of_link(site: &Root, linked: &Linked, below: &Path, home: Option<&Path>) -> String {
    let link = slashes(&linked.path);
    let from = site.real().join(&linked.path);
    let above = from.parent().unwrap_or(site.real());
    let leads = real_path(&above.join(&linked.target));
    let rest = below.strip_prefix(&linked.path).unwrap_or(Path::new(""));
    let there =
        leads.map(|leads| if rest.as_os_str().is_empty() { leads } else { leads.join(rest) });
    let to = linked.target.display();
    let fault = format!("`{link}` is a link to {to}, and no link inside a site is followed");
    match there {
        Ok(there) if is_fit(site, &there, home) => {
            format!("{fault}; use `--out {}` to write there", there.display())
        }
        _ => format!(
            "{fault}; remove it; if it came with a commit, `git rm {link}`, commit and push"
        ),
    }
}

/// Whether a place can be one that somebody wants to write to: not in the site, and nothing hidden, such as keys.
fn is_fit(site: &Root, real: &Path, home: Option<&Path>) -> bool {
    let is_hidden = real.components().any(|it| it.as_os_str().to_string_lossy().starts_with('.'));
    !real.starts_with(site.real()) && !is_hidden && refuse(site, real, real, home).is_ok()
}

fn outside(site: &Root, real: PathBuf, shown: &Path, home: Option<&Path>) -> Result<Out> {
    refuse(site, &real, shown, home)?;
    let there = real.ancestors().find(|folder| is_there(folder)).unwrap_or(&real);
    let below = real.strip_prefix(there).unwrap_or(Path::new("")).to_owned();
    // A file is found out by whoever looks for its kind.
    let (there, below) = match Root::open(there) {
        Err(error) if is_absent(&error) => (
            there.parent().unwrap_or(there),
            Path::new(there.file_name().unwrap_or_default()).join(below),
        ),
        _ => (there, below),
    };
    let root = Root::open(there).with_context(|| format!("opening {}", there.display()))?;
    Ok(Out { root, below, place: real })
}

/// Refuses folders that are never an output folder, wherever they are.
fn refuse(site: &Root, real: &Path, shown: &Path, home: Option<&Path>) -> Result<()> {
    let shown = shown.display();
    let of_git = real.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git"));
    ensure!(!of_git, "{shown} belongs to Git; name a folder of its own to write to");
    let is_home = home.and_then(|home| real_path(home).ok()).is_some_and(|home| home == real);
    ensure!(!is_home, "{shown} is your home folder; name a folder of its own to write to");
    let is_above = site.real().starts_with(real);
    ensure!(!is_above, "{shown} holds the site itself; name a folder of its own to write to");
    Ok(())
}
