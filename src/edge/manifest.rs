//! The manifest: which files of an output folder Ayni made, and what each of them holds.
//!
//! A text file: a line with the version, a line with the state, one line a file (hash, size, time, path; sorted by path), and a
//! last line with their number, so that a torn file is noticed:
//!
//! ```text
//! ayni manifest 1
//! closed
//! af1349b9…  1532 1793491200000000000 coops/agaric/index.html
//! end 1
//! ```
//!
//! While files are being moved the state is `open`, and a file that is being replaced has two lines: what it held before and what it
//! will hold. After an interruption each such file holds one of the two, whole.
//!
//! A manifest that cannot be read is an error, never taken for a missing one: it alone tells a withdrawn page from a file somebody
//! put there, and guessing would either delete the one or keep publishing the other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};

use crate::content::file_names;
pub(super) use crate::content::file_names::{
    fold, folders_of, is_kept_for_others as kept_for_others,
};

const HEAD: &str = "ayni manifest 1";

/// What one file holds, and how to see quickly that it still does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub hash: blake3::Hash,
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified: i64,
}

impl Record {
    /// The record of a file with this content, as the file system shows it now.
    pub fn new(hash: blake3::Hash, metadata: &Metadata) -> Record {
        Record { hash, size: metadata.len(), modified: modified(metadata) }
    }

    /// Whether a file that looks like this can be taken for the one recorded, without reading it.
    pub fn looks_like(&self, metadata: &Metadata) -> bool {
        self.size == metadata.len() && self.modified == modified(metadata)
    }
}

/// The files Ayni made, by path: one record each, or two for a file that is being replaced.
type Records = Vec<(Box<str>, Record)>;

/// Whether files are being moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Closed,
}

/// The manifest of the last build.
#[derive(Debug)]
pub(super) struct Manifest {
    /// `None` where there was no manifest.
    pub state: Option<State>,
    records: Records,
    /// Of the paths that a file system which ignores case sees otherwise: as what, and how many so.
    spellings: BTreeMap<String, usize>,
}

impl Manifest {
    /// The manifest in this file; one without a file where there is none yet.
    pub fn load(file: &Path) -> Result<Manifest> {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Manifest::new(None, Vec::new()));
            }
            text => text.with_context(|| format!("cannot read the manifest {}", file.display()))?,
        };
        let (state, records) = parse(&text).with_context(|| {
            format!(
                "cannot read the manifest {}, which says which files of the output folder Ayni \
                 made. To start afresh, delete this manifest together with the output folder",
                file.display()
            )
        })?;
        Ok(Manifest::new(Some(state), records))
    }

    fn new(state: Option<State>, mut records: Records) -> Manifest {
        records.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut spellings = BTreeMap::new();
        for path in paths(&records) {
            let folded = fold(path);
            if folded != path {
                *spellings.entry(folded.into_owned()).or_default() += 1;
            }
        }
        Manifest { state, records, spellings }
    }

    /// All files and what they held, by path.
    pub fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.records.iter().map(|(path, record)| (&**path, record))
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        paths(&self.records)
    }

    fn of(&self, path: &str) -> &[(Box<str>, Record)] {
        let start = self.records.partition_point(|(other, _)| **other < *path);
        let length = self.records[start..].partition_point(|(other, _)| **other == *path);
        &self.records[start..start + length]
    }

    /// Looks whether the file at `here` is as the site wants it under this path.
    pub fn look(&self, here: &Path, path: &str, hash: blake3::Hash, size: u64) -> Result<There> {
        let Some(metadata) = metadata(here)? else { return Ok(There::Nothing) };
        let (ours, folded) = (self.of(path), fold(path));
        let spellings = self.spellings.get(folded.as_ref()).copied().unwrap_or(0)
            + usize::from(!self.of(&folded).is_empty());
        if spellings > usize::from(!ours.is_empty()) {
            // Ours under another spelling too: one file, on a file system that ignores case.
            return Ok(There::Other);
        }
        if metadata.is_dir() {
            // Whether it holds only what will be gone is for the plan to say.
            return Ok(There::Other);
        }
        let alike: Vec<&Record> = ours
            .iter()
            .map(|(_, record)| record)
            .filter(|record| record.looks_like(&metadata))
            .collect();
        let same = match alike.as_slice() {
            _ if !metadata.is_file() => false,
            [record] => record.hash == hash,
            _ => metadata.len() == size && hash_file(here)?.0 == hash,
        };
        Ok(match ours {
            _ if same => There::Same(Record::new(hash, &metadata)),
            [] => There::Foreign(metadata),
            _ => There::Other,
        })
    }
}

/// Each path of sorted records once.
fn paths(records: &[(Box<str>, Record)]) -> impl Iterator<Item = &str> {
    records.chunk_by(|(one, _), (other, _)| one == other).map(|same| &*same[0].0)
}

/// Replaces this manifest in one step: a reader sees the old one or the new one, never a part. The records
/// are those of all files, by path.
pub(super) fn save<'a>(
    file: &Path,
    state: State,
    records: impl Iterator<Item = (&'a str, &'a Record)>,
) -> Result<()> {
    let new = file.with_extension("new");
    let written = fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| remove_if_there(&new))
        .and_then(|()| File::create_new(&new))
        .and_then(|to| write(&to, state, records))
        .and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        // Best effort: the error that counts is the one being reported.
        let _ = remove_if_there(&new);
    }
    written.with_context(|| format!("cannot write the manifest {}", file.display()))
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}

fn write<'a>(
    to: impl io::Write,
    state: State,
    records: impl Iterator<Item = (&'a str, &'a Record)>,
) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    let state = match state {
        State::Open => "open",
        State::Closed => "closed",
    };
    writeln!(to, "{HEAD}\n{state}")?;
    let mut lines = 0;
    for (path, Record { hash, size, modified }) in records {
        writeln!(to, "{} {size} {modified} {path}", hash.to_hex())?;
        lines += 1;
    }
    writeln!(to, "end {lines}")?;
    to.flush()
}

/// What stands under the path of an output.
pub(super) enum There {
    /// Nothing.
    Nothing,
    /// A file with the right bytes.
    Same(Record),
    /// A file of ours that is to be replaced, or a link or a folder in its place.
    Other,
    /// Something Ayni did not make.
    Foreign(Metadata),
}

/// Where the manifest of an output folder lives. A folder inside the site is named by its place there, so that a site can be moved.
pub(super) fn file_for(out: &Path, work: &Path) -> PathBuf {
    let site = work.parent().unwrap_or(work);
    let place = out.strip_prefix(site).unwrap_or(out).to_string_lossy().replace('\\', "/");
    let hash = blake3::hash(place.as_bytes()).to_hex();
    work.join("manifests").join(format!("{}.txt", &hash[..16]))
}

pub(super) fn metadata(file: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(file) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", file.display())),
    }
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

pub(super) fn hash_file(file: &Path) -> Result<(blake3::Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    File::open(file)
        .and_then(|source| hasher.update_reader(source).map(|_| ()))
        .with_context(|| format!("cannot read {}", file.display()))?;
    Ok((hasher.finalize(), hasher.count()))
}

fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

fn parse(text: &str) -> Result<(State, Records)> {
    let mut lines = text.lines();
    match lines.next() {
        Some(HEAD) => {}
        Some(other) if other.starts_with("ayni manifest ") => {
            bail!("it is of another version of Ayni ({other})")
        }
        _ => bail!("its first line is not `{HEAD}`"),
    }
    let state = match lines.next() {
        Some("open") => State::Open,
        Some("closed") => State::Closed,
        _ => bail!("its second line is neither `open` nor `closed`"),
    };
    let mut records = Vec::new();
    for (count, line) in lines.by_ref().enumerate() {
        if let Some(end) = line.strip_prefix("end ") {
            if end.parse() != Ok(count) || lines.next().is_some() {
                bail!("it names {count} files where its end says {end}");
            }
            return Ok((state, records));
        }
        let (path, record) =
            parse_line(line).with_context(|| format!("its line {} is damaged", count + 3))?;
        check_path(path)?;
        records.push((path.into(), record));
    }
    bail!("its end is missing")
}

fn parse_line(line: &str) -> Option<(&str, Record)> {
    let mut parts = line.splitn(4, ' ');
    let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
    let size = parts.next()?.parse().ok()?;
    let modified = parts.next()?.parse().ok()?;
    Some((parts.next()?, Record { hash, size, modified }))
}

/// Refuses a path that could lead out of the output folder, or to what is not ours to write.
pub(super) fn check_path(path: &str) -> Result<()> {
    let is_plain = || Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    match file_names::fault(path) {
        Some(fault) => bail!("the path `{}` {fault}", path.escape_debug()),
        None if !is_plain() => {
            bail!("the path `{}` is not a plain path on this system", path.escape_debug())
        }
        None => Ok(()),
    }
}

/// Refuses two outputs that some file system could not hold side by side.
pub(super) fn check_collisions<'a>(paths: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut folded: Vec<(Cow<str>, &str)> = paths.map(|path| (fold(path), path)).collect();
    folded.sort_unstable();
    for pair in folded.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        if one == other && first == second {
            bail!("two outputs have the same path `{first}`");
        } else if one == other {
            bail!("the outputs `{first}` and `{second}` {ALIKE}");
        }
    }
    let mut last = "";
    let mut spellings: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (path, original) in &folded {
        let folder = original.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder == last {
            continue;
        }
        last = folder;
        for folder in folders_of(path) {
            let found = folded.binary_search_by(|(other, _)| other.as_ref().cmp(folder));
            if let Ok(at) = found {
                bail!("the output `{}` stands where `{original}` needs a folder", folded[at].1);
            }
        }
        for (folder, spelling) in folders_of(path).zip(folders_of(original)) {
            let (other, first) = *spellings.entry(folder).or_insert((spelling, original));
            if other != spelling {
                bail!("the folders of the outputs `{first}` and `{original}` {ALIKE}");
            }
        }
    }
    Ok(())
}

const ALIKE: &str = "differ only in upper and lower case or in how accents are encoded, which many \
                     systems cannot hold side by side";

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record {
        Record { hash: blake3::hash(text.as_bytes()), size: text.len() as u64, modified: -7 }
    }

    fn sample() -> Vec<(&'static str, Record)> {
        vec![("a b/é.html", record("old")), ("a b/é.html", record("newer")), ("x.css", record("x"))]
    }

    fn text(state: State, records: &[(&str, Record)]) -> String {
        let mut text = Vec::new();
        write(&mut text, state, records.iter().map(|(path, record)| (*path, record))).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("manifests/one.txt");
        assert_eq!(Manifest::load(&file).unwrap().state, None);
        for state in [State::Open, State::Closed] {
            let sample = sample();
            let records = || sample.iter().map(|(path, record)| (*path, record));
            save(&file, state, records()).unwrap();
            let manifest = Manifest::load(&file).unwrap();
            assert_eq!(manifest.state, Some(state));
            assert!(manifest.records().eq(records()));
            assert!(manifest.paths().eq(["a b/é.html", "x.css"]));
        }
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn every_torn_manifest_is_refused() {
        let whole = text(State::Closed, &sample());
        for end in 0..whole.len() - 1 {
            if whole.is_char_boundary(end) {
                assert!(parse(&whole[..end]).is_err(), "{:?}", &whole[..end]);
            }
        }
    }

    #[test]
    fn a_manifest_that_leads_out_of_the_output_folder_is_refused() {
        for path in ["../secret", "/etc/passwd", ".git/config", "a/../../b"] {
            let records = [(path, record("x"))];
            assert!(parse(&text(State::Closed, &records)).is_err(), "{path}");
        }
    }

    #[test]
    fn a_manifest_of_another_version_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("one.txt");
        fs::write(&file, "ayni manifest 2\nclosed\nend 0\n").unwrap();
        let message = format!("{:#}", Manifest::load(&file).unwrap_err());
        assert!(message.contains("delete this manifest together with the output"), "{message}");
        assert!(message.contains("another version of Ayni (ayni manifest 2)"), "{message}");
    }

    #[test]
    fn folders_that_differ_only_in_case_are_refused() {
        check_collisions(["a/x", "a/b/x", "ab/x", "é/x", "é/y"].into_iter()).unwrap();
        for (one, other) in [("A/x", "a/y"), ("a/B/x", "a/b/c/y"), ("\u{e9}/x", "e\u{301}/y")] {
            let error = check_collisions([one, "a-b", other].into_iter()).unwrap_err().to_string();
            assert!(error.contains("folders of the outputs") && error.contains(one), "{error}");
        }
    }

    #[test]
    fn an_output_folder_inside_the_site_keeps_its_manifest_when_the_site_moves() {
        let file = |out: &str, work: &str| {
            file_for(Path::new(out), Path::new(work)).file_name().unwrap().to_owned()
        };
        assert_eq!(file("/a/public", "/a/.ayni"), file("/b/c/public", "/b/c/.ayni"));
        assert_ne!(file("/a/public", "/a/.ayni"), file("/a/other", "/a/.ayni"));
        assert_ne!(file("/x/public", "/a/.ayni"), file("/y/public", "/a/.ayni"));
    }
}
