//! Finds entries by the names that authors write: ids, aliases, titles and file paths.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::entry::{Reference, Text};
use super::ids::{CallId, CoopId, EntryId, NeedId, OfferId};
use super::listing::{self, LeftOut, Listing};
use super::namesakes::{self, Name, Namesakes, Standings};
use super::site::Site;
use super::topics::Topics;
use crate::characters::composed;
use crate::content::fields::Fields;
use crate::content::inline::{self, FieldLink};
use crate::content::markdown::{LinkForm, WrittenLink};
use crate::content::record::{self, EntryKind, Record};
use crate::content::source::Asset;
use crate::content::values::{self, Complaint, Slug, Url, in_small_letters};
use crate::diagnostic::{Code, Diagnostic, Spellings};

/// Every name of every entry.
#[derive(Default)]
pub struct Names {
    /// Ids first, then aliases that clash with nothing.
    by_slug: FxHashMap<(EntryKind, String), EntryId>,
    by_title: FxHashMap<String, Vec<EntryId>>,
    by_path: FxHashMap<Arc<str>, EntryId>,
    /// How entries are called that are broken, titles as they are compared.
    left_out: LeftOut,
    /// How an author names each entry without doubt: `coops/agaric`.
    full_names: FxHashMap<EntryId, String>,
    /// Which of several entries of one name comes first.
    standings: Standings,
    /// Ids and former ids of all kinds, for hints; those of each kind follow.
    spellings: OnceLock<Spellings>,
    spellings_of: [OnceLock<Spellings>; EntryKind::ALL.len()],
}

impl Names {
    /// Collects the names of all entries.
    pub fn new(listing: &Listing) -> Names {
        let mut names = Names { left_out: listing.left_out().clone(), ..Names::default() };
        names.left_out.titles = names.left_out.titles.iter().map(|title| fold(title)).collect();
        for (id, claim) in listing.claims() {
            let slug = claim.slug.as_str();
            names.by_slug.insert((id.kind(), slug.to_owned()), id);
            names.by_path.insert(claim.record.path.clone(), id);
            names.full_names.insert(id, format!("{}/{slug}", id.kind().folder()));
            if let Some(title) = &claim.title {
                names.by_title.entry(fold(title)).or_default().push(id);
            }
        }
        for (id, alias) in listing.aliases() {
            names.by_slug.entry((id.kind(), alias.as_str().to_owned())).or_insert(id);
        }
        for (id, record) in listing.translations() {
            names.by_path.insert(record.path.clone(), id);
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
        self.by_slug.get(&(kind, in_small_letters(text))).copied()
    }

    /// The entry that a wiki link names with its folder: `needs/wheat`.
    pub fn find_in_folder(&self, target: &str) -> Option<EntryId> {
        let (folder, id) = target.split_once('/')?;
        self.find(EntryKind::from_folder(folder)?, id)
    }

    /// What a wiki link without a folder may mean.
    pub fn namesakes(&self, target: &str) -> Namesakes<'_> {
        let slug = in_small_letters(target);
        let by_slug = EntryKind::ALL.iter().filter_map(|kind| {
            let id = self.by_slug.get(&(*kind, slug.clone())).copied()?;
            let has_id = self.full_name(id).split_once('/').is_some_and(|(_, own)| own == slug);
            Some((id, if has_id { Name::Id } else { Name::Alias }))
        });
        let by_slug = by_slug.collect();
        let by_title = self.by_title.get(&fold(target)).map_or(&[][..], Vec::as_slice);
        Namesakes { by_slug, by_title, standings: &self.standings }
    }

    /// Whether a wiki link is to an entry that is broken.
    fn is_left_out(&self, target: &str) -> bool {
        let has =
            |kind: EntryKind, id: &str| self.left_out.slugs.contains(&(kind, in_small_letters(id)));
        let (folder, id) = target.split_once('/').unwrap_or_default();
        EntryKind::from_folder(folder).is_some_and(|kind| has(kind, id))
            || EntryKind::ALL.iter().any(|kind| has(*kind, target))
            || self.left_out.titles.contains(&fold(target))
    }

    /// The id or former id most like a text, of a kind or of any.
    fn nearest(&self, kind: Option<EntryKind>, text: &str) -> Option<&str> {
        let is_asked = |of: &EntryKind| kind.is_none_or(|kind| kind == *of);
        let slugs = || self.by_slug.keys().filter(|(of, _)| is_asked(of));
        let cell = kind.map_or(&self.spellings, |kind| &self.spellings_of[kind as usize]);
        let spellings = cell.get_or_init(|| Spellings::new(slugs().map(|(_, slug)| &**slug)));
        spellings.nearest(text)
    }

    /// How an author names an entry without doubt: `coops/agaric`.
    pub fn full_name(&self, id: EntryId) -> &str {
        self.full_names.get(&id).map_or("", String::as_str)
    }
}

/// What reading an entry needs to know of the rest of the site.
pub struct Reader<'a> {
    /// The settings.
    pub site: &'a Site,
    /// The vocabulary.
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
        let hint = match titled.or_else(|| self.names.nearest(Some(kind), text)) {
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

    /// The body of a record with its links resolved; reports links that lead nowhere, and raw HTML.
    pub fn text(&self, record: &Arc<Record>, fields: &mut Fields<'_>) -> Text {
        report_html(record, fields);
        let mut references = Vec::with_capacity(record.body.links.len());
        for link in &record.body.links {
            references.push(self.reference(record, link).unwrap_or_else(|problem| {
                let (code, message, hint) = *problem;
                let place = record::place(&record.path, link.span);
                let message = format!("{} links to `{}`, {message}", fields.owner(), link.target);
                fields.add(Diagnostic { code, message, place, also: None, hint: Some(hint) });
                Reference::Missing(link.target.clone())
            }));
        }
        Text { record: record.clone(), references }
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
                (None, words) => words.unwrap_or(target),
            }
        })
    }

    fn reference(&self, record: &Record, link: &WrittenLink) -> Result<Reference, Box<BadLink>> {
        let (target, fragment) = match link.target.split_once('#') {
            Some((target, fragment)) => (target, Some(fragment.to_owned())),
            None => (link.target.as_str(), None),
        };
        if target.is_empty() {
            return Ok(Reference::Fragment(fragment.unwrap_or_default()));
        }
        if link.form == LinkForm::Wiki {
            return match self.wiki(target) {
                Ok(id) => Ok(Reference::Entry(id, fragment)),
                Err(_) if self.names.is_left_out(wiki_name(target)) => Ok(Reference::Withheld),
                Err(problem) => Err(problem),
            };
        }
        if is_url(&link.target) {
            return match Url::parse(&link.target, values::LINK_SCHEMES) {
                Ok(_) if link.form == LinkForm::Image => {
                    let what = "which is on another site, so only its words are shown";
                    let hint = "put a copy of the picture beside the entry";
                    Err(bad(Code::RemoteImage, what, hint.to_owned()))
                }
                Ok(url) => Ok(Reference::Web(url)),
                Err(complaint) => {
                    Err(bad(complaint.code, &complaint.what, complaint.hint.unwrap_or_default()))
                }
            };
        }
        self.file(record, target, fragment)
    }

    /// An id comes before a former id, and that before a title; see `namesakes` for the rest.
    fn wiki(&self, target: &str) -> Result<EntryId, Box<BadLink>> {
        let target = wiki_name(target);
        let found = self.names.find_in_folder(target);
        found.or_else(|| self.names.namesakes(target).meant()).ok_or_else(|| self.nothing(target))
    }

    fn nothing(&self, target: &str) -> Box<BadLink> {
        let hint = match self.names.nearest(None, target) {
            Some(slug) => format!("did you mean `[[{slug}]]`?"),
            None => "it will stand on the list of wanted pages until somebody writes it".to_owned(),
        };
        bad(Code::MissingLink, "which is not in the directory", hint)
    }

    fn file(
        &self,
        record: &Record,
        target: &str,
        fragment: Option<String>,
    ) -> Result<Reference, Box<BadLink>> {
        let decoded = percent_decode(target);
        let decoded = composed(&decoded);
        if let Some(asset) = self.asset(&record.path, &decoded) {
            return match self.assets.get(&asset).and_then(|file| file.fault(&asset)) {
                Some(fault) => Err(bad(fault.code, &fault.what, fault.hint)),
                None => Ok(Reference::Asset(asset)),
            };
        }
        if let Some(rooted) = decoded.strip_prefix('/') {
            if self.names.left_out.paths.contains(format!("content/static/{rooted}").as_str()) {
                return Ok(Reference::Withheld);
            }
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Ok(Reference::Site(format!("{rooted}{fragment}")));
        }
        let path = join(&record.path, &decoded).unwrap_or_default();
        match self.names.by_path.get(path.as_str()) {
            Some(id) => Ok(Reference::Entry(*id, fragment)),
            None if self.names.left_out.paths.contains(path.as_str()) => Ok(Reference::Withheld),
            None => {
                let hint = "a link to a file starts from the folder of the file it stands in";
                Err(bad(Code::MissingLink, "which does not exist", hint.to_owned()))
            }
        }
    }
}

/// Stands in the text of a field for an entry that is broken; no entry is called so.
const LEFT_OUT: &str = "?";

/// In a table the bar of `[[id\|words]]` needs a backslash, which stays at the id.
pub fn wiki_name(target: &str) -> &str {
    target.trim_end_matches('\\').trim()
}

/// One problem a file, however much raw HTML is in it.
fn report_html(record: &Record, fields: &mut Fields<'_>) {
    let [first, others @ ..] = record.body.html.as_slice() else { return };
    let places = match others.len() {
        0 => String::new(),
        1 => " here and in one more place".to_owned(),
        count => format!(" here and in {count} more places"),
    };
    let message = format!("{} has HTML{places}, which is shown as text", fields.owner());
    let hint = "remove it or write it in Markdown; to show it on purpose, put it between backticks";
    fields.report(Code::HtmlAsText, *first, message, Some(hint.to_owned()));
}

type BadLink = (Code, String, String);

fn bad(code: Code, what: &str, hint: String) -> Box<BadLink> {
    Box::new((code, what.to_owned(), hint))
}

/// Reads a former id of an entry.
pub fn alias(kind: EntryKind, text: &str) -> Result<Slug, Complaint> {
    record::check_id(kind, text)
}

/// Titles are compared without regard to case and white space.
pub fn fold(title: &str) -> String {
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    composed(&words.join(" ")).into_owned()
}

fn is_url(target: &str) -> bool {
    let scheme = target.split([':', '/', '?']).next().unwrap_or("");
    target[scheme.len()..].starts_with(':') || target.starts_with("//")
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

/// A text with what is percent-encoded in it decoded; as it is where that is no text.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
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
    fn urls_are_told_from_paths() {
        assert!(is_url("javascript:alert(1)"));
        assert!(is_url("//evil.example/x"));
        assert!(!is_url("../coops/a.md"));
        assert!(!is_url("a.md?x:y"));
        assert_eq!(percent_decode("caf%C3%A9%20a%2"), "café a%2");
    }
}
