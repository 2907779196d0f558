//! Lists the files of the built-in theme, so that they are compiled into the program.
//!
//! Scripts are written for those who read them, and made plain for those who load them: `scripts/a.js` becomes
//! `assets/a.js`. A folder is a script in parts: `scripts/b/1.js` and `scripts/b/2.js` are joined into `assets/b.js`.

#![expect(clippy::disallowed_methods, reason = "it runs on the machine that builds the program")]

#[path = "build/scripts.rs"]
mod scripts;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const THEME: &str = "themes/default";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={THEME}");
    let root = env::current_dir()?.join(THEME);
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let out = Path::new(&out);
    let mut files = BTreeMap::new();
    for file in below(&root)? {
        let path = file.strip_prefix(&root).map_err(io::Error::other)?;
        let path = path.to_string_lossy().replace('\\', "/");
        let is_beside = ["md", "mjs"].iter().any(|it| file.extension() == Some(it.as_ref()));
        if !is_beside && !path.starts_with("scripts/") {
            files.insert(path, file);
        }
    }
    for entry in sorted(&root.join("scripts"))? {
        if let Some(name) = script_name(&entry) {
            let file = out.join(&name);
            fs::write(&file, script(&entry)?)?;
            files.insert(format!("assets/{name}"), file);
        }
    }
    let mut list = String::from("&[\n");
    for (path, file) in files {
        let file = file.to_string_lossy();
        writeln!(list, "({path:?}, include_bytes!({file:?})),").map_err(io::Error::other)?;
    }
    fs::write(out.join("built_in.rs"), list + "]")
}

/// The name under which something in `scripts/` is published, unless it is no script.
fn script_name(path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_str()?;
    (path.is_dir() || is_script(path)).then(|| format!("{name}.js"))
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "js")
}

/// A script as browsers load it.
fn script(path: &Path) -> io::Result<String> {
    let script = if path.is_dir() {
        let parts = sorted(path)?.into_iter().filter(|part| is_script(part));
        let read = |part: PathBuf| Ok((part.display().to_string(), fs::read_to_string(part)?));
        scripts::joined(&parts.map(read).collect::<io::Result<Vec<_>>>()?)
    } else {
        scripts::plain(&path.display().to_string(), &fs::read_to_string(path)?)
    };
    script.map_err(io::Error::other)
}

/// Every file below a folder.
fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in sorted(folder)? {
        match path.is_dir() {
            true => files.extend(below(&path)?),
            false => files.push(path),
        }
    }
    Ok(files)
}

/// What a folder has, by name.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
