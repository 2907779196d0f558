//! The pad of a call, and what is kept beside it: where these files lie, and what they hold.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::addresses;
use crate::content::values::{self, Slug};
use crate::directory::Entry;
use crate::edge::disk;
use crate::pad::{self, Answered, Recorded};

/// The pad of a call, and what was kept of it before.
pub(super) struct Pad {
    /// The id of its call.
    pub call: String,
    /// As people call its file.
    pub name: String,
    pub text: String,
    /// Answers of earlier recordings.
    pub kept: Vec<Answered>,
    /// Those that do not count any more.
    pub taken_back: Vec<Answered>,
    /// The file of answers, as it is.
    pub answers: Option<String>,
    /// The file of what is left over, as it is.
    pub left: Option<String>,
    /// What earlier recordings read, and its file as it is.
    pub recorded: (Recorded, Option<String>),
    /// What was recorded before is written again, where it is no longer in the file.
    pub writes_again: bool,
    /// By what name it is known what was recorded of it: its path from the site on.
    pub key: String,
    /// The same when it was last recorded, perhaps at another place.
    pub former_key: String,
    /// Where the files beside it lie.
    pub paths: Paths,
}

/// The files that are kept beside a pad.
pub(super) struct Paths {
    pub answers: String,
    /// What is left over.
    pub left: String,
    pub recorded: String,
}

impl Pad {
    /// Reads the pad of a call, from its usual place or from where it is said to be. A call that was called
    /// otherwise has perhaps files that still are. `again` are words of answers that are taken back.
    pub(super) fn read(
        site: &Path,
        call: &Entry,
        (file, again): (Option<&Path>, Option<&str>),
    ) -> Result<Pad> {
        let ids: Vec<&str> = call.ids().map(Slug::as_str).collect();
        let place = |path_of: fn(&str) -> String| -> Result<(String, Option<String>)> {
            for id in &ids {
                if let Some(text) = disk::text_if_there(site, &path_of(id))? {
                    return Ok((path_of(id), Some(text)));
                }
            }
            Ok((path_of(ids[0]), None))
        };
        let (name, text) = match file {
            Some(path) => (path.display().to_string(), disk::named_text(path)?),
            None => place(addresses::pad)?,
        };
        let call = ids[0].to_owned();
        let Some(text) = text else { bail!(missing(&name, &ids, file.is_some())) };
        let key = match file {
            Some(path) => key(&disk::real(site)?, &real(path)?),
            None => name.clone(),
        };
        let (answers_path, answers) = place(addresses::pad_answers)?;
        let before = answers.as_deref().map(pad::read_answers).unwrap_or_default();
        let kept = without(&before, &text, again, &answers_path)?;
        let taken_back = pad::taken_back(&before, &kept);
        let (left_path, left) = place(addresses::pad_left)?;
        let (recorded_path, recorded) = place(addresses::pad_recorded)?;
        let recorded = (recorded.as_deref().map(Recorded::read).unwrap_or_default(), recorded);
        let former_key = former_key(site, &recorded.0, &key, &ids)?;
        let writes_again = again == Some("");
        let paths = Paths { answers: answers_path, left: left_path, recorded: recorded_path };
        Ok(Pad {
            call,
            name,
            text,
            kept,
            taken_back,
            answers,
            left,
            recorded,
            writes_again,
            key,
            former_key,
            paths,
        })
    }
}

/// Says where a pad was looked for.
fn missing(name: &str, ids: &[&str], is_named: bool) -> String {
    let call = ids[0];
    let former: Vec<String> = ids[1..].iter().map(|id| addresses::pad(id)).collect();
    let nor = match is_named || former.is_empty() {
        true => String::new(),
        false => {
            let former: Vec<&str> = former.iter().map(String::as_str).collect();
            format!(", and none at {}, as the call was called before", values::list(&former))
        }
    };
    format!("there is no pad {name}{nor}; `ayni call pad {call}` prints an empty one")
}

/// The answers that still count.
fn without(
    before: &[Answered],
    pad: &str,
    again: Option<&str>,
    path: &str,
) -> Result<Vec<Answered>> {
    match again {
        None => Ok(before.to_vec()),
        Some("") => Ok(before.iter().filter(|it| it.names_entry()).cloned().collect()),
        Some(which) => {
            let kept = pad::without_answers(before.to_vec(), pad, which);
            if kept.len() == before.len() {
                bail!(
                    "no answer is kept about `{which}`; {path} has those that are, with their lines"
                );
            }
            Ok(kept)
        }
    }
}

/// Where a file is, without links in the folders above it and in full.
fn real(file: &Path) -> Result<PathBuf> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(disk::real(folder)?.join(file.file_name().unwrap_or_default()))
}

/// The path of a file from a folder on, with `/` between.
fn key(folder: &Path, file: &Path) -> String {
    let (folder, file): (Vec<Component>, Vec<Component>) =
        (folder.components().collect(), file.components().collect());
    let same = folder.iter().zip(&file).take_while(|(one, other)| one == other).count();
    let up = folder[same..].iter().map(|_| "..".to_owned());
    let down = file[same..].iter().map(|it| it.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// By what name a pad was recorded that has been moved or renamed since: one that is not there any more, with the name
/// of its file, or with that of its call.
fn former_key(site: &Path, recorded: &Recorded, key: &str, ids: &[&str]) -> Result<String> {
    if recorded.has(key) {
        return Ok(key.to_owned());
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let is_of_call = |path: &str| ids.iter().any(|id| name(path) == format!("{id}.md"));
    let is_candidate =
        |path: &str| name(path) == name(key) || (is_of_call(path) && is_of_call(key));
    let mut found = Vec::new();
    for path in recorded.pads().filter(|path| is_candidate(path)) {
        if disk::named_text(&site.join(PathBuf::from(path)))?.is_none() {
            found.push(path.to_owned());
        }
    }
    Ok(match found.as_slice() {
        [one] => one.clone(),
        _ => key.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pad_is_called_by_its_path_from_the_site_on() {
        for (file, expected) in [
            ("/net/site/pads/a.md", "pads/a.md"),
            ("/net/site/b/notes.md", "b/notes.md"),
            ("/net/notes.md", "../notes.md"),
            ("/other/notes.md", "../../other/notes.md"),
        ] {
            assert_eq!(key(Path::new("/net/site"), Path::new(file)), expected);
        }
    }
}
