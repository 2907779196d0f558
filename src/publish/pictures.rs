//! What is told of pictures that are published: how large they are, and that they say where they were taken.

use std::sync::Arc;

use crate::content::{attachment, record};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Who looks at a large one on a telephone pays for it, and waits.
pub(super) fn large(source: &Arc<str>, bytes: u64) -> Diagnostic {
    let place = record::place(source, Span::default());
    let megabytes = bytes.div_ceil(1 << 20);
    let message =
        format!("the picture `{source}` has {megabytes} MB, for everybody who opens its page");
    let hint = "save it smaller: 2,000 pixels on the longer side are enough";
    Diagnostic::new(Code::LargePicture, place, message).hint(hint)
}

/// Where a picture was taken is often where somebody lives.
pub(super) fn with_place(source: &Arc<str>) -> Diagnostic {
    let place = record::place(source, Span::default());
    let (what, hint) = match attachment::is_beside_entries(source) {
        true => (
            "which is left out of what is published",
            "whoever can open the repository still finds it: save the picture without it",
        ),
        false => (
            "and is published with that, as it lies in content/static/",
            "save it without that, or put it beside an entry, where Ayni leaves that out",
        ),
    };
    let message = format!("the picture `{source}` says where it was taken, {what}");
    Diagnostic::new(Code::PicturePlace, place, message).hint(hint)
}
