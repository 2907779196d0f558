//! The note-taker's pad of a call: headings for the rounds, and what is known before. `crate::pad` reads
//! it back.

use super::SitePlan;
use super::paths::SitePath;
use super::views::Viewer;
use crate::content::values::{Kind, MatchStatus, Role};
use crate::derived::agenda::{self, What};
use crate::derived::matching::Match;
use crate::derived::matching::introductions::Introductions;
use crate::directory::call::{Action, Turn};
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, CoopId, EntryId};
use crate::pad::Section;
use crate::pad::words::{Meaning, Words, fold};

/// Where the pad of a call lies in the folder of the site. It is no page.
pub fn path(call: &str) -> String {
    format!("pads/{call}.md")
}

/// Where answers about the pad of a call are kept, beside it.
pub fn answers_path(call: &str) -> String {
    format!("pads/{call}.answers.yaml")
}

/// Where it is kept what of the pad of a call was recorded, beside it.
pub fn recorded_path(call: &str) -> String {
    format!("pads/{call}.recorded.yaml")
}

/// Where what nobody could place is kept, beside it.
pub fn left_path(call: &str) -> String {
    format!("pads/{call}.left.md")
}

/// The heading, in its own file, for what of a pad nobody could place.
pub fn unsorted(plan: &SitePlan) -> &str {
    plan.theme.interface(0).text("pad-unsorted")
}

/// The words that pads are read with: those of all the site's languages, and those known everywhere.
pub fn words(plan: &SitePlan) -> Words {
    let languages = 0..plan.derived.directory.site.languages.len();
    let own = languages.flat_map(|language| own_words(plan, language));
    Words::new(own.collect::<Vec<_>>())
}

fn own_words(plan: &SitePlan, language: usize) -> Vec<(Meaning, &str)> {
    let words = plan.theme.interface(language);
    let sections = Section::ALL.map(|section| {
        let heading = match section {
            Section::Present => words.text("who-came"),
            Section::Review => words.text("agenda-part-review"),
            Section::About => words.text("agenda-part-about"),
            Section::Needs => words.text("agenda-part-needs"),
            Section::Offers => words.text("agenda-part-offers"),
            Section::Introductions => words.text("agenda-part-introductions"),
            Section::Decisions => words.text("decisions"),
            Section::Actions => words.text("actions"),
            Section::Notes => words.text("notes"),
        };
        (Meaning::Section(section), heading)
    });
    let kinds = Kind::ALL.iter().map(|kind| {
        let key = format!("kind-{}", kind.as_str());
        (Meaning::Help(*kind), key)
    });
    let statuses = MatchStatus::ALL.iter().map(|status| {
        let key = format!("match-status-{}", status.as_str());
        (Meaning::Status(*status), key)
    });
    let roles = [Role::Observer, Role::Apology].map(|role| {
        let key = format!("role-{}", role.as_str());
        (Meaning::Role(role), key)
    });
    let keyed = kinds.chain(statuses).chain(roles);
    let keyed = keyed.filter_map(|(meaning, key)| Some((meaning, words.constant(&key)?)));
    let others = [
        (Meaning::Written, words.text("in-writing")),
        (Meaning::Consent, words.text("pad-consent")),
        (Meaning::Facilitator, words.text("fact-facilitator")),
        (Meaning::NoteTaker, words.text("fact-note-taker")),
    ];
    sections.into_iter().chain(keyed).chain(others).collect()
}

/// The pad of a call, in one of the site's languages by its position.
pub fn text(plan: &SitePlan, id: CallId, language: usize) -> String {
    let path = SitePath::new("");
    let viewer = Viewer::new(plan, language, &path);
    let call = &viewer.directory[id];
    let mut pad =
        format!("# {}\n\n<!-- {} -->\n", viewer.title(EntryId::Call(id)), hint(&viewer, id));
    let earlier = review(&viewer, id);
    let is_asked = |section: &Section| *section != Section::Review || !earlier.is_empty();
    for section in Section::ALL.into_iter().filter(is_asked) {
        let heading = own_words(plan, language)
            .into_iter()
            .find_map(|(meaning, word)| (meaning == Meaning::Section(section)).then_some(word));
        pad.push_str(&format!("\n## {}\n\n", heading.unwrap_or_default()));
        pad.push_str(&match section {
            Section::Present => present(&viewer, id),
            Section::Review => earlier.clone(),
            Section::About => each_turn(&viewer, id, |_| String::new()),
            Section::Needs => {
                each_turn(&viewer, id, |turn| to_tick(&viewer, id, What::Needs, turn))
            }
            Section::Offers => {
                each_turn(&viewer, id, |turn| to_tick(&viewer, id, What::Offers, turn))
            }
            Section::Introductions => introductions(&viewer, id),
            Section::Actions => call.actions.iter().map(|it| action(&viewer, it)).collect(),
            Section::Decisions | Section::Notes => String::new(),
        });
    }
    pad
}

fn hint(viewer: &Viewer<'_>, id: CallId) -> String {
    let command = format!("`ayni call record {}`", viewer.directory[id].entry.slug);
    let consent = viewer.words.text("pad-consent").to_owned();
    let kind = viewer.words.text("kind-human").to_lowercase();
    let arguments =
        [("command", command.into()), ("consent", consent.into()), ("kind", kind.into())];
    viewer.words.with("pad-hint", arguments)
}

fn coop(viewer: &Viewer<'_>, id: CoopId) -> String {
    viewer.title(EntryId::Coop(id))
}

/// Who leads, who writes, and a box for everybody who has said that they come.
fn present(viewer: &Viewer<'_>, id: CallId) -> String {
    let call = &viewer.directory[id];
    let office = |key: &str, person: &Option<Person>| match person {
        Some(Person::Coop(id)) => format!("- {key}: {}\n", coop(viewer, *id)),
        _ => format!("- {key}:\n"),
    };
    let mut list = office(viewer.words.text("fact-facilitator"), &call.facilitator);
    list.push_str(&office(viewer.words.text("fact-note-taker"), &call.note_taker));
    for turn in call.turns.iter().filter(|turn| !turn.written && turn.role != Role::Apology) {
        let role = match turn.role {
            Role::Observer => format!(" ({})", viewer.words.text("role-observer")),
            _ => String::new(),
        };
        list.push_str(&format!("- [ ] {}{role}\n", coop(viewer, turn.coop)));
    }
    list
}

/// A line for everybody who speaks, and below it what is known. What was written stands in the call.
fn each_turn(viewer: &Viewer<'_>, id: CallId, below: impl Fn(&Turn) -> String) -> String {
    let agenda = agenda::of(viewer.derived, id);
    let turns = &viewer.directory[id].turns;
    let round = agenda.parts.iter().find(|part| part.what == What::About);
    let speaking = round.into_iter().flat_map(|part| &part.turns).map(|(_, at)| &turns[*at]);
    speaking
        .filter(|turn| !turn.written)
        .map(|turn| format!("- {}:\n{}", coop(viewer, turn.coop), below(turn)))
        .collect::<Vec<_>>()
        .concat()
}

fn to_tick(viewer: &Viewer<'_>, id: CallId, round: What, turn: &Turn) -> String {
    let entries = agenda::said_or_open(viewer.derived, id, round, turn);
    let line = |id| format!("  - [ ] {}\n", viewer.title(id));
    entries.into_iter().map(line).collect::<Vec<_>>().concat()
}

fn introductions(viewer: &Viewer<'_>, id: CallId) -> String {
    let fair = viewer.derived.introductions(id).into_iter().flat_map(Introductions::fair);
    let line = |need, offer| {
        format!(
            "- [ ] {} → {}\n",
            viewer.title(EntryId::Need(need)),
            viewer.title(EntryId::Offer(offer))
        )
    };
    fair.map(|it| line(it.need, it.offer)).collect()
}

/// A line for each introduction that the agenda asks about: its coops, or what they need and offer where that
/// tells it from another pair of theirs.
fn review(viewer: &Viewer<'_>, id: CallId) -> String {
    let matches = viewer.derived.matches();
    let line = |at: &u32| {
        let found = &matches.list[*at as usize];
        let [needs, offers] = coops_of(viewer, found);
        let goes_on = |it: &&Match| {
            matches!(it.status, Some(MatchStatus::Introduced | MatchStatus::Agreed))
                && coops_of(viewer, it).iter().all(|coop| [needs, offers].contains(coop))
        };
        match matches.of_coop(needs).filter(goes_on).count() {
            0 | 1 => {
                let names = [("need", coop(viewer, needs)), ("offer", coop(viewer, offers))];
                let names = names.map(|(name, title)| (name, title.into()));
                format!("- {}:\n", viewer.words.with("match-of", names))
            }
            _ => {
                let sides = [EntryId::Need(found.need), EntryId::Offer(found.offer)];
                let [need, offer] = sides.map(|side| telling(viewer, side));
                format!("- {need} → {offer}:\n")
            }
        }
    };
    agenda::review(viewer.derived, id).pairs.iter().map(line).collect()
}

/// The title of an entry, or its id where others of its kind have the same title.
fn telling(viewer: &Viewer<'_>, id: EntryId) -> String {
    let directory = viewer.directory;
    let title = |id: EntryId| fold(&directory[id].title);
    let is_like = |other: &EntryId| other.kind() == id.kind() && title(*other) == title(id);
    match directory.ids().filter(is_like).count() {
        1 => viewer.title(id),
        _ => directory[id].slug.to_string(),
    }
}

fn coops_of(viewer: &Viewer<'_>, found: &Match) -> [CoopId; 2] {
    let directory = viewer.directory;
    [directory[found.need].terms.coop, directory[found.offer].terms.coop]
}

fn action(viewer: &Viewer<'_>, action: &Action) -> String {
    let name = |person: &Option<Person>| match person {
        Some(Person::Coop(id)) => Some(coop(viewer, *id)),
        _ => None,
    };
    let who = name(&action.who);
    let remarks: Vec<String> =
        who.into_iter().chain(action.due.map(|due| due.to_string())).collect();
    let remarks =
        if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    let handed = name(&action.handed_to).map_or(String::new(), |name| format!(" → {name}"));
    let tick = match (action.done, action.dropped) {
        (true, _) => "x",
        (false, true) => "-",
        (false, false) => " ",
    };
    format!("- [{tick}] {}{remarks}{handed}\n", action.what)
}
