//! The invented network: how many entries of each kind, what they are called, and who belongs to
//! whom. Everything follows from the seed and the number of entries.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::random::Random;
use crate::text::Author;
use crate::topics::{self, Topic};
use crate::words::{COUNTRIES, Country, Lexicon, Names};

/// The day on which the network is looked at.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// The kinds of entries that the generator writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    Coop,
    Need,
    Offer,
    Page,
    Call,
}

impl EntryKind {
    /// All, in the order in which they are made.
    pub(crate) const ALL: [EntryKind; 5] =
        [EntryKind::Coop, EntryKind::Need, EntryKind::Offer, EntryKind::Page, EntryKind::Call];

    /// The folder of its files and the section of its pages.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            EntryKind::Coop => "coops",
            EntryKind::Need => "needs",
            EntryKind::Offer => "offers",
            EntryKind::Page => "pages",
            EntryKind::Call => "calls",
        }
    }
}

/// What an entry is called.
pub(crate) struct Name {
    pub slug: String,
    pub title: String,
}

/// A series of calls.
pub(crate) struct Series {
    pub id: String,
    pub title: String,
    pub nth: i8,
    pub weekday: Weekday,
    pub hour: usize,
}

/// The whole network; entries are written from it one at a time.
pub(crate) struct Network {
    pub seed: u64,
    pub topics: Vec<Topic>,
    pub names: Names,
    pub series: Vec<Series>,
    lexicons: [Lexicon; 2],
    coops: Vec<Name>,
    needs: Vec<Name>,
    offers: Vec<Name>,
    pages: Vec<Name>,
    calls: Vec<Name>,
    needs_of: Vec<Vec<usize>>,
    offers_of: Vec<Vec<usize>>,
}

impl Network {
    /// A network of so many entries: 40 % coops, 28 % needs, 28 % offers, 3 % pages, 1 % calls.
    pub(crate) fn new(entries: usize, seed: u64) -> Network {
        let [coops, pages, calls] = [40, 3, 1].map(|percent| (entries * percent / 100).max(1));
        let needs = entries * 28 / 100;
        let offers = entries.saturating_sub(coops + pages + calls + needs);
        let mut network = Network {
            seed,
            topics: topics::starter(),
            names: Names::new(),
            series: Vec::new(),
            lexicons: [Lexicon::english(), Lexicon::spanish()],
            coops: Vec::new(),
            needs: Vec::new(),
            offers: Vec::new(),
            pages: Vec::new(),
            calls: Vec::new(),
            needs_of: vec![Vec::new(); coops],
            offers_of: vec![Vec::new(); coops],
        };
        network.series = (0..calls.div_ceil(36)).map(|number| network.new_series(number)).collect();
        let title = |number| network.lexicon(EntryKind::Coop, number).coop(number);
        network.coops = named((0..coops).map(title));
        network.needs = named((0..needs).map(|number| network.title(EntryKind::Need, number)));
        network.offers = named((0..offers).map(|number| network.title(EntryKind::Offer, number)));
        network.pages = named((0..pages).map(|number| network.title(EntryKind::Page, number)));
        network.calls = (0..calls).map(|number| network.call_name(number)).collect();
        for need in 0..needs {
            let coop = network.coop_of(EntryKind::Need, need);
            network.needs_of[coop].push(need);
        }
        for offer in 0..offers {
            let coop = network.coop_of(EntryKind::Offer, offer);
            network.offers_of[coop].push(offer);
        }
        network
    }

    /// The names of all entries of a kind.
    pub(crate) fn names_of(&self, kind: EntryKind) -> &[Name] {
        match kind {
            EntryKind::Coop => &self.coops,
            EntryKind::Need => &self.needs,
            EntryKind::Offer => &self.offers,
            EntryKind::Page => &self.pages,
            EntryKind::Call => &self.calls,
        }
    }

    /// The needs of a coop.
    pub(crate) fn needs_of(&self, coop: usize) -> &[usize] {
        &self.needs_of[coop]
    }

    /// The offers of a coop.
    pub(crate) fn offers_of(&self, coop: usize) -> &[usize] {
        &self.offers_of[coop]
    }

    /// Random numbers for one purpose of one entry.
    pub(crate) fn random(&self, kind: EntryKind, purpose: &str, number: usize) -> Random {
        Random::of(self.seed, &format!("{} {purpose}", kind.folder()), number)
    }

    /// The words that an entry is written with: three of ten entries are in Spanish.
    pub(crate) fn lexicon(&self, kind: EntryKind, number: usize) -> &Lexicon {
        &self.lexicons[usize::from(self.random(kind, "language", number).percent(30))]
    }

    /// Who writes an entry.
    pub(crate) fn author(&self, kind: EntryKind, purpose: &str, number: usize) -> Author<'_> {
        Author {
            network: self,
            lexicon: self.lexicon(kind, number),
            topics: self.topics_of(kind, number),
            random: self.random(kind, purpose, number),
        }
    }

    /// The topics of an entry, each once.
    pub(crate) fn topics_of(&self, kind: EntryKind, number: usize) -> Vec<&Topic> {
        let mut random = self.random(kind, "topics", number);
        let picked: BTreeSet<usize> =
            (0..random.between(1, 4)).map(|_| random.skewed(self.topics.len())).collect();
        picked.into_iter().map(|topic| &self.topics[topic]).collect()
    }

    /// Where a coop is.
    pub(crate) fn country_of(&self, coop: usize) -> &'static Country {
        let mut random = self.random(EntryKind::Coop, "country", coop);
        &COUNTRIES[random.skewed(COUNTRIES.len())]
    }

    /// Whose a need or an offer is.
    pub(crate) fn coop_of(&self, kind: EntryKind, number: usize) -> usize {
        let mut random = self.random(kind, "coop", number);
        let coops = self.coops.len();
        if random.percent(30) { random.skewed(coops) } else { random.below(coops) }
    }

    /// When a call is: the latest calls of all series are in the month after this one.
    pub(crate) fn day_of_call(&self, number: usize) -> Date {
        let series = self.series_of(number);
        let months_ago = i64::try_from(number / self.series.len()).unwrap_or_default();
        let month = TODAY.saturating_add(1.month()).saturating_sub(months_ago.months());
        month.nth_weekday_of_month(series.nth, series.weekday).unwrap_or(month)
    }

    /// The series of a call.
    pub(crate) fn series_of(&self, call: usize) -> &Series {
        &self.series[call % self.series.len()]
    }

    fn new_series(&self, number: usize) -> Series {
        let name = self.names.one(&mut Random::of(self.seed, "series", number));
        let weekdays = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
        ];
        Series {
            id: format!("circle-{}", number + 1),
            title: format!("Circle of {name}"),
            nth: (number % 4) as i8 + 1,
            weekday: weekdays[number / 4 % weekdays.len()],
            hour: 9 + number % 11,
        }
    }

    fn call_name(&self, number: usize) -> Name {
        let (series, day) = (self.series_of(number), self.day_of_call(number));
        Name {
            slug: format!("{}-{}", day.strftime("%Y-%m"), series.id),
            title: format!("{}, {}", series.title, day.strftime("%B %Y")),
        }
    }

    fn title(&self, kind: EntryKind, number: usize) -> String {
        let lexicon = self.lexicon(kind, number);
        let patterns = match kind {
            EntryKind::Need => &lexicon.needs,
            EntryKind::Offer => &lexicon.offers,
            _ => &lexicon.headings,
        };
        self.author(kind, "title", number).line(patterns)
    }
}

/// Names with a slug for each title; titles that come again get a number.
fn named(titles: impl Iterator<Item = String>) -> Vec<Name> {
    let mut taken = BTreeSet::new();
    let name = |title: String| {
        let slug = slug(&title);
        let numbered = |n: usize| if n == 1 { slug.clone() } else { format!("{slug}-{n}") };
        let free = (1..=taken.len() + 1).map(numbered).find(|slug| !taken.contains(slug));
        let slug = free.expect("there is one more number than names");
        taken.insert(slug.clone());
        Name { slug, title }
    };
    titles.map(name).collect()
}

/// Lower-case letters without accents and digits, with hyphens between.
fn slug(title: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'Á' => 'a',
        'é' | 'É' => 'e',
        'í' | 'Í' => 'i',
        'ó' | 'Ó' => 'o',
        'ú' | 'Ú' | 'ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        c => c.to_ascii_lowercase(),
    };
    let text: String = title.chars().map(plain).collect();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
