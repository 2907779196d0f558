//! All entries by their first letters.

use serde::Serialize;

use crate::addresses;
use crate::pages::orders::{A_TO_Z_PER_PAGE, Alphabet};
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::pager::Pager;
use crate::pages::viewer::{Link, Viewer};

/// Every entry by the first letter of its title.
#[derive(Debug, Serialize)]
pub(super) struct AToZView {
    page: Chrome,
    /// All letters, with links to where each begins.
    index: Vec<Link>,
    /// The letters of this page.
    letters: Vec<Letter>,
    pager: Option<Pager>,
}

/// The entries of a letter.
#[derive(Debug, Serialize)]
pub(super) struct Letter {
    letter: String,
    /// Its address on the page.
    anchor: String,
    links: Vec<Link>,
}

/// The view of a page of the list from A to Z; `number` starts from 1.
pub(super) fn a_to_z(viewer: &Viewer<'_>, number: usize, alphabet: &Alphabet) -> AToZView {
    let Alphabet { ids, letters } = alphabet;
    let shown = (number - 1) * A_TO_Z_PER_PAGE..(number * A_TO_Z_PER_PAGE).min(ids.len());
    let link = |(letter, start): &(String, usize)| {
        let path = addresses::numbered(addresses::A_TO_Z, start / A_TO_Z_PER_PAGE + 1);
        let fragment = addresses::encode(&anchor(letter));
        let page = if shown.contains(start) { String::new() } else { viewer.href(&path) };
        Link {
            href: format!("{page}#{fragment}"),
            ..viewer.link(addresses::A_TO_Z, letter.clone())
        }
    };
    let ends = letters.iter().skip(1).map(|(_, start)| *start).chain([ids.len()]);
    let on_page = letters.iter().zip(ends).filter_map(|((letter, start), end)| {
        let part = (*start).max(shown.start)..end.min(shown.end);
        let links: Vec<Link> = ids.get(part)?.iter().map(|id| viewer.entry_link(*id)).collect();
        (!links.is_empty()).then(|| Letter {
            letter: letter.clone(),
            anchor: anchor(letter),
            links,
        })
    });
    AToZView {
        page: viewer.chrome(viewer.words.text("a-z-title"), ""),
        index: letters.iter().map(link).collect(),
        letters: on_page.collect(),
        pager: Pager::among(viewer, addresses::A_TO_Z, number, ids.len().div_ceil(A_TO_Z_PER_PAGE)),
    }
}

fn anchor(letter: &str) -> String {
    if letter == "#" { "Number".to_owned() } else { letter.to_owned() }
}
