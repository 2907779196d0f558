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
mod numbers;
mod pieces;
mod png;
mod walked;
mod webp;

#[cfg(test)]
mod tests;

pub(super) use walked::{Fault, Picture};

/// Walks a picture. Its first bytes tell the format, as they do in browsers; its name does not.
///
/// # Errors
/// When it cannot be published.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
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
pub(super) fn has_place(bytes: &[u8]) -> bool {
    walk(bytes).map_or_else(|_| exif::is_somewhere_with_place(bytes), |picture| picture.has_place)
}
