//! Answers about a new need or offer that somebody takes back once its file is written: they are asked anew, and the
//! new answer takes the place of what the old one had written, where the file still says that.

use jiff::civil::Date;

use super::asked::{Asked, Question, WORDS};
use super::lines::Line;
use super::parts::Remarks;
use super::recording::Correction;
use super::understanding::Reading;
use super::{answered, questions};
use crate::content::record::{EntryKind, Record};
use crate::content::rewriting;
use crate::content::values::{self, Kind, Language};
use crate::content::yaml::Value;
use crate::content::yaml_text::text;
use crate::directory::ids::CoopId;

/// The file of an entry with all its corrections; `None` where it cannot be changed so that all reads as meant.
pub fn corrected(
    file: &str,
    record: &Record,
    corrections: &[&Correction],
    today: Date,
) -> Option<String> {
    let value = |it: &&Correction| Some((it.field, text(it.now.as_ref()?)));
    let mut changes: Vec<(&str, Value)> = corrections.iter().filter_map(value).collect();
    changes.push(("updated", text(today.to_string())));
    let gone = corrections.iter().filter(|it| it.now.is_none());
    let gone: Vec<&str> = gone.map(|it| it.field).collect();
    Some(rewriting::with_fields(file, &record.front, &changes, &gone)?.text)
}

impl Reading<'_> {
    /// The entry that an earlier recording made of a line, where what says so was taken back.
    pub(super) fn made_by_taken_back(
        &self,
        coop: CoopId,
        kind: EntryKind,
        line: &Line,
    ) -> Option<(String, String)> {
        let asked = Asked::Same(line.spot());
        let id = answered::find(&self.answers.taken_back, &asked, Some(line))?;
        let entry =
            self.entries_of(coop, kind).into_iter().find(|entry| entry.slug.as_str() == id)?;
        Some((entry.slug.to_string(), entry.title.clone()))
    }

    /// Asks anew what was answered about an entry that the line had made; whether it did make it.
    pub(super) fn retaken(
        &mut self,
        (coop, kind): (CoopId, EntryKind),
        id: &str,
        line: &Line,
        (title, remarks): (&str, &Remarks),
    ) -> bool {
        let asked = Asked::Same(line.spot());
        let all = [&self.answers.taken_back, &self.answers.kept];
        let is_made = all.into_iter().any(|it| answered::find(it, &asked, Some(line)) == Some(id));
        if self.answers.taken_back.is_empty() || !is_made || !self.is_raised_here(kind, id) {
            return false;
        }
        self.recording.made.push(answered::Answered::new(&asked, Some(line), id));
        let path = format!("content/{}/{id}.md", kind.folder());
        self.retake_help((coop, kind), line, &path);
        self.retake_remarks(coop, line, (title, remarks), &path);
        if remarks.language.is_none() {
            self.retake_language(coop, line, title, &path);
        }
        true
    }

    fn is_raised_here(&self, kind: EntryKind, id: &str) -> bool {
        let directory = self.subject.directory;
        let terms = directory.by_id(kind, id).and_then(|it| directory.terms(it));
        terms.is_some_and(|terms| terms.raised_in == Some(self.subject.call))
    }

    /// The answer that was taken back, and the one of now; `None` where there was none, or it is still to be asked.
    fn retake(&mut self, line: &Line, question: Question) -> Option<(String, String)> {
        let old = answered::find(&self.answers.taken_back, &question.asked, Some(line))?.to_owned();
        if answered::puts_away(&old) {
            return None;
        }
        // The line is written already; nothing is left over of it.
        let last = questions::last_choices();
        let choices = question.choices.into_iter().filter(|it| !last.contains(it)).collect();
        let question = Question { choices, safe: old.clone(), ..question };
        let new = self.settle(line, question)?;
        Some((old, new))
    }

    fn retake_help(&mut self, (coop, kind): (CoopId, EntryKind), line: &Line, path: &str) {
        let question = self.about_help(coop, kind, line);
        let Some((old, new)) = self.retake(line, question) else { return };
        if Kind::parse(&new).is_ok() {
            self.correct(path, "kind", Some(old), Some(new));
        }
    }

    fn retake_language(&mut self, coop: CoopId, line: &Line, title: &str, path: &str) {
        let Some(question) = self.about_language(coop, line, title) else { return };
        let Some((old, new)) = self.retake(line, question) else { return };
        let first = self.subject.directory.site.default_language().to_string();
        if Language::parse(&new).is_ok() {
            let [old, new] = [old, new].map(|tag| Some(tag).filter(|tag| *tag != first));
            self.correct(path, "lang", old, new);
        }
    }

    /// What the brackets of the line say: days, and words of its title.
    fn retake_remarks(
        &mut self,
        coop: CoopId,
        line: &Line,
        (title, remarks): (&str, &Remarks),
        path: &str,
    ) {
        let days = remarks.days.iter().map(|(said, days)| (said.as_str(), days.as_slice()));
        let others = remarks.others.iter().map(|said| (said.as_str(), [].as_slice()));
        let (mut words, mut until) = ([Vec::new(), Vec::new()], [remarks.day; 2]);
        for (said, days) in days.chain(others) {
            let question = self.about_remark(line, said, days);
            let question = Question { owner: Some(self.title_of(coop)), ..question };
            let Some((old, new)) = self.retake(line, question) else { return };
            for (at, answer) in [old, new].into_iter().enumerate() {
                match answer.as_str() {
                    WORDS => words[at].push(said),
                    answer => until[at] = values::date(answer).ok().or(until[at]),
                }
            }
        }
        let [old, new] = until.map(|day: Option<Date>| day.map(|day| day.to_string()));
        self.correct(path, "until", old, new);
        let [old, new] = words.map(|words| match words.is_empty() {
            true => title.to_owned(),
            false => format!("{title} ({})", words.join(", ")),
        });
        self.correct(path, "title", Some(old), Some(new));
    }

    fn correct(
        &mut self,
        path: &str,
        field: &'static str,
        before: Option<String>,
        now: Option<String>,
    ) {
        if before != now {
            let path = path.to_owned();
            self.recording.corrections.push(Correction { path, field, before, now });
        }
    }
}
