//! The manifest: which files of an output folder Ayni made, and what each of them holds.
//!
//! A text file: a line with the version, a line with the state, one line a file (hash, size, time, path; sorted by path), and a
//! last line with their number, so that a torn file is noticed. Beside the state stands the edition that was built, which older
//! versions did not note:
//!
//! ```text
//! ayni manifest 1
//! closed public
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
use std::io::{self, BufWriter, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::content::file_names;
pub(super) use crate::content::file_names::{
    fold, folders_of, is_kept_for_others as kept_for_others,
};

use super::root::{Facts, Kind, Root, is_absent};
use super::target::{Out, Target};

/// Where manifests are, in the site's folder.
pub(super) const MANIFESTS: &str = ".ayni/manifests";

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
    pub(super) fn new(hash: blake3::Hash, facts: Facts) -> Record {
        Record { hash, size: facts.size, modified: facts.modified }
    }

    /// Whether a file that looks like this can be taken for the one recorded, without reading it.
    pub(super) fn looks_like(&self, facts: Facts) -> bool {
        facts.kind == Kind::File && self.size == facts.size && self.modified == facts.modified
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
    /// The edition that was built, where that was noted.
    pub edition: Option<String>,
    records: Records,
    /// Of the paths that a file system which ignores case sees otherwise: as what, and how many so.
    spellings: BTreeMap<String, usize>,
}

impl Manifest {
    /// The manifest in this file of a site; one without a file where there is none yet.
    pub(super) fn load(site: &Root, file: &Path) -> Result<Manifest> {
        let shown = || site.show(file);
        let bytes = match site.read(file) {
            Err(error) if is_absent(&error) => return Ok(Manifest::new(None, None, Vec::new())),
            bytes => bytes.with_context(|| format!("cannot read the manifest {}", shown()))?,
        };
        let text = String::from_utf8(bytes).map_err(anyhow::Error::from);
        let Parsed { state, edition, records } =
            text.and_then(|text| parse(&text)).with_context(|| {
                format!(
                    "cannot read the manifest {}, which says which files of the output folder Ayni \
                 made. To start afresh, delete this manifest together with the output folder",
                    shown()
                )
            })?;
        Ok(Manifest::new(Some(state), edition, records))
    }

    fn new(state: Option<State>, edition: Option<String>, mut records: Records) -> Manifest {
        records.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut spellings = BTreeMap::new();
        for path in paths(&records) {
            let folded = fold(path);
            if folded != path {
                *spellings.entry(folded.into_owned()).or_default() += 1;
            }
        }
        Manifest { state, edition, records, spellings }
    }

    /// All files and what they held, by path.
    pub(super) fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.records.iter().map(|(path, record)| (&**path, record))
    }

    /// The paths of all files, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        paths(&self.records)
    }

    fn of(&self, path: &str) -> &[(Box<str>, Record)] {
        let start = self.records.partition_point(|(other, _)| **other < *path);
        let length = self.records[start..].partition_point(|(other, _)| **other == *path);
        &self.records[start..start + length]
    }

    /// Looks whether the file under this path is as the site wants it.
    pub(super) fn look(
        &self,
        out: &Out,
        path: &str,
        hash: blake3::Hash,
        size: u64,
    ) -> Result<There> {
        let here = out.at(path);
        let Some(facts) = facts(&out.root, &here)? else { return Ok(There::Nothing) };
        let (ours, folded) = (self.of(path), fold(path));
        let spellings = self.spellings.get(folded.as_ref()).copied().unwrap_or(0)
            + usize::from(!self.of(&folded).is_empty());
        if spellings > usize::from(!ours.is_empty()) {
            // Ours under another spelling too: one file, on a file system that ignores case.
            return Ok(There::Other);
        }
        if facts.kind == Kind::Folder {
            // Whether it holds only what will be gone is for the plan to say.
            return Ok(There::Other);
        }
        let alike: Vec<&Record> =
            ours.iter().map(|(_, record)| record).filter(|it| it.looks_like(facts)).collect();
        let same = match alike.as_slice() {
            _ if facts.kind != Kind::File => false,
            [record] => record.hash == hash,
            _ => facts.size == size && hash_file(&out.root, &here)?.0 == hash,
        };
        Ok(match ours {
            _ if same => There::Same(facts),
            [] => There::Foreign(facts),
            _ => There::Other,
        })
    }

    /// Whether Ayni has written a file with this content under this path, however a file system that ignores
    /// case spells it.
    pub(super) fn knows(&self, path: &str, hash: blake3::Hash) -> bool {
        let is_it = |(_, record): &(Box<str>, Record)| record.hash == hash;
        let folded = fold(path);
        let of_another_spelling = |it: &&(Box<str>, Record)| fold(&it.0) == folded;
        self.of(path).iter().any(is_it)
            || self.of(&folded).iter().any(is_it)
            || (self.spellings.contains_key(folded.as_ref())
                && self.records.iter().filter(of_another_spelling).any(is_it))
    }
}

/// Each path of sorted records once.
fn paths(records: &[(Box<str>, Record)]) -> impl Iterator<Item = &str> {
    records.chunk_by(|(one, _), (other, _)| one == other).map(|same| &*same[0].0)
}

/// Replaces this manifest in one step: a reader sees the old one or the new one, never a part. The records
/// are those of all files, by path.
pub(super) fn save<'a>(
    (site, file): (&Root, &Path),
    state: State,
    edition: &str,
    records: impl Iterator<Item = (&'a str, &'a Record)>,
) -> Result<()> {
    let saving = || format!("cannot write the manifest {}", site.show(file));
    save_file(site, file, |to| write(to, state, edition, records)).with_context(saving)
}

/// Writes a file in `.ayni/` in one step.
pub(super) fn save_file(
    site: &Root,
    file: &Path,
    write: impl FnOnce(&super::root::File) -> io::Result<()>,
) -> io::Result<()> {
    let new = file.with_added_extension("new");
    let written = site
        .make_folders(file.parent().unwrap_or(file))
        .and_then(|_| remove_if_there(site, &new))
        .and_then(|()| site.create_new(&new))
        .and_then(|to| write(&to))
        .and_then(|()| site.rename(&new, site, file));
    if written.is_err() {
        // Best effort: the error that counts is the one being reported.
        let _ = remove_if_there(site, &new);
    }
    written
}

fn remove_if_there(site: &Root, file: &Path) -> io::Result<()> {
    match site.remove_file(file) {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}

fn write<'a>(
    to: impl io::Write,
    state: State,
    edition: &str,
    records: impl Iterator<Item = (&'a str, &'a Record)>,
) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    let state = match state {
        State::Open => "open",
        State::Closed => "closed",
    };
    writeln!(to, "{HEAD}\n{state} {edition}")?;
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
    Nothing,
    /// A file with the right bytes.
    Same(Facts),
    /// A file of ours that is to be replaced, or a link or a folder in its place.
    Other,
    /// Something Ayni did not make.
    Foreign(Facts),
}

/// Where the manifest of an output folder lives, below the site's folder. A folder inside the site is named by its
/// place there, so that a site can be moved.
pub(super) fn file_for(target: &Target) -> PathBuf {
    file_of(&target.out.place)
}

fn file_of(place: &Path) -> PathBuf {
    let place = place.to_string_lossy().replace('\\', "/");
    let hash = blake3::hash(place.as_bytes()).to_hex();
    Path::new(MANIFESTS).join(format!("{}.txt", &hash[..16]))
}

/// What is at a place, if anything is; behind a link there is nothing.
pub(super) fn facts(root: &Root, file: &Path) -> Result<Option<Facts>> {
    match root.look(file) {
        Err(error) if super::root::linked(&error).is_some() => Ok(None),
        facts => facts.with_context(|| format!("cannot look at {}", root.show(file))),
    }
}

pub(super) fn hash_file(root: &Root, file: &Path) -> Result<(blake3::Hash, u64)> {
    let hashed = root.open_file(file).and_then(hash_of);
    hashed.with_context(|| format!("cannot read {}", root.show(file)))
}

/// The hash of what an open file holds, and its size.
pub(super) fn hash_of(file: super::root::File) -> io::Result<(blake3::Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok((hasher.finalize(), hasher.count()))
}

/// What the text of a manifest says.
struct Parsed {
    state: State,
    edition: Option<String>,
    records: Records,
}

fn parse(text: &str) -> Result<Parsed> {
    let mut lines = text.lines();
    match lines.next() {
        Some(HEAD) => {}
        Some(other) if other.starts_with("ayni manifest ") => {
            bail!("it is of another version of Ayni ({other})")
        }
        _ => bail!("its first line is not `{HEAD}`"),
    }
    let second = lines.next().unwrap_or_default();
    let (state, edition) = match second.split_once(' ') {
        Some((state, edition)) => (state, Some(edition.to_owned())),
        None => (second, None),
    };
    let state = match state {
        "open" => State::Open,
        "closed" => State::Closed,
        _ => bail!("its second line is neither `open` nor `closed`"),
    };
    let mut records = Vec::new();
    for (count, line) in lines.by_ref().enumerate() {
        if let Some(end) = line.strip_prefix("end ") {
            if end.parse() != Ok(count) || lines.next().is_some() {
                bail!("it names {count} files where its end says {end}");
            }
            return Ok(Parsed { state, edition, records });
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
        let records = records.iter().map(|(path, record)| (*path, record));
        write(&mut text, state, "public", records).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let (site, file) = (Root::open(folder.path()).unwrap(), Path::new("manifests/one.txt"));
        assert_eq!(Manifest::load(&site, file).unwrap().state, None);
        for state in [State::Open, State::Closed] {
            let sample = sample();
            let records = || sample.iter().map(|(path, record)| (*path, record));
            save((&site, file), state, "network", records()).unwrap();
            let manifest = Manifest::load(&site, file).unwrap();
            assert_eq!(manifest.state, Some(state));
            assert_eq!(manifest.edition.as_deref(), Some("network"));
            assert!(manifest.records().eq(records()));
            assert!(manifest.paths().eq(["a b/é.html", "x.css"]));
        }
        assert_eq!(site.list("manifests").unwrap().len(), 1);
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
        let (site, file) = (Root::open(folder.path()).unwrap(), Path::new("one.txt"));
        let text = b"ayni manifest 2\nclosed\nend 0\n";
        save_file(&site, file, |mut to| io::Write::write_all(&mut to, text)).unwrap();
        let message = format!("{:#}", Manifest::load(&site, file).unwrap_err());
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
    fn a_manifest_without_an_edition_is_read_too() {
        let old = text(State::Closed, &sample()).replace("closed public", "closed");
        let Parsed { state, edition, records } = parse(&old).unwrap();
        assert_eq!((state, edition, records.len()), (State::Closed, None, 3));
    }

    #[test]
    fn each_place_has_a_manifest_of_its_own() {
        assert_eq!(file_of(Path::new("public")), Path::new(".ayni/manifests/b8be71968078978e.txt"));
        assert_ne!(file_of(Path::new("public")), file_of(Path::new("other")));
        assert_ne!(file_of(Path::new("/x/public")), file_of(Path::new("/y/public")));
    }
}
