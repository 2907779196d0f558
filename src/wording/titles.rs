//! What entries, lists and feeds are called.

use super::Wording;
use crate::content::values::{Country, Language};
use crate::derived::facets::Facet;
use crate::derived::rings::Ring;
use crate::directory::ids::{CallId, EntryId, NeedId, OfferId};

impl Wording<'_> {
    /// What an entry is called in the language. Calls and matches without a title get one of what is known of them.
    pub fn title(&self, id: EntryId) -> String {
        let entry = &self.directory[id];
        let has_none = entry.words(self.language).title.is_empty();
        match id {
            EntryId::Call(id) if has_none => self.call_title(id),
            EntryId::Match(id) if has_none => {
                let decision = &self.directory[id];
                self.match_title(decision.need, decision.offer)
            }
            _ => entry.called(self.language).to_owned(),
        }
    }

    /// The title of a match that has none: those of its sides.
    pub fn match_title(&self, need: NeedId, offer: OfferId) -> String {
        let sides = [("need", EntryId::Need(need)), ("offer", EntryId::Offer(offer))];
        self.words.with("match-title", sides.map(|(side, id)| (side, self.title(id).into())))
    }

    /// The title of a call that has none: its series' and its month.
    fn call_title(&self, id: CallId) -> String {
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
