//! Lists the files of the built-in theme, so that they are compiled into the program.

#![expect(clippy::disallowed_methods, reason = "it runs on the machine that builds the program")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const THEME: &str = "themes/default";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={THEME}");
    let root = env::current_dir()?.join(THEME);
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        let below = format!("/{THEME}/{name}");
        let bytes = format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {below:?}))");
        writeln!(list, "({name:?}, {bytes}),").map_err(io::Error::other)?;
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("built_in.rs"), list + "]")
}

/// Every file below a folder that a theme consists of: not its documentation, and not its tests.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_beside =
            ["md", "mjs"].iter().any(|it| path.extension().is_some_and(|end| end == *it));
        match path.is_dir() {
            true => collect(&path, files)?,
            false if is_beside => {}
            false => files.push(path),
        }
    }
    Ok(())
}
