//! Several entries that name what is not there: hardly a slip, and rather something that has been renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::listing::{self, Claim, Listing};
use super::names::wiki_name;
use crate::content::Records;
use crate::content::record::{self, EntryKind};
use crate::content::values::{Slug, in_small_letters, slugify};
use crate::content::yaml::Value;
use crate::diagnostic::{Code, Diagnostic, Place, Span, Spellings, nearest};

/// So many files that name the same are no slip, whatever there is of a like name.
const NO_SLIP: usize = 3;

/// As many are none where there is something of a like name that nobody names.
const HARDLY_A_SLIP: usize = 2;

/// A word that so many others have in their names as well says nothing.
const COMMON: usize = 3;

/// Makes one problem of all that are about the same name, and says how to tell what it is called now.
pub(super) fn check(records: &Records, listing: &Listing, problems: &mut Vec<Diagnostic>) {
    let missing = Missing::among(records, problems);
    let several = missing.by_name.iter().filter(|(_, it)| it.files.len() >= HARDLY_A_SLIP);
    let several: Vec<_> = several.collect();
    if several.is_empty() {
        return;
    }
    let named = named(records);
    let kinds: BTreeSet<EntryKind> = several.iter().map(|((kind, _), _)| *kind).collect();
    let called: BTreeMap<EntryKind, Called> =
        kinds.into_iter().map(|kind| (kind, Called::new(listing.of(kind)))).collect();
    let (mut joined, mut told) = (BTreeSet::<usize>::new(), Vec::new());
    for ((kind, name), Places { files, fields }) in several {
        let renamed = called[kind].now(name, &named);
        if renamed.is_none() && files.len() < NO_SLIP {
            continue;
        }
        told.extend(as_one(*kind, name, (files.len(), fields), problems, renamed));
        joined.extend(fields);
        let links = [None, Some(*kind)].map(|kind| missing.links.get(&(kind, name.clone())));
        joined.extend(links.into_iter().flatten().flatten());
    }
    let mut at = 0..;
    problems.retain(|_| at.next().is_none_or(|at| !joined.contains(&at)));
    problems.extend(told);
}

/// What is named and not there.
#[derive(Default)]
struct Missing {
    by_name: BTreeMap<(EntryKind, String), Places>,
    /// By what a wiki link names, with its kind where that is said: problems by their numbers.
    links: BTreeMap<(Option<EntryKind>, String), Vec<usize>>,
}

/// Where something is named in fields.
#[derive(Default)]
struct Places {
    files: BTreeSet<Arc<str>>,
    /// Problems by their numbers.
    fields: Vec<usize>,
}

impl Missing {
    fn among(records: &Records, problems: &[Diagnostic]) -> Missing {
        let mut missing = Missing::default();
        for (number, problem) in problems.iter().enumerate() {
            let kind = kind_of(problem.code);
            if kind.is_none() && problem.code != Code::MissingLink {
                continue;
            }
            let Place { file, span } = &problem.place;
            let at = records.entries.binary_search_by(|record| record.path.cmp(file));
            let Some(text) = at.ok().map(|at| records.entries[at].body.file()) else { continue };
            let Some(written) = text.get(span.start..span.end) else { continue };
            let Some(kind) = kind else {
                missing.links.entry(in_link(written)).or_default().push(number);
                continue;
            };
            let name = in_small_letters(written.trim().trim_matches(['"', '\'']));
            if Slug::parse(&name).is_ok() {
                let places = missing.by_name.entry((kind, name)).or_default();
                places.files.insert(file.clone());
                places.fields.push(number);
            }
        }
        missing
    }
}

/// The kind of entry that a problem says is not there.
fn kind_of(code: Code) -> Option<EntryKind> {
    match code {
        Code::UnknownCoop => Some(EntryKind::Coop),
        Code::UnknownNeed => Some(EntryKind::Need),
        Code::UnknownOffer => Some(EntryKind::Offer),
        Code::UnknownCall => Some(EntryKind::Call),
        _ => None,
    }
}

/// What a wiki link names.
fn in_link(written: &str) -> (Option<EntryKind>, String) {
    let inside = written.trim_start_matches("[[").trim_end_matches("]]");
    let target = wiki_name(inside.split(['|', '#']).next().unwrap_or_default());
    let (kind, name) =
        EntryKind::in_name(target).map_or((None, target), |(kind, id)| (Some(kind), id));
    (kind, in_small_letters(name))
}

/// Whose fields say a name: of each name two that do so are known, by kind and id.
type Namers<'a> = FxHashMap<String, Vec<(EntryKind, &'a str)>>;

/// Every name in the fields of entries, and in the names of matches: as written, since one that leads nowhere is in no
/// entry.
fn named(records: &Records) -> Namers<'_> {
    let mut named = Namers::default();
    for record in &records.entries {
        let in_fields = record.front.scalars().filter_map(|node| match &node.value {
            Value::Text(text) => Some(text.split(',')),
            _ => None,
        });
        let in_name = (record.kind == EntryKind::Match).then(|| record.id.split("--"));
        let names = in_fields.flatten().chain(in_name.into_iter().flatten()).map(str::trim);
        for name in names.filter(|name| !name.contains(' ')) {
            let namers = named.entry(in_small_letters(name)).or_default();
            let namer = (record.kind, record.id.as_str());
            if namers.len() < 2 && !namers.contains(&namer) {
                namers.push(namer);
            }
        }
    }
    named
}

/// How the entries of a kind are called.
struct Called<'a> {
    claims: &'a [Claim],
    /// Of each entry the words of its id and title.
    words: Vec<BTreeSet<String>>,
    /// Which entries have a word.
    by_word: FxHashMap<String, Vec<usize>>,
    spellings: Spellings,
}

impl<'a> Called<'a> {
    fn new(claims: &'a [Claim]) -> Called<'a> {
        let words: Vec<BTreeSet<String>> = claims.iter().map(words_of).collect();
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, words) in words.iter().enumerate() {
            words.iter().for_each(|word| by_word.entry(word.clone()).or_default().push(at));
        }
        let spellings = Spellings::new(by_word.keys().map(String::as_str));
        Called { claims, words, by_word, spellings }
    }

    /// The entry that may be meant by a name that it had before: the only one of a like name that nobody else
    /// names. What others name was there under its own name.
    fn now(&self, name: &str, named: &Namers<'_>) -> Option<&'a Claim> {
        let wanted: BTreeSet<&str> =
            name.split('-').filter(|word| self.says_something(word)).collect();
        let slips = wanted.iter().filter_map(|word| self.spellings.nearest(word));
        let words: BTreeSet<&str> = wanted.iter().copied().chain(slips).collect();
        let said = words.into_iter().filter(|word| self.says_something(word));
        let near = said.filter_map(|word| self.by_word.get(word)).flatten();
        let near: BTreeSet<usize> = near.copied().collect();
        let is_named = |claim: &Claim| {
            let own = (claim.record.kind, claim.record.id.as_str());
            let namers = named.get(claim.slug.as_str());
            namers.is_some_and(|namers| namers.iter().any(|namer| *namer != own))
        };
        let like = near.into_iter().filter(|at| self.is_like(*at, &wanted));
        let mut like = like.map(|at| &self.claims[at]).filter(|claim| !is_named(claim));
        let only = like.next()?;
        like.next().is_none().then_some(only)
    }

    /// Whether an entry has all of these words, or all words of its id are among them.
    fn is_like(&self, at: usize, wanted: &BTreeSet<&str>) -> bool {
        let says_something = |word: &&str| self.says_something(word);
        let words = self.words[at].iter().map(String::as_str).filter(says_something).collect();
        let id = self.claims[at].slug.as_str().split('-').filter(says_something).collect();
        are_among(wanted, &words) || are_among(&id, wanted)
    }

    fn says_something(&self, word: &str) -> bool {
        self.by_word.get(word).is_none_or(|of| of.len() <= COMMON)
    }
}

/// The words by which an entry is called: of its id and of its title.
fn words_of(claim: &Claim) -> BTreeSet<String> {
    let title = slugify(claim.title.as_deref().unwrap_or_default());
    let words = claim.slug.as_str().split('-').chain(title.split('-'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether all of some words stand among others, which may have a slip in them.
fn are_among(words: &BTreeSet<&str>, others: &BTreeSet<&str>) -> bool {
    let is_there = |word: &&str| {
        others.contains(word) || others.iter().any(|other| differ_by_a_slip(word, other))
    };
    !words.is_empty() && words.iter().all(is_there)
}

/// Words that begin alike and are long enough to be known in spite of it; numbers never.
fn differ_by_a_slip(word: &str, other: &str) -> bool {
    const LONG: usize = 6;
    let is_long = |word: &str| word.chars().count() >= LONG && !word.contains(char::is_numeric);
    is_long(word)
        && is_long(other)
        && word.chars().next() == other.chars().next()
        && nearest(word, [other]).is_some()
}

/// One problem instead of many in so many files.
fn as_one(
    kind: EntryKind,
    name: &str,
    (files, numbers): (usize, &[usize]),
    problems: &[Diagnostic],
    renamed: Option<&Claim>,
) -> Option<Diagnostic> {
    let mut joined: Vec<&Diagnostic> = numbers.iter().map(|number| &problems[*number]).collect();
    joined.sort_by(|one, other| one.place.cmp(&other.place));
    let (first, others) = joined.split_first()?;
    let (noun, folder) = (kind.as_str(), kind.folder());
    let message =
        format!("{files} entries name the {noun} `{name}`, which is not in the directory");
    let others = others.iter().map(|problem| problem.place.clone()).collect();
    let problem =
        Diagnostic { more: others, ..Diagnostic::new(first.code, first.place.clone(), message) };
    let otherwise =
        format!("if there is none, write content/{folder}/{name}.md or correct these entries");
    let Some(claim) = renamed else {
        let hint = format!(
            "if it has another id now, add `{name}` to `aliases` in its file in content/{folder}/; {otherwise}"
        );
        return Some(problem.hint(hint));
    };
    let (path, now) = (&claim.record.path, &claim.slug);
    // The field may be there and have none that can be read.
    let written = match claim.record.front.field("aliases") {
        None => format!("write `aliases: [{name}]` into {path}"),
        Some(_) => format!("add `{name}` to `aliases` in {path}"),
    };
    let title = listing::text(&claim.record, "title").map_or(Span::default(), |(_, span)| span);
    let hint = format!("if `{now}` was called so before, {written}; {otherwise}");
    let label = format!("nobody names this {noun}");
    Some(problem.also(record::place(path, title), label).hint(hint))
}
