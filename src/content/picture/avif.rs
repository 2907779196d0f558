//! The walk through an AVIF.
//!
//! Its parts are found by their distance from the start of the file, so none can be left out without
//! writing all of it anew. A file that says more than it shows is refused.

use memchr::memmem;

use super::numbers::be32;
use super::pieces::Pieces;
use super::walked::{Fault, Picture};

/// Of the items of a picture: Exif, XMP and what programs add.
const TALK: [&[u8]; 3] = [b"Exif", b"mime", b"uri "];

/// Looks at every box of the file.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let (mut at, mut has_pixels) = (0, false);
    while at < bytes.len() {
        let Part { kind, data, end } = part(bytes, at).ok_or(Fault::Damaged)?;
        let talks = match kind {
            b"ftyp" => {
                let is_avif = data.chunks_exact(4).any(|it| it == b"avif" || it == b"avis");
                if !is_avif {
                    return Err(Fault::NoPicture);
                }
                false
            }
            b"meta" => TALK.iter().any(|it| memmem::find(data, it).is_some()),
            b"moov" => {
                let mut words = [&b"udta"[..], b"meta", b"uuid"].into_iter();
                words.any(|it| memmem::find(data, it).is_some())
            }
            b"free" | b"skip" => data.iter().any(|byte| *byte != 0),
            b"mdat" => {
                has_pixels = true;
                false
            }
            _ => true,
        };
        if talks {
            return Err(Fault::Talkative);
        }
        at = end;
    }
    if !has_pixels {
        return Err(Fault::Damaged);
    }
    let mut pieces = Pieces::of(bytes);
    pieces.keep(0..bytes.len());
    Ok(Picture { pieces, has_place: false })
}

/// A box, as the format calls its parts.
struct Part<'a> {
    kind: &'a [u8; 4],
    data: &'a [u8],
    /// Where the next one begins.
    end: usize,
}

/// The box at a place.
fn part(bytes: &[u8], at: usize) -> Option<Part<'_>> {
    let size = be32(bytes, at)? as usize;
    let kind = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let (head, size) = match size {
        0 => (8, bytes.len() - at),
        1 => {
            let high = be32(bytes, at + 8)?;
            let low = be32(bytes, at + 12)?;
            (16, usize::try_from(u64::from(high) << 32 | u64::from(low)).ok()?)
        }
        size => (8, size),
    };
    let end = at.checked_add(size)?;
    Some(Part { kind, data: bytes.get(at + head..end)?, end })
}
