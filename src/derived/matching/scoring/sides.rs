//! The two sides of a pair: a need and an offer with what their coops say, and what both have to do with
//! each other before anything is weighed.

use jiff::civil::Date;

use crate::content::values::{CoopStatus, Country, Kind, Language, Mode, PartialDate};
use crate::derived::matching::reading::text::Word;
use crate::directory::terms::Terms;
use crate::directory::{Directory, Entry};

/// A need or an offer with what its coop says where it says nothing itself.
#[derive(Debug)]
pub struct Side<'a> {
    pub terms: &'a Terms,
    /// Where it is needed or given.
    pub country: Option<&'a Country>,
    /// In which languages one can work; never empty.
    pub languages: &'a [Language],
    /// Its coop says that it begins.
    pub coop_is_starting: bool,
    /// The year in which its coop was founded.
    pub founded: Option<i16>,
    /// The languages, as numbers that are quick to compare.
    pub spoken: Vec<Word>,
    /// The country, likewise.
    pub there: Option<Word>,
}

impl<'a> Side<'a> {
    /// The side of an entry.
    pub fn new(directory: &'a Directory, entry: &'a Entry, terms: &'a Terms) -> Side<'a> {
        let coop = &directory[terms.coop];
        let languages = directory.languages_of(terms, &entry.language);
        let country = directory.country_of(terms);
        Side {
            spoken: spoken(languages),
            there: country.map(|country| Word::whole(country.as_str())),
            terms,
            country,
            languages,
            coop_is_starting: coop.status == CoopStatus::Starting,
            founded: coop.founded.as_ref().map(PartialDate::year),
        }
    }

    /// What is alike in sides that every other one fits equally well in kind and language.
    pub fn class(&self) -> (Kind, &[Word]) {
        (self.terms.kind, &self.spoken)
    }

    /// Whether one can work in a language there.
    pub fn speaks(&self, language: &Language) -> bool {
        self.languages.iter().any(|own| own.primary() == language.primary())
    }
}

/// The primary tags of languages, as numbers.
fn spoken<'a>(languages: impl IntoIterator<Item = &'a Language>) -> Vec<Word> {
    languages.into_iter().map(|language| Word::whole(language.primary())).collect()
}

/// The languages of the calls to come, spoken or interpreted: each set of them once.
pub struct CallLanguages<'a> {
    /// As they are called.
    pub languages: Vec<Vec<&'a Language>>,
    /// As numbers that are quick to compare.
    pub spoken: Vec<Vec<Word>>,
}

impl<'a> CallLanguages<'a> {
    /// The languages of these calls.
    pub fn new(mut languages: Vec<Vec<&'a Language>>) -> CallLanguages<'a> {
        languages.sort_unstable();
        languages.dedup();
        let spoken = languages.iter().map(|languages| spoken(languages.iter().copied())).collect();
        CallLanguages { languages, spoken }
    }
}

/// A need and an offer, with what else tells how they fit.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub need: &'a Side<'a>,
    pub offer: &'a Side<'a>,
    pub today: Date,
    /// What is spoken in the calls to come.
    pub calls: &'a CallLanguages<'a>,
}

impl Pair<'_> {
    /// What can never be: help on the spot in another country, or at another time.
    pub fn cannot_meet(&self) -> bool {
        let Pair { need, offer, today, .. } = self;
        let on_the_spot = [need, offer].iter().any(|side| side.terms.mode == Some(Mode::Onsite));
        let apart = need.there.is_some() && offer.there.is_some() && need.there != offer.there;
        let (from, until) = self.common_dates();
        let start = from.map_or(*today, |from| from.max(*today));
        (on_the_spot && apart) || until.is_some_and(|until| until < start)
    }

    /// The first and the last day that suit both; `None` where neither names one.
    pub fn common_dates(&self) -> (Option<Date>, Option<Date>) {
        let (need, offer) = (self.need.terms, self.offer.terms);
        let until = [need.until, offer.until].into_iter().flatten().min();
        (need.from.max(offer.from), until)
    }

    /// Money on one side and no money on the other.
    pub fn kinds_clash(&self) -> bool {
        let [needed, offered] = [self.need, self.offer].map(|side| side.terms.kind);
        needed != offered && [needed, offered].contains(&Kind::Financial)
    }
}
