//! Introductions of which nobody has said what came of them: those that wait for an answer, with a way to ask,
//! and those that are over without one.

use serde::Serialize;

use super::Viewer;
use super::cards::MatchCard;
use super::chrome::Chrome;
use super::list::{PER_PAGE, Pager};
use super::parts::ContactView;
use crate::content::values::ContactType;
use crate::derived::matching::Match;
use crate::directory::contact::Contact;
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;
use crate::site::paths;

/// A page of introductions without an answer.
#[derive(Debug, Serialize)]
pub struct WaitingView {
    page: Chrome,
    /// Those that wait, the newest first.
    waiting: Vec<WaitingCard>,
    /// Those that are over, likewise.
    over: Vec<MatchCard>,
    /// How many wait in all.
    total: usize,
    /// How many are over in all.
    total_over: usize,
    pager: Option<Pager>,
}

/// An introduction that waits for an answer.
#[derive(Debug, Serialize)]
pub struct WaitingCard {
    card: MatchCard,
    /// A mail that asks the sides that can be written to, else the facilitator; or empty.
    mail: String,
    /// The mail is to the facilitator.
    to_facilitator: bool,
    /// How else to reach the facilitator, where there is no mail.
    facilitator: Vec<ContactView>,
}

/// The view of a page of the introductions without an answer, from 1.
pub fn waiting_matches(viewer: &Viewer<'_>, number: usize) -> WaitingView {
    let (all, lists) = (&viewer.derived.matches().list, viewer.derived.match_lists());
    let (waiting, over) = (lists.waiting(), lists.over());
    let begins = (number - 1) * PER_PAGE;
    let found = |at: &u32| &all[*at as usize];
    let waiting_here = waiting.iter().skip(begins).take(PER_PAGE);
    let room = PER_PAGE.saturating_sub(waiting_here.len());
    let over_here = over.iter().skip(begins.saturating_sub(waiting.len())).take(room);
    let page = viewer.matches_page("matches-waiting-title");
    WaitingView {
        page: page.described(viewer.words.text("matches-waiting-about")),
        waiting: waiting_here.map(|at| viewer.waiting_card(found(at))).collect(),
        over: over_here.map(|at| viewer.match_card(found(at))).collect(),
        total: waiting.len(),
        total_over: over.len(),
        pager: Pager::new(viewer, paths::WAITING, number, waiting.len() + over.len()),
    }
}

impl Viewer<'_> {
    fn waiting_card(&self, found: &Match) -> WaitingCard {
        let (need, offer) = (&self.directory[found.need].terms, &self.directory[found.offer].terms);
        let mut to: Vec<&str> =
            [need, offer].into_iter().filter_map(|it| self.mail_of(it)).collect();
        let facilitator = &self.directory.site.facilitator;
        let to_facilitator = to.is_empty();
        if to_facilitator {
            to.extend(first_mail(facilitator));
        }
        to.dedup();
        let mail = if to.is_empty() { String::new() } else { self.mail(&to, found) };
        let facilitator = match mail.is_empty() {
            true => self.contacts(facilitator),
            false => Vec::new(),
        };
        WaitingCard { card: self.match_card(found), to_facilitator, mail, facilitator }
    }

    /// The first mail address among the contacts of a need or an offer.
    fn mail_of<'a>(&'a self, terms: &'a Terms) -> Option<&'a str> {
        match terms.contact.as_slice() {
            [] => first_mail(&self.directory[terms.coop].contact),
            own => first_mail(own),
        }
    }

    /// A mail that asks what came of an introduction.
    fn mail(&self, to: &[&str], found: &Match) -> String {
        let coop = |id| self.title(EntryId::Coop(id));
        let (need, offer) = (&self.directory[found.need], &self.directory[found.offer]);
        let arguments = || {
            [
                ("need_coop", coop(need.terms.coop).into()),
                ("offer_coop", coop(offer.terms.coop).into()),
                ("need", self.title(EntryId::Need(found.need)).into()),
                ("offer", self.title(EntryId::Offer(found.offer)).into()),
            ]
        };
        let subject = self.words.with("ask-subject", arguments());
        let body = self.words.with("ask-body", arguments());
        let to: Vec<String> = to.iter().map(|address| encoded(address)).collect();
        let (subject, body) = (paths::encode(&subject), paths::encode(&body));
        format!("mailto:{}?subject={subject}&body={body}", to.join(","))
    }
}

fn first_mail(contacts: &[Contact]) -> Option<&str> {
    let mut mails = contacts.iter().filter(|it| it.contact_type == ContactType::Email);
    mails.next().map(|it| it.value.as_str())
}

/// An address as it stands in a link, whatever is in it.
fn encoded(address: &str) -> String {
    let parts: Vec<String> = address.split('@').map(paths::encode).collect();
    parts.join("@")
}
