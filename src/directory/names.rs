//! Finds entries by the names that authors write: ids, aliases, titles and file paths.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::ids::{CallId, CoopId, DecisionId, EntryId, NeedId, OfferId};
use super::likely::Likely;
use super::listing::{self, LeftOut, Listing};
use super::namesakes::{self, Name, Namesakes, Standings};
use super::site::Site;
use super::spots::Spots;
use super::topics::Topics;
use crate::characters::composed;
use crate::content::inline::{self, FieldLink};
use crate::content::record::{self, EntryKind};
use crate::content::source::Asset;
use crate::content::values::{Complaint, Slug, in_small_letters};
use crate::diagnostic::{Code, Spellings};

/// Every name of every entry.
#[derive(Default)]
pub struct Names {
    /// Of each kind: ids first, then aliases that clash with nothing.
    by_slug: [FxHashMap<String, EntryId>; EntryKind::ALL.len()],
    by_title: FxHashMap<String, Vec<EntryId>>,
    pub(super) by_path: FxHashMap<Arc<str>, EntryId>,
    /// The places on the pages of entries.
    pub(super) spots: Spots,
    /// How entries are called that are broken, titles as they are compared.
    pub(super) left_out: LeftOut,
    /// How an author names each entry without doubt: `coops/agaric`.
    full_names: FxHashMap<EntryId, String>,
    /// Which of several entries of one name comes first.
    standings: Standings,
    /// Ids and former ids of all kinds, for hints; those of each kind follow.
    spellings: OnceLock<Spellings>,
    spellings_of: [OnceLock<Spellings>; EntryKind::ALL.len()],
    likely: OnceLock<Likely>,
}

impl Names {
    /// Collects the names of all entries.
    pub fn new(listing: &Listing) -> Names {
        let mut names = Names { left_out: listing.left_out().clone(), ..Names::default() };
        names.left_out.titles = names.left_out.titles.iter().map(|title| fold(title)).collect();
        for (id, claim) in listing.claims() {
            let slug = claim.slug.as_str();
            names.by_slug[id.kind() as usize].insert(slug.to_owned(), id);
            names.by_path.insert(claim.record.path.clone(), id);
            names.spots.add(id, &claim.record);
            names.full_names.insert(id, format!("{}/{slug}", id.kind().folder()));
            if let Some(title) = &claim.title {
                names.by_title.entry(fold(title)).or_default().push(id);
            }
        }
        for (id, alias) in listing.aliases() {
            let of_kind = &mut names.by_slug[id.kind() as usize];
            of_kind.entry(alias.as_str().to_owned()).or_insert(id);
        }
        names.add_matches_of_now(listing);
        for (id, record) in listing.translations() {
            names.by_path.insert(record.path.clone(), id);
            names.spots.add(id, record);
            if let Some(title) = listing::title(record) {
                let known = names.by_title.entry(fold(&title)).or_default();
                known.push(id);
            }
        }
        names.standings = namesakes::standings(listing, &names);
        for ids in names.by_title.values_mut().filter(|ids| ids.len() > 1) {
            ids.sort_by_key(|id| names.standings.rank(*id, Name::Title));
            ids.dedup();
        }
        names
    }

    /// The entry of a kind with this id or former id.
    pub fn find(&self, kind: EntryKind, text: &str) -> Option<EntryId> {
        let (of_kind, text) = (&self.by_slug[kind as usize], in_small_letters(text));
        let renamed =
            || of_kind.get(&self.pair_of_now(&text).filter(|_| kind == EntryKind::Match)?);
        of_kind.get(&text).or_else(renamed).copied()
    }

    /// Matches whose files are called by former ids are found by those of now as well.
    fn add_matches_of_now(&mut self, listing: &Listing) {
        let kind = EntryKind::Match;
        for (id, claim) in DecisionId::each(listing.of(kind)) {
            if let Some(pair) = self.pair_of_now(claim.slug.as_str()) {
                self.by_slug[kind as usize].entry(pair).or_insert(EntryId::Match(id));
            }
        }
    }

    /// The name of a match by the ids of now of its need and its offer.
    fn pair_of_now(&self, name: &str) -> Option<String> {
        let (need, offer) = name.split_once("--")?;
        let id_of_now = |kind: EntryKind, name: &str| {
            let id = self.by_slug[kind as usize].get(name)?;
            Slug::parse(self.full_name(*id).split_once('/')?.1).ok()
        };
        let (need, offer) =
            (id_of_now(EntryKind::Need, need)?, id_of_now(EntryKind::Offer, offer)?);
        Some(Slug::pair(&need, &offer).to_string())
    }

    /// The entry that a wiki link names with its folder: `needs/wheat`.
    pub fn find_in_folder(&self, target: &str) -> Option<EntryId> {
        let (kind, id) = EntryKind::in_name(target)?;
        self.find(kind, id)
    }

    /// What a wiki link without a folder may mean.
    pub fn namesakes(&self, target: &str) -> Namesakes<'_> {
        let slug = in_small_letters(target);
        let by_slug = self.by_slug.iter().filter_map(|of_kind| {
            let id = of_kind.get(&slug).copied()?;
            let has_id = self.full_name(id).split_once('/').is_some_and(|(_, own)| own == slug);
            Some((id, if has_id { Name::Id } else { Name::Alias }))
        });
        let by_slug = by_slug.collect();
        let by_title = self.by_title.get(&fold(target)).map_or(&[][..], Vec::as_slice);
        Namesakes { by_slug, by_title, standings: &self.standings }
    }

    /// Whether a wiki link is to an entry that is broken.
    pub(super) fn is_left_out(&self, target: &str) -> bool {
        let has =
            |kind: EntryKind, id: &str| self.left_out.slugs.contains(&(kind, in_small_letters(id)));
        EntryKind::in_name(target).is_some_and(|(kind, id)| has(kind, id))
            || EntryKind::ALL.iter().any(|kind| has(*kind, target))
            || self.left_out.titles.contains(&fold(target))
    }

    /// The id or former id most like a text, of a kind or of any.
    fn nearest(&self, kind: Option<EntryKind>, text: &str) -> Option<&str> {
        let asked = match kind {
            Some(kind) => std::slice::from_ref(&self.by_slug[kind as usize]),
            None => &self.by_slug[..],
        };
        let slugs = asked.iter().flat_map(FxHashMap::keys).map(String::as_str);
        let cell = kind.map_or(&self.spellings, |kind| &self.spellings_of[kind as usize]);
        cell.get_or_init(|| Spellings::new(slugs)).nearest(text)
    }

    /// The entry of a kind, or of any, of whose name a text is a part or another form.
    fn likely(&self, kind: Option<EntryKind>, text: &str) -> Option<EntryId> {
        let titles = self
            .by_title
            .iter()
            .flat_map(|(title, ids)| ids.iter().map(move |id| (*id, title.as_str())));
        let slugs = self.by_slug.iter().flatten().map(|(slug, id)| (*id, slug.as_str()));
        let likely = self.likely.get_or_init(|| Likely::new(titles.chain(slugs)));
        likely.find(text, |id| kind.is_none_or(|kind| kind == id.kind()))
    }

    /// The file of the entry that a text names in any way, for a link to a file.
    pub(super) fn file_named(&self, text: &str) -> Option<String> {
        let text = text.trim_end_matches(['/', '\\']).trim();
        let bare = text.strip_suffix(".md").unwrap_or(text);
        let own = || self.namesakes(bare).meant();
        let id = self.find_in_folder(bare).or_else(own).or_else(|| self.likely(None, bare))?;
        let name = self.full_name(id);
        let paths = [format!("content/{name}.md"), format!("content/{name}/index.md")];
        paths.into_iter().find(|path| self.by_path.contains_key(path.as_str()))
    }

    /// How an author names an entry without doubt: `coops/agaric`.
    pub fn full_name(&self, id: EntryId) -> &str {
        self.full_names.get(&id).map_or("", String::as_str)
    }
}

/// What reading an entry needs to know of the rest of the site.
pub struct Reader<'a> {
    pub site: &'a Site,
    pub topics: &'a Topics,
    /// The names of all entries.
    pub names: &'a Names,
    /// The files that can be published as they are.
    pub assets: &'a BTreeMap<Arc<str>, Asset>,
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $method:ident, $kind:ident, $id:ident, $code:ident;)*) => { $(
        $(#[$doc])*
        pub fn $method(&self, text: &str) -> Result<$id, Complaint> {
            match self.names.find(EntryKind::$kind, text) {
                Some(EntryId::$kind(id)) => Ok(id),
                _ => Err(self.unknown(EntryKind::$kind, Code::$code, text)),
            }
        }
    )* };
}

impl Reader<'_> {
    lookups! {
        /// The coop with this id or former id.
        coop, Coop, CoopId, UnknownCoop;
        /// The need with this id or former id.
        need, Need, NeedId, UnknownNeed;
        /// The offer with this id or former id.
        offer, Offer, OfferId, UnknownOffer;
        /// The call with this id or former id.
        call, Call, CallId, UnknownCall;
    }

    fn unknown(&self, kind: EntryKind, code: Code, text: &str) -> Complaint {
        let titled = self.names.by_title.get(&fold(text)).and_then(|ids| {
            let id = ids.iter().find(|id| id.kind() == kind)?;
            self.names.full_name(*id).split_once('/').map(|(_, slug)| slug)
        });
        let bare = text.trim_end_matches(".md").rsplit('/').next();
        let bare = bare
            .and_then(|bare| self.names.find(kind, bare))
            .and_then(|id| self.names.full_name(id).split_once('/').map(|(_, slug)| slug));
        let likely = || {
            let id = self.names.likely(Some(kind), text)?;
            self.names.full_name(id).split_once('/').map(|(_, slug)| slug)
        };
        let meant = titled.or(bare).or_else(|| self.names.nearest(Some(kind), text));
        let hint = match meant.or_else(likely) {
            Some(slug) => format!("did you mean `{slug}`?"),
            None => format!("write the name of a file in content/{}/ without `.md`", kind.folder()),
        };
        Complaint::new(code, "which is not in the directory", hint)
    }

    /// The file that a path in an entry means: beside the entry, or from the root of the site.
    pub fn asset(&self, from: &str, target: &str) -> Option<Arc<str>> {
        let target = &*composed(target);
        let path = match target.strip_prefix('/') {
            Some(rooted) => format!("content/static/{rooted}"),
            None => join(from, target)?,
        };
        self.assets.get_key_value(path.as_str()).map(|(path, _)| path.clone())
    }

    /// The text of a field, or none. Its links name their entries by kind and id, until an edition makes
    /// words of them; those that lead nowhere are words at once.
    pub fn words(&self, text: Option<String>) -> String {
        let text = text.unwrap_or_default();
        inline::replace(&text, |FieldLink { target, words, .. }| {
            let name = target.split('#').next().unwrap_or_default();
            let found = match self.wiki(name) {
                Ok(id) => Some(self.names.full_name(id)),
                Err(_) => self.names.is_left_out(wiki_name(name)).then_some(LEFT_OUT),
            };
            match (found, words) {
                (Some(found), Some(words)) => format!("[[{found}|{words}]]"),
                (Some(found), None) => format!("[[{found}]]"),
                (None, words) => words.unwrap_or_else(|| target.trim_start_matches('#').to_owned()),
            }
        })
    }

    /// An id comes before a former id, and that before a title; see `namesakes` for the rest.
    pub(super) fn wiki(&self, target: &str) -> Result<EntryId, Box<BadLink>> {
        let target = wiki_name(target);
        let found = self.names.find_in_folder(target);
        found.or_else(|| self.names.namesakes(target).meant()).ok_or_else(|| self.nothing(target))
    }

    fn nothing(&self, target: &str) -> Box<BadLink> {
        let of_kind = || {
            let (folder, id) = target.split_once('/')?;
            let kind = EntryKind::ALL
                .into_iter()
                .find(|kind| [kind.as_str(), kind.folder()].contains(&&*folder.to_lowercase()))?;
            let id = self.names.find(kind, id.trim_end_matches(".md"))?;
            Some(self.names.full_name(id).to_owned())
        };
        let bare = target.strip_suffix(".md").filter(|it| self.wiki(it).is_ok());
        let meant = of_kind().or_else(|| bare.map(str::to_owned));
        let near = || self.names.nearest(None, target).map(str::to_owned);
        let likely =
            || self.names.likely(None, target).map(|id| self.names.full_name(id).to_owned());
        let hint = match meant.or_else(near).or_else(likely) {
            Some(name) => format!("did you mean `[[{name}]]`?"),
            None => "it will stand on the list of wanted pages until somebody writes it".to_owned(),
        };
        bad(Code::MissingLink, "which is not in the directory", hint)
    }
}

/// Stands in the text of a field for an entry that is broken; no entry is called so.
const LEFT_OUT: &str = "?";

/// In a table the bar of `[[id\|words]]` needs a backslash, which stays at the id.
pub(super) fn wiki_name(target: &str) -> &str {
    target.trim_end_matches('\\').trim()
}

/// What is wrong with a link, what, and what its author can do.
pub(super) type BadLink = (Code, String, String);

pub(super) fn bad(code: Code, what: &str, hint: String) -> Box<BadLink> {
    Box::new((code, what.to_owned(), hint))
}

/// Reads a former id of an entry.
pub(super) fn alias(kind: EntryKind, text: &str) -> Result<Slug, Complaint> {
    record::check_id(kind, text)
}

/// Titles are compared without regard to case and white space.
pub fn fold(title: &str) -> String {
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    composed(&words.join(" ")).into_owned()
}

/// The path of `target` seen from the file `from`; `None` when it leaves the site.
pub(super) fn join(from: &str, target: &str) -> Option<String> {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_within_the_site() {
        assert_eq!(
            join("content/pages/a.md", "../coops/x.md").as_deref(),
            Some("content/coops/x.md")
        );
        assert_eq!(
            join("content/pages/a.md", "./logo.png").as_deref(),
            Some("content/pages/logo.png")
        );
        assert_eq!(join("a.md", "../../etc/passwd"), None);
    }

    #[test]
    fn names_in_addresses_are_decoded() {
        assert_eq!(crate::directory::spots::percent_decode("caf%C3%A9%20a%2"), "café a%2");
    }
}
