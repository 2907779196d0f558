//! Where a match stands on a day: its introduction waits for an answer, was answered, or is over because
//! one side of it is no longer there.

use jiff::civil::Date;

use super::matching::Match;
use crate::content::values::MatchStatus;
use crate::directory::Directory;
use crate::directory::former::Over;
use crate::directory::ids::{CallId, EntryId, OfferId};

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

/// Where a match stands on a day; `None` of a suggestion.
pub(crate) fn standing(directory: &Directory, found: &Match, day: Date) -> Option<Standing> {
    use MatchStatus::{Agreed, Declined, Fulfilled, Introduced, Lapsed};
    let of_need = || directory.over(EntryId::Need(found.need), day);
    let over = || of_need().or_else(|| of_offer(directory, found.offer, day));
    Some(match found.status? {
        Agreed | Fulfilled | Declined | Lapsed => Standing::Answered,
        Introduced => match over() {
            Some(why) => Standing::Over(why),
            None if found.since.is_some_and(|since| since > day) => Standing::Ahead,
            None => Standing::Waiting,
        },
    })
}

/// An offer that can serve nobody now stays in the lists; an introduction to it is over.
fn of_offer(directory: &Directory, id: OfferId, day: Date) -> Option<Over> {
    match directory.over(EntryId::Offer(id), day) {
        None | Some(Over::OfferExpired) if directory[id].capacity == Some(0) => {
            Some(Over::OfferExhausted)
        }
        over => over,
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
    use crate::directory::ids::NeedId;
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
