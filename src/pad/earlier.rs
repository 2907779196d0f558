//! What became of introductions of earlier calls: `Agaric and Bolete: agreed`. Where two coops have several pairs,
//! and where the words may say something else, it is asked.

use super::asked::{Asked, Choice, Open, Question};
use super::facts;
use super::lines::{Form, Line};
use super::outcomes::{self, Outcome, PairSaid};
use super::parts::{self, ARROWS};
use super::recording::RecordedIntroduction;
use super::understanding::Reading;
use crate::content::values::MatchStatus;
use crate::directory::history;
use crate::directory::ids::{CoopId, NeedId, OfferId};

/// So many introductions are offered where a line does not say which one it means.
const OFFERED: usize = 9;

/// What stands between the names of two coops, besides arrows.
const BETWEEN: [&str; 11] =
    [" and ", " y ", " e ", " et ", " i ", " und ", " & ", " with ", " con ", " com ", " avec "];

/// An introduction that was made before the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Earlier {
    need: NeedId,
    offer: OfferId,
    status: MatchStatus,
}

impl Reading<'_> {
    /// The introductions that were made before this call, whatever it says of them itself.
    pub(super) fn earlier_introductions(&self) -> &[Earlier] {
        self.earlier.get_or_init(|| {
            let before = history::before(self.subject.directory, self.subject.call);
            let all =
                before.into_iter().map(|((need, offer), status)| Earlier { need, offer, status });
            all.filter(|it| it.status != MatchStatus::Declined).collect()
        })
    }

    /// What became of an earlier introduction: `two coops: agreed`, or `need → offer: agreed`.
    pub(super) fn earlier_introduction(&mut self, line: &Line, text: &str) {
        let in_brackets = match parts::brackets(text) {
            (before, Some(inner)) => Some((before, inner)),
            (_, None) => None,
        };
        if let Some(PairSaid { need, offer, said }) = self.pair(text) {
            let is_it = |it: &&Earlier| self.ids_of(**it) == (need.clone(), offer.clone());
            let known = self.earlier_introductions().iter().find(is_it).copied();
            let Some(known) = known else { return self.not_introduced(line) };
            let outcome = self.subject.words.told_later(&said);
            return self.take_outcome(line, known, outcome);
        }
        // Without a sign before it, only what is plain.
        let cuts = outcomes::cuts(text)
            .filter(|cut| self.subject.words.told_later(cut.said).status.is_some())
            .map(|cut| (cut.head, cut.said));
        let named = parts::labels(text)
            .chain([(text, "")])
            .chain(in_brackets)
            .chain(cuts)
            .find_map(|(names, said)| Some((self.two_coops(names)?, said)));
        match named {
            Some((coops, said)) => self.outcome_of_coops(line, coops, said),
            None => self.outcome_of_somebody(line, text),
        }
    }

    fn outcome_of_coops(&mut self, line: &Line, coops: [CoopId; 2], said: &str) {
        let outcome = self.subject.words.told_later(said);
        if said.is_empty() && !is_ticked(line) {
            return;
        }
        let all = self.earlier_introductions().iter().copied();
        let of_both: Vec<Earlier> =
            all.filter(|it| coops.iter().all(|coop| self.coops_of(*it).contains(coop))).collect();
        let going_on: Vec<Earlier> =
            of_both.iter().copied().filter(|it| it.status.goes_on()).collect();
        let meant = if going_on.is_empty() { &of_both } else { &going_on };
        match meant.as_slice() {
            [] => self.not_introduced(line),
            [one] if !self.has_answer(line, &Asked::Pair(line.spot())) => {
                self.take_outcome(line, *one, outcome);
            }
            _ => {
                let ended = of_both.iter().copied().filter(|it| !it.status.goes_on());
                let choices: Vec<Earlier> = going_on.into_iter().chain(ended).collect();
                self.ask_which(line, &choices, outcome);
            }
        }
    }

    /// A line that does not name two coops, and may mean any introduction of those that it does name.
    fn outcome_of_somebody(&mut self, line: &Line, text: &str) {
        let named = self.subject.coops.within(text);
        let is_of_named = |it: &Earlier| {
            let coops = self.coops_of(*it);
            named.is_empty() || coops.iter().any(|coop| named.contains(coop))
        };
        let all = self.earlier_introductions().iter().copied().filter(|it| it.status.goes_on());
        let choices: Vec<Earlier> = all.filter(is_of_named).collect();
        if choices.is_empty() {
            return self.not_introduced(line);
        }
        let told = parts::labels(text).map(|(_, said)| self.subject.words.told_later(said));
        let outcome = told.into_iter().find(|it| it.status.is_some());
        let unclear = Outcome { status: None, note: text.to_owned() };
        self.ask_which(line, &choices, outcome.unwrap_or(unclear));
    }

    fn ask_which(&mut self, line: &Line, choices: &[Earlier], outcome: Outcome) {
        let choices = choices.iter().take(OFFERED).map(|it| self.choice(*it)).collect();
        let text = "Which earlier introduction is this about?".to_owned();
        let question = self.question(line, Asked::Pair(line.spot()), text, choices);
        let question = Question { open: Some(Open::Pair), owner: None, ..question };
        let Some(answer) = self.settle(line, question) else { return };
        let Some(ids) = self.pair_of_ids(&answer) else { return self.put_away(line, &answer) };
        let found = self.earlier_introductions().iter().find(|it| self.ids_of(**it) == ids);
        match found.copied() {
            Some(found) => self.take_outcome(line, found, outcome),
            None => self.not_introduced(line),
        }
    }

    fn take_outcome(&mut self, line: &Line, of: Earlier, outcome: Outcome) {
        let Outcome { status, note } = outcome;
        if status.is_none() && note.is_empty() && !is_ticked(line) {
            return;
        }
        let note = if status.is_none() { self.subject.words.without_status(note) } else { note };
        let Some(status) = status.or_else(|| self.ask_outcome(line, of)) else { return };
        if status == MatchStatus::Introduced && note.is_empty() {
            let why = "nobody knows more yet, so it goes on waiting for an answer";
            return self.recording.left_out.push((line.raw.clone(), why));
        }
        let (need, offer) = self.ids_of(of);
        self.recording.introductions.push(RecordedIntroduction { need, offer, status, note });
    }

    fn ask_outcome(&mut self, line: &Line, of: Earlier) -> Option<MatchStatus> {
        let [one, other] = self.coops_of(of).map(|coop| self.title_of(coop));
        let text = format!("What came of the introduction of {one} and {other}?");
        let choices = [
            (MatchStatus::Agreed, "they agreed to do it"),
            (MatchStatus::Fulfilled, "it is done"),
            (MatchStatus::Declined, "they decided against it"),
            (MatchStatus::Lapsed, "nothing came of it"),
            (MatchStatus::Introduced, "nobody knows yet: it goes on waiting"),
        ];
        self.ask_status(line, text, &choices)
    }

    /// Asks what came of an introduction.
    pub(super) fn ask_status(
        &mut self,
        line: &Line,
        text: String,
        choices: &[(MatchStatus, &str)],
    ) -> Option<MatchStatus> {
        let choice = |(status, label): &(MatchStatus, &str)| Choice::new(status.as_str(), *label);
        let choices = choices.iter().map(choice).collect();
        let question = self.question(line, Asked::Outcome(line.spot()), text, choices);
        let question = Question { owner: None, ..question };
        let answer = self.settle(line, question)?;
        match MatchStatus::parse(&answer) {
            Ok(status) => Some(status),
            Err(_) => {
                self.put_away(line, &answer);
                None
            }
        }
    }

    fn not_introduced(&mut self, line: &Line) {
        let why = "No earlier call introduced these two, and no file in content/matches/ does.";
        self.leave_over(line, why.to_owned());
    }

    /// The two coops of which a text is the names, with a word or a sign between.
    fn two_coops(&self, text: &str) -> Option<[CoopId; 2]> {
        let signs = BETWEEN.iter().chain(&ARROWS).chain(&[", ", " - "]);
        let mut places = signs.flat_map(|sign| text.match_indices(*sign));
        places.find_map(|(at, sign)| {
            let one = self.subject.coops.named(&text[..at])?;
            let other = self.subject.coops.named(&text[at + sign.len()..])?;
            (one != other).then_some([one, other])
        })
    }

    fn coops_of(&self, it: Earlier) -> [CoopId; 2] {
        self.subject.directory.sides(it.need, it.offer)
    }

    fn ids_of(&self, it: Earlier) -> (String, String) {
        let directory = self.subject.directory;
        let (need, offer) = (&directory[it.need].entry.slug, &directory[it.offer].entry.slug);
        (need.to_string(), offer.to_string())
    }

    fn choice(&self, it: Earlier) -> Choice {
        let directory = self.subject.directory;
        let (need, offer) = self.ids_of(it);
        let [needs, offers] = self.coops_of(it).map(|coop| self.title_of(coop));
        let titles = [&directory[it.need].entry.title, &directory[it.offer].entry.title];
        Choice {
            answer: facts::pair(&need, &offer),
            label: format!(
                "{needs} needs: {}; {offers} offers: {} ({})",
                titles[0],
                titles[1],
                it.status.as_str()
            ),
        }
    }
}

fn is_ticked(line: &Line) -> bool {
    matches!(line.form, Form::Item(_, Some(true)))
}
