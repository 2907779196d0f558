//! What a picture says beside what it shows, and the same picture without that.
//!
//! Cameras and programs write into a picture where it was taken, when, with what and by whom; editors
//! add former versions and small copies. A picture is walked part by part, and only parts that are
//! needed to show it are kept: pixels, the colour profile, the animation. Of the rest one thing
//! stays, which way is up. What nobody knows is left out. Nothing is decoded or encoded again, so a
//! picture that has nothing to leave out keeps its very bytes.
//!
//! The walks are our own: `img-parts` takes everything after the first scan of a JPEG for one part,
//! and so keeps what phones append there; it also never gives back the very bytes that it was given.

mod avif;
mod exif;
mod gif;
mod jpeg;
mod pieces;
mod png;
mod webp;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use pieces::Pieces;

/// A picture that was walked to its end.
#[derive(Debug)]
pub struct Picture<'a> {
    pieces: Pieces<'a>,
    /// Whether it says where it was taken, or where somebody lives.
    pub has_place: bool,
}

/// Why a picture cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not begin like any picture.
    NoPicture,
    /// It breaks off, or has a part that cannot be.
    Damaged,
    /// It says more than it shows, in a format from which that cannot be taken out.
    Talkative,
}

impl<'a> Picture<'a> {
    /// The bytes without what is not needed to show the picture; the same where there is nothing else.
    pub fn into_bytes(self) -> Cow<'a, [u8]> {
        self.pieces.into_bytes()
    }
}

/// Walks a picture. Its first bytes tell the format, as they do in browsers; its name does not.
///
/// # Errors
/// When it cannot be published.
pub fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let picture = match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg::walk(bytes),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png::walk(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::walk(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::walk(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => avif::walk(bytes),
        _ => Err(Fault::NoPicture),
    }?;
    if picture.pieces.are_too_many() { Err(Fault::Damaged) } else { Ok(picture) }
}

/// Whether a picture says where it was taken, as far as that can be told; also of one that cannot be
/// published.
pub fn has_place(bytes: &[u8]) -> bool {
    walk(bytes).map_or_else(|_| exif::is_somewhere_with_place(bytes), |picture| picture.has_place)
}

/// What is not needed to show a picture, as far as it was understood.
#[derive(Default)]
struct Metadata {
    orientation: Option<u8>,
    has_place: bool,
}

impl Metadata {
    /// Takes note of Exif. Of several, the first that says which way is up counts.
    fn exif(&mut self, exif: &[u8]) {
        let read = exif::read(exif);
        self.orientation = self.orientation.or(read.orientation);
        self.has_place |= read.has_place;
    }

    /// Takes note of XMP, or of any text that may hold it.
    fn xmp(&mut self, text: &[u8]) {
        self.has_place |= exif::xmp_has_place(text);
    }
}

/// A number of two bytes, the larger first.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A number of four bytes, the largest first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A number of four bytes, the smallest first.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
