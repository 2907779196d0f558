//! What to write instead of a field that is none: the one that is meant, in its own form, or nothing.

use super::advice;
use super::gap::GAP;
use super::record::EntryKind;
use super::schema::{Field, Meant, Own, Shape, Table, names, words};
use super::values::Choice;
use super::values::list;
use super::yaml::{Node, Value};
use crate::characters::{self, letters};
use crate::diagnostic::nearest;

/// What to do with a field that the table does not have.
pub(super) fn hint(own: &Own<'_>, table: &Table) -> String {
    let spelling = || {
        let near = nearest(own.name, table.fields().map(|field| field.name))?;
        Some(format!("did you mean `{near}`?"))
    };
    let known = table.why_not(own.name).map(str::to_owned);
    let known =
        known.or_else(|| meant(own, table)).or_else(|| left_out(own.name)).or_else(spelling);
    known
        .unwrap_or_else(|| "the handbook lists the fields; other words go into the text".to_owned())
}

/// The field that is meant, and how it is written.
fn meant(own: &Own<'_>, table: &Table) -> Option<String> {
    let is_there = |field: &Field| own.beside.iter().any(|(key, _)| key.name == field.name);
    match table.meant(own.name)? {
        Meant::Called(fields) => {
            let free = free(&fields, own);
            Some(match (free.as_slice(), fields.first()) {
                ([], Some(field)) if is_there(field) => {
                    format!("`{}` is there already; keep one of the two", field.name)
                }
                ([], Some(field)) => {
                    let other = earlier(field, own).unwrap_or(field.name);
                    format!("`{other}` means the same; keep one of the two")
                }
                (free, _) => format!("did you mean {}?", list(free)),
            })
        }
        Meant::Recast(field, how) if is_there(field) => {
            Some(format!("add it to the `{}` that is there: `{}`", field.name, how(own)))
        }
        Meant::Recast(_, how) => Some(filled(&how(own))),
    }
}

/// Those of the fields that nobody has written. Of several, those that take a few words are meant where the value is
/// one of these, and only there.
fn free(fields: &[&'static Field], own: &Own<'_>) -> Vec<&'static str> {
    let is_there = |field: &Field| {
        let is_written = own.beside.iter().any(|(key, _)| key.name == field.name);
        is_written || earlier(field, own).is_some()
    };
    let fits = |field: &Field| match field.shape {
        Shape::Choice(choices) => Some(says_one_of(own.node, choices)),
        _ => None,
    };
    let free: Vec<&Field> = fields.iter().copied().filter(|field| !is_there(field)).collect();
    let is_said = free.len() > 1 && free.iter().any(|field| fits(field) == Some(true));
    let meant = free.iter().filter(|field| match free.len() {
        1 => true,
        _ if is_said => fits(field) == Some(true),
        _ => fits(field).is_none(),
    });
    meant.map(|field| field.name).collect()
}

/// The name before this one under which the same field is written.
fn earlier<'a>(field: &Field, own: &Own<'a>) -> Option<&'a str> {
    let before = own.beside.iter().map(|(key, _)| key.name.as_str());
    let mut before = before.take_while(|name| *name != own.name);
    before.find(|name| names::has(field.called, &letters(name)))
}

fn says_one_of(node: &Node, choices: &[Choice]) -> bool {
    let Value::Text(text) = &node.value else { return false };
    let letters = letters(text);
    let is_word = choices.iter().any(|(word, _)| characters::letters(word) == letters);
    is_word || advice::guessed(&letters, choices).is_some()
}

/// The only field that a name means which is none of the table, where nobody has written that one.
pub(super) fn renamed(own: &Own<'_>, table: &Table) -> Option<&'static str> {
    let Some(Meant::Called(fields)) = table.meant(own.name) else { return None };
    match free(&fields, own).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The hint that says to write this, and to fill its gaps.
pub(super) fn filled(written: &str) -> String {
    let more = if written.contains(GAP) { ", with a value in place of each `…`" } else { "" };
    format!("write `{written}`{more}")
}

/// Whether a name that is not a field can mean this one.
pub(super) fn can_mean(name: &str, field: &Field) -> bool {
    let name = letters(name);
    let is_it = |names: &str| names::has(names, &name);
    is_it(field.called) || field.recast.iter().any(|(_, names)| is_it(names))
}

/// What to write where a field is missing that must be there.
pub(super) fn missing(field: &Field) -> String {
    format!("add a line `{}: …`{}", field.name, what_it_is(field))
}

/// What the value of such a field is, to be said after a hint.
pub(super) fn what_it_is(field: &Field) -> String {
    match field.shape {
        Shape::Choice(choices) => format!("; its value is {}", list(&words(choices))),
        Shape::Entry(kind @ (EntryKind::Coop | EntryKind::Need | EntryKind::Offer)) => {
            format!("; its value is the name of a file in content/{}/ without `.md`", kind.folder())
        }
        _ => String::new(),
    }
}

/// What other programs read in front matter and Ayni does not, and why it can go.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "leave it out: the name of the file is the id, and makes the address; former ids go into `aliases`",
        "id slug permalink path url uid basename dynamicpermalink",
    ),
    (
        "leave it out: lists have an order of their own",
        "weight order position navorder menu menus haschildren parent grandparent sidebar \
         sidebarposition sidebarlabel eleventynavigation sortby paginateby pagination pinned \
         sticky rank",
    ),
    (
        "leave it out: the theme decides how pages look",
        "layout template pagetemplate type markup toc showtoc math mermaid katex cssclass \
         cssclasses classes bodyclass header footer icon outline hidetitle insertanchorlinks \
         linktitle shorttitle kanbanplugin obsidianuimode bannericon bannery comments \
         readingtime showdate diagram codefold",
    ),
    (
        "leave it out: Ayni makes the same files for every entry",
        "outputs sitemap build cascade headless resources generatefeeds feed robots noindex \
         insearchindex transparent render renderwithliquid excerptseparator collection \
         eleventycomputed eleventyexcludefromcollections templateengineoverride translationkey \
         iscjklanguage canonical js scripts styles css",
    ),
    (
        "leave it out, or name them in the text if they agree: an entry has no field for its authors",
        "author authors autor autora auteur autore creator editor by",
    ),
    (
        "leave it out: only needs and offers have a last day, which is `until`",
        "expirydate expires expiry unpublishdate enddate",
    ),
    (
        "take out of it what you need: fields stand on lines of their own, not in another one",
        "extra params data custom meta metadata fields",
    ),
];

fn left_out(name: &str) -> Option<String> {
    let name = letters(name);
    let found = LEFT_OUT.iter().find(|(_, names)| names::has(names, &name));
    found.map(|(why, _)| (*why).to_owned())
}
