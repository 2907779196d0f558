//! The walk through a PNG.

use super::exif;
use super::numbers::be32;
use super::pieces::Pieces;
use super::walked::{Fault, Metadata, Picture};

/// Chunks that say how the picture looks, animated ones too.
const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The same for pictures with more light than paper has.
const KEPT_FOR_LIGHT: [&[u8; 4]; 4] = [b"mDCV", b"mDCv", b"cLLI", b"cLLi"];

/// Walks from chunk to chunk until the last. Of chunks that nobody needs to know, unknown ones are
/// left out; one that must be known to show the picture is a fault.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let mut pieces = Pieces::of(bytes);
    let mut metadata = Metadata::default();
    pieces.keep(0..8);
    let (mut at, mut has_pixels) = (8, false);
    loop {
        let length = be32(bytes, at).ok_or(Fault::Damaged)? as usize;
        let (data_at, end) = (at + 8, at.saturating_add(length).saturating_add(12));
        let whole = bytes.get(at..end).ok_or(Fault::Damaged)?;
        let kind: &[u8; 4] = whole[4..8].try_into().expect("these are four");
        let data = &bytes[data_at..end - 4];
        if (at == 8) != (kind == b"IHDR") {
            return Err(Fault::Damaged);
        }
        match kind {
            kind if KEPT.contains(&kind) || KEPT_FOR_LIGHT.contains(&kind) => pieces.keep(at..end),
            b"eXIf" => {
                let is_known = metadata.orientation.is_some();
                metadata.exif(data);
                if let Some(orientation) = metadata.orientation.filter(|_| !is_known) {
                    pieces.put(at..end, &chunk(*b"eXIf", &exif::only(orientation)));
                }
            }
            b"iTXt" | b"tEXt" => metadata.xmp(data),
            [first, ..] if first.is_ascii_lowercase() => {}
            _ => return Err(Fault::Damaged),
        }
        has_pixels |= kind == b"IDAT";
        at = end;
        if kind == b"IEND" {
            break;
        }
    }
    match has_pixels {
        true => Ok(Picture { pieces, has_place: metadata.has_place }),
        false => Err(Fault::Damaged),
    }
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("what is put is short");
    let checked = [&kind[..], data].concat();
    [&length.to_be_bytes()[..], &checked, &checksum(&checked).to_be_bytes()].concat()
}

/// The CRC-32 of PNG, for a few bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let next = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(!0, next)
}
