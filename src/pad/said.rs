//! What coops said in the rounds: needs and offers that there are, and new ones.

use jiff::civil::Date;

use super::answered::{self, Answered};
use super::asked::{Asked, Choice, LEFT, NEW, NOTHING, Open, Question, WORDS};
use super::facts::{Fact, What};
use super::lines::{Form, Line};
use super::parts::{self, Remarks};
use super::recording::NewEntry;
use super::scopes::Holds;
use super::sections::Section;
use super::understanding::{Last, Reading};
use super::words::{Meaning, has_words, same};
use super::{merging, questions};
use crate::content::record::{self, EntryKind};
use crate::content::values::{self, Kind, Language};
use crate::directory::Entry;
use crate::directory::ids::CoopId;

/// A title is cut after so many characters; the whole goes into the text.
const LONGEST_TITLE: usize = 100;

/// What is known of a line so far; `None` while something is to be asked, `Err` where it is put away.
type Step<T> = Result<Option<T>, Away>;

/// The line was put away; what becomes of what stands below it.
struct Away(Holds);

/// The entry that a line is about.
struct Meant {
    id: String,
    /// Its place among the new ones, where it is new.
    new: Option<usize>,
    /// The line says that it was not said, or what was made of it is there no longer.
    is_silent: bool,
}

impl Meant {
    fn is_there(id: String) -> Meant {
        Meant { id, new: None, is_silent: false }
    }
}

impl Reading<'_> {
    /// What a coop said in a round.
    pub(super) fn say(&mut self, coop: CoopId, section: Section, line: &Line, text: &str) {
        let kind = match section {
            Section::Needs => EntryKind::Need,
            Section::Offers => EntryKind::Offer,
            _ => {
                if !matches!(self.is_meant(line), questions::Meant::Yes) {
                    return;
                }
                let about = &mut self.said(coop).about;
                about.push_str(if about.is_empty() { "" } else { " " });
                return about.push_str(text);
            }
        };
        let is_nothing = |it: Meaning| (it == Meaning::Nothing).then_some(());
        if self.subject.words.meaning(text, is_nothing).is_some() {
            let why = "it says that there is nothing";
            return self.recording.left_out.push((line.raw.clone(), why));
        }
        let indent = line.indent_of_item().unwrap_or(0);
        // A line that says what kind of help it is about is something else.
        let is_detail = self.title(text).1.help.is_none();
        if is_detail && self.last.as_ref().is_some_and(|last| indent > last.indent) {
            return self.detail(line, text);
        }
        // A line that names its coop may have others of that coop below it.
        let is_labelled = line.text != text;
        let meant = match self.entry(coop, kind, line, text) {
            Ok(Some(meant)) => meant,
            // What stands below a line waits for it, or goes with it.
            Ok(None) => return self.hold(line, Holds::Unclear(self.open)),
            Err(Away(holds)) => return self.hold(line, holds),
        };
        let Meant { id, new, is_silent } = meant;
        let is_item = matches!(line.form, Form::Item(..));
        self.last = (is_item || !is_labelled).then(|| Last { indent, kind, id: id.clone(), new });
        if is_silent {
            return;
        }
        let said = self.said(coop);
        let list = if kind == EntryKind::Need { &mut said.needs } else { &mut said.offers };
        if !list.contains(&id) {
            list.push(id);
        }
    }

    fn hold(&mut self, line: &Line, holds: Holds) {
        if let Form::Item(indent, _) = line.form {
            self.enter_item(indent, holds);
        }
    }

    /// A line below a need or an offer belongs to it.
    fn detail(&mut self, line: &Line, text: &str) {
        let Some(last) = &self.last else { return };
        if let Some(at) = last.new {
            return self.recording.new[at].body.push_str(&format!("- {text}\n"));
        }
        let is_said = |entry: &Entry| has_words(&entry.text.plain(), text);
        let is_last = |entry: &&Entry| entry.slug.as_str() == last.id;
        if !self.entries(last.kind).find(is_last).is_some_and(is_said) {
            let file = format!("content/{}/{}.md", last.kind.folder(), last.id);
            let is_there = self.entries(last.kind).any(|entry| is_last(&entry));
            let why = match is_there {
                true => format!("{file} does not say this; write it there."),
                false => format!("{file}, to which this belongs, was taken out."),
            };
            self.leave_over(line, why);
        }
    }

    /// The entry that a line is about.
    fn entry(&mut self, coop: CoopId, kind: EntryKind, line: &Line, text: &str) -> Step<Meant> {
        let (title, remarks) = self.title(text);
        let titles = [text.to_owned(), title.clone(), shortened(&title)];
        if let Some(id) = titles.iter().find_map(|title| self.there_is(coop, kind, title)) {
            if matches!(line.form, Form::Item(_, Some(false))) {
                let what = if kind == EntryKind::Need { What::Need } else { What::Offer };
                let fact = Fact::new(what, self.subject.coops.slug(coop), &id);
                self.recording.unticked.push(fact);
                return Ok(Some(Meant { id, new: None, is_silent: true }));
            }
            if !self.retaken((coop, kind), &id, line, (&title, &remarks)) {
                self.compare(kind, &id, line, (None, &remarks));
            }
            return Ok(Some(Meant::is_there(id)));
        }
        let known = self.names.new.get(&(kind, coop, same(&title))).copied();
        if let Some(at) = known {
            let id = self.recording.new[at].id.clone();
            self.compare_with_new(at, line, &remarks);
            return Ok(Some(Meant { id, new: Some(at), is_silent: false }));
        }
        if let Some(id) = self.made_before(coop, kind, line) {
            self.retaken((coop, kind), &id, line, (&title, &remarks));
            return Ok(Some(Meant::is_there(id)));
        }
        if let Some(id) = self.taken_out(coop, kind, line) {
            return Ok(Some(Meant { id, new: None, is_silent: true }));
        }
        match self.is_meant(line) {
            questions::Meant::Yes => {}
            questions::Meant::Open => return Ok(None),
            questions::Meant::Away(holds) => return Err(Away(holds)),
        }
        match self.same(coop, kind, line, &title)? {
            None => Ok(None),
            Some(Some(id)) => {
                if !self.retaken((coop, kind), &id, line, (&title, &remarks)) {
                    self.compare(kind, &id, line, (Some(&title), &remarks));
                }
                Ok(Some(Meant::is_there(id)))
            }
            Some(None) => {
                let Some(new) = self.new_entry(coop, kind, line, (title, remarks))? else {
                    return Ok(None);
                };
                let id = new.id.clone();
                let made = Answered::new(&Asked::Same(line.spot()), Some(line), &id);
                self.recording.made.push(made);
                let at = self.recording.new.len();
                self.names.new.entry((kind, coop, same(&new.title))).or_insert(at);
                self.names.new_ids.insert((kind, new.id.clone()));
                self.recording.new.push(new);
                let new = Some(self.recording.new.len() - 1);
                Ok(Some(Meant { id, new, is_silent: false }))
            }
        }
    }

    /// What an earlier recording made of the same line, whatever that is called now.
    fn made_before(&self, coop: CoopId, kind: EntryKind, line: &Line) -> Option<String> {
        let id = answered::find_written(&self.answers.kept, &Asked::Same(line.spot()), Some(line))?;
        let entry = self.entries_of(coop, kind).into_iter().find(|entry| entry.has_id(id))?;
        Some(entry.slug.to_string())
    }

    /// What an earlier recording made of the same line, and what somebody took out of the directory since: there,
    /// the files count.
    fn taken_out(&mut self, coop: CoopId, kind: EntryKind, line: &Line) -> Option<String> {
        let id = answered::find_written(&self.answers.kept, &Asked::Same(line.spot()), Some(line))?;
        let what = if kind == EntryKind::Need { What::Need } else { What::Offer };
        let fact = Fact::new(what, self.subject.coops.slug(coop), id);
        let id = id.to_owned();
        self.answers.recorded.contains(&fact).then(|| self.recording.taken_out.push(fact))?;
        Some(id)
    }

    /// Leaves over what a line says otherwise than the one that made an entry.
    fn compare_with_new(&mut self, at: usize, line: &Line, remarks: &Remarks) {
        let new = &self.recording.new[at];
        let is_other = |is_same: Option<bool>| is_same == Some(false);
        let language = remarks.language.as_ref();
        let first = self.subject.directory.site.default_language();
        let differs = is_other(remarks.help.map(|it| it == new.help))
            || is_other(remarks.day.map(|it| Some(it) == new.until))
            || is_other(language.map(|it| it == new.language.as_ref().unwrap_or(first)))
            || !remarks.days.is_empty()
            || !remarks.others.is_empty();
        if differs {
            let why = format!(
                "A line above has the same words and other remarks, and makes {}; change it there if these are right.",
                merging::path(new)
            );
            self.leave_over(line, why);
        }
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
    pub(super) fn title(&self, text: &str) -> (String, Remarks) {
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
                Some(WORDS) => words.push(said),
                Some(NOTHING) => {}
                Some(answer) => match values::date(answer) {
                    Ok(day) => until = Some(day),
                    Err(_) => {
                        self.put_away(line, answer);
                        return Err(Away(Holds::after(answer)));
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
        let of_day = |day: &Date| Choice::new(&day.to_string(), day.to_string());
        let mut choices: Vec<Choice> = days.iter().map(of_day).collect();
        choices.push(Choice::new(WORDS, "words that belong to what was said"));
        choices.push(Choice::new(NOTHING, format!("nothing: leave `{said}` out")));
        let is_over = |from: Date| days.iter().all(|day| *day < from);
        let text = match days.is_empty() {
            true => format!("What is `{said}`?"),
            false if self.day().is_some_and(is_over) => {
                format!("`{said}` is before the day of the call; which day is it?")
            }
            false => format!("Which day is `{said}`?"),
        };
        let asked = Asked::Remark(line.spot(), said.to_owned());
        Question { open: Some(Open::Day), ..self.question(line, asked, text, choices) }
    }

    pub(super) fn title_of(&self, coop: CoopId) -> String {
        self.subject.coops.title(coop).to_owned()
    }

    /// The entry that there is already and that a line means by an answer; `Some(None)` where it is new.
    fn same(
        &mut self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
        title: &str,
    ) -> Step<Option<String>> {
        let mut alike = self.alike(coop, kind, title);
        let made = self.made_by_taken_back(coop, kind, line);
        alike.extend(
            made.into_iter()
                .filter(|(id, _)| !alike.iter().any(|(it, _)| it == id))
                .collect::<Vec<_>>(),
        );
        if alike.is_empty() {
            return Ok(Some(None));
        }
        let mut choices: Vec<Choice> =
            alike.iter().map(|(id, title)| Choice::new(id, format!("yes: {title}"))).collect();
        choices.push(Choice::new(NEW, format!("no, it is a new {}", kind.as_str())));
        let text = format!("Is this the {} that there is already?", kind.as_str());
        let question = self.question(line, Asked::Same(line.spot()), text, choices);
        let question = Question { owner: Some(self.title_of(coop)), ..question };
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        if alike.iter().any(|(id, _)| *id == answer) {
            return Ok(Some(Some(answer)));
        }
        if answer == NEW {
            return Ok(Some(None));
        }
        self.put_away(line, &answer);
        Err(Away(Holds::after(&answer)))
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
        let question = self.about_help(coop, kind, line);
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        match Kind::parse(&answer) {
            Ok(help) => Ok(Some(help)),
            Err(_) => {
                self.put_away(line, &answer);
                Err(Away(Holds::after(&answer)))
            }
        }
    }

    pub(super) fn about_help(&self, coop: CoopId, kind: EntryKind, line: &Line) -> Question {
        let label = |kind: &Kind| match kind {
            Kind::Financial => "financial: money, loans, shares",
            Kind::Human => "human: people and their hands",
            Kind::Technical => "technical: tools, machines, software",
            Kind::Knowledge => "knowledge: advice, teaching, translation",
        };
        let choice = |kind: &Kind| Choice::new(kind.as_str(), label(kind));
        let choices: Vec<Choice> = Kind::ALL.iter().map(choice).collect();
        let text = format!("What kind of help is this new {} about?", kind.as_str());
        let question = self.question(line, Asked::Help(line.spot()), text, choices);
        Question { owner: Some(self.title_of(coop)), ..question }
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
        let Some(question) = self.about_language(coop, line, text) else {
            return Ok(Some(None));
        };
        let Some(answer) = self.settle(line, question) else { return Ok(None) };
        match Language::parse(&answer) {
            Ok(language) if !answered::puts_away(&answer) => {
                Ok(Some(Some(language).filter(|it| *it != first)))
            }
            _ => {
                self.put_away(line, &answer);
                Err(Away(Holds::after(&answer)))
            }
        }
    }

    /// In what language a text is, where it may be in another than the site's first.
    pub(super) fn about_language(&self, coop: CoopId, line: &Line, text: &str) -> Option<Question> {
        let first = self.subject.directory.site.default_language();
        let candidates = super::languages::of(text, first.primary());
        if candidates.is_empty() {
            return None;
        }
        let own = &self.subject.directory[coop].languages;
        let mut tags: Vec<&str> = own.iter().map(Language::as_str).collect();
        for tag in candidates.into_iter().chain([first.as_str()]) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let choices: Vec<Choice> = tags.iter().map(|tag| Choice::new(tag, *tag)).collect();
        // What a coop speaks first is no guess.
        let safe = own.first().map_or(LEFT, Language::as_str).to_owned();
        let text = "What language is this in?".to_owned();
        let question = self.question(line, Asked::Language(line.spot()), text, choices);
        let owner = Some(self.title_of(coop));
        Some(Question { open: Some(Open::Language), owner, safe, ..question })
    }

    /// An id that no file has: of the title, with the coop's where that is taken.
    fn free_id(&self, kind: EntryKind, coop: CoopId, title: &str) -> String {
        let title = record::made_id(&shortened(title));
        let is_free = |id: &String| {
            record::check_id(kind, id).is_ok()
                && record::is_free(kind, id, |path| self.subject.taken.contains(path))
                && !self.names.new_ids.contains(&(kind, id.clone()))
        };
        let with_coop = record::made_id(&format!("{title} {}", self.subject.coops.slug(coop)));
        let numbered = (2..).map(|number| record::numbered_id(&with_coop, number));
        let mut candidates = [title, with_coop.clone()].into_iter().chain(numbered);
        candidates.find(is_free).unwrap_or_default()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_short() {
        assert_eq!(shortened("Hands for wheat"), "Hands for wheat");
        let long = format!("Hands for wheat. {}", "Many of them ".repeat(10));
        assert_eq!(shortened(&long), "Hands for wheat");
        let long = "wheat ".repeat(40);
        assert!(shortened(&long).ends_with("wheat …") && shortened(&long).chars().count() < 104);
    }
}
