//! The walk through a JPEG.

use std::ops::Range;

use memchr::memchr;

use super::exif;
use super::numbers::be16;
use super::pieces::Pieces;
use super::walked::{Fault, Metadata, Picture};

const XMP: &[u8] = b"http://ns.adobe.com/x";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

const START_OF_SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// Walks from segment to segment until the end of the image. What follows that is left out: phones
/// append films and second pictures there, which have metadata of their own.
pub(super) fn walk(bytes: &[u8]) -> Result<Picture<'_>, Fault> {
    let mut walk = Walk { bytes, pieces: Pieces::of(bytes), metadata: Metadata::default() };
    walk.pieces.keep(0..2);
    let (mut at, mut in_scan, mut has_scan) = (2, false, false);
    loop {
        let marker = next_marker(bytes, at, in_scan).ok_or(Fault::Damaged)?;
        // Between segments there may be filling, which is part of the picture only if it is blank.
        if in_scan || bytes[at..marker].iter().all(|byte| *byte == 0xff) {
            walk.pieces.keep(at..marker);
        }
        let code = bytes[marker + 1];
        if code == END {
            walk.pieces.keep(marker..marker + 2);
            break;
        }
        let payload = payload(bytes, marker).ok_or(Fault::Damaged)?;
        at = payload.end;
        walk.segment(code, marker, payload)?;
        in_scan = code == START_OF_SCAN;
        has_scan |= in_scan;
    }
    match has_scan {
        true => Ok(Picture { pieces: walk.pieces, has_place: walk.metadata.has_place }),
        false => Err(Fault::Damaged),
    }
}

/// Whether a segment that is needed holds what it says and nothing else (ITU-T T.81, B.2).
fn is_well_formed(code: u8, data: &[u8]) -> bool {
    let size = |at: usize| data.get(at).copied().map(usize::from);
    match code {
        // Tables of Huffman codes, each with so many of every length.
        0xc4 => tables(data, |rest| {
            let counts = rest.get(1..17)?;
            Some(17 + counts.iter().copied().map(usize::from).sum::<usize>())
        }),
        0xc8 => false,
        0xcc => data.len().is_multiple_of(2),
        START_OF_SCAN => size(0).is_some_and(|parts| data.len() == 4 + 2 * parts),
        // Tables of 64 numbers of one or two bytes.
        0xdb => tables(data, |rest| Some(1 + 64 * (1 + usize::from(rest[0] >> 4)))),
        0xdc | 0xdd => data.len() == 2,
        0xdf => data.len() == 1,
        // Frames.
        _ => size(5).is_some_and(|parts| data.len() == 6 + 3 * parts),
    }
}

/// Whether data is one table after the other; `length` says how long the first one is.
fn tables(mut data: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> bool {
    while !data.is_empty() {
        match length(data).and_then(|length| data.get(length..)) {
            Some(rest) => data = rest,
            None => return false,
        }
    }
    true
}

/// Where the next marker stands. Within a scan, a zero after 0xFF says that it is none, and marks for
/// starting again belong to the scan.
fn next_marker(bytes: &[u8], from: usize, in_scan: bool) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(0xff, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0xff => {}
            0 => {}
            0xd0..=0xd7 if in_scan => {}
            _ => return Some(at),
        }
        at += 1;
    }
}

/// What a segment holds, without marker and length.
fn payload(bytes: &[u8], marker: usize) -> Option<Range<usize>> {
    let length = usize::from(be16(bytes, marker + 2)?);
    let payload = marker + 4..marker + 2 + length;
    (length >= 2 && payload.end <= bytes.len()).then_some(payload)
}

struct Walk<'a> {
    bytes: &'a [u8],
    pieces: Pieces<'a>,
    metadata: Metadata,
}

impl Walk<'_> {
    fn segment(&mut self, code: u8, marker: usize, payload: Range<usize>) -> Result<(), Fault> {
        let whole = marker..payload.end;
        let data = &self.bytes[payload];
        match code {
            // Frames, scans and tables.
            0xc0..=0xcf | 0xda..=0xdf if is_well_formed(code, data) => self.pieces.keep(whole),
            0xe0 if data.starts_with(b"JFIF\0") => self.jfif(whole, data),
            0xe1 if data.starts_with(exif::HEAD) => self.exif(whole, data),
            0xe1 if data.starts_with(XMP) => self.metadata.xmp(data),
            0xe2 if data.starts_with(ICC) => self.pieces.keep(whole),
            0xed if data.starts_with(PHOTOSHOP) => {
                self.metadata.has_place |= exif::iptc_has_place(&data[PHOTOSHOP.len()..]);
            }
            // Which colours the numbers mean.
            0xee if data.starts_with(b"Adobe") && data.len() >= 12 => {
                self.put(whole, code, &data[..12]);
            }
            // Of programs, remarks, and what no program writes.
            0xe0..=0xfe => {}
            _ => return Err(Fault::Damaged),
        }
        Ok(())
    }

    /// The resolution stays, a small copy of the picture does not.
    fn jfif(&mut self, whole: Range<usize>, data: &[u8]) {
        if let Some(head) = data.get(..12) {
            let without_copy = [head, &[0, 0]].concat();
            self.put(whole, 0xe0, &without_copy);
        }
    }

    fn exif(&mut self, whole: Range<usize>, data: &[u8]) {
        let is_known = self.metadata.orientation.is_some();
        self.metadata.exif(data);
        if let Some(orientation) = self.metadata.orientation.filter(|_| !is_known) {
            self.put(whole, 0xe1, &[exif::HEAD, &exif::only(orientation)].concat());
        }
    }

    fn put(&mut self, whole: Range<usize>, code: u8, data: &[u8]) {
        let length = u16::try_from(data.len() + 2).expect("what is put is short");
        self.pieces.put(whole, &[&[0xff, code], &length.to_be_bytes()[..], data].concat());
    }
}
