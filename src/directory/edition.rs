//! What an edition may show, decided once: everything after this stage works on a directory that
//! never had what is withheld.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::call::{Action, Introduction, Turn};
use super::contact::{Contact, Person};
use super::coop::Coop;
use super::entry::{Entry, Reference, Text};
use super::ids::{CallId, CoopId, DecisionId, EntryId, NeedId, OfferId, PageId};
use super::texts::Sort;
use super::whole::Directory;
use super::withheld::{self, Folders, Secrets, Why, Withheld};
use super::{names, spots};
use crate::content::file_names::CONTENT;
use crate::content::host;
use crate::content::inline::{self, FieldLink};
use crate::content::markdown::{LinkForm, WrittenLink};
use crate::content::values::{Language, Precision, Slug, Url, Visibility};
use crate::content::yaml::Node;

/// For whom a build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// For everybody.
    Public,
    /// For the network itself, behind its own access control.
    Network,
}

impl Edition {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Edition::Public => "public",
            Edition::Network => "network",
        }
    }

    fn shows(self, visibility: Visibility) -> bool {
        match visibility {
            Visibility::Public => true,
            Visibility::Network => self == Edition::Network,
            Visibility::Private => false,
        }
    }
}

/// Whether drafts are part of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drafts {
    /// A draft counts as private.
    Withheld,
    /// A draft is shown as if it were finished.
    Shown,
}

/// How an edition is made.
#[derive(Clone, Copy)]
pub struct Publishing<'a> {
    /// For whom it is.
    pub edition: Edition,
    /// Whether drafts are part of it.
    pub drafts: Drafts,
    /// The settings as written, for the places of what they withhold.
    pub settings: &'a Node,
    /// What stands in a text in the place of a name that is withheld, by language.
    pub not_public: &'a dyn Fn(&Language) -> String,
}

/// The directory as an edition may show it, and what that leaves out. What belongs to an entry
/// that is withheld goes with it: its needs, offers, matches and turns.
pub fn publish(mut directory: Directory, publishing: Publishing<'_>) -> (Directory, Withheld) {
    let edition = publishing.edition;
    directory.holds_secrets = files_with_secrets(&directory, edition);
    let keep = Keep::new(&directory, edition, publishing.drafts);
    let mut withheld = collect(&directory, &keep, publishing);
    keep.words(&mut directory, publishing.not_public);
    let mut published = keep.apply(directory, edition, &withheld);
    published.assets.retain(|path, _| !withheld.folders.has(path));
    for path in published.ids().flat_map(|id| withheld::paths(&published, id)) {
        withheld.paths.remove(&path);
    }
    (published, withheld)
}

/// Files of entries that show less than they hold.
fn files_with_secrets(directory: &Directory, edition: Edition) -> BTreeSet<Arc<str>> {
    let hides = |contacts: &[Contact]| contacts.iter().any(|it| !edition.shows(it.visibility));
    let has_secrets = |id: &EntryId| match *id {
        EntryId::Coop(id) => hides(&directory[id].contact),
        EntryId::Need(id) => hides(&directory[id].terms.contact),
        EntryId::Offer(id) => hides(&directory[id].terms.contact),
        // Calls and matches may hold names without consent, and declined pairs.
        EntryId::Call(_) | EntryId::Match(_) => true,
        EntryId::Page(_) => false,
    };
    directory.ids().filter(has_secrets).map(|id| directory[id].text.record.path.clone()).collect()
}

/// The new position of everything that stays.
struct Keep {
    edition: Edition,
    coops: Vec<Option<CoopId>>,
    needs: Vec<Option<NeedId>>,
    offers: Vec<Option<OfferId>>,
    decisions: Vec<Option<DecisionId>>,
    calls: Vec<Option<CallId>>,
    pages: Vec<Option<PageId>>,
}

/// Numbers the `true` ones from zero.
fn renumber<T>(stays: impl Iterator<Item = bool>, id: impl Fn(u32) -> T) -> Vec<Option<T>> {
    let mut next = 0;
    let number = |stays: bool| {
        stays.then(|| {
            next += 1;
            id(next - 1)
        })
    };
    stays.map(number).collect()
}

impl Keep {
    fn new(directory: &Directory, edition: Edition, drafts: Drafts) -> Keep {
        let shown = |entry: &Entry| {
            edition.shows(entry.visibility) && (!entry.draft || drafts == Drafts::Shown)
        };
        let coops = renumber(directory.coops.iter().map(|coop| shown(&coop.entry)), CoopId);
        let has_coop = |coop: CoopId| coops[coop.index()].is_some();
        let needs = directory.needs.iter().map(|n| shown(&n.entry) && has_coop(n.terms.coop));
        let needs = renumber(needs, NeedId);
        let offers = directory.offers.iter().map(|o| shown(&o.entry) && has_coop(o.terms.coop));
        let offers = renumber(offers, OfferId);
        // Of a pair that has two files, one by former ids, nothing is said if one of them is withheld.
        let hidden = directory.decisions.iter().filter(|decision| !shown(&decision.entry));
        let hidden: BTreeSet<(NeedId, OfferId)> =
            hidden.map(|decision| (decision.need, decision.offer)).collect();
        let decisions = directory.decisions.iter().map(|decision| {
            let pair = (decision.need, decision.offer);
            let sides = needs[pair.0.index()].is_some() && offers[pair.1.index()].is_some();
            let declined = directory.declined.contains(&pair);
            !hidden.contains(&pair) && sides && (edition == Edition::Network || !declined)
        });
        Keep {
            edition,
            decisions: renumber(decisions, DecisionId),
            calls: renumber(directory.calls.iter().map(|call| shown(&call.entry)), CallId),
            pages: renumber(directory.pages.iter().map(|page| shown(&page.entry)), PageId),
            coops,
            needs,
            offers,
        }
    }

    fn has(&self, id: EntryId) -> bool {
        self.entry(id).is_some()
    }

    /// Why an entry is withheld that is.
    fn why(&self, directory: &Directory, id: EntryId) -> Why {
        let owners = match id {
            EntryId::Need(_) | EntryId::Offer(_) => {
                directory.coop_of(id).map(EntryId::Coop).into_iter().collect()
            }
            EntryId::Match(id) => {
                let decision = &directory[id];
                vec![EntryId::Need(decision.need), EntryId::Offer(decision.offer)]
            }
            EntryId::Coop(_) | EntryId::Call(_) | EntryId::Page(_) => Vec::new(),
        };
        let is_hidden = !self.edition.shows(directory[id].visibility);
        let above: Vec<EntryId> = owners.into_iter().filter(|id| !self.has(*id)).collect();
        let is_declined = !directory[id].draft && above.is_empty();
        let is_below = |id: &EntryId| self.why(directory, *id) != Why::Draft;
        if is_hidden || is_declined || above.iter().any(is_below) {
            return Why::Visibility;
        }
        Why::Draft
    }

    fn entry(&self, id: EntryId) -> Option<EntryId> {
        match id {
            EntryId::Coop(id) => self.coops[id.index()].map(EntryId::Coop),
            EntryId::Need(id) => self.needs[id.index()].map(EntryId::Need),
            EntryId::Offer(id) => self.offers[id.index()].map(EntryId::Offer),
            EntryId::Match(id) => self.decisions[id.index()].map(EntryId::Match),
            EntryId::Call(id) => self.calls[id.index()].map(EntryId::Call),
            EntryId::Page(id) => self.pages[id.index()].map(EntryId::Page),
        }
    }

    fn apply(&self, mut directory: Directory, edition: Edition, withheld: &Withheld) -> Directory {
        let undecided = self.undecided(&directory);
        retain(&mut directory.coops, &self.coops);
        retain(&mut directory.needs, &self.needs);
        retain(&mut directory.offers, &self.offers);
        retain(&mut directory.decisions, &self.decisions);
        retain(&mut directory.calls, &self.calls);
        retain(&mut directory.pages, &self.pages);
        let base_url = directory.site.base_url.clone();
        let base_url = base_url.as_ref().map(Url::as_str);
        for id in directory.ids() {
            self.relink(directory.entry_mut(id), withheld, base_url);
        }
        for coop in &mut directory.coops {
            coop.part_of = coop.part_of.iter().filter_map(|id| self.coops[id.index()]).collect();
            self.withhold_contacts(&mut coop.contact);
            blur(coop);
        }
        let needs = directory.needs.iter_mut().map(|need| &mut need.terms);
        let offers = directory.offers.iter_mut().map(|offer| &mut offer.terms);
        for terms in needs.chain(offers) {
            terms.coop = self.coops[terms.coop.index()].expect("kept only with its coop");
            terms.raised_in = terms.raised_in.and_then(|call| self.calls[call.index()]);
            self.withhold_contacts(&mut terms.contact);
        }
        for decision in &mut directory.decisions {
            decision.need = self.needs[decision.need.index()].expect("kept only with its need");
            decision.offer = self.offers[decision.offer.index()].expect("kept only with its offer");
            decision.introduced_in = decision.introduced_in.and_then(|id| self.calls[id.index()]);
            self.person(&mut decision.facilitator);
        }
        self.relink_calls(&mut directory, edition, &undecided);
        let closed = directory.declined.union(&undecided).filter_map(|(need, offer)| {
            Some((self.needs[need.index()]?, self.offers[offer.index()]?))
        });
        directory.declined = closed.collect();
        self.withhold_contacts(&mut directory.site.facilitator);
        directory
    }

    /// Pairs of which both sides are shown and what people decided about them is not: nothing is said of
    /// them at all.
    fn undecided(&self, directory: &Directory) -> BTreeSet<(NeedId, OfferId)> {
        let decisions = directory.decisions.iter().zip(&self.decisions);
        let withheld = decisions.filter(|(_, kept)| kept.is_none());
        withheld.map(|(decision, _)| (decision.need, decision.offer)).collect()
    }

    /// Which folders belong to entries that are shown, and which to others.
    fn folders(&self, directory: &Directory) -> Folders {
        let files = directory.ids().map(|id| (id, directory[id].text.record.path.clone()));
        let folders = files.filter_map(|(id, file)| {
            Some((file.strip_suffix("index.md")?.to_owned(), self.has(id)))
        });
        Folders::new(folders)
    }

    fn relink(&self, entry: &mut Entry, withheld: &Withheld, base_url: Option<&str>) {
        if entry.image.as_ref().is_some_and(|image| withheld.folders.has(&image.path)) {
            entry.image = None;
        }
        let relink = |text: &mut Text| {
            let record = text.record.clone();
            let from = |link: &WrittenLink| {
                let target =
                    spots::percent_decode(link.target.split('#').next().unwrap_or_default());
                names::join(&record.path, &target).unwrap_or_default()
            };
            for (reference, link) in text.references.iter_mut().zip(&record.body.links) {
                match reference {
                    Reference::Entry(id, _) => match self.entry(*id) {
                        Some(kept) => *id = kept,
                        None => *reference = Reference::Withheld,
                    },
                    Reference::Asset(path) if withheld.folders.has(path) => {
                        *reference = Reference::Withheld;
                    }
                    Reference::Site(path) if withheld.has_page(path) => {
                        *reference = Reference::Withheld;
                    }
                    Reference::Missing(_)
                        if link.form == LinkForm::Ordinary
                            && withheld.has_page(from(link).trim_start_matches(CONTENT)) =>
                    {
                        *reference = Reference::Withheld;
                    }
                    Reference::Web(url) => {
                        let own = base_url.and_then(|base| below(base, url.as_str()));
                        if own.is_some_and(|path| withheld.has_page(path)) {
                            *reference = Reference::Withheld;
                        }
                    }
                    _ => {}
                }
            }
        };
        relink(&mut entry.text);
        entry.translations.values_mut().for_each(|translation| relink(&mut translation.text));
    }

    fn relink_calls(
        &self,
        directory: &mut Directory,
        edition: Edition,
        undecided: &BTreeSet<(NeedId, OfferId)>,
    ) {
        let hidden = hidden_series(directory, edition);
        for series in &mut directory.site.series {
            series.join = series.join.take().filter(|_| !hidden.contains(&series.id));
        }
        let declined = &directory.declined;
        let is_said = |it: &Introduction| {
            let pair = (it.need, it.offer);
            !undecided.contains(&pair) && (edition == Edition::Network || !declined.contains(&pair))
        };
        for call in &mut directory.calls {
            let is_hidden = call.series.as_ref().is_some_and(|series| hidden.contains(series));
            call.join = call.join.take().filter(|_| !is_hidden);
            call.recording = call.recording.take().filter(|it| edition.shows(it.visibility));
            self.person(&mut call.facilitator);
            self.person(&mut call.note_taker);
            call.turns = std::mem::take(&mut call.turns)
                .into_iter()
                .filter_map(|turn| self.turn(turn))
                .collect();
            call.matches = std::mem::take(&mut call.matches)
                .into_iter()
                .filter(is_said)
                .filter_map(|introduction| self.introduction(introduction))
                .collect();
            for Action { who, handed_to, .. } in &mut call.actions {
                self.person(who);
                self.person(handed_to);
            }
        }
    }

    /// Links in the texts of fields become words: those of their own, the title of the entry, or, where
    /// it is withheld, that it is not public.
    fn words(&self, directory: &mut Directory, not_public: &dyn Fn(&Language) -> String) {
        let mut links = Vec::new();
        for id in directory.ids().filter(|id| self.has(*id)) {
            for (at, (language, text)) in (0..).zip(directory.field_texts_mut(id)) {
                if text.contains("[[") {
                    links.push((id, at, language, std::mem::take(text)));
                }
            }
        }
        let show = |language: &Language, link: FieldLink| match link.words {
            Some(words) => words,
            None => match directory.named(&link.target).filter(|id| self.has(*id)) {
                Some(id) => directory[id].called(language).to_owned(),
                None => not_public(language),
            },
        };
        let words = links.into_iter().map(|(id, at, language, text)| {
            (id, at, inline::replace(&text, |link| show(&language, link)))
        });
        for (id, at, words) in words.collect::<Vec<_>>() {
            if let Some((_, text)) = directory.field_texts_mut(id).into_iter().nth(at) {
                *text = words;
            }
        }
    }

    fn withhold_contacts(&self, contacts: &mut Vec<Contact>) {
        contacts.retain(|contact| self.edition.shows(contact.visibility));
    }

    fn turn(&self, mut turn: Turn) -> Option<Turn> {
        turn.coop = self.coops[turn.coop.index()]?;
        turn.needs = turn.needs.iter().filter_map(|id| self.needs[id.index()]).collect();
        turn.offers = turn.offers.iter().filter_map(|id| self.offers[id.index()]).collect();
        self.person(&mut turn.delegate);
        Some(turn)
    }

    fn introduction(&self, mut introduction: Introduction) -> Option<Introduction> {
        introduction.need = self.needs[introduction.need.index()]?;
        introduction.offer = self.offers[introduction.offer.index()]?;
        Some(introduction)
    }

    fn person(&self, person: &mut Option<Person>) {
        if let Some(Person::Coop(coop)) = person {
            *person = Some(self.coops[coop.index()].map_or(Person::Unnamed, Person::Coop));
        }
    }
}

fn retain<T, Id>(list: &mut Vec<T>, keep: &[Option<Id>]) {
    let mut stays = keep.iter().map(Option::is_some);
    list.retain(|_| stays.next().unwrap_or(true));
}

/// Coordinates are shown no more exactly than a coop wishes: to about a kilometre for a city.
fn blur(coop: &mut Coop) {
    let rounded = |degrees: f64| (degrees * 100.0).round() / 100.0;
    match (coop.precision, &mut coop.coordinates) {
        (Precision::City, Some(coordinates)) => {
            coordinates.latitude = rounded(coordinates.latitude);
            coordinates.longitude = rounded(coordinates.longitude);
        }
        (Precision::Country, coordinates) => *coordinates = None,
        (Precision::Exact | Precision::City, _) => {}
    }
}

/// The path of an address below that of the site, if it is there: the scheme, the usual port and capital
/// letters of the host do not matter.
pub(super) fn below<'a>(base: &str, url: &'a str) -> Option<&'a str> {
    let parts = |url: &str| {
        let (_, rest) = url.split_once("://")?;
        let end = rest.find('/').unwrap_or(rest.len());
        let host = rest[..end].to_lowercase();
        let host = host::for_machines(&host);
        let host = host.trim_end_matches(":443").trim_end_matches(":80").trim_end_matches('.');
        Some((host.to_owned(), url.len() - rest.len() + end))
    };
    let ((own, path), (host, its_path)) = (parts(base)?, parts(url)?);
    (own == host)
        .then(|| url[its_path..].strip_prefix(base[path..].trim_end_matches('/')))
        .flatten()
}

/// Series of calls of which not everybody may know where to join.
fn hidden_series(directory: &Directory, edition: Edition) -> BTreeSet<Slug> {
    let hidden = directory.site.series.iter().filter(|series| !edition.shows(series.visibility));
    hidden.map(|series| series.id.clone()).collect()
}

/// What is withheld, with who withholds it.
fn collect(directory: &Directory, keep: &Keep, publishing: Publishing<'_>) -> Withheld {
    let mut secrets = Secrets::new(directory);
    let edition = publishing.edition;
    let hidden = hidden_series(directory, edition);
    for id in directory.ids() {
        if !keep.has(id) {
            secrets.entry(id, keep.why(directory, id));
            continue;
        }
        let is_hidden = |contact: &&Contact| !edition.shows(contact.visibility);
        let contacts = match id {
            EntryId::Coop(id) => &directory[id].contact,
            EntryId::Need(id) => &directory[id].terms.contact,
            EntryId::Offer(id) => &directory[id].terms.contact,
            EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => continue,
        };
        contacts.iter().filter(is_hidden).for_each(|contact| secrets.contact(id, contact));
    }
    for (id, call) in CallId::each(&directory.calls).filter(|(id, _)| keep.has(EntryId::Call(*id)))
    {
        let is_hidden = call.series.as_ref().is_some_and(|series| hidden.contains(series));
        let join = call.join.as_ref().filter(|_| is_hidden);
        let recording = call.recording.as_ref().filter(|it| !edition.shows(it.visibility));
        join.into_iter().for_each(|url| secrets.url(EntryId::Call(id), "join", url));
        recording.into_iter().for_each(|it| secrets.url(EntryId::Call(id), "recording", &it.url));
    }
    let site = &directory.site;
    let contacts = site.facilitator.iter().filter(|it| !edition.shows(it.visibility));
    contacts.for_each(|contact| {
        let what = (Sort::Contact(contact.contact_type), contact.value.as_str());
        secrets.of_settings(publishing.settings, "facilitator", what, contact.is_said);
    });
    let joins = site.series.iter().filter(|series| hidden.contains(&series.id));
    joins.filter_map(|series| series.join.as_ref()).for_each(|url| {
        secrets.of_settings(publishing.settings, "calls", (Sort::Url, url.as_str()), true);
    });
    secrets.finish(keep.folders(directory))
}
