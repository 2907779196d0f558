//! What is to be done: `what (who, by 2026-12-10)`, and what became of it: done, dropped, or handed to another coop.

use jiff::civil::Date;

use super::asked::{Asked, Choice, DONE, DROPPED, NOTHING, WORDS};
use super::facts::{Fact, What};
use super::lines::{Form, Line};
use super::naming::{Else, Named};
use super::outcomes::cuts;
use super::parts::{self, ARROWS};
use super::recording::RecordedAction;
use super::understanding::Reading;
use super::words::{Meaning, same};
use crate::content::values::{self, MatchStatus};
use crate::directory::call::{Action, Call};
use crate::directory::contact::Person;
use crate::directory::ids::CoopId;

/// How a box is drawn of what is not to be done any more.
const CROSSED: [&str; 3] = ["[-]", "[–]", "[—]"];

/// What a line says of something to be done, in three parts.
struct Parts<'t> {
    what: &'t str,
    /// In brackets: who and when.
    remarks: &'t str,
    /// Behind that: what became of it.
    behind: &'t str,
}

/// What became of a remark.
enum Said {
    /// It says who, when or what became of it, or is left out.
    Taken,
    /// It belongs to what is to be done.
    Words,
    /// It is still to be asked.
    Open,
    /// The line was put away.
    Away,
}

/// What became of something to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate<'t> {
    Done,
    Dropped,
    HandedTo(CoopId),
    /// Handed to what may be the name of a coop.
    HandedToName(&'t str),
}

impl Reading<'_> {
    /// What is to be done, who does it and until when, and what became of it.
    pub(super) fn action(&mut self, line: &Line, text: &str) {
        let done = matches!(line.form, Form::Item(_, Some(true)));
        let crossed = CROSSED.iter().find_map(|it| text.strip_prefix(it));
        let (dropped, text) = (crossed.is_some(), crossed.unwrap_or(text).trim_start());
        let mut action =
            RecordedAction { what: text.to_owned(), done, dropped, ..RecordedAction::default() };
        // What the call has already is known with whatever it says.
        if self.is_known(text) {
            return self.add_action(line, action);
        }
        let parts = self.parts_of_action(text);
        parts.what.clone_into(&mut action.what);
        for remark in parts::between_commas(parts.behind) {
            match self.remark_behind(line, remark, &mut action) {
                Said::Taken => {}
                // They are words with all that stands before them.
                Said::Words => {
                    let what = text.to_owned();
                    let action =
                        RecordedAction { what, done, dropped, ..RecordedAction::default() };
                    return self.finish_action(line, action, true);
                }
                Said::Open | Said::Away => return,
            }
        }
        // What has another day now may have been due before the call.
        let moved = action.due;
        let mut words = Vec::new();
        let remarks = parts.remarks.split([',', ';']).map(str::trim);
        for remark in remarks.filter(|it| !it.is_empty()) {
            if moved.is_some() && self.says_when(remark) {
                continue;
            }
            match self.remark_of_action(line, remark, &mut action) {
                Said::Taken => {}
                Said::Words => words.push(remark),
                Said::Open | Said::Away => return,
            }
        }
        if !words.is_empty() {
            action.what = format!("{} ({})", parts.what, words.join(", "));
        }
        self.finish_action(line, action, !self.is_known(parts.what));
    }

    /// Says whose an action is, where it is new, and adds it once that is known.
    fn finish_action(&mut self, line: &Line, mut action: RecordedAction, is_new: bool) {
        // What is new was handed to nobody before.
        if is_new && action.who.is_none() {
            action.who = action.handed_to.take();
        }
        if action.who.is_some() || !is_new || self.doer(line, &mut action) {
            self.add_action(line, action);
        }
    }

    fn add_action(&mut self, line: &Line, action: RecordedAction) {
        if action.done && action.dropped {
            let why = "It is ticked as done, and it says that it is not to be done any more.";
            return self.leave_over(line, why.to_owned());
        }
        if matches!(line.form, Form::Item(_, Some(false))) && !action.done {
            self.recording.unticked.push(Fact::new(What::Done, &action.what, ""));
        }
        self.recording.actions.push(action);
    }

    /// Whether the call has an action of these words.
    fn is_known(&self, what: &str) -> bool {
        let wanted = same(what);
        self.call().actions.iter().any(|it| same(&it.what) == wanted)
    }

    /// Cuts a line at the brackets that say who or when or stand behind words that are known already, or behind such
    /// words.
    fn parts_of_action<'t>(&self, text: &'t str) -> Parts<'t> {
        let groups = text.match_indices('(').filter_map(|(open, _)| {
            let close = open + text[open..].find(')')?;
            let parts = [&text[..open], &text[open + 1..close], &text[close + 1..]];
            let [what, remarks, behind] = parts.map(str::trim);
            Some(Parts { what, remarks, behind })
        });
        let tells = |parts: &Parts<'_>| {
            let mut remarks = parts.remarks.split([',', ';']).map(str::trim);
            let is_told = remarks.any(|it| self.says_who_or_when(it));
            !parts.what.is_empty() && (is_told || self.is_known(parts.what))
        };
        if let Some(parts) = groups.filter(tells).last() {
            return parts;
        }
        let is_known_and_told = |cut: &super::outcomes::Cut<'_>| {
            let first = parts::between_commas(cut.said).first().copied();
            self.is_known(cut.head) && first.is_some_and(|it| self.fate(it).is_some())
        };
        if let Some(cut) = cuts(text).find(is_known_and_told) {
            return Parts { what: cut.head, remarks: "", behind: cut.said };
        }
        let (what, remarks) = parts::brackets(text);
        Parts { what, remarks: remarks.unwrap_or_default(), behind: "" }
    }

    fn says_who_or_when(&self, remark: &str) -> bool {
        self.subject.coops.named(remark).is_some() || self.says_when(remark)
    }

    fn says_when(&self, remark: &str) -> bool {
        let read = self.remarks(remark);
        read.day.is_some() || !read.days.is_empty()
    }

    /// Takes a remark of an action for its coop, its day or what became of it, or asks what it is.
    fn remark_of_action(&mut self, line: &Line, remark: &str, action: &mut RecordedAction) -> Said {
        if let Some(said) = self.plain_remark(line, remark, action) {
            return said;
        }
        match self.answered_name(line, remark, Else::Person) {
            Named::Coop(coop) => {
                action.who = Some(self.subject.coops.slug(coop).to_owned());
                Said::Taken
            }
            Named::Nobody => Said::Taken,
            Named::Text => Said::Words,
            Named::Open => Said::Open,
            Named::Away(_) => Said::Away,
        }
    }

    /// Takes what stands behind the brackets for what became of an action, or asks what it is.
    fn remark_behind(&mut self, line: &Line, remark: &str, action: &mut RecordedAction) -> Said {
        // A coop alone does not say that it goes on with it.
        let is_told = self.fate(remark).is_some() || self.subject.coops.named(remark).is_none();
        if is_told && let Some(said) = self.plain_remark(line, remark, action) {
            return said;
        }
        let mut choices = vec![
            Choice::new(NOTHING, format!("nothing: leave `{remark}` out")),
            Choice::new(DONE, "that it is done"),
            Choice::new(DROPPED, "that it is not to be done any more"),
        ];
        for coop in self.subject.coops.within(remark) {
            let label = format!("that it was handed to {}", self.subject.coops.title(coop));
            choices.push(Choice::new(self.subject.coops.slug(coop), label));
        }
        if !self.is_known(&action.what) {
            choices.push(Choice::new(WORDS, "words that belong to what is to be done"));
        }
        let asked = Asked::Remark(line.spot(), remark.to_owned());
        let question = self.question(line, asked, format!("What is `{remark}`?"), choices);
        match self.settle(line, question).as_deref() {
            None => return Said::Open,
            Some(WORDS) => return Said::Words,
            Some(NOTHING) => {}
            Some(DONE) => action.done = true,
            Some(DROPPED) => action.dropped = true,
            Some(answer) => match self.subject.coops.named(answer) {
                Some(coop) => self.hand_to(coop, action),
                None => {
                    self.put_away(line, answer);
                    return Said::Away;
                }
            },
        }
        Said::Taken
    }

    /// A remark that says what it is; `None` where it does not.
    fn plain_remark(
        &mut self,
        line: &Line,
        remark: &str,
        action: &mut RecordedAction,
    ) -> Option<Said> {
        if let Some((fate, rest)) = self.fate(remark) {
            return Some(match self.take_fate(line, fate, action) {
                Said::Taken if !rest.is_empty() => self.remark_behind(line, rest, action),
                said => said,
            });
        }
        if let Some((who, next)) = self.both_hands(remark) {
            action.who = Some(self.subject.coops.slug(who).to_owned());
            self.hand_to(next, action);
            return Some(Said::Taken);
        }
        if let Some(coop) = self.subject.coops.named(remark) {
            action.who = Some(self.subject.coops.slug(coop).to_owned());
            return Some(Said::Taken);
        }
        let read = self.remarks(remark);
        let there = read.days.first().and_then(|(_, days)| self.known_day(days, action));
        if let Some(day) = read.day.or(there) {
            action.due = Some(day);
            return Some(Said::Taken);
        }
        let (said, days) = read.days.first()?;
        Some(self.day_of_action(line, said, days, action))
    }

    /// What words say became of something to be done, and what more stands behind them.
    fn fate<'t>(&self, text: &'t str) -> Option<(Fate<'t>, &'t str)> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || ".;:–—!".contains(c));
        let arrow = ARROWS.iter().find_map(|it| text.strip_prefix(it.trim()));
        let text = arrow.unwrap_or(text).trim_start();
        if let Some((name, rest)) = self.taken_over(text) {
            return Some((Fate::HandedTo(name), rest));
        }
        if arrow.is_some() {
            return Some(self.handed(text));
        }
        cuts(text).find_map(|cut| {
            let fate = self.subject.words.meaning(cut.head, |it| match it {
                Meaning::Dropped => Some(Some(Fate::Dropped)),
                Meaning::Status(MatchStatus::Fulfilled)
                | Meaning::Outcome(MatchStatus::Fulfilled) => Some(Some(Fate::Done)),
                Meaning::HandedTo => Some(None),
                _ => None,
            })?;
            match fate {
                Some(fate) => Some((fate, cut.said)),
                None => (!cut.said.is_empty()).then(|| self.handed(cut.said)),
            }
        })
    }

    /// `COOP does it now`.
    fn taken_over<'t>(&self, text: &'t str) -> Option<(CoopId, &'t str)> {
        let is_word = |it: Meaning| (it == Meaning::TakesOver).then_some(());
        let takes = |said: &'t str| {
            cuts(said).find_map(|it| {
                self.subject.words.meaning(it.head, is_word)?;
                Some(it.said)
            })
        };
        cuts(text).find_map(|cut| Some((self.subject.coops.named(cut.head)?, takes(cut.said)?)))
    }

    /// To whom something was handed: the longest name at the beginning of a text, or the whole of it.
    fn handed<'t>(&self, text: &'t str) -> (Fate<'t>, &'t str) {
        let known = cuts(text).find_map(|cut| {
            let coop = self.subject.coops.named(cut.head)?;
            Some((Fate::HandedTo(coop), cut.said))
        });
        known.unwrap_or((Fate::HandedToName(text), ""))
    }

    /// `COOP → COOP`.
    fn both_hands(&self, text: &str) -> Option<(CoopId, CoopId)> {
        let coops = self.subject.coops;
        let sides = ARROWS.iter().filter_map(|arrow| text.split_once(arrow));
        sides
            .into_iter()
            .find_map(|(one, other)| Some((coops.named(one.trim())?, coops.named(other.trim())?)))
    }

    fn take_fate(&mut self, line: &Line, fate: Fate<'_>, action: &mut RecordedAction) -> Said {
        match fate {
            Fate::Done => action.done = true,
            Fate::Dropped => action.dropped = true,
            Fate::HandedTo(coop) => self.hand_to(coop, action),
            Fate::HandedToName(name) => match self.answered_name(line, name, Else::Nothing) {
                Named::Coop(coop) => {
                    self.hand_to(coop, action);
                    return self.day_behind_name(line, name, action);
                }
                Named::Open => return Said::Open,
                Named::Text | Named::Nobody | Named::Away(_) => return Said::Away,
            },
        }
        Said::Taken
    }

    /// Takes the day that stands behind a name which somebody had to explain.
    fn day_behind_name(&mut self, line: &Line, name: &str, action: &mut RecordedAction) -> Said {
        let words: Vec<(usize, &str)> = name.match_indices(' ').collect();
        let day = words.iter().map(|(at, _)| name[at + 1..].trim()).find(|it| self.says_when(it));
        match day {
            Some(day) => self.plain_remark(line, day, action).unwrap_or(Said::Taken),
            None => Said::Taken,
        }
    }

    fn hand_to(&self, coop: CoopId, action: &mut RecordedAction) {
        action.handed_to = Some(self.subject.coops.slug(coop).to_owned());
    }

    /// One of some days by which an open action of the call, or of an earlier one of its series, was to be done, or
    /// that the pad had before. It can be over.
    fn known_day(&self, days: &[Date], action: &RecordedAction) -> Option<Date> {
        let own = self.call();
        let is_earlier = |it: &&Call| it.start < own.start && it.series == own.series;
        let mut calls: Vec<&Call> =
            self.subject.directory.calls.iter().filter(is_earlier).collect();
        calls.sort_by_key(|it| it.start);
        let mut known = Vec::new();
        for it in calls.iter().flat_map(|it| &it.actions).filter(|it| self.is_like(it, action)) {
            known.extend(it.due);
            // The same words later are another action.
            if it.is_done() || it.is_dropped() {
                known.clear();
            }
        }
        let here = own.actions.iter().filter(|it| self.is_like(it, action));
        known.extend(here.filter_map(|it| it.due));
        let what = same(&action.what);
        let is_recorded = |day: &Date| {
            let says = day.to_string();
            let is_due = |it: &Fact| it.what == What::Due && it.says == says;
            let mut recorded = self.answers.recorded.iter().filter(|it| is_due(it));
            recorded.any(|it| same(&it.of).starts_with(&what))
        };
        days.iter().copied().find(|day| known.contains(day) || is_recorded(day))
    }

    /// Whether an action has the words of another, and is not that of another coop.
    fn is_like(&self, it: &Action, action: &RecordedAction) -> bool {
        let slug = |person: &Option<Person>| match person {
            Some(Person::Coop(coop)) => Some(self.subject.coops.slug(*coop).to_owned()),
            _ => None,
        };
        let owners = [slug(&it.who), slug(&it.handed_to)];
        let is_open_to_all = action.who.is_none() || owners.iter().all(Option::is_none);
        same(&it.what) == same(&action.what) && (is_open_to_all || owners.contains(&action.who))
    }

    fn day_of_action(
        &mut self,
        line: &Line,
        said: &str,
        days: &[Date],
        action: &mut RecordedAction,
    ) -> Said {
        let mut question = self.about_remark(line, said, days);
        // With more words, it would be another action.
        if self.is_known(&action.what) {
            question.choices.retain(|choice| choice.answer != WORDS);
        }
        match self.settle(line, question).as_deref() {
            None => Said::Open,
            Some(WORDS) => Said::Words,
            Some(NOTHING) => Said::Taken,
            Some(answer) => match values::date(answer) {
                Ok(day) => {
                    action.due = Some(day);
                    Said::Taken
                }
                Err(_) => {
                    self.put_away(line, answer);
                    Said::Away
                }
            },
        }
    }

    /// Takes the name before a colon for the coop that does it; whether all is clear.
    fn doer(&mut self, line: &Line, action: &mut RecordedAction) -> bool {
        let exact = parts::labels(&action.what)
            .find_map(|(name, what)| Some((self.subject.coops.named(name)?, what.to_owned())));
        let (coop, what) = match exact {
            Some((coop, what)) => (coop, what),
            None => {
                let what = action.what.clone();
                let Some((name, what)) = parts::name_with_colon(&what) else { return true };
                match self.answered_name(line, name, Else::Person) {
                    Named::Coop(coop) => (coop, what.to_owned()),
                    Named::Nobody => {
                        what.clone_into(&mut action.what);
                        return true;
                    }
                    Named::Text => return true,
                    Named::Open | Named::Away(_) => return false,
                }
            }
        };
        action.who = Some(self.subject.coops.slug(coop).to_owned());
        action.what = what;
        true
    }
}
