//! Which files beside an entry are published, and in which bytes.
//!
//! Whoever may write an entry may lay files beside it, and a link publishes them under the site's own
//! address. So they must only hold something: a file that can do something, in a browser, on a server
//! or when it is opened, has no place there. A list says what is published, not what is not. Only
//! `content/static/` is published as it is; it is the admins' own.

use std::borrow::Cow;

use super::file_names::STATIC;
use super::picture;
use super::svg::{self, Finding};
use crate::diagnostic::Code;

/// Why a file is not published from where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of problem.
    pub code: Code,
    /// What is wrong, to follow the name of the file.
    pub what: String,
    /// What its author can do.
    pub hint: String,
}

/// What kind of thing a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Pixels, with what the camera adds.
    Picture,
    /// A drawing, which could do more than be seen.
    Drawing,
    /// Anything else that is only shown, played or kept.
    Passive,
}

/// Every type of file that is published from beside entries, and why it can be.
const SORTS: &[(Sort, &str, &str)] = &[
    (
        Sort::Picture,
        "jpg jpeg png webp gif avif",
        "pictures; what else is in them is taken out. An AVIF has to come without that",
    ),
    (
        Sort::Drawing,
        "svg",
        "drawings, if they do nothing but draw: no scripts, no links to elsewhere",
    ),
    (Sort::Passive, "pdf", "browsers show it apart from the site"),
    (Sort::Passive, "mp3 ogg oga opus m4a aac flac wav", "sound"),
    (Sort::Passive, "mp4 m4v webm ogv mov vtt srt", "films and their subtitles"),
    (
        Sort::Passive,
        "txt csv tsv json geojson ndjson jsonl ics vcf bib",
        "text and data without a program in it",
    ),
    (Sort::Passive, "odt ods odp odg docx xlsx pptx rtf", "office formats that are not for macros"),
    (Sort::Passive, "epub mobi azw3", "books"),
    (Sort::Passive, "zip tar gz tgz bz2 xz zst 7z", "archives, which browsers save and never open"),
    (
        Sort::Passive,
        "stl 3mf step stp dxf gpkg sqlite parquet",
        "designs and data for other programs",
    ),
];

/// Parts of a name by which servers run a file, wherever in the name they stand: Apache looks at all
/// of them. Those that need a file to be executable are not here, since ours never are.
const RUN_BY_SERVERS: &str =
    "html htm xhtml shtml shtm stm cgi fcgi asis var asp aspx jsp jspx cfm htaccess";

/// The same, with whatever follows, such as `php8`.
const RUN_BY_SERVERS_FAMILIES: [&str; 3] = ["php", "phtml", "phar"];

/// What else is known to run somewhere, for a message that says so.
const RUN_ELSEWHERE: &str = "xht js mjs cjs ts wasm xml xsl xslt rdf rss atom gpx kml css hta jar swf \
    pl py rb lua sh bash bat cmd exe com msi ps1 vbs apk app dmg deb rpm";

/// Types that people have for good reasons, with what to do instead.
const INSTEAD: &[(Code, &str, &str, &str)] = &[
    (
        Code::BadPicture,
        "heic heif tif tiff bmp jp2 jxl psd raw dng",
        "few browsers show it",
        "save it as a JPEG or PNG",
    ),
    (
        Code::ActiveFile,
        "doc xls ppt docm xlsm pptm dot dotm xlsb",
        "it can hold macros",
        "save it as .odt, .docx or .pdf",
    ),
    (Code::ActiveFile, "ps eps", "it is a program", "save it as .pdf"),
    (Code::ActiveFile, "svgz", "it is packed", "save it as plain .svg"),
];

/// The types of file that are published from beside entries, in groups, and why they are.
pub fn types() -> impl Iterator<Item = (&'static str, &'static str)> {
    SORTS.iter().map(|(_, types, why)| (*types, *why))
}

/// Whether a file is published from beside entries, and not from `content/static/`.
pub fn is_beside_entries(path: &str) -> bool {
    !path.starts_with(STATIC)
}

/// Whether the bytes of a file decide if and how it is published, or how large its picture is.
pub fn is_looked_into(path: &str) -> bool {
    match sort(path) {
        Ok(Sort::Picture) => true,
        Ok(Sort::Drawing) => is_beside_entries(path),
        Ok(Sort::Passive) => false,
        Err(_) => !is_beside_entries(path) && has(WITH_PLACES, last(path).as_str()),
    }
}

/// Whether a file can be published from beside an entry, as far as its name tells.
///
/// # Errors
/// When it cannot.
pub fn check_name(path: &str) -> Result<(), Fault> {
    sort(path).map(|_| ())
}

/// Whether a picture says where it was taken, and why a file cannot be published from beside an entry.
pub fn look_into(path: &str, bytes: &[u8]) -> (bool, Option<Fault>) {
    match sort(path) {
        Ok(Sort::Picture) => match picture::walk(bytes) {
            Ok(picture) => (picture.has_place, None),
            Err(fault) => (picture::has_place(bytes), Some(picture_fault(path, fault))),
        },
        Ok(Sort::Drawing) => (false, svg::check(bytes).err().map(drawing_fault)),
        Ok(Sort::Passive) => (false, None),
        Err(fault) => (picture::has_place(bytes), Some(fault)),
    }
}

/// What is published of a file beside an entry: a picture or a drawing without what it says of its making,
/// everything else as it is.
///
/// # Errors
/// When nothing is.
pub fn published<'a>(path: &str, bytes: &'a [u8]) -> Result<Cow<'a, [u8]>, Fault> {
    match sort(path)? {
        Sort::Passive => Ok(Cow::Borrowed(bytes)),
        Sort::Drawing => svg::drawn(bytes).map_err(drawing_fault),
        Sort::Picture => {
            let picture = picture::walk(bytes).map_err(|fault| picture_fault(path, fault))?;
            Ok(picture.into_bytes())
        }
    }
}

fn sort(path: &str) -> Result<Sort, Fault> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut parts = name.split('.');
    // What stands before the first dot says nothing of the type.
    parts.next();
    let Some(last) = parts.next_back() else {
        let what = "which is not published, since its name does not say of what type it is";
        let hint = "end its name in its type, such as `.txt` or `.pdf`";
        return Err(fault(Code::ActiveFile, what, hint));
    };
    if let Some((code, _, why, instead)) = INSTEAD.iter().find(|(_, types, ..)| has(types, last)) {
        let what = format!("which is not published, since {why}");
        return Err(fault(*code, &what, instead));
    }
    let Some((sort, ..)) = SORTS.iter().find(|(_, types, _)| has(types, last)) else {
        let runs = is_run_by_servers(last) || has(RUN_ELSEWHERE, last);
        let what = match runs {
            true => format!("since a `.{last}` can run, in browsers or on the server"),
            false => format!("since `.{last}` is not a type that is known only to hold something"),
        };
        return Err(fault(Code::ActiveFile, &format!("which is not published, {what}"), TRUST));
    };
    match parts.find(|part| is_run_by_servers(part)) {
        Some(part) => {
            let what = format!("since some servers run a file with `.{part}` in its name");
            let hint = "give it a name with one dot only";
            Err(fault(Code::ActiveFile, &format!("which is not published, {what}"), hint))
        }
        None => Ok(*sort),
    }
}

/// Pictures that are published only by admins, and say where they were taken.
const WITH_PLACES: &str = "heic heif tif tiff";

/// Whether a text is the name of a picture or a drawing.
pub fn is_picture(name: &str) -> bool {
    let is_drawn = |sort: &Sort| matches!(sort, Sort::Picture | Sort::Drawing);
    name.contains('.')
        && SORTS.iter().any(|(sort, types, _)| is_drawn(sort) && has(types, &last(name)))
}

fn last(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}

const TRUST: &str = "remove the link, or save it as a PDF or a text; an admin who has read it and trusts it can put it into content/static/";

fn has(types: &str, wanted: &str) -> bool {
    types.split_ascii_whitespace().any(|it| it == wanted)
}

fn is_run_by_servers(part: &str) -> bool {
    let is_of_a_family = || RUN_BY_SERVERS_FAMILIES.iter().any(|family| part.starts_with(family));
    has(RUN_BY_SERVERS, part) || is_of_a_family()
}

fn fault(code: Code, what: &str, hint: &str) -> Fault {
    Fault { code, what: what.to_owned(), hint: hint.to_owned() }
}

fn picture_fault(path: &str, of: picture::Fault) -> Fault {
    let (what, hint) = match of {
        picture::Fault::NoPicture => {
            let format = match last(path) {
                jpeg if jpeg.starts_with('j') => "JPEG".to_owned(),
                webp if webp == "webp" => "WebP".to_owned(),
                other => other.to_ascii_uppercase(),
            };
            let what = format!("which is not a {format}, nor another picture");
            return fault(Code::BadPicture, &what, "open it, and save it again as a picture");
        }
        picture::Fault::Damaged => {
            ("which breaks off or is damaged", "open it, and save it again as a picture")
        }
        picture::Fault::Talkative => (
            "which says more than it shows, and that cannot be taken out of an AVIF",
            "save it without metadata, or as a JPEG",
        ),
    };
    fault(Code::BadPicture, what, hint)
}

fn drawing_fault(finding: Finding) -> Fault {
    match finding {
        Finding::Unreadable => {
            let hint = "open it in a drawing program, and save it as plain SVG";
            fault(Code::BadPicture, "which is not an SVG, or is damaged", hint)
        }
        Finding::Active(what) => {
            let what = format!("which is not published, since it has {what}");
            let hint = "save it as plain SVG; an admin who has read it and trusts it can put it into content/static/";
            fault(Code::ActiveFile, &what, hint)
        }
        Finding::Place => {
            let hint = "take the place out of that picture before you put it into the SVG";
            fault(Code::BadPicture, "in which a picture says where it was taken", hint)
        }
    }
}
