//! Introductions of which nobody has said what came of them: those that wait for an answer, with a way to ask,
//! and those that are over without one.

use serde::Serialize;

use crate::addresses;
use crate::content::values::ContactType;
use crate::derived::matching::Match;
use crate::derived::waiting::{Group, Waiting};
use crate::directory::contact::Contact;
use crate::directory::ids::EntryId;
use crate::directory::terms::Terms;
use crate::pages::parts::cards::MatchCard;
use crate::pages::parts::chrome::Chrome;
use crate::pages::parts::entry::ContactView;
use crate::pages::parts::pager::{PER_PAGE, Pager};
use crate::pages::viewer::{Link, Viewer};

/// A page of introductions without an answer.
#[derive(Debug, Serialize)]
pub(super) struct WaitingView {
    page: Chrome,
    /// Those that wait, in groups.
    waiting: Vec<WaitingGroup>,
    /// The groups of all pages and what is over, each with the way there; none where there is but one.
    ways: Vec<Way>,
    /// Those that are over, likewise.
    over: Vec<MatchCard>,
    /// How many wait in all.
    total: usize,
    /// How many are over in all.
    total_over: usize,
    pager: Option<Pager>,
}

/// Introductions that stand together: of coops of the next call, or of one year.
#[derive(Debug, Serialize)]
pub(super) struct WaitingGroup {
    /// Its place on the page.
    id: String,
    title: String,
    /// The next call, where it is the one of those who take part in it.
    call: Option<Link>,
    cards: Vec<WaitingCard>,
}

/// A group, and where it begins.
#[derive(Debug, Serialize)]
pub(super) struct Way {
    link: Link,
    count: usize,
}

/// An introduction that waits for an answer.
#[derive(Debug, Serialize)]
pub(super) struct WaitingCard {
    card: MatchCard,
    /// A mail that asks the sides that can be written to, else the facilitator; or empty.
    mail: String,
    /// The mail is to the facilitator.
    to_facilitator: bool,
    /// How else to reach the facilitator, where there is no mail.
    facilitator: Vec<ContactView>,
}

/// The view of a page of the introductions without an answer, from 1.
pub(super) fn waiting_matches(viewer: &Viewer<'_>, number: usize) -> WaitingView {
    let (all, lists) = (&viewer.derived.matches().list, viewer.derived.match_lists());
    let (total, over) = (lists.waiting().len(), lists.over());
    let begins = (number - 1) * PER_PAGE;
    let ends = begins + PER_PAGE;
    let mut waiting = Vec::new();
    let mut passed = 0;
    for Waiting { group, matches } in lists.waiting_in_groups() {
        let here = begins.clamp(passed, passed + matches.len()) - passed
            ..ends.clamp(passed, passed + matches.len()) - passed;
        passed += matches.len();
        if !here.is_empty() {
            let cards = matches[here].iter().map(|at| viewer.waiting_card(&all[*at as usize]));
            waiting.push(viewer.waiting_group(*group, cards.collect()));
        }
    }
    let over_here = begins.saturating_sub(total)..ends.saturating_sub(total).min(over.len());
    let over_here = over.get(over_here).unwrap_or_default();
    let page = viewer.matches_page("matches-waiting-title");
    WaitingView {
        page: page.described(viewer.words.text("matches-waiting-about")),
        waiting,
        ways: ways(viewer),
        over: over_here.iter().map(|at| viewer.match_card(&all[*at as usize])).collect(),
        total,
        total_over: over.len(),
        pager: Pager::new(viewer, addresses::WAITING, number, total + over.len()),
    }
}

/// Where each group begins, and what is over.
fn ways(viewer: &Viewer<'_>) -> Vec<Way> {
    let lists = viewer.derived.match_lists();
    let mut passed = 0;
    let mut way = |id: &str, label: String, count: usize| {
        let page = addresses::numbered(addresses::WAITING, passed / PER_PAGE + 1);
        passed += count;
        let link = viewer.link(&page, label);
        Way { link: Link { href: format!("{}#{id}", link.href), ..link }, count }
    };
    let groups = lists.waiting_in_groups().iter();
    let mut ways: Vec<Way> = groups
        .map(|it| way(&anchor(it.group), viewer.title_of_group(it.group), it.matches.len()))
        .collect();
    if !lists.over().is_empty() {
        let title = viewer.words.text("matches-over-title").to_owned();
        ways.push(way("Over", title, lists.over().len()));
    }
    if ways.len() < 2 { Vec::new() } else { ways }
}

fn anchor(group: Group) -> String {
    match group {
        Group::NextCall(_) => "Next".to_owned(),
        Group::Year(year) => format!("Y{year}"),
        Group::Undated => "Undated".to_owned(),
    }
}

impl Viewer<'_> {
    fn waiting_group(&self, group: Group, cards: Vec<WaitingCard>) -> WaitingGroup {
        let call = match group {
            Group::NextCall(call) => Some(self.entry_link(EntryId::Call(call))),
            Group::Year(_) | Group::Undated => None,
        };
        WaitingGroup { id: anchor(group), title: self.title_of_group(group), call, cards }
    }

    fn title_of_group(&self, group: Group) -> String {
        match group {
            Group::NextCall(_) => self.words.text("matches-waiting-next").to_owned(),
            Group::Year(year) => year.to_string(),
            Group::Undated => self.words.text("matches-waiting-undated").to_owned(),
        }
    }

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
        let coop = |id| self.wording.title(EntryId::Coop(id));
        let (need, offer) = (&self.directory[found.need], &self.directory[found.offer]);
        let arguments = || {
            [
                ("need_coop", coop(need.terms.coop).into()),
                ("offer_coop", coop(offer.terms.coop).into()),
                ("need", self.wording.title(EntryId::Need(found.need)).into()),
                ("offer", self.wording.title(EntryId::Offer(found.offer)).into()),
            ]
        };
        let subject = self.words.with("ask-subject", arguments());
        let body = self.words.with("ask-body", arguments());
        let to: Vec<String> = to.iter().map(|address| encoded(address)).collect();
        let (subject, body) = (addresses::encode(&subject), addresses::encode(&body));
        format!("mailto:{}?subject={subject}&body={body}", to.join(","))
    }
}

fn first_mail(contacts: &[Contact]) -> Option<&str> {
    let mut mails = contacts.iter().filter(|it| it.contact_type == ContactType::Email);
    mails.next().map(|it| it.value.as_str())
}

/// An address as it stands in a link, whatever is in it.
fn encoded(address: &str) -> String {
    let parts: Vec<String> = address.split('@').map(addresses::encode).collect();
    parts.join("@")
}
