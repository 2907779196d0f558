//! What a person means who names an entry outside of a file: on the command line.

use std::fmt;

use super::Directory;
use super::ids::EntryId;
use super::likely::Likely;
use super::names::fold;
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
    /// The id of an entry whose id, former id or title is nearly this.
    Nearly(String),
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
                write!(f, "there is no {kinds} `{text}`; did you mean `{near}`?")
            }
            Instead::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                write!(f, "`{text}` may be {}; say which, by its id", ids.join(" or "))
            }
        }
    }
}

impl std::error::Error for NotFound {}

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
            [] => {
                let near = self.nearest(kinds, text);
                Err(not_found(near.map_or(Instead::Nothing, Instead::Nearly)))
            }
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
        of(&|id| self.titles(id).any(|it| fold(it) == title))
    }

    fn titles(&self, id: EntryId) -> impl Iterator<Item = &str> {
        let entry = &self[id];
        let translated = entry.translations.values().map(|it| it.title.as_str());
        std::iter::once(entry.title.as_str()).chain(translated)
    }

    /// The id of the entry whose id, former id or title is nearest to a text.
    fn nearest(&self, kinds: &[EntryKind], text: &str) -> Option<String> {
        let named = Named::new(text);
        let of_kinds = || self.ids().filter(|id| kinds.contains(&id.kind()));
        let slugs = of_kinds().flat_map(|id| {
            let entry = &self[id];
            std::iter::once(&entry.slug).chain(&entry.aliases).map(move |it| (it.as_str(), id))
        });
        let slugs: Vec<(&str, EntryId)> = slugs.collect();
        let titles: Vec<(String, EntryId)> =
            of_kinds().flat_map(|id| self.titles(id).map(move |it| (fold(it), id))).collect();
        let id_of = |id: &EntryId| self[*id].slug.to_string();
        if let Some(near) = nearest(&named.id, slugs.iter().map(|(slug, _)| *slug)) {
            return slugs.iter().find(|(slug, _)| *slug == near).map(|(_, id)| id_of(id));
        }
        let near = nearest(&fold(text), titles.iter().map(|(title, _)| title.as_str()));
        if let Some(near) = near {
            return titles.iter().find(|(title, _)| title == near).map(|(_, id)| id_of(id));
        }
        let titles = titles.iter().map(|(title, id)| (*id, title.as_str()));
        let slugs = slugs.iter().map(|(slug, id)| (*id, *slug));
        Likely::new(titles.chain(slugs)).find(&named.id, |_| true).map(|id| id_of(&id))
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
        let bare = text.strip_prefix("content/").unwrap_or(text);
        let bare = bare.strip_suffix(".md").unwrap_or(bare).trim_end_matches('/');
        let in_folder = bare
            .split_once('/')
            .and_then(|(folder, id)| Some((EntryKind::from_folder(folder)?, id)));
        let (kind, id) = in_folder.map_or((None, bare), |(kind, id)| (Some(kind), id));
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
        assert_eq!(found(&all, "zzz"), "there is no need, offer or coop `zzz`");
        let several = "`FLOUR` may be `needs/wheat` or `offers/x`; say which, by its id";
        let directory = crate::directory::tests::directory(&[
            ("content/coops/agaric.md", "---\ntitle: Agaric\n---\n"),
            ("content/needs/wheat.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
            ("content/offers/x.md", "---\ntitle: Flour\ncoop: agaric\nkind: human\n---\n"),
        ]);
        assert_eq!(directory.find(&all, "FLOUR").unwrap_err().to_string(), several);
    }
}
