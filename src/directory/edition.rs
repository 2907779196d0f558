//! What an edition may show, decided once: everything after this stage works on a directory that
//! never had what is withheld.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Directory;
use super::call::{Action, Introduction, Turn};
use super::contact::{Contact, Person};
use super::coop::Coop;
use super::entry::{Entry, Reference, Text};
use super::ids::{CallId, CoopId, DecisionId, EntryId, NeedId, OfferId, PageId};
use crate::content::values::{Precision, Visibility};

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

/// What an edition leaves out, so that a guard can look for it in what is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Withheld {
    /// Titles, summaries, contacts and addresses that stand nowhere by right.
    pub texts: BTreeSet<String>,
    /// Paths of entries, such as `coops/agaric`.
    pub paths: BTreeSet<String>,
}

/// The directory as an edition may show it, and what that leaves out. What belongs to an entry
/// that is withheld goes with it: its needs, offers, matches and turns.
pub fn publish(
    mut directory: Directory,
    edition: Edition,
    drafts: Drafts,
) -> (Directory, Withheld) {
    directory.holds_secrets = files_with_secrets(&directory, edition);
    let keep = Keep::new(&directory, edition, drafts);
    let mut secrets = Secrets::default();
    for id in directory.ids().filter(|id| !keep.has(*id)) {
        secrets.entry(&directory, id);
    }
    let published = keep.apply(directory, edition, &mut secrets);
    let withheld = secrets.without_what_is_shown(&published);
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
        let decisions = directory.decisions.iter().map(|decision| {
            let sides =
                needs[decision.need.index()].is_some() && offers[decision.offer.index()].is_some();
            let declined = directory.declined.contains(&(decision.need, decision.offer));
            shown(&decision.entry) && sides && (edition == Edition::Network || !declined)
        });
        Keep {
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

    fn apply(
        &self,
        mut directory: Directory,
        edition: Edition,
        secrets: &mut Secrets,
    ) -> Directory {
        let closed = self.closed_folders(&directory);
        retain(&mut directory.coops, &self.coops);
        retain(&mut directory.needs, &self.needs);
        retain(&mut directory.offers, &self.offers);
        retain(&mut directory.decisions, &self.decisions);
        retain(&mut directory.calls, &self.calls);
        retain(&mut directory.pages, &self.pages);
        for id in directory.ids() {
            self.relink(directory.entry_mut(id), &closed);
        }
        for coop in &mut directory.coops {
            coop.part_of = coop.part_of.iter().filter_map(|id| self.coops[id.index()]).collect();
            withhold_contacts(&mut coop.contact, edition, secrets);
            blur(coop);
        }
        let needs = directory.needs.iter_mut().map(|need| &mut need.terms);
        let offers = directory.offers.iter_mut().map(|offer| &mut offer.terms);
        for terms in needs.chain(offers) {
            terms.coop = self.coops[terms.coop.index()].expect("kept only with its coop");
            terms.raised_in = terms.raised_in.and_then(|call| self.calls[call.index()]);
            withhold_contacts(&mut terms.contact, edition, secrets);
        }
        for decision in &mut directory.decisions {
            decision.need = self.needs[decision.need.index()].expect("kept only with its need");
            decision.offer = self.offers[decision.offer.index()].expect("kept only with its offer");
            decision.introduced_in = decision.introduced_in.and_then(|id| self.calls[id.index()]);
            self.person(&mut decision.facilitator);
        }
        self.relink_calls(&mut directory, edition, secrets);
        let declined = directory.declined.iter().filter_map(|(need, offer)| {
            Some((self.needs[need.index()]?, self.offers[offer.index()]?))
        });
        directory.declined = declined.collect();
        withhold_contacts(&mut directory.site.facilitator, edition, secrets);
        directory
    }

    /// Folders of withheld entries: what lies in them is withheld too.
    fn closed_folders(&self, directory: &Directory) -> Vec<String> {
        let withheld = directory.ids().filter(|id| !self.has(*id));
        let files = withheld.map(|id| directory[id].text.record.path.clone());
        files.filter_map(|file| Some(format!("{}/", file.strip_suffix("/index.md")?))).collect()
    }

    fn relink(&self, entry: &mut Entry, closed: &[String]) {
        let is_closed = |path: &str| closed.iter().any(|folder| path.starts_with(folder));
        if entry.image.as_ref().is_some_and(|image| is_closed(&image.path)) {
            entry.image = None;
        }
        let relink = |text: &mut Text| {
            for reference in &mut text.references {
                match reference {
                    Reference::Entry(id, _) => match self.entry(*id) {
                        Some(kept) => *id = kept,
                        None => *reference = Reference::Withheld,
                    },
                    Reference::Asset(path) if is_closed(path) => *reference = Reference::Withheld,
                    _ => {}
                }
            }
        };
        relink(&mut entry.text);
        entry.translations.values_mut().for_each(|translation| relink(&mut translation.text));
    }

    fn relink_calls(&self, directory: &mut Directory, edition: Edition, secrets: &mut Secrets) {
        let hidden: BTreeMap<_, _> = directory
            .site
            .series
            .iter()
            .filter(|series| !edition.shows(series.visibility))
            .map(|series| (series.id.clone(), series.join.clone()))
            .collect();
        for series in &mut directory.site.series {
            if !edition.shows(series.visibility) {
                secrets.texts.extend(series.join.take().map(|url| url.to_string()));
            }
        }
        let declined = &directory.declined;
        for call in &mut directory.calls {
            if call.series.as_ref().is_some_and(|series| hidden.contains_key(series)) {
                secrets.texts.extend(call.join.take().map(|url| url.to_string()));
            }
            if call.recording.as_ref().is_some_and(|shown| !edition.shows(shown.visibility)) {
                secrets.texts.extend(call.recording.take().map(|it| it.url.to_string()));
            }
            self.person(&mut call.facilitator);
            self.person(&mut call.note_taker);
            call.turns = std::mem::take(&mut call.turns)
                .into_iter()
                .filter_map(|turn| self.turn(turn))
                .collect();
            call.matches = std::mem::take(&mut call.matches)
                .into_iter()
                .filter(|it| {
                    edition == Edition::Network || !declined.contains(&(it.need, it.offer))
                })
                .filter_map(|introduction| self.introduction(introduction))
                .collect();
            for Action { who, .. } in &mut call.actions {
                self.person(who);
            }
        }
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

fn withhold_contacts(contacts: &mut Vec<Contact>, edition: Edition, secrets: &mut Secrets) {
    contacts.retain(|contact| {
        let shown = edition.shows(contact.visibility);
        if !shown {
            secrets.texts.insert(contact.value.clone());
        }
        shown
    });
}

/// What must not be found in an edition.
#[derive(Default)]
struct Secrets {
    texts: BTreeSet<String>,
    paths: BTreeSet<String>,
}

impl Secrets {
    fn entry(&mut self, directory: &Directory, id: EntryId) {
        let entry = &directory[id];
        let folder = id.kind().folder();
        self.paths.insert(format!("{folder}/{}", entry.slug));
        self.paths.extend(entry.aliases.iter().map(|alias| format!("{folder}/{alias}")));
        let translated = entry.translations.values();
        let words = translated.flat_map(|words| [words.title.clone(), words.summary.clone()]);
        self.texts.extend(words.chain([entry.title.clone(), entry.summary.clone()]));
        self.texts.extend(entry.links.iter().map(|link| link.url.to_string()));
        self.texts.extend(entry.discussion.iter().map(ToString::to_string));
        match id {
            EntryId::Coop(id) => {
                let coop = &directory[id];
                self.texts.extend(coop.website.iter().map(ToString::to_string));
                self.contacts(&coop.contact);
            }
            EntryId::Need(id) => self.contacts(&directory[id].terms.contact),
            EntryId::Offer(id) => self.contacts(&directory[id].terms.contact),
            EntryId::Call(id) => {
                let call = &directory[id];
                self.texts.extend(call.join.iter().map(ToString::to_string));
                self.texts.extend(call.recording.iter().map(|it| it.url.to_string()));
            }
            EntryId::Match(_) | EntryId::Page(_) => {}
        }
    }

    fn contacts(&mut self, contacts: &[Contact]) {
        self.texts.extend(contacts.iter().map(|contact| contact.value.clone()));
    }

    /// What is shown by right elsewhere is no secret, and neither is a word or two.
    fn without_what_is_shown(mut self, published: &Directory) -> Withheld {
        let mut shown = Secrets::default();
        for id in published.ids() {
            shown.entry(published, id);
        }
        shown.contacts(&published.site.facilitator);
        shown.texts.extend(
            published.site.series.iter().filter_map(|s| s.join.as_ref()).map(ToString::to_string),
        );
        self.texts.retain(|text| text.chars().count() >= 5 && !shown.texts.contains(text));
        self.paths.retain(|path| !shown.paths.contains(path));
        Withheld { texts: self.texts, paths: self.paths }
    }
}
