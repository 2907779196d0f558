//! Files beside entries: which are published, and in which bytes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use super::site::{Folder, check, pixel};

const PAGE: &str = "content/pages/p.md";

/// A site with one page, which has this text.
fn site(body: &str) -> Folder {
    Folder::new(&[("site.yaml", "title: T\n"), (PAGE, &format!("---\ntitle: P\n---\n{body}\n"))])
}

/// What `check` says of a file of this name with these bytes, to which the page links.
#[track_caller]
fn says(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    let folder = site(&format!("[x]({name})"));
    folder.write(&format!("content/pages/{name}"), bytes);
    let run = folder.ayni(&["check"]);
    // Its name alone can be worth a warning, which stands before.
    let error = run.stderr.split("\n\n").find(|it| it.starts_with("error: ")).unwrap_or_default();
    let first = error.lines().next().unwrap_or_default();
    let hint = error.lines().find(|line| line.starts_with("hint: ")).unwrap_or_default();
    assert_eq!(format!("{first}\n{hint}"), expected);
    assert!(run.stderr.contains(&format!("{PAGE}:4:1\n")), "{}", run.stderr);
    assert_eq!(run.code, Some(1));
}

#[track_caller]
fn is_published(name: &str, bytes: impl AsRef<[u8]>) {
    let folder = site(&format!("[x]({name})"));
    folder.write(&format!("content/pages/{name}"), bytes);
    let run = folder.ayni(&["build"]);
    assert_eq!((run.code, run.stderr.contains("warning")), (Some(0), false), "{}", run.stderr);
    assert!(folder.path(&format!("public/pages/{name}")).is_file(), "{name}");
}

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h3'/></svg>";
const EVIL_SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script href='evil.js'/></svg>";

#[test]
fn what_could_run_is_not_published_from_beside_an_entry() {
    let files = [
        ("content/pages/evil.html", "<script src='evil.js'></script>"),
        ("content/pages/evil.js", "alert(1)"),
        ("content/pages/evil.svg", EVIL_SVG),
        ("content/pages/p.es.md", "---\ntitle: P\n---\n[x](evil.js)\n"),
    ];
    let folder = site("[x](evil.html) and ![y](evil.svg)");
    files.iter().for_each(|(path, text)| folder.write(path, text));
    folder.write("site.yaml", "title: T\nlanguages: [en, es]\n");
    folder.write("content/pages/q.md", "---\ntitle: Q\nimage: {src: EVIL.HTM}\n---\n");
    folder.write("content/pages/EVIL.HTM", "");
    let run = folder.ayni(&["build"]);
    let expected = "\
error: the translation of page `p` links to `evil.js`, which is not published, since a `.js` can run, in browsers or on the server
 --> content/pages/p.es.md:4:1
  |
4 | [x](evil.js)
  | ^^^^^^^^^^^^
hint: remove the link, or save it as a PDF or a text; an admin who has read it and trusts it can put it into content/static/ [active-file]

error: page `p` links to `evil.html`, which is not published, since a `.html` can run, in browsers or on the server
 --> content/pages/p.md:4:1
  |
4 | [x](evil.html) and ![y](evil.svg)
  | ^^^^^^^^^^^^^^
hint: remove the link, or save it as a PDF or a text; an admin who has read it and trusts it can put it into content/static/ [active-file]

error: page `p` links to `evil.svg`, which is not published, since it has the element `script`
 --> content/pages/p.md:4:20
  |
4 | [x](evil.html) and ![y](evil.svg)
  |                    ^^^^^^^^^^^^^^
hint: save it as plain SVG; an admin who has read it and trusts it can put it into content/static/ [active-file]

error: page `q` has the image `EVIL.HTM`, which is not published, since a `.htm` can run, in browsers or on the server
 --> content/pages/q.md:3:14
  |
3 | image: {src: EVIL.HTM}
  |              ^^^^^^^^
hint: remove the link, or save it as a PDF or a text; an admin who has read it and trusts it can put it into content/static/ [active-file]

4 errors
nothing was written: correct the errors and build again
";
    check(&run, 1, "", expected);
    let run = folder.ayni(&["build", "--quarantine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let built = folder.files("public");
    assert!(!built.keys().any(|path| path.to_lowercase().contains("evil")));
    assert!(built.contains_key("index.html") && !built.contains_key("pages/p/index.html"));
}

#[test]
fn only_listed_types_are_published_whatever_the_case_and_the_middle_of_a_name() {
    let trust = "hint: remove the link, or save it as a PDF or a text; an admin who has read it and trusts it can put it into content/static/";
    let says_what = |name: &str, what: &str, hint: &str| {
        let message =
            format!("error: page `p` links to `{name}`, which is not published, since {what}");
        says(name, "<html>", &format!("{message}\n{hint} [active-file]"));
    };
    says_what("x.PHP", "a `.php` can run, in browsers or on the server", trust);
    says_what("x.php8", "a `.php8` can run, in browsers or on the server", trust);
    says_what("x.gpx", "a `.gpx` can run, in browsers or on the server", trust);
    says_what("x.abc", "`.abc` is not a type that is known only to hold something", trust);
    says_what("x.html.", "`.` is not a type that is known only to hold something", trust);
    says_what(
        "x",
        "its name does not say of what type it is",
        "hint: end its name in its type, such as `.txt` or `.pdf`",
    );
    let heic =
        "error: page `p` links to `x.heic`, which is not published, since few browsers show it";
    says("x.heic", "", &format!("{heic}\nhint: save it as a JPEG or PNG [bad-picture]"));
    says_what("x.docm", "it can hold macros", "hint: save it as .odt, .docx or .pdf");
    let dots = "hint: give it a name with one dot only";
    says_what("x.php.jpg", "some servers run a file with `.php` in its name", dots);
    says_what("x.Shtml.txt", "some servers run a file with `.shtml` in its name", dots);
    is_published("minutes.2026-11.v2.PDF", "%PDF");
    is_published("html.txt", "<script>alert(1)</script>");
    is_published("x.tar.gz", "");
    is_published("x.SVG", SVG);
}

#[test]
fn a_picture_is_what_its_name_says() {
    let again = "hint: open it, and save it again as a picture [bad-picture]";
    let message =
        |name: &str, what: &str| format!("error: page `p` links to `{name}`, which {what}");
    let html = "<script>alert(1)</script>";
    for (name, format) in
        [("x.png", "PNG"), ("x.JPG", "JPEG"), ("x.webp", "WebP"), ("x.gif", "GIF")]
    {
        let what = format!("is not a {format}, nor another picture");
        says(name, html, &format!("{}\n{again}", message(name, &what)));
    }
    let cut = &jpeg(6)[..60];
    says("x.jpg", cut, &format!("{}\n{again}", message("x.jpg", "breaks off or is damaged")));
    let drawing = "hint: open it in a drawing program, and save it as plain SVG [bad-picture]";
    says(
        "x.svg",
        html,
        &format!("{}\n{drawing}", message("x.svg", "is not an SVG, or is damaged")),
    );
    let talk = b"\0\0\0\x0cftypavif\0\0\0\x10meta....Exif\0\0\0\x08mdat";
    let message =
        message("x.avif", "says more than it shows, and that cannot be taken out of an AVIF");
    says(
        "x.avif",
        talk,
        &format!("{message}\nhint: save it without metadata, or as a JPEG [bad-picture]"),
    );
    let folder = site("");
    folder.write(PAGE, "---\ntitle: P\nimage: {src: x.png}\n---\n");
    folder.write("content/pages/x.png", html);
    let expected = "\
error: page `p` has the image `x.png`, which is not a PNG, nor another picture
 --> content/pages/p.md:3:14
  |
3 | image: {src: x.png}
  |              ^^^^^
hint: open it, and save it again as a picture [bad-picture]

1 error
";
    check(&folder.ayni(&["check"]), 1, "", expected);
}

#[test]
fn the_folder_of_the_admins_is_published_as_it_is() {
    let folder = site("[x](/evil.html) [y](../static/evil.js) ![z](/evil.svg) ![a](/a.png)");
    let files = [
        ("evil.html", "<script src='evil.js'></script>"),
        ("evil.js", "alert(1)"),
        ("evil.svg", EVIL_SVG),
        ("x.php", "<?php"),
        ("a.png", "no picture"),
    ];
    files.iter().for_each(|(name, text)| folder.write(&format!("content/static/{name}"), text));
    folder.write("content/static/a.jpg", jpeg(6));
    folder.write("content/static/b.TIFF", exif(1));
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (name, text) in files {
        assert_eq!(folder.read(&format!("public/{name}")), text);
    }
    assert_eq!(folder.files("public")["a.jpg"], jpeg(6));
    let warning = "\
warning: the picture `content/static/a.jpg` says where it was taken, and is published with that, as it lies in content/static/
  --> content/static/a.jpg
hint: save it without that, or put it beside an entry, where Ayni leaves that out [picture-place]
";
    assert!(run.stderr.starts_with(warning), "{}", run.stderr);
    assert!(run.stderr.contains("`content/static/b.TIFF` says where it was taken"));
}

#[test]
fn what_nobody_links_to_is_neither_published_nor_a_problem() {
    let folder = site("Nothing.");
    folder.write("content/pages/evil.html", "<script>alert(1)</script>");
    folder.write("content/pages/home.jpg", jpeg(6));
    check(&folder.ayni(&["check"]), 0, "", "1 entry, no problems\n");
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let built = folder.files("public");
    assert!(!built.keys().any(|path| path.ends_with("evil.html") || path.ends_with("home.jpg")));
}

/// Exif with which way is up, the name of a maker, and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03\
        \x01\x0f\0\x02\0\0\0\x0a\0\0\0\x32\
        \x01\x12\0\x03\0\0\0\x01\0\x01\0\0\
        \x88\x25\0\x04\0\0\0\x01\0\0\0\x3c\0\0\0\0\
        Ana Sousa\0\
        \0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x5a\0\0\0\0"
        .to_vec();
    tiff[31] = orientation;
    tiff.extend([0, 0, 0, 41, 0, 0, 0, 1].repeat(3));
    tiff
}

/// What is left of it.
fn turned(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    exif[19] = orientation;
    exif
}

const ICC: &[u8] = b"ICC_PROFILE\0\x01\x01a profile of colours";

fn segment(code: u8, data: &[u8]) -> Vec<u8> {
    [&[0xff, code, 0, data.len() as u8 + 2], data].concat()
}

/// The rest of a JPEG of three by two pixels.
fn pixels() -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
    [frame, segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xff, 0, 0x34, 0xff, 0xd9]].concat()
}

fn jpeg(orientation: u8) -> Vec<u8> {
    let parts = [
        segment(0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x dc:creator='Ana Sousa'/>"),
        segment(0xe2, ICC),
        segment(0xed, b"Photoshop 3.0\0Ana Sousa"),
        segment(0xfe, b"Ana Sousa"),
        pixels(),
        b"\xff\xd8\xff\xe1 Ana Sousa".to_vec(),
    ];
    [&[0xff, 0xd8][..], &parts.concat()].concat()
}

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    [&[0, 0, 0, data.len() as u8], kind, data, &[0; 4]].concat()
}

const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\0\0\0\0\0\0\0\0";

fn png() -> Vec<u8> {
    let parts = [
        chunk(b"iCCP", b"p\0\0a profile"),
        chunk(b"tEXt", b"Author\0Ana Sousa"),
        chunk(b"eXIf", &exif(3)),
        chunk(b"IDAT", b"pixels"),
        chunk(b"tIME", b"Ana Sousa"),
        chunk(b"IEND", b""),
    ];
    [PNG_HEAD, &parts.concat(), b"Ana Sousa"].concat()
}

fn riff(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let filling = &[0][..data.len() % 2];
    [kind, &(data.len() as u32).to_le_bytes(), data, filling].concat()
}

fn webp() -> Vec<u8> {
    let parts = [
        riff(b"VP8X", &[0x2c, 0, 0, 0, 2, 0, 0, 1, 0, 0]),
        riff(b"ICCP", b"a profile"),
        riff(b"VP8 ", b"pixels"),
        riff(b"EXIF", &exif(8)),
        riff(b"XMP ", b"<x dc:creator='Ana Sousa'/>"),
    ];
    riff(b"RIFF", &[b"WEBP", &parts.concat()[..]].concat())
}

fn find(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// A page with pictures of all formats, in its text and as its image.
fn album() -> Folder {
    let body = "![A](a.jpg) ![B](b.png) ![C](c.webp) [again](a.jpg)";
    let folder = site("");
    folder.write(PAGE, format!("---\ntitle: P\nimage: {{src: d.jpeg}}\n---\n{body}\n"));
    let files = [("a.jpg", jpeg(6)), ("b.png", png()), ("c.webp", webp()), ("d.jpeg", jpeg(1))];
    files.iter().for_each(|(name, bytes)| folder.write(&format!("content/pages/{name}"), bytes));
    folder
}

#[test]
fn pictures_are_published_without_names_and_places() {
    let folder = album();
    let run = folder.ayni(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let built = folder.files("public");
    let published = |name: &str| built[&format!("pages/{name}")].clone();
    for name in ["a.jpg", "b.png", "c.webp", "d.jpeg"] {
        let bytes = published(name);
        assert!(!find(&bytes, b"Ana") && !find(&bytes, &[0x88, 0x25]), "{name}: {bytes:?}");
        assert!(find(&bytes, b"a profile"), "{name}");
        let size = imagesize::blob_size(&bytes).expect("it still is a picture");
        assert_eq!((size.width, size.height), (3, 2), "{name}");
    }
    let exif = segment(0xe1, &[b"Exif\0\0", &turned(6)[..]].concat());
    let colours = segment(0xe2, ICC);
    assert_eq!(published("a.jpg"), [&[0xff, 0xd8][..], &exif, &colours, &pixels()].concat());
    assert_eq!(published("d.jpeg"), [&[0xff, 0xd8][..], &colours, &pixels()].concat());
    assert!(find(&published("b.png"), &turned(3)) && find(&published("c.webp"), &turned(8)));
    let page = folder.read("public/pages/p/index.html");
    assert_eq!(page.matches(r#"width="3" height="2""#).count(), 4, "{page}");
    let run = folder.ayni(&["build", "--base-url", "https://other.example/"]);
    assert!(run.stderr.contains(" 0 removed"), "{}", run.stderr);
    assert_eq!(folder.files("public")["pages/a.jpg"], published("a.jpg"));
}

#[test]
fn a_place_in_a_picture_is_a_warning_once() {
    let run = album().ayni(&["check"]);
    let warning = |name: &str| {
        format!(
            "\
warning: the picture `content/pages/{name}` says where it was taken, which is left out of what is published
  --> content/pages/{name}
hint: whoever can open the repository still finds it: save the picture without it [picture-place]

"
        )
    };
    let all: String = ["a.jpg", "b.png", "c.webp", "d.jpeg"].map(warning).concat();
    check(&run, 0, "", &(all + "4 warnings\n"));
}

#[test]
fn a_picture_that_only_shows_something_keeps_its_bytes() {
    let bare = [PNG_HEAD, &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat();
    let folder = site("![A](a.png)");
    folder.write("content/pages/a.png", &bare);
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    assert_eq!(folder.files("public")["pages/a.png"], bare);
    folder.write("content/pages/a.png", [PNG_HEAD, b"cut"].concat());
    let run = folder.ayni(&["build"]);
    assert!(run.stderr.contains("`a.png`, which breaks off or is damaged"), "{}", run.stderr);
    assert_eq!(folder.files("public")["pages/a.png"], bare);
}

#[test]
fn a_picture_that_has_changed_is_looked_into_again() {
    let folder = album();
    let read = |earlier| ayni::edge::disk::read(&folder.path(""), earlier).expect("it is read");
    let first = read(None);
    assert!(first.assets["content/pages/a.jpg"].has_place);
    assert_eq!(read(Some(&first)).assets, first.assets);
    folder.write("content/pages/a.jpg", [&[0xff, 0xd8][..], &pixels()].concat());
    folder.write("content/pages/b.png", "<html>");
    let second = read(Some(&first));
    assert!(!second.assets["content/pages/a.jpg"].has_place);
    assert!(second.assets["content/pages/b.png"].fault.is_some());
    assert_eq!(read(None).assets, second.assets);
}

#[test]
fn the_preview_shows_what_is_published() {
    let folder = album();
    assert_eq!(folder.ayni(&["build"]).code, Some(0));
    let mut command = folder.command(&["serve", "--port", "0"]);
    let mut server =
        command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().expect("it can be started");
    let said = BufReader::new(server.stderr.take().expect("it is piped"));
    let address = said.lines().map_while(Result::ok).find_map(|line| {
        let address = line.split("http://").nth(1)?;
        Some(address.split('/').next()?.to_owned())
    });
    let address = address.expect("it says where");
    let mut found = Vec::new();
    for name in ["a.jpg", "b.png", "c.webp", "d.jpeg"] {
        let mut stream = TcpStream::connect(&address).expect("it answers");
        let request = format!("GET /pages/{name} HTTP/1.0\r\nHost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        found.push((name, answer));
    }
    server.kill().expect("it can be stopped");
    server.wait().expect("it stops");
    let built = folder.files("public");
    for (name, answer) in found {
        assert!(answer.ends_with(&built[&format!("pages/{name}")]), "{name}");
        assert!(!find(&answer, b"Ana"), "{name}");
    }
}

#[test]
fn the_handbook_lists_every_type_that_is_published_and_why() {
    let page = std::fs::read_to_string("content/pages/handbook/markdown.md").expect("it is there");
    let table = page.lines().skip_while(|line| *line != "| endings | why |").skip(2);
    let rows = table.take_while(|line| line.starts_with('|'));
    let listed: Vec<(String, &str)> = rows
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let mut cell = || cells.next().unwrap_or_default();
            (cell().replace('`', ""), cell())
        })
        .collect();
    let types = ayni::content::attachment::types();
    assert_eq!(listed, types.map(|(types, why)| (types.to_owned(), why)).collect::<Vec<_>>());
}

#[test]
fn a_large_picture_beside_an_entry_is_a_warning() {
    let folder = site("![An oven](oven.png)");
    let large = |bytes: usize| {
        let mut png = pixel();
        let note =
            [&(bytes as u32).to_be_bytes()[..], b"tEXt", &vec![b'a'; bytes], &[0; 4]].concat();
        let end = png.len() - 12;
        png.splice(end..end, note);
        png
    };
    folder.write("content/pages/oven.png", large(1 << 20));
    check(&folder.ayni(&["check"]), 0, "", "1 entry, no problems\n");
    folder.write("content/pages/oven.png", large(18 << 20));
    let expected = "\
warning: the picture `content/pages/oven.png` has 19 MB, for everybody who opens its page
  --> content/pages/oven.png
hint: save it smaller: 2,000 pixels on the longer side are enough [large-picture]

1 warning
";
    check(&folder.ayni(&["check"]), 0, "", expected);
}
