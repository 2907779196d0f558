//! What coops said in the rounds: needs and offers that there are, and new ones.

use super::lines::{Form, Line};
use super::parts::{self, Remarks};
use super::questions::last_choices;
use super::understanding::{Last, Reading};
use super::words::fold;
use super::{Asked, Choice, NewEntry, Open, Question, Section, TO_NOTES};
use crate::content::record::{self, EntryKind};
use crate::content::values::{Kind, Language};
use crate::directory::Entry;
use crate::directory::ids::{CoopId, EntryId};

/// A title is cut after so many characters; the whole goes into the text.
const LONGEST_TITLE: usize = 100;

/// How much of two titles has to be the same for a question (Dice coefficient of letters by threes).
const ALIKE: f64 = 0.5;

impl Reading<'_> {
    /// What a coop said in a round.
    pub(super) fn say(&mut self, coop: CoopId, section: Section, line: &Line, text: &str) {
        let kind = match section {
            Section::Needs => EntryKind::Need,
            Section::Offers => EntryKind::Offer,
            _ => {
                let about = &mut self.said(coop).about;
                about.push_str(if about.is_empty() { "" } else { " " });
                return about.push_str(text);
            }
        };
        let indent = match line.form {
            Form::Item(indent, _) => indent,
            _ => 0,
        };
        if self.last.as_ref().is_some_and(|last| indent > last.indent) {
            return self.detail(line, text);
        }
        let Some((id, new)) = self.entry(coop, kind, line, text) else { return };
        // A line that names its coop may have others of that coop below it.
        let is_labelled = line.text != text;
        self.last = (!is_labelled).then(|| Last { indent, kind, id: id.clone(), new });
        let said = self.said(coop);
        let list = if kind == EntryKind::Need { &mut said.needs } else { &mut said.offers };
        if !list.contains(&id) {
            list.push(id);
        }
    }

    /// A line below a need or an offer belongs to it.
    fn detail(&mut self, line: &Line, text: &str) {
        let Some(last) = &self.last else { return };
        if let Some(at) = last.new {
            return self.recording.new[at].body.push_str(&format!("- {text}\n"));
        }
        let is_said = |entry: &Entry| fold(&entry.text.plain()).contains(&fold(text));
        let is_last = |entry: &&Entry| entry.slug.as_str() == last.id;
        if !self.entries(last.kind).find(is_last).is_some_and(is_said) {
            self.recording.unsorted.push(line.raw.clone());
        }
    }

    /// All entries of a kind.
    pub(super) fn entries(&self, kind: EntryKind) -> impl Iterator<Item = &Entry> {
        let directory = self.subject.directory;
        let of = directory.ids().filter(move |id| id.kind() == kind);
        of.map(|id| &directory[id])
    }

    /// The entry that a line is about, and its place among the new ones; `None` where it is not said, or
    /// is still to be asked.
    fn entry(
        &mut self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
        text: &str,
    ) -> Option<(String, Option<usize>)> {
        let (title, remarks) = self.title(text);
        let there_is = self.there_is(coop, kind, text);
        if let Some(id) = there_is.or_else(|| self.there_is(coop, kind, &title)) {
            let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
            return (!is_unticked).then_some((id, None));
        }
        let known = self.recording.new.iter().position(|it| {
            it.kind == kind && it.coop == self.coops.slug(coop) && fold(&it.title) == fold(&title)
        });
        if let Some(at) = known {
            return Some((self.recording.new[at].id.clone(), Some(at)));
        }
        let alike = self.alike(coop, kind, &title);
        if !alike.is_empty() {
            match self.answers.get(&Asked::Same(line.raw.line)).cloned() {
                None => {
                    self.ask_whether_same(line, kind, alike);
                    return None;
                }
                Some(answer) if alike.iter().any(|(id, _)| *id == answer) => {
                    return Some((answer, None));
                }
                Some(answer) if answer == "new" => {}
                Some(answer) => {
                    self.put_away(line, &answer);
                    return None;
                }
            }
        }
        let help = self.help(line, kind, &remarks);
        let language = self.language(line, &title, &remarks);
        let (help, language) = (help?, language?);
        self.recording.new.push(NewEntry {
            kind,
            id: self.free_id(kind, coop, &title),
            body: if title.chars().count() > LONGEST_TITLE {
                format!("{title}\n")
            } else {
                String::new()
            },
            title: shortened(&title),
            coop: self.coops.slug(coop).to_owned(),
            help,
            language,
            until: remarks.day,
        });
        let at = self.recording.new.len() - 1;
        Some((self.recording.new[at].id.clone(), Some(at)))
    }

    /// The words of a line, and the remarks in its brackets; brackets that say anything else are words.
    fn title(&self, text: &str) -> (String, Remarks) {
        let (title, inner) = parts::brackets(text);
        let remarks = Remarks::read(inner.unwrap_or_default(), self.subject.words);
        let has_known =
            remarks.help.is_some() || remarks.language.is_some() || remarks.day.is_some();
        match has_known && remarks.others.is_empty() {
            true => (title.trim_end_matches('.').to_owned(), remarks),
            false => (text.trim_end_matches('.').to_owned(), Remarks::default()),
        }
    }

    /// The entries of a coop.
    fn entries_of(&self, coop: CoopId, kind: EntryKind) -> Vec<&Entry> {
        let directory = self.subject.directory;
        let is_own = |id: &EntryId| match id {
            EntryId::Need(id) if kind == EntryKind::Need => directory[*id].terms.coop == coop,
            EntryId::Offer(id) if kind == EntryKind::Offer => directory[*id].terms.coop == coop,
            _ => false,
        };
        directory.ids().filter(is_own).map(|id| &directory[id]).collect()
    }

    /// The id of the coop's entry with this title or id.
    fn there_is(&self, coop: CoopId, kind: EntryKind, title: &str) -> Option<String> {
        let folded = fold(title.trim_matches('`'));
        let entries = self.entries_of(coop, kind);
        let mut found = entries.iter().filter(|entry| names(entry).any(|it| fold(it) == folded));
        let one = found.next()?;
        found.next().is_none().then(|| one.slug.to_string())
    }

    /// Entries of the coop whose title is much like a text, the nearest first.
    fn alike(&self, coop: CoopId, kind: EntryKind, title: &str) -> Vec<(String, String)> {
        let entries = self.entries_of(coop, kind);
        let mut found: Vec<(f64, &Entry)> = entries
            .into_iter()
            .map(|entry| (names(entry).map(|it| likeness(it, title)).fold(0.0, f64::max), entry))
            .filter(|(score, _)| *score >= ALIKE)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.slug.cmp(&b.1.slug)));
        let named = found.into_iter().take(3);
        named.map(|(_, entry)| (entry.slug.to_string(), entry.title.clone())).collect()
    }

    fn ask_whether_same(&mut self, line: &Line, kind: EntryKind, alike: Vec<(String, String)>) {
        let mut choices: Vec<Choice> = alike
            .into_iter()
            .map(|(answer, title)| Choice { answer, label: format!("yes: {title}") })
            .collect();
        let label = format!("no, it is a new {}", kind.as_str());
        choices.push(Choice { answer: "new".to_owned(), label });
        choices.extend(last_choices());
        self.ask(Question {
            asked: Asked::Same(line.raw.line),
            at: line.raw.clone(),
            text: format!("Is this the {} that there is already?", kind.as_str()),
            choices,
            open: None,
            safe: TO_NOTES,
        });
    }

    fn help(&mut self, line: &Line, kind: EntryKind, remarks: &Remarks) -> Option<Kind> {
        if remarks.help.is_some() {
            return remarks.help;
        }
        let asked = Asked::Help(line.raw.line);
        let Some(answer) = self.answers.get(&asked).cloned() else {
            let label = |kind: &Kind| match kind {
                Kind::Financial => "financial: money, loans, shares",
                Kind::Human => "human: people and their hands",
                Kind::Technical => "technical: tools, machines, software",
                Kind::Knowledge => "knowledge: advice, teaching, translation",
            };
            let choice = |kind: &Kind| Choice {
                answer: kind.as_str().to_owned(),
                label: label(kind).to_owned(),
            };
            let mut choices: Vec<Choice> = Kind::ALL.iter().map(choice).collect();
            choices.extend(last_choices());
            let text = format!("What kind of help is this new {} about?", kind.as_str());
            let at = line.raw.clone();
            self.ask(Question { asked, at, text, choices, open: None, safe: TO_NOTES });
            return None;
        };
        let help = Kind::parse(&answer).ok();
        if help.is_none() {
            self.put_away(line, &answer);
        }
        help
    }

    /// `Some(None)` is the site's first language.
    fn language(&mut self, line: &Line, text: &str, remarks: &Remarks) -> Option<Option<Language>> {
        let first = self.subject.directory.site.default_language().clone();
        if let Some(language) = &remarks.language {
            return Some(Some(language.clone()).filter(|it| *it != first));
        }
        let candidates = super::languages::of(text, first.primary());
        if candidates.is_empty() {
            return Some(None);
        }
        let asked = Asked::Language(line.raw.line);
        let Some(answer) = self.answers.get(&asked) else {
            let tags = candidates.into_iter().chain([first.as_str()]);
            let mut choices: Vec<Choice> =
                tags.map(|tag| Choice { answer: tag.to_owned(), label: tag.to_owned() }).collect();
            choices.extend(last_choices());
            let text = "What language is this in?".to_owned();
            let (at, open) = (line.raw.clone(), Some(Open::Language));
            self.ask(Question { asked, at, text, choices, open, safe: TO_NOTES });
            return None;
        };
        match Language::parse(answer) {
            Ok(language) => Some(Some(language).filter(|it| *it != first)),
            // What kind of help it is about is asked at the same time, and puts the line away once.
            Err(_) => {
                let answer = answer.clone();
                let is_away = self.recording.unsorted.contains(&line.raw);
                if !is_away {
                    self.put_away(line, &answer);
                }
                None
            }
        }
    }

    /// An id that no file has: of the title, with the coop's where that is taken.
    fn free_id(&self, kind: EntryKind, coop: CoopId, title: &str) -> String {
        let title = record::made_id(&shortened(title));
        let is_free = |id: &String| {
            let is_new = |it: &NewEntry| it.kind == kind && it.id == *id;
            record::check_id(kind, id).is_ok()
                && record::is_free(kind, id, |path| self.subject.taken.contains(path))
                && !self.recording.new.iter().any(is_new)
        };
        let with_coop = record::made_id(&format!("{title} {}", self.coops.slug(coop)));
        let numbered = (2..).map(|number| record::numbered_id(&with_coop, number));
        let mut candidates = [title, with_coop.clone()].into_iter().chain(numbered);
        candidates.find(is_free).unwrap_or_default()
    }
}

/// How an entry may be called: its id, and its titles in all languages.
pub(super) fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let titles = entry.translations.values().map(|it| it.title.as_str());
    [entry.slug.as_str(), entry.title.as_str()].into_iter().chain(titles)
}

/// A title that is short enough, cut at a word.
fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    let sentence = title.split(['.', ';', '?', '!']).next().unwrap_or(title);
    if (10..=LONGEST_TITLE).contains(&sentence.chars().count()) {
        return sentence.trim().to_owned();
    }
    let mut short = String::new();
    for word in title.split(' ') {
        if short.chars().count() + 1 + word.chars().count() > LONGEST_TITLE {
            break;
        }
        short.push_str(if short.is_empty() { "" } else { " " });
        short.push_str(word);
    }
    let short = if short.is_empty() { title.chars().take(LONGEST_TITLE).collect() } else { short };
    format!("{short} …")
}

/// How much two texts are alike, from 0 to 1: the Dice coefficient of their letters by threes.
fn likeness(a: &str, b: &str) -> f64 {
    let threes = |text: &str| -> std::collections::BTreeSet<[char; 3]> {
        let letters: Vec<char> = format!("  {} ", fold(text)).chars().collect();
        letters.windows(3).map(|it| [it[0], it[1], it[2]]).collect()
    };
    let (a, b) = (threes(a), threes(b));
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_short_and_the_same_words_are_alike() {
        assert_eq!(shortened("Hands for wheat"), "Hands for wheat");
        let long = format!("Hands for wheat. {}", "Many of them ".repeat(10));
        assert_eq!(shortened(&long), "Hands for wheat");
        let long = "wheat ".repeat(40);
        assert!(shortened(&long).ends_with("wheat …") && shortened(&long).chars().count() < 104);
        assert!(likeness("Hands for the wheat", "hands for wheat") > ALIKE);
        assert!(likeness("Hands for the wheat", "A tractor") < 0.1);
    }
}
