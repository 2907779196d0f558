//! Tests of what an SVG may hold.

use super::*;

fn svg(inside: &str) -> String {
    let spaces = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
    format!("<svg {spaces}>{inside}</svg>")
}

#[track_caller]
fn draws(inside: &str) {
    assert_eq!(check(svg(inside).as_bytes()), Ok(()), "{inside}");
}

#[track_caller]
fn has(inside: &str, what: &str) {
    assert_eq!(check(svg(inside).as_bytes()), Err(active(what)), "{inside}");
}

/// A PNG without pixels.
const PNG: &str = "data:image/png;base64,iVBORw0KGgo=";

#[test]
fn a_drawing_is_published() {
    draws(
        "<title>Oven</title><g id='a' class='b' fill='url(#c)'><path d='M0 0h3' style='fill:#fff'/></g>",
    );
    draws("<style>@media print { .a { fill: rgb(1, 2, 3); filter: url('#f') } } /* (1) */</style>");
    draws("<use href='#a'/><use xlink:href=' #a '/><a href='#b'><text x='1'>Bread</text></a>");
    draws("<animate attributeName='fill' values='red;blue' dur='2s' begin='click'/>");
    draws(&format!("<image href='{PNG}' width='3'/><image xlink:href='{PNG}'/>"));
    draws(&format!(
        "<rect style='cursor:url({PNG})' data-name='http://a.example' aria-label='f(x)'/>"
    ));
    draws("<rect transform='translate(1 2) rotate(3)' xml:space='preserve'/>");
    let inkscape = "<?xml version='1.0' encoding='UTF-8' standalone='no'?>
        <!-- Created with Inkscape (http://www.inkscape.org/) -->
        <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>
        <svg:svg xmlns:svg='http://www.w3.org/2000/svg' xmlns='http://www.w3.org/2000/svg'
          xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' version='1.1'
          xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:label='x(y)'
          xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
        <sodipodi:namedview pagecolor='#fff' onload='nothing'><inkscape:grid/></sodipodi:namedview>
        <metadata><rdf:RDF><rdf:li rdf:resource='http://a.example/'/></rdf:RDF></metadata></svg:svg>";
    assert_eq!(check(inkscape.as_bytes()), Ok(()));
}

#[test]
fn scripts_and_pages_in_a_drawing_are_found() {
    has("<script>alert(1)</script>", "the element `script`");
    has("<script href='evil.js'/>", "the element `script`");
    has(
        "<g><defs><s:script xmlns:s='http://www.w3.org/2000/svg'/></defs></g>",
        "the element `script`",
    );
    has("<foreignObject/>", "the element `foreignObject`");
    has("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "the element `script`");
    has(
        "<metadata><iframe xmlns='http://www.w3.org/1999/xhtml'/></metadata>",
        "the element `iframe`",
    );
    has("<handler/>", "the element `handler`");
    has("<g xmlns=''/>", "the element `g`");
    has("<rect onload='alert(1)'/>", "the attribute `onload`");
    has("<animate attributeName='x' onbegin='alert(1)'/>", "the attribute `onbegin`");
    has("<set attributeName='href' to='javascript:alert(1)'/>", "an animation of `href`");
    has("<animate attributeName='xlink:href' values='a'/>", "an animation of `xlink:href`");
    has("<set attributeName='onclick' to='alert(1)'/>", "an animation of `onclick`");
    has("<set attributeName='style' to='x'/>", "an animation of `style`");
    has("<?xml-stylesheet href='a.css'?>", "the instruction `<?xml-stylesheet`");
    has("<g xml:base='http://a.example/'/>", "the attribute `base`");
}

#[test]
fn what_leads_out_of_a_drawing_is_found() {
    let leads_to = |inside: &str, address: &str| {
        has(inside, &format!("a reference to `{address}`, outside itself"));
    };
    leads_to("<a href='javascript:alert(1)'/>", "javascript:alert(1)");
    leads_to("<a xlink:href='&#x6a;ava&#10;script:alert(1)'/>", "java\nscript:alert(1)");
    leads_to("<use href='other.svg#x'/>", "other.svg#x");
    leads_to("<use href='data:image/png;base64,AAAA'/>", "data:image/png;base64,AAAA");
    leads_to("<image href='http://a.example/x.png'/>", "http://a.example/x.png");
    leads_to("<feImage xlink:href='//a.example/x.png'/>", "//a.example/x.png");
    leads_to("<rect fill='url(http://a.example/#a)'/>", "http://a.example/#a");
    leads_to("<rect style='fill:URL( \"x.svg#a\" )'/>", "x.svg#a");
    leads_to("<set attributeName='fill' to='url(http://a.example)'/>", "http://a.example");
    leads_to("<style><![CDATA[a { fill: url(http://a.example) }]]></style>", "http://a.example");
    leads_to("<style>a { fill: url&#40;http://a.example) }</style>", "http://a.example");
    has("<style>@import 'http://a.example';</style>", "a style with `@import`");
    has("<style>@\u{130}mport 'a';</style>", "a style with `@\u{130}mport`");
    has(
        "<rect style='fill: u\\72l(http://a.example)'/>",
        "a style with a backslash, which can hide an address",
    );
    has("<rect cursor='image-set(\"http://a.example\" 1x)'/>", "a style with `image-set()`");
    has("<image href='data:image/svg+xml;base64,AAAA'/>", "data that is not a picture in Base64");
    has("<image href='data:image/png,AAAA'/>", "data that is not a picture in Base64");
    has("<image href='data:image/png;base64,%41'/>", "data that is not a picture in Base64");
}

#[test]
fn what_browsers_could_read_otherwise_is_refused() {
    let entities =
        "<!DOCTYPE svg [<!ENTITY a '<script/>'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
    let declared = active("declarations of its own in `<!DOCTYPE`");
    assert_eq!(check(entities.as_bytes()), Err(declared.clone()));
    let hidden = "<!DOCTYPE svg SYSTEM '>' [<!ATTLIST svg onload CDATA 'a'>]>";
    assert_eq!(check((hidden.to_owned() + &svg("")).as_bytes()), Err(declared));
    let encoding = "<?xml version='1.0' encoding='UTF-7'?>".to_owned() + &svg("");
    let found = check(encoding.as_bytes());
    assert_eq!(found, Err(active("the encoding `utf-7` instead of UTF-8")));
    let wide: Vec<u8> = svg("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for unreadable in
        [&b"<svg/>"[..], b"<html/>", b"", b"\x89PNG", b"<svg", &wide, b"<svg>&nbsp;</svg>"]
    {
        assert_eq!(check(unreadable), Err(Finding::Unreadable));
    }
    assert_eq!(check((svg("") + "<script/>").as_bytes()), Err(Finding::Unreadable));
}

#[test]
fn what_editors_note_is_left_out_and_the_drawing_stays() {
    let noted = format!(
        "<?xml version='1.0'?>\n<!-- made by Ana --><svg xmlns='{SVG}' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:export-filename='C:/ana/map.png' \
         width='4'><title>Map</title><metadata><dc:creator>Ana</dc:creator><!-- Ana --></metadata>\
         <desc>A way</desc><inkscape:grid id='ana'/><path inkscape:label='ana' d='M0 0'/></svg><!-- Ana -->"
    );
    let drawn = drawn(noted.as_bytes()).expect("it is a drawing");
    let text = std::str::from_utf8(&drawn).expect("it is a text");
    assert!(!text.to_lowercase().contains("ana"), "{text}");
    for kept in ["<title>Map</title>", "<desc>A way</desc>", "d='M0 0'", "width='4'"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert_eq!(check(&drawn), Ok(()));
    let plain = svg("<path d='M0 0'/>");
    assert!(matches!(super::drawn(plain.as_bytes()), Ok(Cow::Borrowed(_))));
}

#[test]
fn a_picture_in_a_drawing_must_not_say_where_it_was_taken() {
    // A JPEG that breaks off after its Exif with a latitude.
    let exif = b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\
        \0\x01\0\x02\0\x05\0\0\0\x01\0\0\0\x08\0\0\0\0";
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits: String = exif.map(|byte| format!("{byte:08b}")).concat();
    bits.extend(std::iter::repeat_n('0', bits.len().next_multiple_of(6) - bits.len()));
    let six = |at: usize| usize::from_str_radix(&bits[at..at + 6], 2).expect("these are bits");
    let text: String = (0..bits.len()).step_by(6).map(|at| char::from(letters[six(at)])).collect();
    assert_eq!(base64(&text).as_deref(), Some(&exif[..]));
    assert_eq!(base64("iVBORw0KGgo=").as_deref(), Some(&b"\x89PNG\r\n\x1a\n"[..]));
    let inside = format!("<image href='data:image/jpeg;base64,{text}'/>");
    assert_eq!(check(svg(&inside).as_bytes()), Err(Finding::Place));
}

#[test]
fn a_drawing_that_repeats_itself_without_end_is_refused() {
    let level = |number: u32| {
        let used = format!("<use href='#a{}'/>", number + 1).repeat(10);
        format!("<g id='a{number}'>{used}</g>")
    };
    let levels = |count| (0..count).map(level).collect::<String>();
    draws(&(levels(4) + "<g id='a4'><path/></g>"));
    let endless = "parts that use each other without end";
    has(&(levels(9) + "<g id='a9'><path/></g>"), endless);
    has("<g id='a'><use xlink:href='#a'/></g>", endless);
    let pattern = |number: u32| {
        let used = format!("<rect fill=\"url('#a{}')\"/>", number + 1).repeat(10);
        format!("<pattern id='a{number}'>{used}</pattern>")
    };
    has(&(0..9).map(pattern).collect::<String>(), endless);
    draws(
        &("<linearGradient id='a'><stop/></linearGradient>".to_owned()
            + &"<rect fill='url(#a)'/>".repeat(10_000)),
    );
}

#[test]
fn hostile_drawings_take_little_time() {
    let many: Vec<String> = (0..100_000).map(|number| format!(" a{number}=''")).collect();
    has(&format!("<g{}/>", many.concat()), "an element with more than 250 attributes");
    let spaces: Vec<String> = (0..2_000).map(|it| format!("<g xmlns:a{it}='b{it}'>")).collect();
    has(&spaces.concat(), "more than 1,000 namespaces");
    has(&"<g/>".repeat(200_001), "more than 200,000 parts");
    let deep = "<g>".repeat(90_000) + &"</g>".repeat(90_000);
    draws(&deep);
    has(&" ".repeat(LIMIT_BYTES), "more than 8 MB");
    draws(&format!("<text font-family='{}'/>", "calc(".repeat(200_000)));
}
