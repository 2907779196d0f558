//! Writes files of given sizes and does nothing else: what any generator of the same site must pay.
//!
//! ```text
//! cargo bench --bench write -- LIST DIR
//! ```
//!
//! `LIST` has a line for each file: its size in bytes, a space, and its path below `DIR`.

#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a program of its own")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

fn main() -> Result<()> {
    // Cargo adds `--bench` to the arguments of every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let [list, out] = arguments.as_slice() else {
        eprintln!("usage: write LIST DIR");
        return Ok(());
    };
    let list = fs::read_to_string(list).with_context(|| format!("cannot read {list}"))?;
    let read = |line| read_line(line).with_context(|| format!("`{line}` is not a size and a path"));
    let files: Vec<(usize, &str)> = list.lines().map(read).collect::<Result<_>>()?;
    let out = Path::new(out);
    let folders: BTreeSet<&Path> =
        files.iter().filter_map(|(_, path)| Path::new(path).parent()).collect();
    for folder in folders {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let longest = files.iter().map(|(size, _)| *size).max().unwrap_or_default();
    let bytes = vec![b'x'; longest];
    files.par_iter().try_for_each(|(size, path)| {
        let file = out.join(path);
        fs::write(&file, &bytes[..*size])
            .with_context(|| format!("cannot write {}", file.display()))
    })
}

fn read_line(line: &str) -> Option<(usize, &str)> {
    let (size, path) = line.split_once(' ')?;
    Some((size.parse().ok()?, path))
}
