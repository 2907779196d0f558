//! Opens an address in the browser of the person at the machine.

#![expect(
    clippy::disallowed_methods,
    reason = "the only place that starts a program of the desktop"
)]

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// Opens an address.
///
/// # Errors
/// When the machine has no program for that.
pub(crate) fn open(url: &str) -> Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("opening a browser with {program}; open {url} yourself"))?;
    Ok(())
}
