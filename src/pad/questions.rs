//! What a pad leaves open, as questions with their answers.

use super::lines::Line;
use super::understanding::Reading;
use super::words::fold;
use super::{Asked, Choice, Excerpt, Open, Question, Section, TO_NOTES};
use crate::content::values::Role;
use crate::directory::ids::CoopId;

impl Reading<'_> {
    pub(super) fn ask(&mut self, question: Question) {
        if !self.questions.iter().any(|it| it.asked == question.asked) {
            self.questions.push(question);
        }
    }

    pub(super) fn coop_choices(&self, coops: &[CoopId]) -> Vec<Choice> {
        let choice = |id: &CoopId| Choice {
            answer: self.coops.slug(*id).to_owned(),
            label: self.coops.title(*id).to_owned(),
        };
        coops.iter().map(choice).collect()
    }

    pub(super) fn ask_about_heading(&mut self, line: &Line, text: &str) {
        let coops = self.coops.alike(text, &self.in_call);
        let mut choices = self.coop_choices(&coops);
        choices.extend(section_choices());
        self.ask(Question {
            asked: Asked::Heading(fold(text)),
            at: line.raw.clone(),
            text: format!("What stands below the heading `{text}`?"),
            choices,
            open: Some(Open::Coop),
            safe: TO_NOTES,
        });
    }

    /// Coops that had announced a delegate and of which the pad says nothing, once all else is clear.
    pub(super) fn absent(&mut self) {
        if !self.subject.has_begun || !self.questions.is_empty() {
            return;
        }
        let expected = |turn: &&crate::directory::call::Turn| {
            turn.role == Role::Delegate && !turn.written && turn.about.is_empty()
        };
        let coops: Vec<CoopId> =
            self.call().turns.iter().filter(expected).map(|turn| turn.coop).collect();
        for coop in coops {
            let id = self.coops.slug(coop).to_owned();
            if self.recording.turns.iter().any(|said| said.coop == id) {
                continue;
            }
            let asked = Asked::Absent(id.clone());
            match self.answers.get(&asked).map(String::as_str) {
                Some("came") => drop(self.said(coop)),
                Some("apology") => self.said(coop).role = Some(Role::Apology),
                Some("absent") => self.recording.absent.push(id),
                Some(_) => {}
                None => self.ask_about_absence(asked, coop),
            }
        }
    }

    fn ask_about_absence(&mut self, asked: Asked, coop: CoopId) {
        let text =
            format!("{} had announced a delegate; did it take part?", self.coops.title(coop));
        let choices = [
            ("came", "it took part"),
            ("apology", "it sent apologies"),
            ("absent", "it did not come: take its turn out"),
            ("leave", "leave its turn as it is"),
        ];
        let choices = choices
            .map(|(answer, label)| Choice { answer: answer.to_owned(), label: label.to_owned() })
            .into();
        let at = Excerpt { line: 0, text: String::new() };
        self.ask(Question { asked, at, text, choices, open: None, safe: "leave" });
    }
}

/// What can be answered to every question: to the notes, or not at all.
pub(super) fn last_choices() -> Vec<Choice> {
    [(TO_NOTES, "I do not know: put the line into the notes"), ("drop", "leave the line out")]
        .map(|(answer, label)| Choice { answer: answer.to_owned(), label: label.to_owned() })
        .into()
}

/// Everything that a line or what stands below a heading can be.
pub(super) fn section_choices() -> Vec<Choice> {
    let label = |section| match section {
        Section::Present => "who took part",
        Section::About => "what a coop is about",
        Section::Needs => "a need",
        Section::Offers => "an offer",
        Section::Introductions => "an introduction",
        Section::Decisions => "a decision",
        Section::Actions => "an action",
        Section::Notes => "something for the notes",
    };
    let choice = |section: &Section| Choice {
        answer: section.as_str().to_owned(),
        label: label(*section).to_owned(),
    };
    Section::ALL.iter().map(choice).chain(last_choices().into_iter().skip(1)).collect()
}
