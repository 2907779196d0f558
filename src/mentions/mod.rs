//! What is withheld and said all the same: finds it in what people have written, and in what is about to
//! be published.

mod decoded;
mod finding;
mod normal;
mod phone;
mod secret;
mod secrets;
mod web;

mod matcher;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::content::record::{self, Record};
use crate::content::shown::LinkShows;
use crate::content::yaml::Node;
use crate::content::{Records, SITE_FILE, TOPICS_FILE};
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Directory;
use crate::directory::edition::Edition;
use crate::directory::ids::EntryId;
use crate::directory::texts;
use crate::directory::withheld::Withheld;
use finding::{Finding, link_shows};

pub(crate) use decoded::decoded;
pub(crate) use secrets::Secrets;

/// What nobody may say in an edition, and where it is said all the same; with what it was found in, so that
/// a later look passes over what is the same.
pub struct Mentions {
    secrets: Secrets,
    edition: Edition,
    entries: FxHashMap<Arc<str>, InEntry>,
    files: FxHashMap<Arc<str>, InFile>,
    others: Vec<Diagnostic>,
}

struct InEntry {
    /// Its files as they were.
    records: Vec<Arc<Record>>,
    /// All else that it shows, as a number.
    mark: u64,
    problems: Vec<Diagnostic>,
}

struct InFile {
    text: Arc<str>,
    problems: Vec<Diagnostic>,
}

impl Mentions {
    /// Every mention in what the authors of a directory wrote and its edition shows. What an `earlier` look
    /// for the same secrets knows of an entry or file that shows the same is true of it still.
    pub fn new(
        withheld: &Withheld,
        published: &Directory,
        records: &Records,
        edition: Edition,
        earlier: Option<&Mentions>,
    ) -> Mentions {
        let secrets = Secrets::new(withheld, published, earlier.map(|it| &it.secrets));
        let mut mentions = Mentions {
            secrets,
            edition,
            entries: FxHashMap::default(),
            files: FxHashMap::default(),
            others: Vec::new(),
        };
        if !mentions.secrets.is_empty() {
            let is_same =
                |it: &&Mentions| it.edition == edition && it.secrets.is_like(&mentions.secrets);
            let known = earlier.filter(is_same);
            let finding = Finding { secrets: &mentions.secrets, edition };
            let entries = in_entries(&finding, published, known);
            let files = in_files(&finding, published, known);
            let others = in_settings(&finding, records);
            (mentions.entries, mentions.files, mentions.others) = (entries, files, others);
        }
        mentions
    }

    /// What nobody may say.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// All mentions as problems, by place.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let of_entries = self.entries.values().flat_map(|found| &found.problems);
        let of_files = self.files.values().flat_map(|found| &found.problems);
        let mut problems: Vec<Diagnostic> =
            of_entries.chain(of_files).chain(&self.others).cloned().collect();
        problems.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        problems
    }
}

fn in_entries(
    finding: &Finding<'_>,
    published: &Directory,
    known: Option<&Mentions>,
) -> FxHashMap<Arc<str>, InEntry> {
    let ids: Vec<EntryId> = published.ids().collect();
    let entries = ids.into_par_iter().map(|id| {
        let path = published[id].text.record.path.clone();
        let mark = mark(published, id);
        let records: Vec<_> = published[id].texts().map(|text| text.record.clone()).collect();
        let known = known.and_then(|known| known.entries.get(&path)).filter(|it| it.mark == mark);
        let is_same = |it: &&InEntry| {
            it.records.len() == records.len()
                && it.records.iter().zip(&records).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let problems = match known.filter(is_same) {
            Some(found) => found.problems.clone(),
            None => finding.entry(published, id),
        };
        (path, InEntry { records, mark, problems })
    });
    entries.collect::<Vec<_>>().into_iter().collect()
}

fn in_files(
    finding: &Finding<'_>,
    published: &Directory,
    known: Option<&Mentions>,
) -> FxHashMap<Arc<str>, InFile> {
    let copied: Vec<(&Arc<str>, Arc<str>)> = copied_texts(published).collect();
    let files = copied.into_par_iter().map(|(path, text)| {
        let known = known.and_then(|known| known.files.get(path));
        let problems = match known.filter(|found| found.text == text) {
            Some(found) => found.problems.clone(),
            None => finding.file(path, &text),
        };
        (path.clone(), InFile { text, problems })
    });
    files.collect::<Vec<_>>().into_iter().collect()
}

/// The mentions in the titles of the site and in its vocabulary.
fn in_settings(finding: &Finding<'_>, records: &Records) -> Vec<Diagnostic> {
    let titles = records.site.field("calls").into_iter().flat_map(Node::items);
    let titles = titles.filter_map(|series| series.field("title"));
    let words = ["title", "summary", "licence"].into_iter().filter_map(|it| records.site.field(it));
    let people = records.site.field("facilitator").into_iter().flat_map(Node::items);
    let names = people.filter_map(|person| person.field("name"));
    let texts = words.chain(titles).chain(names).flat_map(Node::scalars);
    let mut found = finding.nodes("the site", SITE_FILE, texts);
    found.extend(finding.nodes("the vocabulary", TOPICS_FILE, records.topics.scalars()));
    found
}

/// What an admin lets stand although nothing in the directory withholds it.
pub(crate) fn needless_allowances(secrets: &Secrets, settings: &Node) -> Vec<Diagnostic> {
    let problem = |value: &String| {
        let place = record::place(&SITE_FILE.into(), texts::place_in(settings, "guard", value));
        let message = format!("`guard` of the site allows `{value}`, which nothing withholds");
        let hint = "take it out of `allow`, or write the value as the entry that withholds it does";
        Diagnostic::new(Code::NeedlessAllowance, place, message).hint(hint)
    };
    secrets.needless().iter().map(problem).collect()
}

/// A number of what else than the files of an entry decides what it shows: the texts of its fields, as its
/// edition has them, and what is shown of its links.
fn mark(published: &Directory, id: EntryId) -> u64 {
    let mut hasher = FxHasher::default();
    for shown in texts::of_entry(published, id) {
        (shown.field, &shown.text).hash(&mut hasher);
    }
    for text in published[id].texts() {
        for number in 0..text.references.len() {
            let LinkShows { words, address } = link_shows(text, number);
            (words, address).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The texts among the files that are published as they are.
fn copied_texts(published: &Directory) -> impl Iterator<Item = (&Arc<str>, Arc<str>)> {
    let assets = published.copied_files().into_iter();
    let assets = assets.filter_map(|path| published.assets.get_key_value(path));
    assets.map(|(path, asset)| (path, asset.text.clone().unwrap_or_default()))
}
