//! Where the pad of a call lies, and what is kept beside it: each file under the id of the call, or under one that it
//! had before.

use std::path::Path;

use anyhow::Result;

use crate::content::values::Slug;
use crate::directory::Entry;
use crate::edge::disk;
use crate::site::pad as template;

/// The paths of what is kept beside a pad.
pub(super) struct Places {
    pub(super) answers: String,
    pub(super) left: String,
    pub(super) recorded: String,
    /// What the pad may be called, today's name first.
    names: Vec<String>,
}

/// The path of the pad of a call.
pub(super) fn pad(site: &Path, call: &Entry) -> Result<String> {
    place(site, call, template::path)
}

/// The path under the id of a call, or under a former one where something is there.
fn place(site: &Path, call: &Entry, path: fn(&str) -> String) -> Result<String> {
    for path in ids(call).map(|id| path(id.as_str())) {
        if disk::is_there(site, &path)? {
            return Ok(path);
        }
    }
    Ok(path(call.slug.as_str()))
}

/// The ids of a call, today's first.
fn ids(call: &Entry) -> impl Iterator<Item = &Slug> {
    std::iter::once(&call.slug).chain(call.aliases.iter().rev())
}

impl Places {
    /// Those of a call.
    pub(super) fn of(site: &Path, call: &Entry) -> Result<Places> {
        Ok(Places {
            answers: place(site, call, template::answers_path)?,
            left: place(site, call, template::left_path)?,
            recorded: place(site, call, template::recorded_path)?,
            names: ids(call).map(|id| format!("{id}.md")).collect(),
        })
    }

    /// By what a pad may be known in what was recorded: its own name first, and where that is a name of the call,
    /// all others of the call.
    pub(super) fn known_by(&self, name: String) -> Vec<String> {
        let others = match self.names.contains(&name) {
            true => self.names.iter().filter(|it| **it != name).cloned().collect(),
            false => Vec::new(),
        };
        std::iter::once(name).chain(others).collect()
    }
}
