//! Takes pages apart as a browser would, to see what is in them.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// The start of an element, with its attributes.
    Start(String, Vec<(String, String)>),
    /// The end of an element.
    End(String),
    /// Text, with its entities decoded.
    Text(String),
    /// A comment, a doctype or the like, as written.
    Other(String),
}

/// Elements that have no end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose content is text until their end.
const RAW: &[&str] = &["script", "style", "title", "textarea"];

/// Splits a page into tokens by the rules of the HTML standard, as far as pages use them.
pub fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let at = markup_start(rest).unwrap_or(rest.len());
        if at > 0 {
            tokens.push(Token::Text(decoded(&rest[..at])));
            rest = &rest[at..];
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = match rest.starts_with("<!--") {
                true => rest.find("-->").map_or(rest.len(), |end| end + 3),
                false => rest.find('>').map_or(rest.len(), |end| end + 1),
            };
            tokens.push(Token::Other(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if let Some(after) = rest.strip_prefix("</") {
            let end = after.find('>').unwrap_or(after.len() - 1);
            tokens.push(Token::End(after[..end].trim().to_ascii_lowercase()));
            rest = &after[end + 1..];
        } else {
            let (name, attributes, after) = start_tag(&rest[1..]);
            rest = after;
            let is_raw = RAW.contains(&name.as_str());
            let close = format!("</{name}");
            tokens.push(Token::Start(name, attributes));
            if is_raw {
                let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                tokens.push(Token::Text(decoded(&rest[..end])));
                rest = &rest[end..];
            }
        }
    }
    tokens
}

/// Where the next tag, comment or doctype begins; a `<` before anything else is text.
fn markup_start(text: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| {
        let after = text[at + 1..].trim_start_matches('/');
        after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?')
    })
}

fn start_tag(text: &str) -> (String, Vec<(String, String)>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (name, attributes, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name, attributes, after);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c));
        let end = end.unwrap_or(rest.len()).max(1);
        let attribute = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start());
        }
        attributes.push((attribute, decoded(value)));
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at(end)
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').unwrap_or(0);
        match entity(&rest[..end]) {
            Some(character) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    let name = name.strip_prefix('&')?;
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => number(hex, 16),
                None => number(digits, 10),
            };
            char::from_u32(code?)
        }
    }
}

/// Visits every token with the names of the elements around it.
pub fn walk(html: &str, mut visit: impl FnMut(&[String], &Token)) {
    let mut open: Vec<String> = Vec::new();
    for token in tokens(html) {
        if let Token::End(name) = &token
            && let Some(at) = open.iter().rposition(|it| it == name)
        {
            open.truncate(at);
        }
        visit(&open, &token);
        if let Token::Start(name, _) = &token
            && !VOID.contains(&name.as_str())
        {
            open.push(name.clone());
        }
    }
}

/// Every value of an attribute in a page.
pub fn attributes(html: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens(html) {
        if let Token::Start(_, attributes) = token {
            let values = attributes.into_iter().filter(|(it, _)| it == name);
            found.extend(values.map(|(_, value)| value));
        }
    }
    found
}

/// All text of a page, with the elements forgotten.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(part) => text.push_str(&part),
            _ => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Elements that stand on lines of their own.
pub const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "datalist",
    "dd",
    "details",
    "div",
    "dialog",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What a reader meets in the main part of a page: its words, headings and links, without how they
/// look. Written like Markdown, a line for each block.
pub fn facts(html: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut targets = Vec::new();
    walk(html, |open, token| {
        let is_inside = |name: &str| open.iter().any(|it| it == name);
        if !is_inside("main") || is_inside("svg") {
            return;
        }
        if let Token::Start(name, _) | Token::End(name) = token
            && BLOCKS.contains(&name.as_str())
        {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { return };
        match token {
            Token::Text(text) => line.push_str(text),
            Token::Start(name, attributes) => {
                let of = |name: &str| {
                    let found = attributes.iter().find(|(it, _)| it == name);
                    found.map_or("", |(_, value)| value.as_str())
                };
                match name.as_str() {
                    "a" => {
                        line.push('[');
                        targets.push(of("href").to_owned());
                    }
                    "img" => line.push_str(&format!("![{}]({})", of("alt"), of("src"))),
                    "input" => line.push_str(&format!("<{} {}>", of("type"), of("name"))),
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                        let level = name[1..].parse().unwrap_or(1);
                        line.push_str(&format!("{} ", "#".repeat(level)));
                    }
                    "li" => line.push_str("- "),
                    _ => {}
                }
                if !of("lang").is_empty() {
                    line.push_str(&format!("({} {}) ", of("lang"), of("dir")));
                }
            }
            Token::End(name) if name == "a" => {
                line.push_str(&format!("]({})", targets.pop().unwrap_or_default()));
            }
            _ => {}
        }
    });
    let tidied = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let kept: Vec<String> = tidied.filter(|line| !matches!(line.as_str(), "" | "-")).collect();
    kept.join("\n") + "\n"
}

/// Says what in an XML file breaks its rules: a character, an entity or an element.
pub fn xml_fault(xml: &str) -> Option<String> {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(bad) = xml.chars().find(|c| !legal(*c)) {
        return Some(format!("the character {bad:?}"));
    }
    let named = ["amp;", "lt;", "gt;", "quot;", "apos;", "#"];
    let mut entities = xml.split('&').skip(1);
    if let Some(bad) = entities.find(|after| !named.iter().any(|name| after.starts_with(name))) {
        return Some(format!("the entity &{}", &bad.chars().take(8).collect::<String>()));
    }
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return Some(format!("<{tag}")) };
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return Some(format!("</{name}>")),
            None if !name.starts_with(['?', '!']) && !tag.ends_with('/') => open.push(name),
            _ => {}
        }
    }
    open.pop().map(|name| format!("<{name}> without its end"))
}

#[test]
fn pages_are_taken_apart_as_browsers_do() {
    let html = "<p class=a onclick='x'>1 < 2 &amp;&#39;<IMG src=\"/>\"/><script>a<b</script></p>";
    let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        tokens(html),
        [
            Token::Start("p".into(), vec![attribute("class", "a"), attribute("onclick", "x")]),
            Token::Text("1 < 2 &'".into()),
            Token::Start("img".into(), vec![attribute("src", "/>")]),
            Token::Start("script".into(), vec![]),
            Token::Text("a<b".into()),
            Token::End("script".into()),
            Token::End("p".into()),
        ]
    );
    assert_eq!(xml_fault("<a><b/>&amp;</a>"), None);
    assert_eq!(xml_fault("<a>&nbsp;</a>").as_deref(), Some("the entity &nbsp;</a"));
    assert_eq!(xml_fault("<a>\u{b}</a>").as_deref(), Some("the character '\\u{b}'"));
    assert_eq!(xml_fault("<a><b></a>").as_deref(), Some("</a>"));
}
