//! What a pad leaves open, as questions with their answers.

use std::collections::BTreeSet;

use super::answered::{self, Answered};
use super::asked::{Absence, Asked, Choice, DROP, EACH, LEFT, Open, Question, SAID};
use super::lines::{Form, Line};
use super::naming::{Name, is_alone};
use super::parts;
use super::scopes::Holds;
use super::sections::{Excerpt, Section};
use super::understanding::Reading;
use super::words::fold;
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
        Question {
            asked,
            at,
            below: Vec::new(),
            owner,
            text,
            choices,
            open: None,
            safe: LEFT.to_owned(),
        }
    }

    /// The answer to a question about a line; where there is none yet, it is asked.
    pub(super) fn settle(&mut self, line: &Line, question: Question) -> Option<String> {
        self.settled(Some(line), question)
    }

    /// Whether somebody answered that a line belongs to a section.
    pub(super) fn is_answered(&self, line: &Line, section: Section) -> bool {
        let asked = Asked::Place(line.spot());
        self.answer(&asked, Some(line)) == Some(section.as_str())
    }

    /// What was answered, now or before.
    fn answer(&self, asked: &Asked, line: Option<&Line>) -> Option<&str> {
        let typed = self.answers.typed.get(asked).map(String::as_str);
        typed.or_else(|| answered::find(&self.answers.kept, asked, line))
    }

    /// Whether a line says something new: an empty box says that it was not so, and a new line that it was.
    pub(super) fn is_meant(&mut self, line: &Line) -> Meant {
        if !matches!(line.form, Form::Item(_, Some(false))) {
            return Meant::Yes;
        }
        let text =
            "The box before this is empty, and the directory does not have it yet. Was it said?";
        let yes = Choice::new(SAID, "it was said: write it");
        let asked = Asked::Unticked(line.spot());
        let question = self.question(line, asked, text.to_owned(), vec![yes]);
        match self.settle(line, question).as_deref() {
            None => Meant::Open,
            Some(SAID) => Meant::Yes,
            Some(answer) => {
                self.put_away(line, answer);
                Meant::Away(Holds::after(answer))
            }
        }
    }

    fn settled(&mut self, line: Option<&Line>, question: Question) -> Option<String> {
        let typed = self.answers.typed.get(&question.asked).map(String::as_str);
        let is_answer = |answer: &&str| self.is_answer(&question, answer);
        let kept = || answered::find(&self.answers.kept, &question.asked, line).filter(is_answer);
        let Some(answer) = typed.or_else(kept).map(str::to_owned) else {
            self.ask(line, question);
            return None;
        };
        self.answered = match &question.owner {
            Some(owner) => format!("{} (of {owner})", question.text),
            None => question.text,
        };
        self.recording.answers.push(Answered::new(&question.asked, line, &answer));
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

    /// A line below no heading that says what it is.
    pub(super) fn without_section(&mut self, line: &Line, text: &str) {
        let before = parts::brackets(text.trim_end_matches(':').trim_end()).0;
        let is_name = !self.subject.coops.alike(before, &self.in_call).is_empty()
            || self.is_like_a_name(line, text);
        let owner = match self.name_at_all(line, text, is_name) {
            // What stands below a name waits until it is known whose it is.
            Name::Open => {
                return self.enter_name(line, Holds::Unclear(self.open), is_alone(text));
            }
            Name::Away(holds) => return self.enter_name(line, holds, is_alone(text)),
            Name::Coop(coop, "", _) => return self.enter_name(line, Holds::Coop(coop), true),
            Name::Coop(coop, ..) => Some(coop),
            Name::None => self.coop().filter(|coop| self.begins_with_nobody_else(text, *coop)),
        };
        let asked = Asked::Place(line.spot());
        let question = self.question(line, asked, "What is this?".to_owned(), Vec::new());
        let owner = owner.map(|coop| self.title_of(coop));
        let question = Question { choices: self.section_choices(), owner, ..question };
        let Some(answer) = self.settle(line, question) else { return };
        match Section::parse(&answer) {
            // What ends with a colon is above what it names.
            Some(section) if text.ends_with([':', '：']) => self.enter_section(line, section),
            Some(section) => self.in_section(line, text, section),
            None => self.put_away(line, &answer),
        }
    }

    /// Asks what a line is that begins with a word for a section.
    pub(super) fn what_is_it(&mut self, line: &Line, text: &str, (section, rest): (Section, &str)) {
        let asked = Asked::Place(line.spot());
        let question = self.question(line, asked, "What is this?".to_owned(), Vec::new());
        let question = Question { choices: self.section_choices(), ..question };
        let Some(answer) = self.settle(line, question) else { return };
        match Section::parse(&answer) {
            Some(it) if it == section => self.in_section(line, rest, it),
            Some(it) => self.in_section(line, text, it),
            None => self.put_away(line, &answer),
        }
    }

    pub(super) fn coop_choices(&self, coops: &[CoopId]) -> Vec<Choice> {
        let names = &self.subject.coops;
        let choice = |id: &CoopId| Choice::new(names.slug(*id), names.title(*id));
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
        let choice = |section: &Section| Choice::new(section.as_str(), described(*section));
        Section::ALL.iter().filter(is_possible).map(choice).chain(last_choices()).collect()
    }

    /// Coops that have a turn, such as those that had announced a delegate, and of which the pad says nothing,
    /// once all else is clear: one question for all of them, or one for each.
    pub(super) fn absent(&mut self) {
        if !self.subject.has_begun || !self.questions.is_empty() {
            return;
        }
        let (mut settled, mut open) = (Vec::new(), Vec::new());
        for coop in self.expected() {
            let asked = Asked::Absent(self.subject.coops.slug(coop).to_owned());
            let typed = self.answers.typed.get(&asked).map(String::as_str);
            match typed.or_else(|| self.kept_about(coop)) {
                Some(answer) => settled.push((coop, asked, answer.to_owned())),
                None => open.push((coop, asked)),
            }
        }
        if let [_, _, ..] = open[..] {
            let slugs: Vec<&str> =
                open.iter().map(|(id, _)| self.subject.coops.slug(*id)).collect();
            let asked = Asked::AllAbsent(slugs.join(" "));
            match self.answers.typed.get(&asked).map(String::as_str) {
                Some(EACH) => {}
                Some(answer) => {
                    let same = |(coop, asked)| (coop, asked, answer.to_owned());
                    settled.extend(std::mem::take(&mut open).into_iter().map(same));
                }
                None => {
                    let coops: Vec<CoopId> = open.iter().map(|(coop, _)| *coop).collect();
                    let question = self.about_all_absent(asked, &coops);
                    return self.questions.push(question);
                }
            }
        }
        for (coop, asked, answer) in settled {
            self.recording.answers.push(Answered::new(&asked, None, &answer));
            let id = self.subject.coops.slug(coop).to_owned();
            match Absence::parse(&answer) {
                Some(Absence::Came) => drop(self.said(coop)),
                Some(Absence::Apology) => self.said(coop).role = Some(Role::Apology),
                Some(Absence::Absent) => self.recording.absent.push(id),
                Some(Absence::Leave) | None => {}
            }
        }
        for (coop, asked) in open {
            let question = self.about_absence(asked, coop);
            self.questions.push(question);
        }
    }

    /// Coops that could have been there, and have no line in the pad: those of whose turn the file says
    /// nothing more, those before which the pad has an empty box, and those about which somebody answered,
    /// since that holds although the file says it by now.
    fn expected(&self) -> Vec<CoopId> {
        // Who led the call or took notes was there.
        let offices = [&self.recording.facilitator, &self.recording.note_taker];
        let has_office = |slug: &str| offices.iter().any(|it| it.as_deref() == Some(slug));
        let is_asked = |turn: &&crate::directory::call::Turn| {
            let slug = self.subject.coops.slug(turn.coop);
            let is_unticked = self.unticked.contains(&turn.coop);
            let is_open = turn.role == Role::Delegate
                && !turn.written
                && (turn.about.is_empty() || is_unticked);
            let answer = self.kept_about(turn.coop).and_then(Absence::parse);
            let answered = matches!(answer, Some(Absence::Came | Absence::Apology));
            let is_named = self.recording.turns.iter().any(|said| said.coop == slug);
            (is_open || answered) && !is_named && !has_office(slug)
        };
        let mut coops: Vec<CoopId> =
            self.call().turns.iter().filter(is_asked).map(|turn| turn.coop).collect();
        let mut seen = BTreeSet::new();
        coops.retain(|coop| seen.insert(*coop));
        coops
    }

    /// What was answered before about whether a coop was there, whatever it was called then.
    fn kept_about(&self, coop: CoopId) -> Option<&str> {
        let entry = &self.subject.directory[coop].entry;
        entry.ids().find_map(|id| {
            answered::find(&self.answers.kept, &Asked::Absent(id.as_str().to_owned()), None)
        })
    }

    fn about_all_absent(&self, asked: Asked, coops: &[CoopId]) -> Question {
        let titles: Vec<&str> = coops.iter().map(|id| self.subject.coops.title(*id)).collect();
        let text = format!(
            "These have a turn in the file of the call, and the pad does not say that they were there: {}. \
             Did they take part?",
            titles.join(", ")
        );
        let choices = [
            (Absence::Came.as_str(), "all of them took part"),
            (Absence::Apology.as_str(), "none of them: they sent apologies"),
            (Absence::Absent.as_str(), "none of them: take their turns out"),
            (EACH, "ask about each"),
            (Absence::Leave.as_str(), "leave their turns as they are"),
        ];
        self.absence(asked, None, text, &choices)
    }

    fn about_absence(&self, asked: Asked, coop: CoopId) -> Question {
        let title = self.subject.coops.title(coop);
        let text = format!(
            "{title} has a turn in the file of the call, and the pad does not say that it was there; did it take part?"
        );
        let choices = [
            (Absence::Came.as_str(), "it took part"),
            (Absence::Apology.as_str(), "it sent apologies"),
            (Absence::Absent.as_str(), "it did not come: take its turn out"),
            (Absence::Leave.as_str(), "leave its turn as it is"),
        ];
        self.absence(asked, Some(title.to_owned()), text, &choices)
    }

    /// A pad that names nobody as there says nothing about anybody else; one that does leaves the others out.
    fn absence(
        &self,
        asked: Asked,
        owner: Option<String>,
        text: String,
        choices: &[(&str, &str)],
    ) -> Question {
        let choice = |(answer, label): &(&str, &str)| Choice::new(answer, *label);
        let at = Excerpt { line: 0, text: String::new() };
        let safe = if self.names_present { Absence::Apology } else { Absence::Leave };
        let choices = choices.iter().map(choice).collect();
        Question {
            asked,
            at,
            below: Vec::new(),
            owner,
            text,
            choices,
            open: None,
            safe: safe.as_str().to_owned(),
        }
    }
}

/// Whether a line says something although the box before it is empty.
pub(super) enum Meant {
    Yes,
    /// It is still to be asked.
    Open,
    /// The line was put away.
    Away(Holds),
}

/// What can be answered to every question: the line is left over, or not written at all.
pub(super) fn last_choices() -> Vec<Choice> {
    let left = "I do not know: keep the line beside the pad, where it is not published";
    vec![Choice::new(LEFT, left), Choice::new(DROP, "leave the line out")]
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
