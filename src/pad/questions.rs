//! What a pad leaves open, as questions with their answers.

use super::lines::Line;
use super::understanding::Reading;
use super::words::fold;
use super::{Asked, Choice, Excerpt, Kept, LEFT, Open, Question, Section, kept};
use crate::content::values::{self, Language, Role};
use crate::directory::ids::CoopId;

impl Reading<'_> {
    /// A question about a line, of which nobody knows more than that it can be put away. It says whose the
    /// line is by what it stands below.
    pub(super) fn question(
        &self,
        line: &Line,
        asked: Asked,
        text: String,
        mut choices: Vec<Choice>,
    ) -> Question {
        choices.extend(last_choices());
        let owner = self.coop().map(|coop| self.title_of(coop));
        let at = line.raw.clone();
        Question { asked, at, below: Vec::new(), owner, text, choices, open: None, safe: LEFT }
    }

    /// The answer to a question about a line; where there is none yet, it is asked.
    pub(super) fn settle(&mut self, line: &Line, question: Question) -> Option<String> {
        self.settled(Some(line), question)
    }

    fn settled(&mut self, line: Option<&Line>, question: Question) -> Option<String> {
        let typed = self.answers.typed.get(&question.asked).map(String::as_str);
        let is_answer = |answer: &&str| self.is_answer(&question, answer);
        let kept = || kept::find(&self.answers.kept, &question.asked, line).filter(is_answer);
        let Some(answer) = typed.or_else(kept).map(str::to_owned) else {
            self.ask(line, question);
            return None;
        };
        self.answered = match &question.owner {
            Some(owner) => format!("{} (of {owner})", question.text),
            None => question.text,
        };
        self.recording.answers.push(Kept::new(&question.asked, line, &answer));
        Some(answer)
    }

    /// Asks once; where the same is asked of another line, the question shows that too.
    fn ask(&mut self, line: Option<&Line>, question: Question) {
        match self.questions.iter().position(|it| it.asked == question.asked) {
            Some(at) => {
                self.open = at;
                let is_shown = |line: &&Line| {
                    let asked = &self.questions[at];
                    line.raw != asked.at && !asked.below.contains(&line.raw)
                };
                if let Some(line) = line.filter(is_shown) {
                    self.questions[at].below.push(line.raw.clone());
                }
            }
            None => {
                self.open = self.questions.len();
                self.questions.push(question);
            }
        }
    }

    /// Whether an answer still answers a question: what it names may have gone.
    fn is_answer(&self, question: &Question, answer: &str) -> bool {
        let is_choice = question.choices.iter().any(|choice| choice.answer == answer);
        is_choice
            || match question.open {
                None => false,
                Some(Open::Coop) => self.subject.coops.named(answer).is_some(),
                Some(Open::Pair) => self.pair_of_ids(answer).is_some(),
                Some(Open::Language) => Language::parse(answer).is_ok(),
                Some(Open::Day) => values::date(answer).is_ok(),
            }
    }

    pub(super) fn coop_choices(&self, coops: &[CoopId]) -> Vec<Choice> {
        let choice = |id: &CoopId| Choice {
            answer: self.subject.coops.slug(*id).to_owned(),
            label: self.subject.coops.title(*id).to_owned(),
        };
        coops.iter().map(choice).collect()
    }

    pub(super) fn about_heading(&self, line: &Line, text: &str) -> Question {
        let coops = self.subject.coops.alike(text, &self.in_call);
        let mut choices = self.coop_choices(&coops);
        choices.extend(self.section_choices());
        let asked = Asked::Heading(fold(text));
        let question = format!("What stands below the heading `{text}`?");
        let open = Some(Open::Coop);
        let question = self.question(line, asked, question, Vec::new());
        Question { choices, open, owner: None, ..question }
    }

    /// Everything that a line or what stands below a heading can be.
    pub(super) fn section_choices(&self) -> Vec<Choice> {
        // Nothing is said of earlier introductions where there are none.
        let is_possible =
            |it: &&Section| **it != Section::Review || !self.earlier_introductions().is_empty();
        let choice = |section: &Section| Choice {
            answer: section.as_str().to_owned(),
            label: described(*section).to_owned(),
        };
        Section::ALL.iter().filter(is_possible).map(choice).chain(last_choices()).collect()
    }

    /// Coops that have a turn, such as those that had announced a delegate, and of which the pad says nothing,
    /// once all else is clear.
    pub(super) fn absent(&mut self) {
        if !self.subject.has_begun || !self.questions.is_empty() {
            return;
        }
        let expected = |turn: &&crate::directory::call::Turn| {
            turn.role == Role::Delegate && !turn.written && turn.about.is_empty()
        };
        // What was answered holds, although the file says it by now.
        let answered = |turn: &&crate::directory::call::Turn| {
            let asked = Asked::Absent(self.subject.coops.slug(turn.coop).to_owned());
            matches!(kept::find(&self.answers.kept, &asked, None), Some("came" | "apology"))
        };
        let asked = |turn: &&crate::directory::call::Turn| expected(turn) || answered(turn);
        let coops: Vec<CoopId> =
            self.call().turns.iter().filter(asked).map(|turn| turn.coop).collect();
        for coop in coops {
            let id = self.subject.coops.slug(coop).to_owned();
            if self.recording.turns.iter().any(|said| said.coop == id) {
                continue;
            }
            let question = self.about_absence(Asked::Absent(id.clone()), coop);
            match self.settled(None, question).as_deref() {
                Some("came") => drop(self.said(coop)),
                Some("apology") => self.said(coop).role = Some(Role::Apology),
                Some("absent") => self.recording.absent.push(id),
                Some(_) | None => {}
            }
        }
    }

    fn about_absence(&self, asked: Asked, coop: CoopId) -> Question {
        let title = self.subject.coops.title(coop);
        let text = format!(
            "{title} has a turn in the file of the call, and the pad does not say that it was there; did it take part?"
        );
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
        let owner = Some(title.to_owned());
        let below = Vec::new();
        Question { asked, at, below, owner, text, choices, open: None, safe: "leave" }
    }
}

/// What can be answered to every question: the line is left over, or not written at all.
pub(super) fn last_choices() -> Vec<Choice> {
    let left = "I do not know: keep the line beside the pad, where it is not published";
    [(LEFT, left), ("drop", "leave the line out")]
        .map(|(answer, label)| Choice { answer: answer.to_owned(), label: label.to_owned() })
        .into()
}

fn described(section: Section) -> &'static str {
    match section {
        Section::Present => "who took part",
        Section::Review => "what became of an earlier introduction",
        Section::About => "what a coop is about",
        Section::Needs => "a need",
        Section::Offers => "an offer",
        Section::Introductions => "an introduction",
        Section::Decisions => "a decision",
        Section::Actions => "an action",
        Section::Notes => "something for the notes of the call, which are published",
    }
}
