//! What some words say came of an introduction: `agreed, they meet on Monday`. What may say something else is
//! asked.

use super::words::{Meaning, Words, fold};
use crate::content::values::MatchStatus;

/// What ends the words that say what came of it, before a note.
const ENDS: [&str; 10] = [", ", "; ", ". ", ": ", " – ", " — ", " - ", " (", "：", "，"];

/// Words that answer only where nothing follows them: "yes, but not now" is no yes.
const ALONE: &str = "yes no si sim nao oui non ja nein";

/// Of these, those that say no. Looking back, nobody knows to what: whether they decided against it, or whether
/// nothing came of it.
const NO: &str = "no nao non nein";

/// How words begin that say what did not come of it.
const NOT: &str =
    "not no never nothing nunca nada nao non pas rien nicht nein kein keine nichts niente";

/// What a line says of an introduction.
pub(super) struct Outcome {
    /// What came of it; `None` where the words may say something else.
    pub(super) status: Option<MatchStatus>,
    pub(super) note: String,
}

/// A need and an offer by their ids, and what a line says of them.
pub(super) struct PairSaid {
    pub(super) need: String,
    pub(super) offer: String,
    pub(super) said: String,
}

/// A text cut in two: names, and what is said of those.
pub(super) struct Cut<'t> {
    pub(super) head: &'t str,
    pub(super) said: &'t str,
    /// A colon stands between, or brackets around what is said.
    pub(super) is_set_off: bool,
}

/// Ways to cut what is said off a text, the longest head first.
pub(super) fn cuts(text: &str) -> impl Iterator<Item = Cut<'_>> {
    let is_end = |(_, sign): &(usize, char)| sign.is_whitespace() || matches!(sign, '：' | '，');
    let places = text.char_indices().filter(is_end).collect::<Vec<_>>();
    let cut = move |(at, sign): (usize, char)| {
        let is_dash = |c: char| c.is_whitespace() || matches!(c, '–' | '—' | '-');
        let head = text[..at].trim_end_matches(is_dash);
        let said = text[at + sign.len_utf8()..].trim_start_matches(is_dash).trim_end();
        let is_set_off = sign == '：' || head.ends_with(':') || said.starts_with('(');
        Cut { head, said, is_set_off }
    };
    let whole = Cut { head: text, said: "", is_set_off: true };
    std::iter::once(whole).chain(places.into_iter().rev().map(cut))
}

impl Words {
    /// What some words say of an introduction; no status where they may say something else.
    pub(super) fn outcome(&self, said: &str) -> Outcome {
        let bare = without_brackets(said);
        let unclear = || Outcome { status: None, note: said.to_owned() };
        if bare.is_empty() || bare.contains(['?', '¿']) {
            return unclear();
        }
        if let Some(status) = self.status_of(bare) {
            return Outcome { status: Some(status), note: String::new() };
        }
        let mut ends: Vec<(usize, &str)> =
            ENDS.iter().flat_map(|end| bare.match_indices(end)).collect();
        ends.sort_unstable();
        let known = ends.into_iter().find_map(|(at, end)| {
            let head = &bare[..at];
            let status = self.status_of(head).filter(|_| !is_among(ALONE, head))?;
            let note = if end == " (" { &bare[at + 1..] } else { &bare[at + end.len()..] };
            Some((status, without_brackets(note.trim())))
        });
        match known {
            Some((status, note)) if !self.says_otherwise(note, status) => {
                Outcome { status: Some(status), note: note.to_owned() }
            }
            _ => unclear(),
        }
    }

    /// The same of an introduction that the call makes. That nobody knows yet is worth a note.
    pub(super) fn told_in_call(&self, said: &str) -> Outcome {
        let bare = without_brackets(said);
        let waits = Meaning::Outcome(MatchStatus::Introduced);
        match self.meaning(bare, |it| (it == waits).then_some(())) {
            Some(()) => Outcome { status: Some(MatchStatus::Introduced), note: bare.to_owned() },
            None => self.outcome(said),
        }
    }

    /// The same of an introduction of an earlier call, of which "no" may say two things.
    pub(super) fn told_later(&self, said: &str) -> Outcome {
        match is_among(NO, without_brackets(said)) {
            true => Outcome { status: None, note: said.to_owned() },
            false => self.outcome(said),
        }
    }

    /// Whether words that are no plain outcome may say one.
    pub(super) fn may_be_outcome(&self, said: &str) -> bool {
        let folded = fold(said);
        let begins = folded.split(' ').next().is_some_and(|word| is_among(NOT, word));
        let is_telling = |words: &str| !is_among(ALONE, words);
        begins || !self.outcomes_within(said, is_telling).is_empty()
    }

    /// A note, unless it is nothing but words for what came of it.
    pub(super) fn without_status(&self, note: String) -> String {
        if self.status_of(without_brackets(&note)).is_some() { String::new() } else { note }
    }

    fn status_of(&self, text: &str) -> Option<MatchStatus> {
        self.meaning(text, |it| match it {
            Meaning::Status(status) | Meaning::Outcome(status) => Some(status),
            _ => None,
        })
    }

    /// Whether words of another outcome are in a note.
    fn says_otherwise(&self, note: &str, status: MatchStatus) -> bool {
        let found = self.outcomes_within(note, |_| true);
        found.into_iter().any(|it| it != status)
    }
}

/// Whether a text is one of some words.
fn is_among(words: &str, text: &str) -> bool {
    let folded = fold(text);
    words.split(' ').any(|word| word == folded)
}

/// A text without brackets around the whole of it.
pub(super) fn without_brackets(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text)
}
