//! Which requests the dev server takes, and what they ask for.

use tiny_http::{Header, Method};

/// Why a request is not answered with a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) why: &'static str,
    /// Whether nothing more may be read from the connection.
    pub(super) close: bool,
}

/// Looks at everything but the path.
pub(super) fn check_head(method: &Method, headers: &[Header]) -> Option<Refusal> {
    let all = |name: &'static str| -> Vec<&str> {
        let named = headers.iter().filter(|header| header.field.equiv(name));
        named.map(|header| header.value.as_str()).collect()
    };
    let refusal = |status, why, close| Some(Refusal { status, why, close });
    if !all("Transfer-Encoding").is_empty() {
        return refusal(400, "The dev server takes no request with a Transfer-Encoding.", true);
    }
    match all("Content-Length").as_slice() {
        [] => {}
        [length] if !length.is_empty() && length.bytes().all(|byte| byte == b'0') => {}
        [length] if !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()) => {
            return refusal(413, "The dev server takes no request with a body.", true);
        }
        _ => return refusal(400, "The length of this request cannot be told.", true),
    }
    match all("Host").as_slice() {
        [host] if is_this_computer(host) => {}
        [_] => {
            let why = "The dev server answers only on the computer it runs on, as localhost or \
                       127.0.0.1, and not under another name. To show the site to others, build it.";
            return refusal(403, why, false);
        }
        _ => return refusal(400, "A request must have exactly one Host.", true),
    }
    match method {
        Method::Get | Method::Head => None,
        _ => refusal(405, "The dev server only shows pages.", false),
    }
}

/// Any port will do: it may be forwarded from another computer.
fn is_this_computer(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The path of a request as an output has it, if it is spelled as a link to that would be.
pub(super) fn canonical(target: &str) -> Result<String, Refusal> {
    let refuse = |status, why| Err(Refusal { status, why, close: false });
    let bad = || refuse(400, "This address is not spelled as addresses are.");
    let nothing = || refuse(404, "There is no such page.");
    let path = target.split('?').next().unwrap_or(target);
    let printable = target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    let Some(path) = path.strip_prefix('/').filter(|_| printable) else { return bad() };
    let mut parts = path.split('%');
    let mut decoded = parts.next().unwrap_or(path).as_bytes().to_vec();
    for part in parts {
        let Some((digits, rest)) = part.split_at_checked(2) else { return bad() };
        match u8::from_str_radix(digits, 16) {
            Ok(b'/') => return nothing(),
            Ok(byte) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => decoded.push(byte),
            _ => return bad(),
        }
        decoded.extend(rest.as_bytes());
    }
    let Ok(decoded) = String::from_utf8(decoded) else { return bad() };
    let folders = decoded.strip_suffix('/').unwrap_or(&decoded);
    let strange = |part: &str| matches!(part, "" | "." | "..");
    if decoded.contains(|c: char| c == '\\' || c.is_control())
        || (!decoded.is_empty() && folders.split('/').any(strange))
    {
        return nothing();
    }
    Ok(decoded)
}
