//! Where the pad of a call lies, and what is kept beside it: each file under the id of the call, or under one that it
//! had before.

use std::path::Path;

use anyhow::Result;

use crate::directory::Entry;
use crate::edge::disk;
use crate::site::pad as template;

/// The paths of a pad and its files.
pub(super) struct Places {
    pub(super) pad: String,
    pub(super) answers: String,
    pub(super) left: String,
    pub(super) recorded: String,
    /// What the pad may be called, today's name first.
    names: Vec<String>,
}

impl Places {
    /// Those of a call.
    pub(super) fn of(site: &Path, call: &Entry) -> Result<Places> {
        let ids = || std::iter::once(&call.slug).chain(call.aliases.iter().rev());
        let place = |path: fn(&str) -> String| -> Result<String> {
            for path in ids().map(|id| path(id.as_str())) {
                if disk::is_there(site, &path)? {
                    return Ok(path);
                }
            }
            Ok(path(call.slug.as_str()))
        };
        Ok(Places {
            pad: place(template::path)?,
            answers: place(template::answers_path)?,
            left: place(template::left_path)?,
            recorded: place(template::recorded_path)?,
            names: ids().map(|id| format!("{id}.md")).collect(),
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
