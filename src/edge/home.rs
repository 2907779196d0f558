//! Where the person at the machine is at home, asked once.

#![expect(clippy::disallowed_methods, reason = "one of the few places that ask the environment")]

use std::path::PathBuf;

/// The home folder, where the environment names one.
pub(crate) fn folder() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(name).filter(|home| !home.is_empty()).map(PathBuf::from)
}
