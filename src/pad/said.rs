//! What coops said in the rounds: needs and offers that there are, and new ones.

use jiff::civil::Date;

use super::lines::{Form, Line};
use super::parts::{self, Remarks};
use super::understanding::{Last, Reading};
use super::words::fold;
use super::{Asked, Choice, Kept, LEFT, NewEntry, Open, Question, Section, kept};
use crate::content::record::{self, EntryKind};
use crate::content::values::{self, Kind, Language};
use crate::directory::Entry;
use crate::directory::ids::{CoopId, EntryId};
use crate::directory::terms::Terms;

/// A title is cut after so many characters; the whole goes into the text.
const LONGEST_TITLE: usize = 100;

/// How much of two titles has to be the same for a question (Dice coefficient of letters by threes).
const ALIKE: f64 = 0.5;

/// What is known of a line so far; `None` while something is to be asked, `Err` where it is put away.
type Step<T> = Result<Option<T>, Away>;

struct Away;

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
            self.put_away(line, LEFT);
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
        let titles = [text.to_owned(), title.clone(), shortened(&title)];
        if let Some(id) = titles.iter().find_map(|title| self.there_is(coop, kind, title)) {
            let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
            if !is_unticked && self.says_more(kind, &id, line, &remarks) {
                self.put_away(line, LEFT);
            }
            return (!is_unticked).then_some((id, None));
        }
        let known = self.recording.new.iter().position(|it| {
            it.kind == kind
                && it.coop == self.subject.coops.slug(coop)
                && fold(&it.title) == fold(&title)
        });
        if let Some(at) = known {
            return Some((self.recording.new[at].id.clone(), Some(at)));
        }
        if let Some(id) = self.made_before(coop, kind, line) {
            return Some((id, None));
        }
        match self.same(coop, kind, line, &title).ok().flatten()? {
            Some(id) => Some((id, None)),
            None => {
                let new = self.new_entry(coop, kind, line, (title, remarks)).ok().flatten()?;
                let id = new.id.clone();
                let made = Kept::new(&Asked::Same(line.raw.line), Some(line), &id);
                self.recording.made.push(made);
                self.recording.new.push(new);
                Some((id, Some(self.recording.new.len() - 1)))
            }
        }
    }

    /// What an earlier recording made of the same line, whatever that is called now.
    fn made_before(&self, coop: CoopId, kind: EntryKind, line: &Line) -> Option<String> {
        let id = kept::find(&self.answers.kept, &Asked::Same(line.raw.line), Some(line))?;
        let is_it = |entry: &&Entry| {
            entry.slug.as_str() == id || entry.aliases.iter().any(|alias| alias.as_str() == id)
        };
        let entry = self.entries_of(coop, kind).into_iter().find(is_it)?;
        Some(entry.slug.to_string())
    }

    fn new_entry(
        &mut self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
        (title, remarks): (String, Remarks),
    ) -> Step<NewEntry> {
        let described = self.described(coop, line, title, &remarks)?;
        let help = self.help(coop, kind, line, &remarks)?;
        let words = described.as_ref().map_or("", |(title, _)| title.as_str()).to_owned();
        let language = self.language(coop, line, &words, &remarks)?;
        let (Some((title, until)), Some(help), Some(language)) = (described, help, language) else {
            return Ok(None);
        };
        let is_long = title.chars().count() > LONGEST_TITLE;
        Ok(Some(NewEntry {
            kind,
            id: self.free_id(kind, coop, &title),
            body: if is_long { format!("{title}\n") } else { String::new() },
            title: shortened(&title),
            coop: self.subject.coops.slug(coop).to_owned(),
            help,
            language,
            until,
        }))
    }

    /// The words of a line, and the remarks in the brackets at its end; brackets that say nothing of what it
    /// is are words.
    fn title(&self, text: &str) -> (String, Remarks) {
        let (mut title, mut inner) = (text, String::new());
        while let (before, Some(said)) = parts::brackets(title) {
            if before.is_empty() || !self.remarks(said).describe() {
                break;
            }
            inner = format!("{said}, {inner}");
            title = before;
        }
        (title.trim_end_matches('.').to_owned(), self.remarks(&inner))
    }

    /// The title and the last day, once it is known what the brackets say that is not plain.
    fn described(
        &mut self,
        coop: CoopId,
        line: &Line,
        title: String,
        remarks: &Remarks,
    ) -> Step<(String, Option<Date>)> {
        let (mut words, mut until) = (Vec::new(), remarks.day);
        let mut is_open = false;
        let days = remarks.days.iter().map(|(said, days)| (said.as_str(), days.as_slice()));
        let others = remarks.others.iter().map(|said| (said.as_str(), [].as_slice()));
        for (said, days) in days.chain(others) {
            let question = self.about_remark(line, said, days);
            let question = Question { owner: Some(self.title_of(coop)), ..question };
            match self.settle(line, question).as_deref() {
                None => is_open = true,
                Some("text") => words.push(said),
                Some("nothing") => {}
                Some(answer) => match values::date(answer) {
                    Ok(day) => until = Some(day),
                    Err(_) => {
                        self.put_away(line, answer);
                        return Err(Away);
                    }
                },
            }
        }
        let title = match words.is_empty() {
            true => title,
            false => format!("{title} ({})", words.join(", ")),
        };
        Ok((!is_open).then_some((title, until)))
    }

    /// What words in brackets say, which may be one of these days.
    pub(super) fn about_remark(&self, line: &Line, said: &str, days: &[Date]) -> Question {
        let choice = |answer: &str, label: String| Choice { answer: answer.to_owned(), label };
        let mut choices: Vec<Choice> =
            days.iter().map(|day| choice(&day.to_string(), day.to_string())).collect();
        choices.push(choice("text", "words that belong to what was said".to_owned()));
        choices.push(choice("nothing", format!("nothing: leave `{said}` out")));
        let text = match days.is_empty() {
            true => format!("What is `{said}`?"),
            false => format!("Which day is `{said}`?"),
        };
        let asked = Asked::Remark(line.raw.line, said.to_owned());
        Question { open: Some(Open::Day), ..self.question(line, asked, text, choices) }
    }

    /// Whether a line about an entry that there is says something else of it.
    fn says_more(&self, kind: EntryKind, id: &str, line: &Line, remarks: &Remarks) -> bool {
        let directory = self.subject.directory;
        let is_it = |it: &EntryId| it.kind() == kind && directory[*it].slug.as_str() == id;
        let Some(found) = directory.ids().find(is_it) else { return false };
        let terms: &Terms = match found {
            EntryId::Need(id) => &directory[id].terms,
            EntryId::Offer(id) => &directory[id].terms,
            _ => return false,
        };
        // What a recording made of the line can have been corrected since.
        let asked = Asked::Same(line.raw.line);
        if kept::find(&self.answers.kept, &asked, Some(line)).is_some() {
            return false;
        }
        let days = remarks.day.into_iter().map(|day| vec![day]);
        let mut days = days.chain(remarks.days.iter().map(|(_, days)| days.clone()));
        let is_in = |language: &Language| directory[found].language == *language;
        remarks.help.is_some_and(|help| help != terms.kind)
            || remarks.language.as_ref().is_some_and(|language| !is_in(language))
            || days.any(|days| !days.iter().any(|day| Some(*day) == terms.until))
            || !remarks.others.is_empty()
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

    pub(super) fn title_of(&self, coop: CoopId) -> String {
        self.subject.coops.title(coop).to_owned()
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

    /// The entry that there is already and that a line means by an answer; `Some(None)` where it is new.
    fn same(
        &mut self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
        title: &str,
    ) -> Step<Option<String>> {
        let alike = self.alike(coop, kind, title);
        if alike.is_empty() {
            return Ok(Some(None));
        }
        let choice = |answer: &str, label: String| Choice { answer: answer.to_owned(), label };
        let mut choices: Vec<Choice> =
            alike.iter().map(|(id, title)| choice(id, format!("yes: {title}"))).collect();
        choices.push(choice("new", format!("no, it is a new {}", kind.as_str())));
        let text = format!("Is this the {} that there is already?", kind.as_str());
        let question = self.question(line, Asked::Same(line.raw.line), text, choices);
        let question = Question { owner: Some(self.title_of(coop)), ..question };
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        if alike.iter().any(|(id, _)| *id == answer) {
            return Ok(Some(Some(answer)));
        }
        if answer == "new" {
            return Ok(Some(None));
        }
        self.put_away(line, &answer);
        Err(Away)
    }

    fn help(
        &mut self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
        remarks: &Remarks,
    ) -> Step<Kind> {
        if remarks.help.is_some() {
            return Ok(remarks.help);
        }
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
        let choices: Vec<Choice> = Kind::ALL.iter().map(choice).collect();
        let text = format!("What kind of help is this new {} about?", kind.as_str());
        let question = self.question(line, Asked::Help(line.raw.line), text, choices);
        let question = Question { owner: Some(self.title_of(coop)), ..question };
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        match Kind::parse(&answer) {
            Ok(help) => Ok(Some(help)),
            Err(_) => {
                self.put_away(line, &answer);
                Err(Away)
            }
        }
    }

    /// `Some(None)` is the site's first language.
    fn language(
        &mut self,
        coop: CoopId,
        line: &Line,
        text: &str,
        remarks: &Remarks,
    ) -> Step<Option<Language>> {
        let first = self.subject.directory.site.default_language().clone();
        if let Some(language) = &remarks.language {
            return Ok(Some(Some(language.clone()).filter(|it| *it != first)));
        }
        let candidates = super::languages::of(text, first.primary());
        if candidates.is_empty() {
            return Ok(Some(None));
        }
        let tags = candidates.into_iter().chain([first.as_str()]);
        let choices: Vec<Choice> =
            tags.map(|tag| Choice { answer: tag.to_owned(), label: tag.to_owned() }).collect();
        let text = "What language is this in?".to_owned();
        let question = self.question(line, Asked::Language(line.raw.line), text, choices);
        let owner = Some(self.title_of(coop));
        let question = Question { open: Some(Open::Language), owner, ..question };
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        match Language::parse(&answer) {
            Ok(language) if answer != LEFT && answer != "drop" => {
                Ok(Some(Some(language).filter(|it| *it != first)))
            }
            _ => {
                self.put_away(line, &answer);
                Err(Away)
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
        let with_coop = record::made_id(&format!("{title} {}", self.subject.coops.slug(coop)));
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
