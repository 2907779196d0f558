//! Whether a text of CSS stays within its file.

use super::{Finding, active, embedded, is_data, outside};

/// Functions that measure, colour and move.
const FUNCTIONS: [&str; 67] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
    "var",
    "calc",
    "min",
    "max",
    "clamp",
    "abs",
    "sin",
    "cos",
    "translate",
    "translatex",
    "translatey",
    "translatez",
    "translate3d",
    "rotate",
    "rotatex",
    "rotatey",
    "rotatez",
    "rotate3d",
    "scale",
    "scalex",
    "scaley",
    "scalez",
    "scale3d",
    "skew",
    "skewx",
    "skewy",
    "matrix",
    "matrix3d",
    "perspective",
    "cubic-bezier",
    "steps",
    "linear",
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "inset",
    "circle",
    "ellipse",
    "polygon",
    "path",
    "not",
    "is",
    "where",
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "lang",
    "format",
];

/// Rules that load nothing.
const RULES: [&str; 6] =
    ["media", "keyframes", "-webkit-keyframes", "supports", "font-face", "charset"];

/// Looks at every function and rule. Where a browser skips a remark, or a function stands in quotes,
/// it is looked at all the same: what is told apart here must never be read otherwise there.
pub(super) fn check(css: &str) -> Result<(), Finding> {
    if css.contains('\\') {
        return Err(active("a style with a backslash, which can hide an address"));
    }
    let lower = css.to_ascii_lowercase();
    for (at, _) in lower.match_indices('@') {
        let rule = lower[at + 1..].split(|letter| !is_of_a_name(letter)).next().unwrap_or_default();
        if !RULES.contains(&rule) {
            return Err(active(format!("a style with `@{rule}`")));
        }
    }
    for (at, _) in lower.match_indices('(') {
        let before = &lower[..at];
        let name = &before[before.trim_end_matches(is_of_a_name).len()..];
        match name {
            "url" => address(&css[at + 1..])?,
            name if name.is_empty() || FUNCTIONS.contains(&name) => {}
            name => return Err(active(format!("a style with `{name}()`"))),
        }
    }
    Ok(())
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') || !letter.is_ascii()
}

/// What stands in the brackets of `url()`.
fn address(rest: &str) -> Result<(), Finding> {
    let rest = rest.trim_start();
    let address = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default(),
        _ => rest.split(')').next().unwrap_or_default(),
    };
    match address.trim() {
        place if place.starts_with('#') => Ok(()),
        data if is_data(data) => embedded(data),
        other => Err(outside(other)),
    }
}
