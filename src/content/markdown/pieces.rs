//! What Markdown is read into: pieces of a text, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::characters;

/// A piece of a text, and where it stands.
pub(crate) type Piece<'a> = (Event<'a>, Range<usize>);

/// Stands before an address of email in a link.
pub(super) const MAILTO: &str = "mailto:";

/// A text without characters that do something.
pub(super) fn harmless(text: CowStr<'_>) -> CowStr<'_> {
    match characters::harmless(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text.into(),
    }
}
