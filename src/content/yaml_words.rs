//! What is wrong with YAML, in words for people who have never heard of it.

use std::ops::Range;

/// The comment that `ayni new` writes beside an empty summary.
pub(crate) const OF_A_SUMMARY: &str = "one sentence";

/// The quotes that word processors write.
pub(super) const PRINTED_QUOTES: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// The longest line that a hint writes out.
const LONGEST_SHOWN: usize = 100;

/// What is wrong with a tab.
pub(super) const TAB: &str = "a tab stands where spaces should";

/// What to do about it.
pub(super) const NO_TABS: &str = "indent with spaces; YAML does not allow tabs";

/// Where a tab stands before the first letter of a line.
pub(super) fn tab_before(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    line[..indent].find('\t')
}

/// What the parser found; `sign` stands there.
pub(super) fn in_plain_words(found: &str, sign: Option<char>) -> String {
    const WORDS: [(&str, &str); 9] = [
        ("tabs disallowed", TAB),
        ("mapping values are not allowed", "a colon with a space cannot stand here"),
        ("invalid trailing content", "something follows the closing quote"),
        ("simple key expected", "a colon and a space were expected after the name of a field"),
        ("did not find expected key", "the name of a field was expected"),
        ("did not find expected '-'", "a hyphen was expected, as on the lines above"),
        ("unclosed quote", "a quote begins and does not end"),
        ("unclosed bracket", "a bracket begins and does not end"),
        ("recursion limit", "this is nested too deeply"),
    ];
    if let Some((_, words)) = WORDS.iter().find(|(start, _)| found.contains(start)) {
        return (*words).to_owned();
    }
    match sign {
        Some('`') if found.contains("unexpected character") => {
            "a text cannot begin with a backtick".to_owned()
        }
        Some(sign) if found.contains("unexpected character") || found.contains("cannot start") => {
            format!("a text cannot begin with `{sign}`")
        }
        _ => found.to_owned(),
    }
}

/// Whether the parser speaks of anchors, aliases or tags.
pub(super) fn is_about_signs(found: &str) -> bool {
    ["anchor", "alias", "tag"].iter().any(|word| found.contains(word))
}

/// The sign at the beginning of the value of a line, and what its author can do.
pub(super) fn of_sign(line: &str) -> (char, String) {
    let signs = ['&', '*', '!'];
    let value = line.trim().trim_start_matches("- ");
    let value = value.split_once(": ").map_or(value, |(_, value)| value.trim());
    let sign = value.chars().find(|it| signs.contains(it)).unwrap_or('*');
    let hint = match in_quotes(line).filter(|_| value.starts_with(signs)) {
        Some(quoted) => format!("put the text in quotes: `{quoted}`"),
        None => "put the text in quotes: \"…\"".to_owned(),
    };
    (sign, hint)
}

/// What a comment cuts off a value that stands there: the rest of its line, or the next line, if that stands
/// further in.
pub(super) fn cut_off(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    if let Some(cut) = cut_off_in_line(text, value.end) {
        return Some(cut);
    }
    let rest = text[value.end..].lines().next().unwrap_or_default();
    if !rest.trim().is_empty() || text[value.clone()].ends_with(['"', '\'', ']', '}']) {
        return None;
    }
    let next = value.end + text[value.end..].find('\n')? + 1;
    let line = text[next..].lines().next().unwrap_or_default();
    let start = text[..value.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_further = indent(line) > indent(&text[start..]);
    (is_further && is_cut(line.trim_start()))
        .then(|| next + indent(line)..next + line.trim_end().len())
}

/// The same of the rest of a line.
pub(super) fn cut_off_in_line(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text[from..].lines().next().unwrap_or_default();
    let comment = rest.trim_start();
    let start = from + rest.len() - comment.len();
    let is_apart = text[..start].ends_with([' ', '\t']);
    (is_apart && is_cut(comment)).then(|| start..start + comment.trim_end().len())
}

/// Fields that hold what somebody writes, of any length.
const FREE_WORDS: [&str; 9] =
    ["title", "summary", "caption", "alt", "outcome", "about", "note", "decisions", "what"];

/// Whether a field holds what somebody writes, which may well have a `#` between two words.
pub(super) fn are_free_words(field: &str) -> bool {
    FREE_WORDS.contains(&field)
}

/// What a `#` cuts off words where it stands between two of them, as in `We like C # and others`: a comment stands
/// further away, or says what `ayni new` asks for. A number, such as of minutes, is no words.
pub(super) fn cut_off_words(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let line = text[value.end..].lines().next().unwrap_or_default();
    let words = line.strip_prefix(" # ")?.trim_end();
    let has_words = |text: &str| text.contains(char::is_alphabetic);
    let is_cut = words.starts_with(char::is_alphanumeric) && words != OF_A_SUMMARY;
    (is_cut && has_words(&text[value.clone()]))
        .then(|| value.end + 1..value.end + line.trim_end().len())
}

fn is_cut(comment: &str) -> bool {
    comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// A text in the quotes that leave it as it is, where it is short; what has some has lost its end.
pub(super) fn quoted(text: &str) -> Option<String> {
    let text = text.trim();
    let is_long = text.chars().count() > LONGEST_SHOWN || text.contains('\n');
    if is_long || text.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    enclosed(text)
}

fn enclosed(text: &str) -> Option<String> {
    // It is shown between backticks.
    if text.contains('`') {
        return None;
    }
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => Some(format!("\"{text}\"")),
        (true, false) => Some(format!("'{text}'")),
        (true, true) => None,
    }
}

/// A line with a field, with the value in quotes: `title: "Bread: the house"`.
fn in_quotes(line: &str) -> Option<String> {
    let (name, value) = line.split_once(": ")?;
    let value = value.trim();
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_lowercase() || it == '_');
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let text = inside('"').or_else(|| inside('\'')).unwrap_or(value);
    let is_short = line.chars().count() <= LONGEST_SHOWN;
    let quoted = enclosed(text).filter(|it| is_short && is_name && it != value)?;
    Some(format!("{name}: {quoted}"))
}

/// Whether a line is a field without a space after its colon.
pub(super) fn lacks_space(line: &str) -> bool {
    let field = line.trim().trim_start_matches("- ");
    let Some((name, value)) = field.split_once(':') else { return false };
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || it == '_');
    is_name && !value.is_empty() && !value.starts_with([' ', '\t']) && !value.starts_with("//")
}

/// The first field of a text, with the space that it lacks after its colon.
pub(super) fn with_space(text: &str) -> Option<String> {
    let line = text.lines().next().filter(|line| lacks_space(line))?;
    let (name, value) = line.split_once(':')?;
    Some(format!("put a space after the colon: `{name}: {value}`"))
}

/// What most often helps, by the looks of the line that cannot be read and of the one above it.
pub(super) fn how_to_mend(line: &str, above: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let field = line.trim().trim_start_matches("- ");
    let (name, value) = field.split_once(':').unwrap_or((field, ""));
    let (is_spaced, value) = (value.starts_with(' ') || value.is_empty(), value.trim());
    let holds_a_value = above.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    let is_name = !name.is_empty() && !name.contains([' ', '"', '\'', '[', '{']);
    let is_enclosed = value.ends_with([']', '}']) && !value.starts_with("{{");
    let in_quotes = || match in_quotes(line) {
        Some(quoted) => format!("put the text in quotes: `{quoted}`"),
        None => "put the text in quotes: \"…\"".to_owned(),
    };
    let hint = if line.contains(|letter| char::is_control(letter) && letter != '\t') {
        "a character that is not seen stands in this line: delete the line, and type it again"
    } else if line.trim_start_matches(' ').starts_with('\t') {
        NO_TABS
    } else if let Some(hint) = with_space(field) {
        return hint;
    } else if is_name && !is_spaced {
        "put a space after the colon"
    } else if value.starts_with(PRINTED_QUOTES) {
        "write straight quotes, \"…\"; YAML takes these for letters"
    } else if value.len() > 1
        && ["\"", "'"].iter().any(|it| value.starts_with(it) && value.ends_with(it))
    {
        return in_quotes();
    } else if value.starts_with('"') && value.matches('"').count() > 2 {
        "put a text that holds quotes into single ones: '…'"
    } else if value.matches(['"', '\'']).count() == 1 {
        "write the second quote, or remove the first"
    } else if holds_a_value && indent(line) > indent(above) && is_name && is_spaced {
        "remove the spaces at the beginning of the line, so that it stands below the one above"
    } else if line.matches(": ").count() > 1 || line.contains(" #") {
        return in_quotes();
    } else if value.starts_with(['[', '{']) && !value.contains([']', '}']) {
        "write the bracket that closes the list, or put the text in quotes: \"…\""
    } else if value.starts_with(['@', '`', '%', '[', '{']) && !is_enclosed {
        return in_quotes();
    } else {
        "check the quotes, brackets and indentation of this line and the one above"
    };
    hint.to_owned()
}
