//! What Exif, XMP and IPTC say of a place, and which way is up.

use ::exif::{In, Reader, Tag};
use memchr::memmem;

use super::numbers::{be16, be32};

/// What is asked of Exif.
#[derive(Default)]
pub(super) struct Exif {
    /// How the picture is turned or mirrored, from 2 to 8; 1 is not worth a word.
    pub(super) orientation: Option<u8>,
    pub(super) has_place: bool,
}

/// Latitude and longitude, the same of what the camera was pointed at, and a name.
const PLACES: [Tag; 5] = [
    Tag::GPSLatitude,
    Tag::GPSLongitude,
    Tag::GPSDestLatitude,
    Tag::GPSDestLongitude,
    Tag::GPSAreaInformation,
];

/// Before Exif in a JPEG, and by mistake in other pictures.
pub(super) const HEAD: &[u8] = b"Exif\0\0";

/// Reads Exif, with or without its head. Where it is damaged, what can be read counts.
pub(super) fn read(exif: &[u8]) -> Exif {
    let tiff = exif.strip_prefix(HEAD).unwrap_or(exif).to_vec();
    let read = Reader::new().continue_on_error(true).read_raw(tiff);
    let Ok(read) = read.or_else(|error| error.distill_partial_result(|_| {})) else {
        return Exif::default();
    };
    let turned = read.get_field(Tag::Orientation, In::PRIMARY);
    let turned = turned.and_then(|field| field.value.get_uint(0));
    Exif {
        orientation: turned.and_then(|turned| u8::try_from(turned).ok()).filter(is_turned),
        has_place: read.fields().any(|field| PLACES.contains(&field.tag)),
    }
}

fn is_turned(orientation: &u8) -> bool {
    (2..=8).contains(orientation)
}

/// Exif that says nothing but which way is up.
pub(super) fn only(orientation: u8) -> [u8; 26] {
    let mut exif = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
    exif[19] = orientation;
    exif
}

/// Whether XMP names a place. Its names are looked for in the text: whoever wants to hide a place
/// from this warning only spares themselves a warning.
pub(super) fn xmp_has_place(xmp: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"GPSLatitude",
        b"GPSLongitude",
        b"photoshop:City",
        b"photoshop:State",
        b"photoshop:Country",
        b"Iptc4xmpCore:Location",
        b"Iptc4xmpExt:LocationCreated",
        b"Iptc4xmpExt:LocationShown",
        b"Iptc4xmpExt:City",
    ];
    NAMES.iter().any(|name| memmem::find(xmp, name).is_some())
}

/// Whether IPTC, as Photoshop keeps it, names a place.
pub(super) fn iptc_has_place(photoshop: &[u8]) -> bool {
    const IPTC: u16 = 0x0404;
    let mut at = 0;
    while let Some(Resource { id, data, end }) = resource(photoshop, at) {
        if id == IPTC && datasets_have_place(data) {
            return true;
        }
        at = end;
    }
    false
}

/// A resource of Photoshop.
struct Resource<'a> {
    id: u16,
    data: &'a [u8],
    /// Where the next one begins.
    end: usize,
}

/// The resource at a place.
fn resource(photoshop: &[u8], at: usize) -> Option<Resource<'_>> {
    let resource = photoshop.get(at..)?.strip_prefix(b"8BIM")?;
    let name = 1 + usize::from(*resource.get(2)?);
    let size_at = 2 + name.next_multiple_of(2);
    let size = be32(resource, size_at)? as usize;
    let data = resource.get(size_at + 4..)?.get(..size)?;
    let end = at + 4 + size_at + 4 + size.next_multiple_of(2);
    Some(Resource { id: be16(resource, 0)?, data, end })
}

fn datasets_have_place(mut iptc: &[u8]) -> bool {
    // The name of a place, its city, the part of it, its province, its country.
    const PLACES: [u8; 6] = [26, 27, 90, 92, 95, 101];
    while let [0x1c, record, number, high, low, rest @ ..] = iptc {
        let size = usize::from(u16::from_be_bytes([*high, *low]));
        if *record == 2 && PLACES.contains(number) && size > 0 {
            return true;
        }
        iptc = rest.get(size..).unwrap_or_default();
    }
    false
}

/// Whether Exif with a place stands anywhere in a file whose parts are not known; a TIFF begins with it.
pub(super) fn is_somewhere_with_place(bytes: &[u8]) -> bool {
    // Each is followed, so a file made of nothing else must not take for ever.
    const MOST: usize = 16;
    const LONGEST: usize = 1 << 20;
    let is_place = |at: usize| {
        let rest = &bytes[at..];
        read(rest.get(..LONGEST).unwrap_or(rest)).has_place
    };
    read(bytes).has_place
        || memmem::find_iter(bytes, HEAD).take(MOST).any(is_place)
        || xmp_has_place(bytes)
}
