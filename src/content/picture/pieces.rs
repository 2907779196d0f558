//! A file as pieces of another one, with some that are new.

use std::borrow::Cow;
use std::ops::Range;

/// Pieces that make up a file, in order.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    from: &'a [u8],
    pieces: Vec<Piece>,
}

/// No honest picture is in so many pieces; what is, must not fill the memory with their ends.
pub(super) const MOST: usize = 1 << 17;

#[derive(Debug)]
enum Piece {
    /// These bytes of the original.
    Kept(Range<usize>),
    /// New bytes.
    Made(Vec<u8>),
}

impl<'a> Pieces<'a> {
    pub(super) fn of(from: &'a [u8]) -> Pieces<'a> {
        Pieces { from, pieces: Vec::new() }
    }

    /// Keeps a range of the original. Neighbours become one, so that many small parts cost nothing.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        match self.pieces.last_mut() {
            _ if range.is_empty() => {}
            Some(Piece::Kept(last)) if last.end == range.start => last.end = range.end,
            _ => self.push(Piece::Kept(range)),
        }
    }

    /// Puts bytes in the place of a range of the original, which may hold the same.
    pub(super) fn put(&mut self, range: Range<usize>, bytes: &[u8]) {
        match self.from.get(range.clone()) {
            Some(same) if same == bytes => self.keep(range),
            _ => self.push(Piece::Made(bytes.to_vec())),
        }
    }

    /// Adds the pieces of another part of the same original.
    pub(super) fn append(&mut self, other: Pieces<'a>) {
        for piece in other.pieces {
            match piece {
                Piece::Kept(range) => self.keep(range),
                made @ Piece::Made(_) => self.push(made),
            }
        }
    }

    fn push(&mut self, piece: Piece) {
        if !self.are_too_many() {
            self.pieces.push(piece);
        }
    }

    /// Whether there were more than can be kept, so that these are not all.
    pub(super) fn are_too_many(&self) -> bool {
        self.pieces.len() >= MOST
    }

    /// How many bytes these are.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| self.bytes_of(piece).len()).sum()
    }

    /// The file; the original as it is where nothing differs.
    pub(super) fn into_bytes(self) -> Cow<'a, [u8]> {
        if let [Piece::Kept(range)] = self.pieces.as_slice() {
            return Cow::Borrowed(self.from.get(range.clone()).unwrap_or_default());
        }
        let mut bytes = Vec::with_capacity(self.len());
        self.pieces.iter().for_each(|piece| bytes.extend_from_slice(self.bytes_of(piece)));
        Cow::Owned(bytes)
    }

    fn bytes_of<'b>(&'b self, piece: &'b Piece) -> &'b [u8] {
        match piece {
            Piece::Kept(range) => self.from.get(range.clone()).unwrap_or_default(),
            Piece::Made(bytes) => bytes,
        }
    }
}
