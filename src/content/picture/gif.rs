//! The walk through a GIF.

use super::pieces::Pieces;
use super::walked::{Fault, Metadata, Picture};

/// Extensions of programs that are needed to show it: how often it repeats, and its colours.
const KEPT: [&[u8; 11]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Walks from block to block until the trailer. Remarks, and what programs add, are left out.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let mut pieces = Pieces::of(bytes);
    let mut metadata = Metadata::default();
    let flags = *bytes.get(10).ok_or(Fault::Damaged)?;
    let mut at = 13 + colours(flags);
    pieces.keep(0..at.min(bytes.len()));
    let mut has_pixels = false;
    loop {
        let (end, is_kept) = match bytes.get(at..).unwrap_or_default() {
            [0x3b, ..] => {
                pieces.keep(at..at + 1);
                break;
            }
            // Old programs leave the trailer out.
            [] if has_pixels => break,
            [0x2c, ..] => {
                let flags = *bytes.get(at + 9).ok_or(Fault::Damaged)?;
                has_pixels = true;
                // The first byte after the colours says how the pixels are packed.
                (blocks(bytes, at + 10 + colours(flags) + 1)?, true)
            }
            [0x21, label, ..] => {
                let end = blocks(bytes, at + 2)?;
                let name = bytes.get(at + 3..at + 14);
                let is_program = *label == 0xff;
                if is_program && name == Some(b"XMP DataXMP") {
                    metadata.xmp(&bytes[at..end]);
                }
                let is_known = KEPT.iter().any(|known| name == Some(&known[..]));
                (end, *label == 0xf9 || (is_program && is_known))
            }
            _ => return Err(Fault::Damaged),
        };
        if is_kept {
            pieces.keep(at..end);
        }
        at = end;
    }
    match has_pixels {
        true => Ok(Picture { pieces, has_place: metadata.has_place }),
        false => Err(Fault::Damaged),
    }
}

/// The size of a table of colours.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The end of a row of blocks, each with its length before it; an empty one is the last.
fn blocks(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    loop {
        let length = usize::from(*bytes.get(at).ok_or(Fault::Damaged)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
