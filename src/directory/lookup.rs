//! What a person means who names an entry outside of a file: on the command line.

use std::collections::BTreeSet;
use std::fmt;

use super::ids::EntryId;
use super::likely::{self, Likely};
use super::names::fold;
use super::whole::Directory;
use crate::content::file_names::CONTENT;
use crate::content::record::EntryKind;
use crate::content::values::in_small_letters;
use crate::diagnostic::nearest;

/// Why a text names no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// The kinds of entry among which it was looked for.
    kinds: Vec<EntryKind>,
    text: String,
    /// What there is instead.
    found: Instead,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Instead {
    /// Nothing that is like it.
    Nothing,
    /// The names of entries that are nearly called so, or of whose names this is a part: the likeliest first.
    Nearly(Vec<String>),
    /// The ids of several entries that are called so.
    Several(Vec<String>),
}

impl NotFound {
    /// Whether the text may be a slip for what is there.
    pub fn is_like_others(&self) -> bool {
        self.found != Instead::Nothing
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        let kinds = match kinds.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} or {last}", others.join(", "))
            }
            _ => kinds.concat(),
        };
        let text = &self.text;
        match &self.found {
            Instead::Nothing => write!(f, "there is no {kinds} `{text}`"),
            Instead::Nearly(near) => {
                write!(f, "there is no {kinds} `{text}`; did you mean {}?", one_of(near))
            }
            Instead::Several(ids) => {
                write!(f, "`{text}` may be {}; say which, by its id", one_of(ids))
            }
        }
    }
}

impl std::error::Error for NotFound {}

/// So many names are said.
const SHOWN: usize = 5;

/// Names to choose from: `a`, `b` or `c`.
fn one_of(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|it| format!("`{it}`")).collect();
    match names.len() - shown.len() {
        0 => {}
        1 => shown.push("another one".to_owned()),
        more => shown.push(format!("one of {more} others")),
    }
    match shown.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => shown.concat(),
    }
}

impl Directory {
    /// The entry of one of these kinds that a text names: by its id, else by a former id, else by its title
    /// in any language. The id may stand after its folder (`needs/wheat`), or as the path of its file.
    ///
    /// # Errors
    /// When there is none, or when several have that title.
    pub fn find(&self, kinds: &[EntryKind], text: &str) -> Result<EntryId, NotFound> {
        let not_found = |found| NotFound { kinds: kinds.to_vec(), text: text.to_owned(), found };
        match self.find_all(kinds, text).as_slice() {
            [one] => Ok(*one),
            [] => Err(not_found(match self.nearly(kinds, text) {
                none if none.is_empty() => Instead::Nothing,
                some => Instead::Nearly(some),
            })),
            several => {
                let names = several.iter().map(|id| self.full_name(*id));
                Err(not_found(Instead::Several(names.collect())))
            }
        }
    }

    /// All entries of these kinds that a text names, as [`find`](Self::find) reads it.
    pub fn find_all(&self, kinds: &[EntryKind], text: &str) -> Vec<EntryId> {
        let named = Named::new(text);
        let of = |has: &dyn Fn(EntryId) -> bool| -> Vec<EntryId> {
            let is_asked = |id: &EntryId| {
                kinds.contains(&id.kind()) && named.kind.is_none_or(|kind| kind == id.kind())
            };
            self.ids().filter(is_asked).filter(|id| has(*id)).collect()
        };
        let by_id = of(&|id| self[id].slug.as_str() == named.id);
        if !by_id.is_empty() {
            return by_id;
        }
        let by_alias = of(&|id| self[id].aliases.iter().any(|alias| alias.as_str() == named.id));
        if !by_alias.is_empty() {
            return by_alias;
        }
        let title = fold(text);
        of(&|id| self[id].titles().any(|it| fold(it) == title))
    }

    /// The names of the entries that may be meant by a text that names none: by a slip, or by a part of a name.
    fn nearly(&self, kinds: &[EntryKind], text: &str) -> Vec<String> {
        let named = Named::new(text);
        let of_kinds = || self.ids().filter(|id| kinds.contains(&id.kind()));
        let slugs = of_kinds().flat_map(|id| self[id].ids().map(move |it| (id, it.as_str())));
        let slugs: Vec<(EntryId, &str)> = slugs.collect();
        let titles: Vec<(EntryId, String)> =
            of_kinds().flat_map(|id| self[id].titles().map(move |it| (id, fold(it)))).collect();
        let titles: Vec<(EntryId, &str)> =
            titles.iter().map(|(id, title)| (*id, title.as_str())).collect();
        let near = |text: &str, names: &[(EntryId, &str)]| {
            let near = nearest(text, names.iter().map(|(_, name)| *name))?;
            names.iter().find(|(_, name)| *name == near).map(|(id, _)| *id)
        };
        let names = || titles.iter().chain(&slugs).copied();
        let near = near(&named.id, &slugs).or_else(|| near(&fold(text), &titles));
        let mut found: Vec<EntryId> = near.into_iter().collect();
        found.extend(likely::containing(&named.id, names()));
        if found.is_empty() {
            found.extend(Likely::new(names()).find(&named.id, |_| true));
        }
        let mut known = BTreeSet::new();
        found.retain(|id| known.insert(*id));
        found.into_iter().map(|id| self.short_name(id, kinds)).collect()
    }

    /// The id of another entry of a kind with the title of a new one, or with nearly its id: as a former one, or but
    /// for accents.
    pub fn of_one_name(&self, kind: EntryKind, title: &str, new: &str) -> Option<&str> {
        let (title, plain) = (fold(title), likely::plain(new));
        let has_name = |id: &EntryId| {
            let entry = &self[*id];
            entry.ids().any(|slug| likely::plain(slug.as_str()) == plain)
                || self[*id].titles().any(|it| fold(it) == title)
        };
        let mut others = self.of_kind(kind).filter(|id| self[*id].slug.as_str() != new);
        others.find(has_name).map(|id| self[id].slug.as_str())
    }

    /// The id of an entry, with its folder where another entry of these kinds has the same.
    fn short_name(&self, id: EntryId, kinds: &[EntryKind]) -> String {
        let slug = &self[id].slug;
        let is_other = |other: EntryId| other != id && self[other].slug == *slug;
        match self.ids().filter(|it| kinds.contains(&it.kind())).any(is_other) {
            true => self.full_name(id),
            false => slug.to_string(),
        }
    }

    /// An entry with its folder: `needs/wheat`.
    fn full_name(&self, id: EntryId) -> String {
        format!("{}/{}", id.kind().folder(), self[id].slug)
    }
}

/// A text as the name of an entry.
struct Named {
    /// The kind whose folder stands before it.
    kind: Option<EntryKind>,
    id: String,
}

impl Named {
    fn new(text: &str) -> Named {
        let text = text.trim();
        let text = text.strip_prefix("./").unwrap_or(text);
        let bare = text.strip_prefix(CONTENT).unwrap_or(text);
        let bare = bare.strip_suffix(".md").unwrap_or(bare).trim_end_matches('/');
        let (kind, id) =
            EntryKind::in_name(bare).map_or((None, bare), |(kind, id)| (Some(kind), id));
        Named { kind, id: in_small_letters(id) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::directory;

    #[test]
    fn entries_are_found_by_id_former_id_and_title() {
        let directory = directory(&[
            ("content/coops/agaric.md", "---\ntitle: Agaric Tech\naliases: [old]\n---\n"),
            ("content/coops/bolete.md", "---\ntitle: Bolete\naliases: [wheat]\n---\n"),
            ("content/coops/bolete.es.md", "---\ntitle: Boleto\n---\n"),
            ("content/needs/wheat.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
            ("content/offers/flour.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
            ("site.yaml", "title: T\nlanguages: [en, es]\n"),
        ]);
        let found = |kinds: &[EntryKind], text: &str| match directory.find(kinds, text) {
            Ok(id) => directory.full_name(id),
            Err(error) => error.to_string(),
        };
        let coop = [EntryKind::Coop];
        for text in [
            "agaric",
            "Agaric",
            "coops/agaric",
            "content/coops/agaric.md",
            "./content/coops/agaric.md",
            "old",
            "agaric  tech",
        ] {
            assert_eq!(found(&coop, text), "coops/agaric", "{text}");
        }
        assert_eq!(found(&coop, "boleto"), "coops/bolete");
        assert_eq!(found(&coop, "agarik"), "there is no coop `agarik`; did you mean `agaric`?");
        assert_eq!(
            found(&coop, "Agaric Tch"),
            "there is no coop `Agaric Tch`; did you mean `agaric`?"
        );
        assert_eq!(
            found(&coop, "needs/agaric"),
            "there is no coop `needs/agaric`; did you mean `agaric`?"
        );
        let all = [EntryKind::Need, EntryKind::Offer, EntryKind::Coop];
        assert_eq!(found(&all, "wheat"), "needs/wheat", "an id comes before a former id");
        assert_eq!(found(&all, "flour"), "offers/flour", "an id comes before a title");
        assert_eq!(found(&coop, "tech"), "there is no coop `tech`; did you mean `agaric`?");
        assert_eq!(
            found(&coop, "the Agaric"),
            "there is no coop `the Agaric`; did you mean `agaric`?"
        );
        assert_eq!(found(&coop, "bol"), "there is no coop `bol`; did you mean `bolete`?");
        assert_eq!(found(&all, "zzz"), "there is no need, offer or coop `zzz`");
        let several = "`FLOUR` may be `needs/wheat` or `offers/x`; say which, by its id";
        let directory = crate::directory::tests::directory(&[
            ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
            ("content/needs/wheat.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
            ("content/offers/x.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
        ]);
        assert_eq!(directory.find(&all, "FLOUR").unwrap_err().to_string(), several);
    }

    #[test]
    fn a_part_of_a_name_is_told_all_that_have_it() {
        let directory = directory(&[
            ("content/coops/tejedoras-ñandu.md", "---\ntitle: Las tejedoras de Ñandú\n---\n"),
            ("content/coops/nandu-radio.md", "---\ntitle: Radio\n---\n"),
            ("content/coops/k7.md", "---\ntitle: Kibo Growers of the Northern Slope\n---\n"),
            ("content/coops/ceibo.md", "---\ntitle: 綜合合作社\n---\n"),
            ("content/needs/k7.md", "---\ntitle: Slopes\ncoop: ceibo\nkind: human\n---\n"),
        ]);
        let check = |kinds: &[EntryKind], text: &str, expected: &str| {
            let said = directory.find(kinds, text).expect_err(text).to_string();
            let said = said.split_once("; did you mean ").map_or("", |(_, it)| it);
            assert_eq!(said, expected, "{text}");
        };
        let coop = [EntryKind::Coop];
        check(&coop, "nandu", "`nandu-radio` or `tejedoras-ñandu`?");
        check(&coop, "ÑANDÚ", "`nandu-radio` or `tejedoras-ñandu`?");
        check(&coop, "tejedoras", "`tejedoras-ñandu`?");
        check(&coop, "tejedoras nandu", "`tejedoras-ñandu`?");
        check(&coop, "coops/tejed", "`tejedoras-ñandu`?");
        check(&coop, "northern growers", "`k7`?");
        check(&coop, "edora", "`tejedoras-ñandu`?");
        check(&coop, "合作", "`ceibo`?");
        check(&coop, "ra", "`nandu-radio`?");
        check(&coop, "a", "");
        check(&coop, "weavers", "");
        check(&[EntryKind::Need, EntryKind::Coop], "slope", "`needs/k7` or `coops/k7`?");
    }

    #[test]
    fn of_many_names_a_few_are_told() {
        let names =
            |count: usize| -> Vec<String> { (1..=count).map(|it| format!("n{it}")).collect() };
        assert_eq!(one_of(&names(1)), "`n1`");
        assert_eq!(one_of(&names(3)), "`n1`, `n2` or `n3`");
        assert_eq!(one_of(&names(6)), "`n1`, `n2`, `n3`, `n4`, `n5` or another one");
        assert_eq!(one_of(&names(9)), "`n1`, `n2`, `n3`, `n4`, `n5` or one of 4 others");
    }
}
