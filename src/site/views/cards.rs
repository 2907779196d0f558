//! Cards: entries and matches as they stand in lists.

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::{Day, Label, Link, Viewer};
use crate::content::record::EntryKind;
use crate::content::values::{Basis, CallStatus, Mode, Slug, Urgency, Zone};
use crate::derived::calls::attendance;
use crate::derived::facets::Facet;
use crate::derived::introduced::brought_together;
use crate::derived::matching::{Evidence, Match, Reason, Shared};
use crate::directory::ids::{CallId, CoopId, EntryId, NeedId, OfferId};
use crate::directory::terms::Terms;
use crate::site::paths;

/// An entry in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its kind: `coop`.
    pub kind: &'static str,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The language of its words, where that is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// One sentence, or empty.
    pub summary: String,
    /// Whose it is, of a need or an offer.
    pub coop: Option<Link>,
    /// Where it is, or empty.
    pub place: String,
    /// What kind of help, of a need or an offer.
    pub help: Option<Label>,
    /// How help can be given.
    pub mode: Option<Label>,
    /// Its form, of a coop.
    pub form: Option<Label>,
    /// Its topics or sectors.
    pub topics: Vec<Link>,
    /// Where it stands, when that is not the usual.
    pub status: Option<Label>,
    /// It is urgent.
    pub urgent: bool,
    /// When it was first published.
    pub created: Option<Day>,
    /// Its last day.
    pub until: Option<Day>,
}

/// A match in a list.
#[derive(Clone, Debug, Serialize)]
pub struct MatchCard {
    /// Its page.
    pub href: String,
    /// What is looked for.
    pub need: Link,
    /// What can be given.
    pub offer: Link,
    /// Who looks for it.
    pub need_coop: Link,
    /// Who gives it.
    pub offer_coop: Link,
    /// What kind of help is looked for.
    pub help: Label,
    /// How well they fit, 0 to 100.
    pub score: u8,
    /// `strong`, `good` or `possible`.
    pub fit: Label,
    /// What people decided; none of a suggestion.
    pub status: Option<Label>,
    /// Why they fit: the two weightiest reasons that say something particular.
    pub reasons: Vec<ReasonView>,
    /// Since when its status holds, or both sides are there; none of what is still to come.
    pub since: Option<Day>,
    /// The call in which its status came to hold.
    pub call: Option<Link>,
    /// It came to an end: it was fulfilled, declined or lapsed, or is over.
    pub is_over: bool,
    /// Why it is over, though nobody has said what came of it: one side is met, past, withdrawn or closed.
    pub over: Option<Label>,
    /// The need and the offer as commands name them: `NEED--OFFER`.
    pub id: String,
}

/// One reason why a need and an offer fit.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonView {
    /// What kind of reason: `topics`. The message `reason-EVIDENCE` says it in words.
    pub evidence: &'static str,
    /// What the two share, in a row: "Security and Web applications".
    pub shared: String,
    /// How much it weighs, 0 to 100, beside the weightiest reason there can be.
    pub percent: u8,
}

/// A call in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CallCard {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The language of its words, where that is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<&'static str>,
    /// One sentence, or empty.
    pub summary: String,
    /// When it starts.
    pub when: Option<When>,
    /// Where it stands.
    pub status: Label,
    /// How many coops took part.
    pub coops: usize,
    /// How many matches were made.
    pub matches: usize,
    /// Where to join.
    pub join: Option<String>,
    /// Its file for a calendar.
    pub calendar: String,
}

/// A moment, by the clock of its zone.
#[derive(Clone, Debug, Serialize)]
pub struct When {
    /// In UTC, for machines.
    pub machine: String,
    /// "Wednesday, 25 November 2026"
    pub date: String,
    /// "16:00"
    pub time: String,
    /// "Europe/London"
    pub zone: String,
    /// The day of the month.
    pub day: i8,
    /// "November"
    pub month: String,
    /// In minutes.
    pub duration: u32,
}

impl Viewer<'_> {
    /// A card of an entry.
    pub fn card(&self, id: EntryId) -> Card {
        let entry = &self.directory[id];
        let words = entry.words(self.language);
        let (lang, dir) = self.foreign(words.language);
        let card = Card {
            kind: id.kind().as_str(),
            href: self.href(&self.entry_path(id)),
            title: self.title_in(id, words.title),
            lang,
            dir,
            summary: words.summary.to_owned(),
            coop: None,
            place: String::new(),
            help: None,
            mode: None,
            form: None,
            topics: self.topic_links(entry.topics.get(..3).unwrap_or(&entry.topics)),
            status: None,
            urgent: false,
            created: entry.created.map(|date| self.day(date)),
            until: None,
        };
        match id {
            EntryId::Coop(id) => self.coop_card(card, id),
            EntryId::Need(id) => {
                let need = &self.directory[id];
                let card = self.terms_card(card, &need.terms);
                Card { status: self.need_status(id), ..card }
            }
            EntryId::Offer(id) => {
                let offer = &self.directory[id];
                let card = self.terms_card(card, &offer.terms);
                Card { status: self.offer_status(id), ..card }
            }
            EntryId::Match(_) | EntryId::Call(_) | EntryId::Page(_) => card,
        }
    }

    fn coop_card(&self, card: Card, id: CoopId) -> Card {
        let coop = &self.directory[id];
        let sectors = if coop.sectors.is_empty() { &coop.entry.topics } else { &coop.sectors };
        let status = match coop.status.as_str() {
            "active" => None,
            status => Some(self.label("coop-status", status)),
        };
        Card {
            place: self.coop_place(id),
            form: coop.form.map(|form| self.label("form", form.as_str())),
            topics: self.topic_links(sectors.get(..3).unwrap_or(sectors)),
            status,
            ..card
        }
    }

    fn terms_card(&self, card: Card, terms: &Terms) -> Card {
        let place = match terms.place.country {
            Some(_) => self.place(&terms.place.city, terms.place.country.as_ref()),
            None => self.coop_place(terms.coop),
        };
        Card {
            coop: Some(self.coop_link(terms.coop)),
            place,
            help: Some(self.label("kind", terms.kind.as_str())),
            mode: terms
                .mode
                .filter(|mode| *mode != Mode::Either)
                .map(|mode| self.label("mode", mode.as_str())),
            urgent: terms.urgency == Urgency::High,
            until: terms.until.map(|date| self.day(date)),
            ..card
        }
    }

    /// Where a need stands, unless it is simply open.
    pub fn need_status(&self, id: NeedId) -> Option<Label> {
        let need = &self.directory[id];
        match need.status.as_str() {
            "open" | "partly-met" | "parked" if self.directory.is_closed(need.terms.coop) => {
                Some(self.label("status", "coop-closed"))
            }
            "open" | "partly-met" if need.terms.has_expired(self.derived.today) => {
                Some(self.label("status", "expired"))
            }
            "open" => None,
            status => Some(self.label("status", status)),
        }
    }

    /// Where an offer stands, unless it is simply open.
    pub fn offer_status(&self, id: OfferId) -> Option<Label> {
        let offer = &self.directory[id];
        match offer.status.as_str() {
            "open" | "parked" if self.directory.is_closed(offer.terms.coop) => {
                Some(self.label("status", "coop-closed"))
            }
            "open" if offer.terms.has_expired(self.derived.today) => {
                Some(self.label("status", "expired"))
            }
            "open" => None,
            status => Some(self.label("status", status)),
        }
    }

    /// A card of a match.
    pub fn match_card(&self, found: &Match) -> MatchCard {
        let (need, offer) = (&self.directory[found.need], &self.directory[found.offer]);
        MatchCard {
            href: self.href(&self.match_path(found)),
            need: self.entry_link(EntryId::Need(found.need)),
            offer: self.entry_link(EntryId::Offer(found.offer)),
            need_coop: self.coop_link(need.terms.coop),
            offer_coop: self.coop_link(offer.terms.coop),
            help: self.label("kind", need.terms.kind.as_str()),
            score: percent(found.score),
            fit: self.label("fit", fit(found.score)),
            status: self.match_status(found),
            reasons: self.particular_reasons(found),
            since: self.since(found),
            call: found.decided_in().map(|call| self.entry_link(EntryId::Call(call))),
            is_over: self.derived.has_ended(found),
            over: self.over(found),
            id: self.match_slug(found).to_string(),
        }
    }

    /// Since when the status of a match holds, unless that is decided in a call still to come.
    pub fn since(&self, found: &Match) -> Option<Day> {
        let past = found.since.filter(|date| *date <= self.derived.today);
        past.map(|date| self.day(date))
    }

    /// Where a match stands, in a word; none of a suggestion.
    pub fn match_status(&self, found: &Match) -> Option<Label> {
        let status =
            if self.derived.over(found).is_some() { "over" } else { found.status?.as_str() };
        Some(self.label("match-status", status))
    }

    /// Why the introduction of a match is over without an answer, as a sentence.
    pub fn over(&self, found: &Match) -> Option<Label> {
        self.derived.over(found).map(|why| self.label("over", why.as_str()))
    }

    /// The path of a match, without its language.
    pub fn match_path(&self, found: &Match) -> String {
        paths::entry(EntryKind::Match, &self.match_slug(found))
    }

    fn match_slug(&self, found: &Match) -> Slug {
        let (need, offer) = (&self.directory[found.need], &self.directory[found.offer]);
        Slug::pair(&need.entry.slug, &offer.entry.slug)
    }

    /// The reasons of a match, the weightiest first.
    pub fn reasons(&self, found: &Match) -> Vec<ReasonView> {
        let reasons = by_weight(found);
        let most = reasons.first().map_or(1.0, |reason| reason.weight);
        reasons.iter().map(|reason| self.reason(reason, most)).collect()
    }

    /// The two weightiest reasons of a match that say something particular. A card shows no more, so
    /// no more are put into words for it.
    fn particular_reasons(&self, found: &Match) -> Vec<ReasonView> {
        let reasons = by_weight(found);
        let most = reasons.first().map_or(1.0, |reason| reason.weight);
        let is_particular =
            |it: &&&Reason| !matches!(it.evidence, Evidence::Kind | Evidence::Remote);
        let particular: Vec<&Reason> = reasons.iter().filter(is_particular).copied().collect();
        let shown = if particular.is_empty() { reasons } else { particular };
        shown.iter().take(2).map(|reason| self.reason(reason, most)).collect()
    }

    fn reason(&self, reason: &Reason, most: f64) -> ReasonView {
        ReasonView {
            evidence: reason.evidence.as_str(),
            shared: self.shared(&reason.shared),
            percent: percent(reason.weight / most.max(f64::EPSILON)),
        }
    }

    /// A reason in words, as templates say it.
    pub fn reason_in_words(&self, reason: &ReasonView) -> String {
        let evidence = reason.evidence;
        if reason.shared.is_empty() {
            return self.words.text(&format!("reason-{evidence}-plain")).to_owned();
        }
        let shared = [("shared", reason.shared.clone().into())];
        self.words.with(&format!("reason-{evidence}"), shared)
    }

    fn shared(&self, shared: &Shared) -> String {
        match shared {
            Shared::Topics(pairs) => {
                let mut labels: Vec<String> = Vec::new();
                for (_, offered) in pairs {
                    let label = self.directory[*offered].label(self.language).to_owned();
                    if !labels.contains(&label) {
                        labels.push(label);
                    }
                }
                self.enumeration(&labels)
            }
            Shared::Words(words) => {
                let words: Vec<String> = words.iter().map(|it| it.needed.clone()).collect();
                self.enumeration(&words)
            }
            Shared::Languages(languages) => self.enumeration(&self.language_names(languages)),
            Shared::Kinds(need, offer) if need == offer => {
                self.words.text(&format!("kind-{}", need.as_str())).to_owned()
            }
            Shared::Kinds(need, offer) => {
                let labels = [need, offer].map(|kind| self.label("kind", kind.as_str()).label);
                self.enumeration(&labels)
            }
            Shared::Country(country) => self.words.country(country).to_owned(),
            Shared::Basis(basis) => {
                let label = |basis: &Basis| self.label("basis", basis.as_str()).label;
                self.enumeration(&basis.iter().map(label).collect::<Vec<_>>())
            }
            Shared::Dates { from, until } => self.period(*from, *until),
            Shared::Nothing => String::new(),
        }
    }

    /// A span of time: "from … to …", as far as its ends are known.
    fn period(&self, from: Option<Date>, until: Option<Date>) -> String {
        let day = |date: Date| self.words.date(date).into();
        match (from, until) {
            (Some(from), Some(until)) => {
                self.words.with("period", [("from", day(from)), ("until", day(until))])
            }
            (Some(from), None) => self.words.with("period-from", [("from", day(from))]),
            (None, Some(until)) => self.words.with("period-until", [("until", day(until))]),
            (None, None) => String::new(),
        }
    }

    /// A call in a list.
    pub fn call_card(&self, id: CallId) -> CallCard {
        let call = &self.directory[id];
        let words = call.entry.words(self.language);
        let (lang, dir) = self.foreign(words.language);
        CallCard {
            lang,
            dir,
            href: self.href(&paths::entry(EntryKind::Call, &call.entry.slug)),
            title: self.title(EntryId::Call(id)),
            summary: words.summary.to_owned(),
            when: self.when(id),
            status: self.call_status(id),
            coops: attendance(call).len(),
            matches: brought_together(self.derived, id).len(),
            join: call.join.as_ref().map(ToString::to_string),
            calendar: self.links.to(&paths::call_calendar(&call.entry.slug)),
        }
    }

    /// Where a call stands. One that was planned for a day that is over took place, or nobody has said
    /// yet that it did not.
    pub fn call_status(&self, id: CallId) -> Label {
        let call = &self.directory[id];
        let is_over = call.status == CallStatus::Planned && !call.is_ahead(self.derived.today);
        self.label("call-status", if is_over { "unrecorded" } else { call.status.as_str() })
    }

    /// When a call starts.
    pub fn when(&self, id: CallId) -> Option<When> {
        let call = &self.directory[id];
        self.when_at(call.start?, &call.zone, call.duration_minutes)
    }

    /// When something starts by the clock of a zone, and how many minutes it takes.
    pub fn when_at(&self, start: DateTime, zone: &Zone, duration: u32) -> Option<When> {
        Some(When {
            machine: start.to_zoned(zone.rules()).ok()?.timestamp().to_string(),
            date: self.words.full_date(start.date()),
            time: self.words.time(start),
            zone: zone.to_string(),
            day: start.day(),
            month: self.words.text(&format!("month-{}", start.month())).to_owned(),
            duration,
        })
    }

    /// The title of a call that has none: its series' and its month.
    pub fn call_title(&self, id: CallId) -> String {
        let call = &self.directory[id];
        let series = call.series.as_ref().and_then(|id| self.directory.site.series(id.as_str()));
        let series = series.map_or_else(|| self.words.text("call-untitled"), |s| s.title.as_str());
        match call.day() {
            Some(day) => {
                let month = self.words.text(&format!("month-{}", day.month())).to_owned();
                let year = day.year().to_string();
                let arguments = [
                    ("series", series.to_owned().into()),
                    ("month", month.into()),
                    ("year", year.into()),
                ];
                self.words.with("call-title", arguments)
            }
            None => format!("{series} {}", call.entry.slug),
        }
    }

    /// The label of a facet's value.
    pub fn facet_label(&self, facet: Facet, value: &str) -> String {
        use crate::content::values::{Country, Language};
        match facet {
            Facet::Country => Country::parse(value).map_or_else(
                |_| value.to_owned(),
                |country| self.words.country(&country).to_owned(),
            ),
            Facet::Language => Language::parse(value)
                .map_or_else(|_| value.to_owned(), |it| self.words.language_name(&it).to_owned()),
            Facet::Sector | Facet::Topic => self.directory.topics.find(value).map_or_else(
                |_| value.to_owned(),
                |topic| self.directory[topic].label(self.language).to_owned(),
            ),
            Facet::Form => self.words.text(&format!("form-{value}")).to_owned(),
            Facet::Kind => self.words.text(&format!("kind-{value}")).to_owned(),
            Facet::Mode => self.words.text(&format!("mode-{value}")).to_owned(),
        }
    }
}

/// The reasons of a match, the weightiest first.
fn by_weight(found: &Match) -> Vec<&Reason> {
    let mut reasons: Vec<&Reason> = found.reasons.iter().collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    reasons
}

/// A part of one in hundredths.
pub fn percent(part: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0 to 100 just before"
    )]
    let percent = (part * 100.0).round().clamp(0.0, 100.0) as u8;
    percent
}

/// How well a score fits, in a word: `strong`, `good` or `possible`.
pub fn fit(score: f64) -> &'static str {
    match percent(score) {
        70.. => "strong",
        45.. => "good",
        _ => "possible",
    }
}
