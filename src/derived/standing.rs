//! Where a match stands on a day: its introduction waits for an answer, was answered, or is over because
//! one side of it is no longer there.

use jiff::civil::Date;

use super::matching::Match;
use crate::content::values::{CoopStatus, MatchStatus, NeedStatus, OfferStatus};
use crate::directory::Directory;
use crate::directory::ids::{CallId, NeedId, OfferId};

/// Where a match that people spoke of stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are to be introduced in a call that is still to come.
    Ahead,
    /// They were introduced, and nobody has said what came of it.
    Waiting,
    /// It is known what came of it.
    Answered,
    /// Nobody has said, and nobody has to: one side is no longer there.
    Over(Over),
}

/// The word for a match that is over, beside those that authors write.
pub(crate) const OVER: &str = "over";

/// Why an introduction is over without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    NeedMet,
    NeedWithdrawn,
    NeedExpired,
    NeedClosed,
    OfferExhausted,
    OfferWithdrawn,
    OfferExpired,
    OfferClosed,
}

impl Over {
    /// Its name among the messages of the interface, after `over-`.
    pub fn as_str(self) -> &'static str {
        match self {
            Over::NeedMet => "need-met",
            Over::NeedWithdrawn => "need-withdrawn",
            Over::NeedExpired => "need-expired",
            Over::NeedClosed => "need-closed",
            Over::OfferExhausted => "offer-exhausted",
            Over::OfferWithdrawn => "offer-withdrawn",
            Over::OfferExpired => "offer-expired",
            Over::OfferClosed => "offer-closed",
        }
    }

    /// The same in English, for a terminal.
    pub fn in_words(self) -> &'static str {
        match self {
            Over::NeedMet => "the need is met",
            Over::NeedWithdrawn => "the need was withdrawn",
            Over::NeedExpired => "the last day of the need is past",
            Over::NeedClosed => "the coop that needs it has closed",
            Over::OfferExhausted => "the offer is exhausted",
            Over::OfferWithdrawn => "the offer was withdrawn",
            Over::OfferExpired => "the last day of the offer is past",
            Over::OfferClosed => "the coop that offers it has closed",
        }
    }
}

/// Where a match stands on a day; `None` of a suggestion.
pub(crate) fn standing(directory: &Directory, found: &Match, day: Date) -> Option<Standing> {
    use MatchStatus::{Agreed, Declined, Fulfilled, Introduced, Lapsed};
    let over = || of_need(directory, found.need, day).or(of_offer(directory, found.offer, day));
    Some(match found.status? {
        Agreed | Fulfilled | Declined | Lapsed => Standing::Answered,
        Introduced => match over() {
            Some(why) => Standing::Over(why),
            None if found.since.is_some_and(|since| since > day) => Standing::Ahead,
            None => Standing::Waiting,
        },
    })
}

fn of_need(directory: &Directory, id: NeedId, day: Date) -> Option<Over> {
    let need = &directory[id];
    match need.status {
        NeedStatus::Met => Some(Over::NeedMet),
        NeedStatus::Withdrawn => Some(Over::NeedWithdrawn),
        NeedStatus::Open | NeedStatus::Parked | NeedStatus::PartlyMet => {
            match directory[need.terms.coop].status {
                CoopStatus::Closed => Some(Over::NeedClosed),
                _ => need.terms.has_expired(day).then_some(Over::NeedExpired),
            }
        }
    }
}

fn of_offer(directory: &Directory, id: OfferId, day: Date) -> Option<Over> {
    let offer = &directory[id];
    match offer.status {
        OfferStatus::Exhausted => Some(Over::OfferExhausted),
        OfferStatus::Withdrawn => Some(Over::OfferWithdrawn),
        OfferStatus::Open | OfferStatus::Parked => match directory[offer.terms.coop].status {
            CoopStatus::Closed => Some(Over::OfferClosed),
            _ if offer.capacity == Some(0) => Some(Over::OfferExhausted),
            _ => offer.terms.has_expired(day).then_some(Over::OfferExpired),
        },
    }
}

impl Match {
    /// The call in which its status came to hold, if it was in one.
    pub fn decided_in(&self) -> Option<CallId> {
        let mut made = self
            .history
            .iter()
            .filter(|event| Some(event.status) == self.status && event.date == self.since);
        made.find_map(|event| event.origin.call())
    }

    /// The call in which the two were introduced, of those until a day. An introduction that is named again
    /// stays where it was; after a no, or when nothing came of it, the next one counts.
    pub fn introduced_in(&self, day: Date) -> Option<CallId> {
        let past = self.history.iter().filter(|it| it.date.is_none_or(|date| date <= day));
        let mut found = None;
        let mut is_new = true;
        for event in past {
            match event.status {
                MatchStatus::Declined | MatchStatus::Lapsed => is_new = true,
                MatchStatus::Introduced | MatchStatus::Agreed | MatchStatus::Fulfilled => {
                    if is_new {
                        found = event.origin.call().or(found);
                        is_new = event.origin.call().is_none();
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::derived::derive;
    use crate::directory::tests::{day, directory};

    const FILES: [(&str, &str); 4] = [
        ("content/coops/a.md", "---\ntitle: A\n---\n"),
        ("content/coops/b.md", "---\ntitle: B\n---\n"),
        ("content/needs/n.md", "---\ntitle: N\ncoop: a\nkind: human\n---\n"),
        ("content/offers/o.md", "---\ntitle: O\ncoop: b\nkind: human\n---\n"),
    ];

    /// In which call the two were introduced, and where that stands, by what calls say of them on the last day of
    /// a month of 2026, and by the fields of a file.
    fn check(calls: &[(u8, &str)], file: Option<&str>, expected: (Option<&str>, Standing)) {
        let mut files: Vec<(String, String)> =
            FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        for (month, status) in calls {
            let text = format!(
                "---\nstart: 2026-{month:02}-28T16:00\nmatches: [{{need: n, offer: o, status: {status}}}]\n---\n"
            );
            files.push((format!("content/calls/2026-{month:02}.md"), text));
        }
        if let Some(fields) = file {
            let text = format!("---\nneed: n\noffer: o\n{fields}---\n");
            files.push(("content/matches/n--o.md".to_owned(), text));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let derived = derive(Arc::new(directory(&files)), day("2026-11-22"), None);
        let found = derived.matches().find(NeedId(0), OfferId(0)).expect("they were introduced");
        let call = found.introduced_in(derived.today);
        let call = call.map(|call| derived.directory[call].entry.slug.to_string());
        let standing = derived.standing(found).expect("people spoke of it");
        assert_eq!((call.as_deref(), standing), expected, "{calls:?} {file:?}");
    }

    #[test]
    fn an_introduction_stays_where_it_was_until_it_begins_again() {
        use Standing::{Ahead, Answered, Waiting};
        check(&[(8, "introduced")], None, (Some("2026-08"), Waiting));
        check(&[(8, "introduced"), (9, "introduced")], None, (Some("2026-08"), Waiting));
        check(&[(8, "introduced"), (9, "agreed")], None, (Some("2026-08"), Answered));
        check(&[(8, "agreed")], None, (Some("2026-08"), Answered));
        check(&[(8, "introduced"), (9, "lapsed")], None, (Some("2026-08"), Answered));
        let again = [(8, "introduced"), (9, "lapsed"), (10, "introduced")];
        check(&again, None, (Some("2026-10"), Waiting));
        check(&[(12, "introduced")], None, (None, Ahead));
        check(&[], Some(""), (None, Waiting));
        check(&[], Some("updated: 2026-10-01\nstatus: agreed\n"), (None, Answered));
        let lapsed = "updated: 2026-10-01\nstatus: lapsed\n";
        check(&[(8, "introduced")], Some(lapsed), (Some("2026-08"), Answered));
    }
}
