//! Who was introduced to whom: a need and an offer that a line names, exactly or nearly.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{is_near_word, is_small, names};
use super::answered;
use super::asked::{Asked, Choice, Open, Question};
use super::facts::{self, Fact, What};
use super::lines::{Form, Line};
use super::outcomes::{self, Cut, PairSaid};
use super::parts::{self, ARROWS};
use super::questions::Meant;
use super::recording::RecordedIntroduction;
use super::understanding::Reading;
use super::words::{fold, same};
use crate::content::record::EntryKind;
use crate::content::values::MatchStatus;
use crate::directory::call::Introduction;
use crate::directory::ids::CoopId;

/// So many pairs are offered where a line does not say which one it means.
const OFFERED: usize = 9;

/// So much of the words of a title stands in a line that means it.
const MEANT: f64 = 0.5;

/// Words between two names that say nothing of what both said.
const BETWEEN: &str = "and y e et und with con com avec mit to for para pour a an the o os as el la los las le les of de \
                       do da dos das";

/// What could be one side of an introduction.
struct Side {
    coop: CoopId,
    id: String,
    title: String,
    /// Its coop named it in the call.
    is_said: bool,
    /// How much of its title stands in the line, from 0 to 1.
    named: f64,
}

/// How many of the words of a line tell of one side or the other, from 0 to 1.
fn told(words: &[&str], one: &str, other: &str) -> f64 {
    let is_told = |word: &&&str| is_near(word, one) || is_near(word, other);
    words.iter().filter(is_told).count() as f64 / words.len().max(1) as f64
}

impl Reading<'_> {
    /// Who was introduced to whom: `need → offer: agreed, note`, by ids or titles, in either order.
    pub(super) fn introduction(&mut self, line: &Line, text: &str) {
        let (status, without) = match self.status_within(text) {
            Some((status, without)) => (Some(status), without),
            None => (None, text.to_owned()),
        };
        let has_no_status = |said: &str| said.is_empty() || self.status_within(said).is_none();
        // A title may have such a word in brackets, too.
        let exact = self.pair(text).filter(|it| has_no_status(&it.said));
        if let Some(PairSaid { need, offer, said }) = exact {
            return self.told_of(line, (need, offer), None, &said);
        }
        if let Some(PairSaid { need, offer, said }) = self.pair(&without) {
            return self.told_of(line, (need, offer), status, &said);
        }
        let question = "Which need and which offer does this bring together?".to_owned();
        let asked = Asked::Pair(line.spot());
        // Pairs are sought in the whole directory, and so only for the question that comes next.
        let is_next = self.questions.is_empty() && !self.has_answer(line, &asked);
        let choices = if is_next { self.likely_pairs(&without) } else { Vec::new() };
        let question = self.question(line, asked, question, choices);
        let question = Question { open: Some(Open::Pair), ..question };
        let Some(answer) = self.settle(line, question) else { return };
        match self.pair_of_ids(&answer) {
            Some((need, offer)) => {
                let said = self.note_about(&without, &need, &offer);
                self.told_of(line, (need, offer), status, &said);
            }
            None => self.put_away(line, &answer),
        }
    }

    /// What a line says of two besides who they are: what both said, and a note. Where it may say that they were
    /// only introduced or something else, it is asked.
    fn told_of(
        &mut self,
        line: &Line,
        pair: (String, String),
        status: Option<MatchStatus>,
        said: &str,
    ) {
        let note = outcomes::without_brackets(said).to_owned();
        if status.is_some() {
            return self.introduced(line, pair, status, note);
        }
        let told = self.subject.words.told_in_call(said);
        if told.status.is_some() {
            return self.introduced(line, pair, told.status, told.note);
        }
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        if is_unticked || !self.subject.words.may_be_outcome(&note) {
            return self.introduced(line, pair, None, note);
        }
        let text = format!("What did both say to this introduction: is it more than `{note}`?");
        let choices = [
            (MatchStatus::Introduced, "they were introduced, and these words are a note"),
            (MatchStatus::Agreed, "they agreed to do it"),
            (MatchStatus::Declined, "they decided against it"),
            (MatchStatus::Fulfilled, "it is done"),
        ];
        if let Some(status) = self.ask_status(line, text, &choices) {
            let note = self.subject.words.without_status(note);
            self.introduced(line, pair, Some(status), note);
        }
    }

    /// Whether it was answered before which pair a line means.
    pub(super) fn has_answer(&self, line: &Line, asked: &Asked) -> bool {
        let is_answer = |kept: &str| answered::puts_away(kept) || self.pair_of_ids(kept).is_some();
        self.answers.typed.contains_key(asked)
            || answered::find(&self.answers.kept, asked, Some(line)).is_some_and(is_answer)
    }

    /// Two who were introduced, unless the box before them is empty.
    fn introduced(
        &mut self,
        line: &Line,
        (need, offer): (String, String),
        status: Option<MatchStatus>,
        note: String,
    ) {
        let is_unticked = matches!(line.form, Form::Item(_, Some(false)));
        if !is_unticked || (status.is_some() && self.status_of_pair(&need, &offer) != status) {
            let status = status.unwrap_or(MatchStatus::Introduced);
            if matches!(self.is_meant(line), Meant::Yes) {
                let introduced = RecordedIntroduction { need, offer, status, note };
                self.recording.introductions.push(introduced);
            }
            return;
        }
        let there = self.status_of_pair(&need, &offer).map(MatchStatus::as_str);
        let pair = facts::pair(&need, &offer);
        let fact = there.map(|status| Fact::new(What::Introduction, &pair, status));
        self.recording.unticked.extend(fact);
        if !note.is_empty() {
            let why = "Its box is empty, so nobody introduced them, and yet it has a note.";
            self.leave_over(line, why.to_owned());
        }
    }

    /// What the file of the call says of two.
    fn status_of_pair(&self, need: &str, offer: &str) -> Option<MatchStatus> {
        let directory = self.subject.directory;
        let is_it = |it: &&Introduction| {
            directory[it.need].entry.slug.as_str() == need
                && directory[it.offer].entry.slug.as_str() == offer
        };
        self.call().matches.iter().find(is_it).map(|it| it.status)
    }

    /// What became of an introduction, in brackets anywhere in its line, and the line without that.
    fn status_within(&self, text: &str) -> Option<(MatchStatus, String)> {
        text.match_indices('(').find_map(|(open, _)| {
            let close = open + text[open..].find(')')?;
            let remarks = self.remarks(&text[open + 1..close]);
            let status = remarks.status.filter(|_| remarks.others.is_empty())?;
            let without = format!("{}{}", text[..open].trim_end(), &text[close + 1..]);
            Some((status, without.trim_end().to_owned()))
        })
    }

    /// The need, the offer and what is said of them, of a line that names both exactly. Behind a colon or in brackets
    /// anything can be said; without such a sign only what says what came of it, or may say so.
    pub(super) fn pair(&self, text: &str) -> Option<PairSaid> {
        let is_set_off = |cut: &Cut<'_>| {
            cut.is_set_off
                || cut.said.is_empty()
                || self.subject.words.outcome(cut.said).status.is_some()
                || self.subject.words.may_be_outcome(cut.said)
        };
        self.pair_where(text, is_set_off)
    }

    /// The same, cut where a test allows it.
    fn pair_where(&self, text: &str, is_cut: impl Fn(&Cut<'_>) -> bool) -> Option<PairSaid> {
        let kinds = [(EntryKind::Need, EntryKind::Offer), (EntryKind::Offer, EntryKind::Need)];
        let mut names: BTreeMap<EntryKind, Names> = BTreeMap::new();
        for (a, rest) in ARROWS.iter().filter_map(|arrow| text.split_once(arrow)) {
            for (kind, other) in kinds {
                let Some(first) = self.entry_named(kind, a) else { continue };
                let names = names.entry(other).or_insert_with(|| self.names_of(other));
                let found = outcomes::cuts(rest)
                    .find_map(|cut| Some((only(names, cut.head)?, cut)).filter(|it| is_cut(&it.1)));
                if let Some((second, cut)) = found {
                    let (need, offer) = match kind {
                        EntryKind::Need => (first, second),
                        _ => (second, first),
                    };
                    return Some(PairSaid { need, offer, said: cut.said.to_owned() });
                }
            }
        }
        None
    }

    /// `NEED--OFFER`, where both are there or new.
    pub(super) fn pair_of_ids(&self, text: &str) -> Option<(String, String)> {
        let (need, offer) = facts::sides(text)?;
        Some((self.entry_named(EntryKind::Need, need)?, self.entry_named(EntryKind::Offer, offer)?))
    }

    /// The id of the only entry of a kind with this id or title.
    fn entry_named(&self, kind: EntryKind, text: &str) -> Option<String> {
        only(&self.names_of(kind), text)
    }

    /// What the entries of a kind are called, those that are new too, with their ids.
    fn names_of(&self, kind: EntryKind) -> Names {
        let mut all = Names::new();
        for entry in self.entries(kind) {
            for name in names(entry) {
                all.entry(same(name)).or_default().insert(entry.slug.to_string());
            }
        }
        for new in self.recording.new.iter().filter(|it| it.kind == kind) {
            for name in [&new.title, &new.id] {
                all.entry(same(name)).or_default().insert(new.id.clone());
            }
        }
        all
    }

    /// Pairs that a line may mean, the likeliest first: of what its words name, and of what was said in the call
    /// by the coops that it names, or by all.
    fn likely_pairs(&self, text: &str) -> Vec<Choice> {
        let named = self.subject.coops.within(text);
        let sides = |kind| {
            let all = self.sides(kind, text);
            let is_of_named = |side: &Side| named.len() < 2 || named.contains(&side.coop);
            let is_likely =
                move |side: &Side| side.named >= MEANT || (side.is_said && is_of_named(side));
            all.into_iter().filter(is_likely).collect::<Vec<_>>()
        };
        let (needs, offers) = (sides(EntryKind::Need), sides(EntryKind::Offer));
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !is_small(word)).collect();
        let of = |side: &Side| fold(&format!("{} {}", side.title, self.title_of(side.coop)));
        let score = |side: &Side| 0.5 * side.named + if side.is_said { 0.25 } else { 0.0 };
        let mut pairs: Vec<(f64, &Side, &Side)> = Vec::new();
        for need in &needs {
            for offer in offers.iter().filter(|offer| offer.coop != need.coop) {
                let told = 2.0 * told(&words, &of(need), &of(offer));
                pairs.push((told + score(need) + score(offer), need, offer));
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let choice = |(_, need, offer): (f64, &Side, &Side)| Choice {
            answer: facts::pair(&need.id, &offer.id),
            label: format!(
                "{} needs: {}; {} offers: {}",
                self.title_of(need.coop),
                need.title,
                self.title_of(offer.coop),
                offer.title
            ),
        };
        pairs.into_iter().take(OFFERED).map(choice).collect()
    }

    /// All needs or offers, those that are new too, and how far a text names them.
    fn sides(&self, kind: EntryKind, text: &str) -> Vec<Side> {
        let directory = self.subject.directory;
        let is_said = |id: &str| {
            self.recording.turns.iter().any(|said| {
                let list = if kind == EntryKind::Need { &said.needs } else { &said.offers };
                list.iter().any(|it| it == id)
            })
        };
        let side = |coop: CoopId, id: &str, title: &str, named: f64| Side {
            coop,
            id: id.to_owned(),
            title: title.to_owned(),
            is_said: is_said(id),
            named,
        };
        let there = directory.of_kind(kind).filter_map(|id| {
            let coop = directory.coop_of(id)?;
            let entry = &directory[id];
            let named = names(entry).map(|name| part_within(name, text)).fold(0.0, f64::max);
            Some(side(coop, entry.slug.as_str(), &entry.title, named))
        });
        let new = self.recording.new.iter().filter(|it| it.kind == kind).filter_map(|it| {
            let coop = self.subject.coops.named(&it.coop)?;
            Some(side(coop, &it.id, &it.title, part_within(&it.title, text)))
        });
        there.chain(new).collect()
    }

    /// What a line says of two besides who they are; the whole of it, where some word may say more.
    fn note_about(&self, text: &str, need: &str, offer: &str) -> String {
        let exact =
            self.pair_where(text, |_| true).filter(|it| it.need == need && it.offer == offer);
        if let Some(exact) = exact {
            return exact.said;
        }
        let known = self.words_of(need, offer);
        let is_known = |head: &str| {
            fold(head)
                .split(' ')
                .all(|word| BETWEEN.split(' ').any(|it| it == word) || is_near(word, &known))
        };
        if is_known(text) {
            return String::new();
        }
        let in_brackets = match parts::brackets(text) {
            (before, Some(inner)) => Some((before, inner)),
            (_, None) => None,
        };
        let heads: Vec<(&str, &str)> = in_brackets.into_iter().chain(parts::labels(text)).collect();
        let note = heads.into_iter().rev().find(|(head, _)| is_known(head)).map(|it| it.1);
        // Behind an arrow, the names go on as long as their words do.
        let has_arrow = ARROWS.iter().any(|arrow| text.contains(arrow));
        let after_names = || {
            let mut cuts: Vec<Cut<'_>> = outcomes::cuts(text).collect();
            cuts.reverse();
            let named = cuts.iter().take_while(|cut| is_known(cut.head)).last();
            named.filter(|_| has_arrow).map(|cut| cut.said)
        };
        note.or_else(after_names).unwrap_or(text).to_owned()
    }

    /// The words by which two are named.
    fn words_of(&self, need: &str, offer: &str) -> String {
        let mut known = String::new();
        for (kind, id) in [(EntryKind::Need, need), (EntryKind::Offer, offer)] {
            let entry = self.entries(kind).find(|entry| entry.slug.as_str() == id);
            let names_of = entry.into_iter().flat_map(names);
            let new = self.recording.new.iter().filter(|it| it.kind == kind && it.id == id);
            let words = names_of.chain(new.map(|it| it.title.as_str()));
            words.for_each(|name| known.push_str(&format!(" {name}")));
            let side = self.sides(kind, "").into_iter().find(|side| side.id == id);
            if let Some(side) = side {
                let (slug, title) = (self.subject.coops.slug(side.coop), self.title_of(side.coop));
                known.push_str(&format!(" {slug} {title}"));
            }
        }
        fold(&known)
    }
}

/// Names of entries as they are compared, with the ids of those that are called so.
type Names = BTreeMap<String, BTreeSet<String>>;

/// The id of the only one that a text names.
fn only(names: &Names, text: &str) -> Option<String> {
    let ids = names.get(&same(text.trim_matches([' ', '`', '*', '[', ']'])))?;
    ids.first().filter(|_| ids.len() == 1).cloned()
}

/// How much of the words of a title stand in a text, from 0 to 1.
fn part_within(title: &str, text: &str) -> f64 {
    let (title, text) = (fold(title), fold(text));
    let words: Vec<&str> = title.split(' ').filter(|word| !is_small(word)).collect();
    let found = words.iter().filter(|word| is_near(word, &text)).count();
    if words.is_empty() { 0.0 } else { found as f64 / words.len() as f64 }
}

/// Whether a word, or another form of it, is in a folded text.
fn is_near(word: &str, text: &str) -> bool {
    text.split(' ').any(|other| is_near_word(word, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_named_by_its_words_and_by_their_forms() {
        assert!((part_within("Twenty laptops", "the laptop, twenty of them") - 1.0).abs() < 1e-9);
        assert!((part_within("Hands for the wheat", "wheat") - 0.5).abs() < 1e-9);
        assert!(part_within("Hands for the wheat", "for the loans") < 1e-9);
        assert!(is_near("microfones", "two microphones") && !is_near("mill", "milk"));
    }
}
