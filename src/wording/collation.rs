//! The order of words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key by which titles are sorted: without case and marks.
pub(crate) fn collate(title: &str) -> String {
    let letters = title.nfkd().filter(|c| !is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect::<String>().trim_start().to_owned()
}
