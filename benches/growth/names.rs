//! Sites in which something is withheld and said all the same, or has the name of another.

use ayni::content::source::Sources;

use super::sites::{each, file, site};

/// One coop with many contacts, which nobody may see.
pub(crate) fn contacts(count: usize) -> Sources {
    let contacts = each(count, |at| {
        format!("  - {{type: email, value: p{at}@secret.example, visibility: private}}\n")
    });
    site([file("coops/c", &format!("title: C\ncontact:\n{contacts}"), "")])
}

/// A call in which many say what one coop withholds.
pub(crate) fn mentions(count: usize) -> Sources {
    let contact =
        "title: C\ncontact: [{type: email, value: p@secret.example, visibility: private}]";
    let decisions = each(count, |at| format!("  - ask p@secret.example on day {at}\n"));
    let call = format!("start: 2026-01-09T16:00\ndecisions:\n{decisions}");
    site([file("coops/c", contact, ""), file("calls/c", &call, "")])
}

/// A page of percent-encoded bytes that are no text.
pub(crate) fn percent_signs(count: usize) -> Sources {
    let contact =
        "title: C\ncontact: [{type: email, value: p@secret.example, visibility: private}]";
    site([file("coops/c", contact, ""), file("pages/p", "title: P", &"%c3".repeat(count))])
}

/// Pages of one title that link to it.
pub(crate) fn titles_alike(count: usize) -> Sources {
    site((0..count).map(|at| file(&format!("pages/p{at}"), "title: P", "[[P]]")))
}
