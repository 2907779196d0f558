//! What was recorded in words for people, who know titles and not ids.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::facts::{self, Fact, What};
use super::words::fold;
use crate::content::record::EntryKind;
use crate::content::values::Role;
use crate::directory::ids::{CallId, EntryId};
use crate::directory::{Directory, Entry};

/// The titles of entries, by their ids.
pub struct Titles<'a> {
    directory: &'a Directory,
    /// How many entries of a kind have a title, once it is asked for.
    counts: OnceCell<FxHashMap<(EntryKind, String), usize>>,
}

impl<'a> Titles<'a> {
    /// Those of a directory, which has what is new, too.
    pub fn new(directory: &'a Directory) -> Titles<'a> {
        Titles { directory, counts: OnceCell::new() }
    }

    /// A title, with the id where others of the kind have the same title.
    pub fn of(&self, kind: EntryKind, id: &str) -> String {
        let Some(found) = self.directory.by_id(kind, id) else { return id.to_owned() };
        let title = self.title(&self.directory[found]);
        match self.counts().get(&(kind, fold(title))) {
            Some(2..) => format!("{title} ({id})"),
            _ => title.to_owned(),
        }
    }

    fn counts(&self) -> &FxHashMap<(EntryKind, String), usize> {
        self.counts.get_or_init(|| {
            let mut counts = FxHashMap::default();
            for id in self.directory.ids() {
                let title = fold(self.title(&self.directory[id]));
                *counts.entry((id.kind(), title)).or_default() += 1;
            }
            counts
        })
    }

    /// In the first language of the site, as a pad has it, where there is a translation.
    fn title<'e>(&self, entry: &'e Entry) -> &'e str {
        entry.called(self.directory.site.default_language())
    }

    /// The title of a coop.
    pub fn coop(&self, id: &str) -> String {
        self.of(EntryKind::Coop, id)
    }

    /// Both sides of an introduction.
    pub fn pair(&self, need: &str, offer: &str) -> String {
        format!("{} → {}", self.of(EntryKind::Need, need), self.of(EntryKind::Offer, offer))
    }

    /// A fact: "Agaric Bakery: the name Ana".
    fn told(&self, Fact { what, of, says }: &Fact) -> String {
        let coop = || self.coop(of);
        let pair = || match facts::sides(of) {
            Some((need, offer)) => self.pair(need, offer),
            None => of.clone(),
        };
        match what {
            What::Facilitator | What::NoteTaker => {
                format!("{}: {}", what.as_str(), self.coop(says))
            }
            What::Decision | What::Notes | What::Action => format!("{}: {says}", what.as_str()),
            What::Turn => format!("{}: its turn", coop()),
            What::Delegate => format!("{}: the name {says}", coop()),
            What::Role if says == Role::Apology.as_str() => format!("{}: sent apologies", coop()),
            What::Role | What::About => format!("{}: {says}", coop()),
            What::Written => format!("{}: in writing", coop()),
            What::Held => what.as_str().to_owned(),
            What::Need => format!("{}: need {}", coop(), self.of(EntryKind::Need, says)),
            What::Offer => format!("{}: offer {}", coop(), self.of(EntryKind::Offer, says)),
            What::Introduction => format!("introduction {}: {says}", pair()),
            What::Note => format!("introduction {}, note: {says}", pair()),
            What::Doer => format!("action {of}: {} does it", self.coop(says)),
            What::Due => format!("action {of}: by {says}"),
            What::Done => format!("action {of}: done"),
            What::Dropped => format!("action {of}: dropped"),
            What::HandedTo => format!("action {of}: handed to {}", self.coop(says)),
        }
    }

    /// The same, with the file that was made of it in a call.
    fn told_with_file(&self, fact: &Fact, call: CallId) -> String {
        let kind = match fact.what {
            What::Need => EntryKind::Need,
            What::Offer => EntryKind::Offer,
            _ => return self.told(fact),
        };
        let directory = self.directory;
        let is_of_call =
            |id: &EntryId| directory.terms(*id).is_some_and(|terms| terms.raised_in == Some(call));
        match directory.by_id(kind, &fact.says).filter(is_of_call) {
            None => self.told(fact),
            Some(id) => {
                let (coop, title) = (self.coop(&fact.of), self.title(&directory[id]));
                let (kind, path) = (kind.as_str(), &directory[id].text.record.path);
                format!("{coop}: {kind} {title} (written to {path}, which stays too)")
            }
        }
    }
}

/// Facts in words. Of an action that is among them, who does it and until when says no more.
pub fn told(facts: &[Fact], directory: &Directory, call: CallId) -> Vec<String> {
    let is_action = |it: &&Fact| {
        let of = [What::Doer, What::Due, What::Done, What::Dropped, What::HandedTo];
        of.contains(&it.what)
    };
    let whole = |of: &str| facts.contains(&Fact::new(What::Action, "", of));
    let told = facts.iter().filter(|it| !(is_action(it) && whole(&it.of)));
    let titles = Titles::new(directory);
    told.map(|it| titles.told_with_file(it, call)).collect()
}
