//! What a walk through a picture gives, in any format.

use std::borrow::Cow;

use super::exif;
use super::pieces::Pieces;

/// A picture that was walked to its end.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    pub(super) pieces: Pieces<'a>,
    /// Whether it says where it was taken, or where somebody lives.
    pub has_place: bool,
}

/// Why a picture cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not begin like any picture.
    NoPicture,
    /// It breaks off, or has a part that cannot be.
    Damaged,
    /// It says more than it shows, in a format from which that cannot be taken out.
    Talkative,
}

impl<'a> Picture<'a> {
    /// The bytes without what is not needed to show the picture; the same where there is nothing else.
    pub(crate) fn into_bytes(self) -> Cow<'a, [u8]> {
        self.pieces.into_bytes()
    }
}

/// What is not needed to show a picture, as far as it was understood.
#[derive(Default)]
pub(super) struct Metadata {
    pub orientation: Option<u8>,
    pub has_place: bool,
}

impl Metadata {
    /// Takes note of Exif. Of several, the first that says which way is up counts.
    pub(super) fn exif(&mut self, exif: &[u8]) {
        let read = exif::read(exif);
        self.orientation = self.orientation.or(read.orientation);
        self.has_place |= read.has_place;
    }

    /// Takes note of XMP, or of any text that may hold it.
    pub(super) fn xmp(&mut self, text: &[u8]) {
        self.has_place |= exif::xmp_has_place(text);
    }
}
