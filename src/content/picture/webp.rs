//! The walk through a WebP.

use std::ops::Range;

use super::exif;
use super::numbers::le32;
use super::pieces::{MOST, Pieces};
use super::walked::{Fault, Metadata, Picture};

/// Bits of the chunk `VP8X` that announce other chunks.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// In a frame of an animation, what stands before its own chunks.
const FRAME_HEAD: usize = 16;

/// Walks from chunk to chunk, as far as the file says that it reaches.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let size = le32(bytes, 4).ok_or(Fault::Damaged)? as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len()).ok_or(Fault::Damaged)?;
    let chunks = chunks(bytes, 12..end)?;
    let mut metadata = Metadata::default();
    for chunk in &chunks {
        match &chunk.kind {
            b"EXIF" => metadata.exif(&bytes[chunk.data.clone()]),
            b"XMP " => metadata.xmp(&bytes[chunk.data.clone()]),
            _ => {}
        }
    }
    // Only a picture with this head can say which way is up.
    let is_extended = chunks.first().is_some_and(|chunk| &chunk.kind == b"VP8X");
    let mut orientation = metadata.orientation.filter(|_| is_extended);
    let announced = if orientation.is_some() { HAS_EXIF } else { 0 };
    let mut body = Pieces::of(bytes);
    let mut has_pixels = false;
    for chunk in chunks {
        has_pixels |= matches!(&chunk.kind, b"VP8 " | b"VP8L" | b"ANMF");
        match &chunk.kind {
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ICCP" => body.keep(chunk.whole),
            b"VP8X" => {
                let mut data = bytes[chunk.data.clone()].to_vec();
                let flags = data.first_mut().ok_or(Fault::Damaged)?;
                *flags = *flags & !(HAS_EXIF | HAS_XMP) | announced;
                body.put(chunk.whole, &chunk_of(*b"VP8X", &data));
            }
            b"ANMF" => frame(&mut body, bytes, chunk)?,
            b"EXIF" => {
                if let Some(orientation) = orientation.take() {
                    body.put(chunk.whole, &chunk_of(*b"EXIF", &exif::only(orientation)));
                }
            }
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Fault::Damaged);
    }
    let size = u32::try_from(body.len() + 4).map_err(|_| Fault::Damaged)?;
    let mut pieces = Pieces::of(bytes);
    pieces.put(0..12, &[b"RIFF", &size.to_le_bytes()[..], b"WEBP"].concat());
    pieces.append(body);
    Ok(Picture { pieces, has_place: metadata.has_place })
}

/// A frame of an animation, without what is no part of its picture.
fn frame(body: &mut Pieces<'_>, bytes: &[u8], frame: Chunk) -> Result<(), Fault> {
    let first = frame.data.start + FRAME_HEAD;
    if first > frame.data.end {
        return Err(Fault::Damaged);
    }
    let is_picture = |chunk: &Chunk| matches!(&chunk.kind, b"VP8 " | b"VP8L" | b"ALPH");
    let (kept, others): (Vec<_>, Vec<_>) =
        chunks(bytes, first..frame.data.end)?.into_iter().partition(is_picture);
    if others.is_empty() {
        body.keep(frame.whole);
        return Ok(());
    }
    let mut data = bytes[frame.data.start..first].to_vec();
    kept.into_iter().for_each(|chunk| data.extend_from_slice(&bytes[chunk.whole]));
    body.put(frame.whole, &chunk_of(*b"ANMF", &data));
    Ok(())
}

struct Chunk {
    kind: [u8; 4],
    /// With its head, and a byte of filling where it has one.
    whole: Range<usize>,
    data: Range<usize>,
}

fn chunks(bytes: &[u8], within: Range<usize>) -> Result<Vec<Chunk>, Fault> {
    let (mut at, mut chunks) = (within.start, Vec::new());
    while at < within.end {
        let size = le32(bytes, at + 4).ok_or(Fault::Damaged)? as usize;
        let data = at + 8..(at + 8).saturating_add(size);
        if data.end > within.end || chunks.len() >= MOST {
            return Err(Fault::Damaged);
        }
        let kind = bytes[at..at + 4].try_into().expect("these are four");
        let end = (data.end + size % 2).min(within.end);
        chunks.push(Chunk { kind, whole: at..end, data });
        at = end;
    }
    Ok(chunks)
}

fn chunk_of(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).expect("it is part of a chunk");
    let filling = &[0][..data.len() % 2];
    [&kind[..], &size.to_le_bytes(), data, filling].concat()
}
