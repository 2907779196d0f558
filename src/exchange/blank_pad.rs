//! The note-taker's pad of a call: headings for the rounds, and what is known before. `crate::pad` reads
//! it back.

use crate::content::values::{Kind, MatchStatus, Role};
use crate::derived::agenda::{self, What};
use crate::derived::introductions::Introductions;
use crate::derived::matching::Match;
use crate::directory::call::{Action, Turn};
use crate::directory::contact::Person;
use crate::directory::ids::{CallId, CoopId, EntryId};
use crate::pad::Section;
use crate::pad::words::{Meaning, Words, fold};
use crate::wording::{Interface, Interfaces, Wording};

/// The heading, in its own file, for what of a pad nobody could place.
pub fn unsorted(words: &Interface) -> &str {
    words.text("pad-unsorted")
}

/// The words that pads are read with: those of all the site's languages, and those known everywhere.
pub fn words(interfaces: &Interfaces) -> Words {
    Words::new(interfaces.iter().flat_map(|words| own_words(words)).collect::<Vec<_>>())
}

fn own_words(words: &Interface) -> Vec<(Meaning, &str)> {
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

/// The pad of a call.
pub fn pad(wording: &Wording<'_>, id: CallId) -> String {
    let call = &wording.directory[id];
    let mut pad =
        format!("# {}\n\n<!-- {} -->\n", wording.title(EntryId::Call(id)), hint(wording, id));
    let earlier = review(wording, id);
    let is_asked = |section: &Section| *section != Section::Review || !earlier.is_empty();
    for section in Section::ALL.into_iter().filter(is_asked) {
        let heading = own_words(wording.words)
            .into_iter()
            .find_map(|(meaning, word)| (meaning == Meaning::Section(section)).then_some(word));
        pad.push_str(&format!("\n## {}\n\n", heading.unwrap_or_default()));
        pad.push_str(&match section {
            Section::Present => present(wording, id),
            Section::Review => earlier.clone(),
            Section::About => each_turn(wording, id, |_| String::new()),
            Section::Needs => {
                each_turn(wording, id, |turn| to_tick(wording, id, What::Needs, turn))
            }
            Section::Offers => {
                each_turn(wording, id, |turn| to_tick(wording, id, What::Offers, turn))
            }
            Section::Introductions => introductions(wording, id),
            Section::Actions => call.actions.iter().map(|it| action(wording, it)).collect(),
            Section::Decisions | Section::Notes => String::new(),
        });
    }
    pad
}

fn hint(wording: &Wording<'_>, id: CallId) -> String {
    let command = format!("`ayni call record {}`", wording.directory[id].entry.slug);
    let consent = wording.words.text("pad-consent").to_owned();
    let kind = wording.words.text("kind-human").to_lowercase();
    let arguments =
        [("command", command.into()), ("consent", consent.into()), ("kind", kind.into())];
    wording.words.with("pad-hint", arguments)
}

fn coop(wording: &Wording<'_>, id: CoopId) -> String {
    wording.title(EntryId::Coop(id))
}

/// Who leads, who writes, and a box for everybody who has said that they come.
fn present(wording: &Wording<'_>, id: CallId) -> String {
    let call = &wording.directory[id];
    let office = |key: &str, person: &Option<Person>| match person {
        Some(Person::Coop(id)) => format!("- {key}: {}\n", coop(wording, *id)),
        _ => format!("- {key}:\n"),
    };
    let mut list = office(wording.words.text("fact-facilitator"), &call.facilitator);
    list.push_str(&office(wording.words.text("fact-note-taker"), &call.note_taker));
    for turn in call.turns.iter().filter(|turn| !turn.written && turn.role != Role::Apology) {
        let role = match turn.role {
            Role::Observer => format!(" ({})", wording.words.text("role-observer")),
            _ => String::new(),
        };
        list.push_str(&format!("- [ ] {}{role}\n", coop(wording, turn.coop)));
    }
    list
}

/// A line for everybody who speaks, and below it what is known. What was written stands in the call.
fn each_turn(wording: &Wording<'_>, id: CallId, below: impl Fn(&Turn) -> String) -> String {
    let agenda = agenda::of(wording.derived, id);
    let turns = &wording.directory[id].turns;
    let round = agenda.parts.iter().find(|part| part.what == What::About);
    let speaking = round.into_iter().flat_map(|part| &part.turns).map(|(_, at)| &turns[*at]);
    speaking
        .filter(|turn| !turn.written)
        .map(|turn| format!("- {}:\n{}", coop(wording, turn.coop), below(turn)))
        .collect::<Vec<_>>()
        .concat()
}

fn to_tick(wording: &Wording<'_>, id: CallId, round: What, turn: &Turn) -> String {
    let entries = agenda::said_or_open(wording.derived, id, round, turn);
    let line = |id| format!("  - [ ] {}\n", wording.title(id));
    entries.into_iter().map(line).collect::<Vec<_>>().concat()
}

fn introductions(wording: &Wording<'_>, id: CallId) -> String {
    let fair = wording.derived.introductions(id).into_iter().flat_map(Introductions::fair);
    let line = |need, offer| {
        format!(
            "- [ ] {} → {}\n",
            wording.title(EntryId::Need(need)),
            wording.title(EntryId::Offer(offer))
        )
    };
    fair.map(|it| line(it.need, it.offer)).collect()
}

/// A line for each introduction that the agenda asks about: its coops, or what they need and offer where that
/// tells it from another pair of theirs.
fn review(wording: &Wording<'_>, id: CallId) -> String {
    let matches = wording.derived.matches();
    let line = |at: &u32| {
        let found = &matches.list[*at as usize];
        let [needs, offers] = coops_of(wording, found);
        let goes_on = |it: &&Match| {
            it.status.is_some_and(MatchStatus::goes_on)
                && coops_of(wording, it).iter().all(|coop| [needs, offers].contains(coop))
        };
        match matches.of_coop(needs).filter(goes_on).count() {
            0 | 1 => {
                let names = [("need", coop(wording, needs)), ("offer", coop(wording, offers))];
                let names = names.map(|(name, title)| (name, title.into()));
                format!("- {}:\n", wording.words.with("match-of", names))
            }
            _ => {
                let sides = [EntryId::Need(found.need), EntryId::Offer(found.offer)];
                let [need, offer] = sides.map(|side| telling(wording, side));
                format!("- {need} → {offer}:\n")
            }
        }
    };
    agenda::review(wording.derived, id).pairs.iter().map(line).collect()
}

/// The title of an entry, or its id where others of its kind have the same title.
fn telling(wording: &Wording<'_>, id: EntryId) -> String {
    let directory = wording.directory;
    let title = |id: EntryId| fold(&directory[id].title);
    let is_like = |other: &EntryId| other.kind() == id.kind() && title(*other) == title(id);
    match directory.ids().filter(is_like).count() {
        1 => wording.title(id),
        _ => directory[id].slug.to_string(),
    }
}

fn coops_of(wording: &Wording<'_>, found: &Match) -> [CoopId; 2] {
    let directory = wording.directory;
    [directory[found.need].terms.coop, directory[found.offer].terms.coop]
}

fn action(wording: &Wording<'_>, action: &Action) -> String {
    let name = |person: &Option<Person>| match person {
        Some(Person::Coop(id)) => Some(coop(wording, *id)),
        _ => None,
    };
    let who = name(&action.who);
    let remarks: Vec<String> =
        who.into_iter().chain(action.due.map(|due| due.to_string())).collect();
    let remarks =
        if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    let handed = name(&action.handed_to).map_or(String::new(), |name| format!(" → {name}"));
    let tick = match (action.is_done(), action.is_dropped()) {
        (true, _) => "x",
        (false, true) => "-",
        (false, false) => " ",
    };
    format!("- [{tick}] {}{remarks}{handed}\n", action.what)
}
