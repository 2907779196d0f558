//! Tests of the walks through pictures.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

/// Exif in the order of bytes of most cameras: which way is up, the maker, and a place.
fn exif_with_place(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let parts = [&tag.to_le_bytes()[..], &kind.to_le_bytes()];
        [parts.concat(), count.to_le_bytes().to_vec(), value.to_le_bytes().to_vec()].concat()
    };
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(entry(0x010f, 2, 9, 50));
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, 60));
    tiff.extend([0; 4]);
    tiff.extend(b"Ana Sousa\0");
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, u32::from(b'N')));
    tiff.extend(entry(2, 5, 3, 90));
    tiff.extend([0; 4]);
    tiff.extend([41, 0, 0, 0, 1, 0, 0, 0].repeat(3));
    tiff
}

const XMP_WITH_PLACE: &[u8] = b"<x exif:GPSLatitude='41,9N' dc:creator='Ana Sousa'/>";

fn segment(code: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("it fits");
    [&[0xff, code], &length.to_be_bytes()[..], data].concat()
}

fn jfif() -> Vec<u8> {
    segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
}

/// A frame of three by two pixels and a scan with a stuffed byte and a mark in it.
fn pixels() -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
    [frame, segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xff, 0, 0xff, 0xd0, 0x34]].concat()
}

fn jpeg(parts: &[Vec<u8>]) -> Vec<u8> {
    [&[0xff, 0xd8][..], &parts.concat(), &[0xff, 0xd9]].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("it fits");
    [&length.to_be_bytes()[..], kind, data, &[1, 2, 3, 4]].concat()
}

fn png(parts: &[Vec<u8>]) -> Vec<u8> {
    let head = chunk(b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
    let all = [head, parts.concat(), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")].concat();
    [b"\x89PNG\r\n\x1a\n", &all[..]].concat()
}

fn riff(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).expect("it fits");
    [kind, &size.to_le_bytes()[..], data, &[0][..data.len() % 2]].concat()
}

fn webp(parts: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP", &parts.concat()[..]].concat();
    riff(b"RIFF", &body)
}

fn gif(parts: &[&[u8]]) -> Vec<u8> {
    let image = b"\x2c\0\0\0\0\x03\0\x02\0\0\x02\x01\x44\0";
    [b"GIF89a\x03\0\x02\0\x80\0\0\0\0\0\xff\xff\xff", &parts.concat()[..], image, b";"].concat()
}

fn part(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len() + 8).expect("it fits");
    [&size.to_be_bytes()[..], kind, data].concat()
}

fn avif(parts: &[Vec<u8>]) -> Vec<u8> {
    [part(b"ftyp", b"avif\0\0\0\0mif1"), parts.concat(), part(b"mdat", b"pixels")].concat()
}

#[track_caller]
fn cleaned(bytes: &[u8]) -> Vec<u8> {
    let cleaned = walk(bytes).expect("it is a picture").into_bytes().into_owned();
    let again = walk(&cleaned).expect("it still is one").into_bytes();
    assert!(matches!(again, Cow::Borrowed(same) if same == cleaned), "a second time changes it");
    cleaned
}

#[track_caller]
fn is_kept(bytes: &[u8]) {
    let picture = walk(bytes).expect("it is a picture");
    assert!(!picture.has_place);
    assert!(matches!(picture.into_bytes(), Cow::Borrowed(same) if same == bytes));
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(bytes, words).is_some()
}

#[test]
fn a_picture_that_only_shows_something_keeps_its_bytes() {
    let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\x01");
    is_kept(&jpeg(&[jfif(), icc, adobe, vec![0xff, 0xff], pixels(), pixels()]));
    is_kept(&png(&[chunk(b"iCCP", b"sRGB\0\0..."), chunk(b"tRNS", b"\0"), chunk(b"acTL", b"")]));
    is_kept(&webp(&[riff(b"VP8 ", b"pixels!")]));
    is_kept(&webp(&[riff(b"VP8X", &[0x20; 10]), riff(b"ICCP", b"."), riff(b"VP8L", b"..")]));
    is_kept(&gif(&[b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", b"\x21\xf9\x04\0\0\0\0\0"]));
    is_kept(&avif(&[part(b"meta", b"hdlr pict"), part(b"free", &[0; 3])]));
}

#[test]
fn a_jpeg_keeps_nothing_but_pixels_colours_and_which_way_is_up() {
    let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    let talk = jpeg(&[
        segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01RGB of Ana Sousa"),
        segment(0xe0, b"JFXX\0 Ana Sousa"),
        segment(0xe1, &[exif::HEAD, &exif_with_place(6)].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0 Ana Sousa"),
        icc.clone(),
        segment(0xe2, b"MPF\0 Ana Sousa"),
        segment(0xed, b"Photoshop 3.0\0 Ana Sousa"),
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01 Ana Sousa"),
        segment(0xfe, b"Ana Sousa"),
        b"Ana Sousa".to_vec(),
        pixels(),
        segment(0xfe, b"Ana Sousa"),
        pixels(),
    ]);
    let talk = [talk, jpeg(&[segment(0xe1, b"Ana Sousa")])].concat();
    assert!(walk(&talk).expect("it is a picture").has_place);
    let expected = jpeg(&[
        jfif(),
        segment(0xe1, &[exif::HEAD, &exif::only(6)].concat()),
        icc,
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        pixels(),
        pixels(),
    ]);
    assert_eq!(cleaned(&talk), expected);
    assert_eq!(exif::read(&exif::only(6)).orientation, Some(6));
    let upright = jpeg(&[segment(0xe1, &[exif::HEAD, &exif_with_place(1)].concat()), pixels()]);
    assert_eq!(cleaned(&upright), jpeg(&[pixels()]), "nothing has to be said of which way is up");
}

#[test]
fn a_png_keeps_nothing_but_pixels_colours_and_which_way_is_up() {
    let icc = chunk(b"iCCP", b"sRGB\0\0...");
    let talk = png(&[
        icc.clone(),
        chunk(b"tEXt", b"Author\0Ana Sousa"),
        chunk(b"zTXt", b"Author\0Ana Sousa"),
        chunk(b"iTXt", XMP_WITH_PLACE),
        chunk(b"tIME", b"Ana Sousa"),
        chunk(b"eXIf", &exif_with_place(8)),
        chunk(b"prVt", b"Ana Sousa"),
    ]);
    let talk = [&talk, &b"Ana Sousa"[..]].concat();
    assert!(walk(&talk).expect("it is a picture").has_place);
    let mut turned = chunk(b"eXIf", &exif::only(8));
    turned.truncate(turned.len() - 4);
    // The checksum, by another program.
    turned.extend(0x8658_3034_u32.to_be_bytes());
    assert_eq!(cleaned(&talk), png(&[icc, turned]));
}

#[test]
fn a_webp_keeps_nothing_but_pixels_colours_and_which_way_is_up() {
    let head = |flags: u8| riff(b"VP8X", &[flags, 0, 0, 0, 2, 0, 0, 1, 0, 0]);
    let (icc, image) = (riff(b"ICCP", b"profile"), riff(b"VP8 ", b"pixels"));
    let exif = |exif: &[u8]| riff(b"EXIF", exif);
    let talk = |orientation| {
        let others = [riff(b"XMP ", XMP_WITH_PLACE), riff(b"Ana ", b"Ana Sousa")].concat();
        let parts = [head(0x2c), icc.clone(), image.clone(), exif(&exif_with_place(orientation))];
        [webp(&[parts.concat(), others]), b"Ana Sousa".to_vec()].concat()
    };
    assert!(walk(&talk(3)).expect("it is a picture").has_place);
    let turned = webp(&[head(0x28), icc.clone(), image.clone(), exif(&exif::only(3))]);
    assert_eq!(cleaned(&talk(3)), turned);
    assert_eq!(cleaned(&talk(1)), webp(&[head(0x20), icc.clone(), image.clone()]));
    let frame = |more: &[u8]| riff(b"ANMF", &[&[0; 16], &riff(b"VP8L", b"odd")[..], more].concat());
    let animation = |frame| webp(&[head(2), riff(b"ANIM", b"......"), frame]);
    let hidden = animation(frame(&riff(b"Ana ", b"Ana Sousa")));
    assert_eq!(cleaned(&hidden), animation(frame(b"")));
}

#[test]
fn a_gif_loses_its_remarks() {
    let repeats: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let remark = b"\x21\xfe\x09Ana Sousa\0";
    let xmp = b"\x21\xff\x0bXMP DataXMP\x14GPSLatitude=41 Sousa\0";
    let talk = [gif(&[repeats, remark, xmp]), b"Ana Sousa".to_vec()].concat();
    assert!(walk(&talk).expect("it is a picture").has_place);
    assert_eq!(cleaned(&talk), gif(&[repeats]));
}

#[test]
fn an_avif_that_says_more_than_it_shows_is_refused() {
    let exif = part(b"mdat", &[b"Exif\0\0", &exif_with_place(1)[..]].concat());
    for parts in [part(b"meta", b"infe Exif"), part(b"uuid", b"."), part(b"free", b"Ana")] {
        let talk = avif(&[exif.clone(), parts]);
        assert_eq!(walk(&talk).map(|_| ()), Err(Fault::Talkative));
        assert!(has_place(&talk));
    }
}

#[test]
fn what_is_no_picture_or_breaks_off_is_a_fault() {
    let fault = |bytes: &[u8]| walk(bytes).map(|_| ()).expect_err("it is no picture");
    let heic = part(b"ftyp", b"heic\0\0\0\0mif1");
    for nothing in [&b""[..], b"<html>", b"\x89PNX", b"RIFF\0\0\0\0WAVE", &heic] {
        assert_eq!(fault(nothing), Fault::NoPicture, "{nothing:?}");
    }
    let whole = [
        jpeg(&[jfif(), pixels()]),
        png(&[]),
        webp(&[riff(b"VP8 ", b"pixels")]),
        avif(&[part(b"meta", b"pict")]),
    ];
    for whole in whole {
        is_kept(&whole);
        for end in 16..whole.len() {
            assert_ne!(fault(&whole[..end]), Fault::Talkative, "{end} of {}", whole.len());
        }
    }
    assert_eq!(fault(&jpeg(&[jfif()])), Fault::Damaged);
    assert_eq!(fault(&png(&[chunk(b"CgBI", b"")])), Fault::Damaged);
    assert_eq!(fault(&webp(&[riff(b"VP8X", b"..........")])), Fault::Damaged);
    assert_eq!(fault(b"GIF89a\x03\0\x02\0\0\0\0;"), Fault::Damaged);
}

#[test]
fn places_are_found_where_programs_write_them() {
    let photoshop = |id: &[u8], data: &[u8]| {
        let size = u32::try_from(data.len()).expect("it fits");
        [b"8BIM", id, b"\x03odd", &size.to_be_bytes()[..], data, &[0][..data.len() % 2]].concat()
    };
    let city = b"\x1c\x02\x5a\0\x05Porto";
    let caption = b"\x1c\x02\x78\0\x06\x1c\x02\x5a\0\x05P";
    let first = photoshop(&[4, 0x0c], city);
    assert!(exif::iptc_has_place(&[first.clone(), photoshop(&[4, 4], city)].concat()));
    assert!(!exif::iptc_has_place(&[first, photoshop(&[4, 4], caption)].concat()));
    assert!(!exif::iptc_has_place(b"8BIM"));
    assert!(exif::xmp_has_place(XMP_WITH_PLACE));
    assert!(!exif::xmp_has_place(b"<x dc:creator='Ana'/>"));
    let mut without = exif_with_place(6);
    without.truncate(60);
    let read = exif::read(&without);
    assert!(!read.has_place, "there is a pointer to a place, but no place");
    assert_eq!(read.orientation, Some(6), "what can be read counts");
}

/// Pictures with something of everything in them.
fn samples() -> Vec<Vec<u8>> {
    let exif = exif_with_place(6);
    let frame = [&[0; 16], &riff(b"VP8L", b"odd")[..], &riff(b"Ana ", b".")].concat();
    vec![
        jpeg(&[jfif(), segment(0xe1, &[exif::HEAD, &exif].concat()), pixels(), pixels()]),
        jpeg(&[
            segment(0xed, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x05\x1c\x02\x5a\0\0"),
            pixels(),
        ]),
        png(&[chunk(b"eXIf", &exif), chunk(b"iTXt", XMP_WITH_PLACE)]),
        webp(&[riff(b"VP8X", &[0x2c; 10]), riff(b"VP8 ", b".."), riff(b"EXIF", &exif)]),
        webp(&[riff(b"VP8X", &[2; 10]), riff(b"ANMF", &frame)]),
        gif(&[b"\x21\xfe\x01.\0", b"\x21\xff\x0bXMP DataXMP\x01.\0"]),
        avif(&[part(b"meta", b"pict"), part(b"moov", b"trak")]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_walk_panic(
        sample in 0..7_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = samples().swap_remove(sample);
        let is_as_made = changes.is_empty();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
        let _ = has_place(&bytes);
        let _ = imagesize::blob_size(&bytes);
        if let Ok(picture) = walk(&bytes) {
            let cleaned = picture.into_bytes();
            prop_assert!(cleaned.len() <= bytes.len());
            let again = walk(&cleaned).expect("what is published is a picture");
            prop_assert!(!again.has_place);
            prop_assert_eq!(&*again.into_bytes(), &*cleaned);
            // With another length, pixels can hold what was said; who looks at them sees it as pixels.
            prop_assert!(!is_as_made || !holds(&cleaned, b"Ana Sousa"));
        }
    }
}

#[test]
fn a_picture_of_nothing_but_parts_takes_little_memory() {
    let parts = [chunk(b"tEXt", b""), chunk(b"IDAT", b"")].concat().repeat(200_000);
    assert_eq!(walk(&png(&[parts])).map(|_| ()), Err(Fault::Damaged));
    let parts = riff(b"Ana ", b"").repeat(200_000);
    assert_eq!(walk(&webp(&[parts])).map(|_| ()), Err(Fault::Damaged));
}
