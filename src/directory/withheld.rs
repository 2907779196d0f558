//! What an edition leaves out, and who withholds it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::contact::Contact;
use super::ids::EntryId;
use super::texts::{self, Shown, Sort};
use super::whole::Directory;
use super::{edition, spots};
use crate::content::SITE_FILE;
use crate::content::file_names::folder;
use crate::content::record::{self, Record};
use crate::content::values::Url;
use crate::content::yaml::Node;
use crate::diagnostic::{Place, Span};

/// What an edition leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Withheld {
    /// Texts that nobody else may say, by place.
    pub secrets: Vec<Secret>,
    /// Paths of entries and of their former ids, such as `coops/agaric`, and the file of each.
    pub paths: BTreeMap<String, Arc<str>>,
    /// Folders of entries, and what in them is left out.
    pub folders: Folders,
    /// The site's languages, in small letters.
    pub roots: BTreeSet<String>,
}

/// A text that is withheld.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// Where its author wrote it.
    pub place: Place,
    /// Whose it is, and what: "the title of need `mediation`".
    pub what: String,
    /// What sort of text it is.
    pub sort: Sort,
    pub text: String,
    /// Why it is withheld.
    pub why: Why,
}

/// Why something is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its visibility, or that of what it belongs to, says so.
    Visibility,
    /// Nobody has said who may see it, and such contacts stay in the network.
    Unsaid,
    /// It is not finished.
    Draft,
}

impl Withheld {
    /// The same with more.
    pub fn extend(&mut self, more: Withheld) {
        self.secrets.extend(more.secrets);
        self.secrets.sort();
        self.secrets.dedup();
        self.paths.extend(more.paths);
    }

    /// Whether a path of the site leads to an entry that is left out, in any language and however it is
    /// written.
    pub fn has_page(&self, path: &str) -> bool {
        let path = plain(path);
        let below = path.split_once('/').filter(|(root, _)| self.roots.contains(*root));
        let known = |path: &str| self.paths.contains_key(path);
        known(&path) || below.is_some_and(|(_, below)| known(below))
    }
}

/// A path as a server and a reader of files take it: without `.`, `..`, empty parts and endings.
fn plain(path: &str) -> String {
    let path =
        spots::percent_decode(path.split(['#', '?']).next().unwrap_or_default()).to_lowercase();
    let mut parts = parts(&path);
    if parts.last() == Some(&"index.html") {
        parts.pop();
    }
    let path = parts.join("/");
    let ending = [".md", ".html"].iter().find_map(|ending| path.strip_suffix(ending));
    ending.unwrap_or(&path).to_owned()
}

/// The parts of a path as browsers follow it: none that is empty, `.` or `..`.
pub(crate) fn parts(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts
}

/// The folders of entries, each with a slash at its end, and whether its entry is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folders(BTreeMap<String, bool>);

impl Folders {
    pub(super) fn new(folders: impl Iterator<Item = (String, bool)>) -> Folders {
        Folders(folders.collect())
    }

    /// Whether a file belongs to an entry that is left out: it lies in its folder, and in that of no
    /// other entry below.
    pub fn has(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').rev().map(|(at, _)| &path[..=at]);
        folders.find_map(|folder| self.0.get(folder)) == Some(&false)
    }
}

/// The path of an entry, and those of its former ids.
pub(crate) fn paths(directory: &Directory, id: EntryId) -> impl Iterator<Item = String> {
    let (entry, folder) = (&directory[id], id.kind().folder());
    entry.ids().map(move |slug| format!("{folder}/{slug}"))
}

/// What is withheld, being collected.
pub(super) struct Secrets<'a> {
    directory: &'a Directory,
    withheld: Withheld,
    /// Where the texts of a field stand, by file and field: read again, since most texts are not withheld.
    places: FxHashMap<(&'a str, &'static str), texts::Places>,
}

impl<'a> Secrets<'a> {
    pub(super) fn new(directory: &'a Directory) -> Secrets<'a> {
        let roots = directory.site.languages.iter();
        let roots = roots.map(|language| language.as_str().to_ascii_lowercase()).collect();
        let withheld = Withheld { roots, ..Withheld::default() };
        Secrets { directory, withheld, places: FxHashMap::default() }
    }

    /// All of an entry. The words of a draft are not secret: it will be shown one day.
    pub(super) fn entry(&mut self, id: EntryId, why: Why) {
        for shown in texts::of_entry(self.directory, id) {
            let is_secret = match shown.sort {
                Sort::Title | Sort::Summary => why != Why::Draft,
                Sort::Contact(_) | Sort::Url => true,
                Sort::Words => false,
            };
            if is_secret {
                self.add(id, &shown, why);
            }
        }
        for path in paths(self.directory, id) {
            self.page(id, &path, why);
            let file = &self.directory[id].text.record.path;
            self.withheld.paths.insert(path, file.clone());
        }
    }

    /// One contact of an entry that is shown.
    pub(super) fn contact(&mut self, id: EntryId, contact: &'a Contact) {
        let record = &self.directory[id].text.record;
        let sort = Sort::Contact(contact.contact_type);
        let text = contact.value.as_str().into();
        let why = if contact.is_said { Why::Visibility } else { Why::Unsaid };
        self.add(id, &Shown { record, field: "contact", sort, text }, why);
    }

    /// One address of an entry that is shown.
    pub(super) fn url(&mut self, id: EntryId, field: &'static str, url: &'a Url) {
        let record = &self.directory[id].text.record;
        let text = url.as_str().into();
        self.add(id, &Shown { record, field, sort: Sort::Url, text }, Why::Visibility);
    }

    /// Something in `site.yaml`.
    pub(super) fn of_settings(
        &mut self,
        settings: &Node,
        field: &'static str,
        (sort, text): (Sort, &str),
        is_said: bool,
    ) {
        let place = record::place(&SITE_FILE.into(), texts::place_in(settings, field, text));
        let what = format!("{} in site.yaml", noun(sort, field));
        let why = if is_said { Why::Visibility } else { Why::Unsaid };
        self.withheld.secrets.push(Secret { place, what, sort, text: text.to_owned(), why });
    }

    pub(super) fn finish(mut self, folders: Folders) -> Withheld {
        self.withheld.secrets.sort();
        Withheld { folders, ..self.withheld }
    }

    fn add(&mut self, id: EntryId, shown: &Shown<'a>, why: Why) {
        if shown.sort == Sort::Url && self.is_known_to_all(&shown.text) {
            return;
        }
        let slug = &self.directory[id].slug;
        let what = format!("{} of {} `{slug}`", noun(shown.sort, shown.field), id.kind().as_str());
        let (sort, text) = (shown.sort, shown.text.clone().into_owned());
        let record: &'a Record = shown.record;
        let places = self.places.entry((&*record.path, shown.field));
        let places = places.or_insert_with(|| texts::Places::new(&record.front, shown.field));
        let place = record::place(&record.path, places.of(&shown.text));
        self.withheld.secrets.push(Secret { place, what, sort, text, why });
    }

    /// Whether an address is one that programs write, or one of this very site: whether there is a page is
    /// decided elsewhere.
    fn is_known_to_all(&self, url: &str) -> bool {
        let base = self.directory.site.base_url.as_ref();
        let is_own = base.is_some_and(|base| edition::below(base.as_str(), url).is_some());
        is_own || NAMESPACES.contains(&url.trim_end_matches(['/', '#']))
    }

    /// The address of a page that is not made.
    fn page(&mut self, id: EntryId, path: &str, why: Why) {
        let site = &self.directory.site;
        let Some(base) = &site.base_url else { return };
        let record = &self.directory[id].text.record;
        for language in &site.languages {
            let root = match language == site.default_language() {
                true => String::new(),
                false => folder(&language.as_str().to_ascii_lowercase()),
            };
            self.withheld.secrets.push(Secret {
                place: record::place(&record.path, Span::default()),
                what: format!("the page of {} `{}`", id.kind().as_str(), self.directory[id].slug),
                sort: Sort::Url,
                text: folder(&format!("{base}{root}{path}")),
                why,
            });
        }
    }
}

/// Addresses that stand in files of pictures, pages and data whoever has made them.
const NAMESPACES: [&str; 16] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/XMLSchema",
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://purl.org/dc/elements/1.1",
    "http://purl.org/dc/terms",
    "https://schema.org",
    "http://schema.org",
];

fn noun(sort: Sort, field: &str) -> String {
    match sort {
        Sort::Title => "the title".to_owned(),
        Sort::Summary => "the summary".to_owned(),
        Sort::Contact(kind) => format!("a contact (`{}`)", kind.as_str()),
        Sort::Url => format!("an address (`{field}`)"),
        Sort::Words => format!("a text (`{field}`)"),
    }
}
