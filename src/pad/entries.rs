//! Needs and offers that there are: which one a line means, and what it says otherwise.

use super::alike::{ALIKE, likeness, names};
use super::answered;
use super::asked::Asked;
use super::lines::Line;
use super::paraphrase::Rarity;
use super::parts::Remarks;
use super::sections::Section;
use super::understanding::Reading;
use super::words::same;
use crate::content::record::EntryKind;
use crate::directory::Entry;
use crate::directory::ids::{CoopId, EntryId};

impl Reading<'_> {
    /// All entries of a kind.
    pub(super) fn entries(&self, kind: EntryKind) -> impl Iterator<Item = &Entry> {
        let directory = self.subject.directory;
        directory.of_kind(kind).map(|id| &directory[id])
    }

    /// Leaves over what a line about an entry that there is says differently; nothing of the entry is changed.
    pub(super) fn compare(
        &mut self,
        kind: EntryKind,
        id: &str,
        line: &Line,
        (title, remarks): (Option<&str>, &Remarks),
    ) {
        // What a recording made of the line can have been corrected since.
        let asked = Asked::Same(line.spot());
        if answered::find_written(&self.answers.kept, &asked, Some(line)).is_some() {
            return;
        }
        let directory = self.subject.directory;
        let Some(found) = directory.by_id(kind, id) else { return };
        let differences = self.differences(found, title, remarks);
        if !differences.is_empty() {
            let path = &directory[found].text.record.path;
            let all = differences.join(", ");
            let why = format!("In {path}, {all}; change it there if the pad is right.");
            self.leave_over(line, why);
        }
    }

    /// What a line says otherwise than an entry, or besides.
    fn differences(&self, id: EntryId, title: Option<&str>, remarks: &Remarks) -> Vec<String> {
        let entry = &self.subject.directory[id];
        let Some(terms) = self.subject.directory.terms(id) else { return Vec::new() };
        let mut all = Vec::new();
        let mut differs = |what: &str, there: &str, said: &str| {
            let there = match there.is_empty() {
                true => format!("it has no {what}"),
                false => format!("its {what} is `{there}`"),
            };
            all.push(format!("{there} (the pad says `{said}`)"));
        };
        // An entry of another call has its title from there.
        let is_of_call = terms.raised_in == Some(self.subject.call);
        if let Some(title) = title.filter(|it| is_of_call && names(entry).all(|name| name != *it)) {
            differs("title", &entry.title, title);
        }
        if let Some(help) = remarks.help.filter(|help| *help != terms.kind) {
            differs("kind", terms.kind.as_str(), help.as_str());
        }
        if let Some(said) = remarks.language.as_ref().filter(|it| **it != entry.language) {
            differs("language", entry.language.as_str(), said.as_str());
        }
        let there = terms.until.map_or(String::new(), |day| day.to_string());
        if let Some(day) = remarks.day.filter(|day| Some(*day) != terms.until) {
            differs("last day", &there, &day.to_string());
        }
        for (said, days) in &remarks.days {
            if !days.iter().any(|day| Some(*day) == terms.until) {
                differs("last day", &there, said);
            }
        }
        all.extend(remarks.others.iter().map(|said| format!("nothing says `{said}`")));
        all
    }

    /// Whether a coop has what a line of a round says.
    pub(super) fn is_there(&self, coop: CoopId, section: Section, text: &str) -> bool {
        let kind = match section {
            Section::Needs => EntryKind::Need,
            Section::Offers => EntryKind::Offer,
            _ => return false,
        };
        let (title, _) = self.title(text);
        [text, &title].iter().any(|title| self.there_is(coop, kind, title).is_some())
    }

    /// The entries of a coop.
    pub(super) fn entries_of(&self, coop: CoopId, kind: EntryKind) -> Vec<&Entry> {
        let directory = self.subject.directory;
        let is_own = |id: &EntryId| directory.coop_of(*id) == Some(coop);
        directory.of_kind(kind).filter(is_own).map(|id| &directory[id]).collect()
    }

    /// The id of the coop's entry with this title or id.
    pub(super) fn there_is(&self, coop: CoopId, kind: EntryKind, title: &str) -> Option<String> {
        let found = self.names.there.get(&(kind, coop, same(title)))?;
        found.first().filter(|_| found.len() == 1).cloned()
    }

    /// Entries of the coop whose title is much like a text, or says the same in other words, the nearest first.
    pub(super) fn alike(
        &self,
        coop: CoopId,
        kind: EntryKind,
        title: &str,
    ) -> Vec<(String, String)> {
        let entries = self.entries_of(coop, kind);
        let rarity = self.rarity.get_or_init(|| Rarity::new(self.subject.directory));
        let may_be = |entry: &Entry| entry.titles().any(|it| rarity.may_be_one(title, it));
        let mut found: Vec<(f64, &Entry)> = entries
            .into_iter()
            .map(|entry| (names(entry).map(|it| likeness(it, title)).fold(0.0, f64::max), entry))
            .filter(|(score, entry)| *score >= ALIKE || may_be(entry))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.slug.cmp(&b.1.slug)));
        let named = found.into_iter().take(3);
        named.map(|(_, entry)| (entry.slug.to_string(), entry.title.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_alike() {
        assert!(likeness("Hands for the wheat", "hands for wheat") > ALIKE);
        assert!(likeness("Hands for the wheat", "A tractor") < 0.1);
    }
}
