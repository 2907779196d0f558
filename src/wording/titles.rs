//! What entries, lists and feeds are called.

use super::Wording;
use crate::content::values::{Country, Language};
use crate::derived::facets::Facet;
use crate::derived::rings::Ring;
use crate::directory::ids::{CallId, EntryId};

impl Wording<'_> {
    /// The title of an entry in the language, made up where it has none.
    pub fn title(&self, id: EntryId) -> String {
        self.title_in(id, self.directory[id].words(self.language).title)
    }

    /// The title that an entry has, or else one that is made up.
    pub fn title_in(&self, id: EntryId, title: &str) -> String {
        match id {
            _ if !title.is_empty() => title.to_owned(),
            EntryId::Call(id) => self.call_title(id),
            EntryId::Match(id) => {
                let decision = &self.directory[id];
                let title = |id: EntryId| self.directory[id].words(self.language).title;
                self.match_title(
                    title(EntryId::Need(decision.need)),
                    title(EntryId::Offer(decision.offer)),
                )
            }
            _ => self.directory[id].slug.to_string(),
        }
    }

    /// The title of a match, of those of its sides.
    pub fn match_title(&self, need: &str, offer: &str) -> String {
        let arguments = [("need", need.to_owned().into()), ("offer", offer.to_owned().into())];
        self.words.with("match-title", arguments)
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

    /// The title of a feed of suggestions.
    pub fn match_feed_title(&self, only: Option<(Facet, &str)>) -> String {
        match only {
            None => self.words.text("feed-matches").to_owned(),
            Some((facet, value)) => {
                let value = self.facet_label(facet, value);
                self.words.with("feed-matches-of", [("value", value.into())])
            }
        }
    }

    /// The names of the coops of a ring, in its order.
    pub fn coops_of(&self, ring: &Ring) -> String {
        let names = ring.coops.iter().map(|coop| self.title(EntryId::Coop(*coop)));
        self.enumeration(&names.collect::<Vec<_>>())
    }
}
