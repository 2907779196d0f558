//! What was read from disk, before anybody understands it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attachment::{self, Fault};
use super::file_names::THEMES;
use crate::diagnostic::{Code, Diagnostic};

/// Everything a build starts from. Paths are relative to the site, with forward slashes, in NFC.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Text files by path: `site.yaml` and what lies below `content/` as `.md` or `.yaml`.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// Every other file below `content/`: what lies beside entries, and `content/static/`.
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// Files of the site's own themes, by their path below `themes/`.
    pub themes: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// Files that could not be read as what they should be.
    pub problems: Vec<Diagnostic>,
}

/// A file that can be published, and what its bytes say about that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// The file as it is called on disk, relative to the site.
    pub file: Arc<str>,
    /// Width and height in pixels, when it is an image.
    pub size: Option<(u32, u32)>,
    /// It is a picture that says where it was taken.
    pub has_place: bool,
    /// What it says, where it is a text of no more than a few megabytes.
    pub text: Option<Arc<str>>,
    /// Why it cannot be published from beside an entry, where its bytes are the reason.
    pub fault: Option<Fault>,
    /// How large it was when it was read, and when it had been changed, as the disk counts that; so
    /// that a picture is not read again for nothing.
    pub seen: Option<(u64, i64)>,
}

/// No honest picture is larger; what is, is not read into memory.
pub const PICTURE_LIMIT_BYTES: u64 = 100 << 20;

/// A picture of more bytes is worth a word to who wants to show it.
const LARGE_PICTURE_BYTES: u64 = 2 << 20;

impl Asset {
    /// Whether more has to be known of a file than its name.
    pub fn is_looked_into(path: &str) -> bool {
        attachment::is_looked_into(path)
    }

    /// A file that is published by its name alone.
    pub fn named(file: &str) -> Asset {
        Asset { file: file.into(), ..Asset::default() }
    }

    /// The same with what it says, if it is a text; of one in another encoding, what can be read.
    pub fn with_text(self, bytes: Vec<u8>) -> Asset {
        let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = rest.chunks_exact(2).map(|it| read([it[0], it[1]])).collect();
            String::from_utf16_lossy(&units)
        };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
            _ => match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) if is_mostly_text(error.as_bytes()) => {
                    String::from_utf8_lossy(error.as_bytes()).into_owned()
                }
                // A document or an archive: its words are packed.
                Err(_) => return self,
            },
        };
        Asset { text: Some(text.replace('\0', "").into()), ..self }
    }

    /// A file that is too large to be looked into.
    pub fn too_large(file: &str) -> Asset {
        let fault = Fault {
            code: Code::BadPicture,
            what: format!("which is larger than {} MB", PICTURE_LIMIT_BYTES >> 20),
            hint: "make the picture smaller".to_owned(),
        };
        Asset { fault: Some(fault), ..Asset::named(file) }
    }

    /// A file that has to be looked into: its path in the site, and its bytes.
    pub fn read(file: &str, path: &str, bytes: &[u8]) -> Asset {
        let size = imagesize::blob_size(bytes).ok();
        let size =
            size.and_then(|it| Some((it.width.try_into().ok()?, it.height.try_into().ok()?)));
        let (has_place, fault) = attachment::look_into(path, bytes);
        Asset { size, has_place, fault, ..Asset::named(file) }
    }

    /// How many bytes a picture beside entries has, if that is more than a page should ask for.
    pub fn large_picture(&self, path: &str) -> Option<u64> {
        let (bytes, _) = self.seen?;
        let is_picture = self.size.is_some() && attachment::is_beside_entries(path);
        (is_picture && bytes > LARGE_PICTURE_BYTES).then_some(bytes)
    }

    /// Why the file at this path is not published where somebody refers to it.
    pub fn fault(&self, path: &str) -> Option<Fault> {
        if !attachment::is_beside_entries(path) {
            return None;
        }
        attachment::check_name(path).err().or_else(|| self.fault.clone())
    }
}

/// Whether hardly any byte is one that no text has. Zeros are in texts of wide letters.
fn is_mostly_text(bytes: &[u8]) -> bool {
    let is_odd = |byte: &&u8| matches!(byte, 1..=8 | 11 | 14..=31 | 127);
    bytes.iter().filter(is_odd).count() * 100 <= bytes.len()
}

impl Sources {
    /// The files of one of the site's own themes, by their path below its folder.
    pub fn theme(&self, name: &str) -> BTreeMap<Arc<str>, Arc<[u8]>> {
        let below = |path: &Arc<str>| Some(path.strip_prefix(name)?.strip_prefix('/')?.into());
        self.themes.iter().filter_map(|(path, bytes)| Some((below(path)?, bytes.clone()))).collect()
    }

    /// The text of a file, for excerpts in diagnostics; also of one that is published as it is, and of
    /// one of the site's own themes.
    pub fn text(&self, path: &str) -> Option<&str> {
        let copied = || self.assets.get(path)?.text.as_deref();
        let of_theme = || self.themes.get(path.strip_prefix(THEMES)?);
        let read = |bytes| std::str::from_utf8(bytes).ok();
        self.texts.get(path).map(|text| &**text).or_else(copied).or_else(|| read(of_theme()?))
    }
}
